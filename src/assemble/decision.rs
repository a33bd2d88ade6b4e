//! Decision pages: what a committee is asked to decide, and why, on one page; in front of a report or beside it.

use std::sync::Arc;

use crate::diagnostic::Sink;
use crate::document::data::{self, DataBlock};
use crate::document::{Block, Chapter, Heading, Inline};
use crate::locale::Locale;
use crate::model::Project;
use crate::source::{Span, Spanned, Text};

use super::inline;

/// The page: what is proposed, figures, what was found. `level` is that of the headings within it.
pub fn chapter(project: &Project, locale: &Locale, level: u8, sink: &mut Sink) -> Option<Chapter> {
    let decision = project.findings.decision.as_ref()?;
    let span = decision.span;
    let heading = |key: &str, level: u8| {
        Block::Heading(Heading {
            level,
            id: None,
            classes: vec![Spanned::new("unnumbered".to_owned(), span)],
            original: None,
            content: vec![Inline::Text(locale.label(key).to_owned(), span)],
            span,
        })
    };
    let mut blocks = Vec::new();
    if level > 1 {
        blocks.push(heading("kind_decision_page", 1));
    }
    blocks.push(heading("decision_proposed", level));
    blocks.push(list(&decision.proposed, Some(1), span, sink));
    if !decision.figures.is_empty() {
        let items = decision
            .figures
            .iter()
            .map(|item| data::KeyFigure { value: inline(&item.value, sink), label: inline(&item.label, sink) });
        let items = items.collect();
        blocks.push(heading("decision_figures", level));
        blocks.push(Block::Data(Box::new(DataBlock::KeyFigures(items))));
    }
    blocks.push(heading("decision_findings", level));
    blocks.push(list(&decision.findings, None, span, sink));
    Some(Chapter { blocks, notes: Arc::default() })
}

fn list(texts: &[Text], ordered: Option<u64>, span: Span, sink: &mut Sink) -> Block {
    let items =
        texts.iter().map(|text| vec![Block::Paragraph { content: inline(text, sink), span: text.span }]).collect();
    Block::List { ordered, items, span }
}
