//! Points of time that categories name, where they stand on an axis, and which of them it names.

use crate::value::PartialDate;

/// How far apart named points may be, in months, the nearest first.
const STEPS: &[i64] = &[1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

/// Categories that are points of time, in months or in days from a common beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    at: Vec<i64>,
    precision: Precision,
}

/// What a category names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precision {
    Year,
    Quarter,
    Month,
    Day,
}

impl Times {
    /// Reads years, school years, quarters, months and days ("1996", "2015/16", "2016K1", "1993M01", "1993-01", "maj 2021", "2021-05-03"); `months` are
    /// the twelve names of the report's language. None where a category is none of them, another than the first, or not later than the one before it.
    #[must_use]
    pub fn read(categories: &[String], months: &[String]) -> Option<Self> {
        let first_days: Option<Vec<_>> =
            categories.iter().map(|text| text.strip_suffix("-01").and_then(month)).collect();
        let read: Option<Vec<_>> = categories.iter().map(|text| moment(text, months)).collect();
        // Spreadsheets keep a month as its first day.
        let read: Vec<(i64, Precision)> = first_days.filter(|days| days.len() > 1).or(read)?;
        let precision = read.first()?.1;
        let even = read.iter().all(|(_, own)| *own == precision);
        let rising = read.windows(2).all(|pair| pair[0].0 < pair[1].0);
        (even && rising).then(|| Self { at: read.into_iter().map(|(at, _)| at).collect(), precision })
    }

    /// Where each stands from the first to the last, from 0 to 1.
    pub fn parts(&self) -> Vec<f64> {
        let (Some(first), Some(last)) = (self.at.first(), self.at.last()) else { return Vec::new() };
        let span = (last - first).max(1) as f64;
        self.at.iter().map(|at| (at - first) as f64 / span).collect()
    }

    /// Whether something is missing between a category and the next: most are nearer to each other.
    pub fn is_gap(&self, before: usize, after: usize) -> bool {
        let steps = || self.at.windows(2).map(|pair| pair[1] - pair[0]);
        let usual = steps().max_by_key(|step| (steps().filter(|other| other == step).count(), -step)).unwrap_or(1);
        let regular = 2 * steps().filter(|step| *step == usual).count() > steps().count();
        regular && self.at.get(after).zip(self.at.get(before)).is_some_and(|(after, before)| after - before > usual)
    }

    /// The points that an axis names where not every category has room: at round months or years, as parts of the axis, with their words. `fits` tells
    /// whether words so wide have room so many parts of the axis from each other. None where categories are to be thinned by number.
    pub fn ticks(&self, categories: &[String], fits: impl Fn(&str, f64) -> bool) -> Option<Vec<(f64, String)>> {
        if self.precision == Precision::Day {
            return None;
        }
        let (first, last) = (*self.at.first()?, *self.at.last()?);
        let span = (last - first).max(1);
        let part = |at: i64| (at - first) as f64 / span as f64;
        let named = |step: i64| -> Vec<(f64, String)> {
            let years = step >= 12 && self.precision != Precision::Year;
            let own = categories.iter().zip(&self.at).filter(|(_, at)| *at % step == 0);
            if !years {
                return own.map(|(text, at)| (part(*at), text.clone())).collect();
            }
            let begin = first + (step - first % step) % step;
            let all = (0..).map(|n| begin + n * step).take_while(|at| *at <= last);
            all.map(|at| (part(at), (at / 12).to_string())).collect()
        };
        let least = match self.precision {
            Precision::Quarter => 3,
            Precision::Year => 12,
            Precision::Month | Precision::Day => 1,
        };
        let room = |step: &i64| *step as f64 / span as f64;
        let steps = STEPS.iter().filter(|step| **step >= least);
        let ticks = steps
            .map(|step| (step, named(*step)))
            .find(|(step, ticks)| ticks.iter().all(|(_, text)| fits(text, room(step))));
        ticks.map(|(_, ticks)| ticks).filter(|ticks| ticks.len() > 1)
    }
}

/// The month, counted from the year 0, or the day that a text names.
fn moment(text: &str, months: &[String]) -> Option<(i64, Precision)> {
    let text = text.trim();
    if let Some(date) = PartialDate::parse(text) {
        let month = i64::from(date.year) * 12 + i64::from(date.month.unwrap_or(1)) - 1;
        return match (date.month, date.day) {
            (_, Some(_)) => Some((date.day_number()?, Precision::Day)),
            (Some(_), None) => Some((month, Precision::Month)),
            (None, None) => Some((month, Precision::Year)),
        };
    }
    if let Some(year) = text.get(..4).and_then(year) {
        let rest = text[4..].trim_start();
        if let Some(next) = rest.strip_prefix(['/', '–']) {
            let follows = matches!(next.len(), 2 | 4) && (year + 1).to_string().ends_with(next);
            return follows.then_some((year * 12, Precision::Year));
        }
        let month =
            rest.strip_prefix(['M', 'm']).and_then(|month| month.parse().ok()).filter(|month| (1..=12).contains(month));
        return month.map_or_else(|| quarter(year, rest), |month: i64| Some((year * 12 + month - 1, Precision::Month)));
    }
    // "maj 2021", "K1 2016", "kvartal 1 2016"
    let (name, last) = text.rsplit_once([' ', '\u{a0}'])?;
    let (year, name) = (year(last)?, name.trim().trim_end_matches('.').to_lowercase());
    let is = |known: &String| {
        known.to_lowercase() == name || name.chars().count() >= 3 && known.to_lowercase().starts_with(&name)
    };
    match months.iter().position(is) {
        Some(month) => Some((year * 12 + i64::try_from(month).ok()?, Precision::Month)),
        None => quarter(year, &name),
    }
}

/// "2021-05" as a month.
fn month(text: &str) -> Option<(i64, Precision)> {
    moment(text, &[]).filter(|(_, precision)| *precision == Precision::Month)
}

/// A year as four digits.
fn year(text: &str) -> Option<i64> {
    PartialDate::parse(text).filter(|date| date.month.is_none()).map(|date| i64::from(date.year))
}

/// "K1", "Q1", "kv 1", "kvartal 1"
fn quarter(year: i64, text: &str) -> Option<(i64, Precision)> {
    let (word, number) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: i64 = number.parse().ok().filter(|number| (1..=4).contains(number))?;
    let word = word.trim_end_matches([' ', '\u{a0}', '.']).to_lowercase();
    matches!(word.as_str(), "k" | "q" | "kv" | "kvartal" | "quarter")
        .then_some((year * 12 + 3 * (number - 1), Precision::Quarter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(categories: &[&str]) -> Option<Times> {
        let months = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"].map(str::to_owned);
        Times::read(&categories.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), &months)
    }

    #[test]
    fn points_of_time_are_read_in_the_forms_of_offices() {
        for same in [&["1996", "1998"][..], &["2015/16", "2017/18"], &["2015/2016", "2017/2018"]] {
            assert_eq!(times(same).map(|times| times.at[1] - times.at[0]), Some(24), "{same:?}");
        }
        for same in [
            &["2016K1", "2016K3"][..],
            &["2016 kv 1", "2016 kv 3"],
            &["Kvartal 1 2016", "Kvartal 3 2016"],
            &["2016M01", "2016M07"],
            &["2016-01", "2016-07"],
            &["januari 2016", "juli 2016"],
            &["jan. 2016", "jul. 2016"],
            &["2016-01-01", "2016-07-01"],
        ] {
            assert_eq!(times(same).map(|times| times.at[1] - times.at[0]), Some(6), "{same:?}");
        }
        assert_eq!(times(&["2016-02-28", "2016-03-01"]).map(|times| times.at[1] - times.at[0]), Some(2));
    }

    #[test]
    fn what_is_no_row_of_points_of_time_is_none() {
        for other in [
            &["1998", "1996"][..],
            &["1996", "1996"],
            &["1996", "1997-01"],
            &["Norr", "Söder"],
            &["2015/18", "2016/19"],
            &["2016K5", "2017K1"],
            &["2016-13", "2017-01"],
            &["1996", "Summa"],
            &[],
        ] {
            assert_eq!(times(other), None, "{other:?}");
        }
    }

    #[test]
    fn points_stand_where_their_time_is_and_what_is_missing_is_a_gap() {
        let years = times(&["2000", "2001", "2002", "2005"]).unwrap();
        assert_eq!(years.parts(), [0.0, 0.2, 0.4, 1.0]);
        assert_eq!([years.is_gap(0, 1), years.is_gap(2, 3)], [false, true]);
        // Where nothing is usual nothing is missing.
        let some = times(&["2000", "2010", "2015", "2016"]).unwrap();
        assert!(!some.is_gap(0, 1) && !some.is_gap(1, 2));
    }

    #[test]
    fn an_axis_names_round_years_and_months() {
        let months: Vec<String> =
            (0..360).map(|n| format!("{}M{:02}", 1996 + (n + 9) / 12, (n + 9) % 12 + 1)).collect();
        let axis = Times::read(&months, &[]).unwrap();
        let words = |room: f64| -> Vec<String> {
            axis.ticks(&months, |_, part| part >= room).unwrap().into_iter().map(|(_, text)| text).collect()
        };
        assert_eq!(words(0.1), ["2000", "2005", "2010", "2015", "2020", "2025"]);
        assert_eq!(words(0.3), ["2000", "2010", "2020"]);
        let quarters = ["2016K2", "2016K3", "2016K4", "2017K1", "2017K2"].map(str::to_owned);
        let axis = Times::read(&quarters, &[]).unwrap();
        let named = axis.ticks(&quarters, |_, part| part > 0.3).unwrap();
        assert_eq!(named.into_iter().map(|(_, text)| text).collect::<Vec<_>>(), ["2016K3", "2017K1"]);
    }
}
