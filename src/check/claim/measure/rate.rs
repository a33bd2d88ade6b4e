//! So many at a price and so many times a year, against the number that they make.

use super::{Kind, close, fault};
use crate::check::Context;
use crate::check::claim::{Fault, all_bound, number_text};
use crate::check::lang::Tag;
use crate::check::pattern::{Found, Patterns};
use crate::check::tokens::Token;
use crate::diagnostic::say;

/// "Avgiften är 350 kronor per besök. För de 40 besöken fakturerades 14 000 kronor."
pub static PRODUCT: Kind = Kind {
    patterns: Patterns::new(&[
        "n=count noun{1,3} [ word | \",\" ]{0,6} product=money",
        // "för 400 tillfällen med 9 kronor per tillfälle, sammanlagt 3 600 kronor"
        "n=count noun{1,3} word{0,2} money <per> noun{1,2} \",\" [ <total> | <equals> ] word{0,2} product=money",
    ]),
    judge: product,
};

static PRICE: Patterns = Patterns::new(&["price=money <per> unit=noun{1,2}"]);

fn product(context: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (n, product) = (found.number("n")?, found.number("product")?);
    // "De 40 pianolektionerna och 20 danslektionerna kostade 21 000 kronor": what is joined makes it together.
    if found.named("n")?.start.checked_sub(1).is_some_and(|before| found.tokens[before].has(Tag::Joint)) {
        return None;
    }
    // "1 200 besöken i Ekvik och 380 kronor per besök för de 800": another price.
    let place = found.named("product")?;
    let joined = found.tokens[found.named("n")?.end..place.start]
        .iter()
        .any(|token| token.has(Tag::Joint) && !token.has(Tag::Equals));
    if joined && found.tokens.get(place.end).is_some_and(|next| next.has(Tag::Per)) {
        return None;
    }
    // "3 000 kronor per deltagare, vilket är lägre än de 3 500 kronor": another price.
    if found.tokens[found.named("n")?.end..place.start]
        .iter()
        .any(|token| token.tags.any(&[Tag::Than, Tag::MoreThan, Tag::FewerThan]))
    {
        return None;
    }
    let counted = &context.claims.claim(at, found.at("n")?)?.counted;
    let each = PRICE[0].find(passage, &(0..passage.text.len())).find(|price| {
        let unit: Vec<&str> =
            price.tokens[price.named("unit").unwrap_or(0..0)].iter().filter_map(Token::stem).collect();
        price.at("price") != found.at("product")
            && counted.iter().any(|stem| unit.iter().any(|unit| is_kind_of(stem, unit)))
    })?;
    let price = each.number("price")?;
    let exact = price.value.checked_mul(n.value)?;
    if exact == product.value || all_bound([Some(n), Some(product), Some(price)]) || close(passage, product, exact) {
        return None;
    }
    let own = fault(
        at,
        found,
        say!(
            "{first} at {second} make {exact}, not {third}",
            exact,
            first = number_text(n),
            second = number_text(price),
            third = number_text(product)
        ),
    );
    // "27 mnkr, vilket ger 650 000 kronor per avtal": any of the three may be the wrong one.
    let sentence = passage.sentence(product.range.start);
    let end = if sentence.contains(&price.range.start) { price.range.end.max(own.range.end) } else { own.range.end };
    Some(Fault { range: own.range.start..end, ..own })
}

/// Whether a word is another or a compound of it: "deltagartillfällen" are "tillfällen".
fn is_kind_of(word: &str, kind: &str) -> bool {
    word == kind || kind.chars().count() > 3 && word.ends_with(kind)
}
