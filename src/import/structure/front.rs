//! What stands before the first chapter: title, who wrote it and when. The program makes its own first page of that.

use super::super::manuscript::{Block, Manuscript, Role, words as text};
use crate::value::{PartialDate, month};

/// Reads the facts off the front of the document, and takes them out of the text.
pub fn read(manuscript: &mut Manuscript) {
    let Manuscript { facts, blocks, .. } = manuscript;
    let first = blocks.iter().position(|block| matches!(block, Block::Heading { .. })).unwrap_or(blocks.len());
    let mut title = None;
    let mut rest: Vec<Block> = Vec::new();
    for block in blocks.drain(..first) {
        let Block::Paragraph { role, content } = &block else {
            rest.push(block);
            continue;
        };
        let words = one_line(&text(content));
        let taken = match role {
            Role::Title => put(&mut title, &words),
            Role::Subtitle => put(&mut facts.subtitle, &words),
            Role::Author => {
                facts.author = Some(words.clone());
                true
            }
            Role::Date | Role::Body => match date(&words) {
                Some(date) => {
                    facts.date = Some(date);
                    true
                }
                None if is_reference(&words) => put(&mut facts.reference, &words),
                None => *role == Role::Date && words.is_empty(),
            },
            Role::Caption => false,
        };
        if !taken {
            rest.push(block);
        }
    }
    rest.append(blocks);
    *blocks = rest;
    // Without a title of its own, a document whose only heading of the first level stands first is called by that.
    let is_first = |block: &Block| matches!(block, Block::Heading { level: 1, .. });
    let single = blocks.iter().filter(|block| is_first(block)).count() == 1 && blocks.first().is_some_and(is_first);
    let others = blocks.iter().any(|block| matches!(block, Block::Heading { level: 2.., .. }));
    if title.is_none() && single && others {
        if let Block::Heading { content, .. } = blocks.remove(0) {
            title = Some(one_line(&text(&content)));
        }
        for block in blocks.iter_mut() {
            if let Block::Heading { level, .. } = block {
                *level -= 1;
            }
        }
    }
    facts.title = title.or_else(|| facts.title.take());
}

/// Puts a text where none is yet.
fn put(place: &mut Option<String>, words: &str) -> bool {
    let free = place.is_none() && !words.is_empty();
    if free {
        *place = Some(words.to_owned());
    }
    free
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "Dnr 3.1.1-134/2024"
fn is_reference(text: &str) -> bool {
    let word = text.split([' ', ':', '.']).next().unwrap_or_default().to_lowercase();
    let count = text.split_whitespace().count();
    count <= 4
        && matches!(word.as_str(), "dnr" | "diarienummer" | "diarienr" | "saksnummer" | "ref")
        && text.contains(|c: char| c.is_ascii_digit())
}

/// A line that is a date and nothing else: "2024-03-01", "1 mars 2024", "mars 2024", "March 1, 2024".
fn date(line: &str) -> Option<PartialDate> {
    if let Some(date) = PartialDate::parse(line).filter(|date| date.month.is_some()) {
        return Some(date);
    }
    let words: Vec<&str> = line.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let (day, name, year) = match words.as_slice() {
        [name, year] => (None, name, year),
        [day, name, year] if month(name).is_some() => (Some(day), name, year),
        [name, day, year] => (Some(day), name, year),
        _ => return None,
    };
    let month = month(&name.to_lowercase())?;
    let text = match day {
        Some(day) => format!(
            "{year}-{month:02}-{:02}",
            day.trim_end_matches(['.', 't', 'h', 's', 'n', 'd', 'r']).parse::<u8>().ok()?
        ),
        None => format!("{year}-{month:02}"),
    };
    PartialDate::parse(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_be_a_date() {
        for (line, found) in [
            ("2024-03-01", Some("2024-03-01")),
            ("1 mars 2024", Some("2024-03-01")),
            ("March 1, 2024", Some("2024-03-01")),
            ("Mars 2024", Some("2024-03")),
            ("I mars 2024 gjordes besök", None),
            ("2024", None),
        ] {
            assert_eq!(date(line).map(|date| date.iso()).as_deref(), found, "{line}");
        }
    }
}
