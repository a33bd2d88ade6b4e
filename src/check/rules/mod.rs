//! The rules, one a file, in the order of their codes. A new one is a file here and a line in [`RULES`].

pub mod evi001;
pub mod evi002;
pub mod evi003;
pub mod evi004;
pub mod evi005;
pub mod evi006;
pub mod evi007;
pub mod evi008;
pub mod evi009;
pub mod evi010;
pub mod evi011;
pub mod evi012;
pub mod evi013;
pub mod evi014;
pub mod evi015;
pub mod evi016;
pub mod evi017;
pub mod evi018;
pub mod lan001;
pub mod lan002;
pub mod lan003;
pub mod lan004;
pub mod lan005;
pub mod lan006;
pub mod nam001;
pub mod nam002;
pub mod ref011;
pub mod ref012;
pub mod ref013;
pub mod ref014;
pub mod ref016;
pub mod ref017;
pub mod ref018;
pub mod ref019;
pub mod tab011;
pub mod tab012;
pub mod tab013;
pub mod tab014;
pub mod tab015;
pub mod tab016;
pub mod tra002;
pub mod tra003;

use super::rule::{Rule, severity_name};
use crate::diagnostic::{Code, Diagnostic, Sink, Tongue, nearest, say};
use crate::model::RuleSetting;

/// Every rule.
pub const RULES: &[&Rule] = &[
    &evi001::RULE,
    &evi002::RULE,
    &evi003::RULE,
    &evi004::RULE,
    &evi005::RULE,
    &evi006::RULE,
    &evi007::RULE,
    &evi008::RULE,
    &evi009::RULE,
    &evi010::RULE,
    &evi011::RULE,
    &evi012::RULE,
    &evi013::RULE,
    &evi014::RULE,
    &evi015::RULE,
    &evi016::RULE,
    &evi017::RULE,
    &evi018::RULE,
    &lan001::RULE,
    &lan002::RULE,
    &lan003::RULE,
    &lan004::RULE,
    &lan005::RULE,
    &lan006::RULE,
    &nam001::RULE,
    &nam002::RULE,
    &ref011::RULE,
    &ref012::RULE,
    &ref013::RULE,
    &ref014::RULE,
    &ref016::RULE,
    &ref017::RULE,
    &ref018::RULE,
    &ref019::RULE,
    &tab011::RULE,
    &tab012::RULE,
    &tab013::RULE,
    &tab014::RULE,
    &tab015::RULE,
    &tab016::RULE,
    &tra002::RULE,
    &tra003::RULE,
];

/// All rules as one Markdown page: docs/rules.md.
#[must_use]
pub fn markdown() -> String {
    let mut out = "# Rules\n\n<!-- Made by `belagg explain --rules` from the rules themselves; a test holds it up to date. -->\n\n\
        What `belagg check` and `belagg build` object to in the text. Errors stop a build, but in a draft they are warnings. Severities and options\n\
        are set in `belagg.yaml` or `report.yaml`, exceptions stand beside the line or in `report.yaml`: see\n\
        [format.md](format.md#rules-and-exceptions).\n\n| code | what | default |\n|---|---|---|\n"
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
        let text = rule.documentation(Tongue::English).replace("\n## ", "\n### ");
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
pub fn check_settings<'a>(settings: impl IntoIterator<Item = &'a RuleSetting>, sink: &mut Sink) {
    for setting in settings {
        let rule = RULES.iter().find(|rule| rule.code.0 == setting.code.value);
        let demand = Code::DEMANDS.iter().find(|code| code.0 == setting.code.value);
        let Some((code, options)) = rule.map(|rule| (rule.code, rule.options)).or(demand.map(|code| (*code, &[][..])))
        else {
            let known = RULES.iter().map(|rule| rule.code.0).chain(Code::DEMANDS.iter().map(|code| code.0));
            let near = nearest(&setting.code.value, known).map(|near| say!("did you mean `{near}`?", near));
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, say!("there is no rule `{code}`", code = setting.code.value))
                    .at(setting.code.span)
                    .help(near.unwrap_or_else(|| say!("`belagg explain` lists all"))),
            );
            continue;
        };
        for (name, _) in &setting.options {
            if !options.iter().any(|option| option.name == name.value) {
                let names: Vec<&str> = options.iter().map(|option| option.name).chain(["severity"]).collect();
                sink.push(
                    Diagnostic::error(
                        Code::KEY_UNKNOWN,
                        say!("rule {code} has no option `{name}`", code, name = name.value),
                    )
                    .at(name.span)
                    .help(say!("known here: {names}", names = names.join(", "))),
                );
            }
        }
    }
}
