//! The whole that a part may be of: the counts that stand before it, and what two of them make.

use std::ops::Range;

use super::{Claim, NEAR, matches};
use crate::check::Context;
use crate::check::hedges::{Hedge, hedge};
use crate::check::number::Number;
use crate::check::pattern::Patterns;
use crate::check::tokens::Class;
use crate::value::Exact;

/// A percentage of what an earlier sentence counts: "Av dem anger 55 procent …".
static OF_THEM: Patterns = Patterns::new(&["^ [ <of-which> | <of> <them> ] \",\"? noun{0,3} share=percent"]);

/// The whole numbers that a statement's context offers for a whole, the nearest first, and what two neighbours make together.
pub(super) struct Wholes<'a> {
    named: Vec<&'a Claim>,
    all: Vec<Exact>,
}

impl<'a> Wholes<'a> {
    pub(super) fn before(context: &'a Context<'_>, at: usize, byte: usize) -> Self {
        let counts = context.claims.before(&context.prose, at, byte).filter(|claim| claim.class == Class::Count);
        // "yngre än 7 år" is a limit.
        let limit = |claim: &&Claim| {
            let passage = &context.prose.passages[claim.passage];
            let hedge = hedge(passage, passage.numbers[claim.number].range.start);
            matches!(hedge, Some((Hedge::LessThan | Hedge::MoreThan, _)))
        };
        let named: Vec<&Claim> = counts.filter(|claim| !limit(claim)).collect();
        let pairs = named.windows(2);
        let made = pairs.flat_map(|pair| {
            let (near, far) = (pair[0].value, pair[1].value);
            [far.checked_add(near), far.checked_sub(near)]
        });
        let all = named.iter().map(|claim| claim.value).chain(made.flatten()).collect();
        Self { named, all }
    }

    /// Those, and the counts that follow in the sentence.
    pub(super) fn around(context: &'a Context<'_>, place: usize, part: &Range<usize>) -> Self {
        let mut out = Self::before(context, place, part.start);
        let passage = &context.prose.passages[place];
        let behind = passage.numbers_in(&(part.end..passage.sentence(part.start).end));
        out.all.extend(behind.take(NEAR).filter_map(|number| Some(context.claims.claim(place, number)?.value)));
        out
    }

    /// Whether any of them makes a statement true.
    pub(super) fn any(&self, fits: impl FnMut(&Exact) -> bool) -> bool {
        self.all.iter().any(fits)
    }
}

/// Percentages of a whole that an earlier sentence counts, each with all wholes that it may be of, the nearest first: EVI004 holds them against
/// whole numbers.
pub fn of_earlier<'a>(context: &'a Context<'_>, at: usize) -> Vec<(&'a Number, Vec<&'a Claim>)> {
    let Some(passage) = context.prose.passages.get(at) else { return Vec::new() };
    let found = matches(&OF_THEM, passage);
    found
        .filter_map(|(sentence, found)| {
            let share = found.number("share")?;
            let alone = context.relations(at).with_number(found.at("share")?).next().is_none();
            let wholes = Wholes::before(context, at, sentence.start).named;
            (alone && !wholes.is_empty()).then_some((share, wholes))
        })
        .collect()
}
