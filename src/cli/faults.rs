//! Commands on a disk that fails at any of its calls, once or from then on: each leaves the old state or the new, says that it failed, and
//! the next run mends what is left.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::kept;
use crate::publish::OLD;
use crate::publish::site::written;
use crate::publish::stage::LOCK;
use crate::session::Session;
use crate::system::{Bytes, MemorySystem, OsSystem, ReadError, System, pass_on};
use crate::versions::ledger;

use super::output::{Format, Output};
use super::{OUTPUT, SUCCESS, build, export, publish};

const REPORT: &str = "kind: article\ntitle: T\nversion: \"1.0\"\ndate: 2024-03-01\nstatus: published\n\
                      imprint: {publisher: Exempelstad, contact: Kansliet, author: Kansliet}\nchapters: [kapitel.md]\n";

/// Files in memory whose disk fails at one call, or from that call on. A write that fails has done half of its work.
struct Failing<'a> {
    inner: &'a MemorySystem,
    calls: AtomicUsize,
    at: usize,
    for_good: bool,
    /// What failed was to remove what another has taken the place of: that is in nobody's way, and the next run does it.
    excused: AtomicBool,
}

impl Failing<'_> {
    fn call(&self) -> io::Result<()> {
        let nth = self.calls.fetch_add(1, Ordering::SeqCst);
        let fails = if self.for_good { nth >= self.at } else { nth == self.at };
        if fails { Err(io::Error::new(io::ErrorKind::StorageFull, "the disk is full")) } else { Ok(()) }
    }

    fn failed(&self) -> bool {
        self.calls.load(Ordering::SeqCst) > self.at
    }
}

impl System for Failing<'_> {
    pass_on! { self => self.inner; read, list_all, list_hidden, exists }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        // What a build leaves for the next may be lost.
        if path.starts_with(kept::FOLDER) {
            return if self.failed() { Err(io::ErrorKind::StorageFull.into()) } else { self.inner.write(path, bytes) };
        }
        self.call().inspect_err(|_| {
            let _ = self.inner.write(path, &bytes[..bytes.len() / 2]);
        })?;
        self.inner.write(path, bytes)
    }

    fn sync(&self, _: &str) -> io::Result<()> {
        self.call()
    }

    fn lock(&self, _: &str) -> io::Result<Box<dyn Send>> {
        self.call()?;
        Ok(Box::new(()))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.call()?;
        self.inner.rename(from, to)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        if !path.starts_with(kept::FOLDER) {
            self.call().inspect_err(|_| {
                let is_replaced = path.starts_with(&format!("output/{OLD}")) && self.inner.exists(path);
                self.excused.store(is_replaced && self.calls.load(Ordering::SeqCst) == self.at + 1, Ordering::SeqCst);
            })?;
        }
        self.inner.remove(path)
    }
}

fn files_of(system: &dyn System) -> Vec<(String, Vec<u8>)> {
    let (mut out, mut open) = (Vec::new(), vec![String::new()]);
    while let Some(folder) = open.pop() {
        for entry in system.list(&folder).into_iter().chain(system.list_hidden(&folder)) {
            let path = if folder.is_empty() { entry.name } else { format!("{folder}/{}", entry.name) };
            // What a build leaves for the next says how files came to lie there, not what lies there.
            if path == kept::FOLDER {
                continue;
            }
            if entry.folder {
                open.push(path);
            } else {
                let bytes = system.read(&path).unwrap();
                out.push((path, bytes.to_vec()));
            }
        }
    }
    out.sort();
    out
}

fn workspace() -> MemorySystem {
    MemorySystem::new([
        ("content/liten/report.yaml", REPORT.as_bytes()),
        ("content/liten/kapitel.md", "# Rubrik\n\nTexten är gammal.\n".as_bytes()),
    ])
}

fn quiet() -> Output {
    Output::silent(Format::Human)
}

/// Version 1.1 of a report whose first version is published; a preview of it lies there.
fn second() -> MemorySystem {
    let system = workspace();
    assert_eq!(publish::run(&Session::open(&system), "liten", None, &quiet()), SUCCESS);
    let report = REPORT.replace("\"1.0\"", "\"1.1\"").replace("status: published", "status: corrected");
    system
        .write(
            "content/liten/report.yaml",
            format!("{report}changes: [{{type: correction, what: Ett ord., why: Fel ord.}}]\n").as_bytes(),
        )
        .unwrap();
    system.write("content/liten/kapitel.md", "# Rubrik\n\nTexten är nyare.\n".as_bytes()).unwrap();
    assert_eq!(build::run(&Session::open(&system), &[], build::Task::Write, &quiet()), SUCCESS);
    system.write("content/liten/kapitel.md", "# Rubrik\n\nTexten är ny.\n".as_bytes()).unwrap();
    system
}

/// What of a state counts: the packed inputs of a version that was not published may lie there until it is.
fn counted(state: &[(String, Vec<u8>)], without: &str) -> Vec<(String, Vec<u8>)> {
    // What a build leaves for the next one has the stamps of its disk.
    let is_counted = |path: &str| !path.starts_with(".built/") && (without.is_empty() || !path.contains(without));
    state.iter().filter(|(path, _)| is_counted(path)).cloned().collect()
}

/// Runs a command with a failure at every call in turn, then `next` on a sound disk, and hands both states to `holds`.
fn at_every_call(
    start: &MemorySystem,
    command: impl Fn(&dyn System) -> u8 + Sync,
    next: impl Fn(&dyn System) -> u8 + Sync,
    holds: impl Fn(&str, &MemorySystem) + Sync,
) {
    let state = files_of(start);
    let counting = MemorySystem::new(state.clone());
    let whole =
        Failing { inner: &counting, calls: AtomicUsize::new(0), at: usize::MAX, for_good: true, excused: false.into() };
    assert_eq!(command(&whole), SUCCESS);
    let calls = whole.calls.load(Ordering::SeqCst);
    assert!(calls > 3, "only {calls} calls");
    // Threads of their own: those of rayon must stay free for what a build does on them.
    let one = &|at: usize| {
        // Every call fails; every other one from then on.
        let for_good = (at / 2).is_multiple_of(2);
        let disk = MemorySystem::new(state.clone());
        let failing = Failing { inner: &disk, calls: AtomicUsize::new(0), at, for_good, excused: false.into() };
        let code = command(&failing);
        let told = format!("call {at} of {calls}, for good: {for_good}");
        assert!(failing.failed(), "{told}: never called");
        let excused = code == SUCCESS && failing.excused.load(Ordering::SeqCst);
        assert!(code == OUTPUT || excused, "{told}: the failure is not told ({code})");
        assert_eq!(next(&disk), SUCCESS, "{told}: the next run does not mend it");
        let left = |path: &String| path.contains("/.") && path != written::LIST;
        let beside: Vec<String> = files_of(&disk).into_iter().map(|(path, _)| path).filter(left).collect();
        assert!(beside.is_empty(), "{told}: {beside:?} is left");
        holds(&told, &disk);
    };
    std::thread::scope(|scope| {
        for half in 0..2 {
            scope.spawn(move || (half..calls).step_by(2).for_each(one));
        }
    });
}

fn built(system: &dyn System) -> u8 {
    build::run(&Session::open(system), &[], build::Task::Write, &quiet())
}

#[test]
fn build() {
    for start in [workspace(), second()] {
        let sound = MemorySystem::new(files_of(&start));
        assert_eq!(built(&sound), SUCCESS);
        let wanted = files_of(&sound);
        at_every_call(&start, built, built, |told, disk| assert!(files_of(disk) == wanted, "{told}: another state"));
    }
}

#[test]
fn build_that_restores() {
    let start = second();
    for lost in ["output/liten/1.0", "output/liten/1.1/index.html"] {
        start.remove(lost).unwrap();
        let sound = MemorySystem::new(files_of(&start));
        assert_eq!(built(&sound), SUCCESS);
        let wanted = files_of(&sound);
        at_every_call(&start, built, built, |told, disk| assert!(files_of(disk) == wanted, "{told}: another state"));
    }
}

#[test]
fn publish() {
    let start = second();
    let published = |system: &dyn System| publish::run(&Session::open(system), "liten", None, &quiet());
    let sound = MemorySystem::new(files_of(&start));
    assert_eq!(published(&sound), SUCCESS);
    let new = files_of(&sound);
    let old = MemorySystem::new(files_of(&start));
    assert_eq!(built(&old), SUCCESS);
    let old = counted(&files_of(&old), "versions/1.1.tar.gz");
    at_every_call(&start, published, built, |told, disk| {
        let now = files_of(disk);
        assert!(now == new || counted(&now, "versions/1.1.tar.gz") == old, "{told}: neither the old state nor the new");
        if now != new {
            assert!(ledger::read(disk, "liten", &mut crate::diagnostic::Sink::default()).find("1.1").is_none());
            assert_eq!(published(disk), SUCCESS, "{told}");
            assert!(files_of(disk) == new, "{told}: published by the next run it is another");
        }
    });
}

#[test]
fn export() {
    let start = second();
    let exported = |system: &dyn System| export::archive(&Session::open(system), "liten", Some("1.0"), None, &quiet());
    let sound = MemorySystem::new(files_of(&start));
    assert_eq!(exported(&sound), SUCCESS);
    let wanted = files_of(&sound);
    at_every_call(&start, exported, exported, |told, disk| assert!(files_of(disk) == wanted, "{told}: another state"));
}

/// Files on disk, and a process that is killed before it changes anything for the n-th time.
struct Killing {
    inner: OsSystem,
    left: AtomicUsize,
}

impl Killing {
    fn call(&self) {
        let left = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if left.is_err() {
            // Nothing of this process runs any more: no destructor, no clearing up.
            std::process::abort();
        }
    }
}

impl System for Killing {
    pass_on! { self => self.inner; read, list_all, list_hidden, write, lock, try_lock, exists }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.call();
        self.inner.rename(from, to)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.call();
        self.inner.remove(path)
    }
}

/// What a child process is asked to do: the folder, the command, how often it may change something.
const ASKED: &str = "BELAGG_TEST_KILLED";

fn command(system: &dyn System, name: &str) -> u8 {
    match name {
        "build" => built(system),
        "publish" => publish::run(&Session::open(system), "liten", None, &quiet()),
        _ => export::archive(&Session::open(system), "liten", Some("1.0"), None, &quiet()),
    }
}

/// Not a test of its own: what the process does that is killed.
#[test]
#[expect(clippy::disallowed_methods, reason = "a process is told what to do")]
fn the_process_that_is_killed() {
    let Ok(asked) = std::env::var(ASKED) else { return };
    let [folder, name, left] = asked.split('|').collect::<Vec<_>>()[..] else { panic!("{asked}") };
    let inner = OsSystem::new(std::path::Path::new(folder)).unwrap();
    let killing = Killing { inner, left: AtomicUsize::new(left.parse().unwrap()) };
    assert_eq!(command(&killing, name), SUCCESS);
}

/// Runs a command in processes that are killed before each of their moves and removals in turn; the next run must end in the wanted state.
fn killed_at_every_move(start: &MemorySystem, name: &str, wanted: &[&[(String, Vec<u8>)]]) {
    for left in 0.. {
        let folder = tempfile::tempdir().unwrap();
        let disk = OsSystem::new(folder.path()).unwrap();
        files_of(start).iter().for_each(|(path, bytes)| disk.write(path, bytes).unwrap());
        let child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "cli::faults::the_process_that_is_killed"])
            .env(ASKED, format!("{}|{name}|{left}", folder.path().display()))
            .output()
            .unwrap();
        let told = format!("{name} killed at move {left}");
        // A process that was killed has no exit code.
        let killed = child.status.code().is_none();
        assert!(killed || child.status.success(), "{told}: {}", String::from_utf8_lossy(&child.stdout));
        let next = if name == "export" { "export" } else { "build" };
        assert_eq!(command(&disk, next), SUCCESS, "{told}: the next run does not mend it");
        let now = counted(
            &files_of(&disk).into_iter().filter(|(path, _)| path != LOCK).collect::<Vec<_>>(),
            "versions/1.1.tar.gz",
        );
        let beside: Vec<&String> = now.iter().map(|(path, _)| path).filter(|path| path.contains("/.")).collect();
        assert!(
            beside.iter().all(|path| ["output/.gitignore", written::LIST].contains(&path.as_str())),
            "{told}: {beside:?} is left"
        );
        let same = |wanted: &&[(String, Vec<u8>)]| counted(wanted, "versions/1.1.tar.gz") == now;
        assert!(wanted.iter().any(same), "{told}: another state");
        if !killed {
            assert!(left > 1, "{told}: nothing is moved");
            return;
        }
    }
}

#[test]
fn a_killed_process_is_ended_by_the_next() {
    let after = |start: &MemorySystem, name: &str| {
        let sound = MemorySystem::new(files_of(start));
        assert_eq!(command(&sound, name), SUCCESS);
        files_of(&sound)
    };
    let start = second();
    // A preview takes the place of another.
    killed_at_every_move(&start, "build", &[&after(&start, "build")]);
    killed_at_every_move(&start, "publish", &[&after(&start, "publish"), &after(&start, "build")]);
    killed_at_every_move(&start, "export", &[&after(&start, "export")]);
    start.remove("output/liten/1.0").unwrap();
    start.remove("output/liten/1.1/index.html").unwrap();
    // What is published is restored.
    killed_at_every_move(&start, "build", &[&after(&start, "build")]);
}

/// A disk on which a chapter is saved again whenever it was read.
struct Restless<'a> {
    inner: &'a MemorySystem,
    reads: AtomicUsize,
}

impl System for Restless<'_> {
    pass_on! { self => self.inner; list_all, list_hidden, write, rename, remove, exists }

    fn read(&self, path: &str) -> Result<Bytes, ReadError> {
        if path == "content/liten/kapitel.md" {
            let nth = self.reads.fetch_add(1, Ordering::SeqCst);
            let word = ["en", "annan", "tredje", "fjärde", "femte", "sjätte", "sjunde"][nth.min(6)];
            return Ok(format!("# Rubrik\n\nTexten har {word} lydelse.\n").into());
        }
        self.inner.read(path)
    }
}

#[test]
fn a_chapter_saved_meanwhile_gives_no_two_texts() {
    let disk = workspace();
    let parts = REPORT
        .replace("kind: article", "kind: inspection-report")
        .replace("author: Kansliet", "reference: Dnr 1/2024")
        .replace("chapters:", "extracts: units\nunits: {norr: Norr}\nchapters:");
    disk.write("content/liten/report.yaml", parts.as_bytes()).unwrap();
    let restless = Restless { inner: &disk, reads: AtomicUsize::new(0) };
    assert_eq!(publish::run(&Session::open(&restless), "liten", None, &quiet()), SUCCESS);
    // Built again from what was packed, every document is to the byte what was published: all are of one text.
    let ledger = ledger::read(&disk, "liten", &mut crate::diagnostic::Sink::default());
    let again = crate::publish::restore::rebuild(&disk, &ledger, ledger.newest().unwrap()).unwrap();
    assert!(again.different.is_empty() && again.says_the_same(), "{:?}", again.different);
}
