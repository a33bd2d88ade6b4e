//! What an amount of money was for: "the council spent £512,000 on repairs" counts nothing but money.

use super::label::Named;
use super::statement::Statement;
use super::words::Class;
use crate::diagnostic::{Said, say};

impl Statement<'_> {
    /// "Amount that the council spent on repairs", from the words around the amount.
    ///
    /// # Errors
    /// Why the sentence does not tell.
    pub(super) fn spent(&self) -> Result<Named, Said> {
        let unclear = |why: Said| Err(why);
        // "Fines were imposed on 3 of them, £24,000 in total": the verb is said of the number before.
        if self.cut || self.taken_over {
            return unclear(say!("another number stands in what is said of it"));
        }
        let (sum, who) = (self.join(Class::Sum), self.join(Class::Who));
        let rest = self.text(&self.rest);
        let done = self.rest.first().is_some_and(|word| self.is_verb(word));
        let Some(verb) = (0..self.lead.len()).find(|at| self.is_verb(&self.lead[*at])) else {
            return match self.lead.split_last() {
                // "£512,000 was spent on repairs"
                None if done => Ok(Named::Label(format!("{sum} {who} {rest}"))),
                // "Savings of £83,000 were made on heating"
                Some((last, thing)) if done && !thing.is_empty() && self.is(Class::Preposition, last) => {
                    Ok(Named::Label(format!("{} {who} {rest}", self.small(thing))))
                }
                _ => unclear(say!("its part of the sentence has no verb")),
            };
        };
        if done {
            return unclear(say!("the sentence says more of it than what it measures"));
        }
        let (before, after) = (&self.lead[..verb], &self.lead[verb + 1..]);
        let said = self.text(&self.lead[verb..=verb]).to_lowercase();
        if before.first().is_none_or(|first| self.is(Class::Who, first)) {
            return unclear(say!("the sentence does not say who did it"));
        }
        if !self.is(Class::Preposition, &before[0]) {
            return Ok(Named::Label(format!("{sum} {who} {} {rest}", self.small(&self.lead))));
        }
        if self.words.of_class(Class::Expletive).is_empty() {
            // "In March the library bought books for": the subject stands before its verb.
            let free =
                |at: &usize| self.is(Class::Article, &before[*at]) && !self.is(Class::Preposition, &before[at - 1]);
            let Some(subject) = (1..verb).rev().find(free) else {
                return unclear(say!("the sentence does not say who did it"));
            };
            let (place, clause) = (self.small(&before[..subject]), self.text(&self.lead[subject..]));
            return Ok(Named::Label(format!("{sum} {who} {clause} {rest} {place}")));
        }
        // "På uppvärmningen sparades", "I mars betalade biblioteket": who did it stands behind the verb, if it is said.
        let place = self.small(before);
        match after {
            [] if self.words.is_passive(&said) => Ok(Named::Label(format!("{sum} {who} {said} {rest} {place}"))),
            [subject] if self.words.is_definite(subject.lower) || self.is_name(subject) => {
                let subject = self.text(std::slice::from_ref(subject));
                Ok(Named::Label(format!("{sum} {who} {subject} {said} {rest} {place}")))
            }
            _ => unclear(say!("the sentence does not say in one piece what it counts")),
        }
    }
}
