//! Maps: regions of a file of the report, found by the rows of a table.

use crate::workspace::Workspace;

const MAP: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"0101","name":"Norr"},"geometry":{"type":"Polygon","coordinates":[[[18,60],[19,60],[19,61],[18,61],[18,60]]]}},
{"type":"Feature","properties":{"code":"0102","name":"Söder"},"geometry":{"type":"Polygon","coordinates":[[[18,59],[19,59],[19,60],[18,60],[18,59]]]}},
{"type":"Feature","properties":{"code":"0103","name":"Öster"},"geometry":{"type":"Polygon","coordinates":[[[19,59],[20,59],[20,61],[19,61],[19,59]]]}}]}"#;

/// The small report with a table of shares by municipality, a map file and its chart.
fn workspace(rows: &str, map: &str, chart: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.findings(format!(
        "tables:\n  shares:\n    caption: Andel\n    stub: Kommun\n    columns:\n      - {{id: share, label: Andel, type: percent}}\n      - {{id: n, label: Antal, type: count}}\n    total-row: false\n    rows:\n{rows}"
    ));
    workspace.file("content/liten/data/karta.geojson", map);
    workspace.file("charts/liten/karta.yaml", chart);
    workspace.chapter("# Resultat {#resultat}\n\nKartan visar andelen.\n\n{{ chart karta }}\n");
    workspace
}

const CHART: &str =
    "table: shares\nmark: choropleth\nmap: {file: data/karta.geojson}\nseries: [share]\ncaption: Andel\n";
const ROWS: &str = "      - {id: 101, label: Norr, share: 12, n: 4}\n      - {label: Söder, share: {blank: suppressed}, n: 2}\n      - {label: öster, share: 40, n: 3}\n";

/// What is wrong, in one line each.
fn faults(workspace: &Workspace) -> String {
    let run = workspace.run(&["check"]).expect(1);
    let told = run.stderr.lines().filter(|line| line.starts_with("error[") || line.contains("= help:"));
    told.map(str::trim).collect::<Vec<_>>().join("\n")
}

#[test]
fn regions_are_found_by_code_or_name_drawn_and_told() {
    let workspace = workspace(ROWS, MAP, CHART);
    workspace.run(&["build", "liten"]).expect(0);
    let svg = workspace.read("output/liten/1.0/charts/karta.svg");
    let tree = roxmltree::Document::parse(&svg).unwrap();
    let class = |name: &str| tree.descendants().filter(|node| node.attribute("class") == Some(name)).count();
    // The region, and its field of the legend.
    assert_eq!([class("c-region-1"), class("c-region-5"), class("c-unknown")], [2, 2, 2], "{svg}");
    assert!(class("c-hatch") > 10);
    let page = workspace.read("output/liten/1.0/index.html");
    for words in ["Karta: Andel", "för 3 områden (Kommun)", "Högst: öster (40", "Söder ("] {
        assert!(page.contains(words), "{words}");
    }
    let manifest = workspace.read("output/liten/1.0/manifest.json");
    assert!(manifest.contains("data/karta.geojson"), "the map is one of the inputs");
}

#[test]
fn what_does_not_fit_is_told_with_the_nearest_name() {
    let rows = "      - {label: Nor, share: 12, n: 4}\n      - {label: Söder, share: 3, n: 2}\n      - {label: Öster, share: 40, n: 3}\n";
    insta::assert_snapshot!(faults(&workspace(rows, MAP, CHART)), @r"
error[CHT007]: the map has no region for the row “Nor” (`nor`)
= help: did you mean `Norr`?
= help: regions are known by `name` here; leave the row out with `rows`, or correct one of them
error[CHT007]: the table has no row for 1 of the map's regions: “Norr”
= help: did you mean `Nor`?
= help: give them rows, with a blank and its reason where nothing is known: those are hatched
= help: or write `regions: rows` under `map`: only the regions that have a row are drawn
");
    let fewer = "      - {label: Norr, share: 12, n: 4}\n      - {label: Söder, share: 3, n: 2}\n";
    insta::assert_snapshot!(faults(&workspace(fewer, MAP, CHART)), @r"
error[CHT007]: the table has no row for 1 of the map's regions: “Öster”
= help: give them rows, with a blank and its reason where nothing is known: those are hatched
= help: or write `regions: rows` under `map`: only the regions that have a row are drawn
");
    let others = "      - {label: Väster, share: 12, n: 4}\n      - {label: Mitt, share: 3, n: 2}\n";
    insta::assert_snapshot!(faults(&workspace(others, MAP, CHART)), @r"
error[CHT007]: no row of the table is called as a region of the map is
= help: rows by id and label: `vaster` (Väster), `mitt` (Mitt) …
= help: what regions are called: code: 0101, 0102, 0103; name: Norr, Söder, Öster
= help: give the rows ids that the regions have (`ids`, or `id` at a row), or name the property with `key`
");
    let twice = "      - {id: 101, label: Norr, share: 12, n: 4}\n      - {id: norr-2, label: Norr, share: 3, n: 2}\n";
    let by_name = CHART.replace("geojson}", "geojson, key: name, regions: rows}");
    insta::assert_snapshot!(faults(&workspace(twice, MAP, &by_name)), @r"
error[CHT007]: the rows `101` and `norr-2` are both the region “Norr” of the map
= help: regions are known by `name` here; choose one of the rows with `rows`, or name with `key` a property that tells them apart
");
    let key = CHART.replace("geojson}", "geojson, key: nmae}");
    insta::assert_snapshot!(faults(&workspace(fewer, MAP, &key)), @r"
error[CHT007]: the regions of the map have no property `nmae`
= help: did you mean `name`?
= help: properties: code, name
");
    let rows_only = CHART.replace("geojson}", "geojson, regions: rows}");
    workspace(fewer, MAP, &rows_only).run(&["build", "liten"]).expect(0);
}

#[test]
fn files_that_are_no_maps_and_maps_that_mislead_are_refused() {
    let rows = "      - {label: Norr, share: 12, n: 4}\n      - {label: Söder, share: 3, n: 2}\n      - {label: Öster, share: 40, n: 3}\n";
    insta::assert_snapshot!(faults(&workspace(rows, &MAP[..398], CHART)), @r"
error[CHT006]: the map `content/liten/data/karta.geojson` ends too early: a part of it is missing
= help: fetch the file again, or export it anew; a page that was saved in its place begins with `<`
");
    insta::assert_snapshot!(faults(&workspace(rows, "{\"type\": \"Point\"}", CHART)), @r"
error[CHT006]: the map `content/liten/data/karta.geojson` is no map: neither GeoJSON with features nor TopoJSON
= help: export the regions as GeoJSON or TopoJSON: polygons, each with the property that names it
");
    let large = format!("{}{}", MAP, " ".repeat(17 << 20));
    insta::assert_snapshot!(faults(&workspace(rows, &large, CHART)), @r"
error[CHT006]: the map `content/liten/data/karta.geojson` is a file of 17 MB; maps have at most 16
= help: simplify it in the program that it is from (in QGIS: Simplify; at mapshaper.org: Simplify, then Export): a map in a report shows no bay smaller than half a millimetre
");
    insta::assert_snapshot!(faults(&workspace(rows, MAP, &CHART.replace("[share]", "[n]"))), @r"
error[CHT002]: the map `karta` colours numbers: it would show where most people live, and large regions would seem to have more
= help: draw a column of percentages, or of values per inhabitant (a computed column: `share`, `ratio`, `change`); numbers stand in a table or a bar chart
");
    insta::assert_snapshot!(faults(&workspace(rows, MAP, &CHART.replace("choropleth", "bar"))), @r"
error[CHT001]: `bar` draws no map
= help: write `mark: choropleth`, or take `map` away
");
    insta::assert_snapshot!(faults(&workspace(rows, MAP, &CHART.replace("map: {file: data/karta.geojson}\n", ""))), @r"
error[CHT001]: the chart `karta` has no map to draw
= help: name a file of regions: map: {file: data/kommuner.geojson}
");
    insta::assert_snapshot!(faults(&workspace(rows, MAP, &CHART.replace("geojson}", "geojson, classes: [20, 10]}"))), @r"
error[CHT001]: the classes of a map rise
= help: write the values at which the colour changes, the lowest first: classes: [5, 7.5, 10]
");
    let shares = workspace(rows, MAP, &CHART.replace("[share]", "[part]"));
    let findings = shares.read("content/liten/findings/fler.yaml");
    shares.findings(findings + "    derived: {part: {label: Del av alla, share: n}}\n");
    insta::assert_snapshot!(faults(&shares), @r"
error[CHT002]: each row of the column `part` has its share of all: that grows with the number of people in it
= help: on a map large regions would seem to have more: draw what is told of those who live there (`share: [part, whole]`, `ratio`, `change`)
");
}
