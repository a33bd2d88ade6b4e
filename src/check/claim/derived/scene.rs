//! A number that may have been computed, the words around it, and the numbers that it may have been computed from.

use super::interval::Interval;
use crate::check::claim::bounds::Bounds;
use crate::check::claim::level::{decimals, factor};
use crate::check::hedges::hedge;
use crate::check::lang::Tag;
use crate::check::number::{Number, Unit};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Kind as Sort, Token, class};
use crate::value::Exact;

/// So many numbers and bytes a sentence has at most that something is concluded in.
const NUMBERS: usize = 12;
const BYTES: usize = 800;
/// So many sentences before a conclusion hold what it rests on; one more, and the one after it, may explain it.
pub const NEAR: usize = 2;
/// So many words on either side of a number are looked at for cues.
const WORDS: usize = 10;

/// What a number measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// People, things, an index.
    Plain,
    Money,
    Percent,
    Points,
    /// "34 dagar"
    Time,
    /// "tre gånger"
    Factor,
}

/// The words around a number, up to the signs and numbers that stand nearest.
#[derive(Debug, Clone, Copy)]
pub struct Words<'p> {
    /// The sign that the words before it follow, "(" or ",", where there is one.
    pub opener: Option<char>,
    pub lead: &'p [Token],
    pub tail: &'p [Token],
}

impl<'p> Words<'p> {
    pub fn around(passage: &'p Passage, number: &Number) -> Self {
        let tokens = passage.tokens_in(&passage.sentence(number.range.start));
        let at = tokens.partition_point(|token| token.range.start < number.range.start);
        let ends = |token: &Token| match token.kind {
            Sort::Word(_) => false,
            Sort::Sign(sign) => !matches!(sign, '”' | '"' | '»'),
            Sort::Number(at) => passage
                .numbers
                .get(at)
                .is_none_or(|number| !matches!(class(number, &passage.text), Class::Year | Class::Name)),
        };
        let before = &tokens[..at.min(tokens.len())];
        let start = before.iter().rposition(ends).map_or(0, |found| found + 1);
        let opener = start.checked_sub(1).and_then(|at| match before.get(at)?.kind {
            Sort::Sign(sign) => Some(sign),
            _ => None,
        });
        let behind = tokens.get(at + 1..).unwrap_or_default();
        let end = behind.iter().position(ends).unwrap_or(behind.len());
        Self { opener, lead: &before[start.max(before.len().saturating_sub(WORDS))..], tail: &behind[..end.min(WORDS)] }
    }

    /// The nearest word before the number that says what it is to the sentence: no hedge, no article.
    #[must_use]
    pub fn last(&self) -> Option<&'p Token> {
        self.lead.iter().rev().find(|token| !token.tags.any(HEDGES) && !token.tags.any(&[Tag::Determiner, Tag::One]))
    }

    /// Whether words say that what follows is a conclusion.
    #[must_use]
    pub fn concludes(&self) -> bool {
        self.before(&[Tag::Equals])
    }

    #[must_use]
    pub fn before(&self, tags: &[Tag]) -> bool {
        self.lead.iter().any(|token| token.tags.any(tags))
    }

    /// Whether one of the first words behind the number has a tag.
    #[must_use]
    pub fn behind(&self, tags: &[Tag], words: usize) -> bool {
        self.tail.iter().take(words).any(|token| token.tags.any(tags))
    }
}

pub const HEDGES: &[Tag] = &[
    Tag::HedgeAbove,
    Tag::HedgeBelow,
    Tag::HedgeMore,
    Tag::HedgeLess,
    Tag::HedgeAtLeast,
    Tag::HedgeAtMost,
    Tag::HedgeAbout,
];

/// Words that say no more than that a number says another again.
const FILLERS: &[Tag] = &[
    Tag::Equals,
    Tag::This,
    Tag::Is,
    Tag::Determiner,
    Tag::One,
    Tag::Relative,
    Tag::Share,
    Tag::ResponseRate,
    Tag::Of,
    Tag::By,
];

/// A number that another may rest on.
#[derive(Debug, Clone)]
pub struct Premise<'p> {
    pub number: &'p Number,
    pub kind: Kind,
    /// The kind of a neighbour that says the unit for both: "från 21,8 till 24,4 procent".
    shared: Option<(Kind, Exact)>,
    pub words: Words<'p>,
    /// So many sentences before the conclusion; 0 is its own.
    pub sentence: usize,
    /// Stands in a sentence from which nothing is concluded, but which may explain.
    pub far: bool,
    pub year: Option<Exact>,
}

/// A premise as a value of one kind.
#[derive(Debug, Clone)]
pub struct Amount<'s, 'p> {
    pub value: Exact,
    pub may_be: Interval,
    pub premise: &'s Premise<'p>,
}

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
        let printed = printed(passage, &number, kind)?;
        let (words, value) = (Words::around(passage, &number), number.value);
        let sentence = passage.tokens_in(&own);
        Some(Self { passage, number, kind, words, printed, bounds: None, value, sentence, premises })
    }

    /// Whether the printed number may stand for a result.
    #[must_use]
    pub fn is_given_by(&self, result: Interval) -> bool {
        match &self.bounds {
            Some(bounds) => bounds.hold(result.low) || bounds.hold(result.high),
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

    /// The two numbers that a conclusion certainly rests on, in the order of the text: two in its own sentence before it, since the last one that was
    /// concluded; or one there and one in the sentence before; or the two of the sentence before.
    #[must_use]
    pub fn two<'s>(&self, amounts: &[Amount<'s, 'p>]) -> Option<[Amount<'s, 'p>; 2]> {
        let near = self.near(amounts);
        let of = |sentence: usize| near.iter().filter(move |amount| amount.premise.sentence == sentence).cloned();
        let own: Vec<Amount<'s, 'p>> = of(0).collect();
        let before: Vec<Amount<'s, 'p>> =
            own.iter().filter(|amount| amount.start() < self.number.range.start).cloned().collect();
        let since = self.last_conclusion();
        let segment: Vec<Amount<'s, 'p>> = before.iter().filter(|amount| amount.start() >= since).cloned().collect();
        let behind = (1..=NEAR).map(|sentence| of(sentence).collect::<Vec<_>>()).find(|found| !found.is_empty());
        match (own.as_slice(), segment.as_slice(), behind.unwrap_or_default().as_slice()) {
            ([one, two], ..) | (_, [one, two], _) | ([], _, [one, two]) => Some([one.clone(), two.clone()]),
            ([two], _, [one]) => Some([one.clone(), two.clone()]),
            _ => None,
        }
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
        let mut own = self.premises.iter().filter(|premise| premise.sentence == 0 && !premise.far);
        own.rfind(|premise| premise.number.range.end <= self.number.range.start)
    }

    /// Whether the number follows another directly, as the same in other words: "84, or 45 percent", "93 av dem (47 procent)".
    #[must_use]
    pub fn is_apposed(&self) -> bool {
        let filler = |token: &Token| token.tags.any(FILLERS) || token.tags.any(HEDGES);
        // "of the 11 clinics, 64 percent open on Saturdays" goes on.
        let ends =
            self.words.tail.first().is_none_or(|next| next.tags.any(&[Tag::Of, Tag::Joint, Tag::SoMany, Tag::AsMany]));
        let closed = match self.words.opener {
            Some('(' | '–' | ':') => true,
            Some(',') => ends || self.words.concludes() || self.words.before(&[Tag::ResponseRate, Tag::Share]),
            _ => false,
        };
        closed && self.words.lead.iter().all(filler)
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

    /// Whether words of the sentence have a tag.
    #[must_use]
    pub fn says(&self, tags: &[Tag]) -> bool {
        self.sentence.iter().any(|token| token.tags.any(tags))
    }
}

impl<'p> Premise<'p> {
    fn amount<'s>(&'s self, passage: &Passage, kind: Kind) -> Option<Amount<'s, 'p>> {
        let own = self.kind == kind;
        let times = match self.shared {
            _ if own => {
                self.shared.filter(|(shared, _)| *shared == kind).map_or(Exact::from(1_i64), |(_, times)| times)
            }
            Some((shared, times)) if shared == kind => times,
            _ => return None,
        };
        let minus = passage
            .lower
            .get(..self.number.range.start)
            .is_some_and(|before| MINUS.iter().any(|sign| before.ends_with(sign)));
        let value = self.number.value.checked_mul(times)?.checked_mul(if minus { -1_i64 } else { 1 }.into())?;
        let rounded = matches!(kind, Kind::Money | Kind::Percent)
            || decimals(passage, self.number) > 0
            || factor(passage, self.number) > Exact::from(1_i64);
        let step = step(passage, self.number)?.checked_mul(times)?;
        let slack = if rounded { step.checked_div(Exact::from(2_i64))? } else { Exact::ZERO };
        let may_be = Interval::around(value, slack)?;
        let hedge = hedge(&passage.lower, self.number.range.start).map(|(hedge, _)| hedge);
        let may_be = hedge.map_or(Some(may_be), |hedge| may_be.hedged(hedge, kind == Kind::Percent))?;
        Some(Amount { value, may_be, premise: self })
    }
}

impl Amount<'_, '_> {
    #[must_use]
    pub fn start(&self) -> usize {
        self.premise.number.range.start
    }
}

/// What stands before a number that is less than nothing.
const MINUS: [&str; 4] = ["(-", "(\u{2212}", " -", " \u{2212}"];

#[must_use]
pub fn kind(passage: &Passage, number: &Number, words: &Words<'_>) -> Option<Kind> {
    // "48 år 2019" is no age.
    let dated = || words.tail.get(1).is_some_and(|token| token.number().is_some());
    let timed = || words.tail.first().is_some_and(|token| token.tags.any(&[Tag::Time, Tag::Years])) && !dated();
    match class(number, &passage.text) {
        Class::Count | Class::Decimal if timed() => Some(Kind::Time),
        Class::Count | Class::Decimal => Some(Kind::Plain),
        Class::Money => Some(Kind::Money),
        Class::Percent => Some(Kind::Percent),
        Class::Points => Some(Kind::Points),
        Class::Factor => Some(Kind::Factor),
        Class::Fraction | Class::Year | Class::Name => None,
    }
}

/// The unit of the last digit.
fn step(passage: &Passage, number: &Number) -> Option<Exact> {
    let power = 10_i64.pow(u32::from(decimals(passage, number)));
    factor(passage, number).checked_div(Exact::from(power))
}

/// What a result may stand for: half a unit of its last digit either way, of "17 100" half a hundred.
fn printed(passage: &Passage, number: &Number, kind: Kind) -> Option<Interval> {
    if kind == Kind::Factor {
        let slack = number.value.checked_div(Exact::from(8_i64))?;
        let around = Interval::around(number.value, slack)?;
        let hedge = hedge(&passage.lower, number.range.start).map(|(hedge, _)| hedge);
        return hedge.map_or(Some(around), |hedge| around.wider(hedge, number.value.checked_div(Exact::from(5_i64))?));
    }
    let mut step = step(passage, number)?;
    let ten = Exact::from(10_i64);
    let large = number.value.magnitude() >= Exact::from(1000_i64);
    while large && number.value.checked_div(step)?.checked_div(ten)?.is_integer() {
        step = step.checked_mul(ten)?;
    }
    let around = Interval::around(number.value, step.checked_div(Exact::from(2_i64))?)?;
    let hedge = hedge(&passage.lower, number.range.start).map(|(hedge, _)| hedge);
    let percent = matches!(kind, Kind::Percent | Kind::Points);
    hedge.map_or(Some(around), |hedge| around.hedged(hedge, percent))
}

/// The amounts of a sentence.
fn premises_in<'p>(passage: &'p Passage, range: &std::ops::Range<usize>, but: &[usize]) -> Vec<Premise<'p>> {
    let numbers = passage.numbers_in(range).filter(|at| !but.contains(at)).filter_map(|at| passage.numbers.get(at));
    let mut out: Vec<Premise<'p>> = Vec::new();
    let mut years = Vec::new();
    for number in numbers {
        if class(number, &passage.text) == Class::Year {
            years.push(number);
            continue;
        }
        let words = Words::around(passage, number);
        let Some(kind) = kind(passage, number, &words) else { continue };
        out.push(Premise { number, kind, shared: None, words, sentence: 0, far: false, year: None });
    }
    // "182 400 år 2021 till 214 300 år 2022", "år 2019 utfördes 640, 2020 blev det 480"
    let year = |words: &[Token], last: bool| {
        let mut own = years.iter().filter(|year| words.iter().any(|token| token.range.start == year.range.start));
        if last { own.next_back() } else { own.next() }.map(|year| year.value)
    };
    let behind = out.last().is_some_and(|last| year(last.words.tail, false).is_some());
    for premise in &mut out {
        premise.year = if behind { year(premise.words.tail, false) } else { year(premise.words.lead, true) };
    }
    let shared: Vec<Option<(Kind, Exact)>> = (0..out.len()).map(|at| shared(passage, &out, at)).collect();
    for (premise, shared) in out.iter_mut().zip(shared) {
        premise.shared = shared;
    }
    out
}

/// The unit that a number has from a neighbour: the next with one, else the last before it; with what "miljoner" multiplies both by.
fn shared(passage: &Passage, all: &[Premise<'_>], at: usize) -> Option<(Kind, Exact)> {
    let premise = &all[at];
    let one = Exact::from(1_i64);
    let bare = premise.number.unit == Unit::None
        && matches!(premise.kind, Kind::Plain)
        && premise.words.tail.first().is_none_or(|token| token.tags.any(BARE));
    if !bare {
        return None;
    }
    let full = |premise: &&Premise<'_>| matches!(premise.kind, Kind::Money | Kind::Percent | Kind::Time);
    let next = all[at + 1..].iter().find(full);
    let full = next.or_else(|| all[..at].iter().rev().find(full))?;
    let short = premise.number.value < Exact::from(10_000_i64) && factor(passage, premise.number) == one;
    let times = if short && full.kind == Kind::Money { factor(passage, full.number) } else { one };
    Some((full.kind, times))
}

/// Words that do not say what the number before them counts.
const BARE: &[Tag] = &[
    Tag::Joint,
    Tag::Respectively,
    Tag::Within,
    Tag::From,
    Tag::To,
    Tag::Compared,
    Tag::Earlier,
    Tag::Now,
    Tag::Is,
    Tag::HedgeLess,
    Tag::By,
    Tag::Upon,
    Tag::Planned,
    Tag::Women,
    Tag::Men,
];

/// Whether two words have a root in common.
#[must_use]
pub fn is_alike(one: &Token, other: &Token) -> bool {
    let (Some(one), Some(other)) = (one.stem(), other.stem()) else { return false };
    let letters = one.chars().count();
    let root: String = one.chars().take(letters.saturating_sub(3).max(4)).collect();
    letters > 2 && other.contains(&root)
}
