"""Writes the documents of tests/fixtures/import that no program here can write: with the parts that Word, Google Docs, Zotero and Mendeley give them.

scripts/documents_parts.py FOLDER
"""

import base64
import html
import json
import pathlib
import sys
import zipfile

FOLDER = pathlib.Path(sys.argv[1])
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
escape = html.escape


def run(t, *p, extra=''):
    return f'<w:r><w:rPr>{"".join("<w:"+x+"/>" for x in p)}{extra}</w:rPr><w:t xml:space="preserve">{escape(t)}</w:t></w:r>'


def paragraph(*c, style=None, ppr=''):
    return (
        '<w:p><w:pPr>'
        + (f'<w:pStyle w:val="{style}"/>' if style else '')
        + ppr
        + '</w:pPr>'
        + ''.join(x if x.startswith('<') else run(x) for x in c)
        + '</w:p>'
    )


def field(instr, *shown):
    s = ''.join(x if x.startswith('<') else run(x) for x in shown)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{escape(instr)}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{s}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


STYLES = (
    '''<w:styles %s><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="sv-SE"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'''
    % W
    + ''.join(
        f'<w:style w:type="paragraph" w:styleId="{i}"><w:name w:val="{n}"/>{x}</w:style>'
        for i, n, x in [
            ('Rubrik1', 'heading 1', '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
            ('Rubrik2', 'heading 2', '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
            ('Rubrik', 'Title', ''),
            ('Underrubrik', 'Subtitle', ''),
            ('Beskrivning', 'caption', ''),
            ('Innehll1', 'toc 1', ''),
            ('Litteraturfrteckning', 'Bibliography', ''),
            ('Liststycke', 'List Paragraph', ''),
            ('Citat', 'Quote', ''),
        ]
    )
    + '</w:styles>'
)


def save(name, body, notes=None, custom=None, title='', nums=False):
    z = zipfile.ZipFile(FOLDER / name, 'w', zipfile.ZIP_DEFLATED)

    def put(n, t):
        z.writestr(zipfile.ZipInfo(n, (2026, 1, 1, 0, 0, 0)), '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + t, zipfile.ZIP_DEFLATED)

    put(
        '[Content_Types].xml',
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    )
    R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    put(
        '_rels/.rels',
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{R}officeDocument" Target="word/document.xml"/></Relationships>',
    )
    rels = f'<Relationship Id="rId1" Type="{R}styles" Target="styles.xml"/>'
    if notes:
        rels += f'<Relationship Id="rId2" Type="{R}footnotes" Target="footnotes.xml"/>'
        put(
            'word/footnotes.xml',
            f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
            + ''.join(f'<w:footnote w:id="{i}">{paragraph("<w:r><w:footnoteRef/></w:r>",*n)}</w:footnote>' for i, n in enumerate(notes, 1))
            + '</w:footnotes>',
        )
    if custom:
        rels += f'<Relationship Id="rId3" Type="{R}customXml" Target="../customXml/item1.xml"/>'
        put('customXml/item1.xml', custom)
    if nums:
        rels += f'<Relationship Id="rId4" Type="{R}numbering" Target="numbering.xml"/>'
        put(
            'word/numbering.xml',
            f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        )
    rels += f'<Relationship Id="rId9" Type="{R}hyperlink" Target="https://www.example.se/" TargetMode="External"/>'
    put('word/_rels/document.xml.rels', f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>')
    put('word/styles.xml', STYLES)
    put('word/document.xml', f'<w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>')
    z.close()


note = lambda i: f'<w:r><w:footnoteReference w:id="{i}"/></w:r>'


def table(rows, spans=()):
    return (
        '<w:tbl><w:tblPr/>'
        + ''.join(
            '<w:tr>'
            + ''.join(
                f'<w:tc><w:tcPr>{c[1] if isinstance(c,tuple) else ""}</w:tcPr>{paragraph(c[0] if isinstance(c,tuple) else c) if (c[0] if isinstance(c,tuple) else c) else "<w:p/>"}</w:tc>'
                for c in row
            )
            + '</w:tr>'
            for row in rows
        )
        + '</w:tbl>'
    )


B = 'xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"'
SRC = (
    f'<b:Sources SelectedStyle="\\APASixthEditionOfficeOnline.xsl" StyleName="APA" {B}>'
    + '''<b:Source><b:Tag>And21</b:Tag><b:SourceType>Book</b:SourceType><b:Author><b:Author><b:NameList><b:Person><b:Last>Andersson</b:Last><b:First>Karin</b:First></b:Person><b:Person><b:Last>Öberg</b:Last><b:First>Lars</b:First><b:Middle>Erik</b:Middle></b:Person></b:NameList></b:Author></b:Author><b:Title>Tillsyn i praktiken: en handbok</b:Title><b:Year>2021</b:Year><b:City>Exempelstad</b:City><b:Publisher>Förlaget Exempel</b:Publisher></b:Source>
<b:Source><b:Tag>Soc24</b:Tag><b:SourceType>InternetSite</b:SourceType><b:Author><b:Author><b:Corporate>Myndigheten för exempel</b:Corporate></b:Author></b:Author><b:Title>Statistik om väntetider</b:Title><b:InternetSiteTitle>Exempelmyndigheten</b:InternetSiteTitle><b:Year>2024</b:Year><b:Month>maj</b:Month><b:Day>3</b:Day><b:URL>https://www.example.se/vantetider</b:URL><b:YearAccessed>2024</b:YearAccessed><b:MonthAccessed>juni</b:MonthAccessed><b:DayAccessed>10</b:DayAccessed></b:Source>
<b:Source><b:Tag>Lin19</b:Tag><b:SourceType>JournalArticle</b:SourceType><b:Author><b:Author><b:NameList><b:Person><b:Last>Lind</b:Last><b:First>Eva</b:First></b:Person></b:NameList></b:Author></b:Author><b:Title>Väntan & verkan</b:Title><b:JournalName>Tidskrift för exempel</b:JournalName><b:Year>2019</b:Year><b:Volume>12</b:Volume><b:Issue>3</b:Issue><b:Pages>44-61</b:Pages></b:Source>
<b:Source><b:Tag>Oan10</b:Tag><b:SourceType>Book</b:SourceType><b:Title>Oanvänd källa</b:Title><b:Year>2010</b:Year></b:Source></b:Sources>'''.replace(
        ' & ', ' &amp; '
    )
)
citation = lambda instr, shown: f'<w:sdt><w:sdtPr><w:id w:val="1"/><w:citation/></w:sdtPr><w:sdtContent>{field(instr,shown)}</w:sdtContent></w:sdt>'
# 1 Word: cover page sdt, TOC, SEQ, REF, citations, bibliography, tracked, text box, merged cells
cover = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Cover Pages"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>'
    + paragraph('Väntetider i nämndens ärenden', style='Rubrik')
    + paragraph('Granskning 2024', style='Underrubrik')
    + '</w:sdtContent></w:sdt>'
)
toc = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
    + paragraph('Innehåll')
    + '<w:p><w:pPr><w:pStyle w:val="Innehll1"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    + run('Bakgrund')
    + '</w:p>'
    + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    + '</w:sdtContent></w:sdt>'
)
cap = (
    '<w:p><w:pPr><w:pStyle w:val="Beskrivning"/></w:pPr><w:bookmarkStart w:id="5" w:name="_Ref555"/>'
    + run('Tabell ')
    + field(' SEQ Tabell \\* ARABIC ', '1')
    + '<w:bookmarkEnd w:id="5"/>'
    + run('. Avgjorda ärenden')
    + '</w:p>'
)
box = (
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="3" name="Textruta 2"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx><w:txbxContent>'
    + paragraph(run('Kort sagt', 'b'))
    + paragraph('Väntan är längre än målet.')
    + '</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>'
    + paragraph('Väntan är längre än målet.')
    + '</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>'
)
bib = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Bibliographies"/></w:docPartObj></w:sdtPr><w:sdtContent>'
    + paragraph('Litteraturförteckning', style='Rubrik1')
    + '<w:sdt><w:sdtPr><w:bibliography/></w:sdtPr><w:sdtContent>'
    + '<w:p><w:pPr><w:pStyle w:val="Litteraturfrteckning"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> BIBLIOGRAPHY </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    + run('Andersson, K., & Öberg, L. E. (2021). Tillsyn i praktiken.')
    + '</w:p>'
    + paragraph(run('Lind, E. (2019). Väntan.'), '<w:r><w:fldChar w:fldCharType="end"/></w:r>', style='Litteraturfrteckning')
    + '</w:sdtContent></w:sdt></w:sdtContent></w:sdt>'
)
save(
    'word-bibliography.docx',
    cover
    + toc
    + paragraph('Bakgrund', style='Rubrik1')
    + paragraph(
        'Handläggningen har beskrivits tidigare ',
        citation(' CITATION And21 \\p 12-13 \\l 1053 ', '(Andersson & Öberg, 2021, ss. 12-13)'),
        ' och av andra ',
        citation(' CITATION Lin19 \\l 1053 \\m Soc24', '(Lind, 2019; Myndigheten för exempel, 2024)'),
        '. Målet är ',
        run('fet och kursiv', 'b', 'i'),
        ' och ',
        run('struket ord', 'strike'),
        ' samt ',
        run('dubbelt struket', 'dstrike'),
        '.',
        note(1),
    )
    + paragraph(
        'Som ',
        field(' REF _Ref555 \\h ', 'Tabell 1'),
        ' visar har <'.replace('<', '') + 'väntan ökat ',
        '<w:ins w:id="1" w:author="A">' + run('kraftigt ') + '</w:ins>',
        '<w:del w:id="2" w:author="A"><w:r><w:delText>lite </w:delText></w:r></w:del>',
        'under året.',
    )
    + cap
    + table(
        [
            [('År', '<w:vMerge w:val="restart"/>'), ('Ärenden', '<w:gridSpan w:val="2"/>')],
            [('', '<w:vMerge/>'), 'Inkomna', 'Avgjorda'],
            ['2023', '410', '398'],
            ['2024', '455', '401'],
        ]
    )
    + box
    + bib,
    notes=[['Se även ', citation(' CITATION And21 ', '(Andersson & Öberg, 2021)'), '.']],
    custom=SRC,
)
# 2 Zotero
item = lambda i, t, **k: dict(id=i, uris=[f'http://zotero.org/users/1/items/{i}'], itemData=dict(id=i, title=t, **k))
z1 = item(
    'AB12',
    'Skolans resultat',
    type='report',
    author=[dict(literal='Exempelverket')],
    issued={'date-parts': [['2023', 5, 2]]},
    publisher='Exempelverket',
    number='2023:4',
    URL='https://www.example.se/rapport',
)
z2 = item(
    'CD34',
    'Learning to wait: a study',
    type='article-journal',
    author=[dict(family='Berg', given='Åsa'), {'family': 'Dahl', 'given': 'Tor', 'non-dropping-particle': 'von'}],
    issued={'date-parts': [[2020]]},
    volume='7',
    issue='2',
    page='101-120',
    DOI='10.1234/abc.5',
    **{'container-title': 'Journal of Examples'},
)
z3 = item(
    'EF56',
    'Om “väntan” och [annat]: del 1',
    type='chapter',
    author=[dict(family='Öhman', given='Å')],
    issued={'raw': '2018-04'},
    **{'container-title': 'Antologi: exempel', 'publisher': 'Förlaget'},
)
zotero = lambda shown, *items: field(
    ' ADDIN ZOTERO_ITEM CSL_CITATION '
    + json.dumps(
        dict(
            citationID='x',
            properties=dict(formattedCitation=shown, plainCitation=shown, noteIndex=0),
            citationItems=items,
            schema='https://github.com/citation-style-language/schema/raw/master/csl-citation.json',
        ),
        ensure_ascii=False,
    )
    + ' ',
    shown,
)
zotero_list = (
    lambda name, *ps: f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    + run(ps[0])
    + '</w:p>'
    + ''.join(paragraph(x) for x in ps[1:-1])
    + paragraph(run(ps[-1]), '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
)
z1p = dict(z1, locator='14', label='page')
save(
    'zotero.docx',
    paragraph('Skolan och väntan', style='Rubrik')
    + paragraph('Inledning', style='Rubrik1')
    + paragraph(
        'Resultaten har sjunkit ',
        zotero('(Exempelverket, 2023, s. 14)', z1p),
        '. Det kan bero på flera saker ',
        zotero('(Berg & von Dahl, 2020; Öhman, 2018)', z2, z3),
        '.',
    )
    + paragraph('Metod', style='Rubrik1')
    + paragraph('Vi följer en tidigare studie ', zotero('(Berg & von Dahl, 2020)', z2), ' i allt väsentligt.')
    + paragraph('Källor', style='Rubrik1')
    + zotero_list(
        'ADDIN ZOTERO_BIBL {"uncited":[],"omitted":[],"custom":[]} CSL_BIBLIOGRAPHY',
        'Berg, Å. (2020).',
        'Exempelverket. (2023).',
        'Öhman, Å. (2018).',
    ),
)
# 3 Mendeley: old fields and new content controls
m = dict(z2)
tag = (
    'MENDELEY_CITATION_v3_'
    + base64.b64encode(json.dumps(dict(citationID='M1', citationItems=[dict(id='u1', itemData=z1['itemData'])])).encode()).decode()
)
save(
    'mendeley.docx',
    paragraph('Om lärande', style='Rubrik1')
    + paragraph(
        'Äldre fält ',
        field(
            'ADDIN CSL_CITATION '
            + json.dumps(
                dict(
                    citationItems=[dict(id='ITEM-1', itemData=z2['itemData'], uris=['http://www.mendeley.com/documents/?uuid=1'])],
                    mendeley=dict(formattedCitation='(Berg)'),
                )
            ),
            '(Berg & von Dahl, 2020)',
        ),
        ' och nyare ',
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{run("(Exempelverket, 2023)")}</w:sdtContent></w:sdt>',
        ', och EndNote ',
        field(' ADDIN EN.CITE <EndNote><Cite><Author>Ek</Author></Cite></EndNote>', '(Ek, 2001)'),
        '.',
    )
    + '<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_BIBLIOGRAPHY"/></w:sdtPr><w:sdtContent>'
    + paragraph('Berg, Å. (2020). Learning.')
    + '</w:sdtContent></w:sdt>',
)
# 4 Google Docs: Heading styles with ids, bookmarks kix, contextualSpacing, empty runs, rtl 0, hyperlinks, sdt goog_rdk
g = lambda t: f'<w:sdt><w:sdtPr><w:id w:val="-12"/><w:tag w:val="goog_rdk_0"/></w:sdtPr><w:sdtContent>{run(t)}</w:sdtContent></w:sdt>'
save(
    'google-docs.docx',
    paragraph(run('Verksamhetsplan 2026', extra='<w:rtl w:val="0"/>'), style='Rubrik')
    + paragraph(
        '<w:bookmarkStart w:id="0" w:name="_heading=h.gjdgxs" w:colFirst="0" w:colLast="0"/><w:bookmarkEnd w:id="0"/>',
        '<w:r><w:rPr><w:rtl w:val="0"/></w:rPr></w:r>',
        'Mål',
        style='Rubrik1',
    )
    + paragraph(
        g('Texten skrevs av flera. '),
        run('Viktigt: ', extra='<w:b w:val="1"/><w:i w:val="1"/><w:rtl w:val="0"/>'),
        run('inte fet.', extra='<w:b w:val="0"/>'),
        ' ',
        run('Utgår.', extra='<w:strike w:val="1"/>'),
        '<w:hyperlink r:id="rId9">' + run('länken', extra='<w:u w:val="single"/>') + '</w:hyperlink>',
    )
    + paragraph('Se ', '<w:hyperlink w:anchor="_heading=h.abc">' + run('Ansvar') + '</w:hyperlink>', '.')
    + ''.join(
        paragraph(x, ppr='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="720" w:hanging="360"/>')
        for x in ('Kortare köer', 'Bättre svar')
    )
    + paragraph('<w:bookmarkStart w:id="1" w:name="_heading=h.abc"/><w:bookmarkEnd w:id="1"/>', 'Ansvar', style='Rubrik2')
    + paragraph('Nämnden ansvarar.')
    + table([['Mål', 'Antal'], ['Köer', '12'], ['Svar', '8'], ['Summa', '20']])
    + '<w:p/>',
    nums=True,
)
# 5 struck & bold-italic everywhere
save(
    'marks.docx',
    paragraph('Ändringar', style='Rubrik1')
    + paragraph(
        run('Båda', 'b', 'i'),
        ' i början, ',
        run('fet ', 'b'),
        run('båda ', 'b', 'i'),
        run('kursiv', 'i'),
        ' i följd; mitt',
        run('i', 'b', 'i'),
        'ord; ',
        run('allt på en gång', 'b', 'i', 'strike'),
        '.',
    )
    + paragraph(run('Hela stycket är struket.', 'strike'))
    + table([['Post', 'Kommentar'], ['Hyra', run('struken i cell', 'strike')], ['El', run('båda i cell', 'b', 'i')]])
    + '<w:p/>',
)
# 6 CITATION without sources
save('word-no-sources.docx', paragraph('Bakgrund', style='Rubrik1') + paragraph('Enligt ', citation(' CITATION Sak22 \\l 1053 ', '(Saknas, 2022)'), ' är det så.') + bib)
# 7 nested: TOC field without sdt, REF inside fldSimple, endnote-like, figure caption SEQ, quotes, STYLEREF, PAGEREF, DOCPROPERTY
save(
    'word-fields.docx',
    '<w:p><w:pPr><w:pStyle w:val="Innehll1"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    + '<w:hyperlink w:anchor="_Toc1">'
    + run('Metod')
    + '<w:r><w:tab/></w:r>'
    + field(' PAGEREF _Toc1 ', '2')
    + '</w:hyperlink></w:p>'
    + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    + '<w:p><w:pPr><w:pStyle w:val="Rubrik1"/></w:pPr><w:bookmarkStart w:id="1" w:name="_Toc1"/>'
    + run('Metod')
    + '<w:bookmarkEnd w:id="1"/></w:p>'
    + paragraph(
        'Vi räknade ',
        field(' =2*3 ', '6'),
        ' ärenden den ',
        field(' DATE \\@ "d MMMM" ', '3 maj'),
        ', se sidan ',
        field(' PAGEREF _Toc1 \\h ', '2'),
        ' och avsnitt ',
        '<w:fldSimple w:instr=" REF _Toc1 \\r \\h ">' + run('1') + '</w:fldSimple>',
        '. ',
        field(' IF 1=1 "x" "y" ', 'Villkoret gäller.'),
    )
    + paragraph('Den som väntar på något gott.', style='Citat'),
)
