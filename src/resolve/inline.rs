//! Running text: references get their words, notes their numbers, bindings their figures.

use crate::diagnostic::{Code, Diagnostic, Thing, say};
use crate::document::resolved::origin::{Origin, Stretch};
use crate::document::resolved::{Inline, Note, plain_text};
use crate::document::{self, CitationItem, anchor};
use crate::model::CitationStyle;
use crate::source::{Span, Spanned};

use super::targets::Target;
use super::{Resolver, withheld};

impl Resolver<'_> {
    pub(super) fn inlines(&mut self, inlines: &[document::Inline]) -> Vec<Inline> {
        self.inlines_after(inlines, true)
    }

    /// The same where a sentence begins before them, or goes on.
    fn inlines_after(&mut self, inlines: &[document::Inline], begins: bool) -> Vec<Inline> {
        let mut out: Vec<Inline> = Vec::new();
        for inline in inlines {
            let cited = matches!(inline, document::Inline::Citation { .. });
            let begins = withheld::begins_sentence(&out).unwrap_or(begins);
            for mut made in self.inline(inline, begins) {
                if cited && matches!(made, Inline::Note { .. }) {
                    trim_end(&mut out);
                } else if let Inline::Text { text, origin } = &mut made {
                    punctuation_before_note(&mut out, text, origin);
                }
                // Text in pieces is one text for the templates.
                match (out.last_mut(), made) {
                    (Some(Inline::Text { text: before, origin: known }), Inline::Text { text, origin }) => {
                        known.extend(Stretch::behind(origin, before.len()));
                        before.push_str(&text);
                    }
                    (_, made) => out.push(made),
                }
            }
        }
        out
    }

    fn inline(&mut self, inline: &document::Inline, begins: bool) -> Vec<Inline> {
        use document::Inline as Parsed;
        vec![match inline {
            Parsed::Text(text, span) => {
                Inline::Text { text: text.clone(), origin: Stretch::whole(text, Origin::Typed(*span)) }
            }
            Parsed::Emphasis(content) => Inline::Emphasis { content: self.inlines_after(content, begins) },
            Parsed::Strong(content) => Inline::Strong { content: self.inlines_after(content, begins) },
            Parsed::Strikethrough(content) => Inline::Strikethrough { content: self.inlines_after(content, begins) },
            Parsed::Code(text) => Inline::Code { text: text.clone() },
            Parsed::Link { href, content, span } => Inline::Link {
                href: href.value.clone(),
                content: self.inlines_after(content, begins),
                origin: Some(*span),
            },
            Parsed::Language { language, content } => {
                Inline::Language { language: language.value.clone(), content: self.inlines_after(content, begins) }
            }
            Parsed::LineBreak => Inline::LineBreak,
            Parsed::Reference { target, content, span } => {
                return self.reference(target, content, *span).into_iter().collect();
            }
            Parsed::NoteReference { label, span } => return self.note_reference(label, *span).into_iter().collect(),
            Parsed::Citation { items, .. } => return self.citation(items),
            Parsed::Binding(binding) => return self.binding(binding, begins),
        }]
    }

    fn reference(&mut self, target: &Spanned<String>, content: &[document::Inline], span: Span) -> Option<Inline> {
        let Some(found) = self.targets.get(&target.value).cloned() else {
            if let Some(elsewhere) = self.whole.get(&target.value).cloned() {
                if content.is_empty() {
                    let words = self.target_words(&elsewhere);
                    return Some(Inline::text(self.locale.fill("in_whole_report", &[("reference", &words)])));
                }
                let text = plain_text(&self.inlines(content));
                return Some(Inline::Text { origin: Stretch::whole(&text, Origin::Typed(span)), text });
            }
            let diagnostic = Diagnostic::error(
                Code::REFERENCE_UNKNOWN,
                say!("nothing in the report has the address `#{target}`", target = target.value),
            )
            .at(target.span)
            .nearest(&target.value, self.targets.anchors());
            let found = Thing::of_address(&target.value);
            let defined = found.is_some_and(|(thing, id)| match thing {
                Thing::Table => self.project.findings.tables.iter().any(|table| table.id.value == id),
                Thing::Chart => self.project.charts.iter().any(|chart| chart.id.value == id),
                _ => false,
            });
            let (thing, id) = found.unzip();
            let diagnostic = diagnostic.lacks(thing, id.unwrap_or_default());
            self.sink.push(if defined {
                let words = target.value.replacen('-', " ", 1);
                diagnostic.help(say!("it is defined but stands nowhere: print it with {{{{ {words} }}}}", words))
            } else {
                diagnostic
            });
            return None;
        };
        let content =
            if content.is_empty() { vec![Inline::text(self.target_words(&found))] } else { self.inlines(content) };
        Some(Inline::Reference { anchor: target.value.clone(), content, origin: Some(span) })
    }

    /// "tabell 5", "avsnitt 1.2"
    fn target_words(&self, found: &Target) -> String {
        let fill = |key: &str, number: &str| self.locale.fill(key, &[("number", number)]);
        match found {
            Target::Chapter { number } => fill("chapter_reference", &number.to_string()),
            Target::Section { number } => fill("section_reference", number),
            Target::Unnumbered { title } => title.clone(),
            Target::Table { number } => fill("table_reference", &number.to_string()),
            Target::Chart { number } => fill("chart_reference", &number.to_string()),
            Target::Question { number, part: None } => fill("question_reference", &number.to_string()),
            Target::Question { number, part: Some(letter) } => {
                fill("question_reference", &format!("{number}\u{a0}{letter}"))
            }
        }
    }

    fn note_reference(&mut self, label: &str, span: Span) -> Option<Inline> {
        if let Some((table, marks)) = &self.scope.table
            && let Some(at) = marks.iter().position(|mark| mark == label)
        {
            return Some(Inline::Mark { mark: label.to_owned(), anchor: anchor::table_note(table, at + 1) });
        }
        if self.scope.without_notes {
            return None;
        }
        if self.scope.note.is_some() {
            self.sink.push(
                Diagnostic::error(Code::NOTE_UNKNOWN, say!("a note cannot refer to another note"))
                    .at(span)
                    .help(say!("write the text out, or put the reference into the running text")),
            );
            return None;
        }
        // A note that is not defined was reported by the parser.
        let definition = *self.scope.notes.get(label)?;
        if let Some(number) = self.note_numbers.get(&definition.span).copied() {
            return Some(self.refer(number, false, false));
        }
        let number = self.new_note();
        self.note_numbers.insert(definition.span, number);
        let content = self.in_note(number, |resolver| {
            let mut content = Vec::new();
            for block in &definition.blocks {
                if let document::Block::Paragraph { content: words, .. } = block {
                    if !content.is_empty() {
                        content.push(Inline::LineBreak);
                    }
                    content.extend(resolver.inlines(words));
                } else {
                    resolver.sink.push(
                        Diagnostic::error(
                            Code::NOTE_UNKNOWN,
                            say!("the note `{label}` holds more than running text", label),
                        )
                        .at(definition.span)
                        .help(say!("notes hold paragraphs only; put lists, tables and quotations into the text")),
                    );
                }
            }
            content
        });
        self.notes[number as usize - 1].content = content;
        Some(self.refer(number, true, false))
    }

    /// Takes the next number.
    fn new_note(&mut self) -> u32 {
        let number = u32::try_from(self.notes.len() + 1).unwrap_or(u32::MAX);
        self.notes.push(Note {
            passage: String::new(),
            number,
            anchor: anchor::note(number),
            content: Vec::new(),
            references: Vec::new(),
        });
        number
    }

    /// A mark that leads to note `number`.
    fn refer(&mut self, number: u32, first: bool, cited: bool) -> Inline {
        let note = &mut self.notes[number as usize - 1];
        let nth = note.references.len() + 1;
        let reference = anchor::note_mark(number, nth);
        note.references.push(reference.clone());
        Inline::Note { number, anchor: note.anchor.clone(), reference, first, cited }
    }

    fn in_note<T>(&mut self, number: u32, act: impl FnOnce(&mut Self) -> T) -> T {
        let table = self.scope.table.take();
        let outer = self.scope.note.replace(number);
        let out = act(self);
        self.scope.note = outer;
        self.scope.table = table;
        out
    }

    fn citation(&mut self, items: &[CitationItem]) -> Vec<Inline> {
        let known: Vec<&CitationItem> = items.iter().filter(|item| self.citations.check(item, self.sink)).collect();
        if known.is_empty() || self.scope.without_notes {
            return Vec::new();
        }
        if self.scope.bare {
            for item in known {
                self.sink.push(
                    Diagnostic::error(Code::CITATION_PLACE, say!("a citation stands in words that are printed without links"))
                        .at(item.key.span)
                        .help(say!("titles, names of units and areas, and descriptions are printed as plain words: cite the source in a chapter or in a note")),
                );
            }
            return Vec::new();
        }
        if self.project.report.citation_style == CitationStyle::AuthorYear {
            return self.citations.author_year(&known, self.targets.references);
        }
        if let Some(number) = self.scope.note {
            // A note about something else names its source in parentheses.
            let mut words = self.citations.written_out(&known, number, &anchor::note(number), self.locale);
            words.insert(0, opening());
            words.push(Inline::text(")"));
            return words;
        }
        let number = self.new_note();
        let content = self.citations.written_out(&known, number, &anchor::note_mark(number, 1), self.locale);
        let content = with_full_stop(content);
        self.notes[number as usize - 1].content = content;
        vec![self.refer(number, true, true)]
    }
}

/// A citation is written after a blank; its mark stands close to the word.
fn trim_end(out: &mut Vec<Inline>) {
    if let Some(Inline::Text { text, origin }) = out.last_mut() {
        text.truncate(text.trim_end().len());
        *origin = Stretch::of_part(origin, 0..text.len());
        if text.is_empty() {
            out.pop();
        }
    }
}

/// The mark of a note stands behind the full stop or comma that follows it.
fn punctuation_before_note(out: &mut Vec<Inline>, text: &mut String, origin: &mut Vec<Stretch>) {
    let Some(mark) = text.chars().next().filter(|c| matches!(c, '.' | ',')) else { return };
    let notes = out.iter().rev().take_while(|inline| matches!(inline, Inline::Note { .. })).count();
    if notes == 0 {
        return;
    }
    let at = out.len() - notes;
    let moved = Stretch::of_part(origin, 0..1);
    match at.checked_sub(1).and_then(|before| out.get_mut(before)) {
        Some(Inline::Text { text: before, origin: known }) => {
            known.extend(Stretch::behind(moved, before.len()));
            before.push(mark);
        }
        _ => out.insert(at, Inline::Text { text: mark.to_string(), origin: moved }),
    }
    *origin = Stretch::of_part(origin, 1..text.len());
    text.remove(0);
}

/// What stands before sources that are named in the text.
pub(super) fn opening() -> Inline {
    Inline::Text { text: "(".to_owned(), origin: Stretch::whole("(", Origin::Cited) }
}

/// A note ends with a full stop.
fn with_full_stop(mut content: Vec<Inline>) -> Vec<Inline> {
    let text = plain_text(&content);
    if !text.trim_end().ends_with(['.', '!', '?']) {
        content.push(Inline::text("."));
    }
    content
}
