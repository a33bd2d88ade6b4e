//! What is said around a number: the words before and behind it, up to the next statement.

use std::collections::BTreeSet;
use std::ops::Range;

use super::words::{Class, Words, words};
use crate::check::lang::{Tag, pack};
use crate::check::number::Unit;
use crate::check::prose::Passage;
use crate::check::words::tokens;

/// What is said around a number, before and behind it, up to the next statement.
#[derive(Debug)]
pub struct Statement<'p> {
    pub(super) words: &'static Words,
    pub(super) passage: &'p Passage,
    pub(super) lead: Vec<Word<'p>>,
    pub(super) rest: Vec<Word<'p>>,
    /// The number before it that the lead begins behind: "av de 40 ärendena är 12 …".
    pub behind: Option<usize>,
    /// "varav 12 …": a part of the number before.
    pub(super) of_which: bool,
    /// Another number ends what is said behind it.
    pub(super) cut: bool,
    /// The number is an amount of money.
    pub(super) money: bool,
    /// "… gick det 5,4 barn": the lead ended with a word for nothing.
    pub(super) empty_subject: bool,
    /// The number stands in brackets: it says more of what stands before them.
    pub bracketed: bool,
    /// Its lead is that of the number before: "… were women and 207 were men".
    pub taken_over: bool,
    /// A comma stands before the number.
    pub(super) behind_comma: bool,
    /// "12 av dem": which of them was said before.
    pub(super) of_before: Option<&'p str>,
    /// Words that are written with a capital letter wherever they stand.
    names: &'p BTreeSet<&'p str>,
}

/// A word as it is written, or a number.
#[derive(Debug, Clone)]
pub(super) struct Word<'p> {
    pub(super) range: Range<usize>,
    pub(super) lower: &'p str,
    /// The position of an amount among the passage's numbers.
    number: Option<usize>,
    /// The last sign before it, in the gap to the word before.
    sign: Option<char>,
    /// How deep it stands in brackets, and whether some end before it.
    depth: usize,
    pub(super) behind_bracket: bool,
}

/// Ends of a statement.
const SIGNS: &[char] = &[',', ';', ':', '–', '.', '!', '?', '…'];

impl<'p> Statement<'p> {
    /// What is said around a number; of "41 av de 64 skolorna har …" behind the whole.
    #[must_use]
    pub fn around(passage: &'p Passage, at: usize, whole: Option<usize>, names: &'p BTreeSet<&'p str>) -> Self {
        let words = words(passage.language);
        let number = &passage.numbers[at];
        let sentence = passage.sentence(number.range.start);
        let mut all = read(passage, &sentence);
        let own = all.iter().position(|word| word.range.start >= number.range.start).unwrap_or(0);
        let depth = all.get(own).map_or(0, |word| word.depth);
        // What stands in brackets is said of something else.
        let kept: Vec<Word<'p>> =
            all.drain(..).filter(|word| word.depth == depth || word.range == number.range).collect();
        let own = kept.iter().position(|word| word.number == Some(at)).unwrap_or(0);
        let end =
            whole.and_then(|whole| kept.iter().position(|word| word.number == Some(whole))).unwrap_or(own).max(own);
        let (before, behind) = (&kept[..own], kept.get(end + 1..).unwrap_or_default());
        let joins = |word: &Word<'_>| words.is(Class::Conjunction, word.lower);
        let lists = |behind: &[Word<'_>]| match behind {
            [one, and, last, ..] => {
                !words.is_verb(one.lower)
                    && and.sign.is_none()
                    && joins(and)
                    && last.number.is_none()
                    && !words.is_verb(last.lower)
                    && behind.get(3).is_none_or(|next| next.sign.is_some())
            }
            _ => false,
        };
        let joined_again = |behind: &[Word<'_>]| match behind {
            [one, and, number, ..] => one.number.is_none() && joins(and) && number.number.is_some(),
            _ => false,
        };
        let earlier = before.iter().rposition(|word| word.number.is_some());
        let from = earlier.map_or(0, |earlier| earlier + 1);
        // The nearest beginning of a statement behind the number before.
        let begin = earlier.and_then(|_| {
            let signed = |word: &Word<'_>| word.sign.is_some_and(|sign| SIGNS.contains(&sign));
            if kept.get(own).is_some_and(signed) {
                return Some(own);
            }
            (from..own).rev().find_map(|at| {
                let word = &before[at];
                if joins(word) { Some(at + 1) } else { signed(word).then_some(at) }
            })
        });
        // A clause of its own begins behind a comma.
        let begin = begin.or_else(|| {
            let comma = (from + 1..own).rev().find(|at| before[*at].sign == Some(','));
            comma.filter(|_| earlier.is_none())
        });
        let lead: Vec<Word<'p>> = before[begin.unwrap_or(from)..].to_vec();
        let behind_number = if begin.is_none() { earlier.and_then(|at| before[at].number) } else { None };
        let mut rest: Vec<Word<'p>> = Vec::new();
        let mut cut = false;
        for (at, word) in behind.iter().enumerate() {
            let later = || behind[at..].iter().any(|word| word.number.is_some());
            let next = behind.get(at + 1).is_some_and(|next| words.is(Class::Article, next.lower));
            // "3–23 år"
            if word.sign == Some('–') && word.lower.starts_with(|c: char| c.is_ascii_digit()) {
                cut = true;
                break;
            }
            // "Leeds, Bradford and Hull", "chefer och medarbetare och 312 …"
            let listed = word.sign == Some(',') && lists(&behind[at..]);
            let within = !next && joins(word) && joined_again(&behind[at + 1..]);
            let signed = word.sign.is_some_and(|sign| SIGNS.contains(&sign));
            if signed && !listed || joins(word) && !within && (next || later()) {
                break;
            }
            if word.number.is_some() {
                cut = true;
                break;
            }
            rest.push(word.clone());
        }
        while rest
            .last()
            .is_some_and(|word| words.is(Class::Preposition, word.lower) || words.is(Class::Article, word.lower))
        {
            rest.pop();
        }
        let before_number = passage.tokens_in(&(sentence.start..number.range.start)).last();
        // "varav 12", and "four of whom" where what they are a part of stands in the same sentence.
        let next = passage.tokens_in(&(number.range.end..sentence.end)).first();
        let of_whom = next.filter(|token| earlier.is_some() && token.has(Tag::OfWhich));
        rest.retain(|word| of_whom.is_none_or(|token| word.range.start >= token.range.end));
        let of_which = of_whom.is_some() || before_number.is_some_and(|token| token.has(Tag::OfWhich));
        let (behind, empty_subject) = (behind_number, false);
        let behind_comma = kept.get(own).is_some_and(|word| word.sign == Some(','));
        let of_before = None;
        let mut out = Self {
            words,
            passage,
            lead,
            rest,
            behind,
            of_which,
            cut,
            money: number.unit == Unit::Money,
            empty_subject,
            bracketed: depth > 0,
            taken_over: false,
            behind_comma,
            of_before,
            names,
        };
        out.trim();
        // "… var 48 planerade och 16 oanmälda": the second says what the first did.
        if let Some(earlier) =
            earlier.and_then(|at| before[at].number).filter(|_| out.lead.is_empty() && !out.says_itself())
        {
            let first = Self::around(passage, earlier, None, names);
            out.taken_over = true;
            out.lead = first.lead;
            out.behind = first.behind;
            out.empty_subject = first.empty_subject;
        }
        out
    }

    pub(super) fn is(&self, class: Class, word: &Word<'_>) -> bool {
        self.words.is(class, word.lower)
    }

    pub(super) fn is_verb(&self, word: &Word<'_>) -> bool {
        self.words.is_verb(word.lower)
    }

    /// Takes words away that say nothing of what is counted.
    fn trim(&mut self) {
        // "16 of the cases": the cases are what is counted.
        if self.rest.first().is_some_and(|word| self.names_whole(word)) {
            self.rest.remove(0);
            self.of_before = self
                .rest
                .first()
                .filter(|word| self.is(Class::TakesUp, word) && !self.is(Class::Article, word))
                .map(|word| word.lower);
            while self.rest.first().is_some_and(|word| self.is(Class::Article, word)) {
                self.rest.remove(0);
            }
        }
        let says_nothing = |word: &Word<'_>| {
            self.is(Class::Conjunction, word) || self.is(Class::Adverb, word) && !self.is(Class::Article, word)
        };
        let opening = self.lead.iter().take_while(|word| says_nothing(word)).count();
        // "Var" is a verb as well, and what stands alone is no opening.
        self.lead.drain(..if opening < self.lead.len() { opening } else { 0 });
        loop {
            let adverb = self.words.of_class(Class::Adverb).iter().map(|adverb| adverb.split(' ').count());
            let longest = adverb.max().unwrap_or(1);
            let taken = (1..=longest.min(self.lead.len())).rev().find(|count| {
                let tail = &self.lead[self.lead.len() - count..];
                let phrase: Vec<&str> = tail.iter().map(|word| word.lower).collect();
                // "var" is a verb, unless nothing stands before it.
                self.words.is(Class::Adverb, &phrase.join(" ")) && !(tail.len() == 1 && self.is_verb(&tail[0]))
            });
            match taken {
                Some(count) => self.lead.truncate(self.lead.len() - count),
                None => break,
            }
        }
        while self.lead.last().is_some_and(|word| self.is(Class::Article, word)) {
            let Some(taken) = self.lead.pop() else { break };
            if self.lead.last().is_some_and(|word| self.is_verb(word)) && self.is(Class::TakesUp, &taken) {
                // "gick det 5,4 barn" has no subject; "var den 19,8 minuter" has one that was said before.
                self.empty_subject = self.is(Class::Expletive, &taken);
                self.of_before = self.of_before.or(Some(taken.lower)).filter(|_| !self.empty_subject);
            }
        }
        // "Det anmäldes 44 skador"
        if let [first, verb] = self.lead.as_slice()
            && self.is(Class::Expletive, first)
            && self.words.is_passive(verb.lower)
        {
            self.lead.remove(0);
        }
        if self.lead.last().is_some_and(|word| self.is(Class::Clause, word)) {
            self.lead.clear();
        }
    }

    /// Whether a verb stands behind what is counted: the statement is whole without a lead.
    fn says_itself(&self) -> bool {
        self.verb().is_some()
    }

    /// The first verb behind the number, where a word stands before it.
    pub(super) fn verb(&self) -> Option<usize> {
        (1..self.rest.len()).find(|at| {
            let before = &self.rest[at - 1];
            // "safeguarding concerns were": a noun.
            let noun = self.rest.get(at + 1).is_some_and(|next| self.is(Class::Reaches, next));
            self.is_verb(&self.rest[*at])
                && !noun
                && !self.is(Class::Preposition, before)
                && !self.is(Class::Article, before)
        })
    }

    pub(super) fn text(&self, words: &[Word<'_>]) -> String {
        let mut out = String::new();
        for (at, word) in words.iter().enumerate() {
            // As it stands, but without what stood in brackets between.
            let gap = match at.checked_sub(1).and_then(|before| words.get(before)) {
                Some(before) if word.behind_bracket => self.passage.slice(before.range.end..before.range.end + 1),
                Some(before) => self.passage.slice(before.range.end..word.range.start),
                None => "",
            };
            out.push_str(if gap.trim().is_empty() && !gap.is_empty() { " " } else { gap });
            out.push_str(self.passage.slice(word.range.clone()));
        }
        out
    }

    /// The same, begun small: it stood at the beginning of a sentence.
    pub(super) fn small(&self, words: &[Word<'_>]) -> String {
        let text = self.text(words);
        let begins =
            words.first().is_some_and(|word| self.passage.sentence(word.range.start).start == word.range.start);
        let mut letters = text.chars();
        let name = words.first().is_some_and(|word| self.is_name(word));
        match letters.next() {
            Some(first) if !name && begins && !letters.clone().next().is_some_and(char::is_uppercase) => {
                first.to_lowercase().chain(letters).collect()
            }
            _ => text,
        }
    }

    pub(super) fn is_name(&self, word: &Word<'_>) -> bool {
        self.names.contains(self.passage.slice(word.range.clone()))
    }

    pub(super) fn join(&self, class: Class) -> &'static str {
        self.words.of_class(class).first().copied().unwrap_or_default()
    }

    /// Whether a word stands before a whole: "av", "among".
    pub(super) fn names_whole(&self, word: &Word<'_>) -> bool {
        pack(self.passage.language).tags(word.lower).has(Tag::Of)
    }

    /// What the words before the number end with: "uppgick till", "there were".
    pub(super) fn ending(&self, class: Class) -> Option<usize> {
        let ends = |phrase: &&&str| {
            let count = phrase.split(' ').count();
            self.lead.len() >= count
                && phrase.split(' ').zip(&self.lead[self.lead.len() - count..]).all(|(word, own)| word == own.lower)
        };
        self.words.of_class(class).iter().filter(ends).map(|phrase| phrase.split(' ').count()).max()
    }
}

/// The words and numbers of a sentence; numbers that are no amounts (years, names) are words.
fn read<'p>(passage: &'p Passage, sentence: &Range<usize>) -> Vec<Word<'p>> {
    let lower = passage.lower.as_str();
    let mut out: Vec<Word<'p>> = Vec::new();
    let (mut end, mut depth) = (sentence.start, 0_usize);
    let mut push = |range: Range<usize>, number: Option<usize>| {
        let gap = lower.get(end..range.start).unwrap_or("");
        for c in gap.chars() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        let sign = gap.chars().rev().find(|c| SIGNS.contains(c));
        end = range.end;
        let behind_bracket = gap.contains([')', ']']);
        out.push(Word { lower: lower.get(range.clone()).unwrap_or(""), range, number, sign, depth, behind_bracket });
    };
    let mut numbers = passage.numbers_in(sentence).peekable();
    let text = lower.get(sentence.clone()).unwrap_or("");
    for word in tokens(text).into_iter().map(|range| range.start + sentence.start..range.end + sentence.start) {
        while let Some(at) = numbers.peek().copied() {
            let range = &passage.numbers[at].range;
            if word.start < range.start {
                break;
            }
            push(range.clone(), is_amount(passage, at).then_some(at));
            numbers.next();
        }
        if word.start >= end_of(passage, &word) {
            push(word, None);
        }
    }
    for at in numbers {
        push(passage.numbers[at].range.clone(), is_amount(passage, at).then_some(at));
    }
    out
}

/// The end of the number that a word is part of, else where it begins.
fn end_of(passage: &Passage, word: &Range<usize>) -> usize {
    let next = passage.numbers.partition_point(|number| number.range.end <= word.start);
    let number = passage.numbers.get(next).filter(|number| number.range.start <= word.start);
    number.map_or(word.start, |number| number.range.end)
}

/// Whether a number may be an amount, and is not most likely a year.
#[must_use]
pub fn is_amount(passage: &Passage, at: usize) -> bool {
    let number = &passage.numbers[at];
    let own = passage.slice(number.range.clone());
    let year = own.len() == 4
        && number.count().is_some_and(|count| (1900..2100).contains(&count))
        && own.bytes().all(|byte| byte.is_ascii_digit());
    number.allowed.is_none() && !year
}
