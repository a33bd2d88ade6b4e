"""Tells what scripts/bench measured, as a table; and, where asked, writes it with a chart into the README.

    bench_told.py RESULTS BELAGG [--readme]
"""

import html
import json
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = {
    "belagg": "Belägg",
    "typst": "pandoc + Typst",
    "typst-once": "pandoc + Typst, PDFs at once",
    "weasyprint": "pandoc + WeasyPrint",
    "weasyprint-once": "pandoc + WeasyPrint, PDFs at once",
}
PICTURE = "docs/pictures/speed.svg"
MARGIN = 56
BEGIN, END = "<!-- scripts/bench writes from here -->", "<!-- to here -->"


def number(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def spread(values):
    middle, least, most = (number(of(values)) for of in (statistics.median, min, max))
    return middle if least == most else f"{middle} ({least}–{most})"


class Part:
    def __init__(self, part):
        self.runs = {name: part["runs"][name] for name in NAMES if name in part["runs"]}
        self.reports = part["reports"]
        self.peers_of = part["peers_of"]
        self.content = part["content"]

    def values(self, name, what):
        """Of all its reports, where the peers made some of them only."""
        counted = what in ("cpu", "wall")
        return [run[what] * (self.reports / run["reports"] if counted else 1) for run in self.runs[name]]

    def times(self, name, what="cpu"):
        """How many times Belägg's, turn by turn."""
        return [theirs / ours for theirs, ours in zip(self.values(name, what), self.values("belagg", what))]

    def others(self):
        shares = [run["others"] for runs in self.runs.values() for run in runs if run["others"] is not None]
        return round(100 * sum(shares) / len(shares)) if shares else None


def table(parts):
    last = parts[-1]
    heads = [cell for part in parts for cell in (f"CPU, {called(part)}", "times Belägg's")]
    lines = [["PDF and page of each report", *heads, f"wall, {called(last)}", "largest process"], ["---", *["--:"] * (len(heads) + 2)]]
    for name in last.runs:
        cells = [cell for part in parts for cell in (f"{spread(part.values(name, 'cpu'))} s", "1" if name == "belagg" else spread(part.times(name)))]
        lines.append([NAMES[name], *cells, f"{spread(last.values(name, 'wall'))} s", f"{max(last.values(name, 'peak')):.0f} MiB"])
    return ["| " + " | ".join(line) + " |" for line in lines]


def called(part):
    return "one report" if part.reports == 1 else f"{part.reports} reports"


def told(results, parts):
    """What a reader must know of the figures."""
    version = results["versions"]
    out = [
        f"Measured on {results['when']} with {results['cores']} cores ({results['machine']}, shared), median (smallest–largest), in turns: "
        f"Belägg {version['belagg']}, pandoc {version['pandoc']}, Typst {version['typst']}, WeasyPrint {version['weasyprint']}."
    ]
    for part in parts:
        turns = len(part.runs["belagg"])
        said = f"{called(part)[0].upper()}{called(part)[1:]}: {turns} {'turn' if turns == 1 else 'turns'}"
        if part.others() is not None:
            said += f", others had {part.others()} percent of the cores meanwhile"
        if part.peers_of < part.reports:
            said += f"; the peers made {part.peers_of} of them, evenly chosen, which is counted up"
        out.append(said + ".")
    if any("typst-once" in part.runs for part in parts):
        out.append("*PDFs at once*: as many Typst or WeasyPrint processes as there are cores make all PDFs; otherwise each file has its process, as one runs them.")
    return " ".join(out)


def cost(parts):
    """What a report costs among many, in terms of what it costs among few."""
    few, many = (statistics.median(part.values("belagg", "cpu")) / part.reports for part in parts)
    return f"A report among {parts[1].reports} costs {many / few:.2f} of what one among {parts[0].reports} does ({number(many)} and {number(few)} s)."


WORKSPACE = {
    "belagg.yaml": "language: en\npublisher: {name: Belägg}\nrules: {EVI001: off}\n",
    "content/speed/report.yaml": "kind: report\ntitle: Speed\nversion: '1.0'\ndate: 2026-11\nimprint: {publisher: Belägg, contact: Belägg}\nchapters: [text.md]\n",
    "content/speed/text.md": "# Speed {#speed}\n\nSee [](#chart-speed).\n\n{{ chart speed }}\n",
}


def caption(part):
    return f"Processor time for {part.reports} reports, PDF and page"


def chart(part, belagg):
    """The drawing and its text, by Belägg itself."""
    values = {name: statistics.median(part.values(name, "cpu")) for name in part.runs}
    rows = "".join(f"      - {{id: {name}, label: '{NAMES[name]}', cpu: {value:.0f}}}\n" for name, value in values.items())
    files = {
        **WORKSPACE,
        "content/speed/findings/speed.yaml": "tables:\n  speed:\n    caption: Processor time\n    stub: Program\n    columns: [{id: cpu, label: Processor time, "
        f"type: amount, unit: seconds, decimals: 0}}]\n    rows:\n{rows}    source: scripts/bench\n",
        "charts/speed/speed.yaml": f"table: speed\nmark: bar\nhighlight: [belagg]\ncaption: {caption(part)}\n",
    }
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_text(text, encoding="utf-8")
        subprocess.run([belagg, "build", "--quiet", "speed"], cwd=folder, check=True)
        svg = (Path(folder) / "output/speed/1.0/charts/speed.svg").read_text(encoding="utf-8")
    # Those who read it may lack the font, and have wider letters: nothing is cut.
    width, height = map(int, re.search(r'width="(\d+)" height="(\d+)"', svg).groups())
    wider = f'width="{width + 2 * MARGIN}" height="{height}" viewBox="{-MARGIN} 0 {width + 2 * MARGIN} {height}"'
    svg = re.sub(r'width="\d+" height="\d+" viewBox="[^"]*"', wider, svg, count=1)
    words = {name: html.unescape(re.search(f"<{name}[^>]*>([^<]*)", svg).group(1)) for name in ("title", "desc")}
    return svg, f"{words['title']}. {words['desc']}"


def main():
    results = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    parts = {name: Part(part) for name, part in results["parts"].items()}
    many = [part for part in parts.values() if part.reports > 1]
    if "one" in parts:
        print("\n".join([*table([parts["one"]]), "", told(results, [parts["one"]]), ""]))
    if many:
        print("\n".join([*table(many), "", told(results, many), cost(many), ""]))
    for name, part in parts.items():
        held = [f"{made} {', '.join(f'{count} {what}' for what, count in counts.items())}" for made, counts in part.content.items()]
        print(f"{name}, the first report: {'; '.join(held)}")
    if "--readme" in sys.argv[3:]:
        svg, alternative = chart(many[-1], sys.argv[2])
        Path(PICTURE).write_text(svg, encoding="utf-8")
        picture = [f"**{caption(many[-1])}**", "", f"![{alternative}]({PICTURE})"]
        written = "\n".join([BEGIN, "", *picture, "", *table(many), "", f"{told(results, many)} {cost(many)}", "", END])
        readme = Path("README.md").read_text(encoding="utf-8")
        before, rest = readme.split(BEGIN, 1)
        Path("README.md").write_text(before + written + rest.split(END, 1)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
