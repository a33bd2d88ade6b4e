"""Cases of scripts/growth: many reports. Published ones are copied of one that the program published five times, with other names, words and hashes,
since to publish 50,000 versions would take hours: `belagg verify` finds them as sound as the first.
"""

import gzip
import hashlib
import io
import os
import re
import tarfile
import time

from growth_frame import case

VERSIONS = 5
# Its copies have names of the same length, so that nothing that counts bytes changes.
FIRST = "enhet-aaaaa"
WORKSPACE = """site: https://www.exempelstad.se/rapporter/
publisher: {name: Exempelstad, url: "https://www.exempelstad.se"}
catalogue: {contact: data@exempelstad.se, publisher-type: local-authority}
rules: {TAB012: off, TAB013: off}
"""
CHAPTER = """# Resultat {#resultat}

Vi läste {{ cases }} ärenden vid enhet-aaaaa, som har en egen ledning.

{{ table tider }}

## Hur vi gick till väga {#metod}

Granskningen gjordes på plats. Granskarna läste varje akt för sig och jämförde sedan vad de hade funnit.

## Bedömning {#bedomning}

Utredningarna är väl underbyggda och genomförandeplanerna följs upp i tid. Ledningen för enhet-aaaaa planerar mera tid.
"""


def findings(women):
    return f"""figures:
  cases: {{label: granskade ärenden, women: {women}, men: 20}}
tables:
  tider:
    caption: Ärenden efter beslut
    stub: Beslut
    columns: [{{id: antal, label: Antal}}]
    total-column: false
    rows: [{{id: bifall, label: Bifall, antal: 25}}, {{id: avslag, label: Avslag, antal: 15}}]
"""


def report(version, status, more="", kind="inspection-report"):
    return f"""kind: {kind}
title: Granskning av enhet-aaaaa
version: '1.{version}'
date: 2024-03-0{version + 1}
status: {status}
units: {{enhet-aaaaa: Enheten enhet-aaaaa}}
imprint: {{reference: Dnr 1/2024, publisher: Exempelstad, contact: Kansliet}}
chapters: [kapitel.md]
{more}"""


def name(i):
    """enhet-aaaaa, enhet-aaaab …"""
    letters = ""
    for _ in range(5):
        i, letter = divmod(i, 26)
        letters = chr(97 + letter) + letters
    return f"enhet-{letters}"


def first(files=None):
    """The files of the report that the others are copied of."""
    folder = f"content/{FIRST}"
    return {"belagg.yaml": WORKSPACE, f"{folder}/report.yaml": report(0, "published"), f"{folder}/kapitel.md": CHAPTER, f"{folder}/findings/alla.yaml": findings(20)}


def named(path, own):
    return path.replace(FIRST, own)


def published(run, folder, n, versions=VERSIONS):
    """n reports with `versions` published versions each, and the list of the newest."""
    source = folder / "content" / FIRST
    for i in range(versions):
        more = "changes: [{type: revision, what: Nya tal, why: De kom in, concerns: [cases]}]\n" if i else ""
        (source / "report.yaml").write_text(report(i, "revised" if i else "published", more))
        (source / "findings/alla.yaml").write_text(findings(20 + i))
        run("publish", FIRST)
    copies(folder, n, versions)


def sealed(text):
    body = text[: text.rindex("# sha256 of the lines above: ")]
    return f"{body}# sha256 of the lines above: {digest(body.encode())}\n"


def digest(content):
    return hashlib.sha256(content).hexdigest()


def packed(content, own):
    """An archive with other names and words in it, and the hashes of its files."""
    out, hashes = io.BytesIO(), {}
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(content))) as old, tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as new:
        for member in old.getmembers():
            held = old.extractfile(member).read()
            changed = held.replace(FIRST.encode(), own.encode())
            member.name = named(member.name, own)
            new.addfile(member, io.BytesIO(changed))
            hashes[digest(held)] = digest(changed)
    return gzip.compress(out.getvalue(), 1, mtime=0), hashes


def copies(folder, n, versions):
    """Copies the first report, so that there are n. What has no name in it is linked, not copied."""
    ledger, output = folder / "content" / FIRST / "versions", folder / "output"
    order = [f"1.{i}" for i in range(versions)]
    packs = {version: (ledger / f"{version}.tar.gz").read_bytes() for version in order}
    records = {version: (ledger / f"{version}.yaml").read_text() for version in order}
    inputs = {str(path.relative_to(folder)): path.read_text() for path in (folder / "content" / FIRST).rglob("*") if path.is_file() and path.parent != ledger}
    files = {version: [path for path in (output / FIRST / version).rglob("*") if path.is_file()] for version in order}
    held = {path: path.read_bytes() for paths in files.values() for path in paths}
    newest = {FIRST: digest(records[order[-1]].encode())}
    for i in range(1, n):
        own, before = name(i), {}
        (folder / "content" / own / "versions").mkdir(parents=True)
        for path, text in inputs.items():
            path = folder / named(path, own)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace(FIRST, own))
        for templates in ledger.glob("templates-*.tar.gz"):
            os.link(templates, folder / "content" / own / "versions" / templates.name)
        for version in order:
            archive, hashes = packed(packs[version], own)
            hashes[digest(packs[version])] = digest(archive)
            hashes |= before
            manifest = None
            for path in files[version]:
                target = folder / named(str(path.relative_to(folder)), own)
                target.parent.mkdir(parents=True, exist_ok=True)
                content = held[path]
                if path.name == "manifest.json":
                    manifest = (content, target)
                elif path.suffix != ".pdf" and FIRST.encode() in content:
                    changed = content.replace(FIRST.encode(), own.encode())
                    hashes[digest(content)] = digest(changed)
                    target.write_bytes(changed)
                else:
                    os.link(path, target)
            # The manifest names the hashes of the others.
            content, target = manifest
            text = replaced(content.decode(), own, hashes)
            target.write_text(text)
            hashes[digest(content)] = digest(text.encode())
            record = replaced(records[version], own, hashes)
            record = re.sub(rf'(path: "{re.escape(version)}.tar.gz"\n  bytes: )\d+', rf"\g<1>{len(archive)}", record)
            record = sealed(record)
            before = {digest(records[version].encode()): digest(record.encode())}
            (folder / "content" / own / "versions" / f"{version}.yaml").write_text(record)
            (folder / "content" / own / "versions" / f"{version}.tar.gz").write_bytes(archive)
        newest[own] = next(iter(before.values()))
    heads = (folder / "content/ledger.yaml").read_text()
    lines = heads[: heads.index("reports:")] + "reports:\n"
    lines += "".join(f'  - report: "{own}"\n    version: "{order[-1]}"\n    sha256: "{hash}"\n' for own, hash in sorted(newest.items()))
    (folder / "content/ledger.yaml").write_text(lines + f"# sha256 of the lines above: {digest(lines.encode())}\n")


def replaced(text, own, hashes):
    text = text.replace(FIRST, own)
    return re.sub(r"\b[0-9a-f]{64}\b", lambda found: hashes.get(found[0], found[0]), text)


def settled(run, folder, n):
    """As a build leaves them; what was written at the same moment as its record proves nothing to the next."""
    published(run, folder, n)
    for _ in range(2):
        run("build")
        time.sleep(0.1)


@case("published reports, build with nothing to do", 400, command="build", before=settled)
def published_build(n):
    return first()


@case("published reports, verify one of them", 400, command=f"verify output/{FIRST}/1.0", before=settled)
def published_verify_one(n):
    return first()


@case("published reports, verify all", 100, command="verify", before=settled)
def published_verify(n):
    return first()


def one_changed(run, folder, n):
    settled(run, folder, n)
    added = folder / "content" / "utkast"
    for path, text in first().items():
        if path.startswith("content/"):
            path = folder / path.replace(FIRST, "utkast")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace(FIRST, "utkast").replace("status: published", "status: draft"))
    run("build")
    (added / "kapitel.md").write_text((added / "kapitel.md").read_text().replace("planerar mera tid", "planerar kurser"))


@case("published reports, build where a draft changes", 400, command="build", before=one_changed)
def published_one_changed(n):
    return first()


MUNICIPAL_CHAPTER = """# Läget i {{ param.kommun }} {#laget}

I {{ param.kommun }} kom {{ cases }} ärenden in till nämnden under året. {{ granted }} av dem beviljades. Kommunen har en egen enhet för frågorna.

{{ table months }}

## Hur siffrorna har tagits fram {#metod}

Uppgifterna kommer från kommunens verksamhetssystem och har lämnats in månad för månad. De har granskats på plats av handläggare som inte själva har fattat besluten.

- Varje ärende räknas en gång, i den månad då det kom in.
- Ärenden som har återkallats räknas inte.
- Uppgifter som saknas är markerade i tabellen.

## Så har ärendena fördelats {#fordelning}

{{ chart decisions }}

{{ table decisions }}

## Bedömning {#bedomning}

Handläggningen i {{ param.kommun }} är väl dokumenterad. Besluten är motiverade så att den enskilde kan förstå dem, och underrättelserna innehåller upplysningar om hur man överklagar. Nämnden bör fortsätta att följa upp handläggningstiderna.
"""
MUNICIPAL_FINDINGS = """datasets:
  rows:
    file: data/arenden.csv
    id: nr
    columns: {town: kommun, decision: {header: beslut, values: [bifall, avslag, avskrivet]}, month: manad}
figures:
  cases: {label: inkomna ärenden, count: {rows: rows, where: {town: "{{ param.id }}"}}}
  granted: {label: beviljade ärenden, count: {rows: rows, where: {town: "{{ param.id }}", decision: bifall}}}
tables:
  months:
    caption: "Inkomna ärenden i {{ param.kommun }} efter månad"
    stub: Månad
    cross: {rows: rows, by: month, across: decision, where: {town: "{{ param.id }}"}, order: sheet}
  decisions:
    caption: "Ärenden i {{ param.kommun }} efter beslut"
    stub: Beslut
    cross: {rows: rows, by: decision, where: {town: "{{ param.id }}"}}
"""


def municipality(i):
    return name(i)[6:]


def rows(n):
    """One folder that makes a report for each of n municipalities out of two files that all of them share."""
    months = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"]
    towns = [municipality(i) for i in range(n)]
    decisions = ["bifall", "avslag", "avskrivet"]
    cases = ["nr;kommun;beslut;manad"]
    for at, town in enumerate(towns):
        cases += [f"{at}-{i};{town};{decisions[(at + i * i) % 3]};{months[(at + i) % 12]}" for i in range(40)]
    folder = "content/lage"
    return {
        "belagg.yaml": "publisher: {name: Exempelstad}\nrules: {TAB012: off, TAB013: off}\n",
        f"{folder}/report.yaml": "kind: inspection-report\nfor-each: data/kommuner.csv\ntitle: \"Läget i {{ param.kommun }}\"\nversion: '1.0'\ndate: 2024-03-01\nstatus: draft\n"
        "imprint: {reference: Dnr 1/2024, publisher: Exempelstad, contact: Kansliet}\nchapters: [kapitel.md]\n",
        f"{folder}/kapitel.md": MUNICIPAL_CHAPTER,
        f"{folder}/findings/alla.yaml": MUNICIPAL_FINDINGS,
        f"{folder}/data/kommuner.csv": "id;Kommun\n" + "".join(f"{town};{town.capitalize()}stad\n" for town in towns),
        f"{folder}/data/arenden.csv": "\n".join(cases) + "\n",
        "charts/lage/decisions.yaml": "table: decisions\nmark: bar\nseries: [count]\ncaption: \"Så slutade ärendena i {{ param.kommun }}\"\n",
    }


@case("reports made for rows of a file", 104, command="build")
def rows_build(n):
    return rows(n)
