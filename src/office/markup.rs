//! XML as it is written: elements are closed by who opened them, and text is data.

use quick_xml::escape::escape;

/// XML that grows at its end.
#[derive(Debug, Clone, Default)]
pub struct Markup {
    out: String,
    open: Vec<&'static str>,
}

impl Markup {
    /// A part of a document: what says that it is XML stands first.
    #[must_use]
    pub fn part() -> Self {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        Self { out: head.to_owned(), open: Vec::new() }
    }

    /// Begins an element.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> &mut Self {
        self.tag(name, attributes, ">");
        self.open.push(name);
        self
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) -> &mut Self {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self
    }

    /// An element that holds nothing.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.tag(name, attributes, "/>");
        self
    }

    /// An element that holds a text.
    pub fn element(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) -> &mut Self {
        self.open(name, attributes).text(text).close()
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        self.out.push_str(&escape(allowed(text).as_str()));
        self
    }

    /// Markup that was written by itself.
    pub fn put(&mut self, other: Self) -> &mut Self {
        self.out.push_str(&other.finish());
        self
    }

    /// All of it, with what is open closed.
    #[must_use]
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.out.push_str(&escape(allowed(value).as_str()));
            self.out.push('"');
        }
        self.out.push_str(end);
    }
}

/// The characters that XML can hold.
fn allowed(text: &str) -> String {
    let is_allowed = |c: &char| !matches!(c, '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().filter(is_allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_data_and_what_is_open_is_closed() {
        let mut xml = Markup::default();
        xml.open("a", &[("b", "\"<&>\" å")]).empty("c", &[]).element("d", &[], "</a>\u{1}&amp;");
        let mut other = Markup::default();
        other.open("e", &[]);
        xml.put(other);
        assert_eq!(xml.finish(), "<a b=\"&quot;&lt;&amp;&gt;&quot; å\"><c/><d>&lt;/a&gt;&amp;amp;</d><e></e></a>");
    }
}
