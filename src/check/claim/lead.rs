//! What a heading, the first sentence of a section or the summary says, held to what the text says of the same thing: "Två av fem brister kvarstår"
//! above "kvarstår tre av dem".

use crate::diagnostic::say;
use std::collections::BTreeSet;
use std::ops::Range;

use super::subject::Subject;
use super::{Fault, number_text, tells};
use crate::check::Context;
use crate::check::lang;
use crate::check::lang::Tag;
use crate::check::lang::without_participle;
use crate::check::prose::{Passage, Place, Role};
use crate::check::tokens::{Class, Say as _, Token, class};
use crate::value::Exact;

/// So many words of two statements are the same where they say the same; a heading is short.
const SAME: usize = 3;
const SAME_IN_HEADING: usize = 2;
/// So many statements are held against each other.
const MOST: usize = 400;
/// The text below a heading may say so many words more.
const MORE: usize = 1;

/// A sentence that says one number of one thing.
struct Told {
    passage: usize,
    number: usize,
    value: Exact,
    /// The whole that it is a part of.
    base: Option<Exact>,
    /// The stems of its words, and with those of the sentence before that it takes up.
    own: BTreeSet<String>,
    around: BTreeSet<String>,
    narrowed: BTreeSet<String>,
    denied: bool,
    heading: bool,
}

impl Told {
    fn new(context: &Context<'_>, at: usize, place: usize) -> Option<Self> {
        let passage = context.prose.passages.get(at)?;
        let sentence = passage.sentences.get(place)?;
        let whole = |number: usize| context.relations(at).with_number(number).any(|known| known.base == number);
        let said: Vec<usize> = passage
            .numbers_in(sentence)
            .filter(|number| !matches!(class(&passage.numbers[*number], &passage.text), Class::Year | Class::Name))
            .collect();
        let parts: Vec<usize> = said.iter().copied().filter(|number| !whole(*number)).collect();
        let [number] = parts.as_slice() else { return None };
        let own = &passage.numbers[*number];
        // "fyra av tio" are words for a share.
        let share = context.approximations(at).iter().any(|words| words.numbers.contains(number));
        if share || said.len() > 2 || class(own, &passage.text) != Class::Count {
            return None;
        }
        let tokens = passage.tokens_in(sentence);
        let other = [Tag::Planned, Tag::Grew, Tag::Shrank, Tag::More, Tag::Fewer, Tag::Difference, Tag::Average];
        if tokens.say(&other) {
            return None;
        }
        let subject = Subject::new(passage, sentence);
        // "De övriga tre"; but "tre kvarstår" says so itself.
        let rest =
            |token: &&Token| token.has(Tag::Rest) && token.stem().is_none_or(|stem| !subject.stems.contains(stem));
        if tokens.iter().any(|token| rest(&token)) {
            return None;
        }
        let stems = telling(passage, &subject);
        let takes_up = tokens.say(&[Tag::Them, Tag::OfWhich]);
        let before = place.checked_sub(1).and_then(|place| passage.sentences.get(place)).filter(|_| takes_up);
        let mut around = stems.clone();
        around.extend(before.into_iter().flat_map(|before| telling(passage, &Subject::new(passage, before))));
        Some(Self {
            passage: at,
            number: *number,
            value: own.value,
            base: said.iter().find(|at| *at != number).map(|at| passage.numbers[*at].value),
            own: stems,
            around,
            narrowed: subject.narrowed,
            denied: subject.denied,
            heading: passage.place == Place::Heading,
        })
    }

    /// Whether a statement of the text is about the same.
    fn is_retold_by(&self, other: &Self) -> bool {
        let more = other.own.difference(&self.around).count();
        self.around.intersection(&other.around).count() >= if self.heading { SAME_IN_HEADING } else { SAME }
            && self.own.is_subset(&other.around)
            && self.own.intersection(&other.own).next().is_some()
            && more <= if self.heading { MORE } else { 0 }
            && (self.base.is_none() || other.base.is_none() || self.base == other.base)
            && self.denied == other.denied
            && self.narrowed == other.narrowed
    }
}

/// The words of a sentence that say what it is about.
fn telling(passage: &Passage, subject: &Subject) -> BTreeSet<String> {
    let neutral = &lang::lists(passage.language).neutral;
    let says = |stem: &&String| !neutral.contains(&stem.as_str());
    subject.stems.iter().filter(says).map(|stem| without_participle(stem).to_owned()).collect()
}

/// All statements of a range of passages, from the given sentence of the first on.
fn statements(context: &Context<'_>, passages: Range<usize>, from: usize) -> Vec<Told> {
    let first = passages.start;
    let all = passages.filter(|at| matches!(context.prose.passages[*at].place, Place::Paragraph | Place::Item));
    let all = all.flat_map(|at| {
        let sentences = context.prose.passages[at].sentences.len();
        (if at == first { from } else { 0 }..sentences).filter_map(move |place| Told::new(context, at, place))
    });
    all.take(MOST).collect()
}

/// Headings and first sentences that their sections contradict; those of the summary are the rule's for summaries.
pub fn sections(context: &Context<'_>) -> Vec<Fault> {
    let passages = &context.prose.passages;
    let mut out = Vec::new();
    for (at, passage) in
        passages.iter().enumerate().filter(|(_, passage)| passage.is_audited() && passage.role != Role::Front)
    {
        let (heading, paragraph) = (passage.place == Place::Heading, passage.place == Place::Paragraph);
        if !heading && !paragraph {
            continue;
        }
        let Some(lead) = Told::new(context, at, 0) else { continue };
        let opens = heading || at.checked_sub(1).is_some_and(|before| passages[before].place == Place::Heading);
        let next = |at: usize| passages[at].place == Place::Heading || passages[at].chapter != passage.chapter;
        let end = (at + 1..passages.len()).find(|at| next(*at) || !opens).unwrap_or(passages.len());
        let (start, from) = if heading { (at + 1, 0) } else { (at, 1) };
        out.extend(against(context, &lead, &statements(context, start..end, from), true));
    }
    out
}

/// Statements of the summary that no chapter says with that number, and one with another.
pub fn summary(context: &Context<'_>) -> Vec<Fault> {
    let of = |role: Role| {
        let passages = context.passages().filter(move |(_, passage)| passage.role == role);
        passages.flat_map(|(at, _)| statements(context, at..at + 1, 0)).take(MOST).collect::<Vec<_>>()
    };
    let body = of(Role::Body);
    of(Role::Summary).iter().filter_map(|lead| against(context, lead, &body, false)).collect()
}

/// What the text says of the same thing, where none of it agrees; told at the text's own number, or at the lead's.
fn against(context: &Context<'_>, lead: &Told, text: &[Told], at_text: bool) -> Option<Fault> {
    let number = |told: &Told| {
        (&context.prose.passages[told.passage], &context.prose.passages[told.passage].numbers[told.number])
    };
    let (passage, own) = number(lead);
    let same: Vec<&Told> = text.iter().filter(|told| lead.is_retold_by(told)).collect();
    let agrees = |told: &&&Told| {
        let (there, other) = number(told);
        tells(passage, own, told.value) || tells(there, other, lead.value)
    };
    // "Mening 2 säger något. Mening 3 säger något.": each is of another thing.
    let one = |first: &&&Told| same.iter().all(|told| told.value == first.value);
    let first = same.first().filter(one).filter(|_| !same.iter().any(|told| agrees(&told)))?;
    let (_, other) = number(first);
    if own.bound && other.bound {
        return None;
    }
    let (told, said, fault, also) = if at_text { (other, own, first, lead) } else { (own, other, &lead, *first) };
    let what = if at_text && lead.heading {
        say!("the heading")
    } else if at_text {
        say!("the first sentence")
    } else {
        say!("a chapter")
    };
    Some(Fault {
        passage: fault.passage,
        range: told.range.clone(),
        message: say!("{what} says {first}, not {second}", what, first = number_text(said), second = number_text(told)),
        help: say!("correct the wrong one, and bind both to one figure"),
        also: Some((also.passage, said.range.clone(), say!("here"))),
    })
}
