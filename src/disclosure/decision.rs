//! What is hidden of a report, why, and what that proves.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::{Mask, Quantity, Why};
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, say};
use crate::locale::Locale;
use crate::model::{Policy, Prefer, Project, Proof};
use crate::resolve::Facts;
use crate::value::{Exact, Value};

use super::amounts::Amounts;
use super::beside::Beside;
use super::choose::{Choice, Failed, Impossible};
use super::chosen::{beside_said, chosen, chosen_after, chosen_among, connected};
use super::files;
use super::given::Given;
use super::keep::{Unkept, with_needs};
use super::means;
use super::naming::{name_of, place_of};
use super::network::{Exposure, Need, Relation};
use super::public::Known;
use super::quantities::{Printed, Quantities};
use super::witness;

/// What was decided of the numbers of a report under its policy.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    pub quantities: Quantities,
    pub choice: Choice,
    /// What keeps the policy from being met. Nothing is published then.
    pub fault: Option<Failed>,
    /// Numbers that are hidden because they are computed of too few, or of a number that is hidden.
    pub computed: BTreeSet<Quantity>,
    /// Means and the like that are hidden because they would tell of hidden numbers, or stay hidden.
    pub means: BTreeMap<Quantity, Why>,
    /// Numbers that readers know from what was published before.
    pub public: Vec<Known>,
    /// What is hidden is what the policy keeps hidden.
    pub kept: bool,
    /// That this is enough was proved by the worlds of a kept proof.
    pub proved: bool,
    /// Why it was chosen anew although the policy keeps a choice.
    pub unkept: Option<Unkept>,
    /// What was decided of amounts, which have nothing to do with numbers of persons.
    pub amounts: Amounts,
}

impl Decision {
    /// Decides with the true numbers, after what is public already, and with what is printed and said of them, which is asked for where something must be
    /// hidden; none where the report has no policy.
    #[must_use]
    pub fn decide((project, locale): (&Project, &Locale), truth: &Statistics, beside: Beside<'_>) -> Option<Self> {
        let Beside { before, said, .. } = beside;
        let policy = project.policy.as_ref()?;
        let given = |proof: Option<&Proof>| Given::new((project, policy), truth, (locale.language(), beside), proof);
        let by_proof = policy.proof.as_ref().and_then(|proof| {
            let mut given = given(Some(&proof.value));
            let Given { quantities, public, held, .. } = &mut given;
            let found = held.by_proof(quantities, public, (before, &project.workspace.breakdowns), said)?;
            Some((given, Some(Ok(found))))
        });
        let is_proved = by_proof.is_some();
        let (given, kept) = by_proof.unwrap_or_else(|| {
            let mut given = given(None);
            let Given { quantities, public, held, .. } = &mut given;
            let kept = (!held.is_empty()).then(|| held.chosen(quantities, public, before, said));
            (given, kept)
        });
        let Given { mut quantities, mut public, small, refused, held } = given;
        let (mut choice, mut fault, mut hidden_means) = (Choice::default(), None, BTreeMap::new());
        let (is_kept, unkept) =
            (matches!(kept, Some(Ok(_))), kept.as_ref().and_then(|kept| kept.as_ref().err()).copied());
        match (small, kept) {
            (Some(_), _) if refused.is_some() => fault = refused.map(Failed::Refused),
            (_, Some(Ok(found))) => {
                choice = found;
                hidden_means = held.means.iter().map(|name| (name.clone(), Why::Kept)).collect();
            }
            (Some(at), _) => match chosen_beside(&mut quantities, &mut public, beside, project) {
                Ok((found, means)) => {
                    let is_open = |at: &usize| quantities.network.cells[*at].is_open();
                    if !policy.prefer.contains(&Prefer::Hide) && found.hidden.iter().any(is_open) {
                        fault = Some(Failed::Unprotected(at));
                    }
                    choice = found;
                    hidden_means = means.into_iter().map(|(name, told)| (name, Why::For(told))).collect();
                }
                Err(impossible) => fault = Some(impossible.into()),
            },
            (None, _) => {}
        }
        if fault.is_none()
            && !choice.hidden.is_empty()
            && witness::verify(&quantities.network, &choice.hidden, &choice.worlds).is_err()
        {
            fault = Some(Failed::Unproved);
        }
        if let Some(at) = quantities.unsettled {
            fault = fault.or(Some(Failed::Unprotected(at)));
        }
        if fault.is_some() {
            // Nothing is published; in the preview no number of persons is shown.
            choice.hidden = quantities.network.open().collect();
        }
        let minimum = policy.persons.map_or(0, |persons| i64::from(persons.minimum));
        let few = |at: usize| choice.hidden.contains(&at) || quantities.network.cells[at].value < minimum;
        let computed = quantities.computed_of.iter().filter(|(_, at)| few(*at)).map(|(name, _)| name.clone()).collect();
        let amounts = Amounts::decide((project, locale.language()), policy, truth, beside);
        let means = hidden_means;
        // What is not printed in any world, or by somebody's decision whatever it says, is not asked after.
        let counts: BTreeMap<&Quantity, usize> = quantities.computed_of.iter().map(|(name, at)| (name, *at)).collect();
        let exceptions = policy.exceptions.iter().map(|one| one.cell.value.as_str()).collect();
        let decided = quantities.computed_named(&exceptions, &project.workspace.breakdowns);
        let is_out = |name: &Quantity| {
            means.contains_key(name)
                || decided.contains(name)
                || counts.get(name).is_some_and(|at| choice.hidden.contains(at))
        };
        quantities.cases.values.retain(|name| !is_out(name));
        let (kept, proved) = (is_kept, is_proved);
        Some(Self { quantities, choice, fault, computed, means, public, kept, proved, unkept, amounts })
    }

    /// What was decided of amounts, as a decision by itself.
    #[must_use]
    pub fn of_amounts(&self) -> Self {
        let Amounts { quantities, choice, fault, public, .. } = self.amounts.clone();
        Self { quantities, choice, fault, public, ..Self::default() }
    }

    /// Whether what is hidden stays so where a reader knows this as well. Of numbers of case rows it is not known.
    #[must_use]
    pub fn withstands(&self, known: impl IntoIterator<Item = Relation>) -> bool {
        let mut network = self.quantities.network.clone();
        network.relations.extend(known);
        let of_cases = connected(&network, self.quantities.cases.told.keys().copied());
        let before = self.quantities.network.relations.len();
        if network.relations[before..].iter().flat_map(|relation| relation.terms.iter()).any(|(at, _)| of_cases[*at]) {
            return false;
        }
        for (at, cell) in network.cells.iter_mut().enumerate() {
            if of_cases[at] {
                cell.need = Need::None;
            }
            if !self.choice.hidden.contains(&at) && cell.exposure != Exposure::Unpublished {
                cell.exposure = Exposure::Fixed;
            }
        }
        chosen_among(&network, |at| !of_cases[at])
            .is_ok_and(|found| witness::verify(&network, &found.hidden, &found.worlds).is_ok())
    }

    /// The other sets of numbers that prove it. Those that no cases were found for, in which all that is printed of them stays, are left out where the others
    /// are proof enough.
    #[must_use]
    pub fn worlds(&self, policy: &Policy) -> Vec<&Vec<i64>> {
        let Quantities { network, cases, .. } = &self.quantities;
        let in_rows = |world: &&Vec<i64>| cases.persons(network, world).is_some_and(|of| of.is_ok());
        let worlds: Vec<&Vec<i64>> = self.choice.worlds.iter().filter(in_rows).collect();
        let left = policy.persons.map_or(0, |persons| persons.values_left);
        let hidden = &self.choice.hidden;
        let kept = self.kept.then(|| with_needs(network, hidden, left));
        let proof: Vec<Vec<i64>> = worlds.iter().copied().cloned().collect();
        let is_enough = witness::verify(kept.as_ref().unwrap_or(network), hidden, &proof).is_ok();
        if is_enough { worlds } else { self.choice.worlds.iter().collect() }
    }

    /// How many numbers of persons are told.
    #[must_use]
    pub fn told_count(&self) -> usize {
        self.quantities.names.iter().filter(|names| !names.is_empty()).count()
    }

    /// Whether a number is printed under any of its names.
    #[must_use]
    pub fn is_printed(&self, at: usize, printed: &Printed) -> bool {
        self.quantities.names[at].iter().any(|name| printed.has(name))
    }

    /// What is hidden when the report is computed again.
    #[must_use]
    pub fn mask(&self) -> Mask {
        let names = |at: usize| self.quantities.names[at].iter().cloned();
        let computed = self.computed.iter().map(|name| (name.clone(), Why::Computed));
        let shares = self.quantities.whole_shares.iter().map(|name| (name.clone(), Why::Whole));
        let all = self.choice.hidden.iter().flat_map(|at| names(*at).map(|name| (name, self.why(*at))));
        let means = self.means.iter().map(|(name, why)| (name.clone(), why.clone()));
        let hidden = means.chain(computed).chain(shares).chain(self.amounts.hidden()).chain(all).collect();
        let mut kept = BTreeMap::new();
        let uncounted = |at: &usize| self.quantities.marks.contains(at) || self.quantities.percentages.contains(at);
        for (at, cell) in self.quantities.network.cells.iter().enumerate() {
            if !self.choice.hidden.contains(&at) && !uncounted(&at) {
                kept.extend(names(at).map(|name| (name, Value::Count(Exact::from(cell.value)))));
            }
        }
        kept.extend(self.amounts.kept());
        Mask::new(hidden, kept)
    }

    /// Why a cell is hidden.
    fn why(&self, at: usize) -> Why {
        if self.fault.is_some() {
            return Why::Unmet;
        }
        if self.kept && !self.quantities.network.cells[at].is_sensitive() {
            return Why::Kept;
        }
        let other = self.choice.protects.get(&at).filter(|_| !self.quantities.network.cells[at].is_sensitive());
        let named = other.and_then(|other| self.quantities.names[*other].first());
        let itself = if self.quantities.whole.contains(&at) { Why::Whole } else { Why::Small };
        named.map_or(itself, |other| Why::For(other.clone()))
    }

    /// Tells what keeps the policy from being met.
    pub fn tell(&self, facts: Facts<'_>, sink: &mut Sink) {
        let Facts { project, statistics: truth, .. } = facts;
        let Some(policy) = &project.policy else { return };
        self.tell_kept(project, policy, sink);
        self.tell_unkept(policy, &project.workspace.breakdowns, &project.report.id, sink);
        self.tell_unproved(policy, &project.report.id, sink);
        if !self.choice.hidden.is_empty() || !self.computed.is_empty() {
            let breakdowns = &project.workspace.breakdowns;
            let gives_away = |at: usize| {
                self.gives_away(at).map(|found| {
                    let sum = found.sentence(&|at| self.named(at, breakdowns));
                    say!("it would give away `{other}`: {sum}", other = self.named(found.cell, breakdowns), sum)
                })
            };
            let hidden = (&self.quantities, &self.choice.hidden);
            files::tell_files(hidden, &gives_away, project, truth, sink);
        }
        self.tell_hidden(project, policy, sink);
        self.amounts.tell(facts, &place_of, sink);
        let Some(fault) = &self.fault else { return };
        let told = |at: usize| {
            let network = &self.quantities.network;
            let name = self.quantities.first_name(at);
            let name = name.map(|name| name_of(name, &project.workspace.breakdowns).to_string());
            (name.unwrap_or_default(), network.cells[at].value)
        };
        let minimum = policy.persons.map_or(0, |persons| persons.minimum);
        let place = |at: usize| {
            let first = self.quantities.first_name(at);
            first.and_then(|name| place_of(name, project, truth)).unwrap_or(policy.span)
        };
        sink.push(match fault {
            Failed::Refused(at) if self.quantities.whole.contains(at) => {
                let (name, value) = told(*at);
                Diagnostic::error(
                    Code::DISCLOSURE_REFUSED,
                    say!("`{name}` is {value}, and tells of each one of its group", name, value),
                )
                .at(place(*at))
                .help(say!("put rows or columns together, leave it out, or let the program hide it: `prefer: [hide]`"))
            }
            Failed::Refused(at) => {
                let (name, value) = told(*at);
                Diagnostic::error(
                    Code::DISCLOSURE_REFUSED,
                    say!("`{name}` is {value}, fewer than {minimum} persons", name, value, minimum),
                )
                .at(place(*at))
                .help(say!("put rows or columns together so that it grows, leave it out, or let the program hide it: `prefer: [hide]`"))
                .help(say!("where somebody has decided that it may be printed, say so under `exceptions`, with a reason and the day"))
            }
            Failed::Unprotected(at) => self.unprotected(*at, facts, policy),
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

    /// How many numbers are hidden, and where it is told which; where the policy prefers it, that lines could be put together instead.
    fn tell_hidden(&self, project: &Project, policy: &Policy, sink: &mut Sink) {
        let named = |at: &&usize| !self.quantities.names[**at].is_empty();
        let count = self.choice.hidden.iter().filter(named).count();
        if count == 0 || self.fault.is_some() {
            return;
        }
        let report = &project.report.id;
        let help = if policy.prefer.first() == Some(&Prefer::Merge) {
            say!(
                "`belagg disclose {report}` says which rows or columns could be put together instead, and what to write",
                report
            )
        } else {
            say!("`belagg disclose {report}` says which, and why", report)
        };
        sink.push(
            Diagnostic::new(
                Severity::Info,
                Code::DISCLOSURE_HIDDEN,
                say!("numbers of persons that are hidden: {count}", count),
            )
            .at(policy.span)
            .help(help),
        );
    }

    /// A number that follows from what must stay, by which arithmetic and from which places.
    fn unprotected(&self, at: usize, facts: Facts<'_>, policy: &Policy) -> Diagnostic {
        let breakdowns = &facts.project.workspace.breakdowns;
        let network = &self.quantities.network;
        let words = |at: usize| self.quantity(at).map(|name| facts.words_of(name)).unwrap_or_default();
        let place = |at: usize| self.quantity(at).and_then(|name| place_of(name, facts.project, facts.statistics));
        let found = self.follows_anyhow(at);
        let cell = found.as_ref().map_or(at, |found| found.cell);
        let (name, labels, value) = (self.named(cell, breakdowns), words(cell), network.cells[cell].value);
        let span = place(cell).unwrap_or(policy.span);
        let code = Code::DISCLOSURE_UNPROTECTED;
        let Some(found) = found else {
            let message = say!(
                "`{name}` ({labels}) is {value}, and no other numbers were found that agree with what stays printed",
                name,
                labels,
                value
            );
            let diagnostic = Diagnostic::error(code, message).at(span);
            let of_cases: BTreeSet<String> =
                self.quantities.statistics.values().map(|name| name_of(name, breakdowns).to_string()).collect();
            let diagnostic = if of_cases.is_empty() {
                diagnostic
            } else {
                let names = of_cases.into_iter().collect::<Vec<_>>().join(", ");
                diagnostic.help(beside_statistics(names))
            };
            return diagnostic.help(say!("put rows or columns together so that it grows, or take away from `never-hide` or `exceptions` what gives it back"));
        };
        let sum = found.sentence(&|at| self.named(at, breakdowns));
        let message = say!(
            "`{name}` ({labels}) is {value}, and can be found out from the numbers that stay printed: {sum}",
            name,
            labels,
            value,
            sum
        );
        let mut diagnostic = Diagnostic::error(code, message).at(span);
        let mut told = BTreeSet::new();
        let mut statistics = BTreeSet::new();
        for term in found.sums.iter().flat_map(|sum| &sum.terms).filter(|term| !term.is_bound && told.insert(term.cell))
        {
            let statistic = self.quantities.statistics.get(&term.cell);
            statistics.extend(statistic.map(|name| name_of(name, breakdowns).to_string()));
            if let Some(span) = place(term.cell).filter(|_| statistic.is_none()) {
                diagnostic =
                    diagnostic.also(span, say!("{value}: {labels}", value = term.value, labels = words(term.cell)));
            }
        }
        if !statistics.is_empty() {
            let names = statistics.into_iter().collect::<Vec<_>>().join(", ");
            diagnostic = diagnostic.help(beside_statistics(names));
        }
        diagnostic.help(say!("put rows or columns together so that it grows, or take away from `never-hide` or `exceptions` what gives it back"))
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

fn beside_statistics(names: String) -> Said {
    say!(
        "this tells of it beside what else stays printed: {names}; print it with fewer decimals, or take it away from `never-hide`",
        names
    )
}

/// What is hidden beside what texts say, and beside printed means and the like. Where texts leave no choice, what is hidden without them; they are told of
/// then.
fn chosen_beside(
    quantities: &mut Quantities,
    known: &mut Vec<Known>,
    Beside { before, said, .. }: Beside<'_>,
    project: &Project,
) -> Result<(Choice, means::Means), Impossible> {
    let without = chosen_after(quantities, known, before, &|quantities, network| chosen(network, &quantities.cases))?;
    // What is said now is not public yet: it gives no number up.
    let said = said(quantities);
    let again = |quantities: &Quantities| chosen(&quantities.network, &quantities.cases);
    let found = if said.is_empty() { Ok(without.clone()) } else { beside_said(quantities, said, &again) };
    means::beside(quantities, found.unwrap_or(without), &means::Asked::new(project, quantities), &again)
}
