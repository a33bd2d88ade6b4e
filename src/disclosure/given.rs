//! The numbers that are decided on, with what is public of them and what the policy keeps hidden.

use crate::compute::statistics::Statistics;
use crate::locale::Language;
use crate::model::{Policy, Prefer, Project, Proof, WholeGroup};

use super::beside::Beside;
use super::keep::Kept;
use super::network::{Exposure, Need};
use super::public::Known;
use super::quantities::Quantities;
use super::whole;

pub(super) struct Given {
    pub quantities: Quantities,
    pub public: Vec<Known>,
    /// A number that is too small.
    pub small: Option<usize>,
    /// One that is, where the policy lets nothing be hidden.
    pub refused: Option<usize>,
    pub held: Kept,
}

impl Given {
    /// Reads them from the true numbers, with the worlds of a kept proof.
    pub fn new(
        (project, policy): (&Project, &Policy),
        truth: &Statistics,
        (language, beside): (Language, Beside<'_>),
        proof: Option<&Proof>,
    ) -> Self {
        let Beside { before, printed, .. } = beside;
        let mut quantities = Quantities::read_beside(project, policy, truth, proof);
        let lay_over = |persons| before.lay_over(&mut quantities, persons, (project, truth, language));
        let public = policy.persons.map(lay_over).unwrap_or_default();
        if policy.whole_group == Some(WholeGroup::Hide) {
            let known = public.iter().map(|known: &Known| known.at).collect();
            whole::protect(project, policy, truth, &known, &mut quantities);
        }
        let small = quantities.network.cells.iter().position(|cell| cell.need != Need::None);
        // What the author marks is not printed, and refused only where it follows from what is.
        let refused = quantities.network.cells.iter().position(|cell| {
            cell.need != Need::None && cell.exposure != Exposure::Unpublished && !policy.prefer.contains(&Prefer::Hide)
        });
        let held = match refused {
            None => Kept::new(&quantities, policy, &project.workspace.breakdowns),
            Some(_) => Kept::default(),
        };
        if small.is_some() || !held.is_empty() {
            quantities.spare(&printed());
        }
        Self { quantities, public, small, refused, held }
    }
}
