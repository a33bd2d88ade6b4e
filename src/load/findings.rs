//! The files in `findings/` to the model; figures, tables, datasets and the parts of some kinds of document have files of their own.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Sink, Thing, say};
use crate::model::{
    Area, Assessment, AssessmentItem, Breakdowns, Definition, Findings, Process, ProcessStep, Statement,
};
use crate::source::{Spanned, Text};

use super::DataFiles;
use super::cases::{self, DatasetEntry};
use super::figure::{self, FigureEntry};
use super::follow_up::{self, FollowUpEntry};
use super::form::{
    ById, Date, Either, Flag, Form, Label, List, Placed, Reference, Required, Short, UnitId, Words, mapping,
};
use super::measure::{self, MeasureEntry};
use super::parts::{
    self, DecisionPageEntry, DownloadEntry, ExamplesEntry, KeyFigureEntry, PairEntry, PictureEntry, PlanEntry,
    QuestionEntry, SurveyEntry, TimelineEntries,
};
use super::table::{self, TableEntry};
use super::yaml::{Node, Value};

mapping! {
    /// Figures, tables and texts with structure; a report may have several such files.
    FindingsFile "a findings file" {
        /// Numbers, dates and words that texts bind.
        figures: ById<FigureEntry> = Vec::new(),
        /// Tables.
        tables: ById<Placed<TableEntry>> = Vec::new(),
        /// Case rows: sheets with one row a case.
        datasets: ById<Placed<DatasetEntry>> = Vec::new(),
        /// Strengths and development areas of units, by their ids.
        assessments: ById<AssessmentEntry> = Vec::new(),
        /// What somebody has said.
        statements: ById<StatementEntry> = Vec::new(),
        /// What words mean.
        definitions: ById<DefinitionEntry> = Vec::new(),
        /// Steps in their order.
        processes: ById<ProcessEntry> = Vec::new(),
        /// What is looked at in every unit.
        quality_areas as "quality-areas": ById<AreaEntry> = Vec::new(),
        /// What happened when.
        timelines: ById<TimelineEntries> = Vec::new(),
        /// What was planned, and what came of it.
        deliverables: ById<PlanEntry> = Vec::new(),
        /// Collections of examples.
        examples: ById<ExamplesEntry> = Vec::new(),
        /// Groups of figures that are set large.
        key_figures as "key-figures": ById<List<KeyFigureEntry, 1>> = Vec::new(),
        /// Questions that are answered.
        questions: ById<Short<Words, QuestionEntry>> = Vec::new(),
        /// Problems, each with its proposal.
        proposals: ById<Placed<PairEntry>> = Vec::new(),
        /// Pictures, with who made them.
        pictures: ById<PictureEntry> = Vec::new(),
        /// Surveys: who was asked, and who answered.
        surveys: ById<SurveyEntry> = Vec::new(),
        /// Files for download.
        downloads: ById<DownloadEntry> = Vec::new(),
        /// What became of the development areas of another report.
        follow_up as "follow-up": Placed<FollowUpEntry>,
        /// What an annual report compares between inspections.
        measures: ById<Placed<MeasureEntry>> = Vec::new(),
        /// What a committee is asked to decide.
        decision: Placed<DecisionPageEntry>,
    }
}

mapping! {
    /// What was found in a unit.
    AssessmentEntry "the assessment of" {
        /// What is good.
        strengths: List<Short<Words, ItemEntry>> = Vec::new(),
        /// What can become better.
        development: List<Short<Words, ItemEntry>> = Vec::new(),
    }
}

mapping! {
    /// A strength or a development area, with its quality area.
    ItemEntry "an item" {
        /// What was found.
        text: Required<Words>,
        /// Id of a quality area.
        area: Reference,
    }
}

mapping! {
    /// What somebody has said.
    StatementEntry "statement" {
        /// The words.
        text: Required<Words>,
        /// Who said it: a function, never a name.
        by: Required<Label>,
        /// Id of the unit that it is about.
        unit: UnitId,
        /// When it was said.
        date: Date,
        /// Whether it is word for word, with quotation marks.
        quoted: Flag = true,
    }
}

mapping! {
    /// What a word means.
    DefinitionEntry "definition" {
        /// The word.
        term: Required<Label>,
        /// What it means.
        text: Required<Words>,
    }
}

mapping! {
    /// Steps in their order.
    ProcessEntry "process" {
        /// Stands above the steps.
        title: Label,
        /// The steps.
        steps: Required<List<Short<Words, StepEntry>>>,
    }
}

mapping! {
    /// A step with an explanation.
    StepEntry "a step" {
        /// The step.
        title: Required<Label>,
        /// What is done in it.
        text: Words,
    }
}

mapping! {
    /// What is looked at in every unit.
    AreaEntry "quality area" {
        /// Its name.
        name: Required<Label>,
        /// What it means.
        text: Words,
    }
}

/// Reads one file of findings into `out`.
pub fn read(root: &Node, out: &mut Findings, breakdowns: &Breakdowns, files: &mut dyn DataFiles, sink: &mut Sink) {
    let Some(file) = FindingsFile::read(root, &say!("a findings file"), sink) else { return };
    out.figures.extend(file.figures.into_iter().filter_map(|(id, given)| figure::figure(id, given, breakdowns, sink)));
    for (id, given) in file.tables {
        out.tables.extend(table::table(id, given, breakdowns, files, sink));
    }
    out.datasets
        .extend(file.datasets.into_iter().filter_map(|(id, given)| cases::dataset(id, given, breakdowns, files, sink)));
    out.assessments.extend(file.assessments.into_iter().map(assessment));
    out.statements.extend(file.statements.into_iter().filter_map(statement));
    out.definitions.extend(
        file.definitions
            .into_iter()
            .filter_map(|(id, given)| Some(Definition { id, term: given.term?, text: given.text? })),
    );
    out.processes.extend(file.processes.into_iter().map(process));
    out.areas.extend(
        file.quality_areas.into_iter().filter_map(|(id, given)| Some(Area { id, name: given.name?, text: given.text })),
    );
    out.timelines.extend(file.timelines.into_iter().filter_map(|(id, given)| parts::timeline(id, given, sink)));
    for (id, given) in file.deliverables {
        out.plans.extend(parts::plan(id, given, &mut out.figures, sink));
    }
    out.examples.extend(file.examples.into_iter().filter_map(|(id, given)| parts::examples(id, given, sink)));
    out.key_figures.extend(file.key_figures.into_iter().filter_map(|(id, given)| parts::key_figures(id, given, sink)));
    out.questions.extend(file.questions.into_iter().filter_map(parts::question));
    out.pairs.extend(file.proposals.into_iter().filter_map(parts::pair));
    out.pictures.extend(file.pictures.into_iter().filter_map(parts::picture));
    for (id, given) in file.surveys {
        out.surveys.extend(parts::survey(id, given, &mut out.figures, sink));
    }
    out.downloads.extend(file.downloads.into_iter().filter_map(parts::download));
    tell_of_refused(root, out, sink);
    out.follow_up = file.follow_up.and_then(follow_up::follow_up).or(out.follow_up.take());
    out.measures.extend(file.measures.into_iter().filter_map(|(id, given)| measure::measure(id, given, sink)));
    if let Some(given) = file.decision {
        let read = parts::decision(given, sink);
        if let Some(first) = &out.decision {
            sink.push(
                Diagnostic::error(Code::ID_DUPLICATE, say!("the decision page is defined twice"))
                    .label(read.span, say!("again here"))
                    .also(first.span, say!("first here")),
            );
        }
        out.decision = out.decision.take().or(Some(read));
    }
}

/// Notes what the file defines and cannot be used.
fn tell_of_refused<'a>(root: &'a Node, out: &Findings, sink: &mut Sink) {
    let entries = |node: &'a Node| match &node.value {
        Value::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    let of_key =
        |key: &str| entries(root).iter().find(|(name, _)| name.value == key).map_or(&[][..], |(_, node)| entries(node));
    for (key, thing, known) in [
        ("figures", Thing::Figure, out.figures.iter().map(|figure| &figure.id).collect::<Vec<_>>()),
        ("tables", Thing::Table, out.tables.iter().map(|table| &table.id).collect()),
        ("datasets", Thing::Dataset, out.datasets.iter().map(|dataset| &dataset.id).collect()),
    ] {
        let known: BTreeSet<&str> = known.into_iter().map(|id| id.value.as_str()).collect();
        for (id, _) in of_key(key).iter().filter(|(id, _)| !known.contains(id.value.as_str())) {
            sink.refuse(thing, &id.value);
        }
    }
}

fn assessment((unit, given): (Spanned<String>, AssessmentEntry)) -> Assessment {
    let items = |items: Vec<Either<Text, ItemEntry>>| items.into_iter().filter_map(item).collect();
    Assessment { unit, strengths: items(given.strengths), development: items(given.development) }
}

fn item(given: Either<Text, ItemEntry>) -> Option<AssessmentItem> {
    Some(match given {
        Either::Short(text) => AssessmentItem { text, area: None },
        Either::Full(entry) => AssessmentItem { text: entry.text?, area: entry.area },
    })
}

fn statement((id, given): (Spanned<String>, StatementEntry)) -> Option<Statement> {
    let StatementEntry { text, by, unit, date, quoted } = given;
    Some(Statement { id, text: text?, by: by?, unit, date, quoted })
}

fn process((id, given): (Spanned<String>, ProcessEntry)) -> Process {
    let steps = given.steps.unwrap_or_default().into_iter().filter_map(step).collect();
    Process { id, title: given.title, steps }
}

fn step(given: Either<Text, StepEntry>) -> Option<ProcessStep> {
    Some(match given {
        Either::Short(title) => ProcessStep { title, text: None },
        Either::Full(entry) => ProcessStep { title: entry.title?, text: entry.text },
    })
}
