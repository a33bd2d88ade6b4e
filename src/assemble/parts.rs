//! Parts that several kinds of document are made of, from the findings to blocks.

use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::data::{self, ColumnKind, DataBlock, Label};
use crate::document::{BlockName, Directive, Inline};
use crate::model::{Example, Examples, Measure, Plan};
use crate::source::{Span, Spanned, Text};
use crate::value::Value;

use super::directives::{Expander, find, unused};
use super::inline;

impl<'a> Expander<'a> {
    /// A block that names one part of the findings.
    pub(super) fn part(&mut self, block: BlockName, id: &Spanned<String>) -> Option<DataBlock> {
        let findings = &self.project.findings;
        let code = Code::BLOCK_UNKNOWN;
        match block {
            BlockName::Timeline => {
                let found = find(&findings.timelines, |t| &t.id, id, code, "time line", self.sink)?;
                self.place(block, &found.id, id)?;
                Some(DataBlock::Timeline(data::Timeline {
                    title: found.title.as_ref().map(|title| inline(title, self.sink)),
                    entries: found
                        .entries
                        .iter()
                        .map(|entry| data::TimelineEntry {
                            date: entry.date.value,
                            until: entry.until.as_ref().map(|date| date.value),
                            title: inline(&entry.title, self.sink),
                            text: entry.text.as_ref().map(|text| inline(text, self.sink)),
                        })
                        .collect(),
                }))
            }
            BlockName::Deliverables => {
                let found = find(&findings.plans, |p| &p.id, id, code, "group of deliverables", self.sink)?;
                self.place(block, &found.id, id)?;
                Some(DataBlock::Table(self.plan(found)))
            }
            BlockName::ExampleTable => {
                let found = find(&findings.examples, |e| &e.id, id, code, "group of examples", self.sink)?;
                self.place(block, &found.id, id)?;
                Some(DataBlock::Table(self.example_table(found)))
            }
            BlockName::Examples => {
                let area = find(&findings.areas, |a| &a.id, id, Code::AREA_UNKNOWN, "quality area", self.sink)?;
                self.place(block, &area.id, id)?;
                self.examples(&area.id.value, id)
            }
            BlockName::KeyFigures => {
                let found = find(&findings.key_figures, |k| &k.id, id, code, "group of key figures", self.sink)?;
                self.place(block, &found.id, id)?;
                let items = found.items.iter().map(|item| data::KeyFigure {
                    value: inline(&item.value, self.sink),
                    label: inline(&item.label, self.sink),
                });
                Some(DataBlock::KeyFigures(items.collect()))
            }
            BlockName::Question => {
                let found = find(&findings.questions, |q| &q.id, id, code, "question", self.sink)?;
                self.place(block, &found.id, id)?;
                let parts = found.parts.iter().map(|(id, text)| (id.value.clone(), inline(text, self.sink))).collect();
                Some(DataBlock::Question(data::Question {
                    id: found.id.value.clone(),
                    content: inline(&found.text, self.sink),
                    parts,
                    span: id.span,
                }))
            }
            BlockName::Picture => {
                let found = find(&findings.pictures, |p| &p.id, id, code, "picture", self.sink)?;
                self.place(block, &found.id, id)?;
                Some(DataBlock::Picture(data::Picture {
                    path: found.file.value.clone(),
                    alt: found.alt.clone(),
                    caption: found.caption.as_ref().map(|text| inline(text, self.sink)),
                    credit: inline(&found.credit, self.sink),
                }))
            }
            _ => None,
        }
    }

    /// Remembers that a part stands here; twice is an error.
    pub(super) fn place(&mut self, block: BlockName, id: &'a Spanned<String>, here: &Spanned<String>) -> Option<()> {
        if self.placed.insert((block, &id.value)) {
            return Some(());
        }
        self.sink.push(
            Diagnostic::error(
                Code::ID_DUPLICATE,
                say!("the {block} `{id}` stands twice in the report", block = block.name(), id = id.value),
            )
            .at(here.span)
            .help(say!("print it once, and refer to it from other places")),
        );
        None
    }

    /// All problems with their proposals.
    pub(super) fn proposals(&mut self, directive: &Directive) -> Option<DataBlock> {
        let pairs = &self.project.findings.pairs;
        if pairs.is_empty() {
            self.nothing(directive, "proposals");
            return None;
        }
        self.placed.insert((BlockName::Proposals, ""));
        let items = pairs.iter().map(|pair| data::Pair {
            problem: inline(&pair.problem, self.sink),
            proposal: inline(&pair.proposal, self.sink),
        });
        Some(DataBlock::Pairs(items.collect()))
    }

    /// All files for download.
    pub(super) fn downloads(&mut self, directive: &Directive) -> Option<DataBlock> {
        let files = &self.project.findings.downloads;
        if files.is_empty() {
            self.nothing(directive, "downloads");
            return None;
        }
        self.placed.insert((BlockName::Downloads, ""));
        let items = files
            .iter()
            .map(|file| data::Download { path: file.file.value.clone(), title: inline(&file.title, self.sink) });
        Some(DataBlock::Downloads(items.collect()))
    }

    fn nothing(&mut self, directive: &Directive, what: &str) {
        self.sink.push(
            Diagnostic::error(Code::BLOCK_UNKNOWN, say!("there are no {what} to print", what))
                .at(directive.span)
                .help(say!("define them in findings/ under `{what}`, or take the block away", what)),
        );
    }

    /// Reports parts that stand nowhere.
    pub(super) fn unplaced(&mut self) {
        let findings = &self.project.findings;
        let all = findings
            .timelines
            .iter()
            .map(|t| (BlockName::Timeline, &t.id))
            .chain(findings.plans.iter().map(|p| (BlockName::Deliverables, &p.id)))
            .chain(findings.key_figures.iter().map(|k| (BlockName::KeyFigures, &k.id)))
            .chain(findings.questions.iter().map(|q| (BlockName::Question, &q.id)))
            .chain(findings.pictures.iter().map(|p| (BlockName::Picture, &p.id)))
            .chain(
                findings.surveys.iter().flat_map(|s| [(BlockName::Survey, &s.id), (BlockName::SurveyResults, &s.id)]),
            )
            .chain(
                findings.follow_up.iter().flat_map(|f| f.units.iter().map(|unit| (BlockName::FollowUp, &unit.unit))),
            );
        for (block, id) in all {
            if !self.placed.contains(&(block, id.value.as_str())) {
                self.sink.push(unused(block.name(), id));
            }
        }
        let whole = [
            (BlockName::Proposals, findings.pairs.first().map(|pair| &pair.id)),
            (BlockName::Downloads, findings.downloads.first().map(|file| &file.id)),
        ];
        for (block, first) in whole {
            if let Some(id) = first
                && !self.placed.contains(&(block, ""))
            {
                self.sink.push(unused(block.name(), id));
            }
        }
        // An example is printed by its area or by its table; each would do.
        for examples in &findings.examples {
            let printed = |example: &Example| self.placed.contains(&(BlockName::Examples, example.area.value.as_str()));
            let table = self.placed.contains(&(BlockName::ExampleTable, examples.id.value.as_str()));
            if !table && !examples.items.iter().all(printed) {
                self.sink.push(unused("example-table", &examples.id));
            }
        }
    }

    pub(super) fn word(&self, key: &str, span: Span) -> Vec<Inline> {
        vec![Inline::Text(self.locale.label(key).to_owned(), span)]
    }

    fn text_column(&self, id: &str, label: Label) -> data::Column {
        data::Column { id: id.to_owned(), label, group: None, kind: ColumnKind::Text, of: None, total: false }
    }

    /// What was planned and delivered, as a table of texts.
    fn plan(&mut self, plan: &Plan) -> data::Table {
        let span = plan.id.span;
        let columns =
            ["planned", "delivered", "status", "reason"].map(|id| self.text_column(id, Label::Word(id))).to_vec();
        let rows = plan
            .items
            .iter()
            .map(|item| {
                let status = Text::new(self.locale.label(item.outcome.label()), item.id.span);
                let reason = item.reason.clone().map_or_else(|| nothing(item.id.span), Value::Text);
                data::Row {
                    id: item.id.value.clone(),
                    label: Label::Own(inline(&item.what, self.sink)),
                    values: vec![measure(&item.planned), measure(&item.delivered), Value::Text(status), reason],
                    total: false,
                }
            })
            .collect();
        data::Table {
            id: plan.id.value.clone(),
            caption: inline(&plan.caption, self.sink),
            stub: self.word("commitment", span),
            columns,
            rows,
            notes: Vec::new(),
            note: plan.note.as_ref().map(|note| inline(note, self.sink)),
            source: plan.source.as_ref().map(|source| inline(source, self.sink)),
            span,
        }
    }

    /// Places down the side, areas along the top, and what is done in the cells.
    fn example_table(&mut self, examples: &Examples) -> data::Table {
        let has = |area: &str| examples.items.iter().any(|example| example.area.value == area);
        let areas: Vec<_> = self.project.findings.areas.iter().filter(|area| has(&area.id.value)).collect();
        let columns = areas
            .iter()
            .map(|area| self.text_column(&area.id.value, Label::Own(inline(&area.name, &mut Default::default()))))
            .collect();
        let mut places: Vec<&Text> = Vec::new();
        for example in &examples.items {
            if !places.iter().any(|place| place.value == example.place.value) {
                places.push(&example.place);
            }
        }
        places.sort_by(|a, b| self.locale.compare(&a.value, &b.value));
        let here = |place: &Text, area: &str| {
            let of = |example: &&Example| example.place.value == place.value && example.area.value == area;
            together(&examples.items.iter().filter(of).map(|example| &example.what).collect::<Vec<_>>(), place.span)
        };
        let rows = places
            .iter()
            .map(|place| data::Row {
                id: crate::markdown::slug(place.untranslated()),
                label: Label::Own(inline(place, self.sink)),
                values: areas.iter().map(|area| here(place, &area.id.value)).collect(),
                total: false,
            })
            .collect();
        data::Table {
            id: examples.id.value.clone(),
            caption: inline(&examples.caption, self.sink),
            stub: inline(&examples.stub, self.sink),
            columns,
            rows,
            notes: Vec::new(),
            note: None,
            source: examples.source.as_ref().map(|source| inline(source, self.sink)),
            span: examples.id.span,
        }
    }

    /// The examples of one area, by place in the order of the alphabet.
    fn examples(&mut self, area: &str, here: &Spanned<String>) -> Option<DataBlock> {
        let all = self.project.findings.examples.iter().flat_map(|examples| &examples.items);
        let mut found: Vec<&Example> = all.filter(|example| example.area.value == area).collect();
        if found.is_empty() {
            self.sink.push(
                Diagnostic::error(Code::BLOCK_UNKNOWN, say!("there are no examples in the area `{area}`", area))
                    .at(here.span),
            );
            return None;
        }
        found.sort_by(|a, b| self.locale.compare(&a.place.value, &b.place.value));
        // A place with several examples is named once.
        let mut last: Option<&str> = None;
        let mut items: Vec<data::Definition> = Vec::new();
        for example in found {
            let text = inline(example.text.as_ref().unwrap_or(&example.what), self.sink);
            match items.last_mut() {
                Some(before) if last == Some(example.place.value.as_str()) => {
                    before.text.push(Inline::LineBreak);
                    before.text.extend(text);
                }
                _ => items.push(data::Definition { term: inline(&example.place, self.sink), text }),
            }
            last = Some(&example.place.value);
        }
        Some(DataBlock::Definitions(items))
    }
}

fn measure(measure: &Measure) -> Value {
    match measure {
        Measure::Count(count) => Value::Count(count.value),
        Measure::Text(text) => Value::Text(text.clone()),
    }
}

/// A cell of texts that has none: there is nothing to say, which needs no mark.
fn nothing(span: Span) -> Value {
    Value::Text(Text::new("", span))
}

/// Several texts in one cell.
fn together(texts: &[&Text], span: Span) -> Value {
    match texts {
        [] => nothing(span),
        [one] => Value::Text((*one).clone()),
        [first, ..] => {
            let joined = texts.iter().map(|text| text.value.as_str()).collect::<Vec<_>>().join("; ");
            Value::Text(Text::new(joined, first.span))
        }
    }
}
