//! What a number of a page comes from, and what of it can be changed.

use serde_json::{Value as Json, json};

use crate::model::{CellValue, Figure, Given};
use crate::resolve::Facts;
use crate::resolve::evidence::{Link, Step};
use crate::source::Span;

use super::places::written;

/// A chain is told so far; `belagg explain` tells all of it.
const MOST_STEPS: usize = 60;

/// How a figure came about, with all that it was made of.
pub fn figure(facts: Facts<'_>, id: &str) -> Json {
    chain(facts, Step::Figure(id.to_owned()))
}

/// How a cell of a table came about.
pub fn cell(facts: Facts<'_>, [table, row, column]: [&str; 3]) -> Json {
    let (findings, local) = facts.project.findings_of(table);
    let known = findings.tables.iter().find(|known| known.id.value == local);
    let typed = known.and_then(|known| {
        let at = known.columns.iter().position(|known| known.id.value == column)?;
        // A workbook has no lines that could be written to.
        let row = known.rows.iter().find(|known| known.id.value == row && known.sheet.is_none())?;
        row.cells.get(at).filter(|cell| !matches!(cell.value, CellValue::Blank(_)))
    });
    let values: Vec<Json> = typed.into_iter().map(|cell| written(facts.sources, cell.span)).collect();
    let mut told = chain(facts, Step::Table(table.to_owned()));
    told["origin"] = facts.row_origin(table, row).into();
    told["values"] = values.into();
    told
}

/// Every figure of a report, for who looks for one.
pub fn figures(facts: Facts<'_>) -> Json {
    let all = facts.statistics.figures.iter();
    all.map(|(id, figure)| json!({"id": id, "label": facts.label(figure), "value": facts.printed(&figure.total)}))
        .collect()
}

fn chain(facts: Facts<'_>, step: Step) -> Json {
    let links: Vec<Link> = facts.chain_from(step).filter(|link| !link.again).take(MOST_STEPS).collect();
    let value = |(label, span): (String, Span)| {
        let mut value = written(facts.sources, span);
        value["label"] = label.into();
        value
    };
    let figures = links.iter().filter(|link| matches!(link.step, Step::Figure(_)));
    let values: Vec<Json> = figures.flat_map(|link| typed(facts, link.id())).map(value).collect();
    let steps: Vec<Json> = links.iter().map(|link| entry(facts, link)).collect();
    json!({"steps": steps, "values": values})
}

fn entry(facts: Facts<'_>, link: &Link) -> Json {
    let Link { depth, label, value, how, span, .. } = link;
    let place = written(facts.sources, *span);
    json!({
        "id": link.id(), "label": label, "value": value, "how": how, "depth": depth,
        "file": place["file"], "line": place["line"],
    })
}

/// The values of a figure that an author typed, with what tells them apart.
fn typed(facts: Facts<'_>, id: &str) -> impl Iterator<Item = (String, Span)> {
    let (findings, local) = facts.project.findings_of(id);
    let figure: Option<&Figure> = findings.figures.iter().find(|figure| figure.id.value == local);
    let label = figure.map(|figure| facts.words(&figure.label)).unwrap_or_default();
    let all: Vec<(String, Span)> = match figure.map(|figure| &figure.given) {
        Some(Given::ByGroup(groups)) => groups
            .iter()
            .map(|(group, value)| (format!("{label}, {}", facts.locale.group(*group)), value.span))
            .collect(),
        Some(Given::Count(value) | Given::Percent { value, .. } | Given::Amount { value, .. }) => {
            vec![(label, value.span)]
        }
        Some(Given::Date(value)) => vec![(label, value.span)],
        Some(Given::Text(text)) => vec![(label, text.span)],
        _ => Vec::new(),
    };
    all.into_iter()
}
