//! What a chart chooses of its table: rows that are folded into one, and which values are not final.

use crate::workspace::Workspace;

/// A report of one chart over a table whose rows are told as YAML.
fn workspace(columns: &str, rows: &str, keys: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.findings(format!(
        "tables:\n  t:\n    caption: Antal\n    stub: Rad\n    columns: [{columns}]\n    total-row: false\n    total-column: false\n    rows:\n{rows}"
    ));
    workspace.file("charts/liten/c.yaml", format!("table: t\ncaption: Antal\n{keys}"));
    workspace.chapter("# Resultat {#resultat}\n\nSe [](#chart-c).\n\n{{ chart c }}\n");
    workspace
}

/// Forty units with 1 to 40, of which the seventh is suppressed, in no order.
fn units(keys: &str) -> Workspace {
    let row = |n: i32| {
        let value = if n == 7 { "{blank: suppressed}".to_owned() } else { n.to_string() };
        format!("      - {{label: Enhet {n}, a: {value}}}\n")
    };
    let rows: String = (0..40).map(|n| row(n * 17 % 40 + 1)).collect();
    workspace("{id: a, label: Antal}", &rows, keys)
}

fn svg(workspace: &Workspace) -> String {
    workspace.run(&["build", "liten"]).expect(0);
    workspace.read("output/liten/1.0/charts/c.svg")
}

/// The words of a picture, in the order in which they are drawn.
fn words(svg: &str) -> Vec<String> {
    let tree = roxmltree::Document::parse(svg).unwrap();
    let texts = tree.descendants().filter(|node| node.has_tag_name("text"));
    texts.filter_map(|node| Some(node.text()?.replace('\u{a0}', " "))).collect()
}

#[test]
fn the_highest_and_the_lowest_are_drawn_and_the_others_are_one_row() {
    let workspace = units("mark: bar\nfold: {top: 3, bottom: 2}\n");
    let svg = svg(&workspace);
    // 3 to 37 lie between them: 34 with a value, of which the median is 20,5, and one without.
    let words = words(&svg);
    for word in ["Enhet 40", "Enhet 39", "Enhet 38", "34 andra", "median 20,5 (3 till 37)", "Enhet 2", "Enhet 1"] {
        assert!(words.iter().any(|own| own == word), "{word}: {words:?}");
    }
    assert!(!words.iter().any(|own| own == "Enhet 37" || own == "Enhet 3"), "{words:?}");
    assert!(
        svg.contains("De 3 högsta och de 2 lägsta är ritade var för sig; de 34 andra är en rad, med medianen 20,5, lägst 3 och högst 37."),
        "{svg}"
    );
    // Bars answer by their row in the whole table, which the page and the download have; the folded ones answer nothing. The one without a value stands by itself.
    let tree = roxmltree::Document::parse(&svg).unwrap();
    let rows: Vec<&str> = tree.descendants().filter_map(|node| node.attribute("data-c")).collect();
    assert_eq!(rows, ["0", "1", "2", "37", "38", "39"]);
    let page = workspace.read("output/liten/1.0/index.html");
    let (_, table) = page.split_once("<tbody>").expect("the chart's table");
    let names = table.split("<th ").skip(1).map(|cell| cell.split_once('>').unwrap().1.split_once('<').unwrap().0);
    let names: Vec<&str> = names.take(40).collect();
    assert_eq!([names[0], names[2], names[37], names[38]], ["Enhet 40", "Enhet 38", "Enhet 2", "Enhet 1"]);
    assert_eq!(workspace.read("output/liten/1.0/data/chart-c.csv").matches("Enhet ").count(), 40);
}

#[test]
fn what_cannot_be_folded_is_refused_and_few_rows_are_all_drawn() {
    let years: String = (0..40).map(|n| format!("      - {{label: \"{}\", a: {n}}}\n", 1980 + n)).collect();
    let refused = workspace("{id: a, label: Antal}", &years, "mark: bar\nfold: {top: 3}\n").run(&["check"]).expect(1);
    assert!(refused.stderr.contains("are points of time"), "{}", refused.stderr);
    let refused = units("mark: line\nfold: {top: 3}\n").run(&["check"]).expect(1);
    assert!(refused.stderr.contains("`fold` cannot be shown in the chart `c`, a `line`"), "{}", refused.stderr);
    let refused = units("mark: bar\nfold: {}\n").run(&["check"]).expect(1);
    assert!(refused.stderr.contains("leaves no row to be drawn by itself"), "{}", refused.stderr);
    let all = words(&svg(&units("mark: bar\nfold: {top: 30, bottom: 9}\n")));
    assert_eq!(all.iter().filter(|word| word.starts_with("Enhet ")).count(), 40, "{all:?}");
}

#[test]
fn many_bars_are_told_with_what_to_choose() {
    let told = |keys: &str| {
        let run = units(keys).run(&["check", "--all"]).expect(0);
        format!("{}{}", run.stdout, run.stderr)
    };
    let many = told("mark: bar\n");
    assert!(many.contains("CHT010") && many.contains("the 40 bars of the chart `c` stand in 2 columns"), "{many}");
    assert!(many.contains("fold: {top: 10, bottom: 5}"), "{many}");
    assert!(!told("mark: bar\nfold: {top: 5, bottom: 5}\n").contains("CHT010"));
}

const YEARS: &str = "      - {label: \"2020\", a: 3, b: 4, s: slutlig}\n      - {label: \"2021\", a: 5, b: 4, s: slutlig}\n      \
                     - {label: \"2022\", a: 4, b: 4, s: preliminär}\n      - {label: \"2023\", a: 6, b: 5, s: prognos}\n";
const COLUMNS: &str = "{id: a, label: Länet}, {id: b, label: Riket}, {id: s, label: Läge, type: text}";

#[test]
fn a_column_tells_which_values_are_not_final() {
    let bars = workspace(COLUMNS, YEARS, "mark: bar\nseries: [a]\nstatus: {column: s, final: slutlig}\n");
    let svg = svg(&bars);
    let tree = roxmltree::Document::parse(&svg).unwrap();
    let class = |row: &str| {
        let group = tree.descendants().find(|node| node.attribute("data-c") == Some(row)).unwrap();
        let lines = group.children().filter(|node| node.has_tag_name("polyline")).count();
        let field = group.children().find(|node| node.has_tag_name("rect")).unwrap();
        (field.attribute("class").unwrap().to_owned(), lines > 0)
    };
    // Full, outlined, outlined and hatched.
    assert_eq!(class("1"), ("c-series-1".to_owned(), false));
    assert_eq!(class("2"), ("c-outline-1".to_owned(), false));
    assert_eq!(class("3"), ("c-outline-1".to_owned(), true));
    assert!(
        svg.contains("Preliminär: 2022; dessa värden är streckade. Prognos: 2023; dessa värden är streckade."),
        "{svg}"
    );
    // The column stands in the chart's table and in the download.
    let page = bars.read("output/liten/1.0/index.html");
    assert!(page.contains(">preliminär</td>") && page.contains(">prognos</td>"), "{page}");
    assert!(bars.read("output/liten/1.0/data/chart-c.csv").contains("preliminär"));
}

#[test]
fn a_line_is_broken_to_and_from_what_is_not_final() {
    let rows = YEARS.replace("2023\", a: 6, b: 5, s: prognos", "2023\", a: 6, b: 5, s: Slutlig");
    let lines = svg(&workspace(COLUMNS, &rows, "mark: line\nseries: [a, b]\nstatus: {column: s, final: slutlig}\n"));
    let tree = roxmltree::Document::parse(&lines).unwrap();
    let runs = tree.descendants().filter(|node| node.attribute("data-from").is_some());
    let runs: Vec<_> = runs
        .map(|run| {
            let line = run.first_element_child().unwrap();
            let corners = line.attribute("points").unwrap().split_whitespace().count();
            (
                run.attribute("data-s").unwrap(),
                run.attribute("data-from").unwrap(),
                line.attribute("class").unwrap(),
                corners,
            )
        })
        .collect();
    assert_eq!(
        runs,
        [
            ("0", "0", "c-line-1", 2),
            ("0", "1", "c-broken-1", 3),
            ("1", "0", "c-line-2", 2),
            ("1", "1", "c-broken-2", 3)
        ]
    );
}

#[test]
fn a_status_that_no_row_has_and_a_chart_without_final_values_are_told() {
    let told = |keys: &str| workspace(COLUMNS, YEARS, keys).run(&["check"]).expect(1).stderr;
    let strange = told("mark: bar\nseries: [a]\nstatus: {column: s, final: slutig}\n");
    assert!(
        strange.contains("no row has the status `slutig`") && strange.contains("did you mean `slutlig`"),
        "{strange}"
    );
    let none = told("mark: bar\nseries: [a]\nstatus: {column: s}\n");
    assert!(none.contains("no row of the chart `c` has final values"), "{none}");
    assert!(told("mark: bar\nseries: [a]\nstatus: {column: b}\n").contains("column `b` holds no words"));
    assert!(told("mark: heat\nseries: [a, b]\nstatus: {column: s, final: slutlig}\n").contains("cannot be shown"));
}

#[test]
fn rows_from_a_time_on_say_in_the_table_that_they_are_not_final() {
    let chart = "mark: line\nseries: [a, b]\nprovisional-from: \"2022\"\nforecast-from: \"2023\"\n";
    let lines = workspace(COLUMNS, YEARS, chart);
    let svg = svg(&lines);
    assert!(svg.contains("Preliminärt: 2022; dessa värden är streckade. Prognos: 2023;"), "{svg}");
    let page = lines.read("output/liten/1.0/index.html");
    assert!(page.contains(">2022 (preliminärt)</th>") && page.contains(">2023 (prognos)</th>"), "{page}");
}
