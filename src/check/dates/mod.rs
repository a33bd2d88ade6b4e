//! Days, months and years as a text names them, the periods between two of them, and how long they are said to be.

pub mod age;
pub mod duration;
pub mod period;
mod read;
pub mod school;

use std::ops::Range;

use icu_datetime::input::Date;

pub use read::moments;

/// A day, a month or a year that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    pub range: Range<usize>,
    /// 1 is Monday.
    pub weekday: Option<u8>,
    pub year: Option<i32>,
    pub month: Option<u8>,
    /// As it is written: there may be no such day.
    pub day: Option<u8>,
    pub style: Style,
}

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// "14 november 2023"
    Words,
    /// "2023-11-14"
    Iso,
    /// "14/11"
    Slashes,
}

impl Moment {
    /// The day as the calendar has it, in a year.
    #[must_use]
    pub fn in_year(&self, year: i32) -> Option<i64> {
        let date = Date::try_new_iso(year, self.month?, self.day?).ok()?;
        Some(date.to_rata_die().to_i64_date())
    }

    /// Whether there is such a day: of its year, or of any.
    #[must_use]
    pub fn exists(&self) -> bool {
        let (Some(month), Some(day)) = (self.month, self.day) else { return true };
        let year = self.year.unwrap_or(LEAP);
        Date::try_new_iso(year, month, day).is_ok()
    }

    /// The day of the week in a year: 1 is Monday.
    #[must_use]
    pub fn weekday_in(&self, year: i32) -> Option<u8> {
        let date = Date::try_new_iso(year, self.month?, self.day?).ok()?;
        Some(date.weekday() as u8)
    }

    /// How much is known: year, month, day.
    #[must_use]
    pub fn precision(&self) -> (bool, bool, bool) {
        (self.year.is_some(), self.month.is_some(), self.day.is_some())
    }
}

/// A year that has all days.
const LEAP: i32 = 2024;
