//! Diagnostics as SARIF 2.1.0, which code hosts and editors read.

use serde_json::{Value, json};

use super::visible::visible_json;
use super::{CODES, Diagnostic, Edit, Label, Said, Severity, Tongue, say};
use crate::source::{SourceMap, Span};

/// The whole log: one run with all results. `titles` names codes that are not in the register of this module.
#[must_use]
pub fn sarif(
    all: &[(Vec<&Diagnostic>, &SourceMap)],
    titles: &[(&'static str, &'static str)],
    tongue: Tongue,
) -> String {
    let results: Vec<Value> = all
        .iter()
        .flat_map(|(found, sources)| found.iter().map(|diagnostic| result(diagnostic, sources, tongue)))
        .collect();
    let mut used: Vec<&str> =
        all.iter().flat_map(|(found, _)| found.iter().map(|diagnostic| diagnostic.code.0)).collect();
    used.sort_unstable();
    used.dedup();
    let title = |code: &str| {
        let known = CODES.iter().find(|info| info.code.0 == code).map(|info| info.title);
        known.or_else(|| titles.iter().find(|(name, _)| *name == code).map(|(_, title)| *title)).unwrap_or_default()
    };
    let rules: Vec<Value> = used
        .iter()
        .map(|code| json!({"id": code, "shortDescription": {"text": Said::words(title(code)).text_in(tongue)}}))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "belagg", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            // Lines and columns of the source map count characters.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    visible_json(&format!("{log:#}\n")).into_owned()
}

fn result(diagnostic: &Diagnostic, sources: &SourceMap, tongue: Tongue) -> Value {
    let mut text = diagnostic.message.text_in(tongue);
    for help in &diagnostic.help {
        text.push('\n');
        text.push_str(&help.text_in(tongue));
    }
    let fixes: Vec<Value> = diagnostic.edit(sources).iter().map(|edit| fix(edit, sources, tongue)).collect();
    json!({
        "ruleId": diagnostic.code.0,
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "note",
        },
        "message": {"text": text},
        "locations": diagnostic.primary.iter().map(|label| location(label, sources, tongue)).collect::<Vec<_>>(),
        "relatedLocations": diagnostic.secondary.iter().map(|label| location(label, sources, tongue)).collect::<Vec<_>>(),
        "fixes": fixes,
    })
}

fn fix(edit: &Edit<'_>, sources: &SourceMap, tongue: Tongue) -> Value {
    let description = if edit.certain {
        say!("what `belagg check --fix` writes")
    } else {
        say!("did you mean `{name}`?", name = edit.text)
    };
    let replacement = json!({"deletedRegion": region(edit.span, sources), "insertedContent": {"text": edit.text}});
    json!({
        "description": {"text": description.text_in(tongue)},
        "artifactChanges": [{"artifactLocation": artifact(edit.span, sources), "replacements": [replacement]}],
    })
}

/// A path as a relative reference of RFC 3986: what it does not allow in a path is percent-encoded.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@/".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn artifact(span: Span, sources: &SourceMap) -> Value {
    json!({"uri": uri(&sources.get(span.source).path)})
}

fn region(span: Span, sources: &SourceMap) -> Value {
    let (start, end) = (sources.position(span), sources.end(span));
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

fn location(label: &Label, sources: &SourceMap, tongue: Tongue) -> Value {
    let mut out = json!({
        "physicalLocation": {"artifactLocation": artifact(label.span, sources), "region": region(label.span, sources)},
    });
    if !label.text.is_empty()
        && let Some(object) = out.as_object_mut()
    {
        object.insert("message".to_owned(), json!({"text": label.text.text_in(tongue)}));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn places_are_addresses_and_texts_hold_no_hidden_characters() {
        let mut sources = SourceMap::default();
        let file = sources.add("content/å b/100%#?<\n.md", "ett\n");
        let found = Diagnostic::error(Code("EVI001"), Said::verbatim("x\u{9b}2K\u{202e}")).at(Span::new(file, 0, 3));
        let text = sarif(&[(vec![&found], &sources)], &[], Tongue::English);
        assert!(!text.contains('\u{9b}') && !text.contains('\u{202e}'), "{text}");
        let log: Value = serde_json::from_str(&text).unwrap();
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["message"]["text"], "x\u{9b}2K\u{202e}");
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(*uri, "content/%C3%A5%20b/100%25%23%3F%3C%0A.md");
    }
}
