//! Tables: columns, rows and cells from YAML, or rows from CSV.

use crate::compute::value::Blank;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::limits;
use crate::markdown::slug;
use crate::model::{CellValue, Column, ColumnKind, Cross, Ranking, Row, Sex, Table};
use crate::source::{Spanned, Text};

use super::decode::{self, Map};
use super::yaml::{Node, Value};
use super::{cases, csv, csv_rows, totals};

/// Gives the content of a CSV file named in a table; the loader reads it.
pub type CsvReader<'a> = dyn FnMut(&Text, &mut Sink) -> Option<csv::Data> + 'a;

/// Reasons for a blank cell, as authors write them.
pub(super) const BLANKS: &[(&str, Blank)] = &[
    ("zero", Blank::Zero),
    ("not-applicable", Blank::NotApplicable),
    ("not-available", Blank::NotAvailable),
    ("suppressed", Blank::Suppressed),
];

/// Reads one table.
pub fn read(id: Spanned<String>, node: &Node, csv: &mut CsvReader<'_>, sink: &mut Sink) -> Option<Table> {
    let mut map = Map::open(node, format!("table `{}`", id.value), sink)?;
    let caption = map.require_text("caption", sink);
    let stub = map.require_text("stub", sink);
    let crossed = map.take("cross").map(|node| cases::cross(&node, sink));
    if crossed.is_some() {
        return counted(id, caption, stub, crossed.flatten(), map, sink);
    }
    let columns = map.require("columns", sink).map(|node| columns(&node, sink)).unwrap_or_default();
    let counted = !columns.is_empty() && columns.iter().all(|column| matches!(column.kind, ColumnKind::Count));
    let counts = columns.iter().filter(|column| matches!(column.kind, ColumnKind::Count)).count();
    let wanted_column = map.take("total-column");
    let total_column = flag(wanted_column.as_ref(), "total-column", sink).unwrap_or(counted && columns.len() > 1);
    let base = map.text("base", sink).map(|text| Spanned::new(text.value, text.span));
    let multiple = map.flag("multiple", sink).unwrap_or(false);
    let wanted_row = map.take("total-row");
    let given = flag(wanted_row.as_ref(), "total-row", sink);
    for (key, wanted, node) in
        [("total-column", total_column, &wanted_column), ("total-row", given == Some(true), &wanted_row)]
    {
        if let (true, 0, false, Some(node)) = (wanted, counts, columns.is_empty(), node) {
            sink.push(nothing_to_add(key, node));
        }
    }
    let ranking = map.take("ranking").and_then(|node| ranking(&node, &columns, sink));
    let (rows, typed_total) = rows(&mut map, &columns, csv, sink);
    let total_row = given.unwrap_or(counted && rows.len() > 1);
    let notes = map.take("notes").map(|node| notes(&node, sink)).unwrap_or_default();
    let note = map.text("note", sink);
    let source = map.text("source", sink);
    let span = map.span;
    map.finish(sink);
    if rows.is_empty() || columns.is_empty() {
        sink.push(
            Diagnostic::error(Code::TABLE_EMPTY, format!("table `{}` has no rows or no columns", id.value))
                .at(id.span)
                .help("add `columns` and `rows`, or delete the table and what names it"),
        );
        return None;
    }
    Some(Table {
        id,
        caption: caption?,
        stub: stub?,
        columns,
        total_column,
        total_row,
        base,
        multiple,
        rows,
        cross: None,
        ranking,
        gathered: None,
        typed_total,
        notes,
        note,
        source,
        span,
    })
}

fn flag(node: Option<&Node>, key: &str, sink: &mut Sink) -> Option<bool> {
    decode::flag(node?, &format!("`{key}`"), sink)
}

/// A total is asked for, and no column can be added up.
fn nothing_to_add(key: &str, node: &Node) -> Diagnostic {
    Diagnostic::error(Code::TABLE_TOTAL, format!("`{key}` has nothing to add up: no column of the table is a count"))
        .at(node.span)
        .help("averages, percentages and other measures cannot be added up without weights")
        .help("count the cases (`cross` computes averages of all cases as well), or take the key away")
}

/// A table counted from case rows: what it holds is known when all datasets are read.
fn counted(
    id: Spanned<String>,
    caption: Option<Text>,
    stub: Option<Text>,
    cross: Option<Cross>,
    mut map: Map,
    sink: &mut Sink,
) -> Option<Table> {
    for key in ["columns", "rows", "csv"] {
        if let Some(node) = map.take(key) {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, format!("the table has both `cross` and `{key}`"))
                    .at(node.span)
                    .help("keep one of them: a table counted from case rows gets its rows and columns from them"),
            );
        }
    }
    let (total_row, total_column) = (map.flag("total-row", sink), map.flag("total-column", sink));
    let base = map.text("base", sink).map(|text| Spanned::new(text.value, text.span));
    let notes = map.take("notes").map(|node| notes(&node, sink)).unwrap_or_default();
    let note = map.text("note", sink);
    let source = map.text("source", sink);
    let span = map.span;
    map.finish(sink);
    Some(Table {
        id,
        caption: caption?,
        stub: stub?,
        columns: Vec::new(),
        total_column: false,
        total_row: false,
        base,
        multiple: false,
        rows: Vec::new(),
        cross: Some(Cross { total_row, total_column, ..cross? }),
        ranking: None,
        gathered: None,
        typed_total: None,
        notes,
        note,
        source,
        span,
    })
}

/// `{by: score, since: earlier}`
fn ranking(node: &Node, columns: &[Column], sink: &mut Sink) -> Option<Ranking> {
    let mut map = Map::open(node, "`ranking`", sink)?;
    let by = map.require_text("by", sink).map(|text| Spanned::new(text.value, text.span));
    let since = map.text("since", sink).map(|text| Spanned::new(text.value, text.span));
    map.finish(sink);
    let mut known = true;
    for id in by.iter().chain(&since) {
        let numeric = |column: &&Column| !matches!(column.kind, ColumnKind::Date | ColumnKind::Text);
        if !columns.iter().filter(numeric).any(|column| column.id.value == id.value) {
            known = false;
            let names = columns.iter().filter(numeric).map(|column| column.id.value.as_str());
            sink.push(
                Diagnostic::error(
                    Code::TABLE_RAGGED,
                    format!("there is no column of numbers `{}` to rank by", id.value),
                )
                .at(id.span)
                .nearest(&id.value, names),
            );
        }
    }
    Some(Ranking { by: by?, since }).filter(|_| known)
}

fn notes(node: &Node, sink: &mut Sink) -> Vec<(Spanned<String>, Text)> {
    let Some(mut map) = Map::open(node, "`notes`", sink) else { return Vec::new() };
    map.rest()
        .into_iter()
        .filter_map(|(mark, node)| {
            let text = decode::text(&node, &format!("note `{}`", mark.value), sink)?;
            Some((mark, text))
        })
        .collect()
}

fn columns(node: &Node, sink: &mut Sink) -> Vec<Column> {
    let mut out: Vec<Column> = Vec::new();
    for node in decode::list(node, "`columns`", sink) {
        let Value::Map(_) = &node.value else {
            out.extend(short_column(&node, sink));
            continue;
        };
        let Some(mut map) = Map::open(&node, "a column", sink) else { continue };
        if map.has("group") {
            let group = map.text("group", sink);
            for inner in map.list("columns", sink) {
                let column = match &inner.value {
                    Value::Map(_) => Map::open(&inner, "a column", sink).and_then(|map| full_column(map, sink)),
                    _ => short_column(&inner, sink),
                };
                out.extend(column.map(|column| Column { group: group.clone(), ..column }));
            }
            map.finish(sink);
        } else {
            out.extend(full_column(map, sink));
        }
    }
    if out.len() > limits::COLUMNS {
        let (found, most) = (out.len(), limits::COLUMNS);
        sink.push(
            Diagnostic::error(Code::TABLE_COLUMNS, format!("the table has {found} columns; at most {most} can be set"))
                .at(node.span)
                .help("turn it round, so that its columns become rows, or make several tables"),
        );
        out.truncate(limits::COLUMNS);
    }
    let mut seen: Vec<Spanned<String>> = Vec::new();
    for column in &out {
        if let Some(first) = seen.iter().find(|id| id.value == column.id.value) {
            sink.push(
                Diagnostic::error(Code::ID_DUPLICATE, format!("column `{}` stands twice", column.id.value))
                    .label(column.id.span, "again here")
                    .also(first.span, "first here"),
            );
        }
        seen.push(column.id.clone());
    }
    out
}

/// `women` and `men`, which need no words of the author's.
fn short_column(node: &Node, sink: &mut Sink) -> Option<Column> {
    let id = decode::text(node, "a column", sink)?;
    let sex = sex_of(&id.value);
    if sex.is_none() {
        sink.push(
            Diagnostic::error(Code::TABLE_HEADER, format!("column `{}` has no label", id.value))
                .at(id.span)
                .help(format!("write {{id: {}, label: …}}; only `women` and `men` can stand alone", slug(&id.value))),
        );
        return None;
    }
    Some(Column {
        id: Spanned::new(id.value, id.span),
        label: None,
        word: None,
        group: None,
        kind: ColumnKind::Count,
        sex,
    })
}

fn sex_of(id: &str) -> Option<Sex> {
    match id {
        "women" => Some(Sex::Women),
        "men" => Some(Sex::Men),
        _ => None,
    }
}

fn full_column(mut map: Map, sink: &mut Sink) -> Option<Column> {
    let id =
        map.require_text("id", sink).map(|text| Spanned::new(text.value, text.span)).filter(|id| decode::id(id, sink));
    let label = map.text("label", sink);
    let decimals =
        map.count("decimals", sink).and_then(|n| n.value.to_i64()).and_then(|n| u8::try_from(n).ok()).map(|n| n.min(9));
    let unit = map.text("unit", sink);
    let kinds = [("count", 0), ("percent", 1), ("amount", 2), ("date", 3), ("text", 4)];
    let kind = match map.choice("type", &kinds, sink).unwrap_or(0) {
        1 => ColumnKind::Percent { decimals: decimals.unwrap_or(0) },
        2 => ColumnKind::Amount { unit, decimals: decimals.unwrap_or(0) },
        3 => ColumnKind::Date,
        4 => ColumnKind::Text,
        _ => ColumnKind::Count,
    };
    let sex = map.choice("sex", &[("women", Sex::Women), ("men", Sex::Men)], sink);
    let span = map.span;
    map.finish(sink);
    let id = id?;
    let sex = sex.or_else(|| sex_of(&id.value));
    if label.is_none() && sex.is_none() {
        sink.push(
            Diagnostic::error(Code::TABLE_HEADER, format!("column `{}` has no label", id.value))
                .at(span)
                .help("add `label: …`: it is the column's header"),
        );
        return None;
    }
    Some(Column { id, label, word: None, group: None, kind, sex })
}

fn rows(map: &mut Map, columns: &[Column], csv: &mut CsvReader<'_>, sink: &mut Sink) -> (Vec<Row>, Option<Row>) {
    let from_csv = map.text("csv", sink);
    let has_rows = map.has("rows");
    if let Some(file) = from_csv {
        if has_rows {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, "the table has both `rows` and `csv`")
                    .at(file.span)
                    .help("keep one of them"),
            );
        }
        let _ = map.take("rows");
        let notation = cases::notation(map, sink);
        let read = csv(&file, sink).map(|data| csv_rows::read(&data, columns, notation, sink));
        let mut rows = read.unwrap_or_default();
        let total = totals::typed(&mut rows, columns, sink);
        return (unique(rows, sink), total);
    }
    let mut out = Vec::new();
    let mut total = None;
    for node in map.require("rows", sink).map(|node| decode::list(&node, "`rows`", sink)).unwrap_or_default() {
        if let Some((row, is_total)) = row(&node, columns, sink) {
            if is_total {
                total = Some(row);
            } else {
                out.push(row);
            }
        }
    }
    totals::unmarked(&out, columns, sink);
    (unique(out, sink), total)
}

fn unique(rows: Vec<Row>, sink: &mut Sink) -> Vec<Row> {
    totals::tell_of_alike(&rows, sink);
    let mut seen: std::collections::BTreeMap<String, crate::source::Span> = std::collections::BTreeMap::new();
    for row in &rows {
        if let Some(first) = seen.insert(row.id.value.clone(), row.id.span) {
            sink.push(
                Diagnostic::error(Code::ID_DUPLICATE, format!("two rows have the id `{}`", row.id.value))
                    .label(row.id.span, "again here")
                    .also(first, "first here")
                    .help("give one of them another `id`"),
            );
        }
    }
    rows
}

fn row(node: &Node, columns: &[Column], sink: &mut Sink) -> Option<(Row, bool)> {
    let mut map = Map::open(node, "a row", sink)?;
    // `total: true` marks a row of typed totals; `total: 10` is a typed total of this row.
    let total = map.take("total");
    let is_total = matches!(total.as_ref().map(|node| &node.value), Some(Value::Scalar { text, plain: true, .. }) if text == "true");
    let label = if is_total { map.text("label", sink) } else { map.require_text("label", sink) };
    let id = map.text("id", sink).map(|text| Spanned::new(text.value, text.span)).filter(|id| decode::id(id, sink));
    let typed_total = match &total {
        Some(node) if !is_total => decode::count(node, "`total`", sink),
        _ => None,
    };
    let mut cells = Vec::new();
    let mut missing = Vec::new();
    let mut left: Vec<(Spanned<String>, Node)> = map.rest();
    for column in columns {
        match left.iter().position(|(key, _)| key.value == column.id.value) {
            Some(at) => {
                let (_, node) = left.remove(at);
                cells.push(cell(&node, column, sink));
            }
            None => missing.push(column.id.value.as_str()),
        }
    }
    let names: Vec<&str> =
        columns.iter().map(|column| column.id.value.as_str()).chain(["id", "label", "total"]).collect();
    for (key, _) in &left {
        sink.push(
            Diagnostic::error(
                Code::TABLE_RAGGED,
                format!("the row has a value for `{}`, which is no column", key.value),
            )
            .at(key.span)
            .nearest(&key.value, names.iter().copied())
            .help(format!(
                "the columns are {}",
                columns.iter().map(|c| c.id.value.as_str()).collect::<Vec<_>>().join(", ")
            )),
        );
    }
    if !missing.is_empty() {
        sink.push(
            Diagnostic::error(Code::TABLE_RAGGED, format!("the row has no value for {}", missing.join(", ")))
                .at(map.span)
                .help(format!("add `{}: …`, or say why it is blank: {{blank: not-available}}", missing[0])),
        );
    }
    let cells: Option<Vec<Spanned<CellValue>>> = cells.into_iter().collect();
    let cells = cells?;
    if !left.is_empty() || !missing.is_empty() {
        return None;
    }
    let span = map.span;
    let label = label.unwrap_or_else(|| Text::new(String::new(), span));
    let id = id.unwrap_or_else(|| Spanned::new(slug(&label.value), label.span));
    Some((Row { id, label, cells, typed_total, span }, is_total))
}

fn cell(node: &Node, column: &Column, sink: &mut Sink) -> Option<Spanned<CellValue>> {
    let what = format!("`{}`", column.id.value);
    let value = match &node.value {
        Value::Null => {
            sink.push(
                Diagnostic::error(Code::TABLE_BLANK, format!("the cell {what} is blank without a reason"))
                    .at(column.id.span)
                    .also(node.span, "the cell")
                    .help(
                        "write {blank: zero}, {blank: not-applicable}, {blank: not-available} or {blank: suppressed}",
                    ),
            );
            return None;
        }
        Value::Map(_) => {
            let mut map = Map::open(node, "a cell", sink)?;
            let reason = map.require("blank", sink).and_then(|node| decode::choice(&node, "`blank`", BLANKS, sink));
            map.finish(sink);
            CellValue::Blank(reason?)
        }
        _ => match &column.kind {
            ColumnKind::Count => CellValue::Number(decode::count(node, &what, sink)?.value),
            ColumnKind::Percent { .. } | ColumnKind::Amount { .. } => {
                CellValue::Number(decode::number(node, &what, sink)?.value.0)
            }
            ColumnKind::Date => CellValue::Date(decode::date(node, &what, sink)?.value),
            ColumnKind::Text => CellValue::Text(decode::text(node, &what, sink)?),
        },
    };
    Some(Spanned::new(value, node.span))
}
