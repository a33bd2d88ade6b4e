//! What a build leaves for the next one beside the versions: by which signs it can tell that nothing has changed since, and of what each file was
//! made, so that only what changes is made again.
//!
//! It proves nothing to anybody else: `belagg verify` makes everything anew and reads none of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::load;
use crate::pipeline::Toolbox;
use crate::system::{Hash, PROGRAM, Program, Sight, Stamp, System, begin_own, program, sealed, sha256, unsealed};

use super::noting::Noting;

/// Where it lies, beside what is known of documents.
pub const RECORD: &str = ".built/lists";
/// The form of the record; one of another is none.
const FORM: u32 = 2;

#[derive(Debug, Default, Serialize, Deserialize)]
struct Record {
    form: u32,
    /// The program, its templates and words, and belagg.yaml.
    maker: String,
    /// Names of the reports, and of the folders of documents.
    names: String,
    /// All that was looked at otherwise, with its stamp; none of what was not there.
    looked: BTreeMap<String, Option<Stamp>>,
    /// The folders of published versions in which nothing is missing, each with the stamps of its folders and its manifest.
    versions: BTreeMap<String, Stamps>,
    /// The folders of newest published versions of which what lists are made of was what was published, each with a hash of what that was.
    sound: BTreeMap<String, String>,
    /// Nothing was found to be damaged or missing: there is nothing to do as long as nothing changes.
    whole: bool,
    files: BTreeMap<String, File>,
}

/// A file beside the versions: a hash of what it was made of, its own, and the stamp with which it lay there.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct File(String, String, Stamp);

/// What the build before has left.
#[derive(Debug)]
pub struct Kept {
    /// None where it cannot be told who makes what.
    maker: Option<(Program, String)>,
    /// With the stamp of the record itself: what was changed at the same moment or later proves nothing.
    record: Option<(Record, Stamp)>,
}

impl Kept {
    #[must_use]
    pub fn read(system: &dyn System, toolbox: &Toolbox) -> Self {
        let Sight::There(_) = system.sight("content") else { return Self { maker: None, record: None } };
        let maker = program(system).map(|program| {
            let maker = maker(system, toolbox, &program);
            (program, maker)
        });
        let sight = system.sight(RECORD);
        let read = || {
            let record: Record = serde_json::from_str(unsealed(&system.read(RECORD).ok()?)?).ok()?;
            let Sight::There(stamp) = sight else { return None };
            let own = record.form == FORM && maker.as_ref().is_some_and(|(_, maker)| *maker == record.maker);
            own.then_some((record, stamp))
        };
        Self { record: read(), maker }
    }

    /// The same for whoever distrusts it: all is made anew, and kept for the next build.
    #[must_use]
    pub fn anew(system: &dyn System, toolbox: &Toolbox) -> Self {
        Self { record: None, ..Self::read(system, toolbox) }
    }

    /// Nothing: everything is made anew.
    #[must_use]
    pub fn nothing() -> Self {
        Self { maker: None, record: None }
    }

    /// Whether all that the build before looked at and wrote is as it was, and nothing was wrong then: another would write the same.
    #[must_use]
    pub fn is_untouched(&self, system: &dyn System) -> bool {
        let Some((record, own)) = &self.record else { return false };
        let same = |path: &str, stamp: Option<Stamp>| match (system.sight(path), stamp) {
            (Sight::There(now), Some(then)) => now == then && now.is_before(*own),
            (Sight::Nothing, None) => true,
            _ => false,
        };
        record.whole
            && record.names == names(system, &load::folders(system))
            && record.looked.iter().all(|(path, stamp)| same(path, *stamp))
            && record.versions.values().flatten().all(|(path, stamp)| same(path, Some(*stamp)))
            && record.files.iter().all(|(path, File(.., stamp))| same(path, Some(*stamp)))
    }

    /// The hash of a file that was made of the same and lies there untouched.
    pub(super) fn lying(&self, system: &dyn System, path: &str, of: Hash) -> Option<String> {
        let File(made_of, hash, _) = self.file(system, path)?;
        (*made_of == of.to_string()).then(|| hash.clone())
    }

    /// The stamp of a file that lies there untouched and has this hash.
    #[must_use]
    pub fn stamp(&self, system: &dyn System, path: &str, hash: &str) -> Option<Stamp> {
        self.file(system, path).filter(|file| file.1 == hash).map(|file| file.2)
    }

    fn file(&self, system: &dyn System, path: &str) -> Option<&File> {
        let (record, own) = self.record.as_ref()?;
        let file = record.files.get(path)?;
        (system.sight(path) == Sight::There(file.2) && file.2.is_before(*own)).then_some(file)
    }

    /// Whether a file that the build before has read is as it was.
    #[must_use]
    pub fn is_as_read(&self, system: &dyn System, path: &str) -> bool {
        let Some((record, own)) = &self.record else { return false };
        let Some(Some(stamp)) = record.looked.get(path) else { return false };
        system.sight(path) == Sight::There(*stamp) && stamp.is_before(*own)
    }

    /// Whether nothing was wrong with a published version when the build before held it against `expected`.
    #[must_use]
    pub fn was_sound(&self, place: &str, expected: &str) -> bool {
        self.record.as_ref().is_some_and(|(record, _)| record.sound.get(place).is_some_and(|then| then == expected))
    }

    /// Whether nothing has come into the folder of a published version or gone from it since nothing was missing there.
    #[must_use]
    pub fn is_whole(&self, system: &dyn System, place: &str) -> bool {
        self.folders(system, place).is_some()
    }

    fn folders(&self, system: &dyn System, place: &str) -> Option<&Stamps> {
        let (record, own) = self.record.as_ref()?;
        let folders = record.versions.get(place)?;
        let same =
            |(path, stamp): &(String, Stamp)| system.sight(path) == Sight::There(*stamp) && stamp.is_before(*own);
        folders.iter().all(same).then_some(folders)
    }

    /// The stamps of the folder of a published version in which nothing is missing, taken before it was looked at; none where something is.
    #[must_use]
    pub fn version(&self, system: &dyn System, place: &str, is_complete: impl FnOnce() -> bool) -> Option<Stamps> {
        if let Some(known) = self.folders(system, place) {
            return Some(known.clone());
        }
        folders_of(system, place).filter(|_| is_complete())
    }

    /// Writes what this build leaves, after all else. Where that cannot be written the next build makes all again, and there is nothing to mend.
    pub fn write(self, system: &Noting<'_>, left: Left) {
        let Some((program, maker)) = self.maker else { return };
        let record = Record {
            form: FORM,
            maker,
            names: names(system, &left.reports),
            looked: system.looked(),
            versions: left.versions,
            sound: left.sound,
            whole: left.whole,
            files: left.files,
        };
        let text = serde_json::to_string(&record).unwrap_or_default();
        let written = begin_own(system)
            .and_then(|()| program.note.map_or(Ok(()), |note| system.write(PROGRAM, note.as_bytes())))
            // What is changed from here on is younger than the record. One of which only a part is written counts for nothing.
            .and_then(|()| system.write(RECORD, &sealed(&text)));
        drop(written);
    }
}

/// Paths with their stamps.
pub type Stamps = Vec<(String, Stamp)>;

/// What a build leaves for the next one.
#[derive(Debug, Default)]
pub struct Left {
    /// The reports, as they were when the build began.
    reports: Vec<String>,
    pub sound: BTreeMap<String, String>,
    /// Nothing was found to be damaged or missing.
    pub whole: bool,
    pub versions: BTreeMap<String, Stamps>,
    files: BTreeMap<String, File>,
}

impl Left {
    #[must_use]
    pub fn new(reports: Vec<String>) -> Self {
        Self { reports, whole: true, ..Self::default() }
    }

    /// Notes a file that lies there: of what it was made, its hash, and the stamp that it had when it was certainly that. Without one it is looked at
    /// again the next time.
    pub fn note(&mut self, path: &str, of: &str, hash: &str, stamp: Option<Stamp>) {
        match stamp {
            Some(stamp) => drop(self.files.insert(path.to_owned(), File(of.to_owned(), hash.to_owned(), stamp))),
            None => self.whole = false,
        }
    }
}

/// The stamps of a folder, of those below it, and of the manifest in it.
fn folders_of(system: &dyn System, place: &str) -> Option<Stamps> {
    let mut out = Vec::new();
    let mut open = vec![place.to_owned()];
    while let Some(folder) = open.pop() {
        let Sight::There(stamp) = system.sight(&folder) else { return None };
        let below = system.list_all(&folder).ok()?.into_iter().filter(|entry| entry.folder);
        open.extend(below.map(|entry| format!("{folder}/{}", entry.name)));
        out.push((folder, stamp));
    }
    let manifest = format!("{place}/{}", crate::pipeline::manifest::FILE);
    let Sight::There(stamp) = system.sight(&manifest) else { return None };
    out.push((manifest, stamp));
    Some(out)
}

/// Who makes the lists, by all that they are made with besides ledgers and versions.
fn maker(system: &dyn System, toolbox: &Toolbox, program: &Program) -> String {
    let mut lines = vec![program.hash.clone(), toolbox.tool().templates];
    lines.extend(toolbox.assets.iter().map(|(name, bytes)| format!("{} {name}", bytes.hash())));
    // Templates of lists are no inputs of reports.
    for folder in ["templates/html", "templates/locales"] {
        for path in system.walk(folder).unwrap_or_default() {
            let bytes = system.read(&format!("{folder}/{path}")).map(|bytes| bytes.hash().to_string());
            lines.push(format!("{} {folder}/{path}", bytes.unwrap_or_default()));
        }
    }
    lines.push(system.read("belagg.yaml").map(|bytes| bytes.hash().to_string()).unwrap_or_default());
    lines.extend(toolbox.site().map(str::to_owned));
    lines.push(toolbox.workspace.language.tag().to_owned());
    sha256(lines.join("\n").as_bytes())
}

/// The reports, and the folders in output/. What is put beside them changes the folder and not these.
fn names(system: &dyn System, reports: &[String]) -> String {
    let documents = system.list("output").into_iter().filter(|entry| entry.folder).map(|entry| entry.name);
    sha256([reports.join("/"), documents.collect::<Vec<_>>().join("/")].join("\n").as_bytes())
}
