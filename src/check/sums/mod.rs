//! Enumerations: which numbers of a sentence are parts of one whole, and what they make together.

mod runs;
mod said;

use std::ops::Range;

pub use said::{ALL, DIVIDES};

use super::hedges::hedge;
use super::lang::Lists;
use super::number::{Number, Unit};
use super::prose::Passage;
use super::relation::{Relation, Relations};
use super::rule::Rule;
use super::words::{clip, count, find_phrase, holds};
use crate::diagnostic::Diagnostic;
use crate::locale::Language;
use crate::value::Exact;
use said::{HAVING, PARTLY, TOTAL};

/// So many bytes lie between the members of an enumeration, and so many numbers before its rest.
const NEAR_BYTES: usize = 600;
const NEAR: usize = 64;

/// A few words without a sign or a number among them.
fn is_noun(words: &str) -> bool {
    !words.contains([',', ';', ':', '(']) && !words.contains(|c: char| c.is_ascii_digit()) && count(words) <= 6
}

/// One passage, for its sums.
pub struct Sums<'a> {
    /// In whose name faults are told.
    pub rule: &'static Rule,
    pub passage: &'a Passage,
    pub lower: &'a str,
    pub lists: &'static Lists,
    pub relations: &'a Relations,
}

impl Sums<'_> {
    /// Positions of the counts of a sentence; amounts of money are counts of their own kind.
    fn counts(&self, sentence: &Range<usize>) -> Vec<usize> {
        let counted = |number: &Number| number.count().is_some() || number.unit == Unit::Money;
        let all = self.passage.numbers_in(sentence);
        all.filter(|at| counted(self.number(*at)) && self.number(*at).allowed.is_none()).collect()
    }

    fn number(&self, at: usize) -> &Number {
        &self.passage.numbers[at]
    }

    fn between(&self, one: usize, two: usize) -> &str {
        self.lower.get(self.number(one).range.end..self.number(two).range.start).unwrap_or("")
    }

    fn sum(&self, parts: &[usize]) -> Option<Exact> {
        parts.iter().try_fold(Exact::ZERO, |sum, at| sum.checked_add(self.number(*at).value))
    }

    fn all_bound(&self, numbers: impl IntoIterator<Item = usize>) -> bool {
        numbers.into_iter().all(|at| self.number(at).bound)
    }

    fn declared(&self, sentence: &Range<usize>) -> bool {
        // Said in the same sentence or in the next.
        let next = self.passage.sentences.partition_point(|next| next.start < sentence.end);
        let next = self.passage.sentences.get(next).map_or(sentence.end, |next| next.end);
        let text = self.lower.get(sentence.start..next).unwrap_or("");
        self.lists.overlap.iter().any(|phrase| find_phrase(text, phrase, 0).is_some())
    }

    fn report(&self, numbers: &[usize], message: String, out: &mut Vec<Diagnostic>) {
        let ranges = numbers.iter().map(|at| self.number(*at).range.clone());
        let Some(range) = ranges.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)) else { return };
        if !self.all_bound(numbers.iter().copied()) {
            out.push(
                self.rule
                    .at(self.passage.span(range), message)
                    .help("correct the part or the whole; bound parts are added up by the program"),
            );
        }
    }

    /// "Av nitton avslag gällde sju …, åtta … och sex …"
    pub fn exceeding(&self, sentence: &Range<usize>, out: &mut Vec<Diagnostic>) {
        let counts = self.counts(sentence);
        let text = self.lower.get(sentence.clone()).unwrap_or("");
        let (runs, Some(sums)) = (self.runs(&counts), self.sums(&counts)) else { return };
        let having = holds(text, HAVING);
        for (place, &whole) in counts.iter().enumerate().filter(|_| !having) {
            let first = self
                .relations
                .with_number(whole)
                .find(|relation| relation.base == whole && !relation.direct && relation.part.is_some());
            let Some(next) = counts.get(place + 1) else { continue };
            if first.is_none_or(|relation| relation.part != Some(*next)) {
                continue;
            }
            let parts = &counts[place + 1..runs[place + 1]];
            let Some(sum) = sums[runs[place + 1]].checked_sub(sums[place + 1]) else { continue };
            let exclusive = parts.len() >= 2;
            // A slip comes near the whole; stages ("40 were screened, 30 assessed and 20 offered") or things that overlap go far beyond it.
            let near = self.near(sum, whole, 2);
            if exclusive && near && sum > self.number(whole).value && !self.declared(sentence) {
                let numbers: Vec<usize> = std::iter::once(whole).chain(parts.iter().copied()).collect();
                self.report(
                    &numbers,
                    format!("the parts make {sum}, more than the whole, {}", self.number(whole).value),
                    out,
                );
            }
        }
    }

    /// Whether a sum lies within the whole's own `1/parts` of it.
    fn near(&self, sum: Exact, whole: usize, parts: i64) -> bool {
        let whole = self.number(whole).value;
        let apart = if sum > whole { sum.checked_sub(whole) } else { whole.checked_sub(sum) };
        apart.and_then(|apart| apart.checked_mul(Exact::from(parts))).is_some_and(|apart| apart <= whole)
    }

    /// "143 personer (92 kvinnor och 41 män)", "485 elever: 230 flickor och 245 pojkar", "tretton personer intervjuades, åtta chefer och sex
    /// handläggare".
    pub fn apposed(&self, sentence: &Range<usize>, out: &mut Vec<Diagnostic>) {
        let counts = self.counts(sentence);
        let (runs, Some(sums)) = (self.runs(&counts), self.sums(&counts)) else { return };
        let mut declared = None;
        for (place, &whole) in counts.iter().enumerate() {
            let Some(&end) = runs.get(place + 1) else { continue };
            let parts = &counts[place + 1..end];
            let (Some(&first), Some(&last)) = (parts.first(), parts.last()) else { continue };
            let words = self.between(whole, first);
            if words.len() > NEAR_BYTES {
                continue;
            }
            let Some(mark) = words.trim_end().chars().next_back() else { continue };
            let noun = words.trim_end().trim_end_matches(mark);
            // "25 personer: chefer (6), handläggare (12) och brukare (8)"
            let (noun, mark) = match noun.split_once(':') {
                Some((noun, name)) if mark == '(' && is_noun(name) => (noun, '['),
                _ => (noun, mark),
            };
            let said = noun.split_whitespace().count();
            let plain = !noun.contains([',', ';', ':', '(', '.']) && !holds(noun, &["och", "and", "varav"]);
            if parts.len() < 2 || !plain || holds(words, PARTLY) {
                continue;
            }
            if *declared.get_or_insert_with(|| self.declared(sentence)) {
                return;
            }
            let after = clip(self.lower.get(self.number(last).range.end..sentence.end).unwrap_or(""), NEAR_BYTES);
            let closed = match mark {
                '(' => after.find(')').is_some_and(|end| is_noun(&after[..end])),
                '[' => after.starts_with(')') && is_noun(after[1..].trim_end_matches(['.', '!', ' '])),
                ':' | '–' => is_noun(after.trim_end().trim_end_matches(['.', '!'])),
                // Commas also join what is no part of anything: then only what comes near is a slip, and the whole is said to be one.
                ',' if place == 0 => {
                    let generic = self.lists.persons.has(noun.trim_start());
                    let made_of =
                        holds(self.lower.get(sentence.start..self.number(whole).range.start).unwrap_or(""), DIVIDES);
                    let part = self.relations.with_number(whole).any(|known| known.part == Some(whole));
                    is_noun(after.split([',', '.', ';']).next().unwrap_or(""))
                        && (said >= 2 || generic || made_of || self.are_adjectives(parts, after))
                        && !part
                }
                _ => false,
            };
            let alike = self.number(whole).unit == self.number(first).unit;
            let Some(sum) = sums[end].checked_sub(sums[place + 1]) else { continue };
            let near = self.near(sum, whole, if mark == ',' { 4 } else { 2 });
            let smaller = || parts.iter().all(|part| self.number(*part).value < self.number(whole).value);
            if (1..=7).contains(&said) && closed && alike && near && sum != self.number(whole).value && smaller() {
                let numbers: Vec<usize> = std::iter::once(whole).chain(parts.iter().copied()).collect();
                self.report(&numbers, format!("the parts make {sum}, the whole is {}", self.number(whole).value), out);
                return;
            }
        }
    }

    /// "11 kommunala och 8 privata": the parts name only what sort of the whole they are.
    fn are_adjectives(&self, parts: &[usize], after: &str) -> bool {
        let endings = match self.passage.language {
            Language::Swedish => &["ala", "iga", "ska", "ata", "ade", "nya", "ella", "iva"][..],
            Language::English => &["al", "ic", "ate", "ed", "ary", "ive", "ous"][..],
        };
        let word = |text: &str| text.split_whitespace().next().unwrap_or("").trim_matches(['.', ',']).to_owned();
        let behind = parts.windows(2).filter_map(|pair| Some(word(self.between(*pair.first()?, *pair.get(1)?))));
        behind.chain([word(after)]).all(|word| endings.iter().any(|ending| word.ends_with(ending)))
    }

    /// "Norr har 14 lägenheter, Söder 9 och Centrum 12. Sammanlagt är det 37."
    pub fn total_after(&self, place: usize, sentence: &Range<usize>, out: &mut Vec<Diagnostic>) {
        let Some(previous) = place.checked_sub(1).and_then(|at| self.passage.sentences.get(at)) else { return };
        let [total] = self.counts(sentence)[..] else { return };
        let before = self.lower.get(sentence.start..self.number(total).range.start).unwrap_or("");
        let opens =
            TOTAL.iter().any(|word| find_phrase(before, word, 0).is_some_and(|at| before[..at].trim().is_empty()));
        let counts = self.counts(previous);
        let parts = self.run(&counts, 0);
        let alike = parts.iter().all(|part| self.number(*part).unit == self.number(total).unit);
        if !opens || parts.len() < 2 || parts.len() != counts.len() || !alike || self.declared(previous) {
            return;
        }
        let Some(sum) = self.sum(parts) else { return };
        if sum != self.number(total).value && self.near(sum, total, 2) {
            let numbers: Vec<usize> = parts.iter().copied().chain([total]).collect();
            self.report(&numbers, format!("the parts make {sum}, not {}", self.number(total).value), out);
        }
    }

    /// "Samtliga 40 ärenden fördelar sig på …", "All 24 homes were rated: …"
    pub fn divided(&self, sentence: &Range<usize>, out: &mut Vec<Diagnostic>) {
        let counts = self.counts(sentence);
        let [whole, first, ..] = counts.as_slice() else { return };
        let words = self.between(*whole, *first);
        let divides = holds(words, DIVIDES);
        let before = self.lower.get(sentence.start..self.number(*whole).range.start).unwrap_or("");
        let listed = words.contains(':') && holds(before, ALL);
        let parts = self.run(&counts, 1);
        if !(divides || listed) || parts.len() < 2 || parts.len() + 1 != counts.len() || self.declared(sentence) {
            return;
        }
        if self.number(*whole).unit != self.number(*first).unit {
            return;
        }
        let Some(sum) = self.sum(parts) else { return };
        if sum != self.number(*whole).value {
            self.report(&counts, format!("the parts make {sum}, the whole is {}", self.number(*whole).value), out);
        }
    }

    /// "16 kvinnor och 9 män, totalt 26", "13 women and 19 men, 33 people in all"
    pub fn total(&self, sentence: &Range<usize>, out: &mut Vec<Diagnostic>) {
        let counts = self.counts(sentence);
        let sums = self.sums(&counts);
        let mut starts = None;
        for (place, &total) in counts.iter().enumerate().skip(2) {
            let Some(&last) = counts.get(place - 1) else { continue };
            let words = self.between(last, total);
            if words.len() > NEAR_BYTES {
                continue;
            }
            let end = counts.get(place + 1).map_or(sentence.end, |next| self.number(*next).range.start);
            let after = clip(self.lower.get(self.number(total).range.end..end).unwrap_or(""), NEAR_BYTES);
            let after: String = after
                .split([',', '.', ';', ':'])
                .next()
                .unwrap_or("")
                .split_whitespace()
                .take(4)
                .collect::<Vec<_>>()
                .join(" ");
            // The words for a total stand beside it: "…, totalt 26".
            let tail: String = words
                .split_whitespace()
                .rev()
                .take(3)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect::<Vec<_>>()
                .join(" ");
            let bounded = hedge(self.lower, self.number(total).range.start).is_some();
            let named = holds(&tail, TOTAL) || holds(&after, TOTAL);
            if !named || bounded || words.contains(['.', ';']) || count(words) > 8 {
                continue;
            }
            let (starts, Some(sums)) = (starts.get_or_insert_with(|| self.starts(&counts)), &sums) else { return };
            let (first, direct) = starts[place - 1];
            let parts = &counts[first..place];
            if parts.len() < 2 || direct || self.number(total).unit != self.number(last).unit {
                continue;
            }
            let Some(sum) = sums[place].checked_sub(sums[first]) else { continue };
            if sum != self.number(total).value {
                self.report(
                    &counts[first..=place],
                    format!("the parts make {sum}, not {}", self.number(total).value),
                    out,
                );
            }
        }
    }

    /// "Av 40 ärenden har 25 en plan. Resten, 14 ärenden, saknar plan."
    pub fn rest(&self, place: usize, sentence: &Range<usize>, out: &mut Vec<Diagnostic>) {
        let text = self.lower.get(sentence.clone()).unwrap_or("");
        let found = self.lists.rest.iter().filter_map(|word| find_phrase(text, word, 0)).min();
        let Some(marker) = found.map(|at| sentence.start + at) else { return };
        let counts = self.counts(sentence);
        let Some(&rest) = counts.iter().find(|at| self.number(**at).range.start > marker) else { return };
        let words = self.lower.get(marker..self.number(rest).range.start).unwrap_or("");
        // "resten av de 40 anmälda" names the whole, not the rest.
        let near = count(words) <= 2 && !holds(words, &self.lists.of) && self.number(rest).unit == Unit::None;
        let end = self.number(rest).range.end;
        let of_next = self
            .lower
            .get(end..)
            .is_some_and(|after| self.lists.of.iter().any(|of| after.trim_start().starts_with(&format!("{of} "))));
        if !near || of_next {
            return;
        }
        let from = if place == 0 { sentence.start } else { self.passage.sentences[place - 1].start };
        // The relations of both sentences, each met at its part. Where there are very many, not all are parts of one whole.
        let near = self.passage.numbers_in(&(from..marker));
        if near.len() > NEAR {
            return;
        }
        let all = near.flat_map(|at| self.relations.with_number(at).filter(move |relation| relation.part == Some(at)));
        let before: Vec<&Relation> = all
            .filter(|relation| {
                let range = relation.range(self.passage);
                from <= range.start && range.end <= marker && !relation.rest
            })
            .collect();
        let Some(whole) = before.last().map(|relation| relation.base) else { return };
        let same: Vec<usize> = before
            .iter()
            .filter(|relation| self.number(relation.base).value == self.number(whole).value)
            .filter_map(|relation| relation.part)
            .collect();
        if same.len() != before.len() || self.declared(&(from..sentence.end)) {
            return;
        }
        let Some(parts) = self.sum(&same) else { return };
        let Some(left) = self.number(whole).value.checked_sub(parts) else { return };
        if left != self.number(rest).value && !left.is_negative() {
            let message = format!(
                "the rest of {} less {parts} is {left}, not {}",
                self.number(whole).value,
                self.number(rest).value
            );
            if !self.all_bound([whole, rest].into_iter().chain(same)) {
                let range = marker..self.number(rest).range.end;
                out.push(
                    self.rule.at(self.passage.span(range), message).help("correct the part, the whole or the rest"),
                );
            }
        }
    }
}
