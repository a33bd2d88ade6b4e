"""What scripts/attack reads of a folder of outputs: tables with their cells, each cell with everything that any file says of it."""

import csv
import io
import json
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import lxml.etree
import lxml.html
import openpyxl
import pypdf

HIDDEN = re.compile(r"skydd|protect|suppress|withheld|undertryck|skjerm|vern", re.I)
NOUGHT = re.compile(r"^(–|-|inget fall|ingen|inga|no case|none|zero)$", re.I)
TOTAL = re.compile(r"^(totalt?|summa|sum|samtliga|alla|hela|inalles|båda könen|all|both|i alt|alle)\b", re.I)
COUNT = re.compile(r"[-−]?\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?![\d,.])|\d+(?![\d]*[.,]\d)")


def plain(text):
    """Text as it is compared: blanks of all kinds are one, soft hyphens are gone."""
    return re.sub(r"[\s\u00a0\u202f\u2009]+", " ", (text or "").replace("\u00ad", "")).strip()


def whole(text):
    """A count as it is printed, or None."""
    text = plain(str(text)).replace(" ", "").replace("−", "-")
    return int(text) if re.fullmatch(r"-?\d{1,12}", text) else None


@dataclass
class Cell:
    seen: dict = field(default_factory=dict)        # value -> where it stands
    hidden: list = field(default_factory=list)      # where it is marked as withheld
    percents: list = field(default_factory=list)    # (percent, decimals, where)

    def value(self):
        return next(iter(self.seen)) if self.seen else None


@dataclass
class Table:
    document: str
    id: str
    caption: str
    stub: str
    columns: list               # (id, label, group, unit)
    rows: list                  # (id, label, is total)
    cells: list                 # rows of Cell
    chart: bool = False
    persons: bool = False
    number: str = ""            # "Tabell 3"
    beside: str = ""            # the table whose numbers a chart draws
    note: str = ""

    def name(self, row, column):
        return f"{self.document} {self.id}.{self.rows[row][0]}.{self.columns[column][0]}"

    def full(self, column):
        _, label, group, _ = self.columns[column]
        return f"{group} – {label}" if group else label

    def is_total(self, column):
        return self.columns[column][0] == "total" or bool(TOTAL.match(self.columns[column][1]))

    def row_is_total(self, row):
        return self.rows[row][2] or bool(TOTAL.match(self.rows[row][1]))


@dataclass
class Document:
    name: str
    folder: Path
    report: str
    version: str
    language: str
    tables: list = field(default_factory=list)
    texts: list = field(default_factory=list)       # (where, one sentence or label)
    marks: set = field(default_factory=lambda: {"x"})
    remarks: list = field(default_factory=list)


def documents(folder):
    out = []
    for manifest in sorted(Path(folder).rglob("manifest.json")):
        try:
            about = json.loads(manifest.read_text())["report"]
        except (ValueError, KeyError):
            continue
        place = manifest.parent
        document = Document(str(place.relative_to(folder)), place, about["id"], about["version"], about.get("language", "sv"))
        read(document)
        out.append(document)
    for feed in sorted(Path(folder).rglob("feed.xml")):
        if out:
            text = plain(" ".join(lxml.etree.parse(str(feed)).getroot().itertext()))
            out[0].texts += [("feed.xml", part) for part in sentences(text)]
    return out


def sentences(text):
    return [part for part in re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ\d])", plain(text)) if part]


def read(document):
    for file in sorted((document.folder / "data").glob("*.json")):
        from_json(document, file)
    page = document.folder / "index.html"
    if page.exists():
        from_page(document, lxml.html.fromstring(page.read_bytes().decode()))
    for file in sorted(document.folder.rglob("*.csv")):
        rows = grid_of_csv(file.read_bytes())
        from_grid(document, rows, str(file.relative_to(document.folder)))
    for file in sorted(document.folder.rglob("*.xlsx")):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, data_only=True)
        for sheet in book:
            rows = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
            from_grid(document, rows, f"{file.name}!{sheet.title}")
    for file in sorted(document.folder.rglob("*.ods")):
        for name, rows in sheets_of_ods(file):
            from_grid(document, rows, f"{file.name}!{name}")
    for file in sorted(document.folder.rglob("*.pdf")):
        from_pdf(document, file)
    for file in sorted(document.folder.rglob("*.svg")):
        from_svg(document, file)
    for file in sorted(document.folder.rglob("*.txt")):
        document.texts += [(file.name, part) for line in file.read_text(errors="replace").split("\n") for part in sentences(line)]


def from_json(document, file):
    data = json.loads(file.read_text())
    if not isinstance(data, dict) or "rows" not in data or "columns" not in data:
        return
    columns = [(c["id"], plain(c.get("label")), plain(c.get("group") or ""), c.get("unit")) for c in data["columns"]]
    rows = [(r["id"], plain(r["label"]), bool(r.get("total"))) for r in data["rows"]]
    where = f"data/{file.name}"
    table = Table(document.name, data["id"], plain(data["title"]), plain(data["stub"]), columns, rows,
                  [[Cell() for _ in columns] for _ in rows], data["id"].startswith("chart-"), note=" ".join(data.get("notes") or []))
    table.persons = data.get("counts") == "persons"
    for at, row in enumerate(data["rows"]):
        said = {**row.get("blanks", {}), **row.get("status", {})} if isinstance(row.get("status", {}), dict) else row.get("blanks", {})
        for column, (name, _, _, unit) in enumerate(columns):
            cell, value = table.cells[at][column], row["values"].get(name)
            if HIDDEN.search(str(said.get(name, ""))):
                cell.hidden.append(where)
            if unit is None and isinstance(value, int) and not isinstance(value, bool):
                cell.seen.setdefault(value, where)
            elif said.get(name) == "zero":
                cell.seen.setdefault(0, where)
            elif isinstance(value, (int, float)) and re.fullmatch(r"(%|procent|percent|per cent|prosent)", str(unit or "")):
                digits = re.search(r"\.(\d+)$", str(value))
                cell.percents.append((float(value), len(digits[1]) if digits else 0, where))
    document.tables.append(table)


def grid_of_csv(data):
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def sheets_of_ods(file):
    space = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    root = lxml.etree.fromstring(zipfile.ZipFile(file).read("content.xml"))
    for sheet in root.iter(f"{space}table"):
        rows = []
        for row in sheet.iter(f"{space}table-row"):
            cells = []
            for cell in row.iter(f"{space}table-cell"):
                cells += [plain("".join(cell.itertext()))] * min(int(cell.get(f"{space}number-columns-repeated", "1")), 50)
            rows.append(cells)
        yield sheet.get(f"{space}name"), rows


def observe(document, table, row, column, text, where):
    """Takes what one place prints for a cell: a number, a mark, a percentage in brackets."""
    cell, text = table.cells[row][column], plain(text)
    if table.columns[column][3] is None:
        lone = re.match(r"^([-−]?[\d ]+)(?:\s*\((.*)\))?$", text)
        share = re.search(r"([\d ]+(?:[.,]\d+)?)\s*(?:%|procent|per cent|percent|prosent)", text)
        if lone and whole(lone[1]) is not None:
            cell.seen.setdefault(whole(lone[1]), where)
        elif NOUGHT.match(text):
            cell.seen.setdefault(0, where)
        if share:
            digits = re.search(r"[.,](\d+)$", share[1])
            cell.percents.append((float(share[1].replace(",", ".").replace(" ", "")), len(digits[1]) if digits else 0, where))
    if text in document.marks or HIDDEN.search(text):
        cell.hidden.append(where)


def from_page(document, root):
    for mark in root.xpath("//ul[contains(@class,'legend')]/li"):
        text = plain(mark.text_content())
        if HIDDEN.search(text):
            document.marks.add(text.split(" ")[0])
    for figure in root.xpath("//div[contains(@class,'table') and @id] | //figure[@id]"):
        name = figure.get("id")
        chart = name.startswith("chart-") and figure.tag == "figure"
        wanted = name if chart else name.removeprefix("table-") if name.startswith("table-") else None
        table = next((t for t in document.tables if t.id == wanted), None)
        if table is None:
            continue
        label = figure.xpath(".//*[contains(@class,'label')]")
        table.number = plain(label[0].text_content()).rstrip(".") if label else ""
        if chart:
            link = figure.xpath(".//details//a[starts-with(@href,'#table-')]/@href")
            table.beside = link[0].removeprefix("#table-") if link else ""
        table.note += " " + " ".join(plain(p.text_content()) for p in figure.xpath(".//p[contains(@class,'table-note')]"))
        body = figure.xpath(".//tbody/tr")
        labels = [plain(seen(tr.xpath("./th")[0])) for tr in body if tr.xpath("./th")]
        for tr, text in zip(body, labels):
            row = next((at for at, r in enumerate(table.rows) if r[1] == text), None) if labels.count(text) == 1 else None
            if row is None and len(labels) == len(table.rows):
                row = body.index(tr)
            cells = tr.xpath("./td")
            if row is not None and len(cells) == len(table.columns):
                for column, td in enumerate(cells):
                    observe(document, table, row, column, seen(td), f"page, {table.number}")
    for block in root.xpath("//main//p | //main//li | //main//dd | //main//dt | //figcaption | //caption | //blockquote | //*[@alt] | //title | //meta[@content]"):
        text = block.get("alt") or block.get("content") or seen(block)
        document.texts += [("page", part) for part in sentences(text)]
    for entry in root.xpath("//section[contains(@class,'evidence')]//dl/div[@id]"):
        from_evidence(document, entry.get("id").removeprefix("Made-"), plain(seen(entry.xpath("./dt")[0])))


GROUPS = {"Kvinnor": r"kvinnor|kvinna|women|woman", "Män": r"män|man|men"}


def from_evidence(document, name, text):
    """A bound figure with its groups: `Besökare i Norr: 20 (3 kvinnor och 17 män)`, each of which may be withheld."""
    label, _, value = text.partition(": ")
    inside = re.search(r"\((.*)\)", value)
    if any(name == f"{t.id}.{row[0]}" for t in document.tables for row in t.rows) or re.search(r"procent|percent|%|\d,\d", value):
        return
    said = [("total", "Totalt", plain(value.split(" (")[0]))]
    for head, words in GROUPS.items():
        found = inside and re.search(rf"([\d ]+) (?:{words})|(?:{words}) ((?:\d[\d ]*)|[^\d,]+)", inside[1])
        if found:
            said.append((head, head, plain(found[1] or found[2])))
    table = Table(document.name, name, label, "", [(i, h, "", None) for i, h, _ in said], [("figure", label, False)], [[Cell() for _ in said]], number="evidence")
    for column, (_, _, shown) in enumerate(said):
        observe(document, table, 0, column, shown, "page, evidence")
    document.tables.append(table)


def seen(element):
    """The text of an element as it is seen: what only screen readers hear is left out where a mark stands beside it."""
    out = [element.text or ""]
    for child in element:
        hears = "visually-hidden" in (child.get("class") or "")
        out.append("" if hears and element.xpath("./*[@aria-hidden]") else seen(child) if isinstance(child.tag, str) else "")
        out.append(child.tail or "")
    return "".join(out)


def from_grid(document, rows, where):
    """A sheet or file: every table whose header stands in it; otherwise rows of cases, which are counted."""
    found = False
    for at, header in enumerate(rows):
        header = [plain(text) for text in header]
        for table in document.tables:
            wanted = [table.full(c) for c in range(len(table.columns))]
            own = not where.startswith("data/") and "!" not in where
            if not header or (header[0] != table.stub and not own):
                continue
            if own:
                from_own(document, table, header, rows[at + 1:], where)
                continue
            if not all(w in header for w in wanted):
                continue
            labels = [r[1] for r in table.rows]
            body = []
            for row in rows[at + 1:]:
                if not row or plain(row[0]) not in labels:
                    break
                body.append(row)
            if len(body) != len(labels) or sorted(plain(r[0]) for r in body) != sorted(labels):
                continue
            if f"data/{table.id}.csv" != where and where.startswith("data/"):
                continue
            if "!" in where and table.number and where.split("!")[1] != table.number:
                continue
            found = True
            for place, row in enumerate(body):
                to = labels.index(plain(row[0])) if labels.count(plain(row[0])) == 1 else place
                said = " ".join(plain(row[i]) for i, h in enumerate(header) if i < len(row) and h in ("blank", "status"))
                hidden = {part.split(":")[0].strip() for part in said.split(";") if HIDDEN.search(part)}
                for column, title in enumerate(wanted):
                    place_of = header.index(title)
                    text = row[place_of] if place_of < len(row) else ""
                    observe(document, table, to, column, text, where)
                    if table.columns[column][0] in hidden:
                        table.cells[to][column].hidden.append(where)
    if not found and len(rows) > 5 and not where.startswith("data/"):
        counted(document, rows, where)


def from_own(document, table, header, rows, where):
    """An author's own file: rows called as those of a table, columns called as its columns, or by words that begin alike."""
    labels = [r[1].lower() for r in table.rows]
    lines = [(labels.index(plain(row[0]).lower()), row) for row in rows if row and plain(row[0]).lower() in labels]
    if len(lines) < 2 or len({at for at, _ in lines}) < len(lines):
        return
    for place, title in enumerate(header[1:], 1):
        words = [w for w in re.findall(r"\w+", title.lower())]
        percent = any(w in ("procent", "percent", "andel", "%") for w in words)
        column = next((c for c in range(len(table.columns)) if table.columns[c][3] is None and any(
            w.startswith(table.columns[c][1].lower()[:max(3, len(table.columns[c][1]) - 2)]) or w == table.columns[c][0] or (table.is_total(c) and TOTAL.match(w)) for w in words)), None)
        told = [(at, plain(row[place]), table.cells[at][column]) for at, row in lines if column is not None and place < len(row)]
        if percent:
            for _, text, cell in told:
                if re.fullmatch(r"\d+([.,]\d+)?", text):
                    cell.percents.append((float(text.replace(",", ".")), len(text.partition(",")[2]), where))
        elif not any(cell.seen and whole(text) not in cell.seen for _, text, cell in told):
            for _, text, cell in told:
                if whole(text) is not None:
                    cell.seen.setdefault(whole(text), where)


def counted(document, rows, where):
    """Rows of cases in a file for download: counted by what the rows and columns of a table are called."""
    header, body = rows[0], [row for row in rows[1:] if any(plain(v) for v in row)]
    values = [{plain(row[c]) for row in body if c < len(row)} for c in range(len(header))]
    for table in document.tables:
        labels = {r[1].lower(): at for at, r in enumerate(table.rows) if not table.row_is_total(at)}
        heads = {}
        for c in range(len(table.columns)):
            if not table.is_total(c) and table.columns[c][3] is None:
                heads[table.columns[c][1].lower()] = c
        for a, have in enumerate(values):
            if len({v.lower() for v in have} & set(labels)) < 2:
                continue
            for b, other in enumerate(values):
                meant = {v: next((c for h, c in heads.items() if v and (h.startswith(v.lower()) or h == v.lower())), None) for v in other}
                if a == b or len({c for c in meant.values() if c is not None}) < 2:
                    continue
                tally = {}
                for row in body:
                    key = (labels.get(plain(row[a]).lower()), meant.get(plain(row[b])) if b < len(row) else None)
                    tally[key] = tally.get(key, 0) + 1
                known = [(table.cells[r][c].value(), tally.get((r, c), 0)) for r in labels.values() for c in heads.values()]
                if any(v is not None and v != n for v, n in known):
                    continue
                for r in labels.values():
                    for c in heads.values():
                        table.cells[r][c].seen.setdefault(tally.get((r, c), 0), f"counted in {where}")


def from_pdf(document, file):
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages).replace("\u00ad\n", "")
    lines = [plain(line) for line in text.split("\n")]
    for table in document.tables:
        if table.chart or not table.number:
            continue
        start = next((at for at, line in enumerate(lines) if line.startswith(f"{table.number}. ")), None)
        if start is None:
            continue
        for line in lines[start:start + 4 * len(table.rows) + 12]:
            for row, (_, label, _) in enumerate(table.rows):
                rest = line.removeprefix(label + " ") if line.startswith(label + " ") else None
                if rest and [r[1] for r in table.rows].count(label) == 1 and len(rest.split(" ")) == len(table.columns):
                    for column, part in enumerate(rest.split(" ")):
                        observe(document, table, row, column, part, f"{file.name}, {table.number}")
    paragraph = []
    for line in [*lines, ""]:
        paragraph.append(line)
        # A short line ends a paragraph, and rows of tables are none.
        if len(line) < 50:
            document.texts += [(file.name, part) for part in sentences(" ".join(paragraph))]
            paragraph = []


def from_svg(document, file):
    root = lxml.etree.parse(str(file)).getroot()
    space = "{http://www.w3.org/2000/svg}"
    for name in ("title", "desc", "text"):
        for element in root.iter(f"{space}{name}"):
            document.texts += [(f"{file.parent.name}/{file.name}", part) for part in sentences("".join(element.itertext()))]
    table = next((t for t in document.tables if t.id == f"chart-{file.stem}"), None)
    if table is not None:
        table.svg = root
