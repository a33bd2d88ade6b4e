//! Figures of one unit or one quality area over the years, where they are the same measure.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::{self, ChartData, Datum, Mark, Marked, Measure, Series, Times};
use crate::document::{address, anchor};
use crate::locale::Locale;
use crate::render::contents::{Contents, Figure};
use crate::render::html::{FigureChart, FigureRow, FigureTable, Link};
use crate::value::Blank;

use super::held::Held;

/// So many years make a line; fewer are read in the table.
const LINE: usize = 3;
/// Lines of one picture.
const LINES: usize = 8;

/// A measure: what the newest report calls it, and its values by year.
struct Row<'a> {
    label: &'a str,
    years: BTreeMap<i32, (&'a Held, &'a Figure)>,
}

/// The figures that are `wanted` of documents that stand in the order of their dates, the newest first; none where no measure has two years.
pub(super) fn figures<'a>(
    with: &[(&'a Held, &'a Contents)],
    wanted: impl Fn(&Contents, &Figure) -> bool,
    style: &chart::Style,
    locale: &Locale,
) -> Option<FigureTable> {
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    for (held, contents) in with {
        for figure in contents.figures.iter().filter(|figure| wanted(contents, figure)) {
            let Some(measure) = &figure.measure else { continue };
            let row = rows.entry(measure).or_insert_with(|| Row { label: &figure.label, years: BTreeMap::new() });
            // The newest document of a year says what held in it.
            row.years.entry(figure.year).or_insert((held, figure));
        }
    }
    let mut rows: Vec<Row> = rows.into_values().filter(|row| row.years.len() > 1).collect();
    rows.sort_by(|a, b| locale.compare(a.label, b.label));
    let years: BTreeSet<i32> = rows.iter().flat_map(|row| row.years.keys().copied()).collect();
    let lines: Vec<&Row> = rows.iter().filter(|row| row.points().count() >= LINE).collect();
    let charts = lines.chunks(LINES).enumerate();
    let charts =
        charts.filter_map(|(nth, rows)| drawn(&format!("Over-time-{}", nth + 1), rows, style, locale)).collect();
    let table = rows.iter().map(|row| FigureRow {
        label: row.label.to_owned(),
        values: years.iter().map(|year| row.years.get(year).map(|(held, figure)| link(held, figure))).collect(),
    });
    let table: Vec<FigureRow> = table.collect();
    (!table.is_empty()).then(|| FigureTable { charts, rows: table, years: years.iter().copied().collect() })
}

/// Where a document lies, from a page in a folder of `output/`.
pub(super) fn place(held: &Held, anchor: &str) -> String {
    let hash = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
    format!("../{}index.html{hash}", address::folder(&held.id, &held.version))
}

fn link(held: &Held, figure: &Figure) -> Link {
    Link { href: place(held, &anchor::evidence(&figure.key)), words: figure.value.clone() }
}

impl Row<'_> {
    /// The years of which the number is told, with the number and its words.
    fn points(&self) -> impl Iterator<Item = (i32, f64, &str)> {
        self.years.iter().filter_map(|(year, (_, figure))| {
            let number = figure.number.as_deref()?.parse().ok()?;
            // Of a number by groups the whole.
            let words = figure.value.split(" (").next().unwrap_or_default();
            Some((*year, number, words))
        })
    }
}

/// A line for each measure; none where it cannot be drawn.
fn drawn(id: &str, rows: &[&Row], style: &chart::Style, locale: &Locale) -> Option<FigureChart> {
    let years: BTreeSet<i32> = rows.iter().flat_map(|row| row.points().map(|(year, ..)| year)).collect();
    let series = rows.iter().map(|row| {
        let known: BTreeMap<i32, (f64, &str)> =
            row.points().map(|(year, number, words)| (year, (number, words))).collect();
        let values = years.iter().map(|year| match known.get(year) {
            Some((number, words)) => datum(Some(*number), words, None),
            None => datum(None, Blank::NotAvailable.mark(), Some(locale.label(Blank::NotAvailable.label()))),
        });
        Series { label: row.label.to_owned(), values: values.collect() }
    });
    let series = series.collect();
    let categories: Vec<String> = years.iter().map(i32::to_string).collect();
    let data = ChartData {
        id: id.to_owned(),
        mark: Mark::Sparklines,
        orientation: None,
        title: locale.label("site_figures").to_owned(),
        category_label: locale.label("site_year").to_owned(),
        times: Times::read(&categories),
        categories,
        series,
        measure: Measure::Mixed,
        axis_from: None,
        labels: None,
        map: None,
        bins: None,
        marked: Marked::default(),
        fold: None,
        others: None,
        panels: false,
    };
    let label = |key: &str, values: &[(&str, &str)]| locale.fill(key, values);
    let fonts = chart::Fonts::builtin().ok()?;
    let described = chart::describe(&data, fonts, &label);
    let drawing = chart::draw(&data, style, fonts, &described.description, &label).ok()?;
    Some(FigureChart { svg: drawing.svg, width: drawing.width, alt: described.alt })
}

fn datum(value: Option<f64>, text: &str, blank: Option<&str>) -> Datum {
    Datum { value, text: text.to_owned(), blank: blank.map(str::to_owned), hidden: false, interval: None }
}
