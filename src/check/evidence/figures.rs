//! The figures of a report, to be found again by their values and by the words of their labels.

use std::collections::{BTreeMap, BTreeSet};

use super::label::{Label, Said};
use super::remainder::Remainders;
use crate::check::claim::relation::percent_of;
use crate::check::content::content;
use crate::check::groups::Groups;
use crate::check::lang::numerals;
use crate::check::number::{Allowed, Number, classify, factor};
use crate::check::words::Lowered as _;
use crate::compute::origin::How;
use crate::compute::statistics::Statistics;
use crate::compute::table::Heading;
use crate::locale::Language;
use crate::locale::Locale;
use crate::model::Project;
use crate::value::{Exact, Group, Rounding, Value};

/// One value of a figure, as prose may state it.
pub struct Candidate<'a> {
    pub id: &'a str,
    /// `| women`, ` | column x`, or nothing.
    pub filter: String,
    pub value: Quantity,
    pub label: Label,
    /// For the row of a table what its caption and the head of its labels name.
    pub table: BTreeSet<String>,
    /// Those of them that say what is counted.
    pub counted: BTreeSet<String>,
    pub row: bool,
    /// The author of this report gave it.
    pub given: bool,
    /// The group of a breakdown whose value it is.
    pub of: Option<Group>,
    pub base: Option<&'a str>,
}

impl Candidate<'_> {
    /// Whether this is the figure that an author gave for what another says as well, in the same words and with the same value: a row of a table, a figure
    /// that is computed or another report's.
    pub fn says_as_well(&self, other: &Candidate<'_>) -> bool {
        let same = self.value.value() == other.value.value() && self.of == other.of;
        let (own, row) = (&self.label, &other.label);
        let said = (&own.stems, &own.numbers, &own.marks) == (&row.stems, &row.numbers, &row.marks);
        self.given && !other.given && same && said
    }
}

pub enum Quantity {
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

impl Quantity {
    #[must_use]
    pub fn value(&self) -> Exact {
        match self {
            Self::Count(value) | Self::Amount { value, .. } | Self::Percent { value, .. } => *value,
        }
    }
}

/// The figures of a report.
pub struct Figures<'a> {
    pub candidates: Vec<Candidate<'a>>,
    /// Candidates by value, and among those of one value by the stems of their labels.
    by_value: BTreeMap<Exact, BTreeMap<String, Vec<usize>>>,
    /// Candidates of no group by the stems of their labels.
    pub stems: BTreeMap<String, Vec<usize>>,
    /// The first candidate of each figure.
    pub by_id: BTreeMap<&'a str, usize>,
    /// Labels by the rarest word or number of each, and whose they are: two figures of each label are enough to know that it is not one's alone.
    labels: BTreeMap<String, BTreeMap<Label, Vec<usize>>>,
    /// Numbers that stand in labels, with the stems of the words beside them.
    numbers: BTreeMap<Exact, BTreeSet<String>>,
    /// The first figures of each value, rows of tables left out.
    counts: BTreeMap<Exact, Vec<&'a str>>,
    percents: BTreeMap<Exact, Vec<&'a str>>,
    /// Every value of a figure with that of its whole.
    shares: BTreeSet<(Exact, Exact)>,
    pub remainders: Remainders,
    pub statistics: &'a Statistics,
    pub locale: &'a Locale,
    pub groups: Groups<'a>,
    pub rounding: Rounding,
}

/// Figures beyond these are not looked through for kin: a report with more has them in tables.
const ALL: usize = 500;

/// So many candidates of one value and one label are looked at: more are as much like each other.
const ALIKE: usize = 4;

impl<'a> Figures<'a> {
    #[must_use]
    pub fn new(project: &'a Project, statistics: &'a Statistics, locale: &'a Locale) -> Self {
        let candidates = candidates(project, statistics);
        let mut by_value: BTreeMap<Exact, BTreeMap<String, Vec<usize>>> = BTreeMap::new();
        let mut by_id = BTreeMap::new();
        let mut seen: BTreeMap<_, usize> = BTreeMap::new();
        let mut frequent: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, candidate) in candidates.iter().enumerate() {
            by_id.entry(candidate.id).or_insert(at);
            for word in candidate.label.stems.iter().chain(&candidate.label.numbers) {
                *frequent.entry(word).or_default() += 1;
            }
            let kind = match candidate.value {
                Quantity::Count(_) => 0,
                Quantity::Amount { .. } => 1,
                Quantity::Percent { .. } => 2,
            };
            let alike = seen.entry((candidate.value.value(), kind, &candidate.label.stems, candidate.of)).or_default();
            *alike += 1;
            if *alike <= ALIKE {
                let of_value = by_value.entry(candidate.value.value()).or_default();
                for stem in &candidate.label.stems {
                    of_value.entry(stem.clone()).or_default().push(at);
                }
            }
        }
        let mut stems: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, candidate) in candidates.iter().enumerate().take(ALL).filter(|(_, candidate)| candidate.of.is_none()) {
            candidate.label.stems.iter().for_each(|stem| stems.entry(stem.clone()).or_default().push(at));
        }
        let mut labels: BTreeMap<String, BTreeMap<Label, Vec<usize>>> = BTreeMap::new();
        for (at, candidate) in candidates.iter().enumerate() {
            let words = candidate.label.stems.iter().chain(&candidate.label.numbers);
            let Some(rarest) = words.min_by_key(|word| frequent.get(word.as_str())) else { continue };
            let known = labels.entry(rarest.clone()).or_default();
            match known.get_mut(&candidate.label) {
                Some(alike) if alike.len() < ALIKE => alike.push(at),
                Some(_) => {}
                None => {
                    known.insert(candidate.label.clone(), vec![at]);
                }
            }
        }
        let shares = statistics.figures.values().filter_map(|figure| {
            let whole = figure.base.as_ref().and_then(|base| statistics.figures.get(base))?;
            Some((figure.total.number()?, whole.total.number()?))
        });
        let mut counts: BTreeMap<Exact, Vec<&str>> = BTreeMap::new();
        let mut percents = counts.clone();
        for (id, figure) in statistics.figures.iter().filter(|(_, figure)| !matches!(figure.how, How::Row { .. })) {
            for value in std::iter::once(&figure.total).chain(figure.parts.values()) {
                let known = match value {
                    Value::Count(value) => counts.entry(*value).or_default(),
                    Value::Percent { value, .. } => percents.entry(*value).or_default(),
                    _ => continue,
                };
                if known.len() < ALIKE && known.last() != Some(&id.as_str()) {
                    known.push(id);
                }
            }
        }
        Self {
            counts,
            percents,
            by_value,
            by_id,
            stems,
            labels,
            numbers: numbers_in_labels(project, statistics),
            shares: shares.collect(),
            remainders: Remainders::new(project, statistics),
            statistics,
            locale,
            groups: Groups::new(&project.workspace.breakdowns, project.report.language),
            rounding: project.workspace.rounding,
            candidates,
        }
    }

    /// The whole that a figure is counted on, as it is found by itself.
    pub fn base(&self, candidate: &Candidate<'_>) -> Option<&Candidate<'a>> {
        self.first_of(candidate.base?)
    }

    /// The first candidate of a figure.
    pub fn first_of(&self, id: &str) -> Option<&Candidate<'a>> {
        self.by_id.get(id).and_then(|at| self.candidates.get(*at))
    }

    /// Candidates whose value a number may state, with how many of their label's words stand in the sentence.
    pub fn stating(&self, number: &Number, said: &Said) -> Vec<(&Candidate<'a>, usize)> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for of_value in self.by_value.range(self.around(number)).map(|(_, of_value)| of_value) {
            // The smaller of the two decides how long it takes.
            let small = of_value.len() < said.stems.len();
            let mut count = |stem: &String| {
                for at in of_value.get(stem).into_iter().flatten() {
                    *shared.entry(*at).or_default() += 1;
                }
            };
            if small {
                of_value.keys().filter(|stem| said.stems.contains_key(*stem)).for_each(&mut count);
            } else {
                said.stems.keys().for_each(&mut count);
            }
        }
        shared.into_iter().filter_map(|(at, shared)| Some((self.candidates.get(at)?, shared))).collect()
    }

    /// Candidates whose whole label stands in a sentence.
    pub fn labelled<'s>(&'s self, said: &'s Said) -> impl Iterator<Item = &'s Candidate<'a>> + 's {
        let words = said.stems.keys().chain(&said.numbers);
        let known = words.filter_map(|word| self.labels.get(word)).flatten();
        let whole = known.filter(|(label, _)| label.lacking(said).is_none());
        whole.flat_map(|(_, all)| all).filter_map(|at| self.candidates.get(*at))
    }

    /// Whether a number is part of how the data names a category: "fyra till nio år" for the row "4–9 år".
    pub fn names_category(&self, value: Exact, stems: &[String]) -> bool {
        self.numbers.get(&value).is_some_and(|beside| stems.iter().any(|stem| beside.contains(stem)))
    }

    /// The first figures, rows of tables left out, that have the value of a number, as a count or a percentage.
    pub fn valued(&self, number: &Number) -> Vec<&'a str> {
        let mut out: Vec<&'a str> = Vec::new();
        let ids = match () {
            () if number.is_percent() => {
                let all = self.percents.range(self.around(number));
                let rounded = |value: &Exact| value.round(number.decimals, Rounding::default()) == number.value;
                all.filter(|(value, _)| rounded(value)).flat_map(|(_, ids)| ids).copied().collect()
            }
            () if number.count().is_some() => self.counts.get(&number.value).cloned().unwrap_or_default(),
            () => Vec::new(),
        };
        out.extend(ids);
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The values that are printed as a number is.
    fn around(&self, number: &Number) -> std::ops::RangeInclusive<Exact> {
        let slack = Exact::ratio(Exact::from(1_i64), Exact::from(10_i64.pow(u32::from(number.decimals.min(9)))));
        let slack = slack.filter(|_| number.is_percent()).unwrap_or(Exact::ZERO);
        let from = number.value.checked_sub(slack).unwrap_or(number.value);
        from..=number.value.checked_add(slack).unwrap_or(number.value)
    }

    /// Whether some figure is `part` of the whole `whole`.
    pub fn has_share(&self, part: Exact, whole: Exact) -> bool {
        self.shares.contains(&(part, whole))
    }
}

fn candidates<'a>(project: &'a Project, statistics: &'a Statistics) -> Vec<Candidate<'a>> {
    let language = project.report.language;
    let stems =
        |text: &str| -> BTreeSet<String> { content(text, language).into_iter().map(|word| word.stem).collect() };
    // What the caption of each table names, and what of it is counted.
    let tables: BTreeMap<&str, (BTreeSet<String>, BTreeSet<String>)> = project
        .findings
        .tables
        .iter()
        .map(|table| {
            let (caption, stub) = (stems(&table.caption.value), stems(&table.stub.value));
            let counted = caption.difference(&stub).cloned().collect();
            (table.id.value.as_str(), (caption.union(&stub).cloned().collect(), counted))
        })
        .collect();
    let breakdowns = &project.workspace.breakdowns;
    let mut out = Vec::new();
    for (id, figure) in &statistics.figures {
        let label = Label::new(&figure.label.value, language);
        let base = figure.base.as_deref();
        let of_table = id.rsplit_once('.').map(|(table, _)| table);
        let (around, counted) = of_table.and_then(|table| tables.get(table)).cloned().unwrap_or_default();
        let row = matches!(figure.how, How::Row { .. });
        let given = matches!(figure.how, How::Given | How::ByGroup | How::Published | How::Tally) && !id.contains(':');
        let mut add = |value: Quantity, filter: &str, of: Option<Group>, label: Label| {
            let (table, counted) = (around.clone(), counted.clone());
            let filter = filter.to_owned();
            out.push(Candidate { id, filter, value, label, table, counted, row, given, of, base });
        };
        let groups = figure.parts.iter().map(|(group, value)| (Some(*group), value));
        for (of, value) in std::iter::once((None, &figure.total)).chain(groups) {
            let filter = of.map(|group| format!(" | {}", breakdowns.id(group))).unwrap_or_default();
            let filter = filter.as_str();
            match value {
                Value::Count(count) => {
                    add(Quantity::Count(*count), filter, of, label.clone());
                    let whole = base.and_then(|base| statistics.figures.get(base)).and_then(|base| base.value(of));
                    if let Some(share) = whole.and_then(Value::number).and_then(|whole| percent_of(*count, whole)) {
                        add(Quantity::Percent { value: share, exact: true }, filter, of, label.clone());
                    }
                }
                Value::Percent { value, .. } => {
                    add(Quantity::Percent { value: *value, exact: false }, filter, of, label.clone())
                }
                Value::Amount { value, unit, .. } => {
                    add(of_amount(*value, unit.as_deref(), language), filter, of, label.clone());
                }
                _ => {}
            }
        }
        let table = of_table.and_then(|table| statistics.tables.get(table));
        for (column, value) in &figure.columns {
            let heading = table.and_then(|table| table.columns.iter().find(|known| known.id == *column));
            let label = match heading.map(|column| &column.label) {
                Some(Heading::Given(text)) => label.clone().with(&Label::new(&text.value, language)),
                _ => continue,
            };
            let filter = format!(" | column {column}");
            match value {
                Value::Count(value) => add(Quantity::Count(*value), &filter, None, label),
                Value::Percent { value, .. } => {
                    add(Quantity::Percent { value: *value, exact: false }, &filter, None, label)
                }
                Value::Amount { value, unit, .. } => {
                    add(of_amount(*value, unit.as_deref(), language), &filter, None, label)
                }
                _ => {}
            }
        }
    }
    out
}

fn numbers_in_labels(project: &Project, statistics: &Statistics) -> BTreeMap<Exact, BTreeSet<String>> {
    let language = project.report.language;
    let texts = statistics.figures.values().map(|figure| figure.label.value.as_str());
    let captions = project.findings.tables.iter().flat_map(|table| {
        let columns = table.columns.iter().filter_map(|column| column.label.as_ref());
        columns.chain(table.rows.iter().map(|row| &row.label)).map(|text| text.value.as_str())
    });
    let mut out: BTreeMap<Exact, BTreeSet<String>> = BTreeMap::new();
    for text in texts.chain(captions) {
        let found = crate::check::number::scan(text, language);
        // A label of many numbers names none of them by its words.
        let words = content(text, language).into_iter().take(100);
        let stems: Vec<String> = if found.is_empty() { Vec::new() } else { words.map(|word| word.stem).collect() };
        // "kvartal tre" names the third and counts no quarters.
        let classes = classify(text, &found, language, &[]);
        let ordered = |class: &Option<Allowed>| matches!(class, Some(Allowed::Item | Allowed::Date));
        let named = found.into_iter().zip(classes).filter(|(_, class)| !ordered(class));
        for (number, _) in named.take(100) {
            out.entry(number.value).or_default().extend(stems.iter().cloned());
        }
    }
    out
}

/// An amount in its smallest unit: 7.25 "miljoner kronor" is 7 250 000.
#[must_use]
pub fn amount(value: Exact, unit: Option<&str>, language: Language) -> Exact {
    value.checked_mul(factor(unit.unwrap_or_default(), language)).unwrap_or(value)
}

fn of_amount(value: Exact, unit: Option<&str>, language: Language) -> Quantity {
    let word = unit.and_then(|unit| unit.split_whitespace().last()).map(str::lowered);
    let currency = |word: &String| numerals(language).money.get(word).is_some();
    Quantity::Amount { value: amount(value, unit, language), unit: word.filter(|word| !currency(word)) }
}
