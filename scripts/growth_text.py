"""Cases of scripts/growth: sentences, YAML, Markdown, sources, and several documents."""

from growth_data import used
from growth_frame import FAULTS, case, chapter, series, word, workspace

# Numbers in one sentence: what the checks compare with each other.

@case("numbers of a sentence", 1000, codes=FAULTS)
def numbers(n):
    return workspace(chapter("Vi såg " + series(n, lambda i: f"{1000 + i} ärenden") + " under våren."))


@case("shares of a sentence", 1000, codes=FAULTS)
def shares(n):
    return workspace(chapter("Plan fanns i " + series(n, lambda i: f"{2 + i} av {40 + i} ärenden") + " under våren."))


@case("percentages of a sentence", 1000, codes=FAULTS)
def percentages(n):
    return workspace(chapter("Plan fanns i " + series(n, lambda i: f"{1 + i % 98} procent av ärendena") + " under våren."))


@case("changes of a sentence", 1000, codes=FAULTS)
def changes(n):
    return workspace(chapter("Antalet " + series(n, lambda i: f"ökade från {100 + i} till {120 + i}") + " under våren."))


@case("sentences of a paragraph", 4000)
def sentences(n):
    return workspace(chapter(series(n, lambda i: f"Nämnden {word(i)} prövade sin väg en gång till.", " ")))


@case("sentences with a number", 4000, codes=FAULTS)
def counted_sentences(n):
    return workspace(chapter(series(n, lambda i: f"Vi läste {100 + i} akter om {word(i)}.", " ")))


@case("distinct words", 20000)
def words(n):
    return workspace(chapter(series((n + 7) // 8, lambda i: "Vi läste " + series(8, lambda j: word(8 * i + j), " ") + ".", "\n\n")))


@case("distinct names", 4000)
def names(n):
    return workspace(chapter(series(n, lambda i: f"Vi talade med {word(i).capitalize()} och {word(i + 1).upper()[3:]}.", "\n\n")))


@case("names of the register", 4000)
def register(n):
    names = series(n, lambda i: word(i).capitalize())
    return workspace(chapter(series(n // 4 + 1, lambda i: f"Vi talade med {word(i).capitalize()}a.", "\n\n")), report=f"names: [{names}]\n")


# YAML, Markdown and sources.


@case("unknown keys", 40000, codes=(1,))
def unknown_keys(n):
    return workspace(report=series(n, lambda i: f"{word(i)}: 1\n", ""))


@case("keys given twice", 20000, codes=(1,))
def double_keys(n):
    return workspace(findings=series(n, lambda i: f"  f{i // 2}: {{label: tal, count: 1}}\n", ""))


@case("aliases", 20000, codes=FAULTS)
def aliases(n):
    return workspace(report=f"keywords: [{series(n, lambda i: f'&a{i} {word(i)}')}]\nnames: [{series(n, lambda i: f'*a{i}')}]\n")


@case("definitions", 4000)
def definitions(n):
    terms = series(n, lambda i: f"  d{i}: {{term: {word(i)}, text: Vad {word(i)} är.}}\n", "")
    return workspace(chapter("{{ definitions }}"), "definitions:\n" + terms)


def cited(n, style):
    sources = series(n, lambda i: f"s{i}:\n  type: report\n  title: Rapport {word(i)}\n  author: {word(i).capitalize()}, Anna\n  date: {1900 + i % 120}\n", "")
    text = chapter(series(n, lambda i: f"Så är det med {word(i)} [@s{i}].", "\n\n")) + "\n# Referenser {.references}\n\n{{ references }}\n"
    head, tail = text.split("\n# Referenser")
    files = workspace(head, report=f"citation-style: {style}\n", **{"content/liten/sources.yaml": sources, "content/liten/referenser.md": "# Referenser" + tail})
    files["content/liten/report.yaml"] = files["content/liten/report.yaml"].replace("[kapitel.md]", "[kapitel.md, referenser.md]")
    return files


@case("cited sources in notes", 1600)
def cited_notes(n):
    return cited(n, "notes")


@case("cited sources by author and year", 1600)
def cited_years(n):
    return cited(n, "author-year")


@case("notes", 3000)
def notes(n):
    text = series(n, lambda i: f"En text om {word(i)}.[^n{i}]", "\n\n")
    return workspace(chapter(text + "\n\n" + series(n, lambda i: f"[^n{i}]: Mer om {word(i)}.", "\n\n")))


@case("rows of a table in Markdown", 3000)
def markdown_rows(n):
    return workspace(chapter("| Enhet | Ort |\n|---|---|\n" + series(n, lambda i: f"| {word(i)} | {word(i + 7)} |\n", "")))


@case("bytes of a Markdown line", 10_000_000, codes=FAULTS, smallest=200)
def long_line(n):
    return workspace(chapter(series(n // 50 + 1, lambda i: "Det är en lång rad som bara fortsätter och aldrig", " ") + "."))


@case("bytes of a line without end", 100_000_000, codes=FAULTS, smallest=200)
def endless_line(n):
    return workspace(chapter("a " * (n // 2)))


@case("headings", 2000)
def headings(n):
    return workspace(chapter(series(n, lambda i: f"## Rubrik {word(i)}\n\nEn text om {word(i)}.", "\n\n")))


@case("headings of the same words", 2000)
def same_headings(n):
    return workspace(chapter(series(n, lambda i: f"## Samma rubrik\n\nEn text om {word(i)}.", "\n\n")))


@case("chapters", 400)
def chapters(n):
    files = {f"content/liten/k{i}.md": f"# Kapitel {word(i)} {{#k{i}}}\n\nEn text om {word(i)}, se [](#k{(i + 1) % n}).\n" for i in range(n)}
    out = workspace(**files)
    out["content/liten/report.yaml"] = out["content/liten/report.yaml"].replace("kapitel.md", series(n, lambda i: f"k{i}.md"))
    return out


@case("items of lists", 8000)
def items(n):
    return workspace(chapter(series(n, lambda i: f"- Punkt {word(i)}", "\n")))


@case("links to a section", 4000)
def links(n):
    return workspace(chapter(series(n, lambda i: f"Om {word(i)}, se [](#resultat).", "\n\n")))


@case("broken references", 4000, codes=(1,))
def broken(n):
    return workspace(chapter(series(n, lambda i: f"Om {word(i)}, se [](#{word(i)}) och {{{{ {word(i)} }}}}.", "\n\n")))


def signs(name, sign, largest=200_000):
    case(name, largest, codes=FAULTS)(lambda n: workspace(chapter("En text " + sign * n)))


signs("stars of a paragraph", "*a ")
signs("opened brackets", "[")
signs("opened and closed brackets", "[]")
signs("opened bindings", "{{ ")
signs("bindings that are empty", "{{}} ")
signs("ticks", "`a ``b ", 50_000)
signs("citations of nothing", "[@", 50_000)
signs("note marks of nothing", "[^a] ", 20_000)
signs("underscores", "_a_ ", 50_000)
signs("comments", "<!-- a -->", 50_000)
signs("opened comments", "<!-- ", 50_000)
signs("entities", "&amp; ", 50_000)
signs("quotation signs", "\n> > a\n", 20_000)


# Several documents.


@case("units with extracts", 800, command="build liten")
def extracts(n):
    units = series(n, lambda i: f"  e{i}: Enhet {word(i)}\n", "")
    strengths = series(n, lambda i: f"  e{i}: {{strengths: [Bra {word(i)}.], development: [Mer {word(i)}.]}}\n", "")
    text = chapter(series(n, lambda i: f"## Enhet {word(i)}\n\n{{{{ strengths e{i} }}}}\n\n{{{{ development e{i} }}}}", "\n\n"))
    return workspace(text, "assessments:\n" + strengths, f"extracts: units\nunits:\n{units}")


@case("reports that take figures from the two before", 24, command="check")
def row(n):
    files = {"belagg.yaml": "rules: {TAB012: off, TAB013: off}\n"}
    for i in range(n):
        before = [f"r{j}" for j in (i - 1, i - 2) if j >= 0]
        figures = "  own: {label: ärenden, count: %d}\n" % (i + 1) + series(len(before), lambda k: f"  f{k}: {{label: från förr, sum: ['{before[k]}:own', own]}}\n", "")
        text = chapter("Det var {{ own }} ärenden." + series(len(before), lambda k: f" Med förr {{{{ f{k} }}}}.", ""))
        one = workspace(text, report=f"reports: {{{series(len(before), lambda k: f'{before[k]}: 1.0'.replace('1.0', chr(34) + '1.0' + chr(34)))}}}\n" if before else "")
        one["content/liten/findings/alla.yaml"] = "figures:\n" + figures
        files |= {path.replace("content/liten", f"content/r{i}"): text for path, text in one.items() if path != "belagg.yaml"}
    return files


@case("reports", 200, command="check")
def reports(n):
    files = {}
    for i in range(n):
        files |= {path.replace("content/liten", f"content/r{i}"): text for path, text in workspace().items()}
    return files


def reworded(run, folder, n):
    run("publish", "liten")
    path = folder / "content/liten/kapitel.md"
    path.write_text(path.read_text().replace("lämnade", "skickade"))


@case("diff of reworded paragraphs", 2000, command="diff liten 1.0", before=reworded)
def diff(n):
    form = lambda i: f"Enheten {word(i)} lämnade sina uppgifter om {word(7 * i)} till nämnden och väntade sedan på svar om {word(3 * i)}."
    return workspace(chapter(series(n, form, "\n\n")), status="published")


def replaced(run, folder, n):
    run("publish", "liten")
    path = folder / "content/liten/kapitel.md"
    form = lambda i: f"Kommunen {word(5 * i + 1)} fick besked av {word(11 * i)} utan att ha frågat efter något sådant besked om {word(13 * i)}."
    path.write_text(chapter(series(n, form, "\n\n")))


@case("diff of replaced paragraphs", 2000, command="diff liten 1.0", before=replaced)
def diff_all(n):
    return diff_sections(n, 1)


def diff_sections(n, sections):
    form = lambda i: ("## Avsnitt %s\n\n" % word(i) if sections > 1 else "") + f"Enheten {word(i)} lämnade sina uppgifter om {word(7 * i)} till nämnden."
    return workspace(chapter(series(n, form, "\n\n")), status="published")


def turned(run, folder, n):
    run("publish", "liten")
    path = folder / "content/liten/kapitel.md"
    head, *rest = path.read_text().strip().split("\n\n")
    path.write_text("\n\n".join([head, *reversed(rest)]) + "\n")


@case("diff of paragraphs in another order", 2000, command="diff liten 1.0", before=turned)
def diff_turned(n):
    return diff_sections(n, 1)


def renamed(run, folder, n):
    run("publish", "liten")
    path = folder / "content/liten/kapitel.md"
    path.write_text(path.read_text().replace("## Avsnitt", "## Stycke"))


@case("diff of renamed sections", 1000, command="diff liten 1.0", before=renamed)
def diff_renamed(n):
    return diff_sections(n, 2)


def relabelled(run, folder, n):
    run("publish", "liten")
    path = folder / "content/liten/findings/alla.yaml"
    path.write_text(path.read_text().replace("count: ", "count: 1").replace("om ord", "kring ord"))


@case("diff of figures", 4000, command="diff liten 1.0", before=relabelled)
def diff_figures(n):
    return used(n) | {"content/liten/report.yaml": workspace(status="published")["content/liten/report.yaml"]}


def versions(run, folder, n):
    report, findings = folder / "content/liten/report.yaml", folder / "content/liten/findings/alla.yaml"
    first = report.read_text().replace("'1.0'", "'VERSION'")
    done = len(list(folder.glob("content/liten/versions/*.yaml")))
    for i in range(done, n):
        change = "changes: [{type: revision, what: Nya tal, why: De kom in, concerns: [cases]}]\n"
        report.write_text(first.replace("VERSION", f"1.{i}") if i == 0 else first.replace("VERSION", f"1.{i}").replace("status: published", "status: revised") + change)
        findings.write_text(f"figures:\n  cases: {{label: granskade ärenden, women: {20 + i}, men: 20}}\n")
        run("publish", "liten")


@case("versions of a ledger, build", 80, command="build", before=versions)
def ledger_build(n):
    return workspace(chapter("Vi läste {{ cases }} ärenden."), status="published")


@case("versions of a ledger, verify", 80, command="verify", before=versions)
def ledger_verify(n):
    return ledger_build(n)
