//! The same thing told twice in the text, with another number: a share in the summary and in a chapter, a group that is taken up as "de 16
//! intervjuade cheferna" where 14 were interviewed.

use std::collections::BTreeSet;
use std::ops::Range;

use super::subject::Subject;
use super::{Fault, number_text, stands_for};
use crate::check::Context;
use crate::check::claim::bounds::short;
use crate::check::claim::relation::percent_of;
use crate::check::content::content;
use crate::check::lang::Tag;
use crate::check::prose::{Passage, Place, Role};
use crate::check::tokens::{Class, Token, class};
use crate::check::words::without_participle;
use crate::value::Exact;

/// So many sentences are held against each other; a report of more says the same of many things.
const MOST: usize = 2000;
/// So many numbers stand in a sentence that names a group.
const GROUPS: usize = 12;
/// Numbers that differ by more than one part in so many are of other groups.
const SLIP: i64 = 5;

/// A sentence that says a share of a whole.
struct Share {
    passage: usize,
    range: Range<usize>,
    subject: Subject,
    /// The part and the whole, where both are numbers; else the percentage alone, or words for it.
    part: Option<(Exact, Exact)>,
    number: usize,
}

/// Shares of the summary that a chapter says otherwise.
pub fn summarised(context: &Context<'_>) -> Vec<Fault> {
    let (mut summary, mut body) = (Vec::new(), Vec::new());
    for (at, passage) in context.passages().filter(|(_, passage)| passage.is_audited()) {
        match passage.role {
            Role::Summary => shares(context, at, passage, &mut summary),
            Role::Body => shares(context, at, passage, &mut body),
            _ => {}
        }
    }
    let mut out = Vec::new();
    for told_here in summary.iter().take(MOST) {
        let alike: Vec<&Share> = body
            .iter()
            .take(MOST)
            .filter(|share| share.part.is_some() && share.subject.is_about(&told_here.subject))
            .collect();
        let Some(other) = alike.first() else { continue };
        if alike.iter().any(|share| agrees(context, told_here, share)) {
            continue;
        }
        let Some((part, whole)) = other.part else { continue };
        let place = context.prose.passages[other.passage].numbers[other.number].range.clone();
        let words = context.prose.passages[told_here.passage].slice(told_here.range.clone());
        let percent = percent_of(part, whole).map_or_else(String::new, |exact| format!(" ({} percent)", short(exact)));
        out.push(Fault {
            passage: told_here.passage,
            range: told_here.range.clone(),
            message: format!("the summary says `{words}`, another chapter {part} of {whole}{percent}"),
            help: "correct the wrong one, and bind both to one figure",
            also: Some((other.passage, place, "here")),
        });
    }
    out
}

/// Whether what the summary says of a share is what a chapter says.
fn agrees(context: &Context<'_>, told_here: &Share, other: &Share) -> bool {
    let Some((part, whole)) = other.part else { return true };
    if let Some((mine, base)) = told_here.part {
        return base != whole || mine == part;
    }
    let Some(exact) = percent_of(part, whole) else { return true };
    let passage = &context.prose.passages[told_here.passage];
    let Some(number) = passage.numbers.get(told_here.number) else { return true };
    let words =
        context.approximations(told_here.passage).iter().find(|words| words.numbers.contains(&told_here.number));
    words.map_or_else(|| number.is_fraction() || stands_for(passage, number, exact), |words| words.bounds.hold(exact))
}

fn shares(context: &Context<'_>, at: usize, passage: &Passage, out: &mut Vec<Share>) {
    for sentence in &passage.sentences {
        let inside = passage.numbers_in(sentence);
        // A sentence of several shares is of several things.
        let amounts: Vec<usize> = inside
            .filter(|at| !matches!(class(&passage.numbers[*at], &passage.text), Class::Year | Class::Name))
            .collect();
        let bound = |at: &usize| passage.numbers[*at].bound;
        if amounts.is_empty() || amounts.len() > 2 || amounts.iter().all(bound) {
            continue;
        }
        let relation =
            context.relations(at).iter().find(|relation| amounts.contains(&relation.base) && relation.part.is_some());
        let value = |at: usize| passage.numbers[at].value;
        let (number, part) = match (relation, amounts.as_slice()) {
            (Some(relation), _) => {
                let Some(part) = relation.part else { continue };
                (part, Some((value(part), value(relation.base))))
            }
            (None, [one]) if passage.numbers[*one].is_percent() || passage.numbers[*one].is_fraction() => (*one, None),
            _ => continue,
        };
        let ranges = amounts.iter().map(|at| passage.numbers[*at].range.clone());
        let Some(range) = ranges.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)) else { continue };
        out.push(Share { passage: at, range, subject: Subject::new(passage, sentence), part, number });
    }
}

/// A group that the text takes up with another number than it was named with.
pub fn taken_up(context: &Context<'_>) -> Vec<Fault> {
    let mut out = Vec::new();
    let mut known: Vec<Named> = Vec::new();
    for (at, passage) in context.passages().filter(|(_, passage)| passage.is_audited()) {
        if !matches!(passage.place, Place::Paragraph | Place::Item) || passage.role != Role::Body {
            continue;
        }
        for sentence in &passage.sentences {
            // What names many groups at once is a list of them.
            if passage.numbers_in(sentence).len() > GROUPS {
                continue;
            }
            let tokens = passage.tokens_in(sentence);
            let named: Vec<Named> = tokens
                .iter()
                .enumerate()
                .filter_map(|(place, token)| Named::new(at, passage, sentence, tokens, place, token))
                .collect();
            for group in named.iter().filter(|group| group.definite && group.nouns.len() >= 2) {
                out.extend(other_number(context, group, &known));
            }
            known.extend(named);
            if known.len() > MOST {
                return out;
            }
        }
    }
    out
}

/// A number of things, as a sentence names them.
struct Named {
    passage: usize,
    number: usize,
    value: Exact,
    /// "de 16", "the 16"
    definite: bool,
    /// Stems of its nouns with what describes them.
    nouns: Vec<String>,
    /// Those of the whole sentence.
    stems: BTreeSet<String>,
    narrowed: BTreeSet<String>,
}

impl Named {
    fn new(
        at: usize,
        passage: &Passage,
        sentence: &Range<usize>,
        tokens: &[Token],
        place: usize,
        token: &Token,
    ) -> Option<Self> {
        let number = token.number()?;
        let own = passage.numbers.get(number)?;
        if class(own, &passage.text) != Class::Count || own.value < Exact::from(3_i64) {
            return None;
        }
        let before = place.checked_sub(1).and_then(|place| tokens.get(place));
        let definite = before.is_some_and(|token| token.has(Tag::Determiner));
        let behind =
            tokens.get(place + 1..)?.iter().take_while(|token| token.stem().is_some() && !token.has(Tag::Joint));
        let end = behind.take(4).last().map_or(own.range.end, |token| token.range.end);
        let nouns = content(passage.slice(own.range.end..end), passage.language)
            .into_iter()
            .map(|word| without_participle(&word.stem).to_owned())
            .take(3)
            .collect();
        let subject = Subject::new(passage, sentence);
        let stems = subject.stems.iter().map(|stem| without_participle(stem).to_owned()).collect();
        Some(Self { passage: at, number, value: own.value, definite, nouns, stems, narrowed: subject.narrowed })
    }
}

fn other_number(context: &Context<'_>, group: &Named, known: &[Named]) -> Option<Fault> {
    let passage = context.prose.passages.get(group.passage)?;
    let number = passage.numbers.get(group.number)?;
    let two = group.nouns.get(..2)?;
    // Counts of the same things, named with the same words.
    let counts = |named: &&Named| named.nouns.first().is_some_and(|noun| two.contains(noun));
    let same = |named: &&Named| {
        counts(named) && two.iter().all(|noun| named.stems.contains(noun)) && named.narrowed.is_subset(&group.narrowed)
    };
    let mut earlier = known.iter().filter(same);
    let first = earlier.next()?;
    let near = first.value.checked_sub(group.value)?.magnitude().checked_mul(Exact::from(SLIP))? <= first.value;
    let told_so = known.iter().filter(counts).any(|named| named.value == group.value);
    let own =
        context.relations(group.passage).with_number(group.number).any(|relation| relation.part == Some(group.number));
    if !near
        || told_so
        || own
        || first.value == group.value
        || earlier.any(|named| named.value != first.value)
        || number.bound
    {
        return None;
    }
    let other = context.prose.passages.get(first.passage)?;
    // "Nära 330 barn" are 326.
    let rounded =
        stands_for(other, other.numbers.get(first.number)?, group.value) || stands_for(passage, number, first.value);
    if rounded {
        return None;
    }
    let place = other.numbers.get(first.number)?.range.clone();
    Some(Fault {
        passage: group.passage,
        range: number.range.clone(),
        message: format!("{} are taken up where {} were named", number_text(number), first.value),
        help: "correct the wrong one, and bind both to one figure; where they are others, say so in other words",
        also: Some((first.passage, place, "named here")),
    })
}
