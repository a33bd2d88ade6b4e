//! Whether what is told to have come in time, late or early did.

use std::ops::Range;

use super::Moment;
use super::misfit::due;
use crate::check::lang::Tag;
use crate::check::prose::Passage;
use crate::check::tokens::{Kind, Token};

/// Words that say when something came, and what its two days say.
#[derive(Debug, PartialEq, Eq)]
pub struct Misfit {
    pub range: Range<usize>,
    pub said: Range<usize>,
    pub late: bool,
}

/// The words of a passage that the only two days near by contradict: "senast den 15 juni … den 22 juni, alltså inom utsatt tid".
#[must_use]
pub fn misfits(passage: &Passage, moments: &[Moment]) -> Vec<Misfit> {
    let misfit = |place: usize| {
        let token = &passage.tokens[place];
        let late = token.has(Tag::Late);
        if !late && !token.tags.any(&[Tag::Early, Tag::InTime]) {
            return None;
        }
        let sentence = passage.sentence(token.range.start);
        let at = passage.sentences.partition_point(|known| known.end <= sentence.start);
        let from =
            at.checked_sub(1).and_then(|at| passage.sentences.get(at)).map_or(sentence.start, |known| known.start);
        let before: Vec<&Moment> = moments
            .iter()
            .filter(|moment| from <= moment.range.start && moment.range.end <= token.range.start)
            .collect();
        let [one, two] = before[..] else { return None };
        let (limit, done) = due(passage, (one, two))?;
        // "fyra dagar för sent" says how late, "inte i tid" the opposite; only what directly follows the day is said of it.
        let gap = passage.tokens_in(&(two.range.end..token.range.start));
        let direct = gap.len() <= 4 && !gap.iter().any(|token| token.number().is_some() || token.has(Tag::Negation));
        let year = limit.year.or(done.year).unwrap_or(2023);
        let day = |moment: &Moment| moment.days(moment.year.unwrap_or(year)).map(|(first, _)| first);
        let is_late = day(done)? > day(limit)?;
        let range = one.range.start..token.range.end;
        (direct && is_late != late).then(|| Misfit { range, said: token.range.clone(), late: is_late })
    };
    let sent = moments.windows(2).filter_map(|two| sent_late(passage, &two[0], &two[1]));
    (0..passage.tokens.len()).filter_map(misfit).chain(sent).collect()
}

/// Two days that lie the other way round than the word between them says: "antogs den 12 juni 2020, innan verksamheten startade den 1 maj 2020".
pub fn turned(passage: &Passage, moments: &[Moment]) -> Vec<(Range<usize>, Range<usize>)> {
    let pairs = moments.windows(2).filter_map(|two| {
        let [one, two] = two else { return None };
        let sentence = passage.sentence(one.range.start);
        let gap = passage.tokens_in(&(one.range.end..two.range.start.max(one.range.end)));
        let word = gap.iter().find(|token| token.kind != Kind::Sign(','))?;
        let (before, after) = (word.has(Tag::Prior), word.has(Tag::After));
        let other = [Tag::Negation, Tag::Planned, Tag::Required, Tag::Joint];
        let open = |token: &Token| {
            token.number().is_some() || token.tags.any(&other) || matches!(token.kind, Kind::Sign('.' | ';' | '('))
        };
        let whole = [one, two].iter().all(|moment| moment.day.is_some() && moment.year.is_some());
        let plain = whole && before != after && !gap.iter().any(open) && two.range.end <= sentence.end;
        let day = |moment: &Moment| moment.days(moment.year?).map(|(first, _)| first);
        let (first, second) = (day(one)?, day(two)?);
        let wrong = plain && if before { first > second } else { first < second };
        wrong.then(|| (one.range.start..two.range.end, word.range.clone()))
    });
    pairs.collect()
}

/// "skickades på remiss den 14 maj, och synpunkterna skulle vara inlämnade senast den 30 april": it was sent after it was due.
fn sent_late(passage: &Passage, one: &Moment, two: &Moment) -> Option<Misfit> {
    let sentence = passage.sentence(one.range.start);
    let before = passage.tokens_in(&(sentence.start..one.range.start));
    let gap = passage.tokens_in(&(one.range.end..two.range.start));
    let sent = before.iter().rev().take(5).any(|token| token.has(Tag::Asked));
    let owed = gap.iter().any(|token| token.tags.any(&[Tag::Planned, Tag::Required]))
        && !gap.iter().any(|token| token.has(Tag::Negation) || matches!(token.kind, Kind::Sign('.' | ';' | '(')));
    let (limit, done) = due(passage, (one, two)).filter(|_| sent && owed && two.range.end <= sentence.end)?;
    let year = limit.year.or(done.year);
    let day = |moment: &Moment| moment.days(moment.year.or(year).unwrap_or(2023)).map(|(first, _)| first);
    let late = limit.range == two.range && day(done)? > day(limit)?;
    late.then(|| Misfit { range: one.range.start..two.range.end, said: two.range.clone(), late })
}
