//! Sentences of the summary that a chapter says with another number: in its words, or as another share of the same whole.

use crate::diagnostic::{Said, say};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::subject::Subject;
use super::{Fault, stands_for};
use crate::check::Context;
use crate::check::claim::bounds::short;
use crate::check::claim::relation::percent_of;
use crate::check::content::content;
use crate::check::hedges::of_fraction;
use crate::check::lang::{self, HEDGES};
use crate::check::number::{Number, Unit};
use crate::check::prose::{Passage, Place, Role};
use crate::check::tokens::{Class, class};
use crate::check::words::Lowered as _;
use crate::value::Exact;

/// Sentences that say the same of one thing are few; what more sentences say than these is no retelling.
const MOST: usize = 200;
/// So many shares are held against each other; a report of more says the same of many things.
const SHARES: usize = 2000;
/// So many words are the same of two sentences that say the same; of counts, which do not say in themselves what they are, one more.
const SAME: usize = 2;
/// So many sentences below a heading say what it says.
const BELOW: usize = 2;

/// A sentence with its numbers.
struct Statement<'p> {
    at: usize,
    passage: &'p Passage,
    numbers: Vec<(usize, &'p Number)>,
    subject: Subject,
    /// Its words without those that only tell ("granskningen visar") and those of its numbers.
    telling: BTreeSet<String>,
    /// What each number is in, or counts.
    units: Vec<String>,
    share: Option<Share>,
}

/// The part and the whole that a sentence says, or their percentage alone, and where.
struct Share {
    number: usize,
    part: Option<(Exact, Exact)>,
    range: Range<usize>,
}

/// What the summary says and a chapter otherwise.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let of = |role: Role| {
        let passages = context.passages().filter(move |(_, passage)| passage.role == role && passage.is_audited());
        passages.flat_map(|(at, passage)| {
            passage.sentences.iter().filter_map(move |sentence| Statement::new(context, at, passage, sentence))
        })
    };
    let body: Vec<Statement<'_>> = of(Role::Body).collect();
    // By each of their words, so that a sentence is held against those with its rarest.
    let mut worded: BTreeMap<&str, Vec<&Statement<'_>>> = BTreeMap::new();
    for statement in &body {
        for stem in &statement.subject.stems {
            worded.entry(stem).or_default().push(statement);
        }
    }
    let told = of(Role::Summary).filter(|said| !said.numbers.iter().all(|(_, number)| number.bound));
    let shares: Vec<&Statement<'_>> =
        body.iter().filter(|said| said.share.as_ref().is_some_and(|share| share.part.is_some())).take(SHARES).collect();
    told.filter_map(|said| {
        let with = |stem: &String| worded.get(stem.as_str()).map_or(&[][..], Vec::as_slice);
        let rarest = said.telling.iter().map(with).min_by_key(|found| found.len()).unwrap_or_default();
        let alike = if rarest.len() <= MOST { rarest } else { &[] };
        said.told_otherwise(alike).or_else(|| said.shared_otherwise(context, &shares))
    })
    .collect()
}

/// What a heading, or the first sentence of a paragraph, says in words for a share, and the sentences below it in numbers: "Två av tre följer
/// reglerna." above "Av de 90 kontrollerade restaurangerna följde 40 reglerna."
pub fn leads(context: &Context<'_>) -> Vec<Fault> {
    let passages = &context.prose.passages;
    let audited = context.passages().filter(|(_, passage)| passage.is_audited() && passage.role != Role::Front);
    let found = audited.filter_map(|(at, passage)| {
        let heading = passage.place == Place::Heading;
        if !heading && passage.place != Place::Paragraph {
            return None;
        }
        let lead = Statement::read(context, at, passage, passage.sentences.first()?);
        let below = if heading { at + 1 } else { at };
        let text =
            passages.get(below).filter(|text| text.chapter == passage.chapter && text.place == Place::Paragraph)?;
        let sentences = text.sentences.iter().skip(usize::from(!heading)).take(BELOW);
        let all: Vec<Statement<'_>> =
            sentences.filter_map(|sentence| Statement::new(context, below, text, sentence)).collect();
        lead.shared_below(context, &all)
    });
    found.collect()
}

impl<'p> Statement<'p> {
    fn new(context: &Context<'_>, at: usize, passage: &'p Passage, sentence: &Range<usize>) -> Option<Self> {
        let read = Self::read(context, at, passage, sentence);
        (!read.numbers.is_empty() || read.share.is_some()).then_some(read)
    }

    fn read(context: &Context<'_>, at: usize, passage: &'p Passage, sentence: &Range<usize>) -> Self {
        let inside = passage.numbers_in(sentence).map(|at| (at, &passage.numbers[at]));
        let numbers: Vec<(usize, &Number)> = inside.filter(|(_, number)| number.allowed.is_none()).collect();
        let text = passage.slice(sentence.clone());
        let words = content(text, passage.language);
        let place = |byte: usize| sentence.start + byte;
        let reporting = &lang::lists(passage.language).reporting;
        let telling = words.iter().filter(|word| {
            let lower = text[word.range.clone()].lowered();
            let start = place(word.range.start);
            let nearest = numbers.partition_point(|(_, number)| number.range.start <= start).checked_sub(1);
            !nearest.is_some_and(|nearest| numbers[nearest].1.range.contains(&start))
                && !reporting.has(&lower)
                && !passage.token(start).is_some_and(|token| token.tags.any(HEDGES))
        });
        let units = numbers.iter().map(|(_, number)| {
            let next = words.get(words.partition_point(|word| place(word.range.start) < number.range.end));
            match number.unit {
                _ if number.is_fraction() => "/".to_owned(),
                Unit::Percent => "%".to_owned(),
                Unit::Points => "%-".to_owned(),
                Unit::Money => "¤".to_owned(),
                Unit::None => next.map(|word| word.stem.clone()).unwrap_or_default(),
            }
        });
        let (telling, units) = (telling.map(|word| word.stem.clone()).collect(), units.collect());
        let share = Share::new(context, at, passage, sentence);
        Self { at, passage, numbers, subject: Subject::new(passage, sentence), telling, units, share }
    }

    /// The first number that the same words of a chapter say otherwise, or hedge otherwise, where no chapter agrees.
    fn told_otherwise(&self, near: &[&Self]) -> Option<Fault> {
        // A percentage or an amount of money says in itself what it is.
        let named = self.units.iter().any(|unit| matches!(unit.as_str(), "%" | "%-" | "¤" | "/"));
        if self.telling.len() < if named { SAME } else { SAME + 1 } || self.numbers.is_empty() {
            return None;
        }
        let hedged = |passage: &Passage, number: &Number| of_fraction(passage, number).map(|(hedge, _)| hedge);
        let differing = |other: &&Self| {
            let mut pairs = self.numbers.iter().zip(&other.numbers);
            let differs = |((_, one), (_, two)): &((_, &'p Number), (_, &'p Number))| {
                one.value != two.value || one.is_fraction() && hedged(self.passage, one) != hedged(other.passage, two)
            };
            pairs.find_map(|(one, two)| differs(&(*one, *two)).then_some((one.1, two.1)))
        };
        // "Av 60 elever saknade 15 betyg" and "Av 15 elever saknade 6 betyg": a number that has gone to another place is of something else.
        let moved = |other: &&Self| {
            let mut own = self.numbers.iter().enumerate();
            own.any(|(place, (_, number))| {
                other.numbers.iter().enumerate().any(|(at, (_, known))| at != place && known.value == number.value)
            })
        };
        let is_same = |other: &&&Self| {
            self.units == other.units
                && self.subject.narrowed == other.subject.narrowed
                && self.telling.is_subset(&other.telling)
        };
        let all: Vec<&Self> = near.iter().filter(is_same).copied().collect();
        if all.iter().any(|other| differing(other).is_none() || moved(other)) {
            return None;
        }
        let other = all.first()?;
        let (own, stated) = differing(other)?;
        let (text, there) = (self.passage.slice(own.range.clone()), other.passage.slice(stated.range.clone()));
        Some(Fault {
            passage: self.at,
            range: own.range.clone(),
            message: say!("the summary says {text}, another chapter {there}", text, there),
            help: HELP,
            also: Some((other.at, stated.range.clone(), say!("here"))),
        })
    }

    /// Words for a share that the text below gives as a part of a whole, where it says the same.
    fn shared_below(&self, context: &Context<'_>, below: &[Self]) -> Option<Fault> {
        let sentence = self.passage.sentences.first()?;
        let words = context.approximations(self.at).iter().find(|words| sentence.contains(&words.range.start))?;
        let alone =
            !words.numbers.is_empty() && self.passage.numbers_in(sentence).all(|at| words.numbers.contains(&at));
        let told = |other: &&Self| {
            let more = self.telling.difference(&other.telling).count();
            let same = self.subject.denied == other.subject.denied && self.subject.narrowed == other.subject.narrowed;
            more <= 1 && self.telling.intersection(&other.telling).count() >= SAME && same
        };
        let mut shares = below.iter().filter(told).filter_map(|other| Some((other, other.share.as_ref()?.part?)));
        let (other, (part, whole)) = shares.next().filter(|_| alone && shares.next().is_none())?;
        let exact = percent_of(part, whole).filter(|exact| !words.bounds.hold(*exact))?;
        let place = other.passage.numbers.get(other.share.as_ref()?.number)?.range.clone();
        let own = self.passage.slice(words.range.clone());
        Some(Fault {
            passage: self.at,
            range: words.range.clone(),
            message: say!(
                "{part} of {whole} below is {percent} percent, not `{words}`",
                part,
                whole,
                percent = short(exact),
                words = own
            ),
            help: HELP,
            also: Some((other.at, place, say!("here"))),
        })
    }

    /// A share that the chapters give another part of the same whole, in other words.
    fn shared_otherwise(&self, context: &Context<'_>, near: &[&Self]) -> Option<Fault> {
        let own = self.share.as_ref()?;
        let shares = near.iter().filter(|other| other.subject.is_about(&self.subject)).filter_map(|other| {
            let share = other.share.as_ref()?;
            Some((*other, share, share.part?))
        });
        let all: Vec<_> = shares.collect();
        if all.iter().any(|(_, _, part)| own.agrees(context, self.at, *part)) {
            return None;
        }
        let (other, share, (part, whole)) = all.first()?;
        let place = other.passage.numbers.get(share.number)?.range.clone();
        let words = self.passage.slice(own.range.clone());
        let percent =
            percent_of(*part, *whole).map_or_else(String::new, |exact| format!(" ({} percent)", short(exact)));
        Some(Fault {
            passage: self.at,
            range: own.range.clone(),
            message: say!(
                "the summary says `{words}`, another chapter {part} of {whole}{percent}",
                words,
                part,
                whole,
                percent
            ),
            help: HELP,
            also: Some((other.at, place, say!("here"))),
        })
    }
}

const HELP: Said = say!("correct the wrong one, and bind both to one figure");

impl Share {
    /// The share of a sentence that says one.
    fn new(context: &Context<'_>, at: usize, passage: &Passage, sentence: &Range<usize>) -> Option<Self> {
        let is_amount = |at: &usize| !matches!(class(&passage.numbers[*at], &passage.text), Class::Year | Class::Name);
        let amounts: Vec<usize> = passage.numbers_in(sentence).filter(is_amount).collect();
        if !(1..=2).contains(&amounts.len()) || amounts.iter().all(|at| passage.numbers[*at].bound) {
            return None;
        }
        let mut relations = amounts.iter().flat_map(|at_number| context.relations(at).with_number(*at_number));
        let relation = relations.find_map(|relation| Some((relation.part?, relation.base)));
        let value = |at: usize| passage.numbers[at].value;
        let (number, part) = match (relation, amounts.as_slice()) {
            (Some((part, base)), _) => (part, Some((value(part), value(base)))),
            (None, [one]) if passage.numbers[*one].is_percent() || passage.numbers[*one].is_fraction() => (*one, None),
            _ => return None,
        };
        let ranges = amounts.iter().map(|at| passage.numbers[*at].range.clone());
        let range = ranges.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))?;
        Some(Self { number, part, range })
    }

    /// Whether a part of a whole is this share.
    fn agrees(&self, context: &Context<'_>, at: usize, (part, whole): (Exact, Exact)) -> bool {
        if let Some((mine, base)) = self.part {
            return base != whole || mine == part;
        }
        let (Some(exact), passage) = (percent_of(part, whole), &context.prose.passages[at]) else { return true };
        let number = &passage.numbers[self.number];
        let words = context.approximations(at).iter().find(|words| words.numbers.contains(&self.number));
        words.map_or_else(
            || number.is_fraction() || stands_for(passage, number, exact),
            |words| words.bounds.hold(exact),
        )
    }
}
