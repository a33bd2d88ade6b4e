//! Replies: numbered questions, each with its answer, and who stands behind them.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::data::DataBlock;
use crate::document::{Block, Chapter};
use crate::model::Project;

/// A reply answers every question, and is signed.
pub(super) fn check(project: &Project, chapters: &[Chapter], sink: &mut Sink) {
    if project.findings.questions.is_empty() {
        sink.push(
            Diagnostic::error(Code::QUESTION_UNANSWERED, "the reply has no questions")
                .at(project.report.kind.span)
                .help(
                    "add `questions` to a file in findings/, and print each with {{ question <id> }} before its answer",
                ),
        );
    }
    if project.report.sign_off.is_none() {
        sink.push(
            Diagnostic::error(Code::KEY_MISSING, "report.yaml lacks `sign-off`")
                .at(project.report.span)
                .help("a reply says who stands behind it: sign-off: {place: …, by: …}"),
        );
    }
    if project.report.date.value.day.is_none() {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, "a reply is dated with the day on which it is signed")
                .at(project.report.date.span)
                .help("write the date as 2025-03-22"),
        );
    }
    let printed: Vec<&str> = chapters
        .iter()
        .flat_map(|chapter| &chapter.blocks)
        .filter_map(|block| match block {
            Block::Data(data) => match &**data {
                DataBlock::Question(question) => Some(question.id.as_str()),
                _ => None,
            },
            _ => None,
        })
        .collect();
    for question in project.findings.questions.iter().filter(|known| !printed.contains(&known.id.value.as_str())) {
        sink.push(
            Diagnostic::error(
                Code::QUESTION_UNANSWERED,
                say!("the question `{question}` is not answered", question = question.id.value),
            )
            .at(question.id.span)
            .help(say!(
                "print it with {{{{ question {question} }}}} and write the answer below it",
                question = question.id.value
            )),
        );
    }
    for chapter in chapters {
        let mut open = None;
        for block in &chapter.blocks {
            match block {
                Block::Data(data) if matches!(**data, DataBlock::Question(_)) => {
                    let DataBlock::Question(question) = &**data else { continue };
                    unanswered(open.replace(question.span), sink);
                }
                Block::Heading(_) => unanswered(open.take(), sink),
                _ => open = None,
            }
        }
        unanswered(open, sink);
    }
}

fn unanswered(question: Option<crate::source::Span>, sink: &mut Sink) {
    if let Some(span) = question {
        sink.push(
            Diagnostic::error(Code::QUESTION_UNANSWERED, "the question has no answer")
                .at(span)
                .help("write the answer below it, before the next question or heading"),
        );
    }
}
