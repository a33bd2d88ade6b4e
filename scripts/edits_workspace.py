"""A workspace with every kind of file, small: see scripts/edits."""

import shutil
import subprocess

KINDS = ["article", "inspection-report", "follow-up", "annual-report", "easy-read", "press-release", "report"]

ROWS = """\
kind: report
for-each: data/rader.csv
title: "Läget i {{ param.kommun }}"
version: "1.0"
date: 2026-04
status: draft
imprint: {publisher: Exempelstad, contact: Kansliet}
names: [Norrby, Söderby, Österby]
chapters: [text.md]
"""

EVERY = """\
kind: inspection-report
title: Allt i en rapport
version: "1.0"
date: 2026-04
status: draft
imprint: {reference: Dnr 1, publisher: Exempelstad, contact: Kansliet}
units: {norr: Norr, soder: Söder}
extracts: units
decision-page: beside
companions: [easy-read, article]
chapters: [text.md, bilder.md]
"""

EVERY_FINDINGS = """\
datasets:
  rows: {file: data/arenden.csv, id: Nr, columns: {decision: Beslut, days: Dagar}}
  books: {file: data/arenden.xlsx, sheet: Ärenden, header-row: 3, id: Nr, columns: {decision: Beslut, age: Ålder}}
figures:
  granted: {label: beviljade i arbetsboken, count: {rows: books, where: {decision: beviljad}}}
  cases: {label: granskade ärenden, count: {rows: rows}}
  yes: {label: beviljade ärenden, count: {rows: rows, where: {decision: ja}}, base: cases}
tables:
  places:
    caption: Platser per ort
    stub: Ort
    columns: [{id: before, label: Förut}, {id: now, label: Nu}]
    total-row: false
    derived:
      change: {label: Förändring, change: [before, now], as: percent, decimals: 1}
    rows:
      - {label: Väster, before: 112, now: 120}
      - {label: Öster, before: 100, now: 123}
    source: Räkningen
  visits:
    caption: Besök
    stub: Månad
    columns: [{id: count, label: Besök}]
    total-row: false
    csv: data/besok.csv
    source: Räkningen
downloads:
  rows: {file: data/arenden.csv, title: Ärendena, counts: none}
decision:
  proposed: [Personalen får mer tid.]
  findings: ["Vi läste {{ cases }} ärenden."]
  figures: [{value: "{{ cases }}", label: ärenden}]
assessments:
  norr: {strengths: [Personalen lyssnar.], development: [Mer tid för samtal.]}
  soder: {strengths: [Planer finns.], development: [Planerna följs upp.]}
"""

MAP = '{"type":"FeatureCollection","features":[%s]}' % ",".join(
    '{"type":"Feature","properties":{"namn":"%s"},"geometry":{"type":"Polygon","coordinates":[[[%d,0],[%d,0],[%d,10000],[%d,10000],[%d,0]]]}}'
    % (name, at, at + 10000, at + 10000, at, at)
    for name, at in [("Väster", 0), ("Öster", 10000)]
)


def made(program, folder, project):
    """Writes the workspace; every report of it can be built."""
    folder.mkdir(parents=True)

    def run(*arguments):
        done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"edits: {' '.join(arguments)}: {done.stdout}{done.stderr}")

    def write(path, text):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)

    for kind in KINDS:
        run("new", kind, kind)
    run("new", "--translation-of", "inspection-report", "--language", "en", "inspection-en")
    write("content/rader/report.yaml", ROWS)
    write("content/rader/data/rader.csv", "id;Kommun;Fil;Besök\nnorr;Norrby;norr.csv;120\nsoder;Söderby;soder.csv;90\noster;Österby;norr.csv;77\n")
    for name, numbers in [("norr", (31, 40)), ("soder", (22, 19))]:
        write(f"content/rader/data/{name}.csv", "id;label;count\n" + "".join(f"m{at};Månad {at};{n}\n" for at, n in enumerate(numbers)))
    write("content/rader/findings/tal.yaml", 'tables:\n  visits:\n    caption: Besök\n    stub: Månad\n    columns: [{id: count, label: Besök}]\n'
          '    total-row: false\n    csv: "data/{{ param.fil }}"\n    source: Räkningen\n')
    write("content/rader/text.md", "# Läget\n\nI {{ param.kommun }} räknades {{ param.besok }} besök, se [](#table-visits).\n\n{{ table visits }}\n")
    write("content/allt/report.yaml", EVERY)
    write("content/allt/findings/allt.yaml", EVERY_FINDINGS)
    write("content/allt/data/arenden.csv", "Nr;Beslut;Dagar\n" + "".join(f"{n};{'ja' if n % 3 else 'nej'};{n * 4 % 31}\n" for n in range(1, 25)))
    write("content/allt/data/besok.csv", "id;label;count\nm1;Januari;12\nm2;Februari;15\n")
    write("content/allt/data/karta.geojson", MAP)
    shutil.copy(project / "tests/fixtures/data/arenden.xlsx", folder / "content/allt/data/arenden.xlsx")
    write("content/allt/text.md", "# Resultat\n\nVi läste {{ cases }} ärenden [@bok], varav {{ granted }} ur arbetsboken, se [](#table-visits) och [](#chart-places).\n\n"
          "{{ table visits }}\n\n{{ chart places }}\n\n{{ development norr }}\n\n{{ development soder }}\n\n{{ downloads }}\n")
    write("content/allt/bilder.md", "# Bilder {#bilder}\n\n![Ett hus med tak](hus.svg \"Huset\")\n\n# Referenser {.references}\n")
    write("content/allt/hus.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="60"><rect x="10" y="10" width="80" height="40" fill="#704214"/></svg>\n')
    write("content/allt/sources.yaml", "bok:\n  type: book\n  title: En bok\n  author: Andersson, Anna\n  date: 2019\n  publisher: Förlaget\n")
    write("charts/allt/places.yaml", "table: places\nmark: choropleth\nmap: {file: data/karta.geojson}\nseries: [change]\ncaption: Flest platser i öster\n")
