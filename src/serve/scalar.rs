//! A text of a YAML file as its reader knows it, and as it is written in the place of another.

/// What a text says, without quotation marks and escapes around it.
pub fn read(written: &str) -> String {
    let quoted = |mark: char| written.len() > 1 && written.starts_with(mark) && written.ends_with(mark);
    if quoted('"') {
        return serde_json::from_str(written).unwrap_or_else(|_| written.to_owned());
    }
    if quoted('\'') {
        return written[1..written.len() - 1].replace("''", "'");
    }
    written.to_owned()
}

/// A text in the place of what stands at `start..end` of a file, quoted where it has to be.
pub fn written(text: &str, file: &str, start: usize, end: usize) -> String {
    let old = &file[start..end];
    let around = (file[..start].chars().next_back(), file[end..].chars().next());
    match around {
        (Some('"'), Some('"')) => {
            let whole = quoted(text);
            whole[1..whole.len() - 1].to_owned()
        }
        (Some('\''), Some('\'')) if !text.contains('\n') => text.replace('\'', "''"),
        _ if old.starts_with(['"', '\'']) => quoted(text),
        _ if old.contains('\n') => indented(text, old),
        _ if is_plain(text) && (is_number(old) || !is_number(text)) => text.to_owned(),
        _ => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Lines moved in as the old ones are.
fn indented(text: &str, old: &str) -> String {
    let second = old.lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or_default();
    let indent = &second[..second.len() - second.trim_start().len()];
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |all, line| {
        let before = if line.is_empty() || line.starts_with(indent) { "" } else { indent };
        format!("{all}\n{before}{line}")
    })
}

/// Whether a text means itself without quotation marks, in a list or mapping within brackets too.
fn is_plain(text: &str) -> bool {
    let first = |c: char| !"!&*?|>@%`\"'#,[]{}:-=~".contains(c) || c == '-' && is_number(text);
    text.trim() == text
        && text.chars().next().is_some_and(first)
        && !text.contains([',', '[', ']', '{', '}', '\n', '\t'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !matches!(text.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off")
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The file after the words between two bars were replaced.
    fn put(file: &str, text: &str) -> String {
        let (before, rest) = file.split_once('|').unwrap();
        let (old, after) = rest.split_once('|').unwrap();
        let plain = [before, old, after].concat();
        let new = written(text, &plain, before.len(), before.len() + old.len());
        [before, &new, after].concat()
    }

    #[test]
    fn a_text_means_the_same_wherever_it_is_put() {
        for (file, text, wanted) in [
            ("label: |beslut|", "nya beslut", "label: nya beslut"),
            ("label: |beslut|", "beslut: alla", "label: \"beslut: alla\""),
            ("label: |beslut|", "\"ja\" # nej", "label: \"\\\"ja\\\" # nej\""),
            ("label: |beslut|", "2024", "label: \"2024\""),
            ("label: |beslut|", "", "label: \"\""),
            ("count: |12|", "13", "count: 13"),
            ("count: |12|", "-1.5", "count: -1.5"),
            ("{label: |a|, count: 1}", "a, b", "{label: \"a, b\", count: 1}"),
            ("label: \"|beslut|\"", "de \"nya\"", "label: \"de \\\"nya\\\"\""),
            ("label: '|beslut|'", "lagens '", "label: 'lagens '''"),
            ("label: |\"be\\\"slut\"|", "x", "label: \"x\""),
            ("text: >-\n  |ett\n  två|\n", "ett\ntre\n  fyra", "text: >-\n  ett\n  tre\n  fyra\n"),
        ] {
            assert_eq!(put(file, text), wanted);
        }
        assert_eq!((read("\"a\\\"b\""), read("'a''b'"), read("a")), ("a\"b".into(), "a'b".into(), "a".into()));
    }
}
