//! The register of names, and words that come near one without being it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Context;
use super::number::words::tokens;
use crate::locale::Language;

/// Every name that the report and the workspace list.
pub struct Register {
    names: Vec<Name>,
    /// All names and their parts, in small letters.
    known: BTreeSet<String>,
}

struct Name {
    words: Vec<String>,
    text: String,
}

/// A word or two that are not a name, and the name that was probably meant.
pub struct Fault {
    pub range: Range<usize>,
    pub name: String,
}

/// Names shorter than this come near too many ordinary words.
const SHORTEST: usize = 6;

const ENDINGS_SV: &[&str] = &[
    "s", "en", "et", "ets", "ens", "n", "ns", "t", "ts", "er", "erna", "ar", "arna", "ernas", "arnas", "are", "arnas",
    "a", "as",
];
const ENDINGS_EN: &[&str] = &["s", "es"];

impl Register {
    pub fn new(context: &Context<'_>) -> Self {
        let report = &context.project.report;
        let texts = report
            .units
            .iter()
            .flat_map(|unit| [Some(&unit.name), unit.full.as_ref()])
            .flatten()
            .map(|text| text.value.clone())
            .chain(report.names.iter().chain(&context.project.workspace.names).map(|text| text.value.clone()))
            .chain(report.terms.iter().map(|term| term.name.value.clone()));
        let names: Vec<Name> = texts
            .filter(|text| text.chars().any(char::is_uppercase))
            .map(|text| Name { words: text.split_whitespace().map(str::to_owned).collect(), text })
            .collect();
        let known = names
            .iter()
            .flat_map(|name| name.words.iter().chain([&name.text]))
            .map(|word| word.to_lowercase())
            .collect();
        Self { names, known }
    }

    /// The faults of a text.
    pub fn faults(&self, text: &str, language: Language) -> Vec<Fault> {
        if self.names.is_empty() {
            return Vec::new();
        }
        let tokens = tokens(text);
        let mut out = Vec::new();
        let mut skip = 0;
        for at in 0..tokens.len() {
            if at < skip {
                continue;
            }
            if let Some((fault, words)) = self.at(text, &tokens, at, language) {
                skip = at + words;
                out.extend(fault);
            }
        }
        out
    }

    /// What stands at a word: a name rightly written (no fault), a fault, or nothing of the register. The number is that of its words.
    fn at(&self, text: &str, tokens: &[Range<usize>], at: usize, language: Language) -> Option<(Option<Fault>, usize)> {
        let mut fault = None;
        // Longer names first: "Nya Verkstan" before "Nya".
        let mut names: Vec<&Name> = self.names.iter().collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
        for name in names {
            let count = name.words.len();
            let Some(range) =
                tokens.get(at..at + count).and_then(|range| Some(range.first()?.start..range.last()?.end))
            else {
                continue;
            };
            let found: Vec<&str> = tokens[at..at + count].iter().map(|range| &text[range.clone()]).collect();
            match verdict(&found, &name.words, language) {
                Verdict::Same => return Some((None, count)),
                Verdict::Case if !self.is_ordinary(&found, name) => {
                    fault.get_or_insert((range, &name.text, count));
                }
                Verdict::Near if !self.is_known(&found) => {
                    fault.get_or_insert((range, &name.text, count));
                }
                _ => {}
            }
        }
        fault.map(|(range, name, count)| (Some(Fault { range, name: name.clone() }), count))
    }

    /// "en droppe", "hope": a short name of one word is also an ordinary word when it begins small.
    fn is_ordinary(&self, found: &[&str], name: &Name) -> bool {
        found.len() == 1 && name.text.chars().count() < SHORTEST
    }

    fn is_known(&self, found: &[&str]) -> bool {
        let whole = found.join(" ").to_lowercase();
        let stem = whole.trim_end_matches(['s', '’', '\'']);
        self.known.contains(&whole) || self.known.contains(stem)
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Same,
    /// The letters are right and their case is not.
    Case,
    /// One letter is wrong, missing or too many, or two are swapped.
    Near,
    Other,
}

fn verdict(found: &[&str], name: &[String], language: Language) -> Verdict {
    let last = found.len() - 1;
    let mut case = false;
    let mut near = false;
    for (at, (word, wanted)) in found.iter().zip(name).enumerate() {
        let ends = at == last;
        if word == wanted || (ends && inflected(word, wanted, language)) {
            continue;
        }
        let (lower, small) = (word.to_lowercase(), wanted.to_lowercase());
        if lower == small || (ends && inflected(&lower, &small, language)) {
            // "SIP" and "sip", a name all in capitals: another word, or an emphasis of its own.
            if word.chars().all(char::is_uppercase) || wanted.chars().all(char::is_uppercase) {
                return Verdict::Other;
            }
            case = true;
        } else if wanted.chars().count() >= SHORTEST
            && word.starts_with(char::is_uppercase) == wanted.starts_with(char::is_uppercase)
            && misspelt(&lower, &small, ends, language)
        {
            near = true;
        } else {
            return Verdict::Other;
        }
    }
    match (near, case) {
        (true, _) if found.len() == 1 || name.iter().any(|word| word.chars().count() >= SHORTEST) => Verdict::Near,
        (true, _) => Verdict::Other,
        (false, true) => Verdict::Case,
        (false, false) => Verdict::Same,
    }
}

/// A genitive, another ending or a compound of the name.
fn inflected(word: &str, name: &str, language: Language) -> bool {
    let Some(rest) = word.strip_prefix(name) else {
        // "Försäkringskassans" of "Försäkringskassan", "Jobbtorgets" of "Jobbtorg" end in what was stripped; "Northfields".
        return false;
    };
    let endings = match language {
        Language::Swedish => ENDINGS_SV,
        Language::English => ENDINGS_EN,
    };
    rest.is_empty() || endings.contains(&rest) || rest.starts_with('-') || rest.chars().count() >= 3
}

/// One letter away from the name, or from one of its forms with an ending.
fn misspelt(word: &str, name: &str, ends: bool, language: Language) -> bool {
    let endings: &[&str] = match (ends, language) {
        (false, _) => &[],
        (true, Language::Swedish) => &["s"],
        (true, Language::English) => &["s"],
    };
    let near = |form: &str| {
        let length = word.chars().count().abs_diff(form.chars().count());
        length <= 1 && strsim::osa_distance(word, form) == 1
    };
    // A letter too many at the end is an ending, not a slip.
    let ending = word.strip_prefix(name).is_some_and(|rest| !rest.is_empty())
        || name.strip_prefix(word).is_some_and(|rest| matches!(rest, "s" | "n" | "en" | "et" | "a" | "t"));
    !ending && (near(name) || endings.iter().any(|ending| near(&format!("{name}{ending}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(found: &[&str], name: &str) -> Verdict {
        let words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
        verdict(found, &words, Language::Swedish)
    }

    #[test]
    fn slips_are_told_from_inflection() {
        assert_eq!(one(&["Farstas"], "Farsta"), Verdict::Same);
        assert_eq!(one(&["Skärholmsmässan"], "Skärholmen"), Verdict::Other);
        assert_eq!(one(&["Norrmalmsmottagningen"], "Norrmalm"), Verdict::Same);
        assert_eq!(one(&["Skärhomen"], "Skärholmen"), Verdict::Near);
        assert_eq!(one(&["Östermlams"], "Östermalm"), Verdict::Near);
        assert_eq!(one(&["fontänhuset"], "Fontänhuset"), Verdict::Case);
        assert_eq!(one(&["Osynliga", "Jobb"], "Osynliga jobb"), Verdict::Case);
        assert_eq!(one(&["visa"], "Misa"), Verdict::Other);
    }
}
