//! Diagnostics as workflow commands, which GitHub shows beside the lines of a change.

use super::{Diagnostic, Severity};
use crate::source::{SourceMap, Span};

/// One line a diagnostic.
#[must_use]
pub fn github(diagnostics: &[&Diagnostic], sources: &SourceMap) -> String {
    diagnostics.iter().map(|diagnostic| line(diagnostic, sources) + "\n").collect()
}

fn line(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = diagnostic.primary.as_ref().map_or_else(String::new, |label| {
        let start = sources.position(label.span);
        let end = sources.position(Span { start: label.span.end, ..label.span });
        // A column is only understood where the end stands on the same line.
        let columns = if end.line == start.line {
            format!(",col={},endColumn={}", start.column, end.column)
        } else {
            String::new()
        };
        let file = property(&sources.get(label.span.source).path);
        format!("file={file},line={},endLine={}{columns},", start.line, end.line)
    });
    let text = std::iter::once(&diagnostic.message).chain(&diagnostic.help).cloned().collect::<Vec<_>>().join("\n");
    format!("::{level} {place}title={}::{}", property(diagnostic.code.0), message(&text))
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn a_line_holds_place_code_and_escaped_text() {
        let mut sources = SourceMap::default();
        let file = sources.add("content/a.md", "ett\n26% av\n");
        let found = Diagnostic::warning(Code("EVI001"), "100% fel").at(Span::new(file, 4, 7)).help("gör så");
        assert_eq!(
            github(&[&found], &sources),
            "::warning file=content/a.md,line=2,endLine=2,col=1,endColumn=4,title=EVI001::100%25 fel%0Agör så\n"
        );
    }
}
