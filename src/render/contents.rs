//! `contents.json`: what a version says, passage by passage, for what is made of many versions: lists, searches, pages of units.
//!
//! It is made from what the page prints and from nothing else, so it holds no number that the page does not hold.

mod areas;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::document::anchor;
use crate::document::export::DataTable;
use crate::document::resolved::visit::{Line, Visit, walk_block};
use crate::document::resolved::{self, Block, Inline, Named, ResolvedDocument, plain_text};

/// Name of the file in a version's folder.
pub const FILE: &str = "contents.json";

/// Version of the file's form. A field renamed or removed raises it.
pub const SCHEMA: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    pub schema: u32,
    pub report: Report,
    /// Headings in their order.
    pub sections: Vec<Section>,
    /// What is read, in its order.
    pub passages: Vec<Passage>,
    pub tables: Vec<Table>,
    pub charts: Vec<Chart>,
    /// Development areas of units, and in a follow-up how far each has come.
    pub developments: Vec<Development>,
    /// Figures that the report prints, by their labels.
    pub figures: Vec<Figure>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub id: String,
    pub version: String,
    pub kind: String,
    pub kind_label: String,
    pub language: String,
    pub title: String,
    pub subtitle: Option<String>,
    /// As precise as the author gave it: `2021-06`.
    pub date: String,
    pub units: Vec<Named>,
    /// Quality areas.
    pub areas: Vec<Named>,
    /// The report that it is made from.
    pub owner: Option<String>,
    /// Reports that stand beside it.
    pub companions: Vec<String>,
    /// The document that it is a translation of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation_of: Option<String>,
    /// The report whose development areas it follows up.
    pub follows: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its address on the page.
    pub id: String,
    pub number: Option<String>,
    pub title: String,
    pub level: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Paragraph,
    ListItem,
    Table,
    Chart,
    Picture,
    Note,
    /// The title of a box; what stands in it are passages of their own.
    Box,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its address on the page.
    pub id: String,
    /// Address of the section that it stands in; empty before the first heading.
    pub section: String,
    pub kind: Kind,
    /// As it is read; of a table a line a row.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub id: String,
    pub section: String,
    /// "Tabell 5"; none of a table that was typed.
    pub label: Option<String>,
    pub number: Option<u32>,
    pub caption: String,
    /// Of a table that can be downloaded.
    pub columns: Vec<Column>,
    /// Relative to the version's folder.
    pub csv: Option<String>,
    pub json: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    pub id: String,
    pub section: String,
    pub label: String,
    pub number: u32,
    pub caption: String,
    /// What kind of chart it is, of what.
    pub alt: String,
    pub columns: Vec<Column>,
    pub svg: String,
    pub csv: String,
    pub json: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub id: String,
    pub label: String,
    pub unit: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Development {
    /// Id of the unit.
    pub unit: String,
    /// Id of the quality area, where the author gave one.
    pub area: Option<String>,
    pub text: String,
    /// Address on the page.
    pub passage: String,
    /// In a follow-up: `not-begun`, `begun`, `done`, `dropped`.
    pub status: Option<String>,
    /// The same in words.
    pub status_label: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its id in the report: `sip.any`.
    pub key: String,
    pub label: String,
    /// As it is printed: "25 (16 kvinnor och 9 män)".
    pub value: String,
    /// `count`, `percent`, or the unit of an amount; none of a text and of a number that is not told.
    pub unit: Option<String>,
    /// What it measures, in one line; two figures measure the same where it is the same. None where there is no trend to be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// The number as it is rounded, with a point; none of what is no number and of one that is not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Quality areas that the text speaks of where it prints it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub areas: BTreeSet<String>,
    pub year: i32,
}

impl Contents {
    /// Reads what a document prints.
    #[must_use]
    pub fn new(document: &ResolvedDocument, data: &[DataTable]) -> Self {
        let mut reader = Reader { data, document, out: Self::empty(document), item: false, section: String::new() };
        for chapter in &document.chapters {
            reader.section.clear();
            reader.blocks(&chapter.blocks);
        }
        if !document.notes.is_empty() {
            let title = document.labels.get("notes").cloned().unwrap_or_default();
            let section = Section { id: anchor::ENDNOTES.to_owned(), number: None, title, level: 1 };
            reader.section.clone_from(&section.id);
            reader.out.sections.push(section);
        }
        for note in &document.notes {
            reader.push(&note.passage, Kind::Note, words(&note.content));
        }
        reader.out
    }

    fn empty(document: &ResolvedDocument) -> Self {
        let about = document.about.clone();
        let mut areas = areas::of_figures(document);
        let figures = document.evidence.iter().filter_map(|entry| {
            let key = anchor::of_evidence(&entry.anchor)?;
            Some(Figure {
                key: key.to_owned(),
                label: entry.label.clone(),
                value: entry.value.clone(),
                unit: entry.unit.clone(),
                measure: entry.measure.clone(),
                number: entry.number.clone(),
                areas: areas.remove(key).unwrap_or_default(),
                year: document.date.year,
            })
        });
        Self {
            schema: SCHEMA,
            report: Report {
                id: document.id.clone(),
                version: document.version.clone(),
                kind: document.kind.clone(),
                kind_label: document.kind_label.clone(),
                language: document.language.clone(),
                title: document.title_text.clone(),
                subtitle: document.subtitle.as_deref().map(plain_text),
                date: document.date.iso.clone(),
                units: about.units,
                areas: about.areas,
                owner: about.owner,
                companions: about.companions,
                translation_of: about.translation_of,
                follows: about.follows,
            },
            sections: Vec::new(),
            passages: Vec::new(),
            tables: Vec::new(),
            charts: Vec::new(),
            developments: Vec::new(),
            figures: figures.collect(),
        }
    }

    /// The file's text.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Plain data of strings and numbers always serialises.
        serde_json::to_string(self).map(|text| text + "\n").unwrap_or_default()
    }

    /// What a file says; none where it is of another form.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|contents: &Self| contents.schema == SCHEMA)
    }
}

struct Reader<'d> {
    document: &'d ResolvedDocument,
    data: &'d [DataTable],
    out: Contents,
    section: String,
    /// Within a list.
    item: bool,
}

impl Reader<'_> {
    fn push(&mut self, id: &str, kind: Kind, text: String) {
        if !id.is_empty() && !text.is_empty() {
            let (id, section) = (id.to_owned(), self.section.clone());
            self.out.passages.push(Passage { id, section, kind, text });
        }
    }

    fn paragraph(&mut self, id: &str, text: String) {
        self.push(id, if self.item { Kind::ListItem } else { Kind::Paragraph }, text);
    }

    /// What a table or chart of data is called by the downloads.
    fn columns(&self, id: &str) -> Vec<Column> {
        let table = self.data.iter().find(|table| table.id == id);
        let columns = table.map(|table| table.columns.as_slice()).unwrap_or_default().iter();
        columns
            .map(|column| Column { id: column.id.clone(), label: column.label.clone(), unit: column.unit.clone() })
            .collect()
    }

    /// How far the development areas of a unit have come, from the table that tells it.
    fn progress(&mut self, unit: &str, table: &resolved::Table) {
        let known = self.document.about.progress.get(unit);
        for (at, row) in table.rows.iter().enumerate() {
            let [area, status, ..] = row.cells.as_slice() else { continue };
            self.out.developments.push(Development {
                unit: unit.to_owned(),
                area: None,
                text: words(&area.content),
                passage: table.anchor.clone(),
                status: known.and_then(|known| known.get(at)).map(|status| (*status).to_owned()),
                status_label: Some(words(&status.content)),
            });
        }
    }

    fn chart(&mut self, chart: &resolved::Chart) {
        let below = chart.note.iter().chain(&chart.source).map(|line| words(line));
        let lines = [words(&chart.caption), chart.alt.clone(), chart.description.clone()].into_iter().chain(below);
        self.push(&chart.anchor, Kind::Chart, joined(lines));
        let columns = self.columns(&chart.id);
        self.out.charts.push(Chart {
            id: chart.anchor.clone(),
            section: self.section.clone(),
            label: chart.label.clone(),
            number: chart.number,
            caption: chart.caption_text.clone(),
            alt: chart.alt.clone(),
            columns,
            svg: chart.path.clone(),
            csv: chart.data.csv.clone(),
            json: chart.data.json.clone(),
        });
    }
}

impl<'a> Visit<'a> for Reader<'_> {
    fn block(&mut self, block: &'a Block) {
        let beside = |words: &[Inline], text: Option<&Vec<Inline>>| {
            joined([self::words(words), text.map(|text| self::words(text)).unwrap_or_default()])
        };
        match block {
            Block::Heading { level, number, anchor, text, .. } => {
                self.section.clone_from(anchor);
                let (id, number, title) = (anchor.clone(), number.clone(), text.clone());
                self.out.sections.push(Section { id, number, title, level: *level });
            }
            Block::Paragraph { passage, content } => self.paragraph(passage, words(content)),
            Block::Code { passage, text } => self.paragraph(passage, text.clone()),
            Block::List { .. } => {
                let outer = std::mem::replace(&mut self.item, true);
                walk_block(self, block);
                self.item = outer;
            }
            Block::Quote { blocks, attribution } => {
                self.blocks(blocks);
                if let (Some(by), Some(last)) = (attribution, self.out.passages.last_mut()) {
                    last.text = joined([std::mem::take(&mut last.text), words(by)]);
                }
            }
            Block::Callout { passage, title, .. } => {
                self.push(passage, Kind::Box, title.clone());
                walk_block(self, block);
            }
            Block::Statement { passage, content, attribution, .. } => {
                self.paragraph(passage, beside(content, Some(attribution)));
            }
            Block::Definitions { items } => {
                for item in items {
                    self.push(&item.passage, Kind::ListItem, words(&item.term));
                    item.descriptions.iter().for_each(|blocks| self.blocks(blocks));
                }
            }
            Block::Image(image) => {
                let lines = image.caption.iter().chain(&image.credit).map(|line| words(line));
                let text = joined(std::iter::once(image.alt.clone()).chain(lines));
                self.push(&image.passage, Kind::Picture, text);
            }
            Block::Assessment { kind, unit, items, .. } => {
                for item in items {
                    let text = words(&item.content);
                    let area = item.area.as_ref().map(|area| format!("{area}. ")).unwrap_or_default();
                    self.push(&item.passage, Kind::ListItem, format!("{area}{text}"));
                    if kind == "development" {
                        self.out.developments.push(Development {
                            unit: unit.clone(),
                            area: item.area_id.clone(),
                            text,
                            passage: item.passage.clone(),
                            status: None,
                            status_label: None,
                        });
                    }
                }
            }
            Block::Process { steps, .. } => {
                for step in steps {
                    self.push(&step.passage, Kind::ListItem, beside(&step.title, step.text.as_ref()));
                }
            }
            Block::Timeline { entries, .. } => {
                for entry in entries {
                    let text = beside(&entry.title, entry.text.as_ref());
                    self.push(&entry.passage, Kind::ListItem, format!("{} {text}", entry.date));
                }
            }
            Block::KeyFigures { items } => {
                for item in items {
                    self.push(&item.passage, Kind::Paragraph, format!("{} {}", words(&item.value), words(&item.label)));
                }
            }
            Block::Pairs { items } => {
                for item in items {
                    self.push(&item.passage, Kind::Paragraph, beside(&item.problem, Some(&item.proposal)));
                }
            }
            Block::Question(question) => {
                self.paragraph(&question.anchor, format!("{}. {}", question.label, words(&question.content)));
                for part in &question.parts {
                    self.push(&part.anchor, Kind::ListItem, words(&part.content));
                }
            }
            Block::Bibliography { items } => {
                for item in items {
                    self.push(&item.anchor, Kind::ListItem, words(&item.content));
                }
            }
            Block::Downloads { items } => {
                // They have no address of their own.
                let section = self.section.clone();
                let titles = items.iter().map(|item| words(&item.title));
                self.push(&section, Kind::Paragraph, joined(titles));
            }
            Block::Chart(chart) => self.chart(chart),
            Block::Table(_) | Block::Beside { .. } | Block::Rule => walk_block(self, block),
        }
    }

    fn table(&mut self, table: &'a resolved::Table) {
        let id = if table.passage.is_empty() { &table.anchor } else { &table.passage };
        let row =
            |cells: Vec<String>| cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" · ");
        let head = table.head.iter().map(|cells| row(cells.iter().map(|cell| words(&cell.content)).collect()));
        let body = table.rows.iter().map(|cells| row(cells.cells.iter().map(|cell| words(&cell.content)).collect()));
        let below = table.notes.iter().map(|note| &note.content).chain(&table.note).chain(&table.source);
        let caption = table.caption.as_ref().map(|caption| words(caption)).unwrap_or_default();
        let lines = std::iter::once(caption.clone()).chain(head).chain(body).chain(below.map(|line| words(line)));
        let text = joined(lines);
        self.push(id, Kind::Table, text);
        let columns = table.id().map(|id| self.columns(id)).unwrap_or_default();
        self.out.tables.push(Table {
            id: id.clone(),
            section: self.section.clone(),
            label: table.label.clone(),
            number: table.number,
            caption,
            columns,
            csv: table.data.as_ref().map(|data| data.csv.clone()),
            json: table.data.as_ref().map(|data| data.json.clone()),
        });
        if let Some(unit) = table.id().and_then(|id| id.strip_prefix("follow-up-")) {
            self.progress(unit, table);
        }
    }

    fn line(&mut self, _: &'a [Inline], _: Line) {}
}

/// The words of a line, in one line.
fn words(inlines: &[Inline]) -> String {
    let text = plain_text(inlines);
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{ad}', "")
}

fn joined(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
