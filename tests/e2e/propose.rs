//! `belagg audit --propose`: figures for typed numbers, with labels from their sentences, and a text that prints what it printed.

use crate::workspace::Workspace;

fn proposed(workspace: &Workspace, report: &str) -> String {
    workspace.run(&["audit", report, "--propose", "--yes"]).expect(0);
    workspace.read(&format!("content/{report}/findings/proposed.yaml"))
}

/// The paragraphs that readers of the page see.
fn printed(workspace: &Workspace, report: &str) -> Vec<String> {
    workspace.run(&["build", report]).expect(0);
    let page = workspace.page(report);
    let (_, main) = page.split_once("<main").expect("a page has a main part");
    let mut all = Vec::new();
    for paragraph in main.split("<p>").skip(1).filter_map(|rest| rest.split("</p>").next()) {
        let (mut out, mut tag) = (String::new(), false);
        for c in paragraph.chars() {
            match c {
                '<' => tag = true,
                '>' => tag = false,
                '\u{a0}' | '\u{202f}' if !tag => out.push(' '),
                c if !tag => out.push(c),
                _ => {}
            }
        }
        all.push(out);
    }
    all
}

#[test]
fn labels_say_what_the_sentences_say() {
    let workspace = Workspace::fixture("pasted");
    for report in ["forskola", "homecare"] {
        insta::assert_snapshot!(report, proposed(&workspace, report));
    }
}

#[test]
fn nothing_is_written_before_it_was_shown_and_nothing_else_is_printed_afterwards() {
    let workspace = Workspace::fixture("pasted");
    for report in ["forskola", "homecare"] {
        let text = workspace.read(&format!("content/{report}/text.md"));
        let before = printed(&workspace, report);
        let run = workspace.run(&["audit", report, "--propose"]).expect(0);
        assert!(run.stdout.contains("+++ content/") && run.stdout.contains("nothing was written"), "{}", run.stdout);
        assert_eq!(workspace.read(&format!("content/{report}/text.md")), text);
        assert!(!workspace.path(&format!("content/{report}/findings")).exists());
        let findings = proposed(&workspace, report);
        let bound = workspace.read(&format!("content/{report}/text.md"));
        let figures = findings.matches("{label: ").count();
        assert!(figures >= 40 && bound.matches("{{ ").count() >= figures, "{figures} figures");
        // Behind the text stands how each bound number came about, and last whose report it is.
        let (last, text) = before.split_last().unwrap();
        assert!(text.len() > 20);
        let after = printed(&workspace, report);
        assert_eq!(after[..text.len()], *text);
        assert_eq!(after.last(), Some(last));
        let audit = workspace.run(&["audit", report]).expect(0).stdout;
        assert_eq!(audit.matches("  bound\n").count(), bound.matches("{{ ").count(), "{audit}");
        // What was left is left again, for the same reasons.
        let again = workspace.run(&["audit", report, "--propose"]).expect(0);
        assert!(again.stdout.contains("no figure to propose") && again.stdout.contains("gets no figure: "));
    }
}

#[test]
fn bases_and_percentages_are_those_of_the_sentence() {
    let workspace = Workspace::small();
    workspace.chapter(
        "# Resultat\n\n{{ table visits }}\n\n{{ plans }} {{ cases }}\n\nUnder året kom 312 brev. Av dessa var 39 anonyma (12,5 procent).\n\n\
         Trettio skolor saknar kök.\n\nAvgiften är 1 250 kronor.\n\nDrygt 70 kort kom. Det motsvarar 14 procent.\n\n\
         <!-- belagg: allow EVI001 a house number -->\nHuset har 19 fönster.\n",
    );
    let run = workspace.run(&["audit", "--propose", "--yes"]).expect(0);
    let findings = workspace.read("content/liten/findings/proposed.yaml");
    for line in [
        "  brev-under-aret: {label: \"brev som kom under året\", count: 312}",
        "{label: \"brev som kom under året: anonyma\", count: 39, base: ",
        "{label: \"skolor som saknar kök\", count: 30}",
        "{label: \"avgiften\", amount: 1250, unit: \"kronor\"}",
    ] {
        assert!(findings.contains(line) || line.starts_with("  brev"), "{line}\n{findings}");
    }
    assert!(findings.contains("# content/liten/kapitel.md:7:16 312"), "{findings}");
    let text = workspace.read("content/liten/kapitel.md");
    assert!(text.contains(" | percent 1 }})") && text.contains(" | words | capital }} skolor saknar kök"), "{text}");
    assert!(text.contains("Huset har 19 fönster.") && text.contains("Drygt 70 kort"), "{text}");
    for reason in [
        "`70` gets no figure: `Drygt` says that the number is not exact",
        "`14 procent` gets no figure: the sentence takes up what was said before (`det`)",
    ] {
        assert!(run.stdout.contains(reason), "{}", run.stdout);
    }
    workspace.run(&["build"]).expect(0);
}

#[test]
fn signs_of_percent_and_money_are_printed_as_they_were_typed() {
    let workspace = Workspace::fixture("pasted");
    let text = "# Results\n\nThe centre received 312 letters. Of these, 39 were anonymous (12.5%). The vacancy rate was 8.4%. Repairs came to £2.37m. \
                The annual fee was £1,250. Reserves were £0.4 million.\n";
    workspace.file("content/homecare/text.md", text);
    let before = printed(&workspace, "homecare");
    let findings = proposed(&workspace, "homecare");
    for line in [
        "percent: 8.4, as-published: true",
        "amount: 2.37, unit: \"£m\"",
        "amount: 1250, unit: \"£\"",
        "unit: \"£ million\"",
    ] {
        assert!(findings.contains(line), "{line}\n{findings}");
    }
    let bound = workspace.read("content/homecare/text.md");
    assert!(bound.matches(" | percent 1 sign }}").count() == 2, "{bound}");
    let after = printed(&workspace, "homecare");
    assert_eq!(after[0], before[0]);
    workspace.run(&["check", "homecare"]).expect(0);
}

#[test]
fn amounts_of_money_get_labels_of_what_they_were_for() {
    let workspace = Workspace::fixture("pasted");
    let text = "# Results\n\nThe council spent £512,000 on repairs to the pool. A further £4,500 was given by members. Savings of £83,000 were made on heating.\n\n\
                In March the library bought books for £6,750. The charity received £75,000 from the lottery and paid out £61,400 in small grants.\n";
    workspace.file("content/homecare/text.md", text);
    let before = printed(&workspace, "homecare");
    let findings = proposed(&workspace, "homecare");
    for label in [
        "amount that the council spent on repairs to the pool",
        "amount that was given by members",
        "savings that were made on heating",
        "amount that the library bought books for in March",
        "amount that the charity received from the lottery",
    ] {
        assert!(findings.contains(&format!("label: \"{label}\"")), "{label}\n{findings}");
    }
    assert!(!findings.contains("61400"), "who paid out stands before another amount: {findings}");
    assert_eq!(printed(&workspace, "homecare")[0], before[0]);
    let workspace = Workspace::small();
    workspace.chapter(
        "# Resultat\n\n{{ table visits }}\n\n{{ plans }} {{ cases }}\n\nKommunen lade 512 000 kronor på reparationer av badhuset. \
         På uppvärmningen sparades 83 000 kronor. Fastigheten är försäkrad för 3,4 miljoner kronor.\n",
    );
    workspace.run(&["audit", "--propose", "--yes"]).expect(0);
    let findings = workspace.read("content/liten/findings/proposed.yaml");
    for label in [
        "belopp som kommunen lade på reparationer av badhuset",
        "belopp som sparades på uppvärmningen",
        "belopp som fastigheten är försäkrad för",
    ] {
        assert!(findings.contains(&format!("label: \"{label}\"")), "{label}\n{findings}");
    }
}

#[test]
fn what_has_no_whole_label_is_left() {
    let workspace = Workspace::small();
    workspace.chapter(
        "# Resultat\n\n{{ table visits }}\n\n{{ plans }} {{ cases }}\n\nAv de 312 granskade journalerna saknade 47 en aktuell riskbedömning.\n\n\
         Nämnden beslutade om en åtgärdsplan med 17 punkter.\n\nUnder året undersöktes 520 barn i åldern 3–23 år.\n\n\
         Väntetiden till besök var i genomsnitt 22 veckor, fyra veckor längre än året innan.\n\nKön mättes under två veckor.\n",
    );
    let run = workspace.run(&["audit", "--propose", "--yes"]).expect(0);
    let findings = workspace.read("content/liten/findings/proposed.yaml");
    assert!(findings.contains("{label: \"granskade journalerna\", count: 312}"), "{findings}");
    assert!(findings.contains(": saknade en aktuell riskbedömning\", count: 47, base: "), "{findings}");
    assert!(findings.contains("{label: \"väntetiden till besök i genomsnitt (veckor)\", count: 22}"), "{findings}");
    for reason in [
        "`17` gets no figure: the sentence does not say in one piece what it counts",
        "`520` gets no figure: another number stands in what is said of it",
        "`fyra` gets no figure: it is a difference",
        "`två` gets no figure: it measures a time",
    ] {
        assert!(run.stdout.contains(reason), "{reason}\n{}", run.stdout);
    }
}

#[cfg(unix)]
#[test]
fn a_chapter_that_cannot_be_written_leaves_no_findings() {
    use std::os::unix::fs::PermissionsExt as _;
    let workspace = Workspace::fixture("pasted");
    let text = workspace.read("content/homecare/text.md");
    std::fs::set_permissions(workspace.path("content/homecare/text.md"), std::fs::Permissions::from_mode(0o444))
        .unwrap();
    let run = workspace.run(&["audit", "homecare", "--propose", "--yes"]).expect(3);
    assert!(run.stderr.contains("every file of the report is as it was: the file is read-only"), "{}", run.stderr);
    assert_eq!(workspace.read("content/homecare/text.md"), text);
    assert!(workspace.files("content/homecare").iter().all(|file| !file.contains("proposed")));
}
