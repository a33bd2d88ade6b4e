//! A number that lies between others, whatever each of them weighs: a mean or a share of all between its groups, a mean between the least and the most, an
//! estimate within its interval; and the median of values that are all told.

use super::interval::Interval;
use super::premise::{Amount, Kind};
use super::scene::Derived;
use super::swapped::sex;
use super::words::{Words, is_alike};
use super::{Reading, change, rate, text};
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::number::Form;
use crate::check::tokens::{Class, Kind as Sort, Say as _, Token, class};
use crate::diagnostic::say;
use crate::value::Exact;

const MEANS: &[Tag] = &[Tag::Average, Tag::Median];
/// What is said of one of these, or of a number that moved, lies where it will.
const OTHER: &[Tag] = &[Tag::Grew, Tag::Shrank, Tag::Difference, Tag::Earlier, Tag::Target, Tag::Since, Tag::Negation];
/// So many words before a number of a group name the group.
const GROUP: usize = 4;

/// Where it has to lie, if it does not lie there.
pub fn reading(derived: &Derived<'_>) -> Option<Reading> {
    let words = &derived.words;
    let amounts = derived.amounts(derived.kind);
    let mut near: Vec<Amount<'_, '_>> = amounts.iter().filter(|amount| amount.premise.sentence < 2).cloned().collect();
    near.retain(|amount| !amount.takes_up() && !change::is_said(&amount.premise.words, amount.premise.kind));
    let other = change::is_said(words, derived.kind)
        || derived.bounds.is_some()
        || derived.number.bound && near.iter().all(|amount| amount.premise.number.bound)
        || words.has(OTHER)
        || words.before(&[Tag::Compared, Tag::Than]);
    if other || matches!(derived.kind, Kind::Points | Kind::Factor) {
        return None;
    }
    if let Some(middle) = middle(derived, &amounts) {
        return Some(middle);
    }
    let mean = words.before(MEANS) || words.behind(MEANS, 4);
    let ends = || span(derived, &near).filter(|_| mean).or_else(|| extremes(derived, &near).filter(|_| mean));
    let one = || span(derived, &near).or_else(|| extremes(derived, &near)).filter(|ends| is_one_of(derived, ends));
    // "Class sizes varied between 18 and 27 pupils. The smallest class, with 16 pupils, …"
    let ranks = |two: &[Token]| two[0].number().is_none() && two[1].tags.any(&[Tag::Most, Tag::Least]);
    let opens = derived.sentence.first().is_some_and(|first| first.tags.any(&[Tag::Most, Tag::Least]));
    let ranked = words.before(&[Tag::Most, Tag::Least]) && (opens || derived.sentence.windows(2).take(3).any(ranks));
    let ranked = || span(derived, &near).filter(|(low, high)| ranked && of_one_noun(derived, low, high));
    let (low, high) = ends().or_else(|| groups(derived, &near, mean)).or_else(one).or_else(ranked)?;
    let (low, high) = if low.value <= high.value { (low, high) } else { (high, low) };
    let may_be = Interval { low: low.may_be.low, high: high.may_be.high };
    let words = say!(
        "the numbers beside it leave it between {first} and {second}",
        first = number_text(low.premise.number),
        second = number_text(high.premise.number)
    );
    (!derived.is_given_by(may_be)).then(|| Reading::certain(may_be, words))
}

/// Whether a number measures or counts the same as the ends of a span before its sentence.
fn of_one_noun(derived: &Derived<'_>, low: &Amount<'_, '_>, high: &Amount<'_, '_>) -> bool {
    let noun = derived.words.tail.first();
    let counted = || high.premise.words.tail.first().zip(noun).is_some_and(|(high, own)| is_alike(high, own));
    let own = derived.passage.sentence(derived.number.range.start);
    let years = derived.passage.numbers[derived.passage.numbers_in(&own)].iter();
    let dated = years.into_iter().any(|number| class(number, &derived.passage.text) == Class::Year);
    let other = dated || derived.says(&[Tag::Wider, Tag::Total, Tag::Average]);
    low.premise.sentence == 1 && !other && (derived.kind != Kind::Plain || counted())
}

/// "Andelen varierade mellan 3 och 6 procent. I köket låg den på 5 procent": of one of those that were told.
fn is_one_of(derived: &Derived<'_>, (low, high): &(Amount<'_, '_>, Amount<'_, '_>)) -> bool {
    let told = |end: &Amount<'_, '_>| end.premise.sentence == 1 && end.start() < derived.number.range.start;
    // "Education, one of the five sectors, had a rate of"
    let one_of = |two: &[Token]| {
        let two = &two[1..];
        let one = two[0].number().is_some_and(|at| derived.passage.numbers[at].value == 1_i64.into());
        (one || two[0].has(Tag::One)) && two[1].has(Tag::Of)
    };
    let aside = |three: &[Token]| three[0].kind == Sort::Sign(',') && one_of(three);
    let starts = derived.sentence.first().is_some_and(|first| first.tags.any(&[Tag::Within, Tag::Of]))
        || derived.sentence.windows(3).any(aside);
    let measure = [Tag::This, Tag::Determiner, Tag::Number, Tag::Share, Tag::Figure];
    let taken_up = derived.words.lead.iter().any(|token| token.tags.any(&measure)) || derived.again(low.premise) > 1;
    let list = derived.passage.tokens_in(&derived.passage.sentence(low.start()));
    let sampled = list.iter().any(|token| token.tags.any(&[Tag::Confidence, Tag::Margin, Tag::Interval]));
    let own = derived.passage.sentence(derived.number.range.start);
    let years = derived.passage.numbers[derived.passage.numbers_in(&own)].iter();
    let dated = years.clone().any(|number| class(number, &derived.passage.text) == Class::Year);
    let wider = derived.says(&[Tag::All, Tag::Total, Tag::Wider, Tag::Average, Tag::Median, Tag::Per]);
    let alone =
        derived.premises.iter().all(|other| other.far || other.sentence != 0 || other.number.form == Form::Words);
    told(low) && told(high) && starts && taken_up && !sampled && !dated && !wider && alone && !derived.says(OTHER)
}

/// "mellan 3 och 19 veckor", "from 32 per cent in Torsholm to 87": two numbers that say where all lie.
fn span<'s, 'p>(derived: &Derived<'p>, near: &[Amount<'s, 'p>]) -> Option<(Amount<'s, 'p>, Amount<'s, 'p>)> {
    let last = |amount: &Amount<'_, '_>, tag: Tag| amount.premise.words.last().is_some_and(|last| last.has(tag));
    let mut pairs = near.windows(2).filter(|two| {
        let (from, to) = (&two[0].premise.words, &two[1].premise.words);
        let between = last(&two[0], Tag::Between) && matches!(to.lead, [.., joint] if joint.has(Tag::Joint));
        let ranged = last(&two[0], Tag::From) && last(&two[1], Tag::To);
        let years = two.iter().any(|amount| amount.premise.year.is_some());
        let together = two[0].premise.sentence == two[1].premise.sentence && to.lead.len() < 2 * GROUP;
        let moved = |words: &Words<'_>| words.has(OTHER) || words.has(&[Tag::Confidence, Tag::Margin]);
        (between || ranged) && together && !years && !moved(from) && !moved(to)
    });
    let two = pairs.next().filter(|_| pairs.next().is_none())?;
    let apart = two.iter().all(|amount| amount.start() != derived.number.range.start);
    apart.then(|| (two[0].clone(), two[1].clone()))
}

/// "Den kortaste väntan var 12 dagar och den längsta 58."
fn extremes<'s, 'p>(derived: &Derived<'p>, near: &[Amount<'s, 'p>]) -> Option<(Amount<'s, 'p>, Amount<'s, 'p>)> {
    let one = |tag: Tag| {
        let mut said = near.iter().filter(|amount| amount.premise.words.before(&[tag]));
        said.next().filter(|_| said.next().is_none()).cloned()
    };
    let dated = near.iter().any(|amount| amount.premise.year.is_some() || amount.premise.words.has(&[Tag::Earlier]));
    let ranked = derived.words.before(&[Tag::Least, Tag::Most]);
    let (low, high) = (one(Tag::Least)?, one(Tag::Most)?);
    (near.len() == 2 && !dated && !ranked && low.start() != high.start()).then_some((low, high))
}

/// "Bland männen hade 31 procent deltagit, bland kvinnorna 44. För hela gruppen är andelen 47 procent."
fn groups<'s, 'p>(
    derived: &Derived<'p>,
    near: &[Amount<'s, 'p>],
    mean: bool,
) -> Option<(Amount<'s, 'p>, Amount<'s, 'p>)> {
    let start = derived.number.range.start;
    let of: Vec<&Amount<'s, 'p>> = near.iter().filter(|amount| amount.start() < start).collect();
    let from = of.last()?.premise.number.range.end;
    let lead = derived.passage.tokens_in(&(from..start));
    let all = [Tag::All, Tag::Total];
    let sexes = || [Tag::Women, Tag::Men].into_iter().all(|sex| derived.words.lead.say(&[sex]));
    let of_all = (lead.say(&all) || derived.words.behind(&all, GROUP)) && (sex(&derived.words).is_none() || sexes());
    let sexes: Vec<Tag> = of.iter().filter_map(|amount| sex(&amount.premise.words)).collect();
    let both = sexes.len() == of.len() && sexes.contains(&Tag::Women) && sexes.contains(&Tag::Men);
    let named = |amount: &&Amount<'_, '_>| {
        let lead = amount.premise.words.lead;
        let place = |token: &Token| token.tags.any(&[Tag::Of, Tag::Within]) && !token.tags.any(&[Tag::From, Tag::To]);
        let last = lead.last().is_some_and(|last| last.tags.any(&[Tag::Of, Tag::From, Tag::To]));
        !last && lead.iter().rev().take(GROUP).any(place)
    };
    let told = derived.passage.sentence(of.first()?.start()).start..derived.number.range.end;
    let open = derived.passage.tokens_in(&told).say(OTHER)
        || derived.passage.tokens_in(&told).say(&[Tag::Overlap, Tag::Also, Tag::Rest, Tag::OfWhich, Tag::OfThese]);
    let dated = of.iter().any(|amount| amount.premise.year.is_some() || amount.is_earlier());
    let rate = derived.kind == Kind::Percent || mean;
    let sum = of.iter().map(|amount| amount.may_be).try_fold(Interval::exactly(Exact::ZERO), Interval::plus)?;
    let meant = of_all && (both || of.iter().all(named)) && !open && !dated && rate && !derived.is_given_by(sum);
    let (low, high) = (of.iter().min_by_key(|amount| amount.value)?, of.iter().max_by_key(|amount| amount.value)?);
    (meant && of.len() > 1).then(|| ((*low).clone(), (*high).clone()))
}

/// "Avtalen löpte i 8, 11, 18, 26 och 37 månader. Medianen var 26 månader."
fn middle(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let (list, full, _) = rate::list(derived, amounts);
    let mut list: Vec<&Amount<'_, '_>> = list.iter().collect();
    list.sort_by_key(|amount| amount.value);
    let (low, high) = (list.get(list.len().checked_sub(1)? / 2)?, list.get(list.len() / 2)?);
    let two = Interval::exactly(2_i64.into());
    let may_be = low.may_be.plus(high.may_be)?.over(two)?;
    let exact = low.value.checked_add(high.value)?.checked_div(2_i64.into())?;
    // "Medianen av 8, 11 och 37 dagar var 12"
    let first = list.iter().min_by_key(|amount| amount.start()).map(|first| first.premise.words);
    let of_them =
        first.is_some_and(|words| words.lead.say(&[Tag::Median]) && words.last().is_some_and(|of| of.has(Tag::Of)));
    let full = full || of_them && derived.words.lead.iter().all(|word| word.has(Tag::Is) || word.concludes());
    let said = of_them || derived.words.before(&[Tag::Median]) || derived.words.behind(&[Tag::Median], 4);
    let words = say!("the middle of the {count} numbers is {text}", count = list.len(), text = text(derived, exact));
    let meant = said && full && list.len() > 2 && !derived.is_given_by(may_be) && derived.is_near(exact, 11);
    meant.then(|| Reading::certain(may_be, words))
}
