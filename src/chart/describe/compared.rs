//! Categories against each other: highest and lowest, where two series differ, what stands out.

use super::super::{Mark, classes};
use super::{Cell, Teller};

/// From so many values on the level of most of them is told.
const MANY: usize = 8;

impl<'a> Teller<'a> {
    /// Of many values of one series: what follows the highest, and what half of them are at most.
    pub(super) fn level(&self) -> Option<String> {
        let mut cells = self.values(0);
        if self.data.series.len() != 1 || cells.len() < MANY || self.data.hides() {
            return None;
        }
        cells.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (_, half) = cells.get(cells.len() / 2).map(|(cell, _)| *cell)?;
        let (highest, lowest) = (cells.first()?.0.1, cells.last()?.0.1);
        if highest.text == lowest.text {
            return None;
        }
        let said = self.say("alt_half", &[("value", &self.value(half))]);
        let next = self.ties(cells.get(1..)?, f64::gt);
        let follows =
            (next.first()?.1.text != highest.text).then(|| self.say("alt_next", &[("name", &self.named(&next))]));
        Some(follows.into_iter().chain([said]).collect::<Vec<_>>().join(" "))
    }

    /// Highest and lowest of each series.
    pub(super) fn all_extremes(&self) -> Vec<String> {
        (0..self.data.series.len()).filter_map(|series| self.extremes(series)).collect()
    }

    /// Highest and lowest of a series, ties named.
    pub(super) fn extremes(&self, series: usize) -> Option<String> {
        let cells = self.values(series);
        if cells.len() < 2 {
            return None;
        }
        let (high, low) = (self.ties(&cells, f64::gt), self.ties(&cells, f64::lt));
        let name = self.series(series);
        let form = match self.data.mark {
            Mark::PercentBar => "_parts",
            _ if self.data.series.len() > 1 => "_of",
            _ => "",
        };
        if high.len() == cells.len() {
            let text = self.value(high.first()?.1);
            return Some(self.say(&format!("alt_equal{form}"), &[("series", name), ("value", &text)]));
        }
        let (high, low) = (self.named(&high), self.named(&low));
        Some(self.say(&format!("alt_extremes{form}"), &[("series", name), ("high", &high), ("low", &low)]))
    }

    /// The cells with the highest or lowest value. Values that print alike count as equal.
    pub(super) fn ties(&self, cells: &[(Cell<'a>, f64)], beats: fn(&f64, &f64) -> bool) -> Vec<Cell<'a>> {
        let best = cells.iter().copied().reduce(|best, cell| if beats(&cell.1, &best.1) { cell } else { best });
        let Some(((_, top), best)) = best else { return Vec::new() };
        let equal = |(cell, value): &(Cell<'a>, f64)| {
            (value - best).abs() <= 1e-9 * best.abs().max(1.0) || cell.1.text == top.text
        };
        cells.iter().filter(|cell| equal(cell)).map(|(cell, _)| *cell).collect()
    }

    /// "Farsta och Norrmalm (12)"
    pub(super) fn named(&self, cells: &[Cell<'a>]) -> String {
        let names = self.some(cells.iter().map(|(category, _)| self.category(*category).to_owned()).collect());
        let value = cells.first().map(|(_, datum)| self.value(datum));
        value.map_or(names.clone(), |value| self.say("alt_named", &[("name", &names), ("value", &value)]))
    }

    /// For how many categories the one of two series is higher.
    pub(super) fn higher(&self) -> Option<String> {
        let [left, right] = &self.data.series[..] else { return None };
        let pairs = left.values.iter().zip(&right.values).filter_map(|(a, b)| a.value.zip(b.value));
        let (above, below, all) = pairs.fold((0, 0, 0), |(above, below, all), (a, b)| {
            (above + usize::from(a > b), below + usize::from(a < b), all + 1)
        });
        let (high, low, count) = if above > below { (left, right, above) } else { (right, left, below) };
        let (count, all) = (count.to_string(), all.to_string());
        let told = [("high", high.label.as_str()), ("low", &low.label), ("count", &count), ("all", &all)];
        (above != below).then(|| self.say("alt_higher", &told))
    }

    /// Where two series differ most, and where they do not.
    pub(super) fn difference(&self) -> Option<String> {
        let [left, right] = &self.data.series[..] else { return None };
        let pairs = left.values.iter().zip(&right.values).enumerate();
        let cells: Vec<(Cell, f64)> =
            pairs.filter_map(|(index, (a, b))| Some(((index, a), (a.value? - b.value?).abs()))).collect();
        let largest = cells.iter().map(|(_, gap)| *gap).fold(0.0, f64::max);
        let near = |gap: f64, to: f64| (gap - to).abs() <= 1e-9 * to.max(1.0);
        if cells.len() < 2 {
            return None;
        }
        if near(largest, 0.0) {
            return Some(self.say("alt_difference_none", &[]));
        }
        let most = cells.iter().filter(|(_, gap)| near(*gap, largest)).map(|((category, _), _)| {
            let values = self.row(*category, ", ");
            self.say("alt_named", &[("name", self.category(*category)), ("value", &values)])
        });
        let mut said = self.say("alt_difference", &[("category", &self.some(most.collect()))]);
        let same: Vec<_> = cells
            .iter()
            .filter(|(_, gap)| near(*gap, 0.0))
            .map(|((category, _), _)| self.category(*category).to_owned())
            .collect();
        if !same.is_empty() {
            said = format!("{said} {}", self.say("alt_difference_same", &[("category", &self.some(same))]));
        }
        Some(said)
    }

    /// Highest and lowest cell of a heat table.
    pub(super) fn cells(&self) -> Option<String> {
        let cells: Vec<(usize, Cell, f64)> = (0..self.data.series.len())
            .flat_map(|series| self.values(series).into_iter().map(move |(cell, value)| (series, cell, value)))
            .collect();
        let named = |beats: fn(&f64, &f64) -> bool| {
            let best = cells.iter().reduce(|best, cell| if beats(&cell.2, &best.2) { cell } else { best })?;
            let equal: Vec<_> =
                cells.iter().filter(|cell| cell.2 == best.2 || cell.1.1.text == best.1.1.text).collect();
            let names = equal.iter().map(|(series, (category, _), _)| {
                self.say("alt_cell", &[("category", self.category(*category)), ("series", self.series(*series))])
            });
            let names = self.some(names.collect());
            let value = self.value(best.1.1);
            Some((equal.len(), self.say("alt_named", &[("name", &names), ("value", &value)]), value))
        };
        let ((equal, high, value), (_, low, _)) = (named(f64::gt)?, named(f64::lt)?);
        if equal == cells.len() {
            return Some(self.say("alt_equal", &[("value", &value)]));
        }
        Some(self.say("alt_extremes", &[("high", &high), ("low", &low)]))
    }

    /// The regions in the highest class of a map.
    pub(super) fn darkest(&self) -> Option<String> {
        let limits = classes::limits(self.data);
        let top = self.values(0).into_iter().filter(|(_, value)| classes::is_top(*value, &limits));
        let names: Vec<String> = top.map(|((category, _), _)| self.category(category).to_owned()).collect();
        (names.len() > 1).then(|| self.say("alt_map_top", &[("names", &self.some(names))]))
    }
}
