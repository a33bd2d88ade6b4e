//! Targets and limits, and what came of them: "målet om 90 procent nåddes inte: utfallet blev 84 procent".

use std::ops::Range;

use super::{Wrong, beside};
use crate::check::claim::level::levels;
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::number::{Form, Number, Unit};
use crate::check::pattern::{Found, Patterns};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Say as _, Token, class};
use crate::diagnostic::say;

/// "the target was met", "målet nåddes inte"
static VERDICT: Patterns = Patterns::new(&[
    "<target|limit> [ word{0,5} | word{0,9} value word{0,9} ] verdict=<reached|exceeded|missed>",
    "verdict=<reached|exceeded|missed> [ noun | value ]{0,4} <target|limit>",
    // "33 days, comfortably within the target"
    "verdict=<inside> <determiner>? <target|limit|ceiling> [ \",.;\" | $ ]",
]);

/// "Samtliga blev klara inom de fyra månader som lagen kräver."
static LIMIT: Patterns = Patterns::new(&["<all> noun{0,8} <inside> noun{0,3} limit=count unit=<time>"]);

/// "Den längsta tog sju månader."
static LONGEST: Patterns = Patterns::new(&["^ noun{0,3} <most> noun{0,6} longest=value unit=<time>"]);

/// What is told of targets and limits against the numbers of a passage.
pub fn wrongs(passage: &Passage) -> Vec<Wrong> {
    let told = (0..passage.sentences.len()).filter_map(|at| missed(passage, at));
    told.chain(beside(passage, limit)).collect()
}

/// So many sentences before it may tell what the target was.
const BEFORE: usize = 3;

/// "Minst 90 procent ska kontrolleras. Utfallet blev 86 procent, och målet är därmed uppnått.": wrong where no number that may be what came of it
/// fits any that may be the target.
fn missed(passage: &Passage, at: usize) -> Option<Wrong> {
    let sentence = passage.sentences.get(at)?;
    let said = VERDICT.iter().find_map(|pattern| pattern.find(passage, sentence).next())?;
    let before = passage.sentences.get(at.saturating_sub(BEFORE)..=at)?;
    let own = || plain(passage, sentence).collect::<Vec<_>>();
    let next = passage.sentences.get(at + 1);
    let (aims, told): (Vec<&Number>, &Range<usize>) = before
        .iter()
        .rev()
        .map(|range| (aims(passage, range, range == sentence), range))
        .find(|(aims, _)| !aims.is_empty())?;
    // What came of it: told with the verdict, else between the target and it, else beside the target or behind the verdict.
    let is_aim = |number: &&Number| aims.contains(number);
    let between = before.iter().filter(|range| range.start > told.start && range.start < sentence.start);
    let beside = plain(passage, told).filter(|number| !is_aim(number)).collect::<Vec<_>>();
    let behind = next.into_iter().flat_map(|next| plain(passage, next)).take(1).collect();
    // "Av 80 besiktningar blev 68 utförda. Målet om minst 90 procent är således uppfyllt."
    let shares: Vec<Number> = before.iter().rev().nth(1).and_then(|range| share(passage, range)).into_iter().collect();
    let percent = aims.iter().all(|aim| aim.is_percent());
    let shares = shares.iter().filter(|_| percent).collect();
    let all = [own(), between.flat_map(|range| plain(passage, range)).collect(), beside, shares, behind];
    let mut pairs = all.into_iter().map(|outcomes| {
        let pairs = outcomes.into_iter().filter(|number| !is_aim(number));
        let pairs = pairs.flat_map(|outcome| aims.iter().map(move |aim| (*aim, outcome)));
        // "Three clinics therefore met the target of 20 days": so many met it.
        let timed = |number: &Number| {
            let behind = passage.tokens_in(&(number.range.end..passage.sentence(number.range.start).end));
            behind.first().is_some_and(|next| next.has(Tag::Time))
        };
        let counts = |aim: &Number, outcome: &Number| outcome.form == Form::Words && timed(aim) && !timed(outcome);
        pairs
            .filter(|(aim, outcome)| {
                !counts(aim, outcome) && aim.unit == outcome.unit && levels(passage, outcome, aim).is_some()
            })
            .collect::<Vec<_>>()
    });
    let pairs = pairs.find(|pairs| !pairs.is_empty())?;
    let tokens = passage.tokens_in(told);
    // "Båda kommunerna nådde målet på 80 procent: Ekvik 84 procent och Sundby 76 procent": each of them did.
    let verdict = passage.tokens_in(sentence);
    let each = aims.len() == 1 && verdict.iter().take(2).any(|token| token.has(Tag::EachGroup));
    let mut judged = pairs.into_iter().map(|(aim, outcome)| judged(passage, aim, outcome, &said, tokens));
    if each {
        return judged.flatten().next();
    }
    let first = judged.next()??;
    judged.all(|wrong| wrong.is_some()).then_some(first)
}

/// The share that the only two counts of a sentence make.
fn share(passage: &Passage, range: &Range<usize>) -> Option<Number> {
    let counts: Vec<&Number> = passage.numbers[passage.numbers_in(range)].iter().collect();
    let counts: Vec<&Number> =
        counts.into_iter().filter(|number| class(number, &passage.text) == Class::Count).collect();
    let [one, two] = counts.as_slice() else { return None };
    let (part, whole) = if one.value < two.value { (*one, *two) } else { (*two, *one) };
    let value = part.value.checked_mul(100_i64.into())?.checked_div(whole.value)?;
    let of = passage.tokens_in(&(range.start..whole.range.start)).say(&[Tag::Of]);
    of.then(|| Number { value, unit: Unit::Percent, ..part.clone() })
}

/// The amounts of a sentence: no spans, years or names.
fn plain<'p>(passage: &'p Passage, range: &Range<usize>) -> impl Iterator<Item = &'p Number> {
    AMOUNT[0]
        .find(passage, range)
        .filter(|found| found.named("by").is_none())
        .filter(|found| !is_share(found))
        .filter_map(|found| found.number("own"))
        .filter(|number| number.unit != Unit::Points && !number.is_fraction())
}

/// "överskreds vid 7 av 35 mätningar" says how often.
fn is_share(found: &Found<'_>) -> bool {
    let is = |token: Option<&Token>, of: bool| {
        token.is_some_and(|token| if of { token.has(Tag::Of) } else { token.number().is_some() })
    };
    let (start, end) = (found.range.start, found.range.end);
    let before = |back: usize| start.checked_sub(back).and_then(|at| found.tokens.get(at));
    // "I tre av brunnarna överskreds riktvärdet"
    let counted = || found.number("own").is_some_and(|own| own.count().is_some() && own.form == Form::Words);
    (is(found.tokens.get(end), true) && (is(found.tokens.get(end + 1), false) || counted()))
        || (is(before(1), true) && is(before(2), false))
}

static AMOUNT: Patterns = Patterns::new(&["by=<how-much>? own=value"]);

/// The numbers of a sentence that are told as a target: beside a word for one, or behind "minst" where something shall be done.
fn aims<'p>(passage: &'p Passage, range: &Range<usize>, judged: bool) -> Vec<&'p Number> {
    let mut named = NAMED.iter().flat_map(|pattern| pattern.find(passage, range));
    if let Some(aim) = named.find_map(|found| found.number("aim")) {
        return vec![aim];
    }
    let found = AIM.iter().map(|pattern| {
        pattern
            .find(passage, range)
            .filter(|found| found.named("by").is_none() && !is_whole(found))
            .filter_map(|found| found.number("aim"))
            .collect::<Vec<_>>()
    });
    let mut out: Vec<&Number> = Vec::new();
    for number in found.take(if judged { AIM.len() - ELSEWHERE } else { AIM.len() }).flatten() {
        if !out.contains(&number) {
            out.push(number);
        }
    }
    out
}

/// "Tre av fem enheter klarade kravet" has no target of five.
fn is_whole(found: &Found<'_>) -> bool {
    let before = found.named("aim").and_then(|aim| found.tokens.get(aim.start.checked_sub(2)?..aim.start));
    before.is_some_and(|two| two[0].number().is_some() && two[1].has(Tag::Of))
}

/// "Both districts met the 80% target"
static NAMED: Patterns = Patterns::new(&[
    "<determiner> aim=value noun? <target>",
    "<each-group> noun{0,2} <reached> <limit> <by> aim=value",
]);

/// So many of the patterns tell of no target where the sentence itself says what came of it.
const ELSEWHERE: usize = 2;

static AIM: Patterns = Patterns::new(&[
    // "målet är att minst 80 procent", "mot ett mål på 75", "a target of 90%"
    "<target> noun{0,12} <hedge-at-least|hedge-at-most|inside|fewer-than|more-than> noun{0,2} aim=value",
    "<target> noun{0,9} by=<how-much>? aim=value",
    "<planned|required> word{0,12} <hedge-at-least|hedge-at-most|inside|fewer-than|more-than> noun{0,2} aim=value",
    // "95 per cent of patients should be seen": no target where the sentence itself tells what came of it.
    "aim=value word{0,6} <planned|required>",
    "<planned|required> word{0,8} aim=value",
    // "should arrive within five minutes in 90 per cent of cases"
    "<planned|required> [ word | number ]{0,10} aim=percent",
]);

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
    // "Budgeten underskreds därmed med 70 tkr" says by how much.
    let between = passage.tokens_in(&(token.range.end..outcome.range.start.max(token.range.end)));
    if between.last().is_some_and(|last| last.has(Tag::By)) {
        return None;
    }
    // "målet nåddes därmed inte fullt ut"
    let near = verdict.tokens.get(word.start.saturating_sub(3)..(word.end + 4).min(verdict.tokens.len()))?;
    // "målet nås först nästa år", "målet är nästan nått"
    if near.say(&[Tag::Afterwards, Tag::Planned, Tag::Broadly]) {
        return None;
    }
    let denied = near.say(&[Tag::Negation]) != token.has(Tag::Missed);
    let (reached, aim) = levels(passage, outcome, target)?;
    let place = aim_told.iter().position(|token| token.range.start >= target.range.start)?;
    let before = aim_told.get(place.saturating_sub(4)..place)?;
    // "inom 20 minuter i 90 procent av fallen": the limit is another's.
    let before = &before[before.iter().rposition(|token| token.stem().is_none()).map_or(0, |at| at + 1)..];
    let near = |tag: Tag| before.say(&[tag]);
    let denied_above = near(Tag::Negation) && (near(Tag::Exceeded) || near(Tag::HedgeMore) || near(Tag::MoreThan));
    let at_least = [Tag::HedgeAtLeast, Tag::HedgeMore, Tag::MoreThan].into_iter().any(near) && !denied_above;
    let low = [Tag::HedgeAtMost, Tag::HedgeLess, Tag::FewerThan, Tag::Ceiling, Tag::Inside].into_iter().any(near);
    // "fell to 29.9 per cent, an improvement": what is better low has a target that is not to be passed.
    let said = |tags: &[Tag]| verdict.tokens.say(tags);
    let better_low = said(&[Tag::Better]) && said(&[Tag::Shrank]) && !said(&[Tag::Grew]);
    let at_most = !at_least && (low || denied_above || better_low || aim_told.say(&[Tag::BetterLow, Tag::Ceiling]));
    let held = match (token.has(Tag::Exceeded), at_most) {
        (true, _) => reached.value > aim.value,
        (false, true) => reached.value <= aim.value,
        (false, false) => reached.value >= aim.value,
    };
    if held != denied {
        return None;
    }
    let is = if held { say!("was") } else { say!("was not") };
    let passes = if token.has(Tag::Exceeded) { say!("exceeded") } else { say!("met") };
    Some((
        verdict.bytes(),
        say!(
            "with {first} against {second} it {is} {passes}",
            is,
            passes,
            first = number_text(outcome),
            second = number_text(target)
        ),
    ))
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
            say!(
                "{first} is more than the {second} that all kept within",
                first = number_text(longest),
                second = number_text(limit)
            ),
        )
    })
}
