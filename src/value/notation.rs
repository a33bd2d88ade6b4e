//! Numbers as people type them: 1 234,5 and 1,234.5 and −3. What can be read in two ways is never read in one of them without being told.

use crate::alike;

use super::exact::Exact;
use super::unit_names::is_same_unit;

/// What stands before a number below nought.
const SIGNS: [char; 4] = ['-', '\u{2212}', '\u{2013}', '\u{fe63}'];

/// Which characters a file writes numbers with, where its author says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Notation {
    /// `,` or `.`
    pub decimal: Option<char>,
    /// `,` or `.`; blanks and apostrophes between thousands are understood anyway.
    pub thousands: Option<char>,
}

/// What a text is as a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// The number, and how many decimals were typed.
    Number(Exact, u8),
    /// `1,234`: with decimals, and with thousands.
    Either(String, String),
    None,
}

impl Notation {
    /// A comma or a point parts decimals, and the other one thousands.
    #[must_use]
    pub fn with_decimal(decimal: char) -> Self {
        Self { decimal: Some(decimal), thousands: None }
    }

    /// Reads a number.
    #[must_use]
    pub fn read(self, text: &str) -> Typed {
        let text = alike::reading(text);
        let (sign, digits) = match text.strip_prefix(SIGNS) {
            Some(rest) => ("-", rest),
            None => ("", text.as_str()),
        };
        let (decimal, thousands) = match self.separators(digits) {
            Separators::Known(decimal, thousands) => (decimal, thousands),
            Separators::Either(separator) => {
                let with = |to: &str| format!("{sign}{}", digits.replace(separator, to));
                return Typed::Either(with("."), with(""));
            }
        };
        let (whole, fraction) = match decimal.and_then(|decimal| digits.split_once(decimal)) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let Some(whole) = without_thousands(whole, thousands) else { return Typed::None };
        let plain = match fraction {
            Some(fraction) => format!("{sign}{whole}.{fraction}"),
            None => format!("{sign}{whole}"),
        };
        Exact::parse(&plain).map_or(Typed::None, |(value, decimals)| Typed::Number(value, decimals))
    }

    /// Reads a number that may be typed with its unit: "1 234,5 kr", "12 %".
    #[must_use]
    pub fn read_in(self, unit: Option<&str>, text: &str) -> Typed {
        self.read(unit.map_or(text, |unit| without_unit(text, unit)))
    }

    /// The unit that a text has beside a number, where it would be a number without it.
    #[must_use]
    pub fn unit_in(self, text: &str) -> Option<&str> {
        let is_number = |text: &str| self.read(text) != Typed::None;
        let found = around(text).into_iter().find(|(unit, number)| !unit.trim().is_empty() && is_number(number));
        found.map(|(unit, _)| unit.trim())
    }

    fn separators(self, digits: &str) -> Separators {
        let other = |separator: char| if separator == ',' { '.' } else { ',' };
        if self.decimal.is_some() || self.thousands.is_some() {
            let decimal = self.decimal.or_else(|| self.thousands.map(other));
            return Separators::Known(decimal, self.thousands.or_else(|| decimal.map(other)));
        }
        let places = |separator: char| (digits.matches(separator).count(), digits.rfind(separator));
        let ((commas, last_comma), (points, last_point)) = (places(','), places('.'));
        let separator = if commas > 0 { ',' } else { '.' };
        match (commas, points) {
            (0, 0) => Separators::Known(None, None),
            (0, 1) | (1, 0) if is_group(digits, separator) => Separators::Either(separator),
            (0, 1) | (1, 0) => Separators::Known(Some(separator), None),
            (0, _) | (_, 0) => Separators::Known(None, Some(separator)),
            _ if last_comma > last_point => Separators::Known(Some(','), Some('.')),
            _ => Separators::Known(Some('.'), Some(',')),
        }
    }
}

/// The text without a unit before or behind the number, if it is this one.
fn without_unit<'t>(text: &'t str, unit: &str) -> &'t str {
    let [before, behind] = around(text);
    [behind, before].into_iter().find(|(own, _)| is_same_unit(own, unit)).map_or(text, |(_, number)| number)
}

/// What stands before and behind the number of a text, each with the rest of it.
fn around(text: &str) -> [(&str, &str); 2] {
    let is_digit = |c: char| c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c);
    let start = text.find(|c| is_digit(c) || SIGNS.contains(&c)).unwrap_or(0);
    let end = text.char_indices().rfind(|(_, c)| is_digit(*c)).map_or(text.len(), |(at, c)| at + c.len_utf8());
    let (before, from) = text.split_at(start);
    let (to, behind) = text.split_at(end);
    [(before, from), (behind, to)]
}

enum Separators {
    /// Of decimals, of thousands.
    Known(Option<char>, Option<char>),
    Either(char),
}

/// Whether what a separator parts may be thousands: one to three digits before it, not nought, and three behind.
fn is_group(digits: &str, separator: char) -> bool {
    let Some((before, behind)) = digits.split_once(separator) else { return false };
    let all = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&before.len()) && !before.starts_with('0') && behind.len() == 3 && all(before) && all(behind)
}

/// The digits of a whole number; none where what parts them does not part thousands.
fn without_thousands(text: &str, separator: Option<char>) -> Option<String> {
    let is_separator = |c: char| Some(c) == separator || matches!(c, ' ' | '\'' | '\u{2019}');
    let mut used = text.chars().filter(|c| !c.is_ascii_digit());
    let Some(first) = used.next() else { return Some(text.to_owned()) };
    if !is_separator(first) || used.any(|c| c != first) {
        return None;
    }
    let mut groups = text.split(first);
    let leading = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    (leading && groups.all(|group| group.len() == 3)).then(|| text.replace(first, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Typed {
        let (value, decimals) = Exact::parse(text).expect(text);
        Typed::Number(value, decimals)
    }

    fn either(decimal: &str, thousands: &str) -> Typed {
        Typed::Either(decimal.to_owned(), thousands.to_owned())
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, plain) in [
            ("1234", "1234"),
            ("1 234", "1234"),
            ("1\u{a0}234\u{202f}567", "1234567"),
            ("1\u{2009}234,5", "1234.5"),
            ("12,50", "12.50"),
            ("12.5", "12.5"),
            ("0,123", "0.123"),
            ("0.125", "0.125"),
            ("1234,567", "1234.567"),
            ("1,234,567", "1234567"),
            ("1.234.567", "1234567"),
            ("1,234.5", "1234.5"),
            ("1.234,567", "1234.567"),
            ("1'234", "1234"),
            ("1’234.5", "1234.5"),
            ("−5", "-5"),
            ("–5,5", "-5.5"),
            ("-1 234", "-1234"),
            ("１２", "12"),
            (" 7\u{200b}", "7"),
            ("1,2345", "1.2345"),
        ] {
            assert_eq!(Notation::default().read(text), number(plain), "{text}");
        }
        for text in [
            "",
            "-",
            "12 34",
            "1 23",
            "1 2345",
            "1,23,456",
            "1.234,5,6",
            "1,",
            ",5",
            "1e5",
            "abc",
            "50 %",
            "1 234 56",
            "1,234 567",
            "--5",
        ] {
            assert_eq!(Notation::default().read(text), Typed::None, "{text}");
        }
    }

    #[test]
    fn a_unit_is_read_where_it_is_the_one_that_is_meant() {
        for (text, unit, plain) in [
            ("1 234,5 kr", "kr", "1234.5"),
            ("1\u{a0}234,5\u{a0}KR", "kronor", "1234.5"),
            ("kr 12", "kr", "12"),
            ("500:-", "kronor", "500"),
            ("-3 kr", "kr", "-3"),
            ("€ −3,50", "euro", "-3.50"),
            ("12%", "procent", "12"),
            ("−2,5 %", "%", "-2.5"),
            ("３ dagar", "dagar", "3"),
            ("12", "kr", "12"),
        ] {
            assert_eq!(Notation::default().read_in(Some(unit), text), number(plain), "{text}");
        }
        for (text, unit) in
            [("12 kr", None), ("12 tkr", Some("kr")), ("12 €", Some("kr")), ("kr", Some("kr")), ("%", Some("%"))]
        {
            assert_eq!(Notation::default().read_in(unit, text), Typed::None, "{text}");
        }
        assert_eq!(Notation::default().read_in(Some("kr"), "1,234 kr"), either("1.234", "1234"));
        for (text, unit) in [("12 kr", Some("kr")), ("€5", Some("€")), ("ca 12 kr", None), ("12", None), ("kr", None)]
        {
            assert_eq!(Notation::default().unit_in(text), unit, "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_told_until_the_author_says() {
        for (text, decimal, thousands) in [
            ("1,234", "1.234", "1234"),
            ("2.345", "2.345", "2345"),
            ("-12,345", "-12.345", "-12345"),
            ("−999.000", "-999.000", "-999000"),
        ] {
            assert_eq!(Notation::default().read(text), either(decimal, thousands), "{text}");
        }
        let comma = Notation::with_decimal(',');
        let point = Notation::with_decimal('.');
        let thousands = Notation { decimal: None, thousands: Some(',') };
        assert_eq!(comma.read("1,234"), number("1.234"));
        assert_eq!(comma.read("1.234"), number("1234"));
        assert_eq!(point.read("1,234"), number("1234"));
        assert_eq!(point.read("2.345"), number("2.345"));
        assert_eq!(thousands.read("1,234"), number("1234"));
        assert_eq!(thousands.read("1,234.5"), number("1234.5"));
        assert_eq!(thousands.read("12,5"), Typed::None, "no thousands");
        assert_eq!(point.read("12,5"), Typed::None);
        assert_eq!(comma.read("12.5"), Typed::None);
    }
}
