//! The policy as authors write it: what cannot be written, that a report only tightens it, and what is said where there is none.

use crate::workspace::{REPORT, Run, Workspace};

/// Four numbers of one to four persons: one in a figure, three in a table, where noughts and larger ones are none.
const SMALL: &str = r"figures:
  cases: {label: granskade ärenden, women: 20, men: 20}
  plans: {label: ärenden med plan, women: 3, men: 9, base: cases}
tables:
  visits:
    caption: Besök per enhet
    stub: Enhet
    columns: [women, men]
    rows:
      - {label: Norr, women: 4, men: 0}
      - {label: Söder, women: 1, men: 5}
    source: Granskningen
";

/// The small report with small numbers and a policy.
fn with(workspace: &str, report: &str) -> Workspace {
    let out = Workspace::small();
    out.file("belagg.yaml", format!("rules: {{TAB012: off, TAB013: off}}\n{workspace}"));
    out.file("content/liten/report.yaml", format!("{REPORT}{report}"));
    out.file("content/liten/findings/alla.yaml", SMALL);
    out
}

fn checked(workspace: &Workspace) -> Run {
    workspace.run(&["check", "--all"])
}

/// The number of small numbers that the remark tells.
fn told(workspace: &Workspace) -> Option<u32> {
    let run = checked(workspace).expect(0);
    let (_, after) = run.stderr.split_once("info[DIS001]: the report shows ")?;
    Some(after.split(' ').next().unwrap().parse().unwrap())
}

#[test]
fn without_a_policy_one_remark_counts_the_small_numbers_of_persons() {
    let workspace = with("", "");
    // Norr has 4 women and 4 together, Söder 1; of the figure 3 women.
    assert_eq!(told(&workspace), Some(4));
    let run = checked(&workspace).expect(0);
    assert_eq!(run.stderr.matches("[DIS001]").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("here: 3 of them") && run.stderr.contains("disclosure: {persons: {minimum: 5}}"));
    // A remark is shown to those who ask for it, and stops nothing.
    let quiet = workspace.run(&["check"]).expect(0);
    assert!(!quiet.stderr.contains("DIS001"), "{}", quiet.stderr);
    workspace.run(&["build"]).expect(0);
    let protected = checked(&with("disclosure: {persons: {minimum: 2, values-left: 2}}\n", ""));
    assert!(!protected.stderr.contains("DIS001"), "{}", protected.stderr);
    // A policy without numbers of persons says nothing of them.
    assert_eq!(told(&with("disclosure: {prefer: [hide]}\n", "")), Some(4));
}

#[test]
fn what_is_counted_is_as_the_author_says_or_as_it_is_given() {
    let of = |findings: &str, chapter: &str| {
        let workspace = with("", "");
        workspace.file("content/liten/findings/alla.yaml", findings).chapter(chapter);
        workspace.file("content/liten/data/arenden.csv", "id;enhet;plan\n1;Norr;ja\n2;Norr;nej\n3;Söder;ja\n");
        told(&workspace)
    };
    let table = "# Resultat {#resultat}\n\nSe [](#table-visits).\n\n{{ table visits }}\n";
    let of_table = |counts: &str| of(&SMALL.replace("    stub:", &format!("{counts}    stub:")), table);
    assert_eq!(of_table(""), Some(3));
    assert_eq!(of_table("    counts: persons\n"), Some(3));
    assert_eq!(of_table("    counts: units\n"), None);
    assert_eq!(of_table("    counts: none\n"), None);
    // Without groups it is not known to count persons.
    let typed = SMALL
        .replace("[women, men]", "[{id: brev, label: Brev}, {id: samtal, label: Samtal}]")
        .replace("women: 4, men: 0", "brev: 4, samtal: 0")
        .replace("women: 1, men: 5", "brev: 1, samtal: 5");
    assert_eq!(of(&typed, table), None);
    assert_eq!(of(&typed.replace("    stub:", "    counts: persons\n    stub:"), table), Some(3));
    // Case rows are persons, and what is counted or added up from them is too.
    let cases = |counts: &str, figure: &str| {
        let findings = format!(
            "datasets:\n  arenden: {{file: data/arenden.csv, label: ärenden, {counts}columns: {{enhet: enhet, plan: plan}}}}\n\
             figures:\n  med: {{label: ärenden med plan, count: {{rows: arenden, where: {{plan: ja}}}}}}\n  \
             utan: {{label: ärenden utan plan, count: {{rows: arenden, where: {{plan: nej}}}}}}\n  \
             bada: {{label: ärenden, sum: [med, utan]}}\n"
        );
        of(&findings, &format!("# Resultat {{#resultat}}\n\nDet fanns {{{{ {figure} }}}}.\n"))
    };
    assert_eq!(cases("", "med"), Some(1));
    assert_eq!(cases("", "bada"), Some(1));
    assert_eq!(cases("counts: units, ", "bada"), None);
    assert_eq!(cases("counts: none, ", "med"), None);
}

#[test]
fn values_that_protect_nobody_are_refused_where_they_stand() {
    for (policy, wanted) in [
        ("persons: {minimum: 1}", "error[DIS002]: `minimum` must be from 2 to 1000"),
        ("persons: {minimum: 1001}", "error[DIS002]: `minimum` must be from 2 to 1000"),
        ("persons: {values-left: 0}", "error[DIS002]: `values-left` must be from 2 to 1000"),
        ("persons: {minimum: fem}", "error[KEY003]: `minimum` must be a number"),
        ("persons: {zeros: yes}", "one of: shown, hidden"),
        ("persons: {minimun: 5}", "did you mean `minimum`?"),
        ("prefer: []", "error[DIS002]: `prefer` says nothing that may be done"),
        ("prefer: [hide, hide]", "error[DIS002]: `prefer` says the same twice"),
        ("prefer: [refuse, hide]", "error[DIS002]: `prefer` has something behind `refuse`"),
        ("prefer: [{round: 5}]", "one of: merge, hide, refuse"),
        ("prefer: [hide, merge]", "error[DIS002]: `prefer` has `merge` behind what is done without it"),
        ("prefer: [merge]", "error[DIS002]: `prefer` does not say what is done until rows are put together"),
        ("prefer: [hid]", "did you mean `hide`?"),
        ("exceptions: [{cell: cases, decided: 2024-01-01}]", "lacks `reason`"),
        ("exceptions: [{cell: cases, reason: Öppet}]", "lacks `decided`"),
        ("exceptions: [{cell: cases, reason: Öppet, decided: igår}]", "`decided` must be a date"),
    ] {
        let run = checked(&with(&format!("disclosure: {{{policy}}}\n"), "")).expect(1);
        assert!(run.stderr.contains(wanted), "{policy}\n{}", run.stderr);
        assert!(run.stderr.contains("belagg.yaml:2:"), "{policy}\n{}", run.stderr);
    }
    let misspelt = checked(&with("disclosure: {prefer: [hid]}\n", "")).expect(1);
    assert!(!misspelt.stderr.contains("DIS002"), "one mistake, one message\n{}", misspelt.stderr);
}

#[test]
fn a_report_can_only_be_stricter() {
    let strict = "disclosure: {persons: {minimum: 5, values-left: 3, zeros: hidden}}\n";
    for (own, wanted) in [
        ("persons: {minimum: 3}", "`minimum` is 3 here and 5 in belagg.yaml: a report can only be stricter"),
        ("persons: {values-left: 2}", "`values-left` is 2 here and 3 in belagg.yaml"),
        ("persons: {zeros: shown}", "`zeros` is `shown` here and `hidden` in belagg.yaml"),
    ] {
        let run = checked(&with(strict, &format!("disclosure: {{{own}}}\n"))).expect(1);
        assert!(run.stderr.contains("error[DIS003]") && run.stderr.contains(wanted), "{own}\n{}", run.stderr);
        assert!(run.stderr.contains("content/liten/report.yaml:9:"), "{own}\n{}", run.stderr);
    }
    let told = |own: &str| checked(&with(strict, &format!("disclosure: {{{own}}}\n"))).stderr;
    for own in [
        "persons: {minimum: 10, values-left: 4, zeros: hidden}",
        "prefer: [refuse], never-hide: [cases, visits.total.total]",
        "exceptions: [{cell: visits.soder.women, reason: Uppgiften är redan känd, decided: 2024-02-01}]",
    ] {
        let stderr = told(own);
        assert!(
            !stderr.contains("[DIS003]") && !stderr.contains("[DIS002]") && !stderr.contains("[DIS004]"),
            "{own}\n{stderr}"
        );
    }
    // Without one in belagg.yaml there is nothing to be stricter than.
    let alone = checked(&with("", "disclosure: {persons: {minimum: 3}}\n")).stderr;
    assert!(!alone.contains("[DIS003]") && !alone.contains("[DIS001]"), "{alone}");
}

#[test]
fn what_a_report_names_is_in_it() {
    let named = |name: &str| checked(&with("", &format!("disclosure: {{never-hide: [{name}]}}\n"))).stderr;
    for known in ["cases", "plans.women", "visits.norr", "visits.norr.men", "visits.norr.total", "visits.total.women"] {
        assert!(!named(known).contains("[DIS004]"), "{known}\n{}", named(known));
    }
    for unknown in ["plan", "plans.children", "visits", "visits.vast.men", "visits.norr.children", "a..b"] {
        let stderr = named(unknown);
        assert!(stderr.contains(&format!("error[DIS004]: there is no number `{unknown}`")), "{stderr}");
    }
    assert!(named("plan").contains("did you mean `plans`?"), "{}", named("plan"));
    // belagg.yaml names numbers of any report.
    let workspace = with("disclosure: {never-hide: [annan]}\n", "");
    workspace.file("content/annan/report.yaml", REPORT.replace("Liten", "Annan"));
    workspace.file("content/annan/findings/alla.yaml", "figures:\n  annan: {label: andra ärenden, count: 40}\n");
    workspace.file("content/annan/kapitel.md", "# Resultat {#resultat}\n\nDet var {{ annan }}.\n");
    let other = checked(&workspace).stderr;
    assert!(!other.contains("[DIS004]"), "{other}");
}

#[test]
fn what_is_wrong_is_told_in_swedish_too() {
    let workspace = with("disclosure: {persons: {minimum: 5}}\n", "disclosure: {persons: {minimum: 3}}\n");
    let run = workspace.run(&["check", "--lang", "sv"]).expect(1);
    assert!(
        run.stderr.contains("`minimum` är 3 här och 5 i belagg.yaml: en rapport kan bara skärpa reglerna"),
        "{}",
        run.stderr
    );
    let run = workspace.run(&["explain", "DIS001", "--lang", "sv"]).expect(0);
    assert!(run.stdout.contains("röjanderegler"), "{}", run.stdout);
}

#[test]
fn a_new_workspace_has_a_policy_and_one_that_is_there_keeps_its_own() {
    for (language, comment) in [("sv", "# Antal på en till fyra personer"), ("en", "# Numbers of one to four persons")]
    {
        let workspace = Workspace::empty();
        workspace.run(&["new", "report", "a", "--language", language]).expect(0);
        let text = workspace.read("belagg.yaml");
        let (before, policy) = text.split_once("disclosure:\n").expect("a policy");
        assert!(before.contains(&format!("language: {language}\n{comment}")), "{text}");
        assert_eq!(
            before.lines().filter(|line| line.starts_with("# ") && !line.contains("schema")).count(),
            2,
            "{text}"
        );
        assert_eq!(
            policy,
            "  persons: {minimum: 5, values-left: 3, zeros: shown}\n  whole-group: ask\n  prefer: [hide]\n"
        );
        let run = checked(&workspace);
        assert!(!run.stderr.contains("[DIS00") && !run.stderr.contains("belagg.yaml:"), "{}", run.stderr);
        // The next report takes what is there.
        workspace.file("belagg.yaml", "language: en\n");
        workspace.run(&["new", "report", "b"]).expect(0);
        assert_eq!(workspace.read("belagg.yaml"), "language: en\n");
    }
    let workspace = Workspace::small();
    std::fs::remove_file(workspace.path("belagg.yaml")).unwrap();
    workspace.run(&["new", "report", "b"]).expect(0);
    assert!(!workspace.path("belagg.yaml").exists(), "nothing is hidden in a report that was there");
}

#[test]
fn names_and_dates_of_the_workspace_are_held_against_all_reports() {
    let exception = |cell: &str, decided: &str| {
        format!(
            "disclosure: {{persons: {{minimum: 5}}, exceptions: [{{cell: {cell}, reason: Beslutat., decided: {decided}}}]}}\n"
        )
    };
    let told = |workspace: &Workspace| {
        let run = workspace.run(&["check"]);
        run.codes().into_iter().filter(|code| code.starts_with("DIS00")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(told(&with(&exception("plans.women", "2024-03-01"), "")).is_empty());
    assert!(told(&with(&exception("plans.women", "2024-03"), "")).is_empty(), "the month of the report");
    // 2042 for 2024.
    assert_eq!(told(&with(&exception("plans.women", "2042-02-01"), "")), ["DIS002"]);
    assert_eq!(
        told(&with("disclosure: {persons: {minimum: 5}}\n", &exception("plans.women", "2042-02-01"))),
        ["DIS002"]
    );
    let unknown = with(&exception("plan.women", "2024-02-01"), "");
    assert_eq!(told(&unknown), ["DIS004"]);
    let run = unknown.run(&["check"]);
    assert!(
        run.stderr.contains("no report has the number `plan.women`") && run.stderr.contains("belagg.yaml:2:"),
        "{}",
        run.stderr
    );
    // One report alone cannot tell.
    let run = unknown.run(&["check", "liten"]);
    assert!(!run.codes().contains(&"DIS004"), "{}", run.stderr);
}
