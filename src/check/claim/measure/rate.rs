//! So many a unit, so much in all: quotients and products against their two numbers.

use super::{HELP, Kind, close, fault};
use crate::check::Context;
use crate::check::claim::{Claim, Fault, all_bound, number_text};
use crate::check::lang::Tag;
use crate::check::number::Unit;
use crate::check::pattern::{Found, Patterns};
use crate::check::tokens::{Class, Kind as Sort, Say as _, Token};
use crate::value::Exact;

/// "128 ärenden delas av 16 handläggare, i genomsnitt 8 ärenden per handläggare", "10,5 per 1 000 invånare"
pub static QUOTIENT: Kind = Kind {
    patterns: Patterns::new(&[
        "mean=value what=noun{0,3} <per> scale=count unit=noun",
        "mean=value noun{0,2} <each> time=<day|week|month>",
    ]),
    judge: quotient,
};

/// "Avgiften är 350 kronor per besök. För de 40 besöken fakturerades 14 000 kronor."
pub static PRODUCT: Kind =
    Kind { patterns: Patterns::new(&["n=count noun{1,3} [ word | \",\" ]{0,6} product=money"]), judge: product };

/// "två gånger i kvartalet, det vill säga åtta gånger under året"
pub static OFTEN: Kind = Kind {
    patterns: Patterns::new(&[
        "n=count noun{1,2} <each> time=<day|week|month|quarter> [ word | \",\" ]{0,3} <equals> word{0,2} year=count noun{1,2} <each> <year>",
    ]),
    judge: often,
};

static PRICE: Patterns = Patterns::new(&["price=money <per> unit=noun{1,2}"]);

/// So many numbers on either side of one are looked at.
const NEAR: usize = 8;

/// Claims of the sentence and of the one before it, but for one number.
fn near<'c>(context: &'c Context<'_>, at: usize, found: &Found<'_>, own: usize) -> Vec<&'c Claim> {
    let Some(number) = found.passage.numbers.get(own) else { return Vec::new() };
    let sentence = found.passage.sentence(number.range.start);
    let before = context.claims.before(&context.prose, at, number.range.start);
    let place = found.passage.sentences.partition_point(|known| known.end <= sentence.start);
    let from = place.checked_sub(1).and_then(|place| found.passage.sentences.get(place)).map_or(0, |known| known.start);
    let near = before.filter(|claim| claim.passage == at && found.passage.numbers[claim.number].range.start >= from);
    let mut out: Vec<&Claim> = near.take(NEAR).collect();
    let behind = found.passage.numbers_in(&(number.range.end..sentence.end));
    out.extend(behind.take(NEAR).filter_map(|number| context.claims.claim(at, number)));
    out
}

/// How many of a span of time make a year.
fn in_a_year(token: &Token) -> &'static [i64] {
    if token.has(Tag::Day) {
        &[365, 366, 360, 250, 251, 252, 253, 254, 260, 220, 200]
    } else if token.has(Tag::Week) {
        &[52, 53, 50, 48, 46, 44, 40]
    } else if token.has(Tag::Month) {
        &[12, 11, 10]
    } else if token.has(Tag::Quarter) {
        &[4]
    } else {
        &[]
    }
}

fn quotient(context: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (own, mean) = (found.at("mean")?, found.number("mean")?);
    let scale = found.number("scale");
    let near: Vec<&Claim> = near(context, at, found, own);
    let number = |claim: &Claim| passage.numbers.get(claim.number);
    let amounts: Vec<&&Claim> = near
        .iter()
        .filter(|claim| matches!(claim.class, Class::Count | Class::Money) && Some(claim.number) != found.at("scale"))
        .collect();
    let factor = scale.map_or(Exact::from(1_i64), |scale| scale.value);
    let exact = |whole: &Claim, units: Exact| whole.value.checked_mul(factor)?.checked_div(units);
    let sentence = passage.sentence(mean.range.start);
    let here = |claim: &Claim| number(claim).is_some_and(|number| number.range.start >= sentence.start);
    if mean.is_percent() || mean.is_fraction() {
        return None;
    }
    let tell = |whole: &Claim, by: String, exact: Exact| {
        let decimals = mean.decimals.max(1);
        let rounded = exact.to_decimal(decimals, context.project.workspace.rounding);
        let range = number(whole).map_or(mean.range.start, |number| number.range.start.min(mean.range.start))
            ..found.bytes().end;
        let message = format!("{} over {by} is {rounded}, not {}", whole.value, number_text(mean));
        Some(Fault { passage: at, range, message, help: HELP, also: None })
    };
    if let Some(time) = found.named("time") {
        // Only what is said to be of a year, and said again.
        let apposed = found.range.start.checked_sub(2).and_then(|start| found.tokens.get(start..found.range.start));
        let apposed = apposed.is_some_and(|before| before.iter().any(|token| token.kind == Sort::Sign(',')));
        let again = apposed
            || found.tokens[..found.range.start].say(&[Tag::Equals, Tag::Average])
            || found.tokens[found.range.clone()].say(&[Tag::Average]);
        let a_year = found.tokens[..found.range.start].say(&[Tag::Year]);
        let periods = in_a_year(&found.tokens[time.start]);
        let whole = amounts.iter().find(|claim| here(claim) && claim.value > mean.value)?;
        let fits =
            periods.iter().any(|n| exact(whole, Exact::from(*n)).is_some_and(|exact| close(passage, mean, exact)));
        if !again || !a_year || fits || all_bound([number(whole), Some(mean)]) {
            return None;
        }
        let n = *periods.first()?;
        return tell(whole, n.to_string(), exact(whole, Exact::from(n))?);
    }
    let unit: Vec<&str> = found.tokens[found.named("unit")?].iter().filter_map(Token::stem).collect();
    let units = amounts.iter().find(|claim| claim.counted.iter().any(|stem| unit.contains(&stem.as_str())))?;
    if units.value == Exact::ZERO {
        return None;
    }
    // Any two of the numbers beside it may be meant.
    let fits = amounts.iter().any(|whole| {
        amounts.iter().any(|units| {
            !std::ptr::eq(*whole, *units)
                && units.value != Exact::ZERO
                && exact(whole, units.value).is_some_and(|exact| close(passage, mean, exact))
        })
    });
    // "14 anställda per hus" says nothing of the places.
    let noun = found.named("what").and_then(|range| found.tokens.get(range.start)).and_then(Token::stem);
    let same = |claim: &Claim| noun.is_none_or(|noun| claim.counted.iter().any(|stem| stem == noun));
    // Money over people is money.
    let money = |claim: &Claim| mean.unit != Unit::Money || claim.class == Class::Money;
    let mut wholes =
        amounts.iter().filter(|claim| claim.number != units.number && here(claim) && same(claim) && money(claim));
    let whole = wholes.next()?;
    // "18, 22 respektive 34 elever, i genomsnitt 26 elever per skola": the numbers of a list are averaged together.
    let list = amounts.iter().filter(|claim| claim.number != units.number && here(claim)).count() > 1
        && found.tokens.say(&[Tag::Respectively]);
    if fits || list || wholes.next().is_some() || all_bound([number(whole), number(units), Some(mean)]) {
        return None;
    }
    let by = match scale {
        Some(scale) => format!("{} for each {}", units.value, number_text(scale)),
        None => units.value.to_string(),
    };
    tell(whole, by, exact(whole, units.value)?)
}

fn product(context: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (n, product) = (found.number("n")?, found.number("product")?);
    let counted = &context.claims.claim(at, found.at("n")?)?.counted;
    let each = PRICE[0].find(passage, &(0..passage.text.len())).find(|price| {
        let unit: Vec<&str> =
            price.tokens[price.named("unit").unwrap_or(0..0)].iter().filter_map(Token::stem).collect();
        price.at("price") != found.at("product") && counted.iter().any(|stem| unit.contains(&stem.as_str()))
    })?;
    let price = each.number("price")?;
    let exact = price.value.checked_mul(n.value)?;
    if exact == product.value || all_bound([Some(n), Some(product), Some(price)]) || close(passage, product, exact) {
        return None;
    }
    Some(fault(
        at,
        found,
        format!("{} at {} make {exact}, not {}", number_text(n), number_text(price), number_text(product)),
    ))
}

fn often(_: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let (n, year) = (found.number("n")?, found.number("year")?);
    let periods = in_a_year(&found.tokens[found.named("time")?.start]);
    let fits = periods.iter().any(|periods| n.value.checked_mul(Exact::from(*periods)) == Some(year.value));
    if fits || all_bound([Some(n), Some(year)]) {
        return None;
    }
    let exact = n.value.checked_mul(Exact::from(*periods.first()?))?;
    Some(fault(
        at,
        found,
        format!("{} times {} make {exact} in a year, not {}", periods.first()?, n.value, number_text(year)),
    ))
}
