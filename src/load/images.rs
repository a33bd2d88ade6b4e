//! Pictures that chapters and the publisher's logo name: read, checked, and given a name in the output.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::visit::walk_blocks_mut;
use crate::document::{Block, Chapter};
use crate::limits;
use crate::markdown::slug;
use crate::model::{DownloadFile, Findings, ImageFile, Parameter};
use crate::source::{SourceMap, Span};
use crate::system::{self, Bytes, System};

use super::parameters::filled;
use super::{Library, cannot_read_named, picture};

/// The pictures of a report.
pub struct Pictures<'a> {
    pub system: &'a dyn System,
    pub library: &'a Library,
    /// An SVG that is refused is shown where it is at fault.
    pub sources: &'a mut SourceMap,
    pub sink: &'a mut Sink,
    /// By their paths in the workspace.
    pub read: BTreeMap<String, ImageFile>,
    /// What they take together when they are unpacked, in bytes.
    pub memory: u64,
    /// Paths that were refused: told once.
    pub refused: BTreeSet<String>,
}

/// Reads every picture that the chapters name, parameters in their paths filled in.
pub fn of_chapters(pictures: &mut Pictures, folders: [&str; 2], parameters: &[Parameter], chapters: &mut [Chapter]) {
    for chapter in chapters {
        walk_blocks_mut(&mut chapter.blocks, &mut |block| {
            if let Block::Image(image) = block {
                let path = filled(&image.path.value, image.path.span, parameters, pictures.sink);
                image.path.value = pictures.place(folders, path.as_ref().unwrap_or(&image.path.value));
                // A parameter that there is not was told.
                if path.is_none() {
                    return;
                }
                pictures.read(&image.path.value, image.path.span);
            }
        });
    }
}

/// Reads the pictures of the findings.
pub fn of_findings(pictures: &mut Pictures, folders: [&str; 2], findings: &mut Findings) {
    for picture in &mut findings.pictures {
        picture.file.value = pictures.place(folders, &picture.file.value);
        pictures.read(&picture.file.value, picture.file.span);
    }
}

/// Reads the files for download; each keeps its name.
pub fn downloads(
    system: &dyn System,
    folder: &str,
    findings: &mut Findings,
    sink: &mut Sink,
) -> BTreeMap<String, DownloadFile> {
    let mut out: BTreeMap<String, DownloadFile> = BTreeMap::new();
    for download in &mut findings.downloads {
        // What is handed out is what lies with the report, not what lies elsewhere in the workspace.
        if !system::stays_inside(&download.file.value) {
            let message = say!("`{file}` lies outside the report's folder", file = download.file.value);
            let help = say!("copy the file into the folder of the report");
            sink.push(Diagnostic::error(Code::FILE_OUTSIDE, message).at(download.file.span).help(help));
            continue;
        }
        let path = format!("{folder}/{}", download.file.value);
        download.file.value = path.clone();
        match system.read(&path) {
            Ok(bytes) => {
                let name = path.rsplit('/').next().unwrap_or(&path);
                let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
                let output = format!("files/{}.{}", slug(stem), slug(extension));
                if out.iter().any(|(known, file)| file.output == output && *known != path) {
                    sink.push(
                        Diagnostic::error(Code::ID_DUPLICATE, say!("two files for download are called `{name}`", name))
                            .at(download.file.span)
                            .help(say!("rename one of them")),
                    );
                }
                out.insert(path, DownloadFile { output, bytes });
            }
            Err(error) => sink.push(cannot_read_named(system, &path, &error).at(download.file.span)),
        }
    }
    out
}

impl Pictures<'_> {
    /// Where a picture lies: a translation has pictures with words of its own, and for all others those of its original.
    fn place(&self, [own, original]: [&str; 2], file: &str) -> String {
        let place = format!("{own}/{file}");
        if own == original || self.system.exists(&place) { place } else { format!("{original}/{file}") }
    }

    /// Reads one picture, named at `span`.
    pub fn read(&mut self, path: &str, span: Span) {
        if self.read.contains_key(path) || self.refused.contains(path) {
            return;
        }
        let bytes = match self.system.read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.sink.push(cannot_read_named(self.system, path, &error).at(span));
                return;
            }
        };
        // Both outputs have the drawing as both can read it.
        let bytes = match picture::plain(&bytes) {
            Cow::Owned(plain) => Bytes::from(plain),
            Cow::Borrowed(_) => bytes,
        };
        let facts = match self.library.picture(&bytes) {
            Ok(facts) => facts,
            Err(refusal) => {
                self.refused.insert(path.to_owned());
                self.refuse(path, span, &bytes, refusal);
                return;
            }
        };
        self.memory += facts.memory;
        if self.memory > limits::PICTURES_MEMORY {
            self.sink.push(
                Diagnostic::error(
                    Code::PICTURE_TOO_LARGE,
                    say!(
                        "with `{path}` the report's pictures take more than {what} MB when they are unpacked",
                        path,
                        what = limits::PICTURES_MEMORY >> 20
                    ),
                )
                .at(span)
                .help(say!("make them smaller in a picture program: 2,000 pixels across a page print sharply")),
            );
            // Told once.
            self.memory = 0;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = slug(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
        let taken = |output: &str| self.read.values().any(|file| file.output == output);
        let extension = facts.extension;
        let mut output = format!("assets/{stem}.{extension}");
        let mut nth = 2;
        while taken(&output) {
            output = format!("assets/{stem}-{nth}.{extension}");
            nth += 1;
        }
        self.read.insert(path.to_owned(), ImageFile { output, bytes, size: facts.size, memory: facts.memory, span });
    }

    fn refuse(&mut self, path: &str, span: Span, bytes: &[u8], refusal: picture::Refusal) {
        let diagnostic = Diagnostic::error(refusal.code, say!("`{path}` {message}", path, message = refusal.message))
            .help(*refusal.help);
        let inside = refusal.place.zip(std::str::from_utf8(bytes).ok());
        self.sink.push(match inside {
            Some((place, text)) => {
                let source = self.sources.add(path, text);
                diagnostic
                    .label(Span::new(source, place.start, place.end), say!("here"))
                    .also(span, say!("the picture stands here"))
            }
            None => diagnostic.at(span),
        });
    }
}
