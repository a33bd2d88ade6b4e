//! What stands before the first chapter: title, imprint, metadata.

use std::collections::BTreeMap;

use crate::assemble::Document;
use crate::document::address;
use crate::document::resolved::{
    self, About, Basis, Date, ImprintRow, Inline, Logo, Named, Publisher, ResolvedDocument, SignOff, Theme, plain_text,
};
use crate::load;
use crate::locale::Language;
use crate::markdown::plain_words;
use crate::model::{Change, Decision, ImprintKey, Part, Related, Report};
use crate::source::{Spanned, Text};
use crate::value::PartialDate;

use super::Resolver;

impl<'a> Resolver<'a> {
    pub(super) fn front(&mut self, document: &Document) -> ResolvedDocument {
        let report = &self.project.report;
        let title = self.bare(|resolver| resolver.text(&report.title));
        let subtitle = match &self.project.part {
            Some(Part::Unit(id)) => {
                let unit = report.units.iter().find(|unit| unit.id.value == *id);
                let name = unit.map(|unit| plain_words(unit.full.as_ref().unwrap_or(&unit.name)));
                Some(vec![Inline::text(self.locale.fill("extract_of", &[("unit", &name.unwrap_or_default())]))])
            }
            _ => report.subtitle.as_ref().map(|text| self.bare(|resolver| resolver.text(text))),
        };
        let series = self.plain(report.series.as_ref());
        let own_word = report.kind_label.as_ref().filter(|_| self.project.part.is_none());
        let kind_label = self.plain(own_word).unwrap_or_else(|| self.locale.label(document.kind.label()).to_owned());
        // What is made from a report has its title, and must be told from it in a list or a window's head.
        let title_text = match &self.project.part {
            None => plain_text(&title),
            Some(part) => {
                let words = match (part, &subtitle) {
                    (Part::Unit(_), Some(subtitle)) => plain_text(subtitle),
                    _ => self.locale.label(document.kind.label()).to_owned(),
                };
                format!("{} – {}", plain_text(&title), self.locale.lower_first(&words))
            }
        };
        let date = date(&report.date.value, self.locale);
        let notice = report.invented.as_ref().map(|text| self.bare(|resolver| resolver.text(text)));
        let changes = report.changes.iter().map(|change| self.change(change)).collect();
        let withdrawn = report.withdrawn.as_ref().map(|text| self.bare(|resolver| resolver.text(text)));
        let keywords = report.keywords.iter().filter_map(|word| self.plain(Some(word))).collect();
        let described = report.description.as_ref().map(|text| self.bare(|resolver| resolver.text(text)));
        let described = described.filter(|_| self.project.part.is_none());
        let description = described
            .as_ref()
            .or(subtitle.as_ref().filter(|_| self.project.part.is_none()))
            .map_or_else(|| title_text.clone(), |words| plain_text(words));
        let sign_off = self.sign_off(&date);
        let (imprint, reference) = self.imprint(&date, &title_text);
        ResolvedDocument {
            schema: resolved::SCHEMA,
            id: report.id.clone(),
            kind: report.kind.value.name().to_owned(),
            kind_label,
            template: document.kind.template().to_owned(),
            sign_off,
            language: report.language.tag().to_owned(),
            region: report.language.region().to_owned(),
            // Whoever meets the document in a list or by its metadata alone is told as well that it is invented.
            description: match &notice {
                Some(notice) => format!("{} {}", sentence(description), plain_text(notice)),
                None => description,
            },
            described,
            title,
            subtitle,
            series,
            keywords,
            names: self.names(),
            version: report.version.value.clone(),
            status: report.status,
            imprint,
            title_text,
            date,
            publisher: self.publisher(),
            licence: self.project.licence().map(|licence| resolved::Licence {
                name: licence.name().to_owned(),
                short: licence.short().to_owned(),
                url: licence.url().to_owned(),
            }),
            reference,
            period: report.imprint.period.as_ref().map(|(from, to)| (from.value.iso(), to.value.iso())),
            translations: self.translations(),
            notice,
            withdrawn,
            later: None,
            changes,
            attach_data: report.attach_data,
            theme: self.theme(),
            labels: self
                .locale
                .labels()
                .iter()
                .map(|(key, text)| (key.clone(), text.clone()))
                .collect::<BTreeMap<_, _>>(),
            contents: Vec::new(),
            chapters: Vec::new(),
            notes: Vec::new(),
            evidence: Vec::new(),
            table_count: 0,
            chart_count: 0,
            about: self.about(),
        }
    }

    /// What it is about, and what it has to do with.
    fn about(&mut self) -> About {
        let project = self.project;
        let only = match &project.part {
            Some(Part::Unit(id)) => Some(id),
            _ => None,
        };
        let mut named = |id: &Spanned<String>, name: &Text| {
            Some(Named { id: id.value.clone(), name: self.plain(Some(name))?, short: None })
        };
        let units = project.report.units.iter().filter(|unit| only.is_none_or(|only| unit.id.value == *only));
        let units = units.filter_map(|unit| {
            let own = named(&unit.id, &unit.name)?;
            let full = unit.full.as_ref().and_then(|full| named(&unit.id, full));
            Some(full.map_or_else(|| own.clone(), |full| Named { short: Some(own.name.clone()), ..full }))
        });
        let units = units.collect();
        let areas = project.findings.areas.iter().filter_map(|area| named(&area.id, &area.name)).collect();
        About {
            units,
            areas,
            owner: project.whole.as_ref().map(|whole| whole.id.clone()),
            companions: project.companions.iter().map(|companion| companion.id.clone()).collect(),
            based_on: self.bases(),
            translation_of: self.original().map(|(id, _)| id),
            follows: project.findings.follow_up.as_ref().map(|follow_up| follow_up.of.value.clone()),
            progress: project
                .findings
                .follow_up
                .iter()
                .flat_map(|follow_up| &follow_up.units)
                .map(|own| (own.unit.value.clone(), own.items.iter().map(|item| item.progress.name()).collect()))
                .collect(),
        }
    }

    /// Names of units, and names and abbreviations that the workspace and the report list.
    fn names(&self) -> Vec<String> {
        let report = &self.project.report;
        let units = report.units.iter().flat_map(|unit| [Some(&unit.name), unit.full.as_ref()]).flatten();
        let listed = report.names.iter().chain(&self.project.workspace.names);
        let names = units.chain(listed).map(|text| text.value.clone());
        names.chain(report.terms.iter().map(|term| term.name.value.clone())).collect()
    }

    fn plain(&mut self, text: Option<&Text>) -> Option<String> {
        text.map(|text| self.bare(|resolver| plain_text(&resolver.text(text))))
    }

    /// The rows, and the reference number as they print it.
    fn imprint(&mut self, date: &Date, title: &str) -> (Vec<ImprintRow>, Option<String>) {
        let imprint = &self.project.report.imprint;
        let mut rows: Vec<(&str, Vec<Inline>)> = Vec::new();
        for (key, label) in
            ImprintKey::NAMES.iter().filter_map(|name| ImprintKey::find(name)).map(|key| (key, key.label()))
        {
            match imprint.get(key) {
                // What the author adds to the terms stands below their name.
                Some(text) if key == ImprintKey::Licence => {
                    let mut words = self.licensed().unwrap_or_default();
                    words.extend((!words.is_empty()).then_some(Inline::LineBreak));
                    words.extend(self.text(text));
                    rows.push((label, words));
                }
                Some(text) => rows.push((label, self.text(text))),
                // Named once, for the cover.
                None if key == ImprintKey::Publisher => {
                    let name = self.publisher().name;
                    rows.extend((!name.is_empty()).then(|| (label, vec![Inline::text(name)])));
                }
                None if key == ImprintKey::Licence => rows.extend(self.licensed().map(|words| (label, words))),
                None => {}
            }
        }
        for (name, text) in &imprint.rows {
            rows.push((&name.value, self.text(text)));
        }
        if let Some((from, to)) = &imprint.period {
            rows.push(("period", vec![Inline::text(self.days(&from.value, &to.value))]));
        }
        // What is not decided on is dated, not published.
        let dated = if self.project.report.status.is_draft() { "date" } else { "published" };
        rows.push((dated, vec![Inline::text(date.long.clone())]));
        let recipients = self.recipients();
        if !recipients.is_empty() {
            let mut names = Vec::new();
            for recipient in recipients {
                if !names.is_empty() {
                    names.push(Inline::LineBreak);
                }
                names.extend(self.text(recipient));
            }
            rows.push(("recipients", names));
        }
        rows.push(("version", vec![Inline::text(self.project.report.version.value.clone())]));
        if let Some(row) = self.based_on() {
            rows.push(("based_on", row));
        }
        if let Some(row) = self.translated() {
            rows.push(("translation_of", row));
        }
        if let Some(row) = self.related() {
            rows.push(("related", row));
        }
        if let Some(label) = self.project.report.status.notice_label() {
            rows.push(("status", vec![Inline::text(self.locale.label(label))]));
        }
        if let Some(decision) = &self.project.report.decision {
            rows.push(("decision", self.decision(decision)));
        }
        rows.push(("cite_as", self.cite_as(date, title)));
        // A decision page is one page; the rest stands in the report that it is made from.
        if self.project.part == Some(Part::Decision) {
            rows.retain(|(key, _)| {
                ["reference_number", "published", "date", "version", "based_on", "status", "cite_as"].contains(key)
            });
        }
        let reference = rows.iter().find(|(key, _)| *key == ImprintKey::Reference.label());
        let reference = reference.map(|(_, words)| plain_text(words));
        let printed = rows.into_iter();
        let printed =
            printed.map(|(label, value)| ImprintRow { label: self.locale.label(label).to_owned(), value }).collect();
        (printed, reference)
    }

    /// The licence by its full and its short name, as a link to its text.
    fn licensed(&self) -> Option<Vec<Inline>> {
        let licence = self.project.licence()?;
        let words = format!("{} ({})", self.locale.label(licence.label()), licence.short());
        Some(vec![Inline::link(licence.url().to_owned(), vec![Inline::text(words)])])
    }

    /// Who gets the document; of an extract those whose name holds the unit's, where there are any. A decision page says it nowhere:
    /// it lies before those who decide.
    fn recipients(&self) -> Vec<&'a Text> {
        let project = self.project;
        let all = project.report.imprint.recipients.iter();
        match &project.part {
            None => all.collect(),
            Some(Part::Decision) => Vec::new(),
            Some(Part::Unit(id)) => {
                let unit = project.report.units.iter().find(|unit| unit.id.value == *id);
                let name = unit.map_or("", |unit| unit.name.value.as_str());
                let own: Vec<&Text> = all.clone().filter(|recipient| recipient.value.contains(name)).collect();
                if own.is_empty() { all.collect() } else { own }
            }
        }
    }

    /// "Socialnämnden, sammanträde 14 september 2021, Dnr 3.4.2-804/2020"
    fn decision(&mut self, decision: &Decision) -> Vec<Inline> {
        let mut words = self.text(&decision.by);
        for part in [&decision.meeting, &decision.reference].into_iter().flatten() {
            words.push(Inline::text(", "));
            words.extend(self.text(part));
        }
        if let Some(date) = &decision.date {
            words.push(Inline::text(format!(", {}", self.locale.date(&date.value))));
        }
        words
    }

    fn change(&mut self, change: &Change) -> resolved::Change {
        resolved::Change {
            kind: change.kind.value,
            kind_label: self.locale.label(change.kind.value.label()).to_owned(),
            what: self.text(&change.what),
            why: self.text(&change.why),
            concerns: change.concerns.iter().map(|concern| concern.value.clone()).collect(),
        }
    }

    /// How to cite this version, with its date and, where the website is known, its lasting address.
    fn cite_as(&mut self, date: &Date, title: &str) -> Vec<Inline> {
        let project = self.project;
        let report = &project.report;
        let publisher = self.publisher().name;
        let year = date.year.to_string();
        let words = self.locale.fill(
            "cite_form",
            &[
                ("publisher", &publisher),
                ("year", &year),
                ("title", title),
                ("version", &report.version.value),
                ("date", &date.long),
            ],
        );
        let mut out = vec![Inline::text(words)];
        if let Some(reference) = report.imprint.get(ImprintKey::Reference) {
            out.push(Inline::text(" "));
            out.extend(self.text(reference));
            out.push(Inline::text("."));
        }
        if let Some(site) = &project.workspace.site {
            let address = address::version(&site.value, &report.id, &report.version.value);
            out.push(Inline::text(" "));
            out.push(Inline::link(address.clone(), vec![Inline::text(address)]));
        }
        out
    }

    /// The reports that this one was written or made from, as the imprint prints them.
    fn based_on(&mut self) -> Option<Vec<Inline>> {
        let mut out = Vec::new();
        for Basis { href, words } in self.bases() {
            if !out.is_empty() {
                out.push(Inline::LineBreak);
            }
            out.push(Inline::link(href, vec![Inline::text(words)]));
        }
        (!out.is_empty()).then_some(out)
    }

    /// The reports that this one was written or made from, each with its version.
    fn bases(&mut self) -> Vec<Basis> {
        let project = self.project;
        let others = project.others.iter().map(|other| {
            let report = &other.report;
            (report.id.as_str(), report.version.value.as_str(), report.with_parameters(&report.title))
        });
        let whole = project.whole.iter();
        let whole = whole.map(|whole| (whole.id.as_str(), whole.version.as_str(), whole.title.clone()));
        let mut basis = |(id, version, title): (&str, &str, Text)| {
            let words = self.plain(Some(&title)).unwrap_or_default();
            let words = self.locale.fill("title_and_version", &[("title", &words), ("version", version)]);
            Basis { href: place(id, version), words }
        };
        whole.chain(others.filter(|_| project.whole.is_none())).map(&mut basis).collect()
    }

    /// The document that this one is a translation of: the original, or what is made from it as this is made from its translation.
    fn original(&self) -> Option<(String, &'a Report)> {
        let original = &self.project.original.as_ref()?.report;
        let id = self.project.part.as_ref().map(|part| load::derived_id(&original.id, part));
        Some((id.unwrap_or_else(|| original.id.clone()), original))
    }

    /// The original by its title, which is in its own language.
    fn translated(&mut self) -> Option<Vec<Inline>> {
        let (id, original) = self.original()?;
        let title = plain_words(&original.with_parameters(&original.title));
        let values = [("title", title.as_str()), ("version", original.version.value.as_str())];
        let words = self.locale.fill("title_and_version", &values);
        let language = original.language.tag().to_owned();
        let words = Inline::Language { language, content: vec![Inline::text(words)] };
        Some(vec![Inline::link(place(&id, &original.version.value), vec![words])])
    }

    /// The same in other languages: the original of a translation, and companions of the same kind.
    fn translations(&self) -> Vec<resolved::Translation> {
        let report = &self.project.report;
        let told = |id: &str, version: &str, language: Language, title: &Text, original: bool| resolved::Translation {
            language: language.tag().to_owned(),
            path: address::folder(id, version),
            words: language.itself().to_owned(),
            href: place(id, version),
            original,
            title: plain_words(title),
        };
        let original = self.original().map(|(id, original)| {
            let title = original.with_parameters(&original.title);
            told(&id, &original.version.value, original.language, &title, true)
        });
        let same = |other: &&Related| other.kind == report.kind.value && other.language != report.language;
        let companions = self.project.companions.iter().filter(same);
        let companions = companions.map(|other| told(&other.id, &other.version, other.language, &other.title, false));
        original.into_iter().chain(companions).collect()
    }

    /// What stands beside the report.
    fn related(&mut self) -> Option<Vec<Inline>> {
        let project = self.project;
        let mut out = Vec::new();
        for companion in &project.companions {
            if !out.is_empty() {
                out.push(Inline::LineBreak);
            }
            let kind = self.locale.label(companion.kind.label()).to_owned();
            // A figure in its title is bound there, not here.
            let title = Some(&companion.title).filter(|title| !title.value.contains("{{"));
            let words = match self.plain(title) {
                Some(title) => format!("{kind}: {title}"),
                None => kind,
            };
            out.push(Inline::link(place(&companion.id, &companion.version), vec![Inline::text(words)]));
        }
        (!out.is_empty()).then_some(out)
    }

    fn sign_off(&mut self, date: &Date) -> Option<SignOff> {
        let found = self.project.report.sign_off.as_ref()?;
        let place = self.bare(|resolver| plain_text(&resolver.text(&found.place)));
        Some(SignOff {
            place: self.locale.fill("place_and_date", &[("place", &place), ("date", &date.long)]),
            by: self.text(&found.by),
        })
    }

    fn publisher(&mut self) -> Publisher {
        let project = self.project;
        match project.publisher() {
            Some(publisher) => Publisher {
                name: self.plain(Some(&publisher.name)).unwrap_or_default(),
                unit: self.plain(publisher.unit.as_ref()),
                url: publisher.url.as_ref().map(|url| url.value.clone()),
                logo: publisher.logo.as_ref().and_then(|logo| {
                    let file = project.images.get(&logo.file.value)?;
                    Some(Logo { path: file.output.clone(), alt: logo.alt.value.clone() })
                }),
            },
            None => Publisher {
                name: self.plain(project.report.imprint.get(ImprintKey::Publisher)).unwrap_or_default(),
                unit: None,
                url: None,
                logo: None,
            },
        }
    }

    fn theme(&self) -> Theme {
        let theme = &self.project.workspace.theme;
        Theme {
            accent: theme.accent.clone(),
            accent_dark: crate::colour::on_dark(&theme.accent),
            text_font: theme.text_font.value.clone(),
            heading_font: theme.heading_font.value.clone(),
        }
    }
}

/// With a full stop, so that another sentence can follow.
fn sentence(mut text: String) -> String {
    if !text.ends_with(['.', '!', '?', '…']) {
        text.push('.');
    }
    text
}

/// Where another publication of the workspace lies, from the folder of this one.
fn place(id: &str, version: &str) -> String {
    format!("../../{}index.html", address::folder(id, version))
}

/// A date in words and in parts.
pub fn date(date: &PartialDate, locale: &crate::locale::Locale) -> Date {
    Date {
        iso: date.iso(),
        long: locale.date(date),
        year: date.year,
        month: date.month.unwrap_or(1),
        day: date.day.unwrap_or(1),
    }
}
