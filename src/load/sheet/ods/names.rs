//! Names of ranges: those that people define, and those of database ranges, which filters make too.

use crate::office::{Part, Piece};

use super::super::Fault;
use super::super::address::{Area, reference};

/// A range of cells with a name.
pub struct Range {
    pub name: String,
    pub sheet: String,
    pub area: Area,
}

/// All of a file; they stand behind the sheets, or within the one that knows them.
pub fn ranges(mut xml: Part<'_>) -> Result<Vec<Range>, Fault> {
    let mut out = Vec::new();
    loop {
        match xml.next()? {
            Piece::Start(tag) => {
                let range = match tag.full_name() {
                    "table:named-range" => tag.attribute("table:cell-range-address"),
                    "table:database-range" => tag.attribute("table:target-range-address"),
                    _ => None,
                };
                let found = range.as_deref().and_then(|range| reference(range, '.'));
                if let Some((name, (Some(sheet), area))) = tag.attribute("table:name").zip(found) {
                    out.push(Range { name, sheet, area });
                }
            }
            Piece::Done => return Ok(out),
            _ => {}
        }
    }
}
