//! Words of direction held to the figures themselves: "Minskningen var {{ d | absolute }}" where it grew, "Färre elever får stöd." where the figures of two
//! years say that more do.

use crate::check::tokens::Say as _;
use crate::diagnostic::say;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::level::Direction;
use super::{Fault, matches, number_text};
use crate::check::Context;
use crate::check::content::content;
use crate::check::lang::Tag;
use crate::check::pattern::{Found, Patterns};
use crate::check::prose::{Kind, Passage, Place};
use crate::value::{Exact, Value};

/// A bound change and the word that says which way it went.
static SIGNED: Patterns = Patterns::new(&[
    "dir=<grew|shrank> noun{0,5} [ <is> | <by> ] noun{0,3} by=value",
    "by=value noun{0,2} dir=<more|fewer|more-than|fewer-than>",
]);

/// "Färre elever får stöd."
static TOLD: Patterns = Patterns::new(&["^ <determiner>? dir=<more|fewer|more-than|fewer-than> word{1,9} $"]);

/// All faults of the report.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let mut out = Vec::new();
    let mut history = None;
    for (at, passage) in context.passages() {
        if matches!(passage.place, Place::Label | Place::Source | Place::Attribution | Place::Cell(..)) {
            continue;
        }
        out.extend(matches(&SIGNED, passage).filter_map(|(_, found)| signed(context, at, &found)));
        for sentence in passage.sentences.iter().filter(|sentence| passage.numbers_in(sentence).is_empty()) {
            let Some(found) = TOLD[0].find(passage, sentence).next() else { continue };
            let history = history.get_or_insert_with(|| History::new(context));
            out.extend(history.against(at, passage, sentence, &found));
        }
    }
    out
}

fn signed(context: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let (by, said) = (found.number("by")?, Direction::stated(found)?);
    let Kind::Figure(id) = &found.passage.piece(by.range.start)?.kind else { return None };
    let Value::Change { value, .. } = &context.statistics.figures.get(id)?.total else { return None };
    let goes = if value.is_negative() { Direction::Down } else { Direction::Up };
    if goes == said || *value == Exact::ZERO || value.magnitude() != by.value.magnitude() {
        return None;
    }
    let is = if goes == Direction::Up { say!("an increase") } else { say!("a decrease") };
    Some(Fault {
        passage: at,
        range: found.bytes(),
        message: say!("the change `{id}` is {is} of {first}", id, is, first = number_text(by)),
        help: say!("choose the word that fits; printed without `| absolute` the number shows its sign"),
        also: None,
    })
}

/// Values of one thing by year, under the stems of their labels.
struct History(BTreeMap<BTreeSet<String>, BTreeMap<String, Exact>>);

impl History {
    fn new(context: &Context<'_>) -> Self {
        let mut out: BTreeMap<BTreeSet<String>, BTreeMap<String, Exact>> = BTreeMap::new();
        for candidate in context.figures.candidates.iter().filter(|candidate| !candidate.row && candidate.of.is_none())
        {
            let mut numbers = candidate.label.numbers.iter().filter(|number| number.len() == 4);
            if let (Some(year), None) = (numbers.next(), numbers.next()) {
                let years = out.entry(candidate.label.stems.clone()).or_default();
                years.insert(year.clone(), candidate.value.value());
            }
        }
        Self(out)
    }

    /// What the newest two years say against a sentence that tells of nothing else.
    fn against(&self, at: usize, passage: &Passage, sentence: &Range<usize>, found: &Found<'_>) -> Option<Fault> {
        let said = Direction::stated(found)?;
        let other = [Tag::Planned, Tag::Negation, Tag::Lacks];
        if found.tokens.say(&other) {
            return None;
        }
        let small = [
            Tag::More,
            Tag::Fewer,
            Tag::MoreThan,
            Tag::FewerThan,
            Tag::Than,
            Tag::Earlier,
            Tag::Now,
            Tag::Is,
            Tag::Time,
        ];
        let plain = |byte: usize| {
            let token = found.tokens.iter().find(|token| token.range.start <= byte && byte < token.range.end);
            token.is_some_and(|token| !token.tags.any(&small))
        };
        let words = content(passage.lower.get(sentence.clone())?, passage.language);
        let stems = words.into_iter().filter(|word| plain(sentence.start + word.range.start)).map(|word| word.stem);
        let mut newest = self.0.get(&stems.collect::<BTreeSet<_>>())?.iter().rev();
        let ((year, now), (earlier, before)) = (newest.next()?, newest.next()?);
        let goes = if now > before { Direction::Up } else { Direction::Down };
        (now != before && goes != said).then(|| Fault {
            passage: at,
            range: found.bytes(),
            message: say!("the figures say {before} for {earlier} and {now} for {year}", before, earlier, now, year),
            help: say!("correct the word, or bind the two numbers"),
            also: None,
        })
    }
}
