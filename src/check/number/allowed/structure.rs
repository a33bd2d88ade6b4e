//! Small numbers that announce the text's own parts or take up what was named, examples of writing, and figures of speech.

use super::Allowed;
use super::around::Around;
use crate::check::number::{Form, Number};
use crate::check::words::find_phrase;
use crate::check::words::tokens;
use crate::check::words::{Lowered as _, clip, clip_start};
use crate::value::Exact;

/// "tre frågor", "two parts"; "de två förvaltningarna", "alla fyra".
pub fn announced(around: &Around<'_>) -> Option<Allowed> {
    let number = around.number();
    let words = around.lists;
    let value = number.count()?;
    let after = clip(around.after(), 60);
    let next: Vec<String> = tokens(after).iter().take(3).map(|range| after[range.clone()].lowered()).collect();
    if (2..=12).contains(&value) {
        let noun = next.iter().position(|word| words.structure.has(word));
        // Nothing but adjectives may stand between: "tre övergripande frågor".
        let adjectives =
            |count: usize| next.iter().take(count).all(|word| !words.is_counted(word) && !words.stops.has(word));
        if noun.is_some_and(adjectives) {
            return Some(Allowed::Structure);
        }
    }
    let taken_up = words.taken_up.has(&around.word_before(0));
    let large = next.first().is_some_and(|word| words.units.has(word));
    ((2..=4).contains(&value) && number.form == Form::Words && taken_up && !large).then_some(Allowed::Structure)
}

/// "mellan två stolar", "noll tolerans": a phrase that counts nothing.
pub fn idiom(around: &Around<'_>) -> Option<Allowed> {
    if around.number().form == Form::Grouped {
        return None;
    }
    let before = clip_start(around.before(), 40).lowered();
    let own = around.own().lowered();
    let text = format!("{before}{own}{}", clip(around.after(), 40).lowered());
    let range = before.len()..before.len() + own.len();
    let within = |phrase: &str| {
        let mut from = 0;
        while let Some(start) = find_phrase(&text, phrase, from) {
            if start <= range.start && range.end <= start + phrase.len() {
                return true;
            }
            from = start + 1;
            while !text.is_char_boundary(from) {
                from += 1;
            }
        }
        false
    };
    around.lists.idioms.iter().any(|phrase| phrase.contains(&own) && within(phrase)).then_some(Allowed::Idiom)
}

/// "hälften kvinnor och hälften män": two halves that make the whole.
pub fn halves(around: &Around<'_>) -> Option<Allowed> {
    let words = around.lists;
    let half = |number: &Number| number.is_fraction() && number.value == Exact::from(50_i64);
    let sex = |number: &Number| {
        let rest = clip(&around.lower[number.range.end..around.sentence.end.max(number.range.end)], 40);
        let stands = |word: &str| words.women.has(word) || words.men.has(word);
        half(number) && tokens(rest).into_iter().take(5).any(|word| stands(&rest[word]))
    };
    let beside = around.numbers[around.beside()].iter().filter(|number| around.sentence.contains(&number.range.start));
    (sex(around.number()) && beside.filter(|number| sex(number)).count() == 2).then_some(Allowed::Idiom)
}

/// "till exempel ”7 av 10”": how something is written, not what was found.
pub fn example(around: &Around<'_>) -> Option<Allowed> {
    let before = clip_start(around.before(), 200);
    let open = before.rfind(['”', '“', '"'])?;
    let inside = !before[open..].contains([' ', '.']) || before[open..].chars().count() < 20;
    let words = clip_start(before[..open].trim_end(), 40).lowered();
    let closed = clip(around.after(), 200).contains(['”', '"']);
    (inside && closed && around.lists.shown.iter().any(|phrase| words.ends_with(phrase))).then_some(Allowed::Structure)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{allowed, amounts};
    use crate::locale::Language::{English, Swedish};

    #[test]
    fn what_orders_the_text_needs_no_evidence() {
        allowed(
            Swedish,
            &[
                "Kapitlet har två delar och vilar på tre frågor. De två förvaltningarna delar den.",
                "Deltagarna var hälften kvinnor och hälften män.",
                "Ansvaret faller mellan två stolar och ärendet har gått i tusen bitar. Noll tolerans gäller.",
            ],
        );
        allowed(English, &["This chapter has two parts.", "There is zero tolerance of abuse."]);
    }

    #[test]
    fn results_do() {
        amounts(
            Swedish,
            &[
                "Fjorton brister i dokumentationen.",
                "De tre miljoner som saknas.",
                "Av nitton avslag gällde sju stöd.",
                "Hälften kvinnor svarade.",
            ],
        );
        amounts(English, &["Some two hundred pupils and 11 trainers, 2.5 points."]);
    }
}
