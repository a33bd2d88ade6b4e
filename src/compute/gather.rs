//! Tables of an annual report: the measures of its inspections, those that are the same with their trend, and those that are not.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::data::ColumnKind;
use crate::locale::Locale;
use crate::model::{Findings, Gathered, GatheredMeasure, GatheredTable, Gathering, MeasureFigures, Table};
use crate::source::Text;

use super::measure::{self, Aspect, Kind};
use super::operation;
use super::origin::{How, RowOrigin, TableOrigin};
use super::statistics::{Computed, unknown_figure};
use super::table::{ComputedColumn, ComputedRow, ComputedTable, Heading};
use crate::value::{Blank, Exact, Value};

type Figures = BTreeMap<String, Computed>;

/// A measure with its figure in each inspection, in the order of time.
struct Taken<'a> {
    measure: &'a GatheredMeasure,
    figures: Vec<Option<&'a Computed>>,
}

/// What comes of holding the figures of a measure against each other.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Same(Kind),
    /// Nothing to compare with.
    Single,
    /// No number.
    Other,
    Different(Vec<Aspect>),
}

/// Computes a table from the measures, and its rows as figures; none where no measure belongs in it.
pub fn compute(
    table: &Table,
    which: GatheredTable,
    findings: &Findings,
    known: &Figures,
    locale: &Locale,
) -> Option<(ComputedTable, Vec<(String, Computed)>)> {
    let gathering = findings.gathering.as_ref()?;
    let all: Vec<Taken> = findings.measures.iter().map(|measure| take(measure, gathering, known)).collect();
    let maker = Maker { gathering, known, locale };
    let rows: Vec<(Taken, Vec<Value>)> = all
        .into_iter()
        .filter(|taken| taken.figures.iter().any(Option::is_some))
        .filter_map(|taken| maker.values(&taken, which).map(|values| (taken, values)))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let mut figures = Vec::new();
    let columns = maker.columns(which, &rows);
    let rows: Vec<ComputedRow> = rows
        .into_iter()
        .map(|(taken, values)| {
            let label = maker.label(&taken, which);
            let id = taken.measure.id.value.clone();
            if !matches!(which, GatheredTable::Measures | GatheredTable::NotCompared) {
                figures
                    .push((format!("{}.{id}", table.id.value), row_figure(&label, &columns, &values, &taken, table)));
            }
            let origin = RowOrigin::Typed(taken.measure.id.span);
            ComputedRow { id, label: Heading::Given(label), values, total: false, origin }
        })
        .collect();
    let origin = TableOrigin::Gathered(gathering.inspections.len());
    Some((ComputedTable { columns, rows, base: None, origin }, figures))
}

/// How many inspections, units and quality areas there are, and measures that are and are not compared.
pub fn counts(findings: &Findings, known: &Figures, locale: &Locale) -> Vec<(String, Computed)> {
    let Some(gathering) = &findings.gathering else { return Vec::new() };
    let Some(first) = gathering.inspections.first() else { return Vec::new() };
    let verdicts: Vec<Verdict> = findings
        .measures
        .iter()
        .map(|measure| take(measure, gathering, known).figures)
        .filter(|figures| figures.iter().any(Option::is_some))
        .map(|figures| judge(&figures, known))
        .collect();
    let compared = verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Same(_))).count();
    let made = |(id, label, count): (&str, &str, usize)| {
        let label = Text::new(locale.label(label), first.id.span);
        let total = Value::Count(Exact::from(i64::try_from(count).unwrap_or(i64::MAX)));
        (id.to_owned(), Computed::new(label, total, How::Gathered, first.id.span))
    };
    [
        ("gathered.inspections", "gathered_count_inspections", gathering.inspections.len()),
        ("gathered.units", "gathered_count_units", gathering.units.len()),
        ("gathered.areas", "gathered_count_areas", gathering.areas.len()),
        ("gathered.compared", "gathered_count_compared", compared),
        ("gathered.not-compared", "gathered_count_not_compared", verdicts.len() - compared),
    ]
    .map(made)
    .to_vec()
}

/// Reports figures that no inspection has.
pub fn check(findings: &Findings, known: &Figures, sink: &mut Sink) {
    let Some(gathering) = &findings.gathering else { return };
    for measure in &findings.measures {
        let verdict = judge(&take(measure, gathering, known).figures, known);
        if let (Verdict::Different(aspects), None) = (verdict, &measure.label)
            && aspects.contains(&Aspect::Label)
        {
            sink.push(
                Diagnostic::error(
                    Code::MEASURE,
                    say!("inspections have other words for `{measure}`", measure = measure.id.value),
                )
                .at(measure.id.span)
                .help(say!(
                    "give the measure a `label` that fits all of them; what each has measured is told with the reasons"
                )),
            );
        }
        match &measure.figures {
            MeasureFigures::Named(ids) => {
                for id in ids.iter().filter(|id| !known.contains_key(&id.value)) {
                    sink.push(unknown_figure(id, known.keys().map(String::as_str)));
                }
            }
            MeasureFigures::SameId(id) => {
                if !take(measure, gathering, known).figures.iter().any(Option::is_some) {
                    let local = known.keys().filter_map(|known| known.split_once(':')).map(|(_, local)| local);
                    sink.push(
                        Diagnostic::error(
                            Code::FIGURE_UNKNOWN,
                            say!("no inspection has a figure `{id}`", id = id.value),
                        )
                        .at(id.span)
                        .nearest(&id.value, local)
                        .help(say!("where each calls it otherwise, write figures: [inspection:figure, …]")),
                    );
                }
            }
        }
    }
}

fn take<'a>(measure: &'a GatheredMeasure, gathering: &Gathering, known: &'a Figures) -> Taken<'a> {
    let of = |inspection: &Gathered| {
        let prefix = format!("{}:", inspection.id.value);
        match &measure.figures {
            MeasureFigures::SameId(id) => known.get(&format!("{prefix}{}", id.value)),
            MeasureFigures::Named(ids) => known.get(&ids.iter().find(|id| id.value.starts_with(&prefix))?.value),
        }
    };
    Taken { measure, figures: gathering.inspections.iter().map(of).collect() }
}

/// Whether the figures of a measure are the same in every inspection that has it.
fn judge(figures: &[Option<&Computed>], known: &Figures) -> Verdict {
    let mut found = figures.iter().flatten();
    let Some(first) = found.next() else { return Verdict::Single };
    let kinds: Vec<Kind> = figures.iter().flatten().filter_map(|figure| measure::kind(figure)).collect();
    if kinds.contains(&Kind::Other) {
        return Verdict::Other;
    }
    let mut aspects: Vec<Aspect> = Vec::new();
    let mut others = 0;
    for other in found {
        others += 1;
        for aspect in measure::differences(first, other, known) {
            if !aspects.contains(&aspect) {
                aspects.push(aspect);
            }
        }
    }
    match kinds.first() {
        _ if others == 0 => Verdict::Single,
        Some(kind) if aspects.is_empty() => Verdict::Same(*kind),
        // Withheld everywhere: there is nothing to draw.
        None => Verdict::Single,
        Some(_) => Verdict::Different(aspects),
    }
}

struct Maker<'a> {
    gathering: &'a Gathering,
    known: &'a Figures,
    locale: &'a Locale,
}

impl Maker<'_> {
    /// The cells of a measure's row; none where the measure does not belong in this table.
    fn values(&self, taken: &Taken<'_>, which: GatheredTable) -> Option<Vec<Value>> {
        let verdict = judge(&taken.figures, self.known);
        let belongs = match (which, &verdict) {
            (GatheredTable::Measures, _) => {
                return Some(taken.figures.iter().map(|figure| self.in_full(*figure, taken)).collect());
            }
            (GatheredTable::NotCompared, Verdict::Same(_)) => return None,
            (GatheredTable::NotCompared, verdict) => {
                return Some(vec![Value::Text(text(self.why(taken, verdict), taken))]);
            }
            (GatheredTable::Shares, Verdict::Same(kind)) => matches!(kind, Kind::Share | Kind::Percent),
            (GatheredTable::Counts, Verdict::Same(kind)) => *kind == Kind::Count,
            (GatheredTable::Amounts, Verdict::Same(kind)) => *kind == Kind::Amount,
            _ => false,
        };
        if !belongs {
            return None;
        }
        let mut values: Vec<Value> = taken.figures.iter().map(|figure| self.measured(*figure)).collect();
        let taken_at: Vec<&Value> =
            taken.figures.iter().zip(&values).filter(|(figure, _)| figure.is_some()).map(|(_, value)| value).collect();
        let change = match taken_at.as_slice() {
            [first, .., last] => operation::change(&[first, last]).ok(),
            _ => None,
        };
        values.push(change.unwrap_or(Value::Blank(Blank::NotAvailable)));
        Some(values)
    }

    /// The value that is compared: of a share, its percentage.
    fn measured(&self, figure: Option<&Computed>) -> Value {
        // An inspection that did not measure it.
        let Some(figure) = figure else { return Value::Blank(Blank::NotApplicable) };
        if measure::kind(figure) != Some(Kind::Share) {
            return figure.total.clone();
        }
        let share = measure::base(figure, self.known).map(|base| operation::share(&[&figure.total, &base.total], 0));
        share.and_then(Result::ok).unwrap_or(Value::Blank(Blank::NotAvailable))
    }

    /// "25 av 40 (63 %)", "29,5 dagar": how one inspection states it.
    fn in_full(&self, figure: Option<&Computed>, taken: &Taken<'_>) -> Value {
        let Some(figure) = figure else { return Value::Blank(Blank::NotApplicable) };
        let percent = |value: Exact, decimals| {
            let ratio = value.checked_div(Exact::from(100_i64)).unwrap_or(Exact::ZERO);
            self.locale.percent_sign(&ratio, decimals)
        };
        let words = match (&figure.total, measure::base(figure, self.known)) {
            (Value::Count(part), Some(base)) => match (self.measured(Some(figure)), base.total.number()) {
                (Value::Percent { value, .. }, Some(base)) => self.locale.fill(
                    "share_full",
                    &[
                        ("part", &self.locale.number(part, 0)),
                        ("base", &self.locale.number(&base, 0)),
                        ("percent", &percent(value, 0)),
                    ],
                ),
                _ => self.locale.number(part, 0),
            },
            (Value::Count(value), None) => self.locale.number(value, 0),
            (Value::Percent { value, decimals }, _) => percent(*value, *decimals),
            (Value::Amount { value, decimals, unit }, _) => {
                let number = self.locale.number(value, *decimals);
                unit.as_ref().map_or_else(|| number.clone(), |unit| format!("{number} {unit}"))
            }
            (other, _) => return other.clone(),
        };
        Value::Text(text(words, taken))
    }

    /// Why a measure has no trend, in a sentence or a few.
    fn why(&self, taken: &Taken<'_>, verdict: &Verdict) -> String {
        let aspects = match verdict {
            Verdict::Different(aspects) => aspects,
            Verdict::Other => return self.locale.label("gathered_why_other").to_owned(),
            _ => return self.locale.label("gathered_why_single").to_owned(),
        };
        let told: Vec<String> = aspects.iter().map(|aspect| self.in_words(taken, aspect)).collect();
        told.join(" ")
    }

    fn in_words(&self, taken: &Taken<'_>, aspect: &Aspect) -> String {
        let said: Vec<String> = taken
            .figures
            .iter()
            .zip(&self.gathering.inspections)
            .filter_map(|(figure, inspection)| {
                let words = measure::in_words((*figure)?, aspect, self.known, self.locale);
                let values = [("words", words.as_str()), ("inspection", inspection.name.value.as_str())];
                (!words.is_empty()).then(|| self.locale.fill("gathered_said", &values))
            })
            .collect();
        let said = said.join("; ");
        let (key, column) = match aspect {
            Aspect::Kind => ("gathered_why_kind", ""),
            Aspect::Unit => ("gathered_why_unit", ""),
            Aspect::Label => ("gathered_why_label", ""),
            Aspect::Base(_) => ("gathered_why_base", ""),
            Aspect::Statistic => ("gathered_why_statistic", ""),
            Aspect::Condition(column) => ("gathered_why_condition", column.as_str()),
        };
        self.locale.fill(key, &[("said", &said), ("column", column)])
    }

    /// Header of a measure's row: what it is, and what its numbers are counted in where no column says so.
    fn label(&self, taken: &Taken<'_>, which: GatheredTable) -> Text {
        let latest = taken.figures.iter().rev().flatten().next();
        let own = taken.measure.label.as_ref().map(measure::words);
        let words = own.or_else(|| latest.map(|figure| measure::words(&figure.label))).unwrap_or_default();
        let words = self.locale.capitalise(&words);
        let base = latest.and_then(|figure| measure::base(figure, self.known)).map(|base| measure::words(&base.label));
        let unit = latest.and_then(|figure| match &figure.total {
            Value::Amount { unit, .. } => unit.as_deref(),
            _ => None,
        });
        let words = match (which, base, unit) {
            (GatheredTable::Shares, Some(base), _) => {
                self.locale.fill("gathered_share_of", &[("part", &words), ("base", &base)])
            }
            (GatheredTable::Amounts, _, Some(unit)) => format!("{words} ({unit})"),
            // Side by side the values ask to be compared.
            (GatheredTable::Measures, ..) if matches!(judge(&taken.figures, self.known), Verdict::Different(_)) => {
                self.locale.fill("gathered_row_not_compared", &[("measure", &words)])
            }
            _ => words,
        };
        text(words, taken)
    }

    fn columns(&self, which: GatheredTable, rows: &[(Taken<'_>, Vec<Value>)]) -> Vec<ComputedColumn> {
        let column = ComputedColumn::new;
        if which == GatheredTable::NotCompared {
            return vec![column("why", Heading::Word("gathered_why"), ColumnKind::Text)];
        }
        let decimals = rows.iter().flat_map(|(_, values)| values).map(Value::decimals).max().unwrap_or(0);
        let kind = match which {
            GatheredTable::Measures => ColumnKind::Text,
            GatheredTable::Shares => ColumnKind::Percent { decimals },
            GatheredTable::Amounts => ColumnKind::Amount { unit: None, decimals },
            _ => ColumnKind::Count,
        };
        let inspections = self.gathering.inspections.iter();
        let mut out: Vec<ComputedColumn> = inspections
            .map(|found| column(&found.id.value, Heading::Given(found.name.clone()), kind.clone()))
            .collect();
        if which != GatheredTable::Measures {
            out.push(column("change", Heading::Change, ColumnKind::Amount { unit: None, decimals }));
        }
        out
    }
}

fn text(value: String, taken: &Taken<'_>) -> Text {
    // Words without markup, whatever they were made of.
    Text { literal: true, ..Text::new(value, taken.measure.id.span) }
}

/// A row of a trend as a figure: its latest value, and each inspection's by `column`.
fn row_figure(
    label: &Text,
    columns: &[ComputedColumn],
    values: &[Value],
    taken: &Taken<'_>,
    table: &Table,
) -> Computed {
    let mut measured = values.iter().zip(&taken.figures).filter(|(_, figure)| figure.is_some()).map(|(value, _)| value);
    let total = measured.next_back().cloned().unwrap_or(Value::Blank(Blank::NotAvailable));
    let how = How::Row { table: table.id.value.clone(), row: taken.measure.id.value.clone() };
    let columns = columns.iter().zip(values).map(|(column, value)| (column.id.clone(), value.clone())).collect();
    Computed { columns, ..Computed::new(label.clone(), total, how, taken.measure.id.span) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceMap, Span};

    fn figure(label: &str, total: Value) -> Computed {
        let span = Span::new(SourceMap::default().add("x.yaml", ""), 0, 0);
        Computed::new(Text::new(label, span), total, How::Given, span)
    }

    #[test]
    fn a_trend_needs_the_same_measure_in_two_inspections_at_least() {
        let known = Figures::new();
        let count = |label: &str| figure(label, Value::Count(Exact::from(3_i64)));
        let (one, same, other) = (count("besök"), count("Besök"), count("bokade besök"));
        let judged = |figures: &[Option<&Computed>]| judge(figures, &known);
        assert_eq!(judged(&[Some(&one), None, Some(&same)]), Verdict::Same(Kind::Count));
        assert_eq!(judged(&[None, Some(&one)]), Verdict::Single);
        let different = Verdict::Different(vec![Aspect::Label]);
        assert_eq!(judged(&[Some(&one), Some(&same), Some(&other)]), different, "one that differs is enough");
        let words = figure("besök", Value::Text(one.label.clone()));
        assert_eq!(judged(&[Some(&words), Some(&one)]), Verdict::Other);
        let hidden = figure("besök", Value::Blank(Blank::Suppressed));
        assert_eq!(judged(&[Some(&hidden), Some(&one)]), Verdict::Same(Kind::Count), "what is withheld stays withheld");
        assert_eq!(judged(&[Some(&hidden), Some(&hidden)]), Verdict::Single);
    }
}
