//! A report's page as one fragment for another page: no head and no body, its classes and ids under names of its own, its headings where they
//! belong in the page around, and what would need a script, a style attribute or a file beside the page left out or told otherwise.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::hypertext::{ADDRESSES, Attribute, IDS, Piece, Tag, escaped, pieces};

use super::sheet::PREFIX;

/// How a page becomes a fragment.
pub struct Wish<'a> {
    /// The name of the report, which stands in all ids.
    pub id: &'a str,
    pub language: &'a str,
    /// The level of the first headings.
    pub heading: u8,
    /// The title stands at that level, and chapters one below it. Without it the page around has the title.
    pub title: bool,
    /// Gives the address for one of the page's own; none where there is none, and then no link is made.
    pub address: &'a dyn Fn(&str) -> Option<String>,
    /// What stands before all of the page.
    pub before: &'a str,
}

#[derive(Debug, Default)]
pub struct Fragment {
    pub html: String,
    /// What stood in `style` elements, in its order.
    pub styles: Vec<String>,
    /// What stood in attributes: a selector, and what holds for it.
    pub rules: Vec<(String, String)>,
}

/// What precedes the ids of a fragment.
pub fn id_prefix(report: &str) -> String {
    format!("{PREFIX}{report}-")
}

/// Elements that are left out with all that is in them, and words among the classes of such.
const LEFT_OUT: &[&str] = &["script", "template", "object", "link", "meta"];
const LEFT_OUT_CLASSES: &[&str] = &["skip", "masthead-bar"];

/// Attributes of drawings that style sheets of others could override.
const DRAWN: &[&str] = &[
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "fill-opacity",
    "stroke-opacity",
    "opacity",
    "font-size",
    "font-family",
    "font-weight",
    "font-style",
    "text-anchor",
    "dominant-baseline",
    "letter-spacing",
    "paint-order",
];

/// Attributes that only links have.
const OF_LINKS: &[&str] = &["download", "hreflang", "rel", "target", "type"];

/// Makes a fragment of a page.
pub fn fragment(page: &str, wish: &Wish<'_>) -> Fragment {
    let mut writer = Writer {
        wish,
        ids: id_prefix(wish.id),
        out: Fragment::default(),
        styles: BTreeMap::new(),
        skipped: 0,
        drawing: false,
    };
    let mut body = false;
    let mut style = false;
    let mut opened: Vec<Opened> = Vec::new();
    for piece in pieces(page) {
        match piece {
            Piece::Text(text) if style => writer.out.styles.push(text.to_owned()),
            Piece::Text(text) if body && writer.skipped == 0 && !text.starts_with("<!") => {
                writer.out.html.push_str(text)
            }
            Piece::Text(_) => {}
            Piece::Tag(tag) if tag.is("style") => style = !tag.closes,
            Piece::Tag(tag) if tag.is("body") => body = !tag.closes,
            Piece::Tag(tag) if body => writer.tag(&tag, &mut opened),
            Piece::Tag(_) => {}
        }
    }
    let Writer { mut out, styles, .. } = writer;
    out.html = format!(
        "<div class=\"belagg\" id=\"{PREFIX}{}\" lang=\"{}\">\n<div class=\"{PREFIX}body\">\n{}{}\n</div>\n</div>\n",
        escaped(wish.id),
        escaped(wish.language),
        wish.before,
        out.html.trim()
    );
    out.rules.extend(styles.into_iter().map(|(style, class)| (format!(".{class}"), style)));
    out.rules.sort();
    out.rules.dedup();
    out
}

/// An element that was begun and has not ended.
struct Opened {
    name: String,
    /// What is written where it ends.
    end: String,
    /// Where it began in what is written, for those that are left out where nothing is in them.
    needs: Option<(usize, usize)>,
}

struct Writer<'a> {
    wish: &'a Wish<'a>,
    ids: String,
    out: Fragment,
    /// The class that has the place of each style attribute.
    styles: BTreeMap<String, String>,
    /// How many elements are open that are left out, each within the one before.
    skipped: usize,
    drawing: bool,
}

impl Writer<'_> {
    fn tag(&mut self, tag: &Tag<'_>, opened: &mut Vec<Opened>) {
        if tag.closes {
            return self.close(tag, opened);
        }
        if self.skipped > 0 || self.is_left_out(tag) {
            self.skipped += usize::from(!tag.is_void());
            if !tag.is_void() {
                opened.push(Opened { name: tag.name.to_ascii_lowercase(), end: String::new(), needs: None });
            }
            return;
        }
        self.drawing |= tag.is("svg");
        let begins = self.out.html.len();
        let (name, more) = self.renamed(tag);
        let _ = write!(self.out.html, "<{name}");
        self.attributes(tag, &more);
        self.out.html.push_str(if tag.is_empty { "/>" } else { ">" });
        if !tag.is_void() {
            let needs = tag.is("aside").then_some((begins, self.out.html.len()));
            opened.push(Opened { name: tag.name.to_ascii_lowercase(), end: format!("</{name}>"), needs });
        }
    }

    fn close(&mut self, tag: &Tag<'_>, opened: &mut Vec<Opened>) {
        // What was never opened is not closed.
        let Some(at) = opened.iter().rposition(|one| tag.is(&one.name)) else { return };
        for one in opened.drain(at..).rev() {
            if self.skipped > 0 {
                self.skipped -= 1;
                continue;
            }
            self.drawing &= one.name != "svg";
            match one.needs {
                Some((begins, content)) if self.out.html.get(content..).is_none_or(|inner| inner.trim().is_empty()) => {
                    self.out.html.truncate(begins);
                }
                _ => self.out.html.push_str(&one.end),
            }
        }
    }

    fn is_left_out(&self, tag: &Tag<'_>) -> bool {
        LEFT_OUT.iter().any(|name| tag.is(name))
            || LEFT_OUT_CLASSES.iter().any(|class| tag.has_class(class))
            || tag.is("h1") && !self.wish.title
    }

    /// The name of an element in the fragment, and attributes that it gets there.
    fn renamed(&self, tag: &Tag<'_>) -> (String, Vec<(&'static str, String)>) {
        let class = |name: &str| ("class", format!("{PREFIX}{name}"));
        let level = tag
            .name
            .strip_prefix(['h', 'H'])
            .and_then(|level| level.parse::<u8>().ok())
            .filter(|level| (1..=6).contains(level));
        if let Some(level) = level {
            // Without the title chapters, which are second to it, come first.
            let first = if self.wish.title { 1 } else { 2 };
            let now = (level + self.wish.heading).saturating_sub(first).max(1);
            let class = class(&format!("h{level}"));
            return match now {
                1..=6 => (format!("h{now}"), vec![class]),
                _ => ("div".to_owned(), vec![class, ("role", "heading".to_owned()), ("aria-level", now.to_string())]),
            };
        }
        match tag.name {
            "main" => ("div".to_owned(), vec![class("main")]),
            // Landmarks of a page, which the page around has already.
            "header" => ("div".to_owned(), Vec::new()),
            "footer" if tag.has_class("foot") => ("div".to_owned(), Vec::new()),
            "aside" => ("div".to_owned(), vec![("role", "note".to_owned())]),
            // A link that leads nowhere here is text, and looks like it.
            "a" if self.leads_nowhere(tag) => ("span".to_owned(), Vec::new()),
            name => (name.to_owned(), Vec::new()),
        }
    }

    fn leads_nowhere(&self, tag: &Tag<'_>) -> bool {
        tag.value("href").is_some_and(|to| self.address(&to).is_none())
    }

    fn attributes(&mut self, tag: &Tag<'_>, more: &[(&'static str, String)]) {
        let mut classes: Vec<String> =
            more.iter().filter(|(name, _)| *name == "class").map(|(_, class)| class.clone()).collect();
        let mut written = String::new();
        let nowhere = tag.is("a") && self.leads_nowhere(tag);
        for attribute in &tag.attributes {
            let name = attribute.name.to_ascii_lowercase();
            let value = attribute.value();
            match name.as_str() {
                "class" => classes.extend(value.split_ascii_whitespace().map(|class| format!("{PREFIX}{class}"))),
                "style" => classes.push(self.styled(&value)),
                "id" if tag.is("main") => {}
                "tabindex" if tag.is("main") => {}
                name if name == "id" || IDS.contains(&name) => {
                    let ids = value.split_ascii_whitespace().map(|id| format!("{}{id}", self.ids));
                    put(&mut written, attribute.name, Some(&ids.collect::<Vec<_>>().join(" ")));
                }
                name if ADDRESSES.contains(&name) => match self.address(&value) {
                    Some(address) => put(&mut written, attribute.name, Some(&address)),
                    None => continue,
                },
                name if name.starts_with("data-") => {}
                name if nowhere && OF_LINKS.contains(&name) => {}
                _ => {
                    if self.drawing && DRAWN.contains(&name.as_str()) {
                        self.drawn(&name, &value);
                    }
                    self.attribute(attribute, &mut written);
                }
            }
        }
        if let (true, Some(width), Some(height)) = (tag.is("img"), tag.value("width"), tag.value("height")) {
            let (width, height) = (width.parse::<u32>().unwrap_or_default(), height.parse::<u32>().unwrap_or_default());
            if width > 0 && height > 0 {
                classes.push(self.styled(&format!("width:{width}px;aspect-ratio:{width}/{height}")));
            }
        }
        if !classes.is_empty() {
            put(&mut self.out.html, "class", Some(&classes.join(" ")));
        }
        for (name, value) in more.iter().filter(|(name, _)| *name != "class") {
            put(&mut self.out.html, name, Some(value));
        }
        self.out.html.push_str(&written);
    }

    fn attribute(&self, attribute: &Attribute<'_>, out: &mut String) {
        let value = attribute.written.map(|_| attribute.value());
        let value = value.map(|value| value.replace("url(#", &format!("url(#{}", self.ids)));
        put(out, attribute.name, value.as_deref());
    }

    fn address(&self, to: &str) -> Option<String> {
        if let Some(place) = to.strip_prefix('#') {
            return (place != "Main").then(|| format!("#{}{place}", self.ids));
        }
        (self.wish.address)(to)
    }

    /// The class that has the place of a style attribute, which many sites forbid.
    fn styled(&mut self, style: &str) -> String {
        let next = self.styles.len() + 1;
        // Two fragments of one page share the name, so that it tells the report too.
        let class = || format!("{}s{next}", self.ids);
        self.styles.entry(style.trim().to_owned()).or_insert_with(class).clone()
    }

    /// An attribute of a drawing as a rule.
    fn drawn(&mut self, name: &str, value: &str) {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '#' | '.' | '-' | ' ' | ',' | '\'' | '%' | '(' | ')');
        if !value.chars().all(plain) {
            return;
        }
        let bare = name == "font-size" && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let unit = if bare { "px" } else { "" };
        let value_now = value.replace("url(#", &format!("url(#{}", self.ids)).replace("Source S", "Belagg Source S");
        self.out
            .rules
            .push((format!(":where(svg,svg *):where([{name}=\"{value_now}\"])"), format!("{name}:{value_now}{unit}")));
    }
}

fn put(out: &mut String, name: &str, value: Option<&str>) {
    match value {
        Some(value) => {
            let _ = write!(out, " {name}=\"{}\"", escaped(value));
        }
        None => {
            let _ = write!(out, " {name}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fragment, Wish, fragment};

    fn made(page: &str, heading: u8, title: bool) -> Fragment {
        let address = |to: &str| (!to.starts_with("..")).then(|| format!("files/{to}"));
        let wish = Wish { id: "r", language: "sv", heading, title, address: &address, before: "" };
        let mut fragment =
            fragment(&format!("<html><head><style>:root {{}}</style></head><body>{page}</body></html>"), &wish);
        let inner = fragment
            .html
            .strip_prefix("<div class=\"belagg\" id=\"belagg-r\" lang=\"sv\">\n<div class=\"belagg-body\">\n");
        fragment.html = inner.and_then(|inner| inner.strip_suffix("\n</div>\n</div>\n")).unwrap().to_owned();
        fragment
    }

    #[test]
    fn names_and_links_are_the_fragments_own() {
        let page = "<main id=\"Main\" class=\"x\"><a href=\"#a\" id=\"b\" data-figure=\"c\">1</a><td headers=\"a b\"><a href=\"data/x.csv\" download>2</a>\
                    <a class=\"y\" href=\"../versions.html\" rel=\"z\">3</a></main>";
        assert_eq!(
            made(page, 2, false).html,
            "<div class=\"belagg-main belagg-x\"><a href=\"#belagg-r-a\" id=\"belagg-r-b\">1</a><td headers=\"belagg-r-a belagg-r-b\">\
             <a href=\"files/data/x.csv\" download>2</a><span class=\"belagg-y\">3</span></td></div>"
        );
    }

    #[test]
    fn headings_stand_where_they_belong() {
        let page = "<h1>T</h1><h2>A</h2><h6>B</h6>";
        assert_eq!(made(page, 2, false).html, "<h2 class=\"belagg-h2\">A</h2><h6 class=\"belagg-h6\">B</h6>");
        assert_eq!(
            made(page, 3, true).html,
            "<h3 class=\"belagg-h1\">T</h3><h4 class=\"belagg-h2\">A</h4><div class=\"belagg-h6\" role=\"heading\" aria-level=\"8\">B</div>"
        );
    }

    #[test]
    fn what_another_page_cannot_have_is_left_out() {
        let page = "<a class=\"skip\" href=\"#Main\">s</a><script>x</script><aside aria-label=\"l\"><object data=\"n\"><a>o</a></object></aside>\
                    <header class=\"m\"><div class=\"masthead-bar\"><img src=\"i\"><div>d</div></div><p>t</p></header><template><p>q</template>";
        assert_eq!(made(page, 2, false).html, "<div class=\"belagg-m\"><p>t</p></div>");
    }

    #[test]
    fn style_attributes_and_those_of_drawings_become_rules() {
        let found = made(
            "<p style=\"--longest: 18\">a</p><svg><text font-size=\"14\" fill=\"#fff\">b</text></svg><b style=\"--longest: 18\"></b>",
            2,
            false,
        );
        assert_eq!(found.html.matches("class=\"belagg-r-s1\"").count(), 2);
        assert_eq!(found.styles, [":root {}"]);
        let rules: Vec<String> = found.rules.iter().map(|(selector, rule)| format!("{selector} {rule}")).collect();
        assert_eq!(
            rules,
            [
                ".belagg-r-s1 --longest: 18",
                ":where(svg,svg *):where([fill=\"#fff\"]) fill:#fff",
                ":where(svg,svg *):where([font-size=\"14\"]) font-size:14px",
            ]
        );
    }

    #[test]
    fn an_element_that_never_ends_hides_nothing_behind_it() {
        assert_eq!(made("<div><template><p>x</template><p>a</div>b", 2, false).html, "<div><p>a</p></div>b");
    }
}
