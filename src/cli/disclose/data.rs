//! What `belagg disclose --format json` tells.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Hidden, amounts, by_decision, decided, presumed, public};
use crate::disclosure::{
    Answered, Arithmetic, Axis, Changed, Decision, End, Known, Proposal, Quantities, Shown, Sum, Term, name_of,
};
use crate::locale::Locale;
use crate::model::{Breakdowns, Exemption, WholeGroup};
use crate::pipeline::Figures;

/// The policy of a report, what is hidden and why, and the proof.
pub fn json(figures: &Figures, merges: &[Proposal], locale: Option<&Locale>) -> serde_json::Value {
    let Some((policy, decision, facts)) = decided(figures, locale) else {
        return json!({"report": figures.id, "policy": null});
    };
    let found = Hidden::new(decision, facts);
    let breakdowns = &facts.project.workspace.breakdowns;
    let persons = policy.persons.map(|persons| {
        json!({"minimum": persons.minimum, "values-left": persons.values_left, "zeros": persons.zeros.name()})
    });
    let whole_group = policy.whole_group.map(WholeGroup::name);
    let rows = found.rows.iter().map(|row| {
        let follows = row.gives_away.as_ref().map(|found| chain(found, decision, breakdowns));
        let place = row.place.map(|span| {
            let (start, end) = (figures.sources.position(span), figures.sources.end(span));
            let file = &figures.sources.get(span.source).path;
            json!({"file": file, "line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column})
        });
        json!({"cell": row.name, "label": row.words, "value": row.value, "place": place, "whole-group": row.whole, "protects": row.protects, "gives-away": follows})
    });
    // Each other world by what it changes of what is told.
    let names = &decision.quantities.names;
    let changed = |world: &Vec<i64>| {
        // Percentages follow from what they are shares of.
        let told = world.iter().zip(&decision.quantities.network.cells).zip(names).enumerate();
        let told = told.filter(|(at, _)| !decision.quantities.percentages.contains(at)).map(|(_, told)| told);
        let told = told.filter(|((value, cell), names)| **value != cell.value && !names.is_empty());
        let all = |((value, _), names): ((&i64, _), &Vec<_>)| {
            names.iter().map(|name| (name_of(name, breakdowns).to_string(), json!(value))).collect::<Vec<_>>()
        };
        told.flat_map(all).collect::<serde_json::Map<_, _>>()
    };
    let proof = decision.worlds(policy);
    let worlds: Vec<_> = proof.iter().map(|world| changed(world)).collect();
    let Quantities { network, cases, .. } = &decision.quantities;
    let in_rows: Vec<_> = proof.iter().map(|world| cases.changed(network, world)).collect();
    let other_rows = in_rows.iter().map(|found| found.as_ref()?.as_ref().ok().map(|changes| rows_of(changes)));
    let differing = in_rows.iter().flatten().filter_map(|found| found.as_ref().err()).flatten();
    let differing: BTreeSet<String> = differing.map(|name| name_of(name, breakdowns).to_string()).collect();
    let public = public(decision, breakdowns).into_iter().map(|row| {
        let Known { editions, follows, .. } = row.known;
        json!({"cell": row.name, "value": row.value, "small": row.small, "in": editions, "follows": follows})
    });
    let by_decision = by_decision((policy, decision), breakdowns);
    let decided = by_decision.iter().map(|(Exemption { cell, reason, decided }, value)| {
        json!({"cell": cell.value, "value": value, "reason": reason.value.trim(), "decided": decided.iso()})
    });
    let shown = |shown: &Shown| json!({"cells": shown.cells, "shown": shown.shown, "hidden-in-report": shown.hidden});
    let merges = merges.iter().map(|found| {
        let together = found.together.iter().map(|(labels, label)| json!({"labels": labels, "label": label}));
        json!({
            "table": found.table,
            "lines": match &found.axis {
                Axis::Columns | Axis::Categories { across: true, .. } => "columns",
                Axis::Rows | Axis::Categories { .. } => "rows",
            },
            "together": together.collect::<Vec<_>>(),
            "before": shown(&found.before),
            "after": shown(&found.after),
            "write": found.written,
        })
    });
    let merges: Vec<_> = merges.collect();
    json!({
        "report": figures.id,
        "policy": {"persons": persons, "whole-group": whole_group},
        "amounts": amounts::json((policy, decision), facts),
        "public": public.collect::<Vec<_>>(),
        "decided": decided.collect::<Vec<_>>(),
        "merges": merges,
        "told": decision.told_count(),
        "hidden": rows.collect::<Vec<_>>(),
        "computed": found.computed,
        "means": found.means,
        "unseen": decision.quantities.unseen,
        "presumed": presumed(&decision.quantities, breakdowns),
        "cost": decision.choice.cost,
        "bound": decision.choice.bound,
        "worlds": worlds,
        "rows": other_rows.collect::<Vec<_>>(),
        "differing": differing,
        "kept": decision.kept,
        "proved": decision.proved,
        "to-keep": if decision.kept { None } else { decision.to_keep(facts.project) },
        "met": decision.fault.is_none(),
    })
}

/// The case rows that a world changes: each becomes like another, with other answers under some headers.
fn rows_of(changes: &[Changed<'_>]) -> serde_json::Value {
    let but = |(header, answered): &(&str, Answered)| match answered {
        Answered::AsIn(row) => json!({"header": header, "as-in": row}),
        Answered::Text(text) => json!({"header": header, "text": text}),
    };
    let row = |changed: &Changed<'_>| {
        let but: Vec<_> = changed.but.iter().map(but).collect();
        json!({"dataset": changed.dataset, "row": changed.row, "like": changed.like, "but": but})
    };
    changes.iter().map(row).collect()
}

/// What would follow of which number, and by which sums.
fn chain(found: &Arithmetic, decision: &Decision, breakdowns: &Breakdowns) -> serde_json::Value {
    let name = |at: usize| decision.named(at, breakdowns);
    let term = |term: &Term| json!({"cell": name(term.cell), "times": term.times, "value": term.value, "bound": term.is_bound});
    let sum = |sum: &Sum| {
        let end = match sum.end {
            End::Exactly => "exactly",
            End::AtLeast => "at-least",
            End::AtMost => "at-most",
        };
        let terms: Vec<_> = sum.terms.iter().map(term).collect();
        json!({"is": end, "result": sum.result, "terms": terms, "constant": sum.constant, "divisor": sum.divisor})
    };
    let sums: Vec<_> = found.sums.iter().map(sum).collect();
    json!({"cell": name(found.cell), "low": found.low, "high": found.high, "sums": sums})
}
