//! Text that Markdown, and what the program adds to it, would misread.

/// Running text with a backslash before every sign that could be markup.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_markup = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '{' | '~' => true,
            '&' => rest.peek().is_some_and(|next| next.is_ascii_alphanumeric() || *next == '#'),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        match c {
            // A tab at the beginning would be code, and within means no more than a blank.
            '\t' => out.push(' '),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A line that begins a block, so that its first signs are no heading, list, quotation or rule.
pub fn line(line: &str) -> String {
    let line = line.trim_start_matches([' ', '\t']);
    let Some(first) = line.chars().next() else { return String::new() };
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match first {
        '#' | '>' | '+' | '-' | '=' | ':' | '|' => format!("\\{line}"),
        _ if digits > 0 && line[digits..].starts_with(['.', ')']) => {
            let (number, rest) = line.split_at(digits);
            format!("{number}\\{rest}")
        }
        _ => line.to_owned(),
    }
}

/// A text between the quotation marks of a picture's title: Markdown within Markdown.
pub fn title(markdown: &str) -> String {
    markdown.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_would_misread_is_escaped() {
        for (plain, escaped) in [
            ("a*b_c [x] <b> {{ y }}", "a\\*b\\_c \\[x\\] \\<b> \\{\\{ y }}"),
            ("R&D och &amp;", "R\\&D och \\&amp;"),
            ("5 & 6", "5 & 6"),
            ("c:\\a\tb", "c:\\\\a b"),
        ] {
            assert_eq!(text(plain), escaped);
        }
        for (plain, escaped) in [
            ("# a", "\\# a"),
            ("2019. Det året", "2019\\. Det året"),
            ("1) a", "1\\) a"),
            ("- a", "\\- a"),
            (": a", "\\: a"),
            ("12 a", "12 a"),
        ] {
            assert_eq!(line(plain), escaped);
        }
    }
}
