//! From what authors give to what can be printed: figures derived and checked, tables with their totals.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::locale::Locale;
use crate::model::{Figure, Findings, GatheredTable, Sex, Statistic};
use crate::source::{Span, Spanned, Text};

use super::cross;
use super::engine::Engine;
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
    /// Whether it is an average, a median or a ratio: a number that cannot be added up or averaged without weights.
    #[must_use]
    pub fn is_mean(&self) -> bool {
        match &self.how {
            How::Average(_) | How::Ratio(..) => true,
            How::Rows(counted) => matches!(counted.statistic, Statistic::Average | Statistic::Median),
            _ => false,
        }
    }

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
    let known = std::mem::take(&mut out.figures);
    out.figures = Engine { by_id, done: known, tables: &out.tables, datasets: &findings.datasets }.run(findings, sink);
    check_bases(findings, &out, sink);
    out
}

/// "There is no figure `x`", with the nearest known name.
pub fn unknown_figure<'a>(id: &Spanned<String>, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::FIGURE_UNKNOWN, format!("there is no figure `{}`", id.value)).at(id.span);
    // What has a colon in front belongs to reports that are not named here.
    let diagnostic = diagnostic.nearest(&id.value, known.into_iter().filter(|known| !known.starts_with(':')));
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
