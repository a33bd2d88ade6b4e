//! Claims of amount or trend that name no number.

use std::ops::Range;

use super::lang::{self, Lists};
use super::words::tokens;
use super::words::{find_phrase, holds};
use crate::locale::Language;

/// The claims of a sentence in small letters.
pub fn claims(lower: &str, language: Language) -> Vec<Range<usize>> {
    let lists = lang::lists(language);
    if lower.trim_end().ends_with('?') || holds(lower, &lists.unsaid) {
        return Vec::new();
    }
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut add = |range: Range<usize>| {
        if !out.iter().any(|known| known.start < range.end && range.start < known.end) {
            out.push(range);
        }
    };
    for phrase in lists.vague.iter() {
        let mut from = 0;
        while let Some(at) = find_phrase(lower, phrase, from) {
            from = at + phrase.len();
            if !excused(lower, at..from, lists) {
                add(at..from);
            }
        }
    }
    // "ökar kraftigt", "has risen sharply": a verb of change with a word for how much, at most a word between.
    let words = tokens(lower);
    for (at, range) in words.iter().enumerate() {
        let trend = lists.trends.has(&lower[range.clone()]);
        if !trend {
            continue;
        }
        let near = |other: usize| words.get(other).filter(|word| lists.degrees.has(&lower[(*word).clone()]));
        if let Some(degree) = near(at + 1).or_else(|| near(at + 2)) {
            add(range.start..degree.end);
        } else if let Some(degree) = at.checked_sub(1).and_then(near) {
            add(degree.start..range.end);
        }
    }
    // "Antalet klagomål har ökat": an amount that changed, and no number in the sentence.
    if let Some(first) = words.iter().position(|range| lists.amount_words.has(&lower[range.clone()])) {
        let changed = words[first..].iter().take(7).find(|range| lists.trends.has(&lower[(*range).clone()]));
        if let Some(changed) = changed
            && !out.iter().any(|known| known.start < changed.end && changed.start < known.end)
        {
            out.push(changed.clone());
        }
    }
    out.sort_by_key(|range| range.start);
    out
}

/// "hur många", "så många som möjligt", "at most", "the most important".
fn excused(lower: &str, place: Range<usize>, lists: &Lists) -> bool {
    let previous = lower[..place.start].split_whitespace().next_back().unwrap_or("");
    let rest = lower[place.end..].trim_start();
    let next = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let alone = lists.needs_noun.has(&lower[place.clone()]) && !rest.starts_with(char::is_alphabetic);
    let idiom = |phrase: &&&str| find_phrase(lower, phrase, place.start) == Some(place.start);
    lists.vague_behind.has(previous.trim_matches(|c: char| !c.is_alphanumeric()))
        || lists.superlatives.has(next)
        || alone
        || lists.vague_idioms.iter().find(idiom).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, language: Language) -> Vec<String> {
        let lower = text.to_lowercase();
        claims(&lower, language).into_iter().map(|range| lower[range].to_owned()).collect()
    }

    #[test]
    fn claims_are_told_from_questions_and_wishes() {
        let sv = Language::Swedish;
        assert_eq!(found("Allt fler söker, och kostnaderna ökar kraftigt.", sv), ["allt fler", "ökar kraftigt"]);
        assert_eq!(found("De flesta har en rutin.", sv), ["de flesta"]);
        assert!(found("Frågan är hur många som berörs, lika många som förut.", sv).is_empty());
        let en = Language::English;
        assert_eq!(found("Most schools agree. Absence has risen sharply.", en), ["most", "risen sharply"]);
        assert!(found("The most recent guidance asks at most once.", en).is_empty());
    }
}
