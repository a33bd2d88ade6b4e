//! What reports that are hard to set become.

use std::collections::BTreeSet;

use super::report;
use super::words::folded;
use crate::workspace::Workspace;

/// The pages that a table's words stand on, by words of its caption.
fn pages_of(report: &super::Report, caption: &str) -> BTreeSet<usize> {
    let table = report.pdf.root.all("Table").into_iter().find(|table| table.text().contains(caption));
    table.unwrap_or_else(|| panic!("no table {caption}")).pages()
}

#[test]
fn two_hundred_rows_go_over_pages_and_repeat_their_headers() {
    let report = report("tabeller");
    let pages = pages_of(report, "tvåhundra gator");
    assert!(pages.len() >= 5, "{pages:?}");
    for page in pages.iter().skip(1) {
        let shown: Vec<String> = report
            .pdf
            .artifacts
            .iter()
            .filter(|(on, _)| on == page)
            .flat_map(|(_, text)| text.lines().map(folded).collect::<Vec<_>>())
            .collect();
        for header in ["Gata", "Hushåll", "Hushåll med stöd", "Kvinnor", "Män"] {
            assert!(shown.iter().any(|line| line == header), "page {page} does not repeat {header}: {shown:?}");
        }
    }
}

#[test]
fn a_table_too_wide_for_the_page_turns_it_and_only_it() {
    let report = report("tabeller");
    let wide = pages_of(report, "Besök per månad");
    assert_eq!(wide.len(), 1);
    assert!(wide.is_subset(&report.pdf.turned));
    let others = ["tvåhundra gator", "med märken"].map(|caption| pages_of(report, caption));
    assert!(others.iter().all(|pages| pages.is_disjoint(&report.pdf.turned)));
}

#[test]
fn every_optional_part_may_be_missing() {
    let bare = report("kal");
    assert!(bare.pdf.root.all("Table").len() == 1, "the imprint only");
    assert!(bare.page.named("table").is_empty() && bare.page.by_id("Notes").is_none());
    for class in ["subtitle", "notice", "status", "logo"] {
        assert!(bare.page.first(|tag| tag.has_class(class)).is_none(), "{class} is printed empty");
    }
    let empty = |tag: &super::page::Tag| {
        matches!(tag.name.as_str(), "p" | "li" | "h2" | "dd" | "dt" | "section") && tag.text().trim().is_empty()
    };
    assert!(bare.page.first(empty).is_none(), "{:?}", bare.page.first(empty));
}

#[test]
fn characters_without_glyph_are_told_one_by_one_wherever_they_stand() {
    let run = Workspace::fixture("glyphs").run(&["build"]).expect(1);
    assert_eq!(run.codes(), ["PDF001"; 5], "{}", run.stderr);
    for (character, around) in [
        ("U+1F9FF", "Serien"),
        ("U+1F3DB", "Exempelstad"),
        ("U+1F984", "Ett tecken"),
        ("U+1FA81", "Noten har"),
        ("U+6F22", "Antal"),
    ] {
        let told = run.stderr.split("error[").any(|part| part.contains(character) && part.contains(around));
        assert!(told, "{character}: {}", run.stderr);
    }
}
