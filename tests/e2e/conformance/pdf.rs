//! A tagged PDF as a screen reader gets it: the structure tree with its text, what is left out of it, links and bookmarks.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, content::Content};

/// A structure element; its kind is the standard one that the file's role map leads to.
#[derive(Debug, Clone, Default)]
pub struct Element {
    pub kind: String,
    pub alt: Option<String>,
    pub language: Option<String>,
    pub id: Option<String>,
    /// Attributes of all owners by name: `Scope`, `Headers`, `ColSpan` …
    pub attributes: BTreeMap<String, Vec<String>>,
    pub children: Vec<Child>,
}

#[derive(Debug, Clone)]
pub enum Child {
    Element(Element),
    /// Words on a page (counted from 1), with the language that is marked on them.
    Text {
        page: usize,
        text: String,
        language: Option<String>,
    },
    Link(Link),
}

/// An annotation and where it leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Link {
    Address(String),
    /// A page, counted from 1, and the height on it in points from the foot.
    Place {
        page: usize,
        height: f64,
    },
}

#[derive(Debug)]
pub struct Pdf {
    pub root: Element,
    /// Text that is no content: page and words, in the order of the pages.
    pub artifacts: Vec<(usize, String)>,
    /// Marked content that no element holds, or that several hold.
    pub astray: Vec<String>,
    pub language: String,
    pub title: String,
    pub shows_title: bool,
    pub pages: usize,
    /// Depth, counted from 1, and title.
    pub bookmarks: Vec<(usize, String)>,
    /// Pages that are wider than high.
    pub turned: BTreeSet<usize>,
}

impl Element {
    /// All elements of a kind, outermost first, in order.
    pub fn all(&self, kind: &str) -> Vec<&Element> {
        let mut out = Vec::new();
        self.visit(&mut |element| {
            if element.kind == kind {
                out.push(element);
            }
        });
        out
    }

    /// Calls `act` for the element and all within it, in order.
    pub fn visit<'a>(&'a self, act: &mut impl FnMut(&'a Element)) {
        act(self);
        for child in self.elements() {
            child.visit(act);
        }
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            _ => None,
        })
    }

    /// Its words and those within it, as they stand.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.collect_text(&mut out);
        out
    }

    fn collect_text(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Text { text, .. } => out.push_str(text),
                Child::Element(element) => element.collect_text(out),
                Child::Link(_) => {}
            }
        }
    }

    /// Where its links lead, those within it included.
    pub fn links(&self) -> Vec<&Link> {
        let mut out = Vec::new();
        self.visit(&mut |element| {
            out.extend(element.children.iter().filter_map(|child| match child {
                Child::Link(link) => Some(link),
                _ => None,
            }));
        });
        out
    }

    /// The pages that its words stand on.
    pub fn pages(&self) -> BTreeSet<usize> {
        let mut out = BTreeSet::new();
        self.visit(&mut |element| {
            out.extend(element.children.iter().filter_map(|child| match child {
                Child::Text { page, .. } => Some(*page),
                _ => None,
            }));
        });
        out
    }

    /// The one word of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name)?.first().map(String::as_str)
    }
}

type Key = (ObjectId, i64);

#[derive(Debug, Default, Clone)]
struct Words {
    text: String,
    language: Option<String>,
}

struct Reader<'a> {
    file: &'a Document,
    pages: BTreeMap<ObjectId, usize>,
    roles: BTreeMap<String, String>,
    words: BTreeMap<Key, Words>,
    used: BTreeMap<Key, usize>,
}

/// Reads a PDF. What is not there is empty; what cannot be read at all panics.
pub fn read(bytes: &[u8]) -> Pdf {
    let file = Document::load_mem(bytes).expect("a PDF");
    let catalog = file.catalog().expect("a catalogue");
    let tree = dictionary(&file, catalog, b"StructTreeRoot").expect("a structure tree");
    let pages: BTreeMap<ObjectId, usize> = file.get_pages().iter().map(|(n, id)| (*id, *n as usize)).collect();
    let roles = dictionary(&file, tree, b"RoleMap")
        .map(|map| map.iter().filter_map(|(from, to)| Some((string(from), string(to.as_name().ok()?)))).collect());
    let mut words = BTreeMap::new();
    let mut artifacts = Vec::new();
    for (id, number) in &pages {
        page_words(&file, *id, *number, &mut words, &mut artifacts);
    }
    artifacts.sort_by_key(|(page, _)| *page);
    let mut reader = Reader { file: &file, pages, roles: roles.unwrap_or_default(), words, used: BTreeMap::new() };
    let children = reader.kids(tree, None);
    let root = Element { kind: "StructTreeRoot".to_owned(), children, ..Element::default() };
    let mut astray: Vec<String> = reader
        .words
        .iter()
        .filter(|(key, words)| !words.text.trim().is_empty() && !reader.used.contains_key(*key))
        .map(|(key, words)| format!("page {}: `{}` is in no element", reader.pages[&key.0], words.text))
        .collect();
    astray.extend(
        reader
            .used
            .iter()
            .filter(|(_, times)| **times > 1)
            .map(|(key, times)| format!("content {key:?} is in {times} elements")),
    );
    let information = file
        .trailer
        .get(b"Info")
        .ok()
        .and_then(|object| file.dereference(object).ok())
        .and_then(|(_, object)| object.as_dict().ok());
    Pdf {
        astray,
        artifacts,
        language: text_of(&file, catalog, b"Lang").unwrap_or_default(),
        title: information.and_then(|info| text_of(&file, info, b"Title")).unwrap_or_default(),
        shows_title: dictionary(&file, catalog, b"ViewerPreferences")
            .and_then(|preferences| preferences.get(b"DisplayDocTitle").ok()?.as_bool().ok())
            .unwrap_or_default(),
        pages: reader.pages.len(),
        bookmarks: dictionary(&file, catalog, b"Outlines")
            .map(|outlines| bookmarks(&file, outlines, 1))
            .unwrap_or_default(),
        turned: reader.pages.iter().filter(|(id, _)| is_turned(&file, **id)).map(|(_, number)| *number).collect(),
        root,
    }
}

impl Reader<'_> {
    fn kids(&mut self, parent: &Dictionary, page: Option<ObjectId>) -> Vec<Child> {
        let page = parent.get(b"Pg").and_then(Object::as_reference).ok().or(page);
        let Ok(kids) = parent.get_deref(b"K", self.file) else { return Vec::new() };
        let list = match kids {
            Object::Array(list) => list.clone(),
            other => vec![other.clone()],
        };
        list.iter().filter_map(|kid| self.kid(kid, page)).collect()
    }

    fn kid(&mut self, kid: &Object, page: Option<ObjectId>) -> Option<Child> {
        let (_, kid) = self.file.dereference(kid).expect("an object");
        if let Ok(number) = kid.as_i64() {
            return self.marked((page?, number));
        }
        let kid = kid.as_dict().expect("a dictionary").clone();
        let page = kid.get(b"Pg").and_then(Object::as_reference).ok().or(page);
        match kid.get(b"Type").and_then(Object::as_name).unwrap_or_default() {
            b"MCR" => self.marked((page?, kid.get(b"MCID").and_then(Object::as_i64).expect("a number"))),
            b"OBJR" => Some(Child::Link(self.link(&kid))),
            _ => Some(Child::Element(self.element(&kid, page))),
        }
    }

    fn marked(&mut self, key: Key) -> Option<Child> {
        *self.used.entry(key).or_default() += 1;
        let words = self.words.get(&key)?.clone();
        Some(Child::Text { page: self.pages[&key.0], text: words.text, language: words.language })
    }

    fn element(&mut self, dict: &Dictionary, page: Option<ObjectId>) -> Element {
        let mut kind = string(dict.get(b"S").and_then(Object::as_name).expect("a kind"));
        while let Some(standard) = self.roles.get(&kind) {
            kind.clone_from(standard);
        }
        let mut attributes = BTreeMap::new();
        if let Ok(owners) = dict.get_deref(b"A", self.file) {
            let owners = match owners {
                Object::Array(list) => list.clone(),
                other => vec![other.clone()],
            };
            for owner in &owners {
                let Ok((_, Object::Dictionary(owner))) = self.file.dereference(owner) else { continue };
                for (name, value) in owner {
                    attributes.insert(string(name), self.values(value));
                }
            }
        }
        let value = |name: &[u8]| text_of(self.file, dict, name);
        let (alt, language) = (value(b"Alt"), value(b"Lang"));
        let id = dict.get_deref(b"ID", self.file).ok().and_then(|id| Some(string(id.as_str().ok()?)));
        Element { kind, alt, language, id, attributes, children: self.kids(dict, page) }
    }

    /// Names, strings and numbers as words; a list gives several.
    fn values(&self, object: &Object) -> Vec<String> {
        match self.file.dereference(object).expect("an object").1 {
            Object::Name(name) => vec![string(name)],
            Object::String(bytes, _) => vec![string(bytes)],
            Object::Integer(number) => vec![number.to_string()],
            Object::Real(number) => vec![number.to_string()],
            Object::Array(list) => list.iter().flat_map(|item| self.values(item)).collect(),
            _ => Vec::new(),
        }
    }

    fn link(&self, reference: &Dictionary) -> Link {
        let annotation = dictionary(self.file, reference, b"Obj").expect("an annotation");
        let action = dictionary(self.file, annotation, b"A");
        if let Some(address) = action.and_then(|action| text_of(self.file, action, b"URI")) {
            return Link::Address(address);
        }
        let target = action.and_then(|action| action.get_deref(b"D", self.file).ok());
        let target = target.or_else(|| annotation.get_deref(b"Dest", self.file).ok()).expect("a target");
        self.place(target)
    }

    fn place(&self, target: &Object) -> Link {
        match target {
            Object::String(name, _) | Object::Name(name) => {
                let names = dictionary(self.file, self.file.catalog().unwrap(), b"Names");
                let tree = names.and_then(|names| dictionary(self.file, names, b"Dests"));
                let found = tree.and_then(|tree| named(self.file, tree, name)).expect("a named destination");
                self.place(found)
            }
            Object::Dictionary(holder) => self.place(holder.get_deref(b"D", self.file).expect("a destination")),
            Object::Array(list) => {
                let page = self.pages[&list[0].as_reference().expect("a page")];
                let height = list.get(3).and_then(|height| height.as_float().ok()).unwrap_or_default();
                Link::Place { page, height: f64::from(height) }
            }
            Object::Reference(id) => self.place(self.file.get_object(*id).expect("a destination")),
            other => panic!("a destination of an unknown kind: {other:?}"),
        }
    }
}

fn is_turned(file: &Document, page: ObjectId) -> bool {
    let size = file.get_dictionary(page).and_then(|page| page.get_deref(b"MediaBox", file)).and_then(Object::as_array);
    let numbers: Vec<f32> = size.expect("a size").iter().map(|number| number.as_float().expect("a number")).collect();
    numbers[2] > numbers[3]
}

fn named<'a>(file: &'a Document, tree: &'a Dictionary, name: &[u8]) -> Option<&'a Object> {
    if let Ok(names) = tree.get_deref(b"Names", file).and_then(Object::as_array) {
        let at = names.iter().step_by(2).position(|key| key.as_str().is_ok_and(|key| key == name));
        if let Some(at) = at {
            return Some(file.dereference(&names[2 * at + 1]).ok()?.1);
        }
    }
    let kids = tree.get_deref(b"Kids", file).and_then(Object::as_array).ok()?;
    kids.iter().find_map(|kid| named(file, file.dereference(kid).ok()?.1.as_dict().ok()?, name))
}

fn bookmarks(file: &Document, parent: &Dictionary, depth: usize) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let mut next = dictionary(file, parent, b"First");
    while let Some(item) = next {
        out.push((depth, text_of(file, item, b"Title").unwrap_or_default()));
        out.extend(bookmarks(file, item, depth + 1));
        next = dictionary(file, item, b"Next");
    }
    out
}

/// What is open while a page is read.
enum Mark {
    Content(i64),
    Artifact,
    /// Words that take the place of what is drawn.
    Instead,
    /// Letters that stand from right to left: the last one drawn is the first one read.
    Reversed,
    Other,
}

fn page_words(
    file: &Document,
    page: ObjectId,
    number: usize,
    words: &mut BTreeMap<Key, Words>,
    artifacts: &mut Vec<(usize, String)>,
) {
    let fonts = file.get_page_fonts(page).expect("fonts");
    let encodings: BTreeMap<&[u8], lopdf::Encoding<'_>> = fonts
        .iter()
        .map(|(name, font)| (name.as_slice(), font.get_font_encoding(file).expect("an encoding")))
        .collect();
    let content = Content::decode(&file.get_page_content(page)).expect("content");
    let mut open: Vec<Mark> = Vec::new();
    let mut font: &[u8] = b"";
    let mut add = |open: &[Mark], text: &str| {
        let marked = open.iter().rev().find_map(|mark| match mark {
            Mark::Content(id) => Some(Some(*id)),
            Mark::Artifact => Some(None),
            _ => None,
        });
        match marked {
            Some(Some(id)) => words.entry((page, id)).or_default().text.push_str(text),
            // Text outside all marks is no better than an artifact: nobody reads it.
            _ => match artifacts.last_mut() {
                Some((last, line)) if *last == number => line.push_str(text),
                _ => artifacts.push((number, text.to_owned())),
            },
        }
    };
    let mut languages = Vec::new();
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BDC" | "BMC" => {
                let tag = operands[0].as_name().unwrap_or_default();
                let properties = operands.get(1).and_then(|properties| properties.as_dict().ok());
                let id = properties.and_then(|properties| properties.get(b"MCID").ok()?.as_i64().ok());
                let instead = properties.and_then(|properties| text_of(file, properties, b"ActualText"));
                if let (Some(id), Some(language)) = (id, properties.and_then(|p| text_of(file, p, b"Lang"))) {
                    languages.push((id, language));
                }
                let hidden = open.iter().any(|mark| matches!(mark, Mark::Instead));
                match (id, instead) {
                    (Some(id), None) => open.push(Mark::Content(id)),
                    (id, Some(text)) => {
                        if let Some(id) = id {
                            open.push(Mark::Content(id));
                        }
                        if !hidden {
                            add(&open, &text);
                        }
                        if id.is_some() {
                            open.pop();
                        }
                        open.push(Mark::Instead);
                    }
                    (None, None) if tag == b"Artifact" => {
                        artifact_ends(&mut add, &open);
                        open.push(Mark::Artifact);
                    }
                    (None, None) if tag == b"ReversedChars" => open.push(Mark::Reversed),
                    (None, None) => open.push(Mark::Other),
                }
            }
            "EMC" => {
                open.pop();
            }
            "Tf" => font = operands[0].as_name().expect("a font"),
            "Tj" | "TJ" | "'" | "\"" if !open.iter().any(|mark| matches!(mark, Mark::Instead)) => {
                let encoding = &encodings[font];
                let shown =
                    strings(operands).into_iter().map(|bytes| Document::decode_text(encoding, bytes).expect("text"));
                let shown: String = shown.collect();
                let reversed = open.iter().any(|mark| matches!(mark, Mark::Reversed));
                add(&open, &if reversed { shown.chars().rev().collect() } else { shown });
            }
            _ => {}
        }
    }
    for (id, language) in languages {
        words.entry((page, id)).or_default().language = Some(language);
    }
}

/// Artifacts that follow each other are told apart.
fn artifact_ends(add: &mut impl FnMut(&[Mark], &str), open: &[Mark]) {
    let inside: Vec<Mark> = open.iter().filter(|mark| matches!(mark, Mark::Artifact)).map(|_| Mark::Artifact).collect();
    if inside.is_empty() {
        add(&[Mark::Artifact], "\n");
    }
}

fn strings(operands: &[Object]) -> Vec<&[u8]> {
    operands
        .iter()
        .flat_map(|operand| match operand {
            Object::String(bytes, _) => vec![bytes.as_slice()],
            Object::Array(list) => strings(list),
            _ => Vec::new(),
        })
        .collect()
}

fn dictionary<'a>(file: &'a Document, parent: &'a Dictionary, name: &[u8]) -> Option<&'a Dictionary> {
    parent.get_deref(name, file).ok()?.as_dict().ok()
}

fn text_of(file: &Document, parent: &Dictionary, name: &[u8]) -> Option<String> {
    lopdf::decode_text_string(parent.get_deref(name, file).ok()?).ok()
}

fn string(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
