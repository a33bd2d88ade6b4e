//! What the published versions make of a resolved report: marks beside changed values, the account of changes, and where later versions are told.

use std::collections::BTreeSet;

use crate::compare::state::FileKind;
use crate::compare::{State, compare};
use crate::diagnostic::{Severity, Sink};
use crate::document::export::DataTable;
use crate::document::resolved::{ResolvedDocument, Status};
use crate::model::Part;
use crate::resolve::{Facts, Resolution};
use crate::system::sha256;
use crate::versions::changes::{self, Account, Said};
use crate::versions::ledger::Entry;
use crate::versions::marks;
use crate::versions::reasons::{self, Before};

use super::{History, Purpose};

/// The report with its account. Values that changed without a stated reason are told.
pub(super) fn account(
    facts: Facts<'_>,
    resolution: Resolution,
    before: Option<&Before>,
    state: &State,
    history: &History<'_>,
    sink: &mut Sink,
) -> Resolution {
    let resolution = match &facts.project.part {
        None => of_report(facts, resolution, before, state, history, sink),
        Some(part) => {
            let document = of_part(facts, resolution.document, &resolution.data, part, state, history);
            Resolution { document, ..resolution }
        }
    };
    let has_later = history.purpose != Purpose::Preview || history.ledger.newest().is_some();
    let later = has_later.then(|| format!("../{}.notice.html", resolution.document.version));
    Resolution { document: ResolvedDocument { later, ..resolution.document }, ..resolution }
}

fn of_report(
    facts: Facts<'_>,
    mut resolution: Resolution,
    before: Option<&Before>,
    state: &State,
    history: &History<'_>,
    sink: &mut Sink,
) -> Resolution {
    let locale = facts.locale;
    let difference = before.map(|before| compare(&before.state, state)).unwrap_or_default();
    let old = before.map(|before| Said { version: &before.version, state: &before.state });
    let version = resolution.document.version.clone();
    let account = Account { old, new: Said { version: &version, state }, difference: &difference, locale };
    if let Some(before) = before {
        let severity = match history.purpose {
            _ if history.ledger.find(&version).is_some() => None,
            Purpose::Preview => Some(Severity::Warning),
            Purpose::Publish => Some(Severity::Error),
            Purpose::Rebuild => None,
        };
        if let Some(severity) = severity {
            reasons::check(facts.project, &account, &before.explained, severity, sink);
        }
        let legend = locale.fill("changes_legend", &[("version", &before.version)]);
        resolution = marks::marked(resolution, &before.state, &difference, &legend);
    }
    Resolution { document: changes::with_chapter(resolution.document, &account), ..resolution }
}

fn of_part(
    facts: Facts<'_>,
    document: ResolvedDocument,
    data: &[DataTable],
    part: &Part,
    state: &State,
    history: &History<'_>,
) -> ResolvedDocument {
    let document = changes::with_part_chapter(document, part, state, facts.locale);
    // An extract that says what it said is not corrected because its report is.
    let before = history.ledger.before(&document.version).filter(|_| document.changes.is_empty());
    let same = before.is_some_and(|before| says_the_same(before, state, &document, data));
    if !same || !matches!(document.status, Status::Corrected | Status::Revised) {
        return document;
    }
    let label = document.labels.get("status").cloned().unwrap_or_default();
    let imprint = document.imprint.into_iter().filter(|row| row.label != label).collect();
    ResolvedDocument { status: Status::Published, imprint, ..document }
}

/// Whether a part of a report says what it said in an earlier version: the same words, but for the number of the version that it is of,
/// and the same numbers in the same tables and charts. Where there are pictures or downloads besides, the ledger cannot tell.
fn says_the_same(before: &Entry, state: &State, document: &ResolvedDocument, data: &[DataTable]) -> bool {
    let Some(part) = &before.part else { return false };
    let mut then = state.clone();
    let based_on = document.labels.get("based_on").cloned().unwrap_or_default();
    for row in then.front.iter_mut().filter(|row| row.id == based_on) {
        row.text = row.text.replace(&document.version, &before.head.version);
    }
    let tables =
        data.iter().map(|table| (format!("data/{}.csv", table.id), sha256(crate::render::data::csv(table).as_bytes())));
    let charts = document.charts().into_iter().map(|chart| (chart.path.clone(), sha256(chart.svg.as_bytes())));
    let numbers: BTreeSet<(String, String)> = tables.chain(charts).collect();
    let printed = |path: &str| path.starts_with("charts/") || path.starts_with("data/") && path.ends_with(".csv");
    let recorded: BTreeSet<(String, String)> = (part.outputs.iter())
        .filter(|file| printed(&file.path))
        .map(|file| (file.path.clone(), file.sha256.clone()))
        .collect();
    let others = state.files.iter().flatten().any(|file| file.kind != FileKind::Chart);
    part.content == then.words_hash() && numbers == recorded && !others
}
