//! Numbers that are no statements of amount: dates, statutes, reference numbers, names. Only certain patterns are let through.

use super::words::tokens;
use super::{Form, Number, Unit, is_word};
use crate::check::vocabulary::{self, Vocabulary};
use crate::locale::Language;

/// Why a number needs no evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// A day, a year, a decade, a time of day.
    Date,
    Statute,
    /// A reference, telephone or account number, a version, an address.
    Reference,
    /// A numbered thing: a chapter, a step, a page, a ward.
    Item,
    Name,
    /// An age that defines a group.
    Age,
    /// A small number that announces the text's own parts or takes up what was just named.
    Structure,
    /// Someone's words, whose speaker is named.
    Quotation,
    /// An approximate word that stands with its share, which is checked.
    Share,
    /// A part of a label in the data.
    Label,
}

impl Allowed {
    /// A word for lists.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Statute => "statute",
            Self::Reference => "reference number",
            Self::Item => "numbered thing",
            Self::Name => "name",
            Self::Age => "age group",
            Self::Structure => "structure of the text",
            Self::Quotation => "quotation",
            Self::Share => "words for a share",
            Self::Label => "label in the data",
        }
    }

    /// Whether the next number of a list or range is of the same kind: "kapitel 3 och 8", "16.30–22.00".
    fn carries(self) -> bool {
        matches!(self, Self::Date | Self::Statute | Self::Reference | Self::Item | Self::Age)
    }
}

/// The reason for each number of a text, in their order. `units` are names of inspected units: "Farsta 33" is no name of a thing.
#[must_use]
pub fn classify(text: &str, numbers: &[Number], language: Language, units: &[&str]) -> Vec<Option<Allowed>> {
    let vocabulary = vocabulary::of(language);
    let mut out: Vec<Option<Allowed>> = numbers.iter().map(|number| alone(text, number, vocabulary, units)).collect();
    // Forwards first: "artiklarna 26 och 27", "08-508 25 000"; then backwards: "8 februari till den 26 mars", "5 och 6 §§".
    for at in 1..numbers.len() {
        if let (Some(class), None) = (out[at - 1], out[at])
            && class.carries()
            && links(text, numbers, at - 1, class, true, vocabulary)
        {
            out[at] = Some(class);
        }
    }
    for at in 0..numbers.len() {
        // "en av två inriktningar" names none of them.
        let one_of = at + 1 < numbers.len()
            && numbers[at].count() == Some(1)
            && numbers[at].form == Form::Words
            && out[at + 1] == Some(Allowed::Structure)
            && matches!(text[numbers[at].range.end..numbers[at + 1].range.start].trim(), "av" | "of");
        if out[at].is_none() && (one_of || is_example(text, &numbers[at])) {
            out[at] = Some(Allowed::Structure);
        }
    }
    for at in (1..numbers.len()).rev() {
        if let (None, Some(class)) = (out[at - 1], out[at])
            && matches!(class, Allowed::Date | Allowed::Statute | Allowed::Age)
            && links(text, numbers, at - 1, class, false, vocabulary)
        {
            out[at - 1] = Some(class);
        }
    }
    out
}

/// "till exempel ”7 av 10”": how something is written, not what was found.
fn is_example(text: &str, number: &Number) -> bool {
    let before = &text[..number.range.start];
    let Some(open) = before.rfind(['”', '“', '"']) else { return false };
    let inside = !before[open..].contains([' ', '.']) || before[open..].chars().count() < 20;
    let words = before[..open].trim_end().to_lowercase();
    let shown = ["till exempel", "t.ex.", "exempelvis", "såsom", "for example", "e.g.", "such as"];
    inside && text[number.range.end..].contains(['”', '"']) && shown.iter().any(|phrase| words.ends_with(phrase))
}

/// Whether the numbers at `at` and after it are a list or a range.
fn links(text: &str, numbers: &[Number], at: usize, class: Allowed, forward: bool, vocabulary: &Vocabulary) -> bool {
    let (one, two) = (&numbers[at], &numbers[at + 1]);
    let plain = |number: &Number| number.unit == Unit::None && !number.is_fraction();
    if !plain(one) || !plain(two) {
        return false;
    }
    let between = &text[one.range.end..two.range.start];
    let words = between.trim();
    let joined = matches!(between, "–" | "-" | "—" | "/" | " – " | " - ");
    let spaced = class == Allowed::Reference && matches!(between, " " | "\u{a0}");
    let out_of = class == Allowed::Item && matches!(words, "av" | "of");
    let listed = out_of || vocabulary.joins.contains(&words) || (class == Allowed::Date && words == "till den");
    let comma = words == "," && forward && class == Allowed::Item && ends_list(&text[two.range.end..], vocabulary);
    let counts =
        counts(&text[two.range.end..], vocabulary) && matches!(class, Allowed::Item | Allowed::Date | Allowed::Age);
    if forward { (joined || spaced || listed || comma) && (!counts || joined) } else { joined || listed }
}

fn ends_list(after: &str, vocabulary: &Vocabulary) -> bool {
    let word = first_word(after);
    after.starts_with([',', '.', ')']) || vocabulary.joins.contains(&word.as_str())
}

/// Whether a noun that is often counted follows.
fn counts(after: &str, vocabulary: &Vocabulary) -> bool {
    let words: Vec<String> =
        tokens(clip(after, 60)).iter().take(2).map(|range| after[range.clone()].to_lowercase()).collect();
    let first = after.trim_start_matches([' ', '\u{a0}']);
    first.starts_with(char::is_lowercase) && words.first().is_some_and(|word| vocabulary.is_counted(word))
}

fn first_word(after: &str) -> String {
    let rest = after.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
    rest[..end].to_lowercase()
}

/// At most so many bytes from the start.
fn clip(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The last words before a number, nearest first, as written.
fn words_before(text: &str, at: usize) -> impl Iterator<Item = &str> {
    text[..at]
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '”' | '"'))
        .rev()
        .filter(|word| !word.is_empty())
}

/// What stands around a number without a blank: "ICD-10", "2022/23", "1990-talet".
fn token<'t>(text: &'t str, number: &Number) -> &'t str {
    let edge = |c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | '–' | '—');
    let start =
        text[..number.range.start].rfind(edge).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[number.end..].find(edge).map_or(text.len(), |at| number.end + at);
    text[start..end].trim_matches(['(', ')', ',', '.', ';', ':', '!', '?', '”', '»', '«'])
}

fn alone(text: &str, number: &Number, vocabulary: &Vocabulary, units: &[&str]) -> Option<Allowed> {
    if number.bound {
        return None;
    }
    let before = &text[..number.range.start];
    let after = &text[number.range.end..];
    if number.unit != Unit::None || number.is_fraction() || number.form == Form::Round {
        return None;
    }
    if number.form == Form::Words {
        return deadline(text, number, vocabulary)
            .or_else(|| name_in_words(text, number))
            .or_else(|| structure(text, number, vocabulary))
            .or_else(|| age(before, after, number, vocabulary));
    }
    let own = glued(text, number);
    if own.is_some() {
        return own;
    }
    deadline(text, number, vocabulary)
        .or_else(|| date(before, after, number, vocabulary))
        .or_else(|| statute(before, after))
        .or_else(|| item(before, after, number, vocabulary))
        .or_else(|| address(text, number, vocabulary))
        .or_else(|| age(before, after, number, vocabulary))
        .or_else(|| year(after, number, vocabulary))
        .or_else(|| name(before, after, number, vocabulary, units))
        .or_else(|| structure(text, number, vocabulary))
}

/// Numbers that are part of something written together.
fn glued(text: &str, number: &Number) -> Option<Allowed> {
    let token = token(text, number);
    let digit = |c: char| c.is_ascii_digit();
    let core = token.trim_matches(|c: char| matches!(c, '%' | '£' | '$' | '€' | '(' | ')'));
    if core.contains("://") || core.contains('@') || core.starts_with("www.") {
        return Some(Allowed::Reference);
    }
    if core.chars().any(char::is_alphabetic) {
        let tail = core.trim_start_matches(|c: char| digit(c) || matches!(c, ',' | '.' | '-' | '–'));
        // "5kr", "12st": a unit without its blank.
        let unit = matches!(
            tail,
            "kr" | "tkr" | "mkr" | "st" | "m" | "km" | "kg" | "h" | "p" | "mg" | "ml" | "procent" | "percent"
        );
        if unit {
            return None;
        }
        let decade = core.ends_with("-talet") || core.ends_with("-tal") || (core.ends_with('s') && core.len() == 5);
        if core.contains("age") && core.starts_with(digit) && !core.contains('-') {
            return None;
        }
        return Some(if decade { Allowed::Date } else { Allowed::Name });
    }
    let parts: Vec<&str> = core.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    if core.contains('/') {
        let year = parts.iter().any(|part| part.len() == 4);
        let day = parts.len() == 2 && parts.iter().all(|part| part.parse::<u32>().is_ok_and(|n| (1..=31).contains(&n)));
        return (year || day).then_some(if day { Allowed::Date } else { Allowed::Reference });
    }
    if core.contains(':') && parts.len() > 1 {
        return Some(Allowed::Statute);
    }
    let iso = core.contains('-') && parts.len() == 3 && parts[0].len() == 4;
    if iso {
        return Some(Allowed::Date);
    }
    if core.matches('.').count() >= 2 && parts.len() >= 3 {
        return Some(Allowed::Item);
    }
    let leading = text[number.range.clone()].starts_with('0') && number.decimals == 0 && number.range.len() > 1;
    if leading {
        return Some(Allowed::Reference);
    }
    None
}

fn date(before: &str, after: &str, number: &Number, vocabulary: &Vocabulary) -> Option<Allowed> {
    let next = first_word(after);
    let day = number.count().is_some_and(|n| (1..=31).contains(&n));
    if day && vocabulary.months.contains(&next.as_str()) {
        return Some(Allowed::Date);
    }
    let previous = words_before(before, before.len()).next().unwrap_or("").to_lowercase();
    let month_before = vocabulary.months.contains(&previous.trim_end_matches('.'));
    if month_before && (day || is_year(number)) {
        return Some(Allowed::Date);
    }
    let clock = matches!(previous.as_str(), "kl." | "kl" | "klockan");
    let am = matches!(next.as_str(), "am" | "pm" | "a.m" | "p.m")
        || after.trim_start().starts_with("a.m.")
        || after.trim_start().starts_with("p.m.");
    (clock || am).then_some(Allowed::Date)
}

fn is_year(number: &Number) -> bool {
    number.form == Form::Digits
        && number.end - number.range.start == 4
        && number.count().is_some_and(|n| (1800..2100).contains(&n))
}

fn year(after: &str, number: &Number, vocabulary: &Vocabulary) -> Option<Allowed> {
    (is_year(number) && !counts(after, vocabulary)).then_some(Allowed::Date)
}

fn statute(before: &str, after: &str) -> Option<Allowed> {
    let rest = without_letter(after.trim_start_matches([' ', '\u{a0}']));
    let chapter =
        rest.starts_with('§') || rest.starts_with("kap.") || rest.starts_with("kap ") || rest.starts_with("st.");
    let section = before.trim_end().ends_with('§');
    (chapter || section).then_some(Allowed::Statute)
}

/// What follows the letter of a section that was put between two others: "28 f §", "9 a–c §§".
fn without_letter(rest: &str) -> &str {
    let letter = |text: &'_ str| text.starts_with(|c: char| c.is_ascii_lowercase()) && !text[1..].starts_with(is_word);
    if !letter(rest) {
        return rest;
    }
    let rest = rest[1..].trim_start_matches([' ', '\u{a0}']);
    match rest.strip_prefix(['–', '-']) {
        Some(last) if letter(last) => last[1..].trim_start_matches([' ', '\u{a0}']),
        _ => rest,
    }
}

/// "inom fyra månader (11 kap. 2 § SoL)": a limit that a law sets, with its section in the sentence.
fn deadline(text: &str, number: &Number, vocabulary: &Vocabulary) -> Option<Allowed> {
    let previous = words_before(text, number.range.start).next().unwrap_or("").to_lowercase();
    let next = first_word(&text[number.range.end..]);
    let time = vocabulary.times.iter().any(|stem| next.starts_with(stem));
    let limit = matches!(
        previous.as_str(),
        "inom" | "senast" | "högst" | "minst" | "längst" | "within" | "least" | "most" | "than" | "after" | "efter"
    );
    let start = text[..number.range.start].rfind(". ").map_or(0, |at| at + 1);
    let end = text[number.range.end..].find(". ").map_or(text.len(), |at| number.range.end + at);
    let law = text[start..].contains('§')
        && text[start..end.max(start)].contains(['§', '('])
        && text[start..].find('§').is_some_and(|at| start + at < end + 40);
    (time && limit && law).then_some(Allowed::Statute)
}

/// "kapitel 3", "steg 2", "Year 9": a word for a numbered thing stands before.
fn item(before: &str, after: &str, number: &Number, vocabulary: &Vocabulary) -> Option<Allowed> {
    if !before.ends_with([' ', '\u{a0}', '-', '(']) {
        return None;
    }
    let mut words = words_before(before, before.len());
    let previous = words.next().unwrap_or("");
    let lower = previous.to_lowercase();
    // "Mätbart mål: 22 av 40" numbers nothing.
    let bare = lower.trim_end_matches('.');
    if number.count().is_none() && !matches!(number.decimals, 1..=3) {
        return None;
    }
    // "i år 12 ärenden": what is counted afterwards shows that the word before numbers nothing. "Section 17 of", "Band 6 nurse" stay.
    let capital = previous.starts_with(char::is_uppercase);
    if !capital && counts(after, vocabulary) {
        return None;
    }
    let numbered = vocabulary.items.contains(&bare)
        || (bare.chars().count() > 5 && vocabulary.item_ends.iter().any(|end| bare.ends_with(end)));
    if numbered {
        return Some(Allowed::Item);
    }
    vocabulary.references.iter().any(|word| bare.ends_with(word)).then_some(Allowed::Reference)
}

/// "113 54 Stockholm", "14 High Street".
fn address(text: &str, number: &Number, vocabulary: &Vocabulary) -> Option<Allowed> {
    let after = text[number.end..].trim_start_matches([' ', '\u{a0}']);
    let length = number.end - number.range.start;
    let digits = |text: &str, n: usize| {
        text.len() >= n && text.bytes().take(n).all(|b| b.is_ascii_digit()) && !text[n..].starts_with(is_word)
    };
    let capital = |text: &str| text.trim_start_matches([' ', '\u{a0}']).starts_with(char::is_uppercase);
    if length == 3 && digits(after, 2) && capital(&after[2..]) {
        return Some(Allowed::Reference);
    }
    let before = text[..number.range.start].trim_end_matches([' ', '\u{a0}']);
    let three = before.len() >= 3
        && before.is_char_boundary(before.len() - 3)
        && before[before.len() - 3..].bytes().all(|b| b.is_ascii_digit());
    if length == 2 && three && capital(after) {
        return Some(Allowed::Reference);
    }
    if !after.starts_with(char::is_uppercase) {
        return None;
    }
    let street = tokens(clip(after, 60))
        .iter()
        .take(3)
        .any(|range| vocabulary.streets.contains(&after[range.clone()].to_lowercase().as_str()));
    street.then_some(Allowed::Reference)
}

fn age(before: &str, after: &str, number: &Number, vocabulary: &Vocabulary) -> Option<Allowed> {
    let mut words = words_before(before, before.len());
    let previous = words.next().unwrap_or("").to_lowercase();
    let earlier = words.next().unwrap_or("").to_lowercase();
    let next = first_word(after);
    if number.count().is_none_or(|n| n > 110) {
        return None;
    }
    let years = vocabulary.years.contains(&next.as_str());
    let ends = after.trim_start().starts_with(['.', ',', ')', '–', '-', ';']) || after.trim().is_empty();
    if vocabulary.aged.contains(&previous.as_str()) && (years || ends) {
        return Some(Allowed::Age);
    }
    let limit = vocabulary.age_limits.contains(&previous.as_str());
    let people = vocabulary.people.iter().any(|stem| earlier.starts_with(stem));
    if limit && people && (years || ends) {
        return Some(Allowed::Age);
    }
    // "65 år och äldre", "18 years or over"
    let rest = after.trim_start().to_lowercase();
    let beyond = vocabulary.beyond.iter().any(|words| rest.starts_with(words));
    beyond.then_some(Allowed::Age)
}

/// "Agenda 2030", "Microsoft 365", "Hus 7".
fn name(before: &str, after: &str, number: &Number, vocabulary: &Vocabulary, units: &[&str]) -> Option<Allowed> {
    let trimmed = before.trim_end();
    let word = trimmed.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '/')).next().unwrap_or("");
    // "EN 301 549" has a blank in its number.
    let capitals = word.len() >= 2 && word.chars().all(char::is_uppercase);
    if !before.ends_with([' ', '\u{a0}']) || !(number.form == Form::Digits || capitals) {
        return None;
    }
    if word.ends_with(['.', ',', ':', ';', '!', '?']) || !word.starts_with(char::is_uppercase) {
        return None;
    }
    let at_start =
        trimmed.len() == word.len() || trimmed[..trimmed.len() - word.len()].trim_end().ends_with(['.', '!', '?', ':']);
    let lower = word.to_lowercase();
    let known_unit = units.iter().any(|unit| word == *unit || word.strip_suffix('s') == Some(*unit));
    let opener = at_start && vocabulary.openers.contains(&lower.as_str());
    let address = vocabulary.street_ends.iter().any(|end| lower.ends_with(end));
    if address {
        return Some(Allowed::Reference);
    }
    if known_unit || opener || counts(after, vocabulary) {
        return None;
    }
    // At the start any word has a capital: there a name is certain only before a version or a product's number in mid-sentence.
    let certain = !at_start
        || (!after.trim_start().starts_with(char::is_lowercase) && after.trim_start().starts_with(char::is_uppercase));
    certain.then_some(Allowed::Name)
}

/// "Förskolan Tre Kronor": a capital within the sentence, or before another capital.
fn name_in_words(text: &str, number: &Number) -> Option<Allowed> {
    let own = &text[number.range.clone()];
    if !own.starts_with(char::is_uppercase) {
        return None;
    }
    let before = text[..number.range.start].trim_end();
    let at_start = before.is_empty() || before.ends_with(['.', '!', '?', ':', '–', '”', '"', '(', '“']);
    let next = text[number.range.end..].trim_start().starts_with(char::is_uppercase);
    (!at_start || next).then_some(Allowed::Name)
}

/// "tre frågor", "two parts"; "de två förvaltningarna", "alla fyra".
fn structure(text: &str, number: &Number, vocabulary: &Vocabulary) -> Option<Allowed> {
    let value = number.count()?;
    let after = &text[number.range.end..];
    let clipped = clip(after, 60);
    let next: Vec<String> = tokens(clipped).iter().take(3).map(|range| clipped[range.clone()].to_lowercase()).collect();
    if (2..=12).contains(&value) {
        let noun = next.iter().take(3).position(|word| vocabulary.structure.contains(&word.as_str()));
        // Nothing but adjectives may stand between: "tre övergripande frågor".
        let adjectives = |count: usize| {
            next.iter()
                .take(count)
                .all(|word| !vocabulary.is_counted(word) && !vocabulary.stops.contains(&word.as_str()))
        };
        if noun.is_some_and(adjectives) {
            return Some(Allowed::Structure);
        }
    }
    let previous = words_before(text, number.range.start).next().unwrap_or("").to_lowercase();
    let taken_up = vocabulary.taken_up.contains(&previous.as_str());
    let large = next.first().is_some_and(|word| vocabulary.units.contains(&word.as_str()));
    ((2..=4).contains(&value) && number.form == Form::Words && taken_up && !large).then_some(Allowed::Structure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::number::scan;

    fn classes(text: &str, language: Language) -> Vec<(String, Option<Allowed>)> {
        let numbers = scan(text, language);
        let found = classify(text, &numbers, language, &["Farsta"]);
        numbers.iter().zip(found).map(|(number, class)| (text[number.range.clone()].to_owned(), class)).collect()
    }

    fn all_allowed(text: &str, language: Language) {
        for (number, class) in classes(text, language) {
            assert!(class.is_some(), "`{number}` in: {text}");
        }
    }

    fn none_allowed(text: &str, language: Language) {
        let found = classes(text, language);
        assert!(!found.is_empty(), "no number in: {text}");
        for (number, class) in found {
            assert_eq!(class, None, "`{number}` in: {text}");
        }
    }

    #[test]
    fn dates_statutes_and_names_need_no_evidence() {
        for text in [
            "Från den 8 februari till den 26 mars 2021, beslutad 2021-05-12 och den 1/6.",
            "Enligt 11 kap. 5 och 6 §§ samma lag, SFS 2011:9 och § 114.",
            "Enligt 28 f § LSS och 9 a–c §§ samt 16 b § ska insatsen börja inom tre månader.",
            "Ring 08-508 25 000 eller sök dnr 3.4.2-804/2020.",
            "I Agenda 2030 gäller mål 3 och 8, delmål 8.5.",
            "Lokalerna på Sveavägen 68, 113 54 Stockholm, i rum 312.",
            "Öppet klockan 16.30–22.00, under vecka 12–14, på 1990-talet.",
            "Barn under 15 år, den som har fyllt 65 år, i åldern 7–18 år.",
            "Kapitlet har två delar och vilar på tre frågor. De två förvaltningarna delar den.",
            "I årskurs 9 och klass 3B, enligt ICD-10 och DSM-5.",
        ] {
            all_allowed(text, Language::Swedish);
        }
        for text in [
            "From 3 March to 14 April 2023, dated March 28, 2023.",
            "Section 17 of the Children Act 1989 and Article 6(1)(e).",
            "Open from 9.30 am to 4 pm for children aged 7–18 and young adults under 25.",
            "This chapter has two parts; in Year 9 and at Key Stage 2.",
            "Call 020 7946 0958 or come to 14 High Street.",
        ] {
            all_allowed(text, Language::English);
        }
    }

    #[test]
    fn results_do() {
        for text in [
            "Mottagningen hade 2 019 besök och 1980 besök.",
            "Farsta 33 avslag.",
            "Medelåldern var 79 år och den äldsta 94.",
            "Fjorton brister i dokumentationen.",
            "De tre miljoner som saknas.",
            "Av nitton avslag gällde sju stöd.",
            "I åtta år och i 27 grader.",
        ] {
            none_allowed(text, Language::Swedish);
        }
        none_allowed("Some two hundred pupils and 11 trainers, 2.5 points.", Language::English);
    }
}
