//! A change and the two numbers that it lies between: "4 188, en ökning med 2 procent från 4 125", "£37m (2019: £43m), a reduction of 14%".
//!
//! Patterns name the number before (`from`), the number now (`to`), what is said to lie between them (`by`), and the word that says which way
//! it went (`dir`). Where a number before or now is not in the statement, it is the nearest one that was named; a statement is accused only where none of
//! those before it would do.

mod account;
mod step;

use super::level::{Direction, Level};
use crate::check::tokens::Say as _;
use crate::diagnostic::{Said, say};
use step::Change;

use super::{Fault, all_bound, matches, matches_over, number_text};
use crate::check::Context;
use crate::check::hedges::{Hedge, hedge};
use crate::check::lang::Tag;
use crate::check::pattern::{Found, Patterns};
use crate::check::prose::Place;
use crate::value::Rounding;

/// "a fall of 16%", "up 16%", "with 40 fewer": how much, and which way.
macro_rules! step {
    () => {
        "[ dir=<grew|shrank|better|worse> noun{0,2} <by> noun{0,2} by=value | dir=<grew|shrank> noun{0,2} by=value \
         | by=value noun{0,3} dir=<more|fewer> | by=percent|points|money|fraction noun{0,1} dir=<grew|shrank> ]"
    };
}

/// Words behind the number now, and the years that it all lies between.
macro_rules! over {
    () => {
        "noun{0,7} [ <between> noun{0,1} year <joint> year noun{0,2} ]?"
    };
}

/// What joins a number and what is said of it: a comma, a bracket, a dash.
macro_rules! joined {
    () => {
        "[ \",(–-\" <equals>? | <equals> ]"
    };
}

/// Both numbers and the change.
static STATED: Patterns = Patterns::new(&[
    // "32,740 households were homeless, up 13.2% from 29,430", "– a 12% increase on the 4,125", "a decrease of 6% on 4,226"
    concat!(
        "to=value noun{0,8} ",
        joined!(),
        " noun{0,4} ",
        step!(),
        " noun{0,3} <from|compared|upon> noun{0,6} from=value"
    ),
    // "81,200 passengers, 4,100 more than the 77,100", "41 procent, vilket är 4 procentenheter mer än de 37 procent"
    concat!(
        "to=value noun{0,8} ",
        joined!(),
        " noun{0,3} by=value noun{0,3} ",
        than!("noun{0,2}"),
        " noun{0,10} [ \",\" noun{0,4} ]? from=value"
    ),
    // "1 208 medlemmar, 67 fler än året innan (1 151)"
    concat!(
        "to=value noun{0,8} ",
        joined!(),
        " noun{0,3} by=value noun{0,3} ",
        than!("noun{0,2}"),
        " noun{0,6} \"(\" [ year \":\"? ]? from=value noun{0,2} \")\""
    ),
    // "ökade med 1 200, eller 11 procent, från 10 800 till 12 000"
    "dir=<grew|shrank> noun{0,3} <by> noun{0,2} value noun{0,3} [ \",(\" <equals>? | <equals> ] noun{0,1} by=percent \",)\"{0,2} <from> noun{0,3} from=value \
         noun{0,3} <to> noun{0,2} to=value",
    // "£37m (2019: £43m), a reduction of 24%", "52 400 besökare (i fjol 49 900), en ökning med 5 procent"
    concat!(
        "to=value noun{0,5} \"(\" [ year | noun{0,2} <earlier> noun{0,1} ] \":\"? from=value noun{0,2} \")\" \",\"? <equals>? noun{0,4} ",
        step!()
    ),
    // "1 284 (1 231) miljoner kronor, vilket är 53 miljoner kronor mer än föregående år"
    "to=value noun{0,2} \"(\" from=value \")\" noun{0,4} \",\" <equals>? noun{0,3} by=value noun{0,2} dir=<more-than|fewer-than> noun{0,1} <earlier>",
    // "142 ansökningar, att jämföra med 125 året innan, alltså 17 fler"
    concat!(
        "to=value noun{0,6} \",(\"? noun{0,3} <compared> noun{0,5} from=value noun{0,6} \",)\"{1,2} <equals>? noun{0,4} ",
        step!()
    ),
    // "150 students, exceeding the target of 120 by 25%"
    "to=value noun{0,6} \",\"? noun{0,3} dir=<exceeded> noun{0,2} <target> noun{0,3} from=value noun{0,2} <by> by=value",
]);

/// Both numbers and the change, which stands in the next sentence: "3 980 resor. Det är 840 färre än 2019, då antalet uppgick till 4 720."
static TAKEN_UP: Patterns = Patterns::new(&[concat!(
    "to=value noun{0,8} \".\" [ <this> | <equals> ] noun{0,2} by=value noun{0,3} ",
    than!("noun{0,2}"),
    " noun{0,4} \",\" word{0,3} <number> word{0,3} from=value"
)]);

/// A number went from one to another, and by how much.
static GOING: Patterns = Patterns::new(&[
    // "från 40 till 55, en ökning med 38 procent", "from 60 to 45, down 25%"
    concat!(
        "<from> noun{0,4} from=value noun{0,5} \",\"? <to> noun{0,3} to=value ",
        over!(),
        " \",(–\"? <equals>? noun{0,5} ",
        step!()
    ),
    // "från 40 till 55, en ökning med 15 ärenden eller 38 procent"
    "<from> noun{0,4} from=value noun{0,5} \",\"? <to> noun{0,3} to=value noun{0,7} \",(–\"? <equals>? noun{0,5} dir=<grew|shrank> noun{0,2} <by> noun{0,2} value \
         noun{0,3} [ \"(\" | \",\"? <equals> ] noun{0,1} by=percent",
    // "från 40 till 55, det vill säga med 38 procent"
    "<from> noun{0,4} from=value noun{0,5} \",\"? <to> noun{0,3} to=value noun{0,7} \",(–\"? <equals> \",\"? <by>? noun{0,2} by=value",
    // "ökade med 15 ärenden, från 40 till 55", "a 15 percent rise from 40 to 46"
    concat!(
        step!(),
        " noun{0,6} \",(–\"? <equals>? noun{0,2} <from> noun{0,4} from=value noun{0,5} \",\"? <to> noun{0,3} to=value"
    ),
    // "steg valdeltagandet i stiftet med 2,6 procentenheter, från 21,8 till 24,4 procent"
    "dir=<grew|shrank> noun{3,6} <by> noun{0,1} by=value noun{0,4} \",\" <equals>? noun{0,1} <from> noun{0,2} from=value noun{0,4} <to> noun{0,2} to=value",
    // "ökade med 1,5 procentenheter till 84,3 procent, från 82,8 procent"
    concat!(
        step!(),
        " noun{0,6} \",\"? <to> noun{0,4} to=value noun{0,5} \",(\"? noun{0,3} <from|compared> noun{0,5} from=value"
    ),
]);

/// A number became so many times as much: "fördubblades från 20 till 41".
static MULTIPLIED: Patterns = Patterns::new(&[
    // "i januari väntade 34 personer, och i december hade antalet fördubblats till 51"
    "from=value noun{0,8} \",\"? <joint> noun{0,4} <number> noun{0,1} times=<doubled|tripled|quadrupled|halved> noun{0,1} <to> noun{0,1} to=value",
    "times=<doubled|tripled|quadrupled|halved> noun{0,8} \",(:\"? noun{0,3} <from> noun{0,4} from=value noun{0,5} \",\"? <to> noun{0,3} to=value",
    "<from> noun{0,4} from=value noun{0,5} <to> noun{0,3} to=value noun{0,6} \",(–:\" <equals>? noun{0,5} times=<doubled|tripled|quadrupled|halved>",
]);

/// All faults of the report.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let mut out = Vec::new();
    for (at, passage) in context.passages() {
        if matches!(passage.place, Place::Label | Place::Source | Place::Attribution) {
            continue;
        }
        for (_, found) in matches(&STATED, passage) {
            out.extend(stated(at, &found));
        }
        for found in matches_over(&TAKEN_UP, passage) {
            out.extend(stated(at, &found));
        }
        for (_, found) in matches(&GOING, passage).filter(|(_, found)| !is_other(found)) {
            out.extend(stated(at, &found));
        }
        for (_, found) in matches(&MULTIPLIED, passage) {
            out.extend(multiplied(at, &found));
        }
        out.extend(account::faults(at, passage));
    }
    out
}

pub const HELP: Said = say!("correct the change or one of the two numbers");

fn stated(at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (from, to, by) = (found.number("from")?, found.number("to")?, found.number("by")?);
    // "tripled in two rounds, from 14 to 42" says how many times as much.
    let words = found.named("dir").map_or(&[][..], |dir| &found.tokens[dir]);
    let times = [Tag::Doubled, Tag::Tripled, Tag::Quadrupled, Tag::Halved];
    let multiplied = words.say(&times);
    // "140 drivers stopped, 62 had driven for more than five hours" is no difference.
    let verb = found
        .named("dir")
        .zip(found.named("by"))
        .is_some_and(|(dir, by)| dir.start > by.end && found.tokens[by.end..dir.start].say(&[Tag::Having, Tag::Is]));
    // "Bortfallet sjönk från 46 till 41 procent, vilket innebär att svarsfrekvensen ökade": the one is the rest of the other.
    let said = |tag: Tag| found.tokens[found.range.clone()].say(&[tag]);
    let rest = said(Tag::ResponseRate) || (said(Tag::NonResponse) && said(Tag::Responded));
    let rest = rest && found.tokens[..found.range.end].say(&[Tag::NonResponse]);
    if all_bound([Some(from), Some(to), Some(by)]) || multiplied || verb || rest || is_yearly(found) || is_span(found) {
        return None;
    }
    let change =
        Change { from: (passage, from), to: (passage, to), by: (passage, by), direction: Direction::stated(found) };
    let (message, help) = change.fault()?;
    Some(Fault { passage: at, range: found.bytes(), message, help, also: None })
}

/// Words for a factor: 7.5 percent around it will do; "nästan" up to a fifth short of it, "mer än" beyond it.
fn multiplied(at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (from, to, word) = (found.number("from")?, found.number("to")?, found.named("times")?.start);
    let token = found.tokens.get(word)?;
    let near = found.tokens.get(word.saturating_sub(2)..word)?;
    let factor = [(Tag::Doubled, 2.0), (Tag::Tripled, 3.0), (Tag::Quadrupled, 4.0), (Tag::Halved, 0.5)];
    let factor = factor.into_iter().find(|(tag, _)| token.has(*tag))?.1;
    let (before, after) = Level::pair((passage, from), (passage, to))?;
    let ratio = after.value.checked_div(before.value)?;
    let exact = ratio.to_f64();
    let within = |low: f64, high: f64| (factor * low..=factor * high).contains(&exact);
    let fits = match (hedge(passage, token.range.start).map(|(hedge, _)| hedge), factor > 1.0) {
        (Some(Hedge::Above | Hedge::MoreThan | Hedge::AtLeast), true) => exact >= factor,
        (Some(Hedge::Above | Hedge::MoreThan | Hedge::AtLeast), false) => exact <= factor,
        (Some(Hedge::Below | Hedge::LessThan), true) => within(0.8, 1.005),
        (Some(Hedge::Below | Hedge::LessThan), false) => within(0.995, 1.2),
        (Some(Hedge::About), _) => within(0.85, 1.15),
        _ => within(0.925, 1.075),
    };
    if fits || near.say(&[Tag::Negation]) {
        return None;
    }
    let times = ratio.to_decimal(2, Rounding::default());
    Some(Fault {
        passage: at,
        range: found.bytes(),
        message: say!(
            "from {first} to {second} is {times} times as much",
            times,
            first = number_text(from),
            second = number_text(to)
        ),
        help: say!("choose the word that fits, or say how much in numbers"),
        also: None,
    })
}

/// "a 6% rise over three years" has no number before.
fn is_span(found: &Found<'_>) -> bool {
    let behind = found.named("from").and_then(|from| found.tokens.get(from.end));
    found.tokens[found.range.clone()].say(&[Tag::Upon]) && behind.is_some_and(|token| token.has(Tag::Time))
}

/// A change of something else: of one group, of a part, against a target.
fn is_other(found: &Found<'_>) -> bool {
    let end = found.named("by").map_or(found.range.end, |by| by.end);
    let behind = found.tokens.get(end..).unwrap_or(&[]);
    behind.iter().take(3).take_while(|token| token.stem().is_some()).any(|token| token.has(Tag::Of))
        || behind.iter().take(2).any(|token| token.has(Tag::Respectively))
        || (matches!(behind, [joint, number, ..] if joint.has(Tag::Joint) && number.number().is_some())
            && behind.iter().take(4).any(|token| token.has(Tag::Respectively)))
        || found.tokens[found.range.clone()].say(&[Tag::Target])
}

/// "an average of 4% a year": what is said of each year is no difference.
fn is_yearly(found: &Found<'_>) -> bool {
    let end = found.named("by").map_or(found.range.end, |by| by.end);
    let mut near = found.tokens.get(end..).unwrap_or(&[]).iter();
    // "har fallit fyra år i rad"
    let running = near.clone().take(3).any(|token| token.has(Tag::Running));
    let each = near.next().is_some_and(|token| token.tags.any(&[Tag::Per, Tag::Each]))
        && near.next().is_some_and(|token| token.tags.any(&[Tag::Time, Tag::Year]));
    each || running || found.tokens[found.range.clone()].say(&[Tag::Average, Tag::Yearly])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::pattern::Pattern;
    use crate::check::prose::Passage;
    use crate::locale::Language;

    fn found(patterns: &[Pattern], text: &str, language: Language) -> bool {
        matches(patterns, &Passage::of_text(text, language)).next().is_some()
    }

    #[test]
    fn statements_of_change_are_seen() {
        for text in [
            "We assessed 32,740 households, up 13.2% from 29,430 in the previous quarter.",
            "We received 4,188 complaints – a 2% increase on the 4,125 received before.",
            "We determined 3,955 complaints, a decrease of 6% on 4,226 in the previous year.",
            "The ferry carried 81,200 passengers, 4,100 more than the 77,100 carried in 2021.",
            "Income was £6.3m (2020: £5.9m), an increase of 7%.",
            "We enrolled 150 students, exceeding the target of 120 by 25%.",
        ] {
            assert!(found(&STATED, text, Language::English), "{text}");
        }
        for text in [
            "Nämnden fick 142 ansökningar, att jämföra med 125 året innan, alltså 17 fler.",
            "Resultatet uppgick till 120,7 mnkr, en förbättring med 13,3 mnkr jämfört med föregående års 107,4 mnkr.",
        ] {
            assert!(found(&STATED, text, Language::Swedish), "{text}");
        }
    }

    #[test]
    fn other_statements_are_left_alone() {
        for text in [
            "Av 5 000 anmälningar gällde 1 600 psykiatri, en ökning med 23 procent, och 900 kirurgi.",
            "Antalet klagomål varierar mellan 188 och 547 per 100 000 invånare.",
            "Fler än 40 av de 50 skolorna svarade.",
        ] {
            assert!(!found(&STATED, text, Language::Swedish), "{text}");
        }
    }
}
