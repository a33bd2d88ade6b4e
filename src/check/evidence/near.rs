//! What stands beside a number: what it counts, a span of time, whose number it is.

use super::label::Said;
use crate::check::lang;
use crate::check::lang::stem;
use crate::check::number::Number;
use crate::check::prose::Passage;
use crate::check::words::Lowered as _;
use crate::value::Group;

/// Whether a noun directly behind a number is counted, and is none of those named: "13 chefer" where homes are meant.
#[must_use]
pub fn counts_other(passage: &Passage, number: &Number, is_named: impl Fn(&str) -> bool) -> bool {
    let lists = lang::lists(passage.language);
    let rest = passage.text.get(number.range.end..).unwrap_or("");
    let Some(noun) =
        rest.strip_prefix([' ', '\u{a0}']).and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next())
    else {
        return false;
    };
    let lower = noun.lowered();
    let sexed = lists.women.has(&lower) || lists.men.has(&lower);
    !sexed
        && noun.starts_with(char::is_lowercase)
        && lang::grammar(passage.language).is_counted_noun(&lower)
        && !is_named(&stem(&lower, passage.language))
}

/// Whether a unit of time follows, also behind the other end of a range: "fyra till nio år".
pub(super) fn is_time(passage: &Passage, at: usize) -> bool {
    let lists = lang::lists(passage.language);
    let Some(number) = passage.numbers.get(at) else { return false };
    let unit = |end: usize| {
        let rest = passage.lower.get(end..).unwrap_or("");
        rest.split_whitespace().next().is_some_and(|word| lists.times.has(word))
    };
    let ranged = passage.numbers.get(at + 1).filter(|next| {
        let between = passage.lower.get(number.range.end..next.range.start).unwrap_or("").trim();
        lists.joins.has(between)
    });
    unit(number.range.end) || ranged.is_some_and(|next| unit(next.range.end))
}

/// Whose number it is by the words directly behind it: "16 kvinnor".
pub(super) fn group_beside(passage: &Passage, number: &Number, said: &Said) -> Option<Group> {
    let behind = passage.tokens_in(&(number.range.end..said.range.end)).iter().take(BESIDE);
    behind.filter_map(|token| token.group).next().or(said.group)
}

/// So many words behind a number say whose it is.
const BESIDE: usize = 3;
