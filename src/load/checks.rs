//! Settings of the checks: `rules` in belagg.yaml and report.yaml, `exceptions` in report.yaml.

use crate::diagnostic::{Code, Diagnostic, Severity, Sink, say};
use crate::model::{Exception, RuleSetting};
use crate::source::Spanned;
use crate::value::Exact;

use super::form::{Count, Either, Reference, Required, Told, Words, choices, mapping};

pub use crate::model::Level;

choices!(Level {
    "off" => Level::Off,
    "false" => Level::Off,
    "info" => Level::On(Severity::Info),
    "warning" => Level::On(Severity::Warning),
    "error" => Level::On(Severity::Error),
});

mapping! {
    /// A rule with options.
    RuleEntry "rule" {
        /// How severe a finding is.
        severity: Level,
        ..options: Count,
    }
}

mapping! {
    /// A finding that is let pass.
    ExceptionEntry "an exception" {
        /// Code of the rule.
        rule: Required<Reference>,
        /// The words that it is about.
        text: Required<Words>,
        /// Why: whoever reads the report next will ask for it.
        reason: Told<Words>,
    }
}

/// `rules: {EVI001: error, LAN004: {severity: warning, words: 25}}`; whether there is such a rule is not known here.
pub fn rules(given: Vec<(Spanned<String>, Either<Level, RuleEntry>)>) -> Vec<RuleSetting> {
    let option = |(name, value): (Spanned<String>, Spanned<Exact>)| Some((name, value.value.to_i64()?));
    let setting = |(code, given)| match given {
        Either::Short(level) => RuleSetting { code, level: Some(level), options: Vec::new() },
        Either::Full(entry) => {
            let RuleEntry { severity, options } = entry;
            RuleSetting { code, level: severity, options: options.into_iter().filter_map(option).collect() }
        }
    };
    given.into_iter().map(setting).collect()
}

/// An exception; one without a reason is none.
pub fn exception(given: Spanned<ExceptionEntry>, sink: &mut Sink) -> Option<Exception> {
    let ExceptionEntry { rule, text, reason } = given.value;
    if reason.is_none() {
        sink.push(
            Diagnostic::error(Code::EXCEPTION_FAULTY, say!("the exception gives no reason"))
                .at(given.span)
                .help(say!("add `reason: …`: whoever reads the report next will ask for it")),
        );
    }
    Some(Exception { rule: rule?, text: text?, reason: reason? })
}
