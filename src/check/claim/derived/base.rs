//! A base that words name: "Räknat på dem som nåddes blev svarsfrekvensen 54 procent", "Of the hospitals lacking a procedure, 11 had …".

use super::interval::Interval;
use super::premise::{Amount, Kind, premises_in};
use super::scene::Derived;
use super::words::{Words, is_alike, is_filler};
use super::{HELP, Reading, text};
use crate::check::claim::{Fault, number_text};
use crate::check::lang::Tag;
use crate::check::prose::Passage;
use crate::check::tokens::{Say as _, Token};
use crate::diagnostic::say;
use crate::value::Exact;

/// So many words name a base, and so many words beside a number say what it counts.
const NAMES: usize = 7;
const BESIDE: usize = 5;
/// A word of fewer letters names nothing.
const SHORT: usize = 3;

/// The words by which a sentence begins with its base.
fn naming(sentence: &[Token]) -> Option<&[Token]> {
    let (of, rest) = sentence.split_first()?;
    let ends = |token: &&Token| {
        token.stem().is_some() && !token.tags.any(&[Tag::Joint, Tag::Is, Tag::Having, Tag::ResponseRate, Tag::Equals])
    };
    let end = rest.iter().take_while(ends).take(NAMES).count();
    (of.has(Tag::Of) && end > 0).then(|| &rest[..end])
}

/// How many of these words say what a number counts.
fn again(words: &Words<'_>, names: &[Token]) -> usize {
    let plain = |token: &&Token| {
        token.stem().is_some_and(|stem| stem.chars().count() > SHORT)
            && !token.tags.any(&[Tag::Determiner, Tag::Of, Tag::Is, Tag::Having, Tag::Within])
    };
    let behind = words.tail.iter().take_while(|token| !token.tags.any(&[Tag::Joint, Tag::Is])).take(BESIDE);
    let own: Vec<&Token> = behind.chain(words.lead.iter().rev().take(2)).filter(plain).collect();
    let alike = |name: &&Token| own.iter().any(|own| is_alike(own, name) || is_alike(name, own));
    names.iter().filter(plain).filter(alike).count()
}

/// The one of some numbers that words name best.
fn named<'a, 's, 'p>(all: &'a [Amount<'s, 'p>], names: &[Token]) -> Option<&'a Amount<'s, 'p>> {
    let told = |amount: &&Amount<'_, '_>| again(&amount.premise.words, names);
    let best = all.iter().map(|amount| told(&amount)).max().filter(|best| *best > 0)?;
    let mut all = all.iter().filter(|amount| told(amount) == best);
    all.next().filter(|_| all.next().is_none())
}

/// The share of a base that its sentence names, of the one number that was told of it.
pub fn reading(derived: &Derived<'_>) -> Option<Reading> {
    let names = naming(derived.sentence)?;
    let mut near = derived.near(&derived.amounts(Kind::Plain));
    near.retain(|amount| !amount.takes_up() && amount.premise.sentence > 0);
    let base = named(&near, names)?;
    let answered = derived.words.before(&[Tag::ResponseRate]);
    let part = |amount: &&Amount<'_, '_>| {
        let words = &amount.premise.words;
        let told = words.tail.iter().take(BESIDE).chain(words.lead).any(|token| token.has(Tag::Responded));
        amount.start() > base.start() && amount.value < base.value && (told || !answered)
    };
    let mut parts = near.iter().filter(part);
    let part = parts.next().filter(|_| parts.next().is_none())?;
    let exact = part.value.checked_mul(100_i64.into())?.checked_div(base.value)?;
    let words = say!(
        "{part_text} of {whole_text} is {text} percent",
        part_text = number_text(part.premise.number),
        whole_text = number_text(base.premise.number),
        text = text(derived, exact)
    );
    let alone = derived.own_before().next().is_none() && derived.kind == Kind::Percent && derived.bounds.is_none();
    let denied = derived.sentence[names.len() + 1..].say(&[
        Tag::Negation,
        Tag::Lacks,
        Tag::Rest,
        Tag::NonResponse,
        Tag::Grew,
        Tag::Shrank,
    ]);
    (alone && !denied && (answered || derived.words.concludes()))
        .then(|| Some(Reading::certain(part.may_be.percent_of(base.may_be)?, words)))?
}

/// "860, varav 60 kom i retur. Totalt 432 svarade", "900 parents and 300 pupils. In all 750 were returned": shares of two numbers together, or of the
/// first without the second, that were told in one sentence before.
pub fn of_both(amounts: &[Amount<'_, '_>]) -> Vec<Interval> {
    let mut out = Vec::new();
    for (at, one) in amounts.iter().enumerate().filter(|(_, one)| one.premise.sentence > 0) {
        let beside = amounts[at + 1..].iter().filter(|other| other.premise.sentence == one.premise.sentence);
        for whole in beside.flat_map(|other| [one.may_be.plus(other.may_be), one.may_be.minus(other.may_be)]).flatten()
        {
            let later = amounts.iter().filter(|part| part.premise.sentence < one.premise.sentence);
            out.extend(later.filter_map(|part| part.may_be.percent_of(whole)));
        }
    }
    out
}

/// "18 of the 64 hospitals lacked a procedure. Of the hospitals lacking one, 21 had not trained their staff": more than they are part of.
pub fn faults(at: usize, passage: &Passage, taken: &[usize]) -> Vec<(&'static str, Fault)> {
    let pairs = passage.sentences.windows(2);
    let found = pairs.filter_map(|two| {
        let tokens = passage.tokens_in(&two[1]);
        let names = naming(tokens).filter(|names| names.len() > 2)?;
        let behind = tokens.get(names.len() + 1)?;
        let all = premises_in(passage, &two[0], taken);
        let told: Vec<Amount<'_, '_>> = all.iter().filter_map(|premise| premise.amount(passage, Kind::Plain)).collect();
        let base = named(&told, names).filter(|base| again(&base.premise.words, names) > 1)?;
        let own = premises_in(passage, &two[1], taken);
        let part = own.first().filter(|part| part.kind == Kind::Plain)?;
        let start = part.number.range.start;
        let direct = behind.range.start < start && passage.tokens_in(&(behind.range.start..start)).len() < 3;
        let open = part.words.before(&[Tag::Average]) || part.number.bound && base.premise.number.bound;
        let count = part.number.decimals == 0 && part.number.value > Exact::from(2_i64);
        let timed = part.words.behind(&[Tag::Time, Tag::Years, Tag::Times], 2);
        let message = say!(
            "{part} are more than the {whole} that they are a part of",
            part = part.number.value,
            whole = base.premise.number.value
        );
        let range = tokens.first()?.range.start..part.number.range.end;
        let over = part.number.value > base.premise.number.value && direct && count && !open && !timed;
        over.then_some(("EVI005", Fault { passage: at, range, message, help: HELP, also: None }))
    });
    found.collect()
}

/// "Fewer than one in ten of the 2,300 licences issued (276)"
pub fn both_behind<'s, 'p>(derived: &Derived<'p>, near: &[Amount<'s, 'p>]) -> Option<(Amount<'s, 'p>, Amount<'s, 'p>)> {
    let behind = |amount: &&Amount<'_, '_>| amount.premise.sentence == 0 && amount.start() > derived.number.range.start;
    let mut behind = near.iter().filter(behind);
    let (whole, part) = (behind.next()?, behind.next()?);
    let mut lead = whole.premise.words.lead.iter().rev().skip_while(|word| word.has(Tag::Determiner));
    let stated = lead.next().is_some_and(|word| word.has(Tag::Of));
    // "Only a minority of the 60 members, 14, had read it"
    let set_off = match part.premise.words.opener {
        Some('(') => true,
        Some(',') => part.premise.words.tail.is_empty(),
        _ => false,
    };
    let told = stated && set_off && part.premise.words.lead.iter().all(is_filler);
    (told && derived.bounds.is_some() && part.value < whole.value).then(|| (part.clone(), whole.clone()))
}

/// "150 privata och 80 kommunala utförare. … Bland de kommunala var antalet 28": the one whole that a word before the part names.
pub fn named_whole<'s, 'p>(part: &Amount<'s, 'p>, near: &[Amount<'s, 'p>]) -> Option<Amount<'s, 'p>> {
    let named = |amount: &&Amount<'_, '_>| {
        let first = amount.premise.words.tail.first().and_then(Token::stem);
        let lead = part.premise.words.lead.iter().filter(|word| word.has(Tag::Sort)).filter_map(Token::stem);
        amount.value > part.value && first.is_some_and(|first| lead.into_iter().any(|word| word == first))
    };
    let mut all = near.iter().filter(|amount| amount.premise.sentence > 0).filter(named);
    all.next().filter(|_| all.next().is_none()).cloned()
}
