//! Inspection reports: what was inspected, how, what was found and what follows.

use super::{Findings, Kind, Starter};

pub const KIND: Kind = Kind {
    name: "inspection-report",
    label: "kind_inspection_report",
    template: "report",
    imprint: &["reference", "publisher", "contact"],
    numbered: true,
    pages: None,
    findings: Findings::Investigates,
    check: |_, _, _| {},
    chapters: None,
    starter: Starter { swedish: SWEDISH, english: ENGLISH },
};

const SWEDISH: &[(&str, &str)] = &[
    ("content/{id}/report.yaml", include_str!("starter/inspection/sv/report.yaml")),
    ("content/{id}/findings/arenden.yaml", include_str!("starter/inspection/sv/arenden.yaml")),
    ("content/{id}/findings/bedomningar.yaml", include_str!("starter/inspection/sv/bedomningar.yaml")),
    ("content/{id}/sammanfattning.md", include_str!("starter/inspection/sv/sammanfattning.md")),
    ("content/{id}/resultat.md", include_str!("starter/inspection/sv/resultat.md")),
    ("content/{id}/referenser.md", include_str!("starter/inspection/sv/referenser.md")),
    ("content/{id}/sources.yaml", include_str!("starter/inspection/sv/sources.yaml")),
    ("charts/{id}/planer.yaml", include_str!("starter/inspection/sv/planer.yaml")),
];

const ENGLISH: &[(&str, &str)] = &[
    ("content/{id}/report.yaml", include_str!("starter/inspection/en/report.yaml")),
    ("content/{id}/findings/cases.yaml", include_str!("starter/inspection/en/cases.yaml")),
    ("content/{id}/findings/assessments.yaml", include_str!("starter/inspection/en/assessments.yaml")),
    ("content/{id}/summary.md", include_str!("starter/inspection/en/summary.md")),
    ("content/{id}/results.md", include_str!("starter/inspection/en/results.md")),
    ("content/{id}/references.md", include_str!("starter/inspection/en/references.md")),
    ("content/{id}/sources.yaml", include_str!("starter/inspection/en/sources.yaml")),
    ("charts/{id}/plans.yaml", include_str!("starter/inspection/en/plans.yaml")),
];
