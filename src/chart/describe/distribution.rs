//! How values are spread: where most are, where the one in the middle is, and which are farthest out.

use super::super::quartiles::quartiles;
use super::super::{Datum, Level};
use super::{TOLD, Teller};

impl Teller<'_> {
    /// Of a histogram: the class that has most, the one in which the value in the middle is, and from where to where there are any.
    pub(super) fn classes(&self, series: usize) -> Vec<String> {
        let cells = self.values(series);
        let all: f64 = cells.iter().map(|(_, count)| count).sum();
        let some: Vec<usize> = cells.iter().filter(|(_, count)| *count > 0.0).map(|((class, _), _)| *class).collect();
        let mut below = 0.0;
        let middle = cells.iter().find(|(_, count)| {
            below += count;
            2.0 * below >= all
        });
        let (Some(first), Some(last), Some(((middle, _), _))) = (some.first(), some.last(), middle) else {
            return Vec::new();
        };
        let ends = self.say("alt_bins_ends", &[("first", self.category(*first)), ("last", self.category(*last))]);
        if self.data.hides() {
            // Neither the class that has most nor the one in the middle is known.
            return vec![ends];
        }
        let most = self.named(&self.ties(&cells, f64::gt));
        let told = [
            self.say("alt_bins_most", &[("most", &most)]),
            self.say("alt_bins_middle", &[("class", self.category(*middle))]),
            ends,
        ];
        told.into()
    }

    /// Of dots: median and middle half of each series, the lowest and the highest, and how quartiles are reckoned.
    pub(super) fn strips(&self) -> Vec<String> {
        let told = self.data.series.iter().enumerate().filter_map(|(index, series)| {
            let [lower, median, upper] = quartiles(&series.values, self.signs)?.map(|level| self.level_in_words(level));
            let values = [("name", self.series(index)), ("median", &median), ("lower", &lower), ("upper", &upper)];
            let cells = self.values(index);
            let (high, low) = (self.named(&self.ties(&cells, f64::gt)), self.named(&self.ties(&cells, f64::lt)));
            let ends = self.say("alt_extremes", &[("high", &high), ("low", &low)]);
            Some([self.say("alt_spread", &values), ends].join(" "))
        });
        told.chain([self.say("alt_quartiles", &[])]).collect()
    }

    /// Of boxes: median, middle half and ends of each row; of many the highest and lowest median.
    pub(super) fn boxes(&self) -> Vec<String> {
        let [low, lower, median, upper, high] = &self.data.series[..] else { return Vec::new() };
        if self.data.categories.len() > TOLD {
            let cells = self.values(2);
            let (most, least) = (self.named(&self.ties(&cells, f64::gt)), self.named(&self.ties(&cells, f64::lt)));
            return vec![self.say("alt_extremes_median", &[("high", &most), ("low", &least)])];
        }
        let told = (0..self.data.categories.len()).filter_map(|category| {
            let all = [low, lower, median, upper, high].map(|series| series.values.get(category));
            let words = all.map(|datum| datum.filter(|datum| datum.value.is_some()).map(|datum| self.value(datum)));
            let [Some(low), Some(lower), Some(median), Some(upper), Some(high)] = words else { return None };
            let values = [("name", self.category(category)), ("median", &median), ("lower", &lower), ("upper", &upper)];
            let ends = self.say("alt_spread_ends", &[("low", &low), ("high", &high)]);
            Some([self.say("alt_spread", &values), ends].join(" "))
        });
        told.collect()
    }

    /// How many of ten persons are filled.
    pub(super) fn persons(&self, series: usize) -> Option<String> {
        let (_, value) = *self.values(series).first()?;
        let count = super::super::waffle::filled(value, super::super::icons::COUNT).to_string();
        Some(self.say("alt_icons", &[("count", &count)]))
    }

    fn level_in_words(&self, level: Level) -> String {
        self.value(&Datum { value: Some(level.value), text: level.text, blank: None, hidden: false, interval: None })
    }
}
