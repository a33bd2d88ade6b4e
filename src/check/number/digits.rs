//! Numbers in digits and signs: thousands, decimals, multiples, "½".

use super::{Form, MONEY_SIGNS, Number, Unit, with_unit};
use crate::check::lang::{Numerals, numerals};
use crate::check::words::is_word;
use crate::locale::Language;
use crate::value::Exact;

const BLANKS: [char; 4] = [' ', '\u{a0}', '\u{202f}', '\u{2009}'];

/// Codes of ISO 4217, which stand before or behind an amount in any language.
const CURRENCIES: [&str; 6] = ["SEK", "EUR", "GBP", "USD", "NOK", "DKK"];

/// Every number in digits.
pub fn scan(text: &str, language: Language) -> Vec<Number> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + found;
        let number = read(text, start, language);
        at = number.range.end.max(start + 1);
        out.push(number);
    }
    out
}

fn digits(text: &str, at: usize) -> usize {
    at + text[at..].bytes().take_while(u8::is_ascii_digit).count()
}

fn read(text: &str, start: usize, language: Language) -> Number {
    let mut end = digits(text, start);
    let mut plain = text[start..end].to_owned();
    let mut grouped = false;
    if plain.len() <= 3 && !plain.starts_with('0') {
        while let Some(next) = group(text, end, language) {
            plain.push_str(&text[next..next + 3]);
            end = next + 3;
            grouped = true;
        }
    }
    let mut decimals = 0;
    if let Some(mark) = text[end..].chars().next().filter(|c| matches!(c, ',' | '.')) {
        let after = end + mark.len_utf8();
        let stop = digits(text, after);
        // A comma that sets thousands apart was read; "2.3.1" and "2019.03.01" are no decimals.
        let more = text[stop..].starts_with('.') && text[stop + 1..].starts_with(|c: char| c.is_ascii_digit());
        let preceded = text[..start].ends_with('.') && text[..start - 1].ends_with(|c: char| c.is_ascii_digit());
        if stop > after && stop - after <= 6 && !more && !preceded && (mark == '.' || mark == language.decimal()) {
            decimals = u8::try_from(stop - after).unwrap_or(0);
            plain.push('.');
            plain.push_str(&text[after..stop]);
            end = stop;
        }
    }
    let value = Exact::parse(&plain).map_or(Exact::ZERO, |(value, _)| value);
    let mut number = Number {
        range: start..end,
        end,
        value,
        decimals,
        form: if grouped { Form::Grouped } else { Form::Digits },
        unit: Unit::None,
        bound: false,
        allowed: None,
    };
    if text[end..].starts_with('½')
        && let Some(value) =
            Exact::ratio(Exact::from(1_i64), Exact::from(2_i64)).and_then(|half| value.checked_add(half))
    {
        number.value = value;
        number.decimals = 1;
        number.end += '½'.len_utf8();
        number.range.end = number.end;
    }
    let words = numerals(language);
    multiply(text, &mut number, words);
    let mut number = with_unit(text, number, words);
    if let Some(sign) = text[..start].chars().next_back().filter(|c| MONEY_SIGNS.contains(c)) {
        number.range.start -= sign.len_utf8();
        number.unit = Unit::Money;
        multiply_by_letter(text, &mut number, words);
    }
    // "SEK 500", "EUR 1.2 million"
    let before = text[..start].trim_end_matches(BLANKS);
    if before.len() < start
        && let Some(code) = CURRENCIES.iter().find(|code| before.ends_with(**code))
        && !before[..before.len() - code.len()].ends_with(is_word)
    {
        number.range.start = before.len() - code.len();
        number.unit = Unit::Money;
    }
    number
}

/// The place of the next three digits of a grouped number.
fn group(text: &str, end: usize, language: Language) -> Option<usize> {
    let mark = text[end..].chars().next()?;
    let fits = BLANKS.contains(&mark) || (mark == ',' && mark != language.decimal());
    let next = end + mark.len_utf8();
    (fits && digits(text, next) == next + 3 && !text[next + 3..].starts_with(is_word)).then_some(next)
}

/// "£1.9m", "$2.3bn", "€640k": a letter directly behind an amount of money.
fn multiply_by_letter(text: &str, number: &mut Number, words: &Numerals) {
    for (letter, factor) in words.money_letters.iter() {
        if let Some(tail) = text[number.range.end..].strip_prefix(letter)
            && !tail.starts_with(is_word)
            && let Some(value) = number.value.checked_mul(factor.into())
        {
            number.value = value;
            number.decimals = 0;
            number.form = Form::Grouped;
            number.end = number.range.end + letter.len();
            number.range.end = number.end;
            return;
        }
    }
}

/// "12,4 miljoner", "0.4 million", "3 tusen".
fn multiply(text: &str, number: &mut Number, words: &Numerals) {
    let rest = &text[number.end..];
    let blank = rest.len() - rest.trim_start_matches(BLANKS).len();
    if blank == 0 {
        return;
    }
    for (word, factor) in words.multiples.iter() {
        let after = &rest[blank..];
        if let Some(tail) = after.strip_prefix(word)
            && !tail.starts_with(is_word)
            && let Some(value) = number.value.checked_mul(Exact::from(factor))
        {
            number.value = value;
            number.decimals = 0;
            number.form = Form::Grouped;
            number.end += blank + word.len();
            number.range.end = number.end;
            return;
        }
    }
}

/// "½", "¾", where no whole number stands before it.
pub fn fractions(text: &str) -> impl Iterator<Item = Number> {
    text.char_indices().filter_map(|(at, sign)| {
        let percent: i64 = match sign {
            '½' => 50,
            '¼' => 25,
            '¾' => 75,
            _ => return None,
        };
        let end = at + sign.len_utf8();
        let mixed = text[..at].ends_with(|c: char| c.is_ascii_digit());
        (!mixed).then(|| Number {
            range: at..end,
            end,
            value: Exact::from(percent),
            decimals: 0,
            form: Form::Fraction,
            unit: Unit::None,
            bound: false,
            allowed: None,
        })
    })
}
