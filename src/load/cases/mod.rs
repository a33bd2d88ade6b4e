//! Datasets: case rows of a sheet, each cell held against what the author said of its column; and how figures and tables choose rows.

mod cells;
mod columns;
mod extent;
mod grid;
mod merged;

use crate::alike;
use crate::compute::notation::Notation;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{
    CaseKind, CategoryOrder, Condition, Cross, CrossMeasure, Dataset, SEX, Selection, Sex, Statistic, Test,
};
use crate::source::{Spanned, Text};

pub use columns::two_readings;
pub use extent::{is_total, may_be_total};

use super::decode::{self, Map};
use super::yaml::{Node, Value};
use super::{DataFiles, sheet};

/// What the author says of a column.
#[derive(Debug)]
struct ColumnSpec {
    id: Spanned<String>,
    header: Text,
    kind: CaseKind,
    /// What parts several answers of one cell.
    multiple: Option<String>,
    values: Option<Vec<ValueSpec>>,
    bands: Option<Vec<BandSpec>>,
    leave_out: bool,
}

/// A category that the author listed.
#[derive(Debug)]
struct ValueSpec {
    values: Vec<String>,
    id: Option<Spanned<String>>,
    label: Text,
    sex: Option<Sex>,
}

#[derive(Debug)]
struct BandSpec {
    label: Text,
    from: Option<Text>,
    to: Option<Text>,
}

/// Reads a dataset and the sheet that it names.
pub fn read(id: Spanned<String>, node: &Node, files: &mut dyn DataFiles, sink: &mut Sink) -> Option<Dataset> {
    let mut map = Map::open(node, format!("dataset `{}`", id.value), sink)?;
    let file = map.require_text("file", sink);
    let sheet = map.text("sheet", sink);
    let mut row = |key| map.count(key, sink).and_then(|row| u32::try_from(row.value.to_i64()?).ok());
    let (header_row, last_row) = (row("header-row"), row("last-row"));
    let label = map.text("label", sink);
    let name = map.text("id", sink);
    let missing: Vec<String> = map.texts("missing", sink).into_iter().map(|text| alike::reading(&text.value)).collect();
    let notation = notation(&mut map, sink);
    let mut columns: Vec<ColumnSpec> = map.take("sex").and_then(|node| sex(&node, sink)).into_iter().collect();
    if let Some(node) = map.require("columns", sink)
        && let Some(mut rest) = Map::open(&node, "`columns`", sink)
    {
        for (id, node) in rest.rest() {
            if id.value == SEX && columns.iter().any(|column| column.id.value == SEX) {
                sink.push(
                    Diagnostic::error(Code::ID_DUPLICATE, "the column `sex` is given twice")
                        .at(id.span)
                        .help("the key `sex` of the dataset makes this column already; take it away here"),
                );
            } else if decode::id(&id, sink) {
                columns.extend(column(id, &node, sink));
            }
        }
    }
    map.finish(sink);
    let file = file?;
    let grid = grid::read(&file, sheet.as_ref(), header_row, files, sink)?;
    cells::dataset(cells::Named { id, label, file, name, missing, last_row, notation, columns }, grid, sink)
}

fn column(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<ColumnSpec> {
    if !matches!(node.value, Value::Map(_)) {
        let header = decode::text(node, &format!("`{}`", id.value), sink)?;
        return Some(ColumnSpec {
            id,
            header,
            kind: CaseKind::Text,
            multiple: None,
            values: None,
            bands: None,
            leave_out: false,
        });
    }
    let mut map = Map::open(node, format!("column `{}`", id.value), sink)?;
    let header = map.require_text("header", sink);
    let kinds = [("text", CaseKind::Text), ("number", CaseKind::Number), ("date", CaseKind::Date)];
    let kind = map.choice("type", &kinds, sink).unwrap_or(CaseKind::Text);
    let multiple = map.text("multiple", sink).map(|text| text.value.trim().to_owned());
    let values = map.take("values").map(|node| values(&node, sink));
    let bands = map.take("bands").map(|node| bands(&node, sink));
    let leave_out = leave_out(&mut map, sink);
    let span = map.span;
    map.finish(sink);
    let misplaced = match kind {
        CaseKind::Text if bands.is_some() => Some("`bands` are for numbers and dates"),
        CaseKind::Number | CaseKind::Date if values.is_some() => Some("`values` are for texts"),
        CaseKind::Number | CaseKind::Date if multiple.is_some() => Some("`multiple` is for texts"),
        _ => None,
    };
    if let Some(message) = misplaced {
        sink.push(Diagnostic::error(Code::VALUE_INVALID, message).at(span).help("change `type`, or take the key away"));
        return None;
    }
    Some(ColumnSpec { id, header: header?, kind, multiple, values, bands, leave_out })
}

/// A list of values, or a mapping from values to what is printed for them.
fn values(node: &Node, sink: &mut Sink) -> Vec<ValueSpec> {
    // What stands in the cell is what is printed, and as little Markdown as there.
    let plain = |text: Text| ValueSpec {
        values: vec![alike::reading(&text.value)],
        id: None,
        label: Text { literal: true, ..text },
        sex: None,
    };
    let Value::Map(_) = &node.value else {
        let nodes = decode::list(node, "`values`", sink);
        return nodes.iter().filter_map(|node| decode::text(node, "a value", sink)).map(plain).collect();
    };
    let Some(mut map) = Map::open(node, "`values`", sink) else { return Vec::new() };
    let mut out = Vec::new();
    for (value, node) in map.rest() {
        let values = vec![alike::reading(&value.value)];
        if !matches!(node.value, Value::Map(_)) {
            out.extend(decode::text(&node, &format!("`{}`", value.value), sink).map(|label| ValueSpec {
                values,
                id: None,
                label,
                sex: None,
            }));
            continue;
        }
        let Some(mut map) = Map::open(&node, format!("value `{}`", value.value), sink) else { continue };
        let id = map.text("id", sink).map(|text| Spanned::new(text.value, text.span));
        let label = map.text("label", sink);
        map.finish(sink);
        let label = label.unwrap_or(Text::of_cell(value.value, value.span));
        if id.as_ref().is_none_or(|id| decode::id(id, sink)) {
            out.push(ValueSpec { values, id, label, sex: None });
        }
    }
    out
}

fn bands(node: &Node, sink: &mut Sink) -> Vec<BandSpec> {
    let Some(mut map) = Map::open(node, "`bands`", sink) else { return Vec::new() };
    let mut out = Vec::new();
    for (label, node) in map.rest() {
        let Some(mut map) = Map::open(&node, format!("band `{}`", label.value), sink) else { continue };
        let (from, to) = (map.text("from", sink), map.text("to", sink));
        map.finish(sink);
        if from.is_none() && to.is_none() {
            sink.push(
                Diagnostic::error(Code::KEY_MISSING, format!("band `{}` has no bounds", label.value))
                    .at(node.span)
                    .help("write {from: 18, to: 29}; the first and the last band may be open at one end"),
            );
            continue;
        }
        out.push(BandSpec { label: Text::new(label.value, label.span), from, to });
    }
    out
}

/// `{column: Kön, women: K, men: M}`.
fn sex(node: &Node, sink: &mut Sink) -> Option<ColumnSpec> {
    let mut map = Map::open(node, "`sex`", sink)?;
    let header = map.require_text("column", sink);
    let mut word = |key: &'static str, sex: Sex| {
        let node = map.require(key, sink)?;
        let texts = match &node.value {
            Value::List(nodes) => nodes.iter().filter_map(|node| decode::text(node, key, sink)).collect(),
            _ => vec![decode::text(&node, key, sink)?],
        };
        let label = Text::new(key, node.span);
        let values = texts.into_iter().map(|text: Text| alike::reading(&text.value)).collect();
        Some(ValueSpec { values, id: Some(Spanned::new(key.to_owned(), node.span)), label, sex: Some(sex) })
    };
    let (women, men) = (word("women", Sex::Women), word("men", Sex::Men));
    let span = map.span;
    map.finish(sink);
    Some(ColumnSpec {
        id: Spanned::new(SEX.to_owned(), span),
        header: header?,
        kind: CaseKind::Text,
        multiple: None,
        values: Some(vec![women?, men?]),
        bands: None,
        leave_out: false,
    })
}

/// `missing: leave-out`: what is computed is about the cases that have a value.
pub fn leave_out(map: &mut Map, sink: &mut Sink) -> bool {
    map.choice("missing", &[("leave-out", true)], sink).unwrap_or(false)
}

/// `decimal` and `thousands`: which characters a file writes numbers with.
pub fn notation(map: &mut Map, sink: &mut Sink) -> Notation {
    const SEPARATORS: &[(&str, char)] = &[(",", ','), (".", '.')];
    let span = map.span;
    let notation = Notation {
        decimal: map.choice("decimal", SEPARATORS, sink),
        thousands: map.choice("thousands", SEPARATORS, sink),
    };
    if notation.decimal.is_some() && notation.decimal == notation.thousands {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, "`decimal` and `thousands` are the same character")
                .at(span)
                .help("keep one of them: the other is then the other character"),
        );
    }
    notation
}

/// `rows` and `where`.
pub fn selection(map: &mut Map, sink: &mut Sink) -> Option<Selection> {
    let dataset = map.require_text("rows", sink);
    let conditions = map.take("where").map(|node| conditions(&node, sink)).unwrap_or_default();
    let dataset = dataset?;
    Some(Selection { dataset: Spanned::new(dataset.value, dataset.span), conditions, span: map.span })
}

fn conditions(node: &Node, sink: &mut Sink) -> Vec<Condition> {
    let Some(mut map) = Map::open(node, "`where`", sink) else { return Vec::new() };
    map.rest()
        .into_iter()
        .filter_map(|(column, node)| {
            let test = test(&column.value, &node, sink)?;
            Some(Condition { column, test })
        })
        .collect()
}

fn test(column: &str, node: &Node, sink: &mut Sink) -> Option<Test> {
    let Value::Map(_) = &node.value else { return Some(Test::AnyOf(words(column, node, sink)?)) };
    let mut map = Map::open(node, format!("the condition on `{column}`"), sink)?;
    let not = map.take("not").map(|node| words(column, &node, sink));
    let missing = map.flag("missing", sink);
    let (from, to) = (map.text("from", sink), map.text("to", sink));
    let span = map.span;
    map.finish(sink);
    match (not, missing, from.is_some() || to.is_some()) {
        (Some(not), None, false) => Some(Test::NoneOf(not?)),
        (None, Some(missing), false) => Some(Test::Missing(missing)),
        (None, None, true) => Some(Test::Range { from, to }),
        _ => {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, format!("the condition on `{column}` cannot be understood"))
                    .at(span)
                    .help("write a value, a list of values, {not: value}, {from: 18, to: 29} or {missing: true}"),
            );
            None
        }
    }
}

fn words(column: &str, node: &Node, sink: &mut Sink) -> Option<Vec<Text>> {
    let what = format!("a value of `{column}`");
    match &node.value {
        Value::List(nodes) if !nodes.is_empty() => nodes.iter().map(|node| decode::text(node, &what, sink)).collect(),
        _ => Some(vec![decode::text(node, &what, sink)?]),
    }
}

/// What a table is counted from.
pub fn cross(node: &Node, sink: &mut Sink) -> Option<Cross> {
    const ORDERS: &[(&str, CategoryOrder)] =
        &[("declared", CategoryOrder::Declared), ("value", CategoryOrder::Value), ("label", CategoryOrder::Label)];
    let mut map = Map::open(node, "`cross`", sink)?;
    let selection = selection(&mut map, sink);
    let by = map.require_text("by", sink).map(|text| Spanned::new(text.value, text.span));
    let across = map.text("across", sink).map(|text| Spanned::new(text.value, text.span));
    let heading = map.text("heading", sink);
    let order = map.choice("order", ORDERS, sink);
    let across_order = map.choice("across-order", ORDERS, sink);
    let measures = map.list("measures", sink).iter().filter_map(|node| measure(node, sink)).collect::<Vec<_>>();
    map.finish(sink);
    if let (Some(across), false) = (&across, measures.is_empty()) {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, "the table has both `across` and `measures`")
                .at(across.span)
                .help("keep one of them, or make two tables"),
        );
        return None;
    }
    Some(Cross {
        selection: selection?,
        by: by?,
        across,
        heading,
        order,
        across_order,
        measures,
        total_row: None,
        total_column: None,
    })
}

/// `{id: mean, label: Medelpoäng, average: score, decimals: 1}`
fn measure(node: &Node, sink: &mut Sink) -> Option<CrossMeasure> {
    const STATISTICS: [(&str, Statistic); 5] = [
        ("average", Statistic::Average),
        ("median", Statistic::Median),
        ("max", Statistic::Largest),
        ("min", Statistic::Smallest),
        ("sum", Statistic::Sum),
    ];
    let mut map = Map::open(node, "a measure", sink)?;
    let id = map.require_text("id", sink).map(|text| Spanned::new(text.value, text.span));
    let label = map.require_text("label", sink);
    let found: Vec<(Statistic, Text)> = STATISTICS
        .into_iter()
        .filter_map(|(key, statistic)| map.text(key, sink).map(|column| (statistic, column)))
        .collect();
    let decimals = map.count("decimals", sink).and_then(|n| u8::try_from(n.value.to_i64()?).ok()).map(|n| n.min(6));
    let unit = map.text("unit", sink);
    let leave_out = leave_out(&mut map, sink);
    let span = map.span;
    map.finish(sink);
    let [(statistic, column)] =
        <[_; 1]>::try_from(found)
            .map_err(|_| {
                sink.push(Diagnostic::error(Code::KEY_MISSING, "a measure computes one thing").at(span).help(
                    "add one of average, median, max, min and sum, with a column of the dataset: average: score",
                ));
            })
            .ok()?;
    let id = id.filter(|id| decode::id(id, sink))?;
    let column = Spanned::new(column.value, column.span);
    Some(CrossMeasure { id, label: label?, statistic, column, decimals, unit, leave_out })
}
