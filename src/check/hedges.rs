//! Words that hedge a number: "drygt", "knappt", "just over".

use std::ops::Range;

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

const HEDGES: &[(&str, Hedge)] = &[
    ("en bra bit över", Hedge::MoreThan),
    ("klart mer än", Hedge::MoreThan),
    ("betydligt mer än", Hedge::MoreThan),
    ("en bra bit under", Hedge::LessThan),
    ("klart mindre än", Hedge::LessThan),
    ("betydligt mindre än", Hedge::LessThan),
    ("dryga", Hedge::Above),
    ("gott och väl", Hedge::Above),
    ("en aning över", Hedge::Above),
    ("en aning mer än", Hedge::Above),
    ("en aning under", Hedge::Below),
    ("knappa", Hedge::Below),
    ("närmre", Hedge::Below),
    ("inemot", Hedge::Below),
    ("nästintill", Hedge::Below),
    ("så gott som", Hedge::Below),
    ("kring", Hedge::About),
    ("i runda tal", Hedge::About),
    ("grovt räknat", Hedge::About),
    ("well over", Hedge::MoreThan),
    ("in excess of", Hedge::MoreThan),
    ("well under", Hedge::LessThan),
    ("well below", Hedge::LessThan),
    ("a shade over", Hedge::Above),
    ("a bit over", Hedge::Above),
    ("a bit more than", Hedge::Above),
    ("a little above", Hedge::Above),
    ("slightly above", Hedge::Above),
    ("a shade under", Hedge::Below),
    ("a bit under", Hedge::Below),
    ("a little below", Hedge::Below),
    ("slightly below", Hedge::Below),
    ("barely", Hedge::Below),
    ("scarcely", Hedge::Below),
    ("in the region of", Hedge::About),
    ("lite mer än", Hedge::Above),
    ("något mer än", Hedge::Above),
    ("strax över", Hedge::Above),
    ("lite över", Hedge::Above),
    ("något över", Hedge::Above),
    ("drygt", Hedge::Above),
    ("just over", Hedge::Above),
    ("a little over", Hedge::Above),
    ("slightly over", Hedge::Above),
    ("slightly more than", Hedge::Above),
    ("a little more than", Hedge::Above),
    ("just above", Hedge::Above),
    ("inte fullt", Hedge::Below),
    ("strax under", Hedge::Below),
    ("lite mindre än", Hedge::Below),
    ("något mindre än", Hedge::Below),
    ("knappt", Hedge::Below),
    ("närmare", Hedge::Below),
    ("nästan", Hedge::Below),
    ("nära", Hedge::Below),
    ("bortåt", Hedge::Below),
    ("uppemot", Hedge::Below),
    ("close to", Hedge::Below),
    ("just under", Hedge::Below),
    ("just below", Hedge::Below),
    ("nearly", Hedge::Below),
    ("almost", Hedge::Below),
    ("slightly less than", Hedge::Below),
    ("slightly under", Hedge::Below),
    ("a little less than", Hedge::Below),
    ("a little under", Hedge::Below),
    ("mer än", Hedge::MoreThan),
    ("fler än", Hedge::MoreThan),
    ("över", Hedge::MoreThan),
    ("more than", Hedge::MoreThan),
    ("over", Hedge::MoreThan),
    ("mindre än", Hedge::LessThan),
    ("färre än", Hedge::LessThan),
    ("under", Hedge::LessThan),
    ("less than", Hedge::LessThan),
    ("fewer than", Hedge::LessThan),
    ("inte ens", Hedge::LessThan),
    ("inte fullt", Hedge::Below),
    ("inte riktigt", Hedge::Below),
    ("inte", Hedge::LessThan),
    ("not even", Hedge::LessThan),
    ("not quite", Hedge::Below),
    ("inte mer än", Hedge::AtMost),
    ("inte fler än", Hedge::AtMost),
    ("inte mindre än", Hedge::AtLeast),
    ("inte färre än", Hedge::AtLeast),
    ("no more than", Hedge::AtMost),
    ("not more than", Hedge::AtMost),
    ("no fewer than", Hedge::AtLeast),
    ("no less than", Hedge::AtLeast),
    ("upp till", Hedge::AtMost),
    ("maximalt", Hedge::AtMost),
    ("minst", Hedge::AtLeast),
    ("åtminstone", Hedge::AtLeast),
    ("at least", Hedge::AtLeast),
    ("högst", Hedge::AtMost),
    ("som mest", Hedge::AtMost),
    ("at most", Hedge::AtMost),
    ("up to", Hedge::AtMost),
    ("ungefär", Hedge::About),
    ("omkring", Hedge::About),
    ("cirka", Hedge::About),
    ("ca", Hedge::About),
    ("ca.", Hedge::About),
    ("runt", Hedge::About),
    ("uppskattningsvis", Hedge::About),
    ("about", Hedge::About),
    ("around", Hedge::About),
    ("roughly", Hedge::About),
    ("approximately", Hedge::About),
    ("some", Hedge::About),
];

/// Adjectives within a fraction: "en dryg femtedel", "a good third".
const ADJECTIVES: &[(&str, Hedge)] = &[
    ("dryg", Hedge::Above),
    ("god", Hedge::Above),
    ("good", Hedge::Above),
    ("knapp", Hedge::Below),
    ("bare", Hedge::Below),
];

/// The hedge before a fraction or in the middle of it, and where the whole begins.
#[must_use]
pub fn of_fraction(lower: &str, range: &Range<usize>) -> Option<(Hedge, usize)> {
    let before = hedge(lower, range.start);
    let within =
        lower.get(range.clone()).unwrap_or("").split_whitespace().find_map(|word| {
            ADJECTIVES.iter().find(|(known, _)| *known == word).map(|(_, hedge)| (*hedge, range.start))
        });
    // "närmare en god fjärdedel" says both; what is said of the whole decides.
    before.or(within)
}

/// The hedge directly before a place, and where it begins.
#[must_use]
pub fn hedge(lower: &str, at: usize) -> Option<(Hedge, usize)> {
    let before = lower.get(..at)?;
    let trimmed = before.trim_end();
    if trimmed.len() == before.len() {
        return None;
    }
    // The longest fits best: "just over" before "over".
    HEDGES
        .iter()
        .filter(|(phrase, _)| {
            trimmed
                .strip_suffix(phrase)
                .is_some_and(|rest| rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
        })
        .max_by_key(|(phrase, _)| phrase.len())
        .map(|(phrase, hedge)| (*hedge, trimmed.len() - phrase.len()))
}

/// Whether a word hedges a number: it is no part of what is counted.
#[must_use]
pub fn is_hedge(word: &str) -> bool {
    HEDGES.iter().any(|(phrase, _)| phrase.split(' ').any(|part| part == word))
}
