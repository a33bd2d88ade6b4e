//! Figures and tables as they are computed.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Thing, say};
use crate::model::{Breakdowns, CellName, Parameter};
use crate::source::{Span, Spanned, Text};

use super::origin::{How, TableOrigin};
use super::quantity::{Quantity, Why};
use super::table::{ComputedTable, Heading};
use crate::value::{Exact, Group, Parts, Value};

/// All figures and tables of a report, by id.
#[derive(Debug, Clone, Default)]
pub struct Statistics {
    pub figures: BTreeMap<String, Computed>,
    pub tables: BTreeMap<String, ComputedTable>,
    /// What the policy of the report does not show, and why.
    pub hidden: BTreeMap<Quantity, Why>,
}

impl Statistics {
    /// The number that an author calls so, where there is one.
    #[must_use]
    pub fn named(&self, name: &str, breakdowns: &Breakdowns) -> Option<CellName> {
        CellName::find(name, |cell| self.cell(cell, breakdowns).is_some())
    }

    /// The value of a number that an author names. A total is named so though the table does not print it.
    #[must_use]
    pub fn cell(&self, name: &CellName, breakdowns: &Breakdowns) -> Option<&Value> {
        match name {
            CellName::Figure { figure, group: None } => Some(&self.figures.get(figure)?.total),
            CellName::Figure { figure, group: Some(group) } => {
                self.figures.get(figure)?.parts.get(&breakdowns.group(group)?)
            }
            CellName::Table { table, row, column } => {
                let row = self.figures.get(&format!("{table}.{row}")).filter(|_| self.tables.contains_key(table))?;
                let cell = row.columns.iter().find(|(id, _)| id == column).map(|(_, value)| value);
                cell.or_else(|| Some(&row.total).filter(|_| column == "total"))
            }
        }
    }

    /// Whose numbers a column holds, of a figure that is a row of a table.
    #[must_use]
    pub fn column_group(&self, figure: &Computed, column: &str) -> Option<Group> {
        let table = self.tables.get(figure.how.table()?)?;
        table.columns.iter().find(|known| known.id == column)?.of
    }

    /// Cases that belong to no group of a breakdown, of a figure that was counted from case rows: a sentence must not lose them.
    #[must_use]
    pub fn unknown_group(&self, figure: &Computed, breakdown: u8) -> Option<Exact> {
        let counted = match &figure.how {
            How::Rows(_) => true,
            How::Row { table, .. } => {
                self.tables.get(table).is_some_and(|table| matches!(table.origin, TableOrigin::Counted(_)))
            }
            _ => false,
        };
        let Value::Count(total) = &figure.total else { return None };
        let Value::Count(known) = Value::sum(figure.parts_by(breakdown).map(|(_, part)| part))? else { return None };
        total.checked_sub(known).filter(|rest| counted && *rest > Exact::ZERO)
    }
}

/// A figure with its value, by groups where they are known.
#[derive(Debug, Clone)]
pub struct Computed {
    pub label: Text,
    /// Key of a word that is set behind the label, where several figures have the same.
    pub aspect: Option<&'static str>,
    pub total: Value,
    pub parts: Parts,
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
    /// One that is neither given by groups nor a share, and has no columns.
    #[must_use]
    pub fn new(label: Text, total: Value, how: How, span: Span) -> Self {
        let (aspect, parts, base, columns, names) = Default::default();
        Self { label, aspect, total, parts, base, columns, names, how, span }
    }

    /// Whether it is an average, a median or a ratio: a number that cannot be added up or averaged without weights.
    #[must_use]
    pub fn is_mean(&self) -> bool {
        match &self.how {
            How::Average(_) | How::Ratio(..) | How::Index { .. } => true,
            How::Rows(counted) => counted.statistic.is_middle(),
            _ => false,
        }
    }

    /// The value of one group, or of all.
    #[must_use]
    pub fn value(&self, of: Option<Group>) -> Option<&Value> {
        of.map_or(Some(&self.total), |group| self.parts.get(&group))
    }

    /// The values of the groups of a breakdown, in their order.
    pub fn parts_by(&self, breakdown: u8) -> impl Iterator<Item = (Group, &Value)> {
        self.parts.iter().filter(move |(group, _)| group.breakdown == breakdown).map(|(group, value)| (*group, value))
    }

    /// The breakdowns that it has values by.
    pub fn breakdowns(&self) -> impl Iterator<Item = u8> {
        let mut all: Vec<u8> = self.parts.keys().map(|group| group.breakdown).collect();
        all.dedup();
        all.into_iter()
    }
}

/// "There is no figure `x`", with the nearest known name.
pub fn unknown_figure<'a>(id: &Spanned<String>, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    if id.value.starts_with(Parameter::PREFIX) {
        return Parameter::unknown(id, known.into_iter().filter_map(|known| known.strip_prefix(Parameter::PREFIX)));
    }
    let diagnostic =
        Diagnostic::error(Code::FIGURE_UNKNOWN, say!("there is no figure `{id}`", id = id.value)).at(id.span);
    let tables = id.value.match_indices('.').filter_map(|(at, _)| id.value.get(..at));
    let diagnostic =
        tables.fold(diagnostic.lacks(Thing::Figure, &id.value), |told, table| told.lacks(Thing::Table, table));
    // What has a colon in front belongs to reports that are not named here.
    let diagnostic = diagnostic.nearest(&id.value, known.into_iter().filter(|known| !known.starts_with(':')));
    if diagnostic.help.is_empty() {
        diagnostic.help(say!("figures and tables are defined in findings/"))
    } else {
        diagnostic
    }
}
