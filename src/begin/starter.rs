//! What `belagg new` writes: the folder `starter/<kind>/<language>` as it lies there, `{id}` being the name of the report.

use crate::locale::Language;
use crate::model::DocumentKind;
use crate::system::embedded;

/// Path in the workspace and content.
type File = (&'static str, &'static str);

/// The files of a new report; none of what is made from a report, and none yet in Norwegian. A kind that follows another brings that with it, in a folder of its own.
#[must_use]
pub const fn starter(kind: DocumentKind, language: Language) -> &'static [File] {
    match (kind, language) {
        (DocumentKind::Report, Language::Swedish) => &embedded!("starter/report/sv":
            "content/{id}/report.yaml" "content/{id}/findings/besok.yaml" "content/{id}/data/besok.csv"
            "content/{id}/laget.md" "charts/{id}/besok.yaml"),
        (DocumentKind::Report, Language::English) => &embedded!("starter/report/en":
            "content/{id}/report.yaml" "content/{id}/findings/visits.yaml" "content/{id}/data/visits.csv"
            "content/{id}/visits.md" "charts/{id}/visits.yaml"),
        (DocumentKind::Statistics, Language::Swedish) => &embedded!("starter/statistics/sv":
            "content/{id}/report.yaml" "content/{id}/findings/personer.yaml" "content/{id}/personer.md"
            "content/{id}/om-statistiken.md"),
        (DocumentKind::Statistics, Language::English) => &embedded!("starter/statistics/en":
            "content/{id}/report.yaml" "content/{id}/findings/persons.yaml" "content/{id}/persons.md"
            "content/{id}/about.md"),
        (DocumentKind::InspectionReport, Language::Swedish) => &embedded!("starter/inspection-report/sv":
            "content/{id}/report.yaml" "content/{id}/findings/arenden.yaml" "content/{id}/findings/bedomningar.yaml"
            "content/{id}/sammanfattning.md" "content/{id}/resultat.md" "content/{id}/referenser.md"
            "content/{id}/sources.yaml" "charts/{id}/planer.yaml"),
        (DocumentKind::InspectionReport, Language::English) => &embedded!("starter/inspection-report/en":
            "content/{id}/report.yaml" "content/{id}/findings/cases.yaml" "content/{id}/findings/assessments.yaml"
            "content/{id}/summary.md" "content/{id}/results.md" "content/{id}/references.md"
            "content/{id}/sources.yaml" "charts/{id}/plans.yaml"),
        (DocumentKind::FinalProjectReport, Language::Swedish) => &embedded!("starter/final-project-report/sv":
            "content/{id}/report.yaml" "content/{id}/findings/uppdrag.yaml" "content/{id}/sammanfattning.md"
            "content/{id}/resultat.md" "content/{id}/referenser.md" "content/{id}/sources.yaml"),
        (DocumentKind::FinalProjectReport, Language::English) => &embedded!("starter/final-project-report/en":
            "content/{id}/report.yaml" "content/{id}/findings/commission.yaml" "content/{id}/summary.md"
            "content/{id}/results.md" "content/{id}/references.md" "content/{id}/sources.yaml"),
        (DocumentKind::SurveyReport, Language::Swedish) => &embedded!("starter/survey-report/sv":
            "content/{id}/report.yaml" "content/{id}/findings/enkat.yaml" "content/{id}/sammanfattning.md"
            "content/{id}/resultat.md"),
        (DocumentKind::SurveyReport, Language::English) => &embedded!("starter/survey-report/en":
            "content/{id}/report.yaml" "content/{id}/findings/survey.yaml" "content/{id}/summary.md"
            "content/{id}/results.md"),
        (DocumentKind::PressRelease, Language::Swedish) => &embedded!("starter/press-release/sv":
            "content/{id}/report.yaml" "content/{id}/findings/tal.yaml" "content/{id}/text.md"),
        (DocumentKind::PressRelease, Language::English) => &embedded!("starter/press-release/en":
            "content/{id}/report.yaml" "content/{id}/findings/figures.yaml" "content/{id}/text.md"),
        (DocumentKind::Reply, Language::Swedish) => &embedded!("starter/reply/sv":
            "content/{id}/report.yaml" "content/{id}/findings/fragor.yaml" "content/{id}/svar.md"),
        (DocumentKind::Reply, Language::English) => &embedded!("starter/reply/en":
            "content/{id}/report.yaml" "content/{id}/findings/questions.yaml" "content/{id}/reply.md"),
        (DocumentKind::Article, Language::Swedish) => &embedded!("starter/article/sv":
            "content/{id}/report.yaml" "content/{id}/findings/delar.yaml" "content/{id}/artikel.md"
            "content/{id}/huset.svg" "content/{id}/skrivelse.txt"),
        (DocumentKind::Article, Language::English) => &embedded!("starter/article/en":
            "content/{id}/report.yaml" "content/{id}/findings/parts.yaml" "content/{id}/article.md"
            "content/{id}/house.svg" "content/{id}/letter.txt"),
        (DocumentKind::FollowUp, Language::Swedish) => &embedded!("starter/follow-up/sv":
            "content/{id}/report.yaml" "content/{id}/findings/uppfoljning.yaml" "content/{id}/resultat.md"
            "charts/{id}/lage.yaml" "content/{id}-granskning/report.yaml"
            "content/{id}-granskning/findings/bedomningar.yaml" "content/{id}-granskning/granskning.md"),
        (DocumentKind::FollowUp, Language::English) => &embedded!("starter/follow-up/en":
            "content/{id}/report.yaml" "content/{id}/findings/follow-up.yaml" "content/{id}/results.md"
            "charts/{id}/status.yaml" "content/{id}-inspection/report.yaml"
            "content/{id}-inspection/findings/assessments.yaml" "content/{id}-inspection/inspection.md"),
        (DocumentKind::AnnualReport, Language::Swedish) => &embedded!("starter/annual-report/sv":
            "content/{id}/report.yaml" "content/{id}/findings/matt.yaml" "content/{id}/aret.md"
            "content/{id}/utveckling.md" "charts/{id}/andelar.yaml" "content/{id}-fore/report.yaml"
            "content/{id}-fore/findings/arenden.yaml" "content/{id}-fore/granskning.md" "content/{id}-nu/report.yaml"
            "content/{id}-nu/findings/arenden.yaml" "content/{id}-nu/granskning.md"),
        (DocumentKind::AnnualReport, Language::English) => &embedded!("starter/annual-report/en":
            "content/{id}/report.yaml" "content/{id}/findings/measures.yaml" "content/{id}/year.md"
            "content/{id}/development.md" "charts/{id}/shares.yaml" "content/{id}-before/report.yaml"
            "content/{id}-before/findings/cases.yaml" "content/{id}-before/inspection.md"
            "content/{id}-now/report.yaml" "content/{id}-now/findings/cases.yaml" "content/{id}-now/inspection.md"),
        (DocumentKind::EasyRead, Language::Swedish) => &embedded!("starter/easy-read/sv":
            "content/{id}/report.yaml" "content/{id}/findings/ord.yaml" "content/{id}/text.md"),
        (DocumentKind::EasyRead, Language::English) => &embedded!("starter/easy-read/en":
            "content/{id}/report.yaml" "content/{id}/findings/words.yaml" "content/{id}/text.md"),
        (DocumentKind::DecisionPage, Language::Swedish) => &embedded!("starter/decision-page/sv":
            "content/{id}/report.yaml" "content/{id}/beslut.md"),
        (DocumentKind::DecisionPage, Language::English) => &embedded!("starter/decision-page/en":
            "content/{id}/report.yaml" "content/{id}/decision.md"),
        (DocumentKind::UnitExtract, _) | (_, Language::Norwegian) => &[],
    }
}

/// What `belagg.yaml` of a new workspace says of numbers that are too small.
#[must_use]
pub const fn policy(language: Language) -> &'static str {
    match language {
        Language::Swedish => include_str!("starter/policy/sv.yaml"),
        Language::English | Language::Norwegian => include_str!("starter/policy/en.yaml"),
    }
}
