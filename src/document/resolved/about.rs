//! What a report is about, and what it has to do with, by ids.

use serde::{Deserialize, Serialize};

/// What a list of reports says of one by ids, and no page prints.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The units that it is about.
    pub units: Vec<Named>,
    /// Its quality areas.
    pub areas: Vec<Named>,
    /// The report that it is made from.
    pub owner: Option<String>,
    /// Reports that stand beside it.
    pub companions: Vec<String>,
    /// The report whose development areas it follows up.
    pub follows: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    pub id: String,
    pub name: String,
    /// What it is called in running text, where that is shorter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
}
