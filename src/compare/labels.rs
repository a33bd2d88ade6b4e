//! What figures, rows and columns are called, and what is shown besides words and numbers.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::diagnostic::{Said, say};

use super::state::{File, FileKind, Heading, State, Table};
use super::words::normal;

/// Words beside a number that differ: the same number then says something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LabelChange {
    pub of: LabelOf,
    /// Id of the figure or table.
    pub id: String,
    /// Caption of the table, label of the figure.
    pub caption: String,
    /// Id of the row or column; empty for what concerns the whole.
    pub part: String,
    pub old: String,
    pub new: String,
    /// Ids of the sections of the newer state that print it.
    pub used: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelOf {
    Figure,
    Row,
    Column,
    /// The header of a table's first column.
    Stub,
    RowOrder,
    ColumnOrder,
}

impl LabelChange {
    /// Whether the words differ, and not the order alone.
    #[must_use]
    pub fn is_words(&self) -> bool {
        !matches!(self.of, LabelOf::RowOrder | LabelOf::ColumnOrder)
    }

    /// "table `visits`, row: Norr → Söder"
    #[must_use]
    pub fn description(&self) -> Said {
        let what = match self.of {
            LabelOf::Figure => say!("label of `{id}`", id = self.id),
            LabelOf::Row => say!("table `{id}`, row", id = self.id),
            LabelOf::Column => say!("table `{id}`, column", id = self.id),
            LabelOf::Stub => say!("table `{id}`, header of the first column", id = self.id),
            LabelOf::RowOrder => say!("table `{id}`, order of the rows", id = self.id),
            LabelOf::ColumnOrder => say!("table `{id}`, order of the columns", id = self.id),
        };
        say!("{what}: {old} → {new}", what, old = self.old, new = self.new)
    }
}

/// A picture, chart or file that differs; one hash is missing where it came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileChange {
    pub kind: FileKind,
    pub name: String,
    pub title: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

impl FileChange {
    /// "chart `visits` is drawn in another way"
    #[must_use]
    pub fn description(&self) -> Said {
        let kind = match self.kind {
            FileKind::Picture => say!("picture"),
            FileKind::Chart => say!("chart"),
            FileKind::Download => say!("file"),
        };
        let what = match (&self.old, &self.new, self.kind) {
            (None, ..) => say!("is new"),
            (_, None, _) => say!("is gone"),
            (_, _, FileKind::Chart) => say!("is drawn in another way"),
            _ => say!("is another"),
        };
        say!("{kind} `{name}` {what}", kind, what, name = self.name)
    }
}

pub fn labels(old: &State, new: &State) -> Vec<LabelChange> {
    let mut out = Vec::new();
    for (id, figure) in &new.figures {
        // One that a protected report does not print has no label in its record.
        if let Some(before) = old.figures.get(id).filter(|before| !before.label.is_empty() && !figure.label.is_empty())
            && normal(&before.label) != normal(&figure.label)
        {
            out.push(LabelChange {
                of: LabelOf::Figure,
                id: id.clone(),
                caption: figure.label.clone(),
                part: String::new(),
                old: before.label.clone(),
                new: figure.label.clone(),
                used: figure.used.clone(),
            });
        }
    }
    for (id, table) in &new.tables {
        if let Some(before) = old.tables.get(id) {
            of_table(id, before, table, &mut out);
        }
    }
    out
}

fn of_table(id: &str, old: &Table, new: &Table, out: &mut Vec<LabelChange>) {
    let mut differs = |of: LabelOf, part: &str, before: &str, after: &str| {
        if normal(before) != normal(after) {
            out.push(LabelChange {
                of,
                id: id.to_owned(),
                caption: new.caption.clone(),
                part: part.to_owned(),
                old: before.to_owned(),
                new: after.to_owned(),
                used: new.used.clone(),
            });
        }
    };
    if let (Some(before), Some(after)) = (&old.stub, &new.stub) {
        differs(LabelOf::Stub, "", before, after);
    }
    let rows = |table: &Table| -> Vec<Heading> {
        table.rows.iter().map(|row| Heading { id: row.id.clone(), label: row.label.clone() }).collect()
    };
    for (of, order, before, after) in [
        (LabelOf::Row, LabelOf::RowOrder, rows(old), rows(new)),
        (LabelOf::Column, LabelOf::ColumnOrder, old.columns.clone(), new.columns.clone()),
    ] {
        let mut known: BTreeMap<&str, &str> = BTreeMap::new();
        for heading in &before {
            known.entry(&heading.id).or_insert(&heading.label);
        }
        for heading in &after {
            if let Some(label) = known.get(heading.id.as_str()) {
                differs(of, &heading.id, label, &heading.label);
            }
        }
        // Only what is in both can have changed places.
        let in_both = |list: &[Heading], other: &[Heading]| -> Vec<Heading> {
            let known: BTreeSet<&str> = other.iter().map(|heading| heading.id.as_str()).collect();
            list.iter().filter(|heading| known.contains(heading.id.as_str())).cloned().collect()
        };
        let (before, after) = (in_both(&before, &after), in_both(&after, &before));
        let ids = |list: &[Heading]| list.iter().map(|heading| heading.id.clone()).collect::<Vec<_>>();
        if ids(&before) != ids(&after) {
            let words = |list: &[Heading]| list.iter().map(|h| h.label.clone()).collect::<Vec<_>>().join(", ");
            differs(order, "", &words(&before), &words(&after));
        }
    }
}

pub fn files(old: &State, new: &State) -> Vec<FileChange> {
    // A record that did not keep them tells nothing of them.
    let (Some(before), Some(after)) = (&old.files, &new.files) else { return Vec::new() };
    let by_name = |files: &[File]| -> BTreeMap<(FileKind, String), File> {
        files.iter().rev().map(|file| ((file.kind, file.name.clone()), file.clone())).collect()
    };
    let (old_files, new_files) = (by_name(before), by_name(after));
    let change = |file: &File, old: Option<&File>, new: Option<&File>| FileChange {
        kind: file.kind,
        name: file.name.clone(),
        title: file.title.clone(),
        old: old.map(|file| file.sha256.clone()),
        new: new.map(|file| file.sha256.clone()),
    };
    let mut out = Vec::new();
    for file in after {
        let known = old_files.get(&(file.kind, file.name.clone()));
        if known.is_none_or(|known| known.sha256 != file.sha256) {
            out.push(change(file, known, Some(file)));
        }
    }
    let gone = before.iter().filter(|file| !new_files.contains_key(&(file.kind, file.name.clone())));
    out.extend(gone.map(|file| change(file, Some(file), None)));
    out
}
