//! The ways of a report that end before it is resolved in full: its findings alone (`belagg audit`, `belagg check --fix`), its figures alone
//! (`belagg explain`).

use crate::check::{self, Audit};
use crate::compare::Difference;
use crate::compute::adopt::compute_all;
use crate::compute::statistics::Statistics;
use crate::diagnostic::Sink;
use crate::model::Project;
use crate::source::SourceMap;
use crate::versions::changes::Account;
use crate::versions::ledger::{self, Ledger};
use crate::versions::{reasons, state};
use crate::{assemble, load, resolve};

use super::prepare::checked;
use super::{Toolbox, Workshop};

/// What the checks say of a report, without the document that they read.
#[derive(Debug)]
pub struct Audited {
    pub id: String,
    /// None where the report is too faulty to be resolved.
    pub audit: Option<Audit>,
    pub sources: SourceMap,
    pub sink: Sink,
}

/// Loads and computes a report and runs the checks, and no more: citations are not formatted and charts not drawn, and all but the findings is
/// let go at the end, so that the reports of a large workspace need not stand in memory together.
#[must_use]
pub fn audit(shop: Workshop<'_>, id: &str) -> Audited {
    let mut sink = Sink::default();
    let ledger = ledger::of_report(shop.system, id, &mut sink);
    let loaded = load::load(shop.system, shop.library, id);
    sink.extend(loaded.sink);
    let sources = loaded.sources;
    let audit = loaded.project.and_then(|project| audited(&project, shop.toolbox, &sources, &ledger, &mut sink));
    Audited { id: id.to_owned(), audit, sources, sink }
}

fn audited(
    project: &Project,
    toolbox: &Toolbox,
    sources: &SourceMap,
    ledger: &Ledger,
    sink: &mut Sink,
) -> Option<Audit> {
    let locale = toolbox.locale(project.report.language)?;
    let statistics = compute_all(project, locale, &toolbox.adopted, sink);
    let document = assemble::assemble(project, &statistics, locale, sink)?;
    let words = resolve::Detail::Words;
    let resolution = resolve::resolve_to(words, project, &statistics, &document, (locale, sources), sink);
    check::rule::check_settings(&project.workspace.rules, sink);
    let before = ledger.before(&project.report.version.value);
    let before = before.and_then(|entry| Some((entry.head.version.clone(), entry.body()?.state)));
    let earlier = before.map(|(version, old)| {
        let state = state::state(project, &statistics, &resolution.document, (locale, sources));
        let difference = Difference::default();
        let told = Account { old: Some((&version, &old)), new: &state, difference: &difference, locale };
        let explained = reasons::explained(project, &told);
        (version, old, explained)
    });
    let input = check::Input {
        project,
        statistics: &statistics,
        document: &resolution.document,
        locale,
        sources,
        earlier: earlier.as_ref().map(|(version, state, explained)| check::Earlier { version, state, explained }),
    };
    Some(checked(&input, sink))
}

/// A report with its figures computed and no more: what it takes to say how they came about.
#[derive(Debug)]
pub struct Figures {
    /// None where the report is too faulty to be loaded.
    pub project: Option<Project>,
    pub statistics: Statistics,
    pub sources: SourceMap,
    pub sink: Sink,
}

/// Loads a report and computes its figures.
#[must_use]
pub fn figures(shop: Workshop<'_>, id: &str) -> Figures {
    let loaded = load::load(shop.system, shop.library, id);
    let mut sink = loaded.sink;
    let locale = loaded.project.as_ref().and_then(|project| shop.toolbox.locale(project.report.language));
    let statistics = match (&loaded.project, locale) {
        (Some(project), Some(locale)) => compute_all(project, locale, &shop.toolbox.adopted, &mut sink),
        _ => Statistics::default(),
    };
    Figures { project: loaded.project, statistics, sources: loaded.sources, sink }
}
