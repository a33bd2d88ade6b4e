//! Which cells a computed column is made of, line by line.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, Sink, Thing, say};
use crate::document::data::ColumnKind;
use crate::markdown::plain_words;
use crate::model::{Cells, DerivedColumn, Since, Table};
use crate::source::Spanned;
use crate::value::{Blank, Period, Value};

use super::super::operation;
use super::super::statistics::{Computed, Statistics};
use super::super::table::{ComputedTable, Heading};

/// The cells of a line, or why there is no value.
type Parts<'a> = Result<Vec<Cow<'a, Value>>, Blank>;

/// The rows of a table and, last, its total where no row is one.
pub struct Lines<'a> {
    table: &'a ComputedTable,
    lines: Vec<Line<'a>>,
}

struct Line<'a> {
    id: &'a str,
    label: Option<String>,
    total: bool,
    /// One a column of the table.
    values: Vec<&'a Value>,
}

/// The cells that a column is made of, and what the columns hold that they stand in.
pub struct Found<'a> {
    pub of_lines: Vec<Parts<'a>>,
    pub kinds: Vec<ColumnKind>,
}

impl<'a> Lines<'a> {
    pub fn new(table: &'a ComputedTable, total: Option<&'a Computed>) -> Self {
        let mut lines: Vec<Line<'a>> = table
            .rows
            .iter()
            .map(|row| Line {
                id: &row.id,
                label: match &row.label {
                    Heading::Given(label) => Some(plain_words(label)),
                    _ => None,
                },
                total: row.total,
                values: row.values.iter().collect(),
            })
            .collect();
        if let Some(total) = total.filter(|_| !lines.iter().any(|line| line.total)) {
            let value = |id: &str| total.columns.iter().find(|(known, _)| known == id).map(|(_, value)| value);
            let values: Option<Vec<&Value>> = table.columns.iter().map(|column| value(&column.id)).collect();
            lines.extend(values.map(|values| Line { id: "total", label: None, total: true, values }));
        }
        Self { table, lines }
    }

    /// The cells of each line; none where a column, a row or a period is not there, which is reported.
    pub fn cells(
        &self,
        column: &DerivedColumn,
        table: &Table,
        statistics: &'a Statistics,
        sink: &mut Sink,
    ) -> Option<Found<'a>> {
        if let Cells::Of { table: other, column: wanted } = &column.cells {
            return self.of_other(column, other, wanted, statistics, sink);
        }
        let at: Vec<usize> =
            column.cells.columns().iter().map(|id| self.column(id, table, sink)).collect::<Option<_>>()?;
        let kinds = at.iter().filter_map(|at| Some(self.table.columns.get(*at)?.kind.clone())).collect();
        let first = *at.first()?;
        let of_lines = match &column.cells {
            Cells::Row(_) => {
                let cells = |line: &Line<'a>| at.iter().map(|at| Cow::Borrowed(line.values[*at])).collect();
                self.lines.iter().map(|line| Ok(cells(line))).collect()
            }
            Cells::OfAll(_) => self.of_all(first),
            Cells::Until(_) => self.until(first, column, sink)?,
            Cells::Since(_, since) => {
                let before = self.since(since, column, sink)?;
                self.each(|at| {
                    let before = before.get(at).copied().flatten().ok_or(Blank::NotAvailable)?;
                    Ok(vec![self.cell(before, first), self.cell(at, first)])
                })
            }
            Cells::Last(_, count) => {
                let times = self.times(column, "periods", sink)?;
                self.each(|at| {
                    let own = times.period(at).ok_or(Blank::NotApplicable)?;
                    let count = i64::try_from(*count).unwrap_or(i64::MAX);
                    let rows = (0..count).map(|back| times.at(own.number.saturating_sub(back)));
                    let rows: Option<Vec<usize>> = rows.collect();
                    Ok(rows.ok_or(Blank::NotAvailable)?.into_iter().map(|row| self.cell(row, first)).collect())
                })
            }
            Cells::Of { .. } => return None,
        };
        Some(Found { of_lines, kinds })
    }

    fn cell(&self, line: usize, column: usize) -> Cow<'a, Value> {
        Cow::Borrowed(self.lines[line].values[column])
    }

    /// What `cells` gives of each row; of a total there is none.
    fn each(&self, cells: impl Fn(usize) -> Parts<'a>) -> Vec<Parts<'a>> {
        let of = |at: usize| if self.lines[at].total { Err(Blank::NotApplicable) } else { cells(at) };
        (0..self.lines.len()).map(of).collect()
    }

    /// The cell, and the sum of the column.
    fn of_all(&self, column: usize) -> Vec<Parts<'a>> {
        let total = self.lines.iter().find(|line| line.total).map(|line| line.values[column]);
        let rows: Vec<&Value> = self.lines.iter().filter(|line| !line.total).map(|line| line.values[column]).collect();
        // What has no total, as amounts, is added up here; what cannot be added up is told by the operation.
        let whole: Cow<'a, Value> = match total {
            Some(total) if *total != Value::Blank(Blank::NotApplicable) => Cow::Borrowed(total),
            _ => operation::sum(&rows).map_or_else(|_| self.cell(0, column), Cow::Owned),
        };
        let cells = |at: usize| {
            let own = if self.lines[at].total { whole.clone() } else { self.cell(at, column) };
            Ok(vec![own, whole.clone()])
        };
        (0..self.lines.len()).map(cells).collect()
    }

    /// The sums of the cells down to each row; of periods, in the order of time.
    fn until(&self, column: usize, made: &DerivedColumn, sink: &mut Sink) -> Option<Vec<Parts<'a>>> {
        let rows = || (0..self.lines.len()).filter(|at| !self.lines[*at].total);
        let mut order: Vec<usize> = rows().collect();
        if rows().any(|at| self.period(at).is_some()) {
            let times = self.times(made, "cumulative-sum", sink)?;
            order.sort_by_key(|at| times.period(*at).map(|period| period.number));
        }
        let mut out: Vec<Parts<'a>> = vec![Err(Blank::NotApplicable); self.lines.len()];
        let mut sum: Option<Value> = None;
        for at in order {
            let own = self.lines[at].values[column];
            let next = match &sum {
                Some(sum) => operation::sum(&[sum, own]),
                None => operation::sum(&[own]),
            };
            match next {
                Ok(next) => {
                    out[at] = Ok(vec![Cow::Owned(next.clone())]);
                    sum = Some(next);
                }
                // The operation says why not.
                Err(_) => {
                    out[at] = Ok(sum.iter().map(|sum| Cow::Owned(sum.clone())).chain([Cow::Borrowed(own)]).collect())
                }
            }
        }
        Some(out)
    }

    /// The row that each row is compared with.
    fn since(&self, since: &Since, column: &DerivedColumn, sink: &mut Sink) -> Option<Vec<Option<usize>>> {
        let all = 0..self.lines.len();
        Some(match since {
            Since::RowBefore => all.map(|at| (0..at).rev().find(|before| !self.lines[*before].total)).collect(),
            Since::PeriodBefore => {
                let times = self.times(column, "since", sink)?;
                all.map(|at| times.at(times.period(at)?.number - 1)).collect()
            }
            Since::YearBefore => {
                let times = self.times(column, "since", sink)?;
                all.map(|at| times.at(times.period(at)?.year_before())).collect()
            }
            Since::Row(wanted) => {
                let found = self.lines.iter().position(|line| {
                    !line.total && (line.id == wanted.value || line.label.as_deref() == Some(wanted.value.trim()))
                });
                if found.is_none() {
                    let names: Vec<&str> = self.lines.iter().filter(|line| !line.total).map(|line| line.id).collect();
                    let some = names.iter().take(12).copied().collect::<Vec<_>>().join(", ");
                    let more = if names.len() > 12 { ", …" } else { "" };
                    sink.push(
                        Diagnostic::error(
                            Code::TABLE_RAGGED,
                            say!("the table has no row `{wanted}`", wanted = wanted.value),
                        )
                        .at(wanted.span)
                        .nearest(&wanted.value, names.iter().copied())
                        .help(say!("its rows are: {some}{more}", some, more)),
                    );
                }
                vec![Some(found?); self.lines.len()]
            }
        })
    }

    /// The cells of the rows with the same ids in another table. Its total is that of this one where both have the same rows.
    fn of_other(
        &self,
        column: &DerivedColumn,
        other: &Spanned<String>,
        wanted: &Spanned<String>,
        statistics: &'a Statistics,
        sink: &mut Sink,
    ) -> Option<Found<'a>> {
        let Some(table) = statistics.tables.get(&other.value) else {
            sink.push(
                Diagnostic::error(Code::TABLE_UNKNOWN, say!("there is no table `{other}`", other = other.value))
                    .at(other.span)
                    .lacks(Thing::Table, &other.value)
                    .nearest(&other.value, statistics.tables.keys().map(String::as_str)),
            );
            return None;
        };
        let Some(at) = table.columns.iter().position(|known| known.id == wanted.value) else {
            sink.push(unknown_column(wanted, &other.value, table));
            return None;
        };
        let theirs: std::collections::BTreeMap<&str, &Value> = table
            .rows
            .iter()
            .filter(|row| !row.total)
            .filter_map(|row| Some((row.id.as_str(), row.values.get(at)?)))
            .collect();
        let rows: Vec<&Line<'a>> = self.lines.iter().filter(|line| !line.total).collect();
        let without: Vec<&str> = rows.iter().map(|line| line.id).filter(|id| !theirs.contains_key(id)).collect();
        if without.len() == rows.len() {
            sink.push(
                Diagnostic::error(
                    Code::TABLE_RAGGED,
                    say!("no row of this table has the id of a row of `{other}`", other = other.value),
                )
                .at(other.span)
                .help(say!(
                    "rows are joined by their ids, which are made of their labels or values; give the rows the same"
                )),
            );
            return None;
        }
        if !without.is_empty() {
            let some = without.iter().take(10).copied().collect::<Vec<_>>().join(", ");
            let more = if without.len() > 10 { ", …" } else { "" };
            sink.push(
                Diagnostic::warning(
                    Code::TABLE_RAGGED,
                    say!(
                        "`{other}` has no row for {some}{more}: `{column}` is not available there",
                        some,
                        more,
                        other = other.value,
                        column = column.id.value
                    ),
                )
                .at(other.span)
                .help(say!("rows are joined by their ids, which are made of their labels or values")),
            );
        }
        let same = without.is_empty() && theirs.len() == rows.len();
        let total = statistics.figures.get(&format!("{}.total", other.value)).filter(|_| same);
        let total = total.and_then(|total| total.columns.iter().find(|(id, _)| *id == wanted.value));
        let cell = |line: &Line<'a>| match line.total {
            true => total.map(|(_, value)| value),
            false => theirs.get(line.id).copied(),
        };
        let parts = |line: &Line<'a>| Ok(vec![Cow::Borrowed(cell(line).ok_or(Blank::NotAvailable)?)]);
        Some(Found {
            of_lines: self.lines.iter().map(parts).collect(),
            kinds: table.columns.get(at).map(|known| known.kind.clone()).into_iter().collect(),
        })
    }

    fn column(&self, id: &Spanned<String>, table: &Table, sink: &mut Sink) -> Option<usize> {
        let found = self.table.columns.iter().position(|known| known.id == id.value);
        if found.is_none() {
            let below = table.derived.iter().any(|column| column.id.value == id.value);
            let diagnostic = unknown_column(id, &table.id.value, self.table);
            sink.push(match below {
                true => diagnostic.help(say!("a computed column is made of columns that stand above it: move it up")),
                false => diagnostic,
            });
        }
        found
    }

    fn period(&self, line: usize) -> Option<Period> {
        Period::read(self.lines[line].label.as_deref()?)
    }

    /// The rows as periods; what is none is reported.
    fn times(&self, column: &DerivedColumn, key: &str, sink: &mut Sink) -> Option<Times> {
        let mut periods = vec![None; self.lines.len()];
        let mut rows = std::collections::BTreeMap::new();
        let mut length = None;
        for (at, line) in self.lines.iter().enumerate() {
            // Cases without a period are of none.
            let Some(label) = line.label.as_deref().filter(|_| !line.total) else { continue };
            let fault = match Period::read(label) {
                None => Some(say!("`{label}` is no year, quarter or month", label)),
                Some(period) if *length.get_or_insert(period.length) != period.length => {
                    Some(say!("`{label}` is not as long as the periods above it", label))
                }
                Some(period) => match rows.insert(period.number, at) {
                    Some(_) => Some(say!("`{label}` stands in more than one row", label)),
                    None => {
                        periods[at] = Some(period);
                        None
                    }
                },
            };
            if let Some(fault) = fault {
                sink.push(
                    Diagnostic::error(
                        Code::TABLE_PERIOD,
                        say!("column `{column}` goes by the periods of the rows, and {fault}", fault, column = column.id.value),
                    )
                    .at(column.id.span)
                    .help(say!("rows are periods where their labels read 2024, 2023/24, 2024-03, mars 2024, 2024M03, 2024K1, kvartal 1 2024 or HT 2024"))
                    .help(match key {
                        "since" => say!("or write `since: row-before`, for the row above whatever it is, or `since:` and the id of a row"),
                        _ => say!("name the rows so, or leave the column out"),
                    }),
                );
                return None;
            }
        }
        Some(Times { periods, rows })
    }
}

/// Rows by their periods.
struct Times {
    periods: Vec<Option<Period>>,
    rows: std::collections::BTreeMap<i64, usize>,
}

impl Times {
    fn period(&self, line: usize) -> Option<Period> {
        self.periods.get(line).copied().flatten()
    }

    /// The row of a period.
    fn at(&self, number: i64) -> Option<usize> {
        self.rows.get(&number).copied()
    }
}

pub fn unknown_column(id: &Spanned<String>, table: &str, computed: &ComputedTable) -> Diagnostic {
    let names: Vec<&str> = computed.columns.iter().map(|column| column.id.as_str()).collect();
    Diagnostic::error(Code::TABLE_RAGGED, say!("table `{table}` has no column `{id}`", table, id = id.value))
        .at(id.span)
        .nearest(&id.value, names.iter().copied())
        .help(say!("its columns are: {names}", names = names.join(", ")))
}
