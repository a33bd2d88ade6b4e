//! Parts and their whole: what "varav", "of these" and "av de 40" divide, what is left, and two that make a whole together.

mod answered;
mod members;
mod named;
mod rest;

use crate::diagnostic::{Said, say};
use std::ops::Range;

pub use members::{Member, enumeration};

use super::level::Level;
use super::{Claim, Fault, matches};
use crate::check::Context;
use crate::check::hedges::hedge;
use crate::check::lang;
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::check::pattern::{Found, Patterns};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Kind, Say as _, Token, class};
use crate::value::Exact;
use members::{BETWEEN, TOKENS, are_sexes, behind_of, is_limit, levels, shared_copula};

/// A whole and the first of its parts.
static DIVIDED: Patterns = Patterns::new(&[
    // "Samtliga 40 ärenden fördelar sig på 25 …", "All 24 homes were rated: 9 …"
    "whole=count|money word{0,6} \",\"? word{0,2} all=<divides> word{0,4} \"(\"? part=count|money",
    // "£84.6m: £51.2m on social care, £21.9m on services and £11.5m on all else"
    "whole=money all=\":\" noun{0,3} part=money",
    // "517 rapporter kom in. Rapporterna fördelar sig på äldreomsorgen (204), …", "They comprised 248 …"
    "^ taken=word{1,2} all=<divides> word{0,4} \"(\"? part=count|money",
    // "62 personer, varav 41 kvinnor och 24 män", "420 people, of whom 265 were women", "418 ärenden enligt lagen (2018:1192), varav 187 avslag"
    "whole=count|money word{0,12} [ \"(\" [ word | \":\" ]{1,4} \")\" word{0,4} ]? \",\"? which=<of-which> noun{0,4} part=count|money",
    // "Av de tolv kommunerna ligger sju i norr", "Av dessa 12 ligger sju i norr"
    "[ of=<of> <determiner|participle>{0,4} | of=<of-which> ] whole=count noun{1,6} \",\"? noun{0,2} part=count",
    // "Avgifterna gav 4,1 mnkr, bidragen 2,8 mnkr och lotter 0,9 mnkr, vilket är samtliga intäkter."
    "^ closed=noun{1,6} part=money",
    // "40 akter: 25 som gäller barn", "25 personer: chefer (6), handläggare (12) och brukare (8)"
    "whole=count|money noun{1,6} list=\":\" noun{0,3} \"(\"? part=count|money",
    // "Av dessa saknade 16"
    "^ [ which=<of-which> | which=<of> <them> ] \",\"? noun{0,4} part=count",
    // "143 personer (92 kvinnor och 41 män)", "tretton personer intervjuades, åtta chefer och sex handläggare"
    "whole=count|money noun{1,7} open=\"(,–\" noun{0,2} part=count|money",
]);

/// "I 43 av dem", of things that are fewer.
static OF_THEM: Patterns = Patterns::new(&["part=count which=<of-which>"]);

/// All faults of the report.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let mut out = Vec::new();
    for (at, passage) in context.passages() {
        out.extend(matches(&DIVIDED, passage).filter_map(|(sentence, found)| divided(context, at, sentence, &found)));
        out.extend(matches(&OF_THEM, passage).filter_map(|(_, found)| too_many(context, at, &found)));
        out.extend(passage.sentences.iter().filter_map(|sentence| exceeding(at, passage, sentence)));
        out.extend(passage.sentences.windows(2).filter_map(|two| listed(at, passage, &two[0], &two[1])));
        out.extend(answered::faults(context, at, passage));
        out.extend(rest::faults(at, passage));
        out.extend(named::faults(at, passage));
        out.extend(passage.sentences.iter().filter_map(|sentence| totalled(at, passage, sentence)));
    }
    out
}

pub const HELP: Said = say!("correct the part or the whole; bound parts are added up by the program");

fn sum<'n>(numbers: impl IntoIterator<Item = &'n Number>) -> Option<Exact> {
    numbers.into_iter().try_fold(Exact::ZERO, |sum, number| sum.checked_add(number.value))
}

/// Whether two values lie within one part in `parts` of the greater.
fn near(one: Exact, other: Exact, parts: i64) -> bool {
    let (small, great) = if one < other { (one, other) } else { (other, one) };
    let apart = great.checked_sub(small).and_then(|apart| apart.checked_mul(Exact::from(parts)));
    apart.is_some_and(|apart| apart <= great)
}

fn divided(context: &Context<'_>, at: usize, sentence: &Range<usize>, found: &Found<'_>) -> Option<Fault> {
    let (passage, tokens) = (found.passage, found.tokens);
    let first = found.named("part")?.start;
    let which = found.named("which");
    let named = |name: &str| found.named(name).is_some();
    let directly = which.as_ref().is_some_and(|which| which.end == first);
    if which.as_ref().is_some_and(|which| tokens.get(which.end).is_some_and(|token| token.has(Tag::Relative)))
        || is_limit(passage, tokens, first)
        // "18 fall av dessa 62" is a part and its whole, as is "Av dessa sju var fyra kvinnor".
        || (directly && takes_a_number(tokens, which.as_ref()?, named("whole")))
    {
        return None;
    }
    // "30 fler än året innan, varav 51 gällde buller": the whole is what there are more of.
    let difference = |whole: Range<usize>| {
        let next = tokens.get(whole.end);
        next.is_some_and(|token| token.tags.any(&[Tag::More, Tag::Fewer, Tag::MoreThan, Tag::FewerThan]))
    };
    if found.named("whole").is_some_and(difference) {
        return None;
    }
    let whole = match found.number("whole") {
        Some(whole) => whole,
        None => before(context, at, sentence, found)?,
    };
    // "310 awards, including 84 to heritage groups, 61 to youth clubs": the 84 are a part themselves.
    let led = found.named("whole").and_then(|whole| whole.start.checked_sub(1)).and_then(|at| tokens.get(at));
    if led.is_some_and(|token| token.tags.any(&[Tag::Including, Tag::OfWhich]) && !token.has(Tag::OfThese)) {
        return None;
    }
    let members = enumeration(passage, tokens, first);
    if named("closed") && !is_closed(&tokens[members.last()?.token + 1..]) {
        return None;
    }
    let numbers: Vec<&Number> = members.iter().filter_map(|member| passage.numbers.get(member.number)).collect();
    let kind = |number: &Number| class(number, &passage.text);
    if (whole.bound && numbers.iter().all(|part| part.bound)) || kind(whole) != kind(numbers.first()?) {
        return None;
    }
    let end = numbers.last()?.range.end;
    let start = found.number("whole").map_or(sentence.start, |whole| whole.range.start);
    let fault = |message: Said| Some(Fault { passage: at, range: start..end, message, help: HELP, also: None });
    // "120 beslut i de fyra förvaltningarna, varav 33": any count of the sentence before may be the whole.
    let counted = passage.numbers[passage.numbers_in(&(sentence.start..numbers.first()?.range.start))].iter();
    let counted = counted.rev().take(TOKENS);
    let others: Vec<Exact> = counted.filter(|number| kind(number) == kind(whole)).map(|number| number.value).collect();
    let most = others.iter().copied().filter(|_| which.is_some()).fold(whole.value, Exact::max);
    let greater = numbers.iter().find(|part| part.value > most);
    if let Some(part) = greater.filter(|_| which.is_some() || (is_of_alone(found) && members.len() == 1)) {
        return fault(say!(
            "{part} are more than the {whole} that they are a part of",
            part = part.value,
            whole = whole.value
        ));
    }
    if members.len() < 2 || numbers.iter().any(|part| part.value > whole.value) || says_overlap(passage, sentence) {
        return None;
    }
    if found.named("whole").is_some_and(|whole| are_beside(passage, tokens, whole.end, &members)) {
        return None;
    }
    let values: Vec<Exact> = numbers.iter().map(|number| number.value).collect();
    let made = sum(numbers.iter().copied())?;
    if is_rounded(passage, made, whole, &numbers)
        || others.contains(&made)
        || (which.is_some() && whole.value < made && made < most)
        || levels(&values).is_some_and(|values| values.contains(&whole.value))
    {
        return None;
    }
    let text = &tokens[found.range.start..tokens.len().min(found.range.start + TOKENS)];
    let said = |tag: Tag| text.say(&[tag]);
    let miss = || fault(say!("the parts make {made}, the whole is {whole}", made, whole = whole.value));
    let behind = &tokens[members.last()?.token + 1..];
    let more = behind.iter().filter(|token| token.number().is_some()).count();
    if named("all") {
        let near = found.number("whole").is_some() || near(made, whole.value, 3);
        return (more == 0 && near && !said(Tag::Including)).then(miss)?;
    }
    if named("closed") {
        return (more == 0 && near(made, whole.value, 2)).then(miss)?;
    }
    if named("list") {
        let open = text.iter().any(|token| token.has(Tag::Including) && !token.has(Tag::OfWhich));
        let one = behind.say(&[Tag::One]);
        let closed = !one && more <= usize::from(said(Tag::OfWhich));
        return (closed && !open && near(made, whole.value, 2)).then(miss)?;
    }
    if let Some(open) = found.named("open") {
        return (is_apposed(passage, sentence, found, open.start, &members) && near(made, whole.value, 2))
            .then(miss)?;
    }
    let sexes = are_sexes(tokens, &members);
    if made < whole.value {
        return (sexes && !said(Tag::Neither) && !said(Tag::Including)).then(miss)?;
    }
    // One can have several things at once, and be a woman and thirty; parts that exclude each other make little more than their whole by a slip.
    let collapsed = levels(&values).into_iter().flatten().min().unwrap_or(made);
    let sex = |tag: Tag| members.iter().any(|member| behind_of(tokens, *member).any(|token| token.has(tag)));
    // "20 have been met, 10 are in progress and six have not been started": each is in one state.
    let state =
        |member: &Member| tokens.get(member.token + 1).is_some_and(|token| token.tags.any(&[Tag::Is, Tag::Having]));
    let states = members.len() > 2 && members.iter().all(state) && said(Tag::Negation);
    let several = (said(Tag::Having) && !states) || sex(Tag::Women) != sex(Tag::Men) || shared_copula(tokens, &members);
    (sexes || (!several && near(collapsed, whole.value, 4) && collapsed > whole.value))
        .then(|| {
            fault(say!("the parts make {collapsed}, more than the whole, {whole}", collapsed, whole = whole.value))
        })
        .flatten()
}

/// "6 120 ton i Norrdal, 4 870 ton i Hagaby och 2 350 ton i Björkvik": each has a name of its own, so the first is no whole of the others.
fn are_beside(passage: &Passage, tokens: &[Token], behind: usize, members: &[Member]) -> bool {
    let name = |token: &Token| passage.slice(token.range.clone()).starts_with(char::is_uppercase);
    let Some(first) = members.first().and_then(|member| tokens.get(behind..member.token)) else { return false };
    let comma = first.iter().rfind(|token| matches!(token.kind, Kind::Sign(_)));
    let named = |member: &Member| behind_of(tokens, *member).any(name);
    comma.is_some_and(|sign| sign.kind == Kind::Sign(',')) && first.iter().any(name) && members.iter().all(named)
}

/// "16 kvinnor och 9 män, totalt 26", "13 women and 19 men, 33 people in all"
fn totalled(at: usize, passage: &Passage, sentence: &Range<usize>) -> Option<Fault> {
    let tokens = passage.tokens_in(sentence);
    let numbers: Vec<usize> = (0..tokens.len()).filter(|at| tokens[*at].number().is_some()).take(BETWEEN).collect();
    let mut members = enumeration(passage, tokens, *numbers.first()?);
    let said = |tokens: &[Token]| tokens.iter().take(4).any(|token| token.has(Tag::Total));
    let total = if members.len() + 1 == numbers.len() {
        let (last, total) = (members.last()?.token, *numbers.last()?);
        let between = tokens.get(last + 1..total)?;
        let set_off = between.iter().any(|token| matches!(token.kind, Kind::Sign(',' | '–')));
        tokens[total].number().filter(|_| set_off && between.say(&[Tag::Total]))?
    } else {
        let last = members.pop().filter(|_| members.len() + 1 == numbers.len())?;
        Some(last.number).filter(|_| said(&tokens[last.token + 1..]))?
    };
    let total = passage.numbers.get(total).filter(|total| hedge(passage, total.range.start).is_none())?;
    let parts: Vec<&Number> = members.iter().filter_map(|member| passage.numbers.get(member.number)).collect();
    let kind = |number: &Number| class(number, &passage.text);
    let made = sum(parts.iter().copied())?;
    let bound = total.bound && parts.iter().all(|part| part.bound);
    let false_sum = parts.len() > 1 && !is_rounded(passage, made, total, &parts) && near(made, total.value, 2);
    // Who works half the time counts half.
    let halves = tokens.say(&[Tag::HalfTime]);
    if bound || !false_sum || halves || kind(total) != kind(parts.first()?) || says_overlap(passage, sentence) {
        return None;
    }
    let range = parts.first()?.range.start..total.range.end;
    let message = say!("the parts make {made}, not {total}", made, total = total.value);
    Some(Fault { passage: at, range, message, help: HELP, also: None })
}

/// Whether "av dessa" and the number behind it name a whole: "18 fall av dessa 62", "Av dessa sju var fyra".
fn takes_a_number(tokens: &[Token], which: &Range<usize>, part_before: bool) -> bool {
    let comma = which.start.checked_sub(1).is_some_and(|before| tokens[before].kind == Kind::Sign(','));
    let another = || tokens[which.end + 1..].iter().take(BETWEEN).any(|token| token.number().is_some());
    tokens[which.start].tags.any(&[Tag::OfThese, Tag::Of]) && !comma && (part_before || another())
}

/// Whether nothing but a noun and its verb stands between a whole and its part: "Av dessa 346 personer var 418 gående".
fn is_of_alone(found: &Found<'_>) -> bool {
    let (Some(_), Some(whole), Some(part)) = (found.named("of"), found.named("whole"), found.named("part")) else {
        return false;
    };
    let between = found.tokens.get(whole.end..part.start).unwrap_or_default();
    let named = |token: &Token| found.passage.text[token.range.start..].starts_with(char::is_uppercase);
    let other = [Tag::Determiner, Tag::Within, Tag::Per, Tag::Of];
    let twice =
        found.number("whole").zip(found.number("part")).is_some_and(|(whole, part)| near(part.value, whole.value, 2));
    twice && between.len() <= 3 && !between.iter().any(|token| named(token) || token.tags.any(&other))
}

/// Whether parts in brackets, behind a dash or between commas are all of what stands before them: "143 personer (92 kvinnor och 41 män)".
fn is_apposed(passage: &Passage, sentence: &Range<usize>, found: &Found<'_>, open: usize, members: &[Member]) -> bool {
    let tokens = found.tokens;
    let (Some(whole), Some(last)) = (found.named("whole"), members.last()) else { return false };
    let behind = &tokens[last.token + 1..];
    let said = &tokens[whole.end..open];
    // The parts end with a few words: nothing more is said of them.
    let words = behind.iter().take_while(|token| token.stem().is_some()).count();
    let sign = behind.get(words).and_then(|token| if let Kind::Sign(sign) = token.kind { Some(sign) } else { None });
    let amount = |at: &usize| matches!(class(&passage.numbers[*at], &passage.text), Class::Count | Class::Money);
    let first = passage.numbers_in(sentence).find(amount);
    let closed = words <= 6
        && match tokens[open].kind {
            Kind::Sign('(') => sign == Some(')'),
            Kind::Sign(',') => {
                // Commas also join what is no part of anything: the whole is first, and said to be one.
                let people = &lang::lists(passage.language).persons;
                let noun = said.first().and_then(|token| passage.lower.get(token.range.clone())).unwrap_or("");
                let generic = people.has(noun);
                let sorts = || {
                    members.iter().all(|member| tokens.get(member.token + 1).is_some_and(|token| token.has(Tag::Sort)))
                };
                // "143 food inspections, 96 visits under the code and 58 checks of drains": other things, side by side.
                let of_its_own = |member: &Member| tokens.get(member.token + 2).is_some_and(|token| token.has(Tag::Of));
                // "400 service users, 120 were under 18, …" says something of each part, and may go on.
                let told = |member: &Member| {
                    tokens.get(member.token + 1).is_some_and(|token| token.tags.any(&[Tag::Is, Tag::Having]))
                };
                let other = members.iter().any(|member| told(member) || !generic && of_its_own(member));
                let before = &tokens[..whole.start];
                !other
                    && first == found.at("whole")
                    && sign.is_none_or(|sign| matches!(sign, ',' | '.' | ';'))
                    && (said.len() >= 2 || generic || sorts() || before.say(&[Tag::Divides]))
                    && near_whole(passage, found, members)
            }
            _ => sign.is_none_or(|sign| matches!(sign, '.' | '!')),
        };
    let inside = &tokens[whole.start..last.token];
    let open = inside.say(&[Tag::Including, Tag::OfWhich]);
    let before = whole.start.checked_sub(1).and_then(|at| tokens.get(at));
    let is_part = before.is_some_and(|token| token.has(Tag::Of)) || said.say(&[Tag::Of, Tag::Joint]);
    closed && !open && !is_part
}

/// A slip among commas comes near the whole.
fn near_whole(passage: &Passage, found: &Found<'_>, members: &[Member]) -> bool {
    let made = sum(members.iter().filter_map(|member| passage.numbers.get(member.number)));
    found.number("whole").zip(made).is_some_and(|(whole, made)| near(made, whole.value, 4))
}

/// Whether rounding explains that parts make another sum: that of amounts of money, and of numbers with decimals.
fn is_rounded(passage: &Passage, made: Exact, whole: &Number, parts: &[&Number]) -> bool {
    let slacks = parts.iter().copied().chain([whole]).map(|number| Level::measured(passage, number).slack);
    let slack = slacks.into_iter().try_fold(Exact::ZERO, Exact::checked_add);
    let apart = made.checked_sub(whole.value).map(Exact::magnitude);
    apart.zip(slack).is_some_and(|(apart, slack)| apart <= slack)
}

/// Whether the text says that parts may overlap: in their sentence, or in those around it.
pub(super) fn says_overlap(passage: &Passage, sentence: &Range<usize>) -> bool {
    let at = passage.sentences.partition_point(|known| known.end < sentence.end);
    let around = passage.sentences.get(at.saturating_sub(1)..passage.sentences.len().min(at + 3)).unwrap_or_default();
    around.iter().any(|known| {
        let tags: &[Tag] = if known.start >= sentence.start { &[Tag::Overlap, Tag::Also] } else { &[Tag::Overlap] };
        let tokens = passage.tokens_in(known);
        // "Inget initiativ räknas i mer än ett område."
        let denied = tokens.first().is_some_and(|first| first.has(Tag::Nobody)) && known.start > sentence.start;
        tokens.say(tags) && !denied
    })
}

/// What "av dessa", "they" or the noun of the sentence before takes up: the greatest count there.
fn before<'a>(context: &'a Context<'_>, at: usize, sentence: &Range<usize>, found: &Found<'_>) -> Option<&'a Number> {
    let of = class(found.number("part")?, &found.passage.text);
    let named: Vec<_> =
        context.claims.before(&context.prose, at, sentence.start).filter(|claim| claim.class == of).collect();
    let place = named.first()?.passage;
    let passage = context.prose.passages.get(place)?;
    let last = passage.sentence(passage.numbers.get(named.first()?.number)?.range.start);
    let taken = found.named("taken").map(|taken| &found.tokens[taken]).unwrap_or_default();
    let pronoun = taken.say(&[Tag::Them, Tag::Determiner, Tag::This]);
    let same = |claim: &&&Claim| {
        let stem = taken.iter().filter_map(Token::stem).any(|stem| claim.counted.iter().any(|known| known == stem));
        claim.passage == place && (taken.is_empty() || pronoun || stem)
    };
    let same = named.iter().filter(same).filter_map(|claim| passage.numbers.get(claim.number));
    same.filter(|number| last.start <= number.range.start).max_by_key(|number| number.value)
}

/// "vilket är samtliga intäkter", "with no other sources of income"
fn is_closed(behind: &[Token]) -> bool {
    let says = |tags: &[Tag]| behind.iter().any(|token| token.tags.any(tags));
    let no_other =
        behind.windows(2).any(|two| two[0].has(Tag::Negation) && two[1].tags.any(&[Tag::Neither, Tag::Rest]));
    no_other || (says(&[Tag::All]) && says(&[Tag::Equals, Tag::MakesUp]))
}

/// "Planen innehåller 36 åtgärder. 21 är genomförda, 9 pågår, 5 har inte påbörjats och 3 har avskrivits.": all numbers of a sentence are parts of the one
/// before.
fn listed(at: usize, passage: &Passage, told: &Range<usize>, sentence: &Range<usize>) -> Option<Fault> {
    let tokens = passage.tokens_in(sentence);
    let counts = |range: &Range<usize>| {
        let numbers = passage.numbers[passage.numbers_in(range)].iter();
        numbers.filter(|number| class(number, &passage.text) == Class::Count).max_by_key(|number| number.value)
    };
    let whole = counts(told)?;
    let first = tokens.iter().position(|token| token.number().is_some())?;
    let members = enumeration(passage, tokens, first);
    let numbers: Vec<&Number> = members.iter().filter_map(|member| passage.numbers.get(member.number)).collect();
    let divided = first.checked_sub(1).is_some_and(|sign| tokens[sign].kind == Kind::Sign(':'))
        && tokens[..first].say(&[Tag::All, Tag::Divides]);
    let all = members.len() == passage.numbers_in(sentence).len() || divided;
    let made = sum(numbers.iter().copied())?;
    let (slip, most) = (near(made, whole.value, 6), numbers.iter().all(|number| number.value < whole.value));
    let listed = first == 0 && members.len() > 2 || divided && members.len() > 1;
    let count = numbers.iter().all(|number| class(number, &passage.text) == Class::Count && !number.bound);
    let over = listed && all && count && slip && most && made > whole.value && !says_overlap(passage, sentence);
    (over && !passage.tokens_in(told).say(&[Tag::More, Tag::Fewer])).then(|| Fault {
        passage: at,
        range: numbers[0].range.start..numbers[numbers.len() - 1].range.end,
        message: say!(
            "the parts make {collapsed}, more than the whole, {whole}",
            collapsed = made,
            whole = whole.value
        ),
        help: HELP,
        also: None,
    })
}

/// "73 anmälningar från boende, varav 87 gällde buller", "in 17 of the cases …, including 19": more than any number before it.
fn exceeding(at: usize, passage: &Passage, sentence: &Range<usize>) -> Option<Fault> {
    let tokens = passage.tokens_in(sentence);
    let number = |token: &Token| passage.numbers.get(token.number()?);
    let (place, part) = tokens.windows(3).enumerate().find_map(|(at, three)| {
        let which = three[0].tags.any(&[Tag::OfWhich, Tag::Including]) && !three[0].has(Tag::OfThese);
        let part = number(&three[1]).or_else(|| number(&three[2]).filter(|_| three[1].stem().is_some()))?;
        let timed = three[2].has(Tag::Time) || tokens.get(at + 3).is_some_and(|next| next.has(Tag::Time));
        (which && !timed && !three[1].has(Tag::Relative)).then_some((at, part))
    })?;
    let counts = |number: &&Number| matches!(class(number, &passage.text), Class::Count | Class::Money);
    let some = (0..place).filter(|at| !is_limit(passage, tokens, *at));
    let all: Vec<&Number> = some.filter_map(|at| number(&tokens[at])).filter(counts).collect();
    let same = all.iter().all(|number| class(number, &passage.text) == class(part, &passage.text));
    let changed =
        tokens[..place].say(&[Tag::More, Tag::Fewer, Tag::MoreThan, Tag::FewerThan, Tag::Grew, Tag::Shrank, Tag::Per]);
    let whole = all.iter().max_by_key(|number| number.value)?;
    let fits = all.iter().any(|number| number.value >= part.value) || part.bound && whole.bound;
    (counts(&part) && same && !changed && !fits).then(|| Fault {
        passage: at,
        range: tokens[place].range.start..part.range.end,
        message: say!(
            "{part} are more than the {whole} that they are a part of",
            part = part.value,
            whole = whole.value
        ),
        help: HELP,
        also: None,
    })
}

/// "Vi har granskat 40 akter. I 43 av dem …"
fn too_many(context: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let part = found.number("part")?;
    let next = found.tokens.get(found.range.end);
    if part.bound || next.is_some_and(|token| token.has(Tag::Relative) || token.number().is_some()) {
        return None;
    }
    // What is looked at is the same passage, or that before where this one begins with it.
    let named: Vec<_> = context
        .claims
        .before(&context.prose, at, part.range.start)
        .filter(|claim| claim.class == Class::Count)
        .collect();
    let place = named.first()?.passage;
    let mut same = named.iter().filter(|claim| claim.passage == place);
    if same.any(|claim| claim.value >= part.value) {
        return None;
    }
    let whole = named.first()?;
    let range = context.prose.passages[whole.passage].numbers[whole.number].range.clone();
    Some(Fault {
        passage: at,
        range: found.bytes(),
        message: say!(
            "{part} are more than the {whole} that they are a part of",
            part = part.value,
            whole = whole.value
        ),
        help: HELP,
        also: Some((whole.passage, range, say!("the whole"))),
    })
}
