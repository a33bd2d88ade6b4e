//! A part, its whole and its percentage, wherever the three stand: the whole in an earlier sentence ("Brevet gick till 48 skolor. 31 skolor (60
//! procent) har svarat."), the percentage first ("17% (144)"), or alone in a sentence that takes up the one before ("Det är 32 procent.").

use std::ops::Range;
use std::sync::LazyLock;

use super::{Claim, Fault, NEAR, all_bound, matches, number_text, stands_for};
use crate::check::Context;
use crate::check::claim::relation::percent_of;
use crate::check::hedges::{Hedge, hedge};
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::check::pattern::{Found, Pattern};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Token};
use crate::value::Exact;

/// A part with its percentage beside it.
static BESIDE: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        // "162 av dem (83 procent)", "31 skolor (60 procent)"
        "part=count noun{0,4} [ <of-which> noun{0,3} ]? \"(\" word{0,2} share=percent word{0,3} \")\"",
        // "17% (144)"
        "share=percent noun{0,4} \"(\" word{0,2} part=count noun{0,2} \")\"",
        // "Thirty-six replied, a response rate of 80 per cent", "162 svarade, en svarsfrekvens på 68 procent"
        "part=count noun{0,5} \",\" word{0,3} <response-rate> word{0,2} share=percent",
        // "265, eller 55 procent,"
        "part=count noun{0,4} \",\" <equals> word{0,2} share=percent",
        // "12 mellan 7 och 12 år, alltså 48 procent"
        "part=count [ <between> word|count <joint> word|count | <hedge-less|hedge-more> word|count ] noun{0,2} \",\" <equals> word{0,2} share=percent",
        // "Sixty-four per cent of the 50 schools, 30, were judged good."
        "share=percent <of> <determiner>{0,3} whole=count noun{1,3} \",\" part=count noun{0,2} \",\"",
        // "Missing from 9, or 36 per cent, of the 30 files"
        "part=count \",\" <equals> word{0,1} share=percent \",\" <of> <determiner>{0,3} whole=count noun",
    ]
    .map(Pattern::new)
    .into()
});

/// A percentage that says the sentence before it again, and nothing else.
static AGAIN: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        // "Det motsvarar 48 procent.", "This is a response rate of 33.7%.", "Det handlar om drygt 43 procent av samtliga."
        "^ <equals|this> word{0,4} share=percent [ <of> word{1,3} ]? $",
        // "Svarsfrekvensen blev därmed 75 procent."
        "^ word{0,2} <response-rate> word{0,4} share=percent $",
    ]
    .map(Pattern::new)
    .into()
});

/// A percentage of what an earlier sentence counts: "Av dem anger 55 procent …".
static OF_THEM: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| ["^ [ <of-which> | <of> <them> ] \",\"? noun{0,3} share=percent"].map(Pattern::new).into());

/// All faults of the report.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let mut out = Vec::new();
    for (at, passage) in context.passages() {
        for (_, found) in matches(&BESIDE, passage) {
            out.extend(beside(context, at, &found));
        }
        for (sentence, found) in matches(&AGAIN, passage) {
            out.extend(again(context, at, sentence, &found));
        }
        out.extend(passage.sentences.iter().filter_map(|sentence| implied(context, at, sentence)));
    }
    out
}

/// The whole numbers that a statement's context offers for a whole, the nearest first, and what two neighbours make together.
pub(super) struct Wholes<'a> {
    named: Vec<&'a Claim>,
    all: Vec<Exact>,
}

impl<'a> Wholes<'a> {
    pub(super) fn before(context: &'a Context<'_>, at: usize, byte: usize) -> Self {
        let counts = context.claims.before(&context.prose, at, byte).filter(|claim| claim.class == Class::Count);
        // "yngre än 7 år" is a limit.
        let limit = |claim: &&Claim| {
            let passage = &context.prose.passages[claim.passage];
            let hedge = hedge(passage, passage.numbers[claim.number].range.start);
            matches!(hedge, Some((Hedge::LessThan | Hedge::MoreThan, _)))
        };
        let named: Vec<&Claim> = counts.filter(|claim| !limit(claim)).collect();
        let pairs = named.windows(2);
        let made = pairs.flat_map(|pair| {
            let (near, far) = (pair[0].value, pair[1].value);
            [far.checked_add(near), far.checked_sub(near)]
        });
        let all = named.iter().map(|claim| claim.value).chain(made.flatten()).collect();
        Self { named, all }
    }

    /// Those, and the counts that follow in the sentence.
    pub(super) fn around(context: &'a Context<'_>, place: usize, part: &Range<usize>) -> Self {
        let mut out = Self::before(context, place, part.start);
        let passage = &context.prose.passages[place];
        // "58% (90), 14% (6) and 28% (59)": together they are all.
        let bracketed = |at: &usize| passage.lower[..passage.numbers[*at].range.start].ends_with('(');
        let own = passage.numbers_in(&passage.sentence(part.start));
        let place_of_part = passage.numbers.partition_point(|number| number.range.start < part.start);
        let near = place_of_part.saturating_sub(NEAR).max(own.start)..own.end.min(place_of_part + NEAR);
        let own = near.filter(bracketed);
        let counts = own.filter_map(|at| context.claims.claim(place, at)).filter(|claim| claim.class == Class::Count);
        out.all.extend(counts.map(|claim| claim.value).try_fold(Exact::ZERO, Exact::checked_add));
        let behind = passage.numbers_in(&(part.end..passage.sentence(part.start).end));
        out.all.extend(behind.take(NEAR).filter_map(|number| Some(context.claims.claim(place, number)?.value)));
        out
    }

    /// Whether any of them makes a statement true.
    pub(super) fn any(&self, fits: impl FnMut(&Exact) -> bool) -> bool {
        self.all.iter().any(fits)
    }

    /// The nearest that can have the part, and of those with the same noun the nearest.
    pub(super) fn nearest(&self, part: Exact, counted: Option<&[String]>) -> Option<&'a Claim> {
        let same = |claim: &Claim| counted.is_none_or(|stems| is_same(stems, &claim.counted));
        self.named.iter().copied().find(|claim| claim.value > part && same(claim))
    }
}

fn beside(context: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (part, share) = (found.number("part")?, found.number("share")?);
    let number = found.at("part")?;
    let relations: Vec<_> =
        context.relations(at).with_number(number).filter(|relation| relation.part == Some(number)).collect();
    // "yngre än 7, alltså 60 procent": the number is a limit.
    let limit = preceding(found).is_some_and(|token| {
        token.tags.any(&[Tag::HedgeLess, Tag::HedgeMore, Tag::HedgeAtLeast, Tag::HedgeAtMost, Tag::Between, Tag::Than])
    });
    // "In 24 of those 60 (40%)"
    let led = &found.tokens[..found.range.start];
    let whole = match led {
        [.., one, of] if of.tags.any(&[Tag::Of, Tag::OfThese]) => {
            let one = one.number().and_then(|at| passage.numbers.get(at));
            let exact = one.and_then(|one| percent_of(one.value, part.value));
            exact.is_some_and(|exact| stands_for(passage, share, exact))
        }
        _ => false,
    };
    if limit
        || whole
        || relations.iter().any(|relation| relation.percent == found.at("share"))
        || all_bound([Some(part), Some(share)])
    {
        return None;
    }
    let wholes = Wholes::around(context, at, &part.range);
    let is_share = |exact: Option<Exact>| exact.is_some_and(|exact| stands_for(passage, share, exact));
    let fits = |whole: &Exact| is_share(percent_of(part.value, *whole));
    // "från 240 till 228 (5 procent)": the percentage is that of a change.
    let changed = |from: &Exact| {
        preceding(found).is_some_and(|token| token.has(Tag::To))
            && is_share(part.value.checked_sub(*from).and_then(|step| percent_of(step.magnitude(), *from)))
    };
    // Any number that was named may be the whole.
    if wholes.any(fits) || wholes.any(changed) {
        return None;
    }
    let stated = found.at("whole").or_else(|| relations.first().map(|relation| relation.base));
    let own = context.claims.claim(at, number)?;
    let whole = match stated.and_then(|base| context.claims.claim(at, base)) {
        Some(whole) => Some(whole).filter(|whole| whole.value > part.value),
        // "Av målet på 40 handledare nåddes 32": the whole opens the sentence.
        None if found.tokens.first().is_some_and(|token| token.has(Tag::Of))
            && is_stated(&wholes, at, passage, part) =>
        {
            wholes.nearest(part.value, None)
        }
        None if found.tokens[found.range.clone()].iter().any(|token| token.has(Tag::Responded))
            || counts_anything(found) =>
        {
            wholes.nearest(part.value, None).filter(|whole| is_near(whole, at, passage, part))
        }
        None if takes_up(found) => wholes.nearest(part.value, None),
        None if opens(found, own, passage) => {
            wholes.nearest(part.value, None).filter(|whole| is_near(whole, at, passage, part))
        }
        None => wholes.nearest(part.value, Some(&named_behind(found, own))),
    }?;
    Some(fault(context, at, found.bytes(), (part, share), whole))
}

/// The token before a match.
fn preceding<'p>(found: &Found<'p>) -> Option<&'p Token> {
    found.range.start.checked_sub(1).and_then(|at| found.tokens.get(at))
}

/// Whether two numbers count the same: "800 tillsynsbesök" are "besök".
fn is_same(part: &[String], whole: &[String]) -> bool {
    let compound = |long: &str, short: &str| short.len() >= 4 && long.ends_with(short);
    part.iter().any(|one| whole.iter().any(|other| one == other || compound(other, one)))
}

/// Whether a statement takes up what was counted before it: "av dem", "a response rate of". What a whole is taken up by stands beside it, or opens
/// the sentence.
fn takes_up(found: &Found<'_>) -> bool {
    let tokens = found.tokens;
    // "av dem som tillfrågades" says itself who they are.
    let related = |at: usize| tokens.get(at + 1).is_some_and(|next| next.has(Tag::Relative));
    let first = found.range.start.saturating_sub(NEAR);
    let after = |at: usize, tags: &[Tag]| {
        at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|token| token.tags.any(tags))
    };
    let mut all = tokens.iter().enumerate().take(found.range.end + 2).skip(first);
    all.any(|(at, token)| {
        let them = token.has(Tag::Them) && (after(at, &[Tag::Of, Tag::Within]) || at == 0);
        let taken = them || token.tags.any(&[Tag::ResponseRate, Tag::OfWhich]);
        taken && !related(at)
    })
}

/// "21 procent av fallen (105 stycken)": whatever was named last is meant.
fn counts_anything(found: &Found<'_>) -> bool {
    let inside = &found.tokens[found.range.clone()];
    inside.windows(2).any(|pair| pair[0].has(Tag::Of) && pair[1].has(Tag::Generic))
}

/// "30 procent (18) hade överklagats": neither number has a noun, so that only what was named last can be meant.
fn opens(found: &Found<'_>, own: &Claim, passage: &Passage) -> bool {
    let share_first = found.number("share").is_some_and(|share| {
        found.number("part").is_some_and(|part| {
            passage.lower.get(share.range.end..part.range.start).is_some_and(|words| words.trim() == "(")
        })
    });
    let behind = found.tokens.get(found.range.end);
    share_first && own.counted.is_empty() && behind.is_none_or(|token| !token.has(Tag::Of))
}

fn is_stated(wholes: &Wholes<'_>, at: usize, passage: &Passage, part: &Number) -> bool {
    let sentence = passage.sentence(part.range.start);
    let nearest = wholes.nearest(part.value, None).filter(|whole| whole.passage == at);
    nearest.is_some_and(|whole| passage.numbers[whole.number].range.start >= sentence.start)
}

/// Whether a whole stands in the same sentence or in the one before.
fn is_near(whole: &Claim, at: usize, passage: &Passage, part: &Number) -> bool {
    let own = passage.sentences.partition_point(|sentence| sentence.end <= part.range.start);
    let from = own.checked_sub(1).and_then(|before| passage.sentences.get(before)).map_or(0, |before| before.start);
    whole.passage == at && passage.numbers.get(whole.number).is_some_and(|number| number.range.start >= from)
}

/// Stems of what a part counts: behind it, or behind "av" after its brackets ("152 (29 procent) av besöken"), or before it ("Av alla besök var 152").
fn named_behind(found: &Found<'_>, own: &Claim) -> Vec<String> {
    let after = found.tokens.get(found.range.end..).unwrap_or_default();
    let nouns = |tokens: &[Token]| -> Vec<String> {
        let words =
            tokens.iter().take_while(|token| token.stem().is_some()).filter(|token| !token.has(Tag::Determiner));
        words.filter_map(Token::stem).take(2).map(str::to_owned).collect()
    };
    let mut out = own.counted.clone();
    if after.first().is_some_and(|token| token.has(Tag::Of)) {
        out = nouns(&after[1..]);
    } else if let Some((first, rest)) = found.tokens.split_first()
        && first.has(Tag::Of)
    {
        out.extend(nouns(rest));
    }
    out
}

fn again(context: &Context<'_>, at: usize, sentence: &Range<usize>, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let share = found.number("share")?;
    let compared = [
        Tag::Grew,
        Tag::Shrank,
        Tag::Difference,
        Tag::Compared,
        Tag::More,
        Tag::Fewer,
        Tag::Earlier,
        Tag::Average,
        Tag::Target,
    ];
    if share.bound || found.tokens.iter().any(|token| token.tags.any(&compared) || token.has(Tag::NonResponse)) {
        return None;
    }
    let place = passage.sentences.iter().position(|known| known == sentence)?;
    let before = passage.sentences.get(place.checked_sub(1)?)?;
    let count = |number: &usize| context.claims.claim(at, *number).is_some_and(|claim| claim.class == Class::Count);
    let named: Vec<usize> = passage.numbers_in(before).filter(count).collect();
    let rate = found.tokens.iter().any(|token| token.has(Tag::ResponseRate));
    let tokens = passage.tokens_in(before);
    let asked = |tag: Tag| tokens.iter().any(|token| token.has(tag));
    // Which two of the sentence before are meant must be plain: those of a share, or the first and last of those who were asked.
    let related = named.iter().find_map(|part| {
        let mut all = context.relations(at).with_number(*part).filter(|relation| relation.part == Some(*part));
        all.next().map(|relation| (*part, relation.base))
    });
    let (part, whole) = match (related, named.as_slice()) {
        (Some(pair), _) => pair,
        (None, [whole, part]) if tokens.first().is_some_and(|token| token.has(Tag::Of)) => (*part, *whole),
        (None, [whole, part]) if rate && asked(Tag::Responded) => (*part, *whole),
        _ => return None,
    };
    let (part, whole) = (&passage.numbers[part], context.claims.claim(at, whole)?);
    let near: Vec<Exact> =
        Wholes::before(context, at, sentence.start).named.iter().take(6).map(|claim| claim.value).collect();
    let fits = |part: &Exact| {
        near.iter().any(|whole| percent_of(*part, *whole).is_some_and(|exact| stands_for(passage, share, exact)))
    };
    if whole.value <= part.value || near.iter().any(fits) {
        return None;
    }
    Some(fault(context, at, sentence.clone(), (part, share), whole))
}

/// "58% (90) were positive, 14% (6) neutral and 28% (59) negative": the counts are all there is, and one percentage is not that of its count.
fn implied(context: &Context<'_>, at: usize, sentence: &Range<usize>) -> Option<Fault> {
    let passage = context.prose.passages.get(at)?;
    let pairs: Vec<(&Number, &Number)> = BESIDE[1]
        .find(passage, sentence)
        .filter_map(|found| Some((found.number("part")?, found.number("share")?)))
        .collect();
    let numbers = passage
        .numbers_in(sentence)
        .filter(|number| context.claims.claim(at, *number).is_some_and(|claim| claim.class == Class::Count));
    if pairs.len() < 3 || numbers.count() != pairs.len() || pairs.iter().all(|(part, share)| part.bound && share.bound)
    {
        return None;
    }
    let sum = |mut values: Box<dyn Iterator<Item = Exact> + '_>| values.try_fold(Exact::ZERO, Exact::checked_add);
    let whole = sum(Box::new(pairs.iter().map(|(part, _)| part.value)))?;
    let hundred = sum(Box::new(pairs.iter().map(|(_, share)| share.value)))?;
    let fits = |whole: Exact, (part, share): &(&Number, &Number)| {
        percent_of(part.value, whole).is_some_and(|exact| stands_for(passage, share, exact))
    };
    let right = pairs.iter().filter(|pair| fits(whole, pair)).count();
    let (low, high) = (Exact::from(98_i64), Exact::from(102_i64));
    let one = (low <= hundred && hundred <= high) || right * 2 > pairs.len();
    let wholes = Wholes::before(context, at, sentence.start);
    if right == pairs.len() || !one || wholes.any(|whole| pairs.iter().all(|pair| fits(*whole, pair))) {
        return None;
    }
    let (part, share) = pairs.iter().find(|pair| !fits(whole, pair))?;
    let exact = percent_of(part.value, whole)?;
    Some(Fault {
        passage: at,
        range: share.range.start.min(part.range.start)..share.range.end.max(part.range.end),
        message: format!(
            "the counts make {whole}, of which {} is {} percent, not {}",
            number_text(part),
            exact.to_decimal(share.decimals, context.project.workspace.rounding),
            share.value.to_decimal(share.decimals, context.project.workspace.rounding),
        ),
        help: "correct the wrong one; bound with `| full` they cannot disagree",
        also: None,
    })
}

fn fault(
    context: &Context<'_>,
    at: usize,
    range: Range<usize>,
    (part, share): (&Number, &Number),
    whole: &Claim,
) -> Fault {
    let rounding = context.project.workspace.rounding;
    let exact = percent_of(part.value, whole.value).unwrap_or(Exact::ZERO);
    let place = context.prose.passages[whole.passage].numbers[whole.number].range.clone();
    Fault {
        passage: at,
        range,
        message: format!(
            "{} of {} is {} percent, not {}",
            number_text(part),
            whole.value,
            exact.to_decimal(share.decimals, rounding),
            share.value.to_decimal(share.decimals, rounding),
        ),
        help: "correct the wrong one; bound with `| full` they cannot disagree",
        also: Some((whole.passage, place, "the whole")),
    }
}

/// Percentages of a whole that an earlier sentence counts, each with all wholes that it may be of, the nearest first: EVI004 holds them against
/// whole numbers.
pub fn of_earlier<'a>(context: &'a Context<'_>, at: usize) -> Vec<(&'a Number, Vec<&'a Claim>)> {
    let Some(passage) = context.prose.passages.get(at) else { return Vec::new() };
    let found = matches(&OF_THEM, passage);
    found
        .filter_map(|(sentence, found)| {
            let share = found.number("share")?;
            let alone = context.relations(at).with_number(found.at("share")?).next().is_none();
            let wholes = Wholes::before(context, at, sentence.start).named;
            (alone && !wholes.is_empty()).then_some((share, wholes))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read() {
        for patterns in [&BESIDE, &AGAIN, &OF_THEM] {
            assert!(!patterns.is_empty());
        }
    }
}
