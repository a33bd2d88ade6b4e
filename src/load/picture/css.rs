//! Styles in a drawing: what they may not fetch or run, and what only browsers make something of.

use roxmltree::{Attribute, Node};

use crate::diagnostic::{Said, say};
use crate::hypertext;

/// What keeps styles from being published; none for harmless ones.
pub fn fault(styles: &str) -> Option<Said> {
    // An escaped letter could hide any of the words that are looked for.
    if styles.contains('\\') {
        return Some(say!("a backslash in its styles"));
    }
    let lower = styles.to_ascii_lowercase();
    const REFUSED: [(&str, Said); 7] = [
        ("@import", say!("`@import` in its styles")),
        ("image-set(", say!("`image-set()` in its styles")),
        ("src(", say!("`src()` in its styles")),
        ("expression(", say!("`expression()` in its styles")),
        ("-moz-binding", say!("`-moz-binding` in its styles")),
        ("behavior:", say!("`behavior` in its styles")),
        ("javascript:", say!("`javascript:` in its styles")),
    ];
    if let Some((_, what)) = REFUSED.iter().find(|(word, _)| lower.contains(word)) {
        return Some(what.clone());
    }
    let leads_out = lower.match_indices("url(").any(|(at, word)| {
        let target = lower[at + word.len()..].trim_start().trim_start_matches(['"', '\'']).trim_start();
        const INSIDE: [&str; 4] = ["#", "data:font/", "data:application/font", "data:application/x-font"];
        !INSIDE.iter().any(|start| target.starts_with(start))
    });
    leads_out.then(|| say!("an address outside the file (`url()`)"))
}

/// What in styles browsers draw and the PDF's drawer passes over, as an author wrote it; none where both draw the same.
pub fn unread(sheet: &str) -> Option<String> {
    let sheet = without_remarks(sheet);
    let lower = sheet.to_ascii_lowercase();
    const RULES: [&str; 5] = ["@media", "@supports", "@container", "@layer", "@scope"];
    if let Some(rule) = RULES.iter().find(|rule| lower.contains(*rule)) {
        return Some((*rule).to_owned());
    }
    const SELECTORS: [&str; 10] =
        [":nth-", ":not(", ":is(", ":where(", ":has(", ":last-", ":only-", ":first-of-", ":empty", "::"];
    let chosen = lower.split('}').filter_map(|rule| rule.rsplit_once('{')).find_map(|(selectors, _)| {
        SELECTORS
            .iter()
            .copied()
            .find(|sign| selectors.contains(sign))
            .or_else(|| selectors.contains('~').then_some("~"))
    });
    if let Some(sign) = chosen {
        return Some(sign.trim_end_matches('(').to_owned());
    }
    lower
        .split(['{', '}', ';'])
        .filter_map(|declaration| declaration.split_once(':'))
        .find_map(|(property, value)| unread_value(property.trim(), value))
}

/// The function in the value of a property that only browsers compute.
pub fn unread_value(property: &str, value: &str) -> Option<String> {
    const DRAWN: [&str; 26] = [
        "fill",
        "stroke",
        "color",
        "stop-color",
        "flood-color",
        "opacity",
        "fill-opacity",
        "stroke-opacity",
        "stop-opacity",
        "stroke-width",
        "stroke-dasharray",
        "font-size",
        "transform",
        "display",
        "visibility",
        "x",
        "y",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "width",
        "height",
        "d",
        "mask",
    ];
    if !DRAWN.contains(&property) {
        return None;
    }
    const COMPUTED: [&str; 15] = [
        "var",
        "light-dark",
        "color-mix",
        "oklch",
        "oklab",
        "lch",
        "lab",
        "hwb",
        "color",
        "calc",
        "min",
        "max",
        "clamp",
        "env",
        "attr",
    ];
    let lower = value.to_ascii_lowercase();
    let name =
        |at: usize| lower[..at].rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).next().unwrap_or_default();
    let mut names = lower.match_indices('(').map(|(at, _)| name(at));
    names.find(|name| COMPUTED.contains(name)).map(|name| format!("{name}()"))
}

/// What in an attribute the PDF's drawer passes over, or draws otherwise.
pub fn unread_attribute(node: &Node, attribute: &Attribute) -> Option<String> {
    const SHAPES: [&str; 9] = ["rect", "circle", "ellipse", "path", "line", "image", "use", "polygon", "polyline"];
    const MEASURES: [&str; 10] = ["x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "d"];
    let value = attribute.value();
    match (attribute.namespace(), attribute.name()) {
        (None, "style") => unread(value).or_else(|| {
            let mut declarations = value.split(';').filter_map(|declaration| declaration.split_once(':'));
            let is_shape = SHAPES.contains(&node.tag_name().name());
            declarations.find_map(|(property, value)| match property.trim() {
                property if is_shape && MEASURES.contains(&property) => Some(property.to_owned()),
                "transform-box" => Some("transform-box".to_owned()),
                "transform" if ["px", "deg", "%", "turn", "rad"].iter().any(|unit| value.contains(unit)) => {
                    Some("transform".to_owned())
                }
                "vector-effect" => unscaled(node, value),
                _ => None,
            })
        }),
        (None, "vector-effect") => unscaled(node, value),
        // Which of several words stand there would be chosen by the language of the reader.
        (None, "systemLanguage") => Some("systemLanguage".to_owned()),
        (None, name) => unread_value(name, value),
        _ => None,
    }
}

/// A line that keeps its width where all else is made larger or smaller.
fn unscaled(node: &Node, value: &str) -> Option<String> {
    let scaled =
        |node: Node| node.attribute("transform").is_some_and(|how| how.contains("scale") || how.contains("matrix"));
    (value.trim() == "non-scaling-stroke" && node.ancestors().any(scaled)).then(|| "vector-effect".to_owned())
}

fn without_remarks(sheet: &str) -> String {
    let mut out = String::new();
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// Ids that a value or style names by `url(#id)`, with the property in which each stands (empty where it is not known).
pub fn references(styles: &str) -> impl Iterator<Item = (&str, &str)> {
    styles.match_indices("url(").filter_map(|(at, word)| {
        let target = styles[at + word.len()..].trim_start().trim_start_matches(['"', '\'']).strip_prefix('#')?;
        let end = target.find([')', '"', '\'']).unwrap_or(target.len());
        let property = styles[..at].rsplit([';', '{']).next().unwrap_or("");
        let property = property.split_once(':').map_or("", |(name, _)| name.trim());
        Some((property, target[..end].trim()))
    })
}

/// Rules of a style sheet that name ids: their selectors, and the styles themselves.
pub fn rules(sheet: &str) -> impl Iterator<Item = (&str, &str)> {
    sheet.split('}').filter_map(|rule| {
        let (selectors, styles) = rule.rsplit_once('{')?;
        styles.contains("url(").then_some((selectors, styles))
    })
}

/// Whether a selector may mean an element; in doubt it does.
pub fn may_select(selectors: &str, name: &str, id: Option<&str>, classes: Option<&str>) -> bool {
    hypertext::selectors(selectors).into_iter().any(|selector| {
        let last = selector.rsplit([' ', '>', '+', '~', '\n', '\t', '/']).find(|part| !part.is_empty()).unwrap_or("");
        if last.contains(['[', ':', '*']) {
            return true;
        }
        let (head, class) = last.split_once('.').map_or((last, None), |(head, class)| (head, Some(class)));
        let (element, wanted) = head.split_once('#').map_or((head, None), |(element, id)| (element, Some(id)));
        let fits = |wanted: &str| classes.unwrap_or("").split_whitespace().any(|known| known == wanted);
        (element.is_empty() || element == name)
            && wanted.is_none_or(|wanted| Some(wanted) == id)
            && class.is_none_or(|wanted| wanted.split('.').all(fits))
    })
}
