//! Changes that are told apart from their numbers: in the sentence behind them, or with one of them named before.

use std::ops::Range;
use std::sync::LazyLock;

use super::step::Change;
use super::{is_other, is_yearly};
use crate::check::Context;
use crate::check::claim::level::{Direction, like};
use crate::check::claim::{Claim, Fault, all_bound, matches};
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::check::pattern::{Found, Pattern};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, class};

/// Where a statement ends, or goes on with another.
macro_rules! done {
    () => {
        " noun{0,3} [ <from|compared|upon> noun{0,4} ]? [ $ | \",\" ]"
    };
}

/// A change whose number now was named before: "Det är en minskning med 41 procent från 2022 års siffra om 420."
static SINCE: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        concat!("^ word{0,4} ", step!(), " noun{0,3} <from|compared> noun{0,7} from=value"),
        concat!(
            "^ word{0,4} by=count|percent|points|money|decimal noun{0,2} ",
            than!("noun{0,2}"),
            " noun{0,8} [ \",\" noun{0,4} ]? from=value"
        ),
        // "Året innan var de 265, alltså en ökning med 20 procent."
        concat!("^ noun{0,2} <earlier> noun{0,6} from=value noun{0,4} ", joined!(), " noun{0,4} ", step!()),
    ]
    .map(Pattern::new)
    .into()
});

/// Two numbers, and in the next sentence how far they are apart: "… 860 elever, att jämföra med 905 hösten innan. Det motsvarar en minskning med 5 procent."
static APART: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        "to=value noun{0,6} \",(\"? noun{0,4} <compared> noun{0,5} from=value",
        "<from> noun{0,4} from=value noun{0,5} \",\"? <to> noun{0,3} to=value",
        "to=value noun{0,5} \"(\" [ year | noun{0,2} <earlier> noun{0,1} ] \":\"? from=value",
    ]
    .map(Pattern::new)
    .into()
});

/// The change alone.
static ALONE: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        concat!("^ <equals|is|determiner|this>{1,3} noun{0,2} ", step!(), done!()),
        concat!(
            "^ <determiner>? dir=<grew|shrank|difference> noun{0,4} [ <is> | <by> ] <equals>? noun{0,2} by=value",
            done!()
        ),
    ]
    .map(Pattern::new)
    .into()
});

/// Two changes in a sentence, and in the next how much they were: "Ökningen var alltså 15 respektive 5 procent."
static BOTH: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        "<from> noun{0,2} from=value noun{0,5} <to> noun{0,2} to=value noun{0,5} [ \",\"? <joint> | <respectively> ] noun{0,8} <from> noun{0,2} other-from=value \
         noun{0,5} <to> noun{0,2} other-to=value",
        "^ noun{0,2} dir=<grew|shrank> noun{0,4} [ <is> | <by> ] <equals>? noun{0,2} by=value <respectively> other-by=value",
    ]
    .map(Pattern::new)
    .into()
});

/// A change whose number before was named before: "There were 36 fires last year. This year there were 27, a reduction of a quarter."
static UNTIL: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        concat!("^ noun{0,2} <now|afterwards> noun{0,6} to=value noun{0,4} ", joined!(), " noun{0,4} ", step!()),
        // "Motsvarande siffra för 2021 var 94, alltså en minskning med sju larm."
        concat!("^ noun{0,2} <figure> noun{0,7} to=value noun{0,4} ", joined!(), " noun{0,4} ", step!()),
    ]
    .map(Pattern::new)
    .into()
});

/// The faults of a passage.
pub fn faults(context: &Context<'_>, at: usize, passage: &Passage) -> Vec<Fault> {
    let mut out: Vec<Fault> = Vec::new();
    out.extend(matches(&SINCE, passage).filter_map(|(_, found)| taken_up(context, at, &found, "from")));
    for two in passage.sentences.windows(2) {
        out.extend(apart(at, passage, &two[0], &two[1]));
        out.extend(both(at, passage, &two[0], &two[1]));
    }
    out.extend(matches(&UNTIL, passage).filter_map(|(_, found)| taken_up(context, at, &found, "to")));
    out
}

/// A change that is told in the sentence behind its two numbers.
fn apart(at: usize, passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Fault> {
    if passage.numbers_in(first).len() < 2 || passage.numbers_in(second).is_empty() {
        return None;
    }
    let told = ALONE.iter().find_map(|pattern| pattern.find(passage, second).next())?;
    let pair = APART.iter().find_map(|pattern| pattern.find(passage, first).next())?;
    let (from, to, by) = (pair.number("from")?, pair.number("to")?, told.number("by")?);
    // No third number that might be meant.
    let alone = like(passage, first, to).all(|number| number == to || number == from);
    if !alone || all_bound([Some(from), Some(to), Some(by)]) || is_yearly(&told) || is_other(&told) {
        return None;
    }
    let change =
        Change { from: (passage, from), to: (passage, to), by: (passage, by), direction: Direction::stated(&told) };
    let (message, help) = change.fault()?;
    Some(Fault { passage: at, range: told.bytes(), message, help, also: None })
}

/// Two changes that are told in the sentence behind their numbers.
fn both(at: usize, passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Fault> {
    if passage.numbers_in(first).len() < 4 || passage.numbers_in(second).len() < 2 {
        return None;
    }
    let told = BOTH[1].find(passage, second).next()?;
    let pairs = BOTH[0].find(passage, first).next()?;
    let unit = told.number("other-by")?.unit;
    [["from", "to", "by"], ["other-from", "other-to", "other-by"]].into_iter().find_map(|[from, to, by]| {
        let by = Number { unit, ..told.number(by)?.clone() };
        let (from, to) = (pairs.number(from)?, pairs.number(to)?);
        let direction = Direction::stated(&told);
        let change = Change { from: (passage, from), to: (passage, to), by: (passage, &by), direction };
        let (message, help) = change.fault().filter(|_| !all_bound([Some(from), Some(to), Some(&by)]))?;
        Some(Fault { passage: at, range: told.bytes(), message, help, also: None })
    })
}

/// A change whose other number was named in the sentence before.
fn taken_up(context: &Context<'_>, at: usize, found: &Found<'_>, own: &str) -> Option<Fault> {
    let passage = found.passage;
    let (number, by) = (found.number(own)?, found.number("by")?);
    // "One patient in ten waited longer than 212 days."
    let led = found.named("by")?.start.checked_sub(1).and_then(|at| found.tokens.get(at));
    // "Fem länsstyrelser svarade för mer än hälften."
    if led.is_some_and(|token| token.has(Tag::Within)) || (number.is_fraction() && !by.is_fraction()) {
        return None;
    }
    let start = found.bytes().start;
    let comparable = |claim: &&Claim| {
        matches!(claim.class, Class::Count | Class::Percent | Class::Money | Class::Decimal)
            && context.prose.passages[claim.passage].numbers[claim.number].unit == number.unit
    };
    let change = |claim: &Claim| {
        let other = context.prose.passages.get(claim.passage)?;
        let other = (other, other.numbers.get(claim.number)?);
        let (from, to) = if own == "from" { ((passage, number), other) } else { (other, (passage, number)) };
        Some(Change { from, to, by: (passage, by), direction: Direction::stated(found) })
    };
    let before = || context.claims.before(&context.prose, at, start).filter(comparable);
    let nearest = before().next()?;
    let other = context.prose.passages.get(nearest.passage)?;
    let named = other.numbers.get(nearest.number)?;
    // The sentence directly before it, and no other.
    let beside = nearest.passage == at
        && passage
            .lower
            .get(other.sentence(named.range.start).end..start)
            .is_some_and(|between| between.trim().is_empty());
    // "Siffran för 2020 var 320, en ökning med 12 procent": of an earlier year than the number before it.
    let year = |range: Range<usize>| {
        let all = passage.numbers_in(&range).filter_map(|at| passage.numbers.get(at));
        all.filter(|number| class(number, &passage.text) == Class::Year).map(|number| number.value).max()
    };
    let (own_year, other_year) = (year(passage.sentence(start)), year(other.sentence(named.range.start)));
    if own == "to" && beside && own_year.is_some_and(|own| other_year.is_some_and(|other| own < other)) {
        return None;
    }
    if !beside || all_bound([Some(number), Some(by), Some(named)]) || is_yearly(found) {
        return None;
    }
    if before().any(|claim| change(claim).is_none_or(|change| change.fault().is_none())) {
        return None;
    }
    let (message, help) = change(nearest)?.fault()?;
    let also = Some((nearest.passage, named.range.clone(), "the other number"));
    Some(Fault { passage: at, range: found.bytes(), message, help, also })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    #[test]
    fn statements_apart_are_seen() {
        let found = |patterns: &[Pattern], text: &str, language: Language| {
            matches(patterns, &Passage::of_text(text, language)).next().is_some()
        };
        assert!(found(&SINCE, "Det är en minskning med 41 procent från 2022 års siffra om 420.", Language::Swedish));
        assert!(found(&UNTIL, "This year there were 27, a reduction of a quarter.", Language::English));
        assert!(found(&UNTIL, "Året därpå var siffran 294, en uppgång på 17 procent.", Language::Swedish));
        assert!(found(&ALONE, "Det är en ökning med 12 procent, vilket är mycket.", Language::Swedish));
        assert!(found(&ALONE, "This is a rise of 9 per cent on the previous survey.", Language::English));
        assert!(found(&BOTH[1..], "Ökningen var alltså 15 respektive 8 procent.", Language::Swedish));
    }
}
