//! Where the same thing has two numbers: by a figure's label, and by a sentence that stands in two chapters.

mod retold;
mod sentence;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Context;
use super::claim::bounds::short;
use super::claim::relation::percent_of;
use super::claim::tells;
use super::content::content;
use super::evidence::{Evidence, amount, counts_other};
use super::hedges::hedge;
use super::number::{Number, Unit};
use super::prose::Passage;
use super::rule::Rule;
use crate::compute::statistics::Computed;
use crate::diagnostic::Diagnostic;
use crate::document::data::Sex;
use crate::value::Value;
use sentence::{Sentence, Sentences};

pub use retold::retold;

/// A typed number beside a figure's label that is none of its values.
pub struct Labelled {
    pub passage: usize,
    pub number: usize,
    figure: String,
    /// The number, with the base where that is what differs.
    range: Range<usize>,
    stated: String,
    base: bool,
}

impl Labelled {
    pub fn diagnostic(&self, rule: &Rule, passage: &Passage, context: &Context<'_>) -> Diagnostic {
        let text = passage.slice(self.range.clone());
        let what = if self.base { "counted on another base" } else { "another number" };
        let mut out = rule
            .at(
                passage.span(self.range.clone()),
                format!("`{text}` is {what} than `{}`, which is {}", self.figure, self.stated),
            )
            .help(format!("bind it: {{{{ {} }}}}; where it is another thing, say so in other words", self.figure));
        if let Some(figure) = context.statistics.figures.get(&self.figure) {
            out = out.also(figure.span, "the figure");
        }
        out
    }
}

/// Labels by their words.
struct Labels<'a> {
    /// The stems of each label, and the figure: the last of those that are called alike.
    all: BTreeMap<Vec<String>, &'a str>,
    longest: usize,
}

/// A label of more words stands in no sentence.
const LONGEST: usize = 24;

impl<'a> Labels<'a> {
    fn new(context: &'a Context<'_>) -> Self {
        let language = context.project.report.language;
        let own = context.statistics.figures.iter().filter(|(_, figure)| figure.columns.is_empty());
        let words = own.map(|(id, figure)| {
            let stems = content(&figure.label.value, language).into_iter().map(|word| word.stem);
            (stems.collect::<Vec<_>>(), id.as_str())
        });
        let told = words.filter(|(stems, id)| stems.len() >= 2 || is_measure(context, id, stems));
        let all: BTreeMap<Vec<String>, &str> = told.filter(|(stems, _)| stems.len() <= LONGEST).collect();
        let longest = all.keys().map(Vec::len).max().unwrap_or(0);
        Self { all, longest }
    }

    /// The longest label whose words stand directly behind the number ("17 ärenden med aktuell SIP"), or directly before it ("project budget of
    /// 540"): that is the one that is meant.
    fn beside(&self, sentence: &Sentence<'_>, number: &Number) -> Option<(&'a str, &[String])> {
        let stems = &sentence.stems;
        let start = hedge(&sentence.passage.lower, number.range.start).map_or(number.range.start, |(_, start)| start);
        let (before, after) = (sentence.words_before(start), sentence.words_before(number.range.end));
        let mut best: Option<(usize, &'a str, &[String])> = None;
        let mut take = |from: usize, length: usize| {
            if let Some((stems, id)) = stems.get(from..from + length).and_then(|words| self.all.get_key_value(words))
                && best.is_none_or(|(known, other, _)| (known, other) < (length, *id))
            {
                best = Some((length, id, stems));
            }
        };
        for skip in 0..=1 {
            for length in 1..=self.longest {
                let Some(last) = sentence.words.get(after + skip + length - 1) else { break };
                if !sentence.unbroken(number.range.end..sentence.place(last).end, number) {
                    break;
                }
                take(after + skip, length);
            }
        }
        let near = before.checked_sub(1).and_then(|last| sentence.words.get(last)).is_some_and(|last| {
            let between = sentence.passage.slice(sentence.place(last).end..start);
            between.split_whitespace().take(3).count() <= 2
        });
        for length in (1..=self.longest.min(before)).take_while(|_| near) {
            let first = before - length;
            let from = sentence.words.get(first).map_or(0, |word| sentence.place(word).start);
            if !sentence.unbroken(from..number.range.start, number) {
                break;
            }
            take(first, length);
        }
        best.map(|(_, id, stems)| (id, stems))
    }
}

/// All of them, in the order of the report.
pub fn labelled(context: &Context<'_>) -> Vec<Labelled> {
    let labels = Labels::new(context);
    let mut out: Vec<Labelled> = Vec::new();
    for (at, passage) in context.passages() {
        let mut sentences = Sentences::new(passage);
        let relations = context.relations(at);
        other_bases(context, at, &mut sentences, &mut out);
        let told = out.iter().rev().take_while(|known| known.passage == at);
        let told: BTreeSet<usize> = told.map(|known| known.number).collect();
        for (place, number) in passage.numbers.iter().enumerate() {
            let needs = matches!(context.evidence(at).get(place), Some(Evidence::Missing | Evidence::Matching(_)));
            let whole = relations.with_number(place).any(|relation| relation.base == place);
            if !needs || whole || number.is_fraction() || number.unit == Unit::Points || told.contains(&place) {
                continue;
            }
            let sentence = sentences.sentence_at(number.range.start);
            let Some((id, stems)) = labels.beside(sentence, number) else { continue };
            if sentence.qualified(number, stems) {
                continue;
            }
            let Some(figure) = context.statistics.figures.get(id) else { continue };
            let whole = figure.base.as_ref().and_then(|base| context.statistics.figures.get(base));
            let base_value = whole.and_then(|base| base.total.number());
            let related = relations.with_number(place).find(|relation| relation.part == Some(place));
            if let (Some(relation), Some(base_value)) = (related, base_value)
                && let Some(base) = passage.numbers.get(relation.base)
                && figure.total.number() == Some(number.value)
                && base.value != base_value
                && !base.bound
            {
                let range = relation.range(passage);
                let stated = format!("{} of {base_value}", number.value);
                out.push(Labelled { passage: at, number: place, figure: id.to_owned(), range, stated, base: true });
                continue;
            }
            // "Av 50 granskade akter är 21 …": the figure's own number stands in the sentence, so this one is another thing's.
            let stated_too = figure.total.number().is_some_and(|value| sentence.states(value, place));
            let figure_of_another =
                matches!(context.evidence(at).get(place), Some(Evidence::Matching(found)) if found.figure != id);
            let other = counts_other(passage, number, |stem| stems.iter().any(|known| known == stem))
                && !matches!(figure.total, Value::Amount { .. });
            if stated_too || figure_of_another || other || sentence.is_part(number, stems) {
                continue;
            }
            if let Some(stated) = differs(figure, whole.map(|base| &base.total), passage, number) {
                out.push(Labelled {
                    passage: at,
                    number: place,
                    figure: id.to_owned(),
                    range: number.range.clone(),
                    stated,
                    base: false,
                });
            }
        }
    }
    out
}

/// A label of one long word that says what is measured: "svarsfrekvens". Short words and counts are said of too many things.
fn is_measure(context: &Context<'_>, id: &str, stems: &[String]) -> bool {
    let figure = context.statistics.figures.get(id);
    let measured = figure.is_some_and(|figure| {
        let share = figure.base.is_some() && matches!(figure.total, Value::Count(_));
        share || matches!(figure.total, Value::Percent { .. } | Value::Amount { .. })
    });
    measured && matches!(stems, [stem] if stem.chars().count() >= 8)
}

/// "Riskbedömning finns i 21 av 52 akter", where the figure has its 21 of 50.
fn other_bases(context: &Context<'_>, at: usize, sentences: &mut Sentences<'_>, out: &mut Vec<Labelled>) {
    let passage = sentences.passage;
    for relation in context.relations(at).iter().filter(|relation| relation.direct) {
        let Some(part) = relation.part else { continue };
        let Some(Evidence::Matching(found)) = context.evidence(at).get(part) else { continue };
        let Some(figure) = context.statistics.figures.get(&found.figure) else { continue };
        let whole = figure.base.as_ref().and_then(|base| context.statistics.figures.get(base));
        let (Some(whole), Some(number), Some(base)) =
            (whole, passage.numbers.get(part), passage.numbers.get(relation.base))
        else {
            continue;
        };
        let Some(stated) = whole.total.number() else { continue };
        let of_a_sex = [Sex::Women, Sex::Men]
            .iter()
            .any(|sex| whole.value(Some(*sex)).and_then(Value::number) == Some(base.value));
        let same = figure.total.number() == Some(number.value);
        // Another figure has this part of this whole.
        let carried = context.figures.has_share(number.value, base.value);
        if same
            && !carried
            && base.value != stated
            && !base.bound
            && !of_a_sex
            && !sentences.sentence_at(number.range.start).qualified(number, &[])
        {
            out.push(Labelled {
                passage: at,
                number: part,
                figure: found.figure.clone(),
                range: relation.range(passage),
                stated: format!("{} of {stated}", number.value),
                base: true,
            });
        }
    }
}

/// What the figure says, where the number is none of its values.
fn differs(figure: &Computed, whole: Option<&Value>, passage: &Passage, number: &Number) -> Option<String> {
    let values = [figure.value(None), figure.value(Some(Sex::Women)), figure.value(Some(Sex::Men))];
    if number.is_percent() {
        let (part, whole) = match &figure.total {
            Value::Percent { value, .. } => {
                return (!tells(passage, number, *value)).then(|| format!("{} percent", short(*value)));
            }
            other => (other.number()?, whole?.number()?),
        };
        let share = percent_of(part, whole)?;
        return (!tells(passage, number, share)).then(|| format!("{} percent", short(share)));
    }
    let money = number.unit == Unit::Money;
    match &figure.total {
        Value::Count(total) if !money && number.count().is_some() => {
            let known =
                values.into_iter().flatten().filter_map(Value::number).any(|value| tells(passage, number, value));
            (!known).then(|| total.to_string())
        }
        Value::Amount { value, unit, .. } => {
            let whole = amount(*value, unit.as_deref());
            (number.value != *value && !tells(passage, number, whole))
                .then(|| format!("{value} {}", unit.as_deref().unwrap_or_default()).trim_end().to_owned())
        }
        _ => None,
    }
}
