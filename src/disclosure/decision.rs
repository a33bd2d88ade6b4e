//! What is hidden of a report, why, and what that proves.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::{Mask, Quantity};
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::model::{Counts, Policy, Prefer, Project};
use crate::value::{Exact, Value};

use super::choose::{Choice, Impossible, Limits, choose};
use super::known;
use super::naming::name_of;
use super::network::{Exposure, Need, Network, Relation};
use super::quantities::{Printed, Quantities};
use super::shifts;
use super::witness;

/// How names of files end that may hold numbers of single persons.
const DATA: [&str; 6] = [".csv", ".xlsx", ".ods", ".xls", ".json", ".tsv"];

/// What was decided of the numbers of a report under its policy.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    pub quantities: Quantities,
    pub choice: Choice,
    /// What keeps the policy from being met. Nothing is published then.
    pub fault: Option<Failed>,
    /// Numbers that are hidden because they are computed of too few, or of a number that is hidden.
    pub computed: BTreeSet<Quantity>,
}

/// Why a policy cannot be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failed {
    /// A number would follow from what must stay printed.
    Unprotected(usize),
    /// The numbers contradict each other.
    Untrue,
    /// What was found does not hold when it is held against the numbers.
    Unproved,
    /// The policy lets nothing be hidden, and this number is too small.
    Refused(usize),
}

impl Decision {
    /// Decides with the true numbers and what is printed of them, which is asked for where something must be hidden; none where the report has no policy.
    #[must_use]
    pub fn decide(project: &Project, truth: &Statistics, printed: &dyn Fn() -> Printed) -> Option<Self> {
        let policy = project.policy.as_ref()?;
        let mut quantities = Quantities::read(project, policy, truth);
        let small = quantities.network.cells.iter().position(|cell| cell.need != Need::None);
        if small.is_some() {
            quantities.spare(&printed());
        }
        let (mut choice, mut fault) = (Choice::default(), None);
        match small {
            Some(at) if !policy.prefer.contains(&Prefer::Hide) => fault = Some(Failed::Refused(at)),
            Some(_) => match known::or(&quantities, chosen) {
                Ok(found) => {
                    if witness::verify(&quantities.network, &found.hidden, &found.worlds).is_err() {
                        fault = Some(Failed::Unproved);
                    }
                    choice = found;
                }
                Err(Impossible::Unprotected { cell }) => fault = Some(Failed::Unprotected(cell)),
                Err(Impossible::Untrue { .. } | Impossible::OutOfBounds { .. }) => fault = Some(Failed::Untrue),
            },
            None => {}
        }
        if fault.is_some() {
            // Nothing is published; in the preview no number of persons is shown.
            let open = quantities.network.cells.iter().enumerate();
            choice.hidden =
                open.filter(|(_, cell)| matches!(cell.exposure, Exposure::Open { .. })).map(|(at, _)| at).collect();
        }
        let minimum = policy.persons.map_or(0, |persons| i64::from(persons.minimum));
        let few = |at: usize| choice.hidden.contains(&at) || quantities.network.cells[at].value < minimum;
        let computed = quantities.computed_of.iter().filter(|(_, at)| few(*at)).map(|(name, _)| name.clone()).collect();
        Some(Self { quantities, choice, fault, computed })
    }

    /// How many numbers of persons are told.
    #[must_use]
    pub fn told_count(&self) -> usize {
        self.quantities.names.iter().filter(|names| !names.is_empty()).count()
    }

    /// What is hidden when the report is computed again.
    #[must_use]
    pub fn mask(&self) -> Mask {
        let names = |at: usize| self.quantities.names[at].iter().cloned();
        let hidden = self.choice.hidden.iter().flat_map(|at| names(*at)).chain(self.computed.iter().cloned()).collect();
        let mut kept = BTreeMap::new();
        for (at, cell) in self.quantities.network.cells.iter().enumerate() {
            if !self.choice.hidden.contains(&at) {
                kept.extend(names(at).map(|name| (name, Value::Count(Exact::from(cell.value)))));
            }
        }
        Mask::new(hidden, kept)
    }

    /// Tells what keeps the policy from being met.
    pub fn tell(&self, project: &Project, truth: &Statistics, sink: &mut Sink) {
        let Some(policy) = &project.policy else { return };
        self.tell_kept(project, policy, sink);
        self.tell_files(project, sink);
        let Some(fault) = &self.fault else { return };
        let told = |at: usize| {
            let network = &self.quantities.network;
            let name =
                self.quantities.names[at].first().map(|name| name_of(name, &project.workspace.breakdowns).to_string());
            (name.unwrap_or_default(), network.cells[at].value)
        };
        let minimum = policy.persons.map_or(0, |persons| persons.minimum);
        let place = |at: usize| {
            let first = self.quantities.names[at].first();
            first.and_then(|name| place_of(name, project, truth)).unwrap_or(policy.span)
        };
        sink.push(match fault {
            Failed::Refused(at) => {
                let (name, value) = told(*at);
                Diagnostic::error(
                    Code::DISCLOSURE_REFUSED,
                    say!("`{name}` is {value}, fewer than {minimum} persons", name, value, minimum),
                )
                .at(place(*at))
                .help(say!("put rows or columns together so that it grows, leave it out, or let the program hide it: `prefer: [hide]`"))
            }
            Failed::Unprotected(at) => {
                let (name, value) = told(*at);
                Diagnostic::error(
                    Code::DISCLOSURE_UNPROTECTED,
                    say!("`{name}` is {value}, and can be found out from the numbers that stay printed", name, value),
                )
                .at(place(*at))
                .help(say!("put rows or columns together so that it grows, or take away from `never-hide` or `exceptions` what gives it back"))
            }
            Failed::Untrue => Diagnostic::error(
                Code::DISCLOSURE_UNPROTECTED,
                say!("the numbers of persons contradict each other, so that nothing can be said of what a reader finds out"),
            )
            .at(policy.span)
            .help(say!("first mend what else is told of the numbers")),
            Failed::Unproved => Diagnostic::error(
                Code::DISCLOSURE_UNPROTECTED,
                say!("what would be hidden could not be proved to be enough"),
            )
            .at(policy.span)
            .help(say!("put rows or columns of the tables with small numbers together")),
        });
    }

    /// Files that readers may load down although numbers made of them are hidden.
    fn tell_files(&self, project: &Project, sink: &mut Sink) {
        if self.choice.hidden.is_empty() && self.computed.is_empty() {
            return;
        }
        let datasets: BTreeSet<&str> =
            project.findings.datasets.iter().map(|dataset| file_name(&dataset.file.value)).collect();
        for download in &project.findings.downloads {
            let name = file_name(&download.file.value);
            let holds_data = DATA.iter().any(|end| name.ends_with(end));
            let counts_persons = download.counts.is_none_or(|counts| counts == Counts::Persons);
            if datasets.contains(name) || holds_data && counts_persons {
                sink.push(
                    Diagnostic::error(
                        Code::DISCLOSURE_FILE,
                        say!(
                            "`{file}` would be published with numbers of persons that are hidden in the report",
                            file = download.file.value
                        ),
                    )
                    .at(download.file.span)
                    .help(say!("take the download away: tables are published with their data, without what is hidden"))
                    .help(say!(
                        "where it counts no persons, say so at the download: `counts: units` or `counts: none`"
                    )),
                );
            }
        }
    }

    /// Small numbers that the policy never hides and nobody has decided on.
    fn tell_kept(&self, project: &Project, policy: &Policy, sink: &mut Sink) {
        let Some(persons) = policy.persons else { return };
        let breakdowns = &project.workspace.breakdowns;
        let cells = self.quantities.network.cells.iter().zip(&self.quantities.names);
        for (cell, names) in cells.filter(|(cell, _)| cell.value > 0 && cell.value < i64::from(persons.minimum)) {
            let called: Vec<String> = names.iter().map(|name| name_of(name, breakdowns).to_string()).collect();
            let is_exempt = policy.exceptions.iter().any(|exception| called.contains(&exception.cell.value));
            let kept = policy.never_hide.iter().find(|kept| called.contains(&kept.value));
            if let (Some(kept), false) = (kept, is_exempt) {
                sink.push(
                    Diagnostic::error(
                        Code::DISCLOSURE_REFUSED,
                        say!(
                            "`{name}` is {value}, fewer than {minimum} persons",
                            name = kept.value,
                            value = cell.value,
                            minimum = persons.minimum
                        ),
                    )
                    .at(kept.span)
                    .help(say!("`never-hide` is for numbers that are large enough; to print a small one, decide on it under `exceptions` with a reason and a date")),
                );
            }
        }
    }
}

/// The most cells of a network of case rows that linear programmes are tried on where shifts find nothing.
const TRIED: usize = 2000;

/// What is hidden: of numbers that are counted from case rows by shifting cases, of all others by linear programmes.
fn chosen(quantities: &Quantities) -> Result<Choice, Impossible> {
    let network = &quantities.network;
    let of_cases = connected(network, quantities.cases.told.keys().copied());
    let typed = chosen_among(network, |at| !of_cases[at])?;
    let sensitive: Vec<usize> =
        (0..network.cells.len()).filter(|at| of_cases[*at] && network.cells[*at].is_sensitive()).collect();
    let counted = match shifts::choose(network, &quantities.cases, &sensitive) {
        Ok(found) => found,
        // Typed numbers that are added up with counted ones do not shift.
        Err(_) if of_cases.iter().filter(|of| **of).count() <= TRIED => chosen_among(network, |at| of_cases[at])?,
        Err(cell) => return Err(Impossible::Unprotected { cell }),
    };
    Ok(typed.and(counted))
}

/// What is hidden by linear programmes among cells that have nothing to do with the others.
fn chosen_among(network: &Network, belongs: impl Fn(usize) -> bool) -> Result<Choice, Impossible> {
    let own: Vec<usize> = (0..network.cells.len()).filter(|at| belongs(*at)).collect();
    let mut place = vec![usize::MAX; network.cells.len()];
    own.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let relations = network.relations.iter().filter(|relation| relation.terms.iter().all(|(at, _)| belongs(*at)));
    let part = Network {
        cells: own.iter().map(|at| network.cells[*at].clone()).collect(),
        relations: relations
            .map(|relation| Relation {
                terms: relation.terms.iter().map(|(at, factor)| (place[*at], *factor)).collect(),
                ..relation.clone()
            })
            .collect(),
    };
    let found = choose(&part, &Limits::default()).map_err(|impossible| match impossible {
        Impossible::Unprotected { cell } => Impossible::Unprotected { cell: own[cell] },
        other => other,
    })?;
    let truth: Vec<i64> = network.cells.iter().map(|cell| cell.value).collect();
    let whole = |world: Vec<i64>| {
        let mut whole = truth.clone();
        world.into_iter().zip(&own).for_each(|(value, at)| whole[*at] = value);
        whole
    };
    Ok(Choice {
        hidden: found.hidden.iter().map(|at| own[*at]).collect(),
        cost: found.cost,
        bound: found.bound,
        protects: found.protects.iter().map(|(at, of)| (own[*at], own[*of])).collect(),
        worlds: found.worlds.into_iter().map(whole).collect(),
    })
}

/// Which cells hang together with some.
fn connected(network: &Network, some: impl Iterator<Item = usize>) -> Vec<bool> {
    let mut relations: Vec<Vec<usize>> = vec![Vec::new(); network.cells.len()];
    for (at, relation) in network.relations.iter().enumerate() {
        relation.terms.iter().for_each(|(cell, _)| relations[*cell].push(at));
    }
    let mut found = vec![false; network.cells.len()];
    let mut followed = vec![false; network.relations.len()];
    let mut open: Vec<usize> = some.collect();
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut found[at], true) {
            continue;
        }
        // Each relation is followed once.
        for relation in std::mem::take(&mut relations[at]) {
            if !std::mem::replace(&mut followed[relation], true) {
                open.extend(network.relations[relation].terms.iter().map(|(cell, _)| *cell));
            }
        }
    }
    found
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Where a number is defined.
fn place_of(name: &Quantity, project: &Project, truth: &Statistics) -> Option<crate::source::Span> {
    match name {
        Quantity::Cell { table, row, .. } => {
            let table = project.findings.tables.iter().find(|known| known.id.value == *table)?;
            let row = table.rows.iter().find(|known| known.id.value == *row);
            Some(row.map_or(table.id.span, |row| row.id.span))
        }
        Quantity::Figure { id, .. } => truth.figures.get(id).map(|figure| figure.span),
    }
}
