//! Numbers that are made of others: shares, growth, differences, rests, sums, rates, products, ratios.
//!
//! Most numbers of a report follow from others near by, and a word says so. A [`Derived`] number is one with the words around it and the numbers of its own
//! sentence, the two before and the one after. An [`Operation`] says by which words a number is its result (`cue`), and what its result may be (`readings`):
//! every way in which the numbers near by may be meant. A number that any reading gives is right. One that none gives is accused where a reading is
//! certainly meant: that has words (`told`) for the message.
//!
//! A word that leads to an operation is a word more in a list of the language packs. A way of saying it that no list covers is a condition of the operation's
//! `cue`; a new operation is a file and a line in [`OPERATIONS`].

mod change;
mod interval;
mod rest;
mod scene;
mod share;

use std::ops::Range;

use super::{Fault, number_text};
use crate::check::Context;
use crate::check::prose::{Passage, Place};
use crate::value::{Exact, Rounding};
use interval::Interval;
use scene::Derived;

/// What makes a number of others.
pub struct Operation {
    /// The rule that accuses its results.
    code: &'static str,
    /// Whether words say that the number is its result.
    cue: fn(&Derived<'_>) -> bool,
    /// All that its result may be.
    readings: fn(&Derived<'_>) -> Vec<Reading>,
}

impl Operation {
    fn is_meant(&self, derived: &Derived<'_>) -> bool {
        (self.cue)(derived)
    }
}

/// A result that numbers may be meant to give.
#[derive(Debug)]
pub struct Reading {
    may_be: Interval,
    /// Where it is certainly meant: "84 of 240 is 35 percent".
    told: Option<String>,
}

impl Reading {
    fn may_be(may_be: Interval) -> Self {
        Self { may_be, told: None }
    }

    fn told(may_be: Interval, words: String) -> Self {
        Self { may_be, told: Some(words) }
    }
}

static OPERATIONS: [&Operation; 3] = [&change::CHANGE, &rest::REST, &share::SHARE];

const HELP: &str = "correct the wrong one; a figure that is computed in findings/ cannot disagree";

/// All faults of a report, each with the rule that it belongs to.
pub fn faults(context: &Context<'_>) -> Vec<(&'static str, Fault)> {
    let mut out = Vec::new();
    for (at, passage) in context.passages() {
        if matches!(passage.place, Place::Label | Place::Source | Place::Attribution) {
            continue;
        }
        out.extend((0..passage.numbers.len()).filter_map(|number| judge(at, passage, number)));
    }
    out
}

fn judge(at: usize, passage: &Passage, number: usize) -> Option<(&'static str, Fault)> {
    let derived = Derived::new(passage, number)?;
    let mut told = None;
    for operation in OPERATIONS.iter().filter(|operation| operation.is_meant(&derived)) {
        for reading in (operation.readings)(&derived) {
            if reading.may_be.meets(derived.printed) {
                return None;
            }
            told = told.or_else(|| reading.told.map(|words| (operation.code, words)));
        }
    }
    let (code, words) = told?;
    let typed = derived.premises.iter().filter(|premise| !premise.far).any(|premise| !premise.number.bound);
    if derived.number.bound && !typed {
        return None;
    }
    let message = format!("{words}, not {}", number_text(derived.number));
    Some((code, Fault { passage: at, range: place(&derived), message, help: HELP, also: None }))
}

/// From the words before the number to its end.
fn place(derived: &Derived<'_>) -> Range<usize> {
    let start = derived.words.lead.first().map_or(derived.number.range.start, |token| token.range.start);
    start..derived.number.range.end
}

/// A value as it is told: with the digits that the printed number has, and one more where that is needed to see a difference.
fn text(derived: &Derived<'_>, value: Exact) -> String {
    let decimals = derived.number.decimals;
    let short = value.to_decimal(decimals, Rounding::default());
    match derived.number.value.to_decimal(decimals, Rounding::default()) == short {
        true => value.to_decimal(decimals + 1, Rounding::default()),
        false => short,
    }
}
