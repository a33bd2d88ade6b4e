//! Long texts: the checks take time in proportion to what they read, however much stands in one sentence or paragraph.

use std::time::{Duration, Instant};

use crate::workspace::Workspace;

/// Each of these took from ten seconds to minutes when every number was held against every other. The limit is far above what they take now (about a
/// second each where nothing is optimised), so that a busy machine does not fail them.
#[test]
fn much_in_one_sentence_is_read_at_once() {
    let many = |n: usize, one: fn(usize) -> String| (0..n).map(one).collect::<Vec<_>>();
    let texts = [
        ("changes", many(1500, |i| format!("ökade från {} till {}, en ökning med 15", i + 40, i + 55)).join(", ")),
        ("shares", many(3000, |_| "16 av 40 ärenden (40 procent)".to_owned()).join(", ")),
        (
            "sentences",
            many(2500, |i| format!("I {} av 40 ärenden fanns en plan, i dag {} fall.", i % 40 + 1, i + 100)).join(" "),
        ),
        ("retold", many(3000, |i| format!("Den långa handläggningstiden var {} dagar.", i + 47)).join(" ")),
        ("escapes", format!("{} 12 ärenden", "\\*".repeat(12_000))),
        (
            "excepted",
            many(3000, |i| format!("<!-- belagg: allow EVI001 räknat för hand -->\nDet kom {} bud.", i + 1000))
                .join("\n\n"),
        ),
    ];
    for (what, text) in texts {
        let workspace = Workspace::small();
        workspace.chapter(format!(
            "# Resultat {{#resultat}}\n\nSe [](#table-visits).\n\n{{{{ table visits }}}}\n\n{text}.\n"
        ));
        let begun = Instant::now();
        workspace.run(&["audit", "--pending"]);
        assert!(begun.elapsed() < Duration::from_secs(15), "{what} took {:?}", begun.elapsed());
    }
}
