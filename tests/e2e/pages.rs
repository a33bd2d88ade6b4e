//! How pages are filled. `tests/fixtures/hard/content/sidor` holds what leaves holes: charts in a row, before the first text, after a
//! heading, among text; a table of three pages; a chapter that ends in a few lines.

use std::path::Path;
use std::process::{Command, Output};

use super::workspace::{CHAPTER, FINDINGS, REPORT, Workspace};

const PDF: &str = "output/sidor/1.0/sidor.pdf";

/// Looks at a PDF's pages as they are printed.
fn measured(pdf: &Path) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/page-fill");
    Command::new("python3").arg(script).arg(pdf).output().expect("python3 is installed")
}

#[test]
fn pictures_and_turned_pages_leave_no_holes() {
    for (fixture, pdf) in [("hard", "output/flyter/1.0/flyter.pdf"), ("wide", "output/kolumner/1.0/kolumner.pdf")] {
        let workspace = Workspace::fixture(fixture);
        let name = pdf.split('/').nth(1).unwrap();
        workspace.run(&["build", name]).expect(0);
        let output = measured(&workspace.path(pdf));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

/// The text of each page by poppler.
fn pages(workspace: &Workspace) -> Vec<String> {
    let output = Command::new("pdftotext").arg(workspace.path(PDF)).arg("-").output();
    let text = String::from_utf8(output.expect("poppler-utils is installed").stdout).unwrap();
    text.split('\u{c}').map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn page_of(pages: &[String], words: &str) -> usize {
    let found = pages.iter().rposition(|page| page.contains(words));
    found.unwrap_or_else(|| panic!("{words} is printed nowhere"))
}

#[test]
fn no_page_but_a_chapters_last_is_left_empty_and_no_chapter_ends_in_a_few_lines() {
    let workspace = Workspace::fixture("hard");
    workspace.run(&["build", "sidor"]).expect(0);
    let output = measured(&workspace.path(PDF));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));

    let pages = pages(&workspace);
    // Each after the one before, as they are numbered, and after its mention.
    let charts: Vec<usize> = (1..=15).map(|number| page_of(&pages, &format!("Diagram {number}. "))).collect();
    assert!(charts.is_sorted(), "{charts:?}");
    let tables: Vec<usize> = (1..=4).map(|number| page_of(&pages, &format!("Tabell {number}. "))).collect();
    assert!(tables.is_sorted(), "{tables:?}");
    let mention = page_of(&pages, "framgår av diagram 13");
    assert_eq!(page_of(&pages, "Diagram 13. "), mention + 1, "the text goes on below its mention");
    assert!(!pages[mention].ends_with("framgår av diagram 13."), "{}", pages[mention]);
    // A chart under a heading leaves no heading without text, and a section of a table alone stays with it.
    assert!(pages[page_of(&pages, "3.1 Besöken")].contains("3.1 Besöken Planeringen följs upp"));
    assert_eq!(page_of(&pages, "3.2 Bara en tabell"), page_of(&pages, "Tabell 1. "));
    // The last chapter is set closer and keeps to its page.
    assert_eq!(page_of(&pages, "6 Ett kapitel som slutar"), pages.len() - 2, "poppler ends with a form feed");
}

const WORDS: &str = "Den som har stödet får själv berätta vad som har fungerat och vad som behöver ändras i planen. ";

/// The text of the small report before its last "Enhet 20" and after it, and how many times `WORDS` stand in each.
fn around_the_table(workspace: &Workspace) -> (String, usize, usize) {
    workspace.run(&["build"]).expect(0);
    let output = Command::new("pdftotext").arg(workspace.path("output/liten/1.0/liten.pdf")).arg("-").output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let (before, after) = printed.rsplit_once("Enhet 20").unwrap();
    let count = |text: &str| text.matches("får själv").count();
    (after.to_owned(), count(before), count(after))
}

#[test]
fn no_table_goes_over_to_the_next_chapter() {
    let workspace = Workspace::small();
    let rows: String = (1..=20).map(|n| format!("      - {{label: Enhet {n}, women: 12, men: 8}}\n")).collect();
    workspace.file(
        "content/liten/findings/alla.yaml",
        FINDINGS.replace("      - {label: Norr, women: 12, men: 8}\n", &rows),
    );
    let text = format!("{}\n\n", WORDS.repeat(3));
    let before = text.repeat(4);
    workspace.chapter(format!(
        "# Resultat {{#resultat}}\n\n{before}Se [](#table-visits).\n\n{{{{ table visits }}}}\n\n{text}"
    ));
    workspace.file(
        "content/liten/slut.md",
        format!("# Underlag {{#underlag}}\n\n{{{{ plans | full }}}} har en plan. {text}"),
    );
    workspace.file("content/liten/report.yaml", REPORT.replace("[kapitel.md]", "[kapitel.md, slut.md]"));
    let (end, before, after) = around_the_table(&workspace);
    assert_eq!((before, after), (15, 3), "the text goes on before the table, the next chapter waits");
    assert!(end.contains("Underlag"), "{end}");
}

#[test]
fn a_table_of_many_columns_that_needs_no_turned_page_leaves_no_hole() {
    let workspace = Workspace::small();
    let cells = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(9));
    let rows: String = (1..=20).map(|n| format!("| Enhet {n} {}", cells("1"))).collect();
    let table = format!("| Enhet {}|---{}{rows}", cells("K"), cells("--:").replace(' ', ""));
    let text = format!("{}\n\n", WORDS.repeat(3));
    workspace.chapter(format!("{CHAPTER}\n\n{}Se tabellen.\n\n{table}\n{}", text.repeat(4), text.repeat(2)));
    let (_, before, after) = around_the_table(&workspace);
    assert_eq!((before, after), (18, 0));
}

#[test]
fn a_page_with_a_hole_and_a_forgotten_line_are_found() {
    let workspace = Workspace::fixture("hard");
    let chart = "#let own = (chart: (node, ..) => [#block(height: 120mm, width: 100%, fill: gray, breakable: false)#label(node.anchor)])\n";
    workspace.file("templates/pdf/own.typ", chart);
    // As it is set where nothing is corrected.
    let chapter =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/pdf/blocks.typ")).unwrap();
    assert!(chapter.contains("node.closer"));
    workspace.file("templates/pdf/blocks.typ", chapter.replace("node.closer", "0"));
    workspace.run(&["build", "sidor"]).expect(0);
    let output = measured(&workspace.path(PDF));
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success() && told.contains("loose") && told.contains("short 1: "), "{told}");
}
