//! Makes a dataset of a grid: which columns and rows are read, and what the cases are called.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity, Sink, Thing, say};
use crate::model::{CaseColumn, CaseKind, Counts, Dataset};
use crate::source::{Spanned, Text};
use crate::value::Notation;

use super::super::grid::{self, At, Cell, Grid, extent, merged};
use super::ColumnSpec;
use super::columns::{Faults, Read, Reader};

/// What the author said of a dataset.
pub struct Named {
    pub id: Spanned<String>,
    pub label: Option<Text>,
    pub counts: Option<Counts>,
    pub contributor: Option<Spanned<String>>,
    pub file: Text,
    /// Header of the column that names each case.
    pub name: Option<Text>,
    /// What means that there is no value.
    pub missing: Vec<String>,
    /// The last row that holds a case, where the author says so.
    pub last_row: Option<u32>,
    pub notation: Notation,
    pub columns: Vec<ColumnSpec>,
}

/// Makes the dataset; every fault goes to the sink.
pub fn dataset(named: Named, mut grid: Grid<'_>, sink: &mut Sink) -> Option<Dataset> {
    let places: Vec<Option<usize>> =
        named.columns.iter().map(|column| grid::column(&column.header, &mut grid, &named.file, sink)).collect();
    let name = match &named.name {
        Some(header) => Some((header, grid::column(header, &mut grid, &named.file, sink)?)),
        None => None,
    };
    let places: Vec<usize> = places.into_iter().collect::<Option<_>>()?;
    let mut months: Vec<Option<usize>> = Vec::new();
    for column in &named.columns {
        let found = column.month.as_ref().map(|month| grid::column(month, &mut grid, &named.file, sink));
        months.push(match found {
            Some(found) => Some(found?),
            None => None,
        });
    }
    if !cases_only(&named, &mut grid, &places, name.map(|(_, at)| at), sink) {
        return None;
    }
    if grid.rows.is_empty() {
        sink.push(
            Diagnostic::error(Code::DATA_EMPTY, say!("`{file}` has a header and no rows", file = named.file.value))
                .at(named.file.span),
        );
        return None;
    }
    let read: Vec<usize> =
        places.iter().copied().chain(name.map(|(_, at)| at)).chain(months.iter().copied().flatten()).collect();
    grid::tell_of_hidden(&grid, &read, say!("counted"), &named.file, sink);
    if let Some((header, at)) = name {
        check_names(&grid, at, (header, &named.file), sink);
    }
    let empty = Cell::empty(At::Span(named.file.span));
    let mut columns = Vec::new();
    for ((spec, at), month) in named.columns.into_iter().zip(places).zip(months) {
        let of_months: Option<Vec<Cell<'_>>> =
            month.map(|month| grid.rows.iter().map(|row| dated(row, at, month, &empty)).collect());
        let cells: Vec<&Cell<'_>> = match &of_months {
            Some(joined) => joined.iter().collect(),
            None => grid.rows.iter().map(|row| row.cell(at).unwrap_or(&empty)).collect(),
        };
        let faults_before = sink.count(Severity::Error);
        let faults = Faults { column: &spec.header, told: 0, sink: &mut *sink };
        let (missing, file, notation) = (&named.missing, &named.file, named.notation);
        let reader = Reader { spec: &spec, missing, file, notation, faults };
        let Read { categories, values, answers, bins } = reader.read(&cells);
        // Cells that were refused have no value for that reason, which was told.
        let refused = sink.count(Severity::Error) > faults_before;
        let headers = std::iter::once(&spec.header).chain(&spec.month).map(|header| header.value.as_str());
        let header = headers.collect::<Vec<_>>().join(", ");
        if refused {
            sink.refuse(Thing::Column, [&named.id.value, &*header].join("."));
        }
        columns.push(CaseColumn {
            id: spec.id,
            header,
            kind: spec.kind,
            multiple: spec.multiple.is_some(),
            categories,
            bins,
            declared: spec.values.is_some() || spec.bands.is_some() || spec.bins.is_some(),
            leave_out: spec.leave_out || refused,
            unit: spec.unit,
            values,
            answers,
        });
    }
    let file = Spanned::new(named.file.value.clone(), named.file.span);
    let rows = grid.rows.iter().map(|row| row.number).collect();
    let (sheet, counts) = (grid.sheet.map(str::to_owned), named.counts);
    let contributor = named.contributor.filter(|id| is_there(id, &columns, sink));
    let dataset = Dataset { id: named.id, label: named.label, counts, contributor, file, sheet, columns, rows };
    tell_of_no_group(&dataset, sink);
    Some(dataset)
}

/// Whether the column that names contributors is one of the dataset's.
fn is_there(id: &Spanned<String>, columns: &[CaseColumn], sink: &mut Sink) -> bool {
    let is_known = columns.iter().any(|column| column.id.value == id.value);
    if !is_known {
        sink.push(
            Diagnostic::error(Code::DATA_COLUMN, say!("the dataset has no column `{id}`", id = id.value))
                .at(id.span)
                .nearest(&id.value, columns.iter().map(|column| column.id.value.as_str()))
                .help(say!("`contributor` is the id of a column under `columns` that names whose each row is")),
        );
    }
    is_known
}

/// The year in one cell of a row with the month in another.
fn dated<'g>(row: &grid::Row<'g>, year: usize, month: usize, empty: &Cell<'g>) -> Cell<'g> {
    row.cell(year).unwrap_or(empty).with_month(row.cell(month).unwrap_or(empty))
}

/// Leaves the rows of the grid that are cases, merged labels filled in. False where it cannot be told.
fn cases_only(named: &Named, grid: &mut Grid<'_>, places: &[usize], name: Option<usize>, sink: &mut Sink) -> bool {
    let columns = || named.columns.iter().zip(places);
    let mut merged: Vec<merged::Named<'_>> = columns()
        .map(|(column, at)| merged::Named { at: *at, id: &column.id, kind: column.kind, is_name: Some(*at) == name })
        .collect();
    if let Some(at) = name.filter(|at| !places.contains(at)) {
        merged.push(merged::Named { at, id: &named.id, kind: CaseKind::Text, is_name: true });
    }
    let filled = merged::fill(grid, &merged);
    let listed = |(column, at): (&ColumnSpec, &usize)| {
        let values = column.values.as_ref()?.iter().flat_map(|value| value.values.clone()).collect();
        Some((*at, values))
    };
    let table = extent::Table {
        file: &named.file,
        called: "case",
        name,
        listed: columns().filter_map(listed).collect(),
        last_row: named.last_row.or(grid.last_row),
        totals: extent::Totals::LeftOut,
    };
    extent::cut(grid, &table, sink) && merged::check(grid, &merged, &filled, &named.file, sink)
}

/// Every case has a name; one that stands twice is an error, since one case would be counted twice.
fn check_names(grid: &Grid<'_>, at: usize, named: (&Text, &Text), sink: &mut Sink) {
    let (column, file) = named;
    let mut faults = Faults { column, told: 0, sink };
    let mut seen: BTreeMap<String, &At<'_>> = BTreeMap::new();
    for row in &grid.rows {
        let cell = row.cell(at).filter(|cell| !cell.text().is_empty());
        let Some(cell) = cell else {
            let place = row.cell(at).or_else(|| Some(&row.cells.first()?.1));
            let Some(place) = place else { continue };
            faults.tell(
                place
                    .at
                    .fault(Code::DATA_CASE, say!("the case has no name"), file)
                    .help(say!("write its name; if the row is no case (a total, a note), take it out, or say where the cases end: `last-row: …`")),
            );
            continue;
        };
        let name = cell.text();
        if let Some(first) = seen.get(&name) {
            let diagnostic = cell.at.fault(Code::DATA_CASE, say!("the case `{name}` stands twice", name), file);
            faults.tell(match first {
                At::Span(span) => {
                    diagnostic.also(*span, say!("first here")).help(say!("delete or rename one of the rows"))
                }
                place => diagnostic.help(say!("it stands first in {place}; delete or rename one of the rows", place)),
            });
            continue;
        }
        seen.insert(name, &cell.at);
    }
    faults.finish();
}

/// The groups then do not add up to the total, which the author should know.
fn tell_of_no_group(dataset: &Dataset, sink: &mut Sink) {
    for column in dataset.breakdowns() {
        let unknown = (0..).zip(&dataset.rows).filter(|(case, _)| column.group(*case).is_none());
        let rows: Vec<String> = unknown.map(|(_, row)| row.to_string()).collect();
        if rows.is_empty() {
            continue;
        }
        let groups: Vec<&str> = column.categories.iter().map(|category| category.id.as_str()).collect();
        let (id, found, all) = (&column.id.value, rows.len(), dataset.rows.len());
        let message = say!(
            "{found} of {all} cases are in no group of `{id}` ({groups}): row {rows}",
            found,
            all,
            id,
            groups = groups.join(", "),
            rows = rows.join(", ")
        );
        sink.push(
            Diagnostic::new(Severity::Info, Code::DATA_SEX, message)
                .at(dataset.id.span)
                .help(say!("they are counted in totals, and in tables stand apart as not available")),
        );
    }
}
