//! What can be told of a report's conformance without outside validators: our own rules, held against the document as it is
//! printed, and what Typst refuses when it writes a PDF that claims PDF/A-2a and PDF/UA-1.
//!
//! The rules have been applied before, to what the author wrote, where faults have a line. Here they are counted and applied
//! once more to the resolved document, so that an auditor sees what was looked at.

mod colours;
mod seen;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use seen::Seen;

use crate::diagnostic::{Code, Diagnostic, Said, say};
use crate::document::resolved::ResolvedDocument;
use crate::pipeline::manifest::Manifest;
use crate::pipeline::printed_text;

/// One thing that was looked at.
#[derive(Debug)]
pub struct Check {
    pub what: Said,
    /// What was there, with numbers.
    pub found: Said,
    pub faults: Vec<Diagnostic>,
}

/// What is left to outside validators, in one line.
pub const NOT_CHECKED: Said = say!(
    "not checked here: what veraPDF (PDF/A-2a, PDF/UA-1), the Nu HTML checker and axe-core (WCAG 2.2 AA) find; \
     scripts/conformance/run asks them"
);

/// Looks at a report that has been rendered.
#[must_use]
pub fn examine(document: &ResolvedDocument, manifest: &Manifest) -> Vec<Check> {
    let seen = Seen::new(document);
    vec![
        standards(manifest, document.attach_data),
        language(document, &seen),
        headings(&seen),
        pictures(document, &seen),
        tables::check(&seen),
        links(&seen),
        notes(document),
        glyphs(document),
        colours::theme(&document.theme),
        colours::charts(&document.theme),
    ]
}

/// Typst has written the file, so it has found nothing against the standards.
fn standards(manifest: &Manifest, attached: bool) -> Check {
    let report = &manifest.report;
    Check {
        what: say!("{standard} and PDF/UA-1", standard = if attached { "PDF/A-3a" } else { "PDF/A-2a" }),
        found: say!("{count} pages, tagged and titled, set without an objection", count = report.pages),
        faults: Vec::new(),
    }
}

fn language(document: &ResolvedDocument, seen: &Seen<'_>) -> Check {
    let is_tag = |tag: &str| matches!(tag.len(), 2 | 3) && tag.bytes().all(|byte| byte.is_ascii_lowercase());
    let tags = std::iter::once(document.language.as_str()).chain(seen.languages.iter().copied());
    let faults = tags
        .filter(|tag| !is_tag(tag))
        .map(|tag| Diagnostic::error(Code::LANGUAGE_TAG, say!("`{tag}` is not the tag of a language", tag)));
    let parts = seen.languages.len();
    Check {
        what: say!("language"),
        found: say!(
            "{language}-{region}, {parts} parts marked as another",
            parts,
            language = document.language,
            region = document.region
        ),
        faults: faults.collect(),
    }
}

fn headings(seen: &Seen<'_>) -> Check {
    let mut faults = Vec::new();
    let mut before = 0;
    for (level, text) in &seen.headings {
        if *level > before + 1 {
            let message = say!("the heading `{text}` has level {level} after level {before}", text, level, before);
            faults.push(Diagnostic::error(Code::HEADING_ORDER, message));
        }
        if text.trim().is_empty() {
            faults.push(Diagnostic::error(Code::EMPTY_TEXT, say!("a heading has no words")));
        }
        before = *level;
    }
    let found = say!("{count} headings, no level skipped", count = seen.headings.len());
    Check { what: say!("headings"), found, faults }
}

fn pictures(document: &ResolvedDocument, seen: &Seen<'_>) -> Check {
    let logo = document.publisher.logo.as_ref().map(|logo| (logo.path.as_str(), logo.alt.as_str()));
    let images = seen.images.iter().map(|image| (image.path.as_str(), image.alt.as_str())).chain(logo);
    let charts = seen
        .charts
        .iter()
        .flat_map(|chart| [(chart.id.as_str(), chart.alt.as_str()), (chart.id.as_str(), chart.description.as_str())]);
    let faults = images
        .clone()
        .chain(charts)
        .filter(|(_, words)| words.trim().is_empty())
        .map(|(name, _)| Diagnostic::error(Code::IMAGE_ALT, say!("`{name}` has no alternative text", name)));
    let (charts, images) = (seen.charts.len(), images.count());
    Check {
        what: say!("alternative texts"),
        found: say!("{charts} charts with text, description and data; {images} pictures", charts, images),
        faults: faults.collect(),
    }
}

fn links(seen: &Seen<'_>) -> Check {
    let mut faults: Vec<Diagnostic> = seen
        .references
        .iter()
        .filter(|(anchor, _)| !seen.anchors.contains(anchor))
        .map(|(anchor, _)| {
            Diagnostic::error(Code::REFERENCE_UNKNOWN, say!("nothing has the address `#{anchor}`", anchor))
        })
        .collect();
    let empty = seen.references.iter().chain(&seen.addresses).filter(|(_, words)| words.trim().is_empty());
    faults
        .extend(empty.map(|(target, _)| {
            Diagnostic::error(Code::LINK_EMPTY, say!("the link to `{target}` has no text", target))
        }));
    let (inner, outer) = (seen.references.len(), seen.addresses.len());
    let found = say!("{inner} within the report, {outer} out of it, each with words", inner, outer);
    Check { what: say!("links"), found, faults }
}

fn notes(document: &ResolvedDocument) -> Check {
    let lost = document.notes.iter().filter(|note| note.references.is_empty() || note.content.is_empty());
    let faults = lost.map(|note| {
        Diagnostic::error(
            Code::NOTE_UNUSED,
            say!("note {number} has no text or nothing leads to it", number = note.number),
        )
    });
    let found = say!("{count} notes, linked both ways", count = document.notes.len());
    Check { what: say!("notes"), found, faults: faults.collect() }
}

/// A character without glyph has been reported, and then nothing was rendered.
fn glyphs(document: &ResolvedDocument) -> Check {
    let characters: BTreeSet<char> = printed_text(document).chars().filter(|c| !c.is_whitespace()).collect();
    Check {
        what: say!("glyphs"),
        found: say!("{count} different characters, each in a font", count = characters.len()),
        faults: Vec::new(),
    }
}
