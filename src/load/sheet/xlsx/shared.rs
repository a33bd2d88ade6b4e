//! Texts and styles that cells name by number.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::say;
use crate::limits;
use crate::office::{Part, Piece};

use super::super::{Content, Fault, Meter, formats};
use super::Style;

pub fn texts(mut xml: Part<'_>) -> Result<Vec<String>, Fault> {
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
pub fn rich_text(xml: &mut Part<'_>) -> Result<String, Fault> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = String::new();
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.name() == "t" => out.push_str(&xml.text(|_| false)?),
            Piece::Start(tag) if tag.name() == "rPh" => xml.skip()?,
            Piece::End if xml.depth() <= outside => return Ok(unescaped(out)),
            Piece::Done => return Ok(out),
            _ => {}
        }
        if out.len() > limits::CELL_TEXT {
            return Err(Fault::large(say!("one of its texts is larger than the program reads")));
        }
    }
}

/// Characters that XML cannot hold are written `_x000D_`.
pub fn unescaped(text: String) -> String {
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
pub fn styles(mut xml: Part<'_>) -> Result<Vec<Style>, Fault> {
    let mut written: BTreeMap<u32, Style> = BTreeMap::new();
    let mut fonts: Vec<bool> = Vec::new();
    let mut out: Vec<Style> = Vec::new();
    // Differential formats have fonts and numbers of their own: only the lists that cells go by are read.
    let mut list = String::new();
    loop {
        match xml.next()? {
            Piece::Start(tag) if xml.depth() == 2 => list = tag.name().to_owned(),
            Piece::Start(tag) if list == "numFmts" && tag.name() == "numFmt" => {
                let id = tag.attribute("numFmtId").and_then(|id| id.parse().ok());
                if let Some((id, code)) = id.zip(tag.attribute("formatCode")) {
                    let unit = formats::unit(&code).map(Arc::from);
                    written.insert(id, Style { format: formats::of_code(&code), unit, bold: false });
                }
            }
            Piece::Start(tag) if list == "fonts" && tag.name() == "font" => fonts.push(false),
            Piece::Start(tag) if list == "fonts" && tag.name() == "b" => {
                let is_set = tag.attribute("val").is_none_or(|value| !matches!(value.trim(), "0" | "false"));
                if let Some(font) = fonts.last_mut() {
                    *font = is_set;
                }
            }
            Piece::Start(tag) if list == "cellXfs" && tag.name() == "xf" => {
                let number = |name: &str| tag.attribute(name).and_then(|id| id.trim().parse::<u32>().ok()).unwrap_or(0);
                let id = number("numFmtId");
                let style = written.get(&id).cloned().unwrap_or_else(|| Style {
                    format: formats::built_in(id),
                    unit: formats::built_in_unit(id).map(Arc::from),
                    bold: false,
                });
                let bold = fonts.get(number("fontId") as usize).copied().unwrap_or(false);
                out.push(Style { bold, ..style });
            }
            Piece::Done => return Ok(out),
            _ => {}
        }
        if out.len() > limits::CELLS || written.len() > limits::CELLS || fonts.len() > limits::CELLS {
            return Err(Fault::large(say!("it has too many formats")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_taken_away() {
        assert_eq!(unescaped("a_x000D_b_x005F_x_xyz".to_owned()), "a\rb_x_xyz");
        assert_eq!(unescaped("_xD800_å_x".to_owned()), "_xD800_å_x");
    }
}
