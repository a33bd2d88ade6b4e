//! What a person wrote in a word processor and pasted into a new report: it builds, also for publication, and says what it still lacks.

use crate::workspace::{Run, Workspace};

/// A new report of a kind with a text of `tests/fixtures/word` in the place of its own, and nothing else in its folder.
fn pasted(kind: &str, text: &str, status: &str) -> Workspace {
    let workspace = Workspace::empty();
    workspace.run(&["new", kind, "ny"]).expect(0);
    let kept = |line: &&str| !line.starts_with("invented:") && !line.trim_start().starts_with("reference:");
    let report = workspace.read("content/ny/report.yaml");
    let (before, after) = report.split_once("chapters:").expect("chapters");
    let after = after.lines().skip(1).skip_while(|line| line.trim_start().starts_with("- "));
    let report: Vec<&str> = before.lines().filter(kept).chain(["chapters: [text.md]"]).chain(after).collect();
    for file in workspace.files("content/ny") {
        std::fs::remove_file(workspace.path(&format!("content/ny/{file}"))).unwrap();
    }
    let _ = std::fs::remove_dir_all(workspace.path("charts"));
    // The imprint of a decision page has no other line.
    let report = report.join("\n").replace("imprint:\nchapters", "chapters");
    workspace.file("content/ny/report.yaml", report.replace("status: draft", &format!("status: {status}")));
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/word");
    workspace.file("content/ny/text.md", std::fs::read(folder.join(text)).unwrap());
    workspace
}

/// Builds it as a draft and as it is published; gives what is said of it then.
#[track_caller]
fn builds(kind: &str, text: &str) -> (Workspace, Run) {
    let draft = pasted(kind, text, "draft").run(&["build"]).expect(0);
    let demands = |run: &Run| run.codes().iter().filter(|code| code.starts_with("KND") || **code == "TXT005").count();
    assert_eq!(demands(&draft), 0, "a draft is only reminded: {}", draft.stderr);
    let workspace = pasted(kind, text, "published");
    let run = workspace.run(&["build"]).expect(0);
    (workspace, run)
}

#[track_caller]
fn pages(workspace: &Workspace) -> u64 {
    let manifest: serde_json::Value = serde_json::from_str(&workspace.read("output/ny/1.0/manifest.json")).unwrap();
    manifest["report"]["pages"].as_u64().unwrap_or_else(|| panic!("{manifest}"))
}

#[test]
fn a_press_release_of_600_words_has_two_pages_and_needs_no_heading() {
    let (workspace, run) = builds("press-release", "pressmeddelande.md");
    assert!(!run.codes().iter().any(|code| code.starts_with("KND") || *code == "TXT012"), "{}", run.stderr);
    assert_eq!(pages(&workspace), 2);
    let page = workspace.page("ny");
    assert!(page.contains("<li>har 67"), "bullets of a word processor are a list");
    assert!(page.contains("<section class=\"chapter chapter-body\">"), "no name where there is no heading");
    // The address in the note leads where it says.
    assert!(page.contains("<a href=\"https://www.exempelstad.se/din-ratt/metod\">"), "{page}");
}

#[test]
fn a_reply_may_ask_first_and_answer_afterwards_and_cite_one_note_twice() {
    let (workspace, run) = builds("reply", "remissvar.md");
    assert!(!run.codes().contains(&"KND003"), "{}", run.stderr);
    assert!(run.stderr.contains("warning[KND012]: the imprint lacks `reference`"), "{}", run.stderr);
    let page = workspace.read("output/ny/1.0/index.html");
    assert_eq!(page.matches("id=\"Note-1\"").count(), 1, "one note");
    assert!(
        page.contains("id=\"Note-1-1\"") || page.matches("href=\"#Note-1\"").count() == 2,
        "referred to from two places"
    );
}

#[test]
fn questions_that_are_bound_first_are_answered_by_reference() {
    let workspace = pasted("reply", "remissvar.md", "published");
    workspace.file("content/ny/findings/fragor.yaml", "questions: {kunskap: Vad vet staden?, tid: Räcker tiden?}\n");
    let asked = "## Frågor\n\n{{ question kunskap }}\n\n{{ question tid }}\n\n## Svar\n\nPå [](#question-kunskap) är svaret ja.\n";
    workspace.file("content/ny/text.md", asked);
    let run = workspace.run(&["build"]).expect(1);
    assert_eq!(run.codes().iter().filter(|code| **code == "KND003").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("[](#question-tid)"), "{}", run.stderr);
    workspace.file("content/ny/text.md", format!("{asked}\nPå [](#question-tid) är svaret nej.\n"));
    workspace.run(&["build"]).expect(0);
}

#[test]
fn a_decision_page_is_written_by_itself() {
    let (workspace, run) = builds("decision-page", "beslut.md");
    assert!(!run.codes().iter().any(|code| code.starts_with("KND")), "{}", run.stderr);
    assert_eq!(pages(&workspace), 1);
    assert!(workspace.read("output/ny/1.0/index.html").contains("Beslutet skickas till"));
}

#[test]
fn an_inspection_report_without_reference_number_says_why_or_is_reminded() {
    let (workspace, run) = builds("inspection-report", "granskning.md");
    let demands: Vec<&str> =
        run.codes().into_iter().filter(|code| code.starts_with("KND") || *code == "TXT005").collect();
    assert_eq!(demands, ["KND012"], "{}", run.stderr);
    let page = workspace.read("output/ny/1.0/index.html");
    for chapter in ["Sammanfattning", "Bakgrund", "Resultat", "Slutsatser"] {
        assert!(page.contains(&format!("{chapter}</h2>")), "each level 1 heading begins a chapter: {chapter}");
    }
    let report = workspace.read("content/ny/report.yaml");
    workspace.file(
        "content/ny/report.yaml",
        format!("{report}\nwithout: {{reference: Granskningen har inget eget ärende.}}\n"),
    );
    assert!(!workspace.run(&["build"]).expect(0).codes().contains(&"KND012"));
    // A reason for what is there, and for what nobody asks for.
    workspace.file("content/ny/report.yaml", format!("{report}\nwithout: {{contact: X, statment: Y}}\n"));
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("warning[EXC001]: the report does not do without `contact`"), "{}", run.stderr);
    assert!(
        run.stderr.contains("error[EXC002]: a document of the kind `inspection-report` is not asked for `statment`"),
        "{}",
        run.stderr
    );
}

#[test]
fn statistics_have_their_own_words_and_rows() {
    let (workspace, run) = builds("statistics", "statistik.md");
    assert!(!run.codes().iter().any(|code| code.starts_with("KND") || *code == "TXT005"), "{}", run.stderr);
    let page = workspace.read("output/ny/1.0/index.html");
    assert!(page.contains("Så läser du siffrorna") && !page.contains("Observera"), "the callout's own word");
    assert!(page.contains("Nästa publicering") && page.contains("Februari 2027"), "a row of its own");
    assert!(page.contains("Exempelstad"), "who publishes is told once");
    let report = workspace.read("content/ny/report.yaml");
    let own = "labels: {callout_note: Så läser du siffrorna, kind_statistics: Statistikblad, publisher: Myndighet}";
    let report = report.replace("labels: {callout_note: Så läser du siffrorna}", own);
    workspace.file("content/ny/report.yaml", &report);
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/ny/1.0/index.html");
    assert!(page.contains("Statistikblad") && page.contains("Myndighet") && !page.contains("Utgivare"));
    workspace.file("content/ny/report.yaml", report.replace("callout_note", "callout_nota"));
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.stderr.contains("did you mean `callout_note`?"), "{}", run.stderr);
}
