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
        let start = page.find("</h2>").expect("a heading");
        let words = page[start..].split("<p>").nth(1).unwrap().split("</p>").next().unwrap().to_owned();
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
