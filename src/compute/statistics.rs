//! From what authors give to what can be printed: figures derived and checked, tables with their totals.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Figure, Findings, Given, Sex};
use crate::source::{Span, Spanned, Text};

use super::exact::Exact;
use super::table::{ComputedTable, compute_table, row_figures};
use super::value::Value;

/// All figures and tables of a report, by id.
#[derive(Debug, Clone, Default)]
pub struct Statistics {
    pub figures: BTreeMap<String, Computed>,
    pub tables: BTreeMap<String, ComputedTable>,
}

/// A figure with its value, per sex where it is known.
#[derive(Debug, Clone)]
pub struct Computed {
    pub label: Text,
    pub total: Value,
    pub women: Option<Value>,
    pub men: Option<Value>,
    /// Id of the figure that this one is a share of.
    pub base: Option<String>,
    /// For a row of a table: the value of each column.
    pub columns: Vec<(String, Value)>,
    /// Where the figure is defined.
    pub span: Span,
}

impl Computed {
    /// The value of one sex, or of all.
    #[must_use]
    pub fn value(&self, sex: Option<Sex>) -> Option<&Value> {
        match sex {
            None => Some(&self.total),
            Some(Sex::Women) => self.women.as_ref(),
            Some(Sex::Men) => self.men.as_ref(),
        }
    }
}

/// Computes all figures and tables; every fault goes to the sink and what depends on it is left out.
pub fn compute(findings: &Findings, sink: &mut Sink) -> Statistics {
    let mut out = Statistics::default();
    for table in &findings.tables {
        if let Some(computed) = compute_table(table, sink) {
            row_figures(table, &computed, &mut out.figures);
            out.tables.insert(table.id.value.clone(), computed);
        }
    }
    let by_id: BTreeMap<&str, &Figure> =
        findings.figures.iter().map(|figure| (figure.id.value.as_str(), figure)).collect();
    let mut engine =
        Engine { by_id, done: out.figures, failed: Vec::new(), open: Vec::new(), tables: &out.tables, sink };
    for figure in &findings.figures {
        engine.figure(&figure.id.value);
    }
    out.figures = engine.done;
    check_bases(findings, &out, sink);
    out
}

struct Engine<'a, 's> {
    by_id: BTreeMap<&'a str, &'a Figure>,
    done: BTreeMap<String, Computed>,
    failed: Vec<String>,
    /// Figures being computed, to find circles.
    open: Vec<&'a str>,
    tables: &'a BTreeMap<String, ComputedTable>,
    sink: &'s mut Sink,
}

impl<'a> Engine<'a, '_> {
    fn figure(&mut self, id: &str) -> Option<Computed> {
        if let Some(done) = self.done.get(id) {
            return Some(done.clone());
        }
        if self.failed.iter().any(|failed| failed == id) {
            return None;
        }
        let figure = *self.by_id.get(id)?;
        if self.open.contains(&figure.id.value.as_str()) {
            let circle: Vec<&str> = self.open.iter().copied().chain([figure.id.value.as_str()]).collect();
            self.sink.push(
                Diagnostic::error(
                    Code::FIGURE_CYCLE,
                    format!("figures refer to each other in a circle: {}", circle.join(" → ")),
                )
                .at(figure.id.span),
            );
            return None;
        }
        self.open.push(&figure.id.value);
        let computed = self.derive(figure);
        self.open.pop();
        match computed {
            Some(computed) => {
                self.check_total(figure, &computed);
                self.done.insert(id.to_owned(), computed.clone());
                Some(computed)
            }
            None => {
                self.failed.push(id.to_owned());
                None
            }
        }
    }

    fn derive(&mut self, figure: &'a Figure) -> Option<Computed> {
        let simple = |total: Value| (total, None, None);
        let (total, women, men) = match &figure.given {
            Given::BySex { women, men } => {
                let (women, men) = (Value::Count(women.value), Value::Count(men.value));
                (self.sum(figure, &[&women, &men])?, Some(women), Some(men))
            }
            Given::Count(count) => simple(Value::Count(count.value)),
            Given::Percent { value, decimals } => simple(Value::Percent { value: value.value, decimals: *decimals }),
            Given::Amount { value, decimals, unit } => simple(Value::Amount {
                value: value.value,
                decimals: *decimals,
                unit: unit.as_ref().map(|unit| unit.value.clone()),
            }),
            Given::Date(date) => simple(Value::Date(date.value)),
            Given::Text(text) => simple(Value::Text(text.clone())),
            Given::Sum(ids) => {
                let parts = self.parts(figure, ids)?;
                let of = |sex| parts.iter().map(|part| part.value(sex)).collect::<Option<Vec<&Value>>>();
                let (women, men) = (of(Some(Sex::Women)), of(Some(Sex::Men)));
                let total = self.sum(figure, &of(None)?)?;
                let women = women.and_then(|parts| self.sum(figure, &parts));
                let men = men.and_then(|parts| self.sum(figure, &parts));
                (total, women, men)
            }
            Given::Difference(ids) => {
                let parts = self.parts(figure, ids)?;
                let total = self.less(figure, &parts, None)?;
                let both = parts.iter().all(|part| part.women.is_some() && part.men.is_some());
                let women = if both { self.less(figure, &parts, Some(Sex::Women)) } else { None };
                let men = if both { self.less(figure, &parts, Some(Sex::Men)) } else { None };
                (total, women, men)
            }
            Given::Cell { table, row, column } => simple(self.cell(table, row, column)?),
        };
        let base = figure.base.as_ref().and_then(|base| self.base(base));
        Some(Computed {
            label: figure.label.clone(),
            total,
            women,
            men,
            base,
            columns: Vec::new(),
            span: figure.id.span,
        })
    }

    fn base(&mut self, base: &Spanned<String>) -> Option<String> {
        if self.done.contains_key(&base.value) || self.by_id.contains_key(base.value.as_str()) {
            return Some(base.value.clone());
        }
        self.unknown(base);
        None
    }

    fn unknown(&mut self, id: &Spanned<String>) {
        let known: Vec<&str> = self.by_id.keys().copied().chain(self.done.keys().map(String::as_str)).collect();
        self.sink.push(unknown_figure(id, known));
    }

    fn parts(&mut self, figure: &Figure, ids: &'a [Spanned<String>]) -> Option<Vec<Computed>> {
        let mut out = Vec::new();
        for id in ids {
            if !self.done.contains_key(&id.value) && !self.by_id.contains_key(id.value.as_str()) {
                self.unknown(id);
                continue;
            }
            let Some(part) = self.figure(&id.value) else { continue };
            if matches!(part.total, Value::Count(_) | Value::Blank(_)) {
                out.push(part);
            } else {
                self.sink.push(
                    Diagnostic::error(
                        Code::FIGURE_KIND,
                        format!("`{}` is not a count and cannot be added up", id.value),
                    )
                    .at(id.span)
                    .also(figure.id.span, "in this figure"),
                );
            }
        }
        (out.len() == ids.len()).then_some(out)
    }

    fn sum(&mut self, figure: &Figure, parts: &[&Value]) -> Option<Value> {
        let sum = Value::sum(parts.iter().copied());
        if sum.is_none() {
            self.sink.push(Diagnostic::error(Code::FIGURE_OVERFLOW, "the sum is too large").at(figure.id.span));
        }
        sum
    }

    fn less(&mut self, figure: &Figure, parts: &[Computed], sex: Option<Sex>) -> Option<Value> {
        let mut values = parts.iter().filter_map(|part| part.value(sex));
        let mut rest = values.next()?.clone();
        for value in values {
            rest = rest.difference(value)?;
        }
        if rest.number().is_some_and(Exact::is_negative) {
            self.sink.push(
                Diagnostic::error(
                    Code::FIGURE_TOTAL,
                    format!("the difference `{}` is less than zero", figure.id.value),
                )
                .at(figure.id.span)
                .help("the first figure must be the largest; check the figures or their order"),
            );
            return None;
        }
        Some(rest)
    }

    fn cell(&mut self, table: &Spanned<String>, row: &Spanned<String>, column: &Spanned<String>) -> Option<Value> {
        let Some(found) = self.tables.get(&table.value) else {
            self.sink.push(
                Diagnostic::error(Code::TABLE_UNKNOWN, format!("there is no table `{}`", table.value))
                    .at(table.span)
                    .nearest(&table.value, self.tables.keys().map(String::as_str)),
            );
            return None;
        };
        let at_row = found.rows.iter().find(|known| known.id == row.value);
        let at_column = found.columns.iter().position(|known| known.id == column.value);
        if at_row.is_none() {
            self.sink.push(
                Diagnostic::error(Code::TABLE_RAGGED, format!("table `{}` has no row `{}`", table.value, row.value))
                    .at(row.span)
                    .nearest(&row.value, found.rows.iter().map(|row| row.id.as_str())),
            );
        }
        if at_column.is_none() {
            self.sink.push(
                Diagnostic::error(
                    Code::TABLE_RAGGED,
                    format!("table `{}` has no column `{}`", table.value, column.value),
                )
                .at(column.span)
                .nearest(&column.value, found.columns.iter().map(|column| column.id.as_str())),
            );
        }
        at_row?.values.get(at_column?).cloned()
    }

    fn check_total(&mut self, figure: &Figure, computed: &Computed) {
        let Some(typed) = &figure.typed_total else { return };
        if computed.total.number() != Some(typed.value) {
            let right = computed.total.number().map_or_else(|| "no number".to_owned(), |number| number.to_string());
            self.sink.push(
                Diagnostic::error(
                    Code::FIGURE_TOTAL,
                    format!("the total of `{}` is {right}, not {}", figure.id.value, typed.value),
                )
                .at(typed.span)
                .help(format!("write total: {right}, correct the parts, or leave the total out")),
            );
        }
    }
}

/// "There is no figure `x`", with the nearest known name.
pub fn unknown_figure<'a>(id: &Spanned<String>, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::FIGURE_UNKNOWN, format!("there is no figure `{}`", id.value)).at(id.span);
    let diagnostic = diagnostic.nearest(&id.value, known);
    if diagnostic.help.is_empty() { diagnostic.help("figures and tables are defined in findings/") } else { diagnostic }
}

/// A part larger than its whole is an error, for each sex and for all.
fn check_bases(findings: &Findings, statistics: &Statistics, sink: &mut Sink) {
    for named in findings.tables.iter().filter_map(|table| table.base.as_ref()) {
        if !statistics.figures.contains_key(&named.value) {
            sink.push(unknown_figure(named, statistics.figures.keys().map(String::as_str)));
        }
    }
    for (id, figure) in &statistics.figures {
        let Some(base_id) = &figure.base else { continue };
        let Some(base) = statistics.figures.get(base_id) else { continue };
        let is_total = id.ends_with(".total") && !figure.columns.is_empty();
        if is_total {
            continue;
        }
        for (sex, words) in [(None, ""), (Some(Sex::Women), " (women)"), (Some(Sex::Men), " (men)")] {
            let numbers = figure.value(sex).and_then(Value::number).zip(base.value(sex).and_then(Value::number));
            if let Some((part, whole)) = numbers
                && matches!(figure.value(sex), Some(Value::Count(_)))
                && part > whole
            {
                sink.push(
                    Diagnostic::error(
                        Code::FIGURE_EXCEEDS_BASE,
                        format!("`{id}`{words} is {part}, more than its base `{base_id}`, which is {whole}"),
                    )
                    .at(figure.span)
                    .also(base.span, "the base"),
                );
                break;
            }
        }
    }
}
