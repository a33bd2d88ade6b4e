//! The blocks of a part: paragraphs, tables, and what is drawn in them.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::diagnostic::say;
use crate::office::{Fault, attribute, child};

use super::super::flow::{push, roled};
use super::super::inlines::{Look, Piece, joined, trim};
use super::super::lists::{Flow, Item};
use super::super::manuscript::{Block, Cell, Inline, Picture, Table, is_blank};
use super::super::remark::Remark;
use super::super::words::Style;
use super::runs::Text;
use super::styles::{numbering_of, outline_level, says_yes};
use super::{Reader, charts, tree_of};

impl Reader {
    /// Reads what stands in the body, a cell, a note or a text box.
    pub fn blocks(&mut self, parent: Node, out: &mut Vec<Flow>) -> Result<(), Fault> {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => self.paragraph(node, out)?,
                "tbl" => {
                    let table = self.table(node)?;
                    out.extend(table.map(|table| Flow::Block(framed(table))));
                }
                "sdt" if is_contents(node) => {}
                "sdt"
                    if tag(node)
                        .is_some_and(|tag| !self.cited.is_empty() && tag.starts_with("MENDELEY_BIBLIOGRAPHY")) =>
                {
                    out.push(Flow::Block(Block::References));
                }
                "sdt" => {
                    if let Some(content) = child(node, "sdtContent") {
                        self.blocks(content, out)?;
                    }
                }
                "ins" | "moveTo" => {
                    self.found.inserted += 1;
                    self.blocks(node, out)?;
                }
                "del" | "moveFrom" => self.found.deleted += 1,
                // Before a paragraph it is of that.
                "bookmarkStart" => self.bookmarks.extend(attribute(node, "name").map(str::to_owned)),
                "customXml" | "smartTag" => self.blocks(node, out)?,
                "AlternateContent" => {
                    let chosen = child(node, "Choice").or_else(|| child(node, "Fallback"));
                    if let Some(chosen) = chosen {
                        self.blocks(chosen, out)?;
                    }
                }
                "altChunk" => out.push(Flow::Block(Block::Remark(Remark::new(
                    say!("a document within the document was left out"),
                    say!("open it in the word processor, save it anew, and import it again"),
                )))),
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, node: Node, out: &mut Vec<Flow>) -> Result<(), Fault> {
        let properties = child(node, "pPr");
        let id =
            properties.and_then(|properties| child(properties, "pStyle")).and_then(|style| attribute(style, "val"));
        let style = self.styles.get(id).clone();
        let outline = properties.and_then(outline_level).map(Style::Heading);
        let meaning = style.meaning.or(outline);
        let own = properties.and_then(|properties| child(properties, "numPr"));
        let numbering = match own {
            Some(own) => numbering_of(own).or_else(|| {
                let (id, _) = style.numbering.clone()?;
                let level = child(own, "ilvl").and_then(|level| attribute(level, "val")?.parse().ok());
                Some((id, level.unwrap_or(0)))
            }),
            None => style.numbering.clone(),
        };
        let is_heading = matches!(meaning, Some(Style::Heading(_) | Style::Title));
        let look = if is_heading { Look::default() } else { style.look };
        let mut text = Text::default();
        let bookmarks = std::mem::take(&mut self.bookmarks).into_iter().map(Inline::Anchor);
        text.pieces.extend(bookmarks.map(|inline| Piece { look: Look::default(), inline }));
        self.runs(node, look, &mut text)?;
        let mut drawn = Vec::new();
        for part in text.drawn {
            drawn.extend(self.drawn(part)?);
        }
        let mut content = joined(text.pieces);
        trim(&mut content);
        if meaning == Some(Style::Contents) {
            return Ok(());
        }
        let item = numbering
            .filter(|_| !is_heading)
            .and_then(|(id, level)| Some((level, self.numbering.next(&id, level)?.number())));
        let mut blocks: Vec<Block> = Vec::new();
        let is_text = !is_blank(&content) || has_remark(&content);
        if is_text {
            blocks.push(roled(meaning, content));
        }
        blocks.extend(drawn);
        if std::mem::take(&mut self.references) {
            blocks.push(Block::References);
        }
        match item {
            Some((depth, number)) if is_text => out.push(Flow::Item(Item { depth, number, blocks })),
            _ => blocks.into_iter().for_each(|block| push(block, out)),
        }
        Ok(())
    }

    fn table(&mut self, node: Node) -> Result<Option<Table>, Fault> {
        let mut out = Table::default();
        // What each column shows, for cells that go on downwards.
        let mut above: BTreeMap<usize, Vec<Block>> = BTreeMap::new();
        for row in rows(node) {
            let properties = child(row, "trPr");
            let says = |name: &str| properties.and_then(|properties| child(properties, name));
            if says("del").is_some() {
                self.found.deleted += 1;
                continue;
            }
            let count =
                |name: &str| says(name).and_then(|node| attribute(node, "val")?.parse::<usize>().ok()).unwrap_or(0);
            let blank = |columns| Cell { blocks: Vec::new(), columns, continues: false };
            let mut cells: Vec<Cell> = Vec::new();
            cells.extend((count("gridBefore") > 0).then(|| blank(count("gridBefore").min(MOST_COLUMNS))));
            for cell in cells_of(row) {
                let properties = child(cell, "tcPr");
                let value = |name: &str| properties.and_then(|properties| child(properties, name));
                let columns = value("gridSpan").and_then(|span| attribute(span, "val")?.parse().ok()).unwrap_or(1);
                let columns: usize = columns.clamp(1, MOST_COLUMNS);
                let continues = value("vMerge").is_some_and(|merge| attribute(merge, "val") != Some("restart"));
                let at: usize = cells.iter().map(|cell| cell.columns).sum();
                let blocks = match above.get(&at).filter(|_| continues) {
                    Some(blocks) => blocks.clone(),
                    None => self.gathered(cell)?,
                };
                above.insert(at, blocks.clone());
                cells.push(Cell { blocks, columns, continues });
            }
            if says("tblHeader").is_some_and(|node| attribute(node, "val").is_none_or(says_yes))
                && out.header_rows == out.rows.len()
            {
                out.header_rows += 1;
            }
            out.rows.push(cells);
        }
        Ok((!out.rows.is_empty()).then_some(out))
    }

    /// Pictures, text boxes and whatever else is drawn.
    fn drawn(&mut self, node: Node) -> Result<Vec<Block>, Fault> {
        if node.tag_name().name() == "AlternateContent" {
            for choice in node.children().filter(Node::is_element) {
                let found = self.drawn(choice)?;
                if !found.is_empty() {
                    return Ok(found);
                }
            }
            return Ok(Vec::new());
        }
        let mut out = Vec::new();
        let mut boxes = Vec::new();
        outermost(node, "txbxContent", &mut boxes);
        for text in boxes {
            let blocks = self.gathered(text)?;
            if !blocks.is_empty() {
                out.push(Block::Frame(blocks));
            }
        }
        let drawing = |part: &Node| {
            !part.ancestors().take_while(|above| above != &node).any(|above| above.tag_name().name() == "txbxContent")
        };
        for part in node.descendants().filter(drawing) {
            match part.tag_name().name() {
                "blip" | "imagedata" => out.extend(self.picture(part)?),
                "chart" => out.push(self.chart(part)?),
                "relIds" => out.push(Block::Remark(Remark::new(
                    say!("a SmartArt drawing was left out: “{words}”", words = alternative(part).unwrap_or_default()),
                    say!("write it as a list, or save it as a picture"),
                ))),
                "OLEObject" => out.push(Block::Remark(Remark::object(&alternative(part).unwrap_or_default()))),
                _ => {}
            }
        }
        Ok(out)
    }

    fn chart(&mut self, node: Node) -> Result<Block, Fault> {
        let part = attribute(node, "id").and_then(|id| self.relations.get(id)).map(|relation| relation.target.clone());
        let table = match part {
            Some(part) => tree_of(&mut self.package, &part, charts::table)?.flatten(),
            None => None,
        };
        Ok(table.map_or_else(
            || {
                let what = say!("a chart was left out: “{words}”", words = alternative(node).unwrap_or_default());
                Block::Remark(Remark::new(what, say!("make a table of its numbers, and a chart of that")))
            },
            Block::Table,
        ))
    }

    fn picture(&mut self, node: Node) -> Result<Option<Block>, Fault> {
        let id = attribute(node, "embed").or_else(|| attribute(node, "id")).or_else(|| attribute(node, "link"));
        let Some(relation) = id.and_then(|id| self.relations.get(id)) else { return Ok(None) };
        let alt = alternative(node).unwrap_or_default();
        if relation.is_external {
            return Ok(Some(Block::Remark(Remark::picture_outside(&relation.target))));
        }
        let file = relation.target.rsplit('/').next().unwrap_or_default().to_owned();
        let Some(bytes) = self.package.bytes(&relation.target.clone())? else { return Ok(None) };
        self.pictures.insert(file.clone(), bytes);
        Ok(Some(Block::Picture(Picture { file, alt, caption: Vec::new() })))
    }
}

/// Columns of a table that are counted at most.
const MOST_COLUMNS: usize = 1000;

fn has_remark(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| matches!(inline, Inline::Remark(_)) || has_remark(inline.content()))
}

/// A table of one cell is a frame around text.
fn framed(mut table: Table) -> Block {
    match table.rows.as_mut_slice() {
        [row] if row.len() == 1 => Block::Frame(row.pop().map(|cell| cell.blocks).unwrap_or_default()),
        _ => Block::Table(table),
    }
}

fn rows<'a, 'i: 'a>(table: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    within(table, "tr")
}

fn cells_of<'a, 'i: 'a>(row: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    within(row, "tc")
}

/// The elements of this name in another, also those that a content control or a tracked insertion is around.
fn within<'a, 'i: 'a>(parent: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let mut out = Vec::new();
    for node in parent.children().filter(Node::is_element) {
        match node.tag_name().name() {
            found if found == name => out.push(node),
            "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" => out.extend(within(node, name)),
            _ => {}
        }
    }
    out
}

/// The elements of this name that stand in none of the same name.
fn outermost<'a, 'i: 'a>(node: Node<'a, 'i>, name: &str, out: &mut Vec<Node<'a, 'i>>) {
    for part in node.children().filter(Node::is_element) {
        match part.tag_name().name() {
            found if found == name => out.push(part),
            _ => outermost(part, name, out),
        }
    }
}

/// A content control that holds a table of contents.
fn is_contents(node: Node) -> bool {
    let gallery = child(node, "sdtPr")
        .and_then(|properties| child(properties, "docPartObj"))
        .and_then(|part| child(part, "docPartGallery"))
        .and_then(|gallery| attribute(gallery, "val"));
    gallery.is_some_and(|gallery| gallery.to_lowercase().contains("table of"))
}

/// What a program calls a content control of its own.
fn tag<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    attribute(child(child(node, "sdtPr")?, "tag")?, "val")
}

/// The alternative text of a drawing.
fn alternative(node: Node) -> Option<String> {
    let text = node.ancestors().find_map(|above| {
        let own = ["docPr", "cNvPr"].into_iter().find_map(|name| {
            let properties =
                above.children().filter(Node::is_element).find_map(|part| match part.tag_name().name() {
                    found if found == name => Some(part),
                    "nvPicPr" => child(part, name),
                    _ => None,
                })?;
            attribute(properties, "descr").filter(|text| !text.trim().is_empty())
        });
        own.or_else(|| attribute(above, "alt").filter(|_| above.tag_name().name() == "shape"))
    })?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}
