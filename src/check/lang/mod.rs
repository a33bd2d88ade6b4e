//! What the checks know of a language: a folder with four files of words (`words.txt`, what each does in a statement about numbers, under the
//! name of a [`Tag`]; `lists.txt`, what single rules look up; `numbers.txt`, number words; `labels.txt`, by which labels are made of sentences) and its [`Grammar`].
//!
//! The lists are text files, so that people who write no code can read them and add to them. A list is a line with its name and a colon, and
//! below it, indented, words in small letters with commas between. `sjunk*` stands for every word that begins so, `*tal` for every word that
//! ends so; several words are a phrase, and the longest phrase that stands in a text is one token there.

mod grammar;
mod lists;
mod nordic;
mod numeral;
mod numerals;
mod pack;
mod set;
mod tag;
mod word_list;

use std::sync::LazyLock;

use super::words::tokens;
use crate::locale::Language;

pub use grammar::{Grammar, without_participle};
pub use lists::Lists;
pub use numeral::{Form, Numeral, Row};
pub use numerals::Numerals;
pub use pack::Pack;
pub use set::Tags;
pub use tag::{HEDGES, Tag};

/// Declares the languages: each with its folder and its grammar.
macro_rules! languages {
    ($($language:ident = $folder:ident,)+) => {
        $(mod $folder;)+

        /// The tagged words of a language.
        #[must_use]
        pub fn pack(language: Language) -> &'static Pack {
            match language {
                $(Language::$language => {
                    static PACK: LazyLock<Pack> =
                        LazyLock::new(|| Pack::read(include_str!(concat!(stringify!($folder), "/words.txt"))));
                    &PACK
                })+
            }
        }

        /// The lists that rules look words of a language up in.
        #[must_use]
        pub fn lists(language: Language) -> &'static Lists {
            match language {
                $(Language::$language => {
                    static LISTS: LazyLock<Lists> =
                        LazyLock::new(|| Lists::read(include_str!(concat!(stringify!($folder), "/lists.txt"))));
                    &LISTS
                })+
            }
        }

        /// The words by which labels are made of the sentences of a language.
        #[must_use]
        pub(super) fn labels(language: Language) -> &'static str {
            match language {
                $(Language::$language => include_str!(concat!(stringify!($folder), "/labels.txt")),)+
            }
        }

        /// The number words of a language.
        #[must_use]
        pub fn numerals(language: Language) -> &'static Numerals {
            match language {
                $(Language::$language => {
                    static NUMERALS: LazyLock<Numerals> =
                        LazyLock::new(|| Numerals::read(include_str!(concat!(stringify!($folder), "/numbers.txt"))));
                    &NUMERALS
                })+
            }
        }

        #[must_use]
        pub fn grammar(language: Language) -> &'static dyn Grammar {
            match language {
                $(Language::$language => &$folder::GRAMMAR,)+
            }
        }

        /// The files of all languages: what they are for, and their texts.
        #[cfg(test)]
        const FILES: &[[&str; 3]] = &[$([
            include_str!(concat!(stringify!($folder), "/words.txt")),
            include_str!(concat!(stringify!($folder), "/lists.txt")),
            include_str!(concat!(stringify!($folder), "/numbers.txt")),
        ],)+];
    };
}

languages! {
    Swedish = sv,
    English = en,
    Norwegian = nb,
}

/// The stem of a word in small letters.
#[must_use]
pub fn stem(word: &str, language: Language) -> String {
    grammar(language).stem(word)
}

/// The words and signs of a phrase, as they are tokens of a text.
fn parts(phrase: &'static str) -> Vec<&'static str> {
    let words = tokens(phrase);
    let mut out = Vec::new();
    let mut at = 0;
    for word in words {
        signs(phrase, at..word.start, &mut out);
        at = word.end;
        out.push(&phrase[word]);
    }
    signs(phrase, at..phrase.len(), &mut out);
    out
}

fn signs(phrase: &'static str, range: std::ops::Range<usize>, out: &mut Vec<&'static str>) {
    let from = range.start;
    let signs = phrase[range].char_indices().filter(|(_, c)| !c.is_whitespace());
    out.extend(signs.map(|(at, c)| &phrase[from + at..from + at + c.len_utf8()]));
}

/// The lists of a file: names and words.
pub(super) fn read(text: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut out: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_suffix(':').filter(|_| !line.starts_with(['#', ' '])) {
            out.push((name, Vec::new()));
        } else if let (Some((_, words)), true) = (out.last_mut(), line.starts_with("  ")) {
            words.extend(line.split(',').map(str::trim).filter(|word| !word.is_empty()));
        }
    }
    out
}

#[cfg(test)]
mod tests;
