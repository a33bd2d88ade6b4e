//! The parts that an enumeration names.

use crate::check::lang::Tag;
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Kind, Say as _, Token, class};
use crate::value::Exact;

/// A part of an enumeration: its number and its token.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    pub number: usize,
    pub token: usize,
}

/// So many tokens lie between two parts of an enumeration.
pub const BETWEEN: usize = 12;
/// So many tokens of a sentence are read for one enumeration.
pub const TOKENS: usize = 400;

/// The parts that are enumerated from a token on: "sju i norr, fyra små och tre större". What is set off as a part of a part ("25 barn, varav 14
/// flickor, och …", "(42 procent)") is none of them, nor is a limit ("yngre än tre månader").
pub fn enumeration(passage: &Passage, tokens: &[Token], from: usize) -> Vec<Member> {
    let class_of = |token: &Token| Some(class(passage.numbers.get(token.number()?)?, &passage.text));
    let kind = tokens.get(from).and_then(class_of);
    let mut out: Vec<Member> =
        tokens.get(from).and_then(Token::number).map(|number| Member { number, token: from }).into_iter().collect();
    // "chefer (6), handläggare (12) och brukare (8)"
    let opened = |at: usize| at.checked_sub(1).is_some_and(|before| tokens[before].kind == Kind::Sign('('));
    let bracketed = opened(from) && tokens.get(from + 1).is_some_and(|token| token.kind == Kind::Sign(')'));
    // "grants of £218,000, subscriptions of £96,400": of each its amount.
    let led = |at: usize| {
        let money = class_of(&tokens[at]) == Some(Class::Money);
        money && at.checked_sub(1).is_some_and(|before| tokens[before].has(Tag::Of))
    };
    let amounts_of = led(from);
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
            Kind::Sign('’' | '\'' | '”' | '"' | '“' | '»') => {}
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
            Kind::Word(_) if amounts_of && tokens.get(at + 1).is_some() && led(at + 1) => {}
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
pub fn is_limit(passage: &Passage, tokens: &[Token], at: usize) -> bool {
    let limits = [Tag::Than, Tag::Between, Tag::HedgeLess, Tag::HedgeMore, Tag::HedgeAtLeast, Tag::HedgeAtMost];
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let between = at.checked_sub(3).and_then(|before| tokens.get(before)).is_some_and(|token| token.has(Tag::Between));
    let time = tokens.get(at + 1).is_some_and(|token| token.has(Tag::Time));
    let own = tokens.get(at).and_then(Token::number).and_then(|number| passage.numbers.get(number));
    // "Three of them exceeded the limit of 40"
    let led =
        tokens[at.saturating_sub(3)..at].say(&[Tag::Target, Tag::Limit]) && before.is_some_and(|of| of.has(Tag::By));
    before.is_some_and(|token| token.tags.any(&limits))
        || led
        || between
        || (time && own.is_some_and(|own| own.count().is_some()))
}

/// What stands behind a part up to the next: at most so many words.
pub fn behind_of(tokens: &[Token], member: Member) -> impl Iterator<Item = &Token> {
    tokens[member.token + 1..].iter().take_while(|token| token.stem().is_some() && !token.has(Tag::Joint)).take(4)
}

/// Whether two parts are the women and the men, and nothing else is said of them.
pub fn are_sexes(tokens: &[Token], members: &[Member]) -> bool {
    let [one, other] = members else { return false };
    let sex = |member: &Member| {
        let words: Vec<&Token> = behind_of(tokens, *member).collect();
        let at = words.iter().position(|token| token.tags.any(&[Tag::Women, Tag::Men]))?;
        (at <= 1 && words.len() == at + 1).then(|| words[at].has(Tag::Women))
    };
    matches!((sex(one), sex(other)), (Some(a), Some(b)) if a != b)
}

/// "är 45 behöriga och 20 visstidsanställda": one can be both.
pub fn shared_copula(tokens: &[Token], members: &[Member]) -> bool {
    let [one, other] = members else { return false };
    let copula = |token: &Token| token.has(Tag::Is);
    let before = one.token.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(copula);
    let short = |member: &Member| behind_of(tokens, *member).count() <= 1;
    before && short(one) && short(other)
}

/// What the values make where some are the parts of the one before them: "sju i norr, fyra små och tre större, och fem i söder".
pub fn levels(values: &[Exact]) -> Option<Vec<Exact>> {
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
    }
}
