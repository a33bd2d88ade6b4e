//! Long texts: the checks take time in proportion to what they read, however much stands in one sentence or paragraph.

use crate::workspace::{Workspace, grows_with_what_is_read};

/// Each of these took from ten seconds to minutes when every number was held against every other.
#[test]
fn much_in_one_sentence_is_read_once() {
    let many = |n: usize, one: fn(usize) -> String| (0..n).map(one).collect::<Vec<_>>();
    let texts = |quarters: usize| {
        [
            (
                "changes",
                many(375 * quarters, |i| format!("ökade från {} till {}, en ökning med 15", i + 40, i + 55)).join(", "),
            ),
            ("shares", many(750 * quarters, |_| "16 av 40 ärenden (40 procent)".to_owned()).join(", ")),
            (
                "sentences",
                many(625 * quarters, |i| {
                    format!("I {} av 40 ärenden fanns en plan, i dag {} fall.", i % 40 + 1, i + 100)
                })
                .join(" "),
            ),
            (
                "retold",
                many(750 * quarters, |i| format!("Den långa handläggningstiden var {} dagar.", i + 47)).join(" "),
            ),
            ("escapes", format!("{} 12 ärenden", "\\*".repeat(3_000 * quarters))),
            (
                "excepted",
                many(750 * quarters, |i| {
                    format!("<!-- belagg: allow EVI001 räknat för hand -->\nDet kom {} bud.", i + 1000)
                })
                .join("\n\n"),
            ),
        ]
    };
    let workspace = Workspace::small();
    let work = |text: &str| {
        workspace.chapter(format!(
            "# Resultat {{#resultat}}\n\nSe [](#table-visits).\n\n{{{{ table visits }}}}\n\n{text}.\n"
        ));
        workspace.work(&["audit", "--pending"])
    };
    for ((what, some), (_, fourfold)) in texts(1).into_iter().zip(texts(4)) {
        grows_with_what_is_read(what, work(&some), work(&fourfold));
    }
}

/// The checks read what is printed and know where each word of it was written, whatever stands between: notes, citations in both styles, figures
/// whose text has mark-up. What is not printed is not read.
#[test]
fn what_is_printed_is_read_where_it_was_written() {
    let chapter = "# Resultat {#resultat}\n\nFörst kom 17 ärenden [@lag]. Sedan kom **18** ärenden[^a], och {{ told }}.\n\n\
                   > Det dröjde 19 dagar, [se 20 brev](#resultat).\n> — förskollärare\n\nSe [](#table-visits).\n\n{{ table visits }}\n\n\
                   [^a]: Av dem var 21 nya [@lag, s. 12], enligt 22 brev.\n[^b]: Av dem var 23 gamla.\n";
    let findings = "figures:\n  told: {label: det som sades, text: \"*24 fall* av många\"}\n";
    for style in ["notes", "author-year"] {
        let workspace = Workspace::small();
        workspace.chapter(chapter);
        workspace.file("content/liten/findings/fler.yaml", findings);
        workspace.file(
            "content/liten/sources.yaml",
            "lag:\n  type: legislation\n  title: Lagen\n  author: Riksdagen\n  date: 2001\n",
        );
        let report = workspace.read("content/liten/report.yaml");
        workspace.file("content/liten/report.yaml", format!("{report}citation-style: {style}\n"));
        let run = workspace.run(&["audit"]);
        let places: Vec<&str> =
            run.stdout.lines().filter_map(|line| line.strip_prefix("content/liten/kapitel.md:")).collect();
        let wanted = [
            "3:11  17  without evidence",
            "3:42  18  without evidence",
            "3:64  24  bound",
            "5:14  19  allowed: quotation",
            "5:28  20  allowed: quotation",
            "12:18  21  without evidence",
            "12:47  22  without evidence",
        ];
        assert_eq!(places, wanted, "{style}: {}", run.stderr);
    }
}
