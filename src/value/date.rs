//! Dates as precise as an author gave them.

use icu_datetime::input::Date;

/// A day, a month or a year. Sorts by time, a whole month before its days.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PartialDate {
    /// 1000 to 9999.
    pub year: i32,
    pub month: Option<u8>,
    /// Only meaningful with a month.
    pub day: Option<u8>,
}

impl PartialDate {
    /// Reads `2021-06-15`, `2021-06` or `2021`; none where there is no such day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let date = match parts.as_slice() {
            [year] => Self { year: digits(year, 4)?, month: None, day: None },
            [year, month] => Self { year: digits(year, 4)?, month: Some(digits(month, 2)?), day: None },
            [year, month, day] => {
                Self { year: digits(year, 4)?, month: Some(digits(month, 2)?), day: Some(digits(day, 2)?) }
            }
            _ => return None,
        };
        let exists = Date::try_new_iso(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1)).is_ok();
        (exists && date.year >= 1000).then_some(date)
    }

    /// Days from a fixed day long ago, of a date that has a day.
    #[must_use]
    pub fn day_number(&self) -> Option<i64> {
        let date = Date::try_new_iso(self.year, self.month?, self.day?).ok()?;
        Some(date.to_rata_die().to_i64_date())
    }

    /// The name that XML Schema has for a date of this precision.
    #[must_use]
    pub fn xml_type(iso: &str) -> &'static str {
        match iso.len() {
            4 => "gYear",
            7 => "gYearMonth",
            _ => "date",
        }
    }

    /// Whether it certainly comes after another one: as far as both say.
    #[must_use]
    pub fn is_later_than(&self, other: &Self) -> bool {
        let (own, other) = (self.iso(), other.iso());
        let common = own.len().min(other.len());
        own[..common] > other[..common]
    }

    /// ISO 8601: `2021-06-15`, `2021-06` or `2021`.
    #[must_use]
    pub fn iso(&self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            (None, _) => format!("{:04}", self.year),
        }
    }
}

/// The number that exactly `length` ASCII digits write.
fn digits<T: std::str::FromStr>(text: &str, length: usize) -> Option<T> {
    let plain = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_and_written_as_precisely_as_it_was_given() {
        for text in ["2021-06-15", "2021-06", "2021", "2024-02-29", "2000-02-29", "9999-12-31", "1000"] {
            assert_eq!(PartialDate::parse(text).map(|date| date.iso()).as_deref(), Some(text));
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in [
            "2021-02-29",
            "1900-02-29",
            "2021-13",
            "2021-00",
            "2021-04-31",
            "2021-06-00",
            "2021-6",
            "21-06-15",
            "0999",
            "2021-",
            "2021-06-15-01",
            "-2021",
            "2021-06-1५",
            "+202",
            "",
            "20210615",
            " 2021",
        ] {
            assert_eq!(PartialDate::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_date_is_later_as_far_as_both_say() {
        let later = |own, other| PartialDate::parse(own).unwrap().is_later_than(&PartialDate::parse(other).unwrap());
        assert!(later("2025-03-02", "2025-03-01") && later("2026", "2025-12-31") && later("2025-04", "2025-03"));
        assert!(!later("2025-03-31", "2025-03") && !later("2025", "2025-06") && !later("2024-12", "2025-01-01"));
    }

    #[test]
    fn dates_sort_by_time() {
        let sorted = ["2020-12-31", "2021", "2021-01", "2021-01-01", "2021-10"].map(PartialDate::parse);
        assert!(sorted.iter().all(Option::is_some) && sorted.is_sorted());
    }
}
