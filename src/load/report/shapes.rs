//! Texts of a form of their own in belagg.yaml and report.yaml: addresses, keys, colours, versions.

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::limits;
use crate::source::{Spanned, Text};

use super::super::decode;
use super::super::form::{Form, Kind, Shape};
use super::super::yaml::Node;

/// An address of the web: a scheme such as `javascript:` would run where a reader clicks.
pub(in crate::load) struct Site;
/// As [`Site`], or one that mail is sent to.
pub(in crate::load) struct SiteOrMail;

const SITE: &str = r"^[hH][tT][tT][pP][sS]?://[^\s/?#]*[a-zA-Z0-9][^\s/?#]*([/?#]\S*)?$";
const SITE_OR_MAIL: &str = r"^([hH][tT][tT][pP][sS]?://[^\s/?#]*[a-zA-Z0-9][^\s/?#]*([/?#]\S*)?|[mM][aA][iI][lL][tT][oO]:[^\s@?]+@[^\s?]+(\?\S*)?)$";

const fn address_shape(pattern: &'static str) -> Kind {
    Kind::Text(Shape { most: limits::LINK, pattern: Some(pattern), numbers: false, ..Shape::new("address") })
}

fn address(node: &Node, what: &Said, schemes: &[&str], sink: &mut Sink) -> Option<Text> {
    let text = decode::text(node, what, sink)?;
    sink.check_length(what.clone(), &text.value, limits::LINK, text.span);
    let scheme = text.value.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if !schemes.contains(&scheme.as_str()) || !crate::markdown::leads_out(&text.value) {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("{what} must be an address that begins with https://", what))
                .at(text.span)
                .help(say!("for example https://www.example.se")),
        );
    }
    Some(text)
}

impl Form for Site {
    type Value = Text;
    const KIND: Kind = address_shape(SITE);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Text> {
        address(node, what, &["https", "http"], sink)
    }
}

impl Form for SiteOrMail {
    type Value = Text;
    const KIND: Kind = address_shape(SITE_OR_MAIL);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Text> {
        address(node, what, &["https", "http", "mailto"], sink)
    }
}

/// An e-mail address.
pub(in crate::load) struct Mail;
impl Form for Mail {
    type Value = Text;
    const KIND: Kind = Kind::Text(Shape {
        most: limits::LINK,
        pattern: Some(r"^[^\s@?:/<>]+@[^\s@?:/<>]+$"),
        numbers: false,
        ..Shape::new("e-mail address")
    });

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Text> {
        let text = decode::text(node, what, sink)?;
        sink.check_length(what.clone(), &text.value, limits::LINK, text.span);
        let clean =
            |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "@?:/<>".contains(c));
        if text.value.split_once('@').is_some_and(|(name, host)| clean(name) && clean(host)) {
            return Some(text);
        }
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("{what} must be an e-mail address", what))
                .at(text.span)
                .help(say!("for example oppnadata@example.se")),
        );
        None
    }
}

/// A public key, as `belagg key` prints it.
pub(in crate::load) struct PublicKey;
impl Form for PublicKey {
    type Value = Text;
    // 42 bytes in base64, the first two of them "Ed".
    const KIND: Kind =
        Kind::Text(Shape { pattern: Some("^RW[A-Za-z0-9+/]{54}$"), numbers: false, ..Shape::new("public key") });

    fn read(node: &Node, _: &Said, sink: &mut Sink) -> Option<Text> {
        let text = decode::text(node, &say!("a public key"), sink)?;
        let form = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
        if text.value.len() == 56 && text.value.starts_with("RW") && text.value.chars().all(form) {
            return Some(text);
        }
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("this is no public key that signatures are checked with"))
                .at(text.span)
                .help(say!("copy the line that `belagg key` printed, or the second line of minisign's .pub file")),
        );
        None
    }
}

/// A colour that text can be set in on white.
pub(in crate::load) struct Colour;
impl Form for Colour {
    type Value = String;
    const KIND: Kind = Kind::Text(Shape { pattern: Some("^#[0-9a-fA-F]{6}$"), numbers: false, ..Shape::new("colour") });

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<String> {
        let accent = decode::text(node, what, sink)?;
        let contrast = crate::colour::Rgb::parse(&accent.value)
            .map(|colour| crate::colour::contrast(colour, crate::colour::WHITE));
        match contrast {
            Some(contrast) if contrast >= 4.5 => return Some(accent.value.to_lowercase()),
            Some(contrast) => sink.push(
                Diagnostic::error(Code::CHART_COLOUR, say!("the accent {accent} is too light", accent = accent.value))
                    .label(
                        accent.span,
                        say!("contrast to white {contrast}:1, needed 4.5:1", contrast = format!("{:.1}", contrast)),
                    )
                    .help(say!("choose a darker shade: headings and links are set in this colour")),
            ),
            None => sink.push(
                Diagnostic::error(Code::CHART_COLOUR, say!("`{accent}` is not a colour", accent = accent.value))
                    .at(accent.span)
                    .help(say!("write #rrggbb in quotation marks: accent: \"#1d5b79\"")),
            ),
        }
        None
    }
}

/// A version becomes a folder's name, so it holds digits and full stops only.
pub(in crate::load) struct Version;
impl Form for Version {
    type Value = Spanned<String>;
    const KIND: Kind =
        Kind::Text(Shape { pattern: Some(r"^(0|[1-9]\d{0,3})(\.(0|[1-9]\d{0,3})){0,2}$"), ..Shape::new("version") });

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Spanned<String>> {
        let text = decode::text(node, what, sink)?;
        let parts: Vec<&str> = text.value.split('.').collect();
        // 1.0 and 1.00 would be two folders of one number.
        let ok = parts.len() <= 3
            && parts.iter().all(|part| *part == "0" || !part.starts_with('0'))
            && parts.iter().all(|part| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()));
        if !ok {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, say!("`{text}` cannot be a version", text = text.value))
                    .at(text.span)
                    .help(say!("write one to three numbers with full stops between, without noughts before them, in quotation marks: version: \"1.0\"")),
            );
            return None;
        }
        Some(Spanned::new(text.value, text.span))
    }
}
