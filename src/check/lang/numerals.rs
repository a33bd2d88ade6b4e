//! The number words of each language, and what stands beside them: `numbers.txt` beside its tags and lists.

use super::word_list::{Words, lists};

/// Words and phrases in small letters that stand for a number.
#[derive(Debug, Default)]
pub struct Values(Vec<(&'static str, i64)>);

impl Values {
    pub(super) fn new(list: &[&'static str]) -> Self {
        let entry = |entry: &&'static str| {
            let (word, value) = entry.rsplit_once(' ')?;
            Some((word.trim_end(), value.parse().ok()?))
        };
        Self(list.iter().filter_map(entry).collect())
    }

    #[must_use]
    pub fn get(&self, word: &str) -> Option<i64> {
        self.iter().find(|(known, _)| *known == word).map(|(_, value)| value)
    }

    /// In their order: the longer of two that begin alike stands first.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, i64)> {
        self.0.iter().copied()
    }
}

lists! {
    /// The number words of one language.
    Numerals
    /// From nought to nineteen, without those for one that are articles as well.
    small: Values,
    /// From twenty on.
    tens: Values,
    /// The words for one, which may be an article.
    ones: Words,
    hundred: Words,
    thousand: Words,
    /// Join the parts of a number: "two hundred and five".
    and: Words,
    /// Words that multiply the number before them.
    multiples: Values,
    /// Words for so many, which units have too: "tusental".
    scales: Values,
    /// Stand before a round number: "a dozen".
    articles: Words,
    /// Words for about so many, behind an article: "dozen".
    rounds: Values,
    /// Ends of number words that make them round: "tjugotal".
    round_ends: Words,
    /// "halv", "half"
    half: Words,
    /// One and a half in one word: "halvannan".
    one_and_half: Words,
    /// "dubbelt", "twice"
    double: Words,
    /// Before such a word they make it a factor, and so do those behind it.
    double_before: Words,
    double_after: Words,
    /// Make an article a number behind them, before a word for "of" or before any: "bara en av akterna", "endast ett ärende".
    only_of: Words,
    only: Words,
    /// Before those they take it back.
    not_only: Words,
    /// Single in number by itself: "en enda".
    single: Words,
    /// Stand between one of a whole and the number of that: "out of", "av totalt".
    out_of: Words,
    /// "hälften", "half": fifty of a hundred.
    halves: Words,
    /// Before a half they make it one of two that follow each other: "första hälften".
    halves_in_order: Words,
    /// Behind it they make it no share: "half an hour".
    halves_of_time: Words,
    /// "halva", where a group follows.
    half_of: Words,
    /// Before it they tell one group apart: "den halva styrkan".
    no_half_of: Words,
    /// Hedges before it, which make it a share as well.
    hedged: Words,
    /// Parts of a whole: "tredjedel".
    parts: Values,
    part_ends: Words,
    /// Behind a part they make it a share: "a third of".
    divides: Words,
    /// "var", "every", before what puts in order.
    every: Words,
    /// Before it they make it the verb: "det var femte gången".
    no_every: Words,
    nth: Values,
    /// "varannan"
    every_other: Values,
    /// What recurs is no share: beginnings of words for spans of time, "var tredje vecka".
    recurring: Words,
    /// "gånger", "times"
    times: Words,
    /// Behind it they compare: "tre gånger så många".
    compares: Words,
    /// Units, as they stand behind a number.
    points: Words,
    percent: Words,
    /// Directly behind a number: "40-procentig".
    percent_adjectives: Words,
    per_mille: Words,
    /// With what each multiplies an amount by.
    money: Values,
    /// Letters behind an amount with a sign of money: "£1.9m".
    money_letters: Values,
}

impl Numerals {
    /// Whether a word is one for a span of time, in any of its forms but in no compound: "veckan", not "veckodagar".
    #[must_use]
    pub fn is_recurring(&self, word: &str) -> bool {
        self.recurring.behind(word).any(|ending| ending.len() <= 4)
    }

    /// How many such parts a whole has: "tredjedel" is 3.
    #[must_use]
    pub fn part(&self, word: &str) -> Option<i64> {
        self.parts.get(word)
    }

    /// What a word of a unit multiplies by: a million for "miljoner" and "mnkr".
    #[must_use]
    pub fn scale(&self, word: &str) -> Option<i64> {
        let lists = [&self.multiples, &self.scales, &self.money];
        lists.into_iter().find_map(|list| list.get(word)).filter(|factor| *factor >= 1000)
    }
}
