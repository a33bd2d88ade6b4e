//! Of which lines and columns a sentence may speak at one of its words.

use std::ops::Range as Bytes;

use crate::check::{Kind, Passage, Tag, Token, lists};

use super::super::super::network::Terms;
use super::super::names::{Column, Mentions};
use super::super::sentence::{Noun, Sentence};
use super::super::statement::Statement;
use super::{Reading, Subject};

impl Reading<'_> {
    /// The nearest reading that is true.
    pub(super) fn first(
        &self,
        subjects: &[Subject],
        columns: &[(Option<usize>, Column)],
        state: impl Fn(&Subject, Column) -> Option<Statement>,
    ) -> Option<Statement> {
        let readings = subjects.iter().flat_map(|subject| columns.iter().map(move |column| (subject, column)));
        let own = readings.filter(|(subject, (scope, _))| scope.is_none_or(|scope| scope == subject.scope));
        own.filter_map(|(subject, (_, column))| state(subject, *column)).find(|found| found.holds(self.truth))
    }

    pub(super) fn value(&self, subject: &Subject, column: Column) -> Option<Terms> {
        let of = |line: usize| self.names.lines[line].value(column);
        let mut sum: Terms = Vec::new();
        for line in &subject.lines {
            sum.extend(of(*line)?);
        }
        if subject.except {
            let parts = std::mem::replace(&mut sum, of(self.names.scopes[subject.scope].total?)?.clone());
            sum.extend(parts.into_iter().map(|(at, factor)| (at, -factor)));
        }
        Some(sum)
    }

    /// What a sentence may speak of at one of its tokens, where it counts such things.
    pub(super) fn subjects_of(&self, noun: &Noun, sentence: &Sentence<'_>, at: usize) -> Vec<Subject> {
        let mut subjects = self.subjects(sentence, at);
        subjects.retain(|subject| match noun {
            Noun::Of(scopes) => scopes.contains(&subject.scope),
            Noun::Any | Noun::Column(..) => true,
            Noun::Foreign => false,
        });
        subjects
    }

    /// What a sentence may speak of at one of its tokens, the likeliest first.
    pub(super) fn subjects(&self, sentence: &Sentence<'_>, at: usize) -> Vec<Subject> {
        let place = sentence.tokens.get(at).map_or(0, |token| token.range.start);
        let outside = |token: &Token| {
            let word = sentence.passage.lower.get(token.range.clone()).unwrap_or_default();
            token.tags.any(&[Tag::Except, Tag::Rest]) || lists(self.language).outside.has(word)
        };
        let except = sentence.tokens.iter().any(outside);
        let says_all = sentence.tokens.iter().any(|token| token.tags.any(&[Tag::Total, Tag::All]));
        let mut out = Vec::new();
        for (at, scope) in self.names.scopes.iter().enumerate() {
            let of_scope = |mentions: &Mentions| -> Vec<(Bytes<usize>, usize)> {
                mentions.lines.iter().filter(|(_, line)| self.names.lines[*line].scope == at).cloned().collect()
            };
            let own = of_scope(&sentence.own);
            let own_is_empty = own.is_empty();
            let mut found: Vec<Vec<usize>> = Vec::new();
            if sentence.of_any_row == Some(at) {
                found.extend(scope.lines.iter().map(|line| vec![*line]));
            } else if own.is_empty() {
                let near = sentence.near.iter().map(of_scope).find(|near| !near.is_empty());
                if !says_all {
                    found.extend(near.into_iter().flatten().map(|(_, line)| vec![line]));
                }
            } else {
                let runs = self.runs(sentence.passage, own);
                let (before, after): (Vec<_>, Vec<_>) = runs.into_iter().partition(|(start, _)| *start <= place);
                let nearest = before.into_iter().rev().chain(after).map(|(_, lines)| lines);
                for lines in nearest {
                    // "Norr och Söder hade 3 respektive 19"
                    let apart = sentence.tokens.iter().any(|token| token.has(Tag::Respectively));
                    let singles = lines.iter().filter(|_| apart && lines.len() > 1).map(|line| vec![*line]);
                    found.extend(singles.collect::<Vec<_>>());
                    found.push(lines);
                }
            }
            // "och hela räddningen har 38"
            let from = sentence.own.lines.iter().map(|(place, _)| place.end).filter(|end| *end <= place).max();
            let whole = from.is_some_and(|from| {
                let between = sentence.passage.tokens_in(&(from..place));
                between.iter().any(|token| token.has(Tag::All))
            });
            found.extend(scope.total.filter(|_| whole && !own_is_empty).map(|total| vec![total]));
            let but = found.iter().filter(|_| except && !sentence.own.lines.is_empty()).cloned();
            let but: Vec<Subject> = but.map(|lines| Subject { scope: at, lines, except: true }).collect();
            out.extend(found.into_iter().map(|lines| Subject { scope: at, lines, except: false }));
            out.extend(but);
            if sentence.own.lines.is_empty() {
                out.extend(scope.total.map(|total| Subject { scope: at, lines: vec![total], except: false }));
            }
        }
        out
    }

    /// Lines that are named together: "Söder, Öster och Väster".
    fn runs(&self, passage: &Passage, lines: Vec<(Bytes<usize>, usize)>) -> Vec<(usize, Vec<usize>)> {
        let mut out: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut end = None;
        for (place, line) in lines {
            let joined = end.is_some_and(|end| {
                let between = passage.tokens_in(&(end..place.start));
                between.iter().all(|token| match &token.kind {
                    Kind::Number(_) => false,
                    Kind::Sign(sign) => *sign == ',',
                    Kind::Word(_) => token.range.len() <= 4 || token.tags.any(&[Tag::Joint, Tag::Within]),
                })
            });
            match out.last_mut() {
                Some((_, lines)) if joined => {
                    if !lines.contains(&line) {
                        lines.push(line);
                    }
                }
                _ => out.push((place.start, vec![line])),
            }
            end = Some(place.end);
        }
        out
    }

    /// The columns that a token may be said of: what its noun names; what is named behind it, before it, near it; all.
    pub(super) fn columns(
        &self,
        sentence: &Sentence<'_>,
        at: usize,
        noun: &Noun,
    ) -> Option<Vec<(Option<usize>, Column)>> {
        match noun {
            Noun::Foreign => return None,
            Noun::Column(scope, column) => return Some(vec![(*scope, *column)]),
            Noun::Any | Noun::Of(_) => {}
        }
        let place = &sentence.tokens[at].range;
        let numbers = sentence.passage.numbers_in(&sentence.bytes);
        let numbers = &sentence.passage.numbers[numbers];
        let next = numbers.iter().find(|number| number.range.start >= place.end).map(|number| number.range.start);
        let last = numbers.iter().rev().find(|number| number.range.end <= place.start).map(|number| number.range.end);
        let all = &sentence.own.columns;
        let behind = all.iter().filter(|(known, ..)| known.start >= place.end);
        let before = all.iter().rev().filter(|(known, ..)| known.end <= place.start);
        // What stands on this side of the other numbers first.
        let within = |(known, ..): &&(Bytes<usize>, Option<usize>, Column)| {
            next.is_none_or(|next| known.start < next) && last.is_none_or(|last| known.start >= last)
        };
        let ordered = behind.clone().filter(within).chain(before.clone().filter(within));
        let ordered = ordered.chain(behind.clone()).chain(before.clone());
        let mut out: Vec<(Option<usize>, Column)> = Vec::new();
        let mut add = |scope: Option<usize>, column: Column| {
            if !out.contains(&(scope, column)) {
                out.push((scope, column));
            }
        };
        ordered.for_each(|(_, scope, column)| add(*scope, *column));
        if all.is_empty() {
            for near in sentence.near {
                near.columns.iter().for_each(|(_, scope, column)| add(*scope, *column));
            }
        }
        add(None, Column::All);
        // What is measured is seldom called as its column is; that it is true tells which is meant.
        for (at, scope) in self.names.scopes.iter().enumerate().filter(|_| self.names.amounts.is_some()) {
            scope.columns().for_each(|column| add(Some(at), column));
        }
        Some(out)
    }
}
