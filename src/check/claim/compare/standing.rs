//! What two numbers come to in words alone: in which half of a rank a place lies, whether more voted for it than against, whether a gap grew.

use std::ops::Range;

use super::plain::{levels_in, of_one_kind};
use super::verdict::goes;
use super::{Wrong, opposite};
use crate::check::claim::derived::{Amount, Kind, Premise, is_alike};
use crate::check::claim::level::Direction;
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Say as _, Token, class};
use crate::diagnostic::say;
use crate::value::Exact;

pub fn wrongs(passage: &Passage) -> Vec<Wrong> {
    let sentences = passage.sentences.iter().enumerate();
    sentences
        .filter_map(|(at, sentence)| {
            let told = at.checked_sub(1).and_then(|before| passage.sentences.get(before)).unwrap_or(sentence);
            let voted = || voted(passage, told, sentence);
            let compared = || compared(passage, told, sentence).or_else(|| compared(passage, sentence, told));
            let most = || most(passage, told, sentence).or_else(|| most(passage, sentence, told));
            placed(passage, told, sentence)
                .or_else(voted)
                .or_else(most)
                .or_else(compared)
                .or_else(|| gap(passage, at))
                .or_else(|| each(passage, at))
                .or_else(|| against(passage, told, sentence))
        })
        .collect()
}

/// "Länet kom på 17:e plats av 21, det vill säga i den övre halvan", "among the top 25"
fn placed(passage: &Passage, told: &Range<usize>, sentence: &Range<usize>) -> Option<Wrong> {
    let tokens = passage.tokens_in(sentence);
    let number = |token: &Token| token.number().and_then(|at| passage.numbers.get(at));
    let size = |token: &Token| match number(token) {
        Some(number) => number.is_fraction().then_some(number.value),
        None if token.has(Tag::Half) => Some(50_i64.into()),
        None if token.has(Tag::Third) => Exact::from(100_i64).checked_div(3_i64.into()),
        None => token.tags.any(&[Tag::Fourth, Tag::Quarter]).then_some(25_i64.into()),
    };
    let (at, part) = (1..tokens.len()).find_map(|at| {
        let side = tokens[at - 1].tags.any(&[Tag::Upper, Tag::Lower]);
        Some((at, size(&tokens[at]).filter(|_| side)?))
    })?;
    let low = tokens[at - 1].has(Tag::Lower);
    // "Counted from the worst"
    let turned = passage.tokens_in(&(told.start..tokens[at - 1].range.start)).say(&[Tag::Lower, Tag::Negation]);
    let inside = told.start..tokens[at - 1].range.start;
    let mut numbers = passage.numbers[passage.numbers_in(&inside)].iter().filter(|number| {
        !number.is_fraction() && class(number, &passage.text) != Class::Year && number.count().is_some()
    });
    let (one, two) = (numbers.next()?, numbers.next()?);
    let (place, of) = if one.value < two.value { (one, two) } else { (two, one) };
    let placed = passage.tokens_in(&inside).iter().any(|token| token.has(Tag::Placed));
    // "17:e", "8th"
    let ordinal = passage.text[place.range.end..].starts_with(|c: char| c == ':' || c.is_alphabetic());
    let before = passage.tokens_in(&(inside.start..of.range.start));
    let whole = before.iter().rev().take(2).any(|token| token.tags.any(&[Tag::Of, Tag::OutOf]));
    let share = place.value.checked_mul(100_i64.into())?.checked_div(of.value)?;
    let start = place.value.checked_sub(1_i64.into())?.checked_mul(100_i64.into())?.checked_div(of.value)?;
    let holds = if low { share > Exact::from(100_i64).checked_sub(part)? } else { start < part };
    let meant = (placed || ordinal) && whole && numbers.next().is_none() && !turned;
    (meant && !holds).then(|| {
        (
            tokens[at - 1].range.start..tokens[at].range.end,
            say!("place {place} of {of} does not lie in that part", place = number_text(place), of = number_text(of)),
        )
    })
}

/// "All 51 members voted, 22 in favour and 29 against. The rise was therefore approved.", "bifölls med 14 röster mot 15"
fn voted(passage: &Passage, told: &Range<usize>, sentence: &Range<usize>) -> Option<Wrong> {
    let tokens = passage.tokens_in(sentence);
    let outcome = tokens.iter().find(|token| token.has(Tag::Carried) != token.has(Tag::Rejected))?;
    let carried = outcome.has(Tag::Carried);
    let window = passage.tokens_in(&(told.start..sentence.end));
    let fraction = |token: &Token| token.number().is_some_and(|at| passage.numbers[at].is_fraction());
    let other = [Tag::Negation, Tag::Required, Tag::Double];
    if !window.say(&[Tag::Votes]) || window.iter().any(fraction) || window.say(&other) {
        return None;
    }
    let side = |range: &Range<usize>| {
        let all = levels_in(passage, range);
        let said = |tag: Tag| {
            let counts = |premise: &&Premise<'_>| {
                let next = premise.words.tail.iter().take_while(|token| !token.has(Tag::Joint));
                next.take(4).any(|token| token.has(tag))
            };
            let mut found = all.iter().filter(counts);
            found.next().map(|premise| premise.number).filter(|_| found.next().is_none())
        };
        said(Tag::InFavour).zip(said(Tag::Against))
    };
    let direct = || {
        let all = levels_in(passage, sentence);
        let [.., yes, no] = all.as_slice() else { return None };
        let votes =
            yes.words.tail.iter().all(|token| token.tags.any(&[Tag::Votes, Tag::Against, Tag::Compared, Tag::To]));
        let behind = yes.number.range.start > outcome.range.start && yes.words.tail.say(&[Tag::Against, Tag::To]);
        (votes && behind && carried).then_some((yes.number, no.number))
    };
    let (yes, no): (&Number, &Number) = side(sentence).or_else(|| side(told)).or_else(direct)?;
    let wins = yes.value > no.value;
    (yes.value != no.value && wins != carried).then(|| {
        (
            outcome.range.clone(),
            say!(
                "{yes} for and {no} against: the words say the opposite",
                yes = number_text(yes),
                no = number_text(no)
            ),
        )
    })
}

/// "I länet var andelen 8,1 procent, medan den i hela landet var 6,7. Länet ligger alltså 1,4 procentenheter över riksgenomsnittet."
fn against(passage: &Passage, told: &Range<usize>, sentence: &Range<usize>) -> Option<Wrong> {
    let tokens = passage.tokens_in(sentence);
    let standard = [Tag::Average, Tag::Wider, Tag::Target, Tag::Limit];
    let (at, said) = (0..tokens.len()).find_map(|at| Some((at, goes(&tokens[at..(at + 3).min(tokens.len())])?)))?;
    let plain =
        told != sentence && levels_in(passage, sentence).is_empty() && !tokens.say(&[Tag::Negation, Tag::Earlier]);
    // "Männen i länet ligger därmed under genomsnittet för länet": of others.
    let who = tokens.iter().find(|token| token.stem().is_some() && !token.tags.any(&[Tag::Determiner, Tag::Within]))?;
    let same = passage.tokens_in(told).iter().any(|word| is_alike(who, word)) || who.has(Tag::This);
    if !plain || !same || !tokens.iter().any(Token::concludes) {
        return None;
    }
    let all = levels_in(passage, told);
    let (_, amounts) = of_one_kind(passage, &all)?;
    let [one, two] = amounts.as_slice() else { return None };
    let is_standard = |amount: &Amount<'_, '_>| amount.premise.words.has(&standard);
    let (one, other) = match (is_standard(one), is_standard(two)) {
        (false, true) => (one, two),
        (true, false) => (two, one),
        _ => return None,
    };
    let goes = other.towards(one).filter(|goes| *goes != said)?;
    Some((tokens[at].range.clone(), opposite(one.premise.number, goes, other.premise.number)))
}

/// "En större andel pojkar än flickor är trygga. Bland flickorna svarar 71 procent … och bland pojkarna 66", "The former thus had more than the latter"
fn compared(passage: &Passage, said: &Range<usize>, told: &Range<usize>) -> Option<Wrong> {
    let tokens = passage.tokens_in(said);
    let mut words = tokens.iter().enumerate().filter(|(_, token)| token.tags.any(&[Tag::More, Tag::Fewer]));
    let ((at, word), None) = (words.next()?, words.next()) else { return None };
    let than =
        at + tokens[at..].iter().position(|token| token.tags.any(&[Tag::Than, Tag::MoreThan, Tag::FewerThan]))?;
    let open = [Tag::Negation, Tag::Earlier, Tag::Planned, Tag::Difference];
    if said == told || tokens.say(&open) || !passage.numbers_in(said).is_empty() {
        return None;
    }
    let way = Direction::of_word(word, tokens)?;
    let all = levels_in(passage, told);
    // "36 of 60 women (60 per cent) and 35 of 50 men (70 per cent)"
    let shares: Vec<Premise<'_>> = all.iter().filter(|premise| premise.kind == Kind::Percent).cloned().collect();
    let all = if shares.len() == 2 { shares } else { all };
    let (_, amounts) = of_one_kind(passage, &all)?;
    let [first, second] = amounts.as_slice() else { return None };
    let plain = !passage.tokens_in(told).say(&[Tag::OfWhich, Tag::Earlier, Tag::Than])
        && !first.is_earlier()
        && !second.is_earlier();
    let one_of = |tags: [Tag; 2], some: &[Token]| {
        let mut found = tags.into_iter().filter(|tag| some.say(&[*tag]));
        found.next().filter(|_| found.next().is_none())
    };
    let former = [Tag::Former, Tag::Latter];
    let (one, other) = match one_of(former, &tokens[..than]).zip(one_of(former, &tokens[than..])) {
        Some((Tag::Former, Tag::Latter)) => (first, second),
        Some((Tag::Latter, Tag::Former)) => (second, first),
        _ => {
            let sexes = [Tag::Women, Tag::Men];
            let (one, other) = one_of(sexes, &tokens[..than]).zip(one_of(sexes, &tokens[than..]))?;
            let of = |tag: Tag| {
                let clause = |amount: &&Amount<'_, '_>| {
                    let words = &amount.premise.words;
                    words.has(&[tag]) || words.opener == Some('(') && words.intro.say(&[tag])
                };
                let mut found = amounts.iter().filter(clause);
                found.next().filter(|_| found.next().is_none())
            };
            (of(one)?, of(other)?)
        }
    };
    let goes = other.towards(one).filter(|goes| *goes != way && plain && one.start() != other.start())?;
    Some((word.range.start..tokens.last()?.range.end, opposite(one.premise.number, goes, other.premise.number)))
}

/// Percentages that are told together make about so much where they are all answers to one question.
const WHOLE: [i64; 2] = [97, 103];
/// Words of more letters say what is shared.
const LONG: usize = 4;

/// "De flesta är missnöjda. 68 procent svarade att de var nöjda, 19 procent missnöjda och 13 procent varken eller."
fn most(passage: &Passage, said: &Range<usize>, told: &Range<usize>) -> Option<Wrong> {
    let tokens = passage.tokens_in(said);
    let of = |token: &&Token| token.tags.any(&[Tag::Majority, Tag::MostOf]) != token.has(Tag::Minority);
    let word = tokens.iter().take(3).find(of)?;
    let open = [Tag::Negation, Tag::Earlier, Tag::Than, Tag::Planned];
    if said == told || tokens.say(&open) || !passage.numbers_in(said).is_empty() {
        return None;
    }
    let all = levels_in(passage, told);
    let shares: Vec<Amount<'_, '_>> = all.iter().filter_map(|premise| premise.amount(passage, Kind::Percent)).collect();
    let sum = shares.iter().map(|share| share.value).try_fold(Exact::ZERO, Exact::checked_add)?;
    let whole = Exact::from(WHOLE[0]) <= sum && sum <= Exact::from(WHOLE[1]);
    let named =
        |share: &&Amount<'_, '_>, stem: &str| share.premise.words.tail.iter().any(|word| word.stem() == Some(stem));
    let stems = tokens.iter().filter_map(Token::stem).filter(|stem| stem.chars().count() > LONG);
    let mut found = stems.filter_map(|stem| {
        let mut of_it = shares.iter().filter(|share| named(share, stem));
        of_it.next().filter(|_| of_it.next().is_none())
    });
    let share = found.next().filter(|_| whole && shares.len() > 1 && found.next().is_none())?;
    let half = Exact::from(50_i64);
    let fits = if word.has(Tag::Minority) { share.value < half } else { share.value > half };
    (!fits).then(|| {
        let words =
            say!("{first} were told beside: the words say the opposite", first = number_text(share.premise.number));
        (word.range.clone(), words)
    })
}

/// Four levels of the sentence before, else of the two before.
fn four<'p>(passage: &'p Passage, at: usize) -> Vec<Premise<'p>> {
    let told = &passage.sentences[at.saturating_sub(2)..at];
    let own: Vec<Vec<Premise<'p>>> = told.iter().map(|range| levels_in(passage, range)).collect();
    let last = own.last().filter(|last| last.len() == 4).cloned();
    last.unwrap_or_else(|| own.into_iter().flatten().collect())
}

/// Four amounts as those of two groups at one time and at another.
fn halves<'a, 's, 'p>(all: &'a [Amount<'s, 'p>]) -> Option<([&'a Amount<'s, 'p>; 2], [&'a Amount<'s, 'p>; 2])> {
    let [a, b, c, d] = all else { return None };
    let led = |amount: &Amount<'_, '_>, tag: Tag| amount.premise.words.last().is_some_and(|last| last.has(tag));
    let years = a.premise.year.zip(b.premise.year).is_some_and(|(one, two)| one != two) && c.premise.year.is_none();
    let crossed = led(a, Tag::From) && led(b, Tag::To) || years;
    Some(if crossed { ([a, c], [b, d]) } else { ([a, b], [c, d]) })
}

/// "Tillgången ökade således hos båda", "They have gone up every single year": each of two groups, or each year of a row, went one way.
fn each(passage: &Passage, at: usize) -> Option<Wrong> {
    let sentence = passage.sentences.get(at)?;
    let tokens = passage.tokens_in(sentence);
    let moves = [Tag::Grew, Tag::Shrank, Tag::More, Tag::Fewer];
    let mut words = tokens.iter().filter(|token| token.tags.any(&moves));
    let (word, None) = (words.next()?, words.next()) else { return None };
    let said = Direction::of_word(word, tokens)?;
    let open = tokens.say(&[Tag::Negation, Tag::Except, Tag::Planned, Tag::Average]);
    if open || !tokens.iter().any(Token::concludes) || !levels_in(passage, sentence).is_empty() {
        return None;
    }
    let timed = tokens.windows(3).any(|some| some[0].tags.any(&[Tag::All, Tag::Each]) && some[1..].say(&[Tag::Time]));
    let all =
        if timed { at.checked_sub(1).map(|at| levels_in(passage, &passage.sentences[at]))? } else { four(passage, at) };
    let (_, amounts) = of_one_kind(passage, &all)?;
    let dated =
        amounts.windows(2).all(|two| two[0].premise.year.zip(two[1].premise.year).is_some_and(|(one, two)| one < two));
    let pairs: Vec<[&Amount<'_, '_>; 2]> = match halves(&amounts).filter(|_| !timed && tokens.say(&[Tag::EachGroup])) {
        Some((first, second)) => vec![[first[0], second[0]], [first[1], second[1]]],
        None if timed && dated && amounts.len() > 2 => amounts.windows(2).map(|two| [&two[0], &two[1]]).collect(),
        None => return None,
    };
    let [from, to] = pairs.into_iter().find(|[from, to]| from.towards(to) == Some(said.opposite()))?;
    Some((word.range.clone(), opposite(to.premise.number, said.opposite(), from.premise.number)))
}

/// "41 procent av kvinnorna och 33 procent av männen … 44 respektive 39 procent. Skillnaden har därmed ökat"
fn gap(passage: &Passage, at: usize) -> Option<Wrong> {
    let sentence = passage.sentences.get(at)?;
    let tokens = passage.tokens_in(sentence);
    let named = tokens.iter().take(3).any(|token| token.has(Tag::Difference));
    let word = tokens.iter().rev().find(|token| token.tags.any(&[Tag::Grew, Tag::Shrank]))?;
    let said = Direction::of_word(word, tokens)?;
    if !named || !tokens.iter().any(Token::concludes) || !passage.numbers_in(sentence).is_empty() {
        return None;
    }
    let all = four(passage, at);
    let (_, amounts) = of_one_kind(passage, &all)?;
    let (first, second) = halves(&amounts)?;
    let later = first[0].premise.year.zip(second[0].premise.year).is_some_and(|(one, two)| one > two);
    let apart = |two: [&Amount<'_, '_>; 2]| Some(two[0].value.checked_sub(two[1].value)?.magnitude());
    let (first, second) = (apart(first)?, apart(second)?);
    let (from, to) = if later { (second, first) } else { (first, second) };
    let grew = said == Direction::Up;
    (from != to && (to > from) != grew).then(|| {
        let words = say!("the gap was {from} and became {to}: the words say the opposite", from, to);
        (word.range.clone(), words)
    })
}
