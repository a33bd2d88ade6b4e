//! EVI004: a percentage that no count gives.
//!
//! ## What it does
//! Tests every percentage whose base is stated (the number in the sentence, "av de 12", "n = 17") for being the rounded share of some whole
//! number of that base, with as many decimals as are printed (the test known as GRIM).
//!
//! ## Why is this bad
//! Of twelve things four are 33 percent and five are 42: nothing is 37. The percentage, or the base, is not what was counted.
//!
//! ## Example
//! ```md
//! Av de 12 kommuner som svarade har 37 procent en anhörigkonsulent.
//! ```
//! Write the count and let the program compute:
//! ```md
//! Av kommunerna har {{ consultant | full }} en anhörigkonsulent.
//! ```

use super::super::Context;
use super::super::claim;
use super::super::hedges::hedge;
use super::super::lang::Tag;
use super::super::number::Number;
use super::super::prose::Passage;
use super::super::rule::Rule;
use super::super::tokens::Token;
use crate::diagnostic::{Code, Diagnostic, Said, Severity, say};
use crate::value::{Exact, Rounding};

pub const RULE: Rule = Rule {
    code: Code("EVI004"),
    title: "A percentage that no count gives",
    severity: Severity::Error,
    source: include_str!("evi004.rs"),
    options: &[],
    check,
};

/// Nobody gives percentages of one or two: such a number before a percentage is no base.
const SMALLEST: i64 = 3;
/// Above this every printed percentage can be had, or the search would be long.
const LARGEST: i64 = 100_000;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let rounding = context.project.workspace.rounding;
    for (at, passage) in context.passages() {
        for relation in context.relations(at).iter().filter(|relation| relation.part.is_none()) {
            let Some(percent) = relation.percent.and_then(|percent| passage.numbers.get(percent)) else { continue };
            let Some(base) = passage.numbers.get(relation.base) else { continue };
            if !hedged(passage, percent) && !is_of_one(passage, base, percent) {
                out.extend(unreachable((passage, percent), (passage, base), rounding));
            }
        }
        for (percent, wholes) in claim::whole::of_earlier(context, at).into_iter().filter(|(p, _)| !hedged(passage, p))
        {
            let number = |whole: &claim::Claim| {
                let passage = context.prose.passages.get(whole.passage)?;
                Some((passage, passage.numbers.get(whole.number)?))
            };
            // Any count that was named may be the whole.
            let found: Option<Vec<Diagnostic>> =
                wholes.into_iter().map(|whole| unreachable((passage, percent), number(whole)?, rounding)).collect();
            out.extend(found.and_then(|all| all.into_iter().next()));
        }
    }
}

/// "Av de fyra skolorna hade Sjöskolan 91 procent": the percentage is that of one of them, which is named behind the verb.
fn is_of_one(passage: &Passage, base: &Number, percent: &Number) -> bool {
    let between = passage.tokens_in(&(base.range.end..percent.range.start));
    let is_name = |token: &Token| passage.slice(token.range.clone()).starts_with(char::is_uppercase);
    // "Högst sjukfrånvaro bland de tre enheterna hade hemtjänsten med 9,8 procent"
    let sentence = passage.tokens_in(&passage.sentence(base.range.start));
    let ranked = sentence.iter().any(|token| token.tags.any(&[Tag::Most, Tag::Least]));
    let is = |two: &[Token]| two[0].tags.any(&[Tag::Is, Tag::Having]) && (ranked || is_name(&two[1]));
    between.windows(2).any(is)
}

fn hedged(passage: &Passage, percent: &Number) -> bool {
    hedge(passage, percent.range.start).is_some()
}

/// The finding that no whole number of the base is the percentage.
fn unreachable(
    (passage, percent): (&Passage, &Number),
    (place, base): (&Passage, &Number),
    rounding: Rounding,
) -> Option<Diagnostic> {
    let whole = base.count().filter(|whole| (SMALLEST..LARGEST).contains(whole) && !(percent.bound && base.bound))?;
    let (below, above) = neighbours(percent.value, percent.decimals, whole, rounding)?;
    let message = say!("no whole number of {whole} is {percent} percent", whole, percent = percent.value);
    Some(
        RULE.at(passage.span(percent.range.clone()), message)
            .also(place.span(base.range.clone()), say!("the base"))
            .help(say!("{below}, and {above}; check the count and the base", below, above)),
    )
}

/// The nearest percentages that can be had, where the printed one cannot.
fn neighbours(printed: Exact, decimals: u8, whole: i64, rounding: Rounding) -> Option<(Said, Said)> {
    let share = |part: i64| {
        let value = Exact::from(part * 100).checked_div(Exact::from(whole))?;
        Some(value.round(decimals, rounding))
    };
    if printed > Exact::from(100_i64) {
        return None;
    }
    // The count that comes nearest from below.
    let near =
        printed.checked_mul(Exact::from(whole))?.checked_div(Exact::from(100_i64))?.round(0, rounding).to_i64()?;
    let candidates: Vec<(i64, Exact)> = (near - 2..=near + 2)
        .filter(|part| (0..=whole).contains(part))
        .filter_map(|part| Some((part, share(part)?)))
        .collect();
    if candidates.iter().any(|(_, value)| *value == printed) {
        return None;
    }
    let below = candidates.iter().rev().find(|(_, value)| *value < printed)?;
    let above = candidates.iter().find(|(_, value)| *value > printed)?;
    let name = |(part, value): &(i64, Exact)| {
        say!("{part} of {whole} is {percent} percent", part, whole, percent = value.to_decimal(decimals, rounding))
    };
    Some((name(below), name(above)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reachable(printed: &str, whole: i64) -> bool {
        let (value, decimals) = Exact::parse(printed).unwrap();
        neighbours(value, decimals, whole, Rounding::default()).is_none()
    }

    #[test]
    fn percentages_are_held_against_their_base() {
        assert!(reachable("33", 12) && reachable("42", 12) && reachable("63", 40) && reachable("62.5", 40));
        assert!(!reachable("37", 12) && !reachable("41", 40) && !reachable("62.4", 40) && !reachable("40", 9));
        assert!((0..=100).all(|n| reachable(&n.to_string(), 203)), "every percentage can be had of 203");
        assert!(reachable("0", 7) && reachable("100", 7));
    }
}
