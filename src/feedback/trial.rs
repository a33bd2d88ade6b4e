//! Whether what would be written makes the report say what the changes say, and nothing else. It is tried before it is offered.

use std::collections::BTreeMap;

use super::items::{Feedback, Item, Proposal, What};
use super::proposal::Edit;
use super::returned::PARAGRAPH_END;
use crate::alike;
use crate::diagnostic::{Fix, say};
use crate::render::word::{Belonging, Paragraph};

/// Takes from changes that would make the report say something else the promise that they can be written. `restated` gives the words of all paragraphs after some changes of files; none where the
/// report then has faults that it has not now.
pub fn keep_what_holds(
    feedback: &mut Feedback,
    paragraphs: &[Paragraph],
    restated: &mut dyn FnMut(&[Fix]) -> Option<Vec<String>>,
) {
    let all: Vec<usize> = (0..feedback.items.len()).filter(|at| edit(&feedback.items[*at]).is_some()).collect();
    // Two changes of the same words cannot both be written.
    let mut taken: Vec<(usize, &Edit)> = Vec::new();
    let mut apart: Vec<usize> = Vec::new();
    for at in &all {
        let Some((paragraph, edit)) = edit(&feedback.items[*at]) else { continue };
        let meets = |(_, other): &(usize, &Edit)| {
            other.fix.span.source == edit.fix.span.source && overlap(&other.fix, &edit.fix)
        };
        if !taken.iter().any(meets) {
            taken.push((paragraph, edit));
            apart.push(*at);
        }
    }
    let mut trial = Trial { items: &feedback.items, paragraphs, restated, left: MOST };
    let held = trial.held(&apart);
    // What holds in parts need not hold together.
    let held = if held.len() == apart.len() || trial.holds(&held) { held } else { Vec::new() };
    for at in all.into_iter().filter(|at| !held.contains(at)) {
        if let What::Change { proposal: Proposal::Edit { doubt, .. }, .. } = &mut feedback.items[at].what {
            *doubt = Some(say!("written so, the report would say something else as well: write it by hand"));
        }
    }
}

/// What a change of the report changes by itself is not held against it: the account of changes.
pub fn is_told(paragraph: &Paragraph) -> bool {
    paragraph.belonging != Belonging::Account
}

/// The report is made anew so often at most.
const MOST: usize = 60;

fn overlap(a: &Fix, b: &Fix) -> bool {
    let (a, b) = (a.span, b.span);
    a.start < b.end && b.start < a.end || a.start == b.start
}

fn edit(item: &Item) -> Option<(usize, &Edit)> {
    match &item.what {
        What::Change { proposal: Proposal::Edit { edit, paragraph, doubt: None }, .. } => Some((*paragraph, edit)),
        _ => None,
    }
}

struct Trial<'t> {
    items: &'t [Item],
    paragraphs: &'t [Paragraph],
    restated: &'t mut dyn FnMut(&[Fix]) -> Option<Vec<String>>,
    left: usize,
}

impl Trial<'_> {
    /// Those of some changes that hold: all, or those of each half.
    fn held(&mut self, some: &[usize]) -> Vec<usize> {
        if some.is_empty() || self.holds(some) {
            return some.to_vec();
        }
        if some.len() == 1 {
            return Vec::new();
        }
        let (a, b) = some.split_at(some.len() / 2);
        let mut held = self.held(a);
        held.extend(self.held(b));
        held
    }

    /// Whether the report with these changes says what they say.
    fn holds(&mut self, some: &[usize]) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let edits: Vec<(usize, &Edit)> = some.iter().filter_map(|at| self.items.get(*at).and_then(edit)).collect();
        let fixes: Vec<Fix> = edits.iter().map(|(_, edit)| edit.fix.clone()).collect();
        let Some(now) = (self.restated)(&fixes) else { return false };
        let mut by_paragraph: BTreeMap<usize, Vec<&Edit>> = BTreeMap::new();
        edits.iter().for_each(|(paragraph, edit)| by_paragraph.entry(*paragraph).or_default().push(edit));
        let wanted = self.paragraphs.iter().enumerate().filter(|(_, paragraph)| is_told(paragraph)).flat_map(
            |(at, paragraph)| {
                let text = with(&paragraph.text, by_paragraph.remove(&at).unwrap_or_default());
                text.split(PARAGRAPH_END).map(alike::reading).filter(|words| !words.is_empty()).collect::<Vec<_>>()
            },
        );
        wanted.eq(now.iter().map(|words| alike::reading(words)))
    }
}

/// A text after some changes.
fn with(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let (mut out, mut at) = (String::new(), 0);
    for edit in edits {
        out.push_str(text.get(at..edit.range.start).unwrap_or_default());
        out.push_str(&edit.words);
        at = edit.range.end.max(at);
    }
    out + text.get(at..).unwrap_or_default()
}
