//! Tables that are wide or tall.

use std::collections::BTreeMap;

use typst::layout::{Frame, FrameItem, Point};

use super::{pages, printed};
use crate::document::resolved::{Block, ResolvedDocument, Table};
use crate::render::fixture;
use crate::render::pdf::corrections::Corrections;
use crate::render::pdf::world::ReportWorld;
use crate::render::pdf::{Fonts, PdfInput, builtin_template, setting};

fn with(table: Table) -> ResolvedDocument {
    let mut document = fixture::document();
    document.chapters[0].blocks.push(Block::Table(Box::new(table)));
    document
}

#[test]
fn a_table_that_fits_no_page_stands_in_parts_that_all_have_the_first_column() {
    let pages = pages(&with(fixture::wide_table(40)));
    let text: String = pages.iter().filter(|(_, wide)| *wide).map(|(text, _)| text.as_str()).collect();
    let parts = text.matches("Stadsdelsområde").count();
    assert!(parts >= 3, "{parts} parts");
    assert_eq!(text.matches("Stadsdel").count(), 2 * parts);
    assert!(text.contains(&format!("Tabell 1, del {parts} av {parts}")), "{text}");
    // Each column stands once, in its order.
    let years: Vec<&str> = text.match_indices("År 19").map(|(at, _)| &text[at..at + "År 1900".len()]).collect();
    assert!(years.len() == 40 && years.is_sorted(), "{years:?}");
}

/// Where texts begin and end, for each line of each page, from left to right.
fn lines(document: &ResolvedDocument) -> Vec<Vec<(f64, f64, String)>> {
    fn collect(frame: &Frame, at: Point, lines: &mut BTreeMap<i64, Vec<(f64, f64, String)>>) {
        for (position, item) in frame.items() {
            let at = at + *position;
            match item {
                FrameItem::Group(group) => collect(&group.frame, at, lines),
                FrameItem::Text(text) => {
                    let (start, end) = (at.x.to_pt(), (at.x + text.width()).to_pt());
                    #[expect(clippy::cast_possible_truncation, reason = "tenths of a point of a page")]
                    lines.entry((at.y.to_pt() * 10.0) as i64).or_default().push((start, end, text.text.to_string()));
                }
                _ => {}
            }
        }
    }
    let (template, assets) = (builtin_template(), fixture::assets());
    let input = PdfInput { document, template: &template, assets: &assets, attachments: &[], fonts: Fonts::builtin() };
    let pages = setting::set(&mut ReportWorld::new(&input, Corrections::default()).unwrap()).unwrap();
    let mut out = Vec::new();
    for page in pages.pages().iter().filter(|page| page.frame.width() > page.frame.height()) {
        let mut lines = BTreeMap::new();
        collect(&page.frame, Point::zero(), &mut lines);
        out.extend(lines.into_values().map(|mut line| {
            line.sort_by(|one, other| one.0.total_cmp(&other.0));
            line
        }));
    }
    out
}

#[test]
fn no_cell_lies_over_its_neighbour_or_beyond_the_page() {
    for columns in [11, 14, 18, 22, 40] {
        let lines = lines(&with(fixture::wide_table(columns)));
        assert!(lines.iter().any(|line| line.len() > 6), "{columns} columns");
        for line in lines {
            assert!(line.iter().all(|(start, end, _)| *start > 70.0 && *end < 770.0), "{columns} columns: {line:?}");
            assert!(line.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 0.01), "{columns} columns: {line:?}");
        }
    }
}

#[test]
fn a_name_of_a_file_keeps_to_its_column() {
    let mut table = fixture::wide_table(11);
    table.columns[1].align = "start".into();
    table.rows[0].cells[1].align = "start".into();
    table.rows[0].cells[1].content = fixture::text("dnr_3.4.2-804/2020_BILAGA_kvalitetsgranskning_slutversion.docx");
    let document = with(table);
    for line in lines(&document) {
        assert!(line.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 0.01), "{line:?}");
    }
    // It is copied as it was written.
    let text: String = pages(&document).into_iter().map(|(text, _)| text).collect();
    assert!(text.contains("dnr_3.4.2-804/2020_BILAGA_kvalitetsgranskning_slutversion.docx"), "{text}");
}

#[test]
fn a_cell_higher_than_a_page_goes_on_whole() {
    let sentences: String = (1..=300).map(|number| format!("Mening {number} qxz. ")).collect();
    let mut table = fixture::wide_table(2);
    table.columns[1].align = "start".into();
    table.rows[0].cells[1].align = "start".into();
    table.rows[0].cells[1].content = fixture::text(&sentences);
    let text = printed(&with(table));
    // A page's end may stand within a sentence, and never within this word.
    assert_eq!(text.matches("qxz.").count(), 300);
    assert!(text.contains("Mening1qxz.") && text.contains("Mening300qxz."));
}
