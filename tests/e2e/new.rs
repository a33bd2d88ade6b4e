//! `belagg new` makes a report that builds, and asks where it was not told which; `belagg explain` explains every code.

use std::collections::BTreeSet;

use crate::workspace::Workspace;

/// Every kind that can be begun with `belagg new`.
fn kinds() -> Vec<String> {
    let run = Workspace::empty().run(&["new", "no-such-kind", "x"]).expect(2);
    let list = run.stderr.split_once("Kinds: ").expect("the kinds are listed").1;
    list.trim().trim_end_matches('.').split(", ").map(str::to_owned).collect()
}

#[test]
fn a_new_report_of_every_kind_builds_without_a_word_in_both_languages() {
    let kinds = kinds();
    assert!(kinds.len() >= 7, "{kinds:?}");
    for language in ["sv", "en"] {
        let workspace = Workspace::empty();
        for kind in &kinds {
            workspace.run(&["new", kind, &format!("ny-{kind}"), "--language", language]).expect(0);
        }
        let run = workspace.run(&["build"]).expect(0);
        assert!(run.codes().is_empty(), "{}", run.stderr);
        for kind in &kinds {
            let files = workspace.files(&format!("output/ny-{kind}"));
            assert!(files.iter().any(|file| file.ends_with(".pdf")), "{kind}");
            let page = workspace.read(&format!("output/ny-{kind}/1.0/index.html"));
            assert!(page.contains("class=\"notice\""), "{kind}: invented content says so");
        }
    }
}

#[test]
fn what_a_kind_must_say_of_itself_is_demanded() {
    // A decision page is asked for nothing but its publisher.
    for kind in kinds().into_iter().filter(|kind| kind != "decision-page") {
        let workspace = Workspace::empty();
        workspace.run(&["new", &kind, "ny"]).expect(0);
        // A draft may still lack it.
        let report = workspace.read("content/ny/report.yaml").replace("status: draft", "status: in-review");
        let (before, imprint) = report.split_once("imprint:").expect("an imprint");
        let keys = imprint.lines().skip(1).take_while(|line| line.starts_with("  ")).count();
        assert!(keys >= 1, "{kind}");
        let after: Vec<&str> = imprint.lines().skip(1 + keys).collect();
        workspace
            .file("content/ny/report.yaml", format!("{before}imprint: {{recipients: [Alla]}}\n{}", after.join("\n")));
        let run = workspace.run(&["check"]);
        // Who publishes stands on the cover, rows of one's own are free.
        let free = ["  publisher:", "  rows:", "    "];
        let own =
            imprint.lines().skip(1).take(keys).filter(|line| !free.iter().any(|key| line.starts_with(key))).count();
        let told = |line: &&str| line.contains("[KND012]: the imprint lacks") && !line.contains("`publisher`");
        let missing = run.stderr.lines().filter(told).count();
        assert_eq!(missing, own, "{kind}:\n{}", run.stderr);
    }
}

#[test]
fn a_new_report_never_overwrites() {
    let workspace = Workspace::small();
    let run = workspace.run(&["new", "inspection-report", "liten"]).expect(2);
    assert!(run.stderr.contains("content/liten is there already"), "{}", run.stderr);
    let run = workspace.run(&["new", "inspektion", "annan"]).expect(2);
    assert!(run.stderr.contains("inspection-report"), "{}", run.stderr);
    let run = workspace.run(&["new", "inspection-report", "Min rapport"]).expect(2);
    assert!(run.stderr.contains("try `min-rapport`"), "{}", run.stderr);
}

#[test]
fn every_code_is_explained() {
    let workspace = Workspace::empty();
    let list = workspace.run(&["explain"]).expect(0).stdout;
    assert!(list.lines().count() > 40);
    let codes: BTreeSet<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(codes.len(), list.lines().count(), "each code is one thing: {list}");
    for line in list.lines() {
        let code = line.split_whitespace().next().unwrap();
        let text = workspace.run(&["explain", code]).expect(0).stdout;
        assert!(text.len() > 60, "{text}");
    }
    let run = workspace.run(&["explain", "FIG0022"]).expect(2);
    assert!(run.stderr.contains("Did you mean FIG002?"), "{}", run.stderr);
}

#[test]
fn a_new_report_has_the_language_of_the_workspace() {
    for (named, language) in [("en", "en"), ("sv", "sv"), ("nb", "sv")] {
        let workspace = Workspace::empty();
        workspace.file("belagg.yaml", format!("language: {named}\n"));
        workspace.run(&["new", "report", "a"]).expect(0);
        let report = workspace.read("content/a/report.yaml");
        assert!(report.contains(&format!("language: {language}")), "{named}: {report}");
    }
}

#[test]
fn a_folder_without_reports_says_how_to_begin() {
    let workspace = Workspace::empty();
    let run = workspace.run(&["build"]).expect(2);
    assert!(run.stdout.contains("belagg new inspection-report"), "{}", run.stdout);
}

/// A monthly report that is published, and the next one made from it.
fn next_month() -> Workspace {
    let workspace = Workspace::empty();
    workspace.run(&["new", "report", "lage-2026-03"]).expect(0);
    let path = "content/lage-2026-03/report.yaml";
    workspace.file(path, workspace.read(path).replace("status: draft", "status: published"));
    workspace.run(&["publish", "lage-2026-03"]).expect(0);
    workspace.run(&["new", "--from", "content/lage-2026-03", "lage-2026-04"]).expect(0);
    workspace
}

#[test]
fn the_next_report_is_made_from_the_one_before_without_its_versions() {
    let workspace = next_month();
    let files = workspace.files("content/lage-2026-04");
    assert_eq!(files, ["data/besok.csv", "findings/besok.yaml", "laget.md", "report.yaml"]);
    assert_eq!(workspace.files("charts/lage-2026-04"), ["besok.yaml"]);
    let report = workspace.read("content/lage-2026-04/report.yaml");
    assert!(report.contains("\nprevious: lage-2026-03\nversion: \"1.0\"\n"), "{report}");
    assert!(report.contains("\nstatus: draft "), "{report}");
    workspace.run(&["build"]).expect(0);
    // What is there is never written over, and what is not there is not copied.
    let run = workspace.run(&["new", "--from", "lage-2026-03", "lage-2026-04"]).expect(2);
    assert!(run.stderr.contains("content/lage-2026-04 is there already"), "{}", run.stderr);
    let run = workspace.run(&["new", "--from", "lage-2026-3", "lage-2026-05"]).expect(2);
    assert!(
        run.stderr.contains("there is no report content/lage-2026-3. Did you mean lage-2026-03?"),
        "{}",
        run.stderr
    );
    let run = workspace.run(&["new", "--from", "lage-2026-03", "report", "x"]).expect(2);
    assert!(run.stderr.contains("stands alone"), "{}", run.stderr);
    workspace.run(&["new", "report"]).expect(2);
}

#[test]
fn what_still_names_the_old_period_is_told_until_the_line_is_written_anew() {
    let workspace = next_month();
    let found = |workspace: &Workspace| -> Vec<String> {
        let run = workspace.run(&["check", "lage-2026-04"]).expect(0);
        let lines: Vec<&str> = run.stderr.lines().collect();
        let places = lines.windows(2).filter(|pair| pair[0].starts_with("warning[REF019]"));
        let place = |pair: &[&str]| pair[1].trim_start().trim_start_matches("--> ").to_owned();
        places.map(place).collect()
    };
    let all = [
        "content/lage-2026-04/report.yaml:7:11",
        "content/lage-2026-04/report.yaml:12:7",
        "content/lage-2026-04/findings/besok.yaml:14:31",
        "charts/lage-2026-04/besok.yaml:6:30",
        "content/lage-2026-04/laget.md:3:3",
    ];
    assert_eq!(found(&workspace), all);
    let run = workspace.run(&["check", "lage-2026-04"]).expect(0);
    assert!(run.stderr.contains("`2026-03` is what `lage-2026-03` says"), "all of a line: {}", run.stderr);
    let replace = |path: &str, from: &str, to: &str| {
        let text = workspace.read(path);
        assert!(text.contains(from), "{path}: {from}");
        workspace.file(path, text.replace(from, to));
    };
    replace("content/lage-2026-04/report.yaml", "Mars 2026", "April 2026");
    replace("content/lage-2026-04/report.yaml", "date: 2026-04", "date: 2026-05");
    replace("content/lage-2026-04/findings/besok.yaml", "i mars", "i april");
    replace("content/lage-2026-04/findings/besok.yaml", "\"2026-03\"", "\"2026-02\"");
    // A sentence that was written anew may name the month before; one that was not can be excepted.
    replace("content/lage-2026-04/laget.md", "I mars 2026 gjordes", "Jämfört med mars 2026 gjordes");
    assert_eq!(found(&workspace), ["charts/lage-2026-04/besok.yaml:6:30"]);
    replace(
        "content/lage-2026-04/report.yaml",
        "chapters:",
        "exceptions: [{rule: REF019, text: fler i mars, reason: Det var då.}]\nchapters:",
    );
    assert!(found(&workspace).is_empty());
    replace("content/lage-2026-04/report.yaml", "previous: lage-2026-03", "previous: lage-2026-3");
    assert_eq!(found(&workspace), ["content/lage-2026-04/report.yaml:10:11"]);
}

/// What is shown on a terminal on which these lines are typed, and the exit code.
#[cfg(target_os = "linux")]
fn on_a_terminal(workspace: &Workspace, arguments: &str, typed: &str) -> (i32, String) {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let line = format!("{} {arguments}", crate::workspace::program());
    let mut child = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(workspace.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a pseudo-terminal, by `script` of bsdutils");
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let run = child.wait_with_output().unwrap();
    (run.status.code().unwrap(), String::from_utf8_lossy(&run.stdout).replace("\r\n", "\n"))
}

#[cfg(target_os = "linux")]
#[test]
fn who_says_nothing_is_asked_and_the_answers_stand_in_the_files() {
    let workspace = Workspace::empty();
    let (code, shown) = on_a_terminal(&workspace, "new --lang sv", "13\n6\nVåra möten\n\nen\nTown: \"A\"\n");
    assert_eq!(code, 0, "{shown}");
    for part in [
        "Vilken typ av dokument är det?\n   1  report ",
        "det finns ingen rapporttyp `13`.",
        "Svar [min-rapport]: ",
        "prova `vara-moten`\nSvar [vara-moten]: ",
        "   2  en  engelska\nNummer eller namn [sv]: ",
        "content/vara-moten/report.yaml\n",
        "Bygg den nu: belagg build vara-moten\n",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let report = workspace.read("content/vara-moten/report.yaml");
    assert!(report.contains("kind: press-release\n") && report.contains("language: en\n"), "{report}");
    assert!(report.contains("  publisher: \"Town: \\\"A\\\"\"\n"), "{report}");
    let begun = "# yaml-language-server: $schema=.schema/workspace.schema.json\nlanguage: en\npublisher:\n  name: \"Town: \\\"A\\\"\"\n# ";
    assert!(workspace.read("belagg.yaml").starts_with(begun), "{}", workspace.read("belagg.yaml"));
    workspace.run(&["build"]).expect(0);
    assert!(workspace.read("output/vara-moten/1.0/index.html").contains("Town: &quot;A&quot;"));
    // What was told on the command line is not asked; the workspace's language and publisher are offered.
    let (code, shown) = on_a_terminal(&workspace, "new report", "zwei\n\n\n");
    assert!(code == 0 && !shown.contains("What kind"), "{shown}");
    assert!(shown.contains("Number or name [en]: ") && shown.contains("Answer [Town: \"A\"]: "), "{shown}");
    assert!(!workspace.read("content/zwei/report.yaml").contains("\npublisher:"), "it stands in belagg.yaml");
    workspace.run(&["build"]).expect(0);
}

#[cfg(target_os = "linux")]
#[test]
fn who_ends_has_written_nothing() {
    let workspace = Workspace::empty();
    for typed in ["\u{4}", "2\n\u{4}", "2\na\n\n\u{4}"] {
        let (code, shown) = on_a_terminal(&workspace, "new", typed);
        assert!(code == 2 && shown.contains("nothing was written"), "{shown}");
        assert!(workspace.files("").is_empty());
    }
}

#[test]
fn where_nobody_can_be_asked_that_is_said() {
    let workspace = Workspace::empty();
    for arguments in [&["new"][..], &["new", "report"], &["new", "--language", "en"]] {
        let run = workspace.run(arguments).expect(2);
        assert!(
            run.stderr.starts_with("error: nobody can be asked here: name the kind and the report"),
            "{}",
            run.stderr
        );
    }
    let run = workspace.run(&["new", "--lang", "sv"]).expect(2);
    assert!(run.stderr.starts_with("fel: ingen kan tillfrågas här"), "{}", run.stderr);
    let run = workspace.run(&["new", "report", "a", "--language", "nb"]).expect(2);
    assert!(run.stderr.contains("there is no example in Norwegian"), "{}", run.stderr);
    assert!(workspace.files("").is_empty());
}

/// Reports share `output/` with lists, pages of units and areas, and the search.
#[test]
fn no_report_is_called_what_the_website_has() {
    let workspace = Workspace::small();
    let settings = "publisher: {name: Exempelstad}\nsite: https://example.se\n\
                    catalogue: {publisher-type: local-authority, contact: data@example.se}\n";
    workspace.file("belagg.yaml", format!("{}{settings}", workspace.read("belagg.yaml")));
    workspace.run(&["publish", "liten"]).expect(0);
    let reports = std::fs::read_dir(workspace.path("content")).unwrap();
    let reports: Vec<_> = reports.map(|entry| entry.unwrap().file_name()).collect();
    let mut tried = 0;
    for entry in std::fs::read_dir(workspace.path("output")).unwrap() {
        let name = entry.unwrap().file_name();
        let text = name.to_str().unwrap();
        let is_document = reports.iter().any(|report| text.starts_with(report.to_str().unwrap()));
        if is_document || text.starts_with('.') {
            continue;
        }
        let run = workspace.run(&["new", "report", text]).expect(2);
        assert!(text.contains('.') || run.stderr.contains("for something else"), "{text}: {}", run.stderr);
        workspace.file("content/x/report.yaml", "kind: report\n");
        workspace.run(&["new", "--from", "x", text]).expect(2);
        std::fs::remove_dir_all(workspace.path("content/x")).unwrap();
        tried += 1;
    }
    assert!(tried > 6, "{tried} names");
}
