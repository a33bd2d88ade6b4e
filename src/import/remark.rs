//! What needs a hand: each thing that the program could not carry over as it was, or that only the author knows.

use crate::diagnostic::{Said, say};

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// What was found, and what became of it.
    pub what: Said,
    /// What to do.
    pub help: Said,
}

impl Remark {
    pub fn new(what: Said, help: Said) -> Self {
        Self { what, help }
    }
}

impl Remark {
    pub fn changes(inserted: usize, deleted: usize) -> Self {
        Self::new(
            say!(
                "the document has tracked changes: {inserted} insertions were taken, {deleted} deletions left out",
                inserted,
                deleted
            ),
            say!("accept or reject them in the document first if that is not what is meant"),
        )
    }

    pub fn comment(words: &str) -> Self {
        let words: Vec<&str> = words.split_whitespace().collect();
        Self::new(say!("a comment: {words}", words = words.join(" ")), say!("answer it, and mend the text"))
    }

    pub fn picture_outside(target: &str) -> Self {
        Self::new(
            say!("a picture lies outside the document: {target}", target),
            say!("copy it into the report's folder, and write ![Alternative text](file.png)"),
        )
    }

    pub fn object(alt: &str) -> Self {
        Self::new(
            say!("an object of another program was left out: “{alt}”", alt),
            say!("open it in its program, and bring in the table or the picture by hand"),
        )
    }
}

/// The first words of a text, for messages.
pub fn beginning(text: &str) -> String {
    const WORDS: usize = 8;
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() > WORDS {
        true => format!("{} …", words[..WORDS].join(" ")),
        false => words.join(" "),
    }
}
