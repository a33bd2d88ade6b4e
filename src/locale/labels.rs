//! The program's own words: what the templates and the resolver print that no author wrote.

use crate::diagnostic::{Said, nearest, say};
use std::collections::BTreeMap;

/// Reads a file of labels.
pub(super) fn read(json: &str) -> Result<BTreeMap<String, String>, Said> {
    serde_json::from_str(json).map_err(|error| say!("the labels cannot be read: {error}", error))
}

/// Replaces labels by those in `json`. A key or a placeholder that the label does not have is an error, and nothing is
/// replaced then.
pub(super) fn replace(labels: &mut BTreeMap<String, String>, json: &str) -> Result<(), Said> {
    let replacements = read(json)?;
    if let Some(fault) = replacements.iter().find_map(|(key, text)| fault(labels, key, text)) {
        return Err(fault);
    }
    labels.extend(replacements);
    Ok(())
}

/// What keeps a text from standing in the place of a label: there is no such key, or it has no such placeholder.
pub(super) fn fault(labels: &BTreeMap<String, String>, key: &str, text: &str) -> Option<Said> {
    let Some(label) = labels.get(key) else {
        let help = nearest(key, labels.keys().map(String::as_str));
        let help = help.map_or(Said::default(), |name| say!("; did you mean `{name}`?", name));
        return Some(say!("there is no label `{key}`{help}", key, help));
    };
    let known = placeholders(label);
    let other = placeholders(text).into_iter().find(|name| !known.contains(name))?;
    let known: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
    let known = if known.is_empty() { say!("has none") } else { say!("has {names}", names = known.join(", ")) };
    Some(say!("there is no placeholder {{{other}}} in the label `{key}`, which {known}", other, key, known))
}

/// Puts values in the place of `{name}`. A value's own braces are left alone, and so is a placeholder without value.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, name, after)) = split_placeholder(rest) {
        out.push_str(before);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => out.push_str(value),
            None => out.extend(["{", name, "}"]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Names of the placeholders, in their order.
fn placeholders(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some((_, name, after)) = split_placeholder(rest) {
        names.push(name);
        rest = after;
    }
    names
}

fn split_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, inside) = text.split_once('{')?;
    let (name, after) = inside.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;

    #[test]
    fn all_languages_have_the_same_labels_and_placeholders() {
        let first = read(Language::default().labels()).expect("labels");
        for (tag, language) in Language::WORDS {
            let labels = read(language.labels()).expect(tag);
            assert!(first.keys().eq(labels.keys()), "the same keys in {tag}.json");
            for ((key, known), text) in first.iter().zip(labels.values()) {
                let sorted = |text| {
                    let mut names = placeholders(text);
                    names.sort_unstable();
                    names
                };
                assert_eq!(sorted(known), sorted(text), "{tag}: {key}");
                // A no-break space may be the whole label: it parts groups of digits.
                assert!(!text.is_empty() && text.trim_matches(' ') == text, "{tag}: {key}");
            }
        }
    }

    #[test]
    fn files_have_one_sorted_key_a_line() {
        for (tag, language) in Language::WORDS {
            let keys: Vec<&str> =
                language.labels().lines().filter_map(|line| line.trim().strip_prefix('"')?.split('"').next()).collect();
            assert!(keys.is_sorted_by(|a, b| a < b), "sorted and none twice in {tag}.json");
            assert_eq!(keys.len(), read(language.labels()).expect("labels").len());
        }
    }

    #[test]
    fn values_are_put_in_once() {
        assert_eq!(fill("{part} av {base}", &[("part", "{base}"), ("base", "40")]), "{base} av 40");
        assert_eq!(fill("{a} {b} {", &[("a", "1")]), "1 {b} {");
    }

    #[test]
    fn a_slip_in_a_replacement_is_told() {
        let mut labels = read(Language::Swedish.labels()).expect("labels");
        let before = labels.clone();
        let error = |labels: &mut _, json| replace(labels, json).expect_err(json).english();
        assert_eq!(
            error(&mut labels, r#"{"chart": "Figur", "contens": "Innehåll"}"#),
            "there is no label `contens`; did you mean `contents`?"
        );
        assert_eq!(
            error(&mut labels, r#"{"table_reference": "tabell {nummer}"}"#),
            "there is no placeholder {nummer} in the label `table_reference`, which has {number}"
        );
        assert!(error(&mut labels, r#"{"chart": 5}"#).contains("line 1"));
        assert!(error(&mut labels, "").contains("cannot be read"));
        assert_eq!(labels, before, "nothing is replaced by a faulty file");
        replace(&mut labels, r#"{"chart": "Figur"}"#).expect("a known key");
        assert_eq!(labels["chart"], "Figur");
        assert_eq!(labels["table"], "Tabell");
    }
}
