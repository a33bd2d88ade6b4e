//! Where bound figures stand on the page: each place gets an address, and the figure a link to what is said of it.

use std::collections::BTreeMap;

use crate::document::anchor;
use crate::document::resolved::visit::{VisitMut, walk_body_mut, walk_inline_mut};
use crate::document::resolved::{Inline, ResolvedDocument};

/// Gives every printed figure its address; returns the addresses of each figure in the order of the document. Figures within links
/// and in the title cannot be links themselves and are passed over.
pub fn number(document: &mut ResolvedDocument) -> BTreeMap<String, Vec<String>> {
    let mut places = Places::default();
    for row in &mut document.imprint {
        places.inlines(&mut row.value);
    }
    if let Some(notice) = &mut document.notice {
        places.inlines(notice);
    }
    walk_body_mut(&mut places, document);
    places.found
}

#[derive(Default)]
struct Places {
    found: BTreeMap<String, Vec<String>>,
    count: usize,
}

impl VisitMut for Places {
    fn inline(&mut self, inline: &mut Inline) {
        match inline {
            Inline::Figure { id, entry, place, .. } => {
                self.count += 1;
                let anchor = anchor::bound(self.count);
                *entry = Some(anchor::evidence(id));
                *place = Some(anchor.clone());
                self.found.entry(id.clone()).or_default().push(anchor);
            }
            Inline::Link { .. } | Inline::Reference { .. } => {}
            _ => walk_inline_mut(self, inline),
        }
    }
}
