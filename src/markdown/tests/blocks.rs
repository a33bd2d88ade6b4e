use super::*;

#[test]
fn the_blocks_of_commonmark() {
    assert_eq!(good("One\ntwo.\n\nThree."), "p(One two.) p(Three.)");
    assert_eq!(good("- a\n- b\n  - c\n"), "ul(li(p(a)) li(p(b) ul(li(p(c)))))");
    assert_eq!(good("3. a\n\n4. b\n"), "ol3(li(p(a)) li(p(b)))");
    assert_eq!(good("a\n\n---\n\nb"), "p(a) hr p(b)");
    assert_eq!(good("```rust x\nlet {{ a }}\n```"), "code[rust](\"let {{ a }}\\n\")");
    assert_eq!(good("Term\n: one\n: two *b*\n\nOther\n: three"), "dl(Term: p(one) / p(two em<b>); Other: p(three))");
}

#[test]
fn headings_carry_attributes() {
    let parsed = parse_whole("# Möten {{ n }} {#moten .unnumbered}\n\n## *Del* ett\n");
    assert_eq!(parsed.shown(), "h1#moten.unnumbered(Möten fig<n>) h2(em<Del> ett)");
    assert!(parsed.sink.is_empty(), "{}", parsed.messages());
    let Block::Heading(heading) = &parsed.chapter.blocks[0] else { panic!() };
    assert_eq!(parsed.map.text(heading.id.as_ref().unwrap().span), "moten");
    assert_eq!(parsed.map.text(heading.classes[0].span), "unnumbered");
}

#[test]
fn lone_bindings_of_two_words_are_blocks() {
    assert_eq!(good("{{ table diagnoses }}"), "!table diagnoses");
    assert_eq!(good("  {{chart  a.b}}  \n"), "!chart a.b");
    assert_eq!(good("{{ whatever x }}"), "!whatever x", "the assembly reports it");
    for name in ["definitions", "terms", "quality-areas", "references"] {
        assert_eq!(good(&format!("{{{{ {name} }}}}")), format!("!{name}"));
    }
    assert_eq!(good("{{ sip.any }}"), "p(fig<sip.any>)", "a figure alone stays a paragraph");
    assert_eq!(good("{{ sip | by sex }}"), "p(fig<sip | by sex>)");
    assert_eq!(good("- {{ table a }}\n- b"), "ul(li(!table a) li(p(b)))");
    assert_eq!(good("{{ table a }}\n\n{{ table b }}"), "!table a !table b");
}

#[test]
fn a_block_has_spans_of_its_words() {
    let parsed = parse_body("{{ table diagnoses }}\n");
    let Block::Directive(directive) = &parsed.chapter.blocks[0] else { panic!() };
    assert_eq!(parsed.map.text(directive.span), "{{ table diagnoses }}");
    assert_eq!(parsed.map.text(directive.name.span), "table");
    assert_eq!(parsed.map.text(directive.argument.as_ref().unwrap().span), "diagnoses");
}

#[test]
fn tables_hold_inlines_and_bars_in_braces() {
    let text = "| A | B |\n|:--|--:|\n| {{ x_a | percent 1 }} | *b* |\n| {{ y \\| women }} | a \\| b |\n";
    let shown = "table(A|B / fig<x_a | percent 1>|em<b> / fig<y | women>|a | b)";
    assert_eq!(good(text), shown);
    let parsed = parse_body(text);
    let Block::Table(table) = &parsed.chapter.blocks[0] else { panic!() };
    assert_eq!(table.align, [crate::document::Align::Start, crate::document::Align::End]);
    assert_eq!(good(&text.replace('\n', "\r\n")), shown);
}

#[test]
fn code_in_tables_keeps_bindings_as_typed() {
    assert_eq!(good("| A |\n|---|\n| `{{ y \\| women }}` |\n"), "table(A / code<{{ y | women }}>)");
}

#[test]
fn quotations_have_their_attribution() {
    assert_eq!(good("> Text.\n> — Handläggare, Farsta"), "quote(p(Text.) by Handläggare, Farsta)");
    assert_eq!(good("> Text.\n>\n> – *Ledningen*"), "quote(p(Text.) by em<Ledningen>)");
    assert_eq!(good("> Text.\\\n> *— Chef*\n"), "quote(p(Text.) by em<Chef>)");
    assert_eq!(good("> One.\n>\n> Two.\n> —{{ who }}\n"), "quote(p(One.) p(Two.) by fig<who>)");
    assert_eq!(good("> Text.\n>\n> — Chef,\n> Farsta"), "quote(p(Text.) by Chef, Farsta)");
}

#[test]
fn other_dashes_are_no_attribution() {
    assert_eq!(good("> Text.\n> — Chef\n> More."), "quote(p(Text. — Chef More.))");
    assert_eq!(good("> – Only this."), "quote(p(– Only this.))");
    assert_eq!(good("> – Vill du?\n> – Ja."), "quote(p(– Vill du? – Ja.))", "a dialogue");
    assert_eq!(good("Text.\n— Chef"), "p(Text. — Chef)");
    assert_eq!(good("> Text – med streck."), "quote(p(Text – med streck.))");
}

#[test]
fn callouts() {
    assert_eq!(good("> [!NOTE]\n> Text."), "Note(p(Text.))");
    assert_eq!(good("> [!caution]\n> - a"), "Caution(ul(li(p(a))))");
    assert_eq!(good("> [!NOTE] Mer *om* {{ n }}\n> Text."), "Note(Mer em<om> fig<n>:p(Text.))");
    assert_eq!(good("> [!note]- Mer\n>\n> Text.\n>\n> - a"), "Note-(Mer:p(Text.) ul(li(p(a))))");
    assert_eq!(good("> [!TIP]-\n> Text\n> går vidare."), "Tip-(p(Text går vidare.))");
    assert_eq!(good("> [!PROBLEM]\n> A\n\n> [!PROPOSAL]\n> B"), "Problem(p(A)) Proposal(p(B))");
    assert_eq!(good("> [!lång text utan slut\n> går vidare"), "quote(p([!lång text utan slut) p(går vidare))");
    has_faults("> [!INFO]\n> Text.", &[(Code::VALUE_INVALID, "[!INFO]")]);
    has_faults("> [!NOTE] Text.", &[(Code::EMPTY_TEXT, "> [!NOTE] Text.")]);
}

#[test]
fn images_alone_in_a_paragraph() {
    assert_eq!(good("![A *map*](karta.png \"Karta, {{ n }} orter\")"), "img(karta.png, A map, Karta, fig<n> orter)");
    assert_eq!(good("![A](a.png)\n![B](b.png)"), "img(a.png, A) img(b.png, B)");
    assert_eq!(good("![A][x]\n\n[x]: a.png"), "img(a.png, A)");
    has_faults("![](a.png)", &[(Code::IMAGE_ALT, "![](a.png)")]);
    has_faults("See ![A](a.png) here.", &[(Code::VALUE_INVALID, "![A](a.png)")]);
    has_faults("*![A](a.png)*", &[(Code::VALUE_INVALID, "![A](a.png)")]);
    has_faults("![A]()", &[(Code::VALUE_INVALID, "![A]()")]);
    has_faults("![A {{ n }}](a.png)", &[(Code::VALUE_INVALID, "![A {{ n }}](a.png)")]);
}

#[test]
fn captions_have_spans() {
    let parsed = parse_body("![A](a.png \"Karta, {{ n }}\")");
    let Block::Image(image) = &parsed.chapter.blocks[0] else { panic!() };
    assert_eq!(parsed.map.text(image.path.span), "a.png");
    let Some([Inline::Text(_, text), Inline::Binding(binding)]) = image.caption.as_deref() else { panic!() };
    assert_eq!(parsed.map.text(*text), "Karta, ");
    assert_eq!(parsed.map.text(binding.span), "{{ n }}");
}

#[test]
fn notes_are_gathered_from_everywhere() {
    let text = "A[^a] *b[^b]*\n\n> c[^c]\n\n- d[^d]\n\n| T[^t] |\n|---|\n| x[^t] |\n\n[^a]: One {{ n }}.\n\n    Two.\n\n\
                [^b]: B\n[^c]: C\n[^d]: D\n[^t]: T\n";
    let parsed = parse_body(text);
    assert!(parsed.sink.is_empty(), "{}", parsed.messages());
    assert_eq!(
        parsed.shown(),
        "p(Anote<a> em<bnote<b>>) quote(p(cnote<c>)) ul(li(p(dnote<d>))) table(Tnote<t> / xnote<t>)"
    );
    let notes: Vec<_> = parsed.chapter.notes.iter().map(|note| (note.label.as_str(), show(&note.blocks))).collect();
    assert_eq!(notes[0], ("a", "p(One fig<n>.) p(Two.)".to_owned()));
    assert_eq!(notes.iter().map(|(label, _)| *label).collect::<String>(), "abcdt");
    assert_eq!(parsed.map.text(parsed.chapter.notes[0].span), "[^a]");
}

#[test]
fn a_note_may_be_defined_in_a_quotation() {
    let parsed = parse_body("> c[^c]\n>\n> [^c]: C\n");
    assert!(parsed.sink.is_empty(), "{}", parsed.messages());
    assert_eq!((parsed.shown().as_str(), parsed.chapter.notes.len()), ("quote(p(cnote<c>))", 1));
}

#[test]
fn byte_order_mark_and_carriage_returns() {
    let text = "\u{feff}# Åk\r\n\r\nEn {{ figur\r\n| percent }} och *två*\r\nrader.\r\n";
    let parsed = parse_whole(text);
    assert!(parsed.sink.is_empty(), "{}", parsed.messages());
    assert_eq!(parsed.shown(), "h1(Åk) p(En fig<figur | percent> och em<två> rader.)");
    let Block::Heading(heading) = &parsed.chapter.blocks[0] else { panic!() };
    assert_eq!(parsed.map.text(heading.span), "# Åk");
    let Block::Paragraph { content, .. } = &parsed.chapter.blocks[1] else { panic!() };
    let Inline::Binding(binding) = &content[1] else { panic!() };
    assert_eq!(parsed.map.text(binding.path.span), "figur");
    assert_eq!(parsed.map.text(binding.filters[0][0].span), "percent");
}

#[test]
fn comments_are_left_out() {
    assert_eq!(good("<!-- remark {{ x -->\n\nText <!-- and <b> here --> goes on. <!-- end -->"), "p(Text  goes on.)");
    assert_eq!(good("<!--\n\n{{ table a }}\n\n-->\n\nText."), "p(Text.)");
}
