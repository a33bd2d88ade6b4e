//! How values are spread: quartiles of case rows, boxes, strips; and one share as ten persons.

use crate::workspace::Workspace;

const ROWS: &str = "Enhet,Dagar\nNorr,1\nNorr,2\nNorr,3\nNorr,4\nSöder,10\nSöder,20\nSöder,30\nSöder,40\nSöder,50\n";

fn workspace(chart: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.file("content/liten/data/arenden.csv", ROWS);
    let of = |statistic: &str, unit: &str| {
        format!("{{label: dagar, {statistic}: {{rows: cases, column: days, where: {{unit: {unit}}}}}, decimals: 2}}")
    };
    let figures =
        [("low", "lower-quartile", "Norr"), ("high", "upper-quartile", "Norr"), ("even", "lower-quartile", "Söder")];
    let figures = figures.map(|(id, statistic, unit)| format!("  {id}: {}\n", of(statistic, unit))).concat();
    workspace.findings(format!(
        "figures:\n{figures}tables:\n  days:\n    caption: Dagar till beslut\n    stub: Enhet\n    columns: [{{id: a, label: Lägst}}, {{id: b, label: Nedre}}, {{id: c, label: Median}}, \
         {{id: d, label: Övre}}, {{id: e, label: Högst}}]\n    rows: [{{label: Norr, a: 1, b: 2, c: 3, d: 5, e: 9}}, {{label: Söder, a: 10, b: 20, c: 30, d: 40, e: 50}}]\n\
         datasets:\n  cases: {{label: ärenden, file: data/arenden.csv, columns: {{unit: Enhet, days: {{header: Dagar, type: number}}}}}}\n"
    ));
    workspace.file("charts/liten/dagar.yaml", format!("table: days\ncaption: Dagarna\n{chart}"));
    workspace.chapter(
        "# Resultat {#resultat}\n\nKvartiler: {{ low }}, {{ high }} och {{ even }}.\n\n{{ table days }}\n\n{{ chart dagar }}\n",
    );
    workspace
}

fn refused(chart: &str) -> String {
    let told = workspace(chart).run(&["check"]).expect(1).stderr;
    told.lines().find(|line| line.starts_with("error[")).expect("an error").to_owned()
}

#[test]
fn quartiles_lie_a_quarter_of_the_way_through_the_values() {
    let workspace = workspace("mark: box\n");
    workspace.run(&["build", "liten"]).expect(0);
    // Definition 7 of Hyndman and Fan: of four values the first quartile is three quarters of the way from the first to the second.
    let page = workspace.read("output/liten/1.0/index.html");
    for value in ["1,75", "3,25", "20,00"] {
        assert!(page.contains(&format!(">{value}<")), "{value}");
    }
}

#[test]
fn a_box_is_drawn_from_quartile_to_quartile() {
    let workspace = workspace("mark: box\n");
    workspace.run(&["build", "liten"]).expect(0);
    let svg = workspace.read("output/liten/1.0/charts/dagar.svg");
    let tree = roxmltree::Document::parse(&svg).unwrap();
    let boxes = tree.descendants().filter(|node| node.has_tag_name("rect"));
    let widths: Vec<f64> = boxes.map(|node| node.attribute("width").unwrap().parse().unwrap()).collect();
    // From 2 over 3 to 5, and from 20 over 30 to 40: parted at the median.
    let [first, rest @ ..] = &widths[..] else { panic!("{svg}") };
    let times: Vec<i64> = rest.iter().map(|width| (width / first).round() as i64).collect();
    assert_eq!(times, [2, 10, 10], "{widths:?}");
}

#[test]
fn what_is_no_spread_and_no_share_is_refused() {
    assert!(refused("mark: box\nseries: [a, b, c]\n").contains("a box is drawn of five columns, and `dagar` has 3"));
    assert!(refused("mark: box\nseries: [e, b, c, d, a]\n").contains("do not rise: see `Norr`"));
    assert!(refused("mark: strip\nrows: [norr]\n").contains("a strip shows how values lie, and `dagar` has one row"));
    assert!(refused("mark: icons\nseries: [a]\n").contains("`icons` shows one share, and `dagar` has 2"));
}

#[test]
fn remarks_and_periods_are_for_points_of_time() {
    for keys in ["period: {at: Norr, label: Nytt}", "annotation: {at: Norr, series: a, text: Nytt}"] {
        let told = refused(&format!("mark: bar\nseries: [a]\norientation: horizontal\n{keys}\n"));
        assert!(told.starts_with("error[CHT"), "{told}");
    }
}
