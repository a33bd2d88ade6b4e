//! What the policies of a report, and of those that it has to do with, hide; and what texts tell of it all the same.

use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use crate::check::Audit;
use crate::compute::adopt::{Computation, Protect, compute_shown};
use crate::compute::mask::{Mask, Quantity};
use crate::compute::origin::How;
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::disclosure::{
    Beside, Decided, Decision, Printed, Proposal, Public, Texts, Trial, counted_otherwise, said_in, tell_bound,
    tell_claims, tell_outside, tell_public, tell_quotations, tell_tables, tell_typed, tell_whole,
};
use crate::locale::Locale;
use crate::model::Project;
use crate::resolve::{Detail, Facts, Resolution};
use crate::source::SourceMap;

use super::Toolbox;
use super::assembled::resolved;
use super::public::{Published, owner};

/// What was decided under a disclosure policy, and the numbers as they are: for what is told to authors, and nothing else.
#[derive(Debug)]
pub struct Disclosed {
    pub decision: Arc<Decision>,
    pub truth: Statistics,
    /// What its texts were read as when it was decided.
    texts: Texts,
}

/// Computes, and hides what the policy of the report, and of each that it builds on, does not show.
pub(super) fn shown(
    toolbox: &Toolbox,
    of: (&Project, &Published),
    (locale, sources): (&Locale, &SourceMap),
    sink: &mut Sink,
) -> (Statistics, Option<Disclosed>) {
    let (shown, disclosed) = decided(toolbox, of, locale, sink);
    let (project, _) = of;
    let told = disclosed.as_ref().filter(|_| !sink.has_errors());
    if let (Some(original), Some(Disclosed { decision, .. })) = (&project.original, told) {
        // All else of what is hidden is told with the original.
        if decision.fault.is_some() {
            let id = &original.report.id;
            sink.push(
                Diagnostic::error(
                    Code::DISCLOSURE_UNPROTECTED,
                    say!("what `{id}` hides could not be proved to stay hidden beside this translation", id),
                )
                .at(project.report.translation.as_ref().map_or(project.report.span, |of| of.original.id.span))
                .help(say!(
                    "`belagg disclose {id}` says what is hidden; what the translation says of it must not be more",
                    id
                )),
            );
        }
    } else if let Some(Disclosed { decision, truth, .. }) = told {
        decision.tell(Facts { project, statistics: truth, locale, sources }, sink);
        tell_public(decision, project, truth, sink);
    }
    (shown, disclosed)
}

/// Computes what is shown of a report, and what was decided of it.
fn decided(
    toolbox: &Toolbox,
    (project, public): (&Project, &Published),
    locale: &Locale,
    sink: &mut Sink,
) -> (Statistics, Option<Disclosed>) {
    let (own, texts) = (RefCell::new(None), Texts::default());
    let protect = |of: &Project, truth: &Statistics| {
        let (decision, mask) = match &of.original {
            Some(original) => as_original(toolbox, (of, original, public), (truth, &texts), locale)?,
            None => {
                let decide = || decide(toolbox, (of, public), (truth, &texts), locale);
                let decision = public.decided(&of.report.id, locale.language(), decide)?;
                let mask = decision.mask();
                (decision, mask)
            }
        };
        if of.report.id == project.report.id {
            *own.borrow_mut() = Some(decision);
        }
        Some(mask)
    };
    let Computation { shown, truth } = compute_shown(project, locale, (&toolbox.adopted, &protect), sink);
    (shown, own.into_inner().zip(truth).map(|(decision, truth)| Disclosed { decision, truth, texts }))
}

/// What is decided of a translation: what is hidden of its original, which is decided on in its own words.
fn as_original(
    toolbox: &Toolbox,
    (of, original, public): (&Project, &Project, &Published),
    (truth, texts): (&Statistics, &Texts),
    locale: &Locale,
) -> Option<(Arc<Decision>, Mask)> {
    let (own, none) = (toolbox.locale_of(&original.report)?, Public::default());
    let (_, theirs) = decided(toolbox, (original, public), &own, &mut Sink::default());
    let Disclosed { decision: theirs, truth: true_there, texts: texts_there } = theirs?;
    let decide = || {
        let printed = || printed_in(of, truth, &in_words((of, truth), locale));
        let said = |quantities: &_| said_in(of, truth, quantities, (&in_words((of, truth), locale).document, texts));
        let said_there = |quantities: &_| {
            let document = in_words((original, &true_there), &own).document;
            said_in(original, &true_there, quantities, (&document, &texts_there))
        };
        let before = public.public(owner(original)).unwrap_or(&none);
        let there = Decided { project: original, truth: &true_there, decision: &theirs, said: &said_there };
        let beside = Beside { before, printed: &printed, said: &said };
        Decision::translated(of, truth, there, (own.language(), beside))
    };
    let decision = public.decided(&of.report.id, locale.language(), decide)?;
    Some((decision, theirs.mask()))
}

/// A report as its words are read.
fn in_words((project, statistics): (&Project, &Statistics), locale: &Locale) -> Resolution {
    let sources = SourceMap::default();
    resolved(Facts { project, statistics, locale, sources: &sources }, Detail::Words, None, &mut Sink::default())
}

/// Decides on a report by its true numbers, told in a language that may not be its own.
fn decide(
    toolbox: &Toolbox,
    (of, public): (&Project, &Published),
    (truth, texts): (&Statistics, &Texts),
    locale: &Locale,
) -> Option<Decision> {
    let (sources, none) = (SourceMap::default(), Public::default());
    let facts = Facts { project: of, statistics: truth, locale, sources: &sources };
    let resolution = OnceCell::new();
    let resolution = || resolution.get_or_init(|| resolved(facts, Detail::Words, None, &mut Sink::default()));
    let printed = || printed_in(of, truth, resolution());
    let said = |quantities: &_| said_in(of, truth, quantities, (&resolution().document, texts));
    // Records tell in the report's own words.
    let own = toolbox.locale_of(&of.report)?;
    let before = public.public(owner(of)).unwrap_or(&none);
    Decision::decide((of, &own), truth, Beside { before, printed: &printed, said: &said })
}

/// Which numbers the whole of a report prints.
fn printed_in(project: &Project, statistics: &Statistics, resolution: &Resolution) -> Printed {
    let charted = project.charts.iter().map(|chart| chart.table.value.clone());
    let mut bound = resolution.bound.clone();
    // A figure that is taken from a table prints the number of the table.
    for id in &resolution.figures {
        if let Some(How::Cell { table, row, column }) = statistics.figures.get(id).map(|figure| &figure.how) {
            let row = row.clone().unwrap_or_else(|| "total".to_owned());
            bound.insert(match column {
                Some(column) => Quantity::Cell { table: table.clone(), row, column: column.clone() },
                None => Quantity::Figure { id: format!("{table}.{row}"), group: None },
            });
        }
    }
    Printed { tables: resolution.tables.iter().cloned().chain(charted).collect(), bound }
}

/// Which lines of tables could be put together so that less is hidden.
pub(super) fn merges(
    toolbox: &Toolbox,
    (project, public): (&Project, &Published),
    Disclosed { decision, truth, texts }: &Disclosed,
    sources: &SourceMap,
) -> Vec<Proposal> {
    let Some(locale) = toolbox.locale_of(&project.report) else { return Vec::new() };
    if decision.choice.hidden.is_empty() && decision.amounts.choice.hidden.is_empty() {
        return Vec::new();
    }
    let (locale, none) = (&*locale, Public::default());
    let facts = Facts { project, statistics: truth, locale, sources };
    let resolution = &resolved(facts, Detail::Words, None, &mut Sink::default());
    let printed = &printed_in(project, truth, resolution);
    let said = &|quantities: &_| said_in(project, truth, quantities, (&resolution.document, texts));
    // Others are adopted as they are shown, and this report is computed in full.
    let protect = |of: &Project, truth: &Statistics| {
        let is_other = of.report.id != project.report.id;
        let decide = || decide(toolbox, (of, public), (truth, texts), locale);
        let decision = is_other.then(|| public.decided(&of.report.id, locale.language(), decide)).flatten();
        decision.map(|decision| decision.mask())
    };
    let known = (&toolbox.adopted, &protect as Protect<'_>);
    let compute = &|project: &Project| compute_shown(project, locale, known, &mut Sink::default()).shown;
    let before = public.public(owner(project)).unwrap_or(&none);
    let of = |decision: &Decision| {
        Trial { project, truth, decision, before, printed, said, locale, sources, compute }.proposals()
    };
    let of_amounts = Some(decision.of_amounts()).filter(|amounts| !amounts.choice.hidden.is_empty());
    let of_persons = Some(&**decision).filter(|decision| !decision.choice.hidden.is_empty());
    of_persons.into_iter().chain(&of_amounts).flat_map(of).collect()
}

/// What the texts of a report are held against.
#[derive(Clone, Copy)]
pub(super) struct Protection<'a> {
    pub own: Option<&'a Disclosed>,
    pub public: &'a Published,
    pub toolbox: &'a Toolbox,
}

impl Protection<'_> {
    /// Tells of what the companions that a report names give away of it. Those that name it themselves are read when they are checked.
    fn tell_companions(self, project: &Project, sink: &mut Sink) {
        let own = self.own.filter(|own| !own.decision.choice.hidden.is_empty());
        let Some(Disclosed { decision, truth, texts }) = own else {
            return;
        };
        let id = &project.report.id;
        for companion in project.beside.iter() {
            let names_it = companion.report.companions.iter().any(|name| name.value == *id)
                || companion.others.iter().any(|other| other.report.id == *id);
            let Some(locale) = self.toolbox.locale_of(&companion.report).filter(|_| !names_it) else { continue };
            let (statistics, _) = decided(self.toolbox, (companion, self.public), &locale, &mut Sink::default());
            let sources = SourceMap::default();
            let facts = Facts { project: companion, statistics: &statistics, locale: &locale, sources: &sources };
            let resolution = resolved(facts, Detail::Words, None, &mut Sink::default());
            tell_claims(companion, (project, decision, truth), (&resolution.document, texts, None), sink);
        }
    }

    /// Says how hidden numbers that the text binds would follow, where it was told that they are hidden.
    pub fn tell_bound(self, project: &Project, locale: &Locale, resolution: &Resolution, sink: &mut Sink) {
        let withheld = &resolution.withheld[..];
        if withheld.is_empty() {
            return;
        }
        if let Some(Disclosed { decision, truth, .. }) = self.own {
            tell_bound((project, withheld), (project, decision, truth), locale, sink);
        }
        for other in project.others.iter().filter(|other| other.policy.is_some()) {
            let (_, decided) = decided(self.toolbox, (other, self.public), locale, &mut Sink::default());
            if let Some(Disclosed { decision, truth, .. }) = decided {
                tell_bound((project, withheld), (other, &decision, &truth), locale, sink);
            }
        }
    }

    /// Tells of what a text gives away: of its own report, and of those that it builds on or names beside itself.
    pub fn tell(self, facts: Facts<'_>, shown: &Statistics, resolution: &Resolution, audit: &Audit, sink: &mut Sink) {
        let Facts { project, locale, .. } = facts;
        let (document, none) = (&resolution.document, Texts::default());
        let texts = self.own.map_or(&none, |own| &own.texts);
        if let Some(Disclosed { decision, truth, .. }) = self.own {
            let printed = printed_in(project, truth, resolution);
            let told = tell_claims(project, (project, decision, truth), (document, texts, Some(&printed)), sink);
            let others = || counted_otherwise(project, (decision, truth), (document, texts));
            tell_typed(project, (shown, truth, &printed), audit, (&told, &others), sink);
            tell_outside(project, (decision, truth), (document, texts, &printed), sink);
            tell_quotations(facts, sink);
            tell_whole(facts, decision, &printed, sink);
        }
        self.tell_companions(project, sink);
        for other in project.others.iter().chain(project.beside.iter()).filter(|other| other.policy.is_some()) {
            let (_, decided) = decided(self.toolbox, (other, self.public), locale, &mut Sink::default());
            if let Some(Disclosed { decision, truth, .. }) = decided {
                tell_claims(project, (other, &decision, &truth), (document, texts, None), sink);
                if decision.fault.is_none() {
                    let hidden = (&decision.quantities, &decision.choice.hidden);
                    tell_tables((project, shown), (other, &truth), hidden, sink);
                }
            }
        }
    }
}
