//! Ranks and series: "flest i Ekvik (47), följt av Sundby (41)", "det lägsta under perioden", "fell for the third year running: 9.4, 8.9, 8.3".

use std::ops::Range;
use std::sync::LazyLock;

use super::{Patterns, Wrong, beside};
use crate::check::claim::level::{Direction, levels, like};
use crate::check::claim::{matches, number_text};
use crate::check::lang::Tag;
use crate::check::number::{Form, Number};
use crate::check::pattern::{Found, Pattern};
use crate::check::prose::Passage;
use crate::check::tokens::{Kind, Token};

/// One comes before another in a rank.
static RANKED: Patterns = LazyLock::new(|| {
    [
        // "flest i Ekvik (47), följt av Sundby (41)", "The South East had most, with 42 homes, followed by the East Midlands with 37"
        "dir=<most|least> [ noun{1,9} \",(:\"? | \",(:\" ] noun{0,3} one=value noun{0,5} \",)\"{0,2} <joint>? <followed> noun{0,7} \",(\"? noun{0,3} other=value",
        "dir=<most|least> [ noun{1,9} \",(:\"? | \",(:\" ] noun{0,3} value noun{0,5} \",)\"{0,2} <joint>? <followed> noun{0,7} \",(\"? noun{0,3} one=value \
         noun{0,5} \",)\"{0,2} [ <joint> <followed>? | <followed> ]? noun{0,6} \",(\"? noun{0,3} other=value",
        // "lowest in chemistry (68%), compared with 71% in physics"
        "dir=<most|least> [ noun{1,9} \",(:\" ] noun{0,3} one=value noun{0,5} \",)\"{1,2} noun{0,1} <compared> noun{0,3} other=value",
        // "highest in the most deprived areas (34%) and lowest in the least deprived (20%)"
        "dir=<most> [ noun{1,9} \",(:\"? | \",(:\" ] noun{0,3} one=value noun{0,5} \",)\"{0,2} <joint>? noun{0,5} <least> noun{1,8} \",(\"? noun{0,3} other=value",
        "dir=<least> [ noun{1,9} \",(:\"? | \",(:\" ] noun{0,3} one=value noun{0,5} \",)\"{0,2} <joint>? noun{0,5} <most> noun{1,8} \",(\"? noun{0,3} other=value",
    ]
    .map(Pattern::new)
    .into()
});

/// The lowest or highest of a series.
static EXTREME: Patterns =
    LazyLock::new(|| ["one=value noun{0,4} \",\"? <equals>? <is> noun{0,3} dir=<most|least>"].map(Pattern::new).into());

/// A series that goes one way.
static TREND: Patterns = LazyLock::new(|| {
    ["dir=<grew|shrank> [ noun{0,8} | noun{0,4} value noun{0,3} ] <running> noun{0,6} \",:(–\" <from|to>? noun{0,4} first=value"]
        .map(Pattern::new)
        .into()
});

/// What ranks and series of a passage say against its numbers.
pub fn wrongs(passage: &Passage) -> Vec<Wrong> {
    let mut out: Vec<Wrong> = Vec::new();
    out.extend(matches(&RANKED, passage).filter_map(|(_, found)| ranked(&found)));
    out.extend(matches(&EXTREME, passage).filter_map(|(sentence, found)| extreme(&found, sentence)));
    out.extend(matches(&TREND, passage).filter_map(|(sentence, found)| trend(&found, sentence)));
    out.extend(beside(passage, between));
    out.extend(beside(passage, runner_up));
    out.extend(beside(passage, concluded));
    out
}

/// "78,1 procent i Hagfjärd, 74,6 i Torsvik och 72,9 i Lillmo. Lägst är den således i Lillmo."
fn concluded(passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Wrong> {
    let tokens = passage.tokens_in(second);
    let cut = |token: &Token| matches!(token.kind, Kind::Sign(',' | '.' | ';' | '(')) || token.has(Tag::Joint);
    let said = &tokens[..tokens.iter().position(cut).unwrap_or(tokens.len())];
    let ranks = said.iter().position(|token| token.tags.any(&[Tag::Most, Tag::Least]))?;
    let clear = said.iter().filter(|token| token.tags.any(&[Tag::Most, Tag::Least])).count() == 1;
    let other = [
        Tag::Negation,
        Tag::Next,
        Tag::Followed,
        Tag::Earlier,
        Tag::Grew,
        Tag::Shrank,
        Tag::Difference,
        Tag::Better,
        Tag::Worse,
    ];
    let in_words = |at: usize| passage.numbers.get(at).is_some_and(|number| number.form == Form::Words);
    let plain =
        |token: &Token| !token.tags.any(&other) && (token.stem().is_some() || token.number().is_some_and(in_words));
    // Nothing but words of the conclusion, and in it a word that takes up what was said.
    if !clear || !said.iter().all(plain) || !said.iter().any(|token| token.has(Tag::Equals)) {
        return None;
    }
    let direction = Direction::of_word(&said[ranks], said)?;
    // The name stands last, or first where the rank stands behind it.
    let name = if ranks < 2 { said.last()? } else { said.iter().find(|token| !token.has(Tag::Determiner))? };
    let named = |range: &Range<usize>| passage.tokens_in(range).iter().any(|token| token.stem() == name.stem());
    let all: Vec<(&Number, Range<usize>)> = entries(passage, first)?;
    let mut own = all.iter().filter(|(_, range)| named(range));
    let (one, None) = (own.next()?, own.next()) else { return None };
    let beyond = all.iter().find(|(number, _)| {
        levels(passage, one.0, number).and_then(|(one, two)| one.towards(two)).is_some_and(|goes| goes == direction)
    })?;
    let word = if direction == Direction::Up { "higher" } else { "lower" };
    let range = tokens.first()?.range.start..said.last()?.range.end;
    Some((range, format!("{} is {word} than {}", number_text(beyond.0), number_text(one.0))))
}

/// The entries of a list in a sentence: each number with the words up to a comma or "och", where there are at least three of one kind.
fn entries<'p>(passage: &'p Passage, sentence: &Range<usize>) -> Option<Vec<(&'p Number, Range<usize>)>> {
    let tokens = passage.tokens_in(sentence);
    let first = passage.numbers_in(sentence).filter_map(|at| passage.numbers.get(at)).next_back()?;
    let cut = |token: &&Token| matches!(token.kind, Kind::Sign(',' | ';' | ':')) || token.has(Tag::Joint);
    let mut out = Vec::new();
    let mut start = sentence.start;
    for end in tokens.iter().filter(cut).map(|token| token.range.start).chain([sentence.end]) {
        let range = start..end;
        let mut own = like(passage, &range, first);
        match (own.next(), own.next()) {
            (Some(number), None) => out.push((number, range.clone())),
            (Some(_), Some(_)) => return None,
            (None, _) => {}
        }
        start = end;
    }
    (out.len() >= 3).then_some(out)
}

fn ranked(found: &Found<'_>) -> Option<Wrong> {
    let (one, other, said) = (found.number("one")?, found.number("other")?, Direction::stated(found)?);
    let (first, second) = levels(found.passage, one, other)?;
    second.towards(first).filter(|goes| *goes != said)?;
    let word = if said == Direction::Up { "higher" } else { "lower" };
    Some((
        found.bytes(),
        format!("{} is {word} than {}, and is told to come after it", number_text(other), number_text(one)),
    ))
}

fn extreme(found: &Found<'_>, sentence: &Range<usize>) -> Option<Wrong> {
    let passage = found.passage;
    let (one, said) = (found.number("one")?, Direction::stated(found)?);
    let end = found.bytes().end;
    let after = found.tokens.get(found.range.end..)?;
    // Behind a semicolon or colon, or in the next sentence, the others are named.
    let mark = after.iter().find(|token| matches!(token.kind, Kind::Sign(';' | ':')));
    let next = passage.sentences.iter().find(|next| next.start >= sentence.end);
    let rest = match (mark, next) {
        (Some(mark), _) => mark.range.end..sentence.end,
        (None, Some(next)) => next.clone(),
        (None, None) => return None,
    };
    let tokens = passage.tokens_in(&rest);
    let speaks = |token: &Token| token.tags.any(&[Tag::Earlier, Tag::Most, Tag::Least]);
    if !tokens.iter().any(speaks) || after.iter().take(4).any(|token| token.has(Tag::Since)) {
        return None;
    }
    let beyond = like(passage, &rest, one).find(|other| {
        levels(passage, one, other).and_then(|(one, other)| one.towards(other)).is_some_and(|goes| goes == said)
    })?;
    let word = if said == Direction::Up { "higher" } else { "lower" };
    Some((found.bytes().start..end, format!("{} is {word} than {}", number_text(beyond), number_text(one))))
}

fn trend(found: &Found<'_>, sentence: &Range<usize>) -> Option<Wrong> {
    let passage = found.passage;
    let (first, said) = (found.number("first")?, Direction::stated(found)?);
    let series: Vec<&Number> = like(passage, &(first.range.start..sentence.end), first).collect();
    let steps: Vec<Direction> = series
        .windows(2)
        .filter_map(|two| levels(passage, two[0], two[1]).and_then(|(one, two)| one.towards(two)))
        .collect();
    // "varje år utom 2021"; the newest may stand first.
    let but = found.tokens[found.range.clone()].iter().any(|token| token.tags.any(&[Tag::Except, Tag::AllBut]));
    if but || series.len() < 3 || steps.iter().all(|step| *step == said) || steps.iter().all(|step| *step != said) {
        return None;
    }
    let against = series.windows(2).find(|two| {
        levels(passage, two[0], two[1]).and_then(|(one, two)| one.towards(two)).is_some_and(|step| step != said)
    })?;
    let range = first.range.start..series.last()?.range.end;
    let word = if said == Direction::Up { "falls" } else { "rises" };
    Some((range, format!("from {} to {} it {word}", number_text(against[0]), number_text(against[1]))))
}

/// "Högst var andelen i Granås, 76 procent, och lägst i Lerdala, 49 procent. I Torsholm var den 81 procent."
fn between(passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Wrong> {
    let found = RANKED.iter().skip(3).find_map(|pattern| pattern.find(passage, first).next())?;
    let (one, other) = (found.number("one")?, found.number("other")?);
    let (a, b) = levels(passage, one, other)?;
    let mut all = like(passage, second, one);
    let third = all.next().filter(|_| all.next().is_none())?;
    let tokens = passage.tokens_in(second);
    let place = tokens.iter().position(|token| token.range.start >= third.range.start)?;
    let lead = tokens.get(place.saturating_sub(3)..place)?;
    let taken_up = lead.iter().any(|token| token.has(Tag::Is)) && place <= 7;
    let (value, _) = levels(passage, third, one)?;
    let outside = value.value > a.value.max(b.value) || value.value < a.value.min(b.value);
    let range = tokens.first()?.range.start..third.range.end;
    (taken_up && outside).then(|| {
        (
            range,
            format!(
                "{} lies beyond the highest and the lowest, {} and {}",
                number_text(third),
                number_text(one),
                number_text(other)
            ),
        )
    })
}

/// "Familjehem är vanligast, med 192 barn. Näst vanligast är HVB, med 61."
fn runner_up(passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Wrong> {
    let lead = passage.tokens_in(first);
    let said = lead.iter().find_map(|token| match (token.has(Tag::Most), token.has(Tag::Least)) {
        (true, false) => Some(Direction::Up),
        (false, true) => Some(Direction::Down),
        _ => None,
    })?;
    let follows = passage.tokens_in(second).iter().take(2).any(|token| token.has(Tag::Followed));
    let best =
        passage.numbers_in(first).filter_map(|at| passage.numbers.get(at)).find(|number| number.allowed.is_none())?;
    let next = like(passage, second, best).next().filter(|_| follows)?;
    let (one, two) = levels(passage, best, next)?;
    one.towards(two).filter(|goes| *goes == said)?;
    let range = passage.tokens_in(second).first()?.range.start..next.range.end;
    let word = if said == Direction::Up { "higher" } else { "lower" };
    Some((range, format!("{} is {word} than {}, and is told to come after it", number_text(next), number_text(best))))
}
