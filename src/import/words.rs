//! Words by which documents say what a paragraph is, in the languages that word processors name their styles in.

/// Names of styles, in small letters without blanks, and what they are of.
const STYLES: &[(&str, Style)] = &[
    ("title", Style::Title),
    ("rubrik", Style::Title),
    ("titel", Style::Title),
    ("tittel", Style::Title),
    ("subtitle", Style::Subtitle),
    ("underrubrik", Style::Subtitle),
    ("undertittel", Style::Subtitle),
    ("underrubriktitel", Style::Subtitle),
    ("author", Style::Author),
    ("författare", Style::Author),
    ("date", Style::Date),
    ("datum", Style::Date),
    ("dato", Style::Date),
    ("caption", Style::Caption),
    ("beskrivning", Style::Caption),
    ("bildtext", Style::Caption),
    ("bildetekst", Style::Caption),
    ("tablecaption", Style::Caption),
    ("imagecaption", Style::Caption),
    ("table", Style::Caption),
    ("figure", Style::Caption),
    ("drawing", Style::Caption),
    ("illustration", Style::Caption),
    ("quote", Style::Quotation),
    ("citat", Style::Quotation),
    ("sitat", Style::Quotation),
    ("intensequote", Style::Quotation),
    ("starktcitat", Style::Quotation),
    ("blocktext", Style::Quotation),
    ("blockquote", Style::Quotation),
    ("quotations", Style::Quotation),
    ("definitionterm", Style::Term),
    ("definition", Style::Description),
    ("sourcecode", Style::Code),
    ("preformattedtext", Style::Code),
    ("tocheading", Style::Contents),
    ("innehållsförteckningsrubrik", Style::Contents),
    ("contentsheading", Style::Contents),
];

/// What a style is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Heading(u8),
    Title,
    Subtitle,
    Author,
    Date,
    Caption,
    Quotation,
    Term,
    Description,
    Code,
    /// A table of contents, or its heading.
    Contents,
}

/// What a style of this name is of.
pub fn style(name: &str) -> Option<Style> {
    let name: String = name.to_lowercase().chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_')).collect();
    let level = |word: &str| name.strip_prefix(word)?.parse::<u8>().ok().filter(|level| (1..=9).contains(level));
    if let Some(level) = ["heading", "rubrik", "overskrift"].into_iter().find_map(level) {
        return Some(Style::Heading(level.min(6)));
    }
    if ["toc", "innehåll", "contents", "inh", "tableoffigures"].into_iter().any(|word| level(word).is_some())
        || matches!(name.as_str(), "tableoffigures" | "figurförteckning")
    {
        return Some(Style::Contents);
    }
    STYLES.iter().find(|(known, _)| *known == name).map(|(_, style)| *style)
}

/// What a caption is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Captioned {
    Table,
    Chart,
    Picture,
}

const CAPTIONS: &[(&str, Captioned)] = &[
    ("tabell", Captioned::Table),
    ("table", Captioned::Table),
    ("diagram", Captioned::Chart),
    ("chart", Captioned::Chart),
    ("figur", Captioned::Picture),
    ("figure", Captioned::Picture),
    ("bild", Captioned::Picture),
    ("bilde", Captioned::Picture),
    ("picture", Captioned::Picture),
];

/// "Tabell 3. Besök per månad": what it is a caption of, the number as written, and the rest.
pub fn caption(text: &str) -> Option<(Captioned, &str, &str)> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphabetic())?;
    let (word, rest) = text.split_at(end);
    let word = word.to_lowercase();
    let (_, captioned) = CAPTIONS.iter().find(|(known, _)| *known == word)?;
    let rest = rest.trim_start_matches([' ', '\u{a0}']);
    let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let number = rest[..digits].trim_end_matches('.');
    (!number.is_empty() && number.starts_with(|c: char| c.is_ascii_digit())).then(|| {
        let rest = rest[number.len()..].trim_start_matches(['.', ':', ' ', '\u{a0}', '–', '—', '-', '\t']);
        (*captioned, number, rest)
    })
}

/// "Källa: …" as what follows the colon.
pub fn source(text: &str) -> Option<&str> {
    after(text, &["källa", "källor", "source", "sources", "kilde", "kilder"])
}

/// "Anm.: …" as what follows the colon.
pub fn note(text: &str) -> Option<&str> {
    after(text, &["anm", "anm.", "anmärkning", "not", "kommentar", "note", "merknad"])
}

fn after<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let (word, rest) = text.trim_start().split_once(':')?;
    words.contains(&word.trim().to_lowercase().as_str()).then(|| rest.trim_start())
}

/// A heading of a table of contents.
pub fn is_contents(heading: &str) -> bool {
    ["innehåll", "innehållsförteckning", "contents", "table of contents", "innhold", "innholdsfortegnelse"]
        .contains(&heading.trim().trim_end_matches(':').to_lowercase().as_str())
}
