use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

use super::*;
use crate::system::{Entry, MemorySystem};

/// Files in memory that count how often each is read.
#[derive(Default)]
struct Counting {
    inner: MemorySystem,
    reads: Mutex<BTreeMap<String, usize>>,
}

impl Counting {
    fn reads(&self, path: &str) -> usize {
        self.reads.lock().unwrap().get(path).copied().unwrap_or(0)
    }
}

impl System for Counting {
    fn read(&self, path: &str) -> Result<Bytes, ReadError> {
        *self.reads.lock().unwrap().entry(path.to_owned()).or_default() += 1;
        self.inner.read(path)
    }

    fn list_all(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        self.inner.list_all(folder)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.inner.write(path, bytes)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.inner.rename(from, to)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.inner.remove(path)
    }

    fn exists(&self, path: &str) -> bool {
        self.inner.exists(path)
    }
}

const ROWS: &str = "Nr;Beslut\n1;ja\n2;nej\n3;ja\n";

/// Two reports, of which the second has a figure from the first.
fn workspace() -> Counting {
    let report = |title: &str, rest: &str| {
        format!(
            "kind: inspection-report\ntitle: {title}\nversion: '1.0'\ndate: 2024-03-01\nstatus: draft\n\
             imprint: {{reference: X, publisher: Y, contact: Z}}\n{rest}chapters: [text.md]\n"
        )
    };
    let figures = "figures:\n  cases: {label: granskade ärenden, count: {rows: rows}}\n\
                   datasets:\n  rows: {file: data/rows.csv, id: Nr, columns: {decision: Beslut}}\n";
    let files = [
        ("content/first/report.yaml", report("Första", "")),
        ("content/first/findings/all.yaml", figures.to_owned()),
        ("content/first/data/rows.csv", ROWS.to_owned()),
        ("content/first/text.md", "# Resultat\n\nVi läste {{ cases }} ärenden.\n".to_owned()),
        ("content/second/report.yaml", report("Andra", "reports: {first: '1.0'}\n")),
        ("content/second/text.md", "# Resultat\n\nDå var det {{ first:cases }} ärenden.\n".to_owned()),
    ];
    Counting { inner: MemorySystem::new(files), ..Counting::default() }
}

fn codes(session: &Session<'_>, report: &str) -> Vec<&'static str> {
    session.diagnostics(report).iter().map(|found| found.code.0).collect()
}

/// The words of a report, as both outputs print them.
fn words(session: &Session<'_>, report: &str) -> String {
    crate::pipeline::printed_text(session.resolved(report).value.resolved().expect("no fault"))
}

#[test]
fn a_text_that_is_laid_over_a_file_is_seen_until_it_is_taken_away() {
    let disk = workspace();
    let mut session = Session::open(&disk);
    assert_eq!(session.reports(), ["first", "second"]);
    assert!(codes(&session, "first").is_empty() && codes(&session, "second").is_empty());
    session.set_overlay("content/first/text.md", "# Resultat\n\nVi läste {{ nothing }} ärenden.\n").unwrap();
    assert_eq!(codes(&session, "first"), ["FIG001"]);
    assert!(codes(&session, "second").is_empty());
    assert!(session.remove_overlay("content/first/text.md") && !session.remove_overlay("content/first/text.md"));
    assert!(codes(&session, "first").is_empty());
    assert!(session.set_overlay("../secret.md", "x").is_err());
}
