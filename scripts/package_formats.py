"""Writes packages: the same parts give the same bytes (one date, sorted, nobody's user, no time of writing)."""

import base64
import gzip
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from email.utils import formatdate
from pathlib import Path

from package_parts import ROOT, Fault, run

MATURIN = "maturin==1.16.0"
CACHE = Path(os.environ.get("BELAGG_CACHE") or Path.home() / ".cache" / "belagg") / "package"
DEBIAN = {"x86_64": "amd64", "aarch64": "arm64"}
# Libraries that the program may ask of a system, and Debian's package of each.
LIBRARIES = {"libc.so.6": "libc6", "libm.so.6": "libc6", "libgcc_s.so.1": "libgcc-s1", "ld-linux-x86-64.so.2": "libc6", "ld-linux-aarch64.so.1": "libc6"}


def zipped(data, level):
    held = io.BytesIO()
    with gzip.GzipFile("", "wb", level, held, mtime=0) as file:
        file.write(data)
    return held.getvalue()


def tar(parts, into, level):
    path = into / f"{parts.name()}.tar.gz"
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data, program in sorted(parts.plain()):
            entry = tarfile.TarInfo(f"{parts.name()}/{name}")
            entry.size, entry.mtime, entry.mode = len(data), parts.date, 0o755 if program else 0o644
            archive.addfile(entry, io.BytesIO(data))
    path.write_bytes(zipped(held.getvalue(), level))
    return path


def fill(path, files, date, level):
    """A zip file of (name, bytes, whether it is a program), in that order."""
    stamp = time.gmtime(max(date, 315532800))[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data, program in files:
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # As from Unix, wherever it is made: that is where the mode of a file is read.
            entry.create_system = 3
            entry.external_attr = (0o100755 if program else 0o100644) << 16
            archive.writestr(entry, data)


def plain_zip(parts, into, level):
    path = into / f"{parts.name()}.zip"
    fill(path, [(f"{parts.name()}/{name}", data, program) for name, data, program in sorted(parts.plain())], parts.date, level)
    return path


def tool(name, package):
    """A program of a Python package, in an environment of its own."""
    folder = CACHE / re.sub(r"\W+", "-", package)
    program = folder / ("Scripts" if os.name == "nt" else "bin") / name
    if not program.exists():
        run([sys.executable, "-m", "venv", folder])
        run([program.parent / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package])
    return program


def wheel(parts, into, level):
    """maturin says what a wheel of this program is (its tag by the libraries that it asks for, its metadata); the files are laid in here."""
    scratch = into / ".maturin"
    # Crates with C in them are compiled anew for another SOURCE_DATE_EPOCH, and Typst's evaluator with them.
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    run([tool("maturin", MATURIN), "build", "--release", "--locked", "--quiet", "--compression-method", "stored", "--out", scratch], cwd=ROOT, env=environment)
    made = list(scratch.glob("*.whl"))
    if len(made) != 1:
        raise Fault(f"maturin made {len(made)} wheels")
    with zipfile.ZipFile(made[0]) as archive:
        files = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    name = made[0].name
    shutil.rmtree(scratch)
    base = f"belagg-{parts.version}"
    program = f"{base}.data/scripts/belagg{parts.suffix}"
    if files.get(program) != parts.binary:
        raise Fault(f"the wheel has another program than {parts.path}: build that one in this target folder")
    info = f"{base}.dist-info/"
    files = {path: data for path, data in files.items() if not path.startswith(info + "sboms/")}
    files[f"{info}sboms/belagg.cdx.json"] = parts.bill
    files[f"{info}licenses/THIRD-PARTY-LICENSES.txt"] = parts.notices
    head, body = files[info + "METADATA"].split(b"\n\n", 1)
    files[info + "METADATA"] = head + b"\nLicense-File: THIRD-PARTY-LICENSES.txt\n\n" + body
    for page, data in parts.manual.items():
        files[f"{base}.data/data/share/man/man1/{page}"] = data
    for shell, place in (("bash", "bash-completion/completions/belagg"), ("zsh", "zsh/site-functions/_belagg"), ("fish", "fish/vendor_completions.d/belagg.fish")):
        files[f"{base}.data/data/share/{place}"] = parts.completions[shell]
    del files[info + "RECORD"]
    # What a wheel is comes last, so that it is found without reading the whole.
    order = sorted(files, key=lambda path: (path.startswith(info), path))
    lines = [f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(files[path]).digest()).rstrip(b'=').decode()},{len(files[path])}" for path in order]
    files[info + "RECORD"] = ("\n".join([*lines, f"{info}RECORD,,"]) + "\n").encode()
    fill(into / name, [(path, files[path], path == program) for path in [*order, info + "RECORD"]], parts.date, level)
    if "linux" in parts.target and (found := re.search(r"manylinux_2_(\d+)_", name)):
        if needed := glibc(parts.path):
            if int(found.group(1)) < needed[1]:
                raise Fault(f"{name}: the program asks for glibc {needed[0]}.{needed[1]}")
    return into / name


def glibc(program):
    """The newest version of glibc that the program asks for, as (2, 35)."""
    asked = run(["readelf", "--version-info", "--wide", program], env={**os.environ, "LC_ALL": "C"})
    return max(((int(major), int(minor)) for major, minor in re.findall(r"GLIBC_(\d+)\.(\d+)", asked)), default=None)


def depends(program):
    """Debian's packages that the program needs, by what is written in it."""
    dynamic = run(["readelf", "--dynamic", "--wide", program], env={**os.environ, "LC_ALL": "C"})
    libraries = re.findall(r"\(NEEDED\).*\[(.+)\]", dynamic)
    if unknown := [library for library in libraries if library not in LIBRARIES]:
        raise Fault(f"the program asks for {', '.join(unknown)}: say in LIBRARIES which of Debian's packages has it")
    needed = {LIBRARIES[library] for library in libraries}
    version = glibc(program)
    return ", ".join(f"{package} (>= {version[0]}.{version[1]})" if package == "libc6" and version else package for package in sorted(needed))


def copyright_file(parts):
    """By Debian's form for machines; the parts that are linked are told in a file beside it."""
    mit = parts.licences["LICENSE-MIT"].decode("utf-8")
    text = re.sub(r"(?m)^(?=.)", " ", re.sub(r"(?m)^$", ".", mit.split("\n\n", 2)[2].strip()))
    holder = re.search(r"Copyright \(c\) (.+)", mit).group(1)
    return f"""Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: belagg
Comment: The licences of the crates and fonts that are part of the program stand in
 THIRD-PARTY-LICENSES.txt.gz beside this file, what they are in belagg.cdx.json.gz.

Files: *
Copyright: {holder}
License: Expat or Apache-2.0

License: Expat
{text}

License: Apache-2.0
 On Debian systems the text of the Apache License, version 2.0, is in
 /usr/share/common-licenses/Apache-2.0.
""".encode()


def deb(parts, into, level):
    if not shutil.which("dpkg-deb"):
        raise Fault("dpkg-deb is not here (Debian's package dpkg)")
    machine = parts.target.split("-")[0]
    if machine not in DEBIAN or "linux-gnu" not in parts.target:
        raise Fault(f"no .deb for {parts.target}")
    # A pre-release is older than the release: 1.0.0~rc.1.
    version = parts.version.replace("-", "~") + "-1"
    documents = "usr/share/doc/belagg"
    maintainer = f"{os.environ.get('DEBFULLNAME', 'The Belägg authors')} <{os.environ.get('DEBEMAIL', 'belagg@localhost')}>"
    history = f"belagg ({version}) unstable; urgency=medium\n\n  * Belägg {parts.version}; what is new stands in changelog.gz.\n\n -- {maintainer}  {formatdate(parts.date)}\n".encode()
    files = {
        "usr/bin/belagg": parts.binary,
        f"{documents}/copyright": copyright_file(parts),
        f"{documents}/changelog.gz": zipped(parts.changes, 9),
        f"{documents}/changelog.Debian.gz": zipped(history, 9),
        f"{documents}/THIRD-PARTY-LICENSES.txt.gz": zipped(parts.notices, 9),
        f"{documents}/belagg.cdx.json.gz": zipped(parts.bill, 9),
        "usr/share/bash-completion/completions/belagg": parts.completions["bash"],
        "usr/share/zsh/vendor-completions/_belagg": parts.completions["zsh"],
        "usr/share/fish/vendor_completions.d/belagg.fish": parts.completions["fish"],
    }
    for page, data in parts.manual.items():
        files[f"usr/share/man/man1/{page}.gz"] = zipped(data, 9)
    size = sum((len(data) + 1023) // 1024 for data in files.values())
    files["DEBIAN/md5sums"] = "".join(f"{hashlib.md5(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())).encode()
    files["DEBIAN/control"] = f"""Package: belagg
Version: {version}
Architecture: {DEBIAN[machine]}
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {depends(parts.path)}
Section: text
Priority: optional
Description: reports whose every figure is bound to data
 Findings in YAML, analysis in Markdown and charts become versioned reports,
 as an accessible PDF and a web page that say the same thing. Numbers are
 counted from data, checked where they are typed, and protected where they
 are small.
""".encode()
    tree = into / ".deb"
    for name, data in files.items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o755 if name == "usr/bin/belagg" else 0o644)
    for folder in [tree, *tree.rglob("*")]:
        if folder.is_dir():
            folder.chmod(0o755)
        # dpkg-deb cuts off what is later than SOURCE_DATE_EPOCH, and keeps what is earlier.
        os.utime(folder, (parts.date, parts.date))
    path = into / f"belagg_{version}_{DEBIAN[machine]}.deb"
    how = ["-Zxz", "-z6", "--threads-max=1"] if level == 9 else ["-Zgzip", f"-z{level}"]
    run(["dpkg-deb", "--root-owner-group", *how, "--build", tree, path], env={**os.environ, "SOURCE_DATE_EPOCH": str(parts.date)})
    shutil.rmtree(tree)
    return path


def image(parts, into, level, base=None):
    """An OCI archive by Containerfile, on `base`: a name that the registry knows, or a tar file of a root file system."""
    if not shutil.which("buildah"):
        raise Fault("buildah is not here")
    scratch = into / ".image"
    context = scratch / "context"
    for place, data, program in parts.plain():
        path = context / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o755 if program else 0o644)
    # A store of its own: what else lies on this machine plays no part in it.
    store = ["--root", scratch / "store", "--runroot", scratch / "run", "--storage-driver", "vfs"]
    arguments = ["--build-arg", f"VERSION={parts.version}"]
    if base and Path(base).is_file():
        (scratch / "base").mkdir()
        os.link(base, scratch / "base" / "root.tar") if os.stat(base).st_dev == os.stat(scratch).st_dev else shutil.copy(base, scratch / "base" / "root.tar")
        (scratch / "base" / "Containerfile").write_text("FROM scratch\nADD root.tar /\n")
        run(["buildah", *store, "build", "--isolation", "chroot", "--timestamp", parts.date, "--tag", "localhost/base", scratch / "base"])
        arguments += ["--build-arg", "BASE=localhost/base"]
    elif base:
        arguments += ["--build-arg", f"BASE={base}"]
    run(["buildah", *store, "build", "--isolation", "chroot", "--timestamp", parts.date, *arguments, "--file", ROOT / "Containerfile", "--tag", f"belagg:{parts.version}", context])
    path = into / f"belagg-{parts.version}-{parts.target.split('-')[0]}.oci.tar"
    run(["buildah", *store, "push", f"belagg:{parts.version}", f"oci-archive:{scratch / 'image.tar'}:belagg:{parts.version}"])
    # The store writes the times of its own files into the archive.
    with tarfile.open(scratch / "image.tar") as archive, tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as sorted_archive:
        for entry in sorted((entry for entry in archive if entry.isfile()), key=lambda entry: entry.name):
            data = archive.extractfile(entry).read()
            clean = tarfile.TarInfo(entry.name.removeprefix("./"))
            clean.size, clean.mtime, clean.mode = len(data), parts.date, 0o644
            sorted_archive.addfile(clean, io.BytesIO(data))
    subprocess.run(["buildah", *map(str, store), "rmi", "--all", "--force"], capture_output=True, check=False)
    shutil.rmtree(scratch)
    return path
