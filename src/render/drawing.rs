//! Drawings as bitmaps, with the fonts that charts are measured with.

use resvg::usvg;

use crate::chart::{SANS_REGULAR, SANS_SEMIBOLD};
use crate::render::pdf::Fonts;

/// What drawings are read with: fonts of the program and the publisher's, none of the machine.
pub fn options(fonts: &Fonts) -> usvg::Options<'static> {
    let mut options = usvg::Options::default();
    let database = options.fontdb_mut();
    // Those that charts are measured with come first.
    [SANS_REGULAR, SANS_SEMIBOLD].iter().for_each(|font| database.load_font_data(font.to_vec()));
    let sans = database.faces().next().and_then(|face| face.families.first()).map(|(name, _)| name.clone());
    fonts.files().for_each(|font| database.load_font_data(font.to_vec()));
    if let Some(name) = sans {
        database.set_sans_serif_family(&name);
        options.font_family = name;
    }
    options
}
