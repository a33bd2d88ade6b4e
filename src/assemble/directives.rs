//! Directives: `{{ table diagnoses }}` and the like become blocks.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Said, Sink, Thing, say};
use crate::document::data::{self, DataBlock};
use crate::document::visit::replaced;
use crate::document::{Block, BlockName, Chapter, Directive, Inline};
use crate::locale::Locale;
use crate::model::Project;
use crate::source::Spanned;

use super::tables::data_table;
use super::{charts, inline};

/// Replaces directives, and remembers what was used.
pub struct Expander<'a> {
    pub(super) project: &'a Project,
    pub(super) statistics: &'a Statistics,
    pub(super) locale: &'a Locale,
    pub(super) sink: &'a mut Sink,
    tables: BTreeSet<&'a str>,
    charts: BTreeSet<&'a str>,
    /// Parts that stand in the text, by what they are and their ids.
    pub(super) placed: BTreeSet<(BlockName, &'a str)>,
}

impl<'a> Expander<'a> {
    pub fn new(project: &'a Project, statistics: &'a Statistics, locale: &'a Locale, sink: &'a mut Sink) -> Self {
        let (tables, charts, placed) = Default::default();
        Self { project, statistics, locale, sink, tables, charts, placed }
    }

    pub fn chapter(&mut self, chapter: &Chapter) -> Chapter {
        let blocks = replaced(chapter.blocks.clone(), &mut |block| match block {
            Block::Directive(directive) => Some(self.expand(directive).unwrap_or_default()),
            _ => None,
        });
        Chapter { blocks, notes: Arc::clone(&chapter.notes) }
    }

    /// Reports charts and parts that stand nowhere.
    pub fn finish(mut self) {
        for chart in self.project.charts.iter() {
            if !self.charts.contains(chart.id.value.as_str()) {
                self.sink.push(unused("chart", &chart.id));
            }
        }
        self.unplaced();
        self.left_out();
    }

    pub(super) fn prints_table(&self, id: &str) -> bool {
        self.tables.contains(id)
    }

    fn expand(&mut self, directive: &Directive) -> Option<Vec<Block>> {
        let name = &directive.name;
        let Some(block) = BlockName::find(&name.value) else {
            self.sink.push(
                Diagnostic::error(Code::BLOCK_UNKNOWN, say!("there is no block `{name}`", name = name.value))
                    .at(name.span)
                    .nearest(&name.value, BlockName::NAMES.iter().copied())
                    .help(say!("blocks: {names}", names = BlockName::NAMES.join(", "))),
            );
            return None;
        };
        if let BlockName::DevelopmentByArea
        | BlockName::DevelopmentByUnit
        | BlockName::StrengthsByArea
        | BlockName::StrengthsByUnit = block
        {
            return self.gathered(directive, block);
        }
        let made = match block.wants() {
            Some(what) => {
                let id = argument(directive, what, self.sink)?;
                self.expand_with(block, id)
            }
            None => self.expand_alone(block, directive),
        };
        made.map(|block| vec![Block::Data(Box::new(block))])
    }

    fn expand_with(&mut self, block: BlockName, id: &Spanned<String>) -> Option<DataBlock> {
        match block {
            BlockName::Table => self.table(id),
            BlockName::Chart => self.chart(id),
            BlockName::Strengths => self.assessment(id, false),
            BlockName::Development => self.assessment(id, true),
            BlockName::Statement => self.statement(id),
            BlockName::Process => self.process(id),
            BlockName::Survey => self.survey(id),
            BlockName::SurveyResults => self.survey_results(id),
            BlockName::FollowUp => self.follow_up(id),
            _ => self.part(block, id),
        }
    }

    fn expand_alone(&mut self, block: BlockName, directive: &Directive) -> Option<DataBlock> {
        let findings = &self.project.findings;
        let items = match block {
            BlockName::Definitions => findings.definitions.iter().map(|d| (Term::Text(&d.term), &d.text)).collect(),
            BlockName::Terms => self.project.report.terms.iter().map(|t| (Term::Name(&t.name), &t.text)).collect(),
            BlockName::QualityAreas => {
                findings.areas.iter().filter_map(|a| Some((Term::Text(&a.name), a.text.as_ref()?))).collect()
            }
            BlockName::Proposals => return self.proposals(directive),
            BlockName::Downloads => return self.downloads(directive),
            BlockName::Disclosure => return self.protection(directive),
            _ => return self.references(directive),
        };
        self.definitions(directive, items)
    }

    /// Filled in where it is known what is printed.
    fn protection(&mut self, directive: &Directive) -> Option<DataBlock> {
        if self.project.policy.is_some() {
            return Some(DataBlock::Protection);
        }
        self.sink.push(
            Diagnostic::error(
                Code::BLOCK_UNKNOWN,
                say!("there is nothing to print for `{name}`", name = directive.name.value),
            )
            .at(directive.span)
            .help(say!("no policy holds for this report: write `disclosure` in belagg.yaml or report.yaml, or take the block away; docs/disclosure.md shows how")),
        );
        None
    }

    fn references(&mut self, directive: &Directive) -> Option<DataBlock> {
        if self.placed.insert((BlockName::References, "")) {
            return Some(DataBlock::Bibliography);
        }
        self.sink.push(
            Diagnostic::error(Code::ANCHOR_DUPLICATE, say!("the list of references stands twice in the report"))
                .at(directive.span)
                .help(say!("print it once: each source has one address")),
        );
        None
    }

    fn table(&mut self, id: &Spanned<String>) -> Option<DataBlock> {
        let table = find(&self.project.findings.tables, |t| &t.id, id, Code::TABLE_UNKNOWN, "table", self.sink)?;
        if !self.tables.insert(&table.id.value) {
            self.sink.push(
                Diagnostic::error(Code::ID_DUPLICATE, say!("table `{id}` stands twice in the report", id = id.value))
                    .at(id.span)
                    .help(say!("refer to it with [](#table-…) instead")),
            );
            return None;
        }
        let made = data_table(table, self.statistics, self.sink);
        if let (None, Some(which)) = (&made, table.gathered) {
            self.empty(which, id);
        }
        made.map(|made| DataBlock::Table(self.with_links(made)))
    }

    fn chart(&mut self, id: &Spanned<String>) -> Option<DataBlock> {
        let spec = find(&self.project.charts, |c| &c.id, id, Code::CHART_UNKNOWN, "chart", self.sink)?;
        if !self.charts.insert(&spec.id.value) {
            self.sink.push(
                Diagnostic::error(Code::ID_DUPLICATE, say!("chart `{id}` stands twice in the report", id = id.value))
                    .at(id.span)
                    .help(say!("refer to it with [](#chart-…) instead")),
            );
            return None;
        }
        let made = charts::chart(spec, self.project, self.statistics, self.sink);
        if made.is_none() {
            self.sink.refuse(Thing::Chart, &id.value);
        }
        made.map(|chart| DataBlock::Chart(Box::new(chart)))
    }

    fn assessment(&mut self, unit: &Spanned<String>, development: bool) -> Option<DataBlock> {
        let project = self.project;
        let known = find(&project.report.units, |u| &u.id, unit, Code::UNIT_UNKNOWN, "unit", self.sink)?;
        let found = find(
            &project.findings.assessments,
            |a| &a.unit,
            unit,
            Code::UNIT_UNKNOWN,
            "assessment of unit",
            self.sink,
        )?;
        let items = if development { &found.development } else { &found.strengths };
        let items = items
            .iter()
            .map(|item| {
                let area = item
                    .area
                    .as_ref()
                    .and_then(|id| project.findings.areas.iter().find(|area| area.id.value == id.value));
                data::AssessmentItem {
                    content: inline(&item.text, self.sink),
                    area: area.map(|area| inline(&area.name, self.sink)),
                    area_id: area.map(|area| area.id.value.clone()),
                }
            })
            .collect();
        let unit_id = known.id.value.clone();
        let unit = inline(&known.name, self.sink);
        Some(DataBlock::Assessment(data::Assessment { development, unit_id, unit, items }))
    }

    fn statement(&mut self, id: &Spanned<String>) -> Option<DataBlock> {
        let found =
            find(&self.project.findings.statements, |s| &s.id, id, Code::BLOCK_UNKNOWN, "statement", self.sink)?;
        Some(DataBlock::Statement(data::Statement {
            quoted: found.quoted,
            content: inline(&found.text, self.sink),
            by: inline(&found.by, self.sink),
            date: found.date.as_ref().map(|date| date.value),
        }))
    }

    fn process(&mut self, id: &Spanned<String>) -> Option<DataBlock> {
        let found = find(&self.project.findings.processes, |p| &p.id, id, Code::BLOCK_UNKNOWN, "process", self.sink)?;
        let mut text = |text: &crate::source::Text| inline(text, self.sink);
        let title = found.title.as_ref().map(&mut text);
        let steps = found.steps.iter().map(|step| (text(&step.title), step.text.as_ref().map(&mut text))).collect();
        Some(DataBlock::Process(data::Process { title, steps }))
    }

    fn definitions(
        &mut self,
        directive: &Directive,
        items: Vec<(Term<'_>, &crate::source::Text)>,
    ) -> Option<DataBlock> {
        if items.is_empty() {
            let name = &directive.name.value;
            self.sink.push(
                Diagnostic::error(Code::BLOCK_UNKNOWN, say!("there is nothing to print for `{name}`", name))
                    .at(directive.span)
                    .help(say!("define it first, or take the block away; docs/format.md shows how")),
            );
            return None;
        }
        let items = items
            .into_iter()
            .map(|(term, text)| data::Definition {
                term: match term {
                    Term::Text(text) => inline(text, self.sink),
                    Term::Name(name) => vec![Inline::Text(name.value.clone(), name.span)],
                },
                text: inline(text, self.sink),
            })
            .collect();
        Some(DataBlock::Definitions(items))
    }
}

/// What must follow the name of a block.
pub(super) fn argument<'d>(
    directive: &'d Directive,
    what: &'static str,
    sink: &mut Sink,
) -> Option<&'d Spanned<String>> {
    if directive.argument.is_none() {
        let name = &directive.name.value;
        sink.push(
            Diagnostic::error(Code::BINDING_SYNTAX, say!("`{name}` needs {what}", name, what = Said::words(what)))
                .at(directive.span)
                .help(say!("write {{{{ {name} <id> }}}}", name)),
        );
    }
    directive.argument.as_ref()
}

enum Term<'a> {
    Text(&'a crate::source::Text),
    Name(&'a Spanned<String>),
}

/// Looks an id up, and says what is near when there is none.
pub(super) fn find<'a, T>(
    all: &'a [T],
    key: impl Fn(&T) -> &Spanned<String>,
    id: &Spanned<String>,
    code: Code,
    what: &'static str,
    sink: &mut Sink,
) -> Option<&'a T> {
    let found = all.iter().find(|item| key(item).value == id.value);
    if found.is_none() {
        let names: Vec<&str> = all.iter().map(|item| key(item).value.as_str()).collect();
        let diagnostic =
            Diagnostic::error(code, say!("there is no {what} `{id}`", what = Said::words(what), id = id.value))
                .at(id.span);
        let diagnostic = diagnostic.lacks(Thing::meant_by(code), &id.value).nearest(&id.value, names.iter().copied());
        sink.push(if diagnostic.help.is_empty() && !names.is_empty() {
            diagnostic.help(say!("known: {names}", names = names.join(", ")))
        } else {
            diagnostic
        });
    }
    found
}

/// A table or chart that is defined and stands nowhere.
pub fn unused(what: &'static str, id: &Spanned<String>) -> Diagnostic {
    let span = crate::source::Span { end: id.span.end.min(id.span.start + 80), ..id.span };
    Diagnostic::warning(
        Code::BLOCK_UNUSED,
        say!("the {what} `{id}` is used nowhere", what = Said::words(what), id = id.value),
    )
    .at(span)
    .help(say!("print it with {{{{ {what} {id} }}}}, or delete it", what, id = id.value))
}
