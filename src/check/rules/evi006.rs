//! EVI006: words for a share that is another.
//!
//! ## What it does
//! Holds words such as "knappt hälften", "drygt en fjärdedel", "två av tre", "de flesta" and "nästan alla" against the share they stand with.
//!
//! | words | percent they may stand for |
//! |---|---|
//! | hälften, half | 49.5 to 50.5 |
//! | en tredjedel, three quarters | 1.5 around the fraction |
//! | var tredje, två av tre, one in five | 3 around it |
//! | drygt, en dryg, en god, dryga, lite mer än, strax över, just over, a little over, a good | more than the fraction, at most 5 more |
//! | knappt, en knapp, knappa, närmare, nästan, uppemot, just under, nearly, almost, barely | less than the fraction, at most 5 less |
//! | runt, omkring, ungefär, cirka, about, around, roughly | at most 5 off |
//! | mer än, över, more than, well over | more than the fraction |
//! | mindre än, under, inte ens, less than, not even | less than the fraction |
//! | minst, at least; högst, at most | the fraction and more; and less |
//! | de flesta, majoriteten, most; minoriteten | more than 50; less than 50 |
//! | nästan alla, nearly all | at least 90 |
//! | samtliga, alla, all; ingen, none | 100; 0, where the share follows in parentheses |
//!
//! Below a fifth the 5 percentage points become a quarter of the fraction: "runt en tiondel" is 7.5 to 12.5 percent.
//! Hedged percentages ("drygt 60 procent (23 av 40)") are held to the same bounds.
//!
//! ## Why is this bad
//! The words are what readers remember. 55 percent is not "barely half".
//!
//! ## Example
//! ```md
//! I knappt hälften (22 av 40) av ärendena finns ett mätbart mål.
//! ```
//! Write "drygt hälften", or the share alone.

use super::super::Context;
use super::super::claim;
use super::super::claim::bounds::{hedged, short};
use super::super::hedges::hedge;
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("EVI006"),
    title: "Words for a share that is another",
    severity: Severity::Error,
    source: include_str!("evi006.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (at, passage) in context.passages() {
        for words in context.approximations(at) {
            let Some((share, place)) = &words.share else { continue };
            if !words.bounds.hold(*share) {
                let text = passage.slice(words.range.clone());
                let message = say!(
                    "`{text}` stands for {short} percent; it means {meaning}",
                    text,
                    short = short(*share),
                    meaning = words.bounds.describe()
                );
                out.push(
                    RULE.at(passage.span(words.range.clone()), message)
                        .also(passage.span(place.clone()), say!("the share"))
                        .help(say!("choose words that fit the share, or leave them out")),
                );
            }
        }
        for relation in context.relations(at).iter() {
            let (Some(percent), Some(share)) = (relation.percent, relation.share(passage)) else { continue };
            let Some(printed) = passage.numbers.get(percent) else { continue };
            let Some((hedge, start)) = hedge(passage, printed.range.start) else { continue };
            let bounds = hedged(printed.value, hedge);
            // "drygt 60 procent" for exactly 60 is loose, and common where 60 is itself rounded.
            let exact = share.round(printed.decimals, context.project.workspace.rounding) == printed.value;
            if !bounds.hold(share) && !exact {
                let range = start..printed.range.end;
                let message = say!(
                    "`{words}` stands for {short} percent",
                    words = passage.slice(range.clone()),
                    short = short(share)
                );
                out.push(
                    RULE.at(passage.span(range), message)
                        .help(say!("choose words that fit the share, or print it as it is")),
                );
            }
        }
    }
    for fault in claim::fraction::faults(context) {
        fault.report(&RULE, context, out);
    }
    context.derived(&RULE).for_each(|fault| fault.report(&RULE, context, out));
}
