//! Which rows below a header are cases: totals, sources, notes and other tables stand in sheets too, and must never be counted.
//!
//! What surely is no case is left out, and a remark says so. Where it cannot be told, the row is named and the author decides: counting a total as a case,
//! or leaving a case out, are both wrong numbers that nobody would see.

mod words;

use std::collections::BTreeSet;

use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, say};
use crate::source::Text;
use crate::value::{Exact, Notation, Typed};

use super::{Cell, Content, Grid, Row};
use words::Label;

/// What is known of the table.
pub struct Table<'a> {
    pub file: &'a Text,
    /// What a row is: "case".
    pub called: &'static str,
    /// Where the column is whose cells name the cases.
    pub name: Option<usize>,
    /// Columns whose values the author listed, with their readings: such a value is no label of a total.
    pub listed: Vec<(usize, Vec<String>)>,
    /// The last row that holds a case, as the author says.
    pub last_row: Option<u32>,
    pub totals: Totals,
}

/// What becomes of rows that read as totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Totals {
    /// They are no cases.
    LeftOut,
    /// As the last row one is kept, to be held against the computed total.
    Checked,
    /// They are rows like the others: nothing is added up.
    Rows,
}

/// Why a row is no case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// It says what it is: "Summa", "Källa: …".
    Label,
    /// The header once more.
    Header,
    /// Its formulas add up the cells above.
    Formula,
    /// It has no name in the column of names, or one of another form.
    Name,
    /// A single cell below a blank row.
    Single,
}

/// Takes out what is no case. False where a row is in doubt, which was told.
pub fn cut(grid: &mut Grid<'_>, table: &Table<'_>, sink: &mut Sink) -> bool {
    beside(grid, table, sink);
    let look = Look::new(grid, table);
    if let Some(row) = look.second_header().filter(|_| !grid.header_is_named) {
        let number = row.number;
        sink.push(
            look.doubt(
                row,
                say!("has no cell in the first column, where the rows below have one: it may belong to the header"),
            )
            .help(match grid.sheet {
                Some(_) => say!(
                    "join the lines of the header into one, or name its last row with `header-row: {number}`; or say how many rows the header has: `header-rows: 2`",
                    number
                ),
                None => say!("join the lines of the header into one"),
            })
            .help(say!("if it is a case, write in the first column what it is, or a word that stands in `missing`")),
        );
        return false;
    }
    if let Some(last) = table.last_row {
        let rows: Vec<&Row<'_>> = look.rows.iter().filter(|row| row.number <= last).collect();
        let kept = usize::from(table.totals == Totals::Checked);
        let doubt = rows.iter().take(rows.len().saturating_sub(kept)).find(|row| look.label(row) == Some(Label::Exact));
        if let Some(row) = doubt {
            sink.push(
                look.doubt(row, say!("reads as a total"))
                    .help(say!("take the row out of the table, or let it end above the row; if it is a value of a case, list it in `values`")),
            );
            return false;
        }
        grid.rows.retain(|row| row.number <= last);
        return true;
    }
    if let Some(row) = look.subtotal() {
        sink.push(
            look.doubt(row, say!("adds up the rows above it")).help(say!(
                "take sums out of the middle of the table; if it is a value of a case, list it in `values`"
            )),
        );
        return false;
    }
    let Some(end) = look.end() else {
        return match look.last_in_doubt() {
            None => true,
            Some(diagnostic) => {
                sink.push(diagnostic);
                false
            }
        };
    };
    let tail = grid.rows.get(end..).unwrap_or_default();
    let in_doubt = tail.iter().enumerate().find(|(at, row)| look.sign(row, end + at, end).is_none());
    if let Some((at, row)) = in_doubt {
        sink.push(look.row_below(row, end, at));
        return false;
    }
    if end == 0 {
        if let Some(row) = tail.first() {
            sink.push(
                look.doubt(row, say!("is the first below the header and reads as no case"))
                    .help(say!("name the header's row with `header-row: …`, or take the row away")),
            );
        }
        return false;
    }
    let total = tail.first().filter(|row| look.cells(row).next().is_some_and(|(_, cell)| is_total(&cell.text())));
    let end = end + usize::from(total.is_some() && table.totals == Totals::Checked);
    let tail = grid.rows.get(end..).unwrap_or_default();
    if !tail.is_empty() {
        sink.push(left_out(tail, table));
    }
    grid.rows.truncate(end);
    true
}

/// Rows with no cell under the header are beside the table.
fn beside(grid: &mut Grid<'_>, table: &Table<'_>, sink: &mut Sink) {
    let headed = headed(grid);
    let in_table = |row: &Row<'_>| row.cells.iter().any(|(column, cell)| headed.contains(column) && !cell.is_blank());
    let mut out = Vec::new();
    let mut gap = false;
    for mut row in std::mem::take(&mut grid.rows) {
        row.gap |= gap;
        gap = !in_table(&row);
        if !gap {
            grid.rows.push(row);
        } else if row.cells.iter().any(|(_, cell)| !cell.is_blank()) {
            out.push(row);
        }
    }
    if !out.is_empty() {
        sink.push(left_out(&out, table));
    }
}

fn headed(grid: &Grid<'_>) -> BTreeSet<usize> {
    grid.header.iter().enumerate().filter(|(_, cell)| !cell.text().is_empty()).map(|(at, _)| at).collect()
}

/// What was left out, and where it stands.
fn left_out(rows: &[Row<'_>], table: &Table<'_>) -> Diagnostic {
    const SHOWN: usize = 3;
    let one = |row: &Row<'_>| {
        let cell = row.cells.iter().map(|(_, cell)| cell).find(|cell| !cell.is_blank());
        let words: String = cell.map(|cell| cell.text()).unwrap_or_default().chars().take(40).collect();
        say!("row {number} `{words}`", number = row.number, words)
    };
    let mut named: Vec<Said> = rows.iter().take(SHOWN).map(one).collect();
    if let Some(last) = rows.get(SHOWN..).and_then(<[Row<'_>]>::last) {
        named.push(say!("… to row {number}", number = last.number));
    }
    let (called, file) = (table.called, table.file);
    let (count, named) = (rows.len(), Said::list(named, ", "));
    let message = match (called, count) {
        ("case", 1) => say!("1 row is not counted as cases: {named}", named),
        ("case", _) => say!("{count} rows are not counted as cases: {named}", count, named),
        (_, 1) => say!("1 row is not read: {named}", named),
        _ => say!("{count} rows are not read: {named}", count, named),
    };
    let first = rows.iter().flat_map(|row| &row.cells).map(|(_, cell)| cell).find(|cell| !cell.is_blank());
    let mut diagnostic = match first {
        Some(cell) => cell.at.fault(Code::DATA_LEFT_OUT, &message, file),
        None => Diagnostic::error(Code::DATA_LEFT_OUT, message).at(file.span),
    };
    diagnostic.severity = Severity::Info;
    diagnostic.help(say!(
        "if one is a {called}, write `last-row: …`, the number of the last row that is read",
        called = Said::words(called)
    ))
}

struct Look<'a> {
    rows: &'a [Row<'a>],
    table: &'a Table<'a>,
    headed: BTreeSet<usize>,
    header: Vec<String>,
    /// How many rows are bold.
    bold: usize,
}

impl<'a> Look<'a> {
    fn new(grid: &'a Grid, table: &'a Table<'a>) -> Self {
        let header = grid.header.iter().map(|cell| cell.text()).collect();
        let bold = grid.rows.iter().filter(|row| row.bold).count();
        Self { rows: &grid.rows, table, headed: headed(grid), header, bold }
    }

    /// The first row that may be no case: below a blank row, or with a label or formula of its own.
    fn end(&self) -> Option<usize> {
        let label = |row: &Row<'_>| matches!(self.label(row), Some(Label::Exact | Label::Note));
        (0..self.rows.len()).find(|at| {
            self.rows.get(*at).is_some_and(|row| {
                (*at > 0 && row.gap) || label(row) || self.repeats_header(row) || self.adds_up(row, *at)
            })
        })
    }

    /// The last of the first rows that stand under the header like a second row of it: "Unit | 2019 | 2020" with "| number | number" below.
    fn second_header(&self) -> Option<&'a Row<'a>> {
        let first = self.headed.first().filter(|_| self.headed.len() > 1)?;
        let has = |row: &&Row| row.cell(*first).is_some_and(|cell| !cell.is_blank());
        let header = self.rows.iter().take_while(|row| !has(row)).count();
        let row = header.checked_sub(1).and_then(|last| self.rows.get(last))?;
        // A total or a note below the cases may lack the cell too, and one case or another.
        let cases: Vec<&Row> =
            self.rows[header..].iter().take_while(|row| !row.gap && self.label(row).is_none()).collect();
        let named = cases.iter().copied().filter(|row| has(row)).count();
        (named > 0 && named * 4 >= cases.len() * 3).then_some(row)
    }

    fn cells(&self, row: &'a Row<'a>) -> impl Iterator<Item = (usize, &'a Cell<'a>)> {
        row.cells.iter().filter(|(at, cell)| self.headed.contains(at) && !cell.is_blank()).map(|(at, cell)| (*at, cell))
    }

    /// What the first cell of a row says of it; what is most often a total is one for sure where the row alone is bold.
    fn label(&self, row: &'a Row<'a>) -> Option<Label> {
        let (column, cell) = self.cells(row).next()?;
        let label = self.label_of(column, cell)?;
        let is_total = matches!(label, Label::Begins | Label::Weak) && self.stands_out(row);
        Some(if is_total { Label::Exact } else { label })
    }

    /// Whether a row is bold and few of the others are.
    fn stands_out(&self, row: &Row<'_>) -> bool {
        row.bold && self.bold * 3 <= self.rows.len()
    }

    fn label_of(&self, column: usize, cell: &Cell) -> Option<Label> {
        let Content::Text(_) = cell.content() else { return None };
        let text = cell.text();
        let listed = |(at, values): &(usize, Vec<String>)| *at == column && values.contains(&text);
        if self.table.listed.iter().any(listed) {
            return None;
        }
        words::label(&text).filter(|label| self.table.totals != Totals::Rows || *label == Label::Note)
    }

    fn repeats_header(&self, row: &'a Row<'a>) -> bool {
        let mut cells = self.cells(row).peekable();
        cells.peek().is_some()
            && cells.all(|(at, cell)| self.header.get(at).is_some_and(|header| *header == cell.text()))
    }

    /// A formula of the row adds up cells above it, and the row above has none such: not a running total.
    fn adds_up(&self, row: &'a Row<'a>, at: usize) -> bool {
        let above = at.checked_sub(1).and_then(|above| self.rows.get(above));
        let Some(above) = above.filter(|_| self.table.totals != Totals::Rows) else { return false };
        let is_total = |column: usize, cell: &Cell| {
            cell.is_aggregate() && above.cell(column).is_some_and(|cell| !cell.is_aggregate())
        };
        self.cells(row).any(|(column, cell)| is_total(column, cell))
    }

    /// Why a row is surely no case; `end` is the first that may be none.
    fn sign(&self, row: &'a Row<'a>, at: usize, end: usize) -> Option<Sign> {
        let below_gap = (end..=at).any(|at| self.rows.get(at).is_some_and(|row| row.gap));
        match self.label(row) {
            Some(Label::Exact | Label::Note) => return Some(Sign::Label),
            Some(Label::Begins | Label::Weak) if below_gap => return Some(Sign::Label),
            _ => {}
        }
        if self.repeats_header(row) {
            return Some(Sign::Header);
        }
        if self.adds_up(row, at) {
            return Some(Sign::Formula);
        }
        if let Some(column) = self.table.name {
            match row.cell(column).filter(|cell| !cell.is_blank()) {
                None => return Some(Sign::Name),
                Some(cell) if self.is_of_other_form(cell, end) => return Some(Sign::Name),
                Some(_) => {}
            }
        }
        let single = self.cells(row).count() == 1 && self.headed.len() > 1;
        (single && below_gap && self.usual(end) > 1).then_some(Sign::Single)
    }

    /// The fewest cells that a row above has.
    fn usual(&self, end: usize) -> usize {
        self.rows.iter().take(end).map(|row| self.cells(row).count()).min().unwrap_or(0)
    }

    /// All names above have digits and this has none, or the other way round; or it repeats a name.
    fn is_of_other_form(&self, name: &Cell, end: usize) -> bool {
        let digits = |text: &str| text.chars().any(|c| c.is_ascii_digit());
        let Some(column) = self.table.name else { return false };
        let mut above =
            self.rows.iter().take(end).filter_map(|row| row.cell(column)).map(|cell| cell.text()).peekable();
        let own = digits(&name.text());
        above.peek().is_some() && above.all(|text| digits(&text) != own)
    }

    /// Doubts about the last row of a table that ends without a blank row or a label.
    fn last_in_doubt(&self) -> Option<Diagnostic> {
        let (row, above) = self.rows.split_last()?;
        if above.is_empty() {
            return None;
        }
        let decide = say!(
            "if it is a {called}, write `last-row: {number}`; if not, write `last-row: {last}`, or leave a blank row above it",
            called = Said::words(self.table.called),
            number = row.number,
            last = above.last().map_or(0, |row| row.number)
        );
        let doubt = |why: Said| Some(self.doubt(row, why).help(decide.clone()));
        if matches!(self.label(row), Some(Label::Begins | Label::Weak)) {
            return doubt(say!("may be a total"));
        }
        if let Some(column) = self.table.name {
            // Without a name at all it is told with the names.
            let cell = row.cell(column).filter(|cell| !cell.is_blank())?;
            if above.len() > 1 && self.is_of_other_form(cell, above.len()) {
                return doubt(say!("has a name of another form than all above it"));
            }
        }
        let is_label = |(column, cell): (usize, &'a Cell<'a>)| {
            self.label_of(column, cell) == Some(Label::Exact)
                && !above.iter().any(|row| row.cell(column).is_some_and(|other| other.text() == cell.text()))
        };
        if self.cells(row).any(is_label) {
            return doubt(say!("may be a total"));
        }
        if self.stands_out(row) && self.table.totals != Totals::Rows {
            return doubt(say!("is bold, as totals are"));
        }
        if self.table.name.is_some() {
            return None;
        }
        let fewest = self.usual(above.len());
        if self.cells(row).count() == 1 && fewest > 1 {
            return doubt(say!("has one cell only, and all rows above it have more"));
        }
        let (first, _) = self.cells(row).next()?;
        let unlabelled = above.iter().all(|row| self.cells(row).next().is_some_and(|(column, _)| column < first));
        if unlabelled && self.cells(row).any(|(column, cell)| self.is_sum(column, cell, above)) {
            return doubt(say!("holds the sum of the rows above it and has no cell before it"));
        }
        None
    }

    /// The first row "Norr totalt" or "Summa Norr", or in bold, within the table that holds the sum of rows right above it.
    fn subtotal(&self) -> Option<&'a Row<'a>> {
        if self.table.totals == Totals::Rows {
            return None;
        }
        let mut from = 0;
        for (at, row) in self.rows.iter().enumerate().take(self.rows.len().saturating_sub(1)) {
            if self.label(row) != Some(Label::Begins) && !self.stands_out(row) {
                continue;
            }
            let above = self.rows.get(from..at).unwrap_or_default();
            if self.cells(row).any(|(column, cell)| self.ends_a_sum(column, cell, above)) {
                return Some(row);
            }
            from = at + 1;
        }
        None
    }

    /// A number, not nought, that is the sum of some last rows of those above it.
    fn ends_a_sum(&self, column: usize, cell: &Cell, above: &[Row]) -> bool {
        let Some(own) = number(cell).filter(|own| *own != Exact::ZERO) else { return false };
        let mut sum = Exact::ZERO;
        above.iter().rev().filter_map(|row| row.cell(column).and_then(number)).any(|number| {
            sum = sum.checked_add(number).unwrap_or(Exact::ZERO);
            sum == own
        })
    }

    /// A number that is the sum of those above it.
    fn is_sum(&self, column: usize, cell: &Cell, above: &[Row]) -> bool {
        let numbers: Vec<Exact> = above.iter().filter_map(|row| row.cell(column).and_then(number)).collect();
        let sum = numbers.iter().try_fold(Exact::ZERO, |sum, number| sum.checked_add(*number));
        numbers.len() > 1 && sum.is_some() && sum == number(cell)
    }

    fn doubt(&self, row: &'a Row<'a>, why: Said) -> Diagnostic {
        let cell = self.cells(row).next().map(|(_, cell)| cell);
        let words: String = cell.map(|cell| cell.text()).unwrap_or_default().chars().take(60).collect();
        let message = say!(
            "row {number} (`{words}`) {why}: it cannot be told whether it is a {called}",
            words,
            why,
            number = row.number,
            called = Said::words(self.table.called)
        );
        match cell {
            Some(cell) => cell.at.fault(Code::DATA_DOUBT, &message, self.table.file),
            None => Diagnostic::error(Code::DATA_DOUBT, message).at(self.table.file.span),
        }
    }

    /// A row that looks like a case where none should be.
    fn row_below(&self, row: &'a Row<'a>, end: usize, at: usize) -> Diagnostic {
        let first = self.rows.get(end);
        let gap = (end..=end + at).any(|at| self.rows.get(at).is_some_and(|row| row.gap));
        let label = first.and_then(|first| self.cells(first).next()).map(|(_, cell)| cell.text()).unwrap_or_default();
        let why = match first.and_then(|first| self.label(first)) {
            Some(Label::Exact | Label::Note) => say!("stands below `{label}`", label),
            _ if gap => say!("stands below a blank row"),
            _ => say!("stands below a row that is no case (`{label}`)", label),
        };
        let before = end.checked_sub(1).and_then(|above| self.rows.get(above)).map_or(0, |row| row.number);
        let last = self.rows.last().map_or(0, |row| row.number);
        self.doubt(row, why).help(if at == 0 {
            say!("if it and what follows are cases, delete the blank row, or write `last-row: {last}`; if not, write `last-row: {before}`", last, before)
        } else {
            say!("take totals and notes out of the middle of the table; if the cases end above them, write `last-row: {before}`", before)
        })
    }
}

/// The number that a cell holds, typed as text or not.
fn number(cell: &Cell) -> Option<Exact> {
    match cell.content() {
        Content::Number(value, _) | Content::Percent(value, _) => Some(value),
        Content::Text(_) => match Notation::default().read(&cell.text()) {
            Typed::Number(value, _) => Some(value),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a text is a word for a total: "Summa", "Total:".
pub fn is_total(text: &str) -> bool {
    words::label(text) == Some(Label::Exact)
}

/// Whether a text may be a word for a total: "Summa", "Totalt antal", "Riket".
pub fn may_be_total(text: &str) -> bool {
    matches!(words::label(text), Some(Label::Exact | Label::Begins | Label::Weak))
}

/// A text as it is held against words.
fn folded(text: &str) -> String {
    alike::outline(text)
}
