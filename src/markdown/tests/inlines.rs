use super::*;

#[test]
fn bindings_stand_anywhere_in_text() {
    assert_eq!(
        good("Av {{ a.b }} är {{ c-d | women | percent 1 }}."),
        "p(Av fig<a.b> är fig<c-d | women | percent 1>.)"
    );
    assert_eq!(good("*a {{ x_y_z }}* **{{ n }}**ord"), "p(em<a fig<x_y_z>> b<fig<n>>ord)");
    assert_eq!(good("ord**{{ n }}**ord, _{{ a_b }} c_"), "p(ordb<fig<n>>ord, em<fig<a_b> c>)");
    assert_eq!(good("[se {{ n }}](#a) [x](https://x.se/)"), "p(ref<se fig<n>>[a] a<x>[https://x.se/])");
    assert_eq!(good("a_{{ x }}_b {{ y }}{{ z }}"), "p(a_fig<x>_b fig<y>fig<z>)");
    assert_eq!(good("{{ a\n  | percent }}."), "p(fig<a | percent>.)");
    assert_eq!(good("> {{ a\n> | percent }}."), "quote(p(fig<a | percent>.))");
    assert_eq!(good("{{ a \\| full }}"), "p(fig<a | full>)");
    assert_eq!(good("{{ sysselsättning.åtta }} x"), "p(fig<sysselsättning.åtta> x)");
}

#[test]
fn bindings_are_not_read_in_code_or_behind_a_backslash() {
    assert_eq!(good("`{{ a | b }}` ``x ` {{``"), "p(code<{{ a | b }}> code<x ` {{>)");
    assert_eq!(good("\\{{ a }} och \\\\{{ b }}"), "p({{ a }} och \\fig<b>)");
    assert_eq!(good("\\{{{ a }}} `\\{` {x}"), "p({fig<a>} code<\\{> {x})");
    assert_eq!(good("    {{ a }}"), "code[](\"{{ a }}\")");
    assert_eq!(good("`{{ a` och `b }}`"), "p(code<{{ a> och code<b }}>)");
    assert_eq!(good("en }} klammer } { här"), "p(en }} klammer } { här)");
}

#[test]
fn malformed_bindings_are_reported_together() {
    has_faults(
        "{{ }} och {{ a | }} och {{ b || c }} och {{ d e }} och {{ f! }} och {{ g",
        &[
            (Code::BINDING_SYNTAX, "{{ }}"),
            (Code::BINDING_SYNTAX, "{{ a | }}"),
            (Code::BINDING_SYNTAX, "{{ b || c }}"),
            (Code::BINDING_SYNTAX, "{{ d e }}"),
            (Code::BINDING_SYNTAX, "{{ f! }}"),
            (Code::BINDING_SYNTAX, "{{"),
        ],
    );
    has_faults("{{ a {{ b }}", &[(Code::BINDING_SYNTAX, "{{")]);
    has_faults("{{{ a }}}", &[(Code::BINDING_SYNTAX, "{{{ a }}")]);
    has_faults("Se {{ table a }} här", &[(Code::BINDING_SYNTAX, "{{ table a }}")]);
    has_faults("{{ table a b }}", &[(Code::BINDING_SYNTAX, "{{ table a b }}")]);
    has_faults("{{ a\n\n}}", &[(Code::BINDING_SYNTAX, "{{")]);
    assert!(
        parse_body("{{ a").sink.sorted(&SourceMap::default())[0].help.iter().any(|help| help.english().contains("}}"))
    );
}

#[test]
fn bindings_and_texts_have_spans() {
    let parsed = parse_body("Åtta *av* {{ sip_a | percent 1 }} &amp; fler\\*\nrader");
    let Block::Paragraph { content, .. } = &parsed.chapter.blocks[0] else { panic!() };
    let [
        Inline::Text(_, first),
        Inline::Emphasis(_),
        Inline::Text(..),
        Inline::Binding(binding),
        Inline::Text(rest, last),
    ] = content.as_slice()
    else {
        panic!("{content:?}")
    };
    assert_eq!(parsed.map.text(*first), "Åtta ");
    assert_eq!(parsed.map.text(binding.span), "{{ sip_a | percent 1 }}");
    assert_eq!(parsed.map.text(binding.path.span), "sip_a");
    assert_eq!(parsed.map.text(binding.filters[0][1].span), "1");
    assert_eq!((rest.as_str(), parsed.map.text(*last)), (" & fler* rader", " &amp; fler\\*\nrader"));
}

#[test]
fn links_references_and_languages() {
    assert_eq!(good("[](#table-a) [text](#b)"), "p(ref<>[table-a] ref<text>[b])");
    assert_eq!(good("[An *Act*](lang:en)"), "p(en<An em<Act>>)");
    assert_eq!(
        good("<https://a.se/x_y> <a@b.se>"),
        "p(a<https://a.se/x_y>[https://a.se/x_y] a<a@b.se>[mailto:a@b.se])"
    );
    assert_eq!(good("[m](mailto:a@b.se) [t][x]\n\n[x]: http://c.se"), "p(a<m>[mailto:a@b.se] a<t>[http://c.se])");
    assert_eq!(good("[{{ n }}](https://a.se)"), "p(a<fig<n>>[https://a.se])");
}

#[test]
fn targets_have_spans() {
    let parsed = parse_body("[a](#a) [b](https://b.se) [c](lang:en)");
    let Block::Paragraph { content, .. } = &parsed.chapter.blocks[0] else { panic!() };
    let spans: Vec<&str> = content
        .iter()
        .filter_map(|inline| match inline {
            Inline::Reference { target: value, .. } | Inline::Link { href: value, .. } => Some(value.span),
            Inline::Language { language, .. } => Some(language.span),
            _ => None,
        })
        .map(|span| parsed.map.text(span))
        .collect();
    assert_eq!(spans, ["a", "https://b.se", "en"]);
}

#[test]
fn bad_links_are_reported() {
    has_faults("[a](b.html)", &[(Code::LINK_TARGET, "b.html")]);
    has_faults("[a](javascript:x) [a]()", &[(Code::LINK_TARGET, "javascript:x"), (Code::LINK_TARGET, "[a]()")]);
    has_faults("[a](https://) [a](#)", &[(Code::LINK_PLACEHOLDER, "https://"), (Code::LINK_PLACEHOLDER, "#")]);
    has_faults("[](https://a.se)", &[(Code::LINK_EMPTY, "[](https://a.se)")]);
    has_faults("[](#)", &[(Code::LINK_EMPTY, "[](#)"), (Code::LINK_PLACEHOLDER, "#")]);
    has_faults("[a](lang:english) [a](lang:)", &[(Code::LANGUAGE_TAG, "english"), (Code::LANGUAGE_TAG, "[a](lang:)")]);
    has_faults("[a](two words)", &[(Code::LINK_TARGET, "](")]);
    has_faults("[a](https://b.se/{{ c }})", &[(Code::LINK_TARGET, "](")]);
    has_faults("[a [](#x) b](lang:en)", &[(Code::LINK_TARGET, "](")]);
    assert_eq!(good("[a\\](b), [a]\\(b)"), "p([a](b), [a](b))");
}

#[test]
fn citations() {
    assert_eq!(good("A [@fricker_2007]."), "p(A cite<fricker_2007>.)");
    assert_eq!(good("[@a, s. 12; @b, kap. *3*][^n]\n\n[^n]: x"), "p(cite<a, s. 12; b, kap. *3*>note<n>)");
    assert_eq!(good("*se [@a:b/c]*"), "p(em<se cite<a:b/c>>)");
    assert_eq!(good("| A |\n|---|\n| [@a, s. 1] |"), "table(A / cite<a, s. 1>)");
    assert_eq!(good("a@b.se, @ensam, [@ ] och [a@b.se] `[@c]`"), "p(a@b.se, @ensam, [@ ] och [a@b.se] code<[@c]>)");
    assert_eq!(good("[@konto](https://m.se/@konto) \\[@x]"), "p(a<@konto>[https://m.se/@konto] [@x])");
    has_faults("[@a; b]", &[(Code::SOURCE_UNKNOWN, "[@a; b]")]);
    has_faults("[@a s. 12]", &[(Code::SOURCE_UNKNOWN, "[@a s. 12]")]);
    has_faults("[@a, s. 12", &[(Code::SOURCE_UNKNOWN, "[@")]);
    let parsed = parse_body("å [@a_b; @c, s. 1]");
    let Block::Paragraph { content, .. } = &parsed.chapter.blocks[0] else { panic!() };
    let Inline::Citation { items, span } = &content[1] else { panic!() };
    assert_eq!(parsed.map.text(*span), "[@a_b; @c, s. 1]");
    assert_eq!(parsed.map.text(items[1].key.span), "c");
}

#[test]
fn brackets_and_foreign_code_are_text() {
    let text = "[sic] […] [ ] #set page() {% raw %} #{x} $a_b$ \"q\" -- ...";
    assert_eq!(good(text), format!("p({text})"));
}

#[test]
fn texts_of_data_files_hold_inlines_only() {
    for text in ["# a", "- a", "1. a", "> a", "| a | b |", "[x]: y", "[a] : b", "---", "* * *", "+ a", "~~~", "=== a"] {
        let (inlines, sink, _) = parse_text("title: ", text, &[]);
        assert_eq!((line(&inlines).as_str(), sink.is_empty()), (text, true));
    }
    let all = "*Åtta* {{ a_b | percent }} [@c] [](#d) `e`";
    assert_eq!(line(&parse_text("", all, &[]).0), "em<Åtta> fig<a_b | percent> cite<c> ref<>[d] code<e>");
    assert_eq!(line(&parse_text("", "_a_", &[]).0), "em<a>");
    assert_eq!(line(&parse_text("", "**{{ a }}**", &[]).0), "b<fig<a>>");
    assert_eq!(line(&parse_text("", "  a\\\n- b\n\n# c\n", &[]).0), "a<br> - b  # c");
    assert!(parse_text("", "  ", &[]).0.is_empty());
    assert_eq!(line(&parse_text("", ",a", &[]).0), ",a");
}

#[test]
fn texts_of_data_files_have_spans() {
    let (inlines, _, map) = parse_text("åå: ", "  Å *b* {{ c }}", &[]);
    let [Inline::Text(_, first), .., Inline::Binding(binding)] = inlines.as_slice() else { panic!("{inlines:?}") };
    assert_eq!(map.text(*first), "Å ");
    assert_eq!(map.text(binding.path.span), "c");
}

#[test]
fn marks_of_tables_are_notes() {
    let (inlines, sink, _) = parse_text("", "GAD[^*] [^**] *x*[^1]", &["*", "**", "1"]);
    assert_eq!(line(&inlines), "GADnote<*> note<**> em<x>note<1>");
    assert_eq!(line(&parse_text("", "[^*]: a", &["*"]).0), "note<*>: a");
    assert!(sink.is_empty());
    let (_, sink, map) = parse_text("label: ", "GAD[^***]", &["*", "**"]);
    let unknown = sink.sorted(&SourceMap::default());
    assert_eq!(unknown[0].code, Code::NOTE_UNKNOWN);
    assert_eq!(map.text(unknown[0].primary.as_ref().unwrap().span), "[^***]");
}

#[test]
fn blocks_are_refused_in_texts_of_data_files() {
    for (text, code) in [
        ("{{ table a }}", Code::BINDING_SYNTAX),
        ("![a](b.png)", Code::VALUE_INVALID),
        ("a<br>b", Code::RAW_HTML),
        ("<table>", Code::RAW_HTML),
    ] {
        let (_, sink, _) = parse_text("", text, &[]);
        assert_eq!(sink.sorted(&SourceMap::default()).iter().map(|d| d.code).collect::<Vec<_>>(), [code], "{text}");
    }
}

#[test]
fn a_folded_text_is_reported_as_a_whole() {
    let mut map = SourceMap::default();
    let id = map.add("data.yaml", "text: \"a\\n {{ }}\"\n");
    let span = Span::new(id, 6, 16);
    let text = Text::new("a\n {{ }}", span);
    let mut sink = Sink::default();
    parse_inline(&text, &[], &mut sink);
    assert_eq!(sink.sorted(&SourceMap::default())[0].primary.as_ref().unwrap().span, span);
}
