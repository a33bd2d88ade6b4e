//! Which words stay whole and which stay together: names and abbreviations, the last words of a paragraph, numbers and what they count.
//! Marked in what the templates get: a text that holds such words has `stretches`, each with its `text`, whether it is `whole`,
//! and whether a line may be broken behind it (`breaks`), as within names of files.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::{Value as Json, json};

/// The last two words of a paragraph that are longer than this together may stand on two lines.
const LAST_WORDS: usize = 36;

/// A longer word may stand on the line after its number.
const COUNTED: usize = 10;

/// A space at which no line ends.
const NO_BREAK: &str = "\u{a0}";

/// A place where a line ends within a word: the words up to it, and the rest of the word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Parted {
    before: String,
    after: String,
}

impl Parted {
    /// By a line that ends within a word, and the next one.
    pub(super) fn between(line: &str, next: &str) -> Option<Self> {
        let line = line.strip_suffix('\u{ad}')?;
        // With the word before it, so that the place is the only one of its kind.
        let start = line.rmatch_indices(char::is_whitespace).nth(1).map_or(0, |(at, blank)| at + blank.len());
        Some(Self { before: line[start..].into(), after: next.split_whitespace().next()?.into() })
    }

    /// Where the word stands in a text that has it at this place.
    fn find(&self, text: &str) -> Option<Range<usize>> {
        let at = text.find(&[&*self.before, &*self.after].concat())?;
        let word = self.before.rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
        let word = (word..self.before.len()).find(|at| self.before.is_char_boundary(*at))?;
        Some(at + word..at + self.before.len() + self.after.len())
    }
}

/// Marks the words of every paragraph.
pub(super) fn keep(blocks: &mut Json, names: &BTreeSet<&str>, parted: &BTreeSet<Parted>) {
    match blocks {
        Json::Array(items) => items.iter_mut().for_each(|item| keep(item, names, parted)),
        Json::Object(map) if map.get("type").is_some_and(|kind| kind == "paragraph") => {
            let mut leaves = Vec::new();
            map.values_mut().for_each(|content| collect(content, &mut leaves));
            keep_in_paragraph(&mut leaves, names, parted);
        }
        Json::Object(map) => map.values_mut().for_each(|value| keep(value, names, parted)),
        _ => {}
    }
}

/// Whether a paragraph that was marked has a place where a line ended within a word.
pub(super) fn stand_in(blocks: &Json, place: &Parted) -> bool {
    match blocks {
        Json::Array(items) => items.iter().any(|item| stand_in(item, place)),
        Json::Object(map) if map.get("type").is_some_and(|kind| kind == "paragraph") => map.values().any(|content| {
            let mut text = String::new();
            join(content, &mut text);
            place.find(&text).is_some()
        }),
        Json::Object(map) => map.values().any(|value| stand_in(value, place)),
        _ => false,
    }
}

/// The text of inline nodes.
fn join(inlines: &Json, text: &mut String) {
    for inline in inlines.as_array().into_iter().flatten() {
        match inline.get("content") {
            Some(content) => join(content, text),
            None => text.push_str(&numbers_bound(inline["text"].as_str().unwrap_or_default())),
        }
    }
}

/// The inline nodes that hold text themselves, in their order.
fn collect<'a>(inlines: &'a mut Json, leaves: &mut Vec<&'a mut Json>) {
    for inline in inlines.as_array_mut().into_iter().flatten() {
        match inline.get("content") {
            Some(_) => collect(&mut inline["content"], leaves),
            None if inline["text"].is_string() => leaves.push(inline),
            None => {}
        }
    }
}

fn keep_in_paragraph(leaves: &mut [&mut Json], names: &BTreeSet<&str>, parted: &BTreeSet<Parted>) {
    let texts = leaves.iter().map(|leaf| numbers_bound(leaf["text"].as_str().unwrap_or_default()));
    let mut starts = Vec::new();
    let mut all = String::new();
    for text in texts {
        starts.push(all.len());
        all.push_str(&text);
    }
    let mut whole: Vec<Range<usize>> = words(&all).filter(|word| is_name(&all[word.clone()], names)).collect();
    whole.extend(parted.iter().filter_map(|place| place.find(&all)));
    if let Some((first, space)) = last_words(&all) {
        if all[space..].starts_with(' ') {
            all.replace_range(space..=space, NO_BREAK);
            // What follows has moved on by what the space is longer.
            let moved = |at: usize| if at > space { at + NO_BREAK.len() - 1 } else { at };
            starts.iter_mut().for_each(|start| *start = moved(*start));
            whole.iter_mut().for_each(|word| *word = moved(word.start)..moved(word.end));
        }
        whole.push(first..all.trim_end().len());
    } else if let Some(last) = words(&all).last() {
        whole.push(last);
    }
    starts.push(all.len());
    for (leaf, place) in leaves.iter_mut().zip(starts.windows(2)) {
        if matches!(leaf["type"].as_str(), Some("text" | "figure")) {
            set(leaf, &all, place[0]..place[1], &whole);
        }
    }
}

/// Writes a node of text anew, with its stretches.
fn set(leaf: &mut Json, all: &str, place: Range<usize>, whole: &[Range<usize>]) {
    let is_whole = |at: usize| whole.iter().any(|word| word.contains(&at));
    let text = &all[place.clone()];
    let pieces = piece_of_each_character(leaf);
    let mut stretches: Vec<(usize, bool, String)> = Vec::new();
    for (number, (at, c)) in text.char_indices().enumerate() {
        let (piece, no_word) = pieces.get(number).copied().unwrap_or_default();
        let whole = no_word || is_whole(place.start + at);
        match stretches.last_mut() {
            Some((last, is_whole, stretch)) if (*last, *is_whole) == (piece, whole) => stretch.push(c),
            _ => stretches.push((piece, whole, c.into())),
        }
    }
    leaf["text"] = text.into();
    if stretches.iter().any(|(_, whole, _)| *whole) {
        let next = stretches.iter().skip(1).map(|(piece, ..)| Some(*piece)).chain([None]);
        let ends = next.zip(&stretches).map(|(next, (piece, ..))| next.is_some_and(|next| next != *piece));
        let all = ends.zip(&stretches);
        leaf["stretches"] =
            all.map(|(ends, (_, whole, text))| json!({ "text": text, "whole": whole, "breaks": ends })).collect();
    }
}

/// The number of the piece (see `layout::pieces`) in which each character of a node stands, and whether that is no word of a language. It
/// goes by characters, since spaces that do not break are longer.
fn piece_of_each_character(leaf: &Json) -> Vec<(usize, bool)> {
    let pieces = leaf.get("pieces").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
    let each =
        pieces.enumerate().flat_map(|(number, piece)| piece.chars().map(move |_| (number, !piece.contains(' '))));
    each.collect()
}

/// Where the last two words begin and the space between them stands, where they are short enough to stay on a line. A paragraph that is
/// marked again, with the pages set anew, has the space that does not break there already.
fn last_words(all: &str) -> Option<(usize, usize)> {
    let text = all.trim_end();
    let space = text.rfind(char::is_whitespace).filter(|at| text[*at..].starts_with([' ', '\u{a0}']))?;
    let first =
        text[..space].rfind(char::is_whitespace).map(|at| at + text[at..].chars().next().map_or(1, char::len_utf8))?;
    (text[first..].chars().count() <= LAST_WORDS).then_some((first, space))
}

/// The places of words; no-break spaces part them as well.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let parts = text.split_inclusive(char::is_whitespace).scan(0, |at, part| {
        let start = *at;
        *at += part.len();
        Some(start..start + part.trim_end().len())
    });
    parts.filter(|word| !word.is_empty())
}

/// Whether a word is of a name, perhaps with an ending, or all in capitals.
fn is_name(word: &str, names: &BTreeSet<&str>) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let capitals = bare.chars().filter(|c| c.is_uppercase()).count();
    let in_capitals = capitals > 1 && !bare.chars().any(char::is_lowercase);
    let ending = bare.strip_suffix('s').unwrap_or(bare);
    in_capitals || names.contains(bare) || names.contains(ending)
}

/// A text in which numbers stay with the rest of their digits and with what they count.
fn numbers_bound(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let bound = c == ' ' && {
            let before = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
            let after = text[at + 1..].split(char::is_whitespace).next().unwrap_or_default();
            stays_with(before, after)
        };
        out.push(if bound { '\u{a0}' } else { c });
    }
    out
}

/// Whether what stands after a space is more of the number before it, or what that counts.
fn stays_with(before: &str, after: &str) -> bool {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let is_number = before.ends_with(|c: char| c.is_ascii_digit());
    let is_year = before.len() == 4 && (before.starts_with("19") || before.starts_with("20"));
    let Some(first) = after.chars().next() else { return false };
    if first.is_ascii_digit() {
        let more = is_number && digits(before) <= 3 && digits(after) == 3;
        return more || before == "§";
    }
    let counted = first.is_lowercase() && after.chars().count() <= COUNTED && !is_year;
    is_number && (counted || matches!(first, '%' | '‰' | '°' | '§' | '€' | '$' | '£'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(content: Json, names: &[&str], parted: &[Parted]) -> String {
        let mut block = json!({ "type": "paragraph", "content": content });
        keep(&mut block, &names.iter().copied().collect(), &parted.iter().cloned().collect());
        let mut out = String::new();
        let mut leaves = Vec::new();
        collect(&mut block["content"], &mut leaves);
        for leaf in leaves {
            match leaf["stretches"].as_array() {
                None => out.push_str(leaf["text"].as_str().unwrap()),
                Some(pieces) => pieces.iter().for_each(|piece| {
                    let text = piece["text"].as_str().unwrap();
                    out.push_str(&if piece["whole"] == true { format!("[{text}]") } else { text.into() });
                    out.push_str(if piece["breaks"] == true { "|" } else { "" });
                }),
            }
        }
        out.replace('\u{a0}', "~")
    }

    fn text(words: &str) -> Json {
        json!({ "type": "text", "text": words })
    }

    #[test]
    fn names_and_last_words_are_whole() {
        let content = json!([text("Enligt Skärholmens plan (SIP) ska de granskas.")]);
        assert_eq!(
            kept(content, &["Skärholmen"], &[]),
            "Enligt [Skärholmens] plan [(SIP)] ska de~[granskas.]".replace("de~[", "[de~")
        );
        assert_eq!(kept(json!([text("Två ord")]), &[], &[]), "Två [ord]");
        let long = kept(json!([text("De gör kvalitetsgranskningar av sysselsättningsverksamheterna.")]), &[], &[]);
        assert_eq!(long, "De gör kvalitetsgranskningar [av~sysselsättningsverksamheterna.]");
        let longer = kept(json!([text("De gör kvalitetsgranskningar sysselsättningsverksamheter.")]), &[], &[]);
        assert_eq!(longer, "De gör kvalitetsgranskningar [sysselsättningsverksamheter.]");
    }

    #[test]
    fn a_paragraph_that_is_marked_again_is_marked_alike() {
        let mut block = json!({ "type": "paragraph", "content": [text("Enligt planen ska 12 ärenden"), text(" noggrant granskas.")] });
        keep(&mut block, &BTreeSet::new(), &BTreeSet::new());
        assert_eq!(
            block["content"][1]["stretches"][1],
            json!({ "text": "noggrant\u{a0}granskas.", "whole": true, "breaks": false })
        );
        let once = block.clone();
        keep(&mut block, &BTreeSet::new(), &BTreeSet::new());
        assert_eq!(block, once);
    }

    #[test]
    fn names_beside_a_name_of_a_file_are_whole_and_the_file_is_broken() {
        let mut content = json!([text("Filen slutversion_rev.docx nämner Exempelstads register och fler 12 saker.")]);
        content[0]["pieces"] =
            json!(["Filen slutversion_", "rev.", "docx nämner Exempelstads register och fler 12 saker."]);
        assert_eq!(
            kept(content, &["Exempelstad"], &[]),
            "Filen slutversion_|[rev.]|docx nämner [Exempelstads] register och fler [12~saker.]"
        );
    }

    #[test]
    fn words_over_several_nodes_are_one() {
        let strong = json!({ "type": "strong", "content": [text("mycket ")] });
        let note = json!({ "type": "note", "number": 1 });
        let content = json!([text("Det är "), strong, text("bra"), note, text(".")]);
        assert_eq!(kept(content, &[], &[]), "Det är [mycket~][bra][.]");
    }

    #[test]
    fn numbers_stay_with_their_digits_and_with_what_they_count() {
        let shown = |words: &str| numbers_bound(words).replace('\u{a0}', "~");
        assert_eq!(shown("av 136 000 kronor"), "av 136~000~kronor");
        assert_eq!(shown("med 12 % enligt 5 kap. 2 § och § 7"), "med 12~% enligt 5~kap. 2~§ och §~7");
        assert_eq!(shown("under 2019 och 2020 Anna 12345 678"), "under 2019 och 2020 Anna 12345 678");
        assert_eq!(shown("25 sysselsättningsverksamheter"), "25 sysselsättningsverksamheter");
    }

    #[test]
    fn a_word_that_was_parted_is_whole_where_it_was() {
        let place = Parted::between("och den årliga upp\u{ad}", "följningen av alla").unwrap();
        let content = json!([text("En uppföljningen och den årliga uppföljningen av alla i år.")]);
        assert_eq!(kept(content, &[], &[place]), "En uppföljningen och den årliga [uppföljningen] av alla [i~år.]");
        assert_eq!(Parted::between("ingen delning", "här"), None);
    }
}
