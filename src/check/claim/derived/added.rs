//! What came in the second of two spans whose ends were told: "By the end of March 22 per cent had been vaccinated, by the end of April 63. During April
//! it was thus 41 per cent."

use super::premise::Kind;
use super::scene::Derived;
use super::{Operation, Reading, change, text};
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::diagnostic::say;

pub static ADDED: Operation = Operation { code: "EVI011", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    matches!(derived.kind, Kind::Plain | Kind::Money | Kind::Percent)
        && !change::is_said(&derived.words, derived.kind)
        && derived.says(&[Tag::During])
        && (derived.words.concludes() || derived.says(&[Tag::Alone]))
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    let made = || {
        let amounts = derived.near(&derived.amounts(derived.kind));
        let [one, two] = amounts.as_slice() else { return None };
        let ends = [one, two]
            .iter()
            .all(|end| end.premise.sentence == 1 && end.premise.words.has(&[Tag::Closing, Tag::Until]));
        let exact = two.value.checked_sub(one.value)?.magnitude();
        let (first, second) = (number_text(one.premise.number), number_text(two.premise.number));
        let words = say!("from {first} to {second} it is {text}", first, second, text = text(derived, exact));
        let apart = two.may_be.minus(one.may_be)?;
        let may_be = if one.value > two.value { apart.negative()? } else { apart };
        (ends && derived.is_near(exact, 3)).then(|| Reading::certain(may_be, words))
    };
    made().into_iter().collect()
}
