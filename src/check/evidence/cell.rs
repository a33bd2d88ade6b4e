//! Numbers of the text held to the cell of a table that their sentence names, whether the table is made from data or typed: "I Söder finns 12 skolor"
//! where the row Söder has 9 of them.

use crate::diagnostic::{self, say};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::label::{Label, Said};
use crate::check::Context;
use crate::check::claim::{Fault, number_text, tells};
use crate::check::lang;
use crate::check::lang::Tag;
use crate::check::number::{Number, Unit, factor};
use crate::check::prose::{Passage, Place, TypedTable};
use crate::check::tokens::{Class, class};
use crate::check::typed::{only, says_total};
use crate::compute::table::{ComputedTable, Heading};
use crate::locale::Language;
use crate::model::{Breakdowns, Table};
use crate::value::{Exact, Group, Value};

/// A sentence of more numbers is a table itself.
const MOST: usize = 12;
/// A smaller number is that of another cell by chance.
const TELLING: i64 = 20;
/// So many words of a statement may be of something else where its number is that of another cell.
const OTHER: usize = 2;

/// Words that make a number another than the cell's, unless the table says them itself.
const OTHERS: &[Tag] = &[
    Tag::Earlier,
    Tag::Target,
    Tag::Difference,
    Tag::Grew,
    Tag::Shrank,
    Tag::Negation,
    Tag::Lacks,
    Tag::Average,
    Tag::Median,
    Tag::Per,
    Tag::Planned,
    Tag::Rest,
    Tag::OfWhich,
    Tag::Times,
    Tag::Except,
    Tag::Including,
    Tag::Between,
    Tag::Compared,
    Tag::Total,
];

/// Words that say nothing of what is counted.
const SMALL: &[Tag] = &[
    Tag::Is,
    Tag::Having,
    Tag::Most,
    Tag::Least,
    Tag::More,
    Tag::Fewer,
    Tag::Came,
    Tag::Done,
    Tag::Reached,
    Tag::Determiner,
    Tag::Generic,
    Tag::Share,
    Tag::Number,
    Tag::MakesUp,
    Tag::Within,
    Tag::HedgeAbout,
    Tag::HedgeAbove,
    Tag::HedgeBelow,
];

/// What a row or column is called.
struct Name {
    label: Label,
    /// The group of a breakdown that it is.
    of: Option<Group>,
    /// Its values are those of the others together.
    total: bool,
}

impl Name {
    fn of_heading(heading: &Heading, of: Option<Group>, total: bool, language: Language) -> Self {
        let text = if let Heading::Given(text) = heading { text.value.as_str() } else { "" };
        let total = total || says_total(&text.to_lowercase(), language);
        Self { label: Label::new(text, language), of, total }
    }

    fn stands_in(&self, said: &Said) -> bool {
        let called = !self.label.stems.is_empty() || !self.label.numbers.is_empty();
        match self.of {
            Some(group) => said.group == Some(group),
            None => called && !self.total && self.label.lacking(said).is_none(),
        }
    }

    fn says_less_than(&self, other: &Self) -> bool {
        self.label.stems.len() < other.label.stems.len() && self.label.stems.is_subset(&other.label.stems)
    }
}

/// A value of a table.
struct Cell {
    value: Exact,
    unit: Unit,
    /// Where it is typed.
    typed: Option<(usize, Range<usize>)>,
}

/// A table by what its cells are called.
struct Grid {
    rows: Vec<Name>,
    columns: Vec<Name>,
    cells: Vec<Vec<Option<Cell>>>,
    /// The words of its caption and of the head of its rows; those of them that say what is counted.
    words: BTreeSet<String>,
    counted: BTreeSet<String>,
    /// The numbers of all labels: a year that none of them says is of something else.
    numbers: BTreeSet<String>,
}

impl Grid {
    fn of_data(table: &Table, computed: &ComputedTable, language: Language) -> Self {
        let (caption, stub) = (Label::new(&table.caption.value, language), Label::new(&table.stub.value, language));
        let column = |column: &crate::compute::table::ComputedColumn| {
            Name::of_heading(&column.label, column.of, column.total, language)
        };
        // "Kostnader per verksamhet, tkr"
        let thousand = factor(&table.caption.value, language);
        let cell = |value: &Value| {
            let (value, unit) = match value {
                Value::Count(value) if thousand > Exact::from(1_i64) => (value.checked_mul(thousand)?, Unit::Money),
                Value::Amount { value, unit, .. } => {
                    let own = super::amount(*value, unit.as_deref(), language);
                    (if own == *value { value.checked_mul(thousand)? } else { own }, Unit::Money)
                }
                Value::Count(value) => (*value, Unit::None),
                Value::Percent { value, .. } => (*value, Unit::Percent),
                _ => return None,
            };
            Some(Cell { value, unit, typed: None })
        };
        let rows = || computed.rows.iter().filter(|row| !row.total);
        let is_scale = |stem: &String| factor(stem, language) > Exact::from(1_i64);
        let counted = caption.stems.difference(&stub.stems).filter(|stem| !is_scale(stem)).cloned().collect();
        let mut grid = Self {
            rows: rows().map(|row| Name::of_heading(&row.label, None, row.total, language)).collect(),
            columns: computed.columns.iter().map(column).collect(),
            cells: rows().map(|row| row.values.iter().map(cell).collect()).collect(),
            words: caption.stems.union(&stub.stems).cloned().collect(),
            counted,
            numbers: caption.numbers.clone(),
        };
        grid.number();
        grid
    }

    fn of_typed(context: &Context<'_>, table: &TypedTable) -> Option<Self> {
        let language = context.project.report.language;
        let text = |cell: Option<usize>| {
            cell.and_then(|cell| context.prose.passages.get(cell)).map_or("", |passage| &passage.text)
        };
        let name = |cell: Option<usize>| {
            let label = Label::new(text(cell), language);
            Name { label, of: None, total: says_total(&text(cell).trim().to_lowercase(), language) }
        };
        let (head, rows) = table.rows.split_first()?;
        let rows: Vec<_> = rows
            .iter()
            .filter(|row| !says_total(&text(row.first().copied().flatten()).trim().to_lowercase(), language))
            .collect();
        let cell = |column: usize, cell: Option<usize>| {
            let cell = cell?;
            let (_, number) = only(context, cell)?;
            let named = text(head.get(column).copied().flatten());
            let scale = factor(named, language);
            let percent = named.contains('%') && number.unit == Unit::None;
            let (value, unit) = match number.unit {
                Unit::None if scale > Exact::from(1_i64) => (number.value.checked_mul(scale)?, Unit::Money),
                unit => (number.value, if percent { Unit::Percent } else { unit }),
            };
            Some(Cell { value, unit, typed: Some((cell, number.range.clone())) })
        };
        let mut grid = Self {
            rows: rows.iter().map(|row| name(row.first().copied().flatten())).collect(),
            columns: head.iter().skip(1).map(|head| name(*head)).collect(),
            cells: rows
                .iter()
                .map(|row| row.iter().enumerate().skip(1).map(|(at, own)| cell(at, *own)).collect())
                .collect(),
            words: Label::new(text(head.first().copied().flatten()), language).stems,
            counted: BTreeSet::new(),
            numbers: BTreeSet::new(),
        };
        grid.number();
        Some(grid)
    }

    fn number(&mut self) {
        let names = self.rows.iter().chain(&self.columns);
        self.numbers.extend(names.flat_map(|name| name.label.numbers.iter().cloned()));
    }

    fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.cells.get(row)?.get(column)?.as_ref()
    }

    /// The columns whose values a number can be one of.
    fn like(&self, row: usize, unit: Unit) -> Vec<usize> {
        (0..self.columns.len()).filter(|column| self.cell(row, *column).is_some_and(|cell| cell.unit == unit)).collect()
    }

    /// Values that follow from those of a row or column: their sums, differences and shares.
    fn follow(&self, row: usize, column: usize) -> Vec<Exact> {
        let of_row: Vec<Exact> =
            self.cells[row].iter().flatten().filter(|cell| cell.unit != Unit::Percent).map(|cell| cell.value).collect();
        let of_column: Vec<Exact> =
            (0..self.rows.len()).filter_map(|row| self.cell(row, column)).map(|cell| cell.value).collect();
        let sum = |all: &[Exact]| all.iter().try_fold(Exact::ZERO, |sum, value| sum.checked_add(*value));
        let mut out: Vec<Exact> = sum(&of_row).into_iter().chain(sum(&of_column)).collect();
        for one in of_row.iter().chain(&of_column) {
            for other in of_row.iter().chain(&of_column).take(NEAR) {
                out.extend(one.checked_sub(*other).map(Exact::magnitude));
                out.extend(crate::check::claim::relation::percent_of(*one, *other));
            }
        }
        out
    }
}

/// So many cells of a row and column are held against each other.
const NEAR: usize = 40;

/// The one of some names that stands in a text and is no part of another that does.
fn named(names: &[Name], among: &[usize], said: &Said) -> Vec<usize> {
    let all: Vec<usize> = among.iter().copied().filter(|at| names[*at].stands_in(said)).collect();
    let more = |at: &usize| all.iter().any(|other| names[*at].says_less_than(&names[*other]));
    all.iter().copied().filter(|at| !more(at)).collect()
}

/// All numbers that a cell contradicts.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let language = context.project.report.language;
    let breakdowns = &context.project.workspace.breakdowns;
    let data = context.project.findings.tables.iter();
    let data =
        data.filter_map(|table| Some(Grid::of_data(table, context.statistics.tables.get(&table.id.value)?, language)));
    let grids: Vec<Grid> =
        data.chain(context.prose.tables.iter().filter_map(|table| Grid::of_typed(context, table))).collect();
    // Rows by one of their words.
    let mut rows: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, grid) in grids.iter().enumerate() {
        for (row, name) in grid.rows.iter().enumerate() {
            if let Some(word) = name.label.stems.iter().chain(&name.label.numbers).next() {
                rows.entry(word).or_default().push((at, row));
            }
        }
    }
    let mut out = Vec::new();
    for (at, passage) in context.passages().filter(|(_, passage)| passage.is_audited()) {
        if !matches!(passage.place, Place::Paragraph | Place::Item | Place::Note | Place::Description)
            || rows.is_empty()
        {
            continue;
        }
        for sentence in &passage.sentences {
            let inside = passage.numbers_in(sentence);
            if inside.is_empty() || inside.len() > MOST {
                continue;
            }
            let said = Said::new(passage, sentence.clone());
            let words = said.stems.keys().map(String::as_str).chain(said.numbers.iter().map(String::as_str));
            let mut known: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (grid, row) in words.filter_map(|word| rows.get(word)).flatten() {
                if grids[*grid].rows[*row].stands_in(&said) {
                    known.entry(*grid).or_default().push(*row);
                }
            }
            for number in inside.filter(|_| !known.is_empty()) {
                let held = known.iter().map(|(grid, rows)| {
                    Reading { passage, number, said: &said, grid: &grids[*grid], breakdowns }.verdict(rows)
                });
                let held: Vec<Verdict> = held.collect();
                if held.iter().any(|verdict| matches!(verdict, Verdict::Agrees)) {
                    continue;
                }
                out.extend(held.into_iter().find_map(|verdict| match verdict {
                    Verdict::Contradicts { message, also } => Some(Fault {
                        passage: at,
                        range: passage.numbers[number].range.clone(),
                        message,
                        help: say!("correct the number or the table, or bind the cell"),
                        also: also.map(|(cell, range)| (cell, range, say!("the table"))),
                    }),
                    _ => None,
                }));
            }
        }
    }
    out
}

enum Verdict {
    /// The table does not speak of the number.
    Silent,
    Agrees,
    Contradicts {
        message: diagnostic::Said,
        also: Option<(usize, Range<usize>)>,
    },
}

/// A number held against a table that its sentence names a row of.
struct Reading<'a> {
    passage: &'a Passage,
    number: usize,
    said: &'a Said,
    grid: &'a Grid,
    breakdowns: &'a Breakdowns,
}

impl Reading<'_> {
    fn own(&self) -> &Number {
        &self.passage.numbers[self.number]
    }

    fn verdict(&self, rows: &[usize]) -> Verdict {
        let (passage, grid, own) = (self.passage, self.grid, self.own());
        let of = class(own, &passage.text);
        if own.bound || !matches!(of, Class::Count | Class::Decimal | Class::Percent | Class::Money) {
            return Verdict::Silent;
        }
        let clause = Said::new(passage, passage.clause(&own.range));
        let next = passage.numbers.get(self.number + 1).filter(|next| {
            next.range.start < clause.range.end && !matches!(class(next, &passage.text), Class::Year | Class::Name)
        });
        let behind = Said::new(passage, own.range.end..next.map_or(clause.range.end, |next| next.range.start));
        let one = |found: Vec<usize>| if let [one] = found.as_slice() { Some(*one) } else { None };
        let (row, from) = match named(&grid.rows, rows, &clause).as_slice() {
            [_] if self.is_joined(rows, &clause) => return Verdict::Silent,
            [row] => (Some(*row), clause.range.start),
            // What the sentence says before is said of this number as well: "I Farsta intervjuades 12 kvinnor och 14 män".
            [] => (one(named(&grid.rows, rows, self.said)), self.said.range.start),
            _ => (None, 0),
        };
        let Some(row) = row else { return Verdict::Silent };
        // "Av de 102 platserna i Almby var 14 stängda": what follows the next number is said of that.
        let statement = Said::new(passage, from..next.map_or(clause.range.end, |next| next.range.start));
        let like = grid.like(row, own.unit);
        // Whose number it is must stand near: "295 medlemmar, varav 140 kvinnor".
        let plain: Vec<usize> = like.iter().copied().filter(|at| grid.columns[*at].of.is_none()).collect();
        let near = [(&behind, &like), (&clause, &like), (self.said, &plain)];
        let near = near.into_iter().map(|(said, among)| named(&grid.columns, among, said));
        let column =
            near.into_iter().find(|found| !found.is_empty()).and_then(one).or_else(|| self.whole(&like, &clause));
        let Some(column) = column else { return Verdict::Silent };
        let Some(cell) = grid.cell(row, column) else { return Verdict::Silent };
        if tells(passage, own, cell.value) {
            return Verdict::Agrees;
        }
        let others = grid.cells[row].iter().enumerate().filter(|(at, _)| *at != column).map(|(_, cell)| cell);
        let mut others = others.chain(
            grid.cells.iter().enumerate().filter(|(at, _)| *at != row).filter_map(|(_, cells)| cells.get(column)),
        );
        let slip =
            others.any(|other| other.as_ref().is_some_and(|other| other.unit == cell.unit && other.value == own.value));
        let allowed = if slip && own.value >= Exact::from(TELLING) { OTHER } else { 0 };
        let follows = !slip && grid.follow(row, column).into_iter().any(|value| tells(passage, own, value));
        if follows
            || self.is_part(&behind, &grid.columns[column])
            || self.speaks_of_more(&statement, row, column, allowed)
        {
            return Verdict::Silent;
        }
        let called = |name: &Name| match name.of {
            Some(group) => self.breakdowns.id(group).to_owned(),
            None => name
                .label
                .words
                .iter()
                .map(|(word, _)| word.as_str())
                .chain(name.label.numbers.iter().map(String::as_str))
                .collect::<Vec<_>>()
                .join(" "),
        };
        let names = [called(&grid.rows[row]), called(&grid.columns[column])];
        let names: Vec<String> = names.iter().filter(|name| !name.is_empty()).map(|name| format!("`{name}`")).collect();
        let message = say!(
            "the table has {cell} for {names}, not {first}",
            cell = cell.value,
            names = names.join(", "),
            first = number_text(own)
        );
        Verdict::Contradicts { message, also: cell.typed.clone() }
    }

    /// The column of the whole, or the only one, where the sentence says what the table counts.
    fn whole(&self, like: &[usize], clause: &Said) -> Option<usize> {
        let grid = self.grid;
        let said = !grid.counted.is_empty() && grid.counted.iter().all(|stem| self.said.stems.contains_key(stem));
        let whole = || like.iter().copied().find(|at| grid.columns[*at].total);
        let column = if let [one] = like { Some(*one) } else { whole() };
        column.filter(|_| said && clause.group.is_none())
    }

    /// "Almby och Björknäs har 206 platser": the number is that of both.
    fn is_joined(&self, rows: &[usize], clause: &Said) -> bool {
        let before = self.passage.tokens_in(&(self.said.range.start..clause.range.start));
        let Some((joint, [.., last])) = before.split_last() else { return false };
        let other = Said::new(self.passage, self.passage.clause(&last.range));
        let alone = joint.has(Tag::Joint) && self.passage.numbers_in(&other.range).is_empty();
        alone && !named(&self.grid.rows, rows, &other).is_empty()
    }

    /// "12 av skolorna": a part of what the column counts.
    fn is_part(&self, behind: &Said, column: &Name) -> bool {
        let of = self.passage.tokens_in(&behind.range).first().is_some_and(|token| token.has(Tag::Of));
        of && column.of.is_none() && column.stands_in(behind)
    }

    /// Whether the statement says more than its row, its column and the table do.
    fn speaks_of_more(&self, statement: &Said, row: usize, column: usize, allowed: usize) -> bool {
        let (passage, grid) = (self.passage, self.grid);
        let names = [&grid.rows[row].label, &grid.columns[column].label];
        let known = |word: &str| grid.words.contains(word) || names.iter().any(|label| label.stems.contains(word));
        let year = |number: &String| number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
        if self.said.numbers.iter().filter(|number| year(number)).any(|number| !grid.numbers.contains(number)) {
            return true;
        }
        let neutral = &lang::lists(passage.language).neutral;
        let mut other = 0;
        for token in passage.tokens_in(&statement.range).iter().filter(|token| token.number().is_none()) {
            let mut words = statement
                .tokens
                .iter()
                .filter(|word| token.range.start <= word.range.start && word.range.end <= token.range.end);
            let told = words.clone().any(|word| word.stem.as_deref().is_some_and(known));
            if told {
                continue;
            }
            if token.tags.any(OTHERS) {
                return true;
            }
            let of_group = grid.columns[column].of.is_some();
            let small = token.tags.any(SMALL) || of_group && token.group.is_some();
            other +=
                usize::from(!small && words.any(|word| word.stem.is_some() && !neutral.contains(&word.lower.as_str())));
        }
        other > allowed
    }
}
