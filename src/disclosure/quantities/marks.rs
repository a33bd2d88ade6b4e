//! Numbers that the author marks as hidden without telling them to the program. What follows for them from all others is computed, and else they are
//! given values that agree with all others, so that they are protected like numbers that are known.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;
use crate::compute::table::{ComputedRow, ComputedTable};
use crate::model::{Table, Zeros};
use crate::value::{Blank, Value};

use super::super::network::{Cell, Exposure, Kind, Need, Relation};
use super::typed::counts;
use super::{Builder, Presumed, Shares, cell_name};

/// How many values are tried to find a set that agrees with all others.
const TRIED: usize = 20_000;
/// Fewer where what is presumed is added one by one.
const TRIED_EACH: usize = 2_000;

impl Builder<'_> {
    /// The marks of a typed table, and the totals that are marked for their sake.
    pub(super) fn marked(&mut self, table: &Table, computed: &ComputedTable) {
        let id = &table.id.value;
        let counts: Vec<usize> = counts(table, computed).filter(|at| !computed.columns[*at].total).collect();
        let is_marked = |row: &ComputedRow, at: usize| row.values.get(at).is_some_and(is_mark);
        let mut columns: BTreeSet<usize> = BTreeSet::new();
        for row in computed.rows.iter().filter(|row| !row.total) {
            let marked: Vec<usize> = counts.iter().copied().filter(|at| is_marked(row, *at)).collect();
            if marked.is_empty() {
                continue;
            }
            columns.extend(&marked);
            for at in marked {
                self.mark([cell_name(id, &row.id, &computed.columns[at].id)]);
            }
            self.marked_total(computed, id, row.id.as_str(), &row.values, &counts);
        }
        if columns.is_empty() {
            return;
        }
        for at in &columns {
            let name = |row: &str| cell_name(id, row, &computed.columns[*at].id);
            let total = self.mark([name("total")]);
            let rows = computed.rows.iter().filter(|row| !row.total);
            let parts = rows.filter(|row| row.values.get(*at) != Some(&Value::Blank(Blank::NotApplicable)));
            let parts: Option<Vec<usize>> = parts.map(|row| self.known.get(&name(&row.id)).copied()).collect();
            self.marked_sum(total, parts);
        }
        self.marked_total(computed, id, "total", &[], &counts);
    }

    /// The marks of a typed table of amounts.
    pub(super) fn marked_amounts(&mut self, table: &Table, computed: &ComputedTable) {
        let columns = self.given(table, computed).into_iter().filter(|at| !computed.columns[*at].total);
        for at in columns.collect::<Vec<_>>() {
            let rows = computed.rows.iter().filter(|row| !row.total && row.values.get(at).is_some_and(is_mark));
            for row in rows {
                self.mark([cell_name(&table.id.value, &row.id, &computed.columns[at].id)]);
            }
        }
    }

    /// What a marked amount needs that follows from others: that one has all of it is as bad as it can be.
    pub(super) fn protect_marks(&mut self) {
        for at in self.out.marks.clone() {
            let cell = &mut self.out.network.cells[at];
            cell.lower = 0;
            if cell.value > 0 && self.out.network.relations.iter().any(|of| of.terms.iter().any(|(own, _)| *own == at))
            {
                let of_one = Shares::stated(cell.value, cell.value, None, None);
                self.shares_of.entry(at).or_insert(of_one);
            }
        }
        // What nobody can make add up is no relation.
        self.out.unsettled = None;
    }

    /// The total of a row with marks.
    fn marked_total(&mut self, computed: &ComputedTable, table: &str, row: &str, values: &[Value], counts: &[usize]) {
        let figure = Quantity::Figure { id: format!("{table}.{row}"), group: None };
        let column = computed.columns.iter().find(|column| column.total);
        let cell = column.map(|column| cell_name(table, row, &column.id));
        let total = self.mark(cell.into_iter().chain([figure]));
        let parts = counts.iter().filter(|at| values.get(**at) != Some(&Value::Blank(Blank::NotApplicable)));
        let parts = parts.map(|at| self.known.get(&cell_name(table, row, &computed.columns[*at].id)).copied());
        let parts = parts.collect();
        self.marked_sum(total, parts);
    }

    fn marked_sum(&mut self, total: usize, parts: Option<Vec<usize>>) {
        if let Some(parts) = parts.filter(|parts| !parts.contains(&total)) {
            self.out.network.relations.push(Relation::sum(total, parts));
        }
    }

    /// A number that nobody tells the program.
    pub(super) fn mark(&mut self, names: impl IntoIterator<Item = Quantity>) -> usize {
        let names: Vec<Quantity> = names.into_iter().collect();
        if let Some(at) = names.iter().find_map(|name| self.known.get(name)) {
            return *at;
        }
        let at = self.out.network.cells.len();
        let cell = Cell { value: 0, lower: 0, upper: None, exposure: Exposure::Unpublished, need: Need::None };
        self.out.network.cells.push(cell);
        self.out.marks.insert(at);
        for name in &names {
            self.known.insert(name.clone(), at);
        }
        self.out.names.push(names);
        at
    }

    /// The value of a number that the program knows.
    pub(super) fn known_value(&self, at: usize) -> Option<i64> {
        (!self.out.marks.contains(&at)).then(|| self.out.network.cells[at].value)
    }

    /// Gives marks their values. What is presumed and cannot hold beside the rest is no relation; what the findings themselves say always can be met.
    pub(super) fn settle_marks(&mut self) {
        if self.out.marks.is_empty() {
            return;
        }
        let (by_names, by_numbers): (Vec<Presumed>, Vec<Presumed>) =
            self.out.presumed.iter().cloned().partition(|known| known.by_names);
        let mut left_out: BTreeSet<usize> = by_names.iter().flat_map(|known| known.relations.clone()).collect();
        self.settle(&by_numbers, &mut left_out);
        // A mark is as small as it may be without what names alone say of it: they may be wrong.
        let mut small: BTreeSet<usize> = self.out.marks.iter().copied().filter(|at| self.is_small(*at)).collect();
        for known in &by_names {
            known.relations.iter().for_each(|relation| _ = left_out.remove(relation));
        }
        self.settle(&by_names, &mut left_out);
        small.extend(self.out.marks.iter().filter(|at| self.is_small(**at)));
        self.drop_relations(&left_out);
        let shown_zeros = self.persons.zeros == Zeros::Shown;
        for at in self.out.marks.clone() {
            let is_fixed = self.out.names[at].iter().any(|name| self.fixed.contains(self.called(name).as_str()));
            let cell = &mut self.out.network.cells[at];
            cell.lower = i64::from(shown_zeros && cell.value > 0);
            if small.contains(&at) && !is_fixed {
                cell.need = Need::Values(self.persons.values_left);
            }
        }
    }

    fn is_small(&self, at: usize) -> bool {
        let value = self.out.network.cells[at].value;
        value < i64::from(self.persons.minimum) && (value > 0 || self.persons.zeros != Zeros::Shown)
    }

    /// Finds values with which all relations hold but those that are left out. For marks that have none, what is presumed is added one by one, and
    /// left out where it cannot hold beside what was added before.
    fn settle(&mut self, presumed: &[Presumed], left_out: &mut BTreeSet<usize>) {
        let mut wrong = self.give_values(left_out);
        if !wrong.is_empty() {
            let is_wrong = |known: &&Presumed| known.cells().any(|at| wrong.iter().any(|marks| marks.contains(&at)));
            let doubted: Vec<&Presumed> = presumed.iter().filter(is_wrong).collect();
            left_out.extend(doubted.iter().flat_map(|known| known.relations.iter().copied()));
            for known in doubted {
                known.relations.iter().for_each(|relation| _ = left_out.remove(relation));
                let groups = together(&self.out.marks, &self.relations(left_out));
                let mut own = groups.iter().filter(|marks| known.cells().any(|at| marks.contains(&at)));
                if own.any(|marks| self.values(marks, left_out, TRIED_EACH).is_none()) {
                    left_out.extend(known.relations.iter().copied());
                }
            }
            wrong = self.give_values(left_out);
        }
        self.out.unsettled = wrong.first().and_then(|marks| marks.first().copied());
    }

    /// Gives marks values that agree with the relations; returns those that have none, by what hangs together.
    fn give_values(&mut self, left_out: &BTreeSet<usize>) -> Vec<Vec<usize>> {
        let mut groups = together(&self.out.marks, &self.relations(left_out));
        groups.retain(|marks| {
            let found = self.values(marks, left_out, TRIED);
            let is_found = found.is_some();
            for (at, value) in marks.iter().zip(found.unwrap_or_default()) {
                self.out.network.cells[*at].value = value;
            }
            !is_found
        });
        groups
    }

    fn relations(&self, left_out: &BTreeSet<usize>) -> Vec<&Relation> {
        let all = self.out.network.relations.iter().enumerate();
        all.filter(|(at, _)| !left_out.contains(at)).map(|(_, relation)| relation).collect()
    }

    fn drop_relations(&mut self, gone: &BTreeSet<usize>) {
        self.out.presumed.retain(|known| known.relations.iter().all(|relation| !gone.contains(relation)));
        for known in &mut self.out.presumed {
            known.relations.iter_mut().for_each(|relation| *relation -= gone.range(..*relation).count());
        }
        let mut places = 0..;
        self.out.network.relations.retain(|_| places.next().is_none_or(|place| !gone.contains(&place)));
    }

    /// Values of marks with which all relations hold but those that are left out.
    fn values(&self, marks: &[usize], left_out: &BTreeSet<usize>, tried: usize) -> Option<Vec<i64>> {
        let place: BTreeMap<usize, usize> = marks.iter().enumerate().map(|(place, at)| (*at, place)).collect();
        let mut rows: Vec<Linear> = Vec::new();
        let relations = self.relations(left_out);
        for relation in relations.into_iter().filter(|of| of.terms.iter().any(|(at, _)| place.contains_key(at))) {
            let mut row = Linear { terms: Vec::new(), constant: i128::from(relation.constant), kind: relation.kind };
            for (at, factor) in relation.terms.iter() {
                match place.get(at) {
                    Some(place) => row.terms.push((*place, i128::from(*factor))),
                    None => row.constant -= i128::from(*factor) * i128::from(self.out.network.cells[*at].value),
                }
            }
            rows.push(row);
        }
        // Nobody marks a nought where noughts are shown, unless it is one.
        let lower = i64::from(self.persons.zeros == Zeros::Shown);
        [lower, 0].into_iter().find_map(|lower| {
            let mut left = tried;
            found(&rows, vec![(i128::from(lower), None); marks.len()], &mut left)
        })
    }
}

struct Linear {
    terms: Vec<(usize, i128)>,
    constant: i128,
    kind: Kind,
}

type Bounds = Vec<(i128, Option<i128>)>;

/// Narrows the bounds by each relation until nothing changes; none where they contradict.
fn narrowed(rows: &[Linear], mut bounds: Bounds) -> Option<Bounds> {
    for _ in 0..100 {
        let before = bounds.clone();
        for row in rows {
            if row.kind != Kind::AtLeast {
                narrow(&row.terms, row.constant, 1, &mut bounds)?;
            }
            if row.kind != Kind::AtMost {
                narrow(&row.terms, row.constant, -1, &mut bounds)?;
            }
        }
        if bounds == before {
            break;
        }
    }
    Some(bounds)
}

/// Holds that the sum, times the sign, is at most the constant, times the sign.
fn narrow(terms: &[(usize, i128)], constant: i128, sign: i128, bounds: &mut Bounds) -> Option<()> {
    let least = |(at, factor): (usize, i128), bounds: &Bounds| {
        let factor = factor * sign;
        if factor > 0 { Some(factor * bounds[at].0) } else { bounds[at].1.map(|most| factor * most) }
    };
    let (mut known, mut endless) = (0i128, 0usize);
    for term in terms {
        match least(*term, bounds) {
            Some(own) => known += own,
            None => endless += 1,
        }
    }
    for term in terms {
        let own = least(*term, bounds);
        if endless > usize::from(own.is_none()) {
            continue;
        }
        let room = sign * constant - (known - own.unwrap_or(0));
        let factor = term.1 * sign;
        let (low, high) = &mut bounds[term.0];
        if factor > 0 {
            let most = room.div_euclid(factor);
            *high = Some(high.map_or(most, |high| high.min(most)));
        } else {
            *low = (*low).max(-room.div_euclid(-factor));
        }
        if high.is_some_and(|high| high < *low) {
            return None;
        }
    }
    Some(())
}

/// The first values that agree, the smallest tried first.
fn found(rows: &[Linear], bounds: Bounds, left: &mut usize) -> Option<Vec<i64>> {
    let bounds = narrowed(rows, bounds)?;
    let width = |(low, high): (i128, Option<i128>)| high.map_or(i128::MAX, |high| high - low);
    let open = (0..bounds.len()).filter(|at| width(bounds[*at]) > 0).min_by_key(|at| (width(bounds[*at]), *at));
    let Some(at) = open else { return bounds.iter().map(|(low, _)| i64::try_from(*low).ok()).collect() };
    let (low, high) = bounds[at];
    let mut value = low;
    while high.is_none_or(|high| value <= high) {
        *left = left.checked_sub(1)?;
        let mut next = bounds.clone();
        next[at] = (value, Some(value));
        if let Some(values) = found(rows, next, left) {
            return Some(values);
        }
        value += 1;
    }
    None
}

/// The marks that stand in relations with each other.
fn together(marks: &BTreeSet<usize>, relations: &[&Relation]) -> Vec<Vec<usize>> {
    let mut group: BTreeMap<usize, usize> = marks.iter().map(|at| (*at, *at)).collect();
    loop {
        let mut changed = false;
        for relation in relations {
            let own = || relation.terms.iter().map(|(at, _)| *at).filter(|at| marks.contains(at));
            let Some(first) = own().map(|at| group[&at]).min() else { continue };
            for at in own() {
                changed |= group.insert(at, first) != Some(first);
            }
        }
        if !changed {
            break;
        }
    }
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, first) in group {
        out.entry(first).or_default().push(at);
    }
    out.into_values().collect()
}

fn is_mark(value: &Value) -> bool {
    *value == Value::Blank(Blank::Suppressed)
}
