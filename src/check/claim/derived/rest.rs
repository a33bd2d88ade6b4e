//! What is left of a whole.

use super::interval::Interval;
use super::premise::{Amount, Kind, Premise};
use super::scene::Derived;
use super::words::{Words, is_alike};
use super::{Operation, Reading, change, text};
use crate::check::claim::number_text;
use crate::check::hedges::hedge;
use crate::check::lang::{HEDGES, Tag};
use crate::check::number::Number;
use crate::check::tokens::{Say as _, Token};
use crate::diagnostic::say;
use crate::value::Exact;

pub static REST: Operation = Operation { code: "EVI005", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    matches!(derived.kind, Kind::Plain | Kind::Money | Kind::Percent)
        // "which left a surplus of £490,000"
        && (!change::is_said(words, derived.kind) || words.before(&[Tag::Remains]))
        && (is_left(words) || is_contrary(derived) || is_all_but(derived) || is_denied(derived))
}

/// "Av 50 ärenden saknade 12 en plan. I 38 fanns alltså en plan": concluded, and denied where the part is told or the other way round.
fn is_contrary(derived: &Derived<'_>) -> bool {
    let denied = |words: &Words<'_>| words.lead.iter().chain(words.tail).any(|token| token.tags.any(DENIED));
    let part = derived.before().or_else(|| derived.premises.iter().rfind(|premise| premise.sentence == 1));
    let concluded = derived.words.concludes() || derived.words.before(&[Tag::Yields]);
    // "58 procent är män. Kvinnorna utgör alltså 42 procent"
    let sex = |words: &Words<'_>| {
        [Tag::Women, Tag::Men].map(|sex| words.lead.iter().chain(words.tail).any(|token| token.has(sex)))
    };
    let opposed = |part: &Words<'_>| {
        let (part, own) = (sex(part), sex(&derived.words));
        part[0] != part[1] && own[0] != own[1] && part != own
    };
    // What only says the number again says the same of it: "En fjärdedel av de 88 saknade certifikat, det vill säga 22."
    let again = derived.is_apposed() && !denied(&derived.words);
    let turned = |part: &Words<'_>| (denied(part) != denied(&derived.words) && !again) || opposed(part);
    let differs = part.is_some_and(|part| turned(&part.words));
    matches!(derived.kind, Kind::Plain | Kind::Percent)
        && concluded
        && differs
        && !derived.says(&[Tag::Grew, Tag::Shrank, Tag::Total])
}

/// "alla 24 föreningar. Hittills har 21 lämnat in, medan fem inte har hört av sig", "de 15 besök som inte hanns med": of all those that are no others.
fn is_denied(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    let denied = |words: &Words<'_>| words.tail.say(DENIED) || words.lead.say(DENIED);
    let which = words.tail.iter().position(|token| token.has(Tag::Relative)).filter(|at| (1..3).contains(at));
    let which = which.is_some_and(|at| words.tail[at..].iter().take(3).any(|token| token.tags.any(DENIED)));
    let the =
        words.lead.last().is_some_and(|last| last.has(Tag::Determiner) && !last.tags.any(&[Tag::All, Tag::Total]));
    let all = |premise: &&Premise<'_>| !premise.far && premise.sentence < 2 && premise.words.lead.say(&[Tag::All]);
    let part = derived.before().filter(|part| !denied(&part.words));
    // "25 trivs, medan 8 inte har svarat": a third may do neither.
    let near =
        derived.premises.iter().filter(|premise| !premise.far && premise.kind == Kind::Plain && premise.sentence < 2);
    let whole = near.map(|premise| premise.number.value).max();
    let both = part.and_then(|part| part.number.value.checked_add(derived.value));
    if both.zip(whole).is_none_or(|(both, whole)| both <= whole) {
        return false;
    }
    let joined = part.is_some_and(|part| !part.words.lead.say(&[Tag::All])) && words.lead.say(&[Tag::Joint]);
    derived.kind == Kind::Plain
        && (the && which && part.is_some()
            || joined && denied(words) && derived.premises.iter().any(|premise| all(&premise)))
}

const DENIED: &[Tag] = &[Tag::Negation, Tag::Lacks, Tag::Late];

/// "All but six of the 48 homes met the standard, that is to say 42 homes.", "All but four of the 31 districts replied. The 27 districts that replied …"
fn is_all_but(derived: &Derived<'_>) -> bool {
    let told = |premise: &&Premise<'_>| !premise.far && premise.sentence == 1;
    let before: Vec<&Premise<'_>> = derived.premises.iter().filter(told).collect();
    let taken_up = || {
        let sentence = derived.passage.sentence(before.first()?.number.range.start);
        let noun = derived.words.tail.first()?;
        let named = |premise: &&Premise<'_>| premise.words.tail.iter().take(2).any(|word| is_alike(word, noun));
        let own = before.iter().any(|premise| premise.number.value == derived.value);
        let the = derived.words.lead.last()?.has(Tag::Determiner) && derived.own_before().next().is_none();
        let all_but = derived.passage.tokens_in(&sentence).say(&[Tag::AllBut]);
        (all_but && the && before.len() == 2 && before.iter().any(named) && !own).then_some(())
    };
    derived.kind == Kind::Plain && (derived.words.concludes() && derived.says(&[Tag::AllBut]) || taken_up().is_some())
}

/// Whether words of the number's own clause say that it is left over: "resterande 33", "3,5 vakanta".
fn is_left(words: &Words<'_>) -> bool {
    let left = |token: &&Token| token.tags.any(&[Tag::Rest, Tag::Remains, Tag::NonResponse]);
    // "the rest, £4.5m, on premises"
    let small = [Tag::Relative, Tag::Is, Tag::To, Tag::Upon, Tag::By, Tag::Equals];
    let led = words.lead.iter().all(|word| word.tags.any(&small) || word.tags.any(HEDGES));
    let told = |token: &Token| {
        token.tags.any(&[Tag::Rest, Tag::Remains]) || !words.lead.is_empty() && token.has(Tag::NonResponse)
    };
    if led && words.opener == Some(',') && words.intro.iter().any(told) {
        return true;
    }
    let joint = words.lead.iter().rposition(|token| token.has(Tag::Joint) && !token.has(Tag::Equals));
    let before = words.lead[joint.map_or(0, |at| at + 1)..].iter().any(|token| left(&token));
    // "1,109 of the remaining 2,410" is no rest.
    let mut behind = words.tail.iter().take(2).take_while(|token| !token.has(Tag::Of));
    before || behind.any(|token| left(&token))
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    let amounts = derived.amounts(derived.kind);
    let mut out = Vec::new();
    let hundred = Interval::exactly(100_i64.into());
    let certain = certain(derived, &amounts);
    // "Of its £4.8m, £3.1m came from contracts and £0.9m from donations. The remaining …" is left of all that was named.
    let plain = !derived.says(&[Tag::OfWhich, Tag::Including]) && derived.premises.iter().all(|premise| !premise.far);
    if certain.as_ref().is_none_or(|_| !(plain && derived.kind == Kind::Money && are_named_together(&amounts))) {
        for whole in amounts.iter().filter(|whole| !is_part(&amounts, whole)) {
            let parts: Vec<_> =
                amounts.iter().filter(|part| part.start() != whole.start()).map(|part| part.may_be).collect();
            out.extend(some_of(&parts, whole.may_be).into_iter().map(Reading::possible));
        }
    }
    if derived.kind == Kind::Percent {
        // What was told last of the same is no more left than what was told before.
        let last = derived.before().filter(|last| last.kind == Kind::Percent).map(|last| last.number.range.start);
        let at = amounts.iter().position(|part| Some(part.start()) == last);
        let parts: Vec<_> = amounts.iter().enumerate().filter(|(place, _)| Some(*place) != at).collect();
        let parts: Vec<_> = parts.into_iter().map(|(_, part)| part.may_be).collect();
        let whole = at.map_or(Some(hundred), |at| hundred.minus(amounts[at].may_be));
        out.extend(whole.filter(|_| at.is_some()).map(Reading::possible));
        out.extend(whole.into_iter().flat_map(|whole| some_of(&parts, whole)).map(Reading::possible));
    }
    out.extend(certain);
    out.extend(hundred_without(derived, &amounts));
    out.extend(without_fraction(derived, &amounts));
    out
}

/// Whether the numbers stand in one sentence, the last joined to those before: "£3.1m came from contracts and £0.9m from donations".
fn are_named_together(amounts: &[Amount<'_, '_>]) -> bool {
    let one = amounts.iter().all(|amount| amount.premise.sentence == amounts[0].premise.sentence);
    let joined = |amount: &Amount<'_, '_>| amount.premise.words.before(&[Tag::Joint]);
    one && amounts.len() == 3 && amounts.last().is_some_and(joined)
}

/// What the percentages before it leave of a hundred.
fn hundred_without(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let before = |sentence: usize| {
        let near = derived.near(amounts).into_iter();
        near.filter(move |part| part.premise.sentence == sentence && part.start() < derived.number.range.start)
            .collect::<Vec<_>>()
    };
    let (own, last) = (before(0), before(1));
    // "48 procent tycker …. 37 procent vill ha färre och 4 procent fler, medan övriga 11 procent …": of both sentences.
    let sum = |parts: &[Amount<'_, '_>]| parts.iter().map(|part| part.value).try_fold(Exact::ZERO, Exact::checked_add);
    let left = |parts: &[Amount<'_, '_>]| Exact::from(100_i64).checked_sub(sum(parts)?);
    let near = |parts: &[Amount<'_, '_>]| left(parts).is_some_and(|left| derived.is_near(left, 3));
    let both: Vec<Amount<'_, '_>> = last.iter().chain(&own).cloned().collect();
    let parts = match () {
        () if own.is_empty() => last,
        () if own.len() > 1 && !near(&own) && near(&both) => both,
        () => own,
    };
    let taken = parts.iter().map(|part| part.value).try_fold(Exact::ZERO, Exact::checked_add)?;
    let exact = Exact::from(100_i64).checked_sub(taken)?;
    let may_be = parts.iter().map(|part| part.may_be).try_fold(Interval::exactly(100_i64.into()), Interval::minus)?;
    let words = say!("{taken} percent leave {text}", taken, text = text(derived, exact));
    let times = if parts.len() > 2 { 11 } else { 3 };
    let meant = derived.kind == Kind::Percent && (1..=4).contains(&parts.len()) && derived.is_near(exact, times);
    meant.then(|| Reading::certain(may_be, words))
}

/// "Tre fjärdedelar av de 120 skolorna har en plan. De övriga 30 saknar en": what words for a share leave of a whole.
fn without_fraction(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let near = derived.near(amounts);
    let [whole] = near.as_slice() else { return None };
    let told = derived.passage.sentence(whole.start());
    let said = derived.passage.numbers_in(&(told.start..derived.number.range.start));
    let mut fractions = derived.passage.numbers[said].iter().filter(|number| number.is_fraction());
    let (share, None) = (fractions.next()?, fractions.next()) else { return None };
    let of = whole.premise.words.before(&[Tag::Of]) && share.range.end <= whole.start();
    let hedged = hedge(derived.passage, share.range.start).is_some() || derived.is_hedged();
    let hundred = Exact::from(100_i64);
    let exact = whole.value.checked_mul(hundred.checked_sub(share.value)?)?.checked_div(hundred)?;
    // What words tell is seldom told to its last digit.
    let slack = whole.value.checked_div(20_i64.into())?.max(1_i64.into());
    let words = say!(
        "{first} less that share is {text}",
        first = number_text(whole.premise.number),
        text = text(derived, exact)
    );
    let meant = of && !hedged && derived.kind != Kind::Percent && derived.is_near(exact, 3);
    meant.then_some(Reading::certain(Interval::around(exact, slack)?, words))
}

/// What the numbers before it leave of the first of them.
fn certain(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let mut near = derived.near(amounts);
    near.retain(|amount| amount.premise.sentence < 2 && amount.start() < derived.number.range.start);
    // "54 lokaler, varav 38 hyrdes av kommunen. Av de 38 användes 26 …": what is taken up is the whole.
    let own = |amount: &Amount<'_, '_>| amount.premise.sentence == 0;
    let taken =
        near.iter().position(|amount| own(amount) && amount.premise.words.last().is_some_and(|of| of.has(Tag::Of)));
    if let Some(whole) =
        taken.map(|at| near[at].value).filter(|whole| near.iter().any(|amount| !own(amount) && amount.value == *whole))
    {
        near.retain(|amount| own(amount) && amount.value <= whole);
    }
    let largest = near.iter().map(|amount| amount.value).max()?;
    // "stråk 3" is no part; another amount before the largest says that more is told.
    near.retain(|amount| amount.value.checked_mul(50_i64.into()).is_some_and(|many| many >= largest));
    // "Fem av de åtta har en plan. Tre saknar därmed plan."
    let after = near.len() == 2 && near[1].premise.words.last().is_some_and(|last| last.has(Tag::Of));
    if is_all_but(derived) || after && is_contrary(derived) {
        near.sort_by_key(|amount| std::cmp::Reverse(amount.value));
    }
    let (whole, parts) = near.split_first().filter(|(whole, _)| whole.value == largest)?;
    // "Två tredjedelar av de 54 gällde bemötande. Av övriga 18 …": what is taken is told as a share.
    let around = derived.passage.sentence(whole.start()).start..derived.number.range.start;
    let mut numbers = derived.passage.numbers_in(&around).filter_map(|at| derived.passage.numbers.get(at));
    // "75 per cent of USD 8 million, that is, USD 6 million": told as an amount as well.
    let amount = |share: &Number| {
        let hundred = |part: Exact| part.checked_mul(100_i64.into())?.checked_div(whole.value);
        let apart = |part: &Amount<'_, '_>| Some(hundred(part.value)?.checked_sub(share.value)?.magnitude());
        parts.iter().filter_map(apart).any(|apart| apart <= 1_i64.into())
    };
    if numbers.any(|number| number.is_fraction() || number.is_percent() && !amount(number)) {
        return None;
    }
    let taken = parts.iter().map(|part| part.value).try_fold(Exact::ZERO, Exact::checked_add)?;
    let exact = whole.value.checked_sub(taken)?;
    // "En tredjedel av dem": words say how many are taken.
    let from = parts.iter().chain([whole]).map(Amount::start).min()?;
    let inside = from..derived.number.range.start;
    let words = derived.passage.numbers[derived.passage.numbers_in(&inside)].iter().any(Number::is_fraction);
    // Of millions one does not take three.
    let alike = taken.checked_mul(1000_i64.into())? >= whole.value;
    if words || !(1..=3).contains(&parts.len()) || !alike || derived.kind == Kind::Percent || !derived.is_near(exact, 3)
    {
        return None;
    }
    let may_be = parts.iter().map(|part| part.may_be).try_fold(whole.may_be, Interval::minus)?;
    let names = parts.iter().map(|part| number_text(part.premise.number));
    let names = names.reduce(|all, amount| say!("{all} and {amount}", all, amount))?;
    let whole = number_text(whole.premise.number);
    Some(Reading::certain(
        may_be,
        say!("{whole} without {names} leaves {text}", whole, names, text = text(derived, exact)),
    ))
}

/// Whether a number is among those that make the greatest of their sentence together: what such parts differ by is no rest.
pub fn is_part(all: &[Amount<'_, '_>], one: &Amount<'_, '_>) -> bool {
    let told = all.iter().filter(|amount| amount.premise.sentence == one.premise.sentence && !amount.premise.far);
    let told: Vec<Exact> = told.map(|amount| amount.value).collect();
    let whole = told.iter().copied().max().unwrap_or(one.value);
    let sum = told.iter().try_fold(Exact::ZERO, |sum, value| sum.checked_add(*value));
    told.len() > 3 && one.value < whole && sum == whole.checked_mul(2_i64.into())
}

/// So many parts are taken from a whole at most.
const PARTS: usize = 6;

/// A whole without one or several of its parts.
fn some_of(parts: &[Interval], whole: Interval) -> Vec<Interval> {
    let parts = &parts[parts.len().saturating_sub(PARTS)..];
    let chosen = (1..1_usize << parts.len()).map(|chosen| {
        let some = parts.iter().enumerate().filter(|(at, _)| chosen & (1 << at) != 0).map(|(_, part)| *part);
        some.into_iter().try_fold(whole, Interval::minus)
    });
    chosen.flatten().collect()
}
