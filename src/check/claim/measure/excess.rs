//! Parts that are more than their whole, what is left without some, and lists that have another length than was announced.

use super::{Kind, fault};
use crate::check::Context;
use crate::check::claim::{Fault, all_bound, number_text};
use crate::check::lang;
use crate::check::lang::Tag;
use crate::check::pattern::{Found, Patterns};
use crate::check::tokens::Say as _;
use crate::diagnostic::say;
use crate::value::Exact;

/// "Av de boende uppger 112 procent att de är nöjda."
pub static ABOVE: Kind = Kind { patterns: Patterns::new(&["^ <of> noun{1,6} share=percent"]), judge: above };

/// "46 platser inklusive sex korttidsplatser; exklusive dessa är det 40"
pub static WITHOUT: Kind = Kind {
    patterns: Patterns::new(&[
        "whole=count noun{0,3} [ \",\" | \"(\" ]? <including> part=count noun{0,3} [ word | \",\" | \";\" | \")\" ]{0,3} <except> <them> word{0,4} rest=count",
    ]),
    judge: without,
};

/// "Skälen är tre: dels …, dels …"
pub static ANNOUNCED: Kind = Kind { patterns: Patterns::new(&["n=count noun{0,2} \":\" <partly>"]), judge: announced };

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
    if share.value <= hundred || share.bound || found.tokens.say(&other) || !is_of_people(found) {
        return None;
    }
    Some(fault(at, found, say!("{first} of a group are more than all of it", first = number_text(share))))
}

/// Costs and hours can be more than the whole of what was planned; people cannot.
fn is_of_people(found: &Found<'_>) -> bool {
    let lists = lang::lists(found.passage.language);
    let taken = &found.tokens[found.range.clone()];
    taken.iter().any(|token| {
        let word = found.passage.lower.get(token.range.clone()).unwrap_or("");
        lists.persons.has(word) || lang::grammar(found.passage.language).is_counted_noun(word)
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
        say!(
            "{first} without {second} is {exact}, not {third}",
            exact,
            first = number_text(whole),
            second = number_text(part),
            third = number_text(rest)
        ),
    ))
}

fn announced(_: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let n = found.number("n")?;
    let parts = found.tokens[found.range.end - 1..].iter().filter(|token| token.has(Tag::Partly)).count();
    let parts = i64::try_from(parts).ok()?;
    if parts < 2 || n.count() == Some(parts) || n.bound {
        return None;
    }
    Some(fault(at, found, say!("{first} are announced, and {parts} follow", parts, first = number_text(n))))
}
