//! What is marked in a chart: names become places on its axes, bound figures numbers, words plain text.

use crate::alike;
use crate::chart::{ChartData, Highlight, Level, Marked, Measure, Open, Period, Reference, Remark};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::annotation::{self, Extent, Quantity};
use crate::document::data;
use crate::document::resolved::plain_text;
use crate::source::{Span, Text};
use crate::value::{Unit, Value, is_percentage};

use super::Resolver;

/// The rows and columns that a chart draws, by the ids that they have in the table.
pub(super) struct Names<'a> {
    pub rows: Vec<&'a str>,
    pub series: Vec<&'a str>,
    /// What the column of statuses says of each category; none where nothing is told.
    pub statuses: Vec<Option<String>>,
}

/// The annotations of one chart, read.
struct Reading<'r, 'a> {
    resolver: &'r mut Resolver<'a>,
    chart: &'r data::Chart,
    data: &'r ChartData,
    names: &'r Names<'r>,
}

impl Resolver<'_> {
    /// What a chart's specification marks; what cannot be found is reported and left out.
    pub(super) fn marked(&mut self, chart: &data::Chart, data: &ChartData, names: &Names<'_>) -> Marked {
        Reading { resolver: self, chart, data, names }.marked()
    }
}

impl Reading<'_, '_> {
    fn marked(&mut self) -> Marked {
        let given = &self.chart.annotations;
        let references = given.references.iter().filter_map(|given| self.reference(given)).collect();
        let periods = given.periods.iter().filter_map(|given| self.period(given)).collect();
        let remarks = given.remarks.iter().filter_map(|given| self.remark(given)).collect();
        let open = match &given.status {
            Some(status) => self.told_open(status),
            None => self.open_from(),
        };
        Marked { highlight: self.highlight(&given.highlight), references, periods, remarks, open }
    }

    /// What is not final from a row on: each until the other begins.
    fn open_from(&mut self) -> Vec<Open> {
        let given = &self.chart.annotations;
        let open = [(&given.provisional_from, "chart_provisional"), (&given.forecast_from, "chart_forecast")];
        let begins = open.map(|(from, key)| Some((self.row(from.as_ref()?)?.0, key)));
        let begins: Vec<(usize, &str)> = begins.into_iter().flatten().collect();
        let count = self.data.categories.len();
        let open = begins.iter().map(|(from, key)| {
            let end = begins.iter().map(|(other, _)| *other).find(|other| other > from).unwrap_or(count);
            Open { categories: (*from..end).collect(), words: self.resolver.locale.label(key).to_owned() }
        });
        open.collect()
    }

    /// What is not final by the words of a column: those that the author does not call final.
    fn told_open(&mut self, status: &annotation::Status) -> Vec<Open> {
        let mut open: Vec<Open> = Vec::new();
        let told = || self.names.statuses.iter().flatten();
        let same = |a: &str, b: &str| alike::reading(a) == alike::reading(b);
        for settled in &status.settled {
            if !told().any(|word| same(word, &settled.value)) {
                let message = say!("no row has the status `{word}`", word = settled.value);
                let diagnostic = Diagnostic::error(Code::CHART_SPEC, message).at(settled.span);
                self.resolver.sink.push(diagnostic.nearest(&settled.value, told().map(String::as_str)));
            }
        }
        for (category, word) in self.names.statuses.iter().enumerate() {
            let Some(word) = word.as_ref().filter(|word| !status.settled.iter().any(|own| same(&own.value, word)))
            else {
                continue;
            };
            let words = self.resolver.locale.capitalise(word);
            match open.iter_mut().find(|open| same(&open.words, &words)) {
                Some(known) => known.categories.push(category),
                None => open.push(Open { categories: vec![category], words }),
            }
        }
        if open.iter().map(|open| open.categories.len()).sum::<usize>() == self.data.categories.len() {
            let message = say!("no row of the chart `{chart}` has final values", chart = self.chart.id);
            let known = open.iter().map(|open| open.words.as_str()).collect::<Vec<_>>().join(", ");
            self.resolver.sink.push(
                Diagnostic::error(Code::CHART_SPEC, message)
                    .at(status.column.span)
                    .help(say!("name the words of rows that are final: `final: …`; the column has: {known}", known)),
            );
        }
        open
    }

    /// Series by their names, or rows where one is named that is no series.
    fn highlight(&mut self, given: &[Text]) -> Option<Highlight> {
        let names = self.names;
        let find = |ids: &[&str]| {
            let places = given.iter().map(|name| ids.iter().position(|id| *id == name.value));
            places.collect::<Option<Vec<_>>>()
        };
        if given.is_empty() {
            return None;
        }
        let found = find(&names.series).map(Highlight::Series).or_else(|| find(&names.rows).map(Highlight::Categories));
        if found.is_none() {
            let known = || names.series.iter().chain(&names.rows).copied();
            let strange = given.iter().find(|name| !known().any(|id| id == name.value));
            let (name, message) = match strange {
                Some(name) => (name, say!("`{name}` is neither a series nor a row of the chart", name = name.value)),
                None => (&given[0], say!("`highlight` names series or rows, not both")),
            };
            let diagnostic = Diagnostic::error(Code::CHART_SPEC, message).at(name.span).nearest(&name.value, known());
            self.resolver.sink.push(diagnostic.help(say!("series: {series}", series = names.series.join(", "))));
        }
        found
    }

    fn reference(&mut self, given: &annotation::Reference) -> Option<Reference> {
        let extent = given.extent.map(|quantity| self.level(quantity))?;
        if let Extent::Between(Some(from), Some(to)) = &extent
            && from.value >= to.value
        {
            let message = say!(
                "the band ends at {to}, which is not above where it begins, {from}",
                to = to.text,
                from = from.text
            );
            self.resolver.sink.push(Diagnostic::error(Code::CHART_SPEC, message).at(given.label.span));
            return None;
        }
        let label = self.words(&given.label);
        let number = match &extent {
            Extent::At(level) => level.text.clone(),
            Extent::Between(Some(from), Some(to)) => {
                self.resolver.locale.fill("chart_band", &[("from", &from.text), ("to", &to.text)])
            }
            Extent::Between(Some(from), None) => self.resolver.locale.fill("chart_band_from", &[("from", &from.text)]),
            Extent::Between(None, to) => {
                let to = to.as_ref().map_or("", |to| &to.text);
                self.resolver.locale.fill("chart_band_to", &[("to", to)])
            }
        };
        let words = self.resolver.locale.fill("chart_marked", &[("label", &label), ("value", &number)]);
        Some(Reference { label, words, extent })
    }

    /// A number as the chart's own are printed; it must be counted in what they are.
    fn level(&mut self, quantity: &Quantity) -> Option<Level> {
        let (chart, data) = (self.chart, self.data);
        let kind = chart.series.first().and_then(|(column, _)| chart.table.columns.get(*column)).map(|c| &c.kind);
        let value = match quantity {
            Quantity::Typed { value, decimals, .. } => match kind {
                Some(data::ColumnKind::Percent { .. }) => Value::Percent { value: *value, decimals: *decimals },
                _ => Value::Amount { value: *value, decimals: *decimals, unit: None },
            },
            Quantity::Bound(text) => self.resolver.bound_number(text)?,
        };
        let of = match &value {
            Value::Percent { .. } | Value::Change { unit: Unit::Percent, .. } => Some("percent".to_owned()),
            Value::Amount { unit, .. } => unit.clone(),
            _ => None,
        };
        let axis = match &data.measure {
            Measure::Percent { .. } => Some("percent".to_owned()),
            Measure::Amount { unit } if !unit.is_empty() => Some(unit.clone()),
            Measure::Amount { .. } | Measure::Count { .. } | Measure::Mixed => None,
        };
        let same = |a: &str, b: &str| a == b || [a, b].iter().all(|unit| *unit == "percent" || is_percentage(unit));
        let fits = match (&of, &axis) {
            (Some(of), Some(axis)) => same(of, axis),
            (Some(_), None) => false,
            (None, _) => axis.is_none() || !matches!(value, Value::Count(_)),
        };
        if matches!(quantity, Quantity::Bound(_)) && !fits {
            let told = |unit: &Option<String>| unit.as_ref().map_or("numbers".to_owned(), |unit| format!("`{unit}`"));
            let message = say!(
                "the figure is told in {own}, and the chart's axis in {axis}",
                own = told(&of),
                axis = told(&axis)
            );
            self.resolver.sink.push(
                Diagnostic::error(Code::CHART_SPEC, message)
                    .at(quantity.span())
                    .help(say!("give the figure and the table's column the same unit, or bind another figure")),
            );
            return None;
        }
        let number = value.number()?.to_f64();
        Some(Level { value: number, text: plain_text(&self.resolver.cell(&value)) })
    }

    fn period(&mut self, given: &annotation::Period) -> Option<Period> {
        let extent = match given.extent.map(|words| self.row(words))? {
            Extent::At((first, _)) => Extent::At(first),
            Extent::Between(from, to) => Extent::Between(from.map(|(first, _)| first), to.map(|(_, last)| last)),
        };
        let period = Period { label: self.words(&given.label), extent };
        let (first, last) = period.ends(self.data.categories.len());
        if first > last {
            let message = say!("the period ends before it begins");
            self.resolver.sink.push(Diagnostic::error(Code::CHART_SPEC, message).at(given.label.span));
            return None;
        }
        Some(period)
    }

    fn remark(&mut self, given: &annotation::Remark) -> Option<Remark> {
        let (data, names) = (self.data, self.names);
        let (category, _) = self.row(&given.at)?;
        let series = match (&given.series, &names.series[..]) {
            (None, [_]) => Some(0),
            (Some(name), series) => series.iter().position(|id| *id == name.value),
            (None, _) => None,
        };
        let at = given.series.as_ref().unwrap_or(&given.at);
        let Some(series) = series else {
            let message = match &given.series {
                Some(name) => say!("the chart draws no column `{name}`", name = name.value),
                None => say!("which of the lines is meant?"),
            };
            let diagnostic = Diagnostic::error(Code::CHART_SPEC, message).at(at.span);
            self.resolver
                .sink
                .push(diagnostic.help(say!("`series` can be: {series}", series = names.series.join(", "))));
            return None;
        };
        let datum = data.series.get(series).and_then(|series| series.values.get(category))?;
        if datum.value.is_none() {
            let message = say!("there is no value at `{category}` to remark on", category = data.categories[category]);
            self.resolver.sink.push(Diagnostic::error(Code::CHART_SPEC, message).at(given.at.span));
            return None;
        }
        Some(Remark { series, category, text: self.words(&given.text) })
    }

    /// The rows that words name, by id, label or time: the first and the last.
    fn row(&mut self, words: &Text) -> Option<(usize, usize)> {
        if let Some(at) = self.names.rows.iter().position(|id| *id == words.value) {
            return Some((at, at));
        }
        match self.data.named(&words.value) {
            Ok(found) => Some(found),
            Err(nearest) => {
                let diagnostic = not_on_the_axis(self.data, &words.value, nearest, words.span);
                self.resolver.sink.push(diagnostic);
                None
            }
        }
    }

    fn words(&mut self, text: &Text) -> String {
        self.resolver.bare(|resolver| plain_text(&resolver.text(text)))
    }
}

fn not_on_the_axis(data: &ChartData, words: &str, nearest: Option<usize>, span: Span) -> Diagnostic {
    let message = say!("`{words}` is not on the chart's axis", words);
    let diagnostic = Diagnostic::error(Code::CHART_SPEC, message).at(span);
    let labels = || data.categories.iter().map(String::as_str);
    let ends = labels().next().zip(labels().next_back());
    let Some((first, last)) = ends else { return diagnostic };
    let reaches = say!("the axis goes from {first} to {last}", first, last);
    match nearest.and_then(|at| data.categories.get(at)) {
        Some(near) => diagnostic.help(say!("the nearest is `{near}`; {reaches}", near, reaches)),
        None => diagnostic.nearest(words, labels()).help(reaches),
    }
}
