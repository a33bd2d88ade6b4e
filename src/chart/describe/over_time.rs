//! The course of values over time: from where to where, with the turns that a sighted reader sees at once.

use std::cmp::Ordering;

use super::super::Mark;
use super::{Cell, TOLD, Teller};

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

/// Where a course with many turns goes: up where its last fifth is higher than its first by a good part of its range, and it ends higher than it began.
fn trend(values: &[f64]) -> f64 {
    let fifth = values.len().div_ceil(5);
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len().max(1) as f64;
    let way = mean(&values[values.len() - fifth..]) - mean(&values[..fifth]);
    let range = values.iter().copied().fold(f64::MIN, f64::max) - values.iter().copied().fold(f64::MAX, f64::min);
    let ends = values.last().zip(values.first()).map_or(0.0, |(last, first)| last - first);
    if way.abs() > range * TURN && way * ends > 0.0 { way.signum() } else { 0.0 }
}

impl<'a> Teller<'a> {
    /// The course of each series, of very many which rise and which fall; and which of them is the highest.
    pub(super) fn courses(&self) -> Vec<String> {
        let told: Vec<String> = match self.data.series.len() {
            ..=TOLD => (0..self.data.series.len()).filter_map(|series| self.course(series)).collect(),
            _ => self.directions(),
        };
        told.into_iter().chain(self.order()).collect()
    }

    /// From where over which turns to where, and what is higher or lower than all of them.
    fn course(&self, series: usize) -> Option<String> {
        let cells = self.values(series);
        let (first, last) = (*cells.first()?, *cells.last()?);
        let own = ("series", self.series(series));
        let [from, to] = [first, last].map(|((category, datum), _)| (self.category(category), self.value(datum)));
        if cells.len() == 1 {
            return Some(self.say("alt_change_single", &[own, ("value", &from.1), ("first", from.0)]));
        }
        let values: Vec<f64> = cells.iter().map(|(_, value)| *value).collect();
        let turns = turns(&values);
        let few = turns.len() <= MOST_TURNS;
        let stops: Vec<_> = turns.iter().filter(|_| few).map(|turn| cells[*turn]).collect();
        let ways = stops.iter().chain([&last]).zip([&first].into_iter().chain(&stops));
        let legs: Vec<String> = ways.map(|(stop, before)| self.leg(*stop, before.1)).collect();
        let direction = if few { (last.1 - first.1).signum() } else { trend(&values) };
        let key = match (few, stops.is_empty()) {
            (false, _) if direction > 0.0 => "alt_swings_up",
            (false, _) if direction < 0.0 => "alt_swings_down",
            (false, _) => "alt_swings",
            (true, false) => "alt_course",
            (true, true) if from.1 == to.1 => "alt_change_same",
            (true, true) if direction > 0.0 => "alt_change_up",
            (true, true) => "alt_change_down",
        };
        let (count, legs) = (turns.len().to_string(), self.list(&legs));
        let ends = [("from", from.1.as_str()), ("first", from.0), ("to", &to.1), ("last", to.0)];
        let said = self.say(key, &[&[own, ("legs", &legs), ("count", &count)][..], &ends].concat());
        let told: Vec<&str> = stops.iter().chain([&first, &last]).map(|((_, datum), _)| datum.text.as_str()).collect();
        let extreme = |key: &str, beats: fn(&f64, &f64) -> bool| {
            let cells = self.ties(&cells, beats);
            let is_told = cells.first().is_none_or(|(_, datum)| told.contains(&datum.text.as_str()));
            (!is_told).then(|| self.say(key, &[("name", &self.named(&cells))]))
        };
        let extremes = [extreme("alt_highest", f64::gt), extreme("alt_lowest", f64::lt)];
        Some([Some(said)].into_iter().chain(extremes).flatten().collect::<Vec<_>>().join(" "))
    }

    /// Which of several lines is the highest: of two always or from when on, of more at the end.
    fn order(&self) -> Option<String> {
        if self.data.hides()
            || matches!(self.data.mark, Mark::Sparklines | Mark::StackedBar | Mark::StackedArea | Mark::PercentBar)
        {
            return None;
        }
        let at = |category: usize| {
            let values = self.data.series.iter().map(|series| series.values.get(category)?.value);
            values.collect::<Option<Vec<f64>>>()
        };
        let known: Vec<(usize, Vec<f64>)> =
            (0..self.data.categories.len()).filter_map(|category| Some((category, at(category)?))).collect();
        let (last, values) = known.last()?;
        let highest = |values: &[f64]| {
            let best = (0..values.len()).max_by(|a, b| values[*a].total_cmp(&values[*b]))?;
            values.iter().enumerate().all(|(at, value)| at == best || *value < values[best]).then_some(best)
        };
        let top = highest(values).filter(|_| values.len() > 1)?;
        // How long it has been so.
        let since = known.iter().rev().take_while(|(_, values)| highest(values) == Some(top)).last()?.0;
        let own = ("series", self.series(top));
        Some(match known.first()?.0 == since {
            true => self.say("alt_order_always", &[own]),
            false => {
                self.say("alt_order_since", &[own, ("first", self.category(since)), ("last", self.category(*last))])
            }
        })
    }

    /// Where all parts together are most and least, and over time whether they become more.
    pub(super) fn together(&self) -> Option<String> {
        let is_known = |category: &usize| {
            let values = self.data.series.iter().map(|series| series.values.get(*category));
            values.flatten().filter(|datum| datum.value.is_some()).count() == self.data.series.len()
        };
        let sums = (0..self.data.categories.len()).filter(is_known).map(|category| (category, self.data.sum(category)));
        let sums: Vec<(usize, f64)> = sums.collect();
        let (first, last) = (sums.first()?, sums.last()?);
        let best = |order: Ordering| {
            sums.iter().copied().reduce(|best, sum| if sum.1.total_cmp(&best.1) == order { sum } else { best })
        };
        let (most, least) = (best(Ordering::Greater)?, best(Ordering::Less)?);
        let key = match last.1.total_cmp(&first.1) {
            _ if !self.is_course() => "alt_together",
            Ordering::Greater => "alt_together_up",
            _ => "alt_together_down",
        };
        let [first, last, high, low] = [first.0, last.0, most.0, least.0].map(|category| self.category(category));
        let told = [("first", first), ("last", last), ("high", high), ("low", low)];
        (most.1 > least.1).then(|| self.say(key, &told))
    }

    /// Who rises from the first point of time to the last, and who falls.
    pub(super) fn directions(&self) -> Vec<String> {
        let slope = self.data.mark == Mark::Slope;
        let ends: Vec<(&str, Option<(f64, f64)>)> = match &self.data.series[..] {
            [then, now] if slope => {
                let pairs = then.values.iter().zip(&now.values).enumerate();
                pairs.map(|(category, (then, now))| (self.category(category), then.value.zip(now.value))).collect()
            }
            all => {
                let ends = |series: usize| {
                    let cells = self.values(series);
                    Some((cells.first()?.1, cells.last()?.1))
                };
                all.iter().enumerate().map(|(at, series)| (series.label.as_str(), ends(at))).collect()
            }
        };
        let last = match self.data.series.last() {
            Some(now) if slope => &now.label,
            _ => self.category(self.data.categories.len().saturating_sub(1)),
        };
        let side = |key: &str, way: Ordering| {
            let told = ends.iter().filter(|(_, ends)| ends.is_some_and(|(then, now)| now.total_cmp(&then) == way));
            let names: Vec<String> = told.map(|(name, _)| (*name).to_owned()).collect();
            (!names.is_empty()).then(|| self.say(key, &[("last", last), ("names", &self.some(names))]))
        };
        let sides = [side("alt_slope_up", Ordering::Greater), side("alt_slope_down", Ordering::Less)];
        sides.into_iter().flatten().collect()
    }

    /// Up or down to a value.
    fn leg(&self, ((category, datum), value): (Cell<'a>, f64), before: f64) -> String {
        let key = if value < before { "alt_course_down" } else { "alt_course_up" };
        self.say(key, &[("value", &self.value(datum)), ("name", self.category(category))])
    }
}

#[cfg(test)]
mod tests {
    use super::{trend, turns};

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

    #[test]
    fn seasons_are_no_direction() {
        let seasons = |rise: f64| (0..60).map(|n| f64::from(n % 12) + rise * f64::from(n)).collect::<Vec<f64>>();
        assert_eq!([trend(&seasons(0.0)), trend(&seasons(0.5)), trend(&seasons(-0.5))], [0.0, 1.0, -1.0]);
        assert_eq!(trend(&[]), 0.0);
    }
}
