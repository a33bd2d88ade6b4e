//! The cases of a kept proof: what each has in the columns that a report tells of, written as texts and read again.

use std::collections::BTreeMap;

use crate::model::{CaseColumn, CaseKind, CaseValue, Dataset, ProofCases, ProofWorld};
use crate::value::{Exact, PartialDate, Rounding};

/// What a case has in each of some columns.
pub(super) type Profile = Vec<(Option<CaseValue>, Vec<u32>)>;

/// Cases that become like others, by the places of their datasets.
pub(super) type Moved = BTreeMap<usize, Vec<(usize, usize)>>;

/// A world of a kept proof, as what it changes in the numbers of now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptWorld {
    /// Cases that there are, and which each of them becomes like.
    pub moved: Moved,
    /// Typed numbers by name.
    pub numbers: BTreeMap<String, i64>,
}

/// What a case has in some columns; of some of them only the value counts.
pub(super) fn profile(dataset: &Dataset, columns: &[usize], by_value: &[bool], case: usize) -> Profile {
    let own = columns.iter().map(|at| (&dataset.columns[*at], by_value[*at]));
    let categories = |column: &CaseColumn| column.answers.of_case(case).to_vec();
    own.map(|(column, by_value)| (column.value(case), if by_value { Vec::new() } else { categories(column) })).collect()
}

/// The cases of a proof in these columns; none for one that has what these cannot have.
pub(super) fn read(of: &ProofCases, dataset: &Dataset, columns: &[usize]) -> Vec<Option<Profile>> {
    let own: Vec<&CaseColumn> = columns.iter().map(|at| &dataset.columns[*at]).collect();
    let place = |column: &&CaseColumn| of.columns.iter().position(|id| *id == column.id.value);
    let Some(places) = own.iter().map(place).collect::<Option<Vec<usize>>>() else {
        return vec![None; of.cases.len()];
    };
    let categories: Vec<BTreeMap<&str, u32>> =
        own.iter().map(|column| column.categories.iter().map(|known| known.id.as_str()).zip(0..).collect()).collect();
    let cell = |case: &Vec<Vec<String>>, at: usize| {
        let mut words = case[places[at]].iter().map(String::as_str);
        let value = match own[at].kind {
            CaseKind::Text => None,
            kind => match words.next()? {
                "" => None,
                text => Some(value(kind, text)?),
            },
        };
        let answers: Option<Vec<u32>> = words.map(|id| categories[at].get(id).copied()).collect();
        Some((value, answers?))
    };
    of.cases.iter().map(|case| (0..own.len()).map(|at| cell(case, at)).collect()).collect()
}

fn value(kind: CaseKind, text: &str) -> Option<CaseValue> {
    match kind {
        CaseKind::Text => None,
        CaseKind::Number => Exact::parse(text).map(|(value, decimals)| CaseValue::Number { value, decimals }),
        CaseKind::Date => PartialDate::parse(text).map(CaseValue::Date),
    }
}

/// A number or a date as it is written.
pub(super) fn text(value: CaseValue) -> String {
    match value {
        CaseValue::Number { value, decimals } => value.to_decimal(decimals, Rounding::default()),
        CaseValue::Date(date) => date.iso(),
    }
}

/// What a case has in a column, as it stands in a proof; its categories only where these count.
pub(super) fn written(column: &CaseColumn, by_value: bool, case: usize) -> Vec<String> {
    let value = (column.kind != CaseKind::Text).then(|| column.value(case).map(text).unwrap_or_default());
    if by_value {
        return value.into_iter().collect();
    }
    let ids = column.answers.of_case(case).iter().filter_map(|at| column.categories.get(*at as usize));
    value.into_iter().chain(ids.map(|category| category.id.clone())).collect()
}

/// The cases of a proof among those of a dataset.
#[derive(Debug, Default)]
pub(super) struct Placed {
    /// The case that each became, with those that there are which are just like it; none where it cannot be one.
    pub cases: Vec<Option<(usize, Vec<usize>)>>,
    /// How many cases there are.
    pub real: usize,
}

impl Placed {
    /// The cases that become like others in a world; none where it cannot be.
    pub fn moved(&self, of: &ProofCases, world: &[usize]) -> Option<Vec<(usize, usize)>> {
        if of.common.len() + world.len() != self.real {
            return None;
        }
        let mut stays = vec![false; self.real];
        let mut new = Vec::new();
        // How many of those that are alike stay, by the first of them.
        let mut taken: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for at in of.common.iter().chain(world) {
            let (case, like) = self.cases.get(*at)?.as_ref()?;
            let taken = taken.entry(like.first().copied()).or_default();
            match like.get(*taken) {
                Some(own) => {
                    stays[*own] = true;
                    *taken += 1;
                }
                None => new.push(*case),
            }
        }
        Some((0..self.real).filter(|case| !stays[*case]).zip(new).collect())
    }
}

/// A world of a proof among the cases that there are, where it can be.
pub(super) fn placed(
    world: &ProofWorld,
    datasets: &BTreeMap<String, ProofCases>,
    known: &BTreeMap<String, (usize, Placed)>,
) -> Option<KeptWorld> {
    let mut out = KeptWorld { moved: Moved::new(), numbers: world.numbers.clone() };
    for (name, of) in datasets {
        let (place, placed) = known.get(name)?;
        let own = world.cases.get(name).map_or(&[][..], Vec::as_slice);
        out.moved.insert(*place, placed.moved(of, own)?);
    }
    out.moved.retain(|_, moved| !moved.is_empty());
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_is_not_moved() {
        let cases = || vec![vec![vec!["a".to_owned()]], vec![vec!["b".to_owned()]], vec![vec!["c".to_owned()]]];
        let of = |common: Vec<usize>| ProofCases { columns: vec!["x".to_owned()], cases: cases(), common };
        // Four cases: a, a, b, b. The proof's c is none of them.
        let placed = Placed { cases: vec![Some((4, vec![0, 1])), Some((5, vec![2, 3])), Some((6, vec![]))], real: 4 };
        assert_eq!(placed.moved(&of(vec![0, 1]), &[0, 1]), Some(vec![]));
        assert_eq!(placed.moved(&of(vec![0, 1]), &[0, 2]), Some(vec![(3, 6)]));
        assert_eq!(placed.moved(&of(vec![0, 0]), &[0, 0]), Some(vec![(2, 4), (3, 4)]));
        assert_eq!(placed.moved(&of(vec![0, 1]), &[0]), None);
        assert_eq!(placed.moved(&of(vec![0, 1]), &[0, 3]), None);
    }
}
