//! `belagg new`.

use crate::diagnostic::{Said, nearest, say};
use crate::locale::Language;
use crate::markdown::slug;
use crate::model::DocumentKind;
use crate::system::{Bytes, System};

use super::output::Output;
use super::starter::starter;
use super::{OUTPUT, SUCCESS, USAGE};

/// Writes the files of a new report; what is there is never overwritten.
pub fn run(system: &dyn System, kind: &str, name: &str, language: Language, out: &Output) -> u8 {
    let Some(found) = self::kind(kind, out) else { return USAGE };
    let Some(id) = id(name, out) else { return USAGE };
    if starter(found, language).is_empty() {
        let (name, tag) = (language.name(), language.tag());
        out.fault(say!("there is no example of this kind in {name}: leave out `--language`, and write `language: {tag}` in the new report.yaml", name, tag));
        return USAGE;
    }
    let files = starter(found, language).iter();
    let files = files.map(|(path, content)| (path.replace("{id}", &id), content.replace("{id}", &id).into()));
    let files: Vec<(String, Bytes)> = files.collect();
    let folder = |path: &str| path.split('/').take(2).collect::<Vec<_>>().join("/");
    let own = [format!("content/{id}"), format!("charts/{id}")];
    let folders: Vec<String> = own.into_iter().chain(files.iter().map(|(path, _)| folder(path))).collect();
    write(system, &folders, &files, out, || out.line(say!("Now build it: belagg build {id}", id)))
}

/// The kind of document of this name; otherwise says which there are.
pub fn kind(name: &str, out: &Output) -> Option<DocumentKind> {
    let found = DocumentKind::written(name);
    if found.is_none() {
        let names = DocumentKind::WRITTEN;
        let near = nearest(name, names.iter().copied());
        let hint = near.map(|near| say!(" Did you mean {near}?", near)).unwrap_or_default();
        out.fault(say!(
            "there is no kind of report `{kind}`.{hint} Kinds: {names}.",
            kind = name,
            hint,
            names = names.join(", ")
        ));
    }
    found
}

/// The name as that of a folder; otherwise says what it could be.
pub fn id(name: &str, out: &Output) -> Option<String> {
    let id = slug(name);
    if id == name {
        return Some(id);
    }
    out.fault(say!(
        "`{name}` becomes a folder and an address, so it holds small letters a to z, digits and hyphens: try `{id}`",
        name,
        id
    ));
    None
}

/// Writes files into folders none of which is there, all of them or none, and says what to do next.
pub fn write(
    system: &dyn System,
    folders: &[String],
    files: &[(String, Bytes)],
    out: &Output,
    next: impl FnOnce(),
) -> u8 {
    if let Some(place) = folders.iter().find(|place| system.exists(place)) {
        out.fault(say!("{place} is there already; choose another name", place));
        return USAGE;
    }
    for (path, content) in files {
        if let Err(error) = system.write_durably(path, content) {
            // None of these folders was there before: half a report would only be in the way of the next try.
            for place in folders {
                let _ = system.remove(place);
            }
            out.fault(say!("{path} cannot be written: {error}; nothing of the new report is left", path, error));
            return OUTPUT;
        }
    }
    for (path, _) in files {
        out.plain(path);
    }
    out.line(Said::default());
    next();
    SUCCESS
}
