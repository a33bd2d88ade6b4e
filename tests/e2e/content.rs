//! The example content: it builds without a word, and is what it claims to be.

use crate::workspace::Workspace;

#[test]
fn the_inspection_report_builds_without_errors_or_warnings() {
    let workspace = Workspace::example();
    let run = workspace.run(&["build", "sysselsattning-2021"]).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
    let manifest: serde_json::Value =
        serde_json::from_str(&workspace.read("output/sysselsattning-2021/1.1/manifest.json")).unwrap();
    let count = |key: &str| manifest["report"][key].as_u64().unwrap();
    assert!(count("pages") >= 20, "{} pages", count("pages"));
    assert!(count("notes") >= 25, "{} notes", count("notes"));
    assert!(count("charts") >= 8 && count("tables") >= 6);
    let marks: std::collections::BTreeSet<String> = workspace
        .files("charts/sysselsattning-2021")
        .iter()
        .map(|file| workspace.read(&format!("charts/sysselsattning-2021/{file}")))
        .filter_map(|text| text.lines().find_map(|line| line.strip_prefix("mark: ").map(str::to_owned)))
        .collect();
    assert!(marks.len() >= 5, "{marks:?}");
}

#[test]
fn totals_of_the_six_tables_are_computed_and_right() {
    let workspace = Workspace::example();
    workspace.run(&["build", "sysselsattning-2021"]).expect(0);
    let total = |table: &str| {
        let csv = workspace.read(&format!("output/sysselsattning-2021/1.1/data/{table}.csv"));
        let last = csv.lines().last().unwrap_or_default().trim().to_owned();
        // The last column says how the row came about.
        last.rsplit_once(',').map(|(values, _)| values.to_owned()).unwrap_or_default()
    };
    assert_eq!(total("cases-by-birth-decade"), "Totalt,20,20,40,", "with an empty column of reasons");
    assert_eq!(total("years-with-support"), "Totalt,20,20,40");
    assert_eq!(total("orientation-by-unit"), "Totalt,22,18,40");
    assert_eq!(total("diagnoses"), "Totalt,38,29,67");
    assert_eq!(total("participants-by-provider"), "Totalt,20,20,40");
    assert_eq!(total("status-spring"), "Totalt,20,20,40");
}

/// The example of small numbers: rows are put together, a table of births has the four marks that are left, and what an earlier
/// version printed stays, because somebody has decided so.
#[test]
fn the_inspection_report_hides_few_numbers_and_keeps_what_was_published() {
    let workspace = Workspace::example();
    let run = workspace.run(&["disclose", "sysselsattning-2021", "--format", "json"]).expect(0);
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let hidden: Vec<&str> =
        told[0]["hidden"].as_array().unwrap().iter().map(|number| number["cell"].as_str().unwrap()).collect();
    assert_eq!(hidden.len(), 4, "{hidden:?}");
    assert!(hidden.iter().all(|cell| cell.starts_with("cases-by-birth-decade.born-")), "{hidden:?}");
    workspace.run(&["build", "sysselsattning-2021"]).expect(0);
    for version in ["1.0", "1.1"] {
        let data = |table: &str| workspace.read(&format!("output/sysselsattning-2021/{version}/data/{table}.csv"));
        let births = data("cases-by-birth-decade");
        assert!(births.contains("1960–1979,,,10,") && births.contains("1980–1989,9,10,19,"), "{births}");
        assert!(data("refusals-by-unit").contains("Norrmalm och Skärholmen,3,3,"));
        for table in ["orientation-by-unit", "diagnoses", "participants-by-provider", "chart-plans", "chart-control"] {
            let small = |cell: &str| matches!(cell, "1" | "2" | "3" | "4");
            assert!(!data(table).lines().any(|line| line.split(',').any(small)), "{version} {table}");
        }
    }
}

#[test]
fn the_page_loads_nothing_from_elsewhere() {
    let workspace = Workspace::example();
    workspace.run(&["build", "sysselsattning-2021"]).expect(0);
    let page = workspace.read("output/sysselsattning-2021/1.1/index.html");
    for attribute in ["src=\"", "srcset=\""] {
        for piece in page.split(attribute).skip(1) {
            let value = piece.split('"').next().unwrap_or_default();
            assert!(!value.contains("//") && !value.starts_with('/'), "{value}");
        }
    }
    assert!(!page.contains("@import"));
    let scripts: Vec<&str> = page.split("<script src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(scripts, ["assets/page.js", "assets/copy.js"]);
    let style = workspace.read("output/sysselsattning-2021/1.1/assets/style.css");
    let fonts = workspace.read("output/sysselsattning-2021/1.1/assets/fonts.css");
    for sheet in [style, fonts] {
        assert!(!sheet.contains("http") && !sheet.contains("@import"));
    }
}

#[test]
fn every_link_within_the_page_leads_somewhere() {
    let workspace = Workspace::example();
    workspace.run(&["build", "sysselsattning-2021"]).expect(0);
    let page = workspace.read("output/sysselsattning-2021/1.1/index.html");
    let after = |pattern: &str| -> Vec<String> {
        page.split(pattern).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    let ids = after(" id=\"");
    let unique: std::collections::BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "each id stands once");
    let targets = after("href=\"#");
    assert!(targets.len() > 200);
    for target in targets {
        assert!(unique.contains(&target), "nothing has the address #{target}");
    }
}
