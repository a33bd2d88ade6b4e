//! What stands around a number.

use std::ops::Range;

use super::Allowed;
use crate::check::lang::{self, Lists, grammar};
use crate::check::number::{Form, Number};
use crate::check::words::is_word;
use crate::check::words::tokens;
use crate::check::words::{Lowered as _, clip, clip_start};
use crate::locale::Language;

const BLANKS: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

/// So many bytes of a sentence before and after a number say what it is: what stands further off in a sentence without end speaks of others.
const NEAR: usize = 1000;
/// So many numbers before and after one are looked at for what they are.
const BESIDE: usize = 12;

/// A text with its numbers, and what is asked of it for each of them.
pub struct Whole<'a> {
    pub text: &'a str,
    pub lower: &'a str,
    pub numbers: &'a [Number],
    pub language: Language,
    pub units: &'a [&'a str],
    /// Places of the signs that end a sentence.
    ends: Vec<usize>,
}

impl<'a> Whole<'a> {
    pub fn new(text: &'a str, lower: &'a str, numbers: &'a [Number], language: Language, units: &'a [&'a str]) -> Self {
        let ends = |at: &usize| {
            let rest = text[at + 1..].trim_start_matches(['”', '"', '»', ')', '’']);
            let next = rest.trim_start().trim_start_matches(['”', '“', '"', '(', '–', '»', ' ']);
            rest.is_empty() || rest.starts_with(char::is_whitespace) && next.starts_with(char::is_uppercase)
        };
        let ends = text.match_indices(['.', '!', '?']).map(|(at, _)| at).filter(ends).collect();
        Self { text, lower, numbers, language, units, ends }
    }

    fn sentence(&self, range: &Range<usize>) -> Range<usize> {
        let before = self.ends.partition_point(|at| *at < range.start);
        let start = before.checked_sub(1).map_or(0, |last| self.ends[last] + 1);
        let after = self.ends.partition_point(|at| *at < range.end);
        start..self.ends.get(after).copied().unwrap_or(self.text.len())
    }
}

/// A number in its sentence.
pub struct Around<'a> {
    pub text: &'a str,
    /// The text in small letters, each in its own place.
    pub lower: &'a str,
    pub numbers: &'a [Number],
    pub at: usize,
    /// What was found of the numbers before.
    pub known: &'a [Option<Allowed>],
    pub language: Language,
    pub lists: &'static Lists,
    /// Names of inspected units.
    pub units: &'a [&'a str],
    /// Where its sentence stands; no sentence ends between a full stop and a small letter or digit.
    pub sentence: Range<usize>,
}

impl<'a> Around<'a> {
    pub fn new(whole: &Whole<'a>, at: usize, known: &'a [Option<Allowed>]) -> Self {
        let Whole { text, lower, numbers, language, units, .. } = *whole;
        let lists = lang::lists(language);
        let sentence = whole.sentence(&numbers[at].range);
        Self { text, lower, numbers, at, known, language, lists, units, sentence }
    }

    pub fn number(&self) -> &'a Number {
        &self.numbers[self.at]
    }

    pub fn next(&self) -> Option<&'a Number> {
        self.numbers.get(self.at + 1)
    }

    pub fn own(&self) -> &'a str {
        &self.text[self.number().range.clone()]
    }

    /// All text before the number.
    pub fn before(&self) -> &'a str {
        &self.text[..self.number().range.start]
    }

    /// All text after it.
    pub fn after(&self) -> &'a str {
        &self.text[self.number().range.end..]
    }

    /// The sentence before the number, in small letters, as far as it is near.
    pub fn said_before(&self) -> &'a str {
        clip_start(&self.lower[self.sentence.start..self.number().range.start], NEAR)
    }

    /// The sentence around the number, in small letters, as far as it is near.
    pub fn statement(&self) -> &'a str {
        &self.lower[self.near()]
    }

    /// Where [`Around::said`] stands.
    pub fn near(&self) -> Range<usize> {
        let (start, end) = (self.number().range.start, self.number().range.end);
        let before = clip_start(&self.text[self.sentence.start..start], NEAR).len();
        let after = clip(&self.text[end..self.sentence.end.max(end)], NEAR).len();
        start - before..end + after
    }

    /// Positions of the numbers beside this one.
    pub fn beside(&self) -> Range<usize> {
        self.at.saturating_sub(BESIDE)..(self.at + BESIDE + 1).min(self.numbers.len())
    }

    /// The words before the number, nearest first, as written with their punctuation.
    pub fn words_before(&self) -> impl Iterator<Item = &'a str> {
        self.before()
            .split(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '”' | '"'))
            .rev()
            .filter(|word| !word.is_empty())
    }

    /// The nth word before the number (0 is the nearest) in small letters, as written with its punctuation.
    pub fn word_before(&self, nth: usize) -> String {
        self.words_before().nth(nth).unwrap_or("").lowered()
    }

    /// The word after the number, in small letters.
    pub fn word_after(&self) -> String {
        first_word(self.after())
    }

    /// The word that says what is counted: behind the number, or behind the range that it begins.
    pub fn unit_after(&self) -> (String, &'a str) {
        let own = self.after();
        let ranged = self.next().filter(|_| self.begins_range());
        let after = ranged.map_or(own, |next| &self.text[next.range.end..]);
        (first_word(after), after)
    }

    /// "16–24", "16 till 24", "mellan 16 och 24".
    pub fn begins_range(&self) -> bool {
        let Some(next) = self.next().filter(|next| next.range.start >= self.number().range.end) else { return false };
        let between = self.text[self.number().range.end..next.range.start].trim_start_matches('-').trim();
        let both = self.lists.between.has(&self.word_before(0));
        between == "–"
            || self.lists.until.has(between)
            || both && self.lists.and.has(between)
            || between.is_empty() && self.after().starts_with('-')
    }

    /// Whether a noun that is counted follows the number.
    pub fn counts(&self) -> bool {
        self.counts_at(self.number().range.end)
    }

    /// Whether a noun that is counted, or an adjective and one, stands at a place of the text.
    pub fn counts_at(&self, at: usize) -> bool {
        let after = clip(&self.text[at..], 60);
        let first = after.trim_start_matches(BLANKS);
        if first.len() == after.len() && !after.is_empty() || !first.starts_with(char::is_lowercase) {
            return false;
        }
        let words: Vec<String> = tokens(after).iter().take(2).map(|range| after[range.clone()].lowered()).collect();
        words.first().is_some_and(|word| self.is_counted(word))
            || words.get(1).is_some_and(|noun| {
                let adjective = self.lists.adjective_endings.has(&words[0]);
                adjective && !self.lists.stops.has(&words[0]) && self.is_counted(noun)
            })
    }

    /// Whether a word is a noun that is counted, also at the end of a compound: "orosanmälningar", "kvadratmeter".
    pub fn is_counted(&self, word: &str) -> bool {
        // "a section 42 enquiry" counts no enquiries.
        let singular =
            !self.lists.counted_forms.has(word) && !self.lists.measures.has(word) && self.number().count() != Some(1);
        grammar(self.language).is_counted_noun(word) && !singular
    }

    /// Whether the number begins its sentence, with nothing but `word` before it.
    pub fn is_opening(&self, word: &str) -> bool {
        let before = self.before();
        let rest = before.rfind(word).and_then(|at| before.get(..at)).unwrap_or(before).trim_end();
        rest.is_empty() || rest.ends_with(['.', '!', '?', ':', '(', '“', '”', '"', '–', '•'])
    }

    /// Whether the number is written in digits that make a year.
    pub fn is_year(&self) -> bool {
        is_year(self.number())
    }

    /// Whether a percentage stands directly beside it, with little but a bracket between.
    pub fn has_percentage_near(&self) -> bool {
        if self.lists.before_days.has(&self.word_before(0)) {
            return false;
        }
        let own = &self.number().range;
        let near = |number: &Number| {
            let (from, to) = (own.end.min(number.range.end), own.start.max(number.range.start));
            number.is_percent()
                && self
                    .text
                    .get(from..to)
                    .is_some_and(|between| between.chars().filter(|c| !c.is_ascii_digit()).count() <= 6)
        };
        self.numbers[self.beside()].iter().any(near)
    }
}

/// A year in four digits.
pub fn is_year(number: &Number) -> bool {
    number.form == Form::Digits
        && number.end - number.range.start == 4
        && number.count().is_some_and(|n| (1800..2100).contains(&n))
}

/// The first word of a text, in small letters.
pub fn first_word(after: &str) -> String {
    let rest = after.trim_start_matches(BLANKS);
    let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
    rest[..end].lowered()
}
