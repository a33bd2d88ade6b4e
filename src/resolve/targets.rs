//! Numbers and addresses of everything that can be referred to, in the order of the document.

use std::collections::{BTreeMap, VecDeque};

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::data::DataBlock;
use crate::document::resolved::DataFiles;
use crate::document::visit::walk_blocks;
use crate::document::{Block, Chapter, Heading, anchor};
use crate::markdown::{plain, slug};
use crate::source::Span;

/// Deepest heading level that has a number: chapter and section.
const NUMBERED_LEVELS: u8 = 2;

/// What an address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Chapter {
        number: u32,
    },
    Section {
        number: String,
    },
    /// A heading without number: referred to by its words.
    Unnumbered {
        title: String,
    },
    Table {
        number: u32,
    },
    Chart {
        number: u32,
    },
    Question {
        number: u32,
        /// Letter of a part: "b".
        part: Option<String>,
    },
}

#[derive(Debug, Clone)]
pub struct NumberedHeading {
    pub number: Option<String>,
    pub anchor: String,
}

/// All targets of a document.
#[derive(Debug, Default)]
pub struct Targets {
    by_anchor: BTreeMap<String, Target>,
    /// Headings not yet printed.
    headings: VecDeque<NumberedHeading>,
    tables: u32,
    charts: u32,
    questions: u32,
    markdown_tables: u32,
    /// There is a list of references to lead to.
    pub references: bool,
}

impl Targets {
    pub fn get(&self, anchor: &str) -> Option<&Target> {
        self.by_anchor.get(anchor)
    }

    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.by_anchor.keys().map(String::as_str)
    }

    /// Number and address of the next heading in the order of the document.
    pub fn next_heading(&mut self) -> NumberedHeading {
        self.headings.pop_front().unwrap_or_else(|| NumberedHeading { number: None, anchor: anchor::chapter(0) })
    }

    /// Address of the next table that was typed in Markdown.
    pub fn next_markdown_table(&mut self) -> String {
        self.markdown_tables += 1;
        anchor::text_table(self.markdown_tables)
    }

    /// Number of a question that is printed.
    pub fn question(&self, anchor: &str) -> u32 {
        match self.get(anchor) {
            Some(Target::Question { number, .. }) => *number,
            _ => 0,
        }
    }

    pub fn tables(&self) -> usize {
        self.tables as usize
    }

    pub fn charts(&self) -> usize {
        self.charts as usize
    }
}

/// Letter of a question's part by its place: a, b, c.
pub fn letter(at: usize) -> String {
    u8::try_from(at)
        .ok()
        .and_then(|at| b'a'.checked_add(at))
        .map_or_else(String::new, |byte| char::from(byte).to_string())
}

/// Numbers everything, the headings where `numbered`; the same address given twice is an error.
pub fn collect(chapters: &[Chapter], numbered: bool, sink: &mut Sink) -> Targets {
    let mut collector = Collector {
        out: Targets::default(),
        places: BTreeMap::new(),
        data: BTreeMap::new(),
        numbered_names: BTreeMap::new(),
        sink,
        wanted: numbered,
        chapter: 0,
        section: 0,
        numbered: false,
    };
    // Addresses of data and typed ones first, so that one made from a heading's words gives way to them.
    for chapter in chapters {
        walk_blocks(&chapter.blocks, &mut |block| {
            if let Block::Data(block) = block {
                collector.reserve(block);
            }
        });
    }
    for chapter in chapters {
        collector.typed(&chapter.blocks);
    }
    for chapter in chapters {
        collector.blocks(&chapter.blocks);
    }
    collector.out
}

struct Collector<'s> {
    out: Targets,
    /// Where each typed address stands.
    places: BTreeMap<String, Span>,
    /// Addresses of tables, charts and questions, with what they are and where they are defined.
    data: BTreeMap<String, (Said, Span)>,
    /// The number that the next heading of the same words is likely to get.
    numbered_names: BTreeMap<String, u32>,
    sink: &'s mut Sink,
    /// Headings have numbers.
    wanted: bool,
    chapter: u32,
    section: u32,
    numbered: bool,
}

impl Collector<'_> {
    /// Keeps the address of a table, a chart or a question for it, and the name of the file with its data.
    fn reserve(&mut self, block: &DataBlock) {
        match block {
            DataBlock::Table(table) => {
                self.claim(format!("table-{}", table.id), say!("the table `{id}`", id = table.id), table.span);
                self.claim(DataFiles::new(&table.id).csv, say!("the table `{id}`", id = table.id), table.span);
            }
            DataBlock::Chart(chart) => {
                let address = format!("chart-{}", chart.id);
                self.claim(DataFiles::new(&address).csv, say!("the chart `{id}`", id = chart.id), chart.span);
                self.claim(address, say!("the chart `{id}`", id = chart.id), chart.span);
            }
            DataBlock::Question(question) => {
                let address = format!("question-{}", question.id);
                for (id, _) in &question.parts {
                    let what = say!("part `{id}` of the question `{question}`", id, question = question.id);
                    self.claim(format!("{address}-{id}"), what, question.span);
                }
                self.claim(address, say!("the question `{id}`", id = question.id), question.span);
            }
            DataBlock::Bibliography => self.out.references = true,
            _ => {}
        }
    }

    fn claim(&mut self, address: String, what: Said, span: Span) {
        if let Some((other, first)) = self.data.get(&address) {
            let twice = *other == what;
            let message = match twice {
                true => say!("{what} stands twice in the report", what),
                false if address.contains('/') => {
                    say!("{what} and {other} would have the same file `{address}`", what, other, address)
                }
                false => say!("{what} and {other} would have the same address `#{address}`", what, other, address),
            };
            let diagnostic = Diagnostic::error(Code::ANCHOR_DUPLICATE, message);
            self.sink.push(if twice {
                diagnostic.at(span).help(say!("print it once, and refer to it elsewhere"))
            } else {
                diagnostic
                    .label(span, say!("the one"))
                    .also(*first, say!("the other"))
                    .help(say!("give one of them another id"))
            });
            return;
        }
        self.data.insert(address, (what, span));
    }

    fn typed(&mut self, blocks: &[Block]) {
        walk_blocks(blocks, &mut |block| {
            let Block::Heading(Heading { id: Some(id), .. }) = block else { return };
            if let Some((what, defined)) = self.data.get(&id.value) {
                self.sink.push(
                    Diagnostic::error(
                        Code::ANCHOR_DUPLICATE,
                        say!("`#{id}` is the address of {what}", what, id = id.value),
                    )
                    .label(id.span, say!("a heading cannot have it too"))
                    .also(*defined, say!("defined here"))
                    .help(say!("give the heading another {#id}")),
                );
            } else if anchor::KEPT.contains(&id.value.as_str()) {
                self.sink.push(
                    Diagnostic::error(
                        Code::ANCHOR_DUPLICATE,
                        say!("the program itself has the address `#{id}`", id = id.value),
                    )
                    .label(id.span, say!("a heading cannot have it too"))
                    .help(say!("give the heading another {#id}")),
                );
            } else if let Some(first) = self.places.insert(id.value.clone(), id.span) {
                self.sink.push(
                    Diagnostic::error(
                        Code::ANCHOR_DUPLICATE,
                        say!("the address `#{id}` is given twice", id = id.value),
                    )
                    .label(id.span, say!("again here"))
                    .also(first, say!("first here"))
                    .help(say!("give one of the headings another {#id}")),
                );
            }
        });
    }

    fn blocks(&mut self, blocks: &[Block]) {
        walk_blocks(blocks, &mut |block| match block {
            Block::Heading(_) => self.heading(block),
            Block::Data(data) => self.data(data),
            _ => {}
        });
    }

    fn heading(&mut self, block: &Block) {
        let Block::Heading(heading) = block else { return };
        let title = plain(&heading.content);
        let anchor = match &heading.id {
            Some(id) => id.value.clone(),
            None => self.free(&slug(heading.original.as_ref().unwrap_or(&title))),
        };
        let unnumbered = !self.wanted
            || heading
                .classes
                .iter()
                .any(|class| matches!(class.value.as_str(), "unnumbered" | "summary" | "references"));
        if heading.level == 1 {
            self.numbered = !unnumbered;
            self.section = 0;
            self.chapter += u32::from(self.numbered);
        } else if heading.level == 2 && self.numbered && !unnumbered {
            self.section += 1;
        }
        let number = (self.numbered && !unnumbered && heading.level <= NUMBERED_LEVELS).then(|| match heading.level {
            1 => self.chapter.to_string(),
            _ => format!("{}.{}", self.chapter, self.section),
        });
        let target = match (&number, heading.level) {
            (Some(_), 1) => Target::Chapter { number: self.chapter },
            (Some(number), _) => Target::Section { number: number.clone() },
            (None, _) => Target::Unnumbered { title },
        };
        self.out.by_anchor.insert(anchor.clone(), target);
        self.out.headings.push_back(NumberedHeading { number, anchor });
    }

    /// The address, with a number behind it where it is taken.
    fn free(&mut self, wanted: &str) -> String {
        let taken = |name: &str| {
            self.out.by_anchor.contains_key(name)
                || self.places.contains_key(name)
                || self.data.contains_key(name)
                || anchor::KEPT.contains(&name)
        };
        if !taken(wanted) {
            return wanted.to_owned();
        }
        // Many headings of the same words: the next number is known.
        let from = self.numbered_names.get(wanted).copied().unwrap_or(2);
        let found = (from..).find(|n| !taken(&format!("{wanted}-{n}"))).unwrap_or(from);
        self.numbered_names.insert(wanted.to_owned(), found + 1);
        format!("{wanted}-{found}")
    }

    fn data(&mut self, block: &DataBlock) {
        match block {
            DataBlock::Table(table) => {
                self.out.tables += 1;
                self.out.by_anchor.insert(format!("table-{}", table.id), Target::Table { number: self.out.tables });
            }
            DataBlock::Chart(chart) => {
                self.out.charts += 1;
                self.out.by_anchor.insert(format!("chart-{}", chart.id), Target::Chart { number: self.out.charts });
            }
            DataBlock::Question(question) => {
                self.out.questions += 1;
                let number = self.out.questions;
                let anchor = format!("question-{}", question.id);
                for (at, (id, _)) in question.parts.iter().enumerate() {
                    let part = Target::Question { number, part: Some(letter(at)) };
                    self.out.by_anchor.insert(format!("{anchor}-{id}"), part);
                }
                self.out.by_anchor.insert(anchor, Target::Question { number, part: None });
            }
            _ => {}
        }
    }
}
