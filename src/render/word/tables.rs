//! Tables: header rows that Word knows as such, widths as the PDF counts them, and what stands below.

use super::blocks::Room;
use super::look::{Look, Style};
use super::writer::Writer;
use super::{Belonging, WIDTH, words};
use crate::document::resolved::{HeadCell, Inline, Row, Table, plain_text};
use crate::office::Markup;
use crate::render::layout;

/// Half points: the type of tables, and of those that have little room.
const SIZES: [u32; 3] = [19, 17, 15];

/// The air at both sides of a cell, in twentieths of a point.
const AIR: f64 = 140.0;

/// A cell as it is written; none where one from above reaches into this place.
struct Place<'a> {
    cell: Option<(&'a [Inline], Look)>,
    span: usize,
    /// It reaches into the rows below, or is the reach of one above.
    merged: bool,
    align: &'a str,
    /// Of a value from data.
    key: Option<&'a [String; 3]>,
    /// What is heard for the mark of a protected value.
    protected: Option<&'a str>,
}

impl Writer<'_> {
    pub fn table(&mut self, table: &Table, room: &Room) {
        let outer = std::mem::replace(&mut self.belonging, Belonging::Table(table.origin));
        if let Some(words) = &table.caption {
            self.caption(table.label.as_deref(), &table.anchor, words, room);
        }
        self.grid(table, room);
        for note in &table.notes {
            self.below(Some(&note.mark), &note.content, room);
        }
        for line in &table.legend {
            self.below(Some(&line.mark), &line.content, room);
        }
        self.sources(table.note.as_deref(), table.source.as_deref(), room);
        self.belonging = outer;
        self.figure_end();
    }

    /// The room below a table or a chart. What comes next would touch a table without words below it, and another table would grow together with it.
    pub fn figure_end(&mut self) {
        self.story.xml.open("w:p", &[]);
        Style::named("FigureEnd").write(&mut self.story.xml);
        self.story.xml.close();
    }

    /// "Tabell 5. Diagnoser", over a table or a chart.
    pub fn caption(&mut self, label: Option<&str>, anchor: &str, words: &[Inline], room: &Room) {
        self.paragraph(&room.style("Caption"), |writer, out| {
            writer.marked(anchor, out, |writer, out| {
                if let Some(label) = label {
                    out.own(&format!("{label}."), &Look::styled("Label"));
                    out.own(" ", &Look::default());
                }
                writer.inlines(words, &Look::default(), out);
            });
        });
    }

    /// Note and source, below a table or a chart.
    pub fn sources(&mut self, note: Option<&[Inline]>, source: Option<&[Inline]>, room: &Room) {
        for (words, key) in [(note, "note"), (source, "source")] {
            let label = format!("{}:", self.label(key));
            words.iter().for_each(|words| self.below(Some(&label), words, room));
        }
    }

    pub fn below(&mut self, lead: Option<&str>, words: &[Inline], room: &Room) {
        self.paragraph(&room.style("FigureNote"), |writer, out| {
            lead.iter().for_each(|lead| out.own(&format!("{lead} "), &Look::default()));
            writer.inlines(words, &Look::default(), out);
        });
    }

    fn grid(&mut self, table: &Table, room: &Room) {
        let within = (WIDTH - room.indent.min(WIDTH / 2)) as f64;
        let (widths, size) = widths(table, within);
        let total: usize = widths.iter().sum();
        self.story.xml.open("w:tbl", &[]).open("w:tblPr", &[]);
        self.story.xml.empty("w:tblStyle", &[("w:val", "ReportTable")]);
        self.story.xml.empty("w:tblW", &[("w:w", total.to_string().as_str()), ("w:type", "dxa")]);
        if room.indent > 0 {
            self.story.xml.empty("w:tblInd", &[("w:w", room.indent.to_string().as_str()), ("w:type", "dxa")]);
        }
        self.story.xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        let row_headers = table.rows.iter().any(|row| row.cells.iter().any(|cell| cell.header));
        let (first_row, first_column) =
            (if table.head.is_empty() { "0" } else { "1" }, if row_headers { "1" } else { "0" });
        self.story.xml.empty(
            "w:tblLook",
            &[
                ("w:val", "0000"),
                ("w:firstRow", first_row),
                ("w:firstColumn", first_column),
                ("w:noHBand", "1"),
                ("w:noVBand", "1"),
            ],
        );
        let told = if table.caption_text.is_empty() { plain_head(table) } else { table.caption_text.clone() };
        self.story.xml.empty("w:tblCaption", &[("w:val", told.as_str())]).close();
        self.story.xml.open("w:tblGrid", &[]);
        for width in &widths {
            self.story.xml.empty("w:gridCol", &[("w:w", width.to_string().as_str())]);
        }
        self.story.xml.close();
        for places in head(&table.head, widths.len()) {
            self.row(&places, &widths, true, size);
        }
        for row in &table.rows {
            self.row(&body(row), &widths, false, size);
        }
        self.story.xml.close();
    }

    fn row(&mut self, places: &[Place<'_>], widths: &[usize], header: bool, size: Option<u32>) {
        self.story.xml.open("w:tr", &[]).open("w:trPr", &[]).empty("w:cantSplit", &[]);
        if header {
            self.story.xml.empty("w:tblHeader", &[]);
        }
        self.story.xml.close();
        let mut column = 0;
        for place in places {
            let width: usize = widths.iter().skip(column).take(place.span).sum();
            column += place.span;
            let xml = &mut self.story.xml;
            xml.open("w:tc", &[]).open("w:tcPr", &[]);
            xml.empty("w:tcW", &[("w:w", width.to_string().as_str()), ("w:type", "dxa")]);
            if place.span > 1 {
                xml.empty("w:gridSpan", &[("w:val", place.span.to_string().as_str())]);
            }
            merge(xml, place);
            xml.close();
            let align = if header && place.span > 1 { "center" } else { place.align };
            let style = Style { align: Some(align.to_owned()), ..Style::named("TableText") };
            let table = self.belonging.clone();
            if let (Belonging::Table(table), Some(key)) = (&table, place.key) {
                self.belonging = Belonging::Cell { table: *table, key: key.clone() };
            }
            self.paragraph(&style, |writer, out: &mut words::Words| {
                let Some((content, look)) = &place.cell else { return };
                let look = Look { size, ..look.clone() };
                match place.protected {
                    // Word reads out what a control is called.
                    Some(words) => writer.locked(words, "", out, |out| out.own(&plain_text(content), &look)),
                    None => writer.inlines(content, &look, out),
                }
            });
            self.belonging = table;
            self.story.xml.close();
        }
        self.story.xml.close();
    }
}

fn merge(xml: &mut Markup, place: &Place<'_>) {
    match (place.merged, &place.cell) {
        (true, Some(_)) => xml.empty("w:vMerge", &[("w:val", "restart")]),
        (true, None) => xml.empty("w:vMerge", &[]),
        _ => xml,
    };
}

/// The words of the header, for a table without caption.
fn plain_head(table: &Table) -> String {
    let words = table.head.iter().flatten().map(|cell| plain_text(&cell.content));
    words.collect::<Vec<_>>().join(", ")
}

/// The header rows with what reaches into them from above.
fn head(rows: &[Vec<HeadCell>], columns: usize) -> Vec<Vec<Place<'_>>> {
    // How many rows below a cell reaches, and over how many columns.
    let mut reach = vec![(0, 1); columns];
    let mut out = Vec::new();
    for row in rows {
        let mut cells = row.iter();
        let mut places = Vec::new();
        let mut column = 0;
        while column < columns {
            let (rows, span) = reach[column];
            if rows > 0 {
                reach[column].0 -= 1;
                places.push(Place { cell: None, span, merged: true, align: "start", key: None, protected: None });
                column += span;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            let span = (cell.colspan.max(1) as usize).min(columns - column);
            reach[column] = (cell.rowspan.saturating_sub(1), span);
            let merged = cell.rowspan > 1;
            places.push(Place {
                cell: Some((&cell.content, Look::bold())),
                span,
                merged,
                align: &cell.align,
                key: None,
                protected: None,
            });
            column += span;
        }
        out.push(places);
    }
    out
}

fn body(row: &Row) -> Vec<Place<'_>> {
    let cells = row.cells.iter().map(|cell| {
        let look = if row.total || cell.total { Look::bold() } else { Look::default() };
        let protected = cell.blank.as_deref().filter(|_| cell.protected);
        let key = cell.key.as_ref();
        Place { cell: Some((&cell.content, look)), span: 1, merged: false, align: &cell.align, key, protected }
    });
    cells.collect()
}

/// The width of each column in twentieths of a point, and the size of type where it is not that of tables.
fn widths(table: &Table, room: f64) -> (Vec<usize>, Option<u32>) {
    let asked = layout::table(table).widths;
    let natural = |size: u32| asked.iter().map(|em| em * f64::from(size) * 10.0 + AIR).sum::<f64>();
    let fits = SIZES.into_iter().find(|size| natural(*size) <= room * 1.15);
    let size = fits.unwrap_or(SIZES[SIZES.len() - 1]);
    let natural = natural(size).max(1.0);
    let scale = (room.min(natural.max(room * 0.55))) / natural;
    let widths = asked.iter().map(|em| ((em * f64::from(size) * 10.0 + AIR) * scale).round() as usize);
    (widths.collect(), (size != SIZES[0]).then_some(size))
}
