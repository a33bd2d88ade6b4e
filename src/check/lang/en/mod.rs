//! English.

use super::grammar::{Grammar, composed, endings, is_ending, phrases_behind, without_ending};
use super::lists::Lists;
use super::numeral::{Form, Numeral, Place};
use super::numerals::Numerals;
use super::{HEDGES, lists, numerals, pack};
use crate::locale::Language;

const LANGUAGE: Language = Language::English;

pub(super) struct English;

pub(super) static GRAMMAR: English = English;

fn words() -> &'static Lists {
    lists(LANGUAGE)
}

fn known() -> &'static Numerals {
    numerals(LANGUAGE)
}

impl Grammar for English {
    fn stem(&self, word: &str) -> String {
        without_ending(&word.to_lowercase(), &words().stem_endings, 3)
    }

    fn has_capital_months(&self) -> bool {
        true
    }

    fn has_days_behind_months(&self) -> bool {
        true
    }

    fn has_years_with_preposition(&self) -> bool {
        true
    }

    fn is_same_word(&self, one: &str, other: &str) -> bool {
        let (a, b) = endings(one, other);
        a == b || is_ending(a, &words().noun_endings) && is_ending(b, &words().noun_endings)
    }

    fn is_counted_noun(&self, word: &str) -> bool {
        words().is_counted(word)
    }

    /// With a hyphen between tens and ones: "twenty-one".
    fn value(&self, word: &str) -> Option<i64> {
        let plain = |word: &str| known().small.get(word).or_else(|| known().tens.get(word));
        let Some((tens, ones)) = word.split_once('-') else { return plain(word) };
        let ones = known().small.get(ones).filter(|ones| (1..10).contains(ones))?;
        Some(known().tens.get(tens)? + ones)
    }

    fn number(&self, at: Place<'_>) -> Option<Numeral> {
        let (known, word, following) = (known(), at.word(), at.near(1));
        if known.articles.has(word) {
            return known.rounds.get(following).map(|value| Numeral::new(value, 2, Form::Round));
        }
        if known.half.has(word) && known.articles.has(following) {
            let (dozen, million) = (known.rounds.get(at.near(2)), known.multiples.get(at.near(2)));
            let form = if dozen.is_some() { Form::Round } else { Form::Words };
            let read = Numeral::half(2)?.times(dozen.or(million)).filter(|read| read.used > 2)?;
            return Some(Numeral { form, ..read });
        }
        if known.double.has(word) {
            return known.double_after.has(following).then(|| Numeral::new(2, 1, Form::Factor));
        }
        let read = composed(at, self.value(word)?, known, |word| self.value(word))?;
        // "two dozen"
        let rounds = known.rounds.get(at.near(isize::try_from(read.used).ok()?));
        let read = if rounds.is_some() { Numeral { form: Form::Round, ..read.times(rounds)? } } else { read };
        if known.ones.has(word) && read.used == 1 { self.one(at) } else { Some(read) }
    }

    fn fraction(&self, at: Place<'_>) -> Option<Numeral> {
        let (known, word) = (known(), at.word());
        let (before, after) = (at.near(-1), at.near(1));
        if known.halves.has(word) {
            let mixed = known.and.has(before) && self.value(at.near(-2)).is_some();
            let in_order = known.halves_in_order.has(before) || known.halves_of_time.has(after);
            return if mixed || in_order { None } else { Numeral::share(1, 2, 1) };
        }
        if known.every.has(word) {
            let recurs = known.is_recurring(at.near(2));
            return if recurs { None } else { Numeral::share(1, known.nth.get(after)?, 2) };
        }
        let stem = |word: &str| known.part_ends.iter().find_map(|end| word.strip_suffix(end)).map(str::to_owned);
        if let Some((part, whole)) = word.split_once('-') {
            // "three-quarters", "one-third"
            let whole = known.parts.get(stem(whole).as_deref().unwrap_or(whole))?;
            let part = self.value(part).filter(|part| *part < whole)?;
            return Numeral::share(part, whole, 1);
        }
        if let Some(whole) = stem(word).and_then(|stem| known.parts.get(&stem)) {
            let part = self.value(before).filter(|part| *part < whole)?;
            return Some(Numeral::share(part, whole, 1)?.from(1));
        }
        let whole = known.parts.get(word)?;
        // "a good third", "a bare quarter"
        if pack(LANGUAGE).tags(before).any(HEDGES) && known.articles.has(at.near(-2)) {
            return Some(Numeral::share(1, whole, 1)?.from(2));
        }
        // "a third group" puts in order; "a third of them", "a third had" and "nearly a third" divide.
        let one = known.articles.has(before) || known.ones.has(before);
        let divides = known.hedged.has(at.near(-2)) || at.is_last() || known.divides.has(after);
        if one && divides { Some(Numeral::share(1, whole, 1)?.from(1)) } else { None }
    }
}

impl English {
    /// "one in four", "one of the seven", "only one of the files"; else "one" is a pronoun.
    fn one(&self, at: Place<'_>) -> Option<Numeral> {
        let only = known().only.has(at.near(-1)) && !known().not_only.has(at.near(-2));
        let reason = |step: isize| words().structure.has(at.near(step));
        if only && !reason(2) && !reason(3) {
            return Some(Numeral::new(1, 1, Form::Words).from(1));
        }
        let counted = |word: &str| self.value(word).is_some() || word.starts_with(|c: char| c.is_ascii_digit());
        let share = phrases_behind(at, &known().out_of).any(|used| counted(at.near(used + 1)));
        share.then(|| Numeral::new(1, 1, Form::Words))
    }
}
