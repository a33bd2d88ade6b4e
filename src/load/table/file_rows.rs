//! Rows of a table from a file: CSV, XLSX and ODS alike.

use std::collections::BTreeMap;

use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::data::ColumnKind;
use crate::markdown::slug;
use crate::model::{CaseKind, CellValue, Column, Row};
use crate::source::{Spanned, Text};
use crate::value::{Blank, Exact, Notation, PartialDate, Typed, is_other_unit};

use super::super::cases::{measured_in, two_readings};
use super::super::encoding::Encoding;
use super::super::grid::{self, At, Cell, Content, Grid, Place, extent, merged};
use super::super::taken::Taken;
use super::super::{DataFiles, decode};
use super::behind;
use super::keys::SheetEntry;

/// Which rows of which file, as the author says.
pub struct FileRows {
    pub place: Place,
    last_row: Option<u32>,
    labels: Option<Text>,
    ids: Option<Text>,
    /// What cells without a value mean, by what stands in them.
    blanks: BTreeMap<String, Blank>,
}

impl FileRows {
    pub fn of_csv(file: Text, encoding: Option<Encoding>) -> Self {
        let place = Place { encoding, ..Place::csv(file) };
        Self { place, last_row: None, labels: None, ids: None, blanks: BTreeMap::new() }
    }

    pub fn of_first_sheet(file: Text) -> Self {
        let csv = Self::of_csv(file, None);
        Self { place: Place { is_csv: false, ..csv.place }, ..csv }
    }

    pub fn of_sheet(entry: SheetEntry) -> Option<Self> {
        let row = |row: Option<Spanned<Exact>>| row.and_then(|row| u32::try_from(row.value.to_i64()?).ok());
        let (sheet, range, name) = (entry.sheet, entry.range, entry.name);
        let (header_row, header_rows) = (row(entry.header_row), row(entry.header_rows));
        let place =
            Place { file: entry.file?, is_csv: false, encoding: None, sheet, range, name, header_row, header_rows };
        let blanks = entry.blanks.into_iter().map(|(text, reason)| (alike::reading(&text.value), reason)).collect();
        Some(Self { place, last_row: row(entry.last_row), labels: entry.labels, ids: entry.ids, blanks })
    }
}

/// The rows; every fault goes to the sink. `columns` are those of the table, each with the header by which the author says that it is found.
pub fn read(
    wanted: &FileRows,
    columns: (&[Column], &[Option<Text>]),
    notation: Notation,
    files: &mut dyn DataFiles,
    sink: &mut Sink,
) -> Vec<Row> {
    let Some(opened) = grid::open(&wanted.place, files, sink) else { return Vec::new() };
    let Some(mut grid) = opened.grid(&wanted.place, sink) else { return Vec::new() };
    let Some(places) = Places::find(wanted, columns, &mut grid, sink) else { return Vec::new() };
    if grid.sheet.is_some() && !table_only(wanted, columns.0, &places, &mut grid, sink) {
        return Vec::new();
    }
    let reader = Reader { wanted, grid: &grid, notation };
    reader.columns(columns.0, &places, sink);
    let mut ids = Ids::default();
    let file = &wanted.place.file;
    let rows = grid.rows.iter().filter_map(|row| {
        let label = row.cell(places.label).filter(|cell| !cell.text().is_empty());
        let Some(label) = label else {
            let at = grid.place(places.label, row, file);
            sink.push(at.fault(Code::TABLE_HEADER, say!("this row has no label"), file));
            return None;
        };
        let span = label.at.span(file);
        let id = places.id.and_then(|at| row.cell(at)).filter(|cell| !cell.text().is_empty());
        let id = ids.id(id, label, file, sink)?;
        let cells = places.columns.iter().zip(columns.0);
        let cells: Vec<_> = cells.map(|(at, column)| reader.cell(row, *at, column, sink)).collect();
        let cells = cells.into_iter().collect::<Option<Vec<_>>>()?;
        let mut told = Sink::default();
        let of = |name: &Text| {
            let (at, column) = places.behind.iter().find(|(_, column)| column.id.value == name.value)?;
            match reader.cell(row, *at, column, &mut told)?.value {
                CellValue::Number(value) => Some(value),
                _ => None,
            }
        };
        let behind = behind::of_row(columns.0, &cells, span, of, sink);
        sink.extend(told);
        let sheet = grid.sheet.map(|_| format!("{}, {}", file.value, label.at));
        let label = Text::of_cell(raw(label), span);
        Some(Row { id, label, cells, behind, typed_total: None, sheet, span })
    });
    rows.collect()
}

/// The words of a cell as they stand.
fn raw(cell: &Cell<'_>) -> String {
    match cell.content() {
        Content::Text(text) => text.to_owned(),
        _ => cell.text(),
    }
}

/// Where the columns stand in the grid.
struct Places {
    label: usize,
    id: Option<usize>,
    columns: Vec<usize>,
    /// Where contributors stand.
    behind: Vec<(usize, Column)>,
}

impl Places {
    fn find(
        wanted: &FileRows,
        (columns, from): (&[Column], &[Option<Text>]),
        grid: &mut Grid<'_>,
        sink: &mut Sink,
    ) -> Option<Self> {
        let file = &wanted.place.file;
        let label = match &wanted.labels {
            Some(header) => grid::column(header, grid, file, sink)?,
            None => match (grid::headed("label", grid), &grid.sheet) {
                (Some(at), _) => at,
                (None, Some(_)) => first_column(grid),
                (None, None) => {
                    let names: Vec<&str> = columns.iter().map(|column| column.id.value.as_str()).collect();
                    let fault = grid.header_fault(Code::TABLE_HEADER, say!("the CSV file has no column `label`"), file);
                    let fault = fault.help(say!("its first line must name: label, {names}", names = names.join(", ")));
                    let lower = ["label"].into_iter().chain(names).find_map(|name| grid::header_below(name, grid));
                    sink.push(match lower {
                        Some(help) => fault.help(help),
                        None => fault,
                    });
                    return None;
                }
            },
        };
        let id = match &wanted.ids {
            Some(header) => Some(grid::column(header, grid, file, sink)?),
            None => grid::headed("id", grid),
        };
        let mut places = Vec::new();
        for (column, from) in columns.iter().zip(from) {
            let own = || {
                let label = column.label.as_ref().map(|label| alike::reading(label.untranslated()));
                let mut names = [Some(column.id.value.clone()), label].into_iter().flatten();
                let headed = names.find_map(|name| grid::headed(&name, grid));
                headed.or_else(|| grid.header.iter().position(|cell| column.is_named(&cell.text())))
            };
            match from {
                Some(header) => places.extend(grid::column(header, grid, file, sink)),
                None => match own() {
                    Some(at) => places.push(at),
                    None => sink.push(not_there(column, grid, file)),
                },
            }
        }
        let mut behind: Vec<(usize, Column)> = Vec::new();
        for name in behind::names(columns) {
            behind.push((grid::column(name, grid, file, sink)?, behind::column(name)));
        }
        (places.len() == columns.len()).then_some(Self { label, id, columns: places, behind })
    }
}

/// The first column of a sheet that has something in it.
fn first_column(grid: &Grid<'_>) -> usize {
    let headed = grid.header.iter().position(|cell| !cell.text().is_empty());
    let filled = grid.rows.iter().filter_map(|row| row.cells.first()).map(|(at, _)| *at).min();
    [headed, filled].into_iter().flatten().min().unwrap_or(0)
}

fn not_there(column: &Column, grid: &Grid<'_>, file: &Text) -> Diagnostic {
    let headers: Vec<String> = grid.header.iter().map(|cell| cell.text()).filter(|text| !text.is_empty()).collect();
    let id = &column.id;
    match &grid.sheet {
        None => grid
            .header_fault(Code::TABLE_RAGGED, say!("the CSV file has no column `{id}`", id = id.value), file)
            .also(id.span, say!("the table names it here"))
            .nearest(&id.value, headers.iter().map(String::as_str)),
        Some(_) => Diagnostic::error(
            Code::TABLE_RAGGED,
            say!("`{file}` has no column `{id}`", file = file.value, id = id.value),
        )
        .at(id.span)
        .nearest(&id.value, headers.iter().map(String::as_str))
        .help(say!(
            "say which it is: `from: …`, its header or its letter; its header has: {headers}",
            headers = headers.join(", ")
        )),
    }
}

/// Leaves the rows of the table in the grid, merged labels filled in. False where it cannot be told.
fn table_only(wanted: &FileRows, columns: &[Column], places: &Places, grid: &mut Grid<'_>, sink: &mut Sink) -> bool {
    let file = &wanted.place.file;
    let label = Spanned::new("label".to_owned(), file.span);
    let id = Spanned::new("id".to_owned(), file.span);
    let kind =
        |column: &Column| if matches!(column.kind, ColumnKind::Text) { CaseKind::Text } else { CaseKind::Number };
    let named = |at: usize, id, kind, is_name| merged::Named { at, id, kind, is_name };
    let mut all: Vec<merged::Named<'_>> = vec![named(places.label, &label, CaseKind::Text, false)];
    all.extend(places.id.map(|at| named(at, &id, CaseKind::Text, true)));
    all.extend(columns.iter().zip(&places.columns).map(|(column, at)| named(*at, &column.id, kind(column), false)));
    let filled = merged::fill(grid, &all);
    let counts = columns.iter().filter(|column| matches!(column.kind, ColumnKind::Count)).count();
    let totals = match counts {
        0 => extent::Totals::Rows,
        counts if counts == columns.len() => extent::Totals::Checked,
        _ => extent::Totals::LeftOut,
    };
    let last_row = wanted.last_row.or(grid.last_row);
    let table =
        extent::Table { file, called: "row of the table", name: places.id, listed: Vec::new(), last_row, totals };
    if !extent::cut(grid, &table, sink) || !merged::check(grid, &all, &filled, file, sink) {
        return false;
    }
    let read: Vec<usize> = all.iter().map(|column| column.at).collect();
    grid::tell_of_hidden(grid, &read, say!("read"), file, sink);
    true
}

/// The rows' ids: their own, or made of their labels.
#[derive(Default)]
struct Ids<'a> {
    taken: Taken,
    own: BTreeMap<String, At<'a>>,
}

impl<'a> Ids<'a> {
    fn id(
        &mut self,
        own: Option<&Cell<'a>>,
        label: &Cell<'_>,
        file: &Text,
        sink: &mut Sink,
    ) -> Option<Spanned<String>> {
        let Some(cell) = own else {
            // Names that differ by a letter outside a to z alone, as Habo and Håbo, have the same slug.
            let id = Spanned::new(self.taken.free(&slug(&label.text())), label.at.span(file));
            self.taken.insert(&id.value);
            return decode::id(&id, sink).then_some(id);
        };
        let id = Spanned::new(cell.text(), cell.at.span(file));
        // In a text both places are shown; a sheet has none, so that the cell is named.
        if let (Some(first @ At::Sheet(..)), true) = (self.own.get(&id.value), id.span == file.span) {
            let message = say!("the id `{id}` stands twice", id = id.value);
            sink.push(
                cell.at.fault(Code::ID_DUPLICATE, &message, file).help(say!("it stands first in {first}", first)),
            );
            return None;
        }
        self.own.insert(id.value.clone(), cell.at);
        self.taken.insert(&id.value);
        decode::id(&id, sink).then_some(id)
    }
}

struct Reader<'a> {
    wanted: &'a FileRows,
    grid: &'a Grid<'a>,
    notation: Notation,
}

impl Reader<'_> {
    /// What is wrong with columns as a whole: numbers of several kinds, or of another unit than the table says.
    fn columns(&self, columns: &[Column], places: &Places, sink: &mut Sink) {
        let file = &self.wanted.place.file;
        for (column, at) in columns.iter().zip(&places.columns) {
            let cells: Vec<&Cell<'_>> = self.grid.rows.iter().filter_map(|row| row.cell(*at)).collect();
            let told = grid::mixed_with_percentages(&cells, file).chain(grid::mixed_units(&cells, file));
            for fault in told.take(ONE_BY_ONE) {
                sink.push(fault);
            }
            let ColumnKind::Amount { unit: Some(unit), .. } = &column.kind else { continue };
            let Some(header) = self.grid.header.get(*at) else { continue };
            if let Some(other) = grid::unit(header).filter(|other| is_other_unit(unit.untranslated(), other)) {
                let message = say!("the header says `{other}`, and the table says `{unit}`", other, unit = unit.value);
                sink.push(
                    header
                        .at
                        .fault(Code::DATA_VALUE, message, file)
                        .also(unit.span, say!("the table's unit"))
                        .help(say!("write in `unit` what the numbers of the file are measured in")),
                );
            }
        }
    }

    fn cell(&self, row: &grid::Row<'_>, at: usize, column: &Column, sink: &mut Sink) -> Option<Spanned<CellValue>> {
        let file = &self.wanted.place.file;
        let empty = Cell::empty(self.grid.place(at, row, file));
        let cell = row.cell(at).unwrap_or(&empty);
        let span = cell.at.span(file);
        let text = cell.text();
        let fault = |code: Code, message: Said| cell.at.fault(code, message, file);
        if let Some(failure) = cell.failure(file, say!("write the reason why there is no value")) {
            sink.push(failure);
            return None;
        }
        let reason = self.wanted.blanks.get(&text).copied();
        if let Some(reason) = reason.or_else(|| Blank::find(&text)) {
            return Some(Spanned::new(CellValue::Blank(reason), span));
        }
        if text.is_empty() {
            let message = say!("the cell of column `{column}` is blank without a reason", column = column.id.value);
            let diagnostic = fault(Code::TABLE_BLANK, message)
                .help(say!("write zero, not-applicable, not-available or suppressed in the cell, or 0"));
            sink.push(match self.grid.sheet {
                Some(_) => {
                    diagnostic.help(say!("or say at the file what blank cells mean: `blanks: {\"\": not-available}`"))
                }
                None => diagnostic,
            });
            return None;
        }
        match self.value(cell, &text, column) {
            Ok(value) => Some(Spanned::new(value, span)),
            Err(Refused::TwoReadings(decimal, thousands)) => {
                let (message, help) = two_readings(&text, &decimal, &thousands, say!("the table"));
                sink.push(fault(Code::DATA_AMBIGUOUS, message).help(help));
                None
            }
            Err(Refused::Not(wanted)) => {
                let message =
                    say!("`{text}` in column `{column}` is not {wanted}", text, wanted, column = column.id.value);
                let diagnostic = fault(Code::VALUE_TYPE, message);
                sink.push(match (self.notation.unit_in(&text), &column.kind) {
                    (Some(unit), ColumnKind::Amount { unit: own, .. }) => {
                        diagnostic.help(measured_in(unit, own.as_ref().map(|own| own.value.as_str())))
                    }
                    _ => diagnostic,
                });
                None
            }
        }
    }

    fn value(&self, cell: &Cell<'_>, text: &str, column: &Column) -> Result<CellValue, Refused> {
        let is_percent = matches!(column.kind, ColumnKind::Percent { .. });
        let number = match (cell.content(), &column.kind) {
            (_, ColumnKind::Text) => {
                return Ok(CellValue::Text(Text::of_cell(text, cell.at.span(&self.wanted.place.file))));
            }
            (Content::Date(date), ColumnKind::Date) => return Ok(CellValue::Date(date)),
            (Content::Text(_), ColumnKind::Date) => {
                let date = PartialDate::parse(text).map(CellValue::Date);
                return date.ok_or(Refused::Not(say!("a date such as 2021-06-15")));
            }
            (_, ColumnKind::Date) => return Err(Refused::Not(say!("a date such as 2021-06-15"))),
            (Content::Percent(..), _) if !is_percent => {
                return Err(Refused::Not(say!("a number: the spreadsheet shows it as a percentage")));
            }
            (Content::Number(value, _) | Content::Percent(value, _), _) => value,
            (Content::Date(_), _) => return Err(Refused::Not(say!("a number: the spreadsheet shows it as a date"))),
            _ => match self.notation.read_in(unit_of(&column.kind), text) {
                Typed::Number(number, _) => number,
                Typed::Either(decimal, thousands) => return Err(Refused::TwoReadings(decimal, thousands)),
                Typed::None if matches!(column.kind, ColumnKind::Count) => {
                    return Err(Refused::Not(say!("a whole number")));
                }
                Typed::None => return Err(Refused::Not(say!("a number"))),
            },
        };
        if matches!(column.kind, ColumnKind::Count) && (!number.is_integer() || number.is_negative()) {
            return Err(Refused::Not(say!("a whole number")));
        }
        Ok(CellValue::Number(number))
    }
}

/// Why a cell has no value for its column.
enum Refused {
    /// With decimals, and with thousands.
    TwoReadings(String, String),
    /// What it should have been.
    Not(Said),
}

/// Faults of one column that are told one by one.
const ONE_BY_ONE: usize = 5;

/// What the numbers of a column are measured in.
fn unit_of(kind: &ColumnKind) -> Option<&str> {
    match kind {
        ColumnKind::Percent { .. } => Some("%"),
        ColumnKind::Amount { unit, .. } => unit.as_ref().map(Text::untranslated),
        _ => None,
    }
}
