//! Tables counted from case rows. A total counts cases, each once, also where a case stands in several rows.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::data::ColumnKind;
use crate::locale::Locale;
use crate::markdown::plain_words;
use crate::model::{CaseColumn, CaseKind, CategoryOrder, Cross, CrossMeasure, Dataset, MISSING, Statistic, Table};
use crate::source::Text;

use super::cases;
use super::derive::sum_of_percentages;
use super::mask::Mask;
use super::origin::{Crossed, How, RowOrigin, TableOrigin};
use super::statistics::Computed;
use super::summary::{self, Measured, Outcome};
use super::table::{ComputedColumn, ComputedRow, ComputedTable, Heading};
use crate::value::{Blank, Exact, Group, Value, is_percentage};

/// A row or column of the table.
struct Line {
    id: String,
    heading: Heading,
    of: Option<Group>,
    members: Members,
    /// Those that belong to it.
    cases: Vec<usize>,
}

/// Which cases belong to a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Members {
    /// Those of the category at this place.
    Category(usize),
    Missing,
    All,
}

/// Counts the cases of a table, and makes each row and the total a figure.
pub fn compute(
    table: &Table,
    cross: &Cross,
    datasets: &[Dataset],
    (locale, mask): (&Locale, &Mask),
    sink: &mut Sink,
) -> Option<(ComputedTable, Vec<(String, Computed)>)> {
    let chosen = cases::select(&cross.selection, datasets, sink)?;
    let by = cases::column(chosen.dataset, &cross.by, sink);
    let across = match &cross.across {
        Some(across) => Some(cases::column(chosen.dataset, across, sink)?),
        None => None,
    };
    let by = by?;
    if chosen.cases.is_empty() {
        sink.push(
            Diagnostic::error(
                Code::TABLE_EMPTY,
                say!("no case row belongs in table `{table}`", table = table.id.value),
            )
            .at(table.id.span)
            .help(say!("widen the condition in `where`, or delete the table and what names it")),
        );
        return None;
    }
    let measures = measures(cross, &chosen, sink)?;
    // What rows and columns are ordered by where they stand by value.
    let largest = measures.first().filter(|_| !cross.counts);
    let hides_row = |row: &str| mask.touches_row(&table.id.value, row);
    let hides_column = |column: &str| mask.touches_column(&table.id.value, column);
    let mut rows = lines(by, (cross.order, &hides_row), &chosen.cases, largest, (locale, mask));
    let mut columns = match across {
        Some(across) => lines(across, (cross.across_order, &hides_column), &chosen.cases, largest, (locale, mask)),
        None => {
            let heading = cross.heading.clone().map_or(Heading::Count, Heading::Given);
            vec![Line { id: "count".to_owned(), heading, of: None, members: Members::All, cases: Vec::new() }]
        }
    };
    let missing =
        |column: &CaseColumn| chosen.cases.iter().filter(|case| column.answers.of_case(**case).is_empty()).count();
    let origin = Crossed {
        dataset: chosen.dataset.id.value.clone(),
        by: by.header.clone(),
        across: across.map(|column| column.header.clone()),
        conditions: chosen.conditions.clone(),
        cases: chosen.cases.len(),
        missing_by: missing(by),
        missing_across: across.map_or(0, missing),
        left_out: measures.iter().filter_map(|(measure, of)| left_out(measure, of, &chosen.cases)).collect(),
        multiple: by.multiple || across.is_some_and(|column| column.multiple),
        discreet: false,
    };
    let total = || {
        let cases = chosen.cases.clone();
        Line { id: "total".to_owned(), heading: Heading::Total, of: None, members: Members::All, cases }
    };
    let total_row = cross.total_row.is_shown(rows.len() > 1 && !by.multiple);
    if cross.total_column.is_shown(columns.len() > 1) {
        columns.push(total());
    }
    if total_row {
        rows.push(total());
    }
    let counter = Counter {
        counts: cross.counts,
        measures: &measures,
        chosen: &chosen,
        table,
        columns: &columns,
        across,
        locale,
        mask,
    };
    let mut figures = Vec::new();
    let mut computed_rows = Vec::new();
    for row in &rows {
        let values = counter.values(row);
        figures.push(counter.figure(row, &values));
        computed_rows.push(counter.row(row, values));
    }
    if !total_row {
        let total = total();
        figures.push(counter.figure(&total, &counter.values(&total)));
    }
    let computed = ComputedTable {
        rows: computed_rows,
        columns: counter.columns(cross.heading.as_ref()),
        base: table.base.as_ref().map(|base| base.value.clone()),
        origin: TableOrigin::Counted(origin),
    };
    Some((computed, figures))
}

/// Whether a number of a line is hidden.
type Hides<'a> = &'a dyn Fn(&str) -> bool;

/// The categories of a column in their order, and the cases without a value last. By value, those with a hidden number stand behind the others, by the alphabet:
/// their place tells nothing.
fn lines(
    column: &CaseColumn,
    (order, hides): (Option<CategoryOrder>, Hides<'_>),
    cases: &[usize],
    largest: Option<&Asked<'_>>,
    (locale, mask): (&Locale, &Mask),
) -> Vec<Line> {
    // Sorted into the categories in one go: a column may have as many values as cases.
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); column.categories.len()];
    let mut missing: Vec<usize> = Vec::new();
    for case in cases {
        let categories = column.answers.of_case(*case);
        for category in categories {
            if let Some(group) = groups.get_mut(*category as usize) {
                group.push(*case);
            }
        }
        if categories.is_empty() {
            missing.push(*case);
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
    let order = order.unwrap_or(default);
    match order {
        CategoryOrder::Declared => {}
        CategoryOrder::Sheet => {
            let first = |category: &usize| groups.get(*category).and_then(|cases| cases.first().copied());
            found.sort_by_key(|(category, ..)| (first(category).is_none(), first(category)));
        }
        CategoryOrder::Value if largest.is_some() => {
            let value = |category: usize| {
                let asked = largest?;
                measured(asked, groups.get(category)?, mask).number()
            };
            found.sort_by(|a, b| value(b.0).cmp(&value(a.0)).then_with(|| locale.compare(&a.2, &b.2)));
        }
        CategoryOrder::Value => found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| locale.compare(&a.2, &b.2))),
        CategoryOrder::Label => found.sort_by(|a, b| locale.compare(&a.2, &b.2)),
    }
    if order == CategoryOrder::Value {
        let hidden = |category: usize| column.categories.get(category).is_some_and(|known| hides(&known.id));
        found.sort_by(|a, b| match (hidden(a.0), hidden(b.0)) {
            (true, true) => locale.compare(&a.2, &b.2),
            (one, other) => one.cmp(&other),
        });
    }
    let mut out: Vec<Line> = found
        .into_iter()
        .filter_map(|(category, ..)| {
            let known = column.categories.get(category)?;
            let heading = known.group.map_or_else(|| Heading::Given(known.label.clone()), Heading::Group);
            let cases = groups.get_mut(category).map(std::mem::take).unwrap_or_default();
            Some(Line { id: known.id.clone(), heading, of: known.group, members: Members::Category(category), cases })
        })
        .collect();
    if !missing.is_empty() {
        let (id, heading) = (MISSING.to_owned(), Heading::Missing);
        out.push(Line { id, heading, of: None, members: Members::Missing, cases: missing });
    }
    out
}

/// A column of the table, and what it computes.
type Asked<'a> = (&'a CrossMeasure, Measured<'a>);

/// The columns of numbers that statistics are computed of.
fn measures<'a>(cross: &'a Cross, chosen: &cases::Chosen<'a>, sink: &mut Sink) -> Option<Vec<Asked<'a>>> {
    let mut out = Vec::new();
    for measure in &cross.measures {
        let column = cases::column(chosen.dataset, &measure.column, sink)?;
        let unit = measure.unit.as_ref().or(column.unit.as_ref()).filter(|unit| is_percentage(&unit.value));
        if let (Statistic::Sum, Some(unit)) = (measure.statistic, unit) {
            sink.push(sum_of_percentages(&measure.id.value, unit.span));
            return None;
        }
        if column.kind != CaseKind::Number {
            sink.push(
                Diagnostic::error(
                    Code::DATA_COLUMN,
                    say!("`{column}` holds no numbers", column = measure.column.value),
                )
                .at(measure.column.span)
                .help(say!("give the column `type: number` in the dataset")),
            );
            return None;
        }
        let weight = match &measure.weight {
            Some(id) => Some(summary::weight_column(chosen, id, sink)?),
            None => None,
        };
        let measured = Measured { statistic: measure.statistic, column, weight };
        if !measured.is_computable(chosen, measure.column.span, measure.leave_out, sink) {
            return None;
        }
        out.push((measure, measured));
    }
    Some(out)
}

/// What a measure is called that leaves some of the cases out, and how many.
fn left_out(measure: &CrossMeasure, measured: &Measured<'_>, cases: &[usize]) -> Option<(Text, Option<usize>)> {
    let count = cases.iter().filter(|case| !measured.has_value(**case)).count();
    (count > 0).then(|| (measure.label.clone(), Some(count)))
}

/// A statistic of some cases; those without a value are left out.
fn measured((measure, measured): &Asked<'_>, cases: &[usize], mask: &Mask) -> Value {
    if cases.is_empty() {
        // Nothing was done, paid or given: that is nought. A mean of nothing there is not.
        return Value::Blank(if measure.statistic == Statistic::Sum { Blank::Zero } else { Blank::NotApplicable });
    }
    match measured.outcome(cases) {
        Outcome::Number { value, .. } => {
            let decimals = measure.decimals.unwrap_or(1);
            let unit = measure.unit.as_ref().or(measured.column.unit.as_ref()).map(|unit| unit.value.clone());
            Value::Amount { value: mask.rounded(&value, decimals), decimals, unit }
        }
        _ => Value::Blank(Blank::NotAvailable),
    }
}

struct Counter<'a> {
    /// Whether cases are counted.
    counts: bool,
    measures: &'a [Asked<'a>],
    chosen: &'a cases::Chosen<'a>,
    table: &'a Table,
    columns: &'a [Line],
    across: Option<&'a CaseColumn>,
    locale: &'a Locale,
    mask: &'a Mask,
}

impl Counter<'_> {
    /// The cells of a row. Below `across` each column has its counts and measures; else the measures stand behind the one count.
    fn values(&self, row: &Line) -> Vec<Value> {
        let counts = self.counts(&row.cases).into_iter().map(count);
        if self.across.is_none() || self.measures.is_empty() {
            let counts = counts.filter(|_| self.counts);
            return counts.chain(self.measures.iter().map(|asked| measured(asked, &row.cases, self.mask))).collect();
        }
        let mut out = Vec::new();
        for (count, cases) in counts.zip(self.split(&row.cases)) {
            out.extend(self.counts.then_some(count));
            out.extend(self.measures.iter().map(|asked| measured(asked, &cases, self.mask)));
        }
        out
    }

    /// The columns, in the order of the cells. Several below a value of `across` stand under its name; one takes its name.
    fn columns(&self, heading: Option<&Text>) -> Vec<ComputedColumn> {
        // The ids are given below.
        let plain = |label: Heading, kind: ColumnKind| ComputedColumn::new("", label, kind);
        let of_line =
            |line: &Line, column: ComputedColumn| ComputedColumn { of: line.of, total: line.id == "total", ..column };
        let measures = self.measures.iter().map(|(measure, measured)| {
            let unit = measure.unit.clone().or_else(|| measured.column.unit.clone());
            let kind = ColumnKind::Amount { unit, decimals: measure.decimals.unwrap_or(1) };
            plain(Heading::Given(measure.label.clone()), kind)
        });
        let counted = heading.cloned().map_or(Heading::Count, Heading::Given);
        let counts = self.counts.then(|| plain(counted, ColumnKind::Count));
        let lines = self.columns.iter();
        let mut out: Vec<ComputedColumn> = match (self.across, counts.into_iter().chain(measures).collect::<Vec<_>>()) {
            (Some(_), below) if below.len() == 1 => {
                let named = |line: &Line| ComputedColumn { label: line.heading.clone(), ..below[0].clone() };
                lines.map(|line| of_line(line, named(line))).collect()
            }
            (Some(_), below) => {
                let grouped = |line: &Line, column: &ComputedColumn| {
                    of_line(line, ComputedColumn { group: self.group_words(line), ..column.clone() })
                };
                lines.flat_map(|line| below.iter().map(move |column| grouped(line, column))).collect()
            }
            (None, columns) => {
                let counts = lines.filter(|_| self.counts);
                let counts = counts.map(|line| of_line(line, plain(line.heading.clone(), ColumnKind::Count)));
                counts.chain(columns.into_iter().skip(usize::from(self.counts))).collect()
            }
        };
        for (column, id) in out.iter_mut().zip(self.column_ids()) {
            column.id = id;
        }
        out
    }

    /// The cases of each column.
    fn split(&self, cases: &[usize]) -> Vec<Vec<usize>> {
        let Some(across) = self.across else { return vec![cases.to_vec(); self.columns.len()] };
        let mut of_categories: Vec<Vec<usize>> = vec![Vec::new(); across.categories.len()];
        let mut missing = Vec::new();
        for case in cases {
            let answers = across.answers.of_case(*case);
            if answers.is_empty() {
                missing.push(*case);
            }
            for category in answers {
                if let Some(group) = of_categories.get_mut(*category as usize) {
                    group.push(*case);
                }
            }
        }
        let of = |column: &Line| match column.members {
            Members::Category(at) => of_categories.get(at).cloned().unwrap_or_default(),
            Members::Missing => missing.clone(),
            Members::All => cases.to_vec(),
        };
        self.columns.iter().map(of).collect()
    }

    /// How many of some cases belong to each column.
    fn counts(&self, cases: &[usize]) -> Vec<usize> {
        let Some(across) = self.across else { return vec![cases.len(); self.columns.len()] };
        let mut of_categories = vec![0; across.categories.len()];
        let mut missing = 0;
        for answers in cases.iter().map(|case| across.answers.of_case(*case)) {
            missing += usize::from(answers.is_empty());
            for category in answers {
                if let Some(count) = of_categories.get_mut(*category as usize) {
                    *count += 1;
                }
            }
        }
        let of = |column: &Line| match column.members {
            Members::Category(at) => of_categories.get(at).copied().unwrap_or(0),
            Members::Missing => missing,
            Members::All => cases.len(),
        };
        self.columns.iter().map(of).collect()
    }

    /// Below a value of `across` a count has the value's id, and a measure its own behind it: `women`, `women.age`; a single measure takes the value's.
    fn column_ids(&self) -> Vec<String> {
        let measures = || self.measures.iter().map(|(measure, _)| measure.id.value.as_str());
        let counts = |line: &Line| self.counts.then(|| line.id.clone());
        let single = self.measures.len() == 1 && !self.counts;
        match self.across {
            Some(_) if single => self.columns.iter().map(|line| line.id.clone()).collect(),
            Some(_) => {
                let below = |line: &Line| {
                    let below = measures().map(|id| format!("{}.{id}", line.id)).collect::<Vec<_>>();
                    counts(line).into_iter().chain(below)
                };
                self.columns.iter().flat_map(below).collect()
            }
            None => self.columns.iter().filter_map(counts).chain(measures().map(str::to_owned)).collect(),
        }
    }

    /// The name of a category as a header above several columns.
    fn group_words(&self, line: &Line) -> Option<Text> {
        let words = |key: &str| Text::new(self.locale.label(key), self.table.id.span);
        Some(match &line.heading {
            Heading::Given(label) => label.clone(),
            Heading::Group(group) => Text::new(self.locale.group(*group), self.table.id.span),
            Heading::Missing => words("blank_not_available"),
            _ => words("total"),
        })
    }

    fn row(&self, row: &Line, values: Vec<Value>) -> ComputedRow {
        ComputedRow {
            id: row.id.clone(),
            label: row.heading.clone(),
            values,
            total: row.members == Members::All,
            origin: RowOrigin::Counted(self.chosen.rows_of(&row.cases)),
        }
    }

    fn figure(&self, row: &Line, values: &[Value]) -> (String, Computed) {
        let table = &self.table.id;
        let words = |key: &str| Text::new(self.locale.label(key), table.span);
        let label = match &row.heading {
            Heading::Given(label) => label.clone(),
            Heading::Group(group) => Text::new(self.locale.group(*group), self.table.id.span),
            Heading::Missing => words("blank_not_available"),
            Heading::Total | Heading::Count | Heading::Word(_) | Heading::Rank | Heading::Change => {
                self.table.caption.clone()
            }
        };
        // Where one measure stands in the place of counts, the row is its value.
        let value = |cases: &[usize]| match self.measures {
            [asked] if !self.counts => measured(asked, cases, self.mask),
            _ => count(cases.len()),
        };
        let computed = Computed {
            aspect: None,
            label,
            total: value(&row.cases),
            parts: self.chosen.parts(&row.cases, |cases| Some(value(cases))),
            base: table_base(self.table),
            columns: self.column_ids().into_iter().zip(values.iter().cloned()).collect(),
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
