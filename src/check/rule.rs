//! What a rule is, and how a workspace sets it.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Level, RuleSetting};
use crate::source::Span;

use super::Context;

/// One rule of the checks.
pub struct Rule {
    pub code: Code,
    pub title: &'static str,
    pub severity: Severity,
    /// The rule's own file: its module's comment is what people read.
    pub source: &'static str,
    pub options: &'static [RuleOption],
    pub check: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

/// A number that `belagg.yaml` can set for a rule.
#[derive(Debug)]
pub struct RuleOption {
    pub name: &'static str,
    pub default: i64,
    pub meaning: &'static str,
}

impl Rule {
    /// A finding of the rule.
    #[must_use]
    pub fn at(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.severity, self.code, message).at(span)
    }

    /// The comment at the head of the rule's file, in Markdown.
    #[must_use]
    pub fn documentation(&self) -> String {
        let lines = self.source.lines().take_while(|line| line.starts_with("//!"));
        let mut out = String::new();
        for line in lines.skip(1) {
            let text = line.strip_prefix("//!").unwrap_or_default();
            out.push_str(text.strip_prefix(' ').unwrap_or(text));
            out.push('\n');
        }
        out.trim().to_owned()
    }
}

/// What a workspace sets for a rule; none where the rule's own severities hold.
#[must_use]
pub fn level(rule: &Rule, settings: &[RuleSetting]) -> Option<Level> {
    settings.iter().find(|setting| setting.code.value == rule.code.0).and_then(|setting| setting.level)
}

/// The word that belagg.yaml has for a severity.
#[must_use]
pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}
