//! What authors type gives hidden numbers away as well as what they bind. [`surfaces`] are all texts of a report, [`names`] what its quantities are
//! called, [`read`] takes from a sentence what it says of them ([`statement`]). A statement that is true in every world of the proof tells nothing;
//! where those that are left when a reader knows all statements are too few, a hidden number is told, and [`follows`] says how.

mod follows;
mod names;
mod outside;
mod read;
mod sentence;
mod statement;
mod surfaces;
mod texts;
mod units;

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Groups;
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::resolved::ResolvedDocument;
use crate::markdown::plain_words;
use crate::model::Project;
use crate::source::Span;

use super::decision::Decision;
use super::naming::name_of;
use super::naming::place_of;
use super::network::Relation;
use super::quantities::{Printed, Quantities};

use follows::Told;
use names::Names;
use read::{Claim, Reading};
use statement::Statement;

pub use outside::tell_outside;
pub use texts::Texts;

/// What the texts of a report say of its quantities, as relations that a reader knows.
pub fn said_in(
    project: &Project,
    truth: &Statistics,
    quantities: &Quantities,
    (document, texts): (&ResolvedDocument, &Texts),
) -> Vec<Relation> {
    let names = Names::new(project, truth, (quantities, None), project.report.language);
    let mut out: Vec<Relation> = Vec::new();
    let values = quantities.network.values();
    let captions = captions(project, &names, &values, texts);
    for told in statements(project, &names, &values, (document, texts)).into_iter().chain(captions) {
        for relation in told.statement.relations() {
            if !out.contains(&relation) {
                out.push(relation);
            }
        }
    }
    out
}

/// What the texts of a report say of quantities with these names and values, in reading order.
fn statements(
    project: &Project,
    names: &Names,
    truth: &[i64],
    (document, texts): (&ResolvedDocument, &Texts),
) -> Vec<Told> {
    let language = project.report.language;
    let groups = Groups::new(&project.workspace.breakdowns, language);
    let reading = Reading { names, groups: &groups, language, truth, texts };
    let (mut out, mut near) = (Vec::new(), BTreeMap::new());
    for unit in surfaces::units(project, document) {
        out.extend(reading.claims(&unit, &mut near).into_iter().map(|Claim { statement, range }| Told {
            statement,
            words: unit.text.get(range.clone()).unwrap_or_default().to_owned(),
            span: unit.span(&range),
        }));
    }
    out
}

/// What captions of tables say of numbers of other tables.
fn captions(project: &Project, names: &Names, truth: &[i64], texts: &Texts) -> Vec<Told> {
    let language = project.report.language;
    let groups = Groups::new(&project.workspace.breakdowns, language);
    let reading = Reading { names, groups: &groups, language, truth, texts };
    let tables = project.findings.tables.iter();
    let told = tables.filter_map(|table| {
        let statement = reading.caption(table)?;
        Some(Told { statement, words: plain_words(&table.caption), span: Some(table.caption.span) })
    });
    told.collect()
}

/// Whether a statement, alone or in one sum, says something of a hidden number together with what is printed.
fn leads_to_printed(decision: &Decision, statement: &Statement, is_printed: &dyn Fn(&usize) -> bool) -> bool {
    let is_open = |at: &usize| decision.choice.hidden.contains(at) || is_printed(at);
    let own: Vec<usize> = statement.cells().collect();
    // What it speaks of is a share of a number that can be read, or the number itself, with a sum that can be.
    match own[..] {
        [only] => decision.quantities.network.relations.iter().any(|relation| {
            let cells = || relation.terms.iter().map(|(at, _)| at);
            cells().any(|at| *at == only) && cells().all(|at| *at == only || is_open(at))
        }),
        _ => own.iter().all(is_open),
    }
}

/// So many statements at most are tried one by one by looking for other worlds.
const TRIED: usize = 40;

/// Where a document has numbers that count something else than the tables and figures of a report do.
pub fn counted_otherwise(
    project: &Project,
    (decision, truth): (&Decision, &Statistics),
    (document, texts): (&ResolvedDocument, &Texts),
) -> Vec<Span> {
    let language = project.report.language;
    let values = decision.quantities.network.values();
    let names = Names::new(project, truth, (&decision.quantities, None), language);
    let groups = Groups::new(&project.workspace.breakdowns, language);
    let reading = Reading { names: &names, groups: &groups, language, truth: &values, texts };
    let units = surfaces::units(project, document);
    units.iter().flat_map(|unit| reading.others(unit).into_iter().filter_map(|range| unit.span(&range))).collect()
}

/// Tells of each typed statement of a document that says more of a number than it may, which a report (this one, or one that it stands beside) hides.
/// Gives the places that it told of.
pub fn tell_claims(
    project: &Project,
    (of, decision, truth): (&Project, &Decision, &Statistics),
    told: (&ResolvedDocument, &Texts, Option<&Printed>),
    sink: &mut Sink,
) -> Vec<Span> {
    let mut places = tell_of(project, (of, decision, truth), told, sink);
    if !decision.amounts.choice.hidden.is_empty() {
        places.extend(tell_of(project, (of, &decision.of_amounts(), truth), told, sink));
    }
    places
}

fn tell_of(
    project: &Project,
    (of, decision, truth): (&Project, &Decision, &Statistics),
    (document, texts, printed): (&ResolvedDocument, &Texts, Option<&Printed>),
    sink: &mut Sink,
) -> Vec<Span> {
    let choice = &decision.choice;
    if choice.hidden.is_empty() || decision.fault.is_some() {
        return Vec::new();
    }
    let cells = &decision.quantities.network.cells;
    let values = decision.quantities.network.values();
    let names = Names::new(of, truth, (&decision.quantities, Some(&choice.hidden)), project.report.language);
    let mut told = statements(project, &names, &values, (document, texts));
    if project.report.id == of.report.id {
        let all = Names::new(of, truth, (&decision.quantities, None), project.report.language);
        told.extend(captions(project, &all, &values, texts));
    }
    // What holds in every world is known already.
    told.retain(|told| !choice.worlds.iter().all(|world| told.statement.holds(world)));
    // Earlier words stand in no relation to what is printed nowhere now.
    let is_printed = |at: &usize| printed.is_none_or(|printed| decision.is_printed(*at, printed));
    told.retain(|told| told.span.is_some() || leads_to_printed(decision, &told.statement, &is_printed));
    let sensitive: Vec<usize> = choice.hidden.iter().copied().filter(|at| cells[*at].is_sensitive()).collect();
    let is_safe = |at: usize, known: &[&Told]| {
        let left = choice.worlds.iter().filter(|world| known.iter().all(|told| told.statement.holds(world)));
        cells[at].is_safe_with(left.map(|world| world[at]))
    };
    // Other worlds than those of the proof may hold with all of it.
    let withstands = |known: &[Told]| decision.withstands(known.iter().flat_map(|told| told.statement.relations()));
    if told.is_empty() || withstands(&told) {
        return Vec::new();
    }
    let severity = project.report.status.severity();
    let mut places = Vec::new();
    let mut given_away = BTreeSet::new();
    let mut tell = |cell: usize, with: &[&Told]| {
        let breakdowns = &project.workspace.breakdowns;
        let called = |at: usize| {
            let name = decision.quantities.first_name(at);
            let name = name.map(|name| name_of(name, breakdowns).to_string()).unwrap_or_default();
            if of.report.id == project.report.id { name } else { format!("{}:{name}", of.report.id) }
        };
        let Some(first) = with.first() else { return };
        let name = called(cell);
        let mut diagnostic = Diagnostic::new(
            severity,
            Code::DISCLOSURE_TYPED,
            say!(
                "\u{201c}{words}\u{201d} tells of `{name}`, which is {value} and which the report hides",
                words = first.words,
                name,
                value = decision.quantities.digits(values[cell])
            ),
        );
        places.extend(first.span);
        // Earlier words in an account of changes are nobody's to mend; the number is, where it stands now.
        let own = || place_of(decision.quantities.names[cell].first()?, of, truth);
        diagnostic = diagnostic.at(first.span.or_else(own).unwrap_or(project.report.version.span));
        for span in with[1..].iter().filter_map(|other| other.span) {
            diagnostic = diagnostic.also(span, say!("and this"));
        }
        let steps = follows::steps(decision, &values, with, cell, called);
        if !steps.is_empty() {
            diagnostic = diagnostic.help(say!("it follows so: {steps}", steps = steps.join("; ")));
        }
        let report = &of.report.id;
        sink.push(diagnostic.help(match first.span {
            Some(_) => say!(
                "write the sentence without the number; `belagg disclose {report}` tells why it is hidden",
                report
            ),
            None => say!(
                "an earlier version says so, which stays with its readers: take out what the number follows from together with it, or have somebody decide that it may be told (`exceptions` in `disclosure`); `belagg disclose {report}` tells why it is hidden",
                report
            ),
        }));
    };
    // First what gives a number away alone, then what does it together with others.
    for (at, statement) in told.iter().enumerate() {
        if at < TRIED && withstands(std::slice::from_ref(statement)) {
            continue;
        }
        let alone: Vec<usize> = sensitive.iter().copied().filter(|at| !is_safe(*at, &[statement])).collect();
        let own: Vec<usize> = statement.statement.cells().collect();
        let related = |at: &&usize| {
            decision.quantities.network.relations.iter().any(|relation| {
                let has = |cell: usize| relation.terms.iter().any(|(known, _)| *known == cell);
                has(**at) && own.iter().any(|cell| has(*cell))
            })
        };
        let nearest = alone.iter().find(|at| own.contains(at)).or_else(|| alone.iter().find(related));
        if let Some(cell) = nearest.or(alone.first()) {
            tell(*cell, &[statement]);
        }
        given_away.extend(alone);
    }
    let all: Vec<&Told> = told.iter().collect();
    for cell in sensitive.iter().copied().filter(|at| !given_away.contains(at)) {
        if !is_safe(cell, &all) {
            // Those that say nothing of it are left out.
            let differ = |told: &&&Told| {
                choice.worlds.iter().any(|world| world[cell] != values[cell] && !told.statement.holds(world))
            };
            let with: Vec<&Told> = all.iter().filter(differ).copied().collect();
            tell(cell, &with);
        }
    }
    places
}
