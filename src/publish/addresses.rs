//! The lasting addresses of a report: what leads to the newest version, what old pages show of it, the list of versions, the feed.
//!
//! A version's folder is never written again, so what can change lies beside it, in `output/<report>/`, and is made from the ledger
//! with every build.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::document::address;
use crate::document::resolved::{Status, Theme};
use crate::locale::{Language, Locale};
use crate::pipeline::Toolbox;
use crate::render::html::{
    Feed, FeedEntry, InLanguage, Leads, Link, Notice, Page, Room, Sections, Version, VersionChange, Versions,
};
use crate::resolve::date;
use crate::system::sha256;
use crate::value::PartialDate;
use crate::versions::ledger::{Entry, Ledger, order};
use crate::versions::record::Head;

use super::beside::Press;
use super::commit::CommitError;

/// The pages beside the versions of a report. None where the words of its language cannot be used. `unpublished` are the versions that lie there
/// and that the ledger does not know.
///
/// # Errors
/// A template's fault.
pub fn pages(
    press: &mut Press<'_>,
    theme: &Theme,
    (id, part): (&str, bool),
    ledger: &Ledger,
    unpublished: &[String],
    languages: &[InLanguage],
) -> Result<(), CommitError> {
    let toolbox = press.toolbox;
    let Some(newest) = ledger.newest() else { return Ok(()) };
    let head = &newest.head;
    let Some(locale) = locale(toolbox, &head.language) else { return Ok(()) };
    let page = Page {
        language: &head.language,
        labels: locale.labels(),
        theme,
        publisher: &head.publisher,
        site: toolbox.site(),
    };
    let versions: Vec<Version> = ledger
        .entries
        .iter()
        .enumerate()
        .rev()
        .filter_map(|(at, entry)| {
            version(toolbox, locale, entry, at.checked_sub(1).and_then(|at| ledger.entries.get(at)), part)
        })
        .collect();
    let Some(first) = versions.first() else { return Ok(()) };
    let fill = |key: &str, values: &[(&str, &str)]| locale.fill(key, values);
    let read = fill("version_read", &[("version", &head.version)]);
    let at = |name: &str| format!("output/{id}/{name}");
    let leads = Leads {
        title: &head.title,
        newest: first,
        leads: fill("version_leads", &[("version", &head.version)]),
        read: read.clone(),
    };
    press.page(at("index.html"), &page, &leads)?;
    let heading = fill("versions_of", &[("title", &head.title)]);
    let list = Versions { heading, versions: &versions, read: read.clone(), languages: languages.to_vec() };
    press.page(at("versions.html"), &page, &list)?;

    // What a version's page shows of later ones, and the room that it gives it.
    let notices = |press: &mut Press<'_>, own: &str, words: String, older: bool, links: Vec<Link>| {
        let notice = Notice { assets: format!("{own}/assets/"), words, older, links, languages: languages.to_vec() };
        press.page(at(&format!("{own}.notice.html")), &page, &notice)?;
        press.page(at(&format!("{own}.notice.css")), &page, &Room { older })
    };
    let all = Link { href: "versions.html".to_owned(), words: locale.label("version_all").to_owned() };
    let numbered = || head.sections.iter().enumerate().rev();
    let by_id: BTreeMap<&str, usize> = numbered().map(|(at, section)| (section.id.as_str(), at)).collect();
    let by_title: BTreeMap<&str, usize> = numbered().map(|(at, section)| (bare(&section.title), at)).collect();
    for (nth, entry) in ledger.entries.iter().enumerate() {
        let own = &entry.head.version;
        if nth + 1 == ledger.entries.len() {
            let words = fill("version_newest", &[("version", own)]);
            notices(press, own, words, false, vec![all.clone()])?;
            continue;
        }
        let words = later(locale, head);
        // The newest version tells what it changed in the one before it; from an older one the list tells the whole way.
        // What a part changes stands in the report's account; its own page may have none.
        let changed = if nth + 2 == ledger.entries.len() && !part {
            format!("{}#{}", first.path, super::changes::ANCHOR)
        } else {
            format!("versions.html#v-{}", head.version)
        };
        let same = fill("version_same_section", &[("version", &head.version)]);
        let links = vec![
            Link { href: first.path.clone(), words: read.clone() },
            Link { href: format!("{own}.html"), words: same.clone() },
            Link { href: changed, words: locale.label("version_what_changed").to_owned() },
            all.clone(),
        ];
        notices(press, own, words.clone(), true, links)?;
        let sections = entry.head.sections.iter().map(|section| {
            let by_id = by_id.get(section.id.as_str());
            let same = by_id.or_else(|| by_title.get(bare(&section.title))).and_then(|at| head.sections.get(*at));
            match same {
                Some(same) => (section.title.clone(), Some(format!("{}#{}", first.path, same.id))),
                None => (fill("version_section_gone", &[("title", &section.title), ("version", &head.version)]), None),
            }
        });
        let sections =
            Sections { heading: format!("{}: {same}", head.title), notice: words, sections: sections.collect() };
        press.page(at(&format!("{own}.html")), &page, &sections)?;
    }
    for own in unpublished {
        let words = fill("version_unpublished", &[("version", own), ("newest", &head.version)]);
        let links = vec![Link { href: first.path.clone(), words: read.clone() }, all.clone()];
        notices(press, own, words, true, links)?;
    }
    Ok(())
}

/// What a reader of an older version is told: that there is a later one, or that it withdrew the report, and why.
#[must_use]
pub fn later(locale: &Locale, newest: &Head) -> String {
    let key = if newest.status == Status::Withdrawn { "version_withdrawn" } else { "version_later" };
    let date = PartialDate::parse(&newest.date).map_or_else(|| newest.date.clone(), |date| locale.date(&date));
    let words = locale.fill(key, &[("version", &newest.version), ("date", &date)]);
    match &newest.withdrawn {
        Some(reason) => format!("{words} {reason}"),
        None => words,
    }
}

/// A heading without its number, which changes when a section is put in before it.
fn bare(title: &str) -> &str {
    title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start()
}

fn locale<'a>(toolbox: &'a Toolbox, language: &str) -> Option<&'a Locale> {
    toolbox.locale(Language::find(language)?)
}

fn version(toolbox: &Toolbox, locale: &Locale, entry: &Entry, before: Option<&Entry>, part: bool) -> Option<Version> {
    let head = &entry.head;
    let address = toolbox.site().map(|site| address::version(site, &head.report, &head.version));
    Some(Version {
        version: head.version.clone(),
        date: date(&PartialDate::parse(&head.date)?, locale),
        status: head.status,
        path: format!("{}/index.html", head.version),
        address,
        withdrawn: head.withdrawn.clone(),
        first: before.is_none(),
        changes: head
            .changes
            .iter()
            .map(|change| VersionChange {
                kind: locale.label(change.kind.label()).to_owned(),
                what: change.what.clone(),
                why: locale.fill("changes_why", &[("why", &change.why)]),
            })
            .collect(),
        changed: before
            .filter(|_| !part)
            .map(|before| locale.fill("version_changed", &[("version", &head.version), ("old", &before.head.version)])),
    })
}

/// Where a feed lies, and what it is about where that is not all.
#[derive(Clone, Copy)]
pub struct FeedPlace<'a> {
    /// Relative to the list of reports.
    pub path: &'a str,
    /// From it to the list of reports.
    pub up: &'a str,
    pub about: Option<&'a str>,
}

/// A feed of publications, the newest first; none where nothing is published. Whether there is one.
///
/// # Errors
/// A template's fault.
pub fn feed<'a>(
    press: &mut Press<'_>,
    page: &Page<'_>,
    ledgers: impl IntoIterator<Item = &'a Ledger>,
    place: FeedPlace<'_>,
) -> Result<bool, CommitError> {
    let toolbox = press.toolbox;
    let mut all: Vec<&Entry> = ledgers.into_iter().flat_map(|ledger| &ledger.entries).collect();
    all.sort_by_cached_key(|entry| {
        let head = &entry.head;
        (Reverse(day(&head.date)), head.report.clone(), Reverse(order(&head.version)))
    });
    let Some(newest) = all.first() else { return Ok(false) };
    // A workspace without a publisher: the newest report names one.
    let publisher = if page.publisher.is_empty() { newest.head.publisher.as_str() } else { page.publisher };
    let page = &Page { publisher, ..*page };
    let site = toolbox.site().map(address::base).unwrap_or_default();
    // Two workspaces may have reports of the same name: the website, or who publishes, tells them apart.
    let home = if site.is_empty() { page.publisher } else { site.as_str() };
    let entries = all.iter().filter_map(|entry| {
        let head = &entry.head;
        let locale = locale(toolbox, &head.language)?;
        let changes = head.changes.iter().map(|change| {
            format!(
                "{}: {} {}",
                locale.label(change.kind.label()),
                change.what,
                locale.fill("changes_why", &[("why", &change.why)])
            )
        });
        let told: Vec<String> = head.withdrawn.iter().cloned().chain(changes).collect();
        Some(FeedEntry {
            id: uuid(&format!("{home} {}/{}", head.report, head.version)),
            title: format!(
                "{}, {} {} ({})",
                head.title,
                locale.lower_first(locale.label("version")),
                head.version,
                locale.lower_first(locale.label(head.status.label()))
            ),
            language: head.language.clone(),
            status: head.status,
            updated: day(&head.date),
            href: format!(
                "{}{}index.html",
                if site.is_empty() { place.up } else { &site },
                address::folder(&head.report, &head.version)
            ),
            summary: if told.is_empty() { locale.label("version_first").to_owned() } else { told.join(" ") },
        })
    });
    let name = place.about.map(|_| format!("{home} {}", place.path));
    let feed = Feed {
        id: uuid(&format!("feed {}", name.as_deref().unwrap_or(home))),
        about: place.about.map(str::to_owned),
        // Without a website addresses are relative to the feed.
        own: if site.is_empty() { place.path.rsplit('/').next().unwrap_or_default() } else { place.path }.to_owned(),
        up: if site.is_empty() { place.up } else { "" }.to_owned(),
        updated: day(&newest.head.date),
        entries: entries.collect(),
    };
    press.page(format!("output/{}", place.path), page, &feed)?;
    Ok(true)
}

/// A date as RFC 3339; a month is its first day.
fn day(date: &str) -> String {
    match date.len() {
        4 => format!("{date}-01-01T00:00:00Z"),
        7 => format!("{date}-01T00:00:00Z"),
        _ => format!("{date}T00:00:00Z"),
    }
}

/// A name that is always the same for the same thing, in the form that feeds ask for.
fn uuid(name: &str) -> String {
    let hash = sha256(format!("belagg {name}").as_bytes());
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default().to_owned();
    // Version 8 of RFC 9562: made of something of one's own.
    format!("urn:uuid:{}-{}-8{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}
