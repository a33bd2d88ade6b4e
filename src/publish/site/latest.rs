//! `output/<document>/latest/`: addresses that stay and always give the newest version.
//!
//! No server leads anybody on, and neither does a folder on a disk; so `latest/` holds the PDF, the workbooks, the data and the charts of that
//! version once more, under the same names. Its page is that of the version with a line that says which one it is; style, script, fonts
//! and pictures are those in the version's own folder, which stays complete by itself and is never written again.

use std::borrow::Cow;

use crate::document::resolved::Theme;
use crate::locale::Language;
use crate::pipeline::manifest;
use crate::publish::commit::CommitError;
use crate::render::html::{self, Latest, Link, Onward, Page};
use crate::system::System as _;
use crate::versions::FileEntry;

use super::held::Held;
use super::languages::Languages;
use crate::hypertext::encoded;
use crate::publish::beside::{Press, made_of};

/// Name of the folder. No version is called so: versions have numbers.
pub const FOLDER: &str = "latest";
/// The page of a version.
const PAGE: &str = "index.html";

/// A file that must be the same as one of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    pub path: String,
    pub from: String,
    pub sha256: String,
}

/// The copies that belong into `latest/`.
#[must_use]
pub fn copies(held: &Held) -> Vec<Copied> {
    let own = held.outputs.iter().filter(|file| is_copied(&file.path));
    let copied = own.map(|file| Copied {
        path: format!("output/{}/{FOLDER}/{}", held.id, file.path),
        from: format!("{}/{}", held.folder(), file.path),
        sha256: file.sha256.clone(),
    });
    copied.collect()
}

/// Where the page lies.
#[must_use]
pub fn page_path(held: &Held) -> String {
    format!("output/{}/{FOLDER}/{PAGE}", held.id)
}

/// What others lead to: the report in all its forms, its data and its charts, but not what only makes the page.
fn is_copied(path: &str) -> bool {
    match path.split_once('/') {
        Some((folder, _)) => ["data", "charts"].contains(&folder),
        None => path != PAGE && !path.ends_with(".json"),
    }
}

/// The page of `latest/`, and of a published document the one that leads from `versions/` to their list. Without the page where that of the
/// version is not what was published.
///
/// # Errors
/// A template's fault.
pub fn pages(press: &mut Press<'_>, theme: &Theme, held: &Held, languages: &Languages<'_>) -> Result<(), CommitError> {
    let toolbox = press.toolbox;
    let report = &held.manifest.report;
    let Some(locale) = Language::find(&report.language).and_then(|language| toolbox.locale(language)) else {
        return Ok(());
    };
    let page = Page { language: &report.language, labels: locale.labels(), theme, publisher: "", site: toolbox.site() };
    if held.published {
        let link = Link { href: "../versions.html".to_owned(), words: locale.label("version_all").to_owned() };
        press.page(format!("output/{}/versions/{PAGE}", held.id), &page, &Onward { title: &report.title, link })?;
    }
    let (key, leads) =
        if held.published { ("latest_is", "latest_lasting") } else { ("latest_unpublished", "version_read") };
    let own = format!("../{}/{PAGE}", encoded(&held.version));
    let words = locale.fill(key, &[("version", &held.version)]);
    let link = Link { href: own.clone(), words: locale.fill(leads, &[("version", &held.version)]) };
    let mut ways = languages.ways(&held.id, FOLDER);
    ways.iter_mut().for_each(|way| way.href.insert_str(0, "../"));
    let mut line = Latest { words, link, languages: ways };
    let Some(known) = held.outputs.iter().find(|file| file.path == PAGE) else { return Ok(()) };
    let others = languages.others(&held.id);
    let named: Vec<&str> = others.iter().map(|other| other.id.as_str()).collect();
    let files: Vec<&str> = held.outputs.iter().map(|file| file.path.as_str()).collect();
    let of = made_of(&(html::made_of(&page, &line).to_string(), &known.sha256, files, named));
    let (path, from) = (page_path(held), format!("{}/{PAGE}", held.folder()));
    // What lies there was made of the bytes that were published, and these have not been touched since.
    if press.is_as_read(&from) && press.left(&path, of) {
        return Ok(());
    }
    let bytes = press.system.read(&from).ok().filter(|bytes| known.sha256 == bytes.hash().to_string());
    let Some(text) = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()) else { return Ok(()) };
    let text = switched(&led(text, held), &others);
    // A way that the page has itself is not told twice.
    line.languages.retain(|way| !text.contains(&format!("{SWITCH}{}\"", way.href)));
    press.file(path, of, || Ok(marked(&text, &own, &toolbox.html.about(&page, &line)?)))
}

/// A page whose ways to what is not copied lead into the version's folder.
fn led(text: &str, held: &Held) -> String {
    let names = held.outputs.iter().map(|file: &FileEntry| file.path.as_str()).filter(|path| !is_copied(path));
    let mut out = Cow::Borrowed(text);
    for name in names.chain([manifest::FILE]).filter(|name| *name != PAGE) {
        for quote in ['"', '\''] {
            // The whole value of an attribute: words of the text have their quotation marks escaped.
            let way = format!("={quote}{name}{quote}");
            if out.contains(&way) {
                out = Cow::Owned(out.replace(&way, &format!("={quote}../{}/{name}{quote}", encoded(&held.version))));
            }
        }
    }
    out.into_owned()
}

/// How the way to another language begins in a page.
const SWITCH: &str = "class=\"other-language\" href=\"";

/// A page whose ways to other languages lead to their newest versions, as it is itself the newest.
fn switched(text: &str, others: &[&Held]) -> String {
    let mut out = text.to_owned();
    for other in others {
        let folder = format!("{SWITCH}../../{}/", encoded(&other.id));
        let mut parts = out.split(&folder);
        let mut led = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let rest = part.find('/').map_or(part, |at| &part[at..]);
            led.push_str(&format!("{folder}{FOLDER}{rest}"));
        }
        out = led;
    }
    out
}

/// A page with a line before all that it says, behind the link by which the keyboard skips to the text, and with the address of the version
/// as the one to be listed where it names none.
fn marked(text: &str, own: &str, line: &str) -> String {
    let canonical = if text.contains("rel=\"canonical\"") {
        String::new()
    } else {
        format!("<link rel=\"canonical\" href=\"{own}\">\n")
    };
    let head = text.find("</head>").unwrap_or_default();
    let body = text[head..].find("<body").and_then(|at| Some(head + at + text[head + at..].find('>')? + 1));
    let Some(body) = body else { return text.to_owned() };
    let skip = text[body..].trim_start().starts_with("<a class=\"skip\"");
    let at = text[body..].find("</a>").filter(|_| skip).map_or(body, |end| body + end + "</a>".len());
    format!("{}{canonical}{}\n{}{}", &text[..head], &text[head..at], line.trim(), &text[at..])
}

#[cfg(test)]
mod tests {
    use super::{is_copied, marked};

    #[test]
    fn the_report_and_its_data_are_copied_and_what_makes_the_page_is_not() {
        for path in ["liten.pdf", "liten.xlsx", "liten.bib", "data/a.csv", "data/a.json", "charts/a.svg"] {
            assert!(is_copied(path), "{path}");
        }
        for path in ["index.html", "manifest.json", "contents.json", "assets/style.css", "files/stor.zip"] {
            assert!(!is_copied(path), "{path}");
        }
    }

    #[test]
    fn the_line_stands_behind_the_skip_link_whatever_the_page_looks_like() {
        let page =
            "<head></head><body class=\"a\">\n<a class=\"skip\" href=\"#x\">Till texten</a>\n<main>x</main></body>";
        let made = marked(page, "../1.0/index.html", "<aside>1.0</aside>");
        assert!(made.contains("<link rel=\"canonical\" href=\"../1.0/index.html\">\n</head>"), "{made}");
        assert!(made.contains("Till texten</a>\n<aside>1.0</aside>\n<main>"), "{made}");
        let plain = marked("<head><link rel=\"canonical\" href=\"x\"></head><body><p>x</p>", "y", "<aside>1.0</aside>");
        assert_eq!(plain, "<head><link rel=\"canonical\" href=\"x\"></head><body>\n<aside>1.0</aside><p>x</p>");
    }
}
