//! What readers know already: numbers that earlier versions printed, and other published reports of this one's. A number that is public is not hidden,
//! since that would protect nothing, and what is not public must stay unknown beside it. Numbers of now and then that have one name and one value are
//! one number: nobody who reads both takes them for two.

mod claims;
mod numbers;

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::State;
use crate::compare::state::Alone;
use crate::compute::mask::Quantity;
use crate::compute::statistics::Statistics;
use crate::locale::Language;
use crate::model::{Persons, Project, Zeros};

use super::network::{Cell, Exposure, Kind, Need, Network, Relation, Terms, joined};
use super::quantities::{Quantities, whole};
use claims::{Claims, Line, Reader, Share};

/// What was published before.
#[derive(Debug, Clone, Default)]
pub struct Public {
    pub editions: Vec<Edition>,
}

/// A published version.
#[derive(Debug, Clone)]
pub struct Edition {
    /// What a reader knows it by: `1.0`, or `press 1.0` of another report.
    pub name: String,
    /// The other report that printed numbers of this one.
    pub report: Option<String>,
    pub state: State,
    /// What is made from it and printed more numbers, by the names that readers know it by.
    pub alone: Vec<(String, Alone)>,
}

/// A number that is known, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its cell of the network.
    pub at: usize,
    /// The versions that printed it; those before that it follows from, where none did.
    pub editions: Vec<String>,
    /// Whether the policy would hide it.
    pub small: bool,
    /// Whether it was not printed, and follows from what was.
    pub follows: bool,
}

/// What a number of a relation of then is now.
enum Term {
    Number(i64),
    Cell(usize),
    Unknown,
}

struct Laying<'a> {
    persons: Persons,
    truth: &'a Statistics,
    quantities: &'a mut Quantities,
    /// The cells by their names.
    index: BTreeMap<Quantity, usize>,
    /// Cells that cases shift among.
    counted: BTreeSet<usize>,
    known: BTreeMap<usize, Known>,
    /// What was printed of a cell and is otherwise now.
    former: BTreeMap<usize, BTreeSet<i64>>,
    /// What rows that are gone have together.
    together: BTreeMap<Vec<Quantity>, usize>,
    /// What is said already.
    said: BTreeSet<(Terms, i64)>,
}

impl Public {
    /// Lays what is public over the numbers of now, and says which of them are known.
    pub fn lay_over(
        &self,
        quantities: &mut Quantities,
        persons: Persons,
        of: (&Project, &Statistics, Language),
    ) -> Vec<Known> {
        if self.editions.is_empty() {
            return Vec::new();
        }
        let (_, truth, _) = of;
        let decimals = quantities.of_amounts.then_some(quantities.decimals);
        let all: Vec<(&Edition, Claims)> =
            self.editions.iter().map(|edition| (edition, Reader::read(of, edition, decimals))).collect();
        let names = quantities.names.iter().enumerate();
        let index = names.flat_map(|(at, names)| names.iter().map(move |name| (name.clone(), at))).collect();
        let counted = quantities.cases.told.values().flatten().copied();
        let counted = counted.chain(quantities.cases.derived.iter().map(|(at, _)| *at)).collect();
        let equal = quantities.network.relations.iter().filter(|known| known.kind == Kind::Equal);
        let said = equal.clone().map(|known| (joined(known.terms.iter().copied()), known.constant)).collect();
        // Relations of now among what was printed otherwise then.
        let now: Vec<Relation> = equal.cloned().collect();
        let (known, former, together) = Default::default();
        let mut laying = Laying { persons, truth, quantities, index, counted, known, former, together, said };
        for (edition, claims) in &all {
            laying.values(&edition.name, claims);
        }
        laying.fix();
        for (_, claims) in &all {
            laying.relations(&now, claims);
            // What one line gives away of a row that is gone another may need.
            let mut before = None;
            while before != Some(laying.said.len()) {
                before = Some(laying.said.len());
                claims.lines.iter().for_each(|line| laying.line(line, claims));
            }
            claims.shares.iter().for_each(|share| laying.share(share, claims));
            claims.bands.iter().for_each(|band| laying.band(band));
        }
        laying.known.into_values().collect()
    }
}

impl Laying<'_> {
    fn is_small(&self, value: i64) -> bool {
        let from = i64::from(self.persons.zeros == Zeros::Shown);
        value >= from && value < i64::from(self.persons.minimum)
    }

    fn values(&mut self, edition: &str, claims: &Claims) {
        for (name, value) in &claims.values {
            let Some(at) = self.index.get(name).copied() else { continue };
            if self.quantities.network.cells[at].value != *value {
                self.former.entry(at).or_default().insert(*value);
            } else if !(claims.doubtful.contains(name) && self.is_small(*value)) {
                let small = self.quantities.network.cells[at].need != Need::None;
                let fresh = || Known { at, editions: Vec::new(), small, follows: false };
                let editions = &mut self.known.entry(at).or_insert_with(fresh).editions;
                let edition = claims.by.get(name).map_or(edition, String::as_str);
                if editions.last().is_none_or(|last| last != edition) {
                    editions.push(edition.to_owned());
                }
            }
        }
    }

    /// What is known stays. Of what is otherwise now every reader knows that it is not what it was: if it were, it would be printed.
    fn fix(&mut self) {
        let of_amounts = self.quantities.of_amounts;
        for (at, cell) in self.quantities.network.cells.iter_mut().enumerate() {
            if self.known.contains_key(&at) {
                cell.exposure = Exposure::Fixed;
                cell.need = Need::None;
                continue;
            }
            let Some(values) = self.former.get(&at).filter(|_| !of_amounts) else { continue };
            match &mut cell.need {
                Need::Values(needed) => *needed += u32::try_from(values.len()).unwrap_or(1),
                _ => {
                    for old in values {
                        if *old < cell.value {
                            cell.lower = cell.lower.max(old + 1);
                        } else {
                            cell.upper = Some(cell.upper.map_or(old - 1, |upper| upper.min(old - 1)));
                        }
                    }
                }
            }
        }
    }

    /// What a version told of a number: what it printed, or that it is what it is now.
    fn term(&self, name: &Quantity, claims: &Claims) -> Term {
        let other = match name {
            Quantity::Cell { table, row, column } if column == "total" => {
                Some(Quantity::Figure { id: format!("{table}.{row}"), group: None })
            }
            _ => None,
        };
        let names = || std::iter::once(name).chain(&other);
        let printed = names().find_map(|name| claims.values.get(name));
        let now = names().find_map(|name| self.index.get(name));
        match (printed, now) {
            (Some(value), _) => Term::Number(*value),
            (None, Some(at)) => Term::Cell(*at),
            // What counts no persons is printed whatever is hidden.
            (None, None) => match name {
                Quantity::Figure { id, group } if !self.quantities.of_amounts => {
                    let value = self.truth.figures.get(id).and_then(|figure| whole(figure.value(*group)?));
                    value.map_or(Term::Unknown, Term::Number)
                }
                _ => Term::Unknown,
            },
        }
    }

    /// What holds now, with what was printed otherwise then.
    fn relations(&mut self, now: &[Relation], claims: &Claims) {
        let mut then: BTreeMap<usize, i64> = BTreeMap::new();
        for (name, value) in &claims.values {
            if let Some(at) = self.index.get(name) {
                then.insert(*at, *value);
            }
        }
        let differs = |at: &usize| then.get(at).is_some_and(|value| *value != self.quantities.network.cells[*at].value);
        let touched: Vec<&Relation> =
            now.iter().filter(|relation| relation.terms.iter().any(|(at, _)| differs(at))).collect();
        for relation in touched {
            let mut constant = relation.constant;
            let mut terms = Vec::new();
            for (at, factor) in relation.terms.iter() {
                match then.get(at) {
                    Some(value) => constant -= factor * value,
                    None => terms.push((*at, *factor)),
                }
            }
            self.equal(terms, constant);
        }
    }

    /// A sum of then.
    fn line(&mut self, line: &Line, claims: &Claims) {
        if line.parts.is_empty() {
            return;
        }
        let (mut terms, mut constant, mut gone) = (Vec::new(), 0, Vec::new());
        let whole = std::iter::once((&line.whole, -1));
        for (name, factor) in whole.chain(line.parts.iter().map(|(name, factor)| (name, *factor))) {
            match self.term(name, claims) {
                Term::Number(value) => constant -= factor * value,
                Term::Cell(at) => terms.push((at, factor)),
                Term::Unknown if *name != line.whole => gone.push(name.clone()),
                Term::Unknown => return,
            }
        }
        if !gone.is_empty() {
            let sum: i64 = terms.iter().map(|(at, factor)| factor * self.quantities.network.cells[*at].value).sum();
            let rest = constant - sum;
            if !line.typed || rest < 0 {
                return;
            }
            // Of several rows that are gone nobody here knows the parts: what they have together is one number, of which each is a part.
            terms.push((self.gone(gone, rest), 1));
        }
        self.equal(terms, constant);
    }

    /// A number of then that the report has no longer, or what several have together: it is not to be found out either.
    fn gone(&mut self, names: Vec<Quantity>, value: i64) -> usize {
        if let Some(at) = self.together.get(&names) {
            return *at;
        }
        let shown_zeros = self.persons.zeros == Zeros::Shown;
        let need = if self.is_small(value) { Need::Values(self.persons.values_left) } else { Need::None };
        let lower = match self.quantities.of_amounts {
            true => self.quantities.network.cells.iter().map(|cell| cell.lower).min().unwrap_or(0),
            false => i64::from(shown_zeros && value > 0),
        };
        let cell = Cell { value, lower, upper: None, exposure: Exposure::Unpublished, need };
        let single = if let [_] = names[..] { names.clone() } else { Vec::new() };
        let at = self.cell(cell, single.clone());
        self.index.extend(single.into_iter().map(|name| (name, at)));
        self.quantities.called.extend(names.first().map(|name| (at, name.clone())));
        self.together.insert(names, at);
        at
    }

    fn cell(&mut self, cell: Cell, names: Vec<Quantity>) -> usize {
        self.quantities.network.cells.push(cell);
        self.quantities.names.push(names);
        self.quantities.network.cells.len() - 1
    }

    /// Says of numbers of now what a version told, where it is true of them: where it is not, something changed and nobody can tell what.
    fn equal(&mut self, terms: Terms, constant: i64) {
        let terms = joined(terms);
        if terms.is_empty() || self.sum(&terms) != constant || !self.said.insert((terms.clone(), constant)) {
            return;
        }
        if terms.iter().all(|(at, _)| !self.counted.contains(at)) {
            self.quantities.network.relations.push(Relation::new(terms, Kind::Equal, constant));
            return;
        }
        self.quantities.make(terms, Exposure::Fixed, (constant, Some(constant)));
    }

    /// An amount that was printed rounded.
    fn band(&mut self, (name, least, most): &(Quantity, i64, i64)) {
        let Some(at) = self.index.get(name).copied() else { return };
        let value = self.quantities.network.cells[at].value;
        if (*least..=*most).contains(&value) {
            let relations = [(Kind::AtLeast, *least), (Kind::AtMost, *most)];
            let relations = relations.map(|(kind, end)| Relation::new([(at, 1)], kind, end));
            self.quantities.network.relations.extend(relations);
        }
    }

    /// A share of then: a condition on its part and its base.
    fn share(&mut self, share: &Share, claims: &Claims) {
        let Some(unit) = 10_i64.checked_pow(share.decimals.into()) else { return };
        // Of amounts beyond reckoning nothing is known by it.
        let largest = self.quantities.network.cells.iter().map(|cell| cell.value.saturating_abs()).max().unwrap_or(0);
        if largest.checked_mul(unit.saturating_mul(800)).is_none() {
            return;
        }
        // 200·10^d·part is at least (2p − 1)·base, and less than (2p + 1)·base.
        let half = [2 * share.percent - 1, 2 * share.percent + 1];
        let conditions = half.map(|bound| {
            let (mut terms, mut constant) = (Vec::new(), 0);
            for (name, factor) in [(&share.part, 200 * unit), (&share.base, -bound)] {
                match self.term(name, claims) {
                    Term::Number(value) => constant -= factor * value,
                    Term::Cell(at) => terms.push((at, factor)),
                    Term::Unknown => return None,
                }
            }
            Some((joined(terms), constant))
        });
        let [Some((low, least)), Some((high, most))] = conditions else { return };
        let (low_sum, high_sum) = (self.sum(&low), self.sum(&high));
        if low.is_empty() || low_sum < least || high_sum > most {
            return;
        }
        // Where half of the last digit was rounded down the bound itself is possible.
        let most = if high_sum < most { most - 1 } else { most };
        let high = high.into_iter().map(|(at, factor)| (at, -factor)).collect();
        for (terms, least) in [(low, least), (high, -most)] {
            if terms.iter().any(|(at, _)| self.counted.contains(at)) {
                self.quantities.make(terms, Exposure::Unpublished, (least, None));
            } else {
                self.quantities.network.relations.push(Relation::new(terms, Kind::AtLeast, least));
            }
        }
    }

    fn sum(&self, terms: &[(usize, i64)]) -> i64 {
        terms.iter().map(|(at, factor)| factor * self.quantities.network.cells[*at].value).sum()
    }
}

/// The network as it is to who knows what is public and nothing that is printed now, with one number that is to be protected.
#[must_use]
pub(super) fn before(network: &Network, known: &[Known], wanted: usize) -> Network {
    let mut out = network.clone();
    let public: BTreeSet<usize> = known.iter().map(|known| known.at).collect();
    for (at, cell) in out.cells.iter_mut().enumerate() {
        if at != wanted {
            cell.need = Need::None;
        }
        let is_of_then = cell.exposure == Exposure::Fixed && cell.upper == Some(cell.lower);
        if !public.contains(&at) && !is_of_then {
            cell.exposure = Exposure::Unpublished;
        }
    }
    out
}

/// A number of which what was published before leaves fewer values than the policy wants: it keeps one less, and is known where there are not even two.
pub(super) fn give_up(cell: &mut Cell, at: usize, known: &mut Vec<Known>, before: &Public) {
    match &mut cell.need {
        Need::Values(needed) if *needed > 2 => *needed -= 1,
        _ => {
            cell.need = Need::None;
            cell.exposure = Exposure::Fixed;
            let editions = before.editions.iter().map(|edition| edition.name.clone()).collect();
            known.push(Known { at, editions, small: true, follows: true });
        }
    }
}
