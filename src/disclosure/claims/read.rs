//! What the sentences of a unit say of quantities. A number may be meant of several; the nearest of which it is true is taken, so that a number of
//! something else says nothing.

use std::ops::Range as Bytes;

use crate::check::{Form, Groups, Hedge, Kind, NumberUnit, Passage, Tag, hedge_before, hedge_of_fraction, lists};
use crate::check::{Number, Token};
use crate::locale::Language;

use super::super::network::Terms;
use super::names::{Column, Mentions, Names};
use super::sentence::{Noun, Sentence};
use super::statement::{Range, Statement, WHOLE};
use super::surfaces::Unit;

/// How far words reach, in hundredths of a percent: "en tredjedel", "en knapp tredjedel", "drygt 15 procent". A reader takes them for less exact than
/// the checks hold authors to.
const FRACTION: i64 = 150;
const ABOUT_FRACTION: i64 = 1000;
const ABOUT_PERCENT: i64 = 200;

/// A statement, and where the unit says it.
#[derive(Debug)]
pub struct Claim {
    pub statement: Statement,
    pub range: Bytes<usize>,
}

/// What is read with.
pub struct Reading<'a> {
    pub names: &'a Names,
    pub groups: &'a Groups<'a>,
    pub language: Language,
    pub truth: &'a [i64],
}

/// Of which lines a sentence may speak: their sum, or all but them.
#[derive(Debug, Clone)]
struct Subject {
    scope: usize,
    lines: Vec<usize>,
    except: bool,
}

impl Reading<'_> {
    pub fn claims(&self, unit: &Unit) -> Vec<Claim> {
        let mut passage = self.passage(&unit.text);
        for number in &mut passage.numbers {
            number.bound =
                unit.bound.iter().any(|bound| bound.start < number.range.end && number.range.start < bound.end);
        }
        if passage.numbers.is_empty()
            && !passage.tokens.iter().any(|token| token.tags.any(&[Tag::AsMany, Tag::Nobody, Tag::One]))
        {
            return Vec::new();
        }
        let near = unit.near.iter().map(|words| self.passage(words));
        let mut near: Vec<Mentions> = near.map(|near| self.names.mentions(&near, &(0..near.text.len()))).collect();
        let of_any_row =
            unit.of_any_row.as_ref().and_then(|id| self.names.scopes.iter().position(|scope| scope.id == *id));
        let mut out = Vec::new();
        for bytes in &passage.sentences {
            let own = self.names.mentions(&passage, bytes);
            let tokens = passage.tokens_in(bytes);
            let sentence = Sentence { passage: &passage, bytes: bytes.clone(), tokens, own, near: &near, of_any_row };
            self.sentence(&sentence, &mut out);
            let own = sentence.own;
            near.insert(0, own);
        }
        out
    }

    fn passage(&self, text: &str) -> Passage {
        Passage::alone(text, self.language, self.groups)
    }

    fn sentence(&self, sentence: &Sentence<'_>, out: &mut Vec<Claim>) {
        for (at, token) in sentence.tokens.iter().enumerate() {
            match token.number() {
                Some(number) => out.extend(self.number(sentence, at, &sentence.passage.numbers[number])),
                // "en" is an article as well.
                None if token.has(Tag::One) && self.is_number(sentence, at) => {
                    let one = self.so_many(sentence, at, 1, Range::exactly(1));
                    out.extend(one.map(|statement| claim(statement, token.range.clone())));
                }
                None if token.has(Tag::AsMany) => out.extend(self.compared(sentence, at, Range::exactly(WHOLE))),
                None if token.has(Tag::Nobody) => {
                    let statement = self.counted(sentence, at, Range::exactly(0));
                    out.extend(statement.map(|statement| claim(statement, token.range.clone())));
                }
                None => {}
            }
        }
    }

    fn number(&self, sentence: &Sentence<'_>, at: usize, number: &Number) -> Option<Claim> {
        // "Men at Elm Lodge 4" is no lodge of that number, where nothing else stands there.
        let is_name = number.names_something() && !sentence.is_bare(at);
        if number.bound || is_name || sentence.is_count_of_list(at, number) {
            return None;
        }
        let hundredths = number.value.checked_mul(crate::value::Exact::from(100_i64));
        let hundredths = hundredths.map(|value| value.round(0, crate::value::Rounding::default()).to_i64());
        let hundredths = hundredths.flatten()?;
        let so_many = sentence
            .tokens
            .iter()
            .skip(at + 1)
            .take(2)
            .any(|token| token.tags.any(&[Tag::SoMany, Tag::AsMany, Tag::HalfAs]));
        let before = hedge_before(sentence.passage, number.range.start).map(|(hedge, _)| hedge);
        let whole_range = |start: usize| start..number.range.end;
        match (number.form, number.unit) {
            (_, NumberUnit::Points | NumberUnit::Money) => None,
            (Form::Fraction, _) if so_many => self.compared(sentence, at, times(hundredths, before)),
            (Form::Factor, _) => self.compared(sentence, at, times(hundredths.checked_mul(100)?, before)),
            (Form::Fraction, _) => {
                let (range, start) = match hedge_of_fraction(sentence.passage, number) {
                    Some((hedge, start)) => (Range::hedged(hundredths, hedge, ABOUT_FRACTION), start),
                    None => (Range::around(hundredths, FRACTION), number.range.start),
                };
                self.shared(sentence, at, range).map(|statement| claim(statement, whole_range(start)))
            }
            (_, NumberUnit::Percent) => {
                let range = match before {
                    Some(hedge) => Range::hedged(hundredths, hedge, ABOUT_PERCENT),
                    None => Range::rounded(hundredths, number.decimals),
                };
                self.shared(sentence, at, range).map(|statement| claim(statement, number.range.clone()))
            }
            (_, NumberUnit::None) => {
                let count = number.count()?;
                let range = match before {
                    Some(hedge) => Range::hedged(count, hedge, (count / 10).max(2)),
                    None => Range::exactly(count),
                };
                let statement = self.so_many(sentence, at, count, range);
                statement.map(|statement| claim(statement, number.range.clone()))
            }
        }
    }

    /// Whether an article is a number by what stands beside it: "alla utom en", "en av fem".
    fn is_number(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        let but = sentence.tokens[..at].last().is_some_and(|token| token.tags.any(&[Tag::AllBut, Tag::Except]));
        let after = &sentence.tokens[at + 1..];
        let of = after.first().is_some_and(|token| token.tags.any(&[Tag::Of, Tag::OutOf, Tag::OfThese]));
        but || of && after.iter().skip(1).take(2).any(|token| token.number().is_some())
    }

    /// What a whole number may say, the more particular first.
    fn so_many(&self, sentence: &Sentence<'_>, at: usize, count: i64, range: Range) -> Option<Statement> {
        self.all_but(sentence, at, range)
            .or_else(|| self.difference(sentence, at, count))
            .or_else(|| self.counted(sentence, at, range))
            .or_else(|| self.in_proportion(sentence, at, count))
    }

    /// "17 män", "tillsammans 22 kvinnor"
    fn counted(&self, sentence: &Sentence<'_>, at: usize, range: Range) -> Option<Statement> {
        let noun = sentence.noun(at, self.names, self.language);
        let subjects = self.subjects_of(&noun, sentence, at);
        let columns = self.columns(sentence, at, &noun)?;
        self.first(&subjects, &columns, |subject, column| {
            Some(Statement::Count { terms: self.value(subject, column)?, range })
        })
    }

    /// "15 procent kvinnor", "var femte besökare"
    fn shared(&self, sentence: &Sentence<'_>, at: usize, range: Range) -> Option<Statement> {
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
    fn in_proportion(&self, sentence: &Sentence<'_>, at: usize, count: i64) -> Option<Statement> {
        let mut after = sentence.tokens.iter().skip(at + 1).take(4);
        let joined = after.next().is_some_and(|token| token.tags.any(&[Tag::Of, Tag::OutOf, Tag::OfThese]));
        let whole = after.find_map(Token::number).filter(|_| joined)?;
        let whole = sentence.passage.numbers[whole].count().filter(|whole| (2..=20).contains(whole))?;
        let share = count.checked_mul(WHOLE)? / whole;
        // Who counts so few means it exactly; else the nearest such share is meant.
        let near = WHOLE / 2 / (whole * (whole + 1));
        self.shared(sentence, at, Range::around(share, near))
            .or_else(|| self.shared(sentence, at, Range::around(share, WHOLE / 2 / whole)))
    }

    /// "alla utom en av besökarna i Norr var män"
    fn all_but(&self, sentence: &Sentence<'_>, at: usize, range: Range) -> Option<Statement> {
        let before = &sentence.tokens[..at];
        let direct = before.last().is_some_and(|token| token.has(Tag::AllBut));
        let apart =
            before.last().is_some_and(|token| token.has(Tag::Except)) && before.iter().any(|token| token.has(Tag::All));
        if !direct && !apart {
            return None;
        }
        let subjects = self.subjects(sentence, at);
        let columns = self.columns(sentence, at, &Noun::Any)?;
        self.first(&subjects, &columns, |subject, column| {
            if column == Column::All {
                return None;
            }
            let mut terms = self.value(subject, Column::All)?;
            terms.extend(self.value(subject, column)?.into_iter().map(|(at, factor)| (at, -factor)));
            Some(Statement::Count { terms, range })
        })
    }

    /// "fjorton fler män än kvinnor", "männen var sju fler än kvinnorna", "skillnaden mellan kvinnor och män är 14"
    fn difference(&self, sentence: &Sentence<'_>, at: usize, count: i64) -> Option<Statement> {
        let apart = |first: Terms, second: Terms, range: Range| {
            let second = second.into_iter().map(|(at, factor)| (at, -factor));
            let statement = Statement::Count { terms: first.into_iter().chain(second).collect(), range };
            statement.holds(self.truth).then_some(statement)
        };
        if sentence.tokens.iter().any(|token| token.has(Tag::Difference)) {
            let sides = [Range::exactly(count), Range::exactly(-count)];
            let mut both = self.both(sentence).into_iter();
            let either = |(one, other): (Terms, Terms)| {
                sides.into_iter().find_map(|side| apart(one.clone(), other.clone(), side))
            };
            if let Some(found) = both.find_map(either) {
                return Some(found);
            }
        }
        let after = &sentence.tokens[at + 1..];
        let sign = after.iter().take(2).find_map(|token| {
            let more = token.tags.any(&[Tag::More, Tag::MoreThan, Tag::HedgeMore]);
            let fewer = token.tags.any(&[Tag::Fewer, Tag::FewerThan, Tag::HedgeLess]);
            if more { Some(1) } else { fewer.then_some(-1) }
        })?;
        let than = after.iter().find(|token| token.tags.any(&[Tag::Than, Tag::MoreThan, Tag::FewerThan]))?;
        let than = than.range.clone();
        self.pairs(sentence, than.start, than.end)
            .find_map(|(first, second)| apart(first, second, Range::exactly(sign * count)))
    }

    /// The two quantities that a sentence names in all, or that its line has, where it names one line and no column.
    fn both(&self, sentence: &Sentence<'_>) -> Vec<(Terms, Terms)> {
        let mut columns: Vec<Column> = Vec::new();
        for (.., column) in &sentence.own.columns {
            if !columns.contains(column) {
                columns.push(*column);
            }
        }
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
    fn compared(&self, sentence: &Sentence<'_>, at: usize, range: Range) -> Option<Claim> {
        let token = &sentence.tokens[at];
        let places = sentence.own.columns.iter().map(|(place, ..)| place);
        let places = places.chain(sentence.own.lines.iter().map(|(place, _)| place));
        // What stands last is what is compared with.
        let last = places.map(|place| place.start).max().filter(|start| *start > token.range.end)?;
        let found = self.pairs(sentence, last, last).find_map(|(part, whole)| {
            let statement = Statement::Share { part, whole, range };
            statement.holds(self.truth).then_some(statement)
        });
        found.map(|statement| claim(statement, token.range.clone()))
    }

    /// Two quantities that are held against each other: what the sentence names before a place, and behind it.
    fn pairs(&self, sentence: &Sentence<'_>, before: usize, behind: usize) -> impl Iterator<Item = (Terms, Terms)> {
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
        let column = first.or(second).unwrap_or(Column::All);
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

    /// The nearest reading that is true.
    fn first(
        &self,
        subjects: &[Subject],
        columns: &[(Option<usize>, Column)],
        state: impl Fn(&Subject, Column) -> Option<Statement>,
    ) -> Option<Statement> {
        let readings = subjects.iter().flat_map(|subject| columns.iter().map(move |column| (subject, column)));
        let own = readings.filter(|(subject, (scope, _))| scope.is_none_or(|scope| scope == subject.scope));
        own.filter_map(|(subject, (_, column))| state(subject, *column)).find(|found| found.holds(self.truth))
    }

    fn value(&self, subject: &Subject, column: Column) -> Option<Terms> {
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
    fn subjects_of(&self, noun: &Noun, sentence: &Sentence<'_>, at: usize) -> Vec<Subject> {
        let mut subjects = self.subjects(sentence, at);
        subjects.retain(|subject| match noun {
            Noun::Of(scopes) => scopes.contains(&subject.scope),
            Noun::Any | Noun::Column(..) => true,
            Noun::Foreign => false,
        });
        subjects
    }

    /// What a sentence may speak of at one of its tokens, the likeliest first.
    fn subjects(&self, sentence: &Sentence<'_>, at: usize) -> Vec<Subject> {
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
    fn columns(&self, sentence: &Sentence<'_>, at: usize, noun: &Noun) -> Option<Vec<(Option<usize>, Column)>> {
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
        Some(out)
    }
}

/// So many times as much, as words round it.
fn times(hundredths: i64, hedge: Option<Hedge>) -> Range {
    match hedge {
        Some(hedge) => Range::hedged(hundredths, hedge, WHOLE / 2),
        None => Range::around(hundredths, (WHOLE / 4).min(hundredths / 8)),
    }
}

fn claim(statement: Statement, range: Bytes<usize>) -> Claim {
    Claim { statement, range }
}
