//! A session in an editor says and makes what the program does.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

use belagg::{Bytes, Entry, OsSystem, ReadError, Session, System};

use crate::sheets::Book;
use crate::workspace::{CHAPTER, REPORT, Workspace};

fn session(workspace: &Workspace) -> Session<'static> {
    Session::open(OsSystem::new(&workspace.path("")).unwrap())
}

fn codes(session: &Session<'_>, report: &str) -> Vec<&'static str> {
    session.diagnostics(report).iter().map(|found| found.code.0).collect()
}

#[test]
fn what_a_session_renders_is_what_the_program_writes() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", format!("{REPORT}extracts: units\n"));
    workspace.run(&["build"]).expect(0);
    let mut session = session(&workspace);
    // Other texts, rendered between, leave nothing behind.
    session.set_overlay("content/liten/kapitel.md", "# Annat {#resultat}\n\nHelt annat.\n").unwrap();
    let _ = session.render("liten");
    session.remove_overlay("content/liten/kapitel.md");
    for document in ["liten", "liten-norr", "liten-soder"] {
        for round in 0..2 {
            let made = session.render(document).publication.expect("no errors");
            assert!(made.artifacts.len() > 5 && made.folder() == format!("output/{document}/1.0"));
            for file in &made.artifacts {
                let written = std::fs::read(workspace.path(&format!("{}/{}", made.folder(), file.path))).unwrap();
                assert!(file.bytes == written, "{document}, round {round}: {}", file.path);
            }
            session.evict(10);
        }
    }
}

#[test]
fn a_session_says_what_check_says() {
    let workspace = Workspace::small();
    let mut session = session(&workspace);
    for chapter in [
        CHAPTER.replace("plans | full", "plan | full"),
        format!("{CHAPTER}\nDet var 17 av 40 ärenden.\n"),
        format!("{CHAPTER}\n![](saknas.png)\n"),
    ] {
        session.set_overlay("content/liten/kapitel.md", chapter.as_str()).unwrap();
        let typed = codes(&session, "liten");
        workspace.file("content/liten/kapitel.md", &chapter);
        let run = workspace.run(&["check"]);
        assert_eq!(typed, run.codes());
        assert!(!typed.is_empty());
    }
}

#[test]
fn a_published_report_that_is_typed_in_is_held_against_its_version() {
    let workspace = Workspace::small();
    workspace.run(&["publish", "liten"]).expect(0);
    let mut session = session(&workspace);
    assert!(codes(&session, "liten").is_empty());
    assert!(session.resolved("liten").resolved().is_some(), "as it was published");
    for word in ["kort", "lång", "sista"] {
        session.set_overlay("content/liten/kapitel.md", format!("{CHAPTER}\nOch {word} rad till.\n")).unwrap();
        assert_eq!(codes(&session, "liten"), ["VER001"]);
        assert!(session.render("liten").publication.is_none());
    }
    // A remark in a file that readers get nothing of.
    session.set_overlay("content/liten/kapitel.md", format!("{CHAPTER}\n<!-- kvar att göra -->\n")).unwrap();
    assert!(codes(&session, "liten").is_empty());
    session.remove_overlay("content/liten/kapitel.md");
    assert!(codes(&session, "liten").is_empty());
    // The next number is another version.
    session.set_overlay("content/liten/report.yaml", REPORT.replace("\"1.0\"", "\"1.1\"")).unwrap();
    assert_eq!(codes(&session, "liten"), ["VER004"]);
}

/// A disk that counts how often each file is read.
struct Counting {
    disk: OsSystem,
    reads: Mutex<BTreeMap<String, usize>>,
}

impl System for Counting {
    fn read(&self, path: &str) -> Result<Bytes, ReadError> {
        *self.reads.lock().unwrap().entry(path.to_owned()).or_default() += 1;
        self.disk.read(path)
    }

    fn list_all(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        self.disk.list_all(folder)
    }

    fn write(&self, path: &str, _: &[u8]) -> io::Result<()> {
        panic!("{path} is written")
    }

    fn rename(&self, path: &str, _: &str) -> io::Result<()> {
        panic!("{path} is moved")
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        panic!("{path} is removed")
    }

    fn exists(&self, path: &str) -> bool {
        self.disk.exists(path)
    }
}

#[test]
fn a_spreadsheet_is_read_again_when_its_bytes_are_others() {
    const SHEET: &str = "content/liten/data/fall.xlsx";
    let workspace = Workspace::small();
    let rows: [&[&str]; 4] = [&["Enhet"], &["Norr"], &["Norr"], &["Norr"]];
    workspace.file(SHEET, Book::of(&rows).bytes());
    workspace.findings(
        "datasets:\n  c: {file: data/fall.xlsx, columns: {unit: Enhet}}\nfigures:\n  n: {label: antal, count: {rows: c}}\n",
    );
    workspace.chapter("# Resultat {#resultat}\n\nDet var {{ n }} ärenden.\n");
    let counting = Counting { disk: OsSystem::new(&workspace.path("")).unwrap(), reads: Mutex::default() };
    let reads = || counting.reads.lock().unwrap().get(SHEET).copied().unwrap_or(0);
    let mut session = Session::open(&counting);
    let page = |session: &Session<'_>| {
        let made = session.render("liten").publication.expect("no errors");
        let page = made.artifacts.into_iter().find(|file| file.path == "index.html").unwrap();
        let page = String::from_utf8(page.bytes.to_vec()).unwrap().replace('\u{a0}', " ");
        page.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect::<String>()
    };
    assert!(page(&session).contains("Det var 3 ärenden"));
    session.set_overlay("content/liten/kapitel.md", "# Resultat {#resultat}\n\nNu var det {{ n }} ärenden.\n").unwrap();
    assert!(page(&session).contains("Nu var det 3 ärenden") && reads() == 1);
    workspace.file(SHEET, Book::of(&rows[..3]).bytes());
    assert!(page(&session).contains("Nu var det 3 ärenden") && reads() == 1, "one state of the disk");
    session.refresh();
    assert!(page(&session).contains("Nu var det 2 ärenden") && reads() == 2);
    // Read again, and the same: what was made from it stays.
    session.refresh();
    let before = session.resolved("liten");
    session.refresh();
    assert!(std::sync::Arc::ptr_eq(&before, &session.resolved("liten")) && reads() == 4);
}
