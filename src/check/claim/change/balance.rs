//! What was there, what came, what went and what is left.

use std::sync::LazyLock;

use super::HELP;
use crate::check::Context;
use crate::check::claim::{Claim, Fault, all_bound, matches, number_text};
use crate::check::lang::Tag;
use crate::check::number::{Form, Number};
use crate::check::pattern::{Found, Pattern};
use crate::check::prose::Passage;
use crate::check::tokens::Class;
use crate::value::Exact;

/// What was there, what came and what went: "85 ärenden. Under året tillkom 140 och avslutades 150, så att 75 återstod."
static BALANCE: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        "<came> noun{0,4} came=value noun{0,5} [ <joint> | \",\" ] noun{0,4} <left> noun{0,3} left=value noun{0,5} [ \",;\" | <joint> ]{0,2} noun{0,6} end=value",
        "came=value noun{0,4} <came> [ <joint> | \",\" ] noun{0,2} left=value noun{0,3} <left> noun{0,2} [ \",;\" | <joint> ]{0,2} noun{0,6} end=value",
    ]
    .map(Pattern::new)
    .into()
});

/// The faults of a passage.
pub fn faults(context: &Context<'_>, at: usize, passage: &Passage) -> Vec<Fault> {
    matches(&BALANCE, passage).filter_map(|(_, found)| balance(context, at, &found)).collect()
}

/// What is left of what was there: the number named before, with what came and without what went.
fn balance(context: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let (came, left, end) = (found.number("came")?, found.number("left")?, found.number("end")?);
    let unit = |number: &Number| number.unit == came.unit && !number.is_fraction() && number.form != Form::Factor;
    let taken = found.tokens.get(found.named("end")?.start.saturating_sub(4)..)?;
    if ![left, end].into_iter().all(unit) || !taken.iter().any(|token| token.has(Tag::Rest)) {
        return None;
    }
    let result = |start: Exact| start.checked_add(came.value)?.checked_sub(left.value);
    let start = found.bytes().start;
    let comparable = |claim: &&Claim| context.prose.passages[claim.passage].numbers[claim.number].unit == came.unit;
    let before = || {
        let all = context.claims.before(&context.prose, at, start).filter(comparable);
        all.filter(|claim| matches!(claim.class, Class::Count | Class::Money))
    };
    let first = before().next().filter(|first| first.passage == at)?;
    if before().any(|claim| result(claim.value) == Some(end.value)) {
        return None;
    }
    let place = found.passage.numbers.get(first.number)?;
    if all_bound([Some(came), Some(left), Some(end), Some(place)]) {
        return None;
    }
    let message = format!(
        "{} and {} less {} make {}, not {}",
        number_text(place),
        number_text(came),
        number_text(left),
        result(first.value)?,
        number_text(end)
    );
    Some(Fault {
        passage: at,
        range: found.bytes(),
        message,
        help: HELP,
        also: Some((at, place.range.clone(), "what was there")),
    })
}
