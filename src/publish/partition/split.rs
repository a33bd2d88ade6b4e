//! Which part of a build a report falls to, and where parts lie.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::system::Hash;

/// What a part says of itself.
pub const FILE: &str = "part.json";
/// What it depends on, as Make and Ninja read it.
pub const DEPENDENCIES: &str = "part.d";
/// The folder of the workspace in which parts lie where no other is named.
pub const FOLDER: &str = "parts";

/// So many parts there are at most.
const MOST: u32 = 10_000;

/// One of several parts, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Partition {
    pub part: u32,
    pub of: u32,
}

impl Partition {
    /// Whether there can be such a part.
    #[must_use]
    pub fn is_sound(self) -> bool {
        (1..=self.of).contains(&self.part) && self.of <= MOST
    }

    /// Whether what is built beside `owner` is this part's. The name alone decides, whatever else there is.
    #[must_use]
    pub fn has(self, owner: &str) -> bool {
        number(owner, self.of) == self.part
    }

    /// Where it lies where no other folder is named, in the workspace.
    #[must_use]
    pub fn folder(self) -> String {
        format!("{FOLDER}/{}-of-{}", self.part, self.of)
    }

    /// What the name of its folder says, where it is one that the program gives.
    pub fn named(folder: &str) -> Option<Self> {
        let name = folder.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next()?;
        let (part, of) = name.split_once("-of-")?;
        format!("{part}/{of}").parse().ok()
    }
}

/// The part of so many that has what is built beside `owner`.
#[must_use]
pub fn number(owner: &str, of: u32) -> u32 {
    let of = u64::from(of.max(1));
    u32::try_from(Hash::digest(owner.as_bytes()).short() % of).unwrap_or_default() + 1
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.part, self.of)
    }
}

/// What is none of several parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoPartition;

impl fmt::Display for NoPartition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a part is its number and how many there are ({MOST} at most), counted from 1: 2/7")
    }
}

impl std::error::Error for NoPartition {}

/// `2/7`
impl FromStr for Partition {
    type Err = NoPartition;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers = text.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        let partition = numbers.map(|(part, of)| Self { part, of }).filter(|partition| partition.is_sound());
        partition.ok_or(NoPartition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_counted_from_one() {
        assert_eq!("2/7".parse(), Ok(Partition { part: 2, of: 7 }));
        for wrong in ["0/7", "8/7", "2", "2/0", "-1/2", "a/b", "1/2/3", "1/10001", ""] {
            assert!(wrong.parse::<Partition>().is_err(), "{wrong}");
        }
        assert_eq!(Partition::named("parts/2-of-7/"), Some(Partition { part: 2, of: 7 }));
        assert_eq!(Partition::named("parts/one-of-7"), None);
    }

    #[test]
    fn every_report_is_in_one_part_and_no_part_has_nearly_all() {
        let names: Vec<String> = (0..1000).map(|number| format!("skola-{number}")).collect();
        for of in [1, 2, 3, 7] {
            let sizes: Vec<usize> =
                (1..=of).map(|part| names.iter().filter(|name| Partition { part, of }.has(name)).count()).collect();
            assert_eq!(sizes.iter().sum::<usize>(), 1000);
            let mean = 1000 / of as usize;
            assert!(sizes.iter().all(|size| size.abs_diff(mean) < mean / 3), "{sizes:?}");
        }
        // What was split before is split in the same way by later versions of the program.
        let told: Vec<u32> = ["exempelstad-2024", "sysselsattning-2021", "a"].map(|name| number(name, 7)).to_vec();
        assert_eq!(told, [5, 7, 5]);
    }
}
