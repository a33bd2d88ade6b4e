//! Words that set women against men, where the data has both: "lika många kvinnor som män", "männen var i majoritet", "sju av tio deltagare var
//! kvinnor".

use super::label::Said;
use crate::check::Context;
use crate::check::claim::Fault;
use crate::check::claim::relation::percent_of;
use crate::check::lang::Tag;
use crate::check::pattern::{Found, Patterns};
use crate::check::prose::Passage;
use crate::check::tokens::{Say as _, Token};
use crate::diagnostic::say;
use crate::locale::KnownGroup;
use crate::value::{Exact, Group};

static EQUAL: Patterns = Patterns::new(&["<as-many> word{0,2} <women> word <men>"]);

static MAJORITY: Patterns = Patterns::new(&["sex=<women|men> word{0,3} <majority>"]);

/// All faults of the report.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let mut out = Vec::new();
    let group = |known: KnownGroup| context.project.workspace.breakdowns.group(known.id());
    let Some(groups) = group(KnownGroup::Women).zip(group(KnownGroup::Men)) else { return out };
    for (at, passage) in context.passages().filter(|(_, passage)| passage.is_audited()) {
        for sentence in &passage.sentences {
            let tokens = passage.tokens_in(sentence);
            let names = |tag: Tag| tokens.say(&[tag]);
            // What other numbers, times or places say is theirs.
            if !(names(Tag::Women) || names(Tag::Men))
                || names(Tag::Earlier)
                || names(Tag::Planned)
                || names(Tag::Negation)
            {
                continue;
            }
            let said = Said::new(passage, sentence.clone());
            let Some((women, men)) = counts(context, &said, groups) else { continue };
            let mut add = |range: std::ops::Range<usize>| {
                out.push(Fault {
                    passage: at,
                    range,
                    message: say!("the figure has {women} women and {men} men", women, men),
                    help: say!("correct the words, or bind the numbers"),
                    also: None,
                });
            };
            let numbers = passage.numbers_in(sentence);
            let equal = EQUAL.iter().flat_map(|pattern| pattern.find(passage, sentence)).next();
            if let Some(found) = equal.filter(|_| women != men && numbers.is_empty()) {
                add(found.bytes());
            }
            let most = MAJORITY.iter().flat_map(|pattern| pattern.find(passage, sentence)).next();
            if let Some(found) = most.filter(|found| {
                group_of(found) != Some(if women > men { groups.0 } else { groups.1 }) && numbers.is_empty()
            }) {
                add(found.bytes());
            }
            if let Some(range) = predicate(context, at, passage, tokens, women, men) {
                add(range);
            }
        }
    }
    out
}

fn group_of(found: &Found<'_>) -> Option<Group> {
    found.tokens.get(found.named("sex")?.start)?.group
}

/// Words for a share at the head of a sentence that ends with "var kvinnor".
fn predicate(
    context: &Context<'_>,
    at: usize,
    passage: &Passage,
    tokens: &[Token],
    women: Exact,
    men: Exact,
) -> Option<std::ops::Range<usize>> {
    let mut words = tokens.iter().rev().filter(|token| token.stem().is_some());
    let (last, verb) = (words.next()?, words.next()?);
    let part = match (last.has(Tag::Women), last.has(Tag::Men)) {
        (true, false) => women,
        (false, true) => men,
        _ => return None,
    };
    let sentence = tokens.first()?.range.start..tokens.last()?.range.end;
    let inside: Vec<_> = context
        .approximations(at)
        .iter()
        .filter(|words| sentence.start <= words.range.start && words.range.end <= sentence.end)
        .collect();
    let [words] = inside.as_slice() else { return None };
    let others = passage.numbers_in(&sentence).any(|number| !words.numbers.contains(&number));
    let share = percent_of(part, women.checked_add(men)?)?;
    (verb.has(Tag::Is) && words.share.is_none() && !others && !words.bounds.hold(share)).then(|| words.range.clone())
}

/// The women and men of the one figure whose label stands in the sentence, in most of its words.
fn counts(context: &Context<'_>, said: &Said, (women, men): (Group, Group)) -> Option<(Exact, Exact)> {
    let figures = &context.figures;
    let of_sex = figures.candidates.iter().filter(|candidate| candidate.of == Some(women) && !candidate.row);
    let shared =
        |stems: &std::collections::BTreeSet<String>| stems.iter().filter(|stem| said.stems.contains_key(*stem)).count();
    let mut fitting = of_sex.filter(|candidate| {
        let n = shared(&candidate.label.stems);
        n >= 1 && n * 2 >= candidate.label.stems.len()
    });
    let candidate = fitting.next()?;
    if fitting.any(|other| other.id != candidate.id) {
        return None;
    }
    let figure = figures.statistics.figures.get(candidate.id)?;
    let number = |group| figure.value(Some(group)).and_then(crate::value::Value::number);
    Some((number(women)?, number(men)?))
}
