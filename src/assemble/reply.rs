//! Replies: numbered questions, their answers, and who stands behind them.

use std::collections::BTreeSet;

use crate::diagnostic::say;
use crate::document::data::{self, DataBlock};
use crate::document::visit::{walk_blocks, walk_inlines};
use crate::document::{Block, Chapter, Inline};
use crate::model::{Demand, Project};

use super::demands::Demands;

/// A reply answers every question, and is signed. An answer follows its question, or refers to it from below.
pub(super) fn check(project: &Project, chapters: &[Chapter], demands: &mut Demands) {
    let report = &project.report;
    if project.findings.questions.is_empty() {
        let found = Demand::Questions.unmet(say!("the reply has no questions")).at(report.kind.span);
        demands.unmet(
            Demand::Questions,
            found.help(say!("add `questions` to a file in findings/, and print each with {{ question <id> }} before its answer: they are numbered, and can be referred to")),
        );
    }
    if report.sign_off.is_none() {
        let found = Demand::SignOff.unmet(say!("report.yaml lacks `sign-off`")).at(report.span);
        demands
            .unmet(Demand::SignOff, found.help(say!("a reply says who stands behind it: sign-off: {place: …, by: …}")));
    }
    if report.date.value.day.is_none() {
        let found = Demand::Day.unmet(say!("a reply is dated with the day on which it is signed")).at(report.date.span);
        demands.unmet(Demand::Day, found.help(say!("write the date as 2025-03-22")));
    }
    let blocks: Vec<&Block> = chapters.iter().flat_map(|chapter| &chapter.blocks).collect();
    let asked: Vec<(usize, &data::Question)> =
        blocks.iter().enumerate().filter_map(|(at, block)| Some((at, question(block)?))).collect();
    let printed: BTreeSet<&str> = asked.iter().map(|(_, question)| question.id.as_str()).collect();
    for question in project.findings.questions.iter().filter(|known| !printed.contains(known.id.value.as_str())) {
        let id = &question.id.value;
        let found = Demand::Answers
            .unmet(say!("the question `{question}` is not answered", question = id))
            .at(question.id.span);
        demands.unmet(
            Demand::Answers,
            found
                .help(say!("print it with {{{{ question {question} }}}} and write the answer below it", question = id)),
        );
    }
    for (at, question) in asked {
        let below = &blocks[at + 1..];
        let followed =
            below.first().is_some_and(|next| !matches!(next, Block::Heading(_)) && self::question(next).is_none());
        if !followed && !refers(below, &question.id) {
            let found = Demand::Answers.unmet(say!("the question has no answer")).at(question.span);
            demands.unmet(
                Demand::Answers,
                found.help(say!("write the answer below it, before the next question or heading")).help(say!(
                    "an answer that stands further down says which question it is about: [](#question-{id})",
                    id = question.id
                )),
            );
        }
    }
}

fn question(block: &Block) -> Option<&data::Question> {
    match block {
        Block::Data(data) => match &**data {
            DataBlock::Question(question) => Some(question),
            _ => None,
        },
        _ => None,
    }
}

/// Whether running text or a heading refers to a question, or to a part of it.
fn refers(blocks: &[&Block], question: &str) -> bool {
    let address = format!("question-{question}");
    let means =
        |target: &str| target.strip_prefix(&address).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let mut found = false;
    for block in blocks {
        walk_blocks(std::slice::from_ref(*block), &mut |block| {
            if let Block::Paragraph { content, .. } | Block::Heading(crate::document::Heading { content, .. }) = block {
                walk_inlines(content, &mut |inline| {
                    found |= matches!(inline, Inline::Reference { target, .. } if means(&target.value));
                });
            }
        });
    }
    found
}
