//! The same report in Swedish and in English.

use crate::workspace::{REPORT, Workspace};

#[test]
fn numbers_dates_and_headings_follow_the_language() {
    let chapter = "# Resultat\n\n{{ city }} personer, {{ plans | full }}, {{ plans | by sex }}, {{ plans | percent 1 }}, {{ start }}, \
                   {{ plans | words }}, se [](#table-visits) och [](#resultat).\n\n{{ table visits }}\n";
    let more = "figures:\n  city: {label: personer, count: 4142}\n  start: {label: början, date: 2021-02-01}\n";
    let text = |language: &str| {
        let workspace = Workspace::small();
        workspace
            .file("content/liten/report.yaml", REPORT.replace("status:", &format!("language: {language}\nstatus:")));
        workspace.findings(more).chapter(chapter);
        workspace.run(&["build"]).expect(0);
        workspace.read("output/liten/1.0/index.html").replace('\u{a0}', "~")
    };
    let plain = |page: &str| {
        let start = page.find("<h2 id=\"resultat\"").expect("a heading");
        let words = page[start..].split("<p").nth(1).and_then(|rest| rest.split_once('>')).unwrap().1;
        let words = words.split("</p>").next().unwrap().to_owned();
        let mut out = String::new();
        let mut tag = false;
        for c in words.chars() {
            match c {
                '<' => tag = true,
                '>' => tag = false,
                _ if !tag => out.push(c),
                _ => {}
            }
        }
        out
    };
    let (swedish, english) = (text("sv"), text("en"));
    assert_eq!(
        plain(&swedish),
        "4~142 personer, 25 av 40 (63~procent), 16 kvinnor och 9 män, 62,5~procent, 1 februari 2021, tjugofem, se tabell~1 och kapitel~1."
    );
    assert_eq!(
        plain(&english),
        "4,142 personer, 25 of 40 (63~per cent), 16 women and 9 men, 62.5~per cent, 1 February 2021, twenty-five, se table~1 och chapter~1."
    );
    assert!(swedish.contains("<html lang=\"sv\"") && english.contains("<html lang=\"en\""));
    assert!(english.contains("Contents") && english.contains("1 March 2024") && english.contains("Total"));
}

#[test]
fn a_report_in_norwegian_has_its_numbers_words_and_dates() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", REPORT.replace("status:", "language: nb\nstatus:"));
    workspace.findings("figures:\n  city: {label: personer, count: 4142}\n  start: {label: start, date: 2021-02-01}\n");
    workspace.chapter("# Resultater\n\n{{ city }} personer, {{ plans | full }}, {{ plans | by sex }}, {{ start }}, {{ plans | words }}.\n");
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html").replace('\u{a0}', "~");
    assert!(page.contains("lang=\"nb-NO\"") || page.contains("lang=\"nb\""), "the page says its language");
    for words in ["4~142", "25 av 40 (63~prosent)", "16 kvinner og 9 menn", "1. februar 2021", "tjuefem", "Innhold"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn norwegian_is_asked_for_in_one_of_its_written_forms() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", REPORT.replace("status:", "language: no\nstatus:"));
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("write `nb` for Bokmål"), "{}", run.stderr);
    let run = workspace.run(&["new", "article", "ny", "--language", "nb"]).expect(2);
    assert!(run.stderr.contains("write `language: nb` in the new report.yaml"), "{}", run.stderr);
}
