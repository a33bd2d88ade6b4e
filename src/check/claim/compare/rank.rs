//! Ranks and series: "flest i Ekvik (47), följt av Sundby (41)", "det lägsta under perioden", "fell for the third year running: 9.4, 8.9, 8.3".

use std::collections::BTreeSet;
use std::ops::Range;

use super::order::{entries, nth, year};
use super::{Wrong, beside};
use crate::check::claim::level::{Direction, levels, like};
use crate::check::claim::{matches, number_text};
use crate::check::lang::Tag;
use crate::check::number::{Form, Number};
use crate::check::pattern::{Found, Patterns};
use crate::check::prose::Passage;
use crate::check::tokens::{Kind, Say as _, Token};
use crate::diagnostic::say;

/// One comes before another in a rank.
static RANKED: Patterns = Patterns::new(&[
    // "flest i Ekvik (47), följt av Sundby (41)", "The South East had most, with 42 homes, followed by the East Midlands with 37"
    "dir=<most|least> [ noun{1,9} \",(:\"? | \",(:\" ] noun{0,3} one=value noun{0,5} \",)\"{0,2} <joint>? <followed> noun{0,7} \",(\"? noun{0,3} other=value",
    "dir=<most|least> [ noun{1,9} \",(:\"? | \",(:\" ] noun{0,3} value noun{0,5} \",)\"{0,2} <joint>? <followed> noun{0,7} \",(\"? noun{0,3} one=value \
         noun{0,5} \",)\"{0,2} [ <joint> <followed>? | <followed> ]? noun{0,6} \",(\"? noun{0,3} other=value",
    // "the highest score at 87 out of 100, ahead of Eastfield (91)"
    "dir=<most|least> noun{1,9} one=value word{0,2} value noun{0,2} \",\" <joint>? <followed> noun{0,7} \",(\"? noun{0,3} other=value",
    // "the largest category of enquiry at 29%, with benefits accounting for 34%"
    "dir=<most|least> noun{1,9} one=value noun{0,2} \",\" <having> noun{0,4} [ <equals|makes-up> noun? ]? other=value",
    // "Minskningen var störst bland de yngsta, 6 procent, medan de äldre minskade med 9 procent"
    "dir=<most> [ word | \"–\" ]{1,8} \",\"? one=percent noun{0,3} \",\"? <joint> [ word | \"–\" ]{1,8} <by> other=percent",
    // "lowest in chemistry (68%), compared with 71% in physics"
    "dir=<most|least> [ noun{1,9} \",(:\" ] noun{0,3} one=value noun{0,5} \",)\"{1,2} noun{0,1} <compared> noun{0,3} other=value",
    // "highest in the most deprived areas (34%) and lowest in the least deprived (20%)"
    "dir=<most> [ noun{1,9} \",(:\"? | \",(:\" ] noun{0,3} one=value noun{0,5} \",)\"{0,2} <joint>? noun{0,5} <least> noun{1,8} \",(\"? noun{0,3} other=value",
    "dir=<least> [ noun{1,9} \",(:\"? | \",(:\" ] noun{0,3} one=value noun{0,5} \",)\"{0,2} <joint>? noun{0,5} <most> noun{1,8} \",(\"? noun{0,3} other=value",
]);

/// The lowest or highest of a series.
static EXTREME: Patterns = Patterns::new(&[
    "one=value noun{0,4} \",\"? <equals>? <is> noun{0,3} dir=<most|least>",
    // "£571, the second highest of the five areas", "With 1,320 entrants, the swim set a new record"
    "one=value noun{0,5} \",\" <equals>? noun{0,7} dir=<most|least>",
    // "lägst i Södra distriktet, 12,1 fall"
    "dir=<most|least> noun{1,6} \",(\" noun{0,2} one=value",
]);

/// So many words lie between what goes on and the word for it.
const SPOKEN: usize = 10;

/// What ranks and series of a passage say against its numbers.
pub fn wrongs(passage: &Passage) -> Vec<Wrong> {
    let mut out: Vec<Wrong> = Vec::new();
    out.extend(matches(&RANKED, passage).filter_map(|(_, found)| ranked(&found)));
    out.extend(matches(&EXTREME, passage).filter_map(|(sentence, found)| extreme(&found, sentence)));
    out.extend((0..passage.sentences.len()).filter_map(|at| trend(passage, at)));
    out.extend(passage.sentences.iter().filter_map(|sentence| sorted(passage, sentence)));
    out.extend(beside(passage, between));
    out.extend(beside(passage, runner_up));
    out
}

fn ranked(found: &Found<'_>) -> Option<Wrong> {
    let (one, other, said) = (found.number("one")?, found.number("other")?, Direction::stated(found)?);
    let rest = found.tokens.get(found.range.end..)?;
    let (other, _) = std::iter::once(other).chain(listed_with(found.passage, other, rest)).find_map(|other| {
        let (first, second) = levels(found.passage, one, other)?;
        Some((other, second.towards(first).filter(|goes| *goes != said)?))
    })?;
    let word = if said == Direction::Up { say!("higher") } else { say!("lower") };
    Some((
        found.bytes(),
        say!(
            "{first} is {word} than {second}, and is told to come after it",
            word,
            first = number_text(other),
            second = number_text(one)
        ),
    ))
}

/// Those that are named with another in one list, up to the end of the sentence: "compared with 14% in the North, 23% in the West and 11% in the South".
fn listed_with<'p>(passage: &'p Passage, other: &Number, rest: &'p [Token]) -> Vec<&'p Number> {
    let ends = [Tag::Earlier, Tag::Compared, Tag::Equals, Tag::Grew, Tag::Shrank, Tag::Most, Tag::Least, Tag::Average];
    let open = |token: &Token| {
        matches!(token.kind, Kind::Sign('.' | ';' | ':'))
            || (token.tags.any(&ends) && !token.has(Tag::Joint))
            || year(passage, token).is_some()
    };
    let numbers = rest.iter().take_while(|token| !open(token)).filter_map(|token| passage.numbers.get(token.number()?));
    numbers.filter(|number| number.unit == other.unit && number.allowed.is_none()).collect()
}

/// The number that is called the highest, or the second lowest, against those that are named behind it.
fn extreme(found: &Found<'_>, sentence: &Range<usize>) -> Option<Wrong> {
    let passage = found.passage;
    let (one, said) = (found.number("one")?, Direction::stated(found)?);
    let at = found.named("dir")?.start;
    let (before, after) = (found.tokens.get(..at)?, found.tokens.get(at + 1..)?);
    let clause = &after[..after.iter().position(|token| matches!(token.kind, Kind::Sign(_))).unwrap_or(after.len())];
    let led = found.named("one")?.start.checked_sub(1).and_then(|at| found.tokens.get(at));
    // "40 procent, högst var andelen i Väsby" speaks of another, "the greatest fall" of a change.
    let speaks =
        clause.iter().take(3).any(|token| token.tags.any(&[Tag::Is, Tag::Having, Tag::Since, Tag::Grew, Tag::Shrank]));
    if (speaks && found.named("one")?.start < at)
        || clause.iter().take(3).any(|token| token.tags.any(&[Tag::Since, Tag::Grew, Tag::Shrank]))
        || led.is_some_and(|token| token.tags.any(&[Tag::Than, Tag::FewerThan, Tag::MoreThan]))
        || before.iter().rev().take(3).any(|token| token.has(Tag::Negation))
    {
        return None;
    }
    // Behind a semicolon or colon, or in the next sentence, the others are named.
    let mark = after.iter().find(|token| matches!(token.kind, Kind::Sign(';' | ':')));
    let next = passage.sentences.iter().find(|next| next.start >= sentence.end);
    let rest = match (mark, next) {
        (Some(mark), _) => mark.range.end..sentence.end,
        (None, Some(next)) => next.clone(),
        (None, None) => return None,
    };
    let tokens = passage.tokens_in(&rest);
    // "Näst vanligast är HVB, med 61": told of the runner-up.
    if mark.is_none() && tokens.iter().take(2).any(|token| token.has(Tag::Followed)) {
        return None;
    }
    let others: Vec<&Number> = like(passage, &rest, one).collect();
    // "the second highest of the five areas": the other four are all.
    let group = clause.iter().find_map(|token| passage.numbers.get(token.number()?)?.value.to_i64());
    let all = group.and_then(|group| usize::try_from(group).ok()) == Some(others.len() + 1);
    let speaks = |token: &Token| {
        token.tags.any(&[Tag::Earlier, Tag::Most, Tag::Least, Tag::Figure]) || year(passage, token).is_some()
    };
    // "lägst i Söder, 12,1. I Väster är den 9,8 och i Öster 20,3.", "the shortest at 5.1 km; the western is 4.6 km and …"
    let said_of = |three: &[Token]| {
        let number = |at: usize| three.get(at).is_some_and(|token| token.number().is_some());
        three[0].has(Tag::Is) && (number(1) || (three[1].tags.any(&[Tag::Determiner, Tag::This]) && number(2)))
    };
    let part = after.iter().take_while(|token| token.range.end <= rest.start).any(|token| token.has(Tag::Of));
    let goes_on = others.len() > 1
        && (mark.is_some() || tokens.first().is_some_and(|token| token.has(Tag::Within)))
        && tokens.windows(3).take(6).any(said_of);
    // "det högsta antalet under perioden. Åren 2018–2021 var antalet 281, 305, 290 och 312"
    let earlier = others.len() > 2 && tokens.iter().take(2).any(|token| token.tags.any(&[Tag::Time, Tag::Year]));
    if !all
        && !earlier
        && (part || !goes_on)
        && (mark.is_none() || !tokens.iter().any(speaks))
        && !tokens.say(&[Tag::Earlier, Tag::Most, Tag::Least])
    {
        return None;
    }
    let goes = |other: &&&Number| levels(passage, one, other).and_then(|(one, other)| one.towards(other));
    let beyond = others.iter().filter(|other| goes(other) == Some(said)).count();
    let level = others.iter().filter(|other| goes(other).is_none()).count();
    let nth = nth(found.tokens, at);
    let word = if said == Direction::Up { say!("higher") } else { say!("lower") };
    let message = if beyond >= nth {
        let other = others.iter().find(|other| goes(other) == Some(said))?;
        say!("{other} is {which} than {one}", other = number_text(other), which = word, one = number_text(one))
    } else if all && beyond + level + 1 < nth {
        say!("only {beyond} of the others are {word} than {one}", beyond, word, one = number_text(one))
    } else {
        return None;
    };
    Some((found.bytes(), message))
}

/// A series of numbers, in the order of their years where each has one.
struct Series<'p> {
    numbers: Vec<&'p Number>,
    /// Where they are changes with their signs: whether each is below nought.
    below: Option<Vec<bool>>,
    dated: bool,
}

impl<'p> Series<'p> {
    fn new(passage: &'p Passage, range: &Range<usize>) -> Option<Self> {
        let (mut entries, _) = entries(passage, range)?;
        entries.retain(|entry| !matches!(entry.number.form, Form::Words));
        let years: BTreeSet<&str> = entries.iter().filter_map(|entry| entry.year).collect();
        let dated = years.len() == entries.len();
        if dated {
            entries.sort_by_key(|entry| entry.year);
        }
        let signed = entries.iter().any(|entry| entry.minus);
        let below = signed.then(|| entries.iter().map(|entry| entry.minus).collect());
        (entries.len() >= 3).then(|| Self { numbers: entries.iter().map(|entry| entry.number).collect(), below, dated })
    }

    /// The two numbers in a row that go another way than is said; none where all do, for then the newest may stand first.
    fn against(&self, passage: &Passage, said: Direction, steps: usize) -> Option<[&'p Number; 2]> {
        if let Some(below) = &self.below {
            let last = below.len().saturating_sub(steps);
            let other = below.iter().skip(last).position(|below| *below != (said == Direction::Down))? + last;
            return Some([self.numbers[other.checked_sub(1)?], self.numbers[other]]);
        }
        let all: Vec<[&Number; 2]> = self.numbers.windows(2).map(|two| [two[0], two[1]]).collect();
        let goes = |two: &[&Number; 2]| levels(passage, two[0], two[1]).and_then(|(one, two)| one.towards(two));
        let turned = !self.dated && all.iter().all(|two| goes(two) != Some(said));
        let last = all.get(all.len().saturating_sub(steps)..)?;
        last.iter().find(|two| goes(two).is_some_and(|goes| goes != said)).copied().filter(|_| !turned)
    }
}

/// "Absence fell for the third year running: 9.4, 8.9, 9.3 and 7.6 days."; the numbers may stand in the sentence after it.
fn trend(passage: &Passage, at: usize) -> Option<Wrong> {
    let sentence = passage.sentences.get(at)?;
    let tokens = passage.tokens_in(sentence);
    let running = tokens.iter().position(|token| token.has(Tag::Running))?;
    let near = tokens.get(running.saturating_sub(SPOKEN)..(running + SPOKEN).min(tokens.len()))?;
    let mut words = near.iter().filter(|token| token.tags.any(&[Tag::Grew, Tag::Shrank, Tag::More, Tag::Fewer]));
    let said = Direction::of_word(words.next()?, tokens)?;
    let other = [Tag::Except, Tag::AllBut, Tag::Negation, Tag::Planned, Tag::Until];
    if words.any(|token| Direction::of_word(token, tokens) != Some(said)) || tokens.say(&other) {
        return None;
    }
    let steps = match nth(tokens, running.checked_sub(1)?) {
        1 => usize::MAX,
        steps => steps,
    };
    let next = passage
        .sentences
        .get(at + 1)
        .filter(|next| passage.tokens_in(next).iter().any(|token| year(passage, token).is_some()));
    // "214 år 2021, 238 år 2022 och 226 år 2023. Antalet har alltså ökat varje år."
    let concluded = tokens.iter().any(Token::concludes);
    let last = at.checked_sub(1).and_then(|at| passage.sentences.get(at)).filter(|_| concluded);
    let series = [Some(sentence), next, last].into_iter().flatten().find_map(|range| Series::new(passage, range))?;
    let [one, two] = series.against(passage, said, steps)?;
    let numbers = &series.numbers;
    let told = &tokens[running].range;
    let start = numbers.iter().map(|number| number.range.start).min()?.min(told.start);
    let end = numbers.iter().map(|number| number.range.end).max()?.max(told.end);
    let word = if said == Direction::Up { say!("falls") } else { say!("rises") };
    let step = if series.below.is_some() {
        say!("with {two} it {word}", two = number_text(two), word)
    } else {
        say!("from {one} to {two} it {word}", one = number_text(one), two = number_text(two), word)
    };
    Some((start..end, step))
}

/// "I fallande ordning ligger Rossunda på 41 procent, Vikby på 37 procent och Tallmo på 38 procent."
fn sorted(passage: &Passage, sentence: &Range<usize>) -> Option<Wrong> {
    let order = |token: &Token| match (token.has(Tag::Descending), token.has(Tag::Ascending)) {
        (true, false) => Some(Direction::Down),
        (false, true) => Some(Direction::Up),
        _ => None,
    };
    let said = passage.tokens_in(sentence).iter().find_map(order)?;
    let series = Series { dated: true, ..Series::new(passage, sentence)? };
    let [one, two] = series.against(passage, said, usize::MAX)?;
    let range = series.numbers.first()?.range.start..series.numbers.last()?.range.end;
    Some((
        range,
        say!("{first} and {second} do not stand in that order", first = number_text(one), second = number_text(two)),
    ))
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
    let taken_up = lead.say(&[Tag::Is]) && place <= 7;
    let (value, _) = levels(passage, third, one)?;
    let outside = value.value > a.value.max(b.value) || value.value < a.value.min(b.value);
    let range = tokens.first()?.range.start..third.range.end;
    (taken_up && outside).then(|| {
        (
            range,
            say!(
                "{first} lies beyond the highest and the lowest, {second} and {third}",
                first = number_text(third),
                second = number_text(one),
                third = number_text(other)
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
    let word = if said == Direction::Up { say!("higher") } else { say!("lower") };
    Some((
        range,
        say!(
            "{first} is {word} than {second}, and is told to come after it",
            word,
            first = number_text(next),
            second = number_text(best)
        ),
    ))
}
