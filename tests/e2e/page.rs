//! What a page has for its script, and what the script may be. How it works is seen in a browser (`scripts/conformance`).

use crate::workspace::{CHAPTER, Workspace};

/// The page of a small report with a chart of the table that has women and men of 20 each.
fn page_with(chart: &str) -> String {
    let workspace = Workspace::small();
    workspace.file("charts/liten/visits.yaml", format!("table: visits\ncaption: Besöken\n{chart}"));
    workspace.chapter(format!("{CHAPTER}\n{{{{ chart visits }}}}\n"));
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html").replace('\u{a0}', " ");
    page.split_once("<figure").expect("a chart").1.split_once("</figure>").expect("a chart").0.to_owned()
}

fn has_all(page: &str, words: &[&str]) {
    for word in words {
        assert!(page.contains(word), "{word} is missing in {page}");
    }
}

#[test]
fn a_chart_tells_each_value_with_its_share_or_count() {
    let counts = page_with("mark: grouped-bar\n");
    has_all(&counts, &[">12 (60 %)</td>", ">8 (40 %)</td>", "Inom parentes: andel av granskade ärenden."]);
    let shares = page_with("mark: dot\nmeasure: percent\n");
    has_all(&shares, &[">60 % (12)</td>", ">40 % (8)</td>", "Inom parentes: antal."]);
    let bars = page_with("mark: stacked-bar\n");
    has_all(&bars, &[">12 (60 %)</td>", ">8 (40 %)</td>", "Inom parentes: andel av raden."]);
}

#[test]
fn a_share_that_nothing_can_be_counted_on_is_not_told() {
    let workspace = Workspace::small();
    let findings = workspace.read("content/liten/findings/alla.yaml");
    // Without a base; and a bar of which a part is withheld has no whole.
    workspace.file(
        "content/liten/findings/alla.yaml",
        findings
            .replace("    columns: [women, men]\n    base: cases\n", "    columns: [women, men]\n")
            .replace("women: 8, men: 12}", "women: {blank: suppressed}, men: 12}"),
    );
    workspace.file("charts/liten/a.yaml", "table: visits\nmark: grouped-bar\ncaption: Besöken\n");
    workspace.file("charts/liten/b.yaml", "table: visits\nmark: stacked-bar\ncaption: Besöken\n");
    workspace.chapter(format!("{CHAPTER}\n{{{{ chart a }}}}\n\n{{{{ chart b }}}}\n"));
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html").replace('\u{a0}', " ");
    let (plain, stacked) = page.split_once("id=\"chart-b\"").expect("two charts");
    assert!(!plain.contains("Inom parentes"), "{plain}");
    has_all(stacked, &[">12 (60 %)</td>", ">12</td>", "Inom parentes: andel av raden."]);
}

#[test]
fn the_page_works_by_small_files_and_no_code_of_its_own() {
    let workspace = Workspace::small();
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    has_all(
        &page,
        &["<script src=\"assets/page.js\" defer></script>", "script-src 'self' 'sha256-", "trusted-types 'none'"],
    );
    assert!(!page.contains("unsafe-eval") && !page.contains(" onclick="), "{page}");
    let (shown, held) = page.split_once("<template id=\"Copies\">").expect("what copies is held ready");
    assert!(!shown.contains("<button") && !page.contains("id=\"Answers\""), "and nothing for charts where none is");
    assert!(held.contains("<button"), "no button is shown where no script runs");
    for (name, most) in [("page.js", 15_000), ("copy.js", 6_000)] {
        let script = workspace.read(&format!("output/liten/1.0/assets/{name}"));
        assert!(script.len() <= most, "{name}: {} bytes", script.len());
        for word in ["eval(", "new Function", "innerHTML", "fetch(", "import(", "http:", "https:"] {
            assert!(!script.contains(word), "{name}: {word}");
        }
    }
    let manifest = workspace.read("output/liten/1.0/manifest.json");
    has_all(&manifest, &["\"assets/page.js\"", "\"templates/html/page.js\"", "\"templates/html/copy.js\""]);
}

#[test]
fn a_designer_puts_a_script_of_their_own_in_its_place() {
    let workspace = Workspace::small();
    workspace.file("templates/html/page.js", "\"use strict\";\n");
    workspace.run(&["build"]).expect(0);
    assert_eq!(workspace.read("output/liten/1.0/assets/page.js"), "\"use strict\";\n");
}
