//! Charts in which something is marked, and what is drawn of it.

use super::super::*;
use super::*;
use crate::document::annotation::Extent;

fn level(value: f64, text: &str) -> Level {
    Level { value, text: text.to_owned() }
}

fn reference(label: &str, extent: Extent<Level>) -> Reference {
    let numbers: Vec<&str> = extent.ends().map(|level| level.text.as_str()).collect();
    let words = format!("{label}: {}", numbers.join("–"));
    Reference { label: label.to_owned(), words, extent }
}

fn period(label: &str, extent: Extent<usize>) -> Period {
    Period { label: label.to_owned(), extent }
}

fn remark(series: usize, category: usize, text: &str) -> Remark {
    Remark { series, category, text: text.to_owned() }
}

fn yearly(list: Vec<Series>, marked: Marked) -> ChartData {
    ChartData { marked, ..build(Mark::Line, "År", &YEARS, list) }
}

fn counties(count: usize) -> Vec<Series> {
    let all = [
        ("Exempellän", "51 52,5 54 53 57 60 61 63"),
        ("Riket", "49 50 50,5 54 55 54 52 50"),
        ("Norrlän", "44 45 47 46 45 47 49 50,5"),
        ("Söderlän", "40 41 45 47 47 48 50 50,2"),
        ("Västerlän", "38 41 40 44 49 50 52 49,7"),
        ("Österlän och Skärgården", "55 53 52 51 53 52 51 49"),
    ];
    all[..count].iter().map(|(name, values)| series(name, values)).collect()
}

/// Every kind of thing that can be marked, alone and together.
pub fn gallery() -> Vec<(&'static str, ChartData)> {
    let highlight = |series: &[usize]| Some(Highlight::Series(series.to_vec()));
    let target = || reference("Mål", Extent::At(level(70.0, "70")));
    let band = || reference("Normalt", Extent::Between(Some(level(45.0, "45")), Some(level(55.0, "55"))));
    let pandemic = || period("Pandemin", Extent::Between(Some(6), Some(7)));
    let open = |from: usize, to: usize, words: &str| Open { categories: (from..to).collect(), words: words.to_owned() };
    let long = "Ny lag om stöd och service till vissa personer trädde i kraft";
    let intervals = |mut data: ChartData| {
        for datum in data.series.iter_mut().flat_map(|series| &mut series.values) {
            datum.interval = datum.value.map(|value| (level(value - 3.0, ""), level(value + 4.5, "")));
        }
        data
    };
    let mut bars = build(Mark::Bar, "Stadsdel", &DISTRICTS, vec![series("Totalt", "62 48 57 71")]);
    bars.marked.highlight = Some(Highlight::Categories(vec![2]));
    bars.marked.references = vec![target()];
    let mut grouped = build(
        Mark::GroupedBar,
        "Stadsdel",
        &DISTRICTS,
        vec![series("Kvinnor", "62 49 60 73"), series("Män", "55 44 .. 70")],
    );
    grouped.marked.references = vec![band(), target()];
    let standing = |data: ChartData| ChartData { orientation: Some(Orientation::Vertical), ..data };
    let mut years = standing(build(Mark::Bar, "År", &YEARS, vec![series("Totalt", "62 48 57 71 60 66 68 69")]));
    years.marked.open = vec![open(7, 8, "Prognos")];
    years.marked.references = vec![target()];
    let months = |marked: Marked, names: &[&str]| ChartData { marked, ..months(names) };
    vec![
        ("line-six", yearly(counties(6), Marked { highlight: highlight(&[0]), ..Marked::default() })),
        ("line-six-two", yearly(counties(6), Marked { highlight: highlight(&[0, 1]), ..Marked::default() })),
        (
            "line-same-end",
            yearly(
                vec![
                    series("Länet", "1 2 3 4 5 6 7 8"),
                    series("Riket", "8 8 8 8 8 8 8 8"),
                    series("EU", "9 7 9 7 9 7 9 8"),
                ],
                Marked::default(),
            ),
        ),
        ("line-target", yearly(counties(1), Marked { references: vec![target()], ..Marked::default() })),
        ("line-target-band", yearly(counties(2), Marked { references: vec![band(), target()], ..Marked::default() })),
        (
            "line-periods",
            yearly(
                counties(3),
                Marked {
                    periods: vec![period(long, Extent::At(3)), period("Ny ledning", Extent::At(4)), pandemic()],
                    ..Marked::default()
                },
            ),
        ),
        (
            "line-remarks",
            yearly(
                counties(2),
                Marked {
                    remarks: vec![remark(0, 4, "Nytt arbetssätt infördes"), remark(1, 7, long)],
                    ..Marked::default()
                },
            ),
        ),
        (
            "line-forecast",
            yearly(
                counties(2),
                Marked { open: vec![open(5, 6, "Preliminärt"), open(6, 8, "Prognos")], ..Marked::default() },
            ),
        ),
        ("line-intervals", intervals(yearly(counties(1), Marked::default()))),
        ("line-intervals-two", intervals(yearly(counties(2), Marked::default()))),
        (
            "line-months-marked",
            months(
                Marked {
                    references: vec![reference("Inflationsmål", Extent::At(level(2.0, "2,0")))],
                    periods: vec![
                        period("Finanskrisen", Extent::Between(Some(140), Some(158))),
                        period("Pandemin", Extent::Between(Some(280), Some(300))),
                    ],
                    remarks: vec![remark(0, 60, "Högst före kriserna")],
                    open: vec![open(330, 375, "Prognos")],
                    ..Marked::default()
                },
                &["Länet", "Riket"],
            ),
        ),
        (
            "panels-six",
            ChartData {
                panels: true,
                ..yearly(counties(6), Marked { references: vec![target()], ..Marked::default() })
            },
        ),
        (
            "panels-months",
            ChartData {
                panels: true,
                ..months(
                    Marked {
                        periods: vec![period("Pandemin", Extent::Between(Some(280), Some(300)))],
                        ..Marked::default()
                    },
                    &[
                        "Länet",
                        "Riket",
                        "Norrlän",
                        "Söderlän",
                        "Västerlän",
                        "Österlän",
                        "Mellanlän",
                        "Skärgården",
                        "EU",
                    ],
                )
            },
        ),
        ("bar-marked", bars.clone()),
        ("column-marked", standing(bars)),
        ("grouped-marked", grouped.clone()),
        ("grouped-column-marked", standing(grouped)),
        ("column-forecast", years),
        ("bar-intervals", intervals(build(Mark::Bar, "Stadsdel", &DISTRICTS, vec![series("Totalt", "62 48 .. 71")]))),
        (
            "dot-intervals",
            intervals(build(
                Mark::Dot,
                "Stadsdel",
                &DISTRICTS,
                vec![series("Kvinnor", "62 48 .. 71"), series("Män", "55 50 44 70")],
            )),
        ),
    ]
}

#[test]
fn a_value_stands_nearer_to_its_own_point_than_to_another_of_the_same_time() {
    let data = yearly(
        vec![series("Alla", "286 900 900 900 900 900 900 900"), series("Industri", "152 600 600 600 600 600 600 600")],
        Marked::default(),
    );
    let svg = draw(&data, &Style { accent: "#1d5b79".into(), font_family: "x".into() }, fonts(), "", &label("sv"))
        .unwrap()
        .svg;
    let tree = roxmltree::Document::parse(&svg).unwrap();
    let y = |words: &str| {
        let text = tree.descendants().find(|node| node.has_tag_name("text") && node.text() == Some(words));
        text.and_then(|text| text.attribute("y")?.parse::<f64>().ok()).unwrap_or_else(|| panic!("{words}: {svg}"))
    };
    assert!(y("286") < y("152"), "the higher one stands above");
}
