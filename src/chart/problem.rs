//! Why a chart is refused.

use crate::diagnostic::{Code, Said};

/// Why a chart is refused, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub code: Code,
    pub message: Said,
    pub help: Said,
}

impl Problem {
    pub(super) fn new(code: Code, message: Said, help: Said) -> Self {
        Self { code, message, help }
    }
}
