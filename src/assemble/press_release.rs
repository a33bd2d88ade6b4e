//! Press releases: one page, with the figures of the report that they tell of.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::data::DataBlock;
use crate::document::{Block, Chapter};
use crate::model::Project;

/// A press release has a lead, key figures and somebody's words.
pub(super) fn check(project: &Project, chapters: &[Chapter], sink: &mut Sink) {
    let prints = |wanted: fn(&DataBlock) -> bool| {
        let mut blocks = chapters.iter().flat_map(|chapter| &chapter.blocks);
        blocks.any(|block| matches!(block, Block::Data(data) if wanted(data)))
    };
    let lacks = [
        (project.report.subtitle.is_some(), "lead", "write it as `subtitle` in report.yaml"),
        (
            prints(|block| matches!(block, DataBlock::KeyFigures(_))),
            "key figures",
            "write them under `key-figures` in findings/ and print them with {{ key-figures <id> }}",
        ),
        (
            prints(|block| matches!(block, DataBlock::Statement(_))),
            "statement",
            "write it under `statements` in findings/, with the function of who says it, and print it with {{ statement <id> }}",
        ),
    ];
    for (_, what, help) in lacks.into_iter().filter(|(there, ..)| !there) {
        sink.push(
            Diagnostic::error(Code::KEY_MISSING, say!("the press release has no {what}", what))
                .at(project.report.kind.span)
                .help(help),
        );
    }
}
