//! The text alternative: what a sighted reader sees in a chart, in words. Numbers are those that the report prints.

use super::scene::Words;
use super::{ChartData, Datum, Fonts, Label, Mark, Measure, Orientation, classes, drawn_orientation, telling};

/// What stands for the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// Kind of chart and what it shows.
    pub alt: String,
    /// What there is to see: extent, highest and lowest, differences, change, blanks and, when they are few, all values.
    pub description: String,
}

/// Charts with at most so many categories and values are told value by value.
const FEW: (usize, usize) = (6, 12);
/// At most so many equal categories are named.
const NAMED: usize = 4;

/// Describes a chart in the language of `label`.
pub fn describe(data: &ChartData, fonts: &Fonts, label: Label) -> Description {
    let standing = drawn_orientation(data, fonts, &Words::new(data, label)) == Orientation::Vertical;
    let teller = Teller { data, standing, label };
    let kind = label(teller.kind(), &[]);
    let alt = label("alt_short", &[("kind", &kind), ("title", data.title.trim_end_matches('.'))]);
    let mut sentences = vec![teller.extent()];
    match data.mark {
        Mark::Line | Mark::Area | Mark::StackedArea | Mark::Sparklines => sentences.extend(teller.changes()),
        Mark::Heat => sentences.extend(teller.cells()),
        Mark::Choropleth => sentences.extend(teller.extremes(0).into_iter().chain(teller.darkest())),
        _ => {
            sentences.extend((0..data.series.len()).filter_map(|series| teller.extremes(series)));
            if data.mark == Mark::Slope {
                sentences.extend(teller.slopes());
            }
            if data.series.len() == 2
                && matches!(data.mark, Mark::GroupedBar | Mark::Dumbbell | Mark::Dot | Mark::Slope)
            {
                sentences.extend(teller.difference());
            }
        }
    }
    sentences.extend(teller.blanks());
    sentences.extend(telling::marked(data, label));
    if data.categories.len() <= FEW.0 && data.categories.len() * data.series.len() <= FEW.1 {
        sentences.push(teller.whole_in_words());
    }
    Description { alt, description: sentences.join(" ") }
}

/// The words at the axis: "Antal ärenden"; `numbered` where parts of 100 percent have their numbers written in them.
pub fn axis(data: &ChartData, numbered: bool, label: Label) -> String {
    let of = measure(data, "axis", label);
    if data.mark == Mark::Sparklines {
        return label("alt_axis_own", &[("measure", &of)]);
    }
    if let (Mark::Waffle, Measure::Percent { of: whole }) = (data.mark, &data.measure) {
        return match whole.as_str() {
            "" => label("alt_axis_waffle", &[]),
            whole => label("alt_axis_waffle_of", &[("of", whole)]),
        };
    }
    if data.mark == Mark::PercentBar {
        let known = !numbered || matches!(data.measure, Measure::Percent { .. });
        let key = if known { "alt_axis_parts" } else { "alt_axis_parts_of" };
        return label(key, &[("measure", &measure(data, "measure", label))]);
    }
    if data.axis_from.is_some_and(|from| from != 0.0) {
        return label("alt_axis_cut", &[("measure", &of)]);
    }
    of
}

/// What is measured, as words at an axis (`axis`) or within a sentence (`measure`).
fn measure(data: &ChartData, place: &str, label: Label) -> String {
    let (kind, key, name) = match &data.measure {
        Measure::Count { unit } => ("count", "unit", unit),
        Measure::Percent { of } => ("percent", "of", of),
        Measure::Amount { unit } => ("amount", "unit", unit),
        Measure::Mixed => ("amount", "unit", &String::new()),
    };
    if name.is_empty() {
        label(&format!("alt_{place}_{kind}"), &[])
    } else {
        label(&format!("alt_{place}_{kind}_of"), &[(key, name)])
    }
}

struct Teller<'a> {
    data: &'a ChartData,
    /// Its bars stand, as it is drawn.
    standing: bool,
    label: Label<'a>,
}

/// A category and its datum.
type Cell<'a> = (usize, &'a Datum);

impl<'a> Teller<'a> {
    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        (self.label)(key, values)
    }

    fn kind(&self) -> &'static str {
        if self.standing { self.data.mark.standing() } else { self.data.mark.label() }
    }

    fn category(&self, index: usize) -> &'a str {
        self.data.categories.get(index).map_or("", String::as_str)
    }

    fn series(&self, index: usize) -> &'a str {
        self.data.series.get(index).map_or("", |series| series.label.as_str())
    }

    /// The cells of a series that have a value.
    fn values(&self, series: usize) -> Vec<(Cell<'a>, f64)> {
        let datums = self.data.series.get(series).into_iter().flat_map(|series| series.values.iter().enumerate());
        datums.filter_map(|(category, datum)| Some(((category, datum), datum.value?))).collect()
    }

    /// A number with its unit: counts stand alone, since their unit has been told and would have to be inflected.
    fn value(&self, datum: &Datum) -> String {
        match &self.data.measure {
            // Printed with its sign, told in words.
            Measure::Percent { .. } => {
                self.say("alt_value_percent", &[("value", datum.text.trim_end_matches('%').trim_end())])
            }
            Measure::Amount { unit } if !unit.is_empty() => {
                self.say("alt_value_amount", &[("value", &datum.text), ("unit", unit)])
            }
            Measure::Amount { .. } | Measure::Count { .. } | Measure::Mixed => datum.text.clone(),
        }
    }

    /// "a, b och c"
    fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => self.say("alt_list", &[("list", &first.join(", ")), ("last", last)]),
        }
    }

    /// The first few of equals, and how many more there are.
    fn some(&self, names: Vec<String>) -> String {
        match names.len().checked_sub(NAMED) {
            Some(more) if more > 0 => {
                let named = names.get(..NAMED).unwrap_or_default().join(", ");
                self.say("alt_list_more", &[("list", &named), ("count", &more.to_string())])
            }
            _ => self.list(&names),
        }
    }

    fn extent(&self) -> String {
        let data = self.data;
        let measure = measure(data, "measure", self.label);
        let count = data.categories.len().to_string();
        let labels: Vec<String> = data.series.iter().map(|series| series.label.clone()).collect();
        let series = self.list(&labels);
        let (first, last) = (self.category(0), self.category(data.categories.len().saturating_sub(1)));
        let several = data.series.len() > 1;
        let key = match (data.mark, data.categories.len()) {
            (Mark::Line | Mark::Area | Mark::StackedArea | Mark::Sparklines, _) => "alt_extent_line",
            (Mark::Choropleth, _) => "alt_extent_map",
            (Mark::Histogram, _) => "alt_extent_bins",
            (_, 1) => "alt_extent_one",
            _ if data.category_label.is_empty() => "alt_extent_bare",
            _ => "alt_extent",
        };
        let values = [
            ("measure", measure.as_str()),
            ("count", &count),
            ("category", if data.categories.len() == 1 { first } else { &data.category_label }),
            ("first", first),
            ("last", last),
        ];
        let said = self.say(key, &values);
        let told =
            if several { self.say("alt_extent_series", &[("extent", &said), ("series", &series)]) } else { said };
        let cut = data.axis_from.is_some_and(|from| from != 0.0);
        if cut { format!("{told} {}", self.say("alt_cut", &[])) } else { told }
    }

    /// Highest and lowest of a series, ties named.
    fn extremes(&self, series: usize) -> Option<String> {
        let shares = self.data.mark == Mark::PercentBar;
        let mut cells = self.values(series);
        if shares {
            cells.retain(|((category, _), _)| self.data.parts(*category).iter().any(|part| *part > 0.0));
            for ((category, _), value) in &mut cells {
                *value = self.data.parts(*category).get(series).copied().unwrap_or(0.0);
            }
        }
        if cells.len() < 2 {
            return None;
        }
        let (high, low) = (self.ties(&cells, f64::gt, shares), self.ties(&cells, f64::lt, shares));
        let name = self.series(series);
        let prefix = if self.data.series.len() > 1 { "_of" } else { "" };
        if high.len() == cells.len() {
            let key = if shares { "alt_equal_parts".to_owned() } else { format!("alt_equal{prefix}") };
            let text = self.value(high.first()?.1);
            return Some(self.say(&key, &[("series", name), ("value", &text)]));
        }
        let part = if shares { "alt_extremes_parts".to_owned() } else { format!("alt_extremes{prefix}") };
        let (high, low) = (self.named(&high, shares), self.named(&low, shares));
        Some(self.say(&part, &[("series", name), ("high", &high), ("low", &low)]))
    }

    /// The cells with the highest or lowest value. Values that print alike count as equal, unless they are shares, whose
    /// printed counts say nothing of them.
    fn ties(&self, cells: &[(Cell<'a>, f64)], beats: fn(&f64, &f64) -> bool, shares: bool) -> Vec<Cell<'a>> {
        let best = cells.iter().copied().reduce(|best, cell| if beats(&cell.1, &best.1) { cell } else { best });
        let Some(((_, top), best)) = best else { return Vec::new() };
        let equal = |(cell, value): &(Cell<'a>, f64)| {
            (value - best).abs() <= 1e-9 * best.abs().max(1.0) || (!shares && cell.1.text == top.text)
        };
        cells.iter().filter(|cell| equal(cell)).map(|(cell, _)| *cell).collect()
    }

    /// "Farsta och Norrmalm (12)"; for shares each with its own count.
    fn named(&self, cells: &[Cell<'a>], each: bool) -> String {
        let with_value =
            |name: &str, datum: &Datum| self.say("alt_named", &[("name", name), ("value", &self.value(datum))]);
        if each {
            return self
                .some(cells.iter().map(|(category, datum)| with_value(self.category(*category), datum)).collect());
        }
        let names = self.some(cells.iter().map(|(category, _)| self.category(*category).to_owned()).collect());
        cells.first().map_or(names.clone(), |(_, datum)| with_value(&names, datum))
    }

    /// Where two series differ most, and where they do not.
    fn difference(&self) -> Option<String> {
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

    /// First and last of each line, its direction, highest and lowest.
    fn changes(&self) -> Vec<String> {
        (0..self.data.series.len()).filter_map(|series| self.change(series)).collect()
    }

    fn change(&self, series: usize) -> Option<String> {
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
        let (high, low) = (self.ties(&cells, f64::gt, false), self.ties(&cells, f64::lt, false));
        let at_the_ends =
            [&high[..], &low[..]].iter().all(|cells| matches!(cells, [(only, _)] if *only == first || *only == last));
        if at_the_ends || high.len() == cells.len() {
            return Some(said);
        }
        let (high, low) = (self.named(&high, false), self.named(&low, false));
        Some(format!("{said} {}", self.say("alt_extremes_line", &[("high", &high), ("low", &low)])))
    }

    /// Highest and lowest cell of a heat table.
    fn cells(&self) -> Option<String> {
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

    /// Which categories rose from one point of time to the other, and which fell.
    fn slopes(&self) -> Vec<String> {
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

    /// The regions in the highest class of a map.
    fn darkest(&self) -> Option<String> {
        let limits = classes::limits(self.data);
        let top = self.values(0).into_iter().filter(|(_, value)| classes::is_top(*value, &limits));
        let names: Vec<String> = top.map(|((category, _), _)| self.category(category).to_owned()).collect();
        (names.len() > 1).then(|| self.say("alt_map_top", &[("names", &self.some(names))]))
    }

    /// Cells without value, by their reason.
    fn blanks(&self) -> Option<String> {
        let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
        for (index, series) in self.data.series.iter().enumerate() {
            for (category, datum) in series.values.iter().enumerate().filter(|(_, datum)| datum.value.is_none()) {
                let cell = match self.data.series.len() {
                    1 => self.category(category).to_owned(),
                    _ => self.say("alt_cell", &[("category", self.category(category)), ("series", self.series(index))]),
                };
                let reason = datum.blank.clone().unwrap_or_else(|| datum.text.clone());
                match reasons.iter_mut().find(|(known, _)| *known == reason) {
                    Some((_, cells)) => cells.push(cell),
                    None => reasons.push((reason, vec![cell])),
                }
            }
        }
        let parts = reasons
            .into_iter()
            .map(|(reason, cells)| self.say("alt_named", &[("name", &self.some(cells)), ("value", &reason)]));
        let parts: Vec<_> = parts.collect();
        (!parts.is_empty()).then(|| self.say("alt_blank", &[("cells", &parts.join("; "))]))
    }

    /// The values of a category: "Kvinnor 7, Män 3".
    fn row(&self, category: usize, between: &str) -> String {
        let cells = self.data.series.iter().filter_map(|series| Some((&series.label, series.values.get(category)?)));
        let cells = cells.map(|(label, datum)| self.pair(label, datum));
        cells.collect::<Vec<_>>().join(between)
    }

    /// "Kvinnor 7", "Män (uppgift saknas)"
    fn pair(&self, name: &str, datum: &Datum) -> String {
        let key = if datum.value.is_some() { "alt_pair" } else { "alt_named" };
        self.say(key, &[("name", name), ("value", &self.datum_in_words(datum))])
    }

    /// A value, or the reason for its absence.
    fn datum_in_words(&self, datum: &Datum) -> String {
        match (datum.value, &datum.blank) {
            (None, Some(reason)) => reason.clone(),
            (None, None) => datum.text.clone(),
            (Some(_), _) => self.value(datum),
        }
    }

    fn whole_in_words(&self) -> String {
        if let ([_], [series]) = (&self.data.categories[..], &self.data.series[..])
            && let [datum] = &series.values[..]
        {
            return self.say("alt_single", &[("value", &self.datum_in_words(datum))]);
        }
        let rows = (0..self.data.categories.len()).map(|category| {
            let name = self.category(category);
            match &self.data.series[..] {
                [only] => only.values.get(category).map_or_else(String::new, |datum| self.pair(name, datum)),
                _ => self.say("alt_row", &[("name", name), ("values", &self.row(category, ", "))]),
            }
        });
        self.say("alt_all", &[("values", &rows.collect::<Vec<_>>().join("; "))])
    }
}
