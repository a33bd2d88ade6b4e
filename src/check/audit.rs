//! The audit: every number of the prose with what it rests on, and the share of those that are bound.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::source::{Position, Span};

use super::Context;
use super::evidence::Evidence;
use super::rule::severity;
use super::rules::evi001;

/// All numbers of a report's prose, in the order of the report.
#[derive(Debug, Clone, Default)]
pub struct Audit {
    pub entries: Vec<Entry>,
    /// The text around the numbers, block by block, as it is printed.
    pub prose: Vec<String>,
}

/// One number of the prose.
#[derive(Debug, Clone)]
pub struct Entry {
    pub path: String,
    pub position: Position,
    pub span: Span,
    /// As it is printed: "25 av 40" has two.
    pub text: String,
    pub evidence: Evidence,
}

/// How many numbers rest on what: in the manifest, and under the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub bound: usize,
    pub matching: usize,
    pub allowed: usize,
    pub without_evidence: usize,
    /// Of the numbers that need evidence, how many percent are bound; rounded down, so that 100 means all.
    pub bound_percent: usize,
}

impl Audit {
    #[must_use]
    pub fn totals(&self) -> Totals {
        let mut out = Totals::default();
        for entry in &self.entries {
            match entry.evidence {
                Evidence::Bound => out.bound += 1,
                Evidence::Matching(_) => out.matching += 1,
                Evidence::Allowed(_) => out.allowed += 1,
                Evidence::Missing => out.without_evidence += 1,
            }
        }
        let needing = out.bound + out.matching + out.without_evidence;
        out.bound_percent = (out.bound * 100).checked_div(needing).unwrap_or(100);
        out
    }
}

/// Lists the numbers.
#[must_use]
pub fn audit(context: &Context<'_>) -> Audit {
    let mut entries = Vec::new();
    for (at, passage) in context.passages().filter(|(_, passage)| passage.is_audited()) {
        for (number, evidence) in passage.numbers.iter().zip(context.evidence(at)) {
            let span = passage.span(number.range.clone());
            entries.push(Entry {
                path: context.sources.get(span.source).path.clone(),
                position: context.sources.position(span),
                span,
                text: passage.slice(number.range.clone()).to_owned(),
                evidence: evidence.clone(),
            });
        }
    }
    let prose = context.prose.passages.iter().map(|passage| passage.text.clone()).collect();
    Audit { entries, prose }
}

/// What the workspace asks of the share of bound numbers.
#[must_use]
pub fn policy(context: &Context<'_>, audit: &Audit) -> Option<Diagnostic> {
    let wanted = context.option(&evi001::RULE, "bound");
    let totals = audit.totals();
    let bound = i64::try_from(totals.bound_percent).unwrap_or(100);
    // It is asked for whatever single numbers weigh.
    let severity = match severity(context.project, evi001::RULE.code, Severity::Error) {
        Some(Severity::Warning) if context.project.report.status.is_unfinished() => Severity::Warning,
        _ => Severity::Error,
    };
    (bound < wanted).then(|| {
        Diagnostic::new(
            severity,
            evi001::RULE.code,
            say!(
                "{bound} percent of the numbers in the text are bound, and belagg.yaml asks for {wanted}",
                bound,
                wanted
            ),
        )
        .help(say!("`belagg audit` lists every number with what it rests on; bind those that need evidence"))
    })
}
