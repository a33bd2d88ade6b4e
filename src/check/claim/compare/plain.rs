//! Sentences with two amounts alone: which of them is the later, or that both are the same, words beside them say in any order. "Fler sökte i år: 315
//! mot 290 i fjol", "Lika många män som kvinnor anmälde sig, 45 respektive 45".

use std::ops::Range;

use super::{Wrong, opposite};
use crate::check::claim::derived::{Amount, Kind, Premise, is_said, order, premises_in};
use crate::check::claim::level::Direction;
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::number::Form;
use crate::check::prose::Passage;
use crate::check::tokens::{Kind as Sort, Say as _, Token};
use crate::diagnostic::say;

/// So many tokens lie between a word and the nearer of the numbers, and between two numbers told together.
const APART: usize = 14;
const TOGETHER: usize = 6;
/// Words of which the amounts may be none of the sentence's plain two.
const OTHER: &[Tag] = &[
    Tag::Negation,
    Tag::Planned,
    Tag::Required,
    Tag::Except,
    Tag::Until,
    Tag::Target,
    Tag::Difference,
    Tag::Than,
    Tag::MoreThan,
    Tag::FewerThan,
    Tag::Most,
    Tag::Least,
    Tag::Running,
];

pub fn wrongs(passage: &Passage) -> Vec<Wrong> {
    let read = passage.sentences.iter().filter(|sentence| passage.numbers_in(sentence).len() > 1);
    read.filter_map(|sentence| course(passage, sentence).or_else(|| equal(passage, sentence))).collect()
}

/// The levels of a sentence: what is no change, no factor and no scale.
pub fn levels_in<'p>(passage: &'p Passage, sentence: &Range<usize>) -> Vec<Premise<'p>> {
    let mut all = premises_in(passage, sentence, &[]);
    let scale = |premise: &Premise<'_>| premise.words.last().is_some_and(|last| last.has(Tag::Per));
    // "de tre enheterna" counts what is told of.
    let small = |premise: &Premise<'_>| premise.number.form == Form::Words && premise.number.value <= 12_i64.into();
    all.retain(|premise| {
        !matches!(premise.kind, Kind::Points | Kind::Factor)
            && !scale(premise)
            && !is_said(&premise.words, premise.kind)
    });
    let again = |premise: &Premise<'_>| {
        small(premise) && premise.words.lead.last().is_some_and(|last| last.has(Tag::Determiner))
    };
    let plain = all.iter().filter(|premise| !small(premise)).count();
    all.retain(|premise| !(plain > 0 && again(premise) || plain > 1 && small(premise)));
    all
}

/// Amounts of one kind, where all are.
pub fn of_one_kind<'s, 'p>(passage: &Passage, all: &'s [Premise<'p>]) -> Option<(Kind, Vec<Amount<'s, 'p>>)> {
    let kinds = [Kind::Money, Kind::Percent, Kind::Time, Kind::Plain];
    kinds.into_iter().find_map(|kind| {
        let amounts: Option<Vec<Amount<'s, 'p>>> = all.iter().map(|premise| premise.amount(passage, kind)).collect();
        Some((kind, amounts?))
    })
}

/// "Fewer pupils were excluded: 41 in 2022, compared with 52 in 2021"
fn course(passage: &Passage, sentence: &Range<usize>) -> Option<Wrong> {
    let tokens = passage.tokens_in(sentence);
    let goes = |at: usize| {
        let token = &tokens[at];
        let moves = [Tag::Grew, Tag::Shrank, Tag::More, Tag::Fewer, Tag::Better, Tag::Worse];
        let stock = token.tags.any(&[Tag::Came, Tag::Left, Tag::Change]);
        let hedge = tokens.get(at + 1).is_some_and(|next| next.number().is_some());
        (token.tags.any(&moves) && !stock && !hedge).then(|| Direction::of_word(token, tokens))?
    };
    // Which way the result of a measure is better, only its definition says.
    if tokens.say(&[Tag::Better, Tag::Worse]) && tokens.say(&[Tag::Result]) {
        return None;
    }
    let mut words = (0..tokens.len()).filter_map(|at| Some((at, goes(at)?)));
    let (at, said) = words.next()?;
    if words.any(|(_, other)| other != said) || tokens.say(OTHER) {
        return None;
    }
    let all = levels_in(passage, sentence);
    let (kind, amounts) = of_one_kind(passage, &all).filter(|(_, amounts)| amounts.len() == 2)?;
    let [one, two] = amounts.as_slice() else { return None };
    let (from, to) = if order(one, two)? { (two, one) } else { (one, two) };
    // "för åldrarna från 20 till 64 år" counts no years, "med från 5 till 10" is a range.
    let mean = tokens.say(&[Tag::Average]);
    let ages = kind == Kind::Time && two.premise.words.behind(&[Tag::Years], 1) && !mean;
    let range = from.premise.words.lead.windows(2).any(|two| two[0].has(Tag::By) && two[1].has(Tag::From));
    let beside = is_beside(passage, tokens, at, &[one.start(), two.premise.number.range.end]);
    let goes = from.towards(to).filter(|goes| *goes != said)?;
    let (start, end) = (one.start(), two.premise.number.range.end);
    let range_of = start.min(tokens[at].range.start)..end.max(tokens[at].range.end);
    (beside && !ages && !range).then(|| (range_of, opposite(to.premise.number, goes, from.premise.number)))
}

/// Whether a word stands in one clause with two numbers: nothing joins another between them.
fn is_beside(passage: &Passage, tokens: &[Token], at: usize, ends: &[usize; 2]) -> bool {
    let word = &tokens[at].range;
    let gap = if word.start < ends[0] { word.end..ends[0] } else { ends[1].min(word.start)..word.start };
    let gap = passage.tokens_in(&gap);
    // "sjönk och är nu 21 dagar" goes on with the same.
    let goes_on = |at: usize| gap.get(at + 1).is_some_and(|next| next.tags.any(&[Tag::Is, Tag::Now]));
    let joint = |(at, token): (usize, &Token)| {
        let other = token.tags.any(&[Tag::Joint, Tag::Relative]) && !token.tags.any(&[Tag::Equals, Tag::This, Tag::Is]);
        (other && !goes_on(at)) || token.kind == Sort::Sign(';')
    };
    gap.len() <= APART && !gap.iter().enumerate().any(joint)
}

/// "Equal numbers of boys (31) and girls (31)"
fn equal(passage: &Passage, sentence: &Range<usize>) -> Option<Wrong> {
    let tokens = passage.tokens_in(sentence);
    let at = tokens.iter().position(|token| token.tags.any(&[Tag::AsMany, Tag::Same]))?;
    let before = &tokens[at.saturating_sub(3)..at];
    let last = before.last().is_some_and(|token| token.number().is_some());
    let times = before.iter().any(|token| token.number().is_some()) && before.say(&[Tag::Times]);
    let factor = |token: &Token| last || times || token.tags.any(&[Tag::Double, Tag::HalfAs, Tag::Negation]);
    let other = [Tag::Than, Tag::MoreThan, Tag::FewerThan, Tag::Grew, Tag::Shrank, Tag::Planned, Tag::Negation];
    if before.iter().any(factor) || before.say(&[Tag::Broadly, Tag::HedgeAbout]) || tokens.say(&other) {
        return None;
    }
    let all = levels_in(passage, sentence);
    let (_, amounts) = of_one_kind(passage, &all)?;
    let [one, two] = amounts.as_slice() else { return None };
    let gap = passage.tokens_in(&(one.premise.number.range.end..two.start()));
    let together = gap.len() <= TOGETHER
        && gap.say(&[Tag::Joint, Tag::Respectively, Tag::Compared])
        && !gap.say(&[Tag::Is, Tag::Having]);
    let lead = passage.tokens_in(&(tokens[at].range.end..one.start().max(tokens[at].range.end)));
    let near = lead.len() <= APART && !lead.iter().any(|token| token.has(Tag::Equals));
    let differ = one.towards(two).is_some();
    (together && near && differ && tokens[at].range.end <= one.start()).then(|| {
        (
            tokens[at].range.start..two.premise.number.range.end,
            say!(
                "{first} and {second} are not the same",
                first = number_text(one.premise.number),
                second = number_text(two.premise.number)
            ),
        )
    })
}
