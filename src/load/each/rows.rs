//! The rows of a file, CSV or sheet, for which reports are made.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::limits;
use crate::markdown::slug;
use crate::model::{CaseKind, Parameter, ReportRow};
use crate::source::{Spanned, Text};

use super::super::grid::{self, At, Cell, Grid, Row, extent, merged};

/// A column: where it stands, and the parameter that its cells are.
struct Column<'a> {
    at: usize,
    name: Spanned<String>,
    header: &'a Cell<'a>,
}

/// Reads the rows. The first one names parameters; a column `id`, otherwise the first, says what each report is called.
pub fn of_grid(mut grid: Grid<'_>, file: &Text, sink: &mut Sink) -> Vec<ReportRow> {
    let header = grid.header.clone();
    let columns = columns(&header, &grid, file, sink);
    let own_id = columns.iter().find(|column| column.name.value == "id").map(|column| column.at);
    let Some(first) = own_id.or_else(|| columns.first().map(|column| column.at)) else { return Vec::new() };
    if grid.sheet.is_some() && !rows_only(&mut grid, &columns, own_id, file, sink) {
        return Vec::new();
    }
    if grid.rows.is_empty() {
        sink.push(grid.header_fault(Code::EACH, say!("the file has no row: no report is made"), file));
    }
    if let Some(row) = grid.rows.get(limits::REPORTS_OF_A_FOLDER) {
        let (found, most) = (grid.rows.len(), limits::REPORTS_OF_A_FOLDER);
        let message = say!("the file has {found} rows; at most {most} reports are made", found, most);
        sink.push(grid.place(first, row, file).fault(Code::EACH, message, file));
        return Vec::new();
    }
    let mut reader = Reader { grid: &grid, columns: &columns, file, own_id, seen: BTreeMap::new(), sink };
    grid.rows.iter().filter_map(|row| reader.row(row, first)).collect()
}

/// The columns that have something in them, or a header.
fn columns<'a>(header: &'a [Cell<'a>], grid: &Grid<'_>, file: &Text, sink: &mut Sink) -> Vec<Column<'a>> {
    let mut out: Vec<Column<'a>> = Vec::new();
    for (at, header) in header.iter().enumerate() {
        if header.text().is_empty() {
            // A sheet may begin further to the right, a line of text may not.
            if grid.sheet.is_none() || grid.rows.iter().any(|row| row.cell(at).is_some()) {
                let message = say!("a column has no header: it names the parameter that its cells are");
                sink.push(match header.at {
                    At::Span(_) => grid.header_fault(Code::EACH, message, file),
                    at => at.fault(Code::EACH, message, file),
                });
            }
            continue;
        }
        let name = Spanned::new(slug(&header.text()), header.at.span(file));
        if let Some(first) = out.iter().find(|known| known.name.value == name.value) {
            let message = say!("two columns are the parameter `{name}`", name = name.value);
            sink.push(twice(header.at.fault(Code::EACH, message, file), first.header.at));
        }
        out.push(Column { at, name, header });
    }
    out
}

/// A fault of something that stands twice, with the place of the first.
fn twice(diagnostic: Diagnostic, first: At<'_>) -> Diagnostic {
    match first {
        At::Span(span) => diagnostic.also(span, say!("first here")),
        place => diagnostic.help(say!("it stands first in {place}", place)),
    }
}

/// Leaves the rows that make reports in the grid of a sheet, merged cells filled in. False where it cannot be told.
fn rows_only(grid: &mut Grid<'_>, columns: &[Column<'_>], own_id: Option<usize>, file: &Text, sink: &mut Sink) -> bool {
    let all: Vec<merged::Named<'_>> = columns
        .iter()
        .map(|Column { at, name, .. }| merged::Named {
            at: *at,
            id: name,
            kind: CaseKind::Text,
            is_name: Some(*at) == own_id,
        })
        .collect();
    let filled = merged::fill(grid, &all);
    let (last_row, totals) = (grid.last_row, extent::Totals::LeftOut);
    let table = extent::Table { file, called: "report", name: own_id, listed: Vec::new(), last_row, totals };
    if !extent::cut(grid, &table, sink) || !merged::check(grid, &all, &filled, file, sink) {
        return false;
    }
    let read: Vec<usize> = columns.iter().map(|column| column.at).collect();
    grid::tell_of_hidden(grid, &read, say!("read"), file, sink);
    true
}

struct Reader<'a, 's> {
    grid: &'a Grid<'a>,
    columns: &'a [Column<'a>],
    file: &'a Text,
    own_id: Option<usize>,
    seen: BTreeMap<String, At<'a>>,
    sink: &'s mut Sink,
}

impl<'a> Reader<'a, '_> {
    /// The row; `first` is the column that says what its report is called.
    fn row(&mut self, row: &'a Row<'a>, first: usize) -> Option<ReportRow> {
        let file = self.file;
        let empty = |at: usize| Cell::empty(self.grid.place(at, row, file));
        let cell = row.cell(first).cloned().unwrap_or_else(|| empty(first));
        let typed = cell.text();
        let id = Spanned::new(slug(&typed), cell.at.span(file));
        let named = if cell.is_blank() { say!("the row") } else { say!("the row `{id}`", id = id.value) };
        let mut parameters = Vec::new();
        for Column { at, name, header } in self.columns {
            let cell = row.cell(*at).cloned().unwrap_or_else(|| empty(*at));
            if let Some(failure) = cell.failure(file, say!("write the value")) {
                self.sink.push(failure);
            } else if cell.is_blank() {
                let message = say!("{named} has no `{name}`", named, name = name.value);
                let help = say!("write it, or take the column out where not all have it");
                self.sink.push(cell.at.fault(Code::EACH, message, file).help(help));
            }
            let name = Spanned::new(name.value.clone(), cell.at.span(file));
            parameters.push(Parameter { name, label: header.text(), value: cell.text() });
        }
        if cell.is_blank() {
            // That it lacks its name is told.
            return None;
        }
        if self.own_id.is_some() && id.value != typed {
            let message = say!("`{typed}` cannot be the id of a report", typed);
            let help = say!(
                "it becomes a folder and an address, and holds small letters a to z, digits and hyphens: for example `{id}`",
                id = id.value
            );
            self.sink.push(cell.at.fault(Code::EACH, message, file).help(help));
        }
        if let Some(first) = self.seen.insert(id.value.clone(), cell.at) {
            let message = say!("two rows make the report `{id}`", id = id.value);
            let help = say!(
                "each row makes a report of its own: take one away, or give them different names in a column `id`"
            );
            self.sink.push(twice(cell.at.fault(Code::EACH, message, file), first).help(help));
        }
        if self.own_id.is_none() {
            let name = Spanned::new("id".to_owned(), id.span);
            parameters.push(Parameter { label: name.value.clone(), name, value: id.value.clone() });
        }
        Some(ReportRow { id, parameters })
    }
}
