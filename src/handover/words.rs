//! The texts that go along, in the report's language.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::conformance;
use crate::diagnostic::Tongue;
use crate::document::resolved::{Chart, ResolvedDocument};
use crate::hypertext::escaped;
use crate::locale::Language;
use crate::pipeline::manifest::Manifest;
use crate::system::embedded;

use super::names::Names;
use super::{Version, Wish};

/// README, description, statement and single phrases of each language.
static TEXTS: [(&str, &str); 12] = embedded!("../../templates/handover":
    "sv/README.txt" "sv/description.txt" "sv/accessibility.html" "sv/words.txt"
    "en/README.txt" "en/description.txt" "en/accessibility.html" "en/words.txt"
    "nb/README.txt" "nb/description.txt" "nb/accessibility.html" "nb/words.txt"
);

pub struct Words<'a> {
    document: &'a ResolvedDocument,
    language: &'static str,
    phrases: BTreeMap<&'static str, &'static str>,
}

impl<'a> Words<'a> {
    pub fn new(document: &'a ResolvedDocument) -> Self {
        let language = Language::find(&document.language).unwrap_or_default().tag();
        let phrases = text(language, "words.txt").lines().filter_map(|line| line.split_once(": ")).collect();
        Self { document, language, phrases }
    }

    fn phrase(&self, key: &str) -> &'static str {
        self.phrases.get(key).copied().unwrap_or_default()
    }

    /// What of the report stands in all texts.
    fn shared(&self) -> Vec<(&'static str, String)> {
        let document = self.document;
        let keywords = document.keywords.join(", ");
        vec![
            ("title", document.title_text.clone()),
            ("id", document.id.clone()),
            ("version", document.version.clone()),
            ("date", document.date.long.clone()),
            ("iso", document.date.iso.clone()),
            ("language", document.language.clone()),
            ("publisher", document.publisher.name.clone()),
            ("description", document.description.clone()),
            ("keywords", if keywords.is_empty() { self.phrase("none").to_owned() } else { keywords }),
        ]
    }

    pub fn description(&self, chart: Option<&Chart>) -> String {
        let none = || self.phrase("none").to_owned();
        let mut values = self.shared();
        values.push(("alt", chart.map_or_else(none, |chart| chart.alt.clone())));
        values.push(("long", chart.map_or_else(none, |chart| chart.description.clone())));
        filled(text(self.language, "description.txt"), &values)
    }

    /// `paths` are the files that lie in the folder, `picture` the one for lists.
    pub fn readme(
        &self,
        version: &Version<'_>,
        names: &Names,
        paths: &[&str],
        picture: Option<&str>,
        wish: Wish<'_>,
    ) -> String {
        let mut rows: Vec<(String, &str)> = Vec::new();
        let own = ["fragment.html", "fragment.css", "preview.html", super::STATEMENT, "description.txt"];
        rows.extend(own.iter().map(|name| ((*name).to_owned(), self.phrase(name))));
        let mut named = |kind: &str, what: &str| {
            let name = format!("{}.{kind}", names.own());
            if paths.contains(&name.as_str()) {
                rows.push((name, self.phrase(what)));
            }
        };
        for kind in ["pdf", "xlsx", "ods", "bib", "ris"] {
            named(kind, kind);
        }
        for kind in ["png", "svg"] {
            named(kind, "picture");
        }
        for folder in ["charts", "data", "files"] {
            if paths.iter().any(|path| path.starts_with(&format!("{folder}/"))) {
                rows.push((format!("{folder}/"), self.phrase(folder)));
            }
        }
        let mut files = String::new();
        for (name, what) in rows {
            let _ = writeln!(files, "{name}\n    {what}");
        }
        let told = |key: &str, values: &[(&str, String)]| wrapped(&filled(self.phrase(key), values));
        let (based, again) = (wish.base.is_some(), ("again", again(version, wish, "--base")));
        let links = told(
            if based { "based" } else { "relative" },
            &[again, ("base", wish.base.unwrap_or_default().to_owned())],
        );
        let again = ("again", self::again(version, wish, "--heading"));
        let level = told("level", &[again, ("level", wish.heading.to_string())]);
        let later = version.later.map(|later| {
            let address = later.link.iter().map(|(href, _)| format!("{href}\n"));
            format!("\n{}\n{}", wrapped_from(&later.words, 0), address.collect::<String>())
        });
        let mut values = self.shared();
        values.extend([
            ("later", later.unwrap_or_default()),
            ("files", files.trim_end().to_owned()),
            ("levelplace", level),
            ("titleplace", self.phrase(if wish.title { "titled" } else { "untitled" }).to_owned()),
            ("linksplace", links),
            ("picture", picture.map_or_else(|| self.phrase("none").to_owned(), str::to_owned)),
        ]);
        filled(text(self.language, "README.txt"), &values)
    }

    /// The accessibility statement: what the program has looked at, with what it saw, and what it has not.
    pub fn statement(&self, manifest: &Manifest) -> String {
        let document = self.document;
        let tongue = Tongue::find(self.language).unwrap_or_default();
        let checks = conformance::examine(document, manifest);
        // Where the program does not speak the report's language, what it saw is told in English.
        let foreign = if tongue.tag() == self.language { String::new() } else { format!(" lang=\"{}\"", tongue.tag()) };
        let mut seen = format!("<ul{foreign}>\n");
        let mut faults = String::new();
        for check in checks {
            let (what, found) = (check.what.text_in(tongue), check.found.text_in(tongue));
            if check.faults.is_empty() {
                let _ = writeln!(seen, "<li>{}: {}</li>", escaped(&what), escaped(&found));
            }
            for fault in check.faults {
                let _ = writeln!(faults, "<li>{}: {}</li>", escaped(&what), escaped(&fault.message.text_in(tongue)));
            }
        }
        seen.push_str("</ul>");
        if !faults.is_empty() {
            faults = format!("<ul{foreign}>\n{faults}</ul>");
        }
        let mut values: Vec<(&str, String)> =
            self.shared().into_iter().map(|(key, value)| (key, escaped(&value))).collect();
        let tool = &manifest.tool;
        values.push(("tool", escaped(&format!("{} {}", tool.name, tool.version))));
        values.push(("checks", seen));
        values.push(("faults", faults));
        filled(text(self.language, "accessibility.html"), &values)
    }
}

fn text(language: &str, name: &str) -> &'static str {
    let path = format!("{language}/{name}");
    TEXTS.iter().find(|(known, _)| *known == path).map(|(_, text)| *text).unwrap_or_default()
}

/// The command that makes the folder again, all but for an option that follows.
fn again(version: &Version<'_>, wish: Wish<'_>, but: &str) -> String {
    let mut out = format!("belagg export {}", version.document.id);
    // What is not published is exported as it is then.
    if version.published {
        let _ = write!(out, " {}", version.document.version);
    }
    out.push_str(" --web");
    if wish.heading != super::HEADING && but != "--heading" {
        let _ = write!(out, " --heading {}", wish.heading);
    }
    if wish.title {
        out.push_str(" --title");
    }
    let quoted = |value: &str| {
        let plain = |c: char| c.is_alphanumeric() || "-_./:@%+,=~".contains(c);
        if value.chars().all(plain) { value.to_owned() } else { format!("\"{value}\"") }
    };
    if let Some(base) = wish.base.filter(|_| but != "--base") {
        let _ = write!(out, " --base {}", quoted(base));
    }
    if let Some(folder) = wish.out {
        let _ = write!(out, " --out {}", quoted(folder));
    }
    out
}

/// A paragraph of a numbered list in lines of one length.
fn wrapped(text: &str) -> String {
    wrapped_from(text, 3)
}

/// A paragraph whose lines begin behind so many blanks, the first of them standing there already.
fn wrapped_from(text: &str, indent: usize) -> String {
    let mut out = String::new();
    let mut length = indent;
    let mut code = false;
    // A command stands on one line, so that it can be copied.
    let parts = text.split(|sign| {
        code ^= sign == '`';
        sign == ' ' && !code
    });
    for word in parts {
        let own = word.chars().count();
        if length > indent && length + own + 1 > 88 {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            length = indent;
        } else if length > indent {
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += own;
    }
    out
}

/// A text with values in the place of their names; what a value says is not read again.
fn filled(text: &str, values: &[(&str, String)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let found =
            after.split_once('}').and_then(|(key, rest)| Some((values.iter().find(|(known, _)| *known == key)?, rest)));
        rest = match found {
            Some(((_, value), rest)) => {
                out.push_str(value);
                rest
            }
            None => {
                out.push('{');
                after
            }
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{TEXTS, filled, wrapped_from};

    #[test]
    fn every_language_has_the_same_texts_and_names_the_same_values() {
        let names = |text: &str| -> Vec<String> {
            let mut names: Vec<String> =
                text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
            names.sort();
            names
        };
        let keys = |text: &str| -> Vec<String> {
            text.lines().filter_map(|line| Some(line.split_once(": ")?.0.to_owned())).collect()
        };
        for (path, swedish) in TEXTS.iter().filter(|(path, _)| path.starts_with("sv/")) {
            for language in ["en", "nb"] {
                let other =
                    TEXTS.iter().find(|(name, _)| *name == path.replace("sv/", &format!("{language}/"))).unwrap().1;
                assert_eq!(names(swedish), names(other), "{language}: {path}");
                if path.ends_with("words.txt") {
                    assert_eq!(keys(swedish), keys(other), "{language}: {path}");
                }
            }
        }
    }

    #[test]
    fn lines_are_of_one_length_and_no_word_is_cut() {
        let text = wrapped_from(&"ord och ".repeat(30), 3);
        assert!(text.lines().skip(1).all(|line| line.starts_with("   o")), "{text}");
        let lengths: Vec<usize> = text.trim_end().lines().map(|line| line.chars().count()).collect();
        assert!(lengths.iter().all(|length| *length <= 88) && lengths[1] > 80, "{lengths:?}");
        assert_eq!(text.split_whitespace().count(), 60);
        let command = wrapped_from(&format!("{}`belagg export en-rapport --web` gör om.", "ord ".repeat(18)), 0);
        assert!(command.ends_with("\n`belagg export en-rapport --web` gör om."), "{command}");
    }

    #[test]
    fn a_value_is_never_read_as_a_name() {
        let values = [("a", "{b}".to_owned()), ("b", "x".to_owned())];
        assert_eq!(filled("{a} {b} {c} {", &values), "{b} x {c} {");
    }
}
