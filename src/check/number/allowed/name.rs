//! Numbers that are parts of names: "Agenda 2030", "Förskolan Tre Kronor".

use std::collections::BTreeSet;

use super::Allowed;
use super::around::{Around, is_year};
use crate::check::number::{Form, Number, Unit};
use crate::check::words::Lowered as _;

/// "Agenda 2030", "Microsoft 365", "Hus 7": a word with a capital stands before, and nothing says that things are counted there.
pub fn reason(around: &Around<'_>) -> Option<Allowed> {
    let number = around.number();
    let before = around.before();
    let word = name_before(before)?;
    // "EN 301 549" has a blank in its number.
    let capitals = word.len() >= 2 && word.chars().all(char::is_uppercase);
    if number.form != Form::Digits && !capitals {
        return None;
    }
    let lower = word.lowered();
    let form = |rest: &str| rest.is_empty() || around.lists.name_endings.has(rest);
    let known_unit = around.units.iter().any(|unit| word.strip_prefix(unit).is_some_and(form));
    if around.lists.street_ends.iter().any(|end| lower.ends_with(end)) {
        return Some(Allowed::Reference);
    }
    let opening = around.is_opening(word);
    let opener = opening && around.lists.openers.has(&lower);
    if known_unit || opener || around.counts() || measures(around) || is_enumerated(around, word) {
        return None;
    }
    // At the start any word has a capital: there a name is certain only before another capital, or as the subject of a verb.
    let certain = !opening || around.after().trim_start().starts_with(char::is_uppercase) || is_subject(around, &lower);
    certain.then_some(Allowed::Name)
}

/// "Windows 11 används", "Risk 3 bedöms": a noun and its number before a verb; adverbs ("Totalt 12 saknade") are none.
fn is_subject(around: &Around<'_>, word: &str) -> bool {
    let adverb = around.lists.adverb_endings.has(word);
    let small = around.lists.stops.has(word) || around.lists.openers.has(word);
    let next = around.word_after();
    let passive = around.lists.passive_endings.has(&next);
    let number = around.number();
    let digits = number.form == Form::Digits && around.after().starts_with([' ', '\u{a0}']);
    digits && !adverb && !small && (passive || around.lists.finite.has(&next))
}

/// The word with a capital directly before a place of the text.
fn name_before(before: &str) -> Option<&str> {
    if !before.ends_with([' ', '\u{a0}']) {
        return None;
    }
    let word = before.trim_end().rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '/')).next().unwrap_or("");
    let named = word.starts_with(char::is_uppercase) && !word.ends_with(['.', ',', ':', ';', '!', '?']);
    named.then_some(word)
}

/// "Tensta 14 godkända", "Söder 9 m²": behind a place, what a noun in the plural or a unit follows.
fn measures(around: &Around<'_>) -> bool {
    let next = around.word_after();
    around.after().starts_with([' ', '\u{a0}']) && around.lists.measures.has(&next)
}

/// Whether the names and numbers of a list are counts of each: "i Tensta 14 ärenden, i Rinkeby 9 och i Kista 11".
fn is_enumerated(around: &Around<'_>, word: &str) -> bool {
    let number = around.number();
    if number.count().is_none() || is_year(number) || number.form != Form::Digits {
        return false;
    }
    let lower = word.lowered();
    if around.lists.items.has(&lower) {
        return false;
    }
    let joined = is_joined(around, number, word);
    // A count before it in the sentence, and this one in its place: "14 ärenden, Rinkeby 9 och …".
    let counted = |at: usize| {
        let known = &around.numbers[at];
        let inside = known.range.start >= around.sentence.start && known.unit == Unit::None && !known.is_fraction();
        inside && around.known.get(at) == Some(&None) && known.count().is_some() && !known.bound
    };
    if joined && (around.beside().start..around.at).any(counted) {
        return true;
    }
    // Three names and numbers in a row: "i Tensta 14, i Rinkeby 9 och i Kista 11".
    let mut names = BTreeSet::new();
    let mut here = false;
    let within = |other: &&Number| around.sentence.start <= other.range.start && other.range.end <= around.sentence.end;
    for other in around.numbers[around.beside()].iter().filter(within) {
        let name = name_before(&around.text[..other.range.start]).filter(|name| {
            let item = around.lists.items.has(&name.lowered());
            other.form == Form::Digits && other.count().is_some() && !is_year(other) && !item
        });
        let joined = name.is_some_and(|name| is_joined(around, other, name));
        if !joined {
            if here {
                break;
            }
            names.clear();
        }
        names.extend(name);
        here |= other.range == number.range;
    }
    here && names.len() >= 3
}

/// Whether a list joins a name, with the preposition before it, to what stands before.
fn is_joined(around: &Around<'_>, number: &Number, word: &str) -> bool {
    let before = around.text.get(around.sentence.start..number.range.start).unwrap_or("").trim_end();
    let before = before.strip_suffix(word).unwrap_or(before).trim_end();
    let last = |text: &str| text.rsplit(char::is_whitespace).next().unwrap_or("").lowered();
    let word = last(before);
    let rest = if around.lists.places.has(&word) {
        before.len().checked_sub(word.len()).and_then(|end| before.get(..end)).unwrap_or(before).trim_end()
    } else {
        before
    };
    rest.ends_with([',', ';']) || around.lists.goes_on.has(&last(rest))
}

/// "Förskolan Tre Kronor": a capital within the sentence, or before another capital.
pub fn in_words(around: &Around<'_>) -> Option<Allowed> {
    if !around.own().starts_with(char::is_uppercase) {
        return None;
    }
    let next = around.after().trim_start().starts_with(char::is_uppercase);
    (!around.is_opening("") || next).then_some(Allowed::Name)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{allowed, amounts, left};
    use crate::locale::Language::{English, Swedish};

    #[test]
    fn names_need_no_evidence() {
        allowed(
            Swedish,
            &[
                "Förskolan Tre Kronor använder Windows 11 och Microsoft 365 enligt Agenda 2030.",
                "Larmen ligger i Phoniro 6000 och journalen i Procapita 9.2, se Lgr 11 och EN 301 549.",
                "Här ingår Träffpunkt 65 och Hemtjänst 3. Windows 11 används. Risk 3 bedöms som röd.",
            ],
        );
        allowed(English, &["Staff were trained in Microsoft 365, and Unit 731 is closed."]);
    }

    #[test]
    fn counts_of_named_places_do() {
        amounts(
            Swedish,
            &[
                "Farsta 33 avslag. Totalt 12 saknade plan. Troligen 14 bedöms som röda. Kvinnor 9 är nöjda.",
                "I Tensta finns 14 ärenden, i Rinkeby 9 och i Kista 11.",
                "Norr har 14 lägenheter, Söder 9 och Centrum 12.",
                "Besök gjordes i Tensta 14, i Rinkeby 9 och i Kista 11.",
                "Nära 3 tusen invånare svarade.",
            ],
        );
        left(English, "The council bought forty licences for Microsoft 365.", &["forty"]);
    }
}
