//! The part for a sheet, cell by cell.

use crate::diagnostic::say;
use crate::office::{Part, Piece, Tag};

use super::super::address::position;
use super::super::formats::Format;
use super::super::{Area, Cell, Content, Fault, Meter, Row, Sheet, far, formula, letters, shown_as};
use super::Shared;
use super::shared::{rich_text, unescaped};

pub fn sheet(mut xml: Part<'_>, name: &str, shared: &Shared) -> Result<Sheet, Fault> {
    let mut out = Sheet { name: name.to_owned(), ..Sheet::default() };
    let mut meter = Meter::default();
    let mut last_row = 0;
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.name() == "row" => {
                let number = match tag.attribute("r") {
                    Some(text) => {
                        text.trim().parse().map_err(|_| Fault::broken(say!("it has a row `{text}`", text)))?
                    }
                    None => last_row + 1,
                };
                if number <= last_row {
                    return Err(Fault::broken(say!("its row {number} stands below row {last_row}", number, last_row)));
                }
                last_row = number;
                let hidden = tag.is_set("hidden");
                let cells = cells(&mut xml, number, shared, &mut meter)?;
                if !cells.is_empty() {
                    let number = u32::try_from(number).map_err(|_| Fault::broken(say!("it has too many rows")))?;
                    out.rows.push(Row { number, hidden, cells });
                }
            }
            Piece::Start(tag) if tag.name() == "mergeCell" => {
                let text = tag.attribute("ref").unwrap_or_default();
                let area =
                    Area::parse(&text).ok_or_else(|| Fault::broken(say!("it has merged cells `{text}`", text)))?;
                out.merged.push(area);
                meter.add(&Content::Empty, 1)?;
            }
            Piece::Start(tag) if tag.name() == "col" && tag.is_set("hidden") => {
                let end = |name: &str| tag.attribute(name).and_then(|at| at.trim().parse::<u32>().ok()?.checked_sub(1));
                out.hidden_columns.extend(end("min").zip(end("max")));
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
                            return Err(Fault::broken(say!(
                                "its row {row} has a cell `{name}` where none can stand",
                                row,
                                name
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
                if let Some(fault) = far(row, column) {
                    return Err(fault);
                }
                meter.add(&cell.content, 1)?;
                out.push(cell);
            }
            Piece::End if xml.depth() <= outside => return Ok(out),
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
            Piece::End if xml.depth() <= outside => break,
            Piece::Done => break,
            _ => {}
        }
    }
    let aggregate = written.as_deref().is_some_and(formula::is_aggregate);
    let content = content(&kind, value, inline, written.is_some(), style.format, shared, place)?;
    let unit = style.unit.filter(|_| matches!(content, Content::Number(..)));
    let bold = style.bold;
    Ok(Cell { column: u32::try_from(place.0).unwrap_or(u32::MAX), content, aggregate, unit, bold })
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
    let place = || format!("{}{row}", u32::try_from(column).map_or_else(|_| "?".to_owned(), letters));
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
            text(found.ok_or_else(|| {
                Fault::broken(say!("its cell {place} names a text that is not there", place = place()))
            })?)
        }
        "str" => text(unescaped(value)),
        "b" => Content::Text(if value.trim() == "1" || value.trim() == "true" { "true" } else { "false" }.to_owned()),
        "e" => Content::Fault(value),
        "d" => super::super::day(&value).map_or_else(|| text(value), Content::Date),
        _ if value.trim().is_empty() => Content::Empty,
        _ => shown_as(&value, format, shared.since_1904),
    })
}

fn text(text: String) -> Content {
    if text.trim().is_empty() { Content::Empty } else { Content::Text(text) }
}
