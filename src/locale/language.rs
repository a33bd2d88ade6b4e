//! The register of languages.

use crate::register::register;

register! {
    /// A language that reports can be written in. What is grammar (number words, the checks) is told apart where it stands, and the compiler asks for it.
    #[derive(Default)]
    Language {
        /// BCP 47 primary tag.
        tag,
        /// The region whose conventions are followed.
        region: &'static str,
        /// What stands before decimals.
        decimal: char,
        /// What follows the digits of a percentage in tables and charts.
        percent_sign: &'static str,
        /// Whether "£" stands before its number.
        currency_first: bool,
        /// The program's words: `templates/locales/<tag>.json` as the program carries it.
        labels: &'static str,
    }
    #[default]
    Swedish = "sv", "SE", ',', "\u{a0}%", false, include_str!("../../templates/locales/sv.json");
    English = "en", "GB", '.', "%", true, include_str!("../../templates/locales/en.json");
}

impl Language {
    /// Tag and region: `sv-SE`.
    #[must_use]
    pub fn with_region(self) -> String {
        format!("{}-{}", self.tag(), self.region())
    }

    /// Where a workspace has words of its own.
    #[must_use]
    pub fn labels_path(self) -> String {
        format!("templates/locales/{}.json", self.tag())
    }
}
