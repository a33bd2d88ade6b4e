//! `belagg export REPORT --web`: a report for a web editor.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::resolved::ResolvedDocument;
use crate::handover::{self, Later, Version, Wish};
use crate::load;
use crate::locale::Language;
use crate::markdown::leads_out;
use crate::pipeline::Workshop;
use crate::pipeline::manifest::{self, Manifest};
use crate::publish::ledgers::Ledgers;
use crate::publish::{self, restore, stage};
use crate::render::html;
use crate::render::word::PictureFiles;
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::{Bytes, sha256, stays_inside};
use crate::versions::ledger::{self, Entry, Ledger};

use super::output::Output;
use super::{CONTENT, OUTPUT, SUCCESS, USAGE, build, export, sound_workshop};

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
    published: bool,
    later: Option<Later>,
}

/// The folder that all exports lie in where none is named.
const OWN_FOLDER: &str = "web";
/// What keeps exports out of version control, but for what people fill in.
const IGNORED: (&str, &str) = ("web/.gitignore", "*\n!*/\n!accessibility.html\n");

/// Writes the folder.
pub fn run(session: &Session<'_>, request: Request<'_>, out: &Output) -> u8 {
    let wrong = request.base.and_then(no_base).or_else(|| request.to.and_then(|to| no_folder(to, request.report)));
    if let Some(wrong) = wrong {
        out.fault(wrong);
        return USAGE;
    }
    let shop = match sound_workshop(session, out) {
        Ok(shop) => shop,
        Err(code) => return code,
    };
    let system = session.files();
    let id = request.report;
    let whole = load::origin(system, session.library(), id).map_or_else(|| id.to_owned(), |(whole, _)| whole);
    let mut sink = Sink::default();
    let ledger = ledger::read(system, &whole, &mut sink);
    if sink.has_errors() {
        out.diagnostics(&[(&sink, &SourceMap::default())]);
        return CONTENT;
    }
    if let Some(code) = export::unknown(session, id, &ledger, out) {
        return code;
    }
    let own = if whole == id { ledger.clone() } else { ledger.of_part(id) };
    let wanted = request.version.map(str::to_owned).or_else(|| load::version(system, session.library(), &whole));
    let entry = wanted.as_deref().filter(|wanted| own.find(wanted).is_some()).and_then(|wanted| ledger.find(wanted));
    let taken = match entry {
        Some(entry) => published(shop, id, (&ledger, &own), entry, out, &mut sink),
        None if request.version.is_some() => {
            return export::no_version(id, request.version.unwrap_or_default(), &own, out);
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

/// Why links cannot lead to below an address: it is none of the web, or what is put behind it would be no path.
fn no_base(base: &str) -> Option<Said> {
    let scheme = base.split(['/', '?', '#']).next().and_then(|head| head.split_once(':'));
    let is_web = |scheme: &str| ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    let leads = scheme.is_none_or(|(scheme, _)| is_web(scheme) && leads_out(base));
    let clean =
        !base.is_empty() && !base.contains(|c: char| c.is_whitespace() || c.is_control() || "\\?#\"<>".contains(c));
    (!leads || !clean).then(|| {
        say!(
            "`{base}` is no address that links can lead to: `--base` takes one that begins with https://, or a path of the website such as /files/report",
            base
        )
    })
}

/// Why a folder cannot be written: it is somebody else's.
fn no_folder(to: &str, report: &str) -> Option<Said> {
    const AUTHORS: &[&str] = &["content", "charts", "templates"];
    const PROGRAMS: &[&str] = &["archive", "comments"];
    let first = to.split(['/', '\\']).find(|part| !matches!(*part, "" | "."));
    let is = |names: &[&str]| first.is_some_and(|first| names.iter().any(|name| name.eq_ignore_ascii_case(first)));
    let why = match first {
        _ if !stays_inside(to) => say!("it lies outside the workspace"),
        None => say!("the workspace itself is no folder to hand on"),
        Some(name) if is(AUTHORS) => say!("{name}/ holds what authors write", name),
        Some(_) if is(&["output"]) => say!("output/ is the website, which each build makes anew"),
        Some(name) if is(PROGRAMS) => say!("{name}/ is what other commands write", name),
        Some(name) if name.starts_with('.') => say!("what begins with a full stop is hidden"),
        Some(_) => return None,
    };
    Some(say!(
        "`--out {folder}` cannot be: {why}; name a folder of its own, as `--out {own}/{report}`",
        folder = to,
        why,
        own = OWN_FOLDER,
        report
    ))
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
    let document = resolved.clone();
    let taken = Taken { document, manifest: publication.manifest, files, published: false, later: None };
    written(shop, &taken, request, out)
}

/// A published version: the bytes that lie in `output/`, held against the ledger, and what they were made from. `own` is the ledger of the document,
/// which may be a part of the report.
fn published(
    shop: Workshop<'_>,
    id: &str,
    (ledger, own): (&Ledger, &Ledger),
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
    build::restore(shop, ledger, &publish::Kept::nothing(), out, sink);
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
    let (Some(document), Some(folder)) = (found, folder) else {
        let version = &entry.head.version;
        let message = say!("{id} {version} cannot be made again from what it was made of", id, version);
        sink.push(
            Diagnostic::error(Code::RESTORED_DIFFERENT, message)
                .help(say!("`belagg verify {report} --rebuild` tells more", report = entry.head.report)),
        );
        return Err(None);
    };
    let place = folder.place();
    let mut files = BTreeMap::new();
    for file in &folder.outputs {
        let path = format!("{place}/{}", file.path);
        match system.read(&path) {
            Ok(bytes) if sha256(&bytes) == file.sha256 => drop(files.insert(file.path.clone(), bytes)),
            Ok(_) => sink.push(not_as_published(&path)),
            Err(error) => sink.push(load::cannot_read(&path, &error)),
        }
    }
    match Manifest::read(system, &place) {
        Some(manifest) if !sink.has_errors() => {
            let later = later(shop, id, own, entry, &document.language);
            Ok(Taken { document, manifest, files, published: true, later })
        }
        Some(_) => Err(None),
        None => {
            sink.push(not_as_published(&format!("{place}/{}", manifest::FILE)));
            Err(None)
        }
    }
}

fn not_as_published(path: &str) -> Diagnostic {
    Diagnostic::error(Code::RESTORED_DIFFERENT, say!("`{path}` is not what was published", path))
        .help(say!("`belagg verify` tells more"))
}

/// What is said of a version that is not the newest.
fn later(shop: Workshop<'_>, id: &str, own: &Ledger, entry: &Entry, language: &str) -> Option<Later> {
    let newest = &own.newest().filter(|newest| newest.head.version != entry.head.version)?.head;
    let locale = shop.toolbox.locale(Language::find(language)?)?;
    let address = |site: &str| format!("{}/{id}/{}/index.html", site.trim_end_matches('/'), newest.version);
    let words = locale.fill("version_read", &[("version", &newest.version)]);
    let link = shop.toolbox.site().map(|site| (address(site), words));
    Some(Later { words: publish::later(locale, newest), link })
}

fn written(shop: Workshop<'_>, taken: &Taken, request: Request<'_>, out: &Output) -> u8 {
    let Taken { document, manifest, files, published, later } = taken;
    let toolbox = shop.toolbox;
    let asset = |name: &str| toolbox.assets.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes.to_vec());
    let fonts = html::fonts_within(&String::from_utf8_lossy(&asset(html::FONTS).unwrap_or_default()), asset);
    let folder = request.to.map(|to| to.trim_end_matches(['/', '\\']));
    let wish =
        Wish { heading: request.heading, title: request.title, base: request.base, out: folder, site: toolbox.site() };
    let version = Version { document, manifest, files, published: *published, later: later.as_ref() };
    let pictures = PictureFiles::new(files, toolbox.fonts());
    let Some(made) = handover::web(&version, &fonts, &pictures, wish) else {
        out.fault(say!("{id} {version} has no page", id = document.id, version = document.version));
        return CONTENT;
    };
    let system = shop.system;
    let own = format!("{OWN_FOLDER}/{}-{}", document.id, document.version);
    let written = handover::write(system, folder.unwrap_or(&own), &made).and_then(|kept| {
        let (path, text) = IGNORED;
        if folder.is_none() && !system.exists(path) {
            system.write(path, text.as_bytes()).map_err(|error| (path.to_owned(), error))?;
        }
        Ok(kept)
    });
    let kept = match written {
        Ok(kept) => kept,
        Err((path, error)) => {
            out.fault(say!("{path} cannot be written: {error}", path, error));
            return OUTPUT;
        }
    };
    for path in &kept {
        out.line(say!(
            "{path}: somebody has changed or written it, so it stays as it is; move it away to have the new one",
            path
        ));
    }
    if let Some(later) = later {
        out.line(say!("{id} {version}: {later}", id = document.id, version = document.version, later = later.words));
    }
    out.line(say!(
        "{folder}: {count} files; README.txt tells what to do with them",
        folder = folder.unwrap_or(&own),
        count = made.len()
    ));
    SUCCESS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_web_or_to_the_same_website() {
        for good in
            ["https://www.example.se/a/", "HTTP://example.se", "/globalassets/rapport", "../filer", "filer", "a/b:c"]
        {
            assert!(no_base(good).is_none(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JavaScript:x/y",
            " javascript:x",
            "java\tscript:x",
            "data:text/html,x",
            "mailto:a@example.se",
            "file:///etc",
            "https:",
            "https:///a",
            "https://a.se/?b=",
            "https://a.se/#b",
            "\\\\a\\b",
            "a b",
            "",
        ] {
            assert!(no_base(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn what_is_somebody_elses_is_no_folder_to_write() {
        for good in ["web/a", "till-webben", "./web/b", "outputs", "a/output"] {
            assert!(no_folder(good, "a").is_none(), "{good}");
        }
        for bad in [
            "content/a",
            "./content",
            "Content/a",
            "output",
            "OUTPUT/x",
            "output\\a",
            "charts/",
            "templates/html",
            "archive",
            ".",
            "/",
            "",
            ".git",
            "../a",
            "/tmp/a",
            "web/../../a",
        ] {
            assert!(no_folder(bad, "a").is_some(), "{bad}");
        }
    }
}
