//! Parts that several kinds of document are made of, from `findings/` to the model.

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::model::{
    DecisionPage, Deliverable, Download, Example, Examples, Figure, Given, KeyFigure, KeyFigures, Measure, Outcome,
    Pair, Picture, Plan, Question, Survey, Timeline, TimelineEntry,
};
use crate::source::{Spanned, Text};
use crate::value::Exact;

use super::decode;
use super::disclosure::RowCounts;
use super::form::{
    ById, Count, Date, Description, Either, FigureId, Form, Kind, Label, List, Reference, Required, Shape, Told, Tried,
    Try, Words, choices, mapping,
};
use super::yaml::{Node, Value};

mapping! {
    /// What happened when.
    TimelineEntries "time line" {
        /// Stands above the time line.
        title: Label,
        /// What happened; printed in the order of time.
        entries: Required<List<EventEntry, 1>>,
    }
}

mapping! {
    /// What happened at a time.
    EventEntry "an entry" {
        /// When, or when it began.
        date: Required<Date>,
        /// When it ended.
        until: Date,
        /// What happened.
        title: Required<Label>,
        /// More of it.
        text: Words,
    }
}

mapping! {
    /// What was planned, and what came of it: a table.
    PlanEntry "deliverables" {
        /// Stands above the table.
        caption: Required<Label>,
        /// A remark below it.
        note: Words,
        /// Where it comes from.
        source: Words,
        /// What was planned.
        items: Required<ById<DeliverableEntry>>,
    }
}

mapping! {
    /// Something that was planned.
    DeliverableEntry "deliverable" {
        /// What it is.
        what: Required<Words>,
        /// How many, or in words; a number becomes a figure.
        planned: Required<Amount>,
        /// What came of it, also where it is nothing.
        delivered: Told<Try<Amount>>,
        /// How far it came; agrees with the numbers.
        status: Told<Try<Outcome>>,
        /// Why it was not delivered in full.
        reason: Words,
    }
}

choices!(Outcome);

/// A whole number, or words.
pub(in crate::load) struct Amount;
impl Form for Amount {
    type Value = Measure;
    const KIND: Kind = Kind::OneOf(&[Count::KIND, Kind::Text(Shape { numbers: false, ..Shape::running() })]);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Measure> {
        match &node.value {
            Value::Scalar { text, plain: true, .. } if Exact::parse(text).is_some() => {
                decode::count(node, what, sink).map(Measure::Count)
            }
            _ => decode::text(node, what, sink).map(Measure::Text),
        }
    }
}

mapping! {
    /// A collection of examples: a table.
    ExamplesEntry "examples" {
        /// Stands above the table.
        caption: Required<Label>,
        /// Header of its first column.
        stub: Required<Label>,
        /// Where it comes from.
        source: Words,
        /// The examples.
        items: Required<List<ExampleEntry, 1>>,
    }
}

mapping! {
    /// An example.
    ExampleEntry "an example" {
        /// Where.
        place: Required<Label>,
        /// Id of a quality area.
        area: Required<Reference>,
        /// What it is.
        what: Required<Words>,
        /// More of it.
        text: Words,
    }
}

mapping! {
    /// A figure that is set large; a typed one could differ from the report's.
    KeyFigureEntry "a key figure" {
        /// A bound figure: `"{{ figure | percent }}"`.
        value: Required<Bound>,
        /// What it is.
        label: Required<Label>,
    }
}

/// A text that binds a figure.
pub(in crate::load) struct Bound;
impl Form for Bound {
    type Value = Text;
    const KIND: Kind = Kind::Text(Shape { pattern: Some(r"\{\{"), numbers: false, ..Shape::running() });

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Text> {
        let text = decode::text(node, what, sink)?;
        if !text.value.contains("{{") {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, say!("a key figure binds a figure"))
                    .at(text.span)
                    .help(say!("write value: \"{{ figure | percent }}\"")),
            );
            return None;
        }
        Some(text)
    }
}

mapping! {
    /// What a committee is asked to decide.
    DecisionPageEntry "decision" {
        /// What it is asked to decide.
        proposed: Told<List<Words, 1>>,
        /// What it should know.
        findings: Told<List<Words, 1>>,
        /// Figures that are set large.
        figures: List<KeyFigureEntry> = Vec::new(),
    }
}

mapping! {
    /// A question with parts.
    QuestionEntry "question" {
        /// The question.
        text: Required<Words>,
        /// Its parts, by their ids.
        parts: ById<Words> = Vec::new(),
    }
}

mapping! {
    /// A problem with its proposal.
    PairEntry "proposal" {
        /// The problem.
        problem: Required<Words>,
        /// What is proposed.
        proposal: Required<Words>,
    }
}

mapping! {
    /// A picture.
    PictureEntry "picture" {
        /// PNG, JPEG or SVG in the report's folder.
        file: Required<Reference>,
        /// What the picture says, for those who do not see it.
        alt: Required<Description>,
        /// Stands below the picture.
        caption: Label,
        /// Who made it.
        credit: Required<Label>,
    }
}

mapping! {
    /// A file for download.
    DownloadEntry "download" {
        /// A file in the report's folder.
        file: Required<Reference>,
        /// What it is.
        title: Required<Label>,
        /// What its numbers count: `persons`, `units` or `none`. A file with data that counts persons, or does not say, cannot stand beside hidden numbers.
        counts: RowCounts,
    }
}

mapping! {
    /// A survey: who was asked and answered; its response rate becomes a figure.
    SurveyEntry "survey" {
        /// What the response rate is called.
        label: Required<Label>,
        /// Figure: how many there are.
        population: Required<FigureId>,
        /// Figure: how many were asked, where not all were.
        sample: FigureId,
        /// Figure: how many answered.
        answered: Required<FigureId>,
        /// Who did not answer, and what that means for the results.
        non_response as "non-response": Told<Try<Words>>,
        /// Stands above the table of results.
        caption: Required<Label>,
        /// A remark below it.
        note: Words,
        /// Where it comes from.
        source: Words,
        /// Figures of those who answered yes.
        questions: Told<List<FigureId, 1>>,
    }
}

/// A time line; its entries are put in the order of their dates.
pub fn timeline(id: Spanned<String>, given: TimelineEntries, sink: &mut Sink) -> Option<Timeline> {
    let entries = given.entries.unwrap_or_default().into_iter().filter_map(|given| event(given, sink));
    let mut entries: Vec<TimelineEntry> = entries.collect();
    entries.sort_by_key(|entry| entry.date.value);
    not_empty(&entries, &id, say!("entries"), sink)?;
    Some(Timeline { id, title: given.title, entries })
}

fn event(given: EventEntry, sink: &mut Sink) -> Option<TimelineEntry> {
    let EventEntry { date, until, title, text } = given;
    let date = date?;
    if let Some(until) = &until
        && until.value < date.value
    {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("the entry ends before it begins"))
                .at(until.span)
                .also(date.span, say!("it begins here")),
        );
    }
    Some(TimelineEntry { date, until, title: title?, text })
}

/// What was planned and delivered; numbers become figures.
pub fn plan(id: Spanned<String>, given: PlanEntry, figures: &mut Vec<Figure>, sink: &mut Sink) -> Option<Plan> {
    let PlanEntry { caption, note, source, items } = given;
    let items = items.unwrap_or_default().into_iter();
    let items: Vec<Deliverable> = items.filter_map(|(id, given)| deliverable(id, given, sink)).collect();
    not_empty(&items, &id, say!("items"), sink)?;
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
    for (name, outcome) in Outcome::WORDS {
        let number = items.iter().filter(|item| item.outcome == *outcome).count();
        let base = Some(format!("{}.all", id.value));
        figures.push(figure(&id.value, (name, outcome.label()), &caption, tally(number), base, id.span));
    }
    Some(Plan { id, caption, note, source, items })
}

fn deliverable(id: Spanned<String>, given: DeliverableEntry, sink: &mut Sink) -> Option<Deliverable> {
    let DeliverableEntry { what, planned, delivered, status, reason } = given;
    if delivered.is_none() || status.is_none() {
        let lacks = if delivered.is_none() {
            say!("add `delivered: …`: what came of it, also where it is nothing")
        } else {
            say!("add `status: …`: done, partly, begun or not-done")
        };
        sink.push(
            Diagnostic::error(Code::OUTCOME_MISSING, say!("`{id}` was planned and has no outcome", id = id.value))
                .at(id.span)
                .help(lacks),
        );
    }
    let (delivered, status) = (delivered.and_then(Tried::ok), status.and_then(Tried::ok));
    let (what, planned, delivered, outcome) = (what?, planned?, delivered?, status?);
    if outcome != Outcome::Done && reason.is_none() {
        sink.push(
            Diagnostic::error(
                Code::OUTCOME_REASON,
                say!("`{id}` was not delivered in full, and nothing says why", id = id.value),
            )
            .at(id.span)
            .help(say!("add `reason: …`")),
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
                    say!("the status of `{id}` is not what its numbers say", id = id.value),
                )
                .label(got.span, say!("{got} of {wanted} planned", got = got.value, wanted = wanted.value))
                .help(say!("done: at least what was planned; partly or begun: less; not-done: nothing")),
            );
        }
    }
    Some(Deliverable { id, what, planned, delivered, outcome, reason })
}

/// A collection of examples.
pub fn examples(id: Spanned<String>, given: ExamplesEntry, sink: &mut Sink) -> Option<Examples> {
    let items: Vec<Example> = given.items.unwrap_or_default().into_iter().filter_map(example).collect();
    not_empty(&items, &id, say!("items"), sink)?;
    Some(Examples { id, caption: given.caption?, stub: given.stub?, source: given.source, items })
}

fn example(given: ExampleEntry) -> Option<Example> {
    Some(Example { place: given.place?, area: given.area?, what: given.what?, text: given.text })
}

/// A group of key figures.
pub fn key_figures(id: Spanned<String>, given: Vec<KeyFigureEntry>, sink: &mut Sink) -> Option<KeyFigures> {
    let items: Vec<KeyFigure> = given.into_iter().filter_map(key_figure).collect();
    not_empty(&items, &id, say!("entries"), sink)?;
    Some(KeyFigures { id, items })
}

fn key_figure(given: KeyFigureEntry) -> Option<KeyFigure> {
    Some(KeyFigure { value: given.value?, label: given.label? })
}

/// What a committee is asked to decide.
pub fn decision(given: Spanned<DecisionPageEntry>, sink: &mut Sink) -> DecisionPage {
    let Spanned { value: entry, span } = given;
    let mut some = |key: &str, texts: Option<Vec<Text>>| {
        let texts = texts.unwrap_or_default();
        if texts.is_empty() {
            sink.push(
                Diagnostic::error(Code::KEY_MISSING, say!("the decision page lacks `{key}`", key))
                    .at(span)
                    .help(say!("add `{key}:` with a list of sentences", key)),
            );
        }
        texts
    };
    let (proposed, findings) = (some("proposed", entry.proposed), some("findings", entry.findings));
    DecisionPage { proposed, findings, figures: entry.figures.into_iter().filter_map(key_figure).collect(), span }
}

/// A question and its parts.
pub fn question((id, given): (Spanned<String>, Either<Text, QuestionEntry>)) -> Option<Question> {
    Some(match given {
        Either::Short(text) => Question { id, text, parts: Vec::new() },
        Either::Full(entry) => Question { id, text: entry.text?, parts: entry.parts },
    })
}

/// A problem with its proposal.
pub fn pair((id, given): (Spanned<String>, Spanned<PairEntry>)) -> Option<Pair> {
    let Spanned { value: entry, span } = given;
    Some(Pair { id, problem: entry.problem?, proposal: entry.proposal?, span })
}

/// A picture, with who made it.
pub fn picture((id, given): (Spanned<String>, PictureEntry)) -> Option<Picture> {
    let PictureEntry { file, alt, caption, credit } = given;
    Some(Picture { id, file: file?, alt: alt?, caption, credit: credit? })
}

/// A file for download.
pub fn download((id, given): (Spanned<String>, DownloadEntry)) -> Option<Download> {
    Some(Download { id, file: given.file?, title: given.title?, counts: given.counts })
}

/// A survey; its response rate becomes a figure.
pub fn survey(id: Spanned<String>, given: SurveyEntry, figures: &mut Vec<Figure>, sink: &mut Sink) -> Option<Survey> {
    let SurveyEntry { label, population, sample, answered, non_response, caption, note, source, questions } = given;
    if non_response.is_none() {
        sink.push(
            Diagnostic::error(
                Code::RESPONSE_MISSING,
                say!("survey `{id}` says nothing of those who did not answer", id = id.value),
            )
            .at(id.span)
            .help(say!("add `non-response: …`: who did not answer, and what that means for the results")),
        );
    }
    let questions = questions.unwrap_or_default();
    not_empty(&questions, &id, say!("questions"), sink)?;
    let (population, answered) = (population?, answered?);
    let response = Given::Share {
        part: answered.clone(),
        whole: sample.clone().unwrap_or_else(|| population.clone()),
        decimals: 0,
    };
    figures.push(Figure::new(id.clone(), label?, response));
    let (non_response, caption) = (non_response.and_then(Tried::ok)?, caption?);
    Some(Survey { id, population, sample, answered, non_response, caption, note, source, questions })
}

fn not_empty<T>(items: &[T], id: &Spanned<String>, what: Said, sink: &mut Sink) -> Option<()> {
    if items.is_empty() {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("`{id}` has no {what} that can be used", what, id = id.value))
                .at(id.span),
        );
        return None;
    }
    Some(())
}
