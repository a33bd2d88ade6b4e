//! Styles in a drawing: what they may not fetch or run.

use crate::diagnostic::{Said, say};

/// What keeps styles from being published; none for harmless ones.
pub fn fault(styles: &str) -> Option<Said> {
    // An escaped letter could hide any of the words that are looked for.
    if styles.contains('\\') {
        return Some(say!("a backslash in its styles"));
    }
    let lower = styles.to_ascii_lowercase();
    const REFUSED: [(&str, Said); 7] = [
        ("@import", say!("`@import` in its styles")),
        ("image-set(", say!("`image-set()` in its styles")),
        ("src(", say!("`src()` in its styles")),
        ("expression(", say!("`expression()` in its styles")),
        ("-moz-binding", say!("`-moz-binding` in its styles")),
        ("behavior:", say!("`behavior` in its styles")),
        ("javascript:", say!("`javascript:` in its styles")),
    ];
    if let Some((_, what)) = REFUSED.iter().find(|(word, _)| lower.contains(word)) {
        return Some(what.clone());
    }
    let leads_out = lower.match_indices("url(").any(|(at, word)| {
        let target = lower[at + word.len()..].trim_start().trim_start_matches(['"', '\'']).trim_start();
        const INSIDE: [&str; 4] = ["#", "data:font/", "data:application/font", "data:application/x-font"];
        !INSIDE.iter().any(|start| target.starts_with(start))
    });
    leads_out.then(|| say!("an address outside the file (`url()`)"))
}

/// Ids that a value or style names by `url(#id)`, with the property in which each stands (empty where it is not known).
pub fn references(styles: &str) -> impl Iterator<Item = (&str, &str)> {
    styles.match_indices("url(").filter_map(|(at, word)| {
        let target = styles[at + word.len()..].trim_start().trim_start_matches(['"', '\'']).strip_prefix('#')?;
        let end = target.find([')', '"', '\'']).unwrap_or(target.len());
        let property = styles[..at].rsplit([';', '{']).next().unwrap_or("");
        let property = property.split_once(':').map_or("", |(name, _)| name.trim());
        Some((property, target[..end].trim()))
    })
}

/// Rules of a style sheet that name ids: their selectors, and the styles themselves.
pub fn rules(sheet: &str) -> impl Iterator<Item = (&str, &str)> {
    sheet.split('}').filter_map(|rule| {
        let (selectors, styles) = rule.rsplit_once('{')?;
        styles.contains("url(").then_some((selectors, styles))
    })
}

/// Whether a selector may mean an element; in doubt it does.
pub fn may_select(selectors: &str, name: &str, id: Option<&str>, classes: Option<&str>) -> bool {
    selectors.split(',').any(|selector| {
        let last = selector.rsplit([' ', '>', '+', '~', '\n', '\t', '/']).find(|part| !part.is_empty()).unwrap_or("");
        if last.contains(['[', ':', '*']) {
            return true;
        }
        let (head, class) = last.split_once('.').map_or((last, None), |(head, class)| (head, Some(class)));
        let (element, wanted) = head.split_once('#').map_or((head, None), |(element, id)| (element, Some(id)));
        let fits = |wanted: &str| classes.unwrap_or("").split_whitespace().any(|known| known == wanted);
        (element.is_empty() || element == name)
            && wanted.is_none_or(|wanted| Some(wanted) == id)
            && class.is_none_or(|wanted| wanted.split('.').all(fits))
    })
}
