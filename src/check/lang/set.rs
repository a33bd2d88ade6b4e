//! A set of tags.

use super::Tag;
use crate::locale::KnownGroup;

const WORDS: usize = 4;

/// A set of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tags([u64; WORDS]);

const _: () = assert!(Tag::ALL.len() <= 64 * WORDS);

impl Tags {
    #[must_use]
    pub fn has(self, tag: Tag) -> bool {
        let at = tag as usize;
        self.0[at / 64] & (1 << (at % 64)) != 0
    }

    #[must_use]
    pub fn any(self, tags: &[Tag]) -> bool {
        tags.iter().any(|tag| self.has(*tag))
    }

    /// The group that the word names alone, of those that every language has words for.
    #[must_use]
    pub fn known_group(self) -> Option<KnownGroup> {
        match (self.has(Tag::Women), self.has(Tag::Men)) {
            (true, false) => Some(KnownGroup::Women),
            (false, true) => Some(KnownGroup::Men),
            _ => None,
        }
    }

    pub(super) fn add(&mut self, tag: Tag) {
        let at = tag as usize;
        self.0[at / 64] |= 1 << (at % 64);
    }

    pub(super) fn join(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine |= theirs;
        }
    }
}
