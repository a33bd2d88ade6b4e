//! Rows in the order that the author asks for: by the alphabet of the language, or by the values of a column. Cases without a value and totals stay last.

use std::cmp::Ordering;

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::data::ColumnKind;
use crate::locale::Locale;
use crate::markdown::plain_words;
use crate::model::{RowOrder, Table};
use crate::value::Value;

use super::super::table::{ComputedRow, ComputedTable, Heading};
use super::cells::unknown_column;

pub fn sort(wanted: &RowOrder, table: &Table, computed: &mut ComputedTable, locale: &Locale, sink: &mut Sink) {
    let last = |row: &ComputedRow| (row.total, matches!(row.label, Heading::Missing));
    let label = |row: &ComputedRow| match &row.label {
        Heading::Given(label) => plain_words(label),
        _ => String::new(),
    };
    let by_label = |a: &ComputedRow, b: &ComputedRow| locale.compare(&label(a), &label(b));
    match wanted {
        RowOrder::Label => computed.rows.sort_by(|a, b| last(a).cmp(&last(b)).then_with(|| by_label(a, b))),
        RowOrder::Value { column, smallest_first } => {
            let at = match column {
                Some(id) => match computed.columns.iter().position(|known| known.id == id.value) {
                    Some(at) => at,
                    None => return sink.push(unknown_column(id, &table.id.value, computed)),
                },
                None => match only(table, computed) {
                    Some(at) => at,
                    None => return sink.push(which(table, computed)),
                },
            };
            let value = |row: &ComputedRow| row.values.get(at).and_then(Value::number);
            computed.rows.sort_by(|a, b| {
                let by_value = match (value(a), value(b)) {
                    (Some(a), Some(b)) if *smallest_first => a.cmp(&b),
                    (Some(a), Some(b)) => b.cmp(&a),
                    (Some(_), None) => Ordering::Less,
                    (None, Some(_)) => Ordering::Greater,
                    (None, None) => Ordering::Equal,
                };
                last(a).cmp(&last(b)).then(by_value).then_with(|| by_label(a, b))
            });
        }
    }
}

/// The column of totals, or the only one of numbers that is not computed.
fn only(table: &Table, computed: &ComputedTable) -> Option<usize> {
    let total = computed.columns.iter().position(|column| column.total);
    let mut numbers = computed.columns.iter().enumerate().filter(|(_, column)| {
        !matches!(column.kind, ColumnKind::Date | ColumnKind::Text)
            && !table.derived.iter().any(|derived| derived.id.value == column.id)
    });
    total.or_else(|| match (numbers.next(), numbers.next()) {
        (Some((at, _)), None) => Some(at),
        _ => None,
    })
}

fn which(table: &Table, computed: &ComputedTable) -> Diagnostic {
    let names: Vec<&str> = computed.columns.iter().map(|column| column.id.as_str()).collect();
    Diagnostic::error(
        Code::TABLE_RAGGED,
        say!("`order: value` does not say by which column of `{table}`", table = table.id.value),
    )
    .at(table.id.span)
    .help(say!("write order: {{column: …}}, with one of {names}", names = names.join(", ")))
}
