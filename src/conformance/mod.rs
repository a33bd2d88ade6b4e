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

use crate::diagnostic::{Code, Diagnostic};
use crate::document::resolved::ResolvedDocument;
use crate::pipeline::{Publication, printed_text};

/// One thing that was looked at.
#[derive(Debug)]
pub struct Check {
    pub what: &'static str,
    /// What was there, with numbers.
    pub found: String,
    pub faults: Vec<Diagnostic>,
}

/// What is left to outside validators, in one line.
pub const NOT_CHECKED: &str = "not checked here: what veraPDF (PDF/A-2a, PDF/UA-1), the Nu HTML checker and axe-core (WCAG 2.2 AA) find; \
     scripts/conformance/run asks them";

/// Looks at a report that has been rendered.
#[must_use]
pub fn examine(document: &ResolvedDocument, publication: &Publication) -> Vec<Check> {
    let seen = Seen::new(document);
    vec![
        standards(publication, document.attach_data),
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

fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

/// Typst has written the file, so it has found nothing against the standards.
fn standards(publication: &Publication, attached: bool) -> Check {
    let report = &publication.manifest.report;
    Check {
        what: if attached { "PDF/A-3a and PDF/UA-1" } else { "PDF/A-2a and PDF/UA-1" },
        found: format!("{} tagged and titled, without an objection of Typst's", count(report.pages, "page")),
        faults: Vec::new(),
    }
}

fn language(document: &ResolvedDocument, seen: &Seen<'_>) -> Check {
    let is_tag = |tag: &str| matches!(tag.len(), 2 | 3) && tag.bytes().all(|byte| byte.is_ascii_lowercase());
    let tags = std::iter::once(document.language.as_str()).chain(seen.languages.iter().copied());
    let faults = tags
        .filter(|tag| !is_tag(tag))
        .map(|tag| Diagnostic::error(Code::LANGUAGE_TAG, format!("`{tag}` is not the tag of a language")));
    let parts = count(seen.languages.len(), "part");
    Check {
        what: "language",
        found: format!("{}-{}, {parts} marked as another", document.language, document.region),
        faults: faults.collect(),
    }
}

fn headings(seen: &Seen<'_>) -> Check {
    let mut faults = Vec::new();
    let mut before = 0;
    for (level, text) in &seen.headings {
        if *level > before + 1 {
            let message = format!("the heading `{text}` has level {level} after level {before}");
            faults.push(Diagnostic::error(Code::HEADING_ORDER, message));
        }
        if text.trim().is_empty() {
            faults.push(Diagnostic::error(Code::EMPTY_TEXT, "a heading has no words"));
        }
        before = *level;
    }
    let found = format!("{}, no level skipped", count(seen.headings.len(), "heading"));
    Check { what: "headings", found, faults }
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
        .map(|(name, _)| Diagnostic::error(Code::IMAGE_ALT, format!("`{name}` has no alternative text")));
    let (charts, images) = (count(seen.charts.len(), "chart"), count(images.count(), "image"));
    Check {
        what: "alternative texts",
        found: format!("{charts} with text, description and data; {images}"),
        faults: faults.collect(),
    }
}

fn links(seen: &Seen<'_>) -> Check {
    let mut faults: Vec<Diagnostic> = seen
        .references
        .iter()
        .filter(|(anchor, _)| !seen.anchors.contains(anchor))
        .map(|(anchor, _)| Diagnostic::error(Code::REFERENCE_UNKNOWN, format!("nothing has the address `#{anchor}`")))
        .collect();
    let empty = seen.references.iter().chain(&seen.addresses).filter(|(_, words)| words.trim().is_empty());
    faults.extend(
        empty.map(|(target, _)| Diagnostic::error(Code::LINK_EMPTY, format!("the link to `{target}` has no text"))),
    );
    let (inner, outer) = (seen.references.len(), seen.addresses.len());
    let found = format!("{inner} within the report, {outer} out of it, each with words");
    Check { what: "links", found, faults }
}

fn notes(document: &ResolvedDocument) -> Check {
    let lost = document.notes.iter().filter(|note| note.references.is_empty() || note.content.is_empty());
    let faults = lost.map(|note| {
        Diagnostic::error(Code::NOTE_UNUSED, format!("note {} has no text or nothing leads to it", note.number))
    });
    let found = format!("{}, linked both ways", count(document.notes.len(), "note"));
    Check { what: "notes", found, faults: faults.collect() }
}

/// A character without glyph has been reported, and then nothing was rendered.
fn glyphs(document: &ResolvedDocument) -> Check {
    let characters: BTreeSet<char> = printed_text(document).chars().filter(|c| !c.is_whitespace()).collect();
    Check {
        what: "glyphs",
        found: format!("{}, each in a font", count(characters.len(), "different character")),
        faults: Vec::new(),
    }
}
