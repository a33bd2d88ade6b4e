//! Figures: given, derived from other figures or tables, or computed from case rows.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::model::{Breakdowns, Counts, Figure, Given, Selection, Statistic};
use crate::source::{Span, Spanned, Text};
use crate::value::{Exact, Group};

use super::cases::{LeaveOut, Where, conditions};
use super::decode;
use super::form::{
    Count, DatasetId, Date, Decimals, Either, FigureId, Flag, Form, Kind, Label, List, Number, Placed, Reference,
    Required, Short, TableId, Tried, Try, Words, keyed, mapping,
};
use super::totals;
use super::yaml::{Node, Value};

/// Every way to give a figure but by groups, for messages.
const WAYS: &str = "`count`, `percent`, `amount`, `date`, `text`, `sum`, `difference`, `share`, `ratio`, `change`, `index`, \
                    `average`, `median`, `max`, `min` or `cell`";

mapping! {
    /// A figure, given in exactly one way.
    FigureEntry "figure" {
        /// What it counts, in plural: as it is said behind the number.
        label: Required<Label>,
        /// How many, or the case rows that are counted.
        count: Try<Short<Count, Placed<CountEntry>>>,
        /// The sum of these figures, or of a column of case rows.
        sum: Try<Short<Figures, Placed<StatisticEntry>>>,
        /// The first figure less the others.
        difference: Try<Figures>,
        /// A share that was published without its counts.
        percent: Try<Number>,
        /// A measured value, decimals as typed.
        amount: Try<Number>,
        /// A day, a month or a year.
        date: Try<Date>,
        /// A name or other words.
        text: Try<Words>,
        /// A cell of a table, or a total of it.
        cell: Try<Placed<CellEntry>>,
        /// The first figure as a part of the second, in percent.
        share: Try<Pair>,
        /// The first figure divided by the second.
        ratio: Try<Pair>,
        /// From the first figure to the second.
        change: Try<Pair>,
        /// The second figure where the first is 100.
        index: Try<Pair>,
        /// The mean of these figures, or of a column of case rows.
        average: Try<Short<Figures, Placed<StatisticEntry>>>,
        /// What a quarter of the values of a column of case rows are at most.
        lower_quartile as "lower-quartile": Try<Placed<StatisticEntry>>,
        /// The median of a column of case rows.
        median: Try<Placed<StatisticEntry>>,
        /// What three quarters of the values of a column of case rows are at most.
        upper_quartile as "upper-quartile": Try<Placed<StatisticEntry>>,
        /// The largest value of a column, of a table or of case rows.
        max: Try<Extreme>,
        /// The smallest value of a column, of a table or of case rows.
        min: Try<Extreme>,
        /// What a ratio is told of: `per: 1000` inhabitants.
        per: Number,
        /// With how many decimals a share, ratio, index or mean is printed; 0 for a share, else 1.
        decimals: Placed<Decimals>,
        /// What an amount, a ratio or a mean is measured in.
        unit: Placed<Label>,
        /// What it counts: `persons`, `units`, `amounts` (a sum over contributors) or `none`. Without it persons where it is given by groups, what its rows, its table or its parts count, else none.
        counts: Counts,
        /// Id of the figure that it is a share of.
        base: FigureId,
        /// Why women and men are not told apart.
        not_by_sex as "not-by-sex": Words,
        /// That a percentage is taken over as it was published.
        as_published as "as-published": Flag = false,
        /// Where it comes from.
        source: Words,
        /// A remark on it.
        note: Words,
        /// The sum of the groups, to be checked.
        total: Count,
        ..parts: Part,
    }
}

mapping! {
    /// Case rows that are counted.
    CountEntry "what is computed from case rows" {
        /// Id of the dataset.
        rows: Required<DatasetId>,
        /// Which rows: columns and what they must be.
        conditions as "where": Where = Vec::new(),
    }
}

mapping! {
    /// Case rows of which something is computed.
    StatisticEntry "what is computed from case rows" {
        /// Id of the dataset.
        rows: Required<DatasetId>,
        /// A column of numbers.
        column: Required<Reference>,
        /// Which rows: columns and what they must be.
        conditions as "where": Where = Vec::new(),
        /// `leave-out`: it is about the cases that have a value.
        missing: LeaveOut = false,
        /// A column of numbers that a mean is weighted by.
        weight: Reference,
    }
}

mapping! {
    /// A column of a table.
    ColumnEntry "a column" {
        /// Id of the table.
        table: Required<TableId>,
        /// Id of the column.
        column: Required<Reference>,
    }
}

mapping! {
    /// A cell of a table.
    CellEntry "cell" {
        /// Id of the table.
        table: Required<TableId>,
        /// Id of the row; without it the column's total.
        row: Reference,
        /// Id of the column; without it the row's total.
        column: Reference,
    }
}

/// How many of a group: each group of a breakdown by its id, `women: 16, men: 9`.
pub(in crate::load) struct Part;
impl Form for Part {
    type Value = Node;
    const KIND: Kind = Count::KIND;

    /// As it stands: whether the key is a group, the workspace says.
    fn read(node: &Node, _: &Said, _: &mut Sink) -> Option<Node> {
        Some(node.clone())
    }
}

/// Two figures or more.
pub type Figures = Placed<List<FigureId, 2>>;
/// Two figures.
pub type Pair = Placed<List<FigureId, 2, 2>>;

/// The largest or smallest value of a table's column or of case rows.
pub(in crate::load) struct Extreme;
impl Form for Extreme {
    type Value = Either<ColumnEntry, Spanned<StatisticEntry>>;
    const KIND: Kind = Kind::OneOf(&[ColumnEntry::KIND, StatisticEntry::KIND]);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self::Value> {
        match &node.value {
            Value::Map(entries) if entries.iter().any(|(name, _)| name.value == "table") => {
                ColumnEntry::read(node, what, sink).map(Either::Short)
            }
            _ => Placed::<StatisticEntry>::read(node, what, sink).map(Either::Full),
        }
    }
}

/// One figure.
pub fn figure(id: Spanned<String>, entry: FigureEntry, breakdowns: &Breakdowns, sink: &mut Sink) -> Option<Figure> {
    let what = say!("figure `{id}`", id = id.value);
    let mut ways = Ways::default();
    ways.by_group(entry.parts, breakdowns, &what, sink);
    let extra = Extra { decimals: entry.decimals, unit: entry.unit, per: entry.per };
    ways.add("count", entry.count, |given| match given {
        Either::Short(count) => Some(Given::Count(count)),
        Either::Full(entry) => {
            let Spanned { value: CountEntry { rows, conditions: wanted }, span } = entry;
            let selection = Selection { dataset: rows?, conditions: conditions(wanted, sink), span };
            Some(Given::Rows {
                statistic: Statistic::Count,
                selection,
                column: None,
                decimals: None,
                unit: None,
                leave_out: false,
                weight: None,
            })
        }
    });
    ways.add("sum", entry.sum, |given| match given {
        Either::Short(ids) => figures(ids, "sum", sink).map(Given::Sum),
        Either::Full(entry) => computed(entry, Statistic::Sum, &extra, sink),
    });
    ways.add("difference", entry.difference, |ids| figures(ids, "difference", sink).map(Given::Difference));
    ways.add("percent", entry.percent, |Spanned { value: (number, decimals), span }| {
        Some(Given::Percent { value: Spanned::new(number, span), decimals })
    });
    ways.add("amount", entry.amount, |Spanned { value: (number, decimals), span }| {
        Some(Given::Amount { value: Spanned::new(number, span), decimals, unit: extra.unit() })
    });
    ways.add("date", entry.date, |date| Some(Given::Date(date)));
    ways.add("text", entry.text, |text| Some(Given::Text(text)));
    ways.add("cell", entry.cell, |cell| one_cell(cell, sink));
    ways.add("share", entry.share, |ids| {
        let (part, whole) = pair(ids, "share", "[part, whole]", sink)?;
        Some(Given::Share { part, whole, decimals: extra.decimals().unwrap_or(0) })
    });
    ways.add("ratio", entry.ratio, |ids| {
        let (first, second) = pair(ids, "ratio", "[first, second]", sink)?;
        let per = extra.per.as_ref().map_or(Exact::from(1_i64), |per| per.value.0);
        Some(Given::Ratio { first, second, per, decimals: extra.decimals().unwrap_or(1), unit: extra.unit() })
    });
    ways.add("index", entry.index, |ids| {
        let (then, now) = pair(ids, "index", "[base, now]", sink)?;
        Some(Given::Index { then, now, decimals: extra.decimals().unwrap_or(1) })
    });
    ways.add("change", entry.change, |ids| {
        let (then, now) = pair(ids, "change", "[then, now]", sink)?;
        Some(Given::Change { then, now })
    });
    ways.add("average", entry.average, |given| match given {
        Either::Short(ids) => {
            let of = figures(ids, "average", sink)?;
            Some(Given::Average { of, decimals: extra.decimals().unwrap_or(1), unit: extra.unit() })
        }
        Either::Full(entry) => computed(entry, Statistic::Average, &extra, sink),
    });
    for (key, given, statistic) in [
        ("lower-quartile", entry.lower_quartile, Statistic::LowerQuartile),
        ("median", entry.median, Statistic::Median),
        ("upper-quartile", entry.upper_quartile, Statistic::UpperQuartile),
    ] {
        ways.add(key, given, |entry| computed(entry, statistic, &extra, sink));
    }
    for (key, given, statistic) in [("max", entry.max, Statistic::Largest), ("min", entry.min, Statistic::Smallest)] {
        ways.add(key, given, |given| match given {
            Either::Short(of) => {
                let largest = statistic == Statistic::Largest;
                Some(Given::Extreme { largest, table: of.table?, column: of.column? })
            }
            Either::Full(entry) => computed(entry, statistic, &extra, sink),
        });
    }
    let given = ways.one(&what, &id, breakdowns, sink)?;
    extra.check_use(&given, &what, sink);
    if matches!(given, Given::Percent { .. }) && !entry.as_published {
        sink.push(
            Diagnostic::error(Code::FIGURE_BASE_MISSING, say!("{what} is a typed percentage", what))
                .at(id.span)
                .help(say!("give the count and its base, and the percentage is computed"))
                .help(say!("or, where only the percentage was published, add `as-published: true` and `source: …`")),
        );
    }
    Some(Figure {
        id,
        label: entry.label?,
        aspect: None,
        given,
        counts: entry.counts,
        base: entry.base,
        not_by_sex: entry.not_by_sex,
        as_published: entry.as_published,
        source: entry.source,
        note: entry.note,
        typed_total: entry.total,
    })
}

/// The ways that a figure is given in: the key, and what it says unless that is faulty.
#[derive(Default)]
struct Ways(Vec<(String, Option<Given>)>);

impl Ways {
    fn add<T>(&mut self, key: &'static str, given: Option<Tried<T>>, make: impl FnOnce(T) -> Option<Given>) {
        if let Some(given) = given {
            self.0.push((key.to_owned(), given.ok().and_then(make)));
        }
    }

    /// The counts of groups; each breakdown that has one has all.
    fn by_group(&mut self, parts: Vec<(Spanned<String>, Node)>, breakdowns: &Breakdowns, what: &Said, sink: &mut Sink) {
        let known: Vec<&str> = FigureEntry::MAPPING.known().map(|key| -> &str { key }).collect();
        let known: Vec<&str> = known.into_iter().chain(breakdowns.ids().map(|(_, id)| id)).collect();
        let given = keyed(what, parts, |key| breakdowns.group(key), &known, sink);
        let Some(first) = given.values().next().map(|(key, _)| key.clone()) else { return };
        let mut count = |key: &Spanned<String>, node| decode::count(node, &say!("`{key}`", key = key.value), sink);
        let counts: Vec<(Group, Option<Spanned<Exact>>)> =
            given.iter().map(|(group, (key, node))| (*group, count(key, node))).collect();
        let has = |group: &Group| counts.iter().any(|(known, _)| known == group);
        let asked: BTreeSet<u8> = counts.iter().map(|(group, _)| group.breakdown).collect();
        let lacking = asked.into_iter().flat_map(|breakdown| breakdowns.groups(breakdown)).find(|group| !has(group));
        if let Some(group) = lacking {
            let id = breakdowns.id(group);
            sink.push(
                Diagnostic::error(Code::KEY_MISSING, say!("{what} lacks `{id}`", what, id))
                    .at(first.span)
                    .help(say!("add `{id}: 0` where there are none, or give a plain `count`", id)),
            );
        }
        let given: Option<Vec<_>> = counts.into_iter().map(|(group, count)| Some((group, count?))).collect();
        self.0.push((first.value, given.filter(|_| lacking.is_none()).map(Given::ByGroup)));
    }

    /// The one way that the figure is given in.
    fn one(mut self, what: &Said, id: &Spanned<String>, breakdowns: &Breakdowns, sink: &mut Sink) -> Option<Given> {
        if self.0.len() > 1 {
            let names: Vec<String> = self.0.iter().map(|(name, _)| format!("`{name}`")).collect();
            sink.push(
                Diagnostic::error(
                    Code::VALUE_INVALID,
                    say!("{what} is given in more than one way: {names}", what, names = names.join(", ")),
                )
                .at(id.span)
                .help(say!("keep one of them")),
            );
            return None;
        }
        if self.0.is_empty() {
            let groups: Vec<String> = breakdowns.ids().map(|(_, id)| format!("`{id}`")).collect();
            let help = match groups.is_empty() {
                true => say!("add {ways}", ways = WAYS),
                false => {
                    say!("add the groups of a breakdown ({groups}), {ways}", groups = groups.join(", "), ways = WAYS)
                }
            };
            let found = Diagnostic::error(Code::KEY_MISSING, say!("{what} has no value", what));
            sink.push(found.at(id.span).help(help));
        }
        self.0.pop()?.1
    }
}

/// What is said of a figure besides its value, and only of some.
struct Extra {
    decimals: Option<Spanned<u8>>,
    unit: Option<Spanned<Text>>,
    per: Option<Spanned<(Exact, u8)>>,
}

impl Extra {
    fn decimals(&self) -> Option<u8> {
        self.decimals.as_ref().map(|decimals| decimals.value)
    }

    fn unit(&self) -> Option<Text> {
        self.unit.as_ref().map(|unit| unit.value.clone())
    }

    /// Reports what the figure has no use for.
    fn check_use(&self, given: &Given, what: &Said, sink: &mut Sink) {
        let computed = matches!(given, Given::Rows { statistic, .. } if *statistic != Statistic::Count);
        let mean = computed || matches!(given, Given::Ratio { .. } | Given::Average { .. });
        let decimals = mean || matches!(given, Given::Share { .. } | Given::Index { .. });
        let unit = mean || matches!(given, Given::Amount { .. });
        let told: [(&str, Option<Span>, bool, Said); 3] = [
            (
                "decimals",
                self.decimals.as_ref().map(|given| given.span),
                decimals,
                say!("a share, a ratio, an index and a mean have decimals"),
            ),
            (
                "per",
                self.per.as_ref().map(|given| given.span),
                matches!(given, Given::Ratio { .. }),
                say!("a ratio is told per so many"),
            ),
            (
                "unit",
                self.unit.as_ref().map(|given| given.span),
                unit,
                say!("an amount, a ratio and a mean have a unit"),
            ),
        ];
        for (key, at, used, help) in told {
            if let (Some(at), false) = (at, used) {
                sink.push(
                    Diagnostic::error(Code::VALUE_INVALID, say!("{what} has no use for `{key}`", what, key))
                        .at(at)
                        .help(say!("{help}; take the key away", help)),
                );
            }
        }
    }
}

/// Two or more ids of figures.
fn figures(ids: Spanned<Vec<Spanned<String>>>, key: &str, sink: &mut Sink) -> Option<Vec<Spanned<String>>> {
    if ids.value.len() < 2 {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("`{key}` needs at least two figures", key))
                .at(ids.span)
                .help(say!("write {key}: [first.figure, second.figure]", key)),
        );
        return None;
    }
    Some(ids.value)
}

fn pair(
    ids: Spanned<Vec<Spanned<String>>>,
    key: &str,
    form: &str,
    sink: &mut Sink,
) -> Option<(Spanned<String>, Spanned<String>)> {
    match <[Spanned<String>; 2]>::try_from(ids.value) {
        Ok([first, second]) => Some((first, second)),
        Err(_) => {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, say!("`{key}` needs two figures", key)).at(ids.span).help(say!(
                    "write {key}: {form}, with the ids of two figures",
                    key,
                    form
                )),
            );
            None
        }
    }
}

/// A statistic of a column of case rows.
fn computed(given: Spanned<StatisticEntry>, statistic: Statistic, extra: &Extra, sink: &mut Sink) -> Option<Given> {
    let Spanned { value: StatisticEntry { rows, column, conditions: wanted, missing: leave_out, weight }, span } =
        given;
    let conditions = conditions(wanted, sink);
    if !totals::can_be_weighted(statistic, weight.as_ref(), sink) {
        return None;
    }
    Some(Given::Rows {
        statistic,
        selection: Selection { dataset: rows?, conditions, span },
        column: Some(column?),
        decimals: extra.decimals(),
        unit: extra.unit(),
        leave_out,
        weight,
    })
}

fn one_cell(given: Spanned<CellEntry>, sink: &mut Sink) -> Option<Given> {
    let Spanned { value: CellEntry { table, row, column }, span } = given;
    if row.is_none() && column.is_none() {
        sink.push(
            Diagnostic::error(Code::KEY_MISSING, say!("`cell` lacks `row` and `column`"))
                .at(span)
                .help(say!("give both, or only `row` for its total, or only `column` for its total")),
        );
        return None;
    }
    Some(Given::Cell { table: table?, row, column })
}
