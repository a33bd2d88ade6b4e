//! Computed columns: what they hold is exact, what is missing stays missing, and how they came about is told.

use crate::workspace::Workspace;

/// A report with one table of this YAML; the cells of its page, row by row.
fn rows(table: &str) -> Vec<String> {
    rows_of(&workspace(table), "t")
}

fn workspace(tables: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.file("belagg.yaml", "rules: {TAB012: off, TAB013: off}\n");
    workspace.findings(format!("tables:\n{tables}"));
    workspace.chapter("# Resultat {#resultat}\n\nSe [](#table-t).\n\n{{ table t }}\n\n{{ table visits }}\n");
    workspace
}

fn rows_of(workspace: &Workspace, table: &str) -> Vec<String> {
    workspace.run(&["build"]).expect(0);
    let csv = workspace.read(&format!("output/liten/1.0/data/{table}.csv"));
    csv.trim_start_matches('\u{feff}')
        .lines()
        // The last column tells where the row came from.
        .map(|line| line.split(",\"findings").next().unwrap_or_default().to_owned())
        .collect()
}

const MONTHS: &str = "  t:
    caption: Besök per månad
    stub: Månad
    columns: [{id: visits, label: Besök, type: count}, {id: cost, label: Kostnad, type: amount, unit: tkr}]
    total-row: true
    rows:
      - {label: 2023-01, visits: 40, cost: 10}
      - {label: 2023-02, visits: 50, cost: 12}
      - {label: 2023-03, visits: 10, cost: {blank: not-available}}
      - {label: 2024-02, visits: 60, cost: 15}
      - {label: 2024-03, visits: 0, cost: 15}
    source: Granskningen
";

#[test]
fn changes_go_by_periods_and_a_gap_is_no_period_before() {
    let told = rows(&format!(
        "{MONTHS}    derived:
      change: {{label: Förändring, change: visits}}
      year: {{label: På ett år, change: visits, since: year-before}}
      growth: {{label: I procent, change: visits, since: year-before, as: percent}}
      index: {{label: Index, index: visits, base: 2023-01}}
      cost-change: {{label: Kostnadens förändring, change: cost}}
"
    ));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn shares_means_and_sums_are_exact_and_keep_what_is_missing() {
    let told = rows(&format!(
        "{MONTHS}    derived:
      share: {{label: Andel, share: visits, decimals: 1}}
      mean: {{label: Glidande medelvärde, rolling-mean: visits, periods: 2}}
      sum: {{label: Ackumulerat, cumulative-sum: visits}}
      cost-sum: {{label: Ackumulerad kostnad, cumulative-sum: cost}}
      each: {{label: Kostnad per besök, ratio: [cost, visits], unit: kr, per: 1000, decimals: 0}}
"
    ));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_table_is_joined_with_another_by_the_ids_of_its_rows() {
    let told = rows(
        "  t:
    caption: Beviljade insatser
    stub: Kommun
    columns: [{id: granted, label: Beviljade, type: count}]
    rows:
      - {label: Zinkby, granted: 30}
      - {label: Ålby, granted: 12}
      - {label: Örby, granted: 30}
    derived:
      persons: {label: Invånare, from: {table: persons, column: persons}}
      rate: {label: Per 1 000 invånare, ratio: [granted, persons], per: 1000, decimals: 2}
    show: [granted, rate]
    order: {column: rate, first: smallest}
    source: Granskningen
  persons:
    caption: Invånare
    stub: Kommun
    columns: [{id: persons, label: Invånare, type: count}]
    rows:
      - {label: Ålby, persons: 9000}
      - {label: Örby, persons: 7000}
      - {label: Zinkby, persons: 8000}
    source: Granskningen
",
    );
    // 42 of 24,000 would be wrong: it is 72 of 24,000, 3.00 per 1,000.
    assert_eq!(
        told[1..].join("\n"),
        "Ålby,12,1.33\nZinkby,30,3.75\nÖrby,30,4.29\nTotalt,72,3.00,Summan av raderna ovanför"
    );
}

#[test]
fn rows_stand_in_swedish_order_or_by_a_value() {
    let table = |order: &str| {
        format!(
            "  t:
    caption: Besök
    stub: Kommun
    columns: [women, men]
    rows:
      - {{label: Örby, women: 1, men: 2}}
      - {{label: Aby, women: 5, men: 1}}
      - {{label: Ålby, women: 4, men: 4}}
    order: {order}
    source: Granskningen
"
        )
    };
    let names = |order: &str| {
        let rows = rows(&table(order));
        rows.iter().skip(1).map(|row| row.split(',').next().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names("label"), "Aby Ålby Örby Totalt");
    assert_eq!(names("value"), "Ålby Aby Örby Totalt");
    assert_eq!(names("{column: men, first: smallest}"), "Aby Örby Ålby Totalt");
}

#[test]
fn computed_columns_are_bound_explained_and_drawn() {
    let workspace = workspace(&format!(
        "{MONTHS}    derived:
      growth: {{label: I procent, change: visits, since: year-before, as: percent}}
      index: {{label: Index (januari 2023 = 100), index: visits, base: 2023-01}}
    show: [index]
figures:
  index.now: {{label: index i februari, cell: {{table: t, row: 2024-02, column: index}}}}
  per.visit: {{label: kostnad per besök, ratio: [paid, came], per: 1000, unit: kr, decimals: 0}}
  paid: {{label: kostnad, amount: 15, unit: tkr}}
  came: {{label: besök, count: 60}}
  level: {{label: nivå, index: [before, came]}}
  before: {{label: besök förut, count: 48}}
"
    ));
    workspace.file(
        "charts/liten/index.yaml",
        "table: t\nmark: line\nseries: [index, growth]\ncaption: Index och förändring\ndescription: Så är det.\n",
    );
    workspace.chapter(
        "# Resultat {#resultat}\n\nA {{ t.2024-02 | column growth }}; {{ t.2024-02 | column growth | absolute }}; {{ t.2024-02 | column growth | increased-or-decreased }}; {{ index.now }}; {{ per.visit }}; {{ level }} Z\n\n{{ table t }}\n\n{{ chart index }}\n\n{{ table visits }}\n",
    );
    workspace.run(&["build"]).expect(0);
    let page = workspace.page("liten");
    let words: String = page
        .split("<p>A ")
        .nth(1)
        .and_then(|rest| rest.split(" Z</p>").next())
        .unwrap()
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
        .collect();
    assert_eq!(words.replace('\u{a0}', " "), "+20,0 procent; 20,0 procent; ökade; 150,0; 250 kr; 125,0");
    assert!(!page.contains("<th id=\"table-t-Column-2\""), "only the index is printed");
    insta::assert_snapshot!(workspace.run(&["explain", "index.now"]).expect(0).stdout.replace('\u{a0}', " "));
    let per = workspace.run(&["explain", "per.visit"]).expect(0).stdout.replace('\u{a0}', " ");
    assert!(per.contains("gånger 1 000"), "{per}");
}

#[test]
fn what_cannot_be_computed_is_told_with_its_place() {
    let workspace = workspace(
        "  t:
    caption: Besök
    stub: Kommun
    columns: [{id: visits, label: Besök, type: count}, {id: part, label: Andel, type: percent}]
    rows:
      - {label: Norr, visits: 40, part: 10}
      - {label: Söder, visits: 50, part: 20}
    derived:
      a: {label: A, change: visits}
      b: {label: B, index: visits}
      c: {label: C, cumulative-sum: part}
      d: {label: D, ratio: [visit, part]}
      e: {label: E, share: visits, sum: [visits, part]}
      f: {label: F}
      g: {label: G, index: visits, base: Väster}
      h: {label: H, share: visits, since: year-before}
      i: {label: I, rolling-mean: visits}
      j: {label: J, from: {table: nowhere, column: visits}}
      k: {label: K, sum: [visits, l]}
      l: {label: L, share: visits}
    show: [visits, nothing]
    source: Granskningen
",
    );
    insta::assert_snapshot!(workspace.run(&["check"]).expect(1).stderr);
}

const VISITS: &str = "Månad;Enhet;Besök;Dagar
2024-01;Örby;10;3
2024-01;Aby;20;4
2024-02;Örby;30;5
2024-01;Örby;5;8
2024-02;Ålby;7;2
";

/// A table counted from [`VISITS`]; its rows.
fn pivot(cross: &str, more: &str) -> Vec<String> {
    let workspace = workspace(&format!(
        "  t:
    caption: Besök
    stub: Månad
    cross: {cross}
    source: Granskningen
{more}datasets:
  visits:
    file: data/besok.csv
    columns:
      month: {{header: Månad, type: date}}
      unit: Enhet
      visits: {{header: Besök, type: number}}
      days: {{header: Dagar, type: number}}
"
    ));
    workspace.file("content/liten/data/besok.csv", VISITS);
    rows_of(&workspace, "t")
}

#[test]
fn one_measure_stands_by_two_columns() {
    let sum = "{id: n, label: Besök, sum: visits, decimals: 0}";
    let rows = pivot(&format!("{{rows: visits, by: month, across: unit, counts: false, measures: [{sum}]}}"), "");
    insta::assert_snapshot!(rows.join("\n"));
    let sheet = pivot(
        &format!("{{rows: visits, by: month, across: unit, across-order: sheet, counts: false, measures: [{sum}]}}"),
        "",
    );
    assert!(sheet[0].starts_with("Månad,Örby,Aby,Ålby,Totalt"), "{sheet:?}");
    let value = pivot(&format!("{{rows: visits, by: unit, order: value, counts: false, measures: [{sum}]}}"), "");
    let names: Vec<&str> = value.iter().skip(1).filter_map(|row| row.split(',').next()).collect();
    assert_eq!(names, ["Örby", "Aby", "Ålby", "Totalt"]);
}

#[test]
fn counts_and_measures_stand_below_each_value_of_a_column() {
    let rows = pivot(
        "{rows: visits, by: month, across: unit, measures: [{id: mean, label: Medelvärde, average: days}, {id: n, label: Besök, sum: visits, decimals: 0}]}",
        "    derived:
      change: {label: Förändring, change: orby.n}
",
    );
    insta::assert_snapshot!(rows.join("\n"));
}

#[test]
fn a_pivot_that_shows_nothing_or_adds_up_means_is_refused() {
    let check = |cross: &str, more: &str| {
        let workspace = workspace(&format!(
            "  t:\n    caption: Besök\n    stub: Månad\n    cross: {cross}\n    source: Granskningen\n{more}datasets:\n  visits:\n    file: data/besok.csv\n    columns: {{month: Månad, unit: Enhet, days: {{header: Dagar, type: number}}}}\n"
        ));
        workspace.file("content/liten/data/besok.csv", VISITS);
        workspace.run(&["check"]).expect(1).stderr
    };
    let nothing = check("{rows: visits, by: month, across: unit, counts: false}", "");
    assert!(nothing.contains("the table counts nothing and has no `measures`"), "{nothing}");
    let means = check(
        "{rows: visits, by: month, across: unit, counts: false, measures: [{id: mean, label: Dagar, average: days}]}",
        "    derived: {both: {label: Båda, sum: [orby, aby]}}\n",
    );
    assert!(means.contains("`orby` holds averages, shares or ratios"), "{means}");
}

#[test]
fn columns_of_years_and_months_are_one_period() {
    let workspace = workspace(
        "  t:
    caption: Besök
    stub: Månad
    cross: {rows: visits, by: month, counts: false, measures: [{id: n, label: Besök, sum: visits, decimals: 0}]}
    derived: {change: {label: Förändring, change: n}}
    source: Granskningen
datasets:
  visits:
    file: data/besok.csv
    columns:
      month: {header: År, month: Månad, type: date}
      visits: {header: Besök, type: number}
",
    );
    workspace.file("content/liten/data/besok.csv", "År;Månad;Besök\n2023;december;4\n2024;1;5\n2024;jan;1\n2024;3;9\n");
    let rows = rows_of(&workspace, "t");
    let cells: Vec<String> = rows.iter().map(|row| row.split(',').take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(cells, ["Månad Besök Förändring", "2023-12 4 ", "2024-01 6 2", "2024-03 9 ", "Totalt 19 "]);
    workspace.file("content/liten/data/besok.csv", "År;Månad;Besök\n2023;Summa;4\n;1;5\n2024;;1\n");
    let run = workspace.run(&["check"]).expect(1).stderr;
    for told in ["`2023 Summa`", "`-01`", "`2024 (no month)`"] {
        assert!(run.contains(told) && run.contains("besok.csv:2"), "{run}");
    }
}

#[test]
fn a_weight_is_the_same_column_in_whichever_order_columns_are_printed() {
    let rows = rows(
        "  t:
    caption: Ålder
    stub: Kommun
    columns: [{id: n, label: Personer, type: count}, {id: mean, label: Medelålder, type: amount, decimals: 1, weight: n}, {id: other, label: Annat, type: count}]
    total-row: true
    rows:
      - {label: Norr, n: 10, mean: 20, other: 1}
      - {label: Söder, n: 30, mean: 40, other: 1}
    show: [other, mean, n]
    source: Granskningen
",
    );
    assert_eq!(rows.last().unwrap(), "Totalt,2,35.0,40,Summan av raderna ovanför; medelvärden är vägda med Personer");
}

#[test]
fn a_ranked_table_keeps_its_weights() {
    let rows = rows(
        "  t:
    caption: Ålder
    stub: Kommun
    columns: [{id: n, label: Personer, type: count}, {id: mean, label: Medelålder, type: amount, decimals: 1, weight: n}]
    total-row: true
    ranking: {by: mean}
    rows:
      - {label: Norr, n: 10, mean: 20}
      - {label: Söder, n: 30, mean: 40}
    source: Granskningen
",
    );
    assert!(rows.last().unwrap().contains(",40,35.0,"), "{rows:?}");
}
