//! Whether what is published can be read by everyone: the structure of PDF and page, and that both say the same.
//!
//! The example content and the hard reports of `tests/fixtures/hard` are built once; each test looks at all of them. What
//! outside validators tell (veraPDF, the Nu HTML checker, axe) is not asked for again: scripts/conformance does that.

mod command;
mod grid;
mod hard;
mod lines;
mod page;
mod parity;
mod pdf;
mod structure;
mod tables;
mod words;

use std::sync::OnceLock;

use crate::workspace::Workspace;

/// A published report, read.
struct Report {
    name: String,
    pdf: pdf::Pdf,
    page: page::Tag,
}

/// The example and every hard report.
fn reports() -> &'static [Report] {
    static REPORTS: OnceLock<Vec<Report>> = OnceLock::new();
    REPORTS.get_or_init(|| {
        let workspaces = [Workspace::example(), Workspace::fixture("hard")];
        workspaces.iter().flat_map(read_all).collect()
    })
}

fn read_all(workspace: &Workspace) -> Vec<Report> {
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
    // Every version; what lies beside them leads there or shows one of them once more.
    let beside = |file: &str| ["/latest/", "/versions/"].iter().any(|folder| file.contains(folder));
    let versions = |file: &String| file.ends_with("/index.html") && file.matches('/').count() == 2 && !beside(file);
    let pages = workspace.files("output").into_iter().filter(versions);
    let read = pages.map(|file| {
        let name = file.split('/').next().unwrap_or_default().to_owned();
        let folder = file.trim_end_matches("index.html");
        Report {
            pdf: pdf::read(&workspace.bytes(&format!("output/{folder}{name}.pdf"))),
            page: page::read(&workspace.read(&format!("output/{file}"))),
            name,
        }
    });
    read.collect()
}

fn report(name: &str) -> &'static Report {
    reports().iter().find(|report| report.name == name).unwrap_or_else(|| panic!("no report {name}"))
}

/// Fails with every fault of every report.
#[track_caller]
fn expect_none(check: impl Fn(&Report) -> Vec<String>) {
    let all = reports()
        .iter()
        .flat_map(|report| check(report).into_iter().map(move |fault| format!("{}: {fault}", report.name)));
    let faults: Vec<String> = all.collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
