//! Tables of both outputs as one kind of value, and the headers that a screen reader finds for each cell.

use std::collections::BTreeSet;

use super::page::Tag;
use super::pdf::Element;
use super::words::{folded, page_text, pdf_text};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    pub header: bool,
    pub id: Option<String>,
    pub headers: Vec<String>,
    /// `row`, `column`, `both`; of a header cell.
    pub scope: Option<String>,
    pub columns: usize,
    pub rows: usize,
    pub text: String,
}

#[derive(Debug, Clone, Default)]
pub struct Grid {
    pub caption: String,
    pub rows: Vec<Vec<Cell>>,
}

/// A cell with its place: row, column.
struct Placed<'a> {
    row: usize,
    column: usize,
    cell: &'a Cell,
}

impl Grid {
    pub fn of_pdf(table: &Element) -> Self {
        let caption =
            table.elements().find(|element| element.kind == "Caption").map(|caption| folded(&pdf_text(caption)));
        let rows = table.all("TR").into_iter().map(|row| row.elements().map(pdf_cell).collect()).collect();
        Self { caption: caption.unwrap_or_default(), rows }
    }

    pub fn of_page(table: &Tag) -> Self {
        let caption = table.named("caption").first().map(|caption| folded(&page_text(caption)));
        let rows = table.named("tr").into_iter().map(|row| row.tags().map(page_cell).collect()).collect();
        Self { caption: caption.unwrap_or_default(), rows }
    }

    /// Where each cell stands, cells that reach over several rows and columns minded.
    fn placed(&self) -> Vec<Placed<'_>> {
        let mut busy: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut out = Vec::new();
        for (row, cells) in self.rows.iter().enumerate() {
            let mut column = 0;
            for cell in cells {
                while busy.contains(&(row, column)) {
                    column += 1;
                }
                for y in row..row + cell.rows {
                    busy.extend((column..column + cell.columns).map(|x| (y, x)));
                }
                out.push(Placed { row, column, cell });
            }
        }
        out
    }

    /// What is wrong with the ways from data cells to their headers: nothing in a good table. Each data cell must reach the
    /// header of its row and every header above it, by the ids that it names or, where it names none, by the headers' scope.
    pub fn faults(&self) -> Vec<String> {
        let placed = self.placed();
        let mut faults = Vec::new();
        let mut ids = BTreeSet::new();
        for Placed { cell, .. } in &placed {
            if cell.header && cell.text.is_empty() {
                faults.push("a header cell is empty".to_owned());
            }
            if let Some(id) = &cell.id
                && !ids.insert(id)
            {
                faults.push(format!("two cells have the id `{id}`"));
            }
        }
        let width = |row: usize| -> usize {
            let reaches = |placed: &&Placed<'_>| (placed.row..placed.row + placed.cell.rows).contains(&row);
            placed.iter().filter(reaches).map(|placed| placed.cell.columns).sum()
        };
        if (1..self.rows.len()).any(|row| width(row) != width(0)) {
            faults.push("the rows are not equally wide".to_owned());
        }
        let has_head = self.rows.first().is_some_and(|row| row.iter().all(|cell| cell.header));
        for data in placed.iter().filter(|placed| !placed.cell.header) {
            let name = format!("the cell `{}` (row {}, column {})", data.cell.text, data.row + 1, data.column + 1);
            let expected: Vec<usize> = (0..placed.len()).filter(|at| heads(&placed[*at], data, &placed)).collect();
            let of_row = expected.iter().filter(|at| placed[**at].row >= data.row).count();
            if of_row == 0 {
                faults.push(format!("{name} has no header of its row"));
            }
            if has_head && expected.len() == of_row {
                faults.push(format!("{name} has no header of its column"));
            }
            let reached = reached(data, &placed, &mut faults);
            for at in expected.iter().filter(|at| !reached.contains(at)) {
                faults.push(format!("{name} does not reach its header `{}`", placed[*at].cell.text));
            }
            for at in reached.iter().filter(|at| !expected.contains(at)) {
                faults.push(format!("{name} reaches `{}`, which is no header of it", placed[*at].cell.text));
            }
        }
        faults
    }

    pub fn data_cells(&self) -> usize {
        self.rows.iter().flatten().filter(|cell| !cell.header).count()
    }
}

/// Whether a header cell is one of a data cell's by its place: in its row before any data, or above it in the head.
fn heads(header: &Placed<'_>, data: &Placed<'_>, all: &[Placed<'_>]) -> bool {
    let (rows, columns) =
        (header.row..header.row + header.cell.rows, header.column..header.column + header.cell.columns);
    let same_row = rows.contains(&data.row) && header.column < data.column;
    // The head ends where the first data cell stands.
    let first = all.iter().find(|placed| !placed.cell.header).map_or(0, |placed| placed.row);
    let above = columns.contains(&data.column) && header.row < first;
    header.cell.header && (same_row || above)
}

/// The headers that are found, by their places in the list.
fn reached(data: &Placed<'_>, all: &[Placed<'_>], faults: &mut Vec<String>) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    if data.cell.headers.is_empty() {
        for (at, header) in all.iter().enumerate().filter(|(_, placed)| placed.cell.header) {
            let in_row = (header.row..header.row + header.cell.rows).contains(&data.row);
            let in_column = (header.column..header.column + header.cell.columns).contains(&data.column);
            match header.cell.scope.as_deref() {
                Some("row") if in_row => drop(out.insert(at)),
                Some("column") if in_column => drop(out.insert(at)),
                Some("both") if in_row || in_column => drop(out.insert(at)),
                _ => {}
            }
        }
        return out;
    }
    let mut open: Vec<&String> = data.cell.headers.iter().collect();
    while let Some(id) = open.pop() {
        match all.iter().position(|placed| placed.cell.id.as_ref() == Some(id)) {
            Some(at) if all[at].cell.header => {
                // A header names the headers above it. What stands above the headers of rows is no header of their cells.
                let is_row = all[at].row >= data.row && all[at].cell.scope.as_deref() == Some("row");
                if out.insert(at) && !is_row {
                    open.extend(&all[at].cell.headers);
                }
            }
            Some(_) => faults.push(format!("`{id}` is named as a header and is none")),
            None => faults.push(format!("no cell has the id `{id}`")),
        }
    }
    out
}

fn pdf_cell(cell: &Element) -> Cell {
    let number = |name: &str| cell.attribute(name).and_then(|n| n.parse().ok()).unwrap_or(1);
    assert!(matches!(cell.kind.as_str(), "TH" | "TD"), "a {} stands in a row", cell.kind);
    Cell {
        header: cell.kind == "TH",
        id: cell.id.clone(),
        headers: cell.attributes.get("Headers").cloned().unwrap_or_default(),
        scope: cell.attribute("Scope").map(str::to_lowercase),
        columns: number("ColSpan"),
        rows: number("RowSpan"),
        text: folded(&pdf_text(cell)),
    }
}

fn page_cell(cell: &Tag) -> Cell {
    let number = |name: &str| cell.get(name).and_then(|n| n.parse().ok()).unwrap_or(1);
    assert!(matches!(cell.name.as_str(), "th" | "td"), "a {} stands in a row", cell.name);
    Cell {
        header: cell.name == "th",
        id: cell.get("id").map(str::to_owned),
        headers: cell.words("headers").into_iter().map(str::to_owned).collect(),
        scope: cell.get("scope").map(|scope| match scope {
            "col" | "colgroup" => "column".to_owned(),
            "row" | "rowgroup" => "row".to_owned(),
            other => other.to_owned(),
        }),
        columns: number("colspan"),
        rows: number("rowspan"),
        text: folded(&page_text(cell)),
    }
}
