//! Links where the program has folders of its own.

use std::fmt;
use std::io;

/// The folders that the program has to itself. It makes no links there: one that somebody has put there leads to what is not to be written over, as a
/// version that is published.
const OWN: &[&str] = &["output", ".built"];

/// A link on the way to what was to be written.
#[derive(Debug)]
pub struct Linked(pub String);

impl Linked {
    /// The link that an error tells of.
    #[must_use]
    pub fn in_error(error: &io::Error) -> Option<&Self> {
        error.get_ref().and_then(|inner| inner.downcast_ref())
    }
}

impl fmt::Display for Linked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is a link, and nothing is written through one", self.0)
    }
}

impl std::error::Error for Linked {}

/// The first link on a path, where that leads through folders of the program's own; the last name counts as well.
pub(super) fn on_own_way(path: &str, is_link: impl Fn(&str) -> bool) -> Option<Linked> {
    let mut names = path.split('/').filter(|name| !matches!(*name, "" | "."));
    let mut place = names.next().filter(|first| OWN.contains(first))?.to_owned();
    for name in names {
        place = format!("{place}/{name}");
        if is_link(&place) {
            return Some(Linked(place));
        }
    }
    None
}
