//! Extracts: what a report says of one unit, made from the report itself, so that nothing is written twice.

use crate::compute::statistics::Statistics;
use std::sync::Arc;

use crate::diagnostic::Sink;
use crate::document::data::{self, DataBlock};
use crate::document::{Block, BlockName, Chapter, Directive, Heading, Inline};
use crate::locale::Locale;
use crate::markdown::plain;
use crate::model::{Part, Project, Unit};
use crate::source::{Span, Spanned};

use super::tables;

/// Figures beside the whole, the sections that bear the unit's name, and its strengths and development areas.
pub(super) fn chapters(project: &Project, statistics: &Statistics, locale: &Locale, sink: &mut Sink) -> Vec<Chapter> {
    let Some(Part::Unit(id)) = &project.part else { return Vec::new() };
    let Some(unit) = project.report.units.iter().find(|unit| unit.id.value == *id) else { return Vec::new() };
    let maker = Maker { project, unit, locale, span: project.report.span };
    let mut out = vec![maker.opening()];
    out.extend(maker.figures(statistics, sink));
    let sections: Vec<Chapter> = project.chapters.iter().filter_map(|chapter| maker.section(chapter)).collect();
    let printed =
        |name: BlockName| sections.iter().any(|chapter| chapter.blocks.iter().any(|block| asks_for(block, name, id)));
    let rest: Vec<BlockName> =
        [BlockName::Strengths, BlockName::Development].into_iter().filter(|name| !printed(*name)).collect();
    let assessed = project.findings.assessments.iter().any(|assessment| assessment.unit.value == *id);
    let assessment = (assessed && !rest.is_empty()).then(|| maker.assessment(&rest));
    out.extend(sections);
    out.extend(assessment);
    out
}

struct Maker<'a> {
    project: &'a Project,
    unit: &'a Unit,
    locale: &'a Locale,
    /// The program's own words have no place in a file; what is wrong with them is told at the report.
    span: Span,
}

impl Maker<'_> {
    fn words(&self, text: String) -> Inline {
        Inline::Text(text, self.span)
    }

    fn heading(&self, content: Vec<Inline>) -> Block {
        Block::Heading(Heading { level: 1, id: None, classes: Vec::new(), original: None, content, span: self.span })
    }

    fn unit_name(&self) -> &str {
        &self.unit.full.as_ref().unwrap_or(&self.unit.name).value
    }

    fn opening(&self) -> Chapter {
        let text = self.locale.fill("extract_intro", &[("unit", self.unit_name())]);
        Chapter {
            blocks: vec![
                self.heading(vec![self.words(self.locale.label("extract_about").to_owned())]),
                Block::Paragraph { content: vec![self.words(text)], span: self.span },
            ],
            notes: Arc::default(),
        }
    }

    /// Tables with a row or a column of the unit: that and the whole.
    fn figures(&self, statistics: &Statistics, sink: &mut Sink) -> Option<Chapter> {
        let tables = self.project.findings.tables.iter();
        let found: Vec<data::Table> =
            tables.filter_map(|table| self.beside(tables::data_table(table, statistics, sink)?)).collect();
        let (first, rest) = found.split_first()?;
        let reference = |table: &data::Table| Inline::Reference {
            target: Spanned::new(format!("table-{}", table.id), self.span),
            content: Vec::new(),
            span: self.span,
        };
        let unit = self.unit.name.value.as_str();
        let mut content =
            vec![self.words(self.locale.fill("extract_figures", &[("unit", unit)]) + " "), reference(first)];
        let and = format!(" {} ", self.locale.label("and"));
        for (at, table) in rest.iter().enumerate() {
            content.push(self.words(if at + 1 == rest.len() { and.clone() } else { ", ".to_owned() }));
            content.push(reference(table));
        }
        content.push(self.words(".".to_owned()));
        let heading = self.heading(vec![self.words(self.locale.fill("extract_numbers", &[("unit", unit)]))]);
        let mut blocks = vec![heading, Block::Paragraph { content, span: self.span }];
        blocks.extend(found.into_iter().map(|table| Block::Data(Box::new(DataBlock::Table(table)))));
        Some(Chapter { blocks, notes: Arc::default() })
    }

    /// The table with the unit and the whole alone, or with all units where it has no total; none where the unit is neither a row
    /// nor a column.
    fn beside(&self, mut table: data::Table) -> Option<data::Table> {
        let unit = self.unit.id.value.as_str();
        if table.rows.iter().any(|row| row.id == unit) {
            if table.rows.iter().any(|row| row.total) {
                table.rows.retain(|row| row.id == unit || row.total);
            }
        } else if table.columns.iter().any(|column| column.id == unit) {
            let whole = table.columns.iter().any(|column| column.total);
            let keep: Vec<bool> =
                table.columns.iter().map(|column| !whole || column.id == unit || column.total).collect();
            let kept = |values: &mut Vec<_>| {
                let mut at = keep.iter();
                values.retain(|_| *at.next().unwrap_or(&true));
            };
            table.rows.iter_mut().for_each(|row| kept(&mut row.values));
            let mut at = keep.iter();
            table.columns.retain(|_| *at.next().unwrap_or(&true));
        } else {
            return None;
        }
        // Notes of cells that are not here have no place.
        let mut used = std::collections::BTreeSet::new();
        let labels = table.columns.iter().map(|c| &c.label).chain(table.rows.iter().map(|r| &r.label));
        for label in labels {
            if let data::Label::Own(content) = label {
                tables::collect_marks(content, &mut used);
            }
        }
        tables::collect_marks(&table.caption, &mut used);
        tables::collect_marks(&table.stub, &mut used);
        table.notes.retain(|(mark, _)| used.contains(mark));
        Some(table)
    }

    /// The sections of a chapter whose headings bear the unit's name, under the chapter's heading.
    fn section(&self, chapter: &Chapter) -> Option<Chapter> {
        let title = chapter.blocks.iter().find_map(|block| match block {
            Block::Heading(heading) if heading.level == 1 => Some(heading.content.clone()),
            _ => None,
        })?;
        let mut blocks: Vec<Block> = Vec::new();
        let mut within: Option<u8> = None;
        for block in &chapter.blocks {
            let Block::Heading(heading) = block else {
                if within.is_some() {
                    blocks.push(block.clone());
                }
                continue;
            };
            if within.is_some_and(|level| heading.level > level) {
                // What stood below the unit's heading moves up, one level below the chapter's.
                let level = heading.level - within.unwrap_or(1) + 1;
                blocks.push(Block::Heading(Heading { level, ..heading.clone() }));
            } else {
                within = (heading.level > 1 && self.is_named(&plain(&heading.content))).then_some(heading.level);
            }
        }
        if blocks.is_empty() {
            return None;
        }
        blocks.insert(0, self.heading(title));
        Some(Chapter { blocks, notes: Arc::clone(&chapter.notes) })
    }

    /// Whether a heading is about this unit and no other.
    fn is_named(&self, heading: &str) -> bool {
        let has = |unit: &Unit| heading.contains(unit.name.value.as_str());
        has(self.unit) && self.project.report.units.iter().all(|unit| unit.id.value == self.unit.id.value || !has(unit))
    }

    fn assessment(&self, names: &[BlockName]) -> Chapter {
        let mut blocks = vec![self.heading(vec![self.words(self.locale.label("extract_assessment").to_owned())])];
        blocks.extend(names.iter().map(|name| {
            Block::Directive(Directive {
                name: Spanned::new(name.name().to_owned(), self.span),
                argument: Some(self.unit.id.clone()),
                span: self.span,
            })
        }));
        Chapter { blocks, notes: Arc::default() }
    }
}

/// Whether a block is the directive of this name for this unit.
fn asks_for(block: &Block, name: BlockName, unit: &str) -> bool {
    matches!(block, Block::Directive(directive)
        if directive.name.value == name.name() && directive.argument.as_ref().is_some_and(|id| id.value == unit))
}
