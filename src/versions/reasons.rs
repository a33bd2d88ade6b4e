//! The reasons that an author must give for what a version changes.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::{CellChange, LabelOf, State, normal};
use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, say};
use crate::document::resolved::Status;
use crate::model::{Change, Project};

use super::changes::Account;
use super::ledger::Entry;
use super::state::TOTAL;

/// The version that was published before, and what this one's stated changes explain of what differs from it.
#[derive(Debug)]
pub struct Before {
    pub version: String,
    pub state: State,
    /// What the changes name, and all that is computed from it.
    pub explained: BTreeSet<String>,
}

impl Before {
    /// None where the record does not keep what the version said.
    #[must_use]
    pub fn read(record: &Entry, now: &State, changes: &[Change]) -> Option<Self> {
        let state = record.body()?.state;
        let concerns = changes.iter().flat_map(|change| &change.concerns);
        let explained = closure(concerns.map(|concern| concern.value.clone()).collect(), &[&state, now]);
        Some(Self { version: record.head.version.clone(), state, explained })
    }
}

/// Reports every changed value that no stated change explains, and every change that concerns nothing.
pub fn check(
    project: &Project,
    account: &Account<'_>,
    explained: &BTreeSet<String>,
    severity: Severity,
    sink: &mut Sink,
) {
    let changes = &project.report.changes;
    let known = known_ids(project, account);
    for concern in changes.iter().flat_map(|change| &change.concerns) {
        if !known.contains(&concern.value) {
            sink.push(
                Diagnostic::error(
                    Code::CHANGE_UNKNOWN,
                    say!("there is no figure, table or dataset `{concern}`", concern = concern.value),
                )
                .at(concern.span)
                .nearest(&concern.value, known.iter().map(String::as_str)),
            );
        }
    }
    let version = account.old.map(|old| old.version).unwrap_or_default();
    let say = |message: Said, span: Option<crate::source::Span>| {
        let mut diagnostic = Diagnostic::error(Code::CHANGE_UNEXPLAINED, message);
        diagnostic.severity = severity;
        let diagnostic = match span {
            Some(span) => diagnostic.at(span),
            None => diagnostic,
        };
        let kind = if project.report.status == Status::Revised { "revision" } else { "correction" };
        diagnostic.help(say!(
            "state it in report.yaml: changes: [{{type: {kind}, what: …, why: …, concerns: [<id>]}}]; what a figure is \
             computed from may be named instead",
            kind
        ))
    };
    for change in account.difference.figures.iter().filter(|change| !explained.contains(&change.id)) {
        let figure = project.findings.figures.iter().find(|figure| figure.id.value == change.id);
        let told = match (&change.old, &change.new) {
            (Some(old), Some(new)) => say!("was {old} in version {version} and is {new}", old, version, new),
            (Some(old), None) => say!("was {old} in version {version} and is gone", old, version),
            (None, Some(new)) => say!("is new ({new}): version {version} does not have it", new, version),
            (None, None) => continue,
        };
        sink.push(say(
            say!("the figure `{id}` {told}, without a stated reason", told, id = change.id),
            figure.map(|figure| figure.id.span),
        ));
    }
    let mut tables: BTreeMap<&str, Vec<&CellChange>> = BTreeMap::new();
    let told = |change: &CellChange| {
        explained.contains(&change.table)
            || explained.contains(&format!("{}.{}", change.table, change.row))
            // A total changes with any row.
            || (change.row == TOTAL && account.states().any(|state| named_row(&change.table, explained, state)))
    };
    for change in account.difference.cells.iter().filter(|change| !told(change)) {
        tables.entry(&change.table).or_default().push(change);
    }
    for (id, cells) in tables {
        let table = project.findings.tables.iter().find(|table| table.id.value == id);
        let told: Vec<Said> = cells
            .iter()
            .take(3)
            .map(|cell| {
                let value = |value: &Option<String>, none: Said| value.as_ref().map_or(none, Said::verbatim);
                let (old, new) = (value(&cell.old, say!("new")), value(&cell.new, say!("gone")));
                say!("{row}, {column}: {old} → {new}", old, new, row = cell.row_label, column = cell.column_label)
            })
            .collect();
        let more = if cells.len() > 3 { say!(" and {count} more", count = cells.len() - 3) } else { Said::default() };
        sink.push(say(
            say!(
                "the table `{id}` has changed since version {version} ({told}{more}), without a stated reason",
                id,
                version,
                more,
                told = Said::list(told, "; ")
            ),
            table.map(|table| table.id.span),
        ));
    }
    check_labels(project, account, explained, &say, sink);
    check_unchanged(project, account, sink);
}

/// What a changed row or column is called must be explained as a changed number is: the numbers then say something else.
fn check_labels(
    project: &Project,
    account: &Account<'_>,
    explained: &BTreeSet<String>,
    say: &dyn Fn(Said, Option<crate::source::Span>) -> Diagnostic,
    sink: &mut Sink,
) {
    let changes = account.difference.labels.iter().filter(|change| change.is_words());
    for change in changes.filter(|change| {
        !explained.contains(&change.id)
            && (change.part.is_empty() || !explained.contains(&format!("{}.{}", change.id, change.part)))
    }) {
        let figure = project.findings.figures.iter().find(|figure| figure.id.value == change.id).map(|f| f.id.span);
        let table = project.findings.tables.iter().find(|table| table.id.value == change.id).map(|t| t.id.span);
        let place = if change.of == LabelOf::Figure { figure } else { table };
        let version = account.old.map(|old| old.version).unwrap_or_default();
        sink.push(say(
            say!(
                "other words beside the numbers than in version {version}, without a stated reason ({description})",
                version,
                description = change.description()
            ),
            place,
        ));
    }
}

/// Reports changes that concern what has not changed: a slip of the pen, or a change that was forgotten.
fn check_unchanged(project: &Project, account: &Account<'_>, sink: &mut Sink) {
    let difference = account.difference;
    let mut differing: BTreeSet<&str> = difference.figures.iter().map(|change| change.id.as_str()).collect();
    differing.extend(difference.cells.iter().map(|change| change.table.as_str()));
    differing.extend(difference.labels.iter().map(|change| change.id.as_str()));
    let rows: BTreeSet<String> = (difference.cells.iter().map(|change| format!("{}.{}", change.table, change.row)))
        .chain(difference.labels.iter().map(|change| format!("{}.{}", change.id, change.part)))
        .collect();
    if let Some(old) = account.old {
        let caption = |state: &State, id: &str| state.tables.get(id).map(|table| normal(&table.caption));
        let tables = account.new.state.tables.keys().map(String::as_str);
        differing.extend(tables.filter(|id| caption(old.state, id) != caption(account.new.state, id)));
    }
    let states: Vec<&State> = account.states().collect();
    for concern in project.report.changes.iter().flat_map(|change| &change.concerns) {
        let id = concern.value.as_str();
        let named = closure(BTreeSet::from([concern.value.clone()]), &states);
        let row = id
            .rsplit_once('.')
            .is_some_and(|(table, _)| account.states().any(|state| state.tables.contains_key(table)));
        let is_row =
            row && !account.states().any(|state| state.figures.contains_key(id) || state.tables.contains_key(id));
        let changed = if is_row { rows.contains(id) } else { named.iter().any(|id| differing.contains(id.as_str())) };
        let known =
            account.states().any(|state| state.figures.contains_key(id) || state.tables.contains_key(id)) || is_row;
        if known && !changed {
            let version = account.old.map(|old| old.version).unwrap_or_default();
            sink.push(
                Diagnostic::warning(
                    Code::CHANGE_UNKNOWN,
                    say!(
                        "`{id}` has not changed since version {version}, and nothing that is computed from it",
                        id,
                        version
                    ),
                )
                .at(concern.span)
                .help(say!("correct the id, or take it out of `concerns`")),
            );
        }
    }
}

fn known_ids(project: &Project, account: &Account<'_>) -> BTreeSet<String> {
    let mut known: BTreeSet<String> =
        project.findings.datasets.iter().map(|dataset| dataset.id.value.clone()).collect();
    for state in account.states() {
        known.extend(state.figures.keys().chain(state.tables.keys()).cloned());
        known.extend(state.figures.values().flat_map(|figure| &figure.from).cloned());
        for (id, table) in &state.tables {
            known.extend(table.rows.iter().map(|row| format!("{id}.{}", row.id)));
        }
    }
    known
}

/// Whether a row of a table is named.
fn named_row(table: &str, named: &BTreeSet<String>, state: &State) -> bool {
    let Some(known) = state.tables.get(table) else { return false };
    let first = format!("{table}.");
    let rows = named.range(first.clone()..).take_while(|id| id.starts_with(&first));
    rows.filter_map(|id| id.strip_prefix(&first)).any(|row| known.rows.iter().any(|known| known.id == row))
}

/// What is named, and everything that is computed from it, in either version.
fn closure(mut named: BTreeSet<String>, states: &[&State]) -> BTreeSet<String> {
    let total = format!(".{TOTAL}");
    // What is made of each id; and of each table what is made of all of it, which changes with any row.
    let mut made: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut of_whole: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for state in states {
        let figures = state.figures.iter().map(|(id, figure)| (id, &figure.from));
        let tables = state.tables.iter().map(|(id, table)| (id, &table.from));
        for (id, from) in figures.chain(tables) {
            for part in from {
                made.entry(part).or_default().push(id);
                // A row of a table is computed from the table.
                if let Some((table, _)) = part.rsplit_once('.') {
                    made.entry(table).or_default().push(id);
                }
                of_whole.entry(part.strip_suffix(&total).unwrap_or(part)).or_default().push(id);
            }
        }
    }
    let mut open: Vec<String> = named.iter().cloned().collect();
    while let Some(id) = open.pop() {
        let of_row = id.rsplit_once('.').filter(|(table, row)| {
            let known = states.iter().filter_map(|state| state.tables.get(*table));
            known.flat_map(|table| &table.rows).any(|known| known.id == *row)
        });
        let whole = of_row.and_then(|(table, _)| of_whole.get(table)).into_iter().flatten();
        for more in made.get(id.as_str()).into_iter().flatten().chain(whole) {
            if named.insert((*more).to_owned()) {
                open.push((*more).to_owned());
            }
        }
    }
    named
}
