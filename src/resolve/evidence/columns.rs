//! Computed columns in words: "Kolumnen Index: Personer där Personer i raden 2015 är 100."

use crate::compute::origin::Crossed;
use crate::compute::table::Heading;
use crate::markdown::plain_words;
use crate::model::{Cells, CrossMeasure, DerivedColumn, Operation, Since};
use crate::resolve::Facts;
use crate::resolve::evidence::rows::statistic;
use crate::value::Exact;

impl Facts<'_> {
    /// A sentence for each measure that stands in the place of counts or below a column's values.
    pub(super) fn pivoted(&self, table: &str, crossed: &Crossed) -> Vec<String> {
        let (findings, local) = self.project.findings_of(table);
        let found = findings.tables.iter().find(|known| known.id.value == local);
        let cross = found.and_then(|table| table.cross.as_ref());
        let cross = cross.filter(|cross| !cross.counts || cross.across.is_some());
        let measures = cross.map(|cross| cross.measures.as_slice()).unwrap_or_default();
        let alone = cross.is_some_and(|cross| !cross.counts && cross.measures.len() == 1);
        let dataset = self.dataset(&crossed.dataset);
        let sentence = |measure: &CrossMeasure| {
            let header = |id: &str| dataset.and_then(|dataset| Some(dataset.column(id)?.header.clone()));
            let column = header(&measure.column.value).unwrap_or_default();
            let weight = measure.weight.as_ref().and_then(|weight| header(&weight.value));
            let rows = self.rows_told(crossed.cases, crossed.discreet);
            let values = [
                ("column", column.as_str()),
                ("data", &self.data(&crossed.dataset)),
                ("rows", &rows),
                ("weight", weight.as_deref().unwrap_or_default()),
            ];
            let formula = self.locale.fill(statistic(measure.statistic, weight.is_some()), &values);
            match alone {
                true => format!("{formula}."),
                false => {
                    let label = plain_words(&measure.label);
                    self.locale.fill("evidence_column", &[("column", &label), ("formula", &formula)])
                }
            }
        };
        measures.iter().map(sentence).collect()
    }

    /// Whether the cells of a table are counts of cases, and not measures of them.
    pub(super) fn counts_cases(&self, table: &str) -> bool {
        let (findings, local) = self.project.findings_of(table);
        let found = findings.tables.iter().find(|known| known.id.value == local);
        found.and_then(|table| table.cross.as_ref()).is_none_or(|cross| cross.counts)
    }

    /// A sentence for each computed column of a table.
    pub(super) fn derived(&self, table: &str) -> Vec<String> {
        let (findings, local) = self.project.findings_of(table);
        let found = findings.tables.iter().find(|known| known.id.value == local);
        let sentence = |column: &DerivedColumn| {
            let (label, formula) = (plain_words(&column.label), self.operation_words(table, column));
            self.locale.fill("evidence_column", &[("column", &label), ("formula", &formula)])
        };
        found.into_iter().flat_map(|table| &table.derived).map(sentence).collect()
    }

    /// How a column came about, where it is a computed one.
    pub(super) fn column_formula(&self, table: &str, column: &str) -> Option<String> {
        let (findings, local) = self.project.findings_of(table);
        let found = findings.tables.iter().find(|known| known.id.value == local)?;
        found.derived.iter().find(|known| known.id.value == column).map(|column| self.operation_words(table, column))
    }

    /// Ids of the tables that the computed columns of a table are taken from.
    #[must_use]
    pub fn tables_behind(&self, table: &str) -> Vec<String> {
        let (findings, local) = self.project.findings_of(table);
        let found = findings.tables.iter().find(|known| known.id.value == local);
        let others = found.into_iter().flat_map(|table| &table.derived).filter_map(|column| column.cells.table());
        others.map(|other| other.value.clone()).collect()
    }

    fn operation_words(&self, table: &str, column: &DerivedColumn) -> String {
        let parts = self.parts(table, column);
        let part = |at: usize| parts.get(at).map(String::as_str).unwrap_or_default();
        let fill = |key: &str, values: &[(&str, &str)]| self.locale.fill(key, values);
        match column.operation {
            Operation::Sum => fill("evidence_sum", &[("parts", &self.locale.list(&parts))]),
            Operation::Average => fill("evidence_average", &[("parts", &self.locale.list(&parts))]),
            Operation::Difference => {
                let rest = self.locale.list(parts.get(1..).unwrap_or_default());
                fill("evidence_difference", &[("whole", part(0)), ("parts", &rest)])
            }
            Operation::Share => fill("evidence_share", &[("part", part(0)), ("whole", part(1))]),
            Operation::Ratio { per } => {
                self.times(fill("evidence_ratio", &[("first", part(0)), ("second", part(1))]), per)
            }
            Operation::Change => fill("evidence_change", &[("then", part(0)), ("now", part(1))]),
            Operation::Growth => fill("evidence_growth", &[("then", part(0)), ("now", part(1))]),
            Operation::Index => fill("evidence_index", &[("then", part(0)), ("now", part(1))]),
            Operation::Same => part(0).to_owned(),
        }
    }

    /// "… gånger 1 000"
    pub(super) fn times(&self, formula: String, per: Exact) -> String {
        match per == Exact::from(1_i64) {
            true => formula,
            false => {
                self.locale.fill("evidence_times", &[("formula", &formula), ("times", &self.locale.number(&per, 0))])
            }
        }
    }

    /// The cells that it is made of, in words.
    fn parts(&self, table: &str, column: &DerivedColumn) -> Vec<String> {
        let named = |id: &str| self.column_words(table, id);
        let of = |key: &str, id: &str, more: &[(&str, &str)]| {
            let name = named(id);
            let values: Vec<(&str, &str)> =
                [("column", name.as_str())].into_iter().chain(more.iter().copied()).collect();
            self.locale.fill(key, &values)
        };
        match &column.cells {
            Cells::Row(ids) => ids.iter().map(|id| named(&id.value)).collect(),
            Cells::Since(id, since) => {
                let then = match since {
                    Since::PeriodBefore => of("operand_period_before", &id.value, &[]),
                    Since::YearBefore => of("operand_year_before", &id.value, &[]),
                    Since::RowBefore => of("operand_row_before", &id.value, &[]),
                    Since::Row(row) => of("operand_row", &id.value, &[("row", &self.named_row(table, &row.value))]),
                };
                vec![then, named(&id.value)]
            }
            Cells::OfAll(id) => vec![named(&id.value), of("operand_all", &id.value, &[])],
            Cells::Last(id, count) => vec![of("operand_last", &id.value, &[("count", &count.to_string())])],
            Cells::Until(id) => vec![of("operand_until", &id.value, &[])],
            Cells::Of { table: other, column } => {
                let named = self.column_words(&other.value, &column.value);
                let caption = self.project.findings_of(&other.value);
                let caption = caption.0.tables.iter().find(|table| table.id.value == caption.1);
                let caption = caption.map_or_else(|| other.value.clone(), |table| plain_words(&table.caption));
                let table = self.locale.fill("evidence_table_named", &[("caption", &caption)]);
                vec![self.locale.fill("operand_of", &[("column", &named), ("table", &table)])]
            }
        }
    }

    /// A row by its label, of its id or label.
    fn named_row(&self, table: &str, row: &str) -> String {
        let rows = self.statistics.tables.get(table).map(|table| table.rows.as_slice()).unwrap_or_default();
        let found = rows.iter().find(|known| known.id == row).map(|row| &row.label);
        found.map_or_else(|| row.to_owned(), |label: &Heading| self.heading(label))
    }
}
