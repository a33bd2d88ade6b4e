//! What a text says of those who stand in no table: a sum that has somebody more than the table, and what a percentage is a share of.

use std::ops::Range as Bytes;

use crate::check::{Kind, NumberUnit, Tag};

use super::super::names::Column;
use super::super::sentence::{Noun, Sentence};
use super::super::surfaces::Unit;
use super::Reading;

/// So near before a number stands what says that others are a part of it.
const OF: usize = 2;

/// What a text says beside a table.
#[derive(Debug)]
pub enum Beside {
    /// So many in all of a column of a table, with somebody else.
    Sum { scope: usize, column: Column, count: i64, who: String, range: Bytes<usize> },
    /// So many of which a line is a part.
    Base { line: usize, count: i64, range: Bytes<usize> },
}

impl Reading<'_> {
    pub fn beside(&self, unit: &Unit) -> Vec<Beside> {
        let read = self.read(&unit.text);
        let passage = &read.passage;
        let mut out = Vec::new();
        if passage.numbers.is_empty() {
            return out;
        }
        for bytes in &passage.sentences {
            let tokens = passage.tokens_in(bytes);
            let adds = tokens.iter().any(|token| token.tags.any(&[Tag::Also, Tag::Including]));
            let has_part = tokens.iter().any(|token| token.has(Tag::Of));
            if !adds && !has_part || tokens.iter().all(|token| token.number().is_none()) {
                continue;
            }
            let sentence = Sentence::alone(&read, bytes, self.names.mentions(&read, bytes));
            let who = if adds { self.somebody_else(&sentence) } else { None };
            for at in 0..tokens.len() {
                let Some(number) = sentence.number_at(at).filter(|number| number.unit == NumberUnit::None) else {
                    continue;
                };
                let Some(count) = number.count().filter(|_| !number.names_something()) else { continue };
                let range = number.range.clone();
                let is_base = tokens[..at].iter().rev().take(OF).any(|token| token.has(Tag::Of));
                if is_base && sentence.noun(at, self.names, self.language) != Noun::Foreign {
                    let lines = sentence.own.lines.iter().map(|(_, line)| *line);
                    out.extend(lines.map(|line| Beside::Base { line, count, range: range.clone() }));
                }
                if let Some(who) = &who {
                    out.extend(self.more_than_all(&sentence, at, count, who));
                }
            }
        }
        out
    }

    /// A name that is no line and no column of any table.
    fn somebody_else(&self, sentence: &Sentence<'_>) -> Option<String> {
        let own = || {
            let lines = sentence.own.lines.iter().map(|(place, _)| place);
            lines.chain(sentence.own.columns.iter().map(|(place, ..)| place))
        };
        let is_known = |place: &Bytes<usize>| own().any(|known| known.start < place.end && place.start < known.end);
        let names = sentence.tokens.iter().skip(1).filter(|token| matches!(token.kind, Kind::Word(_)));
        let names = names.filter(|token| token.group.is_none() && !is_known(&token.range));
        let mut words = names.filter_map(|token| sentence.passage.text.get(token.range.clone()));
        words.find(|word| word.starts_with(char::is_uppercase)).map(str::to_owned)
    }

    /// A number that is a little more than all of a column.
    fn more_than_all(&self, sentence: &Sentence<'_>, at: usize, count: i64, who: &str) -> Option<Beside> {
        let noun = sentence.noun(at, self.names, self.language);
        let columns = self.columns(sentence, at, &noun)?;
        for (scope, known) in self.names.scopes.iter().enumerate() {
            if matches!(&noun, Noun::Of(scopes) if !scopes.contains(&scope)) {
                continue;
            }
            let own = columns.iter().filter(|(of, _)| of.is_none_or(|of| of == scope));
            for (_, column) in own {
                let all = known.total.and_then(|total| self.names.lines[total].value(*column));
                let all = all.map(|terms| terms.iter().map(|(cell, factor)| factor * self.truth[*cell]).sum::<i64>());
                if all.is_some_and(|all| all > 0 && all < count) {
                    let range = sentence.number_at(at)?.range.clone();
                    return Some(Beside::Sum { scope, column: *column, count, who: who.to_owned(), range });
                }
            }
        }
        None
    }
}
