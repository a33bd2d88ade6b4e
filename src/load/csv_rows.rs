//! Rows of a table from a CSV file.

use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::data::ColumnKind;
use crate::markdown::slug;
use crate::model::{CellValue, Column, Row};
use crate::source::{Spanned, Text};
use crate::value::{Blank, Notation, PartialDate, Typed};

use super::cases::two_readings;
use super::taken::Taken;
use super::{csv, decode};

/// Rows of a CSV file whose header names `label`, the columns' ids and, if need be, `id`.
pub fn read(data: &csv::Data<'_>, columns: &[Column], notation: Notation, sink: &mut Sink) -> Vec<Row> {
    let find = |name: &str| data.header.iter().position(|cell| alike::reading(&cell.value) == name);
    let Some(label_at) = find("label") else {
        sink.push(Diagnostic::error(Code::TABLE_HEADER, "the CSV file has no column `label`").at(data.span).help(
            format!(
                "its first line must name: label, {}",
                columns.iter().map(|c| c.id.value.as_str()).collect::<Vec<_>>().join(", ")
            ),
        ));
        return Vec::new();
    };
    let mut places = Vec::new();
    for column in columns {
        match find(&column.id.value) {
            Some(at) => places.push(at),
            None => sink.push(
                Diagnostic::error(Code::TABLE_RAGGED, format!("the CSV file has no column `{}`", column.id.value))
                    .at(data.span)
                    .also(column.id.span, "the table names it here")
                    .nearest(&column.id.value, data.header.iter().map(|cell| &*cell.value)),
            ),
        }
    }
    if places.len() < columns.len() {
        return Vec::new();
    }
    let id_at = find("id");
    let mut taken = Taken::default();
    data.rows
        .iter()
        .filter_map(|row| {
            let cells = &row.cells;
            let label = cells.get(label_at)?;
            if label.value.is_empty() {
                sink.push(Diagnostic::error(Code::TABLE_HEADER, "this row has no label").at(label.span));
                return None;
            }
            let id = id_at.and_then(|at| cells.get(at)).filter(|cell| !cell.value.is_empty());
            let id = id.map(|cell| Spanned::new(cell.value.to_string(), cell.span));
            // Names that differ by a letter outside a to z alone, as Habo and Håbo, have the same slug.
            let id = id.unwrap_or_else(|| Spanned::new(taken.free(&slug(&label.value)), label.span));
            taken.insert(&id.value);
            if !decode::id(&id, sink) {
                return None;
            }
            let values: Vec<Option<Spanned<CellValue>>> = places
                .iter()
                .zip(columns)
                .map(|(at, column)| cell_of(cells.get(*at)?, column, notation, sink))
                .collect();
            let span = label.span;
            let label = Text::of_cell(&*label.value, span);
            Some(Row { id, label, cells: values.into_iter().collect::<Option<_>>()?, typed_total: None, span })
        })
        .collect()
}

fn cell_of(cell: &csv::Cell<'_>, column: &Column, notation: Notation, sink: &mut Sink) -> Option<Spanned<CellValue>> {
    let reading = alike::reading(&cell.value);
    let text = reading.as_str();
    let value = match (&column.kind, text) {
        (_, "") => {
            sink.push(
                Diagnostic::error(
                    Code::TABLE_BLANK,
                    format!("the cell of column `{}` is blank without a reason", column.id.value),
                )
                .at(cell.span)
                .help("write zero, not-applicable, not-available or suppressed in the cell, or 0"),
            );
            None
        }
        (_, word) if Blank::find(word).is_some() => Blank::find(word).map(CellValue::Blank),
        (ColumnKind::Text, _) => Some(CellValue::Text(Text::of_cell(text, cell.span))),
        (ColumnKind::Date, _) => PartialDate::parse(text).map(CellValue::Date),
        (kind, _) => match notation.read(text) {
            Typed::Number(number, _) => Some(number)
                .filter(|number| !matches!(kind, ColumnKind::Count) || (number.is_integer() && !number.is_negative()))
                .map(CellValue::Number),
            Typed::Either(decimal, thousands) => {
                let (message, help) = two_readings(text, &decimal, &thousands, "table");
                sink.push(Diagnostic::error(Code::DATA_AMBIGUOUS, message).at(cell.span).help(help));
                return None;
            }
            Typed::None => None,
        },
    };
    if value.is_none() && !text.is_empty() {
        let wanted = match column.kind {
            ColumnKind::Count => "a whole number",
            ColumnKind::Date => "a date such as 2021-06-15",
            _ => "a number",
        };
        sink.push(
            Diagnostic::error(Code::VALUE_TYPE, format!("`{text}` in column `{}` is not {wanted}", column.id.value))
                .at(cell.span),
        );
    }
    Some(Spanned::new(value?, cell.span))
}
