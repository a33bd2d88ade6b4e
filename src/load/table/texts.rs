//! What the words of rows are: inline Markdown, or as they stand.

use crate::diagnostic::{Severity, Sink};
use crate::markdown::parse_inline;
use crate::model::{CellValue, Row};
use crate::source::{Spanned, Text};

/// Makes labels and cells of text Markdown, or what stands as it is. A sheet has no lines that a message could show: what is wrong with the Markdown of its
/// cells is told here, where the row is known, and the text stands as it is.
pub fn read_as<'a>(
    markdown: bool,
    rows: impl Iterator<Item = &'a mut Row>,
    notes: &[(Spanned<String>, Text)],
    sink: &mut Sink,
) {
    let marks: Vec<String> = notes.iter().map(|(mark, _)| mark.value.clone()).collect();
    for row in rows {
        let mut faults = Sink::default();
        let cells = row.cells.iter_mut().filter_map(|cell| match &mut cell.value {
            CellValue::Text(text) => Some(text),
            _ => None,
        });
        for text in std::iter::once(&mut row.label).chain(cells) {
            text.literal = !markdown;
            if markdown && row.sheet.is_some() {
                let before = faults.count(Severity::Error);
                parse_inline(text, &marks, &mut faults);
                text.literal = faults.count(Severity::Error) > before;
            }
        }
        for fault in faults.iter().filter(|fault| fault.severity == Severity::Error) {
            let mut fault = fault.clone();
            fault.message = row.located(fault.message.clone());
            sink.push(fault);
        }
    }
}
