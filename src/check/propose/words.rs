//! The words by which labels are made of sentences: lists of each language, read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::check::lang::{labels, read};
use crate::locale::Language;

macro_rules! classes {
    ($($(#[doc = $doc:literal])* $class:ident = $name:literal,)+) => {
        /// What a list is for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Class { $($(#[doc = $doc])* $class,)+ }

        impl Class {
            const NAMES: &[(Self, &'static str)] = &[$((Self::$class, $name),)+];
        }
    };
}

classes! {
    /// Leads to what something belongs to: "vid", "among".
    Preposition = "preposition",
    /// Finite verbs that their endings do not tell.
    Verb = "verb",
    /// Ends of finite verbs: "besökte", "carried".
    VerbEnding = "verb-ending",
    /// Ends of finite verbs that say what is done to their subject.
    Passive = "passive-ending",
    /// Verbs that stand last where the statement becomes a clause: "där en plan finns".
    Last = "last",
    /// May be left out before a participle in a clause: "där rektorn [har] gått".
    Have = "have",
    /// "finns", "there were"
    Exists = "exists",
    /// Between a measure and its value: "uppgick till", "was".
    Reaches = "reaches",
    /// Take up what was said before: "det", "these".
    TakesUp = "takes-up",
    /// Stands where the subject would: "det".
    Expletive = "expletive",
    /// Belongs to the verb before it: "dragits in".
    Particle = "particle",
    /// Joins statements: "och", "of which".
    Conjunction = "conjunction",
    /// Says nothing of what is counted: "totalt", "only".
    Adverb = "adverb",
    Article = "article",
    /// Where something is: "vid", "at".
    Within = "within",
    /// Ends of nouns that are known, which may be what the clause speaks of.
    Definite = "definite-ending",
    /// Ends of words that say how something is and not what: "kommunala", "private".
    Quality = "quality-ending",
    /// Mean something said before, wherever they stand: "sådan", "instead".
    Refers = "refers",
    /// Measures of time: "veckor", "hours".
    Time = "time",
    /// "under två veckor", "over two years": before a time they say during.
    During = "during",
    /// Makes a difference of a number: "än", "than".
    Than = "than",
    /// "i genomsnitt", "on average"
    Average = "average",
    /// What is counted where it is money: "belopp", "amount".
    Sum = "sum",
    /// Begins a clause: "att", "that".
    Clause = "clause",
    /// "som", "that": joins to what is counted what it does.
    Who = "who",
    /// "där", "where": joins to what is counted what is so there.
    Where = "where",
}

/// The lists of a language.
#[derive(Debug)]
pub struct Words(BTreeMap<Class, Vec<&'static str>>);

impl Words {
    fn read(text: &'static str) -> Self {
        let mut out = BTreeMap::new();
        for (name, words) in read(text) {
            if let Some((class, _)) = Class::NAMES.iter().find(|(_, known)| *known == name) {
                out.insert(*class, words);
            }
        }
        Self(out)
    }

    pub fn of_class(&self, class: Class) -> &[&'static str] {
        self.0.get(&class).map_or(&[], Vec::as_slice)
    }

    /// Whether a word in small letters is of a class.
    pub fn is(&self, class: Class, word: &str) -> bool {
        self.of_class(class).contains(&word)
    }

    /// Whether a word is a noun in its known form: "lokalerna".
    pub fn is_definite(&self, word: &str) -> bool {
        self.of_class(Class::Definite).iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end))
    }

    /// Whether a word says how something is.
    pub fn is_quality(&self, word: &str) -> bool {
        self.of_class(Class::Quality).iter().any(|end| word.ends_with(end))
    }

    /// Whether a verb says that something is done to its subject: "skadades".
    pub fn is_passive(&self, word: &str) -> bool {
        self.is_verb(word) && self.of_class(Class::Passive).iter().any(|end| word.ends_with(end))
    }

    pub fn is_verb(&self, word: &str) -> bool {
        self.is(Class::Verb, word)
            || self.of_class(Class::VerbEnding).iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end))
    }
}

/// The lists of a language.
#[must_use]
pub fn words(language: Language) -> &'static Words {
    static ALL: LazyLock<Vec<(Language, Words)>> = LazyLock::new(|| {
        Language::WORDS.iter().map(|(_, language)| (*language, Words::read(labels(*language)))).collect()
    });
    static NONE: Words = Words(BTreeMap::new());
    ALL.iter().find(|(known, _)| *known == language).map_or(&NONE, |(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_every_list() {
        for (_, language) in Language::WORDS {
            for (class, name) in Class::NAMES {
                assert!(words(*language).0.contains_key(class), "{name}");
            }
        }
    }
}
