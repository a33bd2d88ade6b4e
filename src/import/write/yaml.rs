//! Texts as values of YAML.

/// A text as YAML has it: plain where it cannot be read otherwise, else in quotation marks.
pub fn value(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Words that YAML reads as something else than a text.
const TAKEN: &[&str] = &["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"];

fn is_plain(text: &str) -> bool {
    let simple =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\u{a0}' | '-' | '–' | '.' | '/' | '(' | ')' | '”' | '’');
    text.starts_with(char::is_alphabetic)
        && text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '.'))
        && text.chars().all(simple)
        && !TAKEN.contains(&text.to_lowercase().as_str())
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stand_plain_where_they_can() {
        for (text, written) in [
            ("Besök i mars", "Besök i mars"),
            ("no", "\"no\""),
            ("a: b", "\"a: b\""),
            ("12", "\"12\""),
            ("a \"b\" \\*", "\"a \\\"b\\\" \\\\*\""),
            ("a\\\nb", "\"a\\\\\\nb\""),
        ] {
            assert_eq!(value(text), written);
        }
    }
}
