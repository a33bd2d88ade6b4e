//! A text that was pasted and has no figures yet: people are told of it in few messages, programs of every place.

use crate::workspace::Workspace;

fn messages(said: &str) -> usize {
    said.lines().filter(|line| ["error[", "warning[", "info["].iter().any(|lead| line.starts_with(lead))).count()
}

#[test]
fn a_pasted_report_does_not_drown_its_author() {
    let workspace = Workspace::fixture("pasted");
    let numbers = workspace.run(&["audit", "forskola"]).expect(0).stdout;
    assert!(numbers.lines().filter(|line| line.ends_with("without evidence")).count() >= 160, "{numbers}");
    let run = workspace.run(&["check", "forskola"]).expect(0);
    assert!((10..=60).contains(&messages(&run.stderr)), "{}", run.stderr);
    // What a rule advises is said once, a remark when it is asked for, and the table counts all of them.
    assert_eq!(run.stderr.matches("help: define a figure in findings/ and bind it").count(), 1, "{}", run.stderr);
    assert!(!run.stderr.contains("info[") && run.stderr.contains("`belagg check --all` shows the remarks"));
    let all: serde_json::Value =
        serde_json::from_str(&workspace.run(&["check", "forskola", "--format", "json"]).expect(0).stdout).unwrap();
    let found = |code: &str| all.as_array().unwrap().iter().filter(|one| one["code"] == code).count();
    assert!(found("EVI001") >= 130);
    for code in ["EVI001", "EVI009", "LAN002"] {
        let row = run.stderr.lines().find(|line| line.starts_with(&format!("{code} "))).expect("a row of the table");
        assert_eq!(row.split_whitespace().nth(1), Some(found(code).to_string().as_str()), "{row}");
        assert!(row.contains("most in content/forskola/text.md, "), "{row}");
    }
    // All places are told: those of a paragraph beside each other, those that are not shown by their lines.
    let shown = all.as_array().unwrap().iter().filter(|one| one["severity"] != "info");
    for line in shown.filter_map(|one| one["place"]["line"].as_u64()) {
        let told = [format!("text.md:{line}:"), format!("note: {line}:"), format!(" {line},"), format!(" {line})")];
        assert!(told.iter().any(|place| run.stderr.contains(place)), "line {line}\n{}", run.stderr);
    }
    let everything = workspace.run(&["check", "forskola", "--all"]).expect(0);
    assert!(everything.stderr.contains("info[LAN002]") && messages(&everything.stderr) > messages(&run.stderr));
    assert!(!everything.stderr.contains("on other lines"));
}

#[test]
fn programs_get_one_result_for_each_place() {
    let workspace = Workspace::small();
    workspace.chapter(
        "# Resultat\n\nDet kom 71 brev, 72 kort och 73 paket.\n\n{{ table visits }}\n\n{{ plans }} {{ cases }}\n",
    );
    let human = workspace.run(&["check"]).expect(0).stderr;
    assert_eq!(messages(&human), 1, "{human}");
    for words in [
        "number `71`",
        "3:18: no figure stands behind the number `72`",
        "3:30: no figure stands behind the number `73`",
    ] {
        assert!(human.contains(words), "{human}");
    }
    for (format, place, results) in [
        ("json", "\"code\": \"EVI001\"", 3),
        ("sarif", "\"ruleId\": \"EVI001\"", 3),
        ("github", "title=EVI001", 3),
        ("gitlab", "\"check_name\": \"EVI001\"", 3),
    ] {
        let said = workspace.run(&["check", "--format", format]).expect(0).stdout;
        assert_eq!(said.matches(place).count(), results, "{said}");
        assert_eq!(said.matches("define a figure in findings/").count(), results, "each for itself: {said}");
    }
}
