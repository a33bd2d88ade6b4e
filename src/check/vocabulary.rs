//! Words that the checks go by, in each language. The lists are text files in `vocabulary/`, so that they can be read and added to by people
//! who write no code.

use std::sync::LazyLock;

use crate::locale::Language;

/// Words or phrases in small letters.
pub type Words = Vec<&'static str>;

/// The words of one language.
#[derive(Debug)]
pub struct Vocabulary {
    pub months: Words,
    /// Join the numbers of a list or a range.
    pub joins: Words,
    /// Stand before the number of a numbered thing.
    pub items: Words,
    /// Ends of compounds that do.
    pub item_ends: Words,
    /// Stand before reference numbers; also as ends of compounds.
    pub references: Words,
    pub streets: Words,
    pub street_ends: Words,
    pub years: Words,
    /// Beginnings of words for spans of time.
    pub times: Words,
    pub aged: Words,
    pub age_limits: Words,
    /// Beginnings of words for people who have an age.
    pub people: Words,
    pub beyond: Words,
    /// Words that begin a sentence with a capital and name nothing.
    pub openers: Words,
    /// Parts of a text, as they are announced.
    pub structure: Words,
    /// "de två", "alla fyra".
    pub taken_up: Words,
    /// Units behind a number that make it large.
    pub units: Words,
    /// Beginnings of nouns that are counted in reports.
    counted: Words,
    /// Say that something is open or manned, or when: days of the week.
    pub opening: Words,
    /// Stand before a limit in time.
    pub limits: Words,
    /// Name a law in a sentence.
    pub laws: Words,
    /// Name a scale of answers.
    pub scales: Words,
    /// Say what a number of a scale means.
    pub meanings: Words,
    /// Beginnings of words for calling someone.
    pub calls: Words,
    /// Beginnings of words for what is urgent.
    pub emergencies: Words,
    /// Beginnings of words for groups that an age defines.
    pub aged_groups: Words,
    /// Units that are measured or counted, as whole words.
    pub measures: Words,
    /// Verbs that name a speaker.
    pub says: Words,
    /// Verbs that follow a subject.
    pub finite: Words,
    /// Phrases whose numbers count nothing.
    pub idioms: Words,
    /// Words without content of their own.
    pub stops: Words,
    /// Introduce a whole: "av", "bland".
    pub of: Words,
    /// Lead from a share to its percentage.
    pub equals: Words,
    /// The rest of a whole.
    pub rest: Words,
    /// Say that some gave no answer: they are the rest of a table.
    pub unanswered: Words,
    pub women: Words,
    pub men: Words,
    /// Say that something grew or shrank.
    pub change: Words,
    /// Targets, budgets and forecasts are no results.
    pub target: Words,
    /// "färre", "higher": behind a percentage they make it a change.
    pub comparatives: Words,
    /// Beginnings of words for percentages of no population: taxes, working hours; those with a star also within words.
    pub rates: Words,
    /// Beginnings of words for persons, who have a sex.
    pub persons: Words,
    /// Say that another time or another review is meant.
    pub earlier: Words,
    /// Stand before the name of a place or unit.
    pub places: Words,
    /// Beginnings of words that report and add nothing: "inspektionen visar".
    pub reporting: Words,
    /// Mean something else in a year.
    pub stale: Words,
    /// Behind "most" they make a superlative: "the most important".
    pub superlatives: Words,
    /// Stand before the number of before.
    pub from: Words,
    /// A change of each year, or on average.
    pub averages: Words,
    /// Claim an amount without naming it.
    pub vague: Words,
    /// Verbs of change.
    pub trends: Words,
    /// Say how much something changed without saying it.
    pub degrees: Words,
    /// Make a claim a wish, a question or a doubt.
    pub unsaid: Words,
    /// Say that something is not.
    pub negations: Words,
    /// Say that something shall, can or may be.
    pub modals: Words,
    /// Small words on which the sense of a label hangs: "over 65", "under 65".
    pub directions: Words,
    /// Small words that narrow a sentence to less than the label says, or take up what was said before.
    pub narrowing: Words,
    /// May follow a number that stands without its noun: "av ärendena hade 16 en plan".
    pub follows: Words,
    /// Words beside a label that make it no other thing: "the report is based on".
    pub neutral: Words,
    /// Days of the week, Monday first; behind the seven their abbreviations.
    pub weekdays: Words,
    /// Stand before a day of the month.
    pub articles: Words,
    /// Ends of days of the month: "14:e", "14th".
    pub ordinal_endings: Words,
    /// The article or number of a single thing.
    pub one: Words,
    /// Open a period whose ends "och" joins.
    pub between: Words,
    /// Lead from the first date of a period to its last.
    pub until: Words,
    /// Join two ends.
    pub and: Words,
    /// Say that something lies within a year.
    pub during: Words,
    /// Make an end of a period inexact: "i slutet av".
    pub edges: Words,
    /// Say that something began.
    pub begins: Words,
    /// Say that it ended.
    pub ends: Words,
    /// Say that a date was put in the place of another.
    pub moved: Words,
    /// Units of time, as whole words.
    pub day_units: Words,
    pub week_units: Words,
    pub month_units: Words,
    pub year_units: Words,
    /// Ends of words for what lasts so many years, months, weeks.
    pub year_ends: Words,
    pub month_ends: Words,
    pub week_ends: Words,
    /// Say that something went on.
    pub lasts: Words,
    /// Name a span of time, or its whole.
    pub spans: Words,
    /// Behind a span of time they make it no length: "tre år gammal".
    pub after_time: Words,
    /// Stand before a year of birth.
    pub born: Words,
    /// Stand behind an age: "11 när".
    pub when: Words,
    /// Years that lie over two calendar years.
    pub school_years: Words,
    /// Stand for authors that are not named: "m.fl.".
    pub and_others: Words,
    /// Join two authors.
    pub source_joins: Words,
    pub seasons: Words,
    /// Stand before a page or chapter of a source.
    pub page_marks: Words,
    /// Tell one of a group apart.
    pub one_of_them: Words,
    /// Speak of a single person.
    pub only_one: Words,
    /// Beginnings of more words for persons: those who work somewhere.
    pub staff: Words,
    /// Ends of such words.
    pub person_ends: Words,
    /// Health, crimes and care of a person; with a star beginnings of words.
    pub sensitive: Words,
    /// Say that something took place.
    pub happened: Words,
    /// Before a span of time they make it a limit or a rhythm.
    pub no_length: Words,
    /// Beginnings of what lasts so many years: "treårsperioden".
    pub long_things: Words,
    /// Open a citation in brackets.
    pub citing: Words,
    /// Say what somebody is or has.
    pub personal: Words,
    /// Say what somebody works with.
    pub professional: Words,
    /// Name an age that a rule sets.
    pub age_bounds: Words,
    /// Behind a number of a floor in an address.
    pub stairs: Words,
    /// Name a scale without ends.
    pub index_words: Words,
    /// Stand before an hour.
    pub clock_prepositions: Words,
    /// Beginnings of headings of a column that holds shares.
    pub share_headings: Words,
    /// Stand before the number, in words, of a numbered thing.
    pub items_in_words: Words,
    /// Stand before a thing of which each is meant.
    pub per_each: Words,
    /// Say where a point of a scale lies.
    pub norms: Words,
    /// Claim an amount that the list behind a colon shows.
    pub introduced: Words,
    /// Lead from an abbreviation to its words, or from these to it.
    pub stands_for: Words,
    /// Stand before an abbreviation behind its words.
    pub abbreviated: Words,
}

impl Vocabulary {
    fn read(text: &'static str) -> Self {
        let list = |name: &str| list(text, name);
        Self {
            months: list("months"),
            joins: list("joins"),
            items: list("items"),
            item_ends: list("item-ends"),
            references: list("references"),
            streets: list("streets"),
            street_ends: list("street-ends"),
            years: list("years"),
            times: list("times"),
            aged: list("aged"),
            age_limits: list("age-limits"),
            people: list("people"),
            beyond: list("beyond"),
            openers: list("openers"),
            structure: list("structure"),
            taken_up: list("taken-up"),
            units: list("units"),
            counted: list("counted"),
            opening: list("opening"),
            limits: list("limits"),
            laws: list("laws"),
            scales: list("scales"),
            meanings: list("meanings"),
            calls: list("calls"),
            emergencies: list("emergencies"),
            aged_groups: list("aged-groups"),
            measures: list("measures"),
            says: list("says"),
            finite: list("finite"),
            idioms: list("idioms"),
            stops: list("stops"),
            of: list("of"),
            equals: list("equals"),
            rest: list("rest"),
            unanswered: list("unanswered"),
            women: list("women"),
            men: list("men"),
            change: list("change"),
            target: list("target"),
            comparatives: list("comparatives"),
            rates: list("rates"),
            persons: list("persons"),
            earlier: list("earlier"),
            places: list("places"),
            reporting: list("reporting"),
            stale: list("stale"),
            superlatives: list("superlatives"),
            from: list("from"),
            averages: list("averages"),
            vague: list("vague"),
            trends: list("trends"),
            degrees: list("degrees"),
            unsaid: list("unsaid"),
            negations: list("negations"),
            modals: list("modals"),
            directions: list("directions"),
            narrowing: list("narrowing"),
            follows: list("follows"),
            neutral: list("neutral"),
            weekdays: list("weekdays"),
            articles: list("articles"),
            ordinal_endings: list("ordinal-endings"),
            one: list("one"),
            between: list("between"),
            until: list("until"),
            and: list("and"),
            during: list("during"),
            edges: list("edges"),
            begins: list("begins"),
            ends: list("ends"),
            moved: list("moved"),
            day_units: list("day-units"),
            week_units: list("week-units"),
            month_units: list("month-units"),
            year_units: list("year-units"),
            year_ends: list("year-ends"),
            month_ends: list("month-ends"),
            week_ends: list("week-ends"),
            lasts: list("lasts"),
            spans: list("spans"),
            after_time: list("after-time"),
            born: list("born"),
            when: list("when"),
            school_years: list("school-years"),
            and_others: list("and-others"),
            source_joins: list("source-joins"),
            seasons: list("seasons"),
            page_marks: list("page-marks"),
            one_of_them: list("one-of-them"),
            only_one: list("only-one"),
            staff: list("staff"),
            person_ends: list("person-ends"),
            sensitive: list("sensitive"),
            happened: list("happened"),
            no_length: list("no-length"),
            long_things: list("long-things"),
            citing: list("citing"),
            personal: list("personal"),
            professional: list("professional"),
            age_bounds: list("age-bounds"),
            stairs: list("stairs"),
            index_words: list("index-words"),
            clock_prepositions: list("clock-prepositions"),
            share_headings: list("share-headings"),
            items_in_words: list("items-in-words"),
            per_each: list("per-each"),
            norms: list("norms"),
            introduced: list("introduced"),
            stands_for: list("stands-for"),
            abbreviated: list("abbreviated"),
        }
    }

    /// Whether a word is a noun that is often counted; stems of two letters are abbreviations and whole words.
    #[must_use]
    pub fn is_counted(&self, word: &str) -> bool {
        let begins = |stem: &&str| if stem.len() <= 2 { word == *stem } else { word.starts_with(stem) };
        self.counted.iter().any(begins) || self.measures.contains(&word)
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
        (self.is_counted(word) || self.counted.iter().any(ends)) && (!past || self.counted.contains(&word))
    }
}

/// The words of a language.
#[must_use]
pub fn for_language(language: Language) -> &'static Vocabulary {
    static SWEDISH: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::read(include_str!("vocabulary/sv.txt")));
    static ENGLISH: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::read(include_str!("vocabulary/en.txt")));
    match language {
        Language::Swedish => &SWEDISH,
        Language::English => &ENGLISH,
    }
}

/// The words of a list: those on the indented lines below its name.
fn list(text: &'static str, name: &str) -> Words {
    let mut lines = text.lines().skip_while(|line| line.strip_suffix(':') != Some(name)).skip(1);
    let mut out = Vec::new();
    for line in lines.by_ref().take_while(|line| line.starts_with("  ")) {
        out.extend(line.split(',').map(str::trim).filter(|word| !word.is_empty()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read_and_in_small_letters() {
        for text in [include_str!("vocabulary/sv.txt"), include_str!("vocabulary/en.txt")] {
            for name in text.lines().filter_map(|line| line.strip_suffix(':')) {
                for word in list(text, name) {
                    assert_eq!(word, word.to_lowercase());
                }
            }
        }
        assert!(
            for_language(Language::Swedish).months.contains(&"maj")
                && for_language(Language::English).of.contains(&"among")
        );
        assert!(
            for_language(Language::Swedish).is_counted("personer")
                && !for_language(Language::Swedish).is_counted("avdelning")
        );
    }
}
