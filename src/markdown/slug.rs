//! Words without markup, and the addresses made of them.

use crate::document::visit::walk_inlines;
use crate::document::{Binding, Inline};

/// The words of inlines without markup. Bindings, citations and notes are left out: what they print is not known yet.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    words(inlines, &mut |_| "")
}

/// The words of inlines without markup, each binding as `bound` says it. Citations and notes are left out.
pub fn words(inlines: &[Inline], bound: &mut dyn FnMut(&Binding) -> &'static str) -> String {
    let mut out = String::new();
    walk_inlines(inlines, &mut |inline| {
        out.push_str(match inline {
            Inline::Binding(binding) => bound(binding),
            inline => inline.words(),
        });
    });
    out
}

/// An address made of a heading: small letters a to z, digits and hyphens, never empty. "Möten med ledning" gives
/// `moten-med-ledning`.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match fold(c) {
            Some(letters) => out.push_str(letters),
            None if c.is_ascii_alphanumeric() => out.push(c),
            // Letters that have no likeness in a to z, and accents that stand alone, are dropped; all else parts words.
            None if c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\'' | '’') => {}
            None if out.is_empty() || out.ends_with('-') => {}
            None => out.push('-'),
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    if out.is_empty() { "section".to_owned() } else { out }
}

fn fold(c: char) -> Option<&'static str> {
    Some(match c {
        'å' | 'ä' | 'à' | 'á' | 'â' | 'ã' | 'ā' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ö' | 'ø' | 'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ț' | 'ţ' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceId, Span};

    #[test]
    fn slugs_are_plain_letters() {
        assert_eq!(slug("Möten med ledning"), "moten-med-ledning");
        assert_eq!(slug("  Åtgärder – 2021 (idé)! "), "atgarder-2021-ide");
        assert_eq!(slug("A\u{308}rende"), "arende", "a letter and its accent apart");
        assert_eq!(slug("SIP & IPS"), "sip-ips");
    }

    #[test]
    fn a_slug_is_never_empty() {
        for text in ["", "???", "Привет", "---"] {
            assert_eq!(slug(text), "section", "{text}");
        }
    }

    #[test]
    fn plain_text_has_words_only() {
        let span = Span::new(SourceId::default(), 0, 0);
        let text = |t: &str| Inline::Text(t.into(), span);
        let inlines = [
            text("a "),
            Inline::Strong(vec![text("b"), Inline::Emphasis(vec![text("c")])]),
            Inline::LineBreak,
            Inline::NoteReference { label: "x".into(), span },
            Inline::Code("d".into()),
        ];
        assert_eq!(plain(&inlines), "a bc d");
    }
}
