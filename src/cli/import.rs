//! `belagg import`: a report from what was written in a word processor.

use std::path::Path;

use crate::begin::Beginning;
use crate::diagnostic::{Said, say};
use crate::import::{self, Format, Wanted};
use crate::locale::Language;
use crate::markdown::slug;
use crate::system::{Bytes, System, read_named};

use super::output::Output;
use super::{CONTENT, USAGE, new};

/// What is asked for.
pub struct Request<'r> {
    pub file: &'r Path,
    pub kind: &'r str,
    pub name: Option<&'r str>,
    pub language: Option<&'r str>,
}

/// Writes a report into the workspace; what is there is never overwritten.
pub fn run(system: &dyn System, request: &Request<'_>, out: &Output) -> u8 {
    let Some(kind) = new::kind(request.kind, out) else { return USAGE };
    let file_name = request.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(format) = Format::by_file_name(&file_name) else {
        out.fault(say!(
            "`{file}` is no document that can be imported: save it as .docx or .odt in the word processor; .md is read too",
            file = file_name
        ));
        return USAGE;
    };
    let stem = file_name.rsplit_once('.').map_or(file_name.as_str(), |(stem, _)| stem);
    let Some(id) = new::id(request.name.unwrap_or(&slug(stem)), out) else {
        if request.name.is_none() {
            out.line(say!("`--name NAME` gives the report another name than the file has"));
        }
        return USAGE;
    };
    let bytes = match read_named(request.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            out.fault(say!("{file} cannot be read: {error}", file = request.file.display(), error));
            return USAGE;
        }
    };
    let manuscript = match import::read(format, Bytes::from(bytes)) {
        Ok(manuscript) => manuscript,
        Err(fault) => {
            out.fault(say!("{file} cannot be read: {error}", file = request.file.display(), error = fault.message));
            out.line(say!("open it in the word processor and save it anew, without a password"));
            return CONTENT;
        }
    };
    let language = request.language.and_then(Language::find);
    let imported = import::written(&manuscript, &Wanted { id: id.clone(), kind, language, tongue: out.tongue() });
    let beginning = Beginning { places: vec![format!("content/{id}")], files: imported.files, schemas: Vec::new() };
    new::write(system, &beginning, out, || {
        for hand in &imported.hands {
            out.line(import::told(hand));
        }
        out.line(Said::default());
        out.line(match imported.hands.len() {
            1 => say!("1 thing needs a hand; it is told in content/{id}/import.txt as well", id),
            hands => say!("{hands} things need a hand; they are listed in content/{id}/import.txt as well", hands, id),
        });
        out.line(say!("Now build it: belagg build {id}", id));
        out.line(say!("Then bind its numbers: belagg audit {id} --propose", id));
    })
}
