//! SVG: drawings that stay as they are on the page, so nothing may be in them that runs, moves, or is fetched from elsewhere; and no more
//! than can be set.

mod cost;
mod drawn;

use base64::Engine as _;
use roxmltree::{Attribute, Document, Node, NodeType};

use super::{Facts, Refusal, css, jpeg, png, too_large};
use crate::diagnostic::{Code, Said, say};
use crate::limits;

pub(super) const SVG: &str = "http://www.w3.org/2000/svg";

/// Elements that draw, and look the same on the page and in the PDF.
const ELEMENTS: &[&str] = &[
    "a",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feOffset",
    "feTile",
    "filter",
    // Letters of its own, as LibreOffice writes them; hardly any browser reads them, and none needs them.
    "font",
    "font-face",
    "g",
    "glyph",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "metadata",
    "missing-glyph",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];

const EXPORT: Said = say!("save it anew as a plain SVG without it, or as PNG");

/// Looks at a drawing.
pub fn check(bytes: &[u8]) -> Result<Facts, Refusal> {
    if bytes.len() > limits::SVG_FILE {
        let (len, most) = (bytes.len() >> 20, limits::SVG_FILE >> 20);
        let mut refusal =
            too_large(say!("is an SVG of {megabytes} MB; at most {most} are accepted", megabytes = len, most));
        refusal.help = Box::new(say!("simplify the drawing, or save it as PNG"));
        return Err(refusal);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(unsafe_part(say!("is an SVG that is not UTF-8")).explained(say!("save it anew as an SVG in UTF-8")));
    };
    prolog(text)?;
    attributes(text)?;
    let nodes_limit = u32::try_from(limits::SVG_ELEMENTS * 8).unwrap_or(u32::MAX);
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit, ..Default::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let place = offset(text, error.pos());
        match error {
            roxmltree::Error::NodesLimitReached => too_many(),
            _ => Refusal::damaged(say!("is an SVG that cannot be read: {error}", error)).at(place),
        }
    })?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        let mut refusal = Refusal::damaged(say!(
            "is no SVG that a browser draws: its first element is not `<svg xmlns=\"http://www.w3.org/2000/svg\">`"
        ));
        refusal.place = Some(head(&root));
        return Err(refusal);
    }
    without_size(&root)?;
    let mut memory = 0;
    for node in document.descendants() {
        match node.node_type() {
            NodeType::Element => memory += element(&node)?,
            NodeType::PI if node.pi().is_some_and(|pi| pi.target == "xml-stylesheet") => {
                return Err(unsafe_part(say!("fetches styles from elsewhere (`<?xml-stylesheet`)")).at(node.range()));
            }
            _ => {}
        }
    }
    texts(&document)?;
    cost::check(&document)?;
    drawn::check(&document)?;
    Ok(Facts { extension: "svg", size: None, memory })
}

/// Refuses a drawing that does not say how large it is: each program would choose for itself.
fn without_size(root: &Node) -> Result<(), Refusal> {
    let says = |name: &str| root.attribute(name).is_some_and(|value| !value.trim().ends_with('%'));
    if root.attribute("viewBox").is_some() || (says("width") && says("height")) {
        return Ok(());
    }
    let what = say!("does not say how large it is (`width` and `height`, or `viewBox`)");
    let help = say!("set the size of the page in the drawing program to that of the drawing, and save it anew");
    Err(Refusal::new(Code::PICTURE_DAMAGED, what, help).at(head(root)))
}

fn unsafe_part(message: impl Into<Said>) -> Refusal {
    Refusal::new(Code::PICTURE_UNSAFE, message, EXPORT)
}

pub(super) fn too_many() -> Refusal {
    let most = limits::SVG_ELEMENTS;
    let mut refusal = too_large(say!("draws more than {most} elements, repeated ones counted", most));
    refusal.help = Box::new(say!("simplify the drawing, or save it as PNG"));
    refusal
}

impl Refusal {
    fn explained(mut self, help: Said) -> Self {
        self.help = Box::new(help);
        self
    }
}

/// The name of an element where it begins.
pub(super) fn head(node: &Node) -> std::ops::Range<usize> {
    let text = &node.document().input_text()[node.range()];
    let len = text.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(text.len());
    node.range().start..node.range().start + len
}

fn offset(text: &str, place: roxmltree::TextPos) -> std::ops::Range<usize> {
    let line: usize = text.split_inclusive('\n').take(place.row.saturating_sub(1) as usize).map(str::len).sum();
    let within = text[line..].chars().take(place.col.saturating_sub(1) as usize).map(char::len_utf8).sum::<usize>();
    let at = (line + within).min(text.len());
    at..at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// What stands before the drawing: its encoding, and entities, which only drawing programs of old write.
fn prolog(text: &str) -> Result<(), Refusal> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after).trim_start();
        } else if let Some(after) = rest.strip_prefix("<?") {
            let (inside, after) = after.split_once("?>").unwrap_or((after, ""));
            if let Some((_, value)) = inside.strip_prefix("xml ").and_then(|xml| xml.split_once("encoding")) {
                let name = value.trim_start_matches([' ', '=', '"', '\'']).to_ascii_lowercase();
                if !["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|known| name.starts_with(known)) {
                    return Err(unsafe_part(say!("is an SVG that is not UTF-8"))
                        .explained(say!("save it anew as an SVG in UTF-8")));
                }
            }
            rest = after.trim_start();
        } else {
            break;
        }
    }
    let Some(doctype) = rest.strip_prefix("<!DOCTYPE") else { return Ok(()) };
    let Some((before, inside)) = doctype.split_once('[') else { return Ok(()) };
    if before.contains('>') {
        return Ok(());
    }
    let inside = inside.split_once(']').map_or(inside, |(inside, _)| inside);
    let mut longest = 0;
    for declaration in inside.split('>').map(str::trim).filter(|declaration| !declaration.is_empty()) {
        let value = declaration.strip_prefix("<!ENTITY").map(str::trim).and_then(|entity| {
            let (name, value) = entity.split_once(char::is_whitespace)?;
            let value = value.trim();
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let value = value[1..].strip_suffix(quote)?;
            (name != "%" && !value.contains(['<', '&', '%', quote])).then_some(value)
        });
        let Some(value) = value else {
            return Err(unsafe_part(say!(
                "has declarations before the drawing (`<!DOCTYPE svg [ … ]>`) that are not followed"
            )));
        };
        longest = longest.max(value.len());
    }
    // What the entities make of the file, at most.
    if text.matches('&').count() * longest > limits::SVG_FILE {
        return Err(unsafe_part(say!("repeats texts (entities) more often than is accepted")));
    }
    Ok(())
}

/// Refuses elements of thousands of attributes, before each is compared with all others.
fn attributes(text: &str) -> Result<(), Refusal> {
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        at += found;
        let rest = &text[at..];
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
            .into_iter()
            .find(|(start, _)| rest.starts_with(start))
            .map(|(_, end)| rest.find(end).map_or(rest.len(), |len| len + end.len()));
        if let Some(len) = skipped {
            at += len;
            continue;
        }
        let (mut quote, mut count) = (None, 0);
        let mut len = rest.len();
        for (place, byte) in rest.bytes().enumerate() {
            match (quote, byte) {
                (Some(open), _) if open == byte => quote = None,
                (None, b'"' | b'\'') => {
                    quote = Some(byte);
                    count += 1;
                }
                (None, b'>') => {
                    len = place + 1;
                    break;
                }
                _ => {}
            }
        }
        if count > limits::SVG_ATTRIBUTES {
            let most = limits::SVG_ATTRIBUTES;
            return Err(too_many_parts(say!("has an element of more than {most} attributes", most)).at(at..at + 1));
        }
        at += len;
    }
    Ok(())
}

fn too_many_parts(message: Said) -> Refusal {
    let mut refusal = too_large(message);
    refusal.help = Box::new(say!("simplify the drawing, or save it as PNG"));
    refusal
}

/// Refuses more text than a drawing has, and more rules for more elements than can be compared: both take time by the square.
fn texts(document: &Document) -> Result<(), Refusal> {
    let elements = document.descendants().filter(|node| node.is_element()).count();
    let is = |node: &Node, names: &[&str]| {
        node.tag_name().namespace() == Some(SVG) && names.contains(&node.tag_name().name())
    };
    let words = |node: &Node| -> usize {
        node.descendants().filter(Node::is_text).filter_map(|text| text.text()).map(str::len).sum()
    };
    let mut all = 0;
    for text in document.descendants().filter(|node| is(node, &["text"])) {
        let len = words(&text);
        let pieces = text.descendants().filter(Node::is_element).count();
        all += len;
        if len > limits::SVG_TEXT || pieces > limits::SVG_TEXT_PIECES || all > limits::SVG_TEXTS {
            let message = say!(
                "holds more text than a drawing can: at most {letters} letters in {pieces} pieces stand in one text, and {most} letters in all",
                letters = limits::SVG_TEXT,
                pieces = limits::SVG_TEXT_PIECES,
                most = limits::SVG_TEXTS
            );
            return Err(too_many_parts(message).at(head(&text)));
        }
    }
    for style in document.descendants().filter(|node| is(node, &["style"])) {
        let styles = style.descendants().filter(Node::is_text).filter_map(|text| text.text());
        let rules: usize = styles.map(|text| text.matches(['{', ',']).count()).sum();
        if rules.saturating_mul(elements) > limits::SVG_STYLED {
            let message = say!("has {rules} rules of style for {elements} elements", rules, elements);
            return Err(too_many_parts(message).at(head(&style)));
        }
    }
    Ok(())
}

/// Refuses what may not be in a drawing; gives the memory of a picture inside it.
fn element(node: &Node) -> Result<u64, Refusal> {
    let name = node.tag_name().name();
    let refuse = |what: Said| Err(unsafe_part(what).at(head(node)));
    if node.ancestors().nth(limits::SVG_DEPTH as usize + 1).is_some() {
        return refuse(say!("nests its elements more than {most} deep", most = limits::SVG_DEPTH));
    }
    match node.tag_name().namespace() {
        Some(SVG) => {}
        Some(space) if ["/xhtml", "/xml-events", "/MathML"].iter().any(|end| space.ends_with(end)) => {
            return refuse(say!("holds `<{name}>`, which belongs to web pages", name));
        }
        // What drawing programs note for themselves is not drawn.
        _ => return Ok(0),
    }
    if !ELEMENTS.contains(&name) {
        let (what, help) = not_drawn(name);
        return Err(unsafe_part(what).explained(help).at(head(node)));
    }
    if matches!(node.attribute("spreadMethod"), Some("reflect" | "repeat")) {
        let what = say!("repeats a run of colours (`spreadMethod`), which an archived PDF cannot have");
        return Err(unsafe_part(what)
            .explained(say!("let the colours run once, or save the drawing as PNG"))
            .at(head(node)));
    }
    let mut memory = 0;
    for attribute in node.attributes() {
        if let Some(what) = css::unread_attribute(node, &attribute) {
            return Err(undrawn(what).at(head(node)));
        }
        let fault = attribute_fault(name, &attribute, &mut memory).map_err(|refusal| refusal.at(head(node)))?;
        if let Some(what) = fault {
            return refuse(say!("holds {what}", what));
        }
    }
    if name == "style" {
        let styles: String = node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
        if let Some(what) = css::fault(&styles) {
            return refuse(say!("holds {what}", what));
        }
        if let Some(what) = css::unread(&styles) {
            return Err(undrawn(what).at(head(node)));
        }
    }
    Ok(memory)
}

fn undrawn(what: String) -> Refusal {
    unsafe_part(say!("has styles that only browsers compute (`{what}`), so that the PDF would look different", what))
        .explained(say!(
            "write colours as #336699 and sizes as plain numbers, with simple selectors; or save the drawing as PNG"
        ))
}

fn not_drawn(name: &str) -> (Said, Said) {
    match name {
        "script" | "handler" | "listener" => (say!("holds a script (`<{name}>`)", name), EXPORT),
        "foreignObject" => (
            say!("holds text that is no part of the drawing (`<foreignObject>`), which the PDF cannot show"),
            say!(
                "turn it into ordinary text before you save it as SVG (in draw.io: Format > Text, without “Formatted text” and “Word wrap”), or save it as PNG"
            ),
        ),
        "animate" | "set" | "animateTransform" | "animateMotion" | "animateColor" | "mpath" | "discard" => {
            (say!("moves or changes (`<{name}>`)", name), EXPORT)
        }
        _ if name.starts_with("fe") => (
            say!("uses an effect that would be computed point by point (`<{name}>`)", name),
            say!("take the effect away, or save the drawing as PNG"),
        ),
        _ => (say!("holds `<{name}>`, which is not drawn alike everywhere", name), EXPORT),
    }
}

fn attribute_fault(element: &str, attribute: &Attribute, memory: &mut u64) -> Result<Option<Said>, Refusal> {
    let (name, value) = (attribute.name(), attribute.value());
    if attribute.namespace() == Some("http://www.w3.org/XML/1998/namespace") {
        return Ok((name == "base").then(|| say!("an address for all its links (`xml:base`)")));
    }
    if name.len() > 2
        && name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on"))
        && attribute.namespace().is_none()
    {
        return Ok(Some(say!("a handler that runs a script (`{name}`)", name)));
    }
    if name.eq_ignore_ascii_case("href") || name.eq_ignore_ascii_case("src") {
        let target = value.trim_start();
        return match element {
            "image" => embedded(target).map(|bytes| {
                *memory += bytes;
                None
            }),
            "a" => {
                let lower = target.to_ascii_lowercase();
                let known = ["#", "https://", "http://", "mailto:"].iter().any(|start| lower.starts_with(start));
                Ok((!known).then(|| say!("a link to `{target}`", target = shown(target))))
            }
            _ => {
                Ok((!target.starts_with('#'))
                    .then(|| say!("a part from elsewhere (`{target}`)", target = shown(target))))
            }
        };
    }
    let styled = name == "style" || value.to_ascii_lowercase().contains("url");
    Ok(styled.then(|| css::fault(value)).flatten())
}

fn shown(target: &str) -> String {
    let mut short: String = target.chars().take(40).collect();
    if short.len() < target.len() {
        short.push('…');
    }
    short
}

/// The memory that a picture inside a drawing takes; only PNG and JPEG that are written into the file are accepted.
fn embedded(target: &str) -> Result<u64, Refusal> {
    let data = target.strip_prefix("data:image/").and_then(|rest| {
        let (kind, data) = rest.split_once(";base64,")?;
        matches!(kind, "png" | "jpeg" | "jpg").then_some(data)
    });
    let Some(data) = data else {
        return Err(unsafe_part(say!(
            "holds a picture from elsewhere or of another kind (`{shown}`)",
            shown = shown(target)
        ))
        .explained(say!("embed pictures as PNG or JPEG when you save the SVG")));
    };
    let packed: String = data.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let engine = base64::engine::GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        base64::engine::GeneralPurposeConfig::new()
            .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent),
    );
    let inside = |mut refusal: Refusal| {
        refusal.message = say!("holds a picture that {message}", message = refusal.message);
        refusal
    };
    let bytes = engine.decode(packed).map_err(|_| inside(Refusal::damaged(say!("cannot be read"))))?;
    let checked = if bytes.starts_with(b"\x89PNG") {
        png::check(&bytes)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        jpeg::check(&bytes)
    } else {
        Err(Refusal::damaged(say!("is neither PNG nor JPEG")))
    };
    checked.map(|facts| facts.memory).map_err(inside)
}
