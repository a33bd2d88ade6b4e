//! The columns that say which group of a breakdown each case belongs to.

use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Breakdowns, CaseKind};
use crate::source::{Spanned, Text};
use crate::value::Group;

use super::super::form::{Either, Form, Kind, OneOrMany, Placed, Plain, Short, missing, unknown_key};
use super::super::yaml::Node;
use super::bins::{BandEntry, BandSpec};
use super::{ColumnSpec, GroupedEntry, ValueSpec};

/// What stands in the cells of a group: one or several words, or the numbers from one to another.
pub(in crate::load) struct InGroup;
type Cells = Short<OneOrMany<Plain>, Placed<BandEntry>>;

impl Form for InGroup {
    type Value = Node;
    const KIND: Kind = Cells::KIND;

    /// As it stands: whether the key is a group, the workspace says.
    fn read(node: &Node, _: &str, _: &mut Sink) -> Option<Node> {
        Some(node.clone())
    }
}

/// The column of a breakdown; every group says what its cells hold.
pub fn column(
    id: Spanned<String>,
    given: Spanned<GroupedEntry>,
    breakdowns: &Breakdowns,
    sink: &mut Sink,
) -> Option<ColumnSpec> {
    let Spanned { value: GroupedEntry { column, groups }, span } = given;
    let Some((breakdown, declared)) = breakdowns.find(&id.value) else {
        let ids = || breakdowns.0.iter().map(|known| known.id.as_str());
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, format!("there is no breakdown `{}`", id.value))
                .at(id.span)
                .nearest(&id.value, ids())
                .help(format!("breakdowns: {}; belagg.yaml declares them", ids().collect::<Vec<_>>().join(", "))),
        );
        return None;
    };
    let what = format!("`{}`", id.value);
    let mut found: Vec<(Group, Spanned<String>, Node)> = Vec::new();
    let known: Vec<&str> =
        std::iter::once("column").chain(declared.groups.iter().map(|group| group.id.as_str())).collect();
    for (key, node) in groups {
        match breakdowns.group(&key.value).filter(|group| group.breakdown == breakdown) {
            Some(group) => found.push((group, key, node)),
            None => sink.push(unknown_key(&what, &key, &node, &known)),
        }
    }
    found.sort_by_key(|(group, ..)| *group);
    let lacking = breakdowns.groups(breakdown).filter(|group| !found.iter().any(|(known, ..)| known == group));
    let lacking: Vec<&str> = lacking.map(|group| breakdowns.id(group)).collect();
    for id in &lacking {
        sink.push(missing(&what, id, span));
    }
    let (mut values, mut bands) = (Vec::new(), Vec::new());
    for (group, key, node) in found {
        let id = Some(Spanned::new(breakdowns.id(group).to_owned(), key.span));
        let label = Text::new(breakdowns.id(group), key.span);
        match Cells::read(&node, &format!("`{}`", key.value), sink)? {
            Either::Short(words) => {
                let words = words.into_iter().map(|text| alike::reading(&text.value)).collect();
                values.push(ValueSpec { values: words, id, label, group: Some(group) });
            }
            Either::Full(Spanned { value: BandEntry { from, to }, .. }) => {
                bands.push(BandSpec { label, id, group: Some(group), from, to });
            }
        }
    }
    if !values.is_empty() && !bands.is_empty() {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, format!("{what} has groups of words and groups of numbers"))
                .at(span)
                .help("give what stands in the cells for each group, or for each its numbers: {from: 18, to: 64}"),
        );
        return None;
    }
    let numbers = !bands.is_empty();
    Some(ColumnSpec {
        id,
        header: column.filter(|_| lacking.is_empty())?,
        month: None,
        kind: if numbers { CaseKind::Number } else { CaseKind::Text },
        multiple: None,
        values: Some(values).filter(|_| !numbers),
        bands: Some(bands).filter(|_| numbers),
        bins: None,
        unit: None,
        leave_out: false,
    })
}
