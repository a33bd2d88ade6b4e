//! Annual reports: what several inspections have found, gathered by quality area and by unit.

use crate::compute::measure::words;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::data::{self, Label};
use crate::document::{Block, BlockName, Definition, Directive, Inline};
use crate::gather::{NO_AREA, area_of};
use crate::model::{Assessment, AssessmentItem, DocumentKind, Gathered, GatheredTable, Gathering, Project};
use crate::source::{Span, Spanned};

use super::directives::{Expander, argument, find};
use super::follow_up::adopted;
use super::inline;

/// One item of an inspection's assessments.
struct Item<'a> {
    inspection: &'a Project,
    assessment: &'a Assessment,
    item: &'a AssessmentItem,
    /// Position among the unit's development areas.
    at: usize,
}

impl<'a> Expander<'a> {
    /// The blocks of a directive that gathers.
    pub(super) fn gathered(&mut self, directive: &Directive, block: BlockName) -> Option<Vec<Block>> {
        let Some(gathering) = &self.project.findings.gathering else {
            // An annual report that gathers nothing was reported.
            if self.project.report.kind.value != DocumentKind::AnnualReport {
                let message = say!("`{block}` gathers from inspections", block = block.name());
                self.sink.push(
                    Diagnostic::error(Code::BLOCK_UNKNOWN, message)
                        .at(directive.span)
                        .also(self.project.report.kind.span, say!("only an annual report does that"))
                        .help(say!("take the block away, or write kind: annual-report")),
                );
            }
            return None;
        };
        let id = argument(directive, block.wants().unwrap_or_default(), self.sink)?;
        self.gathered_by(gathering, block, id)
    }

    fn gathered_by(&mut self, gathering: &'a Gathering, block: BlockName, id: &Spanned<String>) -> Option<Vec<Block>> {
        // Else by unit, and strengths.
        let by_area = matches!(block, BlockName::DevelopmentByArea | BlockName::StrengthsByArea);
        let development = matches!(block, BlockName::DevelopmentByArea | BlockName::DevelopmentByUnit);
        let items: Vec<Item> = items(self.project, gathering, development);
        if by_area && id.value == NO_AREA {
            self.placed.insert((block, NO_AREA));
        } else {
            let (all, code, what) = match by_area {
                true => (&gathering.areas, Code::AREA_UNKNOWN, "quality area"),
                false => (&gathering.units, Code::UNIT_UNKNOWN, "unit"),
            };
            let own = find(all, |known| &known.id, id, code, what, self.sink)?;
            self.place(block, &own.id, id)?;
        }
        let fits = |item: &&Item| if by_area { item.area() == id.value } else { item.unit() == id.value };
        let chosen: Vec<&Item> = items.iter().filter(fits).collect();
        if chosen.is_empty() {
            let word = if development { "gathered_no_development" } else { "gathered_no_strengths" };
            return Some(vec![Block::Paragraph { content: self.word(word, id.span), span: id.span }]);
        }
        // Gathered by quality area they are told unit by unit, and the other way round.
        let groups: Vec<Gathered> = if by_area { gathering.units.clone() } else { areas(gathering, self, id.span) };
        let mut definitions = Vec::new();
        for group in &groups {
            let here =
                |item: &&&Item| if by_area { item.unit() == group.id.value } else { item.area() == group.id.value };
            let here: Vec<&Item> = chosen.iter().copied().filter(|item| here(&item)).collect();
            if here.is_empty() {
                continue;
            }
            let descriptions = here.into_iter().map(|item| self.item(item, development, id.span)).collect();
            let term = vec![Inline::Text(group.name.value.clone(), id.span)];
            definitions.push(Definition { term, descriptions });
        }
        Some(vec![Block::Definitions { items: definitions, span: id.span }])
    }

    /// An item in the inspection's own words, what became of it, and which inspection that is.
    fn item(&mut self, item: &Item<'a>, development: bool, span: Span) -> Vec<Block> {
        let report = &item.inspection.report;
        let mut content = adopted(inline(&item.item.text, self.sink), &report.id);
        if let Some(status) = development.then(|| self.status(item)).flatten() {
            content.push(Inline::LineBreak);
            content.push(Inline::Text(status, span));
        }
        content.push(Inline::LineBreak);
        let title = Inline::Link {
            href: Spanned::new(address(item.inspection, Some((item.unit(), development))), span),
            content: vec![Inline::Text(words(&report.title), report.title.span)],
            span,
        };
        content.push(Inline::Emphasis(vec![title]));
        vec![Block::Paragraph { content, span: item.item.text.span }]
    }

    /// How far a development area has come, where a follow-up among the report's `reports` tells.
    fn status(&self, item: &Item<'_>) -> Option<String> {
        let of = |other: &&Project| {
            other.findings.follow_up.as_ref().is_some_and(|found| found.of.value == item.inspection.report.id)
        };
        let latest = self
            .project
            .others
            .iter()
            .map(std::sync::Arc::as_ref)
            .filter(of)
            .max_by_key(|other| other.report.date.value)?;
        let follow_up = latest.findings.follow_up.as_ref()?;
        let unit = follow_up.units.iter().find(|unit| unit.unit.value == item.unit())?;
        let status = self.locale.lower_first(self.locale.label(unit.items.get(item.at)?.progress.label()));
        let date = self.locale.date(&latest.report.date.value);
        Some(self.locale.fill("gathered_status", &[("status", &status), ("date", &date)]))
    }

    /// In the table of inspections each title leads to the inspection.
    pub(super) fn with_links(&self, mut table: data::Table) -> data::Table {
        if table.id != "inspections" {
            return table;
        }
        for row in &mut table.rows {
            let Some(inspection) = self.project.others.iter().find(|other| other.report.id == row.id) else { continue };
            if let Label::Own(content) = &mut row.label {
                let content = std::mem::take(content);
                let href = Spanned::new(address(inspection, None), table.span);
                row.label = Label::Own(vec![Inline::Link { href, content, span: table.span }]);
            }
        }
        table
    }

    /// Says why a table that is gathered has nothing in it.
    pub(super) fn empty(&mut self, which: GatheredTable, id: &Spanned<String>) {
        let help = match which {
            GatheredTable::Measures => say!("name measures in findings/: measures: {plan: {figure: plan.current}}"),
            GatheredTable::NotCompared => say!("take the block away: every measure can be compared"),
            _ => say!("take the block away; {{ table not-compared }} says why measures are not compared"),
        };
        self.sink.push(
            Diagnostic::error(Code::GATHERING, say!("there is no measure to print in `{id}`", id = id.value))
                .at(id.span)
                .help(help),
        );
    }

    /// Reports what an annual report has gathered and does not print.
    pub(super) fn left_out(&mut self) {
        let Some(gathering) = &self.project.findings.gathering else { return };
        let mut missing: Vec<&str> = Vec::new();
        for item in items(self.project, gathering, true) {
            let printed = self.placed.contains(&(BlockName::DevelopmentByArea, item.area()))
                || self.placed.contains(&(BlockName::DevelopmentByUnit, item.unit()));
            if !printed && !missing.contains(&item.area()) {
                missing.push(item.area());
            }
        }
        if !missing.is_empty() {
            let blocks: Vec<String> =
                missing.iter().map(|area| format!("{{{{ development-by-area {area} }}}}")).collect();
            self.sink.push(
                Diagnostic::error(
                    Code::GATHERING,
                    say!("development areas of the inspections stand nowhere in the report"),
                )
                .at(self.project.report.kind.span)
                .help(say!(
                    "print them: {blocks}; or unit by unit with development-by-unit",
                    blocks = blocks.join(", ")
                )),
            );
        }
        let id = "not-compared";
        if self.statistics.tables.contains_key(id) && !self.prints_table(id) {
            let first =
                self.project.findings.measures.first().map_or(self.project.report.kind.span, |found| found.id.span);
            self.sink.push(
                Diagnostic::error(
                    Code::GATHERING,
                    say!("the report does not say which measures are not compared, and why"),
                )
                .at(first)
                .help(say!("print them with {{{{ table {id} }}}}", id)),
            );
        }
    }
}

impl<'a> Item<'a> {
    fn unit(&self) -> &'a str {
        &self.assessment.unit.value
    }

    fn area(&self) -> &'a str {
        area_of(self.item)
    }
}

/// Everything that the inspections have found, in the order of time.
fn items<'a>(project: &'a Project, gathering: &Gathering, development: bool) -> Vec<Item<'a>> {
    let mut out = Vec::new();
    let found = gathering
        .inspections
        .iter()
        .filter_map(|gathered| project.others.iter().find(|other| other.report.id == gathered.id.value));
    for inspection in found {
        for assessment in &inspection.findings.assessments {
            let items = if development { &assessment.development } else { &assessment.strengths };
            out.extend(items.iter().enumerate().map(|(at, item)| Item { inspection, assessment, item, at }));
        }
    }
    out
}

/// The quality areas and what stands in none.
fn areas(gathering: &Gathering, expander: &Expander<'_>, span: Span) -> Vec<Gathered> {
    let mut out = gathering.areas.clone();
    let name = crate::source::Text::new(expander.locale.label("gathered_no_area"), span);
    out.push(Gathered { id: Spanned::new(NO_AREA.to_owned(), span), name });
    out
}

/// Address of an inspection's page from the page of this report; at the section that prints a unit's items, where it can be told.
fn address(inspection: &Project, unit: Option<(&str, bool)>) -> String {
    let report = &inspection.report;
    let page = format!("../../{}/{}/index.html", report.id, report.version.value);
    let Some((unit, development)) = unit else { return page };
    let wanted = if development { BlockName::Development } else { BlockName::Strengths };
    for chapter in inspection.chapters.iter() {
        // Only an address that was typed is sure to be the same on the page.
        let mut section: Option<&str> = None;
        for block in &chapter.blocks {
            match block {
                Block::Heading(heading) => section = heading.id.as_ref().map(|id| id.value.as_str()).or(section),
                Block::Directive(directive)
                    if directive.name.value == wanted.name()
                        && directive.argument.as_ref().is_some_and(|argument| argument.value == unit) =>
                {
                    return section.map_or_else(|| page.clone(), |section| format!("{page}#{section}"));
                }
                _ => {}
            }
        }
    }
    page
}
