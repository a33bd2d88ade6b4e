//! What is told of amounts: which are hidden, and of whom they would tell. It is for the author: none of it stands in what is published.

use serde_json::json;

use crate::diagnostic::{Said, say};
use crate::disclosure::{Decision, Known, Shares, name_of};
use crate::model::Policy;
use crate::resolve::Facts;

use super::{presumed, tell_least, tell_lines};

/// A hidden amount.
struct Row {
    name: String,
    words: String,
    value: String,
    /// What contributors have of it, where it is hidden for itself.
    shares: Option<Shares>,
    /// The author marks it.
    is_marked: bool,
    /// The amount that it is hidden for.
    protects: Option<String>,
    /// By which sum that would follow.
    sum: Option<Said>,
}

fn rows(decision: &Decision, facts: Facts<'_>) -> Vec<Row> {
    let amounts = &decision.amounts;
    let (quantities, choice) = (&amounts.quantities, &amounts.choice);
    let breakdowns = &facts.project.workspace.breakdowns;
    let alone = decision.of_amounts();
    let row = |at: usize| {
        let first = quantities.names[at].first()?;
        let is_sensitive = quantities.network.cells[at].is_sensitive();
        let other = choice.protects.get(&at).filter(|_| !is_sensitive).map(|other| alone.named(*other, breakdowns));
        let given_away = || alone.gives_away(at);
        Some(Row {
            name: name_of(first, breakdowns).to_string(),
            words: facts.words_of(first),
            value: quantities.digits(quantities.network.cells[at].value),
            is_marked: quantities.marks.contains(&at),
            shares: quantities.shares.get(&at).copied().filter(|_| is_sensitive),
            sum: other
                .as_ref()
                .and_then(|_| given_away())
                .map(|found| found.sentence(&|at| alone.named(at, breakdowns))),
            protects: other,
        })
    };
    let mut rows: Vec<Row> = choice.hidden.iter().filter_map(|at| row(*at)).collect();
    rows.sort_by(|a, b| (a.shares.is_none(), &a.name).cmp(&(b.shares.is_none(), &b.name)));
    rows
}

/// Which of the amounts are hidden, and why.
pub(super) fn tell((policy, decision): (&Policy, &Decision), facts: Facts<'_>, put: &dyn Fn(usize, Said)) {
    let Some(terms) = policy.amounts else { return };
    let (amounts, breakdowns) = (&decision.amounts, &facts.project.workspace.breakdowns);
    let told = amounts.quantities.names.iter().filter(|names| !names.is_empty()).count();
    let p = terms.p_percent;
    if amounts.fault.is_some() {
        put(2, say!("{told} amounts; the policy cannot be met, and the report is not built", told));
        return;
    }
    let rows = rows(decision, facts);
    let small = rows.iter().filter(|row| row.shares.is_some()).count();
    let others = rows.len() - small;
    put(
        2,
        say!(
            "{told} amounts; hidden: {small} of which the largest part could be known more closely than by {p} percent, and {others} that would give them away",
            told,
            small,
            p,
            others
        ),
    );
    let width = |of: fn(&Row) -> &String| rows.iter().map(|row| of(row).chars().count()).max().unwrap_or(0);
    let (names, labels, values) = (width(|row| &row.name), width(|row| &row.words), width(|row| &row.value));
    for Row { name, words, value, is_marked, shares, protects, sum } in &rows {
        let name = format!("{name:<names$}  {words:<labels$}");
        let value = format!("{value:>values$}");
        put(
            4,
            match (shares, protects, sum) {
                (Some(_), ..) if *is_marked => {
                    say!("{name}  {value}  marked by you, and would follow from a sum", name, value)
                }
                (Some(shares), ..) => say!("{name}  {value}  {why}", name, value, why = why(shares)),
                (None, Some(other), Some(sum)) => {
                    say!("{name}  {value}  would give away `{other}`: {sum}", name, value, other, sum)
                }
                (None, Some(other), None) => say!("{name}  {value}  would give away `{other}`", name, value, other),
                (None, None, _) => say!("{name}  {value}  would give another one away", name, value),
            },
        );
    }
    let extremes = &amounts.quantities.extremes;
    if !extremes.is_empty() {
        let names: Vec<String> = extremes.iter().map(|name| name_of(name, breakdowns).to_string()).collect();
        put(2, say!("hidden, since they tell what one contributor has: {names}", names = names.join(", ")));
    }
    let known = amounts.public.iter().filter(|known| known.small);
    let known: Vec<String> = known
        .filter_map(|known| {
            let name = name_of(amounts.quantities.first_name(known.at)?, breakdowns);
            Some(format!("{name} ({})", known.editions.join(", ")))
        })
        .collect();
    if !known.is_empty() {
        put(2, say!("published before, so that hiding would protect nobody: {names}", names = known.join(", ")));
    }
    let lines = presumed(&amounts.quantities, breakdowns);
    if !lines.is_empty() {
        put(2, say!("amounts taken to add up although nothing says so, as the numbers agree:"));
        tell_lines(&lines, put);
    }
    if !amounts.quantities.unseen.is_empty() {
        let names = amounts.quantities.unseen.iter().cloned().collect::<Vec<_>>().join(", ");
        put(2, say!("not looked at, as the program does not know who has a part of these amounts: {names}", names));
    }
    if rows.is_empty() {
        return;
    }
    let choice = &amounts.choice;
    put(
        2,
        say!(
            "proof: {worlds} other sets of amounts agree with everything that is printed; in them each is as far from the true one as it needs",
            worlds = choice.worlds.len()
        ),
    );
    tell_least(choice, put);
}

fn why(shares: &Shares) -> Said {
    let all = i128::from(shares.largest) + i128::from(shares.second) + i128::from(shares.others);
    let percent = i128::from(shares.largest) * 100 / all.max(1);
    match (shares.second, shares.others, shares.few, shares.count) {
        (0, ..) => say!("one has all of it"),
        (_, 0, _, Some(count)) if count > 2 => say!("two of {count} have all of it", count),
        (_, 0, _, Some(_)) => say!("two have all of it"),
        (_, 0, _, None) => say!("two may have all of it"),
        (_, _, true, Some(count)) => say!("{count} persons have a part of it", count),
        (_, _, _, Some(count)) => say!("the largest of {count} has {percent} percent of it", count, percent),
        _ => say!("the largest has {percent} percent of it", percent),
    }
}

/// The same for programs.
pub(super) fn json((policy, decision): (&Policy, &Decision), facts: Facts<'_>) -> serde_json::Value {
    let Some(terms) = policy.amounts else { return serde_json::Value::Null };
    let (amounts, breakdowns) = (&decision.amounts, &facts.project.workspace.breakdowns);
    let quantities = &amounts.quantities;
    let value = |units: i64| json!(quantities.digits(units));
    let hidden = rows(decision, facts).into_iter().map(|row| {
        let shares = row.shares.map(|shares| {
            json!({"largest": value(shares.largest), "second": value(shares.second), "others": value(shares.others), "contributors": shares.count})
        });
        json!({"cell": row.name, "label": row.words, "value": row.value, "shares": shares, "protects": row.protects})
    });
    let world = |world: &Vec<i64>| {
        let told = world.iter().zip(&quantities.network.cells).zip(&quantities.names);
        let told = told.filter(|((value, cell), _)| **value != cell.value);
        let names = told.flat_map(|((units, _), names)| {
            names.first().map(|name| (name_of(name, breakdowns).to_string(), value(*units)))
        });
        names.collect::<serde_json::Map<_, _>>()
    };
    let known = |known: &Known| {
        let name = name_of(quantities.first_name(known.at)?, breakdowns).to_string();
        Some(json!({"cell": name, "versions": known.editions, "small": known.small}))
    };
    json!({
        "p-percent": terms.p_percent,
        "told": quantities.names.iter().filter(|names| !names.is_empty()).count(),
        "hidden": hidden.collect::<Vec<_>>(),
        "single": quantities.extremes.iter().map(|name| name_of(name, breakdowns).to_string()).collect::<Vec<_>>(),
        "public": amounts.public.iter().filter_map(known).collect::<Vec<_>>(),
        "unseen": quantities.unseen,
        "presumed": presumed(quantities, breakdowns),
        "cost": amounts.choice.cost,
        "bound": amounts.choice.bound,
        "worlds": amounts.choice.worlds.iter().map(world).collect::<Vec<_>>(),
        "met": amounts.fault.is_none(),
    })
}
