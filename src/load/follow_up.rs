//! Follow-ups: what became of each development area of another report.

use crate::model::{FollowUp, FollowUpItem, Progress, UnitFollowUp};
use crate::source::Spanned;

use super::form::{ByName, Label, List, Reference, Required, Tried, Try, Words, choices, mapping};

mapping! {
    /// What became of the development areas of another report.
    FollowUpEntry "follow-up" {
        /// The report that is followed up; report.yaml names it under `reports`, with its version.
        of: Required<Reference>,
        /// Caption of the table of how far each unit has come.
        caption: Required<Label>,
        /// Header of its first column.
        stub: Required<Label>,
        /// Where it comes from.
        source: Words,
        /// Units of that report, each with one entry for each development area, in their order.
        units: Required<ByName<List<Try<ItemEntry>>>>,
    }
}

mapping! {
    /// What became of a development area.
    ItemEntry "a development area" {
        /// How far it has come.
        status: Required<Progress>,
        /// What was done.
        done: Required<Words>,
        /// What it is known from.
        evidence: Required<Words>,
    }
}

choices!(Progress);

/// A follow-up, where all that must be said is said.
pub fn follow_up(given: Spanned<FollowUpEntry>) -> Option<FollowUp> {
    let Spanned { value: entry, span } = given;
    let units = entry.units.unwrap_or_default().into_iter().map(unit).collect();
    Some(FollowUp { of: entry.of?, caption: entry.caption?, stub: entry.stub?, source: entry.source, units, span })
}

fn unit((unit, given): (Spanned<String>, Vec<Tried<ItemEntry>>)) -> UnitFollowUp {
    let count = given.len();
    let item =
        |item: ItemEntry| Some(FollowUpItem { progress: item.status?, done: item.done?, evidence: item.evidence? });
    UnitFollowUp {
        unit,
        items: given.into_iter().filter_map(|tried| tried.ok().and_then(item)).collect(),
        given: count,
    }
}
