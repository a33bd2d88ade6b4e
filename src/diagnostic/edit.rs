//! What a diagnostic would have written in place of what, for programs that offer it.

use super::Diagnostic;
use crate::source::{SourceMap, Span};

/// Bytes of a file and the text to put in their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit<'a> {
    pub span: Span,
    pub text: &'a str,
    /// `belagg check --fix` would write it; otherwise it is what the author may have meant.
    pub certain: bool,
}

impl Diagnostic {
    /// What mends it, or the name that was meant.
    #[must_use]
    pub fn edit(&self, sources: &SourceMap) -> Option<Edit<'_>> {
        if let Some(fix) = &self.fix {
            return Some(Edit { span: fix.span, text: &fix.replacement, certain: true });
        }
        let meant = self.meant.as_ref()?;
        let span = self.primary.as_ref()?.span;
        // Where the place holds more than the name, the name stands there once; where it says it otherwise, with escapes, nobody can tell.
        let mut found = sources.text(span).match_indices(meant.found.as_str());
        let (at, _) = found.next().filter(|_| found.next().is_none())?;
        // What would end or begin something else in a file of YAML or Markdown is the author's to write.
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        let span = span.slice(at, at + meant.found.len());
        meant.name.chars().all(plain).then_some(Edit { span, text: &meant.name, certain: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, say};

    #[test]
    fn the_name_that_was_meant_takes_the_place_of_the_other_alone() {
        let mut sources = SourceMap::default();
        let text = "figure: \"å plnas\" plnas | plnas";
        let file = sources.add("a.yaml", text);
        let found = |start: usize, end: usize, name: &str, known: &str| {
            let found =
                Diagnostic::error(Code("FIG001"), say!("x")).at(Span::new(file, start, end)).nearest(name, [known]);
            found.edit(&sources).map(|edit| (edit.span.start, edit.span.end, edit.text.to_owned(), edit.certain))
        };
        assert_eq!(found(8, 18, "plnas", "plans"), Some((12, 17, "plans".to_owned(), false)));
        assert_eq!(found(8, text.len(), "plnas", "plans"), None, "it stands there three times");
        assert_eq!(found(0, 6, "plnas", "plans"), None, "the place says something else");
        assert_eq!(found(8, 18, "plnas", "plans: x"), None, "it would be a mapping");
        assert_eq!(found(8, 18, "plnas", "other"), None);
    }
}
