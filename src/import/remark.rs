//! What needs a hand: each thing that the program could not carry over as it was, or that only the author knows.

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// What was found, and what became of it.
    pub what: String,
    /// What to do.
    pub help: &'static str,
}

impl Remark {
    pub fn new(what: impl Into<String>, help: &'static str) -> Self {
        Self { what: what.into(), help }
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
