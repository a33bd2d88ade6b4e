"""What goes into every package beside the program: manual pages, completions, licences of what is linked, and the list of parts (SBOM)."""

import calendar
import hashlib
import json
import os
import re
import subprocess
import time
import tomllib
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHELLS = {"bash": "belagg.bash", "zsh": "_belagg", "fish": "belagg.fish", "powershell": "belagg.ps1"}
LICENCE_FILE = re.compile(r"^(licen[cs]e|copying|notice|unlicense|copyright)", re.IGNORECASE)
# What the program carries that is no crate: name, licence, and the file that says so.
CARRIED = [
    ("DejaVu fonts", "Bitstream-Vera", "templates/fonts/LICENSE-DejaVu.txt"),
    ("Source Sans 3, with merged tables of kerning, as Belagg Sans", "OFL-1.1", "templates/fonts/LICENSE-SourceSans3.md"),
    ("Source Serif 4, with merged tables of kerning, as Belagg Serif", "OFL-1.1", "templates/fonts/LICENSE-SourceSerif4.md"),
    ("Words of references (Citation Style Language)", "CC-BY-SA-3.0", "src/resolve/csl/README.md"),
]


class Fault(Exception):
    """What keeps packages from being made, in words for who makes them."""


def run(command, **options):
    """The output of a command; what it says when it fails is the fault."""
    done = subprocess.run([str(part) for part in command], capture_output=True, **options)
    if done.returncode:
        raise Fault(f"{' '.join(map(str, command))}: {(done.stderr or done.stdout).decode('utf-8', 'replace').strip()}")
    return done.stdout.decode("utf-8", "replace")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def manifest():
    """What Cargo.toml says of the program, with what it has from its workspace."""
    whole = tomllib.loads((ROOT / "Cargo.toml").read_text("utf-8"))
    return {**whole["package"], **whole["workspace"]["package"]}


def epoch():
    """The one date in all packages: SOURCE_DATE_EPOCH, else the day of the newest release in the changelog, else that of the last commit."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return int(os.environ["SOURCE_DATE_EPOCH"])
    version = re.escape(manifest()["version"])
    if day := re.search(rf"^## \[{version}\] - (\d{{4}})-(\d\d)-(\d\d)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE):
        return calendar.timegm((*map(int, day.groups()), 0, 0, 0))
    try:
        return int(run(["git", "-C", ROOT, "log", "-1", "--format=%ct"]))
    except (Fault, OSError, ValueError):
        raise Fault("CHANGELOG.md has no date of this version and there is no commit: set SOURCE_DATE_EPOCH") from None


def host():
    """The target that the compiler makes programs for here."""
    return re.search(r"^host: (.+)$", run(["rustc", "-vV"]), re.MULTILINE).group(1)


def linked(target):
    """The crates whose code is in the program on that target, without macros, build scripts and tests; with what each needs. Those of this repository are one:
    the program."""
    data = json.loads(run(["cargo", "metadata", "--format-version", "1", "--locked", "--quiet", "--filter-platform", target], cwd=ROOT))
    packages = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    needs, left = {}, [data["resolve"]["root"]]
    while left:
        here = left.pop()
        if here in needs:
            continue
        needs[here] = sorted(
            dependency["pkg"]
            for dependency in nodes[here]["deps"]
            if any(kind["kind"] is None for kind in dependency["dep_kinds"])
            and not any("proc-macro" in made["kind"] for made in packages[dependency["pkg"]]["targets"])
        )
        left += needs[here]
    root = data["resolve"]["root"]
    own = {one for one in needs if packages[one]["source"] is None}
    needs[root] = sorted({need for one in own for need in needs[one]} - own)
    needs = {one: of for one, of in needs.items() if one == root or one not in own}
    order = sorted(needs, key=lambda one: (packages[one]["name"], packages[one]["version"]))
    return root, [packages[one] for one in order], needs


def expression(package):
    # Old manifests write a slash for OR.
    return re.sub(r"\s*/\s*", " OR ", package["license"] or "NOASSERTION")


def checksums():
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text("utf-8"))["package"]
    return {(one["name"], one["version"]): one.get("checksum") for one in lock}


def bill(target, binary, date):
    """The list of parts as CycloneDX 1.5: the same program gives the same bytes."""
    root, packages, needs = linked(target)
    sums = checksums()
    reference = {one["id"]: f"pkg:cargo/{one['name']}@{one['version']}" for one in packages}
    components = []
    for one in packages:
        if one["id"] == root:
            continue
        component = {
            "type": "library", "bom-ref": reference[one["id"]], "name": one["name"], "version": one["version"],
            "licenses": [{"expression": expression(one)}], "purl": reference[one["id"]],
        }
        if checksum := sums.get((one["name"], one["version"])):
            component["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        components.append(component)
    for name, licence, _ in CARRIED:
        components.append({"type": "data", "bom-ref": "carried:" + name, "name": name, "licenses": [{"license": {"id": licence}}]})
    itself = next(one for one in packages if one["id"] == root)
    content = sha256(binary)
    return json.dumps({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'belagg:' + content)}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(date)),
            "component": {
                "type": "application", "bom-ref": reference[root], "name": itself["name"], "version": itself["version"],
                "description": itself["description"], "licenses": [{"expression": expression(itself)}],
                "purl": reference[root], "hashes": [{"alg": "SHA-256", "content": content}],
            },
            "properties": [{"name": "target", "value": target}],
        },
        "components": components,
        "dependencies": [
            {"ref": reference[one["id"]], "dependsOn": sorted({reference[need] for need in needs[one["id"]]})} for one in packages
        ],
    }, ensure_ascii=False, indent=1).encode() + b"\n"


def notices(target):
    """Who holds the rights in what the program is made of, and by which words; each text once."""
    root, packages, _ = linked(target)
    texts, silent, rows = {}, [], []
    for one in packages:
        if one["id"] == root:
            continue
        name = f"{one['name']} {one['version']}"
        rows.append(f"{name}: {expression(one)}")
        folder = Path(one["manifest_path"]).parent
        found = [entry for entry in sorted(folder.iterdir()) if entry.is_file() and LICENCE_FILE.match(entry.name)]
        if not found:
            silent.append(name)
        for entry in found:
            text = "\n".join(line.rstrip() for line in entry.read_text("utf-8", "replace").splitlines()).strip()
            texts.setdefault(text, []).append(f"{name} ({entry.name})")
    for name, licence, path in CARRIED:
        rows.append(f"{name}: {licence}")
        texts.setdefault((ROOT / path).read_text("utf-8").strip(), []).append(name)
    line = "-" * 100
    out = ["Belagg is made of the following parts, each under its own licence.", ""] + rows
    if silent:
        out += ["", "These bring no text of their licence in their package; the texts of others with the same licence follow:", ", ".join(silent)]
    for text, holders in texts.items():
        out += ["", line, "; ".join(holders), line, "", text]
    return ("\n".join(out) + "\n").encode()


class Parts:
    """Everything that packages are made of, each file by what it is."""

    def __init__(self, binary, work):
        self.path = Path(binary)
        self.binary = self.path.read_bytes()
        self.version = manifest()["version"]
        self.target = host()
        self.date = epoch()
        said = run([self.path, "--version"]).split()
        if said != ["belagg", self.version]:
            raise Fault(f"{self.path} is {' '.join(said)}, not belagg {self.version}")
        pages = Path(work) / "man"
        pages.mkdir()
        # In English: a manual has one language, and a help page asked of the program has that of the workspace.
        run([self.path, "--lang", "en", "--quiet", "man", pages])
        self.manual = {page.name: page.read_bytes() for page in sorted(pages.iterdir())}
        if "belagg.1" not in self.manual:
            raise Fault(f"{self.path} man wrote no belagg.1")
        self.completions = {shell: run([self.path, "--lang", "en", "completions", shell]).encode() for shell in SHELLS}
        self.licences = {name: (ROOT / name).read_bytes() for name in ("LICENSE-APACHE", "LICENSE-MIT")}
        self.notices = notices(self.target)
        self.bill = bill(self.target, self.binary, self.date)
        self.changes = (ROOT / "CHANGELOG.md").read_bytes()
        self.suffix = ".exe" if "windows" in self.target else ""

    def name(self):
        """Of the plain archives, as `[package.metadata.binstall]` in Cargo.toml gives it."""
        return f"belagg-{self.version}-{self.target}"

    def plain(self):
        """The plain archive: path, bytes, and whether it is a program."""
        yield "CHANGELOG.md", self.changes, False
        for name, data in self.licences.items():
            yield name, data, False
        yield "THIRD-PARTY-LICENSES.txt", self.notices, False
        yield "belagg" + self.suffix, self.binary, True
        yield "belagg.cdx.json", self.bill, False
        for shell, data in self.completions.items():
            yield f"completions/{SHELLS[shell]}", data, False
        for name, data in self.manual.items():
            yield f"man/{name}", data, False
