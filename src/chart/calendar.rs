//! The words by which an axis names points of time, in the report's language.

use super::Label;
use crate::value::PartialDate;

/// A point that an axis names: where it stands from its beginning to its end, from 0 to 1, and its lines of words.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    pub part: f64,
    pub lines: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Calendar {
    /// Short names of the months.
    months: Vec<String>,
    quarters: Vec<String>,
    /// A day, with places for its number and its month.
    day: String,
}

impl Default for Calendar {
    fn default() -> Self {
        let months = (1..=12).map(|month| month.to_string()).collect();
        Self {
            months,
            quarters: [1, 2, 3, 4].map(|quarter| format!("Q{quarter}")).to_vec(),
            day: "{day}/{month}".into(),
        }
    }
}

impl Calendar {
    pub fn new(label: Label) -> Self {
        let words = |key: &str| label(key, &[]).split(' ').map(str::to_owned).collect();
        let day = label("axis_day", &[("day", "{day}"), ("month", "{month}")]);
        let quarters = ["1", "2", "3", "4"].map(|number| label("axis_quarter", &[("number", number)]));
        Self { months: words("axis_months"), quarters: quarters.to_vec(), day }
    }

    /// "jan.", counted from nought.
    pub fn month(&self, month: i64) -> String {
        usize::try_from(month).ok().and_then(|month| self.months.get(month)).cloned().unwrap_or_default()
    }

    /// "kv 1", counted from nought.
    pub fn quarter(&self, quarter: i64) -> String {
        usize::try_from(quarter).ok().and_then(|quarter| self.quarters.get(quarter)).cloned().unwrap_or_default()
    }

    /// "4 mars"
    pub fn day(&self, date: &PartialDate) -> String {
        let month = self.month(i64::from(date.month.unwrap_or(1)) - 1);
        self.day.replace("{day}", &date.day.unwrap_or(1).to_string()).replace("{month}", &month)
    }
}

/// Names of points within years: the first of each year has the year below it.
pub fn with_years(points: impl Iterator<Item = (f64, String, i64)>) -> Vec<Tick> {
    let mut known = None;
    let tick = |(part, words, year): (f64, String, i64)| {
        let lines = if known.replace(year) == Some(year) { vec![words] } else { vec![words, year.to_string()] };
        Tick { part, lines }
    };
    points.map(tick).collect()
}
