//! Settings of the checks: `rules` in belagg.yaml, `exceptions` in report.yaml.

use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::model::{Exception, Level, RuleSetting};

use super::decode::{self, Map};
use super::yaml::{Node, Value};

const LEVELS: &[(&str, Level)] = &[
    ("off", Level::Off),
    ("false", Level::Off),
    ("info", Level::On(Severity::Info)),
    ("warning", Level::On(Severity::Warning)),
    ("error", Level::On(Severity::Error)),
];

/// `rules: {EVI001: error, LAN004: {severity: warning, words: 25}}`; whether there is such a rule is not known here.
pub fn rules(node: &Node, sink: &mut Sink) -> Vec<RuleSetting> {
    let Some(mut map) = Map::open(node, "`rules`", sink) else { return Vec::new() };
    let mut out = Vec::new();
    for (code, node) in map.rest() {
        if !matches!(node.value, Value::Map(_)) {
            let level = decode::choice(&node, &format!("the severity of {}", code.value), LEVELS, sink);
            out.push(RuleSetting { code, level, options: Vec::new() });
            continue;
        }
        let Some(mut setting) = Map::open(&node, format!("rule `{}`", code.value), sink) else { continue };
        let level = setting.choice("severity", LEVELS, sink);
        let options = setting
            .rest()
            .into_iter()
            .filter_map(|(name, node)| {
                let value = decode::count(&node, &format!("`{}`", name.value), sink)?;
                Some((name, value.value.to_i64()?))
            })
            .collect();
        out.push(RuleSetting { code, level, options });
    }
    out
}

/// `{rule: EVI001, text: "Agenda 2030", reason: …}`
pub fn exception(node: &Node, sink: &mut Sink) -> Option<Exception> {
    let mut map = Map::open(node, "an exception", sink)?;
    let rule = map.require_text("rule", sink);
    let text = map.require_text("text", sink);
    let reason = map.text("reason", sink);
    if reason.is_none() {
        sink.push(
            Diagnostic::error(Code::EXCEPTION_FAULTY, "the exception gives no reason")
                .at(map.span)
                .help("add `reason: …`: whoever reads the report next will ask for it"),
        );
    }
    map.finish(sink);
    let rule = rule.map(|rule| crate::source::Spanned::new(rule.value, rule.span))?;
    Some(Exception { rule, text: text?, reason: reason? })
}
