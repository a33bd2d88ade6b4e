//! Style sheets: rules in their order, and the addresses in them.

/// One rule of a sheet. Comments between rules are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule<'a> {
    /// `selectors { declarations }`
    Style { selectors: &'a str, declarations: &'a str },
    /// `@media … { rules }`, and all else that holds rules.
    Group { head: &'a str, rules: Vec<Rule<'a>> },
    /// `@font-face { … }`, `@keyframes … { … }`, `@import …;`: the words before the braces, and what is in them.
    Other { head: &'a str, body: Option<&'a str> },
}

/// Names of at-rules that hold rules.
const GROUPS: &[&str] = &["@media", "@supports", "@container", "@layer", "@scope", "@starting-style"];

/// How deep groups may stand in each other; what is deeper is passed over.
const DEPTH: usize = 8;

/// The rules of a sheet.
#[must_use]
pub fn rules(sheet: &str) -> Vec<Rule<'_>> {
    read(sheet, DEPTH)
}

/// The selectors of a list; commas within brackets part nothing.
#[must_use]
pub fn selectors(list: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, sign) in list.char_indices() {
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                out.push(list.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(list.get(start..).unwrap_or_default().trim());
    out
}

fn read(sheet: &str, depth: usize) -> Vec<Rule<'_>> {
    let mut out = Vec::new();
    let mut rest = sheet;
    loop {
        rest = past_blanks(rest);
        if rest.is_empty() {
            return out;
        }
        let end = until(rest, &['{', ';', '}']);
        let head = rest.get(..end).unwrap_or_default().trim();
        let after = rest.get(end..).unwrap_or_default();
        if !after.starts_with('{') {
            if head.starts_with('@') {
                out.push(Rule::Other { head, body: None });
            }
            rest = after.get(1..).unwrap_or_default();
            continue;
        }
        let inner = after.get(1..).unwrap_or_default();
        let close = closing(inner);
        let body = inner.get(..close).unwrap_or_default();
        rest = inner.get(close + 1..).unwrap_or_default();
        let name = head.split(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        if !head.starts_with('@') {
            out.push(Rule::Style { selectors: head, declarations: body.trim() });
        } else if !GROUPS.contains(&name) {
            out.push(Rule::Other { head, body: Some(body.trim()) });
        } else if let Some(deeper) = depth.checked_sub(1) {
            out.push(Rule::Group { head, rules: read(body, deeper) });
        }
    }
}

/// Behind blanks and comments.
fn past_blanks(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("/*") {
        let end = comment.find("*/").map_or(comment.len(), |at| at + 2);
        rest = comment.get(end..).unwrap_or_default().trim_start();
    }
    rest
}

/// Where the first of some signs stands that is in no string, comment or bracket; the end where none does.
pub(super) fn until(text: &str, signs: &[char]) -> usize {
    let mut depth = 0_usize;
    for (at, sign) in plain(text) {
        match sign {
            _ if depth == 0 && signs.contains(&sign) => return at,
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

/// Where the brace closes that was opened before a text; its end where it does not.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, sign) in plain(text) {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => return at,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// The signs of a sheet that stand in no string and no comment, with their places.
fn plain(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    let mut comment = false;
    let mut skip = false;
    let mut signs = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, sign) = signs.next()?;
            let next = signs.peek().map(|(_, next)| *next);
            if skip {
                skip = false;
                continue;
            }
            match (comment, quote, sign) {
                (true, _, '*') if next == Some('/') => (comment, skip) = (false, true),
                (true, ..) => {}
                (_, Some(_), '\\') => skip = true,
                (_, Some(open), _) if open == sign => quote = None,
                (_, Some(_), _) => {}
                (.., '"' | '\'') => quote = Some(sign),
                (.., '/') if next == Some('*') => (comment, skip) = (true, true),
                (.., '\\') => skip = true,
                _ => return Some((at, sign)),
            }
        }
    })
}

/// The addresses in `url(…)`, with their places.
#[must_use]
pub fn addresses(sheet: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    for (at, _) in sheet.match_indices("url(") {
        let start = at + 4;
        let inner = sheet.get(start..).and_then(|rest| rest.split_once(')')).map_or("", |(inner, _)| inner);
        let bare = inner.trim().trim_matches(['"', '\'']);
        let before = inner.find(bare).unwrap_or_default();
        out.push((start + before, bare));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Rule, addresses, rules};

    #[test]
    fn rules_groups_and_the_rest_are_told_apart() {
        let sheet = "/* a { } */ @import \"x;y\"; a, b:is(c, d) { content: \"}\"; } @media (min-width: 1rem) { e { f: g } @supports (h) { i { } } } \
                     @font-face { src: url(j) } k{}";
        let style = |selectors, declarations| Rule::Style { selectors, declarations };
        assert_eq!(
            rules(sheet),
            [
                Rule::Other { head: "@import \"x;y\"", body: None },
                style("a, b:is(c, d)", "content: \"}\";"),
                Rule::Group {
                    head: "@media (min-width: 1rem)",
                    rules: vec![style("e", "f: g"), Rule::Group { head: "@supports (h)", rules: vec![style("i", "")] }]
                },
                Rule::Other { head: "@font-face", body: Some("src: url(j)") },
                style("k", ""),
            ]
        );
    }

    #[test]
    fn what_never_ends_is_read_to_its_end() {
        assert_eq!(rules("a { b: c"), [Rule::Style { selectors: "a", declarations: "b: c" }]);
        assert_eq!(rules("a"), []);
        assert_eq!(rules(&"@media x {".repeat(10_000)).len(), 1);
    }

    #[test]
    fn addresses_are_found_with_their_places() {
        assert_eq!(addresses("a { b: url( \"c.woff2\" ) } url(d)"), [(13, "c.woff2"), (30, "d")]);
    }
}
