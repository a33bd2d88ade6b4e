//! Parts and their whole: what "varav", "of these" and "av de 40" divide, what is left, and two that make a whole together.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Claim, Fault, matches};
use crate::check::Context;
use crate::check::lang::Tag;
use crate::check::number::{Number, Unit};
use crate::check::pattern::{Found, Pattern};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Kind, Token, class};
use crate::check::vocabulary;
use crate::value::Exact;

/// A whole and the first of its parts.
static DIVIDED: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        // "Samtliga 40 ärenden fördelar sig på 25 …", "All 24 homes were rated: 9 …"
        "whole=count|money word{0,6} \",\"? word{0,2} all=<divides> word{0,4} \"(\"? part=count|money",
        "<all|total> noun{0,4} whole=count|money noun{0,6} all=\":\" noun{0,3} \"(\"? part=count|money",
        // "517 rapporter kom in. Rapporterna fördelar sig på äldreomsorgen (204), …", "They comprised 248 …"
        "^ taken=word{1,2} all=<divides> word{0,4} \"(\"? part=count|money",
        // "62 personer, varav 41 kvinnor och 24 män", "420 people, of whom 265 were women"
        "whole=count|money noun{0,5} \",\"? which=<of-which> noun{0,4} part=count|money",
        // "Av de tolv kommunerna ligger sju i norr", "Av dessa 12 ligger sju i norr"
        "[ of=<of> <determiner>{0,4} | of=<of-which> ] whole=count noun{1,6} \",\"? noun{0,2} part=count",
        // "40 akter: 25 som gäller barn", "25 personer: chefer (6), handläggare (12) och brukare (8)"
        "whole=count|money noun{1,6} list=\":\" noun{0,3} \"(\"? part=count|money",
        // "Av dessa saknade 16"
        "^ [ which=<of-which> | which=<of> <them> ] \",\"? noun{0,4} part=count",
        // "143 personer (92 kvinnor och 41 män)", "tretton personer intervjuades, åtta chefer och sex handläggare"
        "whole=count|money noun{1,7} open=\"(,–\" noun{0,2} part=count|money",
    ]
    .map(Pattern::new)
    .into()
});

/// "I 43 av dem", of things that are fewer.
static OF_THEM: LazyLock<Vec<Pattern>> = LazyLock::new(|| ["part=count which=<of-which>"].map(Pattern::new).into());

/// What is left of a whole.
static LEFT: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        // "de övriga tre", "the other eight", "resten, 14 ärenden"
        "<rest> \",\"? noun? rest=count",
        // "Av beviljade 900 000 kronor betalades 750 000 ut och 250 000 återstår."
        "rest=count|money noun{0,2} <rest> $",
    ]
    .map(Pattern::new)
    .into()
});

/// All of a whole but some.
static ALL_BUT: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        // "Samtliga boenden utom tre har en rutin (16 av 18)", "All but three of the 18 services … (16 of 18)"
        "[ <all> noun{0,4} <except> | <all-but> ] [ left=count | <one> ] [ <of> <determiner>{0,3} count ]? word{0,12} [ \"(\" | \",\" <equals> ] \
         part=count|word <of> word? whole=count|word",
        // "Alla utom tre av de 18 boendena har en rutin (16)"
        "[ <all> noun{0,4} <except> | <all-but> ] [ left=count | <one> ] <of> <determiner>{0,3} whole=count word{0,12} [ \"(\" | \",\" <equals> ] \
         part=count noun{0,2} [ \").,\" | $ ]",
    ]
    .map(Pattern::new)
    .into()
});

/// All faults of the report.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let mut out = Vec::new();
    for (at, passage) in context.passages() {
        out.extend(matches(&ALL_BUT, passage).filter_map(|(_, found)| all_but(at, &found)));
        out.extend(matches(&DIVIDED, passage).filter_map(|(sentence, found)| divided(context, at, sentence, &found)));
        out.extend(matches(&OF_THEM, passage).filter_map(|(_, found)| too_many(context, at, &found)));
        out.extend(matches(&LEFT, passage).filter_map(|(sentence, found)| left(at, sentence, &found)));
    }
    out
}

pub const HELP: &str = "correct the part or the whole; bound parts are added up by the program";

/// A part of an enumeration: its number and its token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub number: usize,
    pub token: usize,
}

/// So many tokens lie between two parts of an enumeration.
const BETWEEN: usize = 12;
/// So many tokens of a sentence are read for one enumeration.
const TOKENS: usize = 400;

/// The parts that are enumerated from a token on: "sju i norr, fyra små och tre större". What is set off as a part of a part ("25 barn, varav 14
/// flickor, och …", "(42 procent)") is none of them, nor is a limit ("yngre än tre månader").
pub(super) fn enumeration(passage: &Passage, tokens: &[Token], from: usize) -> Vec<Member> {
    let class_of = |token: &Token| Some(class(passage.numbers.get(token.number()?)?, &passage.text));
    let kind = tokens.get(from).and_then(class_of);
    let mut out: Vec<Member> =
        tokens.get(from).and_then(Token::number).map(|number| Member { number, token: from }).into_iter().collect();
    // "chefer (6), handläggare (12) och brukare (8)"
    let opened = |at: usize| at.checked_sub(1).is_some_and(|before| tokens[before].kind == Kind::Sign('('));
    let bracketed = opened(from) && tokens.get(from + 1).is_some_and(|token| token.kind == Kind::Sign(')'));
    let (mut at, mut last, mut joined) = (from + 1, from, false);
    while let Some(token) = tokens.get(at).filter(|_| at - last <= BETWEEN && at - from <= TOKENS) {
        match token.kind {
            Kind::Number(number) if class_of(token) == kind && !is_limit(passage, tokens, at) => {
                if !joined || (bracketed && !opened(at)) {
                    break;
                }
                out.push(Member { number, token: at });
                (last, joined) = (at, false);
            }
            Kind::Sign(',') => joined = true,
            Kind::Sign('(' | ')') if bracketed => {}
            Kind::Sign('(') => {
                match tokens[at..].iter().take(BETWEEN).position(|token| token.kind == Kind::Sign(')')) {
                    Some(end) => at += end,
                    None => break,
                }
            }
            Kind::Sign(_) => break,
            Kind::Word(_) if token.has(Tag::OfWhich) => {
                // The aside ends at "…, och".
                let aside = tokens[at..].windows(2).take(BETWEEN);
                let end = aside.into_iter().position(|pair| pair[0].kind == Kind::Sign(',') && pair[1].has(Tag::Joint));
                let Some(end) = end else { break };
                at += end;
                last = at;
                joined = true;
            }
            Kind::Word(_) if is_border(tokens, at) => break,
            Kind::Word(_) if token.has(Tag::Joint) => joined = true,
            _ => {}
        }
        at += 1;
    }
    out
}

/// Whether a word leads to something else than the next part: "av de 40", "alltså", "resten". "Sex av sten och sju av stål" goes on.
fn is_border(tokens: &[Token], at: usize) -> bool {
    let (token, next) = (&tokens[at], tokens.get(at + 1));
    let another = [Tag::Determiner, Tag::Them, Tag::Women, Tag::Men, Tag::All];
    let of = token.has(Tag::Of) && next.is_none_or(|next| next.number().is_some() || next.tags.any(&another));
    of || (token.tags.any(&[Tag::Equals, Tag::Rest, Tag::Total]) && !token.has(Tag::Joint))
}

/// Whether a number says how long, how old or between what, not how many.
fn is_limit(passage: &Passage, tokens: &[Token], at: usize) -> bool {
    let limits = [Tag::Than, Tag::Between, Tag::HedgeLess, Tag::HedgeMore, Tag::HedgeAtLeast, Tag::HedgeAtMost];
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let between = at.checked_sub(3).and_then(|before| tokens.get(before)).is_some_and(|token| token.has(Tag::Between));
    let time = tokens.get(at + 1).is_some_and(|token| token.has(Tag::Time));
    let own = tokens.get(at).and_then(Token::number).and_then(|number| passage.numbers.get(number));
    before.is_some_and(|token| token.tags.any(&limits))
        || between
        || (time && own.is_some_and(|own| own.count().is_some()))
}

/// What stands behind a part up to the next: at most so many words.
fn behind_of(tokens: &[Token], member: Member) -> impl Iterator<Item = &Token> {
    tokens[member.token + 1..].iter().take_while(|token| token.stem().is_some() && !token.has(Tag::Joint)).take(4)
}

/// Whether two parts are the women and the men, and nothing else is said of them.
fn are_sexes(tokens: &[Token], members: &[Member]) -> bool {
    let [one, other] = members else { return false };
    let sex = |member: &Member| {
        let words: Vec<&Token> = behind_of(tokens, *member).collect();
        let at = words.iter().position(|token| token.tags.any(&[Tag::Women, Tag::Men]))?;
        (at <= 1 && words.len() == at + 1).then(|| words[at].has(Tag::Women))
    };
    matches!((sex(one), sex(other)), (Some(a), Some(b)) if a != b)
}

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
        || (directly && takes_a_number(passage, tokens, which.as_ref()?, named("whole")))
    {
        return None;
    }
    let whole = match found.number("whole") {
        Some(whole) => whole,
        None => before(context, at, sentence, found)?,
    };
    let members = enumeration(passage, tokens, first);
    let numbers: Vec<&Number> = members.iter().filter_map(|member| passage.numbers.get(member.number)).collect();
    let kind = |number: &Number| class(number, &passage.text);
    if (whole.bound && numbers.iter().all(|part| part.bound)) || kind(whole) != kind(numbers.first()?) {
        return None;
    }
    let end = numbers.last()?.range.end;
    let start = found.number("whole").map_or(sentence.start, |whole| whole.range.start);
    let fault = |message: String| Some(Fault { passage: at, range: start..end, message, help: HELP, also: None });
    // "120 beslut i de fyra förvaltningarna, varav 33": any count of the sentence before may be the whole.
    let counted = passage.numbers[passage.numbers_in(&(sentence.start..numbers.first()?.range.start))].iter();
    let counted = counted.rev().take(TOKENS);
    let others: Vec<Exact> = counted.filter(|number| kind(number) == kind(whole)).map(|number| number.value).collect();
    let most = others.iter().copied().filter(|_| which.is_some()).fold(whole.value, Exact::max);
    let greater = numbers.iter().find(|part| part.value > most);
    if let Some(part) = greater.filter(|_| which.is_some() || (is_of_alone(found) && members.len() == 1)) {
        return fault(format!("{} are more than the {} that they are a part of", part.value, whole.value));
    }
    if members.len() < 2 || numbers.iter().any(|part| part.value > whole.value) || says_overlap(passage, sentence) {
        return None;
    }
    let values: Vec<Exact> = numbers.iter().map(|number| number.value).collect();
    let made = sum(numbers.iter().copied())?;
    if is_rounded(made, whole, &numbers)
        || others.contains(&made)
        || (which.is_some() && whole.value < made && made < most)
        || levels(&values).is_some_and(|values| values.contains(&whole.value))
    {
        return None;
    }
    let text = &tokens[found.range.start..tokens.len().min(found.range.start + TOKENS)];
    let said = |tag: Tag| text.iter().any(|token| token.has(tag));
    let miss = || fault(format!("the parts make {made}, the whole is {}", whole.value));
    let behind = &tokens[members.last()?.token + 1..];
    let more = behind.iter().filter(|token| token.number().is_some()).count();
    if named("all") {
        let near = found.number("whole").is_some() || near(made, whole.value, 3);
        return (more == 0 && near && !said(Tag::Including)).then(miss)?;
    }
    if named("list") {
        let open = text.iter().any(|token| token.has(Tag::Including) && !token.has(Tag::OfWhich));
        let one = behind.iter().any(|token| token.has(Tag::One));
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
    let several = said(Tag::Having) || sex(Tag::Women) != sex(Tag::Men) || shared_copula(tokens, &members);
    (sexes || (!several && near(collapsed, whole.value, 4) && collapsed > whole.value))
        .then(|| fault(format!("the parts make {collapsed}, more than the whole, {}", whole.value)))
        .flatten()
}

/// Whether "av dessa" and the number behind it name a whole: "18 fall av dessa 62", "Av dessa sju var fyra".
fn takes_a_number(passage: &Passage, tokens: &[Token], which: &Range<usize>, part_before: bool) -> bool {
    let text = passage.lower.get(tokens[which.start].range.clone()).unwrap_or("");
    let comma = which.start.checked_sub(1).is_some_and(|before| tokens[before].kind == Kind::Sign(','));
    let another = || tokens[which.end + 1..].iter().take(BETWEEN).any(|token| token.number().is_some());
    text.contains(' ') && !comma && (part_before || another())
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
    let first = passage.numbers_in(sentence).find(|at| class(&passage.numbers[*at], &passage.text) == Class::Count);
    let closed = words <= 6
        && match tokens[open].kind {
            Kind::Sign('(') => sign == Some(')'),
            Kind::Sign(',') => {
                // Commas also join what is no part of anything: the whole is first, and said to be one.
                let people = &vocabulary::for_language(passage.language).persons;
                let noun = said.first().and_then(|token| passage.lower.get(token.range.clone())).unwrap_or("");
                let generic = people.iter().any(|stem| noun.starts_with(stem));
                let sorts = || {
                    members.iter().all(|member| tokens.get(member.token + 1).is_some_and(|token| token.has(Tag::Sort)))
                };
                let before = &tokens[..whole.start];
                first == found.at("whole")
                    && sign.is_none_or(|sign| matches!(sign, ',' | '.' | ';'))
                    && (said.len() >= 2 || generic || sorts() || before.iter().any(|token| token.has(Tag::Divides)))
                    && near_whole(passage, found, members)
            }
            _ => sign.is_none_or(|sign| matches!(sign, '.' | '!')),
        };
    let inside = &tokens[whole.start..last.token];
    let open = inside.iter().any(|token| token.tags.any(&[Tag::Including, Tag::OfWhich]));
    let before = whole.start.checked_sub(1).and_then(|at| tokens.get(at));
    let is_part = before.is_some_and(|token| token.has(Tag::Of))
        || said.iter().any(|token| token.tags.any(&[Tag::Of, Tag::Joint]));
    closed && !open && !is_part
}

/// A slip among commas comes near the whole.
fn near_whole(passage: &Passage, found: &Found<'_>, members: &[Member]) -> bool {
    let made = sum(members.iter().filter_map(|member| passage.numbers.get(member.number)));
    found.number("whole").zip(made).is_some_and(|(whole, made)| near(made, whole.value, 4))
}

/// Whether rounding explains that parts make another sum: that of amounts of money, and of numbers with decimals.
fn is_rounded(made: Exact, whole: &Number, parts: &[&Number]) -> bool {
    let all = || parts.iter().copied().chain([whole]);
    let decimals = all().map(|number| number.decimals).min().unwrap_or(0);
    let exact = decimals == 0 && whole.unit != Unit::Money;
    let halves = if exact { 0 } else { i64::try_from(parts.len() + 1).unwrap_or(0) };
    let slack = Exact::ratio(Exact::from(halves), Exact::from(2 * 10_i64.pow(u32::from(decimals.min(6)))));
    let apart = made.checked_sub(whole.value).map(Exact::magnitude);
    apart.zip(slack).is_some_and(|(apart, slack)| apart <= slack)
}

/// "är 45 behöriga och 20 visstidsanställda": one can be both.
fn shared_copula(tokens: &[Token], members: &[Member]) -> bool {
    let [one, other] = members else { return false };
    let copula = |token: &Token| token.has(Tag::Is);
    let before = one.token.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(copula);
    let short = |member: &Member| behind_of(tokens, *member).count() <= 1;
    before && short(one) && short(other)
}

/// What the values make where some are the parts of the one before them: "sju i norr, fyra små och tre större, och fem i söder".
fn levels(values: &[Exact]) -> Option<Vec<Exact>> {
    let mut out = Vec::new();
    let total = values.iter().try_fold(Exact::ZERO, |sum, value| sum.checked_add(*value))?;
    for at in 0..values.len().min(BETWEEN) {
        let mut made = Exact::ZERO;
        for (place, value) in values.iter().enumerate().skip(at + 1).take(BETWEEN) {
            made = made.checked_add(*value)?;
            if made == values[at] && place > at + 1 {
                out.push(total.checked_sub(made)?);
            }
        }
    }
    Some(out)
}

/// Whether the text says that parts may overlap: in their sentence, or in those around it.
pub(super) fn says_overlap(passage: &Passage, sentence: &Range<usize>) -> bool {
    let at = passage.sentences.partition_point(|known| known.end < sentence.end);
    let around = passage.sentences.get(at.saturating_sub(1)..passage.sentences.len().min(at + 3)).unwrap_or_default();
    around.iter().any(|known| {
        let tags: &[Tag] = if known.start >= sentence.start { &[Tag::Overlap, Tag::Also] } else { &[Tag::Overlap] };
        passage.tokens_in(known).iter().any(|token| token.tags.any(tags))
    })
}

/// What "av dessa", "they" or the noun of the sentence before takes up: the greatest count there.
fn before<'a>(context: &'a Context<'_>, at: usize, sentence: &Range<usize>, found: &Found<'_>) -> Option<&'a Number> {
    let named = context.claims.before(&context.prose, at, sentence.start).filter(|claim| claim.class == Class::Count);
    let named: Vec<_> = named.collect();
    let place = named.first()?.passage;
    let passage = context.prose.passages.get(place)?;
    let last = passage.sentence(passage.numbers.get(named.first()?.number)?.range.start);
    let taken = found.named("taken").map(|taken| &found.tokens[taken]).unwrap_or_default();
    let pronoun = taken.iter().any(|token| token.tags.any(&[Tag::Them, Tag::Determiner]));
    let same = |claim: &&&Claim| {
        let stem = taken.iter().filter_map(Token::stem).any(|stem| claim.counted.iter().any(|known| known == stem));
        claim.passage == place && (taken.is_empty() || pronoun || stem)
    };
    let same = named.iter().filter(same).filter_map(|claim| passage.numbers.get(claim.number));
    same.filter(|number| last.start <= number.range.start).max_by_key(|number| number.value)
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
        message: format!("{} are more than the {} that they are a part of", part.value, whole.value),
        help: HELP,
        also: Some((whole.passage, range, "the whole")),
    })
}

/// So many counts before a rest are tried for what it may be left of.
const TRIED: usize = 6;

fn left(at: usize, sentence: &Range<usize>, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (number, rest) = (found.at("rest")?, found.number("rest")?);
    let next = found.tokens.get(found.range.end);
    if next.is_some_and(|token| token.has(Tag::Of)) || is_limit(passage, found.tokens, found.named("rest")?.start) {
        return None;
    }
    let place = passage.sentences.iter().position(|known| known == sentence)?;
    let from = passage.sentences[place.saturating_sub(2)].start;
    let limit = passage.numbers.get(number)?.range.start;
    // "En tredjedel av dem": words say how many.
    let words = |number: &Number| class(number, &passage.text) == Class::Fraction;
    if passage.numbers[passage.numbers_in(&(from..limit))].iter().any(words) {
        return None;
    }
    let counted = |number: &&Number| matches!(class(number, &passage.text), Class::Count | Class::Money);
    let named: Vec<&Number> = passage.numbers[passage.numbers_in(&(from..limit))].iter().filter(counted).collect();
    let earlier: Vec<Exact> =
        passage.numbers[..number].iter().filter(counted).rev().take(TRIED).map(|number| number.value).collect();
    if named.len() < 2
        || named.len() > TRIED
        || rest.bound
        || (earlier.contains(&rest.value) && named.len() != 2)
        || is_left(&earlier, rest.value)
    {
        return None;
    }
    let whole = named.iter().copied().max_by_key(|number| number.value)?;
    let made = sum(named.iter().copied().filter(|number| number.range != whole.range))?;
    let due = whole.value.checked_sub(made).filter(|due| !due.is_negative() && *due > Exact::ZERO)?;
    let apart = if due > rest.value { due.checked_sub(rest.value) } else { rest.value.checked_sub(due) }?;
    // A rest of another whole is far off.
    if apart.checked_mul(Exact::from(3_i64))? > whole.value {
        return None;
    }
    Some(Fault {
        passage: at,
        range: found.bytes(),
        message: format!("the rest of {} less {made} is {due}, not {}", whole.value, rest.value),
        help: "correct the part, the whole or the rest",
        also: None,
    })
}

/// Whether a rest is one of some numbers less some of the others.
fn is_left(values: &[Exact], rest: Exact) -> bool {
    let some = 0..1_usize << values.len().min(TRIED);
    some.into_iter().any(|chosen| {
        let parts = values.iter().enumerate().filter(|(at, _)| chosen & (1 << at) != 0).map(|(_, value)| *value);
        let made = parts.into_iter().try_fold(rest, Exact::checked_add);
        chosen != 0
            && made.is_some_and(|made| {
                values.iter().enumerate().any(|(at, value)| chosen & (1 << at) == 0 && *value == made)
            })
    })
}

fn all_but(at: usize, found: &Found<'_>) -> Option<Fault> {
    let (whole, part) = (found.number("whole")?, found.number("part")?);
    let left = found.number("left").map_or(Exact::from(1_i64), |left| left.value);
    let due = whole.value.checked_sub(left)?;
    if part.bound || due == part.value {
        return None;
    }
    Some(Fault {
        passage: at,
        range: found.bytes(),
        message: format!("all but {left} of {} are {due}, not {}", whole.value, part.value),
        help: "correct the part, the whole or the rest",
        also: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    fn parts(text: &str) -> Vec<String> {
        let passage = Passage::of_text(text, Language::Swedish);
        let first = passage.tokens.iter().position(|token| token.number().is_some()).unwrap_or(0);
        let members = enumeration(&passage, &passage.tokens, first);
        members.iter().map(|member| passage.numbers[member.number].value.to_string()).collect()
    }

    #[test]
    fn patterns_are_read() {
        for patterns in [&DIVIDED, &OF_THEM, &LEFT, &ALL_BUT] {
            assert!(!patterns.is_empty());
        }
    }

    #[test]
    fn asides_and_limits_are_no_members() {
        assert_eq!(parts("41 kvinnor och 24 män"), ["41", "24"]);
        assert_eq!(parts("25 som gäller barn, varav 14 flickor, och 15 som gäller vuxna"), ["25", "15"]);
        assert_eq!(
            parts("20 yngre än tre månader, 25 mellan tre och sex månader och 15 äldre än sex månader"),
            ["20", "25", "15"]
        );
        assert_eq!(parts("sju i norr av de 12"), ["7"]);
    }

    #[test]
    fn a_part_may_have_parts() {
        let values = |all: &[i64]| all.iter().map(|n| Exact::from(*n)).collect::<Vec<_>>();
        assert_eq!(levels(&values(&[7, 4, 3, 5])), Some(values(&[12])));
        assert!(is_left(&values(&[9, 20, 4]), Exact::from(7_i64)));
        assert!(!is_left(&values(&[16, 20]), Exact::from(6_i64)));
    }
}
