//! What was published before of the reports that a policy stands for: their own earlier versions, and what other published reports print of their numbers.

use std::collections::BTreeMap;

use std::sync::Arc;

use crate::diagnostic::Sink;
use crate::disclosure::{Edition, Public};
use crate::load;
use crate::model::Project;
use crate::system::Bytes;
use crate::versions::ledger::{self, Entry, Ledger};

use super::Workshop;

/// What is public of each report, by its id.
pub(super) type Published = BTreeMap<String, Public>;

/// The report whose ledger a project has: itself, or the one that it is made from.
pub(super) fn owner(project: &Project) -> &str {
    project.whole.as_ref().map_or(&project.report.id, |whole| &whole.id)
}

/// What is public of a report and of those that it builds on, where a policy stands for them. Records of other reports become inputs: a version that is
/// built again is decided after what was published when it was made, and nothing else.
pub(super) fn published(shop: Workshop<'_>, project: &mut Project, own: Option<&Ledger>) -> Published {
    let mut out = Published::new();
    let mut inputs: Vec<(String, Bytes)> = Vec::new();
    let mut open: Vec<(String, String, bool)> = Vec::new();
    let mut others: Vec<Arc<Project>> = project.others.clone();
    let wanted = |of: &Project| (owner(of).to_owned(), of.report.version.value.clone(), of.policy.is_some());
    open.push(wanted(project));
    while let Some(other) = others.pop() {
        if !open.iter().any(|(id, ..)| id == owner(&other)) {
            open.push(wanted(&other));
            others.extend(other.others.iter().cloned());
        }
    }
    let is_own = |id: &str| id == owner(project);
    for (id, version, _) in open.into_iter().filter(|(.., has_policy)| *has_policy) {
        // Of a part the records tell nothing, and no ledger but that of the whole report.
        let known = own.filter(|_| is_own(&id) && project.part.is_none()).cloned();
        let ledger = known.unwrap_or_else(|| ledger::read(shop.system, &id, &mut Sink::default()));
        let mut public = Public::default();
        for entry in ledger.earlier(&version) {
            public.editions.extend(edition(entry, None));
            if !is_own(&id) {
                record(shop, entry, &mut inputs);
            }
        }
        for other in load::folders(shop.system).into_iter().filter(|other| *other != id && may_print(shop, other, &id))
        {
            let theirs = ledger::read(shop.system, &other, &mut Sink::default());
            for entry in theirs.entries.iter().filter(|entry| entry.text().contains(&mention(&id))) {
                public.editions.extend(edition(entry, Some(&other)));
            }
            theirs.entries.iter().for_each(|entry| record(shop, entry, &mut inputs));
        }
        out.insert(id, public);
    }
    if !inputs.is_empty() {
        let all = Arc::make_mut(&mut project.inputs);
        all.extend(inputs);
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all.dedup_by(|a, b| a.0 == b.0);
    }
    out
}

/// How records name a number of a report.
fn mention(id: &str) -> String {
    format!("{id}:")
}

/// Whether a published version of another report prints numbers of one. Ledgers are read as they are: there may be many.
fn may_print(shop: Workshop<'_>, other: &str, id: &str) -> bool {
    let (folder, mention) = (ledger::folder(other), mention(id));
    let records = shop.system.list(&folder);
    let mut records = records.iter().map(|entry| &entry.name).filter(|name| name.ends_with(".yaml"));
    records.any(|name| {
        let text = shop.system.read(&format!("{folder}/{name}"));
        text.is_ok_and(|bytes| std::str::from_utf8(&bytes).is_ok_and(|text| text.contains(&mention)))
    })
}

fn edition(entry: &Entry, other: Option<&str>) -> Option<Edition> {
    let version = &entry.head.version;
    let name = other.map_or_else(|| version.clone(), |other| format!("{other} {version}"));
    Some(Edition { name, report: other.map(str::to_owned), state: entry.body()?.state })
}

fn record(shop: Workshop<'_>, entry: &Entry, inputs: &mut Vec<(String, Bytes)>) {
    let path = ledger::path(&entry.head.report, &entry.head.version);
    if let Ok(bytes) = shop.system.read(&path) {
        inputs.push((path, bytes));
    }
}
