//! A list of words as it stands in a file of a language, and how such files are declared.

use std::ops::Deref;

/// Words and phrases in small letters. Parts of words stand apart: `person*` is every word that begins so, `*vägen` every one that ends so, and
/// `*alkohol*` every one that has it inside.
#[derive(Debug, Default)]
pub struct Words {
    whole: Vec<&'static str>,
    /// The same by their length and then by their letters, to be found quickly.
    sorted: Vec<&'static str>,
    beginnings: Vec<&'static str>,
    endings: Vec<&'static str>,
    insides: Vec<&'static str>,
}

impl Words {
    pub(super) fn new(list: &[&'static str]) -> Self {
        let mut out = Self::default();
        for word in list {
            match (word.strip_prefix('*'), word.strip_suffix('*')) {
                (Some(inside), Some(_)) => out.insides.push(inside.trim_end_matches('*')),
                (Some(end), None) => out.endings.push(end),
                (None, Some(start)) => out.beginnings.push(start),
                (None, None) => out.whole.push(word),
            }
        }
        out.sorted.clone_from(&out.whole);
        out.sorted.sort_unstable_by_key(|word| (word.len(), *word));
        out
    }

    /// Whether a word in small letters is one of the list, or has a part that is.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.sorted.binary_search_by_key(&(word.len(), word), |known| (known.len(), known)).is_ok()
            || self.beginnings.iter().any(|start| word.starts_with(start))
            || self.endings.iter().any(|end| word.ends_with(end))
            || self.insides.iter().any(|inside| word.contains(inside))
    }

    /// The beginnings of words, where they stand for all words that begin so.
    #[must_use]
    pub fn beginnings(&self) -> &[&'static str] {
        &self.beginnings
    }

    /// What is left of a word behind each beginning that it has.
    pub fn behind<'w>(&self, word: &'w str) -> impl Iterator<Item = &'w str> {
        self.beginnings.iter().filter_map(move |start| word.strip_prefix(start))
    }
}

/// The whole words and phrases.
impl Deref for Words {
    type Target = [&'static str];

    fn deref(&self) -> &Self::Target {
        &self.whole
    }
}

/// Declares the lists of a file: of which type each is, what it is for, and its name, in which the files have hyphens.
macro_rules! lists {
    (
        $(#[doc = $about:literal])* $file:ident
        $($(#[doc = $doc:literal])* $list:ident: $kind:ident,)+
    ) => {
        $(#[doc = $about])*
        #[derive(Debug)]
        pub struct $file {
            $($(#[doc = $doc])* pub $list: $kind,)+
        }

        impl $file {
            #[cfg(test)]
            pub(super) const NAMES: &'static [&'static str] = &[$(stringify!($list)),+];

            pub(super) fn read(text: &'static str) -> Self {
                let all = $crate::check::lang::read(text);
                let list = |name: &str| -> &[&'static str] {
                    let found = all.iter().find(|(known, _)| known.replace('-', "_") == name);
                    found.map_or(&[], |(_, words)| words)
                };
                Self { $($list: $kind::new(list(stringify!($list))),)+ }
            }
        }
    };
}
pub(super) use lists;
