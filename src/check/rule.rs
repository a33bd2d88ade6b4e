//! What a rule is, and how a workspace sets it.

use crate::diagnostic::{Code, Diagnostic, Severity, Sink, nearest};
use crate::model::{Level, RuleSetting};
use crate::source::Span;

use super::{Context, RULES};

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

/// All rules as one Markdown page: docs/rules.md.
#[must_use]
pub fn markdown() -> String {
    let mut out = "# Rules\n\n<!-- Made by `belagg explain --rules` from the rules themselves; a test holds it up to date. -->\n\n\
        What `belagg check` and `belagg build` object to in the text. Severities and options are set in `belagg.yaml`, exceptions stand beside\n\
        the line or in `report.yaml`: see [format.md](format.md#rules-and-exceptions).\n\n| code | what | default |\n|---|---|---|\n"
        .to_owned();
    for rule in RULES {
        out.push_str(&format!(
            "| [{0}](#{1}) | {2} | {3} |\n",
            rule.code,
            rule.code.0.to_lowercase(),
            rule.title,
            severity_name(rule.severity)
        ));
    }
    for rule in RULES {
        let text = rule.documentation().replace("\n## ", "\n### ");
        let text = text.strip_prefix("## ").map_or(text.clone(), |rest| format!("### {rest}"));
        out.push_str(&format!(
            "\n## {}\n\n{} ({} by default).\n\n{text}\n",
            rule.code,
            rule.title,
            severity_name(rule.severity)
        ));
    }
    out
}

/// Reports settings of rules and options that there are not.
pub fn check_settings(settings: &[RuleSetting], sink: &mut Sink) {
    for setting in settings {
        let Some(rule) = RULES.iter().find(|rule| rule.code.0 == setting.code.value) else {
            let known = RULES.iter().map(|rule| rule.code.0);
            let near = nearest(&setting.code.value, known).map(|near| format!("did you mean `{near}`?"));
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, format!("there is no rule `{}`", setting.code.value))
                    .at(setting.code.span)
                    .help(near.unwrap_or_else(|| "`belagg explain` lists all".to_owned())),
            );
            continue;
        };
        for (name, _) in &setting.options {
            if !rule.options.iter().any(|option| option.name == name.value) {
                let names: Vec<&str> = rule.options.iter().map(|option| option.name).chain(["severity"]).collect();
                sink.push(
                    Diagnostic::error(Code::KEY_UNKNOWN, format!("rule {} has no option `{}`", rule.code, name.value))
                        .at(name.span)
                        .help(format!("known here: {}", names.join(", "))),
                );
            }
        }
    }
}
