//! Charts: the chosen rows and series of a table, checked against what the mark can show.

use crate::compute::statistics::{Computed, Statistics};
use crate::compute::table::{ComputedColumn, ComputedRow, ComputedTable};
use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::annotation::Interval;
use crate::document::data;
use crate::document::data::{By, ColumnKind, Mark};
use crate::model::{ChartSpec, MISSING, Project, Table};
use crate::source::Text;
use crate::value::{Blank, Exact, Group, Value};

use super::histogram::bins;
use super::map::{map_of, shares_of_all};
use super::stacked::stacked_averages;
use super::tables::table_of;
use super::{inline, shares};

/// Makes the chart that a specification asks for.
pub fn chart(spec: &ChartSpec, project: &Project, statistics: &Statistics, sink: &mut Sink) -> Option<data::Chart> {
    // A dangling table is reported when the project is validated.
    let table = project.findings.tables.iter().find(|table| table.id.value == spec.table.value)?;
    let full = statistics.tables.get(&table.id.value)?;
    let series = columns(spec, table, full, sink)?;
    let shown = Shown::new(spec, full, &series, sink)?;
    let columns = &shown.columns;
    let rows = rows(spec, full, sink)?;
    let base = if spec.percent { Some(base(spec, table, statistics, sink)?) } else { None };
    let whole = base.or_else(|| table.base.as_ref().and_then(|base| statistics.figures.get(&base.value)));
    let beside = shares::beside(spec.mark, spec.percent, whole);
    let mut drawn = Vec::new();
    let mut others = Vec::new();
    for row in rows {
        let (own, kinds): (Vec<_>, Vec<_>) = columns.iter().map(|at| (&row.values[*at], &full.columns[*at])).unzip();
        others.push(beside.as_ref().map(|beside| shares::row(beside, &own, &kinds, whole)).unwrap_or_default());
        let mut values = Vec::new();
        for at in columns {
            let value = &row.values[*at];
            values.push(match base {
                Some(base) => percentage(value, base, full.columns[*at].of, spec, sink)?,
                None => value.clone(),
            });
        }
        drawn.push(ComputedRow { values, ..row.clone() });
    }
    if matches!(spec.mark, Mark::StackedBar | Mark::PercentBar | Mark::StackedArea)
        && let Some(refused) = stacked_averages(spec, table, columns.iter().map(|at| &full.columns[*at]))
    {
        sink.push(refused);
        return None;
    }
    let bins = match spec.mark {
        Mark::Histogram => Some(bins(spec, table, project, &drawn, sink)?),
        _ => None,
    };
    let map = match &spec.map {
        Some(map) => {
            let ids = columns.iter().map(|at| full.columns[*at].id.as_str());
            Some(map_of(map, &drawn, shares_of_all(table, ids), sink)?)
        }
        None => None,
    };
    let columns: Vec<ComputedColumn> = columns.iter().map(|at| column(&full.columns[*at], spec.percent)).collect();
    if let Some(axis) = &spec.axis_from
        && !matches!(spec.mark, Mark::Line | Mark::Slope | Mark::Strip | Mark::BoxPlot)
    {
        sink.push(
            Diagnostic::error(Code::CHART_MISLEADING, say!("only a line may start elsewhere than at zero"))
                .at(axis.span)
                .help(say!("take `axis` away: the length of a bar and the height of a field are their message, and a cut one exaggerates differences"))
                .help(say!("a line over points of time may start elsewhere: mark: line")),
        );
        return None;
    }
    let source = spec.source.as_ref().or(table.source.as_ref());
    Some(data::Chart {
        id: spec.id.value.clone(),
        mark: spec.mark,
        orientation: spec.orientation,
        caption: inline(&spec.caption, sink),
        description: spec.description.clone(),
        note: spec.note.as_ref().map(|note| inline(note, sink)),
        source: source.map(|source| inline(source, sink)),
        order: spec.order,
        // Caption, note and source are the chart's own: the table's would be printed, and numbered, twice.
        table: table_of(table, &columns, &drawn, sink),
        percent: spec.percent,
        base_label: base.map(|base| base.label.clone()),
        axis_from: spec.axis_from.as_ref().map(|from| from.value.to_f64()),
        labels: spec.labels,
        map,
        bins,
        series: shown.series,
        by: shown.by,
        fold: spec.fold,
        status: shown.status,
        annotations: spec.annotations.clone(),
        beside: beside.map(|beside| (beside, others)),
        table_id: table.id.value.clone(),
        span: spec.table.span,
    })
}

/// A column that is drawn; counted on the base, counts are percentages.
fn column(column: &ComputedColumn, percent: bool) -> ComputedColumn {
    let kind = match &column.kind {
        ColumnKind::Count if percent => ColumnKind::Percent { decimals: 0 },
        kind => kind.clone(),
    };
    ComputedColumn { kind, ..column.clone() }
}

/// Positions of the columns that are drawn.
fn columns(spec: &ChartSpec, table: &Table, full: &ComputedTable, sink: &mut Sink) -> Option<Vec<usize>> {
    let numeric = |at: &usize| !matches!(full.columns[*at].kind, ColumnKind::Date | ColumnKind::Text);
    if spec.series.is_empty() {
        // What is computed from the others is of another measure, and ends of intervals are none.
        let ends = || spec.intervals.iter().flat_map(|interval| [&interval.low.value, &interval.high.value]);
        let own = |at: &usize| {
            let id = &full.columns[*at].id;
            table.derived.iter().all(|derived| derived.id.value != *id) && !ends().any(|end| end == id)
        };
        let plain = (0..full.columns.len()).filter(|at| !full.columns[*at].total).filter(numeric).filter(own);
        let plain: Vec<usize> = plain.collect();
        let total = full.columns.iter().position(|column| column.total);
        return Some(match (spec.mark, total) {
            (Mark::Bar, Some(total)) => vec![total],
            _ => plain,
        });
    }
    let found = spec.series.iter().map(|name| number_column(name, full, &table.id.value, sink));
    let found: Vec<_> = found.collect();
    found.into_iter().collect()
}

/// The columns of the chart's own table: those that are drawn, with the ends of their intervals, and the one that panels are made by.
struct Shown {
    /// Positions in the whole table.
    columns: Vec<usize>,
    series: Vec<(usize, Option<(usize, usize)>)>,
    by: Option<By>,
    status: Option<usize>,
}

impl Shown {
    fn new(spec: &ChartSpec, full: &ComputedTable, series: &[usize], sink: &mut Sink) -> Option<Self> {
        let mut out = Self { columns: Vec::new(), series: Vec::new(), by: None, status: None };
        let table = &spec.table.value;
        if let Some(by) = &spec.by {
            out.by = Some(match full.columns.iter().position(|column| column.id == by.value) {
                Some(at) if matches!(full.columns[at].kind, ColumnKind::Text) => By::Column(out.add(at)),
                None if by.value == "series" => By::Series,
                found => {
                    let what = if found.is_some() { say!("holds no words") } else { say!("is none of them") };
                    let words = full.columns.iter().filter(|column| matches!(column.kind, ColumnKind::Text));
                    let known = || words.clone().map(|column| column.id.as_str()).chain(["series"]);
                    let message =
                        say!("panels are made for series or for a column of words: `{by}` {what}", what, by = by.value);
                    sink.push(
                        Diagnostic::error(Code::CHART_SPEC, message)
                            .at(by.span)
                            .nearest(&by.value, known())
                            .help(say!("`by` can be: {known}", known = known().collect::<Vec<_>>().join(", "))),
                    );
                    return None;
                }
            });
        }
        for at in series {
            let own = out.add(*at);
            let interval = spec.intervals.iter().find(|interval| interval.of.value == full.columns[*at].id);
            let ends = match interval {
                Some(interval) => {
                    let [low, high] =
                        [&interval.low, &interval.high].map(|name| number_column(name, full, table, sink));
                    Some((out.add(low?), out.add(high?)))
                }
                None => None,
            };
            out.series.push((own, ends));
        }
        if let Some(status) = &spec.annotations.status {
            out.status = Some(out.add(word_column(&status.column, full, table, sink)?));
        }
        let drawn = || series.iter().map(|at| full.columns[*at].id.as_str());
        let mut strange = spec.intervals.iter().filter(|interval| !drawn().any(|id| id == interval.of.value));
        if let Some(Interval { of, .. }) = strange.next() {
            let message = say!("`intervals` names `{of}`, which the chart does not draw", of = of.value);
            sink.push(
                Diagnostic::error(Code::CHART_SPEC, message)
                    .at(of.span)
                    .nearest(&of.value, drawn())
                    .help(say!("drawn: {drawn}", drawn = drawn().collect::<Vec<_>>().join(", "))),
            );
            return None;
        }
        Some(out)
    }

    /// Takes a column of the whole table in; says where it stands.
    fn add(&mut self, column: usize) -> usize {
        self.columns.push(column);
        self.columns.len() - 1
    }
}

/// The column of numbers with this name.
fn number_column(name: &Text, full: &ComputedTable, table: &str, sink: &mut Sink) -> Option<usize> {
    let found = full.columns.iter().position(|column| column.id == name.value);
    match found {
        Some(at) if !matches!(full.columns[at].kind, ColumnKind::Date | ColumnKind::Text) => return Some(at),
        Some(_) => sink.push(
            Diagnostic::error(Code::CHART_SPEC, say!("column `{name}` holds no numbers", name = name.value))
                .at(name.span),
        ),
        None => sink.push(unknown(
            (say!("column"), say!("columns")),
            name,
            table,
            full.columns.iter().map(|column| column.id.as_str()),
        )),
    }
    None
}

/// The column of words with this name.
fn word_column(name: &Text, full: &ComputedTable, table: &str, sink: &mut Sink) -> Option<usize> {
    let is_word = |column: &&ComputedColumn| matches!(column.kind, ColumnKind::Text);
    match full.columns.iter().position(|column| column.id == name.value) {
        Some(at) if is_word(&&full.columns[at]) => return Some(at),
        Some(_) => sink.push(
            Diagnostic::error(Code::CHART_SPEC, say!("column `{name}` holds no words", name = name.value))
                .at(name.span)
                .help(say!("name a column of `type: text`, as one that tells `slutlig`, `preliminär` or `prognos`")),
        ),
        None => {
            let known = full.columns.iter().filter(is_word).map(|column| column.id.as_str());
            sink.push(unknown((say!("column"), say!("columns")), name, table, known));
        }
    }
    None
}

/// The rows that are drawn; one of totals only where it is named.
fn rows<'a>(spec: &ChartSpec, full: &'a ComputedTable, sink: &mut Sink) -> Option<Vec<&'a ComputedRow>> {
    if spec.rows.is_empty() {
        return Some(
            full.rows.iter().filter(|row| !(row.total || spec.mark == Mark::Histogram && row.id == MISSING)).collect(),
        );
    }
    let mut out = Vec::new();
    for name in &spec.rows {
        match full.rows.iter().find(|row| row.id == name.value) {
            Some(row) => out.push(row),
            None => sink.push(unknown(
                (say!("row"), say!("rows")),
                name,
                &spec.table.value,
                full.rows.iter().map(|row| row.id.as_str()),
            )),
        }
    }
    (out.len() == spec.rows.len()).then_some(out)
}

fn unknown<'a>(
    (what, listed): (Said, Said),
    name: &Text,
    table: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    Diagnostic::error(Code::CHART_SPEC, say!("table `{table}` has no {what} `{name}`", table, what, name = name.value))
        .at(name.span)
        .nearest(&name.value, known.clone())
        .help(say!("{what}: {known}", what = listed, known = known.collect::<Vec<_>>().join(", ")))
}

fn base<'a>(spec: &ChartSpec, table: &Table, statistics: &'a Statistics, sink: &mut Sink) -> Option<&'a Computed> {
    let Some(base) = &table.base else {
        sink.push(
            Diagnostic::error(
                Code::FIGURE_BASE_MISSING,
                say!("table `{table}` has no base to count percentages on", table = table.id.value),
            )
            .at(spec.table.span)
            .also(table.id.span, say!("the table"))
            .help(say!("give the table `base: <id of a figure>`, or show counts")),
        );
        return None;
    };
    statistics.figures.get(&base.value)
}

/// A count in percent of the base, or of its part in the group that the column is of.
fn percentage(value: &Value, base: &Computed, of: Option<Group>, spec: &ChartSpec, sink: &mut Sink) -> Option<Value> {
    let Value::Count(count) = value else { return Some(value.clone()) };
    let whole = base.value(of);
    if whole == Some(&Value::Blank(Blank::Suppressed)) {
        return Some(Value::Blank(Blank::Suppressed));
    }
    let whole = whole.and_then(Value::number);
    let percent = whole.and_then(|whole| count.checked_mul(Exact::from(100_i64))?.checked_div(whole));
    if percent.is_none() {
        sink.push(
            Diagnostic::error(Code::FIGURE_NOT_BY_SEX, say!("the base has no number to count this column on"))
                .at(spec.table.span)
                .also(base.span, say!("the base"))
                .help(say!("give the base the same groups, none of them zero, or show counts")),
        );
    }
    Some(Value::Percent { value: percent?, decimals: 0 })
}
