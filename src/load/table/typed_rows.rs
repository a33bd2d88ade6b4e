//! Rows of a table as they are typed in YAML.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::data::ColumnKind;
use crate::markdown::slug;
use crate::model::{CellValue, Column, Parameter, Row};
use crate::source::{Spanned, Text};

use super::super::decode;
use super::super::form::{Form as _, Number, Tried, missing};
use super::super::yaml::{Node, Value};
use super::super::{parameters, totals};
use super::behind;
use super::keys::{BlankEntry, RowEntry, Total};

/// The rows, and the row of typed totals.
pub fn rows(
    given: Vec<Spanned<RowEntry>>,
    columns: &[Column],
    parameters: &[Parameter],
    sink: &mut Sink,
) -> (Vec<Row>, Option<Row>) {
    let mut out = Vec::new();
    let mut total = None;
    for entry in given {
        let is_total = matches!(entry.value.total, Some(Tried::Read(Total::Row)));
        match row(entry, columns, parameters, sink) {
            Some(row) if is_total => {
                if let Some(first) = total.replace(row) {
                    let second = total.as_ref().unwrap_or(&first);
                    sink.push(
                        Diagnostic::error(
                            Code::TABLE_TOTAL,
                            say!("a table has one row of typed totals, and here is a second"),
                        )
                        .label(second.label.span, say!("again here"))
                        .also(first.label.span, say!("first here"))
                        .help(say!("keep one of them; sums of some of the rows have no place among the rows")),
                    );
                }
            }
            row => out.extend(row),
        }
    }
    totals::unmarked(&out, columns, sink);
    (unique(out, sink), total)
}

/// The rows; ids that stand twice and labels that look alike are told.
pub fn unique(rows: Vec<Row>, sink: &mut Sink) -> Vec<Row> {
    totals::tell_of_alike(&rows, sink);
    let mut seen: std::collections::BTreeMap<String, crate::source::Span> = std::collections::BTreeMap::new();
    for row in &rows {
        if let Some(first) = seen.insert(row.id.value.clone(), row.id.span) {
            sink.push(
                Diagnostic::error(
                    Code::ID_DUPLICATE,
                    row.located(say!("two rows have the id `{row}`", row = row.id.value)),
                )
                .label(row.id.span, say!("again here"))
                .also(first, say!("first here"))
                .help(say!("give one of them another `id`")),
            );
        }
    }
    rows
}

fn row(given: Spanned<RowEntry>, columns: &[Column], parameters: &[Parameter], sink: &mut Sink) -> Option<Row> {
    let Spanned { value: RowEntry { label, id, total, cells: mut left }, span } = given;
    let is_total = matches!(total, Some(Tried::Read(Total::Row)));
    if label.is_none() && !is_total {
        sink.push(missing(&say!("a row"), "label", span));
    }
    let beside: Vec<(String, Node)> = left
        .iter()
        .filter(|(key, _)| behind::names(columns).any(|name| name.value == key.value))
        .map(|(key, node)| (key.value.clone(), node.clone()))
        .collect();
    let mut cells = Vec::new();
    let mut lacking = Vec::new();
    for column in columns {
        match left.iter().position(|(key, _)| column.is_named(&key.value)) {
            Some(at) => {
                let (_, mut node) = left.remove(at);
                // In a text a parameter is a figure, as everywhere.
                if !matches!(column.kind, ColumnKind::Text) {
                    parameters::fill(&mut node, &Number::KIND, parameters, sink);
                }
                cells.push(cell(&node, column, sink));
            }
            None => lacking.push(column.id.value.as_str()),
        }
    }
    left.retain(|(key, _)| beside.iter().all(|(name, _)| *name != key.value));
    let ids = columns.iter().map(|column| column.id.value.as_str());
    let of_contributors = behind::names(columns).map(|name| name.value.as_str());
    let names: Vec<&str> =
        RowEntry::MAPPING.known().map(|key| -> &str { key }).chain(ids).chain(of_contributors).collect();
    // That the table has no columns is told at the table.
    for (key, _) in left.iter().filter(|_| !columns.is_empty()) {
        sink.push(
            Diagnostic::error(
                Code::TABLE_RAGGED,
                say!("the row has a value for `{key}`, which is no column", key = key.value),
            )
            .at(key.span)
            .nearest(&key.value, names.iter().copied())
            .help(say!(
                "the columns are {iter}",
                iter = columns.iter().map(|c| c.id.value.as_str()).collect::<Vec<_>>().join(", ")
            )),
        );
    }
    if !lacking.is_empty() {
        sink.push(
            Diagnostic::error(
                Code::TABLE_RAGGED,
                say!("the row has no value for {lacking}", lacking = lacking.join(", ")),
            )
            .at(span)
            .help(say!("add `{what}: …`, or say why it is blank: {{blank: not-available}}", what = lacking[0])),
        );
    }
    let label = label.and_then(Tried::ok);
    let cells: Option<Vec<Spanned<CellValue>>> = cells.into_iter().collect();
    let cells = cells?;
    if !left.is_empty() || !lacking.is_empty() || (label.is_none() && !is_total) {
        return None;
    }
    let typed_total = match total.and_then(Tried::ok) {
        Some(Total::Typed(total)) => Some(total),
        _ => None,
    };
    let label = label.unwrap_or_else(|| Text::new(String::new(), span));
    let id = id.unwrap_or_else(|| Spanned::new(slug(label.untranslated()), label.span));
    let mut told = Sink::default();
    let of = |name: &Text| {
        let found = beside.iter().find(|(key, _)| *key == name.value);
        if found.is_none() {
            told.push(
                Diagnostic::error(Code::TABLE_RAGGED, say!("the row has no value for {lacking}", lacking = name.value))
                    .at(span)
                    .also(name.span, say!("the table names it here"))
                    .help(say!("add `{what}: …`, or say why it is blank: {{blank: not-available}}", what = name.value)),
            );
        }
        found.and_then(|(_, node)| behind::typed(node, name, &mut told))
    };
    let behind = behind::of_row(columns, &cells, span, of, sink);
    sink.extend(told);
    Some(Row { id, label, cells, behind, typed_total, sheet: None, span })
}

fn cell(node: &Node, column: &Column, sink: &mut Sink) -> Option<Spanned<CellValue>> {
    let what = say!("`{column}`", column = column.id.value);
    let value = match &node.value {
        Value::Null => {
            sink.push(
                Diagnostic::error(Code::TABLE_BLANK, say!("the cell {what} is blank without a reason", what))
                    .at(column.id.span)
                    .also(node.span, say!("the cell"))
                    .help(say!(
                        "write {blank: zero}, {blank: not-applicable}, {blank: not-available} or {blank: suppressed}"
                    )),
            );
            return None;
        }
        Value::Map(_) => CellValue::Blank(BlankEntry::read(node, &say!("a cell"), sink)?.blank?),
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
