//! The course of values over time: from where to where, with the turns that a sighted reader sees at once.

use super::{Cell, Teller};

/// More turns than these are not told one by one.
const MOST_TURNS: usize = 4;
/// What is less than this part of the way between the lowest and the highest value is no turn.
const TURN: f64 = 0.25;

/// Where the course turns, between its first and its last value: highest and lowest points before it goes back by a good part of its range.
fn turns(values: &[f64]) -> Vec<usize> {
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let least = (high - low) * TURN;
    let mut turns: Vec<usize> = Vec::new();
    // The highest and the lowest since the last turn; which way it goes is known once they are far enough from each other.
    let (mut top, mut bottom, mut rising) = (0, 0, None);
    for (index, value) in values.iter().enumerate() {
        if *value > values[top] {
            top = index;
        }
        if *value < values[bottom] {
            bottom = index;
        }
        if rising != Some(false) && values[top] - value >= least && least > 0.0 {
            turns.extend((top > 0).then_some(top));
            (bottom, rising) = (index, Some(false));
            top = index;
        } else if rising != Some(true) && value - values[bottom] >= least && least > 0.0 {
            turns.extend((bottom > 0).then_some(bottom));
            (top, rising) = (index, Some(true));
            bottom = index;
        }
    }
    turns
}

impl<'a> Teller<'a> {
    /// First and last of each line, its direction, highest and lowest.
    pub(super) fn changes(&self) -> Vec<String> {
        (0..self.data.series.len()).filter_map(|series| self.change(series)).collect()
    }

    pub(super) fn change(&self, series: usize) -> Option<String> {
        let cells = self.values(series);
        let (((first, from), start), ((last, to), end)) = (*cells.first()?, *cells.last()?);
        let name = self.series(series);
        if cells.len() == 1 {
            return Some(self.say(
                "alt_change_single",
                &[("series", name), ("value", &self.value(from)), ("first", self.category(first))],
            ));
        }
        let key = if from.text == to.text {
            "alt_change_same"
        } else if end > start {
            "alt_change_up"
        } else {
            "alt_change_down"
        };
        let said = self.say(
            key,
            &[
                ("series", name),
                ("from", &self.value(from)),
                ("first", self.category(first)),
                ("to", &self.value(to)),
                ("last", self.category(last)),
            ],
        );
        let turns = turns(&cells.iter().map(|(_, value)| *value).collect::<Vec<_>>());
        let at =
            |turn: &usize| cells.get(*turn).map(|((category, datum), _)| (self.category(*category), self.value(datum)));
        let told: Vec<String> = match turns.len() {
            0 => Vec::new(),
            1..=MOST_TURNS => turns.iter().filter_map(at).map(|(name, value)| self.turn(name, &value)).collect(),
            _ => return Some(format!("{said} {}", self.swings(&cells, turns.len()))),
        };
        Some(match told[..] {
            [] => said,
            _ => format!("{said} {}", self.say("alt_turns", &[("turns", &self.list(&told))])),
        })
    }

    fn turn(&self, name: &str, value: &str) -> String {
        self.say("alt_named", &[("name", name), ("value", value)])
    }

    /// More turns than a reader follows: how many there are, and between which values.
    fn swings(&self, cells: &[(Cell<'a>, f64)], turns: usize) -> String {
        let (high, low) = (self.ties(cells, f64::gt, false), self.ties(cells, f64::lt, false));
        let (high, low) = (self.named(&high, false), self.named(&low, false));
        self.say("alt_swings", &[("count", &turns.to_string()), ("high", &high), ("low", &low)])
    }

    /// Which categories rose from one point of time to the other, and which fell.
    pub(super) fn slopes(&self) -> Vec<String> {
        let [then, now] = &self.data.series[..] else { return Vec::new() };
        let side = |key: &str, rose: bool| {
            let pairs = then.values.iter().zip(&now.values).enumerate();
            let told = pairs.filter(|(_, (then, now))| {
                then.value.zip(now.value).is_some_and(|(then, now)| if rose { now > then } else { now < then })
            });
            let names: Vec<String> = told.map(|(category, _)| self.category(category).to_owned()).collect();
            (!names.is_empty()).then(|| self.say(key, &[("last", &now.label), ("names", &self.some(names))]))
        };
        [side("alt_slope_up", true), side("alt_slope_down", false)].into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::turns;

    #[test]
    fn a_course_turns_where_it_goes_back_by_a_good_part_of_its_range() {
        assert_eq!(turns(&[1.0, 2.0, 3.0, 4.0]), [0_usize; 0]);
        assert_eq!(turns(&[4.0, 3.0, 3.2, 1.0]), [0_usize; 0], "a small step back is no turn");
        assert_eq!(turns(&[1.0, 5.0, 2.0, 9.0, 1.0]), [1, 2, 3]);
        assert_eq!(turns(&[6.0, 9.0, 8.0, 8.5, 4.0, 5.0, 7.0]), [1, 4]);
        assert_eq!(turns(&[5.0, 5.0, 5.0]), [0_usize; 0]);
        assert_eq!(turns(&[5.0, 1.0, 5.0]), [1]);
        assert_eq!(turns(&[]), [0_usize; 0]);
    }
}
