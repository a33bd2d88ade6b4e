//! What is said of numbers that are public although the policy would hide them.

use crate::compute::mask::Quantity;
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::model::Project;

use super::decision::{Decision, place_of};
use super::naming::name_of;
use super::network::Exposure;
use super::public::Known;

/// How many numbers one message names.
const MOST_TOLD: usize = 12;

/// Tells which small numbers are public already: that is not to be undone, and somebody may want to know.
pub fn tell_public(decision: &Decision, project: &Project, truth: &Statistics, sink: &mut Sink) {
    let breakdowns = &project.workspace.breakdowns;
    let network = &decision.quantities.network;
    let small =
        decision.public.iter().filter(|known| known.small && network.cells[known.at].exposure == Exposure::Fixed);
    let mut small: Vec<(&Quantity, &Known)> =
        small.filter_map(|known| Some((decision.quantities.names[known.at].first()?, known))).collect();
    small.sort_by_key(|(name, _)| *name);
    let Some((first, _)) = small.first() else { return };
    let told = small.iter().take(MOST_TOLD).map(|(name, known)| {
        let (name, value) = (name_of(name, breakdowns).to_string(), network.cells[known.at].value);
        let versions = known.editions.join(", ");
        if known.follows {
            say!("`{name}` is {value} and follows from {versions}", name, value, versions)
        } else {
            say!("`{name}` is {value} in {versions}", name, value, versions)
        }
    });
    let told = Said::list(told.collect::<Vec<_>>(), "; ");
    let more = match small.len().saturating_sub(MOST_TOLD) {
        0 => Said::default(),
        count => say!(" and {count} more", count),
    };
    let Some(policy) = &project.policy else { return };
    let (minimum, span) = (policy.persons.map_or(0, |persons| persons.minimum), policy.span);
    sink.push(
        Diagnostic::warning(
            Code::DISCLOSURE_PUBLIC,
            say!(
                "published before, and therefore not hidden although fewer than {minimum} persons: {told}{more}",
                minimum,
                told,
                more
            ),
        )
        .at(place_of(first, project, truth).unwrap_or(span))
        .help(say!("hiding it now would protect nobody; say with a reason under `exceptions` that it stays, or take up with whoever answers for it whether the older version is to be withdrawn")),
    );
}
