"""Reads what a folder of publications tells programs, as outsiders read it, and plants faults that must be found (scripts/metadata)."""

import json
import re
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from csvw import CSVW
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, SDO, BNode, Graph, Literal, URIRef
from rdflib.namespace import Namespace

HERE = Path(__file__).parent
SITE = "https://rapporter.exempelstad.example/"
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ATOM = "{http://www.w3.org/2005/Atom}"


def lies(output, address, base=None):
    """Whether an address of the website, or one relative to a file, leads to something in the folder."""
    address = address.split("#")[0]
    if address.startswith(SITE):
        target = output / address[len(SITE):]
    elif re.match(r"[a-z]+:", address) or base is None:
        return None
    else:
        target = base / address
    return (target / "index.html").exists() if target.is_dir() else target.exists()


def tables(output):
    """Each CSV with a file about it, read cell by cell."""
    for csv in sorted(output.glob("*/*/data/*.csv")):
        about = csv.with_name(csv.name + "-metadata.json")
        if not about.exists():
            yield f"{csv.relative_to(output)}: nothing tells of it"
            continue
        try:
            read = CSVW(str(about), validate=True)
            if not read.is_valid:
                yield f"{csv.relative_to(output)}: {[str(warning.message) for warning in read.warnings]}"
                continue
            rows = list(read.tables[0])
            written = sum(1 for _ in __import__("csv").reader(csv.open(encoding="utf-8-sig", newline=""))) - 1
            if len(rows) != written:
                yield f"{csv.relative_to(output)}: {len(rows)} rows are read, {written} are there"
        except Exception as fault:
            yield f"{csv.relative_to(output)}: {fault}"


def pages(output):
    """The data block of each version's page."""
    for page in sorted(output.glob("*/*/index.html")):
        name = page.relative_to(output)
        if not (page.parent / "manifest.json").exists():
            continue
        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8"), re.S)
        if len(blocks) != 1:
            yield f"{name}: {len(blocks)} data blocks"
            continue
        block = json.loads(blocks[0])
        if block.get("@context") != "https://schema.org":
            yield f"{name}: the context is {block.get('@context')}"
        # The context is not fetched: all of its terms lie below one address.
        graph = Graph().parse(data=json.dumps({**block, "@context": {"@vocab": "https://schema.org/"}}), format="json-ld", publicID=SITE)
        for subject, predicate, value in graph:
            for term in [predicate] + ([value] if predicate == RDF.type else []):
                if term != RDF.type and (not str(term).startswith(str(SDO)) or str(term)[len(str(SDO)):] not in SDO):
                    yield f"{name}: schema.org has no {term}"
        reports = list(graph.subjects(RDF.type, SDO.Report))
        main = [report for report in reports if (report, SDO.version, None) in graph]
        if len(main) != 1:
            yield f"{name}: {len(main)} reports are told"
            continue
        for needed in [SDO.name, SDO.description, SDO.publisher, SDO.author, SDO.inLanguage, SDO.license, SDO.url]:
            if (main[0], needed, None) not in graph:
                yield f"{name}: the report has no {needed}"
        datasets = list(graph.subjects(RDF.type, SDO.Dataset))
        files = len(list((page.parent / "data").glob("*.csv")))
        if len(datasets) != files:
            yield f"{name}: {len(datasets)} datasets, {files} files"
        for dataset in datasets:
            for needed in [SDO.name, SDO.description, SDO.license, SDO.distribution, SDO.creator, SDO.url]:
                if (dataset, needed, None) not in graph:
                    yield f"{name}: a dataset has no {needed}"
        for address in graph.objects(None, SDO.contentUrl):
            if not lies(output, str(address)):
                yield f"{name}: nothing lies at {address}"
        for image in graph.objects(None, SDO.image):
            if not lies(output, str(image)):
                yield f"{name}: no picture lies at {image}"


# What the tables of authorities hold that a catalogue may name. They are not fetched, so what is used of them stands here.
EU = "http://publications.europa.eu/resource/authority/"
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
KNOWN = {
    EU + "language/": (DCTERMS.LinguisticSystem, "SWE ENG NOB"),
    EU + "data-theme/": (SKOS.Concept, "AGRI ECON EDUC ENER ENVI GOVE HEAL INTR JUST REGI SOCI TECH TRAN"),
    EU + "access-right/": (DCTERMS.RightsStatement, "PUBLIC"),
    EU + "planned-availability/": (SKOS.Concept, "STABLE"),
    "http://purl.org/adms/publishertype/": (SKOS.Concept, "LocalAuthority RegionalAuthority NationalAuthority"),
    "https://www.iana.org/assignments/media-types/": (DCTERMS.MediaType, "text/csv application/json application/vnd.openxmlformats-officedocument.spreadsheetml.sheet application/vnd.oasis.opendocument.spreadsheet"),
    "http://creativecommons.org/": (DCTERMS.LicenseDocument, "publicdomain/zero/1.0/ licenses/by/4.0/"),
    "http://sws.geonames.org/": (DCTERMS.Location, "2661886/"),
}
MEDIA_TYPES = {(DCTERMS["format"], name) for name in KNOWN["https://www.iana.org/assignments/media-types/"][1].split()}


def tables_of_authorities(graph):
    """What is known of addresses outside the catalogue, and that an organisation is somebody to turn to."""
    out = Graph()
    for address, (kind, names) in KNOWN.items():
        for name in names.split():
            out.add((URIRef(address + name), RDF.type, kind))
            if kind == SKOS.Concept:
                out.add((URIRef(address + name), SKOS.prefLabel, Literal(name, lang="en")))
    out.add((URIRef(EU + "data-theme"), RDF.type, SKOS.ConceptScheme))
    out.add((URIRef(EU + "data-theme"), DCTERMS.title, Literal("Data theme", lang="en")))
    for subject in graph.subjects(RDF.type, VCARD.Organization):
        out.add((subject, RDF.type, VCARD.Kind))
    for page in [*graph.objects(None, DCAT.landingPage), *graph.objects(None, FOAF.homepage)]:
        out.add((page, RDF.type, FOAF.Document))
    return out


def catalogue(output):
    """The catalogue by the shapes of DCAT-AP and by what Sweden asks besides."""
    path = output / "catalogue.rdf"
    if not path.exists():
        yield "there is no catalogue"
        return
    graph = Graph().parse(path, format="xml")
    shapes = Graph()
    for file in sorted((HERE / "shapes").glob("*.ttl")):
        shapes.parse(file)
    fine, found, _ = validate(graph + tables_of_authorities(graph), shacl_graph=shapes, advanced=True)
    shacl = Namespace("http://www.w3.org/ns/shacl#")
    if not fine:
        for result in found.subjects(RDF.type, shacl.ValidationResult):
            # Sweden asks for the media type as a text here, the EU for an address; both have dcat:mediaType.
            if (found.value(result, shacl.resultPath), str(found.value(result, shacl.value))) in MEDIA_TYPES:
                continue
            if (result, shacl.resultSeverity, shacl.Violation) in found:
                yield f"{found.value(result, shacl.focusNode)} {found.value(result, shacl.resultPath)}: {found.value(result, shacl.resultMessage)}"
    # DCAT-AP-SE 3: what it demands, how often, and in which form.
    once, many = (1, 1), (1, None)
    rules = {
        DCAT.Catalog: {DCTERMS.title: many, DCTERMS.description: many, DCTERMS.publisher: once, DCTERMS.license: once, DCAT.dataset: many, DCTERMS.issued: (0, 1), DCTERMS.modified: (0, 1), FOAF.homepage: (0, 1)},
        DCAT.Dataset: {DCTERMS.title: many, DCTERMS.description: many, DCTERMS.publisher: once, DCAT.contactPoint: many, DCTERMS.issued: (0, 1), DCTERMS.accessRights: once, DCAT.distribution: many},
        DCAT.Distribution: {DCAT.accessURL: once, DCTERMS["format"]: once, DCTERMS.license: once, DCAT.byteSize: (0, 1)},
        FOAF.Agent: {FOAF.name: many, DCTERMS.type: once},
        VCARD.Organization: {VCARD.fn: many, VCARD.hasEmail: many},
    }
    for kind, properties in rules.items():
        subjects = list(graph.subjects(RDF.type, kind))
        if not subjects:
            yield f"there is no {kind}"
        for subject in subjects:
            for predicate, (least, most) in properties.items():
                count = len(list(graph.objects(subject, predicate)))
                if count < least or most is not None and count > most:
                    yield f"{subject}: {count} of {predicate}"
    for subject, predicate, value in graph:
        if predicate in [DCTERMS.title, DCTERMS.description, DCAT.keyword, FOAF.name] and not (isinstance(value, Literal) and value.language):
            yield f"{subject}: {predicate} has no language"
        if predicate == DCTERMS["format"] and not re.fullmatch(r"\w+/[-.\w]+(?:\+[-.\w]+)?", str(value)):
            yield f"{subject}: {value} is no media type"
        for node in (subject, value):
            if isinstance(node, URIRef) and (not re.match(r"(https?|mailto):", node) or re.search(r"[\s<>\"{}|\\^`]", node)):
                yield f"{node} is no whole address"
        if predicate in [DCAT.accessURL, DCAT.downloadURL, DCAT.landingPage, FOAF.homepage] and not lies(output, str(value)):
            yield f"{subject}: nothing lies at {value}"
    for catalog in graph.subjects(RDF.type, DCAT.Catalog):
        if (catalog, DCTERMS.license, URIRef("http://creativecommons.org/publicdomain/zero/1.0/")) not in graph:
            yield "the text of the catalogue is not free for all"
    for dataset in graph.objects(None, DCAT.dataset):
        if (dataset, RDF.type, DCAT.Dataset) not in graph:
            yield f"{dataset} is named and not told of"
    for distribution in graph.objects(None, DCAT.distribution):
        if (distribution, RDF.type, DCAT.Distribution) not in graph:
            yield f"{distribution} is named and not told of"


def feeds(output):
    """Atom, by what RFC 4287 demands."""
    paths = [output / "feed.xml", *sorted((output / "feeds").glob("*.xml"))]
    if len(paths) < 3:
        yield "there are no feeds of single kinds"
    ids = []
    for path in paths:
        name = path.relative_to(output)
        try:
            root = ET.parse(path).getroot()
        except ET.ParseError as fault:
            yield f"{name}: {fault}"
            continue
        ids.append(root.findtext(ATOM + "id"))
        entries = root.findall(ATOM + "entry")
        if root.tag != ATOM + "feed" or not entries:
            yield f"{name}: is no feed with entries"
        for part in [root, *entries]:
            for needed in ["id", "title", "updated"]:
                if len(part.findall(ATOM + needed)) != 1 or not part.findtext(ATOM + needed):
                    yield f"{name}: not one {needed}"
            if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", part.findtext(ATOM + "updated") or ""):
                yield f"{name}: {part.findtext(ATOM + 'updated')} is no date"
        if root.find(ATOM + "author") is None:
            yield f"{name}: has no author"
        own = [link.get("href") for link in root.findall(ATOM + "link") if link.get("rel") == "self"]
        if own != [SITE + str(name)]:
            yield f"{name}: calls itself {own}"
        for link in root.iter(ATOM + "link"):
            if not lies(output, link.get("href"), path.parent):
                yield f"{name}: nothing lies at {link.get('href')}"
        found = [entry.findtext(ATOM + "id") for entry in entries]
        if len(found) != len(set(found)):
            yield f"{name}: two entries are called the same"
    if len(ids) != len(set(ids)):
        yield "two feeds are called the same"
    index = (output / "index.html").read_text(encoding="utf-8")
    for path in paths:
        if f'href="{path.relative_to(output)}"' not in index:
            yield f"{path.relative_to(output)}: the list of reports does not lead to it"


def site_map(output):
    """The map, by its schema, and robots.txt."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    try:
        root = ET.parse(output / "sitemap.xml").getroot()
    except (OSError, ET.ParseError) as fault:
        yield str(fault)
        return
    if root.tag != space + "urlset" or len(root) < 2:
        yield "is no map"
    for url in root:
        address, day = url.findtext(space + "loc"), url.findtext(space + "lastmod")
        if not lies(output, address):
            yield f"nothing lies at {address}"
        elif address != SITE:
            page = output / address[len(SITE):] / "index.html"
            if f'<link rel="canonical" href="{address}">' not in page.read_text(encoding="utf-8"):
                yield f"{address} calls itself otherwise"
        if day is not None and not re.fullmatch(r"\d{4}-\d\d(-\d\d)?", day):
            yield f"{day} is no day"
    robots = (output / "robots.txt").read_text(encoding="utf-8")
    if f"Sitemap: {SITE}sitemap.xml" not in robots.splitlines():
        yield "robots.txt does not name the map"


def cards(output):
    """The picture that each page names where it is shared."""
    for page in sorted(output.glob("*/*/index.html")):
        if not (page.parent / "manifest.json").exists():
            continue
        name = page.relative_to(output)
        found = re.findall(r'<meta property="og:image" content="([^"]*)">', page.read_text(encoding="utf-8"))
        if len(found) != 1 or not lies(output, found[0]):
            yield f"{name}: {found}"
            continue
        head = (output / found[0][len(SITE):]).read_bytes()[:24]
        if head[:8] != b"\x89PNG\r\n\x1a\n" or (int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")) != (1200, 630):
            yield f"{name}: is no picture of 1200 by 630 points"


CHECKS = {"tables": tables, "pages": pages, "catalogue": catalogue, "feeds": feeds, "map": site_map, "pictures": cards}


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise SystemExit(f"{path}: nothing to plant a fault in: {old}")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def first(output, pattern, holds=""):
    return next(path for path in sorted(output.glob(pattern)) if holds in path.read_text(encoding="utf-8"))


PLANTED = [
    ("tables", "a number that is none", lambda o: edit(first(o, "*/*/data/*.csv-metadata.json", '"integer"'), '"string"', '"integer"')),
    ("tables", "a column too many", lambda o: edit(first(o, "*/*/data/*.csv"), ",origin", ",more,origin")),
    ("tables", "a file that nothing tells of", lambda o: first(o, "*/*/data/*.csv-metadata.json").unlink()),
    ("pages", "a term that there is not", lambda o: edit(first(o, "*/*/index.html", '"variableMeasured"'), '"variableMeasured"', '"variablesMeasured"')),
    ("pages", "a file that is not there", lambda o: edit(first(o, "*/*/index.html", '.json"}'), '.json"}', '.jsn"}')),
    ("pages", "a report without a licence", lambda o: edit(first(o, "*/*/index.html", '"license":'), '"license":', '"thumbnailUrl":')),
    ("catalogue", "no publisher", lambda o: edit(o / "catalogue.rdf", "dcterms:publisher rdf:resource", "dcterms:source rdf:resource")),
    ("catalogue", "a title without language", lambda o: edit(o / "catalogue.rdf", '<dcterms:title xml:lang="sv">', "<dcterms:title>")),
    ("catalogue", "an address that leads nowhere", lambda o: edit(o / "catalogue.rdf", ".xlsx\"", ".xls\"")),
    ("catalogue", "a licence that is a text", lambda o: edit(o / "catalogue.rdf", '<dcterms:license rdf:resource="http://creativecommons.org/publicdomain/zero/1.0/"/>', "<dcterms:license>fri</dcterms:license>")),
    ("feeds", "no XML", lambda o: edit(first(o, "feeds/*.xml"), "</entry>", "")),
    ("feeds", "an address that leads nowhere", lambda o: edit(o / "feed.xml", "/index.html\"", "/page.html\"")),
    ("map", "an address that leads nowhere", lambda o: edit(o / "sitemap.xml", "</loc></url>" if "</loc></url>" in (o / "sitemap.xml").read_text() else "/</loc>", "/x</loc></url>" if "</loc></url>" in (o / "sitemap.xml").read_text() else "/x</loc>")),
    ("pictures", "a picture that is not there", lambda o: first(o, "*/*/index.html", "card.png\">") and next(iter(sorted(o.glob("*/*/card.png")))).unlink()),
]


def self_test(output):
    passed = failed = 0
    for name, what, plant in PLANTED:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "output"
            shutil.copytree(output, copy, ignore=shutil.ignore_patterns("*.woff2", "*.pdf.sig"))
            before = list(CHECKS[name](copy))
            plant(copy)
            found = [fault for fault in CHECKS[name](copy) if fault not in before]
        good = not before and bool(found)
        passed, failed = passed + good, failed + (not good)
        print(f"{'found' if good else 'FAILED: not found'}: {name}: {what}: {(found or before or [''])[0][:160]}")
    return passed, failed


def main():
    output = Path(sys.argv[1]).resolve()
    passed = failed = 0
    for name, check in CHECKS.items():
        faults = list(check(output))
        passed, failed = passed + (not faults), failed + bool(faults)
        print(f"{name}: {'ok' if not faults else f'{len(faults)} faults'}")
        for fault in faults[:20]:
            print(f"  {fault}")
    print(f"{len(list(output.glob('*/*/data/*.csv')))} tables, {len(list(output.glob('*/*/manifest.json')))} pages")
    found, lost = self_test(output)
    print(f"{passed + found} passed, {failed + lost} failed")
    return 1 if failed or lost else 0


sys.exit(main())
