//! How it is told why a number is hidden: the arithmetic, the places, and what could be written instead.

use super::{CHAPTER, POLICY, ROWS, counted_report, disclosed, draft};

const FINDINGS: &str = "figures:
  cases: {label: granskade ärenden, women: 40, men: 40}
  plans: {label: ärenden med plan, women: 3, men: 30, base: cases}
tables:
  visits:
    caption: Besök per enhet
    stub: Enhet
    columns: [women, men]
    base: cases
    total-column: true
    total-row: true
    rows:
      - {label: Norr, women: 3, men: 20}
      - {label: Söder, women: 14, men: 9}
      - {label: Öster, women: 12, men: 4}
    source: Granskningen
";

#[test]
fn each_cell_hidden_for_another_says_by_which_sum_it_would_give_it_away() {
    let workspace = draft(POLICY, FINDINGS, CHAPTER);
    let told = workspace.run(&["disclose", "liten"]).expect(0).stdout;
    let said = |name: &str, words: &str| {
        assert!(told.lines().any(|line| line.contains(name) && line.contains(words)), "{name}: {words}\n{told}");
    };
    said("visits.norr.men", "would give away `visits.norr.women`: 23 (visits.norr.total) − 20 (visits.norr.men) = 3");
    said("plans.men", "would give away `plans.women`: 33 (plans) − 30 (plans.men) = 3");
    said("visits.oster.women", "= 3");
    said("visits.norr.women", "Norr, Kvinnor");
    // Every sum is true, and has the number itself among its terms: without it nothing would follow.
    let report = disclosed(&workspace);
    let mut seen = 0;
    for row in report["hidden"].as_array().unwrap().iter().filter(|row| !row["protects"].is_null()) {
        let sum = &row["gives-away"]["sums"][0];
        let number = |value: &serde_json::Value| value.as_i64().unwrap();
        let terms = sum["terms"].as_array().unwrap();
        let added: i64 = terms.iter().map(|term| number(&term["times"]) * number(&term["value"])).sum();
        assert_eq!(added + number(&sum["constant"]), number(&sum["divisor"]) * number(&sum["result"]), "{row:#}");
        assert!(terms.iter().any(|term| term["cell"] == row["cell"]), "{row:#}");
        assert_eq!(row["gives-away"]["low"], row["gives-away"]["high"]);
        seen += 1;
    }
    assert_eq!(seen, 3, "{report:#}");
}

#[test]
fn counted_numbers_say_by_which_sum_too() {
    let workspace = counted_report(POLICY, ROWS, &[("Norr", 2, 30), ("Söder", 8, 9), ("Öster", 12, 11)]);
    let report = disclosed(&workspace);
    let secondary: Vec<_> =
        report["hidden"].as_array().unwrap().iter().filter(|row| !row["protects"].is_null()).collect();
    assert!(!secondary.is_empty());
    for row in secondary {
        assert!(row["gives-away"]["sums"][0]["terms"].as_array().is_some_and(|terms| !terms.is_empty()), "{row:#}");
    }
}

#[test]
fn what_cannot_be_protected_is_named_with_its_arithmetic_and_its_places() {
    // Öster is small too and stands before, but what is given away is the number of Söder.
    let findings = FINDINGS
        .replace("{label: Norr, women: 3, men: 20}", "{label: Norr, women: 3, men: 4}")
        .replace("{label: Söder, women: 14, men: 9}", "{label: Söder, women: 14, men: 2}");
    let kept = format!("{POLICY}  never-hide: [visits.soder.women, visits.soder.total]\n");
    let run = draft(&kept, &findings, CHAPTER).run(&["check", "--format", "json"]).expect(1);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let all = found.as_array().unwrap();
    let fault = all.iter().find(|found| found["code"] == "DIS011").unwrap();
    let message = fault["message"].as_str().unwrap();
    assert!(message.contains("`visits.soder.men` (Söder, Män) is 2"), "{message}");
    assert!(message.contains("16 (visits.soder.total) − 14 (visits.soder.women) = 2"), "{message}");
    // Where it stands, and where what it follows from does.
    let text = fault.to_string();
    assert!(text.contains("16: Söder, Totalt") && text.contains("14: Söder, Kvinnor"), "{fault:#}");
    // Sentences around what is hidden until then are not told of one by one.
    assert!(all.iter().all(|found| found["code"] != "DIS012"), "{found:#}");
}

#[test]
fn a_sentence_with_a_hidden_share_says_which_number_why_and_what_to_write() {
    let chapter = format!(
        "{CHAPTER}\nAv kvinnorna hade {{{{ plans | women | percent }}}} en plan. I Norr besöktes {{{{ visits.norr | men }}}} män.\n"
    );
    let told = draft(POLICY, FINDINGS, &chapter).run(&["check"]).expect(0).stderr;
    for words in [
        "warning[DIS012]: this share would tell `plans.women` (ärenden med plan, kvinnor), which is hidden: it is smaller than 5",
        "or bind what stays printed: `{{ plans | percent }}` (ärenden med plan)",
        "this sentence would print `visits.norr.men` (Norr, män), which is hidden: it would give away `visits.norr.women` (Norr, Kvinnor)",
        "or bind what stays printed: `{{ visits.norr }}` (Norr)",
        "write the sentence without the number",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    // What is bound instead is printed.
    let chapter =
        chapter.replace("plans | women | percent", "plans | percent").replace("visits.norr | men", "visits.norr");
    let run = draft(POLICY, FINDINGS, &chapter).run(&["check"]).expect(0);
    assert!(!run.stderr.contains("DIS012"), "{}", run.stderr);
}

#[test]
fn whoever_reads_data_is_told_what_is_wrong_too() {
    let workspace = draft(POLICY, &FINDINGS.replace("base: cases}", "base: case}"), CHAPTER);
    let run = workspace.run(&["disclose", "liten", "--format", "json"]).expect(1);
    let all = serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap();
    let told = all[0]["diagnostics"].as_array().unwrap();
    assert!(told.iter().any(|found| found["severity"] == "error" && found["code"] != ""), "{all:#}");
    let sound = disclosed(&draft(POLICY, FINDINGS, CHAPTER));
    let is_error = |found: &serde_json::Value| found["severity"] == "error";
    assert!(!sound["diagnostics"].as_array().unwrap().iter().any(is_error), "{sound:#}");
    let unknown = workspace.run(&["disclose", "ingen"]).expect(1);
    assert!(unknown.stdout.is_empty() && unknown.stderr.contains("ingen"), "{}{}", unknown.stdout, unknown.stderr);
}
