//! What printed means, sums, medians, quartiles and extremes of case rows say of how many cases are of which kind. The values of the cases are printed nowhere,
//! but those of a kind may lie within narrow bounds: with grades from 1 to 5 a mean says how many ones there are beside the twos. Readers are taken to
//! know within which values the cases of each class of answers are.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;
use crate::compute::summary::Outcome;
use crate::model::{Project, Statistic};
use crate::value::Exact;

use super::choose::{Choice, Impossible};
use super::effects::Changed;
use super::elementary::Cases;
use super::network::{Kind, Network, Relation, Terms, factor_of};
use super::quantities::{Quantities, cost};
use super::values::{OfDataset, Printed};

/// How often at most other numbers are chosen for the sake of statistics; what these still tell of then is not printed.
const ROUNDS: usize = 6;

/// A printed statistic and what it says, as sums of elementary cells that are at least so much.
#[derive(Debug, Clone)]
struct Says {
    name: Quantity,
    /// The cell that counts what it is computed of: where that is hidden, the statistic is.
    count: usize,
    /// The report itself does not print it; an extract, a decision page or a report that builds on it may.
    is_spare: bool,
    /// Each with what its sum is.
    relations: Vec<(Relation, i64)>,
}

impl Says {
    /// Whether it holds where cells change by so much: these are few, and the cells of a sum thousands.
    fn holds(&self, changes: &Changed) -> bool {
        self.relations.iter().all(|(relation, is)| {
            let by = changes.iter().map(|(at, by)| factor_of(&relation.terms, *at) * by);
            relation.admits(is + by.sum::<i64>())
        })
    }

    /// Makes it known of the numbers.
    fn tie(&self, quantities: &mut Quantities) {
        quantities.tie_to(&self.name, self.relations.iter().map(|(relation, _)| relation));
    }
}

/// Statistics that are hidden because they would tell of hidden numbers, each with one of these.
pub type Means = BTreeMap<Quantity, Quantity>;

/// Which statistics are not asked after, since somebody has decided that they may stand, or they are hidden already; and which may not be hidden.
#[derive(Debug, Default)]
pub(super) struct Asked {
    out: BTreeSet<Quantity>,
    stay: BTreeSet<Quantity>,
    /// Those that are hidden.
    pub hidden: BTreeSet<Quantity>,
}

impl Asked {
    /// What the policy says of them.
    pub fn new(project: &Project, quantities: &Quantities) -> Self {
        let Some(policy) = &project.policy else { return Self::default() };
        let named = |names: BTreeSet<&str>| quantities.computed_named(&names, &project.workspace.breakdowns);
        Self {
            out: named(policy.exceptions.iter().map(|one| one.cell.value.as_str()).collect()),
            stay: named(policy.never_hide.iter().map(|name| name.value.as_str()).collect()),
            hidden: BTreeSet::new(),
        }
    }

    /// Asks no more after some.
    pub fn hide(&mut self, names: impl Iterator<Item = Quantity>) {
        self.hidden.extend(names);
    }
}

/// What is hidden so that no printed statistic tells of it: other numbers than were chosen, or the statistics, whichever costs less. `again` chooses with
/// all that is known.
///
/// # Errors
/// A number that a statistic gives away which the policy never hides.
pub(super) fn beside(
    quantities: &mut Quantities,
    found: Choice,
    asked: &Asked,
    again: &dyn Fn(&Quantities) -> Result<Choice, Impossible>,
) -> Result<(Choice, Means), Impossible> {
    let (mut choice, mut means) = (found, Means::new());
    if choice.hidden.is_empty() {
        return Ok((choice, means));
    }
    let mut says = says(quantities, &|name| asked.out.contains(name) || asked.hidden.contains(name));
    let gives_away = |quantities: &Quantities, choice: &Choice| {
        let sensitive = choice.hidden.iter().copied().find(|at| quantities.network.cells[*at].is_sensitive());
        sensitive.or(choice.hidden.first().copied()).unwrap_or_default()
    };
    let mut round = 0;
    loop {
        let broken = broken(&says, &quantities.network, &choice);
        if broken.is_empty() {
            break;
        }
        // What nothing prints is hidden before anything else is: whoever builds on the report could print it.
        let spare = |says: &Says| says.is_spare && !asked.stay.contains(&says.name);
        if let Some(told) = quantities.first_name(gives_away(quantities, &choice)).filter(|_| broken.iter().any(spare))
        {
            means.extend(broken.iter().filter(|says| spare(says)).map(|says| (says.name.clone(), told.clone())));
            says.retain(|says| !means.contains_key(&says.name));
            continue;
        }
        says.retain(|says| !broken.iter().any(|broken| broken.name == says.name));
        let before = quantities.size();
        broken.iter().for_each(|says| says.tie(quantities));
        let stays = broken.iter().any(|says| asked.stay.contains(&says.name));
        let price = if stays { u64::MAX } else { cost::GRAND_TOTAL.saturating_mul(broken.len() as u64) };
        let other = if round < ROUNDS { again(quantities).ok() } else { None };
        round += 1;
        if let Some(found) = other.filter(|found| found.cost <= choice.cost.saturating_add(price)) {
            choice = found;
            continue;
        }
        if !stays {
            quantities.cut(before);
        }
        let cell = gives_away(quantities, &choice);
        let Some(told) = quantities.first_name(cell).filter(|_| !stays).cloned() else {
            return Err(Impossible::Unprotected { cell });
        };
        means.extend(broken.into_iter().map(|says| (says.name, told.clone())));
    }
    Ok((choice, means))
}

/// A choice that is kept, where the printed statistics leave it enough: then all that is known is in the network. `needs` says what must stay possible for
/// each number; `again` begins with worlds that agree with the statistics.
pub(super) fn kept(
    quantities: &mut Quantities,
    found: Choice,
    is_out: &dyn Fn(&Quantity) -> bool,
    needs: &dyn Fn(&Network) -> Network,
    again: impl Fn(&Quantities, &[Vec<i64>]) -> Option<Choice>,
) -> Option<Choice> {
    let mut choice = found;
    let mut says = says(quantities, is_out);
    loop {
        let broken = broken(&says, &needs(&quantities.network), &choice);
        if broken.is_empty() {
            return Some(choice);
        }
        says.retain(|says| !broken.iter().any(|broken| broken.name == says.name));
        let before = quantities.size();
        broken.iter().for_each(|says| says.tie(quantities));
        let holds = |world: &Vec<i64>| {
            let changes = quantities.network.changes_in(world);
            broken.iter().all(|says| says.holds(&changes))
        };
        let left = choice.worlds.into_iter().filter(holds).map(|world| quantities.with_made(world, before));
        let left: Vec<Vec<i64>> = left.collect();
        choice = again(quantities, &left)?;
    }
}

/// Statistics that stay printed under a choice and are others in some of its worlds, where the rest of these does not protect every number that is too small.
fn broken(says: &[Says], network: &Network, choice: &Choice) -> Vec<Says> {
    let printed: Vec<&Says> = says.iter().filter(|says| !choice.hidden.contains(&says.count)).collect();
    let changes: Vec<Terms> = choice.worlds.iter().map(|world| network.changes_in(world)).collect();
    let holds = |changes: &Changed| printed.iter().all(|says| says.holds(changes));
    let left = choice.worlds.iter().zip(&changes).filter(|(_, changes)| holds(changes)).map(|(world, _)| world);
    if network.are_safe(&choice.hidden, &left.collect::<Vec<_>>()) {
        return Vec::new();
    }
    let is_broken = |says: &&Says| changes.iter().any(|changes| !says.holds(changes));
    printed.into_iter().filter(is_broken).cloned().collect()
}

/// What all printed statistics say of elementary cells.
pub(super) struct Told(Vec<Says>);

impl Told {
    pub fn new(quantities: &Quantities, is_out: &dyn Fn(&Quantity) -> bool) -> Self {
        Self(says(quantities, is_out))
    }

    /// Whether it holds where the cells change by so much.
    pub fn holds(&self, changes: &Changed) -> bool {
        self.0.iter().all(|says| says.holds(changes))
    }
}

/// What each printed statistic says that is asked after.
fn says(quantities: &Quantities, is_out: &dyn Fn(&Quantity) -> bool) -> Vec<Says> {
    let counts: BTreeMap<&Quantity, usize> = quantities.computed_of.iter().map(|(name, at)| (name, *at)).collect();
    let (truth, mut out) = (quantities.network.values(), Vec::new());
    for (place, of) in quantities.cases.values.datasets.iter().enumerate() {
        let mut ranges: BTreeMap<usize, Option<Ranges>> = BTreeMap::new();
        for printed in of.printed.iter().filter(|printed| !is_out(&printed.name)) {
            let Some(count) = counts.get(&printed.name) else { continue };
            if !matches!(printed.is, Some(Outcome::Number { .. } | Outcome::Date(_))) {
                continue;
            }
            for column in std::iter::once(printed.column).chain(printed.weight) {
                ranges.entry(column).or_insert_with(|| Ranges::new(place, of, column, quantities));
            }
            let of_column = |column: usize| ranges.get(&column)?.as_ref();
            let relations = of_column(printed.column).and_then(|values| {
                let weights = printed.weight.map(|weight| of_column(weight).ok_or(()));
                values.relations((of, printed), weights.transpose().ok()?, quantities)
            });
            // What sums do not say is taken to say all: how many cases of each kind there are.
            let relations = relations.unwrap_or_else(|| as_known(place, printed, quantities));
            let with_sum = |relation: Relation| {
                let sum = relation.sum_in(&truth);
                (relation, sum)
            };
            let relations: Vec<_> = relations.into_iter().map(with_sum).collect();
            if !relations.is_empty() {
                out.push(Says { name: printed.name.clone(), count: *count, is_spare: !printed.is_told, relations });
            }
        }
    }
    out
}

/// How many cases of each kind a statistic is computed of, where no more than that can be said of it.
fn as_known(place: usize, printed: &Printed, quantities: &Quantities) -> Vec<Relation> {
    let Cases { rows, .. } = &quantities.cases;
    let own = rows.iter().filter(|(_, rows)| rows.dataset == place && printed.members.has(rows.sample));
    own.map(|(at, _)| Relation::new([(*at, 1)], Kind::Equal, quantities.network.cells[*at].value)).collect()
}

/// Within which values the cases of an elementary cell are.
#[derive(Debug, Clone, Copy)]
struct Range {
    least: i64,
    most: i64,
    /// Some have none.
    lacks: bool,
}

impl Range {
    fn with(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), most: self.most.max(other.most), lacks: self.lacks || other.lacks }
    }

    /// The most that a value, less a number or that number less it, comes to with a weight.
    fn most_with(self, weight: Self, of: impl Fn(i64) -> Option<i64>) -> Option<i64> {
        let mut most = if weight.lacks { 0 } else { i64::MIN };
        for value in [self.least, self.most] {
            for weight in [weight.least, weight.most] {
                most = most.max(of(value)?.checked_mul(weight)?);
            }
        }
        Some(most)
    }
}

/// The least and the largest value that a case of each elementary cell may have, in units of so many decimals.
struct Ranges {
    decimals: u8,
    /// Each elementary cell, in order, with one of its cases.
    of: Vec<(usize, usize, Range)>,
}

impl Ranges {
    fn new(place: usize, of: &OfDataset, column: usize, quantities: &Quantities) -> Option<Self> {
        let elementary = quantities.cases.elementary.get(&place)?;
        let (decimals, digits) = of.columns[column].digits()?;
        let header = &of.headers[of.columns[column].header];
        let range = |class: &Vec<usize>| {
            let values = || class.iter().filter_map(|case| digits[*case]);
            let lacks = class.iter().any(|case| digits[*case].is_none());
            values().min().zip(values().max()).map(|(least, most)| Range { least, most, lacks })
        };
        let classes: Vec<Option<Range>> = header.classes.iter().map(range).collect();
        let mut out: BTreeMap<usize, Range> = BTreeMap::new();
        for (at, class) in elementary.iter().zip(&header.class) {
            if let Some(range) = classes[*class] {
                let known = out.entry(*at).or_insert(range);
                *known = known.with(range);
            }
        }
        let sample = |at: usize| quantities.cases.rows.get(&at).map(|rows| rows.sample);
        let of = out.into_iter().filter_map(|(at, range)| Some((at, sample(at)?, range)));
        Some(Self { decimals, of: of.collect() })
    }

    /// What a statistic says, weighted by the values of these ranges; nothing where that is no matter of sums, or too large to be reckoned with.
    fn relations(
        &self,
        (of, printed): (&OfDataset, &Printed),
        weights: Option<&Self>,
        quantities: &Quantities,
    ) -> Option<Vec<Relation>> {
        let values = &quantities.cases.values;
        let (value, places) = match printed.is.as_ref()? {
            Outcome::Number { value, decimals } => (*value, printed.decimals.unwrap_or(*decimals)),
            Outcome::Date(date) => (Exact::from(of.columns[printed.column].place_of(*date)?), 0),
            Outcome::None | Outcome::Overflow => return None,
        };
        let fine = places.max(self.decimals) + 1;
        let power = |of: u8| 10_i64.checked_pow(of.into());
        let is = value.round(places, values.rounding).checked_mul(power(fine)?.into())?.to_i64()?;
        let half = power(fine - places - 1)?.checked_mul(5)?;
        let (from, to) = (is.checked_sub(half)?, is.checked_add(half)?);
        let unit = power(fine - self.decimals)?;
        let mut cells = Vec::new();
        for (at, _, Range { least, most, .. }) in self.of.iter().filter(|(_, sample, _)| printed.members.has(*sample)) {
            cells.push((*at, least.checked_mul(unit)?, most.checked_mul(unit)?));
        }
        let truth = |terms: &[(usize, i64)]| -> Option<i64> {
            let mut parts = terms.iter().map(|(at, factor)| factor.checked_mul(quantities.network.cells[*at].value));
            parts.try_fold(0_i64, |sum, part| sum.checked_add(part?))
        };
        let each = |factor: &dyn Fn(i64, i64) -> i64| -> Terms {
            let all = cells.iter().map(|(at, least, most)| (*at, factor(*least, *most)));
            all.filter(|(_, factor)| *factor != 0).collect()
        };
        // The end of what is rounded to the same is another's already.
        let strictly = |terms: Terms, end: i64| -> Option<(Terms, i64)> {
            let is_within = truth(&terms)? > end;
            Some((terms, end + i64::from(is_within)))
        };
        let least = i64::try_from(values.minimum).ok()?;
        let mut all = vec![(each(&|_, _| 1), least)];
        // A quartile stands at a quarter of what is below it; where it lies between two values, either may be beyond it.
        let mut ordered = |quarters: i64| -> Option<()> {
            for (of, is_beyond) in [
                (quarters, (&|_, most| most < from) as &dyn Fn(i64, i64) -> bool),
                (4 - quarters, &|least, _| least > to),
            ] {
                let terms = each(&|least, most| of - 4 * i64::from(is_beyond(least, most)));
                let exact = truth(&terms)? >= of;
                all.push((terms, if exact { of } else { of - 3 }));
            }
            Some(())
        };
        // What is left of a weighted mean where it is the least, and the most, that is printed so: no less than nought.
        let weighted = |weights: &Self, by: &dyn Fn(i64) -> Option<i64>| -> Option<Terms> {
            let mut out = Vec::new();
            for (at, least, most) in &cells {
                let Ok(found) = weights.of.binary_search_by_key(at, |(at, ..)| *at) else { continue };
                let weight = weights.of[found].2;
                let value = Range { least: *least, most: *most, lacks: false };
                out.push((*at, value.most_with(weight, by)?));
            }
            out.retain(|(_, factor)| *factor != 0);
            Some(out)
        };
        match (weights, printed.statistic) {
            (Some(weights), _) => {
                all.push(strictly(weighted(weights, &|value| value.checked_sub(from))?, 0)?);
                all.push(strictly(weighted(weights, &|value| to.checked_sub(value))?, 0)?);
            }
            (None, Statistic::Average) => {
                all.push(strictly(each(&|_, most| most.saturating_sub(from)), 0)?);
                all.push(strictly(each(&|least, _| to.saturating_sub(least)), 0)?);
            }
            (None, Statistic::Sum) => {
                all.push(strictly(each(&|_, most| most), from)?);
                all.push(strictly(each(&|least, _| -least), -to)?);
            }
            (None, Statistic::LowerQuartile) => ordered(1)?,
            (None, Statistic::Median) => ordered(2)?,
            (None, Statistic::UpperQuartile) => ordered(3)?,
            (None, Statistic::Largest | Statistic::Smallest) => {
                let is_largest = printed.statistic == Statistic::Largest;
                all.push((each(&|least, most| -i64::from(if is_largest { least > to } else { most < from })), 0));
                all.push((each(&|least, most| i64::from(if is_largest { most >= from } else { least <= to })), 1));
            }
            (None, Statistic::Count) => return None,
        }
        // What holds of any numbers says nothing; what does not hold of these was computed otherwise.
        let says_something = |(terms, end): &(Terms, i64)| *end > 0 || terms.iter().any(|(_, by)| *by < 0);
        let holds = |(terms, end): &(Terms, i64)| truth(terms).is_some_and(|sum| sum >= *end);
        let all: Vec<_> = all.into_iter().filter(says_something).collect();
        let is_true = all.iter().all(holds);
        is_true.then(|| all.into_iter().map(|(terms, end)| Relation::new(terms, Kind::AtLeast, end)).collect())
    }
}
