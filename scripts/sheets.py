"""Workbooks in the styles of many programs, each read by belagg and by a second reader. See scripts/sheets."""

import argparse
import csv
import datetime
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import openpyxl.utils.datetime as epochs
import xlrd
import xlsxwriter
import xlwt

LABELS = ["Malmö", "Å – Ä & Ö", "<b>fet</b>", "A 1", "=1+1", "Örnsköldsvik"]
DAYS = [
    datetime.date(1904, 1, 2),
    datetime.date(1951, 6, 15),
    datetime.date(1999, 12, 31),
    datetime.date(2024, 2, 29),
    datetime.date(2024, 12, 31),
    datetime.date(2100, 3, 1),
]
AMOUNTS = [12.1, 0.1 + 0.2, -3.5, 1234567.891, 0.0, 1e9]
SHARES = [0.5, 0.547, 0.01, 1.25, 0.0, 0.333]
HEADER = ["Enhet", "Dag", "Belopp", "Andel"]
DATE_FORMATS = ["yyyy-mm-dd", "d mmmm yyyy", "mm-dd-yy", "[$-41D]d\\ mmmm\\ yyyy;@", "yyyy-mm-dd hh:mm"]


def rows():
    return zip(LABELS, DAYS, AMOUNTS, SHARES)


def by_openpyxl(path, since_1904, form):
    book = openpyxl.Workbook()
    if since_1904:
        book.epoch = epochs.CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(HEADER)
    for label, day, amount, share in rows():
        sheet.append([label, datetime.datetime.combine(day, datetime.time(13, 30)) if "hh" in form else day, amount, share])
        sheet.cell(sheet.max_row, 1).data_type = "s"
        sheet.cell(sheet.max_row, 2).number_format = form
        sheet.cell(sheet.max_row, 4).number_format = "0.0%"
    book.save(path)


def by_xlsxwriter(path, since_1904, form, **options):
    book = xlsxwriter.Workbook(path, {"date_1904": since_1904, **options})
    sheet = book.add_worksheet("Tabell 1")
    day_format, share_format = book.add_format({"num_format": form}), book.add_format({"num_format": "0.0 %"})
    sheet.write_row(0, 0, HEADER)
    for at, (label, day, amount, share) in enumerate(rows(), 1):
        sheet.write_string(at, 0, label)
        sheet.write_datetime(at, 1, datetime.datetime.combine(day, datetime.time()), day_format)
        sheet.write_number(at, 2, amount)
        sheet.write_number(at, 3, share, share_format)
    book.close()


def rewritten(path, part, change):
    """The same workbook with one part of it changed."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = next(name for name in parts if name.endswith(part))
    parts[name] = change(parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)


X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"


def with_extension(path, attributes):
    """As newer versions of Excel write: properties of the same name in an extension, which say nothing of the workbook's days."""
    extension = (
        f'<extLst><ext uri="{{140A7094-0E35-4892-8432-C4D2E57EDEB5}}" xmlns:x15="{X15}">'
        f"<x15:workbookPr {attributes}/></ext></extLst>"
    )
    rewritten(path, "xl/workbook.xml", lambda text: text.replace("</workbook>", extension + "</workbook>"))


def without_names_of_cells(path):
    """As programs write that leave out where a cell stands."""
    rewritten(path, "worksheets/sheet1.xml", lambda text: re.sub(r' r="[A-Z]+[0-9]+"', "", text))


def with_prefixes(path):
    """As libraries of Java and .NET write: every element with a prefix."""

    def change(text):
        text = re.sub(r"<(/?)([A-Za-z]\w*)(?=[\s/>])", r"<\1x:\2", text)
        return text.replace('xmlns="', 'xmlns:x="', 1)

    rewritten(path, "worksheets/sheet1.xml", change)
    rewritten(path, "xl/styles.xml", change)


def in_full(path):
    """As Excel writes days with a type of their own (ISO 8601) in strict files."""
    start = datetime.date(1899, 12, 30)

    def change(text):
        cell = r'<c r="(B[0-9]+)" s="([0-9]+)"(?: t="n")?><v>([0-9]+)</v></c>'
        day = lambda serial: (start + datetime.timedelta(days=int(serial))).isoformat()
        return re.sub(cell, lambda at: f'<c r="{at[1]}" s="{at[2]}" t="d"><v>{day(at[3])}T00:00:00</v></c>', text)

    rewritten(path, "worksheets/sheet1.xml", change)


def by_xlwt(path, since_1904, form):
    book = xlwt.Workbook()
    book.dates_1904 = since_1904
    sheet = book.add_sheet("Blad1")
    for column, name in enumerate(HEADER):
        sheet.write(0, column, name)
    day_style, share_style = xlwt.easyxf(num_format_str=form), xlwt.easyxf(num_format_str="0.0%")
    for at, (label, day, amount, share) in enumerate(rows(), 1):
        sheet.write(at, 0, label)
        sheet.write(at, 1, day, day_style)
        sheet.write(at, 2, amount)
        sheet.write(at, 3, share, share_style)
    book.save(str(path))


def ods(path, style):
    """As LibreOffice writes (`full`), and as small libraries do (`plain`)."""
    from xml.sax.saxutils import escape

    text = lambda words: f'<table:table-cell office:value-type="string"><text:p>{escape(words)}</text:p></table:table-cell>'
    typed = lambda kind, name, value, shown: (
        f'<table:table-cell table:style-name="ce1" office:value-type="{kind}" office:{name}="{value}" calcext:value-type="{kind}">'
        + (f"<text:p>{shown}</text:p>" if style == "full" else "")
        + "</table:table-cell>"
    )
    empty = '<table:table-cell table:number-columns-repeated="16380"/>' if style == "full" else ""
    line = lambda cells: f"<table:table-row>{''.join(cells)}{empty}</table:table-row>"
    body = line(map(text, HEADER))
    for label, day, amount, share in rows():
        body += line(
            [
                text(label),
                typed("date", "date-value", day.isoformat() + ("T13:30:00" if style == "full" else ""), day.isoformat()),
                typed("float", "value", repr(amount), amount),
                typed("percentage", "value", repr(share), f"{share:.1%}"),
            ]
        )
    if style == "full":
        body += '<table:table-row table:number-rows-repeated="1048569"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }
    declared = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in names.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {declared} office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Blad1">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)


def workbooks(folder):
    """Makes all of them; gives their paths."""
    made = []

    def make(name, maker, *arguments, then=(), **options):
        path = folder / name
        maker(path, *arguments, **options)
        for change, *more in then:
            change(path, *more)
        made.append(path)

    for since_1904 in (False, True):
        year = "1904" if since_1904 else "1900"
        attributes = f'chartTrackingRefBase="1" date1904="{int(not since_1904)}"'
        for at, form in enumerate(DATE_FORMATS):
            make(f"openpyxl-{year}-{at}.xlsx", by_openpyxl, since_1904, form)
            make(f"xlsxwriter-{year}-{at}.xlsx", by_xlsxwriter, since_1904, form)
            extended = [(with_extension, attributes)]
            make(f"extension-{year}-{at}.xlsx", by_xlsxwriter, since_1904, form, then=extended)
        make(f"inline-{year}.xlsx", by_xlsxwriter, since_1904, DATE_FORMATS[0], constant_memory=True)
        make(f"no-places-{year}.xlsx", by_xlsxwriter, since_1904, DATE_FORMATS[0], then=[(without_names_of_cells,)])
        make(f"prefixes-{year}.xlsx", by_xlsxwriter, since_1904, DATE_FORMATS[0], then=[(with_prefixes,)])
        for at, form in enumerate(DATE_FORMATS[:3]):
            make(f"xlwt-{year}-{at}.xls", by_xlwt, since_1904, form)
    make("iso.xlsx", by_xlsxwriter, False, DATE_FORMATS[0], then=[(in_full,)])
    for style in ("full", "plain"):
        make(f"libreoffice-{style}.ods", ods, style)
    return made


def second_reading(path):
    """Label, day, number and share of each row, as another reader has them."""
    if path.suffix == ".ods":
        yield from rows()
    elif path.suffix == ".xls":
        book = xlrd.open_workbook(path)
        sheet = book.sheet_by_index(0)
        for at in range(1, sheet.nrows):
            label, day, amount, share = sheet.row_values(at)
            yield label, xlrd.xldate_as_datetime(day, book.datemode).date(), amount, share
    else:
        for label, day, amount, share in openpyxl.load_workbook(path, data_only=True).active.iter_rows(min_row=2, values_only=True):
            yield label, day.date() if isinstance(day, datetime.datetime) else day, amount, share


def rounded(number, decimals):
    return Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--belagg", default="target/release/belagg")
    belagg = Path(parser.parse_args().belagg).resolve()
    with tempfile.TemporaryDirectory() as temporary:
        workspace = Path(temporary)
        data = workspace / "content/r/data"
        data.mkdir(parents=True)
        (workspace / "belagg.yaml").write_text("rules: {TAB012: off, TAB013: off}\n")
        (workspace / "content/r/report.yaml").write_text(
            'kind: inspection-report\ntitle: Arbetsböcker\nversion: "1.0"\ndate: 2025-01-01\nstatus: published\n'
            "imprint: {reference: Dnr 1, publisher: Exempelstad, contact: Kansliet}\nchapters: [kapitel.md]\n"
        )
        books = workbooks(data)
        findings, chapter = "tables:\n", "# Resultat\n"
        for at, path in enumerate(books):
            kind = "ods" if path.suffix == ".ods" else "xlsx"
            findings += (
                f"  t{at}:\n    caption: {path.name}\n    stub: S\n    {kind}: data/{path.name}\n    columns:\n"
                "      - {id: day, label: Dag, type: date}\n"
                "      - {id: amount, from: Belopp, label: B, type: amount, decimals: 3}\n"
                "      - {id: share, from: D, label: A, type: percent, decimals: 1}\n"
            )
            chapter += f"\n{{{{ table t{at} }}}}\n"
        (workspace / "content/r/findings").mkdir()
        (workspace / "content/r/findings/f.yaml").write_text(findings)
        (workspace / "content/r/kapitel.md").write_text(chapter)
        run = subprocess.run([belagg, "build"], cwd=workspace, capture_output=True, text=True)
        if run.returncode:
            print(run.stderr)
            print(f"0 passed, {len(books)} failed")
            return 1
        failed = 0
        for at, path in enumerate(books):
            text = (workspace / f"output/r/1.0/data/t{at}.csv").read_text(encoding="utf-8-sig")
            ours = []
            for label, day, amount, share, *_ in list(csv.reader(io.StringIO(text)))[1:]:
                # A download is no formula to a spreadsheet.
                ours.append((label.removeprefix("'"), day, rounded(amount, 3), rounded(share, 1)))
            theirs = [
                (label, day.isoformat(), rounded(amount, 3), rounded(Decimal(repr(float(share))) * 100, 1))
                for label, day, amount, share in second_reading(path)
            ]
            if ours != theirs:
                failed += 1
                print(f"{path.name}:")
                for one, other in zip(ours, theirs):
                    if one != other:
                        print(f"  belagg {one}\n  second {other}")
                if len(ours) != len(theirs):
                    print(f"  {len(ours)} rows, and {len(theirs)}")
        print(f"{len(books) - failed} passed, {failed} failed")
        return 1 if failed else 0


sys.exit(main())
