//! What a file system says of a file without its bytes being read: whether it is still the one that was read once.

use std::fs::Metadata;

use serde::{Deserialize, Serialize};

/// The file, its size and when it was changed last. Whoever changes a file changes its stamp, since the last of these times cannot be set by programs;
/// two files never have the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    #[serde(rename = "n")]
    number: u64,
    #[serde(rename = "s")]
    size: u64,
    /// When its content was changed, in nanoseconds.
    #[serde(rename = "m")]
    modified: i64,
    /// When its content, its name or its rights were changed.
    #[serde(rename = "c")]
    changed: i64,
}

/// File systems count time in steps, of two seconds at most. A file that was changed so lately may be changed again within the same step.
#[cfg(unix)]
const STEP: i64 = 2_500_000_000;

impl Stamp {
    #[cfg(unix)]
    pub(super) fn from_metadata(file: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let time = |seconds: i64, nanos: i64| seconds.checked_mul(1_000_000_000)?.checked_add(nanos);
        let (modified, changed) = (time(file.mtime(), file.mtime_nsec())?, time(file.ctime(), file.ctime_nsec())?);
        Some(Self { number: file.ino(), size: file.size(), modified, changed })
    }

    /// Elsewhere the system says only when a file is claimed to have been changed.
    #[cfg(not(unix))]
    pub(super) fn from_metadata(file: &Metadata) -> Option<Self> {
        let modified = file.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        let modified = i64::try_from(modified.as_nanos()).ok()?;
        Some(Self { number: 0, size: file.len(), modified, changed: modified })
    }

    /// Itself, where a later change certainly gives another one. The clock is asked for nothing else than this, and nothing that is made depends on it.
    #[cfg(unix)]
    pub(super) fn settled(self) -> Option<Self> {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
        let now = i64::try_from(now.as_nanos()).ok()?;
        (self.changed.max(self.modified) < now.saturating_sub(STEP)).then_some(self)
    }

    #[cfg(not(unix))]
    pub(super) fn settled(self) -> Option<Self> {
        None
    }

    /// Whether the file was certainly changed before another one.
    #[must_use]
    pub fn is_before(self, other: Self) -> bool {
        cfg!(unix) && self.changed.max(self.modified) < other.changed.min(other.modified)
    }

    /// When its content was changed, for what was used least lately.
    #[must_use]
    pub fn modified(self) -> i64 {
        self.modified
    }

    #[must_use]
    pub fn size(self) -> u64 {
        self.size
    }
}
