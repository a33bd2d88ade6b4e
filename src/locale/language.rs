//! The register of languages.

use super::words::{self, Gender};
use crate::register::register;

register! {
    /// A language that reports can be written in. What the checks know of it is a folder of `check/lang`, for which the compiler asks.
    #[derive(Default)]
    Language {
        /// BCP 47 primary tag.
        tag,
        /// What it is called in messages.
        name: &'static str,
        /// What it says of itself to whoever may want it: "In English".
        itself: &'static str,
        /// The region whose conventions are followed.
        region: &'static str,
        /// What stands before decimals.
        decimal: char,
        /// What follows the digits of a percentage in tables and charts.
        percent_sign: &'static str,
        /// Whether "£" stands before its number.
        currency_first: bool,
        /// The quotation marks that open and close.
        quotes: [char; 2],
        /// A number from nought to 999,999,999 in words.
        number_words: fn(u32, Gender) -> String,
        /// The program's words: `templates/locales/<tag>.json` as the program carries it.
        labels: &'static str,
    }
    #[default]
    Swedish = "sv", "Swedish", "På svenska", "SE", ',', "\u{a0}%", false, ['”', '”'], words::swedish, include_str!("../../templates/locales/sv.json");
    English = "en", "English", "In English", "GB", '.', "%", true, ['“', '”'], words::english, include_str!("../../templates/locales/en.json");
    /// As Bokmål.
    Norwegian = "nb", "Norwegian", "På norsk", "NO", ',', "\u{a0}%", false, ['«', '»'], words::norwegian, include_str!("../../templates/locales/nb.json");
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
