"""Other worlds as inputs: see scripts/worlds."""

import argparse
import csv
import datetime
import hashlib
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import openpyxl

# How often more is kept hidden until cases are found of all worlds.
ROUNDS = 5
HERE = pathlib.Path(__file__).resolve().parent.parent


class Impossible(Exception):
    """A world that cannot be written into the files of a workspace."""


def run(program, folder, *arguments):
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True)


def disclosed(program, folder, report):
    done = run(program, folder, "--format", "json", "disclose", report)
    if not done.stdout.strip():
        raise SystemExit(f"worlds: {report}: {done.stderr}")
    return json.loads(done.stdout)[0]


def with_policy(text, minimum):
    """A file with the smallest number of its policy replaced."""
    return re.sub(r"(persons: \{minimum: )\d+", rf"\g<1>{minimum}", text)


def with_kept(text, names):
    """report.yaml with the list of what stays hidden."""
    line = f"  keep-hidden: [{', '.join(names)}]\n"
    if re.search(r"^disclosure:\n", text, re.M):
        return re.sub(r"^disclosure:\n", "disclosure:\n" + line.replace("\\", "\\\\"), text, count=1, flags=re.M)
    if re.search(r"^disclosure:", text, re.M):
        raise SystemExit("worlds: a policy in one line")
    return text.rstrip("\n") + "\ndisclosure:\n" + line


def outputs(folder):
    files = (path for path in (folder / "output").rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def put_typed(folder, report, world):
    """Typed numbers, at their places, from the last to the first of each file."""
    edits = {}
    for row in report["hidden"]:
        new = world.get(row["cell"])
        place = row["place"]
        if new is None or new == row["value"] or place is None or place["line"] != place["end_line"]:
            continue
        edits.setdefault(place["file"], {})[(place["line"], place["column"], place["end_column"])] = (row["value"], new)
    for file, places in edits.items():
        path = folder / file
        if path.suffix not in {".yaml", ".yml", ".csv"}:
            continue
        lines = path.read_text(encoding="utf-8").split("\n")
        for (line, start, end), (old, new) in sorted(places.items(), reverse=True):
            text = lines[line - 1]
            typed = text[start - 1 : end - 1]
            if typed.strip().strip("\"'") == str(old):
                lines[line - 1] = text[: start - 1] + typed.replace(str(old), str(new)) + text[end - 1 :]
        path.write_text("\n".join(lines), encoding="utf-8")


def typed(text, before):
    """A text as what stands in a cell: a number or a date where there was one."""
    if isinstance(before, (datetime.date, datetime.datetime)):
        return type(before).fromisoformat(text)
    if isinstance(before, (int, float)):
        return float(text) if "." in text else int(text)
    return text


class Sheet:
    """Rows of a workbook or a CSV file, counted from 1."""

    def __init__(self, path, name):
        self.path, self.book = path, None
        if path.suffix == ".xlsx":
            self.book = openpyxl.load_workbook(path)
            self.sheet = self.book[name] if name else self.book.active
            self.rows = [[cell.value for cell in row] for row in self.sheet.iter_rows()]
            self.before = [list(row) for row in self.rows]
        else:
            text = path.read_text(encoding="utf-8-sig")
            self.dialect = csv.Sniffer().sniff(text.splitlines()[0], ",;\t")
            self.rows = list(csv.reader(io.StringIO(text), self.dialect))

    def column(self, header, before):
        for at in range(before - 1, 0, -1):
            names = [str(value).strip() if value is not None else "" for value in self.rows[at - 1]]
            if header in names:
                return names.index(header)
        raise Impossible(f"no column {header}")

    def save(self):
        if self.book:
            for at, row in enumerate(self.rows, 1):
                for place, value in enumerate(row, 1):
                    if value != self.before[at - 1][place - 1]:
                        self.sheet.cell(at, place).value = value
            self.book.save(self.path)
        else:
            out = io.StringIO()
            csv.writer(out, self.dialect, lineterminator="\n").writerows(self.rows)
            self.path.write_text(out.getvalue(), encoding="utf-8")


def datasets(folder, report):
    """The files of case rows by the names of their datasets; read as text, as far as the examples need it."""
    found = {}
    for path in sorted((folder / "content" / report / "findings").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        block = re.search(r"^datasets:\n((?:[ \t].*\n|\n)*)", text, re.M)
        for name, entry in re.findall(r"^  ([\w.-]+):(.*\n(?:    .*\n|\n)*)", block.group(1) if block else "", re.M):
            file = re.search(r"file: *([^,}\n]+)", entry)
            sheet = re.search(r"sheet: *([^,}\n]+)", entry)
            if file:
                path_of = folder / "content" / report / file.group(1).strip()
                found[name] = (path_of, sheet.group(1).strip().strip("\"'") if sheet else None)
    return found


def put_rows(folder, report, changes):
    """Each changed row becomes like another, but for its first column, which names it, and for one answer."""
    if changes is None:
        raise Impossible("no case rows were found in which all that is printed is the same")
    files, open_files = datasets(folder, report), {}
    news = []
    for change in changes:
        path, name = files[change["dataset"]]
        sheet = open_files.setdefault((path, name), Sheet(path, name))
        like = list(sheet.rows[change["like"] - 1])
        like[0] = sheet.rows[change["row"] - 1][0]
        for but in change["but"]:
            at = sheet.column(but["header"], change["like"])
            like[at] = sheet.rows[but["as-in"] - 1][at] if "as-in" in but else typed(but["text"], like[at])
        news.append((sheet, change["row"], like))
    for sheet, row, new in news:
        sheet.rows[row - 1] = new
    for sheet in open_files.values():
        sheet.save()


def resave(folder, report):
    """Workbooks as the library writes them, in the true world as well."""
    for path, name in datasets(folder, report).values():
        Sheet(path, name).save()


def family(folder, report):
    """A report and those that print numbers of it: annual reports, follow-ups, translations, companions."""
    named = re.compile(rf"(?<![\w-]){re.escape(report)}(?![\w-])")
    others = sorted(path.parent.name for path in (folder / "content").glob("*/report.yaml"))
    reads = [other for other in others if other != report and named.search((folder / "content" / other / "report.yaml").read_text(encoding="utf-8"))]
    return [report, *reads]


def paragraph(lines, at):
    """The lines of a paragraph, a list item with what belongs to it, or an entry."""
    first = last = at
    while first > 0 and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    return first, last


def without_faults(program, folder, reports):
    """Leaves out what binds hidden numbers: an author would write it anew, and here it is only asked whether the rest tells of them. A binding becomes
    words; what is no binding goes with its paragraph. Returns how many these are."""
    gone = 0
    for _ in range(8):
        told = json.loads(run(program, folder, "--format", "json", "check", *reports).stdout or "[]")
        faults = {}
        for fault in told:
            place = fault.get("place")
            if fault["severity"] == "error" and place:
                faults.setdefault(place["file"], set()).add((place["line"], place["column"], place["end_line"], place["end_column"]))
        if not faults:
            break
        for file, places in faults.items():
            path = folder / file
            if file.startswith("charts/"):
                # A chart of which nothing is left.
                gone += 1
                path.unlink()
                for text in folder.glob("content/*/*.md"):
                    kept = [line for line in text.read_text(encoding="utf-8").split("\n") if not re.search(rf"\{{\{{ chart {path.stem}\b", line)]
                    text.write_text("\n".join(kept), encoding="utf-8")
                continue
            if path.suffix not in {".md", ".yaml"}:
                continue
            lines = path.read_text(encoding="utf-8").split("\n")
            for line, start, end_line, end in sorted(places, reverse=True):
                at = line - 1
                text = lines[at] if at < len(lines) else ""
                bound = text[start - 1 : end - 1]
                if end_line == line and bound.startswith("{{") and bound.endswith("}}") and bound != text.strip():
                    lines[at] = text[: start - 1] + "ett antal" + text[end - 1 :]
                    gone += 1
                elif path.suffix == ".md" and text.strip():
                    first, last = paragraph(lines, at)
                    # A heading stays, or others would have no place.
                    if not lines[first].startswith("#"):
                        del lines[first : last + 1]
                        gone += 1
            path.write_text("\n".join(lines), encoding="utf-8")
    return gone


def spread(count, most):
    """At most so many places, the first and the last among them."""
    return range(count) if not most or count <= most else sorted({round(at * (count - 1) / max(most - 1, 1)) for at in range(most)})


def look(program, workspace, report, minimum, most):
    """How many worlds were built, and what went wrong."""
    with tempfile.TemporaryDirectory() as place:
        base = pathlib.Path(place) / "base"
        shutil.copytree(workspace, base, ignore=shutil.ignore_patterns("output", "target", ".git", "src", "tests", "fuzz"))
        for path in [base / "belagg.yaml", *base.glob("content/*/report.yaml")]:
            path.write_text(with_policy(path.read_text(encoding="utf-8"), minimum), encoding="utf-8")
        own = base / "content" / report / "report.yaml"
        own.write_text(re.sub(r"^  keep-hidden:.*\n(?:    .*\n)*", "", own.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8")
        resave(base, report)
        # What is published is not made anew: its record is put aside, unless without it the policy cannot be met.
        record, aside = base / "content" / report / "versions", pathlib.Path(place) / "versions"
        is_published = record.exists()
        if is_published:
            record.rename(aside)
            (base / "content" / "ledger.yaml").rename(pathlib.Path(place) / "ledger.yaml")
        before = disclosed(program, base, report)
        if is_published and not before["met"]:
            aside.rename(record)
            (pathlib.Path(place) / "ledger.yaml").rename(base / "content" / "ledger.yaml")
            before = disclosed(program, base, report)
        stays = record.exists()
        if before.get("policy") is None or not before["hidden"]:
            return 0, []
        if not before["met"]:
            return 0, [f"{report} at {minimum}: the policy cannot be met"]
        if before["to-keep"] is None:
            return 0, [f"{report} at {minimum}: what is hidden cannot be kept"]
        text, names = own.read_text(encoding="utf-8"), before["to-keep"]
        for _ in range(ROUNDS):
            own.write_text(with_kept(text, names), encoding="utf-8")
            kept = disclosed(program, base, report)
            if not kept["kept"]:
                return 0, [f"{report} at {minimum}: what is hidden is not kept"]
            # Means and the like that are others in some worlds are hidden as well, as `belagg disclose` advises.
            if not kept["differing"]:
                break
            names = [*names, *kept["differing"]]
        told = run(program, base, "disclose", report, "--keep")
        kept = disclosed(program, base, report)
        if not kept["proved"]:
            return 0, [f"{report} at {minimum}: no proof was kept: {told.stderr.strip()[:200]}"]
        # Of a published report no word is changed.
        reports = [report] if stays else family(base, report)
        gone = 0 if stays else without_faults(program, base, reports)
        run(program, base, "build", *reports)
        truth = outputs(base)
        built, faults = 0, []
        unbuilt = lambda: [name for name in reports if not any(file.startswith(f"output/{name}/") for file in truth)]
        if unbuilt():
            # What earlier versions printed stands in the account of changes: that stops a published report, and no draft.
            for name in unbuilt():
                path = base / "content" / name / "report.yaml"
                path.write_text(re.sub(r"^status: .*", "status: draft", path.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8")
            run(program, base, "build", *reports)
            truth = outputs(base)
        missing = unbuilt()
        if missing:
            return 0, [f"{report} at {minimum}: cannot be built: {', '.join(missing)}"]
        if gone:
            print(f"{report} at {minimum}: without {gone} bindings and paragraphs that would print hidden numbers", flush=True)
        for at in spread(len(kept["worlds"]), most):
            twin = pathlib.Path(place) / f"world-{at}"
            shutil.copytree(base, twin, ignore=shutil.ignore_patterns("output"))
            try:
                put_rows(twin, report, kept["rows"][at])
                put_typed(twin, kept, kept["worlds"][at])
            except Impossible as why:
                faults.append(f"{report} at {minimum}, world {at}: {why}")
                continue
            # The files must say what the world says, or nothing was tried.
            now = disclosed(program, twin, report)
            there = {row["cell"]: row["value"] for row in now["hidden"]}
            wanted = {name: value for name, value in kept["worlds"][at].items() if name in there}
            wrong = {name: (value, there[name]) for name, value in wanted.items() if there[name] != value}
            if wrong or not wanted:
                faults.append(f"{report} at {minimum}, world {at}: not what the world says: {wrong}")
                continue
            built += 1
            cells = [{row["cell"] for row in found["hidden"]} for found in (kept, now)]
            if not now["proved"] or cells[0] != cells[1]:
                faults.append(f"{report} at {minimum}, world {at}: something else is hidden")
            else:
                run(program, twin, "build", *reports)
                other = outputs(twin)
                differing = sorted(name for name in truth.keys() | other.keys() if truth.get(name) != other.get(name))
                if differing:
                    faults.append(f"{report} at {minimum}, world {at}: {len(differing)} files differ, such as {differing[:3]}")
            shutil.rmtree(twin)
        return built, faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--minimum", nargs="+", type=int, default=[3, 5, 10])
    parser.add_argument("--worlds", type=int, default=0)
    parser.add_argument("--reports", nargs="+")
    parser.add_argument("--workspace", type=pathlib.Path, default=HERE)
    given = parser.parse_args()
    reports = given.reports or sorted(path.parent.name for path in (given.workspace / "content").glob("*/report.yaml"))
    all_built, all_faults = 0, []
    for report in reports:
        for minimum in given.minimum:
            built, faults = look(given.program, given.workspace, report, minimum, given.worlds)
            if built or faults:
                print(f"{report} at {minimum}: {built} worlds, {len(faults)} faults", flush=True)
                print("".join(f"  {fault}\n" for fault in faults), end="", flush=True)
            all_built += built
            all_faults += faults
    failed = sum("differ, such as" in fault or "is hidden" in fault for fault in all_faults)
    print(f"{all_built - failed} passed, {len(all_faults)} failed")
    sys.exit(1 if all_faults or not all_built else 0)


if __name__ == "__main__":
    main()
