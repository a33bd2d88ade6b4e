//! Days, months and years as a text names them, the periods between two of them, and how long they are said to be.

pub mod age;
pub mod clock;
pub mod due;
pub mod duration;
pub mod misfit;
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
    /// Its first and its last day in a year.
    #[must_use]
    pub fn days(&self, year: i32) -> Option<(f64, f64)> {
        let day = |year: i32, month: u8, day: u8| {
            Some(Date::try_new_iso(year, month, day).ok()?.to_rata_die().to_i64_date() as f64)
        };
        let month = self.month.unwrap_or(1);
        let first = day(year, month, self.day.unwrap_or(1))?;
        let next = match (self.month, self.day) {
            (_, Some(_)) => first + 1.0,
            (Some(12) | None, None) => day(year + 1, 1, 1)?,
            (Some(month), None) => day(year, month + 1, 1)?,
        };
        Some((first, next - 1.0))
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

    /// How much of it is told: a month, a day.
    #[must_use]
    pub fn precision(&self) -> (bool, bool) {
        (self.month.is_some(), self.day.is_some())
    }
}

/// A year that has all days.
const LEAP: i32 = 2024;

#[cfg(test)]
mod tests {
    use super::misfit::misfits;
    use super::period::periods;
    use super::*;
    use crate::check::prose::Passage;
    use crate::locale::Language::{self, English, Swedish};

    fn read(text: &str, language: Language) -> Vec<String> {
        let passage = Passage::of_text(text, language);
        let part = |n: Option<i32>| n.map_or("-".to_owned(), |n| n.to_string());
        moments(&passage)
            .into_iter()
            .map(|at| [part(at.year), part(at.month.map(i32::from)), part(at.day.map(i32::from))].join(" "))
            .collect()
    }

    #[test]
    fn dates_are_read_in_both_languages() {
        assert_eq!(read("Den 3–5 oktober 2022 och den 14/11 2021.", Swedish), ["2022 10 3", "2022 10 5", "2021 11 14"]);
        assert_eq!(
            read("Mellan den 4 och den 25 november, se 2023-02-28.", Swedish),
            ["- 11 4", "- 11 25", "2023 2 28"]
        );
        assert_eq!(
            read("From the 5th of May to June 14, 2023, or by March 2024.", English),
            ["- 5 5", "2023 6 14", "2024 3 -"]
        );
        assert_eq!(read("In May 14 files were opened, and we may 5 times.", English), ["- 5 -"]);
        assert_eq!(read("Av de 31 akterna kom 2019 i mars.", Swedish), ["2019 - -", "- 3 -"]);
    }

    #[test]
    fn durations_are_held_against_their_periods_only() {
        let wrong = |text: &str, language: Language| {
            let passage = Passage::of_text(text, language);
            let moments = moments(&passage);
            misfits(&passage, &moments, &periods(&passage, &moments)).len()
        };
        for text in [
            "Det pågick från mars 2020 till februari 2022, alltså i tre år.",
            "Remisstiden var åtta veckor, från den 2 maj till den 13 juni 2022.",
            "Den femåriga planen (2018–2020) är utvärderad.",
            "Det gällde i ett år, från den 1 juli 2020 till den 30 juni 2022.",
            "Beslutet fattades den 12 maj 2022. Bolaget överklagade den 3 maj 2022, tre veckor efter beslutet.",
            "Försöket pågick från den 1 januari 2020 till den 30 juni 2021. Under de 24 månaderna deltog 80 elever.",
            "Den första gjordes i april 2018 och den andra två år senare, i april 2021.",
        ] {
            assert_eq!(wrong(text, Swedish), 1, "{text}");
        }
        for text in [
            "Mellan 2018 och 2022 fick sju familjer stöd i två år.",
            "Beslutet fattades den 12 maj 2022. Bolaget överklagade den 2 juni 2022, tre veckor efter beslutet.",
            "Försöket pågick från den 1 januari 2020 till den 30 juni 2021. Under de 18 månaderna deltog 80 elever.",
            "Badet var öppet från den 10 juni till den 18 augusti 2023 och var därmed öppet i 70 dagar.",
            "Handläggningstiden är tre månader, och från juni 2022 till juni 2023 sjönk den.",
            "Enheten följdes i två veckor någon gång mellan januari och maj 2022.",
            "Det pågick 2019–2021, det vill säga i tre år, och 2019–2021 i två.",
        ] {
            assert_eq!(wrong(text, Swedish), 0, "{text}");
        }
        assert_eq!(wrong("It ran from April 2019 to March 2022, a period of two years.", English), 1);
        assert_eq!(wrong("It ran from April 2019 to March 2022, a period of three years.", English), 0);
    }
}
