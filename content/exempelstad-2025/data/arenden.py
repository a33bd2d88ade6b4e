"""Makes arenden.xlsx: invented case rows of an invented city. The same file comes out every time. Needs openpyxl.

    python content/exempelstad-2025/data/arenden.py

How many cases each district has of each kind is laid down here; chance, from a fixed seed, only says which case gets what.
"""

import datetime
import io
import pathlib
import random
import zipfile

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

FILE = pathlib.Path(__file__).with_name("arenden.xlsx")
MADE = datetime.datetime(2025, 10, 31)
chance = random.Random(2233).random  # random() alone is the same in every version of Python

YES, NO, UNKNOWN = "ja", "nej", "uppgift saknas"
# By district: decisions (granted, in part, refused), women among them, and among the granted: implementation plan and own goals
# (yes, no, unknown), followed up, not yet begun; days of handling (up to 30, up to 60, more).
DISTRICTS = {
    "Norra": dict(decisions=(35, 7, 8), women=(16, 4, 5), plan=(27, 9, 6), goals=(15, 20, 7), followed=17, waiting=5, days=(14, 22, 9)),
    "Östra": dict(decisions=(25, 7, 8), women=(12, 4, 5), plan=(20, 7, 5), goals=(19, 8, 5), followed=21, waiting=5, days=(5, 13, 17)),
    "Södra": dict(decisions=(31, 10, 15), women=(15, 6, 8), plan=(21, 13, 7), goals=(13, 20, 8), followed=18, waiting=6, days=(11, 25, 15)),
    "Västra": dict(decisions=(25, 6, 7), women=(13, 4, 4), plan=(14, 11, 6), goals=(11, 13, 7), followed=19, waiting=9, days=(6, 17, 10)),
}
ESCORT, CONTACT = "Ledsagarservice", "Kontaktperson"
ESCORTS = {("K", "beviljat"): 31, ("K", "delvis"): 14, ("K", "avslag"): 13, ("M", "beviljat"): 27, ("M", "delvis"): 10, ("M", "avslag"): 7}
NEEDS = [("fritid", 0.56), ("umgänge", 0.44), ("ärenden", 0.36), ("motion", 0.29), ("vård", 0.24), ("förening", 0.19)]
REASONS = [("annat sätt", 0.46), ("livsföring", 0.32), ("omfattning", 0.30), ("personkrets", 0.22)]
HEADER = [
    "Nr", "Distrikt", "Kön", "Ålder", "Insats", "Behov", "Ansökan", "Beslutsdatum", "Dagar", "Beslut", "Skäl", "Sökta timmar",
    "Beviljade timmar", "Individuell plan", "Genomförandeplan", "Egna mål", "Startdatum", "Dagar till start", "Uppföljning",
    "Dagar till uppföljning",
]  # fmt: skip


def between(low, high):
    return low + int(chance() * (high - low + 1))


def deal(cases, key, values, prefer=lambda case: 0):
    """Gives each case one of the values, in their order to those who are preferred or lucky."""
    assert len(cases) == len(values), (key, len(cases), len(values))
    for case, value in zip(sorted(cases, key=lambda case: chance() - prefer(case)), values):
        case[key] = value


def several(choices, least=1):
    chosen = [name for name, share in choices if chance() < share]
    while len(chosen) < least:
        name = choices[between(0, len(choices) - 1)][0]
        chosen += [name] if name not in chosen else []
    return "; ".join(chosen)


def answers(yes, no, unknown):
    return [YES] * yes + [UNKNOWN] * unknown + [NO] * no


def woman(case, weight=0.15):
    return weight if case["Kön"] == "K" else 0


def district(name, kinds):
    cases = []
    for decision, number, women in zip(("beviljat", "delvis", "avslag"), kinds["decisions"], kinds["women"]):
        cases += [{"Distrikt": name, "Beslut": decision, "Kön": "K" if n < women else "M"} for n in range(number)]
    granted = [case for case in cases if case["Beslut"] != "avslag"]
    deal(granted, "Genomförandeplan", answers(*kinds["plan"]), woman)
    deal(granted, "Egna mål", answers(*kinds["goals"]), lambda case: woman(case, 0.2))
    deal(granted, "begun", [True] * (len(granted) - kinds["waiting"]) + [False] * kinds["waiting"])
    begun = [case for case in granted if case["begun"]]
    deal(begun, "followed", [True] * kinds["followed"] + [False] * (len(begun) - kinds["followed"]), lambda case: woman(case, 0.12))
    low, middle, high = kinds["days"]
    unknown = len(cases) - sum(kinds["days"])
    deal(cases, "Dagar", [between(12, 30) for _ in range(low)] + [between(31, 60) for _ in range(middle)]
         + [between(61, 118) for _ in range(high)] + [None] * unknown)  # fmt: skip
    return cases


def dates(case):
    decided = datetime.date(2024, 1, 1) + datetime.timedelta(between(0, 365))
    case["Beslutsdatum"] = decided
    days = case["Dagar"]
    case["Ansökan"] = decided - datetime.timedelta(days) if days is not None else UNKNOWN
    if case.get("begun"):
        wait = between(18, 125) if case["Insats"] == CONTACT else between(7, 75)
        case["Dagar till start"], case["Startdatum"] = wait, decided + datetime.timedelta(wait)
    if case.get("followed"):
        wait = min(case["Dagar till start"] + between(45, 200), (datetime.date(2025, 8, 29) - decided).days)
        case["Dagar till uppföljning"], case["Uppföljning"] = wait, decided + datetime.timedelta(wait)


def hours(case):
    if case["Insats"] == CONTACT:
        return
    sought = 4 + between(0, 16) + (0 if case["Kön"] == "K" else between(0, 3))
    case["Sökta timmar"] = sought
    if case["Beslut"] == "beviljat":
        case["Beviljade timmar"] = sought
    elif case["Beslut"] == "delvis":
        case["Beviljade timmar"] = max(2, round(sought * (0.4 + 0.3 * chance())))


def cases():
    made = [case for name, kinds in DISTRICTS.items() for case in district(name, kinds)]
    for (sex, decision), escorts in ESCORTS.items():
        alike = [case for case in made if (case["Kön"], case["Beslut"]) == (sex, decision)]
        deal(alike, "Insats", [ESCORT] * escorts + [CONTACT] * (len(alike) - escorts))
    for case in made:
        case["Ålder"] = 18 + int((chance() ** 1.35) * 54)
        case["Behov"] = several(NEEDS)
        if case["Beslut"] == "avslag":
            case["Skäl"] = several([reason for reason in REASONS if reason[0] != "omfattning"])
        elif case["Beslut"] == "delvis":
            case["Skäl"] = several([reason for reason in REASONS if reason[0] != "personkrets"])
        dates(case)
        hours(case)
    granted = [case for case in made if case["Beslut"] != "avslag"]
    deal(granted, "Individuell plan", answers(47, 63, 36), lambda case: woman(case, 0.15))
    for key, number in [("Behov", 14), ("Skäl", 11)]:
        chosen = [case for case in made if key in case]
        deal(chosen, "unknown", [True] * number + [False] * (len(chosen) - number))
        for case in chosen:
            if case.pop("unknown"):
                case[key] = UNKNOWN
    made.sort(key=lambda case: (case["Beslutsdatum"], case["Distrikt"], case["Ålder"]))
    for number, case in enumerate(made, 1):
        case["Nr"] = f"E-{number:03}"
    return made


def save(rows):
    book = openpyxl.Workbook()
    about = book.active
    about.title = "Läs mig"
    for line in [
        "Påhittade ärenden i en påhittad stad. Ingen rad beskriver en verklig person.",
        "Bladet Ärenden har en rad för varje beslut om ledsagarservice eller kontaktperson under 2024.",
        "Flera behov eller skäl i samma cell skiljs åt med semikolon. En tom cell betyder att frågan inte gäller ärendet eller att datum saknas.",
        "”uppgift saknas” betyder att inspektören har letat i akten och inte funnit svaret.",
    ]:
        about.append([line])
    sheet = book.create_sheet("Ärenden")
    sheet["A1"] = "Aktgranskning i Exempelstad, september och oktober 2025 (påhittad)"
    for column, text in enumerate(HEADER, 1):
        sheet.cell(3, column, text).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = max(11, len(text) + 2)
    sheet.freeze_panes = "A4"
    for row, case in enumerate(rows, 4):
        for column, key in enumerate(HEADER, 1):
            if case.get(key) is not None:
                sheet.cell(row, column, case[key])
    book.properties.title = "Påhittade ärenden, Exempelstad"
    book.properties.creator = "Exempelstad"
    book.properties.created = MADE
    stream = io.BytesIO()
    book.save(stream)
    # The moment of saving stands in the archive and in one of its files: both are set.
    with zipfile.ZipFile(stream) as made, zipfile.ZipFile(FILE, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in sorted(made.namelist()):
            content = made.read(name)
            if name == "docProps/core.xml":
                before, _, rest = content.decode().partition('<dcterms:modified xsi:type="dcterms:W3CDTF">')
                content = f'{before}<dcterms:modified xsi:type="dcterms:W3CDTF">{MADE.isoformat()}Z{rest[rest.index("<"):]}'.encode()
            fixed.writestr(zipfile.ZipInfo(name, MADE.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    save(cases())
