//! OpenDocument spreadsheets: one part holds all sheets; cells and rows that repeat are written once.

mod names;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::say;
use crate::limits;
use crate::office::{Package, Part, Piece, Tag};
use crate::system::Bytes;

use super::{Area, Cell, Content, Fault, Found, Meter, Row, Sheet, Wanted, formats, formula, same_name};

const CONTENT: &str = "content.xml";
/// Depth of a sheet: document, body, spreadsheet, table. What is linked to from other files lies deeper.
const SHEET_DEPTH: usize = 4;

pub fn read(bytes: Bytes, wanted: Wanted<'_>) -> Result<Found, Fault> {
    let mut package = Package::open(bytes)?;
    if is_encrypted(&mut package)? {
        return Err(Fault::broken(say!("it is protected by a password")));
    }
    let Some(name) = wanted.name else { return content(&mut package, wanted.sheet) };
    let ranges = names::ranges(package.require(CONTENT)?)?;
    let fits = |range: &&names::Range| wanted.sheet.is_none_or(|sheet| same_name(sheet, &range.sheet));
    let Some(range) = ranges.iter().filter(fits).find(|range| same_name(&range.name, name)) else {
        return Ok(Found::NoName(ranges.iter().filter(fits).map(|range| range.name.clone()).collect()));
    };
    Ok(match content(&mut package, Some(&range.sheet))? {
        Found::Sheet(sheet) => Found::Sheet(Sheet { named: Some(range.area), ..sheet }),
        none => none,
    })
}

fn is_encrypted(package: &mut Package) -> Result<bool, Fault> {
    let Some(mut manifest) = package.part("META-INF/manifest.xml")? else { return Ok(false) };
    loop {
        match manifest.next()? {
            Piece::Start(tag) if tag.name() == "encryption-data" => return Ok(true),
            Piece::Done => return Ok(false),
            _ => {}
        }
    }
}

/// Styles that stand before the sheets.
#[derive(Default)]
struct Styles {
    /// Of sheets that are hidden.
    hiding: BTreeSet<String>,
    /// Of bold cells.
    bold: BTreeSet<String>,
}

/// The sheet of this name, or the first that is not hidden.
fn content(package: &mut Package, wanted: Option<&str>) -> Result<Found, Fault> {
    let mut xml = package.require(CONTENT)?;
    let mut names = Vec::new();
    let mut found = None;
    let mut style = String::new();
    let mut styles = Styles::default();
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.full_name() == "table:table" && xml.depth() == SHEET_DEPTH => {
                let name = tag.attribute("table:name").unwrap_or_default();
                let hidden = tag.attribute("table:style-name").is_some_and(|style| styles.hiding.contains(&style));
                if found.is_none() && wanted.map_or(!hidden, |wanted| same_name(wanted, &name)) {
                    found = Some(sheet(&mut xml, name, &styles)?);
                } else {
                    names.push(name);
                    xml.skip()?;
                }
            }
            Piece::Start(tag) if tag.full_name() == "style:style" => {
                style = tag.attribute("style:name").unwrap_or_default();
            }
            Piece::Start(tag)
                if tag.full_name() == "style:table-properties"
                    && tag.attribute("table:display").as_deref() == Some("false") =>
            {
                styles.hiding.insert(style.clone());
            }
            Piece::Start(tag)
                if tag.full_name() == "style:text-properties"
                    && tag.attribute("fo:font-weight").is_some_and(|weight| is_bold(&weight)) =>
            {
                styles.bold.insert(style.clone());
            }
            // The end is read too where the sheet was found: a file that breaks off is damaged.
            Piece::Done => return Ok(found.map_or(Found::NoSheet(names), Found::Sheet)),
            _ => {}
        }
    }
}

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)
}

fn sheet(xml: &mut Part<'_>, name: String, styles: &Styles) -> Result<Sheet, Fault> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = Sheet { name, ..Sheet::default() };
    let mut meter = Meter::default();
    // Rows and declared columns that were passed, counted from 0.
    let (mut at, mut column): (u64, u64) = (0, 0);
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.full_name() == "table:table-row" => {
                let times = repeated(&tag, "table:number-rows-repeated")?;
                let hidden = tag.attribute("table:visibility").is_some_and(|value| value != "visible");
                let cells = cells(xml, (at, styles), &mut meter, &mut out.merged)?;
                if !cells.is_empty() {
                    rows(&mut out.rows, cells, at, times, hidden, &mut meter)?;
                }
                at = at.saturating_add(times);
            }
            Piece::Start(tag) if tag.full_name() == "table:table-column" => {
                let end = column.saturating_add(repeated(&tag, "table:number-columns-repeated")?);
                if tag.attribute("table:visibility").is_some_and(|value| value != "visible") {
                    let fit = |at: u64| u32::try_from(at).unwrap_or(u32::MAX);
                    out.hidden_columns.push((fit(column), fit(end - 1)));
                    meter.add(&Content::Empty, 1)?;
                }
                column = end;
            }
            // Groups of rows and columns are nothing but rows and columns; drawings, links and the like hold none.
            Piece::Start(tag) if is_group(tag.full_name()) => {}
            Piece::Start(_) => xml.skip()?,
            Piece::End if xml.depth() <= outside => return Ok(out),
            Piece::Done => return Ok(out),
            _ => {}
        }
    }
}

fn is_group(name: &str) -> bool {
    matches!(
        name,
        "table:table-rows"
            | "table:table-header-rows"
            | "table:table-row-group"
            | "table:table-columns"
            | "table:table-header-columns"
            | "table:table-column-group"
    )
}

/// Keeps a row as often as it stands there.
fn rows(
    out: &mut Vec<Row>,
    cells: Vec<Cell>,
    at: u64,
    times: u64,
    hidden: bool,
    meter: &mut Meter,
) -> Result<(), Fault> {
    let last = at.saturating_add(times);
    if let Some(fault) = super::far(last, 0) {
        return Err(fault);
    }
    let copies = usize::try_from(times - 1).unwrap_or(usize::MAX);
    for cell in &cells {
        meter.add(&cell.content, copies)?;
    }
    for row in at..last - 1 {
        out.push(Row { number: u32::try_from(row + 1).unwrap_or(u32::MAX), hidden, cells: cells.clone() });
    }
    out.push(Row { number: u32::try_from(last).unwrap_or(u32::MAX), hidden, cells });
    Ok(())
}

/// The cells of a row that hold something.
fn cells(
    xml: &mut Part<'_>,
    (row, styles): (u64, &Styles),
    meter: &mut Meter,
    merged: &mut Vec<Area>,
) -> Result<Vec<Cell>, Fault> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = Vec::new();
    let mut column: u64 = 0;
    loop {
        match xml.next()? {
            Piece::Start(tag) if matches!(tag.full_name(), "table:table-cell" | "table:covered-table-cell") => {
                let times = repeated(&tag, "table:number-columns-repeated")?;
                let cell = cell(xml, &tag, styles)?;
                if let Some(area) = spanned(&tag, row, column)? {
                    meter.add(&Content::Empty, 1)?;
                    merged.push(area);
                }
                let end = column.saturating_add(times);
                if cell.content != Content::Empty {
                    if let Some(fault) = super::far(row + 1, end - 1) {
                        return Err(fault);
                    }
                    meter.add(&cell.content, usize::try_from(times).unwrap_or(usize::MAX))?;
                    let at = |column: u64| u32::try_from(column).unwrap_or(u32::MAX);
                    out.extend((column..end).map(|column| Cell { column: at(column), ..cell.clone() }));
                }
                column = end;
            }
            Piece::End if xml.depth() <= outside => return Ok(out),
            Piece::Done => return Ok(out),
            Piece::Start(_) => xml.skip()?,
            Piece::Text(_) | Piece::End => {}
        }
    }
}

/// How often something stands there: once, unless it says otherwise.
fn repeated(tag: &Tag, name: &str) -> Result<u64, Fault> {
    match tag.attribute(name) {
        None => Ok(1),
        Some(text) => match text.trim().parse::<u64>() {
            Ok(times) if times > 0 => Ok(times),
            _ => Err(Fault::broken(say!("it has a cell or row that repeats `{text}` times", text))),
        },
    }
}

/// The cells that a cell covers.
fn spanned(tag: &Tag, row: u64, column: u64) -> Result<Option<Area>, Fault> {
    let rows = repeated(tag, "table:number-rows-spanned")?;
    let columns = repeated(tag, "table:number-columns-spanned")?;
    if rows == 1 && columns == 1 {
        return Ok(None);
    }
    let fit =
        |from: u64, length: u64| u32::try_from(from).ok().zip(u32::try_from(from.saturating_add(length - 1)).ok());
    let ((first_row, last_row), (first_column, last_column)) =
        fit(row, rows).zip(fit(column, columns)).ok_or_else(|| {
            Fault::broken(say!(
                "its row {row} has a cell that covers {rows} rows and {columns} columns",
                rows,
                columns,
                row = row + 1
            ))
        })?;
    Ok(Some(Area { first_row, first_column, last_row, last_column }))
}

/// A cell, whose column is the reader's to say.
fn cell(xml: &mut Part<'_>, tag: &Tag, styles: &Styles) -> Result<Cell, Fault> {
    let written = tag.attribute("table:formula");
    let shown = shown(xml)?;
    let aggregate = written.as_deref().is_some_and(formula::is_aggregate);
    let get = |name: &str| tag.attribute(name).filter(|value| !value.trim().is_empty());
    let kind = get("office:value-type");
    let is_error = get("calcext:value-type").as_deref() == Some("error");
    let value = || get("office:value").as_deref().and_then(super::number);
    let unit = formats::unit_of(&shown).map(Arc::from);
    let not_there = || match &written {
        Some(_) => Content::NotComputed,
        None => text(shown.clone()),
    };
    let content = match kind.as_deref() {
        _ if is_error => Content::Fault(shown),
        Some("float" | "currency") => {
            value().map_or_else(not_there, |(value, decimals)| Content::Number(value, decimals))
        }
        Some("percentage") => value()
            .and_then(super::percent)
            .map_or_else(not_there, |(value, decimals)| Content::Percent(value, decimals)),
        Some("date") => get("office:date-value").as_deref().and_then(super::day).map_or_else(not_there, Content::Date),
        Some("time") => text(get("office:time-value").map_or_else(|| shown.clone(), |value| duration(&value))),
        Some("boolean") => get("office:boolean-value").map_or_else(not_there, Content::Text),
        Some(_) => text(get("office:string-value").filter(|_| shown.is_empty()).unwrap_or(shown)),
        None if written.is_some() && shown.trim().is_empty() => Content::NotComputed,
        None => text(shown),
    };
    let unit = unit.filter(|_| matches!(content, Content::Number(..)));
    let bold = tag.attribute("table:style-name").is_some_and(|style| styles.bold.contains(&style));
    Ok(Cell { column: 0, content, aggregate, unit, bold })
}

fn text(text: String) -> Content {
    if text.trim().is_empty() { Content::Empty } else { Content::Text(text) }
}

/// `PT10H30M00S` as 10:30.
fn duration(value: &str) -> String {
    let number = |unit: char| {
        let before = value.split(unit).next().filter(|before| before.len() < value.len())?;
        before.rsplit(|c: char| !c.is_ascii_digit() && c != '.').next()?.parse::<f64>().ok()
    };
    let part = |unit| number(unit).unwrap_or(0.0);
    super::formats::time((part('H') * 3600.0 + part('M') * 60.0 + part('S')) / 86_400.0)
}

/// The text that a cell shows: its paragraphs, without remarks and drawings.
fn shown(xml: &mut Part<'_>) -> Result<String, Fault> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = String::new();
    let mut paragraphs = 0;
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.full_name() == "text:p" => {
                if paragraphs > 0 {
                    out.push('\n');
                }
                paragraphs += 1;
                paragraph(xml, &mut out)?;
            }
            Piece::Start(_) => xml.skip()?,
            Piece::End if xml.depth() <= outside => return Ok(out),
            Piece::Done => return Ok(out),
            Piece::Text(_) | Piece::End => {}
        }
        if out.len() > limits::CELL_TEXT {
            return Err(Fault::large(say!("one of its texts is larger than the program reads")));
        }
    }
}

fn paragraph(xml: &mut Part<'_>, out: &mut String) -> Result<(), Fault> {
    let outside = xml.depth().saturating_sub(1);
    loop {
        match xml.next()? {
            Piece::Text(text) => out.push_str(&text),
            Piece::Start(tag) => match tag.full_name() {
                "text:s" => {
                    let blanks = repeated(&tag, "text:c")?.min(limits::XML_EVENT);
                    out.extend(std::iter::repeat_n(' ', usize::try_from(blanks).unwrap_or(1)));
                    xml.skip()?;
                }
                "text:tab" => out.push('\t'),
                "text:line-break" => out.push('\n'),
                "office:annotation" | "draw:frame" | "text:ruby-text" | "text:note" => xml.skip()?,
                _ => {}
            },
            Piece::End if xml.depth() <= outside => return Ok(()),
            Piece::Done => return Ok(()),
            Piece::End => {}
        }
        if out.len() > limits::CELL_TEXT {
            return Err(Fault::large(say!("one of its texts is larger than the program reads")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_they_are_shown() {
        assert_eq!(duration("PT10H30M00S"), "10:30");
        assert_eq!(duration("PT36H05M10S"), "36:05:10");
        assert_eq!(duration("x"), "00:00");
    }
}
