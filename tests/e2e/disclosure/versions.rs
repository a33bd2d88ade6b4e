//! What earlier versions printed counts as known: planted leaks that only appear when versions are laid beside each other.

use std::fmt::Write as _;

use crate::leaks::{surface::Surface, told};
use crate::workspace::{Run, Workspace};

const RULES: &str = "language: sv\nrules: {EVI001: off, EVI002: off, EVI003: off, EVI010: off, TAB012: off, TAB013: off, LAN004: off}\n";
const POLICY: &str = "disclosure:\n  persons: {minimum: 5, values-left: 3, zeros: shown}\n  prefer: [hide]\n";

/// A version of a report, and whether a policy stood when it was published.
struct Version<'a> {
    findings: &'a str,
    text: &'a str,
    policy: bool,
    /// What of it changed since the version before.
    concerns: &'a str,
}

const fn open<'a>(findings: &'a str, text: &'a str) -> Version<'a> {
    Version { findings, text, policy: false, concerns: "" }
}

const fn protected<'a>(findings: &'a str, text: &'a str) -> Version<'a> {
    Version { findings, text, policy: true, concerns: "" }
}

const fn changed<'a>(findings: &'a str, text: &'a str, concerns: &'a str) -> Version<'a> {
    Version { findings, text, policy: true, concerns }
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Outcome {
    /// It cannot be read or worked out from what is published.
    Masked,
    /// A message says that it is known already, or why nothing is built.
    Told,
    Missed,
}

struct Leak<'a> {
    name: &'a str,
    versions: Vec<Version<'a>>,
    /// The file of case rows.
    rows: &'a str,
    /// Ways to the number; see `surface`.
    ways: &'a [&'a [&'a str]],
    /// What a message names.
    by: &'a [&'a str],
    wanted: Outcome,
}

impl<'a> Leak<'a> {
    fn new(
        (name, wanted): (&'a str, Outcome),
        versions: Vec<Version<'a>>,
        ways: &'a [&'a [&'a str]],
        by: &'a [&'a str],
    ) -> Self {
        Self { name, versions, rows: "", ways, by, wanted }
    }

    fn of_rows(self, rows: &'a str) -> Self {
        Self { rows, ..self }
    }
}

/// What a report's file says of its status and its changes: the first version is published, later ones revise it.
pub(super) fn status_and_changes(at: usize, concerns: &str) -> (&'static str, String) {
    match at {
        0 => ("published", String::new()),
        _ => (
            "revised",
            format!("changes:\n  - {{type: revision, what: Texten., why: Den var otydlig., concerns: [{concerns}]}}\n"),
        ),
    }
}

fn write(workspace: &Workspace, at: usize, version: &Version, rows: &str) {
    let policy = if version.policy { POLICY } else { "" };
    let (status, changes) = status_and_changes(at, version.concerns);
    workspace.file("belagg.yaml", format!("{RULES}{policy}"));
    workspace.file(
        "content/liten/report.yaml",
        format!(
            "kind: report\ntitle: Rapport\nversion: \"1.{at}\"\ndate: 2024-0{}-01\nstatus: {status}\npublisher: {{name: Exempelstad}}\n\
             imprint: {{contact: Kansliet}}\nchapters: [text.md]\n{changes}",
            at + 1
        ),
    );
    workspace.file("content/liten/findings/alla.yaml", version.findings);
    workspace.file("content/liten/text.md", format!("# Resultat {{#resultat}}\n\n{}\n", version.text));
    if !rows.is_empty() {
        workspace.file("content/liten/data/cases.csv", rows);
    }
}

/// A workspace with all versions but the last published, and that one built.
#[track_caller]
fn built(versions: &[Version], rows: &str) -> (Workspace, Run) {
    let workspace = Workspace::empty();
    let last = versions.len() - 1;
    for (at, version) in versions.iter().enumerate() {
        write(&workspace, at, version, rows);
        if at < last {
            let run = workspace.run(&["publish", "liten"]);
            if run.code != 0 {
                return (workspace, run);
            }
        }
    }
    let run = workspace.run(&["build"]);
    (workspace, run)
}

fn judge(leak: &Leak, workspace: &Workspace, run: &Run) -> Outcome {
    let messages = told(run);
    let named = messages.iter().any(|message| leak.by.iter().all(|word| message.contains(word)));
    // A sentence that binds what is hidden is not printed either.
    if run.code != 0 && messages.iter().any(|message| message.contains("DIS012")) {
        return Outcome::Masked;
    }
    if run.code != 0 {
        return if named { Outcome::Told } else { Outcome::Missed };
    }
    let published = Surface::read(&workspace.path("output"));
    let open = leak.ways.iter().any(|way| way.iter().all(|pattern| published.has(pattern)));
    match (open, named) {
        (_, true) => Outcome::Told,
        (false, false) => Outcome::Masked,
        (true, false) => Outcome::Missed,
    }
}

fn table(rows: &str) -> String {
    let mut out = String::from(
        "tables:\n  visits:\n    caption: Besökare per enhet\n    stub: Enhet\n    columns: [women, men]\n    total-row: true\n    total-column: true\n    rows:\n",
    );
    for row in rows.split(';') {
        let cells: Vec<&str> = row.split_whitespace().collect();
        let _ = writeln!(out, "      - {{label: {}, women: {}, men: {}}}", cells[0], cells[1], cells[2]);
    }
    out.push_str("    source: Aktgranskning\n");
    out
}

const NORR: &str = "figures:\n  norr: {label: besökare i Norr, women: 3, men: 17}\n";
const PLANS: &str = "figures:\n  cases: {label: granskade ärenden, count: 20, counts: persons}\n  plans: {label: ärenden med plan, count: 3, base: cases, counts: persons}\n";
const CASES: &str = "datasets:\n  rows:\n    label: personer\n    file: data/cases.csv\n    counts: persons\n    breakdowns: {sex: {column: Kön, women: K, men: M}}\n    columns:\n      unit: {header: Enhet}\n";

fn leaks(own: &Sources) -> Vec<Leak<'_>> {
    let Sources { with_norr, with_two, without, revised, few, shares, bases, counted, figures } = own;
    let table = "{{ table visits }}";
    vec![
        Leak::new(
            ("a unit is new in the total", Outcome::Masked),
            vec![protected(without, table), changed(with_norr, table, "visits")],
            &[&["in liten/1.1/: Norr | 3"], &["in liten/1.0/: Totalt | 33", "in liten/1.1/: Totalt | 36"]],
            &["visits.norr.women"],
        ),
        Leak::new(
            ("published before there was a policy", Outcome::Told),
            vec![open(with_norr, table), protected(with_norr, "Ny text.\n\n{{ table visits }}")],
            &[&["in liten/1.0/: Norr | 3"]],
            &["visits.norr.women", "1.0"],
        ),
        Leak::new(
            ("a bound percentage, and now its base", Outcome::Masked),
            vec![
                open(PLANS, "Plan finns i {{ plans | percent }}."),
                protected(PLANS, "Vi granskade {{ cases }} ärenden."),
            ],
            &[&["in liten/1.0/: Plan finns i 15", "in liten/1.1/: Vi granskade 20 ärenden"]],
            &["plans"],
        ),
        Leak::new(
            ("a percentage and its base before", Outcome::Told),
            vec![
                open(PLANS, "Av {{ cases }} ärenden har {{ plans | percent }} plan."),
                protected(PLANS, "Vi granskade {{ cases }} ärenden."),
            ],
            &[&["in liten/1.0/: Av 20 ärenden har 15"]],
            &["plans", "1.0"],
        ),
        Leak::new(
            ("a share in words", Outcome::Told),
            vec![open(PLANS, "Plan finns i {{ plans | share words }}."), protected(PLANS, "Ny text.")],
            &[&["in liten/1.0/: Plan finns i tre av tjugo"]],
            &["plans", "1.0"],
        ),
        Leak::new(
            ("a number in words", Outcome::Told),
            vec![open(NORR, "Dit kom {{ norr | women | words }} kvinnor."), protected(NORR, "Ny text.")],
            &[&["in liten/1.0/: Dit kom tre kvinnor"]],
            &["norr.women", "1.0"],
        ),
        Leak::new(
            ("a part is new in a sum", Outcome::Masked),
            vec![
                protected(
                    "figures:\n  a: {label: unga, count: 11, counts: persons}\n  b: {label: äldre, count: 12, counts: persons}\n  all: {label: alla, sum: [a, b]}\n",
                    "Alla var {{ all }}.",
                ),
                changed(
                    "figures:\n  a: {label: unga, count: 11, counts: persons}\n  b: {label: äldre, count: 12, counts: persons}\n  c: {label: okända, count: 3, counts: persons}\n  all: {label: alla, sum: [a, b, c]}\n",
                    "Alla var {{ all }}.",
                    "all, c",
                ),
            ],
            &[&["in liten/1.0/: Alla var 23", "in liten/1.1/: Alla var 26"]],
            &["c"],
        ),
        Leak::new(
            ("the row that was hidden is gone, and what protected it is shown", Outcome::Masked),
            vec![protected(with_norr, table), changed(without, table, "visits")],
            &[
                &["in liten/1.0/: Norr | 3"],
                &["in liten/1.0/: Totalt | 36", "in liten/1.1/: Totalt | 33"],
                &[
                    "in liten/1.0/: Totalt | 36",
                    "in liten/1.1/: Söder | 9",
                    "in liten/1.1/: Öster | 8",
                    "in liten/1.1/: Väster | 16",
                ],
            ],
            &["visits.norr.women"],
        ),
        Leak::new(
            ("two rows that were hidden are gone", Outcome::Masked),
            vec![protected(with_two, table), changed(without, table, "visits")],
            &[&["in liten/1.0/: Norr | 1"], &["in liten/1.0/: Totalt | 36", "in liten/1.1/: Totalt | 33"]],
            &["visits.norr.women"],
        ),
        Leak::new(
            ("the whole before, the other group now, of case rows", Outcome::Masked),
            vec![
                open(figures, "I Farsta fanns {{ farsta }} personer."),
                protected(figures, "I Farsta fanns {{ farsta | women }} kvinnor."),
            ],
            &[&["in liten/1.0/: I Farsta fanns 15", "in liten/1.1/: I Farsta fanns 12"]],
            &["farsta.men"],
        )
        .of_rows(few),
        Leak::new(
            ("counted and published before there was a policy", Outcome::Told),
            vec![open(counted, "{{ table units }}"), protected(counted, "Ny text.\n\n{{ table units }}")],
            &[&["in liten/1.0/: Farsta | 12 | 3"]],
            &["units.farsta.men", "1.0"],
        )
        .of_rows(few),
        Leak::new(
            ("a small number that was printed is another now", Outcome::Masked),
            vec![open(with_norr, table), changed(revised, table, "visits")],
            &[
                &["in liten/1.1/: Norr | 4"],
                &["in liten/1.1/: 3 | 4"],
                &["in liten/1.1/: från 3 till 4"],
                &["in liten/1.1/: Totalt | 37"],
            ],
            &["visits.norr.women"],
        ),
        Leak::new(
            ("by sex in a sentence", Outcome::Told),
            vec![open(NORR, "Dit kom {{ norr | by sex }}."), protected(NORR, "Dit kom {{ norr }} personer.")],
            &[&["in liten/1.0/: Dit kom 3 kvinnor och 17 män"]],
            &["norr.women", "1.0"],
        ),
        Leak::new(
            ("two versions before", Outcome::Masked),
            vec![
                open(NORR, "Dit kom {{ norr | men }} män."),
                changed(NORR, "Ny text.", "norr"),
                protected(NORR, "Dit kom {{ norr }} personer."),
            ],
            &[&["in liten/1.0/: Dit kom 17 män", "in liten/1.2/: Dit kom 20 personer"]],
            &["norr.women"],
        ),
        Leak::new(
            ("a column of percentages, and now its base", Outcome::Masked),
            vec![open(shares, table), changed(bases, table, "visits")],
            &[&["in liten/1.0/: Norr | 15", "in liten/1.1/: Norr | 20"]],
            &["visits.norr.plans"],
        ),
        Leak::new(
            ("men before, all now, of one row", Outcome::Masked),
            vec![
                open(with_norr, "I Norr var {{ visits.norr | men }} män."),
                protected(with_norr, "I Norr var {{ visits.norr }} personer."),
            ],
            &[&["in liten/1.0/: I Norr var 17", "in liten/1.1/: I Norr var 20"]],
            &["visits.norr.women"],
        ),
    ]
}

/// Findings and case rows of the versions.
struct Sources {
    with_norr: String,
    with_two: String,
    without: String,
    /// Norr has another number.
    revised: String,
    /// Case rows of which few are of one kind.
    few: String,
    /// A table that shows percentages, and one that shows what they are of.
    shares: String,
    bases: String,
    /// A table and a figure that are counted of the case rows.
    counted: String,
    figures: String,
}

fn sources() -> Sources {
    let others = "Söder 9 12;Öster 8 7;Väster 16 14";
    let shares = |show: &str| {
        format!(
            "tables:\n  visits:\n    caption: Planer per enhet\n    stub: Enhet\n    counts: persons\n    columns:\n      - {{id: plans, label: med plan}}\n      \
             - {{id: cases, label: ärenden}}\n    derived:\n      share: {{label: andel, share: [plans, cases]}}\n    show: [{show}]\n    rows:\n      - {{label: Norr, plans: 3, cases: 20}}\n      \
             - {{label: Söder, plans: 30, cases: 40}}\n      - {{label: Öster, plans: 31, cases: 50}}\n    source: Aktgranskning\n"
        )
    };
    let mut few = "Enhet;Kön\n".to_owned();
    for (count, row) in [(12, "Farsta;K"), (3, "Farsta;M"), (20, "Skarpnäck;K"), (18, "Skarpnäck;M")] {
        few.push_str(&format!("{row}\n").repeat(count));
    }
    Sources {
        with_norr: table(&format!("Norr 3 17;{others}")),
        with_two: table(&format!("Norr 1 17;Nyby 2 21;{others}")),
        without: table(others),
        revised: table(&format!("Norr 4 17;{others}")),
        few,
        shares: shares("share"),
        bases: shares("cases"),
        counted: format!(
            "{CASES}tables:\n  units:\n    caption: Personer per enhet\n    stub: Enhet\n    cross: {{rows: rows, by: unit, across: sex}}\n    total-row: true\n    source: Aktgranskning\n"
        ),
        figures: format!(
            "{CASES}figures:\n  farsta: {{label: personer i Farsta, count: {{rows: rows, where: {{unit: farsta}}}}}}\n"
        ),
    }
}

#[test]
fn what_two_versions_say_together_is_not_published() {
    let own = sources();
    let mut wrong = String::new();
    let only = std::env::var("VERSIONS_ONLY").unwrap_or_default();
    for leak in leaks(&own).iter().filter(|leak| leak.name.contains(&only)) {
        let (workspace, run) = built(&leak.versions, leak.rows);
        let found = judge(leak, &workspace, &run);
        if found != leak.wanted {
            let _ = writeln!(wrong, "{}: {found:?}, code {}\n{}", leak.name, run.code, told(&run).join(""));
            if run.code != 0 {
                wrong.push_str(&run.stderr);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// With numbers of ten more in the place of the small ones.
fn grown(findings: &str) -> String {
    ["women: 3,", "women: 4,", "plans: 3,", "count: 3,"]
        .iter()
        .fold(findings.to_owned(), |text, small| text.replace(small, &small.replacen(": ", ": 1", 1)))
}

/// The same versions with numbers that are large say nothing.
#[test]
fn large_numbers_of_two_versions_are_not_told() {
    let mut own = sources();
    let more = format!("{}Skarpnäck;K\n", "Farsta;M\n".repeat(10));
    own.few = own.few.replacen("Skarpnäck;K\n", &more, 1);
    let mut wrong = String::new();
    for leak in leaks(&own) {
        let grown: Vec<String> = leak.versions.iter().map(|version| grown(version.findings)).collect();
        let versions: Vec<Version> =
            leak.versions.iter().zip(&grown).map(|(version, findings)| Version { findings, ..*version }).collect();
        let (_, run) = built(&versions, leak.rows);
        if run.code != 0 || !told(&run).is_empty() {
            let _ = writeln!(wrong, "{}: code {}\n{}\n{}", leak.name, run.code, told(&run).join(""), run.stderr);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_is_public_is_said_and_stays_and_can_be_decided_on() {
    let own = sources();
    let versions =
        [open(&own.with_norr, "{{ table visits }}"), protected(&own.with_norr, "Ny text.\n\n{{ table visits }}")];
    let (workspace, run) = built(&versions, "");
    let run = run.expect(0);
    assert_eq!(told(&run).len(), 1, "{}", run.stderr);
    assert!(Surface::read(&workspace.path("output")).has("in liten/1.1/: Norr | 3 | 17 | 20"), "it stays");
    let disclosed = workspace.run(&["disclose", "liten"]).expect(0).stdout;
    assert!(disclosed.contains("visits.norr.women 3: printed in 1.0"), "{disclosed}");
    assert!(disclosed.contains("1 of them too small"), "{disclosed}");
    let json = workspace.run(&["disclose", "liten", "--format", "json"]).expect(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let small: Vec<_> =
        json[0]["public"].as_array().unwrap().iter().filter(|known| known["small"] == true).cloned().collect();
    assert_eq!(small.len(), 1, "{json}");
    assert_eq!((&small[0]["cell"], &small[0]["in"][0]), (&"visits.norr.women".into(), &"1.0".into()));
    // Check and audit say the same.
    assert!(workspace.run(&["check"]).stderr.contains("DIS015"));
    let exception = "  exceptions: [{cell: visits.norr.women, reason: Talet är publicerat., decided: 2024-02-01}]\n";
    workspace.file("belagg.yaml", format!("{RULES}{POLICY}{exception}"));
    let run = workspace.run(&["build"]).expect(0);
    assert!(told(&run).is_empty(), "{}", run.stderr);
}

#[test]
fn a_version_is_rebuilt_after_those_before_it_alone() {
    let own = sources();
    let table = "{{ table visits }}";
    let workspace = Workspace::empty();
    // What 1.2 prints would be public for 1.1, and 1.1 hid it.
    let all = [
        protected(&own.without, table),
        changed(&own.with_norr, table, "visits"),
        Version { policy: false, ..changed(&own.with_norr, "Utan skydd.\n\n{{ table visits }}", "visits") },
    ];
    for (at, version) in all.iter().enumerate() {
        write(&workspace, at, version, "");
        workspace.run(&["publish", "liten"]).expect(0);
    }
    let published = Surface::read(&workspace.path("output"));
    assert!(!published.has("in liten/1.1/: Norr | 3") && published.has("in liten/1.2/: Norr | 3"));
    workspace.run(&["verify", "--rebuild", "liten"]).expect(0);
    workspace.run(&["build"]).expect(0);
}

#[test]
fn an_account_of_changes_tells_neither_what_is_hidden_nor_what_was() {
    let own = sources();
    let table = "{{ table visits }}";
    // 1.0 hides Norr, and so does 1.1, where it is another number.
    let (workspace, run) = built(&[protected(&own.with_norr, table), changed(&own.revised, table, "visits")], "");
    run.expect(0);
    let published = Surface::read(&workspace.path("output"));
    for pattern in ["in liten/: Norr | 3", "in liten/: Norr | 4", "in liten/: från 3", "in liten/: till 4"] {
        assert!(!published.has(pattern), "{pattern}");
    }
    for other in ["diff liten 1.0", "check liten", "diff liten 1.0 --format json"] {
        let arguments: Vec<&str> = other.split(' ').collect();
        let said = workspace.run(&arguments);
        assert!(!said.stdout.contains("\"4\"") && !said.stdout.contains("3 → 4"), "{other}: {}", said.stdout);
    }
}

#[test]
fn what_another_published_report_printed_is_public() {
    let workspace = Workspace::empty();
    let press = |text: &str| {
        workspace.file(
            "content/press/report.yaml",
            "kind: report\ntitle: Nyhet\nversion: \"1.0\"\ndate: 2024-01-01\nstatus: published\npublisher: {name: Exempelstad}\n\
             imprint: {contact: Kansliet}\nchapters: [text.md]\nreports: {liten: \"1.0\"}\n",
        );
        workspace.file("content/press/text.md", format!("# Text {{#text}}\n\n{text}\n"));
    };
    write(&workspace, 0, &open(NORR, "Ingen siffra."), "");
    press("I Norr var {{ liten:norr | men }} besökare män.");
    workspace.run(&["publish", "liten"]).expect(0);
    workspace.run(&["publish", "press"]).expect(0);
    write(&workspace, 1, &protected(NORR, "Dit kom {{ norr }} personer."), "");
    let run = workspace.run(&["check", "liten"]);
    assert!(run.stderr.contains("DIS012"), "the whole would give the women away beside the men: {}", run.stderr);
    let disclosed = workspace.run(&["disclose", "liten"]).stdout;
    assert!(disclosed.contains("printed in press 1.0"), "{disclosed}");
    // The men may be told: everybody knows them.
    write(&workspace, 1, &changed(NORR, "Dit kom {{ norr | men }} män.", "norr"), "");
    workspace.run(&["publish", "liten"]).expect(0);
    // It is decided again as it was, with what was published of it then.
    workspace.run(&["verify", "--rebuild", "liten"]).expect(0);
}
