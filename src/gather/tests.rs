use std::sync::Arc;

use super::{Reports, gather};
use crate::load::{Library, Loaded};
use crate::locale::{Language, Locale};
use crate::system::{MemorySystem, System};
use crate::value::Rounding;

/// A report gathered with the program's own words, and what was made for others kept.
fn gathered_with(reports: &Reports, system: &dyn System, id: &str) -> Loaded {
    let own = |(_, language): &(&str, Language)| Locale::new(*language, Rounding::HalfAwayFromZero, "{}").unwrap();
    let locales: Vec<Locale> = Language::WORDS.iter().map(own).collect();
    gather(system, &Library::default(), (&locales, reports), id)
}

/// A report gathered with the program's own words.
pub fn gathered(system: &dyn System, id: &str) -> Loaded {
    gathered_with(&Reports::default(), system, id)
}

fn report(rest: &str) -> String {
    format!(
        "kind: inspection-report\ntitle: A\nversion: '1.0'\ndate: 2024-03-01\nstatus: draft\n\
         imprint: {{reference: X, publisher: Y, contact: Z}}\n{rest}chapters: [text.md]\n"
    )
}

fn workspace(reports: &[(&str, &str)]) -> MemorySystem {
    let files = reports.iter().flat_map(|(id, rest)| {
        let place = |name: &str| format!("content/{id}/{name}");
        let figures = format!("figures: {{{id}-cases: {{label: cases, count: 3}}}}\n");
        [
            (place("report.yaml"), report(rest)),
            (place("text.md"), "# A\n\nB.\n".to_owned()),
            (place("findings/a.yaml"), figures),
        ]
    });
    MemorySystem::new(files)
}

fn messages(system: &MemorySystem, reports: &Reports, id: &str) -> Vec<String> {
    let loaded = gathered_with(reports, system, id);
    let place = |found: &crate::diagnostic::Diagnostic| {
        found.primary.as_ref().map(|label| loaded.sources.get(label.span.source).path.clone())
    };
    loaded
        .sink
        .sorted(&loaded.sources)
        .iter()
        .map(|found| format!("{:?} {}", place(found), found.message.english()))
        .collect()
}

#[test]
fn a_report_that_others_build_on_is_loaded_once_while_its_files_are_the_same() {
    let system = workspace(&[("a", ""), ("b", "reports: {a: '1.0'}\n"), ("c", "reports: {b: '1.0', a: '1.0'}\n")]);
    let reports = Reports::default();
    let others = || gathered_with(&reports, &system, "c").project.unwrap().others;
    let first = others();
    let again = others();
    assert!(first.iter().zip(&again).all(|(one, two)| Arc::ptr_eq(one, two)));
    assert!(Arc::ptr_eq(&first[0].others[0], &first[1]), "by whatever way it is reached");
    // A file that came, one that is another, one that all reports read.
    for (path, text) in [
        ("content/a/findings/new.yaml", "figures: {more: {label: more, count: 1}}\n"),
        ("content/a/findings/a.yaml", "figures: {a-cases: {label: cases, count: 4}}\n"),
        ("belagg.yaml", "names: [Norr]\n"),
    ] {
        let before = others();
        system.write(path, text.as_bytes()).unwrap();
        let now = others();
        assert!(before.iter().zip(&now).all(|(one, two)| !Arc::ptr_eq(one, two)), "{path}: b builds on a");
        assert_eq!(now[1].findings.figures.len(), 2);
    }
    system.write("content/b/text.md", b"# A\n\nC.\n").unwrap();
    let (before, now) = (again, others());
    assert!(!Arc::ptr_eq(&before[0], &now[0]) && Arc::ptr_eq(&now[0].others[0], &now[1]));
}

#[test]
fn faults_are_told_the_same_whatever_was_read_before() {
    let system = workspace(&[("a", ""), ("b", "reports: {a: '1.0'}\n"), ("c", "reports: {b: '1.0', a: '2.0'}\n")]);
    let reports = Reports::default();
    let first = messages(&system, &reports, "c");
    assert!(first.len() == 1 && first[0].contains("`a` is in version 1.0 now"), "{first:?}");
    assert_eq!(messages(&system, &reports, "c"), first);
    system.write("content/a/findings/a.yaml", b"figures: {x: {label: x}}\n").unwrap();
    let faulty = messages(&system, &reports, "c");
    assert!(faulty.len() > 2, "{faulty:?}");
    assert_eq!(messages(&system, &reports, "c"), faulty);
    assert_eq!(messages(&system, &Reports::default(), "c"), faulty);
    // And well again.
    system.write("content/a/findings/a.yaml", b"figures: {x: {label: x, count: 1}}\n").unwrap();
    assert_eq!(messages(&system, &reports, "c"), first);
}

#[test]
fn reports_that_build_on_each_other_are_told_of_whichever_comes_first() {
    let system = workspace(&[("a", "reports: {b: '1.0'}\n"), ("b", "reports: {a: '1.0'}\n")]);
    let reports = Reports::default();
    for id in ["a", "b", "a"] {
        let told = messages(&system, &reports, id);
        assert_eq!(told, messages(&system, &Reports::default(), id));
        assert!(told.iter().any(|message| message.contains("builds on this report itself")), "{told:?}");
    }
}

#[test]
fn a_chain_is_as_deep_as_it_is_whatever_was_read_before() {
    let names: Vec<(String, String)> = (0..68)
        .map(|at| {
            (format!("r{at}"), if at == 0 { String::new() } else { format!("reports: {{r{}: '1.0'}}\n", at - 1) })
        })
        .collect();
    let names: Vec<(&str, &str)> = names.iter().map(|(id, rest)| (id.as_str(), rest.as_str())).collect();
    let system = workspace(&names);
    let reports = Reports::default();
    for (id, _) in &names {
        let warm = messages(&system, &reports, id);
        assert_eq!(warm.is_empty(), ["r64", "r65", "r66", "r67"].iter().all(|deep| deep != id), "{id}: {warm:?}");
    }
    for id in ["r63", "r64", "r67"] {
        assert_eq!(messages(&system, &reports, id), messages(&system, &Reports::default(), id));
    }
}
