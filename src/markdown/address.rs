//! Addresses that stand in running text as they are: links, as in any word processor.

use super::link::leads_out;
use crate::document::Inline;
use crate::source::{Span, Spanned};

/// The inlines with every address of the web in them as a link.
pub fn linked(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Text(text, span) if text.contains("://") => link(&text, span, &mut out),
            other => out.push(other),
        }
    }
    out
}

fn link(text: &str, span: Span, out: &mut Vec<Inline>) {
    // Where a backslash was written, bytes and text are not side by side.
    let verbatim = span.end.saturating_sub(span.start) as usize == text.len();
    let place = |from: usize, to: usize| if verbatim { span.slice(from, to) } else { span };
    let mut plain = 0;
    let mut at = 0;
    while let Some(found) = next(text, at) {
        at = found.1;
        let (start, end) = found;
        if start > plain {
            out.push(Inline::Text(text[plain..start].to_owned(), place(plain, start)));
        }
        let span = place(start, end);
        let href = text[start..end].to_owned();
        out.push(Inline::Link {
            href: Spanned::new(href.clone(), span),
            content: vec![Inline::Text(href, span)],
            span,
        });
        plain = end;
    }
    if plain < text.len() {
        out.push(Inline::Text(text[plain..].to_owned(), place(plain, text.len())));
    }
}

/// The next address from a place on: where it begins and ends.
fn next(text: &str, mut from: usize) -> Option<(usize, usize)> {
    loop {
        let sign = from + text[from..].find("://")?;
        let scheme = ["https", "http"].into_iter().find(|scheme| text[from..sign].ends_with(scheme));
        from = sign + 3;
        let Some(scheme) = scheme else { continue };
        let start = sign - scheme.len();
        if text[..start].ends_with(char::is_alphanumeric) {
            continue;
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '“' | '’' | '«' | '»');
        let long = text[sign..].find(ends).map_or(text.len(), |length| sign + length);
        let end = start + trimmed(&text[start..long]).len();
        if leads_out(&text[start..end]) {
            return Some((start, end));
        }
    }
}

/// An address without the signs that end the sentence, or the brackets, that it stands in.
fn trimmed(mut address: &str) -> &str {
    loop {
        let shorter = match address.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '…' | '\'' | '*' | '_') => 1,
            Some(')') if !address.contains('(') => 1,
            Some(']') if !address.contains('[') => 1,
            _ => return address,
        };
        let (at, _) = address.char_indices().nth_back(shorter - 1).unwrap_or_default();
        address = &address[..at];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    /// The text with its links in angle brackets; each place is that of its words.
    fn shown(text: &str) -> String {
        let span = Span::new(SourceId::default(), 7, 7 + text.len());
        let mut out = String::new();
        for inline in linked(vec![Inline::Text(text.to_owned(), span)]) {
            let (words, place) = match inline {
                Inline::Text(words, place) => (words, place),
                Inline::Link { href, span, .. } => {
                    out.push('<');
                    (format!("{}>", href.value), span)
                }
                other => panic!("{other:?}"),
            };
            assert!(text[place.start as usize - 7..place.end as usize - 7] == *words.trim_end_matches('>'));
            out.push_str(&words);
        }
        out
    }

    #[test]
    fn addresses_are_links_without_what_ends_the_sentence() {
        for (text, links) in [
            ("Se https://www.example.se/a_b.", "Se <https://www.example.se/a_b>."),
            ("(http://example.se/x(1), b)", "(<http://example.se/x(1)>, b)"),
            ("(https://example.se)", "(<https://example.se>)"),
            ("https://a.se och https://b.se", "<https://a.se> och <https://b.se>"),
            ("”https://a.se/?q=1&r=2”", "”<https://a.se/?q=1&r=2>”"),
            ("ftp://a.se, https:// och xhttps://a.se", "ftp://a.se, https:// och xhttps://a.se"),
        ] {
            assert_eq!(shown(text), links);
        }
    }
}
