//! What is wrong with a report, as browsers are told.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::diagnostic::{self, Sink};
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

/// What is wrong, for browsers.
pub fn problems(sink: &Sink, sources: &SourceMap) -> Vec<Problem> {
    let told = diagnostic::json(&sink.sorted(sources), sources);
    let all: Vec<Json> = serde_json::from_str(&told).unwrap_or_default();
    all.into_iter().map(|told| Problem { told, since: 0 }).collect()
}

/// Problems with the state in which each was there first.
pub fn dated(mut problems: Vec<Problem>, known: &[Problem], state: u64) -> Vec<Problem> {
    let known: BTreeMap<String, u64> = known.iter().map(|problem| (problem.key(), problem.since)).collect();
    for problem in &mut problems {
        problem.since = known.get(&problem.key()).copied().unwrap_or(state);
    }
    problems
}
