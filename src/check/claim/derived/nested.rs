//! A share of a part that is itself told as a share: "Half of the 160 farms grow wheat. A quarter of these, 20 farms, also keep cattle."

use super::interval::Interval;
use super::premise::Kind;
use super::scene::Derived;
use super::{Reading, is_alike, text};
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::check::tokens::Token;
use crate::diagnostic::say;
use crate::value::Exact;

/// So many words behind a share take the part up.
const NEAR: usize = 3;
/// So many bytes behind a share the part is named.
const REACH: usize = 12;

/// What the number is of the part, or the part of all; no other reading is meant then.
pub fn reading(derived: &Derived<'_>) -> Option<Reading> {
    let passage = derived.passage;
    let start = derived.number.range.start;
    let place = passage.sentences.partition_point(|known| known.end <= start);
    let own = passage.sentences.get(place)?;
    let from =
        place.checked_sub(1).and_then(|before| passage.sentences.get(before)).map_or(own.start, |told| told.start);
    let inside = &passage.numbers[passage.numbers_in(&(from..start))];
    let shares: Vec<&Number> = inside.iter().filter(|number| number.is_fraction() || number.is_percent()).collect();
    let percent = derived.kind == Kind::Percent;
    if let Some(all) = of_all(derived, &shares, from).filter(|_| percent) {
        return Some(all);
    }
    let tokens = passage.tokens_in(own);
    let named = || {
        // "A third of the returned letters"
        let outer = shares.first().filter(|outer| outer.range.end <= own.start)?;
        let told = passage.tokens_in(&(outer.range.end..own.start));
        let of = tokens
            .iter()
            .position(|token| token.has(Tag::Of) && token.range.start < derived.number.range.end + REACH)?;
        let word = tokens[of + 1..].iter().find(|token| !token.has(Tag::Determiner))?;
        let again = told.iter().take(NEAR + 1).any(|other| is_alike(word, other));
        (again && tokens[of].range.start > shares.get(1).map_or(own.start, |inner| inner.range.start))
            .then(|| tokens[of].range.start)
    };
    let taken = taken_up(tokens).or_else(named)?;
    // "Of these, 868 (70 per cent) came online and 372 (30 per cent) by post": nothing takes the 70 up.
    if shares.first().is_some_and(|outer| outer.range.start > taken) {
        return None;
    }
    let behind = derived.words.tail.iter().take(NEAR).any(|token| token.range.start == taken);
    let counts = derived.amounts(Kind::Plain);
    let mut wholes = counts
        .iter()
        .filter(|amount| !amount.premise.far && amount.start() >= from && amount.start() < taken && !amount.takes_up());
    let whole = wholes.next().filter(|whole| whole.start() < start)?;
    let hundred = Exact::from(100_i64);
    let part = |share: &Number| whole.value.checked_mul(share.value)?.checked_div(hundred);
    if wholes.any(|other| other.start() < start) {
        return None;
    }
    match (percent, shares.as_slice()) {
        (true, [outer]) if behind || taken < start => {
            let beside = derived.apposed().or_else(|| derived.before().filter(|_| derived.is_apposed()))?;
            let part = part(outer)?;
            let exact = beside.number.value.checked_mul(hundred)?.checked_div(part)?;
            let words = of_part(beside.number, part, &text(derived, exact));
            let may_be =
                if derived.bounds.is_some() { loosely(exact, 0)? } else { Interval::around(exact, 1_i64.into())? };
            Some(Reading::certain(may_be, words))
        }
        _ => None,
    }
}

fn of_part(number: &Number, part: Exact, text: &str) -> crate::diagnostic::Said {
    let part = part.to_decimal(0, crate::value::Rounding::default());
    say!("{first} of the {part} before is {text} percent", first = number_text(number), part, text)
}

/// "Half have home care, and of them 40 percent an alarm. That means 20 percent of all have both."
fn of_all(derived: &Derived<'_>, shares: &[&Number], from: usize) -> Option<Reading> {
    let [outer, inner] = shares else { return None };
    let between = outer.range.end..derived.number.range.start;
    let taken = taken_up(derived.passage.tokens_in(&between))?;
    let tail = derived.words.tail;
    let all = tail.first().is_some_and(|of| of.has(Tag::Of)) && tail.iter().take(NEAR).any(|token| token.has(Tag::All));
    let exact = outer.value.checked_mul(inner.value)?.checked_div(100_i64.into())?;
    let words = say!(
        "{first} of {second} is {text} percent of all",
        first = derived.passage.slice(inner.range.clone()),
        second = derived.passage.slice(outer.range.clone()),
        text = text(derived, exact)
    );
    let meant = all && derived.words.concludes() && taken >= from && derived.is_near(exact, 4);
    meant.then_some(Reading::certain(loosely(exact, 1)?, words))
}

/// Where words take up a part that was told before: "av dem", "of these".
fn taken_up(tokens: &[Token]) -> Option<usize> {
    tokens.iter().enumerate().find_map(|(at, token)| {
        let next = tokens.get(at + 1);
        let direct = token.has(Tag::Of) && next.is_some_and(|next| next.has(Tag::Them));
        let phrase = token.tags.any(&[Tag::OfThese, Tag::OfWhich]) && !token.has(Tag::Including);
        // "Av dem som saknar en plan" are others.
        let behind = if phrase { next } else { tokens.get(at + 2) };
        let plain = !behind.is_some_and(|next| next.has(Tag::Relative));
        ((direct || phrase) && plain).then_some(token.range.start)
    })
}

/// What shares in words leave: one part in twenty, and so much more.
fn loosely(exact: Exact, more: i64) -> Option<Interval> {
    Interval::around(exact, exact.checked_div(20_i64.into())?.checked_add(more.into())?)
}
