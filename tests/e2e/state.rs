//! What stops a build by the state of the report: nothing that is only unfinished in a draft, all of it from then on, but for what `rules` set.

use crate::workspace::{REPORT, Workspace};

/// A percentage that its counts do not give, and a link that leads nowhere yet.
const WRONG: &str = "# Resultat\n\nAv de 40 ärendena saknar 10 ärenden (35 procent) plan. Se [rutinen](TODO).\n";

fn in_state(status: &str, more: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.file("content/liten/findings/alla.yaml", "definitions: {plan: {term: Plan, text: Vad som ska göras.}}\n");
    workspace.chapter(WRONG);
    let report = REPORT.replace("status: published", &format!("status: {status}"));
    workspace.file("content/liten/report.yaml", report + more);
    workspace
}

#[test]
fn prose_stops_no_draft_and_everything_later() {
    let draft = in_state("draft", "");
    for command in ["check", "build"] {
        let run = draft.run(&[command]).expect(0);
        assert!(run.stderr.contains("warning[EVI003]") && run.stderr.contains("warning[REF012]"), "{}", run.stderr);
        assert!(!run.stderr.contains("error["), "{}", run.stderr);
    }
    for status in ["in-review", "published"] {
        let later = in_state(status, "");
        for command in ["check", "build"] {
            let run = later.run(&[command]).expect(1);
            assert!(run.stderr.contains("error[EVI003]") && run.stderr.contains("error[REF012]"), "{}", run.stderr);
        }
        assert!(!later.path("output").exists());
        later.run(&["publish", "liten"]).expect(1);
    }
    assert!(draft.run(&["publish", "liten"]).expect(1).stderr.contains("VER004"));
}

#[test]
fn what_is_no_matter_of_taste_stops_a_draft() {
    let draft = in_state("draft", "");
    draft.chapter("# Resultat\n\nAv {{ okant }} ärenden.\n");
    assert!(draft.run(&["build"]).expect(1).stderr.contains("error[FIG001]"));
}

#[test]
fn rules_overrule_the_state_and_the_report_its_workspace() {
    let draft = in_state("draft", "");
    draft.file("belagg.yaml", "rules: {EVI003: error, REF012: off}\n");
    let run = draft.run(&["build"]).expect(1);
    assert!(run.stderr.contains("error[EVI003]") && !run.stderr.contains("REF012"), "{}", run.stderr);
    let own = in_state("draft", "rules: {EVI003: info, REF012: {severity: error}}\n");
    own.file("belagg.yaml", "rules: {EVI003: error, REF012: off}\n");
    let run = own.run(&["check"]).expect(1);
    assert!(run.stderr.contains("error[REF012]") && run.stderr.contains("EVI003     1  remark"), "{}", run.stderr);
    let review = in_state("in-review", "rules: {EVI003: warning, REF012: warning}\n");
    review.run(&["build"]).expect(0);
    let unknown = in_state("draft", "rules: {EVI30: error}\n");
    assert!(unknown.run(&["check"]).expect(1).stderr.contains("there is no rule `EVI30`"));
}

#[test]
fn options_of_a_rule_come_from_the_report_first() {
    let workspace = in_state("in-review", "rules: {EVI003: off, REF012: off, EVI001: {bound: 0}}\n");
    workspace.file("belagg.yaml", "rules: {EVI001: {bound: 100}}\n");
    workspace.run(&["check"]).expect(0);
    let asked = "rules: {EVI003: off, REF012: off, EVI001: {severity: info, bound: 100}}\n";
    assert!(in_state("in-review", asked).run(&["check"]).expect(1).stderr.contains("asks for 100"));
    assert!(in_state("draft", "rules: {EVI001: {bound: 100}}\n").run(&["build"]).expect(0).stderr.contains("asks for"));
}

#[test]
fn demands_of_a_kind_stop_no_draft() {
    let workspace = Workspace::empty();
    workspace.run(&["new", "reply", "svar"]).expect(0);
    let path = "content/svar/report.yaml";
    let report = workspace.read(path);
    assert!(report.contains("status: draft"), "{report}");
    let unsigned: String =
        report.lines().filter(|line| !line.starts_with("sign-off")).map(|l| format!("{l}\n")).collect();
    assert!(unsigned != report);
    workspace.file(path, &unsigned);
    let chapter = workspace.files("content/svar").into_iter().find(|file| file.ends_with(".md")).unwrap();
    workspace.file(&format!("content/svar/{chapter}"), "# Svar\n\nVi svarar senare.\n");
    let run = workspace.run(&["build"]).expect(0);
    assert!(!run.codes().contains(&"KND012") && !run.codes().contains(&"KND003"), "{}", run.stderr);
    let all = workspace.run(&["check", "--all"]).expect(0).stderr;
    assert!(all.contains("info[KND012]") && all.contains("info[KND003]"), "{all}");
    workspace.file(path, unsigned.replace("status: draft", "status: in-review"));
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.stderr.contains("warning[KND012]") && run.stderr.contains("error[KND003]"), "{}", run.stderr);
    workspace.file(path, unsigned + "rules: {KND003: error}\n");
    assert!(workspace.run(&["build"]).expect(1).stderr.contains("error[KND003]"));
}

/// Numbers that nothing stands behind, each excepted where it stands: inside callouts, lists, notes and definitions.
const EXCEPTED: &str = "# Resultat

> [!NOTE]
> <!-- belagg: allow EVI001 counted by hand -->
> Det kom 71 brev.

> [!NOTE]
> Det kom 72 brev. <!-- belagg: allow EVI001 counted by hand -->

<!-- belagg: allow EVI001 counted by hand -->
> [!TIP]
> Det kom 73 brev.
>
> <!-- belagg: allow EVI001 counted by hand -->
>
> Det kom 74 brev.

- Ett
- <!-- belagg: allow EVI001 counted by hand -->
  Det kom 75 brev.
- > [!TIP]
  > <!-- belagg: allow EVI001 counted by hand -->
  > Det kom 76 brev.

Text.[^a] Mer.[^b] Mer.[^c] Sist.[^d]

[^a]: Det kom 77 brev. <!-- belagg: allow EVI001 counted by hand -->
[^b]: <!-- belagg: allow EVI001 counted by hand -->
    Det kom 78 brev.
[^c]: Först.

    <!-- belagg: allow EVI001 counted by hand -->
    Det kom 79 brev.

<!-- belagg: allow EVI001 counted by hand -->
[^d]: Det kom 80 brev.

Term
: <!-- belagg: allow EVI001 counted by hand -->
  Det kom 81 brev.
";

#[test]
fn exceptions_work_inside_callouts_lists_and_notes() {
    let workspace = in_state("published", "");
    workspace.chapter(EXCEPTED);
    let run = workspace.run(&["check"]).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
    // What stands a line further is another matter.
    workspace.chapter(EXCEPTED.replace("Det kom 71 brev.", "Det kom brev.\n> Det kom 71 brev."));
    let run = workspace.run(&["check"]).expect(0);
    assert_eq!(run.codes(), ["EXC001", "EVI001"], "{}", run.stderr);
}

#[test]
fn an_exception_for_one_rule_hides_nothing_that_another_has_against_the_words() {
    let workspace = Workspace::small();
    let text = "Av 120 elever är 70 flickor (64 procent) och 60 pojkar (50 procent).";
    let speaks = |exception: &str, code: &str| {
        workspace.chapter(format!("# Resultat\n\n{exception}{text}\n"));
        workspace.run(&["check", "--format", "json"]).stdout.contains(&format!("\"code\": \"{code}\""))
    };
    assert!(speaks("", "EVI003") && !speaks("", "EVI005"), "of one statement the first rule speaks");
    let excepted = "<!-- belagg: allow EVI003 Andelarna är av alla svarande. -->\n";
    assert!(
        !speaks(excepted, "EVI003") && speaks(excepted, "EVI005"),
        "the parts are more than the whole all the same"
    );
}
