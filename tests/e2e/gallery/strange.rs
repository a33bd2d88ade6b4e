//! More tables that charts find hard: very small and very large values, long names, days without order, many series, values that are not final.

use super::shapes::{AMOUNT, COUNT, PERCENT, Rows, SEXES, STATUS, Shape, lines};

const NAMES: [&str; 24] = [
    "Ekvik",
    "Sundby",
    "Norrtorp",
    "Åsmark",
    "Ölanda",
    "Lillå",
    "Hedby",
    "Strandnäs",
    "Skäret",
    "Almforsby",
    "Vikaby",
    "Östanå",
    "Fagerlid",
    "Björkö",
    "Granby",
    "Tallmo",
    "Näset",
    "Sjövik",
    "Torpa",
    "Ängelsö",
    "Malmby",
    "Holmen",
    "Kvarnby",
    "Lunden",
];
const TOWNS: [[&str; 2]; 24] = {
    let mut out = [["", ""]; 24];
    let mut at = 0;
    while at < 24 {
        out[at] = [NAMES[at], NAMES[at]];
        at += 1;
    }
    out
};

pub const STRANGE: &[Shape] = &[
    Shape {
        id: "tiny",
        title: ["Halt i dricksvatten", "Concentration in drinking water"],
        stub: ["År", "Year"],
        columns: &[["Halt", "Level"], ["Gräns", "Limit"]],
        kind: "type: amount, unit: mg, decimals: 7",
        rows: Rows::Made(|| {
            let values = |n: i32| vec![1e-6 * f64::from(n % 4 + 1) + 1e-7 * f64::from(n), 2e-6];
            lines((0..9).map(|n| ((2015 + n).to_string(), values(n))), 7)
        }),
    },
    Shape {
        id: "huge",
        title: ["Statens skuld och tillgångar", "Debts and assets of the state"],
        stub: ["År", "Year"],
        columns: &[["Skuld", "Debt"], ["Tillgång", "Assets"]],
        kind: "type: amount, unit: kr, decimals: 0",
        rows: Rows::Made(|| {
            let values =
                |n: i32| vec![1.2e12 + 37_123_456_789.0 * f64::from(n), 9.9e11 - 51_123_456_789.0 * f64::from(n)];
            lines((0..8).map(|n| ((2016 + n).to_string(), values(n))), 0)
        }),
    },
    Shape {
        id: "equal",
        title: ["Platser", "Places"],
        stub: ["År", "Year"],
        columns: SEXES,
        kind: COUNT,
        rows: Rows::Made(|| lines((2010..2020).map(|year| (year.to_string(), vec![42.0, 42.0])), 0)),
    },
    Shape {
        id: "irregular",
        title: ["Prover, när de togs", "Samples, when they were taken"],
        stub: ["Dag", "Day"],
        columns: &[["Prover", "Samples"], ["Positiva", "Positive"]],
        kind: COUNT,
        rows: Rows::Typed(
            "2021-01-04: 12 3\n2021-01-05: 15 2\n2021-02-17: 40 9\n2021-03-01: 38 12\n2021-06-30: 4 0\n2021-12-24: 1 1\n2022-01-02: 55 20",
        ),
    },
    Shape {
        id: "towns-of-years",
        title: ["Deltagare i kommunerna", "Participants by municipality"],
        stub: ["År", "Year"],
        columns: &TOWNS,
        kind: COUNT,
        rows: Rows::Made(|| {
            let value = |n: i32, town: i32| f64::from(50 + (town * 13 + n * 7 * (town % 3 - 1)).rem_euclid(60));
            lines((0..10).map(|n| ((2014 + n).to_string(), (0..24).map(|town| value(n, town)).collect())), 0)
        }),
    },
    Shape {
        id: "long-series",
        title: ["Beslut efter insats", "Decisions by service"],
        stub: ["År", "Year"],
        columns: &[
            [
                "Särskilt boende för äldre personer med omfattande behov av tillsyn och omvårdnad dygnet runt",
                "Special housing for older people with extensive needs of supervision and care around the clock",
            ],
            [
                "Personlig assistans enligt lagen om stöd och service till vissa funktionshindrade, LSS, 9 §",
                "Personal assistance under the Act concerning Support and Service for Persons with Impairments",
            ],
            ["Hemtjänst", "Home care"],
        ],
        kind: COUNT,
        rows: Rows::Made(|| {
            lines(
                (0..6).map(|n| ((2018 + n).to_string(), [100 + 3 * n, 98 + 4 * n, 101 - n].map(f64::from).to_vec())),
                0,
            )
        }),
    },
    Shape {
        id: "strange",
        title: ["Modersmål", "Mother tongues"],
        stub: ["Språk", "Language"],
        columns: SEXES,
        kind: COUNT,
        rows: Rows::Typed(
            "العربية (arabiska) | العربية (Arabic): 12 9\nעברית (hebreiska) | עברית (Hebrew): 3 14\nفارسی (persiska) | فارسی (Persian): 8 8\nSvenska | Swedish: 20 21",
        ),
    },
    Shape {
        id: "municipalities",
        title: ["Behöriga i landets kommuner", "Eligible pupils by municipality"],
        stub: ["Kommun", "Municipality"],
        columns: &[["Andel", "Share"]],
        kind: PERCENT,
        rows: Rows::Made(|| {
            lines((0..290).map(|n| (format!("Kommun {n} | Town {n}"), vec![f64::from(n * 37 % 811) / 10.0])), 1)
        }),
    },
    Shape {
        id: "close",
        title: ["Kostnad per invånare", "Cost per inhabitant"],
        stub: ["Kommun", "Municipality"],
        columns: &[["2015", "2015"], ["2025", "2025"]],
        kind: AMOUNT,
        rows: Rows::Made(|| {
            let name = |n: i32| {
                format!(
                    "Kommunen med det långa namnet nummer {n} i länet | The municipality with the long name number {n} of the county"
                )
            };
            lines((0..12).map(|n| (name(n), vec![50.0 + 0.3 * f64::from(n), 50.0 + 0.4 * f64::from(n * 7 % 15)])), 1)
        }),
    },
    Shape {
        id: "told",
        title: ["Befolkning, utfall och prognos", "Population, outcome and forecast"],
        stub: ["År", "Year"],
        columns: &[["Länet", "The county"], ["Riket", "Sweden"], STATUS],
        kind: COUNT,
        rows: Rows::Typed(
            "2015: 100 80 slutlig|final\n2016: 109 85 slutlig|final\n2017: 118 90 slutlig|final\n2018: 127 95 slutlig|final\n2019: 136 100 slutlig|final\n\
             2020: 145 105 preliminär|provisional\n2021: 154 110 preliminär|provisional\n2022: 163 115 prognos|forecast\n2023: 172 120 prognos|forecast",
        ),
    },
    Shape {
        id: "told-between",
        title: ["Anmälningar per kvartal", "Reports by quarter"],
        stub: ["Kvartal", "Quarter"],
        columns: &[["Antal", "Number"], ["Alla", "All"], STATUS],
        kind: COUNT,
        rows: Rows::Made(|| {
            let row = |n: i32| {
                let status = if [2, 3, 7, 11].contains(&n) { "preliminär|provisional" } else { "slutlig|final" };
                format!("{}K{} | {0}Q{1}: {} {} {status}", 2021 + n / 4, n % 4 + 1, 100 + n * 9 % 31, 130 + n * 7 % 20)
            };
            (0..12).map(row).collect::<Vec<_>>().join("\n")
        }),
    },
    Shape {
        id: "shares",
        title: ["Har en egen plan", "Have a plan of their own"],
        stub: ["Grupp", "Group"],
        columns: &[
            ["Kvinnor", "Women"],
            ["Män", "Men"],
            ["Flickor under arton år som bor i länet", "Girls under eighteen who live in the county"],
        ],
        kind: PERCENT,
        rows: Rows::Typed("Alla | All: 62.5 48 suppressed"),
    },
    Shape {
        id: "regions-of-years",
        title: ["Behöriga, tre år", "Eligible, three years"],
        stub: ["Kommun", "Municipality"],
        columns: &[["2015", "2015"], ["2020", "2020"], ["2025", "2025"]],
        kind: PERCENT,
        rows: Rows::Typed(
            "Norrtorp: 81.5 80 79.1\nÅsmark: 79.2 suppressed 84\nStrandnäs: 90.1 91 90.4\nLillå: 80.4 79.2 77\nEkvik: 86.3 88 89.9\nÖlanda: 92.6 92 93.1\n\
             Sundby: 84.0 85 83.3\nHedby: 85.7 85.7 86\nSkäret: 88.8 87 not-available",
        ),
    },
    Shape {
        id: "waits",
        title: ["Dagar till beslut efter insats", "Days to a decision by service"],
        stub: ["Dagar", "Days"],
        columns: &[],
        kind: COUNT,
        rows: Rows::Counted("cross: {rows: cases, by: days, across: unit}"),
    },
];
