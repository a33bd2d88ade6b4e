//! Figures derived from each other, each after those that it is made of.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, Thing, say};
use crate::model::{Dataset, Figure, Findings, Given};
use crate::source::Spanned;

use super::derive::{self, Asked, Derived, column_of};
use super::mask::Mask;
use super::operation;
use super::origin::How;
use super::statistics::{Computed, unknown_figure};
use super::table::ComputedTable;
use crate::value::{Exact, Group, Parts, Value};

/// Names of figures of a circle that a message tells.
const TOLD: usize = 12;

pub(super) struct Engine<'a> {
    pub by_id: BTreeMap<&'a str, &'a Figure>,
    /// Figures that are known: those of other reports and rows of tables to begin with.
    pub done: BTreeMap<String, Computed>,
    pub tables: &'a BTreeMap<String, ComputedTable>,
    pub datasets: &'a [Dataset],
    pub mask: &'a Mask,
}

impl<'a> Engine<'a> {
    /// Computes all figures; every fault goes to the sink and what depends on it is left out.
    pub fn run(mut self, findings: &'a Findings, sink: &mut Sink) -> BTreeMap<String, Computed> {
        for figure in self.order(findings, sink) {
            if self.done.contains_key(&figure.id.value) {
                continue;
            }
            if let Some(mut computed) = self.derive(figure, sink) {
                check_total(figure, &computed, sink);
                self.mask.figure(&figure.id.value, &mut computed);
                self.done.insert(figure.id.value.clone(), computed);
            }
        }
        self.done
    }

    /// The figures, each behind those that it is made of; circles are reported and cut. With a stack of its own: a chain of figures may
    /// be longer than the thread's.
    fn order(&self, findings: &'a Findings, sink: &mut Sink) -> Vec<&'a Figure> {
        let mut out = Vec::new();
        // Whether a figure that was met is still open, and where it stands among the open ones.
        let mut met: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        for figure in &findings.figures {
            let mut open: Vec<(&'a Figure, std::vec::IntoIter<&'a str>)> = Vec::new();
            let mut next = Some(figure.id.value.as_str());
            loop {
                if let Some(id) = next.take()
                    && let Some(figure) = self.by_id.get(id).copied()
                    && !self.done.contains_key(id)
                {
                    match met.get(id) {
                        None => {
                            met.insert(id, Some(open.len()));
                            open.push((figure, figure.given.figures().into_iter()));
                        }
                        Some(Some(from)) => {
                            let circle = open.iter().skip(*from).map(|(figure, _)| figure.id.value.as_str());
                            sink.push(circular(circle.chain([id]).collect(), figure));
                        }
                        Some(None) => {}
                    }
                }
                let Some((figure, parts)) = open.last_mut() else { break };
                match parts.next() {
                    Some(part) => next = Some(part),
                    None => {
                        met.insert(figure.id.value.as_str(), None);
                        out.push(*figure);
                        open.pop();
                    }
                }
            }
        }
        out
    }

    fn derive(&self, figure: &Figure, sink: &mut Sink) -> Option<Computed> {
        let derived = match &figure.given {
            Given::ByGroup(parts) => {
                let parts: Parts = parts.iter().map(|(group, count)| (*group, Value::Count(count.value))).collect();
                let total = one_total(figure, &parts, sink)?;
                Derived { parts, ..Derived::simple(total, How::ByGroup) }
            }
            Given::Count(count) => Derived::simple(Value::Count(count.value), How::Given),
            Given::Tally(count) => Derived::simple(Value::Count(count.value), How::Tally),
            Given::Percent { value, decimals } => {
                Derived::simple(Value::Percent { value: value.value, decimals: *decimals }, How::Published)
            }
            Given::Amount { value, decimals, unit } => {
                let unit = unit.as_ref().map(|unit| unit.value.clone());
                Derived::simple(Value::Amount { value: value.value, decimals: *decimals, unit }, How::Given)
            }
            Given::Date(date) => Derived::simple(Value::Date(date.value), How::Given),
            Given::Text(text) => Derived::simple(Value::Text(text.clone()), How::Given),
            Given::Sum(ids) => {
                let parts = self.parts(figure, ids, sink)?;
                let total = sum(figure, &derive::values(&parts, None)?, sink)?;
                let parts = derive::by_group(&parts, |values| sum(figure, values, sink));
                Derived { parts, ..Derived::simple(total, How::Sum(names(ids))) }
            }
            Given::Difference(ids) => {
                let parts = self.parts(figure, ids, sink)?;
                let total = less(figure, &derive::values(&parts, None)?, sink)?;
                let parts = derive::by_group(&parts, |values| less(figure, values, sink));
                Derived { parts, ..Derived::simple(total, How::Difference(names(ids))) }
            }
            Given::Share { part, whole, decimals } => {
                let parts = self.operands([part, whole], sink)?;
                let how = How::Share { part: part.value.clone(), whole: whole.value.clone() };
                derive::per_group(figure, &parts, how, |values| operation::share(values, *decimals), sink)?
            }
            Given::Index { then, now, decimals } => {
                let parts = self.operands([then, now], sink)?;
                let how = How::Index { then: then.value.clone(), now: now.value.clone() };
                derive::per_group(figure, &parts, how, |values| operation::index(values, *decimals), sink)?
            }
            Given::Ratio { first, second, per, decimals, unit } => {
                let parts = self.operands([first, second], sink)?;
                let how = How::Ratio(first.value.clone(), second.value.clone(), *per);
                let ratio = |values: &[&Value]| operation::ratio(values, *per, *decimals, unit.as_ref());
                derive::per_group(figure, &parts, how, ratio, sink)?
            }
            Given::Change { then, now } => {
                let parts = self.operands([then, now], sink)?;
                let how = How::Change { then: then.value.clone(), now: now.value.clone() };
                derive::per_group(figure, &parts, how, operation::change, sink)?
            }
            Given::Average { of, decimals, unit } => {
                let parts = self.operands(of, sink)?;
                if let Some((mean, _)) = of.iter().zip(&parts).find(|(_, part)| part.is_mean()) {
                    sink.push(mean_of_means(figure, mean));
                    return None;
                }
                let average = |values: &[&Value]| operation::average(values, *decimals, unit.as_ref());
                derive::per_group(figure, &parts, How::Average(names(of)), average, sink)?
            }
            Given::Cell { table, row, column } => {
                let how = How::Cell {
                    table: table.value.clone(),
                    row: row.as_ref().map(|row| row.value.clone()),
                    column: column.as_ref().map(|column| column.value.clone()),
                };
                Derived::simple(self.cell(table, row.as_ref(), column.as_ref(), sink)?, how)
            }
            Given::Extreme { largest, table, column } => {
                let found = self.table(table, sink)?;
                derive::extreme(figure, *largest, &table.value, found, column, sink)?
            }
            Given::Rows { statistic, selection, column, decimals, unit, leave_out, weight } => {
                let asked = Asked {
                    statistic: *statistic,
                    selection,
                    column: column.as_ref(),
                    decimals: *decimals,
                    unit: unit.as_ref(),
                    leave_out: *leave_out,
                    weight: weight.as_ref(),
                };
                derive::rows(figure, &asked, (self.datasets, self.mask), sink)?
            }
        };
        let base = match (&figure.base, &figure.given) {
            (Some(base), _) => {
                if !self.knows(&base.value) {
                    self.unknown(base, sink);
                }
                Some(base.value.clone())
            }
            (None, Given::Share { whole, .. }) => Some(whole.value.clone()),
            (None, _) => None,
        };
        Some(Computed {
            label: figure.label.clone(),
            aspect: figure.aspect,
            total: derived.total,
            parts: derived.parts,
            base,
            columns: Vec::new(),
            names: derived.names,
            how: derived.how,
            span: figure.id.span,
        })
    }

    /// Whether a figure has this id, be it that it could not be computed.
    fn knows(&self, id: &str) -> bool {
        self.done.contains_key(id) || self.by_id.contains_key(id)
    }

    /// The figures of a derivation; none where one is not known or could not be computed.
    fn operands<'i>(
        &self,
        ids: impl IntoIterator<Item = &'i Spanned<String>>,
        sink: &mut Sink,
    ) -> Option<Vec<&Computed>> {
        let mut out = Some(Vec::new());
        for id in ids {
            if !self.knows(&id.value) {
                self.unknown(id, sink);
            }
            match (self.done.get(&id.value), &mut out) {
                (Some(part), Some(parts)) => parts.push(part),
                _ => out = None,
            }
        }
        out
    }

    fn unknown(&self, id: &Spanned<String>, sink: &mut Sink) {
        let known = self.by_id.keys().copied().chain(self.done.keys().map(String::as_str));
        sink.push(unknown_figure(id, known));
    }

    fn parts(&self, figure: &Figure, ids: &[Spanned<String>], sink: &mut Sink) -> Option<Vec<&Computed>> {
        let mut out = Vec::new();
        for id in ids {
            if !self.knows(&id.value) {
                self.unknown(id, sink);
                continue;
            }
            let Some(part) = self.done.get(&id.value) else { continue };
            if matches!(part.total, Value::Count(_) | Value::Blank(_)) {
                out.push(part);
            } else {
                let diagnostic = Diagnostic::error(
                    Code::FIGURE_KIND,
                    say!("`{id}` is not a count and cannot be added up", id = id.value),
                )
                .at(id.span)
                .also(figure.id.span, say!("in this figure"));
                sink.push(match (&part.total, part.is_mean()) {
                    (Value::Percent { .. }, _) => {
                        diagnostic.help(say!("percentages of different wholes make no percentage: add up the counts, and take the share of the sums"))
                    }
                    (_, true) => diagnostic.help(say!("averages make no average or sum: compute it of all cases")),
                    _ => diagnostic,
                });
            }
        }
        (out.len() == ids.len()).then_some(out)
    }

    fn table(&self, table: &Spanned<String>, sink: &mut Sink) -> Option<&'a ComputedTable> {
        let found = self.tables.get(&table.value);
        if found.is_none() {
            sink.push(
                Diagnostic::error(Code::TABLE_UNKNOWN, say!("there is no table `{table}`", table = table.value))
                    .at(table.span)
                    .lacks(Thing::Table, &table.value)
                    .nearest(&table.value, self.tables.keys().map(String::as_str)),
            );
        }
        found
    }

    /// A cell; without a row the column's total, without a column the row's.
    fn cell(
        &self,
        table: &Spanned<String>,
        row: Option<&Spanned<String>>,
        column: Option<&Spanned<String>>,
        sink: &mut Sink,
    ) -> Option<Value> {
        let found = self.table(table, sink)?;
        let line = row.map_or("total", |row| row.value.as_str());
        let figure = self.done.get(&format!("{}.{line}", table.value));
        if let (Some(row), None) = (row, &figure) {
            sink.push(
                Diagnostic::error(
                    Code::TABLE_RAGGED,
                    say!("table `{table}` has no row `{row}`", table = table.value, row = row.value),
                )
                .at(row.span)
                .nearest(&row.value, found.rows.iter().map(|row| row.id.as_str())),
            );
        }
        let Some(column) = column else { return Some(figure?.total.clone()) };
        column_of(found, &table.value, column, sink)?;
        figure?.columns.iter().find(|(id, _)| *id == column.value).map(|(_, value)| value.clone())
    }
}

/// The mean of averages counts each of them once, however many cases stand behind it.
fn mean_of_means(figure: &Figure, part: &Spanned<String>) -> Diagnostic {
    Diagnostic::error(
        Code::FIGURE_KIND,
        say!("`{figure}` cannot be computed: `{part}` is an average itself", figure = figure.id.value, part = part.value),
    )
    .at(part.span)
    .also(figure.id.span, say!("in this figure"))
    .help(say!("averages of groups of different size make no average of all: compute it of all cases, or of the sums and numbers behind them (`ratio`)"))
}

fn circular(circle: Vec<&str>, figure: &Figure) -> Diagnostic {
    let told = match circle.len() {
        long if long > TOLD + 2 => {
            let (first, last) = (circle[..TOLD].join(" → "), circle[long - 1]);
            format!("{first} → … → {last} ({} figures)", long - 1)
        }
        _ => circle.join(" → "),
    };
    Diagnostic::error(Code::FIGURE_CYCLE, say!("figures refer to each other in a circle: {told}", told))
        .at(figure.id.span)
}

fn sum(figure: &Figure, parts: &[&Value], sink: &mut Sink) -> Option<Value> {
    let sum = Value::sum(parts.iter().copied());
    if sum.is_none() {
        sink.push(Diagnostic::error(Code::FIGURE_OVERFLOW, say!("the sum is too large")).at(figure.id.span));
    }
    sum
}

/// The total of the groups; of several breakdowns each has the same.
fn one_total(figure: &Figure, parts: &Parts, sink: &mut Sink) -> Option<Value> {
    let mut by_breakdown: BTreeMap<u8, Vec<&Value>> = BTreeMap::new();
    for (Group { breakdown, .. }, value) in parts {
        by_breakdown.entry(*breakdown).or_default().push(value);
    }
    let totals: Vec<Value> = by_breakdown.values().map(|parts| sum(figure, parts, sink)).collect::<Option<_>>()?;
    let (first, others) = totals.split_first()?;
    let numbers = others.iter().find(|other| *other != first).and_then(|other| first.number().zip(other.number()));
    if let Some((first, other)) = numbers {
        sink.push(
            Diagnostic::error(
                Code::FIGURE_TOTAL,
                say!(
                    "`{figure}` is {first} by one breakdown and {other} by another",
                    first,
                    other,
                    figure = figure.id.value
                ),
            )
            .at(figure.id.span)
            .help(say!("all groups of a breakdown together are the whole: correct the groups that are wrong")),
        );
        return None;
    }
    Some(first.clone())
}

fn less(figure: &Figure, values: &[&Value], sink: &mut Sink) -> Option<Value> {
    let (first, others) = values.split_first()?;
    let mut rest = (*first).clone();
    for value in others {
        rest = rest.difference(value)?;
    }
    if rest.number().is_some_and(Exact::is_negative) {
        sink.push(
            Diagnostic::error(
                Code::FIGURE_TOTAL,
                say!("the difference `{figure}` is less than zero", figure = figure.id.value),
            )
            .at(figure.id.span)
            .help(say!("the first figure must be the largest; check the figures or their order")),
        );
        return None;
    }
    Some(rest)
}

fn check_total(figure: &Figure, computed: &Computed, sink: &mut Sink) {
    let Some(typed) = &figure.typed_total else { return };
    if computed.total.number() != Some(typed.value) {
        let right = computed.total.number().map_or_else(|| say!("no number"), Said::verbatim);
        sink.push(
            Diagnostic::error(
                Code::FIGURE_TOTAL,
                say!(
                    "the total of `{figure}` is {right}, not {typed}",
                    right,
                    figure = figure.id.value,
                    typed = typed.value
                ),
            )
            .at(typed.span)
            .help(say!("write total: {right}, correct the parts, or leave the total out", right)),
        );
    }
}

fn names(ids: &[Spanned<String>]) -> Vec<String> {
    ids.iter().map(|id| id.value.clone()).collect()
}
