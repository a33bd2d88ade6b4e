//! The lists that rules look words up in, of each language: `lists.txt` beside its tags.

use std::ops::Deref;

use super::read;
use crate::locale::Language;

/// Words and phrases in small letters. Parts of words stand apart: `person*` is every word that begins so, `*vägen` every one that ends so, and
/// `*alkohol*` every one that has it inside.
#[derive(Debug, Default)]
pub struct Words {
    whole: Vec<&'static str>,
    beginnings: Vec<&'static str>,
    endings: Vec<&'static str>,
    insides: Vec<&'static str>,
}

impl Words {
    fn new(list: &[&'static str]) -> Self {
        let mut out = Self::default();
        for word in list {
            match (word.strip_prefix('*'), word.strip_suffix('*')) {
                (Some(inside), Some(_)) => out.insides.push(inside.trim_end_matches('*')),
                (Some(end), None) => out.endings.push(end),
                (None, Some(start)) => out.beginnings.push(start),
                (None, None) => out.whole.push(word),
            }
        }
        out
    }

    /// Whether a word in small letters is one of the list, or has a part that is.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.whole.contains(&word)
            || self.beginnings.iter().any(|start| word.starts_with(start))
            || self.endings.iter().any(|end| word.ends_with(end))
            || self.insides.iter().any(|inside| word.contains(inside))
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

/// Declares the lists: what each is for, and its name, in which the files have hyphens.
macro_rules! lists {
    ($($(#[doc = $doc:literal])* $list:ident,)+) => {
        /// The lists of one language.
        #[derive(Debug)]
        pub struct Lists {
            $($(#[doc = $doc])* pub $list: Words,)+
        }

        impl Lists {
            #[cfg(test)]
            pub(super) const NAMES: &'static [&'static str] = &[$(stringify!($list)),+];

            pub(super) fn read(text: &'static str) -> Self {
                let all = read(text);
                let list = |name: &str| {
                    let found = all.iter().find(|(known, _)| known.replace('-', "_") == name);
                    Words::new(found.map_or(&[], |(_, words)| words))
                };
                Self { $($list: list(stringify!($list)),)+ }
            }
        }
    };
}

lists! {
    months,
    /// The quarters of a year, three words for each.
    quarters,
    /// Join the numbers of a list or a range.
    joins,
    /// Stand before the number of a numbered thing.
    items,
    /// Ends of compounds that do.
    item_ends,
    /// Stand before reference numbers; also as ends of compounds.
    references,
    streets,
    street_ends,
    years,
    /// spans of time.
    times,
    aged,
    age_limits,
    /// people who have an age.
    people,
    beyond,
    /// Words that begin a sentence with a capital and name nothing.
    openers,
    /// Parts of a text, as they are announced.
    structure,
    /// "de två", "alla fyra".
    taken_up,
    /// Units behind a number that make it large.
    units,
    /// Beginnings of nouns that are counted in reports.
    counted,
    /// Say that something is open or manned, or when: days of the week.
    opening,
    /// Stand before a limit in time.
    limits,
    /// Name a law in a sentence.
    laws,
    /// Name a scale of answers.
    scales,
    /// Say what a number of a scale means.
    meanings,
    /// calling someone.
    calls,
    /// what is urgent.
    emergencies,
    /// groups that an age defines.
    aged_groups,
    /// Units that are measured or counted, as whole words.
    measures,
    /// Verbs that name a speaker.
    says,
    /// Verbs that follow a subject.
    finite,
    /// Phrases whose numbers count nothing.
    idioms,
    /// Words without content of their own.
    stops,
    /// Introduce a whole: "av", "bland".
    of,
    /// Lead from a share to its percentage.
    equals,
    /// The rest of a whole.
    rest,
    /// Say that some gave no answer: they are the rest of a table.
    unanswered,
    women,
    men,
    /// Say that something grew or shrank.
    change,
    /// Targets, budgets and forecasts are no results.
    target,
    /// "färre", "higher": behind a percentage they make it a change.
    comparatives,
    /// percentages of no population: taxes, working hours; those with a star also within words.
    rates,
    /// persons, who have a sex.
    persons,
    /// Say that another time or another review is meant.
    earlier,
    /// Stand before the name of a place or unit.
    places,
    /// Beginnings of words that report and add nothing: "inspektionen visar".
    reporting,
    /// Mean something else in a year.
    stale,
    /// Behind "most" they make a superlative: "the most important".
    superlatives,
    /// Stand before the number of before.
    from,
    /// A change of each year, or on average.
    averages,
    /// Claim an amount without naming it.
    vague,
    /// Verbs of change.
    trends,
    /// Say how much something changed without saying it.
    degrees,
    /// Make a claim a wish, a question or a doubt.
    unsaid,
    /// Say that something is not.
    negations,
    /// Say that something shall, can or may be.
    modals,
    /// Small words on which the sense of a label hangs: "over 65", "under 65".
    directions,
    /// Small words that narrow a sentence to less than the label says, or take up what was said before.
    narrowing,
    /// May follow a number that stands without its noun: "av ärendena hade 16 en plan".
    follows,
    /// Words beside a label that make it no other thing: "the report is based on".
    neutral,
    /// Days of the week, Monday first; behind the seven their abbreviations.
    weekdays,
    /// Stand before a day of the month.
    articles,
    /// Ends of days of the month: "14:e", "14th".
    ordinal_endings,
    /// The article or number of a single thing.
    one,
    /// Open a period whose ends "och" joins.
    between,
    /// Lead from the first date of a period to its last.
    until,
    /// Join two ends.
    and,
    /// Say that something lies within a year.
    during,
    /// Make an end of a period inexact: "i slutet av".
    edges,
    /// Say that something began.
    begins,
    /// Say that it ended.
    ends,
    /// Say that a date was put in the place of another.
    moved,
    /// Units of time, as whole words.
    day_units,
    week_units,
    month_units,
    year_units,
    /// Ends of words for what lasts so many years, months, weeks.
    year_ends,
    month_ends,
    week_ends,
    /// Say that something went on.
    lasts,
    /// Name a span of time, or its whole.
    spans,
    /// Behind a span of time they make it no length: "tre år gammal".
    after_time,
    /// Stand before a year of birth.
    born,
    /// Stand behind an age: "11 när".
    when,
    /// Years that lie over two calendar years.
    school_years,
    /// Stand for authors that are not named: "m.fl.".
    and_others,
    /// Join two authors.
    source_joins,
    seasons,
    /// Stand before a page or chapter of a source.
    page_marks,
    /// Tell one of a group apart.
    one_of_them,
    /// Speak of a single person.
    only_one,
    /// Beginnings of more words for persons: those who work somewhere.
    staff,
    /// Ends of such words.
    person_ends,
    /// Health, crimes and care of a person; with a star beginnings of words.
    sensitive,
    /// Say that something took place.
    happened,
    /// Before a span of time they make it a limit or a rhythm.
    no_length,
    /// Beginnings of what lasts so many years: "treårsperioden".
    long_things,
    /// Open a citation in brackets.
    citing,
    /// Say what somebody is or has.
    personal,
    /// Say what somebody works with.
    professional,
    /// Name an age that a rule sets.
    age_bounds,
    /// Behind a number of a floor in an address.
    stairs,
    /// Name a scale without ends.
    index_words,
    /// Stand before an hour.
    clock_prepositions,
    /// Beginnings of headings of a column that holds shares.
    share_headings,
    /// Stand before the number, in words, of a numbered thing.
    items_in_words,
    /// Stand before a thing of which each is meant.
    per_each,
    /// Say where a point of a scale lies.
    norms,
    /// Claim an amount that the list behind a colon shows.
    introduced,
    /// Lead from an abbreviation to its words, or from these to it.
    stands_for,
    /// Stand before an abbreviation behind its words.
    abbreviated,
    /// Stand before a year: what is told in time.
    before_years,
    /// Endings of names.
    name_endings,
    /// What can be divided by counting: "halva personalstyrkan", "arbetslaget".
    divided,
    /// Texts of links that say nothing.
    empty_links,
    /// Name a row or column that is the sum of the others.
    total_labels,
    /// Say what the percentages of a table are counted on, or that they are given.
    states_base,
    /// Say that each part of a table may be counted on its own.
    counted_apart,
    /// Say where the rest of a table is, or that it is rounded.
    declared_rest,
    /// Stand in a caption before what the rows are of.
    per_caption,
    /// Promise numbers of women and men; all parts, joined by a plus, stand in the sentence.
    split_promises,
    /// Begin as words for persons and are places: "boendet".
    no_persons,
    /// Stand before the number of a page.
    page_words,
    /// Stand before the number of a part of a report.
    part_words,
    /// Those that name parts of a law too, as "section 114".
    law_parts,
    /// Say that a part is of this report.
    this_report,
    /// Lead from a part to the document that it is of.
    of_document,
    /// Ends of words for what owns the part behind them: "lagens", "the Act’s".
    definite_genitives,
    /// Name laws and other documents with parts.
    document_words,
    /// Send the reader to a part.
    looks,
    /// Stand before the section of a law.
    before_statutes,
}

impl Lists {
    /// Whether a word is a noun that is often counted.
    #[must_use]
    pub fn is_counted(&self, word: &str) -> bool {
        self.counted.has(word) || self.measures.contains(&word)
    }

    /// Whether a word is such a noun, also at the end of a compound ("orosanmälningar"), and no verb of the same stem ("svarade").
    #[must_use]
    pub fn is_counted_noun(&self, word: &str, language: Language) -> bool {
        if language == Language::English {
            return self.is_counted(word);
        }
        let ends = |stem: &&str| {
            let at = word.rfind(stem).filter(|at| *at >= 2);
            stem.len() >= 4 && at.is_some_and(|at| word.len() - at - stem.len() <= 7)
        };
        let past = ["des", "tes", "ats", "tts"].iter().any(|end| word.ends_with(end))
            || (word.ends_with("de") || word.ends_with("te")) && !word.ends_with("nde");
        let stem = self.counted.beginnings.contains(&word);
        (self.is_counted(word) || self.counted.beginnings.iter().any(ends)) && (!past || stem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::lang::lists;

    #[test]
    fn each_language_has_every_list_and_no_other() {
        for text in [include_str!("sv/lists.txt"), include_str!("en/lists.txt")] {
            let lists = read(text);
            let mut names: Vec<String> = lists.iter().map(|(name, _)| name.replace('-', "_")).collect();
            names.sort_unstable();
            assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
            let mut known = Lists::NAMES.to_vec();
            known.sort_unstable();
            assert_eq!(names, known);
            assert!(lists.iter().flat_map(|(_, words)| words).all(|word| *word == word.to_lowercase()));
        }
    }

    #[test]
    fn words_and_parts_of_words_are_known() {
        let lists = lists(Language::Swedish);
        assert!(lists.months.has("maj") && !lists.months.has("majs"));
        assert!(lists.rates.has("räntan") && lists.rates.has("folkölsalkoholen") && !lists.rates.has("rän"));
        assert!(lists.is_counted("personer") && !lists.is_counted("avdelning"));
        assert_eq!(lists.persons.behind("barnen").collect::<Vec<_>>(), ["en"]);
    }
}
