//! Measuring text with the fonts that it will be set in.

use ab_glyph::{Font as _, FontRef};
use std::sync::LazyLock;

use crate::diagnostic::{Said, say};

/// The fonts of the charts: regular, and semibold or bold.
#[derive(Debug)]
pub struct Fonts {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
}

/// The sans that charts are measured with, whatever the workspace sets them in.
pub const SANS_REGULAR: &[u8] = include_bytes!("../../templates/fonts/BelaggSans-Regular.otf");
pub const SANS_SEMIBOLD: &[u8] = include_bytes!("../../templates/fonts/BelaggSans-Semibold.otf");

impl Fonts {
    /// Those that come with the program; parsed once.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn builtin() -> Result<&'static Self, Said> {
        static BUILTIN: LazyLock<Result<Fonts, Said>> = LazyLock::new(|| Fonts::read(SANS_REGULAR, SANS_SEMIBOLD));
        BUILTIN.as_ref().map_err(Clone::clone)
    }

    fn read(regular: &'static [u8], bold: &'static [u8]) -> Result<Self, Said> {
        let read = |bytes| FontRef::try_from_slice(bytes).map_err(|_| say!("a font for charts cannot be read"));
        Ok(Self { regular: read(regular)?, bold: read(bold)? })
    }

    /// Width of a line of text in pixels.
    pub fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        let font = if bold { &self.bold } else { &self.regular };
        let units: f32 = text.chars().map(|c| font.h_advance_unscaled(font.glyph_id(c))).sum();
        let em = font.units_per_em().unwrap_or(1000.0);
        f64::from(units) / f64::from(em) * size
    }

    /// Breaks text into lines no wider than `limit`: at spaces, after hyphens and slashes, and within a word that is too wide
    /// for a line. What does not fit into `most` lines is cut with an ellipsis.
    pub fn wrap(&self, text: &str, size: f64, bold: bool, limit: f64, most: usize) -> Vec<String> {
        let wide = |line: &str| self.width(line, size, bold) > limit;
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        let mut glued = true;
        for piece in pieces(text) {
            let joined = if glued || line.is_empty() {
                format!("{line}{}", piece.text)
            } else {
                format!("{line} {}", piece.text)
            };
            glued = piece.glued;
            if !wide(&joined) {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = piece.text.to_owned();
            while wide(&line) {
                let (head, tail) = self.split(&line, size, bold, limit);
                lines.push(head);
                line = tail;
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                while last.pop().is_some() && wide(&format!("{last}…")) {}
                last.truncate(last.trim_end().len());
                last.push('…');
            }
        }
        lines
    }

    /// Splits a word that is wider than a line, with a hyphen.
    fn split(&self, word: &str, size: f64, bold: bool, limit: f64) -> (String, String) {
        let mut head = String::new();
        for c in word.chars() {
            if !head.is_empty() && self.width(&format!("{head}{c}-"), size, bold) > limit {
                break;
            }
            head.push(c);
        }
        // Not fewer than three letters on the next line.
        while word[head.len()..].chars().count() < 3 && head.chars().count() > 3 {
            head.pop();
        }
        let tail = word[head.len()..].to_owned();
        if !tail.is_empty() && !head.ends_with('-') {
            head.push('-');
        }
        (head, tail)
    }

    /// The longest part of a text that a line cannot be broken in, in pixels.
    pub fn widest_word(&self, text: &str, size: f64, bold: bool) -> f64 {
        pieces(text).map(|piece| self.width(piece.text, size, bold)).fold(0.0, f64::max)
    }
}

/// A part of a text that stays together; `glued` when no space follows it.
struct Piece<'a> {
    text: &'a str,
    glued: bool,
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()).flat_map(|word| {
        let count = word.split_inclusive(['-', '/', '–']).count();
        let parts = word.split_inclusive(['-', '/', '–']).enumerate();
        parts.map(move |(index, text)| Piece { text, glued: index + 1 < count })
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::fonts;

    #[test]
    fn lines_keep_to_their_width_and_lose_nothing() {
        let fonts = fonts();
        let text = "Neuropsykiatriska funktionsnedsättningar (t.ex. ADHD/autism) och annat";
        let lines = fonts.wrap(text, 15.0, false, 180.0, 9);
        assert!(lines.len() > 1 && lines.iter().all(|line| fonts.width(line, 15.0, false) <= 180.0), "{lines:?}");
        assert_eq!(lines.join(" ").replace("- ", "-").replace("/ ", "/"), text);
    }

    #[test]
    fn a_word_wider_than_the_line_is_split_and_a_long_text_is_cut() {
        let fonts = fonts();
        let word = "Funktionshinderinspektörsverksamhetsutvecklingen";
        let lines = fonts.wrap(word, 15.0, false, 120.0, 9);
        assert_eq!(lines.join("").replace('-', ""), word);
        let cut = fonts.wrap(&"ett två tre ".repeat(20), 15.0, false, 100.0, 3);
        assert!(cut.len() == 3 && cut[2].ends_with('…') && fonts.width(&cut[2], 15.0, false) <= 100.0, "{cut:?}");
    }

    #[test]
    fn an_empty_text_is_one_empty_line() {
        assert_eq!(fonts().wrap("", 15.0, false, 100.0, 3), [""]);
    }

    #[test]
    fn spaces_that_may_not_break_do_not() {
        assert_eq!(fonts().wrap("1\u{a0}234 567", 15.0, false, 45.0, 3), ["1\u{a0}234", "567"]);
    }
}
