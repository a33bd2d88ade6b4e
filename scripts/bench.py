"""CPU time and peak memory of whole processes, Belägg and pandoc with Typst on the same report, in turns: called by scripts/bench.

    bench.py prepare REPORT FOLDER     makes FOLDER/one and FOLDER/many, workspaces with the report, once and 26 times
    bench.py measure BELAGG REPORT FOLDER PAIRS
"""

import json
import os
import shutil
import statistics
import sys
from pathlib import Path

import bench_peer

COPIES = 26
MIB = 1024


def prepare(report, folder):
    for name, copies in (("one", [report]), ("many", [f"{report}-{number:02}" for number in range(COPIES)])):
        workspace = folder / name
        workspace.mkdir()
        # As authors have it: templates/ is there only where a workspace changes them.
        for part in ("belagg.yaml", "content", "charts"):
            (shutil.copytree if Path(part).is_dir() else shutil.copy)(part, workspace / part)
        own = workspace / "content" / report
        # What is published is not built again: the report is measured as one that is not published yet. Nor are its extracts and
        # its decision page built, since the peer makes one document.
        for ledger in workspace.glob("content/*/versions"):
            shutil.rmtree(ledger)
        lines = (own / "report.yaml").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith(("extracts:", "decision-page:"))]
        (own / "report.yaml").write_text("\n".join(kept) + "\n", encoding="utf-8")
        for copy in copies:
            if copy != report:
                shutil.copytree(own, workspace / "content" / copy)
                shutil.copytree(workspace / "charts" / report, workspace / "charts" / copy)


def run(command, folder):
    """CPU seconds and peak MiB of a process and its children."""
    with open(folder / "said.txt", "wb") as said:
        pid = os.fork()
        if pid == 0:
            os.chdir(folder)
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            os.execvp(command[0], command)
        _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{(folder / 'said.txt').read_text(errors='replace')[:2000]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MIB


def peer(folder, times):
    """Pandoc to Typst, Typst to PDF/A-2a and PDF/UA-1, pandoc to HTML: seconds together, memory of the largest."""
    import pypandoc

    pandoc = pypandoc.get_pandoc_path()
    common = ["--standalone", "--toc", "--toc-depth=2"]
    typst = ["-V", "papersize=a4", "-t", "typst", "--lua-filter", "alternative-texts.lua", "-o", "report.typ"]
    commands = [
        [pandoc, "report.md", *common, *typst],
        [sys.executable, "compile.py", "report.typ", "report.pdf"],
        [pandoc, "page.md", *common, "-t", "html5", "-o", "report.html"],
    ]
    results = [run(command, folder) for _ in range(times) for command in commands]
    return sum(seconds for seconds, _ in results), max(peak for _, peak in results)


def measure(belagg, report, folder, pairs):
    place = folder / "peer"
    place.mkdir()
    bench_peer.write(json.loads((folder / "resolved.json").read_text(encoding="utf-8")), place)
    many = [f"{report}-{number:02}" for number in range(COPIES)]
    rows = [
        ("one report", lambda: run([belagg, "build", "--anew", report], folder / "one"), lambda: peer(place, 1), 0.6, 140),
        (f"{COPIES} reports", lambda: run([belagg, "build", "--anew", *many], folder / "many"), lambda: peer(place, COPIES), 0.5, 400),
    ]
    print(f"{report}, whole processes in turns, {pairs} pairs: median (smallest to largest)")
    print("peer: pandoc to Typst, Typst to PDF/A-2a and PDF/UA-1, pandoc to HTML, on the same text, tables, charts and notes")
    for name, ours, theirs, ratio, memory in rows:
        measured = []
        for at in range(pairs):
            # Who is first alternates.
            first, second = (ours, theirs) if at % 2 == 0 else (theirs, ours)
            results = [first(), second()]
            measured.append(results if at % 2 == 0 else results[::-1])
        print(f"{name}")
        print(f"  belagg, CPU        {spread([a[0] for a, _ in measured], 2)} s")
        print(f"  peer, CPU          {spread([b[0] for _, b in measured], 2)} s")
        print(f"  belagg / peer      {spread([a[0] / b[0] for a, b in measured], 2)}   at most {ratio} wanted")
        print(f"  belagg, peak       {spread([a[1] for a, _ in measured], 0)} MiB   at most {memory} wanted")
        print(f"  peer, peak         {spread([b[1] for _, b in measured], 0)} MiB")


def spread(values, decimals):
    return f"{statistics.median(values):.{decimals}f} ({min(values):.{decimals}f} to {max(values):.{decimals}f})"


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(sys.argv[2], Path(sys.argv[3]))
    else:
        measure(sys.argv[2], sys.argv[3], Path(sys.argv[4]), int(sys.argv[5]))
