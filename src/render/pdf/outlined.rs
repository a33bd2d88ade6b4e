//! Pages as pictures that a browser draws soon. Typst has each letter refer to a symbol, and a browser makes elements of its own for every reference:
//! a page of text takes it longer than all the rest of a preview. Letters of one colour that follow each other become one outline here.

use std::collections::BTreeMap;
use std::fmt::Write as _;

const USE: &str = "<use xlink:href=\"#";
const SYMBOL: &str = "<symbol id=\"";

/// What each outline begins with; all that follows it is told from there on.
const ORIGIN: &str = "M 0 0";

/// A letter: its symbol, where it stands and what it is filled with.
struct Letter<'a> {
    outline: &'a str,
    x: &'a str,
    y: &'a str,
    fill: &'a str,
}

/// The same picture without references to symbols, or as it was where it has others than letters.
pub(super) fn outlined(svg: String) -> String {
    outline(&svg).unwrap_or(svg)
}

fn outline(svg: &str) -> Option<String> {
    let symbols = symbols(svg)?;
    let mut out = String::with_capacity(svg.len() * 4);
    let mut fill = None;
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        let (text, from) = rest.split_at(at);
        if let Some(after) = from.strip_prefix(USE) {
            let (letter, after) = letter(after, &symbols)?;
            if fill != Some(letter.fill) || !text.is_empty() {
                close(&mut out, fill.take());
                out.push_str(text);
                // A `String` takes all that is written.
                let _ = write!(out, "<path fill=\"{}\" fill-rule=\"nonzero\" d=\"", letter.fill);
                fill = Some(letter.fill);
            }
            let _ = write!(out, "M {} {}{}", letter.x, letter.y, letter.outline);
            rest = after;
            continue;
        }
        close(&mut out, fill.take());
        out.push_str(text);
        rest = match from.strip_prefix(SYMBOL) {
            Some(_) => from.split_once("</symbol>")?.1,
            None => {
                out.push('<');
                &from[1..]
            }
        };
    }
    out.push_str(rest);
    Some(out)
}

/// Ends the outline that was begun, if any.
fn close(out: &mut String, begun: Option<&str>) {
    if begun.is_some() {
        out.push_str("\"/>");
    }
}

/// The outlines of all symbols by their names, without where they begin; none where one of them is anything else.
fn symbols(svg: &str) -> Option<BTreeMap<&str, &str>> {
    let mut all = BTreeMap::new();
    for symbol in svg.split(SYMBOL).skip(1) {
        let (name, rest) = symbol.split_once("\" overflow=\"visible\"><path d=\"")?;
        let (outline, _) = rest.split_once("\"/></symbol>")?;
        let outline = outline.strip_prefix(ORIGIN)?;
        // In small letters a step is told from the one before it.
        if name.contains('<') || outline.contains(|c: char| c.is_ascii_uppercase() && c != 'Z' || c == '<') {
            return None;
        }
        all.insert(name, outline);
    }
    Some(all)
}

/// The letter that a reference is, and what follows it; none where it is not written as those of letters are.
fn letter<'a>(text: &'a str, symbols: &BTreeMap<&str, &'a str>) -> Option<(Letter<'a>, &'a str)> {
    let (name, text) = text.split_once("\" x=\"")?;
    let (x, text) = text.split_once("\" y=\"")?;
    let (y, text) = text.split_once("\" fill=\"")?;
    let (fill, text) = text.split_once("\" fill-rule=\"nonzero\"/>")?;
    let is_plain = [x, y, fill].iter().all(|value| !value.contains(['"', '<']));
    is_plain.then_some((Letter { outline: symbols.get(name)?, x, y, fill }, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFS: &str = "<defs><symbol id=\"ga\" overflow=\"visible\"><path d=\"M 0 0m 1 2l 3 0Z \"/></symbol><symbol id=\"gb\" overflow=\"visible\"><path d=\"M 0 0h 2Z \"/></symbol></defs></svg>";

    fn referred(name: &str, x: &str, fill: &str) -> String {
        format!("<use xlink:href=\"#{name}\" x=\"{x}\" y=\"0\" fill=\"{fill}\" fill-rule=\"nonzero\"/>")
    }

    #[test]
    fn letters_of_one_colour_become_one_outline() {
        let letters =
            [referred("ga", "0", "#000"), referred("gb", "4.5", "#000"), referred("ga", "7", "#f00")].concat();
        let drawn = outlined(format!("<svg><g transform=\"a\">{letters}</g><path d=\"M 1 1\"/>{DEFS}"));
        let black = "<path fill=\"#000\" fill-rule=\"nonzero\" d=\"M 0 0m 1 2l 3 0Z M 4.5 0h 2Z \"/>";
        let red = "<path fill=\"#f00\" fill-rule=\"nonzero\" d=\"M 7 0m 1 2l 3 0Z \"/>";
        assert_eq!(drawn, format!("<svg><g transform=\"a\">{black}{red}</g><path d=\"M 1 1\"/><defs></defs></svg>"));
    }

    #[test]
    fn what_is_no_plain_letter_leaves_the_picture_as_it_was() {
        let letters = referred("ga", "0", "#000");
        for other in [
            referred("gc", "0", "#000"),
            letters.replace("/>", " stroke=\"#000\"/>"),
            letters.replace("nonzero", "evenodd"),
            "<symbol id=\"gd\" overflow=\"visible\"><image/></symbol>".to_owned(),
            "<symbol id=\"gd\" overflow=\"visible\"><path d=\"M 0 0L 1 1Z \"/></symbol>".to_owned(),
        ] {
            let picture = format!("<svg>{letters}{other}{DEFS}");
            assert_eq!(outlined(picture.clone()), picture);
        }
    }
}
