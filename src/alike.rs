//! When two texts are the same to a reader, though their bytes differ.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

/// The text with composed letters (NFC), and otherwise as it is.
#[must_use]
pub fn composed(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// The text as it reads: letters composed (NFC), any kind of white space one blank, invisible characters gone, full-width forms in their
/// plain width. Texts with the same reading are the same text.
#[must_use]
pub fn reading(text: &str) -> String {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if plain && !text.contains("  ") {
        return text.trim_matches(' ').to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in composed(text).chars().filter(|c| !is_invisible(*c)) {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(plain_width(c));
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    // A mark that stood behind an invisible character composes only now.
    composed(&out).into_owned()
}

/// Whether a text has nothing in it that a reader sees.
#[must_use]
pub fn reads_as_nothing(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// What is left of a text when everything is taken away that is easily overlooked: capital letters, kinds of dashes and quotation marks,
/// blanks around dashes, and letters of other scripts with the shape of Latin ones. Two texts with the same outline and another reading are most
/// often one thing written in two ways; a person must say so.
#[must_use]
pub fn outline(text: &str) -> String {
    let mut out = String::new();
    for c in reading(text).to_lowercase().chars() {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '-' => {
                if out.ends_with(' ') {
                    out.pop();
                }
                out.push('-');
            }
            ' ' if out.ends_with('-') => {}
            '\u{2018}'..='\u{201b}' | '\u{b4}' | '`' => out.push('\''),
            '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => out.push('"'),
            c => out.push(latin(c)),
        }
    }
    out
}

/// Zero-width characters, soft hyphens, marks of direction and variation: nothing that a reader sees.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
    )
}

fn plain_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        // A hyphen that keeps a line together is a hyphen.
        '\u{2011}' => '-',
        c => c,
    }
}

/// The Latin small letter that a small letter of another script looks like.
fn latin(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'е' => 'e',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'с' => 'c',
        'у' => 'y',
        'х' => 'x',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'ѕ' => 's',
        'в' => 'b',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'н' => 'h',
        'т' | 'τ' => 't',
        'ν' => 'v',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_reads_the_same() {
        for (a, b) in [
            ("Kön", "Ko\u{308}n"),
            ("Ej aktuell", "Ej\u{a0}aktuell"),
            ("Ej aktuell", " Ej \u{2009} aktuell\u{202f}"),
            ("Avslag", "Avslag\u{200b}"),
            ("Avslag", "\u{feff}Avslag"),
            ("Återkallad", "Åter\u{ad}kallad"),
            ("Återkallad", "A\u{200d}\u{30a}terkallad"),
            ("Norr 1", "Ｎｏｒｒ\u{3000}１"),
            ("a-b", "a\u{2011}b"),
            ("a b", "a\tb"),
            ("a b", "a\r\nb"),
        ] {
            assert_eq!(reading(a), reading(b), "{b:?}");
        }
        for (a, b) in [("Habo", "Håbo"), ("Norr", "norr"), ("m2", "m²"), ("ab", "a b"), ("1-2", "1–2")] {
            assert_ne!(reading(a), reading(b), "{b:?}");
        }
    }

    #[test]
    fn what_is_easily_overlooked_has_one_outline() {
        for (a, b) in [
            ("Norr", "NORR"),
            ("18-29 år", "18 – 29 år"),
            ("A’s", "a's"),
            ("Avslag", "А\u{432}slag".trim()),
            ("STRASSE", "strasse"),
        ] {
            if b.contains('\u{432}') {
                assert_ne!(outline(a), outline(b), "в is no v");
            } else {
                assert_eq!(outline(a), outline(b), "{b:?}");
            }
        }
        assert_eq!(outline("Malmö"), outline("Mаlmö"), "a Cyrillic а");
        assert_ne!(outline("Habo"), outline("Håbo"));
    }
}
