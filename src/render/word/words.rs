//! The words of one paragraph, as runs, and where each stretch of them was written.

use super::look::Look;
use crate::document::resolved::origin::Stretch;
use crate::office::Markup;
use crate::system::Hash;

/// The words of a paragraph as they are written.
#[derive(Default)]
pub struct Words {
    pub xml: Markup,
    /// What a reader sees, marks of notes left out.
    pub text: String,
    pub stretches: Vec<Stretch>,
}

impl Words {
    /// Words of the program's own.
    pub fn own(&mut self, text: &str, look: &Look) {
        self.run(text, look);
        self.text.push_str(text);
    }

    pub fn line_break(&mut self) {
        self.xml.open("w:r", &[]).empty("w:br", &[]).close();
        self.text.push('\n');
    }

    pub fn tab(&mut self) {
        self.xml.open("w:r", &[]).empty("w:tab", &[]).close();
        self.text.push('\t');
    }

    /// Begins words that Word can make anew.
    pub fn field_begin(&mut self, code: &str) {
        self.field_mark("begin");
        self.xml.open("w:r", &[]).element("w:instrText", &[("xml:space", "preserve")], code).close();
        self.field_mark("separate");
    }

    pub fn field_end(&mut self) {
        self.field_mark("end");
    }

    fn field_mark(&mut self, kind: &str) {
        self.xml.open("w:r", &[]).empty("w:fldChar", &[("w:fldCharType", kind)]).close();
    }

    /// Words that stand in the report's files.
    pub fn written(&mut self, text: &str, origin: &[Stretch], look: &Look) {
        self.stretches.extend(Stretch::behind(origin.to_vec(), self.text.len()));
        self.own(text, look);
    }

    fn run(&mut self, text: &str, look: &Look) {
        if text.is_empty() {
            return;
        }
        self.xml.open("w:r", &[]);
        look.write(&mut self.xml);
        self.xml.element("w:t", &[("xml:space", "preserve")], text).close();
    }
}

/// The bookmark that stands for an address: Word's names are short and know no hyphens. One that begins with a low line is not listed.
pub fn bookmark(anchor: &str) -> String {
    format!("_Ref_{:016x}", Hash::digest(anchor.as_bytes()).short())
}
