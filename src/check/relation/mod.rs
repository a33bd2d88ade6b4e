//! Which numbers of a sentence belong together: a count, the whole it is a part of, and the percentage.

mod percentage;

use std::ops::Range;

use super::lang::{self, Lists, Tag};
use super::number::{Form, Number, Unit};
use super::prose::Passage;
use super::words::{clip, clip_start, holds, stem};
use crate::value::{Exact, Rounding};

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

/// "granskade", "svarande", "surveyed", and the genitive "länets": may stand before the number of a whole.
fn is_participle(word: &str) -> bool {
    [
        "ets", "ens", "nas", "’s", "ade", "ande", "ende", "dda", "sta", "iga", "ska", "ala", "nya", "ed", "ing",
        "ible", "able", "al",
    ]
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

/// The relations of a passage, to be found by their numbers.
#[derive(Debug, Default)]
pub struct Relations {
    all: Vec<Relation>,
    /// For each number of the passage the relations that it is in.
    of: Vec<Vec<usize>>,
}

impl Relations {
    fn new(all: Vec<Relation>, numbers: usize) -> Self {
        let mut of = vec![Vec::new(); numbers];
        for (place, relation) in all.iter().enumerate() {
            let mut members: Vec<usize> =
                [Some(relation.base), relation.part, relation.percent].into_iter().flatten().collect();
            members.sort_unstable();
            members.dedup();
            members.into_iter().for_each(|at| of[at].push(place));
        }
        Self { all, of }
    }

    /// Those that a number is in, in their order.
    pub fn with_number(&self, number: usize) -> impl Iterator<Item = &Relation> {
        self.of.get(number).into_iter().flatten().filter_map(|place| self.all.get(*place))
    }

    /// Whether two numbers are of one share: "55 procent (22 av 40)".
    #[must_use]
    pub fn join(&self, one: usize, two: usize) -> bool {
        self.with_number(one)
            .any(|relation| [Some(relation.base), relation.part, relation.percent].contains(&Some(two)))
    }
}

impl std::ops::Deref for Relations {
    type Target = [Relation];

    fn deref(&self) -> &[Relation] {
        &self.all
    }
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
        percent_of(part, base)
    }
}

/// A part in percent of its whole, exactly; none where the whole is zero.
#[must_use]
pub fn percent_of(part: Exact, whole: Exact) -> Option<Exact> {
    part.checked_mul(Exact::from(100_i64))?.checked_div(whole)
}

/// Whether a percentage as printed is that of the exact share, rounded either way at the half.
#[must_use]
pub fn agrees(share: Exact, printed: &Number, rounding: Rounding) -> bool {
    share.round(printed.decimals, rounding) == printed.value
}

/// All relations of a passage.
#[must_use]
pub fn relations(passage: &Passage) -> Relations {
    let lists = lang::lists(passage.language);
    let direct = vec![false; passage.numbers.len()];
    let (of, linked) = (vec![Vec::new(); passage.numbers.len()], direct.clone());
    let mut finder = Finder { passage, lists, lower: &passage.lower, out: Vec::new(), direct, of, linked };
    for sentence in &passage.sentences {
        let inside = passage.numbers_in(sentence);
        let all: Vec<usize> = inside.filter(|at| passage.numbers[*at].allowed.is_none()).collect();
        finder.sentence(sentence, &all);
    }
    Relations::new(finder.out, passage.numbers.len())
}

struct Finder<'a> {
    passage: &'a Passage,
    lists: &'static Lists,
    lower: &'a str,
    out: Vec<Relation>,
    /// For each number whether it is in "16 av 40".
    direct: Vec<bool>,
    /// For each number the relations in which it is a part or a whole.
    of: Vec<Vec<usize>>,
    /// For each number whether it is the percentage of a relation.
    linked: Vec<bool>,
}

/// What belongs together stands near each other: so many numbers, and so many bytes of a sentence, are looked at before and after one.
const NEAR: usize = 24;
const NEAR_BYTES: usize = 600;

impl Finder<'_> {
    fn push(&mut self, relation: Relation) {
        let place = self.out.len();
        for at in [Some(relation.base), relation.part].into_iter().flatten() {
            self.of[at].push(place);
            self.direct[at] |= relation.direct;
        }
        if let Some(percent) = relation.percent {
            self.linked[percent] = true;
        }
        self.out.push(relation);
    }

    fn number(&self, at: usize) -> &Number {
        &self.passage.numbers[at]
    }

    fn between(&self, one: usize, two: usize) -> &str {
        let (from, to) = (self.number(one).range.end, self.number(two).range.start);
        self.lower.get(from..to).unwrap_or("")
    }

    /// A count or an amount of money; a span of time is a part of nothing.
    fn is_count(&self, at: usize) -> bool {
        let number = self.number(at);
        let next = self.lower.get(number.range.end..).unwrap_or("").split_whitespace().next().unwrap_or("");
        let time = self.lists.times.has(next);
        (number.count().is_some() && !time) || number.unit == Unit::Money
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
                self.push(Relation { part: Some(part), base, percent, rest: false, direct: true });
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
        let pair = self.out.len().saturating_sub(2);
        for relation in &mut self.out[pair..] {
            if relation.base == base && relation.part == Some(first) {
                relation.percent = Some(*one);
                self.linked[*one] = true;
            } else if relation.base == base && relation.part == Some(second) {
                relation.percent = Some(*two);
                self.linked[*two] = true;
            }
        }
    }

    /// Words between a part and its whole: at most four, "av", at most four that only determine the whole or three of any kind; or a slash.
    fn of_between(&self, words: &str) -> bool {
        if words == "/" {
            return true;
        }
        let clean = words.trim();
        if clean.len() > NEAR_BYTES || clean.contains([',', ';', ':', '(', ')', '.', '–']) {
            return false;
        }
        let parts: Vec<&str> = clean.split_whitespace().collect();
        let Some(of) = parts.iter().position(|word| self.is_of(word) || *word == "in") else { return false };
        if parts[of] == "in" && parts.len() > 1 {
            return false;
        }
        let (before, after) = (&parts[..of], &parts[of + 1..]);
        // "237 hushåll bestående av 434 personer": what is made up of others is no part of them.
        let made = before.last().and_then(|word| lang::pack(self.passage.language).phrase(word, |_| Some(parts[of])));
        if made.is_some_and(|(_, tags)| tags.has(Tag::Divides)) {
            return false;
        }
        let before = if before.last() == Some(&"out") { &before[..before.len() - 1] } else { before };
        let stop = |words: &[&str]| words.iter().any(|word| CONNECTING.contains(word));
        let determined = after.len() <= 4 && after.iter().all(|word| DETERMINERS.contains(word));
        before.len() <= 4 && (determined || after.len() <= 3) && !stop(before) && !stop(after)
    }

    fn is_of(&self, word: &str) -> bool {
        self.lists.of.has(word)
    }

    /// Whether a number is a whole: "av de 40 granskade", "of these 32", "n = 17". Only words that determine it stand between, and at most one
    /// participle; "av de svarande uppgav 13" names a part.
    fn is_base(&self, at: usize, sentence: &Range<usize>) -> bool {
        let number = self.number(at);
        let before = clip_start(self.lower.get(sentence.start..number.range.start).unwrap_or(""), NEAR_BYTES);
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
                let after_these = middle[..*one].iter().any(|word| self.lists.them.has(word));
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
            let direct = self.direct[at];
            if self.is_count(at) && !direct && self.is_base(at, sentence) {
                base = Some(at);
                closed = false;
                continue;
            }
            if let Some(&before) = position.checked_sub(1).and_then(|before| all.get(before)) {
                let words = clip(self.between(before, at), NEAR_BYTES);
                if words.contains(';') || self.rest_between(words) || self.names_a_whole(words) {
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
            // "1,284 referrals, and 514 of them (44%)": what was counted last is the whole.
            if self.is_of_them(at, sentence)
                && let Some(&whole) = all[..position].iter().rev().take(NEAR).find(|whole| {
                    self.is_count(**whole)
                        && self.alike(**whole, at)
                        && self.number(**whole).value >= self.number(at).value
                })
                && self.is_count(at)
                && !direct
            {
                self.push(Relation { part: Some(at), base: whole, percent: None, rest: false, direct: false });
                continue;
            }
            let Some(base) = base.filter(|_| !closed) else { continue };
            let (whole, number) = (self.number(base), self.number(at));
            if self.is_count(at) && self.alike(base, at) && number.value <= whole.value && number.form != Form::Round {
                self.push(Relation { part: Some(at), base, percent: None, rest: false, direct: false });
            }
        }
    }

    /// "514 of them", "19 of whom", "37 av dem".
    fn is_of_them(&self, at: usize, sentence: &Range<usize>) -> bool {
        let after = self.lower.get(self.number(at).range.end..sentence.end).unwrap_or("");
        let mut words = after.split_whitespace().map(|word| word.trim_matches([',', '.', ';', ')']));
        let of = words.next().is_some_and(|word| self.is_of(word));
        of && words.next().is_some_and(|word| self.lists.them.has(word))
            && !words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// "av männen", "of the women": words that name another whole, without its number.
    fn names_a_whole(&self, words: &str) -> bool {
        let mut rest = words.split_whitespace().skip_while(|word| !self.is_of(word)).skip(1);
        let next = rest.find(|word| !DETERMINERS.contains(word));
        next.is_some_and(|word| !self.lists.them.has(word.trim_matches([',', '.', ')'])))
    }

    fn rest_between(&self, words: &str) -> bool {
        holds(words, &self.lists.rest)
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
        let end = self.passage.numbers_in(sentence).start;
        let places = end.saturating_sub(NEAR)..end;
        if self.lists.them.has(word) {
            return places.rev().find(earlier);
        }
        let noun = if DETERMINERS.contains(&word) { opening.next()? } else { word };
        let taken_up = stem(noun, self.passage.language);
        let mut same = places.filter(earlier).filter(|at| {
            let after = self.lower.get(self.number(*at).range.end..).unwrap_or("").trim_start();
            let words: Vec<&str> = after.split(|c: char| !c.is_alphanumeric()).take(2).collect();
            let noun = words.iter().find(|word| !is_participle(word));
            noun.is_some_and(|word| stem(word, self.passage.language) == taken_up)
        });
        // Two counts of the same kind: which of them is meant cannot be told.
        let one = same.next()?;
        same.next().is_none().then_some(one)
    }
}
