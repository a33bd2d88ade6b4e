//! What the catalogue of all data tells data portals.

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::model::{Catalogue, DataTheme, PublisherType};
use crate::source::Span;

use super::super::form::{Description, Label, OneOrMany, Required, choices, mapping};
use super::shapes::{Mail, Site};

choices!(PublisherType);
choices!(DataTheme);

mapping! {
    /// What the catalogue of all data tells data portals. Its own text, as they ask, is free for all (CC0 1.0).
    CatalogueEntry "catalogue" {
        /// What kind of organisation publishes.
        publisher_type as "publisher-type": Required<PublisherType>,
        /// E-mail of whoever answers questions about the data: a function, not a person.
        contact: Required<Mail>,
        /// What the catalogue is called, if not "Öppna data – " and the publisher's name.
        title: Label,
        /// What it holds, in a sentence or two.
        description: Description,
        /// What the data is about, by the EU's list of subjects.
        theme: OneOrMany<DataTheme> = Vec::new(),
        /// Addresses of the places that the data is about, such as `http://sws.geonames.org/2673730/`.
        places: OneOrMany<Site> = Vec::new(),
    }
}

/// What a catalogue goes by stands beside it.
pub fn check(span: Span, has_site: bool, has_publisher: bool, sink: &mut Sink) {
    let mut lacks = |message: Said, help: Said| {
        sink.push(Diagnostic::error(Code::KEY_MISSING, message).at(span).help(help));
    };
    if !has_site {
        lacks(
            say!("a `catalogue` needs `site`, and belagg.yaml has none"),
            say!(
                "write where the website has output/, as in `site: https://rapporter.example.se`: the addresses of the catalogue begin so"
            ),
        );
    }
    if !has_publisher {
        lacks(
            say!("a `catalogue` needs `publisher`, and belagg.yaml has none"),
            say!("write who publishes the data, as in `publisher: {{name: Exempelstads kommun}}`"),
        );
    }
}

pub fn catalogue(given: CatalogueEntry) -> Option<Catalogue> {
    Some(Catalogue {
        publisher_type: given.publisher_type?,
        contact: given.contact?,
        title: given.title,
        description: given.description,
        themes: given.theme,
        places: given.places,
    })
}
