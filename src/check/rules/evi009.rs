//! EVI009: a percentage without its base.
//!
//! ## What it does
//! Finds typed percentages of which the sentence does not say, in a number, what they are counted on. Changes ("ökade med 4 procent"), working hours, taxes and
//! rates of interest have no base to state.
//!
//! ## Why is this bad
//! 41 percent of twelve is not 41 percent of twelve thousand. Without the base nobody can judge how sure the share is.
//!
//! ## Example
//! ```md
//! 41 procent saknade en aktuell plan.
//! ```
//! Say how many there are, or bind the figure, which has its base:
//! ```md
//! {{ plan.none | full }} saknade en aktuell plan.
//! ```

use std::ops::Range;

use super::super::Context;
use super::super::lang;
use super::super::prose::{Passage, Place};
use super::super::rule::Rule;
use super::super::words::{clip_start, holds};
use crate::diagnostic::{Code, Diagnostic, Severity, say};
use crate::locale::Language;

pub const RULE: Rule = Rule {
    code: Code("EVI009"),
    title: "A percentage without its base",
    severity: Severity::Warning,
    source: include_str!("evi009.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let attributed = context.prose.attributed();
    for (at, passage) in context.passages().filter(|(_, passage)| passage.is_audited()) {
        // A quotation with its speaker: the words are not the author's.
        let quoted = passage.place == Place::Quote && attributed.get(at) == Some(&true);
        if matches!(passage.place, Place::Cell(..) | Place::TableNote) || quoted {
            continue;
        }
        let mut stated_in: Option<(Range<usize>, bool)> = None;
        let lower = passage.lower.as_str();
        for (place, number) in passage.numbers.iter().enumerate() {
            let based = context.relations(at).with_number(place).any(|relation| relation.percent == Some(place));
            if !number.is_percent() || number.bound || based {
                continue;
            }
            let sentence = passage.sentence(number.range.start);
            let stated = match &stated_in {
                Some((known, stated)) if *known == sentence => *stated,
                _ => {
                    let mut inside = passage.numbers_in(&sentence);
                    let stated =
                        inside.any(|at_number| context.relations(at).with_number(at_number).any(|known| known.direct));
                    stated_in = Some((sentence.clone(), stated));
                    stated
                }
            };
            if !stated
                && !is_rate(lower, &sentence, &number.range, passage.language)
                && !follows_base(passage, &sentence, &number.range)
            {
                let text = passage.slice(number.range.clone());
                out.push(
                    RULE.at(passage.span(number.range.clone()), say!("{text} of how many?", text))
                        .help(say!("state the number that the share is counted on, or bind the figure with `| full`")),
                );
            }
        }
    }
}

/// A base in the same clause that belongs to the percentage, though something stands between.
fn follows_base(passage: &Passage, sentence: &Range<usize>, range: &Range<usize>) -> bool {
    let own = passage.lower.get(range.end..sentence.end).unwrap_or("");
    let of = lang::lists(passage.language);
    // "37 procent av eleverna" names another base than the one that opened the sentence.
    if of.of.iter().any(|word| own.trim_start().starts_with(&format!("{word} "))) {
        return false;
    }
    let said = passage.lower.get(sentence.start..range.start).unwrap_or("");
    if !said.split_whitespace().next().is_some_and(|word| of.of.contains(&word)) {
        return false;
    }
    let opens = |at: &usize| {
        let before = passage.lower.get(sentence.start..passage.numbers[*at].range.start).unwrap_or("");
        before.split_whitespace().take(5).count() <= 4
    };
    passage.numbers_in(&(sentence.start..range.start)).take_while(opens).any(|at| {
        let number = &passage.numbers[at];
        number.allowed.is_none() && number.count().is_some()
    })
}

/// Changes, working hours, taxes, interest: percentages that no population stands behind.
fn is_rate(lower: &str, sentence: &Range<usize>, range: &Range<usize>, language: Language) -> bool {
    let lists = lang::lists(language);
    let before = clip_start(lower.get(sentence.start..range.start).unwrap_or(""), 600);
    let after = lower.get(range.end..sentence.end).unwrap_or("");
    let clause = before.rsplit([';', ':']).next().unwrap_or("");
    let last = clause.split_whitespace().next_back().unwrap_or("");
    if lists.change_by.has(last) && holds(clause, &lists.change) {
        return true;
    }
    let next: Vec<&str> = after.split_whitespace().take(2).map(|word| word.trim_matches([',', '.', ')'])).collect();
    if next.iter().any(|word| lists.comparatives.has(word))
        || lists.a_year.iter().any(|words| after.trim_start().starts_with(words))
    {
        return true;
    }
    // What stands nearest before decides: "samordnaren arbetar 75 procent … och momsen är 25 procent".
    let near: Vec<&str> = clause.split_whitespace().rev().take(5).collect();
    near.iter().any(|word| lists.rates.has(word.trim_matches(['(', ',', '’', '\''])))
        || next.first().is_some_and(|word| lists.rates.has(word))
}
