//! Points of time that categories name, where they stand on an axis, and which of them it names.

use crate::value::{Length, PartialDate, Period};

/// How far apart named points may be, in months, the nearest first.
const STEPS: &[i64] = &[1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

/// Categories that are points of time, in months or in days from a common beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    at: Vec<i64>,
    /// Of the periods that the categories are; none where they are days.
    length: Option<Length>,
    /// How far most of them are from the one before; none where no distance is that of most.
    step: Option<i64>,
}

impl Times {
    /// Reads periods as [`Period`] does, and days ("2021-05-03"). None where a category is neither, of another length than the first, or not later than
    /// the one before it.
    #[must_use]
    pub fn read(categories: &[String]) -> Option<Self> {
        let period = |text: &str| Period::read(text).map(|period| (period.first_month(), Some(period.length)));
        let day = |text: &str| Some((PartialDate::parse(text.trim())?.day_number()?, None));
        // Spreadsheets keep a month as its first day.
        let is_month = |(_, length): &(i64, Option<Length>)| *length == Some(Length::Month);
        let first = |text: &String| text.trim().strip_suffix("-01").and_then(period).filter(is_month);
        let firsts = categories.iter().map(first).collect::<Option<Vec<_>>>().filter(|months| months.len() > 1);
        let read = || categories.iter().map(|text| period(text).or_else(|| day(text))).collect();
        let read: Vec<(i64, Option<Length>)> = firsts.or_else(read)?;
        let length = read.first()?.1;
        let even = read.iter().all(|(_, own)| *own == length);
        let rising = read.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let at: Vec<i64> = read.into_iter().map(|(at, _)| at).collect();
        (even && rising).then(|| Self { step: usual_step(&at), at, length })
    }

    /// Where each stands from the first to the last, from 0 to 1.
    pub fn parts(&self) -> Vec<f64> {
        let (Some(first), Some(last)) = (self.at.first(), self.at.last()) else { return Vec::new() };
        let span = (last - first).max(1) as f64;
        self.at.iter().map(|at| (at - first) as f64 / span).collect()
    }

    /// The points within a period or on a day, the first and the last.
    ///
    /// # Errors
    /// With the nearest where there is none, or without where the words are no time.
    pub fn within(&self, words: &str) -> Result<(usize, usize), Option<usize>> {
        let (from, until) = self.span(words.trim()).ok_or(None)?;
        let inside =
            || self.at.iter().enumerate().filter(|(_, at)| (from..until).contains(*at)).map(|(index, _)| index);
        let nearest = || (0..self.at.len()).min_by_key(|index| (self.at[*index] - from).abs());
        inside().next().zip(inside().last()).ok_or_else(nearest)
    }

    /// The time that words name, in what the points are counted in: its beginning, and that of what follows.
    fn span(&self, words: &str) -> Option<(i64, i64)> {
        let period = Period::read(words).or_else(|| Period::read(words.get(..7)?));
        let (first, length) = period.map(|period| (period.first_month(), 12 / period.length as i64))?;
        if self.length.is_some() {
            return Some((first, first + length));
        }
        if let Some(day) = PartialDate::parse(words).and_then(|date| date.day_number()) {
            return Some((day, day + 1));
        }
        let day = |month: i64| {
            PartialDate::parse(&format!("{:04}-{:02}-01", month.div_euclid(12), month.rem_euclid(12) + 1))?.day_number()
        };
        day(first).zip(day(first + length))
    }

    /// Whether something is missing between a category and the next: most are nearer to each other.
    pub fn is_gap(&self, before: usize, after: usize) -> bool {
        let apart = self.at.get(after).zip(self.at.get(before)).map(|(after, before)| after - before);
        apart.zip(self.step).is_some_and(|(apart, step)| apart > step)
    }

    /// The points that an axis names where not every category has room: at round months or years, as parts of the axis, with their words. `fits` tells
    /// whether words so wide have room so many parts of the axis from each other. None where categories are to be thinned by number.
    pub fn ticks(&self, categories: &[String], fits: impl Fn(&str, f64) -> bool) -> Option<Vec<(f64, String)>> {
        let length = self.length?;
        let (first, last) = (*self.at.first()?, *self.at.last()?);
        let span = (last - first).max(1);
        let part = |at: i64| (at - first) as f64 / span as f64;
        let named = |step: i64| -> Vec<(f64, String)> {
            let years = step >= 12 && length != Length::Year;
            let own = categories.iter().zip(&self.at).filter(|(_, at)| *at % step == 0);
            if !years {
                return own.map(|(text, at)| (part(*at), text.clone())).collect();
            }
            let begin = first + (step - first % step) % step;
            let all = (0..).map(|n| begin + n * step).take_while(|at| *at <= last);
            all.map(|at| (part(at), (at / 12).to_string())).collect()
        };
        let least = 12 / length as i64;
        let room = |step: &i64| *step as f64 / span as f64;
        let steps = STEPS.iter().filter(|step| **step >= least);
        let ticks = steps
            .map(|step| (step, named(*step)))
            .find(|(step, ticks)| ticks.iter().all(|(_, text)| fits(text, room(step))));
        ticks.map(|(_, ticks)| ticks).filter(|ticks| ticks.len() > 1)
    }
}

/// The distance of more than half of the neighbours.
fn usual_step(at: &[i64]) -> Option<i64> {
    let mut steps: Vec<i64> = at.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_unstable();
    // What more than half are is in the middle.
    let middle = *steps.get(steps.len() / 2)?;
    (2 * steps.iter().filter(|step| **step == middle).count() > steps.len()).then_some(middle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(categories: &[&str]) -> Option<Times> {
        Times::read(&categories.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
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
    fn a_time_is_found_on_axes_of_longer_and_shorter_ones() {
        let months = times(&["2019-11", "2019-12", "2020-01", "2020-02", "2020-04"]).unwrap();
        for (words, found) in [("2020", (2, 4)), ("2020K1", (2, 3)), ("januari 2020", (2, 2)), ("2019-12-24", (1, 1))] {
            assert_eq!(months.within(words), Ok(found), "{words}");
        }
        for (words, nearest) in [("2020-03", Some(3)), ("1990", Some(0)), ("2031", Some(4)), ("Norr", None)] {
            assert_eq!(months.within(words), Err(nearest), "{words}");
        }
        let years = times(&["2019", "2020", "2021"]).unwrap();
        assert_eq!([years.within("2020"), years.within("2020-03")], [Ok((1, 1)), Err(Some(1))]);
        let days = times(&["2020-12-30", "2020-12-31", "2021-01-01", "2021-02-01"]).unwrap();
        assert_eq!([days.within("2021"), days.within("2020-12-31")], [Ok((2, 3)), Ok((1, 1))]);
    }

    #[test]
    fn an_axis_names_round_years_and_months() {
        let months: Vec<String> =
            (0..360).map(|n| format!("{}M{:02}", 1996 + (n + 9) / 12, (n + 9) % 12 + 1)).collect();
        let axis = Times::read(&months).unwrap();
        let words = |room: f64| -> Vec<String> {
            axis.ticks(&months, |_, part| part >= room).unwrap().into_iter().map(|(_, text)| text).collect()
        };
        assert_eq!(words(0.1), ["2000", "2005", "2010", "2015", "2020", "2025"]);
        assert_eq!(words(0.3), ["2000", "2010", "2020"]);
        let quarters = ["2016K2", "2016K3", "2016K4", "2017K1", "2017K2"].map(str::to_owned);
        let axis = Times::read(&quarters).unwrap();
        let named = axis.ticks(&quarters, |_, part| part > 0.3).unwrap();
        assert_eq!(named.into_iter().map(|(_, text)| text).collect::<Vec<_>>(), ["2016K3", "2017K1"]);
    }
}
