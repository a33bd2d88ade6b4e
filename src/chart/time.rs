//! Points of time that categories name, where they stand on an axis, and which of them it names.

use super::calendar::{Calendar, Tick, with_years};
use crate::value::{Length, PartialDate, Period};

/// How far apart named points may be, in months, the nearest first.
const STEPS: &[i64] = &[1, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
/// So many names are enough for an axis.
const ENOUGH: usize = 4;
/// Days are counted from a Monday on.
const WEEK: i64 = 7;

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
        let (at, length) = points(categories)?;
        at.is_sorted_by(|a, b| a < b).then(|| Self { step: usual_step(&at), at, length })
    }

    /// The first category that is no later than the one before it; none where all are, or where they are no points of time.
    pub fn out_of_order(categories: &[String]) -> Option<usize> {
        let (at, _) = points(categories)?;
        (1..at.len()).find(|index| at[*index] <= at[index - 1])
    }

    /// Where each stands from the first to the last, from 0 to 1.
    pub fn parts(&self) -> Vec<f64> {
        self.at.iter().map(|at| self.part(*at)).collect()
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
        inside().next().zip(inside().next_back()).ok_or_else(nearest)
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

    /// How many points have room between the first and the last, both included, as near to each other as most of them are.
    pub fn slots(&self) -> usize {
        let near = || self.at.windows(2).map(|pair| pair[1] - pair[0]).min();
        let (Some(first), Some(last)) = (self.at.first(), self.at.last()) else { return 0 };
        let step = self.step.or_else(near).unwrap_or(1).min(near().unwrap_or(1)).max(1);
        usize::try_from((last - first) / step + 1).unwrap_or(usize::MAX)
    }

    /// What the points are called in running text: months and quarters by their names, all else as it is printed.
    pub fn names(&self, categories: &[String], calendar: &Calendar) -> Vec<String> {
        let name = |(text, at): (&String, &i64)| {
            let (year, month) = (at.div_euclid(12), at.rem_euclid(12));
            match (self.length, PartialDate::parse(text.trim())) {
                (Some(Length::Month), _) => format!("{} {year}", calendar.month(month)),
                (Some(Length::Quarter), _) => format!("{} {year}", calendar.quarter(month / 3)),
                (None, Some(date)) => format!("{} {}", calendar.day(&date), date.year),
                _ => text.clone(),
            }
        };
        categories.iter().zip(&self.at).map(name).collect()
    }

    /// What an axis may name: every point, then ever rounder months and years.
    pub fn ticks(&self, categories: &[String], calendar: &Calendar) -> Vec<Vec<Tick>> {
        let Some(length) = self.length else { return self.days(categories, calendar) };
        let steps = STEPS.iter().filter(|step| **step >= 12 / length as i64);
        let mut all: Vec<_> = steps.map(|step| self.periods(categories, calendar, (length, *step))).collect();
        // Every fifth year is rounder than every other, where there are enough of them.
        if length == Length::Year && all.get(2).is_some_and(|fifth| fifth.len() >= ENOUGH) {
            all.remove(1);
        }
        all
    }

    /// The periods whose number of months a step divides: their own words, or those of whole years.
    fn periods(&self, categories: &[String], calendar: &Calendar, (length, step): (Length, i64)) -> Vec<Tick> {
        let own = || categories.iter().zip(&self.at).filter(|(_, at)| *at % step == 0);
        match length {
            Length::Month | Length::Quarter if step < 12 => {
                let points = own().map(|(_, at)| {
                    let (year, month) = (at.div_euclid(12), at.rem_euclid(12));
                    let words =
                        if length == Length::Month { calendar.month(month) } else { calendar.quarter(month / 3) };
                    (self.part(*at), words, year)
                });
                with_years(points)
            }
            Length::Month | Length::Quarter | Length::Half if step >= 12 => {
                self.years(step / 12, |year| Some(year * 12))
            }
            _ => own().map(|(text, at)| Tick { part: self.part(*at), lines: vec![text.clone()] }).collect(),
        }
    }

    /// Days: every one, Mondays, beginnings of months and of years.
    fn days(&self, categories: &[String], calendar: &Calendar) -> Vec<Vec<Tick>> {
        let dates: Vec<_> = categories.iter().filter_map(|text| PartialDate::parse(text.trim())).collect();
        let begins = |year: i64, month: i64| {
            let date = PartialDate { year: i32::try_from(year).ok()?, month: u8::try_from(month).ok(), day: Some(1) };
            date.day_number()
        };
        let within = |at: &i64| {
            self.at.first().is_some_and(|first| first <= at) && self.at.last().is_some_and(|last| at <= last)
        };
        let own = |step: i64| {
            let points = dates.iter().zip(&self.at).filter(|(_, at)| (*at - 1).rem_euclid(step) == 0);
            with_years(points.map(|(date, at)| (self.part(*at), calendar.day(date), i64::from(date.year))))
        };
        let span = dates
            .first()
            .zip(dates.last())
            .map_or(0..0, |(first, last)| i64::from(first.year)..i64::from(last.year) + 1);
        let months = |step: usize| {
            let firsts = span.clone().flat_map(|year| (1..=12).step_by(step).map(move |month| (year, month)));
            let firsts = firsts.filter_map(|(year, month)| Some((begins(year, month)?, year, month)));
            let firsts = firsts.filter(|(at, ..)| within(at));
            with_years(firsts.map(|(at, year, month)| (self.part(at), calendar.month(month - 1), year)))
        };
        let mut all = vec![own(1)];
        // Mondays part an axis evenly only where days are even.
        all.extend(self.step.map(|_| own(WEEK)));
        all.extend([1, 3, 6].map(months));
        all.extend([1, 2, 5, 10, 20, 50].map(|step| self.years(step, |year| begins(year, 1))));
        all
    }

    /// Whole years that a step divides; `begins` says when a year does.
    fn years(&self, step: i64, begins: impl Fn(i64) -> Option<i64>) -> Vec<Tick> {
        let (Some(first), Some(last)) = (self.at.first(), self.at.last()) else { return Vec::new() };
        let all = (0..=9999 / step).map(|n| n * step).filter_map(|year| Some((year, begins(year)?)));
        let within = all.filter(|(_, at)| (first..=last).contains(&at));
        within.map(|(year, at)| Tick { part: self.part(at), lines: vec![year.to_string()] }).collect()
    }

    fn part(&self, at: i64) -> f64 {
        let (first, last) = (self.at.first().copied().unwrap_or(0), self.at.last().copied().unwrap_or(0));
        (at - first) as f64 / (last - first).max(1) as f64
    }
}

/// Points of time in months or in days, in the order of the categories, and the length of the periods that they are; none where a category is no point of
/// time, or of another length than the first.
fn points(categories: &[String]) -> Option<(Vec<i64>, Option<Length>)> {
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
    even.then(|| (read.into_iter().map(|(at, _)| at).collect(), length))
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
    fn a_time_out_of_order_is_found() {
        let found = |categories: &[&str]| {
            Times::out_of_order(&categories.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(found(&["2020", "2021", "2018", "2019"]), Some(2));
        assert_eq!([found(&["2021", "2020"]), found(&["2020", "2020"])], [Some(1), Some(1)]);
        assert_eq!([found(&["2020", "2021"]), found(&["Norr", "Söder"]), found(&["1997", "1996-01"])], [None; 3]);
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
    fn bars_have_room_for_what_is_missing() {
        assert_eq!(times(&["2000", "2001", "2002", "2005"]).unwrap().slots(), 6);
        assert_eq!(times(&["1998", "2002", "2006", "2018", "2022"]).unwrap().slots(), 7);
        assert_eq!(times(&["2024"]).unwrap().slots(), 1);
        assert_eq!(times(&["2016K1", "2016K2", "2017K1"]).unwrap().slots(), 5);
    }

    #[test]
    fn points_of_time_have_names_in_running_text() {
        for (categories, first) in [
            (&["2016K2", "2016K3"][..], "Q2 2016"),
            (&["1996M10", "1996M11"], "10 1996"),
            (&["2015-01-01", "2015-02-01"], "1 2015"),
            (&["2015-01-02", "2015-01-05"], "2/1 2015"),
            (&["2015/16", "2016/17"], "2015/16"),
        ] {
            let names: Vec<String> = categories.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(times(categories).unwrap().names(&names, &Calendar::default())[0], first);
        }
    }

    /// What the axis names at each step, the lines of a name joined by a stroke.
    fn named(categories: &[String]) -> Vec<Vec<String>> {
        let axis = Times::read(categories).unwrap().ticks(categories, &Calendar::default());
        axis.iter().map(|ticks| ticks.iter().map(|tick| tick.lines.join("|")).collect()).collect()
    }

    #[test]
    fn an_axis_names_round_years_and_months_in_the_words_of_the_language() {
        let months: Vec<String> =
            (0..360).map(|n| format!("{}M{:02}", 1996 + (n + 9) / 12, (n + 9) % 12 + 1)).collect();
        let all = named(&months);
        assert!(all.contains(&["2000", "2005", "2010", "2015", "2020", "2025"].map(str::to_owned).to_vec()));
        assert!(all.contains(&["2000", "2010", "2020"].map(str::to_owned).to_vec()));
        assert_eq!(all[0][..4], ["10|1996", "11", "12", "1|1997"]);
        let quarters = named(&["2016K2", "2016K3", "2016K4", "2017K1", "2017K2"].map(str::to_owned));
        assert_eq!(quarters[0], ["Q2|2016", "Q3", "Q4", "Q1|2017", "Q2"]);
        assert_eq!(quarters[1], ["Q3|2016", "Q1|2017"]);
        let school = named(&(2009..2020).map(|year| format!("{year}/{}", year - 1999)).collect::<Vec<_>>());
        assert_eq!(school[2], ["2010/11", "2015/16"]);
    }

    #[test]
    fn days_are_named_by_weeks_and_months() {
        let days: Vec<String> = (0..80).map(|n| format!("2024-{:02}-{:02}", 2 + n / 28, n % 28 + 1)).collect();
        let all = named(&days);
        assert_eq!(all[1][..3], ["5/2|2024", "12/2", "19/2"]);
        assert_eq!(all[2], ["2|2024", "3", "4"]);
    }
}
