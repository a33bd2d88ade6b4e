//! From what authors give to what can be printed: figures derived and checked, tables with their totals.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::locale::Locale;
use crate::model::{Dataset, Figure, Findings, GatheredTable, Given, Sex};
use crate::source::{Span, Spanned, Text};

use super::cross;
use super::derive::{self, Asked, Derived};
use super::exact::Exact;
use super::gather;
use super::origin::{How, TableOrigin};
use super::table::{ComputedTable, Heading, compute_table, row_figures};
use super::value::Value;

/// All figures and tables of a report, by id.
#[derive(Debug, Clone, Default)]
pub struct Statistics {
    pub figures: BTreeMap<String, Computed>,
    pub tables: BTreeMap<String, ComputedTable>,
}

impl Statistics {
    /// Whose numbers a column holds, of a figure that is a row of a table.
    #[must_use]
    pub fn column_sex(&self, figure: &Computed, column: &str) -> Option<Sex> {
        let table = self.tables.get(figure.how.table()?)?;
        table.columns.iter().find(|known| known.id == column)?.sex
    }

    /// Cases that are neither women's nor men's, of a figure that was counted from case rows: a sentence must not lose them.
    #[must_use]
    pub fn sex_unknown(&self, figure: &Computed) -> Option<Exact> {
        let counted = match &figure.how {
            How::Rows(_) => true,
            How::Row { table, .. } => {
                self.tables.get(table).is_some_and(|table| matches!(table.origin, TableOrigin::Counted(_)))
            }
            _ => false,
        };
        let (Value::Count(total), Some(Value::Count(women)), Some(Value::Count(men))) =
            (&figure.total, &figure.women, &figure.men)
        else {
            return None;
        };
        total.checked_sub(women.checked_add(*men)?).filter(|rest| counted && *rest > Exact::ZERO)
    }
}

/// A figure with its value, per sex where it is known.
#[derive(Debug, Clone)]
pub struct Computed {
    pub label: Text,
    /// Key of a word that is set behind the label, where several figures have the same.
    pub aspect: Option<&'static str>,
    pub total: Value,
    pub women: Option<Value>,
    pub men: Option<Value>,
    /// Id of the figure that this one is a share of.
    pub base: Option<String>,
    /// For a row of a table: the value of each column.
    pub columns: Vec<(String, Value)>,
    /// Names of the rows that a largest or smallest value was found in.
    pub names: Vec<Heading>,
    pub how: How,
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
///
/// The language says in what order labels stand and what a row of cases without a value is called.
pub fn compute(findings: &Findings, locale: &Locale, sink: &mut Sink) -> Statistics {
    extend(Statistics::default(), findings, locale, sink)
}

/// As [`compute`], beside figures that are known already: those of other reports.
pub fn extend(known: Statistics, findings: &Findings, locale: &Locale, sink: &mut Sink) -> Statistics {
    let mut out = known;
    for table in &findings.tables {
        if let Some(crossed) = &table.cross {
            if let Some((computed, figures)) = cross::compute(table, crossed, &findings.datasets, locale, sink) {
                out.figures.extend(figures);
                out.tables.insert(table.id.value.clone(), computed);
            }
        } else if let Some(which) = table.gathered.filter(|which| *which != GatheredTable::Findings) {
            if let Some((computed, figures)) = gather::compute(table, which, findings, (&out.figures, locale)) {
                out.figures.extend(figures);
                out.tables.insert(table.id.value.clone(), computed);
            }
        } else if let Some(mut computed) = compute_table(table, locale, sink) {
            if let (Some(_), Some(gathering)) = (table.gathered, &findings.gathering) {
                computed.origin = TableOrigin::Gathered(gathering.inspections.len());
            }
            row_figures(table, &computed, &mut out.figures);
            out.tables.insert(table.id.value.clone(), computed);
        }
    }
    gather::check(findings, &out.figures, sink);
    out.figures.extend(gather::counts(findings, &out.figures, locale));
    let by_id: BTreeMap<&str, &Figure> =
        findings.figures.iter().map(|figure| (figure.id.value.as_str(), figure)).collect();
    for figure in &findings.figures {
        // Rows that are typed are compared with the figures' ids when they are read; counted rows are known only now.
        if let Some(row) = out.figures.get(&figure.id.value)
            && findings.tables.iter().any(|table| table.cross.is_some() && row.how.table() == Some(&table.id.value))
        {
            sink.push(
                Diagnostic::error(Code::ID_DUPLICATE, format!("the figure `{}` is defined twice", figure.id.value))
                    .label(figure.id.span, "again here")
                    .also(row.span, "a row of this table is called so")
                    .help("rename the figure"),
            );
        }
    }
    let mut engine = Engine {
        by_id,
        done: out.figures,
        failed: Vec::new(),
        open: Vec::new(),
        tables: &out.tables,
        datasets: &findings.datasets,
        sink,
    };
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
    datasets: &'a [Dataset],
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
        let derived = match &figure.given {
            Given::BySex { women, men } => {
                let (women, men) = (Value::Count(women.value), Value::Count(men.value));
                let total = self.sum(figure, &[&women, &men])?;
                Derived { women: Some(women), men: Some(men), ..Derived::simple(total, How::BySex) }
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
                let parts = self.parts(figure, ids)?;
                let of = |sex| parts.iter().map(|part| part.value(sex)).collect::<Option<Vec<&Value>>>();
                let (women, men) = (of(Some(Sex::Women)), of(Some(Sex::Men)));
                let total = self.sum(figure, &of(None)?)?;
                let women = women.and_then(|parts| self.sum(figure, &parts));
                let men = men.and_then(|parts| self.sum(figure, &parts));
                Derived { women, men, ..Derived::simple(total, How::Sum(names(ids))) }
            }
            Given::Difference(ids) => {
                let parts = self.parts(figure, ids)?;
                let total = self.less(figure, &parts, None)?;
                let both = parts.iter().all(|part| part.women.is_some() && part.men.is_some());
                let women = if both { self.less(figure, &parts, Some(Sex::Women)) } else { None };
                let men = if both { self.less(figure, &parts, Some(Sex::Men)) } else { None };
                Derived { women, men, ..Derived::simple(total, How::Difference(names(ids))) }
            }
            Given::Share { part, whole, decimals } => {
                let parts = self.operands([part, whole])?;
                let how = How::Share { part: part.value.clone(), whole: whole.value.clone() };
                derive::per_sex(figure, &parts, how, |values| derive::share(values, *decimals), self.sink)?
            }
            Given::Ratio { first, second, decimals, unit } => {
                let parts = self.operands([first, second])?;
                let how = How::Ratio(first.value.clone(), second.value.clone());
                let ratio = |values: &[&Value]| derive::ratio(values, *decimals, unit.as_ref());
                derive::per_sex(figure, &parts, how, ratio, self.sink)?
            }
            Given::Change { then, now } => {
                let parts = self.operands([then, now])?;
                let how = How::Change { then: then.value.clone(), now: now.value.clone() };
                derive::per_sex(figure, &parts, how, derive::change, self.sink)?
            }
            Given::Average { of, decimals, unit } => {
                let parts = self.operands(of)?;
                let average = |values: &[&Value]| derive::average(values, *decimals, unit.as_ref());
                derive::per_sex(figure, &parts, How::Average(names(of)), average, self.sink)?
            }
            Given::Cell { table, row, column } => {
                let how = How::Cell {
                    table: table.value.clone(),
                    row: row.as_ref().map(|row| row.value.clone()),
                    column: column.as_ref().map(|column| column.value.clone()),
                };
                Derived::simple(self.cell(table, row.as_ref(), column.as_ref())?, how)
            }
            Given::Extreme { largest, table, column } => {
                let found = self.table(table)?;
                derive::extreme(figure, *largest, (&table.value, found), column, self.sink)?
            }
            Given::Rows { statistic, selection, column, decimals, unit, leave_out } => {
                let asked = Asked {
                    statistic: *statistic,
                    selection,
                    column: column.as_ref(),
                    decimals: *decimals,
                    unit: unit.as_ref(),
                    leave_out: *leave_out,
                };
                derive::rows(figure, &asked, self.datasets, self.sink)?
            }
        };
        let base = match (&figure.base, &figure.given) {
            (Some(base), _) => self.base(base),
            (None, Given::Share { whole, .. }) => Some(whole.value.clone()),
            (None, _) => None,
        };
        Some(Computed {
            label: figure.label.clone(),
            aspect: figure.aspect,
            total: derived.total,
            women: derived.women,
            men: derived.men,
            base,
            columns: Vec::new(),
            names: derived.names,
            how: derived.how,
            span: figure.id.span,
        })
    }

    /// The figures of a derivation; none where one is not known or could not be computed.
    fn operands(&mut self, ids: impl IntoIterator<Item = &'a Spanned<String>>) -> Option<Vec<Computed>> {
        let mut out = Some(Vec::new());
        for id in ids {
            if !self.done.contains_key(&id.value) && !self.by_id.contains_key(id.value.as_str()) {
                self.unknown(id);
            }
            match (self.figure(&id.value), &mut out) {
                (Some(part), Some(parts)) => parts.push(part),
                _ => out = None,
            }
        }
        out
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

    fn table(&mut self, table: &Spanned<String>) -> Option<&'a ComputedTable> {
        let found = self.tables.get(&table.value);
        if found.is_none() {
            self.sink.push(
                Diagnostic::error(Code::TABLE_UNKNOWN, format!("there is no table `{}`", table.value))
                    .at(table.span)
                    .nearest(&table.value, self.tables.keys().map(String::as_str)),
            );
        }
        found
    }

    /// A cell; without a row the column's total, without a column the row's.
    fn cell(
        &mut self,
        table: &Spanned<String>,
        row: Option<&Spanned<String>>,
        column: Option<&Spanned<String>>,
    ) -> Option<Value> {
        let found = self.table(table)?;
        let line = row.map_or("total", |row| row.value.as_str());
        let figure = self.done.get(&format!("{}.{line}", table.value)).cloned();
        if let (Some(row), None) = (row, &figure) {
            self.sink.push(
                Diagnostic::error(Code::TABLE_RAGGED, format!("table `{}` has no row `{}`", table.value, row.value))
                    .at(row.span)
                    .nearest(&row.value, found.rows.iter().map(|row| row.id.as_str())),
            );
        }
        let Some(column) = column else { return Some(figure?.total) };
        let at = column_of(found, &table.value, column, self.sink);
        figure?.columns.get(at?).map(|(_, value)| value.clone())
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

fn names(ids: &[Spanned<String>]) -> Vec<String> {
    ids.iter().map(|id| id.value.clone()).collect()
}

/// Position of a table's column.
pub(super) fn column_of(table: &ComputedTable, id: &str, column: &Spanned<String>, sink: &mut Sink) -> Option<usize> {
    let found = table.columns.iter().position(|known| known.id == column.value);
    if found.is_none() {
        sink.push(
            Diagnostic::error(Code::TABLE_RAGGED, format!("table `{id}` has no column `{}`", column.value))
                .at(column.span)
                .nearest(&column.value, table.columns.iter().map(|column| column.id.as_str())),
        );
    }
    found
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
    // Figures of other reports are checked with these.
    for (id, figure) in statistics.figures.iter().filter(|(id, _)| !id.contains(':')) {
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
