//! Units of one measure that differ by a factor: kronor in thousands and millions, megawatt hours in gigawatt hours.

use crate::register::register;

use super::Exact;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    Number,
    Kronor,
    Energy,
    Weight,
    Length,
}

register! {
    /// A unit that a number can be told in.
    Scale {
        /// As it is written behind `scale`.
        name,
        measures: Measure,
        /// So many powers of ten of the first of its measure.
        power: u32,
        /// How else the unit is written in data.
        others: &'static [&'static str],
        /// Key of the word for the factor in the locale files, where it is told in words: "miljoner kronor".
        word: Option<&'static str>,
    }
    One = "one", Measure::Number, 0, &[], None;
    Thousand = "thousand", Measure::Number, 3, &[], Some("scale_thousand");
    Million = "million", Measure::Number, 6, &[], Some("scale_million");
    Billion = "billion", Measure::Number, 9, &[], Some("scale_billion");
    Kr = "kr", Measure::Kronor, 0, &["kr.", ":-", "krona", "kronor", "kroner", "sek", "nok"], Some("scale_kronor");
    Tkr = "tkr", Measure::Kronor, 3, &["kkr", "tusen kronor", "tusen kroner", "1000 kr", "1 000 kr", "tusen kr", "tsek", "ksek", "thousand kronor", "sek thousand", "sek thousands", "thousand sek", "sek k"], Some("scale_thousand");
    Mnkr = "mnkr", Measure::Kronor, 6, &["mkr", "milj. kr", "mill. kr", "mn kr", "miljoner kronor", "millioner kroner", "msek", "million kronor", "sek million", "sek millions", "million sek", "sek m"], Some("scale_million");
    Mdkr = "mdkr", Measure::Kronor, 9, &["mdr kr", "md kr", "mrd. kr", "miljarder kronor", "milliarder kroner", "gsek", "billion kronor", "sek billion", "sek billions", "billion sek", "sek bn"], Some("scale_billion");
    Kwh = "kWh", Measure::Energy, 0, &[], None;
    Mwh = "MWh", Measure::Energy, 3, &[], None;
    Gwh = "GWh", Measure::Energy, 6, &[], None;
    Twh = "TWh", Measure::Energy, 9, &[], None;
    Kg = "kg", Measure::Weight, 0, &["kilo", "kilogram"], None;
    Ton = "ton", Measure::Weight, 3, &["tonnes", "tonn"], None;
    Metre = "m", Measure::Length, 0, &["meter", "metres"], None;
    Kilometre = "km", Measure::Length, 3, &["kilometer", "kilometres"], None;
}

impl Scale {
    /// The one that a figure's unit is, in capitals or not.
    #[must_use]
    pub fn of_unit(unit: &str) -> Option<Self> {
        let unit = unit.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let known = Self::WORDS.iter().filter(|(_, known)| known.measures() != Measure::Number);
        let mut found =
            known.filter(|(name, known)| name.to_lowercase() == unit || known.others().contains(&unit.as_str()));
        found.next().map(|(_, found)| *found)
    }

    /// A number of this unit in another of the same measure; none where it grows too large.
    #[must_use]
    pub fn convert(self, number: Exact, to: Self) -> Option<Exact> {
        let factor = |power: u32| 10_u64.checked_pow(power).map(Exact::from);
        number.checked_mul(factor(self.power())?)?.checked_div(factor(to.power())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_in_another_unit() {
        let exact = |text: &str| Exact::parse(text).expect(text).0;
        assert_eq!(Scale::Tkr.convert(exact("2190"), Scale::Mnkr), Some(exact("2.19")));
        assert_eq!(Scale::Gwh.convert(exact("1.5"), Scale::Mwh), Some(exact("1500")));
        assert_eq!(Scale::Mdkr.convert(exact(&"9".repeat(30)), Scale::Kr), None, "too large");
    }

    #[test]
    fn units_are_known_as_data_have_them() {
        for (unit, known) in [
            ("tkr", Scale::Tkr),
            ("Mkr", Scale::Mnkr),
            (" 1 000  kr", Scale::Tkr),
            ("GWh", Scale::Gwh),
            ("kronor", Scale::Kr),
        ] {
            assert_eq!(Scale::of_unit(unit), Some(known), "{unit}");
        }
        assert_eq!((Scale::of_unit("dagar"), Scale::of_unit("one"), Scale::of_unit("million")), (None, None, None));
        let mut all: Vec<String> = Vec::new();
        for (name, known) in Scale::WORDS {
            all.extend(known.others().iter().map(|other| (*other).to_owned()).chain([name.to_lowercase()]));
        }
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count, "each word is of one unit");
    }
}
