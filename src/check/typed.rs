//! Tables that are typed in Markdown, cell by cell.

use super::Context;
use super::lang;
use super::number::Number;
use super::prose::Passage;
use crate::locale::Language;

/// The number of a cell that holds one and nothing else.
pub fn only<'c>(context: &'c Context<'_>, cell: usize) -> Option<(&'c Passage, &'c Number)> {
    let passage = context.prose.passages.get(cell)?;
    match passage.numbers.as_slice() {
        [number] if passage.text.trim().len() == number.range.len() => Some((passage, number)),
        _ => None,
    }
}

/// Whether a header says that its row or column is the sum of the others.
pub fn is_total(context: &Context<'_>, cell: Option<usize>) -> bool {
    let text = cell.and_then(|cell| context.prose.passages.get(cell)).map_or("", |passage| passage.lower.trim());
    says_total(text, context.project.report.language)
}

/// Whether a label in small letters names a sum.
pub fn says_total(label: &str, language: Language) -> bool {
    lang::lists(language).total_labels.has(label)
}
