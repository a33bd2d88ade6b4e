//! Letters whose small forms have other lengths, marks that combine, ligatures and pictures: no rule may mistake the place of one text for
//! the place in another.

use belagg::{MemorySystem, Session};
use proptest::prelude::*;

/// What is put together: odd letters, and the words and signs that the rules look for.
const PARTS: &[&str] = &[
    "İ",
    "ẞ",
    "ß",
    "ﬁ",
    "ǅ",
    "K",
    "Å",
    "Σ",
    "ΟΔΟΣ",
    "ς",
    "é",
    "e\u{301}",
    "A\u{30a}",
    "İstanbul",
    "STRAẞE",
    "Ⱥ",
    "ŉ",
    "ΐ",
    "🙂",
    "👩‍👧",
    "½",
    "¾",
    "\u{ad}",
    "\u{200b}",
    "\u{a0}",
    "\u{202f}",
    "…",
    "–",
    "”",
    "“",
    "\"",
    "(",
    ")",
    ",",
    ".",
    ";",
    ":",
    "?",
    "-",
    "+",
    "/",
    "%",
    "‰",
    "§",
    "=",
    "*",
    "16",
    "25",
    "40",
    "1 250",
    "0,5",
    "2.3.1",
    "2023",
    "41 procent",
    "62,5 %",
    "12 kr",
    "7 MSEK",
    "½ klara",
    "30 proc.",
    "tre",
    "En av fem",
    "hälften",
    "en tredjedel",
    "var femte",
    "knappt",
    "drygt",
    "ökade från",
    "till",
    "jämfört med",
    "med",
    "minskade",
    "fördubblades",
    "procentenheter",
    "av",
    "varav",
    "Av dem",
    "resten",
    "respektive",
    "totalt",
    "fördelar sig på",
    "alla",
    "de flesta",
    "allt fler",
    "ärenden med plan",
    "granskade ärenden",
    "kvinnor",
    "män",
    "Farsta",
    "i Farsta",
    "SIP",
    "EU",
    "kapitel 3",
    "tabell 5",
    "sidan 12",
    "kl. 9",
    "5 §",
    "den 8 maj",
    "i dag",
    "ibid.",
    "säger en chef",
    "half of",
    "two in three",
    "most",
    "rose from",
    "to",
    "by",
    "per cent",
    "women",
    "of the",
    "cases reviewed",
    "just over",
    "Table 5",
    "on 3 March",
    "aged 16 to 24",
    "[här](#)",
    "**fet**",
    "`kod`",
    "{{ plans | full }}",
    "{{ cases }}",
    "\n\n- ",
    "\n\n> ",
    "\n\n## ",
    "\n\n| a | b |\n|---|---|\n| 1 | 25 % |\n| Totalt | 100 % |\n\n",
];

const FINDINGS: &str = "figures:\n  cases: {label: granskade ärenden, women: 20, men: 20}\n  plans: {label: İ ärenden med plan ẞ, women: 16, men: 9, base: cases}\n";

fn audited(language: &str, text: &str) {
    let report = format!(
        "kind: inspection-report\ntitle: Rapport\nversion: \"1.0\"\ndate: 2024-03\nstatus: draft\nlanguage: {language}\nnames: [İzmir, Straẞe]\n\
         terms: {{SIP: samordnad individuell plan}}\nunits: {{farsta: Farsta}}\nchapters: [k.md, s.md]\n\
         imprint: {{reference: Dnr 1/2024, publisher: Exempelstad, contact: Kansliet}}\n"
    );
    let files = [
        ("content/a/report.yaml", report),
        ("content/a/findings/alla.yaml", FINDINGS.to_owned()),
        ("content/a/k.md", format!("# Resultat\n\n{text}\n")),
        ("content/a/s.md", format!("# Sammanfattning {{.summary}}\n\n{text}\n")),
    ];
    let system = MemorySystem::new(files);
    let diagnostics = Session::open(system).diagnostics("a");
    for diagnostic in diagnostics.iter() {
        let Some(label) = &diagnostic.primary else { continue };
        let source = diagnostics.sources().get(label.span.source);
        let whole = source.text.get(label.span.start as usize..label.span.end as usize);
        assert!(whole.is_some(), "{} lies between two bytes of a letter in: {text}", diagnostic.code.0);
    }
    // What can be mended can be written.
    let _ = diagnostics.mended();
}

#[test]
fn known_texts_are_read_in_both_languages() {
    for text in [
        "Av İbrahims ärenden är ½ klara, enligt STRAẞE.",
        "İ½ ẞ",
        "ẞİ ½ av 40 ẞ",
        "På skalan İ 1–5 är ẞ 5 bäst.",
        "İ i İ PÅ 12",
    ] {
        for language in ["sv", "en"] {
            audited(language, text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_rule_reads_every_letter(
        parts in prop::collection::vec((0..PARTS.len(), any::<bool>()), 1..24),
        odd in "\\PC{0,12}",
        swedish in any::<bool>(),
    ) {
        let mut text = String::new();
        for (part, blank) in parts {
            text.push_str(PARTS[part]);
            if blank {
                text.push(' ');
            }
        }
        text.push_str(&odd);
        audited(if swedish { "sv" } else { "en" }, &text);
    }
}
