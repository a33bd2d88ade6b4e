//! A group that the text takes up with another number than it was named with: "25 personakter valdes ut. Samtliga 28 utvalda akter …".

use crate::diagnostic::say;
use std::collections::BTreeSet;
use std::ops::Range;

use super::subject::Subject;
use super::{Fault, number_text, stands_for};
use crate::check::Context;
use crate::check::lang::Tag;
use crate::check::lang::{lists, without_participle};
use crate::check::number::Number;
use crate::check::prose::{Passage, Place, Role};
use crate::check::tokens::{Class, Kind, Token, class};
use crate::value::Exact;

/// So many numbers stand in a sentence that names a group.
const GROUPS: usize = 12;
/// So many groups of a report are looked at.
const MOST: usize = 2000;
/// Numbers that differ by more than one part in so many are of other groups; where they are named in the same words, by more than a third.
const SLIP: i64 = 5;
const SLIP_ALIKE: i64 = 3;
/// A group named by a noun alone is taken up within so many passages.
const NEAR: usize = 1;
/// A compound is taken up by an ending of so many letters.
const ENDING: usize = 3;
/// So many letters are the same in what persons did and in what they are called for it.
const BEGINNING: usize = 4;

/// A number of things, as a sentence names them.
struct Named<'p> {
    passage: usize,
    number: &'p Number,
    definite: Definite,
    words: Vec<Described>,
    /// "the 15 recommendations accepted by the Department"
    participle: Option<String>,
    /// "in that sample"
    refers: bool,
    /// "of those 16"
    pointed: bool,
    /// Stems of the whole sentence.
    stems: BTreeSet<String>,
    narrowed: BTreeSet<String>,
}

/// What says that a group is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Definite {
    No,
    /// "totalt 16"
    Total,
    /// "av de 16", "kvartalets 16", "the final count of 16"
    Yes,
    /// "samtliga 16"
    All,
}

/// A word behind a number.
struct Described {
    stem: String,
    /// The stem without what tells participles from verbs.
    root: String,
    /// "personer" are known again by what they did.
    person: bool,
    /// "granskade": a group is known by it, and may be taken up without it.
    marks: bool,
}

/// All of them.
pub fn taken_up(context: &Context<'_>) -> Vec<Fault> {
    let mut out = Vec::new();
    let mut known: Vec<Named<'_>> = Vec::new();
    for (at, passage) in context.passages().filter(|(_, passage)| passage.is_audited()) {
        if !matches!(passage.place, Place::Paragraph | Place::Item) || passage.role != Role::Body {
            continue;
        }
        for sentence in &passage.sentences {
            // What names many groups at once is a list of them.
            if passage.numbers_in(sentence).len() > GROUPS {
                continue;
            }
            let named = groups(at, passage, sentence);
            for group in named.iter().filter(|group| group.definite != Definite::No) {
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

fn groups<'p>(at: usize, passage: &'p Passage, sentence: &Range<usize>) -> Vec<Named<'p>> {
    let tokens = passage.tokens_in(sentence);
    let counts = tokens.iter().enumerate().filter_map(|(place, token)| {
        let number = passage.numbers.get(token.number()?)?;
        // "För kvinnor är den 42 år" tells an age.
        let aged = tokens.get(place + 1).is_some_and(|next| next.has(Tag::Time));
        let counts = class(number, &passage.text) == Class::Count && number.value >= Exact::from(3_i64);
        (counts && !aged).then_some((place, number))
    });
    let mut said = None;
    counts
        .map(|(place, number)| {
            let said = said.get_or_insert_with(|| Subject::new(passage, sentence));
            let stems = said.stems.iter().map(String::as_str).chain(tokens.iter().filter_map(Token::stem));
            let stems = stems.map(|stem| without_participle(stem).to_owned()).collect();
            let narrowed = said.narrowed.clone();
            let definite = if is_narrower(passage, &tokens[place + 1..]) {
                Definite::No
            } else {
                definite(passage, &tokens[..place])
            };
            let behind = &tokens[place + 1..];
            Named {
                passage: at,
                number,
                definite,
                words: described(behind),
                participle: participle(passage, behind),
                refers: refers(behind),
                pointed: tokens[..place].last().is_some_and(is_pointed),
                stems,
                narrowed,
            }
        })
        .collect()
}

fn ends_as(passage: &Passage, token: &Token, endings: &[&str]) -> bool {
    let word = passage.slice(token.range.clone());
    endings.iter().any(|end| word.ends_with(end))
}

fn definite(passage: &Passage, before: &[Token]) -> Definite {
    let [.., token] = before else { return Definite::No };
    let genitive = ends_as(passage, token, &lists(passage.language).genitive_endings);
    let counted = token.has(Tag::Of) && before.iter().rev().nth(1).is_some_and(|token| token.has(Tag::Number));
    let all = before.iter().rev().take(2).any(|token| token.has(Tag::All));
    match token {
        token if token.has(Tag::Total) => Definite::Total,
        token if token.tags.any(&[Tag::Determiner, Tag::All]) && all => Definite::All,
        token if token.has(Tag::Determiner) || genitive || counted || is_pointed(token) => Definite::Yes,
        _ => Definite::No,
    }
}

/// "of those 16"
fn is_pointed(token: &Token) -> bool {
    token.tags.any(&[Tag::Pointing, Tag::OfThese])
}

/// The words behind a number, up to what joins or ends the statement.
fn described(behind: &[Token]) -> Vec<Described> {
    let ends = [Tag::Joint, Tag::Is, Tag::Of, Tag::Relative];
    let small = [Tag::Within, Tag::By, Tag::Having];
    let words = behind.iter().take_while(|token| token.stem().is_some() && !token.tags.any(&ends)).take(4);
    let told = words.filter(|token| !token.tags.any(&small)).take(3);
    told.filter_map(|token| {
        let stem = token.stem()?.to_owned();
        let root = without_participle(&stem).to_owned();
        Some(Described { stem, root, person: token.has(Tag::Inhabitants), marks: token.has(Tag::Determiner) })
    })
    .collect()
}

/// "De 40 skolor som svarade", "de 26 svarande", "samtliga 26 förskolor i Norrby" are some of them.
fn is_narrower(passage: &Passage, behind: &[Token]) -> bool {
    let near = &behind[..behind.len().min(4)];
    let name = |token: &Token| passage.slice(token.range.clone()).starts_with(char::is_uppercase);
    let end = near.iter().position(|token| token.stem().is_none()).unwrap_or(near.len());
    let which = near[..end].iter().any(|token| token.has(Tag::Of) || token.has(Tag::Relative) && !token.has(Tag::This));
    let says = |two: &[Token]| {
        two[1].has(Tag::Relative) && !two[0].has(Tag::Within)
            || two[0].tags.any(&[Tag::Within, Tag::By]) && name(&two[1])
    };
    which || near.first().is_some_and(|token| token.has(Tag::Responded)) || near[..end].windows(2).any(says)
}

/// The stem of a participle behind the noun, which says which of them: a finite verb stands behind it.
fn participle(passage: &Passage, behind: &[Token]) -> Option<String> {
    let sign = |token: &Token| matches!(token.kind, Kind::Sign(_));
    let clause = &behind[..behind.iter().position(sign).unwrap_or(behind.len())];
    let place =
        (1..clause.len().min(3)).find(|at| ends_as(passage, &clause[*at], &lists(passage.language).behind_endings))?;
    let by = clause.get(place + 1).is_some_and(|token| token.has(Tag::By));
    let finite = |two: &[Token]| two[1].tags.any(&[Tag::Is, Tag::Having]) && !two[0].has(Tag::To);
    // "Of the 34 managers interviewed, 15 had …"
    let ends = clause.len() < behind.len() && place + 1 == clause.len() && behind[clause.len()].kind == Kind::Sign(',');
    let known = by || ends || clause[place..].windows(2).any(finite);
    known.then(|| without_participle(clause[place].stem().unwrap_or_default()).to_owned())
}

/// Whether a group is said to be the one that was named: "in that report".
fn refers(behind: &[Token]) -> bool {
    let near = &behind[..behind.len().min(5)];
    near.windows(2).any(|two| two[0].has(Tag::Within) && two[1].tags.any(&[Tag::This, Tag::Them]))
}

/// Whether two words begin with the same letters.
fn begin_alike(one: &str, other: &str) -> bool {
    one.chars().zip(other.chars()).take(BEGINNING).filter(|(one, other)| one == other).count() == BEGINNING
}

/// Whether a word takes up another: "akter" takes up "personakter".
fn takes_up(word: &str, other: &str) -> bool {
    word == other || (word.chars().count() >= ENDING && other.ends_with(word))
}

impl Named<'_> {
    fn tells(&self, word: &Described) -> bool {
        self.stems.contains(&word.root) || self.words.iter().any(|own| takes_up(&word.stem, &own.stem))
    }

    /// Whether this takes up a group that was named before: by its noun with all that describes it, and further away by two words.
    fn takes_up(&self, first: &Named<'_>) -> bool {
        let near = self.passage - first.passage <= NEAR;
        let is_noun = |word: &Described| first.words.iter().any(|own| !own.marks && takes_up(&word.stem, &own.stem));
        // "deltog 36 personer": "samtliga deltagare".
        let persons = near && self.definite == Definite::All && first.words.first().is_some_and(|own| own.person);
        let did = |word: &Described| persons && first.stems.iter().any(|stem| begin_alike(stem, &word.stem));
        let noun = self.words.iter().position(|word| is_noun(word) || did(word));
        let Some(noun) = noun else { return false };
        let two = self.words.len() >= 2 && self.words[..2].iter().all(|word| first.tells(word));
        // "Of the 40 homes inspected": some of them.
        let some = self.definite == Definite::Yes
            && self.words.get(noun + 1).is_some_and(|word| word.marks && !first.tells(word));
        // "besökte 27 förskolor under våren 2024. … de 29 besökta förskolorna": when and where is taken up with them.
        let same_sex = || {
            let sexes =
                |named: &Named<'_>| [Tag::Women, Tag::Men, Tag::Earlier].map(|tag| named.narrowed.contains(tag.name()));
            sexes(self) == sexes(first)
        };
        let narrowed = self.refers
            || (near && self.definite != Definite::Total && (two || self.pointed) && same_sex())
            || first.narrowed.is_subset(&self.narrowed)
            || (is_swapped(first.number, self.number) && self.narrowed.is_subset(&first.narrowed));
        let other = self.participle.as_ref().is_some_and(|stem| !first.stems.contains(stem));
        narrowed
            && !some
            && !other
            && self.words[..noun].iter().all(|word| first.tells(word) || (near && word.marks))
            && (two || (near && self.definite != Definite::Total))
    }

    /// "sju ordinarie ledamöter", "de nio ordinarie ledamöterna"
    fn is_named_as(&self, first: &Named<'_>) -> bool {
        let mut two = self.words.iter().zip(&first.words).take(2);
        self.words.len() >= 2 && first.words.len() >= 2 && two.all(|(own, other)| own.stem == other.stem)
    }
}

fn other_number(context: &Context<'_>, group: &Named<'_>, known: &[Named<'_>]) -> Option<Fault> {
    let passage = context.prose.passages.get(group.passage)?;
    let (number, mut earlier) = (group.number, known.iter().filter(|first| group.takes_up(first)));
    let first = earlier.next()?;
    let (value, before) = (number.value, first.number.value);
    if earlier.any(|named| named.number.value != before) || number.bound || before == value {
        return None;
    }
    let alike = group.is_named_as(first);
    let apart = before.checked_sub(value)?.magnitude();
    let beside = group.passage == first.passage && group.definite == Definite::Yes;
    // "Of the 34 managers interviewed" are those who were.
    let named = group.participle.as_ref().is_some_and(|stem| first.stems.contains(stem)) && apart <= before;
    let is_slip = named || apart.checked_mul(Exact::from(if alike || beside { SLIP_ALIKE } else { SLIP }))? <= before;
    // "32 prisons … the 23 prisons visited"
    let turned = is_turned(first.number, number) && (group.pointed || group.words.iter().any(|word| word.marks));
    if !(is_slip || turned || is_swapped(first.number, number)) || (!alike && is_explained(context, group, first)) {
        return None;
    }
    let other = context.prose.passages.get(first.passage)?;
    // "Nära 330 barn" are 326.
    if stands_for(other, first.number, value) || stands_for(passage, number, before) {
        return None;
    }
    Some(Fault {
        passage: group.passage,
        range: number.range.clone(),
        message: say!("{first} are taken up where {before} were named", before, first = number_text(number)),
        help: say!("correct the wrong one, and bind both to one figure; where they are others, say so in other words"),
        also: Some((first.passage, first.number.range.clone(), say!("named here"))),
    })
}

/// Whether the number was told before, or is the sum or the difference of the group as it was named and another number that is no span of time.
fn is_explained(context: &Context<'_>, group: &Named<'_>, first: &Named<'_>) -> bool {
    let passages = context.prose.passages.get(first.passage..=group.passage).unwrap_or_default();
    let numbers = passages.iter().enumerate().flat_map(|(at, passage)| {
        let here = first.passage + at == group.passage;
        let counts = passage.tokens.windows(2).filter(|two| !two[1].has(Tag::Time));
        let numbers = counts.filter_map(|two| passage.numbers.get(two[0].number()?));
        numbers.take_while(move |number| !here || number.range.start < group.number.range.start)
    });
    let values: BTreeSet<Exact> = numbers.map(|number| number.value).collect();
    let apart = first.number.value.checked_sub(group.number.value).map(Exact::magnitude);
    values.contains(&group.number.value) || apart.is_some_and(|apart| values.contains(&apart))
}

/// "32" and "23": two digits, the one for the other.
fn is_turned(one: &Number, other: &Number) -> bool {
    let digits = |number: &Number| number.count().filter(|value| (10..100).contains(value));
    let (Some(one), Some(other)) = (digits(one), digits(other)) else { return false };
    one != other && one % 10 == other / 10 && other % 10 == one / 10
}

/// "1 480" and "1 840": the same digits in another order.
fn is_swapped(one: &Number, other: &Number) -> bool {
    let digits = |number: &Number| {
        let mut digits: Vec<char> = number.value.to_string().chars().collect();
        digits.sort_unstable();
        digits
    };
    one.value != other.value && digits(one).len() >= 3 && digits(one) == digits(other)
}
