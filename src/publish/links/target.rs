//! What an address means that stands in a file of `output/`.

use crate::hypertext::decoded;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file of `output/` by its path in the workspace, or a folder that must have an `index.html`, and the id of a place in it. `served`: it is
    /// named by its whole address, which a web server answers.
    Inside { path: String, place: Option<String>, folder: bool, served: bool },
    /// Somebody else's, as it is written.
    External(String),
    /// Out of `output/` into the rest of the workspace or above it.
    Outside,
    /// Nowhere that could be missing: mail, telephone, data that stand in the address itself.
    None,
}

impl Target {
    /// Reads an address as a browser does that has opened the file `from`.
    pub fn read(from: &str, to: &str, site: Option<&str>) -> Self {
        let to = to.trim();
        let own = site.map(|site| site.trim_end_matches('/')).filter(|site| !site.is_empty());
        if let Some(rest) = own.and_then(|site| to.strip_prefix(site))
            && (rest.is_empty() || rest.starts_with(['/', '#', '?']))
        {
            let rest = rest.trim_start_matches('/');
            return match Self::relative("output/index.html", if rest.is_empty() { "./" } else { rest }) {
                Self::Inside { path, place, folder, .. } => Self::Inside { path, place, folder, served: true },
                outside => outside,
            };
        }
        if let Some((scheme, _)) = to.split_once(':')
            && !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        {
            let web = ["http", "https"].iter().any(|name| scheme.eq_ignore_ascii_case(name));
            return if web { Self::External(to.to_owned()) } else { Self::None };
        }
        if let Some(address) = to.strip_prefix("//") {
            return Self::External(format!("https://{address}"));
        }
        // From the top of a website: where the pages lie under it is told by `site` alone.
        if let Some(path) = to.strip_prefix('/') {
            return Self::relative("output/index.html", path);
        }
        Self::relative(from, to)
    }

    fn relative(from: &str, to: &str) -> Self {
        let (address, place) = to.split_once('#').map_or((to, None), |(address, place)| (address, Some(place)));
        let place = place.map(plain);
        let address = plain(address.split('?').next().unwrap_or_default());
        if address.is_empty() {
            return Self::Inside { path: from.to_owned(), place, folder: false, served: false };
        }
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        for part in address.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    if parts.len() <= 1 {
                        return Self::Outside;
                    }
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        let folder = address.ends_with('/') || matches!(address.rsplit('/').next(), Some("." | ".."));
        Self::Inside { path: parts.join("/"), place, folder, served: false }
    }
}

/// An address without percent signs.
fn plain(address: &str) -> String {
    String::from_utf8_lossy(&decoded(address)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::Target;

    fn read(to: &str) -> String {
        match Target::read("output/a/1.0/index.html", to, Some("https://example.se/rapporter/")) {
            Target::Inside { path, place, folder, .. } => {
                format!(
                    "{path}{}{}",
                    if folder { "/" } else { "" },
                    place.map(|p| format!(" #{p}")).unwrap_or_default()
                )
            }
            Target::External(address) => format!("external {address}"),
            Target::Outside => "outside".to_owned(),
            Target::None => "none".to_owned(),
        }
    }

    #[test]
    fn addresses_are_read_as_a_browser_reads_them() {
        for (to, expected) in [
            ("#Main", "output/a/1.0/index.html #Main"),
            ("", "output/a/1.0/index.html"),
            ("data/a%20b.csv?x=1", "output/a/1.0/data/a b.csv"),
            ("../versions.html#v%C3%A4g", "output/a/versions.html #väg"),
            ("../../", "output/"),
            ("../../index.html", "output/index.html"),
            ("../../../belagg.yaml", "outside"),
            ("..", "output/a/"),
            ("https://example.se/rapporter/a/1.0/a.pdf", "output/a/1.0/a.pdf"),
            ("https://example.se/rapporter", "output/"),
            ("https://example.se/rapporterna", "external https://example.se/rapporterna"),
            ("//cdn.example.org/x", "external https://cdn.example.org/x"),
            ("mailto:a@example.se", "none"),
            ("data:image/png;base64,AA", "none"),
            ("a:b/c", "none"),
        ] {
            assert_eq!(read(to), expected, "{to}");
        }
    }
}
