//! `belagg export REPORT --web`: a report for a web editor.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::resolved::ResolvedDocument;
use crate::handover::{self, FILLED_IN, Version, Wish};
use crate::load;
use crate::pipeline::Workshop;
use crate::pipeline::manifest::{self, Manifest};
use crate::publish::ledgers::Ledgers;
use crate::publish::{restore, stage};
use crate::render::html;
use crate::render::word::PictureFiles;
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::{Bytes, sha256};
use crate::versions::ledger::{self, Entry, Ledger};

use super::output::Output;
use super::{CONTENT, OUTPUT, SUCCESS, USAGE, build, workshop};

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    pub report: &'a str,
    /// A published version; without it the one that report.yaml names, be it published or not.
    pub version: Option<&'a str>,
    /// The folder to write, in the workspace.
    pub to: Option<&'a str>,
    pub heading: u8,
    pub title: bool,
    pub base: Option<&'a str>,
}

/// A version with all that is handed on of it.
struct Taken {
    document: ResolvedDocument,
    manifest: Manifest,
    files: BTreeMap<String, Bytes>,
}

/// Writes the folder.
pub fn run(session: &Session<'_>, request: Request<'_>, out: &Output) -> u8 {
    let shop = match workshop(session, out) {
        Ok(shop) => shop,
        Err(code) => return code,
    };
    let system = session.files();
    let id = request.report;
    let whole = load::origin(system, session.library(), id).map_or_else(|| id.to_owned(), |(whole, _)| whole);
    let mut sink = Sink::default();
    let ledger = ledger::read(system, &whole, &mut sink);
    let wanted = request.version.map(str::to_owned).or_else(|| load::version(system, session.library(), &whole));
    let entry = wanted.as_deref().and_then(|wanted| ledger.find(wanted));
    let taken = match entry {
        _ if sink.has_errors() => Err(None),
        Some(entry) => published(shop, id, &ledger, entry, out, &mut sink),
        None if request.version.is_some() => {
            let known: Vec<&str> = ledger.entries.iter().map(|entry| entry.head.version.as_str()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            let version = request.version.unwrap_or_default();
            out.fault(say!("there is no published version {version} of {id}; published: {known}", version, id, known));
            return USAGE;
        }
        None => return rendered(session, shop, request, out),
    };
    match taken {
        Ok(taken) => written(shop, &taken, request, out),
        Err(code) => {
            out.diagnostics(&[(&sink, &SourceMap::default())]);
            code.unwrap_or(CONTENT)
        }
    }
}

/// A report as it is now.
fn rendered(session: &Session<'_>, shop: Workshop<'_>, request: Request<'_>, out: &Output) -> u8 {
    let document = session.resolved(request.report);
    let mut diagnostics = document.diagnostics();
    let publication = session.rendered(&document, &mut diagnostics.sink);
    let (Some(publication), Some(resolved)) = (publication, document.resolved()) else {
        out.diagnostics(&[(&diagnostics.sink, &diagnostics.sources)]);
        return CONTENT;
    };
    let files = publication.artifacts.into_iter().map(|file| (file.path, file.bytes)).collect();
    let taken = Taken { document: resolved.clone(), manifest: publication.manifest, files };
    written(shop, &taken, request, out)
}

/// A published version: the bytes that lie in `output/`, held against the ledger, and what they were made from.
fn published(
    shop: Workshop<'_>,
    id: &str,
    ledger: &Ledger,
    entry: &Entry,
    out: &Output,
    sink: &mut Sink,
) -> Result<Taken, Option<u8>> {
    let system = shop.system;
    // What is not proven here is not handed on.
    if !Ledgers::read(system, shop.library, &[], sink).is_sound(&entry.head.report) {
        return Err(None);
    }
    let lock = system.lock(stage::LOCK).map_err(|error| {
        sink.push(Diagnostic::error(
            Code::OUTPUT_WRITE,
            say!("{path} cannot be written: {error}", error, path = stage::LOCK),
        ));
        Some(OUTPUT)
    })?;
    build::restore(shop, ledger, out, sink);
    drop(lock);
    if sink.has_errors() {
        return Err(None);
    }
    let rebuilt = restore::rebuild(system, ledger, entry).map_err(|problem| {
        sink.push(*problem);
        None
    })?;
    let found = rebuilt.documents.into_iter().find(|document| document.id == id);
    let folder = entry.folders().into_iter().flatten().find(|folder| folder.report == id);
    let (Some(document), Some(folder)) = (found, folder) else { return Err(None) };
    let place = folder.place();
    let mut files = BTreeMap::new();
    for file in &folder.outputs {
        let path = format!("{place}/{}", file.path);
        match system.read(&path) {
            Ok(bytes) if sha256(&bytes) == file.sha256 => drop(files.insert(file.path.clone(), bytes)),
            Ok(_) => {
                let message = say!("`{path}` is not what was published", path);
                sink.push(
                    Diagnostic::error(Code::RESTORED_DIFFERENT, message).help(say!("`belagg verify` tells more")),
                );
            }
            Err(error) => sink.push(load::cannot_read(&path, &error)),
        }
    }
    match Manifest::read(system, &place) {
        Some(manifest) if !sink.has_errors() => Ok(Taken { document, manifest, files }),
        Some(_) => Err(None),
        None => {
            let path = format!("{place}/{}", manifest::FILE);
            sink.push(Diagnostic::error(Code::RESTORED_DIFFERENT, say!("`{path}` is not what was published", path)));
            Err(None)
        }
    }
}

fn written(shop: Workshop<'_>, taken: &Taken, request: Request<'_>, out: &Output) -> u8 {
    let Taken { document, manifest, files } = taken;
    let toolbox = shop.toolbox;
    let asset = |name: &str| toolbox.assets.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes.to_vec());
    let fonts = html::fonts_within(&String::from_utf8_lossy(&asset(html::FONTS).unwrap_or_default()), asset);
    let wish = Wish { heading: request.heading, title: request.title, base: request.base, site: toolbox.site() };
    let version = Version { document, manifest, files };
    let pictures = PictureFiles::new(files, toolbox.fonts());
    let Some(made) = handover::web(&version, &fonts, &pictures, wish) else {
        out.fault(say!("{id} {version} has no page", id = document.id, version = document.version));
        return CONTENT;
    };
    let folder = request.to.map_or_else(
        || format!("web/{}-{}", document.id, document.version),
        |to| to.trim_end_matches(['/', '\\']).to_owned(),
    );
    let system = shop.system;
    for file in &made {
        let path = format!("{folder}/{}", file.path);
        let known = system.read(&path).ok();
        if known.as_ref().is_some_and(|known| known[..] == file.bytes[..]) {
            continue;
        }
        // What somebody has filled in is not written over.
        if file.path == FILLED_IN && known.is_some() {
            out.line(say!("{path}: is filled in already and stays as it is; move it away for a new draft", path));
            continue;
        }
        if let Err(error) = system.write(&path, &file.bytes) {
            out.fault(say!("{path} cannot be written: {error}", path, error));
            return OUTPUT;
        }
    }
    out.line(say!("{folder}: {count} files; README.txt tells what to do with them", folder, count = made.len()));
    SUCCESS
}
