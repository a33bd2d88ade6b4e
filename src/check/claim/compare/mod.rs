//! Words of direction and comparison, and the numbers beside them: "sjönk från 17 till 14", "fler kvinnor (44) än män (38)", "samma värde som 2020".
//!
//! Most of these say that one number is above or below another: patterns name them `one` and `other`, and `dir` the word that says which. Bound numbers are held
//! to the words as typed ones are, for the words are the author's.

mod counted;
mod course;
mod first;
mod listed;
mod order;
mod plain;
mod rank;
mod reference;
mod standing;
mod target;
mod verdict;

use crate::diagnostic::{Said, say};
use std::ops::Range;

pub use plain::{levels_in, of_one_kind};

use super::level::{Direction, levels, like};
use super::{Fault, matches, number_text};
use crate::check::Context;
use crate::check::lang::Tag;
use crate::check::number::{Number, Unit};
use crate::check::pattern::{Found, Patterns};
use crate::check::prose::{Passage, Place};
use crate::check::tokens::{Kind, Say as _, Token};
use crate::value::Exact;

/// One number went to another, or is more or less than it.
static ORDERED: Patterns = Patterns::new(&[
    // "sjönk från 17 till 14 procent", "ökade, från 40 till 55"
    "dir=<grew|shrank|better|worse> noun{0,9} \",\"? <from> noun{0,4} other=value noun{0,5} \",\"? <to> noun{0,4} one=value",
    // "minskade däremot från 5,9 till 5,4"
    "dir=<grew|shrank> <joint> <from> noun{0,3} other=value noun{0,5} <to> noun{0,3} one=value",
    // "74 procent, vilket är under målet på 80 procent", "47%, above the target of 45%"
    "one=value noun{0,5} [ \",(–-\" <equals>? | <equals> ] noun{0,2} dir=<hedge-more|hedge-less|hedge-above|hedge-below> noun{0,1} <target|average|wider|limit> noun{0,4} other=value",
    // "rose to £4.1 million (2021-22: £3.6 million)"
    "dir=<grew|shrank> noun{0,5} <to> noun{0,3} one=value noun{0,3} \"(\" number [ \"-–/\" number ]? \":\" other=value noun{0,2} \")\"",
    // "ökade till 55 från 40", "rose to 84% compared with 79%"
    "dir=<grew|shrank|better|worse> noun{0,9} <to> noun{0,4} one=value noun{0,6} \",(\"? noun{0,2} <from|compared> noun{0,6} other=value",
    // "rose to 84% (2021: 79%)", "sjönk till 14 procent (föregående år 17)"
    "dir=<grew|shrank|better|worse> noun{0,9} <to> noun{0,4} one=value noun{0,4} \"(\" [ year | noun{0,2} <earlier> ] noun{0,1} \":\"? other=value",
    // "stärktes under året och uppgick till 42,8 procent (44,1 procent föregående år)"
    "dir=<grew|shrank|better|worse> noun{0,4} <joint> noun{0,3} <is> noun{0,2} one=value noun{0,3} \"(\" [ noun{0,1} <earlier> \":\"? ]? other=value noun{0,1} <earlier>? \")\"",
    // "59 people, down slightly from 61", "3,97, vilket är en förbättring från 3,84"
    "one=value noun{0,8} [ \",(–-\" <equals>? | <equals> ] noun{0,4} dir=<grew|shrank|better|worse> noun{0,2} <from> noun{0,6} other=value",
    // "tappade gruppen två mandat och gick från 9 till 11"
    "dir=<grew|shrank> noun{1,4} value noun{0,2} <joint> noun{0,2} <from> other=value noun{0,2} <to> one=value",
    // "Intäkterna, 14,2 mnkr, översteg kostnaderna, som stannade på 15,0 mnkr"
    "one=value noun{0,2} \",\"? <relative>? dir=<exceeded> noun{0,6} [ \",(\" noun{0,4} ]? other=value",
    // "At 71%, the share of pupils is above the national average of 74%"
    "one=value \",\" noun{0,12} <is> noun{0,2} dir=<hedge-more|hedge-less|hedge-above|hedge-below> noun{0,6} other=value",
    // "Årets resultat blev 214 tkr (föregående år 187 tkr), en försämring"
    "one=value noun{0,4} \"(\" [ year | noun{0,2} <earlier> ] noun{0,1} \":\"? other=value noun{0,2} \")\" \",–\" <equals>? noun{0,3} dir=<grew|shrank|better|worse>",
    // "226 people, significantly more than in the previous six months (422)"
    concat!(
        "one=value noun{0,6} [ \",(–-\" <equals>? | <equals> ] noun{0,3} ",
        than!("noun{0,2}"),
        " noun{0,8} [ \",(\" noun{0,4} ]? other=value"
    ),
    concat!(
        "one=value noun{0,6} [ \",(–-\" <equals>? | <equals> ] noun{0,3} ",
        than!("noun{0,2}"),
        " noun{0,4} value <time> noun{0,2} \"(\" other=value"
    ),
    // "fler kvinnor (44) än män (38)", "högre bland kvinnor, 44 procent, än bland män, 38 procent"
    "dir=<more|fewer|better|worse> noun{0,6} \",(\" noun{0,1} one=value noun{0,3} \",)\" noun{0,4} <than> noun{0,7} \",(\" noun{0,2} other=value",
    // "fler kvinnor än män, 44 mot 38", "kortare än i fjol: 34 dagar mot 41"
    concat!(
        than!("noun{0,5}"),
        " noun{0,6} \",:–(\" noun{0,2} one=value noun{0,4} [ <compared> | <joint> | <respectively> ] noun{0,4} other=value"
    ),
    // "Women (58%) were more likely than men (46%) to …"
    concat!(
        "\"(\" one=value noun{0,2} \")\" noun{0,6} ",
        than!("noun{0,3}"),
        " noun{0,7} \"(\" other=value noun{0,2} \")\""
    ),
]);

/// One is as much as another.
static EQUAL: Patterns = Patterns::new(&[
    // "76, vilket är samma värde som uppmättes år 2020, då det var 76", "18 kurser, lika många som i maj (18)"
    "one=value noun{0,5} [ \",(–-\" <equals>? | <equals> ] noun{0,3} dir=<as-many|same> noun{0,9} [ \",(\" noun{0,4} ]? other=value",
    // "As many boys (24) as girls (24)"
    "dir=<as-many|same> noun{0,6} \"(\" one=value noun{0,2} \")\" noun{0,6} \"(\" other=value noun{0,2} \")\"",
    // "broadly unchanged at 503, against 498", "oförändrat, 38 mot 38 året innan"
    "dir=<unchanged|same> noun{0,4} \",:(–\"? noun{0,5} one=value noun{0,5} \",(\"? noun{0,3} <compared> noun{0,5} other=value",
    // "oförändrad mellan åren, 7,1 procent 2022 och 8,3 procent 2023"
    "dir=<unchanged|same> noun{0,4} \",:(–\"? noun{0,4} one=value noun{0,2} year <joint|compared> noun{0,2} other=value noun{0,2} year",
]);

/// All faults of the report.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let read = context
        .passages()
        .filter(|(_, passage)| !matches!(passage.place, Place::Label | Place::Source | Place::Attribution));
    read.flat_map(|(at, passage)| {
        wrongs(passage).into_iter().map(move |(range, message)| {
            let help = say!("correct the word or the number that is wrong");
            Fault { passage: at, range, message, help, also: None }
        })
    })
    .collect()
}

/// The range of a statement and what is wrong with it.
pub type Wrong = (Range<usize>, Said);

/// What words say against the numbers of a passage.
fn wrongs(passage: &Passage) -> Vec<Wrong> {
    let mut out = listed::wrongs(passage);
    if passage.numbers.is_empty() {
        return out;
    }
    out.extend(matches(&ORDERED, passage).filter_map(|(_, found)| ordered(&found)));
    out.extend(matches(&EQUAL, passage).filter_map(|(_, found)| equal(&found)));
    out.extend(order::wrongs(passage));
    out.extend(beside(passage, follows));
    out.extend(beside(passage, course::wrong));
    out.extend(reference::wrongs(passage));
    out.extend(rank::wrongs(passage));
    out.extend(target::wrongs(passage));
    out.extend(plain::wrongs(passage));
    out.extend(first::wrongs(passage));
    out.extend(verdict::wrongs(passage));
    out.extend(standing::wrongs(passage));
    out.extend(counted::wrongs(passage));
    out
}

/// What a judge of two sentences in a row finds.
pub fn beside(passage: &Passage, judge: fn(&Passage, &Range<usize>, &Range<usize>) -> Option<Wrong>) -> Vec<Wrong> {
    passage.sentences.windows(2).filter_map(|two| judge(passage, &two[0], &two[1])).collect()
}

fn ordered(found: &Found<'_>) -> Option<Wrong> {
    let passage = found.passage;
    let (mut one, other, said) = (found.number("one")?, found.number("other")?, Direction::stated(found)?);
    let dir = found.named("dir")?;
    let tokens = found.tokens;
    // "förbättrades från 12 till 9 procent": which way the result of a measure is better, only its definition says.
    let vague =
        tokens[dir.clone()].say(&[Tag::Better, Tag::Worse]) && tokens.say(&[Tag::Result]) && one.unit != Unit::Money;
    // "12 fler kvinnor (38) än män (26)": the word belongs to the number before it.
    let counted = dir.start.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|token| token.number().is_some());
    // "med från 5 till 10 procent" is a range.
    let ends = [found.named("one")?, found.named("other")?];
    let first = ends.iter().map(|end| end.start).min()?;
    let between = tokens.get(dir.end..first.max(dir.end))?;
    let range = between.windows(2).any(|two| two[0].has(Tag::By) && two[1].has(Tag::From));
    // A word of the other direction is nearer: "minskningen följdes av en ökning från 40 till 55".
    let nearer = between.iter().filter_map(|token| Direction::of_word(token, tokens)).any(|other| other != said);
    // "för åldrarna från 20 till 64 år" counts no years; "till 342 år 2022" names one.
    let last = ends.iter().map(|end| end.end).max()?;
    let dated = || tokens.get(last + 1).is_some_and(|token| order::year(passage, token).is_some());
    let ages = tokens.get(last).is_some_and(|token| token.has(Tag::Years)) && !dated();
    // "…, upp från 40 till 55": the pair stands on its own.
    let goes_on = tokens.get(last).is_some_and(|token| token.has(Tag::To) && !token.has(Tag::By))
        && tokens.get(last + 1).is_some_and(|token| token.number().is_some());
    // "more than in the previous six months"
    let timed = |end: &Range<usize>| tokens.get(end.end).is_some_and(|token| token.has(Tag::Time));
    let led = ends[1].start.checked_sub(1).and_then(|at| tokens.get(at));
    let paired = led.is_some_and(|token| token.tags.any(&[Tag::Joint, Tag::Respectively, Tag::Compared, Tag::From]));
    let of_time = timed(&ends[1]) && !timed(&ends[0]) && !paired;
    // "390 000 kronor per invånare, vilket är lägre än i 15 län" compares with no count.
    let than = tokens.get(dir.start..ends[1].start.max(dir.start))?.say(&[Tag::Than, Tag::MoreThan, Tag::FewerThan]);
    let counts = than
        && one.unit != Unit::None
        && other.unit == Unit::None
        && !matches!(led.map(|token| &token.kind), Some(Kind::Sign('(')));
    // "resten, 8 föreningar, har fler än 100" counts what each of them has.
    let each = than
        && one.unit == Unit::None
        && tokens.get(ends[0].end..dir.start).is_some_and(|between| between.say(&[Tag::Having]))
        && tokens.get(dir.end..ends[1].start).is_some_and(|between| between.len() <= 1);
    // "5,5 per 1 000 invånare, vilket är lägre än länets 7,2": the 1 000 are the scale.
    if let Some([rate, per]) = ends[0].start.checked_sub(2).and_then(|at| tokens.get(at..ends[0].start))
        && per.has(Tag::Per)
    {
        one = passage.numbers.get(rate.number()?)?;
    }
    // "Vid sju av 35 mätningar överskreds gränsen", "I tre av brunnarna överskreds": how often, or in how many.
    let around = tokens.get(ends[0].start.saturating_sub(2)..ends[0].end + 1).unwrap_or_default();
    // "Three of the six sites were above the guideline of 50"
    let past = [Tag::Exceeded, Tag::HedgeMore, Tag::HedgeLess, Tag::HedgeAbove, Tag::HedgeBelow];
    let led = ends[0].start.checked_sub(2).and_then(|at| tokens.get(at..ends[0].start));
    let whole = led.is_some_and(|two| two[0].has(Tag::Of) && two[1].has(Tag::Determiner));
    let often = (tokens[dir.start].has(Tag::Exceeded) || whole && tokens[dir.start].tags.any(&past))
        && one.unit == Unit::None
        && (around.say(&[Tag::Of, Tag::OutOf]) || around.first().is_some_and(|first| first.has(Tag::Within)));
    // "rose from minus 2.5 to plus 1.1"
    let below = ends.iter().any(|end| end.start.checked_sub(1).is_some_and(|before| tokens[before].has(Tag::Minus)));
    if vague
        || counts
        || each
        || below
        || often
        || (than && is_part(tokens, passage, other))
        || of_time
        || counted
        || range
        || nearer
        || ages
        || goes_on
    {
        return None;
    }
    // "fler män än kvinnor: 214 kvinnor mot 186 män" names the other first.
    let sex = |range: Range<usize>| {
        let mut sexes = tokens.get(range)?.iter().filter(|token| token.tags.any(&[Tag::Women, Tag::Men]));
        sexes.next().map(|token| token.has(Tag::Women))
    };
    let compared = sex(dir.end..first).zip(sex(ends[0].end..ends[0].end + 1));
    let (one, other) = if compared.is_some_and(|(said, listed)| said != listed) { (other, one) } else { (one, other) };
    let (to, from) = levels(passage, one, other)?;
    let goes = from.towards(to).filter(|goes| *goes != said)?;
    Some((found.bytes(), opposite(one, goes, other)))
}

/// What is said where a number `goes` the other way from another than the words beside them.
fn opposite(first: &Number, goes: Direction, second: &Number) -> Said {
    let which = if goes == Direction::Up { say!("more") } else { say!("less") };
    let (first, second) = (number_text(first), number_text(second));
    say!("{first} is {which} than {second}: the words say the opposite", which, first, second)
}

fn equal(found: &Found<'_>) -> Option<Wrong> {
    let (one, other) = (found.number("one")?, found.number("other")?);
    let at = found.named("dir")?.start;
    let near = found.tokens.get(at.saturating_sub(3)..=at)?;
    // "twice as high (24%) as (12%)", "three times as high"
    let before = near.len().checked_sub(2).and_then(|at| near.get(at));
    let times = before.is_some_and(|token| token.number().is_some() || token.has(Tag::Times));
    if times || near.say(&[Tag::Negation]) {
        return None;
    }
    let (first, second) = levels(found.passage, one, other)?;
    let apart = first.value.checked_sub(second.value)?.magnitude();
    let broadly = near.say(&[Tag::Broadly, Tag::HedgeAbout, Tag::HedgeBelow]);
    let percent = match (broadly, near.last()?.has(Tag::Unchanged)) {
        (true, _) => 10_i64,
        (false, true) => 5,
        (false, false) => 0,
    };
    let width = first.value.max(second.value).checked_mul(Exact::from(percent))?.checked_div(Exact::from(100_i64))?;
    (apart > width).then(|| {
        (
            found.bytes(),
            say!("{first} and {second} are not the same", first = number_text(one), second = number_text(other)),
        )
    })
}

/// A number alone, in the next sentence another, and which way it went: "The figure fell to 33.", "Det är fler än 2018, då 47 ombud kom."
static FOLLOWS: Patterns = Patterns::new(&[
    "^ noun{0,2} <figure|number|share|this|afterwards> noun{0,4} dir=<grew|shrank> noun{0,3} <to> noun{0,2} one=value",
]);

fn follows(passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Wrong> {
    let found = FOLLOWS.iter().find_map(|pattern| pattern.find(passage, second).next())?;
    let said = Direction::stated(&found)?;
    let told = found.number("one").or_else(|| found.number("other"))?;
    let after = found.tokens.get(found.range.end..)?;
    if found.tokens.say(&[Tag::Negation])
        || (found.number("one").is_some() && after.iter().take(6).any(|token| token.has(Tag::From)))
        || found.number("other").is_some_and(|other| is_part(found.tokens, passage, other))
    {
        return None;
    }
    // "42 ombud av 56 möjliga": the whole is not what is taken up.
    let tokens = passage.tokens_in(first);
    let whole = |number: &&Number| {
        let place = tokens.iter().position(|token| token.range.start >= number.range.start);
        place.is_some_and(|place| tokens[place.saturating_sub(3)..place].say(&[Tag::Of]))
    };
    let before: Vec<&Number> = like(passage, first, told).filter(|number| !whole(number)).collect();
    let [known] = before[..] else { return None };
    let (one, other) = if found.number("one").is_some() { (told, known) } else { (known, told) };
    let (to, from) = levels(passage, one, other)?;
    let goes = from.towards(to).filter(|goes| *goes != said)?;
    Some((found.bytes(), opposite(one, goes, other)))
}

/// "lägre än i 15 av de övriga 20 länen", "more than in the other 14 areas": it counts what is compared with.
fn is_part(tokens: &[Token], passage: &Passage, other: &Number) -> bool {
    let Some(at) = tokens.iter().position(|token| {
        token.number().and_then(|at| passage.numbers.get(at)).is_some_and(|number| number.range == other.range)
    }) else {
        return false;
    };
    (other.unit == Unit::None
        && tokens.get(at + 1).is_some_and(|token| token.tags.any(&[Tag::Of, Tag::OfWhich, Tag::Rest])))
        || tokens[at.saturating_sub(2)..at].say(&[Tag::Rest, Tag::All])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    fn wrong(text: &str, language: Language) -> bool {
        !wrongs(&Passage::of_text(text, language)).is_empty()
    }

    fn check(language: Language, pairs: &[(&str, &str)]) {
        for (right, faulty) in pairs {
            assert!(!wrong(right, language), "right, and accused: {right}");
            assert!(wrong(faulty, language), "faulty, and not accused: {faulty}");
        }
    }

    #[test]
    fn swedish() {
        check(
            Language::Swedish,
            &[
                ("Andelen sjönk från 17 till 14 procent.", "Andelen sjönk från 14 till 17 procent."),
                (
                    "Nöjdheten var 84 procent, vilket är över målet på 80 procent.",
                    "Nöjdheten var 74 procent, vilket är över målet på 80 procent.",
                ),
                (
                    "I riket var andelen 34 procent. I kommunen var den 29 procent, alltså lägre än i riket.",
                    "I riket var andelen 34 procent. I kommunen var den 29 procent, alltså högre än i riket.",
                ),
                (
                    "Kommunen hade 418 platser 2020 och 397 platser 2022. Antalet platser har därmed minskat.",
                    "Kommunen hade 418 platser 2020 och 397 platser 2022. Antalet platser har därmed ökat.",
                ),
                (
                    "Gränsvärdet är 40 mikrogram. Årsmedelvärdet vid Storgatan var 33 mikrogram, och gränsvärdet överskreds alltså inte.",
                    "Gränsvärdet är 40 mikrogram. Årsmedelvärdet vid Storgatan var 33 mikrogram, och gränsvärdet överskreds alltså.",
                ),
                (
                    "Lägst är frånvaron i norr, 3,1 procent. I väster är den 3,8 procent och i söder 6,9 procent.",
                    "Lägst är frånvaron i norr, 4,1 procent. I väster är den 3,8 procent och i söder 6,9 procent.",
                ),
                (
                    "Vanligast bland klagomålen var väntetider. Klagomålen gällde väntetider (51), bemötande (44) och information (19).",
                    "Vanligast bland klagomålen var bemötande. Klagomålen gällde väntetider (51), bemötande (44) och information (19).",
                ),
                (
                    "Länets snitt är 6,1 fall per 1 000 invånare. I Torsby är siffran 5,2, vilket är lägre än snittet.",
                    "Länets snitt är 6,1 fall per 1 000 invånare. I Torsby är siffran 5,2, vilket är högre än snittet.",
                ),
                (
                    "Tre avvikelser: saknad journal, trasigt stängsel och för liten hage.",
                    "Två avvikelser: saknad journal, trasigt stängsel och för liten hage.",
                ),
                (
                    "Fyra av kommunerna, Alby, Berga, Celle och Dalby, har antagit en plan.",
                    "Fem av kommunerna, Alby, Berga, Celle och Dalby, har antagit en plan.",
                ),
                ("Kötiden förkortades från 52 till 38 dagar.", "Kötiden förkortades från 38 till 52 dagar."),
                (
                    "Index ligger på 4,06, vilket är en förbättring från 3,97.",
                    "Index ligger på 3,97, vilket är en förbättring från 4,06.",
                ),
                (
                    "Väntetiden är kortare än i fjol: 34 dagar mot 41.",
                    "Väntetiden är kortare än i fjol: 41 dagar mot 34.",
                ),
                ("Det var fler kvinnor (44) än män (38).", "Det var fler kvinnor (38) än män (44)."),
                ("Flest fanns i Ekvik (47), följt av Sundby (41).", "Flest fanns i Ekvik (41), följt av Sundby (47)."),
                (
                    "Betyget blev 76, vilket är samma värde som uppmättes år 2020, då det var 76.",
                    "Betyget blev 76, vilket är samma värde som uppmättes år 2020, då det var 73.",
                ),
                (
                    "Antalet 248 är det lägsta under perioden; åren dessförinnan var det 310 och 295.",
                    "Antalet 298 är det lägsta under perioden; åren dessförinnan var det 310 och 295.",
                ),
                (
                    "Målet om högst 10 dagar uppnåddes: tiden blev 8 dagar.",
                    "Målet om högst 10 dagar uppnåddes: tiden blev 13 dagar.",
                ),
                (
                    "Högst var andelen i Granås, 76 procent, och lägst i Lerdala, 49 procent. I Torsholm var den 61 procent.",
                    "Högst var andelen i Granås, 76 procent, och lägst i Lerdala, 49 procent. I Torsholm var den 81 procent.",
                ),
                (
                    "Familjehem är vanligast, med 192 barn. Näst vanligast är HVB, med 61.",
                    "Familjehem är vanligast, med 61 barn. Näst vanligast är HVB, med 92.",
                ),
                (
                    "Nu är 85,8 procent av flickorna och 82,9 procent av pojkarna behöriga. Pojkarna ligger alltså efter flickorna.",
                    "Nu är 85,8 procent av flickorna och 82,9 procent av pojkarna behöriga. Flickorna ligger alltså efter pojkarna.",
                ),
            ],
        );
        for text in [
            "Besöken minskade för åldrarna från 20 till 64 år.",
            "Skatten minskar inte, utan går från 12 till 14 kronor.",
            "Minskningen följdes av en ökning från 40 till 55.",
            "Antalet fel var oförändrat, 380 mot 384 året innan.",
        ] {
            assert!(!wrong(text, Language::Swedish), "{text}");
        }
    }

    #[test]
    fn english() {
        check(
            Language::English,
            &[
                ("We saw 59 people, down slightly from 61 in May.", "We saw 61 people, down slightly from 59 in May."),
                ("The share rose to 84% (2021: 79%).", "The share rose to 74% (2021: 79%)."),
                (
                    "We heard from 422 people, more than in the previous six months (226).",
                    "We heard from 226 people, more than in the previous six months (422).",
                ),
                (
                    "Absence fell for the third year running: 9.4, 8.9, 8.3 and 7.6 days.",
                    "Absence fell for the third year running: 9.4, 8.9, 9.3 and 7.6 days.",
                ),
                (
                    "It was highest in towns (34%) and lowest in villages (20%).",
                    "It was highest in towns (20%) and lowest in villages (34%).",
                ),
                (
                    "By May 85% had been done, against a target of 75%. The target was met.",
                    "By May 65% had been done, against a target of 75%. The target was met.",
                ),
                ("The target of 90% was not met: 86% ran on time.", "The target of 90% was met: 86% ran on time."),
            ],
        );
    }
}
