//! What proves a version: its record, its signature, and the verdict on any file.

use super::{both, published};
use crate::workspace::{REPORT, Workspace};

const NEWEST: &str = "content/liten/versions/1.1.yaml";

/// Changes a record and mends its last line, as a forger would.
fn forge(workspace: &Workspace, path: &str, old: &str, new: &str) {
    let text = workspace.read(path);
    assert!(text.contains(old), "{path} has no {old}");
    let text = text.replacen(old, new, 1);
    let (above, _) = text.rsplit_once("# sha256").unwrap();
    let seal = belagg::internal::sha256(above.as_bytes());
    workspace.file(path, format!("{above}# sha256 of the lines above: {seal}\n"));
}

#[test]
fn a_forged_newest_record_is_found_by_building_again() {
    for (old, new, key) in [
        ("date: \"2024-05-02\"", "date: \"2024-05-03\"", "date"),
        ("Ett ärende hade fallit bort.", "Ingen anledning alls.", "changes"),
        ("status: \"corrected\"", "status: \"revised\"", "status"),
    ] {
        let workspace = both();
        forge(&workspace, NEWEST, old, new);
        let run = workspace.run(&["verify", "--rebuild"]).expect(1);
        assert!(
            run.stdout.contains("the record states something else than the packed inputs") && run.stdout.contains(key),
            "{new}: {}",
            run.stdout
        );
        // Nothing is restored on the word of such a record.
        std::fs::remove_dir_all(workspace.path("output/liten/1.1")).unwrap();
        assert_eq!(workspace.run(&["build"]).expect(3).codes(), ["VER007", "VER010"]);
    }
}

#[test]
fn the_signature_covers_the_record_and_any_of_several_keys_will_do() {
    let workspace = Workspace::small();
    let key = |name: &str| {
        let said = workspace.run(&["key", name]).expect(0).stdout;
        said.lines().find_map(|line| line.strip_prefix("key: ")).unwrap().to_owned()
    };
    let (first, second) = (key("first.key"), key("second.key"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(workspace.path("first.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "nobody else may read a secret key");
    }
    workspace.run(&["publish", "liten", "--sign", "first.key"]).expect(0);
    workspace.file("belagg.yaml", format!("key: [{second}, {first}]\n"));
    assert!(workspace.run(&["verify"]).expect(0).stdout.contains("the signature is right"));
    workspace.file("belagg.yaml", format!("key: {second}\n"));
    let run = workspace.run(&["verify"]).expect(1);
    assert!(run.stderr.contains("it was made with another key (id "), "{}", run.stderr);
    workspace.file("belagg.yaml", format!("key: {first}\n"));
    forge(&workspace, super::RECORD, "date: \"2024-03-01\"", "date: \"2024-02-01\"");
    let run = workspace.run(&["verify"]).expect(1);
    assert!(run.stderr.contains("the record was changed after it was signed"), "{}", run.stderr);
    workspace.file("belagg.yaml", "key: rubbish\n");
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("no public key") && run.stderr.contains("belagg.yaml:1"), "{}", run.stderr);
}

#[test]
fn verify_names_the_version_of_any_file() {
    let workspace = both();
    let tampered = |from: &str, to: &str, change: &dyn Fn(Vec<u8>) -> Vec<u8>| {
        workspace.file(to, change(workspace.bytes(from)));
        workspace.run(&["verify", to]).expect(1).stdout
    };
    let more = |mut bytes: Vec<u8>| {
        bytes.extend(b"\n% more\n");
        bytes
    };
    // The older version, though the newer bears the same title.
    let said = tampered("output/liten/1.0/liten.pdf", "copy/a.pdf", &more);
    assert!(said.contains("says that it is liten 1.0, published 2024-03-01, and is not what was published"), "{said}");
    let said = tampered(NEWEST, "copy/record.txt", &more);
    assert!(said.contains("says that it is the record of liten 1.1"), "{said}");
    workspace.run(&["export", "liten", "1.0", "--archive"]).expect(0);
    let good =
        workspace.run(&["verify", "archive/liten-1.0.tar", NEWEST, "content/liten/versions/1.0.tar.gz"]).expect(0);
    assert!(
        good.stdout.contains("is the record of liten 1.1") && good.stdout.contains("is the packed inputs of liten 1.0")
    );
    let said = tampered("archive/liten-1.0.tar", "copy/x", &|bytes| {
        let at = bytes.windows(4).position(|part| part == b"%PDF").unwrap();
        let mut bytes = bytes;
        bytes[at + 900] ^= 1;
        bytes
    });
    assert!(said.contains("is a package of liten 1.0") && said.contains("liten.pdf"), "{said}");
    // One that cannot be read does not hide the verdicts on the others.
    let run = workspace.run(&["verify", "copy/a.pdf", "nofile", NEWEST]).expect(2);
    assert!(run.stdout.contains("liten 1.0") && run.stdout.contains("is the record of liten 1.1"), "{}", run.stdout);
    // Plain verification looks at the packed inputs too.
    workspace.file("content/liten/versions/1.0.tar.gz", "nothing");
    let run = workspace.run(&["verify"]).expect(1);
    assert!(run.stdout.contains("content/liten/versions/1.0.tar.gz: are not the packed inputs"), "{}", run.stdout);
}

#[test]
fn a_changed_pdf_with_data_gets_one_verdict() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", format!("{REPORT}attach-data: true\n"));
    workspace.run(&["publish", "liten"]).expect(0);
    let mut pdf = workspace.bytes("output/liten/1.0/liten.pdf");
    pdf.extend(b"\n% more\n");
    workspace.file("copy.pdf", pdf);
    let run = workspace.run(&["verify", "copy.pdf"]).expect(1);
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
    assert!(
        run.stdout.contains("is not what was published; carries its data: 1 files, each as it was published"),
        "{}",
        run.stdout
    );
}

#[test]
fn the_check_says_what_publishing_would_refuse() {
    let workspace = published();
    let report = REPORT.replace("\"1.0\"", "\"1.1\"").replace("status: published", "status: corrected");
    workspace.file("content/liten/report.yaml", &report);
    assert!(workspace.run(&["check"]).expect(1).codes().contains(&"VER004"));
    workspace.run(&["build"]).expect(0);
    // Rows can be named, and what has not changed is pointed out.
    workspace.file(
        "content/liten/report.yaml",
        format!("{report}changes: [{{type: correction, what: Ett., why: Två., concerns: [visits.norr, cases]}}]\n"),
    );
    let findings = workspace.read("content/liten/findings/alla.yaml");
    workspace.file("content/liten/findings/alla.yaml", findings.replace("Norr, women: 12", "Norr, women: 13"));
    let run = workspace.run(&["check"]);
    assert!(run.stderr.contains("`cases` has not changed since version 1.0"), "{}", run.stderr);
    assert!(!run.stderr.contains("`visits.norr`"), "{}", run.stderr);
}

#[test]
fn other_ends_of_lines_are_named() {
    let workspace = published();
    workspace.file(super::RECORD, workspace.read(super::RECORD).replace('\n', "\r\n"));
    let run = workspace.run(&["verify"]).expect(1);
    assert!(run.codes().contains(&"VER002") && run.stderr.contains("-text` into .gitattributes"), "{}", run.stderr);
}

#[test]
fn a_draft_is_dated_and_not_published() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", REPORT.replace("status: published", "status: draft"));
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    assert!(page.contains("Datum") && !page.contains("Publicerad<"), "{page}");
    assert!(!page.contains("datePublished") && !page.contains("citation_publication_date"));
}

#[test]
fn one_number_has_one_form() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", REPORT.replace("\"1.0\"", "\"1.00\""));
    assert!(workspace.run(&["check"]).expect(1).stderr.contains("without noughts before them"));
    let workspace = published();
    let changes = "changes: [{type: correction, what: Ett., why: Två.}]\n";
    let report = REPORT.replace("\"1.0\"", "\"1.0.0\"").replace("status: published", "status: corrected");
    workspace.file("content/liten/report.yaml", format!("{report}{changes}"));
    assert!(workspace.run(&["publish", "liten"]).expect(1).stderr.contains("does not come after 1.0"));
}

#[test]
fn diff_on_a_broken_chain_warns() {
    let workspace = both();
    forge(&workspace, super::RECORD, "date: \"2024-03-01\"", "date: \"2024-02-01\"");
    let run = workspace.run(&["diff", "liten", "1.0", "1.1"]).expect(1);
    assert!(run.codes().contains(&"VER002") && run.stdout.contains("liten: 1.0 → 1.1"), "{}{}", run.stdout, run.stderr);
}
