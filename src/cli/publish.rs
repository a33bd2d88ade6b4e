//! `belagg publish`: a report becomes a version that lasts.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::load;
use crate::pipeline::{self, Prepared, Publication, Purpose, Rendered, Workshop};
use crate::publish::release::{self, Signing};
use crate::publish::standing::Standing;
use crate::publish::{self, stage};
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::{self, Linked, Stopwatch, System};
use crate::versions::heads::{self, Newest};
use crate::versions::signature::Signer;
use crate::versions::trust::{For, Trust};
use crate::versions::{internal_record, ledger};

use super::output::Output;
use super::{CONTENT, OUTPUT, SUCCESS, USAGE};

/// Publishes a report as the version that its report.yaml names.
pub fn run(session: &Session<'_>, id: &str, key: Option<&Path>, out: &Output) -> u8 {
    let system = session.files();
    let stopwatch = Stopwatch::start();
    if !session.reports().iter().any(|known| known == id) {
        out.fault(say!(
            "there is no report `{id}`: reports here are {reports}",
            id,
            reports = session.reports().join(", ")
        ));
        return USAGE;
    }
    let signer = match key.map(signer).transpose() {
        Ok(signer) => signer,
        Err(reason) => {
            out.fault(&reason);
            return USAGE;
        }
    };
    let progress = out.progress(say!("publishing {id}", id));
    let none = SourceMap::default();
    // From here on no other process writes to the ledger or to output/.
    let locked = system.lock(stage::LOCK).map_err(|error| (stage::LOCK.to_owned(), error));
    let recovered = locked.and_then(|lock| match stage::recover(system) {
        Ok(_) => Ok(lock),
        Err(failure) => Err((failure.path, failure.error)),
    });
    let lock = match recovered {
        Ok(lock) => lock,
        Err((path, error)) => {
            drop(progress);
            let mut sink = Sink::default();
            sink.push(cannot_write(id, &path, &error));
            out.diagnostics(&[(&sink, &none)]);
            return OUTPUT;
        }
    };
    let shop = match session.workshop() {
        Ok(shop) => shop,
        Err(faults) => {
            drop(progress);
            out.diagnostics(&[(faults, &none)]);
            return CONTENT;
        }
    };
    // Who may sign what comes next, by all ledgers of the workspace.
    let before = match Before::read(shop, id, signer.as_ref()) {
        Ok(before) => before,
        Err(problems) => {
            drop(progress);
            out.diagnostics(&[(&problems, &none)]);
            out.line(say!("nothing was published"));
            return CONTENT;
        }
    };
    if let Some((prepared, standing)) = session.standing(shop, id) {
        drop(progress);
        let code = stays(&prepared, &standing, out);
        return if code == SUCCESS { listed(system, &before, signer.as_ref(), out) } else { code };
    }
    let Candidate { prepared, publication, parts, found } = Candidate::make(shop, id);
    let mut found: Vec<(&Sink, &SourceMap)> = found.iter().map(|(sink, sources)| (sink, sources)).collect();
    let errors = found.iter().any(|(sink, _)| sink.has_errors());
    let (Some(ready), Some(publication)) = (&prepared.ready, publication.filter(|_| !errors)) else {
        drop(progress);
        out.diagnostics(&found);
        out.line(say!("nothing was published"));
        return CONTENT;
    };
    let signing = before.signing(signer.as_ref());
    let made = match release::release(ready, shop.toolbox, &prepared.ledger, publication, parts, &signing) {
        Ok(made) => made,
        Err(reason) => {
            drop(progress);
            out.fault(say!("the version cannot be published: {reason}", reason));
            return USAGE;
        }
    };
    let written = stage::commit(system, &made);
    drop(progress);
    let mut restored = Sink::default();
    let written = written.and_then(|()| {
        let kept = publish::Kept::read(system, shop.toolbox);
        // The pages that are written now lead to all versions: what is missing of them comes first.
        for report in load::folders(system) {
            let mut chain = Sink::default();
            let ledger = ledger::read(system, &report, &mut chain);
            if !chain.has_errors() {
                super::build::restore(shop, &ledger, &kept, out, &mut restored);
            }
        }
        publish::write_index(system, shop.toolbox, kept).map(drop)
    });
    drop(lock);
    if let Err(failure) = written {
        let (path, error) = (&failure.path, &failure.error);
        let (version, mut problem) = (made.version(), Sink::default());
        problem.push(if system.exists(&ledger::path(id, version)) {
            let message = say!(
                "{id} {version} is published and in the ledger, but {path} cannot be written: {error}",
                id,
                version,
                path,
                error
            );
            Diagnostic::error(Code::OUTPUT_WRITE, message).help(match Linked::in_error(error) {
                Some(_) => say!("remove the link: the next build puts its own folders there"),
                None => {
                    say!("check free space and permissions, and run `belagg build`: it puts the output in its place")
                }
            })
        } else {
            cannot_write(id, path, error)
        });
        found.push((&problem, &none));
        out.diagnostics(&found);
        return OUTPUT;
    }
    found.extend([(&restored, &none), (&before.warnings, &none)]);
    let folders: Vec<String> = made.publications.iter().map(Publication::folder).collect();
    let (version, record) = (made.version(), ledger::path(id, made.version()));
    out.concluded(
        &found,
        json!({"report": id, "version": version, "published": "now", "signed": signer.is_some(), "output": folders, "record": record}),
    );
    let signed = if signer.is_some() { say!(", signed") } else { Said::default() };
    out.line(say!(
        "{id} {version} is published{signed} ({seconds})",
        id,
        version,
        signed,
        seconds = stopwatch.seconds()
    ));
    out.line(say!("  output/{id}/{version}/ lasts: no build writes there again", id, version));
    for folder in folders.iter().skip(1) {
        out.line(say!("  {folder}/ is published with it", folder));
    }
    out.line(say!("  {record}, its packed inputs and {path} belong in version control", record, path = heads::PATH));
    if made.internal.is_some() {
        let inside = format!("{}/{}/", ledger::folder(id), internal_record::FOLDER);
        out.line(say!("  {inside} holds all data, hidden numbers too: it is never given out", inside));
    }
    if restored.has_errors() { OUTPUT } else { SUCCESS }
}

fn cannot_write(id: &str, path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(Code::OUTPUT_WRITE, say!("{id}: {path} cannot be written: {error}", id, path, error))
        .help(say!("check free space and permissions; what was published before is as it was"))
}

/// What may become a version, and all that was found wrong or worth saying of it.
struct Candidate {
    prepared: Prepared,
    publication: Option<Publication>,
    /// What is made from the report.
    parts: Vec<Rendered>,
    /// The report's own first.
    found: Vec<(Sink, SourceMap)>,
}

impl Candidate {
    fn make(shop: Workshop<'_>, id: &str) -> Self {
        let mut sink = Sink::default();
        let ledger = ledger::read(shop.system, id, &mut sink);
        let mut prepared = pipeline::prepare_after(shop, id, ledger, sink, Purpose::Publish);
        let mut sink = std::mem::take(&mut prepared.sink);
        let mut publication = None;
        if let Some(ready) = &prepared.ready {
            release::check(&ready.project.report, &prepared.ledger, &mut sink);
            release::check_original(shop.system, &ready.project.report, &mut sink);
            if !sink.has_errors() {
                publication = pipeline::render(ready, shop.toolbox, &mut sink);
            }
        }
        let (mut parts, mut found) = (Vec::new(), Vec::new());
        if !sink.has_errors() && publication.is_some() {
            (parts, found) = pipeline::rendered_parts(shop, id, &prepared.ledger, Purpose::Publish);
        }
        let publications = publication.iter().chain(parts.iter().map(|part| &part.publication));
        publications.filter_map(|made| publish::occupied(shop.system, made)).for_each(|problem| sink.push(problem));
        found.insert(0, (sink, prepared.sources.clone()));
        found.push(publish::names::check(shop.system, shop.library, &[id.to_owned()]));
        Self { prepared, publication, parts, found }
    }
}

/// What is said of a number that is published already: whether what is here is that version.
fn stays(prepared: &Prepared, standing: &Standing, out: &Output) -> u8 {
    let (id, version) = (&standing.id, &standing.version);
    let sink = &prepared.sink;
    let published = if sink.has_errors() { "no" } else { "before" };
    out.concluded(
        &[(sink, &prepared.sources)],
        json!({"report": id, "version": version, "published": published, "changed-files": standing.files}),
    );
    if sink.has_errors() {
        out.line(say!("nothing was published"));
        return CONTENT;
    }
    if standing.files.is_empty() {
        out.line(say!(
            "{id} {version} is published already, and its files are those that it was made of; nothing was written",
            id,
            version
        ));
    } else {
        out.line(say!("{id} {version} is published already; nothing was written", id, version));
        out.plain(format!("  {}", out.text(standing.files_told())));
    }
    if !standing.shared.is_empty() {
        let names = standing.shared.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
        let more = if standing.shared.len() > 3 {
            say!(" and {count} more", count = standing.shared.len() - 3)
        } else {
            Said::default()
        };
        out.line(say!(
            "  other files have changed since ({names}{more}): they count from the next version on",
            names,
            more
        ));
    }
    SUCCESS
}

/// The ledgers before a publication, which were found sound.
struct Before {
    /// The keys that the record will name.
    keys: Vec<String>,
    /// What the list of newest versions will name besides.
    newest: Vec<Newest>,
    /// Whether the list is written even if nothing is published: it is missing, or is not signed yet.
    renew: bool,
    /// Whether every version must be signed.
    bound: bool,
    warnings: Sink,
}

impl Before {
    /// What there is, and who may sign what comes next.
    fn read(shop: Workshop<'_>, id: &str, signer: Option<&Signer>) -> Result<Self, Sink> {
        let system = shop.system;
        let mut sink = Sink::default();
        let (mut ledgers, mut faulty) = (Vec::new(), BTreeSet::new());
        for report in load::folders(system) {
            let mut own = Sink::default();
            let ledger = ledger::read(system, &report, &mut own);
            if own.has_errors() {
                faulty.insert(report.clone());
                if report == id {
                    sink.extend(own);
                }
            }
            ledgers.push((report, ledger));
        }
        let heads = heads::read(system);
        let (workspace, _, problems) = load::load_workspace(system, shop.library);
        let keys: Vec<String> = workspace.keys.into_iter().map(|key| key.value).collect();
        let trust = Trust::new(&ledgers, &heads, &keys, faulty.clone(), For::Publishing);
        if !problems.has_errors() && !trust.is_sound(id) {
            trust.problems.iter().for_each(|problem| sink.push(problem.clone()));
        }
        let keys = match trust.may_publish(signer) {
            Ok(keys) => keys,
            Err(problem) => {
                sink.push(*problem);
                Vec::new()
            }
        };
        let heads = heads.unwrap_or_default();
        let missing = heads.is_none() && ledgers.iter().any(|(_, ledger)| !ledger.entries.is_empty());
        let mut warnings = Sink::default();
        if missing && trust.is_bound() {
            warnings.push(
                Diagnostic::warning(
                    Code::HEAD_DIFFERS,
                    say!("`{path}` was missing and is made anew from the ledgers as they are", path = heads::PATH),
                )
                .help(say!(
                    "if versions were taken away before, that can no longer be told: compare with version control"
                )),
            );
            if let Some(report) = faulty.iter().next() {
                sink.push(
                    Diagnostic::error(
                        Code::HEAD_DIFFERS,
                        say!(
                            "`{path}` is missing, and the ledger of {report} is damaged: nothing can be signed",
                            report,
                            path = heads::PATH
                        ),
                    )
                    .help(say!("take both back from version control")),
                );
            }
        }
        if sink.has_errors() {
            // What keeps from publishing is told at once.
            let own = ledgers.iter().find(|(report, _)| report == id).map(|(_, ledger)| ledger);
            let version = load::version(system, shop.library, id);
            if let Some(version) = version.filter(|version| own.is_some_and(|ledger| ledger.find(version).is_none())) {
                let place = format!("output/{id}/{version}");
                publish::occupied_at(system, &place, id, &version).into_iter().for_each(|problem| sink.push(problem));
            }
            return Err(sink);
        }
        let bound = trust.is_bound();
        let renew = missing || heads.as_ref().is_some_and(|heads| !heads.is_signed() && bound && signer.is_some());
        // What another report's ledger has become since is not covered up: its line stays.
        let newest = heads.map_or_else(|| heads::newest_of(&ledgers), |heads| heads.reports);
        Ok(Self { keys, newest, renew, bound, warnings })
    }

    fn signing<'a>(&'a self, signer: Option<&'a Signer>) -> Signing<'a> {
        Signing { signer, keys: &self.keys, newest: &self.newest }
    }
}

/// Writes the list of newest versions where it is missing or is not signed yet, though nothing is published.
fn listed(system: &dyn System, before: &Before, signer: Option<&Signer>, out: &Output) -> u8 {
    if !before.renew {
        return SUCCESS;
    }
    // A key that no version and no belagg.yaml names proves nothing.
    let signer = signer.filter(|_| before.bound);
    let new = format!("{}.new-{}", heads::PATH, std::process::id());
    let written = heads::write(before.newest.clone(), signer)
        .map_err(|reason| std::io::Error::other(out.text(reason)))
        .and_then(|text| {
            system.write_durably(&new, text.as_bytes())?;
            system.rename(&new, heads::PATH)?;
            system.sync("content")
        });
    match written {
        Ok(()) => {
            out.diagnostics(&[(&before.warnings, &SourceMap::default())]);
            let signed = if signer.is_some() { say!(", signed") } else { Said::default() };
            out.line(say!("  {path} names the newest versions as they are{signed}", signed, path = heads::PATH));
            SUCCESS
        }
        Err(error) => {
            let _ = system.remove(&new);
            out.fault(say!("{path} cannot be written: {error}", error, path = heads::PATH));
            OUTPUT
        }
    }
}

fn signer(path: &Path) -> Result<Signer, Said> {
    let named = path.display();
    let bytes =
        system::read_named(path).map_err(|error| say!("the key {named} cannot be read: {error}", named, error))?;
    let text = String::from_utf8(bytes).map_err(|_| say!("{named} is no secret key of minisign", named))?;
    Signer::read(&text).map_err(|reason| say!("the key {named} cannot be used: {reason}", named, reason))
}
