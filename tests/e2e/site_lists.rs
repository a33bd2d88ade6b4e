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
    // It runs where it stands, before the list is there, so that nothing is moved.
    let at = |words: &str| index.find(words).unwrap_or_else(|| panic!("{words} in {index}"));
    assert!(at("<script src=\"assets/filter.js\">") < at("<section class=\"year\""));
    assert!(index.contains("script-src 'self'; require"));
    assert!(workspace.path("output/assets/filter.js").exists());
    assert!(!workspace.path("output/liten/1.0/assets/filter.js").exists(), "no version needs it");
}

#[test]
fn each_value_has_a_page_that_works_by_itself() {
    let workspace = three();
    workspace.run(&["build"]).expect(0);
    let index = workspace.read("output/index.html");
    for (folder, page) in
        [("kinds", "inspection-report"), ("years", "2023"), ("years", "2024"), ("units", "norr"), ("units", "soder")]
    {
        assert!(index.contains(&format!("href=\"{folder}/index.html\"")), "{folder} in {index}");
        let list = workspace.read(&format!("output/{folder}/index.html"));
        assert!(list.contains(&format!("href=\"../{folder}/{page}.html\"")), "{page} in {list}");
    }
    for (page, count) in [
        ("kinds/inspection-report.html", 2),
        ("years/2023.html", 1),
        ("years/2024.html", 1),
        ("units/norr.html", 2),
        ("units/soder.html", 2),
    ] {
        let text = workspace.read(&format!("output/{page}"));
        let list = text.split_once("class=\"reports\"").unwrap().1;
        let links = list.matches("1.0/index.html\">").count();
        assert!(links >= count, "{page}: {list}");
        for link in list.split("href=\"").skip(1).map(|rest| rest.split(['"', '#']).next().unwrap()) {
            assert!(workspace.path("output/units").join(link).exists(), "{page}: {link}");
        }
    }
    // Each extract is one of its kind, though all stand in one entry of the list.
    let extracts = workspace.read("output/kinds/unit-extract.html");
    assert!(extracts.contains("liten-norr/1.0/index.html") && extracts.contains("liten-soder/1.0/index.html"));
    assert!(workspace.read("output/kinds/index.html").contains("(2)"));
    for page in
        ["index.html", "search.html", "kinds/index.html", "units/norr.html", "search/words.html", "years/2023.html"]
    {
        let root = if page.contains('/') { "../" } else { "" };
        let text = workspace.read(&format!("output/{page}"));
        for way in ["index.html", "search.html"] {
            assert!(text.contains(&format!("<a href=\"{root}{way}\"")), "{way} in {page}");
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
    let inspection = |year: &str, findings: &str| {
        let areas = "quality-areas:\n  plats: {name: Plats, text: Stödet finns nära.}\nassessments:\n  norr:\n    strengths: [{text: \"{{ plans }} har en plan.\", area: plats}]\n    development: [{text: Skriv planer., area: plats}]\n";
        let id = format!("a{year}");
        workspace.file(&format!("content/{id}/report.yaml"), one.replace("2024-03-01", &format!("{year}-03-01")));
        workspace.file(&format!("content/{id}/findings/alla.yaml"), format!("{findings}{areas}"));
        let chapter = format!("{CHAPTER}\n{{{{ strengths norr }}}}\n\n{{{{ development norr }}}}\n");
        workspace.file(&format!("content/{id}/kapitel.md"), chapter);
    };
    inspection("2022", FINDINGS);
    inspection("2023", &FINDINGS.replace("women: 16", "women: 17"));
    inspection("2024", &FINDINGS.replace("granskade ärenden", "pågående ärenden"));
    workspace.run(&["build"]).expect(0);
    for page in ["units/norr.html", "areas/plats.html"] {
        let page = workspace.read(&format!("output/{page}")).replace('\u{a0}', " ");
        let table = between(&page, "id=\"figures\"", "</table>");
        // The base of 2024 is another, so its share is no later value of the same measure.
        assert!(
            table.contains(">2022</th>") && table.contains(">2023</th>") && !table.contains(">2024</th>"),
            "{table}"
        );
        assert!(table.contains("href=\"../a2022/1.0/index.html#Made-plans\""), "{table}");
        assert!(table.contains("26") && !table.contains("<svg"), "two years are no line: {table}");
    }
    let area = workspace.read("output/areas/plats.html");
    let rows = between(&area, "id=\"figures\"", "</table>").matches("<th scope=\"row\"").count();
    assert_eq!(rows, 1, "only what the text binds where it speaks of the area: {area}");
    inspection("2024", &FINDINGS.replace("women: 16", "women: 12"));
    workspace.run(&["build"]).expect(0);
    for page in ["units/norr.html", "areas/plats.html"] {
        let page = workspace.read(&format!("output/{page}")).replace('\u{a0}', " ");
        let figures = between(&page, "id=\"figures\"", "</table>");
        assert!(figures.contains("<svg") && figures.contains("<desc"), "three years are a line: {figures}");
        assert!(figures.contains(">25<") && figures.contains(">21<"), "with its first and its last value: {figures}");
    }
}

#[test]
fn what_a_manifest_says_is_never_a_path() {
    let workspace = three();
    workspace.run(&["build"]).expect(0);
    let path = "output/forsta/1.0/manifest.json";
    let hostile = workspace.read(path).replace("\"kind\": \"inspection-report\"", "\"kind\": \"../../../evil\"");
    assert!(hostile.contains("evil"));
    workspace.file(path, hostile);
    workspace.run(&["build", "liten"]).expect(0);
    assert!(!workspace.path("evil.html").exists() && !workspace.path("../evil.html").exists());
    let index = workspace.read("output/index.html");
    assert!(index.contains("Första granskningen") && !index.contains("evil"), "{index}");
}

#[test]
fn a_draft_whose_report_is_gone_leaves_the_site_and_nothing_else_does() {
    let workspace = three();
    workspace.run(&["publish", "forsta"]).expect(0);
    workspace.run(&["build"]).expect(0);
    workspace.file("output/lattlast/1.0/mine.txt", "somebody's");
    // Of what is published the ledger lies in the report's folder; the page says that it is published.
    for id in ["lattlast", "forsta"] {
        std::fs::remove_dir_all(workspace.path(&format!("content/{id}"))).unwrap();
    }
    let report = workspace.read("content/liten/report.yaml").replace("companions: [lattlast]\n", "");
    workspace.file("content/liten/report.yaml", report);
    workspace.run(&["build"]).expect(0);
    assert_eq!(workspace.files("output/lattlast"), ["1.0/mine.txt"]);
    assert!(workspace.path("output/forsta/1.0/index.html").exists());
    for page in ["index.html", "search/index.js", "years/2024.html"] {
        let text = workspace.read(&format!("output/{page}"));
        assert!(!text.contains("Lättläst om granskningen"), "{page}");
    }
    assert!(workspace.read("output/index.html").contains("Första granskningen"));
    assert!(workspace.path("output/liten-norr/1.0/index.html").exists(), "an extract belongs to its report");
}

#[test]
fn a_robots_file_of_ones_own_stays() {
    let workspace = Workspace::small();
    workspace.run(&["build"]).expect(0);
    assert!(workspace.read("output/robots.txt").contains("User-agent"));
    workspace.file("output/robots.txt", "User-agent: *\nDisallow: /\n");
    for _ in 0..2 {
        workspace.run(&["build"]).expect(0);
        assert_eq!(workspace.read("output/robots.txt"), "User-agent: *\nDisallow: /\n");
    }
    std::fs::remove_file(workspace.path("output/robots.txt")).unwrap();
    workspace.run(&["build"]).expect(0);
    assert!(workspace.read("output/robots.txt").ends_with("Disallow:\n"));
}
