//! The words of a resolved document.

use super::resolved::Inline;

/// The words of inlines without markup, notes left out.
#[must_use]
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    collect_text(inlines, &mut out);
    out
}

fn collect_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } | Inline::Figure { text, .. } => out.push_str(text),
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Strikethrough { content }
            | Inline::Inserted { content }
            | Inline::Deleted { content }
            | Inline::Link { content, .. }
            | Inline::Reference { content, .. }
            | Inline::Anchor { content, .. }
            | Inline::Language { content, .. } => collect_text(content, out),
            Inline::LineBreak => out.push(' '),
            Inline::Note { .. } | Inline::Mark { .. } => {}
        }
    }
}
