//! Tables with rows or columns put together, as an author could write them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::compute::mask::Quantity;
use crate::compute::statistics::Statistics;
use crate::document::data::ColumnKind;
use crate::locale::Locale;
use crate::markdown::plain_words;
use crate::model::{Answers, Behind, CaseColumn, CaseKind, CellValue, Column, Findings, Project, Row, Table};
use crate::source::{Spanned, Text};
use crate::value::{Blank, Exact};

/// More lines than this are not put together by proposals: nobody would read them.
const MOST_LINES: usize = 60;

/// Where lines of a table can be put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Axis {
    /// Rows that stand in a file of findings.
    Rows,
    /// Columns that stand there.
    Columns,
    /// The categories of a column of case rows; `across` where they are the columns of the table.
    Categories { dataset: String, column: String, across: bool },
}

/// The lines of a table along an axis.
#[derive(Debug, Clone)]
pub struct Lines {
    pub axis: Axis,
    pub ids: Vec<String>,
    pub labels: Vec<String>,
    /// They have an order (ages, years, bands), so that only neighbours belong together.
    pub ordered: bool,
    /// Lines that are the sum of others, and part of none.
    pub sums: BTreeSet<usize>,
}

/// Along which axes the lines of a table can be put together.
pub fn axes(project: &Project, table: &Table, truth: &Statistics) -> Vec<Lines> {
    let mut out = Vec::new();
    if let Some(cross) = &table.cross {
        let dataset = project.findings.datasets.iter().find(|known| known.id.value == cross.selection.dataset.value);
        let columns = std::iter::once((&cross.by, false)).chain(cross.across.iter().map(|across| (across, true)));
        for (column, across) in columns {
            let Some(column) =
                dataset.and_then(|dataset| dataset.column(&column.value)).filter(|column| can_join(column))
            else {
                continue;
            };
            let label = |text: &Text| if text.literal { text.value.clone() } else { plain_words(text) };
            let labels = column.categories.iter().map(|category| label(&category.label)).collect::<Vec<_>>();
            out.push(Lines {
                axis: Axis::Categories {
                    dataset: cross.selection.dataset.value.clone(),
                    column: column.id.value.clone(),
                    across,
                },
                ids: column.categories.iter().map(|category| category.id.clone()).collect(),
                ordered: column.kind != CaseKind::Text || are_in_order(&labels),
                labels,
                sums: BTreeSet::new(),
            });
        }
    } else if table.gathered.is_none()
        && table.ranking.is_none()
        && table.derived.is_empty()
        && truth.tables.contains_key(&table.id.value)
    {
        let counts =
            |cell: &Spanned<CellValue>| matches!(cell.value, CellValue::Number(_) | CellValue::Blank(Blank::Zero));
        let adds_up = |column: &Column| matches!(column.kind, ColumnKind::Count) || column.behind.is_some();
        let is_plain = table.columns.iter().all(adds_up) && table.rows.iter().all(|row| row.cells.iter().all(counts));
        if is_plain {
            let labels: Vec<String> = table.rows.iter().map(|row| plain_words(&row.label)).collect();
            out.push(Lines {
                axis: Axis::Rows,
                ids: table.rows.iter().map(|row| row.id.value.clone()).collect(),
                ordered: are_in_order(&labels),
                labels,
                sums: BTreeSet::new(),
            });
            // Groups of a breakdown are the whole together, and named by each language.
            if table.columns.iter().all(|column| {
                column.of.is_none() && column.label.is_some() && column.weight.is_none() && column.behind.is_none()
            }) {
                let labels: Vec<String> =
                    table.columns.iter().filter_map(|column| column.label.as_ref()).map(plain_words).collect();
                out.push(Lines {
                    axis: Axis::Columns,
                    ids: table.columns.iter().map(|column| column.id.value.clone()).collect(),
                    ordered: are_in_order(&labels),
                    labels,
                    sums: BTreeSet::new(),
                });
            }
        }
    }
    out.retain(|lines| (3..=MOST_LINES).contains(&lines.ids.len()));
    out
}

/// Whether the categories of a column can be listed anew: they are values or bands, and no groups.
fn can_join(column: &CaseColumn) -> bool {
    let listed = column.kind == CaseKind::Text || column.declared;
    listed && column.bins.is_none() && column.categories.iter().all(|category| category.group.is_none())
}

/// Whether lines are told by numbers: years, ages, classes.
fn are_in_order(labels: &[String]) -> bool {
    labels.iter().all(|label| label.contains(|letter: char| letter.is_ascii_digit()))
}

/// The numbers of now that a number is the sum of once lines are put together: those of the lines, or itself. Lines are called by the first of them then.
pub fn parts_of(project: &Project, table: &str, lines: &Lines, parts: &[Vec<usize>], name: &Quantity) -> Vec<Quantity> {
    // Which of the tables has the lines, and whether as its rows.
    let of_rows = |of: &str| match &lines.axis {
        Axis::Rows => (of == table).then_some(true),
        Axis::Columns => (of == table).then_some(false),
        Axis::Categories { dataset, column, .. } => {
            let given = project.findings.tables.iter().find(|known| known.id.value == of)?;
            let cross = given.cross.as_ref().filter(|cross| cross.selection.dataset.value == *dataset)?;
            let is_across = || cross.across.as_ref().is_some_and(|across| across.value == *column);
            if cross.by.value == *column { Some(true) } else { is_across().then_some(false) }
        }
    };
    let together = |id: &str| -> Vec<&str> {
        let ids = |part: &Vec<usize>| part.iter().filter_map(|at| lines.ids.get(*at)).map(String::as_str).collect();
        let all: Option<Vec<&str>> = parts.iter().map(ids).find(|ids: &Vec<&str>| ids.first() == Some(&id));
        all.unwrap_or_default()
    };
    let all: Vec<Quantity> = match name {
        Quantity::Cell { table: of, row, column } => match of_rows(of) {
            Some(true) => {
                let cell =
                    |row: &str| Quantity::Cell { table: of.clone(), row: row.to_owned(), column: column.clone() };
                together(row).into_iter().map(cell).collect()
            }
            Some(false) => {
                // Measures stand below a category.
                let (id, below) = match lines.ids.iter().find(|id| *id == column) {
                    Some(_) => (column.as_str(), ""),
                    None => column.split_at(column.find('.').unwrap_or(column.len())),
                };
                let cell =
                    |id: &str| Quantity::Cell { table: of.clone(), row: row.clone(), column: format!("{id}{below}") };
                together(id).into_iter().map(cell).collect()
            }
            None => Vec::new(),
        },
        Quantity::Figure { id, group } => match id.split_once('.') {
            Some((of, row)) if of_rows(of) == Some(true) => {
                let figure = |row: &str| Quantity::Figure { id: format!("{of}.{row}"), group: *group };
                together(row).into_iter().map(figure).collect()
            }
            _ => Vec::new(),
        },
    };
    if all.is_empty() { vec![name.clone()] } else { all }
}

/// What lines are called together.
pub fn label_of(lines: &Lines, together: &[usize], locale: &Locale) -> String {
    let labels: Vec<String> = together.iter().filter_map(|at| lines.labels.get(*at)).cloned().collect();
    locale.list(&labels)
}

/// The project with lines of a table put together; each part is lines of it, and all lines are in one.
pub fn with(project: &Project, table: &str, lines: &Lines, parts: &[Vec<usize>], locale: &Locale) -> Project {
    let mut out = project.clone();
    if let Some(policy) = &mut out.policy {
        policy.proof = None;
    }
    let findings = Arc::make_mut(&mut out.findings);
    match &lines.axis {
        Axis::Rows | Axis::Columns => {
            if let Some(table) = findings.tables.iter_mut().find(|known| known.id.value == table) {
                put_together(table, lines, parts, locale);
            }
        }
        Axis::Categories { dataset, column, .. } => join(findings, (dataset, column), lines, parts, locale),
    }
    out
}

fn put_together(table: &mut Table, lines: &Lines, parts: &[Vec<usize>], locale: &Locale) {
    table.typed_total = None;
    let sum = |cells: Vec<&Spanned<CellValue>>| {
        let sum = cells.iter().try_fold(Exact::ZERO, |sum, cell| match &cell.value {
            CellValue::Number(number) => sum.checked_add(*number),
            _ => Some(sum),
        });
        let value = sum.map_or(CellValue::Blank(Blank::NotAvailable), CellValue::Number);
        cells.first().map(|cell| Spanned::new(value, cell.span))
    };
    if lines.axis == Axis::Rows {
        let rows = std::mem::take(&mut table.rows);
        table.rows = parts
            .iter()
            .filter_map(|part| {
                let mut row = rows.get(*part.first()?)?.clone();
                if part.len() > 1 {
                    row.label = Text::new(label_of(lines, part, locale), row.label.span);
                    row.typed_total = None;
                    let cells = |at: usize| part.iter().filter_map(|row| rows_cell(&rows, *row, at)).collect();
                    row.cells = (0..table.columns.len()).filter_map(|at| sum(cells(at))).collect();
                    let behind = |at: usize| {
                        let of = |row: &usize| rows.get(*row)?.behind.get(at)?.as_ref();
                        part.iter().map(of).collect::<Option<Vec<_>>>().map(|of| together(&of))
                    };
                    row.behind = (0..row.behind.len()).map(behind).collect();
                }
                Some(row)
            })
            .collect();
    } else {
        for row in &mut table.rows {
            row.cells = parts
                .iter()
                .filter_map(|part| sum(part.iter().filter_map(|at| row.cells.get(*at)).collect()))
                .collect();
        }
        let columns = std::mem::take(&mut table.columns);
        table.columns = parts
            .iter()
            .filter_map(|part| {
                let mut column = columns.get(*part.first()?)?.clone();
                if part.len() > 1 {
                    column.label = column.label.map(|label| Text::new(label_of(lines, part, locale), label.span));
                }
                Some(column)
            })
            .collect();
    }
}

/// What contributors have of a sum, each having a part of one amount alone.
fn together(parts: &[&Behind]) -> Behind {
    let all_of =
        |of: &dyn Fn(&Behind) -> Option<Exact>| parts.iter().map(|part| of(part)).collect::<Option<Vec<Exact>>>();
    let mut largest: Vec<Exact> = parts.iter().map(|part| part.largest).collect();
    let second = all_of(&|part| part.second);
    let are_known = second.is_some();
    largest.extend(second.into_iter().flatten());
    largest.sort_by_key(|part| std::cmp::Reverse(*part));
    let contributors = all_of(&|part| part.contributors);
    let contributors = contributors.and_then(|all| all.into_iter().try_fold(Exact::ZERO, Exact::checked_add));
    Behind {
        largest: largest.first().copied().unwrap_or(Exact::ZERO),
        second: largest.get(1).copied().filter(|_| are_known),
        contributors,
    }
}

fn rows_cell(rows: &[Row], row: usize, at: usize) -> Option<&Spanned<CellValue>> {
    rows.get(row)?.cells.get(at)
}

/// Makes one category of several, for all that is counted by the column.
fn join(
    findings: &mut Findings,
    (dataset, column): (&str, &str),
    lines: &Lines,
    parts: &[Vec<usize>],
    locale: &Locale,
) {
    let Some(dataset) = findings.datasets.iter_mut().find(|known| known.id.value == dataset) else { return };
    let cases = dataset.rows.len();
    let Some(column) = dataset.columns.iter_mut().find(|known| known.id.value == column) else { return };
    let mut new = vec![0_u32; column.categories.len()];
    let mut categories = Vec::new();
    for (at, part) in (0..).zip(parts) {
        let Some(mut first) = part.first().and_then(|first| column.categories.get(*first)).cloned() else { continue };
        if part.len() > 1 {
            first.label = Text::new(label_of(lines, part, locale), first.label.span);
            first.values = part
                .iter()
                .filter_map(|at| column.categories.get(*at))
                .flat_map(|known| known.values.clone())
                .collect();
        }
        categories.push(first);
        for old in part {
            if let Some(place) = new.get_mut(*old) {
                *place = at;
            }
        }
    }
    let mut answers = Answers::default();
    for case in 0..cases {
        let places: BTreeSet<u32> =
            column.answers.of_case(case).iter().filter_map(|old| new.get(*old as usize).copied()).collect();
        answers.push(places);
    }
    column.answers = answers;
    column.categories = categories;
}

/// What an author writes to have lines put together: the rows, or what stands at the column of the dataset. None where the lines stand in a file with data,
/// or are bands.
pub fn written(
    project: &Project,
    merged: &Project,
    table: &str,
    lines: &Lines,
    parts: &[Vec<usize>],
    is_yaml: bool,
) -> Vec<String> {
    let quoted = |text: &str| {
        let is_plain = !text
            .contains([':', '#', ',', '[', ']', '{', '}', '"', '\'', '&', '*', '!', '|', '>', '%', '@', '`'])
            && text.trim() == text
            && text.parse::<f64>().is_err();
        if is_plain { text.to_owned() } else { serde_json::to_string(text).unwrap_or_default() }
    };
    match &lines.axis {
        Axis::Rows | Axis::Columns if !is_yaml => Vec::new(),
        Axis::Rows => {
            let Some(table) = merged.findings.tables.iter().find(|known| known.id.value == table) else {
                return Vec::new();
            };
            let of = parts.iter().zip(&table.rows).filter(|(part, _)| part.len() > 1);
            of.map(|(_, row)| {
                let number = |cell: &Spanned<CellValue>| match &cell.value {
                    CellValue::Number(number) => number.to_string(),
                    _ => "0".to_owned(),
                };
                let cells = table.columns.iter().zip(&row.cells);
                let cells = cells.map(|(column, cell)| (column.id.value.as_str(), number(cell)));
                // A key may be that of several columns: how many contributors they have.
                let mut written: Vec<(&str, String)> = cells.collect();
                for (column, behind) in table.columns.iter().zip(&row.behind) {
                    for (key, value) in keys_behind(column, behind.as_ref()) {
                        if written.iter().all(|(known, _)| *known != key) {
                            written.push((key, value.to_string()));
                        }
                    }
                }
                let cells: String = written.iter().map(|(key, value)| format!(", {}: {value}", quoted(key))).collect();
                format!("- {{label: {}{cells}}}", quoted(&row.label.value))
            })
            .collect()
        }
        Axis::Columns => Vec::new(),
        Axis::Categories { dataset, column, .. } => {
            let of = |project: &Project| {
                let dataset = project.findings.datasets.iter().find(|known| known.id.value == *dataset)?;
                dataset.column(column).cloned()
            };
            let (Some(old), Some(new)) = (of(project), of(merged)) else { return Vec::new() };
            if old.kind != CaseKind::Text {
                return Vec::new();
            }
            let entries = new.categories.iter().flat_map(|category| {
                category
                    .values
                    .iter()
                    .map(|value| format!("{}: {}", quoted(value), quoted(&category.label.value)))
                    .collect::<Vec<_>>()
            });
            vec![format!("values: {{{}}}", entries.collect::<Vec<_>>().join(", "))]
        }
    }
}

/// The keys that say what contributors have of an amount, with what they say.
fn keys_behind<'a>(column: &'a Column, behind: Option<&Behind>) -> Vec<(&'a str, Exact)> {
    let (Some(keys), Some(behind)) = (&column.behind, behind) else { return Vec::new() };
    let own = [
        (Some(&keys.largest), Some(behind.largest)),
        (keys.second.as_ref(), behind.second),
        (keys.contributors.as_ref(), behind.contributors),
    ];
    own.into_iter().filter_map(|(key, value)| Some((key?.value.as_str(), value?))).collect()
}
