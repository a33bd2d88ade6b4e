//! What is concluded of numbers that each have a name: "Hagby 74 procent, Lillsjö 68 och Tallnäs 61. Tallnäs har därmed näst högst andel.",
//! "82 per cent among women and 88 per cent among men, so women were more likely to finish".

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Wrong, opposite};
use crate::check::claim::level::{Direction, levels};
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::number::{Form, Number, Unit};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Kind, Say as _, Token, class};
use crate::diagnostic::say;
use crate::value::Exact;

/// A number and the words that say whose it is.
pub struct Entry<'p> {
    pub number: &'p Number,
    pub year: Option<&'p str>,
    /// "minus 0,4"
    pub minus: bool,
    value: Exact,
    names: BTreeSet<&'p str>,
}

/// So many words before the first number of a list may be its name.
const NAME: usize = 4;
/// So many numbers are a list that can be read at a glance.
const LIST: usize = 16;
/// Words of a conclusion that tell of something else than the order of what was named.
const OTHER: &[Tag] = &[
    Tag::Negation,
    Tag::Earlier,
    Tag::Since,
    Tag::Grew,
    Tag::Shrank,
    Tag::Difference,
    Tag::Planned,
    Tag::Target,
    Tag::Per,
    Tag::Average,
    Tag::AsMany,
    Tag::Double,
    Tag::HalfAs,
];
const RANK: &[Tag] = &[Tag::Most, Tag::Least];
const COMPARISON: &[Tag] =
    &[Tag::More, Tag::Fewer, Tag::MoreThan, Tag::FewerThan, Tag::Better, Tag::Worse, Tag::Behind, Tag::Ahead];

/// What conclusions say against the numbers before them: behind a comma, or in one of the two sentences that follow.
pub fn wrongs(passage: &Passage) -> Vec<Wrong> {
    let mut out = Vec::new();
    for (at, sentence) in passage.sentences.iter().enumerate() {
        let Some((entries, end)) = entries(passage, sentence) else { continue };
        let own = clauses(passage.tokens_in(&(end..sentence.end)));
        let later = passage.sentences.iter().skip(at + 1).take(2);
        let later = later.take_while(|next| plain_text(passage, next)).map(|next| {
            let tokens = passage.tokens_in(next);
            let (tokens, of_them) = behind_them(tokens).map_or((tokens, false), |behind| (behind, true));
            (&tokens[..tokens.iter().position(is_cut).unwrap_or(tokens.len())], of_them)
        });
        let told = own.into_iter().map(|clause| (clause, false)).chain(later);
        out.extend(told.filter_map(|(clause, of_them)| concluded(passage, sentence, &entries, clause, of_them)));
        let before = at.checked_sub(1).and_then(|at| passage.sentences.get(at));
        let apart = passage.sentences.get(at + 1).and_then(|next| apart(passage, &entries, passage.tokens_in(next)));
        out.extend(apart);
        out.extend(before.and_then(|before| announced(passage, before, sentence, &entries)));
    }
    out
}

/// "Flest klagomål gällde bemötande. Klagomålen gällde väntetider (51), bemötande (44) och information (19).": the first of all is named before them.
fn announced(passage: &Passage, told: &Range<usize>, list: &Range<usize>, entries: &[Entry<'_>]) -> Option<Wrong> {
    let tokens = passage.tokens_in(told);
    let lead = passage.tokens_in(&(list.start..entries.first()?.number.range.start));
    let (first, rest) = tokens.split_first()?;
    let said = match (first.has(Tag::Most), first.has(Tag::Least)) {
        (true, false) => Direction::Up,
        (false, true) => Direction::Down,
        _ => return None,
    };
    let alike = rest.iter().take(NAME).any(|word| {
        lead.iter().any(|other| name(passage, word).is_some_and(|word| name(passage, other) == Some(word)))
    });
    let open = tokens.iter().any(|token| token.tags.any(OTHER) && !token.has(Tag::Per) || token.number().is_some());
    // What the list is of names none of its numbers.
    let shared = |word: &Token| {
        lead.iter().any(|other| name(passage, word).is_some_and(|word| name(passage, other) == Some(word)))
    };
    let own: Vec<Token> = rest.iter().filter(|word| !shared(word)).cloned().collect();
    let [one] = named(passage, entries, &own)[..] else { return None };
    if !alike || open || entries.len() < 3 {
        return None;
    }
    let other = entries.iter().find(|other| match said {
        Direction::Up => other.value > one.value,
        Direction::Down => other.value < one.value,
    })?;
    let which = if said == Direction::Up { say!("higher") } else { say!("lower") };
    let range = told.start..one.number.range.end;
    Some((
        range,
        say!(
            "{first} is {which} than {second}",
            which,
            first = number_text(other.number),
            second = number_text(one.number)
        ),
    ))
}

/// "91, 86 respektive 79 procent. Region Öst hade därmed 7 procentenheter högre täckning än region Syd": how far two that are named lie apart.
fn apart(passage: &Passage, entries: &[Entry<'_>], tokens: &[Token]) -> Option<Wrong> {
    let far = [Tag::More, Tag::Fewer, Tag::MoreThan, Tag::FewerThan];
    let at = (1..tokens.len()).find(|at| tokens[*at].tags.any(&far) && tokens[at - 1].number().is_some())?;
    let number = passage.numbers.get(tokens[at - 1].number()?)?;
    let than =
        at + tokens[at..].iter().position(|token| token.tags.any(&[Tag::Than, Tag::MoreThan, Tag::FewerThan]))?;
    let numbers = tokens.iter().filter(|token| token.number().is_some() && year(passage, token).is_none()).count();
    let ([one], [other]) =
        (&named(passage, entries, &tokens[..at - 1])[..], &named(passage, entries, &tokens[than..])[..])
    else {
        return None;
    };
    let percent = entries.iter().any(|entry| entry.number.unit == Unit::Percent);
    let same = if percent { number.unit == Unit::Points } else { number.unit == one.number.unit };
    let exact = one.value.checked_sub(other.value)?;
    let said = Direction::of_word(&tokens[at], tokens)?;
    let way = (said == Direction::Up) == (exact > Exact::ZERO);
    let off = exact.magnitude().checked_sub(number.value)?.magnitude();
    let fits = way && if percent { off <= Exact::from(1_i64) } else { off == Exact::ZERO };
    let open = tokens.say(OTHER)
        || !tokens.iter().any(Token::concludes)
        || number.decimals > 0
        || number.bound && one.number.bound;
    (numbers == 1 && same && !fits && !open && entries.len() > 2).then(|| {
        (
            tokens[at - 1].range.start..tokens.last().map_or(0, |last| last.range.end),
            say!(
                "{from_text} and {to_text} differ by {apart}",
                from_text = number_text(other.number),
                to_text = number_text(one.number),
                apart = exact.magnitude()
            ),
        )
    })
}

/// "Of the four towns, Coldwell had the longest journey": what follows the words that take the list up.
fn behind_them(tokens: &[Token]) -> Option<&[Token]> {
    let comma = tokens.iter().take(NAME + 2).position(|token| token.kind == Kind::Sign(','))?;
    let [of, them, ..] = tokens.get(..comma)? else { return None };
    let taken = of.has(Tag::OfThese)
        || of.has(Tag::Of) && them.tags.any(&[Tag::Determiner, Tag::Them, Tag::Pointing, Tag::This]);
    taken.then(|| &tokens[comma + 1..])
}

/// Whether a sentence has no amounts of its own; what a rank is of ("de fem kommunerna") and years are none.
fn plain_text(passage: &Passage, sentence: &Range<usize>) -> bool {
    passage.numbers[passage.numbers_in(sentence)]
        .iter()
        .all(|number| number.form == Form::Words || class(number, &passage.text) == Class::Year)
}

fn is_cut(token: &Token) -> bool {
    matches!(token.kind, Kind::Sign(',' | ';' | ':' | '(' | '.' | '–')) || token.has(Tag::Joint)
}

/// The clauses of what follows a list, up to the end of the sentence.
fn clauses(tokens: &[Token]) -> Vec<&[Token]> {
    let clauses = tokens.split(|token| is_cut(token) && !token.has(Tag::Equals));
    clauses.filter(|clause| clause.len() >= 2).collect()
}

/// The numbers of a sentence that have a name each, where all are of one kind, and where the last of them ends.
pub fn entries<'p>(passage: &'p Passage, sentence: &Range<usize>) -> Option<(Vec<Entry<'p>>, usize)> {
    let numbers = passage.numbers_in(sentence);
    if !(2..=LIST).contains(&numbers.len()) {
        return None;
    }
    let tokens = passage.tokens_in(sentence);
    match respective(passage, tokens) {
        Some(Respectively::Told(entries, end)) => return Some((entries, end)),
        Some(Respectively::Open) => return None,
        None => {}
    }
    let amount = |token: &Token| {
        let number = passage.numbers.get(token.number()?)?;
        let class = class(number, &passage.text);
        let time = !matches!(class, Class::Percent | Class::Points | Class::Money) && number.form == Form::Words;
        (!matches!(class, Class::Year | Class::Name | Class::Fraction | Class::Factor | Class::Points) && !time)
            .then_some(number)
    };
    let mut out: Vec<Entry<'p>> = Vec::new();
    let mut rows: Vec<Row<'p>> = Vec::new();
    let (mut before, mut own, mut after) = (Vec::new(), None, Vec::new());
    let mut end = sentence.start;
    for (at, token) in tokens.iter().enumerate() {
        // "from 187 in 2019 to 233 in 2020"
        let on = || token.has(Tag::To) && tokens.iter().skip(at + 1).take(3).any(|token| amount(token).is_some());
        if let Some(number) = amount(token) {
            if own.replace(number).is_some() {
                return None;
            }
        } else if is_cut(token) || token.tags.any(&[Tag::Compared, Tag::Respectively]) || on() {
            if let Some(number) = own.take() {
                // "De 250 samtalen gällde skatt (90)": the last word names what follows in the bracket.
                let next = tokens.get(at + 1).and_then(amount);
                let last = after.pop_if(|_| token.kind == Kind::Sign('(') && next.is_some());
                rows.push(Row { before: std::mem::take(&mut before), number, after: std::mem::take(&mut after) });
                before.extend(last);
                end = token.range.start;
            }
        } else if own.is_some() {
            after.push(token);
        } else {
            before.push(token);
        }
    }
    if let Some(number) = own {
        rows.push(Row { before, number, after });
        end = sentence.end;
    }
    let unit = rows.iter().map(|row| row.number.unit).find(|unit| *unit != Unit::None).unwrap_or(Unit::None);
    let whole = rows.first()?.number;
    if rows.len() < 2 || rows.iter().any(|row| row.number.unit != unit && row.number.unit != Unit::None) {
        return None;
    }
    // What leads to the first number is no name of it, but for its end.
    for (at, row) in rows.iter().enumerate() {
        let lead = if at > 0 { 0 } else { row.before.len().saturating_sub(NAME) };
        let told = row.before[lead..].iter().chain(&row.after);
        let (value, _) = levels(passage, row.number, whole)?;
        out.push(Entry {
            number: row.number,
            year: row.after.iter().chain(&row.before).find_map(|token| year(passage, token)),
            minus: row.before.last().is_some_and(|token| token.has(Tag::Minus)),
            value: value.value,
            names: told.filter_map(|token| name(passage, token)).collect(),
        });
    }
    Some((out, end))
}

/// Numbers that are told in the order of their names.
enum Respectively<'p> {
    /// With the end of what tells them.
    Told(Vec<Entry<'p>>, usize),
    /// Nobody can tell which is whose.
    Open,
}

/// "5.2 and 4.6 per cent for men and women respectively", "Norr, mitt och syd utfärdade 31, 18 respektive 26": as many names as numbers, in their order.
fn respective<'p>(passage: &'p Passage, tokens: &'p [Token]) -> Option<Respectively<'p>> {
    let said = tokens.iter().position(|token| token.has(Tag::Respectively))?;
    let cut = |token: &Token| token.kind == Kind::Sign(',') || token.tags.any(&[Tag::Joint, Tag::Respectively]);
    let number = |at: usize| tokens.get(at).and_then(Token::number).and_then(|at| passage.numbers.get(at));
    let told = |number: &Number| !matches!(class(number, &passage.text), Class::Year | Class::Name);
    let first = (0..tokens.len()).find(|at| number(*at).is_some_and(told) && tokens.get(at + 1).is_some_and(cut))?;
    let mut places = vec![first];
    while let Some(next) = places.last().map(|last| last + 2).filter(|next| number(*next).is_some_and(told)) {
        if !cut(&tokens[next - 1]) {
            break;
        }
        places.push(next);
    }
    let last = *places.last()?;
    let split = |tokens: &'p [Token]| tokens.split(cut).filter(|names| !names.is_empty()).collect::<Vec<_>>();
    let behind = tokens.get(last + 1..said).map(split).filter(|names| names.len() == places.len());
    let before = || Some(split(&tokens[..first])).filter(|names| names.len() == places.len());
    if places.len() < 2 {
        return None;
    }
    let Some(names) = behind.or_else(before) else { return (said > last).then_some(Respectively::Open) };
    // Of the first and the last only what stands beside the others is a name: "In the north and south wings it averaged".
    let capital = |token: &&Token| passage.slice(token.range.clone()).starts_with(char::is_uppercase);
    let many = names.len();
    let names = names.into_iter().enumerate().map(|(at, names)| match at {
        0 => &names[names.len() - names.iter().rev().take_while(capital).count().max(1)..],
        _ if at + 1 == many => &names[..names.iter().take_while(capital).count().max(1)],
        _ => names,
    });
    let whole = number(last)?;
    let entry = |(at, names): (&usize, &'p [Token])| {
        let own = number(*at)?;
        let (value, _) = levels(passage, own, whole)?;
        let names = names.iter().filter_map(|token| name(passage, token)).collect();
        Some(Entry { number: own, year: None, minus: false, value: value.value, names })
    };
    let entries: Option<Vec<Entry<'p>>> = places.iter().zip(names).map(entry).collect();
    let end = tokens.get(last.max(said))?.range.end;
    Some(entries.map_or(Respectively::Open, |entries| Respectively::Told(entries, end)))
}

struct Row<'p> {
    before: Vec<&'p Token>,
    number: &'p Number,
    after: Vec<&'p Token>,
}

/// What a token names something with: a word's stem, or a year.
fn name<'p>(passage: &'p Passage, token: &'p Token) -> Option<&'p str> {
    let small =
        [Tag::Determiner, Tag::Is, Tag::Of, Tag::Within, Tag::This, Tag::Having, Tag::Equals, Tag::Relative, Tag::Time];
    if token.number().is_some() {
        return year(passage, token);
    }
    // "förslag B"
    let text = passage.slice(token.range.clone());
    let opens = passage.sentences.iter().any(|sentence| sentence.start == token.range.start);
    let letter = text.len() == 1 && text.starts_with(|c: char| c.is_ascii_uppercase()) && !opens;
    token.stem().filter(|stem| letter || stem.chars().count() > 2 && !token.tags.any(&small) && !is_measure(token))
}

/// The year that a token is.
pub fn year<'p>(passage: &'p Passage, token: &Token) -> Option<&'p str> {
    let number = passage.numbers.get(token.number()?)?;
    (class(number, &passage.text) == Class::Year).then(|| passage.slice(token.range.clone()))
}

/// Words for what the numbers measure: "andelen", "antal", "beloppet".
fn is_measure(token: &Token) -> bool {
    token.tags.any(&[Tag::Share, Tag::Number, Tag::Figure, Tag::Amount])
}

/// What a clause says against a list.
fn concluded(
    passage: &Passage,
    list: &Range<usize>,
    entries: &[Entry<'_>],
    clause: &[Token],
    of_them: bool,
) -> Option<Wrong> {
    let mut words = clause.iter().enumerate().filter(|(_, token)| token.tags.any(RANK) || token.tags.any(COMPARISON));
    let ((place, word), None) = (words.next()?, words.next()) else { return None };
    // "Antalet ökade med 12 i Ekvik och 17 i Norrvik. Ökningen var störst i Norrvik": the numbers are changes themselves.
    let course = [Tag::Grew, Tag::Shrank];
    let changes = passage.tokens_in(list).iter().filter(|token| token.tags.any(&course));
    let changes = word.tags.any(RANK)
        && changes
            .into_iter()
            .any(|token| clause.iter().any(|own| own.tags.any(&course) && own.has(Tag::Grew) == token.has(Tag::Grew)));
    // "Den längsta genomsnittliga vårdtiden": what is listed are averages.
    let averages = passage.tokens_in(list).say(&[Tag::Average]);
    let open = |token: &Token| token.tags.any(OTHER) && !(averages && token.has(Tag::Average));
    if clause.iter().any(|token| open(token) && !(changes && token.tags.any(&course))) {
        return None;
    }
    let range = clause.first()?.range.start..clause.last()?.range.end;
    let context = passage.tokens_in(&(list.start..range.end));
    // Which way a result or a cost is better, only its definition says.
    let vague = |token: &Token| token.tags.any(&[Tag::Result, Tag::Cost]);
    if word.tags.any(&[Tag::Better, Tag::Worse]) && context.iter().any(vague) {
        return None;
    }
    let said = match (word.has(Tag::Behind), word.has(Tag::Ahead)) {
        (true, _) => Direction::Down,
        (_, true) => Direction::Up,
        _ => Direction::of_word(word, context)?,
    };
    let than = clause
        .iter()
        .position(|token| token.tags.any(&[Tag::Than, Tag::MoreThan, Tag::FewerThan, Tag::Behind, Tag::Ahead]));
    let front = named(passage, entries, &clause[..than.unwrap_or(clause.len())]);
    let behind =
        || named(passage, entries, &clause[place + 1..than.filter(|than| *than > place).unwrap_or(clause.len())]);
    let front = if front.len() > 1 && word.tags.any(COMPARISON) { behind() } else { front };
    // "Kortast var väntan i norr": of the words that two of them share the place is told.
    let place_told = clause.iter().rposition(|token| token.has(Tag::Within)).filter(|_| front.len() > 1);
    let front = place_told.map_or(front, |at| named(passage, entries, &clause[at..]));
    let [one] = front[..] else { return None };
    // What takes up the list: a word that concludes, or one for what its numbers measure.
    let taken_up =
        of_them || clause.iter().any(|token| token.has(Tag::Equals) || is_measure(token)) || is_told_of(clause, place);
    let entries = without_whole(entries);
    let beyond = |other: &&Entry<'_>| match said {
        Direction::Up => other.value > one.value,
        Direction::Down => other.value < one.value,
    };
    if word.tags.any(RANK) {
        let nth = nth(clause, place);
        let above = entries.iter().filter(beyond).count();
        let level = entries.iter().filter(|other| other.value == one.value).count();
        let which = if said == Direction::Up { say!("higher") } else { say!("lower") };
        if !taken_up || entries.len() < 3 {
            return None;
        }
        let (message, wrong) = if above >= nth {
            let other = entries.iter().find(beyond)?;
            (
                say!(
                    "{other} is {which} than {one}",
                    other = number_text(other.number),
                    which,
                    one = number_text(one.number)
                ),
                true,
            )
        } else {
            let concludes = clause.say(&[Tag::Equals]);
            (
                say!("only {above} of the numbers are {which} than {one}", above, which, one = number_text(one.number)),
                concludes && above + level < nth,
            )
        };
        return wrong.then_some((range, message));
    }
    let other = match than {
        Some(than) => {
            let [other] = named(passage, entries, &clause[than..])[..] else { return None };
            other
        }
        None => {
            let (true, [first, second]) = (taken_up, entries) else { return None };
            if std::ptr::eq(first, one) { second } else { first }
        }
    };
    let against = match said {
        Direction::Up => one.value < other.value,
        Direction::Down => one.value > other.value,
    };
    let goes = if said == Direction::Up { Direction::Down } else { Direction::Up };
    against.then(|| (range, opposite(one.number, goes, other.number)))
}

/// "Repairs were the most common subject.", "Störst var gruppen 18–64 år.": a rank and nothing else.
fn is_told_of(clause: &[Token], place: usize) -> bool {
    let word = &clause[place];
    let is = clause[..place].iter().rev().take(3).any(|token| token.has(Tag::Is));
    let begins = place == 0 && clause.get(1).is_some_and(|next| next.has(Tag::Is));
    !word.has(Tag::MostOf) && clause.len() <= SHORT && (is || begins)
}

/// So many words are a clause that tells of a rank and nothing else.
const SHORT: usize = 9;

/// The entries without the first, where that is what the others make: "The 310 enquiries were of three kinds: 96 …".
fn without_whole<'e, 'p>(entries: &'e [Entry<'p>]) -> &'e [Entry<'p>] {
    match entries {
        [whole, parts @ ..] if parts.len() > 1 => {
            let made = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.checked_add(part.value));
            if made == Some(whole.value) { parts } else { entries }
        }
        _ => entries,
    }
}

/// The entries that words name: those that are named with a capital letter, where some are.
fn named<'e, 'p>(passage: &Passage, entries: &'e [Entry<'p>], tokens: &[Token]) -> Vec<&'e Entry<'p>> {
    let told = |capital: bool| -> Vec<&'e Entry<'p>> {
        let words = tokens.iter().filter(|token| {
            !capital || passage.slice(token.range.clone()).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        });
        let words: Vec<&str> = words.filter_map(|token| name(passage, token)).collect();
        let has = |entry: &Entry<'_>, word: &str| entry.names.iter().any(|name| *name == word || ends_with(name, word));
        let single = words.iter().filter(|word| entries.iter().filter(|entry| has(entry, word)).count() == 1);
        let single: Vec<&&str> = single.collect();
        entries.iter().filter(|entry| single.iter().any(|word| has(entry, word))).collect()
    };
    let capital = told(true);
    if capital.is_empty() { told(false) } else { capital }
}

/// "butik" takes up "museibutik".
fn ends_with(name: &str, word: &str) -> bool {
    word.chars().count() >= 5 && name.ends_with(word)
}

/// "näst högst" is the second.
pub fn nth(clause: &[Token], place: usize) -> usize {
    let near = clause.get(place.saturating_sub(2)..=place).unwrap_or(&[]);
    let of = |tag: Tag| near.say(&[tag]);
    match (of(Tag::Second), of(Tag::Third), of(Tag::Fourth)) {
        (true, _, _) => 2,
        (_, true, _) => 3,
        (_, _, true) => 4,
        _ => 1,
    }
}
