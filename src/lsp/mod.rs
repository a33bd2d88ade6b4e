//! `belagg lsp`: what editors ask while a report is written. One session; texts that are not saved are laid over the files, and every answer is of what stands
//! in the editor now. Where a report is too broken to be read, names are those of its last good state.

mod complete;
mod names;
mod place;
mod problems;
mod rename;
mod show;
mod tokens;

use std::collections::BTreeMap;
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::{InitializeParams, Uri};

use crate::diagnostic::{Tongue, say};
use crate::session::{Document, Session};
use crate::system::{OsSystem, System as _};

/// Quiet that is waited for before a report is read: letters that follow each other are one change.
const QUIET: Duration = Duration::from_millis(15);

type Failure = Box<dyn Error + Send + Sync>;

/// Speaks with an editor by way of standard input and output, until it says that it has done. `folder` is the workspace where the editor names none.
///
/// # Errors
/// A broken connection, or a folder that cannot be opened.
pub fn run(folder: &Path, tongue: Tongue) -> Result<(), Failure> {
    let (connection, threads) = Connection::stdio();
    let told = connection.initialize(show::capabilities())?;
    let told: InitializeParams = serde_json::from_value(told)?;
    let opened = told.workspace_folders.iter().flatten().find_map(|folder| place::file(&folder.uri));
    let opened = opened.and_then(|folder| OsSystem::new(&folder).ok()).filter(|system| system.exists("content"));
    let system = match opened {
        Some(system) => system,
        None => OsSystem::new(folder)?,
    };
    let mut server = Server {
        root: system.real_root().to_path_buf(),
        named: system.root().to_path_buf(),
        session: Session::open(system),
        open: BTreeMap::new(),
        good: BTreeMap::new(),
        told: BTreeMap::new(),
        changed: false,
        tongue,
    };
    server.serve(&connection)?;
    drop(connection);
    threads.join()?;
    Ok(())
}

struct Server {
    /// The folder of the workspace, links resolved, and as it was named.
    root: PathBuf,
    named: PathBuf,
    session: Session<'static>,
    /// The files that are open, by their paths in the workspace, with the addresses that the editor has for them.
    open: BTreeMap<String, Uri>,
    /// The last state of each report that could be read.
    good: BTreeMap<String, Arc<Document>>,
    /// What was told of each report, by file.
    told: BTreeMap<String, BTreeMap<String, Vec<lsp_types::Diagnostic>>>,
    /// Something has changed since problems were told.
    changed: bool,
    /// The language that the author is spoken to in.
    tongue: Tongue,
}

impl Server {
    fn serve(&mut self, connection: &Connection) -> Result<(), Failure> {
        loop {
            let message = match self.changed {
                true => connection.receiver.recv_timeout(QUIET).ok(),
                false => match connection.receiver.recv() {
                    Ok(message) => Some(message),
                    Err(_) => return Ok(()),
                },
            };
            match message {
                None => self.tell(connection)?,
                Some(Message::Request(request)) => {
                    if connection.handle_shutdown(&request)? {
                        return Ok(());
                    }
                    connection.sender.send(Message::Response(self.respond(request)))?;
                }
                Some(Message::Notification(notification)) => self.notice(notification),
                Some(Message::Response(_)) => {}
            }
        }
    }

    /// Lays what the editor holds over the files.
    fn notice(&mut self, notification: Notification) {
        let Notification { method, mut params } = notification;
        let uri = |params: &serde_json::Value| -> Option<Uri> {
            serde_json::from_value(params.get("textDocument")?.get("uri")?.clone()).ok()
        };
        match method.as_str() {
            "textDocument/didOpen" | "textDocument/didChange" => {
                let Some(uri) = uri(&params) else { return };
                let Some(path) = self.path(&uri) else { return };
                // The whole text: of several changes the last.
                let last = params["contentChanges"].as_array_mut().and_then(Vec::pop);
                let text = last.map_or_else(|| params["textDocument"]["text"].take(), |mut last| last["text"].take());
                if let serde_json::Value::String(text) = text
                    && self.session.set_overlay(&path, text).is_ok()
                {
                    self.open.insert(path, uri);
                }
            }
            "textDocument/didClose" => {
                let Some(path) = uri(&params).and_then(|uri| self.path(&uri)) else { return };
                self.open.remove(&path);
                self.session.remove_overlay(&path);
                self.session.refresh();
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => self.session.refresh(),
            _ => return,
        }
        self.changed = true;
    }

    /// Answers; a failure of the program is an answer too, and the next question is answered again.
    fn respond(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let answer = catch_unwind(AssertUnwindSafe(|| self.answer(&method, params)));
        match answer {
            Ok(Some(Ok(result))) => Response::new_ok(id, result),
            Ok(Some(Err(reason))) => {
                Response::new_err(id, ErrorCode::RequestFailed as i32, reason.text_in(self.tongue))
            }
            Ok(None) => Response::new_err(id, ErrorCode::MethodNotFound as i32, method),
            Err(_) => Response::new_err(
                id,
                ErrorCode::InternalError as i32,
                say!("the program has failed").text_in(self.tongue),
            ),
        }
    }

    /// A file's path in the workspace.
    fn path(&self, uri: &Uri) -> Option<String> {
        let file = place::file(uri)?;
        let inside = file.strip_prefix(&self.root).or_else(|_| file.strip_prefix(&self.named)).ok()?;
        Some(inside.to_str()?.replace('\\', "/"))
    }

    /// The text of a file as it stands in the editor, or on disk.
    fn text(&self, path: &str) -> Option<String> {
        let bytes = self.session.files().read(path).ok()?;
        String::from_utf8(bytes.to_vec()).ok()
    }

    /// The reports that a file belongs to.
    fn reports(&self, path: &str) -> Vec<String> {
        let folder = match path.split('/').collect::<Vec<_>>().as_slice() {
            ["content" | "charts", folder, _, ..] => (*folder).to_owned(),
            _ => return self.good.keys().cloned().collect(),
        };
        let of_folder =
            |id: &String| id.strip_prefix(&folder).is_some_and(|row| row.is_empty() || row.starts_with('-'));
        self.session.reports().into_iter().filter(of_folder).collect()
    }

    /// The last good state of the report that a file belongs to.
    fn document(&mut self, path: &str) -> Option<Arc<Document>> {
        let report = self.reports(path).into_iter().next()?;
        let now = self.session.resolved(&report);
        if now.prepared.ready.is_some() {
            self.good.insert(report.clone(), now);
        }
        self.good.get(&report).map(Arc::clone)
    }
}
