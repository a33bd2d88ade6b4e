//! Press releases: a page or two, with the figures of the report that they tell of.

use crate::diagnostic::say;
use crate::document::data::DataBlock;
use crate::document::{Block, Chapter};
use crate::model::{Demand, Project};

use super::demands::Demands;

/// A press release has a lead, key figures and somebody's words.
pub(super) fn check(project: &Project, chapters: &[Chapter], demands: &mut Demands) {
    let prints = |wanted: fn(&DataBlock) -> bool| {
        let mut blocks = chapters.iter().flat_map(|chapter| &chapter.blocks);
        blocks.any(|block| matches!(block, Block::Data(data) if wanted(data)))
    };
    let lacks = [
        (project.report.subtitle.is_some(), Demand::Lead, say!("lead"), say!("write it as `subtitle` in report.yaml")),
        (
            prints(|block| matches!(block, DataBlock::KeyFigures(_))),
            Demand::KeyFigures,
            say!("key figures"),
            say!("write them under `key-figures` in findings/ and print them with {{ key-figures <id> }}"),
        ),
        (
            prints(|block| matches!(block, DataBlock::Statement(_))),
            Demand::Statement,
            say!("statement"),
            say!(
                "write it under `statements` in findings/, with the function of who says it, and print it with {{ statement <id> }}"
            ),
        ),
    ];
    for (_, demand, what, help) in lacks.into_iter().filter(|(there, ..)| !there) {
        let found = demand.unmet(say!("the press release has no {what}", what));
        demands.unmet(demand, found.at(project.report.kind.span).help(help));
    }
}
