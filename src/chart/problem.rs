//! Why a chart is refused.

use crate::diagnostic::Code;

/// Why a chart is refused, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub code: Code,
    pub message: String,
    pub help: Option<String>,
}

impl Problem {
    pub(super) fn new(code: Code, message: impl Into<String>, help: &str) -> Self {
        Self { code, message: message.into(), help: Some(help.to_owned()) }
    }
}
