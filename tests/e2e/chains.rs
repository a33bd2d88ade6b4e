//! What is made of what is made of something: long chains compute, and what would explode is refused. What grows faster than it should does not end here
//! in anybody's patience; how time grows is measured by scripts/growth.

use std::fmt::Write as _;

use crate::workspace::{CHAPTER, REPORT, Workspace};

/// The last figure first, so that each leads to one that is not computed yet.
fn chain(length: usize) -> String {
    let mut out = "figures:\n".to_owned();
    for at in (1..=length).rev() {
        writeln!(out, "  f{at}: {{label: steg {at}, sum: [f{}, ett]}}", at - 1).unwrap();
    }
    out + "  f0: {label: början, count: 1}\n  ett: {label: ett ärende, count: 1}\n"
}

#[test]
fn a_chain_of_sums_is_as_long_as_it_likes() {
    let workspace = Workspace::small();
    workspace.findings(chain(40_000));
    workspace.chapter(format!("{CHAPTER}\nKedjan ger {{{{ f40000 }}}} ärenden.\n"));
    let run = workspace.run(&["explain", "liten:f40000"]).expect(0);
    assert!(run.stdout.starts_with("- f40000: steg 40000 = 40\u{a0}001\n"), "{}", &run.stdout[..200]);
    assert!(run.stdout.contains("(39999) f1: steg 1 = 2\n") && run.stdout.len() < 20_000_000);
    // Nobody reads a page about each step of so long a chain.
    workspace.run(&["check"]).expect(0);
}

#[test]
fn a_circle_is_told_once_and_in_few_words() {
    let workspace = Workspace::small();
    workspace.findings(chain(5000).replace("f0: {label: början, count: 1}", "f0: {label: början, sum: [f5000, ett]}"));
    let run = workspace.run(&["check"]).expect(1);
    let circles = run.codes().iter().filter(|code| **code == "FIG003").count();
    assert_eq!(circles, 1, "{}", run.stderr);
    assert!(run.stderr.contains("(5001 figures)") && run.stderr.len() < 20_000, "{}", run.stderr.len());
}

#[test]
fn a_label_that_binds_itself_many_times_is_told_at_once() {
    let workspace = Workspace::small();
    let label = "{{ a | label }}".repeat(60);
    workspace.findings(format!(
        "figures:\n  a: {{label: '{label}', count: 1}}\n  b: {{label: '{{{{ c | label }}}}', count: 1}}\n  c: {{label: '{{{{ b | label }}}}', count: 1}}\n"
    ));
    let many = "Det var {{ a | label }} och {{ b | label }}.\n\n".repeat(300);
    workspace.chapter(format!("# Resultat\n\n{many}"));
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("texts bind each other in a circle") && run.stderr.len() < 200_000, "{}", run.stderr);
}

#[test]
fn reports_that_build_on_the_two_before_them_are_loaded_once() {
    let workspace = Workspace::empty();
    for at in 0..24_usize {
        let before: Vec<usize> = [at.checked_sub(1), at.checked_sub(2)].into_iter().flatten().collect();
        let named: Vec<String> = before.iter().map(|other| format!("r{other}: \"1.0\"")).collect();
        let report = REPORT.replace("chapters:", &format!("reports: {{{}}}\nchapters:", named.join(", ")));
        let report = if before.is_empty() { REPORT.to_owned() } else { report };
        workspace.file(&format!("content/r{at}/report.yaml"), report);
        let parts: Vec<String> = before.iter().map(|other| format!("\"r{other}:n\"")).collect();
        let figure = match parts.len() {
            0 => "count: 1".to_owned(),
            1 => format!("sum: [{}, one]", parts[0]),
            _ => format!("sum: [{}]", parts.join(", ")),
        };
        workspace.file(
            &format!("content/r{at}/findings/f.yaml"),
            format!("figures:\n  one: {{label: ett ärende, count: 1}}\n  n: {{label: ärenden, {figure}}}\n"),
        );
        workspace.file(&format!("content/r{at}/kapitel.md"), "# Resultat {#resultat}\n\nDet finns {{ n }} ärenden.\n");
    }
    workspace.run(&["build", "r23"]).expect(0);
    let page = workspace.read("output/r23/1.0/index.html");
    assert!(page.contains(">75\u{a0}025<"), "the twenty-fourth number of Fibonacci's, and one");
    // What those reports have from others is behind the number, each once.
    assert_eq!(page.matches("<div id=\"Made-").count(), 24 + 1, "a figure of each report, and one of the first");
    // A report that is not named gives nothing.
    workspace.file(
        "content/r23/kapitel.md",
        "# Resultat {#resultat}\n\nDet finns {{ n }} ärenden och {{ r3:n }}, {{ r22:r21:n }}.\n",
    );
    let run = workspace.run(&["check", "r23"]).expect(1);
    assert_eq!(run.codes().iter().filter(|code| **code == "FIG001").count(), 2, "{}", run.stderr);
    assert!(!run.stderr.contains("`:r"), "{}", run.stderr);
}

#[test]
fn reports_that_build_on_each_other_for_ever_are_refused() {
    let workspace = Workspace::empty();
    for at in 0..80_usize {
        let report = match at.checked_sub(1) {
            Some(before) => REPORT.replace("chapters:", &format!("reports: {{r{before}: \"1.0\"}}\nchapters:")),
            None => REPORT.to_owned(),
        };
        workspace.file(&format!("content/r{at}/report.yaml"), report);
        workspace.file(&format!("content/r{at}/kapitel.md"), "# Resultat {#resultat}\n\nText.\n");
    }
    let run = workspace.run(&["check", "r79"]).expect(1);
    assert!(run.stderr.contains("reports build on each other more than 64 deep"), "{}", run.stderr);
    workspace.run(&["check", "r60"]).expect(0);
}

#[test]
fn labels_that_bind_labels_do_not_explode() {
    let workspace = Workspace::small();
    let mut findings = "figures:\n  f0: {label: a, count: 1}\n".to_owned();
    for at in 1..8 {
        let binding = format!("{{{{ f{} | label }}}} ", at - 1);
        writeln!(findings, "  f{at}: {{label: \"{}\", count: {at}}}", binding.repeat(6).trim_end()).unwrap();
    }
    workspace.findings(&findings);
    workspace.chapter(format!("{CHAPTER}\nDet är {{{{ f7 | label }}}}.\n"));
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(run.codes(), ["FIG003"], "{}", run.stderr);
    assert!(run.stderr.contains("kapitel.md:7:"), "{}", run.stderr);
    // Few are as they were.
    workspace.chapter(format!("{CHAPTER}\nDet är {{{{ f2 | label }}}}.\n"));
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    let words: String = page.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    assert!(words.contains(&format!("Det är {}.", vec!["a"; 36].join(" "))), "six times six");
}

#[test]
fn chains_of_every_kind_give_an_answer_or_a_message() {
    const LENGTH: usize = 5000;
    type Step = fn(usize) -> String;
    let kinds: [(Step, Option<&str>); 5] = [
        (|before| format!("label: steg, difference: [f{before}, ett]"), None),
        (|before| format!("label: steg, ratio: [f{before}, ett]"), None),
        (|before| format!("label: steg, count: 1, base: f{before}"), None),
        (|before| format!("label: '{{{{ f{before} | label }}}}', count: 1"), Some("FIG003")),
        (|before| format!("label: steg, text: '{{{{ f{before} }}}}'"), Some("FIG003")),
    ];
    for (step, code) in kinds {
        let workspace = Workspace::small();
        let mut all = "figures:\n  ett: {label: ett ärende, count: 1}\n  f0: {label: början, count: 9000}\n".to_owned();
        (1..=LENGTH).rev().for_each(|at| writeln!(all, "  f{at}: {{{}}}", step(at - 1)).unwrap());
        workspace.findings(all);
        workspace.chapter(format!("{CHAPTER}\n{{{{ f{LENGTH} }}}} och {{{{ f{LENGTH} | label }}}} är sist.\n"));
        for command in ["check", "build"] {
            let run = workspace.run(&[command]);
            assert_eq!(run.code, i32::from(code.is_some()), "{}: {}", step(0), run.stderr);
            assert_eq!(run.codes().iter().find(|found| **found == "FIG003").copied(), code, "{}", run.stderr);
        }
        workspace.run(&["audit"]).expect(0);
        workspace.run(&["explain", &format!("liten:f{LENGTH}")]).expect(0);
    }
}
