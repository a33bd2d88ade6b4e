//! Statutes, and limits that they set.

use super::Allowed;
use super::around::{Around, first_word, is_year};
use crate::check::words::is_word;

/// "5 §", "2 kap.", "§ 114", "3 st." behind a section, "ref. 12" behind a court's year.
pub fn statute(around: &Around<'_>) -> Option<Allowed> {
    let rest = without_letter(around.after().trim_start_matches([' ', '\u{a0}']));
    let lists = around.lists;
    let chapter = rest.starts_with('§') || lists.chapter_marks.has(&first_word(rest));
    // "14 st." are fourteen pieces, but "3 kap. 2 § 1 st." is a subsection.
    let subsection = lists.subsection_marks.iter().any(|mark| rest.starts_with(mark));
    let section = around.before().trim_end().ends_with('§');
    // "regulation 7(2)"
    let nested = around.before().ends_with('(')
        && around.after().starts_with(')')
        && around.at > 0
        && around.numbers[around.at - 1].range.end + 1 == around.number().range.start
        && around.known.get(around.at - 1).is_some_and(Option::is_some);
    if chapter || section || nested || (subsection && around.said_before().contains('§')) {
        return Some(Allowed::Statute);
    }
    // "HFD 2018 ref. 12", "NJA 2010 s. 45", "SOU 2020:47 s. 211"
    let previous = around.word_before(0);
    let reported = lists.case_marks.has(previous.trim_end_matches('.'));
    let behind_year = around.at > 0
        && around.known.get(around.at - 1).is_some_and(Option::is_some)
        && (is_year(&around.numbers[around.at - 1])
            || around.text[..around.numbers[around.at - 1].range.start].ends_with([':', '/']));
    (reported && behind_year).then_some(Allowed::Statute)
}

/// What follows the letter of a section that was put between two others: "28 f §", "9 a–c §§".
fn without_letter(rest: &str) -> &str {
    let letter = |text: &'_ str| text.starts_with(|c: char| c.is_ascii_lowercase()) && !text[1..].starts_with(is_word);
    if !letter(rest) {
        return rest;
    }
    let rest = rest[1..].trim_start_matches([' ', '\u{a0}']);
    match rest.strip_prefix(['–', '-']) {
        Some(last) if letter(last) => last[1..].trim_start_matches([' ', '\u{a0}']),
        _ => rest,
    }
}

/// "inom fyra månader (11 kap. 2 § SoL)", "within 15 working days" under "section 47": a limit that a law sets, with the law in the sentence.
pub fn limit(around: &Around<'_>) -> Option<Allowed> {
    let (next, _) = around.unit_after();
    let time = around.lists.times.has(&next);
    let previous = around.word_before(0);
    let limit = around.lists.limits.has(&previous);
    if !time || !limit {
        return None;
    }
    let said = around.statement();
    // The section may stand behind the sentence's end in brackets.
    let law = said.contains('§') || said.split(|c: char| !c.is_alphanumeric()).any(|word| around.lists.laws.has(word));
    law.then_some(Allowed::Statute)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{allowed, amounts};
    use crate::locale::Language::{English, Swedish};

    #[test]
    fn statutes_and_their_limits_need_no_evidence() {
        allowed(
            Swedish,
            &[
                "Enligt 11 kap. 5 och 6 §§ samma lag, SFS 2011:9, 3 § 2 st. och § 114.",
                "Enligt 28 f § LSS och 9 a–c §§ samt 16 b § ska insatsen börja inom tre månader.",
                "Enligt 11 kap. 2 § socialtjänstlagen ska utredningen vara klar inom fyra månader.",
                "Frågan prövades i HFD 2018 ref. 12, NJA 2010 s. 45 och JO 2019/20 s. 545.",
                "Förvaltningslagen kräver svar senast inom fyra veckor.",
            ],
        );
        allowed(
            English,
            &[
                "Section 17 of the Children Act 1989 and Article 6(1)(e).",
                "Under section 47 of the Act the enquiry must start within 15 working days.",
            ],
        );
    }

    #[test]
    fn pieces_and_waits_do() {
        amounts(Swedish, &["Personal 14 st.", "På lagret fanns 14 st. rullstolar.", "Utredningen tog fyra månader."]);
        amounts(English, &["Families waited at least 15 days for an answer."]);
    }
}
