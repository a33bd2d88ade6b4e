"""Makes the data that the handbook's examples are counted from, in Swedish and English: a workbook and a map.
All of it is invented. The same files come out every time. Needs openpyxl.

    python docs/handbook/data.py
"""

import datetime
import io
import json
import math
import pathlib
import random
import re
import zipfile

import openpyxl
from openpyxl.styles import Font

HERE = pathlib.Path(__file__).parent / "content"
MADE = datetime.datetime(2026, 4, 1)
# Visits in 2024 and 2025, inhabitants, and answers of the survey by women and men: (yes, partly, no).
PLACES = [
    (1840, 2015, 18400, (7, 1, 0), (3, 2, 1)),
    (1310, 1275, 9700, (5, 1, 1), (3, 0, 1)),
    (960, 1108, 12600, (4, 1, 1), (3, 0, 0)),
    (540, 612, 7900, (2, 1, 0), (3, 0, 0)),
]
# Visits to all places, from April 2025 to March 2026, and what part of a hundred each place has.
MONTHS = [402, 385, 361, 240, 355, 428, 451, 412, 318, 395, 421, 467]
PARTS = [(40, 26, 22), (41, 24, 23), (42, 23, 22), (45, 20, 21), (41, 24, 23), (40, 25, 22), (39, 26, 22), (40, 25, 23), (41, 26, 21), (39, 26, 23),
         (38, 26, 24), (38, 25, 25)]  # fmt: skip
WORDS = {
    "handbok": dict(
        workbook="besok.xlsx", map="stadsdelar.geojson", places=["Centrum", "Hamnen", "Ängen", "Kvarnen"],
        sheet="Per plats", title="Besök per mötesplats", header=["Mötesplats", "2024", "2025", "Invånare"], source="Källa: besöksräkningen (påhittade tal)",
        survey="Enkät", columns=["Nr", "Mötesplats", "Kön", "Ålder", "Nöjd", "Minuter"], sexes=("Kvinna", "Man"), answers=("ja", "delvis", "nej"),
        months="Månader", month="Månad",
    ),
    "handbook": dict(
        workbook="visits.xlsx", map="districts.geojson", places=["Centre", "Harbour", "Meadow", "Mill"],
        sheet="By place", title="Visits by meeting place", header=["Meeting place", "2024", "2025", "Inhabitants"], source="Source: the count of visitors (invented)",
        survey="Survey", columns=["No", "Meeting place", "Sex", "Age", "Content", "Minutes"], sexes=("Woman", "Man"), answers=("yes", "partly", "no"),
        months="Months", month="Month",
    ),
}  # fmt: skip


def workbook(words):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = words["sheet"]
    sheet.append([words["title"]])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    sheet.append(words["header"])
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    for name, (before, now, inhabitants, *_) in zip(words["places"], PLACES):
        sheet.append([name, before, now, inhabitants])
    sheet.append([])
    sheet.append([words["source"]])
    survey = book.create_sheet(words["survey"])
    survey.append(words["columns"])
    for cell in survey[1]:
        cell.font = Font(bold=True)
    answers = [
        (name, sex, answer)
        for name, (*_, women, men) in zip(words["places"], PLACES)
        for sex, counts in zip(words["sexes"], (women, men))
        for answer, count in zip(words["answers"], counts)
        for _ in range(count)
    ]
    chance = random.Random(16).random  # random() alone is the same in every version of Python
    rows = sorted(((chance(), place) for place in range(len(answers))))
    for number, (_, place) in enumerate(rows, 1):
        name, sex, answer = answers[place]
        age = 18 + int(66 * (0.55 * chance() + 0.45 * chance()))
        minutes = 5 * (3 + int(21 * chance() * (0.55 if answer == words["answers"][2] else 1)))
        survey.append([number, name, sex, age, answer, minutes])
    months = book.create_sheet(words["months"])
    months.append([words["month"], *words["places"]])
    for cell in months[1]:
        cell.font = Font(bold=True)
    for at, (total, parts) in enumerate(zip(MONTHS, PARTS)):
        first = [round(total * part / 100) for part in parts]
        year, month = divmod(2025 * 12 + 3 + at, 12)
        months.append([f"{year}-{month + 1:02}", *first, total - sum(first)])
    for page in book:
        page.column_dimensions["A"].width = 18
    book.properties.created = book.properties.modified = MADE
    book.properties.creator = "Belägg"
    out = io.BytesIO()
    book.save(out)
    # The time of each part goes into the file: the same for all.
    same = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(same, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-04-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(name, (2026, 4, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return same.getvalue()


def line(start, end, wave, seed):
    """A border from one point to another that winds; without the last point."""
    (x0, y0), (x1, y1) = start, end
    points = []
    for at in range(24):
        part = at / 24
        off = wave * math.sin(part * math.pi) * (math.sin(seed + part * 11) + 0.5 * math.sin(2 * seed + part * 23))
        length = math.hypot(x1 - x0, y1 - y0)
        points.append([round(x0 + (x1 - x0) * part - off * (y1 - y0) / length), round(y0 + (y1 - y0) * part + off * (x1 - x0) / length)])
    return points


def districts(words):
    # Corners, mid-points and the place where all four meet, in metres.
    ne, nw, sw, se = (12000, 9000), (0, 9600), (400, 0), (11600, 400)
    north, south, west, east, middle = (5600, 9700), (6600, -300), (-300, 4600), (12300, 4200), (6000, 4900)
    spokes = {name: line(middle, end, 260, seed) + [list(end)] for name, end, seed in [("n", north, 1), ("s", south, 2), ("w", west, 3), ("e", east, 4)]}
    rim = {
        "n-nw": line(north, nw, 220, 5), "nw-w": line(nw, west, 220, 6), "w-sw": line(west, sw, 220, 7), "sw-s": line(sw, south, 220, 8),
        "s-se": line(south, se, 220, 9), "se-e": line(se, east, 220, 10), "e-ne": line(east, ne, 220, 11), "ne-n": line(ne, north, 220, 12),
    }  # fmt: skip
    quarters = [("n", "n-nw", "nw-w", "w"), ("w", "w-sw", "sw-s", "s"), ("s", "s-se", "se-e", "e"), ("e", "e-ne", "ne-n", "n")]
    features = []
    for name, (out, first, second, back) in zip(words["places"], quarters):
        ring = spokes[out][:-1] + rim[first] + rim[second] + spokes[back][::-1]
        features.append({"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}})
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")) + "\n"


for folder, words in WORDS.items():
    data = HERE / folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    (data / words["workbook"]).write_bytes(workbook(words))
    (data / words["map"]).write_text(districts(words), encoding="utf-8")
