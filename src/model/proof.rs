//! What a kept choice was proved with: other numbers that agree with all that is printed, and the true ones among them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Sets of numbers of which nobody can tell the true one. It does not say which that is: from each of them the others prove the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// In which form it is written.
    pub schema: u32,
    /// The cases of each dataset whose rows are others in one of the worlds.
    pub datasets: BTreeMap<String, ProofCases>,
    pub worlds: Vec<ProofWorld>,
}

/// Cases as far as the report tells them apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofCases {
    /// Ids of columns.
    pub columns: Vec<String>,
    /// For each column the number or date, where it has such, and the ids of the categories.
    pub cases: Vec<Vec<Vec<String>>>,
    /// The places of cases that all worlds have, each as often as they have it.
    pub common: Vec<usize>,
}

/// One of the sets.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofWorld {
    /// Typed numbers by their names, where they are others in one of the worlds.
    pub numbers: BTreeMap<String, i64>,
    /// The places of its cases besides those that all have.
    pub cases: BTreeMap<String, Vec<usize>>,
}

/// Plain data as one line; what is made of texts and numbers alone can always be written.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl Proof {
    /// The form that this program writes.
    pub const SCHEMA: u32 = 1;

    /// Its file beside report.yaml; of a report that is a row of its folder's, with the report's name.
    #[must_use]
    pub fn path(folder: &str, report: &str) -> String {
        match folder == report {
            true => format!("content/{folder}/keep-hidden.json"),
            false => format!("content/{folder}/keep-hidden.{report}.json"),
        }
    }

    /// As it is written: a line for each case and each world.
    #[must_use]
    pub fn text(&self) -> String {
        let block = |lines: Vec<String>| match lines.is_empty() {
            true => "[]".to_owned(),
            false => format!("[\n{}\n]", lines.join(",\n")),
        };
        let datasets: Vec<String> = self
            .datasets
            .iter()
            .map(|(name, of)| {
                let cases = block(of.cases.iter().map(json).collect());
                let (name, columns, common) = (json(name), json(&of.columns), json(&of.common));
                format!("{name}: {{\n\"columns\": {columns},\n\"common\": {common},\n\"cases\": {cases}}}")
            })
            .collect();
        let worlds = block(self.worlds.iter().map(json).collect());
        let (schema, datasets) = (self.schema, datasets.join(",\n"));
        format!("{{\n\"schema\": {schema},\n\"datasets\": {{{datasets}}},\n\"worlds\": {worlds}\n}}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_it_is_written() {
        let cases = vec![vec![vec!["extent".to_owned()], vec!["23.5".to_owned(), "20-30".to_owned()]]];
        let of = ProofCases { columns: vec!["reason".to_owned(), "days".to_owned()], cases, common: vec![0, 0] };
        let numbers = [("visits.norr.\"women\"".to_owned(), 3)].into();
        let world = ProofWorld { numbers, cases: [("acts".to_owned(), vec![0])].into() };
        let proof = Proof {
            schema: Proof::SCHEMA,
            datasets: [("acts".to_owned(), of)].into(),
            worlds: vec![world, ProofWorld::default()],
        };
        assert_eq!(serde_json::from_str::<Proof>(&proof.text()).unwrap(), proof);
        let none = Proof { datasets: BTreeMap::new(), worlds: Vec::new(), ..proof };
        assert_eq!(serde_json::from_str::<Proof>(&none.text()).unwrap(), none);
    }
}
