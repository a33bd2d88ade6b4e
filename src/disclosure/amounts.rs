//! What is hidden of the amounts of a report: sums over contributors, of which one could work out what another has.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::{Quantity, Why};
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink, say};
use crate::locale::Language;
use crate::model::{Persons, Policy, Prefer, Project, Zeros};
use crate::resolve::Facts;
use crate::source::Span;
use crate::value::Value;

use super::beside::Beside;
use super::choose::{Choice, Failed, Impossible, Limits, choose};
use super::chosen::chosen_after;
use super::elementary::Cases;
use super::files;
use super::known;
use super::naming::name_of;
use super::network::{Cell, Exposure, Need, Network};
use super::public::Known;
use super::quantities::{Alone, Quantities};
use super::witness;

/// The most contributors of whom it is tried what they could work out with what they know of themselves.
const INSIDERS: usize = 150;

/// What was decided of the amounts of a report.
#[derive(Debug, Clone, Default)]
pub struct Amounts {
    pub quantities: Quantities,
    pub choice: Choice,
    /// Amounts that readers know from what was published before.
    pub public: Vec<Known>,
    /// What keeps the policy from being met.
    pub fault: Option<Failed>,
    /// All amounts by their names, as they are.
    values: BTreeMap<Quantity, Value>,
}

/// Where a number is defined.
pub type Placed<'a> = &'a dyn Fn(&Quantity, &Project, &Statistics) -> Option<Span>;

impl Amounts {
    /// Decides with the true amounts. What is printed and said of them is asked for where something must be hidden.
    pub fn decide(
        (project, language): (&Project, Language),
        policy: &Policy,
        truth: &Statistics,
        beside: Beside<'_>,
    ) -> Self {
        let mut out = Self { quantities: Quantities::amounts(project, policy, truth), ..Self::default() };
        // None is small, and none of nobody is told apart.
        let persons = Persons { minimum: 0, values_left: 2, zeros: Zeros::Shown };
        out.public = beside.before.lay_over(&mut out.quantities, persons, (project, truth, language));
        let network = &out.quantities.network;
        let is_told = |cell: &Cell| cell.is_sensitive() && cell.is_open();
        if !network.cells.iter().any(Cell::is_sensitive) {
            return out;
        }
        let refused = network.cells.iter().position(is_told).filter(|_| !policy.prefer.contains(&Prefer::Hide));
        let names = out.quantities.names.iter().flatten();
        let breakdowns = &project.workspace.breakdowns;
        out.values = names
            .filter_map(|name| Some((name.clone(), truth.cell(&name_of(name, breakdowns), breakdowns)?.clone())))
            .collect();
        if let Some(first) = refused {
            out.fault = Some(Failed::Refused(first));
        } else {
            out.quantities.spare(&(beside.printed)());
            match chosen_beside(&mut out.quantities, &mut out.public, beside) {
                Ok(found) => {
                    let is_proved = witness::verify(&out.quantities.network, &found.hidden, &found.worlds).is_ok();
                    out.fault = (!is_proved).then_some(Failed::Unproved);
                    out.choice = found;
                }
                Err(impossible) => out.fault = Some(impossible.into()),
            }
        }
        if out.fault.is_some() {
            // Nothing is published; in the preview no amount is shown.
            out.choice.hidden = out.quantities.network.open().collect();
        }
        out
    }

    /// The names of what is hidden, each with its reason.
    pub fn hidden(&self) -> impl Iterator<Item = (Quantity, Why)> + '_ {
        let names = |at: usize| self.quantities.names.get(at).into_iter().flatten();
        let single = self.quantities.extremes.iter().map(|name| (name.clone(), Why::Single));
        single.chain(self.choice.hidden.iter().flat_map(move |at| names(*at).map(|name| (name.clone(), self.why(*at)))))
    }

    /// What is shown, as it is: a sum stays although a part of it is hidden.
    pub fn kept(&self) -> impl Iterator<Item = (Quantity, Value)> + '_ {
        let cells = self
            .quantities
            .names
            .iter()
            .enumerate()
            .filter(|(at, _)| !self.choice.hidden.contains(at) && !self.quantities.percentages.contains(at))
            .filter(|(at, _)| !self.quantities.marks.contains(at));
        cells.flat_map(|(_, names)| names).filter_map(|name| Some((name.clone(), self.values.get(name)?.clone())))
    }

    fn why(&self, at: usize) -> Why {
        if self.fault.is_some() {
            return Why::Unmet;
        }
        if self.quantities.network.cells[at].is_sensitive() {
            return Why::Dominated;
        }
        let other = self.choice.protects.get(&at).and_then(|other| self.quantities.names[*other].first());
        other.map_or(Why::Dominated, |other| Why::For(other.clone()))
    }

    /// Tells how many amounts are hidden, and what keeps the policy from being met.
    pub fn tell(&self, facts: Facts<'_>, place_of: Placed<'_>, sink: &mut Sink) {
        let Facts { project, statistics: truth, .. } = facts;
        let Some(policy) = &project.policy else { return };
        if !self.choice.hidden.is_empty() {
            tell_files(facts, sink);
            let hidden = (&self.quantities, &self.choice.hidden);
            files::tell_files(hidden, &|_| None, project, truth, sink);
        }
        let breakdowns = &project.workspace.breakdowns;
        let name = |at: usize| {
            let first = self.quantities.first_name(at);
            first.map(|name| name_of(name, breakdowns).to_string()).unwrap_or_default()
        };
        let place = |at: usize| {
            let first = self.quantities.first_name(at);
            first.and_then(|name| place_of(name, project, truth)).unwrap_or(policy.span)
        };
        let Some(fault) = &self.fault else {
            let named = self.choice.hidden.iter().filter(|at| !self.quantities.names[**at].is_empty());
            let (count, report) = (named.count(), &project.report.id);
            if count > 0 {
                let message = say!("amounts that are hidden: {count}", count);
                sink.push(
                    Diagnostic::new(Severity::Info, Code::DISCLOSURE_HIDDEN, message)
                        .at(policy.span)
                        .help(say!("`belagg disclose {report}` says which, and why", report)),
                );
            }
            return;
        };
        let merge = || say!("put rows or columns together, so that more have a part of it, or leave it out");
        sink.push(match fault {
            Failed::Refused(at) => Diagnostic::error(
                Code::DISCLOSURE_REFUSED,
                say!("few have so much of `{name}` that one of them could work out what another has", name = name(*at)),
            )
            .at(place(*at))
            .help(merge())
            .help(say!("or let the program hide it: `prefer: [hide]`")),
            Failed::Unprotected(at) => Diagnostic::error(
                Code::DISCLOSURE_UNPROTECTED,
                say!(
                    "`{name}` is an amount that tells what somebody has, and follows from what stays printed",
                    name = name(*at)
                ),
            )
            .at(place(*at))
            .help(merge())
            .help(say!("or take away from `never-hide` or `exceptions` what gives it back")),
            Failed::Untrue => Diagnostic::error(
                Code::DISCLOSURE_UNPROTECTED,
                say!("the amounts contradict each other, so that nothing can be said of what a reader finds out"),
            )
            .at(policy.span)
            .help(say!("first mend what else is told of the numbers")),
            Failed::Unproved => Diagnostic::error(
                Code::DISCLOSURE_UNPROTECTED,
                say!("what would be hidden could not be proved to be enough"),
            )
            .at(policy.span)
            .help(merge()),
        });
    }
}

/// Files with what contributors have, offered beside amounts that are hidden.
fn tell_files(Facts { project, sources, .. }: Facts<'_>, sink: &mut Sink) {
    let findings = &project.findings;
    let of_rows = findings.datasets.iter().map(|dataset| dataset.file.value.as_str());
    let with_contributors = findings.tables.iter().filter(|table| table.columns.iter().any(|of| of.behind.is_some()));
    let of_tables = with_contributors.filter_map(|table| {
        let row = table.rows.first()?;
        let sheet = row.sheet.as_deref().and_then(|place| place.rsplit_once(", ")).map(|(file, _)| file);
        Some(sheet.unwrap_or_else(|| sources.get(row.span.source).path.as_str()))
    });
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let files: BTreeSet<String> = of_rows.chain(of_tables).map(name).collect();
    for download in findings.downloads.iter().filter(|download| files.contains(&name(&download.file.value))) {
        let file = &download.file;
        let message = say!("`{file}` would be published with amounts that are hidden in the report", file = file.value);
        sink.push(
            Diagnostic::error(Code::DISCLOSURE_FILE, message)
                .at(file.span)
                .help(say!("take the download away: tables are published with their data, without what is hidden")),
        );
    }
}

/// What is hidden beside what texts say. Where that leaves no choice, what is hidden without them; the texts are told of then.
fn chosen_beside(
    quantities: &mut Quantities,
    public: &mut Vec<Known>,
    Beside { before, said, .. }: Beside<'_>,
) -> Result<Choice, Impossible> {
    let made = |quantities: &Quantities, network: &Network| {
        known::or(network, &Cases::default(), || chosen(network, &quantities.alone))
    };
    let without = chosen_after(quantities, public, before, &made)?;
    let said = said(quantities);
    if said.is_empty() {
        return Ok(without);
    }
    let count = quantities.network.relations.len();
    quantities.network.relations.extend(said);
    made(quantities, &quantities.network).or_else(|_| {
        quantities.network.relations.truncate(count);
        Ok(without)
    })
}

/// What is hidden so that neither a reader nor one who has all of some amounts comes too near.
fn chosen(network: &Network, all_alone: &[Alone]) -> Result<Choice, Impossible> {
    let mut choice = choose(network, &Limits::default())?;
    let mut tried = 0;
    for alone in all_alone {
        let own: BTreeSet<usize> = alone.cells.iter().copied().filter(|at| choice.hidden.contains(at)).collect();
        if own.is_empty() || tried == INSIDERS {
            continue;
        }
        let unchanged = |world: &&Vec<i64>| own.iter().all(|at| world[*at] == network.cells[*at].value);
        let worlds: Vec<&Vec<i64>> = choice.worlds.iter().filter(unchanged).collect();
        let near: BTreeSet<usize> =
            (0..network.cells.len()).filter(|at| !own.contains(at) && is_near(network, *at, &worlds)).collect();
        if near.is_empty() {
            continue;
        }
        tried += 1;
        // What one contributor can do that no reader can is mended where it can be.
        let Ok(more) = choose(&with_known(network, &own, &near, &choice.hidden), &Limits::default()) else { continue };
        choice.cost = choice.cost.saturating_add(more.cost);
        choice.protects.extend(more.protects.into_iter().filter(|(at, _)| !choice.hidden.contains(at)));
        choice.hidden.extend(more.hidden);
        choice.worlds.extend(more.worlds);
    }
    Ok(choice)
}

/// The amounts as one knows them who has all of `own`, where nothing but those too near need anything and what is hidden stays so.
fn with_known(network: &Network, own: &BTreeSet<usize>, near: &BTreeSet<usize>, hidden: &BTreeSet<usize>) -> Network {
    let mut out = network.clone();
    for (at, cell) in out.cells.iter_mut().enumerate() {
        if own.contains(&at) {
            cell.exposure = Exposure::Fixed;
        } else if hidden.contains(&at) && !near.contains(&at) {
            cell.exposure = Exposure::Unpublished;
        }
        if !near.contains(&at) {
            cell.need = Need::None;
        }
    }
    out
}

/// Whether worlds do not leave an amount as far as it needs.
fn is_near(network: &Network, at: usize, worlds: &[&Vec<i64>]) -> bool {
    let cell = &network.cells[at];
    matches!(cell.need, Need::Range { .. }) && !cell.is_safe_with(worlds.iter().map(|world| world[at]))
}
