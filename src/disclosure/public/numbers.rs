//! The numbers of a text that the program printed, read back.

use crate::check::{Form, Groups, Passage, Tag, factor};
use crate::locale::Language;
use crate::value::Exact;

/// The numbers of a printed text with their decimals; those in words only where the text is asked to have them so.
pub(super) fn numbers(text: &str, in_words: bool, language: Language, groups: &Groups<'_>) -> Vec<(Exact, u8)> {
    let passage = Passage::alone(text, language, groups);
    // "18–64 år" names a group.
    let own = passage.tokens.iter().filter(|token| token.group.is_none());
    let read = own.filter_map(|token| match token.number() {
        Some(at) => {
            let number = &passage.numbers[at];
            let is_negative = text[..number.range.start].ends_with(['-', '\u{2212}']);
            let is_wanted = match number.form {
                Form::Digits | Form::Grouped => !is_negative,
                Form::Words => in_words,
                Form::Round | Form::Fraction | Form::Factor => false,
            };
            is_wanted.then_some((number.value, number.decimals))
        }
        // "en av tjugo": elsewhere an article.
        None => (in_words && token.has(Tag::One)).then(|| (Exact::from(1_i64), 0)),
    });
    read.collect()
}

/// The first amount of a printed text in its own unit, with its decimals.
pub(super) fn amount(text: &str, language: Language, groups: &Groups<'_>) -> Option<(Exact, u8)> {
    let passage = Passage::alone(text, language, groups);
    let number = passage.numbers.iter().find(|number| matches!(number.form, Form::Digits | Form::Grouped))?;
    let unit = text.get(number.end..number.range.end).unwrap_or_default();
    let value = number.value.checked_div(factor(unit, language))?;
    let is_negative = text.get(..number.range.start)?.ends_with(['-', '\u{2212}']);
    let value = if is_negative { Exact::ZERO.checked_sub(value)? } else { value };
    Some((value, number.decimals))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Gender, Locale};
    use crate::model::Breakdowns;
    use crate::value::Rounding;

    #[test]
    fn what_any_language_prints_is_read_back() {
        let breakdowns = Breakdowns::default();
        for (_, language) in Language::WORDS {
            let groups = Groups::new(&breakdowns, *language);
            let locale = Locale::new(*language, Rounding::default(), language.labels()).unwrap();
            let read = |text: &str, in_words| numbers(text, in_words, *language, &groups);
            for n in (0..=1100_i64).chain([4142, 20_015, 1_000_000]) {
                let value = Exact::from(n);
                assert_eq!(read(&locale.number(&value, 0), false), [(value, 0)]);
                for gender in [Gender::Common, Gender::Neuter] {
                    let words = locale.words(n, gender).unwrap();
                    assert_eq!(read(&words, true), [(value, 0)], "{words}");
                    assert_eq!(read(&words, false), [], "{words}");
                }
            }
            for (part, base) in (1..=20).flat_map(|part| (part..=24).map(move |base| (part, base))) {
                let wanted = [(Exact::from(part), 0), (Exact::from(base), 0)];
                let words = [part, base].map(|n| locale.words(n, Gender::Neuter).unwrap());
                for [part, base] in [words, [part, base].map(|n| n.to_string())] {
                    let text = locale.fill("share_of", &[("part", &part), ("base", &base)]);
                    assert_eq!(read(&text, true), wanted, "{text}");
                }
            }
            let share = Exact::ratio(Exact::from(31_i64), Exact::from(2_i64)).unwrap();
            assert_eq!(read(&locale.number(&share, 1), false), [(share, 1)]);
            assert_eq!(read(&locale.number(&Exact::from(-3_i64), 0), false), []);
        }
    }
}
