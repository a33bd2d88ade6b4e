"""CPU time, peak memory and wall time of whole processes, Belägg and its peers on the same reports, in turns: called by scripts/bench.

    bench.py prepare FOLDER PART…      makes the workspaces FOLDER/one, FOLDER/26 and FOLDER/290, and prints of each its name and its reports
    bench.py measure FOLDER …          measures them and writes FOLDER/results.json; options as scripts/bench has them
"""

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bench_data
import bench_peer

REPORT = "sysselsattning-2021"
COUNTS = (26, 290)
MIB = 1024 * 1024 if sys.platform == "darwin" else 1024
CORES = os.cpu_count() or 1


def prepare(folder, parts):
    if "one" in parts:
        example(folder / "one")
        print("one", REPORT)
    if "many" in parts:
        for count in COUNTS:
            bench_data.write(folder / str(count), count)
            print(count, *bench_data.reports(count))


def example(workspace):
    workspace.mkdir()
    # As authors have it: templates/ is there only where a workspace changes them.
    for part in ("belagg.yaml", "content", "charts"):
        (shutil.copytree if Path(part).is_dir() else shutil.copy)(part, workspace / part)
    # What is published is not built again: the report is measured as one that is not published yet. Nor are its extracts and its decision page built,
    # since the peers make one document.
    for ledger in workspace.glob("content/*/versions"):
        shutil.rmtree(ledger)
    path = workspace / "content" / REPORT / "report.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("extracts:", "decision-page:"))]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


class Meter:
    """CPU seconds of processes with their children, and the peak of the largest, while they run side by side."""

    def __init__(self):
        self.cpu = 0
        self.peak = 0
        self.lock = threading.Lock()

    def run(self, command, folder):
        said = folder / f"said-{threading.get_ident()}.txt"
        with open(said, "wb") as out:
            process = subprocess.Popen([str(part) for part in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"bench: {' '.join(map(str, command))[:300]} failed:\n{said.read_text(errors='replace')[:2000]}")
        with self.lock:
            self.cpu += usage.ru_utime + usage.ru_stime
            self.peak = max(self.peak, usage.ru_maxrss / MIB)

    def side_by_side(self, jobs):
        """As many at a time as there are cores: jobs are lists of commands that follow each other, each with its folder."""
        with ThreadPoolExecutor(CORES) as pool:
            for done in [pool.submit(lambda job=job: [self.run(*step) for step in job]) for job in jobs]:
                done.result()


def busy():
    """Seconds that all cores have worked since the machine began, where that can be known."""
    try:
        user, nice, system, _, _, irq, soft, steal = map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9])
    except OSError:
        return None
    return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK")


class Peers:
    """Pandoc with Typst and with WeasyPrint, on reports that lie ready as Markdown."""

    def __init__(self, place, belagg):
        import pypandoc

        self.pandoc = pypandoc.get_pandoc_path()
        self.place = place
        self.belagg = belagg

    def pages(self, report):
        return [self.pandoc, "page.md", "--standalone", "--toc", "--toc-depth=2", "-t", "html5", "-o", "report.html"], self.place / report

    def markup(self, report):
        filtered = ["-t", "typst", "--lua-filter", "../alternative-texts.lua", "-o", "report.typ"]
        return [self.pandoc, "report.md", "--standalone", "--toc", "--toc-depth=2", "-V", "papersize=a4", *filtered], self.place / report

    def compiled(self, with_what, reports):
        return [sys.executable, f"compile-{with_what}.py", *reports], self.place

    def belagg_itself(self, meter, workspace, reports):
        meter.run([self.belagg, "build", *(reports if len(reports) == 1 else [])], workspace)

    def typst(self, meter, workspace, reports):
        meter.side_by_side([[self.markup(report), self.compiled("typst", [report]), self.pages(report)] for report in reports])

    def typst_once(self, meter, workspace, reports):
        meter.side_by_side([[self.markup(report), self.pages(report)] for report in reports])
        meter.side_by_side([[self.compiled("typst", reports[at::CORES])] for at in range(min(CORES, len(reports)))])

    def weasyprint(self, meter, workspace, reports):
        meter.side_by_side([[self.pages(report), self.compiled("weasyprint", [report])] for report in reports])

    def weasyprint_once(self, meter, workspace, reports):
        meter.side_by_side([[self.pages(report)] for report in reports])
        meter.side_by_side([[self.compiled("weasyprint", reports[at::CORES])] for at in range(min(CORES, len(reports)))])

    def contenders(self, count):
        """Name, what it runs, and what it must have made of each report; where there are many, also with one process a core for all PDFs."""
        peers = [
            ("belagg", self.belagg_itself, ()),
            ("typst", self.typst, ("report.pdf", "report.html")),
            ("weasyprint", self.weasyprint, ("weasyprint.pdf", "report.html")),
        ]
        if count > 1:
            peers += [("typst-once", self.typst_once, peers[1][2]), ("weasyprint-once", self.weasyprint_once, peers[2][2])]
        return peers

    def measured(self, name, runs, makes, workspace, reports):
        """One run from nothing to all files: what it took, and how much others had of the cores meanwhile."""
        made = [(self.place / report, makes) for report in reports]
        if name == "belagg":
            # A copy that nobody has built in: nothing of an earlier run can be taken from a cache.
            fresh = workspace.with_name(f"{workspace.name}-fresh")
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.copytree(workspace, fresh)
            workspace = fresh
            made = [(fresh / "output" / report, (f"*/{report}.pdf", "*/index.html")) for report in reports]
        for place, files in made:
            for file in files:
                for old in place.glob(file):
                    old.unlink()
        meter, before, started = Meter(), busy(), time.monotonic()
        runs(meter, workspace, reports)
        wall, after = time.monotonic() - started, busy()
        missing = [f"{place}/{file}" for place, files in made for file in files if not list(place.glob(file))]
        if missing:
            sys.exit(f"bench: {name} did not make {missing[0]}")
        others = None if before is None else max(0, (after - before - meter.cpu) / (wall * CORES))
        return {"cpu": meter.cpu, "wall": wall, "peak": meter.peak, "others": others, "reports": len(reports)}


def evenly(reports, wanted):
    """So many of them, evenly chosen."""
    return reports if wanted is None or wanted >= len(reports) else [reports[at * len(reports) // wanted] for at in range(wanted)]


def measure(options):
    folder = options.folder
    results = {"when": time.strftime("%Y-%m-%d"), "cores": CORES, "machine": machine(), "versions": versions(options.belagg), "parts": {}}
    place = folder / "peers"
    place.mkdir()
    bench_peer.tools(place)
    peers = Peers(place, options.belagg)
    for line in options.plan.read_text(encoding="utf-8").splitlines():
        part, *reports = line.split()
        for report in reports:
            if not (place / report).exists():
                bench_peer.write(json.loads((folder / "resolved" / f"{report}.json").read_text(encoding="utf-8")), place / report)
        some = evenly(reports, options.peers_of)
        turns = options.turns if len(reports) < COUNTS[-1] else options.large_turns
        contenders = peers.contenders(len(reports))
        taken = {name: [] for name, _, _ in contenders}
        for turn in range(turns):
            # Who is first alternates.
            at = turn % len(contenders)
            for name, runs, makes in contenders[at:] + contenders[:at]:
                run = peers.measured(name, runs, makes, folder / part, reports if name == "belagg" else some)
                taken[name].append(run)
                print(f"{part}, turn {turn + 1}: {name} {run['cpu']:.2f} s, {run['wall']:.2f} s wall, {run['peak']:.0f} MiB", file=sys.stderr, flush=True)
        held = content(folder / f"{part}-fresh", place, some[0])
        results["parts"][part] = {"reports": len(reports), "peers_of": len(some), "runs": taken, "content": held}
        (folder / "results.json").write_text(json.dumps(results, indent=1), encoding="utf-8")


def content(workspace, place, report):
    """What the files of one report hold: that the same is measured."""
    pdf = next(workspace.glob(f"output/{report}/*/{report}.pdf"))
    pdfs = {"belagg": pdf, "typst": place / report / "report.pdf", "weasyprint": place / report / "weasyprint.pdf"}
    out = {}
    for name, path in pdfs.items():
        if shutil.which("pdftotext"):
            text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode("utf-8", "replace")
            # What has letters or digits: leaders of a table of contents are no words.
            out[name] = {"words": len(re.findall(r"\w+", text)), "pages": text.count("\f")}
    pages = {"belagg": pdf.with_name("index.html"), "pandoc": place / report / "report.html"}
    for name, path in pages.items():
        page = path.read_text(encoding="utf-8")
        out[f"page of {name}"] = {"tables": page.count("<table"), "figures": page.count("<figure")}
    return out


def machine():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def versions(belagg):
    from importlib.metadata import version

    import pypandoc

    own = subprocess.run([belagg, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    return {"belagg": own, "pandoc": pypandoc.get_pandoc_version(), "typst": version("typst"), "weasyprint": version("weasyprint")}


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench", add_help=False)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plan", type=Path)
    parser.add_argument("--belagg", type=Path)
    parser.add_argument("--turns", type=int)
    parser.add_argument("--large-turns", type=int)
    parser.add_argument("--peers-of", type=int)
    return parser


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(Path(sys.argv[2]), sys.argv[3:])
    else:
        measure(arguments().parse_args(sys.argv[2:]))
