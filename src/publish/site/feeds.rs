//! A feed for each kind of document, beside the one of all.

use std::collections::BTreeMap;

use crate::locale::Locale;
use crate::model::DocumentKind;
use crate::publish::addresses::{FeedPlace, feed};
use crate::publish::commit::CommitError;
use crate::render::html::Page;
use crate::versions::ledger::Ledger;

use crate::publish::beside::Press;

/// A feed of the documents of one kind.
pub struct KindFeed {
    /// The kind's word: "Granskningsrapport".
    pub label: String,
    /// Relative to the list of reports: `feeds/inspection-report.xml`.
    pub path: String,
}

/// The feeds of the kinds that anything is published of, in the order of their names; none where all is of one kind, which the feed of all tells
/// of already.
///
/// # Errors
/// A template's fault.
pub fn kinds(
    press: &mut Press<'_>,
    page: &Page<'_>,
    locale: &Locale,
    ledgers: &[(String, Ledger)],
) -> Result<Vec<KindFeed>, CommitError> {
    let mut kinds: BTreeMap<&str, Vec<&Ledger>> = BTreeMap::new();
    for (_, ledger) in ledgers {
        if let Some(newest) = ledger.newest() {
            kinds.entry(newest.head.kind.as_str()).or_default().push(ledger);
        }
    }
    if kinds.len() < 2 {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for (kind, ledgers) in kinds {
        // A kind becomes the name of a file: of the program's own, never what a record says.
        let Some(kind) = DocumentKind::find(kind) else { continue };
        let label = locale.label(kind.label()).to_owned();
        let path = format!("feeds/{}.xml", kind.name());
        let place = FeedPlace { path: &path, up: "../", about: Some(&label) };
        if feed(press, page, ledgers, place)? {
            out.push(KindFeed { label, path });
        }
    }
    Ok(out)
}
