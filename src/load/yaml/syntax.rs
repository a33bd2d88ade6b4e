//! A file that breaks a rule of YAML, in words for who wrote it: most often a line begins in another column than was meant.

use serde_saphyr::granit_parser::ScanError;

use crate::diagnostic::{Code, Diagnostic, Said, say};
use crate::source::{SourceId, Span};

/// What is wrong where the parser stopped.
pub fn syntax(source: SourceId, text: &str, error: &ScanError) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(0);
    let sign = |at: usize| {
        let start = text.floor_char_boundary(at);
        Span::new(source, start, start + text[start..].chars().next().map_or(0, char::len_utf8))
    };
    if let Some((line, indent, above)) = misplaced(text, at) {
        return Diagnostic::error(
            Code::YAML_SYNTAX,
            say!(
                "the line begins in column {column}, and the one above it in column {above}",
                column = indent + 1,
                above = above.1 + 1
            ),
        )
        .at(sign(line + indent))
        .also(sign(above.0 + above.1), say!("the line above"))
        .help(say!(
            "lines that belong together begin in the same column; what belongs to a line stands two spaces further in"
        ));
    }
    Diagnostic::error(Code::YAML_SYNTAX, say!("YAML cannot be understood here: {info}", info = reason(&error.info())))
        .at(sign(at))
        .help(say!("a text that holds `: ` or begins with a special character needs quotation marks: \"…\""))
}

/// What the parser says, in words for who wrote the file.
fn reason(info: &str) -> Said {
    let told: &[(&[&str], Said)] = &[
        (&["mapping values are not allowed"], say!("a second colon stands in the line")),
        (&["expected ':'", "simple key"], say!("a key without a colon")),
        (&["flow mapping", "expected ',' or '}'"], say!("a brace `{` is not closed, or a comma is missing in it")),
        (&["flow sequence", "expected ',' or ']'"], say!("a bracket `[` is not closed, or a comma is missing in it")),
        (&["quoted scalar", "unexpected end of stream", "closing quote"], say!("a quotation mark is not closed")),
        (&["expected key"], say!("a line that belongs to nothing above it")),
        (&["block sequence", "expected '-'"], say!("an entry of the list does not begin with `- `")),
    ];
    let known = told.iter().find(|(signs, _)| signs.iter().any(|sign| info.contains(sign)));
    known.map_or_else(|| Said::quoted(info), |(_, said)| said.clone())
}

/// The line of a place, where it begins further in than all above it that it could belong to: its start and indentation, and those of the line above.
fn misplaced(text: &str, at: usize) -> Option<(usize, usize, (usize, usize))> {
    let mut open: Vec<usize> = Vec::new();
    let (mut offset, mut above): (usize, Option<(usize, usize)>) = (0, None);
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches(' ');
        let indent = line.len() - words.len();
        if !(words.trim().is_empty() || words.starts_with('#')) {
            open.retain(|known| *known <= indent);
            let stands = open.last() == Some(&indent);
            if offset + line.len() > at {
                let above = above?;
                let opens = text[above.0..offset].trim_end().ends_with([':', '-', '|', '>', '{', '[', ',']);
                return (!stands && (indent < above.1 || !opens)).then_some((offset, indent, above));
            }
            if !stands {
                open.push(indent);
            }
            above = Some((offset, indent));
        }
        offset += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::diagnostic::Sink;

    #[test]
    fn a_line_in_the_wrong_column_is_told_by_its_first_sign() {
        for text in ["a:\n    b: 1\n  å: 2\n", "a:\n  å: 1\n ö: 2\n", "- ä: 1\n   b: 2\n", "a: \"å"] {
            let mut sink = Sink::default();
            parse(SourceId::default(), text, &mut sink);
            let found = sink.iter().next().expect("a fault");
            for label in found.primary.iter().chain(&found.secondary) {
                let place = label.span.start as usize..label.span.end as usize;
                assert!(text.get(place).is_some(), "{text:?}: {found:?}");
            }
        }
    }
}
