//! Histograms: classes of equal width, counted from case rows.

use crate::workspace::Workspace;

const ROWS: &str = "Nr,Dagar\n1,3\n2,7\n3,12\n4,15\n5,19\n6,19\n7,41\n8,\n9,12\n";

/// The small report with case rows, a table counted from them and its chart.
fn workspace(bins: &str, rows: &str, chart: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.file("content/liten/data/arenden.csv", rows);
    workspace.findings(format!(
        "datasets:\n  arenden:\n    label: ärenden\n    file: data/arenden.csv\n    columns:\n      days: {{header: Dagar, type: number{bins}}}\n\
         tables:\n  days:\n    caption: Handläggningstid\n    stub: Dagar\n    cross: {{rows: arenden, by: days}}\n"
    ));
    workspace.file("charts/liten/dagar.yaml", format!("table: days\nmark: histogram\ncaption: Tiden\n{chart}"));
    workspace.chapter("# Resultat {#resultat}\n\nTiden växlar.\n\n{{ table days }}\n\n{{ chart dagar }}\n");
    workspace
}

fn faults(workspace: &Workspace) -> String {
    let run = workspace.run(&["check"]).expect(1);
    let told = run.stderr.lines().filter(|line| line.starts_with("error[") || line.contains("= help:"));
    told.map(str::trim).collect::<Vec<_>>().join("\n")
}

#[test]
fn cases_are_counted_in_classes_of_equal_width() {
    let workspace = workspace(", bins: {width: 10}", ROWS, "");
    workspace.run(&["build", "liten"]).expect(0);
    let svg = workspace.read("output/liten/1.0/charts/dagar.svg");
    let tree = roxmltree::Document::parse(&svg).unwrap();
    let heights = tree.descendants().filter(|node| node.has_tag_name("rect"));
    let heights: Vec<f64> = heights.map(|node| node.attribute("height").unwrap().parse().unwrap()).collect();
    // Two, five, none, none, one.
    assert_eq!(heights.len(), 3, "{svg}");
    assert!((heights[1] / heights[2] - 5.0).abs() < 0.05 && (heights[0] / heights[2] - 2.0).abs() < 0.05);
    for edge in [">0<", ">10<", ">50<", ">Dagar<"] {
        assert!(svg.contains(edge), "{edge}");
    }
    assert!(svg.contains("Flest i klassen 10–19 (5)."), "{svg}");
    let data = workspace.read("output/liten/1.0/data/chart-dagar.csv");
    assert!(data.contains("40–49") && data.contains("20–29"), "{data}");
}

#[test]
fn what_is_no_histogram_is_refused() {
    insta::assert_snapshot!(faults(&workspace(", bands: {kort: {to: 10}, lång: {from: 11}}", ROWS, "")), @r"
error[CHT002]: the rows of `days` are no classes of equal width
= help: a histogram is drawn of a table that is counted from case rows by a column with `bins`: days: {header: Dagar, type: number, bins: {width: 10}}
= help: classes of different width are bars: `mark: bar`
");
    insta::assert_snapshot!(faults(&workspace(", bins: {width: 10}", ROWS, "order: value\n")), @r"
error[CHT002]: the histogram `dagar` leaves classes out, or has them in another order
= help: take `rows` and `order` away, here and in the table
");
    insta::assert_snapshot!(faults(&workspace(", bins: {width: 10}", ROWS, "rows: [0-9, 10-19]\n")), @r"
error[CHT002]: the histogram `dagar` leaves classes out, or has them in another order
= help: take `rows` and `order` away, here and in the table
");
    insta::assert_snapshot!(faults(&workspace(", bins: {width: 0.5}", ROWS, "")), @r"
error[KEY003]: `width` must be a whole number, zero or larger
= help: counts are whole; a measured value is an `amount`, a published share a `percent`
error[DAT003]: dataset `arenden` has no column `days`
= help: its columns are:
");
    insta::assert_snapshot!(faults(&workspace(", bins: {width: 1}", &format!("{ROWS}10,900\n"), "")), @r"
error[KEY004]: the values of `days` would be in 898 classes; at most 60 are counted
= help: make them wider
error[CHT002]: the rows of `days` are no classes of equal width
= help: a histogram is drawn of a table that is counted from case rows by a column with `bins`: days: {header: Dagar, type: number, bins: {width: 10}}
= help: classes of different width are bars: `mark: bar`
");
}
