//! Amounts in texts: money in any of its units, hours, square metres. They are rounded as they are written.

use crate::check::{Form, Hedge, Number, NumberUnit, Tag, Token, factor};
use crate::value::{Exact, Rounding};

use super::super::sentence::{Noun, Sentence};
use super::super::statement::{Range, Statement};
use super::{Claim, Reading, claim};

impl Reading<'_> {
    /// What an amount may be, the more particular first: a mean, a difference, so much of something.
    pub(super) fn amount(
        &self,
        sentence: &Sentence<'_>,
        at: usize,
        number: &Number,
        hedge: Option<Hedge>,
    ) -> Option<Claim> {
        if number.unit == NumberUnit::None && (sentence.is_exception(at) || !self.is_named(sentence, at)) {
            return None;
        }
        let (ranges, end) = match self.between(sentence, at, number) {
            Some((ranges, end)) => (ranges, end),
            None => (self.ranges(number, (number.unit, self.unit(sentence, number)), hedge), number.range.end),
        };
        let statement = ranges.into_iter().find_map(|range| self.so_much(sentence, at, range))?;
        Some(claim(statement, number.range.start..end))
    }

    /// Whether it is said what a number without a unit measures: by a word behind it, or by a column that is named near.
    fn is_named(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        match sentence.noun(at, self.names, self.language) {
            Noun::Column(..) | Noun::Of(_) => true,
            Noun::Foreign => false,
            Noun::Any => {
                let next = sentence.tokens.get(at + 2).and_then(Token::number);
                let has_unit = next.is_some_and(|next| sentence.passage.numbers[next].unit == NumberUnit::Money);
                has_unit || std::iter::once(&sentence.own).chain(sentence.near).any(|near| !near.columns.is_empty())
            }
        }
    }

    fn so_much(&self, sentence: &Sentence<'_>, at: usize, range: Range) -> Option<Statement> {
        self.average(sentence, at, &|of| Some(range.times(of)))
            .or_else(|| self.difference(sentence, at, range))
            .or_else(|| self.counted(sentence, at, range))
    }

    /// "mellan 118 och 122 mnkr": the unit stands behind the second.
    fn between(&self, sentence: &Sentence<'_>, at: usize, number: &Number) -> Option<(Vec<Range>, usize)> {
        let tokens = sentence.tokens;
        let is_begun = tokens[..at].last().is_some_and(|token| token.has(Tag::Between));
        let second =
            tokens.get(at + 2).filter(|_| is_begun && tokens.get(at + 1).is_some_and(|joint| joint.has(Tag::Joint)))?;
        let second = &sentence.passage.numbers[second.number()?];
        let unit = (second.unit, self.unit(sentence, second));
        let both = |number: &Number| {
            let is_bare = number.unit == NumberUnit::None;
            let own = if is_bare { unit } else { (number.unit, self.unit(sentence, number)) };
            let value = if is_bare { number.value.checked_mul(unit.1)? } else { number.value };
            Some(self.ranges(&Number { value, ..number.clone() }, own, None))
        };
        let ranges = both(number)?.into_iter().zip(both(second)?).map(|(low, high)| low.up_to(high));
        Some((ranges.collect(), second.range.end))
    }

    /// What the words behind a number multiply it by.
    fn unit(&self, sentence: &Sentence<'_>, number: &Number) -> Exact {
        let words = sentence.passage.text.get(number.end..number.range.end).unwrap_or_default();
        if number.unit == NumberUnit::Money { factor(words, self.language) } else { Exact::from(1_i64) }
    }

    /// From where to where an amount may be that is written so, in what the lines of texts are counted in: as exactly as it is written, and where it ends in
    /// noughts as it may be rounded. A number without a unit is in that of a column, and a column without a unit may be in any.
    fn ranges(&self, number: &Number, (unit, factor): (NumberUnit, Exact), hedge: Option<Hedge>) -> Vec<Range> {
        let Some(scale) = self.names.amounts.and_then(|decimals| 10_i64.checked_pow(decimals.into())) else {
            return Vec::new();
        };
        let bare = number.value.checked_div(factor);
        let of_columns = self.names.factors.iter().map(|column| (bare, Exact::from(*column)));
        let of_columns = of_columns.filter(|(_, column)| unit == NumberUnit::None || *column == Exact::from(1_i64));
        let in_unit = (unit == NumberUnit::Money).then_some((bare, factor));
        let all = in_unit.into_iter().chain(of_columns).filter_map(|(bare, unit)| {
            let unit = unit.checked_mul(Exact::from(scale))?;
            let digit = unit.checked_div(Exact::from(10_i64.checked_pow(number.decimals.into())?))?;
            let value = bare?.checked_mul(unit)?;
            if let Some(hedge) = hedge {
                let value = value.round(0, Rounding::default()).to_i64()?;
                return Some(vec![Range::hedged(value, hedge, value / 10)]);
            }
            let in_words = matches!(number.form, Form::Words | Form::Round);
            let exactly = within(value, digit).filter(|_| !in_words);
            Some(exactly.into_iter().chain(within(value, last_digit(value).unwrap_or(digit))).collect())
        });
        all.flatten().collect()
    }
}

/// All that is rounded to a value with such a last digit.
fn within(value: Exact, digit: Exact) -> Option<Range> {
    let twice = |value: Exact| value.checked_mul(Exact::from(2_i64));
    let (value, up) = (twice(value)?, digit);
    // Ends of halves belong to it: which way they are rounded nobody knows.
    let least = value.checked_sub(up)?.round(0, Rounding::default()).to_i64()?;
    let most = value.checked_add(up)?.round(0, Rounding::default()).to_i64()?;
    let low = least.saturating_add(1).div_euclid(2);
    Some(Range::exactly(low).up_to(Range::exactly(most.div_euclid(2))))
}

/// The place of the last digit of a whole number that is no nought.
fn last_digit(value: Exact) -> Option<Exact> {
    let value = value.to_i64().filter(|value| *value != 0)?;
    let mut place = 1_i64;
    while value % (place.checked_mul(10)?) == 0 {
        place *= 10;
    }
    Some(Exact::from(place))
}
