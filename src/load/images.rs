//! Pictures that chapters and the publisher's logo name: read, checked, and given a name in the output.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::{Block, Chapter};
use crate::markdown::slug;
use crate::model::{DownloadFile, Findings, ImageFile};
use crate::source::Span;
use crate::system::System;

use super::cannot_read;

/// Reads every picture that the chapters name; keys are paths in the workspace.
pub fn of_chapters(
    system: &dyn System,
    folder: &str,
    chapters: &mut [Chapter],
    out: &mut BTreeMap<String, ImageFile>,
    sink: &mut Sink,
) {
    for chapter in chapters {
        visit(&mut chapter.blocks, &mut |path, span| {
            *path = format!("{folder}/{path}");
            read(system, path, span, out, sink);
        });
    }
}

fn visit(blocks: &mut [Block], act: &mut impl FnMut(&mut String, Span)) {
    for block in blocks {
        match block {
            Block::Image(image) => act(&mut image.path.value, image.path.span),
            Block::List { items, .. } => items.iter_mut().for_each(|item| visit(item, act)),
            Block::Quote { blocks, .. } | Block::Callout { blocks, .. } => visit(blocks, act),
            Block::Definitions { items, .. } => {
                items.iter_mut().flat_map(|item| &mut item.descriptions).for_each(|text| visit(text, act));
            }
            _ => {}
        }
    }
}

/// Reads the pictures of the findings.
pub fn of_findings(
    system: &dyn System,
    folder: &str,
    findings: &mut Findings,
    out: &mut BTreeMap<String, ImageFile>,
    sink: &mut Sink,
) {
    for picture in &mut findings.pictures {
        picture.file.value = format!("{folder}/{}", picture.file.value);
        read(system, &picture.file.value, picture.file.span, out, sink);
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
        let path = format!("{folder}/{}", download.file.value);
        download.file.value = path.clone();
        match system.read(&path) {
            Ok(bytes) => {
                let name = path.rsplit('/').next().unwrap_or(&path);
                let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
                let output = format!("files/{}.{}", slug(stem), slug(extension));
                if out.iter().any(|(known, file)| file.output == output && *known != path) {
                    sink.push(
                        Diagnostic::error(Code::ID_DUPLICATE, format!("two files for download are called `{name}`"))
                            .at(download.file.span)
                            .help("rename one of them"),
                    );
                }
                out.insert(path, DownloadFile { output, bytes });
            }
            Err(error) => sink.push(cannot_read(&path, &error).at(download.file.span)),
        }
    }
    out
}

/// Reads one picture.
pub fn read(system: &dyn System, path: &str, span: Span, out: &mut BTreeMap<String, ImageFile>, sink: &mut Sink) {
    if out.contains_key(path) {
        return;
    }
    let bytes = match system.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            sink.push(cannot_read(path, &error).at(span));
            return;
        }
    };
    let Some(extension) = kind(&bytes) else {
        sink.push(
            Diagnostic::error(Code::FILE_TYPE, format!("`{path}` is not a picture that can be used"))
                .at(span)
                .help("pictures are PNG, JPEG or SVG; convert the file to one of them"),
        );
        return;
    };
    let size = imagesize::blob_size(&bytes)
        .ok()
        .and_then(|size| Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?)));
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = slug(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let taken = |output: &str| out.values().any(|file: &ImageFile| file.output == output);
    let mut output = format!("assets/{stem}.{extension}");
    let mut nth = 2;
    while taken(&output) {
        output = format!("assets/{stem}-{nth}.{extension}");
        nth += 1;
    }
    out.insert(path.to_owned(), ImageFile { output, bytes, size });
}

/// The extension that the file's first bytes call for, whatever its name says.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("png");
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Some("jpg");
    }
    let head = std::str::from_utf8(bytes.get(..bytes.len().min(1024))?).ok()?;
    head.contains("<svg").then_some("svg")
}
