//! Statements about things, written as RDF/XML: the one form that data portals all take.

use crate::office::Markup;

/// A thing and what is said of it.
#[derive(Debug)]
pub struct Resource {
    /// Its address; none of a thing that nothing else names.
    iri: Option<String>,
    class: &'static str,
    properties: Vec<(&'static str, Object)>,
}

#[derive(Debug)]
pub enum Object {
    Iri(String),
    /// A text and its language.
    Words(String, String),
    Plain(String),
    /// A text and the name of its type below XML Schema's address.
    Typed(String, &'static str),
    Thing(Resource),
}

/// The vocabularies, by the names that stand before a property.
const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("xmlns:dcat", "http://www.w3.org/ns/dcat#"),
    ("xmlns:dcterms", "http://purl.org/dc/terms/"),
    ("xmlns:foaf", "http://xmlns.com/foaf/0.1/"),
    ("xmlns:vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xmlns:dcatap", "http://data.europa.eu/r5r/"),
];

const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema#";

impl Resource {
    pub fn new(iri: impl Into<String>, class: &'static str) -> Self {
        Self { iri: Some(iri.into()), class, properties: Vec::new() }
    }

    pub fn unnamed(class: &'static str) -> Self {
        Self { iri: None, class, properties: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, property: &'static str, object: Object) -> Self {
        self.properties.push((property, object));
        self
    }

    #[must_use]
    pub fn with_all(mut self, property: &'static str, objects: impl IntoIterator<Item = Object>) -> Self {
        self.properties.extend(objects.into_iter().map(|object| (property, object)));
        self
    }

    fn write(&self, out: &mut Markup) {
        match &self.iri {
            Some(iri) => out.open(self.class, &[("rdf:about", iri)]),
            None => out.open(self.class, &[]),
        };
        for (property, object) in &self.properties {
            match object {
                Object::Iri(iri) => {
                    out.empty(property, &[("rdf:resource", iri)]);
                }
                Object::Words(text, language) => {
                    out.element(property, &[("xml:lang", language)], text);
                }
                Object::Plain(text) => {
                    out.element(property, &[], text);
                }
                Object::Typed(text, name) => {
                    out.element(property, &[("rdf:datatype", &format!("{XML_SCHEMA}{name}"))], text);
                }
                Object::Thing(thing) => {
                    out.open(property, &[]);
                    thing.write(out);
                    out.close();
                }
            }
        }
        out.close();
    }
}

/// The file's text.
pub fn document(resources: &[Resource]) -> String {
    let mut out = Markup::part();
    out.open("rdf:RDF", NAMESPACES);
    resources.iter().for_each(|resource| resource.write(&mut out));
    out.close();
    out.finish()
}
