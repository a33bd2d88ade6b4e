//! The columns that say which group of a breakdown each case belongs to.

use super::super::form::{Either, Form, Kind, OneOrMany, Placed, Plain, Short, keyed, missing};
use super::super::yaml::Node;
use super::bins::{BandEntry, BandSpec};
use super::{ColumnSpec, GroupedEntry, ValueSpec};
use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::model::{Breakdowns, CaseKind};
use crate::source::{Spanned, Text};

/// What stands in the cells of a group: one or several words, or the numbers from one to another.
pub(in crate::load) struct InGroup;
type Cells = Short<OneOrMany<Plain>, Placed<BandEntry>>;

impl Form for InGroup {
    type Value = Node;
    const KIND: Kind = Cells::KIND;

    /// As it stands: whether the key is a group, the workspace says.
    fn read(node: &Node, _: &Said, _: &mut Sink) -> Option<Node> {
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
            Diagnostic::error(Code::VALUE_INVALID, say!("there is no breakdown `{id}`", id = id.value))
                .at(id.span)
                .nearest(&id.value, ids())
                .help(say!("breakdowns: {ids}; belagg.yaml declares them", ids = ids().collect::<Vec<_>>().join(", "))),
        );
        return None;
    };
    let what = say!("`{id}`", id = id.value);
    let known: Vec<&str> =
        std::iter::once("column").chain(declared.groups.iter().map(|group| group.id.as_str())).collect();
    let own = |key: &str| breakdowns.group(key).filter(|group| group.breakdown == breakdown);
    let found = keyed(&what, groups, own, &known, sink);
    let lacking = breakdowns.groups(breakdown).filter(|group| !found.contains_key(group));
    let lacking: Vec<&str> = lacking.map(|group| breakdowns.id(group)).collect();
    for id in &lacking {
        sink.push(missing(&what, id, span));
    }
    let (mut values, mut bands) = (Vec::new(), Vec::new());
    for (group, (key, node)) in found {
        let id = Some(Spanned::new(breakdowns.id(group).to_owned(), key.span));
        let label = Text::new(key.value.clone(), key.span);
        match Cells::read(&node, &say!("`{key}`", key = key.value), sink)? {
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
            Diagnostic::error(Code::VALUE_INVALID, say!("{what} has groups of words and groups of numbers", what))
                .at(span)
                .help(say!(
                    "give what stands in the cells for each group, or for each its numbers: {from: 18, to: 64}"
                )),
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

/// Values that are printed as the same are one category.
pub(super) fn joined(specs: impl Iterator<Item = ValueSpec>) -> Vec<ValueSpec> {
    let mut out: Vec<ValueSpec> = Vec::new();
    for spec in specs {
        let id = |spec: &ValueSpec| spec.id.as_ref().map(|id| id.value.clone());
        let same = |known: &&mut ValueSpec| {
            known.label.value == spec.label.value && (spec.id.is_none() || id(known) == id(&spec))
        };
        // A value that is listed twice is told of later.
        match out.iter_mut().find(same).filter(|known| known.values.iter().all(|value| !spec.values.contains(value))) {
            Some(known) => known.values.extend(spec.values),
            None => out.push(spec),
        }
    }
    out
}
