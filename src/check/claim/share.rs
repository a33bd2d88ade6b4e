//! A part, its whole and its percentage, where the whole stands in an earlier sentence: "Brevet gick till 48 skolor. 31 skolor (60 procent)
//! har svarat."

use std::sync::LazyLock;

use super::{Fault, all_bound, matches, stands_for, told};
use crate::check::Context;
use crate::check::lang::Tag;
use crate::check::pattern::{Found, Pattern};
use crate::check::relation::percent_of;
use crate::check::tokens::Class;
use crate::value::Exact;

/// A part with its percentage beside it.
static BESIDE: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        // "162 av dem (83 procent)", "31 skolor (60 procent)"
        "part=count noun{0,4} \"(\" word{0,2} share=percent word{0,3} \")\"",
        // "17% (144)"
        "share=percent noun{0,4} \"(\" part=count noun{0,2} \")\"",
        // "Thirty-six replied, a response rate of 80 per cent", "162 svarade, en svarsfrekvens på 68 procent"
        "part=count noun{0,5} \",\" word{0,3} <response-rate> word{0,2} share=percent",
        // "265, eller 55 procent,"
        "part=count noun{0,4} \",\" <equals> word{0,2} share=percent",
    ]
    .map(Pattern::new)
    .into()
});

/// All faults of the report.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let mut out = Vec::new();
    for (at, passage) in context.passages() {
        for (_, found) in matches(&BESIDE, passage) {
            out.extend(beside(context, at, &found));
        }
    }
    out
}

fn beside(context: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (part, share) = (found.number("part")?, found.number("share")?);
    let number = found.at("part")?;
    // What stands with its whole in one sentence is judged by that.
    if context.relations(at).of(number).any(|relation| relation.part == Some(number))
        || all_bound([Some(part), Some(share)])
    {
        return None;
    }
    let fits = |whole: Exact| percent_of(part.value, whole).is_some_and(|exact| stands_for(passage, share, exact));
    let before =
        || context.claims.before(&context.prose, at, part.range.start).filter(|claim| claim.class == Class::Count);
    let mut wholes = before().filter(|claim| claim.value > part.value);
    let whole = wholes.next()?;
    // Any number that was named may be the whole.
    if before().any(|claim| fits(claim.value)) {
        return None;
    }
    let own = context.claims.of(at, number)?;
    let taken_up = found
        .tokens
        .iter()
        .any(|token| token.has(Tag::Them) || token.has(Tag::ResponseRate) || token.has(Tag::OfWhich))
        || own.counted.iter().any(|stem| whole.counted.contains(stem));
    if !taken_up {
        return None;
    }
    let exact = percent_of(part.value, whole.value)?;
    let place = context.prose.passages.get(whole.passage)?.numbers.get(whole.number)?.range.clone();
    Some(Fault {
        passage: at,
        range: found.bytes(),
        message: format!(
            "{} of {} is {} percent, not {}",
            told(part),
            whole.value,
            exact.to_decimal(share.decimals, context.project.workspace.rounding),
            share.value.to_decimal(share.decimals, context.project.workspace.rounding),
        ),
        help: "correct the wrong one; bound with `| full` they cannot disagree",
        also: Some((whole.passage, place, "the whole")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read() {
        assert_eq!(BESIDE.len(), 4);
    }
}
