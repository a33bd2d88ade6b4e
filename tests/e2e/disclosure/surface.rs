//! What is published, as lines that patterns are looked for in: pages with the cells of a row between bars, files for download, drawings.
//!
//! `Norr | * | 17` is a part of a line, where `*` is anything within one cell; `in data/x.csv: Norr` asks that of one file alone;
//! `order chart-c: Norr, Söder` says that these rows of a chart's data follow on each other; `bar c: Norr | Kvinnor` that a bar with a length is drawn for a cell.

use std::path::Path;

use regex::Regex;

pub struct Surface {
    /// Path, and text.
    files: Vec<(String, String)>,
}

impl Surface {
    pub fn read(folder: &Path) -> Self {
        let mut names = Vec::new();
        crate::workspace::list(folder, "", &mut names);
        names.sort();
        let files = names
            .into_iter()
            .filter_map(|name| {
                let text = String::from_utf8(std::fs::read(folder.join(&name)).unwrap()).ok()?;
                let text = if name.ends_with(".html") { page(&text) } else { text };
                Some((name, text))
            })
            .collect();
        Self { files }
    }

    pub fn has(&self, pattern: &str) -> bool {
        if let Some((name, rest)) = pattern.strip_prefix("in ").and_then(|rest| rest.split_once(": ")) {
            return self.stands(rest, name);
        }
        if let Some((chart, rest)) = pattern.strip_prefix("order ").and_then(|rest| rest.split_once(": ")) {
            return self.order(chart, &rest.split(", ").collect::<Vec<_>>());
        }
        if let Some((chart, rest)) = pattern.strip_prefix("bar ").and_then(|rest| rest.split_once(": ")) {
            let (row, column) = rest.split_once(" | ").unwrap();
            return self.bar(chart, row, column);
        }
        self.stands(pattern, "")
    }

    fn stands(&self, pattern: &str, name: &str) -> bool {
        let parts: Vec<String> = pattern.split('*').map(regex::escape).collect();
        // A number is not the end or the beginning of a longer one.
        let (before, after) = (digit(pattern.chars().next()), digit(pattern.chars().last()));
        let edge = |is: bool, at: &str| if is { at.to_owned() } else { String::new() };
        let wanted =
            format!("{}{}{}", edge(before, r"(?:^|[^\d])"), parts.join(r"[^|\n]*"), edge(after, r"(?:$|[^\d])"));
        let wanted = Regex::new(&format!("(?m){wanted}")).unwrap();
        self.files.iter().filter(|(path, _)| path.contains(name)).any(|(_, text)| wanted.is_match(text))
    }

    fn rows(&self, chart: &str) -> Vec<Vec<String>> {
        let Some((_, text)) = self.files.iter().rfind(|(path, _)| path.ends_with(&format!("data/{chart}.csv"))) else {
            return Vec::new();
        };
        text.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    fn order(&self, chart: &str, wanted: &[&str]) -> bool {
        let labels: Vec<String> = self.rows(chart).into_iter().skip(1).map(|row| row[0].clone()).collect();
        labels.windows(wanted.len()).any(|window| window == wanted)
    }

    fn bar(&self, chart: &str, row: &str, column: &str) -> bool {
        let rows = self.rows(&format!("chart-{chart}"));
        let Some(column) = rows.first().and_then(|header| header.iter().position(|name| name == column)) else {
            return false;
        };
        let Some(row) = rows.iter().skip(1).position(|cells| cells[0] == row) else { return false };
        let group = format!(r#"data-s="{}" data-c="{row}"[^>]*>\s*<rect ([^>]*)>"#, column - 1);
        let length = Regex::new(r#"(?:width|height)="([\d.]+)""#).unwrap();
        self.files.iter().filter(|(path, _)| path.ends_with(&format!("charts/{chart}.svg"))).any(|(_, text)| {
            Regex::new(&group).unwrap().captures_iter(text).any(|found| {
                // The small square of a legend, and a hatched field, have no length of their own.
                let drawn =
                    length.captures_iter(&found[1]).filter_map(|size| size[1].parse::<f64>().ok()).fold(0.0, f64::max);
                drawn > 13.0 && !found[1].contains("url(")
            })
        })
    }
}

fn digit(character: Option<char>) -> bool {
    character.is_some_and(|c| c.is_ascii_digit())
}

/// The text of a page: a line for each row, paragraph or item, what only screen readers hear left out, and what stands in attributes for readers.
fn page(html: &str) -> String {
    let replaced = |text: &str, what: &str, by: &str| Regex::new(what).unwrap().replace_all(text, by).into_owned();
    let mut attributes = String::new();
    for found in Regex::new(r#"(?:alt|content|aria-label|title)="([^"]*)""#).unwrap().captures_iter(html) {
        attributes.push_str(&format!("{}\n", &found[1]));
    }
    let text = replaced(html, r"(?s)<style.*?</style>|<script.*?</script>", "");
    let text = replaced(&text, r#"<span class="visually-hidden">[^<]*</span>"#, "");
    let text = replaced(&text, r"\s+", " ");
    let text = replaced(&text, r"</t[dh]> ?<t[dh][^>]*>", " | ");
    let text = replaced(&text, r"</(tr|p|li|dd|dt|h\d|caption|figcaption|title|desc|text|summary|td)>", "\n");
    let text = replaced(&text, r"<[^>]*>", "");
    let text = format!("{text}\n{attributes}")
        .replace("&nbsp;", " ")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .replace('\u{ad}', "");
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("\n")
}
