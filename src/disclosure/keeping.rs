//! What has to be hidden so that it can be kept, and that a kept choice is not enough any more.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::model::{Breakdowns, Policy, Project};

use super::chosen::chosen;
use super::decision::Decision;
use super::keep::{Unkept, with_needs};
use super::means::{self, Asked};
use super::naming::name_of;
use super::quantities::Quantities;

/// How often more is hidden until what is hidden can be kept.
const ROUNDS: usize = 8;

impl Decision {
    /// The names of what has to be hidden so that the same can be hidden whatever these numbers are; none where nothing is hidden, or nothing can be kept.
    #[must_use]
    pub fn to_keep(&self, project: &Project) -> Option<Vec<String>> {
        let left = project.policy.as_ref()?.persons?.values_left;
        if self.fault.is_some() || self.choice.hidden.is_empty() {
            return None;
        }
        let mut hidden = self.choice.hidden.clone();
        let mut asked = Asked::new(project, &self.quantities);
        asked.hide(self.means.keys().cloned());
        for _ in 0..ROUNDS {
            let mut quantities = self.quantities.clone();
            quantities.network = with_needs(&self.quantities.network, &hidden, left);
            let again = |quantities: &Quantities| chosen(&quantities.network, &quantities.cases);
            let found = again(&quantities).ok()?;
            let (found, more) = means::beside(&mut quantities, found, &asked, &again).ok()?;
            if found.hidden == hidden && more.is_empty() {
                let breakdowns = &project.workspace.breakdowns;
                let open = hidden.iter().filter(|at| self.quantities.network.cells[**at].is_open());
                let names = open.filter_map(|at| self.quantities.names[*at].first());
                let names = names.chain(&asked.hidden);
                let mut names: Vec<String> = names.map(|name| name_of(name, breakdowns).to_string()).collect();
                names.sort();
                names.dedup();
                return Some(names);
            }
            hidden = found.hidden;
            asked.hide(more.into_keys());
        }
        None
    }

    /// Tells that what was kept is not enough any more.
    pub(super) fn tell_unkept(&self, policy: &Policy, breakdowns: &Breakdowns, report: &str, sink: &mut Sink) {
        let (Some(unkept), Some(first)) = (self.unkept, policy.keep_hidden.first()) else { return };
        let message = match unkept {
            Unkept::Small(at) => {
                let name = self.named(at, breakdowns);
                say!("`keep-hidden` does not name `{name}`, which is too small: what is hidden was chosen anew", name)
            }
            Unkept::Unprotected(at) => {
                let name = self.named(at, breakdowns);
                say!(
                    "what `keep-hidden` names is not enough any more to protect `{name}`: what is hidden was chosen anew",
                    name
                )
            }
        };
        sink.push(
            Diagnostic::warning(Code::DISCLOSURE_UNKEPT, message)
                .at(first.span)
                .help(say!("`belagg disclose {report}` gives the list to write instead", report)),
        );
    }
}
