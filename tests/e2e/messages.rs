//! What authors read when something is wrong: file, line, column, the line itself, what to do; several at once.

use crate::workspace::{CHAPTER, REPORT, Workspace};

/// Diagnostics of a run, without the lines about progress.
fn messages(workspace: &Workspace) -> String {
    let run = workspace.run(&["check"]).expect(1);
    run.stderr.lines().filter(|line| !line.starts_with("checking ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn faults_in_findings_are_all_shown_at_once() {
    let workspace = Workspace::small();
    workspace.findings(
        "figures:\n  a: {label: ett, cuont: 3, base: cases}\n  b: {label: två, women: 21, men: 3, base: cases}\n  \
         c: {label: tre, count: tolv}\n  plans: {label: fyra, count: 1}\n  e: {label: fem, percent: 40}\n  \
         f: {label: sex, women: 2, men: 3, total: 6}\n  g: {label: sju, sum: [cases, plnas]}\n  h: {label: åtta, count: 3, base: h}\n",
    );
    insta::assert_snapshot!(messages(&workspace));
}

#[test]
fn faults_in_tables_are_all_shown_at_once() {
    let workspace = Workspace::small();
    workspace.findings(
        "tables:\n  t:\n    caption: Rubrik\n    stub: Rad\n    columns: [women, men, {id: x}]\n    rows:\n      \
         - {label: A, women: 1}\n      - {label: B, women: 1, men: 2, other: 3}\n      - {label: C, women: , men: 2}\n      \
         - {label: D, women: 1, men: 2, total: 4}\n  tom: {caption: Tom, stub: Rad, columns: [women], rows: []}\n",
    );
    insta::assert_snapshot!(messages(&workspace));
}

#[test]
fn faults_in_chapters_are_all_shown_at_once() {
    let workspace = Workspace::small();
    workspace.chapter(
        "# Resultat\n\n{{ plnas | percent }} och {{ plans | procent }} och {{ cases | percent }}.\n\n#### Djup rubrik\n\n\
         Se [](#table-visit), [här](ftp://x) och [@okand].[^saknas]\n\n<b>fet</b>\n\n{{ tabel visits }}\n\n{{ strengths öster }}\n\n\
         ![](bild.png)\n\n{{ plans | column x }} {{ plans |\n",
    );
    insta::assert_snapshot!(messages(&workspace));
}

#[test]
fn faults_in_charts_are_all_shown_at_once() {
    let workspace = Workspace::small();
    workspace.chapter("# Resultat\n\n{{ table visits }}\n\n{{ chart a }}\n\n{{ chart b }}\n\n{{ chart c }}\n\n{{ chart d }}\n\n{{ chart e }}\n");
    workspace.file("charts/liten/a.yaml", "table: visits\nmark: bar\naxis: {from: 10}\ncaption: Kapad axel\n");
    workspace.file("charts/liten/b.yaml", "table: visit\nmark: bar\ncaption: Okänd tabell\n");
    workspace.file("charts/liten/c.yaml", "table: visits\nmark: pie\ncaption: Okänd typ\n");
    workspace.file("charts/liten/d.yaml", "table: visits\nmark: dumbbell\nseries: [women]\ncaption: En serie\n");
    workspace
        .file("charts/liten/e.yaml", "table: visits\nmark: grouped-bar\nseries: [women, mne]\ncaption: Okänd kolumn\n");
    insta::assert_snapshot!(messages(&workspace));
}

#[test]
fn what_a_chart_prints_of_a_table_is_read_as_closely_as_the_table() {
    let workspace = Workspace::small();
    workspace.findings(
        "tables:\n  t:\n    {caption: C, stub: S, columns: [{id: n, label: N}], source: Q, rows: [{label: 'A [^saknas]', n: 1}, {label: B, n: 2}]}\n",
    );
    workspace.file("charts/liten/t.yaml", "table: t\nmark: bar\ncaption: T\n");
    for chapter in ["{{ chart t }}", "{{ table t }}\n\n{{ chart t }}"] {
        workspace.chapter(format!("{CHAPTER}\n{chapter}\n"));
        let run = workspace.run(&["check"]).expect(1);
        assert_eq!(run.codes().iter().filter(|code| **code == "REF002").count(), 1, "{}", run.stderr);
    }
}

#[test]
fn faults_in_the_report_file_are_all_shown_at_once() {
    let workspace = Workspace::small();
    workspace.file(
        "content/liten/report.yaml",
        "kind: inspection-raport\ntitel: Liten\nversion: v1\ndate: 1 mars 2024\nstatus: publicerad\nimprint: {reference: 1}\n\
         chapters: [kapitel.md, saknas.md]\n",
    );
    workspace.file(
        "belagg.yaml",
        "language: se\ntheme: {accent: \"#ffff00\", text-font: Comic Sans}\npublisher: Exempelstad\n",
    );
    insta::assert_snapshot!(messages(&workspace));
}

#[test]
fn machines_get_json() {
    let workspace = Workspace::small();
    workspace.chapter("# Resultat\n\n{{ plnas }}\n");
    let run = workspace.run(&["check", "--format", "json"]).expect(1);
    let all: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let unknown = all.as_array().unwrap().iter().find(|d| d["code"] == "FIG001").unwrap();
    assert_eq!(unknown["place"]["file"], "content/liten/kapitel.md");
    assert_eq!((&unknown["place"]["line"], &unknown["place"]["column"]), (&3.into(), &4.into()));
    assert_eq!(unknown["severity"], "error");
    assert!(run.stderr.is_empty(), "{}", run.stderr);
}

#[test]
fn a_share_without_evidence_is_one_finding() {
    let workspace = Workspace::small();
    workspace.chapter(format!("{CHAPTER}\nRutin finns i 16 av 50 hem (32 procent). Av 30 hem saknar 12 (40 procent) en chef och 9 en vikarie.\n"));
    let run = workspace.run(&["check", "--format", "json"]).expect(0);
    let all: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let found: Vec<&serde_json::Value> = all.as_array().unwrap().iter().filter(|d| d["code"] == "EVI001").collect();
    let messages: Vec<&str> = found.iter().map(|d| d["message"].as_str().unwrap()).collect();
    assert_eq!(
        messages,
        [
            "no figure stands behind the 3 numbers of `16 av 50 hem (32 procent)`",
            "no figure stands behind the 3 numbers of `30 hem saknar 12 (40 procent)`",
            "no figure stands behind the number `9`"
        ]
    );
    // What is the value of some figure is said number by number.
    let help = found[0]["help"][0].as_str().unwrap();
    assert!(help.starts_with("`16` is also the value of `plans`"), "{help}");
    let sarif: serde_json::Value =
        serde_json::from_str(&workspace.run(&["check", "--format", "sarif"]).expect(0).stdout).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let first = results.iter().find(|result| result["ruleId"] == "EVI001").unwrap();
    let region = &first["locations"][0]["physicalLocation"]["region"];
    let columns = region["endColumn"].as_u64().unwrap() - region["startColumn"].as_u64().unwrap();
    assert_eq!(columns as usize, "16 av 50 hem (32 procent)".chars().count());
}

#[test]
fn a_place_has_its_line_in_json() {
    let workspace = Workspace::small();
    workspace.findings("figures:\n  homes: {label: hem med rutin, count: 12}\n  homes: {label: hem, count: 13}\n");
    let run = workspace.run(&["check", "--format", "json"]).expect(1);
    let all: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let found =
        all.as_array().unwrap().iter().find(|d| d["place"]["file"] == "content/liten/findings/fler.yaml").unwrap();
    assert_eq!(found["place"]["text"], "homes: {label: hem, count: 13}", "{found}");
}

#[test]
fn an_unknown_report_names_the_nearest() {
    let run = Workspace::small().run(&["build", "litn"]).expect(1);
    assert!(run.stderr.contains("did you mean `liten`?"), "{}", run.stderr);
}

/// Byte of a line and a column in characters, each counted from 1.
fn offset(text: &str, line: &serde_json::Value, column: &serde_json::Value) -> usize {
    let (line, column) = (line.as_u64().unwrap() as usize, column.as_u64().unwrap() as usize);
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    start + text[start..].chars().take(column - 1).map(char::len_utf8).sum::<usize>()
}

const EDITED: &str = "# Resultat\n\n🙂 I {{ plnas | full }} finns en plan, se [](#table-visits).\n\n{{ table visits }}\n\n\
                      🙂🙂 Rapporten bygger på 40 granskade ärenden... Och {{ plans | precent }}.\n";
const WANTED: &str = "# Resultat\n\n🙂 I {{ plans | full }} finns en plan, se [](#table-visits).\n\n{{ table visits }}\n\n\
                      🙂🙂 Rapporten bygger på {{ cases }} granskade ärenden… Och {{ plans | percent }}.\n";

/// What a program makes of a file that applies all edits, the last first.
fn applied(text: &str, mut edits: Vec<(usize, usize, String)>) -> String {
    edits.sort();
    let mut out = text.to_owned();
    for (start, end, replacement) in edits.into_iter().rev() {
        out.replace_range(start..end, &replacement);
    }
    out
}

/// A file whose name must be encoded in an address.
fn to_edit() -> Workspace {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", REPORT.replace("[kapitel.md]", "[\"Å 100 %.md\"]"));
    workspace.file("content/liten/Å 100 %.md", EDITED);
    workspace
}

#[test]
fn a_program_mends_a_file_by_the_edits_of_json() {
    let run = to_edit().run(&["check", "--format", "json"]).expect(1);
    let all: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let edits: Vec<&serde_json::Value> =
        all.as_array().unwrap().iter().flat_map(|d| d["edits"].as_array().unwrap()).collect();
    assert!(edits.iter().all(|edit| edit["file"] == "content/liten/Å 100 %.md"), "{edits:?}");
    let certain: Vec<&str> =
        edits.iter().filter(|edit| edit["certain"] == true).map(|edit| edit["replacement"].as_str().unwrap()).collect();
    assert_eq!(certain, ["{{ cases }}", "…"]);
    let edit = |edit: &&serde_json::Value| {
        let at = |line: &str, column: &str| offset(EDITED, &edit[line], &edit[column]);
        (at("line", "column"), at("end_line", "end_column"), edit["replacement"].as_str().unwrap().to_owned())
    };
    assert_eq!(applied(EDITED, edits.iter().map(edit).collect()), WANTED);
    let unknown = all.as_array().unwrap().iter().find(|d| d["code"] == "FIG001").unwrap();
    let ends = ["line", "column", "end_line", "end_column"].map(|key| unknown["place"][key].as_u64().unwrap());
    assert_eq!(ends, [3, 8, 3, 13]);
}

#[test]
fn a_program_mends_a_file_by_the_fixes_of_sarif() {
    let run = to_edit().run(&["check", "--format", "sarif"]).expect(1);
    let log: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let run = &log["runs"][0];
    assert_eq!((&log["version"], &run["columnKind"]), (&"2.1.0".into(), &"unicodeCodePoints".into()));
    let results = run["results"].as_array().unwrap();
    // What the schema of SARIF 2.1.0 asks for in these objects (the whole log was held against it when this was written).
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(run["tool"]["driver"]["name"] == "belagg" && log["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    for result in results {
        assert!(!result["message"]["text"].as_str().unwrap().is_empty(), "{result}");
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()), "{result}");
        for place in
            [&result["locations"], &result["relatedLocations"]].into_iter().flat_map(|all| all.as_array().unwrap())
        {
            let region = &place["physicalLocation"]["region"];
            let [from, to] = [("startLine", "startColumn"), ("endLine", "endColumn")]
                .map(|(line, column)| (region[line].as_u64().unwrap(), region[column].as_u64().unwrap()));
            assert!((1, 1) <= from && from <= to && from.1 > 0 && to.1 > 0, "{region}");
            let uri = place["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
            assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()), "{uri}");
        }
    }
    let changes: Vec<&serde_json::Value> = results
        .iter()
        .flat_map(|result| result["fixes"].as_array().unwrap())
        .flat_map(|fix| fix["artifactChanges"].as_array().unwrap())
        .collect();
    assert!(changes.iter().all(|change| change["artifactLocation"]["uri"] == "content/liten/%C3%85%20100%20%25.md"));
    let edits = changes.iter().flat_map(|change| change["replacements"].as_array().unwrap()).map(|replacement| {
        let region = &replacement["deletedRegion"];
        let at = |line: &str, column: &str| offset(EDITED, &region[line], &region[column]);
        let text = replacement["insertedContent"]["text"].as_str().unwrap().to_owned();
        (at("startLine", "startColumn"), at("endLine", "endColumn"), text)
    });
    assert_eq!(applied(EDITED, edits.collect()), WANTED);
}

/// What is printed with some of the variables that speak of colour, on a terminal or not.
#[cfg(unix)]
fn coloured(variables: &[(&str, &str)], arguments: &str, terminal: bool) -> bool {
    let workspace = Workspace::small();
    workspace.chapter("# Resultat\n\n{{ plnas }}\n");
    let command = format!("'{}' check {arguments}", crate::workspace::program());
    let mut run = if terminal { std::process::Command::new("script") } else { std::process::Command::new("sh") };
    if terminal {
        run.args(["-qec", &command, "/dev/null"])
    } else {
        run.args(["-c", &command])
    };
    let run = run
        .current_dir(workspace.path(""))
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env("TERM", "xterm")
        .envs(variables.iter().copied())
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let said = [run.stdout, run.stderr].concat();
    assert!(String::from_utf8_lossy(&said).contains("FIG001"), "{}", String::from_utf8_lossy(&said));
    // Colours, not the codes by which a line about progress is taken away.
    String::from_utf8_lossy(&said).split("\u{1b}[").skip(1).any(|rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m') && !rest.starts_with('m')
    })
}

#[cfg(unix)]
#[test]
fn colour_is_what_the_command_line_the_environment_and_the_terminal_say() {
    let (no, force) = (("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1"));
    assert!(!coloured(&[], "", false));
    assert!(coloured(&[force], "", false), "CLICOLOR_FORCE");
    assert!(!coloured(&[force, no], "", false), "NO_COLOR comes first");
    assert!(
        !coloured(&[("CLICOLOR_FORCE", "")], "", false) && coloured(&[force, ("NO_COLOR", "")], "", false),
        "empty"
    );
    assert!(coloured(&[no], "--color always", false) && !coloured(&[force], "--color never", false));
    // util-linux has a terminal for a program; where it is not installed, the rest holds.
    if std::process::Command::new("script").arg("--version").output().is_ok_and(|run| run.status.success()) {
        assert!(coloured(&[], "", true) && !coloured(&[no], "", true) && !coloured(&[("NO_COLOR", "false")], "", true));
    }
}

#[test]
fn what_follows_from_what_was_refused_is_not_told() {
    let workspace = Workspace::small();
    workspace.file("content/liten/data/c.csv", "Nr;Typ;Tal\n1;a;1,234\n2;b;2,345\n");
    workspace.file("content/liten/data/d.csv", "label;b\na;1,234\nc;2,345\n");
    workspace.findings(
        "datasets:\n  c: {label: ärenden, file: data/c.csv, id: Nr, columns: {kind: Typ, n: {header: Tal, type: number}}}\nfigures:\n  n: {label: ärenden, count: {rows: c}}\n  \
         mean: {label: snitt, average: {rows: c, column: n}}\n  sum: {label: summa, sum: [mean, n]}\n  big: {label: störst, max: {table: d, column: b}}\n  \
         cell: {label: cell, cell: {table: d, row: a, column: b}}\n  bad: 12\ntables:\n  t: {caption: T, stub: S, cross: {rows: c, by: kind, measures: [{id: m, label: M, average: n}]}, source: X}\n  \
         d: {caption: D, stub: S, csv: data/d.csv, columns: [{id: b, label: B, type: amount}], source: X}\n  \
         e: {caption: E, stub: S, columns: [{id: b, label: B, type: amount, unit: kr}], rows: [{label: A, b: 3}], source: X, derived: {x: {label: X, from: {table: d, column: b}}}}\n",
    );
    workspace.file("charts/liten/k.yaml", "table: d\nmark: bar\ncaption: K\n");
    workspace.chapter(
        "# Resultat\n\n{{ plans }} {{ n }}, {{ mean | percent }}, {{ d.a | column b }} {{ sum }} {{ bad }} [](#table-d) [](#chart-k)\n\n{{ table visits }}\n\n{{ table t }}\n\n{{ table d }}\n\n{{ table e }}\n\n{{ chart k }}\n",
    );
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(run.codes(), ["KEY003", "DAT014", "DAT014", "DAT014", "DAT014"], "{}", run.stderr);
    // What is not there though nothing of the name was refused is told as before.
    workspace.chapter(
        "# Resultat\n\n{{ plans }} {{ m }} {{ f.a }} [](#table-f) {{ d.a }}\n\n{{ table visits }}\n\n{{ chart l }}\n",
    );
    let run = workspace.run(&["check"]).expect(1);
    let unknown: Vec<&str> =
        run.codes().into_iter().filter(|code| !["KEY003", "DAT014", "TXT010"].contains(code)).collect();
    assert_eq!(unknown, ["FIG001", "FIG001", "REF001", "CHT004"], "{}", run.stderr);
}

#[test]
fn what_a_file_defines_that_cannot_be_read_is_not_told_to_be_unknown() {
    let workspace = Workspace::small();
    workspace.findings("figures: {n: [\n");
    workspace.chapter("# Resultat\n\n{{ plans }} {{ n }} [](#table-t)\n\n{{ table visits }}\n\n{{ table t }}\n");
    assert_eq!(workspace.run(&["check"]).expect(1).codes(), ["YML001"]);
    workspace.findings("figures: {}\n");
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.codes().contains(&"FIG001") && run.codes().contains(&"TAB001"), "{}", run.stderr);
}

#[test]
fn a_figure_whose_base_is_refused_is_not_told_to_have_none() {
    let workspace = Workspace::small();
    workspace.findings(
        "figures:\n  asked: {label: tillfrågade, women: 24 st, men: 16}\n  answers: {label: svar, women: 5, men: 3, base: asked}\n",
    );
    workspace.chapter("# Resultat\n\nSvar gav {{ answers | full }}.\n");
    let told = messages(&workspace);
    assert!(told.contains("`women` must be a number") && !told.contains("FIG002"), "{told}");
}

#[test]
fn a_figure_without_value_is_told_the_groups_of_its_workspace() {
    let workspace = Workspace::small();
    let settings = workspace.read("belagg.yaml");
    workspace.file("belagg.yaml", format!("{settings}breakdowns:\n  age: {{label: ålder, groups: [0–17, 18–64]}}\n"));
    workspace.findings("figures:\n  visitors: {label: besökare, source: räkning}\n");
    let told = messages(&workspace);
    assert!(told.contains("add the groups of a breakdown (`0-17`, `18-64`), `count`"), "{told}");
}
