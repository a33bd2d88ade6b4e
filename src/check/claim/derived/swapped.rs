//! The shares of the two sexes, each told of the other: "186 kvinnor och 124 män, det vill säga 40 procent kvinnor och 60 procent män".

use super::premise::{Kind, Premise, premises_in};
use super::scene::Derived;
use super::words::Words;
use super::{HELP, place};
use crate::check::claim::{Fault, number_text};
use crate::check::lang::Tag;
use crate::check::prose::Passage;
use crate::check::tokens::{Say as _, Token};
use crate::diagnostic::say;

/// The faults of a passage, each with its rule.
pub fn faults(at: usize, passage: &Passage, taken: &[usize]) -> Vec<(&'static str, Fault)> {
    let mut out = Vec::new();
    for sentence in &passage.sentences {
        let all = premises_in(passage, sentence, taken);
        let all: Vec<&Premise<'_>> =
            all.iter().filter(|premise| premise.amount(passage, Kind::Percent).is_some()).collect();
        out.extend(all.windows(2).filter_map(|two| swapped(at, passage, two[0], two[1], taken)));
    }
    out
}

fn swapped(
    at: usize,
    passage: &Passage,
    one: &Premise<'_>,
    two: &Premise<'_>,
    taken: &[usize],
) -> Option<(&'static str, Fault)> {
    let (first, second) = in_turn(passage, one, two).or_else(|| Some((sex(&one.words)?, sex(&two.words)?)))?;
    let bound = one.number.bound && two.number.bound;
    let derived = |premise: &Premise<'_>| Derived::new(passage, premise.number.clone(), Kind::Percent, taken);
    let (one, two) = (derived(one)?, derived(two)?);
    let other = |derived: &Derived<'_>, own: Tag| {
        let given = givers(derived);
        !given.is_empty() && given.iter().all(|sex| sex.is_some_and(|sex| sex != own))
    };
    (first != second && !bound && other(&one, first) && other(&two, second)).then(|| {
        let message = say!(
            "{first} and {second} are each the share of the other sex",
            first = number_text(&one.number),
            second = number_text(&two.number)
        );
        (
            "EVI003",
            Fault { passage: at, range: place(&one).start..two.number.range.end, message, help: HELP, also: None },
        )
    })
}

/// "Andelarna kvinnor och män var 37,5 respektive 62,5 procent", "48 and 52 per cent for men and women respectively": in the order in which they are named.
fn in_turn(passage: &Passage, one: &Premise<'_>, two: &Premise<'_>) -> Option<(Tag, Tag)> {
    let sexes = |tokens: &[Token]| {
        let named: Vec<Tag> = tokens.iter().filter_map(own_sex).collect();
        <[Tag; 2]>::try_from(named).ok().filter(|[first, second]| first != second)
    };
    let around = [one.words.lead, two.words.tail];
    let said = around.iter().chain([&two.words.lead]).any(|tokens| tokens.say(&[Tag::Respectively]));
    let beside = passage.tokens_in(&(one.number.range.end..two.number.range.start)).len() < 3;
    let mut both = around.iter().filter_map(|tokens| sexes(tokens));
    let [first, second] = both.next().filter(|_| said && beside && both.next().is_none())?;
    Some((first, second))
}

fn own_sex(token: &Token) -> Option<Tag> {
    [Tag::Women, Tag::Men].into_iter().find(|sex| token.has(*sex))
}

/// Of whom the numbers are that give a percentage: one for each part and whole that do.
fn givers(derived: &Derived<'_>) -> Vec<Option<Tag>> {
    let mut out = Vec::new();
    for kind in [Kind::Plain, Kind::Money] {
        let amounts = derived.amounts(kind);
        for part in &amounts {
            for whole in amounts.iter().filter(|whole| whole.value > part.value) {
                let (one, other) = (sex(&part.premise.words), sex(&whole.premise.words));
                if part.may_be.percent_of(whole.may_be).is_some_and(|share| derived.is_given_by(share)) {
                    out.push(if one.is_some() && other.is_some() && one != other { None } else { one.or(other) });
                }
            }
        }
    }
    out
}

/// The sex that is told of a number: behind it, else before it.
pub fn sex(words: &Words<'_>) -> Option<Tag> {
    let ends = |token: &&Token| token.tags.any(&[Tag::Joint, Tag::Respectively]);
    let behind = words.tail.iter().take_while(|token| !ends(token)).find_map(own_sex);
    behind.or_else(|| words.lead.iter().rev().take_while(|token| !ends(token)).find_map(own_sex))
}
