//! Numbers and shares of something: counts, percentages, exceptions, averages.

use crate::check::Tag;

use super::super::names::Column;
use super::super::sentence::{ALL, Noun, Sentence};
use super::super::statement::{Range, Statement, WHOLE};
use super::{Reading, Subject};

/// So near a number stands what says that it is an average.
const AVERAGE: usize = 4;

impl Reading<'_> {
    /// Whether an article is a number by what stands beside it: "alla utom en", "en av fem".
    pub(super) fn is_number(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        let but = sentence.tokens[..at].last().is_some_and(|token| token.tags.any(&[Tag::AllBut, Tag::Except]));
        but || sentence.out_of(at).is_some()
    }

    /// "17 män", "tillsammans 22 kvinnor"
    pub(super) fn counted(&self, sentence: &Sentence<'_>, at: usize, range: Range) -> Option<Statement> {
        let noun = sentence.noun(at, self.names, self.language);
        let subjects = self.subjects_of(&noun, sentence, at);
        let columns = self.columns(sentence, at, &noun)?;
        let found = self.first(&subjects, &columns, |subject, column| {
            Some(Statement::Count { terms: self.value(subject, column)?, range })
        });
        // "utan dem med specialkost 208"
        let is_but = sentence.tokens[..at].last().is_some_and(|token| token.tags.any(&[Tag::Except, Tag::AllBut]));
        let leaves_out = || !is_but && sentence.tokens.iter().any(|token| token.tags.any(&[Tag::Except, Tag::Minus]));
        found.or_else(|| if leaves_out() { self.all_less(&subjects, &columns, range) } else { None })
    }

    /// All of something but those of a column.
    fn all_less(&self, subjects: &[Subject], columns: &[(Option<usize>, Column)], range: Range) -> Option<Statement> {
        self.first(subjects, columns, |subject, column| {
            if column == Column::All {
                return None;
            }
            let mut terms = self.value(subject, Column::All)?;
            terms.extend(self.value(subject, column)?.into_iter().map(|(at, factor)| (at, -factor)));
            Some(Statement::Count { terms, range })
        })
    }

    /// "15 procent kvinnor", "var femte besökare"
    pub(super) fn shared(&self, sentence: &Sentence<'_>, at: usize, range: Range) -> Option<Statement> {
        let noun = sentence.noun(at, self.names, self.language);
        let subjects = self.subjects_of(&noun, sentence, at);
        let columns = self.columns(sentence, at, &Noun::Any)?;
        self.first(&subjects, &columns, |subject, column| {
            let part = self.value(subject, column)?;
            let scope = &self.names.scopes[subject.scope];
            let of_total = || self.names.lines[scope.total?].value(column).cloned();
            let of_base = || match subject.lines[..] {
                [only] => self.names.lines[only].base(column).cloned(),
                _ => None,
            };
            let of_all = if column == Column::All { None } else { self.value(subject, Column::All) };
            [of_all, of_total(), of_base()].into_iter().flatten().find_map(|whole| {
                let statement = Statement::Share { part: part.clone(), whole, range };
                statement.holds(self.truth).then_some(statement)
            })
        })
    }

    /// "tre av tio besökare", where it is a share and no count.
    pub(super) fn in_proportion(&self, sentence: &Sentence<'_>, at: usize, count: i64) -> Option<Statement> {
        let whole = sentence.out_of(at)?;
        let whole = sentence.passage.numbers[whole].count().filter(|whole| (2..=20).contains(whole))?;
        let share = count.checked_mul(WHOLE)? / whole;
        // Who counts so few means it exactly; else the nearest such share is meant.
        let near = WHOLE / 2 / (whole * (whole + 1));
        self.shared(sentence, at, Range::around(share, near))
            .or_else(|| self.shared(sentence, at, Range::around(share, WHOLE / 2 / whole)))
    }

    /// "alla utom en av besökarna i Norr var män", "alla på tre när", "undantagen var tre"
    pub(super) fn all_but(&self, sentence: &Sentence<'_>, at: usize, range: Range) -> Option<Statement> {
        if !sentence.is_exception(at) {
            return None;
        }
        let before = &sentence.tokens[..at];
        let all = before.iter().rposition(|token| token.tags.any(ALL));
        // All of what: "alla hyllor utom tre" counts shelves.
        let counted_ones = before.iter().rev().take(3).any(|token| token.has(Tag::Exception));
        let whole = all.map(|all| &before[all + 1..]).filter(|_| !counted_ones);
        let whole = whole.map_or(Noun::Any, |words| sentence.noun_of_persons(words, self.names, self.language));
        let noun = sentence.noun(at, self.names, self.language);
        if whole == Noun::Foreign || noun == Noun::Foreign {
            return None;
        }
        let mut subjects = self.subjects(sentence, at);
        // The word that excepts says nothing of lines here.
        subjects.retain(|subject| !subject.except);
        let columns = self.columns(sentence, at, &Noun::Any)?;
        self.all_less(&subjects, &columns, range)
    }

    /// "i genomsnitt 18,0 kvinnor" of several lines
    pub(super) fn average(
        &self,
        sentence: &Sentence<'_>,
        at: usize,
        mean_of: &dyn Fn(i64) -> Option<Range>,
    ) -> Option<Statement> {
        let before = sentence.tokens[..at].iter().rev().take(AVERAGE);
        let after = sentence.tokens[at + 1..].iter().take(AVERAGE);
        if !before.chain(after).any(|token| token.has(Tag::Average)) {
            return None;
        }
        let noun = sentence.noun(at, self.names, self.language);
        let subjects = self.subjects_of(&noun, sentence, at);
        let columns = self.columns(sentence, at, &noun)?;
        self.first(&subjects, &columns, |subject, column| {
            let scope = &self.names.scopes[subject.scope];
            let lines = scope.lines.iter().filter(|line| Some(**line) != scope.total).count();
            let of = match subject.lines[..] {
                [line] if Some(line) == scope.total => lines,
                _ if subject.except => lines.checked_sub(subject.lines.len())?,
                _ => subject.lines.len(),
            };
            let range = mean_of(i64::try_from(of).ok().filter(|of| *of > 1)?)?;
            Some(Statement::Count { terms: self.value(subject, column)?, range })
        })
    }
}
