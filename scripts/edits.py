"""Random edits, built twice: see scripts/edits."""

import argparse
import json
import pathlib
import re
import shutil
import sys
import tempfile

from edits_kinds import Edits, files, run

# What differs between a build of everything and one of what has changed: which documents it speaks of having made.
OF_MAKING = re.compile(r"^(output/\S+: (PDF|unchanged|oförändrad|from the cache|ur cachen)|output/index\.html |building |bygger )")


def said(done, of_cache=False):
    if of_cache and done.stdout.startswith("["):
        # What is damaged in the cache only one of both builds meets.
        every = [found for found in json.loads(done.stdout) if found["code"] not in ("OUT006", "OUT007")]
        return [json.dumps(found) for found in every] + [line for line in done.stderr.splitlines() if not OF_MAKING.match(line)]
    lines = done.stdout.splitlines() + ["--"] + done.stderr.splitlines()
    return [line for line in lines if not OF_MAKING.match(line)]


def different(one, two):
    one, two = files(one), files(two)
    paths = sorted(set(one) | set(two))
    return [path for path in paths if path not in one or path not in two or one[path].read_bytes() != two[path].read_bytes()]


def main():
    parser = argparse.ArgumentParser(prog="scripts/edits")
    parser.add_argument("program", type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--edits", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--cache", action="store_true")
    parser.add_argument("--plant", action="store_true")
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="edits-") as temporary:
        if options.keep:
            options.keep.mkdir(parents=True)
        sys.exit(proved(options, options.keep or pathlib.Path(temporary)))


def proved(options, folder):
    edits = Edits(options, folder.resolve())
    faulty, kinds, left, made_anew, failed, cleaned = 0, {}, 0, 0, 0, 0
    for at in range(options.edits + 1):
        kind, told = edits.one(faulty) if at else ("first", "nothing")
        edits.log.append(f"{at} {kind}: {told}")
        kinds[kind] = kinds.get(kind, 0) + 1
        format = edits.random.choice([[], [], [], ["--format", "json"], ["--lang", "en"], ["--format", "sarif"]])
        cache = ["--cache", str(edits.cache)] if edits.cache else []
        format = ["--format", "json"] if cache else format
        names = [] if at % 5 == 0 else edits.some(told)
        one = run(edits.program, edits.copies[0], *format, "build", *names, *cache)
        two = run(edits.program, edits.copies[1], *format, "build", *names, "--anew")
        problems = different(edits.copies[0] / "output", edits.copies[1] / "output")
        if one.returncode != two.returncode:
            problems.append(f"exit codes {one.returncode} and {two.returncode}")
        words = [said(done, options.cache) for done in (one, two)]
        if words[0] != words[1]:
            lines = zip(words[0] + ["(end)"], words[1] + ["(end)"])
            problems.append("messages: " + next((f"{first!r} instead of {second!r}" for first, second in lines if first != second), "more"))
        # Of ledgers that are not what was published nothing is restored, and a build that need not restore anything says nothing of them.
        if one.returncode == 0 and at % 25 == 0 and not problems and run(edits.program, edits.copies[0], "verify").returncode == 0:
            problems = clean(edits)
            cleaned += 1
        if problems:
            if options.plant:
                print(f"edits: the planted fault was found after {at} edits")
                return 0
            print("\n".join(edits.log[-12:]), f"edits: seed {options.seed}, edit {at}: a build differs from one of everything:", sep="\n")
            print("\n".join(f"  {problem}" for problem in problems[:20]))
            return 1
        faulty = faulty + 1 if one.returncode else 0
        if not names and not faulty:
            edits.good = edits.state()
        failed += one.returncode != 0
        built = re.search(r"(\d+)\s+(?:oförändrade?|unchanged)", one.stdout)
        left += int(built.group(1)) if built else 0
        made_anew += len(re.findall(r"(?m)^output/\S+: PDF", one.stdout))
        if options.plant:
            edits.plant()
        if at % 100 == 0:
            print(f"edits: {at} of {options.edits}, {failed} of them faulty; {left} documents left, {made_anew} made", flush=True)
    if options.plant:
        print("\n".join(edits.log), "edits: the planted fault was not found", sep="\n")
        return 1
    every = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    print(f"edits: seed {options.seed}: {options.edits} edits ({every}); {failed} states with errors; {left} documents left as they were, {made_anew} made; {cleaned} builds of empty folders; 0 stale")
    return 0


def clean(edits):
    """A folder in which nothing was ever built. Versions that were never published lie there only as they are now."""
    folder = edits.folder / "clean"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(edits.copies[0], folder, ignore=shutil.ignore_patterns("output", ".built"))
    done = run(edits.program, folder, "build")
    problems = [] if done.returncode == 0 else [f"exit code {done.returncode} of a clean build"]
    for path, file in files(folder / "output").items():
        if re.match(r"[^/]+/\d[^/]*/", path) and file.read_bytes() != (edits.copies[0] / "output" / path).read_bytes():
            problems.append(f"{path} is another in a clean build")
    return problems


main()
