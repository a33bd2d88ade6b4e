//! What a report would be with other files, before they are written.

use super::Workshop;
use super::stages::{Audited, audit};
use crate::check::Scope;
use crate::check::fix::Mended;
use crate::diagnostic::Severity;
use crate::system::Overlay;

/// Whether the report with the mended files says what it said: the same words, but for signs and blanks, and no new errors.
#[must_use]
pub fn prints_the_same(shop: Workshop<'_>, name: &str, before: &Audited, mended: &[Mended]) -> bool {
    let mut edited = Overlay::new(shop.system);
    if mended.iter().any(|file| edited.lay(&file.path, file.after.as_str()).is_err()) {
        return false;
    }
    let after = audit(shop.on(&edited), name, Scope::All);
    let errors = |audited: &Audited| audited.sink.count(Severity::Error);
    let words = |audited: &Audited| -> Vec<String> {
        let prose = audited.audit.iter().flat_map(|audit| &audit.prose);
        prose.map(|text| text.chars().filter(|c| c.is_alphanumeric()).collect()).collect()
    };
    errors(&after) <= errors(before) && words(before) == words(&after)
}
