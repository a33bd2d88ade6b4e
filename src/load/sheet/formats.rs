//! Number formats of XLSX: whether a number is shown as a percentage, a day, or a time of day.

use icu_datetime::input::Date;

use crate::alike;
use crate::value::PartialDate;

/// What a number is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    #[default]
    Number,
    Percent,
    Date,
    /// Hours and minutes without a day, or a time that has passed.
    Time,
}

/// Formats that have a number only; others are written out in the file.
pub fn built_in(id: u32) -> Format {
    match id {
        9 | 10 => Format::Percent,
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=58 => Format::Date,
        18..=21 | 32 | 33 | 45..=47 => Format::Time,
        _ => Format::Number,
    }
}

/// What formats that have a number only show beside a number: the currency of the reader's language, which the file does not name.
pub fn built_in_unit(id: u32) -> Option<&'static str> {
    matches!(id, 5..=8 | 42 | 44).then_some("¤")
}

/// What a written format shows: `0.0%`, `yyyy\-mm\-dd`, `[h]:mm`. Of several sections (for positive, negative and other numbers) the first that says anything.
pub fn of_code(code: &str) -> Format {
    let mut found = Letters::default();
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match c {
            // Words in quotation marks, a character after a backslash, a blank as wide as a character, and a character to fill with.
            '"' => {
                let _ = rest.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                let _ = rest.next();
            }
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                // [h], [mm]: hours that go beyond a day; other brackets are colours, conditions and languages.
                found.time |=
                    !inside.is_empty() && inside.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's'));
            }
            ';' if found != Letters::default() => break,
            _ => found.see(c),
        }
    }
    match found {
        Letters { percent: true, .. } => Format::Percent,
        Letters { day: true, .. } => Format::Date,
        Letters { month: true, time: false, general: false, .. } => Format::Date,
        Letters { time: true, .. } => Format::Time,
        _ => Format::Number,
    }
}

/// What a written format shows beside a number: "kr" of `#,##0 "kr"`, "€" of `#,##0.00 [$€-407]`. Of several sections the first.
pub fn unit(code: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match c {
            ';' => break,
            '"' => out.extend(rest.by_ref().take_while(|c| *c != '"')),
            '\\' => out.extend(rest.next()),
            '_' | '*' => {
                let _ = rest.next();
            }
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                let symbol = inside.strip_prefix('$').map(|symbol| symbol.split('-').next().unwrap_or_default());
                out.push_str(symbol.unwrap_or_default());
            }
            '$' | '€' | '£' | '¥' => out.push(c),
            _ => {}
        }
    }
    unit_of(&out)
}

/// The unit in what is shown of a number: letters and signs of currencies, in small letters and without points.
pub fn unit_of(shown: &str) -> Option<String> {
    let is_part =
        |c: &char| c.is_alphabetic() || matches!(c, '$' | '€' | '£' | '¥' | '¢' | '°' | '²' | '³' | '/' | '‰');
    let unit: String = alike::reading(shown).to_lowercase().chars().filter(is_part).collect();
    // 1.2E+05.
    (!unit.is_empty() && unit != "e").then_some(unit)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Letters {
    percent: bool,
    /// d or y: certainly a day.
    day: bool,
    /// m: a month, or minutes beside hours or seconds.
    month: bool,
    time: bool,
    /// The word General, whose letters mean nothing; and E of 0.00E+00.
    general: bool,
}

impl Letters {
    fn see(&mut self, c: char) {
        match c {
            '%' => self.percent = true,
            'd' | 'D' | 'y' | 'Y' | 'å' | 'Å' | 'j' | 'J' => self.day = true,
            'm' | 'M' => self.month = true,
            'h' | 'H' | 's' | 'S' | 't' | 'T' => self.time = true,
            'G' | 'g' => self.general = true,
            _ => {}
        }
    }
}

/// What a number means that is shown as a day; none where there is no such day. A thousandth of a second more or less is the same day.
pub fn day(serial: f64, since_1904: bool) -> Option<PartialDate> {
    let days = ((serial * 86_400_000.0).round() / 86_400_000.0).floor();
    if !(0.0..=2_958_466.0).contains(&days) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked above")]
    let days = days as i64;
    let (first, days) = match (since_1904, days) {
        (true, days) => ((1904, 1, 1), days),
        // Spreadsheets count a 29 February 1900, the 60th day, which never was.
        (false, 0 | 60) => return None,
        (false, 1..=59) => ((1899, 12, 31), days),
        (false, days) => ((1899, 12, 30), days),
    };
    let first = Date::try_new_iso(first.0, first.1, first.2).ok()?;
    let date = Date::from_rata_die(first.to_rata_die() + days, *first.calendar());
    PartialDate::parse(&format!(
        "{:04}-{:02}-{:02}",
        date.year().extended_year(),
        date.month().number(),
        date.day_of_month().0
    ))
}

/// A time of day or a time that has passed, as spreadsheets show it: 10:30, 36:05:10.
pub fn time(serial: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a number too large for a time is shown as the largest")]
    let seconds = (serial * 86_400.0).round() as i64;
    let (sign, seconds) = (if seconds < 0 { "-" } else { "" }, seconds.unsigned_abs());
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 {
        format!("{sign}{hours:02}:{minutes:02}")
    } else {
        format!("{sign}{hours:02}:{minutes:02}:{rest:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_says_what_a_number_is() {
        for (code, format) in [
            ("General", Format::Number),
            ("0.00", Format::Number),
            ("#,##0.00\\ \"kr\"", Format::Number),
            ("0.00E+00", Format::Number),
            ("[Red]-#,##0", Format::Number),
            ("[>100]0;General", Format::Number),
            ("\"procent: %\" 0", Format::Number),
            ("0\\%", Format::Number),
            ("0\"%\"", Format::Number),
            ("_-* #,##0.00\\ _k_r_-;\\-* #,##0.00\\ _k_r_-", Format::Number),
            ("0%", Format::Percent),
            ("0.0%", Format::Percent),
            ("0.0\\ %", Format::Percent),
            ("[Blue]0.0 %;[Red]-0.0 %;\"–\"", Format::Percent),
            (";0%", Format::Percent),
            ("yyyy\\-mm\\-dd", Format::Date),
            ("[$-41D]d\\ mmmm\\ yyyy;@", Format::Date),
            ("yyyy-mm-dd hh:mm:ss", Format::Date),
            ("mmm", Format::Date),
            ("dddd", Format::Date),
            ("hh:mm", Format::Time),
            ("mm:ss", Format::Time),
            ("[h]:mm", Format::Time),
            ("[mm]", Format::Time),
            ("h:mm AM/PM", Format::Time),
        ] {
            assert_eq!(of_code(code), format, "{code}");
        }
        assert_eq!(
            [9, 10, 14, 22, 21, 46, 2, 0].map(built_in).map(|format| format == Format::Number),
            [false, false, false, false, false, false, true, true]
        );
    }

    #[test]
    fn a_format_says_what_a_number_is_shown_with() {
        for (code, shown) in [
            ("General", None),
            ("#,##0.00", None),
            ("0.00E+00", None),
            ("[Red]-#,##0", None),
            ("_-* #,##0.00\\ _k_r_-;\\-* #,##0.00\\ _k_r_-", None),
            ("#,##0\\ \"kr\"", Some("kr")),
            ("#,##0\\ \"Kr.\"", Some("kr")),
            ("#,##0\\ \\k\\r", Some("kr")),
            ("_-* #,##0\\ \"kr\"_-;\\-* #,##0\\ \"kronor\"_-", Some("kr")),
            ("#,##0.00\\ [$€-407]", Some("€")),
            ("[$$-409]#,##0.00", Some("$")),
            ("[$-41D]0", None),
            ("\"£\"#,##0", Some("£")),
            ("€ 0", Some("€")),
            ("0\\ \"m²\"", Some("m²")),
            ("0\\ \"kr/m²\"", Some("kr/m²")),
        ] {
            assert_eq!(unit(code).as_deref(), shown, "{code}");
        }
        assert_eq!(unit_of("1 234,50 kr").as_deref(), Some("kr"));
        assert_eq!(unit_of("1,2E+05"), None);
        assert_eq!(unit_of("-3"), None);
    }

    #[test]
    fn days_are_counted_from_either_year() {
        let iso = |serial, since| day(serial, since).map(|date| date.iso());
        assert_eq!(iso(45366.0, false).as_deref(), Some("2024-03-15"));
        assert_eq!(iso(45_366.999_999, false).as_deref(), Some("2024-03-15"));
        assert_eq!(iso(45_366.999_999_999_9, false).as_deref(), Some("2024-03-16"), "midnight, but for the last bit");
        assert_eq!(iso(43904.0, true).as_deref(), Some("2024-03-15"));
        assert_eq!(iso(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(iso(59.0, false).as_deref(), Some("1900-02-28"));
        assert_eq!(iso(60.0, false), None, "never was");
        assert_eq!(iso(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(iso(0.0, true).as_deref(), Some("1904-01-01"));
        assert_eq!(iso(2_958_465.0, false).as_deref(), Some("9999-12-31"));
        for none in [-1.0, 0.0, 3_000_000.0, f64::NAN, f64::INFINITY] {
            assert_eq!(iso(none, false), None, "{none}");
        }
        assert_eq!([0.4375, 1.5, 0.000_011_574].map(time), ["10:30", "36:00", "00:00:01"]);
    }
}
