//! How a protected value looks and sounds in every output, and that nothing tells more than its mark. The workspace `tests/fixtures/protected` has protected
//! values in tables, figures, sentences and every kind of chart, in three languages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use lopdf::{Document, Object};
use regex::Regex;

use crate::workspace::Workspace;

/// The workspace, built.
static BUILT: LazyLock<Workspace> = LazyLock::new(|| {
    let workspace = Workspace::fixture("protected");
    workspace.run(&["build"]).expect(0);
    workspace
});

/// What a reader hears for the mark.
const HEARD: [(&str, &str); 3] =
    [("sv", "Uppgift skyddad"), ("en", "Suppressed to protect individuals"), ("nb", "Opplysning skjermet")];

fn output(path: &str) -> String {
    BUILT.read(&format!("output/{path}"))
}

/// The text of a page without its markup, charts and blanks in a row.
fn words(language: &str) -> String {
    let page = output(&format!("{language}/1.0/index.html"));
    let page = Regex::new("(?s)<svg.*?</svg>").unwrap().replace_all(&page, "");
    let page = Regex::new("(?s)<sup.*?</sup>|<[^>]*>").unwrap().replace_all(&page, "");
    page.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn charts(language: &str) -> Vec<(String, String)> {
    let folder = format!("output/{language}/1.0/charts");
    let files = BUILT.files(&folder).into_iter().filter(|file| file.ends_with(".svg"));
    let read = |file: String| {
        let name = file.rsplit('/').next().unwrap().trim_end_matches(".svg").to_owned();
        let svg = BUILT.read(&format!("{folder}/{name}.svg"));
        (name, svg)
    };
    files.map(read).collect()
}

fn chart(name: &str) -> String {
    output(&format!("sv/1.0/charts/{name}.svg"))
}

/// The groups of a chart that stand for values, by series and category.
fn drawn(svg: &str) -> BTreeMap<(usize, usize), Vec<String>> {
    let group = Regex::new("(?s)<g data-s=\"(\\d+)\" data-c=\"(\\d+)\">(.*?)</g>").unwrap();
    let mut out: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    for found in group.captures_iter(svg) {
        let place = (found[1].parse().unwrap(), found[2].parse().unwrap());
        out.entry(place).or_default().push(found[3].to_owned());
    }
    out
}

/// Width and height of each box that stands for a protected value.
fn boxes(shapes: &str) -> Vec<(String, String)> {
    let path =
        Regex::new("<path[^>]*class=\"c-unknown\" d=\"M[0-9. -]+l([0-9.]+) 0l0 ([0-9.]+)l-[0-9.]+ 0z\"").unwrap();
    path.captures_iter(shapes).map(|found| (found[1].to_owned(), found[2].to_owned())).collect()
}

#[test]
fn a_table_has_one_mark_with_its_legend_and_is_heard_in_words() {
    for (language, heard) in HEARD {
        let page = output(&format!("{language}/1.0/index.html"));
        let mark = format!("<span aria-hidden=\"true\">x</span><span class=\"visually-hidden\">{heard}</span>");
        let cells = page.matches(&mark).count();
        assert!(cells > 60, "{language}: {cells}");
        let tables: Vec<&str> = page.split("<table").skip(1).collect();
        for table in tables {
            let end = table.find("</table>").unwrap();
            let (own, below) = table.split_at(end);
            let below = below.split("<table").next().unwrap();
            if own.contains(&mark) {
                assert!(below.contains(&format!("<span class=\"mark\">x</span> {heard}")), "{language}: {own}");
            }
        }
    }
}

#[test]
fn the_pdf_says_the_words_for_each_mark() {
    for (language, heard) in HEARD {
        let pdf = Document::load_mem(&BUILT.bytes(&format!("output/{language}/1.0/{language}.pdf"))).unwrap();
        let told = pdf.objects.values().filter(|object| {
            let Object::Dictionary(found) = object else { return false };
            let is = |key: &[u8], value: &str| match found.get(key) {
                Ok(Object::Name(name)) => name == value.as_bytes(),
                Ok(Object::String(text, _)) => text == value.as_bytes(),
                _ => false,
            };
            is(b"S", "Figure") && is(b"Alt", heard)
        });
        let cells = output(&format!("{language}/1.0/data/districts.json")).matches("\"suppressed\"").count();
        assert!(cells > 8);
        // All tables of the report, and none of the charts' tables, which the PDF has not.
        let tables =
            ["districts", "ranked", "computed", "costs", "years", "parts", "shares", "spread", "intervals", "many"];
        let all: usize = tables
            .iter()
            .map(|id| output(&format!("{language}/1.0/data/{id}.json")).matches("\"suppressed\"").count())
            .sum();
        assert_eq!(told.count(), all, "{language}");
    }
}

#[test]
fn sentences_say_that_a_number_is_not_told() {
    let said = [
        (
            "sv",
            vec![
                "Antal: ett skyddat antal",
                "I ett skyddat antal ärenden finns en plan. Ett skyddat antal kvinnor har stöd. Av 120 ärenden rörde ett skyddat antal kvinnor i Norrmalm, en skyddad andel av alla.",
                "Andelen är en skyddad andel, i ord ett skyddat antal. Fullt: ett skyddat antal. Del: ett skyddat antal.",
                "Fördelat: ett skyddat antal kvinnor och 6 män. Kvinnor: ett skyddat antal; män: 6. Farsta: 12 kvinnor och 14 män.",
                "Summan är ett skyddat antal, resten ett skyddat antal, andelen en skyddad andel, skillnaden en skyddad uppgift. Kostnaden är en skyddad uppgift. Det är [uppgift skyddad] i Farsta. Flest: ett skyddat antal i en skyddad uppgift.",
                "Citat med ett skyddat antal fall.",
                "Ett skyddat antal fall",
                "Ett skyddat antal kvinnor, se tabell 1.",
                "Ärenden per stadsdel: ett skyddat antal",
                "Ett skyddat antal Visst stöd",
            ],
        ),
        (
            "en",
            vec![
                "There is a plan in [number withheld] cases. [Number withheld] women have support. Of 120 cases, [number withheld] concerned women in Norrmalm, [share withheld] of all.",
                "By sex: [number withheld] women and 6 men.",
                "The cost is [figure withheld].",
            ],
        ),
        (
            "nb",
            vec![
                "I et skjermet antall saker finnes det en plan. Et skjermet antall kvinner har støtte. Av 120 saker gjaldt et skjermet antall kvinner i Norrmalm, en skjermet andel av alle.",
                "Kostnaden er en skjermet opplysning.",
            ],
        ),
    ];
    for (language, sentences) in said {
        let page = words(language);
        for sentence in sentences {
            assert!(page.contains(sentence), "{language}: {sentence}\n{page}");
        }
    }
}

#[test]
fn a_protected_value_is_drawn_without_length() {
    let charts = charts("sv");
    assert!(charts.len() >= 29, "{}", charts.len());
    for (name, svg) in &charts {
        let marked = svg.matches("class=\"c-unknown\"").count();
        assert!(marked > 0, "{name} hides nothing");
        let legend = svg.contains("x Uppgift skyddad") || name == "map" && svg.contains("Uppgift skyddad");
        assert!(legend, "{name} does not say what its mark means");
        // Cells, squares, persons and regions are of one size whatever they hold.
        if ["heat", "map", "waffles", "icons"].contains(&name.as_str()) {
            continue;
        }
        let found = boxes(svg);
        assert_eq!(found.len(), marked, "{name} has marks of another form");
        let sizes: BTreeSet<(String, String)> = found.into_iter().collect();
        let square = sizes.iter().all(|(width, height)| width == height);
        // The legend's box, and one size in the plot.
        assert!(square && sizes.len() <= 2, "{name}: {sizes:?}");
    }
}

#[test]
fn nothing_but_a_box_stands_for_a_protected_value() {
    // Norrmalm and Älvsjö have no number of women, Skärholmen and Älvsjö none of men.
    for (name, rows) in [("bar", vec![(0, 3), (0, 4)]), ("column", vec![(0, 0), (0, 3)])] {
        let drawn = drawn(&chart(name));
        for place in rows {
            let shapes = drawn[&place].concat();
            assert!(shapes.contains("c-unknown") && !shapes.contains("<rect"), "{name} {place:?}: {shapes}");
            assert!(shapes.contains(">x</text>"), "{name} {place:?}: {shapes}");
        }
    }
    for name in ["line", "area", "column-of-time"] {
        let drawn = drawn(&chart(name));
        for category in [2, 5] {
            let shapes = drawn[&(0, category)].concat();
            assert!(shapes.contains("c-unknown") && !shapes.contains("<circle"), "{name}: {shapes}");
        }
    }
}

#[test]
fn boxes_stand_in_one_line_whatever_is_beside_them() {
    // In a line they stand at the foot and not between their neighbours.
    let box_of = Regex::new("class=\"c-unknown\" d=\"M([0-9.]+)[ ,]([0-9.]+)").unwrap();
    for (name, at) in [("line", 2), ("column", 2), ("column-of-time", 2), ("bar", 1)] {
        let svg = chart(name);
        let drawn = drawn(&svg);
        let places: BTreeSet<String> = drawn
            .values()
            .filter_map(|groups| box_of.captures(&groups.concat()).map(|found| found[at].to_owned()))
            .collect();
        assert_eq!(places.len(), 1, "{name}: {places:?}");
    }
}

#[test]
fn order_by_value_puts_protected_rows_last_in_the_order_of_the_table() {
    let labels = |file: &str| -> Vec<String> {
        let csv = output(&format!("sv/1.0/data/{file}.csv"));
        csv.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
    };
    assert_eq!(labels("chart-bar"), ["Skärholmen", "Farsta", "Hägersten", "Norrmalm", "Älvsjö"]);
    assert_eq!(labels("chart-grouped"), ["Farsta", "Hägersten", "Norrmalm", "Skärholmen", "Älvsjö"]);
    assert_eq!(labels("chart-stacked"), ["Farsta", "Hägersten", "Norrmalm", "Skärholmen", "Älvsjö"]);
    let folded = labels("chart-folded");
    assert_eq!(folded[17..], ["Enhet 4", "Enhet 9", "Enhet 17"]);
}

#[test]
fn parts_of_a_known_whole_have_no_length_where_one_is_protected() {
    let width = Regex::new("<rect[^>]* width=\"([0-9.]+)\"").unwrap();
    for (name, rows) in [("percent", vec![0, 2, 3]), ("stacked-shares", vec![1])] {
        let drawn = drawn(&chart(name));
        for category in rows {
            for ((series, _), groups) in drawn.iter().filter(|((_, at), _)| *at == category) {
                for found in width.captures_iter(&groups.concat()) {
                    let width: f64 = found[1].parse().unwrap();
                    assert!(width <= 9.0, "{name}, series {series}, row {category}: a part of {width} pixels");
                }
            }
        }
    }
    // Nothing is said of shares of a whole of which a part is not known.
    let said = chart("percent");
    assert!(said.contains("störst andel för Hägersten (100 procent), minst för Farsta (54 procent)"), "{said}");
}

#[test]
fn no_axis_reaches_what_lies_about_a_protected_value() {
    let svg = chart("intervals");
    assert!(svg.contains(">20<") && !svg.contains(">100<") && !svg.contains(">400<"), "{svg}");
}

#[test]
fn a_fold_does_not_say_between_which_rows_a_protected_one_lies() {
    let svg = chart("folded");
    assert!(svg.contains("11 andra") && svg.contains("3 med skyddad uppgift"), "{svg}");
    assert!(svg.contains("de 11 andra är en rad, med medianen 18, lägst 12 och högst 25"), "{svg}");
    // One protected row keeps its name.
    assert!(chart("folded-one").contains(">Enhet 9<"));
}

#[test]
fn descriptions_speak_of_the_values_that_are_told() {
    for (name, svg) in charts("sv") {
        assert!(svg.contains("Redovisas inte: "), "{name}: {svg}");
        assert!(!svg.contains("saknas: Norrmalm") && !svg.contains("ligger högst hela tiden"), "{name}: {svg}");
        assert!(svg.contains("gäller dem som redovisas."), "{name}: {svg}");
    }
    let bar = chart("bar");
    assert!(bar.contains("Redovisas inte: Norrmalm och Älvsjö (Uppgift skyddad). Värde saknas: Hägersten"), "{bar}");
    for (language, told) in [("en", "Not shown: "), ("nb", "Vises ikke: ")] {
        for (name, svg) in charts(language) {
            assert!(svg.contains(told), "{language} {name}: {svg}");
        }
    }
}

#[test]
fn files_of_data_are_empty_and_say_why() {
    let csv = output("sv/1.0/data/districts.csv");
    assert!(csv.contains("Norrmalm,,6,,women: suppressed; total: suppressed,"), "{csv}");
    let json = output("sv/1.0/data/districts.json");
    let row = r#""values": {"women": null, "men": 6, "total": null}, "blanks": {"women": "suppressed", "total": "suppressed"}"#;
    assert!(json.contains(row), "{json}");
    let book = BUILT.bytes("output/sv/1.0/sv.xlsx");
    let texts = part(&book, "xl/sharedStrings.xml");
    assert!(texts.contains("<t>x</t>") && texts.contains("x: Uppgift skyddad"), "{texts}");
}

/// A part of a package.
fn part(package: &[u8], name: &str) -> String {
    use std::io::Read as _;
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(package)).unwrap();
    let mut out = String::new();
    package.by_name(name).unwrap().read_to_string(&mut out).unwrap();
    out
}

#[test]
fn ranks_and_extremes_do_not_tell_where_a_protected_value_stands() {
    let csv = output("sv/1.0/data/ranked.csv");
    let rows: Vec<Vec<&str>> = csv.lines().skip(1).map(|line| line.split(',').take(5).collect()).collect();
    assert_eq!(rows[0], ["Norrmalm", "1", "5", "40", "35"]);
    assert_eq!(rows[1], ["Älvsjö", "2", "30", "31", "1"]);
    assert_eq!(rows[2], ["Skärholmen", "3", "", "22", ""]);
    assert_eq!(rows[3], ["Bromma", "", "7", "", ""]);
    assert_eq!(rows[4], ["Farsta", "", "12", "", ""]);
    assert!(csv.contains("rank: suppressed; now: suppressed; change: suppressed"), "{csv}");
    assert!(words("sv").contains("Platserna gäller de rader vars värden redovisas."));
    // The largest of a column with protected values is not told, nor whose it is.
    let made = words("sv");
    assert!(made.contains("Det största värdet i kolumnen Kvinnor i tabellen"), "{made}");
    assert!(!made.contains(": Skärholmen Angivet") && !made.contains("”: Skärholmen"), "{made}");
}

#[test]
fn computed_columns_hide_what_a_protected_value_is_in() {
    let json = output("sv/1.0/data/computed.json");
    let row = |id: &str| json.lines().find(|line| line.contains(&format!("\"id\": \"{id}\""))).unwrap();
    // The sum of the column is protected, and with it every share; what does not rest on the protected row is told.
    assert!(row("2020").contains(r#""share": null"#) && row("2020").contains(r#""sum": 12"#), "{json}");
    assert!(row("2022").contains(r#""index": 125"#) || row("2022").contains(r#""index": 125.0"#), "{json}");
    for column in ["share", "change", "mean", "sum"] {
        assert!(row("2022").contains(&format!("\"{column}\": \"suppressed\"")), "{column}: {json}");
    }
}
