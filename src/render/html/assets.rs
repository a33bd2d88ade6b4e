//! The files that the program brings for pages.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::system::embedded;

/// The built-in templates by their path in `templates/html`.
#[must_use]
pub fn builtin_templates() -> BTreeMap<String, String> {
    embedded!("../../../templates/html":
        "report.html" "brief.html" "easy-read.html" "letter.html" "index.html" "components/blocks.html"
        "components/chart.html" "components/documents.html" "components/inlines.html" "components/metadata.html" "components/page.html"
        "components/parts.html" "components/table.html" "site/difference.html" "site/feed.xml" "site/frame.html"
        "site/latest.html" "site/leads.html" "site/listing.html" "site/lists.html" "site/notice.css" "site/notice.html" "site/onward.html"
        "site/search.html" "site/search-headings.html" "site/search-words.html" "site/sections.html" "site/browse.html" "site/subject.html" "site/versions.html"
    )
    .into_iter()
    .map(|(name, text)| (name.into(), text.into()))
    .collect()
}

/// A style sheet of a workspace's that pages load after the one that all have: rules for what shall look otherwise, and no copy of the rest.
pub const OWN_STYLE: &str = "own.css";

/// The style sheet that names the fonts.
pub const FONTS: &str = "fonts.css";

/// What the names of the files begin with that hold the letters which nearly every page does with.
const CORE: &str = "core-";

/// What a page asks for before it has read its style sheets, so that its first lines stand in these letters and nothing moves: the family and
/// the file of each face of running text and headings. The slanted face is seldom among the first lines.
pub const FIRST_FACES: [(&str, &str); 4] = [
    ("Source Serif 4", "core-serif-regular.woff2"),
    ("Source Serif 4", "core-serif-bold.woff2"),
    ("Source Sans 3", "core-sans-regular.woff2"),
    ("Source Sans 3", "core-sans-semibold.woff2"),
];

/// Style sheet, script, fonts and the fonts' licences, which every page finds in its own `assets/` folder under these names. A
/// workspace's file of the same name in `templates/html` takes the place of one.
#[must_use]
pub fn assets() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("style.css", include_bytes!("../../../templates/html/style.css")),
        (FONTS, include_bytes!("../../../templates/html/fonts.css")),
        ("page.js", include_bytes!("../../../templates/html/page.js")),
        ("copy.js", include_bytes!("../../../templates/html/copy.js")),
        ("core-serif-regular.woff2", include_bytes!("../../../templates/fonts/web/core-serif-regular.woff2")),
        ("core-serif-italic.woff2", include_bytes!("../../../templates/fonts/web/core-serif-italic.woff2")),
        ("core-serif-bold.woff2", include_bytes!("../../../templates/fonts/web/core-serif-bold.woff2")),
        ("core-sans-regular.woff2", include_bytes!("../../../templates/fonts/web/core-sans-regular.woff2")),
        ("core-sans-semibold.woff2", include_bytes!("../../../templates/fonts/web/core-sans-semibold.woff2")),
        ("serif-regular.woff2", include_bytes!("../../../templates/fonts/web/serif-regular.woff2")),
        ("serif-italic.woff2", include_bytes!("../../../templates/fonts/web/serif-italic.woff2")),
        ("serif-bold.woff2", include_bytes!("../../../templates/fonts/web/serif-bold.woff2")),
        ("sans-regular.woff2", include_bytes!("../../../templates/fonts/web/sans-regular.woff2")),
        ("sans-semibold.woff2", include_bytes!("../../../templates/fonts/web/sans-semibold.woff2")),
        ("LICENSE-SourceSerif4.md", include_bytes!("../../../templates/fonts/LICENSE-SourceSerif4.md")),
        ("LICENSE-SourceSans3.md", include_bytes!("../../../templates/fonts/LICENSE-SourceSans3.md")),
    ]
}

/// What only the pages beside the versions need, by the folder of `output/` in which it lies and its name.
#[must_use]
pub fn site_assets() -> Vec<(&'static str, &'static str, &'static [u8])> {
    vec![
        ("assets", "site.css", include_bytes!("../../../templates/html/site.css")),
        ("assets", "filter.js", include_bytes!("../../../templates/html/filter.js")),
        ("search", "search.css", include_bytes!("../../../templates/html/search.css")),
        ("search", "search.js", include_bytes!("../../../templates/html/search.js")),
    ]
}

/// Whether an asset makes pages as templates do, so that a version is built again with the one that it was published with. Fonts come from
/// the program.
#[must_use]
pub fn is_written(name: &str) -> bool {
    name != FONTS && [".css", ".js"].iter().any(|end| name.ends_with(end))
}

/// A file of the program's as pages get it: without what stands in it for those who read the sources (lines that are comments, and
/// blanks that a browser passes over). Only for files of the program's own, which have none of it within a text.
#[must_use]
pub fn sent<'a>(name: &str, bytes: &'a [u8]) -> Cow<'a, [u8]> {
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| is_code(name)) else { return bytes.into() };
    let mut out = String::with_capacity(text.len());
    let mut comment = false;
    for line in text.lines().map(str::trim) {
        comment |= line.starts_with("/*");
        let said = comment || (name.ends_with(".js") && line.starts_with("//"));
        comment &= !line.ends_with("*/");
        if !said && !line.is_empty() {
            out.push_str(line);
            out.push('\n');
        }
    }
    if name.ends_with(".css") {
        // No text that the sheets hold has such signs in a row.
        for (wide, narrow) in
            [(" {", "{"), ("{ ", "{"), ("{\n", "{"), ("; ", ";"), (";\n", ";"), (" }", "}"), ("}\n", "}"), (", ", ",")]
        {
            out = out.replace(wide, narrow);
        }
    }
    out.into_bytes().into()
}

/// Whether a workspace's file is one of the program's, as it stands in the sources or as pages get it.
#[must_use]
pub fn is_builtin(builtin: (&str, &[u8]), own: &[u8]) -> bool {
    let (name, bytes) = builtin;
    bytes == own || *sent(name, bytes) == *own
}

fn is_code(name: &str) -> bool {
    [".css", ".js"].iter().any(|end| name.ends_with(end))
}

/// The style sheet of the fonts with the letters in it that nearly every page does with, for a page that has no files beside it. `file` gives
/// the bytes of a font by its name.
#[must_use]
pub fn fonts_within(sheet: &str, file: impl Fn(&str) -> Option<Vec<u8>>) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    let begin = format!("url(\"{CORE}");
    while let Some((before, after)) = rest.split_once(&begin) {
        out.push_str(before);
        let (name, tail) = after.split_once('"').unwrap_or((after, ""));
        match file(&format!("{CORE}{name}")) {
            Some(bytes) => out.push_str(&format!("url(\"data:font/woff2;base64,{}\"", BASE64.encode(bytes))),
            None => out.push_str(&format!("{begin}{name}\"")),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_has_all_rules_and_no_comment() {
        for (name, bytes) in assets()
            .into_iter()
            .chain(site_assets().into_iter().map(|(_, name, bytes)| (name, bytes)))
            .filter(|(name, _)| is_code(name))
        {
            let sent = String::from_utf8(sent(name, bytes).into_owned()).expect("text");
            let source = String::from_utf8_lossy(bytes);
            for sign in ['{', '}', ';', '`', '"'] {
                let without: String =
                    source.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect::<Vec<_>>().join("\n");
                let without = strip_comments(&without);
                assert_eq!(sent.matches(sign).count(), without.matches(sign).count(), "{name} {sign}");
            }
            assert!(!sent.lines().any(|line| line.starts_with("//") || line.starts_with("/*")), "{name}");
            // A text of several lines would lose the blanks that its lines begin with.
            assert!(sent.lines().all(|line| line.matches('`').count() % 2 == 0), "{name}");
            assert!(is_builtin((name, bytes), sent.as_bytes()) && is_builtin((name, bytes), bytes), "{name}");
        }
        assert_eq!(*sent("a.woff2", b"  /* x */"), *b"  /* x */");
    }

    fn strip_comments(text: &str) -> String {
        let mut parts = text.split("\n/*");
        let first = parts.next().unwrap_or_default();
        let first = first.strip_prefix("/*").map_or(first, |rest| rest.split_once("*/").map_or("", |(_, rest)| rest));
        std::iter::once(first.to_owned())
            .chain(parts.map(|part| part.split_once("*/").map_or("", |(_, rest)| rest).to_owned()))
            .collect()
    }

    #[test]
    fn the_sheet_of_fonts_names_files_that_are_there_and_can_hold_them() {
        let all = assets();
        let sheet =
            all.iter().find(|(name, _)| *name == FONTS).map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
        let sheet = sheet.expect("fonts");
        let file = |name: &str| all.iter().find(|(known, _)| *known == name).map(|(_, bytes)| bytes.to_vec());
        for (_, name) in FIRST_FACES {
            assert!(sheet.contains(&format!("url(\"{name}\")")) && file(name).is_some(), "{name}");
        }
        for (at, _) in sheet.match_indices("url(\"") {
            let name = sheet[at + 5..].split('"').next().expect("a name");
            assert!(file(name).is_some(), "{name}");
        }
        let within = fonts_within(&sheet, file);
        assert_eq!(within.matches("url(\"data:font/woff2;base64,").count(), 5);
        assert!(!within.contains("url(\"core-") && within.contains("url(\"serif-regular.woff2\")"));
        assert_eq!(fonts_within(&sheet, |_| None), sheet);
    }
}
