//! The list of reports: what belongs together in one entry, the ways to shorter lists, and a plain page for each of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::chart::Style;
use crate::document::address;
use crate::hypertext::{encoded, encoded_path};
use crate::locale::{Language, Locale};
use crate::model::DocumentKind;
use crate::publish::commit::CommitError;
use crate::render::html::{Browse, Facet, FacetValue, IndexEntry, IndexPart, Listing, Page, PdfFile, SubjectPage};
use crate::resolve::date;
use crate::value::PartialDate;

use super::held::{Held, Shown};
use super::subjects::{self, About, Known};
use crate::publish::beside::Press;

/// The entries of the list, and what they are found by.
pub struct Entries<'a> {
    /// All documents in the order of their dates, the newest first.
    documents: Vec<&'a Held>,
    /// Each with the documents that stand in it.
    entries: Vec<(IndexEntry, BTreeSet<usize>)>,
    units: Vec<Known>,
    areas: Vec<Known>,
    /// Kinds with their words. A kind becomes the name of a file: only those that the program knows, whatever a manifest says.
    kinds: BTreeMap<&'static str, String>,
}

impl<'a> Entries<'a> {
    /// Puts documents together: a report with its extracts, its decision page and what its author names as its companions.
    pub fn new(held: &'a [Held], locale: &Locale) -> Self {
        let mut documents: Vec<&Held> = held.iter().collect();
        documents.sort_by(|a, b| {
            let key = |held: &Held| (held.manifest.report.date.clone(), std::cmp::Reverse(held.id.clone()));
            key(b).cmp(&key(a))
        });
        let units = subjects::known(&documents, About::Unit, locale);
        let areas = subjects::known(&documents, About::Area, locale);
        let (units_of, areas_of) = (by_document(&units), by_document(&areas));
        let mut kinds = BTreeMap::new();
        // Words of the list's language before those of others.
        let own = |held: &&&Held| held.manifest.report.language == locale.language().tag();
        for held in documents.iter().filter(own).chain(documents.iter().filter(|held| !own(held))) {
            if let Some(kind) = kind(held) {
                kinds.entry(kind).or_insert_with(|| held.manifest.report.kind_label.clone());
            }
        }
        let mut entries = Vec::new();
        for members in groups(&documents) {
            let pages = |known: &[Known], of: &BTreeMap<usize, BTreeSet<usize>>| -> Vec<String> {
                let own: BTreeSet<usize> = members.iter().filter_map(|at| of.get(at)).flatten().copied().collect();
                own.into_iter().filter_map(|nth| known.get(nth)).map(|known| known.page.clone()).collect()
            };
            let Some(head) = head(&documents, &members) else { continue };
            let parts = members.iter().filter(|at| **at != head).filter_map(|at| documents.get(*at));
            let mut parts: Vec<IndexPart> = parts.map(|held| beside(held)).collect();
            parts.sort_by(|a, b| {
                locale.compare(&a.kind_label, &b.kind_label).then_with(|| locale.compare(&a.title, &b.title))
            });
            let Some(held) = documents.get(head) else { continue };
            let others = held.others.iter().map(|other| part(&held.id, other, true));
            parts.splice(0..0, others);
            let of_members: BTreeSet<&str> = members.iter().filter_map(|at| kind(documents.get(*at)?)).collect();
            let Some(mut entry) = entry(held, locale) else { continue };
            entry.parts = parts;
            entry.kinds = of_members.into_iter().map(str::to_owned).collect();
            entry.units = pages(&units, &units_of);
            entry.areas = pages(&areas, &areas_of);
            entries.push((entry, members));
        }
        Self { documents, entries, units, areas, kinds }
    }

    pub fn list(&self) -> Vec<IndexEntry> {
        self.entries.iter().map(|(entry, _)| entry.clone()).collect()
    }

    /// The ways to shorter lists.
    pub fn facets(&self, locale: &Locale) -> Vec<Facet> {
        let value = |value: &str, words: String, folder: &str, count: usize| FacetValue {
            value: value.to_owned(),
            words,
            count,
            path: format!("{folder}/{}.html", encoded(value)),
        };
        let mut kinds: Vec<FacetValue> = self
            .kinds
            .iter()
            .map(|(kind, words)| value(kind, words.clone(), "kinds", self.of_kind(kind).count()))
            .collect();
        kinds.sort_by(|a, b| locale.compare(&a.words, &b.words));
        let named = |known: &[Known], folder: &str, of: &dyn Fn(&IndexEntry) -> &[String]| -> Vec<FacetValue> {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for page in self.entries.iter().flat_map(|(entry, _)| of(entry)) {
                *counts.entry(page).or_default() += 1;
            }
            let count = |page: &str| counts.get(page).copied().unwrap_or_default();
            known.iter().map(|known| value(&known.page, known.name.clone(), folder, count(&known.page))).collect()
        };
        let years = self.years().into_iter().rev().map(|(year, count)| {
            let text = year.to_string();
            value(&text, text.clone(), "years", count)
        });
        let facet = |key: &'static str, folder: &'static str, label: [&str; 2], values: Vec<FacetValue>| Facet {
            key,
            folder,
            title: locale.label(label[0]).to_owned(),
            heading: locale.label(label[1]).to_owned(),
            values,
        };
        let subject = |key: &'static str, about: About, values: Vec<FacetValue>| {
            facet(key, about.folder(), [about.label(), about.plural()], values)
        };
        let all = [
            facet("kind", "kinds", ["site_kind", "site_kinds"], kinds),
            subject("unit", About::Unit, named(&self.units, About::Unit.folder(), &|entry| &entry.units)),
            subject("area", About::Area, named(&self.areas, About::Area.folder(), &|entry| &entry.areas)),
            facet("year", "years", ["site_year", "site_years"], years.collect()),
        ];
        all.into_iter().filter(|facet| !facet.values.is_empty()).collect()
    }

    /// Years with how many entries they have.
    fn years(&self) -> BTreeMap<i32, usize> {
        let mut out = BTreeMap::new();
        for (entry, _) in &self.entries {
            *out.entry(entry.date.year).or_default() += 1;
        }
        out
    }

    /// The documents of one kind.
    fn of_kind(&self, wanted: &str) -> impl Iterator<Item = &Held> {
        self.documents.iter().copied().filter(move |held| kind(held) == Some(wanted))
    }

    /// A page for each value, and one for each way.
    ///
    /// # Errors
    /// A template's fault.
    pub fn pages(
        &self,
        press: &mut Press<'_>,
        page: &Page<'_>,
        facets: &[Facet],
        locale: &Locale,
    ) -> Result<(), CommitError> {
        let at = |path: String| format!("output/{path}");
        let all = || self.entries.iter().map(|(entry, _)| entry);
        for facet in facets {
            press.page(at(format!("{}/index.html", facet.folder)), page, &Browse { facet })?;
        }
        let by_path: BTreeMap<&str, &IndexEntry> = all().map(|entry| (entry.path.as_str(), entry)).collect();
        let of_kind = |(kind, words): (&&str, &String)| {
            // One that stands in another's entry has a line of its own here.
            let own = self.of_kind(kind).filter_map(|held| {
                let path = address::folder(&held.id, &held.version);
                let known = by_path.get(path.as_str()).map(|entry| Cow::Borrowed(*entry));
                known.or_else(|| entry(held, locale).map(Cow::Owned))
            });
            (at(format!("kinds/{kind}.html")), Listing { heading: words.clone(), reports: own.collect() })
        };
        let of_year = |year: i32| {
            let reports = all().filter(|entry| entry.date.year == year).map(Cow::Borrowed).collect();
            (at(format!("years/{year}.html")), Listing { heading: year.to_string(), reports })
        };
        let lists = self.kinds.iter().map(of_kind).chain(self.years().into_keys().map(of_year));
        press.pages(page, lists.collect(), |list| list)?;
        let theme = &press.toolbox.workspace.theme;
        let style = Style { accent: theme.accent.clone(), font_family: theme.heading_font.value.clone() };
        let follow_ups = subjects::follow_ups(&self.documents);
        for (about, known) in [(About::Unit, &self.units), (About::Area, &self.areas)] {
            let mut reports: BTreeMap<&str, Vec<&IndexEntry>> = BTreeMap::new();
            for entry in all() {
                let pages = match about {
                    About::Unit => &entry.units,
                    About::Area => &entry.areas,
                };
                pages.iter().for_each(|page| reports.entry(page).or_default().push(entry));
            }
            press.pages(page, known.iter().collect(), |known: &Known| {
                let subject = subjects::subject(&self.documents, &follow_ups, known, about, &style, locale);
                let reports = reports.get(known.page.as_str()).cloned().unwrap_or_default();
                (at(format!("{}/{}.html", about.folder(), known.page)), SubjectPage { subject, reports })
            })?;
        }
        Ok(())
    }
}

/// The kind of a document, where it is one.
fn kind(held: &Held) -> Option<&'static str> {
    DocumentKind::find(&held.manifest.report.kind).map(DocumentKind::name)
}

/// What belongs together, by positions: each document in one group.
fn groups(documents: &[&Held]) -> Vec<BTreeSet<usize>> {
    let at: BTreeMap<&str, usize> = documents.iter().enumerate().map(|(at, held)| (held.id.as_str(), at)).collect();
    // Of each document another of its group that stands before it, or itself.
    let mut first: Vec<usize> = (0..documents.len()).collect();
    for (one, held) in documents.iter().enumerate() {
        let Some(contents) = &held.contents else { continue };
        let report = &contents.report;
        let others = report.owner.iter().chain(&report.companions).chain(&report.translation_of);
        for other in others.filter_map(|id| at.get(id.as_str())) {
            let (a, b) = (root(&mut first, one), root(&mut first, *other));
            if let Some(later) = first.get_mut(a.max(b)) {
                *later = a.min(b);
            }
        }
    }
    let mut groups: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for at in 0..documents.len() {
        groups.entry(root(&mut first, at)).or_default().insert(at);
    }
    groups.into_values().collect()
}

/// The first of a document's group, on a way that is shorter the next time.
fn root(first: &mut [usize], mut at: usize) -> usize {
    while let Some(next) = first.get(at).copied().filter(|next| *next != at) {
        let further = first.get(next).copied().unwrap_or(next);
        if let Some(here) = first.get_mut(at) {
            *here = further;
        }
        at = next;
    }
    at
}

/// Of each document which of these it has.
fn by_document(known: &[Known]) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut out: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (nth, known) in known.iter().enumerate() {
        for at in &known.documents {
            out.entry(*at).or_default().insert(nth);
        }
    }
    out
}

/// The document that an entry is called after: what is made from another or named by another as its companion is not it; then the one with
/// the most pages.
fn head(documents: &[&Held], members: &BTreeSet<usize>) -> Option<usize> {
    let report = |at: usize| documents.get(at).and_then(|held| held.contents.as_ref()).map(|contents| &contents.report);
    let named = |at: usize| {
        let id = documents.get(at).map(|held| held.id.as_str()).unwrap_or_default();
        members.iter().any(|other| report(*other).is_some_and(|report| report.companions.iter().any(|name| name == id)))
    };
    let made = |at: usize| report(at).is_some_and(|report| report.owner.is_some());
    let translated = |at: usize| report(at).is_some_and(|report| report.translation_of.is_some());
    let pages = |at: usize| documents.get(at).map_or(0, |held| held.manifest.report.pages);
    let key = |at: usize| (made(at), translated(at), named(at), std::cmp::Reverse(pages(at)), at);
    members.iter().copied().min_by_key(|at| key(*at))
}

/// A document within the entry of another: a translation is told by its language.
fn beside(held: &Held) -> IndexPart {
    let out = part(&held.id, &held.manifest.report, false);
    let translated = held.contents.as_ref().is_some_and(|contents| contents.report.translation_of.is_some());
    match Language::find(&out.language).filter(|_| translated) {
        Some(language) => IndexPart { kind_label: language.itself().to_owned(), ..out },
        None => out,
    }
}

/// What stands in an entry beside its report; of another version of that it is told which.
fn part(id: &str, report: &Shown, other: bool) -> IndexPart {
    IndexPart {
        title: report.title.clone(),
        kind_label: report.kind_label.clone(),
        language: report.language.clone(),
        version: other.then(|| report.version.clone()),
        status: report.status,
        path: address::folder(id, &report.version) + "index.html",
    }
}

fn entry(held: &Held, locale: &Locale) -> Option<IndexEntry> {
    let report = &held.manifest.report;
    // Names of folders, as they are: a manifest may say what it likes.
    let path = address::folder(&held.id, &held.version);
    let chart = held.contents.as_ref().and_then(|contents| contents.charts.first());
    Some(IndexEntry {
        date: date(&PartialDate::parse(&report.date)?, locale),
        versions: held.published.then(|| format!("{}/versions.html", encoded(&held.id))),
        pdf: Some(PdfFile { path: report.pdf.clone(), pages: report.pages, bytes: report.pdf_bytes }),
        title: report.title.clone(),
        subtitle: report.subtitle.clone(),
        kind_label: report.kind_label.clone(),
        description: report.description.clone(),
        language: report.language.clone(),
        version: report.version.clone(),
        status: report.status,
        picture: chart.map(|chart| format!("{path}{}", encoded_path(&chart.svg))),
        path,
        parts: Vec::new(),
        kinds: Vec::new(),
        units: Vec::new(),
        areas: Vec::new(),
    })
}
