//! English number words.

use super::Form;
use super::read::{Read, multiple};
use crate::check::lang;
use crate::locale::Language;

const SMALL: &[(&str, i64)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// The value of one word, hyphen included; "one" alone is a number only where [`read`] says so.
pub fn whole(word: &str) -> Option<i64> {
    let small = |word: &str| SMALL.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    match word.split_once('-') {
        Some((tens, ones)) => {
            let (tens, ones) = (small(tens)?, small(ones)?);
            (tens >= 20 && (1..10).contains(&ones)).then_some(tens + ones)
        }
        None => small(word),
    }
}

/// Reads a number that begins with `word`; `near(n)` is the nth word after it, or before it.
pub fn read(word: &str, near: impl Fn(isize) -> Option<String>) -> Option<Read> {
    let at = |step: isize| near(step).unwrap_or_default();
    let following = at(1);
    match word {
        "a" => return round(&following).map(|value| Read::new(value, 2, Form::Round)),
        "half" if following == "a" => {
            return match at(2).as_str() {
                "dozen" => Some(Read::new(6, 3, Form::Round)),
                other => multiple(other).and_then(|_| Read::half(2)?.times(other)),
            };
        }
        "twice" => {
            let compares = matches!(following.as_str(), "as" | "the" | "a" | "per" | "its" | "their");
            return compares.then(|| Read::new(2, 1, Form::Factor));
        }
        "one" if following == "and" && at(2) == "a" && at(3) == "half" => {
            return Read::new(1, 1, Form::Words).and_half(3)?.times(&at(4));
        }
        "one" if multiple(&following).is_none() => return one(&at),
        _ => {}
    }
    let mut total = 0;
    let mut current = whole(word)?;
    let mut used = 1;
    let next = |used: usize| isize::try_from(used).ok().and_then(&near);
    while let Some(word) = next(used) {
        if let Some(factor) = multiple(&word).filter(|factor| *factor > 0) {
            if factor == 100 {
                current = current.checked_mul(100)?;
            } else {
                total += current.checked_mul(factor)?;
                current = 0;
            }
            used += 1;
        } else if word == "and"
            && (current % 100 == 0 && (current > 0 || total > 0))
            && next(used + 1).as_deref().and_then(whole).is_some_and(|value| value < 100)
            && used > 1
        {
            current += next(used + 1).as_deref().and_then(whole)?;
            used += 2;
        } else if used > 1 && current % 100 == 0 && whole(&word).is_some_and(|value| value < 100) {
            current += whole(&word)?;
            used += 1;
        } else {
            break;
        }
    }
    let read = Read::new(total + current, used, Form::Words);
    let half = next(used).as_deref() == Some("and")
        && next(used + 1).as_deref() == Some("a")
        && next(used + 2).as_deref() == Some("half");
    if half { read.and_half(3)?.times(&next(used + 3).unwrap_or_default()) } else { Some(read) }
}

fn round(word: &str) -> Option<i64> {
    match word {
        "dozen" => Some(12),
        "hundred" => Some(100),
        "thousand" => Some(1000),
        _ => None,
    }
}

/// "one in four", "one of the seven", "only one of the files"; else "one" is a pronoun.
fn one(at: &impl Fn(isize) -> String) -> Option<Read> {
    let counted = |word: &str| whole(word).is_some() || word.starts_with(|c: char| c.is_ascii_digit());
    let only =
        matches!(at(-1).as_str(), "only" | "just") && !matches!(at(-2).as_str(), "the" | "not" | "its" | "their");
    let reason = |step: isize| lang::lists(Language::English).structure.has(at(step).as_str());
    if only && !reason(2) && !reason(3) {
        return Some(Read { back: 1, ..Read::new(1, 1, Form::Words) });
    }
    let share = match at(1).as_str() {
        "in" => counted(&at(2)),
        "of" => counted(&at(2)) || (at(2) == "the" && counted(&at(3))),
        "out" => at(2) == "of" && (counted(&at(3)) || (at(3) == "the" && counted(&at(4)))),
        _ => false,
    };
    share.then(|| Read::new(1, 1, Form::Words))
}
