//! Fields: what Word computes and writes into the text, told by its instruction.

use super::citations::{self, Mention};

/// What becomes of the text that a field shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// Leads to a place of the document.
    Reference(String),
    /// Leads out.
    Link(String),
    /// Made anew by the program: contents, page numbers.
    LeftOut,
    /// Cites sources.
    Citation(Vec<Mention>),
    /// Cites sources in a form that is not read: the text is kept, and told.
    Unread,
    /// The list of what is cited, made anew by the program.
    Bibliography,
    /// A number of a page, which has no meaning in the report.
    PageNumber,
    /// Kept as it stands.
    Text,
}

/// What an instruction asks for.
pub fn field(instruction: &str) -> Field {
    let words = words(instruction);
    let mut words = words.iter().map(String::as_str);
    let name = words.next().unwrap_or_default().to_uppercase();
    let mut rest = words.peekable();
    match name.as_str() {
        "TOC" | "INDEX" | "TOA" | "RD" | "XE" | "TC" | "TA" | "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "SECTION" => {
            Field::LeftOut
        }
        "CITATION" => Field::Citation(citations::of_word(rest)),
        "BIBLIOGRAPHY" => Field::Bibliography,
        "ADDIN" => {
            let of = rest.next().unwrap_or_default().to_uppercase();
            let json = instruction.find('{').and_then(|at| citations::of_csl(instruction[at..].trim()));
            match (json, of.as_str()) {
                (Some(cited), _) => Field::Citation(cited),
                (None, "ZOTERO_BIBL" | "MENDELEY" | "CSL_BIBLIOGRAPHY") => Field::Bibliography,
                (None, "ZOTERO_ITEM" | "CSL_CITATION" | "EN.CITE" | "ZOTERO_ITEM_CSL") => Field::Unread,
                _ => Field::Text,
            }
        }
        "PAGEREF" => Field::PageNumber,
        "REF" | "NOTEREF" | "STYLEREF" => match rest.next() {
            Some(anchor) if name != "STYLEREF" => Field::Reference(anchor.to_owned()),
            _ => Field::Text,
        },
        "HYPERLINK" => {
            let mut address = None;
            let mut anchor = None;
            while let Some(word) = rest.next() {
                match word {
                    "\\l" => anchor = rest.next(),
                    "\\o" | "\\t" => _ = rest.next(),
                    word if word.starts_with('\\') => {}
                    word => address = address.or(Some(word)),
                }
            }
            match (address, anchor) {
                (Some(address), _) => Field::Link(address.to_owned()),
                (None, Some(anchor)) => Field::Reference(anchor.to_owned()),
                (None, None) => Field::Text,
            }
        }
        _ => Field::Text,
    }
}

/// The words of an instruction; what stands in quotation marks is one.
fn words(instruction: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut quoted = false;
    let mut open = false;
    for c in instruction.chars() {
        match c {
            '"' | '“' | '”' => {
                quoted = !quoted;
                if quoted {
                    out.push(String::new());
                }
                open = quoted;
            }
            c if c.is_whitespace() && !quoted => open = false,
            c => {
                if !open {
                    out.push(String::new());
                    open = true;
                }
                if let Some(word) = out.last_mut() {
                    word.push(c);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_says_what_becomes_of_its_text() {
        for (instruction, found) in [
            (" TOC \\o \"1-3\" \\h ", Field::LeftOut),
            ("REF _Ref12 \\h", Field::Reference("_Ref12".into())),
            ("HYPERLINK \"https://example.se/a b\" \\o \"Tips\"", Field::Link("https://example.se/a b".into())),
            ("HYPERLINK \\l \"kap\"", Field::Reference("kap".into())),
            ("PAGEREF _Toc1", Field::PageNumber),
            ("SEQ Tabell \\* ARABIC", Field::Text),
            ("", Field::Text),
        ] {
            assert_eq!(field(instruction), found, "{instruction}");
        }
    }
}
