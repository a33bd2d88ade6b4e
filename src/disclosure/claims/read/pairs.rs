//! Two quantities held against each other: differences, multiples, ratios, percentage points.

use std::ops::Range as Bytes;

use crate::check::{Kind, Tag, Token, lists};

use super::super::super::network::Terms;
use super::super::names::Column;
use super::super::sentence::Sentence;
use super::super::statement::{Range, Statement, WHOLE};
use super::{Claim, Reading, Subject, claim, times};

/// How many words may stand between the parts of a ratio.
const NEAR: usize = 4;

impl Reading<'_> {
    /// "fjorton fler män än kvinnor", "männen var sju fler än kvinnorna", "skillnaden mellan kvinnor och män är 14"
    pub(super) fn difference(&self, sentence: &Sentence<'_>, at: usize, range: Range) -> Option<Statement> {
        let apart = |first: Terms, second: Terms, range: Range| {
            let second = second.into_iter().map(|(at, factor)| (at, -factor));
            let statement = Statement::Count { terms: first.into_iter().chain(second).collect(), range };
            statement.holds(self.truth).then_some(statement)
        };
        if sentence.tokens.iter().any(|token| token.has(Tag::Difference)) {
            let sides = [range, range.negated()];
            let mut both = self.both(sentence).into_iter();
            let either = |(one, other): (Terms, Terms)| {
                sides.into_iter().find_map(|side| apart(one.clone(), other.clone(), side))
            };
            if let Some(found) = both.find_map(either) {
                return Some(found);
            }
        }
        let after = &sentence.tokens[at + 1..];
        let by = after.iter().take(2).find_map(|token| {
            let more = token.tags.any(&[Tag::More, Tag::MoreThan, Tag::HedgeMore]);
            let fewer = token.tags.any(&[Tag::Fewer, Tag::FewerThan, Tag::HedgeLess]);
            if more { Some(range) } else { fewer.then(|| range.negated()) }
        })?;
        let than = after.iter().find(|token| token.tags.any(&[Tag::Than, Tag::MoreThan, Tag::FewerThan]))?;
        let than = than.range.clone();
        self.pairs(sentence, than.start, than.end).find_map(|(first, second)| apart(first, second, by))
    }

    /// The two quantities that a sentence names in all, or that its line has, where it names one line and no column.
    pub(super) fn both(&self, sentence: &Sentence<'_>) -> Vec<(Terms, Terms)> {
        let columns = sentence.named_columns();
        let mut out = Vec::new();
        for subject in self.subjects(sentence, sentence.tokens.len().saturating_sub(1)) {
            let named = match (&columns[..], &subject.lines[..]) {
                ([first, second], _) => Some((*first, *second)),
                // "Skillnaden mellan staplarna för Norr": those of its two groups.
                ([] | [Column::Of(_)], [line]) => self.names.lines[*line].groups(),
                _ => None,
            };
            let of = |column| self.value(&subject, column);
            out.extend(named.and_then(|(first, second)| Some((of(first)?, of(second)?))));
        }
        let lines = &sentence.own.lines;
        let column = columns.first().copied().unwrap_or(Column::All);
        for (at, (_, one)) in lines.iter().enumerate() {
            for (_, other) in &lines[at + 1..] {
                let of = |line: usize| self.names.lines[line].value(column).cloned();
                if one != other && self.names.lines[*one].scope == self.names.lines[*other].scope {
                    out.extend(of(*one).zip(of(*other)));
                }
            }
        }
        out
    }

    /// "dubbelt så många män som kvinnor", "lika många"
    pub(super) fn compared(&self, sentence: &Sentence<'_>, at: usize, range: Range) -> Option<Claim> {
        let token = &sentence.tokens[at];
        let places = sentence.own.columns.iter().map(|(place, ..)| place);
        let places = places.chain(sentence.own.lines.iter().map(|(place, _)| place));
        let places: Vec<&Bytes<usize>> = places.collect();
        // "Three times the patrols of 2023" speaks of something else.
        let says_so = sentence.so_many(at) || token.has(Tag::AsMany);
        if !says_so && places.len() < 2 {
            return None;
        }
        // What stands last is what is compared with.
        let last = places.iter().map(|place| place.start).max().filter(|start| *start > token.range.end)?;
        let found = self.pairs(sentence, last, last).find_map(|(part, whole)| {
            let statement = Statement::Share { part, whole, range };
            statement.holds(self.truth).then_some(statement)
        });
        found.map(|statement| claim(statement, token.range.clone()))
    }

    /// Two quantities that are held against each other: what the sentence names before a place, and behind it.
    pub(super) fn pairs(
        &self,
        sentence: &Sentence<'_>,
        before: usize,
        behind: usize,
    ) -> impl Iterator<Item = (Terms, Terms)> {
        let columns = &sentence.own.columns;
        let first = columns.iter().rev().find(|(place, ..)| place.end <= before).map(|(.., column)| *column);
        let second = columns.iter().find(|(place, ..)| place.start >= behind).map(|(.., column)| *column);
        let lines = &sentence.own.lines;
        let mut out = Vec::new();
        let near: Vec<Subject> = self.subjects(sentence, sentence.tokens.len().saturating_sub(1));
        for subject in &near {
            if let (Some(first), Some(second)) = (first, second) {
                out.push((self.value(subject, first), self.value(subject, second)));
            }
        }
        let near_column = sentence.near.iter().flat_map(|near| &near.columns).map(|(.., column)| *column).next();
        let column = first.or(second).unwrap_or(Column::All);
        // "Three times as many as in 2023", at the place of 2022.
        let has_first = lines.iter().any(|(place, _)| place.end <= before);
        let of_near =
            sentence.near.iter().find(|near| !near.lines.is_empty()).filter(|_| !has_first && behind == before);
        for (_, one) in of_near.iter().flat_map(|near| &near.lines) {
            for (_, other) in lines.iter().filter(|(place, line)| place.start >= behind && line != one) {
                let column = first.or(second).or(near_column).unwrap_or(Column::All);
                let of = |line: &usize| self.names.lines[*line].value(column).cloned();
                if self.names.lines[*one].scope == self.names.lines[*other].scope {
                    out.push((of(one), of(other)));
                }
            }
        }
        for (_, one) in lines.iter().rev().filter(|(place, _)| place.end <= before) {
            for (_, other) in lines.iter().filter(|(place, _)| place.start >= behind) {
                let of = |line: &usize, column| self.names.lines[*line].value(column).cloned();
                if self.names.lines[*one].scope == self.names.lines[*other].scope {
                    out.push((of(one, column), of(other, column)));
                }
            }
        }
        out.into_iter().filter_map(|(first, second)| Some((first?, second?)))
    }

    /// "sex kvinnor på varje man", "two women for every three men", "for each woman six men", "women outnumbered men by five to one"
    pub(super) fn to_each(&self, sentence: &Sentence<'_>, at: usize, count: i64) -> Option<Claim> {
        let after = &sentence.tokens[at + 1..];
        let number = |token: &Token| match token.number() {
            Some(number) => sentence.passage.numbers[number].count(),
            None => token.has(Tag::One).then_some(1),
        };
        let column = |token: &Token| {
            sentence.own.columns.iter().find(|(place, ..)| place.start == token.range.start).map(|(.., column)| *column)
        };
        let is_to = |token: &Token| token.tags.any(&[Tag::To, Tag::Compared]) || token.kind == Kind::Sign(':');
        let is_each = |token: &Token| token.tags.any(&[Tag::Per, Tag::EachOf, Tag::All]);
        // "five to one": between the two that stand before it.
        if let [to, one, ..] = after
            && is_to(to)
            && let Some(other) = number(one).filter(|other| *other > 0)
        {
            let columns = &sentence.own.columns;
            let (.., first) = columns.first()?;
            let (.., second) = columns.iter().find(|(.., column)| column != first)?;
            let statement = self.ratio(sentence, at, [(*first, *second), (*second, *first)], (count, other))?;
            return Some(claim(statement, sentence.tokens[at].range.start..one.range.end));
        }
        // "For each woman there are six men"
        let before = &sentence.tokens[..at];
        if let Some(each) = before.iter().rposition(is_each)
            && let Some(second) = before[each + 1..].iter().take(1).find_map(column)
            && let Some(first) = after.iter().take(2).find_map(column).filter(|first| *first != second)
            && let Some(statement) = self.ratio(sentence, at, [(first, second); 2], (count, 1))
        {
            return Some(claim(statement, before[each].range.start..sentence.tokens[at].range.end));
        }
        let own = after.iter().take(NEAR).position(|token| column(token).is_some())?;
        let behind = &after[own + 1..];
        let joint = behind.iter().take(NEAR).position(|token| is_each(token) || is_to(token))?;
        let rest = &behind[joint + 1..];
        let rest = if rest.first().is_some_and(is_each) { &rest[1..] } else { rest };
        let (other, rest) = match rest.first().and_then(number) {
            Some(other) if other > 0 => (other, &rest[1..]),
            // "tre kvinnor till männen" is no ratio.
            _ if is_each(&behind[joint]) || behind.get(joint + 1).is_some_and(is_each) => (1, rest),
            _ => return None,
        };
        let first = column(&after[own])?;
        // "man" is another word as well: of two groups the other one is meant.
        let named = |token: &Token| {
            let word = sentence.passage.lower.get(token.range.clone())?;
            let lists = lists(self.language);
            let other = (lists.men.has(word) || lists.women.has(word)).then(|| self.other_group(sentence, at, first));
            Some((token.range.end, column(token).or(other.flatten())?))
        };
        let (end, second) = rest.iter().take(2).find_map(named).filter(|(_, second)| *second != first)?;
        let statement = self.ratio(sentence, at, [(first, second); 2], (count, other))?;
        Some(claim(statement, sentence.tokens[at].range.start..end))
    }

    /// The other one of two groups.
    fn other_group(&self, sentence: &Sentence<'_>, at: usize, first: Column) -> Option<Column> {
        self.subjects(sentence, at).iter().find_map(|subject| {
            let (one, other) = self.names.lines[*subject.lines.first()?].groups()?;
            match first {
                _ if first == one => Some(other),
                _ if first == other => Some(one),
                _ => None,
            }
        })
    }

    fn ratio(
        &self,
        sentence: &Sentence<'_>,
        at: usize,
        sides: [(Column, Column); 2],
        (count, other): (i64, i64),
    ) -> Option<Statement> {
        let range = times(count.checked_mul(WHOLE)? / other, None);
        self.subjects(sentence, at).iter().find_map(|subject| {
            sides.into_iter().find_map(|(first, second)| {
                let (part, whole) = (self.value(subject, first)?, self.value(subject, second)?);
                let statement = Statement::Share { part, whole, range };
                statement.holds(self.truth).then_some(statement)
            })
        })
    }

    /// "80 procentenheter större än kvinnornas": what two shares of one whole differ by.
    pub(super) fn points(&self, sentence: &Sentence<'_>, range: Range) -> Option<Statement> {
        let columns = sentence.named_columns();
        let [first, second, ..] = columns[..] else { return None };
        let subjects = self.subjects(sentence, sentence.tokens.len().saturating_sub(1));
        subjects.iter().find_map(|subject| {
            let whole = self.value(subject, Column::All)?;
            let (one, other) = (self.value(subject, first)?, self.value(subject, second)?);
            let less = |one: &Terms, other: &Terms| -> Terms {
                one.iter().copied().chain(other.iter().map(|(at, factor)| (*at, -factor))).collect()
            };
            [less(&one, &other), less(&other, &one)].into_iter().find_map(|part| {
                let statement = Statement::Share { part, whole: whole.clone(), range };
                statement.holds(self.truth).then_some(statement)
            })
        })
    }
}
