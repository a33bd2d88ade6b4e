//! A number that is published, and a working copy that is something else.

use super::{CHANGES, RECORD, all, both, next, published};
use crate::workspace::{CHAPTER, FINDINGS, REPORT, Workspace};

const PIXEL: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>";
const CHART: &str = "table: visits\nmark: grouped-bar\ncaption: Besök i diagram\n";

/// A report with nearly all that readers see and figures do not tell, published.
fn rich() -> Workspace {
    let workspace = Workspace::small();
    workspace.file("belagg.yaml", "rules: {TAB012: off, TAB013: off}\npublisher: {name: Exempelstad}\n");
    workspace.file(
        "content/liten/report.yaml",
        format!("{REPORT}description: En rapport.\nkeywords: [planer]\nseries: Serien\nterms: {{SIP: en plan}}\n"),
    );
    workspace.file("charts/liten/visits.yaml", CHART);
    workspace.file("content/liten/bild.svg", PIXEL);
    workspace.file("content/liten/findings/alla.yaml", FINDINGS);
    workspace.chapter(format!(
        "{CHAPTER}\nSe [](#chart-visits) och [lagen](https://www.regeringen.se/a).\n\n{{{{ chart visits }}}}\n\n\
         ![En ruta](bild.svg \"En ruta\")\n\n{{{{ terms }}}}\n"
    ));
    workspace.run(&["publish", "liten"]).expect(0);
    workspace
}

#[test]
fn what_differs_from_a_published_version_is_never_called_the_same() {
    let workspace = rich();
    let report = "content/liten/report.yaml";
    let findings = "content/liten/findings/alla.yaml";
    let changes: &[(&str, &str, &str)] = &[
        (report, "status: published", "status: withdrawn\nwithdrawn: Underlaget håller inte."),
        (report, "date: 2024-03-01", "date: 2024-03-02"),
        (report, "status: published", "status: published\ndecision: {by: Nämnden}"),
        (report, "status: published", "status: published\nchanges: [{type: correction, what: Ett, why: Två}]"),
        (report, "description: En rapport.", "description: En annan rapport."),
        (report, "keywords: [planer]", "keywords: [planer, besök]"),
        (report, "series: Serien", "series: Andra serien"),
        (report, "SIP: en plan", "SIP: en annan plan"),
        (report, "status: published", "status: published\nattach-data: true"),
        (report, "status: published", "status: published\nextracts: units"),
        (report, "status: published", "status: published\npublisher: {name: Andra staden}"),
        (findings, "{label: Norr,", "{id: norr, label: Norra,"),
        (findings, "columns: [women, men]", "columns: [{id: women, label: Flickor, sex: women}, men]"),
        (findings, "stub: Enhet", "stub: Distrikt"),
        (findings, "label: ärenden med plan", "label: ärenden utan plan"),
        (
            findings,
            "      - {label: Norr, women: 12, men: 8}\n      - {label: Söder, women: 8, men: 12}",
            "      - {label: Söder, women: 8, men: 12}\n      - {label: Norr, women: 12, men: 8}",
        ),
        ("charts/liten/visits.yaml", "mark: grouped-bar", "mark: stacked-bar"),
        ("content/liten/kapitel.md", "https://www.regeringen.se/a", "https://www.regeringen.se/b"),
        ("content/liten/bild.svg", "<rect width=\"9\"", "<rect width=\"8\""),
    ];
    for (file, old, new) in changes {
        let before = workspace.read(file);
        assert!(before.contains(old), "{file} has no {old}");
        workspace.file(file, before.replacen(old, new, 1));
        for command in ["publish", "check"] {
            let run = workspace.run(&[command, "liten"]);
            assert_eq!(run.code, 1, "{command} after {new:?}: {}{}", run.stdout, run.stderr);
            assert!(run.codes().contains(&"VER001"), "{command} after {new:?}: {}", run.stderr);
            assert!(run.stderr.contains(file) && run.stderr.contains("version: \"1.1\""), "{new:?}: {}", run.stderr);
        }
        workspace.file(file, before);
    }
    let run = workspace.run(&["publish", "liten"]).expect(0);
    assert!(run.stdout.contains("its files are those that it was made of"), "{}", run.stdout);
}

/// A figure that a slip of the pen has made unreadable has not been taken away.
#[test]
fn beside_other_errors_nothing_is_called_gone() {
    let workspace = rich();
    let findings = workspace.read("content/liten/findings/alla.yaml");
    workspace.file("content/liten/findings/alla.yaml", findings.replace("women: 16, men: 9", "women: 16, man: 9"));
    let run = workspace.run(&["check", "liten"]).expect(1);
    assert!(!run.codes().is_empty() && !run.codes().contains(&"VER001"), "{}", run.stderr);
    workspace.file("content/liten/findings/alla.yaml", findings.replace("men: 9", "men: 8"));
    assert!(workspace.run(&["check", "liten"]).expect(1).codes().contains(&"VER001"));
}

#[test]
fn files_that_say_the_same_in_another_way_are_named() {
    let workspace = rich();
    let findings = workspace.read("content/liten/findings/alla.yaml");
    workspace.file("content/liten/findings/alla.yaml", format!("# En kommentar.\n{findings}"));
    for command in ["publish", "check", "build"] {
        let run = workspace.run(&[command, "liten"]).expect(0);
        assert!(
            run.stdout.contains("its content has not: content/liten/findings/alla.yaml"),
            "{command}: {}{}",
            run.stdout,
            run.stderr
        );
    }
    // What counts for all reports does not make what is published another.
    workspace.file("content/liten/findings/alla.yaml", findings);
    workspace.file("belagg.yaml", workspace.read("belagg.yaml").replace("Exempelstad", "Andra staden"));
    let run = workspace.run(&["publish", "liten"]).expect(0);
    assert!(run.stdout.contains("other files have changed since (belagg.yaml)"), "{}", run.stdout);
}

#[test]
fn changed_labels_charts_and_pictures_are_accounted_for() {
    let workspace = rich();
    let report = workspace.read("content/liten/report.yaml");
    let report = report.replace("\"1.0\"", "\"1.1\"").replace("status: published", "status: revised");
    let changes = "changes: [{type: revision, what: Texten., why: Ny text.}]\n";
    workspace.file("content/liten/report.yaml", format!("{report}{changes}"));
    let swapped = FINDINGS
        .replace("{label: Norr,", "{id: norr, label: X,")
        .replace("{label: Söder,", "{id: soder, label: Norr,")
        .replace("label: X,", "label: Söder,");
    workspace.file("content/liten/findings/alla.yaml", swapped.replace("stub: Enhet", "stub: Distrikt"));
    workspace.file("charts/liten/visits.yaml", CHART.replace("grouped-bar", "stacked-bar"));
    workspace.file("content/liten/bild.svg", PIXEL.replace("<rect width=\"9\"", "<rect width=\"8\""));
    let told = workspace.run(&["diff", "liten"]).expect(0).stdout;
    for words in [
        "table `visits`, row: Norr → Söder",
        "header of the first column: Enhet → Distrikt",
        "chart `visits` is drawn in another way",
        "picture `assets/bild.svg` is another",
    ] {
        assert!(told.contains(words), "{words} is not told:\n{told}");
    }
    let run = workspace.run(&["publish", "liten"]).expect(1);
    assert!(run.codes().contains(&"VER003") && run.stderr.contains("row: Norr → Söder"), "{}", run.stderr);
    let changes = "changes: [{type: revision, what: Namnen., why: Fel., concerns: [visits]}]\n";
    workspace.file("content/liten/report.yaml", format!("{report}{changes}"));
    workspace.run(&["publish", "liten"]).expect(0);
    let page = workspace.read("output/liten/1.1/index.html");
    for words in ["Ändrade benämningar", "Diagrammet är ritat på ett annat sätt", "Bilden är en annan"] {
        assert!(page.contains(words), "the page lacks {words}");
    }
}

#[test]
fn a_lost_record_keeps_the_published_folder() {
    let lost = |lose: &dyn Fn(&Workspace)| {
        let workspace = both();
        let before = all(&workspace, "output/liten/1.1");
        lose(&workspace);
        workspace.file("content/liten/findings/alla.yaml", FINDINGS);
        let run = workspace.run(&["build"]).expect(3);
        assert!(run.codes().contains(&"VER008"), "{}", run.stderr);
        assert!(before == all(&workspace, "output/liten/1.1"), "a build wrote over a published version");
        let verified = workspace.run(&["verify"]).expect(1).stdout;
        assert!(verified.contains("output/liten/1.1: says that it is published"), "{verified}");
        workspace
    };
    lost(&|workspace| std::fs::remove_dir_all(workspace.path("content/liten/versions")).unwrap());
    lost(&|workspace| std::fs::remove_file(workspace.path("content/liten/versions/1.1.yaml")).unwrap());
    let workspace = lost(&|workspace| {
        std::fs::remove_file(workspace.path("content/liten/versions/1.1.yaml")).unwrap();
        std::fs::remove_file(workspace.path("content/liten/versions/1.1.tar.gz")).unwrap();
    });
    next(&workspace, CHANGES);
    assert!(workspace.run(&["publish", "liten"]).expect(1).codes().contains(&"VER008"));
}

#[cfg(unix)]
#[test]
fn a_ledger_that_cannot_be_read_is_not_an_empty_one() {
    let workspace = both();
    let before = all(&workspace, "output/liten");
    // A folder that leads to itself cannot be read, whoever asks; permissions would not stop a test that runs as root.
    std::fs::rename(workspace.path("content/liten/versions"), workspace.path("kept")).unwrap();
    std::os::unix::fs::symlink("versions", workspace.path("content/liten/versions")).unwrap();
    for command in ["build", "publish", "check"] {
        let run = workspace.run(&[command, "liten"]).expect(1);
        assert!(run.codes().contains(&"VER002") && run.stderr.contains("cannot be read"), "{command}: {}", run.stderr);
    }
    assert!(before == all(&workspace, "output/liten"));
}

#[test]
fn own_templates_are_those_of_the_rebuild() {
    let workspace = Workspace::small();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let style = std::fs::read_to_string(root.join("templates/html/style.css")).unwrap();
    workspace.file("templates/html/style.css", format!("{style}\n/* own */\n"));
    let base = std::fs::read_to_string(root.join("templates/pdf/base.typ")).unwrap();
    workspace.file(
        "templates/pdf/base.typ",
        format!("{base}\n#let own-addition = 1\n").replace("paper: \"a4\"", "paper: \"a5\""),
    );
    let frame = std::fs::read_to_string(root.join("templates/html/site/leads.html")).unwrap();
    workspace.file("templates/html/site/leads.html", frame);
    // The same font, but no file that the program has.
    let mut font = std::fs::read(root.join("templates/fonts/DejaVuSans.ttf")).unwrap();
    font.push(0);
    workspace.file("templates/fonts/own.ttf", font);
    workspace.run(&["publish", "liten"]).expect(0);
    let before = all(&workspace, "output/liten/1.0");
    assert!(workspace.read("output/liten/1.0/assets/style.css").contains("/* own */"));
    let run = workspace.run(&["verify", "--rebuild"]).expect(0);
    assert!(run.stdout.contains("the bytes are those of the ledger"), "{}", run.stdout);
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    std::fs::remove_dir_all(workspace.path("templates")).unwrap();
    workspace.run(&["build"]).expect(0);
    assert!(before == all(&workspace, "output/liten/1.0"), "the version has its own look again");
    workspace.run(&["verify"]).expect(0);
    workspace.run(&["export", "liten", "1.0", "--archive"]).expect(0);
    assert!(workspace.path(RECORD).exists());
}

#[test]
fn a_faulty_working_copy_does_not_keep_published_versions_away() {
    let workspace = both();
    let before = all(&workspace, "output/liten");
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    let report = workspace.read("content/liten/report.yaml").replace("\"1.1\"", "\"1.2\"");
    workspace.file("content/liten/report.yaml", format!("{report}nonsense: 1\n"));
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.stdout.contains("output/liten/1.0: was missing and is restored"), "{}", run.stdout);
    assert!(run.stdout.contains("nothing else was written"), "{}", run.stdout);
    assert!(before == all(&workspace, "output/liten"), "with the pages beside the versions");
    // Single files come back, and nothing that lies beside them goes.
    std::fs::remove_file(workspace.path("output/liten/1.0/data/visits.csv")).unwrap();
    workspace.file("output/liten/1.0/notes.txt", "mine");
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.stdout.contains("data/visits.csv was missing and is restored"), "{}", run.stdout);
    assert_eq!(workspace.read("output/liten/1.0/notes.txt"), "mine");
}

#[test]
fn publishing_in_a_fresh_clone_restores_what_its_pages_lead_to() {
    let workspace = published();
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    next(&workspace, CHANGES);
    let run = workspace.run(&["publish", "liten"]).expect(0);
    assert!(run.stdout.contains("output/liten/1.0: was missing and is restored"), "{}", run.stdout);
    workspace.run(&["verify"]).expect(0);
}

#[test]
fn a_published_report_stays_valid_when_the_one_it_builds_on_goes_on() {
    let workspace = published();
    workspace.file(
        "content/brev/report.yaml",
        REPORT.replace("Liten rapport", "Brev").replace("chapters:", "reports: {liten: \"1.0\"}\nchapters:"),
    );
    workspace.file("content/brev/kapitel.md", "# Brev\n\nDet finns {{ liten:plans }} planer.\n");
    workspace.run(&["publish", "brev"]).expect(0);
    next(&workspace, CHANGES);
    workspace.run(&["publish", "liten"]).expect(0);
    workspace.run(&["check"]).expect(0);
    workspace.run(&["build"]).expect(0);
    let run = workspace.run(&["publish", "brev"]).expect(0);
    assert!(run.stdout.contains("is published already"), "{}", run.stdout);
    // The next version of it must name the version that it is written from.
    workspace.file(
        "content/brev/report.yaml",
        workspace.read("content/brev/report.yaml").replace("version: \"1.0\"\ndate", "version: \"1.1\"\ndate"),
    );
    assert!(workspace.run(&["check", "brev"]).expect(1).codes().contains(&"KND004"));
}
