//! Numbers in words.

/// Grammatical gender of what is counted: in Swedish "en person" (common) and "ett ärende" (neuter), in Norwegian "én sak" and
/// "ett vedtak". English has none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Gender {
    Common,
    /// Also the form of a number that counts nothing: "tjugoett".
    #[default]
    Neuter,
}

/// Largest number that is written in words, of either sign.
const LARGEST: u32 = 999_999_999;

/// The number's sign, and its size where it can be written in words.
pub(super) fn split(n: i64) -> Option<(bool, u32)> {
    let size = u32::try_from(n.unsigned_abs()).ok().filter(|size| *size <= LARGEST)?;
    Some((n < 0, size))
}

/// Swedish number words as Svenska skrivregler have them: below a million in one word ("sexhundranittiotretusen"), from a
/// million on with "miljon" and "tusen" as words of their own ("två miljoner fyrahundra tusen sju"). "hundra" and "tusen" stand
/// without "ett" at the beginning and with it inside ("hundraett", "tusenetthundra").
pub(super) fn swedish(n: u32, gender: Gender) -> String {
    if n == 0 {
        return "noll".to_owned();
    }
    let (millions, thousands, rest) = (n / 1_000_000, n / 1000 % 1000, n % 1000);
    if millions == 0 {
        let thousands = match thousands {
            0 => String::new(),
            1 => "tusen".to_owned(),
            // Three equal consonants in a row are written as two: tjugoett + tusen.
            _ => format!("{}tusen", swedish_hundreds(thousands, Gender::Neuter, false)).replace("ttt", "tt"),
        };
        let inside = !thousands.is_empty();
        return thousands + &swedish_hundreds(rest, gender, inside);
    }
    let mut words = vec![
        swedish_hundreds(millions, Gender::Common, false),
        if millions == 1 { "miljon" } else { "miljoner" }.to_owned(),
    ];
    if thousands > 0 {
        words.extend([swedish_hundreds(thousands, Gender::Neuter, true), "tusen".to_owned()]);
    }
    if rest > 0 {
        words.push(swedish_hundreds(rest, gender, true));
    }
    words.join(" ")
}

/// 1 to 999, nothing for 0; `inside` where other words stand before, so that 100 is "etthundra".
fn swedish_hundreds(n: u32, gender: Gender, inside: bool) -> String {
    const SMALL: [&str; 20] = [
        "", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton",
        "fjorton", "femton", "sexton", "sjutton", "arton", "nitton",
    ];
    const TENS: [&str; 10] = ["", "", "tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"];
    let small = |n: u32, gender| if n == 1 && gender == Gender::Common { "en" } else { SMALL[n as usize] };
    let (hundreds, rest) = (n / 100, n % 100);
    let hundreds = match hundreds {
        0 => String::new(),
        1 if !inside => "hundra".to_owned(),
        _ => format!("{}hundra", small(hundreds, Gender::Neuter)),
    };
    let rest = match rest {
        0..20 => small(rest, gender).to_owned(),
        _ => format!("{}{}", TENS[rest as usize / 10], small(rest % 10, gender)),
    };
    hundreds + &rest
}

/// The number words of a language that parts them by blanks.
struct Words {
    zero: &'static str,
    /// One as it is counted, and as it stands before "million".
    one: [&'static str; 2],
    /// From two to nineteen.
    small: [&'static str; 18],
    /// From twenty on.
    tens: [&'static str; 8],
    /// Between tens and ones: "twenty-five".
    joint: &'static str,
    and: &'static str,
    hundred: &'static str,
    thousand: &'static str,
    /// One, and more than one.
    million: [&'static str; 2],
}

const ENGLISH: Words = Words {
    zero: "zero",
    one: ["one", "one"],
    small: [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ],
    tens: ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
    joint: "-",
    and: "and",
    hundred: "hundred",
    thousand: "thousand",
    million: ["million", "million"],
};

const NORWEGIAN: Words = Words {
    zero: "null",
    one: ["ett", "én"],
    small: [
        "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv", "tretten", "fjorten",
        "femten", "seksten", "sytten", "atten", "nitten",
    ],
    tens: ["tjue", "tretti", "førti", "femti", "seksti", "sytti", "åtti", "nitti"],
    joint: "",
    and: "og",
    hundred: "hundre",
    thousand: "tusen",
    million: ["million", "millioner"],
};

/// British number words: "and" before the last two digits, hyphens in "twenty-five", no commas.
pub(super) fn english(n: u32, _: Gender) -> String {
    ENGLISH.spaced(n, Gender::Neuter)
}

/// Norwegian number words as Språkrådet has them: in words of their own from a hundred on, "og" before the last two digits.
pub(super) fn norwegian(n: u32, gender: Gender) -> String {
    NORWEGIAN.spaced(n, gender)
}

impl Words {
    fn spaced(&self, n: u32, gender: Gender) -> String {
        if n == 0 {
            return self.zero.to_owned();
        }
        let (millions, thousands, rest) = (n / 1_000_000, n / 1000 % 1000, n % 1000);
        let mut words = Vec::new();
        if millions > 0 {
            let [one, more] = self.million;
            words.push(format!(
                "{} {}",
                self.hundreds(millions, Gender::Common),
                if millions == 1 { one } else { more }
            ));
        }
        if thousands > 0 {
            words.push(format!("{} {}", self.hundreds(thousands, Gender::Neuter), self.thousand));
        }
        if rest > 0 {
            let and = if rest < 100 && !words.is_empty() { format!("{} ", self.and) } else { String::new() };
            words.push(and + &self.hundreds(rest, gender));
        }
        words.join(" ")
    }

    /// 1 to 999.
    fn hundreds(&self, n: u32, gender: Gender) -> String {
        let small = |n: u32, gender| match n {
            1 => self.one[usize::from(gender == Gender::Common)],
            n => self.small[n as usize - 2],
        };
        let (hundreds, rest) = (n / 100, n % 100);
        let rest = match (rest / 10, rest % 10) {
            (0, 0) => String::new(),
            (0 | 1, _) => small(rest, gender).to_owned(),
            (tens, 0) => self.tens[tens as usize - 2].to_owned(),
            (tens, ones) => format!("{}{}{}", self.tens[tens as usize - 2], self.joint, small(ones, gender)),
        };
        match (hundreds, rest.is_empty()) {
            (0, _) => rest,
            (_, true) => format!("{} {}", small(hundreds, Gender::Neuter), self.hundred),
            (_, false) => format!("{} {} {} {rest}", small(hundreds, Gender::Neuter), self.hundred, self.and),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn swedish_words_follow_svenska_skrivregler() {
        for (n, words) in [
            (0, "noll"),
            (1, "ett"),
            (18, "arton"),
            (21, "tjugoett"),
            (34, "trettiofyra"),
            (40, "fyrtio"),
            (100, "hundra"),
            (101, "hundraett"),
            (257, "tvåhundrafemtiosju"),
            (1000, "tusen"),
            (1001, "tusenett"),
            (1100, "tusenetthundra"),
            (4000, "fyratusen"),
            (21_000, "tjugoettusen"),
            (100_000, "hundratusen"),
            (101_101, "hundraettusenetthundraett"),
            (693_000, "sexhundranittiotretusen"),
            (1_000_000, "en miljon"),
            (1_001_100, "en miljon ett tusen etthundra"),
            (1_406_807, "en miljon fyrahundrasex tusen åttahundrasju"),
            (21_000_001, "tjugoen miljoner ett"),
            (587_439_707, "femhundraåttiosju miljoner fyrahundratrettionio tusen sjuhundrasju"),
        ] {
            assert_eq!(swedish(n, Gender::Neuter), words);
        }
    }

    #[test]
    fn one_agrees_with_what_is_counted_and_nothing_else_does() {
        assert_eq!(swedish(1, Gender::Common), "en");
        assert_eq!(swedish(21, Gender::Common), "tjugoen");
        assert_eq!(swedish(101, Gender::Common), "hundraen");
        assert_eq!(swedish(1100, Gender::Common), "tusenetthundra");
        assert_eq!(swedish(21_001, Gender::Common), "tjugoettusenen");
        assert_eq!(swedish(11, Gender::Common), "elva");
    }

    #[test]
    fn english_words_are_british() {
        for (n, words) in [
            (0, "zero"),
            (12, "twelve"),
            (25, "twenty-five"),
            (40, "forty"),
            (100, "one hundred"),
            (102, "one hundred and two"),
            (1002, "one thousand and two"),
            (1102, "one thousand one hundred and two"),
            (2_000_000, "two million"),
            (
                999_999_999,
                "nine hundred and ninety-nine million nine hundred and ninety-nine thousand nine hundred and ninety-nine",
            ),
        ] {
            assert_eq!(english(n, Gender::Common), words);
        }
    }

    #[test]
    fn norwegian_words_follow_sprakradet() {
        for (n, words) in [
            (0, "null"),
            (1, "ett"),
            (7, "sju"),
            (21, "tjueett"),
            (40, "førti"),
            (100, "ett hundre"),
            (257, "to hundre og femtisju"),
            (1002, "ett tusen og to"),
            (4100, "fire tusen ett hundre"),
            (1_000_000, "én million"),
            (21_000_500, "tjueén millioner fem hundre"),
        ] {
            assert_eq!(norwegian(n, Gender::Neuter), words);
        }
        assert_eq!(norwegian(1, Gender::Common), "én");
    }

    #[test]
    fn no_two_numbers_share_their_words() {
        let numbers = || (0..12_000).chain((12_000..=LARGEST).step_by(99_991));
        let (swedish_words, english_words): (BTreeSet<_>, BTreeSet<_>) =
            numbers().map(|n| (swedish(n, Gender::Neuter), english(n, Gender::Neuter))).unzip();
        assert_eq!((swedish_words.len(), english_words.len()), (numbers().count(), numbers().count()));
        assert_eq!(split(-999_999_999), Some((true, LARGEST)));
        assert_eq!(split(1_000_000_000), None);
        assert_eq!(split(i64::MIN), None);
    }
}
