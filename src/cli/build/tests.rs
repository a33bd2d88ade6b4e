use super::super::output::{Color, Format};
use super::*;
use crate::diagnostic::Tongue;
use crate::session::counting::Counting;
use crate::system::{Bytes, MemorySystem, ReadError, pass_on};

/// A program that fails over one file.
struct Trap(MemorySystem);

impl System for Trap {
    pass_on! { self => self.0; list_all, write, rename, remove, exists }

    fn read(&self, path: &str) -> Result<Bytes, ReadError> {
        assert!(path != "content/b/kapitel.md", "a trap");
        self.0.read(path)
    }
}

fn workspace(last: &str) -> Trap {
    let report = "kind: article\ntitle: T\nversion: \"1.0\"\ndate: 2024-03-01\nstatus: published\n\
                  imprint: {publisher: Exempelstad, contact: Kansliet, author: Kansliet}\nchapters: [kapitel.md]\n";
    let mut files = Vec::new();
    for (name, text) in [("a", "Text."), ("b", "Text."), ("c", last)] {
        files.push((format!("content/{name}/report.yaml"), report.to_owned()));
        files.push((format!("content/{name}/kapitel.md"), format!("# Rubrik\n\n{text}\n")));
    }
    Trap(MemorySystem::new(files))
}

#[test]
fn a_build_reads_each_file_once() {
    let report = |rest: &str| {
        format!(
            "kind: inspection-report\ntitle: T\nversion: \"1.0\"\ndate: 2024-03-01\nstatus: draft\n\
             imprint: {{reference: X, publisher: Y, contact: Z}}\nchapters: [text.md]\n{rest}\n"
        )
    };
    let findings = "datasets: {rows: {file: data/rows.csv, id: Nr, columns: {decision: Beslut}}}\n\
                    figures: {cases: {label: granskade ärenden, count: {rows: rows}}}\n\
                    assessments: {norr: {development: [Mer tid.]}}\n";
    let files = [
        ("belagg.yaml", "publisher: {name: Exempelstad}\n".to_owned()),
        ("templates/locales/sv.json", "{\"total\": \"Summa\"}".to_owned()),
        ("content/first/report.yaml", report("units: {norr: Norr}\nextracts: units\ncompanions: [third]")),
        ("content/first/findings/all.yaml", findings.to_owned()),
        ("content/first/data/rows.csv", "Nr;Beslut\n1;ja\n2;nej\n".to_owned()),
        ("content/first/text.md", "# Resultat\n\nVi läste {{ cases }} ärenden.\n\n{{ development norr }}\n".to_owned()),
        ("content/second/report.yaml", report("reports: {first: '1.0'}")),
        ("content/second/text.md", "# Resultat\n\nDå var det {{ first:cases }} ärenden.\n".to_owned()),
        ("content/third/report.yaml", report("companions: [first]").replace("inspection-report", "easy-read")),
        ("content/third/text.md", "# Resultat\n\nText.\n".to_owned()),
    ];
    let disk = Counting::new(MemorySystem::new(files));
    let out = Output::new(Format::Human, Color::Never, Tongue::English);
    let session = Session::open(&disk);
    // One after the other first: two reports that are made at once may both begin to read a file.
    for report in ["first", "second", "third", "first-norr"] {
        drop(session.diagnostics(report));
    }
    assert_eq!(run(&session, &[], Task::Write, &out), SUCCESS);
    assert!(disk.exists("output/first-norr/1.0/index.html") && disk.reads("content/first/data/rows.csv") == 1);
    // What lies in output/ another process may have written: it is looked at when the list is made, and before it is written over.
    let again: Vec<String> = disk.read_again().into_iter().filter(|path| !path.starts_with("output/")).collect();
    assert!(again.is_empty(), "{again:?}");
}

#[test]
fn the_program_failing_in_one_report_leaves_the_others_to_be_finished() {
    let out = Output::new(Format::Human, Color::Never, Tongue::English);
    let good = workspace("Text.");
    assert_eq!(run(&Session::open(&good), &[], Task::Write, &out), FAILURE);
    assert!(good.exists("output/a/1.0/index.html") && good.exists("output/c/1.0/index.html"));
    assert!(!good.exists("output/b"));
    assert!(good.exists("output/index.html"));
    assert_eq!(run(&Session::open(&good), &["a".to_owned()], Task::Write, &out), SUCCESS);
    // An error of an author's keeps all from being written, as ever.
    let faulty = workspace("{{ nothing }}");
    assert_eq!(run(&Session::open(&faulty), &[], Task::Write, &out), FAILURE);
    assert!(!faulty.exists("output/a"));
}
