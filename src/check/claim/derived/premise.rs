//! The numbers that another may have been computed from, scaled to one unit.

use super::interval::Interval;
use super::words::Words;
use crate::check::claim::level::Direction;
use crate::check::claim::level::{decimals, factor};
use crate::check::hedges::hedge;
use crate::check::lang::Tag;
use crate::check::number::{Allowed, Form, Number, Unit};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Kind as Sort, Say as _, Token, class};
use crate::value::Exact;

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

/// A number that another may rest on.
#[derive(Debug, Clone)]
pub struct Premise<'p> {
    pub number: &'p Number,
    pub kind: Kind,
    /// The kind of a neighbour that says the unit for both: "från 21,8 till 24,4 procent".
    pub shared: Option<(Kind, Exact)>,
    pub words: Words<'p>,
    /// So many sentences before the conclusion; 0 is its own.
    pub sentence: usize,
    /// Stands in a sentence from which nothing is concluded, but which may explain.
    pub far: bool,
    pub year: Option<Exact>,
    /// Words between it and the number before say that it is what is compared with: "en ökning med 12 jämfört med i fjol, då antalet var 54".
    pub compared: bool,
}

/// A premise as a value of one kind.
#[derive(Debug, Clone)]
pub struct Amount<'s, 'p> {
    pub value: Exact,
    pub may_be: Interval,
    pub premise: &'s Premise<'p>,
}

impl<'p> Premise<'p> {
    #[must_use]
    pub fn amount<'s>(&'s self, passage: &Passage, kind: Kind) -> Option<Amount<'s, 'p>> {
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
        // "from minus 1.8 to plus 0.6"; of two deficits the signs say no more.
        let signed = |token: &&Token| token.has(Tag::Minus) && !token.has(Tag::Margin);
        let told = || passage.tokens_in(&passage.sentence(self.number.range.start)).iter().filter(signed).count();
        let minus = minus || self.words.lead.last().is_some_and(|last| signed(&last)) && told() == 1;
        let value = self.number.value.checked_mul(times)?.checked_mul(if minus { -1_i64 } else { 1 }.into())?;
        let rounded = matches!(kind, Kind::Money | Kind::Percent)
            || decimals(passage, self.number) > 0
            || factor(passage, self.number) > Exact::from(1_i64);
        let step = step(passage, self.number)?.checked_mul(times)?;
        let slack = if rounded { step.checked_div(Exact::from(2_i64))? } else { Exact::ZERO };
        let may_be = Interval::around(value, slack)?;
        // "720 samtal under 8 timmar" lasted so long.
        let lasts = kind == Kind::Time && self.words.lead.last().is_some_and(|last| last.has(Tag::During));
        let hedge = hedge(passage, self.number.range.start).map(|(hedge, _)| hedge).filter(|_| !lasts);
        let may_be = hedge.map_or(Some(may_be), |hedge| may_be.hedged(hedge, kind == Kind::Percent))?;
        Some(Amount { value, may_be, premise: self })
    }
}

impl Amount<'_, '_> {
    #[must_use]
    pub fn start(&self) -> usize {
        self.premise.number.range.start
    }

    /// Which way another amount lies from this one, however both are rounded; none where they may be equal.
    #[must_use]
    pub fn towards(&self, to: &Self) -> Option<Direction> {
        if to.may_be.low > self.may_be.high {
            return Some(Direction::Up);
        }
        (to.may_be.high < self.may_be.low).then_some(Direction::Down)
    }

    /// Whether words beside it say that it is the earlier of two, or what was planned: "mot 1 105 året innan", "(index 100)".
    #[must_use]
    pub fn is_earlier(&self) -> bool {
        let words = &self.premise.words;
        self.premise.compared
            || words
                .last()
                .is_some_and(|token| token.tags.any(&[Tag::From, Tag::Compared, Tag::Than]) && !token.has(Tag::To))
            || words.behind(&[Tag::Earlier], 4)
            || words.before(&[Tag::Earlier, Tag::Target, Tag::Planned, Tag::Ceiling, Tag::Usual])
            || (self.value == 100_i64.into() && matches!(words.opener, Some('(' | '=')))
    }

    /// "52 (48) miljoner kronor": a number alone in a bracket behind another of its kind is that of the year before.
    #[must_use]
    pub fn is_aside_of(&self, passage: &Passage, other: &Self) -> bool {
        let words = &self.premise.words;
        let gap =
            passage.slice(other.premise.number.range.end..self.start().max(other.premise.number.range.end)).trim();
        let closed = passage.text[self.premise.number.range.end..].starts_with(')');
        words.opener == Some('(') && words.lead.is_empty() && words.tail.is_empty() && closed && gap == "("
    }

    /// "de tre skolorna": so many were named before.
    #[must_use]
    pub fn takes_up(&self) -> bool {
        let small = self.premise.number.form == Form::Words && self.value <= 12_i64.into();
        small && self.premise.words.lead.last().is_some_and(|token| token.has(Tag::Determiner))
    }

    /// "84 per 1 000 invånare": so many are the scale of a rate.
    #[must_use]
    pub fn is_scale(&self) -> bool {
        self.premise.words.last().is_some_and(|last| last.has(Tag::Per))
    }
}

/// What stands before a number that is less than nothing.
const MINUS: [&str; 4] = ["(-", "(\u{2212}", " -", " \u{2212}"];

#[must_use]
pub fn kind(passage: &Passage, number: &Number, words: &Words<'_>) -> Option<Kind> {
    // "48 år 2019" is no age; "62 dagar 2023" is a time.
    let dated = |unit: &Token| unit.has(Tag::Years) && words.tail.get(1).is_some_and(|token| token.number().is_some());
    let timed = || words.tail.first().is_some_and(|unit| unit.tags.any(&[Tag::Time, Tag::Years]) && !dated(unit));
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
#[must_use]
pub fn printed(passage: &Passage, number: &Number, kind: Kind) -> Option<Interval> {
    if kind == Kind::Factor {
        let slack = number.value.checked_div(Exact::from(8_i64))?;
        let around = Interval::around(number.value, slack)?;
        let hedge = hedge(passage, number.range.start).map(|(hedge, _)| hedge);
        return hedge.map_or(Some(around), |hedge| around.wider(hedge, number.value.checked_div(Exact::from(5_i64))?));
    }
    let mut step = step(passage, number)?;
    let ten = Exact::from(10_i64);
    let large = number.value.magnitude() >= Exact::from(1000_i64);
    while large && number.value.checked_div(step)?.checked_div(ten)?.is_integer() {
        step = step.checked_mul(ten)?;
    }
    let around = Interval::around(number.value, step.checked_div(Exact::from(2_i64))?)?;
    let hedge = hedge(passage, number.range.start).map(|(hedge, _)| hedge);
    let percent = matches!(kind, Kind::Percent | Kind::Points);
    hedge.map_or(Some(around), |hedge| around.hedged(hedge, percent))
}

/// Whether a number is an end of a span: "16–24 år", "2018-19", "årskurs F–6".
fn is_span(passage: &Passage, number: &Number) -> bool {
    let dash = |text: &str| text.starts_with(['–', '-', '/']);
    let behind = passage.lower.get(number.end..).filter(|rest| dash(rest));
    let before = passage.lower.get(..number.range.start).and_then(|before| before.strip_suffix(['–', '-', '/']));
    behind.is_some_and(|rest| rest.chars().nth(1).is_some_and(|next| next.is_ascii_digit()))
        || before.is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric()))
}

fn is_bracket(token: &Token) -> bool {
    token.kind == Sort::Sign('(')
}

/// The amounts of a sentence.
#[must_use]
pub fn premises_in<'p>(passage: &'p Passage, range: &std::ops::Range<usize>, but: &[usize]) -> Vec<Premise<'p>> {
    let numbers =
        passage.numbers_in(range).filter(|at| but.binary_search(at).is_err()).filter_map(|at| passage.numbers.get(at));
    let mut out: Vec<Premise<'p>> = Vec::new();
    let mut years = Vec::new();
    for number in numbers {
        if class(number, &passage.text) == Class::Year {
            years.push(number);
            continue;
        }
        let words = Words::around(passage, number);
        // "Fridhem 96" may be a name, and may be a count.
        let large = number.form == Form::Grouped;
        let named = || match number.allowed {
            Some(Allowed::Name) => Some(Kind::Plain),
            // "half of the 64 respondents (29)"
            Some(Allowed::Item) if large || words.opener == Some('(') => Some(Kind::Plain),
            _ => None,
        };
        let Some(kind) = kind(passage, number, &words).or_else(named).filter(|_| !is_span(passage, number)) else {
            continue;
        };
        out.push(Premise { number, kind, shared: None, words, sentence: 0, far: false, year: None, compared: false });
    }
    // "182 400 år 2021 till 214 300 år 2022", "år 2019 utfördes 640, 2020 blev det 480": the one close behind, else the last before.
    let year = |token: &Token| years.iter().find(|year| token.range.start == year.range.start).map(|year| year.value);
    let mut last = range.start;
    for premise in &mut out {
        let before = last..premise.number.range.start.max(last);
        // "År 2021 var de 88 och år 2022 var de 77": what is joined is the next one's.
        let tail = || premise.words.tail.iter().take(8);
        let near = tail().take_while(|token| !token.has(Tag::Joint)).find_map(year);
        // "År 2022, då taxan höjdes, var de 40", "(2022: 40)"
        let said = || years.iter().rev().find(|year| before.contains(&year.range.start)).map(|year| year.value);
        premise.year = near.or_else(said).or_else(|| tail().find_map(year));
        // "418 besök (2022: 372)"
        let aside = premise.words.opener == Some(':')
            && premise.year.is_some()
            && passage.tokens_in(&before).iter().any(is_bracket);
        premise.compared =
            aside || passage.tokens_in(&before).say(&[Tag::Compared, Tag::Than, Tag::MoreThan, Tag::FewerThan]);
        last = premise.number.range.end;
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
        && !premise.words.before(&[Tag::Inhabitants])
        && premise.words.tail.first().is_none_or(|token| {
            // "av vilka 61 miljoner hade betalats ut"
            let millions = factor(passage, premise.number) > one && token.tags.any(&[Tag::Is, Tag::Having]);
            token.tags.any(BARE) || millions
        });
    if !bare {
        return None;
    }
    // What is more than a hundred is seldom a percentage.
    let large = premise.number.value > Exact::from(100_i64);
    let full = |premise: &&Premise<'_>| match premise.kind {
        Kind::Money | Kind::Time => true,
        Kind::Percent => !large,
        _ => false,
    };
    // "52, 61 och 75 mål på tre år": of a list that ends with a noun the years are no unit.
    let goes_on = |next: &&Premise<'_>| full(next) || next.words.tail.first().is_none_or(|token| token.tags.any(BARE));
    let next = all[at + 1..].iter().take_while(goes_on).find(full);
    let full = next.or_else(|| all[..at].iter().rev().find(full))?;
    let short = premise.number.value < Exact::from(10_000_i64) && factor(passage, premise.number) == one;
    let times = if short && full.kind == Kind::Money { factor(passage, full.number) } else { one };
    Some((full.kind, times))
}

/// Words that do not say what the number before them counts.
pub const BARE: &[Tag] = &[
    Tag::Joint,
    Tag::Respectively,
    Tag::Within,
    Tag::From,
    Tag::To,
    Tag::Compared,
    Tag::Earlier,
    Tag::Now,
    Tag::HedgeLess,
    Tag::By,
    Tag::Upon,
    Tag::Planned,
    Tag::Women,
    Tag::Men,
];
