//! Which numbers of a sentence belong together: a count, the whole it is a part of, and the percentage.

use std::ops::Range;

use super::approximate::hedge;
use super::number::{Form, Number, Unit};
use super::prose::Passage;
use super::vocabulary::{self, Vocabulary};
use super::words::{count, find_phrase, holds, stem};
use crate::compute::exact::{Exact, Rounding};

/// Join clauses or phrases: what stands behind them is another thing.
const CONNECTING: &[&str] = &[
    "och", "eller", "men", "som", "på", "för", "till", "från", "under", "and", "or", "but", "that", "for", "to", "from",
];

/// Stand between "av" and the number of a whole.
const DETERMINERS: &[&str] = &[
    "de",
    "den",
    "dessa",
    "totalt",
    "sammanlagt",
    "alla",
    "samtliga",
    "våra",
    "sina",
    "drygt",
    "knappt",
    "cirka",
    "ca",
    "omkring",
    "ungefär",
    "hela",
    "minst",
    "the",
    "these",
    "those",
    "all",
    "our",
    "its",
    "a",
    "total",
    "of",
    "about",
    "some",
    "over",
    "nearly",
    "just",
    "almost",
];

/// "granskade", "svarande", "surveyed": may stand before the number of a whole.
fn is_participle(word: &str) -> bool {
    ["ade", "ande", "ende", "dda", "sta", "iga", "ska", "ala", "nya", "ed", "ing", "ible", "able", "al"]
        .iter()
        .any(|ending| word.ends_with(ending))
}

/// A part and its whole, or a percentage and its whole, with what was said of them. Positions are those of the passage's numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    pub part: Option<usize>,
    pub base: usize,
    pub percent: Option<usize>,
    /// The percentage is that of the rest of the whole.
    pub rest: bool,
    /// "16 av 40", in this order and close together.
    pub direct: bool,
}

impl Relation {
    /// From the first of its numbers to the end of the last.
    #[must_use]
    pub fn range(&self, passage: &Passage) -> Range<usize> {
        let all = [Some(self.base), self.part, self.percent];
        let ranges =
            all.into_iter().flatten().filter_map(|at| passage.numbers.get(at)).map(|number| number.range.clone());
        ranges.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)).unwrap_or(0..0)
    }

    /// The part in percent of the whole, exactly.
    #[must_use]
    pub fn share(&self, passage: &Passage) -> Option<Exact> {
        let part = passage.numbers.get(self.part?)?.value;
        let base = passage.numbers.get(self.base)?.value;
        let part = if self.rest { base.checked_sub(part)? } else { part };
        part.checked_mul(Exact::from(100_i64))?.checked_div(base)
    }
}

/// Whether a percentage as printed is that of the exact share, rounded either way at the half.
#[must_use]
pub fn agrees(share: Exact, printed: &Number, rounding: Rounding) -> bool {
    share.round(printed.decimals, rounding) == printed.value
}

/// All relations of a passage.
#[must_use]
pub fn relations(passage: &Passage) -> Vec<Relation> {
    let vocabulary = vocabulary::of(passage.language);
    let mut finder = Finder { passage, vocabulary, lower: &passage.lower, out: Vec::new() };
    for sentence in &passage.sentences {
        let all: Vec<usize> = passage
            .numbers
            .iter()
            .enumerate()
            .filter(|(_, number)| {
                sentence.start <= number.range.start && number.range.end <= sentence.end && number.allowed.is_none()
            })
            .map(|(at, _)| at)
            .collect();
        finder.sentence(sentence, &all);
    }
    finder.out
}

struct Finder<'a> {
    passage: &'a Passage,
    vocabulary: &'static Vocabulary,
    lower: &'a str,
    out: Vec<Relation>,
}

impl Finder<'_> {
    fn number(&self, at: usize) -> &Number {
        &self.passage.numbers[at]
    }

    fn between(&self, one: usize, two: usize) -> &str {
        let (from, to) = (self.number(one).range.end, self.number(two).range.start);
        self.lower.get(from..to).unwrap_or("")
    }

    fn is_count(&self, at: usize) -> bool {
        let number = self.number(at);
        number.count().is_some() || number.unit == Unit::Money
    }

    fn alike(&self, one: usize, two: usize) -> bool {
        self.number(one).unit == self.number(two).unit
    }

    fn sentence(&mut self, sentence: &Range<usize>, all: &[usize]) {
        self.direct(all);
        self.base_first(sentence, all);
        self.percentages(all);
    }

    /// "16 av 40", "13 respektive 27 av 40", "16 (40 procent) av 40".
    fn direct(&mut self, all: &[usize]) {
        for (position, &base) in all.iter().enumerate() {
            let Some(&before) = position.checked_sub(1).and_then(|at| all.get(at)) else { continue };
            let mut part = before;
            let mut percent = None;
            if self.number(before).is_percent() && self.between(before, base).trim_start().starts_with(')') {
                let Some(&earlier) = position.checked_sub(2).and_then(|at| all.get(at)) else { continue };
                if !self.between(earlier, before).trim_end().ends_with('(') {
                    continue;
                }
                percent = Some(before);
                part = earlier;
            }
            if !self.is_count(part) || !self.is_count(base) || !self.alike(part, base) {
                continue;
            }
            let words = self
                .lower
                .get(self.number(percent.unwrap_or(part)).range.end..self.number(base).range.start)
                .unwrap_or("");
            if !self.of_between(words.trim_start_matches(')')) {
                continue;
            }
            let pair = position.checked_sub(2).and_then(|at| all.get(at)).copied().filter(|&first| {
                percent.is_none()
                    && self.is_count(first)
                    && matches!(self.between(first, part).trim(), "respektive" | "respectively" | "och" | "and")
                    && holds(self.between(first, part), &["respektive", "respectively"])
            });
            for part in pair.into_iter().chain([part]) {
                self.out.push(Relation { part: Some(part), base, percent, rest: false, direct: true });
            }
            if let Some(first) = pair {
                self.paired_percentages(all, position, first, part, base);
            }
        }
    }

    /// "33 respektive 66 procent" after "13 respektive 27 av 40".
    fn paired_percentages(&mut self, all: &[usize], position: usize, first: usize, second: usize, base: usize) {
        let Some([one, two]) = all.get(position + 1..position + 3) else { return };
        if !self.number(*two).is_percent() || !holds(self.between(*one, *two), &["respektive", "respectively"]) {
            return;
        }
        for relation in &mut self.out {
            if relation.base == base && relation.part == Some(first) {
                relation.percent = Some(*one);
            } else if relation.base == base && relation.part == Some(second) {
                relation.percent = Some(*two);
            }
        }
    }

    /// Words between a part and its whole: at most four, "av", at most four that only determine the whole or three of any kind; or a slash.
    fn of_between(&self, words: &str) -> bool {
        if words == "/" {
            return true;
        }
        let clean = words.trim();
        if clean.contains([',', ';', ':', '(', ')', '.', '–']) {
            return false;
        }
        let parts: Vec<&str> = clean.split_whitespace().collect();
        let Some(of) = parts.iter().position(|word| self.is_of(word) || *word == "in") else { return false };
        if parts[of] == "in" && parts.len() > 1 {
            return false;
        }
        let (before, after) = (&parts[..of], &parts[of + 1..]);
        let before = if before.last() == Some(&"out") { &before[..before.len() - 1] } else { before };
        let stop = |words: &[&str]| words.iter().any(|word| CONNECTING.contains(word));
        let determined = after.len() <= 4 && after.iter().all(|word| DETERMINERS.contains(word));
        before.len() <= 4 && (determined || after.len() <= 3) && !stop(before) && !stop(after)
    }

    fn is_of(&self, word: &str) -> bool {
        self.vocabulary.of.contains(&word)
    }

    /// Whether a number is a whole: "av de 40 granskade", "of these 32", "n = 17". Only words that determine it stand between, and at most one
    /// participle; "av de svarande uppgav 13" names a part.
    fn is_base(&self, at: usize, sentence: &Range<usize>) -> bool {
        let number = self.number(at);
        let before = self.lower.get(sentence.start..number.range.start).unwrap_or("");
        let tail = before.trim_end();
        if tail.ends_with('=') {
            return tail.trim_end_matches('=').trim_end().ends_with('n');
        }
        if tail.ends_with([',', ';', ':', ')', '.', '(']) {
            return false;
        }
        let clause = tail.rsplit([',', ';', ':', '(', ')']).next().unwrap_or("");
        let words: Vec<&str> =
            clause.split_whitespace().rev().take(5).map(|word| word.trim_matches(['–', '”', '“'])).collect();
        let Some(of) = words.iter().position(|word| self.is_of(word)) else { return false };
        let middle: Vec<&str> = words[..of].iter().rev().copied().collect();
        let pronoun = |word: &str| matches!(word, "dem" | "vilka" | "them" | "which" | "whom");
        if middle.iter().any(|word| pronoun(word)) {
            return false;
        }
        let others: Vec<usize> = (0..middle.len()).filter(|at| !DETERMINERS.contains(&middle[*at])).collect();
        let next = self.lower.get(number.range.end..sentence.end).unwrap_or("").trim_start();
        let noun = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let followed = !noun.is_empty() && !CONNECTING.contains(&noun) && !self.is_of(noun);
        match others.as_slice() {
            [] => true,
            [one] => {
                // "av dessa saknade 16": what comes after "dessa" may be a verb.
                let after_these = middle[..*one].iter().any(|word| self.vocabulary.them.contains(word));
                followed && !after_these && *one + 1 == middle.len() && is_participle(middle[*one])
            }
            _ => false,
        }
    }

    /// "Av 40 ärenden saknade 16 …", "Av dem stämde 14 …", "40 ärenden, varav 16 …".
    fn base_first(&mut self, sentence: &Range<usize>, all: &[usize]) {
        let mut base = self.base_before(sentence, all);
        let mut closed = base.is_none();
        for (position, &at) in all.iter().enumerate() {
            let direct = self.out.iter().any(|known| known.direct && (known.base == at || known.part == Some(at)));
            if self.is_count(at) && !direct && self.is_base(at, sentence) {
                base = Some(at);
                closed = false;
                continue;
            }
            if let Some(&before) = position.checked_sub(1).and_then(|before| all.get(before)) {
                let words = self.between(before, at);
                if words.contains(';') || self.rest_between(words) {
                    closed = true;
                }
                if holds(words, &["varav", "av vilka", "of which", "of whom"])
                    && self.is_count(before)
                    && self.is_count(at)
                {
                    base = Some(before);
                    closed = false;
                }
            }
            if direct {
                closed = true;
            }
            let Some(base) = base.filter(|_| !closed) else { continue };
            let (whole, number) = (self.number(base), self.number(at));
            if self.is_count(at) && self.alike(base, at) && number.value <= whole.value && number.form != Form::Round {
                self.out.push(Relation { part: Some(at), base, percent: None, rest: false, direct: false });
            }
        }
    }

    fn rest_between(&self, words: &str) -> bool {
        holds(words, &self.vocabulary.rest)
    }

    /// The whole that "av dem", "of these" or "av barnen" takes up from what stands before the sentence.
    fn base_before(&self, sentence: &Range<usize>, all: &[usize]) -> Option<usize> {
        let text = self.lower.get(sentence.clone()).unwrap_or("");
        let mut opening = text.split_whitespace().map(|word| word.trim_matches([',', '.']));
        let of = opening.next().filter(|word| self.is_of(word))?;
        let word = opening.next()?;
        // "Av dessa 32 planer" names its own whole.
        let first = all.first().map_or(sentence.end, |at| self.number(*at).range.start);
        if first < sentence.start + of.len() + word.len() + 3 {
            return None;
        }
        let earlier = |at: &usize| {
            let number = self.number(*at);
            number.range.end <= sentence.start && number.allowed.is_none() && self.is_count(*at)
        };
        let places = 0..self.passage.numbers.len();
        if self.vocabulary.them.contains(&word) {
            return places.rev().find(earlier);
        }
        let noun = if DETERMINERS.contains(&word) { opening.next()? } else { word };
        let taken_up = stem(noun, self.passage.language);
        let mut same = places.filter(earlier).filter(|at| {
            let after = self.lower.get(self.number(*at).range.end..).unwrap_or("").trim_start();
            after
                .split(|c: char| !c.is_alphanumeric())
                .take(2)
                .any(|word| stem(word, self.passage.language) == taken_up)
        });
        // Two counts of the same kind: which of them is meant cannot be told.
        let one = same.next()?;
        same.next().is_none().then_some(one)
    }

    fn percentages(&mut self, all: &[usize]) {
        for (position, &at) in all.iter().enumerate() {
            let linked = self.out.iter().any(|known| known.percent == Some(at));
            if !self.number(at).is_percent() || linked {
                continue;
            }
            let _ = self.after_share(all, position, at)
                || self.before_share(all, position, at)
                || self.of_base(all, position, at)
                || self.within_base(all, position, at);
        }
    }

    /// "16 av 40 ärenden (41 procent)", "16 av 40, det vill säga 41 procent", "8 av 20 barn, 45 procent.", "… resten (60 procent)".
    fn after_share(&mut self, all: &[usize], position: usize, percent: usize) -> bool {
        let Some(&before) = position.checked_sub(1).and_then(|at| all.get(at)) else { return false };
        let words = self.between(before, percent).to_owned();
        let Some(found) = self.out.iter().rposition(|known| {
            known.percent.is_none() && (known.part == Some(before) || (known.direct && known.base == before))
        }) else {
            return false;
        };
        let rest = self.rest_between(&words);
        let whole = self.out[found].clone();
        if rest {
            // The percentage of what is left, beside the share itself.
            if words.trim_end().ends_with('(') && count(&words) <= 8 {
                self.out.push(Relation { percent: Some(percent), rest: true, ..whole });
                return true;
            }
            return false;
        }
        // "stämmer 14 (35 procent)" has the part beside it; a part further off has its own percentage.
        if !holds(&words, &self.vocabulary.breaks) && self.is_beside(before, percent) {
            self.out[found].percent = Some(percent);
            return true;
        }
        false
    }

    /// Whether a percentage says the same as what stands before it: in parentheses, after "det vill säga", or apposed between commas.
    fn is_beside(&self, before: usize, percent: usize) -> bool {
        let from = self.number(before).range.end;
        let start = self.number(percent).range.start;
        let start = hedge(self.lower, start).map_or(start, |(_, hedge)| hedge).max(from);
        let words = self.lower.get(from..start).unwrap_or("");
        let tail = words.trim_end();
        let bracket = tail.ends_with(['(', '[']) && count(words) <= 6;
        let equal = self.equal(words) && count(words) <= 12;
        let comma = matches!(words.trim(), "," | "–" | ":");
        let apposed = tail.strip_suffix([',', '–', ':']).is_some_and(|noun| self.is_phrase(noun, 5));
        bracket || equal || comma || (apposed && self.ends_clause(percent))
    }

    fn equal(&self, words: &str) -> bool {
        self.vocabulary.equals.iter().any(|phrase| find_phrase(words, phrase, 0).is_some())
    }

    /// Words without a sign or a conjunction among them.
    fn is_phrase(&self, words: &str, most: usize) -> bool {
        !words.contains([',', ';', ':', '(', ')', '.', '–'])
            && count(words) <= most
            && !words.split_whitespace().any(|word| CONNECTING.contains(&word))
    }

    /// Whether nothing is said of a number any more: a sign or the end follows, or "av dem".
    fn ends_clause(&self, at: usize) -> bool {
        let number = self.number(at);
        let end = self.passage.sentence(number.range.start).end;
        let after = self.lower.get(number.range.end..end).unwrap_or("").trim_start();
        let mut words = after.split_whitespace();
        let of_them = words.next().is_some_and(|word| self.is_of(word))
            && words.next().is_some_and(|word| self.vocabulary.them.contains(&word.trim_matches([',', '.'])));
        after.is_empty() || after.starts_with([',', '.', ')', ';', '–', ':', '!', '?']) || of_them
    }

    /// "41 procent (16 av 40)", "41 procent av ärendena, 16 av 40,", "30 procent, eller 9 av 36", "72 procent: 203 av 290".
    fn before_share(&mut self, all: &[usize], position: usize, percent: usize) -> bool {
        let Some(&after) = all.get(position + 1) else { return false };
        let words = self.between(percent, after).to_owned();
        let found =
            self.out.iter().position(|known| known.direct && known.part == Some(after) && known.percent.is_none());
        let Some(found) = found else { return false };
        let ends = words.trim_end();
        let close = ends.ends_with(['(', ':', ',', '–', '=']) || ends.ends_with("i");
        let equal = self.equal(&words) && count(&words) <= 6;
        let joined = holds(&words, &["och", "and"]);
        if (equal || (close && count(&words) <= 7)) && !holds(&words, &self.vocabulary.breaks) && !joined {
            self.out[found].percent = Some(percent);
            return true;
        }
        false
    }

    /// "37 procent av de 12 hemmen", "16, eller 41 procent av 40", "62 procent (n = 1 204)".
    fn of_base(&mut self, all: &[usize], position: usize, percent: usize) -> bool {
        let Some(&base) = all.get(position + 1) else { return false };
        let words = self.between(percent, base);
        let sized = words.trim_end().ends_with('=') && words.contains('n');
        if !self.is_count(base) || !(self.of_between(words) || sized) {
            return false;
        }
        let before = position.checked_sub(1).and_then(|at| all.get(at)).copied();
        let part = before.filter(|&before| {
            let words = self.between(before, percent);
            self.is_count(before)
                && self.vocabulary.equals.iter().any(|phrase| find_phrase(words, phrase, 0).is_some())
                && count(words) <= 5
        });
        self.out.push(Relation { part, base, percent: Some(percent), rest: false, direct: false });
        true
    }

    /// "Av 12 kommuner har 33 procent … och 67 procent …".
    fn within_base(&mut self, all: &[usize], position: usize, percent: usize) -> bool {
        let sentence = self.passage.sentence(self.number(percent).range.start);
        let Some(place) = all[..position].iter().rposition(|&at| {
            self.number(at).count().is_some()
                && self.is_base(at, &sentence)
                && !self.out.iter().any(|known| known.direct && known.base == at)
        }) else {
            return false;
        };
        let base = all[place];
        // "41 procent" beside a count is that count's: "hos sju enheter (41 procent)".
        if place + 1 == position && self.is_beside(base, percent) {
            return false;
        }
        let words = self.lower.get(self.number(base).range.end..self.number(percent).range.start).unwrap_or("");
        let only_percentages = all[place + 1..position].iter().all(|&at| self.number(at).is_percent());
        if words.contains(';') || !only_percentages || holds(words, &self.vocabulary.breaks) {
            return false;
        }
        // "37 procent av eleverna" has a base of its own.
        let after = self.lower.get(self.number(percent).range.end..sentence.end).unwrap_or("").trim_start();
        let own = self.vocabulary.of.iter().any(|of| after.starts_with(&format!("{of} ")));
        if own && !after.split_whitespace().nth(1).is_some_and(|word| self.vocabulary.them.contains(&word)) {
            return false;
        }
        self.out.push(Relation { part: None, base, percent: Some(percent), rest: false, direct: false });
        true
    }
}
