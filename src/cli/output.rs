//! What the program prints: diagnostics and results to their streams, progress only for people.
//!
//! Whatever is printed may come from a file, so each line goes out with its hidden characters made visible: nothing that a file says can
//! move the cursor, end the line or reorder it. Lines that could not be printed are remembered, and are no success.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::Duration;

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

use crate::check::RULES;
use crate::diagnostic::{self, Diagnostic, Digest, Said, Sink, Tongue, say, visible, visible_json};
use crate::source::SourceMap;
use crate::system::wants_colour;

use super::{OUTPUT, SUCCESS};

/// How problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text with the line that is concerned
    Human,
    /// One JSON array
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Workflow commands, shown by GitHub beside the lines
    Github,
    /// A code quality report, shown by GitLab beside the lines
    Gitlab,
}

/// When colour is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// What is left unsaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quiet {
    No,
    /// That work goes on.
    Progress,
    /// That something was done, besides.
    Deeds,
}

/// Where and how things are printed.
#[derive(Debug)]
pub struct Output {
    format: Format,
    tongue: Tongue,
    colour: bool,
    terminal: bool,
    /// Work that goes on is not shown; where `Deeds` neither is what was done.
    quiet: Quiet,
    /// Why something could not be printed; the first reason.
    failed: Mutex<Option<io::Error>>,
    #[cfg(test)]
    silent: bool,
}

impl Output {
    pub fn new(format: Format, color: Color, tongue: Tongue) -> Self {
        let terminal = io::stderr().is_terminal();
        Self {
            format,
            tongue,
            colour: match color {
                Color::Auto => wants_colour(terminal),
                Color::Always => true,
                Color::Never => false,
            },
            terminal: terminal && format == Format::Human,
            quiet: Quiet::No,
            failed: Mutex::new(None),
            #[cfg(test)]
            silent: false,
        }
    }

    /// Shows no progress, and of a deed not that it was done.
    pub fn quiet(self, deed: bool) -> Self {
        Self { quiet: if deed { Quiet::Deeds } else { Quiet::Progress }, ..self }
    }

    /// For tests: says nothing.
    #[cfg(test)]
    pub fn silent(format: Format) -> Self {
        Self { silent: true, ..Self::new(format, Color::Never, Tongue::English) }
    }

    /// What is said, in the language of the run.
    pub fn text(&self, said: impl Into<Said>) -> String {
        said.into().text_in(self.tongue)
    }

    pub fn format(&self) -> Format {
        self.format
    }

    /// What its readers are spoken to in.
    pub fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// Whether colour may be used.
    pub fn colour(&self) -> bool {
        self.colour
    }

    /// What machines asked for: JSON, or a web page, which a file gets as it is.
    pub fn data(&self, text: &str) {
        match self.format {
            Format::Json | Format::Sarif | Format::Gitlab => self.stdout(&visible_json(text)),
            _ if io::stdout().is_terminal() => self.lines(Said::verbatim(text)),
            _ => self.stdout(text),
        }
    }

    /// Whether somebody sits at a terminal who can answer.
    pub fn can_ask(&self) -> bool {
        self.terminal && io::stdin().is_terminal()
    }

    /// Shows lines, and what is typed behind the last of them; none where nobody types any more.
    pub fn ask(&self, lines: &[String]) -> Option<String> {
        let lines: Vec<_> = lines.iter().map(|line| visible(line)).collect();
        self.stderr(&lines.join("\n"));
        let mut answer = String::new();
        let typed = io::stdin().read_line(&mut answer).is_ok_and(|bytes| bytes > 0);
        if !typed {
            self.stderr("\n");
        }
        typed.then_some(answer)
    }

    /// Asks on a terminal; elsewhere nobody can answer, which is no.
    pub fn confirm(&self, question: impl Into<Said>) -> bool {
        let question = self.text(say!("{question} [y/N] ", question = question.into()));
        let answer = if self.can_ask() { self.ask(&[question]) } else { None };
        answer.is_some_and(|answer| matches!(answer.trim(), "y" | "Y" | "yes" | "j" | "ja"))
    }

    /// A line of result. An end of a line within it is shown, not printed: it came from a file.
    pub fn line(&self, text: impl Into<Said>) {
        self.styled(&visible(&self.text(text)));
    }

    /// A line that is the same in every language.
    pub fn plain(&self, text: impl Display) {
        self.line(Said::verbatim(text));
    }

    /// A line whose parts the caller has made visible, with codes of colour between them.
    pub fn styled(&self, text: &str) {
        if self.format == Format::Human && self.quiet != Quiet::Deeds {
            self.stdout(text);
        }
    }

    /// Several lines, where their ends are the program's own.
    pub fn lines(&self, text: impl Into<Said>) {
        self.text(text).split('\n').for_each(|line| self.plain(line));
    }

    /// A fault that no file can be blamed for.
    pub fn fault(&self, text: impl Into<Said>) {
        let text = self.text(say!("error: {text}", text = self.text(text)));
        self.stderr(&format!("{}\n", visible(&text)));
    }

    fn stdout(&self, text: &str) {
        #[cfg(test)]
        if self.silent {
            return;
        }
        let mut stdout = io::stdout().lock();
        // A line that waits in memory is not printed: what is wrong with it must show before the program ends.
        self.note(writeln!(stdout, "{text}").and_then(|()| stdout.flush()));
    }

    fn stderr(&self, text: &str) {
        #[cfg(test)]
        if self.silent {
            return;
        }
        self.note(io::stderr().write_all(text.as_bytes()));
    }

    fn note(&self, result: io::Result<()>) {
        if let Err(error) = result {
            self.failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert(error);
        }
    }

    /// Whether something could not be printed.
    pub fn failed(&self) -> bool {
        self.failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).is_some()
    }

    /// The exit code of a run that gave `code`: what could not be printed is no success.
    pub fn conclude(self, code: u8) -> u8 {
        let failed = self.failed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        match failed {
            Some(error) if code == SUCCESS => {
                // A reader who has gone away, as `head` does, knows it.
                if error.kind() != io::ErrorKind::BrokenPipe {
                    let told = say!("what the program says could not be printed: {error}", error);
                    let told = say!("error: {text}", text = told).text_in(self.tongue);
                    let _ = writeln!(io::stderr(), "{told}");
                }
                OUTPUT
            }
            _ => code,
        }
    }

    /// All diagnostics, and with them what was done, for machines in one object.
    pub fn concluded(&self, all: &[(&Sink, &SourceMap)], result: serde_json::Value) {
        if self.format == Format::Json {
            self.data(&format!(
                "{:#}",
                serde_json::json!({"result": result, "diagnostics": array(&each_once(all), self.tongue)})
            ));
        } else {
            self.diagnostics(all);
        }
    }

    /// All diagnostics of all reports, each with its own files, and what they add up to. As JSON one array, also when it is empty.
    pub fn diagnostics(&self, all: &[(&Sink, &SourceMap)]) {
        self.found(all, false, false);
    }

    /// The same, with a table of what the rules have found; `everything`: remarks of rules too, and every paragraph.
    pub fn checked(&self, all: &[(&Sink, &SourceMap)], everything: bool) {
        self.found(all, everything, true);
    }

    /// What was found, as a part of other data.
    pub fn data_of(&self, sink: &Sink, sources: &SourceMap) -> serde_json::Value {
        array(&each_once(&[(sink, sources)]), self.tongue)
    }

    fn found(&self, all: &[(&Sink, &SourceMap)], everything: bool, table: bool) {
        let all = each_once(all);
        match self.format {
            Format::Human => {}
            Format::Json => return self.data(&format!("{:#}", array(&all, self.tongue))),
            Format::Sarif => return self.data(diagnostic::sarif(&all, &titles(), self.tongue).trim_end()),
            Format::Gitlab => return self.data(diagnostic::gitlab(&all, self.tongue).trim_end()),
            Format::Github => {
                let lines = all.iter().map(|(found, sources)| diagnostic::github(found, sources, self.tongue));
                let lines: String = lines.collect();
                if !lines.is_empty() {
                    self.stdout(lines.trim_end());
                }
                return;
            }
        }
        let titles = titles();
        let mut digest = Digest::new(&titles, everything);
        for (found, sources) in &all {
            self.stderr(&diagnostic::human(&digest.messages(found, sources), sources, self.colour, self.tongue));
        }
        for line in digest.table(self.tongue).into_iter().filter(|_| table) {
            self.stderr(&format!("{}\n", visible(&line)));
        }
        let diagnostics: Vec<&Diagnostic> = all.into_iter().flat_map(|(found, _)| found).collect();
        if let Some(summary) = diagnostic::summary(&diagnostics) {
            let told = if digest.hidden() > 0 {
                say!(
                    "{summary}; `belagg check --all` shows the remarks; `belagg explain CODE` tells more about a code in brackets",
                    summary
                )
            } else {
                say!("{summary}; `belagg explain CODE` tells more about a code in brackets", summary)
            };
            self.stderr(&format!("{}\n", self.text(told)));
        }
    }

    /// Shows that work goes on: a moving line on a terminal, one quiet line elsewhere.
    pub fn progress(&self, text: impl Into<Said>) -> Progress {
        let text = self.text(text);
        if !self.terminal || self.quiet != Quiet::No {
            if self.format == Format::Human && self.quiet == Quiet::No {
                self.stderr(&format!("{}\n", visible(&text)));
            }
            return Progress { bar: None, tongue: self.tongue };
        }
        let bar = ProgressBar::new_spinner();
        bar.set_style(ProgressStyle::default_spinner());
        bar.set_message(visible(&text).into_owned());
        bar.enable_steady_tick(Duration::from_millis(100));
        Progress { bar: Some(bar), tongue: self.tongue }
    }
}

/// The rules by their codes.
fn titles() -> Vec<(&'static str, &'static str)> {
    RULES.iter().map(|rule| (rule.code.0, rule.title)).collect()
}

/// What was found in a report, in order, with its files.
type Found<'a> = (Vec<&'a Diagnostic>, &'a SourceMap);

/// What was found, each once: what a report, one that builds on it and what is made from both is held up by is the same fault.
fn each_once<'a>(all: &[(&'a Sink, &'a SourceMap)]) -> Vec<Found<'a>> {
    let mut known = BTreeSet::new();
    let mut is_new = |found: &Diagnostic, sources: &SourceMap| {
        let place = found.primary.as_ref().map(|label| {
            let at = sources.position(label.span);
            (sources.get(label.span.source).path.clone(), at.line, at.column)
        });
        known.insert((place, found.severity, found.code, found.message.english()))
    };
    let mut new = |(sink, sources): &(&'a Sink, &'a SourceMap)| {
        let found = sink.sorted(sources).into_iter().filter(|found| is_new(found, sources));
        (found.collect(), *sources)
    };
    all.iter().map(&mut new).collect()
}

fn array(all: &[Found<'_>], tongue: Tongue) -> serde_json::Value {
    let arrays = all
        .iter()
        .filter_map(|(found, sources)| serde_json::from_str(&diagnostic::json(found, sources, tongue)).ok())
        .flat_map(|array: Vec<serde_json::Value>| array);
    serde_json::Value::Array(arrays.collect())
}

/// The moving line; it goes away with the value.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    tongue: Tongue,
}

impl Progress {
    pub fn step(&self, text: impl Into<Said>) {
        if let Some(bar) = &self.bar {
            bar.set_message(visible(&text.into().text_in(self.tongue)).into_owned());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
