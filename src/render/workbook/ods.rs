//! The workbook as ODS.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Said;
use crate::document::export::Form;
use crate::office::{Markup, PackedPart, pack};

use super::{Cell, Content, FACE, Format, Sheet, Side, Style, Table, Workbook};

const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("xmlns:svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
    ("xmlns:number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
    ("xmlns:meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
    ("office:version", "1.3"),
];

pub(super) fn write(book: &Workbook) -> Result<Vec<u8>, Said> {
    let parts = [
        PackedPart { stored: true, ..PackedPart::new("mimetype", Format::Ods.mime()) },
        PackedPart::new("META-INF/manifest.xml", manifest()),
        PackedPart::new("meta.xml", meta(book)),
        PackedPart::new("styles.xml", styles(book)),
        PackedPart::new("content.xml", content(book)),
    ];
    pack(&parts).map_err(Said::quoted)
}

fn manifest() -> String {
    let mut xml = Markup::part();
    let space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
    xml.open("manifest:manifest", &[("xmlns:manifest", space), ("manifest:version", "1.3")]);
    let parts = ["meta.xml", "styles.xml", "content.xml"].map(|part| (part, "text/xml"));
    for (path, kind) in std::iter::once(("/", Format::Ods.mime())).chain(parts) {
        xml.empty("manifest:file-entry", &[("manifest:full-path", path), ("manifest:media-type", kind)]);
    }
    xml.finish()
}

fn meta(book: &Workbook) -> String {
    let (year, month, day) = book.date;
    let date = format!("{year:04}-{month:02}-{day:02}T00:00:00");
    let mut xml = Markup::part();
    xml.open("office:document-meta", NAMESPACES).open("office:meta", &[]);
    xml.element("meta:generator", &[], concat!("Belagg/", env!("CARGO_PKG_VERSION")));
    xml.element("dc:title", &[], &book.title);
    xml.element("dc:description", &[], &book.description);
    xml.element("meta:initial-creator", &[], &book.publisher);
    xml.element("dc:creator", &[], &book.publisher);
    xml.element("meta:creation-date", &[], &date);
    xml.element("dc:date", &[], &date);
    xml.element("dc:language", &[], &book.language.with_region());
    xml.finish()
}

/// What holds for all cells, and the page that is printed.
fn styles(book: &Workbook) -> String {
    let mut xml = Markup::part();
    xml.open("office:document-styles", NAMESPACES);
    xml.open("office:font-face-decls", &[]);
    xml.empty("style:font-face", &[("style:name", FACE), ("svg:font-family", FACE)]).close();
    xml.open("office:styles", &[]);
    xml.open("style:default-style", &[("style:family", "table-cell")]);
    let (language, region) = (book.language.tag(), book.language.region());
    let text = [("style:font-name", FACE), ("fo:font-size", "12pt"), ("fo:language", language), ("fo:country", region)];
    xml.empty("style:text-properties", &text).close();
    xml.empty("style:style", &[("style:name", "Default"), ("style:family", "table-cell")]).close();
    xml.open("office:automatic-styles", &[]).open("style:page-layout", &[("style:name", "page")]);
    let page = [
        ("fo:page-width", "29.7cm"),
        ("fo:page-height", "21cm"),
        ("style:print-orientation", "landscape"),
        ("fo:margin", "1.5cm"),
        ("style:scale-to-X", "1"),
        ("style:scale-to-Y", "0"),
    ];
    xml.empty("style:page-layout-properties", &page).close().close();
    xml.open("office:master-styles", &[]);
    xml.empty("style:master-page", &[("style:name", "Default"), ("style:page-layout-name", "page")]);
    xml.finish()
}

fn content(book: &Workbook) -> String {
    let mut xml = Markup::part();
    xml.open("office:document-content", NAMESPACES).open("office:automatic-styles", &[]);
    xml.open(
        "style:style",
        &[("style:name", "sheet"), ("style:family", "table"), ("style:master-page-name", "Default")],
    );
    xml.empty("style:table-properties", &[("table:display", "true")]).close();
    let lines: BTreeSet<usize> =
        book.sheets.iter().flat_map(|sheet| sheet.rows.iter().map(|row| sheet.lines(row))).collect();
    for lines in lines {
        xml.open("style:style", &[("style:name", &row(lines)), ("style:family", "table-row")]);
        let height = format!("{:.2}cm", lines as f64 * 0.5 + 0.1);
        let optimal = ("style:use-optimal-row-height", "true");
        xml.empty("style:table-row-properties", &[("style:row-height", &height), optimal]).close();
    }
    let widths: BTreeSet<u16> = book.sheets.iter().flat_map(|sheet| sheet.widths.iter().copied()).collect();
    for width in widths {
        xml.open("style:style", &[("style:name", &column(width)), ("style:family", "table-column")]);
        // A digit of the face at its size.
        let width = format!("{:.2}cm", f64::from(width) * 0.24);
        xml.empty("style:table-column-properties", &[("style:column-width", &width)]).close();
    }
    let names: BTreeMap<Style, String> =
        book.styles().into_iter().enumerate().map(|(at, style)| (style, format!("c{at}"))).collect();
    for (style, name) in &names {
        cell_style(&mut xml, *style, name, book.language.percent_sign());
    }
    xml.close().open("office:body", &[]).open("office:spreadsheet", &[]);
    for one in &book.sheets {
        sheet(&mut xml, one, book, &names);
    }
    let tables = || book.sheets.iter().filter_map(|sheet| Some((sheet, sheet.table.as_ref()?)));
    if tables().next().is_some() {
        xml.open("table:database-ranges", &[]);
        for (sheet, table) in tables() {
            let attributes =
                [("table:name", table.name.as_str()), ("table:target-range-address", &range(sheet, table))];
            xml.empty("table:database-range", &attributes);
        }
        xml.close();
    }
    xml.finish()
}

fn sheet(xml: &mut Markup, sheet: &Sheet, book: &Workbook, names: &BTreeMap<Style, String>) {
    xml.open("table:table", &[("table:name", &sheet.name), ("table:style-name", "sheet")]);
    if let Some(table) = &sheet.table {
        xml.element("table:title", &[], &table.title);
    }
    for width in &sheet.widths {
        xml.empty("table:table-column", &[("table:style-name", &column(*width))]);
    }
    for (at, cells) in sheet.rows.iter().enumerate() {
        let head = sheet.table.as_ref().is_some_and(|table| table.head == at);
        if head {
            xml.open("table:table-header-rows", &[]);
        }
        xml.open("table:table-row", &[("table:style-name", &row(sheet.lines(cells)))]);
        cells.iter().for_each(|one| cell(xml, one, book, names));
        xml.close();
        if head {
            xml.close();
        }
    }
    xml.close();
}

fn cell(xml: &mut Markup, cell: &Cell, book: &Workbook, names: &BTreeMap<Style, String>) {
    let style = ("table:style-name", names[&cell.style].as_str());
    match &cell.content {
        Content::Number { decimal, printed } => {
            let percent = matches!(cell.style, Style::Number { form: Form { percent: true, .. }, .. });
            let kind = if percent { "percentage" } else { "float" };
            xml.open("table:table-cell", &[style, ("office:value-type", kind), ("office:value", decimal)]);
            xml.element("text:p", &[], printed);
        }
        Content::Text(text) => {
            xml.open("table:table-cell", &[style, ("office:value-type", "string")]);
            for line in text.split('\n') {
                xml.element("text:p", &[], line);
            }
        }
        Content::Link { text, sheet } => {
            xml.open("table:table-cell", &[style, ("office:value-type", "string")]).open("text:p", &[]);
            let place = format!("#'{}'.A1", book.sheets[*sheet].name);
            xml.element("text:a", &[("xlink:href", &place), ("xlink:type", "simple")], text).close();
        }
    }
    xml.close();
}

fn cell_style(xml: &mut Markup, style: Style, name: &str, percent_sign: &str) {
    let mut attributes =
        vec![("style:name", name), ("style:family", "table-cell"), ("style:parent-style-name", "Default")];
    let number = format!("{name}n");
    if let Style::Number { form, .. } = style {
        number_style(xml, form, &number, percent_sign);
        attributes.push(("style:data-style-name", &number));
    }
    xml.open("style:style", &attributes);
    // Without room to its edge a text is cut by the line above it.
    let mut cell = vec![("style:vertical-align", "top"), ("fo:padding", "0.06cm")];
    if style.wraps() {
        cell.push(("fo:wrap-option", "wrap"));
    }
    if matches!(style, Style::Head(_)) {
        cell.push(("fo:border-bottom", "0.75pt solid #000000"));
    }
    xml.empty("style:table-cell-properties", &cell);
    let paragraph = match style.side() {
        Side::Start => vec![("fo:text-align", "start")],
        Side::Beside => vec![("fo:text-align", "start"), ("fo:margin-left", "0.3cm")],
        Side::End => vec![("fo:text-align", "end")],
    };
    xml.empty("style:paragraph-properties", &paragraph);
    let size = format!("{}pt", style.size());
    let mut text = vec![("fo:font-size", size.as_str())];
    if style.is_bold() {
        text.push(("fo:font-weight", "bold"));
    }
    if style == Style::Link {
        text.extend([("fo:color", "#0563c1"), ("style:text-underline-style", "solid")]);
    }
    xml.empty("style:text-properties", &text).close();
}

/// A number's form; of a change the forms of what is more and what is less besides.
fn number_style(xml: &mut Markup, form: Form, name: &str, percent_sign: &str) {
    let kind = if form.percent { "number:percentage-style" } else { "number:number-style" };
    let decimals = form.decimals.to_string();
    let number = [
        ("number:decimal-places", decimals.as_str()),
        ("number:min-decimal-places", &decimals),
        ("number:min-integer-digits", "1"),
        ("number:grouping", "true"),
    ];
    let mut plain = |name: &str, sign: &str, maps: &[(&str, &str)]| {
        xml.open(kind, &[("style:name", name)]);
        if !sign.is_empty() {
            xml.element("number:text", &[], sign);
        }
        xml.empty("number:number", &number);
        if form.percent {
            xml.element("number:text", &[], percent_sign);
        }
        for (condition, style) in maps {
            xml.empty("style:map", &[("style:condition", condition), ("style:apply-style-name", style)]);
        }
        xml.close();
    };
    if form.signed {
        let (more, less) = (format!("{name}m"), format!("{name}l"));
        plain(&more, "+", &[]);
        plain(&less, "\u{2212}", &[]);
        plain(name, "", &[("value()>0", &more), ("value()<0", &less)]);
    } else {
        plain(name, "", &[]);
    }
}

fn column(width: u16) -> String {
    format!("w{width}")
}

fn row(lines: usize) -> String {
    format!("r{lines}")
}

/// The rows of a table as the form names them: `'Tabell 1'.A3:'Tabell 1'.D9`.
fn range(sheet: &Sheet, table: &Table) -> String {
    let last = sheet.rows[table.head].len().saturating_sub(1);
    format!("'{0}'.A{1}:'{0}'.{2}{3}", sheet.name, table.head + 1, letters(last), sheet.rows.len())
}

/// The letters of a column that is counted from 0.
fn letters(column: usize) -> String {
    let mut out = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        out.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
