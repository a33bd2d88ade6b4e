//! `belagg disclose`: what is hidden of a report under its disclosure policy, why, and what proves that it cannot be found out.

mod amounts;
mod data;
mod keep;
mod terms;

use std::collections::BTreeSet;

use crate::compute::mask::Quantity;
use crate::diagnostic::{Said, Severity, say};
use crate::disclosure::{Arithmetic, Axis, Choice, Decision, Known, Presumed, Proposal, Quantities, name_of, place_of};
use crate::locale::Locale;
use crate::model::{Breakdowns, Exemption, Policy};
use crate::pipeline::{self, Figures};
use crate::resolve::Facts;
use crate::session::Session;
use crate::source::Span;
use crate::system::System;

use super::output::{Format, Output};
use super::{CONTENT, SUCCESS, opened};

/// Tells it of the named reports, or of all; or writes the proof of what is kept hidden, and says so.
pub fn run(session: &Session<'_>, system: &dyn System, names: &[String], keep: bool, out: &Output) -> u8 {
    let (names, shop) = match opened(session, names, out) {
        Ok(found) => found,
        Err(code) => return code,
    };
    let mut faulty = false;
    let mut code = SUCCESS;
    let mut data = Vec::new();
    let mut faults = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let figures = pipeline::figures(shop, name);
        let locale = figures.project.as_ref().and_then(|project| shop.toolbox.locale_of(&project.report));
        faulty |= figures.sink.count(Severity::Error) > 0;
        if out.format() == Format::Json {
            let mut told = data::json(&figures, &pipeline::merges(shop, &figures), locale.as_deref());
            told["diagnostics"] = out.data_of(&figures.sink, &figures.sources);
            data.push(told);
        } else if figures.project.is_some() && !keep {
            if at > 0 {
                out.line(Said::default());
            }
            tell(&figures, &pipeline::merges(shop, &figures), locale.as_deref(), out);
        }
        if keep {
            code = code.max(keep::write(session, system, &figures, out));
        }
        faults.push(figures);
    }
    if out.format() == Format::Json {
        out.data(&format!("{:#}", serde_json::Value::Array(data)));
    } else {
        out.diagnostics(&faults.iter().map(|figures| (&figures.sink, &figures.sources)).collect::<Vec<_>>());
    }
    if faulty { code.max(CONTENT) } else { code }
}

fn tell(figures: &Figures, merges: &[Proposal], locale: Option<&Locale>, out: &Output) {
    let Some((policy, decision, facts)) = decided(figures, locale) else {
        out.line(say!("{report}: no disclosure policy, nothing is hidden", report = figures.id));
        return;
    };
    let terms = terms::terms(policy);
    out.line(say!("{report}: {terms}", report = figures.id, terms));
    let put = |indent: usize, told: Said| out.plain(format!("{:indent$}{}", "", out.text(told)));
    if policy.persons.is_some() || policy.amounts.is_none() {
        tell_persons((policy, decision), facts, merges, &put);
    } else {
        tell_merges(merges, &put);
    }
    amounts::tell((policy, decision), facts, &put);
}

fn tell_persons(
    (policy, decision): (&Policy, &Decision),
    facts: Facts<'_>,
    merges: &[Proposal],
    put: &dyn Fn(usize, Said),
) {
    let told = decision.told_count();
    if decision.fault.is_some() {
        put(2, say!("{told} numbers of persons; the policy cannot be met, and the report is not built", told));
        tell_merges(merges, put);
        return;
    }
    let found = Hidden::new(decision, facts);
    let (small, others) = (found.primary, found.rows.len().saturating_sub(found.primary));
    put(
        2,
        say!(
            "{told} numbers of persons; hidden: {small} that are too small, and {others} that would give them away",
            told,
            small,
            others
        ),
    );
    let whole = found.rows.iter().filter(|row| row.whole).count();
    if whole > 0 {
        put(2, say!("{whole} of those hidden for themselves tell of a whole group", whole));
    }
    let breakdowns = &facts.project.workspace.breakdowns;
    tell_merges(merges, put);
    let width = |of: fn(&Row) -> &String| found.rows.iter().map(|row| of(row).chars().count()).max().unwrap_or(0);
    let (names, labels) = (width(|row| &row.name), width(|row| &row.words));
    for row in &found.rows {
        let also: String = row.also.iter().map(|name| format!(" = {name}")).collect();
        let name = format!("{:<names$}  {:<labels$}", row.name, row.words);
        let value = format!("{:>5}{also}", row.value.map_or_else(|| "x".to_owned(), |value| value.to_string()));
        put(
            4,
            match (&row.protects, &row.gives_away) {
                (None, _) if row.whole => say!("{name}  {value}  tells of a whole group", name, value),
                (None, _) => say!("{name}  {value}  too small", name, value),
                (Some(other), None) if other.is_empty() => say!("{name}  {value}  stays hidden", name, value),
                (Some(_), Some(found)) => {
                    let other = decision.named(found.cell, breakdowns);
                    let sum = found.sentence(&|at| decision.named(at, breakdowns));
                    say!("{name}  {value}  would give away `{other}`: {sum}", name, value, other, sum)
                }
                (Some(other), None) => say!("{name}  {value}  would give away `{other}`", name, value, other),
            },
        );
    }
    if !found.computed.is_empty() {
        let names = found.computed.join(", ");
        put(2, say!("hidden with these, as they are computed of few persons or of a hidden number: {names}", names));
    }
    if !found.means.is_empty() {
        let names = found.means.join(", ");
        put(
            2,
            say!(
                "hidden with these, as beside what is shown they would tell how many are of which kind: {names}",
                names
            ),
        );
    }
    let presumed = presumed(&decision.quantities, breakdowns);
    if !presumed.is_empty() {
        put(
            2,
            say!(
                "taken to hang together although nothing says so, as names agree, and numbers as far as they are known:"
            ),
        );
        tell_lines(&presumed, put);
    }
    if !decision.quantities.unseen.is_empty() {
        let names = decision.quantities.unseen.iter().cloned().collect::<Vec<_>>().join(", ");
        put(2, say!("not looked at, as the program does not know how many persons stand behind these: {names}", names));
    }
    put(
        2,
        say!(
            "not looked at: what was typed in earlier versions, and statements in other words than those of tables and figures"
        ),
    );
    tell_public(decision, breakdowns, put);
    tell_decided((policy, decision), breakdowns, put);
    if found.rows.is_empty() {
        return;
    }
    let (choice, worlds) = (&decision.choice, decision.worlds(policy));
    put(
        2,
        say!(
            "proof: {worlds} other sets of whole numbers agree with everything that is printed; in them each hidden number has other values",
            worlds = worlds.len()
        ),
    );
    tell_values((decision, &worlds), breakdowns, put);
    if decision.kept {
        put(2, say!("hidden is what `keep-hidden` names: it tells nothing of the hidden numbers"));
        if decision.proved {
            put(2, say!("proved by what is kept of the proof"));
        } else {
            put(
                2,
                say!(
                    "`belagg disclose {report} --keep` keeps the proof beside report.yaml, so that each of these sets of numbers proves the same",
                    report = facts.project.report.id
                ),
            );
        }
        return;
    }
    tell_least(choice, put);
    tell_keeping((decision, facts), put);
}

/// In how many of the other sets of numbers means and the like would be others: they are not looked at when sets are sought.
fn tell_values((decision, worlds): (&Decision, &[&Vec<i64>]), breakdowns: &Breakdowns, put: &dyn Fn(usize, Said)) {
    let Quantities { network, cases, .. } = &decision.quantities;
    let changed = |world: &&Vec<i64>| cases.changed(network, world)?.err();
    let all: Vec<_> = worlds.iter().filter_map(changed).collect();
    if all.is_empty() {
        return;
    }
    let count = all.len();
    let names: BTreeSet<String> = all.iter().flatten().map(|name| name_of(name, breakdowns).to_string()).collect();
    let names = names.into_iter().collect::<Vec<_>>().join(", ");
    put(
        2,
        say!(
            "in {count} of these sets, a mean, a median or an extreme that is printed would be another, as far as the program finds: {names}",
            count,
            names
        ),
    );
    if decision.kept {
        put(4, say!("write these names under `keep-hidden` too, and the proof rests on none of these sets"));
    }
}

/// How near to the least that is which is hidden.
fn tell_least(choice: &Choice, put: &dyn Fn(usize, Said)) {
    put(
        2,
        match choice.dearer() {
            Some(0) => say!("nothing less could be hidden"),
            Some(percent) => say!(
                "what is hidden for the sake of others is at most {percent} percent dearer than the cheapest that could be (cost {cost}, at least {bound})",
                percent,
                cost = choice.cost,
                bound = choice.bound
            ),
            None => say!("it is not proved that nothing less could be hidden"),
        },
    );
}

/// The first lines of a list.
fn tell_lines(lines: &[String], put: &dyn Fn(usize, Said)) {
    lines.iter().take(LISTED).for_each(|line| put(4, Said::verbatim(line)));
    if lines.len() > LISTED {
        put(4, say!("and {more} more; `--format json` has all", more = lines.len() - LISTED));
    }
}

/// The list with which the same stays hidden.
fn tell_keeping((decision, facts): (&Decision, Facts<'_>), put: &dyn Fn(usize, Said)) {
    let Some(names) = decision.to_keep(facts.project) else { return };
    put(
        2,
        say!(
            "who has the program may work out for which numbers it hides just these; so that it hides the same whatever they are, write under `disclosure` in report.yaml:"
        ),
    );
    put(4, Said::verbatim(format!("keep-hidden: [{}]", names.join(", "))));
}

/// Small numbers that are printed since somebody has decided so.
fn by_decision<'a>((policy, decision): (&'a Policy, &Decision), breakdowns: &Breakdowns) -> Vec<(&'a Exemption, i64)> {
    let minimum = policy.persons.map_or(0, |persons| i64::from(persons.minimum));
    let value = |exception: &Exemption| {
        let mut cells = decision.quantities.network.cells.iter().zip(&decision.quantities.names);
        let is_it = |name: &Quantity| name_of(name, breakdowns).to_string() == exception.cell.value;
        let (cell, _) = cells.find(|(_, names)| names.iter().any(is_it))?;
        Some(cell.value).filter(|value| *value < minimum)
    };
    policy.exceptions.iter().filter_map(|exception| Some((exception, value(exception)?))).collect()
}

fn tell_decided(of: (&Policy, &Decision), breakdowns: &Breakdowns, put: &dyn Fn(usize, Said)) {
    let found = by_decision(of, breakdowns);
    if found.is_empty() {
        return;
    }
    put(2, say!("too small, and printed since somebody has decided so:"));
    for (Exemption { cell, reason, decided }, value) in found {
        put(
            4,
            say!(
                "`{name}` is {value}; {decided}: {reason}",
                name = cell.value,
                value,
                decided = decided.iso(),
                reason = reason.value.trim()
            ),
        );
    }
}

/// What readers know from what was published before.
fn tell_public(decision: &Decision, breakdowns: &Breakdowns, put: &dyn Fn(usize, Said)) {
    let rows = public(decision, breakdowns);
    if rows.is_empty() {
        return;
    }
    let (count, small) = (rows.len(), rows.iter().filter(|row| row.small).count());
    let mut versions: Vec<&str> = rows.iter().flat_map(|row| &row.known.editions).map(String::as_str).collect();
    versions.sort_unstable();
    versions.dedup();
    let versions = versions.join(", ");
    put(
        2,
        say!(
            "public already, and therefore not hidden: {count} numbers, {small} of them too small (printed in {versions})",
            count,
            small,
            versions
        ),
    );
    for row in rows.iter().filter(|row| row.small) {
        let (name, value, versions) = (&row.name, row.value, row.known.editions.join(", "));
        put(
            4,
            if row.known.follows {
                say!("{name} {value}: follows from {versions}", name, value, versions)
            } else {
                say!("{name} {value}: printed in {versions}", name, value, versions)
            },
        );
    }
}

/// A number that is public already.
struct PublicRow<'a> {
    name: String,
    value: i64,
    small: bool,
    known: &'a Known,
}

fn public<'a>(decision: &'a Decision, breakdowns: &Breakdowns) -> Vec<PublicRow<'a>> {
    let cells = &decision.quantities.network.cells;
    let row = |known: &'a Known| {
        let name = name_of(decision.quantities.names[known.at].first()?, breakdowns).to_string();
        Some(PublicRow { name, value: cells[known.at].value, small: known.small, known })
    };
    let mut rows: Vec<_> = decision.public.iter().filter_map(row).collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    rows
}

/// What could be put together instead, before what is hidden.
fn tell_merges(merges: &[Proposal], put: &dyn Fn(usize, Said)) {
    for Proposal { table, axis, together, before, after, written } in merges {
        let lines = together.iter().map(|(labels, _)| labels.join(" + ")).collect::<Vec<_>>().join("; ");
        let (shown, cells, now, of) = (after.shown, after.cells, before.shown, before.cells);
        put(
            2,
            match axis {
                Axis::Columns | Axis::Categories { across: true, .. } => say!(
                    "instead of hiding, put columns of `{table}` together ({lines}): {shown} of {cells} numbers are shown instead of {now} of {of}",
                    table,
                    lines,
                    shown,
                    cells,
                    now,
                    of
                ),
                Axis::Rows | Axis::Categories { .. } => say!(
                    "instead of hiding, put rows of `{table}` together ({lines}): {shown} of {cells} numbers are shown instead of {now} of {of}",
                    table,
                    lines,
                    shown,
                    cells,
                    now,
                    of
                ),
            },
        );
        let rest = after.hidden;
        if rest > 0 {
            put(4, say!("{rest} numbers of the report are hidden then instead of {all}", rest, all = before.hidden));
        }
        match axis {
            _ if written.is_empty() => {
                put(4, say!("put them together where they stand, in the file with the data or under `bands`"));
            }
            Axis::Rows | Axis::Columns => {
                put(4, say!("write in their place:"));
                written.iter().for_each(|line| put(6, Said::verbatim(line)));
            }
            Axis::Categories { dataset, column, .. } => {
                put(4, say!("write at `datasets` → `{dataset}` → `columns` → `{column}`:", dataset, column));
                written.iter().for_each(|line| put(6, Said::verbatim(line)));
            }
        }
    }
}

/// How many relations are told that no author declares.
const LISTED: usize = 12;

/// What is related without saying so, as arithmetic with the names of authors.
fn presumed(quantities: &Quantities, breakdowns: &Breakdowns) -> Vec<String> {
    let name = |at: &usize| {
        let first = quantities.first_name(*at);
        first.map(|name| name_of(name, breakdowns).to_string()).unwrap_or_default()
    };
    let line = |known: &Presumed| {
        let parts = known.parts.iter().map(name).collect::<Vec<_>>();
        let whole = name(&known.whole);
        if known.is_share {
            format!("{whole} = % {}", parts.join(" / "))
        } else {
            format!("{whole} = {}", parts.join(" + "))
        }
    };
    quantities.presumed.iter().map(line).collect()
}

/// The policy of a report and what was decided under it; none where it has none, or could not be loaded.
fn decided<'a>(figures: &'a Figures, locale: Option<&'a Locale>) -> Option<(&'a Policy, &'a Decision, Facts<'a>)> {
    let project = figures.project.as_ref()?;
    let disclosed = figures.disclosure.as_ref()?;
    let facts = Facts { project, statistics: &disclosed.truth, locale: locale?, sources: &figures.sources };
    Some((project.policy.as_ref()?, &disclosed.decision, facts))
}

/// A hidden number.
struct Row {
    name: String,
    /// What it is called in other tables.
    also: Vec<String>,
    /// As readers see it: "Norr, Kvinnor".
    words: String,
    /// None where the author does not tell it.
    value: Option<i64>,
    /// Where it is defined.
    place: Option<Span>,
    /// It is hidden because it tells of a whole group.
    whole: bool,
    /// The number that it is hidden for.
    protects: Option<String>,
    /// What would follow if it were shown.
    gives_away: Option<Arithmetic>,
}

struct Hidden {
    rows: Vec<Row>,
    /// How many are hidden for themselves.
    primary: usize,
    computed: Vec<String>,
    /// Means and the like that would tell of hidden numbers.
    means: Vec<String>,
}

impl Hidden {
    fn new(decision: &Decision, facts: Facts<'_>) -> Self {
        let breakdowns = &facts.project.workspace.breakdowns;
        let network = &decision.quantities.network;
        let name = |at: usize| decision.named(at, breakdowns);
        let mut rows: Vec<Row> = decision
            .choice
            .hidden
            .iter()
            .filter(|at| !decision.quantities.names[**at].is_empty())
            .map(|at| Row {
                name: name(*at),
                also: decision.named_elsewhere(*at, breakdowns),
                words: decision.quantity(*at).map(|name| facts.words_of(name)).unwrap_or_default(),
                value: (!decision.quantities.marks.contains(at)).then(|| network.cells[*at].value),
                place: decision.quantity(*at).and_then(|name| place_of(name, facts.project, facts.statistics)),
                whole: decision.quantities.whole.contains(at),
                protects: (!network.cells[*at].is_sensitive())
                    .then(|| decision.choice.protects.get(at).map(|other| name(*other)).unwrap_or_default()),
                gives_away: (!network.cells[*at].is_sensitive()).then(|| decision.gives_away(*at)).flatten(),
            })
            .collect();
        rows.sort_by(|a, b| (a.protects.is_some(), &a.name).cmp(&(b.protects.is_some(), &b.name)));
        let primary = rows.iter().filter(|row| row.protects.is_none()).count();
        Self {
            rows,
            primary,
            computed: decision
                .computed
                .iter()
                .chain(&decision.quantities.whole_shares)
                .map(|name| name_of(name, breakdowns).to_string())
                .collect(),
            means: decision.means.keys().map(|name| name_of(name, breakdowns).to_string()).collect(),
        }
    }
}
