//! The style of citations, and its words.

use std::sync::LazyLock;

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, Locale as CslLocale, Style};

/// APA's style as it is written in the languages of reports.
pub struct Styles {
    /// "(Vik, 2014)"
    pub short: IndependentStyle,
    /// "(S. Vik, 2014)": where another author would be cited in the same words.
    pub named: IndependentStyle,
}

/// Unpacked when the first report of a run that has sources asks for it.
pub static STYLES: LazyLock<Option<Styles>> = LazyLock::new(|| {
    let Style::Independent(apa) = ArchivedStyle::AmericanPsychologicalAssociation.get() else { return None };
    let short = with(apa, IndependentStyle::from_xml(include_str!("../csl/differences.csl")).ok()?);
    let mut named = short.clone();
    let names = named.macros.iter().find(|known| known.name == "author-named")?.children.clone();
    named.macros.iter_mut().find(|known| known.name == "author-short")?.children = names;
    Some(Styles { short, named })
});

/// The style with what differs: macros take the place of those with their name, words come before those of the style.
fn with(mut style: IndependentStyle, differences: IndependentStyle) -> IndependentStyle {
    for own in differences.macros {
        match style.macros.iter_mut().find(|known| known.name == own.name) {
            Some(known) => *known = own,
            None => style.macros.push(own),
        }
    }
    style.locale.splice(..0, differences.locale);
    style.citation = differences.citation;
    style
}

/// The words of citations in the languages that a report may be in, and in American English, which the others fall back on.
/// Hayagriva's archive can be unpacked only with all its 63 languages, which took 40 ms of every build.
pub static WORDS: LazyLock<Vec<CslLocale>> = LazyLock::new(|| {
    let files = [
        include_str!("../csl/sv-SE.json"),
        include_str!("../csl/en-GB.json"),
        include_str!("../csl/en-US.json"),
        include_str!("../csl/nb-NO.json"),
    ];
    files.into_iter().filter_map(|file| serde_json::from_str(file).ok()).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    /// `BELAGG_WRITE_LOCALES=1 cargo test` writes the files anew after Hayagriva has changed.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "writes files of this folder where it is asked to")]
    fn the_words_of_citations_are_those_of_the_archive() {
        let all = hayagriva::archive::locales();
        let codes = ["sv-SE", "en-GB", "en-US", "nb-NO"];
        let wanted: Vec<&CslLocale> = codes
            .iter()
            .filter_map(|code| all.iter().find(|locale| locale.lang.as_ref().is_some_and(|lang| lang.0 == *code)))
            .collect();
        if std::env::var_os("BELAGG_WRITE_LOCALES").is_some() {
            for (locale, code) in wanted.iter().zip(codes) {
                let path = format!("{}/resolve/csl/{code}.json", env!("CARGO_MANIFEST_DIR"));
                std::fs::write(path, serde_json::to_string(locale).unwrap() + "\n").unwrap();
            }
            return;
        }
        assert_eq!(wanted.len(), codes.len());
        assert!(Language::WORDS.iter().all(|(_, language)| codes.contains(&language.with_region().as_str())));
        assert_eq!(WORDS.iter().collect::<Vec<_>>(), wanted);
    }
}
