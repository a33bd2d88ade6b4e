//! PDF and page say the same: the same headings, tables, charts, notes, captions, cells and alternative texts, every figure
//! in the same sentence, in the same order.
//!
//! What may differ, and why; everything else fails:
//!
//! | only in | what | why |
//! |---|---|---|
//! | PDF | "Data till diagrammet finns i tabell 5 och på webbsidan." | paper has no table to unfold; the page has it at the chart |
//! | PDF | pages behind `↩` in the list of references | paper needs their numbers; the page has arrows, which are named |
//! | PDF | the contents' heading | the page's contents stand in a navigation that is named by the same word |
//! | page | the data and the description of a chart, downloads | the PDF names where the data is; its alternative text holds the description |
//! | page | why a cell is blank, in the cell, for those who do not see its mark | the PDF has no hidden text; the mark is explained under the table in both |
//! | page | the heading "Noter", arrows back | notes stand at the foot of the PDF's pages; there the note's number leads back |
//! | page | "Scroll the chart sideways" | nothing scrolls on paper |
//! | PDF | spaces at which no line ends, within numbers and before last words | a page is broken by its reader's browser |
//! | order | a picture's caption is told before it in the PDF | Typst tags captions first; they are shown below in both |
//! | order | letters of words from right to left | a PDF holds them in the order of drawing, marked as reversed, and readers turn them |

use super::lines::{difference, notes_of_page, notes_of_pdf, of_page, of_pdf};
use super::page::Tag;
use super::words::{folded, page_text, pdf_text};
use super::{Report, expect_none, report, reports};

/// Lines that only the PDF has.
fn only_in_pdf(line: &str) -> bool {
    let text = line.rsplit("text: ").next().unwrap_or_default();
    ["Data till diagrammet finns", "The data for this chart is"].iter().any(|start| text.starts_with(start))
}

/// Without the pages of citations; words from right to left as a set of letters.
fn comparable(line: &str) -> String {
    let line = line.split(" ↩").flat_map(|part| part.split("\u{a0}↩")).next().unwrap_or_default();
    let from_right = |c: char| matches!(c, '\u{590}'..='\u{8ff}');
    if !line.contains(from_right) {
        return line.to_owned();
    }
    let is_mark =
        |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | ' ');
    let mut letters: Vec<char> = line.chars().filter(|c| !is_mark(c)).collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

fn both(report: &Report) -> (Vec<String>, Vec<String>) {
    let mut pdf: Vec<String> =
        of_pdf(&report.pdf.root).iter().filter(|line| !only_in_pdf(line)).map(|line| comparable(line)).collect();
    let page: Vec<String> = of_page(&report.page).iter().map(|line| comparable(line)).collect();
    take_title_block(report, &mut pdf, &page);
    (pdf, page)
}

/// Takes out and returns what stands before the chapters in a document of a few pages, which has no contents behind which
/// the chapters begin. Its imprint goes too: it has a test of its own.
fn take_title_block(report: &Report, pdf: &mut Vec<String>, page: &[String]) -> Vec<String> {
    if !report.pdf.root.all("TOC").is_empty() {
        return Vec::new();
    }
    let imprint = report.page.first(|tag| tag.has_class("imprint")).expect("an imprint");
    let heading = format!("heading 1: {}", folded(&page_text(imprint.named("h2")[0])));
    let at = pdf.iter().position(|line| *line == heading).expect("an imprint in the PDF");
    let rows = pdf[at + 1..].iter().take_while(|line| line.starts_with("row: ")).count();
    pdf.drain(at..=at + rows);
    let first = pdf.iter().position(|line| Some(line) == page.first()).unwrap_or_default();
    pdf.drain(..first).collect()
}

#[test]
fn a_title_block_says_no_more_than_the_head_of_the_page() {
    expect_none(|report| {
        let mut pdf = of_pdf(&report.pdf.root);
        let page = of_page(&report.page);
        // The publisher and its unit stand on lines of their own in the PDF, with a comma between them on the page.
        let head = report.page.first(|tag| tag.has_class("masthead")).expect("a masthead");
        let head = folded(&page_text(head)).replace(',', "");
        let lines = take_title_block(report, &mut pdf, &page);
        let words = lines.iter().filter_map(|line| line.split_once(": ")).flat_map(|(_, words)| words.split(" · "));
        words
            .filter(|words| !head.contains(&words.replace(',', "")))
            .map(|words| format!("`{words}` is not in `{head}`"))
            .collect()
    });
}

#[test]
fn chapters_say_the_same_in_the_same_order() {
    expect_none(|report| {
        let (pdf, page) = both(report);
        difference(&pdf, &page).into_iter().collect()
    });
    let lines: usize = reports().iter().map(|report| of_page(&report.page).len()).sum();
    assert!(lines > 900, "only {lines} lines were compared");
}

#[test]
fn notes_say_the_same_in_the_same_order() {
    expect_none(|report| {
        difference(&notes_of_pdf(&report.pdf.root), &notes_of_page(&report.page)).into_iter().collect()
    });
}

#[test]
fn a_difference_is_found_and_shows_both_sides() {
    let (pdf, page) = both(report("sysselsattning-2021"));
    let is_figure = |line: &&String| line.starts_with("text:") && line.contains("25 av 40");
    let at = pdf.iter().position(|line| is_figure(&line)).expect("a sentence with a figure");
    let found = |act: &dyn Fn(&mut Vec<String>)| {
        let mut changed = pdf.clone();
        act(&mut changed);
        difference(&changed, &page).expect("a difference")
    };
    let other = found(&|lines| lines[at] = lines[at].replace("25 av 40", "24 av 40"));
    assert!(other.contains("24 av 40") && other.contains("25 av 40"), "{other}");
    found(&|lines| drop(lines.remove(at)));
    found(&|lines| lines.swap(at, at + 1));
    for kind in ["row:", "caption:", "picture:", "heading 2:"] {
        let at = pdf.iter().position(|line| line.starts_with(kind)).unwrap_or_else(|| panic!("no {kind}"));
        found(&|lines| lines[at].push('x'));
    }
}

/// Whether a number is bound: it leads to how it came about, or names its figure.
fn is_bound(tag: &Tag) -> bool {
    tag.has_class("bound") || tag.get("data-figure").is_some()
}

/// The blocks of running text that hold bound figures, innermost.
fn with_figures(root: &Tag) -> Vec<&Tag> {
    const HOLDERS: [&str; 7] = ["p", "li", "dd", "dt", "td", "caption", "figcaption"];
    let mut out = Vec::new();
    for section in root.all(|tag| tag.name == "section" && tag.has_class("chapter")) {
        out.extend(section.all(|tag| {
            let inner = tag.tags().any(|tag| !tag.all(|inner| HOLDERS.contains(&inner.name.as_str())).is_empty());
            HOLDERS.contains(&tag.name.as_str()) && !inner && tag.first(is_bound).is_some()
        }));
    }
    out
}

#[test]
fn every_bound_figure_stands_in_the_same_sentence() {
    let mut count = 0;
    for report in reports() {
        let pdf = of_pdf(&report.pdf.root);
        for block in with_figures(&report.page) {
            let text = folded(&page_text(block));
            for sentence in text.split_inclusive(". ") {
                assert!(pdf.iter().any(|line| line.contains(sentence.trim())), "{}: `{sentence}`", report.name);
            }
            count += block.all(is_bound).len();
        }
    }
    assert!(count > 100, "only {count} figures were looked at");
}

#[test]
fn as_many_tables_charts_and_notes() {
    expect_none(|report| {
        let main = report.page.named("main")[0];
        let unfolded = main
            .all(|tag| tag.name == "details" && !tag.has_class("callout"))
            .iter()
            .map(|tag| tag.named("table").len())
            .sum::<usize>();
        // The imprint is a table in the PDF and a list on the page.
        let tables = (report.pdf.root.all("Table").len() - 1, main.named("table").len() - unfolded);
        let pictures = |line: &&String| line.contains("picture: ");
        let charts = (
            of_pdf(&report.pdf.root).iter().filter(pictures).count(),
            of_page(&report.page).iter().filter(pictures).count(),
        );
        let notes = (notes_of_pdf(&report.pdf.root).len(), notes_of_page(&report.page).len());
        [("tables", tables), ("pictures", charts), ("notes", notes)]
            .into_iter()
            .filter(|(_, (pdf, page))| pdf != page)
            .map(|(what, (pdf, page))| format!("{pdf} {what} in the PDF, {page} on the page"))
            .collect()
    });
}

#[test]
fn the_first_pages_say_what_the_page_says_at_its_head() {
    expect_none(|report| {
        let document = report.pdf.root.elements().next().expect("a document");
        let is_heading = |kind: &str| kind.len() == 2 && kind.starts_with('H');
        let cover: Vec<String> = document
            .elements()
            .take_while(|element| !is_heading(&element.kind))
            .map(|element| comparable(&folded(&pdf_text(element))))
            .collect();
        let masthead = report.page.first(|tag| tag.has_class("masthead")).expect("a masthead");
        let mut faults = Vec::new();
        let wanted = masthead.all(|tag| {
            tag.name == "h1"
                || tag.name == "time"
                || tag.has_class("subtitle")
                || tag.has_class("status")
                || tag.has_class("notice")
        });
        for tag in wanted {
            let words = comparable(&folded(&page_text(tag)));
            if !cover.iter().any(|line| line.contains(&words)) {
                faults.push(format!("`{words}` is not on the first pages: {cover:?}"));
            }
        }
        // The publisher and the series, which share lines with other words.
        for line in masthead.all(|tag| tag.has_class("byline") || tag.has_class("series")) {
            let line = folded(&page_text(line));
            let first = line.split([',', '·']).next().unwrap_or_default().trim();
            if line.contains("ersion") || cover.iter().any(|words| words.contains(first)) {
                continue;
            }
            faults.push(format!("`{first}` is not on the first pages: {cover:?}"));
        }
        faults
    });
}

#[test]
fn the_imprint_has_the_same_rows_and_heading() {
    expect_none(|report| {
        let section = report.page.first(|tag| tag.name == "section" && tag.has_class("imprint")).expect("an imprint");
        let on_page: Vec<String> = section
            .named("div")
            .iter()
            .map(|row| row.tags().map(|cell| folded(&page_text(cell))).collect::<Vec<_>>().join(" | "))
            .map(|line| comparable(&line))
            .collect();
        // In a document without a page for it the imprint stands last.
        let wanted = folded(&page_text(section.named("h2")[0]));
        let (mut found, mut table) = (None, None);
        report.pdf.root.visit(&mut |element| {
            if element.kind == "H1" && folded(&pdf_text(element)) == wanted {
                found = Some(folded(&pdf_text(element)));
            } else if element.kind == "Table" && found.is_some() && table.is_none() {
                table = Some(element.clone());
            }
        });
        let table = table.unwrap_or_default();
        let in_pdf: Vec<String> = table
            .all("TR")
            .iter()
            .map(|row| row.elements().map(|cell| folded(&pdf_text(cell))).collect::<Vec<_>>().join(" | "))
            .map(|line| comparable(&line))
            .collect();
        let heading = |words: String| format!("heading: {words}");
        let page = [vec![heading(folded(&page_text(section.named("h2")[0])))], on_page].concat();
        let pdf = [vec![heading(found.unwrap_or_default())], in_pdf].concat();
        difference(&pdf, &page).into_iter().collect()
    });
}
