//! From a sentence to a label: what a number counts, in the sentence's own words, as it is said behind the number.

use super::statement::{Statement, Word};
use super::words::Class;
use crate::check::lang;
use crate::check::lang::{Tag, pack};
use crate::diagnostic::{Said, say};

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    Label(String),
    /// A part of what was named before: "av dessa var 48 planerade".
    PartOfBefore(String),
}

/// Why a time gets no figure.
pub const TIME: Said = say!("it measures a time, which is no count of things");

impl Statement<'_> {
    /// Whether the lead takes up what was said before, and with which word.
    #[must_use]
    pub fn takes_up(&self) -> Option<&str> {
        let leads = |word: Option<&Word<'_>>| word.is_none_or(|word| self.is(Class::Preposition, word));
        // "Station Hamnen klarade det vid …"
        let object = (1..self.lead.len()).find(|at| {
            self.is(Class::TakesUp, &self.lead[*at]) && self.is_verb(&self.lead[at - 1]) && leads(self.lead.get(at + 1))
        });
        if let Some(object) = object {
            return Some(self.lead[object].lower);
        }
        let first = self.lead.iter().find(|word| !self.is(Class::Preposition, word))?;
        let mut following = self.lead.iter().filter(|word| word.range.start > first.range.start);
        let verb = |word: &Word<'_>| self.is_verb(word) || self.is(Class::Reaches, word);
        // "Den genomsnittliga tiden" takes up nothing; "den var" and "den största var" do.
        let determines = self.is(Class::Article, first)
            && following.next().is_some_and(|next| {
                !(verb(next) || self.words.is_quality(next.lower) && following.next().is_none_or(verb))
            });
        let named = self.is(Class::TakesUp, first) && !determines && self.ending(Class::Exists).is_none();
        named.then_some(first.lower)
    }

    /// The label of a number, `measure` where it counts no things: an average, an amount of money, a percentage.
    ///
    /// # Errors
    /// Why the sentence does not tell what it counts.
    pub fn label(&self, measure: bool) -> Result<Named, Said> {
        let unclear = |why: Said| Err(why);
        let nothing = || unclear(say!("the sentence does not say what it counts"));
        let of = self.lead.first().is_some_and(|word| self.names_whole(word));
        if let Some(word) = self.of_before {
            return Err(say!("the sentence takes up what was said before (`{word}`)", word));
        }
        let refers = |word: &&Word<'_>| self.is(Class::Refers, word);
        let of_lead = self.lead.iter().filter(|word| !self.is(Class::Article, word)).find(refers).filter(|_| !of);
        let relative = self.lead.first().filter(|word| self.is(Class::Who, word));
        if let Some(word) = self.rest.iter().find(refers).or(of_lead).or(relative) {
            return Err(say!("the sentence takes up what was said before (`{lower}`)", lower = word.lower));
        }
        if self.of_which {
            let rest = if self.rest.first().is_some_and(|word| self.is(Class::Reaches, word)) {
                &self.rest[1..]
            } else {
                &self.rest
            };
            return if rest.is_empty() || measure || self.cut {
                nothing()
            } else {
                Ok(Named::PartOfBefore(self.text(rest)))
            };
        }
        if self.rest.iter().take(3).any(|word| self.is(Class::Than, word)) {
            return unclear(say!("it is a difference"));
        }
        if let Some(word) = self.takes_up() {
            let torn = self.rest.len() == 1 && self.lead.last().is_some_and(|word| self.is(Class::Have, word));
            // "… and 486 to a match": its verb was said before.
            let torn = torn
                || self.rest.first().is_some_and(|word| self.is(Class::Preposition, word))
                    && !self.lead.iter().any(|word| self.is_verb(word));
            let whole = of && self.lead.len() <= 3 && !self.rest.is_empty() && !measure && !self.cut && !torn;
            return if whole {
                Ok(Named::PartOfBefore(self.done(&self.lead[1..])))
            } else {
                Err(say!("the sentence takes up what was said before (`{word}`)", word))
            };
        }
        if let Some(count) = self.ending(Class::Exists).filter(|_| !self.rest.is_empty() && !self.cut) {
            let place = &self.lead[..self.lead.len() - count];
            return Ok(Named::Label(format!("{} {}", self.text(&self.rest), self.small(place))));
        }
        if let Some(named) = self.reached(measure, of) {
            return named;
        }
        if self.money && !of {
            return self.spent();
        }
        if self.is_time() && !self.rest.get(1).is_some_and(|word| self.names_whole(word)) {
            return unclear(TIME);
        }
        if of && self.lead.len() == 1 && !self.rest.is_empty() {
            // "Of the 91 matches, 12 ended early"
            let verb = self.taken_over && self.rest.first().is_some_and(|word| self.is_verb(word));
            return if verb && self.rest.len() > 1 { Ok(Named::PartOfBefore(self.done(&[]))) } else { self.thing() };
        }
        let verbless = self.rest.first().is_some_and(|word| self.is_verb(word));
        let nameless =
            self.rest.first().is_none_or(|word| self.is(Class::Preposition, word) && !self.names_whole(word));
        if verbless && !of || nameless {
            return nothing();
        }
        if !of && self.rest.len() == 1 && self.words.is_quality(self.rest[0].lower) {
            return unclear(say!("what it counts is left out of the sentence"));
        }
        if self.cut {
            return unclear(say!("another number stands in what is said of it"));
        }
        let rest = self.text(&self.rest);
        if of {
            // "Of the farms visited, 121 had": before a comma all words are the whole's.
            let own = self.behind_comma && self.rest.first().is_some_and(|word| self.is_verb(word));
            let verb = (1..self.lead.len()).rev().find(|at| !own && self.is_verb(&self.lead[*at]));
            let verb = verb.unwrap_or(self.lead.len());
            let first = (1..verb).find(|at| !self.is(Class::Article, &self.lead[*at])).unwrap_or(verb);
            let whole = self.text(&self.lead[first..verb]);
            return if whole.is_empty() {
                nothing()
            } else {
                Ok(Named::Label(format!("{whole}: {}", self.done(&self.lead[verb..]))))
            };
        }
        if self.lead.is_empty() {
            let Some(verb) = self.verb() else { return Ok(Named::Label(rest)) };
            // "barn inte får": "barn som inte får".
            let denied = pack(self.passage.language).tags(self.rest[verb - 1].lower).has(Tag::Negation);
            let (counted, clause) = self.rest.split_at(if denied && verb > 1 { verb - 1 } else { verb });
            return Ok(Named::Label(format!("{} {} {}", self.text(counted), self.join(Class::Who), self.text(clause))));
        }
        if self.lead.len() == 1 && self.words.is_passive(self.lead[0].lower) {
            return self.passive();
        }
        if self.lead.len() == 1 && self.is(Class::Preposition, &self.lead[0]) {
            return self.located();
        }
        self.named()
    }

    /// "Andelen nöjda var …", "Vitet uppgick till …".
    fn reached(&self, measure: bool, of: bool) -> Option<Result<Named, Said>> {
        let count = self.ending(Class::Reaches)?;
        let subject = &self.lead[..self.lead.len() - count];
        if of || self.is(Class::Preposition, subject.first()?) {
            return None;
        }
        let (mut subject, rest) = (self.small(subject), self.text(&self.rest));
        let reaches = self.text(&self.lead[self.lead.len() - count..]).to_lowercase();
        let average = self.words.of_class(Class::Average).iter().find(|average| reaches.contains(**average));
        subject.extend(average.into_iter().flat_map(|average| [" ", average]));
        let leads = self.rest.first().is_some_and(|word| self.is(Class::Preposition, word));
        let label = match self.rest.as_slice() {
            [] => subject,
            _ if leads => format!("{subject} {rest}"),
            _ if self.behind.is_some() => format!("{subject}: {rest}"),
            // "43 dagar": the unit.
            [unit] => format!("{subject} ({})", unit.lower),
            [unit, place, ..] if measure && self.is(Class::Preposition, place) => {
                format!("{subject} {} ({})", self.text(&self.rest[1..]), unit.lower)
            }
            // "Kostnaden var 4 miljoner kronor lägre än …"
            _ if measure => return Some(Err(say!("the sentence says more of it than what it measures"))),
            _ => format!("{subject}: {rest}"),
        };
        Some(Ok(Named::Label(label)))
    }

    /// "Av de 312 journalerna saknade 47 en plan": what the part of the whole before it does.
    ///
    /// # Errors
    /// Where the sentence does not tell.
    pub fn part(&self, measure: bool) -> Result<Named, Said> {
        match self.lead.last() {
            Some(verb) if self.is_verb(verb) && !self.rest.is_empty() && !self.cut => {
                Ok(Named::PartOfBefore(self.done(&self.lead[self.lead.len() - 1..])))
            }
            _ => self.label(measure),
        }
    }

    /// Whether a measure of time stands behind the number.
    pub fn is_time(&self) -> bool {
        self.rest.first().is_some_and(|word| self.is(Class::Time, word))
    }

    /// Whether a label ends before it is whole: "en åtgärdsplan med", "gave an estimated".
    pub fn is_torn(&self, label: &str) -> bool {
        let lower = label.to_lowercase();
        let mut words = lower.split_whitespace().rev();
        let mut next = || words.next().unwrap_or("");
        let (last, before, earlier) = (next(), next(), next());
        let is = |class: Class, word: &str| self.words.is(class, word);
        let article = |word: &str| is(Class::Article, word);
        article(last)
            || is(Class::Clause, last)
            || is(Class::Conjunction, last)
            // "countries that mentees came from" is whole.
            || is(Class::Preposition, last) && (is(Class::Conjunction, before) || article(earlier))
            || article(before) && self.words.is_verb(last)
            || self.begins_torn(&lower)
    }

    /// "were women", "inte påbörjade"; "reports that …" begins with a noun.
    fn begins_torn(&self, lower: &str) -> bool {
        let mut words = lower.split_whitespace();
        let (Some(first), Some(next)) = (words.next(), words.next()) else { return false };
        let noun = [Class::Who, Class::Where, Class::Preposition].iter().any(|class| self.words.is(*class, next));
        self.words.is(Class::Verb, first) && !noun || pack(self.passage.language).tags(first).has(Tag::Negation)
    }

    /// What a part does, from the verb of the lead on; that it is something goes without saying.
    fn done(&self, lead: &[Word<'_>]) -> String {
        let own = self.rest.first().is_some_and(|word| self.is_verb(word));
        let verb = lead.iter().find(|word| self.is_verb(word)).filter(|word| !own && !self.is(Class::Reaches, word));
        let rest = match self.rest.first() {
            Some(first) if self.is(Class::Reaches, first) => &self.rest[1..],
            Some(first) if self.is(Class::Clause, first) || first.lower != self.join(Class::Who) => &self.rest[..],
            _ => self.rest.get(1..).unwrap_or_default(),
        };
        match verb {
            Some(verb) => format!("{} {}", verb.lower, self.text(rest)),
            None => self.text(rest),
        }
    }

    /// What a whole counts: the words directly behind it.
    ///
    /// # Errors
    /// There are none.
    pub fn thing(&self) -> Result<Named, Said> {
        let bracket = self.rest.iter().position(|word| word.behind_bracket);
        let end = self.verb().into_iter().chain(bracket).min().unwrap_or(self.rest.len());
        match self.text(&self.rest[..end]) {
            thing if thing.is_empty() || end == 1 && self.is_verb(&self.rest[0]) => {
                Err(say!("the sentence does not say what it counts"))
            }
            thing => Ok(Named::Label(thing)),
        }
    }

    /// Of whom or where it is said: "Station Norr klarade målet vid 412 av 447 larm".
    pub fn subject(&self) -> Option<String> {
        let verb = (1..self.lead.len()).find(|at| self.is_verb(&self.lead[*at]))?;
        let subject = self.small(&self.lead[..verb]);
        (self.takes_up().is_none() && !self.names_whole(&self.lead[0])).then_some(subject)
    }

    /// "Vid 52 förskolor finns en plan": what is so where.
    fn located(&self) -> Result<Named, Said> {
        let ends =
            |word: &Word<'_>| self.is_verb(word) || self.is(Class::Article, word) || self.is(Class::TakesUp, word);
        let Some(end) = (1..self.rest.len()).find(|at| ends(&self.rest[*at])) else {
            return Err(say!("the sentence does not say what is so there"));
        };
        let (counted, clause) = self.rest.split_at(end);
        if clause.len() < 2 {
            return Err(say!("the sentence does not say what is so there"));
        }
        let first = &clause[0];
        let others = clause[1..].iter().any(|word| self.is_verb(word));
        let clause = if self.is(Class::Have, first) {
            self.text(&clause[1..])
        } else if self.is(Class::Last, first) && !others {
            format!("{} {}", self.text(&clause[1..]), first.lower)
        } else if self.is_verb(first)
            && (self.words.is_definite(clause[1].lower) || self.is(Class::Expletive, &clause[1]))
        {
            format!("{} {} {}", clause[1].lower, first.lower, self.text(&clause[2..]))
        } else {
            self.text(clause)
        };
        let of = counted.iter().position(|word| self.names_whole(word));
        let counted = of.map_or(counted, |of| &counted[of + 1..]);
        Ok(Named::Label(format!("{} {} {clause}", self.text(counted), self.join(Class::Where))))
    }

    /// "Skadades 57 personer vid bränder": nobody is said to have done it.
    fn passive(&self) -> Result<Named, Said> {
        let noun = |word: &Word<'_>| self.words.is_definite(word.lower) && !self.words.is_quality(word.lower);
        let ends = |at: &usize| {
            let word = &self.rest[*at];
            self.is(Class::Preposition, word) || self.is(Class::Clause, word) || noun(&self.rest[at - 1])
        };
        let (counted, more) = self.rest.split_at((1..self.rest.len()).find(ends).unwrap_or(self.rest.len()));
        let (who, done) = (self.join(Class::Who), self.lead[0].lower);
        Ok(Named::Label(format!("{} {who} {done} {}", self.text(counted), self.text(more))))
    }

    /// "Enheten avslutade 71 ärenden", "Under året slutade 203 anställda": who did it, or when.
    fn named(&self) -> Result<Named, Said> {
        let rest = self.text(&self.rest);
        let who = self.join(Class::Who);
        let opens = self.is(Class::Preposition, &self.lead[0]);
        let verb = (1..self.lead.len()).rev().find(|at| self.is_verb(&self.lead[*at]));
        if self.rest.is_empty() {
            return Err(say!("the sentence does not say what it counts"));
        }
        if let (None, true, Some(verb)) = (verb, opens, self.verb()) {
            let (counted, clause) = (self.text(&self.rest[..verb]), self.text(&self.rest[verb..]));
            return Ok(Named::Label(format!("{counted} {who} {clause} {}", self.small(&self.lead))));
        }
        let Some(verb) = verb else {
            // "… utbildningen, 142 personer": named before.
            return Err(say!("its part of the sentence has no verb"));
        };
        if !opens {
            // "… bedömdes som ändamålsenliga vid 55 förskolor"
            let (last, before) = (self.lead.last(), &self.lead[..self.lead.len() - 1]);
            return Ok(Named::Label(match last.filter(|word| self.is(Class::Within, word)) {
                Some(_) => format!("{rest} {} {}", self.join(Class::Where), self.small(before)),
                None => format!("{rest} {who} {}", self.small(&self.lead)),
            }));
        }
        let (place, subject) = (self.small(&self.lead[..verb]), self.text(&self.lead[verb + 1..]));
        let said = self.text(&self.lead[verb..=verb]);
        if subject.is_empty() && (self.empty_subject || self.is(Class::Reaches, &self.lead[verb])) {
            return Ok(Named::Label(format!("{rest} {place}")));
        }
        if !subject.is_empty() {
            return Ok(Named::Label(format!("{rest} {who} {subject} {said} {place}")));
        }
        if subject.is_empty() && self.words.of_class(Class::Expletive).is_empty() {
            // "Between May and June the programme made": the subject stands before its verb.
            let free = |at: &usize| {
                self.is(Class::Article, &self.lead[*at]) && !self.is(Class::Preposition, &self.lead[at - 1])
            };
            let Some(subject) = (1..verb).rev().find(free) else {
                return Err(say!("the sentence does not say who did it"));
            };
            let (place, subject) = (self.small(&self.lead[..subject]), self.text(&self.lead[subject..verb]));
            return Ok(Named::Label(format!("{} {who} {subject} {said} {place}", self.text(&self.rest))));
        }
        let after = (1..self.rest.len()).find(|at| {
            self.is(Class::Preposition, &self.rest[*at])
                || self.is(Class::Article, &self.rest[*at])
                || self.is(Class::Clause, &self.rest[*at])
        });
        if self.is(Class::Have, &self.lead[verb]) {
            // "har 14 tjänster dragits in"
            let particle = self.rest.last().is_some_and(|word| self.is(Class::Particle, word));
            let done = self.rest.len().saturating_sub(1 + usize::from(particle));
            if done == 0 {
                return Err(say!("what it counts is left out of the sentence"));
            }
            let (counted, done) = self.rest.split_at(done);
            return Ok(Named::Label(format!("{} {who} {} {place}", self.text(counted), self.text(done))));
        }
        // "får 412 barn särskilt stöd": a noun that is counted, and what it gets.
        let noun = self.rest.first().filter(|word| lang::grammar(self.passage.language).is_counted_noun(word.lower));
        let after = noun.map_or(after, |_| Some(1));
        let (counted, more) = self.rest.split_at(after.unwrap_or(self.rest.len()));
        let more = if more.is_empty() { String::new() } else { format!(" {}", self.text(more)) };
        Ok(Named::Label(format!("{} {who} {said}{more} {place}", self.text(counted))))
    }
}
