//! Charts: the chosen rows and series of a table, checked against what the mark can show.

use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::data;
use crate::document::data::{ColumnKind, Mark, Orientation};
use crate::model::{ChartSpec, Column, Project, Table};
use crate::source::Text;
use crate::value::Value;

use super::inline;
use super::tables::data_table;

/// Makes the chart that a specification asks for.
pub fn chart(spec: &ChartSpec, project: &Project, statistics: &Statistics, sink: &mut Sink) -> Option<data::Chart> {
    // A dangling table is reported when the project is validated.
    let table = project.findings.tables.iter().find(|table| table.id.value == spec.table.value)?;
    let full = data_table(table, statistics, &mut Sink::default())?;
    let columns = columns(spec, table, &full, sink)?;
    let rows = rows(spec, &full, sink)?;
    let (values, base_label) = if spec.percent {
        let base = base(spec, table, statistics, sink)?;
        let values = percentages(spec, &full, &columns, &rows, base, sink)?;
        (values, Some(base.label.clone()))
    } else {
        let values =
            rows.iter().map(|row| columns.iter().map(|at| full.rows[*row].values[*at].clone()).collect()).collect();
        (values, None)
    };
    let chosen = data::Table {
        columns: columns.iter().map(|at| column(&full.columns[*at], spec.percent)).collect(),
        rows: rows.iter().zip(values).map(|(at, values)| data::Row { values, ..full.rows[*at].clone() }).collect(),
        // Caption, note and source are the chart's own: the table's would be printed, and numbered, twice.
        caption: Vec::new(),
        note: None,
        source: None,
        ..full.clone()
    };
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
        table: chosen,
        percent: spec.percent,
        base_label,
        axis_from: spec.axis_from.as_ref().map(|from| from.value.to_f64()),
        table_id: table.id.value.clone(),
        span: spec.table.span,
    })
}

/// A column that is drawn; counted on the base, counts are percentages.
fn column(column: &data::Column, percent: bool) -> data::Column {
    let kind = match &column.kind {
        ColumnKind::Count if percent => ColumnKind::Percent { decimals: 0 },
        kind => kind.clone(),
    };
    data::Column { kind, ..column.clone() }
}

/// Positions of the columns that are drawn.
fn columns(spec: &ChartSpec, table: &Table, full: &data::Table, sink: &mut Sink) -> Option<Vec<usize>> {
    let numeric = |at: &usize| !matches!(full.columns[*at].kind, ColumnKind::Date | ColumnKind::Text);
    if spec.series.is_empty() {
        let plain: Vec<usize> = (0..full.columns.len()).filter(|at| !full.columns[*at].total).filter(numeric).collect();
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
                let known = table.columns.iter().map(|c: &Column| c.id.value.as_str()).chain(["total"]);
                sink.push(unknown("column", name, &table.id.value, known));
            }
        }
    }
    (out.len() == spec.series.len()).then_some(out)
}

/// Positions of the rows that are drawn; a row of totals only where it is named.
fn rows(spec: &ChartSpec, full: &data::Table, sink: &mut Sink) -> Option<Vec<usize>> {
    if spec.rows.is_empty() {
        return Some((0..full.rows.len()).filter(|at| !full.rows[*at].total).collect());
    }
    let mut out = Vec::new();
    for name in &spec.rows {
        match full.rows.iter().position(|row| row.id == name.value) {
            Some(at) => out.push(at),
            None => sink.push(unknown("row", name, &full.id, full.rows.iter().map(|row| row.id.as_str()))),
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

fn base<'a>(
    spec: &ChartSpec,
    table: &Table,
    statistics: &'a Statistics,
    sink: &mut Sink,
) -> Option<&'a crate::compute::statistics::Computed> {
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

/// Percent of the base, of the column's sex where it has one.
fn percentages(
    spec: &ChartSpec,
    full: &data::Table,
    columns: &[usize],
    rows: &[usize],
    base: &crate::compute::statistics::Computed,
    sink: &mut Sink,
) -> Option<Vec<Vec<Value>>> {
    let hundred = crate::value::Exact::from(100_i64);
    let mut out = Vec::new();
    for row in rows {
        let mut values = Vec::new();
        for column in columns {
            let value = match &full.rows[*row].values[*column] {
                Value::Count(count) => {
                    let whole = base.value(full.columns[*column].sex).and_then(Value::number);
                    let percent = whole.and_then(|whole| count.checked_mul(hundred)?.checked_div(whole));
                    let Some(value) = percent else {
                        sink.push(
                            Diagnostic::error(
                                Code::FIGURE_NOT_BY_SEX,
                                "the base has no number to count this column on",
                            )
                            .at(spec.table.span)
                            .also(base.span, "the base")
                            .help("give the base `women` and `men`, neither of them zero, or show counts"),
                        );
                        return None;
                    };
                    Value::Percent { value, decimals: 0 }
                }
                other => other.clone(),
            };
            values.push(value);
        }
        out.push(values);
    }
    Some(out)
}
