//! School years and others that lie over two calendar years.

use std::ops::Range;

use crate::check::lang;
use crate::check::prose::Passage;
use crate::check::words::clip_start;
use crate::check::words::tokens;

/// The years of two calendar years that do not follow each other: "läsåret 2021/23".
#[must_use]
pub fn broken(passage: &Passage) -> Vec<Range<usize>> {
    let lists = lang::lists(passage.language);
    let lower = passage.lower.as_str();
    let words = tokens(lower);
    let mut out = Vec::new();
    for (one, two) in words.iter().zip(words.iter().skip(1)) {
        let (first, second) = (&lower[one.clone()], &lower[two.clone()]);
        let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit()).then(|| word.parse::<i32>().ok())?;
        let (Some(first), Some(next)) = (digits(first).filter(|_| first.len() == 4), digits(second)) else { continue };
        let written = matches!(second.len(), 2 | 4) && &lower[one.end..two.start] == "/";
        let part = lower[two.end..].starts_with(['/', ':', '-']);
        let follows = if second.len() == 4 { next == first + 1 } else { next == (first + 1) % 100 };
        if !written || part || follows {
            continue;
        }
        let mut before = clip_start(&lower[..one.start], 60);
        while let Some(range) = tokens(before).pop() {
            let word = &before[range.clone()];
            if !lists.joins.has(word) && !word.bytes().all(|b| b.is_ascii_digit()) {
                break;
            }
            before = &before[..range.start];
        }
        let before = before.trim_end();
        if lists.school_years.iter().any(|phrase| before.ends_with(phrase)) {
            out.push(one.start..two.end);
        }
    }
    out
}
