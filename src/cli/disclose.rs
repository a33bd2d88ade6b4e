//! `belagg disclose`: what is hidden of a report under its disclosure policy, why, and what proves that it cannot be found out.

use serde_json::json;

use crate::diagnostic::{Said, Severity, say};
use crate::disclosure::{Decision, name_of};
use crate::model::{Breakdowns, Policy};
use crate::pipeline::{self, Figures};
use crate::session::Session;

use super::output::{Format, Output};
use super::{CONTENT, SUCCESS, opened};

/// Tells it of the named reports, or of all.
pub fn run(session: &Session<'_>, names: &[String], out: &Output) -> u8 {
    let (names, shop) = match opened(session, names, out) {
        Ok(found) => found,
        Err(code) => return code,
    };
    let mut faulty = false;
    let mut data = Vec::new();
    let mut faults = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let figures = pipeline::figures(shop, name);
        faulty |= figures.sink.count(Severity::Error) > 0;
        if out.format() == Format::Json {
            data.push(json(&figures));
        } else {
            if at > 0 {
                out.line(Said::default());
            }
            tell(&figures, out);
        }
        faults.push(figures);
    }
    if out.format() == Format::Json {
        out.data(&format!("{:#}", serde_json::Value::Array(data)));
    } else {
        out.diagnostics(&faults.iter().map(|figures| (&figures.sink, &figures.sources)).collect::<Vec<_>>());
    }
    if faulty { CONTENT } else { SUCCESS }
}

fn tell(figures: &Figures, out: &Output) {
    let Some((policy, decision, breakdowns)) = decided(figures) else {
        out.line(say!("{report}: no disclosure policy, nothing is hidden", report = figures.id));
        return;
    };
    out.line(say!("{report}: {terms}", report = figures.id, terms = terms(policy)));
    let put = |indent: usize, told: Said| out.plain(format!("{:indent$}{}", "", out.text(told)));
    let told = decision.told_count();
    if decision.fault.is_some() {
        put(2, say!("{told} numbers of persons; the policy cannot be met, and the report is not built", told));
        return;
    }
    let found = Hidden::new(decision, breakdowns);
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
    let width = found.rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
    for row in &found.rows {
        let name = format!("{:<width$}", row.name);
        let value = format!("{:>5}", row.value);
        put(
            4,
            match &row.protects {
                None => say!("{name}  {value}  too small", name, value),
                Some(other) => say!("{name}  {value}  would give away `{other}`", name, value, other),
            },
        );
    }
    if !found.computed.is_empty() {
        let names = found.computed.join(", ");
        put(2, say!("hidden with these, as they are computed of few persons or of a hidden number: {names}", names));
    }
    if !decision.quantities.unseen.is_empty() {
        let names = decision.quantities.unseen.iter().cloned().collect::<Vec<_>>().join(", ");
        put(2, say!("not looked at, as the program does not know how many persons stand behind these: {names}", names));
    }
    put(
        2,
        say!("not looked at: most of what is typed in texts instead of bound, and versions that were published before"),
    );
    if found.rows.is_empty() {
        return;
    }
    let choice = &decision.choice;
    put(
        2,
        say!(
            "proof: {worlds} other sets of whole numbers agree with everything that is printed; in them each hidden number has other values",
            worlds = choice.worlds.len()
        ),
    );
    put(
        2,
        if choice.bound == choice.cost {
            say!("nothing less could be hidden")
        } else {
            say!("it is not proved that nothing less could be hidden")
        },
    );
}

/// The policy of a report and what was decided under it; none where it has none, or could not be loaded.
fn decided(figures: &Figures) -> Option<(&Policy, &Decision, &Breakdowns)> {
    let project = figures.project.as_ref()?;
    Some((project.policy.as_ref()?, &figures.disclosure.as_ref()?.decision, &project.workspace.breakdowns))
}

fn terms(policy: &Policy) -> Said {
    policy.persons.map_or_else(
        || say!("a policy that says nothing of numbers of persons"),
        |persons| {
            say!(
                "at least {minimum} persons, or none; {values} values left to each hidden number",
                minimum = persons.minimum,
                values = persons.values_left
            )
        },
    )
}

/// A hidden number.
struct Row {
    name: String,
    value: i64,
    /// The number that it is hidden for.
    protects: Option<String>,
}

struct Hidden {
    rows: Vec<Row>,
    /// How many are hidden for themselves.
    primary: usize,
    computed: Vec<String>,
}

impl Hidden {
    fn new(decision: &Decision, breakdowns: &Breakdowns) -> Self {
        let network = &decision.quantities.network;
        let name = |at: usize| {
            let first = decision.quantities.names[at].first();
            first.map(|name| name_of(name, breakdowns).to_string()).unwrap_or_default()
        };
        let mut rows: Vec<Row> = decision
            .choice
            .hidden
            .iter()
            .filter(|at| !decision.quantities.names[**at].is_empty())
            .map(|at| Row {
                name: name(*at),
                value: network.cells[*at].value,
                protects: (!network.cells[*at].is_sensitive())
                    .then(|| decision.choice.protects.get(at).map(|other| name(*other)).unwrap_or_default()),
            })
            .collect();
        rows.sort_by(|a, b| (a.protects.is_some(), &a.name).cmp(&(b.protects.is_some(), &b.name)));
        let primary = rows.iter().filter(|row| row.protects.is_none()).count();
        Self {
            rows,
            primary,
            computed: decision.computed.iter().map(|name| name_of(name, breakdowns).to_string()).collect(),
        }
    }
}

fn json(figures: &Figures) -> serde_json::Value {
    let Some((policy, decision, breakdowns)) = decided(figures) else {
        return json!({"report": figures.id, "policy": null});
    };
    let found = Hidden::new(decision, breakdowns);
    let persons = policy.persons.map(|persons| {
        json!({"minimum": persons.minimum, "values-left": persons.values_left, "zeros": persons.zeros.name()})
    });
    let rows = found.rows.iter().map(|row| json!({"cell": row.name, "value": row.value, "protects": row.protects}));
    // Each other world by what it changes of what is told.
    let names = &decision.quantities.names;
    let changed = |world: &Vec<i64>| {
        let told = world.iter().zip(&decision.quantities.network.cells).zip(names);
        let told = told.filter(|((value, cell), names)| **value != cell.value && !names.is_empty());
        let all = |((value, _), names): ((&i64, _), &Vec<_>)| {
            names.iter().map(|name| (name_of(name, breakdowns).to_string(), json!(value))).collect::<Vec<_>>()
        };
        told.flat_map(all).collect::<serde_json::Map<_, _>>()
    };
    let worlds: Vec<_> = decision.choice.worlds.iter().map(changed).collect();
    json!({
        "report": figures.id,
        "policy": {"persons": persons},
        "told": decision.told_count(),
        "hidden": rows.collect::<Vec<_>>(),
        "computed": found.computed,
        "unseen": decision.quantities.unseen,
        "cost": decision.choice.cost,
        "bound": decision.choice.bound,
        "worlds": worlds,
        "met": decision.fault.is_none(),
    })
}
