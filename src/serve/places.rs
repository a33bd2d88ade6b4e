//! Where the words of a page were written. A page is made once more with a mark before each line and each bound number: what is marked tells the
//! browser which element is which place, whatever the templates make of it.

use serde_json::{Value as Json, json};

use super::scalar;
use crate::document::resolved::origin::{Origin, Stretch};
use crate::document::resolved::visit::{Line, VisitMut, walk_body_mut, walk_inline_mut, walk_inlines, walk_table_mut};
use crate::document::resolved::{Inline, ResolvedDocument, Row, Table};
use crate::source::{SourceMap, Span};

/// The first mark: characters that nobody uses, one for each place.
const FIRST: u32 = 0xF_0000;

/// A document with marks, and what each of them marks, in their order.
///
/// `defined` tells where a figure is, `numbers` where a number stands that nothing is bound to, and what is told of it.
pub fn marked(
    document: &ResolvedDocument,
    sources: &SourceMap,
    defined: &dyn Fn(&str) -> Option<Span>,
    numbers: &[(Span, Json)],
) -> (ResolvedDocument, Vec<Json>) {
    let mut document = document.clone();
    let mut marker = Marker { sources, defined, numbers, places: Vec::new() };
    let ResolvedDocument { title, subtitle, notice, withdrawn, sign_off, imprint, .. } = &mut document;
    let optional = [subtitle, notice, withdrawn].into_iter().flatten();
    let values =
        imprint.iter_mut().map(|row| &mut row.value).chain(sign_off.iter_mut().map(|sign_off| &mut sign_off.by));
    for words in std::iter::once(title).chain(optional).chain(values) {
        marker.line(words, Line::Title);
    }
    walk_body_mut(&mut marker, &mut document);
    (document, marker.places)
}

/// Where something stands, and what is written there, as it stands in the file and as its reader knows it.
pub fn written(sources: &SourceMap, span: Span) -> Json {
    let source = sources.get(span.source);
    let raw = sources.text(span);
    json!({
        "file": source.path,
        "start": span.start,
        "end": span.end,
        "line": sources.position(span).line,
        "end_line": sources.end(span).line,
        "raw": raw,
        "text": if is_yaml(&source.path) { scalar::read(raw) } else { raw.to_owned() },
    })
}

/// Whether a file is one of YAML.
pub fn is_yaml(path: &str) -> bool {
    path.ends_with(".yaml") || path.ends_with(".yml")
}

struct Marker<'a> {
    sources: &'a SourceMap,
    defined: &'a dyn Fn(&str) -> Option<Span>,
    numbers: &'a [(Span, Json)],
    places: Vec<Json>,
}

impl Marker<'_> {
    /// The mark of a place; empty where there are more places than marks.
    fn mark(&mut self, place: Json) -> String {
        let mark = u32::try_from(self.places.len()).ok().and_then(|at| char::from_u32(FIRST + at));
        self.places.push(place);
        mark.map(String::from).unwrap_or_default()
    }

    /// All that was typed of a line, with the signs that belong to it.
    fn span(&self, words: &[Inline]) -> Option<Span> {
        let mut typed: Vec<Span> = Vec::new();
        walk_inlines(words, |inline| match inline {
            Inline::Text { origin, .. } => {
                typed.extend(origin.iter().filter_map(|Stretch { origin, .. }| match origin {
                    Origin::Typed(span) | Origin::Bound { span, .. } => Some(*span),
                    Origin::Cited => None,
                }))
            }
            Inline::Figure { origin, .. } | Inline::Link { origin, .. } | Inline::Reference { origin, .. } => {
                typed.extend(origin);
            }
            _ => {}
        });
        let first = *typed.first()?;
        let whole = typed.iter().filter(|span| span.source == first.source).fold(first, |all, span| all.to(*span));
        let source = self.sources.get(whole.source);
        Some(if source.path.ends_with(".md") { with_signs(&source.text, whole) } else { whole })
    }
}

/// A stretch of Markdown with what hangs together with it: the signs of emphasis, links, code and notes.
fn with_signs(text: &str, span: Span) -> Span {
    let (before, after) = (text.get(..span.start as usize), text.get(span.end as usize..));
    let (Some(before), Some(after)) = (before, after) else { return span };
    let start = before.trim_end_matches(|c: char| !c.is_whitespace()).len();
    let end = text.len() - after.trim_start_matches(|c: char| !c.is_whitespace()).len();
    Span::new(span.source, start, end)
}

impl Marker<'_> {
    /// The numbers that were typed in a text, each with the byte that it begins with.
    fn unbound(&self, origin: &[Stretch]) -> Vec<(usize, Json)> {
        let mut out = Vec::new();
        for Stretch { range, origin } in origin {
            let Origin::Typed(typed) = origin else { continue };
            // Else it cannot be told which byte is which.
            if (typed.end - typed.start) as usize != range.len() {
                continue;
            }
            let inside = self
                .numbers
                .iter()
                .filter(|(span, _)| span.source == typed.source && typed.start <= span.start && span.end <= typed.end);
            out.extend(inside.map(|(span, told)| (range.start + (span.start - typed.start) as usize, told.clone())));
        }
        out.sort_by_key(|(at, _)| *at);
        out
    }
}

impl VisitMut for Marker<'_> {
    fn table(&mut self, table: &mut Table) {
        let defined = table.origin.map(|span| written(self.sources, span));
        walk_table_mut(self, table);
        for cell in table.rows.iter_mut().flat_map(|Row { cells, .. }| cells) {
            if let Some(key) = &cell.key {
                let mark = self.mark(json!({"kind": "cell", "cell": key, "defined": defined}));
                cell.content.insert(0, Inline::text(mark));
            }
        }
    }

    fn line(&mut self, words: &mut Vec<Inline>, line: Line) {
        let span = self.span(words);
        self.inlines(words);
        if let (Some(span), false) = (span, words.is_empty()) {
            let mut place = written(self.sources, span);
            place["kind"] = kind(line).into();
            let mark = self.mark(place);
            words.insert(0, Inline::text(mark));
        }
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let Inline::Figure { id, text, origin, .. } = inline {
            let mut place = origin.map_or_else(|| json!({}), |span| written(self.sources, span));
            place["defined"] = (self.defined)(id).map(|span| written(self.sources, span)).into();
            place["kind"] = "figure".into();
            place["figure"] = id.as_str().into();
            let mark = self.mark(place);
            text.insert_str(0, &mark);
        }
        if let Inline::Text { text, origin } = inline {
            // From the last on, so that the places of those before it stay.
            for (at, told) in self.unbound(origin).into_iter().rev() {
                let mark = self.mark(told);
                text.insert_str(at, &mark);
            }
        }
        walk_inline_mut(self, inline);
    }
}

/// What a line is called in the browser.
const fn kind(line: Line) -> &'static str {
    match line {
        Line::Heading => "heading",
        Line::Caption | Line::Credit => "caption",
        Line::Header | Line::Cell => "cell",
        Line::Endnote | Line::Note | Line::Source => "note",
        Line::Title | Line::Term | Line::Attribution => "title",
        Line::Text | Line::Reference => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    #[test]
    fn a_stretch_of_markdown_has_its_signs() {
        let source = SourceMap::default().add("a.md", "x");
        let text = "Ett **viktigt** ord[^1], och\n- [mer](https://a.se) här";
        let found = |part: &str| {
            let at = text.find(part).unwrap();
            let span = with_signs(text, Span::new(source, at, at + part.len()));
            &text[span.start as usize..span.end as usize]
        };
        assert_eq!((found("viktigt"), found("ord"), found("mer")), ("**viktigt**", "ord[^1],", "[mer](https://a.se)"));
        assert_eq!(found("Ett **viktigt** ord[^1], och"), "Ett **viktigt** ord[^1], och");
    }

    #[test]
    fn every_mark_is_one_of_a_place_and_stands_once() {
        let document = fixture::document();
        let (marked, places) = marked(&document, &SourceMap::default(), &|_| None, &[]);
        let text = serde_json::to_string(&(&marked.title, &marked.chapters, &marked.notes)).unwrap();
        let mut marks: Vec<u32> = text.chars().map(u32::from).filter(|c| *c >= FIRST).collect();
        marks.sort_unstable();
        let wanted: Vec<u32> = (0..u32::try_from(places.len()).unwrap()).map(|at| FIRST + at).collect();
        assert_eq!(marks, wanted);
        assert!(!places.is_empty());
    }
}
