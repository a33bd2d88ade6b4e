//! Days, years, decades and times of day.

use super::Allowed;
use super::around::{Around, first_word};
use crate::check::lang::grammar;
use crate::check::number::{Form, Number};
use crate::check::words::{Lowered as _, clip};

/// "8 februari", "March 28", "5th of May", "Q3": a day beside its month.
pub fn day(around: &Around<'_>) -> Option<Allowed> {
    let number = around.number();
    let is_day = number.count().is_some_and(|n| (1..=31).contains(&n));
    let is_month = |word: &str| {
        let named = around.lists.months.has(&word.trim_end_matches('.').lowered());
        // "5 may need help": months of English have a capital.
        named && (!grammar(around.language).has_capital_months() || word.starts_with(char::is_uppercase))
    };
    // "14. mars"
    let after = around.after();
    let after = around.lists.ordinal_endings.iter().find_map(|end| after.strip_prefix(end)).unwrap_or(after);
    let after = after.trim_start_matches([' ', '\u{a0}']);
    let next = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    if is_day && is_month(next) {
        return Some(Allowed::Date);
    }
    let previous = around.words_before().next().unwrap_or("");
    let american = is_day && grammar(around.language).has_days_behind_months();
    if is_month(previous) && (american || around.is_year()) && !around.counts() {
        return Some(Allowed::Date);
    }
    // "summer of ’22"
    let short = around.before().ends_with(['’', '\'']) && number.end - number.range.start == 2;
    let opened = around.before().trim_end_matches(['’', '\'']).ends_with([' ', '\u{a0}']);
    (short && opened && !around.counts() && !around.after().starts_with('’')).then_some(Allowed::Date)
}

/// "klockan 8", "9.30 am", "22:00", "måndag–fredag 10–16", "från 11.00 till 14.30".
pub fn clock(around: &Around<'_>) -> Option<Allowed> {
    let previous = around.word_before(0);
    let lists = around.lists;
    if lists.clock_words.has(&previous) && !around.counts() {
        return Some(Allowed::Date);
    }
    let next = around.word_after();
    let after = around.after().trim_start();
    if lists.meridians.has(&next)
        || after.split([' ', ',', ';', ')']).next().is_some_and(|word| lists.meridians.has(word))
    {
        return Some(Allowed::Date);
    }
    if is_part_of_day(around) && is_hour(around.number()) {
        return Some(Allowed::Date);
    }
    let open = opens(around);
    let ranged = around.begins_range() && around.next().is_some_and(is_hour);
    let ending = around.at > 0 && {
        let first = &around.numbers[around.at - 1];
        let between = around.text.get(first.range.end..around.number().range.start).unwrap_or("").trim();
        is_hour(first) && lists.leads_to_end(between)
    };
    let hours = is_hour(around.number()) && !around.counts();
    if hours && open && (ranged || ending || has_minutes(around.number())) {
        return Some(Allowed::Date);
    }
    // Two times with minutes make a span even where nobody says that something is open.
    let minutes = has_minutes(around.number()) && around.language.decimal() != '.' && around.own().contains('.');
    let other = (ranged && around.next().is_some_and(has_minutes))
        || (ending && around.at > 0 && has_minutes(&around.numbers[around.at - 1]));
    let told = lists.before_hours.has(&previous);
    (hours && minutes && (other || told)).then_some(Allowed::Date)
}

/// An hour, or hours and minutes with a point: "16", "14.30".
fn is_hour(number: &Number) -> bool {
    (number.count().is_some_and(|n| (0..=24).contains(&n)) && number.form == Form::Digits) || has_minutes(number)
}

fn has_minutes(number: &Number) -> bool {
    let text = number.value.to_string();
    let (hours, minutes) = text.split_once('.').unwrap_or((&text, "0"));
    let minutes = if minutes.len() == 1 { format!("{minutes}0") } else { minutes.to_owned() };
    number.decimals == 2
        && number.form == Form::Digits
        && hours.parse::<u32>().is_ok_and(|n| n <= 24)
        && minutes.parse::<u32>().is_ok_and(|n| n < 60)
}

/// Whether the clause tells when something is open or manned: a day of the week or a word for being open stands shortly before.
fn opens(around: &Around<'_>) -> bool {
    let said = around.said_before();
    let near: Vec<&str> =
        said.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).rev().take(8).collect();
    near.iter().any(|word| around.lists.opening.has(word))
}

/// "på eftermiddagen", "in the morning", "o'clock".
fn is_part_of_day(around: &Around<'_>) -> bool {
    let lower = clip(around.after(), 40).trim_start().lowered();
    around.lists.parts_of_day.iter().any(|part| lower.starts_with(part))
}

/// "klockan tre", "halv nio", "kvart över fem", "tio i åtta", "half past eight", "three o'clock".
pub fn clock_in_words(around: &Around<'_>) -> Option<Allowed> {
    let hour = around.number().count().is_some_and(|n| (1..=24).contains(&n));
    if !hour {
        return None;
    }
    let (one, two) = (around.word_before(0), around.word_before(1));
    let lists = around.lists;
    let direct = (lists.clock_words.has(&one) || lists.clock_halves.has(&one)) && !around.counts();
    let relative = lists.clock_steps.has(&one) && lists.clock_quarters.has(&two);
    if direct || relative || is_part_of_day(around) {
        return Some(Allowed::Date);
    }
    // "öppnar klockan åtta", "opens at nine": an hour in words where something opens or closes.
    let unit = lists.times.has(&around.word_after());
    if lists.clock_prepositions.has(&one) && opens(around) && !around.counts() && !unit {
        return Some(Allowed::Date);
    }
    // "fem i halv sju", "tio över tre": minutes before an hour that is told as one.
    let lower = clip(around.after(), 30).lowered();
    let mut behind = lower.split_whitespace();
    let told = lists.clock_words.has(&one) || lists.before_minutes.has(&one);
    let minutes = behind.next().is_some_and(|word| lists.clock_steps.has(word))
        && (told || behind.next().is_some_and(|word| lists.clock_halves.has(word)));
    let hour_next = around.next().is_some_and(|next| next.form == Form::Words && next.count().is_some_and(|n| n <= 12));
    if minutes && hour_next {
        return Some(Allowed::Date);
    }
    let behind_minutes = around.at > 0
        && around.known.get(around.at - 1) == Some(&Some(Allowed::Date))
        && around.numbers[around.at - 1].form == Form::Words
        && lists.clock_steps.has(&one);
    behind_minutes.then_some(Allowed::Date)
}

/// A year, unless what follows is counted: "2019 orosanmälningar", "took 2021 calls", "1999 kvadratmeter".
pub fn year(around: &Around<'_>) -> Option<Allowed> {
    if !around.is_year() {
        return None;
    }
    let previous = around.word_before(0);
    let bare = previous.trim_matches(|c: char| !c.is_alphanumeric());
    let when = around.lists.before_years.has(bare);
    let month = around.lists.months.has(bare);
    let noun = around.after().starts_with([' ', '\u{a0}'])
        && around.after().trim_start_matches([' ', '\u{a0}']).starts_with(char::is_lowercase);
    let next = around.word_after();
    let stop = around.lists.stops.has(&next);
    // "Agenda 2030"
    let word = around.words_before().next().unwrap_or("");
    let named = word.starts_with(char::is_uppercase)
        && word.ends_with(char::is_alphabetic)
        && around.before().ends_with([' ', '\u{a0}'])
        && !around.is_opening(word)
        && !month
        && !when;
    if !noun || stop {
        return Some(if named { Allowed::Name } else { Allowed::Date });
    }
    // "mottog cirka 2019 samtal"
    let hedged = around.lists.before_amounts.has(bare);
    let plural = around.lists.plural_endings.has(&next) && !around.lists.no_plurals.has(&next);
    let counted = around.counts();
    // "i 2019 ärenden" and "på 1980 besök" count; "under 2020 besök på plats" may be either and is read as written.
    let count = counted && (!grammar(around.language).has_years_with_preposition() || !when)
        || hedged && (counted || plural)
        || plural && !when && !month;
    (!count).then_some(Allowed::Date)
}

/// The word behind "5th of": a month.
pub fn is_of_month(after: &str, around: &Around<'_>) -> bool {
    let rest = after.trim_start_matches(char::is_alphabetic).trim_start();
    let word = first_word(rest);
    let word = if around.lists.of.has(&word) { first_word(&rest[word.len()..]) } else { word };
    around.lists.months.has(&word)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{allowed, amounts, left};
    use crate::locale::Language::{English, Swedish};

    #[test]
    fn days_years_and_times_are_dates() {
        allowed(
            Swedish,
            &[
                "Från den 8 februari till den 26 mars 2021, beslutad 2021-05-12 och den 1/6.",
                "Öppet klockan 16.30–22.00, under vecka 12–14, på 1990-talet.",
                "Frukost serveras halv nio, middag kvart över fem och kvällsmål fram till klockan tjugo.",
                "Rond sker fem i halv sju och strax före tio i åtta.",
                "Träffpunkten är öppen måndag–fredag 10–16 och lördagar 11.00–14.30.",
                "Natten börjar kl. 21 och slutar 06.45. Passet går från 13.15 till 21.30.",
                "Under 2020 besöktes alla. Läsåret 2022/23, våren 2019 och HT 2023 räknas, liksom ht 23.",
            ],
        );
        allowed(
            English,
            &[
                "From 3 March to 14 April 2023, dated March 28, 2023, and on 1st December.",
                "Open from 9.30 am to 4 pm, and from 9am on Fridays. Night staff start at 22:00.",
                "The office opens at nine and closes at half past four.",
                "Breakfast is at half past eight, tea at quarter to five and rounds at three o'clock.",
                "It began on the 5th of May, in the summer of ’22, and the 2021 results were kept.",
            ],
        );
    }

    #[test]
    fn counts_that_look_like_dates_are_none() {
        amounts(
            Swedish,
            &[
                "Mottagningen hade 2 019 besök och 1980 besök.",
                "Kommunen tog emot 2019 orosanmälningar.",
                "Boendet har 1999 kvadratmeter.",
                "I maj 14 ärenden.",
                "I två veckor och tre månader väntade tjugo barn.",
            ],
        );
        amounts(English, &["The helpline took 2021 calls.", "Of them 5 may need help."]);
        left(Swedish, "Rutinen fanns i 40 procent (9/24) den 9/4.", &["40 procent", "9", "24"]);
    }
}
