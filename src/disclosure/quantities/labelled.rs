//! The numbers of typed tables with what they are called, so that the same number can be found again under other names.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Naming;
use crate::compute::mask::Quantity;
use crate::compute::table::ComputedTable;
use crate::model::Table;

use super::{Builder, cell_name};

/// The stems of words.
pub(super) type Words = BTreeSet<String>;

/// A typed table: the lines of its counts with their names.
pub(super) struct Labelled<'a> {
    pub table: &'a Table,
    pub computed: &'a ComputedTable,
    /// What is counted, and by what.
    pub about: Words,
    pub lines: Vec<Line>,
}

/// A row; the last are the totals, printed or not.
pub(super) struct Line {
    pub id: String,
    /// Where it stands among the computed rows; none where it is not printed.
    pub at: Option<usize>,
    pub words: Words,
    pub total: bool,
    pub cells: Vec<Labelling>,
}

/// A count in a line; the line's total has no words.
pub(super) struct Labelling {
    pub words: Words,
    pub column: String,
    pub cell: usize,
}

impl<'a> Labelled<'a> {
    pub fn new(builder: &Builder<'_>, naming: &Naming<'_>, table: &'a Table, computed: &'a ComputedTable) -> Self {
        let id = &table.id.value;
        let mut about = naming.words(&table.caption.value);
        let stub = naming.words(&table.stub.value);
        about.retain(|word| !stub.contains(word));
        let columns: Vec<(usize, Words)> = builder
            .given(table, computed)
            .into_iter()
            .map(|at| (at, &computed.columns[at]))
            .map(|(at, column)| {
                let mut words = naming.heading(&column.label);
                words.extend(column.of.map(|group| naming.group(group)));
                (at, words)
            })
            .collect();
        let rows = computed.rows.iter().enumerate().map(|(at, row)| {
            let words = if row.total { Words::new() } else { naming.heading(&row.label) };
            (row.id.clone(), Some(at), words, row.total)
        });
        let unprinted = computed.rows.iter().all(|row| !row.total);
        let unprinted = unprinted.then(|| ("total".to_owned(), None, Words::new(), true));
        let lines = rows.chain(unprinted).map(|(row, at, words, total)| {
            let mut cells: Vec<Labelling> = Vec::new();
            for (at, words) in &columns {
                let column = &computed.columns[*at];
                let cell = builder.known.get(&cell_name(id, &row, &column.id));
                cells.extend(cell.map(|cell| Labelling {
                    words: if column.total { Words::new() } else { words.clone() },
                    column: column.id.clone(),
                    cell: *cell,
                }));
            }
            // A column that is called nothing else is the total already; where an author typed it, the row's own sum has it twice.
            let whole = Quantity::Figure { id: format!("{id}.{row}"), group: None };
            if let Some(cell) = builder.known.get(&whole)
                && cells.iter().all(|known| known.cell != *cell && !known.words.is_empty())
            {
                cells.push(Labelling { words: Words::new(), column: "total".to_owned(), cell: *cell });
            }
            Line { id: row, at, words, total, cells }
        });
        Self { table, computed, about, lines: lines.collect() }
    }

    pub fn id(&self) -> &'a str {
        &self.table.id.value
    }

    /// What tells a cell from the others of what the table is about.
    pub fn key(&self, line: &Line, cell: &Labelling) -> Words {
        line.words.union(&cell.words).filter(|word| !self.about.contains(*word)).cloned().collect()
    }

    /// The cells by what tells them apart; what two are called is left out.
    pub fn by_key(&self) -> BTreeMap<Words, (usize, usize)> {
        let mut found: BTreeMap<Words, Option<(usize, usize)>> = BTreeMap::new();
        for (at, line) in self.lines.iter().enumerate() {
            for (place, cell) in line.cells.iter().enumerate() {
                let own = Some((at, place));
                found.entry(self.key(line, cell)).and_modify(|known| *known = None).or_insert(own);
            }
        }
        found.into_iter().filter_map(|(key, place)| Some((key, place?))).collect()
    }
}
