//! The languages that the program speaks to those who run it, which need not be those of their reports.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::register::register;

register! {
    /// A language of messages.
    #[derive(Default)]
    Tongue {
        tag,
        /// The catalogue: the English words on a line, theirs below it, moved in; `\n` is an end of a line. English needs none.
        catalogue: &'static str,
        /// What the rules of the checks do, each below its code. English has it beside the rules.
        rules: &'static str,
    }
    #[default]
    English = "en", "", "";
    Swedish = "sv", include_str!("../../templates/messages/sv.txt"), include_str!("../../templates/messages/rules.sv.md");
}

static SWEDISH: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| entries(Tongue::Swedish.catalogue()).collect());

impl Tongue {
    /// The words for English ones, where there are any.
    #[must_use]
    pub fn words(self, english: &str) -> Option<&'static str> {
        match self {
            Self::English => None,
            Self::Swedish => SWEDISH.get(english).map(String::as_str),
        }
    }
}

impl Tongue {
    /// English words as they stand in the code, where the catalogues have them: what was written down of a run is told again in any language.
    pub fn known(english: &str) -> Option<&'static str> {
        SWEDISH.get_key_value(english).map(|(english, _)| english.as_str())
    }

    /// What a rule of the checks does, where that is told in the language.
    #[must_use]
    pub fn of_rule(self, code: &str) -> Option<&'static str> {
        let mut sections = self.rules().split("\n## ").skip(1);
        sections.find_map(|section| section.strip_prefix(code)).map(str::trim)
    }
}

/// What stands before the words of the language.
const MOVED_IN: &str = "    ";

/// English words and those of the language, in the order of a catalogue.
pub fn entries(catalogue: &str) -> impl Iterator<Item = (String, String)> {
    let mut lines = catalogue.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let text = |line: &str| line.replace("\\n", "\n");
    std::iter::from_fn(move || {
        let (english, own) = (lines.next()?, lines.next()?);
        Some((text(english), text(own.strip_prefix(MOVED_IN).unwrap_or(own))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_catalogue_has_is_told_in_its_words() {
        let (english, swedish) = entries(Tongue::Swedish.catalogue()).next().unwrap();
        assert_eq!(Tongue::Swedish.words(&english), Some(swedish.as_str()));
        assert_eq!((Tongue::English.words(&english), Tongue::Swedish.words("")), (None, None));
    }
}
