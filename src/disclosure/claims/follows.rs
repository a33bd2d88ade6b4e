//! How a hidden number follows from what is typed: as a reader would do the sum.

use std::collections::BTreeMap;

use super::super::decision::Decision;
use super::super::network::{Exposure, Kind, Terms};
use super::statement::{Statement, sum};
use crate::source::Span;

/// A statement that says something of hidden numbers, with its words.
#[derive(Debug)]
pub struct Told {
    pub statement: Statement,
    pub words: String,
    /// Where this report's author typed it.
    pub span: Option<Span>,
}

/// How a cell becomes known: a sum that comes to nothing with one cell unknown, or words.
#[derive(Debug, Clone)]
enum How {
    Shown,
    /// The cell and the others, as a relation has them; the constant, and the words that say it.
    Sum {
        terms: Terms,
        constant: i64,
        words: Option<String>,
    },
    Said {
        words: String,
        of: Vec<usize>,
    },
}

/// The steps that lead to a cell; none where it takes more than one unknown at a time.
pub fn steps(
    decision: &Decision,
    values: &[i64],
    told: &[&Told],
    cell: usize,
    called: impl Fn(usize) -> String,
) -> Vec<String> {
    let network = &decision.quantities.network;
    let mut known: BTreeMap<usize, How> = (0..network.cells.len())
        .filter(|at| !decision.choice.hidden.contains(at) && network.cells[*at].exposure != Exposure::Unpublished)
        .map(|at| (at, How::Shown))
        .collect();
    let equations: Vec<How> = told
        .iter()
        .filter_map(|told| match &told.statement {
            Statement::Count { terms, range } => {
                Some(How::Sum { terms: terms.clone(), constant: range.only()?, words: Some(told.words.clone()) })
            }
            Statement::Share { .. } => None,
        })
        .chain(network.relations.iter().filter(|relation| relation.kind == Kind::Equal).map(|relation| How::Sum {
            terms: relation.terms.clone(),
            constant: relation.constant,
            words: None,
        }))
        .collect();
    let mut more = true;
    while more && !known.contains_key(&cell) {
        more = false;
        for told in told {
            let Statement::Share { part, whole, .. } = &told.statement else { continue };
            let unknown = |terms: &[(usize, i64)]| -> Vec<usize> {
                terms.iter().map(|(at, _)| *at).filter(|at| !known.contains_key(at)).collect()
            };
            if let ([one], []) = (&unknown(part)[..], &unknown(whole)[..]) {
                let of = whole.iter().map(|(at, _)| *at).collect();
                known.insert(*one, How::Said { words: told.words.clone(), of });
                more = true;
            }
        }
        for equation in &equations {
            let How::Sum { terms, .. } = equation else { continue };
            let mut unknown = terms.iter().map(|(at, _)| *at).filter(|at| !known.contains_key(at));
            if let (Some(one), None) = (unknown.next(), unknown.next()) {
                known.insert(one, equation.clone());
                more = true;
            }
        }
    }
    let mut out = Vec::new();
    if known.contains_key(&cell) {
        write(cell, &mut known, values, &called, &mut out);
    } else {
        out.extend(together(told, values, &called));
        // What is shown of the sums that it stands in with what is said.
        let said: Vec<usize> = told.iter().flat_map(|told| told.statement.cells()).collect();
        for relation in network.relations.iter().filter(|relation| relation.terms.iter().any(|(at, _)| *at == cell)) {
            let (shown, unknown): (Vec<usize>, Vec<usize>) =
                relation.terms.iter().map(|(at, _)| *at).partition(|at| known.contains_key(at));
            if unknown.iter().all(|at| said.contains(at)) {
                out.extend(shown.into_iter().map(|at| format!("{} {}", called(at), values[at])));
            }
        }
    }
    out
}

/// What is said, and what is shown of what it speaks of.
fn together(told: &[&Told], values: &[i64], called: &impl Fn(usize) -> String) -> Vec<String> {
    let said = told.iter().map(|told| match &told.statement {
        Statement::Count { .. } => told.words.clone(),
        Statement::Share { whole, .. } => {
            let names: Vec<String> = whole.iter().map(|(at, _)| called(*at)).collect();
            format!("{} · {} {}", told.words, names.join(" + "), sum(whole, values))
        }
    });
    said.collect()
}

/// The step to a cell, behind those to what it is made of.
fn write(
    cell: usize,
    known: &mut BTreeMap<usize, How>,
    values: &[i64],
    called: &impl Fn(usize) -> String,
    out: &mut Vec<String>,
) {
    let shown = |at: usize| format!("{} {}", called(at), values[at]);
    // Each step is told once.
    match known.insert(cell, How::Shown) {
        Some(How::Sum { terms, constant, words }) => {
            for (at, _) in terms.iter().filter(|(at, _)| *at != cell) {
                write(*at, known, values, called, out);
            }
            let own = terms.iter().find(|(at, _)| *at == cell).map_or(1, |(_, factor)| *factor);
            let mut sides: Vec<(bool, String)> = Vec::new();
            // Words for a number are reckoned with as digits.
            let is_digits = |words: &String| words.trim() == constant.abs().to_string();
            let quoted = words.as_ref().filter(|words| !is_digits(words)).map(|words| format!(" ({words})"));
            if constant != 0 || words.is_some() {
                let adds = (constant >= 0) == (own > 0);
                sides.push((adds, format!("{}{}", constant.abs(), quoted.unwrap_or_default())));
            }
            for (at, factor) in terms.iter().filter(|(at, _)| *at != cell) {
                let times = if factor.abs() == 1 { String::new() } else { format!("{} · ", factor.abs()) };
                sides.push(((*factor > 0) != (own > 0), format!("{times}{}", shown(*at))));
            }
            sides.sort_by_key(|(adds, _)| !adds);
            let mut line = String::new();
            for (adds, words) in sides {
                let sign = match (adds, line.is_empty()) {
                    (true, true) => "",
                    (true, false) => " + ",
                    (false, true) => "−",
                    (false, false) => " − ",
                };
                line.push_str(sign);
                line.push_str(&words);
            }
            out.push(format!("{line} = {}", shown(cell)));
        }
        Some(How::Said { words, of }) => {
            let of: Vec<String> = of.iter().map(|at| shown(*at)).collect();
            out.push(format!("{words} · {} = {}", of.join(" + "), shown(cell)));
        }
        Some(How::Shown) | None => {}
    }
}
