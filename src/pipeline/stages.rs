//! The stages of a report: load → gather → compute → assemble → resolve → account → check. Each takes what those before it have made, and changes
//! nothing of it. Four ways lead along them, each as far as its name says: [`figures`], [`propose`],
//! [`audit`] and [`prepare`].

use std::sync::Arc;

use crate::assemble;
use crate::check::{self, Audit, Proposals, Scope};
use crate::compute::statistics::Statistics;
use crate::diagnostic::Sink;
use crate::disclosure::Proposal;
use crate::document::Chapter;
use crate::document::resolved::{ResolvedDocument, passages};
use crate::gather::gather;
use crate::load::{self, Loaded};
use crate::model::{Part, Project};
use crate::resolve::{Detail, Facts, Resolution};
use crate::source::SourceMap;
use crate::versions::ledger::{self, Ledger};
use crate::versions::reasons::Before;
use crate::versions::state::state;

use super::account::account;
use super::assembled::resolved;
use super::protected::{self, Disclosed, Protection, shown};
use super::public::{Published, published};
use super::{History, Prepared, Purpose, Ready, Toolbox, Workshop, lengths, printed};

/// A report with its figures computed: what it takes to say how they came about, and what all later stages go by.
#[derive(Debug, Clone)]
pub struct Figures {
    pub id: String,
    /// None where the report is too faulty to be loaded.
    pub project: Option<Project>,
    /// What every output is made of.
    pub statistics: Arc<Statistics>,
    /// Which of the numbers are hidden; none where the report has no policy.
    pub disclosure: Option<Arc<Disclosed>>,
    /// What is public of it and of the reports that it has to do with.
    pub(super) before: Published,
    pub sources: SourceMap,
    pub sink: Sink,
}

/// What the checks say of a report, without the document that they read.
#[derive(Debug)]
pub struct Audited {
    pub id: String,
    /// None where the report is too faulty to be resolved or checked.
    pub audit: Option<Audit>,
    pub sources: SourceMap,
    pub sink: Sink,
}

/// Load and gather.
#[must_use]
pub fn gathered(shop: Workshop<'_>, id: &str) -> Loaded {
    gather(shop.system, shop.library, (&shop.toolbox.locales, &shop.toolbox.reports), id)
}

/// Load, gather and compute.
#[must_use]
pub fn figures(shop: Workshop<'_>, id: &str) -> Figures {
    figures_after(shop, id, None)
}

/// As [`figures`], after the versions of a ledger that was read.
pub(super) fn figures_after(shop: Workshop<'_>, id: &str, ledger: Option<&Ledger>) -> Figures {
    // What is made from a report prints other numbers of it, and hides the same.
    if let Some((whole, part)) = load::origin(shop.system, shop.library, id) {
        return figures_after(shop, &whole, None).of_part(id, part);
    }
    let Loaded { mut project, sources, mut sink } = gathered(shop, id);
    let before = project.as_mut().map(|project| published(shop, project, ledger)).unwrap_or_default();
    let locale = project.as_ref().and_then(|project| shop.toolbox.locale_of(&project.report));
    let (statistics, disclosure) = match (&project, &locale) {
        (Some(project), Some(locale)) => shown(shop.toolbox, (project, &before), (locale, &sources), &mut sink),
        _ => Default::default(),
    };
    let disclosure = disclosure.map(Arc::new);
    Figures { id: id.to_owned(), project, statistics: Arc::new(statistics), disclosure, before, sources, sink }
}

/// Which lines of tables could be put together so that less is hidden, of a report with a policy.
#[must_use]
pub fn merges(shop: Workshop<'_>, figures: &Figures) -> Vec<Proposal> {
    let (Some(project), Some(disclosed)) = (&figures.project, &figures.disclosure) else { return Vec::new() };
    protected::merges(shop.toolbox, (project, &figures.before), disclosed, &figures.sources)
}

/// All stages on the words alone that the checks read, and without account. All but what the checks say is let go at the end, so that the reports of a
/// large workspace need not stand in memory together.
#[must_use]
pub fn audit(shop: Workshop<'_>, id: &str, scope: Scope) -> Audited {
    let mut faults = Sink::default();
    let ledger = ledger::of_report(shop.system, shop.library, id, &mut faults);
    let Figures { id, project, statistics, disclosure, before: public, sources, mut sink } =
        figures_after(shop, id, Some(&ledger));
    sink.extend(faults);
    let audit = project.and_then(|project| {
        let locale = &*shop.toolbox.locale_of(&project.report)?;
        let facts = Facts { project: &project, statistics: &statistics, locale, sources: &sources };
        let resolution = resolved(facts, Detail::Words, None, &mut sink);
        let (document, report) = (&resolution.document, &project.report);
        if report.is_incomplete {
            return None;
        }
        let before = ledger.before(&report.version.value);
        let before = before.and_then(|record| Before::read(record, &state(facts, document), &report.changes));
        let protection = Protection { own: disclosure.as_deref(), public: &public, toolbox: shop.toolbox };
        Some(checked((facts, protection), &resolution, before.as_ref(), scope, &mut sink))
    });
    Audited { id, audit, sources, sink }
}

/// What is proposed for the numbers of a report that nothing stands behind.
#[derive(Debug)]
pub struct Proposed {
    /// None where the report is too faulty to be resolved.
    pub proposals: Option<Proposals>,
    pub sources: SourceMap,
    pub sink: Sink,
}

/// As [`audit`], up to the checks.
#[must_use]
pub fn propose(shop: Workshop<'_>, id: &str) -> Proposed {
    let Figures { project, statistics, sources, mut sink, .. } = figures(shop, id);
    let proposals = project.filter(|project| !project.report.is_incomplete).and_then(|project| {
        let locale = &*shop.toolbox.locale_of(&project.report)?;
        let facts = Facts { project: &project, statistics: &statistics, locale, sources: &sources };
        let document = resolved(facts, Detail::Words, None, &mut sink).document;
        let (project, statistics) = (&project, &*statistics);
        let input = check::Input { project, statistics, document: &document, locale, sources: &sources, earlier: None };
        Some(check::propose(&input))
    });
    Proposed { proposals, sources, sink }
}

/// All stages, and what else can be told of a report before it is rendered.
#[must_use]
pub fn prepare(shop: Workshop<'_>, id: &str) -> Prepared {
    prepare_telling(shop, id, None)
}

/// As [`prepare`]; `told` is given the report as it is before the checks, which take longer than all before them.
#[must_use]
pub fn prepare_telling(shop: Workshop<'_>, id: &str, told: Option<&dyn Fn(Prepared)>) -> Prepared {
    let mut faults = Sink::default();
    let ledger = ledger::of_report(shop.system, shop.library, id, &mut faults);
    let mut figures = figures_after(shop, id, Some(&ledger));
    figures.sink.extend(faults);
    figures.prepared(shop.toolbox, None, ledger, Purpose::Preview, told)
}

/// As [`prepare`], after the versions of a ledger that was read, with what was wrong with it.
#[must_use]
pub fn prepare_after(shop: Workshop<'_>, id: &str, ledger: Ledger, faults: Sink, purpose: Purpose) -> Prepared {
    let mut figures = figures_after(shop, id, Some(&ledger));
    figures.sink.extend(faults);
    figures.prepared(shop.toolbox, None, ledger, purpose, None)
}

impl Figures {
    /// Those of a document that is made from the report.
    pub(super) fn of_part(self, id: &str, part: Part) -> Self {
        Self { id: id.to_owned(), project: self.project.map(|project| load::part_of(project, part)), ..self }
    }

    /// The stages after the figures. `whole` are the chapters of the report that this is a part of, where they are assembled already; `told` is
    /// given the report before it is checked.
    pub(super) fn prepared(
        self,
        toolbox: &Toolbox,
        whole: Option<Arc<Vec<Chapter>>>,
        ledger: Ledger,
        purpose: Purpose,
        told: Option<&dyn Fn(Prepared)>,
    ) -> Prepared {
        let Self { id, project, statistics, disclosure, before: public, sources, mut sink } = self;
        let ready = project.and_then(|project| {
            let locale = &*toolbox.locale_of(&project.report)?;
            let facts = Facts { project: &project, statistics: &statistics, locale, sources: &sources };
            let resolution = resolved(facts, Detail::Full, whole, &mut sink);
            if project.report.is_incomplete {
                return None;
            }
            // What a fault has kept from being printed is not unused.
            if !sink.has_errors() && project.part.is_none() {
                assemble::check_unused(&project, &statistics, &resolution.tables, &resolution.figures, &mut sink);
            }
            let state = state(facts, &resolution.document);
            let before = ledger.before(&project.report.version.value);
            let before = before.and_then(|record| Before::read(record, &state, &project.report.changes));
            let history = History { ledger: &ledger, purpose };
            let mut resolution = account(facts, resolution, before.as_ref(), &state, &history, &mut sink);
            if toolbox.contents {
                passages::address(&mut resolution.document);
            }
            check_print(&project, &resolution.document, &sources, toolbox, &mut sink);
            let (project, resolution, state) = (Arc::new(project), Arc::new(resolution), Arc::new(state));
            let ready = Ready { project, statistics, resolution, audit: Audit::default(), state, purpose };
            if let Some(told) = told {
                let (ledger, sources, sink) = (ledger.clone(), sources.clone(), sink.clone());
                told(Prepared { id: id.clone(), ready: Some(ready.clone()), ledger, sources, sink });
            }
            let facts = Facts { project: &ready.project, statistics: &ready.statistics, locale, sources: &sources };
            // Of a version that is built again, what was said before it was told when it was published.
            let before = before.filter(|_| purpose != Purpose::Rebuild);
            let protection = Protection { own: disclosure.as_deref(), public: &public, toolbox };
            let audit = checked((facts, protection), &ready.resolution, before.as_ref(), Scope::All, &mut sink);
            Some(Ready { audit, ..ready })
        });
        Prepared { id, ready, ledger, sources, sink }
    }
}

/// What keeps a document from being set.
fn check_print(
    project: &Project,
    document: &ResolvedDocument,
    sources: &SourceMap,
    toolbox: &Toolbox,
    sink: &mut Sink,
) {
    printed::check_fonts(project, toolbox.fonts(), sink);
    let text = printed::printed_text(document);
    printed::check_glyphs(&text, toolbox.fonts(), sources, sink);
    printed::check_drawings(project, toolbox.fonts(), sink);
    lengths::check(project, document, &text, sources, sink);
}

/// Runs the checks. Of what is made from a report only that is told which was not told with the report.
fn checked(
    (facts, protection): (Facts<'_>, Protection<'_>),
    resolution: &Resolution,
    before: Option<&Before>,
    scope: Scope,
    sink: &mut Sink,
) -> Audit {
    // What authors write is held against the numbers as they are.
    let shown = facts.statistics;
    let facts = Facts { statistics: protection.own.map_or(shown, |disclosed| &disclosed.truth), ..facts };
    let Facts { project, statistics, locale, sources } = facts;
    let Resolution { document, tables, figures, .. } = resolution;
    check::check_settings(project.report.rules.iter().chain(&project.workspace.rules), sink);
    check::weigh(project, sink);
    let earlier = before.map(|Before { version, state, explained }| check::Earlier { version, state, explained });
    let mut found = Sink::default();
    check::check_policy(project, statistics, tables, figures, &mut found);
    let audit =
        check::run(&check::Input { project, statistics, document, locale, sources, earlier }, scope, &mut found);
    protection.tell_bound(project, locale, resolution, sink);
    protection.tell(facts, shown, resolution, &audit, &mut found);
    sink.extend(match (&project.part, &project.findings.decision) {
        (None, _) => found,
        // Nobody else reads the text of a decision page. What else is in its report was checked there.
        (Some(Part::Decision), Some(decision)) => found.within(decision.span),
        // An extract repeats what its report says.
        _ => Sink::default(),
    });
    audit
}
