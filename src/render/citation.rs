//! A report as reference managers take it: BibTeX and RIS, and the sentence of its imprint that says how to cite it.

use std::fmt::Write as _;

use crate::document::resolved::{ResolvedDocument, plain_text};
use crate::locale::Language;

/// The three forms of one citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    pub text: String,
    pub bibtex: String,
    pub ris: String,
}

/// What the forms have in common.
struct Facts<'a> {
    document: &'a ResolvedDocument,
    title: String,
    institution: String,
    number: Option<String>,
    /// A draft or a withdrawn report is cited as such.
    kind: String,
    keywords: Vec<&'a str>,
    address: Option<&'a str>,
}

impl Citation {
    /// `address` is that of the version on the website, where it is known.
    #[must_use]
    pub fn new(document: &ResolvedDocument, address: Option<&str>) -> Self {
        let label = |key: &str| document.labels.get(key).map(String::as_str).unwrap_or_default();
        let row = |key: &str| {
            let found = document.imprint.iter().find(|row| row.label == label(key))?;
            Some(line(&plain_text(&found.value)))
        };
        let publisher = &document.publisher;
        let institution = match &publisher.unit {
            Some(unit) => format!("{}, {unit}", publisher.name),
            None => publisher.name.clone(),
        };
        let subtitle = document.subtitle.as_deref().map(plain_text);
        // The title of an extract holds it already.
        let subtitle = subtitle.filter(|words| !document.title_text.to_lowercase().ends_with(&words.to_lowercase()));
        let title = match subtitle {
            Some(subtitle) => format!("{}: {subtitle}", document.title_text),
            None => document.title_text.clone(),
        };
        let kind = match document.status.notice_label() {
            Some(status) => format!("{}, {}", document.kind_label, label(status)),
            None => document.kind_label.clone(),
        };
        let facts = Facts {
            document,
            title: line(&title),
            institution: line(&institution),
            number: document.reference.as_deref().map(line),
            kind: line(&kind),
            keywords: document.keywords.iter().map(String::as_str).collect(),
            address,
        };
        let text = row("cite_as");
        let text = text.unwrap_or_else(|| format!("{} ({}). {}.", publisher.name, document.date.year, facts.title));
        Self { text, bibtex: bibtex(&facts), ris: ris(&facts) }
    }
}

/// Name of the file beside the page with the entry for BibTeX.
#[must_use]
pub fn bibtex_file(id: &str) -> String {
    format!("{id}.bib")
}

/// Name of the file beside the page with the entry in RIS.
#[must_use]
pub fn ris_file(id: &str) -> String {
    format!("{id}.ris")
}

/// One line: blanks of every kind are one plain blank, since neither form keeps lines.
fn line(text: &str) -> String {
    text.split_whitespace().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn bibtex(facts: &Facts<'_>) -> String {
    let document = facts.document;
    // What a key may not hold does not come into it; ids of reports seldom have any.
    let key: String = format!("{}-{}", document.id, document.version)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_') { c } else { '-' })
        .collect();
    let plain = |text: &str| tex(&line(text));
    let mut fields = vec![
        // An organisation: in braces of its own, or its last word would be taken for a family name.
        ("author", format!("{{{}}}", plain(&document.publisher.name))),
        ("title", kept(&facts.title)),
        ("institution", tex(&facts.institution)),
        ("type", tex(&facts.kind)),
    ];
    fields.extend(facts.number.iter().map(|number| ("number", tex(number))));
    fields.extend(document.series.iter().map(|series| ("series", kept(&line(series)))));
    fields.push(("version", tex(&document.version)));
    fields.push(("year", format!("{:04}", document.date.year)));
    fields.push(("date", document.date.iso.clone()));
    fields.extend(facts.address.map(|address| ("url", url(address))));
    fields.push(("langid", language(&document.language).to_owned()));
    if !facts.keywords.is_empty() {
        fields.push(("keywords", tex(&line(&facts.keywords.join(", ")))));
    }
    let mut out = format!("@techreport{{{key}");
    for (name, value) in fields {
        let _ = write!(out, ",\n  {name} = {{{value}}}");
    }
    out + "\n}\n"
}

/// Text as TeX prints it: UTF-8 as it is, and what TeX reads as signs of its own told in words.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            // Braces must pair even where they stand behind a backslash.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// A title whose words with capitals stay as they are in styles that set titles in small letters.
fn kept(title: &str) -> String {
    let words = title.split(' ').map(|word| {
        let written = tex(word);
        if word.chars().any(char::is_uppercase) { format!("{{{written}}}") } else { written }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// An address, which BibTeX styles print as it stands: what would end its field is written in hexadecimal.
fn url(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '{' | '}' | '\\' | ' ' | '"' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

/// The name by which TeX knows a language.
fn language(tag: &str) -> &'static str {
    match Language::find(tag).unwrap_or_default() {
        Language::Swedish => "swedish",
        Language::English => "british",
        Language::Norwegian => "norsk",
    }
}

/// Lines of two letters and a value, ended as the form asks for.
fn ris(facts: &Facts<'_>) -> String {
    let document = facts.document;
    let mut out = String::new();
    let mut add = |tag: &str, value: &str| {
        let _ = write!(out, "{tag}  - {}\r\n", line(value));
    };
    add("TY", "RPRT");
    add("AU", &document.publisher.name);
    add("TI", &facts.title);
    document.series.iter().for_each(|series| add("T2", series));
    add("PY", &format!("{:04}", document.date.year));
    add("DA", &day(&document.date.iso));
    add("PB", &facts.institution);
    add("M3", &facts.kind);
    facts.number.iter().for_each(|number| add("SN", number));
    add("ET", &document.version);
    add("LA", &document.language);
    add("AB", &document.description);
    facts.keywords.iter().for_each(|word| add("KW", word));
    facts.address.iter().for_each(|address| add("UR", address));
    out + "ER  - \r\n"
}

/// `2021/06/15/`, as precise as the date is: what is not known stays empty.
fn day(iso: &str) -> String {
    let mut parts = iso.splitn(3, '-');
    let mut next = || parts.next().unwrap_or_default();
    format!("{}/{}/{}/", next(), next(), next())
}

#[cfg(test)]
mod tests {
    use super::{day, kept, line, tex, url};

    #[test]
    fn signs_of_tex_are_told_and_letters_stay() {
        assert_eq!(tex("50 % å_b & c#d ${e}"), "50 \\% å\\_b \\& c\\#d \\$\\textbraceleft{}e\\textbraceright{}");
        assert_eq!(tex("a\\b~c^d"), "a\\textbackslash{}b\\textasciitilde{}c\\textasciicircum{}d");
    }

    #[test]
    fn words_with_capitals_are_kept_in_titles() {
        assert_eq!(kept("Stöd enligt LSS i Åre & Ö"), "{Stöd} enligt {LSS} i {Åre} \\& {Ö}");
    }

    #[test]
    fn an_address_cannot_end_its_field() {
        assert_eq!(url("https://exempel.se/a}b%20c#d"), "https://exempel.se/a%7Db%20c#d");
    }

    #[test]
    fn lines_and_dates_are_as_the_form_has_them() {
        assert_eq!(line("a\u{a0}b\n c\r\nER  - "), "a b c ER -");
        assert_eq!(day("2021-06-15"), "2021/06/15/");
        assert_eq!(day("2021-06"), "2021/06//");
        assert_eq!(day("2021"), "2021///");
    }
}
