//! Numbered things: chapters, cases, wards, grades; and the ends of a scale.

use std::ops::Range;

use super::Allowed;
use super::around::Around;
use crate::check::number::{Form, Number};
use crate::check::words::tokens;
use crate::check::words::{Lowered as _, clip};

/// "kapitel 3", "intervju 4", "Year 9", "dnr 12": a word for a numbered thing, or for a reference, stands before.
pub fn reason(around: &Around<'_>) -> Option<Allowed> {
    let number = around.number();
    if !around.before().ends_with([' ', '\u{a0}', '-', '('])
        || (number.count().is_none() && !matches!(number.decimals, 1..=3))
    {
        return None;
    }
    let previous = around.words_before().next().unwrap_or("");
    let lower = previous.lowered();
    // "Mätbart mål: 22 av 40" numbers nothing.
    let bare = lower.trim_end_matches('.');
    // "antal beslut 12", "per person 12", "the number of visits 4"
    let earlier = around.word_before(1);
    let words = around.lists;
    if words.before_counts.has(&earlier) || words.before_counts.has(&format!("{} {earlier}", around.word_before(2))) {
        return None;
    }
    // "i år 12 ärenden": what is counted afterwards shows that the word before numbers nothing. "Section 17 of", "Band 6 nurse" stay.
    let capital = previous.starts_with(char::is_uppercase) && !around.is_opening(previous);
    if !capital && around.counts() {
        return None;
    }
    // "During the year 85 joined"
    if !capital && words.articles.has(&earlier) && words.year_units.contains(&bare) && !around.is_year() {
        return None;
    }
    let numbered = words.items.contains(&bare)
        || (bare.chars().count() > 5 && words.item_ends.iter().any(|end| bare.ends_with(end)));
    if numbered {
        let year = around.is_year() && !words.number_words.has(bare);
        return Some(if year { Allowed::Date } else { Allowed::Item });
    }
    // Short abbreviations are other words' endings: "används" is no "ds".
    let reference = words.references.iter().any(|word| bare == *word || (word.len() > 4 && bare.ends_with(word)));
    reference.then_some(Allowed::Reference)
}

/// "kvartal tre", "årskurs fyra", "year six": things that are numbered in words, where nothing is counted behind.
pub fn in_words(around: &Around<'_>) -> Option<Allowed> {
    let small = around.number().count().is_some_and(|n| (1..=31).contains(&n));
    let numbered = around.lists.items_in_words.has(&around.word_before(0));
    let earlier = around.word_before(1);
    let total = around.lists.per_each.has(&earlier);
    // "steg tre kvartal i rad"
    let time = around.lists.times.has(&around.word_after());
    (small && numbered && !total && !time && !around.counts()).then_some(Allowed::Item)
}

/// "ett index där 100 är normalt": what a point of a scale means.
pub fn norm(around: &Around<'_>) -> Option<Allowed> {
    // "är satt till 100, där 100 är normalt"
    let again =
        around.next().filter(|next| next.value == around.number().value && next.range.start <= around.sentence.end);
    is_norm(around, around.number()).or_else(|| is_norm(around, again?))
}

fn is_norm(around: &Around<'_>, number: &Number) -> Option<Allowed> {
    let after = clip(&around.text[number.range.end..], 40);
    let places: Vec<Range<usize>> = tokens(after).into_iter().take(3).collect();
    let words: Vec<String> = places.iter().map(|range| after[range.clone()].lowered()).collect();
    let norms = |word: Option<&String>| word.is_some_and(|word| around.lists.norms.has(word));
    let means = words.first().is_some_and(|word| around.lists.meanings.has(word));
    // "är 100 normalt och …"
    let behind = places.first().map_or("", |first| &after[first.end..]);
    let closed = behind.is_empty() || behind.starts_with([',', '.', ';', ')']);
    let joined = words.get(1).is_some_and(|word| around.lists.joins.has(word));
    let direct = norms(words.first()) && (closed || joined);
    let article = words.get(1).is_some_and(|word| around.lists.one.has(word) || around.lists.articles.has(word));
    let scale = (0..3).any(|nth| around.lists.index_words.has(&around.word_before(nth)));
    let told = means && scale || means && (norms(words.get(1)) || article && norms(words.get(2)));
    (number.count().is_some() && (told || direct)).then_some(Allowed::Item)
}

/// "en skala från 1 till 5, där 1 betyder …": the ends of a scale are no results.
pub fn end_of_scale(around: &Around<'_>) -> Option<Allowed> {
    let number = around.number();
    let small = number.count().is_some_and(|n| (-10..=100).contains(&n)) || number.form == Form::Words;
    if !small || number.count().is_none() {
        return None;
    }
    let said = around.statement();
    let scale = around.lists.scales.iter().find_map(|word| said.find(word))?;
    let from = around.near().start;
    let own = number.range.start - from;
    // "på skalan 1–5", "a scale of 1 to 5"
    let near = |at: usize| {
        at > scale
            && said
                .get(scale..at)
                .is_some_and(|between| between.split_whitespace().count() <= 5 && !between.contains(['.', ';']))
    };
    let second =
        around.at.checked_sub(1).map(|at| &around.numbers[at]).filter(|first| first.range.end <= number.range.start);
    let between = second.map_or("", |first| around.text.get(first.range.end..number.range.start).unwrap_or("")).trim();
    let ends_range = around.lists.leads_to_end(between)
        && second.is_some_and(|first| first.range.start.checked_sub(from).is_some_and(near));
    if (near(own) && begins(around)) || ends_range {
        return Some(Allowed::Item);
    }
    // "där 1 betyder inte alls och 5 mycket nöjd"
    let earlier = around.beside().start..around.at;
    let repeated =
        earlier.map(|at| (&around.numbers[at], around.known.get(at).copied().flatten())).any(|(known, class)| {
            class == Some(Allowed::Item) && known.value == number.value && known.range.start >= around.sentence.start
        });
    let means = clip(around.after(), 30).trim_start().lowered();
    let told = around.lists.meanings.iter().any(|word| means.starts_with(word));
    let before = around.word_before(0);
    (repeated && !around.counts() && (told || around.lists.scale_points.has(&before))).then_some(Allowed::Item)
}

fn begins(around: &Around<'_>) -> bool {
    around.begins_range()
        || around.next().is_some_and(|next| {
            let between = around.text.get(around.number().range.end..next.range.start).unwrap_or("").trim();
            around.lists.and.has(between)
        })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{allowed, amounts, left};
    use crate::locale::Language::{English, Swedish};

    #[test]
    fn numbered_things_and_scales_need_no_evidence() {
        allowed(
            Swedish,
            &[
                "I Agenda 2030 gäller mål 3 och 8, delmål 8.5.",
                "Ärende 12 och intervju 4 skiljer sig åt. Respondent 5 höll inte med.",
                "Beslutet gäller personkrets 3, vårdnivå 2 och larm av grad 4 i rum 312.",
                "Svaren ges på en skala från 1 till 5, där 1 betyder inte alls nöjd och 5 mycket nöjd.",
                "Kvartal 3 och tertial 2, våning 3, buss 42 och version 1.10.",
                "Under kvartal tre 2020, i årskurs fyra och sex, enligt steg ett och i Kurs 1 för ledare.",
                "Medelvärdet är satt till 100, där 100 är normalt. På skalan är 100 normalt.",
                "Artikeln står i vol. 24, nr 3, s. 211–230.",
            ],
        );
        allowed(
            English,
            &[
                "In Year 9 and at Key Stage 2. Case 12 and Interview 4 disagree.",
                "Deliveries resume in quarter three of 2021, for children in year six.",
                "It is an index where 100 is the average.",
                "Answers run on a scale of 1 to 5, where 1 means never and 5 always.",
            ],
        );
    }

    #[test]
    fn counts_beside_such_words_do() {
        amounts(
            Swedish,
            &[
                "I år 12 ärenden.",
                "Antal beslut 12.",
                "Dagligen används 14 fordon.",
                "Försäljningen steg tre kvartal i rad.",
                "I plan fyra ärenden.",
            ],
        );
        amounts(English, &["The next 12 were closed.", "There were 5 normal deliveries."]);
        left(Swedish, "På en skala från 1 till 5 fick maten 4,3 i snitt av 27 boende.", &["4,3", "27"]);
    }
}
