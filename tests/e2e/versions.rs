//! Versions: published once, never lost, what changed is shown, and what is not what it was is found.

mod attacks;
mod parts;
mod proof;
mod reasons;
mod standing;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::workspace::{CHAPTER, FINDINGS, REPORT, Workspace};

const RECORD: &str = "content/liten/versions/1.0.yaml";

/// The small report with version 1.0 published.
fn published() -> Workspace {
    let workspace = Workspace::small();
    workspace.run(&["publish", "liten"]).expect(0);
    workspace
}

/// Version 1.1 of the small report, with a changed figure and a changed cell. `more` goes to the end of report.yaml.
fn correct(workspace: &Workspace, more: &str) {
    let report = REPORT
        .replace("\"1.0\"", "\"1.1\"")
        .replace("2024-03-01", "2024-05-02")
        .replace("status: published", "status: corrected");
    workspace.file("content/liten/report.yaml", format!("{report}{more}"));
    workspace.file(
        "content/liten/findings/alla.yaml",
        FINDINGS.replace("women: 16", "women: 17").replace("women: 12", "women: 13"),
    );
}

/// Version 1.1 of the small report, with other words besides.
fn next(workspace: &Workspace, changes: &str) {
    correct(workspace, changes);
    workspace.chapter(format!("{CHAPTER}\n## Nytt avsnitt\n\nHär står något nytt.\n"));
}

const CHANGES: &str = "changes:\n  \
     - {type: correction, what: Antalet planer är rättat., why: Ett ärende hade fallit bort., concerns: [plans]}\n  \
     - {type: revision, what: Besöken är räknade om., why: Sena uppgifter., concerns: [visits]}\n";

fn both() -> Workspace {
    let workspace = published();
    next(&workspace, CHANGES);
    workspace.run(&["publish", "liten"]).expect(0);
    workspace
}

fn all(workspace: &Workspace, folder: &str) -> Vec<(String, Vec<u8>)> {
    // What a build leaves for the next one has the stamps of its disk.
    let files = workspace.files(folder).into_iter().filter(|file| !file.starts_with(".built/"));
    files.map(|file| (file.clone(), workspace.bytes(&format!("{folder}/{file}")))).collect()
}

#[test]
fn a_published_version_is_never_written_again() {
    let workspace = published();
    let before = all(&workspace, "output/liten/1.0");
    let record = workspace.bytes(RECORD);
    let again = workspace.run(&["publish", "liten"]).expect(0);
    assert!(again.stdout.contains("is published already"), "{}", again.stdout);
    workspace.chapter(
        "# Resultat {#resultat}\n\nHelt andra ord om {{ plans | full }}, se [](#table-visits).\n\n{{ table visits }}\n",
    );
    for command in ["publish", "build"] {
        let run = workspace.run(&[command, "liten"]).expect(1);
        assert_eq!(run.codes(), ["VER001"], "{}", run.stderr);
        assert!(run.stderr.contains("text in 1 Resultat") && run.stderr.contains("version: \"1.1\""), "{}", run.stderr);
    }
    assert!(before == all(&workspace, "output/liten/1.0") && record == workspace.bytes(RECORD));
    // Typography alone is no other content.
    workspace.chapter(CHAPTER.replace("finns en plan", "finns  en plan"));
    workspace.run(&["build"]).expect(0);
    assert!(before == all(&workspace, "output/liten/1.0"));
}

#[test]
fn a_build_restores_what_is_missing_and_touches_nothing_else() {
    let workspace = both();
    let before = all(&workspace, "output");
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    let run = workspace.run(&["build"]).expect(0);
    assert_eq!(run.stdout.matches("the bytes are those of the ledger").count(), 2, "{}", run.stdout);
    assert!(before == all(&workspace, "output"), "output is as it was");
    workspace.file("output/liten/1.0/index.html", "edited");
    workspace.run(&["build"]).expect(0);
    assert_eq!(workspace.read("output/liten/1.0/index.html"), "edited", "a build never touches what is published");
    std::fs::remove_dir_all(workspace.path("output/liten/1.0")).unwrap();
    std::fs::remove_file(workspace.path("content/liten/versions/1.0.tar.gz")).unwrap();
    let run = workspace.run(&["build"]).expect(3);
    assert_eq!(run.codes(), ["VER007"], "{}", run.stderr);
}

#[test]
fn a_new_version_accounts_for_every_change() {
    let workspace = both();
    let page = workspace.read("output/liten/1.1/index.html");
    for words in [
        "Ändringar i version 1.1",
        "<strong>Rättelse.</strong> Antalet planer är rättat. Skäl: Ett ärende hade fallit bort.",
        "25 (16 kvinnor och 9 män)",
        "26 (17 kvinnor och 9 män)",
        "Norr, Kvinnor",
        "Tillagt: Nytt avsnitt",
        "<del>[25]</del><ins>26</ins>",
        "ändrat sedan version 1.0",
    ] {
        assert!(page.contains(words), "the page lacks {words}");
    }
    // The bound number in the text, four cells of the table and its legend.
    assert_eq!(page.matches("href=\"#version-changes\"><span class=\"visually-hidden\">Not </span>[r]").count(), 5);
    let old = workspace.read("output/liten/1.0/index.html");
    assert!(!old.contains("[r]") && !old.contains("Ändringar i version"));
    assert!(
        workspace.read("output/liten/1.1/data/visits.json").contains("[r] ändrat sedan version 1.0: Norr, Kvinnor")
    );
}

#[test]
fn a_changed_figure_without_reason_is_not_published() {
    let workspace = published();
    next(&workspace, "changes: [{type: correction, what: Text., why: Fel., concerns: [plans]}]\n");
    let run = workspace.run(&["publish", "liten"]).expect(1);
    assert_eq!(run.codes(), ["VER003"], "{}", run.stderr);
    assert!(
        run.stderr.contains("the table `visits` has changed since version 1.0 (Norr, Kvinnor: 12 → 13"),
        "{}",
        run.stderr
    );
    assert!(!workspace.path("content/liten/versions/1.1.yaml").exists());
    // To look at it is allowed.
    workspace.run(&["build"]).expect(0);
    next(&workspace, "changes: [{type: correction, what: Text., why: Fel., concerns: [plans, visit]}]\n");
    assert!(workspace.run(&["check"]).expect(1).codes().contains(&"VER005"));
}

#[test]
fn what_must_hold_before_publishing_is_told_at_once() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", REPORT.replace("status: published", "status: in-review"));
    assert_eq!(workspace.run(&["publish", "liten"]).expect(1).codes(), ["VER004"]);
    let workspace = published();
    next(&workspace, "");
    let report = workspace.read("content/liten/report.yaml");
    // A date before the last version's: nobody asks the clock, so a slip must be found here.
    workspace
        .file("content/liten/report.yaml", report.replace("2024-05-02", "2023-05-02").replace("\"1.1\"", "\"0.9\""));
    let run = workspace.run(&["publish", "liten"]).expect(1);
    for words in [
        "does not come after 1.0",
        "before version 1.0 (2024-03-01)",
        "does not say what it changes",
        "no change is a correction",
    ] {
        assert!(run.stderr.contains(words), "{words} is not told:\n{}", run.stderr);
    }
}

#[test]
fn drafts_and_withdrawn_reports_say_so_everywhere() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", REPORT.replace("status: published", "status: draft"));
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    assert!(page.contains("<title>Utkast: Liten rapport") && page.contains("name=\"keywords\" content=\"Utkast\""));
    assert!(page.contains("Utkast. Innehållet är inte beslutat och kan ändras."));
    let info = info(&workspace.bytes("output/liten/1.0/liten.pdf"));
    assert!(info.contains("Utkast: Liten rapport") && info.contains("Utkast"), "{info}");

    let workspace = both();
    let report = workspace.read("content/liten/report.yaml");
    let report = report.replace("\"1.1\"", "\"1.2\"").replace("status: corrected", "status: withdrawn");
    workspace.file("content/liten/report.yaml", &report);
    assert!(workspace.run(&["check"]).expect(1).stderr.contains("a withdrawn report says why"));
    workspace.file("content/liten/report.yaml", format!("{report}withdrawn: Underlaget kan inte styrkas.\n"));
    workspace.run(&["publish", "liten"]).expect(0);
    let page = workspace.read("output/liten/1.2/index.html");
    assert!(page.contains("Rapporten är återkallad.</strong> Underlaget kan inte styrkas."));
    let notice = workspace.read("output/liten/1.0.notice.html");
    assert!(notice.contains("Rapporten är återkallad genom version 1.2"));
    assert!(notice.contains("Underlaget kan inte styrkas."), "whoever reads an older version is told why: {notice}");
    // What a version says of its own changes has no counterpart in another.
    assert!(!workspace.read("output/liten/1.1.html").contains("#version-changes"));
}

fn info(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let words = document.get_dictionary(info).unwrap().iter().map(|(_, value)| match value.as_str() {
        Ok([0xfe, 0xff, rest @ ..]) => String::from_utf16_lossy(
            &rest.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect::<Vec<_>>(),
        ),
        Ok(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => String::new(),
    });
    words.collect::<Vec<_>>().join("\n")
}

#[test]
fn addresses_lead_from_old_versions_to_the_newest() {
    let workspace = both();
    let page = workspace.read("output/liten/1.0/index.html");
    assert!(page.contains("data=\"../1.0.notice.html\""), "the page shows what lies beside it");
    let notice = workspace.read("output/liten/1.0.notice.html");
    for link in ["1.1/index.html", "1.0.html", "1.1/index.html#version-changes", "versions.html"] {
        assert!(notice.contains(&format!("href=\"{link}\" target=\"_top\"")), "{link} is missing in {notice}");
    }
    assert!(workspace.read("output/liten/1.0.html").contains("href=\"1.1/index.html#resultat\""));
    assert!(
        workspace.read("output/liten/1.1.notice.html").contains("Du läser den senaste publicerade versionen, 1.1.")
    );
    // The newest version gives the notice no room.
    assert!(page.contains("<link rel=\"stylesheet\" href=\"../1.0.notice.css\">"), "{page}");
    assert!(workspace.read("output/liten/1.0.notice.css").contains("--later: block;"));
    assert!(workspace.read("output/liten/1.1.notice.css").contains("--later: none;"));
    assert!(workspace.read("output/liten/index.html").contains("content=\"0; url=1.1/index.html\""));
    let feed = workspace.read("output/feed.xml");
    let feed = roxmltree::Document::parse(&feed).unwrap();
    let titles: Vec<&str> = feed
        .descendants()
        .filter(|node| node.has_tag_name("entry"))
        .filter_map(|entry| entry.children().find(|node| node.has_tag_name("title"))?.text())
        .collect();
    assert_eq!(titles, ["Liten rapport, version 1.1 (rättad)", "Liten rapport, version 1.0 (publicerad)"]);
    let links = feed.descendants().filter(|node| node.has_tag_name("link"));
    assert!(links.clone().any(|link| link.attribute("rel") == Some("self")), "the feed says where it lies");
    let ids: Vec<&str> = feed.descendants().filter(|node| node.has_tag_name("id")).filter_map(|id| id.text()).collect();
    assert!(ids.len() == 3 && ids.iter().collect::<std::collections::BTreeSet<_>>().len() == 3, "{ids:?}");
    // The list of reports has the newest version only.
    let index = workspace.read("output/index.html");
    assert!(index.contains("liten/1.1/index.html") && !index.contains("liten/1.0/index.html"));
    assert!(page.contains("Så hänvisar du hit") && page.contains("Version 1.0, 1 mars 2024."));
}

#[test]
fn diff_tells_figures_first_and_moves_as_moves() {
    let workspace = both();
    let run = workspace.run(&["diff", "liten", "1.0", "1.1"]).expect(0);
    insta::assert_snapshot!(run.stdout);
    let data: serde_json::Value =
        serde_json::from_str(&workspace.run(&["--format", "json", "diff", "liten", "1.0", "1.1"]).expect(0).stdout)
            .unwrap();
    assert_eq!(data["difference"]["figures"][0]["difference"], "1");
    let page = workspace.run(&["diff", "liten", "1.0", "1.1", "--html"]).expect(0).stdout;
    let (figures, words) = (page.find("Ändrade uppgifter").unwrap(), page.find("Omformulerad text").unwrap());
    assert!(figures < words && page.contains("<ins>26</ins>"));
    assert!(workspace.run(&["diff", "liten"]).expect(0).stdout.contains("says the same as 1.1"));
    assert!(workspace.run(&["diff", "liten", "3.0"]).expect(2).stderr.contains("published: 1.0, 1.1"));
}

#[test]
fn verify_tells_unchanged_changed_and_unknown_apart() {
    let workspace = published();
    let good = workspace.run(&["verify", "--rebuild"]).expect(0).stdout;
    assert!(
        good.contains("unchanged: output/liten/1.0: all ") && good.contains("the bytes are those of the ledger"),
        "{good}"
    );
    for file in ["liten.pdf", "index.html", "data/visits.csv"] {
        let run = workspace.run(&["verify", &format!("output/liten/1.0/{file}")]).expect(0);
        assert!(run.stdout.contains(&format!("is {file} of liten 1.0, published 2024-03-01")), "{}", run.stdout);
    }
    let page = workspace.read("output/liten/1.0/index.html");
    workspace.file("copy/index.html", page.replace("finns en plan", "saknas en plan"));
    let run = workspace.run(&["verify", "copy/index.html"]).expect(1);
    assert!(
        run.stdout.starts_with("changed after publication: copy/index.html: says that it is liten 1.0"),
        "{}",
        run.stdout
    );
    workspace.file("copy/other.html", "<p>something else</p>");
    assert!(workspace.run(&["verify", "copy/other.html"]).expect(1).stdout.starts_with("unknown: copy/other.html"));
    workspace.file("output/liten/1.0/data/visits.csv", "1;2");
    workspace.file("output/liten/1.0/extra.txt", "more");
    std::fs::remove_file(workspace.path("output/liten/1.0/data/visits.json")).unwrap();
    for run in [
        workspace.run(&["verify"]),
        workspace.run(&["verify", "output/liten/1.0"]),
        workspace.run(&["verify", "output"]),
    ] {
        let said = run.expect(1).stdout;
        assert!(said.contains("changed after publication: output/liten/1.0/data/visits.csv"), "{said}");
        assert!(said.contains("missing: output/liten/1.0/data/visits.json"), "{said}");
        assert!(said.contains("unknown: output/liten/1.0/extra.txt"), "{said}");
    }
}

#[test]
fn a_pdf_carries_its_data_and_is_found_by_itself() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", format!("{REPORT}attach-data: true\n"));
    workspace.run(&["publish", "liten"]).expect(0);
    let pdf = workspace.bytes("output/liten/1.0/liten.pdf");
    assert!(pdf.windows(21).any(|part| part == b"<pdfaid:part>3</pdfai"), "the file claims PDF/A-3");
    let carried = belagg::internal::pdf::carried(&pdf).unwrap();
    let names: Vec<&str> = carried.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["data/visits.csv", "manifest.json"]);
    assert_eq!(carried.files[0].1, workspace.bytes("output/liten/1.0/data/visits.csv"));
    let run = workspace.run(&["verify", "output/liten/1.0/liten.pdf"]).expect(0);
    assert!(run.stdout.contains("carries its data: 1 files"), "{}", run.stdout);
    // Where no ledger knows it, it still tells what it is.
    let elsewhere = Workspace::empty();
    elsewhere.file("liten.pdf", pdf);
    let run = elsewhere.run(&["verify", "liten.pdf"]).expect(1);
    assert!(
        run.stdout.contains("says that it is liten 1.0") && run.stdout.contains("carries its data"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_wrong_signature_is_an_error_and_a_missing_key_is_none() {
    let workspace = Workspace::small();
    let key = workspace.run(&["key", "secret.key"]).expect(0).stdout;
    let public = key.lines().find(|line| line.starts_with("key: ")).unwrap().to_owned();
    workspace.run(&["publish", "liten", "--sign", "secret.key"]).expect(0);
    assert!(workspace.path("output/liten/1.0/manifest.json.minisig").exists());
    assert!(workspace.run(&["verify"]).expect(0).stdout.contains("signed; belagg.yaml has no `key`"));
    workspace.file("belagg.yaml", &public);
    assert!(workspace.run(&["verify"]).expect(0).stdout.contains("the signature is right"));
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    workspace.run(&["build"]).expect(0);
    assert!(workspace.run(&["verify"]).expect(0).stdout.contains("the signature is right"), "it is restored as well");
    let manifest = workspace.read("output/liten/1.0/manifest.json");
    workspace.file("output/liten/1.0/manifest.json", manifest.replace("Liten", "Stor"));
    assert_eq!(workspace.run(&["verify"]).expect(1).codes(), ["VER006"]);
    workspace.file("output/liten/1.0/manifest.json", manifest);
    workspace.run(&["key", "other.key"]).expect(0);
    let other = workspace.run(&["key", "third.key"]).expect(0).stdout;
    workspace.file("belagg.yaml", other.lines().find(|line| line.starts_with("key: ")).unwrap());
    assert_eq!(workspace.run(&["verify", "output/liten/1.0"]).expect(1).codes(), ["VER006"]);
    workspace.run(&["key", "other.key"]).expect(3);
}

#[test]
fn a_ledger_that_was_touched_is_found() {
    let edit = |change: &dyn Fn(&Workspace)| {
        let workspace = both();
        change(&workspace);
        let run = workspace.run(&["verify"]).expect(1);
        assert!(run.codes().contains(&"VER002"), "{}", run.stderr);
        workspace.run(&["publish", "liten"]).expect(1);
        run.stderr
    };
    let said = edit(&|workspace| {
        workspace.file(RECORD, workspace.read(RECORD).replace("2024-03-01", "2024-02-01"));
    });
    assert!(said.contains("was changed after it was written"), "{said}");
    // Someone who mends the record's own hash is given away by the next record.
    let said = edit(&|workspace| {
        let text = workspace.read(RECORD).replace("2024-03-01", "2024-02-01");
        let (above, _) = text.split_once("# sha256").unwrap();
        let seal = belagg::internal::sha256(above.as_bytes());
        workspace.file(RECORD, format!("{above}# sha256 of the lines above: {seal}\n"));
    });
    assert!(said.contains("its hash differs"), "{said}");
    let said = edit(&|workspace| std::fs::remove_file(workspace.path(RECORD)).unwrap());
    assert!(said.contains("the record of version 1.0 is missing"), "{said}");
    let workspace = both();
    std::fs::remove_file(workspace.path("content/liten/versions/1.1.yaml")).unwrap();
    let run = workspace.run(&["verify"]);
    assert!(run.stderr.contains("`content/liten/versions/1.1.tar.gz` lies there without its record"), "{}", run.stderr);
}

#[test]
fn the_archive_copy_is_whole_and_always_the_same() {
    let workspace = both();
    workspace.run(&["export", "liten", "1.1", "--archive"]).expect(0);
    let first = workspace.bytes("archive/liten-1.1.tar");
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    workspace.run(&["export", "liten", "1.1", "--archive"]).expect(0);
    assert!(
        first == workspace.bytes("archive/liten-1.1.tar"),
        "a second run gives the same bytes, also when output is gone"
    );
    let mut archive = tar::Archive::new(first.as_slice());
    let names: Vec<String> =
        archive.entries().unwrap().map(|entry| entry.unwrap().path().unwrap().to_string_lossy().into_owned()).collect();
    for name in [
        "liten-1.1/README.txt",
        "liten-1.1/kontrollsummor.sha256",
        "liten-1.1/liggare/1.0.yaml",
        "liten-1.1/liggare/1.1.yaml",
        "liten-1.1/publicerat/liten.pdf",
        "liten-1.1/publicerat/index.html",
        "liten-1.1/publicerat/data/visits.csv",
        "liten-1.1/underlag/content/liten/kapitel.md",
    ] {
        assert!(names.iter().any(|known| known == name), "{name} is missing among {names:?}");
    }
    workspace.run(&["export", "liten", "2.0", "--archive"]).expect(2);
}

#[test]
fn two_processes_at_once_publish_once() {
    let workspace = Workspace::small();
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_belagg"));
        command.args(["publish", "liten"]).current_dir(workspace.path("")).stdout(Stdio::piped()).stderr(Stdio::null());
        command.spawn().unwrap()
    };
    let runs: Vec<_> = (0..4).map(|_| start()).collect();
    let said: Vec<String> = runs
        .into_iter()
        .map(|run| {
            let output = run.wait_with_output().unwrap();
            assert!(output.status.success());
            String::from_utf8(output.stdout).unwrap()
        })
        .collect();
    assert_eq!(said.iter().filter(|text| text.contains("liten 1.0 is published (")).count(), 1, "{said:?}");
    assert_eq!(said.iter().filter(|text| text.contains("is published already")).count(), 3, "{said:?}");
    workspace.run(&["verify"]).expect(0);
}

#[test]
fn a_process_that_is_killed_leaves_the_old_state_or_the_new() {
    let workspace = published();
    next(&workspace, CHANGES);
    let start = |workspace: &Workspace| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_belagg"));
        command.args(["publish", "liten"]).current_dir(workspace.path("")).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    };
    // How long a whole run takes, to spread the kills over it.
    let whole = Instant::now();
    let measured = both();
    let whole = whole.elapsed() / 2;
    drop(measured);
    let list = workspace.bytes("content/ledger.yaml");
    let (mut old, mut new) = (0, 0);
    for step in 0..24_u32 {
        let mut run = start(&workspace);
        // Most kills fall into the last third, where files are written.
        let share = if step < 6 { f64::from(step) / 9.0 } else { 0.6 + f64::from(step) / 40.0 };
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
        let _ = run.kill();
        let _ = run.wait();
        // The next run ends what was begun; it looks at the version or builds it.
        workspace.run(&["build"]).expect(0);
        assert!(
            !workspace.path("output/.publishing").exists()
                && !workspace.path("content/liten/versions/.publishing").exists()
        );
        if workspace.path("content/liten/versions/1.1.yaml").exists() {
            new += 1;
            workspace.run(&["verify"]).expect(0);
            for path in ["content/liten/versions/1.1.yaml", "content/liten/versions/1.1.tar.gz"] {
                std::fs::remove_file(workspace.path(path)).unwrap();
            }
            std::fs::remove_dir_all(workspace.path("output/liten/1.1")).unwrap();
            workspace.file("content/ledger.yaml", &list);
        } else {
            old += 1;
            let said = workspace.run(&["verify"]);
            assert!(said.stdout.contains("unchanged: output/liten/1.0"), "{}", said.stdout);
        }
    }
    assert!(old > 0, "no kill came before the end ({new} came after it)");
}

#[cfg(unix)]
#[test]
fn a_full_disk_or_a_folder_that_cannot_be_written_changes_nothing() {
    let workspace = published();
    next(&workspace, CHANGES);
    let before = all(&workspace, "content");
    // A limit on the size of files is what a full disk looks like to a program.
    let run = Command::new("bash")
        .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" publish liten"])
        .arg(env!("CARGO_BIN_EXE_belagg"))
        .current_dir(workspace.path(""))
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(3), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(String::from_utf8_lossy(&run.stderr).contains("OUT001"));
    assert!(before == all(&workspace, "content") && !workspace.path("output/liten/1.1").exists());
    workspace.run(&["verify"]).expect(0);
    workspace.run(&["publish", "liten"]).expect(0);
    // A file where the ledger's folder should be: permissions would not stop a test that runs as root.
    let workspace = Workspace::small();
    workspace.file("content/liten/versions", "a file");
    assert!(workspace.run(&["publish", "liten"]).expect(1).stderr.contains("VER002"));
    assert!(!workspace.path("output/liten/1.0").exists());
}

#[test]
fn a_changed_credit_of_a_picture_is_a_change_that_is_told() {
    let picture = |credit: &str| {
        format!("pictures:\n  hus: {{file: hus.svg, alt: Ett hus., caption: Huset., credit: {credit}}}\n")
    };
    let workspace = Workspace::small();
    workspace.file(
        "content/liten/hus.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>",
    );
    workspace.file("content/liten/findings/bilder.yaml", picture("Anna Ek"));
    workspace.chapter(format!("{CHAPTER}\n{{{{ picture hus }}}}\n"));
    workspace.run(&["publish", "liten"]).expect(0);
    workspace.file("content/liten/findings/bilder.yaml", picture("Bo Alm"));
    // The same version may not say otherwise.
    let run = workspace.run(&["build"]).expect(1);
    assert_eq!(run.codes(), ["VER001"], "{}", run.stderr);
    let told = workspace.run(&["diff", "liten"]).expect(0).stdout;
    assert!(told.contains("Anna") && told.contains("Bo"), "{told}");
}
