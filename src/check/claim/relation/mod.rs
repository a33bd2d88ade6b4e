//! Which numbers of a sentence belong together: a count, the whole it is a part of, and the percentage.

mod percentage;

use std::ops::Range;

use crate::check::lang::{self, Tag};
use crate::check::number::{Form, Number, Unit};
use crate::check::prose::Passage;
use crate::check::tokens::{Kind, Say as _, Token};
use crate::value::{Exact, Rounding};

/// A part and its whole, or a percentage and its whole, with what was said of them. Positions are those of the passage's numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    pub part: Option<usize>,
    pub base: usize,
    pub percent: Option<usize>,
    /// The percentage is that of the rest of the whole.
    pub rest: bool,
    /// "16 av 40", in this order and close together.
    pub direct: bool,
}

/// The relations of a passage, to be found by their numbers.
#[derive(Debug, Default)]
pub struct Relations {
    all: Vec<Relation>,
    /// For each number of the passage the relations that it is in.
    of: Vec<Vec<usize>>,
}

impl Relations {
    fn push(&mut self, relation: Relation) {
        let mut members: Vec<usize> =
            [Some(relation.base), relation.part, relation.percent].into_iter().flatten().collect();
        members.sort_unstable();
        members.dedup();
        members.into_iter().for_each(|at| self.of[at].push(self.all.len()));
        self.all.push(relation);
    }

    fn say(&mut self, place: usize, percent: usize) {
        self.all[place].percent = Some(percent);
        self.of[percent].push(place);
    }

    /// Those that a number is in, in their order.
    pub fn with_number(&self, number: usize) -> impl Iterator<Item = &Relation> {
        self.of.get(number).into_iter().flatten().filter_map(|place| self.all.get(*place))
    }

    /// Whether two numbers are of one share: "55 procent (22 av 40)".
    #[must_use]
    pub fn join(&self, one: usize, two: usize) -> bool {
        self.with_number(one)
            .any(|relation| [Some(relation.base), relation.part, relation.percent].contains(&Some(two)))
    }
}

impl std::ops::Deref for Relations {
    type Target = [Relation];

    fn deref(&self) -> &[Relation] {
        &self.all
    }
}

impl Relation {
    /// From the first of its numbers to the end of the last.
    #[must_use]
    pub fn range(&self, passage: &Passage) -> Range<usize> {
        let all = [Some(self.base), self.part, self.percent];
        let ranges =
            all.into_iter().flatten().filter_map(|at| passage.numbers.get(at)).map(|number| number.range.clone());
        ranges.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)).unwrap_or(0..0)
    }

    /// The part in percent of the whole, exactly.
    #[must_use]
    pub fn share(&self, passage: &Passage) -> Option<Exact> {
        let part = passage.numbers.get(self.part?)?.value;
        let base = passage.numbers.get(self.base)?.value;
        let part = if self.rest { base.checked_sub(part)? } else { part };
        percent_of(part, base)
    }
}

/// A part in percent of its whole, exactly; none where the whole is zero.
#[must_use]
pub fn percent_of(part: Exact, whole: Exact) -> Option<Exact> {
    part.checked_mul(Exact::from(100_i64))?.checked_div(whole)
}

/// Whether a percentage as printed is that of the exact share, rounded either way at the half.
#[must_use]
pub fn agrees(share: Exact, printed: &Number, rounding: Rounding) -> bool {
    share.round(printed.decimals, rounding) == printed.value
}

/// All relations of a passage.
#[must_use]
pub fn relations(passage: &Passage) -> Relations {
    let mut out = Relations { all: Vec::new(), of: vec![Vec::new(); passage.numbers.len()] };
    for sentence in &passage.sentences {
        let tokens = passage.tokens_in(sentence);
        let counted = |token: &Token| token.number().filter(|at| passage.numbers[*at].allowed.is_none());
        let all = tokens.iter().enumerate().filter_map(|(token, known)| Some(Place { number: counted(known)?, token }));
        let mut finder = Finder { passage, sentence, tokens, all: all.collect(), out: &mut out };
        finder.direct();
        finder.base_first();
        finder.percentages();
    }
    out
}

/// A number of a sentence: its position among those of the passage and its token.
#[derive(Debug, Clone, Copy)]
struct Place {
    number: usize,
    token: usize,
}

struct Finder<'p, 'r> {
    passage: &'p Passage,
    sentence: &'p Range<usize>,
    tokens: &'p [Token],
    /// The numbers that count something, in their order.
    all: Vec<Place>,
    out: &'r mut Relations,
}

/// What belongs together stands near each other: so many numbers, and so many tokens of a sentence, are looked at before and after one.
const NEAR: usize = 24;
const NEAR_TOKENS: usize = 60;

/// Words that determine a whole before its number: articles, hedges.
const DETERMINING: &[Tag] = &[
    Tag::Determiner,
    Tag::All,
    Tag::Total,
    Tag::Of,
    Tag::HedgeAbove,
    Tag::HedgeBelow,
    Tag::HedgeAbout,
    Tag::HedgeMore,
    Tag::HedgeAtLeast,
    Tag::One,
];

/// How many of some tokens are words or numbers.
fn count(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| !matches!(token.kind, Kind::Sign(_))).count()
}

fn is_sign(token: Option<&Token>, signs: &[char]) -> bool {
    token.is_some_and(|token| matches!(token.kind, Kind::Sign(sign) if signs.contains(&sign)))
}

/// Whether words name another whole, without its number: "av männen", "of the women".
fn names_a_whole(tokens: &[Token]) -> bool {
    let mut rest = tokens.iter().skip_while(|token| !token.has(Tag::Of)).skip(1);
    rest.find(|token| !token.tags.any(DETERMINING)).is_some_and(|token| token.stem().is_some() && !token.has(Tag::Them))
}

/// Whether words lead from a part to its whole: at most four, "av", at most four that only determine the whole or three of any kind; or a slash.
fn leads_to_whole(words: &[Token]) -> bool {
    if let [only] = words
        && (is_sign(Some(only), &['/']) || only.has(Tag::OutOf))
    {
        return true;
    }
    let Some(of) = words.iter().position(|token| token.has(Tag::Of)) else { return false };
    let (before, after) = (&words[..of], &words[of + 1..]);
    let determined = after.len() <= 4 && after.iter().all(|token| token.tags.any(DETERMINING));
    let plain =
        |words: &[Token]| words.iter().all(|token| !matches!(token.kind, Kind::Sign(_)) && !token.has(Tag::Link));
    before.len() <= 4 && (determined || after.len() <= 3) && plain(before) && plain(after)
}

impl<'p> Finder<'p, '_> {
    fn number(&self, place: Place) -> &'p Number {
        &self.passage.numbers[place.number]
    }

    /// The tokens between two numbers; none where they stand far apart.
    fn between(&self, one: Place, two: Place) -> &'p [Token] {
        let found = self.tokens.get(one.token + 1..two.token).unwrap_or_default();
        &found[..found.len().min(NEAR_TOKENS)]
    }

    /// A count or an amount of money; a span of time is a part of nothing.
    fn is_count(&self, place: Place) -> bool {
        let number = self.number(place);
        let time = self.tokens.get(place.token + 1).is_some_and(|token| token.has(Tag::Time));
        (number.count().is_some() && !time) || number.unit == Unit::Money
    }

    fn alike(&self, one: Place, two: Place) -> bool {
        self.number(one).unit == self.number(two).unit
    }

    /// Whether a number is a limit: "18 were under 7, or 60 per cent" has the percentage of 18.
    fn is_limit(&self, place: Place) -> bool {
        let before = place.token.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.is_some_and(|token| token.tags.any(&[Tag::HedgeLess, Tag::Between, Tag::Than]))
            && self.tokens.get(place.token + 1).is_some_and(|next| next.stem().is_none() || next.has(Tag::Time))
    }

    /// Whether a number is in "16 av 40".
    fn is_direct(&self, place: Place) -> bool {
        self.out.with_number(place.number).any(|known| known.direct && known.percent != Some(place.number))
    }

    /// "16 av 40", "13 respektive 27 av 40", "16 (40 procent) av 40".
    fn direct(&mut self) {
        for position in 1..self.all.len() {
            let (base, before) = (self.all[position], self.all[position - 1]);
            let (mut part, mut percent) = (before, None);
            let mut words = self.between(before, base);
            if self.number(before).is_percent() && is_sign(words.first(), &[')']) {
                let Some(&earlier) = position.checked_sub(2).and_then(|at| self.all.get(at)) else { continue };
                if !is_sign(self.between(earlier, before).last(), &['(']) {
                    continue;
                }
                (part, percent, words) = (earlier, Some(before), &words[1..]);
            }
            if !self.is_count(part) || !self.is_count(base) || !self.alike(part, base) || !leads_to_whole(words) {
                continue;
            }
            let respectively = |first: &Place| {
                percent.is_none()
                    && self.is_count(*first)
                    && matches!(self.between(*first, part), [word] if word.has(Tag::Respectively))
            };
            let first = position.checked_sub(2).and_then(|at| self.all.get(at)).copied().filter(respectively);
            let percent = percent.map(|percent: Place| percent.number);
            for part in first.into_iter().chain([part]) {
                self.out.push(Relation {
                    part: Some(part.number),
                    base: base.number,
                    percent,
                    rest: false,
                    direct: true,
                });
            }
            // "33 respektive 66 procent" after "13 respektive 27 av 40".
            if let (Some(_), Some(&[one, two])) = (first, self.all.get(position + 1..position + 3))
                && self.number(two).is_percent()
                && self.between(one, two).say(&[Tag::Respectively])
            {
                let pair = self.out.all.len() - 2;
                self.out.say(pair, one.number);
                self.out.say(pair + 1, two.number);
            }
        }
    }

    /// Whether words end as what stands before the size of a sample: "n =".
    fn is_sample(&self, words: &[Token]) -> bool {
        let [.., symbol, sign] = words else { return false };
        let text = self.passage.lower.get(symbol.range.start..sign.range.end);
        text.is_some_and(|text| lang::lists(self.passage.language).states_base.contains(&text))
    }

    /// Whether a number is a whole: "av de 40 granskade", "of these 32", "n = 17". Only words that determine it stand between, and at most one
    /// participle; "av de svarande uppgav 13" names a part.
    fn is_base(&self, place: Place) -> bool {
        let before = &self.tokens[..place.token];
        if is_sign(before.last(), &['=']) {
            return self.is_sample(before);
        }
        let words = before.iter().rev().take(5).take_while(|token| token.stem().is_some());
        let words: Vec<&Token> = words.collect();
        let Some(of) = words.iter().position(|token| token.tags.any(&[Tag::Of, Tag::OfThese])) else { return false };
        let middle = &words[..of];
        let mut others = middle.iter().enumerate().filter(|(_, token)| !token.tags.any(DETERMINING));
        // "av dessa saknade 16": what comes after "dessa" may be a verb.
        let taken_up = words[of].has(Tag::OfThese);
        match (others.next(), others.next()) {
            (None, _) => !taken_up || of == 0,
            (Some((0, one)), None) => {
                let next = self.tokens.get(place.token + 1);
                let followed = next.is_some_and(|next| next.stem().is_some() && !next.tags.any(&[Tag::Link, Tag::Of]));
                let these = taken_up || middle.iter().any(|token| token.has(Tag::Them));
                followed && !these && one.has(Tag::Participle)
            }
            _ => false,
        }
    }

    /// "Av 40 ärenden saknade 16 …", "Av dem stämde 14 …", "40 ärenden, varav 16 …".
    fn base_first(&mut self) {
        let mut base = self.base_before();
        for position in 0..self.all.len() {
            let at = self.all[position];
            let direct = self.is_direct(at);
            if self.is_count(at) && !direct && self.is_base(at) {
                base = Some(at);
                continue;
            }
            if let Some(&before) = position.checked_sub(1).and_then(|before| self.all.get(before)) {
                let words = self.between(before, at);
                if words.say(&[Tag::Rest])
                    || is_sign(words.iter().find(|token| is_sign(Some(token), &[';'])), &[';'])
                    || names_a_whole(words)
                {
                    base = None;
                }
                // "514 of them and 20": what stands behind the number takes up another whole.
                let of_which = words.iter().skip(1).any(|token| token.has(Tag::OfWhich))
                    || words.first().is_some_and(|token| token.has(Tag::OfWhich) && words.len() == 1);
                if of_which && self.is_count(before) && self.is_count(at) {
                    base = Some(before);
                }
            }
            if direct {
                base = None;
            }
            // "1,284 referrals, and 514 of them (44%)": what was counted last is the whole.
            let near = position.saturating_sub(NEAR)..position;
            let whole = || {
                self.all[near].iter().rev().copied().find(|whole| self.is_count(*whole) && self.can_have(*whole, at))
            };
            let whole = if self.is_of_them(at) && self.is_count(at) && !direct { whole() } else { None };
            let Some(base) = whole.or(base) else { continue };
            // "Två tredjedelar av de 60 har körkort, och av dessa äger tio en bil": of the two thirds.
            let between = self.tokens.get(base.token.saturating_add(1)..at.token).unwrap_or_default();
            let part = between.iter().enumerate().any(|(at, token)| {
                token.has(Tag::OfThese)
                    || token.has(Tag::Of) && between.get(at + 1).is_some_and(|next| next.has(Tag::Them))
            });
            if part && self.is_divided(base.number, at.number) {
                continue;
            }
            let told = whole.is_some() || self.number(at).form != Form::Round;
            if self.is_count(at) && self.can_have(base, at) && told {
                let (part, base) = (Some(at.number), base.number);
                self.out.push(Relation { part, base, percent: None, rest: false, direct: false });
            }
        }
    }

    fn can_have(&self, whole: Place, part: Place) -> bool {
        self.alike(whole, part) && self.number(part).value <= self.number(whole).value
    }

    /// "514 of them", "19 of whom", "37 av dem".
    fn is_of_them(&self, place: Place) -> bool {
        let after = self.tokens.get(place.token + 1..).unwrap_or_default();
        let of_them = match after {
            [of, them, ..] if of.has(Tag::Of) && them.has(Tag::Them) => 2,
            [of_which, ..] if of_which.has(Tag::OfWhich) => 1,
            _ => return false,
        };
        after.get(of_them).is_none_or(|next| next.number().is_none())
    }

    /// The whole that "av dem", "of these" or "av barnen" takes up from what stands before the sentence.
    fn base_before(&self) -> Option<Place> {
        let (first, rest) = self.tokens.split_first()?;
        let end = self.passage.numbers_in(self.sentence).start;
        // A whole of another sentence has no token in this one.
        let place = |number: usize| Place { number, token: usize::MAX };
        let earlier = |place: &Place| {
            let number = self.number(*place);
            number.allowed.is_none()
                && (number.count().is_some() || number.unit == Unit::Money)
                && !self.is_time(number)
        };
        let mut places = (end.saturating_sub(NEAR)..end).rev().map(place).filter(earlier);
        if first.has(Tag::OfWhich) || (first.has(Tag::Of) && rest.first()?.has(Tag::Them)) {
            // "Av dessa 32 planer" names its own whole.
            let own = rest.iter().find(|token| !token.has(Tag::Them))?;
            let base = places.next().filter(|base| !self.is_divided(base.number, end));
            return if own.number().is_some() { None } else { base };
        }
        let noun = rest.iter().find(|token| !token.has(Tag::Determiner)).filter(|_| first.has(Tag::Of))?;
        let mut same = places.filter(|place| self.counts(self.number(*place), noun.stem().unwrap_or("")));
        // Two counts of the same kind: which of them is meant cannot be told.
        let one = same.next()?;
        same.next().is_none().then_some(one)
    }

    /// "Av de 400 ärendena avsåg 60 procent barn. Av dem": not all of the 400 are taken up.
    fn is_divided(&self, base: usize, end: usize) -> bool {
        let start = self.passage.numbers[base].range.start;
        let told = self.passage.sentence(start).start;
        let inside = self.passage.numbers_in(&(told..start)).chain(base + 1..end);
        let shared =
            inside.map(|at| &self.passage.numbers[at]).any(|number| number.is_percent() || number.is_fraction());
        let before = self.passage.tokens_in(&(self.passage.sentence(start).start..start));
        shared && before.iter().rev().take(3).any(|token| token.has(Tag::Of))
    }

    fn behind(&self, number: &Number) -> &'p [Token] {
        let at = self.passage.tokens.partition_point(|token| token.range.start < number.range.end);
        &self.passage.tokens[at..]
    }

    fn is_time(&self, number: &Number) -> bool {
        self.behind(number).first().is_some_and(|token| token.has(Tag::Time))
    }

    /// Whether the noun behind a number has a stem.
    fn counts(&self, number: &Number, stem: &str) -> bool {
        let words = self.behind(number).iter().take(2);
        words.filter_map(|token| token.stem().filter(|_| !token.has(Tag::Participle))).next() == Some(stem)
    }
}
