//! `belagg.yaml` and `report.yaml` to the model.

mod catalogue;
mod imprint;
mod shapes;
mod translation_of;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::resolved::Status;
use crate::limits;
use crate::locale::Language;
use crate::model::{
    Breakdowns, Change, CitationStyle, DecisionPlace, DocumentKind, Imprint, Licence, LogoFile, Parameter, Policy,
    Publisher, Reliance, Report, SignOff, Term, Theme, Unit, Workspace,
};
use crate::source::{Span, Spanned, Text};
use crate::value::{PartialDate, Rounding};

use super::breakdown::{self, BreakdownEntry, Groups};
use super::checks::{self, ExceptionEntry, Level, RuleEntry};
use super::decode::choice;
use super::disclosure::{self, DisclosureEntry};
use super::each::Home;
use super::form::{
    ById, ByName, Date, Description, Either, Flag, Form, Kind, Label, List, OneOrMany, Path, Placed, Plain, Reference,
    Required, Short, Words, choices, mapping,
};
use super::history::{self, ChangeEntry, DecisionEntry};
use super::yaml::Node;

use catalogue::CatalogueEntry;
use imprint::ImprintEntry;
use shapes::{Colour, PublicKey, Site, SiteOrMail, Version};
use translation_of::translation_of;

impl Form for Language {
    type Value = Self;
    const KIND: Kind = Kind::Choice(Self::NAMES);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self> {
        if node.text().is_some_and(|text| text.value == "no") {
            sink.push(
                Diagnostic::error(
                    Code::VALUE_INVALID,
                    say!("{what} cannot be `no`, which is Norwegian in either of its written forms", what),
                )
                .at(node.span)
                .help(say!("write `nb` for Bokmål")),
            );
            return None;
        }
        choice(node, what, Self::WORDS, sink)
    }

    fn written(value: &Self) -> String {
        value.tag().to_owned()
    }
}

choices!(Rounding { "half-away-from-zero" => Rounding::HalfAwayFromZero, "half-even" => Rounding::HalfEven, });
choices!(Status);
choices!(Licence);

impl Form for DocumentKind {
    type Value = Self;
    const KIND: Kind = Kind::Choice(Self::WRITTEN);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self> {
        let name = Reference::read(node, what, sink)?;
        let found = Self::written(&name.value);
        if found.is_none() {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, say!("there is no kind of report `{name}`", name = name.value))
                    .at(name.span)
                    .nearest(&name.value, Self::WRITTEN.iter().copied())
                    .help(say!("kinds: {written}", written = Self::WRITTEN.join(", ")))
                    .help(say!("extracts are made from a report: `extracts: units`")),
            );
        }
        found
    }
}

choices!(CitationStyle { "notes" => CitationStyle::Notes, "author-year" => CitationStyle::AuthorYear, });

/// Whether there is an extract for each unit.
pub(in crate::load) struct Extracts;
choices!(Extracts as bool { "units" => true, });

choices!(DecisionPlace { "front" => DecisionPlace::Front, "beside" => DecisionPlace::Beside, });

mapping! {
    /// What holds for all reports of a workspace; the file may be missing.
    WorkspaceFile "belagg.yaml" {
        /// Language of reports that do not say theirs.
        language: Language = Language::Swedish,
        /// Who publishes: stands on the cover.
        publisher: PublisherEntry,
        /// Where the website publishes output/.
        site: Site,
        /// On what terms others may use what is published, by the name that SPDX has for the licence: `CC-BY-4.0`.
        licence: Licence,
        /// What the catalogue of all data tells data portals (DCAT-AP-SE); it is made where `site` is given too.
        catalogue: Placed<CatalogueEntry>,
        /// The public keys that signatures are checked with, as `belagg key` prints them.
        key: OneOrMany<PublicKey> = Vec::new(),
        /// Colour and fonts.
        theme: ThemeEntry,
        /// How a half is rounded: 62.5 prints 63, or 62.
        rounding: Rounding = Rounding::HalfAwayFromZero,
        /// Names of persons, places and organisations that are spelled as they stand here.
        names: List<Words> = Vec::new(),
        /// What values are told apart by, each with its groups; without it `sex: [women, men]`.
        breakdowns: ById<Short<Groups, BreakdownEntry>>,
        /// What must not be found out of single persons.
        disclosure: Placed<DisclosureEntry>,
        /// Rules of the checks by their codes: how severe they are, and their options.
        rules: ByName<Short<Level, RuleEntry>> = Vec::new(),
    }
}

mapping! {
    /// Who publishes.
    PublisherEntry "publisher" {
        /// The name on the cover.
        name: Required<Label>,
        /// The part of the organisation.
        unit: Label,
        /// Address of the website, or `mailto:`.
        url: SiteOrMail,
        /// The picture on the cover.
        logo: LogoEntry,
    }
}

mapping! {
    /// The picture on the cover.
    LogoEntry "logo" {
        /// SVG, PNG or JPEG in the workspace.
        file: Required<Path>,
        /// What the picture says, for those who do not see it.
        alt: Required<Description>,
    }
}

mapping! {
    /// Colour and fonts.
    ThemeEntry "theme" {
        /// Colour of headings and links, dark enough on white: `"#1d5b79"`.
        accent: Colour,
        /// Font of running text.
        text_font as "text-font": Reference,
        /// Font of headings.
        heading_font as "heading-font": Reference,
    }
}

mapping! {
    /// One report.
    ReportFile "report.yaml" {
        /// Kind of document, such as `inspection-report`; docs/kinds.md has them all.
        kind: Required<Placed<DocumentKind>>,
        /// What readers call such a report, where that is not the kind's own word: `Lägesrapport`.
        kind_label as "kind-label": Label,
        /// The title.
        title: Required<Label>,
        /// Stands below the title; the lead of a press release.
        subtitle: Label,
        /// The series that the report belongs to.
        series: Label,
        /// One or two sentences for search engines and link previews.
        description: Description,
        /// What the report can be found by.
        keywords: List<Words> = Vec::new(),
        /// The report's language, if not the workspace's.
        language: Language,
        /// One to three numbers with full stops between, in quotation marks; names the folder in output/.
        version: Required<Version>,
        /// The report of the period before, which this one was made from: the checks tell what still names that period.
        previous: Reference,
        /// Day, month or year of publication.
        date: Required<Date>,
        /// How far the version has come.
        status: Status = Status::Draft,
        /// Who decided on this version.
        decision: DecisionEntry,
        /// What this version changes in the one before it.
        changes: List<ChangeEntry> = Vec::new(),
        /// Why the report is withdrawn; with that status alone.
        withdrawn: Words,
        /// Whether the PDF carries the data and the manifest (PDF/A-3a).
        attach_data as "attach-data": Flag = false,
        /// A sentence for the first page that says what is invented.
        invented: Words,
        /// Who publishes this report, if not the workspace's publisher.
        publisher: PublisherEntry,
        /// On what terms others may use this report, if not those of belagg.yaml; extracts have the same.
        licence: Licence,
        /// What the publication says of itself; the kind of document says what must be there.
        imprint: Placed<ImprintEntry>,
        /// Who stands behind a letter.
        sign_off as "sign-off": SignOffEntry,
        /// What is used in many places, by names: `{{ param.month }}`.
        parameters: ById<Plain> = Vec::new(),
        /// A CSV file or a sheet in the report's folder: a report is made for each of its rows, whose cells are parameters.
        for_each as "for-each": Path,
        /// Other reports whose figures are used: the folder, and the version that the text was written from.
        reports: ByName<Reference> = Vec::new(),
        /// What this report is a translation of: the folder of the original, and the version that was translated. All but the words comes from there.
        translation_of as "translation-of": ByName<Reference> = Vec::new(),
        /// In a translation: words that stand in files of data, and what is printed for each: `{Vård och omsorg: Health and social care}`.
        words: ByName<Words> = Vec::new(),
        /// `units`: an extract for each unit.
        extracts: Extracts = false,
        /// A page for those who decide: as the report's first chapter, or beside it.
        decision_page as "decision-page": DecisionPlace,
        /// Folders of reports that this one leads to.
        companions: List<Reference> = Vec::new(),
        /// Inspected units in their order: id and name.
        units: ById<Short<Words, UnitEntry>> = Vec::new(),
        /// Abbreviations and what they stand for.
        terms: ByName<Words> = Vec::new(),
        /// Further names that are spelled as they stand here.
        names: List<Words> = Vec::new(),
        /// Rules of the checks by their codes, as in belagg.yaml and before it.
        rules: ByName<Short<Level, RuleEntry>> = Vec::new(),
        /// Findings of the checks that are let pass, each with a reason.
        exceptions: List<Placed<ExceptionEntry>> = Vec::new(),
        /// What must not be found out of single persons, where this report is stricter than belagg.yaml.
        disclosure: Placed<DisclosureEntry>,
        /// What the report does without though its kind asks for it, each with the reason: `{reference: …}`; docs/kinds.md has the names.
        without: ByName<Words> = Vec::new(),
        /// Words in the place of the program's own: `{callout_note: Faktaruta}`; the keys are those of templates/locales/.
        labels: ByName<Words> = Vec::new(),
        /// How sources are cited: in notes, or (Fricker 2007, s. 12).
        citation_style as "citation-style": CitationStyle = CitationStyle::Notes,
        /// Markdown files in the order of the report.
        chapters: Required<Placed<List<Path, 1>>>,
    }
}

mapping! {
    /// Who stands behind a letter.
    SignOffEntry "sign-off" {
        /// Where it is signed.
        place: Required<Label>,
        /// A function, never a private person.
        by: Required<Label>,
    }
}

mapping! {
    /// A unit with a longer name.
    UnitEntry "unit" {
        /// The name in tables and headings.
        name: Required<Label>,
        /// The name in full.
        full: Label,
    }
}

/// Look and rules of a workspace without `belagg.yaml`.
pub fn default_workspace(span: Span) -> Workspace {
    Workspace {
        language: Language::Swedish,
        publisher: None,
        site: None,
        licence: None,
        catalogue: None,
        keys: Vec::new(),
        theme: default_theme(span),
        rounding: Rounding::HalfAwayFromZero,
        names: Vec::new(),
        breakdowns: Breakdowns::default(),
        disclosure: None,
        rules: Vec::new(),
    }
}

fn default_theme(span: Span) -> Theme {
    Theme {
        accent: "#1d5b79".to_owned(),
        text_font: Spanned::new("Source Serif 4".to_owned(), span),
        heading_font: Spanned::new("Source Sans 3".to_owned(), span),
    }
}

/// Reads `belagg.yaml`.
pub fn workspace(root: &Node, sink: &mut Sink) -> Workspace {
    let default = default_workspace(root.span);
    let Some(file) = WorkspaceFile::read(root, &Said::verbatim("belagg.yaml"), sink) else { return default };
    if let Some(given) = &file.catalogue {
        catalogue::check(given.span, file.site.is_some(), file.publisher.is_some(), sink);
    }
    Workspace {
        language: file.language,
        publisher: file.publisher.and_then(publisher),
        site: file.site,
        licence: file.licence,
        catalogue: file.catalogue.and_then(|given| catalogue::catalogue(given.value)),
        keys: file.key,
        theme: file.theme.map_or(default.theme, |given| theme(given, root.span)),
        rounding: file.rounding,
        names: file.names,
        breakdowns: file.breakdowns.map_or(default.breakdowns, |given| breakdown::breakdowns(given, sink)),
        disclosure: file.disclosure.map(|given| Policy::from_terms(disclosure::terms(given.value, sink), given.span)),
        rules: checks::rules(file.rules),
    }
}

fn publisher(given: PublisherEntry) -> Option<Publisher> {
    let logo = given.logo.and_then(|logo| Some(LogoFile { file: logo.file?, alt: logo.alt? }));
    Some(Publisher { name: given.name?, unit: given.unit, url: given.url, logo })
}

fn theme(given: ThemeEntry, span: Span) -> Theme {
    let default = default_theme(span);
    Theme {
        accent: given.accent.unwrap_or(default.accent),
        text_font: given.text_font.unwrap_or(default.text_font),
        heading_font: given.heading_font.unwrap_or(default.heading_font),
    }
}

/// Reads `report.yaml`; faults that leave no report at all give none.
pub fn report(
    root: &Node,
    home: &Home,
    parameters: Vec<Parameter>,
    language: Language,
    sink: &mut Sink,
) -> Option<Report> {
    let file = ReportFile::read(root, &Said::verbatim("report.yaml"), sink)?;
    check_rows(&file, home, sink);
    check_keywords(&file.keywords, sink);
    history::check_withdrawn(file.status, file.withdrawn.as_ref(), root.span, sink);
    let imprint = file.imprint.map_or_else(|| Imprint::empty(root.span), |given| imprint::imprint(given, sink));
    let sign_off = file.sign_off.and_then(|given| Some(SignOff { place: given.place?, by: given.by? }));
    let units: Vec<Unit> = file.units.into_iter().filter_map(unit).collect();
    if file.extracts && units.is_empty() {
        sink.push(
            Diagnostic::error(Code::KEY_MISSING, say!("there are no `units` to make extracts for"))
                .at(root.span)
                .help(say!("add `units:` with the inspected units, or take `extracts` out")),
        );
    }
    if let Some(chapters) = file.chapters.as_ref().filter(|chapters| chapters.value.is_empty()) {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("the report has no chapters"))
                .at(chapters.span)
                .help(say!("name at least one Markdown file: chapters: [sammanfattning.md]")),
        );
    }
    let is_incomplete = file.title.is_none() || file.version.is_none() || file.date.is_none();
    let some_date = PartialDate { year: 2000, month: None, day: None };
    Some(Report {
        id: home.id(),
        folder: home.folder.clone(),
        row: home.row.as_ref().map(|row| row.id.clone()),
        parameters,
        kind: file.kind?,
        kind_label: file.kind_label,
        title: file.title.unwrap_or_else(|| Text::new("–", root.span)),
        subtitle: file.subtitle,
        series: file.series,
        description: file.description,
        keywords: file.keywords,
        language: file.language.unwrap_or(language),
        version: file.version.unwrap_or_else(|| Spanned::new("0".to_owned(), root.span)),
        date: file.date.unwrap_or_else(|| Spanned::new(some_date, root.span)),
        status: file.status,
        decision: file.decision.and_then(history::decision),
        changes: file
            .changes
            .into_iter()
            .filter_map(history::change)
            .filter(|change| is_of_row(change, home))
            .collect(),
        withdrawn: file.withdrawn,
        attach_data: file.attach_data,
        invented: file.invented,
        publisher: file.publisher.and_then(publisher),
        licence: file.licence,
        imprint,
        sign_off,
        reports: file.reports.into_iter().map(|(id, version)| Reliance { id, version }).collect(),
        translation: translation_of(file.translation_of, file.words, sink),
        extracts: file.extracts,
        decision_page: file.decision_page,
        previous: file.previous,
        companions: file.companions,
        units,
        terms: file.terms.into_iter().map(|(name, text)| Term { name, text }).collect(),
        names: file.names,
        citation_style: file.citation_style,
        rules: checks::rules(file.rules),
        exceptions: file.exceptions.into_iter().filter_map(|given| checks::exception(given, sink)).collect(),
        disclosure: file.disclosure.map(|given| Spanned::new(disclosure::terms(given.value, sink), given.span)),
        without: file.without,
        labels: file.labels,
        chapters: file.chapters.map(|chapters| chapters.value).unwrap_or_default(),
        is_incomplete,
        span: root.span,
    })
}

/// Holds what speaks of rows to whether the folder makes a report for each, and finds `for-each` where it is easily put.
fn check_rows(file: &ReportFile, home: &Home, sink: &mut Sink) {
    if let Some((name, _)) = file.reports.iter().find(|(name, _)| name.value == "for-each") {
        sink.push(
            Diagnostic::error(Code::KEY_UNKNOWN, say!("`reports` names the reports whose figures are used"))
                .at(name.span)
                .help(say!("write `for-each: data/….csv` on a line of its own, not below `reports`")),
        );
    }
    let named = file.changes.iter().flat_map(|change| &change.rows);
    if let Some(row) = named.into_iter().find(|_| home.row.is_none() && file.for_each.is_none()) {
        let message = say!("there is no row `{row}`: without `for-each` the folder makes one report", row = row.value);
        sink.push(Diagnostic::error(Code::EACH, message).at(row.span).help(say!("take `rows` out")));
    }
    // Read before the file is, since they are used in it.
    let _ = &file.parameters;
}

/// Whether a change is one of this report: a change may name the rows whose reports it is of.
fn is_of_row(change: &Change, home: &Home) -> bool {
    let row = home.row.as_ref().map(|row| &row.id.value);
    change.rows.is_empty() || change.rows.iter().any(|named| Some(&named.value) == row)
}

fn check_keywords(keywords: &[Text], sink: &mut Sink) {
    if let Some(keyword) = keywords.get(limits::KEYWORDS) {
        let (found, most) = (keywords.len(), limits::KEYWORDS);
        let message = say!("the report has {found} keywords; at most {most} help anyone", found, most);
        sink.push(Diagnostic::error(Code::TEXT_TOO_LONG, message).at(keyword.span));
    }
    for keyword in keywords {
        sink.check_length(say!("a keyword"), &keyword.value, limits::ID, keyword.span);
    }
}

fn unit((id, given): (Spanned<String>, Either<Text, UnitEntry>)) -> Option<Unit> {
    Some(match given {
        Either::Short(name) => Unit { id, name, full: None },
        Either::Full(entry) => Unit { id, name: entry.name?, full: entry.full },
    })
}
