mod tables;

use std::collections::BTreeSet;

use rayon::prelude::*;
use typst::layout::{Frame, FrameItem};

use super::*;
use crate::document::resolved::{Block, Image, Inline, Note, SignOff, Status, Table};
use crate::render::fixture;

fn pdf(document: &ResolvedDocument) -> Result<Pdf, Vec<PdfProblem>> {
    pdf_of(document, &builtin_template())
}

fn pdf_of(document: &ResolvedDocument, template: &BTreeMap<String, String>) -> Result<Pdf, Vec<PdfProblem>> {
    render(&PdfInput { document, template, assets: &fixture::assets(), attachments: &[], fonts: Fonts::builtin() })
}

/// The text of each page and whether the page is wider than high.
fn pages(document: &ResolvedDocument) -> Vec<(String, bool)> {
    let (template, assets) = (builtin_template(), fixture::assets());
    let input = PdfInput { document, template: &template, assets: &assets, attachments: &[], fonts: Fonts::builtin() };
    let pages = setting::set(&mut ReportWorld::new(&input, Corrections::default()).unwrap()).unwrap();
    let page = |frame: &Frame| {
        let mut text = String::new();
        collect_text(frame, &mut text);
        (text, frame.width() > frame.height())
    };
    pages.pages().iter().map(|each| page(&each.frame)).collect()
}

fn collect_text(frame: &Frame, out: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect_text(&group.frame, out),
            FrameItem::Text(text) => out.push_str(&text.text),
            _ => {}
        }
    }
}

/// Lines may break anywhere and hyphens may be added where they do.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}').collect()
}

fn printed(document: &ResolvedDocument) -> String {
    squeezed(&pages(document).into_iter().map(|(text, _)| text).collect::<String>())
}

fn only_block(block: Block) -> ResolvedDocument {
    let mut document = fixture::document();
    for chapter in &mut document.chapters {
        if chapter.anchor == "resultat" {
            chapter.blocks.push(block.clone());
        }
    }
    document
}

#[test]
fn every_block_and_inline_is_printed() {
    let pdf = pdf(&fixture::document()).unwrap();
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    assert!(pdf.pages > 5, "{} pages", pdf.pages);
    let text = printed(&fixture::document());
    for words in
        ["Granskningsrapport", "Dnr 3.4.2-804/2020", "1.1 Syfte och frågor", "— Handläggare, Farsta", "Tabell 2."]
    {
        assert!(text.contains(&squeezed(words)), "{words} is not printed");
    }
    assert!(text.contains(&squeezed("Data till diagrammet finns i tabell 1 och på webbsidan.")));
}

#[test]
fn code_in_texts_is_printed_as_it_stands() {
    let mut document = fixture::document();
    document.title_text = fixture::HOSTILE.into();
    document.title = fixture::text(fixture::HOSTILE);
    document.chapters[0].blocks.push(Block::Code { passage: String::new(), text: fixture::HOSTILE.into() });
    let text = printed(&document);
    // Cover, imprint, paragraph and code; the running head is cut.
    assert!(text.matches(&squeezed(fixture::HOSTILE)).count() >= 4, "{text}");
}

#[test]
fn same_input_gives_same_bytes() {
    let document = fixture::document();
    let first = pdf(&document).unwrap();
    let others: Vec<Pdf> = (0..4).into_par_iter().map(|_| pdf(&document).unwrap()).collect();
    assert!(others.iter().all(|other| *other == first));
}

/// What is kept between the reports of a run must not show in any of them.
#[test]
fn a_report_is_the_same_whatever_was_set_before_it() {
    let first = fixture::document();
    let mut second = fixture::document();
    second.title_text = "En annan rapport".into();
    second.title = fixture::text("En annan rapport");
    second.chapters.reverse();
    let (one, two) = (pdf(&first).unwrap(), pdf(&second).unwrap());
    comemo::evict(0);
    assert!(pdf(&second).unwrap() == two && pdf(&first).unwrap() == one && one != two);
}

#[test]
fn a_document_without_chapters_and_extras_is_printed() {
    let mut document = fixture::document();
    document.chapters.clear();
    document.contents.clear();
    document.notes.clear();
    document.imprint.clear();
    document.publisher.logo = None;
    document.publisher.unit = None;
    (document.subtitle, document.series, document.notice) = (None, None, None);
    assert!(pdf(&document).unwrap().pages >= 2);
}

#[test]
fn a_draft_says_so_on_each_page_with_a_header() {
    let mut document = fixture::document();
    document.status = Status::Draft;
    assert!(printed(&document).matches("Utkast").count() > 5);
}

#[test]
fn headers_repeat_on_each_page_of_a_long_table_and_wide_tables_turn_the_page() {
    let pages = pages(&fixture::long_document(3));
    let with_rows = pages.iter().filter(|(text, _)| text.contains("Verksamhet nummer"));
    let headless = with_rows.clone().filter(|(text, _)| !text.contains("Diagnos")).count();
    assert!(with_rows.count() > 4);
    assert_eq!(headless, 0);
    let turned: Vec<_> = pages.iter().filter(|(_, wide)| *wide).collect();
    assert_eq!(turned.len(), 1);
    assert!(turned[0].0.contains("År 1900"));
}

#[test]
fn notes_carry_the_numbers_of_the_document() {
    let mut document = fixture::document();
    // The document may well number otherwise than by place.
    document.chapters.swap(0, 1);
    let text = printed(&document);
    assert!(text.contains("2Fricker(2007),s.12."), "{text}");
    assert!(text.contains("1Socialtjänstlagen"));
}

#[test]
fn a_note_higher_than_a_page_begins_below_its_mark() {
    let mut document = fixture::document();
    let sentences: String = (1..=500).map(|number| format!("Mening {number} i noten. ")).collect();
    document.notes[0].content = fixture::text(&format!("{sentences}Klart."));
    let pages = pages(&document);
    let of = |words: &str| pages.iter().position(|(text, _)| squeezed(text).contains(&squeezed(words)));
    // The note's mark stands in this sentence.
    assert_eq!(of("Granskningen omfattar 40 ärenden"), of("Mening 1 i noten."));
    assert!(of("Klart.") > of("Mening 1 i noten."));
}

#[test]
fn bookmarks_are_the_headings_with_their_numbers() {
    let document = fixture::document();
    let bytes = pdf(&document).unwrap().bytes;
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let titles: BTreeSet<String> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.has(b"Title") && dict.has(b"Parent") && dict.has(b"Dest"))
        .map(|dict| lopdf::decode_text_string(dict.get(b"Title").unwrap()).unwrap())
        .collect();
    let in_chapters = document.chapters.iter().flat_map(|chapter| &chapter.blocks).filter_map(|block| match block {
        Block::Heading { number: Some(number), text, .. } => Some(format!("{number} {text}")),
        Block::Heading { text, .. } => Some(text.clone()),
        _ => None,
    });
    let before = ["imprint", "contents"].map(|label| document.labels[label].clone());
    let headings: BTreeSet<String> = before.into_iter().chain(in_chapters).collect();
    assert_eq!(titles, headings);
}

#[test]
fn the_file_names_its_standards_language_and_date() {
    let bytes = pdf(&fixture::document()).unwrap().bytes;
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let catalog = file.catalog().unwrap();
    assert_eq!(lopdf::decode_text_string(catalog.get(b"Lang").unwrap()).unwrap(), "sv-SE");
    let metadata = file.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
    let xmp = String::from_utf8(metadata.as_stream().unwrap().content.clone()).unwrap();
    for words in
        ["pdfaid:part>2<", "pdfaid:conformance>A<", "pdfuaid:part>1<", "2021-06-01T00:00:00", "socialpsykiatri"]
    {
        assert!(xmp.contains(words), "{words} is not in {xmp}");
    }
}

#[test]
fn a_missing_image_is_a_problem_with_a_place() {
    let image = Image {
        passage: String::new(),
        path: "assets/saknas.png".into(),
        alt: "x".into(),
        caption: None,
        credit: None,
        width: None,
        height: None,
    };
    let problems = pdf(&only_block(Block::Image(image))).unwrap_err();
    assert!(problems[0].message.contains("assets/saknas.png"), "{problems:?}");
    assert_eq!(problems[0].place.as_ref().unwrap().0, "figures.typ");
}

#[test]
fn a_warning_is_a_problem() {
    let mut document = fixture::document();
    document.theme.text_font = "Ingen Sådan".into();
    let problems = pdf(&document).unwrap_err();
    assert!(problems[0].message.starts_with("warning: unknown font family"), "{problems:?}");
}

#[test]
fn a_day_outside_the_calendar_is_a_problem() {
    let mut document = fixture::document();
    document.date.day = 31;
    assert!(pdf(&document).unwrap_err()[0].message.contains("not in the calendar"));
}

#[test]
fn a_template_reads_nothing_but_the_reports_files() {
    for code in ["#read(\"/etc/passwd\")", "#import \"@preview/cetz:0.4.0\"", "#read(\"../Cargo.toml\")"] {
        let template = BTreeMap::from([(main_file("report"), code.to_owned())]);
        assert!(pdf_of(&fixture::document(), &template).is_err(), "{code}");
    }
    let today = "#set document(title: \"x\")\n#assert(datetime.today() == datetime(year: 2021, month: 6, day: 1))\n= x";
    assert!(pdf_of(&fixture::document(), &BTreeMap::from([(main_file("report"), today.to_owned())])).is_ok());
}

#[test]
fn a_table_without_number_and_caption_is_printed() {
    let mut table = Table { number: None, label: None, caption: None, ..fixture::simple_table() };
    table.anchor = "utan-nummer".into();
    table.notes.clear();
    for row in &mut table.rows {
        row.cells.iter_mut().for_each(|cell| cell.content.truncate(1));
    }
    assert!(pdf(&only_block(Block::Table(Box::new(table)))).is_ok());
}

/// A table over two pages whose second column's header ends with the inlines.
fn long_table_with_header(extra: impl IntoIterator<Item = Inline>) -> ResolvedDocument {
    let mut table = fixture::long_table("lång");
    table.head[0][1].content.extend(extra);
    table.notes = fixture::simple_table().notes;
    only_block(Block::Table(Box::new(table)))
}

#[test]
fn a_header_that_repeats_over_pages_may_hold_a_mark_and_an_anchor() {
    let mark = Inline::Mark { mark: "*".into(), anchor: "lång-note-1".into() };
    let anchor = Inline::Anchor { anchor: "cite-2".into(), content: fixture::text("Fricker") };
    let document = long_table_with_header([anchor, mark]);
    assert_eq!(pdf(&document).err(), None);
    assert_eq!(printed(&document).matches("KvinnorFricker*").count(), 2);
}

#[test]
fn a_header_with_a_note_stands_once() {
    let note =
        Inline::Note { number: 4, anchor: "note-4".into(), reference: "note-ref-4".into(), first: true, cited: false };
    let mut document = long_table_with_header([note]);
    document.notes.push(Note {
        passage: String::new(),
        number: 4,
        anchor: "note-4".into(),
        content: fixture::text("En not i ett tabellhuvud."),
        references: vec!["note-ref-4".into()],
    });
    assert_eq!(pdf(&document).err(), None);
    assert_eq!(printed(&document).matches("Ennotietttabellhuvud.").count(), 1);
}

#[test]
fn nothing_is_cut_off_where_much_text_is_kept_together() {
    let words = "Planeringen brister och uppföljningen är sällan dokumenterad. ".repeat(120) + "Slutordet.";
    let content = fixture::text(&words);
    for block in [
        Block::Statement {
            passage: String::new(),
            quoted: true,
            content: content.clone(),
            attribution: fixture::text("Deltagare"),
        },
        Block::Quote {
            blocks: vec![Block::Paragraph { passage: String::new(), content: content.clone() }],
            attribution: None,
        },
        Block::Assessment {
            unit: String::new(),
            kind: "strengths".into(),
            title: "Styrkor".into(),
            items: vec![crate::document::resolved::AssessmentItem {
                area_id: None,
                passage: String::new(),
                content,
                area: None,
            }],
        },
    ] {
        let document = only_block(block);
        let pages = pages(&document);
        let with_words = pages.iter().filter(|(text, _)| text.contains("Planeringen brister")).count();
        assert!(with_words > 1, "{with_words} pages");
        assert!(printed(&document).contains("Slutordet."));
    }
}

#[test]
fn glyphs_that_no_font_has_are_found() {
    let fonts = Fonts::builtin();
    assert_eq!(
        fonts.missing_glyphs("Åäö é ß – ” Ελλ Рус עבר عرب → ≥ ½ ✓\u{ad}\u{200d}\u{a0}\n\u{fe0f}"),
        Vec::<char>::new()
    );
    assert_eq!(fonts.missing_glyphs("漢字漢 😀a"), vec!['字', '漢']);
    assert!(fonts.families().contains(&"Source Serif 4"));
}

#[test]
fn extra_fonts_are_added_and_other_files_refused() {
    let face = include_bytes!("../../../templates/fonts/DejaVuSans.ttf").to_vec();
    assert_eq!(Fonts::with_extra(vec![face.into()]).unwrap().families(), Fonts::builtin().families());
    assert_eq!(Fonts::with_extra(vec![b"no font".into()]).err(), Some(NotAFont(0)));
}

#[test]
fn every_template_prints_every_block() {
    for template in ["report", "brief", "letter", "easy-read"] {
        let mut document = fixture::document();
        document.template = template.into();
        document.sign_off =
            Some(SignOff { place: "Exempelstad den 1 juni 2021".into(), by: fixture::text("Ordföranden") });
        let text = printed(&document);
        for words in [
            "17 juni 2020",
            "har en aktuell plan",
            "Skriv in ett datum",
            "Fråga 1",
            "Mall för uppföljning",
            "Bild: förvaltningen",
        ] {
            assert!(text.contains(&squeezed(words)), "{template}: {words}");
        }
        assert!(text.contains("Ordföranden") && text.contains(&squeezed("Dnr 3.4.2-804/2020")), "{template}");
    }
}

/// A pattern is compiled anew wherever it is written, and a rule that shows one is tried on all text: two of them once took 42
/// percent of a build. What needs one is counted in `render::layout`.
#[test]
fn no_template_has_a_regular_expression() {
    for (name, text) in builtin_template() {
        assert!(!text.contains("regex"), "{name} has a regular expression");
    }
}

#[test]
fn only_words_longer_than_a_line_are_divided_in_headings() {
    let word = "Sysselsättningsverksamhetsuppföljningsansvarsfördelningsöverenskommelseförslag";
    let heading = Block::Heading {
        level: 1,
        number: None,
        anchor: "langt".into(),
        content: fixture::text(&format!("Granskningsrapportens {word}")),
        text: format!("Granskningsrapportens {word}"),
    };
    let pages = pages(&only_block(heading));
    let text: String = pages.iter().map(|(text, _)| text.as_str()).collect();
    assert!(!text.contains(word), "the long word is set in one piece");
    assert!(squeezed(&text).contains(word), "{text}");
    assert!(text.contains("Granskningsrapportens"));
}

/// The template with an own.typ.
fn with_own(own: &str) -> BTreeMap<String, String> {
    let mut template = builtin_template();
    template.insert(OWN.to_owned(), own.to_owned());
    template
}

#[test]
fn every_block_can_be_replaced_by_a_workspace() {
    let marked = "#import \"setters.typ\": setters\n\
        #let own = setters.pairs().map(((name, setter)) => ((name): (node, blocks, room) => [«#name»] + setter(node, blocks, room))).join()";
    let document = fixture::document();
    let (template, assets) = (with_own(marked), fixture::assets());
    let input = PdfInput {
        document: &document,
        template: &template,
        assets: &assets,
        attachments: &[],
        fonts: Fonts::builtin(),
    };
    let mut text = String::new();
    for page in setting::set(&mut ReportWorld::new(&input, Corrections::default()).unwrap()).unwrap().pages() {
        collect_text(&page.frame, &mut text);
    }
    let text = squeezed(&text);
    let blocks = document.chapters.iter().flat_map(|chapter| &chapter.blocks);
    let kinds: BTreeSet<String> =
        blocks.map(|block| serde_json::to_value(block).unwrap()["type"].as_str().unwrap().to_owned()).collect();
    assert!(kinds.len() > 15, "{kinds:?}");
    for kind in kinds {
        assert!(text.contains(&format!("«{kind}»")), "{kind} is set by no setter of its name");
    }
}

#[test]
fn what_only_calls_the_built_in_setters_changes_nothing() {
    let same = "#import \"setters.typ\": setters\n#import \"pages.typ\": pages\n#let own = pages + setters.pairs().map(((name, setter)) => ((name): (node, blocks, room) => setter(node, blocks, room))).join()";
    let document = fixture::document();
    assert!(pdf_of(&document, &with_own(same)).unwrap() == pdf(&document).unwrap());
}

#[test]
fn contents_of_a_workspace_are_set_that_ask_for_more_than_is_presumed_of_a_heading() {
    let strict = "#import \"pages.typ\": pages\n#let own = pages + (contents: { context query(heading.where(outlined: true)).map(found => \
        int(found.bookmarked) + counter(page).at(found.location()).first()).map(str).join([ ]); pages.contents })";
    let document = fixture::document();
    assert!(pdf_of(&document, &with_own(strict)).unwrap() != pdf(&document).unwrap());
}

#[test]
fn the_words_that_templates_ask_for_are_listed() {
    let template = builtin_template();
    let mut asked: Vec<&str> = template
        .values()
        .flat_map(|text| text.split("labels.").skip(1))
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_lowercase() && c != '_').next())
        .filter(|name| *name != "at")
        .collect();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!(asked, LABELS);
}
