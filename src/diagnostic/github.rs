//! Diagnostics as workflow commands, which GitHub shows beside the lines of a change.

use super::visible::visible;
use super::{Diagnostic, Severity, Tongue};
use crate::source::SourceMap;

/// One line a diagnostic.
#[must_use]
pub fn github(diagnostics: &[&Diagnostic], sources: &SourceMap, tongue: Tongue) -> String {
    diagnostics.iter().map(|diagnostic| line(diagnostic, sources, tongue) + "\n").collect()
}

fn line(diagnostic: &Diagnostic, sources: &SourceMap, tongue: Tongue) -> String {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = diagnostic.primary.as_ref().map_or_else(String::new, |label| {
        let start = sources.position(label.span);
        let end = sources.end(label.span);
        // A column is only understood where the end stands on the same line.
        let columns = if end.line == start.line {
            format!(",col={},endColumn={}", start.column, end.column)
        } else {
            String::new()
        };
        let file = property(&sources.get(label.span.source).path);
        format!("file={file},line={},endLine={}{columns},", start.line, end.line)
    });
    let text: Vec<String> = std::iter::once(&diagnostic.message)
        .chain(&diagnostic.help)
        .map(|said| message(&said.text_in(tongue)))
        .collect();
    format!("::{level} {place}title={}::{}", property(diagnostic.code.0), text.join("%0A"))
}

/// As GitHub's own toolkit escapes data, so that nothing in it ends the command or begins another; other hidden characters are shown.
fn message(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    visible(&text).into_owned()
}

/// As the toolkit escapes properties.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Said, say};
    use crate::source::Span;

    #[test]
    fn nothing_in_a_file_or_its_name_begins_another_command() {
        let mut sources = SourceMap::default();
        let file = sources.add("content/a,b:c\n::warning::x%0A.md", "ett\n");
        let found = Diagnostic::error(Code("EVI001"), Said::verbatim("x\r\n::add-mask::y\u{1b}[2K%0A"))
            .at(Span::new(file, 0, 3));
        let text = github(&[&found], &sources, Tongue::English);
        assert_eq!(
            text,
            "::error file=content/a%2Cb%3Ac%0A%3A%3Awarning%3A%3Ax%250A.md,line=1,endLine=1,col=1,endColumn=4,title=EVI001\
             ::x%0D%0A::add-mask::y<U+001B>[2K%250A\n"
        );
    }

    #[test]
    fn a_line_holds_place_code_and_escaped_text() {
        let mut sources = SourceMap::default();
        let file = sources.add("content/a.md", "ett\n26% av\n");
        let found =
            Diagnostic::warning(Code("EVI001"), say!("100% fel")).at(Span::new(file, 4, 7)).help(say!("gör så"));
        assert_eq!(
            github(&[&found], &sources, Tongue::English),
            "::warning file=content/a.md,line=2,endLine=2,col=1,endColumn=4,title=EVI001::100%25 fel%0Agör så\n"
        );
    }
}
