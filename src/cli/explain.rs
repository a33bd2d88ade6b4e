//! `belagg explain`.

use crate::check::RULES;
use crate::check::rule::{markdown, severity_name};
use crate::diagnostic::{CODES, nearest};

use super::output::Output;
use super::{SUCCESS, USAGE};

/// Prints what a code means, or all codes with their titles.
pub fn run(code: Option<&str>, out: &Output) -> u8 {
    let Some(code) = code else {
        for info in CODES {
            out.line(&format!("{}  {}", info.code, info.title));
        }
        for rule in RULES {
            out.line(&format!("{}  {} ({})", rule.code, rule.title, severity_name(rule.severity)));
        }
        return SUCCESS;
    };
    let wanted = code.trim_matches(['[', ']']).to_uppercase();
    if let Some(rule) = RULES.iter().find(|rule| rule.code.0 == wanted) {
        let severity = severity_name(rule.severity);
        out.line(&format!("{}: {} ({severity} by default)\n\n{}", rule.code, rule.title, rule.documentation()));
        out.line(&format!("\nSet it in belagg.yaml: rules: {{{}: {severity}}}", rule.code));
        return SUCCESS;
    }
    match CODES.iter().find(|info| info.code.0 == wanted) {
        Some(info) => {
            out.line(&format!("{}: {}\n\n{}", info.code, info.title, info.explanation));
            SUCCESS
        }
        None => {
            let known = CODES.iter().map(|info| info.code.0).chain(RULES.iter().map(|rule| rule.code.0));
            let near = nearest(&wanted, known);
            let hint = near.map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
            out.fault(&format!("there is no code `{code}`.{hint} `belagg explain` lists all."));
            USAGE
        }
    }
}

/// Prints all rules as docs/rules.md has them.
pub fn rules(out: &Output) -> u8 {
    out.line(markdown().trim_end());
    SUCCESS
}
