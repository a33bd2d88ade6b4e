//! What all reports say of a unit or of a quality area: the reports, development areas and how far they have come, where the text speaks of
//! it, and figures over the years where they are the same measure.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::Style;
use crate::locale::Locale;
use crate::render::contents::{Contents, Kind};
use crate::render::html::{DevelopmentRow, Link, Said, Subject};
use crate::system::sha256;

use super::figures::{figures, place};
use super::held::Held;

/// Places of one report that are shown at once.
const PLACES: usize = 12;
/// Characters of a passage that are shown of it.
const EXCERPT: usize = 140;

/// A unit or a quality area as all reports know it.
#[derive(Debug, Clone)]
pub struct Known {
    pub id: String,
    /// As the newest report has it.
    pub name: String,
    /// The name of its page.
    pub page: String,
    /// Every name that a report has for it, in small letters.
    names: BTreeSet<String>,
    /// Positions of the documents that have it, the newest first.
    pub documents: Vec<usize>,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Unit,
    Area,
}

impl About {
    /// Its folder in `output/`.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Unit => "units",
            Self::Area => "areas",
        }
    }

    /// Key of its word.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Unit => "site_unit",
            Self::Area => "site_area",
        }
    }

    /// Key of the word for all of them.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Unit => "site_units",
            Self::Area => "site_areas",
        }
    }
}

/// All units or areas of documents that stand in the order of their dates, the newest first; in the order of their names.
#[must_use]
pub fn known(documents: &[&Held], about: About, locale: &Locale) -> Vec<Known> {
    let mut all: Vec<Known> = Vec::new();
    let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, held) in documents.iter().enumerate() {
        let named = held.contents.as_ref().map(|contents| match about {
            About::Unit => &contents.report.units,
            About::Area => &contents.report.areas,
        });
        for named in named.into_iter().flatten() {
            let small = named.name.to_lowercase();
            let short = named.short.as_ref().map(|short| short.to_lowercase());
            let names = BTreeSet::from_iter([small.clone()].into_iter().chain(short));
            let same_id = by_id.entry(named.id.clone()).or_default();
            let same = same_id.iter().find(|nth| all.get(**nth).is_some_and(|known| known.is_called_like(&small)));
            match same.and_then(|nth| all.get_mut(*nth)) {
                Some(known) => {
                    known.documents.push(at);
                    known.names.extend(names);
                }
                None => {
                    same_id.push(all.len());
                    all.push(Known {
                        id: named.id.clone(),
                        name: named.name.clone(),
                        page: String::new(),
                        names,
                        documents: vec![at],
                    });
                }
            }
        }
    }
    // Two that have the same id and nothing else in common: the one that was known first keeps the plain address.
    // The list of all of them has a page of its own.
    let mut taken = BTreeSet::from(["index".to_owned()]);
    for known in all.iter_mut().rev() {
        let plain = file_name(&known.id);
        known.page = if taken.insert(plain.to_lowercase()) {
            plain
        } else {
            let hash = sha256(known.name.as_bytes());
            format!("{plain}-{}", hash.get(..6).unwrap_or_default())
        };
    }
    all.sort_by(|a, b| locale.compare(&a.name, &b.name).then_with(|| a.page.cmp(&b.page)));
    all
}

/// An id as the name of a file.
#[must_use]
pub fn file_name(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).collect()
}

impl Known {
    /// Whether a name has a word in common with one that it has: "Norra distriktet" and "Norra distriktets socialkontor".
    fn is_called_like(&self, small: &str) -> bool {
        let words = |name: &str| -> BTreeSet<String> {
            let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 3);
            words.map(|word| word.chars().take(5).collect()).collect()
        };
        let own = words(small);
        self.names.contains(small) || self.names.iter().any(|name| !words(name).is_disjoint(&own))
    }

    /// Whether a text names it.
    fn is_named_in(&self, small: &str) -> bool {
        self.names.iter().any(|name| {
            small.match_indices(name.as_str()).any(|(at, found)| {
                let before = small[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
                // An ending may follow: "Norra distriktets".
                let after = small[at + found.len()..].chars().take_while(|c| c.is_alphanumeric()).count();
                before && after <= 2
            })
        })
    }
}

/// Follow-ups by what they follow, in the order of the documents.
pub type FollowUps<'a> = BTreeMap<&'a str, Vec<(&'a Held, &'a Contents)>>;

/// The follow-ups among documents that stand as for [`known`].
#[must_use]
pub fn follow_ups<'a>(documents: &[&'a Held]) -> FollowUps<'a> {
    let mut out = FollowUps::new();
    for held in documents {
        if let Some(contents) = &held.contents
            && let Some(followed) = &contents.report.follows
        {
            out.entry(followed.as_str()).or_default().push((*held, contents));
        }
    }
    out
}

/// The page of one; `documents` as for [`known`].
#[must_use]
pub fn subject(
    documents: &[&Held],
    follow_ups: &FollowUps<'_>,
    known: &Known,
    about: About,
    style: &Style,
    locale: &Locale,
) -> Subject {
    let own: Vec<&Held> = known.documents.iter().filter_map(|at| documents.get(*at).copied()).collect();
    let with = own.iter().filter_map(|held| Some((*held, held.contents.as_ref()?)));
    let with: Vec<(&Held, &Contents)> = with.collect();
    Subject {
        heading: known.name.clone(),
        all: locale.label(about.plural()).to_owned(),
        developments: developments(follow_ups, &with, known, about, locale),
        said: with.iter().filter_map(|(held, contents)| speaking(held, contents, known, about, locale)).collect(),
        figures: figures(
            &with,
            |contents, figure| match about {
                About::Unit => contents.report.units.len() == 1,
                // An extract repeats what the whole report says.
                About::Area => contents.report.owner.is_none() && figure.areas.contains(&known.id),
            },
            style,
            locale,
        ),
    }
}

/// Development areas with how far the newest follow-up says that they have come.
fn developments(
    follow_ups: &FollowUps<'_>,
    with: &[(&Held, &Contents)],
    known: &Known,
    about: About,
    locale: &Locale,
) -> Vec<DevelopmentRow> {
    let mut out = Vec::new();
    // An extract repeats what the whole report says.
    for (held, contents) in with.iter().filter(|(_, contents)| contents.report.owner.is_none()) {
        if contents.report.follows.is_some() {
            continue;
        }
        let wanted = contents.developments.iter().filter(|development| match about {
            About::Unit => development.unit == known.id,
            About::Area => development.area.as_ref() == Some(&known.id),
        });
        for development in wanted {
            let unit = contents.report.units.iter().find(|unit| unit.id == development.unit);
            let status = follow_ups.get(contents.report.id.as_str()).into_iter().flatten().find_map(
                |(follow_held, follow_up)| {
                    let mut found = follow_up.developments.iter();
                    let found = found.find(|found| {
                        found.unit == development.unit
                            && found.status.is_some()
                            && alike(&found.text, &development.text)
                    })?;
                    Some(Link {
                        href: place(follow_held, &found.passage),
                        words: found.status_label.clone().unwrap_or_default(),
                    })
                },
            );
            out.push(DevelopmentRow {
                text: Link { href: place(held, &development.passage), words: development.text.clone() },
                unit: unit.filter(|_| about == About::Area).map(|unit| unit.name.clone()),
                report: contents.report.title.clone(),
                language: contents.report.language.clone(),
                year: year(&contents.report.date),
                unknown: locale.label("site_not_followed").to_owned(),
                status,
            });
        }
    }
    out
}

/// The same words, but for what stands around them.
fn alike(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (one, other) = (words(one), words(other));
    !one.is_empty() && (one == other || one.ends_with(&other) || other.ends_with(&one))
}

/// The sections and passages of a report that name it; none where no text does.
fn speaking(held: &Held, contents: &Contents, known: &Known, about: About, locale: &Locale) -> Option<Said> {
    let mut places = Vec::new();
    let mut sections = BTreeSet::new();
    for section in &contents.sections {
        if known.is_named_in(&section.title.to_lowercase()) {
            let number = section.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
            places.push(Link { href: place(held, &section.id), words: format!("{number}{}", section.title) });
            sections.insert(section.id.as_str());
        }
    }
    // An extract is about its unit from the first line to the last.
    let only = about == About::Unit && contents.report.units.len() == 1;
    for passage in contents.passages.iter().filter(|_| !only) {
        let is_text = matches!(passage.kind, Kind::Paragraph | Kind::ListItem);
        // A name alone says nothing, and development areas have a table of their own.
        let small = passage.text.trim().to_lowercase();
        let listed = contents.developments.iter().any(|development| development.passage == passage.id);
        if listed || known.names.contains(&small) {
            continue;
        }
        // What stands below such a heading is told by the heading.
        if is_text && !sections.contains(passage.section.as_str()) && known.is_named_in(&small) {
            places.push(Link { href: place(held, &passage.id), words: excerpt(&passage.text) });
        }
    }
    if places.is_empty() && !only {
        return None;
    }
    // A single one more is shown as well: to unfold it takes as much room.
    let shown = if places.len() == PLACES + 1 { places.len() } else { places.len().min(PLACES) };
    let more = places.split_off(shown);
    Some(Said {
        report: Link { href: place(held, ""), words: contents.report.title.clone() },
        language: contents.report.language.clone(),
        about: format!("{}, {}", contents.report.kind_label, year(&contents.report.date)),
        more_words: locale.fill("site_more_places", &[("count", &more.len().to_string())]),
        places,
        more,
    })
}

/// The beginning of a passage, in whole words.
fn excerpt(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match flat.char_indices().nth(EXCERPT) {
        None => flat,
        Some((end, _)) => {
            let cut = flat.get(..end).unwrap_or_default();
            let cut = cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole);
            format!("{} …", cut.trim_end_matches([',', ';', ':', '.']))
        }
    }
}

fn year(date: &str) -> i32 {
    date.split('-').next().and_then(|year| year.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{BTreeSet, Known, alike, excerpt};

    #[test]
    fn a_name_is_found_with_its_ending_and_not_inside_another() {
        let known = Known {
            id: "norra".to_owned(),
            name: "Norra distriktet".to_owned(),
            page: "norra".to_owned(),
            names: BTreeSet::from(["norra distriktet".to_owned()]),
            documents: Vec::new(),
        };
        assert!(known.is_named_in("i norra distriktets akter"));
        assert!(known.is_named_in("norra distriktet"));
        assert!(!known.is_named_in("i enorra distriktet"));
        assert!(!known.is_named_in("norra distriktetingen"));
        assert!(known.is_called_like("norra distriktets socialkontor") && !known.is_called_like("enheten för stöd"));
    }

    #[test]
    fn what_a_follow_up_repeats_is_known_again_behind_its_area() {
        assert!(alike("Delaktighet. Skriv egna mål i planen.", "skriv egna mål i planen"));
        assert!(!alike("Skriv egna mål", "Skriv egna planer") && !alike("", ""));
    }

    #[test]
    fn an_excerpt_ends_with_a_word() {
        assert_eq!(excerpt("kort  text"), "kort text");
        let long = excerpt(&"ord och ".repeat(40));
        assert!(long.ends_with(" …") && long.chars().count() < 150, "{long}");
    }
}
