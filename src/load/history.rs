//! The part of `report.yaml` that tells of its versions: who decided, what changed and why, whether it is withdrawn.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::resolved::ChangeKind;
use crate::document::resolved::Status;
use crate::model::{Change, Decision};
use crate::source::{Span, Spanned, Text};

use super::decode::{self, Map};
use super::yaml::Node;

const KINDS: &[(&str, ChangeKind)] = &[("correction", ChangeKind::Correction), ("revision", ChangeKind::Revision)];

/// Reads `decision`.
pub fn decision(node: &Node, sink: &mut Sink) -> Option<Decision> {
    let mut map = Map::open(node, "`decision`", sink)?;
    let by = map.require_text("by", sink);
    let meeting = map.text("meeting", sink);
    let reference = map.text("reference", sink);
    let date = map.take("date").and_then(|node| decode::date(&node, "`date`", sink));
    map.finish(sink);
    Some(Decision { by: by?, meeting, reference, date })
}

/// Reads one entry of `changes`.
pub fn change(node: &Node, sink: &mut Sink) -> Option<Change> {
    let mut map = Map::open(node, "a change", sink)?;
    let kind = map
        .require("type", sink)
        .and_then(|node| decode::choice(&node, "`type`", KINDS, sink).map(|kind| Spanned::new(kind, node.span)));
    let what = map.require_text("what", sink);
    let why = map.require_text("why", sink);
    let concerns = map.texts("concerns", sink);
    map.finish(sink);
    Some(Change { kind: kind?, what: what?, why: why?, concerns })
}

/// A withdrawn report says why, and only such a report does.
pub fn check_withdrawn(status: Status, reason: Option<&Text>, report: Span, sink: &mut Sink) {
    match (status, reason) {
        (Status::Withdrawn, None) => sink.push(
            Diagnostic::error(Code::KEY_MISSING, "a withdrawn report says why: `withdrawn` is missing")
                .at(Span { end: report.start, ..report })
                .help("add a line `withdrawn: …` with the reason, for the readers of the page and of the PDF"),
        ),
        (Status::Withdrawn, Some(_)) | (_, None) => {}
        (_, Some(reason)) => sink.push(
            Diagnostic::error(Code::VALUE_INVALID, "`withdrawn` gives a reason, but the report is not withdrawn")
                .at(reason.span)
                .help("set `status: withdrawn`, or take the reason away"),
        ),
    }
}
