//! Diagnostics as a code quality report, which GitLab shows beside the lines of a merge request.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::visible::visible_json;
use super::{Diagnostic, Severity, Tongue};
use crate::source::SourceMap;
use crate::system::sha256;

/// One array of all that was found. What stands nowhere concerns the workspace: GitLab leaves out what has no file.
#[must_use]
pub fn gitlab(all: &[(Vec<&Diagnostic>, &SourceMap)], tongue: Tongue) -> String {
    let mut known = BTreeMap::new();
    let found: Vec<Value> = all
        .iter()
        .flat_map(|(found, sources)| found.iter().map(|diagnostic| (*diagnostic, *sources)))
        .map(|(diagnostic, sources)| entry(diagnostic, sources, tongue, &mut known))
        .collect();
    visible_json(&format!("{:#}\n", Value::Array(found))).into_owned()
}

fn entry(diagnostic: &Diagnostic, sources: &SourceMap, tongue: Tongue, known: &mut BTreeMap<String, usize>) -> Value {
    let said = diagnostic.message.text_in(tongue);
    let help = diagnostic.help.iter().map(|help| format!("\n{}", help.text_in(tongue)));
    let description: String = std::iter::once(said.clone()).chain(help).collect();
    let (path, begin, end) = diagnostic.primary.as_ref().map_or(("belagg.yaml", 1, 1), |label| {
        let path = sources.get(label.span.source).path.as_str();
        (path, sources.position(label.span).line, sources.end(label.span).line)
    });
    // By it GitLab tells what is new: not by the line, which moves with those before it. What is said again in the same words is counted.
    let name = format!("{}\n{path}\n{}", diagnostic.code.0, diagnostic.message.text_in(Tongue::English));
    let before = known.entry(name.clone()).or_insert(0);
    let fingerprint = sha256(format!("{name}\n{before}").as_bytes());
    *before += 1;
    json!({
        "description": description,
        "check_name": diagnostic.code.0,
        "fingerprint": fingerprint,
        "severity": match diagnostic.severity {
            Severity::Error => "critical",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        "location": {"path": path, "lines": {"begin": begin, "end": end}},
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, say};
    use crate::source::Span;

    #[test]
    fn what_is_found_keeps_its_fingerprint_when_lines_move() {
        let report = |text: &str, from: usize| -> Vec<Value> {
            let mut sources = SourceMap::default();
            let file = sources.add("content/a.md", text);
            let here = |at| Diagnostic::warning(Code("EVI001"), say!("100% fel")).at(Span::new(file, at, at + 3));
            let found =
                [here(from), here(from + 4).help(say!("gör så")), Diagnostic::error(Code("FIG001"), say!("100% fel"))];
            let text = gitlab(&[(found.iter().collect(), &sources)], Tongue::English);
            serde_json::from_str(&text).unwrap()
        };
        let (one, moved) = (report("ett\ntvå\n", 0), report("\n\nett\ntvå\n", 2));
        let fingerprints: Vec<&Value> = one.iter().map(|entry| &entry["fingerprint"]).collect();
        assert_eq!(fingerprints, moved.iter().map(|entry| &entry["fingerprint"]).collect::<Vec<_>>());
        assert!(fingerprints[0] != fingerprints[1] && fingerprints[1] != fingerprints[2]);
        assert_eq!(
            (&one[0]["location"], &moved[0]["location"]),
            (
                &json!({"path": "content/a.md", "lines": {"begin": 1, "end": 1}}),
                &json!({"path": "content/a.md", "lines": {"begin": 3, "end": 3}})
            )
        );
        assert_eq!(one[1]["description"], "100% fel\ngör så");
        assert_eq!((&one[2]["severity"], &one[2]["location"]["path"]), (&json!("critical"), &json!("belagg.yaml")));
    }
}
