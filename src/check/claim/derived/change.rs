//! How far apart two numbers are: growth in percent, percentage points, a difference.

use super::interval::Interval;
use super::premise::{Amount, Kind, Premise};
use super::scene::Derived;
use super::words::{SMALL, Words};
use super::{Operation, Reading, text};
use crate::check::claim::level::Direction;
use crate::check::claim::number_text;
use crate::check::lang::{HEDGES, Tag};
use crate::check::tokens::{Say as _, Token};
use crate::diagnostic::say;
use crate::value::Exact;

pub static CHANGE: Operation = Operation { code: "EVI011", cue, readings };

/// Words that say how far, before the number ("en ökning med"), and those behind it ("fler än").
const SAID: &[Tag] = &[
    Tag::Grew,
    Tag::Shrank,
    Tag::Better,
    Tag::Worse,
    Tag::Difference,
    Tag::Deviation,
    Tag::Surplus,
    Tag::Deficit,
    Tag::Exceeded,
    Tag::Missed,
    Tag::Undershot,
];
/// Of those, the ones that stand for what lies between two numbers, whichever comes first.
const PAIRS: &[Tag] = &[Tag::Difference, Tag::Surplus, Tag::Deficit, Tag::Deviation];
const BEHIND: &[Tag] = &[Tag::More, Tag::Fewer, Tag::MoreThan, Tag::FewerThan, Tag::Better, Tag::Worse];

/// The word before or behind a number that makes it a distance, where there is one.
pub fn change_word<'p>(words: &Words<'p>, kind: Kind) -> Option<&'p Token> {
    let last = words.last();
    let apart = |token: &Token| token.tags.any(&[Tag::To, Tag::From, Tag::Than, Tag::Compared]) && !token.has(Tag::By);
    // "ökade med 40", "en ökning på 40", "up 40", not "ökade till 40"; what came to a stock was counted.
    let joined = |word: &Token, last: &Token| {
        last.range == word.range || last.tags.any(&[Tag::By, Tag::Is, Tag::Upon, Tag::Equals])
    };
    let before = words.lead.iter().rev().find(|token| token.tags.any(SAID) && !token.tags.any(&[Tag::Came, Tag::Left]));
    // "Skillnaden uppgick således till 3 300 kronor"
    let verb = || words.lead.say(&[Tag::Is, Tag::Closing]);
    let amounts =
        |word: &Token, last: &Token| (word.tags.any(PAIRS) || word.has(Tag::Change) && verb()) && last.has(Tag::To);
    let before =
        before.filter(|word| last.is_some_and(|last| amounts(word, last) || (!apart(last) && joined(word, last))));
    let ends = |token: &Token| token.has(Tag::Is) || (token.tags.any(HEDGES) && !token.tags.any(BEHIND));
    let nouns = words.tail.iter().take(3).take_while(|token| !ends(token));
    let behind = || nouns.clone().find(|token| token.tags.any(BEHIND));
    let beside = || {
        let next = words.tail.first()?;
        let percent = matches!(kind, Kind::Percent | Kind::Points)
            && (next.tags.any(SAID) || next.tags.any(&[Tag::HedgeLess, Tag::HedgeMore]));
        (percent || is_of_budget(next)).then_some(next)
    };
    // "120 (10%) more than the year before"
    let beyond = || words.beyond.first().filter(|token| token.tags.any(BEHIND));
    before.or_else(behind).or_else(beside).or_else(beyond)
}

/// "£120,000 under budget": one phrase.
fn is_of_budget(word: &Token) -> bool {
    word.tags.any(&[Tag::Surplus, Tag::Deficit]) && word.tags.any(BASES)
}

/// Which way a number is said to have gone, where it is a change.
pub fn goes(derived: &Derived<'_>, premise: &Premise<'_>) -> Option<Direction> {
    let told = derived.passage.tokens_in(&derived.passage.sentence(premise.number.range.start));
    Direction::of_word(change_word(&premise.words, premise.kind)?, told)
}

/// Whether a number is said to be a change.
pub fn is_said(words: &Words<'_>, kind: Kind) -> bool {
    change_word(words, kind).is_some()
}

/// Whether the change is said of what was just told: "en ökning med", "det är 27 fler", "ökningen var", and not of another thing: "kostnaderna ökade med".
fn is_linked(derived: &Derived<'_>) -> bool {
    let lead = derived.words.lead;
    let concluded = lead.say(&[Tag::Equals]);
    let cue = change_word(&derived.words, derived.kind);
    let end = cue.and_then(|cue| lead.iter().position(|token| token.range == cue.range)).unwrap_or(lead.len());
    // "blev 2,4 mnkr högre än budgeterat: budgeten var 61,0 mnkr och utfallet 63,4 mnkr"
    let behind = derived.words.tail.last().map_or(derived.number.range.end, |last| last.range.end);
    let explained = derived.passage.text[behind..].starts_with(':');
    // "attributes this reduction of a quarter to the additional judges"
    let taken_up = end.checked_sub(1).and_then(|at| lead.get(at)).is_some_and(|word| word.has(Tag::Pointing));
    concluded
        || explained
        || taken_up
        || cue.is_some_and(is_of_budget)
        || lead[..end]
            .iter()
            .all(|token| token.tags.any(SMALL) || token.tags.any(&[Tag::Having, Tag::Lacks]) || token.tags.any(HEDGES))
}

fn cue(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    let yearly = [Tag::Average, Tag::Yearly, Tag::Per];
    let said = is_said(words, derived.kind) || is_aside(derived);
    derived.kind != Kind::Factor
        && (said || derived.kind == Kind::Points)
        && !words.before(&yearly)
        && !words.behind(&yearly, 3)
        && !words.is_each_time()
        && !words.before(&[Tag::Negation])
}

/// A percentage in brackets or behind "eller" that says again what a change was: "en ökning med 682 (7,3 procent)", "från 240 till 228 (5 procent)".
pub fn is_aside(derived: &Derived<'_>) -> bool {
    derived.kind == Kind::Percent
        && derived.is_apposed()
        && derived.before().is_some_and(|premise| {
            is_said(&premise.words, premise.kind)
                || premise.kind == Kind::Points
                || premise.words.last().is_some_and(|token| token.has(Tag::To))
        })
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    let mut out = Vec::new();
    let kinds: &[Kind] = match derived.kind {
        Kind::Points => &[Kind::Percent, Kind::Points],
        Kind::Percent => &[Kind::Plain, Kind::Money, Kind::Time, Kind::Percent],
        Kind::Plain => &[Kind::Plain],
        Kind::Money => &[Kind::Money],
        Kind::Time => &[Kind::Time],
        Kind::Factor => &[],
    };
    // "De minskade från det första året till det andra": where nothing else tells which was first, the word does.
    let step = || derived.before().filter(|_| is_aside(derived)).and_then(|step| change_word(&step.words, step.kind));
    let word = change_word(&derived.words, derived.kind).or_else(step);
    let goes = word.and_then(|word| Direction::of_word(word, derived.sentence));
    let turned = |one: &Amount<'_, '_>, other: &Amount<'_, '_>| {
        derived.kind == Kind::Percent
            && order(one, other).is_none()
            && goes.is_some_and(|goes| one.towards(other) == Some(goes.opposite()))
    };
    for kind in kinds {
        let amounts = derived.amounts(*kind);
        for one in &amounts {
            for other in amounts.iter().filter(|other| other.start() != one.start() && is_ordered(one, other)) {
                // From a deficit to a surplus it is as far as both together.
                let turns = turns(one, other);
                let apart = distance(derived, one.may_be, other.may_be).filter(|_| !turned(one, other) && !turns);
                out.extend(apart.map(Reading::possible));
                if sides(one) != sides(other) {
                    out.extend(one.may_be.plus(other.may_be).map(Reading::possible));
                }
                // "en ökning med 682 (7,3 procent)"
                if derived.kind == Kind::Percent && is_said(&one.premise.words, one.premise.kind) {
                    // What grew by so much was so much less before.
                    let word = change_word(&one.premise.words, one.premise.kind);
                    let goes = word.and_then(|word| Direction::of_word(word, derived.sentence));
                    let before = [
                        other.may_be.minus(one.may_be).filter(|_| goes != Some(Direction::Down)),
                        other.may_be.plus(one.may_be).filter(|_| goes != Some(Direction::Up)),
                        Some(other.may_be).filter(|_| other.is_earlier() || goes.is_none()),
                    ];
                    out.extend(
                        before
                            .into_iter()
                            .flatten()
                            .filter_map(|before| one.may_be.percent_of(before))
                            .map(Reading::possible),
                    );
                }
            }
        }
        let of_base = || share_of_start(derived, &amounts).or_else(|| from_base_year(derived, &amounts));
        out.extend(certain(derived, &amounts).or_else(of_base).or_else(|| spread(derived, &amounts)));
    }
    out
}

/// Whether a number is said to be a deficit, and whether a surplus.
fn sides(amount: &Amount<'_, '_>) -> [bool; 2] {
    [Tag::Deficit, Tag::Surplus].map(|side| amount.premise.words.has(&[side]))
}

/// Whether it went from a deficit to a surplus, or the other way.
fn turns(one: &Amount<'_, '_>, other: &Amount<'_, '_>) -> bool {
    let (from, to) = (sides(one), sides(other));
    from != to && from[0] == to[1] && from[0] != from[1]
}

/// How far it is from one number to another, whichever way.
fn distance(derived: &Derived<'_>, from: Interval, to: Interval) -> Option<Interval> {
    let apart = to.minus(from)?;
    let apart = if apart.low.checked_add(apart.high)? < 0_i64.into() { apart.negative()? } else { apart };
    if derived.kind == Kind::Percent { apart.percent_of(from) } else { Some(apart) }
}

fn certain(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    // "Costs rose by £2.4m, or 10%": what is told as a change is no end of one.
    let ends: Vec<Amount<'_, '_>> =
        amounts.iter().filter(|amount| !is_said(&amount.premise.words, amount.premise.kind)).cloned().collect();
    let pair = || than_aside(derived, amounts).or_else(|| derived.two(amounts)).or_else(|| derived.two(&ends));
    let [one, two] = pair().or_else(|| beside(derived, &ends))?;
    // "Bland männen var den 36 procent, vilket är 4 procentenheter lägre än målet": the target was not told.
    let standards = [Tag::Target, Tag::Limit, Tag::Average, Tag::Wider, Tag::Usual];
    let told = [&one, &two].iter().any(|end| end.premise.words.has(&standards));
    let than = derived.words.behind(&[Tag::Than, Tag::MoreThan, Tag::FewerThan, Tag::HedgeMore, Tag::HedgeLess], 3);
    if than && derived.words.tail.say(&standards) && !told && two.start() < derived.number.range.start {
        return None;
    }
    let relative = is_relative(derived, &one, &two);
    let of_same = is_of_same(derived, &one, &two);
    let cue = change_word(&derived.words, derived.kind);
    let standard = is_standard(derived, &two);
    let pair = cue.is_some_and(|cue| cue.tags.any(PAIRS));
    let (from, to) = match order(&one, &two) {
        _ if two.is_aside_of(derived.passage, &one) => (two, one),
        Some(false) => (one, two),
        Some(true) => (two, one),
        None if standard => (two, one),
        None if relative => (one, two),
        // How far it is between two percentages is the same whichever came first.
        None if derived.kind == Kind::Points || (pair && one.premise.sentence == two.premise.sentence) => (one, two),
        None => return None,
    };
    // "en ökning på 60 procent bland kvinnor"
    let partial = derived.words.tail.first().is_some_and(|next| next.has(Tag::Of));
    let linked = is_linked(derived) || than_aside(derived, amounts).is_some() || of_same;
    if partial || !linked || from.value <= 0_i64.into() {
        return None;
    }
    let turns = turns(&from, &to) && derived.kind != Kind::Percent;
    let may_be = if turns { from.may_be.plus(to.may_be)? } else { distance(derived, from.may_be, to.may_be)? };
    let apart = to.value.checked_sub(from.value)?.magnitude();
    let apart = if turns { from.value.checked_add(to.value)? } else { apart };
    let (from_text, to_text) = (number_text(from.premise.number), number_text(to.premise.number));
    let (exact, words) = match derived.kind {
        Kind::Percent => {
            let exact = apart.checked_mul(100_i64.into())?.checked_div(from.value)?;
            (
                exact,
                say!(
                    "from {from_text} to {to_text} is {share} percent",
                    from_text,
                    to_text,
                    share = text(derived, exact)
                ),
            )
        }
        Kind::Points => (
            apart,
            say!(
                "from {from_text} to {to_text} is {points} percentage points",
                from_text,
                to_text,
                points = text(derived, apart)
            ),
        ),
        _ => (
            apart,
            say!("{from_text} and {to_text} differ by {apart}", from_text, to_text, apart = text(derived, apart)),
        ),
    };
    let reading = Reading::certain(may_be, words);
    // "92 procent. Året innan var 88 procent behöriga, alltså 4 procentenheter färre": then, or now?
    let looks_back = from.premise.sentence < to.premise.sentence;
    let ordered = (standard || relative || order(&from, &to) == Some(false)) && !looks_back && !derived.is_hedged();
    let contrary = direction(derived, &from, &to).filter(|_| ordered).map(|goes| {
        let which = if goes == Direction::Up { say!("more") } else { say!("less") };
        say!("{to_text} is {which} than {from_text}, which the words beside it deny", to_text, which, from_text)
    });
    derived.is_near(exact, 3).then_some(Reading { contrary, ..reading })
}

/// "76 per cent, against a target of 85 per cent. The department missed its target by 9 percentage points."
fn is_of_same(derived: &Derived<'_>, one: &Amount<'_, '_>, two: &Amount<'_, '_>) -> bool {
    let told = [one, two].iter().all(|amount| amount.premise.sentence == 1);
    let elsewhere = derived.words.before(&[Tag::Within, Tag::Of]) || derived.words.behind(&[Tag::Within, Tag::Of], 4);
    derived.kind == Kind::Points
        && told
        && !elsewhere
        && derived.own_before().next().is_none()
        && derived.again(one.premise) > 0
}

/// "29 procent. Motsvarande andel bland männen var 36 procent, vilket är 7 procentenheter högre": than what was told before.
fn is_relative(derived: &Derived<'_>, one: &Amount<'_, '_>, two: &Amount<'_, '_>) -> bool {
    let small = |token: &Token| token.tags.any(SMALL);
    let other = [Tag::Than, Tag::MoreThan, Tag::FewerThan, Tag::Compared, Tag::Earlier, Tag::Limit];
    let other = [&other[..], BASES, STANDARDS].iter().any(|tags| derived.words.tail.say(tags));
    !other
        && derived.words.opener == Some(',')
        && !derived.words.lead.is_empty()
        && derived.words.lead.iter().all(small)
        && one.premise.sentence == 1
        && two.premise.sentence == 0
        && two.start() < derived.number.range.start
}

/// "742 tips, … men 31 färre än motsvarande kvartal 2022 (763)": what stands in a bracket behind "than", and the last number before that is
/// neither a change nor compared with.
fn than_aside<'s, 'p>(derived: &Derived<'p>, amounts: &[Amount<'s, 'p>]) -> Option<[Amount<'s, 'p>; 2]> {
    let own: Vec<&Amount<'s, 'p>> =
        amounts.iter().filter(|amount| amount.premise.sentence == 0 && !amount.premise.far).collect();
    let plain = |amount: &&&Amount<'_, '_>| {
        amount.start() < derived.number.range.start
            && !is_said(&amount.premise.words, amount.premise.kind)
            && !amount.premise.compared
    };
    let first = own.iter().rfind(plain)?;
    let next = own.iter().find(|amount| amount.start() > derived.number.range.start)?;
    let than = derived.words.behind(&[Tag::Than, Tag::MoreThan, Tag::FewerThan], 3);
    let aside = next.premise.words.opener == Some('(') && next.premise.words.lead.is_empty();
    (than && aside).then(|| [(*next).clone(), (*first).clone()])
}

/// "42 employees (2020: 47), 26 of them part time. The workforce was five larger": a number and the one that it is compared with beside it.
fn beside<'s, 'p>(derived: &Derived<'p>, amounts: &[Amount<'s, 'p>]) -> Option<[Amount<'s, 'p>; 2]> {
    let near = derived.near(amounts);
    let mut pairs = near.windows(2).filter(|two| {
        two[1].premise.compared && two[1].premise.words.opener == Some(':') && two[1].premise.sentence < 2
    });
    let two = pairs.next().filter(|_| pairs.next().is_none())?;
    Some([two[1].clone(), two[0].clone()])
}

const STANDARDS: &[Tag] = &[Tag::Average, Tag::Median, Tag::Wider, Tag::Usual];

/// "5 percentage points above the England average of 73%": what stands behind is what is compared with.
fn is_standard(derived: &Derived<'_>, two: &Amount<'_, '_>) -> bool {
    let beyond = [Tag::HedgeMore, Tag::HedgeLess, Tag::MoreThan, Tag::FewerThan];
    two.start() > derived.number.range.end
        && derived.words.tail.first().is_some_and(|next| next.tags.any(&beyond))
        && (two.premise.words.before(STANDARDS)
            || derived.words.tail.iter().take(3).any(|word| word.tags.any(STANDARDS)))
}

/// "33, 19 och 46 dagar. Mellan kortaste och längsta skiljer det 27 dagar": the greatest without the least of a list.
fn spread(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let ends = derived.says(&[Tag::Most]) && derived.says(&[Tag::Least]);
    let word = change_word(&derived.words, derived.kind).filter(|word| ends && word.has(Tag::Difference));
    let near = derived.near(amounts);
    let of = |sentence: usize| near.iter().filter(move |amount| amount.premise.sentence == sentence);
    let own = of(0).count() > 1;
    let list = || of(usize::from(!own));
    let greatest = list().max_by_key(|amount| amount.value)?;
    let least = list().min_by_key(|amount| amount.value)?;
    let exact = greatest.value.checked_sub(least.value)?;
    let (from_text, to_text) = (number_text(least.premise.number), number_text(greatest.premise.number));
    let words = say!("{from_text} and {to_text} differ by {apart}", from_text, to_text, apart = text(derived, exact));
    let meant = word.is_some() && list().count() > 1 && derived.kind != Kind::Percent && derived.is_near(exact, 3);
    meant.then_some(Reading::certain(greatest.may_be.minus(least.may_be)?, words))
}

/// Which way it goes from one number to another, where the words say that it goes the other way. What is left of a budget or an income is a surplus.
fn direction(derived: &Derived<'_>, from: &Amount<'_, '_>, to: &Amount<'_, '_>) -> Option<Direction> {
    // What is said of the response is not said of those who did not.
    let said = |tags: &[Tag]| derived.sentence.say(tags);
    if said(&[Tag::NonResponse]) && said(&[Tag::ResponseRate, Tag::Responded]) {
        return None;
    }
    let cue = change_word(&derived.words, derived.kind)?;
    let base = derived.words.behind(BASES, 2) || is_standard(derived, from);
    let under = cue.tags.any(&[Tag::HedgeLess, Tag::HedgeBelow]) && base;
    let over = cue.tags.any(&[Tag::HedgeMore, Tag::HedgeAbove]) && base;
    let earned = [Tag::Income, Tag::Result];
    let outcome = from.premise.words.has(&[Tag::Ceiling]) && !said(&earned);
    let spent = from.premise.words.has(BASES) && (to.premise.words.has(&[Tag::Cost]) || is_of_budget(cue)) || outcome;
    // "Budgeten underskreds således med 72 tkr"
    let planned = from.premise.words.has(BASES) || derived.words.lead.say(BASES);
    let said = match (cue.has(Tag::Surplus), cue.tags.any(&[Tag::Deficit, Tag::Exceeded])) {
        _ if under => Direction::Down,
        _ if over => Direction::Up,
        // "150 planerade besök och 129 genomförda, så planen överskreds med 21"
        _ if planned && cue.has(Tag::Exceeded) => Direction::Up,
        _ if planned && cue.tags.any(&[Tag::Missed, Tag::Undershot]) => Direction::Down,
        (true, false) if spent => Direction::Down,
        (false, true) if spent => Direction::Up,
        (false, false) => Direction::of_word(cue, derived.sentence)?,
        _ => return None,
    };
    let goes = from.towards(to)?;
    (goes != said).then_some(goes)
}

/// A change told before as a percentage of what it began at: "ett underskott om 3,2 mnkr. I förhållande till budgeten på 160 mnkr är det 2 procent",
/// "10 024 anmälningar, en ökning med 682 (7,3 procent)".
fn share_of_start(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let said = |amount: &&Amount<'_, '_>| is_said(&amount.premise.words, amount.premise.kind);
    let aside = is_aside(derived);
    let near = derived.sizable(amounts, |amount| !amount.premise.far && (!aside || amount.premise.sentence == 0));
    let (steps, ends): (Vec<_>, Vec<_>) = near.iter().partition(said);
    let ([step], [end]) = (steps.as_slice(), ends.as_slice()) else { return None };
    let goes = Direction::of_word(change_word(&step.premise.words, step.premise.kind)?, derived.sentence);
    let (start, may_be) = match goes {
        Some(Direction::Up) => (end.value.checked_sub(step.value)?, end.may_be.minus(step.may_be)?),
        Some(Direction::Down) => (end.value.checked_add(step.value)?, end.may_be.plus(step.may_be)?),
        None => return None,
    };
    let exact = step.value.checked_mul(100_i64.into())?.checked_div(start)?;
    let (step_text, end_text) = (number_text(step.premise.number), number_text(end.premise.number));
    let words = say!(
        "a change of {step_text} to {end_text} is {text} percent",
        step_text,
        end_text,
        text = text(derived, exact)
    );
    let linked = aside || is_linked(derived) && is_said(&derived.words, derived.kind);
    let partial = derived.words.tail.first().is_some_and(|next| next.has(Tag::Of));
    let meant = linked && !partial && derived.kind == Kind::Percent && start > 0_i64.into();
    (meant && derived.is_near(exact, 3) && !end.premise.words.before(BASES))
        .then_some(Reading::certain(step.may_be.percent_of(may_be)?, words))
}

/// "Index var 112, det vill säga 12 procent över basåret": an index counts from a hundred.
fn from_base_year(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let hundred = Exact::from(100_i64);
    let mut near = derived.near(amounts);
    near.retain(|amount| amount.value != hundred && amount.start() < derived.number.range.start);
    let [index] = near.as_slice() else { return None };
    let based =
        derived.kind == Kind::Percent && index.premise.kind == Kind::Plain && derived.words.behind(&[Tag::BaseYear], 4);
    let exact = index.value.checked_sub(hundred)?.magnitude();
    let apart = index.may_be.minus(Interval::exactly(hundred))?;
    let may_be = if index.value < hundred { apart.negative()? } else { apart };
    let words = say!(
        "an index of {first} is {text} percent from the base year",
        first = number_text(index.premise.number),
        text = text(derived, exact)
    );
    (based && derived.is_near(exact, 11)).then(|| Reading::certain(may_be, words))
}

/// What costs are held against.
const BASES: &[Tag] = &[Tag::Target, Tag::Planned, Tag::Ceiling, Tag::Income];

/// Whether nothing says that the second of two numbers is the earlier one.
fn is_ordered(one: &Amount<'_, '_>, two: &Amount<'_, '_>) -> bool {
    order(one, two) != Some(true)
}

/// Whether the second of two numbers is the earlier one, by the words beside them or by their years.
pub fn order(one: &Amount<'_, '_>, two: &Amount<'_, '_>) -> Option<bool> {
    let later = |amount: &Amount<'_, '_>| {
        let words = &amount.premise.words;
        words.last().is_some_and(|token| token.has(Tag::To)) || words.before(&[Tag::Cost, Tag::Result, Tag::Afterwards])
    };
    if let Some((first, second)) = one.premise.year.zip(two.premise.year).filter(|(first, second)| first != second) {
        return Some(first > second);
    }
    match (one.is_earlier(), two.is_earlier()) {
        (true, false) => return Some(false),
        (false, true) => return Some(true),
        // "44 färre i fjol jämfört med 656 året innan"
        (true, true) if one.premise.compared != two.premise.compared => return Some(two.premise.compared),
        _ => {}
    }
    (later(two) != later(one)).then(|| later(one))
}
