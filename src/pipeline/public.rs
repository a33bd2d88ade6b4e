//! What was published before of the reports that a policy stands for: their own earlier versions, and what other published reports print of their numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::Sink;
use crate::disclosure::{Decision, Edition, Public};
use crate::locale::Language;
use crate::model::Project;
use crate::system::Bytes;
use crate::versions::ledger::{self, Entry, Ledger};

use super::Workshop;

/// What is public of each report, and what that decides: of one state of all reports, as one of them is made.
#[derive(Debug, Clone, Default)]
pub(super) struct Published {
    of: BTreeMap<String, Public>,
    /// A report that others build on is met again in each of them.
    decided: Arc<Mutex<Decided>>,
}

/// What was decided of reports, by their ids and the language that they are told in.
type Decided = BTreeMap<(String, Language), Option<Arc<Decision>>>;

impl Published {
    /// What is public of a report, where a policy stands for it.
    pub fn public(&self, id: &str) -> Option<&Public> {
        self.of.get(id)
    }

    /// What is decided of a report as it is told in a language, once.
    pub fn decided(
        &self,
        id: &str,
        language: Language,
        decide: impl FnOnce() -> Option<Decision>,
    ) -> Option<Arc<Decision>> {
        let known = || self.decided.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (id.to_owned(), language);
        if let Some(decision) = known().get(&key) {
            return decision.clone();
        }
        let decision = decide().map(Arc::new);
        known().insert(key, decision.clone());
        decision
    }
}

/// The report whose ledger a project has: itself, or the one that it is made from.
pub(super) fn owner(project: &Project) -> &str {
    project.whole.as_ref().map_or(&project.report.id, |whole| &whole.id)
}

/// What is public of a report, of those that it builds on, and of those beside it, where a policy stands for them. Records of what it builds on become
/// inputs: a version that is built again is decided after what was published when it was made, and nothing else. Those of reports beside it make nothing
/// of it; its texts are held against them.
pub(super) fn published(shop: Workshop<'_>, project: &mut Project, own: Option<&Ledger>) -> Published {
    let mut out = Published::default();
    let mut inputs: Vec<(String, Bytes)> = Vec::new();
    for of in builds_on(project) {
        if of.policy.is_some() {
            let ledger = own.filter(|_| owner(of) == owner(project));
            out.of.insert(owner(of).to_owned(), public(shop, of, ledger, owner(of) != owner(project), &mut inputs));
        }
    }
    for beside in project.beside.iter() {
        for of in builds_on(beside) {
            if of.policy.is_some() && !out.of.contains_key(owner(of)) {
                out.of.insert(owner(of).to_owned(), public(shop, of, None, false, &mut Vec::new()));
            }
        }
    }
    // What is made from a report has its report's versions before it, and is read with them.
    let own_editions =
        out.public(owner(project)).map(|public| public.editions.iter().filter(|edition| edition.report.is_none()));
    project.published = own_editions.into_iter().flatten().map(|edition| edition.name.clone()).collect();
    if !inputs.is_empty() {
        let all = Arc::make_mut(&mut project.inputs);
        all.extend(inputs);
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all.dedup_by(|a, b| a.0 == b.0);
    }
    out
}

/// A report and those that it builds on, its original among them, each once.
fn builds_on(project: &Project) -> Vec<&Project> {
    let mut all = vec![project];
    let mut open: Vec<&Arc<Project>> = project.others.iter().chain(&project.original).collect();
    while let Some(other) = open.pop() {
        if !all.iter().any(|known| owner(known) == owner(other)) {
            all.push(other);
            open.extend(other.others.iter().chain(&other.original));
        }
    }
    all
}

/// What is public of one report, and the records that say so; those of its own versions where `with_own`.
fn public(
    shop: Workshop<'_>,
    of: &Project,
    ledger: Option<&Ledger>,
    with_own: bool,
    inputs: &mut Vec<(String, Bytes)>,
) -> Public {
    let id = owner(of);
    let ledger = ledger.cloned().unwrap_or_else(|| ledger::read(shop.system, id, &mut Sink::default()));
    let mut public = Public::default();
    for entry in ledger.earlier(&of.report.version.value) {
        public.editions.extend(edition(entry, None));
        if with_own {
            record(shop, entry, inputs);
        }
    }
    for other in others(shop, id) {
        let theirs = ledger::read(shop.system, &other, &mut Sink::default());
        for entry in theirs.entries.iter().filter(|entry| entry.text().contains(&mention(id))) {
            public.editions.extend(edition(entry, Some(&other)));
        }
        theirs.entries.iter().for_each(|entry| record(shop, entry, inputs));
    }
    public
}

/// How records name a number of a report.
fn mention(id: &str) -> String {
    format!("{id}:")
}

/// Reports of which a published version may print numbers of one.
fn others(shop: Workshop<'_>, id: &str) -> BTreeSet<String> {
    let records = shop.system.records_with(&mention(id)).into_iter();
    records.filter_map(|path| path.split('/').nth(1).filter(|other| *other != id).map(str::to_owned)).collect()
}

fn edition(entry: &Entry, other: Option<&str>) -> Option<Edition> {
    let version = &entry.head.version;
    let name = other.map_or_else(|| version.clone(), |other| format!("{other} {version}"));
    let body = entry.body()?;
    let alone = body.alone.into_iter().map(|alone| (format!("{} {version}", alone.report), alone)).collect();
    Some(Edition { name, report: other.map(str::to_owned), state: body.state, alone })
}

fn record(shop: Workshop<'_>, entry: &Entry, inputs: &mut Vec<(String, Bytes)>) {
    let path = ledger::path(&entry.head.report, &entry.head.version);
    if let Ok(bytes) = shop.system.read(&path) {
        inputs.push((path, bytes));
    }
}
