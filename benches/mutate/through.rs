//! The way of a small workspace in memory through the program, and what must hold of whatever it answers.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex};

use belagg::diagnostic::{Digest, Sink, Tongue, github, human, json, sarif};
use belagg::internal::html::{HtmlTemplates, PageInput};
use belagg::internal::{
    Library, Prepared, RULES, State, Toolbox, Workshop, compare, data, mend, prepare, render_files,
};
use belagg::source::{SourceMap, Span};
use belagg::{MemorySystem, System};

pub type Files = BTreeMap<String, Vec<u8>>;

/// A workspace, and the report in it that is looked at.
pub struct Workspace {
    pub id: String,
    pub files: Files,
}

/// What all workspaces share: none of them has templates of its own.
pub static TOOLBOX: LazyLock<Toolbox> = LazyLock::new(|| {
    Toolbox::new(&MemorySystem::default(), &Library::default(), &mut Sink::default())
        .expect("the built-in templates are sound")
});

/// A report of a workspace that nothing was read of before.
pub fn prepared(system: &dyn System, id: &str) -> Prepared {
    prepare(Workshop { system, library: &Library::default(), toolbox: &TOOLBOX }, id)
}

static PAGES: LazyLock<HtmlTemplates> =
    LazyLock::new(|| HtmlTemplates::new(&BTreeMap::new()).expect("the built-in templates are sound"));
/// What the unchanged workspaces say, to compare with, by the first file of the workspace.
static STATES: Mutex<BTreeMap<String, State>> = Mutex::new(BTreeMap::new());

/// One input in so many, chosen by its bytes, so that it is the same in every run.
pub fn one_in(share: u32, input: &[u8]) -> bool {
    let hash = input.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    (hash >> 7) % share == 0
}

/// Takes a workspace through loading, computing, assembling, resolving and the checks; what passes without error also through the data files
/// and the comparison, a part of that through the page, and a few through Typst.
pub fn through(files: Files, id: &str, input: &[u8]) {
    let system = MemorySystem::new(files);
    seen(&system, id, input);
}

/// As [`through`], of a workspace that is there.
pub fn seen(system: &dyn System, id: &str, input: &[u8]) -> Prepared {
    let prepared = prepared(system, id);
    told(&prepared.sink, &prepared.sources);
    let mends = mend(prepared.sink.sorted(&prepared.sources), &prepared.sources);
    assert!(mends.iter().all(|file| file.after != file.before), "a mend that mends nothing");
    let Some(ready) = prepared.ready.as_ref().filter(|_| !prepared.sink.has_errors()) else { return prepared };
    for table in &ready.resolution.data {
        black_box(data::csv(table));
        black_box(data::json(table));
    }
    let key = format!("{id} {}", ready.project.report.kind.value.name());
    let mut states = STATES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let old = states.entry(key).or_insert_with(|| (*ready.state).clone());
    black_box(compare(old, &ready.state));
    assert!(compare(&ready.state, &ready.state).is_empty(), "a state differs from itself");
    drop(states);
    if one_in(8, input) {
        let page = PageInput {
            document: &ready.resolution.document,
            pdf: None,
            workbooks: Vec::new(),
            citation: None,
            data: Some(&ready.resolution.data),
            card: false,
            site: None,
            path: "a/1.0/",
        };
        if let Err(problem) = PAGES.page(&page) {
            panic!("the page of a report without errors cannot be made: {problem}");
        }
    }
    // What a picture holds, only Typst looks at.
    if one_in(if ready.project.images.is_empty() { 512 } else { 32 }, input) {
        let mut sink = Sink::default();
        let made = render_files(ready, &TOOLBOX, &mut sink);
        told(&sink, &prepared.sources);
        let said = shown(&sink, &prepared.sources);
        assert!(made.is_some() || !said.contains("templates/"), "a report without errors cannot be set: {said}");
    }
    PASSED.fetch_add(1, Ordering::Relaxed);
    prepared
}

static PASSED: AtomicU64 = AtomicU64::new(0);

/// How many inputs were without an error of the content: they went the whole way.
pub fn passed() -> u64 {
    PASSED.load(Ordering::Relaxed)
}

/// Every problem as people are told of it.
pub fn shown(sink: &Sink, sources: &SourceMap) -> String {
    let rules: Vec<(&str, &str)> = RULES.iter().map(|rule| (rule.code.0, rule.title)).collect();
    human(&Digest::new(&rules, true).messages(&sink.sorted(sources), sources), sources, false, Tongue::Swedish)
}

/// Prints every problem in every form, and holds their places against the files.
pub fn told(sink: &Sink, sources: &SourceMap) {
    let all = sink.sorted(sources);
    let fits = |span: Span| sources.get(span.source).text.get(span.start as usize..span.end as usize).is_some();
    for problem in &all {
        let places = problem.primary.iter().chain(&problem.secondary).map(|label| label.span);
        for place in places.chain(problem.fix.as_ref().map(|fix| fix.span)) {
            assert!(fits(place), "{:?} has a place that is none: {}", problem.code, problem.message.english());
        }
    }
    black_box(shown(sink, sources));
    black_box(json(&all, sources, Tongue::English));
    black_box(github(&all, sources, Tongue::English));
    black_box(sarif(&[(all, sources)], &[], Tongue::English));
}
