//! The lists that rules look words up in, of each language: `lists.txt` beside its tags.

pub use super::word_list::Words;
use super::word_list::lists;

lists! {
    /// The lists of one language.
    Lists
    /// Ends of words that are taken off for their stems, the longer of two that end alike first.
    stem_endings: Words,
    /// Ends of nouns and adjectives, in either number, form and case.
    noun_endings: Words,
    /// Ends of verbs and participles that tell what has been done.
    done_endings: Words,
    /// Ends of whole words that tell of what has been done.
    past_endings: Words,
    /// Ends that stand beside the "t" of a neuter: "ärende", "ärendet".
    neuter_endings: Words,
    /// Ends of verbs, which may have the stem of a noun, and of nouns that end as they do.
    verb_endings: Words,
    doing_endings: Words,
    /// Ends of a definite noun in the genitive.
    genitive_endings: Words,
    /// Ends of participles that stand behind their noun: "homes inspected".
    behind_endings: Words,
    months: Words,
    /// The quarters of a year, three words for each.
    quarters: Words,
    /// Join the numbers of a list or a range.
    joins: Words,
    /// Stand before the number of a numbered thing.
    items: Words,
    /// Ends of compounds that do.
    item_ends: Words,
    /// Stand before reference numbers; also as ends of compounds.
    references: Words,
    streets: Words,
    street_ends: Words,
    years: Words,
    /// spans of time.
    times: Words,
    aged: Words,
    age_limits: Words,
    /// people who have an age.
    people: Words,
    beyond: Words,
    /// Words that begin a sentence with a capital and name nothing.
    openers: Words,
    /// Parts of a text, as they are announced.
    structure: Words,
    /// "de två", "alla fyra".
    taken_up: Words,
    /// Units behind a number that make it large.
    units: Words,
    /// Beginnings of nouns that are counted in reports.
    counted: Words,
    /// Say that something is open or manned, or when: days of the week.
    opening: Words,
    /// Stand before a limit in time.
    limits: Words,
    /// Name a law in a sentence.
    laws: Words,
    /// Name a scale of answers.
    scales: Words,
    /// Say what a number of a scale means.
    meanings: Words,
    /// calling someone.
    calls: Words,
    /// what is urgent.
    emergencies: Words,
    /// groups that an age defines.
    aged_groups: Words,
    /// Units that are measured or counted, as whole words.
    measures: Words,
    /// Verbs that name a speaker.
    says: Words,
    /// Verbs that follow a subject.
    finite: Words,
    /// Phrases whose numbers count nothing.
    idioms: Words,
    /// Words without content of their own.
    stops: Words,
    /// Introduce a whole: "av", "bland".
    of: Words,
    /// Lead from a share to its percentage.
    equals: Words,
    /// The rest of a whole.
    rest: Words,
    /// Say that some gave no answer: they are the rest of a table.
    unanswered: Words,
    women: Words,
    men: Words,
    /// Say that something grew or shrank.
    change: Words,
    /// Targets, budgets and forecasts are no results.
    target: Words,
    /// "färre", "higher": behind a percentage they make it a change.
    comparatives: Words,
    /// percentages of no population: taxes, working hours; those with a star also within words.
    rates: Words,
    /// persons, who have a sex.
    persons: Words,
    /// Say that another time or another review is meant.
    earlier: Words,
    /// Stand before the name of a place or unit.
    places: Words,
    /// Beginnings of words that report and add nothing: "inspektionen visar".
    reporting: Words,
    /// Mean something else in a year.
    stale: Words,
    /// Behind "most" they make a superlative: "the most important".
    superlatives: Words,
    /// Stand before the number of before.
    from: Words,
    /// A change of each year, or on average.
    averages: Words,
    /// Claim an amount without naming it.
    vague: Words,
    /// Verbs of change.
    trends: Words,
    /// Say how much something changed without saying it.
    degrees: Words,
    /// Make a claim a wish, a question or a doubt.
    unsaid: Words,
    /// Say that something is not.
    negations: Words,
    /// Say that something shall, can or may be.
    modals: Words,
    /// Small words on which the sense of a label hangs: "over 65", "under 65".
    directions: Words,
    /// Small words that narrow a sentence to less than the label says, or take up what was said before.
    narrowing: Words,
    /// May follow a number that stands without its noun: "av ärendena hade 16 en plan".
    follows: Words,
    /// Words beside a label that make it no other thing: "the report is based on".
    neutral: Words,
    /// Days of the week, Monday first; behind the seven their abbreviations.
    weekdays: Words,
    /// Stand before a day of the month.
    articles: Words,
    /// What makes a number ordinal: "14:e", "14th".
    ordinal_endings: Words,
    /// The article or number of a single thing.
    one: Words,
    /// Open a period whose ends "och" joins.
    between: Words,
    /// Lead from the first date of a period to its last.
    until: Words,
    /// Join two ends.
    and: Words,
    /// Say that something lies within a year.
    during: Words,
    /// Make an end of a period inexact: "i slutet av".
    edges: Words,
    /// Say that something began.
    begins: Words,
    /// Say that it ended.
    ends: Words,
    /// Behind the second date they say that its year is that of the first: "samma år".
    same_year: Words,
    /// Say that a date was put in the place of another.
    moved: Words,
    /// Units of time, as whole words.
    day_units: Words,
    week_units: Words,
    month_units: Words,
    year_units: Words,
    /// Ends of words for what lasts so many years, months, weeks.
    year_ends: Words,
    month_ends: Words,
    week_ends: Words,
    /// Say that something went on.
    lasts: Words,
    /// Name a span of time, or its whole.
    spans: Words,
    /// Behind a span of time they make it no length: "tre år gammal".
    after_time: Words,
    /// Stand before a year of birth.
    born: Words,
    /// Stand behind an age: "11 när".
    when: Words,
    /// Years that lie over two calendar years.
    school_years: Words,
    /// Stand for authors that are not named: "m.fl.".
    and_others: Words,
    /// Join two authors.
    source_joins: Words,
    seasons: Words,
    /// Stand before a page or chapter of a source.
    page_marks: Words,
    /// Tell one of a group apart.
    one_of_them: Words,
    /// Speak of a single person.
    only_one: Words,
    /// Beginnings of more words for persons: those who work somewhere.
    staff: Words,
    /// Ends of such words.
    person_ends: Words,
    /// Health, crimes and care of a person; with a star beginnings of words.
    sensitive: Words,
    /// Say that something took place.
    happened: Words,
    /// Before a span of time they make it a limit or a rhythm.
    no_length: Words,
    /// Beginnings of what lasts so many years: "treårsperioden".
    long_things: Words,
    /// Open a citation in brackets.
    citing: Words,
    /// Say what somebody is or has.
    personal: Words,
    /// Say what somebody works with.
    professional: Words,
    /// Name an age that a rule sets.
    age_bounds: Words,
    /// Behind a number of a floor in an address.
    stairs: Words,
    /// Name a scale without ends.
    index_words: Words,
    /// Stand before an hour.
    clock_prepositions: Words,
    /// Beginnings of headings of a column that holds shares.
    share_headings: Words,
    /// Stand before the number, in words, of a numbered thing.
    items_in_words: Words,
    /// Stand before a thing of which each is meant.
    per_each: Words,
    /// Say where a point of a scale lies.
    norms: Words,
    /// Claim an amount that the list behind a colon shows.
    introduced: Words,
    /// Lead from an abbreviation to its words, or from these to it.
    stands_for: Words,
    /// Stand before an abbreviation behind its words.
    abbreviated: Words,
    /// Stand before a year: what is told in time.
    before_years: Words,
    /// Endings of names.
    name_endings: Words,
    /// What can be divided by counting: "halva personalstyrkan", "arbetslaget".
    divided: Words,
    /// Texts of links that say nothing.
    empty_links: Words,
    /// Name a row or column that is the sum of the others.
    total_labels: Words,
    /// Say what the percentages of a table are counted on, or that they are given.
    states_base: Words,
    /// Say that each part of a table may be counted on its own.
    counted_apart: Words,
    /// Say where the rest of a table is, or that it is rounded.
    declared_rest: Words,
    /// Stand in a caption before what the rows are of.
    per_caption: Words,
    /// Promise numbers of women and men; all parts, joined by a plus, stand in the sentence.
    split_promises: Words,
    /// Begin as words for persons and are places: "boendet".
    no_persons: Words,
    /// Stand before the number of a page.
    page_words: Words,
    /// Stand before the number of a part of a report.
    part_words: Words,
    /// Those that name parts of a law too, as "section 114".
    law_parts: Words,
    /// Say that a part is of this report.
    this_report: Words,
    /// Lead from a part to the document that it is of.
    of_document: Words,
    /// Ends of words for what owns the part behind them: "lagens", "the Act’s".
    definite_genitives: Words,
    /// Name laws and other documents with parts.
    document_words: Words,
    /// Send the reader to a part.
    looks: Words,
    /// Stand before the section of a law.
    before_statutes: Words,
    /// Units written without a blank behind a number: "12st".
    attached_units: Words,
    /// Halves of the day behind an hour: "9 am".
    meridians: Words,
    /// Stand beside an hour and say that it is one.
    clock_words: Words,
    /// Behind an hour they say that it is one.
    parts_of_day: Words,
    /// Stand between minutes and their hour: "kvart över fem".
    clock_steps: Words,
    /// Stand before such a word for minutes.
    clock_quarters: Words,
    /// Stand before the hour that is not yet full: "halv nio".
    clock_halves: Words,
    /// Stand before an hour with minutes.
    before_hours: Words,
    /// Stand before minutes that are told with their hour: "vid fem över tre".
    before_minutes: Words,
    /// Stand before a day: "den 9/4".
    before_days: Words,
    /// Before four digits they say that these are no year.
    before_amounts: Words,
    /// Ends of nouns in the plural.
    plural_endings: Words,
    /// The same where a number stands before them, which verbs may have as well.
    counted_ends: Words,
    /// Say that all but what follows is meant: "utanför Farsta", "outside Farsta".
    outside: Words,
    /// Other words that end so.
    no_plurals: Words,
    /// Forms of nouns that are counted; a star alone where any form is.
    counted_forms: Words,
    /// Ends of adjectives before what is counted.
    adjective_endings: Words,
    /// Ends of words that open a sentence and are no subject.
    adverb_endings: Words,
    /// Ends of verbs that follow a subject.
    passive_endings: Words,
    /// Before an age, joined by a hyphen.
    age_prefixes: Words,
    /// Behind an age, joined to it.
    age_endings: Words,
    /// Behind an age: "the 13–15 age group".
    aged_behind: Words,
    /// Stands before "to" and a limit.
    up: Words,
    /// Behind the digits of a decade or a century.
    decade_endings: Words,
    /// Behind the digits of an amount.
    amount_endings: Words,
    /// Stand before a noun and how many there are of it: "antal beslut 12".
    before_counts: Words,
    /// Stand before the number of a thing and never before a year.
    number_words: Words,
    /// Join what the points of a scale mean.
    scale_points: Words,
    /// Join the statements of a row.
    goes_on: Words,
    /// Behind the number of a chapter of a law.
    chapter_marks: Words,
    /// Behind a number that belongs to a section.
    subsection_marks: Words,
    /// Stand between the year of a case or a report and its number or page.
    case_marks: Words,
    /// Stand between a quotation and who is quoted.
    according: Words,
    /// Stand before a short number that is called.
    leads_to_service: Words,
    /// Stand before a service.
    via: Words,
    /// Stand before an example of how something is written.
    shown: Words,
    /// Stand before the number of a whole.
    before_wholes: Words,
    /// End with a full stop that ends no sentence.
    abbreviations: Words,
    /// Those of them that often end a sentence as well.
    last_abbreviations: Words,
    /// Speak of an amount, which then changes without a number.
    amount_words: Words,
    /// Before a vague word they make it no claim: "hur många", "at most".
    vague_behind: Words,
    /// Begin with a vague word and claim nothing.
    vague_idioms: Words,
    /// Vague words that claim nothing where no noun follows.
    needs_noun: Words,
    /// Ends of a name in the genitive.
    genitives: Words,
    /// Say that a number is a percentage.
    percent_words: Words,
    /// Forms of one verb of duty, the first of which stands for all.
    shall: Words,
    /// Open a sentence about what was named before.
    back_to_place: Words,
    /// Begin so and take up nothing.
    no_place: Words,
    /// Ends of days of the week in their known form.
    weekday_endings: Words,
    /// In the heading of a column they say that it holds percentages.
    percent_columns: Words,
    /// In a caption it says that each row has a base of its own.
    per_row: Words,
    /// Stand before how much something changed.
    change_by: Words,
    /// Behind a percentage they make it the rate of a time.
    a_year: Words,
    /// Before a time that depends on when one reads they tie it to something else: "their last year".
    not_stale_behind: Words,
    /// Behind it they do the same: "last year of school".
    not_stale_before: Words,
    /// Abbreviations that are words by now.
    known_abbreviations: Words,
    /// Stand in addresses that are none yet.
    placeholders: Words,
    /// Name the source that was named before.
    again: Words,
    /// The Swedish crown and so many of it.
    kronor: Words,
}

impl Lists {
    /// Whether a word or sign leads from the first end of a range to the last: "16–24", "16 till 24", "(mellan) 16 och 24".
    #[must_use]
    pub fn leads_to_end(&self, word: &str) -> bool {
        matches!(word, "–" | "-") || self.until.has(word) || self.and.has(word)
    }

    /// Whether a word is a noun that is often counted.
    #[must_use]
    pub fn is_counted(&self, word: &str) -> bool {
        self.counted.has(word) || self.measures.contains(&word)
    }
}

#[cfg(test)]
mod tests {
    use crate::check::lang::lists;
    use crate::locale::Language;

    #[test]
    fn words_and_parts_of_words_are_known() {
        let lists = lists(Language::Swedish);
        assert!(lists.months.has("maj") && !lists.months.has("majs"));
        assert!(lists.rates.has("räntan") && lists.rates.has("folkölsalkoholen") && !lists.rates.has("rän"));
        assert!(lists.is_counted("personer") && !lists.is_counted("avdelning"));
        assert_eq!(lists.persons.behind("barnen").collect::<Vec<_>>(), ["en"]);
    }
}
