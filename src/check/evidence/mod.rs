//! What carries each number of the prose: a binding, a figure that says the same, a reason why none is needed, or nothing.

mod near;
mod remainder;

use std::collections::BTreeSet;

use super::approximate::Approximation;
use super::number::{Allowed, Form, Number, Unit, factor};
use super::prose::{Passage, Place, Prose, Role};
use super::relation::{Relation, percent_of};
use super::same::qualified;
use super::words::content;
use crate::compute::exact::{Exact, Rounding};
use crate::compute::statistics::Statistics;
use crate::compute::table::Heading;
use crate::compute::value::Value;
use crate::locale::{Gender, Locale};
use crate::model::{Project, Sex};
use near::{is_time, sex_beside};
use remainder::Remainders;

use crate::check::words::Lowered as _;
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
    /// The binding prints what was typed, and no other figure fits as well.
    pub certain: bool,
}

/// Whether the numbers of a passage are statements of the report.
#[must_use]
pub fn is_audited(passage: &Passage) -> bool {
    passage.role != Role::References && !matches!(passage.place, Place::Label | Place::Source | Place::Attribution)
}

/// One value of a figure, as prose may state it.
struct Candidate<'a> {
    id: &'a str,
    /// `| women`, ` | column x`, or nothing.
    filter: String,
    value: Quantity,
    stems: BTreeSet<String>,
    /// For the row of a table what its caption and the head of its labels name.
    table: BTreeSet<String>,
    sex: Option<Sex>,
    base: Option<&'a str>,
}

enum Quantity {
    Count(Exact),
    Amount {
        value: Exact,
        /// The unit's first word in small letters, where it is no currency.
        unit: Option<String>,
    },
    /// A percentage, exact where it is computed.
    Percent {
        value: Exact,
        exact: bool,
    },
}

/// The figures of a report, ready to be found again in sentences.
pub struct Figures<'a> {
    candidates: Vec<Candidate<'a>>,
    /// Numbers that stand in labels, with the stems of the label's words.
    labels: Vec<(Exact, BTreeSet<String>)>,
    remainders: Remainders,
    statistics: &'a Statistics,
    locale: &'a Locale,
    rounding: Rounding,
}

impl<'a> Figures<'a> {
    #[must_use]
    pub fn new(project: &'a Project, statistics: &'a Statistics, locale: &'a Locale) -> Self {
        let language = project.report.language;
        let stems =
            |text: &str| -> BTreeSet<String> { content(text, language).into_iter().map(|word| word.stem).collect() };
        let mut candidates = Vec::new();
        for (id, figure) in &statistics.figures {
            let label = stems(&figure.label.value);
            let base = figure.base.as_deref();
            let given = id
                .rsplit_once('.')
                .and_then(|(table, _)| project.findings.tables.iter().find(|known| known.id.value == table));
            let around =
                given.map(|table| stems(&format!("{} {}", table.caption.value, table.stub.value))).unwrap_or_default();
            let mut add = |value: Quantity, filter: &str, sex: Option<Sex>, extra: &BTreeSet<String>| {
                let stems = label.union(extra).cloned().collect();
                let table = around.clone();
                candidates.push(Candidate { id, filter: filter.to_owned(), value, stems, table, sex, base });
            };
            let none = BTreeSet::new();
            for (sex, filter) in [(None, ""), (Some(Sex::Women), " | women"), (Some(Sex::Men), " | men")] {
                let Some(value) = figure.value(sex) else { continue };
                match value {
                    Value::Count(count) => {
                        add(Quantity::Count(*count), filter, sex, &none);
                        let whole = base.and_then(|base| statistics.figures.get(base)).and_then(|base| base.value(sex));
                        if let Some(share) = whole.and_then(Value::number).and_then(|whole| percent_of(*count, whole)) {
                            add(Quantity::Percent { value: share, exact: true }, filter, sex, &none);
                        }
                    }
                    Value::Percent { value, .. } => {
                        add(Quantity::Percent { value: *value, exact: false }, filter, sex, &none)
                    }
                    Value::Amount { value, unit, .. } => add(of_amount(*value, unit.as_deref()), filter, sex, &none),
                    _ => {}
                }
            }
            let table = id.rsplit_once('.').and_then(|(table, _)| statistics.tables.get(table));
            for (column, value) in &figure.columns {
                let heading = table.and_then(|table| table.columns.iter().find(|known| known.id == *column));
                let extra = match heading.map(|column| &column.label) {
                    Some(Heading::Given(text)) => stems(&text.value),
                    _ => continue,
                };
                let filter = format!(" | column {column}");
                match value {
                    Value::Count(value) => add(Quantity::Count(*value), &filter, None, &extra),
                    Value::Percent { value, .. } => {
                        add(Quantity::Percent { value: *value, exact: false }, &filter, None, &extra)
                    }
                    Value::Amount { value, unit, .. } => add(of_amount(*value, unit.as_deref()), &filter, None, &extra),
                    _ => {}
                }
            }
        }
        let mut labels = Vec::new();
        let texts = statistics.figures.values().map(|figure| figure.label.value.as_str());
        let captions = project.findings.tables.iter().flat_map(|table| {
            let columns = table.columns.iter().filter_map(|column| column.label.as_ref());
            columns.chain(table.rows.iter().map(|row| &row.label)).map(|text| text.value.as_str())
        });
        for text in texts.chain(captions) {
            let numbers = super::number::scan(text, language);
            if !numbers.is_empty() {
                let stems: BTreeSet<String> = stems(text);
                labels.extend(numbers.into_iter().map(|number| (number.value, stems.clone())));
            }
        }
        let remainders = Remainders::new(project, statistics);
        Self { candidates, labels, remainders, statistics, locale, rounding: project.workspace.rounding }
    }
}

/// An amount in its smallest unit: 7.25 "miljoner kronor" is 7 250 000.
#[must_use]
pub fn amount(value: Exact, unit: Option<&str>) -> Exact {
    value.checked_mul(factor(unit.unwrap_or_default())).unwrap_or(value)
}

fn of_amount(value: Exact, unit: Option<&str>) -> Quantity {
    let word = unit.and_then(|unit| unit.split_whitespace().last()).map(str::lowered);
    let currency =
        |word: &String| matches!(word.as_str(), "kronor" | "kr" | "sek" | "tkr" | "mnkr" | "mkr" | "euro" | "pounds");
    Quantity::Amount { value: amount(value, unit), unit: word.filter(|word| !currency(word)) }
}

/// The evidence of each number of each passage.
#[must_use]
pub fn evidence(
    prose: &Prose,
    relations: &[Vec<Relation>],
    approximations: &[Vec<Approximation>],
    figures: &Figures<'_>,
) -> Vec<Vec<Evidence>> {
    prose
        .passages
        .iter()
        .enumerate()
        .map(|(at, passage)| {
            let attributed = prose.passages.get(at + 1).is_some_and(|next| next.place == Place::Attribution);
            let quoted = passage.place == Place::Quote
                && (attributed
                    || prose.passages[at..]
                        .iter()
                        .find(|next| next.place != Place::Quote)
                        .is_some_and(|next| next.place == Place::Attribution));
            let worded = approximations.get(at).map_or(&[][..], Vec::as_slice);
            let related = relations.get(at).map_or(&[][..], Vec::as_slice);
            of_passage(passage, quoted, related, worded, figures)
        })
        .collect()
}

fn of_passage(
    passage: &Passage,
    quoted: bool,
    relations: &[Relation],
    approximations: &[Approximation],
    figures: &Figures<'_>,
) -> Vec<Evidence> {
    let mut out: Vec<Evidence> = passage
        .numbers
        .iter()
        .enumerate()
        .map(|(at, number)| {
            if number.bound {
                return Evidence::Bound;
            }
            if quoted {
                return Evidence::Allowed(Allowed::Quotation);
            }
            if let Some(class) = number.allowed {
                return Evidence::Allowed(class);
            }
            let with_share = approximations.iter().any(|words| words.share.is_some() && words.numbers.contains(&at));
            if with_share {
                return Evidence::Allowed(Allowed::Share);
            }
            if passage.announced().is_some_and(|(announced, _)| announced == at) {
                return Evidence::Allowed(Allowed::Structure);
            }
            if figures.remainders.declares(passage, number) {
                return Evidence::Allowed(Allowed::Remainder);
            }
            // A span of time is no count: "mer än tio år" is not the ten cases of the same row.
            let time = is_time(passage, at);
            if time && figures.is_label(passage, at) {
                return Evidence::Allowed(Allowed::Label);
            }
            if let Some(found) = figures.matching(passage, number, time) {
                return Evidence::Matching(found);
            }
            if figures.is_label(passage, at) {
                return Evidence::Allowed(Allowed::Label);
            }
            Evidence::Missing
        })
        .collect();
    // Where "a av b" stands, a figure with another whole is not certainly the one that is meant.
    for relation in relations.iter().filter(|relation| relation.direct) {
        let (Some(part), Some(whole)) = (relation.part, passage.numbers.get(relation.base)) else { continue };
        if let Some(Evidence::Matching(found)) = out.get_mut(part) {
            let base = figures.statistics.figures.get(&found.figure).and_then(|figure| figure.base.as_ref());
            let base = base.and_then(|id| figures.statistics.figures.get(id)).and_then(|base| base.total.number());
            found.certain &= base == Some(whole.value);
        }
        if let Some(Evidence::Matching(found)) = out.get_mut(relation.base) {
            found.certain = false;
        }
    }
    // The whole of a share that matches is the base of its figure.
    for relation in relations {
        let Some(part) = relation.part else { continue };
        let Some(Evidence::Matching(found)) = out.get(part) else { continue };
        let base = figures.statistics.figures.get(&found.figure).and_then(|figure| figure.base.clone());
        let Some((id, whole)) = base.and_then(|id| Some((id.clone(), figures.statistics.figures.get(&id)?))) else {
            continue;
        };
        let Some(number) = passage.numbers.get(relation.base) else { continue };
        if out.get(relation.base) == Some(&Evidence::Missing) && whole.total.number() == Some(number.value) {
            let binding = figures.binding(&id, "", number, passage);
            let certain = figures.prints(number, passage);
            if let Some(place) = out.get_mut(relation.base) {
                *place = Evidence::Matching(Match { figure: id, binding, certain });
            }
        }
    }
    out
}

impl Figures<'_> {
    /// The stems of what a figure counts: its own label's and its base's.
    fn counted(&self, candidate: &Candidate<'_>) -> Vec<String> {
        let base = candidate.base.and_then(|base| self.candidates.iter().find(|other| other.id == base));
        candidate
            .stems
            .iter()
            .chain(&candidate.table)
            .chain(base.into_iter().flat_map(|base| &base.stems))
            .cloned()
            .collect()
    }

    fn matching(&self, passage: &Passage, number: &Number, time: bool) -> Option<Match> {
        let sentence = passage.sentence(number.range.start);
        let text = passage.slice(sentence.clone());
        let stems: BTreeSet<String> = content(text, passage.language).into_iter().map(|word| word.stem).collect();
        let sex = sex_beside(passage, number);
        // One end of a range is not the figure.
        let before = passage.lower.get(..number.range.start).unwrap_or("");
        let after = passage.lower.get(number.range.end..).unwrap_or("");
        let digit = |c: char| c.is_ascii_digit();
        let ranged = after.strip_prefix(['-', '–']).is_some_and(|rest| rest.trim_start().starts_with(digit))
            || before.strip_suffix(['-', '–']).is_some_and(|rest| rest.trim_end().ends_with(digit));
        if ranged {
            return None;
        }
        let mut scored: Vec<(usize, &Candidate<'_>)> = self
            .candidates
            .iter()
            .filter(|candidate| self.same(candidate, number, passage))
            .filter(|candidate| match candidate.value {
                // A span of time is no count: "mer än tio år" is not the ten cases of the same row.
                Quantity::Count(_) => !time && !counts_other(passage, number, &self.counted(candidate)),
                _ => true,
            })
            .filter(|candidate| candidate.sex.is_none() || candidate.sex == sex)
            .filter_map(|candidate| {
                let shared = candidate.stems.intersection(&stems).count();
                let enough = shared >= 2 || (shared == 1 && candidate.stems.len() == 1);
                let most = shared * 2 >= candidate.stems.len();
                (enough && most).then(|| {
                    (shared * 10 + usize::from(candidate.sex.is_some() && candidate.sex == sex) * 5, candidate)
                })
            })
            .collect();
        scored.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.stems.len().cmp(&b.1.stems.len())));
        let (best, candidate) = scored.first()?;
        let own: Vec<String> = candidate.stems.iter().cloned().collect();
        let alone = scored.iter().skip(1).all(|(score, other)| score < best || other.id == candidate.id);
        // A column is meant only where its words stand in the sentence.
        let of_column = !candidate.filter.contains("column") || candidate.stems.is_subset(&stems);
        Some(Match {
            figure: candidate.id.to_owned(),
            binding: self.binding(candidate.id, &candidate.filter, number, passage),
            certain: alone && of_column && !qualified(passage, &sentence, number, &own) && self.prints(number, passage),
        })
    }

    fn same(&self, candidate: &Candidate<'_>, number: &Number, passage: &Passage) -> bool {
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

    /// Whether the program would print the number as it was typed.
    fn prints(&self, number: &Number, passage: &Passage) -> bool {
        let even = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ").lowered();
        let typed = even(passage.slice(number.range.clone()));
        let printed = match (number.form, number.is_percent()) {
            (Form::Fraction | Form::Round, _) => return false,
            (_, true) => percent_ratio(number.value).map(|ratio| self.locale.percent(&ratio, number.decimals)),
            (Form::Words, _) => number.count().and_then(|n| self.locale.words(n, Gender::Neuter)),
            _ if number.unit == Unit::None => Some(self.locale.number(&number.value, number.decimals)),
            _ => None,
        };
        printed.is_some_and(|printed| even(&printed) == typed)
    }

    /// Whether the number is part of how the data names a category: "fyra till nio år" for the row "4–9 år".
    fn is_label(&self, passage: &Passage, at: usize) -> bool {
        let Some(number) = passage.numbers.get(at) else { return false };
        if number.count().is_none() {
            return false;
        }
        let sentence = passage.sentence(number.range.start);
        let after = passage.slice(number.range.end..sentence.end);
        let stems: Vec<String> = content(after, passage.language).into_iter().take(2).map(|word| word.stem).collect();
        self.labels.iter().any(|(value, label)| *value == number.value && stems.iter().any(|stem| label.contains(stem)))
    }
}

fn percent_ratio(value: Exact) -> Option<Exact> {
    value.checked_div(Exact::from(100_i64))
}
