//! Those who answered, among those who were asked: "Brevet gick till 48 skolor. 51 skolor har svarat."

use super::{HELP, near};
use crate::check::Context;
use crate::check::claim::{Fault, matches_over};
use crate::check::lang::Tag;
use crate::check::pattern::{Found, Patterns};
use crate::check::prose::Passage;
use crate::check::tokens::Token;
use crate::diagnostic::say;

static ANSWERED: Patterns = Patterns::new(&[
    // "Enkäten skickades till 48 skolor och 51 skolor svarade"; in the sentence after: "51 skolor har svarat"
    "<asked> word{0,4} asked=count noun{0,5} [ \".\" | \",\" | <joint> ]{1,2} noun{0,2} part=count noun{0,3} [ \"(\" percent \")\" noun{0,2} ]? <responded>",
    // "Resultaten bygger på svar från 132 elever"
    "<asked> word{0,4} asked=count noun{0,5} [ \".\" | \",\" | <joint> ]{1,2} word{0,6} <responded> word{0,2} part=count",
]);

/// The faults of a passage.
pub fn faults<'c>(context: &'c Context<'_>, at: usize, passage: &'c Passage) -> impl Iterator<Item = Fault> + use<'c> {
    matches_over(&ANSWERED, passage).filter_map(move |found| answered(context, at, &found))
}

fn answered(context: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let (asked, part) = (found.number("asked")?, found.number("part")?);
    if part.value <= asked.value || asked.bound && part.bound {
        return None;
    }
    let noun = found.named("part").and_then(|part| found.tokens.get(part.end)).filter(|next| !next.has(Tag::Responded));
    let of_asked = &context.claims.claim(at, found.at("asked")?)?.counted;
    // "Enkäten gick till 12 kommuner. 340 personer svarade" counts other things; what has no noun may be others where it is far more.
    let same = match noun.and_then(Token::stem) {
        Some(noun) => of_asked.iter().any(|known| known == noun),
        None => near(asked.value, part.value, 4),
    };
    same.then(|| Fault {
        passage: at,
        range: part.range.start..found.bytes().end,
        message: say!(
            "{part} answers are more than the {asked} that were asked",
            part = part.value,
            asked = asked.value
        ),
        help: HELP,
        also: Some((at, asked.range.clone(), say!("those who were asked"))),
    })
}
