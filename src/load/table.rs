//! Tables: columns, rows and cells from YAML, or rows from CSV.

mod behind;
mod derived;
mod file_rows;
mod keys;
mod texts;
mod typed_rows;

use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, say};
use crate::document::data::ColumnKind;
use crate::limits;
use crate::markdown::slug;
use crate::model::{Breakdowns, Column, Cross, CrossTotal, DerivedColumn, Ranking, Table};
use crate::source::{Span, Spanned, Text};

use super::encoding::Encoding;
use super::form::{Either, Tried, missing};
use super::{DataFiles, breakdown, cases, totals};

use file_rows::FileRows;
pub use keys::TableEntry;
use keys::{CellKind, ColumnEntry, GroupEntry, OneOrGroup, RankingEntry, SheetEntry};

/// One table.
pub fn table(
    id: Spanned<String>,
    given: Spanned<TableEntry>,
    breakdowns: &Breakdowns,
    files: &mut dyn DataFiles,
    sink: &mut Sink,
) -> Option<Table> {
    let Spanned { value: mut entry, span } = given;
    let what = &say!("table `{id}`", id = id.value);
    let unused = |key: &str, at: Option<Span>, help: Said, sink: &mut Sink| {
        if let Some(at) = at {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, say!("{what} has no use for `{key}`", what, key))
                    .at(at)
                    .help(help),
            );
        }
    };
    let encoding = entry.encoding.as_ref().map(|given| given.value);
    let file_rows = file_rows(entry.csv.take(), encoding, [entry.xlsx.take(), entry.ods.take()], sink);
    if file_rows.as_ref().is_none_or(|file| !file.place.is_csv) {
        let help = say!("it is for the letters of a CSV file; take the key away");
        unused("encoding", entry.encoding.as_ref().map(|given| given.span), help, sink);
    }
    if file_rows.is_none() {
        let help = say!("it is for numbers in a file that `csv` or `xlsx` names; take the key away");
        unused("decimal", entry.decimal.as_ref().map(|given| given.span), help.clone(), sink);
        unused("thousands", entry.thousands.as_ref().map(|given| given.span), help, sink);
    }
    if entry.cross.is_some() {
        if let Some(file) = &file_rows {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, say!("the table has both `cross` and a file"))
                    .at(file.place.file.span)
                    .help(say!("keep one of them: a table counted from case rows gets its rows and columns from them")),
            );
        }
        let help = say!("a table counted from case rows gets its rows from them; take the key away");
        unused("ranking", entry.ranking.as_ref().map(|given| given.span), help.clone(), sink);
        unused("multiple", entry.multiple.as_ref().map(|given| given.span), help, sink);
        let help = say!(
            "values of case rows stand as they are; give a value a `label` in the dataset's `values`, which is Markdown"
        );
        unused("markdown", entry.markdown.as_ref().map(|given| given.span), help, sink);
        return counted(id, entry, span, sink);
    }
    let lacks = |key: &str, sink: &mut Sink| sink.push(missing(what, key, span));
    if entry.columns.is_none() {
        lacks("columns", sink);
    }
    if entry.rows.is_none() && file_rows.is_none() {
        lacks("rows", sink);
    }
    let (columns, from): (Vec<Column>, Vec<Option<Text>>) =
        entry.columns.map(|given| columns(given, breakdowns, sink)).unwrap_or_default().into_iter().unzip();
    totals::check_weights(&columns, sink);
    totals::check_breakdowns(&columns, breakdowns, sink);
    let is_count = |column: &Column| matches!(column.kind, ColumnKind::Count);
    let counted = !columns.is_empty() && columns.iter().all(is_count);
    let totalled = !columns.is_empty() && columns.iter().all(Column::has_total);
    let (some_count, some_total) = (columns.iter().any(is_count), columns.iter().any(Column::has_total));
    for (key, wanted, some) in
        [("total-column", &entry.total_column, some_count), ("total-row", &entry.total_row, some_total)]
    {
        if let (Some(Spanned { value: true, span }), false, false) = (wanted, some, columns.is_empty()) {
            sink.push(nothing_to_add(key, *span));
        }
    }
    let total_column = entry.total_column.map_or(counted && columns.len() > 1, |wanted| wanted.value);
    let ranking = entry.ranking.and_then(|given| ranking(given.value, &columns, sink));
    let faults = sink.count(Severity::Error);
    let markdown = entry.markdown.map_or(file_rows.is_none(), |given| given.value);
    let (mut rows, mut typed_total) = match file_rows {
        Some(file) => {
            if entry.rows.is_some() {
                sink.push(
                    Diagnostic::error(Code::VALUE_INVALID, say!("the table has both `rows` and a file"))
                        .at(file.place.file.span)
                        .help(say!("keep one of them")),
                );
            }
            let sign = |given: Option<Spanned<char>>| given.map(|given| given.value);
            let notation = cases::notation(sign(entry.decimal), sign(entry.thousands), span, sink);
            let mut rows = file_rows::read(&file, (&columns, &from), notation, files, sink);
            let total = totals::typed(&mut rows, &columns, sink);
            (typed_rows::unique(rows, sink), total)
        }
        None => {
            let given = entry.rows.map(|rows| rows.value).unwrap_or_default();
            typed_rows::rows(given, &columns, files.parameters(), sink)
        }
    };
    texts::read_as(markdown, rows.iter_mut().chain(&mut typed_total), &entry.notes, sink);
    totals::check_weighing(&columns, &rows, sink);
    let total_row = entry.total_row.map_or(totalled && rows.len() > 1, |wanted| wanted.value);
    if rows.is_empty() || columns.is_empty() {
        // Why rows were refused was told.
        if sink.count(Severity::Error) == faults {
            sink.push(
                Diagnostic::error(Code::TABLE_EMPTY, say!("table `{id}` has no rows or no columns", id = id.value))
                    .at(id.span)
                    .help(say!("add `columns` and `rows`, or delete the table and what names it")),
            );
        }
        return None;
    }
    Some(Table {
        id,
        caption: entry.caption?,
        stub: entry.stub?,
        columns,
        total_column,
        total_row,
        base: entry.base,
        counts: entry.counts,
        multiple: entry.multiple.is_some_and(|given| given.value),
        rows,
        derived: derive(entry.derived, sink),
        show: entry.show,
        order: entry.order.and_then(derived::order),
        cross: None,
        ranking,
        gathered: None,
        typed_total,
        notes: entry.notes,
        note: entry.note,
        source: entry.source,
        span,
    })
}

/// The computed columns.
fn derive(given: Vec<(Spanned<String>, Spanned<derived::DerivedEntry>)>, sink: &mut Sink) -> Vec<DerivedColumn> {
    given.into_iter().filter_map(|(id, given)| derived::column(id, given, sink)).collect()
}

/// Which file the rows are read from, if one is named.
fn file_rows(
    csv: Option<Text>,
    encoding: Option<Encoding>,
    sheets: [Option<Spanned<Either<Text, SheetEntry>>>; 2],
    sink: &mut Sink,
) -> Option<FileRows> {
    let sheets = sheets.into_iter().flatten().filter_map(|given| match given.value {
        Either::Short(file) => Some(FileRows::of_first_sheet(file)),
        Either::Full(entry) => FileRows::of_sheet(entry),
    });
    let mut all: Vec<FileRows> = csv.map(|file| FileRows::of_csv(file, encoding)).into_iter().chain(sheets).collect();
    for surplus in all.drain(all.len().min(1)..) {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("the rows of a table come from one file, and here is another"))
                .at(surplus.place.file.span)
                .help(say!("keep one of `csv`, `xlsx` and `ods`")),
        );
    }
    all.pop()
}

/// A total is asked for, and no column can be added up.
fn nothing_to_add(key: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code::TABLE_TOTAL, say!("`{key}` has nothing to add up: no column of the table is a count", key))
        .at(at)
        .help(say!("averages, percentages and other measures cannot be added up without weights: where a column of the table holds what they are of, write `weight: persons` in theirs"))
        .help(say!("count the cases (`cross` computes averages of all cases as well), or take the key away"))
}

/// A table counted from case rows: what it holds is known when all datasets are read.
fn counted(id: Spanned<String>, entry: TableEntry, span: Span, sink: &mut Sink) -> Option<Table> {
    let given = [("columns", entry.columns.map(|given| given.span)), ("rows", entry.rows.map(|given| given.span))];
    for (key, at) in given {
        if let Some(at) = at {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, say!("the table has both `cross` and `{key}`", key))
                    .at(at)
                    .help(say!("keep one of them: a table counted from case rows gets its rows and columns from them")),
            );
        }
    }
    let cross = entry.cross.and_then(Tried::ok).and_then(|given| cases::cross(given, sink));
    let wanted = |given: Option<Spanned<bool>>| match given.map(|given| given.value) {
        Some(true) => CrossTotal::Always,
        Some(false) => CrossTotal::Never,
        None => CrossTotal::OfSeveral,
    };
    let (total_row, total_column) = (wanted(entry.total_row), wanted(entry.total_column));
    Some(Table {
        id,
        caption: entry.caption?,
        stub: entry.stub?,
        columns: Vec::new(),
        total_column: false,
        total_row: false,
        base: entry.base,
        counts: entry.counts,
        multiple: false,
        rows: Vec::new(),
        derived: derive(entry.derived, sink),
        show: entry.show,
        order: entry.order.and_then(derived::order),
        cross: Some(Cross { total_row, total_column, ..cross? }),
        ranking: None,
        gathered: None,
        typed_total: None,
        notes: entry.notes,
        note: entry.note,
        source: entry.source,
        span,
    })
}

fn ranking(given: RankingEntry, columns: &[Column], sink: &mut Sink) -> Option<Ranking> {
    let RankingEntry { by, since } = given;
    let mut known = true;
    for id in by.iter().chain(&since) {
        let numeric = |column: &&Column| !matches!(column.kind, ColumnKind::Date | ColumnKind::Text);
        if !columns.iter().filter(numeric).any(|column| column.id.value == id.value) {
            known = false;
            let names = columns.iter().filter(numeric).map(|column| column.id.value.as_str());
            sink.push(
                Diagnostic::error(
                    Code::TABLE_RAGGED,
                    say!("there is no column of numbers `{id}` to rank by", id = id.value),
                )
                .at(id.span)
                .nearest(&id.value, names),
            );
        }
    }
    Some(Ranking { by: by?, since }).filter(|_| known)
}

/// The columns, and by what header each is found in a file.
fn columns(given: Spanned<Vec<OneOrGroup>>, breakdowns: &Breakdowns, sink: &mut Sink) -> Vec<(Column, Option<Text>)> {
    let mut out: Vec<(Column, Option<Text>)> = Vec::new();
    for column in given.value {
        match column {
            OneOrGroup::One(one) => out.extend(self::column(*one, breakdowns, sink)),
            OneOrGroup::Group(GroupEntry { group, columns }) => {
                let columns = columns.into_iter().filter_map(|one| self::column(one, breakdowns, sink));
                out.extend(columns.map(|(column, from)| (Column { group: group.clone(), ..column }, from)));
            }
        }
    }
    if out.len() > limits::COLUMNS {
        let (found, most) = (out.len(), limits::COLUMNS);
        sink.push(
            Diagnostic::error(
                Code::TABLE_COLUMNS,
                say!("the table has {found} columns; at most {most} can be set", found, most),
            )
            .at(given.span)
            .help(say!("turn it round, so that its columns become rows, or make several tables")),
        );
        out.truncate(limits::COLUMNS);
    }
    let mut seen: Vec<Spanned<String>> = Vec::new();
    for (column, _) in &out {
        if let Some(first) = seen.iter().find(|id| id.value == column.id.value) {
            sink.push(
                Diagnostic::error(Code::ID_DUPLICATE, say!("column `{column}` stands twice", column = column.id.value))
                    .label(column.id.span, say!("again here"))
                    .also(first.span, say!("first here")),
            );
        }
        seen.push(column.id.clone());
    }
    out
}

/// A column by itself.
fn column(
    given: Either<Spanned<String>, Spanned<ColumnEntry>>,
    breakdowns: &Breakdowns,
    sink: &mut Sink,
) -> Option<(Column, Option<Text>)> {
    match given {
        Either::Full(entry) => full_column(entry, breakdowns, sink),
        Either::Short(id) => {
            let Some(group) = breakdowns.group(&id.value) else {
                sink.push(no_label(&id, breakdowns));
                return None;
            };
            let id = Spanned::new(breakdowns.id(group).to_owned(), id.span);
            let (label, word, group_of, kind) = (None, None, None, ColumnKind::Count);
            Some((Column { id, label, word, group: group_of, kind, of: Some(group), weight: None, behind: None }, None))
        }
    }
}

/// Only groups have words without the author.
fn no_label(id: &Spanned<String>, breakdowns: &Breakdowns) -> Diagnostic {
    let groups: Vec<String> = breakdowns.ids().map(|(_, id)| format!("`{id}`")).collect();
    let alone = match groups.split_last() {
        None => say!("belagg.yaml declares no groups that could stand alone"),
        Some((last, [])) => say!("only {last} can stand alone", last),
        Some((last, rest)) => say!("only {rest} and {last} can stand alone", last, rest = rest.join(", ")),
    };
    Diagnostic::error(Code::TABLE_HEADER, say!("column `{id}` has no label", id = id.value)).at(id.span).help(say!(
        "write {{id: {id}, label: …}}; {alone}",
        alone,
        id = slug(&id.value)
    ))
}

fn full_column(
    given: Spanned<ColumnEntry>,
    breakdowns: &Breakdowns,
    sink: &mut Sink,
) -> Option<(Column, Option<Text>)> {
    let Spanned { value: entry, span } = given;
    let ColumnEntry { id, label, decimals, unit, kind, of, sex, weight, from, largest, second, contributors } = entry;
    let decimals = decimals.and_then(|n| n.value.to_i64()).and_then(|n| u8::try_from(n).ok()).map(|n| n.min(9));
    let kind = match kind {
        CellKind::Count => ColumnKind::Count,
        CellKind::Percent => ColumnKind::Percent { decimals: decimals.unwrap_or(0) },
        CellKind::Amount => ColumnKind::Amount { unit, decimals: decimals.unwrap_or(0) },
        CellKind::Date => ColumnKind::Date,
        CellKind::Text => ColumnKind::Text,
    };
    let id = id?;
    if let (Some(of), Some(sex)) = (&of, &sex) {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("column `{id}` has both `of` and `sex`", id = id.value))
                .label(sex.span, say!("here"))
                .also(of.span, say!("and here"))
                .help(say!("they mean the same: keep one of them")),
        );
    }
    let of = match of.or(sex) {
        Some(named) => Some(breakdown::named(&named, breakdowns, sink)?),
        None => breakdowns.group(&id.value).filter(|group| breakdowns.id(*group) == id.value),
    };
    if label.is_none() && of.is_none() {
        sink.push(
            Diagnostic::error(Code::TABLE_HEADER, say!("column `{id}` has no label", id = id.value))
                .at(span)
                .help(say!("add `label: …`: it is the column's header")),
        );
        return None;
    }
    let behind = behind::keys(&id, &kind, (largest, second, contributors), sink);
    Some((Column { id, label, word: None, group: None, kind, of, weight, behind }, from))
}
