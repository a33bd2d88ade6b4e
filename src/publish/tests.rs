//! Publishing on a disk that fails at any write: what is left is the old state or the new one, whole.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::diagnostic::Sink;
use crate::load::Library;
use crate::pipeline::{Purpose, Workshop, prepare_after, render, rendered_parts};
use crate::source::SourceMap;
use crate::system::{Bytes, MemorySystem, System, pass_on, sha256};
use crate::versions::{heads, ledger};

const REPORT: &str = r#"kind: inspection-report
title: Liten rapport
version: "1.0"
date: 2024-03-01
status: published
imprint: {reference: Dnr 1/2024, publisher: Exempelstad, contact: Kansliet}
chapters: [kapitel.md]
"#;

/// Files in memory whose disk fails at a certain write, half of it done, and from then on.
struct Failing {
    inner: MemorySystem,
    /// Writes that still succeed.
    left: AtomicUsize,
}

impl Failing {
    fn allow(&self) -> bool {
        self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
    }
}

fn broken<T>() -> io::Result<T> {
    Err(io::Error::new(io::ErrorKind::StorageFull, "the disk is full"))
}

impl System for Failing {
    pass_on! { self => self.inner; read, list_all, list_hidden, exists }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        if self.allow() {
            return self.inner.write(path, bytes);
        }
        if self.left.load(Ordering::SeqCst) == 0 && !self.inner.exists(path) {
            let _ = self.inner.write(path, &bytes[..bytes.len() / 2]);
        }
        broken()
    }

    fn write_durably(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.write(path, bytes)
    }

    fn sync(&self, _: &str) -> io::Result<()> {
        if self.allow() { Ok(()) } else { broken() }
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        if self.allow() { self.inner.rename(from, to) } else { broken() }
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        if self.allow() { self.inner.remove(path) } else { broken() }
    }
}

fn files(system: &dyn System, folder: &str, out: &mut Vec<(String, Bytes)>) {
    for entry in system.list(folder).into_iter().chain(system.list_hidden(folder)) {
        let path = if folder.is_empty() { entry.name.clone() } else { format!("{folder}/{}", entry.name) };
        if entry.folder {
            files(system, &path, out);
        } else {
            out.push((path.clone(), system.read(&path).unwrap()));
        }
    }
}

fn all(system: &dyn System) -> Vec<(String, Bytes)> {
    let mut out = Vec::new();
    files(system, "", &mut out);
    out
}

fn made(system: &dyn System) -> release::Release {
    made_before(system, "")
}

/// A release by a program that does not have one of the templates yet.
fn made_before(system: &dyn System, template: &str) -> release::Release {
    let mut sink = Sink::default();
    let library = Library::default();
    let mut toolbox = Toolbox::new(system, &library, &mut sink).unwrap();
    toolbox.inputs.retain(|(path, _)| path != template);
    toolbox.assets.retain(|(name, _)| format!("templates/html/{name}") != template);
    let shop = Workshop { system, library: &library, toolbox: &toolbox };
    let ledger = ledger::read(system, "liten", &mut sink);
    let prepared = prepare_after(shop, "liten", ledger, sink, Purpose::Publish);
    let mut sink = prepared.sink;
    let ready = prepared.ready.unwrap();
    release::check(&ready.project.report, &prepared.ledger, &mut sink);
    assert!(!sink.has_errors(), "{:?}", sink.sorted(&SourceMap::default()));
    let publication = render(&ready, &toolbox, &mut sink).unwrap();
    let (parts, _) = rendered_parts(shop, "liten", &prepared.ledger, Purpose::Publish);
    let newest = heads::read(system).unwrap().map(|heads| heads.reports).unwrap_or_default();
    let signing = release::Signing { signer: None, keys: &[], newest: &newest };
    release::release(&ready, &toolbox, &prepared.ledger, publication, parts, &signing).unwrap()
}

fn next_version(system: &MemorySystem) {
    let report = REPORT.replace("\"1.0\"", "\"1.1\"").replace("status: published", "status: corrected");
    let changes = "changes: [{type: correction, what: Ett ord., why: Fel ord.}]\n";
    system.write("content/liten/report.yaml", (report + changes).as_bytes()).unwrap();
    system.write("content/liten/kapitel.md", "# Resultat\n\nTexten är ny.\n".as_bytes()).unwrap();
}

#[test]
fn a_disk_that_fails_at_any_write_leaves_the_old_state_or_the_new() {
    let first = MemorySystem::new([
        ("content/liten/report.yaml", REPORT),
        ("content/liten/kapitel.md", "# Resultat\n\nTexten är gammal.\n"),
    ]);
    stage::commit(&first, &made(&first)).unwrap();
    next_version(&first);
    // A preview of the next version lies there, as a build makes it.
    first.write("output/liten/1.1/index.html", b"preview").unwrap();
    let start = all(&first);
    let next = made(&first);
    let (mut olds, mut news, mut reported) = (0, 0, 0);
    for writes in 0.. {
        let disk = Failing { inner: MemorySystem::new(start.clone()), left: AtomicUsize::new(writes) };
        let result = stage::commit(&disk, &next);
        // The next run begins with what is on the disk.
        let disk = disk.inner;
        stage::recover(&disk).unwrap();
        let mut sink = Sink::default();
        let ledger = ledger::read(&disk, "liten", &mut sink);
        assert!(!sink.has_errors(), "after {writes} writes: {:?}", sink.sorted(&SourceMap::default()));
        let now = all(&disk);
        assert!(now.iter().all(|(path, _)| !path.contains("/.")), "something is left beside after {writes} writes");
        if ledger.find("1.1").is_some() {
            news += 1;
            let entry = ledger.find("1.1").unwrap();
            for file in entry.body().unwrap().outputs {
                let bytes = disk.read(&format!("output/liten/1.1/{}", file.path));
                assert_eq!(bytes.map(|bytes| sha256(&bytes)), Ok(file.sha256), "{} after {writes} writes", file.path);
            }
            let pack = disk.read("content/liten/versions/1.1.tar.gz").unwrap();
            assert_eq!(sha256(&pack), entry.pack().unwrap().sha256);
            let heads = heads::read(&disk).unwrap().unwrap();
            assert_eq!(heads.newest("liten").unwrap().sha256, entry.sha256, "after {writes} writes");
        } else {
            olds += 1;
            let kept = |path: &str| path != "content/liten/versions/1.1.tar.gz";
            let then: Vec<_> = start.iter().filter(|(path, _)| kept(path)).collect();
            let now: Vec<_> = now.iter().filter(|(path, _)| kept(path)).collect();
            assert!(then == now, "the old state is not whole after {writes} writes");
        }
        match result {
            Ok(()) => break,
            Err(_) => reported += 1,
        }
    }
    assert!(olds > 10 && news >= 2, "{olds} ended in the old state and {news} in the new");
    assert_eq!(reported + 1, olds + news, "every failure was reported");
}

#[test]
fn what_is_missing_is_built_again_to_the_byte() {
    let system = MemorySystem::new([
        ("content/liten/report.yaml", REPORT),
        ("content/liten/kapitel.md", "# Resultat\n\nTexten är gammal.\n"),
    ]);
    stage::commit(&system, &made(&system)).unwrap();
    next_version(&system);
    stage::commit(&system, &made(&system)).unwrap();
    let before = all(&system);
    system.remove("output").unwrap();
    let ledger = ledger::read(&system, "liten", &mut Sink::default());
    let restored = restore::restore(&system, &Library::default(), &ledger, &Kept::nothing()).unwrap();
    assert!(restored.problems.is_empty(), "{:?}", restored.problems);
    assert!(
        restored.lines.iter().all(|line| line.english().contains("the bytes are those of the ledger")),
        "{:?}",
        restored.lines
    );
    assert!(all(&system) == before);
    // A second time there is nothing to do.
    assert!(restore::restore(&system, &Library::default(), &ledger, &Kept::nothing()).unwrap().lines.is_empty());
}

#[test]
fn a_template_that_came_later_does_not_change_what_was_published_before() {
    for template in ["templates/pdf/letter.typ", "templates/html/page.js"] {
        let system = MemorySystem::new([
            ("content/liten/report.yaml", REPORT),
            ("content/liten/kapitel.md", "# Resultat\n\nTexten är gammal.\n"),
        ]);
        stage::commit(&system, &made_before(&system, template)).unwrap();
        let ledger = ledger::read(&system, "liten", &mut Sink::default());
        let again = restore::rebuild(&system, &ledger, ledger.newest().unwrap()).unwrap();
        assert!(again.different.is_empty() && again.stated.is_empty(), "{:?} {:?}", again.different, again.stated);
    }
}

#[test]
fn versions_are_ordered_by_their_numbers() {
    use ledger::{next_number, order};
    assert!(order("1.9") < order("1.10") && order("1") < order("1.1") && order("2.0") > order("1.99.9"));
    assert_eq!([next_number("1.9"), next_number("2"), next_number("1.0.3")], ["1.10", "3", "1.0.4"]);
}
