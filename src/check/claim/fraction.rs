//! A part, its whole and words for the share that stand with them: "83 fall, en fjärdedel", "hälften, fjorton personer".

use super::whole::Wholes;
use super::{Claim, Fault, all_bound, matches, number_text};
use crate::check::Context;
use crate::check::claim::bounds::short;
use crate::check::claim::relation::percent_of;
use crate::check::hedges::hedge;
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::check::pattern::{Found, Patterns};
use crate::check::tokens::{Class, class};
use crate::diagnostic::say;
use crate::value::Exact;

static BESIDE: Patterns = Patterns::new(&[
    // "83 fall, en fjärdedel, läkemedel"
    "part=count noun{0,3} \",\" word{0,2} share=fraction [ \",.;\" | $ ]",
    // "I 17 av husen, en fjärdedel av de besökta,"
    "part=count <of> noun{1,3} \",\" word{0,2} share=fraction <of> noun{1,3} \",\"",
    // "Av de 340 svarande uppgav 153 att de är trygga, alltså mer än hälften."
    "<of> word{0,3} whole=count word{0,8} part=count word{0,12} \",\" <equals> word{0,3} share=fraction [ <of> noun{1,2} ]? [ \",.;\" | $ ]",
    // "hälften, fjorton personer, kvinnor"
    "share=fraction \",\" word? part=count noun{0,3} [ \",.;\" | $ ]",
    // "Of these, just over half (138)"
    "share=fraction [ <of> [ <them> | <determiner>? noun{1,2} ] ]? \"(\" part=count noun? \")\"",
    // "Half of the 24 participants (9)"
    "share=fraction <of> <determiner>{0,3} whole=count noun{1,4} [ \"(\" part=count noun? \")\" | \",\" <equals>? part=count noun{0,2} \",\" | \",\" <equals> part=count noun{0,2} [ \".\" | $ ] ]",
]);

/// All faults of the report.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let mut out = Vec::new();
    for (at, passage) in context.passages() {
        out.extend(matches(&BESIDE, passage).filter_map(|(_, found)| beside(context, at, &found)));
    }
    out
}

fn beside(context: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (number, place) = (found.at("part")?, found.at("share")?);
    let (part, share) = (passage.numbers.get(number)?, passage.numbers.get(place)?);
    let words = context.approximations(at).iter().find(|words| words.numbers.contains(&place))?;
    // "En fjärdedel, 30 år eller äldre": how old they are.
    if found.tokens.get(found.named("part")?.end).is_some_and(|token| token.has(Tag::Time)) {
        return None;
    }
    if all_bound([Some(part)]) {
        return None;
    }
    let hedged = hedge(passage, share.range.start).is_some();
    let fits = |whole: &Exact| {
        // Half of 15 is seven, or eight.
        let nearly = || {
            let exact = whole.checked_mul(share.value)?.checked_div(Exact::from(100_i64))?;
            let apart = if exact > part.value { exact.checked_sub(part.value) } else { part.value.checked_sub(exact) };
            Some(apart? < Exact::from(1_i64))
        };
        percent_of(part.value, *whole).is_some_and(|exact| words.bounds.hold(exact))
            || (!hedged && nearly() == Some(true))
    };
    let wholes = Wholes::around(context, at, &part.range);
    let named = found.number("whole");
    if named.map_or_else(|| wholes.any(fits), |whole| fits(&whole.value)) {
        return None;
    }
    let stated = found.at("whole").or_else(|| {
        let mut relations = context.relations(at).with_number(number).filter(|relation| relation.part == Some(number));
        relations.next().map(|relation| relation.base)
    });
    let whole = stated.and_then(|base| context.claims.claim(at, base)).or_else(|| just_before(context, at, part));
    let whole = whole.filter(|whole| whole.value >= part.value)?;
    let exact = percent_of(part.value, whole.value)?;
    Some(Fault {
        passage: at,
        range: found.bytes(),
        message: say!(
            "{first} of {whole} is {short} percent; `{words}` means {meaning}",
            first = number_text(part),
            whole = whole.value,
            short = short(exact),
            words = passage.slice(words.range.clone()),
            meaning = words.bounds.describe()
        ),
        help: say!("choose words that fit the share, or leave them out"),
        also: None,
    })
}

/// The one count of the sentence before: what "av dem" and "av de besökta" take up.
fn just_before<'a>(context: &'a Context<'_>, at: usize, part: &Number) -> Option<&'a Claim> {
    let passage = context.prose.passages.get(at)?;
    let own = passage.sentence(part.range.start);
    let place = passage.sentences.partition_point(|known| known.end <= own.start).checked_sub(1)?;
    let before = passage.numbers_in(passage.sentences.get(place)?);
    // "Four in ten of the 250 had joined. A quarter of these": not of the 250.
    let is_share =
        |number: usize| matches!(class(&passage.numbers[number], &passage.text), Class::Percent | Class::Fraction);
    if before.clone().any(is_share) {
        return None;
    }
    let all = before.filter_map(|number| context.claims.claim(at, number));
    let mut counts = all.filter(|claim| claim.class == Class::Count);
    counts.next().filter(|_| counts.next().is_none())
}
