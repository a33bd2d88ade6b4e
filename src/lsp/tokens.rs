//! Ids as they stand in the texts of authors: in bindings, citations, targets of links and attributes of headings, and as values and keys of YAML.

use std::ops::Range;

/// An id and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub place: Range<usize>,
    pub role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `{{ sip.any | more-or-less sip.before }}`, `{{ table visits }}`
    Binding,
    /// `[@fricker2007]`
    Citation,
    /// `[](#table-visits)`
    Target,
    /// `# Result {#result}`
    Heading,
    /// `base: cases`, `cases: {…}`
    Yaml,
}

fn in_id(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':')
}

/// All ids of a file.
pub fn tokens(path: &str, text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    within(text, "{{", "}}", Role::Binding, &mut out);
    within(text, "[@", "]", Role::Citation, &mut out);
    within(text, "](#", ")", Role::Target, &mut out);
    within(text, "{#", "}", Role::Heading, &mut out);
    if path.ends_with(".yaml") {
        scalars(text, &mut out);
    }
    out.sort_by_key(|token| (token.place.start, token.place.end));
    out.dedup_by(|one, other| one.place == other.place);
    out
}

/// The words between two signs, in one paragraph.
fn within(text: &str, open: &str, close: &str, role: Role, out: &mut Vec<Token>) {
    let mut from = 0;
    while let Some(found) = text[from..].find(open) {
        let start = from + found + open.len();
        from = start;
        let Some(length) = text[start..].find(close) else { continue };
        let inner = &text[start..start + length];
        if inner.contains("\n\n") {
            continue;
        }
        from = start + length;
        if role == Role::Citation {
            // `key, s. 12; @other`
            let mut at = start;
            for part in inner.split(';') {
                let key = part.split(',').next().unwrap_or_default();
                words(key, at, role, out);
                at += part.len() + 1;
            }
        } else {
            words(inner, start, role, out);
        }
    }
}

fn words(text: &str, at: usize, role: Role, out: &mut Vec<Token>) {
    let mut from = None;
    for (here, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (in_id(c), from) {
            (true, None) => from = Some(here),
            (false, Some(start)) => {
                out.push(Token { place: at + start..at + here, role });
                from = None;
            }
            _ => {}
        }
    }
}

/// Keys, and values of one word.
fn scalars(text: &str, out: &mut Vec<Token>) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = comment(line).map_or(line, |at| &line[..at]);
        let mut found = Vec::new();
        words(content, start, Role::Yaml, &mut found);
        for token in found {
            let (from, to) = (token.place.start - start, token.place.end - start);
            // A key's colon, and the full stop of a sentence, are no parts of an id.
            let word = content[from..to].trim_end_matches([':', '.']);
            let to = from + word.len();
            let before = content[..from].trim_end_matches([' ', '\t', '"', '\'']);
            let behind = content[to..].trim_start_matches([' ', '\t', '"', '\'', '\r', '\n']);
            let begins = before.is_empty() || before.ends_with(['[', '{', ',', ':', '-']);
            let ends = behind.is_empty() || behind.starts_with([']', '}', ',', ':']);
            if begins && ends && !word.is_empty() {
                out.push(Token { place: start + from..start + to, role: Role::Yaml });
            }
        }
        start += line.len();
    }
}

/// Where a comment begins.
fn comment(line: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') if line[..at].ends_with([' ', '[', '{', ',', ':']) => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '#') if at == 0 || line[..at].ends_with([' ', '\t']) => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        tokens(path, text).into_iter().map(|token| text[token.place].to_owned()).collect()
    }

    #[test]
    fn ids_of_a_chapter() {
        let text = "# Å {#a-b}\n\n{{ sip.any | percent }} [@x2007, s. 12; @y] [t](#table-v) annat sip.any\n";
        assert_eq!(found("a.md", text), ["a-b", "sip.any", "percent", "x2007", "y", "table-v"]);
    }

    #[test]
    fn ids_of_yaml_are_keys_and_whole_values() {
        let text = "figures:\n  plans: {label: ärenden med plan, base: cases} # cases\n  all: {sum: [plans, other]}\n";
        let all = found("a.yaml", text);
        assert_eq!(all, ["figures", "plans", "label", "base", "cases", "all", "sum", "plans", "other"]);
    }
}
