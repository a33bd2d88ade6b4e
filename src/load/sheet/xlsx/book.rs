//! The part for the workbook, and where it says that its other parts lie.

use std::collections::BTreeMap;

use super::super::Fault;
use super::super::package::Package;
use super::super::xml::Piece;
use super::{DefinedName, Tab, Workbook};

pub struct Relation {
    kind: String,
    /// Path in the package.
    pub target: String,
}

impl Relation {
    pub fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// Relations by their ids; targets are relative to `folder`, or begin with a slash.
pub fn relations(package: &mut Package, part: &str, folder: &str) -> Result<BTreeMap<String, Relation>, Fault> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_in_paths_are_followed() {
        assert_eq!(without_dots("xl/../../custom/./a.xml"), "custom/a.xml");
    }
}
