//! A whole and, in the next sentence, its parts by their names: "There are 1,120 beds. Eastham has 610, Northfield 320 and Westley 190."

use std::ops::Range;

use super::{HELP, near, says_overlap};
use crate::check::claim::Fault;
use crate::check::claim::compare::{levels_in, of_one_kind};
use crate::check::claim::derived::{Kind, Premise};
use crate::check::lang::Tag;
use crate::check::prose::Passage;
use crate::check::tokens::{Say as _, Token};
use crate::diagnostic::say;
use crate::value::Exact;

/// So many named numbers are a list.
const LIST: usize = 3;
const OTHER: &[Tag] = &[
    Tag::Earlier,
    Tag::Compared,
    Tag::Grew,
    Tag::Shrank,
    Tag::Average,
    Tag::Target,
    Tag::Planned,
    Tag::Per,
    Tag::Than,
    Tag::Including,
];

pub fn faults(at: usize, passage: &Passage) -> Vec<Fault> {
    passage.sentences.windows(2).filter_map(|two| exceeded(at, passage, &two[0], &two[1])).collect()
}

/// Named parts that make a little more than the only number before them.
fn exceeded(at: usize, passage: &Passage, told: &Range<usize>, list: &Range<usize>) -> Option<Fault> {
    let (first, rest) = (levels_in(passage, told), levels_in(passage, list));
    let ([_], true) = (first.as_slice(), rest.len() >= LIST) else { return None };
    let all: Vec<Premise<'_>> = first.iter().chain(&rest).cloned().collect();
    let (kind, amounts) = of_one_kind(passage, &all)?;
    let (whole, parts) = amounts.split_first()?;
    // "610 in Eastham", "Eastham has 610": of each no more than its name.
    let name = |token: &Token| passage.text[token.range.start..].starts_with(char::is_uppercase);
    let named = parts.iter().all(|part| {
        let words = &part.premise.words;
        words.lead.iter().chain(words.tail.iter().take(3)).any(name)
            && words.tail.first().is_none_or(|next| {
                next.tags.any(&[Tag::Within, Tag::Joint])
                    || whole.premise.words.tail.iter().take(2).any(|noun| noun.stem() == next.stem())
            })
    });
    let open = [told, list].into_iter().any(|range| passage.tokens_in(range).say(OTHER));
    let made = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.checked_add(part.value))?;
    let typed = all.iter().any(|premise| !premise.number.bound);
    let beyond = made > whole.may_be.high && near(made, whole.value, 4) && matches!(kind, Kind::Plain | Kind::Money);
    (named && !open && typed && beyond && !says_overlap(passage, list)).then(|| Fault {
        passage: at,
        range: parts[0].start()..parts[parts.len() - 1].premise.number.range.end,
        message: say!("the parts make {made}, the whole is {whole}", made, whole = whole.value),
        help: HELP,
        also: None,
    })
}
