"""The attacker's own test: reports with typed marks for what is withheld, some of which give it away. See scripts/attack.

Each case is built by the real program without a policy, which then hides what the author has marked and nothing besides."""

import re
import subprocess
import tempfile
from pathlib import Path
from types import SimpleNamespace

from attack import report

REPORT = """kind: report
title: {title}
version: "{version}"
date: 2024-03-01
publisher: {{name: Exempelstad}}
imprint: {{contact: Kansliet}}
chapters: [text.md]
"""


def table(rows, columns="Kvinnor Män Totalt", total=True, stub="Enhet", name="besok", caption="Besökare", more=""):
    """A table of typed cells, typed totals too; `x` is withheld."""
    heads = columns.split(" ")
    ids = [{"Kvinnor": "women", "Män": "man"}.get(h, h.lower().replace("å", "a").replace("ä", "a").replace("ö", "o")) for h in heads]
    types = [", type: percent" if h.startswith("Andel") else "" for h in heads]
    out = [f"  {name}:", f"    caption: {caption}", f"    stub: {stub}", "    total-column: false", "    total-row: false", "    columns:"]
    out += [f"      - {{id: {i}-column, label: {h}, type: count}}" if not t else f"      - {{id: {i}-column, label: {h}{t}}}" for i, h, t in zip(ids, heads, types)]
    out += ["    rows:"]
    for line in rows.strip().split("\n"):
        label, *cells = [part.strip() for part in line.split("|")]
        shown = ", ".join(f"{i}-column: " + ("{blank: suppressed}" if c == "x" else c) for i, c in zip(ids, cells))
        out.append(f"      - {{label: {label}, id: {'sum' if label == 'Totalt' else label.lower().replace(' ', '-').replace('ö', 'o').replace('ä', 'a')}, {shown}}}")
    return "\n".join(out) + (f"\n    {more}" if more else "") + "\n"


OPEN = "Norr | x | 18 | 20\nSöder | 9 | 12 | 21\nÖster | 8 | 7 | 15\nTotalt | x | 37 | 56"
SAFE = "Norr | x | x | 20\nSöder | x | x | 21\nÖster | 8 | 7 | 15\nTotalt | 22 | 34 | 56"
BAR = "table: besok\nmark: {mark}\nseries: [women-column, man-column]\ncaption: Besökare\n{more}"

# name: (what stands in the tables, the text, files; cells that are found, or none)
LEAKS = {
    "row": ([table(OPEN)], "", {}, ["besok.norr.women-column"]),
    "column": ([table("Norr | x | 18\nSöder | 9 | 12\nTotalt | 11 | 30", "Kvinnor Män")], "", {}, ["besok.norr.women-column"]),
    "two in a square": ([table("Norr | x | 9 | x\nSöder | 8 | x | 11\nTotalt | 10 | 12 | 22")], "", {}, ["besok.norr.women-column", "besok.soder.man-column"]),
    "chained": ([table("Norr | x | x | 20\nSöder | x | 8 | 12\nTotalt | 7 | 25 | 32")], "", {}, ["besok.norr.women-column", "besok.soder.women-column"]),
    "each at least one": ([table("Norr | x | x | 2\nSöder | 9 | 12 | 21\nTotalt | x | x | 23")], "", {}, ["besok.norr.women-column", "besok.norr.man-column"]),
    "linked": ([table("Norr | x | 17 | x\nSöder | 9 | 12 | 21\nTotalt | x | 29 | x"),
                table("Yngre | 6 | 11 | 17\nÄldre | 6 | 18 | 24\nTotalt | 12 | 29 | 41", stub="Ålder", name="alder", caption="Ålder")], "{{ table alder }}", {},
               ["besok.norr.women-column"]),
    "merged elsewhere": ([table("Norr | x | 18\nSöder | 9 | 12\nVäster | x | 8", "Kvinnor Män"),
                          table("Norr och Söder | 12 | 30\nVäster | x | 8", "Kvinnor Män", name="delar", caption="Delar")], "{{ table delar }}", {}, ["besok.norr.women-column"]),
    "percentage": ([table("Norr | x | x | 20 | 15\nSöder | 10 | 10 | 20 | 50\nÖster | 9 | 3 | 12 | 75\nVäster | 6 | 9 | 15 | 40", "Kvinnor Män Totalt Andel")], "", {},
                   ["besok.norr.women-column"]),
    "sentence": ([table(SAFE)], "Av de 20 besökarna i Norr var 17 män.", {}, ["besok.norr.women-column"]),
    "number in words": ([table(SAFE)], "I Norr kom tre kvinnor och sjutton män.", {}, ["besok.norr.women-column"]),
    "all but": ([table(SAFE)], "Alla utom två av besökarna i Söder var män, resten kvinnor.", {}, ["besok.soder.women-column"]),
    "share of total": ([table(SAFE)], "I Norr var 15 procent av besökarna kvinnor.", {}, ["besok.norr.women-column"]),
    "description": ([table(SAFE)], "{{ chart c }}", {"charts/liten/c.yaml": BAR.format(mark="grouped-bar", more='description: "Norr: Kvinnor 2, Män 18; Söder: Kvinnor 9."')},
                    ["besok.norr.women-column"]),
    "order of a chart": ([table("Norr | x\nSöder | x\nVäster | 12\nÖster | 20\nCentrum | 30\nTotalt | 67", "Kvinnor")], "{{ chart c }}",
                         {"charts/liten/c.yaml": "table: besok\nmark: bar\nseries: [women-column]\nrows: [centrum, oster, vaster, soder, norr]\ncaption: Besökare\n"},
                         ["besok.norr.women-column", "besok.soder.women-column"]),
    "cases for download": ([table("Norr | x | x | 12\nSöder | 4 | 5 | 9")], "{{ downloads }}",
                           {"content/liten/rader.csv": "Enhet;Kön\n" + "Norr;K\n" * 2 + "Norr;M\n" * 10 + "Söder;K\n" * 4 + "Söder;M\n" * 5},
                           ["besok.norr.women-column"]),
}
SAFES = {
    "square": ([table(SAFE)], "", {}),
    "no totals": ([table("Norr | x | 18\nSöder | 9 | 12", "Kvinnor Män")], "", {}),
    "totals hidden": ([table("Norr | x | 18 | x\nSöder | 9 | 12 | 21\nTotalt | x | 30 | x")], "", {}),
    "all open and large": ([table("Norr | 12 | 18 | 30\nSöder | 9 | 12 | 21\nTotalt | 21 | 30 | 51")], "", {}),
    "another total": ([table("Norr | x | 17 | x\nSöder | 9 | 12 | 21\nTotalt | x | 29 | x"),
                       table("Yngre | 60 | 11 | 71\nÄldre | 60 | 19 | 79\nTotalt | 120 | 30 | 150", stub="Ålder", name="alder", caption="Ålder")], "{{ table alder }}", {}),
    "rough percentage": ([table("Norr | x | x | 2000 | 15\nSöder | 1000 | 1000 | 2000 | 50\nÖster | 900 | 300 | 1200 | 75", "Kvinnor Män Totalt Andel")], "", {}),
    "sentence of what is open": ([table(SAFE)], "I Norr kom 20 besökare, och i Öster 8 kvinnor och 7 män.", {}),
    "sentence of something else": ([table(SAFE)], "I Norr finns två lokaler. Den ena öppnade 2019.", {}),
    "large sentence": ([table(SAFE)], "Sammanlagt kom 22 kvinnor och 34 män.", {}),
    "chart": ([table(SAFE)], "{{ chart c }}", {"charts/liten/c.yaml": BAR.format(mark="grouped-bar", more="")}),
    "stacked chart": ([table(SAFE)], "{{ chart c }}", {"charts/liten/c.yaml": BAR.format(mark="stacked-bar", more="order: label")}),
    "order without a sum": ([table("Norr | x\nSöder | x\nVäster | 12\nÖster | 20\nCentrum | 30\nTotalt | x", "Kvinnor")], "{{ chart c }}",
                            {"charts/liten/c.yaml": "table: besok\nmark: bar\nseries: [women-column]\nrows: [centrum, oster, vaster, norr, soder]\ncaption: Besökare\n"}),
    "wide values": ([table("Norr | x | x | 20\nSöder | x | x | 21\nTotalt | 19 | 22 | 41")], "", {}),
    "another file": ([table(SAFE)], "{{ downloads }}", {"content/liten/rader.csv": "Lokal;Öppnad\n" + "Norr;2019\n" * 4 + "Söder;2020\n" * 5}),
    "years": ([table("2019 | x | x | 20\n2020 | x | x | 21\n2021 | 30 | 12 | 42", stub="År")], "År 2019 kom 20 besökare.", {}),
}




def older(folder, options):
    """The version before had the number open."""
    build(folder, [table(OPEN.replace("x | 18", "2 | 18").replace("x | 37", "19 | 37"))], "", {}, options, "0.9")


def companion(folder, options):
    build(folder, [table(OPEN.replace("x | 18", "2 | 18").replace("x | 37", "19 | 37"))], "", {}, options, report="lattlast")


def length(folder, _):
    """A bar that was left in a drawing for the cell that has no number."""
    file = Path(folder, "output/liten/1.0/charts/c.svg")
    text = file.read_text()
    bar = re.search(r'data-s="1" data-c="0"><rect [^>]*?width="([\d.]+)" height="([\d.]+)"', text)
    whole = re.search(r'data-s="0" data-c="0">', text)
    scale = max(float(w) for w in re.findall(r'width="([\d.]+)" height="1[78]"', text)) / 34
    assert bar is None and whole is not None
    file.write_text(text.replace('data-s="0" data-c="0">', f'data-s="0" data-c="0"><rect x="50" y="56" width="{2 * scale:.1f}" height="18" fill="#1d5b79"/>'))


def forgotten(name, old, new):
    def tamper(folder, _):
        file = Path(folder, "output/liten/1.0", name)
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))
    return tamper


CHART = {"charts/liten/c.yaml": BAR.format(mark="grouped-bar", more="")}
# What the program does not do of itself: a file in which the mark was forgotten, a bar that was left, another version.
TAMPERED = {
    "older version": (SAFE, "", {}, older),
    "companion": (SAFE, "", {}, companion),
    "length of a bar": (SAFE, "{{ chart c }}", CHART, length),
    "CSV": (SAFE, "", {}, forgotten("data/besok.csv", "Norr,,,20", "Norr,2,,20")),
    "JSON": (SAFE, "", {}, forgotten("data/besok.json", '"women-column": null', '"women-column": 2')),
    "page": (SAFE, "", {}, forgotten("index.html", '<span aria-hidden="true">x</span><span class="visually-hidden">Uppgift skyddad</span>', "2")),
    "description of a drawing": (SAFE, "{{ chart c }}", CHART, forgotten("charts/c.svg", "Kvinnor (Uppgift skyddad)", "Kvinnor 2")),
}


def build(folder, tables, text, files, options, version="1.0", report="liten"):
    place = Path(folder)
    write = {"belagg.yaml": "rules: {TAB012: off, TAB013: off}\n", "content/liten/report.yaml": REPORT.format(title="Liten rapport", version=version),
             "content/liten/text.md": f"# Resultat {{#resultat}}\n\n{text if not text.startswith('{{') else ''}\n\n{{{{ table besok }}}}\n\n{text if text.startswith('{{') else ''}\n",
             "content/liten/findings/alla.yaml": "tables:\n" + "".join(tables), **files}
    if "{{ downloads }}" in text:
        write["content/liten/findings/filer.yaml"] = "downloads:\n  rader: {file: rader.csv, title: Rader}\n"
    write = {path.replace("/liten/", f"/{report}/"): content for path, content in write.items()}
    for path, content in write.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(content)
    run = subprocess.run([str(Path(options.belagg).resolve()), "build"], cwd=folder, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"the case cannot be built:\n{run.stderr}")


def looked_at(tables, text, files, options, tamper=None):
    with tempfile.TemporaryDirectory() as folder:
        if tamper in (older, companion):
            tamper(folder, options)
        build(folder, tables, text, files, options)
        if tamper not in (None, older, companion):
            tamper(folder, options)
        settings = SimpleNamespace(minimum=5, values_left=3, zeros="shown", persons=[])
        _, found, close, _ = report(f"{folder}/output", settings)
        return {f["cell"].split(" ")[1] for f in found}, {f["cell"].split(" ")[1] for f in close}


def run(options):
    failed = []
    for name, (tables, text, files, wanted) in LEAKS.items():
        found, close = looked_at(tables, text, files, options)
        wanted = {w for w in wanted}
        if not set(wanted) <= found | close:
            failed.append(f"leak “{name}”: wanted {sorted(wanted)}, found {sorted(found)}, narrow {sorted(close)}")
    for name, (tables, text, files, tamper) in TAMPERED.items():
        found, _ = looked_at([table(tables)], text, files, options, tamper)
        if "besok.norr.women-column" not in found:
            failed.append(f"tampered “{name}”: found {sorted(found)}")
    for name, (tables, text, files) in SAFES.items():
        found, close = looked_at(tables, text, files, options)
        if found or close:
            failed.append(f"safe “{name}”: found {sorted(found)}, narrow {sorted(close)}")
    for text in failed:
        print(text)
    print(f"{len(LEAKS) + len(TAMPERED) + len(SAFES) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0
