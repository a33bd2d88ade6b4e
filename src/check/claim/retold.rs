//! The same thing told twice in the text, with another number: a share in the summary and in a chapter, a group that is taken up as "de 16
//! intervjuade cheferna" where 14 were interviewed.

use std::ops::Range;

use super::subject::Subject;
use super::{Fault, stands_for};
use crate::check::Context;
use crate::check::claim::bounds::short;
use crate::check::claim::relation::percent_of;
use crate::check::prose::{Passage, Role};
use crate::check::tokens::{Class, class};
use crate::value::Exact;

/// So many sentences are held against each other; a report of more says the same of many things.
const MOST: usize = 2000;

/// A sentence that says a share of a whole.
struct Share {
    passage: usize,
    range: Range<usize>,
    subject: Subject,
    /// The part and the whole, where both are numbers; else the percentage alone, or words for it.
    part: Option<(Exact, Exact)>,
    number: usize,
}

/// Shares of the summary that a chapter says otherwise.
pub fn summarised(context: &Context<'_>) -> Vec<Fault> {
    let (mut summary, mut body) = (Vec::new(), Vec::new());
    for (at, passage) in context.passages().filter(|(_, passage)| passage.is_audited()) {
        match passage.role {
            Role::Summary => shares(context, at, passage, &mut summary),
            Role::Body => shares(context, at, passage, &mut body),
            _ => {}
        }
    }
    let mut out = Vec::new();
    for told_here in summary.iter().take(MOST) {
        let alike: Vec<&Share> = body
            .iter()
            .take(MOST)
            .filter(|share| share.part.is_some() && share.subject.is_about(&told_here.subject))
            .collect();
        let Some(other) = alike.first() else { continue };
        if alike.iter().any(|share| agrees(context, told_here, share)) {
            continue;
        }
        let Some((part, whole)) = other.part else { continue };
        let place = context.prose.passages[other.passage].numbers[other.number].range.clone();
        let words = context.prose.passages[told_here.passage].slice(told_here.range.clone());
        let percent = percent_of(part, whole).map_or_else(String::new, |exact| format!(" ({} percent)", short(exact)));
        out.push(Fault {
            passage: told_here.passage,
            range: told_here.range.clone(),
            message: format!("the summary says `{words}`, another chapter {part} of {whole}{percent}"),
            help: "correct the wrong one, and bind both to one figure",
            also: Some((other.passage, place, "here")),
        });
    }
    out
}

/// Whether what the summary says of a share is what a chapter says.
fn agrees(context: &Context<'_>, told_here: &Share, other: &Share) -> bool {
    let Some((part, whole)) = other.part else { return true };
    if let Some((mine, base)) = told_here.part {
        return base != whole || mine == part;
    }
    let Some(exact) = percent_of(part, whole) else { return true };
    let passage = &context.prose.passages[told_here.passage];
    let Some(number) = passage.numbers.get(told_here.number) else { return true };
    let words =
        context.approximations(told_here.passage).iter().find(|words| words.numbers.contains(&told_here.number));
    words.map_or_else(|| number.is_fraction() || stands_for(passage, number, exact), |words| words.bounds.hold(exact))
}

fn shares(context: &Context<'_>, at: usize, passage: &Passage, out: &mut Vec<Share>) {
    for sentence in &passage.sentences {
        let inside = passage.numbers_in(sentence);
        // A sentence of several shares is of several things.
        let amounts: Vec<usize> = inside
            .filter(|at| !matches!(class(&passage.numbers[*at], &passage.text), Class::Year | Class::Name))
            .collect();
        let bound = |at: &usize| passage.numbers[*at].bound;
        if amounts.is_empty() || amounts.len() > 2 || amounts.iter().all(bound) {
            continue;
        }
        let relation =
            context.relations(at).iter().find(|relation| amounts.contains(&relation.base) && relation.part.is_some());
        let value = |at: usize| passage.numbers[at].value;
        let (number, part) = match (relation, amounts.as_slice()) {
            (Some(relation), _) => {
                let Some(part) = relation.part else { continue };
                (part, Some((value(part), value(relation.base))))
            }
            (None, [one]) if passage.numbers[*one].is_percent() || passage.numbers[*one].is_fraction() => (*one, None),
            _ => continue,
        };
        let ranges = amounts.iter().map(|at| passage.numbers[*at].range.clone());
        let Some(range) = ranges.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)) else { continue };
        out.push(Share { passage: at, range, subject: Subject::new(passage, sentence), part, number });
    }
}
