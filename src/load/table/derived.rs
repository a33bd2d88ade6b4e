//! Computed columns, printed columns and the order of rows, as authors write them.

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::model::{Cells, DerivedColumn, Operation, RowOrder, Since};
use crate::source::{Span, Spanned, Text};
use crate::value::Exact;

use super::super::form::{
    ById, Count, Decimals, Either, Form, Kind, Label, List, Number, OneOrMany, Placed, Reference, Required, TableId,
    Tried, Try, Words, choices, mapping,
};
use super::super::yaml::{Node, Value};

mapping! {
    /// A column that is computed from others of the table: one of the operations, for each row.
    DerivedEntry "a computed column" {
        /// Its header.
        label: Required<Label>,
        /// The sum of these columns.
        sum: Try<Columns>,
        /// The first column less the others.
        difference: Try<Columns>,
        /// The mean of these columns.
        average: Try<Columns>,
        /// A column in percent of its sum, or the first of two in percent of the second.
        share: Try<OneOrTwo>,
        /// The first column divided by the second; `per: 1000` of them.
        ratio: Try<Columns>,
        /// The change of a column since the period before, or from the first of two columns to the second.
        change: Try<OneOrTwo>,
        /// A column where the row that `base` names is 100, or the second of two columns where the first is 100.
        index: Try<OneOrTwo>,
        /// The mean of a column over the last `periods`.
        rolling_mean as "rolling-mean": Try<Reference>,
        /// The sum of a column down to each row, in the order of its periods.
        cumulative_sum as "cumulative-sum": Try<Reference>,
        /// A column of another table, from the row with the same id.
        from: Try<FromEntry>,
        /// What a change is counted from: `period-before` (the default), `year-before`, `row-before`, or the id of a row.
        since: Placed<Words>,
        /// `percent`: the change in percent.
        as_percent as "as": Placed<AsPercent>,
        /// The row that an index is 100 in, by its id or label.
        base: Placed<Words>,
        /// Over how many periods a mean rolls.
        periods: Count,
        /// What a ratio is told of: `per: 1000` inhabitants.
        per: Number,
        /// How many decimals are printed; 0 for a share, else 1.
        decimals: Placed<Decimals>,
        /// What a ratio or a mean is measured in.
        unit: Placed<Label>,
    }
}

mapping! {
    /// A column of another table, from the row with the same id.
    FromEntry "`from`" {
        /// Id of the table.
        table: Required<TableId>,
        /// Id of its column.
        column: Required<Reference>,
    }
}

mapping! {
    /// By which column the rows are put in order.
    OrderEntry "`order`" {
        /// Id of the column.
        column: Required<Reference>,
        /// Which value stands first.
        first: First = false,
    }
}

/// Two columns or more.
pub type Columns = Placed<List<Reference, 2>>;
/// One column, or two.
pub type OneOrTwo = Placed<OneOrMany<Reference>>;
/// The columns by their ids.
pub type Derived = ById<Placed<DerivedEntry>>;

pub struct AsPercent;
choices!(AsPercent as bool { "percent" => true, });

/// Whether the smallest value stands first.
pub struct First;
choices!(First as bool { "largest" => false, "smallest" => true, });

/// By what rows are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Table,
    Label,
    Value,
}
choices!(By { "table" => By::Table, "label" => By::Label, "value" => By::Value, });

/// A word for the order, or the column that it goes by.
pub struct Order;
impl Form for Order {
    type Value = Either<By, OrderEntry>;
    const KIND: Kind = Kind::OneOf(&[By::KIND, OrderEntry::KIND]);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self::Value> {
        match &node.value {
            Value::Map(_) => OrderEntry::read(node, what, sink).map(Either::Full),
            _ => By::read(node, what, sink).map(Either::Short),
        }
    }
}

/// The order of rows that was asked for; none where they stand as they came.
pub fn order(given: Either<By, OrderEntry>) -> Option<RowOrder> {
    match given {
        Either::Short(By::Table) => None,
        Either::Short(By::Label) => Some(RowOrder::Label),
        Either::Short(By::Value) => Some(RowOrder::Value { column: None, smallest_first: false }),
        Either::Full(entry) => Some(RowOrder::Value { column: Some(entry.column?), smallest_first: entry.first }),
    }
}

/// What is said of a computed column besides its operation, with its place, and whether the operation has heard it.
struct Extra {
    key: &'static str,
    at: Option<Span>,
    of: &'static str,
    heard: bool,
}

/// A computed column.
pub fn column(id: Spanned<String>, given: Spanned<DerivedEntry>, sink: &mut Sink) -> Option<DerivedColumn> {
    let Spanned { value: entry, span } = given;
    let what = say!("column `{id}`", id = id.value);
    let place = |given: Option<Span>, key: &'static str, of: &'static str| Extra { key, at: given, of, heard: false };
    let mut extras = [
        place(entry.since.as_ref().map(|given| given.span), "since", "`change` of one column"),
        place(entry.as_percent.as_ref().map(|given| given.span), "as", "`change`"),
        place(entry.base.as_ref().map(|given| given.span), "base", "`index` of one column"),
        place(entry.periods.as_ref().map(|given| given.span), "periods", "`rolling-mean`"),
        place(entry.per.as_ref().map(|given| given.span), "per", "`ratio`"),
        place(
            entry.decimals.as_ref().map(|given| given.span),
            "decimals",
            "a share, a ratio, a mean, an index and a change in percent",
        ),
        place(entry.unit.as_ref().map(|given| given.span), "unit", "a ratio and a mean"),
    ];
    let mut ways: Vec<(&'static str, Option<(Operation, Cells)>)> = Vec::new();
    let mut hear = |keys: &[&str]| {
        extras.iter_mut().filter(|extra| keys.contains(&extra.key)).for_each(|extra| extra.heard = true)
    };
    let several = |given: Tried<Spanned<Vec<Spanned<String>>>>, key: &str, most: usize, sink: &mut Sink| {
        let ids = given.ok()?;
        if (2..=most).contains(&ids.value.len()) {
            return Some(Cells::Row(ids.value));
        }
        sink.push(wrong_number(key, if most == 2 { "two columns" } else { "at least two columns" }, ids.span));
        None
    };
    for (key, given, operation) in [
        ("sum", entry.sum, Operation::Sum),
        ("difference", entry.difference, Operation::Difference),
        ("average", entry.average, Operation::Average),
    ] {
        if let Some(given) = given {
            if operation == Operation::Average {
                hear(&["decimals", "unit"]);
            }
            ways.push((key, several(given, key, usize::MAX, sink).map(|cells| (operation, cells))));
        }
    }
    if let Some(given) = entry.ratio {
        hear(&["per", "decimals", "unit"]);
        let per = entry.per.map_or(Exact::from(1_i64), |per| per.value.0);
        ways.push(("ratio", several(given, "ratio", 2, sink).map(|cells| (Operation::Ratio { per }, cells))));
    }
    if let Some(given) = entry.share {
        hear(&["decimals"]);
        let cells = one_or_two(given, "share", |column, _| Some(Cells::OfAll(column)), sink);
        ways.push(("share", cells.map(|cells| (Operation::Share, cells))));
    }
    if let Some(given) = entry.change {
        hear(&["as"]);
        let percent = entry.as_percent.is_some();
        if percent {
            hear(&["decimals"]);
        }
        let operation = if percent { Operation::Growth } else { Operation::Change };
        let one = given_one(&given);
        if one {
            hear(&["since"]);
        }
        let cells =
            one_or_two(given, "change", |column, _| Some(Cells::Since(column, since(entry.since.as_ref()))), sink);
        ways.push(("change", cells.map(|cells| (operation, cells))));
    }
    if let Some(given) = entry.index {
        hear(&["decimals"]);
        if given_one(&given) {
            hear(&["base"]);
        }
        let base = entry.base.as_ref();
        let cells = one_or_two(
            given,
            "index",
            |column, sink| {
                if base.is_none() {
                    sink.push(
                        Diagnostic::error(Code::KEY_MISSING, say!("{what} lacks `base`", what))
                            .at(id.span)
                            .help(say!("add `base: …`, the id or label of the row that is 100: base: \"2015\"")),
                    );
                }
                let row = base?;
                Some(Cells::Since(column, Since::Row(named(row))))
            },
            sink,
        );
        ways.push(("index", cells.map(|cells| (Operation::Index, cells))));
    }
    if let Some(given) = entry.rolling_mean {
        hear(&["periods", "decimals", "unit"]);
        let periods = entry.periods.as_ref().and_then(|n| usize::try_from(n.value.to_i64()?).ok()).filter(|n| *n > 1);
        if periods.is_none() {
            sink.push(
                Diagnostic::error(
                    Code::KEY_MISSING,
                    say!("{what} does not say over how many periods its mean rolls", what),
                )
                .at(entry.periods.as_ref().map_or(id.span, |given| given.span))
                .help(say!("add `periods: 12`, at least 2")),
            );
        }
        let cells = given.ok().zip(periods).map(|(column, periods)| Cells::Last(column, periods));
        ways.push(("rolling-mean", cells.map(|cells| (Operation::Average, cells))));
    }
    if let Some(given) = entry.cumulative_sum {
        ways.push(("cumulative-sum", given.ok().map(|column| (Operation::Sum, Cells::Until(column)))));
    }
    if let Some(given) = entry.from {
        let cells = given.ok().and_then(|from| Some(Cells::Of { table: from.table?, column: from.column? }));
        ways.push(("from", cells.map(|cells| (Operation::Same, cells))));
    }
    let one = ways.len() == 1;
    let found = one_way(ways, &what, span, &id, sink);
    for extra in extras.iter().filter(|extra| one && !extra.heard) {
        if let Some(at) = extra.at {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, say!("{what} has no use for `{key}`", what, key = extra.key))
                    .at(at)
                    .help(say!("it goes with {of}; take the key away", of = extra.of)),
            );
        }
    }
    let (operation, cells) = found?;
    Some(DerivedColumn {
        id,
        label: entry.label?,
        operation,
        cells,
        decimals: entry.decimals.map(|given| given.value),
        unit: entry.unit.map(|given| given.value),
    })
}

/// The one operation; none where there is not one, or it was faulty.
fn one_way(
    mut ways: Vec<(&'static str, Option<(Operation, Cells)>)>,
    what: &Said,
    span: Span,
    id: &Spanned<String>,
    sink: &mut Sink,
) -> Option<(Operation, Cells)> {
    if ways.len() > 1 {
        let names: Vec<String> = ways.iter().map(|(name, _)| format!("`{name}`")).collect();
        sink.push(
            Diagnostic::error(
                Code::VALUE_INVALID,
                say!("{what} is computed in more than one way: {names}", what, names = names.join(", ")),
            )
            .at(id.span)
            .help(say!("keep one of them; a second column can be made of this one")),
        );
        return None;
    }
    if ways.is_empty() {
        sink.push(
            Diagnostic::error(Code::KEY_MISSING, say!("{what} does not say how it is computed", what))
                .at(span)
                .help(say!("add one of `sum`, `difference`, `average`, `share`, `ratio`, `change`, `index`, `rolling-mean`, `cumulative-sum` and `from`")),
        );
    }
    ways.pop()?.1
}

fn given_one(given: &Tried<Spanned<Vec<Spanned<String>>>>) -> bool {
    matches!(given, Tried::Read(ids) if ids.value.len() == 1)
}

/// The cells of one column, or those of two columns in the same row.
fn one_or_two(
    given: Tried<Spanned<Vec<Spanned<String>>>>,
    key: &str,
    of_one: impl FnOnce(Spanned<String>, &mut Sink) -> Option<Cells>,
    sink: &mut Sink,
) -> Option<Cells> {
    let ids = given.ok()?;
    match <[Spanned<String>; 1]>::try_from(ids.value) {
        Ok([one]) => of_one(one, sink),
        Err(two) if two.len() == 2 => Some(Cells::Row(two)),
        Err(_) => {
            sink.push(wrong_number(key, "one column or two", ids.span));
            None
        }
    }
}

fn wrong_number(key: &str, wanted: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code::VALUE_INVALID, say!("`{key}` needs {wanted}", key, wanted))
        .at(at)
        .help(say!("write {key}: [first, second], with the ids of columns of the table", key))
}

fn since(given: Option<&Spanned<Text>>) -> Since {
    match given.map(|given| (given.value.value.as_str(), given)) {
        None | Some(("period-before", _)) => Since::PeriodBefore,
        Some(("year-before", _)) => Since::YearBefore,
        Some(("row-before", _)) => Since::RowBefore,
        Some((_, row)) => Since::Row(named(row)),
    }
}

/// The id or label of a row, with its place.
fn named(row: &Spanned<Text>) -> Spanned<String> {
    Spanned::new(row.value.value.clone(), row.span)
}
