//! Bindings, citations and note references, hidden from the Markdown parser before it runs.
//!
//! `|`, `_`, `*` and brackets mean something in Markdown, and in `{{ sip_a | percent }}` they must not. So every such
//! character inside a binding, a citation or a note reference is swapped for a control character of the same length: offsets
//! stay true, and whatever turns out to stand in code is swapped back. Control characters that an author's text holds are
//! taken out first, so that a mask found in a text is always ours.

/// `{`, doubled where a binding begins.
pub const BRACE_OPEN: char = '\u{1}';
/// `}`, doubled where a binding ends.
pub const BRACE_CLOSE: char = '\u{2}';
/// `[` of a citation or a note reference.
pub const BRACKET_OPEN: char = '\u{3}';
/// `]` of a citation or a note reference.
pub const BRACKET_CLOSE: char = '\u{4}';
/// `|` in a binding.
pub const PIPE: char = '\u{5}';
/// `\` in a binding.
pub const BACKSLASH: char = '\u{6}';
/// `{` behind a backslash: in a heading the parser would take it for the beginning of attributes all the same.
pub const ESCAPED_BRACE: char = '\u{11}';
/// A blank in a binding that stands in the path of a picture, which ends at a blank.
pub const BLANK: char = '\u{7f}';
/// A backslash at a line's end, where lines are joined: a line break.
pub const LINE_BREAK: char = '\u{15}';

const PAIRS: [(u8, u8); 11] = [
    (b'{', 0x01),
    (b'}', 0x02),
    (b'[', 0x03),
    (b']', 0x04),
    (b'|', 0x05),
    (b'\\', 0x06),
    (b'_', 0x07),
    (b'*', 0x08),
    (b'<', 0x0e),
    (b'&', 0x0f),
    (b'!', 0x10),
];

/// Bullets of word processors.
const BULLETS: [char; 6] = ['•', '·', '▪', '◦', '‣', '\u{f0b7}'];

/// A text ready for the Markdown parser, byte for byte as long as the author's.
pub struct Masked {
    pub text: String,
    /// Position of the first control character and their number; each is now a blank.
    pub controls: Option<(usize, usize)>,
}

/// Masks a chapter.
pub fn chapter(text: &str) -> Masked {
    mask(text, false)
}

/// Masks a text that is one paragraph: its lines are joined, so that none of them begins a list or a heading.
pub fn paragraph(text: &str) -> Masked {
    mask(text, true)
}

/// The author's characters in running text, where a backslash before a brace is not printed.
pub fn unescape(text: &str) -> String {
    unmask(&text.replace("\u{6}\u{11}", "{"))
}

/// The author's characters again.
pub fn unmask(text: &str) -> String {
    text.chars()
        .map(|c| match PAIRS.iter().find(|(_, masked)| char::from(*masked) == c) {
            Some((plain, _)) => char::from(*plain),
            None if c == LINE_BREAK => '\\',
            None if c == ESCAPED_BRACE => '{',
            None if c == BLANK => ' ',
            None => c,
        })
        .collect()
}

fn mask(text: &str, join_lines: bool) -> Masked {
    let (mut bytes, controls) = without_controls(text);
    if !join_lines {
        mask_bullets(text, &mut bytes);
    }
    let mut at = 0;
    while at < bytes.len() {
        at = match (bytes[at], bytes.get(at + 1)) {
            (b'\\', Some(b'\n' | b'\r')) if join_lines => {
                bytes[at] = LINE_BREAK as u8;
                at + 1
            }
            (b'\\', Some(b'{')) => {
                bytes[at] = BACKSLASH as u8;
                bytes[at + 1] = ESCAPED_BRACE as u8;
                at + 2
            }
            (b'\\', Some(next)) if next.is_ascii_punctuation() => at + 2,
            (b'{', Some(b'{')) => mask_binding(&mut bytes, at),
            (b'[', Some(b'@')) => mask_citation(&mut bytes, at),
            (b'[', Some(b'^')) => mask_note(&mut bytes, at, !join_lines),
            (b'\n' | b'\r', _) if join_lines => {
                bytes[at] = b' ';
                at + 1
            }
            _ => at + 1,
        };
    }
    // Only ASCII was put in the place of ASCII, so the bytes are UTF-8 and nothing is lost.
    Masked { text: String::from_utf8_lossy(&bytes).into_owned(), controls }
}

/// Puts a hyphen, and as many blanks as it takes, in the place of each bullet that begins a line as word processors write it, outside code. What stands
/// further from its text than Markdown lets an item stand is left.
fn mask_bullets(text: &str, bytes: &mut [u8]) {
    let mut fence = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '>']);
        let mark = ["```", "~~~"].into_iter().find(|mark| content.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        let at = start + line.len() - content.len();
        start += line.len();
        let item = content.strip_prefix(BULLETS).unwrap_or(content);
        let words = item.trim_start_matches([' ', '\t', '\u{a0}']);
        let width = content.len() - words.len();
        if fence.is_none() && item.len() < content.len() && words.len() < item.len() && (2..=5).contains(&width) {
            bytes[at] = b'-';
            bytes[at + 1..at + width].fill(b' ');
        }
    }
}

fn without_controls(text: &str) -> (Vec<u8>, Option<(usize, usize)>) {
    let mut bytes = text.as_bytes().to_vec();
    let mut controls: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
        bytes[at..at + c.len_utf8()].fill(b' ');
        controls = Some(controls.map_or((at, 1), |(first, count)| (first, count + 1)));
    }
    (bytes, controls)
}

/// Swaps every special character of `bytes[from..to]`.
fn swap(bytes: &mut [u8], from: usize, to: usize) {
    for byte in &mut bytes[from..to] {
        if let Some((_, masked)) = PAIRS.iter().find(|(plain, _)| plain == byte) {
            *byte = *masked;
        }
    }
}

/// Masks `{{ … }}`; without an end, the two braces alone, which are then reported. Returns where to go on.
fn mask_binding(bytes: &mut [u8], at: usize) -> usize {
    let inner = at + 2;
    let end = (inner..bytes.len())
        .take_while(|&n| !stops(bytes, n) && !bytes[n..].starts_with(b"{{"))
        .find(|&n| bytes[n..].starts_with(b"}}"))
        .map_or(inner, |n| n + 2);
    if names_picture(&bytes[..at]) {
        // A path ends at a control character as well, all but this one.
        bytes[at..end].iter_mut().filter(|byte| **byte == b' ').for_each(|byte| *byte = BLANK as u8);
    } else {
        swap(bytes, at, end);
    }
    end
}

/// Whether what comes next stands in the path of a picture: `![Map](maps/`.
fn names_picture(before: &[u8]) -> bool {
    // Neither a path nor a description is longer: further back nobody need look.
    let within = |bytes: &'_ [u8], most: usize| bytes.len().saturating_sub(most)..bytes.len();
    let (rest, near) = before.split_at(within(before, 500).start);
    let path = near.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    let Some(opens) = path.windows(2).rposition(|two| two == b"](").filter(|at| !path[*at..].contains(&b')')) else {
        return false;
    };
    let alt = &before[..rest.len() + near.len() - path.len() + opens];
    let line = alt[within(alt, 2000)].rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    line.windows(2).any(|two| two == b"![")
}

/// Masks `[@key, locator]`, unless it is the text of a link.
fn mask_citation(bytes: &mut [u8], at: usize) -> usize {
    let inner = at + 2;
    if !bytes.get(inner).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80) {
        return inner;
    }
    let close = (inner..bytes.len())
        .take_while(|&n| !stops(bytes, n) && bytes[n] != b'[' && !bytes[n..].starts_with(b"{{"))
        .find(|&n| bytes[n] == b']');
    let end = match close {
        Some(close) if bytes.get(close + 1) == Some(&b'(') => return close + 1,
        Some(close) if bytes.get(close + 1) == Some(&b':') && begins_line(&bytes[..at]) => return close + 1,
        Some(close) => close + 1,
        None => at + 1,
    };
    swap(bytes, at, end);
    end
}

/// Masks `[^label]`, unless a note's definition begins with it.
fn mask_note(bytes: &mut [u8], at: usize, definitions: bool) -> usize {
    let inner = at + 2;
    let close = (inner..bytes.len())
        .take_while(|&n| !bytes[n].is_ascii_whitespace() && !matches!(bytes[n], b'[' | b'`'))
        .find(|&n| bytes[n] == b']');
    match close {
        Some(close) if close > inner => {
            let defines = definitions && bytes.get(close + 1) == Some(&b':') && begins_line(&bytes[..at]);
            if !defines {
                swap(bytes, at, close + 1);
            }
            close + 1
        }
        _ => inner,
    }
}

/// No binding or citation goes on past code or an empty line.
fn stops(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'`' => true,
        b'\n' => {
            let rest = bytes[at + 1..].iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'>'));
            matches!(rest, None | Some(b'\n'))
        }
        _ => false,
    }
}

/// Whether only quotation and list markers stand between the line's start and the end of `before`.
fn begins_line(before: &[u8]) -> bool {
    // No line has more markers than this before its text: further back nobody need look.
    let before = &before[before.len().saturating_sub(1000)..];
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    before[start..].split(|byte| matches!(byte, b' ' | b'\t')).all(|part| match part {
        [] | [b'-' | b'+' | b'*' | b':'] => true,
        [digits @ .., b'.' | b')'] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        // `>[^a]:` without a blank; anything else glued to the bracket is a word before it.
        quotes => quotes.iter().all(|byte| *byte == b'>'),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_length_and_can_be_undone() {
        for text in ["a {{ b_c | d }} \\{{ x", "[@a_b, s. 12; @c] [^*]", "`{{ a` b }}", "{{ a\n> | b }}", "å [^é]: x"]
        {
            let masked = chapter(text);
            assert_eq!(masked.text.len(), text.len());
            assert_eq!(unmask(&masked.text), text);
        }
    }

    #[test]
    fn a_binding_does_not_reach_over_code_or_an_empty_line() {
        for text in ["{{ a ` }}", "{{ a\n\n }}", "{{ a\n> \n> }}", "{{ a {{"] {
            let masked = chapter(text).text;
            assert!(masked.starts_with("\u{1}\u{1} a"), "{text}");
            assert!(!masked.contains(BRACE_CLOSE), "{text}");
        }
    }

    #[test]
    fn blanks_of_a_binding_do_not_end_the_path_of_a_picture() {
        for text in ["![Map](maps/{{ param.x }}.png)", "![A {{ b }}](a/{{ c }}-{{ d }}.svg \"{{ e }} f\")"] {
            let masked = chapter(text).text;
            let path = masked.split("](").nth(1).unwrap().split(['"', ')']).next().unwrap();
            assert!(!path.trim_end().contains(' '), "{masked:?}");
            assert_eq!(unmask(&masked), text);
        }
        for text in ["[Map](maps/{{ param.x }}.png)", "![a](b) (c{{ d }})", "a](b{{ c }}"] {
            assert!(!chapter(text).text.contains(BLANK), "{text}");
        }
    }

    #[test]
    fn definitions_of_notes_stay_and_references_are_masked() {
        assert_eq!(chapter("[^a]: x").text, "[^a]: x");
        assert_eq!(chapter("> - [^a]: x").text, "> - [^a]: x");
        assert_eq!(chapter("lagen[^a]: x").text, "lagen\u{3}^a\u{4}: x");
    }

    #[test]
    fn bullets_of_word_processors_begin_items() {
        assert_eq!(chapter("•\ten\n  • två\n> ▪\u{a0}tre").text, "-   en\n  -   två\n> -    tre");
        for text in ["a • b", "•", "•en", "```\n• en\n```", "•     långt"] {
            assert_eq!(chapter(text).text, text);
        }
        assert_eq!(paragraph("• en").text, "• en");
    }

    #[test]
    fn control_characters_become_blanks_and_are_counted() {
        let masked = chapter("a\u{0}b\u{1}\u{85}c\td");
        assert_eq!(masked.text, "a b   c\td");
        assert_eq!(masked.controls, Some((1, 3)));
    }

    #[test]
    fn joined_lines_keep_their_line_breaks() {
        assert_eq!(paragraph("a\\\n# b\n- c").text, format!("a{LINE_BREAK} # b - c"));
    }
}
