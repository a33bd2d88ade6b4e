//! What is left of a whole: "de övriga tre", "alla utom två".

use crate::diagnostic::say;
use std::ops::Range;

use super::members::is_limit;
use super::sum;
use crate::check::claim::{Fault, matches};
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::check::pattern::{Found, Patterns};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, class};
use crate::value::Exact;

/// What is left of a whole.
static LEFT: Patterns = Patterns::new(&[
    // "de övriga tre", "the other eight", "resten, 14 ärenden"
    "<rest> \",\"? noun? rest=count",
    // "Av beviljade 900 000 kronor betalades 750 000 ut och 250 000 återstår."
    "rest=count|money noun{0,2} <rest> $",
]);

/// All of a whole but some.
static ALL_BUT: Patterns = Patterns::new(&[
    // "Samtliga boenden utom tre har en rutin (16 av 18)", "All but three of the 18 services … (16 of 18)"
    "[ <all> noun{0,4} <except> | <all-but> ] [ left=count | <one> ] [ <of> <determiner>{0,3} count ]? word{0,12} [ \"(\" | \",\" <equals> ] \
         part=count|word <of> word? whole=count|word",
]);

/// Those that have something and those that do not: "Åtta av dem har en plan, medan sex saknar en sådan".
static WITHOUT: Patterns = Patterns::new(&[
    "part=count <of-which> <having> noun{1,6} \",\"? <joint> left=count noun{0,3} <lacks> [ noun{0,3} \".\" | $ ]",
    "part=count <of-which> <having> noun{1,6} \",\"? <joint> left=count noun{0,2} <having> <negation> [ noun{0,2} \".\" | $ ]",
    "<of> <determiner>{0,2} whole=count noun{1,3} <having> part=count noun{1,6} \",\"? <joint> left=count noun{0,3} <lacks> [ noun{0,3} \".\" | $ ]",
    "<of> <determiner>{0,2} whole=count noun{1,3} \",\" part=count <having> noun{1,6} \",\"? <joint> left=count noun{0,2} [ <lacks> | <having> <negation> ] [ noun{0,3} \".\" | $ ]",
]);

/// The faults of a passage.
pub fn faults(at: usize, passage: &Passage) -> impl Iterator<Item = Fault> {
    let all_but = matches(&ALL_BUT, passage).filter_map(move |(_, found)| all_but(at, &found));
    let without = matches(&WITHOUT, passage).filter_map(move |(sentence, found)| without(at, sentence, &found));
    all_but
        .chain(without)
        .chain(matches(&LEFT, passage).filter_map(move |(sentence, found)| left(at, sentence, &found)))
}

/// So many counts before a rest are tried for what it may be left of.
const TRIED: usize = 6;

fn left(at: usize, sentence: &Range<usize>, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (number, rest) = (found.at("rest")?, found.number("rest")?);
    let next = found.tokens.get(found.range.end);
    if next.is_some_and(|token| token.has(Tag::Of)) || is_limit(passage, found.tokens, found.named("rest")?.start) {
        return None;
    }
    let place = passage.sentences.iter().position(|known| known == sentence)?;
    let from = passage.sentences[place.saturating_sub(2)].start;
    let limit = passage.numbers.get(number)?.range.start;
    // "En tredjedel av dem": words say how many.
    let words = |number: &Number| class(number, &passage.text) == Class::Fraction;
    if passage.numbers[passage.numbers_in(&(from..limit))].iter().any(words) {
        return None;
    }
    let counted = |number: &&Number| matches!(class(number, &passage.text), Class::Count | Class::Money);
    let named: Vec<&Number> = passage.numbers[passage.numbers_in(&(from..limit))].iter().filter(counted).collect();
    let earlier: Vec<Exact> =
        passage.numbers[..number].iter().filter(counted).rev().take(TRIED).map(|number| number.value).collect();
    if named.len() < 2
        || named.len() > TRIED
        || rest.bound
        || (earlier.contains(&rest.value) && named.len() != 2)
        || is_left(&earlier, rest.value)
    {
        return None;
    }
    let whole = named.iter().copied().max_by_key(|number| number.value)?;
    let made = sum(named.iter().copied().filter(|number| number.range != whole.range))?;
    let due = whole.value.checked_sub(made).filter(|due| !due.is_negative() && *due > Exact::ZERO)?;
    let apart = if due > rest.value { due.checked_sub(rest.value) } else { rest.value.checked_sub(due) }?;
    // A rest of another whole is far off.
    if apart.checked_mul(Exact::from(3_i64))? > whole.value {
        return None;
    }
    Some(Fault {
        passage: at,
        range: found.bytes(),
        message: say!(
            "the rest of {whole} less {made} is {due}, not {rest}",
            made,
            due,
            whole = whole.value,
            rest = rest.value
        ),
        help: say!("correct the part, the whole or the rest"),
        also: None,
    })
}

fn without(at: usize, sentence: &Range<usize>, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (part, left) = (found.number("part")?, found.number("left")?);
    let whole = match found.number("whole") {
        Some(whole) => whole,
        None => {
            // What "av dem" takes up is the one count of the sentence before.
            let place = passage.sentences.iter().position(|known| known == sentence)?;
            let before = passage.numbers_in(passage.sentences.get(place.checked_sub(1)?)?);
            let mut counts =
                passage.numbers[before].iter().filter(|number| class(number, &passage.text) == Class::Count);
            counts.next().filter(|_| counts.next().is_none())?
        }
    };
    let made = sum([part, left])?;
    let bound = part.bound && left.bound;
    (made > whole.value && part.value <= whole.value && !bound).then(|| Fault {
        passage: at,
        range: found.bytes(),
        message: say!("those with and those without make {made}, the whole is {whole}", made, whole = whole.value),
        help: say!("correct the part, the whole or the rest"),
        also: None,
    })
}

/// Whether a rest is one of some numbers less some of the others.
fn is_left(values: &[Exact], rest: Exact) -> bool {
    let some = 0..1_usize << values.len().min(TRIED);
    some.into_iter().any(|chosen| {
        let parts = values.iter().enumerate().filter(|(at, _)| chosen & (1 << at) != 0).map(|(_, value)| *value);
        let made = parts.into_iter().try_fold(rest, Exact::checked_add);
        chosen != 0
            && made.is_some_and(|made| {
                values.iter().enumerate().any(|(at, value)| chosen & (1 << at) == 0 && *value == made)
            })
    })
}

fn all_but(at: usize, found: &Found<'_>) -> Option<Fault> {
    let (whole, part) = (found.number("whole")?, found.number("part")?);
    let left = found.number("left").map_or(Exact::from(1_i64), |left| left.value);
    let due = whole.value.checked_sub(left)?;
    if part.bound || due == part.value {
        return None;
    }
    Some(Fault {
        passage: at,
        range: found.bytes(),
        message: say!(
            "all but {left} of {whole} are {due}, not {part}",
            left,
            due,
            whole = whole.value,
            part = part.value
        ),
        help: say!("correct the part, the whole or the rest"),
        also: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_may_be_left_of_any() {
        let values = |all: &[i64]| all.iter().map(|n| Exact::from(*n)).collect::<Vec<_>>();
        assert!(is_left(&values(&[9, 20, 4]), Exact::from(7_i64)));
        assert!(!is_left(&values(&[16, 20]), Exact::from(6_i64)));
    }
}
