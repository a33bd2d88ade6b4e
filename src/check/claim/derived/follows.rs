//! What words call a result and no reading gives: every equation between the few numbers near is tried, and where none holds, the one that a slip of the pen
//! parts from the number is told.

use super::interval::Interval;
use super::premise::{Amount, Kind, Premise};
use super::scene::{Derived, NEAR};
use super::words::{Words, is_alike};
use super::{Operation, Reading, change, count, end, measure, rate, rest, share, stock, text, total};
use crate::check::claim::level::Direction;
use crate::check::lang::{self, Tag};
use crate::check::number::Form;
use crate::check::tokens::{Say as _, Token};
use crate::diagnostic::{Said, say};
use crate::value::{Exact, Rounding};

/// So many numbers near are few enough that all ways of joining them have been tried.
const NUMBERS: usize = 6;
/// A number of so many digits is seldom near another by chance.
const DIGITS: usize = 3;
/// So near behind a number stands the percentage that tells it again.
const TWICE: usize = 4;
/// So few in words are often no result.
const FEW: i64 = 12;

/// What some numbers make, and the equation that says so.
struct Made {
    by: &'static Operation,
    meant: Meant,
    value: Exact,
    may_be: Interval,
    equation: String,
}

/// Which slip from what is made is told; whatever is made may explain the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meant {
    Never,
    /// The point stands in another place.
    Scaled,
    Any,
}

/// The equation that the number misses by a slip.
pub fn reading(derived: &Derived<'_>, cues: &[&'static Operation]) -> Option<(&'static str, Reading)> {
    let words = &derived.words;
    // What a stock comes to follows from what came and went, whether a word concludes it or not.
    let stock = stock::STOCK.is_meant(derived);
    let shared = derived.bounds.is_some() && words.tail.iter().any(Token::concludes);
    // "Ökningen var alltså 13 det första året och 24 det andra"
    let joined = || {
        let before = derived.before().filter(|before| before.kind == derived.kind);
        let and = &lang::lists(derived.passage.language).and;
        let text = |word: &Token| derived.passage.lower.get(word.range.clone()).unwrap_or_default();
        // "växte därmed med 10 procent, medan regionens krympte med 15"
        let named = |word: &Token| {
            let told = |premise: &Premise<'_>| {
                derived.passage.tokens_in(&derived.passage.sentence(premise.number.range.start))
            };
            let mut all = derived.premises.iter().filter(|premise| premise.sentence > 0 && !premise.far);
            all.any(|premise| told(premise).iter().any(|other| is_alike(word, other)))
        };
        let both = |before: &Premise<'_>| {
            let changes = change::is_said(words, derived.kind) && change::is_said(&before.words, before.kind);
            changes && words.lead.iter().any(named)
        };
        let joint = words.lead.iter().any(|word| and.has(text(word)))
            || words.lead.say(&[Tag::Joint]) && before.is_some_and(both);
        joint && before.is_some_and(|before| before.words.lead.iter().any(Token::concludes))
    };
    let concluded = words.lead.iter().chain(words.opening).any(Token::concludes) || joined();
    // "540 hours. At the agreed rate of £11 per hour this comes to £5,940"
    let per = |premise: &Premise<'_>| premise.words.before(&[Tag::Per]) || premise.words.behind(&[Tag::Per], 3);
    let priced = words.before(&[Tag::Yields, Tag::Cost]) && derived.own_before().any(per);
    let says = concluded || shared || stock || priced;
    if !says && cues.is_empty() || is_given(derived) {
        return None;
    }
    let near = derived.premises.iter().filter(|premise| !premise.far);
    let all: Vec<(Kind, Amount<'_, '_>)> = near
        .filter_map(|premise| {
            let kind = premise.shared.map_or(premise.kind, |(kind, _)| kind);
            Some((kind, premise.amount(derived.passage, kind)?))
        })
        .filter(|(_, amount)| !amount.takes_up())
        .collect();
    if all.is_empty() || all.len() > NUMBERS {
        return None;
    }
    let made = equations(derived, &all);
    if made.iter().any(|made| derived.is_given_by(made.may_be)) {
        return None;
    }
    // "With the exception of 14 who declined, all 255 were vaccinated. In total, 241 were vaccinated."
    let told = derived.premises.iter().rfind(|premise| !premise.far && premise.sentence == 1);
    let told = told.map(|told| derived.passage.tokens_in(&derived.passage.sentence(told.number.range.start)));
    let excepted = told.is_some_and(|told| told.say(&[Tag::Except, Tag::Exception, Tag::AllBut]));
    let cued = |made: &Made| {
        cues.iter().any(|cue| std::ptr::eq(*cue, made.by)) || excepted && std::ptr::eq(made.by, &rest::REST)
    };
    let told = |made: &&Made| {
        is_slip(derived, made)
            && (concluded
                || shared
                || stock && made.by.code == stock::STOCK.code
                || priced && std::ptr::eq(made.by, &total::PRODUCT)
                || !says && cued(made) && differs_in_one(derived, made) == Some(true))
    };
    let slips: Vec<&Made> = made.iter().filter(told).collect();
    let one = |slips: &[&Made]| slips.windows(2).all(|two| two[0].value == two[1].value);
    if !says && !one(&slips) {
        return None;
    }
    let nearest = slips.into_iter().min_by_key(|made| made.value.checked_sub(derived.value).map(Exact::magnitude))?;
    let result = text(derived, nearest.value);
    let result =
        if derived.kind == Kind::Percent { say!("{value} percent", value = result) } else { Said::verbatim(result) };
    let words = say!("{equation} is {result}", equation = nearest.equation.clone(), result);
    Some((nearest.by.code, Reading::certain(nearest.may_be, words)))
}

/// Whether the number is told as one that others are held against, is one of two told together, or is a part of what stands behind it.
fn is_given(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    let against = [
        Tag::Compared,
        Tag::Than,
        Tag::Target,
        Tag::Limit,
        Tag::Earlier,
        Tag::Planned,
        Tag::Required,
        Tag::Respectively,
    ];
    let behind = [Tag::Earlier, Tag::Respectively, Tag::Hour, Tag::Minute];
    let small = derived.number.form == Form::Words && derived.value <= FEW.into() && derived.kind != Kind::Time;
    let start = derived.number.range.start;
    let mut own = derived.premises.iter().filter(|premise| !premise.far && premise.sentence == 0);
    let next = own.find(|premise| premise.number.range.start > start);
    let of = |lead: &[Token]| lead.len() < 4 && lead.say(&[Tag::Of]);
    let led = [Tag::Of, Tag::From, Tag::Per];
    // "Av 80 kvinnor var 60 nöjda. Bland männen var andelen alltså lägre, 62 procent": of others.
    let told = |sex: Tag| derived.premises.iter().any(|premise| !premise.far && premise.words.has(&[sex]));
    let others = [Tag::Women, Tag::Men].into_iter().any(|sex| derived.says(&[sex]) && !told(sex));
    // "var 75 och 40 procent": the unit stands behind the second.
    let bare = words.tail.first().is_some_and(|next| next.tags.any(&[Tag::Joint, Tag::Respectively]))
        && next.is_some_and(|next| next.kind != derived.kind && next.words.lead.len() == 1);
    bare || words.before(&against) && !change::is_said(words, derived.kind)
        || words.behind(&behind, 3)
        || others
        // Who works half the time counts half.
        || derived.says(&[Tag::FullTime, Tag::HalfTime])
        || small && derived.bounds.is_none()
        || next.is_some_and(|next| next.words.opener.is_none() && of(next.words.lead))
        || words.last().is_some_and(|last| last.tags.any(&led) && !last.has(Tag::Equals))
}

/// The digits of a number of its own kind, as many as are printed.
fn digits(derived: &Derived<'_>, value: Exact) -> Vec<char> {
    let text = value.to_decimal(derived.number.decimals, Rounding::default());
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether the number has another digit in one place, and enough of them that it is no chance.
fn differs_in_one(derived: &Derived<'_>, made: &Made) -> Option<bool> {
    let (one, other) = (digits(derived, derived.value), digits(derived, made.value));
    let differ = one.iter().zip(&other).filter(|(one, other)| one != other).count();
    // "1,8 miljoner" has two digits.
    let told = |digits: &[char]| digits.iter().rposition(|digit| *digit != '0').map_or(0, |last| last + 1);
    let many = told(&one).max(told(&other));
    (one.len() == other.len() && differ == 1 && one.len() > 1).then_some(many >= DIGITS)
}

/// Whether a slip explains how far the number is from what is made: in one digit, in the place of the point, or by a quarter.
fn is_slip(derived: &Derived<'_>, made: &Made) -> bool {
    let any = made.meant == Meant::Any;
    if made.value < Exact::ZERO {
        return false;
    }
    if derived.bounds.is_some() || made.meant == Meant::Never {
        return any;
    }
    let moved = [10_i64, 100, 1000].into_iter().any(|times| {
        let times = Interval::exactly(times.into());
        let both = [made.may_be.times(times), made.may_be.over(times)];
        both.into_iter().flatten().any(|made| derived.is_given_by(made))
    });
    let apart = made.value.checked_sub(derived.value).and_then(|apart| apart.magnitude().checked_mul(4_i64.into()));
    let quarter = apart.is_some_and(|apart| apart <= made.value.magnitude());
    // Digits that changed places: "162" for "126".
    let sorted = |value: Exact| {
        let mut digits = digits(derived, value);
        digits.sort_unstable();
        digits
    };
    let changed = sorted(derived.value) == sorted(made.value);
    moved || any && (quarter || changed || differs_in_one(derived, made).is_some())
}

/// All that numbers make of the kind that is told: one of them, two, three, and all of a sentence.
fn equations(derived: &Derived<'_>, all: &[(Kind, Amount<'_, '_>)]) -> Vec<Made> {
    let own = derived.kind;
    let hundred = Interval::exactly(100_i64.into());
    let share = own == Kind::Percent;
    let said = change::is_said(&derived.words, own);
    let rest = [Tag::Rest, Tag::Negation, Tag::Except, Tag::Lacks];
    // "Mer än hälften är därmed klara, och resten överförs": words for a share are of a rest in their own clause.
    let denied = if derived.bounds.is_some() { derived.words.has(&rest) } else { derived.says(&rest) };
    let each = derived.words.before(&[Tag::Average, Tag::Per]) || derived.words.behind(&[Tag::Per, Tag::Average], 5);
    let stock = stock::STOCK.is_meant(derived);
    let any = |meant: bool| if meant { Meant::Any } else { Meant::Never };
    let amounts: Vec<Amount<'_, '_>> =
        all.iter().filter(|(kind, _)| *kind == own).map(|(_, amount)| amount.clone()).collect();
    let scaled = all.iter().find(|(_, amount)| amount.is_scale() && amount.premise.sentence == 0);
    let scaled = scaled.map(|(_, scale)| (scale.start(), scale.value));
    let goes = change::change_word(&derived.words, own).and_then(|word| Direction::of_word(word, derived.sentence));
    let mut out = Vec::new();
    let mut add = |by: &'static Operation, meant: Meant, may_be: Option<Interval>, equation: String| {
        let value = may_be.and_then(|may_be| may_be.low.checked_add(may_be.high)?.checked_div(2_i64.into()));
        // Words for a share are of a part and its whole.
        let share = derived.bounds.is_none()
            || !std::ptr::eq(by, &rate::RATE) && !std::ptr::eq(by, &total::PRODUCT) && value > Some(Exact::ZERO);
        let may_be = may_be.filter(|_| share);
        let made = may_be.zip(value).map(|(may_be, value)| Made { by, meant, value, may_be, equation });
        out.extend(made);
    };
    for (kind, one) in all {
        let (a, x) = (one.value, one.may_be);
        // "8 640 tkr. Det innebär att drygt 86 miljoner": told again in another unit.
        let again = if own == Kind::Money { Meant::Scaled } else { Meant::Never };
        add(&measure::MEASURE, again, Some(x).filter(|_| *kind == own), a.to_string());
        let percent = share && one.premise.kind == Kind::Percent;
        // "färre än sex av tio" says of those who were told; words for a share turn by a word.
        let answers = |words: &Words<'_>| [Tag::ResponseRate, Tag::NonResponse].map(|tag| words.before(&[tag]));
        let (own_rate, rate) = (answers(&derived.words), answers(&one.premise.words));
        let opposed = own_rate != rate && own_rate[0] == rate[1] && own_rate[0] != own_rate[1];
        let turned = derived.bounds.is_none() || denied || derived.says(&[Tag::Women, Tag::Men]);
        add(
            &rest::REST,
            any(!said && (denied || opposed)),
            hundred.minus(x).filter(|_| percent && turned),
            format!("100 − {a}"),
        );
        // "60 000 kronor eller drygt 14 procent mer än året före": one change told twice, of what came before it.
        let behind = derived.number.range.end..one.premise.number.range.start.max(derived.number.range.end);
        let between = derived.passage.tokens_in(&behind);
        let twice = !between.is_empty() && between.len() < TWICE && between.say(&[Tag::Joint, Tag::Equals]);
        let raised = !twice && change::is_said(&one.premise.words, Kind::Percent);
        for (other_kind, other) in all.iter().filter(|(_, other)| other.start() != one.start()) {
            let (b, y) = (other.value, other.may_be);
            let (alike, same) = (kind == other_kind, *kind == own);
            let points = own == Kind::Points && *kind == Kind::Percent;
            let ordered = one.start() < other.start();
            let sum = x.plus(y).filter(|_| alike && same && ordered);
            add(&total::SUM, any(!said && !each && !share), sum, format!("{a} + {b}"));
            let apart = x.minus(y).filter(|_| alike && (same || points) && a >= b);
            // "Of the 34, 19 were done, 9 in part and 6 not at all": what parts differ by is no rest.
            let parts = || rest::is_part(&amounts, one) && one.premise.sentence == other.premise.sentence;
            let apart = apart.filter(|_| said || !parts());
            add(
                if said { &change::CHANGE } else { &rest::REST },
                any(!each && (!share || said)),
                apart,
                format!("{a} − {b}"),
            );
            let part = x.percent_of(y).filter(|_| alike && share && !same);
            add(&share::SHARE, any(!said && a <= b), part, format!("{a} / {b}"));
            let grown = x.minus(y).and_then(|apart| apart.percent_of(y)).filter(|_| part.is_some() && (said || denied));
            let grown = if a < b { grown.and_then(Interval::negative) } else { grown };
            // What shrank was more before.
            let turned = goes.is_some_and(|goes| (goes == Direction::Down) != (a < b));
            add(
                &change::CHANGE,
                any(said && !turned),
                grown,
                if a < b { format!("({b} − {a}) / {b}") } else { format!("({a} − {b}) / {b}") },
            );
            // "252, 28 färre än året före. Minskningen är därmed 10 procent": of what it was before.
            let went = change::goes(derived, one.premise).filter(|_| share && said && alike && !same);
            let began = match went {
                Some(Direction::Up) => y.minus(x),
                Some(Direction::Down) => y.plus(x),
                None => None,
            };
            let sign = if went == Some(Direction::Up) { '−' } else { '+' };
            let step = began.and_then(|began| x.percent_of(began));
            add(&change::CHANGE, Meant::Any, step, format!("{a} / ({b} {sign} {a})"));
            // "£315,000. Expenditure averages £35,000 a month": so many months.
            let lasts = own == Kind::Time && alike && *kind == Kind::Money && other.premise.words.is_each_time();
            add(&rate::RATE, Meant::Any, x.over(y).filter(|_| lasts), format!("{a} / {b}"));
            let of = x.times(y).and_then(|part| part.over(hundred));
            let of = of.filter(|_| *kind == Kind::Percent && *other_kind == own && !same);
            add(&count::COUNT, any(!each && !twice && !raised), of, format!("{b} × {a} / 100"));
            add(&end::END, any(raised), of.and_then(|of| y.plus(of)), format!("{b} × (100 + {a}) / 100"));
            add(&end::END, any(raised), of.and_then(|of| y.minus(of)), format!("{b} × (100 − {a}) / 100"));
            let counted = same && matches!(*other_kind, Kind::Plain | Kind::Time);
            add(&rate::RATE, any(each), x.over(y).filter(|_| counted), format!("{a} / {b}"));
            // "Räknat per 1 000 invånare blir det 6,0"
            if let Some((_, scale)) = scaled.filter(|(start, _)| ![one.start(), other.start()].contains(start)) {
                let of = x.over(y).filter(|_| counted).and_then(|each| each.times(Interval::exactly(scale)));
                add(&rate::RATE, Meant::Any, of, format!("{a} / {b} × {scale}"));
            }
            let per = [Tag::Per, Tag::Each];
            let priced =
                [one, other].iter().any(|one| one.premise.words.before(&per) || one.premise.words.behind(&per, 3));
            add(&total::PRODUCT, any(!alike || priced), x.times(y).filter(|_| counted), format!("{a} × {b}"));
            for (_, third) in all.iter().filter(|(third, _)| alike && third == kind && ordered) {
                let (c, z) = (third.value, third.may_be);
                // "of 860, 60 were returned; 432 answered", "750 of 900 and 300"
                let of_both =
                    one.premise.sentence == other.premise.sentence && third.premise.sentence < one.premise.sentence;
                for whole in [x.plus(y), x.minus(y)] {
                    let of = whole.filter(|_| share && !same && of_both).and_then(|whole| z.percent_of(whole));
                    add(&share::SHARE, Meant::Never, of, format!("{c} / ({a} ± {b})"));
                }
                // "207 svarade först och 92 efter en påminnelse": both of a third.
                let beside = one.premise.sentence == other.premise.sentence;
                for part in [x.plus(y), x.minus(y).filter(|_| beside)] {
                    let both = part.and_then(|part| part.percent_of(z)).filter(|_| share && !same);
                    add(&share::SHARE, Meant::Never, both, format!("({a} + {b}) / {c}"));
                }
                let left = x.plus(y).and_then(|sum| sum.minus(z));
                let left = left.filter(|_| same && !share && ![one.start(), other.start()].contains(&third.start()));
                add(&stock::STOCK, any(stock), left, format!("{a} + {b} − {c}"));
            }
        }
    }
    // "30 platser och 20; 90 procent i norr och 70 i söder, vilket ger 82 procent för alla"
    let of = |wanted: Kind| {
        let of = all.iter().filter(|(kind, _)| *kind == wanted).map(|(_, amount)| amount);
        of.collect::<Vec<_>>()
    };
    if let ([a, b], [p, q], true) = (of(Kind::Plain).as_slice(), of(Kind::Percent).as_slice(), share && !said) {
        let part = |of: &Amount<'_, '_>, share: &Amount<'_, '_>| of.may_be.times(share.may_be);
        let both = part(a, p).zip(part(b, q)).and_then(|(one, other)| one.plus(other));
        let mean = both.zip(a.may_be.plus(b.may_be)).and_then(|(both, whole)| both.over(whole));
        let (m, n, x, y) = (a.value, b.value, p.value, q.value);
        add(&share::SHARE, Meant::Any, mean, format!("({m} × {x} + {n} × {y}) / ({m} + {n})"));
    }
    for sentence in 0..=NEAR {
        let of = all.iter().filter(|(kind, amount)| *kind == own && amount.premise.sentence == sentence);
        let of: Vec<&Amount<'_, '_>> = of.map(|(_, amount)| amount).collect();
        if of.len() > 2 {
            let sum = of.iter().map(|one| one.may_be).try_fold(Interval::exactly(Exact::ZERO), Interval::plus);
            let twice = of[0].may_be.plus(of[0].may_be);
            let names: Vec<String> = of.iter().map(|one| one.value.to_string()).collect();
            add(&total::SUM, any(!said && !each && !share), sum, names.join(" + "));
            add(
                &rest::REST,
                any(denied && !share),
                twice.zip(sum).and_then(|(twice, sum)| twice.minus(sum)),
                names.join(" − "),
            );
        }
    }
    out
}
