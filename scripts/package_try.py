"""Tries packages as somebody who has only them: installed in a clean folder, without compiler and network, and a report built, within a minute."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

from package_formats import depends, tool
from package_parts import Fault, manifest, run, sha256

UV = "uv==0.9.7"
SECONDS = 60
COMPILERS = ("cargo", "rustc", "cc", "gcc", "clang", "ld", "maturin")


class Place:
    """A clean folder: no variable of ours, no program on the path but what was installed, and no network where that can be taken away."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.path = []
        self.home = self.folder / "home"
        self.home.mkdir()
        self.cut = cut_off()
        self.began = time.monotonic()

    def run(self, command, **options):
        environment = {"PATH": os.pathsep.join(map(str, self.path)) or "/nowhere", "HOME": str(self.home), "LANG": "C.UTF-8", "TMPDIR": str(self.folder)}
        if os.name == "nt":
            environment |= {"SYSTEMROOT": os.environ["SYSTEMROOT"], "TEMP": str(self.folder)}
        for name in COMPILERS:
            if found := shutil.which(name, path=environment["PATH"]):
                raise Fault(f"{found} is on the path of the clean folder")
        return run([*self.cut, *command], env=environment, **options)

    def report(self, belagg):
        """Begins a report, builds it and looks at what came out; says the seconds since the folder was clean."""
        installed = time.monotonic() - self.began
        workspace = self.folder / "workspace"
        workspace.mkdir()
        self.run([belagg, "--lang", "en", "new", "inspection-report", "example", "--language", "en"], cwd=workspace)
        self.run([belagg, "--lang", "en", "build", "example"], cwd=workspace)
        made = workspace / "output" / "example" / "1.0"
        if not (made / "example.pdf").read_bytes().startswith(b"%PDF-"):
            raise Fault("example.pdf is no PDF")
        if "<html" not in (made / "index.html").read_text("utf-8"):
            raise Fault("index.html is no page")
        whole = time.monotonic() - self.began
        if whole > SECONDS:
            raise Fault(f"installed and built in {whole:.1f} s, wanted at most {SECONDS}")
        told = f"installed in {installed:.1f} s, " if installed >= 0.1 else ""
        return f"{told}report built after {whole:.1f} s{'' if self.cut else '; the network could not be taken away'}"


def cut_off():
    """What a command is put behind to have no network: a network namespace of its own, as root or as a user that looks like root."""
    for how in (["unshare", "--net"], ["unshare", "--user", "--map-root-user", "--net"]):
        if shutil.which("unshare") and subprocess.run([*how, sys.executable, "-c", "pass"], capture_output=True, check=False).returncode == 0:
            return [shutil.which("unshare"), *how[1:]]
    return []


def only(folder, parts):
    """What an unpacked archive holds: one folder of the name that cargo binstall looks for."""
    found = [entry.name for entry in folder.iterdir()]
    if found != [parts.name()]:
        raise Fault(f"the archive holds {', '.join(found)}")
    return folder / found[0]


def unpacked(package, parts, place):
    folder = place.folder / "unpacked"
    folder.mkdir()
    if package.suffix == ".zip":
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder)
            for entry in archive.infolist():
                # unzip takes the mode of a file from the archive, Python's module does not.
                (folder / entry.filename).chmod(entry.external_attr >> 16 & 0o777)
    else:
        with tarfile.open(package) as archive:
            if entries := [entry.name for entry in archive if entry.uid or entry.gid or entry.uname or entry.gname]:
                raise Fault(f"{entries[0]} belongs to somebody")
            archive.extractall(folder, filter="data")
    top = only(folder, parts)
    asked = bin_of(parts, "windows" in parts.target)
    if not (folder / asked[1]).samefile(top / ("belagg" + parts.suffix)) or not asked[0].endswith("/" + package.name) and package.suffix != ".zip":
        raise Fault(f"cargo binstall looks for {asked[0]} and {asked[1]} in it")
    return place.report(folder / asked[1])


def bin_of(parts, windows):
    """The address and the place in it that Cargo.toml tells cargo binstall, with the values of this package in the braces."""
    told = dict(manifest()["metadata"]["binstall"])
    if windows:
        told |= told["overrides"]["x86_64-pc-windows-msvc"]
    values = {"name": "belagg", "bin": "belagg", "version": parts.version, "target": parts.target, "binary-ext": parts.suffix, "repo": ""}
    return [re.sub(r"\{\s*([\w-]+)\s*\}", lambda found: values[found.group(1)], told[key]) for key in ("pkg-url", "bin-dir")]


def with_pip(package, parts, place):
    run([sys.executable, "-m", "venv", place.folder / "environment"])
    folder = place.folder / "environment" / ("Scripts" if os.name == "nt" else "bin")
    place.path = [folder]
    place.began = time.monotonic()
    place.run([folder / "python", "-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", package])
    if not (place.folder / "environment" / "share" / "man" / "man1" / "belagg.1").exists() and os.name != "nt":
        raise Fault("the wheel brought no manual page")
    said = place.report(folder / ("belagg" + parts.suffix))
    place.run([folder / "python", "-m", "pip", "uninstall", "--quiet", "--yes", "--disable-pip-version-check", "belagg"])
    if left := [path for path in (place.folder / "environment").rglob("*belagg*")]:
        raise Fault(f"{left[0]} is left when the wheel is taken away")
    return said


def with_uv(package, parts, place):
    """`uvx belagg`, from the file in the place of the index."""
    uv = tool("uv", UV)
    place.began = time.monotonic()
    script = place.folder / "belagg"
    script.write_text(f'#!/bin/sh\nexec "{uv}" tool run --offline --quiet --no-python-downloads --python "{sys.executable}" --from "{package}" belagg "$@"\n')
    script.chmod(0o755)
    return place.report(script)


def with_dpkg(package, parts, place):
    """Installed by dpkg into a folder with the list of packages of this system, so that what it depends on is asked for."""
    root = place.folder / "root"
    lists = root / "var/lib/dpkg"
    for folder in ("info", "updates", "triggers"):
        (lists / folder).mkdir(parents=True)
    shutil.copy("/var/lib/dpkg/status", lists / "status")
    # Of the files of the others it knows nothing: no warning of that.
    here = [shutil.which("dpkg"), f"--root={root}", *([] if os.geteuid() == 0 else ["--force-not-root"]), "--force-not-root", "--no-triggers"]
    place.path = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"]

    def dpkg(*arguments):
        # dpkg wants programs of its own on the path; what it installs has none of them.
        run([*place.cut, *here, *arguments], env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(place.home), "LANG": "C.UTF-8"})

    dpkg("--install", package)
    place.path = [root / "usr/bin"]
    told = run(["dpkg-deb", "--field", package, "Depends"]).strip()
    if told != depends(root / "usr/bin/belagg"):
        raise Fault(f"{package.name} depends on {told}")
    for name in ("man/man1/belagg.1.gz", "man/man1/belagg-build.1.gz", "bash-completion/completions/belagg", "doc/belagg/copyright", "doc/belagg/THIRD-PARTY-LICENSES.txt.gz"):
        if not (root / "usr/share" / name).exists():
            raise Fault(f"{package.name} has no usr/share/{name}")
    said = place.report(root / "usr/bin/belagg")
    dpkg("--purge", "belagg")
    if left := [path for path in root.rglob("*belagg*")]:
        raise Fault(f"{left[0]} is left when the package is purged")
    return said + ", purged"


def in_image(package, parts, place):
    """Runs the image by buildah, which shares the network of whoever starts it: of nobody, where it can be taken away."""
    store = ["--root", place.folder / "store", "--runroot", place.folder / "run", "--storage-driver", "vfs"]
    container = run(["buildah", *store, "from", "--pull-never", f"oci-archive:{package}"]).strip()
    work = place.folder / "workspace"
    work.mkdir()
    script = "belagg new inspection-report example --language en && belagg build example && test -s output/example/1.0/example.pdf"
    script += "".join(f" && ! command -v {name}" for name in COMPILERS)
    run([*place.cut, "buildah", *store, "run", "--isolation", "chroot", "--volume", f"{work}:/workspace", container, "sh", "-c", script])
    whole = time.monotonic() - place.began
    subprocess.run(["buildah", *map(str, store), "rm", "--all"], capture_output=True, check=False)
    subprocess.run(["buildah", *map(str, store), "rmi", "--all", "--force"], capture_output=True, check=False)
    if whole > SECONDS:
        raise Fault(f"unpacked and built in {whole:.1f} s, wanted at most {SECONDS}")
    return f"unpacked and report built in {whole:.1f} s"


def ways(package):
    if package.suffix == ".whl":
        return [("pip install", with_pip), ("uvx", with_uv)]
    if package.suffix == ".deb":
        return [("dpkg --install", with_dpkg)]
    if package.name.endswith(".oci.tar"):
        return [("container", in_image)]
    return [("unpacked", unpacked)]


def attempt(package, parts):
    """Each way in which somebody would install a package: name, and what was found (a fault, or how long it took)."""
    for name, way in ways(package):
        with tempfile.TemporaryDirectory(prefix="belagg-try-") as folder:
            try:
                yield name, True, way(package, parts, Place(folder))
            except (Fault, OSError, KeyError) as fault:
                yield name, False, str(fault)


def sums(folder):
    """Whether each file is what SHA256SUMS says, and none is missing there."""
    told = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    there = {path.name: sha256(path.read_bytes()) for path in folder.iterdir() if path.is_file() and path.name != "SHA256SUMS"}
    if told != there:
        raise Fault(f"SHA256SUMS and the files differ: {', '.join(sorted(set(told.items()) ^ set(there.items()))[0])}")
