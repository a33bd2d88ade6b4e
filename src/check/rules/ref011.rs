//! REF011: a typed page, table or section number.
//!
//! ## What it does
//! Finds "se sidan 12", "tabell 5", "diagram 2", "avsnitt 3.2" and the like that mean this report. Pages, chapters and tables of other documents ("sidan 12 i
//! Socialstyrelsens vägledning", "kapitel 4 i socialtjänstlagen") and of sources in notes are left alone.
//!
//! ## Why is this bad
//! The number is wrong after the next change, and on the web page there are no pages.
//!
//! ## Example
//! ```md
//! Fördelningen framgår av tabell 5.
//! ```
//! Let the program print the number:
//! ```md
//! Fördelningen framgår av [](#table-diagnoses).
//! ```

use std::ops::Range;

use super::super::Context;
use super::super::lang::{self, Lists};
use super::super::number::Unit;
use super::super::prose::{Place, Role};
use super::super::rule::Rule;
use super::super::words::{clip, clip_start, holds};
use crate::diagnostic::{Code, Diagnostic, Severity, say};
use crate::value::Exact;

pub const RULE: Rule = Rule {
    code: Code("REF011"),
    title: "A typed page, table or section number",
    severity: Severity::Error,
    source: include_str!("ref011.rs"),
    options: &[],
    check,
};

const NEAR: usize = 1000;
/// So many chapters a report has at most.
const CHAPTERS: i64 = 30;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (_, passage) in context.passages() {
        let skip = matches!(
            passage.place,
            Place::Note | Place::Source | Place::Quote | Place::Heading | Place::Label | Place::Attribution
        ) || passage.role == Role::References;
        if skip {
            continue;
        }
        let lower = passage.lower.as_str();
        let lists = lang::lists(passage.language);
        for number in passage.numbers.iter().filter(|number| number.unit == Unit::None && !number.bound) {
            let before = &lower[..number.range.start];
            let trimmed = before.trim_end_matches([' ', '\u{a0}']);
            let things = lists.page_words.iter().chain(lists.part_words.iter());
            let thing = things.filter(|word| ends_with_word(trimmed, word)).max_by_key(|word| word.len());
            let Some(word) = thing.filter(|_| trimmed.len() < before.len()) else { continue };
            let page = lists.page_words.has(word);
            // "section 114 powers": no report has so many chapters.
            if lists.law_parts.has(word) && number.decimals == 0 && number.value > Exact::from(CHAPTERS) {
                continue;
            }
            let start = trimmed.len() - word.len();
            // "(s 14)", "(se s 14)": without its point the letter is a page's only where a bracket closes behind.
            let bracket = before[..start].rfind('(').is_some_and(|at| before[at + 1..start].chars().count() <= 4);
            if word.len() == 1 && !(bracket && lower[number.range.end..].starts_with([')', '–', 'f'])) {
                continue;
            }
            // What names the document stands near its number, also in a sentence without end.
            let sentence = passage.sentence(start);
            let before = clip_start(&lower[sentence.start..start], NEAR).len();
            let after = clip(&lower[number.range.end..sentence.end.max(number.range.end)], NEAR).len();
            let sentence = start - before..number.range.end + after;
            if !passage.is_typed(&(start..number.range.end))
                || is_elsewhere(lower, &sentence, start..number.range.end, page, lists)
            {
                continue;
            }
            let range = start..number.range.end;
            let text = passage.slice(range.clone());
            let help = if page {
                say!("refer to the heading: [](#id) prints \"avsnitt 1.2\" as a link")
            } else {
                say!("write [](#table-id), [](#chart-id) or [](#id of the heading): the number is printed, as a link")
            };
            out.push(RULE.at(passage.span(range), say!("`{text}` is written by hand", text)).help(help));
        }
    }
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word)
        .is_some_and(|rest| rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '-'))
}

/// Whether the thing is another document's.
fn is_elsewhere(lower: &str, sentence: &Range<usize>, own: Range<usize>, page: bool, lists: &Lists) -> bool {
    let after = lower.get(own.end..sentence.end).unwrap_or("").trim_start();
    let before = lower.get(sentence.start..own.start).unwrap_or("");
    let first = after.split_whitespace().next().unwrap_or("");
    if holds(after, &lists.this_report) {
        return false;
    }
    // "sidan 12 i vägledningen", "Table 5 in the annual report", "Chapter 4 of the Act", "avsnitt 7.3 i prop. 2000/01:80"
    if lists.of_document.has(first) {
        return true;
    }
    // "SOU 2020:47 s. 211", "JO 2019/20 s. 545", "lagens kapitel 11": what stands directly before names the document.
    let previous = before.split_whitespace().next_back().unwrap_or("").trim_matches(['(', ',', '”', '"']);
    let source = page && previous.chars().any(|c| c.is_ascii_digit());
    let owner = !page && lists.definite_genitives.has(previous) && !lists.neutral.has(previous);
    if source || owner {
        return true;
    }
    // "sidan 2 av 5"
    let counted = page && (lists.of.has(first));
    // An act, a bill or a source that the sentence names before: "prop. 2000/01:80 s. 12", "section 17 of the Act".
    let law = holds(lower.get(sentence.clone()).unwrap_or(""), &lists.document_words);
    let own_word = holds(before, &lists.looks);
    // "under section 47 an enquiry must be made": a section alone is one of a law in English.
    let statute = before.split_whitespace().next_back().is_some_and(|word| lists.before_statutes.has(word));
    counted || statute || (law && !own_word)
}
