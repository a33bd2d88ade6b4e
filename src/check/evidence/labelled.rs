//! Typed numbers beside the words of a figure's label that are none of the figure's values: "bara 17 ärenden med aktuell SIP" where they are 16.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Evidence, amount, counts_other};
use crate::check::Context;
use crate::check::claim::bounds::short;
use crate::check::claim::relation::percent_of;
use crate::check::claim::tells;
use crate::check::content::{Word, content};
use crate::check::hedges::hedge;
use crate::check::lang::stem;
use crate::check::lang::{self, Tag};
use crate::check::number::{Number, Unit};
use crate::check::prose::Passage;
use crate::check::rule::Rule;
use crate::check::tokens::Token;
use crate::check::words::holds;
use crate::compute::statistics::Computed;
use crate::diagnostic::{Diagnostic, Said, say};
use crate::value::{Exact, Value};

/// A label of more words stands in no sentence.
const LONGEST: usize = 24;
/// A label of one word is told from others by so many letters.
const MEASURE: usize = 8;

/// A typed number beside a figure's label that is none of its values.
pub struct Labelled<'c> {
    pub passage: usize,
    pub number: usize,
    range: Range<usize>,
    message: Said,
    figure: (&'c str, &'c Computed),
}

impl<'c> Labelled<'c> {
    fn new(
        passage: usize,
        number: usize,
        range: Range<usize>,
        text: &Passage,
        figure: (&'c str, &'c Computed),
        what: Said,
    ) -> Self {
        let message = say!("`{words}` is {what}", what, words = text.slice(range.clone()));
        Self { passage, number, range, message, figure }
    }

    pub fn diagnostic(&self, rule: &Rule, context: &Context<'_>) -> Diagnostic {
        let (id, figure) = self.figure;
        rule.at(context.prose.passages[self.passage].span(self.range.clone()), self.message.clone())
            .help(say!("bind it: {{{{ {id} }}}}; where it is another thing, say so in other words", id))
            .also(figure.span, say!("the figure"))
    }
}

/// All of them, in the order of the report.
pub fn labelled<'c>(context: &'c Context<'_>) -> Vec<Labelled<'c>> {
    let labels = Labels::new(context);
    let sentences =
        context.passages().flat_map(|(at, passage)| passage.sentences.iter().map(move |range| (at, passage, range)));
    let told = sentences.filter(|(_, passage, range)| !passage.numbers_in(range).is_empty());
    let told = told.flat_map(|(at, passage, range)| {
        let sentence = Sentence::new(passage, range);
        let found: Vec<_> = passage
            .numbers_in(range)
            .filter_map(|number| {
                on_another_base(context, at, &sentence, number)
                    .or_else(|| other_number(context, at, &sentence, &labels, number))
            })
            .collect();
        found
    });
    told.collect()
}

/// Labels by their words.
struct Labels<'c> {
    /// The stems of each label, and the figure: the last of those that are called alike.
    all: BTreeMap<Vec<String>, &'c str>,
    longest: usize,
}

impl<'c> Labels<'c> {
    fn new(context: &'c Context<'_>) -> Self {
        let language = context.project.report.language;
        let own = context.statistics.figures.iter().filter(|(_, figure)| figure.columns.is_empty());
        let words = own.map(|(id, figure)| {
            let stems: Vec<String> = content(&figure.label.value, language).into_iter().map(|word| word.stem).collect();
            (stems, id.as_str(), figure)
        });
        let told = words
            .filter(|(stems, _, figure)| (stems.len() >= 2 || is_measure(figure, stems)) && stems.len() <= LONGEST);
        let all: BTreeMap<Vec<String>, &str> = told.map(|(stems, id, _)| (stems, id)).collect();
        let longest = all.keys().map(Vec::len).max().unwrap_or(0);
        Self { all, longest }
    }

    /// The longest label whose words stand directly behind the number ("17 ärenden med aktuell SIP"), or directly before it ("project budget of
    /// 540"): that is the one that is meant.
    fn beside(&self, sentence: &Sentence<'_>, number: &Number) -> Option<(&'c str, &[String])> {
        let start = hedge(sentence.passage, number.range.start).map_or(number.range.start, |(_, start)| start);
        let (before, after) = (sentence.words_before(start), sentence.words_before(number.range.end));
        let is_near = before.checked_sub(1).is_some_and(|last| {
            let between = sentence.passage.slice(sentence.place(last).end..start);
            between.split_whitespace().take(3).count() <= 2
        });
        let behind = (0..=1).flat_map(|skip| (1..=self.longest).map(move |length| after + skip..after + skip + length));
        let ahead = (1..=self.longest.min(before)).filter(|_| is_near).map(|length| before - length..before);
        let known = behind.chain(ahead).filter(|words| sentence.is_unbroken(words, number)).filter_map(|words| {
            let (stems, id) = self.all.get_key_value(sentence.stems.get(words)?)?;
            Some((*id, stems.as_slice()))
        });
        known.max_by_key(|(id, stems)| (stems.len(), *id))
    }
}

/// A label of one long word that says what is measured: "svarsfrekvens". Short words and counts are said of too many things.
fn is_measure(figure: &Computed, stems: &[String]) -> bool {
    let share = figure.base.is_some() && matches!(figure.total, Value::Count(_));
    let measured = share || matches!(figure.total, Value::Percent { .. } | Value::Amount { .. });
    measured && matches!(stems, [stem] if stem.chars().count() >= MEASURE)
}

fn other_number<'c>(
    context: &'c Context<'_>,
    at: usize,
    sentence: &Sentence<'_>,
    labels: &Labels<'c>,
    place: usize,
) -> Option<Labelled<'c>> {
    let (passage, number) = (sentence.passage, sentence.passage.numbers.get(place)?);
    let evidence = context.evidence(at).get(place);
    let relations = context.relations(at);
    let needs = matches!(evidence, Some(Evidence::Missing | Evidence::Matching(_)));
    let is_whole = relations.with_number(place).any(|relation| relation.base == place);
    if !needs || is_whole || number.is_fraction() || number.unit == Unit::Points {
        return None;
    }
    let (id, stems) = labels.beside(sentence, number)?;
    let figure = context.statistics.figures.get(id)?;
    if sentence.is_qualified(number, stems) {
        return None;
    }
    let whole = figure.base.as_ref().and_then(|base| context.statistics.figures.get(base)).map(|base| &base.total);
    let related = relations.with_number(place).find(|relation| relation.part == Some(place));
    if let (Some(relation), Some(stated)) = (related, whole.and_then(Value::number))
        && let Some(base) = passage.numbers.get(relation.base)
        && figure.total.number() == Some(number.value)
        && base.value != stated
        && !base.bound
    {
        let stated = format!("{} of {stated}", number.value);
        return Some(Labelled::new(
            at,
            place,
            relation.range(passage),
            passage,
            (id, figure),
            say!("counted on another base than `{id}`, which is {stated}", id, stated),
        ));
    }
    // "Av 50 granskade akter är 21 …": the figure's own number stands in the sentence, so this one is another thing's.
    let stated_too = figure.total.number().is_some_and(|value| sentence.states(value, place));
    let of_another = matches!(evidence, Some(Evidence::Matching(known)) if known.figure != id);
    let other = counts_other(passage, number, |stem| stems.iter().any(|known| known == stem))
        && !matches!(figure.total, Value::Amount { .. });
    if stated_too || of_another || other || sentence.is_part(number, stems) {
        return None;
    }
    let what = say!("another number than `{id}`, which is {what}", id, what = differs(figure, whole, passage, number)?);
    Some(Labelled::new(at, place, number.range.clone(), passage, (id, figure), what))
}

/// "Riskbedömning finns i 21 av 52 akter", where the figure has its 21 of 50.
fn on_another_base<'c>(
    context: &'c Context<'_>,
    at: usize,
    sentence: &Sentence<'_>,
    place: usize,
) -> Option<Labelled<'c>> {
    let (passage, number) = (sentence.passage, sentence.passage.numbers.get(place)?);
    let Some(Evidence::Matching(known)) = context.evidence(at).get(place) else { return None };
    let figure = context.statistics.figures.get(&known.figure)?;
    let whole = figure.base.as_ref().and_then(|base| context.statistics.figures.get(base))?;
    let stated = whole.total.number()?;
    let mut direct = context.relations(at).with_number(place).filter(|known| known.direct && known.part == Some(place));
    let relation = direct.find(|relation| {
        let base = passage.numbers.get(relation.base);
        base.is_some_and(|base| {
            let of_a_group = whole.parts.values().filter_map(Value::number).any(|value| value == base.value);
            // Another figure has this part of this whole.
            let carried = context.figures.has_share(number.value, base.value);
            base.value != stated && !base.bound && !of_a_group && !carried
        })
    })?;
    if figure.total.number() != Some(number.value) || sentence.is_qualified(number, &[]) {
        return None;
    }
    let what = say!(
        "counted on another base than `{figure}`, which is {number} of {stated}",
        stated,
        figure = known.figure,
        number = number.value
    );
    Some(Labelled::new(at, place, relation.range(passage), passage, (&known.figure, figure), what))
}

/// What the figure says, where the number is none of its values.
fn differs(figure: &Computed, whole: Option<&Value>, passage: &Passage, number: &Number) -> Option<Said> {
    if number.is_percent() {
        let share = match &figure.total {
            Value::Percent { value, .. } => *value,
            other => percent_of(other.number()?, whole?.number()?)?,
        };
        return (!tells(passage, number, share)).then(|| say!("{share} percent", share = short(share)));
    }
    match &figure.total {
        Value::Count(total) if number.unit != Unit::Money && number.count().is_some() => {
            let all = std::iter::once(&figure.total).chain(figure.parts.values());
            let known = all.filter_map(Value::number).any(|value| tells(passage, number, value));
            (!known).then(|| Said::verbatim(total))
        }
        Value::Amount { value, unit, .. } => {
            let whole = amount(*value, unit.as_deref(), passage.language);
            (number.value != *value && !tells(passage, number, whole))
                .then(|| Said::verbatim(format!("{value} {}", unit.as_deref().unwrap_or_default()).trim_end()))
        }
        _ => None,
    }
}

/// A sentence, read once for all its numbers.
struct Sentence<'p> {
    passage: &'p Passage,
    range: &'p Range<usize>,
    words: Vec<Word>,
    /// The stems of the words, in their order, and where each stands first.
    stems: Vec<String>,
    first: BTreeMap<String, usize>,
    values: BTreeMap<Exact, Vec<usize>>,
    /// It speaks of another time, of a target, or of a year.
    of_other_time: bool,
    /// Stems of words that name a group, or one unit: what is no part of a label narrows what is counted.
    narrowing: BTreeSet<String>,
}

impl<'p> Sentence<'p> {
    fn new(passage: &'p Passage, range: &'p Range<usize>) -> Self {
        let lists = lang::lists(passage.language);
        let (tokens, lower) = (passage.tokens_in(range), passage.lower.get(range.clone()).unwrap_or(""));
        let words = content(passage.slice(range.clone()), passage.language);
        let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
        let first = stems.iter().enumerate().rev().map(|(at, stem)| (stem.clone(), at)).collect();
        let numbers = || passage.numbers_in(range).filter_map(|at| Some((at, passage.numbers.get(at)?)));
        let mut values: BTreeMap<Exact, Vec<usize>> = BTreeMap::new();
        for (at, number) in numbers() {
            values.entry(number.value).or_default().push(at);
        }
        let year =
            |number: &Number| number.allowed.is_some() && number.count().is_some_and(|n| (1900..2100).contains(&n));
        let word = |token: &Token| passage.lower.get(token.range.clone()).unwrap_or("");
        // "I Farsta", "at Northfield"
        let places = tokens.windows(2).filter(|two| {
            lists.places.contains(&word(&two[0]))
                && passage.slice(two[1].range.clone()).starts_with(char::is_uppercase)
                && !lists.months.contains(&word(&two[1]))
        });
        let groups = tokens.iter().filter(|token| token.group.is_some() || token.tags.any(&[Tag::Women, Tag::Men]));
        let narrowing = places.map(|two| &two[1]).chain(groups);
        Self {
            words,
            first,
            values,
            stems,
            of_other_time: numbers().any(|(_, number)| year(number))
                || holds(lower, &lists.target)
                || holds(lower, &lists.earlier),
            narrowing: narrowing.map(|token| stem(word(token), passage.language)).collect(),
            passage,
            range,
        }
    }

    /// Where the nth word stands in the passage.
    fn place(&self, word: usize) -> Range<usize> {
        let place = self.words.get(word).map_or(0..0, |word| word.range.clone());
        self.range.start + place.start..self.range.start + place.end
    }

    /// How many words begin before a place of the passage.
    fn words_before(&self, at: usize) -> usize {
        self.words.partition_point(|word| self.range.start + word.range.start < at)
    }

    /// Whether no other number stands among some words and between them and their own.
    fn is_unbroken(&self, words: &Range<usize>, own: &Number) -> bool {
        let Some(last) = words.end.checked_sub(1).filter(|last| *last < self.words.len()) else { return false };
        let (start, end) =
            (self.place(words.start).start.min(own.range.start), self.place(last).end.max(own.range.end));
        let from = self.passage.numbers.partition_point(|number| number.range.end <= start);
        let mut inside = self.passage.numbers[from..].iter().take_while(|number| number.range.start < end);
        inside.all(|number| number.range == own.range)
    }

    /// Whether another number than that at `place` states a value, in the same unit.
    fn states(&self, value: Exact, place: usize) -> bool {
        let unit = |at: usize| self.passage.numbers[at].unit;
        let mut all = self.values.get(&value).into_iter().flatten();
        all.any(|other| *other != place && unit(*other) == unit(place))
    }

    fn tokens_before(&self, at: usize) -> &'p [Token] {
        self.passage.tokens_in(&(self.range.start..at))
    }

    /// Another year, one unit, one sex, a target: another number is right there.
    fn is_qualified(&self, number: &Number, stems: &[String]) -> bool {
        let last = || self.tokens_before(number.range.start).last();
        // "varav 3 ärenden med …", "ytterligare 3"
        let of_other = || last().is_some_and(|token| token.tags.any(&[Tag::OfWhich, Tag::Further]));
        self.of_other_time || !self.narrowing.iter().all(|stem| stems.contains(stem)) || of_other()
    }

    /// "Av akter utan samtycke var sex ofullständiga": the label is the whole that the number is a part of.
    fn is_part(&self, number: &Number, stems: &[String]) -> bool {
        // "Five of the homes visited": a part of what the label counts.
        let behind = self.passage.tokens_in(&(number.range.end..self.range.end)).first();
        if behind.is_some_and(|token| token.has(Tag::Of)) {
            return true;
        }
        let before = self.words_before(number.range.start);
        let places = stems.iter().map(|stem| self.first.get(stem).copied().filter(|at| *at < before));
        let Some(first) = places.collect::<Option<Vec<_>>>().and_then(|places| places.into_iter().min()) else {
            return false;
        };
        self.tokens_before(self.place(first).start).iter().rev().take(2).any(|token| token.has(Tag::Of))
    }
}
