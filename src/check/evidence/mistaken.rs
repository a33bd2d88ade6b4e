//! A number that is a figure's, beside words that name another: women's for men's, last year's for this year's, the planned for the done, those
//! with for those without.

use crate::diagnostic::say;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use super::figures::{Candidate, Figures, Quantity};
use super::label::Said;
use super::near::counts_other;
use crate::check::Context;
use crate::check::claim::{Fault, number_text};
use crate::check::content::content;
use crate::check::lang::Tag;
use crate::check::lang::{stem, without_participle};
use crate::check::number::{Number, scan};
use crate::check::prose::{Kind, Passage, Place};
use crate::check::tokens::{self, Class, Say as _, Token, class};
use crate::check::words::Lowered as _;
use crate::locale::Language;
use crate::value::{Exact, Group};

/// What tells a figure from its kin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Quality {
    Group(Group),
    Year(String),
    /// Average, median, planned, denied: by the name of the tag.
    Mark(&'static str),
    Stem(String),
}

/// Tags that tell figures apart which count the same.
const MARKS: &[Tag] = &[Tag::Average, Tag::Median, Tag::Planned, Tag::Done, Tag::Negation, Tag::Lacks];

/// So many kin of a figure are looked at, and so many words behind a number belong to it.
const NEAR: usize = 40;
const BEHIND: usize = 6;
/// So many words behind a number the label of its group begins.
const LABEL: usize = 3;
/// So many words of a sentence without end are read before a number, and behind it.
const AROUND: usize = 200;

/// The mark of a word: that something lacks is that it is not.
fn mark(token: &Token) -> Option<&'static str> {
    let tag = MARKS.iter().find(|tag| token.has(**tag))?;
    Some(if *tag == Tag::Lacks { Tag::Negation.name() } else { tag.name() })
}

fn qualities(candidate: &Candidate<'_>, label: &str, language: Language) -> BTreeSet<Quality> {
    let lower = label.lowered();
    let mut out: BTreeSet<Quality> = candidate.of.map(Quality::Group).into_iter().collect();
    out.extend(candidate.label.numbers.iter().filter(|text| text.len() == 4).cloned().map(Quality::Year));
    let marked = tokens::tokens(&lower, &scan(label, language), language);
    let words = marked.iter().filter(|token| mark(token).is_some());
    let stems: BTreeSet<String> =
        words.clone().filter_map(|token| lower.get(token.range.clone())).map(|word| stem(word, language)).collect();
    out.extend(words.filter_map(mark).map(Quality::Mark));
    out.extend(candidate.label.stems.iter().filter(|stem| !stems.contains(*stem)).map(|stem| quality_of_stem(stem)));
    out
}

fn quality_of_stem(stem: &str) -> Quality {
    Quality::Stem(without_participle(stem).to_owned())
}

/// What stands beside a number.
fn beside(passage: &Passage, sentence: &Range<usize>, number: &Number) -> BTreeSet<Quality> {
    let tokens = passage.tokens_in(sentence);
    let own = tokens.partition_point(|token| token.range.start < number.range.start);
    let own = if own < tokens.len() { own } else { 0 };
    let amount = |token: &Token| {
        let number = token.number().and_then(|at| passage.numbers.get(at));
        number.is_some_and(|number| !matches!(class(number, &passage.text), Class::Year | Class::Name))
    };
    let from = tokens[..own].iter().rposition(amount).map_or(0, |at| at + 1);
    let before = &tokens[from..own];
    let rest = tokens.get(own + 1..).unwrap_or_default();
    let next = rest.iter().position(amount).unwrap_or(rest.len());
    let behind = &rest[..next];
    let ends = |token: &&Token| token.stem().is_some() && !token.has(Tag::Joint);
    let phrase = behind.iter().take(BEHIND).take_while(ends);
    let mut out = BTreeSet::new();
    for token in before.iter().chain(phrase) {
        out.extend(mark(token).map(Quality::Mark));
        let word = passage.lower.get(token.range.clone()).unwrap_or("");
        out.extend(word.split(' ').map(|word| quality_of_stem(&stem(word, passage.language))));
    }
    // Where one number alone stands in the sentence, all words of its clause are about it.
    if from == 0 && next == rest.len() {
        let clause = || {
            behind.iter().take_while(|token| {
                !token.has(Tag::Joint) && !matches!(token.kind, tokens::Kind::Sign(',' | ';' | ':'))
            })
        };
        out.extend(clause().filter_map(mark).map(Quality::Mark));
        out.extend(behind.iter().filter_map(Token::stem).map(quality_of_stem));
    }
    let group = |token: &Token| token.group.map(Quality::Group);
    // "34 kvinnor och 21 män", "bland männen är 9, bland kvinnorna 12"
    let words = behind.iter().take(2).take_while(|token| token.stem().is_some());
    let own = words.clone().find_map(group).or_else(|| before.iter().rev().find_map(group));
    out.extend(own.or_else(|| behind.iter().find_map(group)));
    let year = |token: &Token| {
        let number = passage.numbers.get(token.number()?)?;
        (class(number, &passage.text) == Class::Year)
            .then(|| Quality::Year(passage.slice(number.range.clone()).to_owned()))
    };
    let all: BTreeSet<Quality> = tokens.iter().filter_map(year).collect();
    let near: BTreeSet<Quality> = before.iter().chain(behind).filter_map(year).collect();
    out.extend(if all.len() == 1 { all } else { near });
    out
}

/// A number that words beside it give to another figure.
pub struct Mistaken {
    pub fault: Fault,
    pub bound: bool,
}

/// All of them.
pub fn mistaken(context: &Context<'_>) -> Vec<Mistaken> {
    let mut out: Vec<Mistaken> =
        super::cell::faults(context).into_iter().map(|fault| Mistaken { fault, bound: false }).collect();
    let mut known = Known::new();
    for (at, passage) in context.passages() {
        if !passage.is_audited() || matches!(passage.place, Place::Quote | Place::Cell(..)) {
            continue;
        }
        let mut said: Option<Said> = None;
        let mut last: Option<Range<usize>> = None;
        for (place, number) in passage.numbers.iter().enumerate() {
            if matches!(
                class(number, &passage.text),
                Class::Year | Class::Name | Class::Fraction | Class::Factor | Class::Points
            ) {
                continue;
            }
            let sentence = passage.sentence(number.range.start);
            let said = match &mut said {
                Some(known) if known.range == sentence => known,
                _ => said.insert(Said::new(passage, sentence)),
            };
            // A pair that has changed places is one fault.
            if last.as_ref() != Some(&said.range)
                && let Some(found) =
                    of_number(context, at, number, said, &mut known).or_else(|| complement(context, at, place, said))
            {
                last = Some(said.range.clone());
                out.push(found);
            }
        }
    }
    out
}

/// What tells each figure from its kin, by id and filter.
type Known<'f> = BTreeMap<(&'f str, &'f str), Rc<BTreeSet<Quality>>>;

fn of_number<'f>(
    context: &'f Context<'_>,
    at: usize,
    number: &Number,
    said: &Said,
    known: &mut Known<'f>,
) -> Option<Mistaken> {
    let passage = context.prose.passages.get(at)?;
    let figures = &context.figures;
    let id = passage.piece(number.range.start).and_then(|piece| match &piece.kind {
        Kind::Figure(id) => Some(id.as_str()),
        _ => None,
    });
    let mut stating = figures.stating(number, said);
    let before;
    if stating.is_empty() && !number.bound {
        // "Kursen hade 55 deltagare. En majoritet, 34, var män."
        let place = passage.sentences.partition_point(|known| known.end <= said.range.start);
        let from = place.checked_sub(1).and_then(|place| passage.sentences.get(place))?;
        before = Said::new(passage, from.start..said.range.end);
        stating = figures.stating(number, &before);
        stating.retain(|(candidate, _)| candidate.of.is_some());
    }
    let own = |candidate: &Candidate<'_>| match id {
        Some(id) => candidate.id == id,
        None => !number.bound,
    };
    // A binding's own figure is known, whether or not the sentence has words of its label.
    let bound: Vec<&Candidate<'_>> = id.map(|id| figures.all_of(id)).unwrap_or_default();
    let alike: Vec<&Candidate<'_>> = stating
        .into_iter()
        .map(|(candidate, _)| candidate)
        .chain(bound)
        .filter(|candidate| !candidate.row && own(candidate) && figures.same(candidate, number, passage))
        .collect();
    if alike.is_empty() {
        return None;
    }
    let language = passage.language;
    let near = beside(passage, &said.range, number);
    let label = |candidate: &'f Candidate<'_>| {
        figures.statistics.figures.get(candidate.id).map_or("", |figure| figure.label.value.as_str())
    };
    let mut of = |candidate: &'f Candidate<'_>| {
        let key = (candidate.id, candidate.filter.as_str());
        Rc::clone(known.entry(key).or_insert_with(|| Rc::new(qualities(candidate, label(candidate), language))))
    };
    let denial = Quality::Mark(Tag::Negation.name());
    // The words fit a figure that has this value.
    let mut fits = |candidate: &&'f Candidate<'_>| {
        let own = of(candidate);
        own.iter().all(|quality| near.contains(quality)) && own.contains(&denial) == near.contains(&denial)
    };
    let all = passage.tokens_in(&said.range);
    let own = all.partition_point(|token| token.range.end <= number.range.start);
    let tokens = &all[own.saturating_sub(AROUND)..all.len().min(own + AROUND)];
    let is_amount = |token: &&Token| {
        token
            .number()
            .and_then(|at| passage.numbers.get(at))
            .is_some_and(|number| !matches!(class(number, &passage.text), Class::Year | Class::Name))
    };
    let alone = tokens.iter().filter(is_amount).count() == 1;
    if alike.iter().any(&mut fits) || tokens.say(&[Tag::Earlier]) {
        return None;
    }
    for candidate in &alike {
        let mine = of(candidate);
        for other in figures.kin(candidate) {
            let whole = other.base == Some(candidate.id) || candidate.base == Some(other.id);
            if figures.same(other, number, passage) || other.row || whole {
                continue;
            }
            let theirs = of(other);
            // "13 chefer" are no homes.
            let counted = |stem: &str| theirs.contains(&quality_of_stem(stem)) || mine.contains(&quality_of_stem(stem));
            if matches!(candidate.value, Quantity::Count(_))
                && !number.bound
                && candidate.of.is_none()
                && counts_other(passage, number, counted)
            {
                continue;
            }
            let (lost, gained): (Vec<&Quality>, Vec<&Quality>) =
                (mine.difference(&theirs).collect(), theirs.difference(&mine).collect());
            let without = |lost: &[&Quality]| !lost.iter().any(|quality| near.contains(*quality));
            let denied = lost.is_empty() && gained == [&denial];
            let granted = gained.is_empty() && lost == [&denial] && theirs.iter().all(|quality| near.contains(quality));
            let other_words = !gained.is_empty()
                && gained.iter().all(|quality| near.contains(*quality))
                && (denied || !lost.is_empty());
            let kinds = || lost.iter().chain(&gained);
            let groups = kinds().any(|quality| matches!(quality, Quality::Group(_)));
            let words = kinds().any(|quality| matches!(quality, Quality::Stem(_)));
            let years = kinds().any(|quality| matches!(quality, Quality::Year(_)));
            // Beside several numbers words may belong to another; a binding says itself which figure is meant, and other words are no fault.
            let certain = match number.bound {
                _ if groups => group_is_told(passage, number, tokens, other),
                true => alone && !words,
                false => {
                    alone
                        || !(words || years)
                        || theirs.len() > 2 && theirs.iter().all(|quality| near.contains(quality))
                }
            };
            let told_apart = (granted || other_words) && without(&lost) && certain;
            if !told_apart {
                continue;
            }
            let other_value = other.shown(context.locale);
            let message = say!(
                "{number} is `{candidate}{filter}`; the words say `{other}{other_filter}`, which is {other_value}",
                other_value,
                number = number_text(number),
                candidate = candidate.id,
                filter = candidate.filter,
                other = other.id,
                other_filter = other.filter
            );
            let also = None;
            let fault = Fault {
                passage: at,
                range: number.range.clone(),
                message,
                help: say!("correct the number or the words beside it"),
                also,
            };
            return Some(Mistaken { fault, bound: number.bound });
        }
    }
    None
}

/// Whether words say of a number whose it is: directly behind it, or in a sentence that speaks of one group, or in one that has the number of the
/// other group as well.
fn group_is_told(passage: &Passage, number: &Number, tokens: &[Token], other: &Candidate<'_>) -> bool {
    let mut behind = tokens.iter().skip_while(|token| token.range.start < number.range.end).take(LABEL).enumerate();
    // "12 kvinnor", "12 i åldern 18–64"
    let behind = behind.find(|(at, token)| token.group.is_some() && (*at == 0 || token.number().is_some()));
    // What a binding prints with its number, as "16 kvinnor och 9 män", is its own.
    let beside = behind.is_some_and(|(_, token)| passage.is_typed(&token.range));
    if beside || number.bound {
        return beside;
    }
    let said: BTreeSet<Group> = tokens.iter().filter_map(|token| token.group).collect();
    let numbers = tokens.iter().filter_map(|token| passage.numbers.get(token.number()?));
    said.len() == 1 || numbers.into_iter().any(|known| known.value == other.value.value())
}

/// "I 15 av de 40 akterna saknas en plan", where 23 of the 40 have one; "27 saknar en plan", where 27 are those that have.
fn complement(context: &Context<'_>, at: usize, number: usize, said: &Said) -> Option<Mistaken> {
    let passage = context.prose.passages.get(at)?;
    let figures = &context.figures;
    let part = passage.numbers.get(number)?;
    let tokens = passage.tokens_in(&passage.clause(&part.range));
    let other = [Tag::Earlier, Tag::Planned];
    let of_group = tokens.iter().any(|token| token.group.is_some());
    let years = passage.tokens_in(&said.range).iter().filter_map(|token| passage.numbers.get(token.number()?));
    let denied = tokens.say(&[Tag::Negation, Tag::Lacks]);
    if !denied
        || part.bound
        || class(part, &passage.text) != Class::Count
        || tokens.say(&other)
        || of_group
        || years.into_iter().any(|number| class(number, &passage.text) == Class::Year)
    {
        return None;
    }
    let relation =
        context.relations(at).with_number(number).find(|known| known.part == Some(number) && known.percent.is_none());
    let base = relation.and_then(|relation| passage.numbers.get(relation.base));
    let mut fitting = figures.labelled(said).filter(|candidate| {
        candidate.of.is_none()
            && !candidate.row
            && candidate.filter.is_empty()
            && !candidate.label.marks.denied
            && matches!(candidate.value, Quantity::Count(_))
            && Some(candidate.value.value()) != base.map(|base| base.value)
    });
    let candidate = fitting.next()?;
    let (value, whole) = (candidate.value.value(), figures.base(candidate).map(|base| base.value.value()));
    let without = whole.or(base.map(|base| base.value)).and_then(|whole| whole.checked_sub(value));
    let turned = part.value == value && clause_says(passage, tokens, candidate, figures);
    let other = base.is_some_and(|base| whole == Some(base.value))
        && figures
            .valued(part)
            .iter()
            .all(|id| figures.first_of(id).is_some_and(|known| known.label.lacking(said).is_none()));
    if !(turned || other) || without == Some(part.value) || fitting.any(|other| other.id != candidate.id) {
        return None;
    }
    let rest =
        without.map_or_else(crate::diagnostic::Said::default, |without| say!(": {rest} are without", rest = without));
    let whole = whole.map_or_else(crate::diagnostic::Said::default, |whole| say!(" of {whole}", whole));
    let message = say!(
        "`{candidate}` is {value}{whole}{rest}, not {first}",
        value,
        whole,
        rest,
        candidate = candidate.id,
        first = number_text(part)
    );
    let range = base
        .filter(|_| !turned)
        .map_or(part.range.clone(), |base| part.range.start.min(base.range.start)..part.range.end.max(base.range.end));
    let fault =
        Fault { passage: at, range, message, help: say!("correct the number or the words beside it"), also: None };
    Some(Mistaken { fault, bound: false })
}

/// Whether a clause says what a figure's label says, and nothing else.
fn clause_says(passage: &Passage, tokens: &[Token], candidate: &Candidate<'_>, figures: &Figures<'_>) -> bool {
    let base = figures.base(candidate);
    let known =
        |stem: &str| candidate.label.stems.contains(stem) || base.is_some_and(|base| base.label.stems.contains(stem));
    let small = [Tag::Negation, Tag::Lacks, Tag::Of, Tag::Determiner, Tag::Is, Tag::Having, Tag::Within, Tag::One];
    let text = |token: &Token| passage.slice(token.range.clone());
    tokens
        .iter()
        .filter(|token| !token.tags.any(&small))
        .all(|token| token.stem().is_none_or(|stem| known(stem) || content(text(token), passage.language).is_empty()))
}

impl<'a> Figures<'a> {
    /// All values of a figure.
    fn all_of(&self, id: &str) -> Vec<&Candidate<'a>> {
        let first = self.by_id.get(id).copied();
        let from = first.map_or(&[][..], |at| &self.candidates[at..]);
        from.iter().take_while(|candidate| candidate.id == id).collect()
    }

    /// Values that may be mistaken for another: another group's of the same figure, and figures that count the same.
    fn kin<'s>(&'s self, candidate: &'s Candidate<'_>) -> Vec<&'s Candidate<'a>> {
        if let Some(own) = candidate.of {
            let is_other = |group: Group| group != own && group.breakdown == own.breakdown;
            return self.all_of(candidate.id).into_iter().filter(|other| other.of.is_some_and(is_other)).collect();
        }
        let alike: BTreeSet<usize> =
            candidate.label.stems.iter().filter_map(|stem| self.stems.get(stem)).flatten().copied().collect();
        let alike = alike.into_iter().filter_map(|at| self.candidates.get(at));
        alike.filter(|other| other.id != candidate.id).take(NEAR).collect()
    }
}

impl Candidate<'_> {
    fn shown(&self, locale: &crate::locale::Locale) -> String {
        let value: Exact = self.value.value();
        locale.number(&value, if value.is_integer() { 0 } else { 1 })
    }
}
