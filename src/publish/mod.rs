//! Published versions: put into their place, restored, verified, archived; and the pages beside them.

mod addresses;
pub mod archive;
mod aside;
mod beside;
mod claim;
mod commit;
mod damaged;
mod index;
pub mod ledgers;
pub mod links;
pub mod names;
mod pack;
pub mod partition;
pub mod release;
pub mod restore;
pub mod site;
pub mod stage;
pub mod standing;
pub mod verify;

pub use addresses::later;
pub use aside::{Aside, Files};
pub use beside::Kept;
#[cfg(test)]
pub use commit::OLD;
pub use commit::{CommitError, commit, occupied, occupied_at, put};
pub use damaged::damaged;
pub use index::{lists, write_index};

use crate::compare::Difference;
use crate::pipeline::{Ready, Toolbox};
use crate::render::html;
use crate::versions::changes::{self, Account, Said};

/// Two states of a report as a page that needs no other file: figures first, the words after. None where the language has no words.
#[must_use]
pub fn difference_page(
    toolbox: &Toolbox,
    ready: &Ready,
    old: Said<'_>,
    new: Said<'_>,
    difference: &Difference,
) -> Option<String> {
    let document = &ready.resolution.document;
    let locale = &*toolbox.locale_of(&ready.project.report)?;
    let account = Account { old: Some(old), new, difference, locale };
    let blocks = changes::blocks(&account);
    let sheet = |wanted: &str| {
        let found = toolbox.assets.iter().find(|(name, _)| name == wanted);
        String::from_utf8_lossy(found.map(|(_, bytes)| &bytes[..]).unwrap_or_default())
    };
    let about = html::Difference {
        heading: format!(
            "{}: {}",
            document.title_text,
            locale.fill("version_changed", &[("version", new.version), ("old", old.version)])
        ),
        blocks: &blocks,
        nothing: locale.label("changes_nothing").to_owned(),
        style: &sheet("style.css"),
        own: &sheet(html::OWN_STYLE),
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

#[cfg(test)]
mod tests;
