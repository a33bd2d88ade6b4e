//! What must lie at a place in the workspace: the file of another version is the wrong one there, however genuine it is elsewhere.

use crate::versions::internal_record::FOLDER;

use super::super::ledgers::Ledgers;

/// A place in the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The workspace itself, `content` or `output`: everything.
    Workspace,
    /// `content/<report>` or its ledger.
    Report(String),
    /// `output/<document>`.
    Document(String),
    /// `output/<document>/<version>`, published.
    Version(String, String),
    /// A file of a published version.
    Output(String, String, String),
    /// What lies beside the versions, by its path.
    Beside(String),
    /// `content/ledger.yaml`.
    Heads,
    Record(String, String),
    Pack(String, String),
    /// The internal record of a version.
    Internal(String, String),
    /// `archive/<report>-<version>.tar`, by the name of the folder in it.
    Package(String),
    /// Where nothing in particular must lie.
    Elsewhere,
}

impl Place {
    /// The place of a path in the workspace.
    #[must_use]
    pub fn new(path: Option<&str>, ledgers: &Ledgers) -> Self {
        let Some(path) = path else { return Self::Elsewhere };
        let text = |part: &str| part.to_owned();
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] | ["content" | "output"] => Self::Workspace,
            ["content", "ledger.yaml"] => Self::Heads,
            ["content", report] | ["content", report, "versions"] if ledgers.has_report(report) => {
                Self::Report(text(report))
            }
            ["content", report, "versions", name] => match (name.strip_suffix(".yaml"), name.strip_suffix(".tar.gz")) {
                (Some(version), _) => Self::Record(text(report), text(version)),
                (_, Some(version)) => Self::Pack(text(report), text(version)),
                _ => Self::Elsewhere,
            },
            ["content", report, "versions", FOLDER, name] => {
                match (name.strip_suffix(".yaml"), name.strip_suffix(".tar.gz")) {
                    (Some(version), _) => Self::Internal(text(report), text(version)),
                    (_, Some(version)) => Self::Pack(text(report), text(version)),
                    _ => Self::Elsewhere,
                }
            }
            ["output", document] if ledgers.has(document) => Self::Document(text(document)),
            ["output", document, version] if ledgers.find(document, version).is_some() => {
                Self::Version(text(document), text(version))
            }
            ["output", document, version, rest @ ..]
                if !rest.is_empty() && ledgers.find(document, version).is_some() =>
            {
                Self::Output(text(document), text(version), rest.join("/"))
            }
            ["output", ..] => Self::Beside(parts.join("/")),
            ["archive", name] => match name.strip_suffix(".tar") {
                Some(root) => Self::Package(text(root)),
                None => Self::Elsewhere,
            },
            _ => Self::Elsewhere,
        }
    }
}
