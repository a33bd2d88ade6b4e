//! Who is quoted in running text, without a line that says so: what stands before a colon and a quotation ("En kvinna i Farsta berättar:"), or behind it and
//! a comma ("…”, säger en kvinna i Farsta").

use crate::document::Block;
use crate::markdown::plain;
use crate::source::Span;

/// Marks that a quotation begins or ends with.
const MARKS: [char; 6] = ['"', '\u{201c}', '\u{201d}', '\u{201e}', '«', '»'];
/// Fewer words between marks are a word that somebody uses, and no quotation.
const WORDS: usize = 3;

/// What introduces the quotations of some blocks, and where.
pub(super) fn introduced(blocks: &[Block]) -> Vec<(String, Span)> {
    let mut out = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let Block::Paragraph { content, span } = block else { continue };
        let text = plain(content).split_whitespace().collect::<Vec<_>>().join(" ");
        let is_followed = matches!(blocks.get(at + 1), Some(Block::Quote { attribution: None, .. }));
        let before = text.strip_suffix(':').filter(|_| is_followed).map(last_sentence);
        let all = before.into_iter().chain(around_marks(&text)).filter(|words| !words.is_empty());
        out.extend(all.map(|words| (words.to_owned(), *span)));
    }
    out
}

/// What stands right before or behind the quotations of a paragraph.
fn around_marks(text: &str) -> Vec<&str> {
    let marks: Vec<(usize, &str)> = text.match_indices(MARKS).collect();
    let mut out = Vec::new();
    for pair in marks.chunks_exact(2) {
        let [(first, mark), (last, end)] = pair else { continue };
        let inner = &text[first + mark.len()..*last];
        if inner.split_whitespace().count() < WORDS {
            continue;
        }
        out.extend(text[..*first].trim_end().strip_suffix(':').map(last_sentence));
        let behind = text[last + end.len()..].trim_start().strip_prefix(',');
        let until = |rest: &'_ str| rest.find(['.', '!', '?', ';', ':']).unwrap_or(rest.len());
        out.extend(behind.map(|rest| rest[..until(rest)].trim()));
    }
    out
}

fn last_sentence(text: &str) -> &str {
    let start = text.rfind(['.', '!', '?']).or_else(|| text.rfind(MARKS));
    let rest = start.map_or(text, |start| &text[start..]);
    rest.trim_start_matches(|letter: char| !letter.is_alphanumeric()).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_says_something_stands_beside_it() {
        for (text, wanted) in [
            (
                "Så är det. En kvinna i Farsta berättar: \u{201d}Jag fick vänta länge.\u{201d}",
                vec!["En kvinna i Farsta berättar"],
            ),
            ("\u{201d}Jag fick vänta länge\u{201d}, säger en man i Norr. Fler väntade.", vec!["säger en man i Norr"]),
            ("Ordet \u{201d}stöd\u{201d}, som används ofta, är oklart.", vec![]),
            ("Hon sade: \"Jag fick vänta\", och gick.", vec!["Hon sade", "och gick"]),
            ("Ett ensamt \" tecken: och text.", vec![]),
        ] {
            assert_eq!(around_marks(text), wanted, "{text}");
        }
    }
}
