//! Two numbers of one measure: their values in one unit, with what rounding may have taken from them, and which way a word says that they go.

use std::ops::Range;

use crate::check::lang::Tag;
use crate::check::number::{Form, Number, Unit};
use crate::check::pattern::Found;
use crate::check::prose::{Kind, Passage};
use crate::check::tokens::{Class, Say as _, Token, class};
use crate::value::Exact;

/// A value with what rounding may have taken from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    pub value: Exact,
    pub slack: Exact,
    pub unit: Unit,
}

impl Level {
    /// A number alone.
    #[must_use]
    pub fn measured(passage: &Passage, number: &Number) -> Self {
        let step = factor(passage, number).checked_div(Exact::from(10_i64.pow(u32::from(decimals(passage, number)))));
        let rounded = number.unit != Unit::None
            || decimals(passage, number) > 0
            || factor(passage, number) > Exact::from(1_i64)
            || number.form == Form::Round;
        let slack = step.filter(|_| rounded).and_then(|step| step.checked_div(Exact::from(2_i64)));
        Self { value: number.value, slack: slack.unwrap_or(Exact::ZERO), unit: number.unit }
    }

    /// Two numbers in one unit, where they have one: "från 40 till 55 miljoner kronor" says it once.
    #[must_use]
    pub fn pair(one: (&Passage, &Number), two: (&Passage, &Number)) -> Option<(Self, Self)> {
        let (mut first, mut second) = (Self::measured(one.0, one.1), Self::measured(two.0, two.1));
        let (whole_first, whole_second) = (first, second);
        first.take_unit(one, whole_second, two)?;
        second.take_unit(two, whole_first, one)?;
        (first.unit == second.unit).then_some((first, second))
    }

    fn take_unit(&mut self, own: (&Passage, &Number), full: Self, other: (&Passage, &Number)) -> Option<()> {
        if self.unit != Unit::None || own.1.form == Form::Words {
            return Some(());
        }
        let times = factor(other.0, other.1);
        if factor(own.0, own.1) == Exact::from(1_i64) && times > Exact::from(1_i64) {
            self.value = self.value.checked_mul(times)?;
            self.slack = self.slack.checked_mul(times)?.max(full.slack);
        }
        if full.unit != Unit::None {
            self.unit = full.unit;
            self.slack = self.slack.max(full.slack);
        }
        Some(())
    }

    /// Whether a percentage is the growth from this level to another, as far as their digits tell.
    #[must_use]
    pub fn grows_by(self, to: Self, percent: Self) -> Option<bool> {
        let hundred = Exact::from(100_i64);
        let mut all = Vec::with_capacity(4);
        for one in [self.value.checked_sub(self.slack)?, self.value.checked_add(self.slack)?] {
            for two in [to.value.checked_sub(to.slack)?, to.value.checked_add(to.slack)?] {
                let apart = two.checked_sub(one)?.magnitude();
                all.extend(apart.checked_mul(hundred).and_then(|apart| apart.checked_div(one)));
            }
        }
        let low = all.iter().min()?.checked_sub(percent.slack)?;
        let high = all.iter().max()?.checked_add(percent.slack)?;
        Some(low <= percent.value && percent.value <= high)
    }

    /// Which way it goes from this level to another; none where they are equal or rounding hides it.
    #[must_use]
    pub fn towards(self, to: Self) -> Option<Direction> {
        match to.value.cmp(&self.value) {
            std::cmp::Ordering::Greater => Some(Direction::Up),
            std::cmp::Ordering::Less => Some(Direction::Down),
            std::cmp::Ordering::Equal => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

impl Direction {
    #[must_use]
    pub fn opposite(self) -> Self {
        if self == Self::Up { Self::Down } else { Self::Up }
    }

    /// What a word says; "förbättring" says it of measures that are better high or better low.
    #[must_use]
    pub fn of_word(token: &Token, sentence: &[Token]) -> Option<Self> {
        let better = || {
            let high = sentence.say(&[Tag::BetterHigh, Tag::Result]);
            let low = sentence.say(&[Tag::BetterLow]);
            (high != low).then_some(if high { Self::Up } else { Self::Down })
        };
        if token.has(Tag::Better) {
            better()
        } else if token.has(Tag::Worse) {
            better().map(Self::opposite)
        } else if token.tags.any(&[Tag::Grew, Tag::More, Tag::MoreThan, Tag::Most, Tag::Exceeded]) {
            Some(Self::Up)
        } else if token.tags.any(&[Tag::Shrank, Tag::Fewer, Tag::FewerThan, Tag::Least]) {
            Some(Self::Down)
        } else {
            None
        }
    }

    /// What the word named `dir` says, unless it is denied or bound.
    #[must_use]
    pub fn stated(found: &Found<'_>) -> Option<Self> {
        let at = found.named("dir")?.start;
        let near = found.tokens.get(at.saturating_sub(2)..=at)?;
        if near.say(&[Tag::Negation]) {
            return None;
        }
        let token = found.tokens.get(at)?;
        // A word that a binding prints follows from the numbers themselves.
        if found.passage.any(&token.range, |kind| matches!(kind, Kind::Figure(_))) {
            return None;
        }
        // "är över genomsnittet på 74 procent"
        let beyond = || match (
            token.tags.any(&[Tag::HedgeMore, Tag::HedgeAbove]),
            token.tags.any(&[Tag::HedgeLess, Tag::HedgeBelow]),
        ) {
            (true, false) => Some(Self::Up),
            (false, true) => Some(Self::Down),
            _ => None,
        };
        Self::of_word(token, found.tokens).or_else(beyond)
    }
}

/// The number's digits as they are written, without what multiplies them.
fn digits(passage: &Passage, number: &Number) -> Option<(Exact, u8)> {
    let text = passage.lower.get(number.range.start..number.end).unwrap_or("");
    let text = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let mut plain = String::new();
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        match c {
            c if c.is_ascii_digit() => plain.push(c),
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' if rest.starts_with(|c: char| c.is_ascii_digit()) => {}
            ',' | '.' if rest.starts_with(|c: char| c.is_ascii_digit()) => {
                // In English a comma sets thousands apart.
                if c == '.' || c == passage.language.decimal() {
                    plain.push('.');
                }
            }
            _ => break,
        }
    }
    Exact::parse(&plain)
}

/// The decimals that are printed, of "12,4 miljoner" one.
pub fn decimals(passage: &Passage, number: &Number) -> u8 {
    digits(passage, number).map_or(number.decimals, |(_, decimals)| decimals).min(6)
}

/// A million for "12,4 miljoner", a tenth for "3 promille".
#[must_use]
pub fn factor(passage: &Passage, number: &Number) -> Exact {
    let one = Exact::from(1_i64);
    if number.form == Form::Words {
        return one;
    }
    let digits = digits(passage, number).map(|(value, _)| value).filter(|value| *value > Exact::ZERO);
    let factor = digits.and_then(|digits| number.value.checked_div(digits));
    factor.filter(|factor| *factor > one || number.unit == Unit::Percent).unwrap_or(one)
}

/// The two levels of a statement, where they can be compared.
#[must_use]
pub fn levels(passage: &Passage, one: &Number, other: &Number) -> Option<(Level, Level)> {
    let whole = |number: &Number| {
        !matches!(number.form, Form::Fraction | Form::Factor | Form::Round) && number.unit != Unit::Points
    };
    if !whole(one) || !whole(other) {
        return None;
    }
    Level::pair((passage, one), (passage, other))
}

/// Numbers of a range that can be compared with one.
pub fn like<'p>(passage: &'p Passage, range: &Range<usize>, one: &'p Number) -> impl Iterator<Item = &'p Number> {
    let of = class(one, &passage.text);
    passage.numbers_in(range).filter_map(|at| passage.numbers.get(at)).filter(move |number| {
        let own = class(number, &passage.text);
        let same =
            own == of || (matches!(own, Class::Count | Class::Decimal) && matches!(of, Class::Count | Class::Decimal));
        same && number.unit == one.unit
    })
}
