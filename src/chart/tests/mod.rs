//! Charts for tests: every mark with realistic data, and the words of both languages.

mod describing;
mod drawing;
mod marked;

use super::*;
use std::collections::BTreeMap;

pub fn fonts() -> &'static Fonts {
    Fonts::builtin().expect("the shipped fonts can be read")
}

pub fn number(value: f64, text: &str) -> Datum {
    Datum { value: Some(value), text: text.to_owned(), blank: None, hidden: false, interval: None }
}

pub fn blank() -> Datum {
    Datum {
        value: None,
        text: "..".to_owned(),
        blank: Some("uppgift saknas".to_owned()),
        hidden: false,
        interval: None,
    }
}

/// Series from numbers as they are printed in Swedish; `..` is a blank.
fn series(label: &str, values: &str) -> Series {
    let read = |text: &str| match text.replace('_', "").replace(',', ".").parse() {
        Ok(value) => number(value, &text.replace('_', "\u{a0}")),
        Err(_) => blank(),
    };
    Series { label: label.to_owned(), values: values.split_whitespace().map(read).collect() }
}

fn build(mark: Mark, category_label: &str, categories: &[&str], series: Vec<Series>) -> ChartData {
    ChartData {
        id: "cases".into(),
        mark,
        orientation: Some(Orientation::Horizontal),
        title: "Granskade ärenden".into(),
        category_label: category_label.into(),
        categories: categories.iter().map(|&label| label.to_owned()).collect(),
        series,
        measure: Measure::Count { unit: "ärenden".into() },
        axis_from: None,
        times: Times::read(&categories.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()),
        labels: None,
        map: None,
        bins: None,
        marked: Marked::default(),
        fold: None,
        others: None,
        panels: false,
    }
}

/// A plain chart of some rows and series.
pub fn chart(mark: Mark, rows: usize, count: usize) -> ChartData {
    let categories: Vec<String> = (1..=rows).map(|row| format!("Rad {row}")).collect();
    let values =
        |s: usize| (0..rows).map(|row| number((2 + row * 3 + s) as f64, &(2 + row * 3 + s).to_string())).collect();
    let series = (0..count).map(|s| Series { label: format!("Serie {}", s + 1), values: values(s) }).collect();
    let mut data = build(mark, "Rad", &[], series);
    data.categories = categories;
    data
}

const DISTRICTS: [&str; 4] = ["Farsta", "Norrmalm", "Skärholmen", "Hägersten-Älvsjö"];
const DIAGNOSES: [&str; 12] = [
    "Autismspektrumtillstånd",
    "Ångestsyndrom (t.ex. generaliserat ångestsyndrom)",
    "Adhd och andra neuropsykiatriska funktionsnedsättningar",
    "Posttraumatiskt stressyndrom (PTSD)",
    "Schizofreni och andra psykoser",
    "Bipolär sjukdom",
    "Depression",
    "Emotionellt instabilt personlighetssyndrom",
    "Tvångssyndrom (OCD)",
    "Ätstörning",
    "Beroendesjukdom i kombination med annan psykiatrisk diagnos",
    "Annat",
];
const YEARS: [&str; 8] = ["2013", "2014", "2015", "2016", "2017", "2018", "2019", "2020"];

/// Every mark, with what is hard about it, and what can be marked in them.
pub fn gallery() -> Vec<(&'static str, ChartData)> {
    plain().into_iter().chain(marked::gallery()).collect()
}

fn plain() -> Vec<(&'static str, ChartData)> {
    let percent = || Measure::Percent { of: "de granskade ärendena".into() };
    let diagnoses = || vec![series("Kvinnor", "7 6 5 7 4 4 3 3 2 2 1 0"), series("Män", "9 3 6 3 7 3 2 0 1 .. 2 2")];
    let answers = || {
        vec![
            series("Instämmer helt", "12 9 20 3"),
            series("Instämmer delvis", "5 14 8 30"),
            series("Instämmer inte", "1 4 2 1"),
            series("Vet inte", "2 1 0 .."),
        ]
    };
    let vertical = |data: ChartData| ChartData { orientation: Some(Orientation::Vertical), ..data };
    let yearly_of = |mark, list| build(mark, "År", &YEARS, list);
    let yearly = |list| ChartData { axis_from: None, ..build(Mark::Line, "År", &YEARS, list) };
    let money = ["Lön", "Hyra", "Resor"];
    vec![
        ("bar", build(Mark::Bar, "Diagnos", &DIAGNOSES, vec![series("Totalt", "16 9 11 10 11 7 5 3 3 2 3 2")])),
        ("bar-one", build(Mark::Bar, "", &["Alla granskade ärenden"], vec![series("Totalt", "40")])),
        ("bar-zero-blank", build(Mark::Bar, "Stadsdel", &DISTRICTS, vec![series("Totalt", "324 0 .. 1_234_567")])),
        (
            "bar-negative",
            ChartData {
                measure: Measure::Amount { unit: "tusen kronor".into() },
                ..build(Mark::Bar, "Post", &money, vec![series("Avvikelse", "-120,5 80 -3")])
            },
        ),
        ("column", vertical(build(Mark::Bar, "Stadsdel", &DISTRICTS, vec![series("Totalt", "324 0 .. 1_234_567")]))),
        ("column-negative", vertical(build(Mark::Bar, "Post", &money, vec![series("Avvikelse", "-120,5 80 -3")]))),
        (
            "column-lies",
            vertical(build(Mark::Bar, "Diagnos", &DIAGNOSES, vec![series("Totalt", "16 9 11 10 11 7 5 3 3 2 3 2")])),
        ),
        ("grouped", build(Mark::GroupedBar, "Diagnos", &DIAGNOSES, diagnoses())),
        (
            "grouped-column",
            vertical(build(
                Mark::GroupedBar,
                "Stadsdel",
                &DISTRICTS,
                vec![series("Kvinnor", "12 9 20 3"), series("Män", "5 14 .. 0")],
            )),
        ),
        ("grouped-four", build(Mark::GroupedBar, "Stadsdel", &DISTRICTS, answers())),
        ("stacked", build(Mark::StackedBar, "Stadsdel", &DISTRICTS, answers())),
        ("stacked-column", vertical(build(Mark::StackedBar, "Stadsdel", &DISTRICTS, answers()))),
        (
            "stacked-large",
            build(
                Mark::StackedBar,
                "Stadsdel",
                &DISTRICTS,
                vec![
                    series("Insatser", "1_234_567 800_000 3 0"),
                    series("Avgifter", "12 400_000 1_000_000 0"),
                    series("Övrigt", "9_999 12_000 13_000 0"),
                ],
            ),
        ),
        ("percent", build(Mark::PercentBar, "Stadsdel", &DISTRICTS, answers())),
        ("percent-column", vertical(build(Mark::PercentBar, "Stadsdel", &DISTRICTS, answers()))),
        (
            "percent-zero",
            build(
                Mark::PercentBar,
                "Plan",
                &["Aktuell genomförandeplan finns i akten vid granskningstillfället", "Ingen plan"],
                vec![series("Kvinnor", "20 0"), series("Män", "12 0")],
            ),
        ),
        (
            "line",
            ChartData {
                measure: percent(),
                ..yearly(vec![
                    series("Kvinnor", "51 52,5 54 53 57 60 61 63"),
                    series("Män", "49 50 50,5 54 55 54 52 50"),
                ])
            },
        ),
        (
            "line-one",
            yearly(vec![series("Totalt", "1_010_000 1_060_500 .. 1_120_000 1_180_000 1_170_000 1_200_000 1_234_567")]),
        ),
        (
            "line-cut",
            ChartData {
                axis_from: Some(40.0),
                measure: percent(),
                ..yearly(vec![series("Kvinnor", "51 52 54 53 57 60 61 63")])
            },
        ),
        (
            "line-four",
            yearly(vec![
                series("Farsta", "5 7 9 12 11 15 14 16"),
                series("Norrmalm", "6 7 8 11 12 14 15 15"),
                series("Skärholmen", "20 18 17 15 13 12 13 14"),
                series("Hägersten-Älvsjö stadsdelsförvaltning", "0 1 1 2 .. 3 3 5"),
            ]),
        ),
        ("line-months", months(&["Länet", "Riket"])),
        ("line-one-months", months(&["Länet"])),
        (
            "dumbbell",
            ChartData {
                measure: percent(),
                ..build(
                    Mark::Dumbbell,
                    "Stadsdel",
                    &DISTRICTS,
                    vec![series("Kvinnor", "62,5 40 55 0"), series("Män", "48 40 57 100")],
                )
            },
        ),
        (
            "dumbbell-blank",
            build(
                Mark::Dumbbell,
                "Stadsdel",
                &DISTRICTS,
                vec![series("Kvinnor", "12 .. 8 1_234"), series("Män", "4 3 .. 1_000")],
            ),
        ),
        ("dot", build(Mark::Dot, "Diagnos", &DIAGNOSES, vec![series("Totalt", "16 9 11 10 11 7 5 3 3 2 .. 0")])),
        (
            "dot-two",
            build(
                Mark::Dot,
                "Stadsdel",
                &DISTRICTS,
                vec![
                    series("Kvinnor", "12 9 20 3"),
                    series("Män", "5 14 .. 0"),
                    series("Uppgift om kön saknas", "1 1 2 0"),
                ],
            ),
        ),
        (
            "slope",
            build(
                Mark::Slope,
                "Kommun",
                &["Ekvik", "Sundby", "Ölanda", "Åsmark och Lillå", "Hedby"],
                vec![series("2015", "48 31,5 21 .. 15,5"), series("2025", "53 33 24,5 8 14,5")],
            ),
        ),
        (
            "histogram",
            ChartData {
                bins: Some(Bins { from: 0.0, width: 10.0 }),
                ..build(
                    Mark::Histogram,
                    "Dagar",
                    &["0–9", "10–19", "20–29", "30–39", "40–49", "50–59", "60–69"],
                    vec![series("Antal", "3 12 31 22 9 0 2")],
                )
            },
        ),
        (
            "waffle",
            ChartData {
                measure: percent(),
                ..build(Mark::Waffle, "", &["har en aktuell plan"], vec![series("Andel", "62,5")])
            },
        ),
        (
            "bar-table",
            build(
                Mark::BarTable,
                "Stadsdel",
                &DISTRICTS,
                vec![series("Besök", "324 0 .. 1_234_567"), series("Förändring sedan året före", "-12,5 80 -3 4")],
            ),
        ),
        (
            "sparklines",
            yearly_of(
                Mark::Sparklines,
                vec![
                    series("Farsta", "5 7 9 .. 11 15 14 16"),
                    series("Skärholmen", "20 18 17 15 13 12 13 .."),
                    series("Norrmalm", "4 4 4 4 4 4 4 4"),
                ],
            ),
        ),
        (
            "area",
            ChartData {
                measure: percent(),
                ..yearly_of(Mark::Area, vec![series("Kvinnor", "51 52,5 54 .. 57 60 61 63")])
            },
        ),
        (
            "stacked-area",
            yearly_of(
                Mark::StackedArea,
                vec![
                    series("Industri", "20 19 18 17 15 14 14 13"),
                    series("Vård och omsorg", "10 11 12 14 15 17 18 20"),
                    series("Handel", "8 8 9 9 8 .. 9 9"),
                    series("Övrigt", "1 2 2 1 1 2 1 1"),
                ],
            ),
        ),
        (
            "map",
            map(
                &[&["Norra länsdelen", "Kusten", "Inlandet"], &["Öarna", "Staden", "Söder"]],
                "20,5 3,1 .. 22,0 3,4 8,9",
            ),
        ),
        ("map-negative", map(&[&["Norr", "Söder"]], "-3,5 4,1")),
        ("map-narrow", map(&[&["Norr"], &["Mitt"], &["Söder"], &["Längst i söder"]], ".. .. 8,1 9,4")),
        (
            "heat",
            build(
                Mark::Heat,
                "Stadsdel",
                &DISTRICTS,
                vec![
                    series("Trygghet och säkerhet", "12 9 20 3"),
                    series("Delaktighet", "5 14 .. 0"),
                    series("Helhetssyn och samordning", "1 1 2 0"),
                    series("Tillgänglighet", "7 18 2 11"),
                ],
            ),
        ),
    ]
}

/// Regions in rows from north to south, with borders that are not straight.
fn map(rows: &[&[&str]], values: &str) -> ChartData {
    let bend = |n: f64| 6.0 * (n / 7.0).sin();
    let square = |row: usize, column: usize| -> Vec<(f64, f64)> {
        let (west, north) = (column as f64 * 100.0, 700.0 - row as f64 * 100.0);
        let along = |step: usize| step as f64 * 5.0;
        let top = (0..20).map(|n| (west + along(n), north + bend(west + along(n))));
        let right = (0..20).map(|n| (west + 100.0 + bend(north - along(n)), north - along(n)));
        let bottom = (0..20).map(|n| (west + 100.0 - along(n), north - 100.0 + bend(west + 100.0 - along(n))));
        let left = (0..20).map(|n| (west + bend(north - 100.0 + along(n)), north - 100.0 + along(n)));
        top.chain(right).chain(bottom).chain(left).collect()
    };
    let places = rows.iter().enumerate().flat_map(|(row, names)| (0..names.len()).map(move |column| (row, column)));
    let shapes = places.map(|(row, column)| std::sync::Arc::new(vec![square(row, column)])).collect();
    let names: Vec<&str> = rows.iter().flat_map(|names| names.iter().copied()).collect();
    ChartData {
        measure: Measure::Amount { unit: "besök per 1 000 invånare".into() },
        map: Some(Map { shapes, classes: Vec::new() }),
        ..build(Mark::Choropleth, "Kommun", &names, vec![series("Besök", values)])
    }
}

/// Thirty years of months, of which one year is missing.
fn months(names: &[&str]) -> ChartData {
    let at = || (0..360).filter(|month| !(100..112).contains(month));
    let categories: Vec<String> = at().map(|n| format!("{}M{:02}", 1996 + (n + 9) / 12, (n + 9) % 12 + 1)).collect();
    let value = |month: i32, series: usize| {
        let slow = f64::from(month) / 40.0 + series as f64;
        7.0 + 2.5 * slow.sin() + 0.4 * (f64::from(month) * 0.52).sin()
    };
    let list = names.iter().enumerate().map(|(index, name)| {
        let values: Vec<String> = at().map(|month| format!("{:.1}", value(month, index)).replace('.', ",")).collect();
        series(name, &values.join(" "))
    });
    let list = list.collect();
    let categories: Vec<&str> = categories.iter().map(String::as_str).collect();
    build(Mark::Line, "Månad", &categories, list)
}

pub fn words(language: &str) -> BTreeMap<String, String> {
    let json = match language {
        "sv" => include_str!("../../../templates/locales/sv.json"),
        _ => include_str!("../../../templates/locales/en.json"),
    };
    serde_json::from_str(json).expect("the labels are a flat object")
}

/// Fills the labels of a language; an unknown key or an unfilled place fails.
pub fn label(language: &str) -> impl Fn(&str, &[(&str, &str)]) -> String {
    let words = words(language);
    move |key, values| {
        let mut text = words.get(key).unwrap_or_else(|| panic!("no label {key}")).clone();
        let left = values.iter().fold(text.clone(), |left, (name, _)| left.replace(&format!("{{{name}}}"), ""));
        assert!(!left.contains(['{', '}']), "{key}: {left}");
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}
