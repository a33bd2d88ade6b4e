//! How many of some listed numbers lie beyond another: "In three of the five regions the rate exceeded 10 per cent. The rates were 11.2, 8.9, …"; and a
//! number with its margin against the interval that they make.

use std::ops::Range;

use super::Wrong;
use super::plain::{levels_in, of_one_kind};
use super::verdict::goes;
use crate::check::claim::derived::{Amount, Kind, Premise, premises_in};
use crate::check::claim::level::Direction;
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::pattern::Patterns;
use crate::check::prose::Passage;
use crate::check::tokens::{Say as _, Token};
use crate::diagnostic::say;
use crate::value::Exact;

/// So many tokens lie between the word and the limit, and between the count and the word.
const APART: usize = 5;
const BEFORE: usize = 12;
/// So many numbers are a list at least.
const LISTED: usize = 3;

pub fn wrongs(passage: &Passage) -> Vec<Wrong> {
    let sentences = 0..passage.sentences.len();
    sentences.flat_map(|at| [beyond(passage, at), margin(passage, at)]).flatten().collect()
}

/// The limit of a sentence, the place of the word for what lies beyond it, and which way that is; none where it is only reached.
fn limit<'p>(tokens: &[Token], own: &[Premise<'p>]) -> Option<(Premise<'p>, usize, Option<Direction>)> {
    own.iter().rev().find_map(|aim| {
        let place = tokens.partition_point(|token| token.range.start < aim.number.range.start);
        tokens.get(place)?;
        let near = (0..place).rev().take(APART + 1);
        let (at, said) = near.into_iter().find_map(|at| {
            let next = &tokens[at..place];
            let hedge = at + 1 == place;
            let direct = || match () {
                () if hedge && tokens[at].tags.any(&[Tag::HedgeMore, Tag::MoreThan]) => Some(Direction::Up),
                () if hedge && tokens[at].tags.any(&[Tag::HedgeLess, Tag::FewerThan]) => Some(Direction::Down),
                () => None,
            };
            let reached = tokens[at].has(Tag::Reached) && next.say(&[Tag::Target, Tag::Limit]);
            let said = goes(next).or_else(direct);
            (said.is_some() || reached).then_some((at, said))
        })?;
        Some((aim.clone(), at, said))
    })
}

fn beyond(passage: &Passage, at: usize) -> Option<Wrong> {
    let sentence = passage.sentences.get(at)?;
    let tokens = passage.tokens_in(sentence);
    let mut own = premises_in(passage, sentence, &[]);
    own.retain(|premise| !premise.words.behind(&[Tag::Times], 1));
    let (aim, word, said) = limit(tokens, &own)?;
    let from = tokens.get(word.saturating_sub(BEFORE))?.range.start;
    let counts = |premise: &&Premise<'_>| {
        premise.kind == Kind::Plain
            && premise.number.count().is_some()
            && premise.number.range.start >= from
            && premise.number.range.end <= tokens[word].range.start
    };
    let counted: Vec<&Premise<'_>> = own.iter().filter(counts).collect();
    let of = |premise: &Premise<'_>| premise.words.last().is_some_and(|last| last.has(Tag::Of));
    let (count, whole) = match counted.as_slice() {
        [.., count, whole] if of(whole) => (*count, Some(*whole)),
        [.., count] => (*count, None),
        [] => return None,
    };
    let other = [Tag::Negation, Tag::Nobody, Tag::Earlier, Tag::Planned, Tag::Also, Tag::Rest];
    if tokens.say(&other) {
        return None;
    }
    let list = |range: &Range<usize>, end: usize| {
        if passage.tokens_in(range).say(&other) {
            return None;
        }
        let mut all = levels_in(passage, range);
        all.retain(|premise| premise.number.range.end <= end);
        all.push(aim.clone());
        let (_, mut amounts) = of_one_kind(passage, &all)?;
        let aim = amounts.pop()?;
        let counted = |beyond: &dyn Fn(Exact) -> bool| {
            i64::try_from(amounts.iter().filter(|amount| beyond(amount.value)).count()).map(Exact::from).ok()
        };
        // What lies on the limit may count or not.
        let results: Vec<Option<Exact>> = match said {
            Some(Direction::Up) => vec![counted(&|value| value > aim.value), counted(&|value| value >= aim.value)],
            Some(Direction::Down) => vec![counted(&|value| value < aim.value), counted(&|value| value <= aim.value)],
            None => vec![counted(&|value| value >= aim.value), counted(&|value| value <= aim.value)],
        };
        let results: Vec<Exact> = results.into_iter().flatten().collect();
        let many = i64::try_from(amounts.len()).ok()?;
        let full = many >= i64::try_from(LISTED).ok()?
            && whole.is_none_or(|whole| whole.number.value == many.into())
            && count.number.value <= many.into()
            && amounts.iter().all(|amount| amount.premise.year.is_none() && !amount.is_earlier());
        full.then_some(results)
    };
    let start = count.number.range.start;
    let before = || at.checked_sub(1).and_then(|at| list(passage.sentences.get(at)?, usize::MAX));
    let behind = || list(passage.sentences.get(at + 1)?, usize::MAX);
    let results = list(sentence, start).or_else(before).or_else(behind)?;
    let fits = results.contains(&count.number.value);
    let range = count.number.range.start..aim.number.range.end;
    let exact = results.first()?;
    let words = say!("{exact} of the numbers beside it lie so, not {first}", exact, first = number_text(count.number));
    (!fits).then_some((range, words))
}

/// "mellan 49 och 55", "a range of 57% to 65%", "a 95% interval of 16.9 to 19.5"
static INTERVAL: Patterns = Patterns::new(&[
    "[ <between> | <from> | <interval> ] noun{0,3} low=value noun{0,2} [ <joint> | <to> | \"–\" | \"-\" ] <by>? high=value",
    "<interval> noun{0,2} \":(\" low=value noun{0,2} [ <joint> | <to> | \"–\" | \"-\" ] high=value",
]);

/// "52 procent … Felmarginalen är plus minus 3, alltså mellan 49 och 55"
fn margin(passage: &Passage, at: usize) -> Option<Wrong> {
    let sentence = passage.sentences.get(at)?;
    let from =
        at.checked_sub(1).and_then(|before| passage.sentences.get(before)).map_or(sentence.start, |told| told.start);
    let to = passage.sentences.get(at + 1).map_or(sentence.end, |next| next.end);
    let found = INTERVAL.iter().find_map(|pattern| pattern.find(passage, sentence).next())?;
    let ends = [found.number("low")?, found.number("high")?];
    let sampled = passage.tokens_in(&(from..to)).say(&[Tag::Margin, Tag::Confidence]);
    if !sampled && !passage.text[from..to].contains('±') {
        return None;
    }
    let all: Vec<Premise<'_>> = passage
        .sentences
        .iter()
        .filter(|range| range.start >= from && range.end <= to)
        .flat_map(|range| premises_in(passage, range, &[]))
        .collect();
    let margin = |premise: &&Premise<'_>| premise.words.before(&[Tag::Margin]) || premise.words.opener == Some('±');
    let level = |premise: &Premise<'_>| {
        let near = premise.words.lead.iter().rev().take(2).chain(premise.words.tail.iter().take(2));
        near.into_iter().any(|token| token.has(Tag::Confidence))
    };
    let is_end = |premise: &&Premise<'_>| ends.iter().any(|end| end.range == premise.number.range);
    let plain: Vec<Premise<'_>> =
        all.iter().filter(|premise| !margin(premise) && !is_end(premise) && !level(premise)).cloned().collect();
    let [centre] = plain.as_slice() else { return None };
    if centre.year.is_some() || centre.compared {
        return None;
    }
    let mut told = all.iter().filter(|premise| margin(premise) && !is_end(premise) && !level(premise));
    let width = told.next().filter(|_| told.next().is_none());
    let edges: Vec<Premise<'_>> = all.iter().filter(is_end).cloned().chain([centre.clone()]).collect();
    let (kind, amounts) = of_one_kind(passage, &edges)?;
    let [low, high, centre] = amounts.as_slice() else { return None };
    let range = found.bytes();
    let text = |amount: &Amount<'_, '_>| number_text(amount.premise.number);
    if let Some(width) = width {
        let width = width.amount(passage, kind).or_else(|| width.amount(passage, width.kind))?;
        let (less, more) = (centre.may_be.minus(width.may_be)?, centre.may_be.plus(width.may_be)?);
        let fits = less.meets(low.may_be) && more.meets(high.may_be);
        let (least, most) = (centre.value.checked_sub(width.value)?, centre.value.checked_add(width.value)?);
        let words = say!(
            "{first} and {second} either way make {least} to {most}",
            first = text(centre),
            second = text(&width),
            least,
            most
        );
        return (!fits).then_some((range, words));
    }
    let outside = low.towards(centre) == Some(Direction::Down) || high.towards(centre) == Some(Direction::Up);
    outside.then(|| {
        (
            range,
            say!(
                "{first} does not lie between {second} and {third}",
                first = text(centre),
                second = text(low),
                third = text(high)
            ),
        )
    })
}
