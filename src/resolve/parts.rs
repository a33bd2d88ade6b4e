//! Parts that several kinds of document are made of: time lines, key figures, pairs, questions, pictures, downloads.

use crate::document::data;
use crate::document::resolved::{self, Block, Inline};
use crate::value::PartialDate;

use super::Resolver;

impl<'a> Resolver<'a> {
    pub(super) fn timeline(&mut self, timeline: &'a data::Timeline) -> Block {
        let entries = timeline.entries.iter().map(|entry| resolved::TimelineEntry {
            passage: String::new(),
            date: match &entry.until {
                Some(until) => self.days(&entry.date, until),
                None => self.locale.date(&entry.date),
            },
            iso: entry.date.iso(),
            title: self.inlines(&entry.title),
            text: entry.text.as_ref().map(|text| self.inlines(text)),
        });
        let entries = entries.collect();
        Block::Timeline { title: timeline.title.as_ref().map(|title| self.inlines(title)), entries }
    }

    /// "1 april 2022 till 31 mars 2023"
    pub(super) fn days(&self, from: &PartialDate, to: &PartialDate) -> String {
        self.locale.fill("from_to", &[("from", &self.locale.date(from)), ("to", &self.locale.date(to))])
    }

    pub(super) fn key_figures(&mut self, items: &'a [data::KeyFigure]) -> Block {
        let items = items
            .iter()
            .map(|item| resolved::KeyFigure {
                passage: String::new(),
                value: self.inlines(&item.value),
                label: self.inlines(&item.label),
            })
            .collect();
        Block::KeyFigures { items }
    }

    pub(super) fn pairs(&mut self, items: &'a [data::Pair]) -> Block {
        let items = items
            .iter()
            .map(|item| resolved::Pair {
                passage: String::new(),
                problem: self.inlines(&item.problem),
                proposal: self.inlines(&item.proposal),
            })
            .collect();
        Block::Pairs { items }
    }

    pub(super) fn question(&mut self, question: &'a data::Question) -> Block {
        let anchor = format!("question-{}", question.id);
        let number = self.targets.question(&anchor);
        let parts = question
            .parts
            .iter()
            .enumerate()
            .map(|(at, (id, content))| resolved::QuestionPart {
                anchor: format!("{anchor}-{id}"),
                letter: super::targets::letter(at),
                content: self.inlines(content),
            })
            .collect();
        Block::Question(resolved::Question {
            label: format!("{}\u{a0}{number}", self.locale.label("question")),
            content: self.inlines(&question.content),
            parts,
            anchor,
        })
    }

    /// A picture with its credit; none where its file could not be read, which was reported.
    pub(super) fn picture(&mut self, picture: &'a data::Picture) -> Option<resolved::Image> {
        let file = self.project.images.get(&picture.path)?;
        let mut credit = vec![Inline::text(format!("{}: ", self.locale.label("picture_credit")))];
        credit.extend(self.inlines(&picture.credit));
        Some(resolved::Image {
            passage: String::new(),
            path: file.output.clone(),
            alt: picture.alt.value.clone(),
            caption: picture.caption.as_ref().map(|caption| self.inlines(caption)),
            credit: Some(credit),
            width: file.size.map(|size| size.0),
            height: file.size.map(|size| size.1),
        })
    }

    pub(super) fn downloads(&mut self, items: &'a [data::Download]) -> Block {
        let items = items
            .iter()
            .filter_map(|item| {
                // A file that could not be read was reported.
                let file = self.project.downloads.get(&item.path)?;
                let kind = file.output.rsplit('.').next().unwrap_or_default().to_uppercase();
                let (key, value) = crate::locale::size(file.bytes.len() as u64, self.locale.language());
                let size = self.locale.fill(key, &[("value", &value)]).replace(' ', "\u{a0}");
                Some(resolved::Download {
                    path: file.output.clone(),
                    title: self.inlines(&item.title),
                    words: format!("{kind}, {size}"),
                })
            })
            .collect();
        Block::Downloads { items }
    }
}
