//! Charts: the chosen rows and series of a table, checked against what the mark can show.

use crate::compute::statistics::{Computed, Statistics};
use crate::compute::table::{ComputedColumn, ComputedRow, ComputedTable};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::data;
use crate::document::data::{ColumnKind, Mark, Orientation};
use crate::model::{ChartSpec, Project, Table};
use crate::source::Text;
use crate::value::{Exact, Group, Value};

use super::inline;
use super::tables::table_of;

/// Makes the chart that a specification asks for.
pub fn chart(spec: &ChartSpec, project: &Project, statistics: &Statistics, sink: &mut Sink) -> Option<data::Chart> {
    // A dangling table is reported when the project is validated.
    let table = project.findings.tables.iter().find(|table| table.id.value == spec.table.value)?;
    let full = statistics.tables.get(&table.id.value)?;
    let columns = columns(spec, table, full, sink)?;
    let rows = rows(spec, full, sink)?;
    let base = if spec.percent { Some(base(spec, table, statistics, sink)?) } else { None };
    let mut drawn = Vec::new();
    for row in rows {
        let mut values = Vec::new();
        for at in &columns {
            let value = &row.values[*at];
            values.push(match base {
                Some(base) => percentage(value, base, full.columns[*at].of, spec, sink)?,
                None => value.clone(),
            });
        }
        drawn.push(ComputedRow { values, ..row.clone() });
    }
    let columns: Vec<ComputedColumn> = columns.iter().map(|at| column(&full.columns[*at], spec.percent)).collect();
    if let Some(axis) = &spec.axis_from
        && spec.mark != Mark::Line
    {
        sink.push(
            Diagnostic::error(Code::CHART_MISLEADING, "only a line may start elsewhere than at zero")
                .at(axis.span)
                .help("take `axis` away: the length of a bar is its message, and a cut bar exaggerates differences")
                .help("a line over points of time may start elsewhere: mark: line"),
        );
        return None;
    }
    let source = spec.source.as_ref().or(table.source.as_ref());
    Some(data::Chart {
        id: spec.id.value.clone(),
        mark: spec.mark,
        orientation: spec.orientation.unwrap_or(Orientation::Horizontal),
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
        // What is computed from the others is of another measure.
        let own = |at: &usize| table.derived.iter().all(|derived| derived.id.value != full.columns[*at].id);
        let plain = (0..full.columns.len()).filter(|at| !full.columns[*at].total).filter(numeric).filter(own);
        let plain: Vec<usize> = plain.collect();
        let total = full.columns.iter().position(|column| column.total);
        return Some(match (spec.mark, total) {
            (Mark::Bar, Some(total)) => vec![total],
            _ => plain,
        });
    }
    let mut out = Vec::new();
    for name in &spec.series {
        match full.columns.iter().position(|column| column.id == name.value) {
            Some(at) if numeric(&at) => out.push(at),
            Some(_) => sink.push(
                Diagnostic::error(Code::CHART_SPEC, format!("column `{}` holds no numbers", name.value)).at(name.span),
            ),
            None => {
                let known = full.columns.iter().map(|column| column.id.as_str());
                sink.push(unknown("column", name, &table.id.value, known));
            }
        }
    }
    (out.len() == spec.series.len()).then_some(out)
}

/// The rows that are drawn; one of totals only where it is named.
fn rows<'a>(spec: &ChartSpec, full: &'a ComputedTable, sink: &mut Sink) -> Option<Vec<&'a ComputedRow>> {
    if spec.rows.is_empty() {
        return Some(full.rows.iter().filter(|row| !row.total).collect());
    }
    let mut out = Vec::new();
    for name in &spec.rows {
        match full.rows.iter().find(|row| row.id == name.value) {
            Some(row) => out.push(row),
            None => sink.push(unknown("row", name, &spec.table.value, full.rows.iter().map(|row| row.id.as_str()))),
        }
    }
    (out.len() == spec.rows.len()).then_some(out)
}

fn unknown<'a>(what: &str, name: &Text, table: &str, known: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    Diagnostic::error(Code::CHART_SPEC, format!("table `{table}` has no {what} `{}`", name.value))
        .at(name.span)
        .nearest(&name.value, known.clone())
        .help(format!("{what}s: {}", known.collect::<Vec<_>>().join(", ")))
}

fn base<'a>(spec: &ChartSpec, table: &Table, statistics: &'a Statistics, sink: &mut Sink) -> Option<&'a Computed> {
    let Some(base) = &table.base else {
        sink.push(
            Diagnostic::error(
                Code::FIGURE_BASE_MISSING,
                format!("table `{}` has no base to count percentages on", table.id.value),
            )
            .at(spec.table.span)
            .also(table.id.span, "the table")
            .help("give the table `base: <id of a figure>`, or show counts"),
        );
        return None;
    };
    statistics.figures.get(&base.value)
}

/// A count in percent of the base, or of its part in the group that the column is of.
fn percentage(value: &Value, base: &Computed, of: Option<Group>, spec: &ChartSpec, sink: &mut Sink) -> Option<Value> {
    let Value::Count(count) = value else { return Some(value.clone()) };
    let whole = base.value(of).and_then(Value::number);
    let percent = whole.and_then(|whole| count.checked_mul(Exact::from(100_i64))?.checked_div(whole));
    if percent.is_none() {
        sink.push(
            Diagnostic::error(Code::FIGURE_NOT_BY_SEX, "the base has no number to count this column on")
                .at(spec.table.span)
                .also(base.span, "the base")
                .help("give the base the same groups, none of them zero, or show counts"),
        );
    }
    Some(Value::Percent { value: percent?, decimals: 0 })
}
