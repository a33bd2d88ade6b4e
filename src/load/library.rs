//! What was read for one report and serves the next, and the next reading of the same: parsed once while the bytes are the same.

use std::sync::Arc;

use crate::diagnostic::Sink;
use crate::model::{Project, Workspace};
use crate::shelf::Shelf;
use crate::source::{SourceId, SourceMap};
use crate::system::{Bytes, Hash, Seen};

use super::picture::{self, Facts, Refusal};
use super::sheet::{self, Format, Opened};

/// What is kept of a run or a session. Its owner empties it of what is no longer asked for.
#[derive(Debug, Default)]
pub struct Library {
    /// `belagg.yaml`, by its content.
    pub(super) workspaces: Shelf<SourceId, Arc<(Workspace, Sink)>>,
    /// Sheets of spreadsheets, by the file's content and kind and the name of the sheet.
    sheets: Shelf<(Hash, Format, Option<String>), Arc<Opened>>,
    /// By the file's content.
    pictures: Shelf<Hash, Result<Facts, Refusal>>,
    /// Reports that others build on, by their names.
    pub(super) reports: Shelf<String, Arc<Other>>,
}

/// A report that others build on: loaded without an error, as it is while every file that it was made from says the same.
#[derive(Debug)]
pub struct Other {
    pub project: Arc<Project>,
    pub sources: SourceMap,
    pub seen: Seen,
    /// So many reports deep it builds on others.
    pub deep: usize,
}

impl Library {
    /// Takes out what was not asked for since the last `turns` calls.
    pub fn evict(&self, turns: usize) {
        self.workspaces.evict(turns);
        self.sheets.evict(turns);
        self.pictures.evict(turns);
        self.reports.evict(turns);
    }

    /// A sheet of a spreadsheet.
    pub(super) fn sheet(&self, format: Format, bytes: &Bytes, name: Option<&str>) -> Arc<Opened> {
        let key = (bytes.hash(), format, name.map(str::to_owned));
        self.sheets.get_or_make(key, || Arc::new(sheet::read(format, bytes.clone(), name)))
    }

    /// What the header of a picture says.
    pub(super) fn picture(&self, bytes: &Bytes) -> Result<Facts, Refusal> {
        self.pictures.get_or_make(bytes.hash(), || picture::check(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::super::load;
    use super::*;
    use crate::system::{MemorySystem, System as _};

    fn report(rest: &str) -> String {
        format!(
            "kind: inspection-report\ntitle: A\nversion: '1.0'\ndate: 2024-03-01\nstatus: draft\n\
             imprint: {{reference: X, publisher: Y, contact: Z}}\n{rest}chapters: [text.md]\n"
        )
    }

    fn workspace(reports: &[(&str, &str)]) -> MemorySystem {
        let files = reports.iter().flat_map(|(id, rest)| {
            let place = |name: &str| format!("content/{id}/{name}");
            let figures = format!("figures: {{{id}-cases: {{label: cases, count: 3}}}}\n");
            [
                (place("report.yaml"), report(rest)),
                (place("text.md"), "# A\n\nB.\n".to_owned()),
                (place("findings/a.yaml"), figures),
            ]
        });
        MemorySystem::new(files)
    }

    fn messages(system: &MemorySystem, library: &Library, id: &str) -> Vec<String> {
        let loaded = load(system, library, id);
        let place = |found: &crate::diagnostic::Diagnostic| {
            found.primary.as_ref().map(|label| loaded.sources.get(label.span.source).path.clone())
        };
        loaded
            .sink
            .sorted(&loaded.sources)
            .iter()
            .map(|found| format!("{:?} {}", place(found), found.message))
            .collect()
    }

    #[test]
    fn a_report_that_others_build_on_is_loaded_once_while_its_files_are_the_same() {
        let system = workspace(&[("a", ""), ("b", "reports: {a: '1.0'}\n"), ("c", "reports: {b: '1.0', a: '1.0'}\n")]);
        let library = Library::default();
        let others = || load(&system, &library, "c").project.unwrap().others;
        let first = others();
        let again = others();
        assert!(first.iter().zip(&again).all(|(one, two)| Arc::ptr_eq(one, two)));
        assert!(Arc::ptr_eq(&first[0].others[0], &first[1]), "by whatever way it is reached");
        // A file that came, one that is another, one that all reports read.
        for (path, text) in [
            ("content/a/findings/new.yaml", "figures: {more: {label: more, count: 1}}\n"),
            ("content/a/findings/a.yaml", "figures: {a-cases: {label: cases, count: 4}}\n"),
            ("belagg.yaml", "names: [Norr]\n"),
        ] {
            let before = others();
            system.write(path, text.as_bytes()).unwrap();
            let now = others();
            assert!(before.iter().zip(&now).all(|(one, two)| !Arc::ptr_eq(one, two)), "{path}: b builds on a");
            assert_eq!(now[1].findings.figures.len(), 2);
        }
        system.write("content/b/text.md", b"# A\n\nC.\n").unwrap();
        let (before, now) = (again, others());
        assert!(!Arc::ptr_eq(&before[0], &now[0]) && Arc::ptr_eq(&now[0].others[0], &now[1]));
    }

    #[test]
    fn faults_are_told_the_same_whatever_was_read_before() {
        let system = workspace(&[("a", ""), ("b", "reports: {a: '1.0'}\n"), ("c", "reports: {b: '1.0', a: '2.0'}\n")]);
        let library = Library::default();
        let first = messages(&system, &library, "c");
        assert!(first.len() == 1 && first[0].contains("`a` is in version 1.0 now"), "{first:?}");
        assert_eq!(messages(&system, &library, "c"), first);
        system.write("content/a/findings/a.yaml", b"figures: {x: {label: x}}\n").unwrap();
        let faulty = messages(&system, &library, "c");
        assert!(faulty.len() > 2, "{faulty:?}");
        assert_eq!(messages(&system, &library, "c"), faulty);
        assert_eq!(messages(&system, &Library::default(), "c"), faulty);
        // And well again.
        system.write("content/a/findings/a.yaml", b"figures: {x: {label: x, count: 1}}\n").unwrap();
        assert_eq!(messages(&system, &library, "c"), first);
    }

    #[test]
    fn reports_that_build_on_each_other_are_told_of_whichever_comes_first() {
        let system = workspace(&[("a", "reports: {b: '1.0'}\n"), ("b", "reports: {a: '1.0'}\n")]);
        let library = Library::default();
        for id in ["a", "b", "a"] {
            let told = messages(&system, &library, id);
            assert_eq!(told, messages(&system, &Library::default(), id));
            assert!(told.iter().any(|message| message.contains("builds on this report itself")), "{told:?}");
        }
    }

    #[test]
    fn a_chain_is_as_deep_as_it_is_whatever_was_read_before() {
        let names: Vec<(String, String)> = (0..68)
            .map(|at| {
                (format!("r{at}"), if at == 0 { String::new() } else { format!("reports: {{r{}: '1.0'}}\n", at - 1) })
            })
            .collect();
        let names: Vec<(&str, &str)> = names.iter().map(|(id, rest)| (id.as_str(), rest.as_str())).collect();
        let system = workspace(&names);
        let library = Library::default();
        for (id, _) in &names {
            let warm = messages(&system, &library, id);
            assert_eq!(warm.is_empty(), ["r64", "r65", "r66", "r67"].iter().all(|deep| deep != id), "{id}: {warm:?}");
        }
        for id in ["r63", "r64", "r67"] {
            assert_eq!(messages(&system, &library, id), messages(&system, &Library::default(), id));
        }
    }

    #[test]
    fn a_sheet_and_a_picture_are_looked_at_once_while_their_bytes_are_the_same() {
        let library = Library::default();
        let sheet = |bytes: &[u8], name| library.sheet(Format::Xlsx, &bytes.into(), name);
        assert!(Arc::ptr_eq(&sheet(b"no sheet", None), &sheet(b"no sheet", None)));
        assert!(!Arc::ptr_eq(&sheet(b"no sheet", None), &sheet(b"another", None)));
        assert!(!Arc::ptr_eq(&sheet(b"no sheet", None), &sheet(b"no sheet", Some("Blad"))));
        let picture: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";
        assert_eq!(library.picture(&picture.into()), picture::check(picture));
        assert_eq!(library.picture(&picture.into()), picture::check(picture));
        let kept = sheet(b"no sheet", None);
        library.evict(0);
        assert!(!Arc::ptr_eq(&kept, &sheet(b"no sheet", None)));
    }
}
