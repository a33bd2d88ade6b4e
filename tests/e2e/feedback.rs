//! What comes back in a Word document: every comment and every tracked change is listed, at its place, and nothing is written that is not certain.

use std::io::{Read as _, Write as _};

use serde_json::Value;

use crate::workspace::{Run, Workspace};

type Parts = Vec<(String, Vec<u8>)>;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Twenty paragraphs, each with a word of its own.
const NAMES: [&str; 20] = [
    "alm", "asp", "björk", "bok", "ek", "en", "fläder", "gran", "hassel", "hägg", "ginst", "jolster", "kastanj",
    "lind", "lönn", "oxel", "pil", "rönn", "sälg", "tall",
];

fn chapter() -> String {
    let mut text = String::from(
        "# Resultat {#resultat}\n\nI {{ plans | full }} finns en plan, se [](#table-visits).[^a]\n\n[^a]: En not om planerna.\n\n{{ table visits }}\n\n\
         - Första punkten\n- Andra punkten\n\n> Ett citat av någon.\n\nEtt **viktigt** ord och en [Socialstyrelsens sidor](https://www.socialstyrelsen.se) till.\n\n",
    );
    NAMES.iter().for_each(|name| text.push_str(&format!("Stycket om {name} har sina ord.\n\n")));
    ["asp", "bok", "ek", "gran", "lind", "tall"]
        .iter()
        .for_each(|name| text.push_str(&format!("Raden om {name} är kort.\n\n")));
    text
}

fn parts(bytes: &[u8]) -> Parts {
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..file.len())
        .map(|at| {
            let mut part = file.by_index(at).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().to_owned(), bytes)
        })
        .collect()
}

fn packed(parts: &Parts) -> Vec<u8> {
    let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        file.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        file.write_all(bytes).unwrap();
    }
    file.finish().unwrap().into_inner()
}

/// A report that went out, and what was written into it.
struct Sent {
    workspace: Workspace,
    parts: Parts,
    comments: String,
    extended: String,
    count: usize,
}

impl Sent {
    fn new() -> Self {
        Self::of(&chapter())
    }

    fn of(chapter: &str) -> Self {
        let workspace = Workspace::small();
        workspace.chapter(chapter);
        workspace.run(&["export", "liten", "--word"]).expect(0);
        let parts = parts(&workspace.bytes("comments/liten-1.0.docx"));
        Self { workspace, parts, comments: String::new(), extended: String::new(), count: 0 }
    }

    fn part(&mut self, name: &str) -> &mut Vec<u8> {
        &mut self.parts.iter_mut().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no part {name}")).1
    }

    /// Puts something in the place of words that stand once in a part.
    fn put(&mut self, part: &str, old: &str, new: &str) {
        let bytes = self.part(part);
        let text = String::from_utf8(std::mem::take(bytes)).unwrap();
        assert!(text.contains(old), "{old} is not in {part}");
        // The table of contents repeats headings: the text comes after it.
        let at = text.rfind(old).unwrap();
        *bytes = [&text[..at], new, &text[at + old.len()..]].concat().into_bytes();
    }

    /// Ends the run that some words stand in, puts something there, and goes on with a run.
    fn within(&mut self, words: &str, xml: &str) {
        self.put("word/document.xml", words, &format!("</w:t></w:r>{xml}<w:r><w:t xml:space=\"preserve\">"));
    }

    /// The words of a comment, and its id.
    fn comment(&mut self, text: &str) -> String {
        self.count += 1;
        let id = self.count.to_string();
        self.comments.push_str(&format!(
            "<w:comment w:id=\"{id}\" w:author=\"Anna Ek\" w:date=\"2026-11-20T14:03:00Z\" w:initials=\"AE\"><w:p w14:paraId=\"{id:0>8}\"><w:r>\
             <w:annotationRef/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>"
        ));
        id
    }

    fn told(&mut self, id: &str, parent: Option<&str>, done: bool) {
        let parent = parent.map(|parent| format!(" w15:paraIdParent=\"{parent:0>8}\"")).unwrap_or_default();
        self.extended
            .push_str(&format!("<w15:commentEx w15:paraId=\"{id:0>8}\"{parent} w15:done=\"{}\"/>", u8::from(done)));
    }

    /// A comment on words that stand once.
    fn on(&mut self, words: &str, text: &str) -> String {
        let id = self.comment(text);
        self.within(words, &around(&id, &typed(words)));
        id
    }

    /// Adds the parts with comments, and what the file names.
    fn file(&mut self) -> Vec<u8> {
        let comments = format!("<w:comments {W}>{}</w:comments>", self.comments);
        let extended = format!(
            "<w15:commentsEx xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\">{}</w15:commentsEx>",
            self.extended
        );
        self.name("comments", "comments.xml");
        self.put(
            "word/_rels/document.xml.rels",
            "</Relationships>",
            "<Relationship Id=\"rIdX\" Type=\"http://schemas.microsoft.com/office/2011/relationships/commentsExtended\" Target=\"commentsExtended.xml\"/></Relationships>",
        );
        self.parts.push(("word/comments.xml".into(), comments.into_bytes()));
        self.parts.push(("word/commentsExtended.xml".into(), extended.into_bytes()));
        packed(&self.parts)
    }

    fn name(&mut self, kind: &str, target: &str) {
        let relation =
            format!("<Relationship Id=\"rId-{kind}\" Type=\"{KINDS}/{kind}\" Target=\"{target}\"/></Relationships>");
        self.put("word/_rels/document.xml.rels", "</Relationships>", &relation);
    }

    fn listed(&mut self, more: &[&str]) -> Run {
        let file = self.file();
        listed(&self.workspace, &file, more)
    }
}

fn listed(workspace: &Workspace, file: &[u8], more: &[&str]) -> Run {
    workspace.file("tillbaka.docx", file);
    let path = workspace.path("tillbaka.docx");
    workspace.run(&[&["import", "--comments", path.to_str().unwrap()], more].concat())
}

fn json(run: &Run) -> Value {
    let all: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout));
    all["result"].clone()
}

fn typed(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

fn around(id: &str, xml: &str) -> String {
    format!("<w:commentRangeStart w:id=\"{id}\"/>{xml}<w:commentRangeEnd w:id=\"{id}\"/>{}", reference(id))
}

fn reference(id: &str) -> String {
    format!("<w:r><w:commentReference w:id=\"{id}\"/></w:r>")
}

const BY: &str = "w:author=\"Bo Ås\" w:date=\"2026-11-21T09:12:00Z\"";

fn inserted(words: &str) -> String {
    format!("<w:ins w:id=\"900\" {BY}>{}</w:ins>", typed(words))
}

fn struck(words: &str) -> String {
    format!("<w:del w:id=\"901\" {BY}><w:r><w:delText xml:space=\"preserve\">{words}</w:delText></w:r></w:del>")
}

/// Every comment's words, answers among them, with file and line.
fn comments(result: &Value) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for item in result["items"].as_array().unwrap().iter().filter(|item| item["type"] == "comment") {
        let place = format!("{}:{}", item["place"]["file"].as_str().unwrap_or("-"), item["place"]["line"]);
        for said in std::iter::once(item).chain(item["answers"].as_array().unwrap()) {
            out.push((said["text"].as_str().unwrap().to_owned(), place.clone()));
        }
    }
    out
}

#[test]
fn sixty_comments_of_all_kinds_are_sixty_in_the_list() {
    let mut sent = Sent::new();
    let mut wanted: Vec<(String, Option<usize>)> = Vec::new();
    let text = chapter();
    let line = |words: &str| text.lines().position(|line| line.contains(words)).map(|at| at + 1);
    // Twenty on words, each with an answer.
    for name in NAMES {
        let said = format!("Fråga om {name}?");
        let id = sent.on(&format!("{name} har"), &said);
        wanted.push((said, line(&format!("om {name} har"))));
        let said = format!("Svar om {name}.");
        let answer = sent.comment(&said);
        sent.told(&answer, Some(&id), false);
        wanted.push((said, line(&format!("om {name} har"))));
    }
    // Answers to answers, and one that is resolved.
    let answer = sent.comment("Svar på ett svar.");
    sent.told(&answer, Some("2"), true);
    sent.told("1", None, true);
    wanted.push(("Svar på ett svar.".into(), line("om alm har")));
    for (words, said, at) in [
        ("Resultat", "På rubriken.", line("# Resultat")),
        ("Första punkten", "I en lista.", line("Första")),
        ("Ett citat", "I ett citat.", line("citat")),
        ("viktigt", "På betonade ord.", line("viktigt")),
        ("Socialstyrelsens sidor", "På en länk.", line("Socialstyrelsens sidor")),
        ("Granskningen", "Under en tabell.", Some(13)),
        ("Norr", "I en cell.", Some(11)),
        ("Liten rapport", "På titeln.", Some(6)),
    ] {
        sent.on(words, said);
        wanted.push((said.into(), at));
    }
    // On a bound number, which stands in a control.
    let id = sent.comment("På ett bundet tal.");
    sent.put(
        "word/document.xml",
        "<w:sdt><w:sdtPr><w:alias w:val=\"plans\"/>",
        &format!("<w:commentRangeStart w:id=\"{id}\"/><w:sdt><w:sdtPr><w:alias w:val=\"plans\"/>"),
    );
    sent.within(
        " finns en plan",
        &format!("<w:commentRangeEnd w:id=\"{id}\"/>{}{}", reference(&id), typed(" finns en plan")),
    );
    wanted.push(("På ett bundet tal.".into(), line("finns en plan")));
    // Over three paragraphs.
    let id = sent.comment("Över flera stycken.");
    sent.within("Raden om asp", &format!("<w:commentRangeStart w:id=\"{id}\"/>{}", typed("Raden om asp")));
    sent.within(
        "Raden om bok",
        &format!("{}<w:commentRangeEnd w:id=\"{id}\"/>{}", typed("Raden om bok"), reference(&id)),
    );
    wanted.push(("Över flera stycken.".into(), line("Raden om asp")));
    // In a footnote and in an endnote.
    let id = sent.comment("I en fotnot.");
    sent.put(
        "word/footnotes.xml",
        "En not om planerna.",
        &format!("</w:t></w:r>{}<w:r><w:t>", around(&id, &typed("En not om planerna."))),
    );
    wanted.push(("I en fotnot.".into(), line("En not")));
    let id = sent.comment("I en slutnot.");
    let endnote = format!(
        "<w:endnotes {W}><w:endnote w:id=\"5\"><w:p>{}</w:p></w:endnote></w:endnotes>",
        around(&id, &typed("En slutnot."))
    );
    sent.parts.push(("word/endnotes.xml".into(), endnote.into_bytes()));
    sent.name("endnotes", "endnotes.xml");
    wanted.push(("I en slutnot.".into(), None));
    // Without range; without any place; on words that came and on words that went; two of the same words.
    let id = sent.comment("Utan område.");
    sent.within("Raden om ek", &format!("{}{}", typed("Raden om ek"), reference(&id)));
    wanted.push(("Utan område.".into(), line("Raden om ek")));
    sent.comment("Utan plats.");
    wanted.push(("Utan plats.".into(), None));
    let id = sent.comment("På nya ord.");
    sent.within("Raden om gran", &format!("{}{}", typed("Raden om gran"), around(&id, &inserted(" och annat"))));
    wanted.push(("På nya ord.".into(), line("Raden om gran")));
    let id = sent.comment("På strukna ord.");
    sent.within("Raden om lind", &format!("{}{}", typed("Raden "), around(&id, &struck("om lind"))));
    wanted.push(("På strukna ord.".into(), line("Raden om lind")));
    for _ in 0..2 {
        sent.on("Raden om tall", "Samma ord.");
        wanted.push(("Samma ord.".into(), line("Raden om tall")));
    }
    // Without words.
    sent.on("Andra punkten", "");
    wanted.push((String::new(), line("Andra punkten")));
    assert_eq!((sent.count, wanted.len()), (60, 60));

    let file = sent.file();
    let run = listed(&sent.workspace, &file, &["--format", "json"]).expect(0);
    let result = json(&run);
    assert_eq!(result["comments"], 60);
    let mut found = comments(&result);
    assert_eq!(found.len(), 60);
    for (said, at) in wanted {
        let place = found.iter().position(|(known, place)| {
            let line = place.rsplit_once(':').map(|(_, line)| line.to_owned()).unwrap_or_default();
            *known == said && at.is_none_or(|at| line == at.to_string())
        });
        let place = place.unwrap_or_else(|| panic!("`{said}` at line {at:?} is not among {found:#?}"));
        found.remove(place);
    }
    let items = result["items"].as_array().unwrap();
    let item = |text: &str| items.iter().find(|item| item["text"] == text).unwrap();
    assert_eq!(item("Fråga om alm?")["resolved"], true);
    assert_eq!(item("Fråga om alm?")["answers"].as_array().unwrap().len(), 2);
    assert_eq!(item("På ett bundet tal.")["words"], "25 av 40 (63 procent)");
    assert_eq!(item("Över flera stycken.")["place"]["end_line"], line("Raden om bok").unwrap());
    assert_eq!(item("På strukna ord.")["words"], "om lind");
    assert_eq!(item("Utan plats.")["place"], Value::Null);
    assert_eq!(item("I en cell.")["place"]["file"], "content/liten/findings/alla.yaml");
    // People read each of them once, in both languages.
    for (language, head) in
        [("en", "Comment by Anna Ek, 2026-11-20 14:03"), ("sv", "Kommentar av Anna Ek, 2026-11-20 14:03")]
    {
        let told = listed(&sent.workspace, &file, &["--lang", language]).expect(0).stdout;
        assert!(told.contains(head) && told.contains("content/liten/kapitel.md:"), "{told}");
        for name in NAMES {
            assert_eq!(told.matches(&format!("Fråga om {name}?")).count(), 1, "{told}");
            assert_eq!(told.matches(&format!("Svar om {name}.")).count(), 1, "{told}");
        }
        assert!(!told.contains("{"), "a value without its text, or a binding that no change shows: {told}");
    }
}

/// Changes of every kind, and what became of each.
#[test]
fn every_mark_of_a_change_is_in_the_list_and_bound_numbers_stay() {
    let mut sent = Sent::new();
    // Words: came, went, replaced, by two people at once, written and struck again.
    sent.within("Stycket om alm", &format!("{}{}", typed("Stycket om alm"), inserted(" i skogen")));
    sent.within("Stycket om asp", &struck("Stycket om asp"));
    sent.within(
        "Stycket om björk",
        &format!("{}{}{}", typed("Stycket om "), struck("björk"), inserted("alla *björkar*")),
    );
    sent.within(
        "Stycket om bok",
        &format!(
            "{}<w:ins w:id=\"1\" w:author=\"Anna Ek\" w:date=\"2026-11-20T14:03:00Z\"><w:del w:id=\"2\" {BY}><w:r><w:delText>kort stund</w:delText></w:r></w:del></w:ins>",
            typed("Stycket om bok")
        ),
    );
    // Bold words around which markup stands.
    sent.within("viktigt", &format!("{}{}", struck("viktigt"), inserted("väsentligt")));
    // The bound number, struck with its sentence and by itself.
    sent.put(
        "word/document.xml",
        "<w:sdt><w:sdtPr><w:alias w:val=\"plans\"/>",
        &format!("{}<w:sdt><w:sdtPr><w:alias w:val=\"plans\"/>", inserted("Bara ")),
    );
    let text = String::from_utf8(sent.part("word/document.xml").clone()).unwrap();
    let number = text
        .split("<w:sdtContent><w:r><w:t xml:space=\"preserve\">25")
        .nth(1)
        .unwrap()
        .split("</w:t>")
        .next()
        .unwrap()
        .to_owned();
    sent.put(
        "word/document.xml",
        &format!("<w:r><w:t xml:space=\"preserve\">25{number}</w:t></w:r>"),
        &format!("{}{}", struck(&format!("25{number}")), inserted("26 av 40")),
    );
    // A value of a table, and its row.
    sent.within("Norr", &format!("{}{}", struck("Norr"), inserted("Nord")));
    let text = String::from_utf8(sent.part("word/document.xml").clone()).unwrap();
    let at = text.rfind("Söder</w:t>").unwrap();
    let row = text[..at].rfind("<w:trPr>").unwrap();
    let marked = format!("{}<w:trPr><w:del w:id=\"3\" {BY}/>{}", &text[..row], &text[row + "<w:trPr>".len()..]);
    *sent.part("word/document.xml") = marked.into_bytes();
    sent.within("Söder", &struck("Söder"));
    // Moves, with their ranges.
    sent.within(
        "Stycket om gran",
        &format!(
            "<w:moveFromRangeStart w:id=\"4\" w:name=\"flytt1\" {BY}/><w:moveFrom w:id=\"5\" {BY}>{}</w:moveFrom><w:moveFromRangeEnd w:id=\"4\"/>",
            typed("Stycket om gran")
        ),
    );
    sent.within(
        "Stycket om lind",
        &format!(
            "{}<w:moveToRangeStart w:id=\"6\" w:name=\"flytt1\" {BY}/><w:moveTo w:id=\"7\" {BY}>{}</w:moveTo><w:moveToRangeEnd w:id=\"6\"/>",
            typed("Stycket om lind"),
            typed(" Stycket om gran")
        ),
    );
    // Looks of words, of a paragraph, of a table; a mark that nobody knows; a new paragraph; two joined; a note's words.
    sent.within("Stycket om lönn", &format!("<w:r><w:rPr><w:b/><w:rPrChange w:id=\"8\" {BY}><w:rPr/></w:rPrChange></w:rPr><w:t>Stycket om lönn</w:t></w:r>"));
    paragraph_with(
        &mut sent,
        "Stycket om oxel",
        &format!("<w:jc w:val=\"left\"/><w:pPrChange w:id=\"9\" {BY}><w:pPr/></w:pPrChange>"),
    );
    sent.put(
        "word/document.xml",
        "<w:tblCaption",
        &format!("<w:tblPrChange w:id=\"10\" {BY}><w:tblPr/></w:tblPrChange><w:tblCaption"),
    );
    sent.within("Stycket om pil", &format!("{}<w:customXmlInsRangeStart w:id=\"11\" {BY}/>", typed("Stycket om pil")));
    sent.within(
        "Stycket om rönn har sina ord.",
        &format!("{}</w:p><w:p>{}", typed("Stycket om rönn har sina ord."), inserted("Ett nytt stycke.")),
    );
    let new = "<w:t xml:space=\"preserve\">Stycket om rönn har sina ord.</w:t></w:r></w:p>";
    let mark = format!("<w:pPr><w:rPr><w:ins w:id=\"12\" {BY}/></w:rPr></w:pPr>");
    let text = String::from_utf8(sent.part("word/document.xml").clone()).unwrap();
    let at = text.rfind(new).unwrap();
    let open = text[..at].rfind("<w:p>").unwrap() + "<w:p>".len();
    let text = format!("{}{mark}{}", &text[..open], &text[open..]);
    *sent.part("word/document.xml") = text.into_bytes();
    paragraph_with(&mut sent, "Stycket om sälg", &format!("<w:rPr><w:del w:id=\"13\" {BY}/></w:rPr>"));
    sent.put(
        "word/footnotes.xml",
        "En not om planerna.",
        &format!("En not</w:t></w:r>{}<w:r><w:t xml:space=\"preserve\"> om planerna.", inserted(" till")),
    );
    let marks: usize = ["word/document.xml", "word/footnotes.xml"]
        .map(|name| String::from_utf8(sent.part(name).clone()).unwrap().matches("w:author=").count())
        .iter()
        .sum();
    assert!(marks > 25, "{marks}");

    let file = sent.file();
    let result = json(&listed(&sent.workspace, &file, &["--format", "json"]).expect(0));
    let items = result["items"].as_array().unwrap();
    let changes: Vec<&Value> = items.iter().filter(|item| item["type"] == "change").collect();
    let listed_marks: u64 = changes.iter().map(|change| change["marks"].as_u64().unwrap()).sum();
    assert_eq!((result["marks"].as_u64().unwrap(), listed_marks), (marks as u64, marks as u64), "{changes:#?}");
    let with = |old: &str, new: &str| {
        let found = changes.iter().find(|change| change["old"] == old && change["new"] == new);
        *found.unwrap_or_else(|| panic!("`{old}` `{new}` is not among {changes:#?}"))
    };
    // What is certain, as it would stand in the file.
    let after = |change: &Value| change["edit"]["after"][0].as_str().unwrap_or_default().to_owned();
    assert_eq!(after(with("", " i skogen")), "Stycket om alm i skogen har sina ord.");
    assert_eq!(after(with("björk", "alla *björkar*")), "Stycket om alla \\*björkar\\* har sina ord.");
    assert_eq!(
        after(with("viktigt", "väsentligt")),
        "Ett **väsentligt** ord och en [Socialstyrelsens sidor](https://www.socialstyrelsen.se) till."
    );
    assert_eq!(with("", " till")["certain"], true);
    // What is left, and why.
    let reason = |change: &Value| {
        assert_eq!((change["edit"].is_null(), change["certain"].as_bool()), (true, Some(false)), "{change}");
        change["reason"].as_str().unwrap_or_default().to_owned()
    };
    let number = changes.iter().find(|change| change["new"].as_str().unwrap().contains("26 av 40")).unwrap();
    assert!(
        reason(number).contains("bound to the figure `plans`")
            && reason(number).contains("content/liten/findings/alla.yaml:3"),
        "{number}"
    );
    assert!(reason(with("Stycket om gran", "")).contains("move the words by hand"));
    assert_eq!(
        (with("Stycket om gran", "")["move"].as_str(), with("", " Stycket om gran")["move"].as_str()),
        (Some("flytt1"), Some("flytt1"))
    );
    let kinds: Vec<&str> = changes.iter().map(|change| change["kind"].as_str().unwrap()).collect();
    for kind in ["undone", "row-deleted", "moved-from", "moved-to", "look", "paragraph-look", "table-look", "other"] {
        assert!(kinds.contains(&kind), "{kind} is not among {kinds:?}");
    }
    let row = changes.iter().find(|change| change["kind"] == "row-deleted").unwrap();
    assert!(row["old"].as_str().unwrap().starts_with("Söder | 8 | 12") && row["marks"] == 2, "{row}");

    // Nothing is written without being asked for; then what is certain is, and nothing else.
    let before = sent.workspace.read("content/liten/kapitel.md");
    let findings = sent.workspace.read("content/liten/findings/alla.yaml");
    let told = listed(&sent.workspace, &file, &[]).expect(0).stdout;
    assert!(
        told.contains("- Stycket om alm har")
            && told.contains("+ Stycket om alm i skogen har")
            && told.contains("nothing was written"),
        "{told}"
    );
    assert_eq!(sent.workspace.read("content/liten/kapitel.md"), before);
    listed(&sent.workspace, &file, &["--yes"]).expect(0);
    let now = sent.workspace.read("content/liten/kapitel.md");
    for line in [
        "Stycket om alm i skogen har",
        "alla \\*björkar\\*",
        "**väsentligt**",
        "[^a]: En not till om planerna.",
        "I {{ plans | full }} finns",
    ] {
        assert!(now.contains(line), "{line}: {now}");
    }
    assert!(
        !now.contains("26 av 40") && now.contains("Stycket om gran har") && now.contains("Stycket om lind har"),
        "{now}"
    );
    assert!(sent.workspace.read("content/liten/findings/alla.yaml").replace("Nord", "Norr") == findings);
    sent.workspace.run(&["check"]).expect(0);
}

/// Puts something into the properties of the paragraph with some words.
fn paragraph_with(sent: &mut Sent, words: &str, xml: &str) {
    let text = String::from_utf8(sent.part("word/document.xml").clone()).unwrap();
    let at = text.rfind(words).unwrap();
    let open = text[..at].rfind("<w:p>").unwrap() + "<w:p>".len();
    let now = match text[open..].strip_prefix("<w:pPr>") {
        Some(rest) => format!("{}<w:pPr>{xml}{rest}", &text[..open]),
        None => format!("{}<w:pPr>{xml}</w:pPr>{}", &text[..open], &text[open..]),
    };
    *sent.part("word/document.xml") = now.into_bytes();
}

#[test]
fn what_has_no_place_is_listed_with_its_words_and_words_changed_without_tracking_are_told() {
    let mut sent = Sent::new();
    sent.on("Stycket om alm", "Finns det kvar?");
    sent.on("Stycket om ek", "Ett ord är nytt.");
    sent.put("word/document.xml", "Stycket om gran har sina ord.", "Stycket om gran har hemliga ord.");
    let file = sent.file();
    // Meanwhile the report went on.
    sent.workspace.chapter(
        chapter()
            .replace("Stycket om alm har sina ord.\n\n", "")
            .replace("om ek har sina ord", "om ek har nu sina ord"),
    );
    let result = json(&listed(&sent.workspace, &file, &["--format", "json"]).expect(0));
    let items = result["items"].as_array().unwrap();
    let comment = |text: &str| items.iter().find(|item| item["text"] == text).unwrap();
    assert_eq!(comment("Finns det kvar?")["words"], "Stycket om alm");
    assert_ne!(comment("Finns det kvar?")["place"]["is"], "here");
    assert_eq!(comment("Ett ord är nytt.")["place"]["is"], "reworded");
    let secret = items.iter().find(|item| item["kind"] == "untracked").unwrap_or_else(|| panic!("{items:#?}"));
    assert_eq!((secret["old"].as_str(), secret["new"].as_str()), (Some("sina"), Some("hemliga")));
    assert_eq!(items.iter().filter(|item| item["kind"] == "untracked").count(), 1, "{items:#?}");
    // Nobody knows the report, or it cannot be read: the words are listed all the same.
    sent.workspace.file("content/liten/report.yaml", "kind: [\n");
    let told = listed(&sent.workspace, &file, &[]).stdout;
    assert!(
        told.contains("Finns det kvar?") && told.contains("Stycket om alm") && told.contains("not found in the report"),
        "{told}"
    );
    std::fs::remove_dir_all(sent.workspace.path("content/liten")).unwrap();
    let run = listed(&sent.workspace, &file, &["--lang", "sv"]).expect(1);
    assert!(
        run.stderr.contains("COM003")
            && run.stdout.contains("Finns det kvar?")
            && run.stdout.contains("finns inte i rapporten"),
        "{}{}",
        run.stderr,
        run.stdout
    );
}

#[test]
fn without_bookmarks_and_controls_paragraphs_are_found_by_their_words() {
    let mut sent = Sent::new();
    sent.on("Stycket om ek", "Hittas ändå.");
    sent.within("Stycket om gran", &format!("{}{}", typed("Stycket om gran"), inserted(" och tall")));
    for name in ["word/document.xml", "word/footnotes.xml"] {
        let text = String::from_utf8(sent.part(name).clone()).unwrap();
        let text = text
            .replace("w:name=\"_Belagg_", "w:name=\"_Annat_")
            .replace("<w:sdtPr>", "<w:sdtPr><!--")
            .replace("</w:sdtPr>", "--></w:sdtPr>");
        *sent.part(name) = text.into_bytes();
    }
    // The words that the file was made with, and the properties, are lost too.
    sent.parts.retain(|(name, _)| !name.starts_with("customXml/") && name != "docProps/custom.xml");
    let file = sent.file();
    assert!(listed(&sent.workspace, &file, &[]).expect(1).stderr.contains("COM003"));
    let result = json(&listed(&sent.workspace, &file, &["--format", "json", "--name", "liten"]).expect(0));
    let items = result["items"].as_array().unwrap();
    assert_eq!(
        (items.len(), &items[0]["text"], &items[0]["place"]["is"]),
        (2, &Value::from("Hittas ändå."), &Value::from("here"))
    );
    assert_eq!(items[1]["edit"]["after"][0], "Stycket om gran och tall har sina ord.");
}

#[test]
fn files_that_are_none_give_messages_with_codes() {
    let sent = Sent::new();
    let fails = |parts: &Parts, wanted: &str| {
        let run = listed(&sent.workspace, &packed(parts), &["--lang", "sv"]);
        assert!(run.stderr.contains(wanted), "{wanted}: {}", run.stderr);
        run
    };
    let with = |name: &str, text: &[u8]| {
        let mut parts = sent.parts.clone();
        parts.retain(|(known, _)| known != name);
        parts.push((name.to_owned(), text.to_vec()));
        parts
    };
    fails(&with("word/document.xml", b"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), "fel[COM001]").expect(1);
    fails(&with("word/document.xml", b"<w:document"), "fel[COM001]").expect(1);
    fails(&with("word/document.xml", &vec![b' '; 260 << 20]), "fel[COM001]").expect(1);
    let deep = format!("<a>{}{}</a>", "<b>".repeat(5000), "</b>".repeat(5000));
    fails(&with("word/document.xml", deep.as_bytes()), "fel[COM001]").expect(1);
    let mut without = sent.parts.clone();
    without.retain(|(name, _)| name != "word/document.xml");
    fails(&without, "fel[COM001]").expect(1);
    let run = listed(&sent.workspace, b"not packed", &[]);
    assert!(run.expect(1).stderr.contains("error[COM001]"));
    // A comment that is marked and not there; ends before beginnings; a place that is not there; answers in a circle.
    let mut odd = Sent::new();
    odd.within(
        "Stycket om ek",
        &format!(
            "<w:commentRangeEnd w:id=\"1\"/>{}<w:commentRangeStart w:id=\"1\"/>{}",
            typed("Stycket om ek"),
            reference("99")
        ),
    );
    for (a, b) in [("1", "2"), ("2", "1")] {
        odd.comment("I en ring.");
        odd.told(a, Some(b), false);
    }
    let run = odd.listed(&["--lang", "sv"]).expect(0);
    assert!(run.stderr.contains("COM002") && run.stderr.contains("99"), "{}", run.stderr);
    assert_eq!(run.stdout.matches("I en ring.").count(), 2, "{}", run.stdout);
    // No parts for comments at all.
    let none = listed(&sent.workspace, &packed(&sent.parts), &["--lang", "sv"]).expect(0);
    assert_eq!(none.stdout.trim(), "inga kommentarer och inga ändringar");
    let path = sent.workspace.path("content/liten/kapitel.md");
    assert!(
        sent.workspace
            .run(&["import", "--comments", path.to_str().unwrap()])
            .expect(2)
            .stderr
            .contains("save it as .docx")
    );
}

/// The small report with comments and changes, opened and saved again by LibreOffice 7.4, which drops bookmarks of notes, controls' properties and who answers whom.
#[test]
fn a_file_that_libreoffice_has_saved_says_the_same() {
    let sent = Sent::new();
    let fixture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/feedback/libreoffice.docx");
    let result = json(&listed(&sent.workspace, &std::fs::read(fixture).unwrap(), &["--format", "json"]).expect(0));
    assert_eq!(
        (&result["comments"], &result["changes"], &result["marks"]),
        (&Value::from(7), &Value::from(3), &Value::from(4))
    );
    let items = result["items"].as_array().unwrap();
    assert!(items.iter().all(|item| item["place"]["is"] == "here"), "{items:#?}");
    let changes: Vec<&Value> = items.iter().filter(|item| item["type"] == "change").collect();
    assert!(changes.iter().all(|change| change["certain"] == true), "{changes:#?}");
    assert_eq!(changes[2]["edit"]["after"][0], "[^a]: En not till om planerna.");
    assert_eq!(items.iter().find(|item| item["text"] == "Fråga om alm?").unwrap()["resolved"], true);
}
