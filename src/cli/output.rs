//! What the program prints: diagnostics and results to their streams, progress only for people.

use std::io::{IsTerminal, Write as _};
use std::time::Duration;

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

use crate::check::RULES;
use crate::diagnostic::{self, Sink};
use crate::source::SourceMap;

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
}

/// Where and how things are printed.
#[derive(Debug)]
pub struct Output {
    format: Format,
    colour: bool,
    terminal: bool,
}

impl Output {
    /// `colour` is none where the terminal decides.
    pub fn new(format: Format, colour: Option<bool>) -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self { format, colour: colour.unwrap_or(terminal), terminal: terminal && format == Format::Human }
    }

    pub fn format(&self) -> Format {
        self.format
    }

    /// Whether colour may be used.
    pub fn colour(&self) -> bool {
        self.colour
    }

    /// What machines asked for.
    pub fn data(&self, text: &str) {
        self.stdout(text);
    }

    /// Asks on a terminal; elsewhere nobody can answer, which is no.
    pub fn confirm(&self, question: &str) -> bool {
        if !self.terminal || !std::io::stdin().is_terminal() {
            return false;
        }
        stderr(&format!("{question} [y/N] "));
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes" | "j" | "ja")
    }

    fn stdout(&self, text: &str) {
        // A reader who has gone away, as `head` does, is no fault of ours.
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    /// A line of result.
    pub fn line(&self, text: &str) {
        if self.format == Format::Human {
            self.stdout(text);
        }
    }

    /// A fault that no file can be blamed for.
    pub fn fault(&self, text: &str) {
        stderr(&format!("error: {text}\n"));
    }

    /// All diagnostics, and with them what was done, for machines in one object.
    pub fn concluded(&self, all: &[(&Sink, &SourceMap)], result: serde_json::Value) {
        if self.format == Format::Json {
            self.stdout(&format!("{:#}", serde_json::json!({"result": result, "diagnostics": array(all)})));
        } else {
            self.diagnostics(all);
        }
    }

    /// All diagnostics of all reports, each with its own files, and what they add up to. As JSON one array, also when it is empty.
    pub fn diagnostics(&self, all: &[(&Sink, &SourceMap)]) {
        match self.format {
            Format::Human => {}
            Format::Json => {
                return self.stdout(&format!("{:#}", array(all)));
            }
            Format::Sarif => {
                let found: Vec<_> = all.iter().map(|(sink, sources)| (sink.sorted(), *sources)).collect();
                let titles: Vec<(&str, &str)> = RULES.iter().map(|rule| (rule.code.0, rule.title)).collect();
                return self.stdout(diagnostic::sarif(&found, &titles).trim_end());
            }
            Format::Github => {
                let lines: String =
                    all.iter().map(|(sink, sources)| diagnostic::github(&sink.sorted(), sources)).collect();
                if !lines.is_empty() {
                    self.stdout(lines.trim_end());
                }
                return;
            }
        }
        let mut shown = Vec::new();
        for (sink, sources) in all {
            let text = diagnostic::human(&sink.sorted(), sources, self.colour);
            // What concerns the whole workspace is said once.
            if !shown.contains(&text) {
                stderr(&text);
                shown.push(text);
            }
        }
        let diagnostics: Vec<&diagnostic::Diagnostic> = all.iter().flat_map(|(sink, _)| sink.sorted()).collect();
        if let Some(summary) = diagnostic::summary(&diagnostics) {
            stderr(&format!("{summary}; `belagg explain CODE` tells more about a code in brackets\n"));
        }
    }

    /// Shows that work goes on: a moving line on a terminal, one quiet line elsewhere.
    pub fn progress(&self, text: &str) -> Progress {
        if !self.terminal {
            if self.format == Format::Human {
                stderr(&format!("{text}\n"));
            }
            return Progress(None);
        }
        let bar = ProgressBar::new_spinner();
        bar.set_style(ProgressStyle::default_spinner());
        bar.set_message(text.to_owned());
        bar.enable_steady_tick(Duration::from_millis(100));
        Progress(Some(bar))
    }
}

fn stderr(text: &str) {
    let _ = write!(std::io::stderr(), "{text}");
}

fn array(all: &[(&Sink, &SourceMap)]) -> serde_json::Value {
    let arrays = all
        .iter()
        .filter_map(|(sink, sources)| serde_json::from_str(&diagnostic::json(&sink.sorted(), sources)).ok())
        .flat_map(|array: Vec<serde_json::Value>| array);
    serde_json::Value::Array(arrays.collect())
}

/// The moving line; it goes away with the value.
#[derive(Debug)]
pub struct Progress(Option<ProgressBar>);

impl Progress {
    pub fn step(&self, text: &str) {
        if let Some(bar) = &self.0 {
            bar.set_message(text.to_owned());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
