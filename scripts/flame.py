"""Stacks of functions to stacks that a person can read: from standard input to standard output, called by scripts/flame.

Own functions stay, of Typst the crate and its part, of other crates the name; what only passes on (the standard library, thread pools, memory of results) is
left out, and what calls itself stands once. What threads of the pool do for Typst stands beside what called it, since their stacks begin there.
"""

import re
import sys
from collections import Counter

PASSES_ON = {"core", "alloc", "std", "rayon", "rayon_core", "comemo", "hashbrown", "ecow", "once_cell", "parking_lot", "belagg-sym", "belagg"}
MEMORY = re.compile(r"^(_?mi_|__mem|malloc|free|realloc)")


def frame(name):
    name = re.sub(r"\+0x[0-9a-f]+$", "", name).replace("<", "").strip()
    if name.endswith("_[k]") or name.startswith(("asm_", "do_syscall", "entry_", "__x64")):
        return "system"
    if MEMORY.match(name):
        return "memory"
    parts = [part for part in re.split(r"::", re.sub(r" as .*|\{.*|>.*", "", name)) if part]
    crate = re.sub(r"^(&|dyn |mut )*", "", parts[0]) if parts else ""
    if not re.fullmatch(r"[a-z_0-9]+", crate) or len(parts) < 2:
        return None
    if crate == "belagg":
        return "::".join(parts[1:5])
    if crate in PASSES_ON:
        return None
    return "::".join(parts[:2]) if crate.startswith("typst") else crate


def main():
    stacks = Counter()
    for line in sys.stdin:
        stack, _, count = line.rpartition(" ")
        frames = []
        for name in map(frame, stack.split(";")[1:]):
            if name is None or name in frames[-1:]:
                continue
            if name in frames:
                del frames[frames.index(name) + 1 :]
                continue
            frames.append(name)
            if name in ("system", "memory"):
                break
        if frames and not re.match(r"cli|system|memory", frames[0]) and "typst" in frames[0]:
            frames.insert(0, "threads of the pool")
        stacks[";".join(["belagg", *(frames or ["other"])])] += int(count)
    for stack, count in sorted(stacks.items()):
        print(stack, count)


main()
