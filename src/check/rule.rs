//! What a rule is, and how grave it is in a report.

use crate::diagnostic::{Code, Diagnostic, Said, Severity, Tongue};
use crate::model::{Level, Project};
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
    pub fn at(&self, span: Span, message: impl Into<Said>) -> Diagnostic {
        Diagnostic::new(self.severity, self.code, message).at(span)
    }

    /// The comment at the head of the rule's file, in Markdown.
    #[must_use]
    pub fn documentation(&self, tongue: Tongue) -> String {
        if let Some(own) = tongue.of_rule(self.code.0) {
            return own.replace("### ", "## ");
        }
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

/// How grave a finding of a rule or a demand of a kind is in a report, of itself as grave as `own`: what the report or its workspace sets, none
/// where that is off. Nothing set, a draft can be built whatever it still lacks.
#[must_use]
pub fn severity(project: &Project, code: Code, own: Severity) -> Option<Severity> {
    match project.settings(code.0).find_map(|setting| setting.level) {
        Some(Level::Off) => None,
        Some(Level::On(severity)) => Some(severity),
        None if project.report.status.is_unfinished() => Some(own.max(Severity::Warning)),
        None => Some(own),
    }
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
