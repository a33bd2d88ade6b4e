//! EVI010: figures of this report held against those of the reports beside it and of the version before.

use crate::workspace::{REPORT, Workspace};

/// What a press release cannot do without, and where it is printed.
const RELEASED: &str = "key-figures:\n  main: [{value: \"{{ liten:cases }}\", label: granskade ärenden}]\nstatements:\n  \
                        chef: {by: Chefen, text: Planerna blir fler.}\n";
const PRINTED: &str = "\n{{ key-figures main }}\n\n{{ statement chef }}\n";

/// The small report with a press release that has figures of its own.
fn release(figures: &str) -> Workspace {
    beside("press-release", "2024-03-01", figures)
}

/// A report of a kind and date that builds on the small report.
fn beside(kind: &str, date: &str, figures: &str) -> Workspace {
    let workspace = Workspace::small();
    let report = REPORT
        .replace("inspection-report", kind)
        .replace("2024-03-01", date)
        .replace("units: {norr: Norr, soder: Söder}", "subtitle: En ingress\nreports: {liten: \"1.0\"}");
    workspace.file("content/nyhet/report.yaml", report);
    workspace.file("content/nyhet/findings/tal.yaml", format!("figures:\n{figures}{RELEASED}"));
    let ids = figures.lines().filter_map(|line| line.trim_start().split_once(": {").map(|(id, _)| id));
    let bound: Vec<String> = ids.map(|id| format!("{{{{ {id} }}}}")).collect();
    workspace.file("content/nyhet/kapitel.md", format!("# Plan\n\nTalen är {}.\n{PRINTED}", bound.join(" och ")));
    workspace
}

/// What `belagg check` says of EVI010.
#[track_caller]
fn found(workspace: &Workspace, report: &str) -> Vec<String> {
    let run = workspace.run(&["check", report]);
    assert!(!run.stderr.contains("error["), "{}", run.stderr);
    run.stderr.lines().filter_map(|line| line.strip_prefix("warning[EVI010]: ")).map(str::to_owned).collect()
}

#[test]
fn a_release_that_says_another_number_is_told() {
    let other_value = release("  plans: {label: ärenden med plan, count: 24}\n");
    assert_eq!(found(&other_value, "nyhet"), ["the figure `plans` is 24, and 25 in the report `liten`"]);
    let run = other_value.run(&["check", "nyhet"]);
    assert!(run.stderr.contains("content/nyhet/findings/tal.yaml:2"), "{}", run.stderr);
    assert!(run.stderr.contains("content/liten/findings/alla.yaml"), "{}", run.stderr);
    assert!(run.stderr.contains("{{ liten:plans }}"), "{}", run.stderr);
    // The report itself does not know of the release.
    assert!(found(&other_value, "liten").is_empty());

    let other_name = release("  a: {label: granskade ärenden, count: 41}\n");
    assert_eq!(found(&other_name, "nyhet"), ["the figure `a` is 41, and 40 in the report `liten`"]);
    let one_sex = release("  plans: {label: ärenden med plan, women: 15, men: 10}\n");
    assert_eq!(found(&one_sex, "nyhet"), ["the figure `plans` is 15 women, and 16 women in the report `liten`"]);
    let share = release("  plans: {label: ärenden med plan, percent: 61, as-published: true, source: Granskningen}\n");
    assert_eq!(found(&share, "nyhet"), ["the figure `plans` is 61 percent, and 63 percent in the report `liten`"]);
}

#[test]
fn what_is_another_figure_is_left_alone() {
    for figures in [
        "  plans: {label: ärenden med plan, count: 25}\n",
        "  plans: {label: ärenden med plan, percent: 63, as-published: true, source: Granskningen}\n",
        "  plans: {label: ärenden med plan, percent: 62.5, as-published: true, source: Granskningen}\n",
        // Another year, another target, other words, another unit.
        "  plans: {label: ärenden med plan 2022, count: 24}\n",
        "  plans.2022: {label: ärenden med plan, count: 24}\n",
        "  plans: {label: mål för ärenden med plan, count: 30}\n",
        "  plans: {label: tidigare ärenden med plan, count: 30}\n",
        "  plans: {label: besök i hemmet, count: 24}\n",
        "  plans: {label: ärenden med plan för barn 7–12 år, count: 24}\n",
        "  plans: {label: ärenden med plan, amount: 24, unit: kr}\n",
        "  hours: {label: ärenden, amount: 24, unit: timmar}\n",
        // Another whole.
        "  cases: {label: granskade ärenden, count: 40}\n  all: {label: barn i kommunen, count: 90}\n  \
         plans: {label: ärenden med plan, count: 24, base: all}\n",
    ] {
        let workspace = release(figures);
        assert!(found(&workspace, "nyhet").is_empty(), "{figures}");
    }
    let later = beside("press-release", "2027-03-01", "  plans: {label: ärenden med plan, count: 24}\n");
    assert!(found(&later, "nyhet").is_empty(), "three years later");
    let count = beside("inspection-report", "2024-03-01", "  plans: {label: ärenden med plan, count: 24}\n");
    assert!(found(&count, "nyhet").is_empty(), "two investigations count two things");
    // What several reports are built on agrees with one of them.
    let workspace = release("  plans: {label: ärenden med plan, count: 24}\n");
    workspace.file("content/andra/report.yaml", REPORT);
    workspace.file("content/andra/findings/alla.yaml", "figures:\n  plans: {label: ärenden med plan, count: 24}\n");
    workspace.file("content/andra/kapitel.md", "# Plan\n\nPlan finns i {{ plans }}.\n");
    let report = workspace.read("content/nyhet/report.yaml");
    let report = report.replace("{liten: \"1.0\"}", "{liten: \"1.0\", andra: \"1.0\"}");
    workspace.file("content/nyhet/report.yaml", report);
    assert!(found(&workspace, "nyhet").is_empty());
}

#[test]
fn what_investigations_take_over_from_one_source_is_one_figure() {
    let with = |value: u32, source: &str| {
        let figure = format!(
            "  national: {{label: andel kommuner med rutin, percent: {value}, as-published: true, source: {source}}}\n"
        );
        let workspace = beside("inspection-report", "2024-09-01", &figure);
        workspace.findings("figures:\n  national: {label: andel kommuner med rutin, percent: 58, as-published: true, source: Öppna jämförelser}\n");
        let text = workspace.read("content/liten/kapitel.md");
        workspace.chapter(format!("{text}\nI landet har {{{{ national }}}} en rutin.\n"));
        found(&workspace, "nyhet")
    };
    assert_eq!(
        with(53, "Öppna jämförelser"),
        ["the figure `national` is 53 percent, and 58 percent in the report `liten`"]
    );
    assert!(with(58, "Öppna jämförelser").is_empty());
    assert!(with(53, "En annan enkät").is_empty());
}

#[test]
fn a_companion_that_says_another_number_is_told_in_the_report() {
    let workspace = Workspace::small();
    let report = workspace.read("content/liten/report.yaml");
    workspace.file("content/liten/report.yaml", format!("{report}companions: [kort]\n"));
    let companion = REPORT.replace("inspection-report", "easy-read").replace("units: {norr: Norr, soder: Söder}\n", "");
    workspace.file("content/kort/report.yaml", companion);
    workspace.file("content/kort/findings/alla.yaml", "figures:\n  plans: {label: ärenden med plan, count: 26}\n");
    workspace.file("content/kort/kapitel.md", "# Plan\n\nPlan finns i {{ plans }} ärenden.\n");
    assert_eq!(found(&workspace, "liten"), ["the figure `plans` is 25, and 26 in the report `kort`"]);
    // Nothing of a companion's findings is printed, so they are no input.
    workspace.run(&["build", "liten"]).expect(0);
    assert!(!workspace.read("output/liten/1.0/manifest.json").contains("content/kort/findings"));
    // What is wrong there is told there.
    workspace.file("content/kort/findings/alla.yaml", "figures: [\n");
    assert!(found(&workspace, "liten").is_empty());
}

#[test]
fn a_follow_up_counts_anew_and_is_held_to_what_it_says_of_then() {
    let figures = |then: u32| {
        format!(
            "  plans: {{label: ärenden med plan, count: 31}}\n  then: {{label: ärenden med plan 2024, count: {then}}}\n  \
             now: {{label: ärenden med plan 2025, count: 31}}\n"
        )
    };
    let with = |then: u32| {
        let workspace = beside("follow-up", "2025-11-01", &figures(then));
        workspace.file("belagg.yaml", "rules: {TAB012: off, TAB013: off}\n");
        let run = workspace.run(&["check", "nyhet"]);
        run.stderr
            .lines()
            .filter_map(|line| line.strip_prefix("warning[EVI010]: "))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert!(with(25).is_empty());
    assert_eq!(with(27), ["the figure `then` is 27, and 25 in the report `liten`"]);
}

/// A change that explains no figure.
const OTHER: &str = "changes: [{type: correction, what: Ett ord är rättat., why: Det var felstavat.}]\n";

#[test]
fn a_figure_of_another_name_is_held_to_the_version_before() {
    let published = || {
        let workspace = Workspace::small();
        workspace.run(&["publish", "liten"]).expect(0);
        let report = REPORT.replace("\"1.0\"", "\"1.1\"").replace("published", "corrected");
        workspace.file("content/liten/report.yaml", format!("{report}{OTHER}"));
        workspace
    };
    let rename = |workspace: &Workspace, women: u32| {
        let text = workspace.read("content/liten/findings/alla.yaml");
        let text = text.replace("  plans: {", "  with-plan: {").replace("women: 16", &format!("women: {women}"));
        workspace.file("content/liten/findings/alla.yaml", text);
        let text = workspace.read("content/liten/kapitel.md");
        workspace.chapter(text.replace("{{ plans | full }}", "{{ with-plan | full }}"));
    };
    let workspace = published();
    rename(&workspace, 17);
    let told = found(&workspace, "liten");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("the figure `with-plan` is 26; in version 1.0 it was called `plans` and was 25"),
        "{told:?}"
    );
    // What the list of changes states is no finding, nor is a name alone.
    let report = workspace.read("content/liten/report.yaml");
    let stated = "changes: [{type: correction, what: Antalet är rättat., why: Ett ärende föll bort., concerns: [with-plan, plans]}]\n";
    workspace.file("content/liten/report.yaml", report.replace(OTHER, stated));
    assert!(found(&workspace, "liten").is_empty());
    let workspace = published();
    rename(&workspace, 16);
    assert!(found(&workspace, "liten").is_empty());
    // A value that changed under its own name is left to publishing.
    let workspace = published();
    let text = workspace.read("content/liten/findings/alla.yaml");
    workspace.file("content/liten/findings/alla.yaml", text.replace("women: 16", "women: 17"));
    assert!(found(&workspace, "liten").is_empty());
}
