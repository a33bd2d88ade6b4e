//! What a published version told of the numbers of a report, as its record keeps it.

mod gathered;

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Groups;
use crate::compare::normal;
use crate::compare::state::{Alone, Amount, FileKind, Row, State, Table};
use crate::compute::mask::Quantity;
use crate::compute::origin::How;
use crate::compute::statistics::{Computed, Statistics};
use crate::document::FilterName;
use crate::document::data::ColumnKind;
use crate::locale::Language;
use crate::model::{Cells, Operation, Project};
use crate::value::{Blank, Exact, Group};

use super::Edition;
use super::numbers::{amount, numbers};

/// What a version told.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// The numbers that it printed.
    pub values: BTreeMap<Quantity, i64>,
    /// Those that its report did not print, with what did: an extract, a decision page.
    pub by: BTreeMap<Quantity, String>,
    /// Numbers that it may have printed.
    pub doubtful: BTreeSet<Quantity>,
    pub shares: Vec<Share>,
    /// Amounts that it printed rounded: from where to where they may be.
    pub bands: Vec<(Quantity, i64, i64)>,
    /// What its tables and sums were made of.
    pub lines: Vec<Line>,
}

/// A percentage of a base, as it was rounded.
#[derive(Debug)]
pub(super) struct Share {
    pub part: Quantity,
    pub base: Quantity,
    /// In units of its last decimal.
    pub percent: i64,
    pub decimals: u8,
}

/// A number, and what it is the sum of, each so many times.
#[derive(Debug)]
pub(super) struct Line {
    pub whole: Quantity,
    pub parts: Vec<(Quantity, i64)>,
    /// Whether the rows are each one's own: nobody stands in two of them.
    pub typed: bool,
}

/// How a binding was printed.
enum Form<'a> {
    Number,
    Words,
    Percent,
    /// The part and its base.
    Share,
    Base,
    By(&'a str),
}

pub(super) struct Reader<'a> {
    project: &'a Project,
    truth: &'a Statistics,
    language: Language,
    groups: Groups<'a>,
    edition: &'a Edition,
    /// Where amounts are read, the decimal whose units they are in.
    decimals: Option<u8>,
    out: Claims,
}

impl<'a> Reader<'a> {
    pub fn read(
        (project, truth, language): (&'a Project, &'a Statistics, Language),
        edition: &'a Edition,
        decimals: Option<u8>,
    ) -> Claims {
        let groups = Groups::new(&project.workspace.breakdowns, language);
        let mut reader = Self { project, truth, language, groups, edition, decimals, out: Claims::default() };
        let state = &edition.state;
        edition.alone.iter().for_each(|(name, alone)| reader.alone(name, alone));
        if edition.report.is_none() {
            laid(edition).iter().for_each(|(id, table)| reader.table(state, id, table));
        } else {
            reader.measures(state);
            state.bindings.iter().for_each(|(written, text)| reader.bound_measure(state, written, text));
        }
        let others = std::mem::take(&mut reader.out.values);
        reader.bindings(&state.bindings);
        reader.out.by.retain(|name, _| !reader.out.values.contains_key(name));
        reader.out.values.extend(others);
        for (id, figure) in &state.figures {
            let Some(whole) = reader.known(id).filter(|whole| reader.out.values.contains_key(whole)) else { continue };
            let parts: Option<Vec<Quantity>> = figure.from.iter().map(|id| reader.known(id)).collect();
            if let Some(parts) = parts.filter(|parts| parts.len() > 1) {
                // Which of the two it is, its value tells.
                for sign in [1, -1] {
                    let signed = parts.iter().cloned().enumerate();
                    let parts = signed.map(|(at, part)| (part, if at == 0 { 1 } else { sign })).collect();
                    reader.out.lines.push(Line { whole: whole.clone(), parts, typed: false });
                }
            }
        }
        reader.out
    }

    /// A figure of the record by the name that it has in this report.
    fn known(&self, id: &str) -> Option<Quantity> {
        Some(Quantity::Figure { id: self.local(id)?, group: None })
    }

    fn local(&self, id: &str) -> Option<String> {
        match &self.edition.report {
            None => (!id.contains(':')).then(|| id.to_owned()),
            Some(other) => {
                let own = id.trim_start_matches(':').strip_prefix(self.project.report.id.as_str());
                match own.and_then(|rest| rest.strip_prefix(':')) {
                    Some(own) => Some(own.to_owned()),
                    // What that report has of its own, no id of an author's here is like.
                    None => Some(format!("{other}:{id}")),
                }
            }
        }
    }

    fn bindings(&mut self, bindings: &BTreeMap<String, String>) {
        for (written, text) in bindings {
            self.binding(written, text);
        }
    }

    /// What an extract or a decision page printed alone.
    fn alone(&mut self, name: &str, alone: &Alone) {
        let before = std::mem::take(&mut self.out.values);
        self.bindings(&alone.bindings);
        // What is made from another report has tables of that one alone.
        for (id, rows) in alone.tables.iter().filter(|_| self.edition.report.is_none()) {
            self.cells(id, rows);
        }
        let told = std::mem::replace(&mut self.out.values, before);
        for (quantity, value) in told {
            self.out.by.entry(quantity.clone()).or_insert_with(|| name.to_owned());
            self.out.values.insert(quantity, value);
        }
    }

    /// Cells of a table by row and column.
    fn cells(&mut self, id: &str, rows: &BTreeMap<String, BTreeMap<String, String>>) -> Option<()> {
        let now = self.truth.tables.get(id)?;
        let given = self.project.findings.tables.iter().find(|known| known.id.value == id)?;
        for (row, cells) in rows {
            for (column, text) in cells {
                let (name, amount) = (cell(id, row, column), Amount::as_printed(text.clone()));
                if let Some(derived) = given.derived.iter().find(|known| known.id.value == *column) {
                    self.derived(id, row, name, &amount, derived);
                } else if now.columns.iter().any(|known| known.id == *column && self.is_read(&known.kind)) {
                    self.takes_down(&name, &amount);
                }
            }
        }
        Some(())
    }

    fn table(&mut self, state: &State, id: &str, table: &Table) {
        let Some(now) = self.truth.tables.get(id) else { return };
        let Some(given) = self.project.findings.tables.iter().find(|known| known.id.value == id) else { return };
        let derived = |column: &str| given.derived.iter().find(|known| known.id.value == column);
        let cell = |row: &str, column: &str| cell(id, row, column);
        let printed = printed(state, id, table);
        let mut columns: BTreeMap<&str, Vec<(Quantity, i64)>> = BTreeMap::new();
        for row in &table.rows {
            let mut parts = Vec::new();
            let mut whole = None;
            for (amount, heading) in row.cells.iter().zip(&table.columns) {
                let (name, column) = (cell(&row.id, &heading.id), heading.id.as_str());
                let known = now.columns.iter().find(|known| known.id == column);
                if amount.printed().is_empty() {
                    continue;
                }
                if let Some(column) = derived(column) {
                    if printed == Printed::Yes {
                        self.derived(id, &row.id, name, amount, column);
                    }
                    continue;
                }
                let Some(known) = known.filter(|known| self.is_read(&known.kind)) else { continue };
                let is_sure = self.out.by.contains_key(&name) || printed == Printed::Yes;
                if printed != Printed::No && self.takes_down(&name, amount) && !is_sure {
                    self.out.doubtful.insert(name.clone());
                }
                if known.total {
                    whole = Some(name.clone());
                } else if amount.printed() != Blank::NotApplicable.mark() {
                    parts.push((name.clone(), 1));
                }
                if row.id != "total" {
                    columns.entry(column).or_default().push((name, 1));
                }
            }
            let whole = whole.unwrap_or_else(|| Quantity::Figure { id: format!("{id}.{}", row.id), group: None });
            let typed = given.cross.is_none();
            self.out.lines.push(Line { whole, parts, typed });
        }
        let typed = given.cross.is_none();
        let lines = columns.into_iter().map(|(column, parts)| Line { whole: cell("total", column), parts, typed });
        self.out.lines.extend(lines);
    }

    /// A column that is computed of others of its row.
    fn derived(
        &mut self,
        table: &str,
        row: &str,
        name: Quantity,
        amount: &Amount,
        column: &crate::model::DerivedColumn,
    ) {
        let cell = |row: &str, column: &str| cell(table, row, column);
        match (&column.operation, &column.cells) {
            (Operation::Share, cells) => {
                let (part, base) = match cells {
                    Cells::Row(of) if of.len() == 2 => (cell(row, &of[0].value), cell(row, &of[1].value)),
                    Cells::OfAll(of) => (cell(row, &of.value), cell("total", &of.value)),
                    _ => return,
                };
                if let Some((value, decimals)) =
                    numbers(amount.printed(), false, self.language, &self.groups).first().copied()
                {
                    self.share(part, base, value, decimals);
                }
            }
            (Operation::Sum | Operation::Difference, Cells::Row(of)) => {
                if !self.takes_down(&name, amount) {
                    return;
                }
                let rest = if column.operation == Operation::Sum { 1 } else { -1 };
                let parts = of.iter().enumerate();
                let parts = parts.map(|(at, of)| (cell(row, &of.value), if at == 0 { 1 } else { rest })).collect();
                self.out.lines.push(Line { whole: name, parts, typed: false });
            }
            _ => {}
        }
    }

    /// Whether the numbers of a column are read.
    fn is_read(&self, kind: &ColumnKind) -> bool {
        matches!(kind, ColumnKind::Count) || self.decimals.is_some() && matches!(kind, ColumnKind::Amount { .. })
    }

    /// Takes down what a cell told, if it told a number.
    fn takes_down(&mut self, name: &Quantity, amount: &Amount) -> bool {
        if self.decimals.is_some() {
            return self.amount(name, amount.printed(), amount.number());
        }
        let value = number_of(amount);
        self.out.values.extend(value.map(|value| (name.clone(), value)));
        value.is_some()
    }

    /// The same of an amount, as it was printed.
    fn amount(&mut self, name: &Quantity, printed: &str, number: Option<Exact>) -> bool {
        let Some(scale) = self.decimals.and_then(|decimals| 10_i64.checked_pow(decimals.into())) else { return false };
        let read = amount(printed, self.language, &self.groups);
        let read = read.or((printed == Blank::Zero.mark()).then_some((Exact::ZERO, 0)));
        let Some((read, decimals)) = read else { return false };
        let units = |value: Exact| value.checked_mul(Exact::from(scale));
        let Some(value) = units(read) else { return false };
        let digit =
            10_i64.checked_pow(decimals.into()).and_then(|digit| units(Exact::ratio(1_i64.into(), digit.into())?));
        match (value.to_i64(), digit) {
            // What is printed to the unit is known to it.
            (Some(value), Some(digit)) if number == Some(read) || digit <= Exact::from(1_i64) => {
                self.out.values.insert(name.clone(), value);
            }
            (Some(value), Some(digit)) => {
                let half = digit.to_i64().unwrap_or(1).saturating_add(1) / 2;
                self.out.bands.push((name.clone(), value.saturating_sub(half), value.saturating_add(half)));
            }
            _ => return false,
        }
        true
    }

    fn share(&mut self, part: Quantity, base: Quantity, value: Exact, decimals: u8) {
        let scaled = 10_i64.checked_pow(decimals.into()).and_then(|by| value.checked_mul(Exact::from(by)));
        if let Some(percent) = scaled.and_then(Exact::to_i64) {
            self.out.shares.push(Share { part, base, percent, decimals });
        }
    }

    /// What a binding printed.
    fn binding(&mut self, written: &str, text: &str) -> Option<()> {
        let breakdowns = &self.project.workspace.breakdowns;
        let mut filters = written.split('|').map(str::trim);
        let id = self.local(filters.next()?)?;
        let (mut group, mut column, mut form) = (None, None, Form::Number);
        for filter in filters {
            let (word, rest) = filter.split_once(' ').unwrap_or((filter, ""));
            match FilterName::beginning(word) {
                Some(FilterName::Percent) => form = Form::Percent,
                Some(FilterName::Share | FilterName::Full) => form = Form::Share,
                Some(FilterName::Words) => form = Form::Words,
                Some(FilterName::Base) => form = Form::Base,
                Some(FilterName::By) => form = Form::By(rest.trim()),
                Some(FilterName::Column) => column = Some(rest.trim()),
                Some(FilterName::Total) => (group, column) = (None, None),
                Some(FilterName::Number | FilterName::Capital | FilterName::Unit) => {}
                Some(_) => return None,
                None => group = Some(breakdowns.group(filter)?),
            }
        }
        let figure = self.truth.figures.get(&id);
        let name = match column {
            None => Quantity::Figure { id: id.clone(), group },
            Some(column) => match figure.map(|figure| &figure.how) {
                Some(How::Row { table, row }) => cell(table, row, column),
                _ => id.rsplit_once('.').map(|(table, row)| cell(table, row, column))?,
            },
        };
        if self.decimals.is_some() && matches!(form, Form::Number) && !figure.is_some_and(is_share) {
            self.amount(&name, text, None);
            return Some(());
        }
        let in_words = !matches!(form, Form::Number | Form::Percent);
        let numbers = numbers(text, in_words, self.language, &self.groups);
        let whole =
            |at: usize| numbers.get(at).filter(|(_, decimals)| *decimals == 0).and_then(|(value, _)| value.to_i64());
        let of = |id: &str| Quantity::Figure { id: id.to_owned(), group };
        let base = || figure.and_then(|figure| figure.base.as_deref()).map(of);
        match form {
            Form::Number if figure.is_some_and(is_share) => {
                self.percentage(figure?, name, group, numbers.first().copied()?)
            }
            Form::Number | Form::Words if figure.is_none_or(is_count) && numbers.len() == 1 => {
                self.out.values.insert(name, whole(0)?);
            }
            Form::Percent => self.percentage(figure?, name, group, numbers.first().copied()?),
            Form::Share => {
                let part = match &figure?.how {
                    How::Share { part, .. } => of(part),
                    _ => name,
                };
                let (of_part, of_base) = (whole(0)?, whole(1)?);
                self.out.values.insert(part, of_part);
                self.out.values.insert(base()?, of_base);
            }
            Form::Base => {
                self.out.values.insert(base()?, whole(0)?);
            }
            Form::By(breakdown) => {
                let (place, _) = breakdowns.find(breakdown)?;
                let groups: Vec<Group> = figure?.parts_by(place).map(|(group, _)| group).collect();
                if groups.len() == numbers.len() {
                    for (at, group) in groups.into_iter().enumerate() {
                        let name = Quantity::Figure { id: id.clone(), group: Some(group) };
                        self.out.values.insert(name, whole(at)?);
                    }
                }
            }
            Form::Number | Form::Words => {}
        }
        Some(())
    }

    fn percentage(&mut self, figure: &Computed, name: Quantity, group: Option<Group>, (value, decimals): (Exact, u8)) {
        let of = |id: &str| Quantity::Figure { id: id.to_owned(), group };
        match (&figure.how, &figure.base) {
            (How::Share { part, whole }, _) => self.share(of(part), of(whole), value, decimals),
            (_, Some(base)) if is_count(figure) => self.share(name, of(base), value, decimals),
            _ => {}
        }
    }
}

/// The tables of an edition with the cells that parts of the report printed alone: what they print together has the same sums.
fn laid(edition: &Edition) -> BTreeMap<String, Table> {
    let mut out = edition.state.tables.clone();
    for (id, rows) in edition.alone.iter().flat_map(|(_, alone)| &alone.tables) {
        let Some(table) = out.get_mut(id) else { continue };
        for (id, cells) in rows {
            let at = table.rows.iter().position(|row| row.id == *id).unwrap_or_else(|| {
                let blank = table.columns.iter().map(|_| Amount::as_printed(String::new())).collect();
                table.rows.push(Row { id: id.clone(), label: String::new(), cells: blank, from: Vec::new() });
                table.rows.len() - 1
            });
            for (heading, cell) in table.columns.iter().zip(&mut table.rows[at].cells) {
                if let Some(text) = cells.get(&heading.id).filter(|_| cell.printed().is_empty()) {
                    *cell = Amount::as_printed(text.clone());
                }
            }
        }
    }
    out
}

fn is_share(figure: &Computed) -> bool {
    matches!(figure.how, How::Share { .. })
}

fn is_count(figure: &Computed) -> bool {
    super::super::quantities::whole(&figure.total).is_some()
}

fn cell(table: &str, row: &str, column: &str) -> Quantity {
    Quantity::Cell { table: table.to_owned(), row: row.to_owned(), column: column.to_owned() }
}

/// A whole number of a cell; nought where a dash stands for it.
fn number_of(amount: &Amount) -> Option<i64> {
    match amount.number() {
        Some(number) => number.to_i64(),
        None => (amount.printed() == Blank::Zero.mark()).then_some(0),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Printed {
    Yes,
    Perhaps,
    No,
}

/// Whether the cells of a table were printed. Records of versions without a policy have them all, and say only which sections print the table, a chart
/// of it or one of its rows.
fn printed(state: &State, id: &str, table: &Table) -> Printed {
    if state.protected {
        return Printed::Yes;
    }
    if table.used.is_empty() {
        return Printed::No;
    }
    let caption = normal(&table.caption);
    let sections = state.sections.iter().filter(|section| table.used.contains(&section.id));
    let mut paragraphs = sections.flat_map(|section| &section.paragraphs);
    let row = format!("{id}.");
    if paragraphs.any(|paragraph| normal(&paragraph.text) == caption)
        || !state.bindings.keys().any(|written| written.starts_with(&row))
    {
        return Printed::Yes;
    }
    let mut files = state.files.iter().flatten();
    if state.files.is_none() || files.any(|file| file.kind == FileKind::Chart) { Printed::Perhaps } else { Printed::No }
}
