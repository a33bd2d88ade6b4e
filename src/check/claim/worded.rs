//! Words that stand for a share ("knappt hälften", "de flesta", "two in three") and the share they stand with.

use std::ops::Range;

use super::bounds::{Bounds, hedged, hedged_fraction};
use crate::check::claim::relation::Relations;
use crate::check::hedges::{hedge, of_fraction};
use crate::check::lang::{self, Tag};
use crate::check::number::{Form, Number};
use crate::check::prose::Passage;
use crate::check::tokens::{Kind, Say as _, Token};
use crate::value::Exact;

/// Words for a share and what was counted.
#[derive(Debug, Clone)]
pub struct Approximation {
    /// The words, with what hedges them.
    pub range: Range<usize>,
    pub bounds: Bounds,
    /// The share in percent, where one stands with the words, and where it stands.
    pub share: Option<(Exact, Range<usize>)>,
    /// Positions of the numbers in the words.
    pub numbers: Vec<usize>,
}

/// A percentage, and whether it is itself within.
type Edge = Option<(i64, bool)>;

/// Words of amount and the percentages from and to which they hold.
const AMOUNTS: [(Tag, Edge, Edge); 6] = [
    (Tag::NearlyAll, Some((90, true)), None),
    (Tag::Majority, Some((50, false)), None),
    (Tag::Most, Some((50, false)), None),
    (Tag::Minority, None, Some((50, false))),
    (Tag::All, Some((100, true)), None),
    (Tag::Nobody, None, Some((0, true))),
];

/// So many tokens lie between words for a share and the share.
const NEAR: usize = 12;

/// All words for a share in a passage.
#[must_use]
pub fn find(passage: &Passage, relations: &Relations) -> Vec<Approximation> {
    let mut out: Vec<Approximation> =
        fractions(passage).chain(idioms(passage, relations)).chain(one_in(passage)).collect();
    let mut taken: Vec<Range<usize>> = out.iter().map(|known| known.range.clone()).collect();
    taken.sort_by_key(|range| range.start);
    let free = |range: &Range<usize>| {
        let before = taken.partition_point(|known| known.start <= range.start);
        taken[..before].iter().rev().take(3).all(|known| known.end <= range.start)
    };
    for sentence in &passage.sentences {
        let tokens = passage.tokens_in(sentence);
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| free(&token.range)) {
            if let Some(bounds) = amount(tokens, at) {
                out.push(Approximation { range: token.range.clone(), bounds, share: None, numbers: Vec::new() });
            }
        }
    }
    out.sort_by_key(|found| found.range.start);
    let starts: Vec<usize> = out.iter().map(|found| found.range.start).collect();
    for found in &mut out {
        found.share = share(passage, relations, found, &starts);
    }
    out
}

/// "en knapp tredjedel", "var fjärde"
fn fractions(passage: &Passage) -> impl Iterator<Item = Approximation> {
    let lower = passage.lower.as_str();
    let pack = lang::pack(passage.language);
    passage.numbers.iter().enumerate().filter(|(_, number)| number.is_fraction()).map(move |(at, number)| {
        let first = lower[number.range.clone()].split_whitespace().next().unwrap_or("");
        let (range, bounds) = match of_fraction(passage, number) {
            Some((hedge, start)) => (start..number.range.end, hedged_fraction(number.value, hedge)),
            None => {
                let tenths = match number.value == Exact::from(50_i64) {
                    _ if pack.tags(first).has(Tag::EachOf) => 30,
                    true => 5,
                    false => 15,
                };
                (number.range.clone(), Bounds::around(number.value, tenths))
            }
        };
        Approximation { range, bounds, share: None, numbers: vec![at] }
    })
}

/// "två av tre", "one in five"
fn idioms<'p>(passage: &'p Passage, relations: &'p Relations) -> impl Iterator<Item = Approximation> + 'p {
    relations.iter().filter(|relation| relation.direct).filter_map(|relation| {
        let part = relation.part?;
        let (one, whole) = (passage.numbers.get(part)?, passage.numbers.get(relation.base)?);
        idiom(passage, one, whole)?;
        let share = relation.share(passage)?;
        let range = one.range.start..whole.range.end;
        let (range, bounds) = match hedge(passage, range.start) {
            Some((hedge, start)) => (start..range.end, hedged(share, hedge)),
            None => (range, Bounds::around(share, 30)),
        };
        Some(Approximation { range, bounds, share: None, numbers: vec![part, relation.base] })
    })
}

/// "one chart in six"
fn one_in(passage: &Passage) -> impl Iterator<Item = Approximation> + '_ {
    let out_of = passage.tokens.iter().enumerate().filter(|(_, token)| token.has(Tag::OutOf));
    out_of.filter_map(|(at, _)| {
        let [one, noun] = passage.tokens.get(at.checked_sub(2)?..at)? else { return None };
        let place = passage.tokens.get(at + 1)?.number()?;
        let many = passage.numbers.get(place)?;
        let counted = one.has(Tag::One) && noun.stem().is_some() && many.form == Form::Words;
        let count = many.count().filter(|count| (2..=20).contains(count) && counted)?;
        let next = passage.tokens.get(at + 2);
        let measured = next.is_some_and(|next| next.tags.any(&[Tag::Time, Tag::Times]));
        let bounds = Bounds::around(Exact::from(100_i64).checked_div(count.into())?, 10);
        let range = one.range.start..many.range.end;
        (!measured).then_some(Approximation { range, bounds, share: None, numbers: vec![place] })
    })
}

/// Whether a part and its whole serve as words for a share, "två av tre", "one in 10", and whether they can be nothing else: so few in so round
/// a number are seldom counted.
#[must_use]
pub fn idiom(passage: &Passage, part: &Number, base: &Number) -> Option<bool> {
    let count = base.count().filter(|base| *base <= 10)?;
    let words = part.form == Form::Words && (base.form == Form::Words || count == 10) && !part.bound;
    let [between] = passage.tokens_in(&(part.range.end..base.range.start)) else { return None };
    let within = between.tags.any(&[Tag::Within, Tag::By]) && !between.has(Tag::Of);
    (words && (within || between.has(Tag::Of))).then_some(within || matches!(count, 3 | 4 | 5 | 10))
}

/// What a word of amount lets a share be.
fn amount(tokens: &[Token], at: usize) -> Option<Bounds> {
    let token = &tokens[at];
    let (tag, low, high) = AMOUNTS.into_iter().find(|(tag, ..)| token.has(*tag))?;
    // "inte längre en majoritet"
    let negated = tokens[..at].iter().rev().take(3).any(|token| token.has(Tag::Negation));
    let next = tokens.get(at + 1);
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let said = match tag {
        Tag::All | Tag::Nobody => is_counted(tokens, at),
        // "most schools", not "the most important", "at most", "störst".
        Tag::Most => {
            token.has(Tag::MostOf)
                && !next.is_some_and(|next| next.has(Tag::Superlative))
                && !before.is_some_and(|before| before.tags.any(&[Tag::Determiner, Tag::Within, Tag::Is, Tag::Each]))
        }
        _ => true,
    };
    let edge = |edge: Edge| edge.map(|(value, closed)| (Exact::from(value), closed));
    (said && !negated).then(|| Bounds::new(edge(low), edge(high)))
}

/// Whether "alla", "inga" and their like are said of one noun whose share follows in brackets: "samtliga enheter (38 av 40)".
fn is_counted(tokens: &[Token], at: usize) -> bool {
    let noun = tokens[at + 1..].iter().take_while(|token| token.stem().is_some()).count();
    let (noun, behind) = tokens[at + 1..].split_at(noun);
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let other = [Tag::Negation, Tag::Within, Tag::Of, Tag::HedgeBelow, Tag::Broadly];
    let direct = matches!(behind, [open, share, ..] if open.kind == Kind::Sign('(') && share.number().is_some());
    let plain = !noun.say(&[Tag::Joint, Tag::More]);
    direct && plain && (1..=3).contains(&noun.len()) && !before.is_some_and(|token| token.tags.any(&other))
}

/// Words that lead from a share to another statement.
fn breaks(tokens: &[Token]) -> bool {
    let tags = [Tag::Joint, Tag::Compared, Tag::Than, Tag::Earlier, Tag::Since, Tag::Respectively, Tag::Also];
    tokens.iter().any(|token| token.tags.any(&tags) && !token.has(Tag::Equals))
}

/// The share that stands with the words: behind them in brackets or between commas, or before them.
fn share(
    passage: &Passage,
    relations: &Relations,
    words: &Approximation,
    others: &[usize],
) -> Option<(Exact, Range<usize>)> {
    let tokens = passage.tokens_in(&passage.sentence(words.range.start));
    let start = tokens.partition_point(|token| token.range.end <= words.range.start);
    let end = tokens.partition_point(|token| token.range.start < words.range.end);
    let counted = |token: &Token| {
        let at = token.number().filter(|at| !words.numbers.contains(at))?;
        passage.numbers.get(at).filter(|number| number.allowed.is_none() && !number.is_fraction()).map(|_| at)
    };
    let sign = |token: Option<&Token>, signs: &[char]| {
        token.is_some_and(|token| matches!(token.kind, Kind::Sign(sign) if signs.contains(&sign)))
    };
    let next = tokens[end..].iter().take(NEAR).position(|token| counted(token).is_some()).map(|found| end + found);
    if let Some(at) = next {
        let between = &tokens[end..at];
        let last = between.last();
        let joined = sign(last, &['(', ',', ':', '–', '=']) || last.is_some_and(|token| token.has(Tag::Equals));
        let from = others.partition_point(|other| *other < words.range.end);
        let foreign = others.get(from).is_some_and(|other| *other < tokens[at].range.start);
        // "En tredjedel svarade ja, 52 procent nej": the percentage is another answer's.
        let behind = tokens.get(at + 1);
        let own = counted(&tokens[at]).and_then(|at| passage.numbers.get(at));
        let goes_on = sign(last, &[','])
            && own.is_some_and(Number::is_percent)
            && behind.is_some_and(|token| token.stem().is_some() && !token.has(Tag::Of));
        // "half of those grow vegetables, so 30% of all households": of another whole.
        let of_all = behind.is_some_and(|of| of.has(Tag::Of))
            && tokens.get(at + 2).is_some_and(|all| all.has(Tag::All) && !all.has(Tag::Them));
        if joined && !foreign && !breaks(between) && !goes_on && !of_all {
            let value = of_number(passage, relations, words, counted(&tokens[at])?);
            if value.is_some() {
                return value;
            }
        }
    }
    let at = tokens[..start].iter().rev().take(NEAR).position(|token| counted(token).is_some())?;
    let mut between = &tokens[start - at..start];
    let number = counted(&tokens[start - at - 1])?;
    // "I 9 av 40 ärenden, en knapp femtedel, finns …": what is counted stands before the comma.
    let apposed = tokens.get(end).is_none_or(|_| sign(tokens.get(end), &[',', '.', ')']));
    let of_share = relations.with_number(number).any(|relation| relation.direct && relation.base == number);
    let comma = between.iter().position(|token| token.kind == Kind::Sign(','));
    if let Some(comma) = comma.filter(|comma| apposed && of_share && *comma <= 3 && !breaks(&between[..*comma])) {
        between = &between[comma..];
    }
    let opened = sign(between.first(), &[',', '–', '(']) || (sign(between.first(), &[')']) && comma.is_some());
    let equal = between.iter().all(|token| token.stem().is_none() || token.tags.any(&[Tag::Equals, Tag::One]));
    if opened && equal { of_number(passage, relations, words, number) } else { None }
}

fn of_number(
    passage: &Passage,
    relations: &Relations,
    words: &Approximation,
    at: usize,
) -> Option<(Exact, Range<usize>)> {
    let relation = relations.with_number(at).find(|relation| {
        relation.percent == Some(at) || (relation.direct && (relation.part == Some(at) || relation.base == at))
    });
    // "Fyra av fem skolor (69 procent)": the percentage is held against the words.
    if let Some(relation) = relation.filter(|relation| !words.numbers.contains(&relation.base))
        && let Some(share) = relation.share(passage)
    {
        return Some((share, relation.range(passage)));
    }
    let number = passage.numbers.get(at)?;
    number.is_percent().then(|| (number.value, number.range.clone()))
}
