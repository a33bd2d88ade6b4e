//! TRA003: a translation that shows something else than its original.
//!
//! ## What it does
//! In a report with `translation-of` in report.yaml, finds what only one of the two shows: a table, chart or other block made from data, a figure, a picture, a box, a typed table or a
//! note of a chapter; a figure or a number in digits of a text of findings, charts or report.yaml. Chapters are held against those in the same place under `chapters`.
//! It also says where the headings are not those of the original, since they have its addresses only where they are as many, of the same levels and in the same order.
//!
//! ## Why is this bad
//! Readers of both languages must be able to say the same of the report. Tables and figures cannot differ in their numbers, but one can be left out.
//!
//! ## Example
//! ```md
//! In September the rate was {{ unemployment.now }}.
//! ```
//! The original says `{{ unemployment.before }}` in that chapter as well. Bind it too, or take it out of the original. A heading that stands for another gets its address by hand:
//! `## Notices {#varsel}`.

use super::super::Context;
use super::super::rule::Rule;
use super::super::translation::{Pair, Shown, headings, pairs, shown};
use crate::diagnostic::{Code, Diagnostic, Said, Severity, say};
use crate::markdown::{plain, slug};
use crate::model::{Difference, by_file};

pub const RULE: Rule = Rule {
    code: Code("TRA003"),
    title: "A translation that shows something else than its original",
    severity: Severity::Error,
    source: include_str!("tra003.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let project = context.project;
    let Some(original) = project.original.as_ref().filter(|_| project.part.is_none()) else { return };
    for found in &project.laid.otherwise {
        let message = match &found.what {
            Difference::Number { number, lacks: true } => {
                say!("the number {number} of the original is not here", number)
            }
            Difference::Number { number, lacks: false } => say!("the number {number} is not in the original", number),
            Difference::Bound { path, lacks: true } => say!("the figure `{path}` of the original is not here", path),
            Difference::Bound { path, lacks: false } => say!("the figure `{path}` is not in the original", path),
        };
        out.push(
            RULE.at(found.span, message).also(found.there, say!("in the original")).help(say!("say the same in both")),
        );
    }
    let (own, theirs) = (by_file(&project.chapters).len(), by_file(&original.chapters).len());
    if own != theirs {
        let message = say!("the translation has {own} files of chapters, and the original has {theirs}", own, theirs);
        let first = project.report.chapters.first().map_or(project.report.span, |chapter| chapter.span);
        let there = original.report.chapters.first().map_or(original.report.span, |chapter| chapter.span);
        let help = say!("name as many under `chapters`, each in the place of the one that it stands for");
        out.push(RULE.at(first, message).also(there, say!("in the original")).help(help));
    }
    for pair in pairs(project) {
        told_of_pair(&pair, out);
    }
}

fn told_of_pair(pair: &Pair<'_>, out: &mut Vec<Diagnostic>) {
    let place = |chapters: &[crate::document::Chapter]| {
        chapters.iter().flat_map(|chapter| &chapter.blocks).find_map(crate::document::Block::span)
    };
    let (Some(here), Some(there)) = (place(pair.own), place(pair.original)) else { return };
    let (own, theirs) = (shown(pair.own), shown(pair.original));
    for (what, span) in theirs.iter().filter(|(what, _)| !own.contains_key(what)) {
        let message = say!("the original shows {what}, and this chapter does not", what = words(what));
        out.push(
            RULE.at(here, message)
                .also(*span, say!("in the original"))
                .help(say!("show it here too, or take it out of the original")),
        );
    }
    for (what, span) in own.iter().filter(|(what, _)| !theirs.contains_key(what)) {
        let message = say!("this chapter shows {what}, and the original does not", what = words(what));
        out.push(
            RULE.at(*span, message)
                .also(there, say!("in the original"))
                .help(say!("take it out, or show it in the original too")),
        );
    }
    let (own, theirs) = (headings(pair.own), headings(pair.original));
    let same = own.iter().map(|heading| heading.level).eq(theirs.iter().map(|heading| heading.level));
    if !same {
        for heading in theirs {
            let id = heading.id.as_ref().map_or_else(|| slug(&plain(&heading.content)), |id| id.value.clone());
            if own.iter().any(|own| own.id.as_ref().is_some_and(|known| known.value == id)) {
                continue;
            }
            let message = say!("the original has the section `#{id}`, and this chapter has not", id);
            let help = say!("give the heading that stands for it its address, `{{#{id}}}`, or write the section", id);
            out.push(RULE.at(here, message).also(heading.span, say!("in the original")).help(help));
        }
        return;
    }
    for (heading, original) in own.iter().zip(theirs) {
        let (Some(own), Some(theirs)) = (&heading.id, &original.id) else { continue };
        if own.value != theirs.value {
            let message = say!(
                "the heading has the address `#{own}`, in the original it is `#{theirs}`",
                own = own.value,
                theirs = theirs.value
            );
            let help = say!(
                "write `{{#{theirs}}}`, or leave it out: it then has the address of the original's",
                theirs = theirs.value
            );
            out.push(RULE.at(own.span, message).also(theirs.span, say!("in the original")).help(help));
        }
    }
}

/// What a chapter shows, in words.
fn words(shown: &Shown) -> Said {
    match shown {
        Shown::Block(words) => say!("`{{{{ {words} }}}}`", words),
        Shown::Figure(path) => say!("the figure `{path}`", path),
        Shown::Picture(name) => say!("the picture `{name}`", name),
        Shown::Box(1) => say!("a box"),
        Shown::Box(number) => say!("a box more (number {number})", number),
        Shown::Table(number) => say!("a typed table (number {number})", number),
        Shown::Note(number) => say!("a note (number {number})", number),
    }
}
