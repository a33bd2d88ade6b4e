//! Words that follow from a number: which of two is larger, and the unit that it is told in.

use std::cmp::Ordering;

use super::{Gender, Locale};
use crate::value::{Measure, Scale};

impl Locale {
    /// The word for more, less or the same: "fler", "färre", "lika många". Where the same has two forms, `gender` is that of what is told of.
    #[must_use]
    pub fn compared<'a>(&'a self, key: &'a str, order: Ordering, gender: Gender) -> &'a str {
        let words: Vec<&str> = self.label(key).split(" | ").collect();
        let at = match (order, gender) {
            (Ordering::Greater, _) => 0,
            (Ordering::Less, _) => 1,
            (Ordering::Equal, Gender::Common) if words.len() > 3 => 3,
            (Ordering::Equal, _) => 2,
        };
        words.get(at).copied().unwrap_or(key)
    }

    /// What follows a number told in a unit: "miljoner kronor", "GWh"; nothing for a bare number. `one` where the number is one.
    #[must_use]
    pub fn scale(&self, scale: Scale, one: bool) -> String {
        let Some(word) = scale.word() else { return scale.name().to_owned() };
        let form = |key: &str| -> String {
            let words = self.label(key);
            let (single, several) = words.split_once(" | ").unwrap_or((words, words));
            if one { single } else { several }.to_owned()
        };
        match (scale.measures(), scale.power()) {
            (Measure::Kronor, 1..) => self.fill("scale_of_kronor", &[("scale", &form(word))]),
            _ => form(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;
    use crate::value::Rounding;

    #[test]
    fn words_follow_from_what_is_larger_in_every_language() {
        let locale =
            |language: Language| Locale::new(language, Rounding::default(), language.labels()).expect("a locale");
        let (sv, en) = (locale(Language::Swedish), locale(Language::English));
        let neuter =
            |locale: &'_ Locale, key: &'static str, order| locale.compared(key, order, Gender::Neuter).to_owned();
        assert_eq!(neuter(&sv, "compared_more_counted", Ordering::Less), "färre");
        assert_eq!(neuter(&en, "compared_more_counted", Ordering::Less), "fewer");
        assert_eq!(sv.compared("compared_increased", Ordering::Equal, Gender::Common), "var oförändrad");
        assert_eq!(en.compared("compared_increased", Ordering::Equal, Gender::Common), "was unchanged");
        for (_, language) in Language::WORDS {
            let locale = locale(*language);
            let keys: Vec<&String> = locale.labels().keys().filter(|key| key.starts_with("compared_")).collect();
            assert_eq!(keys.len(), 7);
            for key in keys {
                let forms: Vec<&str> = locale.label(key).split(" | ").collect();
                assert!(matches!(forms.len(), 3 | 4) && forms.iter().all(|form| !form.trim().is_empty()), "{key}");
            }
        }
        assert_eq!(
            (sv.scale(Scale::Mnkr, false), sv.scale(Scale::Mdkr, true)),
            ("miljoner kronor".into(), "miljard kronor".into())
        );
        assert_eq!(
            (en.scale(Scale::Mnkr, false), en.scale(Scale::Million, true)),
            ("million kronor".into(), "million".into())
        );
        assert_eq!((sv.scale(Scale::Kr, true), sv.scale(Scale::Gwh, false)), ("krona".into(), "GWh".into()));
    }
}
