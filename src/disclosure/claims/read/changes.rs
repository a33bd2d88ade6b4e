//! What has become of a quantity: "fell by three quarters", "a third more", "fördubblades".

use crate::check::{Tag, Token};

use super::super::super::network::Terms;
use super::super::names::Column;
use super::super::sentence::Sentence;
use super::super::statement::{Range, Statement, WHOLE};
use super::{Claim, Reading, claim, times};

/// How many bytes from a share the word stands that says which way something went.
const REACH: usize = 40;
/// So many words behind a share say that it is one more or less.
const BEHIND: usize = 2;

impl Reading<'_> {
    /// "Between 2024 and 2025 the number of women fell by three quarters"
    pub(super) fn changed_by(&self, sentence: &Sentence<'_>, at: usize, range: Range) -> Option<Claim> {
        let own = &sentence.tokens[at].range;
        let near = |token: &Token| token.range.start.abs_diff(own.start) <= REACH;
        let says = |tag: Tag| sentence.tokens.iter().find(|token| token.has(tag) && near(token));
        let (changed, token) = match (says(Tag::Shrank), says(Tag::Grew)) {
            (Some(token), None) => (range.taken_from(WHOLE), token),
            (None, Some(token)) => (range.added_to(WHOLE), token),
            _ => return None,
        };
        let statement = self.then_and_now(sentence, changed)?;
        Some(claim(statement, own.start.min(token.range.start)..own.end.max(token.range.end)))
    }

    /// "fördubblades", "halved"
    pub(super) fn multiplied(&self, sentence: &Sentence<'_>, at: usize) -> Option<Claim> {
        let token = &sentence.tokens[at];
        let hundredths = match () {
            () if token.has(Tag::Doubled) => 2 * WHOLE,
            () if token.has(Tag::Tripled) => 3 * WHOLE,
            () if token.has(Tag::Quadrupled) => 4 * WHOLE,
            () => WHOLE / 2,
        };
        let statement = self.then_and_now(sentence, times(hundredths, None))?;
        Some(claim(statement, token.range.clone()))
    }

    /// "only a quarter of what it had been in 2023", "en tredjedel av antalet i Söder"
    pub(super) fn of_what_was(&self, sentence: &Sentence<'_>, at: usize, range: Range) -> Option<Statement> {
        let mut after = sentence.tokens[at + 1..].iter();
        let of = after.next().is_some_and(|token| token.has(Tag::Of));
        let takes_up =
            after.take(BEHIND).any(|token| token.tags.any(&[Tag::What, Tag::Number, Tag::Earlier, Tag::Figure]));
        if !of || !takes_up {
            return None;
        }
        self.then_and_now(sentence, range)
    }

    /// "en tredjedel fler män än kvinnor", "200 per cent higher than"
    pub(super) fn more_by(&self, sentence: &Sentence<'_>, at: usize, range: Range) -> Option<Claim> {
        let after = &sentence.tokens[at + 1..];
        let says = |tags: &[Tag]| after.iter().take(BEHIND).find(|token| token.tags.any(tags));
        let more = says(&[Tag::More, Tag::MoreThan, Tag::HedgeMore]).map(|token| (range.added_to(WHOLE), token));
        let fewer =
            || says(&[Tag::Fewer, Tag::FewerThan, Tag::HedgeLess]).map(|token| (range.taken_from(WHOLE), token));
        let (range, token) = more.or_else(fewer)?;
        let than = after.iter().find(|token| token.tags.any(&[Tag::Than, Tag::MoreThan, Tag::FewerThan]))?;
        let found = self.pairs(sentence, than.range.start, than.range.end).find_map(|(part, whole)| {
            let statement = Statement::Share { part, whole, range };
            statement.holds(self.truth).then_some(statement)
        });
        Some(claim(found?, sentence.tokens[at].range.start..token.range.end))
    }

    /// The same quantity of two lines that the sentence names: one a share or multiple of the other.
    fn then_and_now(&self, sentence: &Sentence<'_>, range: Range) -> Option<Statement> {
        let columns = sentence.named_columns();
        let columns = if columns.is_empty() { vec![Column::All] } else { columns };
        let own = &sentence.own.lines;
        let pairs = own.iter().flat_map(|(_, one)| own.iter().map(move |(_, other)| (*one, *other)));
        let same_scope = |one: usize, other: usize| self.names.lines[one].scope == self.names.lines[other].scope;
        let pairs = pairs.filter(|(one, other)| one != other && same_scope(*one, *other));
        let values = pairs.flat_map(|(one, other)| columns.iter().map(move |column| (one, other, *column)));
        values.into_iter().find_map(|(one, other, column)| {
            let of = |line: usize| -> Option<Terms> { self.names.lines[line].value(column).cloned() };
            let statement = Statement::Share { part: of(one)?, whole: of(other)?, range };
            statement.holds(self.truth).then_some(statement)
        })
    }
}
