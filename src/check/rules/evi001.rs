//! EVI001: a number without evidence.
//!
//! ## What it does
//! Finds numbers in the text, in digits or in words, that no figure of the report carries: neither bound with `{{ … }}` nor the value of a
//! figure whose label's words stand in the sentence. Dates, years, statutes, reference numbers, numbered things ("kapitel 3"), names
//! ("Agenda 2030"), ages that define a group, numbers that announce the text's own parts ("tre frågor") and attributed quotations need
//! no evidence, nor does the rest that a table's note declares ("övriga 3 procent svarade inte") where the table leaves just that. A share is one finding: "16 av 40 (41 procent)" names all three numbers.
//!
//! ## Why is this bad
//! A typed number has nothing behind it. When the data changes it stays as it was, and nobody can tell where it came from.
//!
//! ## Example
//! ```md
//! Trettiotvå personer deltog i utbildningen.
//! ```
//! Define the figure, with its source, and bind it:
//! ```md
//! {{ training.persons | words | capital }} personer deltog i utbildningen.
//! ```
//!
//! ## Options
//! `bound`: how many percent of the numbers that need evidence must be bound; below it the build fails. 0 asks for nothing.

use super::super::Context;
use super::super::claim::relation::Relations;
use super::super::evidence::Evidence;
use super::super::number::Number;
use super::super::prose::Passage;
use super::super::rule::{Rule, RuleOption};
use super::super::words::count;
use crate::diagnostic::{Code, Diagnostic, Severity, say};
use crate::value::Exact;

pub const RULE: Rule = Rule {
    code: Code("EVI001"),
    title: "A number without evidence",
    severity: Severity::Warning,
    source: include_str!("evi001.rs"),
    options: &[RuleOption { name: "bound", default: 0, meaning: "percent of the numbers that must be bound" }],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (at, passage) in context.passages().filter(|(_, passage)| passage.is_audited()) {
        for phrase in phrases(passage, context.evidence(at), context.relations(at)) {
            let numbers: Vec<&Number> = phrase.iter().filter_map(|at| passage.numbers.get(*at)).collect();
            let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else { continue };
            let mut range = first.range.start..last.range.end;
            // "16 av 40 (41 procent)" ends with its bracket.
            if passage.slice(range.clone()).contains('(')
                && passage.slice(range.end..passage.text.len()).starts_with(')')
            {
                range.end += 1;
            }
            let text = passage.slice(range.clone());
            let message = match numbers.len() {
                1 => say!("no figure stands behind the number `{text}`", text),
                many => say!("no figure stands behind the {many} numbers of `{text}`", many, text),
            };
            let mut diagnostic = RULE.at(passage.span(range), message);
            for number in numbers {
                let known = figures_of(context, number);
                if !known.is_empty() {
                    let own = passage.slice(number.range.clone());
                    diagnostic = diagnostic.help(say!(
                        "`{own}` is also the value of {known}: bind it if that is meant",
                        own,
                        known = known.join(", ")
                    ));
                }
            }
            out.push(diagnostic.help(say!(
                "define a figure in findings/ and bind it with {{ … }}; a number that needs none is excepted with \
                 <!-- belagg: allow EVI001 the reason --> on the line before, or under `exceptions` in report.yaml"
            )));
        }
    }
}

/// The numbers without evidence, those of one share together: "16 av 40 (41 procent)" is one phrase. Positions among the passage's numbers.
fn phrases(passage: &Passage, evidence: &[Evidence], relations: &Relations) -> Vec<Vec<usize>> {
    let missing = |at: usize| evidence.get(at) == Some(&Evidence::Missing);
    let joined = |before: usize, at: usize| {
        let (Some(one), Some(two)) = (passage.numbers.get(before), passage.numbers.get(at)) else { return false };
        let between = passage.slice(one.range.end..two.range.start);
        let same = passage.sentence(one.range.start) == passage.sentence(two.range.start);
        same && relations.with_number(before).any(|relation| {
            let members = [relation.part, Some(relation.base), relation.percent];
            let close = relation.direct || relation.percent == Some(at) || relation.percent == Some(before);
            let near = count(between) <= 6 && !between.contains([',', ';', ':']);
            members.contains(&Some(before)) && members.contains(&Some(at)) && (close || near)
        })
    };
    let mut out: Vec<Vec<usize>> = Vec::new();
    for at in (0..passage.numbers.len()).filter(|at| missing(*at)) {
        match out.last_mut() {
            // A number with evidence between two others keeps them apart.
            Some(phrase) if phrase.last().is_some_and(|before| before + 1 == at && joined(*before, at)) => {
                phrase.push(at)
            }
            _ => out.push(vec![at]),
        }
    }
    out
}

/// Figures that have the value of a number, whatever they are called. Small numbers are the value of too many, and so is any that many figures
/// have: two are named.
fn figures_of(context: &Context<'_>, number: &Number) -> Vec<String> {
    if number.value < Exact::from(10_i64) {
        return Vec::new();
    }
    context.figures.valued(number).into_iter().map(|id| format!("`{id}`")).take(2).collect()
}
