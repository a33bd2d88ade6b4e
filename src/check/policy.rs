//! The disclosure policy against what was computed: whether small numbers of persons are printed without one, and whether what it names is there.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::statistics::{Computed, Statistics};
use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, say};
use crate::model::{Counting, Counts, Project};
use crate::source::{Span, Spanned};
use crate::value::{Exact, PartialDate, Value};

/// The largest number that is small without a policy.
const SMALL: i64 = 4;

/// `tables` and `figures` are those that the report prints and binds.
pub fn check_policy(
    project: &Project,
    statistics: &Statistics,
    tables: &BTreeSet<String>,
    figures: &BTreeSet<String>,
    sink: &mut Sink,
) {
    if project.policy.as_ref().is_none_or(|policy| policy.persons.is_none()) {
        tell_of_small(project, statistics, (tables, figures), sink);
    }
    check_names(project, statistics, sink);
    check_dates(project, sink);
}

/// What the report itself decides is decided when it is dated, at the latest.
fn check_dates(project: &Project, sink: &mut Sink) {
    let Some(Spanned { value: terms, .. }) = &project.report.disclosure else { return };
    let exceptions = terms.exceptions.iter().map(|exception| (&exception.cell, exception.decided));
    let quotations = terms.quotations.iter().map(|signed| (&signed.quotation, signed.decided));
    let date = project.report.date.value;
    for (name, decided) in exceptions.chain(quotations).filter(|(_, decided)| decided.is_later_than(&date)) {
        sink.push(decided_later(name, decided, date));
    }
}

/// The warning of a decision that is dated after what it is about.
#[must_use]
pub fn decided_later(name: &Spanned<String>, decided: PartialDate, date: PartialDate) -> Diagnostic {
    let message = say!(
        "the decision on `{name}` is dated {decided}, after the report, {date}",
        name = name.value,
        decided = decided.iso(),
        date = date.iso()
    );
    Diagnostic::warning(Code::POLICY_VALUE, message).at(name.span).help(say!(
        "what is printed by a decision is decided before it is printed: correct `decided`, or the report's `date`"
    ))
}

/// What the report itself names is in it; the names of belagg.yaml are of one report or another.
fn check_names(project: &Project, statistics: &Statistics, sink: &mut Sink) {
    let Some(Spanned { value: terms, .. }) = &project.report.disclosure else { return };
    let excepted = terms.exceptions.iter().map(|exemption| &exemption.cell);
    for name in terms.never_hide.iter().chain(&terms.keep_hidden).chain(excepted) {
        if statistics.named(&name.value, &project.workspace.breakdowns).is_none() {
            let known = statistics.figures.keys().map(String::as_str).filter(|known| !known.starts_with(':'));
            sink.push(
                Diagnostic::error(Code::POLICY_NAME, say!("there is no number `{name}`", name = name.value))
                    .at(name.span)
                    .nearest(&name.value, known)
                    .help(say!(
                        "write a figure, a group of it (plans.women), or table, row and column (visits.norr.men); a row and a column may be `total`"
                    )),
            );
        }
    }
}

/// One remark on all small numbers of persons together.
fn tell_of_small(
    project: &Project,
    statistics: &Statistics,
    (tables, figures): (&BTreeSet<String>, &BTreeSet<String>),
    sink: &mut Sink,
) {
    let counting = Counting::new(&project.findings);
    let drawn = project.charts.iter().map(|chart| &chart.table.value);
    let tables: BTreeSet<&String> = tables.iter().chain(drawn).collect();
    let mut found: BTreeMap<Span, usize> = BTreeMap::new();
    let mut add = |at: Span, count: usize| {
        if count > 0 {
            *found.entry(at).or_default() += count;
        }
    };
    for table in &project.findings.tables {
        if let Some(computed) = statistics.tables.get(&table.id.value)
            && tables.contains(&table.id.value)
            && counting.table(&table.id.value) == Counts::Persons
        {
            let printed = |row: &[Value]| {
                let columns = row.iter().zip(&computed.columns).filter(|(_, column)| column.printed);
                columns.filter(|(value, _)| is_small(value)).count()
            };
            add(table.id.span, computed.rows.iter().map(|row| printed(&row.values)).sum());
        }
    }
    // What stands in a printed table was counted with it.
    let apart = |figure: &Computed| figure.how.table().is_none_or(|table| !tables.contains(&table.to_owned()));
    for (id, figure) in figures.iter().filter_map(|id| Some((id, statistics.figures.get(id)?))) {
        if counting.figure(id) == Counts::Persons && apart(figure) {
            let values = std::iter::once(&figure.total).chain(figure.parts.values());
            add(figure.span, values.filter(|value| is_small(value)).count());
        }
    }
    let Some((at, _)) = found.iter().max_by_key(|(_, count)| **count) else { return };
    let (count, here) = (found.values().sum::<usize>(), found[at]);
    let message = match count {
        1 => say!("the report shows 1 small number of persons (1 to 4), and no policy says what is too small"),
        _ => say!(
            "the report shows {count} small numbers of persons (1 to 4), and no policy says what is too small",
            count
        ),
    };
    sink.push(
        Diagnostic::new(Severity::Info, Code::SMALL_NUMBERS, message)
            .label(*at, if found.len() == 1 { Said::default() } else { say!("here: {here} of them", here) })
            .help(say!(
                "write in belagg.yaml: `disclosure: {persons: {minimum: 5}}`; docs/disclosure.md says what it means"
            ))
            .help(say!("where these are no persons, say what is counted: `counts: units` or `counts: none`")),
    );
}

fn is_small(value: &Value) -> bool {
    matches!(value, Value::Count(count) if *count >= Exact::from(1_i64) && *count <= Exact::from(SMALL))
}
