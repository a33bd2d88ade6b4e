//! Figures of other reports and of the version before: which of them are the same figure as one of this report's, and say another number.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::claim::relation::percent_of;
use super::content::content;
use super::evidence::amount;
use super::lang;
use super::number::scan;
use crate::check::words::Lowered as _;
use crate::compute::adopt::{Adopted, compute_all};
use crate::compute::origin::How;
use crate::compute::statistics::{Computed, Statistics};
use crate::diagnostic::Sink;
use crate::locale::Language;
use crate::model::Role::{FollowsUp, Investigates, Retells};
use crate::model::{Breakdowns, Figure, Findings, Report};
use crate::source::Span;
use crate::value::{Exact, Rounding, Unit, Value};

/// A figure of this report and the same figure elsewhere, with what both say.
pub struct Contradiction {
    pub id: String,
    pub span: Span,
    pub here: String,
    pub there: String,
    /// The other report and the figure's name in it.
    pub report: String,
    pub other_id: String,
    pub other_span: Span,
    /// This report can bind the other's figures.
    pub bindable: bool,
}

/// A figure with what tells whether it is the same as another.
struct Told<'a> {
    id: &'a str,
    language: Language,
    figure: &'a Computed,
    words: Label,
    base: Option<Label>,
    /// Its percentage, where it is a count of a whole.
    share: Option<Exact>,
    /// As its author wrote it; none for what is made from a table.
    given: Option<&'a Figure>,
}

/// The words of a label, the years in it or in the figure's name, and its other numbers.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Label {
    stems: BTreeSet<String>,
    years: BTreeSet<i32>,
    numbers: BTreeSet<String>,
}

impl Label {
    fn new(text: &str, id: &str, language: Language) -> Self {
        let stems = content(text, language).into_iter().map(|word| word.stem).collect();
        let years = years(text).chain(years(id)).collect();
        let numbers = scan(text, language).into_iter().map(|number| number.value.to_string());
        let numbers = numbers.filter(|number| !is_year(number)).collect();
        Self { stems, years, numbers }
    }
}

/// Years in four digits.
fn years(text: &str) -> impl Iterator<Item = i32> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|digits| is_year(digits)).filter_map(|digits| digits.parse().ok())
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// So many figures with the same words are held against one: words that more have tell none of them from the others.
const MOST: usize = 200;

/// The figures of a report by themselves: those of other reports and the rows of tables are left out.
fn own_figures<'a>(statistics: &'a Statistics, findings: &'a Findings, language: Language) -> Vec<Told<'a>> {
    let own = |id: &str| !id.contains(':');
    let label = |id: &str, figure: &Computed| Label::new(&figure.label.value, id, language);
    let given: BTreeMap<&str, &Figure> =
        findings.figures.iter().map(|figure| (figure.id.value.as_str(), figure)).collect();
    let figures = statistics.figures.iter().filter(|(id, figure)| own(id) && !matches!(figure.how, How::Row { .. }));
    figures
        .map(|(id, figure)| {
            let whole = figure.base.as_ref().and_then(|base| Some((base, statistics.figures.get(base)?)));
            let share = match (&figure.total, whole.and_then(|(_, whole)| whole.total.number())) {
                (Value::Count(part), Some(whole)) => percent_of(*part, whole),
                _ => None,
            };
            Told {
                id,
                language,
                figure,
                words: label(id, figure),
                base: whole.map(|(base, figure)| label(base, figure)),
                share,
                given: given.get(id.as_str()).copied(),
            }
        })
        .collect()
}

/// Every figure of the report that another report gives otherwise, and that none of them gives as it stands here.
pub fn contradictions(context: &Context<'_>) -> Vec<Contradiction> {
    let project = context.project;
    if project.part.is_some() || (project.others.is_empty() && project.beside.is_empty()) {
        return Vec::new();
    }
    let own = own_figures(context.statistics, &project.findings, project.report.language);
    // A figure of the report may agree with one of several reports: then it is that one's.
    let mut found: BTreeMap<&str, Contradiction> = BTreeMap::new();
    let mut agreeing: BTreeSet<&str> = BTreeSet::new();
    let mut hold = |report: &Report, theirs: &[Told<'_>], prefix: &str, bindable: bool| {
        // Only what has the same id or the same words can be the same.
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        let mut worded: BTreeMap<&BTreeSet<String>, Vec<usize>> = BTreeMap::new();
        for (at, there) in theirs.iter().enumerate() {
            named.entry(there.id).or_insert(at);
            let alike = worded.entry(&there.words.stems).or_default();
            if alike.len() < MOST {
                alike.push(at);
            }
        }
        for here in &own {
            let words = worded.get(&here.words.stems).map_or(&[][..], Vec::as_slice);
            let mut places: Vec<usize> = named.get(here.id).into_iter().chain(words).copied().collect();
            places.sort_unstable();
            places.dedup();
            let alike = places.into_iter().filter_map(|at| theirs.get(at));
            for there in alike.filter(|there| same(here, &project.report, there, report)) {
                match differing(here, there, &context.project.workspace.breakdowns) {
                    Some((value, other)) => {
                        found.entry(here.id).or_insert_with(|| Contradiction {
                            id: here.id.to_owned(),
                            span: here.figure.span,
                            here: value,
                            there: other,
                            report: report.id.clone(),
                            other_id: format!("{prefix}{}", there.id),
                            other_span: there.figure.span,
                            bindable,
                        });
                    }
                    None => {
                        agreeing.insert(here.id);
                    }
                }
            }
        }
    };
    for other in &project.others {
        let prefix = format!("{}:", other.report.id);
        let mut theirs = Statistics::default();
        let figures = context.statistics.figures.iter();
        theirs.figures.extend(figures.filter_map(|(id, figure)| {
            let strip = |id: &str| id.strip_prefix(&prefix).map(str::to_owned);
            Some((strip(id)?, Computed { base: figure.base.as_deref().and_then(strip), ..figure.clone() }))
        }));
        hold(&other.report, &own_figures(&theirs, &other.findings, other.report.language), &prefix, true);
    }
    for beside in project.beside.iter() {
        let theirs = compute_all(beside, context.locale, &Adopted::default(), &mut Sink::default());
        hold(&beside.report, &own_figures(&theirs, &beside.findings, beside.report.language), "", false);
    }
    found.into_iter().filter(|(id, _)| !agreeing.contains(id)).map(|(_, found)| found).collect()
}

/// Whether two figures of two reports are the same: the rule's own page says when.
fn same(here: &Told<'_>, own: &Report, there: &Told<'_>, other: &Report) -> bool {
    // What is computed from the other report's figures is another figure than they are.
    let of_other = format!("{}:", other.id);
    if here.figure.how.figures().iter().any(|id| id.starts_with(&of_other)) {
        return false;
    }
    let one_language = own.language == other.language;
    let named = here.id == there.id && (!one_language || alike(&here.words, &there.words, own.language));
    let worded = one_language && here.words.stems == there.words.stems && !here.words.stems.is_empty();
    let numbers = here.words.numbers == there.words.numbers;
    let bases = match (&here.base, &there.base) {
        (Some(one), Some(two)) => !one_language || one.stems == two.stems && one.numbers == two.numbers,
        _ => true,
    };
    (named || worded)
        && numbers
        && bases
        && same_unit(&here.figure.total, &there.figure.total, own.language)
        && same_time(here, own, there, other)
}

/// Whether one label says no more than the other, and what it adds is neither another time nor a target.
fn alike(one: &Label, two: &Label, language: Language) -> bool {
    let lists = lang::lists(language);
    let narrows = |stem: &String| {
        let other_time = lists.earlier.iter().chain(lists.target.iter());
        other_time.into_iter().any(|word| lang::stem(word, language) == *stem)
    };
    let nested = one.stems.is_subset(&two.stems) || two.stems.is_subset(&one.stems);
    let shared = one.stems.intersection(&two.stems).next().is_some();
    shared && nested && !one.stems.symmetric_difference(&two.stems).any(narrows)
}

fn same_unit(one: &Value, two: &Value, language: Language) -> bool {
    let kronor = &lang::lists(language).kronor;
    let unit = |unit: &Option<String>| {
        let word = unit.as_deref().and_then(|unit| unit.split_whitespace().last()).unwrap_or("").lowered();
        kronor.first().filter(|_| kronor.has(&word)).map_or(word, |first| (*first).to_owned())
    };
    match (one, two) {
        (Value::Count(_), Value::Count(_)) | (Value::Percent { .. }, Value::Percent { .. }) => true,
        // A count with its whole is a percentage as well.
        (Value::Count(_), Value::Percent { .. }) | (Value::Percent { .. }, Value::Count(_)) => true,
        (Value::Amount { unit: one, .. }, Value::Amount { unit: two, .. }) => unit(one) == unit(two),
        (Value::Change { unit: one, .. }, Value::Change { unit: two, .. }) => one == two,
        _ => false,
    }
}

/// The years that a report speaks of: its period, or the year of its date.
fn report_years(report: &Report) -> BTreeSet<i32> {
    match &report.imprint.period {
        Some((from, to)) => (from.value.year..=to.value.year).collect(),
        None => BTreeSet::from([report.date.value.year]),
    }
}

fn same_time(here: &Told<'_>, own: &Report, there: &Told<'_>, other: &Report) -> bool {
    let (mine, theirs) = (&here.words.years, &there.words.years);
    let of = |report: &Report| report.kind.value.role();
    let told_again = [own, other].map(of).contains(&Retells);
    // Two investigations count two things, even in the same words: only what both take over from one source is the same.
    if [own, other].map(of) == [Investigates; 2] {
        let source = |told: &Told<'_>| {
            told.given.filter(|figure| figure.as_published).and_then(|figure| figure.source.as_ref()).map(|text| {
                let words: Vec<String> = text.value.split_whitespace().map(str::lowered).collect();
                words.join(" ")
            })
        };
        if source(here).is_none() || source(here) != source(there) {
            return false;
        }
    }
    // A change lies between two times: "sedan 2025" names one of them.
    let change = matches!(here.figure.total, Value::Change { .. });
    match (mine.is_empty(), theirs.is_empty()) {
        (false, false) => mine == theirs,
        (false, true) | (true, false) if change => false,
        (false, true) => mine.is_subset(&report_years(other)),
        (true, false) => theirs.is_subset(&report_years(own)),
        // What follows up counts anew.
        (true, true) if [own, other].map(of).contains(&FollowsUp) => {
            told_again && (own.date.value.year - other.date.value.year).abs() <= 1
        }
        (true, true) => {
            let periods = (&own.imprint.period, &other.imprint.period);
            let apart = matches!(periods, (Some(_), Some(_))) && report_years(own) != report_years(other);
            !apart && (own.date.value.year - other.date.value.year).abs() <= 1
        }
    }
}

/// What both say, where it differs: of all, or of a group.
fn differing(here: &Told<'_>, there: &Told<'_>, breakdowns: &Breakdowns) -> Option<(String, String)> {
    let (one, two) = (&here.figure.total, &there.figure.total);
    let pair = match (one, two) {
        (Value::Count(_), Value::Percent { decimals, .. }) => {
            (Value::Percent { value: here.share?, decimals: *decimals }, two.clone())
        }
        (Value::Percent { decimals, .. }, Value::Count(_)) => {
            (one.clone(), Value::Percent { value: there.share?, decimals: *decimals })
        }
        _ => (one.clone(), two.clone()),
    };
    let agree = |one: &Value, two: &Value| agree((one, here.language), (two, there.language));
    if !agree(&pair.0, &pair.1) {
        return Some((written(&pair.0), written(&pair.1)));
    }
    here.figure.parts.iter().find_map(|(group, one)| {
        let (two, id) = (there.figure.value(Some(*group))?, breakdowns.id(*group));
        (!agree(one, two)).then(|| (format!("{} {id}", written(one)), format!("{} {id}", written(two))))
    })
}

/// Whether two values are one, as far as the one with fewer decimals tells; what is withheld contradicts nothing.
fn agree(one: (&Value, Language), two: (&Value, Language)) -> bool {
    let (Some(first), Some(second)) = (scaled(one), scaled(two)) else { return true };
    let apart = first.checked_sub(second).map(Exact::magnitude);
    let coarser = [half_step(one), half_step(two)].into_iter().flatten().max();
    match (apart, coarser) {
        (Some(apart), Some(coarser)) => apart <= coarser,
        _ => first == second,
    }
}

fn scaled((value, language): (&Value, Language)) -> Option<Exact> {
    match value {
        Value::Amount { value, unit, .. } => Some(amount(*value, unit.as_deref(), language)),
        value => value.number(),
    }
}

/// Half of the last digit that is printed; none for counts, which are exact.
fn half_step((value, language): (&Value, Language)) -> Option<Exact> {
    let (decimals, unit) = match value {
        Value::Percent { decimals, .. } | Value::Change { decimals, .. } => (*decimals, None),
        Value::Amount { decimals, unit, .. } => (*decimals, unit.as_deref()),
        _ => return None,
    };
    let parts = 10_i64.checked_pow(u32::from(decimals))?.checked_mul(2)?;
    amount(Exact::from(1_i64), unit, language).checked_div(Exact::from(parts))
}

fn written(value: &Value) -> String {
    let rounding = Rounding::default();
    match value {
        Value::Percent { value, decimals } => format!("{} percent", value.to_decimal(*decimals, rounding)),
        Value::Amount { value, unit, decimals } => {
            let unit = unit.as_deref().unwrap_or_default();
            format!("{} {unit}", value.to_decimal(*decimals, rounding)).trim_end().to_owned()
        }
        Value::Change { value, decimals, unit } => {
            let unit = if *unit == Unit::Points { " percentage points" } else { "" };
            format!("{}{unit}", value.to_decimal(*decimals, rounding))
        }
        value => value.number().map(|value| value.to_string()).unwrap_or_default(),
    }
}

/// A figure that has another name than in the version before, and another value.
pub struct Renamed {
    pub id: String,
    pub span: Span,
    pub here: String,
    pub there: String,
    pub old_id: String,
    pub version: String,
}

/// Figures that came where one with the same label went. A figure that kept its name needs no rule: publishing asks for the reason of
/// every changed value, and what the stated changes explain is explained here as well.
pub fn renamed(context: &Context<'_>) -> Vec<Renamed> {
    let Some(earlier) = context.earlier.filter(|_| context.project.part.is_none()) else { return Vec::new() };
    let language = context.project.report.language;
    let own = own_figures(context.statistics, &context.project.findings, language);
    // What is gone, by its words.
    let mut gone = BTreeMap::new();
    for (id, old) in earlier.state.figures.iter().filter(|(id, _)| !context.statistics.figures.contains_key(*id)) {
        let alike: &mut Vec<_> = gone.entry(Label::new(&old.label, id, language)).or_default();
        if alike.len() < MOST {
            alike.push((id, old));
        }
    }
    let mut out = Vec::new();
    for here in own.iter().filter(|here| !earlier.state.figures.contains_key(here.id)) {
        for (old_id, old) in gone.get(&here.words).into_iter().flatten().copied() {
            let (Some(before), Some(now)) = (old.value.number(), here.figure.total.number()) else { continue };
            // The unit is what is printed besides digits: "63 procent", "7 kr".
            let words = &lang::lists(language).percent_words;
            let percent = |text: &str| text.contains('%') || words.iter().any(|word| text.contains(word));
            let now_percent = matches!(here.figure.total, Value::Percent { .. });
            let unit = percent(old.value.printed()) == now_percent;
            let explained = earlier.explained.contains(here.id) || earlier.explained.contains(old_id);
            if !here.words.stems.is_empty() && unit && before != now && !explained {
                out.push(Renamed {
                    id: here.id.to_owned(),
                    span: here.figure.span,
                    here: written(&here.figure.total),
                    there: old.value.printed().to_owned(),
                    old_id: old_id.clone(),
                    version: earlier.version.to_owned(),
                });
            }
        }
    }
    out
}
