//! How a hidden number would follow from shown ones, as sums and differences for people to read.

use std::collections::BTreeSet;

use crate::compute::mask::Quantity;
use crate::diagnostic::{Said, say};
use crate::model::Breakdowns;

use super::attack::{Chain, Derivation, chain};
use super::block;
use super::decision::Decision;
use super::naming::name_of;
use super::network::{Exposure, Kind, Network};
use super::quantities::digits;

/// The most numbers that hang together among which arithmetic is sought.
const MOST: usize = 120;
/// The most small numbers that one is tried against.
const TRIED: usize = 6;

/// What a reader works out of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arithmetic {
    /// The cell that follows.
    pub cell: usize,
    pub low: Option<i64>,
    pub high: Option<i64>,
    /// Amounts are in units of this decimal.
    pub decimals: u8,
    /// By which sums: one where the number itself follows, else one for each end that is not known anyhow.
    pub sums: Vec<Sum>,
    /// Where a printed statistic of case rows is needed for it: a cell of what that says.
    pub by: Option<usize>,
}

/// `terms` added up, divided by `divisor`, come to `result`: the number, or a bound of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    pub end: End,
    pub terms: Vec<Term>,
    pub constant: i64,
    pub divisor: i64,
    pub result: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Exactly,
    AtLeast,
    AtMost,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub cell: usize,
    /// How often it is added, or taken away where negative.
    pub times: i64,
    pub value: i64,
    /// The value is not that of the cell, which is hidden, but as far as everybody knows it can go.
    pub is_bound: bool,
}

impl Decision {
    /// What would follow if a hidden cell were shown: of the one that it is hidden for, or else of another hidden one.
    #[must_use]
    pub fn gives_away(&self, at: usize) -> Option<Arithmetic> {
        let network = &self.quantities.network;
        let mut hidden = self.choice.hidden.clone();
        hidden.remove(&at);
        if let Some(found) = self.by_one_sum(at, &hidden) {
            return Some(found);
        }
        let near = near(network, &self.choice.hidden, at)?;
        let (small, others): (Vec<usize>, Vec<usize>) = near
            .into_iter()
            .filter(|other| hidden.contains(other))
            .partition(|other| network.cells[*other].is_sensitive());
        let first = self.choice.protects.get(&at).copied();
        let order = first.into_iter().chain(small.into_iter().chain(others).filter(|other| Some(*other) != first));
        order.take(TRIED).find_map(|cell| self.found(&hidden, cell))
    }

    /// What follows by one sum, of the number that a cell is hidden for if it can be: the plainest arithmetic, and the only one that is sought among many numbers.
    fn by_one_sum(&self, at: usize, hidden: &BTreeSet<usize>) -> Option<Arithmetic> {
        let network = &self.quantities.network;
        let first = self.choice.protects.get(&at);
        let of_sums = network.relations.iter().chain(&self.quantities.sums);
        let with = of_sums.filter(|sum| sum.kind == Kind::Equal && sum.terms.iter().any(|(cell, _)| *cell == at));
        let solved = with.filter_map(|sum| {
            let is_unknown =
                |cell: usize| hidden.contains(&cell) || network.cells[cell].exposure == Exposure::Unpublished;
            let mut unknown = sum.terms.iter().filter(|(cell, _)| is_unknown(*cell));
            let ((cell, multiple), None) = (*unknown.next()?, unknown.next()) else { return None };
            let shown = sum.terms.iter().copied().filter(|(other, _)| *other != cell).collect();
            let (relations, bounded, kind) = (Vec::new(), Vec::new(), Kind::Equal);
            let derivation = Derivation { relations, multiple, shown, bounded, kind, constant: sum.constant };
            let sum = written(network, &derivation, End::Exactly)?;
            let value = Some(network.cells[cell].value);
            let decimals = self.quantities.decimals;
            hidden.contains(&cell).then_some(Arithmetic {
                cell,
                low: value,
                high: value,
                decimals,
                sums: vec![sum],
                by: None,
            })
        });
        solved.min_by_key(|found| {
            let is_small = network.cells[found.cell].is_sensitive();
            (Some(&found.cell) != first, !is_small, found.sums[0].terms.len(), found.cell)
        })
    }

    /// Which number follows although all is hidden that may be, and how: the one that is said not to be protected, or another.
    #[must_use]
    pub fn follows_anyhow(&self, cell: usize) -> Option<Arithmetic> {
        let network = &self.quantities.network;
        let may_be_hidden = |at: &usize| network.cells[*at].is_open();
        let hidden: BTreeSet<usize> = (0..network.cells.len()).filter(may_be_hidden).collect();
        let near = near(network, &hidden, cell)?;
        let small: Vec<usize> = near.into_iter().filter(|at| network.cells[*at].is_sensitive()).collect();
        // What follows exactly says more than what follows nearly.
        let all: Vec<Arithmetic> = std::iter::once(cell)
            .chain(small.into_iter().filter(|other| *other != cell))
            .take(TRIED)
            .filter_map(|cell| self.found(&hidden, cell))
            .collect();
        let exact = all.iter().find(|found| found.low.is_some() && found.low == found.high);
        exact.or(all.first()).cloned()
    }

    fn found(&self, hidden: &BTreeSet<usize>, cell: usize) -> Option<Arithmetic> {
        let network = &self.quantities.network;
        let found = chain(network, hidden, cell)?;
        let Chain { cell, low, high, below, above } = &found;
        let sums: Vec<Sum> = if found.is_exact() && above.as_ref().is_some_and(|sum| sum.bounded.is_empty()) {
            above.iter().filter_map(|sum| written(network, sum, End::Exactly)).collect()
        } else {
            let ends = [(below, End::AtLeast), (above, End::AtMost)];
            ends.into_iter().filter_map(|(sum, end)| written(network, sum.as_ref()?, end)).collect()
        };
        let decimals = self.quantities.decimals;
        let mut terms = sums.iter().flat_map(|sum| &sum.terms).map(|term| term.cell);
        let by = terms.find(|at| self.quantities.statistics.contains_key(at));
        let found = Arithmetic { cell: *cell, low: *low, high: *high, decimals, sums, by };
        Some(found).filter(|found| !found.sums.is_empty())
    }

    /// A cell by the name that authors use of it.
    #[must_use]
    pub fn named(&self, at: usize, breakdowns: &Breakdowns) -> String {
        self.quantity(at).map(|name| name_of(name, breakdowns).to_string()).unwrap_or_default()
    }

    /// What a cell is called in other tables than that of its first name.
    #[must_use]
    pub fn named_elsewhere(&self, at: usize, breakdowns: &Breakdowns) -> Vec<String> {
        let table = |name: &Quantity| match name {
            Quantity::Cell { table, .. } => Some(table.clone()),
            Quantity::Figure { .. } => None,
        };
        let names = self.quantities.names.get(at).map(Vec::as_slice).unwrap_or_default();
        let mut seen: BTreeSet<Option<String>> = names.first().map(table).into_iter().collect();
        let others = names.iter().filter(|name| table(name).is_some_and(|of| seen.insert(Some(of))));
        others.map(|name| name_of(name, breakdowns).to_string()).collect()
    }

    /// What a cell is, by the first of its names, or by the statistic that says so.
    #[must_use]
    pub fn quantity(&self, at: usize) -> Option<&Quantity> {
        self.quantities.names.get(at)?.first().or_else(|| self.quantities.statistics.get(&at))
    }
}

/// The cells that hang together with one, where they are not too many.
fn near(network: &Network, hidden: &BTreeSet<usize>, cell: usize) -> Option<Vec<usize>> {
    let is_unknown = |at: usize| hidden.contains(&at) || network.cells[at].exposure == Exposure::Unpublished;
    let is_long = |terms: &[(usize, i64)]| {
        terms.len() > MOST
            && terms.iter().any(|(at, _)| *at == cell)
            && terms.iter().filter(|(at, _)| is_unknown(*at)).count() > MOST
    };
    if network.relations.iter().any(|relation| is_long(&relation.terms)) {
        return None;
    }
    let block = block::around(network, hidden, cell)?;
    (block.columns.len() <= MOST)
        .then(|| block.columns.iter().flat_map(|column| column.cells.iter().copied()).collect())
}

/// A derivation solved for its cell.
fn written(network: &Network, sum: &Derivation, end: End) -> Option<Sum> {
    let sign = if sum.multiple < 0 { -1 } else { 1 };
    let shown = sum.shown.iter().map(|(cell, by)| (*cell, *by, network.cells[*cell].value, false));
    let bounded = sum.bounded.iter().map(|(cell, by, bound)| (*cell, *by, *bound, true));
    // As little as nought of a hidden number changes nothing.
    let counted = shown.chain(bounded).filter(|(_, _, value, is_bound)| !is_bound || *value != 0);
    let mut terms: Vec<Term> =
        counted.map(|(cell, by, value, is_bound)| Term { cell, times: -sign * by, value, is_bound }).collect();
    terms.sort_by_key(|term| (term.times < 0, std::cmp::Reverse(term.value), term.cell));
    let constant = sign * sum.constant;
    let divisor = sign * sum.multiple;
    let parts = terms.iter().try_fold(constant, |all, term| all.checked_add(term.times.checked_mul(term.value)?))?;
    let result = match end {
        End::AtLeast => -(-parts).div_euclid(divisor),
        End::Exactly | End::AtMost => parts.div_euclid(divisor),
    };
    Some(Sum { end, terms, constant, divisor, result })
}

impl Arithmetic {
    /// What follows, and how: "23 (visits.norr.total) − 20 (visits.norr.men) = 3". `name` is what a cell is called.
    #[must_use]
    pub fn sentence(&self, name: &dyn Fn(usize) -> String) -> Said {
        if let Some(statistic) = self.by.map(name) {
            // How it comes to that would fill lines.
            let digits = |units| digits(units, self.decimals);
            return match (self.low.map(digits), self.high.map(digits)) {
                (Some(low), Some(high)) if low == high => {
                    say!("beside `{statistic}` it can only be {low}", statistic, low)
                }
                (Some(low), Some(high)) => {
                    say!("beside `{statistic}` it can only be from {low} to {high}", statistic, low, high)
                }
                _ => say!("it follows beside `{statistic}`", statistic),
            };
        }
        let sums = self.sums.iter().map(|sum| (sum.end, sum.line(name, self.decimals)));
        let told = sums.map(|(end, sum)| match end {
            End::Exactly => Said::verbatim(sum),
            End::AtLeast => say!("at least {sum}", sum),
            End::AtMost => say!("at most {sum}", sum),
        });
        let mut told = told.collect::<Vec<_>>().into_iter();
        let first = told.next().unwrap_or_default();
        told.fold(first, |first, second| say!("{first}, and {second}", first, second))
    }
}

impl Sum {
    fn line(&self, name: &dyn Fn(usize) -> String, decimals: u8) -> String {
        let digits = |units: i64| digits(units, decimals);
        let mut out = String::new();
        if self.constant != 0 {
            out.push_str(&digits(self.constant));
        }
        for Term { cell, times, value, is_bound } in &self.terms {
            out.push_str(match (out.is_empty(), *times < 0) {
                (true, false) => "",
                (true, true) => "−",
                (false, false) => " + ",
                (false, true) => " − ",
            });
            if times.abs() != 1 {
                out.push_str(&format!("{} × ", times.abs()));
            }
            let (name, value) = (name(*cell), digits(*value));
            let relation = match (is_bound, (*times < 0) == (self.end == End::AtMost)) {
                (false, _) => String::new(),
                (true, true) => " ≥".to_owned(),
                (true, false) => " ≤".to_owned(),
            };
            if is_bound == &false {
                out.push_str(&format!("{value} ({name})"));
            } else {
                out.push_str(&format!("{value} ({name}{relation} {value})"));
            }
        }
        if out.is_empty() {
            out.push('0');
        }
        if self.divisor != 1 {
            out = format!("({out}) ÷ {}", self.divisor);
        }
        format!("{out} = {}", digits(self.result))
    }
}
