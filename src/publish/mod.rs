//! From a report to the files of a publication: every step in order, then one move into place.

mod addresses;
pub mod archive;
mod audit;
mod changes;
mod claim;
mod commit;
pub mod heads;
mod index;
pub mod ledger;
mod lengths;
mod manifest;
mod marks;
pub mod names;
mod pack;
mod parts;
mod prepare;
mod printed;
mod reasons;
pub mod record;
pub mod release;
mod render;
pub mod restore;
mod sealed;
pub mod signature;
pub mod stage;
pub mod standing;
mod state;
mod toolbox;
pub mod trust;
pub mod verify;

use std::sync::Arc;

pub use audit::{Audited, Figures, audit, figures};
pub use commit::{CommitError, commit, occupied, occupied_at};
pub use index::{lists, write_index};
pub use manifest::Manifest;
pub use parts::{Rendered, Whole, rendered_parts};
pub use prepare::{prepare, prepare_after};
pub use printed::printed_text;
pub use render::render;
pub use toolbox::Toolbox;

use changes::Account;
use ledger::Ledger;

use crate::check::Audit;
use crate::compare::{Difference, State};
use crate::compute::statistics::Statistics;
use crate::diagnostic::Sink;
use crate::model::Project;
use crate::render::html;
use crate::resolve::Resolution;
use crate::source::SourceMap;
use crate::system::{Bytes, Hash};

/// One file of a publication; the path is relative to the version's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    pub path: String,
    pub bytes: Bytes,
}

/// A report with everything computed and nothing rendered.
#[derive(Debug)]
pub struct Prepared {
    pub id: String,
    /// None where the report is too faulty to be resolved.
    pub ready: Option<Ready>,
    /// The versions that are published; of what is made from a report, those of its own.
    pub ledger: Ledger,
    pub sources: SourceMap,
    pub sink: Sink,
}

/// What rendering needs.
#[derive(Debug)]
pub struct Ready {
    pub project: Project,
    pub statistics: Arc<Statistics>,
    pub resolution: Resolution,
    /// Every number of the prose with what it rests on.
    pub audit: Audit,
    /// What the report says, as the ledger keeps it.
    pub state: State,
    /// What differs from the published version before this one; none for the first.
    pub since: Option<Since>,
    pub purpose: Purpose,
}
/// What differs from a published version.
#[derive(Debug)]
pub struct Since {
    pub version: String,
    pub difference: Difference,
}

/// What is to become of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It is looked at: a change without reason is a warning.
    Preview,
    /// It becomes a version that lasts: a change without reason is an error.
    Publish,
    /// A published version is built again.
    Rebuild,
}

/// Two states of a report as a page that needs no other file: figures first, the words after. None where the language has no words.
#[must_use]
pub fn difference_page(
    toolbox: &Toolbox,
    ready: &Ready,
    (old_name, old): (&str, &State),
    (new_name, new): (&str, &State),
    difference: &Difference,
) -> Option<String> {
    let document = &ready.resolution.document;
    let locale = toolbox.locale(ready.project.report.language)?;
    let account = Account { old: Some((old_name, old)), new, difference, locale };
    let blocks = changes::blocks(new_name, &account);
    let style = toolbox.assets.iter().find(|(name, _)| name == "style.css").map(|(_, bytes)| &bytes[..]);
    let about = html::Difference {
        heading: format!(
            "{}: {}",
            document.title_text,
            locale.fill("version_changed", &[("version", new_name), ("old", old_name)])
        ),
        blocks: &blocks,
        nothing: locale.label("changes_nothing").to_owned(),
        style: &String::from_utf8_lossy(style.unwrap_or_default()),
    };
    let page = html::Page {
        language: &document.language,
        labels: locale.labels(),
        theme: &document.theme,
        publisher: &document.publisher.name,
        site: None,
    };
    toolbox.html.about(&page, &about).ok()
}

/// A rendered publication.
#[derive(Debug)]
pub struct Publication {
    pub id: String,
    /// The report whose ledger it belongs to: itself, or the report that it is made from.
    pub report: String,
    pub version: String,
    pub artifacts: Vec<Artifact>,
    pub manifest: Manifest,
}

impl Publication {
    /// The folder of the version, in the workspace.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("output/{}/{}", self.id, self.version)
    }
}

/// SHA-256 as lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Hash::of(bytes).to_string()
}

#[cfg(test)]
mod tests;
