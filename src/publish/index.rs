//! `output/index.html`: the list of all reports, from the manifests that lie in `output/`.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Sink};
use crate::document::resolved::{Publisher, Theme};
use crate::load;
use crate::pipeline::Toolbox;
use crate::render::html::{self, IndexInput, Page};
use crate::system::{Bytes, System, sha256};
use crate::versions::ledger::{self, Ledger};

use super::addresses::{self, FeedPlace};
use super::beside::{Beside, Content, Kept, Left, Noting, Press, made_of};
use super::commit::CommitError;
use super::damaged::damaged_in;
use super::restore;
use super::site::entries::Entries;
use super::site::held::Lying;
use super::site::languages::Languages;
use super::site::latest::{self, Copied};
use super::site::search::{self, Said};
use super::site::written;
use super::site::{catalogue, feeds, map};

/// Writes the list and its assets, and for each report the pages beside its versions; gives what of published versions is not what was published.
/// What the build before has made of the same is `kept`.
///
/// # Errors
/// What the operating system said, with the path; a template's fault as such an error, since it was checked when it was read.
pub fn write_index(system: &dyn System, toolbox: &Toolbox, kept: Kept) -> Result<Vec<Diagnostic>, CommitError> {
    let noting = &Noting::new(system);
    let mut left = Left::new(load::folders(system));
    let (lists, lying) = composed(noting, toolbox, &kept)?;
    // Where reports are many so are these files, most of them small: they are written side by side, and noted in their order.
    let files = lists.files.par_iter().map(|file| {
        let hash = file.hash();
        let stamp = match (kept.stamp(system, &file.path, &hash), &file.content) {
            (None, Content::Made(bytes)) => {
                written::put_where_other(system, &file.path, bytes, system.sight(&file.path).stamp())?
            }
            (known, _) => known,
        };
        Ok((&file.path, file.of.to_string(), hash, stamp))
    });
    let copies = lists.copies.par_iter().map(|copied| {
        // What a version holds stays as it is, and so does its copy.
        let (path, hash) = (&copied.path, copied.sha256.clone());
        let known = kept.stamp(system, path, &hash);
        let stamp = if known.is_some() { known } else { written::copy(system, copied)? };
        Ok((path, hash.clone(), hash, stamp))
    });
    let written: Vec<Result<_, CommitError>> = files.chain(copies).collect();
    for file in written {
        let (path, of, hash, stamp) = file?;
        left.note(path, &of, &hash, stamp);
    }
    noting.note_written(written::LIST);
    written::settle(system, &lists.paths(), &lists.gone)?;
    let mut damaged = Vec::new();
    for folder in lying.newest.values() {
        let (place, expected) = (folder.place(), made_of(&folder.outputs).to_string());
        let is_known = kept.was_sound(&place, &expected);
        let found = damaged_in(noting, folder, |path| {
            noting.note(path);
            is_known && kept.is_as_read(system, path)
        });
        if found.is_empty() {
            left.sound.insert(place, expected);
        }
        damaged.extend(found);
    }
    for (place, signed) in lying.folders {
        let is_complete = || restore::complete(system, &place) && (!signed || restore::has_signature(system, &place));
        match kept.version(system, &place, is_complete) {
            Some(stamps) => drop(left.versions.insert(place, stamps)),
            None => left.whole = false,
        }
    }
    left.whole &= damaged.is_empty() && lists.gone.is_empty();
    kept.write(noting, left);
    Ok(damaged)
}

/// What lies in `output/` beside the versions.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    pub files: Vec<Beside>,
    pub copies: Vec<Copied>,
    /// Paths at which what lies there stays as it is: it cannot be made now.
    pub kept: Vec<String>,
    /// Files of versions that were never published and whose report is gone, each with its hash.
    pub gone: BTreeMap<String, String>,
}

impl Lists {
    /// Every path with the hash of what must lie there; none where that is not known.
    #[must_use]
    pub fn paths(&self) -> BTreeMap<String, Option<String>> {
        let kept = self.kept.iter().map(|path| (path.clone(), None));
        let made = self.files.iter().map(|file| (file.path.clone(), Some(file.hash())));
        let copied = self.copies.iter().map(|copied| (copied.path.clone(), Some(copied.sha256.clone())));
        kept.chain(made).chain(copied).collect()
    }

    /// Every path with its hash, and that of the list of them.
    #[must_use]
    pub fn hashes(&self) -> BTreeMap<String, String> {
        let paths = self.paths();
        let list = written::text(&paths, &BTreeMap::new());
        let known = paths.into_iter().filter_map(|(path, hash)| Some((path, hash?)));
        known.chain([(written::LIST.to_owned(), sha256(list.as_bytes()))]).collect()
    }
}

/// The list, its assets and the pages beside the versions, all made anew.
///
/// # Errors
/// A template's fault.
pub fn lists(system: &dyn System, toolbox: &Toolbox) -> Result<Lists, CommitError> {
    Ok(composed(&Noting::new(system), toolbox, &Kept::nothing())?.0)
}

/// The list, its assets and the pages beside the versions, as they must be by the ledgers and the manifests that lie in `output/`.
///
/// # Errors
/// A template's fault; a folder in `output/` that cannot be listed: lists would leave out what lies there.
fn composed(system: &Noting<'_>, toolbox: &Toolbox, kept: &Kept) -> Result<(Lists, Lying), CommitError> {
    let workspace = &toolbox.workspace;
    let Some(locale) = toolbox.locale(workspace.language) else { return Ok((Lists::default(), Lying::default())) };
    // A ledger with faults was reported with its report; what can be read of it leads on.
    let reports: Vec<(String, Ledger)> = load::folders(system)
        .into_iter()
        .map(|id| (id.clone(), ledger::read(system, &id, &mut Sink::default())))
        .collect();
    let lying = Lying::new(system, &reports)?;
    // What is published with a report has pages of its own beside its versions; the feed tells of the report alone.
    let parts = reports.iter().flat_map(|(_, ledger)| ledger.parts().into_iter().map(|id| (ledger.of_part(&id), id)));
    let parts: Vec<(String, Ledger)> = parts.map(|(ledger, id)| (id, ledger)).collect();
    let Lying { held, gone, .. } = &lying;
    let theme = Theme {
        accent_dark: crate::colour::on_dark(&workspace.theme.accent),
        accent: workspace.theme.accent.clone(),
        text_font: workspace.theme.text_font.value.clone(),
        heading_font: workspace.theme.heading_font.value.clone(),
    };
    let publisher = Publisher {
        name: workspace.publisher.as_ref().map(|publisher| publisher.name.value.clone()).unwrap_or_default(),
        unit: workspace.publisher.as_ref().and_then(|publisher| publisher.unit.as_ref()).map(|unit| unit.value.clone()),
        url: workspace.publisher.as_ref().and_then(|publisher| publisher.url.as_ref()).map(|url| url.value.clone()),
        logo: None,
    };
    let mut press = Press::new(system, toolbox, kept);
    for (name, bytes) in &toolbox.assets {
        press.bytes(format!("output/assets/{name}"), bytes.clone());
    }
    for (folder, name, bytes) in html::site_assets() {
        let own = system.read(&format!("templates/html/{name}")).ok();
        let own = own.filter(|own| !html::is_builtin((name, bytes), own));
        let bytes = own.unwrap_or_else(|| Bytes::from(&*html::sent(name, bytes)));
        press.bytes(format!("output/{folder}/{name}"), bytes);
    }
    let languages = Languages::new(held);
    let ledgers = reports.iter().map(|report| (false, report)).chain(parts.iter().map(|part| (true, part)));
    for (part, (id, ledger)) in ledgers {
        let ways = languages.ways(id, latest::FOLDER);
        addresses::pages(&mut press, &theme, (id, part), ledger, lying.unpublished(id), &ways)?;
    }
    let (mut copies, mut stay) = (Vec::new(), Vec::new());
    for document in held {
        copies.extend(latest::copies(document));
        latest::pages(&mut press, &theme, document, &languages)?;
        stay.push(latest::page_path(document));
    }
    let page = Page {
        language: locale.language().tag(),
        labels: locale.labels(),
        theme: &theme,
        publisher: &publisher.name,
        site: toolbox.site(),
    };
    let place = FeedPlace { path: "feed.xml", up: "", about: None };
    let all = reports.iter().map(|(_, ledger)| ledger);
    let feed = addresses::feed(&mut press, &page, all, place)?;
    let kinds = feeds::kinds(&mut press, &page, locale, &reports)?;
    let entries = Entries::new(held, locale);
    let facets = entries.facets(locale);
    entries.pages(&mut press, &page, &facets, locale)?;
    let input = IndexInput {
        language: locale.language().tag(),
        labels: locale.labels(),
        publisher: &publisher,
        theme: &theme,
        site: toolbox.site(),
        reports: entries.list(),
        feed,
        facets,
        feeds: kinds.into_iter().map(|kind| (kind.path, kind.label)).collect(),
    };
    press.page("output/index.html".to_owned(), &input.page(), &input)?;
    for file in map::files(toolbox.site(), reports.iter().chain(&parts), &languages) {
        // Somebody's own robots.txt says what shall be found.
        let own = file.path == map::ROBOTS && !written::is_written(system, map::ROBOTS);
        if !own || !system.read(map::ROBOTS).is_ok_and(|lies| lies != file.bytes) {
            press.bytes(file.path, file.bytes);
        }
    }
    if let Some(file) = catalogue::catalogue(toolbox, locale, held, &reports) {
        press.bytes(file.path, file.bytes);
    }
    let said: Vec<Said> =
        held.iter().map(|held| Said { report: &held.manifest.report, contents: held.contents.as_ref() }).collect();
    search::files(&said, &mut press, &page, locale)?;
    let lists = Lists { files: press.files, copies, kept: stay, gone: gone.clone() };
    Ok((lists, lying))
}
