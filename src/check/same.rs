//! Where the same thing has two numbers: by a figure's label, and by a sentence that stands in two chapters.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Context;
use super::approximate::{is_hedge, of_fraction, short};
use super::evidence::{Evidence, amount, counts_other};
use super::number::{Number, Unit};
use super::prose::{Passage, Role};
use super::relation::percent_of;
use super::rule::Rule;
use super::vocabulary;
use super::words::{Word, content, holds};
use crate::check::words::Lowered as _;
use crate::compute::value::Value;
use crate::diagnostic::Diagnostic;
use crate::model::Sex;

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

/// All of them, in the order of the report.
pub fn labelled(context: &Context<'_>) -> Vec<Labelled> {
    let language = context.project.report.language;
    let labels: Vec<(&String, Vec<String>)> = context
        .statistics
        .figures
        .iter()
        .filter(|(_, figure)| figure.columns.is_empty())
        .map(|(id, figure)| {
            (id, content(&figure.label.value, language).into_iter().map(|word| word.stem).collect::<Vec<_>>())
        })
        .filter(|(id, stems)| stems.len() >= 2 || is_measure(context, id, stems))
        .collect();
    let mut out = Vec::new();
    for (at, passage) in context.passages() {
        other_bases(context, at, passage, &mut out);
        for (place, number) in passage.numbers.iter().enumerate() {
            let needs = matches!(context.evidence(at).get(place), Some(Evidence::Missing | Evidence::Matching(_)));
            let whole = context.relations(at).iter().any(|relation| relation.base == place);
            if !needs || whole || number.is_fraction() || number.unit == Unit::Points {
                continue;
            }
            let sentence = passage.sentence(number.range.start);
            let words = content(passage.slice(sentence.clone()), language);
            // The longest label that stands with the number is the one that is meant.
            let best = labels
                .iter()
                .filter(|(_, stems)| beside(stems, &words, passage, &sentence, number))
                .max_by_key(|(_, stems)| stems.len());
            let Some((id, stems)) = best else { continue };
            if out.iter().any(|known: &Labelled| known.passage == at && known.number == place) {
                continue;
            }
            if qualified(passage, &sentence, number, stems) {
                continue;
            }
            let Some(figure) = context.statistics.figures.get(*id) else { continue };
            let whole = figure.base.as_ref().and_then(|base| context.statistics.figures.get(base));
            let base_value = whole.and_then(|base| base.total.number());
            let related = context.relations(at).iter().find(|relation| relation.part == Some(place));
            if let (Some(relation), Some(base_value)) = (related, base_value)
                && let Some(base) = passage.numbers.get(relation.base)
                && figure.total.number() == Some(number.value)
                && base.value != base_value
                && !base.bound
            {
                let range = relation.range(passage);
                let stated = format!("{} of {base_value}", number.value);
                out.push(Labelled { passage: at, number: place, figure: (*id).clone(), range, stated, base: true });
                continue;
            }
            // "Av 50 granskade akter är 21 …": the figure's own number stands in the sentence, so this one is another thing's.
            let stated_too = passage.numbers.iter().enumerate().any(|(other, known)| {
                let inside = sentence.start <= known.range.start && known.range.end <= sentence.end;
                inside && other != place && figure.total.number() == Some(known.value) && known.unit == number.unit
            });
            let figure_of_another =
                matches!(context.evidence(at).get(place), Some(Evidence::Matching(found)) if found.figure != **id);
            let other = counts_other(passage, number, |stem| stems.iter().any(|known| known == stem))
                && !matches!(figure.total, Value::Amount { .. });
            if stated_too || figure_of_another || other || is_part(passage, &sentence, number, stems) {
                continue;
            }
            if let Some(stated) = differs(figure, whole.map(|base| &base.total), number) {
                out.push(Labelled {
                    passage: at,
                    number: place,
                    figure: (*id).clone(),
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
fn other_bases(context: &Context<'_>, at: usize, passage: &Passage, out: &mut Vec<Labelled>) {
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
        let sentence = passage.sentence(number.range.start);
        let same = figure.total.number() == Some(number.value);
        // Another figure has this part of this whole.
        let carried = context.figures.has_share(number.value, base.value);
        if same
            && !carried
            && base.value != stated
            && !base.bound
            && !of_a_sex
            && !qualified(passage, &sentence, number, &[])
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

/// "Av akter utan samtycke var sex ofullständiga": the label is the whole that the number is a part of.
fn is_part(passage: &Passage, sentence: &Range<usize>, number: &Number, stems: &[String]) -> bool {
    let vocabulary = vocabulary::of(passage.language);
    let before = passage.slice(sentence.start..number.range.start);
    let after = passage.slice(number.range.end..sentence.end).trim_start().lowered();
    // "Five of the homes visited": a part of what the label counts.
    if after.split_whitespace().next().is_some_and(|word| vocabulary.of.contains(&word)) {
        return true;
    }
    let words = content(before, passage.language);
    let named = stems.iter().all(|stem| words.iter().any(|word| word.stem == *stem));
    let Some(first) = words.iter().find(|word| stems.contains(&word.stem)).filter(|_| named) else { return false };
    let opening = before[..first.range.start].lowered();
    opening.split_whitespace().rev().take(2).any(|word| vocabulary.of.contains(&word))
}

/// Whether a label's words stand directly behind the number ("17 ärenden med aktuell SIP"), or directly before it ("project budget of 540").
fn beside(stems: &[String], words: &[Word], passage: &Passage, sentence: &Range<usize>, number: &Number) -> bool {
    let place = |word: &Word| sentence.start + word.range.start;
    let after: Vec<&str> =
        words.iter().filter(|word| place(word) >= number.range.end).map(|word| word.stem.as_str()).collect();
    let before: Vec<&str> =
        words.iter().filter(|word| place(word) < number.range.start).map(|word| word.stem.as_str()).collect();
    let unbroken = |from: usize, to: usize| {
        passage
            .numbers
            .iter()
            .all(|other| other.range.start >= to || other.range.end <= from || other.range == number.range)
    };
    let label: Vec<&str> = stems.iter().map(String::as_str).collect();
    let behind = (0..=1.min(after.len())).any(|skip| {
        after.get(skip..skip + label.len()) == Some(&label[..])
            && words
                .iter()
                .filter(|word| place(word) >= number.range.end)
                .nth(skip + label.len() - 1)
                .is_some_and(|last| unbroken(number.range.end, sentence.start + last.range.end))
    });
    let ahead = before.len() >= label.len() && before[before.len() - label.len()..] == label[..] && {
        let first = words.iter().filter(|word| place(word) < number.range.start).nth(before.len() - label.len());
        let last = words.iter().rfind(|word| place(word) < number.range.start);
        let near = last.is_some_and(|last| {
            passage.slice(sentence.start + last.range.end..number.range.start).split_whitespace().count() <= 2
        });
        near && first.is_some_and(|first| unbroken(place(first), number.range.start))
    };
    behind || ahead
}

/// Another year, one unit, one sex, a target: another number is right there.
pub fn qualified(passage: &Passage, sentence: &Range<usize>, number: &Number, stems: &[String]) -> bool {
    let vocabulary = vocabulary::of(passage.language);
    let text = passage.slice(sentence.clone());
    let lower = text.lowered();
    let in_label = |word: &str| content(word, passage.language).iter().any(|word| stems.contains(&word.stem));
    if holds(&lower, &vocabulary.target) || holds(&lower, &vocabulary.earlier) {
        return true;
    }
    let sexed = |list: &[&str]| {
        lower
            .split(|c: char| !c.is_alphabetic())
            .any(|word| !word.is_empty() && list.iter().any(|stem| word.starts_with(stem)) && !in_label(word))
    };
    let men = lower
        .split(|c: char| !c.is_alphabetic())
        .any(|word| matches!(word, "män" | "männen" | "pojkar" | "men" | "boys") && !in_label(word));
    if sexed(&vocabulary.women) || men {
        return true;
    }
    let year = passage.numbers.iter().any(|other| {
        sentence.start <= other.range.start
            && other.range.end <= sentence.end
            && other.allowed.is_some()
            && other.count().is_some_and(|n| (1900..2100).contains(&n))
    });
    if year {
        return true;
    }
    // "I Farsta", "at Northfield": a name that is no part of the label narrows what is counted.
    let mut words = text.split_whitespace();
    words.next();
    let mut previous = text.split_whitespace().next().unwrap_or("").lowered();
    for word in words {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let place = vocabulary.places.contains(&previous.as_str());
        if place
            && bare.starts_with(char::is_uppercase)
            && !in_label(bare)
            && !vocabulary.months.contains(&bare.lowered().as_str())
        {
            return true;
        }
        previous = bare.lowered();
    }
    // "varav 3 ärenden med …", "av dem"
    let before = passage.slice(sentence.start..number.range.start).lowered();
    before.trim_end().ends_with("varav")
        || before.trim_end().ends_with("of which")
        || before.trim_end().ends_with("ytterligare")
}

/// What the figure says, where the number is none of its values.
fn differs(figure: &crate::compute::statistics::Computed, whole: Option<&Value>, number: &Number) -> Option<String> {
    let values = [figure.value(None), figure.value(Some(Sex::Women)), figure.value(Some(Sex::Men))];
    if number.is_percent() {
        let (part, whole) = match &figure.total {
            Value::Percent { value, .. } => {
                return (value.round(number.decimals, crate::compute::exact::Rounding::default()) != number.value)
                    .then(|| format!("{} percent", short(*value)));
            }
            other => (other.number()?, whole?.number()?),
        };
        let share = percent_of(part, whole)?;
        let same = share.round(number.decimals, crate::compute::exact::Rounding::default()) == number.value;
        return (!same).then(|| format!("{} percent", short(share)));
    }
    let money = number.unit == Unit::Money;
    match &figure.total {
        Value::Count(total) if !money && number.count().is_some() => {
            let known = values.into_iter().flatten().filter_map(Value::number).any(|value| value == number.value);
            (!known).then(|| total.to_string())
        }
        Value::Amount { value, unit, .. } => {
            let whole = amount(*value, unit.as_deref());
            (number.value != *value && number.value != whole)
                .then(|| format!("{value} {}", unit.as_deref().unwrap_or_default()).trim_end().to_owned())
        }
        _ => None,
    }
}

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
    let mut out: Vec<Retold> = Vec::new();
    for said in summary.iter().filter(|said| !said.numbers.iter().all(|at| passage(said).numbers[*at].bound)) {
        let alike = |other: &&Statement| {
            // A percentage or an amount of money says in itself what it is.
            let named = said.units.iter().any(|unit| matches!(unit.as_str(), "%" | "%-" | "money" | "of"));
            said.stems.len() >= if named { 2 } else { 3 }
                && said.units == other.units
                && said.names == other.names
                && said.stems.is_subset(&other.stems)
        };
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
        let all: Vec<&Statement> = body.iter().filter(alike).collect();
        // Where one place says the same, the others speak of something else; so they do where a number has gone to another place:
        // "Av 60 elever saknade 15 betyg" and "Av 15 elever saknade 6 betyg i matematik".
        let agreed = all.iter().any(|other| {
            let moved = |(at, own): (usize, &usize)| {
                let value = passage(said).numbers[*own].value;
                other
                    .numbers
                    .iter()
                    .enumerate()
                    .any(|(place, number)| place != at && passage(other).numbers[*number].value == value)
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
    let vocabulary = vocabulary::of(passage.language);
    for sentence in &passage.sentences {
        let inside = |number: &Number| sentence.start <= number.range.start && number.range.end <= sentence.end;
        let all: Vec<(usize, &Number)> = passage
            .numbers
            .iter()
            .enumerate()
            .filter(|(_, number)| inside(number) && number.allowed.is_none())
            .collect();
        if all.is_empty() {
            continue;
        }
        let text = passage.slice(sentence.clone());
        let words = content(text, passage.language);
        let telling = |word: &&Word| {
            let at = sentence.start + word.range.start;
            if all.iter().any(|(_, number)| number.range.start <= at && at < number.range.end) {
                return false;
            }
            let lower = text[word.range.clone()].lowered();
            !vocabulary.reporting.iter().any(|stem| lower.starts_with(stem)) && !is_hedge(&lower)
        };
        let units = all
            .iter()
            .map(|(_, number)| {
                let next = words.iter().find(|word| sentence.start + word.range.start >= number.range.end);
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
        let years = passage
            .numbers
            .iter()
            .filter(|other| inside(other) && other.allowed.is_some())
            .map(|other| other.value.to_string());
        let capitals = text.split_whitespace().skip(1).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let names =
            capitals.filter(|word| word.starts_with(char::is_uppercase)).map(str::to_owned).chain(years).collect();
        let stems = words.iter().filter(telling).map(|word| word.stem.clone()).collect();
        let numbers = all.iter().map(|(place, _)| *place).collect();
        out.push(Statement { passage: at, numbers, stems, units, names });
    }
}
