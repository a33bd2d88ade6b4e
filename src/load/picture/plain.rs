//! A drawing as both outputs read it: in UTF-8, and without what browsers alone understand where what they make of it can be told.
//!
//! Browsers know more of CSS than the PDF's drawer, which passes over the rest without a word: what is rewritten here would otherwise be black, or
//! another colour, in one of the two.

use std::borrow::Cow;
use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::super::encoding;
use super::svg::SVG;

/// The drawing in plain words; as it is where nothing is to be done, and where it is no drawing.
pub fn plain(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Some(text) = decoded(bytes) else { return Cow::Borrowed(bytes) };
    let text = match rewritten(&text) {
        Some(text) => text,
        None => match text {
            Cow::Borrowed(_) => return Cow::Borrowed(bytes),
            Cow::Owned(text) => text,
        },
    };
    Cow::Owned(text.into_bytes())
}

/// The text of a drawing in whatever letters it says; none of what is no drawing, or has other letters than it says.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let is_wide = [b"\xff\xfe", b"\xfe\xff"].into_iter().any(|mark| bytes.starts_with(mark));
    let named = declared(bytes).filter(|name| !name.eq_ignore_ascii_case(b"utf-8"));
    if !is_wide && named.is_none() {
        return std::str::from_utf8(bytes).ok().filter(|text| is_drawing(text)).map(Cow::Borrowed);
    }
    let text = encoding::named(bytes, named.unwrap_or_default()).filter(|text| is_drawing(text))?;
    // What it says of its letters is no longer so.
    let head = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    Some(Cow::Owned(match head {
        Some((_, rest)) => format!("<?xml version=\"1.0\"?>{rest}"),
        None => text,
    }))
}

/// The words of a drawing that was looked at, a line for each of its texts.
#[must_use]
pub fn drawn_text(bytes: &[u8]) -> String {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let Ok(document) = Document::parse_with_options(text, options) else { return String::new() };
    let texts = document.descendants().filter(|node| node.has_tag_name((SVG, "text")));
    let words = |text: Node| text.descendants().filter(Node::is_text).filter_map(|words| words.text()).collect();
    texts.map(|text| -> String { words(text) }).collect::<Vec<_>>().join("\n")
}

fn is_drawing(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<') && text.contains("svg")
}

/// What an XML declaration says of the letters.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).strip_prefix(b"<?xml")?;
    let head = &rest[..rest.windows(2).position(|two| two == b"?>")?];
    let at = head.windows(8).position(|word| word == b"encoding")?;
    let value = head[at + 8..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, value) = value.split_first()?;
    matches!(quote, b'"' | b'\'').then(|| value.split(|byte| byte == quote).next())?
}

fn rewritten(text: &str) -> Option<String> {
    let mut out: Option<String> = None;
    for (word, rewrite) in REWRITES {
        let now = out.as_deref().unwrap_or(text);
        if now.contains(word) {
            out = Some(rewrite(now));
        }
    }
    out.filter(|out| out != text)
}

/// What is looked for, and what is made of the text that has it.
type Rewrite = (&'static str, fn(&str) -> String);

const REWRITES: &[Rewrite] = &[
    // Nothing moves on paper, and pictures stand on white.
    ("keyframes", |text| without_rules(text, "keyframes", |_| true)),
    ("@media", |text| {
        without_rules(text, "@media", |head| head.contains("prefers-color-scheme") && head.contains("dark"))
    }),
    // Highcharts asks whether the browser knows colours for light and dark.
    ("@supports", |text| without_rules(text, "@supports", |head| head.contains("light-dark"))),
    ("var(", without_variables),
    // The page shows pictures on white, whatever the reader's settings are.
    ("light-dark(", |text| calls(text, "light-dark(", |inside| Some(parts(inside).0.to_owned()))),
    (":where(", |text| calls(text, ":where(", one_selector)),
    (":is(", |text| calls(text, ":is(", one_selector)),
    // Asks for a sign in colours, and is one that no font of the PDF has.
    ("\u{fe0f}", |text| text.replace('\u{fe0f}', "")),
    (":root", |text| text.replace(":root", "svg")),
    // Illustrator keeps its own file within, which no browser shows.
    ("requiredExtensions", without_own_files),
    // Figma gives the same colour before it, in the sRGB that both know.
    (":color(display-p3", without_wide_colours),
];

/// Replaces each call of a function by what `made` makes of what is between its brackets; those of which it makes nothing stay.
fn calls(text: &str, word: &str, made: impl Fn(&str) -> Option<String>) -> String {
    const DEEP: usize = 8;
    let mut out = text.to_owned();
    for _ in 0..DEEP {
        let mut next = String::with_capacity(out.len());
        let mut rest = out.as_str();
        let mut changed = false;
        while let Some(at) = rest.find(word) {
            let before = rest[..at].chars().next_back();
            let inside = &rest[at + word.len()..];
            let is_word = word.starts_with(':')
                || !before.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_' || c == '@');
            let replaced = closing(inside).filter(|_| is_word).and_then(|end| Some((end, made(&inside[..end])?)));
            next.push_str(&rest[..at]);
            rest = match replaced {
                Some((end, made)) => {
                    changed = true;
                    next.push_str(&made);
                    &inside[end + 1..]
                }
                None => {
                    next.push_str(word);
                    inside
                }
            };
        }
        next.push_str(rest);
        out = next;
        if !changed {
            break;
        }
    }
    out
}

/// Where the bracket closes that was opened before.
fn closing(text: &str) -> Option<usize> {
    const LONGEST: usize = 400;
    let mut depth = 0;
    for (at, c) in text.char_indices().take(LONGEST) {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            '<' | '{' | '}' => return None,
            _ => {}
        }
    }
    None
}

/// What stands before the first comma that is in no brackets, and what stands after.
fn parts(inside: &str) -> (&str, Option<&str>) {
    let mut depth = 0;
    for (at, c) in inside.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => return (inside[..at].trim(), Some(inside[at + 1..].trim())),
            _ => {}
        }
    }
    (inside.trim(), None)
}

/// A single selector stands for itself.
fn one_selector(inside: &str) -> Option<String> {
    let inside = inside.trim();
    (!inside.contains([',', '>', '+', '~', '(']) && !inside.is_empty()).then(|| inside.to_owned())
}

/// Takes away rules that begin with a word, and all that is between their brackets, where the rest of their head is `unwanted`.
fn without_rules(text: &str, word: &str, unwanted: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        // "@-webkit-keyframes".
        let start = rest[..at + 1].rfind('@').filter(|start| at - start <= 10).unwrap_or(at);
        let len = rest[at..].find('{').filter(|len| unwanted(&rest[at..at + len])).and_then(|head| {
            let mut depth = 0;
            rest[at + head..].char_indices().find_map(|(len, c)| {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    '<' => return Some(None),
                    _ => {}
                }
                (depth == 0).then_some(Some(head + len + 1))
            })?
        });
        match len {
            Some(len) if rest[start..].starts_with('@') => {
                out.push_str(&rest[..start]);
                rest = &rest[at + len..];
            }
            _ => {
                out.push_str(&rest[..at + word.len()]);
                rest = &rest[at + word.len()..];
            }
        }
    }
    out + rest
}

/// Values in the place of variables: those that the drawing gives once, else what is to stand where there is none.
fn without_variables(text: &str) -> String {
    let mut given: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for (at, _) in text.match_indices("--") {
        let name =
            text[at..].split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).next().unwrap_or_default();
        let Some(value) = text[at + name.len()..].trim_start().strip_prefix(':') else { continue };
        let end = value.find([';', '}', '"', '\'', '<', '&']).unwrap_or(value.len());
        let value = value[..end].trim();
        given.entry(name).and_modify(|known| *known = known.filter(|known| *known == value)).or_insert(Some(value));
    }
    calls(text, "var(", |inside| {
        let (name, other) = parts(inside);
        match given.get(name) {
            // Which of several values holds is not told here.
            Some(value) => value.map(str::to_owned),
            None => other.map(str::to_owned),
        }
    })
}

fn without_own_files(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<foreignObject") {
        let (head, inside) = after.split_once('>').unwrap_or((after, ""));
        let is_own = ["\"&ns_ai;", "\"http://ns.adobe.com/"]
            .iter()
            .any(|space| head.contains(&format!("requiredExtensions={space}")));
        let end = if head.ends_with('/') {
            Some(inside)
        } else {
            inside.split_once("</foreignObject>").map(|(_, rest)| rest)
        };
        out.push_str(before);
        rest = match end.filter(|_| is_own) {
            Some(rest) => rest,
            None => {
                out.push_str("<foreignObject");
                after
            }
        };
    }
    out + rest
}

fn without_wide_colours(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(":color(display-p3") {
        let start = rest[..at].rfind([';', '"', '\'', '{']).map_or(at, |before| before + 1);
        let end = rest[at..].find([';', '"', '\'', '}']).map_or(rest.len(), |len| at + len);
        let end = if rest[end..].starts_with(';') { end + 1 } else { end };
        out.push_str(&rest[..start]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(body: &str) -> String {
        let text = format!("<svg>{body}</svg>");
        let out = String::from_utf8(plain(text.as_bytes()).into_owned()).expect("UTF-8");
        out.trim_start_matches("<svg>").trim_end_matches("</svg>").to_owned()
    }

    #[test]
    fn what_browsers_alone_know_is_made_plain() {
        for (written, is) in [
            ("<a style='fill: light-dark(rgb(1, 2, 3), #fff)'/>", "<a style='fill: rgb(1, 2, 3)'/>"),
            ("<a style='fill:light-dark(#fff, var(--x, #121212))'/>", "<a style='fill:#fff'/>"),
            ("<style>svg{--f:#fa0}a{fill:var(--f)}</style>", "<style>svg{--f:#fa0}a{fill:#fa0}</style>"),
            (
                "<style>a{--f:#fa0}b{--f:red}c{fill:var(--f)}</style>",
                "<style>a{--f:#fa0}b{--f:red}c{fill:var(--f)}</style>",
            ),
            ("<style>:where(.p text){fill:red}</style>", "<style>.p text{fill:red}</style>"),
            ("<style>@keyframes a{0%{r:0}}.b{fill:red}</style>", "<style>.b{fill:red}</style>"),
            ("<style>@-webkit-keyframes a{0%{r:0}}</style>", "<style></style>"),
            ("<style>@media (prefers-color-scheme: dark){a{fill:#fff}}b{r:1}</style>", "<style>b{r:1}</style>"),
            ("<style>@media print{a{fill:#fff}}</style>", "<style>@media print{a{fill:#fff}}</style>"),
            ("<a fill='#D9' style='fill:color(display-p3 1 0 0);r:1'/>", "<a fill='#D9' style='r:1'/>"),
            (
                "<switch><foreignObject requiredExtensions=\"&ns_ai;\"><i/></foreignObject><g/></switch>",
                "<switch><g/></switch>",
            ),
            (
                "<switch><foreignObject><i/></foreignObject></switch>",
                "<switch><foreignObject><i/></foreignObject></switch>",
            ),
            ("<text>⚠\u{fe0f}</text>", "<text>⚠</text>"),
        ] {
            assert_eq!(made(written), is);
        }
    }

    #[test]
    fn no_rewriting_puts_words_together_that_were_apart() {
        for kept in ["<a style='@light-dark(import, x) y'/>", "<a style='xlight-dark(a, b)'/>"] {
            assert_eq!(made(kept), kept);
        }
    }

    #[test]
    fn letters_of_old_become_utf_8() {
        let text = "<?xml version=\"1.0\" encoding=\"windows-1252\"?><svg>å</svg>";
        let old: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
        assert_eq!(plain(&old).as_ref(), "<?xml version=\"1.0\"?><svg>å</svg>".as_bytes());
        let wide: Vec<u8> =
            [0xfeff].into_iter().chain("<svg>å</svg>".encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!(plain(&wide).as_ref(), "<svg>å</svg>".as_bytes());
        for other in [&b"\xff\xfea\0"[..], b"<svg>\xe5</svg>", b"\x89PNG", b""] {
            assert_eq!(plain(other).as_ref(), other);
        }
    }
}
