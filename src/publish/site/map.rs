//! What search engines ask for: `robots.txt`, and where the website is known `sitemap.xml`.

use crate::document::address;
use crate::document::resolved::Status;
use crate::office::Markup;
use crate::pipeline::Artifact;
use crate::versions::ledger::Ledger;

use super::languages::Languages;

/// What search engines may read. A publisher's own stays.
pub const ROBOTS: &str = "output/robots.txt";

/// A page of the map, in the order of addresses.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Listed<'a> {
    address: String,
    date: &'a str,
    /// The same in several languages, itself included: each with its address; none where there is one language.
    same: Vec<(String, String)>,
}

/// Both files. The map names the list of reports and the newest published version of each document, at the address that its page calls its own;
/// what is withdrawn is found by its address alone.
#[must_use]
pub fn files<'a>(
    site: Option<&str>,
    ledgers: impl Iterator<Item = &'a (String, Ledger)>,
    languages: &Languages<'_>,
) -> Vec<Artifact> {
    let Some(site) = site else { return vec![robots(None)] };
    let mut pages: Vec<Listed<'_>> = ledgers
        .filter_map(|(id, ledger)| Some((id, &ledger.newest()?.head)))
        .filter(|(_, head)| head.status != Status::Withdrawn)
        .map(|(id, head)| {
            let own = address::version(site, id, &head.version);
            let others = languages.others(id).into_iter().map(|held| (&held.manifest.report, held));
            let others = others.filter(|(report, _)| report.status != Status::Withdrawn);
            let mut same: Vec<(String, String)> = others
                .map(|(report, held)| (report.language.clone(), address::version(site, &held.id, &held.version)))
                .collect();
            // A page is told among its translations, or search engines pass over them.
            if !same.is_empty() {
                same.insert(0, (head.language.clone(), own.clone()));
            }
            Listed { address: own, date: &head.date, same }
        })
        .collect();
    pages.sort();
    let newest = pages.iter().map(|page| page.date).max();
    let mut out = Markup::part();
    let mut names = vec![("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")];
    if pages.iter().any(|page| !page.same.is_empty()) {
        names.push(("xmlns:xhtml", "http://www.w3.org/1999/xhtml"));
    }
    out.open("urlset", &names);
    let home = Listed { address: address::base(site), date: newest.unwrap_or_default(), same: Vec::new() };
    for Listed { address, date, same } in [home].iter().chain(&pages) {
        out.open("url", &[]).element("loc", &[], address);
        // The day, or the month where that is all that is known; a year alone is none of the forms.
        if date.len() > 4 {
            out.element("lastmod", &[], date);
        }
        for (language, href) in same {
            let attributes = [("rel", "alternate"), ("hreflang", language.as_str()), ("href", href.as_str())];
            out.empty("xhtml:link", &attributes);
        }
        out.close();
    }
    out.close();
    vec![robots(Some(site)), Artifact { path: "output/sitemap.xml".to_owned(), bytes: out.finish().into() }]
}

/// Everything may be read. What old pages show of later versions says by itself that it is nothing to be found by.
fn robots(site: Option<&str>) -> Artifact {
    let map = site.map(|site| format!("\nSitemap: {}sitemap.xml\n", address::base(site))).unwrap_or_default();
    Artifact { path: ROBOTS.to_owned(), bytes: format!("User-agent: *\nDisallow:\n{map}").into_bytes().into() }
}
