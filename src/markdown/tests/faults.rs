use super::super::build::MAX_DEPTH;
use super::*;

#[test]
fn html_is_refused_with_what_to_write_instead() {
    has_faults(
        "a<br>b <b>c</b> <i>d</i>",
        &[(Code::RAW_HTML, "<br>"), (Code::RAW_HTML, "<b>"), (Code::RAW_HTML, "<i>")],
    );
    has_faults("<table>\n<tr><td>x</td></tr>\n</table>\n\n**After**", &[(Code::RAW_HTML, "<table>")]);
    assert_eq!(parse_body("<div>\nx\n</div>\n\n**After**").shown(), "p(b<After>)", "the parser goes on");
    let help = |text: &str| parse_body(text).messages();
    assert!(help("a<br>b").contains("backslash"));
    assert!(help("<b>a</b>").contains("**text**"));
    assert!(help("<table></table>").contains("{{ table id }}"));
    has_faults("a </b> c", &[(Code::RAW_HTML, "</b>")]);
    has_faults("<?php x ?>", &[(Code::RAW_HTML, "<?php x ?>")]);
}

#[test]
fn comments_do_not_swallow_text() {
    has_faults("<!-- open\n\nText.", &[(Code::RAW_HTML, "<!-- open")]);
    has_faults("<!-- a --> Text.\nMore.", &[(Code::RAW_HTML, "Text.")]);
    has_faults("<!-- a --> <b>x</b>", &[(Code::RAW_HTML, "<b>x</b>")]);
}

#[test]
fn notes_that_do_not_match() {
    has_faults("a[^x] b\n\n[^y]: c", &[(Code::NOTE_UNKNOWN, "[^x]"), (Code::NOTE_UNUSED, "[^y]")]);
    has_faults("a[^a]\n\n[^a]: one\n\n[^a]: two", &[(Code::ID_DUPLICATE, "[^a]")]);
    has_faults("a[^a]\n\n[^a]:\n", &[(Code::EMPTY_TEXT, "[^a]:")]);
    has_faults("a [^två ord] b", &[(Code::NOTE_UNKNOWN, "[^två ord]")]);
    assert!(parse_body("a[^lagne]\n\nb[^lagen]\n\n[^lagen]: c").messages().contains("did you mean `lagen`?"));
    assert_eq!(good("`[^x]` \\[^y]"), "p(code<[^x]> [^y])");
    let parsed = parse_body("a\n\n[^y]: c");
    assert!(!parsed.sink.has_errors() && !parsed.sink.is_empty(), "an unused note is a warning");
}

#[test]
fn undefined_references() {
    has_faults("[text][id] och [a][]", &[(Code::REFERENCE_UNKNOWN, "[text][id]"), (Code::REFERENCE_UNKNOWN, "[a][]")]);
    has_faults("![bild][id]", &[(Code::REFERENCE_UNKNOWN, "![bild][id]")]);
    assert_eq!(good("`[a][b]` [a]\\[b]"), "p(code<[a][b]> [a][b])");
}

#[test]
fn ragged_tables() {
    let text = "| A | B |\n|---|---|\n| 1 | 2 | 3 |\n| 1 |\n| {{ a | b }} | 2 |\n";
    has_faults(text, &[(Code::TABLE_RAGGED, "| 1 | 2 | 3 |"), (Code::TABLE_RAGGED, "| 1 |")]);
    assert!(parse_body(text).messages().contains("the row has 3 cells, the header has 2"));
    has_faults("> | A | B |\n> |---|---|\n> | 1 |\n", &[(Code::TABLE_RAGGED, "| 1 |")]);
    has_faults("| A | B |\n|---|---|\n| 1 | 2 |\nText.\n", &[(Code::TABLE_RAGGED, "Text.")]);
    has_faults("| A | |\n|---|---|\n| 1 | 2 |\n", &[(Code::TABLE_MARKDOWN, "| A | |")]);
    has_faults("| A |\n|---|\n", &[(Code::TABLE_EMPTY, "| A |\n|---|")]);
    has_faults("| A | B |\n|---|\n| 1 | 2 |", &[(Code::TABLE_MARKDOWN, "| A | B |\n|---|\n| 1 | 2 |")]);
    assert_eq!(good("Text\n| A | B |\n|---|---|\n| 1 | 2 |"), "p(Text) table(A|B / 1|2)");
}

#[test]
fn headings_in_order() {
    let of =
        |text: &str| parse_whole(text).faults().iter().map(|(code, at)| format!("{code} {at}")).collect::<Vec<_>>();
    assert!(of("# A\n\n## B\n\n### C\n\n## D\n").is_empty());
    assert_eq!(of("# A\n\n### B\n"), ["TXT004 ### B"]);
    // Several chapters in a file, and one without a heading: a matter of the kind of document.
    for text in ["# A\n\n# B\n", "Text.\n\n# A\n", "## A\n"] {
        assert!(of(text).is_empty(), "{text}");
    }
    assert_eq!(of(""), ["FIL003 "]);
    assert_eq!(of("# A\n\n> ## B\n"), ["TXT004 ## B"]);
    assert_eq!(of("# A {#Å b}\n"), ["KEY006 Å", "KEY004 b"]);
    assert_eq!(of("# A {.unumbered}\n"), ["KEY004 unumbered"]);
    assert_eq!(of("# A {a=b #c #d}\n"), ["KEY004 a=b", "KEY004 #c"]);
    assert_eq!(of("# A {#a unnumbered}\n"), ["KEY004 unnumbered"]);
    assert_eq!(of("# A {b}\n"), ["KEY004 b"]);
    assert_eq!(of("# A {}\n"), ["KEY004 {}"]);
    assert!(of("# A {b} c\n\n## `{b}`\n").is_empty());
    assert_eq!(parse_whole("# A \\{b}\n").shown(), "h1(A {b})");
    assert_eq!(of("# {#a}\n"), ["TXT009 # {#a}"]);
}

#[test]
fn control_characters_are_reported_once() {
    let parsed = parse_whole("# A\n\nx\u{0}y\u{1}\u{1} z }} \u{7f}\n");
    assert_eq!(parsed.faults(), [("KEY004", "")]);
    assert_eq!(parsed.shown(), "h1(A) p(x y   z }})");
}

#[test]
fn depth_is_limited_and_nothing_overflows() {
    let nested = |open: &str, close: &str, n: usize| format!("{}x{}", open.repeat(n), close.repeat(n));
    assert!(parse_body(&nested("> ", "", MAX_DEPTH)).sink.is_empty());
    for text in [
        nested("> ", "", MAX_DEPTH + 1),
        nested("> ", "", 5000),
        nested("- ", "", 5000),
        nested("1. ", "", 5000),
        nested("*a **b ", " c** d*", 5000),
        nested("![", "](a)", 5000),
        nested("- > ", "", 2500),
        (0..200).map(|n| format!("{}- x\n", "  ".repeat(n))).collect(),
    ] {
        let too_deep = faults(&text).iter().filter(|(code, _)| code == Code::TOO_DEEP.0).count();
        assert_eq!(too_deep, 1, "{}", &text[..40]);
    }
    for text in [nested("[", "]", 5000), nested("[", "](a)", 5000), nested("{{", "}}", 5000), nested("[^a", "]", 5000)]
    {
        parse_body(&text);
    }
    for piece in ["{{ a [@b [^c] `", "{{ a ", "[@a ", "[^a]: ", "](", "![a](b) ", "<a ", "[a][b] "] {
        parse_body(&piece.repeat(5000));
    }
    parse_body(&nested("> ", "", 5000));
}

#[test]
fn what_is_printed_otherwise_than_meant_is_told() {
    for text in ["{ cases } and", "a {cases.new | percent} b", "{ table visits }"] {
        assert!(parse_body(text).messages().contains("a binding has two braces"), "{text}");
    }
    for text in
        ["{{ cases }} and", "\\{ cases } and", "`{ cases }`", "{ Two words }", "{1, 2}", "{}", "a { b", "## A {#cases}"]
    {
        assert!(!parse_body(text).messages().contains("two braces"), "{text}");
    }
    assert!(parse_body("2019. It was so.").messages().contains("the line begins a list, because `2019`"));
    for text in ["– One.\n– Two.", "We saw:\n•      one", "- a\n\n  – b\n  – c"] {
        assert!(parse_body(text).messages().contains("the line goes on in the paragraph above it"), "{text}");
    }
    for text in [
        "– One.\n\n– Two.",
        "It is\n– as they say – so.",
        "– One.\\\n– Two.",
        "– One.  \n– Two.",
        "> – One.\n> – Two.",
        "–5 to\n–3",
    ] {
        assert_eq!(parse_body(text).messages(), "", "{text}");
    }
    for (text, message) in
        [("- We want more time, they say.", "here of one item"), ("- More time?\n- Yes.", "read as a dialogue")]
    {
        assert!(parse_body(text).messages().contains(message), "{text}");
    }
    for text in ["- more time", "* We want.", "- One.\n- Two.", "- One?\n- Two?", "1. We want.", "- One.\n\n  Two."] {
        assert_eq!(parse_body(text).messages(), "", "{text}");
    }
    for text in ["2019\\. It was so.", "1. One\n2. Two", "It was in\n2019. So it was."] {
        assert_eq!(parse_body(text).messages(), "", "{text}");
    }
}
