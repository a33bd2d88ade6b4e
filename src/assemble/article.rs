//! Articles: a lead, a picture, problems beside proposals, and files to take along.

use super::{Findings, Kind, Starter};

pub const KIND: Kind = Kind {
    name: "article",
    label: "kind_article",
    template: "brief",
    imprint: &["author", "publisher", "contact"],
    numbered: false,
    pages: None,
    findings: Findings::Retells,
    check: |_, _, _| {},
    chapters: None,
    starter: Starter { swedish: SWEDISH, english: ENGLISH },
};

const SWEDISH: &[(&str, &str)] = &[
    ("content/{id}/report.yaml", include_str!("starter/article/sv/report.yaml")),
    ("content/{id}/findings/delar.yaml", include_str!("starter/article/sv/delar.yaml")),
    ("content/{id}/artikel.md", include_str!("starter/article/sv/artikel.md")),
    ("content/{id}/huset.svg", include_str!("starter/article/sv/huset.svg")),
    ("content/{id}/skrivelse.txt", include_str!("starter/article/sv/skrivelse.txt")),
];

const ENGLISH: &[(&str, &str)] = &[
    ("content/{id}/report.yaml", include_str!("starter/article/en/report.yaml")),
    ("content/{id}/findings/parts.yaml", include_str!("starter/article/en/parts.yaml")),
    ("content/{id}/article.md", include_str!("starter/article/en/article.md")),
    ("content/{id}/house.svg", include_str!("starter/article/en/house.svg")),
    ("content/{id}/letter.txt", include_str!("starter/article/en/letter.txt")),
];
