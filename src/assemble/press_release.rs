//! Press releases: one page, with the figures of the report that they tell of.

use super::{Kind, Starter};

pub const KIND: Kind = Kind {
    name: "press-release",
    label: "kind_press_release",
    template: "brief",
    imprint: &["publisher", "contact"],
    numbered: false,
    pages: Some(1),
    check: |_, _, _| {},
    chapters: None,
    starter: Starter { swedish: SWEDISH, english: ENGLISH },
};

const SWEDISH: &[(&str, &str)] = &[
    ("content/{id}/report.yaml", include_str!("starter/release/sv/report.yaml")),
    ("content/{id}/findings/tal.yaml", include_str!("starter/release/sv/tal.yaml")),
    ("content/{id}/text.md", include_str!("starter/release/sv/text.md")),
];

const ENGLISH: &[(&str, &str)] = &[
    ("content/{id}/report.yaml", include_str!("starter/release/en/report.yaml")),
    ("content/{id}/findings/figures.yaml", include_str!("starter/release/en/figures.yaml")),
    ("content/{id}/text.md", include_str!("starter/release/en/text.md")),
];
