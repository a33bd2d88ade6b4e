//! Datasets: case rows of a sheet, each cell held against what the author said of its column; and how figures and tables choose rows.

mod bins;
mod cells;
mod columns;
mod grouped;

use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::model::{
    Bins, Breakdowns, CaseKind, CategoryOrder, Condition, Cross, CrossMeasure, CrossTotal, Dataset, SEX, Selection,
    Statistic, Test,
};
use crate::source::{Span, Spanned, Text};
use crate::value::{Exact, Group, Notation};

pub use columns::{measured_in, two_readings};

use super::DataFiles;
use super::disclosure::RowCounts;
use super::encoding::Encoding;
use super::form::{
    ById, ByName, Count, DatasetId, Either, Flag, Id, Label, List, OneOrMany, Path, Placed, Plain, Reference, Required,
    Short, Try, choices, mapping,
};
use super::grid::{self, Place};
use super::totals;
use grouped::InGroup;

/// What the author says of a column.
#[derive(Debug)]
struct ColumnSpec {
    id: Spanned<String>,
    header: Text,
    /// Header of the months, where the column itself holds their years.
    month: Option<Text>,
    kind: CaseKind,
    /// What parts several answers of one cell.
    multiple: Option<String>,
    values: Option<Vec<ValueSpec>>,
    bands: Option<Vec<bins::BandSpec>>,
    bins: Option<Spanned<Bins>>,
    unit: Option<Text>,
    leave_out: bool,
}

/// A category that the author listed.
#[derive(Debug)]
struct ValueSpec {
    values: Vec<String>,
    id: Option<Spanned<String>>,
    label: Text,
    group: Option<Group>,
}

mapping! {
    /// Case rows: a sheet with one row a case and one header row.
    DatasetEntry "dataset" {
        /// An .xlsx, .ods or .csv file in the report's folder.
        file: Required<Path>,
        /// The sheet; without it the first that is not hidden.
        sheet: Plain,
        /// The cells that are read, header included: `A3:F57`, or `A3:F` down to the first blank row.
        range: Plain,
        /// A name that the workbook gives to a range or a table, in the place of `range`.
        name: Plain,
        /// Row of the header, the first if it has several; without it the first that is not empty.
        header_row as "header-row": Count,
        /// How many rows the header has; their words are joined. With 0 columns are named by their letters.
        header_rows as "header-rows": Count,
        /// The last row that holds a case, where that cannot be told.
        last_row as "last-row": Count,
        /// How the letters of a CSV file are written; without it UTF-8, or what it certainly is.
        encoding: Encoding,
        /// What the cases are, in plural.
        label: Label,
        /// What each row is: `persons` unless it is said, so that small numbers are protected; `units` or `none`.
        counts: RowCounts,
        /// Id of the column that names whose each row is (a company, a client): where sums are protected, rows of one are added up first. Without it each row is one contributor.
        contributor: Reference,
        /// Header or letter of the column that names each case; no name may stand twice.
        id: Plain,
        /// What else than an empty cell means that there is no value.
        missing: List<Plain> = Vec::new(),
        /// The sign before decimals in numbers typed as text.
        decimal: Separator,
        /// The sign between thousands in numbers typed as text.
        thousands: Separator,
        /// The columns that say which group of a breakdown each case belongs to, by the ids of breakdowns; each is then known as its breakdown.
        breakdowns: ByName<Placed<GroupedEntry>> = Vec::new(),
        /// As `sex` in `breakdowns`.
        sex: Placed<GroupedEntry>,
        /// Columns that are read: id, and header.
        columns: Required<ById<Short<Plain, Placed<ColumnEntry>>>>,
    }
}

mapping! {
    /// A column with what may stand in it.
    ColumnEntry "column" {
        /// Its header in the file, or its letter in the sheet.
        header: Required<Plain>,
        /// Header of the column of months, where this one holds their years.
        month: Plain,
        /// What its cells hold.
        kind as "type": CaseKind = CaseKind::Text,
        /// What parts several answers in one cell.
        multiple: Plain,
        /// The values that may stand there, and what is printed for them.
        values: Short<List<Plain>, ByName<Short<Plain, ValueEntry>>>,
        /// Groups of numbers or dates, by what they are called.
        bands: ByName<Placed<bins::BandEntry>>,
        /// Classes of equal width for numbers, which a `histogram` is drawn of.
        bins: Placed<bins::BinsEntry>,
        /// What its numbers are measured in; cells may have it beside them.
        unit: Label,
        /// `leave-out`: sums and means are about the cases that have a value.
        missing: LeaveOut = false,
    }
}

mapping! {
    /// A value with an id or other words.
    ValueEntry "value" {
        /// Its id, if not made of the value.
        id: Id,
        /// What is printed for it.
        label: Label,
    }
}

mapping! {
    /// A column by groups: `{column: Kön, women: K, men: M}`, or by numbers, `{column: Ålder, 0–17: {to: 17}, …}`.
    GroupedEntry "breakdown" {
        /// Its header in the file.
        column: Required<Plain>,
        ..groups: InGroup,
    }
}

mapping! {
    /// What must be true of a column: one of three.
    TestEntry "the condition on" {
        /// None of these values, and some value.
        not: Try<OneOrMany<Plain>>,
        /// Whether there is no value.
        missing: Try<Flag>,
        /// From this number or date on.
        from: Plain,
        /// To this number or date.
        to: Plain,
    }
}

mapping! {
    /// A table that is counted from case rows.
    CrossEntry "cross" {
        /// Id of the dataset.
        rows: Required<DatasetId>,
        /// Which rows: columns and what they must be.
        conditions as "where": Where = Vec::new(),
        /// The column whose values stand down the side.
        by: Required<Reference>,
        /// The column whose values stand along the top.
        across: Reference,
        /// Header of the one column of counts.
        heading: Label,
        /// The order of the rows.
        order: CategoryOrder,
        /// The order of the columns.
        across_order as "across-order": CategoryOrder,
        /// Whether there are counts; `false` shows measures alone.
        counts: Placed<Flag>,
        /// Columns of statistics beside the counts; with `across`, below each of its values.
        measures: List<Placed<MeasureEntry>> = Vec::new(),
    }
}

mapping! {
    /// A column that computes one statistic of the cases of each row.
    MeasureEntry "a measure" {
        /// Id of the column.
        id: Required<Id>,
        /// Its header.
        label: Required<Label>,
        /// The mean of this column of the dataset.
        average: Reference,
        /// What a quarter of the values of this column of the dataset are at most.
        lower_quartile as "lower-quartile": Reference,
        /// The median of this column of the dataset.
        median: Reference,
        /// What three quarters of the values of this column of the dataset are at most.
        upper_quartile as "upper-quartile": Reference,
        /// The largest value of this column of the dataset.
        max: Reference,
        /// The smallest value of this column of the dataset.
        min: Reference,
        /// The sum of this column of the dataset.
        sum: Reference,
        /// How many decimals are printed.
        decimals: Count,
        /// What it is measured in.
        unit: Label,
        /// `leave-out`: it is about the cases that have a value.
        missing: LeaveOut = false,
        /// A column of numbers of the dataset that an average is weighted by.
        weight: Reference,
    }
}

/// Columns and what they must be.
pub type Where = ByName<Short<OneOrMany<Plain>, Placed<TestEntry>>>;
/// What was written of them.
pub type Wanted = Vec<(Spanned<String>, Either<Vec<Text>, Spanned<TestEntry>>)>;

choices!(CaseKind);
choices!(Encoding {
    "utf-8" => Encoding::Utf8,
    "latin-1" => Encoding::Latin1,
    "windows-1252" => Encoding::Latin1,
    "utf-16" => Encoding::Utf16,
});
choices!(CategoryOrder {
    "declared" => CategoryOrder::Declared,
    "sheet" => CategoryOrder::Sheet,
    "value" => CategoryOrder::Value,
    "label" => CategoryOrder::Label,
});

/// What is computed is about the cases that have a value.
pub struct LeaveOut;
choices!(LeaveOut as bool { "leave-out" => true, });

/// What stands before decimals or between thousands.
pub struct Separator;
choices!(Separator as char { "," => ',', "." => '.', });

/// A dataset, with what stands in the sheet that it names.
pub fn dataset(
    id: Spanned<String>,
    given: Spanned<DatasetEntry>,
    breakdowns: &Breakdowns,
    files: &mut dyn DataFiles,
    sink: &mut Sink,
) -> Option<Dataset> {
    let Spanned { value: entry, span } = given;
    let row = |row: Option<Spanned<Exact>>| row.and_then(|row| u32::try_from(row.value.to_i64()?).ok());
    let (header_row, header_rows, last_row) = (row(entry.header_row), row(entry.header_rows), row(entry.last_row));
    let missing = entry.missing.into_iter().map(|text| alike::reading(&text.value)).collect();
    let notation = notation(entry.decimal, entry.thousands, span, sink);
    let sex = entry.sex.map(|given| (Spanned::new(SEX.to_owned(), given.span), given));
    let mut columns: Vec<ColumnSpec> = Vec::new();
    for (id, given) in sex.into_iter().chain(entry.breakdowns) {
        if columns.iter().any(|column| column.id.value == id.value) {
            sink.push(given_twice(&id));
        } else {
            columns.extend(grouped::column(id, given, breakdowns, sink));
        }
    }
    for (id, given) in entry.columns.unwrap_or_default() {
        if columns.iter().any(|column| column.id.value == id.value) {
            sink.push(given_twice(&id));
        } else {
            columns.extend(column(id, given, sink));
        }
    }
    let (file, sheet, range, name) = (entry.file?, entry.sheet, entry.range, entry.name);
    let is_csv = file.value.to_lowercase().ends_with(".csv");
    let place = Place { file, is_csv, encoding: entry.encoding, sheet, range, name, header_row, header_rows };
    let opened = grid::open(&place, files, sink)?;
    let grid = opened.grid(&place, sink)?;
    let named = cells::Named {
        id,
        label: entry.label,
        counts: entry.counts,
        contributor: entry.contributor,
        file: place.file.clone(),
        name: entry.id,
        missing,
        last_row,
        notation,
        columns,
    };
    cells::dataset(named, grid, sink)
}

fn given_twice(id: &Spanned<String>) -> Diagnostic {
    Diagnostic::error(Code::ID_DUPLICATE, say!("the column `{id}` is given twice", id = id.value))
        .at(id.span)
        .help(say!("a breakdown of the dataset makes this column already; take it away here"))
}

fn column(id: Spanned<String>, given: Either<Text, Spanned<ColumnEntry>>, sink: &mut Sink) -> Option<ColumnSpec> {
    let Spanned { value: entry, span } = match given {
        Either::Full(entry) => entry,
        Either::Short(header) => {
            let (month, multiple, values, bands, bins, unit) = (None, None, None, None, None, None);
            let (kind, leave_out) = (CaseKind::Text, false);
            return Some(ColumnSpec { id, header, month, kind, multiple, values, bands, bins, unit, leave_out });
        }
    };
    let ColumnEntry {
        header,
        month,
        kind,
        multiple,
        values: listed,
        bands: groups,
        bins: classes,
        unit,
        missing: leave_out,
    } = entry;
    let bands = groups.map(|groups| bins::bands(groups, sink));
    let bins = match classes {
        Some(given) => Some(bins::read(given, sink)?),
        None => None,
    };
    let misplaced = match kind {
        CaseKind::Text | CaseKind::Date if bins.is_some() => Some(say!("`bins` are for numbers")),
        CaseKind::Number if bins.is_some() && bands.is_some() => Some(say!("a column has `bins` or `bands`, not both")),
        CaseKind::Text if bands.is_some() => Some(say!("`bands` are for numbers and dates")),
        CaseKind::Text | CaseKind::Number if month.is_some() => Some(say!("`month` is for columns of dates")),
        CaseKind::Number | CaseKind::Date if listed.is_some() => Some(say!("`values` are for texts")),
        CaseKind::Number | CaseKind::Date if multiple.is_some() => Some(say!("`multiple` is for texts")),
        CaseKind::Text | CaseKind::Date if unit.is_some() => Some(say!("`unit` is for numbers")),
        _ => None,
    };
    if let Some(message) = misplaced {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, message).at(span).help(say!("change `type`, or take the key away")),
        );
        return None;
    }
    let multiple = multiple.map(|text| text.value.trim().to_owned());
    let values = listed.map(values);
    Some(ColumnSpec { id, header: header?, month, kind, multiple, values, bands, bins, unit, leave_out })
}

/// Values as they stand in a list, or values with what is printed for them.
type Values = Either<Vec<Text>, Vec<(Spanned<String>, Either<Text, ValueEntry>)>>;

fn values(given: Values) -> Vec<ValueSpec> {
    // What stands in the cell is what is printed, and as little Markdown as there.
    let plain = |text: Text| ValueSpec {
        values: vec![alike::reading(&text.value)],
        id: None,
        label: Text { literal: true, ..text },
        group: None,
    };
    let full = |(value, given): (Spanned<String>, Either<Text, ValueEntry>)| {
        let values = vec![alike::reading(&value.value)];
        let (id, label) = match given {
            Either::Short(label) => (None, label),
            Either::Full(entry) => (entry.id, entry.label.unwrap_or(Text::of_cell(value.value, value.span))),
        };
        ValueSpec { values, id, label, group: None }
    };
    match given {
        Either::Short(texts) => texts.into_iter().map(plain).collect(),
        Either::Full(entries) => grouped::joined(entries.into_iter().map(full)),
    }
}

/// Which characters a file writes numbers with; `span` is where that is said.
pub fn notation(decimal: Option<char>, thousands: Option<char>, span: Span, sink: &mut Sink) -> Notation {
    if decimal.is_some() && decimal == thousands {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("`decimal` and `thousands` are the same character"))
                .at(span)
                .help(say!("keep one of them: the other is then the other character")),
        );
    }
    Notation { decimal, thousands }
}

/// Columns and what they must be, in the model's form.
pub fn conditions(wanted: Wanted, sink: &mut Sink) -> Vec<Condition> {
    let condition = |(column, given): (Spanned<String>, Either<Vec<Text>, Spanned<TestEntry>>)| {
        let test = match given {
            Either::Short(words) => Test::AnyOf(words),
            Either::Full(entry) => test(&column.value, entry, sink)?,
        };
        Some(Condition { column, test })
    };
    wanted.into_iter().filter_map(condition).collect()
}

fn test(column: &str, given: Spanned<TestEntry>, sink: &mut Sink) -> Option<Test> {
    let Spanned { value: TestEntry { not, missing, from, to }, span } = given;
    match (not, missing, from.is_some() || to.is_some()) {
        (Some(not), None, false) => not.ok().map(Test::NoneOf),
        (None, Some(missing), false) => missing.ok().map(Test::Missing),
        (None, None, true) => Some(Test::Range { from, to }),
        _ => {
            sink.push(
                Diagnostic::error(
                    Code::VALUE_INVALID,
                    say!("the condition on `{column}` cannot be understood", column),
                )
                .at(span)
                .help(say!("write a value, a list of values, {not: value}, {from: 18, to: 29} or {missing: true}")),
            );
            None
        }
    }
}

/// What a table is counted from.
pub fn cross(given: Spanned<CrossEntry>, sink: &mut Sink) -> Option<Cross> {
    let Spanned { value: entry, span } = given;
    let CrossEntry { rows, conditions: wanted, by, across, heading, order, across_order, counts, measures } = entry;
    let conditions = conditions(wanted, sink);
    let measures: Vec<CrossMeasure> = measures.into_iter().filter_map(|given| measure(given, sink)).collect();
    if let (Some(at), true) = (counts.as_ref().filter(|counts| !counts.value), measures.is_empty()) {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("the table counts nothing and has no `measures`"))
                .at(at.span)
                .help(say!("add `measures`: what its cells hold; or take `counts` away")),
        );
        return None;
    }
    let counts = counts.is_none_or(|counts| counts.value);
    Some(Cross {
        selection: Selection { dataset: rows?, conditions, span },
        by: by?,
        across,
        heading,
        order,
        across_order,
        counts,
        measures,
        total_row: CrossTotal::OfSeveral,
        total_column: CrossTotal::OfSeveral,
    })
}

fn measure(given: Spanned<MeasureEntry>, sink: &mut Sink) -> Option<CrossMeasure> {
    let Spanned { value: entry, span } = given;
    let MeasureEntry {
        id,
        label,
        average,
        lower_quartile,
        median,
        upper_quartile,
        max,
        min,
        sum,
        decimals,
        unit,
        missing: leave_out,
        weight,
    } = entry;
    let found: Vec<(Statistic, Spanned<String>)> = [
        (Statistic::Average, average),
        (Statistic::LowerQuartile, lower_quartile),
        (Statistic::Median, median),
        (Statistic::UpperQuartile, upper_quartile),
        (Statistic::Largest, max),
        (Statistic::Smallest, min),
        (Statistic::Sum, sum),
    ]
    .into_iter()
    .filter_map(|(statistic, column)| Some((statistic, column?)))
    .collect();
    let Ok([(statistic, column)]) = <[_; 1]>::try_from(found) else {
        sink.push(
            Diagnostic::error(Code::KEY_MISSING, say!("a measure computes one thing"))
                .at(span)
                .help(say!("add one of average, median, lower-quartile, upper-quartile, max, min and sum, with a column of the dataset: average: score")),
        );
        return None;
    };
    let decimals = decimals.and_then(|n| u8::try_from(n.value.to_i64()?).ok()).map(|n| n.min(6));
    if !totals::can_be_weighted(statistic, weight.as_ref(), sink) {
        return None;
    }
    Some(CrossMeasure { id: id?, label: label?, statistic, column, decimals, unit, leave_out, weight })
}
