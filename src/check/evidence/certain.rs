//! Whether a figure is certainly the one that a typed number states. Until more is understood of sentences than words, it is so only where the
//! figure's whole label stands in the sentence, nothing there narrows or denies it, and no other figure's label fits as well.

use std::ops::Range;

use super::figures::{Candidate, Figures, Quantity};
use super::label::{Marks, Said, Token};
use crate::check::claim::relation::Relations;
use crate::check::groups::Groups;
use crate::check::hedges::hedge;
use crate::check::lang::{self, Lists};
use crate::check::lang::{Tag, pack};
use crate::check::number::{Allowed, Form, Number};
use crate::check::prose::{Passage, Place};
use crate::diagnostic::{self, say};

/// A number in its sentence, and what stands around that.
pub struct Stated<'a> {
    pub passage: &'a Passage,
    /// Its position among the passage's numbers.
    pub at: usize,
    pub said: &'a Said,
    pub relations: &'a Relations,
    /// The heading that the passage stands under, and the names of the report's units.
    pub heading: Option<&'a str>,
    pub units: &'a [&'a str],
}

impl Stated<'_> {
    fn number(&self) -> &Number {
        &self.passage.numbers[self.at]
    }

    fn lists(&self) -> &'static Lists {
        lang::lists(self.passage.language)
    }
}

impl Figures<'_> {
    /// Why a figure is not certainly meant; nothing where it is.
    pub fn doubt(&self, stated: &Stated<'_>, candidate: &Candidate<'_>) -> Option<diagnostic::Said> {
        let place = stated.passage.place;
        if !matches!(place, Place::Paragraph | Place::Note | Place::Description) {
            return Some(say!("numbers are bound for you in running text only"));
        }
        if !self.prints(candidate, stated.number(), stated.passage) {
            return Some(say!("the binding would print it in another way"));
        }
        let lacks = |word: &str| Some(say!("the sentence lacks `{word}` of the figure's label", word));
        if let Some(word) = candidate.label.lacking(stated.said) {
            return lacks(word);
        }
        if candidate.row && !candidate.counted.iter().all(|stem| stated.said.stems.contains_key(stem)) {
            return Some(say!("the sentence does not say what the figure's table counts"));
        }
        let end = self.end(stated, candidate);
        let numbers = &stated.passage.numbers;
        let region = stated.said.tokens.iter().filter(|token| token.range.start < end && !inside(token, numbers));
        let region: Vec<&Token> = region.collect();
        marks(stated, candidate, &region)
            .or_else(|| beside(stated, candidate, end))
            .or_else(|| self.noun(stated, candidate, &region))
            .or_else(|| self.words(stated, candidate, &region))
            .or_else(|| groups(stated, candidate))
            .or_else(|| around(stated, candidate, &self.groups))
            .or_else(|| tail(stated, end))
            .or_else(|| self.rival(stated, candidate))
    }

    /// Where the statement ends: at the first sign behind the number before which the whole label stands.
    fn end(&self, stated: &Stated<'_>, candidate: &Candidate<'_>) -> usize {
        let (said, number) = (stated.said, stated.number());
        let last = candidate.label.words.iter().filter_map(|(_, stem)| {
            let places = said.stems.get(stem)?;
            places.iter().filter_map(|at| said.tokens.get(*at)).map(|token| token.range.end).min()
        });
        let from = last.max().unwrap_or(0).max(number.range.end);
        let rest = stated.passage.slice(from..said.range.end);
        let sign = |c: char| matches!(c, ',' | ';' | ':' | '–' | '(' | ')' | '…' | '.' | '!' | '?');
        let digit = |at: usize| rest[at..].chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        rest.char_indices().find(|(at, c)| sign(*c) && !digit(*at)).map_or(said.range.end, |(at, _)| from + at)
    }

    /// What is counted stands beside the number, or the number stands for it alone.
    fn noun(&self, stated: &Stated<'_>, candidate: &Candidate<'_>, region: &[&Token]) -> Option<diagnostic::Said> {
        let number = stated.number();
        let lists = stated.lists();
        let next = region.iter().find(|token| token.range.start >= number.range.end);
        let gap = |token: &Token| stated.passage.slice(number.range.end..token.range.start);
        let counted = |stem: &String| {
            candidate.label.head.contains(stem)
                || (candidate.row && candidate.counted.contains(stem))
                || self.base(candidate).is_some_and(|base| base.label.head.contains(stem))
        };
        let share = matches!(candidate.value, Quantity::Percent { .. });
        match next {
            Some(token) if gap(token).trim().is_empty() => match &token.stem {
                Some(stem) if counted(stem) || (candidate.of.is_some() && token.group == candidate.of) => None,
                Some(_) => Some(say!("the figure does not count `{lower}`", lower = token.lower)),
                None if lists.follows.has(&token.lower) => None,
                // "25 av 40 ärenden": the whole is held against the figure's.
                None if stated
                    .relations
                    .with_number(stated.at)
                    .any(|known| known.direct && known.part == Some(stated.at)) =>
                {
                    None
                }
                None if share && lists.of.has(&token.lower) => None,
                None => Some(say!("`{lower}` follows the number", lower = token.lower)),
            },
            _ => None,
        }
    }

    /// A word of which neither the label nor what it belongs to says anything.
    fn words(&self, stated: &Stated<'_>, candidate: &Candidate<'_>, region: &[&Token]) -> Option<diagnostic::Said> {
        let lists = stated.lists();
        let base = self.base(candidate);
        let known = |token: &Token| {
            let Some(stem) = &token.stem else { return true };
            candidate.label.stems.contains(stem)
                || candidate.table.contains(stem)
                || base.is_some_and(|base| base.label.stems.contains(stem))
                || lists.neutral.contains(&token.lower.as_str())
                || (candidate.of.is_some() && token.group == candidate.of)
        };
        if let Some(token) = region.iter().find(|token| !known(token)) {
            return Some(say!("the figure's label does not say `{lower}`", lower = token.lower));
        }
        // "12 av klagomålen" is a part of them; "av planerna" names another whole.
        let label_joins = candidate.label.marks.directions.iter().any(|word| lists.of.has(word));
        // "består av", "the number of": joined to a word that makes it no other thing.
        let joined = |at: usize| {
            let before = at.checked_sub(1).and_then(|at| region.get(at));
            before.is_some_and(|token| lists.neutral.has(&token.lower))
        };
        let pairs = region.iter().enumerate().filter(|(_, token)| lists.of.has(&token.lower));
        let pairs = pairs.filter(|(at, _)| !joined(*at));
        let whole =
            pairs.filter_map(|(at, _)| region[at + 1..].iter().find_map(|token| Some((token, token.stem.as_ref()?))));
        let mut others = whole.filter(|(_, stem)| {
            let of_base = base.is_some_and(|base| base.label.head.contains(*stem));
            !(of_base || label_joins && candidate.label.stems.contains(*stem))
        });
        others.next().map(|(token, _)| say!("`{lower}` names a whole that is not the figure's", lower = token.lower))
    }

    /// Another figure whose label stands in the sentence as well.
    fn rival(&self, stated: &Stated<'_>, candidate: &Candidate<'_>) -> Option<diagnostic::Said> {
        let number = stated.number();
        let mut rivals = self.labelled(stated.said).filter(|other| {
            let less = other.label.stems.len() < candidate.label.stems.len()
                && other.label.stems.is_subset(&candidate.label.stems);
            if other.id == candidate.id {
                // The same figure's women and men were told apart.
                return other.filter != candidate.filter && other.of.is_none() && candidate.of.is_none() && !less;
            }
            // Its whole is named beside it, and is another number.
            let whole = Some(other.id) == candidate.base && !self.same(other, number, stated.passage);
            // Women and men of a row are told apart as the row is.
            let named = self.first_of(other.id).is_some_and(|twin| candidate.says_as_well(twin));
            !whole && !less && !named
        });
        let other = rivals.next()?;
        Some(say!(
            "the label of `{other}{filter}` stands in the sentence as well",
            other = other.id,
            filter = other.filter
        ))
    }
}

/// What the label denies, wishes or limits, and the sentence does not, or the other way round.
fn marks(stated: &Stated<'_>, candidate: &Candidate<'_>, region: &[&Token]) -> Option<diagnostic::Said> {
    let language = stated.passage.language;
    let said = Marks::read(region.iter().copied(), language);
    let label = &candidate.label.marks;
    if said.denied != label.denied {
        let which =
            if said.denied { say!("the sentence denies something") } else { say!("the label denies something") };
        return Some(say!(
            "{which}, and the {what} does not",
            which,
            what = if said.denied { "label" } else { "sentence" }
        ));
    }
    if let Some(word) = said.modals.symmetric_difference(&label.modals).next() {
        return Some(say!("`{word}` stands in one of label and sentence only", word));
    }
    if let Some(word) = label.directions.difference(&said.directions).next() {
        return Some(say!("the sentence lacks `{word}` of the figure's label", word));
    }
    // "Där fanns 12": a place that was named before; "there were 12" is none.
    let lists = stated.lists();
    let first = region.first().is_some_and(|token| lists.back_to_place.has(&token.lower));
    let none = matches!(region, [one, two, ..] if lists.no_place.has(&format!("{} {}", one.lower, two.lower)));
    if first && !none {
        return Some(say!("the sentence takes up what was said before"));
    }
    let narrowing = lists
        .narrowing
        .iter()
        .find(|word| !candidate.label.small.contains(**word) && region.iter().any(|token| token.lower == **word));
    narrowing.map(|word| say!("`{word}` may make it another number than the figure's", word))
}

/// A hedge, a sign or another number beside it.
fn beside(stated: &Stated<'_>, candidate: &Candidate<'_>, end: usize) -> Option<diagnostic::Said> {
    let (passage, number) = (stated.passage, stated.number());
    if let Some((_, start)) = hedge(passage, number.range.start) {
        let words = passage.slice(start..number.range.start).trim().to_owned();
        return Some(say!("`{words}` says that the number is not exact", words));
    }
    let before = passage.text.get(..number.range.start).unwrap_or("");
    let after = passage.text.get(number.range.end..).unwrap_or("");
    if before.ends_with(['-', '–', '−', '+', '/', '±', '<', '>', '=', '≈', '~'])
        || after.starts_with(['-', '–', '/', '+', '*', '‰', '°'])
    {
        return Some(say!("a sign stands beside the number"));
    }
    if passage.slice(stated.said.range.clone()).trim_end().ends_with('?') {
        return Some(say!("the sentence asks"));
    }
    // A number of the same share is no other; all others may be the one that the label belongs to.
    let inside = passage.numbers_in(&stated.said.range);
    let near = inside.clone().filter(|at| inside.len() < 40 || at.abs_diff(stated.at) < 20);
    let mut others = near.filter(|at| *at != stated.at && passage.numbers[*at].range.start < end);
    let other = others.find(|at| {
        let other = &passage.numbers[*at];
        let narrows = !matches!(other.allowed, None | Some(Allowed::Structure | Allowed::Share | Allowed::Idiom));
        let counted = other.allowed.is_none() && !stated.relations.join(stated.at, *at);
        let own = passage.slice(other.range.start..other.end);
        (counted || narrows) && !candidate.label.numbers.contains(own)
    })?;
    let other = &passage.numbers[other];
    Some(say!("`{words}` stands in the sentence as well", words = passage.slice(other.range.clone())))
}

/// A group, where the figure is not that one's alone.
fn groups(stated: &Stated<'_>, candidate: &Candidate<'_>) -> Option<diagnostic::Said> {
    let named = |token: &Token| {
        candidate.label.words.iter().any(|(word, _)| *word == token.lower)
            || token.stem.as_ref().is_some_and(|stem| candidate.label.stems.contains(stem))
    };
    let other = |token: &&Token| match (candidate.of, token.group) {
        (_, None) => false,
        (None, Some(_)) => !named(token),
        (own, group) => own != group,
    };
    if let Some(token) = stated.said.tokens.iter().find(other) {
        return Some(say!("`{lower}` may make it another number than the figure's", lower = token.lower));
    }
    let told = candidate.of.is_none() || stated.said.tokens.iter().any(|token| token.group == candidate.of);
    (!told).then(|| say!("the sentence does not say whose number it is"))
}

/// Another year in the sentence, or a unit, a year or a group in the heading above.
fn around(stated: &Stated<'_>, candidate: &Candidate<'_>, groups: &Groups<'_>) -> Option<diagnostic::Said> {
    let year = |text: &str| text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let other = |text: &&str| year(text) && !candidate.label.numbers.contains(*text);
    if let Some(year) = stated.said.numbers.iter().map(String::as_str).find(other) {
        return Some(say!("the figure's label does not say `{year}`", year));
    }
    let heading = stated.heading?;
    let words = || heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if let Some(year) = words().find(other) {
        return Some(say!("the heading above says `{year}`", year));
    }
    let label = |name: &str| candidate.label.words.iter().any(|(word, _)| name.to_lowercase().contains(word.as_str()));
    let unit = stated.units.iter().find(|unit| heading.contains(**unit) && !label(unit));
    if let Some(unit) = unit {
        return Some(say!("the heading above says `{unit}`", unit));
    }
    let mut named = words().map(str::to_lowercase);
    let word = named.find(|word| {
        let group = groups.of_word(word);
        group.is_some() && group != candidate.of && !candidate.label.words.iter().any(|(known, _)| known == word)
    })?;
    Some(say!("the heading above says `{word}`", word))
}

/// Tags of words that take something from what was said, as those of `narrowing` do.
const TAKES: &[Tag] = &[Tag::OfWhich, Tag::Except, Tag::Including, Tag::From, Tag::Within, Tag::Each];

/// What follows the statement's end and takes something from it.
fn tail(stated: &Stated<'_>, end: usize) -> Option<diagnostic::Said> {
    let next = stated.said.tokens.iter().find(|token| token.range.start >= end)?;
    let gap = stated.passage.slice(end..next.range.start);
    let tags = pack(stated.passage.language).tags(&next.lower);
    let narrows = stated.lists().narrowing.contains(&next.lower.as_str());
    let takes = gap.starts_with([',', '–', '(', ':', ';']) && (narrows || tags.any(TAKES));
    takes.then(|| say!("`{lower}` takes something from what the label says", lower = next.lower))
}

/// Whether a word is part of a number.
fn inside(token: &Token, numbers: &[Number]) -> bool {
    let from: usize = numbers.partition_point(|number| number.range.end <= token.range.start);
    let holds = |range: &Range<usize>| range.start <= token.range.start && token.range.end <= range.end;
    numbers.get(from).is_some_and(|number| holds(&number.range) && number.form != Form::Fraction)
}
