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

/// The marks of a chart by series and row, each with the middle of its shapes, and what they look like.
fn drawn(workspace: &Workspace) -> Vec<((usize, usize), f64, String)> {
    workspace.run(&["build", "liten"]).expect(0);
    let svg = workspace.read("output/liten/1.0/charts/dagar.svg");
    let tree = roxmltree::Document::parse(&svg).unwrap();
    let number = |node: &roxmltree::Node, name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
    let mut out = Vec::new();
    for group in tree.descendants().filter(|node| node.has_attribute("data-c")) {
        let at = (number(&group, "data-s") as usize, number(&group, "data-c") as usize);
        for shape in group.children().filter(|node| node.is_element()) {
            let class = shape.attribute("class").unwrap_or_default().to_owned();
            match shape.tag_name().name() {
                "circle" => out.push((at, number(&shape, "cx"), class)),
                "rect" => out.push((at, number(&shape, "x") + number(&shape, "width"), class)),
                "polyline" => {
                    let points = shape.attribute("points").unwrap();
                    let first = points.split(',').next().unwrap().parse().unwrap();
                    out.push((at, first, class));
                }
                "path" => out.push((at, shape.attribute("d").unwrap().matches('M').count() as f64, class)),
                _ => {}
            }
        }
    }
    out
}

/// Places along a scale that are in proportion to their values.
#[track_caller]
fn in_proportion(places: &[f64], values: &[f64]) {
    let per = (places[1] - places[0]) / (values[1] - values[0]);
    for (place, value) in places.iter().zip(values) {
        let wanted = places[0] + (value - values[0]) * per;
        assert!((place - wanted).abs() < 0.25, "{value} stands at {place}, not at {wanted}: {places:?}");
    }
}

#[test]
fn dots_of_a_strip_stand_at_their_values() {
    let all = drawn(&workspace("mark: strip\nseries: [a, e]\n"));
    let dots: Vec<_> = all.iter().filter(|(.., class)| class.starts_with("c-mark")).collect();
    let cells: Vec<(usize, usize)> = dots.iter().map(|(at, ..)| *at).collect();
    assert_eq!(cells, [(0, 0), (0, 1), (1, 0), (1, 1)]);
    // Lowest 1 and 10, highest 9 and 50: both lanes on one scale.
    in_proportion(&dots.iter().map(|(_, x, _)| *x).collect::<Vec<_>>(), &[1.0, 10.0, 9.0, 50.0]);
}

#[test]
fn whiskers_and_boxes_end_at_the_five_values() {
    let all = drawn(&workspace("mark: box\n"));
    // The whisker of the lowest value begins at it, that of the highest has its cap there; halves of the box end at the median and the upper quartile.
    let place = |series: usize, category: usize, class: &str, nth: usize| {
        let shapes = all.iter().filter(|(at, _, own)| *at == (series, category) && own.starts_with(class));
        shapes.map(|(_, x, _)| *x).nth(nth).unwrap_or_else(|| panic!("{series} {category} {class}: {all:?}"))
    };
    for (category, [low, median, upper, high]) in
        [[1.0, 3.0, 5.0, 9.0], [10.0, 30.0, 40.0, 50.0]].into_iter().enumerate()
    {
        let places = [
            place(0, category, "c-whisker", 0),
            place(1, category, "c-series", 0),
            place(3, category, "c-series", 0),
            place(4, category, "c-whisker", 1),
        ];
        in_proportion(&places, &[low, median, upper, high]);
    }
    let between = [place(0, 0, "c-whisker", 0), place(0, 1, "c-whisker", 0), place(4, 1, "c-whisker", 1)];
    in_proportion(&between, &[1.0, 10.0, 50.0]);
}

/// A report with one table of shares, drawn as `keys` say.
fn shares(values: &str, keys: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.findings(format!(
        "tables:\n  shares:\n    caption: Har en plan\n    stub: Grupp\n    columns: [{{id: a, label: Kvinnor, type: percent, decimals: 1}}, {{id: b, label: Män, type: percent, \
         decimals: 1}}]\n    total-row: false\n    total-column: false\n    rows: [{{label: Alla, {values}}}]\n"
    ));
    workspace.file("charts/liten/dagar.yaml", format!("table: shares\ncaption: Planerna\n{keys}"));
    workspace.chapter("# Resultat {#resultat}\n\nPlaner finns.\n\n{{ chart dagar }}\n");
    workspace
}

#[test]
fn so_many_persons_are_filled_as_the_share_says() {
    for (share, persons) in [("62.4", 6), ("65", 7), ("0", 0), ("0.3", 1), ("99.6", 9), ("100", 10)] {
        let all = drawn(&shares(&format!("a: {share}, b: 50"), "mark: icons\nseries: [a]\n"));
        let count = |class: &str| {
            all.iter()
                .filter(|(.., own)| own.starts_with(class))
                .map(|(_, outlines, _)| *outlines as usize)
                .sum::<usize>()
        };
        // A head and a body each.
        assert_eq!([count("c-series"), count("c-region")], [2 * persons, 2 * (10 - persons)], "{share}: {all:?}");
    }
}

#[test]
fn a_share_that_is_not_known_fills_nothing_and_is_no_nought() {
    let all = drawn(&shares("a: {blank: suppressed}, b: 50", "mark: waffle\nby: series\n"));
    let of = |series: usize| {
        let own = all.iter().filter(move |((at, _), ..)| *at == series);
        // That it is protected is drawn over its squares, and says no number.
        let own = own.filter(|(.., class)| class != "c-hatch");
        own.map(|(_, squares, class)| (class.as_str(), *squares)).collect::<Vec<_>>()
    };
    assert_eq!(of(0), [("c-unknown", 100.0)]);
    assert_eq!(of(1), [("c-region-1", 50.0), ("c-series-1", 50.0)]);
}
