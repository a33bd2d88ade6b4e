//! What everything is called before anything is written: references lead forwards too.

use std::collections::BTreeMap;

use crate::load::Taken;
use crate::locale::Language;
use crate::markdown::slug;

use super::super::manuscript::{Block, Manuscript, Table, anchors, words};
use super::super::words as known;

pub const TABLES: &str = "tables.yaml";
pub const PICTURES: &str = "pictures";
pub const HANDS: &str = "import.txt";

/// What a reference leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Heading(String),
    Table(String),
    Chart(String),
}

#[derive(Debug)]
pub struct Plan {
    pub language: Language,
    /// Ids of headings, in their order.
    pub headings: Vec<String>,
    /// Ids of tables, in their order.
    pub tables: Vec<String>,
    /// Names of the files of chapters, in their order; the first is of what stands before the first heading, if anything does.
    pub chapters: Vec<String>,
    /// Where anchors lead.
    targets: BTreeMap<String, Target>,
}

impl Plan {
    pub fn new(manuscript: &Manuscript, language: Language) -> Self {
        let mut plan =
            Self { language, headings: Vec::new(), tables: Vec::new(), chapters: Vec::new(), targets: BTreeMap::new() };
        let (mut taken, mut tables) = (Taken::default(), Taken::default());
        ["notes", "version-changes"].iter().for_each(|id| taken.insert(id));
        let mut under = String::new();
        if begins_before_headings(&manuscript.blocks) {
            plan.chapters.push(format!("{}.md", plan.opening_name()));
            taken.insert(plan.opening_name());
        }
        // An anchor that stands alone before a heading or a table is of that.
        for block in &manuscript.blocks {
            match block {
                Block::Heading { level, content } => {
                    under = words(content);
                    let id = free(&short(&under), &mut taken);
                    if *level == 1 {
                        plan.chapters.push(format!("{id}.md"));
                    }
                    for anchor in anchors(content) {
                        plan.targets.insert(anchor.to_owned(), Target::Heading(id.clone()));
                    }
                    plan.headings.push(id);
                }
                block => plan.tables_of(block, &under, &mut tables),
            }
        }
        plan
    }

    fn tables_of(&mut self, block: &Block, under: &str, taken: &mut Taken) {
        match block {
            Block::Table(table) => {
                let caption = words(&table.caption);
                let id = free(&short(if caption.trim().is_empty() { under } else { &caption }), taken);
                for anchor in anchors(&table.caption) {
                    let target = match table.chart {
                        Some(_) => Target::Chart(id.clone()),
                        None => Target::Table(id.clone()),
                    };
                    self.targets.insert(anchor.to_owned(), target);
                }
                self.tables.push(id);
                for inner in nested(table) {
                    self.tables_of(inner, under, taken);
                }
            }
            Block::List(list) => list.items.iter().flatten().for_each(|block| self.tables_of(block, under, taken)),
            Block::Quotation(blocks) | Block::Frame(blocks) => {
                blocks.iter().for_each(|block| self.tables_of(block, under, taken));
            }
            Block::Definitions(definitions) => {
                let blocks = definitions.iter().flat_map(|definition| &definition.description);
                blocks.for_each(|block| self.tables_of(block, under, taken));
            }
            _ => {}
        }
    }

    pub fn target(&self, anchor: &str) -> Option<&Target> {
        self.targets.get(anchor)
    }

    /// What the chapter is called that holds what stands before the first heading.
    pub fn opening(&self) -> &'static str {
        match self.language {
            Language::Swedish => "Inledande text",
            Language::English => "Opening text",
            Language::Norwegian => "Innledende tekst",
        }
    }

    /// What stands in the place of an alternative text that nobody has written.
    pub fn no_alternative(&self) -> &'static str {
        match self.language {
            Language::Swedish => "Bild som ännu inte har någon beskrivning",
            Language::English => "Picture without a description so far",
            Language::Norwegian => "Bilde som ennå ikke har noen beskrivelse",
        }
    }

    /// The header of the first column of a table that has none.
    pub fn stub(&self) -> &'static str {
        match self.language {
            Language::Swedish => "Uppgift",
            Language::English => "Item",
            Language::Norwegian => "Opplysning",
        }
    }

    fn opening_name(&self) -> &'static str {
        match self.language {
            Language::Swedish => "inledande-text",
            Language::English => "opening-text",
            Language::Norwegian => "innledende-tekst",
        }
    }
}

/// The tables in the cells of a table.
pub fn nested(table: &Table) -> impl Iterator<Item = &Block> {
    let cells = table.rows.iter().flatten().filter(|cell| !cell.continues);
    cells.flat_map(|cell| &cell.blocks).filter(|block| matches!(block, Block::Table(_) | Block::Picture(_)))
}

/// Whether something stands before the first heading of a chapter.
pub fn begins_before_headings(blocks: &[Block]) -> bool {
    let before = blocks.iter().take_while(|block| !matches!(block, Block::Heading { .. }));
    before.into_iter().any(|block| !matches!(block, Block::Remark(_)))
}

/// The first words, as an id.
fn short(text: &str) -> String {
    const WORDS: usize = 6;
    let text = known::caption(text).map_or(text, |(.., rest)| rest);
    let first: Vec<&str> = text.split_whitespace().take(WORDS).collect();
    let id = slug(&first.join(" "));
    id.get(..60).map_or(id.clone(), |start| start.trim_end_matches('-').to_owned())
}

/// The id, with a number behind it where it is taken.
fn free(id: &str, taken: &mut Taken) -> String {
    let reserved = ["table-", "chart-", "question-"].iter().any(|prefix| id.starts_with(prefix));
    if reserved { taken.claim(&format!("section-{id}")) } else { taken.claim(id) }
}
