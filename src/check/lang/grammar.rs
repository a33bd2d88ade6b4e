//! What is grammar in a language and so no list: how its words are inflected, and how its numbers are put together.

use super::lists::Words;
use super::numeral::{Form, Numeral, Place};
use super::numerals::Numerals;

/// The grammar of a language. Words are given in small letters.
pub trait Grammar: Sync {
    /// The stem of a word.
    fn stem(&self, word: &str) -> String;

    /// Whether months begin with a capital letter: "May" is one, "may" is not.
    fn has_capital_months(&self) -> bool {
        false
    }

    /// Whether a day may stand behind its month, in words and in digits: "November 14", "11/14".
    fn has_days_behind_months(&self) -> bool {
        false
    }

    /// Whether a preposition stands before a year as before a number of things: "in 2019", "i 2019".
    fn has_years_with_preposition(&self) -> bool;

    /// Whether LIX, the readability index that Scandinavian languages have in common, says anything of it.
    fn has_lix(&self) -> bool {
        false
    }

    /// Whether two words of one stem are forms of the same word, neither of another time: "granskade" and "granskades", not "granskas".
    fn is_same_word(&self, one: &str, other: &str) -> bool;

    /// Whether a word is a noun that is often counted, also at the end of a compound, and no verb of the same stem.
    fn is_counted_noun(&self, word: &str) -> bool;

    /// The value of a whole word. An article is no number here.
    fn value(&self, word: &str) -> Option<i64>;

    /// The number that begins with a word.
    fn number(&self, at: Place<'_>) -> Option<Numeral>;

    /// The part of a whole that a word names: "hälften", "en tredjedel", "every third".
    fn fraction(&self, at: Place<'_>) -> Option<Numeral>;
}

/// A stem without what tells participles from their verbs: "genomförda", "genomförts".
#[must_use]
pub fn without_participle(stem: &str) -> &str {
    stem.trim_end_matches(['d', 't', 's'])
}

/// A word without the first of some endings that it has; an ending of one letter wants a stem of at least so many.
pub(super) fn without_ending(word: &str, endings: &Words, least: usize) -> String {
    // Most endings are told by their last letter alone, and every word of a report is asked for its stem.
    let last = word.as_bytes().last();
    let mut possible = endings.iter().filter(|ending| ending.as_bytes().last() == last);
    let shorter = possible.find_map(|ending| {
        let rest = word.strip_suffix(ending)?;
        (rest.chars().count() >= if ending.len() == 1 { least } else { 3 }).then_some(rest)
    });
    let rest = shorter.unwrap_or(word);
    // "ärende", "ärenden": one more vowel or n; "personer", "personernas" end alike after one step.
    rest.strip_suffix(['e', 'a', 'n']).filter(|rest| rest.chars().count() >= 4).unwrap_or(rest).to_owned()
}

/// What is left of two words behind the letters that they begin with.
pub(super) fn endings<'w>(one: &'w str, other: &'w str) -> (&'w str, &'w str) {
    let common: usize = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    (&one[common..], &other[common..])
}

/// Whether an ending is one of a list, or none.
pub(super) fn is_ending(ending: &str, list: &Words) -> bool {
    ending.is_empty() || list.contains(&ending)
}

/// A number of several words that begins with one of this value: "two hundred and five", "två och en halv miljoner".
pub(super) fn composed(
    at: Place<'_>,
    first: i64,
    words: &Numerals,
    value: impl Fn(&str) -> Option<i64>,
) -> Option<Numeral> {
    let next = |used: usize| isize::try_from(used).map_or("", |step| at.near(step));
    let small = |word: &str| value(word).filter(|value| *value < 100);
    // "ett hundre og én", "ett tusen ett hundre": no article there, but in "to tusen og en halv".
    let one = |used: usize| (words.ones.has(next(used)) && !words.half.has(next(used + 1))).then_some(1);
    let (mut total, mut current, mut used) = (0_i64, first, 1);
    loop {
        let word = next(used);
        let is_round = used > 1 && current % 100 == 0;
        if let Some(factor) = words.multiples.get(word) {
            if factor == 100 {
                current = current.checked_mul(100)?;
            } else {
                total = total.checked_add(current.checked_mul(factor)?)?;
                current = 0;
            }
            used += 1;
        } else if is_round
            && words.and.has(word)
            && let Some(more) = small(next(used + 1)).or_else(|| one(used + 1))
        {
            current += more;
            used += 2;
        } else if is_round
            && let Some(more) =
                small(word).or_else(|| one(used).filter(|_| words.multiples.get(next(used + 1)).is_some()))
        {
            current += more;
            used += 1;
        } else {
            break;
        }
    }
    let read = Numeral::new(total.checked_add(current)?, used, Form::Words);
    let half = words.and.has(next(used)) && words.articles.has(next(used + 1)) && words.half.has(next(used + 2));
    if half { read.and_half(3)?.times(words.multiples.get(next(used + 3))) } else { Some(read) }
}

/// How many words behind a place are each of some phrases that stands there.
pub(super) fn phrases_behind(at: Place<'_>, phrases: &Words) -> impl Iterator<Item = isize> {
    phrases.iter().filter_map(move |phrase| {
        let mut steps = 0;
        let stands = phrase.split(' ').all(|word| {
            steps += 1;
            at.near(steps) == word
        });
        stands.then_some(steps)
    })
}
