//! The workbook as XLSX, by rust_xlsxwriter: the only user of that crate.

use std::collections::BTreeMap;

use rust_xlsxwriter as office;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, FormatAlign, FormatBorder, FormatUnderline, TableColumn, TableStyle, Url,
    XlsxError,
};

use crate::document::export::Form;
use crate::locale::Language;

use super::{Content, FACE, Sheet, Side, Style, Workbook};

/// A4
const PAPER: u8 = 9;

pub(super) fn write(book: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let formats: BTreeMap<Style, office::Format> =
        book.styles().into_iter().map(|style| (style, format(style, book.language))).collect();
    let mut file = office::Workbook::new();
    file.set_properties(&properties(book)?);
    for sheet in &book.sheets {
        file.push_worksheet(worksheet(sheet, book, &formats)?);
    }
    file.save_to_buffer()
}

fn properties(book: &Workbook) -> Result<DocProperties, XlsxError> {
    let (year, month, day) = book.date;
    let date = ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), month, day)?;
    Ok(DocProperties::new()
        .set_title(&book.title)
        .set_subject(&book.description)
        .set_author(&book.publisher)
        .set_company(&book.publisher)
        .set_creation_datetime(&date))
}

fn worksheet(
    sheet: &Sheet,
    book: &Workbook,
    formats: &BTreeMap<Style, office::Format>,
) -> Result<office::Worksheet, XlsxError> {
    let mut out = office::Worksheet::new();
    out.set_name(&sheet.name)?;
    out.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    for (column, width) in (0_u16..).zip(&sheet.widths) {
        out.set_column_width(column, *width)?;
    }
    for (row, cells) in (0_u32..).zip(&sheet.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            let format = &formats[&cell.style];
            match &cell.content {
                Content::Text(text) => out.write_string_with_format(row, column, text, format)?,
                Content::Number { decimal, .. } => match decimal.parse::<f64>() {
                    Ok(number) => out.write_number_with_format(row, column, number, format)?,
                    Err(_) => out.write_string_with_format(row, column, decimal, format)?,
                },
                Content::Link { text, sheet } => {
                    let place = format!("internal:'{}'!A1", book.sheets[*sheet].name);
                    out.write_url_with_format(row, column, Url::new(place).set_text(text), format)?
                }
            };
        }
    }
    if let Some(table) = &sheet.table {
        let head = &sheet.rows[table.head];
        let columns = head.iter().filter_map(|cell| match &cell.content {
            Content::Text(text) => Some(TableColumn::new().set_header(text).set_header_format(&formats[&cell.style])),
            Content::Number { .. } | Content::Link { .. } => None,
        });
        let marked = office::Table::new()
            .set_name(&table.name)
            .set_alt_text(&table.title)
            .set_autofilter(false)
            .set_style(TableStyle::None)
            .set_columns(&columns.collect::<Vec<_>>());
        let first = u32::try_from(table.head).unwrap_or_default();
        let last = u32::try_from(sheet.rows.len()).unwrap_or_default().saturating_sub(1);
        let width = u16::try_from(head.len()).unwrap_or_default().saturating_sub(1);
        out.set_repeat_rows(first, first)?;
        if last > first {
            out.add_table(first, 0, last, width, &marked)?;
        }
    }
    Ok(out)
}

fn format(style: Style, language: Language) -> office::Format {
    let mut format = office::Format::new().set_font_name(FACE).set_font_size(style.size()).set_align(FormatAlign::Top);
    if style.is_bold() {
        format = format.set_bold();
    }
    if style.wraps() {
        format = format.set_text_wrap();
    }
    format = match style.side() {
        Side::Start => format,
        Side::Beside => format.set_indent(1),
        Side::End => format.set_align(FormatAlign::Right),
    };
    match style {
        Style::Head(_) => format.set_border_bottom(FormatBorder::Thin),
        Style::Link => format.set_font_color(Color::RGB(0x00_05_63_C1)).set_underline(FormatUnderline::Single),
        Style::Number { form, .. } => format.set_num_format(code(form, language)),
        Style::Title | Style::Heading | Style::Line | Style::Words { .. } | Style::Mark { .. } => format,
    }
}

/// The code of a number's form, in which a comma stands for what parts thousands and a full stop for what begins decimals in any language.
fn code(form: Form, language: Language) -> String {
    let mut code = String::from("#,##0");
    if form.decimals > 0 {
        code.push('.');
        code.extend(std::iter::repeat_n('0', form.decimals.into()));
    }
    if form.percent {
        code.push_str(language.percent_sign());
    }
    if form.signed { format!("+{code};-{code};{code}") } else { code }
}
