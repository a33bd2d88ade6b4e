"""What scripts/edits does to a workspace."""

import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import zipfile

from edits_workspace import made

HERE = pathlib.Path(__file__).resolve().parent.parent
RECORDS = ".built/documents"
WORDS = ["stöd", "vardag", "plan", "möte", "samtal", "hjälp", "enhet", "ansvar"]


def run(program, folder, *arguments):
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True)


def files(folder):
    """The files below a folder by their paths, but for what a build notes for the next."""
    out = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in (".built", ".schema")]
        for name in names:
            if name != ".lock":
                path = pathlib.Path(place) / name
                out[path.relative_to(folder).as_posix()] = path
    return out


class Edits:
    """Both copies, and what is done to them: the same to each."""

    def __init__(self, options, folder):
        self.program, self.random = options.program, random.Random(options.seed)
        self.copies = [folder / "left", folder / "anew"]
        self.cache = folder / "cache" if options.cache else None
        self.folder, self.planted = folder, options.plant
        self.history = {}
        self.added = 0
        self.log = []
        made(self.program, self.copies[0], HERE)
        shutil.copytree(self.copies[0], self.copies[1])
        self.start = self.good = self.state()

    # What there is.

    def inputs(self):
        every = files(self.copies[0])
        return {path: file for path, file in every.items() if not path.startswith("output/")}

    def pick(self, *endings):
        every = [path for path in self.inputs() if path.endswith(endings) and "/versions/" not in path]
        return self.random.choice(sorted(every)) if every else None

    def some(self, told):
        """A few reports, that of an edit among them: what is stale of another one shows when that is built next."""
        every = self.reports()
        named = [report for report in every if f"/{report}/" in told or f"/{report} " in told]
        return sorted(set(named[:2] + self.random.sample(every, min(3, len(every)))))

    def reports(self):
        return sorted(path.split("/")[1] for path in self.inputs() if re.fullmatch(r"content/[^/]+/report\.yaml", path))

    def outputs(self):
        both = [set(files(copy / "output")) for copy in self.copies]
        return sorted(both[0] & both[1])

    # What is done to both.

    def put(self, path, content, times=None):
        for copy in self.copies:
            file = copy / path
            file.parent.mkdir(parents=True, exist_ok=True)
            before = file.stat() if times == "kept" and file.exists() else None
            file.write_bytes(content)
            if before:
                os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    def remove(self, path):
        for copy in self.copies:
            place = copy / path
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)

    def rename(self, old, new):
        for copy in self.copies:
            if (copy / old).exists() and not (copy / new).exists():
                (copy / new).parent.mkdir(parents=True, exist_ok=True)
                (copy / old).rename(copy / new)

    def content(self, path):
        return (self.copies[0] / path).read_bytes()

    def change(self, path, content, times=None):
        self.history.setdefault(path, [self.content(path)]).append(content)
        self.put(path, content, times)

    # The kinds of edits. Each gives what it did, or nothing.

    def words(self):
        path = self.pick(".md")
        if path:
            text = self.content(path).decode() + f"\nHär står ett {self.random.choice(WORDS)} och ett {self.random.choice(WORDS)} till.\n"
            self.change(path, text.encode())
            return f"a paragraph in {path}"

    def digit(self):
        path = self.pick(".csv", ".yaml", ".md", ".geojson", ".svg", ".css", ".typ", ".html")
        return self.replaced(path, rb"[1-9]", b"123456789") if path else None

    def same_size(self):
        path = self.pick(".md", ".yaml", ".csv", ".svg", ".css", ".json", ".txt")
        return self.replaced(path, rb"(?<=[a-z])[aeiou](?=[a-z])", b"aeiou", "kept") if path else None

    def replaced(self, path, pattern, by, times=None):
        content = self.content(path)
        places = [found.start() for found in re.finditer(pattern, content)]
        if places:
            at = self.random.choice(places)
            new = bytes([self.random.choice([byte for byte in by if byte != content[at]])])
            self.change(path, content[:at] + new + content[at + 1:], times)
            return f"byte {at} of {path}{', as old as it was' if times else ''}"

    def comment(self):
        path = self.pick(".yaml")
        if path:
            self.change(path, self.content(path) + f"# {self.random.choice(WORDS)}\n".encode())
            return f"a comment in {path}"

    def cell(self):
        path = self.pick(".csv")
        if path:
            lines = self.content(path).decode().splitlines()
            at = self.random.randrange(1, max(2, len(lines)))
            if at < len(lines):
                lines[at] = re.sub(r"\d+(?=\D*$)", lambda _: str(self.random.randrange(5, 90)), lines[at])
            self.change(path, ("\n".join(lines) + "\n").encode())
            return f"row {at} of {path}"

    def sheet(self):
        path = self.pick(".xlsx")
        if path:
            source = zipfile.ZipFile(self.copies[0] / path)
            parts = {name: source.read(name) for name in source.namelist()}
            name = max(name for name in parts if name.startswith("xl/worksheets/sheet"))
            numbers = [found.span(1) for found in re.finditer(rb"<v>(\d+)</v></c>", parts[name])]
            if numbers:
                first, last = self.random.choice(numbers)
                parts[name] = parts[name][:first] + str(self.random.randrange(1, 30)).encode() + parts[name][last:]
            target = self.folder / "new.xlsx"
            with zipfile.ZipFile(target, "w") as out:
                for name, content in parts.items():
                    out.writestr(zipfile.ZipInfo(name), content)
            self.change(path, target.read_bytes())
            return f"a cell of {path}"

    def title(self):
        path = self.pick("report.yaml")
        if path:
            text = re.sub(r"(?m)^(title: .*)$", rf"\1 {self.random.choice(WORDS)}", self.content(path).decode(), count=1)
            self.change(path, text.encode())
            return f"the title in {path}"

    def version(self):
        path = self.pick("report.yaml")
        if path:
            number = self.random.choice(["1.0", "1.1", "1.2"])
            text = re.sub(r'(?m)^version: "[^"]*"', f'version: "{number}"', self.content(path).decode(), count=1)
            self.change(path, text.encode())
            return f"version {number} in {path}"

    def settings(self):
        text = self.start["belagg.yaml"].decode() + self.random.choice([
            "", 'theme: {accent: "#704214"}\n', 'theme: {accent: "#1f5a63"}\n', "site: https://exempelstad.example/\n", "rules: {TRA002: info}\n",
            "rules: {EVI001: error}\n", "licence: CC-BY-4.0\n", "disclosure:\n  persons: {minimum: 3}\n", "publisher: {name: Exempelstad}\n",
        ])
        self.change("belagg.yaml", text.encode())
        return "belagg.yaml"

    def template(self):
        path, text = self.random.choice([
            ("templates/html/own.css", f"h2 {{ margin-top: {self.random.randrange(1, 9)}rem; }}\n"),
            ("templates/locales/sv.json", json.dumps({"total": self.random.choice(["Summa", "Totalt", "Alla"])})),
            ("templates/pdf/own.typ", f"// {self.random.choice(WORDS)}\n"),
            ("templates/html/site/note.txt", self.random.choice(WORDS)),
        ])
        if (self.copies[0] / path).exists() and self.random.random() < 0.4:
            self.remove(path)
            return f"{path} taken out"
        self.put(path, text.encode())
        return path

    def font(self):
        path = "templates/fonts/Own.otf"
        if (self.copies[0] / path).exists():
            self.remove(path)
            return "a font taken out"
        fonts = sorted(HERE.glob("templates/fonts/*.otf"))
        # One byte more: a font of the workspace's own.
        self.put(path, self.random.choice(fonts).read_bytes() + b"\0")
        return "a font"

    def add(self):
        self.added += 1
        report = self.random.choice(self.reports())
        kind = self.random.choice(["chapter", "findings", "report", "chart", "data", "near"])
        if kind == "report":
            target = f"ny-{self.added % 3}"
            if (self.copies[0] / "content" / target).exists():
                self.remove(f"content/{target}")
                return f"content/{target} taken out"
            for path, file in self.inputs().items():
                if path.startswith("content/article/") and "/versions/" not in path:
                    self.put(path.replace("content/article/", f"content/{target}/", 1), self.start.get(path, file.read_bytes()))
            return f"content/{target}"
        path, text = {
            "chapter": (f"content/{report}/nytt-{self.added % 3}.md", "# Nytt\n\nText.\n"),
            "findings": (f"content/{report}/findings/nytt-{self.added % 3}.yaml", f"figures:\n  ny-{self.added % 3}: {{label: nya, count: 7}}\n"),
            "chart": (f"charts/{report}/nytt.yaml", "table: nothing\nmark: bar\ncaption: Nytt\n"),
            "data": (f"content/{report}/data/nytt.csv", "id;label;count\na;A;3\n"),
            # What is looked for where a name is misspelt.
            "near": (f"content/{report}/{self.random.choice(WORDS)}.md", "# Text\n"),
        }[kind]
        if (self.copies[0] / path).exists():
            self.remove(path)
            return f"{path} taken out"
        self.put(path, text.encode())
        return path

    def take_out(self):
        path = self.pick(".md", ".yaml", ".csv", ".svg", ".xlsx", ".geojson", ".txt")
        if path and path != "belagg.yaml":
            self.history.setdefault(path, []).append(self.content(path))
            self.remove(path)
            return f"{path} removed"

    def move(self):
        path = self.pick(".md", ".yaml", ".csv")
        if path and path != "belagg.yaml":
            self.history.setdefault(path, []).append(self.content(path))
            folder, name = path.rsplit("/", 1)
            self.rename(path, f"{folder}/x-{name}")
            return f"{path} renamed"

    def folder_moved(self):
        report = self.random.choice(self.reports())
        new = report.removeprefix("flyttad-") if report.startswith("flyttad-") else f"flyttad-{report}"
        self.rename(f"content/{report}", f"content/{new}")
        return f"content/{report} renamed to {new}"

    def touch(self):
        paths = sorted(self.inputs())
        for path in self.random.sample(paths, min(len(paths), self.random.choice([1, 5, 1000]))):
            for copy in self.copies:
                os.utime(copy / path)
        return "touched without a change"

    def back(self):
        if self.history:
            path = self.random.choice(sorted(self.history))
            self.put(path, self.random.choice(self.history[path]))
            return f"{path} as it was once"

    def all_back(self, state):
        ledgers = {path: content for path, content in self.state().items() if "/versions/" in path}
        if any(state.get(path) != content for path, content in ledgers.items()):
            # What lies in output/ as published and stands in no ledger keeps every build from writing.
            self.remove("output")
        for path in self.inputs():
            if path not in state:
                self.remove(path)
        # A folder without a report.yaml is a report that lacks it.
        for copy in self.copies:
            for place in sorted(copy.rglob("*"), reverse=True):
                if place.is_dir() and not place.relative_to(copy).parts[0] in ("output", ".built") and not any(place.iterdir()):
                    place.rmdir()
        for path, content in state.items():
            if not (self.copies[0] / path).exists() or self.content(path) != content:
                self.put(path, content)

    def state(self):
        return {path: file.read_bytes() for path, file in self.inputs().items()}

    def publish(self):
        report = self.random.choice(["press-release", "article", "report", "rader"])
        path = f"content/{report}/report.yaml"
        if not (self.copies[0] / path).exists():
            return None
        text = re.sub(r"(?m)^status: \S+", "status: published", self.content(path).decode(), count=1)
        self.put(path, text.encode())
        codes = [run(self.program, copy, "publish", report).returncode for copy in self.copies]
        if codes[0] != codes[1]:
            raise SystemExit(f"edits: publishing {report} gives {codes}")
        return f"{report} published ({codes[0]})"

    def ledger(self):
        records = sorted(path for path in self.inputs() if "/versions/" in path)
        if records:
            path = self.random.choice(records)
            if self.random.random() < 0.5:
                self.history.setdefault(path, []).append(self.content(path))
                self.remove(path)
                return f"{path} removed"
            self.change(path, self.content(path)[:-3] + b"x" + self.content(path)[-2:])
            return f"{path} damaged"

    def damage(self):
        outputs = self.outputs()
        if not outputs:
            return None
        path = "output/" + self.random.choice(outputs)
        what = self.random.choice(["byte", "removed", "folder", "more", "all", "link"])
        if what == "byte":
            content = bytearray(self.content(path))
            if content:
                content[self.random.randrange(len(content))] ^= 1
                self.put(path, bytes(content), "kept")
        elif what == "removed":
            self.remove(path)
        elif what == "folder":
            self.remove(path.rsplit("/", 1)[0])
        elif what == "more":
            self.put(path.rsplit("/", 1)[0] + "/.mer.txt", b"mer")
        elif what == "link":
            for copy in self.copies:
                (copy / path).rename(copy / "elsewhere.bin")
                (copy / path).symlink_to(copy / "elsewhere.bin")
            self.remove(path)
        elif self.random.random() < 0.2:
            self.remove("output")
        return f"{path}: {what}"

    def records(self):
        """Damage in what the build before left: of the copy that goes by it."""
        every = sorted((self.copies[0] / RECORDS).glob("*"))
        if not every:
            return None
        one, two = self.random.choice(every), self.random.choice(every)
        what = self.random.choice(["removed", "byte", "cut", "swapped", "empty"])
        content = one.read_bytes()
        if what == "removed":
            one.unlink()
        elif what == "byte" and content:
            at = self.random.randrange(len(content))
            one.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1:])
        elif what == "cut":
            one.write_bytes(content[:len(content) // 2])
        elif what == "swapped":
            one.write_bytes(two.read_bytes())
        else:
            one.write_bytes(b"")
        return f"record {one.name}: {what}"

    def cached(self):
        every = sorted(path for path in self.cache.rglob("*") if path.is_file()) if self.cache and self.cache.exists() else []
        if not every:
            return None
        for file in self.random.sample(every, min(len(every), self.random.choice([1, 20]))):
            content = file.read_bytes()
            if self.random.random() < 0.3 or not content:
                file.unlink()
            else:
                at = self.random.randrange(len(content))
                file.chmod(0o644)
                file.write_bytes(content[:at] + bytes([content[at] ^ 4]) + content[at + 1:])
        self.remove("output")
        return "the cache damaged and output/ removed"

    def forget_output(self):
        self.remove("output")
        return "output/ removed"

    def plant(self):
        """Takes a question out of each record, as a program does that does not note all that it asks."""
        for file in (self.copies[0] / RECORDS).glob("*.json"):
            text = file.read_text().split("\n", 1)[1]
            record = json.loads(text)
            asked = [path for path in record["asked"]["files"] if path.startswith("content/") and path.endswith(".md")]
            if asked:
                del record["asked"]["files"][self.random.choice(sorted(asked))]
            text = json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
            file.write_text(hashlib.sha256(text.encode()).hexdigest() + "\n" + text)

    KINDS = (
        ["words"] * 5 + ["digit"] * 5 + ["same_size"] * 4 + ["comment"] * 3 + ["cell"] * 4 + ["sheet"] * 3 + ["title"] * 3 + ["version"] * 2
        + ["settings"] * 2 + ["template"] * 2 + ["font"] + ["add"] * 4 + ["take_out"] * 2 + ["move"] + ["folder_moved"] + ["touch"] * 2
        + ["back"] * 6 + ["publish"] + ["ledger"] + ["damage"] * 5 + ["records"] * 3
    )

    def one(self, faulty):
        # A workspace that cannot be built proves little.
        if faulty > 1:
            self.all_back(self.good if self.random.random() < 0.9 else self.start)
            return "all_back", "everything as it was when it could be built"
        kinds = list(self.KINDS) + (["cached", "forget_output"] * 4 if self.cache else [])
        if self.planted:
            kinds = ["words", "words", "comment", "cell", "back"]
        while True:
            kind = self.random.choice(kinds)
            told = getattr(self, kind)()
            if told:
                return kind, told
