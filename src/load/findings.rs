//! The files in `findings/` to the model; figures, tables and datasets have files of their own.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Area, Assessment, AssessmentItem, Definition, Findings, Process, ProcessStep, Statement};
use crate::source::Spanned;

use super::decode::{self, Map};
use super::yaml::{Node, Value};
use super::{DataFiles, annual_report, cases, figure, follow_up, parts, table};

/// Reads one file of findings into `out`.
pub fn read(root: &Node, out: &mut Findings, files: &mut dyn DataFiles, sink: &mut Sink) {
    let Some(mut map) = Map::open(root, "a findings file", sink) else { return };
    each(map.take("figures"), "figures", sink, |id, node, sink| out.figures.extend(figure::read(id, node, sink)));
    each(map.take("tables"), "tables", sink, |id, node, sink| {
        out.tables.extend(table::read(id, node, &mut |file, sink| files.csv(file, sink), sink));
    });
    each(map.take("datasets"), "datasets", sink, |id, node, sink| {
        out.datasets.extend(cases::read(id, node, files, sink))
    });
    each(map.take("assessments"), "assessments", sink, |id, node, sink| {
        out.assessments.extend(assessment(id, node, sink))
    });
    each(map.take("statements"), "statements", sink, |id, node, sink| out.statements.extend(statement(id, node, sink)));
    each(map.take("definitions"), "definitions", sink, |id, node, sink| {
        out.definitions.extend(definition(id, node, sink))
    });
    each(map.take("processes"), "processes", sink, |id, node, sink| out.processes.extend(process(id, node, sink)));
    each(map.take("quality-areas"), "quality-areas", sink, |id, node, sink| out.areas.extend(area(id, node, sink)));
    each(map.take("timelines"), "timelines", sink, |id, node, sink| {
        out.timelines.extend(parts::timeline(id, node, sink))
    });
    each(map.take("deliverables"), "deliverables", sink, |id, node, sink| {
        out.plans.extend(parts::plan(id, node, &mut out.figures, sink))
    });
    each(map.take("examples"), "examples", sink, |id, node, sink| out.examples.extend(parts::examples(id, node, sink)));
    each(map.take("key-figures"), "key-figures", sink, |id, node, sink| {
        out.key_figures.extend(parts::key_figures(id, node, sink))
    });
    each(map.take("questions"), "questions", sink, |id, node, sink| {
        out.questions.extend(parts::question(id, node, sink))
    });
    each(map.take("proposals"), "proposals", sink, |id, node, sink| out.pairs.extend(parts::pair(id, node, sink)));
    each(map.take("pictures"), "pictures", sink, |id, node, sink| out.pictures.extend(parts::picture(id, node, sink)));
    each(map.take("surveys"), "surveys", sink, |id, node, sink| {
        out.surveys.extend(parts::survey(id, node, &mut out.figures, sink))
    });
    each(map.take("downloads"), "downloads", sink, |id, node, sink| {
        out.downloads.extend(parts::download(id, node, sink))
    });
    if let Some(node) = map.take("follow-up") {
        out.follow_up = follow_up::read(&node, sink).or(out.follow_up.take());
    }
    each(map.take("measures"), "measures", sink, |id, node, sink| {
        out.measures.extend(annual_report::measure(id, node, sink))
    });
    if let Some(node) = map.take("decision") {
        let read = parts::decision(&node, sink);
        if let (Some(first), Some(second)) = (&out.decision, &read) {
            sink.push(
                Diagnostic::error(Code::ID_DUPLICATE, "the decision page is defined twice")
                    .label(second.span, "again here")
                    .also(first.span, "first here"),
            );
        }
        out.decision = out.decision.take().or(read);
    }
    map.finish(sink);
}

/// Goes through a mapping from ids to things.
fn each(node: Option<Node>, what: &str, sink: &mut Sink, mut read: impl FnMut(Spanned<String>, &Node, &mut Sink)) {
    let Some(node) = node else { return };
    let Some(mut map) = Map::open(&node, format!("`{what}`"), sink) else { return };
    for (id, node) in map.rest() {
        if decode::id(&id, sink) {
            read(id, &node, sink);
        }
    }
}

fn assessment(unit: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Assessment> {
    let mut map = Map::open(node, format!("the assessment of `{}`", unit.value), sink)?;
    let strengths = map.list("strengths", sink).iter().filter_map(|node| assessment_item(node, sink)).collect();
    let development = map.list("development", sink).iter().filter_map(|node| assessment_item(node, sink)).collect();
    map.finish(sink);
    Some(Assessment { unit, strengths, development })
}

fn assessment_item(node: &Node, sink: &mut Sink) -> Option<AssessmentItem> {
    if !matches!(node.value, Value::Map(_)) {
        return Some(AssessmentItem { text: decode::text(node, "an item", sink)?, area: None });
    }
    let mut map = Map::open(node, "an item", sink)?;
    let text = map.require_text("text", sink);
    let area = map.text("area", sink).map(|text| Spanned::new(text.value, text.span));
    map.finish(sink);
    Some(AssessmentItem { text: text?, area })
}

fn statement(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Statement> {
    let mut map = Map::open(node, format!("statement `{}`", id.value), sink)?;
    let text = map.require_text("text", sink);
    let by = map.require_text("by", sink);
    let unit = map.text("unit", sink).map(|text| Spanned::new(text.value, text.span));
    let date = map.take("date").and_then(|node| decode::date(&node, "`date`", sink));
    let quoted = map.flag("quoted", sink).unwrap_or(true);
    map.finish(sink);
    Some(Statement { id, text: text?, by: by?, unit, date, quoted })
}

fn definition(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Definition> {
    let mut map = Map::open(node, format!("definition `{}`", id.value), sink)?;
    let term = map.require_text("term", sink);
    let text = map.require_text("text", sink);
    map.finish(sink);
    Some(Definition { id, term: term?, text: text? })
}

fn process(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Process> {
    let mut map = Map::open(node, format!("process `{}`", id.value), sink)?;
    let title = map.text("title", sink);
    let nodes = map.require("steps", sink).map(|node| decode::list(&node, "`steps`", sink)).unwrap_or_default();
    let steps = nodes.iter().filter_map(|node| step(node, sink)).collect();
    map.finish(sink);
    Some(Process { id, title, steps })
}

fn step(node: &Node, sink: &mut Sink) -> Option<ProcessStep> {
    if !matches!(node.value, Value::Map(_)) {
        return Some(ProcessStep { title: decode::text(node, "a step", sink)?, text: None });
    }
    let mut map = Map::open(node, "a step", sink)?;
    let title = map.require_text("title", sink);
    let text = map.text("text", sink);
    map.finish(sink);
    Some(ProcessStep { title: title?, text })
}

fn area(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Area> {
    let mut map = Map::open(node, format!("quality area `{}`", id.value), sink)?;
    let name = map.require_text("name", sink);
    let text = map.text("text", sink);
    map.finish(sink);
    Some(Area { id, name: name?, text })
}
