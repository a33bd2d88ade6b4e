//! Files with rows that findings name: CSV, in the letters that it is written in, and sheets.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Severity, Sink, say};
use crate::document::geography::Geography;
use crate::model::Parameter;
use crate::source::{SourceId, Span, Text};

use super::encoding::{self, Encoding, Why};
use super::sheet::{Format, Opened, Wanted};
use super::{Loader, cannot_read_named};

/// Files that findings name, relative to the report's folder.
pub trait DataFiles {
    /// The text of a CSV file.
    fn csv(&mut self, file: &Text, encoding: Option<Encoding>, sink: &mut Sink) -> Option<(SourceId, Arc<str>)>;

    /// A sheet of a spreadsheet.
    fn sheet(&mut self, file: &Text, sheet: (Format, Wanted<'_>), sink: &mut Sink) -> Option<Arc<Opened>>;

    /// The report's parameters, which may stand for numbers and dates.
    fn parameters(&self) -> &[Parameter];

    /// The regions of a map.
    fn map(&mut self, file: &Text, sink: &mut Sink) -> Option<Arc<Geography>>;
}

pub struct ReportFiles<'a, 'b> {
    pub loader: &'a mut Loader<'b>,
    pub folder: &'a str,
}

impl DataFiles for ReportFiles<'_, '_> {
    fn csv(&mut self, file: &Text, encoding: Option<Encoding>, sink: &mut Sink) -> Option<(SourceId, Arc<str>)> {
        let path = format!("{}/{}", self.folder, file.value);
        let before = std::mem::take(&mut self.loader.sink);
        let source = self.loader.csv_text(&path, encoding, file.span);
        sink.extend(std::mem::replace(&mut self.loader.sink, before));
        let source = source?;
        Some((source, Arc::clone(&self.loader.sources.get(source).text)))
    }

    fn sheet(&mut self, file: &Text, (format, wanted): (Format, Wanted<'_>), sink: &mut Sink) -> Option<Arc<Opened>> {
        let path = format!("{}/{}", self.folder, file.value);
        match self.loader.system.read(&path) {
            Ok(bytes) => {
                let opened = self.loader.library.sheet(format, &bytes, wanted);
                self.loader.inputs.push((path, bytes));
                Some(opened)
            }
            Err(error) => {
                sink.push(cannot_read_named(self.loader.system, &path, &error).at(file.span));
                None
            }
        }
    }

    fn parameters(&self) -> &[Parameter] {
        &self.loader.parameters
    }

    fn map(&mut self, file: &Text, sink: &mut Sink) -> Option<Arc<Geography>> {
        let path = format!("{}/{}", self.folder, file.value);
        let before = std::mem::take(&mut self.loader.sink);
        let source = self.loader.text(&path, Some(file.span));
        sink.extend(std::mem::replace(&mut self.loader.sink, before));
        let source = source?;
        let text = Arc::clone(&self.loader.sources.get(source).text);
        let refusal = match self.loader.library.map(source, &text) {
            Ok(geography) => return Some(geography),
            Err(refusal) => refusal,
        };
        let diagnostic = Diagnostic::error(
            Code::MAP_UNREADABLE,
            say!("the map `{path}` {message}", path, message = refusal.message),
        )
        .help(refusal.help);
        sink.push(match refusal.place {
            Some(place) => diagnostic
                .label(Span::new(source, place.start, place.end), say!("here"))
                .also(file.span, say!("the map is named here")),
            None => diagnostic.at(file.span),
        });
        None
    }
}

impl Loader<'_> {
    /// Reads a CSV file into the source map, also one whose letters are written as older programs do.
    pub(super) fn csv_text(&mut self, path: &str, encoding: Option<Encoding>, named_at: Span) -> Option<SourceId> {
        let bytes = self.bytes(path, Some(named_at))?;
        // A workbook whose name says CSV: it is a package, or a container of the older kind.
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            self.sink.push(
                Diagnostic::error(Code::FILE_TYPE, say!("`{path}` is a workbook, whatever its name says", path))
                    .at(named_at)
                    .help(say!("open it in a spreadsheet program and save it as CSV UTF-8; or give it its own name, as .xlsx, and name that")),
            );
            return None;
        }
        match encoding::decode(&bytes, encoding) {
            Ok((text, guessed)) => {
                if let Some(guessed) = guessed {
                    let message = say!("`{path}` is not UTF-8 and is read as {guessed}", path, guessed);
                    self.sink.push(
                        Diagnostic::new(Severity::Info, Code::FILE_NOT_UTF8, message)
                            .at(named_at)
                            .help(say!("write `encoding: latin-1` where the file is named, or save it as UTF-8")),
                    );
                }
                self.inputs.push((path.to_owned(), bytes));
                Some(self.sources.add(path, text))
            }
            Err(fault) => {
                let source = self.sources.add(path, fault.text.clone());
                self.sink.push(undecoded(path, Span::new(source, fault.at.start, fault.at.end), fault.why, encoding));
                None
            }
        }
    }
}

fn undecoded(path: &str, at: Span, why: Why, declared: Option<Encoding>) -> Diagnostic {
    match (why, declared) {
        (Why::Garbled, declared) => {
            Diagnostic::error(Code::FILE_GARBLED, say!("letters of `{path}` came out wrong before it was saved", path))
                .label(at, say!("no letters of a word"))
                .help(match declared {
                    Some(_) => say!("the file is not what `encoding` says: take the key away, or name another"),
                    None => say!("export the file anew from where it comes, as UTF-8 (in Excel: \"CSV UTF-8\"); å, ä and ö cannot be guessed back"),
                })
        }
        (Why::Unknown, Some(_)) => {
            Diagnostic::error(Code::FILE_NOT_UTF8, say!("`{path}` is not what `encoding` says", path))
                .label(at, say!("the first character that cannot be read"))
                .help(say!("take `encoding` away, or write utf-8, latin-1 or utf-16"))
        }
        (Why::Unknown, None) => Diagnostic::error(Code::FILE_NOT_UTF8, say!("`{path}` is not UTF-8", path))
            .label(at, say!("the first character that cannot be read"))
            .help(say!("save the file as UTF-8 (in Excel: \"CSV UTF-8\")"))
            .help(say!("or say what it is where it is named: `encoding: latin-1` (Windows-1252) or `encoding: utf-16`")),
    }
}
