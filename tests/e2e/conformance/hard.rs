//! What reports that are hard to set become.

use std::collections::BTreeSet;

use super::grid::Grid;
use super::pdf::Element;
use super::words::folded;
use super::{read_all, report};
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

/// Tables, pictures and paragraphs outside of tables, in the order in which they are read, with the first page of each.
fn read_in_order(element: &Element, out: &mut Vec<(String, String, usize)>) {
    for element in element.elements() {
        if let ("Table" | "Figure" | "P", Some(page)) = (&*element.kind, element.pages().first()) {
            out.push((element.kind.clone(), folded(&element.text()), *page));
        } else {
            read_in_order(element, out);
        }
    }
}

#[test]
fn text_goes_on_before_a_turned_page_and_is_read_after_its_table() {
    let pdf = &report("flyter").pdf;
    let mut read = Vec::new();
    read_in_order(&pdf.root, &mut read);
    let tables: Vec<usize> =
        (0..read.len()).filter(|at| read[*at].0 == "Table" && pdf.turned.contains(&read[*at].2)).collect();
    assert_eq!(tables.len(), 4, "{read:?}");
    let pages: Vec<usize> = tables.iter().map(|at| read[*at].2).collect();
    assert!(pages.is_sorted(), "{pages:?}");
    // The first of them, in the middle of text: what is read after it stands on the page before.
    let (_, before, page) = &read[tables[0] - 1];
    assert_eq!(before, "Fördelningen visas i nästa tabell.");
    assert_eq!(pages[0], page + 1, "it comes on the next page");
    let goes_on = read[tables[0] + 1..].iter().filter(|(kind, _, on)| kind == "P" && on == page).count();
    assert!(goes_on >= 2, "{goes_on} paragraphs go on below the mention");
    // One that begins a chapter has its heading with it.
    let heading = pdf.root.all("H1").into_iter().find(|heading| folded(&heading.text()).contains("En vänd sida först"));
    assert!(heading.expect("a heading").pages().is_subset(&pdf.turned));
}

#[test]
fn pictures_that_leave_a_hole_move_on_and_are_read_in_their_place() {
    let mut captions = Vec::new();
    let mut read = Vec::new();
    report("flyter").pdf.root.visit(&mut |element| {
        let words = folded(&element.text());
        if element.kind == "Caption" && words.contains("Platsen sedd") {
            captions.extend(element.pages());
        }
        if element.kind == "P" || element.kind == "Caption" {
            read.extend(element.pages().first().map(|page| (words, *page)));
        }
    });
    let at =
        |words: &str| read.iter().position(|(text, _)| text.contains(words)).unwrap_or_else(|| panic!("no {words}"));
    // Each after the one before, as they stand in the source.
    let plats: Vec<usize> = (1..=4).map(|number| read[at(&format!("Bild av plats {number}"))].1).collect();
    assert!(plats.is_sorted(), "{plats:?}");
    let (mention, picture) = (at("Allt framgår av"), at("Platsen sedd från norr"));
    assert!(mention < picture && picture < at("Besök per plats, ett"), "{read:?}");
    assert!(read[mention].1 <= read[picture].1);
    let earlier = read[picture..].iter().filter(|(_, page)| *page < read[picture].1).count();
    assert!(earlier > 0 || read[mention].1 == read[picture].1, "the text goes on before it");
    assert_eq!(captions.len(), 1);
}

#[test]
fn tables_in_parts_repeat_stub_and_headers_and_a_cell_may_be_higher_than_a_page() {
    let reports = read_all(&Workspace::fixture("wide"));
    let pdf = &reports[0].pdf;
    let grids: Vec<Grid> = pdf.root.all("Table").into_iter().map(Grid::of_pdf).collect();
    let faults: Vec<String> = grids.iter().flat_map(Grid::faults).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let mut columns = Vec::new();
    let parts: Vec<&Grid> = grids.iter().filter(|grid| grid.rows[0][0].text == "Verksamhet").collect();
    for part in &parts {
        let (stub, others) = part.rows[0].split_first().expect("a head");
        assert_eq!(stub.scope.as_deref(), Some("column"));
        columns.extend(others.iter().filter_map(|cell| cell.text.rsplit(' ').next()?.parse::<usize>().ok()));
        assert!(others.iter().all(|cell| cell.scope.as_deref() == Some("column")));
        for (row, cells) in part.rows.iter().enumerate().skip(1) {
            assert_eq!((&*cells[0].text, cells[0].scope.as_deref()), (&*format!("Enhet {row}"), Some("row")));
        }
    }
    // Each column once, in its order: of 18, 22 and 40 with the stub.
    let wanted: Vec<usize> = [18, 22, 40].into_iter().flat_map(|count| 1..count).collect();
    assert_eq!(columns, wanted, "read part by part");
    assert!(parts.len() >= 8, "{} parts", parts.len());
    // 139 sentences in one cell are one cell on three pages, with all of them.
    let tall = pdf.root.all("TD").into_iter().max_by_key(|cell| cell.text().len()).expect("cells");
    assert!(tall.pages().len() >= 3, "{:?}", tall.pages());
    assert_eq!(folded(&tall.text()).matches('.').count(), 139);
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
