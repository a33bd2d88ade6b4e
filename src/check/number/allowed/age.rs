//! Ages that define a group of people.

use super::Allowed;
use super::around::Around;
use crate::check::words::{Lowered as _, clip, clip_start, holds};

/// "i åldern 7–18 år", "barn 0–5 år", "aged 16 to 25", "65 år och äldre"; a measured age is a result.
pub fn reason(around: &Around<'_>) -> Option<Allowed> {
    let words = around.lists;
    if around.number().count().is_none_or(|n| n > 110) {
        return None;
    }
    let (previous, earlier) = (around.word_before(0), around.word_before(1));
    let (next, after) = around.unit_after();
    let years = words.years.has(&next);
    let ends = after.trim_start().starts_with(['.', ',', ')', '–', '-', ';'])
        || after.trim().is_empty()
        || words.joins.has(&next);
    if words.aged.has(&previous) && (years || ends || around.begins_range()) {
        return Some(Allowed::Age);
    }
    // "aged between 12 and 15", "the 13–15 age group", "från 65 år"
    let aged = words.aged.has(&earlier) && (words.between.has(&previous) || words.from.has(&previous));
    let from = words.from.has(&previous)
        && years
        && !around.begins_range()
        && around.is_opening(around.words_before().next().unwrap_or(""));
    if aged || words.aged_behind.has(&next) || from {
        return Some(Allowed::Age);
    }
    // "pensionsåldern är 65 år"
    if (years || ends || !around.counts()) && holds(clip_start(around.said_before(), 60), &words.age_bounds) {
        return Some(Allowed::Age);
    }
    let limit = words.age_limits.has(&previous);
    // "barn upp till sex år"
    let earlier = if words.up.has(&earlier) { around.word_before(2) } else { earlier };
    let people = words.people.has(&earlier);
    if limit && people && (years || ends && !around.begins_range()) {
        return Some(Allowed::Age);
    }
    // "barn 0–5 år", "gruppen 16–24 år"
    if years && is_person(around, &previous) {
        return Some(Allowed::Age);
    }
    // "65 år och äldre", "18 years or over"
    let rest = clip(around.after().trim_start(), 60).lowered();
    words.beyond.iter().any(|words| rest.starts_with(words)).then_some(Allowed::Age)
}

/// Whether a word names people who may have an age, without an article: "barn", "ungdomar", "målgruppen".
pub fn is_person(around: &Around<'_>, word: &str) -> bool {
    around.lists.aged_groups.has(word)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{allowed, amounts};
    use crate::locale::Language::{English, Swedish};

    #[test]
    fn ages_that_define_a_group_need_no_evidence() {
        allowed(
            Swedish,
            &[
                "Barn under 15 år, den som har fyllt 65 år, i åldern 7–18 år.",
                "Målgruppen är barn 0–5 år och unga mellan 16 och 24 år.",
                "Boendet tar emot 18- till 20-åringar och äldre (80+). Gruppen 16–24 år är minst.",
                "Åldersgruppen 13–15 år går före. Från 65 år ges stödet utan prövning.",
                "Pensionsåldern är 65 år enligt avtalet. Insatsen ges till barn upp till sex år.",
                "Personer över 80 år och de som är 65 år eller äldre har företräde.",
            ],
        );
        allowed(
            English,
            &[
                "For children aged 7–18, young adults under 25 and young people aged 16 to 25.",
                "People aged 85 and over.",
                "Young people between 16 and 24 years and adults between 18 and 25 years of age were invited.",
            ],
        );
    }

    #[test]
    fn measured_ages_do() {
        amounts(
            Swedish,
            &["Medelåldern var 79 år och den äldsta 94.", "I åtta år och i 27 grader.", "Väntetiden var 3–5 år."],
        );
    }
}
