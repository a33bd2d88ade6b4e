//! The list of reports and the pages of kinds, years, units and quality areas.

use crate::workspace::{CHAPTER, FINDINGS, REPORT, Workspace};

/// The text between two marks.
fn between<'a>(text: &'a str, begin: &str, end: &str) -> &'a str {
    text.split_once(begin).unwrap_or_else(|| panic!("{begin} in {text}")).1.split_once(end).unwrap().0
}

/// A workspace with two inspections of two years, one with an extract for each unit, and an easy-read companion.
fn three() -> Workspace {
    let workspace = Workspace::small();
    let report = |year: &str, more: &str| format!("{}{more}", REPORT.replace("2024-03-01", &format!("{year}-03-01")));
    let companions = "companions: [lattlast]\nextracts: units\n";
    workspace
        .file("content/liten/report.yaml", report("2024", companions).replace("Liten rapport", "Andra granskningen"));
    for (id, year, title) in
        [("forsta", "2023", "Första granskningen"), ("lattlast", "2024", "Lättläst om granskningen")]
    {
        workspace.file(&format!("content/{id}/report.yaml"), report(year, "").replace("Liten rapport", title));
        workspace.file(&format!("content/{id}/findings/alla.yaml"), FINDINGS);
        workspace.file(&format!("content/{id}/kapitel.md"), CHAPTER);
    }
    workspace
}

#[test]
fn a_report_and_what_belongs_to_it_are_one_entry() {
    let workspace = three();
    workspace.run(&["build"]).expect(0);
    let index = workspace.read("output/index.html");
    assert_eq!(index.matches("<li class=\"entry").count(), 2, "{index}");
    let entry = between(&index, "<li class=\"entry", "<section");
    for words in ["liten/1.0/index.html", "lattlast/1.0/index.html", "data-year=\"2024\""] {
        assert!(entry.contains(words), "{words} in {entry}");
    }
    assert!(index.contains("<script src=\"assets/filter.js\" defer>") && index.contains("script-src 'self'; require"));
    assert!(workspace.path("output/assets/filter.js").exists());
    assert!(!workspace.path("output/liten/1.0/assets/filter.js").exists(), "no version needs it");
}

#[test]
fn each_value_has_a_page_that_works_by_itself() {
    let workspace = three();
    workspace.run(&["build"]).expect(0);
    let index = workspace.read("output/index.html");
    for (page, count) in [
        ("kinds/inspection-report.html", 2),
        ("years/2023.html", 1),
        ("years/2024.html", 1),
        ("units/norr.html", 2),
        ("units/soder.html", 2),
    ] {
        assert!(index.contains(&format!("href=\"{page}\"")), "{page} in {index}");
        let text = workspace.read(&format!("output/{page}"));
        let list = text.split_once("class=\"reports\"").unwrap().1;
        let links = list.matches("1.0/index.html\">").count();
        assert!(links >= count, "{page}: {list}");
        for link in list.split("href=\"").skip(1).map(|rest| rest.split(['"', '#']).next().unwrap()) {
            assert!(workspace.path("output/units").join(link).exists(), "{page}: {link}");
        }
    }
    workspace.run(&["verify"]).expect(0);
    // A unit that no report has any more has no page any more.
    for id in ["liten", "forsta", "lattlast"] {
        let path = format!("content/{id}/report.yaml");
        workspace.file(&path, workspace.read(&path).replace(", soder: Söder", ""));
    }
    // What lies in output/ is listed as long as it lies there.
    std::fs::remove_dir_all(workspace.path("output/liten-soder")).unwrap();
    workspace.run(&["build"]).expect(0);
    assert!(!workspace.path("output/units/soder.html").exists() && workspace.path("output/units/norr.html").exists());
}

#[test]
fn development_areas_stand_with_what_became_of_them() {
    let workspace = Workspace::example();
    workspace.run(&["build", "exempelstad-2025", "exempelstad-2024", "exempelstad-uppfoljning-2026"]).expect(0);
    let page = workspace.read("output/units/norra.html");
    let table = between(&page, "id=\"developments\"", "</table>");
    assert!(
        table.contains("exempelstad-2025/1.0/index.html#") && table.contains("exempelstad-2024/1.0/index.html#"),
        "{table}"
    );
    assert!(table.contains("exempelstad-uppfoljning-2026/1.0/index.html#"), "what the follow-up says: {table}");
    assert!(table.contains("Inte följt upp"), "and what none follows up: {table}");
    let said = between(&page, "id=\"said\"", "</section>");
    for link in said.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let text = std::fs::read_to_string(workspace.path("output/units").join(file)).unwrap();
        assert!(anchor.is_empty() || text.contains(&format!("id=\"{anchor}\"")), "{link}");
    }
}

#[test]
fn figures_stand_by_years_only_where_they_measure_the_same() {
    let workspace = Workspace::empty();
    workspace.file("belagg.yaml", "rules: {TAB012: off, TAB013: off}\n");
    let one = REPORT.replace("units: {norr: Norr, soder: Söder}", "units: {norr: Norr}");
    for (id, year, findings) in [
        ("a2022", "2022", FINDINGS.to_owned()),
        ("a2023", "2023", FINDINGS.replace("women: 16", "women: 17")),
        ("a2024", "2024", FINDINGS.replace("granskade ärenden", "pågående ärenden")),
    ] {
        workspace.file(&format!("content/{id}/report.yaml"), one.replace("2024-03-01", &format!("{year}-03-01")));
        workspace.file(&format!("content/{id}/findings/alla.yaml"), findings);
        workspace.file(&format!("content/{id}/kapitel.md"), CHAPTER);
    }
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/units/norr.html").replace('\u{a0}', " ");
    let table = between(&page, "id=\"figures\"", "</table>");
    // The base of 2024 is another, so its share is no later value of the same measure.
    assert!(table.contains(">2022</th>") && table.contains(">2023</th>") && !table.contains(">2024</th>"), "{table}");
    assert!(table.contains("href=\"../a2022/1.0/index.html#Made-plans\""), "{table}");
    assert!(table.contains("26"), "{table}");
}
