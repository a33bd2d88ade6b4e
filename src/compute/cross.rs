//! Tables counted from case rows. A total counts cases, each once, also where a case stands in several rows.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::data::{ColumnKind, Sex};
use crate::locale::Locale;
use crate::markdown::plain_words;
use crate::model::{
    Case, CaseColumn, CaseKind, CategoryOrder, Cross, CrossMeasure, Dataset, MISSING, SEX, Statistic, Table,
};
use crate::source::Text;

use super::cases;
use super::derive::sum_of_percentages;
use super::origin::{Crossed, How, RowOrigin, TableOrigin};
use super::statistics::Computed;
use super::table::{ComputedColumn, ComputedRow, ComputedTable, Heading};
use crate::value::{Blank, Exact, Value, is_percentage};

/// A row or column of the table.
struct Line<'a> {
    id: String,
    heading: Heading,
    sex: Option<Sex>,
    group: Group,
    /// Those that belong to it.
    cases: Vec<&'a Case>,
}

/// Which cases belong to a line.
#[derive(Clone, Copy)]
enum Group {
    Category(usize, usize),
    Missing(usize),
    All,
}

impl Group {
    fn holds(self, case: &Case) -> bool {
        match self {
            Self::Category(column, category) => {
                case.cells.get(column).is_some_and(|cell| cell.categories.contains(&category))
            }
            Self::Missing(column) => case.cells.get(column).is_none_or(|cell| cell.categories.is_empty()),
            Self::All => true,
        }
    }
}

/// Counts the cases of a table, and makes each row and the total a figure.
pub fn compute(
    table: &Table,
    cross: &Cross,
    datasets: &[Dataset],
    locale: &Locale,
    sink: &mut Sink,
) -> Option<(ComputedTable, Vec<(String, Computed)>)> {
    let chosen = cases::select(&cross.selection, datasets, sink)?;
    let by = cases::column(chosen.dataset, &cross.by, sink);
    let across = match &cross.across {
        Some(across) => Some(cases::column(chosen.dataset, across, sink)?),
        None => None,
    };
    let by = by?;
    let by_column = chosen.dataset.columns.get(by)?;
    let across_column = across.and_then(|at| chosen.dataset.columns.get(at));
    if chosen.cases.is_empty() {
        sink.push(
            Diagnostic::error(Code::TABLE_EMPTY, format!("no case row belongs in table `{}`", table.id.value))
                .at(table.id.span)
                .help("widen the condition in `where`, or delete the table and what names it"),
        );
        return None;
    }
    let mut rows = lines(by, by_column, cross.order, &chosen.cases, locale);
    let mut columns = match across_column.zip(across) {
        Some((column, at)) => lines(at, column, cross.across_order, &chosen.cases, locale),
        None => {
            let heading = cross.heading.clone().map_or(Heading::Count, Heading::Given);
            vec![Line { id: "count".to_owned(), heading, sex: None, group: Group::All, cases: Vec::new() }]
        }
    };
    let missing = |at: usize| chosen.cases.iter().filter(|case| Group::Missing(at).holds(case)).count();
    let origin = Crossed {
        dataset: chosen.dataset.id.value.clone(),
        by: by_column.header.clone(),
        across: across_column.map(|column| column.header.clone()),
        conditions: chosen.conditions.clone(),
        cases: chosen.cases.len(),
        missing_by: missing(by),
        missing_across: across.map_or(0, missing),
        multiple: by_column.multiple || across_column.is_some_and(|column| column.multiple),
    };
    let total = || {
        let cases = chosen.cases.clone();
        Line { id: "total".to_owned(), heading: Heading::Total, sex: None, group: Group::All, cases }
    };
    let total_row = cross.total_row.is_shown(rows.len() > 1 && !by_column.multiple);
    if cross.total_column.is_shown(columns.len() > 1) {
        columns.push(total());
    }
    if total_row {
        rows.push(total());
    }
    let measures = measures(cross, &chosen, sink)?;
    let counter = Counter { measures: &measures, dataset: chosen.dataset, table, columns: &columns, locale };
    let mut figures: Vec<(String, Computed)> = rows.iter().map(|row| counter.figure(row)).collect();
    if !total_row {
        figures.push(counter.figure(&total()));
    }
    let computed = ComputedTable {
        rows: rows.iter().map(|row| counter.row(row)).collect(),
        columns: columns
            .iter()
            .map(|column| ComputedColumn {
                id: column.id.clone(),
                label: column.heading.clone(),
                group: None,
                kind: ColumnKind::Count,
                sex: column.sex,
                total: column.id == "total",
            })
            .chain(measures.iter().map(|(_, measure)| ComputedColumn {
                id: measure.id.value.clone(),
                label: Heading::Given(measure.label.clone()),
                group: None,
                kind: ColumnKind::Amount { unit: measure.unit.clone(), decimals: measure.decimals.unwrap_or(1) },
                sex: None,
                total: false,
            }))
            .collect(),
        base: table.base.as_ref().map(|base| base.value.clone()),
        origin: TableOrigin::Counted(origin),
    };
    Some((computed, figures))
}

/// The categories of a column in their order, and the cases without a value last.
fn lines<'a>(
    at: usize,
    column: &CaseColumn,
    order: Option<CategoryOrder>,
    cases: &[&'a Case],
    locale: &Locale,
) -> Vec<Line<'a>> {
    // Sorted into the categories in one go: a column may have as many values as cases.
    let mut groups: Vec<Vec<&Case>> = vec![Vec::new(); column.categories.len()];
    let mut missing: Vec<&Case> = Vec::new();
    for case in cases {
        let categories = case.cells.get(at).map_or(&[][..], |cell| &cell.categories);
        for category in categories {
            if let Some(group) = groups.get_mut(*category) {
                group.push(case);
            }
        }
        if categories.is_empty() {
            missing.push(case);
        }
    }
    let mut found: Vec<(usize, usize, String)> = column
        .categories
        .iter()
        .enumerate()
        .map(|(category, known)| (category, groups.get(category).map_or(0, Vec::len), plain_words(&known.label)))
        // What was listed is shown, be it nought; what was found elsewhere in the sheet is not.
        .filter(|(_, count, _)| column.declared || *count > 0)
        .collect();
    let default = match (column.declared, column.kind) {
        (false, CaseKind::Text) => CategoryOrder::Label,
        _ => CategoryOrder::Declared,
    };
    match order.unwrap_or(default) {
        CategoryOrder::Declared => {}
        CategoryOrder::Value => found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| locale.compare(&a.2, &b.2))),
        CategoryOrder::Label => found.sort_by(|a, b| locale.compare(&a.2, &b.2)),
    }
    let mut out: Vec<Line<'a>> = found
        .into_iter()
        .filter_map(|(category, ..)| {
            let known = column.categories.get(category)?;
            let heading = match known.sex {
                Some(Sex::Women) => Heading::Women,
                Some(Sex::Men) => Heading::Men,
                None => Heading::Given(known.label.clone()),
            };
            let cases = groups.get_mut(category).map(std::mem::take).unwrap_or_default();
            Some(Line { id: known.id.clone(), heading, sex: known.sex, group: Group::Category(at, category), cases })
        })
        .collect();
    if !missing.is_empty() {
        let group = Group::Missing(at);
        out.push(Line { id: MISSING.to_owned(), heading: Heading::Missing, sex: None, group, cases: missing });
    }
    out
}

/// The columns of numbers that statistics are computed of, each with its place in the dataset.
fn measures<'a>(
    cross: &'a Cross,
    chosen: &cases::Chosen<'_>,
    sink: &mut Sink,
) -> Option<Vec<(usize, &'a CrossMeasure)>> {
    let mut out = Vec::new();
    let dataset = chosen.dataset;
    for measure in &cross.measures {
        let at = cases::column(dataset, &measure.column, sink)?;
        let unit = measure.unit.as_ref().filter(|unit| is_percentage(&unit.value));
        if let (Statistic::Sum, Some(unit)) = (measure.statistic, unit) {
            sink.push(sum_of_percentages(&measure.id.value, unit.span));
            return None;
        }
        if dataset.columns.get(at).is_some_and(|column| column.kind != CaseKind::Number) {
            sink.push(
                Diagnostic::error(Code::DATA_COLUMN, format!("`{}` holds no numbers", measure.column.value))
                    .at(measure.column.span)
                    .help("give the column `type: number` in the dataset"),
            );
            return None;
        }
        if !cases::all_have_values(chosen, at, measure.column.span, measure.leave_out, sink) {
            return None;
        }
        out.push((at, measure));
    }
    Some(out)
}

struct Counter<'a> {
    measures: &'a [(usize, &'a CrossMeasure)],
    dataset: &'a Dataset,
    table: &'a Table,
    columns: &'a [Line<'a>],
    locale: &'a Locale,
}

impl Counter<'_> {
    fn values(&self, row: &Line<'_>) -> Vec<Value> {
        let counts = self
            .columns
            .iter()
            .map(|column| count(row.cases.iter().copied().filter(|case| column.group.holds(case)).count()));
        counts.chain(self.measures.iter().map(|(at, measure)| self.measured(row, *at, measure))).collect()
    }

    /// The statistic of the cases of a row; those without a value are left out.
    fn measured(&self, row: &Line<'_>, at: usize, measure: &CrossMeasure) -> Value {
        let values: Vec<_> = row.cases.iter().copied().filter_map(|case| case.cells.get(at)?.value).collect();
        match cases::summary(measure.statistic, &values) {
            cases::Outcome::Number { value, .. } => Value::Amount {
                value,
                decimals: measure.decimals.unwrap_or(1),
                unit: measure.unit.as_ref().map(|unit| unit.value.clone()),
            },
            _ => Value::Blank(Blank::NotAvailable),
        }
    }

    fn column_ids(&self) -> impl Iterator<Item = String> {
        let measures = self.measures.iter().map(|(_, measure)| measure.id.value.clone());
        self.columns.iter().map(|column| column.id.clone()).chain(measures)
    }

    fn row(&self, row: &Line<'_>) -> ComputedRow {
        ComputedRow {
            id: row.id.clone(),
            label: row.heading.clone(),
            values: self.values(row),
            total: matches!(row.group, Group::All),
            origin: RowOrigin::Counted(row.cases.iter().copied().map(|case| case.row).collect()),
        }
    }

    fn figure(&self, row: &Line<'_>) -> (String, Computed) {
        let table = &self.table.id;
        let words = |key: &str| Text::new(self.locale.label(key), table.span);
        let label = match &row.heading {
            Heading::Given(label) => label.clone(),
            Heading::Women => words("women"),
            Heading::Men => words("men"),
            Heading::Missing => words("blank_not_available"),
            Heading::Total | Heading::Count | Heading::Word(_) | Heading::Rank | Heading::Change => {
                self.table.caption.clone()
            }
        };
        let split = self.dataset.column(SEX).is_some();
        let of = |sex| count(row.cases.iter().copied().filter(|case| self.dataset.sex(case) == Some(sex)).count());
        let computed = Computed {
            aspect: None,
            label,
            total: count(row.cases.len()),
            women: split.then(|| of(Sex::Women)),
            men: split.then(|| of(Sex::Men)),
            base: table_base(self.table),
            columns: self.column_ids().zip(self.values(row)).collect(),
            names: Vec::new(),
            how: How::Row { table: table.value.clone(), row: row.id.clone() },
            span: table.span,
        };
        (format!("{}.{}", table.value, row.id), computed)
    }
}

fn table_base(table: &Table) -> Option<String> {
    table.base.as_ref().map(|base| base.value.clone())
}

fn count(n: usize) -> Value {
    Value::Count(Exact::from(u64::try_from(n).unwrap_or(u64::MAX)))
}
