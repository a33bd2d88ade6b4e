//! Parts that several kinds of document are made of, from `findings/` to the model.

use crate::compute::exact::Exact;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{
    DecisionPage, Deliverable, Download, Example, Examples, Figure, Given, KeyFigure, KeyFigures, Measure, Outcome,
    Pair, Picture, Plan, Question, Survey, Timeline, TimelineEntry,
};
use crate::source::{Spanned, Text};

use super::decode::{self, Map};
use super::yaml::{Node, Value};

const OUTCOMES: &[(&str, Outcome)] =
    &[("done", Outcome::Done), ("partly", Outcome::Partly), ("begun", Outcome::Begun), ("not-done", Outcome::NotDone)];

fn spanned(text: Text) -> Spanned<String> {
    Spanned::new(text.value, text.span)
}

/// Reads a time line; its entries are put in the order of their dates.
pub fn timeline(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Timeline> {
    let mut map = Map::open(node, format!("time line `{}`", id.value), sink)?;
    let title = map.text("title", sink);
    let nodes = map.require("entries", sink).map(|node| decode::list(&node, "`entries`", sink)).unwrap_or_default();
    let mut entries: Vec<TimelineEntry> = nodes.iter().filter_map(|node| timeline_entry(node, sink)).collect();
    entries.sort_by_key(|entry| entry.date.value);
    map.finish(sink);
    not_empty(&entries, &id, "entries", sink)?;
    Some(Timeline { id, title, entries })
}

fn timeline_entry(node: &Node, sink: &mut Sink) -> Option<TimelineEntry> {
    let mut map = Map::open(node, "an entry", sink)?;
    let date = map.require("date", sink).and_then(|node| decode::date(&node, "`date`", sink));
    let until = map.take("until").and_then(|node| decode::date(&node, "`until`", sink));
    let title = map.require_text("title", sink);
    let text = map.text("text", sink);
    map.finish(sink);
    let date = date?;
    if let Some(until) = &until
        && until.value < date.value
    {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, "the entry ends before it begins")
                .at(until.span)
                .also(date.span, "it begins here"),
        );
    }
    Some(TimelineEntry { date, until, title: title?, text })
}

/// Reads what was planned and delivered; numbers become figures.
pub fn plan(id: Spanned<String>, node: &Node, figures: &mut Vec<Figure>, sink: &mut Sink) -> Option<Plan> {
    let mut map = Map::open(node, format!("deliverables `{}`", id.value), sink)?;
    let caption = map.require_text("caption", sink);
    let note = map.text("note", sink);
    let source = map.text("source", sink);
    let mut items = Vec::new();
    if let Some(node) = map.require("items", sink)
        && let Some(mut map) = Map::open(&node, "`items`", sink)
    {
        for (id, node) in map.rest() {
            if decode::id(&id, sink) {
                items.extend(deliverable(id, &node, sink));
            }
        }
    }
    map.finish(sink);
    not_empty(&items, &id, "items", sink)?;
    let caption = caption?;
    let figure = |id: &str, (name, aspect), label: &Text, given, base: Option<String>, span| Figure {
        aspect: Some(aspect),
        base: base.map(|base| Spanned::new(base, span)),
        ..Figure::new(Spanned::new(format!("{id}.{name}"), span), label.clone(), given)
    };
    for item in &items {
        let (id, span) = (item.id.value.as_str(), item.id.span);
        let planned = if let Measure::Count(count) = &item.planned { Some(count.value) } else { None };
        if let Some(planned) = planned {
            let given = Given::Count(Spanned::new(planned, span));
            figures.push(figure(id, ("planned", "planned"), &item.what, given, None, span));
        }
        if let Measure::Count(delivered) = &item.delivered {
            // More than was planned is no share of it.
            let base = planned.filter(|planned| delivered.value <= *planned).map(|_| format!("{id}.planned"));
            let given = Given::Count(delivered.clone());
            figures.push(figure(id, ("delivered", "delivered"), &item.what, given, base, span));
        }
    }
    // How many there are, and how many of each outcome.
    let tally =
        |number: usize| Given::Tally(Spanned::new(Exact::from(i64::try_from(number).unwrap_or(i64::MAX)), id.span));
    figures.push(figure(&id.value, ("all", "deliverables_all"), &caption, tally(items.len()), None, id.span));
    for (name, outcome) in OUTCOMES {
        let number = items.iter().filter(|item| item.outcome == *outcome).count();
        let base = Some(format!("{}.all", id.value));
        figures.push(figure(&id.value, (name, outcome.label()), &caption, tally(number), base, id.span));
    }
    Some(Plan { id, caption, note, source, items })
}

fn deliverable(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Deliverable> {
    let mut map = Map::open(node, format!("deliverable `{}`", id.value), sink)?;
    let what = map.require_text("what", sink);
    let planned = map.require("planned", sink).and_then(|node| measure(&node, "`planned`", sink));
    let delivered = map.take("delivered");
    let outcome = map.take("status");
    if delivered.is_none() || outcome.is_none() {
        let lacks = if delivered.is_none() {
            "add `delivered: …`: what came of it, also where it is nothing"
        } else {
            "add `status: …`: done, partly, begun or not-done"
        };
        sink.push(
            Diagnostic::error(Code::OUTCOME_MISSING, format!("`{}` was planned and has no outcome", id.value))
                .at(id.span)
                .help(lacks),
        );
    }
    let delivered = delivered.and_then(|node| measure(&node, "`delivered`", sink));
    let status = outcome.as_ref().and_then(|node| decode::choice(node, "`status`", OUTCOMES, sink));
    let reason = map.text("reason", sink);
    map.finish(sink);
    let (what, planned, delivered, outcome) = (what?, planned?, delivered?, status?);
    if outcome != Outcome::Done && reason.is_none() {
        sink.push(
            Diagnostic::error(
                Code::OUTCOME_REASON,
                format!("`{}` was not delivered in full, and nothing says why", id.value),
            )
            .at(id.span)
            .help("add `reason: …`"),
        );
    }
    if let (Measure::Count(wanted), Measure::Count(got)) = (&planned, &delivered) {
        let contradiction = match outcome {
            Outcome::Done => got.value < wanted.value,
            Outcome::NotDone => got.value > Exact::ZERO,
            Outcome::Partly | Outcome::Begun => got.value >= wanted.value,
        };
        if contradiction {
            sink.push(
                Diagnostic::error(
                    Code::OUTCOME_REASON,
                    format!("the status of `{}` is not what its numbers say", id.value),
                )
                .label(got.span, format!("{} of {} planned", got.value, wanted.value))
                .help("done: at least what was planned; partly or begun: less; not-done: nothing"),
            );
        }
    }
    Some(Deliverable { id, what, planned, delivered, outcome, reason })
}

fn measure(node: &Node, what: &str, sink: &mut Sink) -> Option<Measure> {
    match &node.value {
        Value::Scalar { text, plain: true, .. } if Exact::parse(text).is_some() => {
            decode::count(node, what, sink).map(Measure::Count)
        }
        _ => decode::text(node, what, sink).map(Measure::Text),
    }
}

/// Reads a collection of examples.
pub fn examples(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Examples> {
    let mut map = Map::open(node, format!("examples `{}`", id.value), sink)?;
    let caption = map.require_text("caption", sink);
    let stub = map.require_text("stub", sink);
    let source = map.text("source", sink);
    let nodes = map.require("items", sink).map(|node| decode::list(&node, "`items`", sink)).unwrap_or_default();
    let items: Vec<Example> = nodes.iter().filter_map(|node| example(node, sink)).collect();
    map.finish(sink);
    not_empty(&items, &id, "items", sink)?;
    Some(Examples { id, caption: caption?, stub: stub?, source, items })
}

fn example(node: &Node, sink: &mut Sink) -> Option<Example> {
    let mut map = Map::open(node, "an example", sink)?;
    let place = map.require_text("place", sink);
    let area = map.require_text("area", sink).map(spanned);
    let what = map.require_text("what", sink);
    let text = map.text("text", sink);
    map.finish(sink);
    Some(Example { place: place?, area: area?, what: what?, text })
}

/// Reads a group of key figures. Each binds a figure: a typed one could differ from the report's.
pub fn key_figures(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<KeyFigures> {
    let nodes = decode::list(node, &format!("key figures `{}`", id.value), sink);
    let items: Vec<KeyFigure> = nodes.iter().filter_map(|node| key_figure(node, sink)).collect();
    not_empty(&items, &id, "entries", sink)?;
    Some(KeyFigures { id, items })
}

fn key_figure(node: &Node, sink: &mut Sink) -> Option<KeyFigure> {
    let mut map = Map::open(node, "a key figure", sink)?;
    let value = map.require_text("value", sink);
    let label = map.require_text("label", sink);
    map.finish(sink);
    let value = value?;
    if !value.value.contains("{{") {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, "a key figure binds a figure")
                .at(value.span)
                .help("write value: \"{{ figure | percent }}\""),
        );
        return None;
    }
    Some(KeyFigure { value, label: label? })
}

/// Reads what a committee is asked to decide.
pub fn decision(node: &Node, sink: &mut Sink) -> Option<DecisionPage> {
    let mut map = Map::open(node, "`decision`", sink)?;
    let [proposed, findings] = ["proposed", "findings"].map(|key| {
        let texts = map.texts(key, sink);
        if texts.is_empty() {
            sink.push(
                Diagnostic::error(Code::KEY_MISSING, format!("the decision page lacks `{key}`"))
                    .at(map.span)
                    .help(format!("add `{key}:` with a list of sentences")),
            );
        }
        texts
    });
    let figures = map.list("figures", sink).iter().filter_map(|node| key_figure(node, sink)).collect();
    let span = map.span;
    map.finish(sink);
    Some(DecisionPage { proposed, findings, figures, span })
}

/// Reads a question.
pub fn question(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Question> {
    if !matches!(node.value, Value::Map(_)) {
        return Some(Question { text: decode::text(node, "a question", sink)?, id, parts: Vec::new() });
    }
    let mut map = Map::open(node, format!("question `{}`", id.value), sink)?;
    let text = map.require_text("text", sink);
    let mut parts = Vec::new();
    if let Some(node) = map.take("parts")
        && let Some(mut map) = Map::open(&node, "`parts`", sink)
    {
        for (id, node) in map.rest() {
            if decode::id(&id, sink) {
                parts.extend(decode::text(&node, "a part of a question", sink).map(|text| (id, text)));
            }
        }
    }
    map.finish(sink);
    Some(Question { id, text: text?, parts })
}

/// Reads a problem with its proposal.
pub fn pair(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Pair> {
    let mut map = Map::open(node, format!("proposal `{}`", id.value), sink)?;
    let problem = map.require_text("problem", sink);
    let proposal = map.require_text("proposal", sink);
    let span = map.span;
    map.finish(sink);
    Some(Pair { id, problem: problem?, proposal: proposal?, span })
}

/// Reads a picture, with who made it.
pub fn picture(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Picture> {
    let mut map = Map::open(node, format!("picture `{}`", id.value), sink)?;
    let file = map.require_text("file", sink).map(spanned);
    let alt = map.require_text("alt", sink);
    let caption = map.text("caption", sink);
    let credit = map.require_text("credit", sink);
    map.finish(sink);
    Some(Picture { id, file: file?, alt: alt?, caption, credit: credit? })
}

/// Reads a file for download.
pub fn download(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Download> {
    let mut map = Map::open(node, format!("download `{}`", id.value), sink)?;
    let file = map.require_text("file", sink).map(spanned);
    let title = map.require_text("title", sink);
    map.finish(sink);
    Some(Download { id, file: file?, title: title? })
}

/// Reads a survey; its response rate becomes a figure.
pub fn survey(id: Spanned<String>, node: &Node, figures: &mut Vec<Figure>, sink: &mut Sink) -> Option<Survey> {
    let mut map = Map::open(node, format!("survey `{}`", id.value), sink)?;
    let label = map.require_text("label", sink);
    let population = map.require_text("population", sink).map(spanned);
    let sample = map.text("sample", sink).map(spanned);
    let answered = map.require_text("answered", sink).map(spanned);
    if !map.has("non-response") {
        sink.push(
            Diagnostic::error(
                Code::RESPONSE_MISSING,
                format!("survey `{}` says nothing of those who did not answer", id.value),
            )
            .at(id.span)
            .help("add `non-response: …`: who did not answer, and what that means for the results"),
        );
    }
    let non_response = map.text("non-response", sink);
    let caption = map.require_text("caption", sink);
    let note = map.text("note", sink);
    let source = map.text("source", sink);
    let questions: Vec<Spanned<String>> = map.texts("questions", sink).into_iter().map(spanned).collect();
    map.finish(sink);
    not_empty(&questions, &id, "questions", sink)?;
    let (population, answered) = (population?, answered?);
    let response = Given::Share {
        part: answered.clone(),
        whole: sample.clone().unwrap_or_else(|| population.clone()),
        decimals: 0,
    };
    figures.push(Figure::new(id.clone(), label?, response));
    let (non_response, caption) = (non_response?, caption?);
    Some(Survey { id, population, sample, answered, non_response, caption, note, source, questions })
}

fn not_empty<T>(items: &[T], id: &Spanned<String>, what: &str, sink: &mut Sink) -> Option<()> {
    if items.is_empty() {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, format!("`{}` has no {what} that can be used", id.value))
                .at(id.span),
        );
        return None;
    }
    Some(())
}
