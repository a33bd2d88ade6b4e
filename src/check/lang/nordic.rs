//! The grammar that Swedish and Norwegian have in common: endings that follow each other, numbers of one word, articles that are numbers.

use super::grammar::{Grammar, composed, endings, is_ending, phrases_behind, without_ending};
use super::lists::Lists;
use super::numeral::{Form, Numeral, Place};
use super::numerals::Numerals;
use super::{HEDGES, lists, numerals, pack};
use crate::locale::Language;

/// A language of this kind.
pub(super) struct Nordic {
    pub language: Language,
    pub has_years_with_preposition: bool,
    /// Whether a number word is another word where it stands.
    pub is_other_word: fn(Place<'_>) -> bool,
}

impl Grammar for Nordic {
    fn has_years_with_preposition(&self) -> bool {
        self.has_years_with_preposition
    }

    fn has_lix(&self) -> bool {
        true
    }

    /// What is left of a definite form may end as the indefinite form does: "svarsfrekvensen" is "svarsfrekvens", whose own end looks like one.
    fn stem(&self, word: &str) -> String {
        let shortened = |word: &str| without_ending(word, &self.lists().stem_endings, 4);
        shortened(&shortened(&word.to_lowercase()))
    }

    fn is_same_word(&self, one: &str, other: &str) -> bool {
        let (a, b) = endings(one, other);
        // "ärende", "ärendet"; but "genomfört" and "genomförs" are of two times.
        let neuter = |a: &str, b: &str| a == "t" && is_ending(b, &self.lists().neuter_endings);
        let past = |word: &str| self.lists().past_endings.iter().any(|end| word.ends_with(end));
        let all = |list| is_ending(a, list) && is_ending(b, list);
        a == b
            || past(one) && past(other) && all(&self.lists().done_endings)
            || all(&self.lists().noun_endings)
            || neuter(a, b)
            || neuter(b, a)
    }

    /// "orosanmälningar", but not "svarade".
    fn is_counted_noun(&self, word: &str) -> bool {
        let counted = &self.lists().counted;
        let ends = |stem: &str| {
            let at = word.rfind(stem).filter(|at| *at >= 2);
            stem.len() >= 4 && at.is_some_and(|at| word.len() - at - stem.len() <= 7)
        };
        let any = |list: &[&'static str]| list.iter().any(|end| word.ends_with(end));
        let verb = any(&self.lists().verb_endings) && !any(&self.lists().doing_endings);
        (self.lists().is_counted(word) || counted.beginnings().iter().any(|stem| ends(stem)))
            && (!verb || counted.beginnings().contains(&word))
    }

    fn value(&self, word: &str) -> Option<i64> {
        let compound = !word.contains('-') && !self.numerals().ones.has(word);
        if compound { self.multiplied(word, &self.numerals().thousand, 1000) } else { None }
    }

    fn number(&self, at: Place<'_>) -> Option<Numeral> {
        let (numerals, word) = (self.numerals(), at.word());
        if (self.is_other_word)(at) {
            return None;
        }
        if numerals.ones.has(word) {
            return self.article(at);
        }
        if numerals.one_and_half.has(word) {
            return Numeral::new(1, 1, Form::Words).and_half(0)?.times(numerals.multiples.get(at.near(1)));
        }
        if numerals.double.has(word) {
            let compares = numerals.double_before.has(at.near(-1)) || numerals.double_after.has(at.near(1));
            return compares.then(|| Numeral::new(2, 1, Form::Factor));
        }
        if let Some((low, high)) = word.split_once('-') {
            // "tre-fyra barn"
            let (low, high) = (self.value(low)?, self.value(high)?);
            return (low < high).then(|| Numeral::new(low, 1, Form::Round));
        }
        composed(at, self.value(word)?, numerals, |word| self.value(word))
    }

    fn fraction(&self, at: Place<'_>) -> Option<Numeral> {
        let (numerals, word) = (self.numerals(), at.word());
        let (before, after) = (at.near(-1), at.near(1));
        if numerals.halves.has(word) {
            return if numerals.halves_in_order.has(before) { None } else { Numeral::share(1, 2, 1) };
        }
        if let Some(whole) = numerals.every_other.get(word) {
            return if numerals.is_recurring(after) { None } else { Numeral::share(1, whole, 1) };
        }
        if numerals.every.has(word) {
            // "det var femte gången" was; "var femte elev" divides.
            let recurs = numerals.no_every.has(before) || numerals.is_recurring(at.near(2));
            return if recurs { None } else { Numeral::share(1, numerals.nth.get(after)?, 2) };
        }
        if numerals.half_of.has(word) {
            // "halva nöjet" is a manner of speech; half a group or a sum is a share.
            let group = self.lists().divided.has(after) && !numerals.no_half_of.has(before);
            let share = (group || numerals.hedged.has(before)) && !numerals.is_recurring(after);
            return if share { Numeral::share(1, 2, 1) } else { None };
        }
        let stem = numerals.part_ends.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        let whole = numerals.parts.get(stem)?;
        // "en dryg femtedel"
        let back = if pack(self.language).tags(before).any(HEDGES) { 2 } else { 1 };
        let count = at.near(-back);
        let part = if numerals.ones.has(count) { 1 } else { self.value(count)? };
        Some(Numeral::share(part, whole, 1)?.from(back.unsigned_abs()))
    }
}

impl Nordic {
    fn lists(&self) -> &'static Lists {
        lists(self.language)
    }

    fn numerals(&self) -> &'static Numerals {
        numerals(self.language)
    }

    /// "etthundrafem": what stands before and behind a word that multiplies, within a word.
    fn multiplied(&self, word: &str, by: &[&'static str], factor: i64) -> Option<i64> {
        let smaller = |part: &str| {
            if factor == 1000 { self.multiplied(part, &self.numerals().hundred, 100) } else { self.small(part) }
        };
        let Some((before, after)) = by.iter().find_map(|name| word.split_once(name)) else { return smaller(word) };
        let after = self.numerals().and.iter().find_map(|and| after.strip_prefix(and)).unwrap_or(after);
        let before = if before.is_empty() { 1 } else { smaller(before)? };
        Some(before * factor + if after.is_empty() { 0 } else { smaller(after)? })
    }

    /// Below a hundred, "femtito" as well as "toogfemti".
    fn small(&self, word: &str) -> Option<i64> {
        let numerals = self.numerals();
        let plain = |word: &str| if numerals.ones.has(word) { Some(1) } else { numerals.small.get(word) };
        let compound = || {
            let (rest, tens) = numerals.tens.iter().find_map(|(name, tens)| Some((word.strip_prefix(name)?, tens)))?;
            if rest.is_empty() {
                Some(tens)
            } else {
                plain(rest).filter(|ones| (1..10).contains(ones)).map(|ones| tens + ones)
            }
        };
        let reversed = || {
            let (ones, tens) = numerals.tens.iter().find_map(|(name, tens)| Some((word.strip_suffix(name)?, tens)))?;
            let ones = numerals.and.iter().find_map(|and| ones.strip_suffix(and))?;
            plain(ones).filter(|ones| (1..10).contains(ones)).map(|ones| tens + ones)
        };
        plain(word).or_else(compound).or_else(reversed)
    }

    /// What "en" or "ett" begins: "en enda", "ett tjugotal", "en och en halv", "bara en av akterna", "en miljon"; else it is an article.
    fn article(&self, at: Place<'_>) -> Option<Numeral> {
        let numerals = self.numerals();
        let (before, following) = (at.near(-1), at.near(1));
        if numerals.single.has(following) {
            // "en enda av dem", "en enda person"; "det enda" is none.
            return Some(Numeral::new(1, 2, Form::Words));
        }
        if let Some(value) = self.round(following) {
            return Some(Numeral::new(value, 2, Form::Round));
        }
        if numerals.half.has(following) {
            let noun = at.near(2);
            // "i en halv timme" is as vague as "half an hour"; the second half of "två och en halv" was read.
            let counts = !noun.is_empty() && !numerals.is_recurring(noun) && !numerals.and.has(before);
            return if counts { Numeral::half(2)?.times(numerals.multiples.get(noun)) } else { None };
        }
        let of = self.lists().of.has(following);
        let only = (numerals.only.has(before) && !following.is_empty() || numerals.only_of.has(before) && of)
            && !numerals.not_only.has(at.near(-2));
        let parts = self.lists().structure.iter().any(|part| at.near(2).starts_with(part));
        if only && !parts {
            return Some(Numeral::new(1, 1, Form::Words).from(1));
        }
        // "en av sju", "en av de sju": a share; "en av dem", "ett av skälen" are pronouns.
        let counted = |word: &str| self.value(word).is_some() || word.starts_with(|c: char| c.is_ascii_digit());
        if phrases_behind(at, &numerals.out_of).any(|used| counted(at.near(used + 1))) {
            return Some(Numeral::new(1, 1, Form::Words));
        }
        composed(at, 1, numerals, |word| self.value(word)).filter(|read| read.used > 1)
    }

    /// About so many: "dussin", "tjugotal".
    fn round(&self, word: &str) -> Option<i64> {
        let tally = || {
            let stem = self.numerals().round_ends.iter().find_map(|end| word.strip_suffix(end))?;
            self.value(stem).filter(|value| *value >= 10)
        };
        self.numerals().rounds.get(word).or_else(tally)
    }
}
