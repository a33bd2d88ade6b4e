//! Which region of a map each row of a table is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::alike;
use crate::compute::table::{ComputedRow, Heading};
use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::data;
use crate::document::geography::{Layer, Region, Ring};
use crate::markdown::plain_words;
use crate::model::{Cells, DerivedColumn, MapSpec, Table};

/// A drawn column in which each row has its share of the sum of all.
pub fn shares_of_all<'a>(table: &'a Table, drawn: impl Iterator<Item = &'a str>) -> Option<&'a DerivedColumn> {
    let ids: Vec<&str> = drawn.collect();
    table.derived.iter().find(|own| matches!(own.cells, Cells::OfAll(_)) && ids.contains(&own.id.value.as_str()))
}

/// The shape of each row; `shares` are no matter for a map.
pub fn map_of(
    spec: &MapSpec,
    rows: &[ComputedRow],
    shares: Option<&DerivedColumn>,
    sink: &mut Sink,
) -> Option<data::Map> {
    if let Some(column) = shares {
        let message = say!(
            "each row of the column `{column}` has its share of all: that grows with the number of people in it",
            column = column.id.value
        );
        sink.push(
            Diagnostic::error(Code::CHART_MISLEADING, message)
                .at(spec.span)
                .also(column.id.span, say!("the column"))
                .help(say!("on a map large regions would seem to have more: draw what is told of those who live there (`share: [part, whole]`, `ratio`, `change`)")),
        );
        return None;
    }
    let layers = layers(spec, sink)?;
    let keys: Vec<[String; 2]> = rows.iter().map(|row| [key(&row.id), key(&words(row))]).collect();
    let named = best(spec, &layers, &keys);
    let Some(named) = named.filter(|named| named.found > 0) else {
        sink.push(nothing_fits(spec, &layers, rows));
        return None;
    };
    let found: Vec<Option<&str>> = keys.iter().map(|keys| named.key(keys)).collect();
    let faults = faults(spec, &named, &found, rows);
    let fits = faults.is_empty();
    faults.into_iter().for_each(|fault| sink.push(fault));
    let classes = spec.classes.iter().map(|limit| limit.value.to_f64()).collect();
    fits.then(|| data::Map { shapes: found.into_iter().flatten().map(|key| named.shape(key)).collect(), classes })
}

/// The layers that may be meant: all, or the one that is named.
fn layers<'a>(spec: &'a MapSpec, sink: &mut Sink) -> Option<Vec<&'a Layer>> {
    let all = &spec.geography.layers;
    let Some(wanted) = &spec.layer else { return Some(all.iter().collect()) };
    let found: Vec<_> = all.iter().filter(|layer| layer.name == wanted.value).collect();
    if found.is_empty() {
        let names = || all.iter().map(|layer| layer.name.as_str()).filter(|name| !name.is_empty());
        let known = names().collect::<Vec<_>>().join(", ");
        let told =
            if known.is_empty() { say!("GeoJSON has no layers: leave the key out") } else { Said::verbatim(known) };
        sink.push(
            Diagnostic::error(Code::MAP_UNFIT, say!("the map has no object `{wanted}`", wanted = wanted.value))
                .at(wanted.span)
                .nearest(&wanted.value, names())
                .help(told),
        );
    }
    (!found.is_empty()).then_some(found)
}

/// What a row or a region is called, for comparing: sheets lose the noughts before a code.
fn key(text: &str) -> String {
    let reading = alike::outline(text);
    let is_code = !reading.is_empty() && reading.bytes().all(|byte| byte.is_ascii_digit());
    if is_code { reading.trim_start_matches('0').to_owned() } else { reading }
}

fn words(row: &ComputedRow) -> String {
    match &row.label {
        Heading::Given(text) => plain_words(text),
        _ => row.id.clone(),
    }
}

/// The regions of a layer by one of their properties.
struct Named<'a> {
    property: &'a str,
    /// Several of one name are one region, in parts.
    regions: BTreeMap<String, Vec<&'a Region>>,
    /// How many rows are among them.
    found: usize,
}

impl<'a> Named<'a> {
    fn new(layer: &'a Layer, property: &'a str, rows: &[[String; 2]]) -> Self {
        let mut regions: BTreeMap<String, Vec<&Region>> = BTreeMap::new();
        for region in &layer.regions {
            if let Some(name) = region.name(property) {
                regions.entry(key(name)).or_default().push(region);
            }
        }
        let mut named = Self { property, regions, found: 0 };
        named.found = rows.iter().filter(|keys| named.key(keys).is_some()).count();
        named
    }

    /// The name of the region that a row is.
    fn key<'k>(&self, keys: &'k [String; 2]) -> Option<&'k str> {
        keys.iter().map(String::as_str).find(|key| self.regions.contains_key(*key))
    }

    fn shape(&self, key: &str) -> Arc<Vec<Ring>> {
        match self.regions.get(key).map_or(&[][..], Vec::as_slice) {
            [only] => Arc::clone(&only.rings),
            parts => Arc::new(parts.iter().flat_map(|part| part.rings.iter().cloned()).collect()),
        }
    }

    /// The name of a region as the map has it.
    fn written(&self, key: &str) -> &'a str {
        let region = self.regions.get(key).and_then(|regions| regions.first());
        region.and_then(|region| region.name(self.property)).unwrap_or_default()
    }
}

/// The layer and the property that most rows are found by; of equals the first.
fn best<'a>(spec: &'a MapSpec, layers: &[&'a Layer], rows: &[[String; 2]]) -> Option<Named<'a>> {
    let all = layers.iter().flat_map(|layer| {
        let of_layer = match &spec.key {
            Some(key) => vec![key.value.as_str()],
            None => properties(layer),
        };
        of_layer.into_iter().map(|property| Named::new(layer, property, rows)).collect::<Vec<_>>()
    });
    all.reduce(|best, next| if next.found > best.found { next } else { best })
}

/// The names of the properties that regions have, in the order of the file.
fn properties(layer: &Layer) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let all = layer.regions.iter().flat_map(|region| &region.names);
    all.map(|(name, _)| name.as_str()).filter(|name| seen.insert(*name)).collect()
}

/// No row is called as any region is.
fn nothing_fits(spec: &MapSpec, layers: &[&Layer], rows: &[ComputedRow]) -> Diagnostic {
    const SHOWN: usize = 3;
    let known: Vec<&str> = layers.iter().flat_map(|layer| properties(layer)).collect();
    let unknown = spec.key.as_ref().filter(|key| !known.contains(&key.value.as_str()));
    if let Some(key) = unknown {
        return Diagnostic::error(
            Code::MAP_UNFIT,
            say!("the regions of the map have no property `{key}`", key = key.value),
        )
        .at(key.span)
        .nearest(&key.value, known.iter().copied())
        .help(say!("properties: {known}", known = known.join(", ")));
    }
    let rows: Vec<String> = rows.iter().take(SHOWN).map(|row| format!("`{}` ({})", row.id, words(row))).collect();
    let examples = layers.iter().flat_map(|layer| properties(layer).into_iter().map(move |name| (layer, name)));
    let examples = examples.map(|(layer, property)| {
        let texts = layer.regions.iter().filter_map(|region| region.name(property)).take(SHOWN);
        format!("{property}: {}", texts.collect::<Vec<_>>().join(", "))
    });
    let place = spec.key.as_ref().map_or(spec.span, |key| key.span);
    Diagnostic::error(Code::MAP_UNFIT, say!("no row of the table is called as a region of the map is"))
        .at(place)
        .help(say!("rows by id and label: {rows} …", rows = rows.join(", ")))
        .help(say!("what regions are called: {take}", take = examples.take(8).collect::<Vec<_>>().join("; ")))
        .help(say!(
            "give the rows ids that the regions have (`ids`, or `id` at a row), or name the property with `key`"
        ))
}

/// Rows without region, two rows of one region, and regions without row; `found` are the regions of the rows.
fn faults(spec: &MapSpec, named: &Named, found: &[Option<&str>], rows: &[ComputedRow]) -> Vec<Diagnostic> {
    const NAMED: usize = 5;
    let mut faults = Vec::new();
    let mut taken: BTreeMap<&str, &ComputedRow> = BTreeMap::new();
    for (row, key) in rows.iter().zip(found) {
        let label = words(row);
        let Some(key) = key else {
            let all = named.regions.keys().map(|key| named.written(key));
            let message = say!("the map has no region for the row “{label}” (`{row}`)", label, row = row.id);
            faults.push(Diagnostic::error(Code::MAP_UNFIT, message).at(spec.span).nearest(&label, all).help(say!(
                "regions are known by `{property}` here; leave the row out with `rows`, or correct one of them",
                property = named.property
            )));
            continue;
        };
        if let Some(first) = taken.insert(key, row) {
            let region = named.written(key);
            let message = say!(
                "the rows `{first}` and `{row}` are both the region “{region}” of the map",
                region,
                first = first.id,
                row = row.id
            );
            faults.push(Diagnostic::error(Code::MAP_UNFIT, message).at(spec.span).help(say!("regions are known by `{property}` here; choose one of the rows with `rows`, or name with `key` a property that tells them apart", property = named.property)));
        }
    }
    let free = named.regions.keys().filter(|key| !taken.contains_key(key.as_str()));
    let free: Vec<&str> = free.map(|key| named.written(key)).collect();
    if !free.is_empty() && !spec.rows_only {
        let first = free.iter().take(NAMED).map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
        let more =
            if free.len() > NAMED { say!(" and {count} more", count = free.len() - NAMED) } else { Said::default() };
        let lost = rows.iter().zip(found).filter(|(_, key)| key.is_none());
        let labels: Vec<String> = lost.map(|(row, _)| words(row)).collect();
        let message = say!(
            "the table has no row for {count} of the map's regions: {first}{more}",
            first,
            more,
            count = free.len()
        );
        faults.push(
            Diagnostic::error(Code::MAP_UNFIT, message)
                .at(spec.span)
                .nearest(free[0], labels.iter().map(String::as_str))
                .help(say!("give them rows, with a blank and its reason where nothing is known: those are hatched"))
                .help(say!("or write `regions: rows` under `map`: only the regions that have a row are drawn")),
        );
    }
    faults
}
