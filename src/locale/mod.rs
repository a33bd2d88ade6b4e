//! What depends on the report's language: numbers, number words, dates, lists, sort order and the program's own words.
//!
//! Formats are CLDR's, through ICU4X; the words are in `templates/locales/`.

mod following;
mod groups;
mod labels;
mod language;
mod size;
mod words;

pub use groups::{GroupNames, GroupWords, KnownGroup};
pub use language::Language;
pub use size::size;
pub use words::Gender;

use crate::diagnostic::{Said, say};
use crate::value::{Exact, PartialDate, Rounding};
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_datetime::input::Date;
use icu_datetime::{DateTimeFormatter, fieldsets};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many decimals are enough for any share that can be counted.
const MOST_DECIMALS: u8 = 30;

/// Signs of money, which some languages write before the number.
const CURRENCIES: &[char] = &['£', '$', '€'];

/// Keeps a number and what belongs to it on one line.
const NO_BREAK_SPACE: char = '\u{a0}';

/// Formatters and labels of one language. Can be shared between threads.
#[derive(Debug, Clone)]
pub struct Locale {
    language: Language,
    rounding: Rounding,
    labels: BTreeMap<String, String>,
    groups: GroupNames,
    decimal: DecimalFormatter,
    list: Arc<ListFormatter>,
    collator: Arc<CollatorBorrowed<'static>>,
    day: DateTimeFormatter<fieldsets::YMD>,
    month: DateTimeFormatter<fieldsets::YM>,
}

impl Locale {
    /// A locale whose numbers are rounded as `rounding` says and whose built-in labels are replaced by those in
    /// `labels_json` (a whole file of labels, or `{}`).
    ///
    /// # Errors
    /// As [`Locale::override_labels`].
    pub fn new(language: Language, rounding: Rounding, labels_json: &str) -> Result<Self, Said> {
        let no_data =
            |error: &dyn std::fmt::Display| say!("no locale data for `{tag}`: {error}", tag = language.tag(), error);
        let cldr = language.with_region().parse::<icu_locale_core::Locale>().map_err(|e| no_data(&e))?;
        let mut sorting = CollatorPreferences::from(&cldr);
        // "7–9 år" before "10–12 år".
        sorting.numeric_ordering = Some(CollationNumericOrdering::True);
        let mut locale = Self {
            language,
            rounding,
            labels: labels::read(language.labels())?,
            groups: GroupNames::default(),
            decimal: DecimalFormatter::try_new((&cldr).into(), DecimalFormatterOptions::default())
                .map_err(|e| no_data(&e))?,
            list: ListFormatter::try_new_and((&cldr).into(), ListFormatterOptions::default())
                .map_err(|e| no_data(&e))?
                .into(),
            collator: Collator::try_new(sorting, CollatorOptions::default()).map_err(|e| no_data(&e))?.into(),
            day: DateTimeFormatter::try_new((&cldr).into(), fieldsets::YMD::long()).map_err(|e| no_data(&e))?,
            month: DateTimeFormatter::try_new((&cldr).into(), fieldsets::YM::long()).map_err(|e| no_data(&e))?,
        };
        locale.override_labels(labels_json)?;
        Ok(locale)
    }

    /// Replaces single labels by those in `json`, a mapping of keys to texts.
    ///
    /// # Errors
    /// A sentence that tells what is wrong, when `json` is not such a mapping, or a key or `{placeholder}` is not known;
    /// no label is replaced then.
    pub fn override_labels(&mut self, json: &str) -> Result<(), Said> {
        labels::replace(&mut self.labels, json)
    }

    /// The locale with a report's own words in the place of labels; those with a fault ([`Locale::label_fault`]) are left out.
    #[must_use]
    pub fn with_labels<'a>(&self, own: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut out = self.clone();
        let own = own.filter(|(key, text)| self.label_fault(key, text).is_none());
        out.labels.extend(own.map(|(key, text)| (key.to_owned(), text.to_owned())));
        out
    }

    /// What keeps words from standing in the place of the label with this key.
    #[must_use]
    pub fn label_fault(&self, key: &str, text: &str) -> Option<Said> {
        labels::fault(&self.labels, key, text)
    }

    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    #[must_use]
    pub fn rounding(&self) -> Rounding {
        self.rounding
    }

    /// All labels by their keys, for the templates.
    #[must_use]
    pub fn labels(&self) -> &BTreeMap<String, String> {
        &self.labels
    }

    /// The label with this key; the key itself where there is none.
    #[must_use]
    pub fn label<'a>(&'a self, key: &'a str) -> &'a str {
        self.labels.get(key).map_or(key, String::as_str)
    }

    /// The label with values in the place of its `{placeholders}`.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        labels::fill(self.label(key), values)
    }

    /// A number with so many decimals: "4 142" (with a no-break space), "−12,50"; "4,142", "−12.50".
    #[must_use]
    pub fn number(&self, value: &Exact, decimals: u8) -> String {
        self.localised(value.to_decimal(decimals, self.rounding), 0)
    }

    /// A change with its sign: "+12", "−3"; nought has none. One that is not nought is not printed as none.
    #[must_use]
    pub fn signed(&self, value: &Exact, decimals: u8) -> String {
        self.with_plus(self.change(value, decimals), value)
    }

    /// As [`Locale::signed`], without the plus sign.
    #[must_use]
    pub fn change(&self, value: &Exact, decimals: u8) -> String {
        let nought = |shown: &u8| {
            let written = value.to_decimal(*shown, self.rounding);
            written.bytes().all(|byte| matches!(byte, b'0' | b'.' | b'-'))
        };
        let shown = (decimals..=MOST_DECIMALS.max(decimals)).find(|shown| *value == Exact::ZERO || !nought(shown));
        self.number(value, shown.unwrap_or(decimals))
    }

    /// A change as it was written, with its sign: "+15 procent".
    #[must_use]
    pub fn with_plus(&self, text: String, value: &Exact) -> String {
        let nought = !text.chars().any(|c| c.is_ascii_digit() && c != '0');
        if nought || *value <= Exact::ZERO { text } else { format!("+{text}") }
    }

    /// A whole number: "4 142".
    #[must_use]
    pub fn integer(&self, value: i64) -> String {
        self.written(&Decimal::from(value))
    }

    /// A ratio in percent, without sign or word: "63" of 25/40. What is not none and not all gets as many decimals as it takes not to be
    /// printed as 0 or 100: "0,1" of 1/1000, "99,9" of 999/1000.
    #[must_use]
    pub fn percent_digits(&self, ratio: &Exact, decimals: u8) -> String {
        let shown = (decimals..=MOST_DECIMALS.max(decimals)).find(|shown| self.is_told_apart(ratio, *shown));
        // The point is moved after rounding, so that no multiplication can overflow.
        self.localised(ratio.to_decimal(shown.unwrap_or(decimals).saturating_add(2), self.rounding), 2)
    }

    /// Whether a ratio that is not none and not all is printed so with so many decimals of its percentage.
    fn is_told_apart(&self, ratio: &Exact, decimals: u8) -> bool {
        let all = Exact::from(1_i64);
        if *ratio == Exact::ZERO || ratio.magnitude() >= all {
            return true;
        }
        let rounded = ratio.magnitude().to_decimal(decimals.saturating_add(2), self.rounding);
        let nought = rounded.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        !nought && rounded.starts_with('0')
    }

    /// For running text: "63 procent", "63 per cent". The digits keep their word on the same line.
    #[must_use]
    pub fn percent(&self, ratio: &Exact, decimals: u8) -> String {
        format!("{}{NO_BREAK_SPACE}{}", self.percent_digits(ratio, decimals), self.label("percent_unit"))
    }

    /// For tables and charts: "63 %", "63%".
    #[must_use]
    pub fn percent_sign(&self, ratio: &Exact, decimals: u8) -> String {
        format!("{}{}", self.percent_digits(ratio, decimals), self.language.percent_sign())
    }

    /// A number and its unit: "12,5 miljoner kronor", "£12.5m". The unit keeps its number on the line.
    #[must_use]
    pub fn with_unit(&self, number: &str, unit: &str) -> String {
        match unit.strip_prefix(CURRENCIES).filter(|_| self.language.currency_first()) {
            Some(scale) => {
                let sign = &unit[..unit.len() - scale.len()];
                let (minus, size) = match number.strip_prefix(['-', '+', '\u{2212}']) {
                    Some(size) => (&number[..number.len() - size.len()], size),
                    None => ("", number),
                };
                let gap = if scale.starts_with(' ') { "\u{a0}" } else { "" };
                format!("{minus}{sign}{size}{gap}{}", scale.trim_start())
            }
            None => format!("{number}{NO_BREAK_SPACE}{unit}"),
        }
    }

    /// A number with the one minus sign, which English data has a hyphen for.
    fn written(&self, value: &Decimal) -> String {
        self.decimal.format(value).to_string().replace('-', "−")
    }

    /// Writes ASCII decimal text, its point moved to the right, as the language does.
    fn localised(&self, decimal: String, shift: i16) -> String {
        match decimal.parse::<Decimal>() {
            Ok(mut value) => {
                value.multiply_pow10(shift);
                value.absolute.trim_start();
                self.written(&value)
            }
            Err(_) => decimal,
        }
    }

    /// A number in words, from -999,999,999 to 999,999,999: "tjugoett", "minus tre", "twenty-one". `gender` is that of what is
    /// counted and matters in Swedish only.
    #[must_use]
    pub fn words(&self, n: i64, gender: Gender) -> Option<String> {
        let (negative, size) = words::split(n)?;
        let words = (self.language.number_words())(size, gender);
        Some(if negative { format!("minus {words}") } else { words })
    }

    /// A date as precise as it is known: "15 juni 2021", "juni 2021", "2021".
    #[must_use]
    pub fn date(&self, date: &PartialDate) -> String {
        let Some(month) = date.month else { return date.iso() };
        match (Date::try_new_iso(date.year, month, date.day.unwrap_or(1)), date.day) {
            (Ok(day), Some(_)) => self.day.format(&day).to_string(),
            (Ok(day), None) => self.month.format(&day).to_string(),
            (Err(_), _) => date.iso(),
        }
    }

    /// "a, b och c"; "a, b and c".
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        self.list.format(items.iter()).to_string()
    }

    /// The text within the language's quotation marks.
    #[must_use]
    pub fn quoted(&self, text: &str) -> String {
        let [open, close] = self.language.quotes();
        format!("{open}{text}{close}")
    }

    /// The language's alphabetical order (å, ä and ö last in Swedish), with numbers inside by their value. Only equal texts are
    /// equal.
    #[must_use]
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b).then_with(|| a.cmp(b))
    }

    /// The text with its first letter large.
    #[must_use]
    pub fn capitalise(&self, text: &str) -> String {
        let mut chars = text.chars();
        chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
    }

    /// The text with its first letter small, unless it begins with a word of several capitals: LSS, SoL.
    #[must_use]
    pub fn lower_first(&self, text: &str) -> String {
        let mut chars = text.chars();
        let first_word = text.split_whitespace().next().unwrap_or_default();
        if first_word.chars().skip(1).any(char::is_uppercase) {
            return text.to_owned();
        }
        chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(language: Language) -> Locale {
        Locale::new(language, Rounding::default(), language.labels()).expect("a locale")
    }

    fn both() -> (Locale, Locale) {
        (locale(Language::Swedish), locale(Language::English))
    }

    fn exact(text: &str) -> Exact {
        Exact::parse(text).expect(text).0
    }

    fn share(numer: i64, denom: i64) -> Exact {
        Exact::ratio(Exact::from(numer), Exact::from(denom)).expect("a ratio")
    }

    #[test]
    fn a_locale_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Locale>();
    }

    #[test]
    fn languages_are_known_by_their_tags() {
        assert!(Language::WORDS.iter().all(|(tag, language)| Language::find(tag) == Some(*language)));
        assert_eq!(Language::find("de"), None);
        assert_eq!((Language::Swedish.with_region(), Language::English.region()), ("sv-SE".to_owned(), "GB"));
    }

    #[test]
    fn numbers_are_written_as_the_language_does() {
        let (sv, en) = both();
        assert_eq!(sv.integer(4142), "4\u{a0}142");
        assert_eq!(sv.integer(-1_234_567), "\u{2212}1\u{a0}234\u{a0}567");
        assert_eq!(en.integer(-4142), "−4,142");
        assert_eq!(sv.number(&exact("1234.5"), 2), "1\u{a0}234,50");
        assert_eq!(en.number(&exact("1234.5"), 2), "1,234.50");
        assert_eq!(sv.number(&exact("0.25"), 1), "0,3");
        assert_eq!(sv.number(&exact("-0.2"), 0), "0");
        assert_eq!(sv.number(&exact("123456789012345678901234567890"), 0).matches('\u{a0}').count(), 9);
        assert_eq!(sv.integer(i64::MIN), "\u{2212}9\u{a0}223\u{a0}372\u{a0}036\u{a0}854\u{a0}775\u{a0}808");
    }

    #[test]
    fn english_money_begins_with_its_sign() {
        let (sv, en) = both();
        let written = ["m", "", " million"].map(|scale| en.with_unit("-2.3", &format!("£{scale}")));
        assert_eq!(written, ["-£2.3m", "-£2.3", "-£2.3\u{a0}million"]);
        assert_eq!((en.with_unit("+7", "€k"), en.with_unit("7", "km")), ("+€7k".to_owned(), "7\u{a0}km".to_owned()));
        assert_eq!(sv.with_unit("7", "€"), "7\u{a0}€");
    }

    #[test]
    fn percent_is_rounded_once_and_kept_on_its_line() {
        let (sv, en) = both();
        assert_eq!(sv.percent(&share(25, 40), 0), "63\u{a0}procent");
        assert_eq!(sv.percent(&share(25, 40), 1), "62,5\u{a0}procent");
        assert_eq!(en.percent(&share(25, 40), 0), "63\u{a0}per cent");
        assert_eq!(sv.percent_sign(&share(25, 40), 0), "63\u{a0}%");
        assert_eq!(en.percent_sign(&share(25, 40), 0), "63%");
        assert_eq!(sv.percent_digits(&share(0, 40), 1), "0,0");
        assert_eq!(sv.percent_digits(&share(40, 40), 0), "100");
        assert_eq!(sv.percent_digits(&share(0, 1000), 0), "0");
        assert_eq!(sv.percent_digits(&share(1000, 1000), 0), "100");
        assert_eq!(sv.percent_digits(&share(-1, 8), 1), "\u{2212}12,5");
        assert_eq!(sv.percent_digits(&share(i64::MAX, 1), 0).replace('\u{a0}', ""), "922337203685477580700");
        let even = Locale::new(Language::Swedish, Rounding::HalfEven, "{}").expect("a locale");
        assert_eq!(even.percent_digits(&share(25, 40), 0), "62");
        assert_eq!(even.number(&exact("2.5"), 0), "2");
    }

    #[test]
    fn few_are_not_none_and_most_are_not_all() {
        let (sv, en) = both();
        let digits = |part: i64, whole: i64, decimals: u8| en.percent_digits(&share(part, whole), decimals);
        assert_eq!(digits(1, 1000, 0), "0.1");
        assert_eq!(digits(999, 1000, 0), "99.9");
        assert_eq!(digits(9996, 10000, 0), "99.96");
        assert_eq!(digits(9996, 10000, 1), "99.96");
        assert_eq!(digits(1, 30_000, 1), "0.003", "a third of a hundredth");
        assert_eq!(digits(1, 200, 0), "1", "a half is rounded up");
        assert_eq!(digits(199, 200, 0), "99.5");
        assert_eq!(digits(989, 1000, 0), "99");
        assert_eq!(digits(-1, 500, 0), "−0.2", "a change");
        assert_eq!(digits(-999, 1000, 0), "−99.9");
        assert_eq!(digits(2002, 1000, 0), "200");
        assert_eq!(digits(1002, 1000, 0), "100", "more than all is no share");
        assert_eq!(sv.percent(&share(1, 1000), 0), "0,1\u{a0}procent");
        assert_eq!(sv.percent_sign(&share(999, 1000), 0), "99,9\u{a0}%");
        assert_eq!(sv.with_plus(sv.percent(&share(-1, 1000), 0), &share(-1, 1000)), "−0,1\u{a0}procent");
        assert_eq!(sv.with_plus(sv.percent(&share(1, 1000), 0), &share(1, 1000)), "+0,1\u{a0}procent");
        let even = Locale::new(Language::Swedish, Rounding::HalfEven, "{}").expect("a locale");
        assert_eq!(even.percent_digits(&share(1, 200), 0), "0,5", "rounded to even it would be none");
        assert_eq!(sv.signed(&exact("0.04"), 0), "+0,04", "something has changed");
        assert_eq!((sv.signed(&exact("-0.4"), 1), sv.signed(&exact("0"), 1)), ("−0,4".to_owned(), "0,0".to_owned()));
    }

    #[test]
    fn numbers_in_words_carry_their_sign() {
        let (sv, en) = both();
        assert_eq!(sv.words(21, Gender::Common).as_deref(), Some("tjugoen"));
        assert_eq!(sv.words(21, Gender::Neuter).as_deref(), Some("tjugoett"));
        assert_eq!(sv.words(-3, Gender::Neuter).as_deref(), Some("minus tre"));
        assert_eq!(en.words(-102, Gender::Common).as_deref(), Some("minus one hundred and two"));
        assert_eq!(en.words(1_000_000_000, Gender::Neuter), None);
    }

    #[test]
    fn dates_are_written_as_precisely_as_they_are_known() {
        let (sv, en) = both();
        let date = |locale: &Locale, text| locale.date(&PartialDate::parse(text).expect(text));
        assert_eq!(date(&sv, "2021-06-15"), "15 juni 2021");
        assert_eq!(date(&sv, "2021-06-01"), "1 juni 2021");
        assert_eq!(date(&sv, "2021-06"), "juni 2021");
        assert_eq!(date(&sv, "2021"), "2021");
        assert_eq!(date(&en, "2021-06-15"), "15 June 2021");
        assert_eq!(date(&en, "2021-06"), "June 2021");
        assert_eq!(date(&sv, "1021-02-03"), "3 februari 1021");
    }

    #[test]
    fn lists_have_no_comma_before_the_last() {
        let (sv, en) = both();
        let items = ["a", "b", "c"].map(String::from);
        assert_eq!(sv.list(&items), "a, b och c");
        assert_eq!(en.list(&items), "a, b and c");
        assert_eq!(sv.list(&items[..2]), "a och b");
        assert_eq!(sv.list(&items[..1]), "a");
        assert_eq!(sv.list(&[]), "");
    }

    #[test]
    fn sorting_follows_the_alphabet_of_the_language() {
        let (sv, en) = both();
        let sorted = |locale: &Locale, words: &[&'static str]| {
            let mut words = words.to_vec();
            words.sort_by(|a, b| locale.compare(a, b));
            words
        };
        let names = ["Östermalm", "Ängby", "Årsta", "Zinkensdamm", "alvik", "Enskede", "Älvsjö"];
        assert_eq!(sorted(&sv, &names), ["alvik", "Enskede", "Zinkensdamm", "Årsta", "Älvsjö", "Ängby", "Östermalm"]);
        assert_eq!(sorted(&en, &names), ["alvik", "Älvsjö", "Ängby", "Årsta", "Enskede", "Östermalm", "Zinkensdamm"]);
        assert_eq!(sorted(&sv, &["10–12 år", "7–9 år"]), ["7–9 år", "10–12 år"]);
        assert_eq!(sv.compare("a", "a"), Ordering::Equal);
        assert_ne!(sv.compare("e\u{301}", "é"), Ordering::Equal, "only equal texts are equal");
    }

    #[test]
    fn the_first_letter_changes_and_nothing_else() {
        let sv = locale(Language::Swedish);
        assert_eq!(sv.capitalise("ärenden med SIP"), "Ärenden med SIP");
        assert_eq!(sv.lower_first("Åtgärder i Farsta"), "åtgärder i Farsta");
        assert_eq!(sv.lower_first("Alfas IPS-program"), "alfas IPS-program");
        assert_eq!(["LSS", "SoL", "IPS-program"].map(|text| sv.lower_first(text)), ["LSS", "SoL", "IPS-program"]);
        assert_eq!(sv.capitalise("63 procent"), "63 procent");
        assert_eq!((sv.capitalise(""), sv.lower_first("")), (String::new(), String::new()));
    }

    #[test]
    fn labels_are_found_filled_and_replaced() {
        let (mut sv, en) = both();
        assert_eq!(sv.label("contents"), "Innehåll");
        assert_eq!(en.label("contents"), "Contents");
        assert_eq!(sv.label("no_such_label"), "no_such_label");
        assert_eq!(sv.fill("share_full", &[("part", "25"), ("base", "40"), ("percent", "63 %")]), "25 av 40 (63 %)");
        sv.override_labels(r#"{"chart": "Figur", "chart_reference": "figur {number}"}"#).expect("known keys");
        assert_eq!(sv.fill("chart_reference", &[("number", "2")]), "figur 2");
        assert_eq!(sv.labels()["chart"], "Figur");
        assert!(Locale::new(Language::English, Rounding::default(), r#"{"chrt": "Figure"}"#).is_err());
    }
}
