//! Files that are not what they seem: what they say to the terminal, where links lead, what cannot be read or written.

use std::process::{Command, Stdio};

use crate::workspace::{CHAPTER, REPORT, Workspace};

/// No character that a terminal obeys, hides or turns the writing with.
#[track_caller]
fn harmless(text: &str) {
    let found = text.chars().find(|c| {
        c.is_control() && *c != '\n' && *c != '\t'
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    });
    assert_eq!(found, None, "{text:?}");
}

/// A PDF whose program is given as `creator`, which may hold anything but brackets.
fn pdf(creator: &str) -> Vec<u8> {
    let info = format!("2 0 obj\n<</Creator({creator})>>\nendobj\n");
    let catalog = "%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n";
    let xref = catalog.len() + info.len();
    format!(
        "{catalog}{info}xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n{:010} 00000 n \ntrailer\n<</Size 3/Root 1 0 R/Info 2 0 R>>\n\
         startxref\n{xref}\n%%EOF\n",
        catalog.len()
    )
    .into_bytes()
}

#[test]
fn a_forged_file_cannot_make_verify_say_what_it_did_not_find() {
    let workspace = Workspace::small();
    workspace.run(&["publish", "liten"]).expect(0);
    let lie = "unchanged: x: is liten.pdf of liten 1.0; the signature is right";
    let names = ["a.pdf", "b.pdf", "c.html", "d.html", "e\nunchanged: e.pdf", "f\u{1b}[2K\u{202e}.html"];
    workspace.file("a.pdf", pdf(&format!("Bel, \u{1b}[2K\u{1b}[1A{lie}\n\u{1b}[8m/9")));
    workspace.file("b.pdf", pdf(&format!("Bel, x\n{lie}\r/9")));
    workspace.file("c.html", format!("<meta name=\"belagg-version\" content=\"x\n{lie}\n/1\">"));
    workspace
        .file("d.html", format!("<meta name=\"belagg-version\" content=\"\u{9b}2K\u{2028}\u{2066}{lie}\u{85}/1\">"));
    workspace.file(names[4], pdf("Bel, x/9"));
    workspace.file(names[5], "<p>");
    for name in names {
        for format in ["human", "json"] {
            let run = workspace.run(&["verify", "--format", format, name]).expect(1);
            harmless(&run.stdout);
            harmless(&run.stderr);
            assert!(!run.stdout.lines().any(|line| line.trim_start().starts_with("unchanged")), "{}", run.stdout);
        }
    }
    let list: serde_json::Value =
        serde_json::from_str(&workspace.run(&["verify", "--format", "json", names[5]]).stdout).unwrap();
    assert_eq!(list[0]["path"], names[5], "to a program it is the name that it is");
}

#[test]
fn what_files_say_and_are_called_cannot_move_the_cursor() {
    let workspace = Workspace::small();
    let bad = "a\u{1b}[1A\u{9b}2K\u{202e}b\u{200b}";
    workspace.file("content/liten/findings/x\u{1b}[2K\nerror: none.txt", "");
    workspace.file(
        "content/liten/findings/fler.yaml",
        format!("figures:\n  extra: {{label: \"{}\", women: 1x}} # {bad}\n", "a\\e[1A\\n\\u202Eb"),
    );
    workspace.chapter(format!("{CHAPTER}\n3 av 20 {bad}, se {{{{ plan{bad} }}}}.\u{2028}\n"));
    for command in ["check", "build", "audit"] {
        for format in ["human", "json", "sarif", "github", "gitlab"] {
            let run = workspace.run(&[command, "--format", format]).expect(i32::from(command != "audit"));
            harmless(&run.stdout);
            harmless(&run.stderr);
            assert!(run.stderr.contains("<U+001B>") || command == "audit" || format != "human");
        }
    }
    harmless(&workspace.run(&["check", "--fix"]).stdout);
    let workspace = Workspace::small();
    workspace.run(&["publish", "liten"]).expect(0);
    workspace.file(
        "content/liten/report.yaml",
        REPORT.replace("\"1.0\"", "\"1.1\"").replace("title: Liten rapport", "title: \"Liten \\e[2K\\u202Erapport\""),
    );
    let findings = workspace.read("content/liten/findings/alla.yaml");
    workspace.file(
        "content/liten/findings/alla.yaml",
        findings.replace("label: Norr", "label: \"No\\e[1A\\u202Err\\nunchanged: x\""),
    );
    workspace.chapter(CHAPTER.replace("finns", "finns\u{202e}\u{ad}"));
    for arguments in [&["diff", "liten"][..], &["explain", "visits"], &["diff", "liten", "--format", "json"]] {
        let run = workspace.run(arguments);
        harmless(&run.stdout);
        harmless(&run.stderr);
        assert!(!run.stdout.contains("\nunchanged"), "{}", run.stdout);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_no_success() {
    let workspace = Workspace::small();
    workspace.run(&["publish", "liten"]).expect(0);
    let full = |arguments: &[&str]| {
        let full = || Stdio::from(std::fs::File::options().write(true).open("/dev/full").unwrap());
        let run = Command::new(env!("CARGO_BIN_EXE_belagg"))
            .args(arguments)
            .current_dir(workspace.path(""))
            .stdin(Stdio::null())
            .stdout(full())
            .output()
            .unwrap();
        (run.status.code(), String::from_utf8(run.stderr).unwrap())
    };
    for arguments in [
        &["build"][..],
        &["check"],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["audit"],
        &["audit", "--format", "json"],
        &["diff", "liten"],
        &["diff", "liten", "--html"],
        &["diff", "liten", "--format", "json"],
        &["verify"],
        &["verify", "--format", "json"],
        &["explain", "FIG002"],
        &["explain", "plans"],
        &["explain", "--rules"],
        &["export", "liten", "1.0", "--archive"],
        &["publish", "liten"],
        &["new", "reply", "svar"],
        &["--help"],
        &["--version"],
    ] {
        let (code, told) = full(arguments);
        assert_eq!(code, Some(3), "{arguments:?} {told}");
        assert!(told.contains("No space left on device") || arguments[0].starts_with("--"), "{arguments:?} {told}");
    }
    let (code, told) = full(&["key", "secret.key"]);
    assert_eq!(code, Some(3), "{told}");
    assert!(!workspace.path("secret.key").exists(), "its public key is lost, so it would be of no use");
    // A reader who goes away is told nothing, and it is no success either.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let closed =
        Command::new(env!("CARGO_BIN_EXE_belagg")).args(["explain", "--rules"]).stdout(writer).output().unwrap();
    assert_eq!((closed.status.code(), closed.stderr.as_slice()), (Some(3), &b""[..]));
}

#[test]
fn what_cannot_be_read_is_an_error_that_names_it() {
    let spoilt: &[(&str, &[u8])] = &[
        ("templates/html/report.html", b"\xff{% extends \"builtin/report.html\" %}"),
        ("templates/html/style.css", b"a {}\n/* \xe5 */"),
        ("templates/pdf/report.typ", b"// \xe5"),
        ("templates/locales/sv.json", b"{\"version\": \"\xe5\"}"),
        ("content/liten/findings/fler.yaml", b"figures: {} # \xe5"),
        ("charts/liten/a.yaml", b"# \xe5"),
        ("belagg.yaml", b"# \xe5"),
        ("content/liten/sources.yaml", b"# \xe5"),
    ];
    for (path, bytes) in spoilt {
        let workspace = Workspace::small();
        workspace.file(path, bytes);
        let run = workspace.run(&["build"]).expect(1);
        assert!(run.stderr.contains(path) && run.stderr.contains("is not UTF-8"), "{path}: {}", run.stderr);
        // A folder in its place.
        std::fs::remove_file(workspace.path(path)).unwrap();
        workspace.file(&format!("{path}/inner.bin"), "x");
        let run = workspace.run(&["build"]);
        // Templates may lie in folders of any name.
        assert!(run.code == 1 || path.starts_with("templates/html") || path.starts_with("templates/pdf"), "{path}");
        assert!(run.code == 0 || run.stderr.contains(path) && run.stderr.contains("folder"), "{path}: {}", run.stderr);
    }
    // A file where a folder should be.
    for path in [
        "templates/html",
        "templates/pdf",
        "templates/fonts",
        "charts/liten",
        "content/liten/findings",
        "content/liten/versions",
    ] {
        let workspace = Workspace::small();
        let _ = std::fs::remove_dir_all(workspace.path(path));
        workspace.file(path, "");
        let run = workspace.run(&["build"]).expect(1);
        assert!(run.stderr.contains(&format!("`{path}` cannot be read: it is no folder")), "{path}: {}", run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_out_are_told_not_passed_over() {
    use std::os::unix::fs::symlink;
    let outer = tempfile::tempdir().unwrap();
    std::fs::write(outer.path().join("a.yaml"), "figures: {}\n").unwrap();
    for (path, target) in [
        ("belagg.yaml", "nowhere".as_ref()),
        ("content/liten/sources.yaml", "nowhere".as_ref()),
        ("content/liten/findings/fler.yaml", "nowhere".as_ref()),
        ("content/liten/kapitel.md", "nowhere".as_ref()),
        ("charts/liten", "nowhere".as_ref()),
        ("charts/liten", outer.path()),
        ("charts/liten/a.yaml", "nowhere".as_ref()),
        ("templates/html/report.html", "nowhere".as_ref()),
        ("templates/html", "nowhere".as_ref()),
        ("templates/html", outer.path()),
        ("templates/locales/sv.json", "nowhere".as_ref()),
        ("content/liten/findings", outer.path()),
        ("content/liten/versions", outer.path()),
    ] {
        let workspace = Workspace::small();
        let at = workspace.path(path);
        let _ = if at.is_dir() { std::fs::remove_dir_all(&at) } else { std::fs::remove_file(&at) };
        std::fs::create_dir_all(at.parent().unwrap()).unwrap();
        symlink::<&std::path::Path, _>(target, &at).unwrap();
        let run = workspace.run(&["build"]).expect(1);
        assert!(run.stderr.contains(path), "{path}: {}", run.stderr);
        assert!(!workspace.path("output/liten").exists());
    }
    for link in ["output", "output/liten", "output/.lock", "content/liten/versions", "archive"] {
        let outer = tempfile::tempdir().unwrap();
        let workspace = Workspace::small();
        let at = workspace.path(link);
        std::fs::create_dir_all(at.parent().unwrap()).unwrap();
        let target = if link.ends_with("lock") { outer.path().join("file") } else { outer.path().to_path_buf() };
        if link == "archive" {
            workspace.run(&["publish", "liten"]).expect(0);
        }
        symlink(&target, &at).unwrap();
        let command: &[&str] =
            if link == "archive" { &["export", "liten", "1.0", "--archive"] } else { &["publish", "liten"] };
        let run = workspace.run(command);
        assert!(matches!(run.code, 1 | 3), "{link} {} {}", run.code, run.stderr);
        assert_eq!(std::fs::read_dir(outer.path()).unwrap().count(), 0, "{link}: something was written outside");
    }
}

#[cfg(unix)]
#[test]
fn a_named_pipe_among_the_files_keeps_nobody_waiting() {
    for path in [
        "content/liten/data/a.csv",
        "content/liten/findings/a.yaml",
        "templates/html/a.html",
        "content/liten/kapitel.md",
    ] {
        let workspace = Workspace::small();
        let at = workspace.path(path);
        std::fs::create_dir_all(at.parent().unwrap()).unwrap();
        let _ = std::fs::remove_file(&at);
        assert!(Command::new("mkfifo").arg(&at).status().unwrap().success());
        if path.ends_with("csv") {
            workspace.findings("datasets:\n  a: {label: ärenden, file: data/a.csv}\n");
        }
        let run = workspace.run(&["build"]).expect(1);
        assert!(run.stderr.contains("named pipe"), "{path}: {}", run.stderr);
    }
}

#[test]
fn a_file_is_found_in_whatever_letters_its_name_is_written() {
    let workspace = Workspace::small();
    // As some systems write it: an a, and a ring upon it; the folder as well.
    workspace.file("content/liten/da\u{30a}ta/a\u{30a}r.csv", "Nr\n1\n");
    workspace.findings("datasets:\n  a: {label: ärenden, file: dåta/år.csv, columns: {n: Nr}}\nfigures:\n  n: {label: ärenden, count: {rows: a}}\n");
    workspace.chapter(format!("{CHAPTER}\nDet är {{{{ n }}}}.\n"));
    workspace.run(&["build"]).expect(0);
    // The one that has the very name goes before.
    workspace.file("content/liten/dåta/år.csv", "Nr\n1\n2\n");
    workspace.run(&["build"]).expect(0);
    assert!(workspace.read("output/liten/1.0/index.html").contains("href=\"#Made-n\">2<"));
}

#[test]
#[cfg(unix)]
fn letters_of_a_name_lead_nowhere_out_of_the_workspace() {
    let (workspace, other) = (Workspace::small(), Workspace::small());
    other.file("ar.csv", "Nr\n1\n");
    workspace.file("content/liten/data/x.csv", "Nr\n1\n");
    std::os::unix::fs::symlink(other.path("ar.csv"), workspace.path("content/liten/data/a\u{30a}r.csv")).unwrap();
    workspace.findings("datasets:\n  a: {label: ärenden, file: data/år.csv, columns: {n: Nr}}\n");
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(run.codes(), ["FIL004"], "{}", run.stderr);
}

#[test]
fn a_file_whose_name_only_looks_like_the_one_that_is_named_is_pointed_at() {
    let workspace = Workspace::small();
    // A character that nobody sees.
    workspace.file("content/liten/data/a\u{200b}r.csv", "Nr\n1\n");
    workspace.findings("datasets:\n  a: {label: ärenden, file: data/ar.csv}\n");
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("FIL001") && run.stderr.contains("looks the same"), "{}", run.stderr);
    workspace.file("content/liten/data/arenden.csv", "Nr\n1\n");
    workspace.findings("datasets:\n  a: {label: ärenden, file: data/arende.csv}\n");
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("did you mean `arenden.csv`?"), "{}", run.stderr);
}

#[test]
fn nothing_is_handed_out_for_download_that_lies_elsewhere_in_the_workspace() {
    let workspace = Workspace::small();
    workspace.file("content/secret.csv", "Nr\n1\n").file("content/liten/data/open.csv", "Nr\n1\n");
    workspace.findings("downloads:\n  a: {file: ../secret.csv, title: Hemligt}\n");
    workspace.chapter("# Resultat {#resultat}\n\n{{ downloads }}\n");
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.stderr.contains("FIL004") && run.stderr.contains("../secret.csv"), "{}", run.stderr);
    workspace.findings("downloads:\n  a: {file: data/../data/open.csv, title: Öppet}\n");
    workspace.run(&["build"]).expect(0);
}
