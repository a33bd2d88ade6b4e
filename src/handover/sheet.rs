//! A page's style sheets as one that counts within a container and nowhere else, whatever other sheets the page around it has.
//!
//! Every selector begins with [`ROOT`], whose specificity no ordinary sheet reaches. Before the report's own rules all that others may have said is
//! taken back. Lengths go by the container in place of the window and the page: the container's width, and a size of letters of its own.

use std::collections::BTreeSet;

use crate::hypertext::{Rule, rules, selectors};

/// The container, weighing four ids.
pub const ROOT: &str = ":is(.belagg,#b#b#b#b)";

/// Before every class and property of the fragment.
pub const PREFIX: &str = "belagg-";

/// What stands before the rules of the report.
const GROUND: &str = "\
@property --belagg-rem{syntax:\"<length>\";inherits:true;initial-value:17px}
ROOT{all:initial;display:block;container:belagg/inline-size;color-scheme:light;--belagg-rem:1.0625em}
ROOT :where(:not(svg,svg *)){all:revert}
ROOT :where(:not(svg,svg *))::before,ROOT :where(:not(svg,svg *))::after,ROOT ::marker{all:revert}
ROOT :where(svg,svg *){animation:none;background:none;border:0;box-shadow:none;box-sizing:content-box;cursor:inherit;display:revert;filter:none;float:none;\
font:inherit;letter-spacing:inherit;margin:0;opacity:1;outline:none;padding:0;position:static;text-decoration:none;text-shadow:none;text-transform:none;\
transition:none;vertical-align:baseline;visibility:inherit;word-spacing:inherit}
ROOT :where(svg *){fill:inherit;stroke:inherit;stroke-width:inherit;stroke-dasharray:inherit;stroke-linecap:inherit;text-anchor:inherit;dominant-baseline:auto}
ROOT :where(svg){fill:#000;stroke:none;stroke-width:1;text-anchor:start;letter-spacing:normal;word-spacing:normal}
ROOT ol:where([type=\"a\"]){list-style-type:lower-alpha}
";

/// One sheet of several, in their order. `ids` stands before each id. `extra` are rules of single elements: selector and declarations.
pub fn scoped(sheets: &[String], ids: &str, extra: &[(String, String)]) -> String {
    let mut out = GROUND.replace("ROOT", ROOT);
    let read: Vec<Vec<Rule<'_>>> = sheets.iter().map(|sheet| rules(sheet)).collect();
    let mut writer = Writer { ids, keyframes: BTreeSet::new() };
    read.iter().for_each(|rules| writer.collect_keyframes(rules));
    // Attributes of drawings weigh less than any rule, as in a browser; what holds for one element weighs as much as a rule.
    let (attributes, single): (Vec<_>, Vec<_>) = extra.iter().partition(|(selector, _)| selector.starts_with(":where"));
    for (selector, declarations) in attributes {
        out.push_str(&format!("{ROOT} {selector}{{{declarations}}}\n"));
    }
    for rules in &read {
        writer.write(rules, &mut out);
    }
    for (selector, declarations) in single {
        out.push_str(&format!("{ROOT} {selector}{{{}}}\n", writer.declarations(declarations)));
    }
    out
}

struct Writer<'a> {
    ids: &'a str,
    keyframes: BTreeSet<String>,
}

impl Writer<'_> {
    fn collect_keyframes(&mut self, rules: &[Rule<'_>]) {
        for rule in rules {
            match rule {
                Rule::Group { rules, .. } => self.collect_keyframes(rules),
                Rule::Other { head, .. } => {
                    self.keyframes.extend(head.strip_prefix("@keyframes").map(|name| name.trim().to_owned()));
                }
                Rule::Style { .. } => {}
            }
        }
    }

    fn write(&self, rules: &[Rule<'_>], out: &mut String) {
        for rule in rules {
            match rule {
                Rule::Style { selectors: list, declarations } => {
                    let selectors: Vec<String> = selectors(list).into_iter().map(|one| self.selector(one)).collect();
                    out.push_str(&format!("{}{{{}}}\n", selectors.join(","), self.declarations(declarations)));
                }
                Rule::Group { head, rules } => {
                    let Some(heads) = group(head) else { continue };
                    let mut inner = String::new();
                    self.write(rules, &mut inner);
                    if !inner.is_empty() {
                        let close = "}".repeat(heads.len());
                        out.push_str(&format!("{}{{\n{inner}{close}\n", heads.join("{")));
                    }
                }
                Rule::Other { head, body: Some(body) } if head.starts_with("@keyframes") => {
                    let name = head.trim_start_matches("@keyframes").trim();
                    let lines = body.split_whitespace().collect::<Vec<_>>().join(" ");
                    out.push_str(&format!("@keyframes {PREFIX}{name}{{{}}}\n", self.declarations(&lines)));
                }
                // Files of fonts do not go along; those whose letters stand in the sheet itself do.
                Rule::Other { head: "@font-face", body: Some(body) } if body.contains("url(\"data:") => {
                    out.push_str(&format!("@font-face{{{}}}\n", families(body)));
                }
                // How paper is cut, what is imported and what else holds for a whole page is the business of the page.
                Rule::Other { .. } => {}
            }
        }
    }

    /// A selector within the container.
    fn selector(&self, selector: &str) -> String {
        let mut out = String::new();
        let signs: Vec<char> = selector.chars().collect();
        let mut at = 0;
        let mut quote = None;
        let mut bracket = false;
        while let Some(&sign) = signs.get(at) {
            let name = |from: usize| -> String {
                signs.get(from..).into_iter().flatten().take_while(|c| is_name(**c)).collect()
            };
            match sign {
                _ if quote.is_some() => {
                    quote = quote.filter(|open| *open != sign);
                    out.push(sign);
                }
                '"' | '\'' => {
                    quote = Some(sign);
                    out.push(sign);
                }
                '[' | ']' => {
                    bracket = sign == '[';
                    out.push(sign);
                }
                _ if bracket => out.push(sign),
                '.' if signs.get(at + 1).is_some_and(|next| is_name(*next) && !next.is_ascii_digit()) => {
                    out.push('.');
                    out.push_str(PREFIX);
                }
                '#' => {
                    out.push('#');
                    out.push_str(self.ids);
                }
                ':' => {
                    let colons: String = signs.get(at..).into_iter().flatten().take_while(|c| **c == ':').collect();
                    let word = name(at + colons.len());
                    out.push_str(&if colons == ":" && word == "root" {
                        format!(".{PREFIX}body")
                    } else {
                        format!("{colons}{word}")
                    });
                    at += colons.len() + word.chars().count();
                    continue;
                }
                _ if is_name(sign) => {
                    let word = name(at);
                    let before = at.checked_sub(1).and_then(|before| signs.get(before));
                    let plain = !before.is_some_and(|before| matches!(before, '.' | '#'));
                    out.push_str(&if plain { element(&word) } else { word.clone() });
                    at += word.chars().count();
                    continue;
                }
                _ => out.push(sign),
            }
            at += 1;
        }
        // What is said of the page's own element is said of the container's only child.
        let whole = format!(".{PREFIX}body");
        match out.split_once(&whole) {
            Some((_, rest)) if out.starts_with(&whole) && rest.starts_with(&whole) => {
                format!("{ROOT} {whole}{}", rest.replacen(&whole, "", 1))
            }
            _ => format!("{ROOT} {out}"),
        }
    }

    fn declarations(&self, text: &str) -> String {
        let text = families(text);
        let mut out = String::with_capacity(text.len());
        let signs: Vec<char> = text.chars().collect();
        let mut at = 0;
        let mut quote = None;
        let mut animates = false;
        while let Some(&sign) = signs.get(at) {
            let starts = !at.checked_sub(1).and_then(|before| signs.get(before)).is_some_and(|before| is_name(*before));
            match sign {
                _ if quote.is_some() => quote = quote.filter(|open| *open != sign),
                '"' | '\'' => quote = Some(sign),
                ';' | '{' | '}' => animates = false,
                '-' if starts && signs.get(at + 1) == Some(&'-') => {
                    out.push_str("--");
                    out.push_str(PREFIX);
                    at += 2;
                    continue;
                }
                _ if starts && (sign.is_ascii_digit() || sign == '.' || sign == '-') => {
                    let number: String = number(signs.get(at..).unwrap_or_default());
                    let unit: String = signs
                        .get(at + number.len()..)
                        .into_iter()
                        .flatten()
                        .take_while(|c| c.is_alphabetic())
                        .collect();
                    let end = at + number.len() + unit.chars().count();
                    match unit.as_str() {
                        _ if number.is_empty() => {
                            out.push(sign);
                            at += 1;
                            continue;
                        }
                        "rem" => out.push_str(&format!("calc({number}*var(--{PREFIX}rem))")),
                        "vw" => out.push_str(&format!("{number}cqi")),
                        _ => out.push_str(&format!("{number}{unit}")),
                    }
                    at = end;
                    continue;
                }
                _ if starts && is_name(sign) => {
                    let word: String = signs.get(at..).into_iter().flatten().take_while(|c| is_name(**c)).collect();
                    animates |= matches!(word.as_str(), "animation" | "animation-name");
                    if animates && self.keyframes.contains(&word) {
                        out.push_str(PREFIX);
                    }
                    out.push_str(&word);
                    at += word.chars().count();
                    continue;
                }
                _ => {}
            }
            out.push(sign);
            at += 1;
        }
        out
    }
}

/// The digits with sign and point that a text begins with.
fn number(signs: &[char]) -> String {
    let sign = signs.first().filter(|sign| **sign == '-');
    let digits: String =
        signs.iter().skip(usize::from(sign.is_some())).take_while(|c| c.is_ascii_digit() || **c == '.').collect();
    if digits.chars().any(|c| c.is_ascii_digit()) {
        sign.into_iter().collect::<String>() + &digits
    } else {
        String::new()
    }
}

fn is_name(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '-' | '_' | '\\')
}

/// Elements that a fragment does not have are classes in it.
fn element(name: &str) -> String {
    match name {
        "html" | "body" => format!(".{PREFIX}body"),
        "main" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => format!(".{PREFIX}{name}"),
        _ => name.to_owned(),
    }
}

/// Names of families under which the page around may have fonts of its own.
fn families(text: &str) -> String {
    text.replace("\"Source S", "\"Belagg Source S")
}

/// The heads of a group within a container: widths are the container's. None for what concerns a page that may be dark, which the page around must
/// decide.
fn group(head: &str) -> Option<Vec<String>> {
    let Some(condition) = head.strip_prefix("@media") else { return Some(vec![head.to_owned()]) };
    if condition.contains("prefers-color-scheme") && condition.contains("dark") {
        return None;
    }
    let (widths, rest): (Vec<&str>, Vec<&str>) =
        condition.split(" and ").map(str::trim).partition(|part| part.contains("width"));
    let mut out = Vec::new();
    if !rest.is_empty() {
        out.push(format!("@media {}", rest.join(" and ")));
    }
    if !widths.is_empty() {
        out.push(format!("@container belagg {}", widths.join(" and ").replace("rem", "em")));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{ROOT, scoped};

    fn rule(sheet: &str) -> String {
        let all = scoped(&[sheet.to_owned()], "r-", &[]);
        let own = all.split_once("lower-alpha}\n").unwrap().1;
        own.replace(ROOT, "R").trim().to_owned()
    }

    #[test]
    fn selectors_stay_within_the_container() {
        for (sheet, expected) in [
            ("a:hover { b: c }", "R a:hover{b: c}"),
            (
                "p, .note > li:not(.x, [data-a=\".y\"])::before {}",
                "R p,R .belagg-note > li:not(.belagg-x, [data-a=\".y\"])::before{}",
            ),
            ("#Main h2.total {}", "R #r-Main .belagg-h2.belagg-total{}"),
            (":root {} html, body {}", "R .belagg-body{}\nR .belagg-body,R .belagg-body{}"),
            (":is(h1, main):nth-child(2n+1) {}", "R :is(.belagg-h1, .belagg-main):nth-child(2n+1){}"),
            ("* {}", "R *{}"),
        ] {
            assert_eq!(rule(sheet), expected);
        }
    }

    #[test]
    fn lengths_and_names_are_the_containers() {
        for (declarations, expected) in [
            ("margin: -1.5rem 0 2em", "margin: calc(-1.5*var(--belagg-rem)) 0 2em"),
            ("--a: min(29rem, var(--width))", "--belagg-a: min(calc(29*var(--belagg-rem)), var(--belagg-width))"),
            ("width: calc(100vw - 2 * var(--g))", "width: calc(100cqi - 2 * var(--belagg-g))"),
            ("content: \"1rem --x\"; color: #1b1f23", "content: \"1rem --x\"; color: #1b1f23"),
            ("font: \"Source Sans 3\"", "font: \"Belagg Source Sans 3\""),
        ] {
            assert_eq!(rule(&format!("a {{ {declarations} }}")), format!("R a{{{expected}}}"));
        }
    }

    #[test]
    fn what_holds_for_a_whole_page_is_left_out() {
        assert_eq!(
            rule(
                "@page { margin: 0 } @import \"x\"; @font-face { src: url(\"x.woff2\") } @media (prefers-color-scheme: dark) { a { b: c } }"
            ),
            ""
        );
        assert_eq!(
            rule("@media screen and (min-width: 40rem) { a { b: c } }"),
            "@media screen{@container belagg (min-width: 40em){\nR a{b: c}\n}}"
        );
        assert_eq!(
            rule("@keyframes more { to { a: var(--b) } } c { animation: more linear }"),
            "@keyframes belagg-more{to { a: var(--belagg-b) }}\nR c{animation: belagg-more linear}"
        );
    }
}
