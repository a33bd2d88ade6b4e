//! Figures and tables as they are computed.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Thing};
use crate::document::data::Sex;
use crate::model::{Parameter, Statistic};
use crate::source::{Span, Spanned, Text};

use super::origin::{How, TableOrigin};
use super::table::{ComputedTable, Heading};
use crate::value::{Exact, Value};

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
    /// One that is neither given per sex nor a share, and has no columns.
    #[must_use]
    pub fn new(label: Text, total: Value, how: How, span: Span) -> Self {
        let (aspect, women, men, base, columns, names) = Default::default();
        Self { label, aspect, total, women, men, base, columns, names, how, span }
    }

    /// Whether it is an average, a median or a ratio: a number that cannot be added up or averaged without weights.
    #[must_use]
    pub fn is_mean(&self) -> bool {
        match &self.how {
            How::Average(_) | How::Ratio(..) | How::Index { .. } => true,
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

/// "There is no figure `x`", with the nearest known name.
pub fn unknown_figure<'a>(id: &Spanned<String>, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    if id.value.starts_with(Parameter::PREFIX) {
        return Parameter::unknown(id, known.into_iter().filter_map(|known| known.strip_prefix(Parameter::PREFIX)));
    }
    let diagnostic = Diagnostic::error(Code::FIGURE_UNKNOWN, format!("there is no figure `{}`", id.value)).at(id.span);
    let tables = id.value.match_indices('.').filter_map(|(at, _)| id.value.get(..at));
    let diagnostic =
        tables.fold(diagnostic.lacks(Thing::Figure, &id.value), |told, table| told.lacks(Thing::Table, table));
    // What has a colon in front belongs to reports that are not named here.
    let diagnostic = diagnostic.nearest(&id.value, known.into_iter().filter(|known| !known.starts_with(':')));
    if diagnostic.help.is_empty() { diagnostic.help("figures and tables are defined in findings/") } else { diagnostic }
}
