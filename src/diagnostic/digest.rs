//! Many findings for people: those of one rule in one paragraph are one message, what a rule advises is said once, and a table tells what there
//! is most of. Programs get every finding by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Code, Diagnostic, Said, Severity, Tongue, say};
use crate::source::{SourceId, SourceMap, Span};

/// One message for people.
#[derive(Debug)]
pub struct Message<'a> {
    pub found: &'a Diagnostic,
    /// What the same rule found in the same paragraph besides.
    pub further: Vec<&'a Diagnostic>,
    /// What to do, unless it was said before.
    pub help: Vec<&'a Said>,
    /// Where else the rule has found something, in paragraphs that are not shown.
    pub elsewhere: Option<Said>,
}

/// So many paragraphs are shown of a rule in a report; of the others only the lines are told. Errors are all shown.
const MOST: usize = 12;

/// The findings of a run as they are told to people.
#[derive(Debug)]
pub struct Digest<'r> {
    /// Codes and titles of the rules. What has another code is told as it is.
    rules: &'r [(&'static str, &'static str)],
    /// Remarks too, and every paragraph.
    all: bool,
    told: BTreeSet<(Code, Said)>,
    tallies: BTreeMap<Code, Tally>,
    hidden: usize,
}

/// How often a rule has found something, and in which sections.
#[derive(Debug)]
struct Tally {
    severity: Severity,
    count: usize,
    sections: BTreeMap<String, usize>,
}

impl<'r> Digest<'r> {
    #[must_use]
    pub fn new(rules: &'r [(&'static str, &'static str)], all: bool) -> Self {
        Self { rules, all, told: BTreeSet::new(), tallies: BTreeMap::new(), hidden: 0 }
    }

    /// Remarks that were not shown.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// The messages of one report, whose findings are sorted.
    pub fn messages<'a>(&mut self, found: &[&'a Diagnostic], sources: &SourceMap) -> Vec<Message<'a>> {
        let mut layouts: BTreeMap<SourceId, Layout> = BTreeMap::new();
        let mut out: Vec<Message<'a>> = Vec::new();
        // Where the message of a paragraph stands, none where it is not shown.
        let mut known: BTreeMap<(Code, Severity, SourceId, usize), Option<usize>> = BTreeMap::new();
        let mut shown: BTreeMap<Code, Vec<usize>> = BTreeMap::new();
        let mut left: BTreeMap<Code, Vec<Span>> = BTreeMap::new();
        for diagnostic in found {
            let own = Message { found: diagnostic, further: Vec::new(), help: Vec::new(), elsewhere: None };
            let is_hidden = diagnostic.severity == Severity::Info && !self.all;
            self.hidden += usize::from(is_hidden);
            if !self.is_rule(diagnostic.code) {
                out.extend((!is_hidden).then_some(own));
                continue;
            }
            let span = diagnostic.primary.as_ref().map(|label| label.span);
            let layout = span
                .map(|span| (span, &*layouts.entry(span.source).or_insert_with(|| Layout::new(span.source, sources))));
            self.count(diagnostic, layout.map(|(span, layout)| layout.section(span.start as usize)));
            if is_hidden {
                continue;
            }
            let Some((span, layout)) = layout else {
                out.push(own);
                continue;
            };
            let paragraph = (diagnostic.code, diagnostic.severity, span.source, layout.paragraph(span.start as usize));
            let shown = shown.entry(diagnostic.code).or_default();
            let at = *known.entry(paragraph).or_insert_with(|| {
                let enough = !self.all && diagnostic.severity != Severity::Error && shown.len() >= MOST;
                (!enough).then_some(out.len())
            });
            match at {
                Some(at) if at == out.len() => {
                    shown.push(at);
                    out.push(own);
                }
                Some(at) => out[at].further.push(diagnostic),
                None => left.entry(diagnostic.code).or_default().push(span),
            }
        }
        for (code, spans) in left {
            if let Some(last) = shown.get(&code).and_then(|all| all.last()) {
                out[*last].elsewhere = Some(elsewhere(code, &spans, sources));
            }
        }
        for message in &mut out {
            message.help =
                std::iter::once(&message.found).chain(&message.further).flat_map(|found| self.untold(found)).collect();
        }
        out
    }

    fn is_rule(&self, code: Code) -> bool {
        self.rules.iter().any(|(rule, _)| *rule == code.0)
    }

    fn untold<'a>(&mut self, found: &'a Diagnostic) -> Vec<&'a Said> {
        let is_rule = self.is_rule(found.code);
        found.help.iter().filter(|help| !is_rule || self.told.insert((found.code, (*help).clone()))).collect()
    }

    fn count(&mut self, found: &Diagnostic, section: Option<String>) {
        let new = Tally { severity: found.severity, count: 0, sections: BTreeMap::new() };
        let tally = self.tallies.entry(found.code).or_insert(new);
        tally.severity = tally.severity.min(found.severity);
        tally.count += 1;
        if let Some(section) = section {
            *tally.sections.entry(section).or_default() += 1;
        }
    }

    /// What each rule has found, how often, and where most: the gravest first, then the most frequent. Empty where no rule has found anything.
    #[must_use]
    pub fn table(&self, tongue: Tongue) -> Vec<String> {
        let mut rows: Vec<(&Code, &Tally)> = self.tallies.iter().collect();
        rows.sort_by_key(|(code, tally)| (tally.severity, usize::MAX - tally.count, **code));
        let width = self.rules.iter().filter(|(code, _)| rows.iter().any(|(known, _)| known.0 == *code));
        let told = |said: Said| said.text_in(tongue);
        let width = width.map(|(_, title)| told(Said::words(title)).chars().count()).max().unwrap_or_default();
        rows.into_iter()
            .map(|(code, tally)| {
                let title = self.rules.iter().find(|(rule, _)| *rule == code.0).map_or("", |(_, title)| *title);
                let title = told(Said::words(title));
                let severity = told(match tally.severity {
                    Severity::Error => say!("error"),
                    Severity::Warning => say!("warning"),
                    Severity::Info => say!("remark"),
                });
                // Of sections that have as many the first by name.
                let most = tally.sections.iter().max_by_key(|(_, count)| **count);
                let most = most.map(|(section, count)| told(say!("most in {section} ({count})", section, count)));
                let most = most.unwrap_or_default();
                format!("{code:<6} {:>5}  {severity:<7}  {title:<width$}  {most}", tally.count).trim_end().to_owned()
            })
            .collect()
    }
}

/// "31 more in 22 other paragraphs" is told by lines, file by file.
fn elsewhere(code: Code, spans: &[Span], sources: &SourceMap) -> Said {
    let mut files: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for span in spans {
        let lines = files.entry(sources.get(span.source).path.as_str()).or_default();
        let line = sources.position(*span).line;
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }
    let lines = |lines: &[usize]| lines.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    let files: Vec<String> = files.iter().map(|(path, own)| format!("{path}: {}", lines(own))).collect();
    say!(
        "{more} more of {code} on other lines ({files}); `belagg check --all` shows them",
        more = spans.len(),
        code,
        files = files.join("; ")
    )
}

/// Where paragraphs and sections begin in a file.
struct Layout {
    /// The path as it is told, before the section.
    path: String,
    paragraphs: Vec<usize>,
    sections: Vec<(usize, String)>,
}

impl Layout {
    fn new(file: SourceId, sources: &SourceMap) -> Self {
        let source = sources.get(file);
        let markdown = source.path.ends_with(".md");
        let (mut paragraphs, mut sections) = (Vec::new(), Vec::new());
        let (mut at, mut open) = (0, false);
        for line in source.text.split_inclusive('\n') {
            let words = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace()).trim_end();
            // In files of data every line is one thing.
            if !markdown || !open && !words.is_empty() {
                paragraphs.push(at);
            }
            open = !words.is_empty();
            let heading = words.trim_start_matches('#');
            if markdown && heading.len() < words.len() && heading.starts_with(' ') {
                let heading = heading.split_once('{').map_or(heading, |(heading, _)| heading).trim();
                sections.push((at, heading.to_owned()));
                open = false;
            }
            at += line.len();
        }
        Self { path: source.path.clone(), paragraphs, sections }
    }

    fn paragraph(&self, at: usize) -> usize {
        self.paragraphs.partition_point(|start| *start <= at)
    }

    fn section(&self, at: usize) -> String {
        let section = self.sections.partition_point(|(start, _)| *start <= at).checked_sub(1);
        match section.and_then(|at| self.sections.get(at)) {
            Some((_, heading)) => format!("{}, {heading}", self.path),
            None => self.path.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &[(&str, &str)] = &[("EVI001", "A number"), ("LAN001", "A sign")];

    fn found(sources: &SourceMap, file: SourceId, code: &'static str, severity: Severity, words: &str) -> Diagnostic {
        let at = sources.get(file).text.find(words).unwrap();
        Diagnostic::new(severity, Code(code), say!("wrong: {words}", words))
            .at(Span::new(file, at, at + words.len()))
            .help(say!("bind it"))
    }

    #[test]
    fn one_rule_in_one_paragraph_is_one_message_and_its_help_is_said_once() {
        let mut sources = SourceMap::default();
        let text = "# Ett\n\nDet var 12.\nSedan 13.\n\n## Två {#b}\n\n> Till sist 14.\n>\n> Och 15.\n";
        let file = sources.add("content/a/k.md", text);
        let mut all: Vec<Diagnostic> =
            ["12", "13", "14", "15"].map(|words| found(&sources, file, "EVI001", Severity::Warning, words)).into();
        all.insert(1, found(&sources, file, "FIG001", Severity::Error, "var"));
        all.push(found(&sources, file, "LAN001", Severity::Info, "Sedan"));
        let found: Vec<&Diagnostic> = all.iter().collect();
        let mut digest = Digest::new(RULES, false);
        let told: Vec<(String, usize, usize)> = digest
            .messages(&found, &sources)
            .iter()
            .map(|message| (message.found.message.english(), message.further.len(), message.help.len()))
            .collect();
        let row = |words: &str, further, help| (format!("wrong: {words}"), further, help);
        assert_eq!(told, [row("12", 1, 1), row("var", 0, 1), row("14", 0, 0), row("15", 0, 0)]);
        assert_eq!(digest.hidden(), 1);
        assert_eq!(
            digest.table(Tongue::English),
            [
                "EVI001     4  warning  A number  most in content/a/k.md, Två (2)",
                "LAN001     1  remark   A sign    most in content/a/k.md, Ett (1)"
            ]
        );
        assert_eq!(Digest::new(RULES, true).messages(&found, &sources).len(), 5);
    }

    #[test]
    fn many_paragraphs_are_told_by_their_lines_and_errors_are_all_shown() {
        let mut sources = SourceMap::default();
        let text: String = (100..140).map(|number| format!("Tal {number}.\n\n")).collect();
        let file = sources.add("k.md", text.as_str());
        for (severity, messages) in [(Severity::Warning, MOST), (Severity::Error, 40)] {
            let all: Vec<Diagnostic> =
                (100..140).map(|number| found(&sources, file, "EVI001", severity, &number.to_string())).collect();
            let found: Vec<&Diagnostic> = all.iter().collect();
            let mut digest = Digest::new(RULES, false);
            let told = digest.messages(&found, &sources);
            assert_eq!(told.len(), messages);
            let elsewhere = told.last().and_then(|last| last.elsewhere.as_ref()).map(Said::english).unwrap_or_default();
            assert_eq!(
                elsewhere.contains("28 more of EVI001 on other lines (k.md: 25, 27,"),
                severity == Severity::Warning
            );
        }
    }
}
