//! How a hidden number follows from what is typed: as a reader would do the sum.

use std::collections::BTreeMap;

use super::super::decision::Decision;
use super::super::network::{Exposure, Kind, Network, Terms};
use super::statement::Statement;
use crate::source::Span;

/// A statement that says something of hidden numbers, with its words.
#[derive(Debug)]
pub struct Told {
    pub statement: Statement,
    pub words: String,
    /// Where this report's author typed it.
    pub span: Option<Span>,
}

/// What cells have, and how it is written.
struct Numbers<'a> {
    values: &'a [i64],
    digits: &'a dyn Fn(i64) -> String,
}

impl Numbers<'_> {
    fn written(&self, at: usize) -> String {
        (self.digits)(self.values[at])
    }
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
    /// So much of something: the whole and the part, as a statement has them.
    Said {
        words: String,
        of: Terms,
        part: Terms,
    },
}

/// The steps that lead to a cell; none where it takes more than one unknown at a time.
pub fn steps(
    decision: &Decision,
    values: &[i64],
    told: &[&Told],
    cell: usize,
    named: impl Fn(usize) -> String,
) -> Vec<String> {
    let network = &decision.quantities.network;
    let digits = |units: i64| decision.quantities.digits(units);
    let told_of = &Numbers { values, digits: &digits };
    let called = |at: usize| match named(at) {
        name if name.is_empty() => twin(network, at).map_or_else(|| "x".to_owned(), &named),
        name => name,
    };
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
            terms: relation.terms.to_vec(),
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
                let (of, part) = (whole.clone(), part.clone());
                known.insert(*one, How::Said { words: told.words.clone(), of, part });
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
        write(cell, &mut known, told_of, &called, &mut out);
    } else {
        out.extend(together(told, told_of, &called));
        // What is shown of the sums that it stands in with what is said.
        let said: Vec<usize> = told.iter().flat_map(|told| told.statement.cells()).collect();
        for relation in network.relations.iter().filter(|relation| relation.terms.iter().any(|(at, _)| *at == cell)) {
            let (shown, unknown): (Vec<usize>, Vec<usize>) =
                relation.terms.iter().map(|(at, _)| *at).partition(|at| known.contains_key(at));
            if unknown.iter().all(|at| said.contains(at)) {
                out.extend(shown.into_iter().map(|at| format!("{} {}", called(at), told_of.written(at))));
            }
        }
    }
    out
}

/// The other cell that is the same number.
fn twin(network: &Network, at: usize) -> Option<usize> {
    network.relations.iter().filter(|relation| relation.kind == Kind::Equal && relation.constant == 0).find_map(
        |relation| match relation.terms[..] {
            [(one, first), (other, second)] if first == -second => match at {
                _ if at == one => Some(other),
                _ if at == other => Some(one),
                _ => None,
            },
            _ => None,
        },
    )
}

/// What is said, and what is shown of what it speaks of.
fn together(told: &[&Told], values: &Numbers<'_>, called: &impl Fn(usize) -> String) -> Vec<String> {
    let said = told.iter().map(|told| match &told.statement {
        Statement::Count { .. } => told.words.clone(),
        Statement::Share { part, whole, .. } => share(&told.words, (part, whole), values, called),
    });
    said.collect()
}

/// "75 procentenheter · norr.total 24 = norr.men 21 − norr.women 3"
fn share(
    words: &str,
    (part, whole): (&Terms, &Terms),
    values: &Numbers<'_>,
    called: &impl Fn(usize) -> String,
) -> String {
    let side = |terms: &Terms| {
        let mut line = String::new();
        for (at, factor) in terms {
            let sign = match (line.is_empty(), *factor < 0) {
                (true, false) => "",
                (true, true) => "−",
                (false, false) => " + ",
                (false, true) => " − ",
            };
            line.push_str(&format!("{sign}{} {}", called(*at), values.written(*at)));
        }
        line
    };
    let several = whole.len() > 1;
    let whole = side(whole);
    let whole = if several { format!("({whole})") } else { whole };
    format!("{words} · {whole} = {}", side(part))
}

/// Words for a number as they are reckoned with: in digits, where they do not begin with these.
fn reckoned(words: &str, digits: &str) -> String {
    let bare: String = words.chars().filter(|letter| !letter.is_whitespace()).collect();
    let bare = bare.replace(',', ".");
    let behind = bare.strip_prefix(digits).and_then(|rest| rest.chars().next());
    match behind {
        _ if bare == digits => digits.to_owned(),
        Some(next) if next.is_alphabetic() => words.to_owned(),
        _ => format!("{digits} ({words})"),
    }
}

/// The step to a cell, behind those to what it is made of.
fn write(
    cell: usize,
    known: &mut BTreeMap<usize, How>,
    values: &Numbers<'_>,
    called: &impl Fn(usize) -> String,
    out: &mut Vec<String>,
) {
    let shown = |at: usize| format!("{} {}", called(at), values.written(at));
    // Each step is told once.
    match known.insert(cell, How::Shown) {
        Some(How::Sum { terms, constant, words }) => {
            for (at, _) in terms.iter().filter(|(at, _)| *at != cell) {
                write(*at, known, values, called, out);
            }
            let own = terms.iter().find(|(at, _)| *at == cell).map_or(1, |(_, factor)| *factor);
            let mut sides: Vec<(bool, String)> = Vec::new();
            // Words for a number are reckoned with as digits.
            let digits = (values.digits)(constant.abs());
            if constant != 0 || words.is_some() {
                let adds = (constant >= 0) == (own > 0);
                let said = words.as_ref().map_or_else(|| digits.clone(), |words| reckoned(words, &digits));
                sides.push((adds, said));
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
            // What has no name of its own is called as what it is the same as.
            if line != shown(cell) {
                out.push(format!("{line} = {}", shown(cell)));
            }
        }
        Some(How::Said { words, of, part }) => out.push(share(&words, (&part, &of), values, called)),
        Some(How::Shown) | None => {}
    }
}
