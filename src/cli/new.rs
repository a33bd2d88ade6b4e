//! `belagg new`.

use crate::begin::{self, Answers, Beginning, Question, Refusal, Topic, Unwritten};
use crate::diagnostic::{Said, Tongue, say};
use crate::load::{self, Library};
use crate::locale::Language;
use crate::model::DocumentKind;
use crate::system::System;

use super::output::Output;
use super::{OUTPUT, SUCCESS, USAGE};

/// What was answered on the command line already.
pub struct Request<'r> {
    pub kind: Option<&'r str>,
    pub name: Option<&'r str>,
    pub language: Option<&'r str>,
}

/// Writes the files of a new report; what is there is never overwritten. Where kind or name is missing, all that is missing is asked for.
pub fn run(system: &dyn System, library: &Library, request: &Request<'_>, out: &Output) -> u8 {
    let is_complete = request.kind.is_some() && request.name.is_some();
    if !is_complete && !out.can_ask() {
        out.fault(say!("nobody can be asked here: name the kind and the report, as in `belagg new inspection-report my-report`; on a terminal `belagg new` asks"));
        return USAGE;
    }
    let workspace = load::language_named(system);
    let mut answers = Answers::default();
    for question in begin::questions(system, library, out.tongue()) {
        let given = match question.topic {
            Topic::Kind => request.kind,
            Topic::Name => request.name,
            // The workspace's language where there is an example in it.
            Topic::Language if is_complete => {
                let is_known = |name: &&str| question.choices.iter().any(|choice| choice.name == *name);
                request.language.or(workspace.as_deref().filter(is_known)).or(Some(Language::default().tag()))
            }
            Topic::Language => request.language,
            Topic::Publisher => None,
        };
        let answer = match given.map(|given| question.answer(system, given)) {
            Some(Ok(answer)) => answer,
            Some(Err(refusal)) => {
                out.fault(refusal.why);
                return USAGE;
            }
            None if is_complete => continue,
            None => {
                let talk = |lines: &[String]| out.ask(lines);
                match asked(&question, &|typed| question.answer(system, typed), out.tongue(), talk) {
                    Some(answer) => answer,
                    None => {
                        out.fault(say!("nothing was written"));
                        return USAGE;
                    }
                }
            }
        };
        answers.0.insert(question.topic, answer);
    }
    let wanted = answers.wanted();
    let id = &wanted.id;
    write(system, &begin::beginning(system, library, &wanted), out, || {
        out.line(say!("Now build it: belagg build {id}", id))
    })
}

/// Asks until an answer can be taken; none where nobody answers any more. `talk` shows lines, the last of which is answered behind.
fn asked(
    question: &Question,
    taken: &dyn Fn(&str) -> Result<String, Refusal>,
    tongue: Tongue,
    mut talk: impl FnMut(&[String]) -> Option<String>,
) -> Option<String> {
    let mut lines = vec![String::new(), question.asks.text_in(tongue)];
    let names = question.choices.iter().map(|choice| choice.name.len()).max().unwrap_or_default();
    for (at, choice) in question.choices.iter().enumerate() {
        lines.push(format!("{:>4}  {:names$}  {}", at + 1, choice.name, choice.about.text_in(tongue)));
    }
    if !question.hint.is_empty() {
        lines.push(question.hint.text_in(tongue));
    }
    let mut default = question.default.clone();
    loop {
        let what = if question.choices.is_empty() { say!("Answer") } else { say!("Number or name") };
        let prompt =
            if default.is_empty() { say!("{what}: ", what) } else { say!("{what} [{default}]: ", what, default) };
        lines.push(prompt.text_in(tongue));
        let typed = talk(&lines)?;
        let typed = if typed.trim().is_empty() { default.clone() } else { typed };
        let refusal = match taken(&typed) {
            Ok(answer) => return Some(answer),
            Err(refusal) => refusal,
        };
        lines = vec![refusal.why.text_in(tongue)];
        default = refusal.instead.unwrap_or_else(|| question.default.clone());
    }
}

/// The kind of document of this name; otherwise says which there are.
pub fn kind(name: &str, out: &Output) -> Option<DocumentKind> {
    let found = DocumentKind::written(name);
    if found.is_none() {
        out.fault(begin::no_kind(name));
    }
    found
}

/// The name as that of a folder; otherwise says what it could be.
pub fn id(name: &str, out: &Output) -> Option<String> {
    match begin::no_name(name) {
        None => Some(name.to_owned()),
        Some(refusal) => {
            out.fault(refusal.why);
            None
        }
    }
}

/// Writes files into places none of which is there, all of them or none, and says what to do next.
pub fn write(system: &dyn System, beginning: &Beginning, out: &Output, next: impl FnOnce()) -> u8 {
    if let Err(why) = begin::write(system, beginning) {
        out.fault(why.words());
        return if matches!(why, Unwritten::Taken(_)) { USAGE } else { OUTPUT };
    }
    for (path, _) in &beginning.files {
        out.plain(path);
    }
    out.line(Said::default());
    next();
    SUCCESS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::MemorySystem;

    /// The answer to a question where these lines are typed one after the other, and all that was shown.
    fn answered(topic: Topic, typed: &[&str], tongue: Tongue) -> (Option<String>, String) {
        let system = MemorySystem::new([("content/a/report.yaml", "")]);
        let all = begin::questions(&system, &Library::default(), tongue);
        let question = all.iter().find(|question| question.topic == topic).expect("a question");
        let (mut typed, mut shown) = (typed.iter(), String::new());
        let answer = asked(question, &|typed| question.answer(&system, typed), tongue, |lines| {
            shown.push_str(&lines.join("\n"));
            typed.next().map(|line| (*line).to_owned())
        });
        (answer, shown)
    }

    #[test]
    fn wrong_answers_are_asked_again_with_the_reason() {
        let (answer, shown) = answered(Topic::Kind, &["13", "repport", ""], Tongue::English);
        assert_eq!(answer.as_deref(), Some("report"));
        for part in [
            "What kind of document is it?\n   1  report",
            "\n  12  decision-page",
            "Number or name [report]: there is no kind of report `13`.",
            "Did you mean report?",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        let (answer, shown) = answered(Topic::Name, &["a", "Läget i mars", ""], Tongue::Swedish);
        assert_eq!(answer.as_deref(), Some("laget-i-mars"), "what was offered instead is the default then");
        for part in ["Svar [min-rapport]: content/a finns redan", "prova `laget-i-mars`\nSvar [laget-i-mars]: "] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
    }

    #[test]
    fn who_ends_is_asked_no_more() {
        assert_eq!(answered(Topic::Publisher, &[], Tongue::English).0, None);
        assert_eq!(answered(Topic::Kind, &["x"], Tongue::English).0, None);
    }
}
