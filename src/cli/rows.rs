//! What is wrong with the reports that one folder makes: what all of them have is told once, what some have is told with their rows.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, say};
use crate::source::Span;

/// So many rows are named at a problem.
const MOST: usize = 3;

/// What was found in the report that a folder makes for a row.
#[derive(Debug)]
pub struct OfRow<'a> {
    pub folder: String,
    pub row: Span,
    pub sink: &'a mut Sink,
}

/// What two problems have in common that are one problem of their folder.
type Key = (Option<Span>, Code, Severity, Said);

/// Tells each problem once, with the first report that has it.
pub fn tell_once(mut reports: Vec<OfRow<'_>>) {
    let mut places: BTreeMap<(String, Key), Vec<Span>> = BTreeMap::new();
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for report in &reports {
        *sizes.entry(report.folder.clone()).or_default() += 1;
        for found in report.sink.iter() {
            let rows = places.entry((report.folder.clone(), key(found))).or_default();
            if rows.last() != Some(&report.row) {
                rows.push(report.row);
            }
        }
    }
    for report in &mut reports {
        let mut own = Sink::default();
        for found in report.sink.iter() {
            let rows = places.get(&(report.folder.clone(), key(found))).map_or(&[][..], Vec::as_slice);
            let all = sizes.get(&report.folder).copied().unwrap_or_default();
            if rows.first() == Some(&report.row) {
                own.push(if rows.len() == all { found.clone() } else { with_rows(found, rows) });
            }
        }
        *report.sink = own;
    }
}

fn key(found: &Diagnostic) -> Key {
    (found.primary.as_ref().map(|label| label.span), found.code, found.severity, found.message.clone())
}

fn with_rows(found: &Diagnostic, rows: &[Span]) -> Diagnostic {
    let shown = rows.iter().take(MOST);
    let found = shown.fold(found.clone(), |found, row| found.also(*row, say!("in the report for this row")));
    match rows.len().saturating_sub(MOST) {
        0 => found,
        1 => found.help(say!("the same in the report for one more row")),
        more => found.help(say!("the same in the reports for {more} more rows", more)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    #[test]
    fn what_all_have_is_told_once_and_what_some_have_with_their_rows() {
        let file = SourceMap::default().add("rows.csv", "a\nb\nc\nd\ne\nf\n");
        let rows: Vec<Span> = (0..6).map(|row| Span::new(file, row * 2, row * 2 + 1)).collect();
        let found = |message: &str| Diagnostic::error(Code::EACH, Said::verbatim(message)).at(rows[0]);
        let mut sinks: Vec<Sink> = rows.iter().map(|_| Sink::default()).collect();
        for (at, sink) in sinks.iter_mut().enumerate() {
            sink.push(found("all"));
            if at > 0 {
                sink.push(found("five"));
            }
        }
        sinks[2].push(found("one"));
        let of_row = |(sink, row): (_, &Span)| OfRow { folder: "a".to_owned(), row: *row, sink };
        tell_once(sinks.iter_mut().zip(&rows).map(of_row).collect());
        let told = |at: usize| -> Vec<(String, Vec<Span>, usize)> {
            let one = |found: &Diagnostic| {
                (found.message.english(), found.secondary.iter().map(|label| label.span).collect(), found.help.len())
            };
            sinks[at].iter().map(one).collect()
        };
        assert_eq!(told(0), [("all".to_owned(), vec![], 0)]);
        assert_eq!(told(1), [("five".to_owned(), rows[1..4].to_vec(), 1)]);
        assert_eq!(told(2), [("one".to_owned(), vec![rows[2]], 0)]);
        assert!(told(3).is_empty() && told(5).is_empty());
    }
}
