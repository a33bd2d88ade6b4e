//! The hidden numbers as something to look for: what they are called, and what they are.

use std::collections::BTreeSet;

use crate::check::Naming;
use crate::compute::mask::Quantity;
use crate::compute::statistics::Statistics;
use crate::model::Project;
use crate::value::{Exact, Group};

use super::super::naming::name_of;
use super::super::quantities::Quantities;

pub(super) type Words = BTreeSet<String>;

/// A hidden number.
#[derive(Clone)]
pub(super) struct Target {
    pub name: String,
    pub cell: usize,
    /// None where the author does not tell it.
    pub value: Option<Exact>,
    /// It counts something: rows of a list may be what it counts.
    pub counts: bool,
    /// The words of its row, or of a figure without those of groups.
    pub row: Words,
    /// All words that tell it from others.
    key: Words,
    about: Words,
    /// What it may be printed as a share of.
    wholes: Vec<i64>,
}

/// What is hidden of a report, by all names that it has.
pub(super) fn targets(
    (quantities, hidden): (&Quantities, &BTreeSet<usize>),
    project: &Project,
    truth: &Statistics,
    naming: &Naming<'_>,
) -> Vec<Target> {
    let mut out = Vec::new();
    for at in hidden.iter().filter(|at| !quantities.percentages.contains(at)) {
        let value =
            (!quantities.marks.contains(at)).then(|| quantities.exact(quantities.network.cells[*at].value)).flatten();
        for name in &quantities.names[*at] {
            let called = name_of(name, &project.workspace.breakdowns).to_string();
            let found = match name {
                Quantity::Cell { table, row, column } => of_cell(project, truth, naming, (table, row, column)),
                Quantity::Figure { id, group } => of_figure(project, truth, naming, (id, *group)),
            };
            out.extend(found.into_iter().map(|found| Target {
                name: called.clone(),
                cell: *at,
                value,
                counts: !quantities.of_amounts,
                ..found
            }));
        }
    }
    // What says most of a number is told of it.
    out.sort_by_key(|target| std::cmp::Reverse(target.key.len()));
    out
}

/// A cell by the labels of its row and column, and by their ids, which a file that is read for a table has.
fn of_cell(
    project: &Project,
    truth: &Statistics,
    naming: &Naming<'_>,
    (table, row, column): (&str, &str, &str),
) -> Vec<Target> {
    let Some(known) = project.findings.tables.iter().find(|known| known.id.value == table) else { return Vec::new() };
    let Some(computed) = truth.tables.get(table) else { return Vec::new() };
    let about = about(naming, &known.caption.value, &known.stub.value);
    let line = computed.rows.iter().find(|known| known.id == row);
    let rows = match line {
        Some(line) if !line.total => vec![naming.heading(&line.label), naming.words(row)],
        _ => vec![Words::new()],
    };
    let Some((at, head)) = computed.columns.iter().enumerate().find(|(_, head)| head.id == column) else {
        return Vec::new();
    };
    let mut named = naming.heading(&head.label);
    named.extend(head.of.map(|group| naming.group(group)));
    let columns = if head.total { vec![Words::new()] } else { vec![named, naming.words(column)] };
    let value = |row: &str, at: usize| {
        let line = computed.rows.iter().find(|known| known.id == row)?;
        line.values.get(at)?.number()?.to_i64()
    };
    let across = computed.columns.iter().enumerate().filter_map(|(other, _)| value(row, other));
    let total = truth.figures.get(&format!("{table}.{row}")).and_then(|figure| figure.total.number()?.to_i64());
    let wholes: Vec<i64> = across.chain(total).chain(value("total", at)).filter(|whole| *whole > 0).collect();
    let mut out: Vec<Target> = Vec::new();
    for row in &rows {
        for column in &columns {
            let key: Words = row.union(column).filter(|word| !about.contains(*word)).cloned().collect();
            if out.iter().all(|known| known.key != key) {
                let (about, wholes) = (about.clone(), wholes.clone());
                out.push(Target {
                    name: String::new(),
                    cell: 0,
                    value: None,
                    counts: true,
                    row: row.clone(),
                    key,
                    about,
                    wholes,
                });
            }
        }
    }
    out
}

/// A figure by its label; the rows of tables are told as figures as well.
fn of_figure(
    project: &Project,
    truth: &Statistics,
    naming: &Naming<'_>,
    (id, group): (&str, Option<Group>),
) -> Vec<Target> {
    let Some(figure) = truth.figures.get(id) else { return Vec::new() };
    let table =
        figure.how.table().and_then(|table| project.findings.tables.iter().find(|known| known.id.value == table));
    let about = table.map(|table| about(naming, &table.caption.value, &table.stub.value)).unwrap_or_default();
    let is_total = table.is_some_and(|table| id == format!("{}.total", table.id.value));
    let label = if is_total { Words::new() } else { naming.words(&figure.label.value) };
    let words: Words = label.iter().cloned().chain(group.map(|group| naming.group(group))).collect();
    let row = label.into_iter().filter(|word| !word.starts_with('#') && !about.contains(word)).collect();
    let key = words.into_iter().filter(|word| !about.contains(word)).collect();
    let base = figure.base.as_ref().and_then(|base| truth.figures.get(base));
    let whole = |of: Option<Group>| base.and_then(|base| base.value(of)?.number()?.to_i64());
    let wholes = [whole(group), whole(None)].into_iter().flatten().filter(|whole| *whole > 0).collect();
    vec![Target { name: String::new(), cell: 0, value: None, counts: true, row, key, about, wholes }]
}

fn about(naming: &Naming<'_>, caption: &str, stub: &str) -> Words {
    let stub = naming.words(stub);
    naming.words(caption).into_iter().filter(|word| !stub.contains(word)).collect()
}

impl Target {
    /// Whether it is of what a table with these words in its caption is about.
    pub fn is_about(&self, words: &Words) -> bool {
        !self.about.is_disjoint(words)
    }

    fn has_group(&self) -> bool {
        self.key.iter().any(|word| word.starts_with('#'))
    }

    /// Whether the words of a row and a column of a file name it. Where they do not say row and group both, they may say nothing else.
    pub fn is_named_by(&self, words: &Words) -> bool {
        let is_told_apart = self.has_group() && !self.row.is_empty();
        let nothing_else = || words.iter().all(|word| self.key.contains(word) || self.about.contains(word));
        self.key.is_subset(words) && (is_told_apart || nothing_else() && !words.is_empty())
    }

    /// Whether the words of a sentence name it.
    pub fn is_said_by(&self, words: &Words) -> bool {
        let is_told_apart = self.has_group() && !self.row.is_empty();
        self.key.is_subset(words) && (is_told_apart || !self.about.is_disjoint(words))
    }

    pub fn is_value(&self, number: Exact) -> bool {
        // An amount may stand in thousands or millions of its unit, or in parts of it.
        let scales: &[i64] = if self.counts { &[1] } else { &[1, 1_000, 1_000_000] };
        let is_it = |value: Exact| {
            scales
                .iter()
                .map(|scale| Exact::from(*scale))
                .any(|scale| number.checked_mul(scale) == Some(value) || value.checked_mul(scale) == Some(number))
        };
        self.value.is_none_or(is_it)
    }

    /// Whether a percentage is what is printed of it.
    pub fn is_share(&self, percent: Exact, decimals: u8) -> bool {
        let Some(value) = self.value else { return true };
        let Some(value) = value.to_i64() else { return false };
        let scale = 10i128.pow(u32::from(decimals.min(9)));
        let digits = percent.checked_mul(Exact::from(i64::try_from(scale).unwrap_or(i64::MAX)));
        let Some(digits) = digits.and_then(Exact::to_i64).map(i128::from) else { return false };
        self.wholes.iter().any(|whole| {
            let whole = i128::from(*whole);
            (200 * scale * i128::from(value) - 2 * digits * whole).abs() <= whole
        })
    }
}
