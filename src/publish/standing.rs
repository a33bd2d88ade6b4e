//! How a working copy stands to the version that is published under its number: what is published stays, so all that differs is told.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::check::RULES;
use crate::compare::{compare, normal};
use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, say};
use crate::load;
use crate::locale::Locale;
use crate::pipeline::{Prepared, Purpose, Ready, Toolbox, Workshop, gathered, prepare_after};
use crate::system::{Bytes, Entry as Listed, MemorySystem, ReadError, Remembered, System, sha256};
use crate::versions::FileEntry;
use crate::versions::ledger::{self, Entry, Ledger, next_number};

use super::{release, restore};

/// How a working copy stands to the version that is published under its number.
#[derive(Debug)]
pub struct Standing {
    pub id: String,
    pub version: String,
    pub date: String,
    /// Its own files that are not what the version was made of, though the version would read the same.
    pub files: Vec<String>,
    /// Files of the workspace that count for all reports and differ.
    pub shared: Vec<String>,
}

impl Standing {
    /// "output/…: content/liten/report.yaml changed since, what readers get has not"
    #[must_use]
    pub fn files_told(&self) -> Said {
        say!(
            "{id} {version}: these files have changed since it was published, its content has not: {files}",
            id = self.id,
            version = self.version,
            files = self.files.join(", ")
        )
    }
}

/// Holds a report against the version that is published under its number; none where none is. That readers would see something else, or
/// the record state something else, becomes an error of the working copy, which is `ready` where a file of it is not as it was. `packed` gives
/// what [`packed`] gives, and is asked where something differs.
///
/// The reports that it builds on are read as they were packed: a version stays valid when they go on.
#[must_use]
pub fn standing(
    shop: Workshop<'_>,
    id: &str,
    packed: impl FnOnce() -> Arc<Remembered<Option<Prepared>>>,
) -> Option<(Prepared, Standing)> {
    let mut sink = Sink::default();
    let ledger = ledger::read(shop.system, id, &mut sink);
    let version = load::version(shop.system, shop.library, id)?;
    let folder = load::home(shop.system, shop.library, id)?.folder;
    let entry = ledger.find(&version)?.clone();
    let recorded = entry.inputs().or_else(|| Some(entry.body()?.inputs))?;
    // Without its inputs it is held against its record alone.
    let files = restore::packed(shop.system, &entry).unwrap_or_default();
    let memory = MemorySystem::new(files);
    let working = Layered { system: shop.system, packed: &memory, working: Some(&folder) };
    let loaded = gathered(shop.on(&working), id);
    let standing = Standing {
        id: id.to_owned(),
        version: version.clone(),
        date: entry.head.date.clone(),
        files: loaded
            .project
            .as_ref()
            .map(|project| differing(&folder, &recorded, &project.inputs))
            .unwrap_or_default(),
        shared: shared(shop.system, shop.toolbox, &recorded),
    };
    if loaded.project.is_some() && standing.files.is_empty() {
        return Some((Prepared { id: id.to_owned(), ready: None, ledger, sources: loaded.sources, sink }, standing));
    }
    let mut prepared = prepare_after(shop.on(&working), id, ledger.clone(), sink, Purpose::Preview);
    let Some(now) = &prepared.ready else { return Some((prepared, standing)) };
    // What an error has taken out has not been taken out by the author: which figures and words differ can be told when it is mended.
    let of_rule = |problem: &Diagnostic| RULES.iter().any(|rule| rule.code == problem.code);
    if prepared.sink.iter().any(|problem| problem.severity == Severity::Error && !of_rule(problem)) {
        return Some((prepared, standing));
    }
    let then = packed();
    let then = then.value.as_ref().and_then(|then| then.ready.as_ref());
    let locale = shop.toolbox.locale_of(&now.project.report);
    if let Some(problem) = differs(now, then, &entry, &ledger, &standing.files, locale.as_deref()) {
        prepared.sink.push(problem);
    }
    Some((prepared, standing))
}

/// The version that is published under a report's number, made anew from its packed inputs, those of the reports that it builds on among them; none where
/// they are not there.
#[must_use]
pub fn packed(shop: Workshop<'_>, id: &str) -> Option<Prepared> {
    let ledger = ledger::read(shop.system, id, &mut Sink::default());
    let files = restore::packed(shop.system, ledger.find(&load::version(shop.system, shop.library, id)?)?).ok()?;
    let memory = MemorySystem::new(files);
    let then = Layered { system: shop.system, packed: &memory, working: None };
    Some(prepare_after(shop.on(&then), id, ledger, Sink::default(), Purpose::Preview))
}

/// What was looked at when a published version is checked that has not been touched: itself, with the inputs that it was published with.
#[must_use]
pub fn as_published(shop: Workshop<'_>, standing: &Standing) -> Prepared {
    let id = &standing.id;
    let mut sink = Sink::default();
    let ledger = ledger::read(shop.system, id, &mut sink);
    let packed = ledger.find(&standing.version).and_then(|entry| restore::packed(shop.system, entry).ok());
    let memory = MemorySystem::new(packed.unwrap_or_default());
    let folder = load::home(shop.system, shop.library, id).map_or_else(|| id.clone(), |home| home.folder);
    let layered = Layered { system: shop.system, packed: &memory, working: Some(&folder) };
    prepare_after(shop.on(&layered), id, ledger, sink, Purpose::Preview)
}

/// The error of a working copy that is something else than what is published under its number.
fn differs(
    now: &Ready,
    then: Option<&Ready>,
    entry: &Entry,
    ledger: &Ledger,
    files: &[String],
    locale: Option<&Locale>,
) -> Option<Diagnostic> {
    let difference = match then {
        Some(then) => compare(&then.state, &now.state),
        None => compare(&entry.body()?.state, &now.state),
    };
    let mut told = Vec::new();
    if !difference.is_empty() {
        told.push(release::summary(&difference));
    }
    let stated = then.map(|then| stated(then, now)).unwrap_or_default();
    if !stated.is_empty() {
        told.push(say!("`{keys}` in report.yaml", keys = stated.join("`, `")));
    }
    let same = match (then, locale) {
        (Some(then), Some(locale)) => seen(then, locale) == seen(now, locale),
        _ => false,
    };
    if told.is_empty() && same {
        return None;
    }
    let files = files.join(", ");
    let report = &now.project.report;
    let version = &report.version;
    let next = next_number(ledger.newest().map_or(version.value.as_str(), |newest| newest.head.version.as_str()));
    let what = match (told.is_empty(), then) {
        (false, _) => Said::list(told, "; "),
        (true, Some(_)) => say!("what readers get is another"),
        (true, None) => say!("its packed inputs are not there to tell whether readers get the same"),
    };
    let mut diagnostic = Diagnostic::error(
        Code::VERSION_PUBLISHED,
        say!("version {version} is published and has other content: {what} (changed: {files})", what, files, version = version.value),
    )
    .at(version.span)
    .help(say!("give the changed report the next number, `version: \"{next}\"`, and state under `changes` what changed and why", next));
    if !difference.is_empty() {
        diagnostic = diagnostic.help(say!(
            "`belagg diff {id} {version}` shows all that differs",
            id = report.id,
            version = version.value
        ));
    }
    Some(diagnostic)
}

/// Keys of `report.yaml` whose values differ and which the record states or both outputs carry.
fn stated(then: &Ready, now: &Ready) -> Vec<&'static str> {
    let keys = |ready: &Ready| {
        let document = &ready.resolution.document;
        let report = &ready.project.report;
        let text = |text: &crate::source::Text| text.value.clone();
        let decision = report.decision.as_ref().map(|decision| {
            let date = decision.date.as_ref().map(|date| date.value.iso());
            (text(&decision.by), decision.meeting.as_ref().map(text), decision.reference.as_ref().map(text), date)
        });
        let changes: Vec<_> = (report.changes.iter())
            .map(|change| {
                let concerns: Vec<String> = change.concerns.iter().map(text).collect();
                (change.kind.value, text(&change.what), text(&change.why), concerns)
            })
            .collect();
        vec![
            ("kind", json!(document.kind)),
            ("language", json!(document.language)),
            ("publisher", json!(document.publisher.name)),
            ("date", json!(document.date.iso)),
            ("status", json!(document.status)),
            ("decision", json!(decision)),
            ("withdrawn", json!(report.withdrawn.as_ref().map(text))),
            ("changes", json!(changes)),
            ("attach-data", json!(document.attach_data)),
            ("extracts", json!(report.extracts)),
            ("decision-page", json!(report.decision_page)),
        ]
    };
    let pairs = keys(then).into_iter().zip(keys(now));
    pairs.filter(|((_, then), (_, now))| then != now).map(|((key, _), _)| key).collect()
}

/// All that readers get of a report, apart from typography and from the lines of the files that figures stand on.
fn seen(ready: &Ready, locale: &Locale) -> Value {
    let project = &ready.project;
    let images = project.images.values().map(|file| (&file.output, sha256(&file.bytes))).collect::<Vec<_>>();
    let downloads = project.downloads.values().map(|file| (&file.output, sha256(&file.bytes))).collect::<Vec<_>>();
    let mut value = json!({
        "document": ready.resolution.document,
        "data": ready.resolution.data,
        "images": images,
        "downloads": downloads,
        "decision": project.findings.decision.as_ref().map(|page| {
            let text = |texts: &[crate::source::Text]| texts.iter().map(|text| text.value.clone()).collect::<Vec<_>>();
            let figures = page.figures.iter().map(|item| (item.value.value.clone(), item.label.value.clone()));
            (figures.collect::<Vec<_>>(), text(&page.proposed), text(&page.findings))
        }),
    });
    let line = locale.label("evidence_line");
    let line = line.split("{file}").nth(1).and_then(|rest| rest.split("{line}").next()).unwrap_or_default();
    plain(&mut value, line);
    value
}

fn plain(value: &mut Value, line: &str) {
    match value {
        Value::String(text) => *text = normal(&without_lines(text, line)),
        Value::Array(items) => items.iter_mut().for_each(|item| plain(item, line)),
        Value::Object(map) => map.values_mut().for_each(|item| plain(item, line)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// "findings/alla.yaml, line 12" → "findings/alla.yaml, line "
fn without_lines(text: &str, line: &str) -> String {
    if line.is_empty() {
        return text.to_owned();
    }
    let mut pieces = text.split(line);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push_str(line);
        out.push_str(piece.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}

fn own(folder: &str, path: &str) -> bool {
    path.starts_with(&format!("content/{folder}/")) || path.starts_with(&format!("charts/{folder}/"))
}

/// Paths of a report's own files that were changed, came or went since they were recorded.
fn differing(folder: &str, recorded: &[FileEntry], inputs: &[(String, Bytes)]) -> Vec<String> {
    let then: Vec<&FileEntry> = recorded.iter().filter(|file| own(folder, &file.path)).collect();
    let now: Vec<&(String, Bytes)> = inputs.iter().filter(|(path, _)| own(folder, path)).collect();
    let changed = now
        .iter()
        .filter(|(path, bytes)| !then.iter().any(|file| file.path == *path && file.sha256 == sha256(bytes)))
        .map(|(path, _)| path.clone());
    let gone = then.iter().filter(|file| !now.iter().any(|(path, _)| *path == file.path)).map(|file| file.path.clone());
    let mut out: Vec<String> = changed.chain(gone).collect();
    out.sort();
    out.dedup();
    out
}

/// Files that count for all reports and differ from those that a version was made with.
fn shared(system: &dyn System, toolbox: &Toolbox, recorded: &[FileEntry]) -> Vec<String> {
    let now = |path: &str| {
        let used = toolbox.inputs.iter().find(|(known, _)| known == path).map(|(_, bytes)| sha256(bytes));
        used.or_else(|| system.read(path).ok().map(|bytes| sha256(&bytes)))
    };
    let all = recorded.iter().filter(|file| file.path == "belagg.yaml" || file.path.starts_with("templates/"));
    all.filter(|file| now(&file.path).as_ref() != Some(&file.sha256)).map(|file| file.path.clone()).collect()
}

/// A workspace in which reports are read as they were packed with a version, all but the one that is worked on. What was not packed, and
/// what belongs to no report, is read as it is.
struct Layered<'a> {
    system: &'a dyn System,
    packed: &'a MemorySystem,
    working: Option<&'a str>,
}

impl Layered<'_> {
    fn is_packed(&self, path: &str) -> bool {
        let mut names = path.split('/');
        match (names.next(), names.next()) {
            (Some("content" | "charts"), Some(report)) => {
                self.working != Some(report) && self.packed.exists(&format!("content/{report}"))
            }
            _ => false,
        }
    }

    fn system_of(&self, path: &str) -> &dyn System {
        if self.is_packed(path) { self.packed } else { self.system }
    }
}

impl System for Layered<'_> {
    fn read(&self, path: &str) -> Result<Bytes, ReadError> {
        self.system_of(path).read(path)
    }

    fn listed(&self, path: &str) -> Option<Listed> {
        let packed = || {
            self.packed.listed(path).filter(|_| path.strip_prefix("content/").is_some_and(|name| !name.contains('/')))
        };
        packed().or_else(|| self.system_of(path).listed(path))
    }

    fn records_with(&self, words: &str) -> Vec<String> {
        let mut all = self.system.records_with(words);
        all.retain(|path| !self.is_packed(path));
        all.extend(self.packed.records_with(words).into_iter().filter(|path| self.is_packed(path)));
        all.sort();
        all
    }

    fn list_all(&self, folder: &str) -> Result<Vec<Listed>, ReadError> {
        if folder != "content" {
            return self.system_of(folder).list_all(folder);
        }
        let mut all = self.system.list_all(folder)?;
        all.extend(self.packed.list(folder));
        all.sort();
        all.dedup();
        Ok(all)
    }

    fn write(&self, path: &str, _: &[u8]) -> std::io::Result<()> {
        Err(std::io::Error::new(std::io::ErrorKind::ReadOnlyFilesystem, path.to_owned()))
    }

    fn rename(&self, from: &str, _: &str) -> std::io::Result<()> {
        self.write(from, &[])
    }

    fn remove(&self, path: &str) -> std::io::Result<()> {
        self.write(path, &[])
    }

    fn exists(&self, path: &str) -> bool {
        self.system_of(path).exists(path)
    }
}
