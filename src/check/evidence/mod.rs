//! What carries each number of the prose: a binding, a figure that says the same, a reason why none is needed, or nothing.

mod cell;
mod certain;
mod figures;
mod label;
mod labelled;
mod mistaken;
mod near;
mod remainder;
pub mod sexes;

use crate::diagnostic::{self, say};
use std::collections::BTreeSet;

use super::claim::relation::Relations;
use super::claim::worded::Approximation;
use super::content::content;
use super::number::{Allowed, Form, Number, Unit};
use super::prose::{Passage, Place, Prose};
use super::words::clip;
use crate::locale::Gender;
use crate::value::{Exact, Value};
use certain::Stated;
use figures::{Candidate, Quantity};
use label::Said;
use near::{group_beside, is_time};

pub use figures::{Figures, amount};
pub use labelled::labelled;
pub use mistaken::{Mistaken, mistaken};
pub use near::counts_other;

/// What a number of the prose rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    Bound,
    /// A figure has this value and its label's words stand in the sentence.
    Matching(Match),
    Allowed(Allowed),
    /// Nothing.
    Missing,
}

/// A figure that carries a typed number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    pub figure: String,
    /// What to write: `{{ sip.any | women }}`.
    pub binding: String,
    /// Why it is not certain that the figure is meant; nothing where it is and the binding prints what was typed.
    pub doubt: Option<diagnostic::Said>,
}

/// The evidence of each number of each passage.
#[must_use]
pub fn evidence(
    prose: &Prose,
    relations: &[Relations],
    approximations: &[Vec<Approximation>],
    figures: &Figures<'_>,
    units: &[&str],
) -> Vec<Vec<Evidence>> {
    let attributed = prose.attributed();
    let mut heading = None;
    let mut out = Vec::with_capacity(prose.passages.len());
    for (at, passage) in prose.passages.iter().enumerate() {
        if passage.place == Place::Heading {
            heading = Some(passage.text.as_str());
        }
        let worded = approximations.get(at).map_or(&[][..], Vec::as_slice);
        let quoted = passage.place == Place::Quote && attributed.get(at) == Some(&true);
        let of = Finder { passage, heading, units, relations: &relations[at], figures };
        out.push(of.evidence(quoted, worded));
    }
    out
}

/// What is looked at for the numbers of one passage.
struct Finder<'a> {
    passage: &'a Passage,
    heading: Option<&'a str>,
    units: &'a [&'a str],
    relations: &'a Relations,
    figures: &'a Figures<'a>,
}

impl Finder<'_> {
    fn evidence(&self, quoted: bool, approximations: &[Approximation]) -> Vec<Evidence> {
        let (passage, figures) = (self.passage, self.figures);
        let shares: BTreeSet<usize> = approximations
            .iter()
            .filter(|words| words.share.is_some())
            .flat_map(|words| &words.numbers)
            .copied()
            .collect();
        let announced = passage.announced().map(|(announced, _)| announced);
        let mut said: Option<Said> = None;
        let mut out = Vec::with_capacity(passage.numbers.len());
        for (at, number) in passage.numbers.iter().enumerate() {
            out.push(if number.bound {
                Evidence::Bound
            } else if quoted {
                Evidence::Allowed(Allowed::Quotation)
            } else if let Some(class) = number.allowed {
                Evidence::Allowed(class)
            } else if shares.contains(&at) {
                Evidence::Allowed(Allowed::Share)
            } else if announced == Some(at) {
                Evidence::Allowed(Allowed::Structure)
            } else if figures.remainders.declares(passage, number) {
                Evidence::Allowed(Allowed::Remainder)
            } else {
                let sentence = passage.sentence(number.range.start);
                let said = match &mut said {
                    Some(known) if known.range == sentence => known,
                    _ => said.insert(Said::new(passage, sentence)),
                };
                self.unallowed(at, said)
            });
        }
        self.wholes(&mut out);
        out
    }

    /// The evidence of a number that needs some.
    fn unallowed(&self, at: usize, said: &Said) -> Evidence {
        let (passage, figures) = (self.passage, self.figures);
        // A span of time is no count: "mer än tio år" is not the ten cases of the same row.
        let time = is_time(passage, at);
        let label = figures.is_label(passage, at);
        if time && label {
            return Evidence::Allowed(Allowed::Label);
        }
        match self.matching(at, said, time) {
            Some(found) => Evidence::Matching(found),
            None if label => Evidence::Allowed(Allowed::Label),
            None => Evidence::Missing,
        }
    }

    /// What relations say of the figures that were found.
    fn wholes(&self, out: &mut [Evidence]) {
        let (passage, figures) = (self.passage, self.figures);
        let total = |id: &str| figures.statistics.figures.get(id).and_then(|figure| figure.total.number());
        let base = |id: &str| figures.statistics.figures.get(id).and_then(|figure| figure.base.clone());
        for relation in self.relations.iter() {
            let Some(whole) = passage.numbers.get(relation.base) else { continue };
            // Where "a av b" stands, a figure with another whole is not certainly the one that is meant.
            for at in [relation.part, relation.percent].into_iter().flatten() {
                if let Some(Evidence::Matching(found)) = out.get_mut(at)
                    && base(&found.figure).and_then(|base| total(&base)) != Some(whole.value)
                {
                    let other = say!("it is counted on {whole}, and the figure is not", whole = whole.value);
                    found.doubt.get_or_insert(other);
                }
            }
            if relation.direct
                && let Some(Evidence::Matching(found)) = out.get_mut(relation.base)
            {
                found.doubt.get_or_insert(say!("a part is counted on it"));
            }
        }
        // The whole of a share that matches is the base of its figure.
        for relation in self.relations.iter() {
            let Some(Evidence::Matching(found)) = relation.part.and_then(|part| out.get(part)) else { continue };
            let Some(id) = base(&found.figure) else { continue };
            let Some(number) = passage.numbers.get(relation.base) else { continue };
            if out.get(relation.base) == Some(&Evidence::Missing) && total(&id) == Some(number.value) {
                let binding = figures.binding(&id, "", number, passage);
                let doubt = Some(say!("the sentence does not have its whole label"));
                if let Some(place) = out.get_mut(relation.base) {
                    *place = Evidence::Matching(Match { figure: id, binding, doubt });
                }
            }
        }
    }

    fn matching(&self, at: usize, said: &Said, time: bool) -> Option<Match> {
        let (passage, figures) = (self.passage, self.figures);
        let number = &passage.numbers[at];
        // One end of a range is not the figure.
        let before = passage.lower.get(..number.range.start).unwrap_or("");
        let after = passage.lower.get(number.range.end..).unwrap_or("");
        let digit = |c: char| c.is_ascii_digit();
        let ranged = after.strip_prefix(['-', '–']).is_some_and(|rest| rest.trim_start().starts_with(digit))
            || before.strip_suffix(['-', '–']).is_some_and(|rest| rest.trim_end().ends_with(digit));
        let stating = figures.stating(number, said);
        if ranged || stating.is_empty() {
            return None;
        }
        let group = group_beside(passage, number, said);
        let mut scored: Vec<(usize, &Candidate<'_>)> = stating
            .into_iter()
            .filter(|(candidate, shared)| {
                let enough = *shared >= 2 || (*shared == 1 && candidate.label.stems.len() == 1);
                enough && shared * 2 >= candidate.label.stems.len()
            })
            .filter(|(candidate, _)| candidate.of.is_none() || candidate.of == group)
            .filter(|(candidate, _)| figures.same(candidate, number, passage))
            .filter(|(candidate, _)| match candidate.value {
                // A span of time is no count: "mer än tio år" is not the ten cases of the same row.
                Quantity::Count(_) => !time && !counts_other(passage, number, |stem| figures.counts(candidate, stem)),
                _ => true,
            })
            .map(|(candidate, shared)| (shared * 10 + usize::from(candidate.of.is_some()) * 5, candidate))
            .collect();
        // Of those that fit as well the one that says least besides, and that an author gave.
        let rank = |(score, candidate): &(usize, &Candidate<'_>)| {
            (std::cmp::Reverse(*score), candidate.label.stems.len(), !candidate.given)
        };
        scored.sort_by_key(rank);
        let (best, candidate) = scored.first()?;
        let alike = scored
            .iter()
            .skip(1)
            .find(|(score, other)| score >= best && other.id != candidate.id && !candidate.says_as_well(other));
        let (heading, units, relations) = (self.heading, self.units, self.relations);
        let stated = Stated { passage, at, said, relations, heading, units };
        let doubt = alike
            .map(|(_, other)| say!("the figure `{other}` fits as well", other = other.id))
            .or_else(|| figures.doubt(&stated, candidate));
        Some(Match {
            figure: candidate.id.to_owned(),
            binding: figures.binding(candidate.id, &candidate.filter, number, passage),
            doubt,
        })
    }
}

impl Figures<'_> {
    /// Whether a stem is one of what a figure counts: its own label's, its base's or its table's.
    fn counts(&self, candidate: &Candidate<'_>, stem: &str) -> bool {
        candidate.label.stems.contains(stem)
            || candidate.table.contains(stem)
            || self.base(candidate).is_some_and(|base| base.label.stems.contains(stem))
    }

    pub fn same(&self, candidate: &Candidate<'_>, number: &Number, passage: &Passage) -> bool {
        match candidate.value {
            Quantity::Count(value) => number.count().is_some() && number.value == value && number.form != Form::Round,
            Quantity::Amount { value, ref unit } => {
                let rest = passage.lower.get(number.end..).unwrap_or("").trim_start();
                let named = unit.as_ref().is_none_or(|unit| rest.starts_with(unit.as_str()));
                let plain = number.unit == Unit::Money || (number.unit == Unit::None && named);
                plain && !number.is_fraction() && number.value == value
            }
            Quantity::Percent { value, exact } => {
                if number.is_fraction() {
                    return exact && number.value == value && candidate.base.is_some();
                }
                number.is_percent() && value.round(number.decimals, self.rounding) == number.value
            }
        }
    }

    /// What to write instead of a typed number.
    fn binding(&self, id: &str, filter: &str, number: &Number, passage: &Passage) -> String {
        let capital = passage.slice(number.range.clone()).starts_with(char::is_uppercase);
        let form = match (number.form, number.is_percent(), number.decimals) {
            (Form::Fraction, ..) => " | share".to_owned(),
            (_, true, 0) => " | percent".to_owned(),
            (_, true, decimals) => format!(" | percent {decimals}"),
            (Form::Words, ..) if capital => " | words | capital".to_owned(),
            (Form::Words, ..) => " | words".to_owned(),
            _ => String::new(),
        };
        format!("{{{{ {id}{filter}{form} }}}}")
    }

    /// Whether the program would print a value as it was typed.
    fn prints(&self, candidate: &Candidate<'_>, number: &Number, passage: &Passage) -> bool {
        let even = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
        let typed = even(passage.slice(number.range.clone()));
        let capital = typed.starts_with(char::is_uppercase);
        let printed = match (number.form, number.is_percent()) {
            (Form::Fraction | Form::Round, _) => return false,
            _ if matches!(candidate.value, Quantity::Amount { .. }) => match self.value(candidate) {
                Some(Value::Amount { value, decimals, unit: Some(unit) }) => {
                    Some(format!("{} {unit}", self.locale.number(value, *decimals)))
                }
                _ => None,
            },
            (_, true) => percent_ratio(number.value).map(|ratio| self.locale.percent(&ratio, number.decimals)),
            (Form::Words, _) => number.count().and_then(|n| self.locale.words(n, Gender::Neuter)),
            _ if number.unit == Unit::None => Some(self.locale.number(&number.value, number.decimals)),
            _ => None,
        };
        let printed = printed.map(|printed| if capital { self.locale.capitalise(&printed) } else { printed });
        printed.is_some_and(|printed| even(&printed) == typed)
    }

    /// The value of a figure, of one of its groups or columns.
    fn value(&self, candidate: &Candidate<'_>) -> Option<&Value> {
        let figure = self.statistics.figures.get(candidate.id)?;
        match candidate.filter.strip_prefix(" | column ") {
            Some(column) => figure.columns.iter().find(|(id, _)| *id == column).map(|(_, value)| value),
            None => figure.value(candidate.of),
        }
    }

    /// Whether the number is part of how the data names a category: "fyra till nio år" for the row "4–9 år".
    fn is_label(&self, passage: &Passage, at: usize) -> bool {
        let Some(number) = passage.numbers.get(at) else { return false };
        if number.count().is_none() {
            return false;
        }
        let sentence = passage.sentence(number.range.start);
        let after = clip(passage.slice(number.range.end..sentence.end), 200);
        let stems: Vec<String> = content(after, passage.language).into_iter().take(2).map(|word| word.stem).collect();
        self.names_category(number.value, &stems)
    }
}

fn percent_ratio(value: Exact) -> Option<Exact> {
    value.checked_div(Exact::from(100_i64))
}
