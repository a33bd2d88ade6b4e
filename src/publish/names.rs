//! The names of reports and of what is made from them: each becomes a folder of `output/` and a part of an address.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::load::{self, Document, Library};
use crate::model::{Part, document_name_fault};
use crate::source::SourceMap;
use crate::system::System;
use crate::versions::ledger;

/// Reports which of the documents of some reports cannot have an address, or share one with another of the workspace. `wanted` are the names
/// of reports and of what is made from them.
#[must_use]
pub fn check(system: &dyn System, library: &Library, wanted: &[String]) -> (Sink, SourceMap) {
    let (mut documents, sources) = load::documents(system, library);
    documents.extend(published_before(system, &documents));
    let wanted: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
    let mut sink = Sink::default();
    let mut first: BTreeMap<String, &Document> = BTreeMap::new();
    for document in &documents {
        let is_wanted =
            |document: &Document| wanted.contains(document.id.as_str()) || wanted.contains(document.report.as_str());
        if let Some(why) = document_name_fault(&document.id).filter(|_| is_wanted(document)) {
            let message = match &document.part {
                None => say!("`content/{id}` cannot be the folder of a report: {why}", why, id = document.id),
                Some(_) => say!(
                    "`{id}`, {document}, cannot be published: {why}",
                    why,
                    id = document.id,
                    document = described(document)
                ),
            };
            sink.push(placed(Code::ADDRESS, message, document).help(
                say!("its name becomes a folder and an address: use small letters a to z, digits and hyphens, as `belagg new` does"),
            ));
        }
        // A disk or a web server may take small letters and capitals for one.
        match first.entry(document.id.to_lowercase()) {
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert(document);
            }
            std::collections::btree_map::Entry::Occupied(known) => {
                let known = *known.get();
                if (is_wanted(document) || is_wanted(known)) && *known != *document {
                    let message = say!(
                        "{one} and {other} would both be published at output/{id}",
                        one = described(known),
                        other = described(document),
                        id = known.id
                    );
                    let mut found = placed(Code::ID_DUPLICATE, message, document);
                    if let Some(span) = known.span.filter(|_| document.span.is_some()) {
                        found = found.also(span, say!("the other"));
                    }
                    sink.push(found.help(say!("rename one of the folders, or the id of a unit")));
                }
            }
        }
    }
    (sink, sources)
}

fn placed(code: Code, message: Said, document: &Document) -> Diagnostic {
    let found = Diagnostic::error(code, message);
    match document.span {
        Some(span) => found.at(span),
        None => found,
    }
}

fn described(document: &Document) -> Said {
    match &document.part {
        None if document.span.is_some() => say!("the report `{report}`, made for a row,", report = document.report),
        None => say!("the report content/{report}", report = document.report),
        Some(Part::Unit(unit)) => say!("the extract of content/{report} for `{unit}`", unit, report = document.report),
        Some(Part::Decision) => say!("the decision page of content/{report}", report = document.report),
    }
}

/// What was published with a report that is no longer made from it has its address still. Only a document whose name begins with that of the report can take it.
fn published_before(system: &dyn System, documents: &[Document]) -> Vec<Document> {
    let mut out = Vec::new();
    let ids: BTreeSet<(String, &str)> =
        documents.iter().map(|document| (document.id.to_lowercase(), document.report.as_str())).collect();
    let known: BTreeSet<(&str, &str)> =
        documents.iter().map(|document| (document.id.as_str(), document.report.as_str())).collect();
    for report in documents.iter().filter(|document| document.part.is_none()) {
        let begin = format!("{}-", report.id.to_lowercase());
        let mut near = ids.range((begin.clone(), "")..).take_while(|(id, _)| id.starts_with(&begin));
        if near.all(|(_, other)| *other == report.id) {
            continue;
        }
        // What is wrong with the ledger is told with its report.
        for id in ledger::read(system, &report.id, &mut Sink::default()).parts() {
            if known.contains(&(id.as_str(), report.id.as_str())) {
                continue;
            }
            let unit = id.strip_prefix(&format!("{}-", report.id)).unwrap_or(&id).to_owned();
            out.push(Document { id, report: report.id.clone(), part: Some(Part::Unit(unit)), span: None });
        }
    }
    out
}
