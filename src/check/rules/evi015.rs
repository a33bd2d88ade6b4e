//! EVI015: one person of a small group, and what is sensitive.
//!
//! ## What it does
//! Finds a group of at most four persons ("två flickor", "the three pupils") of which the same sentence or the next tells one apart and says a diagnosis, a crime, an addiction
//! or something else of the kind: "Den ena av dem har diagnosen autism". So does "den enda flickan i klassen har epilepsi".
//!
//! ## Why is this bad
//! Those who know the home or the class know who it is. What is said of a single person's health, crimes or care is secret (public access to information and secrecy act), and a
//! report is read by neighbours.
//!
//! ## Example
//! ```md
//! På boendet bor två flickor. Den ena av dem har diagnosen autism.
//! ```
//! Say it of the whole group, or of so many that nobody can be told apart:
//! ```md
//! På boendet bor barn med olika funktionsnedsättningar.
//! ```

use std::ops::Range;

use super::super::Context;
use super::super::lang::{self, Lists};
use super::super::number::{Allowed, Unit};
use super::super::prose::{Passage, Place, Role};
use super::super::rule::Rule;
use super::super::words::tokens;
use super::super::words::{clip, find_phrase, holds};
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("EVI015"),
    title: "One person of a small group, and what is sensitive",
    severity: Severity::Warning,
    source: include_str!("evi015.rs"),
    options: &[],
    check,
};

/// In a larger group nobody is told apart.
const SMALL: i64 = 4;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (_, passage) in context.passages() {
        if matches!(passage.place, Place::Label | Place::Source) || passage.role == Role::References {
            continue;
        }
        let lists = lang::lists(passage.language);
        for (at, sentence) in passage.sentences.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| passage.sentences.get(at));
            let Some(one) = told_apart(passage, sentence, before, lists) else { continue };
            let rest = one.end..sentence.end;
            let Some(thing) = sensitive(passage, &rest, sentence.start, lists) else { continue };
            let message = say!("`{words}` is said of one person who can be told apart", words = passage.slice(thing));
            out.push(
                RULE.at(passage.span(one.start..sentence.end), message)
                    .help(say!("say it of the whole group or of more persons, or leave it out")),
            );
        }
    }
}

/// The words that tell one person of a small group apart.
fn told_apart(
    passage: &Passage,
    sentence: &Range<usize>,
    before: Option<&Range<usize>>,
    lists: &Lists,
) -> Option<Range<usize>> {
    let lower = passage.lower.get(sentence.clone())?;
    // "den enda flickan"
    for phrase in lists.only_one.iter() {
        let Some(at) = find_phrase(lower, phrase, 0) else { continue };
        let end = at + phrase.len();
        if tokens(&lower[end..]).into_iter().take(2).any(|word| is_person(&lower[end..][word], lists)) {
            return Some(sentence.start + at..sentence.start + end);
        }
    }
    let group = |range: &Range<usize>| small_group(passage, range, lists);
    for phrase in lists.one_of_them.iter() {
        let Some(at) = find_phrase(lower, phrase, 0) else { continue };
        let place = sentence.start + at..sentence.start + at + phrase.len();
        let near = group(&(sentence.start..place.start)).or_else(|| group(before?));
        if near.is_some() {
            return Some(place);
        }
    }
    // "av de tre eleverna har en diagnosen …"
    let end = group(sentence)?;
    let opened = tokens(lower).into_iter().next().is_some_and(|word| lists.of.has(&lower[word]));
    let one = tokens(&passage.lower[end..sentence.end])
        .into_iter()
        .map(|word| end + word.start..end + word.end)
        .find(|word| lists.one.has(&passage.lower[word.clone()]))?;
    let alone = passage.numbers_in(sentence).len() <= 2;
    (opened && alone).then_some(one)
}

/// Where the words end that count a small group of persons in a sentence.
fn small_group(passage: &Passage, range: &Range<usize>, lists: &Lists) -> Option<usize> {
    passage.numbers[passage.numbers_in(range)].iter().rev().find_map(|number| {
        let few = number.count().is_some_and(|count| (2..=SMALL).contains(&count)) && number.unit == Unit::None;
        let counted = matches!(number.allowed, None | Some(Allowed::Structure | Allowed::Label));
        let rest = clip(passage.lower.get(number.range.end..range.end)?, 60);
        let noun = tokens(rest).into_iter().take(2).find(|word| is_person(&rest[word.clone()], lists))?;
        let of = holds(&rest[..noun.start], &lists.of);
        (few && counted && !of).then_some(number.range.end + noun.end)
    })
}

/// A noun for persons, no compound of one: "barn", "barnen" and no "barnhem".
fn is_person(word: &str, lists: &Lists) -> bool {
    let known = [&lists.persons, &lists.women, &lists.men, &lists.staff];
    known.into_iter().flat_map(|list| list.behind(word)).any(|end| end.is_empty() || lists.person_ends.has(end))
}

/// What is sensitive in a range of the text, unless it is denied.
fn sensitive(passage: &Passage, range: &Range<usize>, from: usize, lists: &Lists) -> Option<Range<usize>> {
    let rest = passage.lower.get(range.clone())?;
    if holds(rest, &lists.negations) {
        return None;
    }
    let words = tokens(rest);
    let said_before = passage.lower.get(from..range.start)?;
    let any = |text: &str, list: &[&str]| tokens(text).into_iter().any(|word| list.contains(&&text[word]));
    let works = any(rest, &lists.professional);
    words.into_iter().take(14).find_map(|word| {
        let said = &rest[word.clone()];
        // "is a nurse at the dementia clinic" says nothing of the nurse's health.
        let own = || any(said_before, &lists.personal) || any(&rest[..word.end], &lists.personal);
        let found = lists.sensitive.has(said) && !works && own();
        found.then(|| range.start + word.start..range.start + word.end)
    })
}
