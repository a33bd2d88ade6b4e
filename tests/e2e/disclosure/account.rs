//! The account of the protection for a chapter on method: `{{ disclosure }}`.

use super::{POLICY, draft};
use crate::workspace::Workspace;

const FINDINGS: &str = "figures:
  cases: {label: granskade ärenden, count: 72, counts: persons}
tables:
  visits:
    caption: Besök per enhet
    stub: Enhet
    columns: [women, men]
    total-column: true
    total-row: true
    rows:
      - {label: Norr, women: 3, men: 20}
      - {label: Söder, women: 14, men: 9}
      - {label: Öster, women: 2, men: 24}
    source: Granskningen
";

const CHAPTER: &str = "# Metod\n\nSmå tal skyddas, av {{ cases }} ärenden.\n\n{{ disclosure }}\n\n# Resultat\n\nDetta är besöken.\n\n{{ table visits }}\n";

fn built(policy: &str, findings: &str) -> (Workspace, String) {
    let workspace = draft(policy, findings, CHAPTER);
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    (workspace, page)
}

/// The words of the account: the list of terms before the next chapter.
fn account(page: &str) -> String {
    let from = page.find("Vad som skyddas").expect("the account");
    let account = &page[from..];
    account[..account.find("</dl>").expect("a list of terms")].to_owned()
}

#[test]
fn it_tells_of_policy_mark_extent_proof_and_exceptions() {
    let exception =
        "  exceptions: [{cell: visits.oster.women, reason: Enheten har berättat det själv., decided: 2024-03-05}]\n";
    let (workspace, page) = built(&format!("{POLICY}  whole-group: hide\n{exception}"), FINDINGS);
    let told = account(&page);
    for words in [
        "Tal om färre än 5 personer visas inte",
        "Noll visas, eftersom det inte räknar någon",
        "att alla i en grupp, eller ingen, hör till samma kategori",
        "står x (uppgift skyddad) i talets ställe",
        "minst 3 olika värden",
        "Öster, Kvinnor: Enheten har berättat det själv. Beslutat: 5 mars 2024.",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    // As many as a reader counts in the table.
    let csv = workspace.read("output/liten/1.0/data/visits.csv");
    let hidden = csv.matches("suppressed").count();
    assert!(hidden >= 2, "{csv}");
    assert!(
        told.contains(&format!(
            "Av de 12 tal om personer som står i rapportens tabeller och diagram är {hidden} skyddade"
        )),
        "{told}"
    );
    assert!(!told.contains("Publicerat tidigare"), "{told}");
}

#[test]
fn it_is_the_same_whatever_the_hidden_numbers_are() {
    let policy = format!("{POLICY}  prefer: [hide]\n");
    let one = account(&built(&policy, FINDINGS).1);
    let other =
        FINDINGS.replace("women: 3, men: 20", "women: 1, men: 22").replace("women: 2, men: 24", "women: 4, men: 22");
    assert_eq!(one, account(&built(&policy, &other).1));
}

#[test]
fn where_nothing_is_hidden_there_is_no_proof_and_without_a_policy_a_message() {
    let large =
        FINDINGS.replace("women: 3", "women: 30").replace("women: 2,", "women: 20,").replace("count: 72", "count: 117");
    let told = account(&built(POLICY, &large).1);
    assert!(told.contains("Inget av de 12 tal om personer"), "{told}");
    assert!(!told.contains("olika värden") && !told.contains("Undantag"), "{told}");
    let run = draft("language: sv\n", FINDINGS, CHAPTER).run(&["check"]).expect(1);
    assert!(run.stderr.contains("error[TXT003]") || run.stderr.contains("fel[TXT003]"), "{}", run.stderr);
    assert!(run.stderr.contains("disclosure"), "{}", run.stderr);
}
