//! What is wrong with a report, as browsers are told.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::diagnostic::{self, Edit, Failure, Sink, Tongue};
use crate::source::SourceMap;

/// A problem as `--format json` has it, and when it was first there.
#[derive(Clone)]
pub struct Problem {
    pub told: Json,
    pub since: u64,
}

impl Problem {
    /// Errors before warnings before remarks.
    pub fn rank(&self) -> usize {
        let severity = self.told["severity"].as_str().unwrap_or_default();
        ["error", "warning", "info"].iter().position(|known| *known == severity).unwrap_or_default()
    }

    /// What makes it the same problem in the next state.
    pub fn key(&self) -> String {
        let place = &self.told["place"];
        [&self.told["code"], &self.told["message"], &place["file"], &place["text"]].map(Json::to_string).concat()
    }
}

/// What is wrong, for browsers: as `--format json` has it, with the bytes that would mend it.
pub fn problems(sink: &Sink, sources: &SourceMap, tongue: Tongue) -> Vec<Problem> {
    let sorted = sink.sorted(sources);
    let told: Vec<Json> = serde_json::from_str(&diagnostic::json(&sorted, sources, tongue)).unwrap_or_default();
    let mends = sorted.iter().map(|found| found.edit(sources).map(|edit| mend(&edit, sources)));
    let all = told.into_iter().zip(mends).map(|(mut told, mends)| {
        told["mends"] = mends.into_iter().collect();
        Problem { told, since: 0 }
    });
    all.collect()
}

/// The problem of a report that the program has failed in.
pub fn failed(failure: &Failure, report: &str, tongue: Tongue) -> Vec<Problem> {
    let mut sink = Sink::default();
    sink.push(failure.diagnostic(report));
    problems(&sink, &SourceMap::default(), tongue)
}

fn mend(edit: &Edit<'_>, sources: &SourceMap) -> Json {
    let source = sources.get(edit.span.source);
    json!({"file": source.path, "start": edit.span.start, "raw": sources.text(edit.span), "text": edit.text})
}

/// Problems with the state in which each was there first.
pub fn dated(mut problems: Vec<Problem>, known: &[Problem], state: u64) -> Vec<Problem> {
    let known: BTreeMap<String, u64> = known.iter().map(|problem| (problem.key(), problem.since)).collect();
    for problem in &mut problems {
        problem.since = known.get(&problem.key()).copied().unwrap_or(state);
    }
    problems
}
