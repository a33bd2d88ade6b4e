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
    assert_eq!(total("cases-by-birth-decade"), "Totalt,20,20,40");
    assert_eq!(total("years-with-support"), "Totalt,20,20,40");
    assert_eq!(total("orientation-by-unit"), "Totalt,12,10,8,10,40");
    assert_eq!(total("diagnoses"), "Totalt,38,29,67");
    assert_eq!(total("participants-by-provider"), "Totalt,20,20,40");
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
    assert_eq!(scripts, ["assets/page.js"]);
    let style = workspace.read("output/sysselsattning-2021/1.1/assets/style.css");
    assert!(!style.contains("http") && !style.contains("@import"));
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
