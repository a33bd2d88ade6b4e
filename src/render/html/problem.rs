//! What is wrong with a template, and where.

use std::fmt;

use tera::ErrorKind;

/// A fault of a template. Tera stops at the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// Path in `templates/html`; begins with `builtin/` for a template of the program's own.
    pub file: String,
    /// Counted from 1; 1 where the fault is the whole file's.
    pub line: usize,
    pub message: String,
}

impl fmt::Display for TemplateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for TemplateProblem {}

impl From<tera::Error> for TemplateProblem {
    fn from(error: tera::Error) -> Self {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Self {
                file: report.filename().into(),
                line: report.span().start_line.max(1),
                message: report.message().into(),
            },
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                Self { file: tpl.clone(), line: 1, message: error.to_string() }
            }
            ErrorKind::MissingParent { current, .. } => {
                Self { file: current.clone(), line: 1, message: error.to_string() }
            }
            _ => from_report(&error.to_string()),
        }
    }
}

/// Tera gives unknown names only as printed text: `error: message`, then `--> file:line:column`.
fn from_report(report: &str) -> TemplateProblem {
    let message = report.lines().next().unwrap_or_default();
    let message = message.strip_prefix("error: ").unwrap_or(message).to_owned();
    let place = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    let place = place.and_then(|place| {
        let mut parts = place.rsplitn(3, ':');
        let (_column, line, file) = (parts.next()?, parts.next()?, parts.next()?);
        Some((file.to_owned(), line.parse().ok()?))
    });
    let (file, line) = place.unwrap_or_else(|| (named_file(report).unwrap_or("report.html").to_owned(), 1));
    TemplateProblem { file, line, message }
}

/// The first template of the workspace's own that a message names between back quotes.
fn named_file(message: &str) -> Option<&str> {
    message.split('`').skip(1).step_by(2).find(|name| name.ends_with(".html") && !name.starts_with(super::BUILTIN))
}
