//! What percentage one number is of another.

use super::interval::Interval;
use super::premise::{Amount, Kind, Premise};
use super::scene::{Derived, NEAR};
use super::words::{Words, is_alike};
use super::{Operation, Reading, base, change, complement, text};
use crate::check::claim::number_text;
use crate::check::lang::{self, Tag};
use crate::check::number::Number;
use crate::check::tokens::Token;
use crate::diagnostic::say;
use crate::value::Exact;

pub static SHARE: Operation = Operation { code: "EVI003", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    if derived.kind == Kind::Percent && complement::readings(derived).is_some() {
        return true;
    }
    // "60 per cent (2021: 57 per cent)"
    let dated = derived.passage.lower[..derived.number.range.start]
        .trim_end()
        .strip_suffix(':')
        .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    derived.kind == Kind::Percent
        && !dated
        && (is_concluded(derived) || is_of_all(derived))
        && !change::is_said(&derived.words, derived.kind)
            && !(change::is_aside(derived) && derived.before().is_some_and(|before| before.kind == Kind::Points))
        && !derived.before().is_some_and(|premise| is_other(&premise.words, premise.kind))
        && !words.behind(&[Tag::Average, Tag::Median], 3)
        // "kvinnornas medellön motsvarade 84 procent av männens"
        && (words.tail.first().is_some_and(|next| next.has(Tag::Of)) || !words.before(&[Tag::Average, Tag::Median]))
        && !words.before(&[
            Tag::Compared,
            Tag::Than,
            Tag::Target,
            Tag::NonResponse,
            Tag::Earlier,
        ])
}

/// Whether a number is said to be the share of others.
fn is_concluded(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    // "The 45 faults represent 15% of the 300 lifts"
    let makes_up = makes_up(words);
    derived.is_apposed()
        || (makes_up && words.tail.first().is_some_and(|next| next.has(Tag::Of)))
        || concludes(derived)
        || sums_up(derived)
        || words.before(&[Tag::ResponseRate, Tag::Quota])
        || derived.apposed().is_some()
        || (derived.bounds.is_some() && base::both_behind(derived, &derived.amounts(Kind::Plain)).is_some())
}

fn makes_up(words: &Words<'_>) -> bool {
    words.last().is_some_and(|last| last.has(Tag::MakesUp) && !last.has(Tag::Is))
}

/// Whether the share is a conclusion; words for one may lie far before the word that says so: "En majoritet av de svarande vill således".
fn concludes(derived: &Derived<'_>) -> bool {
    derived.words.concludes() || derived.bounds.is_some() && derived.words.tail.iter().any(Token::concludes)
}

/// "Av 32 kliniker hade 23 brister i journalerna. Färre än hälften av klinikerna hade sådana brister.": says again in words what the sentence before counts.
fn sums_up(derived: &Derived<'_>) -> bool {
    let own = derived.passage.sentence(derived.number.range.start);
    let told = derived.premises.iter().rfind(|premise| !premise.far && premise.sentence == 1);
    let number = |number: &Number| derived.number.range.contains(&number.range.start) || number.is_fraction();
    (derived.bounds.is_some() || derived.says(&[Tag::Total]))
        && derived.passage.numbers[derived.passage.numbers_in(&own)].iter().all(number)
        && told.is_some_and(|told| derived.again(told) >= RETOLD)
        && !derived.says(&[Tag::Earlier, Tag::Since, Tag::Planned, Tag::Target, Tag::Afterwards])
}

/// Whether a number is no part of anything: a change, a target.
fn is_other(words: &Words<'_>, kind: Kind) -> bool {
    // "målen" are also cases of a court: what is told of them stands further off.
    let near = &words.lead[words.lead.len().saturating_sub(3)..];
    change::is_said(words, kind) || near.iter().any(|word| word.tags.any(&[Tag::Target, Tag::Average]))
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    if let Some(others) = complement::readings(derived) {
        return others;
    }
    if let Some(named) = base::reading(derived) {
        return vec![named];
    }
    if let Some(pooled) = pooled(derived, &derived.amounts(Kind::Plain)) {
        return vec![pooled];
    }
    let mut out = Vec::new();
    let behind = derived.bounds.is_some() && base::both_behind(derived, &derived.amounts(Kind::Plain)).is_some();
    let beside = behind || derived.is_apposed() || derived.apposed().is_some();
    // "Vid 62 av dem": the part and its whole are no two groups.
    let own = |premise: &&Premise<'_>| premise.sentence == 0 && !premise.far;
    // "Av 147 svarande var 56 nöjda"
    let of_whole = || {
        derived.premises.iter().filter(own).any(|premise| premise.words.last().is_some_and(|last| last.has(Tag::Of)))
    };
    // "Bland de 340 besökarna hade 153 rest långt": the sentence before as well says what they are part of.
    let told_whole = derived.bounds.is_some()
        && derived.premises.iter().any(|premise| {
            !premise.far && premise.sentence == 1 && premise.words.last().is_some_and(|last| last.has(Tag::Of))
        });
    let taken_up = || derived.says(&[Tag::OfWhich, Tag::OfThese]) || of_whole();
    // "81 av dem, alltså drygt hälften": what takes the words of the part up is no rest of it.
    let retold = (concludes(derived) || sums_up(derived)) && is_retold(derived);
    // "Enkäten besvarades av 250 nämndemän. Endast en minoritet, 133 personer, …": who answered are the whole.
    let answered = || {
        derived.premises.iter().any(|premise| premise.sentence == 1 && premise.words.has(&[Tag::Responded, Tag::Asked]))
    };
    let divided = behind
        || retold
        || told_whole
        || (beside && (taken_up() || derived.bounds.is_some() && answered()))
        || is_stated(derived);
    for kind in [Kind::Plain, Kind::Money, Kind::Time] {
        let mut amounts = derived.amounts(kind);
        // "12 mellan 7 och 12 år": the 7 are a limit.
        amounts.retain(|amount| !amount.premise.words.last().is_some_and(|last| last.has(Tag::Between)));
        for one in &amounts {
            for other in amounts.iter().filter(|other| may_be_whole(derived, beside, one, other, &amounts)) {
                let both = one.may_be.plus(other.may_be);
                out.extend(one.may_be.percent_of(other.may_be).map(Reading::possible));
                // Of two groups the share is that of the one it stands beside.
                let told = !beside || one.premise.sentence == 0;
                let part = both.filter(|_| !divided && told).and_then(|both| one.may_be.percent_of(both));
                out.extend(part.map(Reading::possible));
                let third = amounts
                    .iter()
                    .filter(|third| !divided && third.start() != one.start() && third.start() != other.start());
                for third in third {
                    out.extend(both.and_then(|both| both.percent_of(third.may_be)).map(Reading::possible));
                    // What stands beside the share is the part of two wholes, and no other.
                    let part = both.filter(|_| !beside || third.premise.sentence == 0);
                    out.extend(part.and_then(|both| third.may_be.percent_of(both)).map(Reading::possible));
                    let other = Some(other).filter(|other| one.premise.sentence == other.premise.sentence);
                    out.extend(
                        other
                            .and_then(|other| one.may_be.minus(other.may_be))
                            .and_then(|rest| rest.percent_of(third.may_be))
                            .map(Reading::possible),
                    );
                }
                // "153 av 340 hade rest långt. Mer än hälften var således långväga": words deny what they turn round.
                let turned = derived.bounds.is_none() || denies(derived, one.premise);
                if turned && !(beside || retold || is_stated(derived)) || says_rest(derived) {
                    out.extend(
                        other
                            .may_be
                            .minus(one.may_be)
                            .and_then(|rest| rest.percent_of(other.may_be))
                            .map(Reading::possible),
                    );
                }
            }
        }
        out.extend(base::of_both(&amounts).into_iter().map(Reading::possible));
        let own = || amounts.iter().filter(|amount| amount.premise.sentence == 0).map(|amount| amount.may_be);
        let all = own().filter(|_| own().count() > 1 && !divided);
        let all = all.reduce(|sum, next| sum.plus(next).unwrap_or(sum));
        out.extend(amounts.iter().filter_map(|amount| amount.may_be.percent_of(all?)).map(Reading::possible));
        out.extend(certain(derived, &amounts).filter(|_| is_concluded(derived)));
    }
    // A part is no more than its whole.
    out.retain(|reading| reading.may_be.low <= 100_i64.into() && reading.may_be.high >= Exact::ZERO);
    let percents = derived.amounts(Kind::Percent);
    let hundred = Interval::exactly(100_i64.into());
    for one in &percents {
        let sexes = derived.says(&[Tag::Women, Tag::Men]);
        let turned = derived.bounds.is_none() || sexes || says_rest(derived) || denies(derived, one.premise);
        out.extend(hundred.minus(one.may_be).filter(|_| turned).map(Reading::possible));
        for other in percents.iter().filter(|other| other.start() != one.start()) {
            let made = [
                one.may_be.plus(other.may_be),
                one.may_be.minus(other.may_be),
                one.may_be.percent_of(other.may_be),
                one.may_be.times(other.may_be).and_then(|product| product.over(hundred)),
            ];
            out.extend(made.into_iter().flatten().map(Reading::possible));
        }
    }
    out
}

/// "Taking the two clinics together, 68%"
fn is_of_all(derived: &Derived<'_>) -> bool {
    derived.words.opener.is_none_or(|sign| sign == ',') && derived.says(&[Tag::Total, Tag::EachGroup, Tag::All])
}

/// Parts of two wholes, told of both together: "90 of 150 …, and at the second 80 of 100. Taking the two together, 68%".
fn pooled(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let mut near = derived.near(amounts);
    near.retain(|amount| amount.start() < derived.number.range.start && !amount.takes_up());
    let [a, b, c, d] = near.as_slice() else { return None };
    let of = |part: &Amount<'_, '_>, whole: &Amount<'_, '_>| {
        whole.premise.words.before(&[Tag::Of]) && part.value <= whole.value
    };
    // "Av de 50 kvinnorna svarade 35 ja, av de 30 männen 15": the whole stands first.
    let [part, whole, other_part, other_whole] = if of(b, a) && of(d, c) { [b, a, d, c] } else { [a, b, c, d] };
    let (parts, wholes) = (part.value.checked_add(other_part.value)?, whole.value.checked_add(other_whole.value)?);
    let exact = parts.checked_mul(100_i64.into())?.checked_div(wholes)?;
    let may_be = part.may_be.plus(other_part.may_be)?.percent_of(whole.may_be.plus(other_whole.may_be)?)?;
    let words = say!("{parts} of {wholes} is {text} percent", parts, wholes, text = text(derived, exact));
    let meant = is_of_all(derived) && of(part, whole) && of(other_part, other_whole);
    meant.then(|| Reading::certain(may_be, words))
}

/// So many words of a conclusion are those of the sentence before it where it says the same again.
const RETOLD: usize = 3;

/// Whether a conclusion takes up the words by which the part was told, in its own sentence or the one before.
fn is_retold(derived: &Derived<'_>) -> bool {
    let Some(last) = derived.premises.iter().rfind(|premise| !premise.far) else { return false };
    if last.sentence == 0 {
        return derived.is_apposed() || derived.words.opener == Some(',');
    }
    derived.again(last) >= RETOLD
}

/// "17 av 35 mandat": the part and its whole stand side by side, and no others.
fn is_stated(derived: &Derived<'_>) -> bool {
    let mut own = derived.premises.iter().filter(|premise| premise.sentence == 0 && !premise.far);
    let (Some(part), Some(whole), None) = (own.next(), own.next(), own.next()) else { return false };
    let lead = whole.words.lead;
    let of = lead.len() < 3 && lead.first().is_some_and(|first| first.has(Tag::Of));
    derived.bounds.is_some() && of && whole.words.opener.is_none() && part.number.value < whole.number.value
}

/// Whether words of the conclusion or of what it rests on say that something is not so.
fn denies(derived: &Derived<'_>, part: &Premise<'_>) -> bool {
    let tags =
        [Tag::Negation, Tag::Lacks, Tag::Rest, Tag::Except, Tag::NonResponse, Tag::Refuses, Tag::Remains, Tag::Late];
    let told = derived.passage.tokens_in(&derived.passage.sentence(part.number.range.start));
    derived.says(&tags) || told.iter().any(|token| token.tags.any(&tags))
}

/// Whether the share is of what is left; words for one are so only in their own clause.
fn says_rest(derived: &Derived<'_>) -> bool {
    let tags = [Tag::Rest, Tag::Negation, Tag::Except];
    if derived.bounds.is_some() { derived.words.has(&tags) } else { derived.says(&tags) }
}

/// Whether one number may be told as a part of another: what stands beside the share is a part or a whole of it, and what was a year ago is not
/// the whole of what is told now.
fn may_be_whole(
    derived: &Derived<'_>,
    beside: bool,
    part: &Amount<'_, '_>,
    whole: &Amount<'_, '_>,
    all: &[Amount<'_, '_>],
) -> bool {
    let own = |amount: &Amount<'_, '_>| amount.premise.sentence == 0 && !amount.premise.far;
    let past = own(part) && !own(whole) && whole.is_earlier() && !derived.says(&[Tag::Earlier]);
    // Words for a share are of what stands beside them, and of no more than its whole.
    let behind = derived.apposed().filter(|_| derived.bounds.is_some());
    let other = behind.is_some_and(|behind| behind.number.range.start != part.start())
        || derived.bounds.is_some() && part.value > whole.value
        || whole.start() > derived.number.range.start && whole.premise.words.before(&[Tag::Rest]);
    part.start() != whole.start() && !past && !other && (!beside || own(part) || own(whole) || !all.iter().any(own))
}

/// The part and the whole that are meant, where there is no doubt.
fn certain(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    // "Av dem som saknar en plan": who they are, no number says.
    let others = |two: &[Token]| two[0].tags.any(&[Tag::Them, Tag::OfWhich, Tag::OfThese]) && two[1].has(Tag::Relative);
    if derived.sentence.windows(2).any(others) {
        return None;
    }
    let near = derived.near(amounts);
    let behind =
        derived.apposed().and_then(|behind| near.iter().find(|amount| amount.start() == behind.number.range.start));
    let (part, whole) = if let Some(both) = base::both_behind(derived, &near) {
        both
    } else if let Some(part) = behind {
        // "En tredjedel, 4,5 mnkr, avsåg en släckbil"
        (part.clone(), whole_of(part.value, part.start(), &near)?)
    } else if derived.is_apposed() && derived.words.opener != Some(':') && !makes_up(&derived.words) {
        let last =
            |amount: &&Amount<'_, '_>| amount.premise.sentence == 0 && amount.start() < derived.number.range.start;
        let before: Vec<&Amount<'_, '_>> = near.iter().filter(last).collect();
        let of = [Tag::Of, Tag::OfThese];
        // "Av dessa är 304" has its whole before it.
        let stated = |part: &Amount<'_, '_>| {
            let lead = part.premise.words.lead.iter().rev().take(3);
            // "besvarades av 900" says who answered.
            let lead: Vec<&Token> = lead.collect();
            let by = |two: &[&Token]| two[0].has(Tag::Of) && two[1].has(Tag::Responded);
            if lead.windows(2).any(by) {
                return false;
            }
            if begins_with_whole(&part.premise.words) {
                return false;
            }
            let lead = lead.into_iter();
            let lead = lead.take_while(|word| !word.tags.any(&[Tag::Is, Tag::Having]) || word.tags.any(&of));
            lead.into_iter().any(|word| word.tags.any(&of))
        };
        match before.as_slice() {
            // "268 av 331 larm (81 procent)"; "of the 11 clinics, 64 percent" has no part.
            [.., part, whole] if stated(whole) && part.value < whole.value => ((*part).clone(), (*whole).clone()),
            [.., whole] if stated(whole) => return None,
            [.., part] => {
                let whole = base::named_whole(part, &near).or_else(|| whole_of(part.value, part.start(), &near))?;
                ((*part).clone(), whole)
            }
            [] => return None,
        }
    } else if let Some(part) = made_up(derived, &near) {
        (part.clone(), whole_of(part.value, part.start(), &near)?)
    } else if let Some(part) = of_sex(derived, &near) {
        (part.clone(), whole_of(part.value, part.start(), &near)?)
    } else {
        let [one, two] = derived.two(amounts)?;
        if one.value < two.value { (one, two) } else { (two, one) }
    };
    // "sjönk från 74 till 71, medan svarsfrekvensen låg kvar på 79 procent"
    let led = |amount: &Amount<'_, '_>, tag: Tag| amount.premise.words.last().is_some_and(|word| word.has(tag));
    // "207 svarade och efter påminnelsen ytterligare 92": a second part.
    if part.premise.words.before(&[Tag::Further]) {
        return None;
    }
    if led(&part, Tag::To) && led(&whole, Tag::From) && !derived.is_apposed() {
        return None;
    }
    if part.value > whole.value || whole.value <= 0_i64.into() || !is_base(derived, &part, &whole) {
        return None;
    }
    let exact = part.value.checked_mul(100_i64.into())?.checked_div(whole.value)?;
    // "19 svarade, vilket ger en svarsfrekvens på 14 procent" leaves no doubt what is meant.
    // "cost €12.5 million. Of this, €750,000 (6 per cent)"
    let taken = part.premise.sentence == 0 && whole.premise.sentence == 1 && begins_with_whole(&part.premise.words);
    let plain = taken || derived.words.concludes() || derived.words.before(&[Tag::ResponseRate, Tag::Quota]);
    if !derived.is_near(exact, if plain { 11 } else { 2 }) {
        return None;
    }
    let (part_text, whole_text) = (number_text(part.premise.number), number_text(whole.premise.number));
    let words =
        say!("{part_text} of {whole_text} is {text} percent", part_text, whole_text, text = text(derived, exact));
    // Of a few things, "a little more than half" is a whole one more.
    let few =
        derived.bounds.is_some() && whole.value <= FEW.into() && part.value.checked_mul(2_i64.into())? != whole.value;
    let half = Exact::from(1_i64).checked_div(2_i64.into())?;
    let part = if few { Interval::around(part.value, half)? } else { part.may_be };
    Some(Reading::certain(part.percent_of(whole.may_be)?, words))
}

/// So few things that one of them is more than what words for a share leave.
const FEW: i64 = 20;

/// "De nio förskolor som ännu inte har gjort det utgör en tredjedel av samtliga": the one number before what it makes up of all.
fn made_up<'s, 'p>(derived: &Derived<'p>, near: &'s [Amount<'s, 'p>]) -> Option<&'s Amount<'s, 'p>> {
    let verb = makes_up(&derived.words);
    let all = derived.words.tail.iter().take(3).any(|token| token.has(Tag::All));
    let mut own =
        near.iter().filter(|amount| amount.premise.sentence == 0 && amount.start() < derived.number.range.start);
    own.next().filter(|_| verb && all && own.next().is_none())
}

/// "1 898 kvinnor och 1 352 män. Kvinnorna utgjorde alltså 58 procent": the one number of the sex that the conclusion is of.
fn of_sex<'s, 'p>(derived: &Derived<'p>, near: &'s [Amount<'s, 'p>]) -> Option<&'s Amount<'s, 'p>> {
    let sex = [Tag::Women, Tag::Men].into_iter().find(|sex| derived.words.before(&[*sex]))?;
    let mut parts = near.iter().filter(|amount| amount.premise.words.behind(&[sex], 2));
    parts.next().filter(|_| parts.next().is_none())
}

/// "Of this, €750,000", "Av detta gick 900 000 kronor": the words begin with what the part is of.
fn begins_with_whole(words: &Words<'_>) -> bool {
    let mut told = words.opening.iter().chain(words.lead);
    let Some(first) = told.next() else { return false };
    let this = |next: &Token| next.tags.any(&[Tag::This, Tag::Pointing, Tag::Them]);
    first.tags.any(&[Tag::OfThese, Tag::OfWhich]) || first.has(Tag::Of) && told.next().is_some_and(this)
}

/// Whether words take the whole up: "93 av dem", "45% of nurseries" the nurseries, "84 of the launches" what was launched.
fn is_base(derived: &Derived<'_>, part: &Amount<'_, '_>, whole: &Amount<'_, '_>) -> bool {
    let around = || whole.premise.words.lead.iter().chain(whole.premise.words.tail);
    let named = |word: &Token| around().any(|other| is_alike(word, other));
    let content = |word: &&Token| !word.tags.any(&[Tag::Determiner, Tag::Of, Tag::Total, Tag::All]);
    // "2,4 procent av skatteintäkterna, som uppgick till 1 240 miljoner kronor"
    if whole.start() > derived.number.range.end {
        return true;
    }
    let stated = derived.words.tail.first().filter(|first| first.has(Tag::Of));
    let of = derived.words.tail.iter().skip(1).find(content);
    match of.filter(|_| stated.is_some()) {
        Some(word) if !word.tags.any(&[Tag::Them, Tag::This, Tag::Women, Tag::Men]) => {
            // "av de granskade verksamheterna" are those that were looked at.
            let endings = &lang::lists(derived.passage.language).behind_endings;
            let text = |word: &Token| derived.passage.lower.get(word.range.clone()).unwrap_or_default();
            let examined = |word: &Token| endings.has(text(word)) || (word.has(Tag::Determiner) && word.has(Tag::Sort));
            // "85 procent av anslaget" is of the money before it.
            let granted = whole.premise.kind == Kind::Money && word.has(Tag::Target);
            return granted || derived.words.tail.iter().take(4).any(|word| named(word) || examined(word));
        }
        _ => {}
    }
    // "cost €12.5 million. Of this, €750,000 (6 per cent) was spent"
    let of_it = begins_with_whole(&part.premise.words) && part.premise.sentence == 0 && whole.premise.sentence == 1;
    if of_it || whole.premise.sentence == part.premise.sentence {
        return true;
    }
    // "The fund spent £18m. A third, £6m, went on …": words that begin a sentence share what was told last.
    let begins = derived.words.lead.len() < 2 && derived.words.opener.is_none() && derived.apposed().is_some();
    if begins && whole.premise.sentence == 1 {
        return true;
    }
    // "One in six (48) records": what is shared stands behind the bracket, or before the sentence.
    if part.premise.words.opener == Some('(') && part.start() > derived.number.range.start {
        let behind = derived.sentence.iter().skip_while(|token| token.range.start <= part.start()).skip(1);
        let taken = derived.words.tail.iter().any(|word| word.tags.any(&[Tag::Them, Tag::OfWhich]) || named(word));
        return taken || part.premise.words.tail.iter().any(named) || behind.take(3).any(named);
    }
    // "Resten, 1,2 miljoner eller 15 procent"
    if part.premise.words.intro.iter().any(|word| word.has(Tag::Rest)) && whole.premise.words.before(&[Tag::Of]) {
        return true;
    }
    let taken = &[Tag::Them, Tag::OfWhich, Tag::Rest, Tag::Responded, Tag::ResponseRate, Tag::Quota, Tag::Generic];
    let words = [derived.words, part.premise.words];
    words.iter().flat_map(|words| words.lead.iter().chain(words.tail)).any(|word| word.tags.any(taken) || named(word))
}

/// The one number that can be the whole of a part: of its own sentence, else of the nearest before with one; of several that which "of" stands before.
pub fn whole_of<'s, 'p>(part: Exact, start: usize, near: &[Amount<'s, 'p>]) -> Option<Amount<'s, 'p>> {
    for sentence in 0..=NEAR {
        let greater = near
            .iter()
            .filter(|amount| amount.premise.sentence == sentence && amount.value > part && amount.start() != start);
        let greater: Vec<&Amount<'s, 'p>> = greater.collect();
        match greater.as_slice() {
            [] => {}
            [one] => return Some((*one).clone()),
            several => {
                // "646 of them, or 68 per cent, by telephone, and the other 304": what it makes with another is the whole of both.
                let makes = |whole: &&&Amount<'s, 'p>| {
                    let other = whole.value.checked_sub(part);
                    several.iter().any(|one| Some(one.value) == other)
                };
                if let Some(whole) = several.iter().find(makes) {
                    return Some((*whole).clone());
                }
                let mut now = several.iter().filter(|amount| !amount.is_earlier());
                if let (Some(one), None) = (now.next(), now.next()) {
                    return Some((*one).clone());
                }
                // "250 av dem omprövades. I 45 av de omprövade ärendena": what the words of the part name.
                let own = near.iter().find(|amount| amount.start() == start).map(|part| part.premise.words.tail);
                let named = |amount: &&&Amount<'s, 'p>| {
                    let told = || amount.premise.words.tail.iter().chain(amount.premise.words.beyond);
                    let taken = |word: &Token| {
                        !word.tags.any(&[Tag::Of, Tag::Determiner, Tag::Them])
                            && told().any(|other| is_alike(word, other))
                    };
                    own.is_some_and(|tail| tail.iter().any(taken))
                };
                let mut told = several.iter().filter(named);
                if let (Some(one), None) = (told.next(), told.next()) {
                    return Some((*one).clone());
                }
                let mut marked = several.iter().filter(|amount| amount.premise.words.before(&[Tag::Of, Tag::Asked]));
                return marked.next().filter(|_| marked.next().is_none()).map(|amount| (*amount).clone());
            }
        }
    }
    None
}
