//! What printed means, sums, medians, quartiles and extremes of case rows say of how many cases are of which kind. The values of the cases are printed nowhere,
//! but those of a kind may lie within narrow bounds: with grades from 1 to 5 a mean says how many ones there are beside the twos. Readers are taken to
//! know within which values the cases of each class of answers are.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;
use crate::compute::summary::Outcome;
use crate::model::{Project, Statistic};

use super::choose::{Choice, Impossible};
use super::effects::Changed;
use super::network::{Kind, Relation, Terms, factor_of};
use super::quantities::{Quantities, cost};
use super::values::{OfDataset, Printed};

/// How often at most other numbers are chosen for the sake of statistics; what these still tell of then is not printed.
const ROUNDS: usize = 6;

/// A printed statistic and what it says.
#[derive(Debug, Clone)]
struct Says {
    name: Quantity,
    /// The cell that counts what it is computed of: where that is hidden, the statistic is.
    count: usize,
    bounds: Vec<AtLeast>,
}

impl Says {
    fn holds(&self, changes: &Changed) -> bool {
        self.bounds.iter().all(|bound| bound.holds(changes))
    }

    fn relations(&self) -> impl Iterator<Item = Relation> {
        self.bounds.iter().map(|bound| Relation::new(bound.terms.clone(), Kind::AtLeast, bound.end))
    }
}

/// A sum of elementary cells, in order, that is at least so much, and what it is.
#[derive(Debug, Clone)]
struct AtLeast {
    terms: Terms,
    end: i64,
    is: i64,
}

impl AtLeast {
    /// Whether it holds where cells change by so much: these are few, and the cells of the sum thousands.
    fn holds(&self, changes: &Changed) -> bool {
        let by: i64 = changes.iter().map(|(at, by)| factor_of(&self.terms, *at) * by).sum();
        self.is + by >= self.end
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
    for round in 0.. {
        let broken = broken(&says, quantities, &choice);
        if broken.is_empty() {
            break;
        }
        says.retain(|says| !broken.iter().any(|broken| broken.name == says.name));
        let before = quantities.size();
        broken.iter().for_each(|says| quantities.tie_to(&says.name, says.relations()));
        let stays = broken.iter().any(|says| asked.stay.contains(&says.name));
        let price = if stays { u64::MAX } else { cost::GRAND_TOTAL.saturating_mul(broken.len() as u64) };
        let other = if round < ROUNDS { again(quantities).ok() } else { None };
        if let Some(found) = other.filter(|found| found.cost <= choice.cost.saturating_add(price)) {
            choice = found;
            continue;
        }
        if !stays {
            quantities.cut(before);
        }
        let sensitive = choice.hidden.iter().copied().find(|at| quantities.network.cells[*at].is_sensitive());
        let cell = sensitive.or(choice.hidden.first().copied()).unwrap_or_default();
        let Some(told) = quantities.first_name(cell).filter(|_| !stays).cloned() else {
            return Err(Impossible::Unprotected { cell });
        };
        means.extend(broken.into_iter().map(|says| (says.name, told.clone())));
    }
    Ok((choice, means))
}

/// A choice that is kept, where the printed statistics leave it enough: then all that is known is in the network. `again` begins with worlds that agree
/// with them.
pub(super) fn kept(
    quantities: &mut Quantities,
    found: Choice,
    is_out: &dyn Fn(&Quantity) -> bool,
    again: impl Fn(&Quantities, &[Vec<i64>]) -> Option<Choice>,
) -> Option<Choice> {
    let mut choice = found;
    let mut says = says(quantities, is_out);
    loop {
        let broken = broken(&says, quantities, &choice);
        if broken.is_empty() {
            return Some(choice);
        }
        says.retain(|says| !broken.iter().any(|broken| broken.name == says.name));
        let before = quantities.size();
        broken.iter().for_each(|says| quantities.tie_to(&says.name, says.relations()));
        let changes = choice.worlds.iter().map(|world| quantities.network.changes_in(world)).collect::<Vec<_>>();
        let left = choice.worlds.into_iter().zip(changes);
        let left = left.filter(|(_, changes)| broken.iter().all(|says| says.holds(changes))).map(|(world, _)| world);
        let left: Vec<Vec<i64>> = left.collect();
        let left: Vec<Vec<i64>> = left.into_iter().map(|world| quantities.with_made(world, before)).collect();
        choice = again(quantities, &left)?;
    }
}

/// Statistics that stay printed under a choice and are others in some of its worlds, where the rest of these does not protect every number that is too small.
fn broken(says: &[Says], quantities: &Quantities, choice: &Choice) -> Vec<Says> {
    let printed: Vec<&Says> = says.iter().filter(|says| !choice.hidden.contains(&says.count)).collect();
    let changes: Vec<Terms> = choice.worlds.iter().map(|world| quantities.network.changes_in(world)).collect();
    let holds = |changes: &Changed| printed.iter().all(|says| says.holds(changes));
    let left = choice.worlds.iter().zip(&changes).filter(|(_, changes)| holds(changes)).map(|(world, _)| world);
    if quantities.network.are_safe(&choice.hidden, &left.collect::<Vec<_>>()) {
        return Vec::new();
    }
    let is_broken = |says: &&Says| changes.iter().any(|changes| !says.holds(changes));
    printed.into_iter().filter(is_broken).cloned().collect()
}

/// What each printed statistic says that is asked after.
fn says(quantities: &Quantities, is_out: &dyn Fn(&Quantity) -> bool) -> Vec<Says> {
    let counts: BTreeMap<&Quantity, usize> = quantities.computed_of.iter().map(|(name, at)| (name, *at)).collect();
    let mut out = Vec::new();
    for (place, of) in quantities.cases.values.datasets.iter().enumerate() {
        let mut ranges: BTreeMap<usize, Option<Ranges>> = BTreeMap::new();
        for printed in of.printed.iter().filter(|printed| printed.is.is_some() && !is_out(&printed.name)) {
            let Some(count) = counts.get(&printed.name) else { continue };
            let ranges =
                ranges.entry(printed.column).or_insert_with(|| Ranges::new(place, of, printed.column, quantities));
            let bounds = ranges.as_ref().and_then(|ranges| ranges.bounds(printed, quantities)).unwrap_or_default();
            if !bounds.is_empty() {
                out.push(Says { name: printed.name.clone(), count: *count, bounds });
            }
        }
    }
    out
}

/// The least and the largest value that a case of each elementary cell may have, in units of so many decimals.
struct Ranges {
    decimals: u8,
    of: Vec<Range>,
}

struct Range {
    /// An elementary cell.
    at: usize,
    /// One of its cases.
    sample: usize,
    least: i64,
    most: i64,
}

impl Ranges {
    fn new(place: usize, of: &OfDataset, column: usize, quantities: &Quantities) -> Option<Self> {
        let elementary = quantities.cases.elementary.get(&place)?;
        let (decimals, digits) = of.columns[column].digits()?;
        let header = &of.headers[of.columns[column].header];
        let range = |class: &Vec<usize>| {
            let values = || class.iter().filter_map(|case| digits[*case]);
            values().min().zip(values().max())
        };
        let classes: Vec<Option<(i64, i64)>> = header.classes.iter().map(range).collect();
        let mut out: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
        for (at, class) in elementary.iter().zip(&header.class) {
            if let Some((least, most)) = classes[*class] {
                let known = out.entry(*at).or_insert((least, most));
                *known = (known.0.min(least), known.1.max(most));
            }
        }
        let sample = |at: usize| quantities.cases.rows.get(&at).map(|rows| rows.sample);
        let of = out.into_iter().filter_map(|(at, (least, most))| Some(Range { at, sample: sample(at)?, least, most }));
        Some(Self { decimals, of: of.collect() })
    }

    /// What a statistic says; nothing where it is weighted or where the values may be whatever they want.
    fn bounds(&self, printed: &Printed, quantities: &Quantities) -> Option<Vec<AtLeast>> {
        let Some(Outcome::Number { value, decimals }) = printed.is.as_ref().filter(|_| printed.weight.is_none()) else {
            return None;
        };
        let values = &quantities.cases.values;
        let places = printed.decimals.unwrap_or(*decimals);
        let fine = places.max(self.decimals) + 1;
        let power = |of: u8| 10_i64.checked_pow(of.into());
        let is = value.round(places, values.rounding).checked_mul(power(fine)?.into())?.to_i64()?;
        let half = power(fine - places - 1)?.checked_mul(5)?;
        let (from, to) = (is.checked_sub(half)?, is.checked_add(half)?);
        let unit = power(fine - self.decimals)?;
        let mut cells = Vec::new();
        for range in self.of.iter().filter(|range| printed.members[range.sample]) {
            cells.push((range.at, range.least.checked_mul(unit)?, range.most.checked_mul(unit)?));
        }
        let truth = |terms: &[(usize, i64)]| -> Option<i64> {
            let parts = terms.iter().map(|(at, factor)| factor.checked_mul(quantities.network.cells[*at].value));
            parts.sum()
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
        match printed.statistic {
            Statistic::Average => {
                all.push(strictly(each(&|_, most| most.saturating_sub(from)), 0)?);
                all.push(strictly(each(&|least, _| to.saturating_sub(least)), 0)?);
            }
            Statistic::Sum => {
                all.push(strictly(each(&|_, most| most), from)?);
                all.push(strictly(each(&|least, _| -least), -to)?);
            }
            Statistic::LowerQuartile => ordered(1)?,
            Statistic::Median => ordered(2)?,
            Statistic::UpperQuartile => ordered(3)?,
            Statistic::Largest | Statistic::Smallest => {
                let is_largest = printed.statistic == Statistic::Largest;
                all.push((each(&|least, most| -i64::from(if is_largest { least > to } else { most < from })), 0));
                all.push((each(&|least, most| i64::from(if is_largest { most >= from } else { least <= to })), 1));
            }
            Statistic::Count => return None,
        }
        // What holds of any numbers says nothing; what does not hold of these was computed otherwise.
        let says_something = |(terms, end): &(Terms, i64)| *end > 0 || terms.iter().any(|(_, by)| *by < 0);
        let bound = |(terms, end): (Terms, i64)| {
            let is = truth(&terms)?;
            (is >= end).then_some(AtLeast { terms, end, is })
        };
        all.into_iter().filter(says_something).map(bound).collect()
    }
}
