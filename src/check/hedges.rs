//! Words that hedge a number: "drygt", "knappt", "just over".

use super::lang::{Tag, Tags, pack};
use super::number::Number;
use super::prose::Passage;

/// The ends of a range, where it has any, and whether they belong to it themselves.
pub type Ends<T> = (Option<(T, bool)>, Option<(T, bool)>);

/// How a word changes what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hedge {
    /// "knappt": a little less.
    Below,
    /// "drygt": a little more.
    Above,
    /// "mer än"
    MoreThan,
    LessThan,
    AtLeast,
    AtMost,
    /// "omkring"
    About,
}

impl Hedge {
    /// What a word or phrase says, by its tags.
    #[must_use]
    pub fn from_tags(tags: Tags) -> Option<Self> {
        [
            (Tag::HedgeBelow, Self::Below),
            (Tag::HedgeAbove, Self::Above),
            (Tag::HedgeMore, Self::MoreThan),
            (Tag::HedgeLess, Self::LessThan),
            (Tag::HedgeAtLeast, Self::AtLeast),
            (Tag::HedgeAtMost, Self::AtMost),
            (Tag::HedgeAbout, Self::About),
        ]
        .into_iter()
        .find_map(|(tag, hedge)| tags.has(tag).then_some(hedge))
    }

    /// What it leaves of a value, where a little less and a little more of it are given.
    #[must_use]
    pub fn ends<T>(self, less: T, value: T, more: T) -> Ends<T> {
        match self {
            Self::Below => (Some((less, true)), Some((value, false))),
            Self::Above => (Some((value, false)), Some((more, true))),
            Self::MoreThan => (Some((value, false)), None),
            Self::LessThan => (None, Some((value, false))),
            Self::AtLeast => (Some((value, true)), None),
            Self::AtMost => (None, Some((value, true))),
            Self::About => (Some((less, true)), Some((more, true))),
        }
    }
}

/// The hedge directly before a place of a passage, and where it begins.
#[must_use]
pub fn hedge(passage: &Passage, at: usize) -> Option<(Hedge, usize)> {
    let before = passage.tokens.partition_point(|token| token.range.end <= at).checked_sub(1)?;
    let token = passage.tokens.get(before)?;
    let gap = passage.lower.get(token.range.end..at)?;
    let apart = !gap.is_empty() && gap.trim().is_empty();
    Some((Hedge::from_tags(token.tags).filter(|_| apart)?, token.range.start))
}

/// The hedge before a fraction or in the middle of it, and where the whole begins.
#[must_use]
pub fn of_fraction(passage: &Passage, number: &Number) -> Option<(Hedge, usize)> {
    // "närmare en god fjärdedel" says both; what is said of the whole decides.
    hedge(passage, number.range.start).or_else(|| {
        let mut within = passage.lower.get(number.range.clone())?.split_whitespace();
        let hedge = within.find_map(|word| Hedge::from_tags(pack(passage.language).tags(word)))?;
        Some((hedge, number.range.start))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language::{English, Swedish};

    #[test]
    fn the_word_directly_before_hedges() {
        let read = |text: &str, language| {
            let passage = Passage::of_text(text, language);
            let number = passage.numbers.last().unwrap();
            of_fraction(&passage, number)
                .map(|(hedge, start)| (hedge, passage.slice(start..number.range.end).to_owned()))
        };
        for (text, language, hedge, whole) in [
            ("Mer än knappt hälften", Swedish, Hedge::Below, "knappt hälften"),
            ("Just over half", English, Hedge::Above, "Just over half"),
            ("En dryg femtedel", Swedish, Hedge::Above, "En dryg femtedel"),
            ("Inte hälften", Swedish, Hedge::LessThan, "Inte hälften"),
            ("Some 40 homes", English, Hedge::About, "Some 40"),
            ("Under 40 homes", English, Hedge::LessThan, "Under 40"),
        ] {
            assert_eq!(read(text, language), Some((hedge, whole.to_owned())), "{text}");
        }
        for (text, language) in [("Nästan alla, 40", Swedish), ("Över 40", English), ("Some 40", Swedish)] {
            assert_eq!(read(text, language), None, "{text}");
        }
    }
}
