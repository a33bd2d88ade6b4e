//! Numbers that are written together with something: "ICD-10", "2022/23", "1990-talet", "16.30", "12st".

use super::Allowed;
use super::around::Around;
use super::date;
use crate::check::lang::grammar;
use crate::check::number::Unit;
use crate::check::words::{Lowered as _, clip, clip_start};

/// What the signs around a number say of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    Allowed(Allowed),
    /// It is a measured or counted amount, whatever stands around it.
    Amount,
    Unsure,
}

use Verdict::{Amount, Unsure};

fn allowed(class: Allowed) -> Verdict {
    Verdict::Allowed(class)
}

/// What is written together with the number, without the punctuation around it.
fn token<'t>(around: &Around<'t>) -> (&'t str, &'t str) {
    let number = around.number();
    let edge = |c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | '–' | '—' | '=' | '≈' | '<' | '>');
    let text = around.text;
    // As far as it is near: a thing that is numbered has a shorter name.
    let (before, after) = (clip_start(&text[..number.range.start], 120), clip(&text[number.end..], 120));
    let from = number.range.start - before.len();
    let start = before.rfind(edge).map_or(from, |at| from + at + before[at..].chars().next().map_or(1, char::len_utf8));
    let end = number.end + after.find(edge).unwrap_or(after.len());
    let marks = ['(', ')', ',', '.', ';', ':', '!', '?', '”', '»', '«', '’', '[', ']'];
    let before = text[start..number.range.start].trim_start_matches(marks);
    let after = text[number.end..end].trim_end_matches(marks);
    (before, after)
}

/// What the signs around the number say.
pub fn verdict(around: &Around<'_>) -> Verdict {
    let (before, after) = token(around);
    let whole = format!("{before}{after}");
    if whole.contains("://") || whole.contains('@') || before.starts_with("www.") || is_address(&whole) {
        return allowed(Allowed::Reference);
    }
    if before.chars().any(char::is_alphabetic) {
        return behind_letters(before, around);
    }
    if ends_span_of_letter(around) {
        return allowed(Allowed::Name);
    }
    if after.chars().any(char::is_alphabetic) {
        return before_letters(before, after, around);
    }
    signs(before, after, around)
}

/// "F–6", "K–12": years of school that begin with a letter.
fn ends_span_of_letter(around: &Around<'_>) -> bool {
    let before = around.text[..around.number().range.start].strip_suffix('–').unwrap_or_default();
    let mut letters = before.chars().rev();
    letters.next().is_some_and(char::is_uppercase) && !letters.next().is_some_and(char::is_alphanumeric)
}

/// "exempelstad.se/2021": an address without its protocol.
fn is_address(token: &str) -> bool {
    [".se/", ".com/", ".org/", ".gov.uk", ".nu/", ".eu/"].iter().any(|end| token.contains(end))
}

/// "ICD-10", "A46", "§12", "Norr(7", "totalt:14".
fn behind_letters(before: &str, around: &Around<'_>) -> Verdict {
    let lower = before.lowered();
    let word = lower.trim_end_matches(['(', ':']);
    if word.len() < lower.len() && word.chars().count() > 2 && word.chars().all(char::is_alphabetic) {
        return Amount;
    }
    if around.lists.age_prefixes.iter().any(|prefix| lower.starts_with(prefix)) {
        return allowed(Allowed::Age);
    }
    allowed(if before.contains('/') { Allowed::Reference } else { Allowed::Name })
}

/// "1st December", "9am", "1990-talet", "15-åringar", "12st", "7B", "5/dag".
fn before_letters(before: &str, after: &str, around: &Around<'_>) -> Verdict {
    let lower = after.lowered();
    let own = around.own();
    let lists = around.lists;
    if lists.ordinal_endings.has(&lower) {
        let month = date::is_of_month(around.after(), around)
            || around.after().get(2..).is_some_and(|rest| date::is_of_month(rest, around));
        return allowed(if month { Allowed::Date } else { Allowed::Item });
    }
    if lists.meridians.has(&lower) {
        return allowed(Allowed::Date);
    }
    if lists.decade_endings.has(&lower) && matches!(own.len(), 2 | 4) && own.ends_with('0') {
        return allowed(Allowed::Date);
    }
    // "ett 20-tal deltagare" is an amount, and so is "en 40-procentig ökning".
    if lists.amount_endings.has(&lower) {
        return Amount;
    }
    if lists.age_endings.has(&lower) {
        return allowed(Allowed::Age);
    }
    let unit = lower == "°" || lists.attached_units.has(&lower);
    if unit && !(after.starts_with(char::is_uppercase) && after.len() == 1) {
        return Amount;
    }
    let rate = after.strip_prefix('/').is_some_and(|rest| rest.len() > 1 && rest.chars().all(char::is_lowercase));
    if rate {
        return Amount;
    }
    // "12personer": a blank is missing.
    if after.chars().count() > 3 && after.chars().all(char::is_lowercase) {
        return Amount;
    }
    let parts = after.starts_with('/') || before.contains('/');
    allowed(if parts { Allowed::Reference } else { Allowed::Name })
}

/// Digits with signs only: "2022/23", "9/24", "1:14", "2021-05-12", "2.3.1", "0485".
fn signs(before: &str, after: &str, around: &Around<'_>) -> Verdict {
    let number = around.number();
    let own = &around.text[number.range.start..number.end];
    let core = format!("{before}{own}{after}");
    let core = core.trim_matches(|c: char| !c.is_ascii_digit() && c != '+');
    let parts: Vec<&str> = core.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    if core.contains('/') {
        return slashes(core, &parts, around);
    }
    if core.contains(':') && parts.len() > 1 {
        return colons(&parts, around);
    }
    let hyphens = core.matches('-').count();
    if hyphens >= 1 && parts.len() == hyphens + 1 {
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let year = |part: &str| part.len() == 4 && part.parse::<u32>().is_ok_and(|n| (1800..2100).contains(&n));
        match lengths.as_slice() {
            [4, 2, 2] if year(parts[0]) => return allowed(Allowed::Date),
            [_, _, _, ..] => return allowed(Allowed::Reference),
            // Organisation and personal numbers: 556677-8899, 19121212-1212.
            [6 | 8, 4] => return allowed(Allowed::Reference),
            // "2020-21" is the year that begins in 2020.
            [4, 2] if year(parts[0]) && follows(parts[0], parts[1]) => return allowed(Allowed::Date),
            // "2021-114": a year and what was registered in it.
            // "50134-7" is no range.
            [4..=8, _] if parts[1].parse::<u64>().ok() < parts[0].parse().ok() && !year(parts[1]) => {
                return allowed(Allowed::Reference);
            }
            [4, _] if year(parts[0]) && !year(parts[1]) && parts[1].len() > 2 => return allowed(Allowed::Reference),
            _ => {}
        }
    }
    if core.matches('.').count() >= 2 && parts.len() >= 3 {
        // "1.250.000" sets thousands apart; "2.3.1" numbers.
        let thousands = parts[0].len() <= 3 && parts[1..].iter().all(|part| part.len() == 3);
        let day = parts.len() == 3 && (parts[0].len() == 4 || parts[2].len() == 4);
        return if thousands { Amount } else { allowed(if day { Allowed::Date } else { Allowed::Item }) };
    }
    let zero = own.starts_with('0') && number.range.len() > 1 && number.unit == Unit::None;
    if zero && number.decimals == 0 {
        return allowed(Allowed::Reference);
    }
    // "06.45", but "0,5" and "0.5" are amounts.
    if zero && own.len() == 5 && own.contains('.') && own.as_bytes()[1] != b'.' {
        return allowed(Allowed::Date);
    }
    if before.ends_with('+')
        && after.is_empty()
        && around.after().starts_with([' ', '\u{a0}'])
        && around.number().count().is_some_and(|n| n < 1000)
    {
        // "+46 8 508 250 00"
        let rest = around.after().trim_start_matches([' ', '\u{a0}']);
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            return allowed(Allowed::Reference);
        }
    }
    if after == "+" && around.number().count().is_some_and(|n| (10..=110).contains(&n)) {
        let rest = &around.after()[1..];
        let person = super::age::is_person(around, &around.word_before(0));
        if person || rest.starts_with([')', '.', ',']) {
            return allowed(Allowed::Age);
        }
    }
    Unsure
}

/// Whether two digits are those of the year after another.
fn follows(year: &str, next: &str) -> bool {
    let number = |text: &str| text.parse::<u32>().ok();
    number(year).zip(number(next)).is_some_and(|(year, next)| (year + 1) % 100 == next)
}

/// "1/6" is a day, "2022/23" a school year, "9/24" beside a percentage a share, "120/200" another.
fn slashes(core: &str, parts: &[&str], around: &Around<'_>) -> Verdict {
    let value = |at: usize| parts.get(at).and_then(|part| part.parse::<u32>().ok()).unwrap_or(u32::MAX);
    let year = |part: &&str| part.len() == 4 && part.parse::<u32>().is_ok_and(|n| (1800..2100).contains(&n));
    if parts.len() == 2 && core == "24/7" {
        return allowed(Allowed::Idiom);
    }
    if parts.iter().any(year) {
        let school = parts.len() == 2 && year(&parts[0]) && parts[1].len() == 2 && !core.contains([':', '-']);
        let day = parts.len() == 3 && year(&parts[2]);
        return allowed(if school || day { Allowed::Date } else { Allowed::Reference });
    }
    if parts.len() != 2 {
        return allowed(Allowed::Reference);
    }
    let (first, second) = (value(0), value(1));
    let is_day = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
    let day = is_day(first, second) || grammar(around.language).has_days_behind_months() && is_day(second, first);
    let of = around.lists.of.has(&around.word_after()) || next_part_is_of(around);
    if !day || of || around.has_percentage_near() {
        return Amount;
    }
    allowed(Allowed::Date)
}

/// "3/4 av": the word behind the second number of a pair.
fn next_part_is_of(around: &Around<'_>) -> bool {
    around.after().starts_with('/')
        && around
            .next()
            .is_some_and(|next| around.lists.of.has(&super::around::first_word(&around.text[next.range.end..])))
}

/// "2011:9" is a statute, "22:00" a time, "Berga 4:17" a property, "1:14" a ratio.
fn colons(parts: &[&str], around: &Around<'_>) -> Verdict {
    let value = |at: usize| parts.get(at).and_then(|part| part.parse::<u32>().ok()).unwrap_or(u32::MAX);
    if parts[0].len() == 4 {
        return allowed(Allowed::Statute);
    }
    let word = around.words_before().next().unwrap_or("");
    // The second number of a pair has the first before it.
    let own_start = around.number().range.start;
    let second = around.text[..own_start].ends_with(':');
    let word = if second { word.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':') } else { word };
    let before = if second && word.is_empty() { around.words_before().nth(1).unwrap_or("") } else { word };
    let lower = before.lowered();
    if before.starts_with(char::is_uppercase) && !around.lists.openers.has(&lower) {
        return allowed(Allowed::Reference);
    }
    let bare = lower.trim_end_matches('.');
    if around.lists.items.has(bare) || around.lists.references.has(bare) {
        return allowed(Allowed::Item);
    }
    // "i skala 1:50 000"
    if (0..3).any(|nth| around.lists.scales.has(&around.word_before(nth))) {
        return allowed(Allowed::Item);
    }
    let time = parts.len() <= 3 && parts[1].len() == 2 && value(0) <= 24 && value(1) < 60;
    let told = around.lists.before_hours.has(bare);
    let ranged = around.text[around.number().range.end..]
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == ':')
        .starts_with(['–', '-']);
    if time && (parts[0].len() == 2 || told || ranged) {
        return allowed(Allowed::Date);
    }
    Amount
}

#[cfg(test)]
mod tests {
    use super::super::testing::{allowed, amounts, left};
    use crate::locale::Language::{English, Swedish};

    #[test]
    fn what_is_written_together_names_or_measures() {
        allowed(
            Swedish,
            &[
                "I årskurs 9 och klass 3B, enligt ICD-10, DSM-5 och Gy11, i A3 på P2 vt24.",
                "Ring 08-508 25 000 eller sök dnr 3.4.2-804/2020, orgnr 212000-0142 och 556677-8899.",
                "Prop. 2017/18:151 s. 12, SFS 2011:9, fastigheten Berga 4:17, den 3/4 och 3/1/2024.",
                "Se exempelstad.se/rapport/2021 och rapport-17.pdf eller info24@region.se.",
                "Ring +46 8 508 250 00. Barnen är 15-åringar. Jour finns 24/7.",
            ],
        );
        allowed(English, &["The 1990s, the 21st century, the 3rd floor, over-65s and 16–24-year-olds."]);
        amounts(
            Swedish,
            &[
                "Ett 20-tal deltagare och en 40-procentig ökning.",
                "Rummen är 11m² och kostar 500kr, n=14, Norr(7), 5/dag och 12st.",
                "Relationen är 1:14 på natten.",
                "Drygt 120/200 svarade.",
            ],
        );
        left(Swedish, "På 1990-talen kom ett 90-tal personer, och skatten är 21:85.", &["90", "21", "85"]);
        left(English, "Training was complete for 45% (12/30) of staff on 3/12/2024.", &["45%", "12", "30"]);
    }
}
