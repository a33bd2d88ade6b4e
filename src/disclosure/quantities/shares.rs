//! Percentages that are typed beside the numbers that they are shares of. A printed percentage says that a hundred times the part is within half its last
//! digit of so many times the base.

use crate::check::Naming;
use crate::compute::mask::Quantity;
use crate::compute::origin::How;
use crate::document::data::ColumnKind;
use crate::model::{Counting, Counts};
use crate::value::Value;

use super::super::network::{Cell, Exposure, Kind, Need, Relation};
use super::labelled::{Labelled, Line, Words};
use super::presumed::Presumed;
use super::{Builder, cost};

/// How far a percentage of an unknown base may differ in its own scale, so that nothing follows from it once it is hidden.
const UNSCALED: i64 = 10_000_000;

/// A typed percentage, in units of its last digit.
#[derive(Debug, Clone, Copy)]
struct Share {
    value: i64,
    /// So many of the units are one percent.
    scale: i64,
}

impl Share {
    fn new(value: &Value) -> Option<Self> {
        let Value::Percent { value, decimals } = value else { return None };
        let scale = 10i64.checked_pow(u32::from(*decimals))?;
        let value = value.checked_mul(scale.into())?.to_i64()?;
        (0..=100 * scale).contains(&value).then_some(Self { value, scale })
    }

    /// Whether it is what is printed of a part of a base.
    fn is_of(self, part: i64, base: i64) -> bool {
        let off = i128::from(200 * self.scale) * i128::from(part) - i128::from(2 * self.value) * i128::from(base);
        base > 0 && part <= base && off.abs() <= i128::from(base)
    }

    /// The part nearest to it, where one is near enough.
    fn part(self, base: i64) -> Option<i64> {
        let near = i128::from(self.value) * i128::from(base) / i128::from(100 * self.scale);
        let near = i64::try_from(near).ok()?;
        [near, near + 1].into_iter().find(|part| self.is_of(*part, base))
    }
}

/// A percentage with the places of what it may be of.
struct Stated {
    name: Quantity,
    share: Share,
    /// The part, where it is told, and the base.
    part: Option<usize>,
    base: usize,
}

impl Builder<'_> {
    /// Finds typed percentages of persons, and what they say of numbers.
    pub(super) fn shares(&mut self, counting: &Counting<'_>, naming: &Naming<'_>, tables: &[Labelled<'_>]) {
        let (project, truth) = (self.project, self.truth);
        for table in project.findings.tables.iter().filter(|table| table.cross.is_none()) {
            let Some(computed) = self.tables.get(&table.id.value) else { continue };
            let counts = counting.table(&table.id.value);
            let own = tables.iter().find(|known| known.id() == table.id.value);
            // What its author says counts no persons is none of theirs.
            if own.is_none() && (table.counts.is_some() || counts == Counts::Units) {
                continue;
            }
            let fresh;
            let labelled = match own {
                Some(own) => own,
                None => {
                    fresh = Labelled::new(self, naming, table, computed);
                    &fresh
                }
            };
            for (at, column) in computed.columns.iter().enumerate() {
                let is_typed = table.columns.iter().any(|known| known.id.value == column.id);
                if !is_typed || !matches!(column.kind, ColumnKind::Percent { .. }) {
                    continue;
                }
                let mut words = naming.heading(&column.label);
                words.extend(column.of.map(|group| naming.group(group)));
                let stated = self.of_the_table(labelled, at, &words, own.is_some());
                let stated = stated.or_else(|| self.of_another(labelled, at, &words, tables));
                let Some(stated) = stated else { continue };
                self.out.unseen.remove(&table.id.value);
                stated.into_iter().for_each(|stated| self.state(stated));
            }
        }
        for figure in &project.findings.figures {
            let id = &figure.id.value;
            let Some(computed) = truth.figures.get(id) else { continue };
            let (How::Published | How::Given, Some(base)) = (&computed.how, &computed.base) else { continue };
            let base = self.known.get(&Quantity::Figure { id: base.clone(), group: None }).copied();
            let (Some(share), Some(base)) = (Share::new(&computed.total), base) else { continue };
            if figure.counts.is_some_and(|counts| counts != Counts::Persons) || self.known_value(base).is_none() {
                continue;
            }
            self.out.unseen.remove(id);
            let name = Quantity::Figure { id: id.clone(), group: None };
            self.state(Stated { name, share, part: None, base });
        }
    }

    /// A column of percentages as shares of other numbers of its table; of an unknown part where only the base stands there.
    fn of_the_table(&self, table: &Labelled<'_>, at: usize, words: &Words, persons: bool) -> Option<Vec<Stated>> {
        let first = table.lines.iter().find(|line| !line.cells.is_empty())?;
        let columns: Vec<&str> = first.cells.iter().map(|cell| cell.column.as_str()).collect();
        let total = table.lines.iter().find(|line| line.total);
        let fits = |part: &str| first.cells.iter().any(|cell| cell.column == part && cell.words == *words);
        // What is called the same, then what agrees by its numbers alone.
        let mut parts = columns.clone();
        parts.sort_by_key(|part| !fits(part));
        for part in parts {
            let whole = |line: &Line, base: Option<&str>| match base {
                Some(base) => cell(line, base),
                None => total.and_then(|total| cell(total, part)),
            };
            // Across the row, the last column first, then down the column.
            let bases = columns.iter().rev().copied().filter(|base| *base != part).map(Some).chain([None]);
            for base in bases {
                let stated = self.stated(table, at, |line| Some((Some(cell(line, part)?), whole(line, base)?)));
                let wanted = if fits(part) { 1 } else { 3 };
                if let Some((stated, _)) = stated.filter(|(_, agreeing)| *agreeing >= wanted) {
                    return Some(stated);
                }
            }
        }
        // Of amounts it may be anything, such as a change.
        let base = columns.last().filter(|_| persons && self.scale.is_none())?;
        let stated = self.stated(table, at, |line| Some((None, cell(line, base)?)));
        stated.filter(|(stated, _)| !stated.is_empty()).map(|(stated, _)| stated)
    }

    /// A column of percentages as shares of the numbers of another table with the same rows.
    fn of_another(
        &self,
        table: &Labelled<'_>,
        at: usize,
        words: &Words,
        others: &[Labelled<'_>],
    ) -> Option<Vec<Stated>> {
        others.iter().filter(|other| other.id() != table.id()).find_map(|other| {
            let keys = other.by_key();
            let find = |words: Words| {
                let key: Words = words.into_iter().filter(|word| !other.about.contains(word)).collect();
                keys.get(&key).map(|(line, place)| other.lines[*line].cells[*place].cell)
            };
            let both = |line: &Line| {
                let part = find(line.words.union(words).cloned().collect())?;
                let base = find(line.words.clone())?;
                (part != base).then_some((Some(part), base))
            };
            self.stated(table, at, both).filter(|(_, agreeing)| *agreeing > 0).map(|(stated, _)| stated)
        })
    }

    /// The percentages of a column with their parts and bases, and how many agree, where none of those that are known does not.
    fn stated(
        &self,
        table: &Labelled<'_>,
        at: usize,
        of: impl Fn(&Line) -> Option<(Option<usize>, usize)>,
    ) -> Option<(Vec<Stated>, usize)> {
        let (mut out, mut agreeing) = (Vec::new(), 0);
        for line in &table.lines {
            let value = line.at.and_then(|row| table.computed.rows[row].values.get(at));
            let Some(share) = value.and_then(Share::new) else { continue };
            let Some((part, base)) = of(line) else { continue };
            let whole = self.known_value(base);
            let agrees = match (part.map(|part| self.known_value(part)), whole) {
                (_, Some(0)) => continue,
                (_, None) => true,
                (Some(Some(part)), Some(whole)) => {
                    agreeing += 1;
                    share.is_of(part, whole)
                }
                (_, Some(whole)) => share.part(whole).is_some(),
            };
            if !agrees {
                return None;
            }
            let column = &table.computed.columns[at].id;
            out.push(Stated { name: super::cell_name(table.id(), &line.id, column), share, part, base });
        }
        Some((out, agreeing))
    }

    /// A percentage becomes a number of the network, which may be hidden, and says what it says of part and base.
    fn state(&mut self, Stated { name, share, part, base }: Stated) {
        if self.known.contains_key(&name) {
            return;
        }
        // Of a base that the author marks any scale does: what the percentage says is exact as long as it is printed.
        let (whole, lower) = self.known_value(base).map_or((1, -UNSCALED), |whole| (whole, 0));
        let part = part.unwrap_or_else(|| {
            let at = self.mark([]);
            self.out.called.insert(at, name.clone());
            self.out.network.relations.push(Relation::new([(at, 1), (base, -1)], Kind::AtMost, 0));
            at
        });
        let at = self.out.network.cells.len();
        let exposure = Exposure::Open { cost: cost::CELL };
        self.out.network.cells.push(Cell { value: share.value, lower, upper: None, exposure, need: Need::None });
        self.out.names.push(Vec::new());
        self.name(at, name);
        self.out.percentages.insert(at);
        // 200 scale part - 2 share base, at most the base off. The product is taken near the true numbers: exact where either of the two is printed.
        let first = self.out.network.relations.len();
        for (kind, off) in [(Kind::AtMost, -1), (Kind::AtLeast, 1)] {
            let terms = [(part, 200 * share.scale), (base, off - 2 * share.value), (at, -2 * whole)];
            let constant = -2 * whole * share.value;
            self.out.network.relations.push(Relation::new(terms, kind, constant));
        }
        let parts = if self.out.marks.contains(&part) && self.out.names[part].is_empty() {
            vec![base]
        } else {
            vec![part, base]
        };
        self.out.presumed.push(Presumed {
            whole: at,
            parts,
            is_share: true,
            by_names: false,
            relations: vec![first, first + 1],
        });
    }
}

fn cell(line: &Line, column: &str) -> Option<usize> {
    line.cells.iter().find(|cell| cell.column == column).map(|cell| cell.cell)
}
