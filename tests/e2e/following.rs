//! Words and units that follow data: "fler", "minskade", "2,2 miljoner kronor".

use crate::workspace::Workspace;

/// What a line of a chapter prints, in a report of this language.
fn printed(language: &str, figures: &str, line: &str) -> String {
    let workspace = Workspace::small();
    workspace.file("belagg.yaml", format!("language: {language}\nrules: {{TAB012: off, TAB013: off}}\n"));
    workspace.findings(format!("figures:\n{figures}"));
    workspace.chapter(format!("# Resultat {{#resultat}}\n\nA {line} Z\n\n{{{{ table visits }}}}\n"));
    workspace.run(&["build"]).expect(0);
    let page = workspace.page("liten");
    let item = page.split("<p>A ").nth(1).and_then(|rest| rest.split(" Z</p>").next()).unwrap();
    let words: String = item.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    words.replace('\u{a0}', " ")
}

fn figures(then: u32, now: u32) -> String {
    format!(
        "  then: {{label: ärenden förra året, count: {then}}}\n  now: {{label: ärenden i år, count: {now}}}\n  gone: {{label: förändring, change: [then, now]}}\n  cost: {{label: kostnad, amount: 2190, unit: tkr}}\n"
    )
}

#[test]
fn a_sentence_turns_with_its_data() {
    let line = "{{ now | more-or-less then | capital }} ärenden {{ now | than then }} förut; antalet {{ gone | increased-or-decreased }}, {{ gone | increase-or-decrease }}.";
    let told = |then, now| printed("sv", &figures(then, now), line);
    assert_eq!(told(30, 40), "Fler ärenden än förut; antalet ökade, en ökning.");
    assert_eq!(told(40, 30), "Färre ärenden än förut; antalet minskade, en minskning.");
    assert_eq!(told(40, 40), "Lika många ärenden som förut; antalet var oförändrat, ingen förändring.");
    let line = "{{ now | more-or-less then | capital }} cases {{ now | than then }} before; the number {{ gone | has-increased-or-decreased }}.";
    assert_eq!(printed("en", &figures(40, 30), line), "Fewer cases than before; the number has decreased.");
    assert_eq!(printed("en", &figures(40, 40), line), "As many cases as before; the number is unchanged.");
}

#[test]
fn an_amount_is_told_in_another_unit_without_a_helper_figure() {
    let cost = |language: &str, binding: &str| printed(language, &figures(1, 2), binding);
    assert_eq!(cost("sv", "{{ cost | scale mnkr }}"), "2,2 miljoner kronor");
    assert_eq!(cost("en", "{{ cost | scale mnkr 2 }}"), "2.19 million kronor");
    assert_eq!(cost("sv", "{{ cost | scale mdkr 0 }}"), "0,002 miljarder kronor", "something is never printed as none");
    assert_eq!(cost("sv", "från {{ cost | unit none }} till {{ cost }}"), "från 2 190 till 2 190 tkr");
}

#[test]
fn a_word_that_is_bound_is_explained_and_right_by_construction() {
    let workspace = Workspace::small();
    workspace.file("belagg.yaml", "rules: {TAB012: off, TAB013: off}\n");
    workspace.findings("figures:\n  then: {label: ärenden förra året, count: 10000}\n  now: {label: ärenden i år, count: 10004}\n  gone: {label: förändring, change: [then, now]}\n");
    let chapter = |word: &str| {
        format!(
            "# Resultat {{#resultat}}\n\nAntalet {word} med 3 procent, från {{{{ then }}}} till {{{{ now }}}} ärenden.\n\n{{{{ table visits }}}}\n"
        )
    };
    workspace.chapter(chapter("minskade"));
    let typed = workspace.run(&["check", "--all"]);
    assert!(typed.stderr.contains("EVI") && typed.stderr.contains("liten"), "{}", typed.stderr);
    workspace.chapter("# Resultat {#resultat}\n\nAntalet {{ gone | increased-or-decreased }} från {{ then }} till {{ now }} ärenden.\n\n{{ table visits }}\n");
    let bound = workspace.run(&["check", "--all"]).expect(0);
    assert!(!bound.stderr.contains("kapitel.md:3"), "{}", bound.stderr);
    // The page explains the word like a number, and the record says that the section rests on both figures.
    workspace
        .chapter("# Resultat {#resultat}\n\nDet var {{ now | more-or-less then }} ärenden.\n\n{{ table visits }}\n");
    workspace.run(&["publish", "liten"]).expect(0);
    let record = workspace.read("content/liten/versions/1.0.yaml");
    for figure in ["now", "then"] {
        let entry = record.split(&format!("\n    {figure}:\n")).nth(1).unwrap_or_default();
        let used = entry
            .lines()
            .take_while(|line| line.starts_with("      "))
            .any(|line| line.contains("used: [\"resultat\"]"));
        assert!(used, "{figure}: {record}");
    }
}
