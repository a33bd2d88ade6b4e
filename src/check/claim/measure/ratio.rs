//! Ratios of two numbers, and parts that are more than their whole.

use std::sync::LazyLock;

use super::{Kind, fault, is_plain, says, within};
use crate::check::Context;
use crate::check::claim::{Fault, all_bound, number_text};
use crate::check::hedges::{Hedge, hedge};
use crate::check::lang;
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::check::pattern::{Found, Pattern};
use crate::value::Exact;

/// "42 i Ekvik och 21 i Sundby, alltså dubbelt så många", "dubbelt så vanligt bland inhyrda (18 procent) som bland anställda (9 procent)"
pub static RATIO: Kind = Kind {
    patterns: LazyLock::new(|| {
        [
            "one=value [ word | \",\" | \"(\" | \")\" ]{0,8} two=value [ word | \",\" | \")\" ]{0,6} times=factor|<double>",
            "times=factor|<double> [ word | \"(\" ]{1,8} one=value [ word | \",\" | \"(\" | \")\" ]{1,8} two=value",
        ]
        .map(Pattern::new)
        .into()
    }),
    judge: ratio,
};

/// "Av de boende uppger 112 procent att de är nöjda."
pub static ABOVE: Kind = Kind {
    patterns: LazyLock::new(|| ["^ <of> noun{1,6} share=percent", "share=percent <of> noun"].map(Pattern::new).into()),
    judge: above,
};

/// "46 platser inklusive sex korttidsplatser; exklusive dessa är det 40"
pub static WITHOUT: Kind = Kind {
    patterns: LazyLock::new(|| {
        ["whole=count noun{0,3} [ \",\" | \"(\" ]? <including> part=count noun{0,3} [ word | \",\" | \";\" | \")\" ]{0,3} <except> <them> word{0,4} rest=count"]
            .map(Pattern::new)
            .into()
    }),
    judge: without,
};

/// "Skälen är tre: dels …, dels …"
pub static ANNOUNCED: Kind = Kind {
    patterns: LazyLock::new(|| ["n=count noun{0,2} \":\" <partly>"].map(Pattern::new).into()),
    judge: announced,
};

fn ratio(context: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (one, two) = (found.number("one")?, found.number("two")?);
    let place = found.named("times")?.start;
    let (factor, start) = match found.number("times") {
        Some(number) => (number.value, number.range.start),
        None => (Exact::from(2_i64), found.tokens[place].range.start),
    };
    // "dubbelt så" compares; "dubbelt" alone says how often.
    let apart = one.unit != two.unit
        || one.value == Exact::ZERO
        || two.value == Exact::ZERO
        || one.is_fraction()
        || two.is_fraction();
    if apart || all_bound([Some(one), Some(two)]) || says(found.tokens, &[Tag::Grew, Tag::Shrank, Tag::Than]) {
        return None;
    }
    let exact = one.value.max(two.value).checked_div(one.value.min(two.value))?;
    let hedge = hedge(&passage.lower, start).map(|(hedge, _)| hedge);
    let holds = match hedge {
        None => within(exact, factor, 8),
        Some(Hedge::Above | Hedge::MoreThan | Hedge::AtLeast) => {
            exact >= factor && (hedge != Some(Hedge::Above) || within(exact, factor, 4))
        }
        Some(Hedge::Below) => exact <= factor && within(exact, factor, 4),
        Some(Hedge::LessThan | Hedge::AtMost) => exact <= factor,
        Some(Hedge::About) => within(exact, factor, 5),
    };
    // Another pair of the sentence may be meant.
    let others: Vec<&Number> = found
        .tokens
        .iter()
        .filter_map(|token| passage.numbers.get(token.number()?))
        .filter(|number| is_plain(number, passage))
        .collect();
    if holds || others.len() != 2 {
        return None;
    }
    let exact = exact.to_decimal(1, context.project.workspace.rounding);
    let words = passage.slice(found.tokens[place].range.clone());
    Some(fault(
        at,
        found,
        format!(
            "{} is {exact} times {}, not `{words}`",
            number_text(if one.value > two.value { one } else { two }),
            number_text(if one.value > two.value { two } else { one })
        ),
    ))
}

fn above(_: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let share = found.number("share")?;
    let hundred = Exact::from(100_i64);
    let other = [
        Tag::Grew,
        Tag::Shrank,
        Tag::More,
        Tag::Fewer,
        Tag::Target,
        Tag::Than,
        Tag::Better,
        Tag::Worse,
        Tag::Compared,
        Tag::Reached,
        Tag::Exceeded,
        Tag::Earlier,
    ];
    if share.value <= hundred || share.bound || says(found.tokens, &other) || !is_of_people(found) {
        return None;
    }
    Some(fault(at, found, format!("{} of a group are more than all of it", number_text(share))))
}

/// Costs and hours can be more than the whole of what was planned; people cannot.
fn is_of_people(found: &Found<'_>) -> bool {
    let lists = lang::lists(found.passage.language);
    let taken = &found.tokens[found.range.clone()];
    taken.iter().any(|token| {
        let word = found.passage.lower.get(token.range.clone()).unwrap_or("");
        lists.persons.has(word) || lists.is_counted_noun(word, found.passage.language)
    })
}

fn without(_: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let (whole, part, rest) = (found.number("whole")?, found.number("part")?, found.number("rest")?);
    let exact = whole.value.checked_sub(part.value)?;
    if exact == rest.value || all_bound([Some(whole), Some(part), Some(rest)]) {
        return None;
    }
    Some(fault(
        at,
        found,
        format!("{} without {} is {exact}, not {}", number_text(whole), number_text(part), number_text(rest)),
    ))
}

fn announced(_: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let n = found.number("n")?;
    let parts = found.tokens[found.range.end - 1..].iter().filter(|token| token.has(Tag::Partly)).count();
    let parts = i64::try_from(parts).ok()?;
    if parts < 2 || n.count() == Some(parts) || n.bound {
        return None;
    }
    Some(fault(at, found, format!("{} are announced, and {parts} follow", number_text(n))))
}
