//! Swedish number words.

use super::Form;
use super::read::{Read, is_time, multiple};
use crate::check::lang;
use crate::locale::Language;

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

/// Reads a number that begins with `word`; `near(n)` is the nth word after it, or before it.
pub fn read(word: &str, near: impl Fn(isize) -> Option<String>) -> Option<Read> {
    let at = |step: isize| near(step).unwrap_or_default();
    let following = at(1);
    match word {
        "en" | "ett" => return article(&at),
        "halvannan" | "halvannat" => return Read::new(1, 1, Form::Words).and_half(0)?.times(&following),
        "dubbelt" | "dubbla" => {
            let compares =
                if word == "dubbelt" { following == "så" } else { at(-1) == "det" || following == "antalet" };
            return compares.then(|| Read::new(2, 1, Form::Factor));
        }
        "sex" if is_noun(&at(-1), &following) => return None,
        _ => {}
    }
    if let Some((low, high)) = word.split_once('-') {
        // "tre-fyra barn"
        let (low, high) = (whole(low)?, whole(high)?);
        return (low < high).then(|| Read::new(low, 1, Form::Round));
    }
    let value = whole(word)?;
    if is_half(&following, &at(2), &at(3)) {
        return Read::new(value, 1, Form::Words).and_half(3)?.times(&at(4));
    }
    match multiple(&following) {
        Some(factor) if factor > value || factor >= 1_000_000 => Read::new(value, 1, Form::Words).times(&following),
        _ => Some(Read::new(value, 1, Form::Words)),
    }
}

/// "och en halv", "och ett halvt".
fn is_half(and: &str, article: &str, half: &str) -> bool {
    and == "och" && matches!(article, "en" | "ett") && matches!(half, "halv" | "halvt")
}

/// Whether "sex" is no number: "sex och samlevnad", "prata om sex", but "en kurs om sex veckor", "grupper om sex och åtta".
fn is_noun(before: &str, following: &str) -> bool {
    if following == "och" || following == "eller" {
        return before == "om";
    }
    let about =
        matches!(before, "om" | "kring" | "ha" | "har" | "haft" | "köpa" | "köp" | "sälja" | "säkert" | "oskyddat");
    let ends = matches!(following, "" | "med" | "mot" | "i" | "på" | "för" | "som" | "utan" | "är" | "och" | "eller");
    about && ends
}

/// What "en" or "ett" begins: "en enda", "ett tjugotal", "en och en halv", "bara en av akterna", "en miljon"; else it is an article.
fn article(at: &impl Fn(isize) -> String) -> Option<Read> {
    let (before, following) = (at(-1), at(1));
    if following == "enda" {
        // "en enda av dem", "en enda person"; "det enda" is none.
        return Some(Read::new(1, 2, Form::Words));
    }
    if let Some(value) = round(&following) {
        return Some(Read::new(value, 2, Form::Round));
    }
    if is_half(&following, &at(2), &at(3)) {
        return Read::new(1, 1, Form::Words).and_half(3)?.times(&at(4));
    }
    if matches!(following.as_str(), "halv" | "halvt") {
        let noun = at(2);
        // "i en halv timme" is as vague as "half an hour"; the second half of "två och en halv" was read.
        let counts = !noun.is_empty() && !is_time(&noun) && before != "och";
        return if counts { Read::half(2)?.times(&noun) } else { None };
    }
    let only = matches!(before.as_str(), "bara" | "endast" | "enbart" | "blott") && at(-2) != "inte";
    let parts = lang::lists(Language::Swedish).structure.iter().any(|part| at(2).starts_with(part));
    if only && !parts && (following == "av" || before != "bara" && !following.is_empty()) {
        return Some(Read { back: 1, ..Read::new(1, 1, Form::Words) });
    }
    if following == "av" {
        // "en av sju", "en av de sju": a share; "en av dem", "ett av skälen" are pronouns.
        let counted = |word: &str| whole(word).is_some() || word.starts_with(|c: char| c.is_ascii_digit());
        let base = counted(&at(2)) || (matches!(at(2).as_str(), "de" | "totalt" | "sammanlagt") && counted(&at(3)));
        return base.then(|| Read::new(1, 1, Form::Words));
    }
    multiple(&following).filter(|factor| *factor >= 1_000_000).map(|factor| Read::new(factor, 2, Form::Words))
}

fn round(word: &str) -> Option<i64> {
    match word {
        "dussin" => Some(12),
        "halvdussin" => Some(6),
        "tjog" => Some(20),
        "par" => None,
        _ => {
            let stem = word.strip_suffix("tal")?;
            whole(stem).filter(|value| *value >= 10)
        }
    }
}
