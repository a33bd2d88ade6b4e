//! A translation beside its original: words of files of data, and headings with the addresses that the original's have.

use std::sync::Arc;

use crate::diagnostic::Sink;
use crate::document::visit::{walk_blocks, walk_blocks_mut};
use crate::document::{Block, Chapter, Heading};
use crate::load;
use crate::markdown::plain;
use crate::model::{Project, by_file};
use crate::source::Spanned;

/// Puts into a translation what it has of its original.
pub fn translated(project: &mut Project, original: Arc<Project>, sink: &mut Sink) {
    let (findings, charts) = (Arc::make_mut(&mut project.findings), Arc::make_mut(&mut project.charts));
    let names = &project.workspace.names;
    let lacking = load::translated(&mut project.report, names, findings, charts, sink);
    Arc::make_mut(&mut project.laid).lacking.extend(lacking);
    let chapters: &mut Vec<Chapter> = Arc::make_mut(&mut project.chapters);
    addressed(chapters, &original.chapters);
    project.original = Some(original);
}

/// Gives the headings of each file the addresses of those that they stand for, where there are as many of the same levels in the same order: whoever goes from one language
/// to the other stays at the section.
fn addressed(chapters: &mut [Chapter], original: &[Chapter]) {
    for (own, theirs) in by_file(chapters).into_iter().zip(by_file(original)) {
        let mut known: Vec<Heading> = Vec::new();
        for chapter in &original[theirs] {
            walk_blocks(&chapter.blocks, &mut |block| known.extend(heading(block).cloned()));
        }
        let mut levels = Vec::new();
        for chapter in &chapters[own.clone()] {
            walk_blocks(&chapter.blocks, &mut |block| levels.extend(heading(block).map(|heading| heading.level)));
        }
        if levels != known.iter().map(|heading| heading.level).collect::<Vec<u8>>() {
            continue;
        }
        let mut known = known.into_iter();
        for chapter in &mut chapters[own] {
            walk_blocks_mut(&mut chapter.blocks, &mut |block| {
                if let Block::Heading(heading) = block {
                    known.next().into_iter().for_each(|original| as_there(heading, &original));
                }
            });
        }
    }
}

fn heading(block: &Block) -> Option<&Heading> {
    match block {
        Block::Heading(heading) => Some(heading),
        _ => None,
    }
}

/// A heading with what is no word of the original's, unless its author says otherwise.
fn as_there(heading: &mut Heading, original: &Heading) {
    let placed = |text: &Spanned<String>, heading: &Heading| Spanned::new(text.value.clone(), heading.span);
    if heading.id.is_none() {
        heading.original = Some(plain(&original.content));
        heading.id = original.id.as_ref().map(|id| placed(id, heading));
    }
    if heading.classes.is_empty() {
        heading.classes = original.classes.iter().map(|class| placed(class, heading)).collect();
    }
}
