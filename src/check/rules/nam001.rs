//! NAM001: a name that differs from the register.
//!
//! ## What it does
//! Finds words that differ from a name of the register (units, `names` and `terms`) by one letter, by two swapped letters or by the case of letters. Genitives and
//! other endings ("Farstas", "SiS:s", "Jobbtorgets"), compounds ("Norrmalmsmottagningen") and names that are in the register themselves are no errors; short names are
//! held to exact spelling only where the case is wrong in the middle of a compound name. A name of several words with a small one in it ("Rådet för hälsa") keeps that word and
//! the endings of the others: "Rådet om hälsa" and "Rådet för hälsan" are no such names.
//!
//! ## Why is this bad
//! A misspelt name is not found by search, and those who bear it notice.
//!
//! ## Example
//! ```md
//! I Skärhomen har ledningen infört en gemensam mottagning.
//! ```
//! The register has Skärholmen.

use super::super::Context;
use super::super::names::Register;
use super::super::prose::Place;
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("NAM001"),
    title: "A name that differs from the register",
    severity: Severity::Warning,
    source: include_str!("nam001.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let register = Register::new(context);
    for (_, passage) in context.passages() {
        if matches!(passage.place, Place::Quote | Place::Label) {
            continue;
        }
        for found in register.faults(&passage.text, passage.language) {
            if !passage.is_typed(&found.range) {
                continue;
            }
            let span = passage.span(found.range.clone());
            let text = passage.slice(found.range.clone());
            out.push(
                RULE.at(span, say!("`{text}` is not in the register of names, `{name}` is", text, name = found.name))
                    .help(say!("write `{name}`, or add the name to `names` in report.yaml", name = found.name)),
            );
        }
    }
}
