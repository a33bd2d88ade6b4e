//! LAN004: a long sentence.
//!
//! ## What it does
//! Finds sentences of more than 30 words. About 25 is the advice for plain language.
//!
//! ## Why is this bad
//! Long sentences are read twice or not at all. Plain language is a duty of public bodies (språklagen, section 11).
//!
//! ## Example
//! Split the sentence where a new thought begins.
//!
//! ## Options
//! `words`: how many words a sentence may have.

use super::super::Context;
use super::super::prose::{Place, Role};
use super::super::rule::{Rule, RuleOption};
use super::super::words::count;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("LAN004"),
    title: "A long sentence",
    severity: Severity::Info,
    source: include_str!("lan004.rs"),
    options: &[RuleOption { name: "words", default: 30, meaning: "how many words a sentence may have" }],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let most = usize::try_from(context.option(&RULE, "words")).unwrap_or(30);
    for (_, passage) in context.passages() {
        if matches!(passage.place, Place::Quote | Place::Source | Place::Label) || passage.role == Role::References {
            continue;
        }
        for sentence in &passage.sentences {
            let words = count(passage.slice(sentence.clone()));
            if words > most {
                out.push(
                    RULE.at(passage.span(sentence.clone()), say!("the sentence has {words} words", words))
                        .help(say!("split it where a new thought begins; about 25 words is the advice")),
                );
            }
        }
    }
}
