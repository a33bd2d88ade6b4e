//! The files in `findings/` to the model, tables apart.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{
    Area, Assessment, AssessmentItem, Definition, Figure, Findings, Given, Process, ProcessStep, Statement,
};
use crate::source::Spanned;

use super::decode::{self, Map};
use super::table::{self, CsvReader};
use super::yaml::{Node, Value};

/// Reads one file of findings into `out`.
pub fn read(root: &Node, out: &mut Findings, csv: &mut CsvReader<'_>, sink: &mut Sink) {
    let Some(mut map) = Map::open(root, "a findings file", sink) else { return };
    each(map.take("figures"), "figures", sink, |id, node, sink| out.figures.extend(figure(id, node, sink)));
    each(map.take("tables"), "tables", sink, |id, node, sink| out.tables.extend(table::read(id, node, csv, sink)));
    each(map.take("assessments"), "assessments", sink, |id, node, sink| {
        out.assessments.extend(assessment(id, node, sink))
    });
    each(map.take("statements"), "statements", sink, |id, node, sink| out.statements.extend(statement(id, node, sink)));
    each(map.take("definitions"), "definitions", sink, |id, node, sink| {
        out.definitions.extend(definition(id, node, sink))
    });
    each(map.take("processes"), "processes", sink, |id, node, sink| out.processes.extend(process(id, node, sink)));
    each(map.take("quality-areas"), "quality-areas", sink, |id, node, sink| out.areas.extend(area(id, node, sink)));
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

/// Every way to give a figure, for messages.
const WAYS: &str = "`women` and `men`, `count`, `sum`, `difference`, `percent`, `amount`, `date`, `text` or `cell`";

fn figure(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Figure> {
    let what = format!("figure `{}`", id.value);
    let mut map = Map::open(node, what.clone(), sink)?;
    let label = map.require_text("label", sink);
    let given = given(&mut map, &what, &id, sink);
    let base = map.text("base", sink).map(|text| Spanned::new(text.value, text.span));
    let not_by_sex = map.text("not-by-sex", sink);
    let as_published = map.flag("as-published", sink).unwrap_or(false);
    let source = map.text("source", sink);
    let note = map.text("note", sink);
    let typed_total = map.count("total", sink);
    map.finish(sink);
    let given = given?;
    if matches!(given, Given::Percent { .. }) && !as_published {
        sink.push(
            Diagnostic::error(Code::FIGURE_BASE_MISSING, format!("{what} is a typed percentage"))
                .at(id.span)
                .help("give the count and its base, and the percentage is computed")
                .help("or, where only the percentage was published, add `as-published: true` and `source: …`"),
        );
    }
    Some(Figure { id, label: label?, given, base, not_by_sex, as_published, source, note, typed_total })
}

fn given(map: &mut Map, what: &str, id: &Spanned<String>, sink: &mut Sink) -> Option<Given> {
    let mut found: Vec<(&'static str, Option<Given>)> = Vec::new();
    let women = map.take("women");
    let men = map.take("men");
    match (&women, &men) {
        (Some(women), Some(men)) => {
            let women = decode::count(women, "`women`", sink);
            let men = decode::count(men, "`men`", sink);
            found.push(("women", women.zip(men).map(|(women, men)| Given::BySex { women, men })));
        }
        (Some(one), None) | (None, Some(one)) => {
            let other = if women.is_some() { "men" } else { "women" };
            sink.push(
                Diagnostic::error(Code::KEY_MISSING, format!("{what} lacks `{other}`"))
                    .at(one.span)
                    .help(format!("add `{other}: 0` where there are none, or give a plain `count`")),
            );
            found.push(("women", None));
        }
        (None, None) => {}
    }
    if map.has("count") {
        found.push(("count", map.count("count", sink).map(Given::Count)));
    }
    for (key, make) in [("sum", Given::Sum as fn(_) -> _), ("difference", Given::Difference as fn(_) -> _)] {
        if map.has(key) {
            let ids =
                map.texts(key, sink).into_iter().map(|text| Spanned::new(text.value, text.span)).collect::<Vec<_>>();
            if ids.len() < 2 {
                sink.push(
                    Diagnostic::error(Code::VALUE_INVALID, format!("`{key}` needs at least two figures"))
                        .at(id.span)
                        .help(format!("write {key}: [first.figure, second.figure]")),
                );
            }
            found.push((key, (ids.len() >= 2).then(|| make(ids))));
        }
    }
    if let Some(node) = map.take("percent") {
        let number = decode::number(&node, "`percent`", sink);
        found.push((
            "percent",
            number.map(|n| Given::Percent { value: Spanned::new(n.value.0, n.span), decimals: n.value.1 }),
        ));
    }
    if let Some(node) = map.take("amount") {
        let unit = map.text("unit", sink);
        let number = decode::number(&node, "`amount`", sink);
        found.push((
            "amount",
            number.map(|n| Given::Amount { value: Spanned::new(n.value.0, n.span), decimals: n.value.1, unit }),
        ));
    }
    if let Some(node) = map.take("date") {
        found.push(("date", decode::date(&node, "`date`", sink).map(Given::Date)));
    }
    if map.has("text") {
        found.push(("text", map.text("text", sink).map(Given::Text)));
    }
    if let Some(node) = map.take("cell") {
        found.push(("cell", cell(&node, sink)));
    }
    if found.len() > 1 {
        let names: Vec<String> = found.iter().map(|(name, _)| format!("`{name}`")).collect();
        sink.push(
            Diagnostic::error(
                Code::VALUE_INVALID,
                format!("{what} is given in more than one way: {}", names.join(", ")),
            )
            .at(id.span)
            .help("keep one of them"),
        );
        return None;
    }
    match found.pop() {
        Some((_, given)) => given,
        None => {
            sink.push(
                Diagnostic::error(Code::KEY_MISSING, format!("{what} has no value"))
                    .at(id.span)
                    .help(format!("add {WAYS}")),
            );
            None
        }
    }
}

fn cell(node: &Node, sink: &mut Sink) -> Option<Given> {
    let mut map = Map::open(node, "`cell`", sink)?;
    let [table, row, column] = ["table", "row", "column"]
        .map(|key| map.require_text(key, sink).map(|text| Spanned::new(text.value, text.span)));
    map.finish(sink);
    Some(Given::Cell { table: table?, row: row?, column: column? })
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
