//! The fonts that reports are set in. They are built into the program; those of the machine are never used.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use typst::foundations;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::chart::{SANS_REGULAR, SANS_SEMIBOLD};
use crate::system::Bytes;

/// Adobe's families with merged tables of kerning (`scripts/fonts`). The files have names of their own, as the licence asks of
/// changed fonts; templates and themes go on asking for the families that they are.
const SERIF: &str = "Source Serif 4";
const SANS: &str = "Source Sans 3";

/// Source Serif 4 for text, Source Sans 3 for headings and tables, DejaVu Sans Mono for code, DejaVu Sans for scripts and
/// symbols that the others lack; each with the family by which it is asked for, where that is not the name in the file.
const BUILTIN: [(&[u8], Option<&str>); 10] = [
    (include_bytes!("../../../templates/fonts/BelaggSerif-Regular.otf"), Some(SERIF)),
    (include_bytes!("../../../templates/fonts/BelaggSerif-It.otf"), Some(SERIF)),
    (include_bytes!("../../../templates/fonts/BelaggSerif-Bold.otf"), Some(SERIF)),
    (include_bytes!("../../../templates/fonts/BelaggSerif-BoldIt.otf"), Some(SERIF)),
    (SANS_REGULAR, Some(SANS)),
    (include_bytes!("../../../templates/fonts/BelaggSans-It.otf"), Some(SANS)),
    (SANS_SEMIBOLD, Some(SANS)),
    (include_bytes!("../../../templates/fonts/BelaggSans-Bold.otf"), Some(SANS)),
    (include_bytes!("../../../templates/fonts/DejaVuSansMono-Latin.ttf"), None),
    (include_bytes!("../../../templates/fonts/DejaVuSans.ttf"), None),
];

static BUILTIN_FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let named = |&(bytes, family): &(&'static [u8], _)| {
        Font::iter(foundations::Bytes::new(bytes)).map(move |font| (font, family))
    };
    Fonts::from_list(BUILTIN.iter().flat_map(named).collect())
});

/// Parsed fonts and their index by family.
pub struct Fonts {
    book: LazyHash<FontBook>,
    /// Each with the family by which it is asked for, where that is not its own name.
    list: Vec<(Font, Option<&'static str>)>,
}

/// The file with this place in the list is not a font that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAFont(pub usize);

impl Fonts {
    /// The fonts that come with the program; parsed once.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN_FONTS
    }

    /// Whether a file is one of the fonts that come with the program.
    #[must_use]
    pub fn is_builtin(file: &[u8]) -> bool {
        BUILTIN.iter().any(|(bytes, _)| *bytes == file)
    }

    /// A publisher's fonts before the built-in ones: of two alike, the publisher's is used.
    ///
    /// # Errors
    /// The first file that is not a font.
    pub fn with_extra(files: Vec<Bytes>) -> Result<Self, NotAFont> {
        let mut list = Vec::new();
        for (index, bytes) in files.into_iter().enumerate() {
            let before = list.len();
            list.extend(Font::iter(foundations::Bytes::new(bytes)).map(|font| (font, None)));
            if list.len() == before {
                return Err(NotAFont(index));
            }
        }
        list.extend(Self::builtin().list.iter().cloned());
        Ok(Self::from_list(list))
    }

    fn from_list(list: Vec<(Font, Option<&'static str>)>) -> Self {
        let mut book = FontBook::new();
        for (font, family) in &list {
            let mut info = font.info().clone();
            if let Some(family) = family {
                (*family).clone_into(&mut info.family);
            }
            book.push(info);
        }
        Self { book: LazyHash::new(book), list }
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.list.get(index).map(|(font, _)| font.clone())
    }

    /// The files, the publisher's first.
    pub fn files(&self) -> impl Iterator<Item = &[u8]> {
        self.list.iter().map(|(font, _)| font.data().as_slice())
    }

    /// Names of the families, sorted.
    #[must_use]
    pub fn families(&self) -> Vec<&str> {
        self.book.families().map(|(name, _)| name).collect()
    }

    /// The characters of the text that no font has, each once and in order. Characters that leave no ink (spaces, controls,
    /// soft hyphens, joiners, marks of direction, variation selectors) are not asked for.
    #[must_use]
    pub fn missing_glyphs(&self, text: &str) -> Vec<char> {
        let wanted: BTreeSet<char> = text.chars().filter(|&c| !c.is_ascii_graphic() && leaves_ink(c)).collect();
        wanted
            .into_iter()
            .filter(|&c| !self.list.iter().any(|(font, _)| font.info().coverage.contains(u32::from(c))))
            .collect()
    }
}

fn leaves_ink(c: char) -> bool {
    !(c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{feff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'))
}
