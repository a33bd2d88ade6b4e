//! Sentences of the summary that another chapter says with another number.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Context;
use crate::check::content::{Word, content};
use crate::check::hedges::{is_hedge, of_fraction};
use crate::check::lang;
use crate::check::number::{Number, Unit};
use crate::check::prose::{Passage, Role};
use crate::check::words::Lowered as _;
use crate::value::Exact;

/// A sentence of the summary that another chapter says with another number.
pub struct Retold {
    pub passage: usize,
    pub number: usize,
    pub other: usize,
    pub stated: usize,
}

/// A sentence with its numbers.
struct Statement {
    passage: usize,
    numbers: Vec<usize>,
    stems: BTreeSet<String>,
    units: Vec<String>,
    names: BTreeSet<String>,
}

/// Statements by each of their words.
type Worded<'a> = BTreeMap<&'a str, Vec<&'a Statement>>;

/// Statements that say the same of one thing are few; what more sentences say than these is no retelling.
const MOST: usize = 200;

/// All of them.
pub fn retold(context: &Context<'_>) -> Vec<Retold> {
    let (mut summary, mut body) = (Vec::new(), Vec::new());
    for (at, passage) in context.passages() {
        match passage.role {
            Role::Summary => statements(at, passage, &mut summary),
            Role::Body => statements(at, passage, &mut body),
            _ => {}
        }
    }
    let passage = |statement: &Statement| &context.prose.passages[statement.passage];
    // Statements of the chapters by what they count and whom they name, and among those by each of their words.
    let mut known: BTreeMap<(&[String], &BTreeSet<String>), Worded<'_>> = BTreeMap::new();
    for statement in &body {
        let alike = known.entry((&statement.units, &statement.names)).or_default();
        for stem in &statement.stems {
            alike.entry(stem).or_default().push(statement);
        }
    }
    let mut out: Vec<Retold> = Vec::new();
    for said in summary.iter().filter(|said| !said.numbers.iter().all(|at| passage(said).numbers[*at].bound)) {
        // A percentage or an amount of money says in itself what it is.
        let named = said.units.iter().any(|unit| matches!(unit.as_str(), "%" | "%-" | "money" | "of"));
        let Some(alike) = known.get(&(said.units.as_slice(), &said.names)) else { continue };
        let with = |stem: &String| alike.get(stem.as_str()).map_or(&[][..], Vec::as_slice);
        // Those that have its rarest word.
        let rarest = said.stems.iter().map(with).min_by_key(|found| found.len()).unwrap_or_default();
        if said.stems.len() < if named { 2 } else { 3 } || rarest.len() > MOST {
            continue;
        }
        // The first number that is another, or is hedged otherwise.
        let differing = |other: &Statement| {
            said.numbers.iter().zip(&other.numbers).find_map(|(one, two)| {
                let (here, there) = (passage(said), passage(other));
                let (first, second) = (&here.numbers[*one], &there.numbers[*two]);
                let hedged = |passage: &Passage, number: &Number| {
                    of_fraction(&passage.lower, &number.range).map(|(hedge, _)| hedge)
                };
                let same = first.value == second.value
                    && (!first.is_fraction() || hedged(here, first) == hedged(there, second));
                (!same).then_some((*one, *two))
            })
        };
        let all: Vec<&Statement> = rarest.iter().copied().filter(|other| said.stems.is_subset(&other.stems)).collect();
        // Where one place says the same, the others speak of something else; so they do where a number has gone to another place:
        // "Av 60 elever saknade 15 betyg" and "Av 15 elever saknade 6 betyg i matematik".
        let agreed = all.iter().any(|other| {
            let mut places: BTreeMap<Exact, Vec<usize>> = BTreeMap::new();
            for (place, number) in other.numbers.iter().enumerate() {
                places.entry(passage(other).numbers[*number].value).or_default().push(place);
            }
            let moved = |(at, own): (usize, &usize)| {
                let found = places.get(&passage(said).numbers[*own].value);
                found.is_some_and(|found| found.iter().any(|place| *place != at))
            };
            differing(other).is_none() || said.numbers.iter().enumerate().any(moved)
        });
        if let Some(other) = all.first().filter(|_| !agreed)
            && let Some((number, stated)) = differing(other)
        {
            out.push(Retold { passage: said.passage, number, other: other.passage, stated });
        }
    }
    out
}

/// Sentences with numbers that need evidence.
fn statements(at: usize, passage: &Passage, out: &mut Vec<Statement>) {
    let lists = lang::lists(passage.language);
    for sentence in &passage.sentences {
        let inside = passage.numbers_in(sentence);
        let own = inside.clone().map(|at| (at, &passage.numbers[at]));
        let all: Vec<(usize, &Number)> = own.filter(|(_, number)| number.allowed.is_none()).collect();
        if all.is_empty() {
            continue;
        }
        let text = passage.slice(sentence.clone());
        let words = content(text, passage.language);
        let telling = |word: &&Word| {
            let at = sentence.start + word.range.start;
            let before = all.partition_point(|(_, number)| number.range.end <= at);
            if all.get(before).is_some_and(|(_, number)| number.range.start <= at) {
                return false;
            }
            let lower = text[word.range.clone()].lowered();
            !lists.reporting.has(&lower) && !is_hedge(&lower)
        };
        let units = all
            .iter()
            .map(|(_, number)| {
                let next = words.partition_point(|word| sentence.start + word.range.start < number.range.end);
                let next = words.get(next);
                match number.unit {
                    _ if number.is_fraction() => "of".to_owned(),
                    Unit::Percent => "%".to_owned(),
                    Unit::Points => "%-".to_owned(),
                    Unit::Money => "money".to_owned(),
                    Unit::None => next.map(|word| word.stem.clone()).unwrap_or_default(),
                }
            })
            .collect();
        // Names, years and sexes narrow what is counted, so they must be the same.
        let years =
            passage.numbers[inside].iter().filter(|other| other.allowed.is_some()).map(|other| other.value.to_string());
        let capitals = text.split_whitespace().skip(1).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let names =
            capitals.filter(|word| word.starts_with(char::is_uppercase)).map(str::to_owned).chain(years).collect();
        let stems = words.iter().filter(telling).map(|word| word.stem.clone()).collect();
        let numbers = all.iter().map(|(place, _)| *place).collect();
        out.push(Statement { passage: at, numbers, stems, units, names });
    }
}
