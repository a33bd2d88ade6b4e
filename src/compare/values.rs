//! Figures and cells that changed, came or went.

use std::collections::BTreeMap;

use serde::Serialize;

use super::state::{Amount, State};
use super::words::normal;
use crate::value::Exact;

/// A figure that differs. `old` and `new` are what is printed; one is missing where the figure came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureChange {
    pub id: String,
    pub label: String,
    pub old: Option<String>,
    pub new: Option<String>,
    /// New less old, as an exact number: `-3`, `12.50`.
    pub difference: Option<String>,
    pub decimals: u8,
    /// Ids of the sections of the newer state that print it; of the older where it went.
    pub used: Vec<String>,
}

/// A cell that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellChange {
    pub table: String,
    pub caption: String,
    pub row: String,
    pub row_label: String,
    pub column: String,
    pub column_label: String,
    pub old: Option<String>,
    pub new: Option<String>,
    pub difference: Option<String>,
    pub decimals: u8,
    pub used: Vec<String>,
}

fn differs(old: &Amount, new: &Amount) -> bool {
    match (old.number(), new.number()) {
        (Some(a), Some(b)) if a != b => true,
        _ => normal(old.printed()) != normal(new.printed()),
    }
}

fn optional_differs(old: Option<&Amount>, new: Option<&Amount>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => differs(old, new),
        (None, None) => false,
        _ => true,
    }
}

fn parts_differ(old: &BTreeMap<String, Amount>, new: &BTreeMap<String, Amount>) -> bool {
    let mut ids = old.keys().chain(new.keys());
    ids.any(|id| optional_differs(old.get(id), new.get(id)))
}

fn difference(old: Option<&Amount>, new: Option<&Amount>) -> Option<Exact> {
    new?.number()?.checked_sub(old?.number()?)
}

pub fn figures(old: &State, new: &State) -> Vec<FigureChange> {
    let gone = old.figures.keys().filter(|id| !new.figures.contains_key(*id));
    let ids: Vec<&String> = new.figures.keys().chain(gone).collect();
    let mut out = Vec::new();
    for id in ids {
        // What nobody was shown neither comes nor goes.
        let is_shown = |figure: &&super::state::Figure| !old.protected || !figure.value.printed().is_empty();
        let (before, after) = (old.figures.get(id).filter(is_shown), new.figures.get(id).filter(is_shown));
        if let (Some(a), Some(b)) = (before, after)
            && !differs(&a.value, &b.value)
            && !parts_differ(&a.parts, &b.parts)
        {
            continue;
        }
        let Some(shown) = after.or(before) else { continue };
        let value = |amount: Option<&super::state::Figure>| amount.map(|figure| figure.value.printed().to_owned());
        out.push(FigureChange {
            id: id.clone(),
            label: shown.label.clone(),
            old: value(before),
            new: value(after),
            difference: difference(before.map(|f| &f.value), after.map(|f| &f.value)).map(|value| value.to_string()),
            decimals: shown.decimals.max(before.map_or(0, |figure| figure.decimals)),
            used: shown.used.clone(),
        });
    }
    out
}

pub fn cells(old: &State, new: &State) -> Vec<CellChange> {
    let gone = old.tables.keys().filter(|id| !new.tables.contains_key(*id));
    let ids: Vec<&String> = new.tables.keys().chain(gone).collect();
    let mut out = Vec::new();
    for id in ids {
        let (before, after) = (old.tables.get(id), new.tables.get(id));
        let Some(shown) = after.or(before) else { continue };
        let (old_cells, new_cells) = (placed(before), placed(after));
        for (row, row_label, column, column_label) in keys(before, after) {
            let cell = |table: Option<&super::state::Table>, places: &Places<'_>| -> Option<(Amount, u8)> {
                let table = table?;
                let at = *places.columns.get(column.as_str())?;
                let row = table.rows.get(*places.rows.get(row.as_str())?)?;
                let cell = row.cells.get(at).filter(|cell| !old.protected || !cell.printed().is_empty())?;
                Some((cell.clone(), table.decimals.get(at).copied().unwrap_or(0)))
            };
            let (before, after) = (cell(before, &old_cells), cell(after, &new_cells));
            let (old_cell, new_cell) = (before.as_ref().map(|cell| &cell.0), after.as_ref().map(|cell| &cell.0));
            if !optional_differs(old_cell, new_cell) {
                continue;
            }
            out.push(CellChange {
                table: id.clone(),
                caption: shown.caption.clone(),
                row,
                row_label,
                column,
                column_label,
                old: old_cell.map(|cell| cell.printed().to_owned()),
                new: new_cell.map(|cell| cell.printed().to_owned()),
                difference: difference(old_cell, new_cell).map(|value| value.to_string()),
                decimals: [&before, &after].into_iter().flatten().map(|cell| cell.1).max().unwrap_or(0),
                used: shown.used.clone(),
            });
        }
    }
    out
}

/// Where the rows and columns of a table stand, by their ids; the first of each.
#[derive(Default)]
struct Places<'a> {
    rows: BTreeMap<&'a str, usize>,
    columns: BTreeMap<&'a str, usize>,
}

fn placed(table: Option<&super::state::Table>) -> Places<'_> {
    let mut out = Places::default();
    let Some(table) = table else { return out };
    for (at, row) in table.rows.iter().enumerate() {
        out.rows.entry(&row.id).or_insert(at);
    }
    for (at, column) in table.columns.iter().enumerate() {
        out.columns.entry(&column.id).or_insert(at);
    }
    out
}

/// Row and column of every cell of either table, those of the newer first, with their words.
fn keys(old: Option<&super::state::Table>, new: Option<&super::state::Table>) -> Vec<(String, String, String, String)> {
    let mut out: Vec<(String, String, String, String)> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for table in [new, old].into_iter().flatten() {
        for row in &table.rows {
            for column in &table.columns {
                if seen.insert((row.id.clone(), column.id.clone())) {
                    out.push((row.id.clone(), row.label.clone(), column.id.clone(), column.label.clone()));
                }
            }
        }
    }
    out
}
