//! The blocks of a document: paragraphs, lists, tables and frames.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::office::{Fault, attribute, child};

use super::super::flow::{push, roled};
use super::super::inlines::{Look, joined, trim};
use super::super::lists::{Flow, Item, gathered};
use super::super::manuscript::{Block, Cell, Picture, Table, is_blank};
use super::super::remark::Remark;
use super::super::words::Style;
use super::text::Text;
use super::{Reader, count};

impl Reader {
    pub fn gathered(&mut self, parent: Node) -> Result<Vec<Block>, Fault> {
        let mut flow = Vec::new();
        self.blocks(parent, &mut flow)?;
        Ok(gathered(flow))
    }

    fn blocks(&mut self, parent: Node, out: &mut Vec<Flow>) -> Result<(), Fault> {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "h" => {
                    self.paragraph(node, attribute(node, "outline-level").and_then(|level| level.parse().ok()), out)?
                }
                "p" => self.paragraph(node, None, out)?,
                "list" => self.list(node, None, 0, out)?,
                "table" => {
                    let table = self.table(node)?;
                    let is_frame = table.rows.len() == 1 && table.rows.first().is_some_and(|row| row.len() == 1);
                    out.push(Flow::Block(match is_frame {
                        true => Block::Frame(table.rows.into_iter().flatten().flat_map(|cell| cell.blocks).collect()),
                        false => Block::Table(table),
                    }));
                }
                "section" | "index-body" if !is_contents(node) => self.blocks(node, out)?,
                "frame" => out.extend(self.frame(node)?.into_iter().map(Flow::Block)),
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, node: Node, level: Option<u8>, out: &mut Vec<Flow>) -> Result<(), Fault> {
        let (meaning, look) = self.styles.get(attribute(node, "style-name"));
        let meaning = level
            .map(|level| Style::Heading(level.clamp(1, 6)))
            .or(meaning.filter(|meaning| !matches!(meaning, Style::Heading(_))));
        let look = if matches!(meaning, Some(Style::Heading(_) | Style::Title)) { Look::default() } else { look };
        let mut text = Text::default();
        self.runs(node, look, &mut text)?;
        let mut content = joined(text.pieces);
        trim(&mut content);
        if meaning == Some(Style::Contents) {
            return Ok(());
        }
        if !is_blank(&content) {
            push(roled(meaning, content), out);
        }
        for frame in text.frames {
            self.frame(frame)?.into_iter().for_each(|block| push(block, out));
        }
        Ok(())
    }

    /// The items of a list, each with how deep it stands; what holds nothing but a deeper list is how some programs write depth.
    fn list(&mut self, node: Node, above: Option<&str>, depth: usize, out: &mut Vec<Flow>) -> Result<(), Fault> {
        let style = attribute(node, "style-name").or(above);
        let place = (style.unwrap_or_default().to_owned(), depth);
        let goes_on =
            attribute(node, "continue-numbering") == Some("true") || attribute(node, "continue-list").is_some();
        if !goes_on {
            self.numbers.remove(&place);
        }
        for item in node.children().filter(|item| matches!(item.tag_name().name(), "list-item" | "list-header")) {
            let mut own = Vec::new();
            for part in item.children().filter(|part| part.is_element() && part.tag_name().name() != "list") {
                match part.tag_name().name() {
                    "h" => self.paragraph(
                        part,
                        attribute(part, "outline-level").and_then(|level| level.parse().ok()),
                        &mut own,
                    )?,
                    "p" => self.paragraph(part, None, &mut own)?,
                    _ => {}
                }
            }
            let blocks = gathered(own);
            if matches!(blocks.as_slice(), [Block::Heading { .. }]) {
                out.extend(blocks.into_iter().map(Flow::Block));
            } else if !blocks.is_empty() {
                let first = self.styles.first_number(style, depth + 1);
                let start = attribute(item, "start-value").and_then(|start| start.parse().ok());
                let next = start.or_else(|| self.numbers.get(&place).map(|last| last.saturating_add(1)));
                let number = first.map(|first| next.unwrap_or(first));
                if let Some(number) = number {
                    self.numbers.insert(place.clone(), number);
                }
                out.push(Flow::Item(Item { depth, number, blocks }));
            }
            for inner in item.children().filter(|part| part.tag_name().name() == "list") {
                self.list(inner, style, depth + 1, out)?;
            }
        }
        Ok(())
    }

    fn table(&mut self, node: Node) -> Result<Table, Fault> {
        let mut out = Table::default();
        // Cells that go on downwards: by column, how many rows are left, and what they show.
        let mut down: BTreeMap<usize, (usize, Cell)> = BTreeMap::new();
        let mut rows = Vec::new();
        collect_rows(node, false, &mut rows);
        for (row, is_head) in rows {
            let mut cells: Vec<Cell> = Vec::new();
            let mut at = 0;
            let mut covered = 0;
            for cell in row.children().filter(Node::is_element) {
                match cell.tag_name().name() {
                    "covered-table-cell" => {
                        for _ in 0..count(cell, "number-columns-repeated") {
                            match down.get_mut(&at).filter(|_| covered == 0) {
                                Some((left, above)) if *left > 0 => {
                                    *left -= 1;
                                    covered = above.columns - 1;
                                    cells.push(Cell { continues: true, ..above.clone() });
                                }
                                _ => covered = covered.saturating_sub(1),
                            }
                            at += 1;
                        }
                    }
                    "table-cell" => {
                        let blocks = self.gathered(cell)?;
                        let own = Cell { blocks, columns: count(cell, "number-columns-spanned"), continues: false };
                        covered = own.columns - 1;
                        down.insert(at, (count(cell, "number-rows-spanned") - 1, own.clone()));
                        let times = if own.columns > 1 { 1 } else { count(cell, "number-columns-repeated") };
                        cells.extend(std::iter::repeat_n(own, times));
                        at += times;
                    }
                    _ => {}
                }
            }
            out.header_rows += usize::from(is_head);
            out.rows.push(cells);
        }
        Ok(out)
    }

    fn frame(&mut self, node: Node) -> Result<Vec<Block>, Fault> {
        let mut out = Vec::new();
        let text =
            |name: &str| child(node, name).and_then(|text| text.text()).map(str::trim).filter(|text| !text.is_empty());
        let alt = text("desc").or_else(|| text("title")).unwrap_or_default().to_owned();
        let is_object = child(node, "object").is_some();
        for part in node.children().filter(Node::is_element) {
            match part.tag_name().name() {
                "image" if !is_object => {
                    let target = attribute(part, "href").unwrap_or_default().trim_start_matches("./").to_owned();
                    let file = target.rsplit('/').next().unwrap_or_default().to_owned();
                    match self.package.bytes(&target)? {
                        Some(bytes) => {
                            self.pictures.insert(file.clone(), bytes);
                            out.push(Block::Picture(Picture { file, alt: alt.clone(), caption: Vec::new() }));
                        }
                        None => out.push(Block::Remark(Remark::picture_outside(&target))),
                    }
                    // Further images are the same in other formats.
                    break;
                }
                "object" => out.push(Block::Remark(Remark::object(&alt))),
                "text-box" => {
                    let blocks = self.gathered(part)?;
                    // A picture with its caption is framed too.
                    match blocks.iter().any(|block| matches!(block, Block::Picture(_) | Block::Table(_))) {
                        true => out.extend(blocks),
                        false if blocks.is_empty() => {}
                        false => out.push(Block::Frame(blocks)),
                    }
                }
                _ => {}
            }
        }
        if matches!(node.tag_name().name(), "custom-shape" | "g") {
            let blocks = self.gathered(node)?;
            out.extend((!blocks.is_empty()).then_some(Block::Frame(blocks)));
        }
        Ok(out)
    }
}

fn is_contents(node: Node) -> bool {
    attribute(node, "name").is_some_and(|name| name.to_lowercase().starts_with("table of contents"))
}

/// The rows of a table, also those in groups, and whether they are its header.
fn collect_rows<'a, 'i: 'a>(node: Node<'a, 'i>, is_head: bool, out: &mut Vec<(Node<'a, 'i>, bool)>) {
    for part in node.children().filter(Node::is_element) {
        match part.tag_name().name() {
            "table-row" => out.push((part, is_head)),
            "table-header-rows" => collect_rows(part, true, out),
            "table-rows" | "table-row-group" => collect_rows(part, is_head, out),
            _ => {}
        }
    }
}
