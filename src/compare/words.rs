//! Words: what counts as the same text, and which words came and went.

use serde::Serialize;

use super::align::stretches;

/// A run of words that stayed, came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "text", rename_all = "kebab-case")]
pub enum Piece {
    Same(String),
    Inserted(String),
    Deleted(String),
}

impl Piece {
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Same(text) | Self::Inserted(text) | Self::Deleted(text) => text,
        }
    }
}

/// The text without its typography: kinds of blanks, dashes, quotation marks and dots are one each, soft hyphens none.
#[must_use]
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
            '‐' | '‑' | '‒' | '–' | '—' | '−' => out.push('-'),
            '”' | '“' | '„' | '«' | '»' | '‟' => out.push('"'),
            '’' | '‘' | '‚' | '`' | '´' => out.push('\''),
            '…' => out.push_str("..."),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// Words, runs of blanks, and every other character by itself.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_alphanumeric() => 0,
        c if c.is_whitespace() => 1,
        _ => 2,
    };
    let mut out = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let now = kind(c);
        if before.is_some_and(|before| before != now || now == 2) {
            out.push(&text[start..at]);
            start = at;
        }
        before = Some(now);
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

fn normal_tokens(tokens: &[&str]) -> Vec<String> {
    tokens.iter().map(|token| if token.trim().is_empty() { " ".to_owned() } else { normal(token) }).collect()
}

/// Which words came and went. Words that only differ in typography stayed, as the newer text has them.
#[must_use]
pub fn redline(old: &str, new: &str) -> Vec<Piece> {
    let (before, after) = (tokens(old), tokens(new));
    let (before_normal, after_normal) = (normal_tokens(&before), normal_tokens(&after));
    let mut pieces: Vec<Piece> = Vec::new();
    for stretch in stretches(&before_normal, &after_normal) {
        let gone = before.get(stretch.old).unwrap_or_default().concat();
        let come = after.get(stretch.new).unwrap_or_default().concat();
        if stretch.same {
            pieces.push(Piece::Same(come));
            continue;
        }
        pieces.extend((!gone.is_empty()).then_some(Piece::Deleted(gone)));
        pieces.extend((!come.is_empty()).then_some(Piece::Inserted(come)));
    }
    joined(pieces)
}

/// Takes single blanks and signs between changes into them, so that a reworded phrase is read as one.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let is_crumb = |text: &str| !text.chars().any(char::is_alphanumeric);
    let mut out: Vec<Piece> = Vec::new();
    // What went and what came since the last words that stayed.
    let (mut gone, mut come) = (String::new(), String::new());
    let count = pieces.len();
    for (at, piece) in pieces.into_iter().enumerate() {
        match piece {
            Piece::Deleted(text) => gone.push_str(&text),
            Piece::Inserted(text) => come.push_str(&text),
            Piece::Same(text) if is_crumb(&text) && at + 1 < count && !(gone.is_empty() && come.is_empty()) => {
                gone.push_str(&text);
                come.push_str(&text);
            }
            Piece::Same(text) => {
                flush(&mut gone, &mut come, &mut out);
                out.push(Piece::Same(text));
            }
        }
    }
    flush(&mut gone, &mut come, &mut out);
    out
}

fn flush(gone: &mut String, come: &mut String, out: &mut Vec<Piece>) {
    // What both end with stayed after all.
    let shared: usize = gone
        .chars()
        .rev()
        .zip(come.chars().rev())
        .take_while(|(a, b)| a == b && !a.is_alphanumeric())
        .map(|(a, _)| a.len_utf8())
        .sum();
    let tail = gone.split_off(gone.len() - shared);
    come.truncate(come.len() - shared);
    if !gone.is_empty() {
        out.push(Piece::Deleted(std::mem::take(gone)));
    }
    if !come.is_empty() {
        out.push(Piece::Inserted(std::mem::take(come)));
    }
    if !tail.is_empty() {
        out.push(Piece::Same(tail));
    }
}

/// The words of a text, without its typography.
pub fn words(text: &str) -> Vec<String> {
    tokens(text).into_iter().filter(|token| token.chars().any(char::is_alphanumeric)).map(normal).collect()
}
