//! Numbers that are made of others: shares, growth, differences, rests, sums, rates, products, ratios.
//!
//! Most numbers of a report follow from others near by, and a word says so. A [`Derived`] number is one with the words around it and the numbers of its own
//! sentence, the two before and the one after. An [`Operation`] says by which words a number is its result (`cue`), and what its result may be (`readings`):
//! every way in which the numbers near by may be meant. A number that any reading gives is right. One that none gives is accused where a reading is
//! certainly meant: that has words (`told`) for the message.
//!
//! A word that leads to an operation is a word more in a list of the language packs. A way of saying it that no list covers is a condition of the operation's
//! `cue`; a new operation is a file and a line in [`OPERATIONS`].

mod added;
mod base;
mod change;
mod complement;
mod count;
#[cfg(test)]
mod elementary;
mod end;
mod follows;
mod interval;
mod measure;
mod nested;
mod pair;
mod premise;
pub mod rate;
mod ratio;
mod rest;
mod scene;
mod share;
mod stock;
mod swapped;
mod total;
mod weighted;
mod within;
mod words;

use crate::diagnostic::{Said, say};
use std::ops::Range;

use super::{Fault, number_text};
use crate::check::Context;
use crate::check::lang::Tag;
use crate::check::number::{Form, Number, Unit};
use crate::check::prose::{Passage, Place};
use crate::value::{Exact, Rounding};
pub use change::{is_said, order};
use interval::Interval;
use premise::kind;
pub use premise::{Amount, Kind, Premise, premises_in};
use scene::Derived;
use words::Words;
pub use words::is_alike;

/// What makes a number of others.
pub struct Operation {
    /// The rule that accuses its results.
    code: &'static str,
    /// Whether words say that the number is its result.
    cue: fn(&Derived<'_>) -> bool,
    /// All that its result may be.
    readings: fn(&Derived<'_>) -> Vec<Reading>,
}

impl Operation {
    fn is_meant(&self, derived: &Derived<'_>) -> bool {
        (self.cue)(derived)
    }
}

/// A result that numbers may be meant to give.
#[derive(Debug)]
pub struct Reading {
    may_be: Interval,
    /// Where it is certainly meant: "84 of 240 is 35 percent".
    told: Option<Said>,
    /// Where the number is right, and the words beside it say the contrary.
    contrary: Option<Said>,
}

impl Reading {
    fn possible(may_be: Interval) -> Self {
        Self { may_be, told: None, contrary: None }
    }

    fn certain(may_be: Interval, words: Said) -> Self {
        Self { may_be, told: Some(words), contrary: None }
    }
}

static OPERATIONS: [&Operation; 12] = [
    &added::ADDED,
    &change::CHANGE,
    &end::END,
    &stock::STOCK,
    &rest::REST,
    &share::SHARE,
    &count::COUNT,
    &rate::RATE,
    &measure::MEASURE,
    &ratio::RATIO,
    &total::PRODUCT,
    &total::SUM,
];

const HELP: Said = say!("correct the wrong one; a figure that is computed in findings/ cannot disagree");

/// All faults of a report, each with the rule that it belongs to.
pub fn faults(context: &Context<'_>) -> Vec<(&'static str, Fault)> {
    let mut out = Vec::new();
    for (at, passage) in context.passages() {
        if matches!(passage.place, Place::Label | Place::Source | Place::Attribution) {
            continue;
        }
        // What is part of words for a share counts nothing.
        let mut taken: Vec<usize> =
            context.approximations(at).iter().flat_map(|words| words.numbers.iter().copied()).collect();
        taken.sort_unstable();
        let judged = numbers(context, at, passage, &taken).into_iter().filter_map(|derived| judge(at, &derived));
        out.extend(judged);
        out.extend(pair::faults(at, passage, &taken));
        out.extend(swapped::faults(at, passage, &taken));
        out.extend(base::faults(at, passage, &taken));
    }
    out
}

/// The numbers of a passage that may be made of others, words for shares and factors among them.
fn numbers<'p>(context: &Context<'_>, at: usize, passage: &'p Passage, taken: &[usize]) -> Vec<Derived<'p>> {
    let words = context.approximations(at);
    let mut out = Vec::new();
    let free = passage.numbers.iter().enumerate().filter(|(place, _)| taken.binary_search(place).is_err());
    for (_, number) in free {
        if let Some(kind) = kind(passage, number, &Words::around(passage, number)) {
            out.extend(Derived::new(passage, number.clone(), kind, taken));
        }
    }
    for words in words {
        let number = synthetic(words.range.clone(), 50_i64.into(), Form::Fraction);
        let derived = Derived::new(passage, number, Kind::Percent, taken);
        out.extend(derived.map(|derived| Derived { bounds: Some(words.bounds), ..derived }));
    }
    for token in passage.tokens.iter().filter(|token| token.number().is_none()) {
        let times = [(Tag::Doubled, 2_i64), (Tag::Halved, 2), (Tag::Tripled, 3), (Tag::Quadrupled, 4)];
        let times = times.into_iter().find(|(tag, _)| token.has(*tag)).map(|(_, times)| Exact::from(times));
        let number = times.map(|times| synthetic(token.range.clone(), times, Form::Factor));
        out.extend(number.and_then(|number| Derived::new(passage, number, Kind::Factor, taken)));
    }
    out
}

/// A number for words that say one: "fördubblades", "en majoritet".
fn synthetic(range: Range<usize>, value: Exact, form: Form) -> Number {
    let end = range.end;
    Number { range, end, value, decimals: 0, form, unit: Unit::None, bound: false, allowed: None }
}

fn judge(at: usize, derived: &Derived<'_>) -> Option<(&'static str, Fault)> {
    // "The simple average of the three ratings is 7.4"
    if derived.takes_up() {
        return None;
    }
    let cues: Vec<&'static Operation> =
        OPERATIONS.iter().copied().filter(|operation| operation.is_meant(derived)).collect();
    let readings: Vec<(&'static str, Reading)> = cues
        .iter()
        .flat_map(|operation| (operation.readings)(derived).into_iter().map(|reading| (operation.code, reading)))
        .collect();
    let readings = nested::reading(derived).map_or(readings, |nested| vec![(share::SHARE.code, nested)]);
    let typed = derived.premises.iter().filter(|premise| !premise.far).any(|premise| !premise.number.bound);
    if derived.number.bound && !typed {
        return None;
    }
    let fault = |message: Said| Fault { passage: at, range: place(derived), message, help: HELP, also: None };
    let mut given = readings.iter().filter(|(_, reading)| derived.is_given_by(reading.may_be)).peekable();
    if given.peek().is_some() {
        let contrary = given.find_map(|(_, reading)| reading.contrary.clone())?;
        return Some(("EVI012", fault(contrary)));
    }
    let told = readings.into_iter().find_map(|(code, reading)| Some((code, reading.told?)));
    let follows = || follows::reading(derived, &cues).and_then(|(code, reading)| Some((code, reading.told?)));
    let within = || within::reading(derived).and_then(|reading| Some((rate::RATE.code, reading.told?)));
    let (code, words) = told.or_else(follows).or_else(within)?;
    let code = if derived.bounds.is_some() && code == share::SHARE.code { "EVI006" } else { code };
    let message = match derived.number.form {
        Form::Factor | Form::Fraction => {
            say!("{words}, not `{slice}`", words, slice = derived.passage.slice(derived.number.range.clone()))
        }
        _ => say!("{words}, not {first}", words, first = number_text(&derived.number)),
    };
    Some((code, fault(message)))
}

/// From the words before the number to its end.
fn place(derived: &Derived<'_>) -> Range<usize> {
    let start = derived.words.lead.first().map_or(derived.number.range.start, |token| token.range.start);
    start..derived.number.range.end
}

/// A value as it is told: with the digits that the printed number has, and one more where that is needed to see a difference.
fn text(derived: &Derived<'_>, value: Exact) -> String {
    let decimals = derived.number.decimals;
    let short = value.to_decimal(decimals, Rounding::default());
    match derived.number.value.to_decimal(decimals, Rounding::default()) == short {
        true => value.to_decimal(decimals + 1, Rounding::default()),
        false => short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::number::Number;
    use crate::locale::Language;

    /// What is said of the numbers of a text: for each accused one the message.
    fn accused(text: &str, language: Language) -> Vec<String> {
        let passage = Passage::of_text(text, language);
        let all = passage.numbers.iter().filter_map(|number: &Number| {
            let kind = kind(&passage, number, &Words::around(&passage, number))?;
            Derived::new(&passage, number.clone(), kind, &[])
        });
        all.filter_map(|derived| judge(0, &derived)).map(|(_, fault)| fault.message.english()).collect()
    }

    #[test]
    fn results_are_held_against_what_they_are_made_of() {
        for (text, message) in [
            (
                "Vid kontrollen stoppades 300 bilar. Vid 93 av dem, motsvarande 47 procent, fanns brister.",
                "93 of 300 is 31 percent, not 47 percent",
            ),
            (
                "Av de 1 200 utskickade formulären kom 780 tillbaka. Bortfallet uppgår alltså till 520.",
                "1200 without 780 leaves 420, not 520",
            ),
            (
                "Vid ingången av 2020 hade klubben 1 320 medlemmar. Under året värvades 140 och 95 gick ur, vilket gav 1 465 medlemmar vid årets slut.",
                "1320 and 140 less 95 make 1365, not 1465",
            ),
            (
                "Staten bidrog med 412 mnkr. Av dem gick 247 mnkr till väg, 98 mnkr till järnväg och resterande 77 mnkr till hamnar.",
                "412000000 without 247000000 and 98000000 leaves 67000000, not 77000000",
            ),
            (
                "Antalet elever var 312 våren 2023 mot 390 ett år tidigare. Ökningen på 20 procent väntades.",
                "312 is less than 390, which the words beside it deny",
            ),
            (
                "Under 2016–2018 beviljades 45 anpassningar. Det ger i genomsnitt 20 anpassningar per år.",
                "45 over 3 years is 15, not 20",
            ),
            (
                "Skolan har 414 elever i årskurs F–6 fördelade på 18 klasser, vilket ger i genomsnitt 25 elever per klass.",
                "414 over 18 is 23, not 25",
            ),
            ("Området är 3,6 hektar (3 600 kvadratmeter).", "3.6 of the one unit is 36000 of the other, not 3600"),
            (
                "I länet fanns 1 850 arbetslösa. Av dem saknade 24 procent, eller 344 personer, utbildning.",
                "24 percent of 1850 is 444, not 344",
            ),
            (
                "Under året kom 10 024 anmälningar, en ökning med 682 (9,3 procent).",
                "a change of 682 to 10024 is 7.3 percent, not 9.3 percent",
            ),
            (
                "Polisen upprättade 96 anmälningar, tre gånger så många som de 24 som kom in året före.",
                "96 is 4.0 times 24, not `tre`",
            ),
            (
                "Målet är 75 procent och resultatet stannade vid 68 procent. Det saknas således 12 procentenheter.",
                "from 75 percent to 68 percent is 7 percentage points, not 12",
            ),
        ] {
            assert_eq!(accused(text, Language::Swedish), [message], "{text}");
        }
        for (text, message) in [
            (
                "The society opened the year with reserves of £3.1m. Income was £4.4m and expenditure £4.1m, leaving reserves of £2.8m.",
                "3100000 and 4400000 less 4100000 make 3400000, not 2800000",
            ),
            (
                "The cost was £840,000 and there were 210,000 visits, so each visit cost £5.00.",
                "840000 over 210000 is 4.00, not 5.00",
            ),
            (
                "There were 860 starts in 2021 and 790 in 2022. The 170 fewer starts were in catering.",
                "860 and 790 differ by 70, not 170",
            ),
            ("We awarded 64 grants totalling £512,000, an average of £9,000.", "512000 over 64 is 8000, not 9000"),
            ("Of the 1,964 schools inspected, 17% (144) had no plan.", "17 percent of 1964 is 334, not 144"),
            ("The helpline took 36,500 calls over the year, about 1,000 a day.", "36500 over 365 is 100, not 1000"),
            ("Sixty-four per cent of the 50 schools, 30, were judged good.", "64 percent of 50 is 32, not 30"),
            ("There were 312 applications from growers; 25% (103) were refused.", "25 percent of 312 is 78, not 103"),
            (
                "Each of the 260 households paid a fee of £45, which brought the cooperative £17,100.",
                "260 times 45 is 11700, not 17100",
            ),
        ] {
            assert_eq!(accused(text, Language::English), [message], "{text}");
        }
    }

    #[test]
    fn results_told_together_are_held_against_theirs() {
        let text = "Av kustbaden hade 52 av 80 hög kvalitet och av insjöbaden 33 av 60, det vill säga 65 respektive 45 procent.";
        let passage = Passage::of_text(text, Language::Swedish);
        let found = pair::faults(0, &passage, &[]);
        let messages: Vec<String> = found.iter().map(|(_, fault)| fault.message.english()).collect();
        assert_eq!(messages, ["33 of 60 is 55 percent, not 45 percent"]);
        let right = Passage::of_text(&text.replace("45 procent", "55 procent"), Language::Swedish);
        assert!(pair::faults(0, &right, &[]).is_empty());
    }

    #[test]
    fn what_any_reading_gives_is_right() {
        for text in [
            "Vid kontrollen stoppades 300 bilar. Vid 93 av dem, motsvarande 31 procent, fanns brister.",
            "Två tredjedelar av de 54 anmälningarna gällde bemötande. 12 stycken ledde till åtgärd. Av övriga 18 gällde 11 väntan.",
            "Räntan steg från 2 till 4 procent och tillväxten blev 1,3 procent.",
            "Periodens resultat blev 14,2 (-3,5) miljoner kronor, en förbättring med 17,7 miljoner kronor.",
            "Antalet anmälningar blev 9 994, en ökning med 682 (7,3 procent).",
            "Omdömena varierade: 58 procent (90) var nöjda, 14 procent (22) varken eller och 28 procent (43) missnöjda.",
            "Det kom 31 200 samtal under året, i genomsnitt 120 om dagen.",
            "Det kom 730 samtal under året, i genomsnitt två om dagen.",
            "Tillsynen omfattade 200 avlopp. På 120 av dem, 60 procent, fanns brister, och en fjärdedel av dem (30 stycken) stängdes.",
            "Kostnaderna steg från 40 till 46 miljoner. Klagomålen minskade med 4 procent.",
        ] {
            assert_eq!(accused(text, Language::Swedish), Vec::<String>::new(), "{text}");
        }
    }
}
