//! What is wrong, told to the editor, and what mends it.

use std::collections::{BTreeMap, BTreeSet};

use lsp_server::{Connection, Message, Notification};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Diagnostic, DiagnosticRelatedInformation,
    DiagnosticSeverity, NumberOrString, PublishDiagnosticsParams, Range, TextEdit, Uri, WorkspaceEdit,
};

use super::{Failure, Server, place};
use crate::diagnostic::{self, Severity, say};
use crate::session::Diagnostics;
use crate::source::{SourceId, Span};

impl Server {
    /// Tells what is wrong with the reports of open files, where it is not what was told last.
    pub(super) fn tell(&mut self, connection: &Connection) -> Result<(), Failure> {
        self.changed = false;
        let reports: BTreeSet<String> = self.open.keys().flat_map(|path| self.reports(path)).collect();
        let closed: Vec<String> = self.told.keys().filter(|report| !reports.contains(*report)).cloned().collect();
        let mut touched: BTreeSet<String> = BTreeSet::new();
        for report in closed {
            touched.extend(self.told.remove(&report).into_iter().flatten().map(|(path, _)| path));
        }
        for report in &reports {
            let found = self.problems(report);
            let before = self.told.get(report);
            let differs = |path: &&String| before.and_then(|before| before.get(*path)) != found.get(*path);
            let paths = found.keys().chain(before.into_iter().flat_map(BTreeMap::keys)).filter(differs);
            touched.extend(paths.cloned().collect::<Vec<_>>());
            self.told.insert(report.clone(), found);
        }
        for path in touched {
            let Some(uri) = self.uri(&path) else { continue };
            let mut diagnostics: Vec<Diagnostic> = Vec::new();
            for found in self.told.values().filter_map(|of| of.get(&path)).flatten() {
                // Reports of one folder say the same.
                if !diagnostics.contains(found) {
                    diagnostics.push(found.clone());
                }
            }
            let params = PublishDiagnosticsParams { uri, diagnostics, version: None };
            let method = "textDocument/publishDiagnostics".to_owned();
            connection.sender.send(Message::Notification(Notification::new(method, params)))?;
        }
        self.session.evict(10);
        Ok(())
    }

    /// The address that the editor has for a file.
    pub(super) fn uri(&self, path: &str) -> Option<Uri> {
        self.open.get(path).cloned().or_else(|| place::uri(&self.root, path))
    }

    /// What is wrong with a report, by file. What stands in no file is told at the report's own.
    fn problems(&self, report: &str) -> BTreeMap<String, Vec<Diagnostic>> {
        let found = self.session.diagnostics(report);
        let mut out: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
        for problem in found.iter() {
            let (path, told) = match &problem.primary {
                Some(label) => (found.place(label.span).path.to_owned(), self.diagnostic(problem, label.span, &found)),
                None => (
                    format!("content/{report}/report.yaml"),
                    self.diagnostic(problem, Span::new(SourceId::default(), 0, 0), &found),
                ),
            };
            out.entry(path).or_default().push(told);
        }
        out
    }

    fn diagnostic(&self, problem: &diagnostic::Diagnostic, span: Span, all: &Diagnostics) -> Diagnostic {
        let related = problem.secondary.iter().filter_map(|label| {
            let location = place::location(&self.root, label.span, all.sources())?;
            let message = if label.text.text_in(self.tongue).is_empty() {
                say!("see here").text_in(self.tongue)
            } else {
                label.text.text_in(self.tongue)
            };
            Some(DiagnosticRelatedInformation { location, message })
        });
        let related: Vec<DiagnosticRelatedInformation> = related.collect();
        let mut message = problem.message.text_in(self.tongue);
        for help in &problem.help {
            message.push_str(&format!("\n{}", help.text_in(self.tongue)));
        }
        Diagnostic {
            range: place::of_span(span, all.sources()),
            severity: Some(match problem.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Info => DiagnosticSeverity::INFORMATION,
            }),
            code: Some(NumberOrString::String(problem.code.to_string())),
            source: Some("belagg".to_owned()),
            message,
            related_information: (!related.is_empty()).then_some(related),
            ..Diagnostic::default()
        }
    }

    /// What mends the problems at a place: what is certain, and the name that was meant.
    pub(super) fn actions(&self, params: &CodeActionParams) -> Vec<CodeActionOrCommand> {
        let Some(path) = self.path(&params.text_document.uri) else { return Vec::new() };
        let mut out: Vec<CodeActionOrCommand> = Vec::new();
        for report in self.reports(&path) {
            let all = self.session.diagnostics(&report);
            for problem in all.iter() {
                let Some(label) = &problem.primary else { continue };
                let told = self.diagnostic(problem, label.span, &all);
                if all.place(label.span).path != path || !touch(told.range, params.range) {
                    continue;
                }
                let fix = problem.fix.as_ref().map(|fix| (fix.span, fix.replacement.clone()));
                let edit = fix.or_else(|| {
                    let meant = problem.meant.as_ref()?;
                    let at = all.sources().text(label.span).find(&meant.found)?;
                    Some((label.span.slice(at, at + meant.found.len()), meant.name.clone()))
                });
                let Some((span, new_text)) = edit else { continue };
                let title = match new_text.trim() {
                    "" => say!("Take it out").text_in(self.tongue),
                    words => say!("Write `{words}`", words).text_in(self.tongue),
                };
                let Some(uri) = self.uri(all.place(span).path) else { continue };
                let edit = TextEdit { range: place::of_span(span, all.sources()), new_text };
                let action = CodeActionOrCommand::CodeAction(CodeAction {
                    title,
                    kind: Some(CodeActionKind::QUICKFIX),
                    diagnostics: Some(vec![told]),
                    edit: Some(WorkspaceEdit {
                        changes: Some(std::iter::once((uri, vec![edit])).collect()),
                        ..WorkspaceEdit::default()
                    }),
                    is_preferred: Some(true),
                    ..CodeAction::default()
                });
                if !out.contains(&action) {
                    out.push(action);
                }
            }
        }
        out
    }
}

fn touch(one: Range, other: Range) -> bool {
    one.start <= other.end && other.start <= one.end
}
