//! Figures: given, derived from other figures or tables, or computed from case rows.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Figure, Given, Statistic};
use crate::source::{Spanned, Text};

use super::cases::{leave_out, selection};
use super::decode::{self, Map};
use super::yaml::{Node, Value};

/// Every way to give a figure, for messages.
const WAYS: &str = "`women` and `men`, `count`, `percent`, `amount`, `date`, `text`, `sum`, `difference`, `share`, `ratio`, `change`, \
                    `average`, `median`, `max`, `min` or `cell`";

/// Most decimals that a figure is printed with.
const MAX_DECIMALS: i64 = 6;

/// Reads one figure.
pub fn read(id: Spanned<String>, node: &Node, sink: &mut Sink) -> Option<Figure> {
    let what = format!("figure `{}`", id.value);
    let mut map = Map::open(node, what.clone(), sink)?;
    let label = map.require_text("label", sink);
    let given = given(&mut map, &what, &id, sink);
    let base = map.text("base", sink).map(spanned);
    let not_by_sex = map.text("not-by-sex", sink);
    let as_published = map.flag("as-published", sink).unwrap_or(false);
    let source = map.text("source", sink);
    let note = map.text("note", sink);
    let typed_total = map.count("total", sink);
    map.finish(sink);
    let given = given?;
    if matches!(given, Given::Percent { .. }) && !as_published {
        sink.push(
            Diagnostic::error(Code::FIGURE_BASE_MISSING, format!("{what} is a typed percentage"))
                .at(id.span)
                .help("give the count and its base, and the percentage is computed")
                .help("or, where only the percentage was published, add `as-published: true` and `source: …`"),
        );
    }
    Some(Figure { id, label: label?, aspect: None, given, base, not_by_sex, as_published, source, note, typed_total })
}

fn spanned(text: Text) -> Spanned<String> {
    Spanned::new(text.value, text.span)
}

fn given(map: &mut Map, what: &str, id: &Spanned<String>, sink: &mut Sink) -> Option<Given> {
    let mut found: Vec<(&'static str, Option<Given>)> = Vec::new();
    by_sex(map, what, &mut found, sink);
    if let Some(node) = map.take("count") {
        found.push((
            "count",
            match &node.value {
                Value::Map(_) => rows(&node, Statistic::Count, map, sink),
                _ => decode::count(&node, "`count`", sink).map(Given::Count),
            },
        ));
    }
    for (key, make) in [("sum", Given::Sum as fn(_) -> _), ("difference", Given::Difference as fn(_) -> _)] {
        let Some(node) = map.take(key) else { continue };
        found.push((
            key,
            match &node.value {
                Value::Map(_) if key == "sum" => rows(&node, Statistic::Sum, map, sink),
                _ => figures(&node, key, sink).map(make),
            },
        ));
    }
    if let Some(node) = map.take("percent") {
        let number = decode::number(&node, "`percent`", sink);
        found.push((
            "percent",
            number.map(|n| Given::Percent { value: Spanned::new(n.value.0, n.span), decimals: n.value.1 }),
        ));
    }
    if let Some(node) = map.take("amount") {
        let unit = map.text("unit", sink);
        let number = decode::number(&node, "`amount`", sink);
        found.push((
            "amount",
            number.map(|n| Given::Amount { value: Spanned::new(n.value.0, n.span), decimals: n.value.1, unit }),
        ));
    }
    if let Some(node) = map.take("date") {
        found.push(("date", decode::date(&node, "`date`", sink).map(Given::Date)));
    }
    if map.has("text") {
        found.push(("text", map.text("text", sink).map(Given::Text)));
    }
    if let Some(node) = map.take("cell") {
        found.push(("cell", cell(&node, sink)));
    }
    derived(map, &mut found, sink);
    if found.len() > 1 {
        let names: Vec<String> = found.iter().map(|(name, _)| format!("`{name}`")).collect();
        sink.push(
            Diagnostic::error(
                Code::VALUE_INVALID,
                format!("{what} is given in more than one way: {}", names.join(", ")),
            )
            .at(id.span)
            .help("keep one of them"),
        );
        return None;
    }
    match found.pop() {
        Some((_, given)) => given,
        None => {
            sink.push(
                Diagnostic::error(Code::KEY_MISSING, format!("{what} has no value"))
                    .at(id.span)
                    .help(format!("add {WAYS}")),
            );
            None
        }
    }
}

fn by_sex(map: &mut Map, what: &str, found: &mut Vec<(&'static str, Option<Given>)>, sink: &mut Sink) {
    let women = map.take("women");
    let men = map.take("men");
    match (&women, &men) {
        (Some(women), Some(men)) => {
            let women = decode::count(women, "`women`", sink);
            let men = decode::count(men, "`men`", sink);
            found.push(("women", women.zip(men).map(|(women, men)| Given::BySex { women, men })));
        }
        (Some(one), None) | (None, Some(one)) => {
            let other = if women.is_some() { "men" } else { "women" };
            sink.push(
                Diagnostic::error(Code::KEY_MISSING, format!("{what} lacks `{other}`"))
                    .at(one.span)
                    .help(format!("add `{other}: 0` where there are none, or give a plain `count`")),
            );
            found.push(("women", None));
        }
        (None, None) => {}
    }
}

/// Figures from figures, and the largest and smallest.
fn derived(map: &mut Map, found: &mut Vec<(&'static str, Option<Given>)>, sink: &mut Sink) {
    if let Some(node) = map.take("share") {
        let decimals = decimals(map, sink).unwrap_or(0);
        let pair = pair(&node, "share", "[part, whole]", sink);
        found.push(("share", pair.map(|(part, whole)| Given::Share { part, whole, decimals })));
    }
    if let Some(node) = map.take("ratio") {
        let (decimals, unit) = (decimals(map, sink).unwrap_or(1), map.text("unit", sink));
        let pair = pair(&node, "ratio", "[first, second]", sink);
        found.push(("ratio", pair.map(|(first, second)| Given::Ratio { first, second, decimals, unit })));
    }
    if let Some(node) = map.take("change") {
        let pair = pair(&node, "change", "[then, now]", sink);
        found.push(("change", pair.map(|(then, now)| Given::Change { then, now })));
    }
    if let Some(node) = map.take("average") {
        found.push((
            "average",
            match &node.value {
                Value::Map(_) => rows(&node, Statistic::Average, map, sink),
                _ => {
                    let (decimals, unit) = (decimals(map, sink).unwrap_or(1), map.text("unit", sink));
                    figures(&node, "average", sink).map(|of| Given::Average { of, decimals, unit })
                }
            },
        ));
    }
    if let Some(node) = map.take("median") {
        found.push(("median", rows(&node, Statistic::Median, map, sink)));
    }
    for (key, statistic) in [("max", Statistic::Largest), ("min", Statistic::Smallest)] {
        let Some(node) = map.take(key) else { continue };
        let of_table = match &node.value {
            Value::Map(entries) => entries.iter().any(|(name, _)| name.value == "table"),
            _ => false,
        };
        let given = if of_table {
            extreme(&node, key, statistic == Statistic::Largest, sink)
        } else {
            rows(&node, statistic, map, sink)
        };
        found.push((key, given));
    }
}

fn decimals(map: &mut Map, sink: &mut Sink) -> Option<u8> {
    let typed = map.count("decimals", sink)?;
    let fits = typed.value.to_i64().filter(|n| *n <= MAX_DECIMALS).and_then(|n| u8::try_from(n).ok());
    if fits.is_none() {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, format!("`decimals` can be at most {MAX_DECIMALS}")).at(typed.span),
        );
    }
    fits
}

/// Two or more ids of figures.
fn figures(node: &Node, key: &str, sink: &mut Sink) -> Option<Vec<Spanned<String>>> {
    let ids: Vec<Spanned<String>> = decode::list(node, &format!("`{key}`"), sink)
        .iter()
        .filter_map(|node| decode::text(node, &format!("an entry of `{key}`"), sink).map(spanned))
        .collect();
    if ids.len() < 2 {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, format!("`{key}` needs at least two figures"))
                .at(node.span)
                .help(format!("write {key}: [first.figure, second.figure]")),
        );
        return None;
    }
    Some(ids)
}

fn pair(node: &Node, key: &str, form: &str, sink: &mut Sink) -> Option<(Spanned<String>, Spanned<String>)> {
    let ids: Vec<Spanned<String>> = decode::list(node, &format!("`{key}`"), sink)
        .iter()
        .filter_map(|node| decode::text(node, &format!("an entry of `{key}`"), sink).map(spanned))
        .collect();
    match <[Spanned<String>; 2]>::try_from(ids) {
        Ok([first, second]) => Some((first, second)),
        Err(_) => {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, format!("`{key}` needs two figures"))
                    .at(node.span)
                    .help(format!("write {key}: {form}, with the ids of two figures")),
            );
            None
        }
    }
}

/// `{rows: cases, column: age, where: …}`.
fn rows(node: &Node, statistic: Statistic, figure: &mut Map, sink: &mut Sink) -> Option<Given> {
    let mut map = Map::open(node, "what is computed from case rows", sink)?;
    let column = match statistic {
        Statistic::Count => None,
        _ => Some(map.require_text("column", sink).map(spanned)),
    };
    let leave_out = statistic != Statistic::Count && leave_out(&mut map, sink);
    let selection = selection(&mut map, sink);
    map.finish(sink);
    let (decimals, unit) = match statistic {
        Statistic::Count => (None, None),
        _ => (decimals(figure, sink), figure.text("unit", sink)),
    };
    let column = match column {
        Some(column) => Some(column?),
        None => None,
    };
    Some(Given::Rows { statistic, selection: selection?, column, decimals, unit, leave_out })
}

fn extreme(node: &Node, key: &str, largest: bool, sink: &mut Sink) -> Option<Given> {
    let mut map = Map::open(node, format!("`{key}`"), sink)?;
    let [table, column] = ["table", "column"].map(|key| map.require_text(key, sink).map(spanned));
    map.finish(sink);
    Some(Given::Extreme { largest, table: table?, column: column? })
}

fn cell(node: &Node, sink: &mut Sink) -> Option<Given> {
    let mut map = Map::open(node, "`cell`", sink)?;
    let table = map.require_text("table", sink).map(spanned);
    let [row, column] = ["row", "column"].map(|key| map.text(key, sink).map(spanned));
    let span = map.span;
    map.finish(sink);
    if row.is_none() && column.is_none() {
        sink.push(
            Diagnostic::error(Code::KEY_MISSING, "`cell` lacks `row` and `column`")
                .at(span)
                .help("give both, or only `row` for its total, or only `column` for its total"),
        );
        return None;
    }
    Some(Given::Cell { table: table?, row, column })
}
