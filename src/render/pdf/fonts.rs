//! The fonts that reports are set in. They are built into the program; those of the machine are never used.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use typst::foundations;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::system::Bytes;

/// The sans that charts are measured with.
pub const SANS_REGULAR: &[u8] = include_bytes!("../../../templates/fonts/SourceSans3-Regular.otf");
pub const SANS_SEMIBOLD: &[u8] = include_bytes!("../../../templates/fonts/SourceSans3-Semibold.otf");

/// Source Serif 4 for text, Source Sans 3 for headings and tables, DejaVu Sans Mono for code, DejaVu Sans for scripts and
/// symbols that the others lack.
const BUILTIN: [&[u8]; 10] = [
    include_bytes!("../../../templates/fonts/SourceSerif4-Regular.otf"),
    include_bytes!("../../../templates/fonts/SourceSerif4-It.otf"),
    include_bytes!("../../../templates/fonts/SourceSerif4-Bold.otf"),
    include_bytes!("../../../templates/fonts/SourceSerif4-BoldIt.otf"),
    SANS_REGULAR,
    include_bytes!("../../../templates/fonts/SourceSans3-It.otf"),
    SANS_SEMIBOLD,
    include_bytes!("../../../templates/fonts/SourceSans3-Bold.otf"),
    include_bytes!("../../../templates/fonts/DejaVuSansMono-Latin.ttf"),
    include_bytes!("../../../templates/fonts/DejaVuSans.ttf"),
];

static BUILTIN_FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts = BUILTIN.iter().flat_map(|bytes| Font::iter(foundations::Bytes::new(*bytes))).collect();
    Fonts::from_list(fonts)
});

/// Parsed fonts and their index by family.
pub struct Fonts {
    book: LazyHash<FontBook>,
    list: Vec<Font>,
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
        BUILTIN.contains(&file)
    }

    /// A publisher's fonts before the built-in ones: of two alike, the publisher's is used.
    ///
    /// # Errors
    /// The first file that is not a font.
    pub fn with_extra(files: Vec<Bytes>) -> Result<Self, NotAFont> {
        let mut list = Vec::new();
        for (index, bytes) in files.into_iter().enumerate() {
            let before = list.len();
            list.extend(Font::iter(foundations::Bytes::new(bytes)));
            if list.len() == before {
                return Err(NotAFont(index));
            }
        }
        list.extend(Self::builtin().list.iter().cloned());
        Ok(Self::from_list(list))
    }

    fn from_list(list: Vec<Font>) -> Self {
        Self { book: LazyHash::new(FontBook::from_fonts(&list)), list }
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.list.get(index).cloned()
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
            .filter(|&c| !self.list.iter().any(|font| font.info().coverage.contains(u32::from(c))))
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
