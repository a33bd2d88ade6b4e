//! LAN003: a claim of amount or trend without a figure.
//!
//! ## What it does
//! Finds "allt fler", "de flesta", "många elever", "ökar kraftigt", "more and more", "most schools" and the like in sentences without any number. "Hur många", "så många som möjligt", what should be or
//! may be, and quotations claim nothing.
//!
//! ## Why is this bad
//! "Many" is three of four to one reader and one of ten to another. An inspection that says it must be able to show it.
//!
//! ## Example
//! ```md
//! Allt fler anhöriga vänder sig till kommunen.
//! ```
//! Say how many:
//! ```md
//! Antalet ansökningar steg från {{ before }} till {{ after }}.
//! ```

use std::ops::Range;

use super::super::Context;
use super::super::lang;
use super::super::prose::{Kind, Place, Role};
use super::super::rule::Rule;
use super::super::vague;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("LAN003"),
    title: "A claim of amount or trend without a figure",
    severity: Severity::Warning,
    source: include_str!("lan003.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (_, passage) in context.passages() {
        let skip = matches!(
            passage.place,
            Place::Quote
                | Place::Statement
                | Place::Assessment
                | Place::Process
                | Place::Label
                | Place::Source
                | Place::Description
                | Place::Term
                | Place::Heading
                | Place::Cell(..)
        );
        if skip || passage.role == Role::References {
            continue;
        }
        let lower = passage.lower.as_str();
        for (place, sentence) in passage.sentences.iter().enumerate() {
            let within = |range: &Range<usize>| passage.numbers[passage.numbers_in(range)].iter();
            let counted = within(sentence).any(|number| number.allowed.is_none() || number.bound);
            // The figure may stand in the sentence before or after, a table or chart may be referred to in this one.
            let beside = [place.checked_sub(1), Some(place + 1)]
                .into_iter()
                .flatten()
                .filter_map(|at| passage.sentences.get(at))
                .any(|near| within(near).any(|number| number.bound));
            let shown = passage.any(sentence, |kind| *kind == Kind::Reference);
            let next = passage.citations.partition_point(|at| *at < sentence.start);
            let cited = passage.citations.get(next).is_some_and(|at| *at <= sentence.end);
            if counted || beside || shown || cited {
                continue;
            }
            // "Ett antal frågor sammanfattas här:" shows how many they are.
            let announced = lower[sentence.clone()].trim_end().ends_with(':');
            let introduced = &lang::lists(passage.language).introduced;
            for found in vague::claims(&lower[sentence.clone()], passage.language) {
                let range = sentence.start + found.start..sentence.start + found.end;
                let shown = announced && introduced.contains(&&lower[range.clone()]);
                if passage.is_typed(&range) && !shown {
                    let text = passage.slice(range.clone());
                    out.push(
                        RULE.at(passage.span(range), say!("`{text}`: how many, how much?", text))
                            .help(say!("state the figure in the sentence, or say less")),
                    );
                }
            }
        }
    }
}
