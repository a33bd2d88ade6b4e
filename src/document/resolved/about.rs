//! What is said of a report as a whole: who publishes it on what terms, what it is about, and what it has to do with.

use std::collections::BTreeMap;

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
    /// The document that it is a translation of.
    pub translation_of: Option<String>,
    /// The report whose development areas it follows up.
    pub follows: Option<String>,
    /// The reports that it was written or made from.
    pub based_on: Vec<Basis>,
    /// In a follow-up, of each unit how far its development areas have come, in their order.
    pub progress: BTreeMap<String, Vec<&'static str>>,
}

/// A report that another one was written or made from.
#[derive(Debug, Clone)]
pub struct Basis {
    /// From the folder of the other.
    pub href: String,
    /// Its title and version.
    pub words: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    pub id: String,
    pub name: String,
    /// What it is called in running text, where that is shorter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Licence {
    /// `CC-BY-4.0`
    pub name: String,
    /// "CC BY 4.0"
    pub short: String,
    pub url: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Translation {
    /// `en`
    pub language: String,
    /// Its folder on the website: `report-en/1.0/`.
    pub path: String,
    /// What it says of itself to whoever may want it: "In English".
    pub words: String,
    /// Its page, from the folder of this version.
    pub href: String,
    /// It is what this document is a translation of.
    pub original: bool,
    pub title: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Publisher {
    pub name: String,
    pub unit: Option<String>,
    pub url: Option<String>,
    pub logo: Option<Logo>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Logo {
    /// Name of the copy among the report's assets: `assets/logo.svg`; the PDF template reads the same name.
    pub path: String,
    pub alt: String,
}
