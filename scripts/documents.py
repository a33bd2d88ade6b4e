"""The documents of tests/fixtures/import that python-docx, pandoc and odfpy write. All content is invented."""

import base64
import io
import sys
import zlib
import struct
from pathlib import Path

import docx
import pypandoc
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FOLDER = Path(sys.argv[1])


def png(width=24, height=16):
    """A small picture."""
    rows = b"".join(b"\0" + bytes([200, 90, 40]) * width for _ in range(height))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def blank(title=None):
    """A document of python-docx without the picture that its template carries."""
    out = docx.Document()
    out.core_properties.title = title or ""
    return out


def field(paragraph, instruction, shown):
    """A field with what it shows."""
    for kind, text in (("begin", None), (None, instruction), ("separate", None), ("shown", shown), ("end", None)):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
        elif kind is None:
            part = OxmlElement("w:instrText")
            part.text = text
            run._r.append(part)
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
            run._r.append(part)


def bookmark(paragraph, name, number):
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for part in (start, end):
        part.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert(1, start)
    paragraph._p.append(end)


def table(document, rows, style=None):
    out = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(out.add_row().cells, row):
            cell.text = text
    return out


def headings():
    d = blank()
    d.add_heading("Granskning av genomförandeplaner", 0)
    d.add_paragraph("Rapport från Exempelstad", style="Subtitle")
    d.add_paragraph("Dnr 2024/0117")
    d.add_paragraph("1 mars 2024")
    d.add_heading("Inledning", 1)
    p = d.add_paragraph("Under året har ")
    p.add_run("tjugo").bold = True
    p.add_run(" av 40 ärenden granskats, och ")
    p.add_run("ingen plan").italic = True
    p.add_run(" saknar datum. Tecken som * och _ och [1] och {{ x }} och <b> och 5 < 6 & 7 står kvar.")
    for text, style in (
        ("Första punkten", "List Bullet"), ("Andra punkten", "List Bullet"), ("En inre punkt", "List Bullet 2"),
        ("Steg ett", "List Number"), ("Steg två", "List Number"),
    ):
        d.add_paragraph(text, style=style)
    d.add_heading("Metod", 2)
    d.add_paragraph("2019. Det året infördes rutinen.")
    d.add_paragraph("# ingen rubrik")
    d.add_paragraph("- ingen lista")
    d.add_paragraph("Vi vet inte hur det gick sedan.", style="Quote")
    see = d.add_paragraph("Antalet visas i ")
    field(see, " REF _Ref1 \\h ", "Tabell 1")
    see.add_run(" och beskrivs i ")
    field(see, " REF _Ref2 \\h ", "Resultat")
    see.add_run(".")
    caption = d.add_paragraph("Tabell 1. Besök per enhet", style="Caption")
    bookmark(caption, "_Ref1", 1)
    table(d, [("Enhet", "Antal", "Andel"), ("Norr", "12", "30 %"), ("Söder", "28", "70 %"), ("Summa", "41", "100 %")])
    d.add_paragraph("Källa: Egen räkning")
    heading = d.add_heading("Resultat", 1)
    bookmark(heading, "_Ref2", 2)
    d.add_picture(io.BytesIO(png()), width=Cm(2))
    d.inline_shapes[-1]._inline.docPr.set("descr", "En röd ruta")
    d.add_paragraph("Figur 1. Rutan på planen", style="Caption")
    d.add_paragraph("Slutet är nära.")
    d.save(FOLDER / "python-headings.docx")


def bold_lines():
    d = blank()
    for text, bold in (
        ("1 Bakgrund", True), ("Enheten startade år 2015 och har 14 anställda.", False),
        ("1.1 Uppdraget", True), ("Uppdraget är att stödja vuxna.", False),
        ("2 Iakttagelser", True), ("Planerna följs upp två gånger om året.", False),
    ):
        d.add_paragraph().add_run(text).bold = bold
    d.add_paragraph("• Typad punkt ett")
    d.add_paragraph("• Typad punkt två")
    d.save(FOLDER / "python-bold-lines.docx")


def tables():
    d = blank()
    d.add_heading("Tabeller", 1)
    d.add_paragraph("Tabell 1: Besök efter kön", style="Caption")
    t = table(d, [("Enhet", "2023", "", "2024", ""), ("", "Kvinnor", "Män", "Kvinnor", "Män"), ("Norr", "1 200", "34", "1 310", "40"), ("Söder", "–", "7", "5", "8")])
    t.cell(0, 1).merge(t.cell(0, 2))
    t.cell(0, 3).merge(t.cell(0, 4))
    t.cell(0, 0).merge(t.cell(1, 0))
    d.add_paragraph("Anm.: Streck betyder inget besök.")
    d.add_paragraph("Texten mellan tabellerna.")
    t = table(d, [("Kommun", "Ort", "Kostnad"), ("Ale", "Nödinge", "12,5"), ("", "Surte", "3"), ("Bo", "Bo", "–2,25")])
    t.cell(1, 0).merge(t.cell(2, 0))
    d.add_paragraph("Och efter.")
    t = table(d, [("Ruta med fakta i en egen ram.",)])
    d.add_paragraph("Listan i cellen:")
    t = table(d, [("Steg", "Innehåll"), ("Ett", "")])
    cell = t.cell(1, 1)
    cell.text = "Först"
    cell.add_paragraph("Prata", style="List Bullet")
    cell.add_paragraph("Skriva", style="List Bullet")
    inner = cell.add_table(2, 2)
    for at, text in enumerate(("Inre rubrik", "Värde", "Alfa", "17")):
        inner.cell(at // 2, at % 2).text = text
    d.save(FOLDER / "python-tables.docx")


def marks():
    """Tracked changes, comments, hidden text, raised letters, no-break signs."""
    d = blank()
    d.add_heading("Spårade ändringar", 1)
    p = d.add_paragraph("Antalet är ")
    for name, text in (("w:ins", "fjorton"), ("w:del", "tretton")):
        mark = OxmlElement(name)
        mark.set(qn("w:id"), "9")
        mark.set(qn("w:author"), "Kim")
        run = p.add_run(text)
        if name == "w:del":
            run._r.find(qn("w:t")).tag = qn("w:delText")
        mark.append(run._r)
        p._p.append(mark)
    p.add_run(" vid årets slut.")
    p = d.add_paragraph("Ytan är 25 m")
    p.add_run("2").font.superscript = True
    p.add_run(" och gränsen 1")
    p.add_run("a").font.superscript = True
    p.add_run(". ")
    p.add_run("Hemligt").font.hidden = True
    p.add_run("12\u00a0000 kronor och fort\u00adsätt\u00adning.")
    commented = d.add_paragraph().add_run("Den här meningen har en kommentar.")
    d.add_comment(commented, text="Stämmer det?", author="Kim", initials="K")
    p = d.add_paragraph("Se ")
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), d.part.relate_to("https://www.example.org/a(b)", docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = p.add_run("myndighetens sida")
    link.append(run._r)
    p._p.append(link)
    p.add_run(".")
    d.save(FOLDER / "python-marks.docx")


MARKDOWN = """---
title: Läget i Exempelstad
author: Socialkontoret
date: 2024-05-06
lang: sv
---

# Sammanfattning

Tolv av 30 enheter[^1] har en plan (40 %). **Resten** saknar en, *enligt egen uppgift*.

[^1]: Enheterna räknades den 1 mars 2024.

    En not kan ha två stycken.

> Det är svårt att veta vem som bestämmer.

# Resultat {#res}

Se [avsnittet om metod](#metod) och [sidan](https://www.example.org/sida).

1. Fråga enheten
2. Läs akten
    - noga
    - två gånger
3. Skriv ned

Så här fördelar sig svaren:

| Svar | Antal | Andel |
|------|------:|------:|
| Ja   |    12 |  40 % |
| Nej  |    18 |  60 % |

: Svar efter typ

Plan
:   Det som är bestämt.

Akt
:   Det som är skrivet.

## Metod {#metod}

Formeln är $a^2 + b^2$. Ytan är 3 km^2^ och H~2~O.

```
kod * med # tecken
```
"""

LONG_TOPICS = ["Planering", "Uppföljning", "Delaktighet", "Bemötande", "Dokumentation", "Samverkan", "Tillgänglighet", "Kompetens", "Ledning", "Ekonomi"]
UNITS = ["Farsta", "Norrmalm", "Skärholmen", "Östermalm"]


def long_text(parts):
    """A report of some thirty pages on the figures of an invented inspection."""
    out = ["---", "title: Kvalitetsgranskning i fyra stadsdelar", "author: Inspektörerna", "date: 2021-06-15", "lang: sv", "---", ""]
    for at, topic in enumerate(LONG_TOPICS[:parts]):
        out += [f"# {topic}", "", f"Kapitlet handlar om {topic.lower()} i de fyra stadsdelarna.[^n{at}]", "", f"[^n{at}]: Uppgiften avser kapitel {at + 1} och samlades in under våren 2021.", ""]
        for place, unit in enumerate(UNITS):
            base = 40 + at + place
            seen = 7 * place + at
            out += [f"## {topic} i {unit}", ""]
            for turn in range(4):
                out.append(
                    f"I {unit} granskades {base + turn} akter. Av dem hade {seen + turn} en aktuell plan, och {base - seen} saknade en. "
                    f"Handläggarna beskriver att {topic.lower()} tar tid och att stödet från ledningen varierar mellan grupperna. "
                    f"Den som vill ändra något vänder sig till sin närmaste chef, som tar upp frågan på mötet varannan vecka. "
                    f"Under perioden hölls {turn + 2} möten, och {place + 3} av deltagarna lämnade skriftliga synpunkter."
                )
                out.append("")
            out += ["- Rutinen är känd av alla.", "- Mallen används i de flesta ärenden.", "    - Undantagen är dokumenterade.", ""]
            out += ["| Grupp | Kvinnor | Män |", "|---|--:|--:|"]
            numbers = [(place + row + 1, at + row + 2) for row in range(3)]
            out += [f"| Grupp {row + 1} | {women} | {men} |" for row, (women, men) in enumerate(numbers)]
            out += [f"| Summa | {sum(w for w, _ in numbers)} | {sum(m for _, m in numbers)} |", "", f": {topic} i {unit} efter kön", ""]
    return "\n".join(out)


def pandoc():
    for name, text in (("pandoc-all", MARKDOWN), ("long-pandoc", long_text(10))):
        for form in ("docx", "odt"):
            pypandoc.convert_text(text, form, format="markdown", outputfile=str(FOLDER / f"{name}.{form}"))
    (FOLDER / "markdown.md").write_text(MARKDOWN, encoding="utf-8")


def long_python():
    """The long text as python-docx writes it, with headings that have typed numbers."""
    d = blank("Kvalitetsgranskning i fyra stadsdelar")
    chapter = section = 0
    rows = []
    for line in long_text(10).splitlines()[6:]:
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not set(line) <= set("|-: "):
                rows.append(cells)
            continue
        if line.startswith(": "):
            d.add_paragraph(f"Tabell {len(d.tables) + 1}. {line[2:]}", style="Caption")
            table(d, rows)
            rows = []
        elif line.startswith("## "):
            section += 1
            d.add_heading(f"{chapter}.{section} {line[3:]}", 2)
        elif line.startswith("# "):
            chapter, section = chapter + 1, 0
            d.add_heading(f"{chapter} {line[2:]}", 1)
        elif line.lstrip().startswith("- "):
            d.add_paragraph(line.lstrip()[2:], style="List Bullet 2" if line.startswith(" ") else "List Bullet")
        elif line and not line.startswith("[^"):
            d.add_paragraph(line.split("[^")[0])
    d.save(FOLDER / "long-python.docx")


def odf():
    from odf import text as T
    from odf.opendocument import OpenDocumentText
    from odf.style import Style, TextProperties
    from odf.table import Table, TableCell, TableColumn, TableHeaderRows, TableRow

    d = OpenDocumentText()
    bold = Style(name="fet", family="text")
    bold.addElement(TextProperties(fontweight="bold"))
    d.automaticstyles.addElement(bold)
    put = d.text.addElement
    put(T.H(outlinelevel=1, text="Dagsläget"))
    p = T.P(text="Av 25 boende är ")
    p.addElement(T.Span(stylename=bold, text="nio"))
    p.addText(" under 18 år.")
    note = T.Note(noteclass="footnote", id="ftn1")
    note.addElement(T.NoteCitation(text="1"))
    body = T.NoteBody()
    body.addElement(T.P(text="Räknat vid årsskiftet."))
    note.addElement(body)
    p.addElement(note)
    put(p)
    items = T.List()
    for name in ("kök", "hall"):
        item = T.ListItem()
        item.addElement(T.P(text=name))
        items.addElement(item)
    put(items)
    t = Table(name="Boende")
    t.addElement(TableColumn(numbercolumnsrepeated=2))
    head = TableHeaderRows()
    for at, row in enumerate((("Hus", "Boende"), ("A", "10"), ("B", "15"), ("Totalt", "25"))):
        line = TableRow()
        for cell in row:
            c = TableCell()
            c.addElement(T.P(text=cell))
            line.addElement(c)
        (head if at == 0 else t).addElement(line)
        if at == 0:
            t.addElement(head)
    put(t)
    put(T.P(text="Slut på listan."))
    d.save(str(FOLDER / "odfpy.odt"))


headings()
bold_lines()
tables()
marks()
pandoc()
long_python()
odf()
