use super::*;
use crate::document::resolved::{Block, Inline};
use crate::render::fixture;

/// What a check finds fault with after a change to the document that has every block.
fn faults(check: impl Fn(&ResolvedDocument) -> Check, change: impl FnOnce(&mut ResolvedDocument)) -> Vec<Code> {
    let mut document = fixture::document();
    change(&mut document);
    check(&document).faults.iter().map(|fault| fault.code).collect()
}

fn on_seen(check: fn(&Seen<'_>) -> Check) -> impl Fn(&ResolvedDocument) -> Check {
    move |document| check(&Seen::new(document))
}

/// The first block of a kind, wherever it stands.
fn find(document: &mut ResolvedDocument, fits: fn(&Block) -> bool) -> &mut Block {
    document.chapters.iter_mut().flat_map(|chapter| &mut chapter.blocks).find(|block| fits(block)).expect("a block")
}

#[test]
fn the_document_with_every_block_is_without_fault() {
    let document = fixture::document();
    let seen = Seen::new(&document);
    for check in [
        language(&document, &seen),
        headings(&seen),
        pictures(&document, &seen),
        tables::check(&seen),
        links(&seen),
        notes(&document),
        glyphs(&document),
        colours::theme(&document.theme),
        colours::charts(&document.theme),
    ] {
        assert!(check.faults.is_empty(), "{:?}: {:?}", check.what, check.faults);
        assert!(
            check.found.english().chars().any(|c| c.is_ascii_digit()) || check.what.english() == "language",
            "{:?} counts",
            check.what
        );
    }
}

#[test]
fn every_rule_finds_its_fault() {
    let paragraph = |inline| {
        move |document: &mut ResolvedDocument| {
            document.chapters[0].blocks.push(Block::Paragraph { passage: String::new(), content: vec![inline] });
        }
    };
    let heading = |level, text: &'static str| Block::Heading {
        level,
        number: None,
        anchor: "x".into(),
        content: fixture::text(text),
        text: text.into(),
    };
    let add = |block| move |document: &mut ResolvedDocument| document.chapters[0].blocks.push(block);
    assert_eq!(faults(on_seen(headings), add(heading(4, "Djup"))), [Code::HEADING_ORDER]);
    assert_eq!(faults(on_seen(headings), add(heading(1, " "))), [Code::EMPTY_TEXT]);
    let lost = Inline::reference("nowhere", fixture::text("där"));
    assert_eq!(faults(on_seen(links), paragraph(lost)), [Code::REFERENCE_UNKNOWN]);
    let empty = Inline::link("https://www.example.se/", Vec::new());
    assert_eq!(faults(on_seen(links), paragraph(empty)), [Code::LINK_EMPTY]);
    let tongue = Inline::Language { language: "Swedish".into(), content: fixture::text("x") };
    let check = |document: &ResolvedDocument| language(document, &Seen::new(document));
    assert_eq!(faults(check, paragraph(tongue)), [Code::LANGUAGE_TAG]);
    let check = |document: &ResolvedDocument| pictures(document, &Seen::new(document));
    let silent = |document: &mut ResolvedDocument| {
        let Block::Chart(chart) = find(document, |block| matches!(block, Block::Chart(_))) else { unreachable!() };
        chart.description.clear();
    };
    assert_eq!(faults(check, silent), [Code::IMAGE_ALT]);
    assert_eq!(faults(notes, |document| document.notes[0].references.clear()), [Code::NOTE_UNUSED]);
    assert!(
        faults(|document| colours::theme(&document.theme), |document| document.theme.accent = "#9bc".into()).len() == 1
    );
    let pale = |document: &mut ResolvedDocument| document.theme.accent = "#c8d8e0".into();
    assert!(faults(|document| colours::charts(&document.theme), pale).contains(&Code::CHART_COLOUR));
}

#[test]
fn a_cell_that_names_too_few_headers_is_found() {
    let grouped = |block: &Block| matches!(block, Block::Table(table) if table.head.len() > 1);
    let cell = |document: &mut ResolvedDocument, drop: usize| {
        let Block::Table(table) = find(document, grouped) else { unreachable!() };
        let cell = table.rows[0].cells.iter_mut().find(|cell| !cell.header).expect("a data cell");
        assert_eq!(cell.headers.len(), 3, "group, column and row");
        cell.headers.remove(drop);
    };
    for drop in 0..3 {
        assert_eq!(faults(on_seen(tables::check), |document| cell(document, drop)), [Code::TABLE_HEADER], "{drop}");
    }
    let nameless = |document: &mut ResolvedDocument| {
        let Block::Table(table) = find(document, grouped) else { unreachable!() };
        table.rows[0].cells[0].content.clear();
    };
    assert_eq!(faults(on_seen(tables::check), nameless), [Code::TABLE_HEADER]);
}
