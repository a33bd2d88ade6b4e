//! A passage as a row of tokens: words and phrases with their tags, numbers, signs. It is made once; patterns read nothing else.

use std::ops::Range;

use super::lang::{self, Pack, Tag, Tags, stem};
use super::number::{Allowed, Form, Number, Unit};
use super::words;
use crate::locale::Language;
use crate::value::Group;

/// One word or phrase, number or sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub range: Range<usize>,
    pub kind: Kind,
    pub tags: Tags,
    /// The group of a breakdown that it names.
    pub group: Option<Group>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A word or a phrase of the language's lists, with its stem.
    Word(String),
    /// A number of the passage, by its position, with its unit.
    Number(usize),
    Sign(char),
}

impl Token {
    #[must_use]
    pub fn has(&self, tag: Tag) -> bool {
        self.tags.has(tag)
    }

    /// "alltså", "thus": what is said follows from what was told.
    #[must_use]
    pub fn concludes(&self) -> bool {
        self.has(Tag::Equals) && !self.has(Tag::Joint)
    }

    /// The number's position among those of the passage.
    #[must_use]
    pub fn number(&self) -> Option<usize> {
        if let Kind::Number(at) = self.kind { Some(at) } else { None }
    }

    #[must_use]
    pub fn stem(&self) -> Option<&str> {
        if let Kind::Word(stem) = &self.kind { Some(stem) } else { None }
    }
}

/// What words say, by their tags.
pub trait Say {
    /// Whether one of the words has one of the tags.
    fn say(&self, tags: &[Tag]) -> bool;
}

impl Say for [Token] {
    fn say(&self, tags: &[Tag]) -> bool {
        self.iter().any(|token| token.tags.any(tags))
    }
}

/// What a number is to a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A whole number of things.
    Count,
    Percent,
    Points,
    Money,
    /// "hälften"
    Fraction,
    /// "tre gånger"
    Factor,
    /// A number with decimals and no unit: an average, an index.
    Decimal,
    Year,
    /// A date, a name, a reference: no amount.
    Name,
}

/// The class of a number. What merely takes up the parts of a text ("de två") is counted all the same.
#[must_use]
pub fn class(number: &Number, text: &str) -> Class {
    match (number.allowed, number.unit, number.form) {
        (Some(Allowed::Date), ..) if is_year(number, text) => Class::Year,
        (Some(allowed), ..) if !matches!(allowed, Allowed::Structure | Allowed::Share | Allowed::Label) => Class::Name,
        (_, Unit::Percent, Form::Fraction) | (_, _, Form::Fraction) => Class::Fraction,
        (_, Unit::Percent, _) => Class::Percent,
        (_, Unit::Points, _) => Class::Points,
        (_, Unit::Money, _) => Class::Money,
        (_, _, Form::Factor) => Class::Factor,
        _ if number.decimals > 0 => Class::Decimal,
        _ => Class::Count,
    }
}

fn is_year(number: &Number, text: &str) -> bool {
    let own = text.get(number.range.start..number.end).unwrap_or("");
    own.len() == 4 && own.bytes().all(|byte| byte.is_ascii_digit())
}

/// The tokens of a text, given in small letters, with its numbers in their order.
#[must_use]
pub fn tokens(lower: &str, numbers: &[Number], language: Language) -> Vec<Token> {
    let raw = raw(lower, numbers);
    let pack = lang::pack(language);
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some((range, number)) = raw.get(at) {
        let (used, token) = match number {
            Some(number) => {
                (1, Token { range: range.clone(), kind: Kind::Number(*number), tags: Tags::default(), group: None })
            }
            None => plain(lower, &raw[at..], pack, language),
        };
        out.push(token);
        at += used.max(1);
    }
    out
}

/// Words, signs and numbers as they follow each other.
fn raw(lower: &str, numbers: &[Number]) -> Vec<(Range<usize>, Option<usize>)> {
    let mut words = words::tokens(lower).into_iter().peekable();
    let mut out: Vec<(Range<usize>, Option<usize>)> = Vec::new();
    let mut at = 0;
    let signs = |range: Range<usize>, out: &mut Vec<(Range<usize>, Option<usize>)>| {
        let text = lower.get(range.clone()).unwrap_or("");
        let places = text.char_indices().filter(|(_, c)| !c.is_whitespace());
        out.extend(places.map(|(place, c)| {
            let start = range.start + place;
            (start..start + c.len_utf8(), None)
        }));
    };
    for (position, number) in numbers.iter().enumerate() {
        while let Some(word) = words.next_if(|word| word.end <= number.range.start) {
            signs(at..word.start, &mut out);
            at = word.end;
            out.push((word, None));
        }
        // A part of a word before the number, as in "40-procentig": the number alone is the token.
        while words.next_if(|word| word.start < number.range.end && word.end <= number.range.end).is_some() {}
        signs(at..number.range.start.max(at), &mut out);
        out.push((number.range.clone(), Some(position)));
        at = number.range.end.max(at);
        if let Some(word) = words.next_if(|word| word.start < number.range.end) {
            at = at.max(word.end);
        }
    }
    for word in words {
        signs(at..word.start, &mut out);
        at = word.end;
        out.push((word, None));
    }
    signs(at..lower.len(), &mut out);
    out
}

/// The word, phrase or sign that comes first, and how many raw tokens it takes.
fn plain(lower: &str, raw: &[(Range<usize>, Option<usize>)], pack: &Pack, language: Language) -> (usize, Token) {
    let text =
        |at: usize| raw.get(at).filter(|(_, number)| number.is_none()).and_then(|(range, _)| lower.get(range.clone()));
    let first = text(0).unwrap_or("");
    let start = raw.first().map_or(0, |(range, _)| range.start);
    if let Some((used, tags)) = pack.phrase(first, |at| text(at + 1)) {
        let end = raw.get(used - 1).map_or(start, |(range, _)| range.end);
        let kind = Kind::Word(lower.get(start..end).unwrap_or("").to_owned());
        return (used, Token { range: start..end, kind, tags, group: None });
    }
    let range = start..start + first.len();
    let mut letters = first.chars();
    let token = match (letters.next(), letters.next()) {
        (Some(sign), None) if !sign.is_alphanumeric() => {
            Token { range, kind: Kind::Sign(sign), tags: Tags::default(), group: None }
        }
        _ => Token { range, kind: Kind::Word(stem(first, language)), tags: pack.tags(first), group: None },
    };
    (1, token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::number::scan;
    use crate::check::words::Lowered as _;

    fn read(text: &str) -> Vec<String> {
        let lower = text.lowered();
        let numbers = scan(text, Language::Swedish);
        let found = tokens(&lower, &numbers, Language::Swedish);
        found.into_iter().map(|token| lower[token.range].to_owned()).collect()
    }

    #[test]
    fn numbers_phrases_and_signs_are_tokens() {
        assert_eq!(
            read("Av 40 ärenden (16, det vill säga 40 procent) saknade tjugo en plan."),
            [
                "av",
                "40",
                "ärenden",
                "(",
                "16",
                ",",
                "det vill säga",
                "40 procent",
                ")",
                "saknade",
                "tjugo",
                "en",
                "plan",
                "."
            ]
        );
        assert_eq!(read("En 40-procentig ökning, 7–18 år"), ["en", "40", "ökning", ",", "7", "–", "18", "år"]);
    }
}
