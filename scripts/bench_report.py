"""What the reports of scripts/bench_data.py are made of: some pages of text with bound numbers, tables, charts, notes and sources.

All but the municipalities' names is invented. Nearly every paragraph has a name or a number of its own, as such reports have.
"""

WORKSPACE = """\
language: sv
publisher: {name: Exempelverket (påhittat), unit: Enheten för öppna jämförelser}
theme: {accent: "#1f5a63"}
licence: CC-BY-4.0
"""

REPORT = """\
kind: report
for-each: data/kommuner.csv
title: "Äldreomsorgen i {{ param.kommun }}"
subtitle: Hemtjänst, särskilt boende och vad de äldre själva tycker, 2024
series: Äldreomsorgen i kommunerna 2024
description: "Hur äldreomsorgen i {{ param.kommun }} såg ut 2024, jämförd med länet och riket. Alla tal är påhittade."
keywords: [äldreomsorg, hemtjänst, särskilt boende, kommun]
version: "1.0"
date: 2025-03-14
status: published
invented: Alla tal, källor och slutsatser är påhittade. Bara kommunernas namn finns.
imprint:
  reference: "Dnr EX 2025/{{ param.id }}"
  contact: Enheten för öppna jämförelser
citation-style: notes
chapters: [sammanfattning.md, inledning.md, hemtjanst.md, boende.md, brukare.md, personal.md, slutsatser.md, referenser.md]
"""

CARE = """\
figures:
  elderly: {label: invånare som är 65 år eller äldre, count: "{{ param.aldre }}"}
  inhabitants: {label: invånare, count: "{{ param.invanare }}"}
  elderly.share: {label: andel som är 65 år eller äldre, share: [elderly, inhabitants], decimals: 1}
  home.young: {label: personer under 80 år med hemtjänst, women: "{{ param.hk65 }}", men: "{{ param.hm65 }}", base: home}
  home.old: {label: personer mellan 80 och 89 år med hemtjänst, women: "{{ param.hk80 }}", men: "{{ param.hm80 }}", base: home}
  home.oldest: {label: personer över 90 år med hemtjänst, women: "{{ param.hk90 }}", men: "{{ param.hm90 }}", base: home}
  home: {label: personer med hemtjänst, sum: [home.young, home.old, home.oldest], base: elderly}
  housing.young: {label: personer under 80 år i särskilt boende, women: "{{ param.bk65 }}", men: "{{ param.bm65 }}", base: housing}
  housing.old: {label: personer mellan 80 och 89 år i särskilt boende, women: "{{ param.bk80 }}", men: "{{ param.bm80 }}", base: housing}
  housing.oldest: {label: personer över 90 år i särskilt boende, women: "{{ param.bk90 }}", men: "{{ param.bm90 }}", base: housing}
  housing: {label: personer i särskilt boende, sum: [housing.young, housing.old, housing.oldest], base: elderly}
  both: {label: personer med hemtjänst eller särskilt boende, sum: [home, housing], base: elderly}
  wait: {label: väntan på särskilt boende, amount: "{{ param.vantan }}", unit: dagar}
  wait.country: {label: väntan på särskilt boende i riket, amount: 52, unit: dagar}
tables:
  home-care:
    caption: "Personer med hemtjänst i {{ param.kommun }} efter ålder"
    stub: Ålder
    columns: [women, men]
    rows:
      - {id: a65, label: 65–79 år, women: "{{ param.hk65 }}", men: "{{ param.hm65 }}"}
      - {id: a80, label: 80–89 år, women: "{{ param.hk80 }}", men: "{{ param.hm80 }}"}
      - {id: a90, label: 90 år och äldre, women: "{{ param.hk90 }}", men: "{{ param.hm90 }}"}
    note: Personer som bara har trygghetslarm eller matdistribution ingår inte.
    source: Kommunens register över insatser, december 2024 (påhittat)
  housing:
    caption: "Personer i särskilt boende i {{ param.kommun }} efter ålder"
    stub: Ålder
    columns: [women, men]
    rows:
      - {id: a65, label: 65–79 år, women: "{{ param.bk65 }}", men: "{{ param.bm65 }}"}
      - {id: a80, label: 80–89 år, women: "{{ param.bk80 }}", men: "{{ param.bm80 }}"}
      - {id: a90, label: 90 år och äldre, women: "{{ param.bk90 }}", men: "{{ param.bm90 }}"}
    source: Kommunens register över insatser, december 2024 (påhittat)
"""

YEARS = """\
figures:
  share.now: {label: andel med hemtjänst 2024, cell: {table: development, row: y2024, column: own}}
  share.before: {label: andel med hemtjänst 2023, cell: {table: development, row: y2023, column: own}}
  share.first: {label: andel med hemtjänst 2015, cell: {table: development, row: y2015, column: own}}
  share.country: {label: andel med hemtjänst i riket 2024, cell: {table: development, row: y2024, column: country}}
  share.change: {label: förändring av andelen med hemtjänst sedan 2015, change: [share.first, share.now]}
  share.most: {label: högsta andelen med hemtjänst, max: {table: development, column: own}}
tables:
  development:
    caption: "Andel av de äldre som har hemtjänst, {{ param.kommun }}, länet och riket"
    stub: År
    columns:
      - {id: own, label: "{{ param.kommun }}", type: percent, decimals: 1}
      - {id: county, label: "{{ param.lan }}", type: percent, decimals: 1}
      - {id: country, label: Riket, type: percent, decimals: 1}
    rows:
"""

QUALITY = """\
figures:
  answers: {label: svarande i enkäten, count: "{{ param.svar }}"}
  staff: {label: andel utbildad personal, percent: "{{ param.utbildade }}", as-published: true, source: Personalregistret}
  staff.country: {label: andel utbildad personal i riket, percent: 77, as-published: true, source: Personalregistret}
  continuity: {label: personal som en person möter på fjorton dagar, amount: "{{ param.personal }}", unit: anställda}
  cost: {label: kostnad för en person i hemtjänst, amount: "{{ param.kostnad }}", unit: tkr}
  cost.country: {label: kostnad för en person i hemtjänst i riket, amount: 291, unit: tkr}
  overall: {label: andel som är nöjda med hemtjänsten i stort, cell: {table: survey, row: helhet, column: own}}
  overall.country: {label: andel i riket som är nöjda med hemtjänsten i stort, cell: {table: survey, row: helhet, column: country}}
  treatment: {label: andel som tycker att bemötandet är bra, cell: {table: survey, row: bemotande, column: own}}
  influence: {label: andel som kan påverka när personalen kommer, cell: {table: survey, row: inflytande, column: own}}
  influence.country: {label: andel i riket som kan påverka när personalen kommer, cell: {table: survey, row: inflytande, column: country}}
  safety: {label: andel som känner sig trygga, cell: {table: survey, row: trygghet, column: own}}
  best: {label: högsta andelen nöjda, max: {table: survey, column: own}}
  worst: {label: lägsta andelen nöjda, min: {table: survey, column: own}}
tables:
  survey:
    caption: Vad de som har hemtjänst tycker
    stub: Fråga
    base: answers
    columns:
      - {id: own, label: "{{ param.kommun }}", type: percent}
      - {id: county, label: "{{ param.lan }}", type: percent}
      - {id: country, label: Riket, type: percent}
    rows:
"""

ROWS = """\
    note: Andel som har svarat ”mycket” eller ”ganska” bra. Den som inte har svarat ingår inte.
    source: Enkäten till äldre, våren 2024 (påhittad)
"""

QUESTIONS = {
    "helhet": ("Hemtjänsten i stort", 87, 86),
    "bemotande": ("Bemötandet", 94, 93),
    "tid": ("Tiden räcker till", 81, 80),
    "inflytande": ("Kan påverka tider", 60, 61),
    "trygghet": ("Känner sig trygg hemma", 84, 85),
    "information": ("Får veta om ändringar", 69, 68),
    "kontakt": ("Lätt att få kontakt", 78, 79),
    "maten": ("Maten smakar bra", 73, 74),
}
COUNTRY = ("8.9", "8.8", "8.8", "8.6", "8.5", "8.2", "8.0", "8.1", "8.2", "8.2")
COUNTY = ("9.1", "9.0", "8.8", "8.7", "8.4", "8.1", "7.9", "8.0", "8.0", "8.1")

SOURCES = """\
enkat2024: {type: report, title: Så tycker de äldre om äldreomsorgen, author: Exempelverket, date: 2024}
kostnader2024: {type: report, title: Kommunernas kostnader för vård och omsorg, author: Exempelbyrån, date: 2024}
riktlinje2022: {type: report, title: Riktlinjer för biståndshandläggning, author: Exempelverket, date: 2022}
kontinuitet2023: {type: report, title: Personalkontinuitet i hemtjänsten, author: Exempelverket, date: 2023}
"""

CHARTS = {
    "development": "table: development\nmark: line\nseries: [own, county, country]\nhighlight: own\naxis: {from: 0}\n"
    'caption: "Andel av de äldre i {{ param.kommun }} som har hemtjänst sedan 2015"\n',
    "survey": "table: survey\nmark: grouped-bar\nseries: [own, country]\n"
    'caption: "Nöjda med hemtjänsten i {{ param.kommun }} och i riket"\n',
}

CHAPTERS = {
    "sammanfattning": """\
# Sammanfattning {#sammanfattning .summary}

I {{ param.kommun }} bodde {{ inhabitants }} personer vid slutet av 2024. Av dem var {{ elderly }} 65 år eller äldre, vilket är {{ elderly.share }}. Rapporten visar hur många av de äldre som hade hemtjänst eller bodde i särskilt boende, hur det har förändrats, och vad de själva tycker.

- Hemtjänst hade {{ home }} personer ({{ home | by sex }}), alltså {{ home | percent 1 }} av de äldre.
- I särskilt boende bodde {{ housing }} personer, {{ housing | women }} kvinnor och {{ housing | men }} män.
- Väntan på en plats var {{ wait }}, mot {{ wait.country }} i riket.
- Med hemtjänsten i stort är {{ overall }} nöjda. I riket är andelen {{ overall.country }}.
- Utbildad för arbetet är {{ staff }} av personalen.

Sedan 2015 har andelen med hemtjänst i {{ param.kommun }} förändrats från {{ share.first }} till {{ share.now }}. Det som mest behöver förbättras framgår av [](#slutsatser).
""",
    "inledning": """\
# Om rapporten {#inledning}

Exempelverket följer varje år upp äldreomsorgen i landets kommuner. Den här rapporten gäller {{ param.kommun }} i {{ param.lan }} och avser 2024. Samma uppgifter finns för alla kommuner, så att den som vill kan jämföra.

## Underlag {#underlag}

Uppgifterna om insatser kommer ur kommunens eget register och gäller december 2024. Uppgifterna om vad de äldre tycker kommer ur den enkät som Exempelverket skickar till alla som har hemtjänst [@enkat2024]. Kostnaderna är hämtade ur räkenskaperna [@kostnader2024].

I {{ param.kommun }} finns {{ elderly }} personer som är 65 år eller äldre. Alla andelar i rapporten är räknade på dem, om inget annat sägs.[^andel]

[^andel]: Andelar räknas på folkmängden i december. Den som har flyttat in under året ingår.

## Så läses siffrorna {#lasa}

> [!NOTE] Små tal
> I en liten kommun kan några få personer ändra en andel. Jämför därför över flera år innan något sägs om en förändring i {{ param.kommun }}.

Länet är ett medelvärde av kommunerna i {{ param.lan }}, vägt efter antalet äldre. Riket är vägt på samma sätt. Mycket små skillnader bör inte tolkas.
""",
    "hemtjanst": """\
# Hemtjänst {#hemtjanst}

Hemtjänst är hjälp och stöd i hemmet: omvårdnad, städning, inköp och annat som den äldre har beviljats. I {{ param.kommun }} hade {{ home }} personer hemtjänst i december 2024. Det är {{ home | percent 1 }} av de äldre.

## Vilka som har hemtjänst {#vilka}

Av dem som har hemtjänst är {{ home | women }} kvinnor och {{ home | men }} män. Hur de fördelar sig på åldrar framgår av [](#table-home-care).

{{ table home-care }}

Bland dem som har hemtjänst är {{ home.oldest | full }} 90 år eller äldre och {{ home.young | full }} under 80 år. Kvinnor lever längre än män och bor oftare ensamma när de blir gamla.[^ensam] De är därför fler i alla åldrar, men skillnaden är störst bland de äldsta: {{ home.oldest | by sex }}.

[^ensam]: Ensamboende är den som inte delar hushåll med någon annan vuxen.

## Utvecklingen sedan 2015 {#utveckling}

Andelen av de äldre i {{ param.kommun }} som har hemtjänst var {{ share.now }} under 2024. Året före var den {{ share.before }}, och 2015 var den {{ share.first }}. Högst var den {{ share.most | name }}, då {{ share.most }} hade hemtjänst. Utvecklingen i kommunen, i {{ param.lan }} och i riket visas i [](#chart-development).

{{ chart development }}

I riket är andelen {{ share.country }}. Att andelen skiljer sig mellan kommuner behöver inte betyda att behoven gör det. Riktlinjerna för vem som beviljas hemtjänst är olika, och i en del kommuner ges stöd utan beslut [@riktlinje2022].

Förändringen sedan 2015 är {{ share.change }}. Under samma tid har antalet invånare över 80 år ökat i nästan alla kommuner. En lägre andel kan därför betyda att fler har det stöd de behöver på annat sätt, men också att det har blivit svårare att få hjälp.
""",
    "boende": """\
# Särskilt boende {#boende}

Den som inte längre kan bo kvar hemma kan ansöka om plats i ett särskilt boende. I {{ param.kommun }} bodde {{ housing }} personer i ett sådant boende i december 2024, vilket är {{ housing | percent 1 }} av de äldre. Åldrarna framgår av [](#table-housing).

{{ table housing }}

De som är 90 år eller äldre är {{ housing.oldest | full }}. Bland dem är {{ housing.oldest | women }} kvinnor och {{ housing.oldest | men }} män. Under 80 år är {{ housing.young | full }}.

## Väntan på en plats {#vantan}

Den som har fått sitt beslut väntade {{ wait }} på att flytta in, räknat i median. I riket är väntan {{ wait.country }}. Ett beslut som inte har verkställts i tid ska rapporteras till tillsynsmyndigheten.[^rapport]

[^rapport]: Rapporten lämnas varje kvartal och gäller också den som har tackat nej till en plats.

Tillsammans hade {{ both }} personer i {{ param.kommun }} antingen hemtjänst eller plats i särskilt boende. Det är {{ both | percent 1 }} av alla som är 65 år eller äldre. Övriga klarar sig själva, får hjälp av anhöriga eller köper tjänster på egen hand.

## Anhöriga {#anhoriga}

Äldre får också hjälp av sin familj. Hur vanligt det är i {{ param.kommun }} är inte känt, eftersom stödet inte registreras. I nationella undersökningar uppger både barn och makar att de regelbundet hjälper en närstående. Kommunen ska erbjuda stöd till den som gör det, till exempel avlösning i hemmet, samtal eller en plats för korttidsvistelse.
""",
    "brukare": """\
# Vad de äldre tycker {#brukare}

Enkäten har besvarats av {{ answers }} personer i {{ param.kommun }} som har hemtjänst. Med hemtjänsten i stort är {{ overall }} nöjda. I riket är {{ overall.country }} nöjda. Svaren på alla frågor står i [](#table-survey).

{{ table survey }}

Mest nöjda är de äldre i {{ param.kommun }} på en punkt där {{ best }} är nöjda, och minst nöjda på en där {{ worst }} är det. Svaren jämförs med riket i [](#chart-survey).

{{ chart survey }}

## Bemötande och trygghet {#trygghet}

Att bemötandet är bra tycker {{ treatment }} av de svarande i {{ param.kommun }}. Hemma känner sig {{ safety }} trygga. Trygghet hänger samman med om personalen kommer när den ska, och med om den äldre känner igen den som kommer [@kontinuitet2023].

> När samma flicka kommer tre dagar i rad behöver jag inte förklara var kopparna står.
>
> — Kvinna, 91 år

## Inflytande {#inflytande}

Att de kan påverka vilka tider personalen kommer säger {{ influence }}, mot {{ influence.country }} i riket. Frågan brukar få lägst andel i de flesta kommuner. Tiderna styrs av scheman, och den som behöver hjälp på morgonen behöver den samtidigt som alla andra.
""",
    "personal": """\
# Personal och kostnader {#personal}

Av dem som arbetar i äldreomsorgen i {{ param.kommun }} har {{ staff }} utbildning för arbetet. I riket är andelen {{ staff.country }}. Utbildning är vanligare i särskilt boende än i hemtjänst, och vanligare bland tillsvidareanställda än bland timanställda.

Under fjorton dagar möter en person med hemtjänst i {{ param.kommun }} i genomsnitt {{ continuity }}.[^kontinuitet] Antalet är räknat för den som har besök både morgon och kväll.

[^kontinuitet]: Bara besök mellan klockan sju och tjugotvå räknas. Nattpatruller och larm ingår inte.

Kostnaden för en person i hemtjänst är {{ cost }} om året. I riket är den {{ cost.country }}. Skillnaderna mellan kommuner beror på avstånd, på hur mycket hjälp var och en har, och på hur arbetet är ordnat. I {{ param.lan }} finns både tätorter och glesbygd, och kostnaderna bör jämföras med kommuner som liknar {{ param.kommun }}.
""",
    "slutsatser": """\
# Slutsatser {#slutsatser}

Äldreomsorgen i {{ param.kommun }} når {{ both | percent 1 }} av dem som är 65 år eller äldre. Exempelverket lämnar dessa råd:

1. **Följ väntan på särskilt boende varje månad.** Den är nu {{ wait }}.
2. **Låt fler påverka sina tider.** I enkäten säger {{ influence }} att de kan det.
3. **Fortsätt utbilda.** När {{ staff }} har utbildning för arbetet återstår en del att göra.

Kommunen bör redovisa för sin nämnd vad den gör, och när. Nästa rapport om {{ param.kommun }} lämnas i mars 2026 och visar då om andelen med hemtjänst, nu {{ share.now }}, har förändrats.
""",
    "referenser": "# Referenser {#referenser .references}\n\n{{ references }}\n",
}


def files(report):
    """Paths in the workspace and texts; the CSV that the reports are made for is bench_data's."""
    years = [
        f'      - {{id: y{2015 + at}, label: "{2015 + at}", own: "{{{{ param.a{2015 + at} }}}}", county: {county}, country: {country}}}\n'
        for at, (county, country) in enumerate(zip(COUNTY, COUNTRY))
    ]
    questions = [
        f'      - {{id: {name}, label: {label}, own: "{{{{ param.{name} }}}}", county: {county}, country: {country}}}\n'
        for name, (label, county, country) in QUESTIONS.items()
    ]
    content = f"content/{report}"
    out = {
        "belagg.yaml": WORKSPACE,
        f"{content}/report.yaml": REPORT,
        f"{content}/findings/insatser.yaml": CARE,
        f"{content}/findings/utveckling.yaml": YEARS + "".join(years) + "    source: Registret över insatser 2015–2024 (påhittat)\n",
        f"{content}/findings/kvalitet.yaml": QUALITY + "".join(questions) + ROWS,
        f"{content}/sources.yaml": SOURCES,
    }
    out.update({f"{content}/{name}.md": text for name, text in CHAPTERS.items()})
    out.update({f"charts/{report}/{name}.yaml": text for name, text in CHARTS.items()})
    return out
