//! Lists against the word that sums them up: "på tredje plats, efter Alby, Berga, Celle och Dal", "mellan 890 och 1 480
//! kronor. Dyrast är Alby, 1 540 kronor", "women outnumber men, 47 of the 102".

use std::ops::Range;

use super::{
    Wrong, beside,
    order::{nth, year},
};
use crate::check::claim::level::{Direction, levels, like};
use crate::check::claim::number_text;
use crate::check::lang::{self, Tag};
use crate::check::number::{Form, Number, Unit};
use crate::check::pattern::{Found, Patterns};
use crate::check::prose::Passage;
use crate::check::tokens::{Kind, Say as _, Token};
use crate::diagnostic::say;
use crate::value::Exact;

/// A place in an order and what comes before it.
static PLACED: Patterns = Patterns::new(&[
    // "second-highest number of incidents (188), after …", "näst högst, efter …"
    "nth=<second|third|fourth> dir=<most|least>? noun{0,5} [ \"(\" noun{0,2} number noun{0,2} \")\" | number ]? \",\"? <after>",
]);

/// "Fem kommuner ingår i nämnden:", "tre av kommunerna, Alby, Berga och Celle,"
static SUMMED: Patterns = Patterns::new(&[
    "count=count noun{1,9} open=\":\"",
    "count=count [ <of> noun{1,2} | noun{1,3} ] open=\",(–\"",
    // "fem anmärkningar, och dessa var bristande märkning, smutsiga golv och avsaknad av egenkontroll"
    "count=count noun{1,4} \",\"? <joint>? <them> open=<is>",
    // "fyra sjöar, nämligen Långsjön, Mörten och Lillsjön"
    "count=count noun{1,4} \",\"? open=<namely> \",\"?",
]);

/// "varierar mellan 890 och 1 480 kronor"
static RANGE: Patterns = Patterns::new(&["<between> noun{0,2} low=value noun{0,2} <joint> high=value"]);

/// "Dyrast är Norrsele, där hushållen betalar 1 540 kronor"
static BEYOND: Patterns = Patterns::new(&["^ dir=<most|least> noun{1,6} \",\"? noun{0,5} own=money|percent"]);

/// "Women outnumber men on the boards, holding 47 of the 102 seats"
static OUTNUMBERED: Patterns = Patterns::new(&[
    "^ noun{0,2} more=<women|men> [ <outnumber> | <is> <more-than> ] noun{0,1} fewer=<women|men> noun{0,9} \",:(\" noun{0,3} part=count <of> <determiner>{0,2} whole=count",
]);

/// What a passage says of its lists against them.
pub fn wrongs(passage: &Passage) -> Vec<Wrong> {
    let in_sentences = passage.sentences.iter().flat_map(|sentence| {
        let placed = PLACED.iter().find_map(|pattern| pattern.find(passage, sentence).find_map(|found| placed(&found)));
        let summed = SUMMED.iter().find_map(|pattern| pattern.find(passage, sentence).find_map(|found| summed(&found)));
        let fewer = OUTNUMBERED[0].find(passage, sentence).next().and_then(|found| outnumbered(&found));
        [placed, summed, fewer].into_iter().flatten()
    });
    in_sentences.chain(beside(passage, beyond)).collect()
}

/// So many names a list has that is not told in full where more follow.
const MOST: usize = 12;

/// How many names stand in a row behind a place, and where the last ends: each begins with a capital, and "och" leads to the last.
fn names(passage: &Passage, tokens: &[Token]) -> Option<(usize, usize)> {
    let capital =
        |token: &Token| token.stem().is_some() && passage.slice(token.range.clone()).starts_with(char::is_uppercase);
    let (mut count, mut end, mut closed, mut joined) = (0, 0, false, false);
    let mut rest = tokens;
    while count < MOST {
        if rest.first().is_some_and(|token| token.has(Tag::Determiner)) {
            rest = &rest[1..];
        }
        let name = rest.iter().take_while(|token| capital(token) && !token.has(Tag::Joint)).count();
        if name == 0 {
            return None;
        }
        (count, end, closed) = (count + 1, rest[name - 1].range.end, joined);
        rest = &rest[name..];
        // "(231)", "med 231"
        if let [open, value, close, after @ ..] = rest
            && open.kind == Kind::Sign('(')
            && value.number().is_some()
            && close.kind == Kind::Sign(')')
        {
            (end, rest) = (close.range.end, after);
        } else if let [word, value, after @ ..] = rest
            && word.stem().is_some()
            && value.number().is_some()
        {
            (end, rest) = (value.range.end, after);
        }
        let [next, after @ ..] = rest else { break };
        match next.kind {
            Kind::Sign(',') if !closed => rest = after,
            _ if next.has(Tag::Joint) && !closed => {
                joined = true;
                rest = after;
            }
            Kind::Sign(_) => break,
            // "och Sund som kom fyra": the name may go on.
            _ => return None,
        }
    }
    (closed && count < MOST).then_some((count, end))
}

/// "näst högst (188), efter Alby (231) och Berga (204)": more stand before it than its place allows.
fn placed(found: &Found<'_>) -> Option<Wrong> {
    let at = found.named("nth")?.end - 1;
    let nth = nth(found.tokens, at);
    let (count, end) = names(found.passage, found.tokens.get(found.range.end..)?)?;
    let tied = found.tokens.say(&[Tag::Same, Tag::AsMany, Tag::Negation]);
    (count >= nth && !tied).then(|| {
        (
            found.bytes().start..end,
            say!("{count} are told to come before it: then it is number {what}", count, what = count + 1),
        )
    })
}

/// "Fem kommuner ingår: Alby, Berga, Celle och Dal."
fn summed(found: &Found<'_>) -> Option<Wrong> {
    let told = found.number("count")?;
    let tokens = found.tokens.get(found.range.end..)?;
    let open = found.tokens.get(found.named("open")?.start)?;
    let open = if open.tags.any(&[Tag::Is, Tag::Namely]) { &Kind::Sign(':') } else { &open.kind };
    let (count, end) = names(found.passage, tokens).or_else(|| {
        let list = (*open == Kind::Sign(':')).then(|| things(found.passage, tokens));
        list.flatten().filter(|_| told.form == Form::Words)
    })?;
    let behind = &tokens[tokens.partition_point(|token| token.range.start < end)..];
    // "Mark och Vatten, Alby Energi": the list goes on.
    let goes_on =
        behind.get(1).is_some_and(|token| found.passage.slice(token.range.clone()).starts_with(char::is_uppercase));
    let ends = match (open, behind.first().map(|token| &token.kind)) {
        (_, None | Some(Kind::Sign('.'))) => true,
        (Kind::Sign(','), Some(Kind::Sign(','))) => !goes_on,
        (Kind::Sign('('), Some(Kind::Sign(')'))) | (Kind::Sign('–'), Some(Kind::Sign('–'))) => true,
        _ => false,
    };
    // "Tre av fem", "fem gånger": not the names are counted.
    let other = [Tag::Time, Tag::Years, Tag::Including, Tag::Per, Tag::Each, Tag::Than, Tag::Rest, Tag::OfWhich];
    let counted = found.range.start..found.named("open")?.start;
    let plain = !found.tokens[counted].iter().any(|token| token.tags.any(&other));
    let differs = told.value != Exact::from(i64::try_from(count).ok()?);
    (ends && plain && differs && told.unit == Unit::None && told.value < Exact::from(20_i64)).then(|| {
        (found.bytes().start..end, say!("{count} are named, and {first} are told of", count, first = number_text(told)))
    })
}

/// So many words a thing has that is named in a row with others.
const WORDS: usize = 6;

/// How many things stand in a row up to the end of the sentence, "för små boxar, dålig ventilation och bristande rastning", and where the last ends.
fn things(passage: &Passage, tokens: &[Token]) -> Option<(usize, usize)> {
    let (last, list) = tokens.split_last()?;
    let and = |token: &Token| {
        lang::lists(passage.language).and.has(passage.lower.get(token.range.clone()).unwrap_or_default())
    };
    let clause = [Tag::Is, Tag::Having, Tag::Negation, Tag::Relative, Tag::Including, Tag::Rest];
    let plain = |token: &Token| {
        (token.stem().is_some() || token.kind == Kind::Sign(','))
            && !token.tags.any(&clause)
            && (and(token) || !token.has(Tag::Joint))
    };
    if last.kind != Kind::Sign('.') || !list.iter().all(plain) || list.iter().filter(|token| and(token)).count() != 1 {
        return None;
    }
    let items: Vec<&[Token]> = list.split(|token| token.kind == Kind::Sign(',')).collect();
    let (final_item, first) = items.split_last()?;
    let joined = final_item.iter().position(and)?;
    let short = items.iter().all(|item| (1..=WORDS).contains(&item.len()));
    // "a, b, and c" has its comma, "a, b och c" has none.
    let count = first.len() + 1 + usize::from(joined > 0);
    (short && !first.is_empty() && joined + 1 < final_item.len()).then_some((count, last.range.start))
}

/// "mellan 890 och 1 480 kronor. Dyrast är Alby, 1 540 kronor"
fn beyond(passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Wrong> {
    let range = RANGE[0].find(passage, first).next()?;
    let found = BEYOND[0].find(passage, second).next()?;
    let (low, high, own) = (range.number("low")?, range.number("high")?, found.number("own")?);
    let said = Direction::stated(&found)?;
    let (one, end) = levels(passage, own, if said == Direction::Up { high } else { low })?;
    let same = |number: &Number| number.unit == own.unit;
    let alone = like(passage, second, own).count() == 1;
    let speaks = [Tag::Earlier, Tag::Grew, Tag::Shrank, Tag::Difference, Tag::Average, Tag::Except];
    let dated = |token: &Token| token.tags.any(&speaks) || year(passage, token).is_some();
    let other = found.tokens.iter().chain(range.tokens).any(dated);
    (same(high) && alone && !other && end.towards(one) == Some(said)).then(|| {
        (
            found.bytes(),
            say!(
                "{first} lies outside the range from {second} to {third}",
                first = number_text(own),
                second = number_text(low),
                third = number_text(high)
            ),
        )
    })
}

/// "Women outnumber men, holding 47 of the 102 seats"
fn outnumbered(found: &Found<'_>) -> Option<Wrong> {
    let (part, whole) = (found.number("part")?, found.number("whole")?);
    let group =
        |name: &str| found.named(name).and_then(|at| found.tokens.get(at.start)).map(|token| token.has(Tag::Women));
    let behind = found.tokens.get(found.range.end..)?;
    // "outnumber men: 47 of the 102 are men", "…, against 41 held by men"
    let last = found.named("fewer").and_then(|at| found.tokens.get(at.end..found.named("part")?.start))?;
    let of_others =
        behind.iter().chain(last).any(|token| token.tags.any(&[Tag::Women, Tag::Men, Tag::Compared, Tag::Negation]));
    let own = behind.iter().filter(|token| token.tags.any(&[Tag::Women, Tag::Men])).collect::<Vec<_>>();
    let of_them = own.first().is_some_and(|token| Some(token.has(Tag::Women)) == group("more")) && own.len() == 1;
    let half = part.value.checked_mul(Exact::from(2_i64))? <= whole.value;
    (group("more") != group("fewer") && half && (!of_others || of_them)).then(|| {
        (
            found.bytes(),
            say!("{first} is not more than half of {second}", first = number_text(part), second = number_text(whole)),
        )
    })
}
