//! The part for the workbook.

use crate::office::{Package, Piece};

use super::super::Fault;
use super::{DefinedName, Tab, Workbook};

pub fn workbook(package: &mut Package, part: &str) -> Result<Workbook, Fault> {
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
                let (name, id) = (tag.attribute("name").unwrap_or_default(), tag.prefixed("id").unwrap_or_default());
                out.sheets.push(Tab { name, id, hidden });
            }
            Piece::Start(tag) if xml.depth() == 3 && tag.name() == "definedName" => {
                let of_sheet = tag.attribute("localSheetId").and_then(|at| at.trim().parse().ok());
                let name = tag.attribute("name").unwrap_or_default();
                let range = xml.text(|_| false)?;
                out.names.push(DefinedName { name, range, of_sheet });
            }
            Piece::Done => return Ok(out),
            _ => {}
        }
    }
}
