//! What search engines ask for: `robots.txt`, and where the website is known `sitemap.xml`.

use crate::document::address;
use crate::document::resolved::Status;
use crate::office::Markup;
use crate::pipeline::Artifact;
use crate::versions::ledger::Ledger;

/// What search engines may read. A publisher's own stays.
pub const ROBOTS: &str = "output/robots.txt";

/// Both files. The map names the list of reports and the newest published version of each document, at the address that its page calls its own;
/// what is withdrawn is found by its address alone.
#[must_use]
pub fn files<'a>(site: Option<&str>, ledgers: impl Iterator<Item = &'a (String, Ledger)>) -> Vec<Artifact> {
    let Some(site) = site else { return vec![robots(None)] };
    let mut pages: Vec<(String, &str)> = ledgers
        .filter_map(|(id, ledger)| Some((id, &ledger.newest()?.head)))
        .filter(|(_, head)| head.status != Status::Withdrawn)
        .map(|(id, head)| (address::version(site, id, &head.version), head.date.as_str()))
        .collect();
    pages.sort();
    let newest = pages.iter().map(|(_, date)| *date).max();
    let mut out = Markup::part();
    out.open("urlset", &[("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")]);
    let home = (address::base(site), newest.unwrap_or_default());
    for (address, date) in [home].iter().chain(&pages) {
        out.open("url", &[]).element("loc", &[], address);
        // The day, or the month where that is all that is known; a year alone is none of the forms.
        if date.len() > 4 {
            out.element("lastmod", &[], date);
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
