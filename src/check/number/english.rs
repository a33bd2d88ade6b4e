//! English number words.

use super::Form;
use super::words::{Read, multiple};

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

/// Reads a number that begins with `word`; `next(n)` is the nth word after it.
pub fn read(word: &str, next: impl Fn(usize) -> Option<String>) -> Read {
    let following = next(1).unwrap_or_default();
    if word == "a" {
        return match following.as_str() {
            "dozen" => Some((12, 2, Form::Round)),
            "hundred" => Some((100, 2, Form::Round)),
            "thousand" => Some((1000, 2, Form::Round)),
            _ => None,
        };
    }
    if word == "one" && multiple(&following).is_none() {
        let counted = |word: &str| whole(word).is_some() || word.starts_with(|c: char| c.is_ascii_digit());
        let at = |n: usize| next(n).unwrap_or_default();
        let share = match following.as_str() {
            "in" => counted(&at(2)),
            "of" => counted(&at(2)) || (at(2) == "the" && counted(&at(3))),
            "out" => at(2) == "of" && (counted(&at(3)) || (at(3) == "the" && counted(&at(4)))),
            _ => false,
        };
        return share.then_some((1, 1, Form::Words));
    }
    let mut total = 0;
    let mut current = whole(word)?;
    let mut used = 1;
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
    Some((total + current, used, Form::Words))
}
