//! LAN005: how hard a chapter is to read.
//!
//! ## What it does
//! Tells the readability index LIX of chapters that are above a limit: words a sentence plus the percentage of words of more than six letters. Below 40 is easy, 50 is the language of
//! authorities, above 60 is very hard. LIX is made for Swedish and holds for Norwegian; English chapters are not measured.
//!
//! ## Why is this bad
//! A number to follow from one draft to the next, not a mark.
//!
//! ## Example
//! Shorter sentences and everyday words lower it.
//!
//! ## Options
//! `lix`: above which index a chapter is named.

use super::super::Context;
use super::super::prose::{Passage, Place, Role};
use super::super::rule::{Rule, RuleOption};
use crate::check::lang::grammar;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("LAN005"),
    title: "How hard a chapter is to read",
    severity: Severity::Info,
    source: include_str!("lan005.rs"),
    options: &[RuleOption { name: "lix", default: 60, meaning: "from which index on a chapter is named" }],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    if !grammar(context.project.report.language).has_lix() {
        return;
    }
    let most = context.option(&RULE, "lix");
    let mut chapters: Vec<Vec<&Passage>> = vec![Vec::new(); context.project.chapters.len()];
    for (_, passage) in context.passages() {
        if let Some(chapter) = chapters.get_mut(passage.chapter) {
            chapter.push(passage);
        }
    }
    for passages in chapters {
        let (mut words, mut long, mut sentences) = (0_i64, 0_i64, 0_i64);
        let mut place = None;
        for passage in passages {
            if passage.place == Place::Heading && place.is_none() {
                place = Some(passage.whole());
            }
            if !matches!(passage.place, Place::Paragraph | Place::Item | Place::Note | Place::Description)
                || passage.role == Role::References
            {
                continue;
            }
            sentences += i64::try_from(passage.sentences.len()).unwrap_or(0);
            for word in passage.text.split_whitespace() {
                let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
                words += i64::from(letters > 0);
                long += i64::from(letters > 6);
            }
        }
        // Too little text says nothing.
        if words < 100 || sentences == 0 {
            continue;
        }
        let lix = words / sentences + 100 * long / words;
        if let Some(place) = place.filter(|_| lix > most) {
            out.push(
                RULE.at(place, say!("the chapter's readability index is {lix} ({level})", lix, level = level(lix)))
                    .help(say!("shorter sentences and everyday words lower it")),
            );
        }
    }
}

fn level(lix: i64) -> &'static str {
    match lix {
        ..=40 => "easy",
        41..=50 => "of middle difficulty",
        51..=60 => "hard: the language of authorities",
        _ => "very hard",
    }
}
