//! What can be told of a place without reading what lies there.

use super::Stamp;

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// The system cannot tell.
    Unknown,
    Nothing,
    There(Stamp),
}

impl Sight {
    /// The stamp of what lies there.
    #[must_use]
    pub fn stamp(self) -> Option<Stamp> {
        match self {
            Self::There(stamp) => Some(stamp),
            Self::Nothing | Self::Unknown => None,
        }
    }
}
