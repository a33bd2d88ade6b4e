//! How many a percentage of a whole are: "40 procent, eller 180 personer", "17% (144)".

use super::interval::Interval;
use super::premise::{Amount, Kind, Premise};
use super::scene::Derived;
use super::{Operation, Reading, change, share, text};
use crate::check::claim::level::Direction;
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::tokens::Kind as Sort;
use crate::diagnostic::say;

pub static COUNT: Operation = Operation { code: "EVI003", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    is_told(derived) || at_rate(derived).is_some()
}

/// "Lånet på 8 mnkr har en ränta på 3 procent, vilket ger en kostnad på 240 000 kronor": of one amount of money one percentage, and nothing else.
fn at_rate<'d, 'p>(derived: &'d Derived<'p>) -> Option<[&'d Premise<'p>; 2]> {
    let near: Vec<&Premise<'p>> = derived.premises.iter().filter(|premise| !premise.far).collect();
    let [one, two] = near.as_slice() else { return None };
    let (rate, whole) = match (one.kind, two.kind) {
        (Kind::Percent, Kind::Money) => (*one, *two),
        (Kind::Money, Kind::Percent) => (*two, *one),
        _ => return None,
    };
    let linked = derived.words.concludes()
        || derived.words.before(&[Tag::Yields])
        || derived.words.last().is_some_and(|last| last.has(Tag::Yields));
    let before = [rate, whole].into_iter().all(|premise| premise.number.range.end <= derived.number.range.start);
    // "After a cut of 20 percent it is £400"
    let linked =
        linked || change::is_said(&rate.words, rate.kind) && derived.words.last().is_some_and(|last| last.has(Tag::Is));
    // "Inklusive 25 procent mervärdesskatt fakturerades 800 000 kronor"
    let linked = linked || rate.words.behind(&[Tag::Vat], 2);
    let other = derived.words.before(&[Tag::Per]) || derived.words.behind(&[Tag::Per], 3);
    (derived.kind == Kind::Money && linked && before && !other && !change::is_said(&derived.words, derived.kind))
        .then_some([rate, whole])
}

/// An amount at a rate: that much of it, or it with so much more or less.
fn of_rate(derived: &Derived<'_>) -> Option<Vec<Reading>> {
    let [rate, whole] = at_rate(derived)?;
    let (share, amount) = (rate.amount(derived.passage, Kind::Percent)?, whole.amount(derived.passage, Kind::Money)?);
    let exact = amount.value.checked_mul(share.value)?.checked_div(100_i64.into())?;
    let made = amount.may_be.times(share.may_be)?.over(Interval::exactly(100_i64.into()))?;
    let (more, less) = (amount.may_be.plus(made)?, amount.may_be.minus(made)?);
    let (share_text, whole_text) = (number_text(rate.number), number_text(whole.number));
    let words = say!("{share_text} of {whole_text} is {text}", share_text, whole_text, text = text(derived, exact));
    // "Med en höjning på 5 procent blir taxan 2 100": what is told is the whole as it became.
    let told = derived.passage.tokens_in(&derived.passage.sentence(rate.number.range.start));
    let taxed = (rate.words.behind(&[Tag::Vat], 2) && derived.value > amount.value).then_some(Direction::Up);
    let goes = change::change_word(&rate.words, rate.kind).and_then(|word| Direction::of_word(word, told));
    let goes = goes.or(taxed);
    let (exact, may_be) = match goes {
        None => (exact, made),
        Some(Direction::Up) => (amount.value.checked_add(exact)?, more),
        Some(Direction::Down) => (amount.value.checked_sub(exact)?, less),
    };
    let words = match goes {
        None => words,
        Some(_) => {
            say!("{whole_text} with {share_text} is {text}", whole_text, share_text, text = text(derived, exact))
        }
    };
    let near = derived.is_near(exact, 3).then(|| Reading::certain(may_be, words));
    Some(near.into_iter().chain([more, less, made].map(Reading::possible)).collect())
}

fn is_told(derived: &Derived<'_>) -> bool {
    matches!(derived.kind, Kind::Plain | Kind::Money)
        && (derived.is_apposed() || is_set_off(derived))
        && matches!(derived.words.opener, Some(',' | '('))
        // "drygt 40 procent (15 av 40)" says its own whole.
        && !matches!(derived.words.tail, [of] if of.has(Tag::Of))
        && !change::is_said(&derived.words, derived.kind)
        && share_before(derived).is_some_and(|share| !change::is_said(&share.words, share.kind))
}

/// "30 per cent of them, 102 persons, reported": between two commas.
fn is_set_off(derived: &Derived<'_>) -> bool {
    let [noun] = derived.words.tail else { return false };
    derived.words.opener == Some(',')
        && derived.words.lead.is_empty()
        && derived.passage.text[noun.range.end..].starts_with(',')
}

/// The percentage that the number says again, with no more than its whole between: "64 per cent of the 50 schools, 30,".
fn share_before<'d, 'p>(derived: &'d Derived<'p>) -> Option<&'d Premise<'p>> {
    let mut before = derived.own_before().rev();
    let last = before.next()?;
    let share = if last.words.before(&[Tag::Of]) && last.kind == derived.kind { before.next()? } else { last };
    // "60 procent, och en fjärdedel av dem (30 stycken)" goes on with another share.
    let between = derived.passage.tokens_in(&(share.number.end..derived.number.range.start));
    let signs = between.iter().filter(|token| matches!(token.kind, Sort::Sign(_))).count();
    (share.kind == Kind::Percent && signs == 1).then_some(share)
}

/// "Av de svarande uppgav 40 procent, eller 180 personer" is of those who answered, where it is told how many did.
fn of_answers<'s, 'p>(derived: &Derived<'_>, amounts: Vec<Amount<'s, 'p>>) -> Vec<Amount<'s, 'p>> {
    let said = derived.sentence.windows(2).chain(derived.sentence.windows(3)).any(|words| {
        words.first().is_some_and(|word| word.has(Tag::Of)) && words.last().is_some_and(|word| word.has(Tag::Responded))
    });
    let answered = |amount: &Amount<'_, '_>| amount.premise.words.has(&[Tag::Responded]);
    if !said || !amounts.iter().any(answered) {
        return amounts;
    }
    amounts.into_iter().filter(answered).collect()
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    if !is_told(derived) {
        return of_rate(derived).unwrap_or_default();
    }
    let (amounts, shares) = (of_answers(derived, derived.amounts(derived.kind)), derived.amounts(Kind::Percent));
    let hundred = Interval::exactly(100_i64.into());
    let of = |whole: Interval, share: Interval| whole.times(share)?.over(hundred);
    // "58% (90) were positive, 14% (6) neutral and 28% (43) negative": together they are all.
    let mut own = amounts.iter().filter(|amount| amount.premise.sentence == 0);
    let all = own.try_fold(derived.printed, |sum, amount| {
        sum.plus(amount.may_be).filter(|_| amount.premise.words.opener == Some('('))
    });
    let told = share_before(derived).and_then(|share| share.amount(derived.passage, Kind::Percent));
    let mut out: Vec<Reading> = told.iter().filter_map(|share| of(all?, share.may_be)).map(Reading::possible).collect();
    for share in &shares {
        out.extend(amounts.iter().filter_map(|whole| of(whole.may_be, share.may_be)).map(Reading::possible));
        // The count is the whole of which others are parts.
        out.extend(
            amounts.iter().filter_map(|part| part.may_be.times(hundred)?.over(share.may_be)).map(Reading::possible),
        );
    }
    let certain = || {
        let share = told.as_ref()?;
        let whole = share::whole_of(derived.value, derived.number.range.start, &derived.near(&amounts))?;
        let exact = whole.value.checked_mul(share.value)?.checked_div(100_i64.into())?;
        let (share_text, whole_text) = (number_text(share.premise.number), number_text(whole.premise.number));
        let words = say!("{share_text} of {whole_text} is {text}", share_text, whole_text, text = text(derived, exact));
        derived.is_near(exact, 3).then_some(())?;
        Some(Reading::certain(of(whole.may_be, share.may_be)?, words))
    };
    out.extend(certain());
    out
}
