//! The proof of a kept choice, to be kept as well: the worlds that it was proved by and the true one, in an order that does not say which that is. From each
//! of them the others prove that the same may stay hidden.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Severity, Sink, say};
use crate::model::{Policy, Project, Proof, ProofCases, ProofWorld};

use super::chosen::{connected, more_of_cases};
use super::decision::Decision;
use super::effects::Changed;
use super::keep::with_needs;
use super::kept_cases::written;
use super::means::Told;
use super::naming::name_of;
use super::network::{Network, factor_of};
use super::rows::{Person, Persons};
use super::shifts::Wanted;
use super::widened::Widened;
use super::witness;

/// A case as it stands in a proof.
type Written = Vec<Vec<String>>;

impl Decision {
    /// The proof of what is kept hidden; none where nothing is, or its worlds are those of no cases.
    #[must_use]
    pub fn proof(&self, project: &Project) -> Option<Proof> {
        let policy = project.policy.as_ref().filter(|_| self.kept)?;
        let (network, cases) = (&self.quantities.network, &self.quantities.cases);
        let hidden = &self.choice.hidden;
        let needs = with_needs(network, hidden, policy.persons?.values_left);
        let in_cases = |world: &Vec<i64>| Some((world.clone(), cases.persons_or_like(network, world)?));
        let every: Vec<(Vec<i64>, (Persons, bool))> = self.choice.worlds.iter().filter_map(in_cases).collect();
        let exact: Vec<Vec<i64>> =
            every.iter().filter(|(_, (_, agrees))| *agrees).map(|(world, _)| world.clone()).collect();
        let is_enough = |worlds: &[Vec<i64>]| witness::verify(&needs, hidden, worlds).is_ok();
        let worlds = if is_enough(&exact) {
            exact
        } else {
            // For some no cases were found: others are sought in their place, and else they are counted as they were.
            let more = if self.proved { None } else { self.more(&needs, &exact) };
            more.unwrap_or_else(|| every.iter().map(|(world, _)| world.clone()).collect())
        };
        if !is_enough(&worlds) {
            return None;
        }
        let mut known: BTreeMap<Vec<i64>, Persons> =
            every.into_iter().map(|(world, (persons, _))| (world, persons)).collect();
        let found: Option<Vec<(Vec<i64>, Persons)>> = worlds
            .iter()
            .map(|world| {
                let persons = known.remove(world).or_else(|| Some(cases.persons_or_like(network, world)?.0));
                Some((world.clone(), persons?))
            })
            .collect();
        let found = found?;
        let all = || found.iter().map(|(world, persons)| (world, persons.clone()));
        let truth = network.values();
        let numbers = self.typed_numbers(&worlds, project);
        let datasets: BTreeSet<usize> = found.iter().flat_map(|(_, persons)| persons.keys().copied()).collect();
        let used = policy.proof.as_ref().filter(|_| self.proved).map(|proof| &*proof.value);
        let widened = Widened::new(&project.findings, used);
        let mut out = Proof { schema: Proof::SCHEMA, datasets: BTreeMap::new(), worlds: Vec::new() };
        let every = || all().chain([(&truth, Persons::new())]);
        out.worlds = every()
            .map(|(world, _)| ProofWorld {
                numbers: numbers.iter().map(|(name, at)| (name.clone(), world[*at])).collect(),
                cases: BTreeMap::new(),
            })
            .collect();
        for place in datasets {
            let id = widened.datasets.get(place)?.id.value.clone();
            let cases: Vec<Vec<Written>> =
                every().map(|(_, persons)| self.cases_of(&widened, place, &persons)).collect();
            let (of, worlds) = numbered(cases);
            for (world, cases) in out.worlds.iter_mut().zip(worlds) {
                world.cases.insert(id.clone(), cases);
            }
            let columns = widened.told_columns(place);
            let columns = columns.iter().map(|at| widened.datasets[place].columns[*at].id.value.clone()).collect();
            out.datasets.insert(id, ProofCases { columns, ..of });
        }
        out.worlds.sort();
        out.worlds.dedup();
        Some(out)
    }

    /// These worlds, and others that come with cases in place of those that do not.
    fn more(&self, needs: &Network, worlds: &[Vec<i64>]) -> Option<Vec<Vec<i64>>> {
        let cases = &self.quantities.cases;
        let has_cases = |moved: &Changed| {
            let by = |at: usize| factor_of(moved, at);
            let persons = cases.values.persons(&cases.rows, (&cases.elementary, &cases.told), by);
            persons.is_some_and(|found| found.is_ok())
        };
        let told = Told::new(&self.quantities, &|_| false);
        let more = more_of_cases(needs, cases, worlds, Wanted::free(&|moved| told.holds(moved), &has_cases))?;
        witness::verify(needs, &self.choice.hidden, &more).is_ok().then_some(more)
    }

    /// The names of typed numbers that are others in a world, with their cells.
    fn typed_numbers(&self, worlds: &[Vec<i64>], project: &Project) -> BTreeMap<String, usize> {
        let network = &self.quantities.network;
        let of_cases = connected(network, self.quantities.cases.told.keys().copied());
        let is_other = |at: usize| worlds.iter().any(|world| world[at] != network.cells[at].value);
        let own = (0..network.cells.len()).filter(|at| !of_cases[*at] && is_other(*at));
        let named = own.filter_map(|at| {
            let name = self.quantities.first_name(at)?;
            Some((name_of(name, &project.workspace.breakdowns).to_string(), at))
        });
        named.collect()
    }

    /// The cases of a dataset in a world.
    fn cases_of(&self, widened: &Widened, place: usize, persons: &Persons) -> Vec<Written> {
        let (of, dataset) = (&self.quantities.cases.values.datasets[place], &widened.datasets[place]);
        // Columns with the header that they were read from.
        let columns = of.headers.iter().enumerate();
        let columns: Vec<(usize, usize)> =
            columns.flat_map(|(header, own)| own.columns.iter().map(move |at| (header, *at))).collect();
        let told = |like: usize, but: &BTreeMap<usize, usize>| {
            let case = |header: &usize| but.get(header).copied().unwrap_or(like);
            let by_value = &widened.by_value[place];
            columns.iter().map(|(header, at)| written(&dataset.columns[*at], by_value[*at], case(header))).collect()
        };
        match persons.get(&place) {
            Some(persons) => persons.iter().map(|Person { like, but }| told(*like, but)).collect(),
            None => (0..of.rows.len()).map(|case| told(case, &BTreeMap::new())).collect(),
        }
    }

    /// Tells that a kept proof is not enough any more, where another was found.
    pub(super) fn tell_unproved(&self, policy: &Policy, report: &str, sink: &mut Sink) {
        let Some(proof) = policy.proof.as_ref().filter(|_| self.kept && !self.proved) else { return };
        sink.push(
            Diagnostic::new(
                Severity::Info,
                Code::DISCLOSURE_PROOF,
                say!("the numbers here do not prove any more that what is kept hidden is enough; others were found that do"),
            )
            .at(proof.span)
            .help(say!("`belagg disclose {report} --keep` writes these", report)),
        );
    }
}

/// The cases of worlds by number: each once, those that all worlds have apart, and the others of each world.
fn numbered(worlds: Vec<Vec<Written>>) -> (ProofCases, Vec<Vec<usize>>) {
    let all: BTreeSet<&Written> = worlds.iter().flatten().collect();
    let places: BTreeMap<&Written, usize> = all.iter().copied().zip(0..).collect();
    let counts: Vec<BTreeMap<usize, usize>> = worlds
        .iter()
        .map(|world| {
            world.iter().fold(BTreeMap::new(), |mut counts, case| {
                *counts.entry(places[case]).or_default() += 1;
                counts
            })
        })
        .collect();
    let least = |at: usize| counts.iter().map(|of| of.get(&at).copied().unwrap_or_default()).min().unwrap_or_default();
    let common: BTreeMap<usize, usize> = (0..all.len()).map(|at| (at, least(at))).collect();
    let rest = |of: &BTreeMap<usize, usize>| -> Vec<usize> {
        of.iter().flat_map(|(at, count)| std::iter::repeat_n(*at, count - common[at])).collect()
    };
    let own = counts.iter().map(rest).collect();
    let cases = all.into_iter().cloned().collect();
    let common = common.into_iter().flat_map(|(at, count)| std::iter::repeat_n(at, count)).collect();
    (ProofCases { columns: Vec::new(), cases, common }, own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_of_all_worlds_stand_apart() {
        let case = |word: &str| vec![vec![word.to_owned()]];
        let world = |words: &str| words.split(' ').map(case).collect::<Vec<_>>();
        let (of, own) = numbered(vec![world("b a b"), world("c b b"), world("b b a")]);
        assert_eq!(of.cases, world("a b c"));
        assert_eq!(of.common, [1, 1]);
        assert_eq!(own, [vec![0], vec![2], vec![0]]);
    }
}
