"""What the cases of scripts/growth share: how one is registered, and the workspace that it starts from.

A case is a function from n to files and is given the largest n that is measured, the command, and the exit codes that are right at small n (1 where
faults of the text are what grows). The texts are invented, and the numbers in them mean nothing.
"""

from dataclasses import dataclass
from typing import Callable

CASES = {}
# Whether the text has faults is not what is looked at.
FAULTS = (0, 1)


@dataclass
class Case:
    name: str
    largest: int
    make: Callable
    command: list
    codes: tuple
    smallest: int
    # What is done to the workspace before the command is measured: a function from a runner of commands, the folder and n.
    before: Callable = None


def case(name, largest, command="check liten", codes=(0,), smallest=3, before=None):
    """Registers the function below it."""

    def register(make):
        CASES[name] = Case(name, largest, make, command.split(), codes, smallest, before)
        return make

    return register


def workspace(chapter="# Resultat {#resultat}\n\nEn text.\n", findings="", report="", status="draft", **more):
    """Files of a workspace with one report, `liten`."""
    files = {
        "belagg.yaml": "rules: {TAB012: off, TAB013: off}\n",
        "content/liten/report.yaml": "kind: inspection-report\ntitle: Liten rapport\nversion: '1.0'\ndate: 2024-03-01\n"
        f"status: {status}\nimprint: {{reference: Dnr 1/2024, publisher: Exempelstad, contact: Kansliet}}\nchapters: [kapitel.md]\n" + report,
        "content/liten/kapitel.md": chapter,
        "content/liten/findings/alla.yaml": "figures:\n  cases: {label: granskade ärenden, women: 20, men: 20}\n" + findings,
    }
    files.update({path.replace("__", "/"): text for path, text in more.items()})
    return files


def chapter(text):
    return f"# Resultat {{#resultat}}\n\n{text}\n"


def series(n, form, between=", "):
    return between.join(form(i) for i in range(n))


def word(i):
    """A word of letters alone, another for each number."""
    letters = ""
    i += 26
    while i:
        letters = chr(97 + i % 26) + letters
        i //= 26
    return "ord" + letters
