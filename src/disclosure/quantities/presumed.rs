//! Numbers of typed tables and figures that hang together without saying so: the same number twice, a row of several others, a column of totals. A relation
//! is presumed only where the names fit and all numbers agree, since a reader presumes it then as well.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Naming;
use crate::compute::mask::Quantity;
use crate::compute::origin::How;
use crate::compute::table::Heading;
use crate::model::{Counting, Counts, Figure};
use crate::value::Group;

use super::super::network::Relation;
use super::Builder;
use super::labelled::{Labelled, Line, Words};

/// A relation that no author declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presumed {
    pub whole: usize,
    /// What it is the sum of, or for a percentage what it is a share of: the part and its base.
    pub parts: Vec<usize>,
    pub is_share: bool,
    /// Its names fit, and no number speaks for it, since the author's marks stand in the place of those that could.
    pub by_names: bool,
    /// Places of its relations in the network.
    pub relations: Vec<usize>,
}

impl Presumed {
    pub fn cells(&self) -> impl Iterator<Item = usize> + '_ {
        self.parts.iter().copied().chain([self.whole])
    }
}

/// How many numbers must agree where no name says that they belong together.
const BY_NUMBERS: usize = 2;

/// A whole with its parts.
type Sums = Vec<(usize, Vec<usize>)>;

/// What speaks for sums whose names fit.
#[derive(Clone, Copy)]
enum Evidence {
    /// So many numbers agree.
    Numbers(usize),
    /// None that is known does or does not; so many would, were they not the author's marks.
    Names(usize),
}

impl Evidence {
    fn count(self) -> usize {
        match self {
            Self::Numbers(count) | Self::Names(count) => count,
        }
    }
}

/// A number of a figure with the words of its label.
struct Told {
    cell: usize,
    words: Words,
}

impl<'a> Builder<'a> {
    /// Finds them among typed tables and figures of persons.
    pub(super) fn presume(&mut self, counting: &Counting<'_>) {
        let project = self.project;
        let naming = Naming::new(&project.workspace.breakdowns, project.report.language);
        let tables = self.typed_tables(counting, &naming);
        for table in &tables {
            self.typed_totals(table, &naming);
            self.of_its_base(table);
            if self.scale.is_some() {
                self.nested(table);
            }
        }
        let keys: Vec<_> = tables.iter().map(Labelled::by_key).collect();
        for (one, left) in tables.iter().enumerate() {
            for (two, right) in tables.iter().enumerate().skip(one + 1) {
                self.same((left, &keys[one]), (right, &keys[two]));
            }
            for other in &tables {
                self.merged_rows(left, other);
            }
        }
        let told: Vec<Vec<Told>> =
            project.findings.figures.iter().map(|figure| self.told_of(figure, &naming)).collect();
        for told in told.iter().filter(|told| !told.is_empty()) {
            for (table, keys) in tables.iter().zip(&keys) {
                self.figure_of(told, table, keys);
            }
        }
        self.groups_apart(&told, &tables, &keys);
        self.shares(counting, &naming, &tables);
        self.settle_marks();
    }

    fn typed_tables(&self, counting: &Counting<'_>, naming: &Naming<'_>) -> Vec<Labelled<'a>> {
        let (project, tables) = (self.project, self.tables);
        let typed = project.findings.tables.iter().filter(|table| table.cross.is_none());
        typed
            .filter_map(|table| Some((table, tables.get(&table.id.value)?)))
            .filter(|(table, computed)| match self.scale {
                Some(_) => !self.given(table, computed).is_empty(),
                None => counting.table(&table.id.value) == Counts::Persons,
            })
            .map(|(table, computed)| Labelled::new(self, naming, table, computed))
            .collect()
    }

    /// Relates sums whose names fit, if enough speaks for them and nothing against them.
    fn relate_if(&mut self, sums: Sums, is_enough: impl Fn(usize) -> bool) {
        let Some(evidence) = self.evidence(&sums).filter(|evidence| is_enough(evidence.count())) else { return };
        let by_names = matches!(evidence, Evidence::Names(_));
        sums.into_iter().for_each(|(whole, parts)| self.relate(whole, parts, by_names));
    }

    fn evidence(&self, sums: &Sums) -> Option<Evidence> {
        let is_marked = |(whole, parts): &&(usize, Vec<usize>)| {
            parts.iter().chain([whole]).any(|at| self.known_value(*at).is_none())
        };
        Some(match self.agreeing(sums)? {
            0 => Evidence::Names(sums.iter().filter(is_marked).count()),
            agreeing => Evidence::Numbers(agreeing),
        })
    }

    /// A whole is the sum of parts, unless that is known or says nothing.
    pub(super) fn relate(&mut self, whole: usize, mut parts: Vec<usize>, by_names: bool) {
        parts.sort_unstable();
        if parts.is_empty() || parts.contains(&whole) {
            return;
        }
        let relation = Relation::sum(whole, parts.iter().copied()).in_order();
        let alike = |known: &Relation| {
            if known.terms.len() != relation.terms.len() {
                return false;
            }
            let terms = known.in_order().terms;
            let is_turned = || terms.iter().map(|(at, factor)| (*at, -factor)).eq(relation.terms.iter().copied());
            known.kind == relation.kind && known.constant == 0 && (terms == relation.terms || is_turned())
        };
        if let Some(at) = self.out.network.relations.iter().position(alike) {
            let known = self.out.presumed.iter_mut().find(|known| known.relations == [at]);
            known.into_iter().for_each(|known| known.by_names &= by_names);
            return;
        }
        let relations = vec![self.out.network.relations.len()];
        self.out.network.relations.push(relation);
        self.out.presumed.push(Presumed { whole, parts, is_share: false, by_names, relations });
    }

    /// How many numbers a sum holds for, of those that are known; none where it does not hold for one.
    fn agreeing<'s>(&self, sums: impl IntoIterator<Item = &'s (usize, Vec<usize>)>) -> Option<usize> {
        let mut agreeing = BTreeSet::new();
        for (whole, parts) in sums {
            let value =
                self.known_value(*whole).zip(parts.iter().map(|part| self.known_value(*part)).sum::<Option<i64>>());
            match value {
                Some((whole, sum)) if whole != sum => return None,
                Some((whole, _)) if whole != 0 => agreeing.insert((whole, parts.clone())),
                _ => continue,
            };
        }
        Some(agreeing.len())
    }

    /// Rows and columns that the author typed as the total of others.
    fn typed_totals(&mut self, table: &Labelled<'_>, naming: &Naming<'_>) {
        let breakdowns = &self.project.workspace.breakdowns;
        let of = |column: &str| table.computed.columns.iter().find(|known| known.id == column);
        let bare = table.computed.columns.iter().filter(|column| !column.total);
        let bare: Vec<&str> = bare.map(|column| column.id.as_str()).collect();
        for whole in bare.iter().copied().filter(|whole| of(whole).is_some_and(|column| column.of.is_none())) {
            let groups = |breakdown: u8| -> Vec<&str> {
                let wanted = breakdowns.groups(breakdown);
                let own =
                    |group: Group| bare.iter().copied().find(|id| of(id).is_some_and(|known| known.of == Some(group)));
                wanted.map(own).collect::<Option<Vec<_>>>().unwrap_or_default()
            };
            let all = bare.iter().copied().filter(|id| *id != whole).collect::<Vec<_>>();
            let places = (0..).take(breakdowns.0.len());
            let named = of(whole).is_some_and(|column| match &column.label {
                Heading::Given(text) => naming.is_whole(&text.value),
                _ => false,
            });
            for parts in places.map(groups).chain([all]).filter(|parts| parts.len() > 1) {
                let cell = |line: &Line, column: &str| {
                    line.cells.iter().find(|cell| cell.column == column).map(|cell| cell.cell)
                };
                let sum = |line: &Line| {
                    let parts = parts.iter().map(|part| cell(line, part)).collect::<Option<Vec<_>>>()?;
                    Some((cell(line, whole)?, parts))
                };
                let rows: Vec<_> = table.lines.iter().filter(|line| !line.total).filter_map(sum).collect();
                if self.agreeing(&rows).is_some_and(|agreeing| named || agreeing >= BY_NUMBERS) {
                    let sums: Vec<_> = table.lines.iter().filter_map(sum).collect();
                    sums.into_iter().for_each(|(whole, parts)| self.relate(whole, parts, false));
                    break;
                }
            }
        }
        let rows: Vec<&Line> = table.lines.iter().filter(|line| !line.total).collect();
        if rows.len() < 3 {
            return;
        }
        for whole in &rows {
            let label = table.table.rows.iter().find(|row| row.id.value == whole.id);
            let named = label.is_some_and(|row| naming.is_whole(&row.label.value));
            let sums = whole.cells.iter().filter_map(|cell| {
                let others = rows.iter().filter(|row| row.id != whole.id);
                let part =
                    |row: &&&Line| row.cells.iter().find(|known| known.column == cell.column).map(|known| known.cell);
                Some((cell.cell, others.map(|row| part(&row)).collect::<Option<Vec<_>>>()?))
            });
            let sums: Sums = sums.collect();
            // What says that it is the whole is so as long as nothing speaks against it, though all of it be marked.
            if self.agreeing(&sums).is_some_and(|agreeing| named || agreeing > BY_NUMBERS) {
                sums.into_iter().for_each(|(whole, parts)| self.relate(whole, parts, false));
                break;
            }
        }
    }

    /// The totals of a table are the figure that it is a part of, where they are as large.
    fn of_its_base(&mut self, table: &Labelled<'_>) {
        let Some(base) = &table.computed.base else { return };
        let Some(total) = table.lines.iter().find(|line| line.total) else { return };
        let of =
            |column: &str| table.computed.columns.iter().find(|known| known.id == column).and_then(|known| known.of);
        let same = total.cells.iter().filter_map(|cell| {
            let group = of(&cell.column);
            if group.is_none() && !cell.words.is_empty() {
                return None;
            }
            let figure = Quantity::Figure { id: base.clone(), group };
            Some((cell.cell, vec![*self.known.get(&figure)?]))
        });
        let same: Sums = same.filter(|(cell, base)| !base.contains(cell)).collect();
        self.relate_if(same, |count| count > 0);
    }

    /// Cells of two tables that are called the same. Their totals may be the same where their rows are not, and the other way round.
    fn same(&mut self, (left, own): Keyed<'_, '_>, (right, others): Keyed<'_, '_>) {
        let mut same: [Sums; 2] = Default::default();
        // "Nya medlemmar 2024" has what a column "2024" of the other has.
        let (of_right, of_left) = (left.told_apart_by(right), right.told_apart_by(left));
        for (key, (line, place)) in own {
            if !of_right.is_subset(key) {
                continue;
            }
            let wanted: Words = key.difference(&of_right).chain(&of_left).cloned().collect();
            let Some((other_line, other_place)) = others.get(&wanted) else { continue };
            let (line, other) = (&left.lines[*line], &right.lines[*other_line]);
            let (cell, other_cell) = (&line.cells[*place], &other.cells[*other_place]);
            if cell.cell != other_cell.cell {
                same[usize::from(line.total && other.total)].push((cell.cell, vec![other_cell.cell]));
            }
        }
        let alike = left.alike(right);
        for same in same {
            self.relate_if(same, |count| alike.is_enough(count));
        }
    }

    /// Rows whose label names several rows of a table: "Norr och Söder".
    fn merged_rows(&mut self, table: &Labelled<'_>, of: &Labelled<'_>) {
        if !table.alike(of).is_enough(BY_NUMBERS) {
            return;
        }
        for line in table.lines.iter().filter(|line| !line.total) {
            let Some(rows) = of.named_in(&line.words) else { continue };
            let sums = line.cells.iter().filter_map(|cell| {
                let own = |word: &&String| !table.about.contains(*word);
                let words: Words = cell.words.iter().filter(own).cloned().collect();
                Some((cell.cell, of.cells_of(&rows, &words)?))
            });
            let sums = sums.collect();
            self.relate_if(sums, |count| count > 0);
        }
    }

    /// The numbers of a figure that is typed, or made of others.
    fn told_of(&self, figure: &Figure, naming: &Naming<'_>) -> Vec<Told> {
        let Some(computed) = self.truth.figures.get(&figure.id.value) else { return Vec::new() };
        if !matches!(computed.how, How::Given | How::Tally | How::ByGroup | How::Sum(_) | How::Difference(_)) {
            return Vec::new();
        }
        let label = naming.words(&figure.label.value);
        let groups = computed.parts.keys().copied().map(Some).chain([None]);
        let told = groups.filter_map(|group| {
            let cell = *self.known.get(&Quantity::Figure { id: figure.id.value.clone(), group })?;
            let words = label.iter().cloned().chain(group.map(|group| naming.group(group))).collect();
            Some(Told { cell, words })
        });
        told.collect()
    }

    /// What a table has of the numbers of a figure: the same, or several rows that make it up.
    fn figure_of(&mut self, told: &[Told], table: &Labelled<'_>, keys: &BTreeMap<Words, (usize, usize)>) {
        let mut sums = Vec::new();
        for Told { cell, words } in told {
            let rest: Words = words.difference(&table.about).cloned().collect();
            let is_of_table = rest.len() < words.len() || words.iter().any(|word| word.starts_with('#'));
            if !is_of_table {
                return;
            }
            if let Some((line, place)) = keys.get(&rest) {
                sums.push((*cell, vec![table.lines[*line].cells[*place].cell]));
            } else if let Some(parts) = table.merged(&rest) {
                sums.push((*cell, parts));
            }
        }
        self.relate_if(sums, |count| count > 0);
    }

    /// A figure for all whose groups are told under names of their own, in other figures or in a table.
    fn groups_apart(&mut self, told: &[Vec<Told>], tables: &[Labelled<'_>], keys: &[BTreeMap<Words, (usize, usize)>]) {
        let breakdowns = &self.project.workspace.breakdowns;
        // "Män i Norr" are visitors as well, where the tables are about visitors.
        let about: Words = tables.iter().flat_map(|table| table.about.iter().cloned()).collect();
        let apart = |words: &Words| -> Words { words.difference(&about).cloned().collect() };
        let mut cells: BTreeMap<Words, Vec<usize>> = BTreeMap::new();
        for Told { cell, words } in told.iter().flatten() {
            cells.entry(apart(words)).or_default().push(*cell);
        }
        let find = |words: &Words| -> Vec<usize> {
            let in_tables = tables.iter().zip(keys).filter_map(|(table, keys)| {
                let rest: Words = words.difference(&table.about).cloned().collect();
                let (line, place) = keys.get(&rest).filter(|_| rest.len() < words.len())?;
                Some(table.lines[*line].cells[*place].cell)
            });
            cells.get(&apart(words)).into_iter().flatten().copied().chain(in_tables).collect()
        };
        let mut sums = Vec::new();
        for Told { cell, words } in
            told.iter().flatten().filter(|told| !told.words.iter().any(|word| word.starts_with('#')))
        {
            for (place, breakdown) in (0u8..).zip(&breakdowns.0) {
                let groups = breakdowns.groups(place).zip(&breakdown.groups);
                let parts = groups.map(|(_, group)| {
                    let words = words.iter().cloned().chain([format!("#{}", group.id)]).collect();
                    find(&words).first().copied()
                });
                if let Some(parts) = parts.collect::<Option<Vec<_>>>() {
                    sums.push((*cell, parts));
                }
            }
        }
        for sum in sums {
            self.relate_if(vec![sum], |count| count > 0);
        }
    }
}

/// A table with its cells by what they are called.
type Keyed<'t, 'a> = (&'t Labelled<'a>, &'t BTreeMap<Words, (usize, usize)>);

/// How much two tables have in common by what they are about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alike {
    /// Nothing that is known.
    Not,
    /// Something, while each may be about something else as well.
    Partly,
    /// All that the one is about.
    Wholly,
}

impl Alike {
    /// Whether so many equal numbers of equal names are the same.
    fn is_enough(self, agreeing: usize) -> bool {
        match self {
            Self::Not => false,
            Self::Partly => agreeing >= BY_NUMBERS,
            Self::Wholly => agreeing > 0,
        }
    }
}

impl Labelled<'_> {
    fn alike(&self, other: &Self) -> Alike {
        let digits = |words: &Words| -> Words {
            words.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).cloned().collect()
        };
        let (own, others) = (digits(&self.about), digits(&other.about));
        // Two years, or two ages.
        if !own.is_empty() && !others.is_empty() && own != others {
            return Alike::Not;
        }
        if self.about.is_subset(&other.about) || other.about.is_subset(&self.about) {
            let is_said = !self.about.is_empty() && !other.about.is_empty();
            return if is_said { Alike::Wholly } else { Alike::Partly };
        }
        let same_base = self.computed.base.is_some() && self.computed.base == other.computed.base;
        if same_base || !self.about.is_disjoint(&other.about) { Alike::Partly } else { Alike::Not }
    }

    /// The words of what another table is about that tell apart columns of this one: a year.
    fn told_apart_by(&self, other: &Self) -> Words {
        let is_own = |word: &&String| {
            !self.about.contains(*word)
                && word.starts_with(|c: char| c.is_ascii_digit())
                && self.lines.iter().any(|line| line.cells.iter().any(|cell| cell.words.contains(*word)))
        };
        other.about.iter().filter(is_own).cloned().collect()
    }

    /// The rows that some words name together: several, and nothing else.
    fn named_in(&self, words: &Words) -> Option<Vec<usize>> {
        let named =
            |line: &Line| !line.total && !line.words.is_empty() && line.words.is_subset(words) && line.words != *words;
        let rows: Vec<usize> = (0..self.lines.len()).filter(|at| named(&self.lines[*at])).collect();
        let covered: Words = rows.iter().flat_map(|at| self.lines[*at].words.iter().cloned()).collect();
        (rows.len() > 1 && covered == *words).then_some(rows)
    }

    /// The cells of rows in the column that some words name.
    fn cells_of(&self, rows: &[usize], words: &Words) -> Option<Vec<usize>> {
        let named = |known: &Words| known.iter().filter(|word| !self.about.contains(*word)).eq(words.iter());
        let of = |at: &usize| self.lines[*at].cells.iter().find(|cell| named(&cell.words)).map(|cell| cell.cell);
        rows.iter().map(of).collect()
    }

    /// The cells whose rows and column some words name together.
    fn merged(&self, words: &Words) -> Option<Vec<usize>> {
        let columns = self.lines.first()?.cells.iter().map(|cell| &cell.words);
        columns.filter(|column| column.is_subset(words)).find_map(|column| {
            let rows = self.named_in(&words.difference(column).cloned().collect())?;
            let column: Words = column.difference(&self.about).cloned().collect();
            self.cells_of(&rows, &column)
        })
    }
}
