"""Wall time and peak memory of whole processes, run in turns: called by scripts/bench."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Pandoc's Typst does not compile as it is: it writes the page's keywords without quotation marks and links to labels that it
# leaves out. Both are taken away, which makes the peer's work a little lighter.
PANDOC_TYPST = r"""
import re, sys, pypandoc, typst
page, folder = sys.argv[1:]
html = re.sub(r'<meta name="keywords"[^>]*>', "", open(page, encoding="utf-8").read())
text = pypandoc.convert_text(html, "typst", format="html", extra_args=["--standalone", f"--extract-media={folder}"])
open(f"{folder}/peer.typ", "w", encoding="utf-8").write(re.sub(r"link\(<[^>]*>\)\[", "[", text))
typst.compile(f"{folder}/peer.typ", output=f"{folder}/peer.pdf", root="/")
"""


def run(command, folder):
    """Seconds and peak MiB of a command; none where it fails."""
    with open(os.devnull, "wb") as quiet, open(Path(folder) / "errors.txt", "wb") as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=quiet, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    return (seconds, usage.ru_maxrss / 1024) if process.returncode == 0 else None


def main():
    belagg, report, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        for part in ("belagg.yaml", "content", "charts", "templates"):
            (shutil.copytree if Path(part).is_dir() else shutil.copy)(part, Path(folder) / part)
        # What is published is not built again: the report is measured as one that is not published yet.
        shutil.rmtree(Path(folder, "content", report, "versions"), ignore_errors=True)
        build = [belagg, "build", report]
        if not run(build, folder):
            sys.exit(f"belagg build {report} failed:\n{(Path(folder) / 'errors.txt').read_text()}")
        page = str(next(Path(folder, "output", report).glob("*/index.html")))
        commands = {"belagg build (PDF, page, charts, data)": build}
        if find("weasyprint"):
            commands["WeasyPrint, the page to PDF/UA"] = [find("weasyprint"), "--pdf-variant", "pdf/ua-1", page, "peer.pdf"]
            commands["pandoc and Typst, the page to PDF"] = [sys.executable, "-c", PANDOC_TYPST, page, folder]
        results = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                if results[name] is not None:
                    result = run(command, folder)
                    if result is None:
                        last = (Path(folder) / "errors.txt").read_text(errors="replace").strip().splitlines()[-1:]
                        print(f"left out, because it fails on this page: {name}: {' '.join(last)}")
                    results[name] = results[name] + [result] if result else None
    print(f"{report}, whole processes, median of {rounds} runs in turns")
    for name, runs in results.items():
        if runs:
            seconds, memory = (statistics.median(column) for column in zip(*runs))
            print(f"  {name:40} {seconds:6.2f} s   peak {max(peak for _, peak in runs):5.0f} MiB (median {memory:.0f})")


def find(program):
    """The program beside this Python, if it is there."""
    path = Path(sys.executable).parent / program
    return str(path) if path.exists() and sys.prefix != sys.base_prefix else None


if __name__ == "__main__":
    main()
