//! What the label of a row says of time: a year, a half-year, a quarter or a month, as statistics write them.

/// Whether periods are years or parts of years, by how many there are in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    Year = 1,
    Half = 2,
    Quarter = 4,
    Month = 12,
}

/// A period, counted from the year nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub length: Length,
    pub number: i64,
}

impl Period {
    /// Its month, counted from January of the year nought: of several the first.
    #[must_use]
    pub fn first_month(self) -> i64 {
        self.number * (12 / self.length as i64)
    }

    /// Which part of its year it is, from 1 on.
    #[must_use]
    pub fn part(self) -> i64 {
        self.number.rem_euclid(self.length as i64) + 1
    }

    /// The same period of the year before.
    #[must_use]
    pub fn year_before(self) -> i64 {
        self.number - self.length as i64
    }

    /// Reads "2024", "2023/24", "2024-03", "2024M03", "mars 2024", "2024K1", "kvartal 1 2024", "Q1 2024", "HT 2024", "2024 H1"; none where it is another text.
    #[must_use]
    pub fn read(label: &str) -> Option<Self> {
        let text = label.trim().to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            [one] => alone(one),
            [year, part] | [part, year] if is_year(year) && !is_year(part) => part_of(number(year)?, part, None),
            [year, name, part] | [name, part, year] if is_year(year) => part_of(number(year)?, name, Some(part)),
            _ => None,
        }
    }

    fn within(year: i64, length: Length, part: i64) -> Option<Self> {
        let parts = length as i64;
        (1..=parts).contains(&part).then(|| Self { length, number: year * parts + part - 1 })
    }
}

/// Months as data have them, in the languages that reports are written in: Swedish, English, Norwegian.
const MONTHS: [&[&str]; 12] = [
    &["januari", "january", "januar"],
    &["februari", "february", "februar"],
    &["mars", "march"],
    &["april"],
    &["maj", "may", "mai"],
    &["juni", "june"],
    &["juli", "july"],
    &["augusti", "august"],
    &["september"],
    &["oktober", "october"],
    &["november"],
    &["december", "desember"],
];

/// "2024", "2023/24", "2024-03", "2024m03", "2024k1", "ht24", "q1-2024"
fn alone(text: &str) -> Option<Period> {
    if is_year(text) {
        return Period::within(number(text)?, Length::Year, 1);
    }
    if let Some((first, second)) = text.split_once(['/', '–'])
        && is_year(first)
    {
        let year = number(first)?;
        let next = match second.len() {
            2 => (year + 1) % 100,
            _ => year + 1,
        };
        return (matches!(second.len(), 2 | 4) && number(second) == Some(next))
            .then(|| Period::within(year, Length::Year, 1))?;
    }
    let year_first = text.get(..4).filter(|year| is_year(year)).and_then(|year| Some((number(year)?, text.get(4..)?)));
    let year_last = || {
        let at = text.len().checked_sub(4)?;
        text.get(at..).filter(|year| is_year(year)).and_then(|year| Some((number(year)?, text.get(..at)?)))
    };
    let two_digits = || {
        let term = text.strip_prefix("ht").or_else(|| text.strip_prefix("vt"))?;
        (term.len() == 2).then(|| Some((2000 + number(term)?, text.get(..2)?)))?
    };
    let (year, part) = year_first.or_else(year_last).or_else(two_digits)?;
    let part = part.trim_matches(['-', ':', '.']);
    // 2024-03; a day (2024-03-15) is no period.
    match (part.len() == 2).then(|| number(part)).flatten() {
        Some(month) => Period::within(year, Length::Month, month),
        None => part_of(year, part, None),
    }
}

/// A part of a year: "mars", "m03", "k1", "kv 1", "ht".
fn part_of(year: i64, name: &str, part: Option<&str>) -> Option<Period> {
    let name = name.trim_end_matches('.');
    let (name, part) = match part {
        Some(part) => (name, Some(number(part)?)),
        None => {
            let digits = name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len());
            let (word, rest) = name.split_at(digits);
            (word.trim_end_matches('.'), (!rest.is_empty()).then(|| number(rest)).map_or(Some(None), |n| n.map(Some))?)
        }
    };
    let length = match (name, part) {
        ("k" | "kv" | "q" | "kvartal" | "quarter", Some(_)) => Length::Quarter,
        ("m" | "mån" | "månad" | "month" | "måned", Some(_)) => Length::Month,
        ("h" | "halvår" | "half", Some(_)) => Length::Half,
        ("vt" | "vår" | "vårtermin" | "vårterminen", None) => return Period::within(year, Length::Half, 1),
        ("ht" | "höst" | "hösttermin" | "höstterminen", None) => return Period::within(year, Length::Half, 2),
        (_, None) => {
            return Period::within(year, Length::Month, i64::from(named_month(name)?));
        }
        _ => return None,
    };
    Period::within(year, length, part?)
}

/// Reads a month alone: "3", "03", "mars", "Mar.", "M03".
#[must_use]
pub fn month(text: &str) -> Option<u8> {
    let text = text.trim().to_lowercase();
    let text = text.trim_end_matches('.');
    let digits = text.strip_prefix('m').filter(|rest| number(rest).is_some()).unwrap_or(text);
    match number(digits) {
        Some(month) => u8::try_from(month).ok().filter(|month| (1..=12).contains(month)),
        None => named_month(text),
    }
}

fn named_month(word: &str) -> Option<u8> {
    let month = MONTHS.iter().position(|names| names.iter().any(|known| is_month(word, known)))?;
    u8::try_from(month + 1).ok()
}

/// The month's name, or its first three or four letters.
fn is_month(word: &str, month: &str) -> bool {
    word == month || matches!(word.chars().count(), 3 | 4) && month.starts_with(word)
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && number(text).is_some_and(|year| (1000..3000).contains(&year))
}

fn number(text: &str) -> Option<i64> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_statistics_write_them() {
        let month =
            |text: &str| Period::read(text).filter(|period| period.length == Length::Month).map(|period| period.number);
        let march = Some(2024 * 12 + 2);
        for text in [
            "2024-03",
            "2024M03",
            "2024 m3",
            "mars 2024",
            "2024 mars",
            "Mar 2024",
            "March 2024",
            "mar. 2024",
            "mars 2024 ",
            "202403",
            "2024 månad 3",
        ] {
            assert_eq!(month(text), march, "{text}");
        }
        let quarter = |text: &str| {
            Period::read(text).filter(|period| period.length == Length::Quarter).map(|period| period.number)
        };
        for text in ["2024K1", "2024Q1", "2024 kv 1", "kv 1 2024", "kvartal 1 2024", "Q1 2024", "2024-K1", "kv. 1 2024"]
        {
            assert_eq!(quarter(text), Some(2024 * 4), "{text}");
        }
        for text in ["HT 2023", "ht23", "2023 H2", "2023 halvår 2", "hösttermin 2023"] {
            assert_eq!(Period::read(text), Some(Period { length: Length::Half, number: 2023 * 2 + 1 }), "{text}");
        }
        for text in ["2023", "2023/24", "2023/2024", "2023–24"] {
            assert_eq!(Period::read(text), Some(Period { length: Length::Year, number: 2023 }), "{text}");
        }
        for text in [
            "Norr",
            "2024-13",
            "2024K5",
            "65",
            "12345",
            "2024-03-15",
            "2023/25",
            "mars",
            "kv 1",
            "Summa 2024",
            "",
            "20240",
            "må 2024",
        ] {
            assert_eq!(Period::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_before_is_the_same_part_of_it() {
        let at = |text: &str| Period::read(text).expect(text);
        assert_eq!([at("2024K3").first_month(), at("HT 2024").first_month()], [2024 * 12 + 6; 2]);
        assert_eq!([at("2024K3").part(), at("2024-12").part(), at("2024").part()], [3, 12, 1]);
        assert_eq!(at("2024-03").year_before(), at("2023-03").number);
        assert_eq!(at("2024K1").year_before(), at("2023K1").number);
        assert_eq!(at("2024-01").number - 1, at("2023-12").number);
    }

    #[test]
    fn a_month_alone_is_a_number_or_a_name() {
        for text in ["3", "03", "mars", "Mar.", "M03", " March "] {
            assert_eq!(month(text), Some(3), "{text}");
        }
        for text in ["13", "0", "m", "Summa", "", "2024"] {
            assert_eq!(month(text), None, "{text}");
        }
    }
}
