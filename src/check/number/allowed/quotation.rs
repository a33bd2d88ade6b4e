//! Quotations within a sentence whose speaker is named there.

use std::ops::Range;

use crate::check::lang::Lists;
use crate::check::quotations::marks;
use crate::check::words::{Lowered as _, clip, clip_start};

/// The quoted stretches of a text that somebody is said to have said.
pub fn attributed(text: &str, lists: &Lists) -> Vec<Range<usize>> {
    marks(text).quoted.into_iter().filter(|range| is_attributed(text, range, lists)).collect()
}

fn is_attributed(text: &str, range: &Range<usize>, lists: &Lists) -> bool {
    let says = |word: &str| lists.says.has(word);
    let quotation = &text[range.clone()];
    let whole = quotation.ends_with([',', '.', '!', '?', '…']);
    // "”…”, säger en undersköterska", "“…,” a nurse said", "”…”, enligt en chef"
    let after = text[range.end..].trim_start_matches(['”', '“', '"', '»', '«']);
    let after = clip(after, 80);
    let clause = after.trim_start_matches([',', ' ', '–', '\u{a0}']);
    let clause = clause.split(['.', ';', '”', '“', '"', ',']).next().unwrap_or("").lowered();
    let joined = after.starts_with([',', '–']) || after.starts_with(" –") || (whole && after.starts_with(' '));
    let words: Vec<&str> = clause.split_whitespace().collect();
    let last = words.iter().take(4).position(|word| says(word));
    let speaker = words.len() >= 2 || last == Some(0) && words.len() == 2;
    let lower_start =
        after.trim_start_matches([',', ' ', '–', '\u{a0}']).starts_with(char::is_lowercase) || after.starts_with(',');
    let according = words.first().is_some_and(|word| lists.according.has(word));
    if joined && lower_start && speaker && (last.is_some() || according) {
        return true;
    }
    // "En sjuksköterska säger: ”…”", "A nurse said, “…”", "En chef säger att ”…”"
    let before = text[..range.start].trim_end_matches(['”', '“', '"', '»', '«']);
    let lead = clip_start(before, 100).lowered();
    let sentence = lead.rsplit(['.', '!', '?', '”']).next().unwrap_or("");
    let words: Vec<&str> =
        sentence.split(|c: char| c.is_whitespace() || matches!(c, ',' | ':')).filter(|word| !word.is_empty()).collect();
    let colon = sentence.trim_end().ends_with(':');
    let last = words.len().saturating_sub(if colon { 8 } else { 2 });
    words.len() >= 2 && words[last..].iter().any(|word| says(word))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{allowed, amounts};
    use crate::locale::Language::{English, Swedish};

    #[test]
    fn a_named_speaker_answers_for_the_number() {
        allowed(
            Swedish,
            &[
                "”Vi är två som ska hinna med trettio på en timme”, säger en undersköterska på nattpasset.",
                "En rektor beskriver läget så här: ”Vi har 40 procent obehöriga.”",
                "”Det tog 14 månader”, enligt en anhörig.",
            ],
        );
        allowed(
            English,
            &[
                "“There are two of us for thirty residents,” said a care assistant. A nurse added: “We lose 3 colleagues a month.”",
            ],
        );
    }

    #[test]
    fn nobody_answers_for_hearsay() {
        amounts(
            Swedish,
            &[
                "På flera håll hörs att ”vi är 40 procent färre”.",
                "”Hela 38 klagomål är inte normalt.” Så beskrevs läget.",
            ],
        );
        amounts(English, &["“We had 38 complaints” was one answer."]);
    }
}
