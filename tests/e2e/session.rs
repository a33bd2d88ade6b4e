//! A session in an editor says and makes what the program does.

use belagg::{OsSystem, Session};

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
