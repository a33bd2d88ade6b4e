//! Averages, rates and products against the numbers that they are made of.

mod average;
mod excess;
mod rate;

use super::{Fault, matches_over, stands_for};
use crate::check::Context;
use crate::check::hedges::hedge;
use crate::check::number::Number;
use crate::check::pattern::{Found, Patterns};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, class};
use crate::diagnostic::{Said, say};
use crate::value::Exact;

/// What a family's pattern is judged by.
type Judge = fn(&Context<'_>, usize, &Found<'_>) -> Option<Fault>;

/// Patterns of one statement, and what they are judged by.
pub struct Kind {
    patterns: Patterns,
    judge: Judge,
}

const HELP: Said = say!("correct the wrong one; a figure that is computed in findings/ cannot disagree");

static KINDS: [&Kind; 7] = [
    &average::LISTED,
    &average::OVERALL,
    &average::SCALED,
    &rate::PRODUCT,
    &excess::ABOVE,
    &excess::WITHOUT,
    &excess::ANNOUNCED,
];

/// All faults of the report.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let mut out = Vec::new();
    for (at, passage) in context.passages() {
        for kind in KINDS {
            out.extend(matches_over(&kind.patterns, passage).filter_map(|found| (kind.judge)(context, at, &found)));
        }
    }
    out
}

fn fault(passage: usize, found: &Found<'_>, message: Said) -> Fault {
    Fault { passage, range: found.bytes(), message, help: HELP, also: None }
}

fn is_plain(number: &Number, passage: &Passage) -> bool {
    matches!(class(number, &passage.text), Class::Count | Class::Decimal | Class::Percent | Class::Money)
}

/// Whether a number of one class can be an average of numbers of another.
fn alike(one: &Number, two: &Number) -> bool {
    one.unit == two.unit
}

/// Whether two values differ by no more than one part in so many.
fn within(one: Exact, two: Exact, parts: i64) -> bool {
    let apart = one.checked_sub(two).map(Exact::magnitude);
    apart.and_then(|apart| apart.checked_mul(Exact::from(parts))).is_some_and(|apart| apart <= two.magnitude())
}

/// Whether a number stands for a result; with "cirka", and where it is round itself, within a twentieth.
fn close(passage: &Passage, printed: &Number, exact: Exact) -> bool {
    let ten = printed.value.to_i64().is_some_and(|n| n >= 100 && n % 10 == 0);
    let round = ten || hedge(passage, printed.range.start).is_some();
    stands_for(passage, printed, exact) || within(printed.value, exact, if round { 20 } else { 100 })
}
