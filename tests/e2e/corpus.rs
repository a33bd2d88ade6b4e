//! The corpus: small texts with the findings that a careful reader would make, and the ones that must not be made. Recall and precision
//! of each rule are printed (`cargo test --release corpus -- --nocapture`) and held.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use belagg::diagnostic::{Diagnostic, Severity};
use belagg::internal::RULES;
use belagg::source::SourceMap;
use belagg::{MemorySystem, Session};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    language: String,
    about: String,
    #[serde(default)]
    findings: Map<String, Value>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    terms: Map<String, Value>,
    #[serde(default)]
    chapters: Vec<ChapterText>,
    #[serde(default)]
    text: String,
    expect: Vec<Expected>,
    /// Findings that a reader may or may not make.
    #[serde(default)]
    may: Vec<Expected>,
    /// Rules that are not judged here.
    #[serde(default)]
    ignore: Vec<String>,
    /// Rules of severity info that must say nothing here.
    #[serde(default)]
    quiet: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChapterText {
    title: String,
    role: String,
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    rule: String,
    at: String,
}

#[derive(Debug, Default)]
struct Score {
    expected: usize,
    met: usize,
    right: usize,
    wrong: usize,
}

impl Score {
    fn recall(&self) -> f64 {
        if self.expected == 0 { 1.0 } else { self.met as f64 / self.expected as f64 }
    }

    fn precision(&self) -> f64 {
        if self.right + self.wrong == 0 { 1.0 } else { self.right as f64 / (self.right + self.wrong) as f64 }
    }
}

fn cases() -> Vec<Case> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    let mut out = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let read: Vec<Case> =
            serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        out.extend(read);
    }
    out
}

/// The findings as YAML, one figure or table a line.
fn findings(case: &Case) -> String {
    let mut out = String::new();
    for (kind, entries) in &case.findings {
        let _ = writeln!(out, "{kind}:");
        for (id, entry) in entries.as_object().unwrap() {
            let _ = writeln!(out, "  {id}: {entry}");
        }
    }
    out
}

fn files(case: &Case) -> Vec<(String, String)> {
    let chapters: Vec<ChapterText> = if case.chapters.is_empty() {
        vec![ChapterText { title: "Text".to_owned(), role: "body".to_owned(), text: case.text.clone() }]
    } else {
        case.chapters
            .iter()
            .map(|chapter| ChapterText {
                title: chapter.title.clone(),
                role: chapter.role.clone(),
                text: chapter.text.clone(),
            })
            .collect()
    };
    let names: Vec<String> = (1..=chapters.len()).map(|n| format!("k{n}.md")).collect();
    let report = json!({
        "kind": "inspection-report", "title": "Rapport", "version": "1.0", "date": "2024-03", "status": "draft",
        "language": case.language, "names": case.names, "terms": case.terms, "chapters": names,
        "imprint": {"reference": "Dnr 1/2024", "publisher": "Exempelstad", "contact": "Kansliet"},
    });
    let mut files = vec![("content/case/report.yaml".to_owned(), report.to_string())];
    let findings = findings(case);
    if !findings.is_empty() {
        files.push(("content/case/findings/alla.yaml".to_owned(), findings));
    }
    for (name, chapter) in names.iter().zip(&chapters) {
        let class = if chapter.role == "summary" { " {.summary}" } else { "" };
        files.push((format!("content/case/{name}"), format!("# {}{class}\n\n{}", chapter.title, chapter.text)));
    }
    files
}

/// Where the words of an expectation stand, in chapters and in findings.
fn places(expected: &Expected, sources: &SourceMap) -> Vec<(String, Range<usize>)> {
    let words: Vec<&str> = expected.at.split_whitespace().collect();
    let mut out = Vec::new();
    for source in sources.iter().filter(|source| source.path.ends_with(".md")) {
        for (at, _) in source.text.match_indices(words[0]) {
            if let Some(length) = length(&source.text[at..], &words) {
                out.push((source.path.clone(), at..at + length));
            }
        }
    }
    // A block or binding stands also for the figure or table that it prints.
    if let Some(inner) = expected.at.strip_prefix("{{") {
        let id = inner.trim().trim_start_matches("table ").split([' ', '}']).next().unwrap_or("");
        for source in sources.iter().filter(|source| source.path.contains("/findings/")) {
            if let Some(at) = source.text.find(&format!("\n  {id}: ")) {
                let end = source.text[at + 1..].find('\n').map_or(source.text.len(), |end| at + 1 + end);
                out.push((source.path.clone(), at..end));
            }
        }
    }
    out
}

fn length(text: &str, words: &[&str]) -> Option<usize> {
    let mut rest = text;
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            rest = rest.trim_start();
        }
        rest = rest.strip_prefix(word)?;
    }
    Some(text.len() - rest.len())
}

fn overlaps(diagnostic: &Diagnostic, places: &[(String, Range<usize>)], sources: &SourceMap) -> bool {
    diagnostic.primary.as_ref().is_some_and(|label| {
        let path = &sources.get(label.span.source).path;
        places.iter().any(|(file, range)| {
            file == path && (label.span.start as usize) < range.end && range.start < label.span.end as usize
        })
    })
}

#[test]
fn the_page_of_rules_is_made_from_the_rules() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let page = std::fs::read_to_string(path).unwrap_or_default();
    assert!(page == belagg::internal::rules_page(), "make it anew: belagg explain --rules > docs/rules.md");
}

#[test]
fn the_corpus_is_read_as_a_careful_reader_reads_it() {
    let cases = cases();
    assert!(cases.len() >= 150, "{} cases", cases.len());
    let mut seen = std::collections::BTreeSet::new();
    let mut scores: BTreeMap<&str, Score> = RULES.iter().map(|rule| (rule.code.0, Score::default())).collect();
    let mut notes = String::new();
    let mut session = Session::open(MemorySystem::default());
    let (mut carried, mut bound) = (0, 0);
    for case in &cases {
        assert!(seen.insert(&case.id), "{} stands twice", case.id);
        assert!(!case.about.is_empty());
        let files = files(case);
        for (path, text) in &files {
            session.set_overlay(path, text.as_str()).unwrap();
        }
        let diagnostics = session.diagnostics("case");
        for (path, _) in &files {
            session.remove_overlay(path);
        }
        let (found, sources): (Vec<_>, _) = (diagnostics.iter().collect(), diagnostics.sources());
        let typed = found.iter().filter(|found| found.code.0 == "EVI002");
        carried += typed.clone().count();
        bound += typed.filter(|found| found.fix.is_some()).count();
        for expected in &case.expect {
            let places = places(expected, sources);
            assert!(!places.is_empty(), "{}: `{}` does not stand in the text", case.id, expected.at);
            let Some(score) = scores.get_mut(expected.rule.as_str()) else {
                let met = found.iter().any(|d| d.code.0 == expected.rule && overlaps(d, &places, sources));
                if !met {
                    let _ = writeln!(notes, "missed       {} {}", expected.rule, case.id);
                }
                continue;
            };
            score.expected += 1;
            if found.iter().any(|d| d.code.0 == expected.rule && overlaps(d, &places, sources)) {
                score.met += 1;
            } else {
                let _ = writeln!(notes, "missed       {} {} `{}`", expected.rule, case.id, expected.at);
            }
        }
        for diagnostic in &found {
            let code = diagnostic.code.0;
            let Some(score) = scores.get_mut(code) else {
                let foreign = diagnostic.severity == Severity::Error || code == "EXC001";
                let expected = case.expect.iter().any(|expected| expected.rule == code);
                assert!(!foreign || expected, "{}: {code} {}", case.id, diagnostic.message.english());
                continue;
            };
            let right = case
                .expect
                .iter()
                .filter(|expected| expected.rule == code)
                .any(|expected| overlaps(diagnostic, &places(expected, sources), sources));
            let ignored = case.ignore.iter().any(|rule| rule == code);
            let neutral = case
                .may
                .iter()
                .filter(|expected| expected.rule == code)
                .any(|expected| overlaps(diagnostic, &places(expected, sources), sources));
            let judged = diagnostic.severity != Severity::Info
                || case.quiet.iter().any(|rule| rule == code)
                || case.expect.iter().any(|expected| expected.rule == code);
            if right {
                score.right += 1;
            } else if judged && !neutral && !ignored {
                score.wrong += 1;
                let at = diagnostic.primary.as_ref().map_or("", |label| sources.text(label.span));
                let _ = writeln!(notes, "false alarm  {code} {} `{at}`: {}", case.id, diagnostic.message.english());
            }
        }
    }
    let mut table = format!("{} texts\nrule    expected  found  false  recall  precision\n", cases.len());
    for (code, score) in &scores {
        let _ = writeln!(
            table,
            "{code}  {:8}  {:5}  {:5}  {:6.2}  {:9.2}",
            score.expected,
            score.met,
            score.wrong,
            score.recall(),
            score.precision()
        );
    }
    let _ = writeln!(table, "of {carried} typed numbers that a figure may carry, --fix binds {bound}");
    println!("\n{table}{notes}");
    // For whoever shows it without running the test once more.
    if let Some(place) = std::env::var_os("CORPUS_TABLE") {
        std::fs::write(place, table).unwrap();
    }
    let weak: Vec<&str> = RULES
        .iter()
        .filter(|rule| rule.severity == Severity::Error)
        .filter(|rule| scores.get(rule.code.0).is_some_and(|score| score.recall() < 0.95 || score.precision() < 0.95))
        .map(|rule| rule.code.0)
        .collect();
    assert!(weak.is_empty(), "recall or precision below 0.95: {}\n{notes}", weak.join(", "));
}
