//! What a sentence that binds a hidden number would give away, as a reader would do the sum.

use crate::compute::mask::Quantity;
use crate::compute::origin::How;
use crate::compute::statistics::{Computed, Statistics};
use crate::diagnostic::{Code, Said, Sink, say};
use crate::locale::Locale;
use crate::model::Project;
use crate::resolve::Withheld;
use crate::value::{Exact, Rounding, Value};

use super::decision::Decision;

/// Says at each sentence that was told of how the number would follow. `of` is the report that hides it: this one, or one that it adopts from.
pub fn tell_bound(
    (project, withheld): (&Project, &[Withheld]),
    (of, decision, truth): (&Project, &Decision, &Statistics),
    locale: &Locale,
    sink: &mut Sink,
) {
    let amounts = decision.of_amounts();
    let prefix = if of.report.id == project.report.id { String::new() } else { format!("{}:", of.report.id) };
    for Withheld { span, hidden, bound } in withheld {
        let Some(own) = named_there(hidden, &prefix) else { continue };
        let bound = bound.strip_prefix(&prefix).unwrap_or(bound);
        let breakdowns = &of.workspace.breakdowns;
        let place = |decision: &Decision| decision.quantities.names.iter().position(|names| names.contains(&own));
        let found = [decision, &amounts].into_iter().find_map(|decision| Some((decision, place(decision)?)));
        let Some((decision, at)) = found else { continue };
        let name = |at: usize| format!("{prefix}{}", decision.named(at, breakdowns));
        let is_small = decision.quantities.network.cells[at].is_sensitive();
        let said = if is_small {
            let value = decision.quantities.exact(decision.quantities.network.cells[at].value);
            let value = value.map(|value| locale.number(&value, decision.quantities.decimals)).unwrap_or_default();
            made_of((truth, locale), bound, &prefix, &format!("{value} ({})", name(at)))
        } else {
            let found = decision.gives_away(at);
            found.map(|found| say!("{sum} (`{name}`)", sum = found.sentence(&name), name = name(found.cell)))
        };
        if let Some(steps) = said {
            sink.add_help(Code::DISCLOSURE_BOUND, *span, &say!("it follows so: {steps}", steps));
        }
    }
}

/// The same number in the report that hides it.
fn named_there(quantity: &Quantity, prefix: &str) -> Option<Quantity> {
    let own = |id: &String| id.strip_prefix(prefix).filter(|id| !id.contains(':')).map(str::to_owned);
    Some(match quantity {
        Quantity::Cell { table, row, column } => {
            Quantity::Cell { table: own(table)?, row: row.clone(), column: column.clone() }
        }
        Quantity::Figure { id, group } => Quantity::Figure { id: own(id)?, group: *group },
    })
}

/// "8 % (appeals.share), 50 (cases): 4 (appeals)": what a figure that is made of a hidden number would print, and what else it is made of.
fn made_of((truth, locale): (&Statistics, &Locale), bound: &str, prefix: &str, hidden: &str) -> Option<Said> {
    let figure = truth.figures.get(bound).filter(|figure| !figure.how.figures().is_empty())?;
    let others = figure.how.figures().into_iter().chain(figure.base.as_deref());
    let told = |id: &str, figure: &Computed| Some(format!("{} ({prefix}{id})", digits(&figure.total, locale)?));
    let mut parts: Vec<String> = told(bound, figure).into_iter().collect();
    // In percent of what was before.
    if let How::Change { then, .. } = &figure.how
        && let (Some(by), Some(then)) =
            (figure.total.number(), truth.figures.get(then).and_then(|then| then.total.number()))
        && let Some(ratio) = Exact::ratio(by, then).and_then(|ratio| ratio.checked_mul(Exact::from(100_i64)))
    {
        parts.push(format!("{} %", ratio.to_decimal(0, Rounding::default())));
    }
    parts.extend(others.filter_map(|id| told(id, truth.figures.get(id)?)).filter(|part| part != hidden));
    (parts.len() > 1).then(|| Said::verbatim(format!("{} → {hidden}", parts.join(", "))))
}

/// As a reader sees it.
fn digits(value: &Value, locale: &Locale) -> Option<String> {
    let number = locale.number(&value.number()?, value.decimals());
    let sign = if matches!(value, Value::Percent { .. }) { " %" } else { "" };
    Some(format!("{number}{sign}"))
}
