//! Where a part says that the parts that it uses lie.

use std::collections::BTreeMap;

use super::xml::Piece;
use super::{Fault, Package};

pub struct Relation {
    kind: String,
    /// Path in the package; of what lies outside, the address as it is written.
    pub target: String,
    pub is_external: bool,
}

impl Relation {
    /// Whether it is of this kind: the last step of the address that names it.
    pub fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// The relations of a part, by their ids; those of the package are of a part without a name.
pub fn relations_of(package: &mut Package, part: &str) -> Result<BTreeMap<String, Relation>, Fault> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let mut out = BTreeMap::new();
    let Some(mut xml) = package.part(&format!("{folder}/_rels/{name}.rels"))? else { return Ok(out) };
    loop {
        match xml.next()? {
            Piece::Start(tag) if tag.name() == "Relationship" => {
                let get = |name| tag.attribute(name).unwrap_or_default();
                let (written, is_external) = (get("Target"), get("TargetMode").eq_ignore_ascii_case("external"));
                let target = match is_external {
                    true => written,
                    false if written.starts_with('/') => without_dots(&written),
                    false => without_dots(&format!("{folder}/{written}")),
                };
                out.insert(get("Id"), Relation { kind: get("Type"), target, is_external });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_in_paths_are_followed() {
        assert_eq!(without_dots("xl/../../custom/./a.xml"), "custom/a.xml");
    }
}
