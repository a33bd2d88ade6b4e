//! Averages against what they are averages of, and against their scale.

use super::{Kind, alike, fault, is_plain};
use crate::check::Context;
use crate::check::claim::{Fault, all_bound, number_text, stands_for};
use crate::check::lang::Tag;
use crate::check::number::words::leading;
use crate::check::number::{Number, Unit};
use crate::check::pattern::{Found, Patterns};
use crate::check::tokens::{Class, Say as _, Token, class};
use crate::diagnostic::say;
use crate::value::Exact;

/// "Handläggningstiden var 42, 51 respektive 57 dagar, i snitt 50 dagar", "The three teams took 12, 15 and 21 days, 16 on average"
pub static LISTED: Kind = Kind {
    patterns: Patterns::new(&[
        "list=value [ \",\" list=value ]{0,8} <joint|respectively> list=value [ word | count ]{0,7} \",\" word{0,3} <average> word{0,4} mean=value",
        "list=value [ \",\" list=value ]{0,8} <joint|respectively> list=value [ word | count ]{0,7} \",\" word{0,3} mean=value noun{0,2} <average>",
        "list=value [ \",\" list=value ]{1,8} <joint|respectively> list=value noun{0,6} \".\" <average> word{0,4} n=count word{0,3} <is> word{0,2} mean=value",
    ]),
    judge: listed,
};

/// "Bland kvinnorna var 60 procent nöjda och bland männen 50 procent; för samtliga var andelen 56 procent."
pub static OVERALL: Kind = Kind {
    patterns: Patterns::new(&[
        "<women> word{0,6} one=percent [ word | \",\" ]{0,6} <men> word{0,6} two=percent [ word | \",\" | \";\" | \".\" ]{1,7} <all|total> word{0,6} whole=percent",
        "<men> word{0,6} one=percent [ word | \",\" ]{0,6} <women> word{0,6} two=percent [ word | \",\" | \";\" | \".\" ]{1,7} <all|total> word{0,6} whole=percent",
        // "Andelen nöjda är 72 procent. Bland kvinnor är den 76 procent och bland män 68.": what takes the measure up is of its groups.
        "whole=number noun{0,3} \".\" <within|of> noun{1,3} [ <is> | <this> | <share> | <figure> | <determiner> ]{1,4} one=number noun{0,2} [ \",\" | <joint> ]{1,2} <within|of>? noun{1,3} two=number noun? [ \".,\" | $ ]",
    ]),
    judge: overall,
};

/// "På den femgradiga skalan fick bemötandet 4,3 i medelvärde."
pub static SCALED: Kind = Kind {
    patterns: Patterns::new(&[
        "scale=<scale> word{0,8} mean=decimal",
        "scale=<scale> [ word | number | \",():\" ]{0,16} \".\" word{0,5} mean=decimal",
        "<scale> word{0,3} low=number [ \"(\" word{1,4} \")\" ]? <to> high=number [ \"(\" word{1,4} \")\" ]? \".\" word{0,9} mean=decimal",
        "<scale> word{0,3} low=number [ <to> | \"–\" | \"-\" | <joint> ] high=number [ word | \",\" ]{0,8} mean=decimal",
    ]),
    judge: scaled,
};

/// The numbers of a list that is not the end of a longer one.
fn listed_numbers<'p>(found: &Found<'p>) -> Option<Vec<&'p Number>> {
    let list = found.named("list")?;
    let before = list.start.checked_sub(2).and_then(|start| found.tokens.get(start..list.start));
    let longer = before.is_some_and(|before| {
        before[0].number().is_some() && (before[1].has(Tag::Joint) || before[1].stem().is_none())
    });
    let numbers = found.tokens.get(list)?.iter().filter_map(|token| found.passage.numbers.get(token.number()?));
    let numbers: Vec<&Number> = numbers.filter(|number| is_plain(number, found.passage)).collect();
    (!longer).then_some(numbers)
}

fn listed(context: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let mean = found.number("mean")?;
    let values = listed_numbers(found)?;
    // "Medelvärdet för de fyra stationerna blev": of a list in the sentence before it says how many there are.
    let other = found.number("n").is_some_and(|n| n.count() != i64::try_from(values.len()).ok());
    if values.len() < 2
        || other
        || !values.iter().all(|value| alike(value, mean))
        || found.tokens.say(&[Tag::Grew, Tag::Shrank, Tag::All])
    {
        return None;
    }
    if all_bound(values.iter().map(|value| Some(*value)).chain([Some(mean)])) {
        return None;
    }
    let sum = values.iter().try_fold(Exact::ZERO, |sum, value| sum.checked_add(value.value))?;
    let exact = sum.checked_div(Exact::from(i64::try_from(values.len()).ok()?))?;
    if stands_for(passage, mean, exact) {
        return None;
    }
    // Groups of unequal size have another mean, which lies between them; a mean of numbers that are announced as so many is theirs.
    let (low, high) = (values.iter().map(|value| value.value).min()?, values.iter().map(|value| value.value).max()?);
    let count = Exact::from(i64::try_from(values.len()).ok()?);
    let announced = found.tokens.iter().filter_map(|token| passage.numbers.get(token.number()?));
    let announced = announced
        .clone()
        .any(|number| number.value == count && !values.iter().any(|value| std::ptr::eq(*value, number)));
    let between = low <= mean.value && mean.value <= high;
    if between && (!announced || mean.is_percent()) {
        return None;
    }
    let decimals = mean.decimals.max(1);
    let exact = exact.to_decimal(decimals, context.project.workspace.rounding);
    Some(fault(
        at,
        found,
        say!(
            "the average of the {count} numbers is {exact}, not {first}",
            exact,
            count = values.len(),
            first = number_text(mean)
        ),
    ))
}

fn is_year(found: &Found<'_>, number: &Number) -> bool {
    class(number, &found.passage.text) == Class::Year
}

fn overall(_: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let (one, two, whole) = (found.number("one")?, found.number("two")?, found.number("whole")?);
    let (low, high) = (one.value.min(two.value), one.value.max(two.value));
    let inside = low <= whole.value && whole.value <= high;
    // What is counted in each of several groups lies below what all are.
    let years = [one, two, whole].into_iter().any(|number| is_year(found, number));
    let mean = whole.is_percent() || found.tokens[..found.named("whole")?.start].say(&[Tag::Average, Tag::Median]);
    let same = one.unit == whole.unit && (two.unit == whole.unit || two.unit == Unit::None);
    let other = [Tag::Grew, Tag::Shrank, Tag::Earlier, Tag::Target, Tag::Difference, Tag::Negation];
    // "I Ekvik var andelen 58 procent" is beside the share of another place.
    let name = |two: &[Token]| {
        two[0].tags.any(&[Tag::Within, Tag::Of])
            && found.passage.text[two[1].range.start..].starts_with(char::is_uppercase)
    };
    let sentences = &found.tokens[..found.range.end];
    let ranked = sentences.say(&[Tag::Most, Tag::Least]) || sentences.windows(2).any(name);
    if years
        || !mean
        || ranked
        || !same
        || found.tokens[found.range.clone()].say(&other)
        || inside
        || all_bound([Some(one), Some(two), Some(whole)])
    {
        return None;
    }
    Some(fault(
        at,
        found,
        say!(
            "the share of all, {first}, does not lie between those of the groups, {second} and {third}",
            first = number_text(whole),
            second = number_text(one),
            third = number_text(two)
        ),
    ))
}

fn scaled(_: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let mean = found.number("mean")?;
    let top = match found.number("high") {
        Some(high) => high.value,
        None => Exact::from(leading(found.tokens[found.named("scale")?.start].stem()?, found.passage.language)?),
    };
    if mean.value <= top || mean.bound {
        return None;
    }
    Some(fault(at, found, say!("{first} lies outside a scale that ends with {top}", top, first = number_text(mean))))
}
