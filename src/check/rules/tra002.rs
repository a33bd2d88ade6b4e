//! TRA002: what is not translated.
//!
//! ## What it does
//! In a report with `translation-of` in report.yaml, finds words of the original that nothing is written for: a text of its report.yaml, findings or charts without the words of the
//! translation behind the same key, words of files of data that stand neither under `words` nor among `names`, and paragraphs, headings and typed tables that stand in the
//! original word for word. One message a file names the first of them and where the others are.
//!
//! What is the same in both languages is written the same, in the translation too: that counts as translated.
//!
//! ## Why is this bad
//! Readers meet half a sentence in a language that they may not know, and readers of a screen have it read with the wrong voice.
//!
//! ## Example
//! ```yaml
//! tables:
//!   visits:
//!     caption:
//!     stub: Unit
//! ```
//! The caption waits for its words. In a draft that is a warning; the report is published when all is translated. A quotation that stays in its own language is marked as such,
//! `[ord för ord](lang:sv)`, and excepted with a reason.

use std::collections::BTreeMap;

use super::super::Context;
use super::super::rule::Rule;
use super::super::translation::untranslated;
use crate::diagnostic::{Code, Diagnostic, Said, Severity, say};
use crate::model::Place;
use crate::source::{SourceId, Span};

pub const RULE: Rule = Rule {
    code: Code("TRA002"),
    title: "What is not translated",
    severity: Severity::Error,
    source: include_str!("tra002.rs"),
    options: &[],
    check,
};

/// Places that one message shows beside the first.
const SHOWN: usize = 4;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let project = context.project;
    if project.original.is_none() || project.part.is_some() {
        return;
    }
    let mut files: BTreeMap<(SourceId, Place), Vec<(Span, &str)>> = BTreeMap::new();
    for lacking in &project.laid.lacking {
        files.entry((lacking.span.source, lacking.place)).or_default().push((lacking.span, lacking.words.as_str()));
    }
    for ((source, place), mut all) in files {
        all.sort();
        all.dedup();
        // What is found is printed in the original's words, and whoever translates writes it into a file of the same name.
        let path = &context.sources.get(source).path;
        let help = match place {
            Place::Key => help_of(path, &project.report.folder),
            Place::Data => {
                let word = all.first().map_or("", |(_, words)| words);
                say!(
                    "write them under `words` in report.yaml: `words: {{{word}: …}}`; names that stay as they are belong to `names`",
                    word
                )
            }
        };
        out.extend(of_file(&all, path, help));
    }
    let mut chapters: BTreeMap<SourceId, Vec<(Span, &str)>> = BTreeMap::new();
    for span in untranslated(project, context.sources) {
        chapters.entry(span.source).or_default().push((span, context.sources.text(span)));
    }
    for (source, all) in chapters {
        let help = say!(
            "say it in the language of the report; what stays as it is, such as a quotation, is excepted with a reason"
        );
        out.extend(of_file(&all, &context.sources.get(source).path, help));
    }
}

/// Where words are to be written that stand in this file.
fn help_of(path: &str, folder: &str) -> Said {
    let own = path.starts_with(&format!("content/{folder}/")) || path.starts_with(&format!("charts/{folder}/"));
    let mut parts = path.splitn(3, '/');
    match (own, parts.next(), parts.next(), parts.next()) {
        (false, Some(root), Some(_), Some(name)) => say!(
            "write the words in `{root}/{folder}/{name}`, by the same keys and ids; what is the same in both languages is written the same",
            root,
            folder,
            name
        ),
        _ => say!("write the words behind the keys; what is the same in both languages is written the same"),
    }
}

/// One message for all places of a file.
fn of_file(all: &[(Span, &str)], path: &str, help: Said) -> Option<Diagnostic> {
    let (first, words) = all.first()?;
    let words = words.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
    let message = match all.len() {
        1 => say!("`{words}` is not translated", words),
        count => say!("{count} texts of `{path}` are not translated, the first is `{words}`", count, path, words),
    };
    let mut found = RULE.at(*first, message);
    for (span, _) in all.iter().skip(1).take(SHOWN) {
        found = found.also(*span, say!("nor this"));
    }
    Some(found.help(help))
}
