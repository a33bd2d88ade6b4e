//! Where the words of a resolved document were written. Templates are not told: it is what the checks read beside the words.

use std::ops::Range;

use crate::source::Span;

/// A stretch of a text that is not the program's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The bytes of the text.
    pub range: Range<usize>,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// An author typed the words here.
    Typed(Span),
    /// A binding that stands here printed them, of this figure.
    Bound { figure: String, span: Span },
    /// A source is cited by them.
    Cited,
}

impl Stretch {
    /// All of a text.
    #[must_use]
    pub fn whole(text: &str, origin: Origin) -> Vec<Self> {
        vec![Self { range: 0..text.len(), origin }]
    }

    /// Those of a part of the text, counted from where it begins.
    #[must_use]
    pub fn of_part(stretches: &[Self], part: Range<usize>) -> Vec<Self> {
        let clipped = stretches.iter().filter_map(|stretch| {
            let range = stretch.range.start.max(part.start)..stretch.range.end.min(part.end);
            let from = range.start.checked_sub(stretch.range.start).filter(|_| range.start < range.end)?;
            let origin = match &stretch.origin {
                // Typed byte for byte, the part is known as exactly.
                Origin::Typed(span) if (span.end.saturating_sub(span.start)) as usize == stretch.range.len() => {
                    Origin::Typed(span.slice(from, from + range.len()))
                }
                origin => origin.clone(),
            };
            Some(Self { range: range.start - part.start..range.end - part.start, origin })
        });
        clipped.collect()
    }

    /// Those of a text that is put behind `before` bytes.
    pub fn behind(stretches: Vec<Self>, before: usize) -> impl Iterator<Item = Self> {
        stretches
            .into_iter()
            .map(move |stretch| Self { range: stretch.range.start + before..stretch.range.end + before, ..stretch })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Inline;
    use super::*;
    use crate::source::SourceMap;

    #[test]
    fn a_part_of_a_text_keeps_the_places_of_its_bytes() {
        let source = SourceMap::default().add("a.md", "x");
        let typed = |start, end| Origin::Typed(Span::new(source, start, end));
        // "abc", words of the program, and "d" that was written as an entity.
        let text = vec![Stretch { range: 0..3, origin: typed(10, 13) }, Stretch { range: 5..6, origin: typed(20, 25) }];
        assert_eq!(Stretch::of_part(&text, 0..1), [Stretch { range: 0..1, origin: typed(10, 11) }]);
        assert_eq!(
            Stretch::of_part(&text, 1..6),
            [Stretch { range: 0..2, origin: typed(11, 13) }, Stretch { range: 4..5, origin: typed(20, 25) }]
        );
        assert_eq!(Stretch::of_part(&text, 3..5), []);
        let behind: Vec<Stretch> = Stretch::behind(Stretch::of_part(&text, 0..1), 7).collect();
        assert_eq!(behind, [Stretch { range: 7..8, origin: typed(10, 11) }]);
    }

    #[test]
    fn templates_are_not_told_where_words_were_written() {
        let source = SourceMap::default().add("a.md", "x");
        let span = Span::new(source, 0, 1);
        let text = Inline::Text { text: "x".into(), origin: Stretch::whole("x", Origin::Typed(span)) };
        let link = Inline::Link { href: "https://a.se".into(), content: vec![text], origin: Some(span) };
        let plain = Inline::link("https://a.se", vec![Inline::text("x")]);
        assert_eq!(serde_json::to_value(&link).unwrap(), serde_json::to_value(&plain).unwrap());
    }
}
