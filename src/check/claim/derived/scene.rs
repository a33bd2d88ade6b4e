//! A number that may have been computed, the words around it, and the numbers that it may have been computed from.

use super::interval::Interval;
use super::premise::{Amount, BARE, Kind, Premise, premises_in, printed};
use super::words::{Words, is_alike, is_filler};
use crate::check::claim::bounds::Bounds;
use crate::check::claim::level::factor;
use crate::check::hedges::hedge;
use crate::check::lang::{HEDGES, Tag};
use crate::check::number::{Form, Number};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Say as _, Token, class};
use crate::value::Exact;

/// So many numbers and bytes a sentence has at most that something is concluded in.
const NUMBERS: usize = 12;
const BYTES: usize = 800;
/// So many sentences before a conclusion hold what it rests on; one more, and the one after it, may explain it.
pub const NEAR: usize = 2;
/// A number in words that is so many times smaller than another is not compared with it.
const FAR: i64 = 20;
/// Words of more letters say what is told.
const LONG: usize = 2;

/// A number that may have been computed from others.
#[derive(Debug)]
pub struct Derived<'p> {
    pub passage: &'p Passage,
    pub number: Number,
    pub kind: Kind,
    pub words: Words<'p>,
    /// What its digits and its hedge let it stand for.
    pub printed: Interval,
    /// What words for a share may stand for.
    pub bounds: Option<Bounds>,
    pub value: Exact,
    /// The tokens of its sentence.
    pub sentence: &'p [Token],
    pub premises: Vec<Premise<'p>>,
}

impl<'p> Derived<'p> {
    /// A number of the passage, and the positions of those that are no premises; none where it is no amount or its sentence is a list.
    #[must_use]
    pub fn new(passage: &'p Passage, number: Number, kind: Kind, but: &[usize]) -> Option<Self> {
        let own = passage.sentence(number.range.start);
        let place = passage.sentences.partition_point(|known| known.end <= number.range.start);
        let mut premises = Vec::new();
        for (at, range) in passage.sentences.iter().enumerate().skip(place.saturating_sub(NEAR + 1)).take(NEAR + 3) {
            if range.len() > BYTES || passage.numbers_in(range).len() > NUMBERS {
                if at == place {
                    return None;
                }
                continue;
            }
            let sentence = place.abs_diff(at);
            let far = at > place || sentence > NEAR;
            let all =
                premises_in(passage, range, but).into_iter().filter(|premise| premise.number.range != number.range);
            premises.extend(all.map(|premise| Premise { sentence, far, ..premise }));
        }
        // "på 8,0 miljoner kronor … Resten, 1,2 miljoner": what the sentence before told is meant of money.
        let money = premises.iter().any(|premise| premise.kind == Kind::Money && !premise.far);
        for premise in premises.iter_mut().filter(|_| money) {
            let bare = premise.words.tail.first().is_none_or(|token| token.tags.any(BARE));
            let millions = premise.kind == Kind::Plain && factor(passage, premise.number) > Exact::from(1_i64);
            if bare && millions && premise.shared.is_none() {
                premise.shared = Some((Kind::Money, Exact::from(1_i64)));
            }
        }
        // "År 2022 var det 8 procent lägre än 2010": of other years no number explains it.
        let years = passage.numbers[passage.numbers_in(&own)].iter();
        let years = years.filter(|number| class(number, &passage.text) == Class::Year).map(|number| number.value);
        let years: std::collections::BTreeSet<Exact> = years.collect();
        let told = |year: &Exact| premises.iter().any(|premise| premise.year == Some(*year) && premise.sentence > 0);
        if years.len() == 2 && years.iter().all(told) {
            premises.retain(|premise| premise.year.is_none_or(|year| years.contains(&year)));
        }
        let printed = printed(passage, &number, kind)?;
        let (words, value) = (Words::around(passage, &number), number.value);
        let sentence = passage.tokens_in(&own);
        Some(Self { passage, number, kind, words, printed, bounds: None, value, sentence, premises })
    }

    /// "de tre skolorna": so many were named before.
    #[must_use]
    pub fn takes_up(&self) -> bool {
        let small = self.number.form == Form::Words && self.value <= 12_i64.into() && self.bounds.is_none();
        small && self.words.lead.last().is_some_and(|token| token.has(Tag::Determiner) && !token.has(Tag::Rest))
    }

    /// Whether the printed number may stand for a result.
    #[must_use]
    pub fn is_given_by(&self, result: Interval) -> bool {
        match &self.bounds {
            Some(bounds) => result.points().into_iter().flatten().any(|point| bounds.hold(point)),
            None => result.meets(self.printed),
        }
    }

    /// The premises of a kind, those that take the unit of a neighbour among them, in the order of the text.
    #[must_use]
    pub fn amounts(&self, kind: Kind) -> Vec<Amount<'_, 'p>> {
        self.premises.iter().filter_map(|premise| premise.amount(self.passage, kind)).collect()
    }

    /// Those that a conclusion is accused by.
    #[must_use]
    pub fn near<'s>(&self, amounts: &[Amount<'s, 'p>]) -> Vec<Amount<'s, 'p>> {
        amounts.iter().filter(|amount| !amount.premise.far).cloned().collect()
    }

    /// Those of some amounts that are not so much smaller in words that they are of another thing.
    #[must_use]
    pub fn sizable<'s>(
        &self,
        amounts: &[Amount<'s, 'p>],
        mut some: impl FnMut(&Amount<'s, 'p>) -> bool,
    ) -> Vec<Amount<'s, 'p>> {
        let mut out: Vec<Amount<'s, 'p>> = amounts.iter().filter(|amount| some(amount)).cloned().collect();
        let largest = out.iter().map(|amount| amount.value).max();
        out.retain(|amount| {
            let times = amount.value.checked_mul(FAR.into());
            amount.premise.number.form != Form::Words || times.zip(largest).is_some_and(|(many, most)| many >= most)
        });
        out
    }

    /// The two numbers that a conclusion certainly rests on, in the order of the text: two in its own sentence before it, since the last one that was
    /// concluded; or one there and one in the sentence before; or the two of the sentence before.
    #[must_use]
    pub fn two<'s>(&self, amounts: &[Amount<'s, 'p>]) -> Option<[Amount<'s, 'p>; 2]> {
        // "from 1,200 to 1,800 over two winters"
        let near = self.sizable(amounts, |amount| !amount.premise.far && !amount.is_scale());
        let of = |sentence: usize| near.iter().filter(move |amount| amount.premise.sentence == sentence).cloned();
        let (before, behind): (Vec<Amount<'s, 'p>>, Vec<Amount<'s, 'p>>) =
            of(0).partition(|amount| amount.start() < self.number.range.start);
        let since = self.last_conclusion();
        let segment: Vec<Amount<'s, 'p>> = before.iter().filter(|amount| amount.start() >= since).cloned().collect();
        let (last, first): (Vec<Amount<'s, 'p>>, Vec<Amount<'s, 'p>>) = (of(1).collect(), of(2).collect());
        let earlier = if last.is_empty() { first.as_slice() } else { last.as_slice() };
        let found = match (before.as_slice(), behind.as_slice(), earlier) {
            ([one, two], ..) | ([one], [two], []) | ([], [two], [one]) | ([], [one, two], []) | ([], _, [one, two]) => {
                [one, two]
            }
            ([two], _, [one]) => [one, two],
            ([], [], [two]) if last.len() == 1 && first.len() == 1 => [&first[0], two],
            _ => match segment.as_slice() {
                [one, two] => [one, two],
                _ => return None,
            },
        };
        // "After inflation of 6.8% this amounts to a fall of 2.6%" rests on the 6.8.
        let here = found.iter().any(|amount| amount.premise.sentence == 0);
        (here || since == 0).then(|| found.map(Clone::clone))
    }

    #[must_use]
    pub fn is_hedged(&self) -> bool {
        hedge(self.passage, self.number.range.start).is_some()
    }

    /// Where the last number of the conclusion's kind ends that stands before it in its sentence.
    fn last_conclusion(&self) -> usize {
        let concluded = matches!(self.kind, Kind::Percent | Kind::Points | Kind::Factor);
        let own = self.premises.iter().filter(|premise| premise.sentence == 0 && !premise.far && concluded);
        own.filter(|premise| premise.kind == self.kind && premise.number.range.end <= self.number.range.start)
            .map(|premise| premise.number.range.end)
            .max()
            .unwrap_or(0)
    }

    /// The premise that stands last before it in its sentence.
    #[must_use]
    pub fn before(&self) -> Option<&Premise<'p>> {
        self.own_before().next_back()
    }

    /// The premises that stand before it in its sentence.
    pub fn own_before(&self) -> impl DoubleEndedIterator<Item = &Premise<'p>> {
        let own = self.premises.iter().filter(|premise| premise.sentence == 0 && !premise.far);
        own.filter(|premise| premise.number.range.end <= self.number.range.start)
    }

    /// The premise that follows directly, as the same in other words: "var tredje förare, 60 stycken, saknade".
    #[must_use]
    pub fn apposed(&self) -> Option<&Premise<'p>> {
        let mut own = self.premises.iter().filter(|premise| premise.sentence == 0 && !premise.far);
        let next = own.find(|premise| premise.number.range.start >= self.number.range.end)?;
        let joined = matches!(next.words.opener, Some(',' | '(')) && next.words.lead.iter().all(is_filler);
        let between = self.words.tail.last().map_or(self.number.range.end, |last| last.range.end);
        let near = next.kind != Kind::Time
            && !self.is_apposed()
            && next.number.range.start.saturating_sub(between) < 20
            && self.words.tail.len() < 5
            && !self.words.behind(&[Tag::SoMany, Tag::AsMany], 2);
        (joined && near && self.bounds.is_some()).then_some(next)
    }

    /// Whether the number follows another directly, as the same in other words: "84, or 45 percent", "93 av dem (47 procent)".
    #[must_use]
    pub fn is_apposed(&self) -> bool {
        // "a success rate of": the word before a rate says which.
        let rate = self.words.lead.iter().position(|token| token.tags.any(&[Tag::Share, Tag::ResponseRate]));
        // "81 av dessa, det vill säga hos drygt hälften"
        let within = self.words.concludes();
        let within = |token: &Token| within && token.has(Tag::Within) && !token.tags.any(&[Tag::To, Tag::From]);
        let filler = |(at, token): (usize, &Token)| {
            is_filler(token) || token.tags.any(HEDGES) || rate == Some(at + 1) || within(token)
        };
        // "of the 11 clinics, 64 percent open on Saturdays" goes on.
        let next = [Tag::Of, Tag::Joint, Tag::SoMany, Tag::AsMany, Tag::Total, Tag::Generic];
        let ends = self.words.tail.first().is_none_or(|word| word.tags.any(&next));
        let closed = match self.words.opener {
            Some('(' | '–' | ':') => true,
            Some(',') => ends || self.words.concludes() || self.words.before(&[Tag::ResponseRate, Tag::Share]),
            // "en nedgång med 2,5 procentenheter eller 20 procent"
            None => matches!(self.words.lead, [or] if or.has(Tag::Equals) && or.has(Tag::Joint)),
            _ => false,
        };
        closed && self.words.lead.iter().enumerate().all(filler)
    }

    /// Whether the printed number is within so many times of a result: what is meant of other numbers is seldom near.
    #[must_use]
    pub fn is_near(&self, exact: Exact, times: i64) -> bool {
        if self.bounds.is_some() {
            return true;
        }
        let within = |one: Exact, other: Exact| one.checked_mul(times.into()).is_some_and(|most| most >= other);
        within(exact, self.value) && within(self.value, exact)
    }

    /// How many words of its sentence take words of another number's sentence up.
    #[must_use]
    pub fn again(&self, other: &Premise<'p>) -> usize {
        let told = self.passage.tokens_in(&self.passage.sentence(other.number.range.start));
        let small = [Tag::Equals, Tag::Determiner, Tag::Within, Tag::Of, Tag::Is, Tag::By, Tag::Joint];
        let long =
            |token: &&Token| token.stem().is_some_and(|stem| stem.chars().count() > LONG) && !token.tags.any(&small);
        self.sentence.iter().filter(long).filter(|word| told.iter().any(|other| is_alike(word, other))).count()
    }

    /// Whether words of the sentence have a tag.
    #[must_use]
    pub fn says(&self, tags: &[Tag]) -> bool {
        self.sentence.say(tags)
    }
}
