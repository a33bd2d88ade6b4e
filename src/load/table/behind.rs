//! What contributors have of the amounts of a table: read beside the cells, and no cell itself.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::data::ColumnKind;
use crate::model::{Behind, BehindKeys, CellValue, Column};
use crate::source::{Span, Spanned, Text};
use crate::value::Exact;

use super::super::decode;
use super::super::yaml::{Node, Value};

/// Where a column says that its contributors stand; `second` and `contributors` say nothing without `largest`.
pub fn keys(
    id: &Spanned<String>,
    kind: &ColumnKind,
    (largest, second, contributors): (Option<Text>, Option<Text>, Option<Text>),
    sink: &mut Sink,
) -> Option<BehindKeys> {
    let first = [&largest, &second, &contributors].into_iter().flatten().next()?.span;
    let is_amount = matches!(kind, ColumnKind::Count | ColumnKind::Amount { .. });
    let Some(largest) = largest.filter(|_| is_amount) else {
        let message = if is_amount {
            say!("column `{id}` does not say where its largest contributor stands", id = id.value)
        } else {
            say!("column `{id}` holds no amounts, and has no contributors", id = id.value)
        };
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, message)
                .at(first)
                .help(say!("write `largest: …`, the key of rows or the header of the file, at a column of `type: amount` or `type: count`")),
        );
        return None;
    };
    Some(BehindKeys { largest, second, contributors })
}

/// The keys that the columns of a table name for contributors.
pub fn names<'a>(columns: &'a [Column]) -> impl Iterator<Item = &'a Text> {
    let of = |keys: &'a BehindKeys| [Some(&keys.largest), keys.second.as_ref(), keys.contributors.as_ref()];
    columns.iter().filter_map(|column| column.behind.as_ref()).flat_map(of).flatten()
}

/// A column as which a contributor's part is read.
pub fn column(name: &Text) -> Column {
    let id = Spanned::new(name.value.clone(), name.span);
    let kind = ColumnKind::Amount { unit: None, decimals: 0 };
    Column { id, label: None, word: None, group: None, kind, of: None, weight: None, behind: None }
}

/// What a typed row has under a key; none where it says that there is none.
pub fn typed(node: &Node, name: &Text, sink: &mut Sink) -> Option<Exact> {
    if matches!(node.value, Value::Map(_)) {
        return None;
    }
    Some(decode::number(node, &say!("`{column}`", column = name.value), sink)?.value.0)
}

/// What a row has of each column, by what it has under the keys. `of` tells of a key what stands there.
pub fn of_row(
    columns: &[Column],
    cells: &[Spanned<CellValue>],
    at: Span,
    mut of: impl FnMut(&Text) -> Option<Exact>,
    sink: &mut Sink,
) -> Vec<Option<Behind>> {
    if columns.iter().all(|column| column.behind.is_none()) {
        return Vec::new();
    }
    let mut one = |column: &Column, cell: &Spanned<CellValue>| {
        let keys = column.behind.as_ref()?;
        let CellValue::Number(value) = cell.value else { return None };
        let found = Behind {
            largest: of(&keys.largest)?,
            second: keys.second.as_ref().and_then(&mut of),
            contributors: keys.contributors.as_ref().and_then(&mut of),
        };
        let is_more = |one: Exact, other: Exact| one.magnitude() > other.magnitude();
        let message = if is_more(found.largest, value) && !value.is_negative() && !found.largest.is_negative() {
            say!("the largest contributor of `{column}` has more than all of it", column = column.id.value)
        } else if found.second.is_some_and(|second| is_more(second, found.largest)) {
            say!("the second largest contributor of `{column}` has more than the largest", column = column.id.value)
        } else {
            return Some(found);
        };
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, message)
                .at(at)
                .help(say!("correct the number, or the key or header that `largest` and `second` name")),
        );
        None
    };
    columns.iter().zip(cells).map(|(column, cell)| one(column, cell)).collect()
}
