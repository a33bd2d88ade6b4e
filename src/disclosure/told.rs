//! What is said of numbers that are public although the policy would hide them, and of whole groups in one category.

use std::collections::BTreeMap;

use crate::compute::mask::Quantity;
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, say};
use crate::model::{Project, WholeGroup};
use crate::resolve::Facts;

use super::decision::Decision;
use super::naming::name_of;
use super::naming::place_of;
use super::network::Exposure;
use super::public::Known;
use super::quantities::{Printed, Quantities};
use super::whole::{self, Share, Whole};

/// How many numbers one message names.
const MOST_TOLD: usize = 12;

/// Tells which small numbers are public already: that is not to be undone, and somebody may want to know.
pub fn tell_public(decision: &Decision, project: &Project, truth: &Statistics, sink: &mut Sink) {
    tell_known((&decision.quantities, &decision.public), project, truth, sink);
    tell_known((&decision.amounts.quantities, &decision.amounts.public), project, truth, sink);
}

fn tell_known((quantities, public): (&Quantities, &[Known]), project: &Project, truth: &Statistics, sink: &mut Sink) {
    let breakdowns = &project.workspace.breakdowns;
    let network = &quantities.network;
    let small = public.iter().filter(|known| known.small && network.cells[known.at].exposure == Exposure::Fixed);
    let mut small: Vec<(&Quantity, &Known)> =
        small.filter_map(|known| Some((quantities.names[known.at].first()?, known))).collect();
    small.sort_by_key(|(name, _)| *name);
    let Some((first, _)) = small.first() else { return };
    let told = small.iter().take(MOST_TOLD).map(|(name, known)| {
        let (name, value) = (name_of(name, breakdowns).to_string(), quantities.digits(network.cells[known.at].value));
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
    let message = if quantities.of_amounts {
        say!("published before, and therefore not hidden although it tells what somebody has: {told}{more}", told, more)
    } else {
        say!(
            "published before, and therefore not hidden although fewer than {minimum} persons: {told}{more}",
            minimum,
            told,
            more
        )
    };
    sink.push(
        Diagnostic::warning(Code::DISCLOSURE_PUBLIC, message)
        .at(place_of(first, project, truth).unwrap_or(span))
        .help(say!("hiding it now would protect nobody; say with a reason under `exceptions` that it stays, or take up with whoever answers for it whether the older version is to be withdrawn")),
    );
}

/// Tells of whole groups that the report prints: where the policy asks about them, where it says nothing of them, and where it would hide one that stays.
pub fn tell_whole(facts: Facts<'_>, decision: &Decision, printed: &Printed, sink: &mut Sink) {
    let Facts { project, statistics, .. } = facts;
    let Some(policy) = project.policy.as_ref().filter(|policy| policy.whole_group != Some(WholeGroup::Show)) else {
        return;
    };
    let severity = match policy.whole_group {
        None => Severity::Info,
        // What was published before is for somebody to decide on, and not to be mended.
        Some(WholeGroup::Hide) => Severity::Warning,
        Some(_) => project.report.status.severity(),
    };
    let breakdowns = &project.workspace.breakdowns;
    let hides = policy.whole_group == Some(WholeGroup::Hide);
    let mask = decision.mask();
    let mut of_places: BTreeMap<String, Vec<Whole>> = BTreeMap::new();
    for found in whole::groups(project, statistics) {
        let is_printed = std::iter::once(&found.cell).chain(&found.also).any(|name| printed.has(name));
        let name = name_of(&found.cell, breakdowns).to_string();
        let is_decided = policy.exceptions.iter().any(|exception| exception.cell.value == name);
        if !is_printed || is_decided || hides && mask.hides(&found.cell) {
            continue;
        }
        let place = match &found.cell {
            Quantity::Cell { table, .. } => table.clone(),
            Quantity::Figure { .. } => name,
        };
        of_places.entry(place).or_default().push(found);
    }
    for all in of_places.into_values() {
        // One message a table, of its largest group, which names the others.
        let Some(found) = all.iter().max_by_key(|found| found.size) else { continue };
        let (name, words) = (name_of(&found.cell, breakdowns).to_string(), facts.words_of(&found.cell));
        let others = all.iter().filter(|other| other.cell != found.cell).map(|other| name_of(&other.cell, breakdowns));
        let others = others.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let more = if others.is_empty() { Said::default() } else { say!("; so are {others}", others) };
        let message = match (found.share, found.size) {
            (Share::OfLine, Some(size)) => {
                say!("`{name}` ({words}) is all {size} of its group{more}", name, words, size, more)
            }
            (Share::All, Some(size)) => {
                say!("`{name}` ({words}) is all {size} of its base{more}", name, words, size, more)
            }
            (Share::Nobody, Some(size)) => {
                say!("`{name}` ({words}) is none of the {size} of its base{more}", name, words, size, more)
            }
            (Share::Nobody, None) => say!("`{name}` ({words}) is nobody of its group{more}", name, words, more),
            (_, None) => say!("`{name}` ({words}) is everybody of its group{more}", name, words, more),
        };
        let mut diagnostic = Diagnostic::new(severity, Code::DISCLOSURE_WHOLE, message)
            .at(place_of(&found.cell, project, statistics).unwrap_or(policy.span))
            .help(say!("whoever knows that somebody is in the group learns it of them: put rows or columns together, or leave it out"));
        diagnostic = diagnostic.help(if hides {
            say!("it is not hidden, since it is public already, or `never-hide` keeps it; decide under `exceptions`, with a reason and a date, that it stays")
        } else {
            say!("or decide, under `exceptions` with a reason and a date, that it may be told; `whole-group: hide` or `whole-group: show` decides it for all")
        });
        sink.push(diagnostic);
    }
}
