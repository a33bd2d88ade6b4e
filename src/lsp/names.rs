//! What a report defines, and where.

use crate::document::Block;
use crate::model::Project;
use crate::source::Span;

/// Something with an id.
#[derive(Debug, Clone)]
pub struct Name {
    pub kind: Kind,
    pub id: String,
    /// What it is called for readers.
    pub label: String,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Figure,
    Table,
    Dataset,
    Chart,
    Source,
    Heading,
    Question,
}

impl Kind {
    /// What it is called.
    pub fn called(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Table => "table",
            Self::Dataset => "dataset",
            Self::Chart => "chart",
            Self::Source => "source",
            Self::Heading => "heading",
            Self::Question => "question",
        }
    }

    /// What stands before its id in the target of a link; none where nothing leads there.
    pub fn target(self) -> Option<&'static str> {
        match self {
            Self::Table => Some("table-"),
            Self::Chart => Some("chart-"),
            Self::Question => Some("question-"),
            Self::Heading => Some(""),
            Self::Figure | Self::Dataset | Self::Source => None,
        }
    }
}

/// All that a report defines.
pub fn names(project: &Project) -> Vec<Name> {
    let findings = &project.findings;
    let mut out = Vec::new();
    let mut add = |kind, id: &crate::source::Spanned<String>, label: &str| {
        out.push(Name { kind, id: id.value.clone(), label: label.to_owned(), span: id.span });
    };
    findings.figures.iter().for_each(|figure| add(Kind::Figure, &figure.id, &figure.label.value));
    findings.tables.iter().for_each(|table| add(Kind::Table, &table.id, &table.caption.value));
    findings.datasets.iter().for_each(|dataset| add(Kind::Dataset, &dataset.id, ""));
    findings.questions.iter().for_each(|question| add(Kind::Question, &question.id, &question.text.value));
    project.charts.iter().for_each(|chart| add(Kind::Chart, &chart.id, &chart.caption.value));
    project.source_places.iter().for_each(|source| add(Kind::Source, source, ""));
    for chapter in project.chapters.iter() {
        crate::document::visit::walk_blocks(&chapter.blocks, &mut |block| {
            if let Block::Heading(heading) = block
                && let Some(id) = &heading.id
            {
                add(Kind::Heading, id, &crate::markdown::plain(&heading.content));
            }
        });
    }
    out
}

/// The name that a word means: the id itself, a row of a table (`visits.norr`), or a target of a link.
pub fn meant<'n>(names: &'n [Name], word: &str, target: bool) -> Option<&'n Name> {
    if target {
        let leads = |name: &&Name| {
            let behind = name.kind.target().and_then(|prefix| word.strip_prefix(prefix));
            behind.is_some_and(|rest| {
                rest == name.id
                    || name.kind == Kind::Question
                        && rest.strip_prefix(&name.id).is_some_and(|part| part.starts_with('-'))
            })
        };
        return names.iter().find(leads);
    }
    let exact = names.iter().find(|name| name.id == word && name.kind != Kind::Heading);
    exact.or_else(|| {
        let rows = |name: &&Name| {
            name.kind == Kind::Table && word.strip_prefix(&name.id).is_some_and(|row| row.starts_with('.'))
        };
        names.iter().filter(rows).max_by_key(|name| name.id.len())
    })
}
