//! `belagg new --from`: the report of the next period, made from that of the period before.

use crate::begin::Beginning;
use crate::diagnostic::{nearest, say};
use crate::load;
use crate::system::{Bytes, ReadError, System};

use super::output::Output;
use super::{CONTENT, USAGE, new};

/// Copies a report without its versions; what is there is never overwritten.
pub fn run(system: &dyn System, from: &str, name: &str, out: &Output) -> u8 {
    let reports = load::folders(system);
    let from = super::folder_name(from);
    if !reports.iter().any(|known| known == from) {
        let near = nearest(from, reports.iter().map(String::as_str));
        let hint = near.map(|near| say!(" Did you mean {near}?", near)).unwrap_or_default();
        out.fault(say!("there is no report content/{from}.{hint}", from, hint));
        return USAGE;
    }
    let Some(id) = new::id(name, out) else { return USAGE };
    let files = match copied(system, from, &id) {
        Ok(files) => files,
        Err((path, error)) => {
            out.fault(say!("{path} cannot be read: {error}", path, error));
            return USAGE;
        }
    };
    if !system.exists(&format!("content/{from}/report.yaml")) {
        out.fault(say!("content/{from} has no report.yaml: there is no report to copy", from));
        return USAGE;
    }
    let (head, named) = (format!("content/{id}/report.yaml"), format!("content/{from}/report.yaml"));
    let mut written = Vec::new();
    for (path, bytes) in files {
        if path != head {
            written.push((path, bytes));
            continue;
        }
        let text = String::from_utf8_lossy(&bytes);
        match load::renewed(&named, &text, from) {
            Ok(text) => written.push((path, text.into())),
            Err((sink, sources)) => {
                out.diagnostics(&[(&sink, &sources)]);
                return CONTENT;
            }
        }
    }
    let places = ["content", "charts"].map(|folder| format!("{folder}/{id}")).to_vec();
    new::write(system, &Beginning { places, files: written }, out, || {
        out.line(say!(
            "It is a draft of version 1.0. What still names the period of {from} tells: belagg check {id}",
            from,
            id
        ));
    })
}

/// The files of a report as those of another, without what is published of it.
fn copied(system: &dyn System, from: &str, id: &str) -> Result<Vec<(String, Bytes)>, (String, ReadError)> {
    let mut out = Vec::new();
    for folder in ["content", "charts"] {
        let place = format!("{folder}/{from}");
        for path in system.walk(&place)?.into_iter().filter(|path| !path.starts_with("versions/")) {
            let named = format!("{place}/{path}");
            let bytes = system.read(&named).map_err(|error| (named, error))?;
            out.push((format!("{folder}/{id}/{path}"), bytes));
        }
    }
    Ok(out)
}
