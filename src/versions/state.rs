//! What a resolved report says, as the ledger keeps it and versions are compared.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::Cells;
use crate::compare::state::{Alone, Amount, Figure, File, FileKind, Heading, Paragraph, Row, Section, State, Table};
use crate::compute::origin::{How, TableOrigin};
use crate::compute::statistics::Computed;
use crate::compute::table::ComputedTable;
use crate::document::anchor;
use crate::document::resolved::visit::{Line, Visit, walk_block, walk_inlines};
use crate::document::resolved::{self, Block, Inline, ResolvedDocument, plain_text};
use crate::markdown::plain_words;
use crate::model::{self, MeasureFigures, Parameter, Project};
use crate::resolve::Facts;
use crate::system::sha256;
use crate::value::{Group, Value};

use super::drawing;

/// Id of a table's row of totals.
pub const TOTAL: &str = "total";

/// Reads the state of a report from its numbers and its resolved document, before marks and change log are put into it.
pub fn state(facts: Facts<'_>, document: &ResolvedDocument) -> State {
    let Facts { project, statistics, locale, .. } = facts;
    let mut reader = Reader::over(document, locale.label("notes"));
    reader.follow(&statistics.figures);
    // Rows are told with their tables, figures of reports that others build on with those, and parameters where they are printed.
    let own = statistics.figures.iter().filter(|(id, figure)| {
        !matches!(figure.how, How::Row { .. }) && !id.starts_with(':') && !id.starts_with(Parameter::PREFIX)
    });
    let figures = own.map(|(id, computed)| (id.clone(), figure(facts, computed, reader.sections_with(id))));
    let given = |id: &str| project.findings.tables.iter().find(|known| known.id.value == id);
    let tables = statistics
        .tables
        .iter()
        .filter_map(|(id, computed)| Some((id.clone(), table(facts, given(id)?, computed, reader.sections_with(id)))));
    let state = State {
        figures: figures.collect(),
        tables: tables.collect(),
        front: front(project, document),
        files: Some(files(project, reader.files)),
        bindings: reader.bindings,
        sections: reader.sections,
        protected: false,
    };
    if project.is_protected() { state.printed(Some(&reader.cells)) } else { state }
}

/// What is made from a report and prints numbers that the report does not, with these.
pub fn alone<'a>(
    document: &ResolvedDocument,
    state: &State,
    parts: impl Iterator<Item = (&'a str, &'a ResolvedDocument)>,
) -> Vec<Alone> {
    let own = Reader::over(document, "");
    let printed = parts.map(|(report, document)| {
        let Reader { mut bindings, cells, .. } = Reader::over(document, "");
        bindings.retain(|written, text| state.bindings.get(written) != Some(text));
        let mut tables: BTreeMap<_, BTreeMap<_, BTreeMap<_, _>>> = BTreeMap::new();
        for (key, printed) in cells.into_iter().filter(|(key, _)| !own.cells.contains_key(key)) {
            let [table, row, column] = key;
            tables.entry(table).or_default().entry(row).or_default().insert(column, printed);
        }
        Alone { report: report.to_owned(), bindings, tables }
    });
    printed.filter(|alone| !alone.bindings.is_empty() || !alone.tables.is_empty()).collect()
}

/// A figure that the sections `used` print.
fn figure(facts: Facts<'_>, figure: &Computed, used: Vec<String>) -> Figure {
    let from = match &figure.how {
        How::Rows(counted) => vec![counted.dataset.clone()],
        // A cell comes from its row, a total from all of them.
        How::Cell { table, row: Some(row), .. } if row != TOTAL => vec![format!("{table}.{row}")],
        how => how.figures().into_iter().chain(how.table()).map(str::to_owned).collect(),
    };
    let id = |group: &Group| facts.project.workspace.breakdowns.id(*group).to_owned();
    Figure {
        label: facts.label(figure),
        value: Amount::new(facts.value(figure), figure.total.number()),
        parts: figure.parts.iter().map(|(group, value)| (id(group), amount(facts, value))).collect(),
        decimals: figure.total.decimals(),
        from,
        used,
    }
}

/// A table that the sections `used` print.
fn table(facts: Facts<'_>, given: &model::Table, table: &ComputedTable, used: Vec<String>) -> Table {
    // Only what readers see.
    let columns = table.columns.iter().filter(|column| column.printed);
    let printed = columns.clone().count();
    let rows = table.rows.iter().map(|row| Row {
        id: row.id.clone(),
        label: facts.heading(&row.label),
        cells: row.values.iter().take(printed).map(|value| amount(facts, value)).collect(),
        from: measured(facts, given, &row.id),
    });
    let first = table.rows.first().filter(|row| row.values.iter().any(|value| value.decimals() > 0));
    Table {
        caption: plain_words(&given.caption),
        stub: Some(plain_words(&given.stub)),
        columns: columns.map(|column| Heading { id: column.id.clone(), label: facts.heading(&column.label) }).collect(),
        rows: rows.collect(),
        decimals: first.map(|row| row.values.iter().map(Value::decimals).collect()).unwrap_or_default(),
        from: match &table.origin {
            TableOrigin::Typed | TableOrigin::Gathered(_) => Vec::new(),
            TableOrigin::Counted(crossed) => vec![crossed.dataset.clone()],
        },
        used,
    }
}

/// The figures of inspections that a row of an annual report's measures is.
fn measured(facts: Facts<'_>, given: &model::Table, row: &str) -> Vec<String> {
    let findings = &facts.project.findings;
    let gathering = findings.gathering.iter().filter(|_| given.gathered.is_some_and(|which| which.is_of_measures()));
    let measure = findings.measures.iter().find(|measure| measure.id.value == row);
    let ids = gathering.zip(measure).flat_map(|(gathering, measure)| match &measure.figures {
        MeasureFigures::Named(ids) => ids.iter().map(|id| id.value.clone()).collect::<Vec<_>>(),
        MeasureFigures::SameId(id) => {
            gathering.inspections.iter().map(|of| format!("{}:{}", of.id.value, id.value)).collect()
        }
    });
    ids.filter(|id| facts.statistics.figures.contains_key(id)).collect()
}

fn amount(facts: Facts<'_>, value: &Value) -> Amount {
    let printed = match value {
        Value::Count(value) => facts.locale.number(value, 0),
        Value::Blank(blank) => blank.mark().to_owned(),
        value => facts.printed(value),
    };
    Amount::new(printed, value.number())
}

/// Title, subtitle and imprint; not the rows that change with every version, nor the one that names what others have made of the report.
fn front(project: &Project, document: &ResolvedDocument) -> Vec<Paragraph> {
    let label = |key: &str| document.labels.get(key).cloned().unwrap_or_default();
    let own = ["version", "published", "date", "status", "decision", "cite_as", "related"].map(label);
    let rows = document.imprint.iter().filter(|row| !own.contains(&row.label));
    let mut out = vec![Paragraph { id: "title".into(), text: document.title_text.clone() }];
    if let Some(subtitle) = &document.subtitle {
        out.push(Paragraph { id: "subtitle".into(), text: plain_text(subtitle) });
    }
    let description = project.report.description.as_ref().map(|_| document.description.clone());
    let keywords = (!document.keywords.is_empty()).then(|| document.keywords.join(", "));
    for (id, text) in [("description", description), ("keywords", keywords), ("series", document.series.clone())] {
        out.extend(text.filter(|_| project.part.is_none()).map(|text| Paragraph { id: id.into(), text }));
    }
    if let Some(notice) = &document.notice {
        out.push(Paragraph { id: "notice".into(), text: plain_text(notice) });
    }
    out.extend(rows.map(|row| Paragraph { id: row.label.clone(), text: plain_text(&row.value) }));
    out
}

/// Pictures, charts and downloads with their hashes.
fn files(project: &Project, found: Vec<(FileKind, String, String)>) -> Vec<File> {
    let hash = |kind: FileKind, name: &str| match kind {
        FileKind::Picture => project.images.values().find(|file| file.output == name).map(|file| sha256(&file.bytes)),
        FileKind::Download => {
            project.downloads.values().find(|file| file.output == name).map(|file| sha256(&file.bytes))
        }
        FileKind::Chart => project.charts.iter().find(|chart| chart.id.value == name).map(drawing::hash),
    };
    let mut out: Vec<File> = Vec::new();
    for (kind, name, title) in found {
        if let Some(sha256) = hash(kind, &name)
            && !out.iter().any(|known| known.kind == kind && known.name == name)
        {
            out.push(File { kind, name, title, sha256 });
        }
    }
    out
}

#[derive(Default)]
struct Reader {
    sections: Vec<Section>,
    /// How many paragraphs of the open section have the same words, by the beginning of their ids.
    same: BTreeMap<String, usize>,
    /// Sections that print a figure or table, by its id.
    used: BTreeMap<String, BTreeSet<String>>,
    /// Sections that print a figure as a share of its base.
    shares: BTreeMap<String, BTreeSet<String>>,
    bindings: BTreeMap<String, String>,
    /// Kind, name and title of each picture, chart and file, in the order of the report.
    files: Vec<(FileKind, String, String)>,
    /// The words of each printed cell of a table from data.
    cells: Cells,
}

impl Reader {
    fn over(document: &ResolvedDocument, notes: &str) -> Self {
        let mut reader = Self::default();
        for chapter in &document.chapters {
            reader.blocks(&chapter.blocks);
        }
        if !document.notes.is_empty() {
            reader.open(anchor::NOTES, None, notes);
            document.notes.iter().for_each(|note| reader.paragraph(&note.content));
        }
        reader
    }

    fn open(&mut self, id: &str, number: Option<&String>, title: &str) {
        self.same.clear();
        self.sections.push(Section {
            id: id.to_owned(),
            number: number.cloned(),
            title: title.to_owned(),
            paragraphs: Vec::new(),
        });
    }

    /// Rows of tables are bound like figures: where they stand the table is used; and where a share stands its base is.
    fn follow(&mut self, figures: &BTreeMap<String, Computed>) {
        for (id, figure) in figures {
            if let (How::Row { table, .. }, Some(places)) = (&figure.how, self.used.get(id).cloned()) {
                self.used.entry(table.clone()).or_default().extend(places);
            }
        }
        for (id, figure) in figures {
            if let (Some(base), Some(places)) = (&figure.base, self.shares.get(id)) {
                self.used.entry(base.clone()).or_default().extend(places.iter().cloned());
            }
        }
    }

    /// The sections that print a figure or table, in the order of the report.
    fn sections_with(&self, id: &str) -> Vec<String> {
        let ids = self.sections.iter().map(|section| &section.id);
        ids.filter(|section| self.used.get(id).is_some_and(|used| used.contains(*section))).cloned().collect()
    }

    fn here(&self) -> String {
        self.sections.last().map(|section| section.id.clone()).unwrap_or_default()
    }

    fn uses(&mut self, id: &str) {
        let here = self.here();
        self.used.entry(id.to_owned()).or_default().insert(here);
    }

    fn paragraph(&mut self, content: &[Inline]) {
        self.figures(content);
        let text = plain_text(content);
        if text.trim().is_empty() {
            return;
        }
        let Some(section) = self.sections.last_mut() else { return };
        let hash = sha256(crate::compare::normal(&text).as_bytes());
        let wanted = hash.get(..8).unwrap_or(&hash).to_owned();
        let same = self.same.entry(wanted.clone()).and_modify(|same| *same += 1).or_insert(1);
        let id = if *same == 1 { wanted } else { format!("{wanted}-{same}") };
        section.paragraphs.push(Paragraph { id, text });
    }

    /// A paragraph that is no running text.
    fn words(&mut self, text: &str) {
        self.paragraph(&[Inline::text(text)]);
    }

    fn printed(&mut self, table: &resolved::Table) {
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            if let Some(key) = &cell.key {
                self.cells.insert(key.clone(), plain_text(&cell.content));
            }
        }
    }

    fn figures(&mut self, content: &[Inline]) {
        walk_inlines(content, |inline| {
            let Inline::Figure { id, written, by_base, compared, text, .. } = inline else { return };
            self.uses(id);
            compared.iter().for_each(|other| self.uses(other));
            if *by_base {
                let here = self.here();
                self.shares.entry(id.clone()).or_default().insert(here);
            }
            self.bindings.insert(written.clone(), text.clone());
        });
    }
}

impl<'a> Visit<'a> for Reader {
    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading { number, anchor, content, text, .. } => {
                self.open(anchor, number.as_ref(), text);
                self.figures(content);
            }
            // What a chart shows is told by its table.
            Block::Chart(chart) => {
                let texts = [Some(&chart.caption), chart.note.as_ref(), chart.source.as_ref()];
                texts.into_iter().flatten().for_each(|words| self.paragraph(words));
                self.uses(&chart.table_id);
                self.printed(&chart.table);
                self.files.push((FileKind::Chart, chart.id.clone(), chart.caption_text.clone()));
            }
            Block::Image(image) => {
                image.caption.iter().chain(&image.credit).for_each(|words| self.paragraph(words));
                self.words(&image.alt);
                self.files.push((FileKind::Picture, image.path.clone(), image.alt.clone()));
            }
            Block::Assessment { title, .. } => {
                self.words(title);
                walk_block(self, block);
            }
            Block::Code { text, .. } => self.words(text),
            Block::Timeline { title, entries } => {
                title.iter().for_each(|words| self.paragraph(words));
                for entry in entries {
                    self.words(&entry.date);
                    self.paragraph(&entry.title);
                    entry.text.iter().for_each(|words| self.paragraph(words));
                }
            }
            Block::Downloads { items } => {
                walk_block(self, block);
                let files = items.iter().map(|item| (FileKind::Download, item.path.clone(), plain_text(&item.title)));
                self.files.extend(files);
            }
            _ => walk_block(self, block),
        }
    }

    fn table(&mut self, table: &'a resolved::Table) {
        table.caption.iter().for_each(|words| self.paragraph(words));
        table.notes.iter().for_each(|note| self.paragraph(&note.content));
        table.note.iter().chain(&table.source).for_each(|words| self.paragraph(words));
        match table.id() {
            Some(id) => {
                self.uses(id);
                self.printed(table);
            }
            // Typed in Markdown: its cells are text.
            None => {
                let head = table.head.iter().flatten().map(|cell| &cell.content);
                let body = table.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.content);
                head.chain(body).for_each(|content| self.paragraph(content));
            }
        }
    }

    fn line(&mut self, words: &'a [Inline], _: Line) {
        self.paragraph(words);
    }
}
