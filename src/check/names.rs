//! The register of names, and words that come near one without being it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Context;
use super::lang;
use super::lang::stem;
use super::words::tokens;
use crate::locale::Language;

/// Every name that the report and the workspace list.
pub struct Register {
    names: Vec<Name>,
    /// All names and their parts, in small letters.
    known: BTreeSet<String>,
    index: Index,
}

/// Names by their first words, so that a word is held only against those that it can be.
#[derive(Default)]
struct Index {
    /// By the first word in small letters.
    words: BTreeMap<String, Vec<usize>>,
    /// By the first word with one letter left out, or with none: two words that are one slip apart have one of these in common.
    slips: BTreeMap<String, Vec<usize>>,
}

impl Index {
    fn new(names: &[Name], language: Language) -> Self {
        let mut out = Self::default();
        for (at, name) in names.iter().enumerate() {
            let Some(first) = name.words.first() else { continue };
            out.words.entry(first.lower.clone()).or_default().push(at);
            if first.length < SHORTEST {
                continue;
            }
            let endings = if name.words.len() == 1 { &lang::lists(language).genitives[..] } else { &[] };
            let genitives = endings.iter().map(|end| format!("{}{end}", first.lower));
            for form in genitives.chain([first.lower.clone()]) {
                for slip in shortened(&form) {
                    let known = out.slips.entry(slip).or_default();
                    if known.last() != Some(&at) {
                        known.push(at);
                    }
                }
            }
        }
        out
    }

    /// The names whose first word a word can be, in their order.
    fn positions(&self, word: &Spelling) -> Vec<usize> {
        let mut out = Vec::new();
        // The word itself, or a compound or form of it.
        for (end, _) in word.lower.char_indices().skip(1).chain([(word.lower.len(), ' ')]) {
            out.extend(self.words.get(&word.lower[..end]).into_iter().flatten());
        }
        if word.length + 1 >= SHORTEST && !self.slips.is_empty() {
            for slip in shortened(&word.lower) {
                out.extend(self.slips.get(&slip).into_iter().flatten());
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// A word of no more letters than names have, and all that it is with one of them left out.
fn shortened(word: &str) -> Vec<String> {
    if word.len() > 80 {
        return Vec::new();
    }
    let without = word.char_indices().map(|(at, c)| format!("{}{}", &word[..at], &word[at + c.len_utf8()..]));
    without.chain([word.to_owned()]).collect()
}

struct Name {
    words: Vec<Spelling>,
    text: String,
}

/// A word with what is asked of it again and again.
struct Spelling {
    text: String,
    lower: String,
    length: usize,
}

impl Spelling {
    fn new(text: &str) -> Self {
        let lower = text.to_lowercase();
        Self { text: text.to_owned(), length: lower.chars().count(), lower }
    }
}

/// A word or two that are not a name, and the name that was probably meant.
pub struct Fault {
    pub range: Range<usize>,
    pub name: String,
}

/// Names shorter than this come near too many ordinary words.
const SHORTEST: usize = 6;

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
        let mut names: Vec<Name> = texts
            .filter(|text| text.chars().any(char::is_uppercase))
            .map(|text| Name { words: text.split_whitespace().map(Spelling::new).collect(), text })
            .collect();
        // Longer names first: "Nya Verkstan" before "Nya".
        names.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
        let parts = names.iter().flat_map(|name| &name.words).map(|word| word.lower.clone());
        let known = parts.chain(names.iter().map(|name| name.text.to_lowercase())).collect();
        let index = Index::new(&names, report.language);
        Self { names, known, index }
    }

    /// The faults of a text.
    pub fn faults(&self, text: &str, language: Language) -> Vec<Fault> {
        if self.names.is_empty() {
            return Vec::new();
        }
        let words: Vec<(Range<usize>, Spelling)> =
            tokens(text).into_iter().map(|range| (range.clone(), Spelling::new(&text[range]))).collect();
        let mut out = Vec::new();
        let mut skip = 0;
        for at in 0..words.len() {
            if at < skip {
                continue;
            }
            if let Some((fault, count)) = self.at(&words[at..], language) {
                skip = at + count;
                out.extend(fault);
            }
        }
        out
    }

    /// What stands at the first of some words: a name rightly written (no fault), a fault, or nothing of the register. The number is that
    /// of its words.
    fn at(&self, words: &[(Range<usize>, Spelling)], language: Language) -> Option<(Option<Fault>, usize)> {
        let mut fault = None;
        let (_, first) = words.first()?;
        for name in self.index.positions(first).into_iter().filter_map(|at| self.names.get(at)) {
            let count = name.words.len();
            let Some(found) = words.get(..count) else { continue };
            match verdict(found.iter().map(|(_, word)| word), &name.words, language) {
                Verdict::Same => return Some((None, count)),
                Verdict::Case if !(count == 1 && name.words.iter().all(|word| word.length < SHORTEST)) => {
                    fault.get_or_insert((found, name));
                }
                Verdict::Near if !self.is_known(found, language) => {
                    fault.get_or_insert((found, name));
                }
                _ => {}
            }
        }
        let (found, name) = fault?;
        let range = found.first()?.0.start..found.last()?.0.end;
        Some((Some(Fault { range, name: name.text.clone() }), found.len()))
    }

    fn is_known(&self, found: &[(Range<usize>, Spelling)], language: Language) -> bool {
        let words: Vec<&str> = found.iter().map(|(_, word)| word.lower.as_str()).collect();
        let whole = words.join(" ");
        let bare = |text: &str| self.known.contains(text.trim_end_matches(['’', '\'']));
        bare(&whole) || lang::lists(language).genitives.iter().any(|end| whole.strip_suffix(end).is_some_and(bare))
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

/// Words against the words of a name; a short name of one word is also an ordinary word when it begins small ("en droppe").
fn verdict<'a>(found: impl Iterator<Item = &'a Spelling>, name: &[Spelling], language: Language) -> Verdict {
    let mut case = false;
    let mut near = false;
    for (at, (word, wanted)) in found.zip(name).enumerate() {
        let ends = at + 1 == name.len();
        // Nothing much shorter can be the name, and nothing longer that does not begin with it.
        if word.length + 1 < wanted.length {
            return Verdict::Other;
        }
        // "Rådet om hälsa" for "Rådet för hälsa": a name that holds a small word has all its words in one form.
        let phrase = at > 0 && name.len() > 2 && name[1..].iter().any(|word| is_small(&word.lower, language));
        if phrase && word.lower != wanted.lower {
            let small = is_small(&word.lower, language) && is_small(&wanted.lower, language);
            let genitive =
                ends && inflected(&word.lower, &wanted.lower, language) && is_genitive(&word.lower, language);
            if small || !genitive && word.lower != wanted.lower && other_form(word, wanted, language) {
                near = true;
                continue;
            }
        }
        if word.text == wanted.text
            || (ends && (inflected(&word.text, &wanted.text, language) || at > 0 && other_form(word, wanted, language)))
        {
            continue;
        }
        if word.lower == wanted.lower || (ends && inflected(&word.lower, &wanted.lower, language)) {
            // "SIP" and "sip", a name all in capitals: another word, or an emphasis of its own.
            let capitals = |word: &Spelling| word.text.chars().all(char::is_uppercase);
            if capitals(word) || capitals(wanted) {
                return Verdict::Other;
            }
            case = true;
        } else if wanted.length >= SHORTEST
            && word.length <= wanted.length + 2
            && word.text.starts_with(char::is_uppercase) == wanted.text.starts_with(char::is_uppercase)
            && misspelt(&word.lower, &wanted.lower, ends, language)
        {
            near = true;
        } else {
            return Verdict::Other;
        }
    }
    match (near, case) {
        (true, _) => Verdict::Near,
        (false, true) => Verdict::Case,
        (false, false) => Verdict::Same,
    }
}

fn is_genitive(word: &str, language: Language) -> bool {
    lang::lists(language).genitives.iter().any(|end| word.ends_with(end))
}

/// Whether a word has no content of its own.
fn is_small(word: &str, language: Language) -> bool {
    lang::lists(language).stops.has(word)
}

/// A genitive, another ending or a compound of the name.
fn inflected(word: &str, name: &str, language: Language) -> bool {
    let Some(rest) = word.strip_prefix(name) else { return false };
    rest.is_empty()
        || lang::lists(language).name_endings.has(rest)
        || rest.starts_with('-')
        || rest.chars().count() >= 3
}

/// The last word of a longer name in another form: "Norra och Södra distrikten" of "Södra distriktet".
fn other_form(word: &Spelling, wanted: &Spelling, language: Language) -> bool {
    let same_case = word.text.starts_with(char::is_uppercase) == wanted.text.starts_with(char::is_uppercase);
    same_case && stem(&word.lower, language) == stem(&wanted.lower, language)
}

/// One letter away from the name or its genitive.
fn misspelt(word: &str, name: &str, ends: bool, language: Language) -> bool {
    let lists = lang::lists(language);
    // A letter too many at the end is an ending, not a slip.
    let longer = word.strip_prefix(name).is_some_and(|rest| !rest.is_empty());
    let shorter = name.strip_prefix(word).is_some_and(|rest| lists.name_endings.has(rest));
    // At a distance of one the first or the last letter is the same: most words need no more than that.
    let near = |form: &str| {
        (word.chars().next() == form.chars().next() || word.chars().next_back() == form.chars().next_back())
            && strsim::osa_distance(word, form) == 1
    };
    !longer && !shorter && (near(name) || ends && lists.genitives.iter().any(|end| near(&format!("{name}{end}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(found: &[&str], name: &str) -> Verdict {
        let found: Vec<Spelling> = found.iter().map(|word| Spelling::new(word)).collect();
        let words: Vec<Spelling> = name.split_whitespace().map(Spelling::new).collect();
        verdict(found.iter(), &words, Language::Swedish)
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
        assert_eq!(one(&["Södra", "distrikten"], "Södra distriktet"), Verdict::Same);
        assert_eq!(one(&["Södra", "distrktet"], "Södra distriktet"), Verdict::Near);
        assert_eq!(one(&["Rådet", "om", "hälsa"], "Rådet för hälsa"), Verdict::Near);
        assert_eq!(one(&["Rådet", "för", "hälsan"], "Rådet för hälsa"), Verdict::Near);
        assert_eq!(one(&["Rådet", "för", "hälsas"], "Rådet för hälsa"), Verdict::Same);
        assert_eq!(one(&["Rådet", "för", "idrott"], "Rådet för hälsa"), Verdict::Other);
    }
}
