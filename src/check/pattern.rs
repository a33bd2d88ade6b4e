//! Patterns over tokens, written as text: `part=count noun{0,3} <of> <determiner>{0,3} base=count`.
//!
//! | element | what it stands for |
//! |---|---|
//! | `count`, `percent`, `points`, `money`, `fraction`, `factor`, `decimal`, `year` | a number of that class; `count|money` one of several |
//! | `value` | any number that is an amount, and not how long something lasts: "the four quarters" |
//! | `number` | any number, a year or a name among them |
//! | `<of>`, `<of\|than>` | a word or phrase with a tag of the language's lists |
//! | `word` | any word, and a number that is none: a year, a name |
//! | `noun` | a word that joins no statements, and what `word` and `value` leave out |
//! | `"("` | a sign |
//! | `^`, `$` | the beginning of the sentence, its end |
//! | `[ a b \| c ]` | one of several rows of elements |
//!
//! `?` and `{2}`, `{0,4}` behind an element say how often it stands; as few as will do are taken. `part=` before an element names what it
//! stands for; before several it names all from the first to the last.

use std::ops::{Deref, Range};
use std::sync::OnceLock;

use super::lang::Tag;
use super::number::{Form, Number};
use super::prose::Passage;
use super::tokens::{Class, Kind, Token, class};

/// Patterns of one kind of statement, read when the first of them is looked for.
#[derive(Debug)]
pub struct Patterns {
    texts: &'static [&'static str],
    read: OnceLock<Vec<Pattern>>,
}

impl Patterns {
    #[must_use]
    pub const fn new(texts: &'static [&'static str]) -> Self {
        Self { texts, read: OnceLock::new() }
    }
}

impl Deref for Patterns {
    type Target = [Pattern];

    fn deref(&self) -> &[Pattern] {
        self.read.get_or_init(|| self.texts.iter().copied().map(Pattern::new).collect())
    }
}

/// A pattern, read from its text.
#[derive(Debug)]
pub struct Pattern {
    nodes: Vec<Node>,
    names: Vec<&'static str>,
}

#[derive(Debug)]
struct Node {
    item: Item,
    least: usize,
    most: usize,
    name: Option<usize>,
}

#[derive(Debug)]
enum Item {
    Any(Vec<Atom>),
    Group(Vec<Vec<Node>>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Atom {
    Tag(Tag),
    Class(Class),
    Value,
    Number,
    Word,
    Noun,
    Sign(char),
    Start,
    End,
}

/// Tags of words that lead from one statement to another: they are no nouns.
const JOINING: &[Tag] = &[Tag::Joint, Tag::OfWhich, Tag::Equals, Tag::Respectively, Tag::Next, Tag::Compared];

/// So many tokens before and behind a match are shown with it.
const AROUND: usize = 80;

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Panics
    /// Where the text is none: patterns are part of the program, and all of them are read with the first text of the corpus.
    #[must_use]
    #[expect(clippy::panic, reason = "patterns are constants of the program; the corpus reads each of them")]
    pub fn new(text: &'static str) -> Self {
        let mut names = Vec::new();
        let mut words = text.split_whitespace().peekable();
        let nodes = match sequence(&mut words, &mut names) {
            Some(nodes) if words.peek().is_none() => nodes,
            _ => panic!("no pattern: {text}"),
        };
        Self { nodes, names }
    }

    /// Where the pattern stands in a range of the passage's text: the first match from each token on.
    pub fn find<'p>(&'p self, passage: &'p Passage, range: &Range<usize>) -> impl Iterator<Item = Found<'p>> + use<'p> {
        self.find_over(passage, range, range.end)
    }

    /// Where the pattern begins in a range of the passage's text, and ends at most at a byte behind it.
    pub fn find_over<'p>(
        &'p self,
        passage: &'p Passage,
        range: &Range<usize>,
        end: usize,
    ) -> impl Iterator<Item = Found<'p>> + use<'p> {
        let text = Text { passage, tokens: passage.tokens_in(&(range.start..end)) };
        (0..passage.tokens_in(range).len()).filter_map(move |start| {
            let mut found = vec![None; self.names.len()];
            let rest = Rest { nodes: &self.nodes, count: 0, next: None };
            let end = text.run(Some(&rest), start, &mut found)?;
            // What is judged looks a bounded way around, however long the sentence is.
            let from = start.saturating_sub(AROUND);
            let to = text.tokens.len().min(end + AROUND);
            found.iter_mut().flatten().for_each(|range| *range = range.start - from..range.end - from);
            Some(Found {
                pattern: self,
                passage,
                tokens: &text.tokens[from..to],
                range: start - from..end - from,
                found,
            })
        })
    }
}

/// A place where a pattern stands.
#[derive(Debug)]
pub struct Found<'p> {
    pattern: &'p Pattern,
    pub passage: &'p Passage,
    /// Those of the sentence, as far as they are near.
    pub tokens: &'p [Token],
    /// Positions of the tokens that the pattern takes.
    pub range: Range<usize>,
    found: Vec<Option<Range<usize>>>,
}

impl<'p> Found<'p> {
    /// Positions of the tokens that a name stands for.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Range<usize>> {
        let at = self.pattern.names.iter().position(|known| *known == name)?;
        self.found.get(at).cloned().flatten()
    }

    /// The position, among the passage's numbers, of the number that a name stands for.
    #[must_use]
    pub fn at(&self, name: &str) -> Option<usize> {
        self.named(name)?.find_map(|token| self.tokens.get(token)?.number())
    }

    /// The number that a name stands for.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<&'p Number> {
        self.at(name).and_then(|at| self.passage.numbers.get(at))
    }

    /// The bytes of the passage that the pattern takes.
    #[must_use]
    pub fn bytes(&self) -> Range<usize> {
        let taken = &self.tokens[self.range.clone()];
        taken.first().map_or(0, |token| token.range.start)..taken.last().map_or(0, |token| token.range.end)
    }
}

/// What is left to match: elements, how often the first of them stood, and what follows the group that they are in.
struct Rest<'r> {
    nodes: &'r [Node],
    count: usize,
    next: Option<&'r Rest<'r>>,
}

struct Text<'p> {
    passage: &'p Passage,
    tokens: &'p [Token],
}

impl Text<'_> {
    fn run(&self, rest: Option<&Rest<'_>>, at: usize, found: &mut [Option<Range<usize>>]) -> Option<usize> {
        let Some(rest) = rest else { return Some(at) };
        let Some(node) = rest.nodes.first() else { return self.run(rest.next, at, found) };
        if rest.count >= node.least {
            let skipped = Rest { nodes: &rest.nodes[1..], count: 0, next: rest.next };
            if let Some(end) = self.run(Some(&skipped), at, found) {
                return Some(end);
            }
        }
        if rest.count >= node.most {
            return None;
        }
        let again = Rest { nodes: rest.nodes, count: rest.count + 1, next: rest.next };
        match &node.item {
            Item::Group(rows) => rows.iter().find_map(|row| {
                let inside = Rest { nodes: row, count: 0, next: Some(&again) };
                self.run(Some(&inside), at, found)
            }),
            Item::Any(atoms) => {
                let width = atoms.iter().find_map(|atom| self.width(*atom, at))?;
                let before = node.name.and_then(|name| {
                    let place = found.get_mut(name)?;
                    let start = place.as_ref().map_or(at, |known| known.start);
                    Some((name, place.replace(start..at + width)))
                });
                let end = self.run(Some(&again), at + width, found);
                if let (None, Some((name, before))) = (end, before) {
                    found[name] = before;
                }
                end
            }
        }
    }

    /// How many tokens a year takes: "2020/21" is one.
    fn years(&self, at: usize) -> usize {
        let sign = self.tokens.get(at + 1).is_some_and(|token| matches!(token.kind, Kind::Sign('/' | '–' | '-')));
        let end = self.tokens.get(at + 2).is_some_and(|token| token.number().is_some());
        if sign && end { 3 } else { 1 }
    }

    /// "the four quarters", "på två läsår" say how long, and are no amount.
    fn is_span(&self, at: usize) -> bool {
        let number = |token: &Token| self.passage.numbers.get(token.number()?);
        let in_words = self.tokens.get(at).and_then(number).is_some_and(|number| number.form == Form::Words);
        let before = at.checked_sub(1).and_then(|at| self.tokens.get(at));
        in_words
            && before.is_some_and(|token| token.tags.any(&[Tag::During, Tag::Determiner]) && !token.has(Tag::Total))
            && self.tokens.get(at + 1).is_some_and(|token| token.has(Tag::Time))
    }

    /// How many tokens an atom takes at a place; none where it does not stand there.
    fn width(&self, atom: Atom, at: usize) -> Option<usize> {
        match atom {
            Atom::Start => return (at == 0).then_some(0),
            Atom::End => {
                let rest = self.tokens.get(at..)?;
                let closing = |token: &Token| matches!(token.kind, Kind::Sign('.' | '!' | '?' | '”' | '"' | '*'));
                return rest.iter().all(closing).then_some(0);
            }
            _ => {}
        }
        let token = self.tokens.get(at)?;
        let class =
            token.number().and_then(|at| self.passage.numbers.get(at)).map(|number| class(number, &self.passage.text));
        let stands = match atom {
            Atom::Tag(tag) => token.has(tag),
            Atom::Class(wanted) => class == Some(wanted),
            Atom::Value => class.is_some_and(|class| !matches!(class, Class::Year | Class::Name)) && !self.is_span(at),
            Atom::Number => class.is_some(),
            Atom::Word => token.stem().is_some() || matches!(class, Some(Class::Year | Class::Name)),
            Atom::Noun => {
                (token.stem().is_some() && !token.tags.any(JOINING))
                    || matches!(class, Some(Class::Year | Class::Name))
                    || self.is_span(at)
            }
            Atom::Sign(sign) => token.kind == Kind::Sign(sign),
            Atom::Start | Atom::End => false,
        };
        stands.then(|| if class == Some(Class::Year) { self.years(at) } else { 1 })
    }
}

type Words = std::iter::Peekable<std::str::SplitWhitespace<'static>>;

/// Elements up to the end of the text or of their row.
fn sequence(words: &mut Words, names: &mut Vec<&'static str>) -> Option<Vec<Node>> {
    let mut out = Vec::new();
    while let Some(word) = words.next_if(|word| *word != "|" && !word.starts_with(']')) {
        if word == "[" {
            let mut rows = vec![sequence(words, names)?];
            while words.next_if_eq(&"|").is_some() {
                rows.push(sequence(words, names)?);
            }
            let (least, most) = times(words.next()?.strip_prefix(']')?)?;
            out.push(Node { item: Item::Group(rows), least, most, name: None });
            continue;
        }
        let (name, element) = match word.split_once('=') {
            Some((name, element)) if !word.starts_with('"') => (Some(name), element),
            _ => (None, word),
        };
        let cut = if element.starts_with('"') {
            element.get(1..)?.find('"')? + 2
        } else {
            element.find(['?', '{']).unwrap_or(element.len())
        };
        let (least, most) = times(&element[cut..])?;
        let name = name.map(|name| {
            names.iter().position(|known| *known == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            })
        });
        out.push(Node { item: Item::Any(atoms(&element[..cut])?), least, most, name });
    }
    Some(out)
}

fn times(text: &str) -> Option<(usize, usize)> {
    match text {
        "" => Some((1, 1)),
        "?" => Some((0, 1)),
        _ => {
            let inside = text.strip_prefix('{')?.strip_suffix('}')?;
            match inside.split_once(',') {
                Some((least, most)) => Some((least.parse().ok()?, most.parse().ok()?)),
                None => inside.parse().ok().map(|n| (n, n)),
            }
        }
    }
}

fn atoms(text: &str) -> Option<Vec<Atom>> {
    if let Some(sign) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return Some(sign.chars().map(Atom::Sign).collect());
    }
    // "<of|than>" is "<of>|<than>".
    let mut inside = false;
    text.split('|')
        .map(|part| {
            inside |= part.starts_with('<');
            let name = part.trim_matches(['<', '>']);
            let tagged = inside;
            inside &= !part.ends_with('>');
            if tagged {
                return Tag::ALL.iter().find(|tag| tag.name() == name).map(|tag| Atom::Tag(*tag));
            }
            Some(match name {
                "count" => Atom::Class(Class::Count),
                "percent" => Atom::Class(Class::Percent),
                "points" => Atom::Class(Class::Points),
                "money" => Atom::Class(Class::Money),
                "fraction" => Atom::Class(Class::Fraction),
                "factor" => Atom::Class(Class::Factor),
                "decimal" => Atom::Class(Class::Decimal),
                "year" => Atom::Class(Class::Year),
                "value" => Atom::Value,
                "number" => Atom::Number,
                "word" => Atom::Word,
                "noun" => Atom::Noun,
                "^" => Atom::Start,
                "$" => Atom::End,
                _ => return None,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    fn found(pattern: &'static str, text: &str, names: &[&str]) -> Vec<Vec<String>> {
        let passage = Passage::of_text(text, Language::Swedish);
        let pattern = Pattern::new(pattern);
        let all = pattern.find(&passage, &(0..text.len()));
        let own = |found: &Found<'_>, name: &str| {
            let range = found.named(name).unwrap_or(0..0);
            let taken = &found.tokens[range];
            let bytes =
                taken.first().map_or(0, |token| token.range.start)..taken.last().map_or(0, |token| token.range.end);
            text[bytes].to_owned()
        };
        all.map(|found| names.iter().map(|name| own(&found, name)).collect()).collect()
    }

    #[test]
    fn elements_follow_each_other_and_have_names() {
        assert_eq!(
            found(
                "part=count noun{0,3} <of> <determiner>{0,3} base=count what=noun{1,2} \"(\" share=percent \")\"",
                "I 16 fall av de 40 granskade akterna (41 procent) saknas plan.",
                &["part", "base", "what", "share"]
            ),
            [["16", "40", "granskade akterna", "41 procent"]]
        );
    }

    #[test]
    fn groups_and_ends() {
        let pattern = "^ [ <of> <them> | <of-which> ] word? part=count [ \",\" noun | noun ]? word{0,4} $";
        assert_eq!(found(pattern, "Av dem saknade 16 en plan.", &["part"]), [["16"]]);
        assert!(found(pattern, "Men av dem saknade 16 en plan.", &["part"]).is_empty());
    }
}
