//! `belagg new --translation-of`: a translation with every text of its original, and a place for the words of each.

use crate::begin::{Beginning, editors};
use crate::diagnostic::{nearest, say};
use crate::load::{self, Library};
use crate::locale::Language;
use crate::system::System;

use super::output::Output;
use super::{CONTENT, USAGE, new};

/// Writes the files of a translation; what is there is never overwritten.
pub fn run(
    system: &dyn System,
    library: &Library,
    (original, name): (&str, Option<&str>),
    language: &str,
    out: &Output,
) -> u8 {
    let original = super::folder_name(original);
    if !load::is_report(system, library, original) {
        let reports = load::report_ids(system, library);
        let near = nearest(original, reports.iter().map(String::as_str));
        let hint = near.map(|near| say!(" Did you mean {near}?", near)).unwrap_or_default();
        out.fault(say!("there is no report `{original}` to translate.{hint}", original, hint));
        return USAGE;
    }
    let Some(into) = Language::find(language) else { return USAGE };
    let made = format!("{original}-{language}");
    let Some(id) = new::id(name.unwrap_or(&made), out) else { return USAGE };
    let loaded = load::load(system, library, original);
    let report = loaded.project.as_ref().map(|project| &project.report);
    if let Some(report) = report.filter(|report| report.translation.is_some() || report.language == into) {
        out.fault(match &report.translation {
            Some(of) => say!(
                "`{original}` is a translation itself: translate `{first}`",
                original,
                first = of.original.id.value
            ),
            None => say!("`{original}` is in that language: name another with --language", original),
        });
        return USAGE;
    }
    let Some(files) = load::scaffold(system, library, (original, &id), into) else {
        out.diagnostics(&[(&loaded.sink, &loaded.sources)]);
        out.fault(say!("`{original}` cannot be translated before its faults are mended", original));
        return CONTENT;
    };
    let places = ["content", "charts"].map(|folder| format!("{folder}/{id}")).to_vec();
    let named = |(path, text): (String, String)| {
        let line = editors::modeline_of_words(&path).unwrap_or_default();
        (path, format!("{line}{text}").into())
    };
    let files = files.into_iter().map(named).collect();
    let schemas = editors::own_folder(&load::ids(system, library));
    new::write(system, &Beginning { places, files, schemas }, out, || {
        out.line(say!("Write the words behind the keys, and the chapters anew. What is not translated yet tells: belagg check {id}", id));
    })
}
