//! Spans of hours and minutes: "2 timmar och 50 minuter".

use std::ops::Range;

use super::lang::Tag;
use super::prose::Passage;
use super::tokens::Token;

/// So many minutes.
pub const HOUR: i32 = 60;

/// A span of hours and minutes: "2 timmar och 50 minuter", "45 minutes".
#[derive(Debug, Clone)]
pub struct Span {
    pub range: Range<usize>,
    pub minutes: i32,
    /// How many minutes its unit has.
    pub unit: i32,
    /// It has both hours and minutes.
    pub mixed: bool,
}

/// The spans of a passage in their order.
#[must_use]
pub fn spans(passage: &Passage) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for (at, pair) in passage.tokens.windows(2).enumerate() {
        let known = out.last().is_some_and(|last| last.range.end > pair[0].range.start);
        out.extend(span(passage, pair, &passage.tokens[at + 2..]).filter(|_| !known));
    }
    out
}

fn span(passage: &Passage, pair: &[Token], rest: &[Token]) -> Option<Span> {
    let [count, thing] = pair else { return None };
    let unit = if thing.has(Tag::Minute) { Some(1) } else { thing.has(Tag::Hour).then_some(HOUR) }?;
    let number = count.number().and_then(|at| passage.numbers.get(at)).filter(|number| !number.bound);
    let one = count.has(Tag::One).then(|| 1_i64.into());
    let value = number.filter(|number| !number.is_fraction()).map(|number| number.value).or(one)?;
    let whole = i32::try_from(value.checked_mul(i64::from(unit).into())?.to_i64()?).ok()?;
    let (further, end) = further(passage, rest).filter(|_| unit == HOUR).unzip();
    Some(Span {
        range: count.range.start..end.unwrap_or(thing.range.end),
        minutes: whole.checked_add(further.unwrap_or(0))?,
        unit,
        mixed: further.is_some(),
    })
}

/// The minutes behind the hours, and where they end: "två timmar och en kvart", "2 hours 40 minutes".
fn further(passage: &Passage, rest: &[Token]) -> Option<(i32, usize)> {
    let joined = rest.first().is_some_and(|first| first.has(Tag::Joint));
    let [count, thing, ..] = &rest[usize::from(joined)..] else { return None };
    let unit = if thing.has(Tag::QuarterHour) && joined { 15 } else { 1 };
    let number = count.number().and_then(|at| passage.numbers.get(at)?.count());
    let count = number.or(count.has(Tag::One).then_some(1)).and_then(|count| i32::try_from(count).ok())?;
    let minutes = count.checked_mul(unit).filter(|_| unit > 1 || thing.has(Tag::Minute))?;
    Some((minutes, thing.range.end))
}
