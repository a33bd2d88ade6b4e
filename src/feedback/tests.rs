//! Whatever stands in a file: each comment and each mark of a change is in the list once, and nothing fails.

use proptest::prelude::*;

use super::{Feedback, What, feedback, read};
use crate::diagnostic::Said;
use crate::office::{PackedPart, pack};
use crate::system::Bytes;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn file(body: &str, notes: &str, comments: &str, extended: &str) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let all = [
        ("a", "footnotes", "footnotes.xml"),
        ("b", "comments", "comments.xml"),
        ("c", "commentsExtended", "commentsExtended.xml"),
    ];
    let relations: String = all.map(|(id, kind, target)| relation(id, kind, target)).concat();
    pack(&[
        PackedPart::new("word/document.xml", format!("<w:document {W}><w:body>{body}</w:body></w:document>")),
        PackedPart::new(
            "word/footnotes.xml",
            format!("<w:footnotes {W}><w:footnote w:id=\"1\">{notes}</w:footnote></w:footnotes>"),
        ),
        PackedPart::new("word/comments.xml", format!("<w:comments {W}>{comments}</w:comments>")),
        PackedPart::new(
            "word/commentsExtended.xml",
            format!("<w15:commentsEx xmlns:w15=\"x\">{extended}</w15:commentsEx>"),
        ),
        PackedPart::new(
            "word/_rels/document.xml.rels",
            format!("<Relationships xmlns=\"{RELATIONS}\">{relations}</Relationships>"),
        ),
    ])
    .expect("a small file")
}

fn heard(bytes: Vec<u8>) -> Result<Feedback, Said> {
    read(Bytes::from(bytes)).map(|file| feedback(&file, None)).map_err(|fault| fault.message)
}

fn comments(feedback: &Feedback) -> usize {
    let counted = feedback.items.iter().map(|item| match &item.what {
        What::Comment { answers, .. } => 1 + answers.len(),
        What::Change { .. } => 0,
    });
    counted.sum()
}

fn marks(feedback: &Feedback) -> usize {
    let counted = feedback.items.iter().map(|item| match &item.what {
        What::Comment { .. } => 0,
        What::Change { change, .. } => change.marks,
    });
    counted.sum()
}

/// Marks of two people, in any place that XML can have them, right or wrong.
fn marked(name: &'static str, inner: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (prop::sample::select(vec!["A", "B"]), inner).prop_map(move |(author, inner)| {
        format!("<w:{name} w:id=\"1\" w:author=\"{author}\" w:date=\"2026\">{inner}</w:{name}>")
    })
}

fn xml() -> impl Strategy<Value = String> {
    let sign = |name: &'static str| (0..6_u8).prop_map(move |id| format!("<w:{name} w:id=\"{id}\"/>"));
    let leaf = prop_oneof![
        "[a-zåäö \u{a0}]{0,8}".prop_map(|text| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")),
        Just("<w:r><w:delText>bort</w:delText><w:br/><w:tab/></w:r>".to_owned()),
        Just("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType=\"end\"/></w:r>".to_owned()),
        Just("<w:r><w:footnoteReference w:id=\"1\"/><w:drawing><w:txbxContent><w:p/></w:txbxContent></w:drawing></w:r>".to_owned()),
        Just("<w:bookmarkStart w:id=\"3\" w:name=\"_Belagg_0123\"/>".to_owned()),
        sign("commentRangeStart"),
        sign("commentRangeEnd"),
        sign("commentReference"),
        marked("rPrChange", Just(String::new())).prop_map(|mark| format!("<w:r><w:rPr>{mark}</w:rPr><w:t>ord</w:t></w:r>")),
        marked("pPrChange", Just(String::new())).prop_map(|mark| format!("<w:pPr>{mark}</w:pPr>")),
        marked("ins", Just(String::new())).prop_map(|mark| format!("<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>")),
        marked("del", Just(String::new())).prop_map(|mark| format!("<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>")),
        marked("del", Just(String::new())).prop_map(|mark| format!("<w:trPr>{mark}</w:trPr>")),
        marked("moveFromRangeStart", Just(String::new())),
        marked("somethingNew", Just(String::new())),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        let several = || prop::collection::vec(inner.clone(), 0..5).prop_map(|all| all.concat());
        let plain = |name: &'static str| several().prop_map(move |inner| format!("<w:{name}>{inner}</w:{name}>"));
        prop_oneof![
            4 => plain("p"),
            2 => marked("ins", several()),
            2 => marked("del", several()),
            1 => marked("moveFrom", several()),
            1 => marked("moveTo", several()),
            1 => plain("tbl"),
            1 => plain("tr"),
            1 => plain("tc"),
            1 => plain("r"),
            1 => plain("hyperlink"),
            1 => several().prop_map(|inner| format!("<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_comment_and_no_mark_is_lost(
        body in prop::collection::vec(xml(), 0..6),
        notes in prop::collection::vec(xml(), 0..3),
        said in prop::collection::vec((0..6_u8, xml()), 0..6),
        answers in prop::collection::vec((0..6_u8, 0..6_u8), 0..6),
    ) {
        let (body, notes) = (body.concat(), notes.concat());
        let comments: String = said
            .iter()
            .enumerate()
            .map(|(at, (id, inner))| format!("<w:comment w:id=\"{id}\" w:author=\"C\"><w:p w14:paraId=\"{at}\">{inner}</w:p></w:comment>"))
            .collect();
        let extended: String = answers
            .iter()
            .map(|(one, other)| format!("<w15:commentEx w15:paraId=\"{one}\" w15:paraIdParent=\"{other}\" w15:done=\"1\"/>"))
            .collect();
        let wanted = [&body, &notes, &comments].map(|text| text.matches("w:author=").count()).iter().sum::<usize>() - said.len();
        let heard = heard(file(&body, &notes, &comments, &extended)).expect("it is XML");
        prop_assert_eq!((self::comments(&heard), heard.comments), (said.len(), said.len()));
        prop_assert_eq!((marks(&heard), heard.marks), (wanted, wanted));
    }

    #[test]
    fn a_damaged_file_gives_a_list_or_a_message(body in prop::collection::vec(xml(), 1..5), cuts in prop::collection::vec((0..10_000_usize, 0..40_usize), 1..4)) {
        let mut bytes = format!("<w:document {W}><w:body>{}</w:body></w:document>", body.concat()).into_bytes();
        for (at, length) in cuts {
            let at = at % bytes.len().max(1);
            bytes.drain(at..(at + length).min(bytes.len()));
        }
        let packed = pack(&[PackedPart::new("word/document.xml", bytes)]).expect("a small file");
        if let Err(message) = heard(packed) {
            prop_assert!(!message.is_empty());
        }
    }
}

#[test]
fn a_new_paragraph_belongs_to_the_one_that_it_was_parted_from() {
    let ins = "w:id=\"1\" w:author=\"A\"";
    let body = format!(
        "<w:p><w:pPr><w:rPr><w:ins {ins}/></w:rPr></w:pPr><w:r><w:t>Ett två</w:t></w:r></w:p><w:p><w:ins {ins}><w:r><w:t>nytt </w:t></w:r></w:ins><w:r><w:t> tre.</w:t></w:r></w:p>"
    );
    let file = read(Bytes::from(file(&body, "", "", ""))).expect("a file");
    assert_eq!(file.passages.iter().filter(|passage| !passage.original().is_empty()).count(), 1);
    let passage = file.passages.first().expect("a paragraph");
    assert_eq!(
        (passage.original().as_str(), passage.all_words().as_str()),
        ("Ett två tre.", "Ett två\u{2029}nytt  tre.")
    );
    let heard = feedback(&file, None);
    let What::Change { change, .. } = &heard.items[0].what else { panic!("a change") };
    assert_eq!((change.range.clone(), change.new.as_str(), change.marks), (Some(8..8), "¶nytt ", 2));
}
