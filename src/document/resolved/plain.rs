//! The words of a resolved document.

use super::inline::Inline;
use super::visit::walk_inlines;

/// The words of inlines without markup, notes left out.
#[must_use]
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    walk_inlines(inlines, |inline| out.push_str(inline.words()));
    out
}
