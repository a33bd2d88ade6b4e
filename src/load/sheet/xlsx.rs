//! SpreadsheetML: the part for the sheet is read cell by cell, after the texts and formats that it names by number.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::limits;
use crate::system::Bytes;

use super::formats::{self, Format};
use super::package::{Package, Part};
use super::xml::{Piece, Tag};
use super::{Area, Cell, Content, Fault, Found, Meter, Row, Sheet, formula};

/// What the workbook says of all its sheets.
#[derive(Default)]
struct Workbook {
    /// Days are counted from 1904.
    since_1904: bool,
    /// The program that wrote the file left the formulas to the next one that opens it.
    uncomputed: bool,
    /// Name, id of the relation that leads to the part, and whether the sheet is hidden.
    sheets: Vec<(String, String, bool)>,
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
}

pub fn read(bytes: Bytes, wanted: Option<&str>) -> Result<Found, Fault> {
    let mut package = Package::open(bytes)?;
    let place = match relations(&mut package, "_rels/.rels", "")?
        .into_values()
        .find(|relation| relation.is("officeDocument"))
    {
        Some(relation) if package.has(&relation.target) => relation.target,
        _ => "xl/workbook.xml".to_owned(),
    };
    let workbook = workbook(&mut package, &place)?;
    let (folder, file) = place.rsplit_once('/').unwrap_or(("", &place));
    let relations = relations(&mut package, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let is_table = |id: &str| relations.get(id).is_none_or(|relation| relation.is("worksheet"));
    let sheets: Vec<&(String, String, bool)> = workbook.sheets.iter().filter(|(_, id, _)| is_table(id)).collect();
    let found = match wanted {
        Some(wanted) => sheets.iter().find(|(name, ..)| name == wanted),
        None => sheets.iter().find(|(_, _, hidden)| !hidden),
    };
    let Some((name, id, _)) = found else {
        return Ok(Found::None(sheets.into_iter().map(|(name, ..)| name.clone()).collect()));
    };
    let part = relations
        .get(id)
        .ok_or_else(|| Fault::broken(format!("it does not say where the sheet `{name}` is kept")))?
        .target
        .clone();
    let other =
        |kind: &str| relations.values().find(|relation| relation.is(kind)).map(|relation| relation.target.clone());
    let texts = other("sharedStrings").unwrap_or_else(|| format!("{folder}/sharedStrings.xml"));
    let styles = other("styles").unwrap_or_else(|| format!("{folder}/styles.xml"));
    let texts = match package.part(&texts)? {
        Some(part) => Some(shared_texts(part)?),
        None => None,
    };
    let styles = match package.part(&styles)? {
        Some(part) => cell_styles(part)?,
        None => Vec::new(),
    };
    let shared = Shared { texts, styles, since_1904: workbook.since_1904, uncomputed: workbook.uncomputed };
    sheet(package.require(&part)?, name, &shared).map(Found::Sheet)
}

struct Relation {
    kind: String,
    /// Path in the package.
    target: String,
}

impl Relation {
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// Relations by their ids; targets are relative to `folder`, or begin with a slash.
fn relations(package: &mut Package, part: &str, folder: &str) -> Result<BTreeMap<String, Relation>, Fault> {
    let mut out = BTreeMap::new();
    let Some(mut xml) = package.part(part)? else { return Ok(out) };
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.name() == "Relationship" => {
                let get = |name| tag.attribute(name).unwrap_or_default();
                let target = get("Target");
                let target = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
                out.insert(get("Id"), Relation { kind: get("Type"), target: without_dots(&target) });
            }
            Piece::Done => return Ok(out),
            _ => {}
        }
    }
}

/// `xl/../custom/a.xml` as `custom/a.xml`. Nothing outside the package can be named: it is no path on a disk.
fn without_dots(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                out.pop();
            }
            step => out.push(step),
        }
    }
    out.join("/")
}

fn workbook(package: &mut Package, part: &str) -> Result<Workbook, Fault> {
    let mut out = Workbook::default();
    let mut xml = package.require(part)?;
    loop {
        match xml.next()? {
            // Only the workbook's own: extensions have elements of the same name deeper down.
            Piece::Start(tag) if xml.depth() == 2 && tag.name() == "workbookPr" => {
                out.since_1904 = tag.is_set("date1904")
            }
            Piece::Start(tag) if xml.depth() == 2 && tag.name() == "calcPr" => {
                out.uncomputed = tag.is_set("fullCalcOnLoad")
            }
            Piece::Start(tag) if xml.depth() == 3 && tag.name() == "sheet" => {
                let hidden = tag.attribute("state").is_some_and(|state| state != "visible");
                out.sheets.push((
                    tag.attribute("name").unwrap_or_default(),
                    tag.prefixed("id").unwrap_or_default(),
                    hidden,
                ));
            }
            Piece::Done => return Ok(out),
            _ => {}
        }
    }
}

fn shared_texts(mut xml: Part<'_>) -> Result<Vec<String>, Fault> {
    let mut out = Vec::new();
    let mut meter = Meter::default();
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.name() == "si" => {
                let text = Content::Text(rich_text(&mut xml)?);
                meter.add(&text, 1)?;
                if let Content::Text(text) = text {
                    out.push(text);
                }
            }
            Piece::Done => return Ok(out),
            _ => {}
        }
    }
}

/// The text of an element that holds runs; hints at pronunciation are left out.
fn rich_text(xml: &mut Part<'_>) -> Result<String, Fault> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = String::new();
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.name() == "t" => out.push_str(&xml.text(|_| false)?),
            Piece::Start(tag) if tag.name() == "rPh" => xml.skip()?,
            Piece::End(_) if xml.depth() <= outside => return Ok(unescaped(out)),
            Piece::Done => return Ok(out),
            _ => {}
        }
        if out.len() > limits::CELL_TEXT {
            return Err(Fault::large("one of its texts is larger than the program reads"));
        }
    }
}

/// Characters that XML cannot hold are written `_x000D_`.
fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let code = escape.get(2..6).filter(|_| escape.get(6..7) == Some("_"));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = escape.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = escape.get(2..).unwrap_or_default();
            }
        }
    }
    out + rest
}

/// The styles that cells name by their numbers.
fn cell_styles(mut xml: Part<'_>) -> Result<Vec<Style>, Fault> {
    let mut written: BTreeMap<u32, Style> = BTreeMap::new();
    let mut ids: Vec<u32> = Vec::new();
    let mut in_cells = false;
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.name() == "numFmt" => {
                let id = tag.attribute("numFmtId").and_then(|id| id.parse().ok());
                if let Some((id, code)) = id.zip(tag.attribute("formatCode")) {
                    let unit = formats::unit(&code).map(Arc::from);
                    written.insert(id, Style { format: formats::of_code(&code), unit });
                }
            }
            Piece::Start(tag) if tag.name() == "cellXfs" => in_cells = true,
            Piece::End(name) if name.rsplit(':').next() == Some("cellXfs") => in_cells = false,
            Piece::Start(tag) if in_cells && tag.name() == "xf" => {
                ids.push(tag.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0));
            }
            Piece::Done => break,
            _ => {}
        }
        if ids.len() > limits::CELLS || written.len() > limits::CELLS {
            return Err(Fault::large("it has too many formats"));
        }
    }
    let built_in = |id| Style { format: formats::built_in(id), unit: formats::built_in_unit(id).map(Arc::from) };
    Ok(ids.into_iter().map(|id| written.get(&id).cloned().unwrap_or_else(|| built_in(id))).collect())
}

fn sheet(mut xml: Part<'_>, name: &str, shared: &Shared) -> Result<Sheet, Fault> {
    let mut out = Sheet { name: name.to_owned(), ..Sheet::default() };
    let mut meter = Meter::default();
    let mut last_row = 0;
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.name() == "row" => {
                let number = match tag.attribute("r") {
                    Some(text) => text.trim().parse().map_err(|_| Fault::broken(format!("it has a row `{text}`")))?,
                    None => last_row + 1,
                };
                if number <= last_row {
                    return Err(Fault::broken(format!("its row {number} stands below row {last_row}")));
                }
                last_row = number;
                let hidden = tag.is_set("hidden");
                let cells = cells(&mut xml, number, shared, &mut meter)?;
                if !cells.is_empty() {
                    let number = u32::try_from(number).map_err(|_| Fault::broken("it has too many rows"))?;
                    out.rows.push(Row { number, hidden, cells });
                }
            }
            Piece::Start(tag) if tag.name() == "mergeCell" => {
                out.merged.push(area(&tag.attribute("ref").unwrap_or_default())?);
                meter.add(&Content::Empty, 1)?;
            }
            Piece::Done => return Ok(out),
            _ => {}
        }
    }
}

/// The cells of a row that hold something.
fn cells(xml: &mut Part<'_>, row: u64, shared: &Shared, meter: &mut Meter) -> Result<Vec<Cell>, Fault> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = Vec::new();
    let mut next: u64 = 0;
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.name() == "c" => {
                let column = match tag.attribute("r") {
                    Some(name) => match position(&name) {
                        Some((found, at)) if found == row && at >= next => at,
                        _ => {
                            return Err(Fault::broken(format!(
                                "its row {row} has a cell `{name}` where none can stand"
                            )));
                        }
                    },
                    None => next,
                };
                next = column.saturating_add(1);
                let cell = cell(xml, &tag, shared, (column, row))?;
                if cell.content == Content::Empty {
                    continue;
                }
                if let Some(fault) = super::far(row, column) {
                    return Err(fault);
                }
                meter.add(&cell.content, 1)?;
                out.push(cell);
            }
            Piece::End(_) if xml.depth() <= outside => return Ok(out),
            Piece::Done => return Ok(out),
            _ => {}
        }
    }
}

fn cell(xml: &mut Part<'_>, tag: &Tag, shared: &Shared, place: (u64, u64)) -> Result<Cell, Fault> {
    let kind = tag.attribute("t").unwrap_or_else(|| "n".to_owned());
    let style = tag.attribute("s").and_then(|style| style.trim().parse::<usize>().ok());
    let style = style.and_then(|style| shared.styles.get(style)).cloned().unwrap_or_default();
    let (mut value, mut written, mut inline): (Option<String>, Option<String>, Option<String>) = (None, None, None);
    let outside = xml.depth().saturating_sub(1);
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.name() == "v" => value = Some(xml.text(|_| false)?),
            Piece::Start(tag) if tag.name() == "f" => written = Some(xml.text(|_| false)?),
            Piece::Start(tag) if tag.name() == "is" => inline = Some(rich_text(xml)?),
            Piece::Start(_) => xml.skip()?,
            Piece::End(_) if xml.depth() <= outside => break,
            Piece::Done => break,
            _ => {}
        }
    }
    let aggregate = written.as_deref().is_some_and(formula::is_aggregate);
    let content = content(&kind, value, inline, written.is_some(), style.format, shared, place)?;
    let unit = style.unit.filter(|_| matches!(content, Content::Number(..)));
    Ok(Cell { column: u32::try_from(place.0).unwrap_or(u32::MAX), content, aggregate, unit })
}

fn content(
    kind: &str,
    value: Option<String>,
    inline: Option<String>,
    is_formula: bool,
    format: Format,
    shared: &Shared,
    (column, row): (u64, u64),
) -> Result<Content, Fault> {
    let place = || format!("{}{row}", u32::try_from(column).map_or_else(|_| "?".to_owned(), super::letters));
    if kind == "inlineStr" {
        return Ok(text(inline.or(value).unwrap_or_default()));
    }
    let value = match value {
        // An empty text is the result of a formula such as =IF(A2="","",A2): but only where the cell is one of text.
        Some(value) if value.trim().is_empty() && is_formula && kind != "str" => return Ok(Content::NotComputed),
        None if is_formula => return Ok(Content::NotComputed),
        // What a program writes that computes no formulas, in a file that says so.
        Some(value) if is_formula && shared.uncomputed && value.trim() == "0" => return Ok(Content::NotComputed),
        Some(value) => value,
        None => return Ok(inline.map_or(Content::Empty, text)),
    };
    Ok(match kind {
        "s" => {
            let at = value.trim().parse::<usize>().ok();
            let found = at.and_then(|at| shared.texts.as_ref()?.get(at).cloned());
            text(found.ok_or_else(|| Fault::broken(format!("its cell {} names a text that is not there", place())))?)
        }
        "str" => text(unescaped(value)),
        "b" => Content::Text(if value.trim() == "1" || value.trim() == "true" { "true" } else { "false" }.to_owned()),
        "e" => Content::Fault(value),
        "d" => super::day(&value).map_or_else(|| text(value), Content::Date),
        _ if value.trim().is_empty() => Content::Empty,
        _ => numeric(&value, format, shared.since_1904),
    })
}

fn text(text: String) -> Content {
    if text.trim().is_empty() { Content::Empty } else { Content::Text(text) }
}

fn numeric(value: &str, format: Format, since_1904: bool) -> Content {
    let as_written = || Content::Text(value.trim().to_owned());
    let number = || super::number(value);
    match format {
        Format::Number => number().map_or_else(as_written, |(value, decimals)| Content::Number(value, decimals)),
        Format::Percent => number()
            .and_then(super::percent)
            .map_or_else(as_written, |(value, decimals)| Content::Percent(value, decimals)),
        Format::Date => {
            let serial = value.trim().parse().unwrap_or(f64::NAN);
            formats::day(serial, since_1904).map_or_else(as_written, Content::Date)
        }
        Format::Time => {
            value.trim().parse().map_or_else(|_| as_written(), |serial| Content::Text(formats::time(serial)))
        }
    }
}

/// Row, counted from 1, and column, counted from 0, of a cell's name; as large as they are written.
fn position(name: &str) -> Option<(u64, u64)> {
    let at = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at(at);
    let mut column: u64 = 0;
    for letter in letters.bytes() {
        if !letter.is_ascii_alphabetic() {
            return None;
        }
        column = column.saturating_mul(26).saturating_add(u64::from(letter.to_ascii_uppercase() - b'A') + 1);
    }
    Some((digits.parse().ok()?, column.checked_sub(1)?))
}

/// `A2:B4`, also from below to above, or one cell.
fn area(text: &str) -> Result<Area, Fault> {
    let fault = || Fault::broken(format!("it has merged cells `{text}`"));
    let (from, to) = text.split_once(':').unwrap_or((text, text));
    let (from, to) = position(from).zip(position(to)).ok_or_else(fault)?;
    let fit = |a: u64, b: u64, less: u64| -> Result<(u32, u32), Fault> {
        let (low, high) = (a.min(b).checked_sub(less).ok_or_else(fault)?, a.max(b) - less);
        Ok((u32::try_from(low).map_err(|_| fault())?, u32::try_from(high).map_err(|_| fault())?))
    };
    let (first_row, last_row) = fit(from.0, to.0, 1)?;
    let (first_column, last_column) = fit(from.1, to.1, 0)?;
    Ok(Area { first_row, first_column, last_row, last_column })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_are_read_however_large() {
        assert_eq!(position("A1"), Some((1, 0)));
        assert_eq!(position("XFD1048576"), Some((1_048_576, 16_383)));
        assert_eq!(position("ab12"), Some((12, 27)));
        assert!(position("ZZZZZZZZZZZZZZZZZZZZZZZZZZZZ1").is_some_and(|(_, column)| column > 1 << 40));
        for name in ["", "1", "A", "A-1", "Å1", "A99999999999999999999999"] {
            assert_eq!(position(name), None, "{name}");
        }
        let area = area("B4:A2").unwrap();
        assert_eq!(area, Area { first_row: 1, first_column: 0, last_row: 3, last_column: 1 });
        assert!(super::area("A0:A2").is_err() && super::area("x").is_err() && super::area("A1:A99999999999").is_err());
    }

    #[test]
    fn escapes_and_paths() {
        assert_eq!(unescaped("a_x000D_b_x005F_x_xyz".to_owned()), "a\rb_x_xyz");
        assert_eq!(unescaped("_xD800_å_x".to_owned()), "_xD800_å_x");
        assert_eq!(without_dots("xl/../../custom/./a.xml"), "custom/a.xml");
    }
}
