//! What two numbers did, told again in words: "46 dagar 2022 och 58 dagar 2023. Väntetiden har alltså ökat", "went from 19 weeks to 14. The
//! reduction …".

use std::ops::Range;

use super::order::year;
use super::{Wrong, opposite};
use crate::check::claim::derived::premises_in;
use crate::check::claim::level::{Direction, levels};
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Token, class};

/// So many words beside a number say of when it is.
const BESIDE: usize = 4;
/// So many words are before the change that a sentence takes up.
const LEAD: usize = 2;

/// A sentence with two numbers, and what the next one says of their course.
pub fn wrong(passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Wrong> {
    let (word, said) = change_told(passage, second)?;
    let (from, to) = ends(passage, first)?;
    let against = |token: &Token| Direction::of_word(token, &[]) == Some(said);
    if passage.tokens_in(first).iter().any(against) {
        return None;
    }
    let (one, two) = levels(passage, from, to)?;
    let goes = one.towards(two).filter(|goes| *goes != said)?;
    Some((from.range.start.min(to.range.start)..word.range.end, opposite(to, goes, from)))
}

/// The word by which a sentence takes up a change or concludes one, and which way it says that it went.
fn change_told<'p>(passage: &'p Passage, sentence: &Range<usize>) -> Option<(&'p Token, Direction)> {
    let tokens = passage.tokens_in(sentence);
    let open = [Tag::Negation, Tag::Planned, Tag::Except, Tag::Until, Tag::Women, Tag::Men, Tag::Target];
    // "Minskningen märks främst i norr": where it is greatest says nothing of where it goes.
    let goes = |token: &Token| Direction::of_word(token, &[]).filter(|_| !token.tags.any(&[Tag::Most, Tag::Least]));
    let mut words = tokens.iter().enumerate().filter_map(|(at, token)| Some((at, goes(token)?)));
    let (at, said) = words.next()?;
    let word = &tokens[at];
    // "sedan föregående år", not "har sedan ökat".
    let since = |two: &[Token]| two[0].has(Tag::Since) && !two[1].has(Tag::Earlier) && year(passage, &two[1]).is_none();
    if tokens.windows(2).any(since)
        || words.any(|(_, other)| other != said)
        || tokens.iter().any(|token| token.tags.any(&open))
    {
        return None;
    }
    // "Ökningen förklaras av …", "The increase reflects …"
    let lead = &tokens[..at];
    let taken_up = word.has(Tag::Change)
        && at < LEAD
        && lead.iter().all(|token| token.has(Tag::Determiner) || token.has(Tag::This));
    // "Väntetiden har alltså ökat." tells of no number of its own.
    let amount = |token: &Token| {
        token
            .number()
            .and_then(|at| passage.numbers.get(at))
            .is_some_and(|number| class(number, &passage.text) != Class::Year)
    };
    let concluded = word.tags.any(&[Tag::Grew, Tag::Shrank])
        && tokens.iter().any(Token::concludes)
        && !tokens.iter().any(|token| amount(token) || token.tags.any(&[Tag::Cost, Tag::Than]));
    let of = tokens.get(at + 1).is_some_and(|token| token.tags.any(&[Tag::Of, Tag::Within]));
    ((taken_up && !of) || concluded).then_some((word, said))
}

/// The only two amounts of a sentence, the earlier first, where it says which that is.
fn ends<'p>(passage: &'p Passage, sentence: &Range<usize>) -> Option<(&'p Number, &'p Number)> {
    let tokens = passage.tokens_in(sentence);
    let mut amounts = tokens.iter().enumerate().filter_map(|(at, token)| {
        let number = passage.numbers.get(token.number()?)?;
        (!matches!(class(number, &passage.text), Class::Year | Class::Name)).then_some((at, number))
    });
    let ((at, one), (place, two)) = (amounts.next()?, amounts.next()?);
    if amounts.next().is_some() || one.bound && two.bound {
        return None;
    }
    let led = |at: usize, tag: Tag| at.checked_sub(1).is_some_and(|before| tokens[before].has(tag));
    if led(at, Tag::From) && led(place, Tag::To) {
        return Some((one, two));
    }
    // "62 dagar, att jämföra med 54 året innan"
    let compared = tokens[at + 1..place].iter().any(|token| token.has(Tag::Compared) && !token.has(Tag::To));
    let earlier = tokens[place + 1..].iter().take(BESIDE).any(|token| token.has(Tag::Earlier));
    if compared && earlier {
        return Some((two, one));
    }
    // "vid den första enkäten svarade 58 procent och vid den andra 66 procent"
    if tokens[at + 1..place].iter().any(|token| token.has(Tag::Second)) {
        return Some((one, two));
    }
    let premises = premises_in(passage, sentence, &[]);
    let year = |number: &Number| premises.iter().find(|known| known.number.range == number.range)?.year;
    match year(one)?.cmp(&year(two)?) {
        std::cmp::Ordering::Less => Some((one, two)),
        std::cmp::Ordering::Greater => Some((two, one)),
        std::cmp::Ordering::Equal => None,
    }
}
