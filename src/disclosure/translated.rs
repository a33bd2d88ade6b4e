//! What a translation hides: the numbers that its original hides, and no others. Whether that is enough beside its own words is proved anew.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;
use crate::compute::statistics::Statistics;
use crate::locale::Language;
use crate::model::{Project, WholeGroup};

use super::beside::Beside;
use super::chosen::{beside_said, chosen};
use super::decision::Decision;
use super::keep::{Kept, named_numbers, only};
use super::network::{Exposure, Need, Relation};
use super::public::Known;
use super::quantities::Quantities;
use super::whole;

/// A report that a translation is of, with its true numbers, what was decided of it, and what its texts say.
#[derive(Clone, Copy)]
pub struct Decided<'a> {
    pub project: &'a Project,
    pub truth: &'a Statistics,
    pub decision: &'a Decision,
    pub said: &'a dyn Fn(&Quantities) -> Vec<Relation>,
}

impl Decision {
    /// The decision of the original as that of its translation, which has the same numbers under the same ids and other words; none where no policy stands.
    #[must_use]
    pub fn translated(
        project: &Project,
        truth: &Statistics,
        original: Decided<'_>,
        (language, beside): (Language, Beside<'_>),
    ) -> Option<Self> {
        let policy = project.policy.as_ref()?;
        let theirs = original.decision;
        // What proves it of the original proves it here, where the words here say no more.
        let proof = original.project.policy.as_ref().and_then(|policy| policy.proof.as_ref());
        let proof = proof.filter(|_| theirs.proved).map(|proof| &*proof.value);
        let mut quantities = Quantities::read_beside(project, policy, truth, proof);
        // What was published is told in the words of the original.
        let of = (original.project, original.truth, language);
        let lay_over = |persons| beside.before.lay_over(&mut quantities, persons, of);
        let public: Vec<Known> = policy.persons.map(lay_over).unwrap_or_default();
        if policy.whole_group == Some(WholeGroup::Hide) {
            let known = public.iter().map(|known| known.at).collect();
            whole::protect(project, policy, truth, &known, &mut quantities);
        }
        let named: BTreeSet<&Quantity> =
            theirs.choice.hidden.iter().flat_map(|at| &theirs.quantities.names[*at]).collect();
        let is_hidden = |at: &usize| quantities.names[*at].iter().any(|name| named.contains(name));
        let hidden: BTreeSet<usize> = (0..quantities.network.cells.len()).filter(is_hidden).collect();
        for (at, cell) in quantities.network.cells.iter_mut().enumerate() {
            // What the original prints is public, whatever it is.
            if !hidden.contains(&at) && cell.is_open() {
                (cell.need, cell.exposure) = (Need::None, Exposure::Fixed);
            }
        }
        let mut out = Self {
            computed: theirs.computed.clone(),
            amounts: theirs.amounts.clone(),
            fault: theirs.fault,
            public,
            ..Self::default()
        };
        if !hidden.is_empty() && out.fault.is_none() {
            let mut said = (beside.said)(&quantities);
            said.extend(moved((original.said)(&theirs.quantities), &theirs.quantities, &quantities));
            let breakdowns = &project.workspace.breakdowns;
            let kept = Kept::of_hidden((&hidden, theirs.means.keys().cloned()), &quantities, policy, breakdowns);
            let numbers = named_numbers(&quantities, breakdowns);
            let proved = |quantities: &Quantities| match kept.verified(quantities, &numbers) {
                Some(found) => Ok(found),
                None => chosen(&only(&quantities.network, &hidden), &quantities.cases),
            };
            match beside_said(&mut quantities, said, &proved) {
                Ok(found) => out.choice = found,
                Err(impossible) => out.fault = Some(impossible.into()),
            }
        }
        out.choice.hidden = hidden;
        out.quantities = quantities;
        Some(out)
    }
}

/// Relations among the cells of one report as relations among those of another that have the same names; those with a cell that the other lacks are left out.
fn moved(relations: Vec<Relation>, from: &Quantities, to: &Quantities) -> Vec<Relation> {
    let places: BTreeMap<&Quantity, usize> =
        to.names.iter().enumerate().flat_map(|(at, names)| names.iter().map(move |name| (name, at))).collect();
    let moved = |at: usize| from.names[at].iter().find_map(|name| places.get(name)).copied();
    let moved = relations.into_iter().filter_map(|relation| {
        let terms: Option<Vec<(usize, i64)>> =
            relation.terms.iter().map(|(at, factor)| Some((moved(*at)?, *factor))).collect();
        Some(Relation { terms: terms?.into(), ..relation })
    });
    moved.collect()
}
