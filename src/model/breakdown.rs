//! What values are told apart by: sex, age, or what else a workspace declares.

use crate::locale::{GroupNames, GroupWords, KnownGroup, Language, Locale};
use crate::markdown::slug;
use crate::source::{Span, Text};
use crate::value::Group;

/// Id of the breakdown of a workspace that declares none.
pub const SEX: &str = "sex";

/// The breakdowns of a workspace, in the order of their declaration. The ids of groups are unique among all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdowns(pub Vec<Breakdown>);

/// One breakdown: the groups make up the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    pub id: String,
    /// What it is called: "ålder".
    pub label: Option<Wording>,
    /// How a count of a group stands in a sentence: "{count} i åldern {group}".
    pub in_sentence: Option<Wording>,
    pub groups: Vec<GroupName>,
}

/// A group, and what it is called where no language has words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupName {
    pub id: String,
    pub label: Option<Wording>,
    /// How one, and how several of them stand in a sentence: "{count} barn".
    pub one: Option<Wording>,
    pub many: Option<Wording>,
}

/// Words of an author's: the same in all languages, or those of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wording {
    Same(Text),
    Of(Span, Vec<(Language, Text)>),
}

impl Wording {
    /// The words in a language; none where they are not given.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Option<&str> {
        match self {
            Self::Same(text) => Some(&text.value),
            Self::Of(_, texts) => {
                texts.iter().find(|(known, _)| *known == language).map(|(_, text)| text.value.as_str())
            }
        }
    }

    /// The words in all languages.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let (same, of) = match self {
            Self::Same(text) => (Some(text), &[][..]),
            Self::Of(_, texts) => (None, texts.as_slice()),
        };
        same.into_iter().chain(of.iter().map(|(_, text)| text))
    }

    /// The words in the first language that has any.
    #[must_use]
    pub fn first(&self) -> Option<&Text> {
        self.texts().next()
    }
}

impl Default for Breakdowns {
    /// Sex, with the groups that every language has words for.
    fn default() -> Self {
        let group = |id: &&str| GroupName { id: (*id).to_owned(), label: None, one: None, many: None };
        let groups = KnownGroup::NAMES.iter().map(group).collect();
        Self(vec![Breakdown { id: SEX.to_owned(), label: None, in_sentence: None, groups }])
    }
}

impl Breakdowns {
    /// The breakdown of this id, and its place.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<(u8, &Breakdown)> {
        (0..).zip(&self.0).find(|(_, breakdown)| breakdown.id == id)
    }

    /// The breakdown at a place, or that of a group.
    #[must_use]
    pub fn get(&self, place: u8) -> Option<&Breakdown> {
        self.0.get(usize::from(place))
    }

    /// The groups of a breakdown.
    pub fn groups(&self, breakdown: u8) -> impl Iterator<Item = Group> {
        let count = self.get(breakdown).map_or(0, |breakdown| breakdown.groups.len());
        (0..).take(count).map(move |place| Group { breakdown, place })
    }

    /// All groups with their ids.
    pub fn ids(&self) -> impl Iterator<Item = (Group, &str)> {
        (0..).zip(&self.0).flat_map(|(breakdown, known)| {
            let groups = (0..).zip(&known.groups);
            groups.map(move |(place, group)| (Group { breakdown, place }, group.id.as_str()))
        })
    }

    /// The group of this id, or of the words that it is made of: `0–17`.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<Group> {
        let find = |id: &str| self.ids().find(|(_, known)| *known == id).map(|(group, _)| group);
        find(id).or_else(|| find(&slug(id)))
    }

    /// The labels that are declared of groups.
    pub fn labels(&self) -> impl Iterator<Item = (Group, &Wording)> {
        (0..).zip(&self.0).flat_map(|(breakdown, known)| {
            let groups = (0..).zip(&known.groups);
            groups.filter_map(move |(place, group)| Some((Group { breakdown, place }, group.label.as_ref()?)))
        })
    }

    /// The id of a group.
    #[must_use]
    pub fn id(&self, group: Group) -> &str {
        let found = self.get(group.breakdown).and_then(|known| known.groups.get(usize::from(group.place)));
        found.map_or("", |group| &group.id)
    }

    /// What breakdowns and groups are called in the language of a locale; where no words are given, by their ids.
    #[must_use]
    pub fn names(&self, locale: &Locale) -> GroupNames {
        let language = locale.language();
        let mut out = GroupNames::default();
        for (breakdown, known) in (0..).zip(&self.0) {
            let own = known.label.as_ref().and_then(|label| label.in_language(language));
            let default = if known.id == SEX { locale.label("sex") } else { &known.id };
            out.breakdowns.push(own.unwrap_or(default).to_owned());
            let phrase = known.in_sentence.as_ref().and_then(|phrase| phrase.in_language(language));
            let words = known.groups.iter().map(|group| group.words(phrase, locale));
            let groups = (0..).map(|place| Group { breakdown, place }).zip(words);
            out.groups.extend(groups);
        }
        out
    }
}

impl Breakdown {
    /// "`women` and `men`"
    #[must_use]
    pub fn listed(&self) -> String {
        let ids: Vec<String> = self.groups.iter().map(|group| format!("`{}`", group.id)).collect();
        match ids.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => ids.concat(),
        }
    }
}

impl GroupName {
    /// Its own words, else those of the language, else words made of its label.
    fn words(&self, phrase: Option<&str>, locale: &Locale) -> GroupWords {
        let own = |wording: &Option<Wording>| wording.as_ref()?.in_language(locale.language()).map(str::to_owned);
        let known = locale.known_group(&self.id);
        let label = own(&self.label).or_else(|| Some(known.as_ref()?.label.clone())).unwrap_or_else(|| self.id.clone());
        let named = phrase.map(|phrase| phrase.replace("{group}", &label));
        let many = own(&self.many)
            .or(named)
            .or_else(|| known.as_ref().filter(|_| self.label.is_none()).map(|known| known.many.clone()));
        let many = many.unwrap_or_else(|| counted(&label, locale));
        let one = own(&self.one).or_else(|| known.filter(|known| known.many == many).map(|known| known.one));
        GroupWords { one: one.unwrap_or_else(|| many.clone()), many, label }
    }
}

/// "12 barn", and "12 (18–64 år)", since a number behind a number is none that is counted.
fn counted(label: &str, locale: &Locale) -> String {
    match label.starts_with(char::is_alphabetic) {
        true => format!("{{count}} {}", locale.lower_first(label)),
        false => format!("{{count}} ({label})"),
    }
}
