"""Cases of scripts/growth: figures, tables, case rows and charts that grow."""

import io
import zipfile

from growth_frame import FAULTS, case, chapter, series, word, workspace

@case("used figures", 8000)
def used(n):
    findings = series(n, lambda i: f"  f{i}: {{label: ärenden om {word(i)}, count: {i}}}\n", "")
    return workspace(chapter(series(n, lambda i: f"Det fanns {{{{ f{i} }}}} ärenden om {word(i)}.", "\n\n")), findings)


@case("figures in one sentence", 2000)
def used_at_once(n):
    findings = series(n, lambda i: f"  f{i}: {{label: ärenden om {word(i)}, count: {i}}}\n", "")
    return workspace(chapter("Det fanns " + series(n, lambda i: f"{{{{ f{i} }}}} om {word(i)}") + "."), findings)


@case("typed numbers that figures carry", 4000, codes=FAULTS)
def carried(n):
    findings = series(n, lambda i: f"  f{i}: {{label: ärenden om {word(i)}, count: {100 + i}}}\n", "")
    text = series(n, lambda i: f"{{{{ f{i} }}}} är talet. Det fanns {100 + i} ärenden om {word(i)}.", "\n\n")
    return workspace(chapter(text), findings)


CHAIN = lambda n: series(n, lambda i: f"  s{i + 1}: {{label: summa {word(i)}, sum: [s{i}, cases]}}\n", "")


@case("chain of sums", 40000)
def chain(n):
    return workspace(chapter(f"Det blev {{{{ s{n} }}}} ärenden."), "  s0: {label: början, count: 1}\n" + CHAIN(n))


@case("explain a chain of sums", 40000, command="explain s1000")
def explained(n):
    return workspace(chapter(f"Det blev {{{{ s{n} }}}} ärenden."), "  s0: {label: början, count: 1}\n" + CHAIN(max(n, 1000)))


@case("parts of a sum", 8000)
def parts(n):
    findings = series(n, lambda i: f"  f{i}: {{label: ärenden om {word(i)}, count: {i}}}\n", "")
    return workspace(chapter("Det blev {{ all }} ärenden."), findings + f"  all: {{label: alla, sum: [{series(n, lambda i: f'f{i}')}]}}\n")


@case("labels that bind labels", 8, codes=FAULTS, smallest=1)
def labels(n):
    bind = lambda i: " ".join([f"{{{{ l{i} | label }}}}"] * 6)
    findings = "  l0: {label: ärenden, count: 1}\n" + series(n, lambda i: f"  l{i + 1}: {{label: '{bind(i)}', count: 1}}\n", "")
    return workspace(chapter(f"Vi läste {{{{ l{n} | label }}}}."), findings)


@case("bindings of a label", 4000, codes=FAULTS)
def bindings(n):
    return workspace(chapter("Vi läste {{ wide | label }}."), f"  wide: {{label: '{series(n, lambda i: '{{ cases }}', ' ')}', count: 1}}\n")


TABLE = "tables:\n  visits:\n    caption: Besök per enhet\n    stub: Enhet\n"
SHOWN = "Besöken står i [](#table-visits).\n\n{{ table visits }}"


def typed_table(rows, columns, total="true"):
    ids = [f"c{c}" for c in range(columns)]
    head = series(columns, lambda c: f"{{id: c{c}, label: Kolumn {word(c)}}}")
    body = series(rows, lambda r: f"      - {{id: r{r}, label: Rad {word(r)}, {series(columns, lambda c: f'{ids[c]}: {r + c}')}}}\n", "")
    return f"{TABLE}    total-row: {total}\n    columns: [{head}]\n    rows:\n{body}"


@case("rows of a table of 50 columns", 1000)
def wide_table(n):
    return workspace(chapter(SHOWN), typed_table(n, 50))


@case("columns of a table of 20 rows", 400)
def many_columns(n):
    return workspace(chapter(SHOWN), typed_table(20, n))


@case("rows of a table of two columns", 8000)
def long_table(n):
    return workspace(chapter(SHOWN), typed_table(n, 2))


@case("tables", 400)
def tables(n):
    one = lambda i: f"  t{i}:\n    caption: Tabell {word(i)}\n    stub: Enhet\n    columns: [women, men]\n    rows:\n      - {{label: Norr, women: {i}, men: 8}}\n"
    return workspace(chapter(series(n, lambda i: f"Se [](#table-t{i}).\n\n{{{{ table t{i} }}}}", "\n\n")), "tables:\n" + series(n, one, ""))


def csv_table(rows):
    return workspace(chapter(SHOWN), TABLE + "    columns: [women, men]\n    csv: data/t.csv\n", content__liten__data__PLACE="label;women;men\n" + rows)


def placed(files, name):
    files[f"content/liten/data/{name}"] = files.pop("content/liten/data/PLACE")
    return files


@case("CSV rows of one label", 32000, codes=FAULTS)
def csv_label(n):
    return placed(csv_table(series(n, lambda i: f"Norr;{i % 90};8\n", "")), "t.csv")


@case("CSV rows", 8000)
def csv_rows(n):
    return placed(csv_table(series(n, lambda i: f"{word(i)};{i % 90};8\n", "")), "t.csv")


@case("CSV rows with a fault each", 8000, codes=(1,))
def csv_faults(n):
    return placed(csv_table(series(n, lambda i: f"{word(i)};x{i};8\n", "")), "t.csv")


DATASET = "  all: {label: alla ärenden, count: {rows: rows}}\n  yes: {label: beviljade, count: {rows: rows, where: {decision: ja}}}\n" \
    "  mean: {label: medelålder, average: {rows: rows, column: age}, unit: år}\n  mid: {label: medianålder, median: {rows: rows, column: age}, unit: år}\n" \
    "tables:\n  cross:\n    caption: Beslut efter kön\n    stub: Beslut\n    cross: {rows: rows, by: decision, across: sex}\n" \
    "datasets:\n  rows:\n    file: data/FILE\n    id: Nr\n    sex: {column: Kön, women: K, men: M}\n    columns: {decision: Beslut, age: {header: Ålder, type: number}}\n"
DATA_TEXT = chapter("Av {{ all }} beviljades {{ yes }}. Medelåldern var {{ mean }} och medianen {{ mid }}, se [](#table-cross).\n\n{{ table cross }}")


def case_rows(n):
    yield ["Nr", "Kön", "Beslut", "Ålder"]
    for i in range(n):
        yield [f"a{i}", "KM"[i % 2], ("ja", "nej", "delvis")[i % 3], 18 + i % 60]


@case("case rows of a CSV file", 40000)
def csv_cases(n):
    text = "".join(";".join(map(str, row)) + "\n" for row in case_rows(n))
    return workspace(DATA_TEXT, DATASET.replace("FILE", "rader.csv"), **{"content/liten/data/rader.csv": text})


@case("case rows with a fault each", 8000, codes=(1,))
def faulty_cases(n):
    text = "".join(";".join(map(str, row)) + "x\n" for row in case_rows(n))
    return workspace(DATA_TEXT, DATASET.replace("FILE", "rader.csv"), **{"content/liten/data/rader.csv": text})


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def xlsx(rows):
    cell = lambda at, value: f'<c r="{at}"><v>{value}</v></c>' if isinstance(value, int) else f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'
    body = "".join(f'<row r="{r + 1}">' + "".join(cell("ABCD"[c] + str(r + 1), v) for c, v in enumerate(row)) + "</row>" for r, row in enumerate(rows))
    main, package = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/package/2006/"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    return packed({
        "[Content_Types].xml": f'<Types xmlns="{package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{types}sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{types}worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Blad" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    })


@case("case rows of an XLSX file", 40000)
def xlsx_cases(n):
    return workspace(DATA_TEXT, DATASET.replace("FILE", "rader.xlsx"), **{"content/liten/data/rader.xlsx": xlsx(case_rows(n))})


@case("case rows of an ODS file", 40000)
def ods_cases(n):
    cell = lambda v: f'<table:table-cell office:value-type="float" office:value="{v}"/>' if isinstance(v, int) else \
        f'<table:table-cell office:value-type="string"><text:p>{v}</text:p></table:table-cell>'
    rows = "".join("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in case_rows(n))
    names = "".join(f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text"))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    book = packed({
        "mimetype": kind,
        "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        "content.xml": f'<office:document-content{names}><office:body><office:spreadsheet><table:table table:name="Blad">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
    })
    return workspace(DATA_TEXT, DATASET.replace("FILE", "rader.ods"), **{"content/liten/data/rader.ods": book})


@case("categories of a cross table", 2000)
def categories(n):
    text = "Nr;Kön;Beslut;Ålder\n" + series(2 * n, lambda i: f"a{i};{'KM'[i % 2]};{word(i // 2)};{18 + i % 60}\n", "")
    findings = DATASET.replace("FILE", "rader.csv").replace("where: {decision: ja}", "where: {decision: " + word(0) + "}")
    return workspace(DATA_TEXT, findings, **{"content/liten/data/rader.csv": text})


@case("figures counted from case rows", 2000)
def counted(n):
    text = "".join(";".join(map(str, row)) + "\n" for row in case_rows(300))
    figures = series(n, lambda i: f"  q{i}: {{label: fråga {word(i)}, count: {{rows: rows, where: {{age: {{from: {18 + i % 50}}}}}}}}}\n", "")
    findings = figures + DATASET.replace("FILE", "rader.csv")
    return workspace(DATA_TEXT + series(n, lambda i: f"\n\nDet fanns {{{{ q{i} }}}}.", ""), findings, **{"content/liten/data/rader.csv": text})


CHART = "caption: Besök\ntable: visits\n"


@case("points of a line", 10000, codes=FAULTS)
def line(n):
    return workspace(chapter(SHOWN + "\n\nSe [](#chart-visits).\n\n{{ chart visits }}"), typed_table(n, 1, "false"),
                     **{"charts/liten/visits.yaml": CHART + "mark: line\nseries: [c0]\n"})


@case("bars of a chart", 400, codes=FAULTS)
def bars(n):
    return workspace(chapter(SHOWN + "\n\nSe [](#chart-visits).\n\n{{ chart visits }}"), typed_table(n, 1, "false"),
                     **{"charts/liten/visits.yaml": CHART + "mark: bar\nseries: [c0]\n"})


@case("charts", 200)
def charts(n):
    text = chapter(SHOWN + series(n, lambda i: f"\n\nSe [](#chart-v{i}).\n\n{{{{ chart v{i} }}}}", ""))
    return workspace(text, typed_table(8, 2), **{f"charts/liten/v{i}.yaml": f"{CHART}mark: grouped-bar\nseries: [c0, c1]\n" for i in range(n)})
