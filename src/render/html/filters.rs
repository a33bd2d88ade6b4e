//! Filters for the templates besides Tera's own.

use tera::{Kwargs, State, Tera, Value};

pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("safe_href", |href: &str, _: Kwargs, _: &State| safe_href(href).to_owned());
    tera.register_filter("inline_svg", |svg: &str, _: Kwargs, _: &State| Value::safe_string(picture(svg)));
}

/// The address itself when a page may link to it, else `#`: no scheme but those a reader expects, so that no link runs code.
fn safe_href(href: &str) -> &str {
    let Some((scheme, _)) = href.split_once(':') else { return href };
    let relative = scheme.contains(['/', '?', '#']);
    let known = ["http", "https", "mailto", "tel"].iter().any(|name| scheme.eq_ignore_ascii_case(name));
    if relative || known { href } else { "#" }
}

/// The `svg` element of a picture's file, without the XML declaration before it.
fn picture(svg: &str) -> &str {
    svg.find("<svg").and_then(|start| svg.get(start..)).unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    use super::{picture, safe_href};

    #[test]
    fn links_keep_only_schemes_that_run_nothing() {
        for good in ["https://www.example.se/a:b", "mailto:a@example.se", "data/a.csv", "?a=b:c", "#a:b", "HTTP://x.se"]
        {
            assert_eq!(safe_href(good), good);
        }
        for bad in
            ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "data:text/html,x", "java\nscript:x"]
        {
            assert_eq!(safe_href(bad), "#", "{bad}");
        }
    }

    #[test]
    fn a_picture_loses_its_declaration() {
        let file = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- drawn -->\n<svg><g/></svg>\n";
        assert_eq!(picture(file), "<svg><g/></svg>");
    }
}
