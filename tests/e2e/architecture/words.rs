//! Words of a language that stand in code: literals that a text is held against. What is written for an author is none.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Calls, fields and macros whose texts are written and never looked for.
const WRITTEN: &[&str] = &["also", "help", "join", "title", "meaning", "say"];

/// The texts of the literals that may be read, as they are between their marks, from the tokens of a file.
pub fn texts(tokens: TokenStream) -> Vec<String> {
    let mut out = Vec::new();
    collect(tokens, false, &mut out);
    out
}

fn collect(tokens: TokenStream, written: bool, out: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut pending = written;
    for (at, token) in tokens.iter().enumerate() {
        let [before, earlier] = [1, 2].map(|back| at.checked_sub(back).map(|at| &tokens[at]));
        match token {
            TokenTree::Ident(name) if WRITTEN.iter().any(|known| name == known) => pending = true,
            TokenTree::Punct(sign) if matches!(sign.as_char(), ',' | ';') => pending = written,
            // An attribute, which a comment for documentation is as well.
            TokenTree::Group(_) if is_sign(before, '#') || is_sign(before, '!') && is_sign(earlier, '#') => {}
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && is_text(group.stream()) => {}
            TokenTree::Group(group) => collect(group.stream(), pending, out),
            // A row of a macro that declares the names of lists: `Have = "have",`.
            TokenTree::Literal(_) if is_sign(before, '=') && is_sign(tokens.get(at + 1), ',') => {}
            // The value of an arm.
            TokenTree::Literal(_) if is_sign(before, '>') && is_sign(earlier, '=') => {}
            TokenTree::Literal(literal) if !pending => out.extend(text(&literal.to_string())),
            _ => {}
        }
    }
}

/// Whether tokens are one text, perhaps made an owned one: the value of a branch.
fn is_text(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    matches!(&tokens[..], [TokenTree::Literal(_)])
        || matches!(&tokens[..], [TokenTree::Literal(_), TokenTree::Punct(_), TokenTree::Ident(to), TokenTree::Group(_)] if to == "to_owned")
}

fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(found)) if found.as_char() == sign)
}

/// What stands between the marks of a string or character; bytes are no text.
fn text(literal: &str) -> Option<String> {
    let inner = literal.trim_start_matches('r').trim_matches('#');
    let mark = inner.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    Some(inner.strip_prefix(mark)?.strip_suffix(mark)?.to_owned())
}

/// What the patterns among some texts call the elements that they find: "part" of `part=count <of> base=count`.
pub fn names(texts: &[String]) -> BTreeSet<&str> {
    let elements = texts.iter().flat_map(|text| text.split_whitespace());
    elements.filter_map(|element| Some(element.split_once('=')?.0)).filter(|name| !name.is_empty()).collect()
}

/// The words and parts of words of a file of a language's pack, in its lists.
pub fn forms(file: &str) -> impl Iterator<Item = &str> {
    let listed = file.lines().filter_map(|line| line.strip_prefix("  "));
    let words = listed.flat_map(|line| line.split(',')).map(|word| word.trim().trim_matches('*'));
    // A number word has its value behind it.
    let words = words.map(|word| match word.rsplit_once(' ') {
        Some((word, value)) if value.bytes().all(|byte| byte.is_ascii_digit()) => word,
        _ => word,
    });
    words.filter(|word| word.contains(char::is_alphabetic))
}

/// Whether a text is one of a language: it has letters that English does without, or a pack lists it. A code in capitals is the same in all.
pub fn is_word(text: &str, forms: &BTreeSet<String>) -> bool {
    let code = text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let foreign = text.contains(|c: char| c.is_alphabetic() && !c.is_ascii());
    foreign || !code && forms.contains(&text.trim().to_lowercase())
}
