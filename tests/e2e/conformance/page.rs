//! A page as a tree. The reader is stricter than a browser: every tag that is opened must be closed in its turn, every
//! attribute quoted and every character reference known, so that what the tests see is what every browser sees.

use std::collections::BTreeMap;

#[derive(Debug, Clone, Default)]
pub struct Tag {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Node>,
}

#[derive(Debug, Clone)]
pub enum Node {
    Tag(Tag),
    Text(String),
}

const VOID: [&str; 6] = ["meta", "link", "br", "hr", "img", "wbr"];
/// Their content is no markup of the page.
const RAW: [&str; 3] = ["style", "script", "template"];

/// Reads a page; anything that is not well formed panics with the words around it.
pub fn read(text: &str) -> Tag {
    let mut rest = text.strip_prefix("\u{feff}").unwrap_or(text);
    let mut open = vec![Tag::default()];
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").unwrap_or_else(|| fault("a comment without end", rest)).1;
        } else if rest.starts_with("<!") {
            rest = rest.split_once('>').unwrap_or_else(|| fault("a declaration without end", rest)).1;
        } else if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>').unwrap_or_else(|| fault("a tag without end", rest));
            let tag = open.pop().unwrap_or_default();
            if tag.name != name.trim() || open.is_empty() {
                fault(&format!("`{name}` is closed where `{}` is open", tag.name), rest)
            }
            open.last_mut().unwrap().children.push(Node::Tag(tag));
            rest = after;
        } else if rest.starts_with('<') {
            let (mut tag, closed, after) = start(rest);
            rest = after;
            if RAW.contains(&tag.name.as_str()) {
                let end = format!("</{}>", tag.name);
                let (raw, after) = rest.split_once(&end).unwrap_or_else(|| fault("raw text without end", rest));
                tag.children.push(Node::Text(raw.to_owned()));
                rest = after;
                open.last_mut().unwrap().children.push(Node::Tag(tag));
            } else if closed || VOID.contains(&tag.name.as_str()) {
                open.last_mut().unwrap().children.push(Node::Tag(tag));
            } else {
                open.push(tag);
            }
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            open.last_mut().unwrap().children.push(Node::Text(decoded(&rest[..end])));
            rest = &rest[end..];
        }
    }
    let root = open.pop().unwrap();
    assert!(open.is_empty(), "`{}` is never closed", root.name);
    root
}

fn fault(what: &str, rest: &str) -> ! {
    panic!("{what}: {}", rest.chars().take(120).collect::<String>())
}

/// `<name key="value" …>`, whether it ends with `/>`, and what follows.
fn start(text: &str) -> (Tag, bool, &str) {
    let mut rest = &text[1..];
    let end = rest.find([' ', '\n', '>', '/']).unwrap_or_else(|| fault("a tag without end", text));
    let mut tag = Tag { name: rest[..end].to_owned(), ..Tag::default() };
    assert!(!tag.name.is_empty() && tag.name.chars().all(|c| c.is_ascii_alphanumeric()), "`{}` is no tag", tag.name);
    rest = &rest[end..];
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return (tag, true, after);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (tag, false, after);
        }
        let end = rest.find(['=', ' ', '>', '\n']).unwrap_or_else(|| fault("a tag without end", text));
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix("=\"") {
            let (found, after) = after.split_once('"').unwrap_or_else(|| fault("a value without end", text));
            value = decoded(found);
            rest = after;
        } else if rest.starts_with('=') {
            fault("a value without quotation marks", text)
        }
        if tag.attributes.insert(name.clone(), value).is_some() {
            fault(&format!("`{name}` stands twice"), text)
        }
    }
}

fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, after) = after.split_once(';').unwrap_or_else(|| fault("a bare ampersand", rest));
        let number = name.strip_prefix('#').map(|digits| match digits.strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => digits.parse(),
        });
        out.push(match (name, number) {
            ("amp", _) => '&',
            ("lt", _) => '<',
            ("gt", _) => '>',
            ("quot", _) => '"',
            (_, Some(Ok(number))) => char::from_u32(number).unwrap_or_else(|| fault("no character", rest)),
            _ => fault("an unknown character reference", rest),
        });
        rest = after;
    }
    out + rest
}

impl Tag {
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }

    /// Words of an attribute: of `class`, `headers`.
    pub fn words(&self, attribute: &str) -> Vec<&str> {
        self.get(attribute).unwrap_or_default().split_whitespace().collect()
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.words("class").contains(&class)
    }

    pub fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.children.iter().filter_map(|node| match node {
            Node::Tag(tag) => Some(tag),
            Node::Text(_) => None,
        })
    }

    /// Calls `act` for the tag and all within it, in order.
    pub fn visit<'a>(&'a self, act: &mut impl FnMut(&'a Tag)) {
        act(self);
        self.tags().for_each(|tag| tag.visit(act));
    }

    /// All tags within that fit, in order.
    pub fn all(&self, fits: impl Fn(&Tag) -> bool) -> Vec<&Tag> {
        let mut out = Vec::new();
        self.visit(&mut |tag| {
            if fits(tag) {
                out.push(tag);
            }
        });
        out
    }

    pub fn named(&self, name: &str) -> Vec<&Tag> {
        self.all(|tag| tag.name == name)
    }

    pub fn first(&self, fits: impl Fn(&Tag) -> bool) -> Option<&Tag> {
        self.all(fits).into_iter().next()
    }

    pub fn by_id(&self, id: &str) -> Option<&Tag> {
        self.first(|tag| tag.get("id") == Some(id))
    }

    /// All words within it, as they stand.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Tag(tag) if tag.name == "br" => out.push(' '),
                Node::Tag(tag) => out.push_str(&tag.text()),
            }
        }
        out
    }
}

#[test]
fn what_is_not_well_formed_is_refused() {
    let page = read("<!doctype html><p class=\"a b\">x &lt; <b>y</b><br>&#x27;</p>");
    assert_eq!(page.text(), "x < y '");
    assert!(page.named("p")[0].has_class("b"));
    for wrong in
        ["<p>", "<p></b>", "<p a=b></p>", "<p>&</p>", "<p>&copy;</p>", "<b><p></b></p>", "<p a=\"1\" a=\"2\"></p>"]
    {
        assert!(std::panic::catch_unwind(|| read(wrong)).is_err(), "{wrong}");
    }
}
