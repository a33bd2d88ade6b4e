//! EVI018: a period told twice, each time otherwise.
//!
//! ## What it does
//! Finds sentences that say when one and the same thing took place ("Granskningen pågick från mars till maj 2023") with periods that overlap and are not the same: another
//! chapter says from February. Periods that do not meet are two rounds, and "mars–maj" agrees with "den 3 mars–den 12 maj".
//!
//! ## Why is this bad
//! Which answers and files were looked at depends on it.
//!
//! ## Example
//! ```md
//! Granskningen pågick från februari till maj 2023.
//! ```
//! The summary says from March to May. Correct one of the two.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::Context;
use super::super::dates::Moment;
use super::super::dates::period::{Period, periods};
use super::super::lang;
use super::super::lang::stem;
use super::super::prose::{Passage, Place, Role};
use super::super::rule::Rule;
use super::super::words::tokens;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("EVI018"),
    title: "A period told twice, each time otherwise",
    severity: Severity::Warning,
    source: include_str!("evi018.rs"),
    options: &[],
    check,
};

/// A period, and where it is told.
type Told = (Period, usize);

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut told: BTreeMap<String, Vec<Told>> = BTreeMap::new();
    for (at, passage) in context.passages() {
        if matches!(passage.place, Place::Label | Place::Quote | Place::Source) || passage.role == Role::References {
            continue;
        }
        for period in periods(passage, context.moments(at)) {
            if period.rough || period.told || !passage.is_typed(&period.range) {
                continue;
            }
            let Some(subject) = subject(passage, &period.range) else { continue };
            let known = told.entry(subject).or_default();
            if let Some((other, place)) = known.iter().find(|(other, _)| differ(other, &period)) {
                let first = context.prose.passages[*place].span(other.range.clone());
                let message = say!("`{words}`: told otherwise before", words = passage.slice(period.range.clone()));
                out.push(
                    RULE.at(passage.span(period.range.clone()), message)
                        .also(first, say!("here"))
                        .help(say!("correct one of the two")),
                );
            }
            known.push((period, at));
        }
    }
}

/// The stem of what took place in a period, where a verb says so directly before it.
fn subject(passage: &Passage, range: &Range<usize>) -> Option<String> {
    let lists = lang::lists(passage.language);
    let sentence = passage.sentence(range.start);
    let before = passage.lower.get(sentence.start..range.start)?;
    let words: Vec<&str> = tokens(before).into_iter().map(|word| &before[word]).collect();
    let small = |word: &str| lists.stops.has(word) || lists.happened.has(word);
    let verb = words.iter().rposition(|word| lists.happened.has(word))?;
    if !words[verb + 1..].iter().all(|word| small(word)) || before.contains([',', ';', '(']) {
        return None;
    }
    let noun = words[..verb].iter().rposition(|word| !small(word))?;
    // "Den andra enkäten" is another than "enkäten".
    let alone = words[..noun].iter().all(|word| lists.stops.has(word) || lists.articles.has(word));
    alone.then(|| stem(words[noun], passage.language))
}

/// Whether two periods overlap and have other ends, as precisely as both are told.
fn differ(one: &Period, two: &Period) -> bool {
    let days = |moment: &Moment| moment.day.is_some();
    let exact = [&one.first, &one.last, &two.first, &two.last].into_iter().all(days);
    let key = |moment: &Moment| Some((moment.year?, moment.month?, moment.day.filter(|_| exact)));
    let (Some(a), Some(b), Some(c), Some(d)) = (key(&one.first), key(&one.last), key(&two.first), key(&two.last))
    else {
        return false;
    };
    a <= d && c <= b && (a, b) != (c, d)
}
