//! Words that say that a row is no case.

/// What a cell's words say of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// "Summa", "Total:", "Genomsnitt".
    Exact,
    /// "Summa Norr", "Norr totalt", "Totalt antal ärenden": most often a total, and it may be a name.
    Begins,
    /// "Alla", "Antal": a total or an answer.
    Weak,
    /// "Källa: …", "Anm. …", "* …".
    Note,
}

const TOTALS: &[&str] = &[
    "summa",
    "totalt",
    "total",
    "totalsumma",
    "totalsumman",
    "slutsumma",
    "delsumma",
    "summa totalt",
    "summa summarum",
    "sammanlagt",
    "genomsnitt",
    "genomsnittet",
    "medelvärde",
    "medelvarde",
    "medeltal",
    "snitt",
    "median",
    "medianvärde",
    "standardavvikelse",
    "sum",
    "total sum",
    "totals",
    "grand total",
    "subtotal",
    "sub-total",
    "in total",
    "sum total",
    "average",
    "mean",
    "std dev",
    "standard deviation",
    "i alt",
    "gesamt",
    "insgesamt",
    "summe",
    "yhteensä",
    "σ",
    "∑",
    "tot",
    "tot.",
];
const WEAK: &[&str] = &[
    "alla", "samtliga", "hela", "riket", "antal", "andel", "procent", "medel", "max", "min", "högst", "lägst", "varav",
    "all", "overall", "count", "share", "percent", "per cent", "maximum", "minimum",
];
const NOTES: &[&str] = &[
    "källa",
    "källor",
    "not",
    "noter",
    "anm",
    "anmärkning",
    "anmärkningar",
    "obs",
    "kommentar",
    "kommentarer",
    "förklaring",
    "förklaringar",
    "uttag",
    "uttagsdatum",
    "uppdaterad",
    "senast uppdaterad",
    "hämtad",
    "source",
    "sources",
    "note",
    "notes",
    "comment",
    "comments",
    "remark",
    "remarks",
    "legend",
    "updated",
    "last updated",
    "quelle",
    "kilde",
    "lähde",
];

/// What a text says of the row that it begins.
pub fn label(text: &str) -> Option<Label> {
    let folded = super::folded(text);
    let word = folded.trim_end_matches([':', '.', '=', ' ']);
    if TOTALS.contains(&folded.as_str()) || TOTALS.contains(&word) {
        return Some(Label::Exact);
    }
    if WEAK.contains(&word) {
        return Some(Label::Weak);
    }
    let mark = |c: char| matches!(c, ':' | '.');
    // Without a colon most of the words may be answers: "Hämtad", "Uppdaterad".
    let is_note = matches!(word, "källa" | "källor" | "source" | "sources" | "anm")
        || NOTES.iter().any(|note| folded.strip_prefix(note).is_some_and(|rest| rest.starts_with(mark)));
    if is_note || folded.starts_with("* ") || folded.starts_with("**") || folded.starts_with("©") {
        return Some(Label::Note);
    }
    let begins = |total: &&str| {
        let rest = folded.strip_prefix(*total).unwrap_or("");
        total.len() > 2 && rest.starts_with([' ', ':', ',', '-', '/', '(', '='])
    };
    let ends = |total: &&str| total.len() > 2 && word.strip_suffix(*total).is_some_and(|rest| rest.ends_with(' '));
    TOTALS.iter().any(|total| begins(total) || ends(total)).then_some(Label::Begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_what_a_row_is() {
        for (text, expected) in [
            ("Summa", Some(Label::Exact)),
            ("SUMMA:", Some(Label::Exact)),
            ("Totalt", Some(Label::Exact)),
            ("Sum", Some(Label::Exact)),
            ("Grand\u{a0}total", Some(Label::Exact)),
            ("Genomsnitt", Some(Label::Exact)),
            ("Summa Norr", Some(Label::Begins)),
            ("Totalt antal ärenden", Some(Label::Begins)),
            ("Norr totalt", Some(Label::Begins)),
            ("North, subtotal:", Some(Label::Begins)),
            ("Alla", Some(Label::Weak)),
            ("Källa: verksamhetssystemet", Some(Label::Note)),
            ("KA\u{308}LLA: x", Some(Label::Note)),
            ("Anm. Uppgifterna avser 2024", Some(Label::Note)),
            ("Obs! Preliminärt", None),
            ("* preliminära uppgifter", Some(Label::Note)),
            ("Source: own count", Some(Label::Note)),
            ("Norr", None),
            ("Källa", Some(Label::Note)),
            ("Hämtad", None),
            ("Notarien", None),
            ("Summerstad", None),
            ("Totalförsvaret", None),
            ("Källans skola", None),
            ("", None),
        ] {
            assert_eq!(label(text), expected, "{text}");
        }
    }
}
