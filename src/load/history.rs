//! The part of `report.yaml` that tells of its versions: who decided, what changed and why, whether it is withdrawn.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::resolved::ChangeKind;
use crate::document::resolved::Status;
use crate::model::{Change, Decision};
use crate::source::{Span, Text};

use super::form::{Date, Label, List, Placed, Reference, Required, Words, choices, mapping};

mapping! {
    /// Who decided on a version: a function, never a person's name.
    DecisionEntry "decision" {
        /// Who decided.
        by: Required<Label>,
        /// At which meeting.
        meeting: Words,
        /// Reference number of the decision.
        reference: Label,
        /// When, if not on the report's own date.
        date: Date,
    }
}

mapping! {
    /// One change that a version makes.
    ChangeEntry "a change" {
        /// An error mended, or better or later data; never both in one.
        kind as "type": Required<Placed<ChangeKind>>,
        /// What was changed, for readers; figures can be bound.
        what: Required<Words>,
        /// Why it was changed, for readers.
        why: Required<Words>,
        /// Ids of the figures, tables, rows of tables (`visits.norr`) and datasets that changed; what is computed from them is meant too.
        concerns: List<Words> = Vec::new(),
        /// With `for-each`: the rows whose reports it is a change of, by their ids; all without it.
        rows: List<Reference> = Vec::new(),
    }
}

choices!(ChangeKind);

/// Who decided, where all that must be said is said.
pub fn decision(given: DecisionEntry) -> Option<Decision> {
    Some(Decision { by: given.by?, meeting: given.meeting, reference: given.reference, date: given.date })
}

/// A change, where all that must be said is said.
pub fn change(given: ChangeEntry) -> Option<Change> {
    Some(Change { kind: given.kind?, what: given.what?, why: given.why?, concerns: given.concerns, rows: given.rows })
}

/// A withdrawn report says why, and only such a report does.
pub fn check_withdrawn(status: Status, reason: Option<&Text>, report: Span, sink: &mut Sink) {
    match (status, reason) {
        (Status::Withdrawn, None) => sink.push(
            Diagnostic::error(Code::KEY_MISSING, say!("a withdrawn report says why: `withdrawn` is missing"))
                .at(Span { end: report.start, ..report })
                .help(say!("add a line `withdrawn: …` with the reason, for the readers of the page and of the PDF")),
        ),
        (Status::Withdrawn, Some(_)) | (_, None) => {}
        (_, Some(reason)) => sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("`withdrawn` gives a reason, but the report is not withdrawn"))
                .at(reason.span)
                .help(say!("set `status: withdrawn`, or take the reason away")),
        ),
    }
}
