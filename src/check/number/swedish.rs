//! Swedish number words.

use super::Form;
use super::words::{Read, multiple};

const SMALL: &[(&str, i64)] = &[
    ("noll", 0),
    ("två", 2),
    ("tre", 3),
    ("fyra", 4),
    ("fem", 5),
    ("sex", 6),
    ("sju", 7),
    ("åtta", 8),
    ("nio", 9),
    ("tio", 10),
    ("elva", 11),
    ("tolv", 12),
    ("tretton", 13),
    ("fjorton", 14),
    ("femton", 15),
    ("sexton", 16),
    ("sjutton", 17),
    ("arton", 18),
    ("nitton", 19),
];

const TENS: &[(&str, i64)] = &[
    ("tjugo", 20),
    ("trettio", 30),
    ("fyrtio", 40),
    ("femtio", 50),
    ("sextio", 60),
    ("sjuttio", 70),
    ("åttio", 80),
    ("nittio", 90),
];

/// The value of a whole word; "en" and "ett" alone are no numbers.
pub fn whole(word: &str) -> Option<i64> {
    if word.contains('-') {
        return None;
    }
    if let Some(at) = word.find("tusen") {
        let (before, after) = (&word[..at], word[at + "tusen".len()..].trim_start_matches("och"));
        let before = if before.is_empty() { 1 } else { hundreds(before)? };
        return Some(before * 1000 + if after.is_empty() { 0 } else { hundreds(after)? });
    }
    if matches!(word, "en" | "ett") { None } else { hundreds(word) }
}

fn hundreds(word: &str) -> Option<i64> {
    if let Some(at) = word.find("hundra") {
        let (before, after) = (&word[..at], word[at + "hundra".len()..].trim_start_matches("och"));
        let before = if before.is_empty() { 1 } else { tens(before)? };
        return Some(before * 100 + if after.is_empty() { 0 } else { tens(after)? });
    }
    tens(word)
}

fn tens(word: &str) -> Option<i64> {
    if let Some(small) = small(word) {
        return Some(small);
    }
    let (name, value) = TENS.iter().find(|(name, _)| word.starts_with(name))?;
    let rest = &word[name.len()..];
    if rest.is_empty() {
        return Some(*value);
    }
    small(rest).filter(|small| (1..10).contains(small)).map(|small| value + small)
}

fn small(word: &str) -> Option<i64> {
    if matches!(word, "en" | "ett") {
        return Some(1);
    }
    SMALL.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// Reads a number that begins with `word`; `next(n)` is the nth word after it.
pub fn read(word: &str, next: impl Fn(usize) -> Option<String>) -> Read {
    let following = next(1).unwrap_or_default();
    if matches!(word, "en" | "ett") {
        if following == "enda" {
            // "en enda av dem", "en enda person"; "det enda" is none.
            return Some((1, 2, Form::Words));
        }
        if let Some(value) = round(&following) {
            return Some((value, 2, Form::Round));
        }
        if following == "av" {
            // "en av sju", "en av de sju": a share; "en av dem", "ett av skälen" are pronouns.
            let after = next(2).unwrap_or_default();
            let counted = |word: &str| whole(word).is_some() || word.starts_with(|c: char| c.is_ascii_digit());
            let base = counted(&after)
                || (matches!(after.as_str(), "de" | "totalt" | "sammanlagt")
                    && next(3).is_some_and(|word| counted(&word)));
            return base.then_some((1, 1, Form::Words));
        }
        return multiple(&following).filter(|factor| *factor >= 1_000_000).map(|factor| (factor, 2, Form::Words));
    }
    let value = whole(word)?;
    match multiple(&following) {
        Some(factor) if factor > value || factor >= 1_000_000 => Some((value.checked_mul(factor)?, 2, Form::Words)),
        _ => Some((value, 1, Form::Words)),
    }
}

fn round(word: &str) -> Option<i64> {
    match word {
        "dussin" => Some(12),
        "par" => None,
        _ => {
            let stem = word.strip_suffix("tal")?;
            whole(stem).filter(|value| *value >= 10)
        }
    }
}
