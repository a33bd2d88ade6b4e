//! Published versions built again from their packed inputs: for those whose output is missing, and to prove that they can be.

use std::collections::BTreeSet;

use crate::compare::{Difference, compare};
use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, say};
use crate::document::resolved::ResolvedDocument;
use crate::load::{self, Library};
use crate::pipeline::manifest::Manifest;
use crate::pipeline::parts::TURNS;
use crate::pipeline::{
    Artifact, Publication, Purpose, Rendered, Toolbox, Workshop, prepare_after, render, rendered_parts,
};
use crate::render::workbook::Workbook;
use crate::render::{citation, contents, html, pdf};
use crate::source::SourceMap;
use crate::system::{Bytes, MemorySystem, System, sha256};
use crate::versions::ledger::{Entry, Folder, Ledger, folder};
use crate::versions::record::{self, Body, Head};
use crate::versions::{FileEntry, Tool, signature};

use super::aside::Files;
use super::beside::Kept;
use super::commit::{CommitError, commit, put};
use super::ledgers::Ledgers;
use super::{pack, release};

/// A version that was built again.
#[derive(Debug)]
pub struct Rebuilt {
    /// The report, then what was published with it.
    pub publications: Vec<Publication>,
    /// What they print, in the same order.
    pub documents: Vec<ResolvedDocument>,
    /// Files whose bytes are not those of the ledger; none where all are.
    pub different: Vec<String>,
    /// What it says otherwise than the ledger.
    pub difference: Difference,
    /// Parts that say something else, came or went.
    pub parts: Vec<String>,
    /// What the record states otherwise than the inputs that it was made from: its keys.
    pub stated: Vec<Said>,
    /// The packed templates could not be used by this program: its own were.
    pub own_templates: bool,
}

impl Rebuilt {
    /// Whether it says what the ledger holds, however its bytes are.
    #[must_use]
    pub fn says_the_same(&self) -> bool {
        self.difference.is_empty() && self.parts.is_empty()
    }
}

/// The packed inputs of a version, checked against its record.
///
/// # Errors
/// Why they cannot be had, in words.
pub fn packed(system: &dyn System, entry: &Entry) -> Result<Vec<(String, Bytes)>, Said> {
    let head = &entry.head;
    let known = entry.pack().ok_or_else(|| {
        say!(
            "what {report} {version} was made of is not public, and its internal record is not here",
            report = head.report,
            version = head.version
        )
    })?;
    let path = format!("{}/{}", folder(&head.report), known.path);
    let bytes = system.read(&path).map_err(|error| load::cannot_read(&path, &error).message)?;
    if sha256(&bytes) != known.sha256 {
        return Err(say!(
            "`{path}` is not what was packed when {report} {version} was published",
            path,
            report = head.report,
            version = head.version
        ));
    }
    let mut files = pack::unpack(&bytes).map_err(|error| say!("`{path}` cannot be unpacked: {error}", path, error))?;
    files.extend(shared(system, entry, &files)?);
    Ok(files)
}

/// The templates and words that versions share; none where the version's own pack holds them, as earlier programs packed it, or where it was made with none.
fn shared(system: &dyn System, entry: &Entry, own: &[(String, Bytes)]) -> Result<Vec<(String, Bytes)>, Said> {
    let is_template = |path: &str| path.starts_with("templates/");
    let Some(name) = entry.shared().filter(|_| !own.iter().any(|(path, _)| is_template(path))) else {
        return Ok(Vec::new());
    };
    let path = format!("{}/{name}", folder(&entry.head.report));
    let inputs = || entry.inputs().unwrap_or_default();
    if !system.exists(&path) && !inputs().iter().any(|file| is_template(&file.path)) {
        return Ok(Vec::new());
    }
    let files = unpacked(system, &path)?;
    if Tool::hash_of(&files) != entry.head.tool.templates {
        return Err(say!(
            "`{path}` holds other templates than {report} {version} was published with",
            path,
            report = entry.head.report,
            version = entry.head.version
        ));
    }
    Ok(files)
}

/// The files of an archive.
///
/// # Errors
/// Why it cannot be read, in words.
pub(super) fn unpacked(system: &dyn System, path: &str) -> Result<Vec<(String, Bytes)>, Said> {
    let bytes = system.read(path).map_err(|error| load::cannot_read(path, &error).message)?;
    pack::unpack(&bytes).map_err(|error| say!("`{path}` cannot be unpacked: {error}", path, error))
}

/// Whether templates and words are those that a name is of.
pub(super) fn is_shared_as(name: &str, files: &[(String, Bytes)]) -> bool {
    let tool = Tool { name: String::new(), version: String::new(), templates: Tool::hash_of(files) };
    let own = Entry::shared_by(&tool, false);
    own.is_some() && own.as_deref() == name.rsplit('/').next()
}

/// What is wrong with the templates and words that a version shares with others; nothing where all that it needs is there.
#[must_use]
pub fn shared_fault(system: &dyn System, entry: &Entry) -> Option<(String, Option<Said>)> {
    let (name, pack) = (entry.shared()?, entry.pack()?);
    let path = format!("{}/{name}", folder(&entry.head.report));
    if system.exists(&path) {
        let good = unpacked(system, &path).is_ok_and(|files| Tool::hash_of(&files) == entry.head.tool.templates);
        let told = say!("are not the templates that {report} was published with", report = entry.head.report);
        return (!good).then_some((path, Some(told)));
    }
    // Packs of earlier programs have all that they need.
    let own = unpacked(system, &format!("{}/{}", folder(&entry.head.report), pack.path)).ok()?;
    let needed = entry
        .inputs()?
        .into_iter()
        .any(|file| file.path.starts_with("templates/") && !own.iter().any(|(known, _)| *known == file.path));
    needed.then_some((path, None))
}

/// Builds a published version again from the inputs that its ledger holds, and compares it with the record.
///
/// # Errors
/// Inputs that are missing or damaged, or that this program cannot build.
pub fn rebuild(system: &dyn System, ledger: &Ledger, entry: &Entry) -> Result<Rebuilt, Box<Diagnostic>> {
    let head = &entry.head;
    let failed = |message: Said| {
        Box::new(
            Diagnostic::error(Code::RESTORED_DIFFERENT, message)
                .help(say!("take the files of the version back from the archive or from version control")),
        )
    };
    let files = packed(system, entry).map_err(|why| {
        failed(say!(
            "{report} {version} cannot be built again: {why}",
            why,
            report = head.report,
            version = head.version
        ))
    })?;
    let body = entry.body().ok_or_else(|| {
        failed(say!("the record of {report} {version} cannot be read", report = head.report, version = head.version))
    })?;
    let without =
        || files.iter().filter(|(path, _)| !path.starts_with("templates/") || path.starts_with("templates/fonts/"));
    let own = || files.iter();
    let built = built(ledger, entry, &body, own().cloned()).map(|built| (built, false));
    // Templates of another version of the program may not fit this one.
    let built = built.or_else(|problems| {
        self::built(ledger, entry, &body, without().cloned()).map(|built| (built, true)).map_err(|_| problems)
    });
    pdf::evict(TURNS);
    let (mut rebuilt, own_templates) = built.map_err(|sink| {
        let why = sink
            .iter()
            .find(|found| found.severity == Severity::Error)
            .map(|first| first.message.clone())
            .unwrap_or_default();
        failed(say!("{report} {version} was made with {program} {program_version} and cannot be built again by this program: {why}", why, report = head.report, version = head.version, program = head.tool.name, program_version = head.tool.version))
    })?;
    rebuilt.own_templates = own_templates;
    let in_pack =
        |known: &FileEntry| files.iter().any(|(path, bytes)| *path == known.path && sha256(bytes) == known.sha256);
    let inputs = entry.inputs().unwrap_or_default();
    if !inputs.iter().all(in_pack) || inputs.len() != distinct(&files) {
        rebuilt.stated.push(Said::verbatim("inputs"));
    }
    Ok(rebuilt)
}

fn distinct(files: &[(String, Bytes)]) -> usize {
    files.iter().map(|(path, _)| path).collect::<BTreeSet<_>>().len()
}

/// The template that tells programs of a report: what came with it is made for versions that have it alone.
const DESCRIBED: &str = "templates/html/components/metadata.html";

fn built(
    ledger: &Ledger,
    entry: &Entry,
    body: &Body,
    files: impl Iterator<Item = (String, Bytes)>,
) -> Result<Rebuilt, Sink> {
    let head = &entry.head;
    let memory = MemorySystem::new(files);
    let mut sink = Sink::default();
    let library = Library::default();
    let Some(mut toolbox) = Toolbox::new(&memory, &library, &mut sink) else { return Err(sink) };
    // A file that came into the template later is none of those that the version was made of.
    if !memory.list("templates/pdf").is_empty() {
        toolbox.inputs.retain(|(path, _)| memory.exists(path));
        toolbox.assets.retain(|(name, _)| !html::is_written(name) || memory.exists(&format!("templates/html/{name}")));
        // Nor is a font.
        let recorded = |name: &str| body.outputs.iter().any(|file| file.path.strip_prefix("assets/") == Some(name));
        toolbox.assets.retain(|(name, _)| html::is_written(name) || recorded(name));
    }
    let outputs = || head.parts.iter().flat_map(|part| &part.outputs).chain(&body.outputs);
    toolbox.workbooks = outputs().any(|file| Workbook::is_file(&file.path));
    toolbox.contents = outputs().any(|file| file.path == contents::FILE);
    toolbox.citations = outputs().any(|file| file.path == citation::bibtex_file(&head.report));
    toolbox.described = memory.exists(DESCRIBED);
    let shop = Workshop { system: &memory, library: &library, toolbox: &toolbox };
    let before = ledger.before(&head.version);
    let history = Ledger { entries: ledger.earlier(&head.version).cloned().collect() };
    let (parts, told) = rendered_parts(shop, &head.report, &history, Purpose::Rebuild);
    if parts.len() != told.len() {
        return Err(told.into_iter().map(|(sink, _)| sink).find(Sink::has_errors).unwrap_or_default());
    }
    let prepared = prepare_after(shop, &head.report, history, sink, Purpose::Rebuild);
    // Rules that came after the version do not keep it from being what it was.
    let mut sink = prepared.sink;
    let Some(ready) = prepared.ready else { return Err(sink) };
    let Some(mut publication) = render(&ready, &toolbox, &mut sink) else { return Err(sink) };
    let (mut made, mut made_body) = release::record_of(&ready, &toolbox, before, &publication, &parts);
    if !ready.project.is_protected() {
        made.pack.clone_from(&head.pack);
    }
    // An earlier program kept nothing of it.
    if body.alone.is_empty() {
        made_body.alone.clear();
    }
    made.signature.clone_from(&head.signature);
    made.keys.clone_from(&head.keys);
    let mut different = different("", &body.outputs, &publication.artifacts);
    for part in &parts {
        let known = head.parts.iter().find(|known| known.report == part.publication.id);
        let outputs = known.map(|known| known.outputs.as_slice()).unwrap_or_default();
        different.extend(self::different(&format!("{}: ", part.publication.id), outputs, &part.publication.artifacts));
    }
    let mut stated = stated(head, &made);
    // To the byte the same, and still another record: then it was not this program's alone that made it.
    if different.is_empty() && stated.is_empty() && record::content(&made, &made_body) != record::content(head, body) {
        stated.push(say!("what it says of its content"));
    }
    if let Some(signature) = &head.signature {
        publication.artifacts.push(Artifact { path: signature::FILE.to_owned(), bytes: signature.clone().into() });
    }
    let changed_parts = changed_parts(head, &parts);
    let documents = std::iter::once(&ready).chain(parts.iter().map(|part| &part.ready));
    let documents = documents.map(|ready| ready.resolution.document.clone()).collect();
    let publications = std::iter::once(publication).chain(parts.into_iter().map(|part| part.publication)).collect();
    Ok(Rebuilt {
        publications,
        documents,
        different,
        difference: compare(&body.state, &ready.state),
        parts: changed_parts,
        stated,
        own_templates: false,
    })
}

/// Keys of a record that differ from those that its inputs give; not those that tell of bytes and of the program.
fn stated(recorded: &Head, made: &Head) -> Vec<Said> {
    let plain = |head: &Head| {
        let mut head = head.clone();
        for part in &mut head.parts {
            part.outputs.clear();
            part.content.clear();
        }
        serde_json::to_value(head).unwrap_or_default()
    };
    let (recorded, made) = (plain(recorded), plain(made));
    let keys = recorded.as_object().into_iter().flatten().map(|(key, _)| key.clone());
    keys.filter(|key| key != "tool" && recorded.get(key) != made.get(key)).map(Said::verbatim).collect()
}

fn changed_parts(head: &Head, parts: &[Rendered]) -> Vec<String> {
    let same = |part: &Rendered| {
        let known = head.parts.iter().find(|known| known.report == part.publication.id);
        known.is_some_and(|known| known.content == part.ready.state.words_hash())
    };
    let changed = parts.iter().filter(|part| !same(part)).map(|part| part.publication.id.clone());
    let gone = head.parts.iter().filter(|known| !parts.iter().any(|part| part.publication.id == known.report));
    changed.chain(gone.map(|known| known.report.clone())).collect()
}

/// Names of files that differ from those of the ledger, came or went.
fn different(prefix: &str, recorded: &[FileEntry], artifacts: &[Artifact]) -> Vec<String> {
    let mut out: Vec<String> = recorded
        .iter()
        .filter(|file| {
            !artifacts.iter().any(|artifact| artifact.path == file.path && sha256(&artifact.bytes) == file.sha256)
        })
        .map(|file| format!("{prefix}{}", file.path))
        .collect();
    let new = artifacts
        .iter()
        .filter(|artifact| artifact.path != signature::FILE && !recorded.iter().any(|file| file.path == artifact.path));
    out.extend(new.map(|artifact| format!("{prefix}{}", artifact.path)));
    out
}

/// What became of the published versions of a report whose output was missing.
#[derive(Debug, Default)]
pub struct Restored {
    /// A line for each, in words.
    pub lines: Vec<Said>,
    pub problems: Vec<Diagnostic>,
}

/// Puts back the output of published versions where it is missing, whole folders and single files. What is there is never touched. Call it
/// with the lock held.
///
/// # Errors
/// What the operating system said when the output was written.
pub fn restore(system: &dyn System, library: &Library, ledger: &Ledger, kept: &Kept) -> Result<Restored, CommitError> {
    let mut out = Restored::default();
    let mut doubts = None;
    for entry in &ledger.entries {
        let head = &entry.head;
        let place = |document: &str| format!("output/{document}/{}", head.version);
        let signed = head.signature.is_none() || has_signature(system, &place(&head.report));
        let whole = |place: &str| kept.is_whole(system, place) || complete(system, place);
        if signed && entry.documents().all(|document| whole(&place(document))) {
            continue;
        }
        // Only now is it read what each folder must hold.
        let folders = entry.folders().unwrap_or_default();
        let lacking: Vec<(&Folder, Vec<&str>)> = folders
            .iter()
            .map(|folder| (folder, missing(system, folder)))
            .filter(|(_, missing)| !missing.is_empty())
            .collect();
        if lacking.is_empty() {
            continue;
        }
        // Nothing is put before readers on the word of a record that is not proven.
        let (doubt, told) = doubts.get_or_insert_with(|| {
            let mut sink = Sink::default();
            let all = Ledgers::read(system, library, &[], &mut sink);
            (all.doubt(&head.report), sink.sorted(&SourceMap::default()).into_iter().cloned().collect::<Vec<_>>())
        });
        if let Some(doubt) = doubt {
            out.problems.append(told);
            let places: Vec<String> = lacking.iter().map(|(folder, _)| folder.place()).collect();
            let message = say!(
                "{places} is missing and is not restored: {doubt}",
                doubt = doubt.clone(),
                places = places.join(", ")
            );
            let problem = Diagnostic::error(Code::RESTORED_DIFFERENT, message);
            out.problems.push(problem.help(say!("`belagg verify` tells more")));
            return Ok(out);
        }
        let rebuilt = match rebuild(system, ledger, entry) {
            Ok(rebuilt) => rebuilt,
            Err(problem) => {
                out.problems.push(*problem);
                continue;
            }
        };
        let places: Vec<String> = lacking.iter().map(|(folder, _)| folder.place()).collect();
        if !rebuilt.says_the_same() || !rebuilt.stated.is_empty() {
            let what = if rebuilt.stated.is_empty() { say!("ledger") } else { say!("record") };
            out.problems.push(
                Diagnostic::error(
                    Code::RESTORED_DIFFERENT,
                    say!(
                        "{places} is missing, and what is built from its inputs says something else than the {what}",
                        what,
                        places = places.join(", ")
                    ),
                )
                .help(say!("it was made with {name} {version}", name = head.tool.name, version = head.tool.version))
                .help(say!("`belagg verify --rebuild` tells more")),
            );
            continue;
        }
        for (folder, missing) in lacking {
            let Some(publication) = rebuilt.publications.iter().find(|made| made.id == folder.report) else { continue };
            let place = folder.place();
            let told = in_words(head, &rebuilt);
            if system.exists(&place) {
                single(system, publication, &missing)?;
                out.lines.push(say!(
                    "{place}: {missing} was missing and is restored from the packed inputs; {told}",
                    place,
                    told,
                    missing = missing.join(", ")
                ));
            } else {
                let files = Files::Held(publication.artifacts.clone());
                commit(system, (&publication.id, &publication.version), &files)?;
                out.lines.push(say!(
                    "{place}: was missing and is restored from its packed inputs; {told}",
                    place,
                    told
                ));
            }
        }
    }
    Ok(out)
}

/// Whether all that the manifest in a folder names is there. Whether it is what was published, `belagg verify` tells.
#[must_use]
pub fn complete(system: &dyn System, place: &str) -> bool {
    let Some(manifest) = Manifest::read(system, place) else { return false };
    // To list a folder takes far less than to ask for each of its files.
    let there: BTreeSet<String> = system.walk(place).unwrap_or_default().into_iter().collect();
    manifest.outputs.iter().all(|file| there.contains(&file.path) || system.exists(&format!("{place}/{}", file.path)))
}

/// Whether the signature of a version's manifest lies beside it.
#[must_use]
pub fn has_signature(system: &dyn System, place: &str) -> bool {
    system.exists(&format!("{place}/{}", signature::FILE))
}

fn missing<'f>(system: &dyn System, folder: &'f Folder) -> Vec<&'f str> {
    let place = folder.place();
    let signature = folder.signature.as_ref().map(|_| signature::FILE);
    let names = folder.outputs.iter().map(|file| file.path.as_str()).chain(signature);
    names.filter(|name| !system.exists(&format!("{place}/{name}"))).collect()
}

/// Writes the files that are missing in a folder, and no other.
fn single(system: &dyn System, publication: &Publication, missing: &[&str]) -> Result<(), CommitError> {
    let place = publication.folder();
    for artifact in publication.artifacts.iter().filter(|artifact| missing.contains(&artifact.path.as_str())) {
        let path = format!("{place}/{}", artifact.path);
        put(system, &path, &artifact.bytes)?;
    }
    Ok(())
}

/// "the bytes are those of the ledger"
#[must_use]
pub fn in_words(head: &Head, rebuilt: &Rebuilt) -> Said {
    if rebuilt.different.is_empty() {
        return say!("the bytes are those of the ledger");
    }
    let names = rebuilt.different.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    let more = if rebuilt.different.len() > 3 { ", …" } else { "" };
    let tool = rebuilt.publications.first().map(|publication| &publication.manifest.tool);
    let content = if rebuilt.says_the_same() {
        say!("the content is that of the ledger, figure by figure and word by word")
    } else {
        say!("the content is not that of the ledger")
    };
    let why = if rebuilt.own_templates {
        say!("; the templates it was published with do not fit this program")
    } else if tool.is_some_and(|tool| tool.version != head.tool.version) {
        say!("; it was published with {name} {version}", name = head.tool.name, version = head.tool.version)
    } else {
        Said::default()
    };
    say!(
        "rebuilt with this program the bytes of {different} of its files differ ({names}{more}); {content}{why}",
        names,
        more,
        content,
        why,
        different = rebuilt.different.len()
    )
}
