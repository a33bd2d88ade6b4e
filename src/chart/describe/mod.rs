//! The text alternative: what a sighted reader sees in a chart, in words. Numbers are those that the report prints.

mod compared;
mod distribution;
mod over_time;
mod shares;

use super::measured::measure;
use super::scale::Signs;
use super::scene::Words;
use super::{ChartData, Datum, Fonts, Label, Mark, Measure, Orientation, Times, drawn_orientation, fold, telling};

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
/// At most so many series are told one by one.
const TOLD: usize = 6;

/// Describes a chart in the language of `label`.
pub fn describe(data: &ChartData, fonts: &Fonts, label: Label) -> Description {
    let words = Words::new(data, label);
    let drawn = fold::drawn(data, &words, label);
    let standing = drawn_orientation(&drawn.data, fonts, &words) == Orientation::Vertical;
    let names_of = |data: &ChartData| {
        let named = |times: &Times| times.names(&data.categories, &words.calendar);
        data.times.as_ref().map_or_else(|| data.categories.clone(), named)
    };
    // A course is told from its beginning on, also where the newest stands first.
    let (marked, forth) = (data, from_the_oldest(data));
    let data = forth.as_ref().unwrap_or(data);
    let names = names_of(data);
    let teller = Teller { data, names: &names, signs: &words.signs, standing, label };
    let kind = label(teller.kind(), &[]);
    let alt = label("alt_short", &[("kind", &kind), ("title", data.title.trim_end_matches('.'))]);
    let mut sentences = vec![teller.extent()];
    sentences.extend(teller.told_only());
    sentences.extend(match data.mark {
        Mark::PercentBar => Teller { data: &shares::shares(data), ..teller }.seen(),
        _ => teller.seen(),
    });
    sentences.extend(teller.blanks());
    sentences.extend(teller.folded(&words));
    sentences.extend(telling::marked(marked, &names_of(marked), label));
    if data.categories.len() <= FEW.0 && data.categories.len() * data.series.len() <= FEW.1 {
        sentences.push(teller.whole_in_words());
    }
    Description { alt, description: sentences.join(" ") }
}

/// Points of time of which the newest stands first, in the order of time; none where they are something else.
fn from_the_oldest(data: &ChartData) -> Option<ChartData> {
    let spread = matches!(data.mark, Mark::Strip | Mark::BoxPlot | Mark::Histogram | Mark::Slope);
    let categories: Vec<String> = data.categories.iter().rev().cloned().collect();
    let times = Times::read(&categories).filter(|_| !spread && data.times.is_none() && categories.len() > 1)?;
    let mut out = ChartData { categories, times: Some(times), ..data.clone() };
    out.series.iter_mut().for_each(|series| series.values.reverse());
    Some(out)
}

#[derive(Clone, Copy)]
struct Teller<'a> {
    data: &'a ChartData,
    /// What the categories are called: points of time in the words of the language.
    names: &'a [String],
    signs: &'a Signs,
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

    /// What a sighted reader would say first.
    fn seen(&self) -> Vec<String> {
        match self.data.mark {
            Mark::Heat => self.cells().into_iter().collect(),
            Mark::Choropleth if self.data.panels => self.all_extremes(),
            Mark::Choropleth => self.extremes(0).into_iter().chain(self.darkest()).collect(),
            Mark::Histogram if self.data.panels => self.in_panels(|series| self.classes(series)),
            Mark::Histogram => self.classes(0),
            Mark::Strip => self.strips(),
            Mark::BoxPlot => self.boxes(),
            Mark::Icons if self.data.panels => self.in_panels(|series| self.persons(series).into_iter().collect()),
            Mark::Icons => self.persons(0).into_iter().collect(),
            Mark::Slope => self.directions().into_iter().chain(self.difference()).chain(self.all_extremes()).collect(),
            Mark::StackedBar | Mark::StackedArea if self.is_course() => {
                self.together().into_iter().chain(self.courses()).collect()
            }
            _ if self.is_course() => self.courses(),
            Mark::StackedBar => self.together().into_iter().chain(self.all_extremes()).collect(),
            Mark::GroupedBar | Mark::Dumbbell | Mark::Dot => {
                self.all_extremes().into_iter().chain(self.higher()).chain(self.difference()).collect()
            }
            _ => self.all_extremes().into_iter().chain(self.level()).collect(),
        }
    }

    /// What is told of each panel, after its name.
    fn in_panels(&self, told: impl Fn(usize) -> Vec<String>) -> Vec<String> {
        let panels = (0..self.data.series.len()).map(|series| (self.series(series), told(series).join(" ")));
        let panels = panels.filter(|(_, told)| !told.is_empty());
        panels.map(|(name, told)| self.say("alt_panel", &[("name", name), ("told", &told)])).collect()
    }

    /// Whether the categories are the course of something, and not things that are compared.
    fn is_course(&self) -> bool {
        let line = matches!(self.data.mark, Mark::Line | Mark::Area | Mark::StackedArea | Mark::Sparklines);
        let spread = matches!(self.data.mark, Mark::Strip | Mark::BoxPlot);
        line || !spread && self.data.times.is_some() && self.data.categories.len() > 1
    }

    fn kind(&self) -> &'static str {
        if self.standing { self.data.mark.standing() } else { self.data.mark.label() }
    }

    fn category(&self, index: usize) -> &'a str {
        self.names.get(index).map_or("", String::as_str)
    }

    fn series(&self, index: usize) -> &'a str {
        self.data.series.get(index).map_or("", |series| series.label.as_str())
    }

    /// The cells of a series that have a value.
    fn values(&self, series: usize) -> Vec<(Cell<'a>, f64)> {
        let datums = self.data.series.get(series).into_iter().flat_map(|series| series.values.iter().enumerate());
        datums.filter_map(|(category, datum)| Some(((category, datum), datum.value?))).collect()
    }

    /// A number: percent with its word, all else alone, since its unit has been told and would have to be inflected.
    fn value(&self, datum: &Datum) -> String {
        match &self.data.measure {
            // Printed with its sign, told in words.
            Measure::Percent { .. } => {
                self.say("alt_value_percent", &[("value", datum.text.trim_end_matches('%').trim_end())])
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
        let series = if labels.len() > TOLD { self.some(labels) } else { self.list(&labels) };
        let (first, last) = (self.category(0), self.category(data.categories.len().saturating_sub(1)));
        let several = data.series.len() > 1 && data.mark != Mark::BoxPlot;
        let key = match (data.mark, data.categories.len()) {
            (Mark::Choropleth, _) => "alt_extent_map",
            (Mark::Histogram, _) => "alt_extent_bins",
            (_, 1) => "alt_extent_one",
            _ if self.is_course() => "alt_extent_line",
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

    /// Which rows are drawn by themselves, and what the others are.
    fn folded(&self, words: &Words) -> Option<String> {
        let folded = fold::folded(self.data)?;
        let [count, median, low, high] = fold::summary(self.data, &folded, words)?;
        let (top, bottom) = (folded.top.len(), folded.bottom.len());
        let key = match (top, bottom) {
            (_, 0) => "alt_folded_top",
            (0, _) => "alt_folded_bottom",
            _ => "alt_folded",
        };
        let (top, bottom) = (top.to_string(), bottom.to_string());
        let values = [
            ("top", &*top),
            ("bottom", &bottom),
            ("count", &count),
            ("median", &median),
            ("low", &low),
            ("high", &high),
        ];
        Some(self.say(key, &values))
    }

    /// That what is highest, or lies in some order, is so among the values that are told.
    fn told_only(&self) -> Option<String> {
        let one = self.data.categories.len() * self.data.series.len() == 1;
        (self.data.hides() && !one).then(|| self.say("alt_told_only", &[]))
    }

    /// Cells without value, by their reason: those that are protected, then those of which none is known.
    fn blanks(&self) -> Option<String> {
        let sentence = |key: &str, cells: String| (!cells.is_empty()).then(|| self.say(key, &[("cells", &cells)]));
        let told = [
            sentence("alt_protected", self.blank_cells(|datum| datum.hidden)),
            sentence("alt_blank", self.blank_cells(|datum| datum.value.is_none() && !datum.hidden)),
        ];
        let told: Vec<String> = told.into_iter().flatten().collect();
        (!told.is_empty()).then(|| told.join(" "))
    }

    fn blank_cells(&self, are: impl Fn(&Datum) -> bool) -> String {
        let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
        for (index, series) in self.data.series.iter().enumerate() {
            for (category, datum) in series.values.iter().enumerate().filter(|(_, datum)| are(datum)) {
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
        parts.collect::<Vec<_>>().join("; ")
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
