//! The server's own pages: the list of reports, and the frame around a report. Their words are in `assets/words.json`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::locale::Language;
use crate::render::html;

/// Words by their key and the tag of their language.
static WORDS: LazyLock<BTreeMap<String, BTreeMap<String, String>>> =
    LazyLock::new(|| serde_json::from_str(include_str!("assets/words.json")).unwrap_or_default());

/// What the pages load.
const ASSETS: &[(&str, &[u8])] = &[
    ("serve.css", include_bytes!("assets/serve.css")),
    ("report.js", include_bytes!("assets/report.js")),
    ("page.js", include_bytes!("assets/page.js")),
    ("morph.js", include_bytes!("assets/morph.js")),
    ("changed.js", include_bytes!("assets/changed.js")),
    ("sheets.js", include_bytes!("assets/sheets.js")),
    ("places.js", include_bytes!("assets/places.js")),
    ("mend.js", include_bytes!("assets/mend.js")),
    ("numbers.js", include_bytes!("assets/numbers.js")),
    ("problems.js", include_bytes!("assets/problems.js")),
    ("new.js", include_bytes!("assets/new.js")),
];

/// A file that the server's pages load; the faces are those of reports.
pub fn asset(name: &str) -> Option<&'static [u8]> {
    let own = ASSETS.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes);
    let face = || html::assets().into_iter().find(|(known, _)| *known == name && known.ends_with(".woff2"));
    own.or_else(|| face().map(|(_, bytes)| bytes))
}

/// What the server's pages are made with.
pub struct Shell<'a> {
    pub language: Language,
    /// What they send along when they write.
    pub token: &'a str,
}

impl Shell<'_> {
    /// The list of reports.
    pub fn list(&self, reports: &[String]) -> String {
        let entry = |name: &String| format!("<li><a href=\"/report/{0}\">{0}</a></li>", escaped(name));
        let entries = reports.iter().map(entry).collect::<String>();
        let page = self.filled(include_str!("assets/list.html"));
        page.replace("{some}", if reports.is_empty() { "" } else { " hidden" }).replace("{reports}", &entries)
    }

    /// The form for a new report.
    pub fn new_report(&self, fields: &str) -> String {
        self.filled(include_str!("assets/new.html")).replace("{fields}", fields)
    }

    /// The frame around a report.
    pub fn report(&self, report: &str) -> String {
        self.filled(include_str!("assets/report.html")).replace("{report}", &escaped(report))
    }

    /// A page of the server's with its words and token.
    fn filled(&self, page: &str) -> String {
        let tag = self.language.tag();
        let mut out = page.replace("{language}", tag).replace("{token}", self.token);
        for (key, words) in WORDS.iter() {
            let word = words.get(tag).map(String::as_str).unwrap_or_default();
            out = out.replace(&format!("{{words.{key}}}"), &escaped(word));
        }
        out
    }
}

/// A text within HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_pages_is_there_in_every_language() {
        for (_, language) in Language::WORDS {
            let shell = Shell { language: *language, token: "t" };
            for page in [shell.list(&["a".to_owned()]), shell.report("a"), shell.new_report("")] {
                assert!(!page.contains("{words."), "a word that is not in words.json: {page}");
                assert!(!page.contains("\"></button>") && !page.contains("label=\"\""), "an empty word: {page}");
            }
            assert!(WORDS.iter().all(|(_, words)| words.get(language.tag()).is_some_and(|word| !word.is_empty())));
        }
        let pages =
            [include_str!("assets/list.html"), include_str!("assets/report.html"), include_str!("assets/new.html")]
                .concat();
        let unused: Vec<&String> = WORDS.keys().filter(|key| !pages.contains(&format!("{{words.{key}}}"))).collect();
        assert!(unused.is_empty(), "words that no page has: {unused:?}");
    }

    #[test]
    fn names_are_text() {
        let shell = Shell { language: Language::English, token: "t" };
        assert!(shell.list(&["<b>\"".to_owned()]).contains("&lt;b&gt;&quot;"));
    }
}
