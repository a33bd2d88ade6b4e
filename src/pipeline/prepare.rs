//! A report before it is rendered: loaded, computed, assembled, resolved, checked, and held against the versions that are published.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::compare::{State, compare};
use crate::compute::adopt::compute_all;
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Severity, Sink};
use crate::document::Chapter;
use crate::document::export::DataTable;
use crate::document::resolved::{ResolvedDocument, Status};
use crate::locale::Locale;
use crate::model::{Part, Project};
use crate::source::SourceMap;
use crate::system::sha256;
use crate::versions::changes::{self, Account};
use crate::versions::ledger::{self, Entry, Ledger};
use crate::versions::{marks, reasons, state};
use crate::{assemble, check, load, resolve};

use super::{Prepared, Purpose, Ready, Since, Toolbox, Workshop, lengths, printed};

/// Loads, computes, assembles and resolves a report, and checks what can be checked before it is rendered.
#[must_use]
pub fn prepare(shop: Workshop<'_>, id: &str) -> Prepared {
    let mut sink = Sink::default();
    let ledger = ledger::of_report(shop.system, id, &mut sink);
    prepare_after(shop, id, (ledger, sink), Purpose::Preview)
}

/// As [`prepare`], after the versions of a ledger that was read, with what was wrong with it.
#[must_use]
pub fn prepare_after(shop: Workshop<'_>, id: &str, (ledger, mut sink): (Ledger, Sink), purpose: Purpose) -> Prepared {
    let loaded = load::load(shop.system, shop.library, id);
    sink.extend(loaded.sink);
    let sources = loaded.sources;
    let history = History { ledger: &ledger, purpose };
    let ready = loaded.project.and_then(|project| {
        let computed = Computed::of(&project, shop.toolbox, &mut sink)?;
        ready(project, computed, shop.toolbox, &sources, &history, &mut sink)
    });
    Prepared { id: id.to_owned(), ready, ledger, sources, sink }
}

/// What is computed of a report for all the documents that are made from it.
#[derive(Debug, Clone)]
pub(super) struct Computed {
    pub statistics: Arc<Statistics>,
    /// The chapters of the report that a document is a part of; none for a report.
    pub whole: Arc<Vec<Chapter>>,
}

impl Computed {
    /// For one document.
    fn of(project: &Project, toolbox: &Toolbox, sink: &mut Sink) -> Option<Self> {
        let locale = toolbox.locale(project.report.language)?;
        let statistics = compute_all(project, locale, &toolbox.adopted, sink);
        let whole = match project.part {
            Some(_) => assemble::whole(project, &statistics, locale),
            None => Arc::default(),
        };
        Some(Self { statistics: Arc::new(statistics), whole })
    }

    /// For what is made from a report.
    pub(super) fn beside(project: &Project, toolbox: &Toolbox, sink: &mut Sink) -> Option<Self> {
        let locale = toolbox.locale(project.report.language)?;
        let statistics = compute_all(project, locale, &toolbox.adopted, sink);
        let whole = assemble::whole(project, &statistics, locale);
        Some(Self { statistics: Arc::new(statistics), whole })
    }
}

/// A part of a report that was loaded and computed, after the versions of a ledger.
#[must_use]
pub(super) fn prepare_part(
    (project, computed): (Project, Computed),
    toolbox: &Toolbox,
    (sources, mut sink): (SourceMap, Sink),
    ledger: Ledger,
    purpose: Purpose,
) -> Prepared {
    let id = project.report.id.clone();
    let ready = ready(project, computed, toolbox, &sources, &History { ledger: &ledger, purpose }, &mut sink);
    Prepared { id, ready, ledger, sources, sink }
}

/// The published versions, and what is to become of this one.
struct History<'a> {
    ledger: &'a Ledger,
    purpose: Purpose,
}

fn ready(
    mut project: Project,
    computed: Computed,
    toolbox: &Toolbox,
    sources: &SourceMap,
    history: &History<'_>,
    sink: &mut Sink,
) -> Option<Ready> {
    let locale = toolbox.locale(project.report.language)?;
    let Computed { statistics, whole } = computed;
    let document = assemble::assemble_beside(&project, &statistics, whole, locale, sink)?;
    let mut resolution = resolve::resolve(&project, &statistics, &document, (locale, sources), sink);
    // What a fault has kept from being printed is not unused.
    if !sink.has_errors() && project.part.is_none() {
        assemble::check_unused(&project, &statistics, &resolution.tables, &resolution.figures, sink);
    }
    let state = state::state(&project, &statistics, &resolution.document, (locale, sources));
    let told = account(&mut project, &state, &mut resolution, locale, history, sink);
    printed::check_fonts(&project, toolbox.fonts(), sink);
    let text = printed::printed_text(&resolution.document);
    printed::check_glyphs(&text, toolbox.fonts(), sources, sink);
    lengths::check(&project, &resolution.document, &text, sources, sink);
    check::rule::check_settings(&project.workspace.rules, sink);
    let input = check::Input {
        project: &project,
        statistics: &statistics,
        document: &resolution.document,
        locale,
        sources,
        earlier: told
            .as_ref()
            .filter(|_| history.purpose != Purpose::Rebuild)
            .map(|(since, old, explained)| check::Earlier { version: &since.version, state: old, explained }),
    };
    let audit = checked(&input, sink);
    let since = told.map(|(since, ..)| since);
    Some(Ready { project, statistics, resolution, audit, state, since, purpose: history.purpose })
}

/// Runs the checks. Of what is made from a report only that is told which was not told with the report.
pub fn checked(input: &check::Input<'_>, sink: &mut Sink) -> check::Audit {
    let mut found = Sink::default();
    let audit = check::run(input, &mut found);
    sink.extend(match (&input.project.part, &input.project.findings.decision) {
        (None, _) => found,
        // Nobody else reads the text of a decision page. What else is in its report was checked there.
        (Some(Part::Decision), Some(decision)) => found.within(decision.span),
        // An extract repeats what its report says.
        _ => Sink::default(),
    });
    audit
}

/// Puts the account of changes and the marks into a resolved document. Gives what differs from the version before, what that version
/// said, and the ids of what the stated changes explain.
fn account(
    project: &mut Project,
    state: &State,
    resolution: &mut resolve::Resolution,
    locale: &Locale,
    history: &History<'_>,
    sink: &mut Sink,
) -> Option<(Since, State, BTreeSet<String>)> {
    let version = &project.report.version.value.clone();
    let document = &mut resolution.document;
    if history.purpose != Purpose::Preview || history.ledger.newest().is_some() {
        document.later = Some(format!("../{version}.notice.html"));
    }
    let before =
        history.ledger.before(version).and_then(|entry| Some((entry.head.version.clone(), entry.body()?.state)));
    let difference = before.as_ref().map(|(_, old)| compare(old, state)).unwrap_or_default();
    let told = Account {
        old: before.as_ref().map(|(version, old)| (version.as_str(), old)),
        new: state,
        difference: &difference,
        locale,
    };
    if let Some((version, old)) = &before {
        let legend = locale.fill("changes_legend", &[("version", version)]);
        marks::mark(document, &mut resolution.data, (old, &difference), &legend);
    }
    match &project.part {
        None => changes::add_chapter(document, &told),
        Some(part) => changes::add_to_part(document, part, &mut project.report.changes, state, locale),
    }
    // An extract that says what it said is not corrected because its report is.
    let earlier = history.ledger.before(version).filter(|_| project.part.is_some() && document.changes.is_empty());
    let same = earlier.is_some_and(|earlier| says_the_same(earlier, state, (version, document, &resolution.data)));
    if same && matches!(document.status, Status::Corrected | Status::Revised) {
        document.status = Status::Published;
        project.report.status = Status::Published;
        let label = document.labels.get("status").cloned().unwrap_or_default();
        document.imprint.retain(|row| row.label != label);
    }
    before.as_ref()?;
    let published = history.ledger.find(&project.report.version.value).is_some();
    match history.purpose {
        Purpose::Preview if !published => reasons::check_reasons(project, &told, Severity::Warning, sink),
        Purpose::Publish if !published => reasons::check_reasons(project, &told, Severity::Error, sink),
        _ => {}
    }
    let explained = reasons::explained(project, &told);
    let (version, old) = before?;
    Some((Since { version, difference }, old, explained))
}

/// Whether a part of a report says what it said in an earlier version: the same words, but for the number of the version that it is of,
/// and the same numbers in the same tables. Where there are pictures or charts besides, the ledger cannot tell.
fn says_the_same(
    earlier: &Entry,
    state: &State,
    (version, document, data): (&str, &ResolvedDocument, &[DataTable]),
) -> bool {
    let Some(part) = &earlier.part else { return false };
    let mut then = state.clone();
    let based_on = document.labels.get("based_on").cloned().unwrap_or_default();
    for row in then.front.iter_mut().filter(|row| row.id == based_on) {
        row.text = row.text.replace(version, &earlier.head.version);
    }
    let numbers: BTreeSet<(String, String)> = data
        .iter()
        .map(|table| (format!("data/{}.csv", table.id), sha256(crate::render::data::csv(table).as_bytes())))
        .collect();
    let printed = |path: &str| path.starts_with("data/") && path.ends_with(".csv");
    let recorded: BTreeSet<(String, String)> = (part.outputs.iter())
        .filter(|file| printed(&file.path))
        .map(|file| (file.path.clone(), file.sha256.clone()))
        .collect();
    let pictures =
        part.outputs.iter().any(|file| file.path.starts_with("charts/")) || state.files.iter().flatten().count() > 0;
    part.content == then.words_hash() && numbers == recorded && !pictures
}
