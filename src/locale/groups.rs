//! What the groups of breakdowns are called: "Kvinnor", "16 kvinnor", "5 i åldern 0–17".

use std::collections::BTreeMap;

use super::{Locale, labels};
use crate::register::register;
use crate::value::{Exact, Group};

register! {
    /// Groups that every language has words for: who declares them need not name them. They make the one breakdown of a workspace that declares none.
    KnownGroup {
        /// As it is declared; the key of its label as well.
        id,
        /// Key of the words for one of them in a sentence.
        one: &'static str,
        /// Key of the words for several.
        many: &'static str,
    }
    Women = "women", "one_woman", "women_in_sentence";
    Men = "men", "one_man", "men_in_sentence";
}

/// The words of a group in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupWords {
    /// As a header.
    pub label: String,
    /// For one of them, and for several, in a sentence: "{count} kvinnor".
    pub one: String,
    pub many: String,
}

/// The words of all breakdowns in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupNames {
    /// What each breakdown is called.
    pub breakdowns: Vec<String>,
    pub groups: BTreeMap<Group, GroupWords>,
}

impl Locale {
    /// The words that the language has for a group of its own.
    #[must_use]
    pub fn known_group(&self, id: &str) -> Option<GroupWords> {
        let known = KnownGroup::find(id)?;
        let [label, one, many] = [known.id(), known.one(), known.many()].map(|key| self.label(key).to_owned());
        Some(GroupWords { label, one, many })
    }

    /// Names the groups that a workspace declares.
    pub fn name_groups(&mut self, names: GroupNames) {
        self.groups = names;
    }

    /// A group as a header: "Kvinnor".
    #[must_use]
    pub fn group(&self, group: Group) -> &str {
        self.groups.groups.get(&group).map_or("", |words| &words.label)
    }

    /// So many of a group, in a sentence: "16 kvinnor".
    #[must_use]
    pub fn group_in_sentence(&self, group: Group, count: &Exact) -> String {
        let Some(words) = self.groups.groups.get(&group) else { return String::new() };
        let form = if *count == Exact::from(1_i64) { &words.one } else { &words.many };
        labels::fill(form, &[("count", &self.number(count, 0))])
    }

    /// A number of a group that is not told, in a sentence: "ett skyddat antal kvinnor".
    #[must_use]
    pub fn group_without_number(&self, group: Group, number: &str) -> String {
        let Some(words) = self.groups.groups.get(&group) else { return String::new() };
        labels::fill(&words.many, &[("count", number)])
    }

    /// So many of whom it is not known, in a sentence: "3 utan uppgift om kön".
    #[must_use]
    pub fn unknown_group_in_sentence(&self, breakdown: u8, count: &Exact) -> String {
        let name = self.groups.breakdowns.get(usize::from(breakdown)).map_or("", String::as_str);
        self.fill("unknown_group_in_sentence", &[("count", &self.number(count, 0)), ("breakdown", name)])
    }
}
