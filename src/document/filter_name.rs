//! The register of filters, which follow a figure's name behind a bar: `{{ sip.any | percent }}`. Resolving, messages, `belagg explain FIG009` and the
//! table in docs/format.md go by it. A new one is a row, and an arm where it is resolved.

use crate::register::register;

/// How a filter is written whose words follow from a comparison.
const COMPARED: &str = "the id of the figure that it is compared with, or nothing where the figure is a change; then `en` or `ett` for the word that follows it";

register! {
    /// A filter of a binding.
    FilterName {
        /// As it is written in a binding, in full.
        name,
        /// How it is written with what may follow it; none where nothing may.
        arguments: Option<&'static str>,
        /// What is printed goes by the figure's base too: who changes the base changes these words.
        by_base: bool,
        /// A binding with it.
        example: &'static str,
        /// What that prints.
        prints: &'static str,
    }
    Percent = "percent", Some("`percent`, `percent 1` for one decimal, `percent sign` or `percent 1 sign`"), true,
        "sip.any | percent", "63 procent; `percent 1`: 62,5 procent (up to 6 decimals); `percent 1 sign`: 62,5 %";
    Share = "share", Some("`share`, or `share words`"), true,
        "sip.any | share", "25 av 40; `share words`: tjugofem av fyrtio";
    Full = "full", Some("`full`, or `full 1` for one decimal"), true,
        "sip.any | full", "25 av 40 (63 procent); `full 1` with one decimal";
    Words = "words", Some("`words`, `words ett` (ett ärende) or `words en` (en person)"), false,
        "sip.any | words", "tjugofem (`words ett`, the default, for \"ett ärende\", `words en` for \"en person\")";
    Total = "total", None, false,
        "sip.any | total", "25: goes back from a group or `column` to all";
    By = "by", Some("`by` and the id of a breakdown: `by sex`"), false,
        "sip.any | by sex", "16 kvinnor och 9 män; so by each breakdown of the workspace";
    Base = "base", None, true,
        "sip.any | base", "40";
    Label = "label", None, false,
        "sip.any | label", "ärenden där SIP finns eller upprättas";
    Name = "name", None, false,
        "visits.most | name", "name of the row or rows that a `max` or `min` was found in";
    Missing = "missing", Some("`missing`, or `missing words`"), false,
        "days.mean | missing", "3: how many values a sum, an average, a median, a `max` or `min` of case rows leaves out (`missing: leave-out`); `missing words`: tre";
    Column = "column", Some("`column` and the column's id"), false,
        "persons.farsta | column persons", "324";
    Number = "number", None, false,
        "sip.any | number", "25, said aloud";
    Absolute = "absolute", None, false,
        "visits.change | absolute", "a change, an amount or a percentage without its sign; then `percent` or `words`";
    MoreOrLess = "more-or-less", Some(COMPARED), false,
        "cases.2024 | more-or-less cases.2023", "fler, färre or lika många; of amounts and percentages mer, mindre or lika mycket";
    HigherOrLower = "higher-or-lower", Some(COMPARED), false,
        "rate.2024 | higher-or-lower rate.2023", "högre, lägre or lika högt (`… en`: lika hög)";
    IncreasedOrDecreased = "increased-or-decreased", Some(COMPARED), false,
        "cases.change | increased-or-decreased", "ökade, minskade or var oförändrat (`… en`: var oförändrad)";
    HasIncreasedOrDecreased = "has-increased-or-decreased", Some(COMPARED), false,
        "cases.change | has-increased-or-decreased", "har ökat, har minskat or är oförändrat (`… en`: är oförändrad)";
    IncreaseOrDecrease = "increase-or-decrease", Some(COMPARED), false,
        "cases.change | increase-or-decrease", "en ökning, en minskning or ingen förändring";
    Than = "than", Some(COMPARED), false,
        "cases.2024 | than cases.2023", "än or, where both are the same, som: for what follows `more-or-less` and `higher-or-lower`";
    Scale = "scale", Some("`scale mnkr`, or `scale mnkr 0` for no decimals"), false,
        "cost | scale mnkr", "2,2 miljoner kronor, of 2 190 tkr; with one decimal unless given";
    Unit = "unit", Some("`unit none`"), false,
        "cost | unit none", "2 190, without its unit; `percent | unit none`: 63";
    Capital = "capital", None, false,
        "sip.any | words | capital", "Tjugofem: first letter large";
}

impl FilterName {
    /// The filter that begins with this word.
    #[must_use]
    pub fn beginning(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(name, _)| name.split(' ').next() == Some(word)).map(|(_, filter)| *filter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_has_every_filter_as_the_register_has_it() {
        let rows = FilterName::WORDS.iter().map(|(name, filter)| {
            assert_eq!(FilterName::beginning(name.split(' ').next().unwrap()), Some(*filter));
            let [example, prints] = [filter.example(), filter.prints()].map(|text| text.replace('|', "\\|"));
            assert!(filter.example().contains(&format!("| {name}")), "{name}");
            format!("| `{{{{ {example} }}}}` | {prints} |\n")
        });
        let rows: String = rows.collect();
        assert!(include_str!("../../docs/format.md").contains(&rows), "docs/format.md is to have:\n{rows}");
        assert_eq!(FilterName::beginning("sex"), None);
    }
}
