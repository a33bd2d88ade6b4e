//! What several numbers make together, and so many at a price.

use super::interval::Interval;
use super::premise::{Amount, Kind};
use super::scene::Derived;
use super::words::Words;
use super::{Operation, Reading, change, rest, text};
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::diagnostic::say;
use crate::value::Exact;

pub static SUM: Operation = Operation { code: "EVI005", cue: is_total, readings: sums };
pub static PRODUCT: Operation = Operation { code: "EVI013", cue: is_yield, readings: products };

fn is_total(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    matches!(derived.kind, Kind::Plain | Kind::Money | Kind::Time)
        && (words.before(&[Tag::Total, Tag::WholeYear, Tag::Equals])
            || words.behind(&[Tag::Total], 4)
            || is_full_time(words))
        && !words.before(&[Tag::Rest, Tag::Remains])
        && (words.before(&[Tag::WholeYear]) || !words.before(&[Tag::Closing]))
        && !change::is_said(words, derived.kind)
        && !words.before(&[Tag::Average, Tag::Median, Tag::Per])
        && !words.behind(&[Tag::Per, Tag::Average, Tag::Median], 4)
}

fn is_yield(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    let yields = words.before(&[Tag::Yields]) || (words.concludes() && derived.kind != Kind::Plain);
    is_total(derived)
        || (yields
            && matches!(derived.kind, Kind::Plain | Kind::Money | Kind::Time)
            && !change::is_said(words, derived.kind)
            && !words.before(&[Tag::Average, Tag::Median, Tag::Per, Tag::Rest, Tag::Remains])
            && !words.behind(&[Tag::Per, Tag::Average], 4))
}

/// "motsvarar 50 årsarbetskrafter"
fn is_full_time(words: &Words<'_>) -> bool {
    (words.behind(&[Tag::FullTime], 3) || words.before(&[Tag::FullTime])) && !words.behind(&[Tag::HalfTime], 3)
}

/// "42 heltidstjänster och 16 halvtidstjänster, vilket motsvarar 50 årsarbetskrafter": who works half the time counts half.
fn full_time(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let near = derived.near(amounts);
    let of = |sentence: usize| near.iter().filter(move |amount| amount.premise.sentence == sentence);
    let own: Vec<_> = of(0).filter(|amount| amount.start() < derived.number.range.start).collect();
    let mut parts = if own.is_empty() { of(1).collect() } else { own };
    // "46 employees, 30 full time and 16 half time": the first is all of them.
    if let [all, one, two] = parts.as_slice()
        && one.value.checked_add(two.value) == Some(all.value)
    {
        parts.remove(0);
    }
    let half = |amount: &Amount<'_, '_>| amount.premise.words.behind(&[Tag::HalfTime], 5);
    let halves: Vec<_> = parts.iter().filter(|part| half(part)).collect();
    let made = parts.iter().try_fold(Exact::ZERO, |sum, part| {
        sum.checked_add(part.value.checked_div(if half(part) { 2_i64 } else { 1 }.into())?)
    })?;
    let words = say!("the posts make {text} full ones", text = text(derived, made));
    // "Med 1 600 timmar per årsarbetskraft motsvarar 8 000 timmar 5 årsarbetskrafter"
    let hours = derived.near(&derived.amounts(Kind::Time));
    if let [one, two] = hours.as_slice()
        && is_full_time(&derived.words)
        && parts.is_empty()
    {
        let (all, each) = if one.value > two.value { (one, two) } else { (two, one) };
        let made = all.value.checked_div(each.value)?;
        let words = say!("the hours make {text} full posts", text = text(derived, made));
        let near = derived.is_near(made, 3).then(|| all.may_be.over(each.may_be)).flatten();
        return near.map(|may_be| Reading::certain(may_be, words));
    }
    // "15 medarbetare på 80 procent"
    if let ([part], [share]) = (parts.as_slice(), derived.near(&derived.amounts(Kind::Percent)).as_slice())
        && is_full_time(&derived.words)
    {
        let made = part.value.checked_mul(share.value)?.checked_div(100_i64.into())?;
        let words = say!("the posts make {text} full ones", text = text(derived, made));
        return derived.is_near(made, 3).then(|| Reading::certain(Interval::exactly(made), words));
    }
    let meant = parts.len() == 2 && halves.len() == 1 && is_full_time(&derived.words) && derived.is_near(made, 3);
    meant.then(|| Reading::certain(Interval::exactly(made), words))
}

/// So many numbers make a sum at most.
const PARTS: usize = 7;

fn sums(derived: &Derived<'_>) -> Vec<Reading> {
    let amounts = derived.amounts(derived.kind);
    let some = &amounts[amounts.len().saturating_sub(PARTS)..];
    let chosen = (1..1_usize << some.len()).filter_map(|chosen| {
        let parts = some.iter().enumerate().filter(|(at, _)| chosen & (1 << at) != 0).map(|(_, part)| part.may_be);
        parts.reduce(|sum, next| sum.plus(next).unwrap_or(sum))
    });
    let mut out: Vec<Reading> = chosen.map(Reading::possible).collect();
    // "£12m in 2020, £15m in 2021 and £18m in 2022, a total of £45m over three years" multiplies nothing.
    if !is_listed(derived, &amounts) {
        out.extend(all_products(derived).into_iter().map(Reading::possible));
    }
    match full_time(derived, &amounts) {
        // What is counted half is no sum.
        Some(made) => out = vec![made],
        None => out.extend(sum(derived, &amounts)),
    }
    out
}

/// All numbers of one sentence, where nothing says that some of them are parts of others.
fn sum(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let near = derived.near(amounts);
    let own: Vec<_> = near
        .iter()
        .filter(|amount| amount.premise.sentence == 0 && amount.start() < derived.number.range.start)
        .filter(|amount| !amount.takes_up())
        .collect();
    let before: Vec<_> = near.iter().filter(|amount| amount.premise.sentence == 1).collect();
    let parts = if own.is_empty() { before } else { own };
    let apart = [
        Tag::OfWhich,
        Tag::Including,
        Tag::Of,
        Tag::Compared,
        Tag::Earlier,
        Tag::Target,
        Tag::From,
        Tag::Per,
        Tag::Overlap,
        Tag::More,
        Tag::Fewer,
    ];
    let nested = parts
        .iter()
        .any(|part| part.premise.words.before(&apart) || part.premise.words.behind(&[Tag::Per, Tag::Earlier], 4));
    // "3,520, down 12% on the third quarter (4,000)" compares and adds nothing.
    let told = parts.first()?.premise.sentence;
    let before = |number: &Number| number.range.start < derived.number.range.start;
    let told = derived.premises.iter().filter(|other| !other.far && other.sentence == told);
    let compared = told.into_iter().any(|other| other.kind == Kind::Percent && before(other.number));
    let nested = nested || compared;
    // "Under treårsperioden har alltså 83 anslutits": without a word for all of them there must be several.
    let total = derived.words.before(&[Tag::Total, Tag::WholeYear]) || derived.words.behind(&[Tag::Total], 4);
    let linked = !matches!(derived.words.opener, Some('(' | '–' | ':')) && (total || parts.len() > 2);
    let exact = parts.iter().map(|part| part.value).try_fold(Exact::ZERO, Exact::checked_add)?;
    if parts.len() < 2
        || nested
        || !linked
        || !derived.is_near(exact.checked_mul(2_i64.into())?, 3)
        || !derived.is_near(exact, 2)
    {
        return None;
    }
    let may_be = parts.iter().map(|part| part.may_be).reduce(|sum, next| sum.plus(next).unwrap_or(sum))?;
    Some(Reading::certain(
        may_be,
        say!("the {count} numbers before make {text}", count = parts.len(), text = text(derived, exact)),
    ))
}

/// Whether the total is of amounts of money that are listed before it.
fn is_listed(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> bool {
    let total = derived.words.before(&[Tag::Total]) && derived.kind == Kind::Money;
    let own = derived.near(amounts).into_iter().filter(|amount| amount.premise.sentence == 0);
    let own: Vec<_> = own.filter(|amount| amount.start() < derived.number.range.start).collect();
    total && own.len() > 2 && own.last().is_some_and(|last| last.premise.words.before(&[Tag::Joint]))
}

fn products(derived: &Derived<'_>) -> Vec<Reading> {
    let amounts = derived.amounts(derived.kind);
    if is_full_time(&derived.words) || is_listed(derived, &amounts) {
        return Vec::new();
    }
    let mut out: Vec<Reading> = all_products(derived).into_iter().map(Reading::possible).collect();
    let pairs = amounts
        .iter()
        .flat_map(|one| amounts.iter().filter(|other| other.start() != one.start()).map(move |other| (one, other)));
    out.extend(
        pairs
            .flat_map(|(one, other)| {
                let apart = one.may_be.minus(other.may_be).filter(|_| !rest::is_part(&amounts, one));
                [one.may_be.plus(other.may_be), apart]
            })
            .flatten()
            .map(Reading::possible),
    );
    out.extend(product(derived, &amounts));
    out.extend(taxed(derived, &amounts));
    out
}

/// "400 000 kronor exklusive moms, motsvarande 500 000 kronor med 25 procent moms"
fn taxed(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Vec<Reading> {
    let hundred = Exact::from(100_i64);
    let rates = derived.amounts(Kind::Percent);
    let prices = derived.near(amounts);
    let ([rate], [price], true) = (rates.as_slice(), prices.as_slice(), derived.says(&[Tag::Vat])) else {
        return Vec::new();
    };
    let more = rate.value.checked_add(hundred).and_then(|sum| sum.checked_div(hundred));
    let Some(more) = more.filter(|_| derived.kind == Kind::Money && price.premise.sentence == 0) else {
        return Vec::new();
    };
    let with = price.may_be.times(Interval::exactly(more));
    let without = price.may_be.over(Interval::exactly(more));
    let exact = if derived.value > price.value { price.value.checked_mul(more) } else { price.value.checked_div(more) };
    let certain = exact.zip(if derived.value > price.value { with } else { without }).map(|(exact, may_be)| {
        let words = say!(
            "{first} and {second} of tax make {text}",
            first = number_text(price.premise.number),
            second = number_text(rate.premise.number),
            text = text(derived, exact)
        );
        Reading::certain(may_be, words)
    });
    with.into_iter().chain(without).map(Reading::possible).chain(certain).collect()
}

/// Every number times every other, and what two such make.
fn all_products(derived: &Derived<'_>) -> Vec<Interval> {
    let prices = derived.amounts(derived.kind);
    let counts: Vec<_> = [Kind::Plain, Kind::Time].into_iter().flat_map(|kind| derived.amounts(kind)).collect();
    let pairs = prices.iter().flat_map(|price| {
        counts.iter().filter(|count| count.start() != price.start()).map(move |count| (price, count))
    });
    let products: Vec<Interval> = pairs.filter_map(|(price, count)| price.may_be.times(count.may_be)).collect();
    // "240 medlemmar … eftersom tolv är hedersmedlemmar": some of them do not count, or others do as well.
    let counted = counts.iter().flat_map(|one| {
        let others = counts.iter().filter(|other| other.start() != one.start());
        others.flat_map(|other| [one.may_be.minus(other.may_be), one.may_be.plus(other.may_be)]).flatten()
    });
    let counted: Vec<Interval> = counted.filter(|_| derived.kind == Kind::Money).collect();
    let some = prices.iter().flat_map(|price| counted.iter().filter_map(|count| price.may_be.times(*count)));
    let thrice = products.iter().flat_map(|one| counts.iter().filter_map(|count| one.times(count.may_be)));
    let parts = pairs_with_rest(&prices, &counts);
    let twice =
        products.iter().enumerate().flat_map(|(at, one)| products[..at].iter().filter_map(|other| one.plus(*other)));
    some.chain(thrice).chain(twice).chain(products.iter().copied()).chain(parts).collect()
}

/// So many at so much each, where there are no other numbers.
fn product(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let plain = derived.amounts(Kind::Plain);
    let hours = derived.amounts(Kind::Time);
    let before = |amount: &Amount<'_, '_>| amount.start() < derived.number.range.start;
    let mut units = derived.near(&plain);
    units.extend(derived.near(&hours).into_iter().filter(|_| derived.kind != Kind::Time));
    units.retain(|amount| before(amount) && (amount.premise.kind != Kind::Money || derived.kind == Kind::Plain));
    let mut near = derived.near(amounts);
    near.retain(|amount| before(amount) && amount.premise.kind != Kind::Plain || derived.kind == Kind::Plain);
    let (price, unit) = match (derived.kind, near.as_slice(), units.as_slice()) {
        (Kind::Money | Kind::Time, [price], [unit]) => (price, unit),
        (Kind::Plain, [one, two], _) => (two, one),
        (Kind::Plain, [_], [one, two]) => (two, one),
        _ => return None,
    };
    let each = |amount: &Amount<'_, '_>| {
        amount.premise.words.before(&[Tag::Per, Tag::Average, Tag::All])
            || amount.premise.words.behind(&[Tag::Per, Tag::Each], 3)
    };
    // "£20 a month" is paid by each member so many times.
    if price.premise.words.is_each_time() && unit.premise.kind != Kind::Time {
        return None;
    }
    let exact = price.value.checked_mul(unit.value)?;
    let linked = derived.words.concludes() || derived.words.before(&[Tag::Yields]) || derived.words.opener == Some(',');
    let far = if each(price) || each(unit) { 11 } else { 2 };
    if !linked || price.start() == unit.start() || !derived.is_near(exact, far) {
        return None;
    }
    let words = say!(
        "{first} times {second} is {text}",
        first = number_text(unit.premise.number),
        second = number_text(price.premise.number),
        text = text(derived, exact)
    );
    Some(Reading::certain(price.may_be.times(unit.may_be)?, words))
}

/// So many at a price and another amount.
fn pairs_with_rest(prices: &[Amount<'_, '_>], counts: &[Amount<'_, '_>]) -> Vec<Interval> {
    let mut out = Vec::new();
    for price in prices {
        for count in counts.iter().filter(|count| count.start() != price.start()) {
            let others = prices.iter().filter(|other| other.start() != price.start() && other.start() != count.start());
            for other in others {
                let product = price.may_be.times(count.may_be);
                out.extend(product.and_then(|product| product.plus(other.may_be)));
                out.extend(product.and_then(|product| product.minus(other.may_be)));
            }
        }
    }
    out
}
