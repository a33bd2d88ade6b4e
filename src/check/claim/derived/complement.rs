//! The share of those whom the part before it leaves: a response rate where it was told who did not answer, and the other way round.

use super::premise::Kind;
use super::scene::Derived;
use super::{Reading, text};
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::diagnostic::say;
use crate::value::Exact;

/// "650 employees were asked. A total of 273 did not answer, giving a response rate of 58 per cent": the share of the others.
pub fn readings(derived: &Derived<'_>) -> Option<Vec<Reading>> {
    let words = &derived.words;
    let lacking = words.before(&[Tag::NonResponse, Tag::Vacancy]);
    let told = lacking != words.before(&[Tag::ResponseRate]);
    let [one, two] = derived.two(&derived.amounts(Kind::Plain))?;
    let (part, whole) = if one.value < two.value { (one, two) } else { (two, one) };
    if part.takes_up() || whole.takes_up() {
        return None;
    }
    let denied = part.premise.words.has(&[Tag::Negation, Tag::Lacks, Tag::NonResponse, Tag::Remains]);
    let answered = part.premise.words.has(&[Tag::Responded, Tag::Done]);
    let named = part.premise.words.before(&[Tag::NonResponse]);
    let (apart, hundred) = (whole.value.checked_sub(part.value)?, Exact::from(100_i64));
    let exact = apart.checked_mul(hundred)?.checked_div(whole.value)?;
    let may_be = whole.may_be.minus(part.may_be)?.percent_of(whole.may_be)?;
    let (part_text, whole_text) = (number_text(part.premise.number), number_text(whole.premise.number));
    let reading =
        say!("{part_text} of {whole_text} leave {text} percent", part_text, whole_text, text = text(derived, exact));
    let meant = told && !named && if lacking { !denied } else { denied && !answered };
    // Where nothing says what the part did, it may be the share itself.
    let own = part.may_be.percent_of(whole.may_be).filter(|_| !denied && !answered).map(Reading::possible);
    let others = (meant && derived.is_near(exact, 11)).then(|| Reading::certain(may_be, reading))?;
    Some(own.into_iter().chain([others]).collect())
}
