//! What is known of a name: its value and what it is made of, where it is defined and where it is used, and the outline of a file.

use lsp_types::{
    CodeActionParams, CompletionParams, DocumentSymbol, DocumentSymbolParams, GotoDefinitionParams, Hover,
    HoverContents, HoverParams, Location, MarkupContent, MarkupKind, ReferenceParams, RenameParams, SymbolKind,
    TextDocumentPositionParams,
};
use serde_json::{Value, json};

use super::complete;
use super::names::{Kind, Name, meant, names};
use super::tokens::{Role, Token, tokens};
use super::{Server, place};
use crate::diagnostic::Said;
use crate::pipeline::Ready;
use crate::resolve::Facts;
use crate::resolve::evidence::Link;
use crate::session::Document;

/// What the server can be asked.
pub fn capabilities() -> Value {
    json!({
        "textDocumentSync": {"openClose": true, "change": 1, "save": true},
        "completionProvider": {"triggerCharacters": ["{", "|", "@", "#", ":", " ", "."]},
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "renameProvider": {"prepareProvider": true},
        "documentSymbolProvider": true,
        "codeActionProvider": {"codeActionKinds": ["quickfix"]},
    })
}

/// A chain is told so far; `belagg explain` tells all of it.
const MOST_STEPS: usize = 30;

/// A word of a text, and the name that it means.
pub(super) struct Found {
    pub(super) token: Token,
    pub(super) word: String,
    pub(super) name: Name,
}

impl Server {
    /// Answers a request; none where it is not known. The error says why the answer is no.
    pub(super) fn answer(&mut self, method: &str, params: Value) -> Option<Result<Value, Said>> {
        fn read<P: serde::de::DeserializeOwned>(params: Value) -> Result<P, Said> {
            serde_json::from_value(params).map_err(Said::quoted)
        }
        let answer = match method {
            "textDocument/completion" => read::<CompletionParams>(params).map(|asked| {
                let at = self.at(&asked.text_document_position);
                let all = at.map(|(path, text, at)| self.complete(&path, &text, at)).unwrap_or_default();
                json!(complete::in_tongue(all, self.tongue))
            }),
            "textDocument/hover" => {
                read::<HoverParams>(params).map(|asked| json!(self.hover(&asked.text_document_position_params)))
            }
            "textDocument/definition" => read::<GotoDefinitionParams>(params)
                .map(|asked| json!(self.definition(&asked.text_document_position_params))),
            "textDocument/references" => {
                read::<ReferenceParams>(params).map(|asked| json!(self.references(&asked.text_document_position)))
            }
            "textDocument/prepareRename" => read::<TextDocumentPositionParams>(params)
                .and_then(|asked| self.may_rename(&asked).map(|range| json!(range))),
            "textDocument/rename" => {
                read::<RenameParams>(params).and_then(|asked| self.rename(&asked).map(|edit| json!(edit)))
            }
            "textDocument/documentSymbol" => {
                read::<DocumentSymbolParams>(params).map(|asked| json!(self.symbols(&asked)))
            }
            "textDocument/codeAction" => read::<CodeActionParams>(params).map(|asked| json!(self.actions(&asked))),
            _ => return None,
        };
        Some(answer)
    }

    /// The file that a question is about, its text and the byte in it.
    fn at(&self, asked: &TextDocumentPositionParams) -> Option<(String, String, usize)> {
        let path = self.path(&asked.text_document.uri)?;
        let text = self.text(&path)?;
        let at = place::offset(&text, asked.position);
        Some((path, text, at))
    }

    /// The word at a place and the name that it means.
    pub(super) fn found(
        &mut self,
        asked: &TextDocumentPositionParams,
    ) -> Option<(String, String, std::sync::Arc<Document>, Found)> {
        let (path, text, at) = self.at(asked)?;
        let document = self.document(&path)?;
        let ready = document.prepared.ready.as_ref()?;
        let token = tokens(&path, &text).into_iter().find(|token| token.place.start <= at && at <= token.place.end)?;
        let word = text[token.place.clone()].to_owned();
        let names = names(&ready.project);
        let name = match token.role {
            Role::Heading => names.into_iter().find(|name| name.kind == Kind::Heading && name.id == word)?,
            role => meant(&names, &word, role == Role::Target)?.clone(),
        };
        Some((path, text, document, Found { token, word, name }))
    }

    fn hover(&mut self, asked: &TextDocumentPositionParams) -> Option<Hover> {
        let (_, text, document, found) = self.found(asked)?;
        let ready = document.prepared.ready.as_ref()?;
        let told = self.description(ready, &document, &found);
        let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value: told });
        Some(Hover { contents, range: Some(place::range(&text, found.token.place)) })
    }

    /// The value of a figure with the chain that it is made of; what anything else is.
    fn description(&self, ready: &Ready, document: &Document, found: &Found) -> String {
        let Found { word, name, .. } = found;
        let mut out = format!("**{}** {}", name.id, name.kind.called());
        if !name.label.is_empty() {
            out.push_str(&format!("\n\n{}", name.label));
        }
        let Some(locale) = self.session.workshop().ok().and_then(|shop| shop.toolbox.locale_of(&ready.project.report))
        else {
            return out;
        };
        let facts = Facts {
            project: &ready.project,
            statistics: &ready.statistics,
            locale: &locale,
            sources: &document.prepared.sources,
        };
        if !matches!(name.kind, Kind::Figure | Kind::Table) {
            return out;
        }
        let line = |link: Link| {
            let (indent, how) = ("  ".repeat(link.depth), link.how.join(" "));
            let value = link.value.as_ref().map(|value| format!(" = **{value}**")).unwrap_or_default();
            format!("{indent}- `{}` {}{value}: {how}", link.id(), link.label)
        };
        let chain: Vec<String> = facts.chain(word).filter(|link| !link.again).take(MOST_STEPS).map(line).collect();
        let base = ready.statistics.figures.get(word).and_then(|figure| figure.base.as_ref());
        out.extend(base.map(|base| format!("\n\nbase: `{base}`")));
        out.push_str(&format!("\n\n{}", chain.join("\n")));
        out
    }

    fn definition(&mut self, asked: &TextDocumentPositionParams) -> Option<Location> {
        let (_, _, document, found) = self.found(asked)?;
        place::location(&self.root, found.name.span, &document.prepared.sources)
    }

    fn references(&mut self, asked: &TextDocumentPositionParams) -> Vec<Location> {
        let Some((path, _, _, found)) = self.found(asked) else { return Vec::new() };
        let uses = self.uses(&path, &found.name);
        let location = |(path, text, place): (String, String, std::ops::Range<usize>)| {
            Some(Location { uri: self.uri(&path)?, range: place::range(&text, place) })
        };
        uses.into_iter().filter_map(location).collect()
    }

    fn symbols(&mut self, asked: &DocumentSymbolParams) -> Vec<DocumentSymbol> {
        let Some(path) = self.path(&asked.text_document.uri) else { return Vec::new() };
        let Some(text) = self.text(&path) else { return Vec::new() };
        if path.ends_with(".md") {
            return headings(&text);
        }
        let Some(document) = self.document(&path) else { return Vec::new() };
        let Some(ready) = &document.prepared.ready else { return Vec::new() };
        let sources = &document.prepared.sources;
        let own = names(&ready.project).into_iter().filter(|name| sources.get(name.span.source).path == path);
        own.map(|name| symbol(name.id, name.label, SymbolKind::KEY, place::of_span(name.span, sources))).collect()
    }
}

/// The headings of a chapter as they stand in the editor, a section within its chapter.
fn headings(text: &str) -> Vec<DocumentSymbol> {
    let mut out: Vec<(usize, DocumentSymbol)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let level = line.len() - line.trim_start_matches('#').len();
        let words = line[level..].split(" {").next().unwrap_or_default().trim();
        if (1..=6).contains(&level) && line[level..].starts_with(' ') && !words.is_empty() {
            let range = place::range(text, start..start + line.trim_end().len());
            out.push((level, symbol(words.to_owned(), String::new(), SymbolKind::STRING, range)));
        }
        start += line.len();
    }
    out.into_iter().map(|(_, symbol)| symbol).collect()
}

fn symbol(name: String, detail: String, kind: SymbolKind, range: lsp_types::Range) -> DocumentSymbol {
    #[allow(deprecated, reason = "the protocol's type has the field still")]
    DocumentSymbol {
        name,
        detail: (!detail.is_empty()).then_some(detail),
        kind,
        tags: None,
        deprecated: None,
        range,
        selection_range: range,
        children: None,
    }
}
