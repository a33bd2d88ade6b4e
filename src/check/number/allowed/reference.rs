//! Addresses, telephone numbers and other numbers that lead somewhere.

use super::Allowed;
use super::around::Around;
use crate::check::words::is_word;
use crate::check::words::tokens;
use crate::check::words::{Lowered as _, clip};

/// The reason of a number that leads to a place, a person or a service.
pub fn reason(around: &Around<'_>) -> Option<Allowed> {
    address(around).or_else(|| emergency(around)).or_else(|| account(around))
}

/// "113 54 Stockholm", "14 High Street".
fn address(around: &Around<'_>) -> Option<Allowed> {
    let number = around.number();
    let text = around.text;
    let after = text[number.end..].trim_start_matches([' ', '\u{a0}']);
    let length = number.end - number.range.start;
    let capital = |text: &str| text.trim_start_matches([' ', '\u{a0}']).starts_with(char::is_uppercase);
    if length == 3 && digits(after, 2) && capital(&after[2..]) {
        return Some(Allowed::Reference);
    }
    let before = text[..number.range.start].trim_end_matches([' ', '\u{a0}']);
    let three = before.len() >= 3
        && before.is_char_boundary(before.len() - 3)
        && before[before.len() - 3..].bytes().all(|b| b.is_ascii_digit());
    if length == 2 && three && capital(after) {
        return Some(Allowed::Reference);
    }
    // "Storgatan 4, 2 tr"
    let stairs = around.lists.stairs.has(&around.word_after());
    if stairs && around.at > 0 && around.known.get(around.at - 1) == Some(&Some(Allowed::Reference)) {
        return Some(Allowed::Reference);
    }
    if !after.starts_with(char::is_uppercase) {
        return None;
    }
    let street =
        tokens(clip(after, 60)).iter().take(3).any(|range| around.lists.streets.has(&after[range.clone()].lowered()));
    street.then_some(Allowed::Reference)
}

/// So many digits, and then no more of the word.
fn digits(text: &str, n: usize) -> bool {
    text.len() >= n && text.bytes().take(n).all(|b| b.is_ascii_digit()) && !text[n..].starts_with(is_word)
}

/// "ring 112", "via 1177", "kontakta 114 14": three or four digits, or such a group and two or three more, that somebody is to call.
fn emergency(around: &Around<'_>) -> Option<Allowed> {
    let number = around.number();
    let own = &around.text[number.range.start..number.end];
    let count = own.bytes().filter(u8::is_ascii_digit).count();
    let plain = own.bytes().all(|b| b.is_ascii_digit() || b == b' ') && (3..=6).contains(&count);
    // The second half of "114 14" is taken up as a part of the first.
    let next = around.word_after();
    let noun = around.counts() || around.lists.of.has(&next);
    if !plain || noun || number.count().is_none() {
        return None;
    }
    let service = ["112", "1177", "114", "113", "999", "911", "101", "111"].contains(&own);
    let before: Vec<String> = (0..4).map(|nth| around.word_before(nth)).collect();
    let called = before
        .iter()
        .take(3)
        .take_while(|word| !word.ends_with([',', ';', '.', ':']))
        .any(|word| around.lists.calls.has(word));
    let said = around.statement();
    let urgent = || said.split(|c: char| !c.is_alphanumeric()).any(|word| around.lists.emergencies.has(word));
    let led = around.lists.leads_to_service.has(&before[0]);
    let rises = || said.split(|c: char| !c.is_alphabetic()).any(|word| around.lists.change.has(word));
    let told = own == "1177" && around.lists.via.has(&before[0]);
    let reached = service && (called || led && urgent() || told) && !rises();
    (reached || around.lists.calls.has(&before[0]) && !around.lists.is_counted(&before[0]))
        .then_some(Allowed::Reference)
}

/// Groups of four digits behind letters and digits: "SE45 5000 0000 0583 9825 7466".
fn account(around: &Around<'_>) -> Option<Allowed> {
    let number = around.number();
    let own = &around.text[number.range.start..number.end];
    let group = own.len() == 4 && own.bytes().all(|b| b.is_ascii_digit());
    let before = around.words_before().next().unwrap_or("");
    let code = before.len() >= 4
        && before.bytes().take(2).all(|b| b.is_ascii_uppercase())
        && before.bytes().skip(2).all(|b| b.is_ascii_digit());
    (group && code && around.next().is_some_and(|next| next.range.start == number.range.end + 1))
        .then_some(Allowed::Reference)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{allowed, amounts, left};
    use crate::locale::Language::{English, Swedish};

    #[test]
    fn addresses_and_services_need_no_evidence() {
        allowed(
            Swedish,
            &[
                "Box 17801, 118 94 Stockholm.",
                "Lokalerna på Sveavägen 68, 113 54 Stockholm, i rum 312.",
                "Den som är orolig kan ringa 1177. I akuta lägen gäller 112, annars ring 114 14.",
                "Betala till SE45 5000 0000 0583 9825 7466 eller bankgiro 5050-1055, märkt ref 4410023.",
            ],
        );
        allowed(English, &["Call 999 in an emergency, or 020 7946 0958, or come to 14 High Street."]);
    }

    #[test]
    fn counts_of_the_same_digits_do() {
        amounts(Swedish, &["Polisen fick in 112 anmälningar.", "Antalet steg till 112."]);
        left(English, "Of 999 calls, 112 came from homes.", &["999", "112"]);
    }
}
