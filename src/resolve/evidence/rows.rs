//! Case rows and tables in words: what was counted, of which sheet, under which conditions.

use std::collections::BTreeMap;

use crate::compute::origin::{Condition, Counted, Crossed, RowOrigin, TableOrigin, Test};
use crate::compute::table::{ComputedColumn, ComputedRow, Heading};
use crate::markdown::plain_words;
use crate::model::{Dataset, Statistic};
use crate::value::Exact;

use crate::resolve::Facts;

/// Key of what a statistic is called in a formula.
pub(super) fn statistic(statistic: Statistic, weighted: bool) -> &'static str {
    match statistic {
        Statistic::Count => "evidence_rows_count",
        Statistic::Sum => "evidence_rows_sum",
        Statistic::Average if weighted => "evidence_rows_average_weighted",
        Statistic::Average => "evidence_rows_average",
        Statistic::LowerQuartile => "evidence_rows_lower_quartile",
        Statistic::Median => "evidence_rows_median",
        Statistic::UpperQuartile => "evidence_rows_upper_quartile",
        Statistic::Smallest => "evidence_rows_smallest",
        Statistic::Largest => "evidence_rows_largest",
    }
}

impl<'a> Facts<'a> {
    pub(super) fn dataset(&self, id: &str) -> Option<&'a Dataset> {
        let (findings, id) = self.project.findings_of(id);
        findings.datasets.iter().find(|dataset| dataset.id.value == id)
    }

    /// "data/arenden.xlsx, bladet Ärenden"
    pub(super) fn data(&self, id: &str) -> String {
        match self.dataset(id) {
            Some(Dataset { file, sheet: Some(sheet), .. }) => {
                self.locale.fill("evidence_sheet", &[("file", &file.value), ("sheet", sheet)])
            }
            Some(dataset) => dataset.file.value.clone(),
            None => id.to_owned(),
        }
    }

    /// How many rows, or that it is not told.
    pub(super) fn rows_told(&self, rows: usize, discreet: bool) -> String {
        if discreet { self.locale.label("withheld_number").to_owned() } else { rows.to_string() }
    }

    /// "Antal rader i data/arenden.xlsx, bladet Ärenden, där Beslut är beviljad"; how many rows are computed with only where that is not `discreet`.
    pub(super) fn counted(&self, counted: &Counted, discreet: bool) -> String {
        let key = statistic(counted.statistic, counted.weight.is_some());
        let data = self.data(&counted.dataset) + &self.conditions(&counted.conditions);
        let column = counted.column.as_deref().unwrap_or_default();
        let weight = counted.weight.as_deref().unwrap_or_default();
        let rows = self.rows_told(counted.rows.len(), discreet);
        let mut words =
            self.locale.fill(key, &[("column", column), ("data", &data), ("rows", &rows), ("weight", weight)]);
        if !counted.without_value.is_empty() && !discreet {
            let count = counted.without_value.len().to_string();
            words = format!("{words}; {}", self.locale.fill("evidence_without_value", &[("count", &count)]));
        }
        words
    }

    /// ", där Beslut är beviljad eller delvis och Ålder från och med 18"
    fn conditions(&self, conditions: &[Condition]) -> String {
        if conditions.is_empty() {
            return String::new();
        }
        let words: Vec<String> = conditions.iter().map(|condition| self.condition(condition)).collect();
        format!(", {}", self.locale.fill("evidence_where", &[("conditions", &self.locale.list(&words))]))
    }

    fn condition(&self, condition: &Condition) -> String {
        let column = ("column", condition.header.as_str());
        match &condition.test {
            Test::AnyOf(values) => self.locale.fill("evidence_is", &[column, ("values", &self.any_of(values))]),
            Test::NoneOf(values) => self.locale.fill("evidence_is_not", &[column, ("values", &self.any_of(values))]),
            Test::Range { from: Some(from), to: Some(to) } => {
                self.locale.fill("evidence_between", &[column, ("from", from), ("to", to)])
            }
            Test::Range { from: Some(from), to: None } => self.locale.fill("evidence_from", &[column, ("from", from)]),
            Test::Range { from: None, to } => {
                self.locale.fill("evidence_to", &[column, ("to", to.as_deref().unwrap_or_default())])
            }
            Test::Missing => self.locale.fill("evidence_missing", &[column]),
            Test::Known => self.locale.fill("evidence_known", &[column]),
        }
    }

    fn any_of(&self, values: &[String]) -> String {
        match values.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                self.locale.fill("evidence_or", &[("values", &rest.join(", ")), ("last", last)])
            }
            _ => values.concat(),
        }
    }

    /// How a table came about: one to four sentences, and one for each computed column.
    #[must_use]
    pub fn table(&self, id: &str) -> Option<String> {
        let own = self.own_columns(id)?;
        Some([own].into_iter().chain(self.derived(id)).collect::<Vec<_>>().join(" "))
    }

    /// How the columns came about that are not computed from others.
    fn own_columns(&self, id: &str) -> Option<String> {
        let computed = self.statistics.tables.get(id)?;
        if let TableOrigin::Gathered(inspections) = computed.origin {
            return Some(self.locale.fill("evidence_table_gathered", &[("count", &inspections.to_string())]));
        }
        let TableOrigin::Counted(crossed) = &computed.origin else {
            let place = |row: &ComputedRow| match &row.origin {
                RowOrigin::Typed(span) => Some(self.place(*span)),
                RowOrigin::Sheet(_, place) => Some(place.clone()),
                _ => None,
            };
            let first = computed.rows.iter().find_map(place)?;
            let mut out = self.locale.fill("evidence_table_typed", &[("place", &first)]);
            if computed.rows.iter().any(|row| row.total) || computed.columns.iter().any(|column| column.total) {
                out = format!("{out} {}", self.locale.label("evidence_totals"));
            }
            return Some(out);
        };
        let data = self.data(&crossed.dataset) + &self.conditions(&crossed.conditions);
        let rows = self.rows_told(crossed.cases, crossed.discreet);
        let mut out = match &crossed.across {
            Some(across) => self.locale.fill(
                "evidence_table_crossed",
                &[("data", &data), ("by", &crossed.by), ("across", across), ("rows", &rows)],
            ),
            None => {
                self.locale.fill("evidence_table_counted", &[("data", &data), ("by", &crossed.by), ("rows", &rows)])
            }
        };
        let missing = [(crossed.missing_by, Some(&crossed.by)), (crossed.missing_across, crossed.across.as_ref())];
        for (count, column) in missing {
            if let (1.., Some(column), false) = (count, column, crossed.discreet) {
                let count = count.to_string();
                out =
                    format!("{out} {}", self.locale.fill("evidence_of_them", &[("count", &count), ("column", column)]));
            }
        }
        if crossed.multiple {
            out = format!("{out} {}", self.locale.label("evidence_several"));
        }
        Some([out].into_iter().chain(self.pivoted(id, crossed)).collect::<Vec<_>>().join(" "))
    }

    /// What a reader of a table with several answers must know: how many cases it is about.
    #[must_use]
    pub fn basis(&self, id: &str) -> Option<String> {
        let TableOrigin::Counted(crossed @ Crossed { multiple: true, .. }) = &self.statistics.tables.get(id)?.origin
        else {
            return None;
        };
        let count = self.rows_told(crossed.cases, crossed.discreet);
        let label = self.dataset(&crossed.dataset).and_then(|dataset| dataset.label.as_ref());
        let cases = match label {
            Some(label) => format!("{count}\u{a0}{}", plain_words(label)),
            None => self.locale.fill("evidence_rows", &[("count", &count)]),
        };
        Some(self.locale.fill("evidence_basis", &[("cases", &cases)]))
    }

    /// How many values the measures of a table counted from case rows leave out: a sentence for each number of them.
    #[must_use]
    pub fn left_out(&self, id: &str) -> Vec<String> {
        let Some(TableOrigin::Counted(crossed)) = self.statistics.tables.get(id).map(|table| &table.origin) else {
            return Vec::new();
        };
        let mut by_count: BTreeMap<Option<usize>, Vec<String>> = BTreeMap::new();
        for (measure, count) in &crossed.left_out {
            by_count.entry(*count).or_default().push(plain_words(measure));
        }
        let sentence = |(count, measures): (Option<usize>, Vec<String>)| {
            let columns = self.locale.list(&measures);
            let Some(count) = count else {
                return self.locale.fill("values_missing_withheld", &[("columns", &columns)]);
            };
            let number = self.locale.number(&Exact::from(u64::try_from(count).unwrap_or(u64::MAX)), 0);
            let values = [("columns", &*columns), ("count", &number)];
            self.locale.fill(if count == 1 { "value_missing" } else { "values_missing" }, &values)
        };
        by_count.into_iter().map(sentence).collect()
    }

    /// How one row of a table came about, for the column of the downloads.
    #[must_use]
    pub fn row_origin(&self, table: &str, row: &str) -> String {
        let Some(computed) = self.statistics.tables.get(table) else { return String::new() };
        match (self.row(table, row), &computed.origin) {
            (Some(ComputedRow { total: false, .. }), TableOrigin::Gathered(_)) => {
                self.locale.label("evidence_gathered").to_owned()
            }
            (Some(ComputedRow { origin: RowOrigin::Typed(span), .. }), _) => self.place(*span),
            (Some(ComputedRow { origin: RowOrigin::Sheet(_, place), .. }), _) => place.clone(),
            (Some(ComputedRow { label, total, .. }), TableOrigin::Counted(crossed)) => {
                let mut conditions = crossed.conditions.clone();
                let test = match label {
                    _ if *total => None,
                    Heading::Missing => Some(Test::Missing),
                    label => Some(Test::AnyOf(vec![self.heading(label)])),
                };
                conditions.extend(test.map(|test| Condition { header: crossed.by.clone(), test }));
                let data = self.data(&crossed.dataset) + &self.conditions(&conditions);
                match self.counts_cases(table) {
                    true => self.locale.fill("evidence_rows_count", &[("data", &data)]),
                    false => data,
                }
            }
            _ => {
                let weight = |column: &ComputedColumn| Some(self.heading(&computed.columns.get(column.weight?)?.label));
                let mut weights: Vec<String> = computed.columns.iter().filter_map(weight).collect();
                weights.dedup();
                match weights.as_slice() {
                    [] => self.locale.label("evidence_total_row").to_owned(),
                    some => self.locale.fill("evidence_total_row_weighted", &[("weight", &self.locale.list(some))]),
                }
            }
        }
    }
}
