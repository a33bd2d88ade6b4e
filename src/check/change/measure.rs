//! What two numbers give, as far as their digits tell: their values in one unit, growth in percent, and factors in words.

use std::ops::Range;

use super::{Finder, Measured, Mismatch, NEAR_BYTES, Pair, words};
use crate::check::hedges::{Hedge, hedge};
use crate::check::number::{Form, Number, Unit};
use crate::check::words::find_phrase;
use crate::locale::Language;
use crate::value::{Exact, Rounding};

impl Finder<'_> {
    /// The two values in one unit, where they have one.
    pub(super) fn measured(&self, pair: &Pair) -> Option<(Measured, Measured)> {
        let (from, to) = (self.number(pair.from), self.number(pair.to));
        let (mut first, mut second) = (self.measure(from), self.measure(to));
        // "från 40 till 55 miljoner kronor", "från 40 till 45 procent": the unit is said once.
        for (bare, bare_number, full, full_number) in
            [(&mut first, from, second, to), (&mut second, to, self.measure(from), from)]
        {
            if bare.unit == Unit::None && bare_number.form != Form::Words {
                let factor = self.factor(full_number);
                if self.factor(bare_number) == Exact::from(1_i64) && bare.value.checked_mul(factor)? > bare.value {
                    bare.value = bare.value.checked_mul(factor)?;
                    bare.slack = full.slack;
                }
                if full.unit != Unit::None {
                    bare.unit = full.unit;
                    bare.slack = bare.slack.max(full.slack);
                }
            }
        }
        (first.unit == second.unit && first.value > Exact::ZERO).then_some((first, second))
    }

    pub(super) fn measure(&self, number: &Number) -> Measured {
        let step = self.factor(number).checked_div(Exact::from(10_i64.pow(u32::from(self.decimals(number).min(6)))));
        let rounded =
            number.unit != Unit::None || self.decimals(number) > 0 || self.factor(number) > Exact::from(1_i64);
        let slack = step.filter(|_| rounded).and_then(|step| step.checked_div(Exact::from(2_i64)));
        Measured { value: number.value, slack: slack.unwrap_or(Exact::ZERO), unit: number.unit }
    }

    /// The number's digits as they are written, without what multiplies them.
    fn digits(&self, number: &Number) -> Option<(Exact, u8)> {
        let text = self.text(number.range.start..number.end);
        let text = text.trim_start_matches(|c: char| !c.is_ascii_digit());
        let mut plain = String::new();
        for (at, c) in text.char_indices() {
            let rest = &text[at + c.len_utf8()..];
            match c {
                c if c.is_ascii_digit() => plain.push(c),
                ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' if rest.starts_with(|c: char| c.is_ascii_digit()) => {}
                ',' | '.' if rest.starts_with(|c: char| c.is_ascii_digit()) => {
                    // In English a comma sets thousands apart.
                    if c == '.' || self.passage.language == Language::Swedish {
                        plain.push('.');
                    }
                }
                _ => break,
            }
        }
        Exact::parse(&plain)
    }

    fn decimals(&self, number: &Number) -> u8 {
        self.digits(number).map_or(number.decimals, |(_, decimals)| decimals)
    }

    /// A million for "12,4 miljoner".
    pub(super) fn factor(&self, number: &Number) -> Exact {
        let one = Exact::from(1_i64);
        if number.form == Form::Words {
            return one;
        }
        let digits = self.digits(number).map(|(value, _)| value).filter(|value| *value > Exact::ZERO);
        digits.and_then(|digits| number.value.checked_div(digits)).filter(|factor| *factor > one).unwrap_or(one)
    }

    /// Whether a percentage is the growth between two numbers, as far as their digits tell.
    pub(super) fn within(&self, from: Measured, to: Measured, number: &Number, half: Exact) -> Option<bool> {
        let mut all = Vec::new();
        for one in [from.value.checked_sub(from.slack)?, from.value.checked_add(from.slack)?] {
            for two in [to.value.checked_sub(to.slack)?, to.value.checked_add(to.slack)?] {
                let apart = two.checked_sub(one)?.magnitude();
                all.extend(apart.checked_mul(Exact::from(100_i64)).and_then(|apart| apart.checked_div(one)));
            }
        }
        let low = all.iter().min()?.checked_sub(half)?;
        let high = all.iter().max()?.checked_add(half)?;
        Some(low <= number.value && number.value <= high)
    }

    /// Words for a factor in a sentence ("fördubblades", "halved"), each where it stands first.
    pub(super) fn factors(&self, sentence: &Range<usize>) -> Vec<(Range<usize>, Exact)> {
        let one = Exact::from(1_i64);
        let half = Exact::ratio(one, Exact::from(2_i64)).unwrap_or(one);
        let lists = [
            (&self.vocabulary.doubled, Exact::from(2_i64)),
            (&self.vocabulary.tripled, Exact::from(3_i64)),
            (&self.vocabulary.quadrupled, Exact::from(4_i64)),
            (&self.vocabulary.halved, half),
        ];
        let text = self.text(sentence.clone());
        let words = lists.into_iter().flat_map(|(list, factor)| list.iter().map(move |word| (word, factor)));
        let found = words.filter_map(|(word, factor)| {
            let start = sentence.start + find_phrase(text, word, 0)?;
            Some((start..start + word.len(), factor))
        });
        found.collect()
    }

    /// Holds a pair against the words for a factor beside it.
    pub(super) fn multiples(
        &self,
        sentence: &Range<usize>,
        factors: &[(Range<usize>, Exact)],
        pair: &Pair,
        out: &mut Vec<Mismatch>,
    ) {
        let Some((from, to)) = self.measured(pair).filter(|_| !factors.is_empty()) else { return };
        let Some(ratio) = to.value.checked_div(from.value) else { return };
        for (word, factor) in factors {
            let (start, end, factor) = (word.start, word.end, *factor);
            let between = if end <= pair.range.start {
                self.text(end..pair.range.start)
            } else {
                self.text(pair.range.end.min(start)..start)
            };
            if between.len() > NEAR_BYTES {
                continue;
            }
            let told = hedge(self.lower, start);
            let before = words(self.before(sentence, start));
            let denied = before.iter().rev().take(2).any(|word| matches!(*word, "inte" | "ej" | "not" | "never"));
            let inside = end.min(pair.range.end)..start.max(pair.range.start);
            let numbers = self.passage.numbers_in(&inside).any(|at| self.number(at).allowed.is_none());
            if denied || numbers || words(between).len() > 8 || between.contains(';') || self.breaks(between) {
                continue;
            }
            if fits_factor(ratio, factor, told.map(|(hedge, _)| hedge)) {
                continue;
            }
            let from_text = self.shown(pair.from);
            let sign = if from.unit == Unit::Percent { " percent" } else { "" };
            let range = told.map_or(start, |(_, start)| start).min(pair.range.start)..end.max(pair.range.end);
            let times = ratio.to_decimal(2, Rounding::default());
            let message = format!("from {from_text} to {}{sign} is {times} times as much", self.shown(pair.to));
            let help = "choose the word that fits, or say how much in numbers".to_owned();
            out.push(Mismatch { range, message, help });
        }
    }
}

/// Whether a ratio may be called by a factor: 7.5 percent around it; "nästan" up to a fifth short of it, "mer än" beyond it.
fn fits_factor(ratio: Exact, factor: Exact, told: Option<Hedge>) -> bool {
    let one = Exact::from(1_i64);
    let part = |thousandths: i64| {
        Exact::ratio(Exact::from(thousandths), Exact::from(1000_i64)).and_then(|part| factor.checked_mul(part))
    };
    let grows = factor > one;
    let between = |low: Option<Exact>, high: Option<Exact>| {
        low.is_none_or(|low| ratio >= low) && high.is_none_or(|high| ratio <= high)
    };
    match (told, grows) {
        (Some(Hedge::Above | Hedge::MoreThan | Hedge::AtLeast), true) => ratio >= factor,
        (Some(Hedge::Above | Hedge::MoreThan | Hedge::AtLeast), false) => ratio <= factor,
        (Some(Hedge::Below | Hedge::LessThan), true) => between(part(800), part(1005)),
        (Some(Hedge::Below | Hedge::LessThan), false) => between(part(995), part(1200)),
        (Some(Hedge::About), _) => between(part(850), part(1150)),
        _ => between(part(925), part(1075)),
    }
}
