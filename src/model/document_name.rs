//! What reports, and what is made from them, may be called: each name becomes a folder of `output/` and a part of an address.

use crate::diagnostic::{Said, is_hidden, say};
use crate::system::is_device;

/// What `output/` holds besides documents.
const TAKEN: &[&str] = &[
    "index.html",
    "feed.xml",
    "feeds",
    "robots.txt",
    "sitemap.xml",
    "catalogue.rdf",
    "assets",
    "search",
    "search.html",
    "kinds",
    "years",
    "units",
    "areas",
];
/// A folder's name has at most 255 bytes, and a version in the making is called after its document.
const MOST_BYTES: usize = 120;

/// Why a name cannot be a folder of `output/` and a part of an address everywhere.
#[must_use]
pub fn document_name_fault(name: &str) -> Option<Said> {
    let lower = name.to_lowercase();
    if TAKEN.contains(&lower.as_str()) {
        return Some(say!("the website has output/{name} for something else", name = lower));
    }
    if is_device(name) {
        return Some(say!("it is the name of a device on Windows"));
    }
    if name.len() > MOST_BYTES {
        return Some(say!(
            "the name has {count} bytes, and at most {most} are possible",
            count = name.len(),
            most = MOST_BYTES
        ));
    }
    if name.is_empty() || name.starts_with(['.', '-']) || name.ends_with('.') {
        return Some(say!("it begins with a full stop or a hyphen, or ends with a full stop"));
    }
    // An accent that stands alone has a twin that looks the same and is another name.
    let bad = name.chars().find(|c| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))?;
    Some(match bad {
        ' ' => say!("it holds a space"),
        c if is_hidden(c) || c.is_whitespace() => {
            say!("it holds the character U+{code}, which nobody sees", code = format!("{:04X}", u32::from(c)))
        }
        '\u{300}'..='\u{36f}' => {
            say!("it holds a letter whose accent stands alone (decomposed), which looks like another name")
        }
        c => say!("it holds `{c}`", c),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_an_address_everywhere_or_refused() {
        for good in [
            "liten",
            "sysselsattning-2021",
            "Rapport_2025",
            "årsrapport",
            "a.b",
            "2025",
            "console",
            "com",
            "com10",
            "x.con",
            "report",
        ] {
            assert_eq!(document_name_fault(good), None, "{good}");
        }
        for bad in [
            "index.html",
            "Feed.XML",
            "assets",
            "con",
            "NUL",
            "aux.txt",
            "com1",
            "LPT9",
            "a b",
            "a ",
            " a",
            "a.",
            "-a",
            ".a",
            "a?b",
            "a#b",
            "a<b",
            "a%41",
            "a&b",
            "a\nb",
            "a\rb",
            "a\u{202e}b",
            "a\u{200b}",
            "a:b",
            "a\\b",
            "a\"b",
            "a'b",
            "a*b",
            "a|b",
            "a/b",
            "a;b",
            "a\u{30a}b",
            "..",
            "",
            "a\u{a0}b",
            "a~b",
            "a+b",
            "a@b",
        ] {
            assert!(document_name_fault(bad).is_some(), "{bad:?}");
        }
        assert!(
            document_name_fault(&"a".repeat(MOST_BYTES)).is_none()
                && document_name_fault(&"å".repeat(MOST_BYTES)).is_some()
        );
    }
}
