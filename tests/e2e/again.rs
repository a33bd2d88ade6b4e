//! A second build leaves what has not changed, and is in all else the same as one of everything.

use crate::workspace::{REPORT, Run, Workspace};

/// Two reports that have nothing to do with each other, and one that builds on the first; each has a warning.
fn three() -> Workspace {
    let workspace = Workspace::small();
    let report = REPORT.replace("Liten rapport", "En annan rapport").replace("units: {norr: Norr, soder: Söder}\n", "");
    workspace.file("content/annan/report.yaml", &report);
    workspace.file("content/annan/kapitel.md", "# Resultat\n\nI går var det 17 ärenden.\n");
    workspace.file("content/bygger/report.yaml", format!("{report}reports: {{liten: \"1.0\"}}\n"));
    workspace.file("content/bygger/kapitel.md", "# Resultat\n\nDet var {{ liten:cases }} ärenden, och 23 till.\n");
    workspace
}

/// The documents that a build has made.
fn made(run: &Run) -> Vec<&str> {
    let lines = run.stdout.lines().filter(|line| line.contains(": PDF of "));
    lines.filter_map(|line| line.strip_prefix("output/")?.split('/').next()).collect()
}

fn left(run: &Run) -> Vec<&str> {
    let lines = run.stdout.lines().filter_map(|line| line.strip_suffix(": unchanged"));
    lines.filter_map(|line| line.strip_prefix("output/")?.split('/').next()).collect()
}

fn state(workspace: &Workspace) -> Vec<(String, Vec<u8>)> {
    let files = workspace.files("output").into_iter();
    files.map(|file| (file.clone(), workspace.bytes(&format!("output/{file}")))).collect()
}

#[test]
fn what_has_not_changed_is_left_and_what_was_told_is_told_again() {
    let workspace = three();
    let first = workspace.run(&["build"]).expect(0);
    assert_eq!(made(&first), ["annan", "bygger", "liten"]);
    let before = state(&workspace);
    let second = workspace.run(&["build"]).expect(0);
    assert!(made(&second).is_empty() && left(&second) == ["annan", "bygger", "liten"], "{}", second.stdout);
    assert!(second.stdout.contains("0 reports built, 3 unchanged in "), "{}", second.stdout);
    assert!(second.codes().len() >= 2 && second.stderr == first.stderr, "{}\n{}", first.stderr, second.stderr);
    assert!(state(&workspace) == before);
    let json = |arguments: &[&str]| workspace.run(arguments).expect(0).stdout;
    assert_eq!(json(&["--format", "json", "build"]), json(&["--format", "json", "build", "--anew"]));
    let swedish = |arguments: &[&str]| workspace.run(arguments).expect(0).stderr;
    assert_eq!(swedish(&["--lang", "sv", "build"]), swedish(&["--lang", "sv", "build", "--anew"]));
    assert_eq!(made(&workspace.run(&["build", "--anew", "annan"]).expect(0)), ["annan"]);
}

#[test]
fn a_change_reaches_all_that_asked_for_it_and_nothing_else() {
    let workspace = three();
    workspace.run(&["build"]).expect(0);
    let built = |workspace: &Workspace| made(&workspace.run(&["build"]).expect(0)).join(" ");
    workspace.file("content/annan/kapitel.md", "# Resultat\n\nI går var det 18 ärenden.\n");
    assert_eq!(built(&workspace), "annan");
    // A figure that another report has from it.
    workspace.findings("figures:\n  more: {label: fler ärenden, count: 4}\n");
    workspace.chapter("# Resultat\n\nI {{ plans | full }} finns en plan, {{ more }} till, se [](#table-visits).\n\n{{ table visits }}\n");
    assert_eq!(built(&workspace), "bygger liten");
    // What was looked for and not found is there now.
    workspace.file("content/annan/sources.yaml", "bok:\n  type: book\n  title: En bok\n  author: A, B\n  date: 2019\n");
    assert_eq!(built(&workspace), "annan");
    workspace.file("content/ny/report.yaml", REPORT.replace("units: {norr: Norr, soder: Söder}\n", ""));
    workspace.file("content/ny/kapitel.md", "# Resultat\n\nText.\n");
    assert_eq!(built(&workspace), "ny", "another report is nothing to the others");
    workspace.file("templates/html/own.css", "h2 { color: red }\n");
    assert_eq!(built(&workspace), "annan bygger liten ny");
    assert!(built(&workspace).is_empty());
    // A fault is told as ever, and nothing is written.
    workspace.file("content/annan/kapitel.md", "# Resultat\n\n{{ nothing }}\n");
    let faulty = workspace.run(&["build"]).expect(1);
    assert!(faulty.stdout.contains("nothing was written") && faulty.codes().contains(&"FIG001"), "{}", faulty.stderr);
    workspace.file("content/annan/kapitel.md", "# Resultat\n\nI går var det 18 ärenden.\n");
    assert!(built(&workspace).is_empty(), "the old state lies there");
}

#[test]
fn what_reports_of_one_folder_share_is_told_as_by_a_build_of_all() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", format!("{REPORT}for-each: data/enheter.csv\n"));
    workspace.file("content/liten/data/enheter.csv", "id;Enhet\nnorra;Norra\nsodra;Södra\nvastra;Västra\n");
    let chapter = workspace.read("content/liten/kapitel.md");
    workspace.chapter(format!("{chapter}\nVid {{{{ param.enhet }}}} var det 17 möten.\n"));
    // Inputs that were packed for a version which was never published: a warning of two of the three reports, and of none of them later.
    let strays = ["norra", "sodra"].map(|row| format!("content/liten-{row}/versions/1.1.tar.gz"));
    for stray in &strays {
        workspace.file(stray, "x");
    }
    let told = |arguments: &[&str]| workspace.run(arguments).expect(0).stderr;
    let first = told(&["build"]);
    assert!(first.contains("VER002") && first.contains("in the report for this row"), "{first}");
    assert!(first.contains("EVI001"), "{first}");
    assert_eq!(told(&["build"]), first, "all are left");
    for stray in strays {
        std::fs::remove_file(workspace.path(&stray)).unwrap();
        let some = workspace.run(&["build"]).expect(0);
        assert!(!left(&some).is_empty() && !made(&some).is_empty(), "{}", some.stdout);
        assert_eq!(some.stderr, told(&["build", "--anew"]));
    }
}

#[test]
fn what_somebody_changed_in_output_is_put_back() {
    let workspace = three();
    workspace.run(&["build"]).expect(0);
    let before = state(&workspace);
    let page = workspace.bytes("output/annan/1.0/index.html");
    let mut other = page.clone();
    other[100] ^= 1;
    for damage in [other, Vec::new()] {
        workspace.file("output/annan/1.0/index.html", damage);
        assert_eq!(made(&workspace.run(&["build"]).expect(0)), ["annan"]);
    }
    std::fs::remove_file(workspace.path("output/annan/1.0/annan.pdf")).unwrap();
    workspace.file("output/liten/1.0/more.txt", "more");
    assert_eq!(made(&workspace.run(&["build"]).expect(0)), ["annan", "liten"]);
    assert!(state(&workspace) == before);
    // What a build notes may be lost or damaged, and lies where nobody publishes it.
    assert!(workspace.files("output").iter().all(|file| !file.contains(".built")));
    workspace.file(".built/documents/liten.json", "{}");
    std::fs::remove_file(workspace.path(".built/documents/annan.json")).unwrap();
    assert_eq!(made(&workspace.run(&["build"]).expect(0)), ["annan", "liten"]);
    std::fs::remove_dir_all(workspace.path("content/annan")).unwrap();
    workspace.run(&["build"]).expect(0);
    workspace.run(&["build"]).expect(0);
    assert_eq!(workspace.files(".built/documents"), ["bygger.json", "liten.json"]);
}

#[test]
fn extracts_are_left_with_their_report_and_a_published_version_stays() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", format!("{REPORT}extracts: units\n"));
    workspace.findings(
        "assessments:\n  norr: {strengths: [Personalen lyssnar.], development: [Mer tid.]}\n  soder: {strengths: [Planer finns.], development: [Mer stöd.]}\n",
    );
    workspace.chapter("# Resultat\n\nI {{ plans | full }} finns en plan, se [](#table-visits).\n\n{{ table visits }}\n\n{{ development norr }}\n\n{{ development soder }}\n");
    assert_eq!(made(&workspace.run(&["build"]).expect(0)).len(), 3);
    assert_eq!(left(&workspace.run(&["build"]).expect(0)).len(), 3);
    workspace.run(&["publish", "liten"]).expect(0);
    let first = workspace.run(&["build"]).expect(0);
    let second = workspace.run(&["build"]).expect(0);
    let stays = |run: &Run| {
        run.stdout.lines().filter(|line| line.contains("stays as it is")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(stays(&first).len() == 3 && stays(&first) == stays(&second), "{}\n{}", first.stdout, second.stdout);
    assert!(second.stdout.contains("3 unchanged"), "{}", second.stdout);
    workspace.file("content/liten/kapitel.md", "# Resultat\n\nNågot annat.\n");
    assert!(workspace.run(&["build"]).expect(1).codes().contains(&"VER001"));
}

#[test]
fn a_cache_gives_another_folder_the_same_and_is_held_to_its_hashes() {
    let cache = Workspace::empty();
    let folder = cache.path("cache");
    let arguments = ["build", "--cache", folder.to_str().unwrap()];
    let one = three();
    let first = one.run(&arguments).expect(0);
    let two = three();
    let second = two.run(&arguments).expect(0);
    assert!(made(&second).is_empty() && second.stdout.matches(": from the cache").count() == 3, "{}", second.stdout);
    assert_eq!(first.stderr, second.stderr);
    assert!(state(&one) == state(&two));
    assert_eq!(
        left(&two.run(&["build"]).expect(0)).len(),
        3,
        "what came from the cache lies there as if it had been made"
    );
    // Every file is damaged: all is made again, and told.
    for file in cache.files("cache") {
        let mut bytes = cache.bytes(&format!("cache/{file}"));
        let at = bytes.len() / 2;
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1;
        }
        cache.file(&format!("cache/{file}"), bytes);
    }
    std::fs::remove_dir_all(two.path("output")).unwrap();
    let third = two.run(&arguments).expect(0);
    assert!(
        made(&third).len() == 3 && third.codes().iter().filter(|code| **code == "OUT006").count() == 3,
        "{}",
        third.stderr
    );
    assert!(state(&one) == state(&two));
    std::fs::remove_dir_all(two.path("output")).unwrap();
    let fourth = two.run(&arguments).expect(0);
    assert!(made(&fourth).is_empty() && !fourth.codes().contains(&"OUT006"), "{}", fourth.stdout);
    // Too little room for anything: nothing is found there, and nothing goes wrong.
    std::fs::remove_dir_all(two.path("output")).unwrap();
    let small = [&arguments[..], &["--cache-size", "0", "--anew"]].concat();
    two.run(&small).expect(0);
    assert!(cache.files("cache").iter().all(|file| !file.starts_with("v1/made/")), "{:?}", cache.files("cache"));
    std::fs::remove_dir_all(two.path("output")).unwrap();
    assert_eq!(made(&two.run(&arguments).expect(0)).len(), 3);
    let file = two.path("belagg.yaml");
    assert_eq!(two.run(&["build", "--cache", file.to_str().unwrap()]).code, 2, "a file is no folder");
}
