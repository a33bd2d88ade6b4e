//! A source as it is given to Hayagriva: what it has no way of knowing is put where the style looks for it.

use hayagriva::Entry;
use hayagriva::types::{EntryType, FormatString};

/// Stands for the hyphens of a number: Hayagriva takes 2023-3-1 for a span of numbers.
pub const HYPHEN: &str = "\u{2011}";

/// The source as it is cited.
pub fn as_cited(entry: &Entry) -> Entry {
    let mut entry = match entry.entry_type() {
        // Only what stands in another source is its original.
        EntryType::Original => as_book(entry),
        _ => entry.clone(),
    };
    if *entry.entry_type() == EntryType::Legislation {
        number_of_statute(&mut entry);
    }
    if matches!(entry.entry_type(), EntryType::Audio | EntryType::Video)
        && let Some(series) = entry.parents().first().and_then(|parent| parent.title()).cloned()
    {
        entry.set_call_number(series);
    }
    if let Some(number) = entry.keyed_serial_number("serial").filter(|number| number.contains('-')) {
        let number = number.replace('-', HYPHEN);
        entry.set_keyed_serial_number("serial", number);
    }
    entry
}

fn as_book(entry: &Entry) -> Entry {
    let mut book = Entry::new(entry.key(), EntryType::Book);
    entry.title().cloned().into_iter().for_each(|title| book.set_title(title));
    entry.authors().into_iter().for_each(|authors| book.set_authors(authors.to_vec()));
    entry.editors().into_iter().for_each(|editors| book.set_editors(editors.to_vec()));
    entry.date().copied().into_iter().for_each(|date| book.set_date(date));
    entry.publisher().cloned().into_iter().for_each(|publisher| book.set_publisher(publisher));
    entry.url().cloned().into_iter().for_each(|url| book.set_url(url));
    book
}

/// "Skollag (2010:800)" is the statute SFS 2010:800: its number stands before the title, and once.
fn number_of_statute(entry: &mut Entry) {
    let Some(title) = entry.title().map(ToString::to_string) else { return };
    let numbered = title.match_indices('(').find_map(|(start, _)| {
        let number = title[start + 1..].split_once(')')?.0;
        let (year, running) = number.split_once(':')?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        (year.len() == 4 && digits(year) && digits(running)).then_some((start, number))
    });
    let Some((start, number)) = numbered else { return };
    let rest = title[start + number.len() + 2..].trim_start();
    let without = format!("{} {rest}", title[..start].trim_end());
    if entry.keyed_serial_number("serial").is_none() {
        entry.set_keyed_serial_number("serial", format!("SFS {number}"));
    }
    entry.set_title(FormatString::with_value(without.trim()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(source: &str) -> Entry {
        let library = hayagriva::io::from_yaml_str(&format!("a: {{{source}}}")).unwrap();
        as_cited(library.get("a").unwrap())
    }

    #[test]
    fn a_statute_is_known_by_its_number() {
        let words = |source: &str| {
            let entry = cited(source);
            (entry.title().unwrap().to_string(), entry.keyed_serial_number("serial").map(str::to_owned))
        };
        let told = |title: &str, number: &str| (title.to_owned(), Some(number.to_owned()));
        assert_eq!(words("type: legislation, title: \"Skollag (2010:800)\""), told("Skollag", "SFS 2010:800"));
        assert_eq!(
            words("type: legislation, title: \"Lag (1993:387) om stöd\", serial-number: SFS 1993:387"),
            told("Lag om stöd", "SFS 1993:387")
        );
        assert_eq!(words("type: legislation, title: Kommunallag (ny)").1, None);
        assert_eq!(words("type: book, title: Skollag (2010:800)").0, "Skollag (2010:800)");
    }
}
