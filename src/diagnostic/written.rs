//! Diagnostics in a form that outlives the run: told again later, they are the same in every language and every format.

use serde::{Deserialize, Serialize};

use super::refused::{Refused, Thing};
use super::said::QUOTED;
use super::{CODES, Code, Diagnostic, Fix, Label, Meant, Said, Severity, Sink, Tongue};
use crate::source::Span;

/// What a run has said of a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Written {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    diagnostics: Vec<Found>,
    #[serde(default, skip_serializing_if = "is_default")]
    refused: Refused,
    /// Lines of what was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lines: Vec<Words>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Found {
    code: String,
    severity: u8,
    message: Words,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    primary: Option<(Span, Words)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    secondary: Vec<(Span, Words)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    help: Vec<Words>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fix: Option<(Span, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    meant: Option<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left: Option<Words>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lacks: Vec<(Thing, String)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Words {
    Text(String),
    Phrase { say: String, of: Vec<(String, Words)> },
    List { all: Vec<Words>, between: String },
}

/// What stands between phrases.
const BETWEEN: &[&str] = &["", ", ", "; ", "\n", " "];

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

impl Written {
    /// None where something was said that could not be told again: words that no catalogue has. `rules` are the codes of the checks.
    #[must_use]
    pub fn new(sink: &Sink, lines: &[Said], rules: &[Code]) -> Option<Self> {
        let written = Self {
            diagnostics: sink.diagnostics.iter().map(Found::new).collect(),
            refused: sink.refused.clone(),
            lines: lines.iter().map(Words::new).collect(),
        };
        let (read, said) = written.read(rules)?;
        (read.diagnostics == sink.diagnostics && said == lines).then_some(written)
    }

    /// What was said; none where this program does not say such words.
    #[must_use]
    pub fn read(&self, rules: &[Code]) -> Option<(Sink, Vec<Said>)> {
        let diagnostics = self.diagnostics.iter().map(|found| found.read(rules)).collect::<Option<_>>()?;
        let lines = self.lines.iter().map(Words::read).collect::<Option<_>>()?;
        Some((Sink { diagnostics, refused: self.refused.clone() }, lines))
    }

    /// The files that it speaks of.
    pub fn places(&self) -> impl Iterator<Item = Span> {
        let labels =
            |found: &Found| found.primary.iter().chain(&found.secondary).map(|(span, _)| *span).collect::<Vec<_>>();
        self.diagnostics
            .iter()
            .flat_map(move |found| labels(found).into_iter().chain(found.fix.as_ref().map(|(span, _)| *span)))
    }
}

fn is_default(refused: &Refused) -> bool {
    *refused == Refused::default()
}

impl Found {
    fn new(found: &Diagnostic) -> Self {
        let label = |label: &Label| (label.span, Words::new(&label.text));
        Self {
            code: found.code.0.to_owned(),
            severity: found.severity as u8,
            message: Words::new(&found.message),
            primary: found.primary.as_ref().map(label),
            secondary: found.secondary.iter().map(label).collect(),
            help: found.help.iter().map(Words::new).collect(),
            fix: found.fix.as_ref().map(|fix| (fix.span, fix.replacement.clone())),
            meant: found.meant.as_ref().map(|meant| (meant.found.clone(), meant.name.clone())),
            left: found.left.as_ref().map(Words::new),
            lacks: found.lacks.clone(),
        }
    }

    fn read(&self, rules: &[Code]) -> Option<Diagnostic> {
        let codes = CODES.iter().map(|info| info.code).chain(rules.iter().copied()).chain([Code::LINK_PLACEHOLDER]);
        let label = |(span, text): &(Span, Words)| Some(Label { span: *span, text: text.read()? });
        let all = |words: &[Words]| words.iter().map(Words::read).collect::<Option<Vec<_>>>();
        Some(Diagnostic {
            code: codes.into_iter().find(|code| code.0 == self.code)?,
            severity: *SEVERITIES.get(usize::from(self.severity))?,
            message: self.message.read()?,
            primary: match &self.primary {
                Some(primary) => Some(label(primary)?),
                None => None,
            },
            secondary: self.secondary.iter().map(label).collect::<Option<_>>()?,
            help: all(&self.help)?,
            fix: self.fix.as_ref().map(|(span, replacement)| Fix { span: *span, replacement: replacement.clone() }),
            meant: self.meant.as_ref().map(|(found, name)| Meant { found: found.clone(), name: name.clone() }),
            left: match &self.left {
                Some(left) => Some(left.read()?),
                None => None,
            },
            lacks: self.lacks.clone(),
        })
    }
}

impl Words {
    fn new(said: &Said) -> Self {
        match said {
            Said::Text(text) => Self::Text(text.clone()),
            Said::Phrase { template, values } => Self::Phrase {
                say: (*template).to_owned(),
                of: values.iter().map(|(name, value)| ((*name).to_owned(), Self::new(value))).collect(),
            },
            Said::List { all, between } => {
                Self::List { all: all.iter().map(Self::new).collect(), between: (*between).to_owned() }
            }
        }
    }

    fn read(&self) -> Option<Said> {
        Some(match self {
            Self::Text(text) => Said::Text(text.clone()),
            Self::Phrase { say, of } => {
                let template = if say == QUOTED { QUOTED } else { Tongue::known(say)? };
                let value = |(name, value): &(String, Words)| Some((name_in(template, name)?, value.read()?));
                Said::Phrase { template, values: of.iter().map(value).collect::<Option<_>>()? }
            }
            Self::List { all, between } => Said::List {
                all: all.iter().map(Self::read).collect::<Option<_>>()?,
                between: BETWEEN.iter().find(|known| *known == between)?,
            },
        })
    }
}

/// A name as it stands in a template.
fn name_in(template: &'static str, name: &str) -> Option<&'static str> {
    let at = template.find(&format!("{{{name}}}"))? + 1;
    template.get(at..at + name.len())
}

#[cfg(test)]
mod tests {
    use super::super::say;
    use super::*;
    use crate::source::SourceMap;

    #[test]
    fn what_is_written_down_is_told_again_in_every_language() {
        let file = SourceMap::default().add("a.md", "ett två");
        let span = Span::new(file, 0, 3);
        let mut sink = Sink::default();
        sink.push(
            Diagnostic::warning(Code::FILE_MISSING, say!("`{path}` is missing", path = "a{b}"))
                .label(span, say!("the version"))
                .also(Span::new(file, 4, 7), Said::verbatim("två"))
                .help(say!("check the spelling and the folder, or create the file"))
                .help(Said::list([say!("the version"), Said::verbatim(2)], ", "))
                .fix(span, "tre")
                .left(Said::quoted("a {word}"))
                .nearest("ett", ["etta"])
                .lacks(Thing::Table, "t"),
        );
        sink.push(Diagnostic::new(Severity::Info, Code::LINK_PLACEHOLDER, say!("the version")));
        sink.refuse(Thing::Table, "t");
        let lines = [say!("{reports} reports", reports = 3), Said::verbatim("x")];
        let written = Written::new(&sink, &lines[1..], &[]).unwrap();
        let text = serde_json::to_string(&written).unwrap();
        let (again, said) = serde_json::from_str::<Written>(&text).unwrap().read(&[]).unwrap();
        assert_eq!((again.diagnostics, said), (sink.diagnostics.clone(), lines[1..].to_vec()));
        assert_eq!(again.refused, sink.refused);
        assert_eq!(written.places().count(), 3);
        assert!(Written::new(&sink, &[Said::words("no catalogue has these words")], &[]).is_none());
        let unknown = text.replace("FIL001", "FIL999");
        assert!(serde_json::from_str::<Written>(&unknown).unwrap().read(&[]).is_none(), "of another program");
    }
}
