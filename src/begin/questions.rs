//! What an author is asked who begins a report: the same on a terminal and in the browser.

use std::collections::BTreeMap;

use super::{Wanted, publisher_named, starter};
use crate::diagnostic::{Said, Tongue, nearest, say};
use crate::limits;
use crate::load::{self, Library};
use crate::locale::Language;
use crate::markdown::slug;
use crate::model::{DocumentKind, document_name_fault};
use crate::register::register;
use crate::system::System;

register! {
    /// What a question is about.
    Topic { name, }
    Kind = "kind";
    Name = "name";
    Language = "language";
    Publisher = "publisher";
}

#[derive(Debug)]
pub struct Question {
    pub topic: Topic,
    pub asks: Said,
    /// What becomes of the answer.
    pub hint: Said,
    /// What can be chosen, by its number or its name; none where the answer is a text.
    pub choices: Vec<Choice>,
    /// The answer of who gives none.
    pub default: String,
}

#[derive(Debug)]
pub struct Choice {
    pub name: &'static str,
    pub about: Said,
}

/// An answer that cannot be taken.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub why: Said,
    /// What could be answered instead.
    pub instead: Option<String>,
}

/// Answers that were taken.
#[derive(Debug, Default)]
pub struct Answers(pub BTreeMap<Topic, String>);

/// The questions, in their order. Reports are written in the language of the workspace, else in that of their author.
#[must_use]
pub fn questions(system: &dyn System, library: &Library, tongue: Tongue) -> Vec<Question> {
    let kinds = DocumentKind::WORDS.iter().filter(|(name, _)| DocumentKind::WRITTEN.contains(name));
    let kinds = kinds.map(|(name, kind)| Choice { name, about: Said::words(kind.is()) });
    let languages = Language::WORDS.iter().filter(|(_, language)| !starter(DocumentKind::Report, *language).is_empty());
    let languages: Vec<Choice> =
        languages.map(|(name, language)| Choice { name, about: language_name(*language) }).collect();
    let workspace = load::language_named(system).filter(|name| languages.iter().any(|choice| choice.name == name));
    vec![
        Question {
            topic: Topic::Kind,
            asks: say!("What kind of document is it?"),
            hint: Said::default(),
            choices: kinds.collect(),
            default: DocumentKind::Report.name().to_owned(),
        },
        Question {
            topic: Topic::Name,
            asks: say!("What is the report called?"),
            hint: say!("A folder and an address are called so: small letters a to z, digits and hyphens."),
            choices: Vec::new(),
            default: free_name(system, tongue),
        },
        Question {
            topic: Topic::Language,
            asks: say!("In which language is it written?"),
            hint: Said::default(),
            choices: languages,
            default: workspace.unwrap_or_else(|| tongue.tag().to_owned()),
        },
        Question {
            topic: Topic::Publisher,
            asks: say!("Who publishes it?"),
            hint: say!(
                "Stands on the cover and in the imprint. Without an answer the invented publisher of the example stays."
            ),
            choices: Vec::new(),
            default: publisher_named(system, library).unwrap_or_default(),
        },
    ]
}

fn language_name(language: Language) -> Said {
    match language {
        Language::Swedish => say!("Swedish"),
        Language::English => say!("English"),
        Language::Norwegian => say!("Norwegian"),
    }
}

/// A name that no report has.
fn free_name(system: &dyn System, tongue: Tongue) -> String {
    let stem = slug(&say!("my report").text_in(tongue));
    let names = std::iter::once(stem.clone()).chain((2..).map(|number| format!("{stem}-{number}")));
    names.into_iter().find(|name| taken(system, name).is_none()).unwrap_or(stem)
}

/// The folder of a report of this name, where there is one.
fn taken(system: &dyn System, name: &str) -> Option<String> {
    ["content", "charts"].into_iter().map(|folder| format!("{folder}/{name}")).find(|place| system.exists(place))
}

/// That there is no kind of this name, and which there are.
#[must_use]
pub fn no_kind(name: &str) -> Said {
    let names = DocumentKind::WRITTEN;
    let near = nearest(name, names.iter().copied());
    let hint = near.map(|near| say!(" Did you mean {near}?", near)).unwrap_or_default();
    say!("there is no kind of report `{kind}`.{hint} Kinds: {names}.", kind = name, hint, names = names.join(", "))
}

/// Why no report can be called so, and what it could be called.
#[must_use]
pub fn no_name(name: &str) -> Option<Refusal> {
    let id = slug(name);
    if id != name {
        let why = say!(
            "`{name}` becomes a folder and an address, so it holds small letters a to z, digits and hyphens: try `{id}`",
            name,
            id
        );
        return Some(Refusal { why, instead: Some(id) });
    }
    let why = document_name_fault(name)?;
    Some(Refusal { why: say!("no report can be called `{name}`: {why}", name, why), instead: None })
}

impl Question {
    /// The answer as it is used.
    ///
    /// # Errors
    /// Why it cannot be one.
    pub fn answer(&self, system: &dyn System, typed: &str) -> Result<String, Refusal> {
        let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let answer = if typed.is_empty() { self.default.clone() } else { typed };
        let chosen = answer.parse::<usize>().ok().and_then(|number| self.choices.get(number.checked_sub(1)?));
        let answer = chosen.map_or(answer, |choice| choice.name.to_owned());
        match self.fault(system, &answer) {
            Some(refusal) => Err(refusal),
            None => Ok(answer),
        }
    }

    fn fault(&self, system: &dyn System, answer: &str) -> Option<Refusal> {
        let refused = |why: Said| Some(Refusal { why, instead: None });
        match self.topic {
            Topic::Kind if DocumentKind::written(answer).is_some() => None,
            Topic::Kind => {
                let near = nearest(answer, DocumentKind::WRITTEN.iter().copied());
                let why = no_kind(answer);
                Some(Refusal { why, instead: near.map(str::to_owned) })
            }
            Topic::Name => {
                let there = || refused(super::Unwritten::Taken(taken(system, answer)?).words());
                no_name(answer).or_else(there)
            }
            Topic::Language if self.choices.iter().any(|choice| choice.name == answer) => None,
            Topic::Language => refused(match Language::find(answer) {
                Some(language) => say!(
                    "there is no example in {name}: choose another language, and write `language: {tag}` in the new report.yaml",
                    name = language_name(language),
                    tag = language.tag()
                ),
                None => say!(
                    "there is no language `{language}`. Languages: {names}.",
                    language = answer,
                    names = self.choices.iter().map(|choice| choice.name).collect::<Vec<_>>().join(", ")
                ),
            }),
            Topic::Publisher if answer.chars().count() > limits::LABEL => {
                refused(say!("the name of who publishes has at most {most} characters", most = limits::LABEL))
            }
            Topic::Publisher if answer.chars().any(char::is_control) => {
                refused(say!("the name of who publishes holds a character that cannot be printed"))
            }
            Topic::Publisher => None,
        }
    }
}

impl Answers {
    /// What is wanted by them; what was not answered is as the program has it.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        let answer = |topic| self.0.get(&topic).map(String::as_str).unwrap_or_default();
        let publisher = answer(Topic::Publisher);
        Wanted {
            kind: DocumentKind::written(answer(Topic::Kind)).unwrap_or(DocumentKind::Report),
            id: answer(Topic::Name).to_owned(),
            language: Language::find(answer(Topic::Language)).unwrap_or_default(),
            publisher: (!publisher.is_empty()).then(|| publisher.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::MemorySystem;

    #[test]
    fn answers_are_numbers_names_or_nothing() {
        let system = MemorySystem::new([
            ("belagg.yaml", "language: en\npublisher: {name: Town}\n"),
            ("content/my-report/a.md", ""),
        ]);
        let all = questions(&system, &Library::default(), Tongue::Swedish);
        let [kind, name, language, publisher] = &all[..] else { panic!("four questions") };
        let taken = |question: &Question, typed: &str| question.answer(&system, typed);
        let ok = |answer: &str| Ok(answer.to_owned());
        assert_eq!((taken(kind, ""), taken(kind, " 2 ")), (ok("report"), ok("statistics")));
        assert_eq!(taken(kind, "press-release"), ok("press-release"));
        let wrong = taken(kind, "pres-release").unwrap_err();
        assert_eq!(wrong.instead.as_deref(), Some("press-release"));
        for wrong in ["0", "13", "unit-extract"] {
            assert!(taken(kind, wrong).is_err(), "{wrong}");
        }
        assert_eq!((taken(name, ""), taken(name, "lage-2026")), (ok("min-rapport"), ok("lage-2026")));
        assert_eq!(taken(name, "Läge 2026").unwrap_err().instead.as_deref(), Some("lage-2026"));
        assert!(taken(name, "my-report").is_err(), "it is there");
        for wrong in ["search", "units", "con", &"a".repeat(200)] {
            assert!(taken(name, wrong).is_err(), "{wrong}");
        }
        assert_eq!((taken(language, ""), taken(language, "1")), (ok("en"), ok("sv")));
        assert!(taken(language, "nb").is_err() && taken(language, "3").is_err());
        assert_eq!((taken(publisher, ""), taken(publisher, " A  B ")), (ok("Town"), ok("A B")));
        assert!(taken(publisher, &"x".repeat(limits::LABEL + 1)).is_err() && taken(publisher, "a\u{7}b").is_err());
        assert_eq!(questions(&system, &Library::default(), Tongue::English)[1].default, "my-report-2");
    }
}
