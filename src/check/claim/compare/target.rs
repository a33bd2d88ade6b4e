//! Targets and limits, and what came of them: "målet om 90 procent nåddes inte: utfallet blev 84 procent".

use std::ops::Range;
use std::sync::LazyLock;

use super::{Patterns, Wrong, beside};
use crate::check::claim::level::{levels, like};
use crate::check::claim::{matches, number_text};
use crate::check::hedges::{Hedge, hedge};
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::check::pattern::{Found, Pattern};
use crate::check::prose::Passage;
use crate::check::tokens::Token;

/// A target and what came of it.
static OUTCOME: Patterns = LazyLock::new(|| {
    [
        "<target> noun{0,9} target=value noun{0,9} <reached|exceeded|missed> noun{0,3} \":,–;\" noun{0,5} outcome=value",
        "<target> noun{0,6} target=value noun{0,5} \",;:\"? <joint>? noun{0,5} outcome=value",
        "outcome=value noun{0,9} \",(\"? noun{0,3} <compared> noun{0,3} <target> noun{0,3} target=value",
    ]
    .map(Pattern::new)
    .into()
});

/// "the target was met", "målet nåddes inte"
static VERDICT: Patterns = LazyLock::new(|| {
    [
        "<target> [ word{0,4} | noun{0,9} value noun{0,9} ] verdict=<reached|exceeded|missed>",
        "verdict=<reached|exceeded|missed> noun{0,3} <target>",
    ]
    .map(Pattern::new)
    .into()
});

/// "Samtliga blev klara inom de fyra månader som lagen kräver."
static LIMIT: Patterns =
    LazyLock::new(|| ["<all> noun{0,8} <inside> noun{0,3} limit=value unit=<time>"].map(Pattern::new).into());

/// "Den längsta tog sju månader."
static LONGEST: Patterns =
    LazyLock::new(|| ["^ noun{0,3} <most> noun{0,6} longest=value unit=<time>"].map(Pattern::new).into());

/// What is told of targets and limits against the numbers of a passage.
pub fn wrongs(passage: &Passage) -> Vec<Wrong> {
    let mut out: Vec<Wrong> = Vec::new();
    out.extend(matches(&OUTCOME, passage).filter_map(|(sentence, found)| outcome(&found, sentence)));
    out.extend(beside(passage, limit));
    out.extend(beside(passage, told_before));
    out.extend(passage.sentences.windows(3).filter_map(|three| {
        let [first, second, third] = three else { return None };
        let said = verdict(passage, third).filter(|_| passage.numbers_in(third).is_empty())?;
        aimed(passage, first, second, &said)
    }));
    out
}

fn verdict<'p>(passage: &'p Passage, range: &Range<usize>) -> Option<Found<'p>> {
    VERDICT.iter().find_map(|pattern| pattern.find(passage, range).next())
}

/// "Målvärdet är 80 procent. Resultatet blev 73 procent, och målet är därmed uppfyllt."
fn told_before(passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Wrong> {
    aimed(passage, first, second, &verdict(passage, second)?)
}

/// A target, in the sentence after it what came of it, and what is told of that.
fn aimed(passage: &Passage, first: &Range<usize>, second: &Range<usize>, said: &Found<'_>) -> Option<Wrong> {
    let plain = |number: &&Number| number.allowed.is_none();
    let mut told = passage.numbers.get(passage.numbers_in(second))?.iter().filter(plain);
    let (Some(outcome), None) = (told.next(), told.next()) else { return None };
    let tokens = passage.tokens_in(first);
    // "90 procent av ärendena inom fem dagar": the target is the one that can be compared.
    let mut aims = like(passage, first, outcome).filter(plain);
    let (Some(target), None) = (aims.next(), aims.next()) else { return None };
    tokens.iter().any(|token| token.has(Tag::Target)).then_some(())?;
    let place = tokens.iter().position(|token| token.range.start >= target.range.start)?;
    let others = passage.numbers_in(first).len() > 1;
    let told = if others { tokens.get(place.saturating_sub(3)..place)? } else { tokens };
    judged(passage, target, outcome, said, told)
}

fn outcome(found: &Found<'_>, sentence: &Range<usize>) -> Option<Wrong> {
    let passage = found.passage;
    let (target, outcome) = (found.number("target")?, found.number("outcome")?);
    // "exceeded the budget of 200 by 14"
    let at = found.named("outcome")?.start;
    if found.tokens.get(at.saturating_sub(1)..at)?.iter().any(|token| token.has(Tag::By))
        && found.tokens.iter().any(|token| token.has(Tag::Exceeded))
    {
        return None;
    }
    // What is said of it, in the sentence or at the beginning of the next.
    let next = passage.sentences.iter().find(|next| next.start >= sentence.end);
    let verdict = [Some(sentence), next].into_iter().flatten().find_map(|range| verdict(passage, range))?;
    judged(passage, target, outcome, &verdict, found.tokens)
}

/// Whether a target was met as it is told.
fn judged(
    passage: &Passage,
    target: &Number,
    outcome: &Number,
    verdict: &Found<'_>,
    aim_told: &[Token],
) -> Option<Wrong> {
    let word = verdict.named("verdict")?;
    let token = verdict.tokens.get(word.start)?;
    // "Av målet på 40 nåddes 32" says how far it was reached.
    if verdict.tokens.get(word.end).is_some_and(|token| token.number().is_some()) {
        return None;
    }
    let near = verdict.tokens.get(word.start.saturating_sub(2)..(word.end + 2).min(verdict.tokens.len()))?;
    let denied = near.iter().any(|token| token.has(Tag::Negation)) != token.has(Tag::Missed);
    let (reached, aim) = levels(passage, outcome, target)?;
    let at_most = hedge(&passage.lower, target.range.start)
        .is_some_and(|(hedge, _)| matches!(hedge, Hedge::AtMost | Hedge::LessThan | Hedge::MoreThan))
        || aim_told.iter().any(|token| token.has(Tag::BetterLow) || token.has(Tag::Ceiling) || token.has(Tag::Inside));
    let held = match (token.has(Tag::Exceeded), at_most) {
        (true, _) => reached.value > aim.value,
        (false, true) => reached.value <= aim.value,
        (false, false) => reached.value >= aim.value,
    };
    if held != denied {
        return None;
    }
    let is = if held { "was" } else { "was not" };
    let passes = if token.has(Tag::Exceeded) { "exceeded" } else { "met" };
    Some((verdict.bytes(), format!("with {} against {} it {is} {passes}", number_text(outcome), number_text(target))))
}

fn limit(passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Wrong> {
    let stated = LIMIT[0].find(passage, first).next()?;
    let told_of = LONGEST[0].find(passage, second).next()?;
    let unit =
        |found: &Found<'_>| found.named("unit").and_then(|at| found.tokens.get(at.start)?.stem().map(str::to_owned));
    let (limit, longest) = (stated.number("limit")?, told_of.number("longest")?);
    (unit(&stated)? == unit(&told_of)? && longest.value > limit.value).then(|| {
        (
            told_of.bytes(),
            format!("{} is more than the {} that all kept within", number_text(longest), number_text(limit)),
        )
    })
}
