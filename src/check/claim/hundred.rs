//! Percentages that make a hundred together: two sexes, response and non-response, a share and the rest, the answers to one question.

use crate::diagnostic::say;
use std::ops::Range;

use super::parts::{HELP, Member, enumeration, says_overlap};
use super::{Fault, matches, matches_over};
use crate::check::Context;
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::check::pattern::{Found, Patterns};
use crate::check::prose::{Passage, Place};
use crate::check::tokens::{Class, Kind, Say as _, Token, class};
use crate::value::Exact;

/// The shares of the two sexes in one whole.
static SEXES: Patterns = Patterns::new(&[
    // "64 procent pojkar och 46 procent flickor", "58% of skippers were men and 52% women", "I 24 procent av ärendena var den enskilde en
    // kvinna, och följaktligen i 86 procent en man"
    "one=percent [ <of> noun{1,4} <is> noun{0,3} | noun{0,2} <is> | word? ] <women> noun{0,3} [ \",\" | <joint> ]{1,2} <equals>? noun{0,2} \
         other=percent noun{0,2} <men>",
    "one=percent [ <of> noun{1,4} <is> noun{0,3} | noun{0,2} <is> | word? ] <men> noun{0,3} [ \",\" | <joint> ]{1,2} <equals>? noun{0,2} \
         other=percent noun{0,2} <women>",
    // "61 procent kvinnor respektive 39 procent män", "48 per cent identified as male and 52 per cent as female"
    "one=percent [ word? | <of> noun{1,4} noun{1,3} | noun{1,3} ] <women> noun? [ \",\" | <joint|respectively> ]{1,2} noun{0,2} other=percent noun{0,2} <men>",
    "one=percent [ word? | <of> noun{1,4} noun{1,3} | noun{1,3} ] <men> noun? [ \",\" | <joint|respectively> ]{1,2} noun{0,2} other=percent noun{0,2} <women>",
    "<men> <makes-up> one=percent [ <of> noun{1,3} ]? [ \",\" | <joint> ]{1,2} <women> <makes-up>? noun{0,1} other=percent",
    // "Women made up 63 per cent of singers and men 47 per cent"
    "<women> <makes-up> one=percent [ <of> noun{1,3} ]? [ \",\" | <joint> ]{1,2} <men> <makes-up>? noun{0,1} other=percent",
    // "andelen kvinnor är 72 procent och andelen män 38 procent"
    "<share> [ <of> word? ]? <women> <is>? one=percent [ \",\" | <joint> ]{1,2} <share>? [ <of> word? ]? <men> <is>? other=percent",
    // "var 70 respektive 40 procent kvinnor och män", "andelen kvinnor och män var 70 respektive 40 procent"
    "<is> one=count|percent <respectively> other=percent [ <women> <joint> <men> | <men> <joint> <women> ] [ \",.;\" | $ ]",
    "<share> [ <women> <joint> <men> | <men> <joint> <women> ] <is> one=count|percent <respectively> other=percent",
]);

/// "Motsvarande andelar var 70 respektive 40 procent", of what was told as two sexes before.
static RESPECTIVELY: Patterns = Patterns::new(&[
    "<equals> <share> word{0,4} [ count word{0,4} ]? one=count|percent [ <respectively> | <joint> ] other=percent",
]);

/// One question, and the shares that chose its answers in two sentences: "På frågan om maten svarade 62 procent ja. 47 procent svarade nej."
static QUESTION: Patterns = Patterns::new(&[
    "<question> word{1,6} \",\"? noun{0,3} one=percent <opines>? word? <this> noun{1,6} \".\" other=percent <opines> word? <this> noun{1,6} [ \".\" | $ ]",
]);

/// All faults of the report.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let mut out = Vec::new();
    for (at, passage) in context.passages() {
        let pairs: Vec<(Range<usize>, Found<'_>)> =
            matches(&SEXES, passage).map(|(sentence, found)| (sentence.clone(), found)).collect();
        out.extend(pairs.iter().filter_map(|(sentence, found)| sexes(at, sentence, found)));
        // What made a hundred does so again; of each of two wholes it need not.
        let whole = |(_, found): &(Range<usize>, Found<'_>)| {
            found.number("one").zip(found.number("other")).is_some_and(|(one, other)| off(&[one, other]).is_none())
        };
        if pairs.iter().any(whole) {
            let later = matches(&RESPECTIVELY, passage)
                .filter(|(_, found)| found.bytes().start > pairs.first().map_or(0, |(_, pair)| pair.bytes().end));
            out.extend(
                later.filter_map(|(_, found)| two(at, found.bytes(), found.number("one")?, found.number("other")?)),
            );
        }
        out.extend(matches_over(&QUESTION, passage).filter_map(|found| question(at, &found)));
        for sentence in &passage.sentences {
            out.extend(answers(at, passage, sentence));
        }
    }
    out
}

/// How far a sum of so many rounded percentages may be from a hundred, and how far it is.
fn off(percentages: &[&Number]) -> Option<(Exact, Exact)> {
    let made = percentages.iter().try_fold(Exact::ZERO, |sum, number| sum.checked_add(number.value))?;
    let decimals = percentages.iter().map(|number| number.decimals).min().unwrap_or(0);
    let units = i64::try_from(percentages.len()).ok()?.saturating_mul(5);
    let scale = 10_i64.pow(u32::from(decimals.min(6)) + 1);
    let slack = Exact::ratio(Exact::from(units), Exact::from(scale))?;
    let hundred = Exact::from(100_i64);
    let apart = if made > hundred { made.checked_sub(hundred) } else { hundred.checked_sub(made) }?;
    (apart > slack).then_some((made, apart))
}

fn fault(at: usize, range: Range<usize>, made: Exact) -> Fault {
    Fault { passage: at, range, message: say!("the percentages make {made}", made), help: HELP, also: None }
}

fn two(at: usize, range: Range<usize>, one: &Number, other: &Number) -> Option<Fault> {
    let (made, _) = off(&[one, other])?;
    (!(one.bound && other.bound)).then(|| fault(at, range, made))
}

fn question(at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (one, other) = (found.number("one")?, found.number("other")?);
    let sentence = passage.sentence(other.range.start);
    // Of two answers that do not exclude each other, as good and warm, the same person may give both.
    let refuses = |bytes: Range<usize>| passage.tokens_in(&bytes).say(&[Tag::Refuses]);
    let opposed = refuses(one.range.end..sentence.start) != refuses(other.range.end..sentence.end);
    let behind = passage.tokens_in(&(sentence.end..passage.text.len()));
    // What is said behind them may be the rest of the answers.
    let open = behind.say(&[Tag::Neither, Tag::Rest]) || behind.iter().any(|token| token.number().is_some());
    let exceeds = one.value.checked_add(other.value)? > Exact::from(100_i64);
    if !opposed || says_overlap(passage, &sentence) || open && !exceeds {
        return None;
    }
    two(at, one.range.start..other.range.end, one, other)
}

fn sexes(at: usize, sentence: &Range<usize>, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (one, other) = (found.number("one")?, found.number("other")?);
    // "Av kvinnorna", "bland männen", "för kvinnor": each of a whole of its own. A third kind or share may make up the hundred.
    let inside = &found.tokens[found.named("one")?.start..found.range.end];
    let apart = inside
        .windows(3)
        .any(|some| some[0].tags.any(&[Tag::Of, Tag::Within]) && some[1..].say(&[Tag::Women, Tag::Men]));
    let third = passage.numbers_in(sentence).any(|number| {
        let known = &passage.numbers[number];
        known.is_percent() && known.range.start >= other.range.end && known.range.start < other.range.end + 40
    });
    let made = one.value.checked_add(other.value)?;
    let open = made < Exact::from(100_i64) && passage.tokens_in(sentence).say(&[Tag::Neither]);
    if apart || (third && made < Exact::from(100_i64)) || open || says_overlap(passage, sentence) {
        return None;
    }
    two(at, one.range.start..found.bytes().end, one, other)
}

/// "60 procent helt, 30 procent delvis och 20 procent inte alls"
fn answers(at: usize, passage: &Passage, sentence: &Range<usize>) -> Option<Fault> {
    let tokens = passage.tokens_in(sentence);
    let before = passage.sentences.iter().rfind(|known| known.end <= sentence.start);
    let single = before.is_some_and(|before| passage.tokens_in(before).say(&[Tag::Single]));
    let percentages = passage.numbers_in(sentence).filter(|number| passage.numbers[*number].is_percent()).count();
    if percentages < 3 || tokens.say(&[Tag::Respectively]) || says_overlap(passage, sentence) {
        return None;
    }
    let mut from = 0;
    while let Some(first) = tokens[from..]
        .iter()
        .position(|token| token.number().is_some_and(|number| passage.numbers[number].is_percent()))
    {
        let members: Vec<Member> = enumeration(passage, tokens, from + first);
        from = members.last().map_or(tokens.len(), |member| member.token + 1);
        let numbers: Vec<&Number> = members.iter().filter_map(|member| passage.numbers.get(member.number)).collect();
        let (Some(start), Some(end)) = (members.first(), members.last()) else { break };
        if numbers.len() < 3 || numbers.iter().all(|number| number.bound) {
            continue;
        }
        // Each of several groups has its own hundred.
        let behind = tokens[end.token + 1..].iter().take_while(|token| token.stem().is_some()).take(4);
        let named = behind.clone().zip(behind.clone().skip(1)).any(|(word, name)| {
            word.has(Tag::Within) && passage.text[name.range.start..].starts_with(char::is_uppercase)
        });
        let inside = &tokens[start.token..end.token];
        // "24 per cent in need of improvement" is one answer.
        let placed = |member: &&Member| {
            let lead = tokens[..member.token].iter().rev().take(3).take_while(|token| token.stem().is_some());
            lead.chain(tokens[member.token + 1..].iter().take(2)).any(|token| token.has(Tag::Within))
        };
        let grouped = members.iter().filter(placed).count() > 1
            || named
            || inside.iter().chain(behind).any(|token| {
                let year =
                    token.number().is_some_and(|number| class(&passage.numbers[number], &passage.text) == Class::Year);
                token.tags.any(&[Tag::Women, Tag::Men, Tag::Time]) || year
            })
            // "lack of motivation by 24 per cent" is one answer, "38 per cent of tenants" another group.
            || tokens[start.token..]
                .windows(3)
                .take(end.token + 1 - start.token)
                .any(|some| some[0].number().is_some() && some[1].has(Tag::Of) && !some[2].has(Tag::All));
        // "Av samtliga ärenden 52 procent inom en månad, …": times share one whole, unless the percentages mount up.
        let timed = |member: &Member| {
            let next = tokens[member.token + 1..]
                .iter()
                .take(7)
                .take_while(|token| !matches!(token.kind, Kind::Sign(',' | '.')));
            next.into_iter().any(|token| token.has(Tag::Time))
        };
        let of_all = tokens.first().is_some_and(|token| token.has(Tag::Of))
            && !inside.say(&[Tag::Of, Tag::Women, Tag::Men])
            && members.iter().all(timed)
            && !numbers.windows(2).all(|pair| pair[0].value <= pair[1].value);
        // "Högst var andelen i norr (37 procent), följt av …": each has its own hundred.
        let lead = &tokens[..start.token];
        let ranked = lead.say(&[Tag::Most, Tag::Least]) && inside.say(&[Tag::Followed]);
        let divided = tokens[..start.token].say(&[Tag::Divides]);
        // "till 62 procent av statsbidrag, till 27 procent av avgifter": so it is made up.
        let led = |member: &Member, tag: Tag| member.token.checked_sub(1).is_some_and(|before| tokens[before].has(tag));
        let of = |member: &Member| tokens.get(member.token + 1).is_some_and(|token| token.has(Tag::Of));
        // "Grants made up 45% of income, fees 35% and donations 20%"
        let led_up = tokens[..start.token].last().is_some_and(|token| token.has(Tag::MakesUp) && !token.has(Tag::Is));
        let sexes = inside.say(&[Tag::Women, Tag::Men, Tag::Time]);
        let one_whole = led_up && of(start) && !sexes && !members[1..].iter().any(of);
        let made_up = one_whole || members.iter().all(|member| led(member, Tag::To));
        let apart = (grouped && !single && !of_all && !made_up && !divided && !is_where(tokens, &members))
            || have_subjects(passage, tokens, &members);
        if apart || ranked {
            continue;
        }
        if let Some((made, apart)) = off(&numbers)
            && (made > Exact::from(100_i64) || divided)
            && apart <= Exact::from(25_i64)
        {
            let range = tokens[start.token].range.start..tokens[end.token].range.end;
            return Some(fault(at, range, made));
        }
    }
    None
}

/// Whether each percentage has a subject of its own, or a measure: "Hagby 39 procent, Lillsjö 36", "the employment rate 75.8%".
fn have_subjects(passage: &Passage, tokens: &[Token], members: &[Member]) -> bool {
    let own = |member: &&Member| {
        let before =
            tokens[..member.token].iter().rev().take_while(|token| token.stem().is_some() && !token.has(Tag::Joint));
        let subject =
            |token: &Token| token.has(Tag::Share) || passage.text[token.range.start..].starts_with(char::is_uppercase);
        before.take(4).any(subject)
    };
    members.get(1..).unwrap_or_default().iter().filter(own).count() > 1
}

/// Whether percentages of one whole say where its parts are: "42 procent av medlemmarna fanns i norr, 31 procent i söder …".
fn is_where(tokens: &[Token], members: &[Member]) -> bool {
    let [first, rest @ ..] = members else { return false };
    let of = |member: &Member| tokens.get(member.token + 1).is_some_and(|token| token.has(Tag::Of));
    let last = members.last().map_or(0, |last| last.token);
    let ends = tokens[last + 1..].iter().take_while(|token| token.stem().is_some()).count() <= 2;
    let located = tokens[..last].say(&[Tag::Located]);
    of(first) && !rest.iter().any(of) && located && ends
}

/// Lists whose items have one percentage each, of one question, that make another sum than a hundred: the positions of their items, and the sum.
pub fn lists(context: &Context<'_>) -> Vec<(Range<usize>, Exact)> {
    (0..context.prose.passages.len()).filter_map(|at| list(&context.prose.passages, at)).collect()
}

fn list(passages: &[Passage], at: usize) -> Option<(Range<usize>, Exact)> {
    let passage = passages.get(at)?;
    let items = passage.announces.filter(|items| *items > 2)?;
    let list = passages.get(at + 1..=at + items)?;
    let numbers: Vec<&Number> = list.iter().map(answer).collect::<Option<_>>()?;
    let overlaps = |passage: &Passage| passage.tokens.say(&[Tag::Overlap, Tag::Also]);
    if overlaps(passage) || list.iter().any(overlaps) || numbers.iter().all(|number| number.bound) {
        return None;
    }
    let (made, apart) = off(&numbers)?;
    let divides = passage.tokens.say(&[Tag::Divides]) && apart <= Exact::from(40_i64);
    let slip = made > Exact::from(100_i64) && apart <= Exact::from(15_i64);
    (divides || slip).then_some((at + 1..at + 1 + items, made))
}

/// The percentage that an item of a list begins or ends with.
fn answer(item: &Passage) -> Option<&Number> {
    let mut all = item.numbers.iter().filter(|number| class(number, &item.text) == Class::Percent);
    let number = all.next().filter(|_| item.place == Place::Item)?;
    let ends = all.next().is_none() && item.text[number.range.end..].trim().len() <= 1;
    (number.range.start == 0 || ends).then_some(number)
}
