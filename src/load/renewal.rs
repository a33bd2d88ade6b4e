//! The `report.yaml` of a report that is made from another one: its first version, and a draft.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::source::{SourceMap, Span, Spanned};

use super::yaml::{self, Node, Value};

/// What speaks of the versions of a report, and of no other report.
const OF_VERSIONS: &[&str] = &["changes", "decision", "withdrawn", "previous"];

/// The text of a `report.yaml` for a report that comes after the one that it was written for, all else as it stands there.
///
/// # Errors
/// What keeps the file from being changed.
pub fn renewed(path: &str, text: &str, previous: &str) -> Result<String, (Box<Sink>, SourceMap)> {
    let (mut sources, mut sink) = (SourceMap::default(), Sink::default());
    let source = sources.add(path, text);
    let root = yaml::parse(source, text, &mut sink);
    let Some(Node { value: Value::Map(entries), .. }) = root.filter(|_| !sink.has_errors()) else {
        return Err((Box::new(sink), sources));
    };
    let mut edits: Vec<(Span, String)> = Vec::new();
    for (key, node) in entries.iter() {
        match key.value.as_str() {
            "version" => {
                edits.push((key.span.slice(0, 0), format!("previous: {previous}\n")));
                edits.push((node.span, "\"1.0\"".to_owned()));
            }
            "status" => edits.push((node.span, "draft".to_owned())),
            name if OF_VERSIONS.contains(&name) => edits.push((lines(text, key, node), String::new())),
            _ => continue,
        }
        if sources.position(key.span).column != 1 {
            let message = say!("`{key}` does not begin its line", key = key.value);
            sink.push(
                Diagnostic::error(Code::YAML_SYNTAX, message)
                    .at(key.span)
                    .help(say!("write each key on a line of its own")),
            );
        }
    }
    if sink.has_errors() {
        return Err((Box::new(sink), sources));
    }
    let mut out = text.to_owned();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    for (span, words) in edits {
        out.replace_range(span.start as usize..span.end as usize, &words);
    }
    Ok(out)
}

/// The lines of a key and its value.
fn lines(text: &str, key: &Spanned<String>, node: &Node) -> Span {
    let (start, end) = (key.span.start as usize, node.span.end.max(key.span.end) as usize);
    let rest = text.get(end..).unwrap_or_default();
    Span::new(key.span.source, start, end + rest.find('\n').map_or(rest.len(), |at| at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renewed_report_is_a_draft_of_its_first_version() {
        let text = "# Rapporten\nkind: report   # sort\nversion: '1.3' # nummer\nstatus: corrected\nchanges:\n  - {type: correction, what: A, why: B}\n  \
                    - type: correction\n    what: å\n    why: ä   # varför\ntitle: Läget\ndecision: {by: Nämnden}\nprevious: lage-1\nchapters: [a.md]\n";
        assert_eq!(
            renewed("r.yaml", text, "lage-2").unwrap(),
            "# Rapporten\nkind: report   # sort\nprevious: lage-2\nversion: \"1.0\" # nummer\nstatus: draft\ntitle: Läget\nchapters: [a.md]\n"
        );
        assert_eq!(renewed("r.yaml", "version: 1\ndecision: {by: x}", "a").unwrap(), "previous: a\nversion: \"1.0\"\n");
    }

    #[test]
    fn a_file_that_cannot_be_changed_says_where() {
        for (text, words) in [("{version: 1, title: A}\n", "begin its line"), ("a: [\n", "YAML"), ("", "empty")] {
            let (sink, _) = renewed("r.yaml", text, "a").unwrap_err();
            assert!(sink.iter().any(|found| found.message.english().contains(words)), "{text}");
        }
    }
}
