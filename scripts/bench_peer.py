"""The same report for the peers of scripts/bench: the resolved document as Pandoc's Markdown, with its charts beside it.

Words, headings with their numbers, tables, charts, notes and references are those that Belägg prints. What makes the peer's work
lighter is said at its place; nothing makes it heavier.
"""

import json
import re

# Pandoc's Typst writer drops alternative texts, and PDF/UA refuses pictures without: this puts them back.
ALTERNATIVE_TEXTS = """\
function Image(image)
  if FORMAT ~= "typst" then return nil end
  local words = pandoc.utils.stringify(image.caption):gsub('[\\\\"]', "\\\\%0")
  return pandoc.RawInline("typst", '#image("' .. image.src .. '", alt: "' .. words .. '", width: 100%)')
end
"""

# Each compiles as many reports as it is given folders for. Beside the standards, nothing: the peers' own look. WeasyPrint makes PDF/A-2a or PDF/UA-1,
# not both in one file.
TYPST = """\
import sys, typst
for folder in sys.argv[1:]:
    typst.compile(f"{folder}/report.typ", output=f"{folder}/report.pdf", pdf_standards=["a-2a", "ua-1"])
"""
WEASYPRINT = """\
import sys
from weasyprint import CSS, HTML
style = CSS("print.css")
for folder in sys.argv[1:]:
    HTML(f"{folder}/report.html").write_pdf(f"{folder}/weasyprint.pdf", stylesheets=[style], pdf_variant="pdf/ua-1")
"""

# WeasyPrint prints the page that pandoc makes: A4 with page numbers, without what Belägg's PDF does not have either. Its notes stand at the end and its
# contents have no page numbers, which makes it lighter.
PRINT = """\
@page { size: A4; margin: 25mm; @bottom-center { content: counter(page) } }
body { max-width: none; padding: 0 }
.screen, #toc-evidence { display: none }
"""


def tools(folder):
    """Writes what the reports share: the filter, the programs that compile, the print style."""
    for name, text in (("alternative-texts.lua", ALTERNATIVE_TEXTS), ("compile-typst.py", TYPST), ("compile-weasyprint.py", WEASYPRINT), ("print.css", PRINT)):
        (folder / name).write_text(text, encoding="utf-8")


def write(document, folder):
    """Writes a report: report.md (for Typst), page.md (for the page, and for WeasyPrint) and the charts."""
    folder.mkdir(parents=True)
    for name, page in (("report.md", False), ("page.md", True)):
        (folder / name).write_text(Writer(document, folder, page).report(), encoding="utf-8")


def escaped(text):
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~^$@:=\"'&])", r"\\\1", text).replace("\n", " ").replace("\u00a0", "\\ ")


def quoted(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


class Writer:
    def __init__(self, document, folder, page):
        self.document = document
        self.folder = folder
        # Whether it is the page's text: Belägg's page has the data of charts as tables, their descriptions and how tables came
        # about, its PDF has not.
        self.page = page
        self.labels = document["labels"]
        self.targets = set(self.anchors(document["chapters"]))

    def anchors(self, node):
        """Addresses that the peer can link to: headings, tables and charts."""
        if isinstance(node, list):
            for part in node:
                yield from self.anchors(part)
        elif isinstance(node, dict):
            if node.get("type") in ("heading", "table", "chart"):
                yield node["anchor"]
            for part in ("blocks", "items", "descriptions"):
                yield from self.anchors(node.get(part))

    def report(self):
        document = self.document
        meta = {
            "title": document["title_text"],
            "subtitle": self.plain(document["subtitle"] or []),
            "author": document["publisher"]["name"],
            "date": document["date"]["long"],
            "lang": f"{document['language']}-{document['region']}",
            "toc-title": self.labels["contents"],
        }
        out = ["---", *(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()), "---", ""]
        if document["notice"]:
            out += [self.inlines(document["notice"]), ""]
        out += [f"# {escaped(self.labels['imprint'])} {{.unlisted}}", ""]
        for row in document["imprint"]:
            out += [escaped(row["label"]), f":   {self.inlines(row['value'])}", ""]
        for chapter in document["chapters"]:
            out += self.blocks(chapter["blocks"])
        if self.page and document["evidence"]:
            shown = [f"# {escaped(self.labels['evidence'])} {{#evidence}}", ""]
            for item in document["evidence"]:
                made = f"{self.inlines(item['formula'])} {escaped(item['place'])}"
                shown += [f"{escaped(item['label'])}: {escaped(item['value'])}", f":   {made}", ""]
            out += self.screen(shown)
        for note in document["notes"]:
            out += [f"[^{note['number']}]: {self.inlines(note['content'])}", ""]
        return "\n".join(out) + "\n"

    def plain(self, nodes):
        return "".join(node.get("text") or self.plain(node.get("content", [])) for node in nodes)

    def inlines(self, nodes):
        return "".join(self.inline(node) for node in nodes or [])

    def inline(self, node):
        kind = node["type"]
        inner = self.inlines(node.get("content"))
        if kind in ("text", "figure"):
            return escaped(node["text"])
        if kind == "code":
            return f"`` {node['text']} ``"
        if kind == "emphasis":
            return f"*{inner}*"
        if kind == "strong":
            return f"**{inner}**"
        if kind in ("strikethrough", "deleted"):
            return f"~~{inner}~~"
        if kind == "inserted":
            return f"[{inner}]{{.underline}}"
        if kind == "link":
            return f"[{inner}](<{node['href']}>)"
        if kind == "reference":
            return f"[{inner}](#{node['anchor']})" if node["anchor"] in self.targets else inner
        if kind == "note":
            # Pandoc prints a note again wherever it is referred to: the number alone stands there, without link.
            return f"[^{node['number']}]" if node["first"] else f"^{node['number']}^"
        if kind == "mark":
            return f"^{escaped(node['mark'])}^"
        if kind == "language":
            return f"[{inner}]{{lang={node['language']}}}"
        if kind == "anchor":
            return inner
        if kind == "line-break":
            return "\\\n"
        raise ValueError(f"unknown inline: {kind}")

    def blocks(self, nodes):
        out = []
        for node in nodes:
            out += [*self.block(node), ""]
        return out

    @staticmethod
    def indented(lines, first, rest):
        return [(first if at == 0 else rest if line else "") + line for at, line in enumerate(lines)]

    def items(self, items, ordered=False, start=1):
        out = []
        for at, lines in enumerate(items):
            mark = f"{start + at}.".ljust(4) if ordered else "-   "
            out += self.indented(lines, mark, "    ")
        return out

    def block(self, node):
        kind = node["type"]
        if kind == "heading":
            number = f"{node['number']} " if node["number"] else ""
            return [f"{'#' * node['level']} {escaped(number)}{self.inlines(node['content'])} {{#{node['anchor']}}}"]
        if kind == "paragraph":
            return [self.inlines(node["content"])]
        if kind == "list":
            return self.items([self.blocks(item) for item in node["items"]], node["ordered"], node["start"])
        if kind in ("quote", "statement"):
            lines = self.blocks(node["blocks"]) if kind == "quote" else [self.inlines(node["content"]), ""]
            if node["attribution"]:
                lines.append(f"--- {self.inlines(node['attribution'])}")
            return [f"> {line}" for line in lines]
        if kind == "callout":
            return [f"**{escaped(node['title'])}**", "", *self.blocks(node["blocks"])]
        if kind == "definitions":
            out = []
            for item in node["items"]:
                out += [self.inlines(item["term"]), ""]
                for text in item["descriptions"]:
                    out += self.indented(self.blocks(text), ":   ", "    ")
            return out
        if kind == "assessment":
            area = lambda item: f"**{escaped(item['area'])}.** " if item["area"] else ""
            items = [[area(item) + self.inlines(item["content"])] for item in node["items"]]
            return [f"**{escaped(node['title'])}**", "", *self.items(items)]
        if kind == "process":
            text = lambda step: f"\\\n{self.inlines(step['text'])}" if step["text"] else ""
            steps = [f"**{self.inlines(step['title'])}**{text(step)}".split("\n") for step in node["steps"]]
            return [self.inlines(node["title"]), "", *self.items(steps, ordered=True)]
        if kind == "timeline":
            text = lambda entry: f" {self.inlines(entry['text'])}" if entry["text"] else ""
            entries = [
                [f"**{escaped(entry['date'])}** {self.inlines(entry['title'])}{text(entry)}"] for entry in node["entries"]
            ]
            return [self.inlines(node["title"]), "", *self.items(entries)]
        if kind == "key-figures":
            return self.items([[f"**{self.inlines(item['value'])}** {self.inlines(item['label'])}"] for item in node["items"]])
        if kind == "pairs":
            return self.items([[f"{self.inlines(item['problem'])} {self.inlines(item['proposal'])}"] for item in node["items"]])
        if kind == "question":
            parts = self.items([[self.inlines(part["content"])] for part in node["parts"]], ordered=True)
            return [f"**{escaped(node['label'])}.** {self.inlines(node['content'])}", "", *parts]
        if kind == "bibliography":
            return self.items([[self.inlines(item["content"])] for item in node["items"]])
        if kind == "downloads":
            return self.items([[f"{self.inlines(item['title'])} ({escaped(item['words'])})"] for item in node["items"]])
        if kind == "code":
            return ["```", *node["text"].split("\n"), "```"]
        if kind == "rule":
            return ["* * *"]
        if kind == "image":
            return [f"![{self.inlines(node['caption'])}]({node['path']}){{alt=\"{quoted(node['alt'])}\"}}"]
        if kind == "chart":
            return self.chart(node)
        if kind == "table":
            return self.table(node)
        raise ValueError(f"unknown block: {kind}")

    def caption(self, node):
        label = f"**{escaped(node['label'])}.** " if node["label"] else ""
        return label + self.inlines(node["caption"])

    def below(self, node):
        out = []
        if node["note"]:
            out += [f"{escaped(self.labels['note'])}: {self.inlines(node['note'])}", ""]
        if node["source"]:
            out += [f"{escaped(self.labels['source'])}: {self.inlines(node['source'])}", ""]
        return out

    def chart(self, node):
        path = self.folder / node["path"]
        path.parent.mkdir(exist_ok=True)
        path.write_text(node["svg"], encoding="utf-8")
        alt = quoted(f"{node['alt']} {node['description']}")
        out = [f"![{self.caption(node)}]({node['path']}){{#{node['anchor']} alt=\"{alt}\"}}", "", *self.below(node)]
        if self.page:
            out += self.screen([escaped(node["description"]), "", *self.table(node["table"])])
        return out

    def table(self, node):
        # Markdown has one row of headers: the name of a group stands before its columns' names.
        heads = [[] for _ in node["columns"]]
        busy = [0] * len(heads)
        for row in node["head"]:
            at = 0
            for cell in row:
                while at < len(busy) and busy[at] > 0:
                    at += 1
                for place in range(at, min(at + cell["colspan"], len(busy))):
                    heads[place].append(self.inlines(cell["content"]))
                    busy[place] = cell["rowspan"]
                at += cell["colspan"]
            busy = [max(rows - 1, 0) for rows in busy]
        heads = [" ".join(parts) for parts in heads]
        rules = []
        for at, column in enumerate(node["columns"]):
            texts = [self.plain(row["cells"][at]["content"]) for row in node["rows"] if at < len(row["cells"])]
            dashes = "-" * max([3, len(heads[at]) // 2, *(min(len(text), 36) for text in texts)])
            rules.append({"end": f"{dashes}:", "center": f":{dashes}:"}.get(column["align"], dashes))
        bold = lambda row, cell: f"**{cell}**" if row["total"] and cell else cell
        cells = [[bold(row, self.inlines(cell["content"])).replace("\\\n", " ") for cell in row["cells"]] for row in node["rows"]]
        lines = [heads, rules, *cells]
        out = [f"| {' | '.join(line)} |" for line in lines]
        if node["caption"]:
            out += ["", f"Table: {self.caption(node)} {{#{node['anchor']}}}"]
        out.append("")
        for note in node["notes"] + node["legend"]:
            out += [f"{escaped(note['mark'])} {self.inlines(note['content'])}", ""]
        out += self.below(node)
        if self.page and node["evidence"]:
            out += self.screen([escaped(node["evidence"]), ""])
        return out

    @staticmethod
    def screen(lines):
        """What the page alone has."""
        return ["::: screen", "", *lines, ":::", ""]
