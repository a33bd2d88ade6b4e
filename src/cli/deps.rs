//! `belagg build --deps`: what each output depends on, for programs that decide what is built again. Nothing is rendered and nothing is written.

use std::collections::BTreeMap;
use std::path::Path;

use clap::ValueEnum;
use serde_json::{Value, json};

use crate::diagnostic::{Failure, say};
use crate::load::{self, Derived};
use crate::pipeline::manifest;
use crate::session::Session;
use crate::system::Asked;

use super::output::Output;
use super::rules::{in_workspace, rules};
use super::{FAILURE, OUTPUT, SUCCESS, opened, parallel, partition};

/// For whom dependencies are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Rules of Make, which Ninja reads as well
    Make,
    /// Every file with its hash
    Json,
}

/// Prints what the named reports, or all, depend on.
pub fn run(session: &Session<'_>, workspace: &Path, names: &[String], form: Form, out: &Output) -> u8 {
    let shop = match opened(session, names, out) {
        Ok((_, shop)) => shop,
        Err(code) => return code,
    };
    let documents = load::with_derived(shop.system, shop.library, names, |_| true);
    let report = |document: &Derived| document.of.as_ref().map_or(&document.id, |(report, _)| report).clone();
    // What is made from a report is made of the same.
    let mut reports: Vec<String> = documents.iter().map(report).collect();
    reports.dedup();
    let asked = parallel::map(&reports, |report| {
        let asked = session.asked_for(report);
        session.evict(parallel::threads());
        (report.clone(), asked)
    });
    let asked: BTreeMap<String, Asked> = match asked.into_iter().collect() {
        Ok(asked) => asked,
        Err(failure) => {
            let failure: Failure = failure;
            out.fault(failure.message());
            return FAILURE;
        }
    };
    let documents: Vec<(&Derived, &Asked)> =
        documents.iter().filter_map(|document| Some((document, asked.get(&report(document))?))).collect();
    let of = |document: &Derived| {
        let report = report(document);
        let version = load::version(shop.system, shop.library, &report).unwrap_or_default();
        (report, format!("output/{}/{version}", document.id), version)
    };
    if form == Form::Make {
        let each = documents.iter().map(|(document, asked)| {
            let target = in_workspace(workspace, &format!("{}/{}", of(document).1, manifest::FILE));
            (target.to_string_lossy().into_owned(), asked.watched(shop.system))
        });
        return match rules(&each.collect::<Vec<_>>(), workspace) {
            Ok(text) => {
                out.data(text.trim_end());
                SUCCESS
            }
            Err(path) => {
                out.fault(say!("`{path}` cannot be named to Make: rename it, or use `--deps json`", path));
                OUTPUT
            }
        };
    }
    let Some(program) = partition::own_program(out) else { return OUTPUT };
    let each: Vec<Value> = documents
        .iter()
        .map(|(document, asked)| {
            let (report, folder, version) = of(document);
            json!({
                "document": document.id,
                "report": report,
                "version": version,
                "output": folder,
                "inputs": asked.files,
                "folders": asked.watched(shop.system).iter().filter(|path| !asked.files.contains_key(*path)).collect::<Vec<_>>(),
                "absent": asked.absent().collect::<Vec<_>>(),
            })
        })
        .collect();
    out.data(&format!("{:#}", json!({"program": program, "documents": each})));
    SUCCESS
}
