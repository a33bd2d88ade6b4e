//! A name changed everywhere. What is to be written is tried first: a change after which the report says something else, or has new errors, is refused.

use std::collections::BTreeMap;
use std::ops::Range;

use lsp_types::{RenameParams, TextDocumentPositionParams, TextEdit, WorkspaceEdit};

use super::names::{Kind, Name};
use super::tokens::{Role, tokens};
use super::{Server, place};
use crate::compare::State;
use crate::diagnostic::{Said, say};

/// A stretch of a file with the file's text.
pub(super) type Use = (String, String, Range<usize>);

impl Server {
    /// Every place of the workspace that means a name of the report that a file belongs to. Of a row or a target only the name is meant.
    pub(super) fn uses(&self, path: &str, name: &Name) -> Vec<Use> {
        let reports = self.reports(path);
        let folder = path.split('/').nth(1).unwrap_or_default();
        let walk = |folder: &str| {
            let files = self.session.files().walk(folder).unwrap_or_default();
            files.into_iter().map(|file| format!("{folder}/{file}")).collect::<Vec<_>>()
        };
        let mut out = Vec::new();
        let texts = walk("content").into_iter().chain(walk("charts"));
        for file in
            texts.filter(|file| [".md", ".yaml"].iter().any(|end| file.ends_with(end)) && !file.contains("/versions/"))
        {
            let Some(text) = self.text(&file) else { continue };
            let own = file.split('/').nth(1) == Some(folder);
            for token in tokens(&file, &text) {
                let word = &text[token.place.clone()];
                // What another report calls `report:id`.
                let foreign = |report: &String| {
                    let rest = word.strip_prefix(report.as_str()).and_then(|rest| rest.strip_prefix(':'));
                    rest.map(|_| report.len() + 1)
                };
                let local = if own { Some(0) } else { reports.iter().find_map(foreign) };
                let Some(skipped) = local else { continue };
                let Some(place) = place_of(name, &word[skipped..], token.role) else { continue };
                let start = token.place.start + skipped;
                out.push((file.clone(), text.clone(), start + place.start..start + place.end));
            }
        }
        out
    }

    /// Where the name stands that would be changed.
    pub(super) fn may_rename(&mut self, asked: &TextDocumentPositionParams) -> Result<lsp_types::Range, Said> {
        let (_, text, _, found) = self.found(asked).ok_or_else(|| say!("there is no name here that can be changed"))?;
        if found.name.kind == Kind::Chart {
            return Err(say!("a chart is called as its file: rename that, and what refers to it"));
        }
        let within = place_of(&found.name, &found.word, found.token.role)
            .ok_or_else(|| say!("there is no name here that can be changed"))?;
        let start = found.token.place.start;
        Ok(place::range(&text, start + within.start..start + within.end))
    }

    pub(super) fn rename(&mut self, asked: &RenameParams) -> Result<WorkspaceEdit, Said> {
        self.may_rename(&asked.text_document_position)?;
        let (path, _, _, found) =
            self.found(&asked.text_document_position).ok_or_else(|| say!("there is no name here"))?;
        let new = asked.new_name.trim();
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
        let source = found.name.kind == Kind::Source;
        if new.is_empty() || !new.chars().all(|c| fine(c) || source && c.is_ascii_uppercase()) {
            return Err(say!("ids are small letters a to z, digits, `-`, `_` and `.`"));
        }
        let mut files: BTreeMap<String, (String, Vec<Range<usize>>)> = BTreeMap::new();
        for (file, text, place) in self.uses(&path, &found.name) {
            files.entry(file).or_insert_with(|| (text, Vec::new())).1.push(place);
        }
        self.tried(&path, &files, new)?;
        let mut changes = Vec::new();
        for (file, (text, places)) in files {
            let edit = |place| TextEdit { range: place::range(&text, place), new_text: new.to_owned() };
            let edits: Vec<TextEdit> = places.into_iter().map(edit).collect();
            changes.push((self.uri(&file).ok_or_else(|| say!("a file has no address"))?, edits));
        }
        Ok(WorkspaceEdit { changes: Some(changes.into_iter().collect()), ..WorkspaceEdit::default() })
    }

    /// Reads the report as it would be, and takes the change back again.
    fn tried(
        &mut self,
        path: &str,
        files: &BTreeMap<String, (String, Vec<Range<usize>>)>,
        new: &str,
    ) -> Result<(), Said> {
        let said = |server: &Self| {
            let mut out = Vec::new();
            for report in server.reports(path) {
                let found = server.session.diagnostics(&report);
                let errors =
                    found.iter().filter(|problem| problem.severity == crate::diagnostic::Severity::Error).count();
                let document = server.session.resolved(&report);
                let words = document.prepared.ready.as_ref().map(|ready| words(&ready.state).join("\n"));
                out.push((errors, words));
            }
            out
        };
        let before = said(self);
        for (file, (text, places)) in files {
            let mut changed = text.clone();
            for place in places.iter().rev() {
                changed.replace_range(place.clone(), new);
            }
            self.session.set_overlay(file, changed).map_err(Said::quoted)?;
        }
        let after = said(self);
        for (file, (text, _)) in files {
            match self.open.contains_key(file) {
                true => self.session.set_overlay(file, text.clone()).map_err(Said::quoted)?,
                false => {
                    self.session.remove_overlay(file);
                }
            }
        }
        match before == after {
            true => Ok(()),
            false => Err(say!(
                "with the name `{new}` the report would say something else, or have new errors: is it taken?",
                new
            )),
        }
    }
}

/// What a report says; bindings in the order of what they print, since they are kept in that of their names.
fn words(state: &State) -> Vec<&str> {
    let mut out: Vec<&str> = state.bindings.values().map(String::as_str).collect();
    out.sort_unstable();
    let sections = state.sections.iter();
    let sections = sections.flat_map(|section| {
        std::iter::once(&section.title).chain(section.paragraphs.iter().map(|paragraph| &paragraph.text))
    });
    out.extend(state.front.iter().map(|paragraph| &paragraph.text).chain(sections).map(String::as_str));
    out
}

/// Where in a word a name stands, if the word means it.
fn place_of(name: &Name, word: &str, role: Role) -> Option<Range<usize>> {
    let id = name.id.as_str();
    match (name.kind, role) {
        (Kind::Heading, Role::Heading) => (word == id).then_some(0..id.len()),
        (_, Role::Heading) => None,
        (kind, Role::Target) => {
            let prefix = kind.target()?;
            let rest = word.strip_prefix(prefix)?;
            let part = kind == Kind::Question && rest.strip_prefix(id).is_some_and(|part| part.starts_with('-'));
            (rest == id || part).then_some(prefix.len()..prefix.len() + id.len())
        }
        (Kind::Heading, _) => None,
        (Kind::Source, Role::Citation | Role::Yaml) => (word == id).then_some(0..id.len()),
        (Kind::Source, _) | (_, Role::Citation) => None,
        (kind, Role::Binding | Role::Yaml) => {
            let row = kind == Kind::Table && word.strip_prefix(id).is_some_and(|row| row.starts_with('.'));
            (word == id || row).then_some(0..id.len())
        }
    }
}
