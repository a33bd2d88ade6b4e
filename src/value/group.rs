//! Groups that a value is told apart by.

use std::collections::BTreeMap;

use super::Value;

/// A group of a breakdown that the workspace declares: women, those under 18. What it is called stands in the declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// The place of its breakdown among those of the workspace.
    pub breakdown: u8,
    /// Its place in the breakdown.
    pub place: u8,
}

/// A value by groups, of one breakdown or of several.
pub type Parts = BTreeMap<Group, Value>;
