//! Records and packs of a ledger: the input takes the place of one, sealed again where its first byte says so, so that what lies behind the hashes is reached.

use std::hint::black_box;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use belagg::diagnostic::Sink;
use belagg::internal::sha256;
use belagg::internal::verify::Place;
use belagg::internal::{
    Ledgers, Library, Purpose, Workshop, compare, ledger, prepare_after, release, render_files, restore, stage,
};
use belagg::source::SourceMap;
use belagg::{MemorySystem, System};

use super::through::{Files, TOOLBOX, Workspace, one_in, seen, told};
use super::workspaces::WORKSPACES;

const RECORD: &str = "content/a/versions/1.1.yaml";
const PACK: &str = "content/a/versions/1.1.tar.gz";
const SEAL: &str = "# sha256 of the lines above: ";

/// The article of the starters with two published versions.
static PUBLISHED: LazyLock<Workspace> = LazyLock::new(|| {
    let kind = |workspace: &&Workspace| {
        workspace
            .files
            .get("content/a/report.yaml")
            .is_some_and(|text| String::from_utf8_lossy(text).contains("kind: article"))
    };
    let starter = WORKSPACES.iter().find(kind).expect("there is a starter of an article");
    let system = MemorySystem::new(starter.files.clone());
    let report = String::from_utf8_lossy(&starter.files["content/a/report.yaml"]).into_owned();
    let other = report.lines().filter(|line| !line.starts_with("version:") && !line.starts_with("status:"));
    let other: String = other.map(|line| format!("{line}\n")).collect();
    for (version, more) in [
        ("1.0", "status: published\n"),
        ("1.1", "status: corrected\nchanges: [{type: correction, what: Rubriken, why: Ett skrivfel, concerns: []}]\n"),
    ] {
        let text = format!("{other}version: '{version}'\n{more}")
            .replace("title: ", if version == "1.1" { "title: Rättad " } else { "title: " });
        system.write("content/a/report.yaml", text.as_bytes()).expect("memory can be written");
        publish_one(&system);
    }
    let mut files = Files::new();
    let mut open = vec![String::new()];
    while let Some(folder) = open.pop() {
        for entry in system.list(&folder) {
            let path = Path::new(&folder).join(&entry.name).to_string_lossy().into_owned();
            match entry.folder {
                true => open.push(path),
                false => drop(files.insert(path.clone(), system.read(&path).expect("it was listed").to_vec())),
            }
        }
    }
    Workspace { id: "a".into(), files }
});

fn publish_one(system: &MemorySystem) {
    let mut sink = Sink::default();
    let read = ledger::read(system, "a", &mut sink);
    let shop = Workshop { system, library: &Library::default(), toolbox: &TOOLBOX };
    let prepared = prepare_after(shop, "a", read, sink, Purpose::Publish);
    let mut sink = prepared.sink;
    let ready = prepared.ready.expect("the starter is sound");
    let made = render_files(&ready, &TOOLBOX, &mut sink).expect("the starter can be set");
    let signing = release::Signing { signer: None, keys: &[], newest: &[] };
    let made =
        release::release(&ready, &TOOLBOX, &prepared.ledger, made, Vec::new(), &signing).expect("nothing is signed");
    assert!(stage::commit(system, &made).is_ok() && !sink.has_errors(), "the starter can be published: {sink:?}");
}

pub fn record_seeds() -> Vec<Vec<u8>> {
    let files = &PUBLISHED.files;
    [RECORD, "content/a/versions/1.0.yaml"]
        .iter()
        .flat_map(|path| [0, 1].map(|seal| [&[seal], files[*path].as_slice()].concat()))
        .collect()
}

/// A record that is another, sealed again unless the first byte is even.
pub fn records(input: &[u8]) {
    let Some((seal, content)) = input.split_first() else { return };
    let mut record = content.to_vec();
    if seal % 2 == 1 {
        let text = String::from_utf8_lossy(content).into_owned();
        let above = text.rsplit_once(SEAL).map_or(text.as_str(), |(above, _)| above);
        record = format!("{above}{SEAL}{}\n", sha256(above.as_bytes())).into_bytes();
    }
    let mut files = PUBLISHED.files.clone();
    files.insert(RECORD.into(), record);
    held(files, input);
}

pub fn pack_seeds() -> Vec<Vec<u8>> {
    let packed = &PUBLISHED.files[PACK];
    let mut tar = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut tar).expect("it was packed by the program");
    // Only the first files of the pack: the templates in it are long, and all alike.
    tar.truncate(6 * 1024);
    vec![[&[0], packed.as_slice()].concat(), [&[1], tar.as_slice()].concat(), [&[3], tar.as_slice()].concat()]
}

/// A pack that is another: the packed bytes, or (odd) the archive in them; with 2, its record states it and is sealed again.
pub fn packs(input: &[u8]) {
    let Some((how, content)) = input.split_first() else { return };
    let mut pack = content.to_vec();
    if how % 2 == 1 {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(content).expect("memory can be written");
        pack = encoder.finish().expect("memory can be written");
    }
    let mut files = PUBLISHED.files.clone();
    if how / 2 % 2 == 1 {
        let record = String::from_utf8_lossy(&files[RECORD]).replace(&sha256(&files[PACK]), &sha256(&pack));
        let above = record.rsplit_once(SEAL).map_or(record.as_str(), |(above, _)| above);
        files.insert(RECORD.into(), format!("{above}{SEAL}{}\n", sha256(above.as_bytes())).into_bytes());
    }
    files.insert(PACK.into(), pack.clone());
    let mut sink = Sink::default();
    let ledgers = Ledgers::read(&MemorySystem::new(files.clone()), &Library::default(), &[], &mut sink);
    black_box(ledgers.file("a.tar.gz", &pack, &Place::Elsewhere));
    black_box(ledgers.file("a.tar", content, &Place::Elsewhere));
    held(files, input);
}

/// Reads a ledger, holds its outputs against it, and compares what its versions say; few are built again, for that takes long.
fn held(files: Files, input: &[u8]) {
    let outputs: Vec<(String, Vec<u8>)> = files
        .iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix("output/a/1.1/")?.to_owned(), bytes.clone())))
        .collect();
    let system = MemorySystem::new(files);
    let mut sink = Sink::default();
    let all = Ledgers::read(&system, &Library::default(), &[], &mut sink);
    for (path, bytes) in &outputs {
        let place = Place::Output("a".to_owned(), "1.1".to_owned(), path.clone());
        black_box(all.file(path, bytes, &place));
    }
    told(&sink, &SourceMap::default());
    let ledger = ledger::read(&system, "a", &mut Sink::default());
    let states: Vec<_> = ledger.entries.iter().filter_map(|entry| entry.body()).map(|body| body.state).collect();
    if let [old, .., new] = states.as_slice() {
        black_box(compare(old, new));
        black_box(compare(new, old));
    }
    if let Some(newest) = ledger.newest() {
        black_box(restore::packed(&system, newest)).ok();
        if one_in(256, input) {
            black_box(restore::rebuild(&system, &ledger, newest)).ok();
        }
    }
    if one_in(16, input) {
        seen(&system, "a", input);
    }
}
