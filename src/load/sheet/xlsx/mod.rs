//! SpreadsheetML: the part for the sheet is read cell by cell, after the texts and formats that it names by number.

mod book;
mod cells;
mod shared;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::say;
use crate::office::{Package, Piece, Relation, relations_of};
use crate::system::Bytes;

use super::address::reference;
use super::formats::Format;
use super::{Area, Fault, Found, Sheet, Wanted, same_name};

/// What the workbook says of all its sheets.
#[derive(Default)]
struct Workbook {
    /// Days are counted from 1904.
    since_1904: bool,
    /// The program that wrote the file left the formulas to the next one that opens it.
    uncomputed: bool,
    sheets: Vec<Tab>,
    names: Vec<DefinedName>,
}

/// A sheet as the workbook lists it.
struct Tab {
    name: String,
    /// Id of the relation that leads to the part.
    id: String,
    hidden: bool,
}

/// A name that somebody gave to a range of cells, or to something else.
struct DefinedName {
    name: String,
    range: String,
    /// The sheet that knows the name, where not all do.
    of_sheet: Option<usize>,
}

/// Texts and formats that cells name by number.
struct Shared {
    texts: Option<Vec<String>>,
    styles: Vec<Style>,
    since_1904: bool,
    uncomputed: bool,
}

/// How the cells of a style are shown.
#[derive(Debug, Clone, Default)]
struct Style {
    format: Format,
    unit: Option<Arc<str>>,
    bold: bool,
}

pub fn read(bytes: Bytes, wanted: Wanted<'_>) -> Result<Found, Fault> {
    let mut package = Package::open(bytes)?;
    let place = match relations_of(&mut package, "")?.into_values().find(|relation| relation.is("officeDocument")) {
        Some(relation) if package.has(&relation.target) => relation.target,
        _ => "xl/workbook.xml".to_owned(),
    };
    let workbook = book::workbook(&mut package, &place)?;
    let folder = place.rsplit_once('/').map_or("", |(folder, _)| folder);
    let relations = relations_of(&mut package, &place)?;
    let is_sheet = |tab: &&Tab| relations.get(&tab.id).is_none_or(|relation| relation.is("worksheet"));
    let sheets = || workbook.sheets.iter().filter(is_sheet);
    let by_name =
        |name: &str| sheets().find(|tab| tab.name == name).or_else(|| sheets().find(|tab| same_name(&tab.name, name)));
    let (tab, named) = match (wanted.sheet, wanted.name) {
        (Some(sheet), None) => (by_name(sheet), None),
        (None, None) => (sheets().find(|tab| !tab.hidden), None),
        (sheet, Some(name)) => {
            let ranges = ranges(&mut package, &workbook, &relations)?;
            let fits = |range: &&Range| sheet.is_none_or(|sheet| same_name(sheet, &range.sheet));
            let mut known = ranges.iter().filter(fits);
            match known.find(|range| same_name(&range.name, name)) {
                Some(range) => (by_name(&range.sheet), Some(range.area)),
                None if sheet.is_some_and(|sheet| by_name(sheet).is_none()) => (None, None),
                None => {
                    let names = ranges.iter().filter(fits).map(|range| range.name.clone());
                    return Ok(Found::NoName(names.collect()));
                }
            }
        }
    };
    let Some(tab) = tab else {
        return Ok(Found::NoSheet(sheets().map(|tab| tab.name.clone()).collect()));
    };
    let part = part_of(tab, &relations)?.to_owned();
    let other =
        |kind: &str| relations.values().find(|relation| relation.is(kind)).map(|relation| relation.target.clone());
    let texts = other("sharedStrings").unwrap_or_else(|| format!("{folder}/sharedStrings.xml"));
    let styles = other("styles").unwrap_or_else(|| format!("{folder}/styles.xml"));
    let texts = match package.part(&texts)? {
        Some(part) => Some(shared::texts(part)?),
        None => None,
    };
    let styles = match package.part(&styles)? {
        Some(part) => shared::styles(part)?,
        None => Vec::new(),
    };
    let shared = Shared { texts, styles, since_1904: workbook.since_1904, uncomputed: workbook.uncomputed };
    let sheet = cells::sheet(package.require(&part)?, &tab.name, &shared)?;
    Ok(Found::Sheet(Sheet { named, ..sheet }))
}

fn part_of<'a>(tab: &Tab, relations: &'a BTreeMap<String, Relation>) -> Result<&'a str, Fault> {
    let relation = relations.get(&tab.id);
    relation
        .map(|relation| relation.target.as_str())
        .ok_or_else(|| Fault::broken(say!("it does not say where the sheet `{name}` is kept", name = tab.name)))
}

/// A range of cells with a name.
struct Range {
    name: String,
    sheet: String,
    area: Area,
}

/// The names that stand for ranges of cells: those that people define, and those of tables.
fn ranges(
    package: &mut Package,
    workbook: &Workbook,
    relations: &BTreeMap<String, Relation>,
) -> Result<Vec<Range>, Fault> {
    let defined = workbook.names.iter().filter_map(|defined| {
        let (sheet, area) = reference(&defined.range, '!')?;
        let own = || workbook.sheets.get(defined.of_sheet?).map(|tab| tab.name.clone());
        Some(Range { name: defined.name.clone(), sheet: sheet.or_else(own)?, area })
    });
    // Print areas and what a filter covers are ranges of the program's own.
    let mut out: Vec<Range> = defined.filter(|range| !range.name.starts_with("_xlnm.")).collect();
    for tab in &workbook.sheets {
        let Some(relation) = relations.get(&tab.id).filter(|relation| relation.is("worksheet")) else { continue };
        let own = relations_of(package, &relation.target)?;
        for part in own.into_values().filter(|relation| relation.is("table")) {
            if let Some((name, area)) = table(package, &part.target)? {
                out.push(Range { name, sheet: tab.name.clone(), area });
            }
        }
    }
    Ok(out)
}

/// A table's name and its range, its row of totals left out.
fn table(package: &mut Package, part: &str) -> Result<Option<(String, Area)>, Fault> {
    let Some(mut xml) = package.part(part)? else { return Ok(None) };
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.name() == "table" => {
                let name = tag.attribute("displayName").or_else(|| tag.attribute("name"));
                let totals = tag.attribute("totalsRowCount").and_then(|rows| rows.trim().parse().ok()).unwrap_or(0);
                let area = tag.attribute("ref").as_deref().and_then(Area::parse);
                let area = area.map(|area| Area { last_row: area.last_row.saturating_sub(totals), ..area });
                return Ok(name.zip(area));
            }
            Piece::Done => return Ok(None),
            _ => {}
        }
    }
}
