//! The files that the program brings for pages.

use std::collections::BTreeMap;

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

/// The style sheet that holds the letters which nearly every page does with.
const FONTS: &str = "fonts.css";

/// Style sheet, script, fonts and the fonts' licences, which every page finds in its own `assets/` folder under these names. A
/// workspace's file of the same name in `templates/html` takes the place of one.
#[must_use]
pub fn assets() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("style.css", include_bytes!("../../../templates/html/style.css")),
        (FONTS, include_bytes!("../../../templates/html/fonts.css")),
        ("page.js", include_bytes!("../../../templates/html/page.js")),
        ("copy.js", include_bytes!("../../../templates/html/copy.js")),
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
