//! Addresses of what is published: the one place in which names become parts of an address.

use crate::hypertext::encoded;

/// The folder of a version, from that of all publications: `sip-2021/1.0/`.
#[must_use]
pub fn folder(document: &str, version: &str) -> String {
    format!("{}/{}/", encoded(document), encoded(version))
}

/// A website's address with one slash at its end.
#[must_use]
pub fn base(site: &str) -> String {
    format!("{}/", site.trim_end_matches('/'))
}

/// The address of a version on a website.
#[must_use]
pub fn version(site: &str, document: &str, version: &str) -> String {
    base(site) + &folder(document, version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_other_letters_and_blanks_are_parts_of_addresses() {
        assert_eq!(
            version("https://a.se/rapporter//", "Åre 2024", "1.0"),
            "https://a.se/rapporter/%C3%85re%202024/1.0/"
        );
        assert_eq!(version("https://a.se", "sip-2021_b", "1.10"), "https://a.se/sip-2021_b/1.10/");
    }
}
