//! REF013: a link text that says nothing.
//!
//! ## What it does
//! Finds links whose whole text is "här", "läs mer", "klicka här", "länk", "here", "read more", "link", or the bare address. An address is a remark, and in a note,
//! where sources are told, nothing.
//!
//! ## Why is this bad
//! Those who listen to a page go from link to link and hear "här, här, här". The text of a link must say where it leads by itself (WCAG 2.4.4).
//!
//! ## Example
//! ```md
//! Vägledningen finns [här](https://www.socialstyrelsen.se/vagledning).
//! ```
//! Write:
//! ```md
//! Läs [Socialstyrelsens vägledning](https://www.socialstyrelsen.se/vagledning).
//! ```

use super::super::Context;
use super::super::lang;
use super::super::prose::Place;
use super::super::rule::Rule;
use crate::check::words::Lowered as _;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("REF013"),
    title: "A link text that says nothing",
    severity: Severity::Error,
    source: include_str!("ref013.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let empty = &lang::lists(context.project.report.language).empty_links;
    for link in &context.prose.links {
        let text = link.text.trim().trim_matches(['.', ',', '»', '>', '→', ':']).trim().lowered();
        let bare =
            !link.internal && (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www."));
        let found = if bare && link.place != Place::Note {
            Diagnostic::new(Severity::Info, RULE.code, say!("the link's text is its address")).at(link.span)
        } else if empty.has(&text) {
            RULE.at(link.span, say!("`{link}` does not say where the link leads", link = link.text.trim()))
        } else {
            continue;
        };
        out.push(found.help(say!("name what the reader finds there: [Socialstyrelsens vägledning](https://…)")));
    }
}
