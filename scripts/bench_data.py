"""The workspace that scripts/bench measures: a report about the care of the elderly for each municipality of Sweden, out of one folder and one CSV.

The municipalities are real, their numbers are not: a generator with a seed makes them, the same each time. 26 reports are those of the county of Stockholm.
The texts, findings and charts stand in bench_report.py.
"""

import random
import unicodedata

import bench_report

COUNTIES = {
    "Stockholms län": "Botkyrka, Danderyd, Ekerö, Haninge, Huddinge, Järfälla, Lidingö, Nacka, Norrtälje, Nykvarn, Nynäshamn, Salem, Sigtuna, Sollentuna, "
    "Solna, Stockholm, Sundbyberg, Södertälje, Tyresö, Täby, Upplands Väsby, Upplands-Bro, Vallentuna, Vaxholm, Värmdö, Österåker",
    "Uppsala län": "Enköping, Heby, Håbo, Knivsta, Tierp, Uppsala, Älvkarleby, Östhammar",
    "Södermanlands län": "Eskilstuna, Flen, Gnesta, Katrineholm, Nyköping, Oxelösund, Strängnäs, Trosa, Vingåker",
    "Östergötlands län": "Boxholm, Finspång, Kinda, Linköping, Mjölby, Motala, Norrköping, Söderköping, Vadstena, Valdemarsvik, Ydre, Åtvidaberg, Ödeshög",
    "Jönköpings län": "Aneby, Eksjö, Gislaved, Gnosjö, Habo, Jönköping, Mullsjö, Nässjö, Sävsjö, Tranås, Vaggeryd, Vetlanda, Värnamo",
    "Kronobergs län": "Alvesta, Lessebo, Ljungby, Markaryd, Tingsryd, Uppvidinge, Växjö, Älmhult",
    "Kalmar län": "Borgholm, Emmaboda, Hultsfred, Högsby, Kalmar, Mönsterås, Mörbylånga, Nybro, Oskarshamn, Torsås, Vimmerby, Västervik",
    "Gotlands län": "Gotland",
    "Blekinge län": "Karlshamn, Karlskrona, Olofström, Ronneby, Sölvesborg",
    "Skåne län": "Bjuv, Bromölla, Burlöv, Båstad, Eslöv, Helsingborg, Hässleholm, Höganäs, Hörby, Höör, Klippan, Kristianstad, Kävlinge, Landskrona, Lomma, "
    "Lund, Malmö, Osby, Perstorp, Simrishamn, Sjöbo, Skurup, Staffanstorp, Svalöv, Svedala, Tomelilla, Trelleborg, Vellinge, Ystad, Åstorp, Ängelholm, "
    "Örkelljunga, Östra Göinge",
    "Hallands län": "Falkenberg, Halmstad, Hylte, Kungsbacka, Laholm, Varberg",
    "Västra Götalands län": "Ale, Alingsås, Bengtsfors, Bollebygd, Borås, Dals-Ed, Essunga, Falköping, Färgelanda, Grästorp, Gullspång, Göteborg, Götene, "
    "Herrljunga, Hjo, Härryda, Karlsborg, Kungälv, Lerum, Lidköping, Lilla Edet, Lysekil, Mariestad, Mark, Mellerud, Munkedal, Mölndal, Orust, Partille, "
    "Skara, Skövde, Sotenäs, Stenungsund, Strömstad, Svenljunga, Tanum, Tibro, Tidaholm, Tjörn, Tranemo, Trollhättan, Töreboda, Uddevalla, Ulricehamn, Vara, "
    "Vårgårda, Vänersborg, Åmål, Öckerö",
    "Värmlands län": "Arvika, Eda, Filipstad, Forshaga, Grums, Hagfors, Hammarö, Karlstad, Kil, Kristinehamn, Munkfors, Storfors, Sunne, Säffle, Torsby, "
    "Årjäng",
    "Örebro län": "Askersund, Degerfors, Hallsberg, Hällefors, Karlskoga, Kumla, Laxå, Lekeberg, Lindesberg, Ljusnarsberg, Nora, Örebro",
    "Västmanlands län": "Arboga, Fagersta, Hallstahammar, Kungsör, Köping, Norberg, Sala, Skinnskatteberg, Surahammar, Västerås",
    "Dalarnas län": "Avesta, Borlänge, Falun, Gagnef, Hedemora, Leksand, Ludvika, Malung-Sälen, Mora, Orsa, Rättvik, Smedjebacken, Säter, Vansbro, Älvdalen",
    "Gävleborgs län": "Bollnäs, Gävle, Hofors, Hudiksvall, Ljusdal, Nordanstig, Ockelbo, Ovanåker, Sandviken, Söderhamn",
    "Västernorrlands län": "Härnösand, Kramfors, Sollefteå, Sundsvall, Timrå, Ånge, Örnsköldsvik",
    "Jämtlands län": "Berg, Bräcke, Härjedalen, Krokom, Ragunda, Strömsund, Åre, Östersund",
    "Västerbottens län": "Bjurholm, Dorotea, Lycksele, Malå, Nordmaling, Norsjö, Robertsfors, Skellefteå, Sorsele, Storuman, Umeå, Vilhelmina, Vindeln, "
    "Vännäs, Åsele",
    "Norrbottens län": "Arjeplog, Arvidsjaur, Boden, Gällivare, Haparanda, Jokkmokk, Kalix, Kiruna, Luleå, Pajala, Piteå, Älvsbyn, Överkalix, Övertorneå",
}
REPORT = "aldreomsorg"
FIRST_YEAR, LAST_YEAR = 2015, 2024
AGES = ("65", "80", "90")
SEXES = ("k", "m")
QUESTIONS = ("helhet", "bemotande", "tid", "inflytande", "trygghet", "information", "kontakt", "maten")


def municipalities(count):
    """Names with their counties: the first `count`."""
    named = [(name, county) for county, names in COUNTIES.items() for name in names.split(", ")]
    if not 0 < count <= len(named):
        raise SystemExit(f"bench: there are {len(named)} municipalities")
    return named[:count]


def slug(name):
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "-")


def ids(count):
    """Names of the reports' rows; Håbo and Habo would have the same."""
    taken = []
    for name, _ in municipalities(count):
        taken.append(slug(name) + ("-lan" if slug(name) in taken else ""))
    return taken


def reports(count):
    return [f"{REPORT}-{name}" for name in ids(count)]


def rows(count):
    """The lines of the CSV: a municipality each, with all that its report is made of."""
    seeded = random.Random(19)
    out = []
    for name, (municipality, county) in zip(ids(count), municipalities(count)):
        elderly = int(seeded.lognormvariate(8.2, 0.8)) + 900
        row = {"id": name, "Kommun": municipality, "Lan": county, "Aldre": elderly, "Invanare": int(elderly * seeded.uniform(3.6, 6.0))}
        for kind, part in (("h", 0.09), ("b", 0.045)):
            for age, weight in zip(AGES, (0.26, 0.46, 0.28)):
                for sex, share in zip(SEXES, (0.64, 0.36)):
                    row[f"{kind}{sex}{age}"] = max(5, int(elderly * part * weight * share * seeded.uniform(0.8, 1.2)))
        level = seeded.uniform(7.5, 10.5)
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            level += seeded.uniform(-0.45, 0.4)
            row[f"a{year}"] = f"{level:.1f}"
        for question in QUESTIONS:
            row[question] = seeded.randint(58, 96)
        row["svar"] = sum(row[f"h{sex}{age}"] for sex in SEXES for age in AGES) * seeded.randint(45, 75) // 100
        row["kostnad"] = seeded.randint(248, 342)
        row["utbildade"] = seeded.randint(64, 93)
        row["vantan"] = seeded.randint(18, 96)
        row["personal"] = seeded.randint(9, 21)
        out.append(row)
    return out


def write(folder, count):
    """Writes the workspace: one folder of content, its charts, and belagg.yaml."""
    table = rows(count)
    files = bench_report.files(REPORT)
    files[f"content/{REPORT}/data/kommuner.csv"] = "".join(";".join(map(str, line)) + "\n" for line in (table[0], *(row.values() for row in table)))
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
