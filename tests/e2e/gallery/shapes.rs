//! Tables that charts find hard, each in both languages: few rows and many, negative, all zero, missing, suppressed, long labels, long series.

/// The languages of the gallery, in the order of a label's two forms.
pub const LANGUAGES: [&str; 2] = ["sv", "en"];

/// Ids of columns.
const COLUMNS: [&str; 24] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w",
    "x",
];
/// The header of a column of words, each in both languages.
pub const STATUS: [&str; 2] = ["Läge", "Status"];

/// A table, as its rows are told: `label in Swedish | label in English: values`, or one label where both are the same. A value is a number or the
/// reason why there is none.
pub struct Shape {
    pub id: &'static str,
    pub title: [&'static str; 2],
    /// Header of the first column.
    pub stub: [&'static str; 2],
    /// Headers of the columns `a`, `b` and so on.
    pub columns: &'static [[&'static str; 2]],
    /// Keys that every column has besides.
    pub kind: &'static str,
    pub rows: Rows,
}

pub enum Rows {
    Typed(&'static str),
    Made(fn() -> String),
    /// Counted from case rows, of which `cases` are the file: the keys that say so.
    Counted(&'static str),
}

pub const SEXES: &[[&str; 2]] = &[["Kvinnor", "Women"], ["Män", "Men"]];
const ANSWERS: &[[&str; 2]] = &[
    ["Instämmer helt", "Agree"],
    ["Instämmer delvis", "Agree in part"],
    ["Instämmer inte", "Disagree"],
    ["Vet inte", "Do not know"],
];
const REGIONS: &[[&str; 2]] =
    &[["Länet", "The county"], ["Riket", "Sweden"], ["Storstäder", "Large cities"], ["Landsbygd", "Countryside"]];
const SPREAD: &[[&str; 2]] = &[
    ["Lägst", "Lowest"],
    ["Nedre kvartil", "Lower quartile"],
    ["Median", "Median"],
    ["Övre kvartil", "Upper quartile"],
    ["Högst", "Highest"],
];
pub const COUNT: &str = "type: count";
pub const AMOUNT: &str = "type: amount, unit: tkr, decimals: 1";
pub const PERCENT: &str = "type: percent, decimals: 1";

pub const SHAPES: &[Shape] = &[
    Shape {
        id: "few",
        title: ["Svar efter stadsdel", "Answers by district"],
        stub: ["Stadsdel", "District"],
        columns: ANSWERS,
        kind: COUNT,
        rows: Rows::Typed("Farsta: 12 9 4 2\nNorrmalm: 20 14 8 1\nSkärholmen: 8 30 2 3\nHägersten-Älvsjö: 16 11 9 5"),
    },
    Shape {
        id: "one",
        title: ["Hela staden", "The whole city"],
        stub: ["Område", "Area"],
        columns: ANSWERS,
        kind: COUNT,
        rows: Rows::Typed("Hela staden | The whole city: 40 22 9 3"),
    },
    Shape {
        id: "many",
        title: ["Ärenden efter kommun", "Cases by municipality"],
        stub: ["Kommun", "Municipality"],
        columns: SEXES,
        kind: COUNT,
        rows: Rows::Typed(
            "Botkyrka: 43 51\nDanderyd: 12 9\nEkerö: 8 11\nHaninge: 38 35\nHuddinge: 47 52\nJärfälla: 29 33\nLidingö: 17 15\nNacka: 36 41\n\
             Norrtälje: 21 24\nNykvarn: 4 3\nNynäshamn: 11 14\nSalem: 7 6\nSigtuna: 22 27\nSollentuna: 30 28\nSolna: 33 37\nStockholm: 412 388\n\
             Sundbyberg: 24 22\nSödertälje: 44 49\nTyresö: 19 18\nTäby: 26 31\nUpplands-Bro: 13 12\nUpplands Väsby: 20 19\nVallentuna: 14 16\n\
             Vaxholm: 5 4\nVärmdö: 18 21\nÖsteråker: 16 17",
        ),
    },
    Shape {
        id: "eighty",
        title: ["Enheter i länet", "Units in the county"],
        stub: ["Enhet", "Unit"],
        columns: &[["Personer", "Persons"]],
        kind: COUNT,
        rows: Rows::Made(|| {
            lines((1..=80).map(|n| (format!("Enhet {n} | Unit {n}"), vec![f64::from(n * 7 % 53 + 3)])), 0)
        }),
    },
    Shape {
        id: "spread",
        title: ["Dagar till beslut", "Days to a decision"],
        stub: ["Enhet", "Unit"],
        columns: SPREAD,
        kind: COUNT,
        rows: Rows::Typed("Norr | North: 3 12 21 34 90\nSöder | South: 8 9 9 10 11\nHägersten-Älvsjö: 0 2 40 41 60"),
    },
    Shape {
        id: "spread-amounts",
        title: ["Resultat per enhet", "Result by unit"],
        stub: ["Verksamhet", "Service"],
        columns: SPREAD,
        kind: AMOUNT,
        rows: Rows::Typed(
            "Adhd och andra neuropsykiatriska funktionsnedsättningar | ADHD and other neuropsychiatric conditions: -80.5 -12 0 4.5 60\n\
             Hemtjänst | Home care: -20 -10 -5 15 120.5",
        ),
    },
    Shape {
        id: "spread-suppressed",
        title: ["Ålder", "Age"],
        stub: ["Enhet", "Unit"],
        columns: SPREAD,
        kind: COUNT,
        rows: Rows::Typed(
            "Norr | North: 18 24 33 47 81\nSöder | South: suppressed suppressed 40 suppressed suppressed",
        ),
    },
    Shape {
        id: "negative",
        title: ["Avvikelse från budget", "Difference from the budget"],
        stub: ["Post", "Item"],
        columns: &[["2023", "2023"], ["2024", "2024"]],
        kind: AMOUNT,
        rows: Rows::Typed(
            "Löner | Wages: -120.5 -40\nLokaler | Premises: 80 0\nResor | Travel: -3 12.5\nUtbildning och handledning | Training and supervision: 44.5 -96",
        ),
    },
    Shape {
        id: "zero",
        title: ["Avvikelser som anmälts", "Incidents reported"],
        stub: ["Enhet", "Unit"],
        columns: SEXES,
        kind: COUNT,
        rows: Rows::Typed("Norr | North: 0 0\nSöder | South: 0 0\nVäster | West: 0 0"),
    },
    Shape {
        id: "small",
        title: ["Anmälningar", "Reports"],
        stub: ["Månad", "Month"],
        columns: SEXES,
        kind: COUNT,
        rows: Rows::Typed("2024-01: 1 0\n2024-02: 2 1\n2024-03: 0 1\n2024-04: 1 2"),
    },
    Shape {
        id: "missing",
        title: ["Besök, med uppgifter som saknas", "Visits, some of them not available"],
        stub: ["År", "Year"],
        columns: SEXES,
        kind: COUNT,
        rows: Rows::Typed(
            "2016: 310 280\n2017: 325 not-available\n2018: not-available not-available\n2019: 340 301\n2020: 190 164\n2021: 260 not-applicable\n2022: 355 322",
        ),
    },
    Shape {
        id: "protected-years",
        title: ["Ärenden per år, små tal skyddade", "Cases by year, small numbers suppressed"],
        stub: ["År", "Year"],
        columns: SEXES,
        kind: COUNT,
        rows: Rows::Typed(
            "2018: 31 8\n2019: 34 suppressed\n2020: suppressed 12\n2021: 40 14\n2022: 38 11\n2023: suppressed suppressed\n2024: 45 16",
        ),
    },
    Shape {
        id: "suppressed",
        title: ["Placerade barn, små tal skyddade", "Children in care, small numbers suppressed"],
        stub: ["Stadsdel", "District"],
        columns: SEXES,
        kind: COUNT,
        rows: Rows::Typed(
            "Farsta: 12 14\nNorrmalm: suppressed 6\nSkärholmen: 22 suppressed\nÄlvsjö: suppressed suppressed",
        ),
    },
    Shape {
        id: "long",
        title: ["Diagnoser i ärendena", "Diagnoses in the cases"],
        stub: ["Diagnos", "Diagnosis"],
        columns: SEXES,
        kind: COUNT,
        rows: Rows::Typed(
            "Adhd och andra neuropsykiatriska funktionsnedsättningar | Attention deficit and other neurodevelopmental disorders: 11 14\n\
             Beroendesjukdom i kombination med annan psykiatrisk diagnos | Substance dependence in combination with another diagnosis: 3 8\n\
             Emotionellt instabilt personlighetssyndrom | Emotionally unstable personality disorder: 9 1\n\
             Generaliserat ångestsyndrom, paniksyndrom eller social fobi | Generalised anxiety, panic disorder or social phobia: 16 7\n\
             Posttraumatiskt stressyndrom | Post-traumatic stress disorder: 7 3",
        ),
    },
    Shape {
        id: "large",
        title: ["Kostnader per verksamhet", "Costs by service"],
        stub: ["Verksamhet", "Service"],
        columns: &[["Insatser", "Support"], ["Avgifter", "Fees"], ["Övrigt", "Other"]],
        kind: COUNT,
        rows: Rows::Typed(
            "Äldreomsorg | Elderly care: 1234567 412000 9999\nSkola | School: 800000 100 12000\nKultur | Culture: 3 0 130",
        ),
    },
    Shape {
        id: "towns",
        title: ["Folkmängd, tusental", "Population in thousands"],
        stub: ["Kommun", "Municipality"],
        columns: &[["2015", "2015"], ["2025", "2025"]],
        kind: AMOUNT,
        rows: Rows::Typed(
            "Ekvik: 48.2 53.1\nSundby: 31.9 33.3\nNorrtorp: 12.5 11.6\nÅsmark: 9.0 8.6\nÖlanda: 21.3 24.0\nLillå: 5.3 4.9\nHedby: 15.9 16.4\n\
             Strandnäs och öarna utanför | Strandnäs and the islands off it: 9.7 11.1",
        ),
    },
    Shape {
        id: "regions",
        title: ["Behöriga till gymnasiet", "Eligible for upper secondary school"],
        stub: ["Kommun", "Municipality"],
        columns: &[["Andel", "Share"]],
        kind: PERCENT,
        rows: Rows::Typed(
            "Norrtorp: 81.5\nÅsmark: 79.2\nStrandnäs: 90.1\nLillå: 80.4\nEkvik: 86.3\nÖlanda: 92.6\nSundby: 84.0\nHedby: 85.7\nSkäret: 88.8",
        ),
    },
    Shape {
        id: "regions-suppressed",
        title: ["Elever utan gymnasieplats", "Pupils without a place"],
        stub: ["Kommun", "Municipality"],
        columns: &[["Andel", "Share"]],
        kind: PERCENT,
        rows: Rows::Typed(
            "Norrtorp: suppressed\nÅsmark: 3.2\nStrandnäs: 1.1\nLillå: not-available\nEkvik: 6.3\nÖlanda: 2.6\nSundby: 4.0\nHedby: 5.7\nSkäret: suppressed",
        ),
    },
    Shape {
        id: "regions-change",
        title: ["Förändring på tio år", "Change in ten years"],
        stub: ["Kommun", "Municipality"],
        columns: &[["Förändring", "Change"]],
        kind: PERCENT,
        rows: Rows::Typed(
            "Norrtorp: -8.5\nÅsmark: -3.2\nStrandnäs: 11.4\nLillå: -7.9\nEkvik: 10.2\nÖlanda: 12.6\nSundby: 4.0\nHedby: 0.3\nSkäret: 0",
        ),
    },
    Shape {
        id: "years",
        title: ["Arbetslöshet 1993–2023", "Unemployment 1993–2023"],
        stub: ["År", "Year"],
        columns: REGIONS,
        kind: PERCENT,
        rows: Rows::Made(|| {
            lines((0..31).map(|n| ((1993 + n).to_string(), [0, 1, 2, 3].map(|s| wave(n, s)).to_vec())), 1)
        }),
    },
    Shape {
        id: "decade",
        title: ["Deltagare 2014–2023", "Participants 2014–2023"],
        stub: ["År", "Year"],
        columns: REGIONS,
        kind: COUNT,
        rows: Rows::Typed(
            "2014: 1020 880 410 95\n2015: 1080 912 433 90\n2016: 1175 905 471 92\n2017: 1210 1004 502 88\n2018: 1190 1103 496 71\n2019: 1242 1150 520 69\n\
             2020: 804 760 333 40\n2021: 866 802 371 44\n2022: 1104 990 468 60\n2023: 1310 1204 555 66",
        ),
    },
    Shape {
        id: "gap",
        title: ["Valdeltagande", "Turnout"],
        stub: ["År", "Year"],
        columns: SEXES,
        kind: PERCENT,
        rows: Rows::Typed("1998: 81.9 80.8\n2002: 80.6 79.6\n2006: 82.5 81.5\n2018: 88.1 86.3\n2022: 85.2 83.2"),
    },
    Shape {
        id: "swing",
        title: ["Befolkningsförändring", "Change of population"],
        stub: ["År", "Year"],
        columns: SEXES,
        kind: AMOUNT,
        rows: Rows::Typed(
            "2012: 40 -12.5\n2013: 22 -30\n2014: -8 -41\n2015: -60.5 -20\n2016: -31 0\n2017: 0 18\n2018: 25 33.5\n2019: 61 20\n2020: -90 -75.5\n2021: 15 4",
        ),
    },
    Shape {
        id: "quarters",
        title: ["Ärenden per kvartal", "Cases by quarter"],
        stub: ["Kvartal", "Quarter"],
        columns: SEXES,
        kind: COUNT,
        rows: Rows::Made(|| {
            let label = |n: i32| format!("{}K{} | {0}Q{1}", 2018 + n / 4, n % 4 + 1);
            lines((0..22).map(|n| (label(n), [0, 1].map(|s| (wave(n, s) * 30.0).round()).to_vec())), 0)
        }),
    },
    Shape {
        id: "school",
        title: ["Elever per läsår", "Pupils by school year"],
        stub: ["Läsår", "School year"],
        columns: SEXES,
        kind: COUNT,
        rows: Rows::Made(|| {
            let label = |n: i32| format!("{}/{:02}", 2008 + n, (9 + n) % 100);
            lines((0..15).map(|n| (label(n), [0, 1].map(|s| (wave(n, s) * 100.0).round()).to_vec())), 0)
        }),
    },
    Shape {
        id: "months",
        title: ["Ränta per månad", "Interest by month"],
        stub: ["Månad", "Month"],
        columns: SEXES,
        kind: PERCENT,
        rows: Rows::Made(|| {
            let label = |n: i32| format!("{}-{:02}", 1993 + n / 12, n % 12 + 1);
            lines((0..375).map(|n| (label(n), [0, 1].map(|s| wave(n / 6, s) + f64::from(n % 6) / 20.0).to_vec())), 1)
        }),
    },
    Shape {
        id: "days",
        title: ["Samtal per dag", "Calls by day"],
        stub: ["Dag", "Day"],
        columns: SEXES,
        kind: COUNT,
        rows: Rows::Made(|| {
            let label = |n: i32| format!("2024-{:02}-{:02}", 3 + n / 28, n % 28 + 1);
            lines((0..56).map(|n| (label(n), [0, 1].map(|s| (wave(n, s) * 6.0).round()).to_vec())), 0)
        }),
    },
];

/// A course with rises, turns and a fall, the same on every machine.
fn wave(n: i32, series: i32) -> f64 {
    const STEPS: [f64; 16] = [6.1, 6.8, 7.9, 8.4, 8.2, 7.1, 6.0, 5.2, 4.9, 5.6, 6.6, 8.0, 8.6, 7.7, 6.9, 6.3];
    let place = (n + 3 * series).unsigned_abs() as usize;
    STEPS[place % STEPS.len()] + f64::from(series) * 0.9 + f64::from(n % 5) * 0.1
}

pub fn lines(rows: impl Iterator<Item = (String, Vec<f64>)>, decimals: usize) -> String {
    let line = |(label, values): (String, Vec<f64>)| {
        let values: Vec<String> = values.iter().map(|value| format!("{value:.decimals$}")).collect();
        format!("{label}: {}", values.join(" "))
    };
    rows.map(line).collect::<Vec<_>>().join("\n")
}

/// Case rows of two units, as CSV.
pub fn cases() -> String {
    let days = |n: i32| (n * n * 7 + n * 13) % 60 + if n % 11 == 0 { 30 } else { 0 };
    let rows = (0..120).map(|n| format!("{},{}\n", if n % 3 == 0 { "Norr" } else { "Söder" }, days(n) + 1));
    format!("Enhet,Dagar\n{}", rows.collect::<String>())
}

/// A map of nine municipalities in three rows, of which each has a border that winds, as GeoJSON.
pub fn regions() -> String {
    const NAMES: [&str; 9] =
        ["Norrtorp", "Åsmark", "Strandnäs", "Lillå", "Ekvik", "Ölanda", "Sundby", "Hedby", "Skäret"];
    let wind = |n: i32| f64::from((n * 7919) % 13 - 6) * 40.0;
    let corner = |x: i32, y: i32| {
        let (east, north) = (f64::from(x) * 500.0, f64::from(30 - y) * 350.0);
        format!("[{},{}]", 600_000.0 + east + wind(x * 31 + y), 6_500_000.0 + north + wind(y * 17 + x * 3))
    };
    let field = |at: usize| {
        let (left, top) = (at as i32 % 3 * 10, at as i32 / 3 * 10);
        let there = (0..10).map(|n| corner(left + n, top)).chain((0..10).map(|n| corner(left + 10, top + n)));
        let back = (0..10).map(|n| corner(left + 10 - n, top + 10)).chain((0..=10).map(|n| corner(left, top + 10 - n)));
        let ring = there.chain(back).collect::<Vec<_>>().join(",");
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"{}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{ring}]]}}}}",
            NAMES[at]
        )
    };
    let fields = (0..NAMES.len()).map(field).collect::<Vec<_>>().join(",\n");
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{fields}\n]}}\n")
}

impl Shape {
    /// The table as authors write it, in one of the languages.
    pub fn yaml(&self, language: usize) -> String {
        use std::fmt::Write as _;
        let mut out = format!(
            "  {}:\n    caption: {}\n    stub: {}\n    columns:\n",
            self.id, self.title[language], self.stub[language]
        );
        if let Rows::Counted(keys) = self.rows {
            return format!(
                "  {}:\n    caption: {}\n    stub: {}\n    {keys}\n    source: Galleriet\n",
                self.id, self.title[language], self.stub[language]
            );
        }
        for (id, label) in COLUMNS.iter().zip(self.columns) {
            let kind = if *label == STATUS { "type: text" } else { self.kind };
            writeln!(out, "      - {{id: {id}, label: \"{}\", {kind}}}", label[language]).unwrap();
        }
        out.push_str("    total-row: false\n    total-column: false\n    source: Galleriet\n    rows:\n");
        let rows = match self.rows {
            Rows::Typed(rows) => rows.to_owned(),
            Rows::Made(rows) => rows(),
            Rows::Counted(_) => unreachable!("told above"),
        };
        for row in rows.lines() {
            let (label, values) = row.split_once(": ").unwrap();
            let label = label.split(" | ").cycle().nth(language).unwrap();
            write!(out, "      - {{label: \"{label}\"").unwrap();
            for (id, value) in COLUMNS.iter().zip(values.split(' ')) {
                let is_number = value.parse::<f64>().is_ok();
                let value = match value.split_once('|') {
                    Some((swedish, english)) => [swedish, english][language],
                    None => value,
                };
                let is_word = self.columns.iter().zip(COLUMNS).any(|(label, own)| own == *id && *label == STATUS);
                let value = if is_number || is_word { value.to_owned() } else { format!("{{blank: {value}}}") };
                write!(out, ", {id}: {value}").unwrap();
            }
            out.push_str("}\n");
        }
        out
    }
}
