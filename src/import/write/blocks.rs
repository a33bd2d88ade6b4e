//! Blocks as the lines of chapters.

use super::super::manuscript::{Block, Definition, Inline, List, Manuscript, Picture, is_blank, words};
use super::super::remark::{Remark, beginning};
use super::inline::{Markdown, markdown};
use super::plan::{PICTURES, Plan, begins_before_headings, nested};
use super::{Line, Lines, escape, table};
use crate::diagnostic::say;

/// What the blocks of a manuscript become.
pub struct Written {
    /// With the names of their files.
    pub chapters: Vec<(String, Lines)>,
    /// The file of tables.
    pub tables: Lines,
    /// By their ids.
    pub charts: Vec<(String, String)>,
}

pub fn written(manuscript: &Manuscript, plan: &Plan) -> Written {
    let mut writer = Writer {
        manuscript,
        plan,
        tables: Lines::default(),
        charts: Vec::new(),
        table: 0,
        heading: 0,
        under: String::new(),
        notes: Vec::new(),
    };
    let mut out = Vec::new();
    let mut rest = manuscript.blocks.as_slice();
    let mut opening = !begins_before_headings(rest);
    for file in &plan.chapters {
        let is_chapter = |block: &Block| matches!(block, Block::Heading { level: 1, .. });
        let first = usize::from(opening);
        let end = rest.iter().skip(first).position(is_chapter).map_or(rest.len(), |at| at + first);
        let (own, after) = rest.split_at(end);
        let mut lines = Vec::new();
        if !opening {
            let title = manuscript.facts.title.as_deref().filter(|_| plan.headings.is_empty());
            let remark = Remark::new(
                say!("this text stands before the first heading of the document"),
                say!("give it a heading, move it into a chapter, or delete it where the first page says the same"),
            );
            lines.push(Line {
                text: format!("# {} {{.unnumbered}}", escape::text(title.unwrap_or(plan.opening()))),
                remarks: vec![remark],
            });
        }
        opening = true;
        let body = writer.blocks(own);
        if !lines.is_empty() && !body.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(body);
        lines.extend(writer.notes());
        out.push((file.clone(), Lines(lines)));
        rest = after;
    }
    Written { chapters: out, tables: writer.tables, charts: writer.charts }
}

struct Writer<'a> {
    manuscript: &'a Manuscript,
    plan: &'a Plan,
    tables: Lines,
    charts: Vec<(String, String)>,
    /// How many tables and headings were written.
    table: usize,
    heading: usize,
    /// The heading that the text stands under.
    under: String,
    /// Notes that the chapter refers to and that are not written yet.
    notes: Vec<String>,
}

impl Writer<'_> {
    /// Blocks with an empty line between.
    fn blocks(&mut self, blocks: &[Block]) -> Vec<Line> {
        let mut out: Vec<Line> = Vec::new();
        let mut left: Vec<Remark> = Vec::new();
        let mut before: Option<&Block> = None;
        for block in blocks {
            if let Block::Remark(remark) = block {
                match out.last_mut() {
                    Some(line) => line.remarks.push(remark.clone()),
                    None => left.push(remark.clone()),
                }
                continue;
            }
            // Two lists in a row would be read as one.
            let other = matches!((before, block), (Some(Block::List(a)), Block::List(b)) if a.ordered.is_some() == b.ordered.is_some());
            let mut lines = self.block(block);
            if lines.is_empty() {
                continue;
            }
            if let Some(first) = lines.first_mut() {
                first.remarks.append(&mut left);
            }
            if !out.is_empty() {
                out.push(Line::default());
            }
            if other {
                out.push(Line::new("<!-- -->"));
                out.push(Line::default());
            }
            out.append(&mut lines);
            before = Some(block);
        }
        out
    }

    fn block(&mut self, block: &Block) -> Vec<Line> {
        match block {
            Block::Heading { level, content } => self.heading(*level, content),
            Block::Paragraph { content, .. } => self.paragraph(content),
            Block::List(list) => self.list(list),
            Block::Quotation(blocks) => prefixed(self.blocks(blocks), "> ", "> "),
            Block::Frame(blocks) => self.frame(blocks),
            Block::Definitions(definitions) => self.definitions(definitions),
            Block::Table(table) => self.table(table),
            Block::Picture(picture) => self.picture(picture),
            Block::Code(code) => fenced(code),
            Block::References => vec![Line::new("{{ references }}")],
            Block::Remark(_) => Vec::new(),
        }
    }

    fn markdown(&mut self, content: &[Inline]) -> Markdown {
        let written = markdown(content, self.plan);
        self.notes.extend(written.notes.iter().cloned());
        written
    }

    fn heading(&mut self, level: u8, content: &[Inline]) -> Vec<Line> {
        let written = self.markdown(content);
        self.under = words(content);
        let id = self.plan.headings.get(self.heading).map_or("", String::as_str);
        self.heading += 1;
        let text = written.text.replace("\\\n", " ");
        vec![Line {
            text: format!("{} {} {{#{id}}}", "#".repeat(usize::from(level)), text.trim()),
            remarks: written.remarks,
        }]
    }

    fn paragraph(&mut self, content: &[Inline]) -> Vec<Line> {
        let written = self.markdown(content);
        lines(written)
    }

    fn list(&mut self, list: &List) -> Vec<Line> {
        let mut out: Vec<Line> = Vec::new();
        let tight = list.items.iter().all(|item| is_tight(item));
        for (at, item) in list.items.iter().enumerate() {
            let marker = match list.ordered {
                Some(first) => format!("{}. ", first.saturating_add(at as u64)),
                None => "- ".to_owned(),
            };
            let mut lines = self.blocks(item);
            if tight {
                lines.retain(|line| !line.text.is_empty());
            }
            if lines.is_empty() {
                lines.push(Line::default());
            }
            if !tight && at > 0 {
                out.push(Line::default());
            }
            out.extend(prefixed(lines, &marker, &" ".repeat(marker.len())));
        }
        out
    }

    /// Text in a frame is a callout, unless what it frames stands on its own in a report.
    fn frame(&mut self, blocks: &[Block]) -> Vec<Line> {
        let plain = |block: &Block| {
            matches!(
                block,
                Block::Paragraph { .. }
                    | Block::List(_)
                    | Block::Quotation(_)
                    | Block::Heading { .. }
                    | Block::Remark(_)
            )
        };
        if !blocks.iter().all(plain) {
            return self.blocks(blocks);
        }
        let (title, rest) = match blocks.split_first() {
            Some((Block::Heading { content, .. }, rest)) => (Some(content.as_slice()), rest),
            Some((Block::Paragraph { content, .. }, rest)) if !rest.is_empty() => match content.as_slice() {
                [Inline::Strong(content)] => (Some(content.as_slice()), rest),
                _ => (None, blocks),
            },
            _ => (None, blocks),
        };
        let mut first = Line::new("[!NOTE]");
        match title {
            Some(title) => {
                let written = self.markdown(title);
                first.text = format!("[!NOTE] {}", written.text.replace("\\\n", " "));
                first.remarks = written.remarks;
            }
            None => first.remarks.push(Remark::new(
                say!("a framed text became a note"),
                say!("give it a title behind [!NOTE], or take the frame away"),
            )),
        }
        let flat: Vec<Block> = rest.iter().map(without_heading).collect();
        let mut lines = vec![first];
        lines.extend(self.blocks(&flat));
        prefixed(lines, "> ", "> ")
    }

    fn definitions(&mut self, definitions: &[Definition]) -> Vec<Line> {
        let mut out = Vec::new();
        for definition in definitions {
            if !out.is_empty() {
                out.push(Line::default());
            }
            let description = self.blocks(&definition.description);
            if is_blank(&definition.term) {
                out.extend(description);
                continue;
            }
            let term = self.markdown(&definition.term);
            out.push(Line { text: escape::line(&term.text.replace("\\\n", " ")), remarks: term.remarks });
            let description = if description.is_empty() { vec![Line::new("–")] } else { description };
            out.extend(prefixed(description, ": ", "  "));
        }
        out
    }

    fn table(&mut self, given: &super::super::manuscript::Table) -> Vec<Line> {
        let id = self.plan.tables.get(self.table).cloned().unwrap_or_default();
        self.table += 1;
        let entry = table::entry(given, &id, &self.under, self.manuscript, self.plan);
        if self.tables.0.is_empty() {
            self.tables.0.push(Line::new("tables:"));
        }
        self.tables.0.extend(entry.lines.0);
        let name = if entry.chart.is_some() { "chart" } else { "table" };
        let mut out = vec![Line::new(format!("{{{{ {name} {id} }}}}"))];
        self.charts.extend(entry.chart.map(|chart| (id, chart)));
        for block in nested(given) {
            let mut inner = self.block(block);
            if let Some(first) = inner.first_mut() {
                first.remarks.push(Remark::new(
                    say!("this stood in a cell of the table above"),
                    say!("see that the table can be read without it"),
                ));
            }
            out.push(Line::default());
            out.extend(inner);
        }
        out
    }

    fn picture(&mut self, picture: &Picture) -> Vec<Line> {
        let caption = self.markdown(&picture.caption);
        let mut remarks = caption.remarks;
        let caption = caption.text.replace("\\\n", " ");
        let drawn =
            ["png", "jpg", "jpeg", "svg"].iter().any(|end| picture.file.to_lowercase().ends_with(&format!(".{end}")));
        let path = format!("{PICTURES}/{}", picture.file);
        if !drawn {
            remarks.push(Remark::new(
                say!(
                    "the picture {path} is of a kind that pages cannot show: {words}",
                    path,
                    words = beginning(&picture.alt)
                ),
                say!("save it as PNG, JPEG or SVG, and write ![Alternative text](file.png \"Caption\") here"),
            ));
            let text =
                if caption.is_empty() { escape::line(&escape::text(&picture.alt)) } else { escape::line(&caption) };
            let text = if text.is_empty() { format!("<!-- {path} -->") } else { text };
            return vec![Line { text, remarks }];
        }
        let mut alt = picture.alt.clone();
        if alt.trim().is_empty() {
            alt = match is_blank(&picture.caption) {
                true => self.plan.no_alternative().to_owned(),
                false => words(&picture.caption),
            };
            remarks.push(Remark::new(
                say!("the picture {path} has no alternative text", path),
                say!("say between the brackets what it shows, for readers who do not see it"),
            ));
        }
        let title = if caption.is_empty() { String::new() } else { format!(" \"{}\"", escape::title(&caption)) };
        vec![Line { text: format!("![{}]({path}{title})", escape::text(&alt)), remarks }]
    }

    /// The notes that the chapter refers to, at its end.
    fn notes(&mut self) -> Vec<Line> {
        let mut out = Vec::new();
        let mut at = 0;
        // A note may refer to another.
        while let Some(name) = self.notes.get(at).cloned() {
            at += 1;
            if self.notes[..at - 1].contains(&name) {
                continue;
            }
            let blocks = self.manuscript.notes.get(&name).cloned().unwrap_or_default();
            let flat: Vec<Block> = blocks.iter().map(without_heading).collect();
            let mut lines = self.blocks(&flat);
            if lines.is_empty() {
                lines.push(Line {
                    text: "–".to_owned(),
                    remarks: vec![Remark::new(say!("the note has no text"), say!("write it, or delete the note"))],
                });
            }
            out.push(Line::default());
            out.extend(prefixed(lines, &format!("[^{name}]: "), "    "));
        }
        self.notes.clear();
        out
    }
}

/// Headings stand outside of frames and notes; within, they are strong.
fn without_heading(block: &Block) -> Block {
    match block {
        Block::Heading { content, .. } => Block::body(vec![Inline::Strong(content.clone())]),
        other => other.clone(),
    }
}

/// A paragraph and lists in it need no empty lines.
fn is_tight(item: &[Block]) -> bool {
    match item {
        [] | [Block::Paragraph { .. }] => true,
        [Block::Paragraph { .. }, Block::List(list)] => {
            list.ordered.is_none_or(|first| first == 1) && list.items.iter().all(|item| is_tight(item))
        }
        _ => false,
    }
}

/// The lines of what was written, each safe from being read as another block.
fn lines(written: Markdown) -> Vec<Line> {
    let mut lines: Vec<Line> =
        written.text.split('\n').map(|line| Line::new(escape::line(line.trim_end_matches([' ', '\t'])))).collect();
    // A line break at the end is none.
    while lines.last().is_some_and(|line| line.text.is_empty()) && lines.len() > 1 {
        lines.pop();
    }
    if let Some(first) = lines.first_mut() {
        first.remarks = written.remarks;
    }
    if lines.iter().all(|line| line.text.is_empty() && line.remarks.is_empty()) { Vec::new() } else { lines }
}

fn fenced(code: &str) -> Vec<Line> {
    let most = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(most.max(2) + 1);
    let lines = std::iter::once(fence.as_str()).chain(code.lines()).chain([fence.as_str()]);
    lines.map(Line::new).collect()
}

fn prefixed(lines: Vec<Line>, first: &str, others: &str) -> Vec<Line> {
    let with = |(at, line): (usize, Line)| {
        let prefix = if at == 0 { first } else { others };
        let text = if line.text.is_empty() { prefix.trim_end().to_owned() } else { format!("{prefix}{}", line.text) };
        Line { text, remarks: line.remarks }
    };
    lines.into_iter().enumerate().map(with).collect()
}
