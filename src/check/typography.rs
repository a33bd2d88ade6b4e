//! Signs that are typed otherwise than they should be printed.

use std::ops::Range;

use super::number::{Allowed, Number, Unit};
use crate::diagnostic::{Said, say};
use crate::locale::Language;

/// One fault and what should stand there.
pub struct Fault {
    pub range: Range<usize>,
    pub what: Said,
    pub right: String,
    /// The program can write it.
    pub certain: bool,
}

/// All faults of a text.
pub fn faults(text: &str, numbers: &[Number], language: Language) -> Vec<Fault> {
    let mut out = Vec::new();
    ranges(text, numbers, &mut out);
    dashes(text, &mut out);
    dots(text, &mut out);
    // English has its percent sign and its decimals as they are typed, and straight quotation marks are let be.
    if language.decimal() == ',' {
        percent_signs(text, numbers, &mut out);
        decimals(text, numbers, language, &mut out);
        quotes(text, language, &mut out);
    }
    out
}

/// "26%", "26 %"
fn percent_signs(text: &str, numbers: &[Number], out: &mut Vec<Fault>) {
    for number in numbers.iter().filter(|number| number.unit == Unit::Percent) {
        let between = &text[number.end..number.range.end];
        let Some(blank) = between.strip_suffix('%').filter(|blank| *blank != "\u{a0}" && *blank != "\u{202f}") else {
            continue;
        };
        let digits = &text[number.range.start..number.end];
        let what = if blank.is_empty() {
            say!("a no-break space belongs before the percent sign")
        } else {
            say!("the line may break before the percent sign")
        };
        out.push(Fault { range: number.range.clone(), what, right: format!("{digits}\u{a0}%"), certain: true });
    }
}

/// "3.5 miljoner"
fn decimals(text: &str, numbers: &[Number], language: Language, out: &mut Vec<Fault>) {
    for number in numbers.iter().filter(|number| number.allowed.is_none()) {
        let own = &text[number.range.start..number.end];
        let digits = own.split(' ').next().unwrap_or(own);
        let Some((whole, fraction)) = digits.split_once('.') else { continue };
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        // "12.000 kronor": a point before three digits sets thousands apart, and what was meant only the author knows.
        let next = text[number.range.end..].trim_start();
        let counted = number.unit != Unit::None || own.len() > digits.len() || next.starts_with(char::is_lowercase);
        if plain(whole) && plain(fraction) && counted {
            let range = number.range.start..number.range.start + digits.len();
            let thousands = fraction.len() == 3;
            let name = Said::words(language.name());
            let (what, right) = if thousands {
                (
                    say!("{language} sets thousands apart with a blank", language = name),
                    format!("{whole}\u{a0}{fraction}"),
                )
            } else {
                (say!("{language} has a comma in decimals", language = name), format!("{whole},{fraction}"))
            };
            out.push(Fault { range, what, right, certain: !thousands });
        }
    }
}

/// "7-18", "2019-2021": not dates, telephone or reference numbers.
fn ranges(text: &str, numbers: &[Number], out: &mut Vec<Fault>) {
    for pair in numbers.windows(2) {
        let [one, two] = pair else { continue };
        if &text[one.end..two.range.start] != "-" || one.bound || two.bound {
            continue;
        }
        let reference = |number: &Number| {
            matches!(number.allowed, Some(Allowed::Reference | Allowed::Item | Allowed::Name | Allowed::Statute))
        };
        let before = text[..one.range.start].chars().next_back();
        let after = text[two.end..].chars().next();
        let chained = before.is_some_and(|c| c == '-' || c == '/' || c.is_alphanumeric())
            || after.is_some_and(|c| c == '-' || c == '/' || c.is_alphabetic());
        let rising = two.value > one.value;
        let iso = text[one.range.clone()].len() == 4 && text[two.range.clone()].len() == 2;
        if reference(one) || reference(two) || chained || !rising || iso {
            continue;
        }
        let right = format!("{}–{}", &text[one.range.start..one.end], &text[two.range.start..two.end]);
        out.push(Fault { range: one.range.start..two.end, what: say!("a range has a dash"), right, certain: true });
    }
}

/// "rutinen - som är ny - var"
fn dashes(text: &str, out: &mut Vec<Fault>) {
    let places: Vec<usize> = text
        .match_indices(" - ")
        .map(|(at, _)| at)
        .filter(|at| {
            let before = text[..*at].chars().next_back();
            let after = text[at + 3..].chars().next();
            before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '”' | '"' | ','))
                && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '(' | '”' | '"'))
        })
        .collect();
    let mut at = 0;
    while let Some(&start) = places.get(at) {
        // Two dashes around an insertion are one fault.
        let pair = places.get(at + 1).copied().filter(|end| !text[start..*end].contains(['.', '!', '?']));
        let end = pair.unwrap_or(start) + 3;
        let right = text[start..end].replace(" - ", " – ");
        out.push(Fault { range: start..end, what: say!("between words stands a dash"), right, certain: true });
        at += 1 + usize::from(pair.is_some());
    }
}

fn dots(text: &str, out: &mut Vec<Fault>) {
    let mut from = 0;
    while let Some(found) = text[from..].find("...") {
        let at = from + found;
        let length = text[at..].bytes().take_while(|b| *b == b'.').count();
        if length == 3 {
            out.push(Fault {
                range: at..at + 3,
                what: say!("three dots are one sign"),
                right: "…".to_owned(),
                certain: true,
            });
        }
        from = at + length;
    }
}

/// Straight and English quotation marks in a language that has others: Swedish ” on both sides, Norwegian « and ».
fn quotes(text: &str, language: Language, out: &mut Vec<Fault>) {
    let [left, right] = language.quotes();
    let marks =
        if left == right { say!("{left} on both sides", left) } else { say!("{left} and {right}", left, right) };
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        // "12\"" is a measure.
        if c == '"' && open.is_none() && text[..at].ends_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        match (c, open) {
            ('"' | '“' | '„', None) => open = Some(at),
            ('"' | '”' | '“', Some(start)) => {
                let end = at + c.len_utf8();
                let inner = &text[start + text[start..].chars().next().map_or(1, char::len_utf8)..at];
                out.push(Fault {
                    range: start..end,
                    what: say!(
                        "{language} quotation marks are {marks}",
                        marks,
                        language = Said::words(language.name())
                    ),
                    right: format!("{left}{inner}{right}"),
                    certain: !inner.contains(['"', '“', '”']),
                });
                open = None;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::number::{classify, scan};

    fn right(text: &str, language: Language) -> Vec<String> {
        let mut numbers = scan(text, language);
        let classes = classify(text, &numbers, language, &[]);
        for (number, class) in numbers.iter_mut().zip(classes) {
            number.allowed = class;
        }
        faults(text, &numbers, language).into_iter().map(|fault| fault.right).collect()
    }

    #[test]
    fn faults_are_found_and_their_likes_let_be() {
        let sv = Language::Swedish;
        assert_eq!(right("Andelen var 26% i åldern 7-18 år.", sv), ["7–18", "26\u{a0}%"]);
        assert_eq!(right("rutinen - som är ny... \"så\" 3.5 miljoner", sv), [" – ", "…", "3,5", "”så”"]);
        assert_eq!(right("rutinen - som är ny - var", sv), [" – som är ny – "]);
        assert!(
            right("e-post enligt dnr 2021-40 sedan 2021-05-12, ring 08-508 25 000 kl. 13.30, WCAG 2.2", sv).is_empty()
        );
        assert_eq!(right("aged 7-18, \"so\" 2.5", Language::English), ["7–18"]);
    }
}
