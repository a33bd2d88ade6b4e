"""Solves what scripts/attack_relate.py has gathered: the least and the largest value that each withheld cell can have. See scripts/attack."""

import argparse
import json
import re
import sys
from pathlib import Path

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from attack_read import documents
from attack_relate import PRINTED, READ, Relations, WORDS

MOST = 1_000_000


class Attack:
    def __init__(self, folder, minimum, left, zeros, persons):
        self.documents = documents(folder)
        self.minimum, self.left, self.lowest, self.persons = minimum, left, 1 if zeros == "shown" else 0, set(persons)
        self.relations = Relations(self.documents).relate()
        self.hidden = [at for at, (table, row, column) in enumerate(self.relations.cells) if table.cells[row][column].hidden]
        self.findings, self.open, self.remarks = [], [], []

    def run(self):
        cells = self.relations.cells
        for at in self.hidden:
            table, row, column = cells[at]
            cell = table.cells[row][column]
            shown = {v: where for v, where in cell.seen.items() if where}
            for value, where in shown.items():
                self.finding(at, value, value, [f"it stands in {where}"])
        for part, rows in self.components():
            self.solve(part, rows)
        self.stand_open()
        return self

    def finding(self, cell, low, high, words):
        table, row, column = self.relations.cells[cell]
        self.findings.append({"cell": table.name(row, column), "low": low, "high": high, "by": words})

    def components(self):
        """Cells that are not known and hang together, with the relations between them; each relation in what is unknown alone."""
        known = {at: self.relations.value(at) for at in range(len(self.relations.cells))}
        rows, parent = [], {}

        def root(x):
            while parent.setdefault(x, x) != x:
                parent[x] = parent[parent[x]]
                x = parent[x]
            return x

        for terms, low, high, sure, words in self.relations.rows:
            unknown = {c: f for c, f in terms.items() if known[c] is None}
            if not unknown:
                continue
            constant = sum(f * known[c] for c, f in terms.items() if known[c] is not None)
            rows.append((unknown, None if low is None else low - constant, None if high is None else high - constant, sure,
                         words if sure == READ else f"{words}: {self.equation(terms, known, low, high)}"))
            first, *others = [root(c) for c in unknown]
            for other in others:
                parent[root(other)] = root(first)
        for at in self.hidden:
            if known[at] is None:
                root(at)
        groups = {}
        for cell in list(parent):
            groups.setdefault(root(cell), ([], []))[0].append(cell)
        for row in rows:
            groups[root(next(iter(row[0])))][1].append(row)
        wanted = {c for c in self.hidden}
        return [(part, of) for part, of in groups.values() if wanted & set(part)]

    def equation(self, terms, known, low, high):
        def side(sign):
            parts = []
            for c, f in terms.items():
                if f * sign > 0:
                    what = f"[{self.relations.place(c)}]" if known[c] is None else str(known[c])
                    parts.append(what if abs(f) == 1 else f"{abs(f):g} × {what}")
            return " + ".join(parts)
        right = side(-1)
        if low is not None and low == high:
            return f"{side(1)} = {right or format(low, 'g')}"
        return f"{side(1)} {'≥' if high is None else '≤' if low is None else f'between {low:g} and {high:g}; '} {right}".strip()

    def extreme(self, part, rows, cell, sign):
        index = {c: i for i, c in enumerate(part)}
        cost = numpy.zeros(len(part))
        cost[index[cell]] = sign
        lower = numpy.array([self.lowest if c in self.marked else 0 for c in part], float)
        constraints = []
        if rows:
            data, at, column = [], [], []
            for number, row in enumerate(rows):
                for c, factor in row[0].items():
                    data.append(factor)
                    at.append(number)
                    column.append(index[c])
            low = [-numpy.inf if r[1] is None else r[1] - 1e-7 for r in rows]
            high = [numpy.inf if r[2] is None else r[2] + 1e-7 for r in rows]
            constraints = [LinearConstraint(csr_matrix((data, (at, column)), (len(rows), len(part))), low, high)]
        answer = milp(cost, integrality=numpy.ones(len(part)), bounds=Bounds(lower, numpy.full(len(part), MOST)), constraints=constraints, options={"time_limit": 10})
        return None if answer.x is None else round(answer.x[index[cell]])

    def interval(self, part, rows, cell):
        low = self.extreme(part, rows, cell, 1)
        return None if low is None else (low, self.extreme(part, rows, cell, -1))

    def solve(self, part, rows):
        self.marked = set(self.hidden)
        hidden = [c for c in part if c in self.marked]
        # What cannot all be true was read wrongly: the least sure goes first.
        rows = self.consistent(part, rows, hidden[0])
        for cell in hidden:
            span = self.interval(part, rows, cell)
            if span is None:
                continue
            low, high = span
            if low < self.minimum and high - low + 1 < self.left:
                self.finding(cell, low, high, self.because(part, rows, cell, span))

    def consistent(self, part, rows, probe):
        if self.interval(part, rows, probe) is not None:
            return rows
        kept = []
        for sure in range(PRINTED, READ + 1):
            for row in (r for r in rows if r[3] == sure):
                if self.extreme(part, kept + [row], probe, 1) is not None:
                    kept.append(row)
        self.remarks.append(f"{len(rows) - len(kept)} relations contradict the others and were left out: {[r[4] for r in rows if r not in kept][:3]}")
        return kept

    def because(self, part, rows, cell, span):
        """The relations without which the cell would not be known so well."""
        if len(rows) > 400:
            return [f"{len(rows)} relations"]
        kept = list(rows)
        step = max(1, len(kept) // 4)
        while step:
            at = 0
            while at < len(kept):
                rest = kept[:at] + kept[at + step:]
                if self.interval(part, rest, cell) == span:
                    kept = rest
                else:
                    at += step
            step //= 2
        return [r[4] for r in kept]

    def stand_open(self):
        for document in self.documents:
            for table in document.tables:
                counts_persons = table.persons or table.id in self.persons or any(cell.hidden for row in table.cells for cell in row)
                for row in range(len(table.rows)):
                    for column in self.relations.counts(table):
                        cell = table.cells[row][column]
                        small = [(v, w) for v, w in cell.seen.items() if 0 < v < self.minimum]
                        if counts_persons and small and not cell.hidden and not self.difference(table, column):
                            self.open.append(f"{table.name(row, column)} = {small[0][0]} ({small[0][1]})")
            for where, text in document.texts:
                found = re.search(r"(?<![\d,.\-–])(\d|[^\W\d_]+) (kvinn|män\b|man\b|flick|pojk|person|klient|brukar|barn\b|women|men\b|persons|people)", text)
                number = found and (WORDS.get(found[1].lower()) or (int(found[1]) if found[1].isdigit() else None))
                if number and number < self.minimum:
                    self.remarks.append(f"{document.name}: “{found[0]}…” in {where}: {text[:100]}")


    def difference(self, table, column):
        """Whether a column tells how much two others differ: it counts nobody."""
        def known(c):
            return [table.cells[r][c].value() for r in range(len(table.rows))]
        own, others = known(column), [c for c in self.relations.counts(table) if c != column]
        for a in others:
            for b in others:
                lines = [(o, x, y) for o, x, y in zip(own, known(a), known(b)) if None not in (o, x, y)]
                if a != b and len(lines) > 1 and all(abs(x - y) == abs(o) for o, x, y in lines):
                    return True
        return False


def report(folder, options):
    attack = Attack(folder, options.minimum, options.values_left, options.zeros, options.persons or []).run()
    found = [f for f in attack.findings if f["low"] == f["high"] < options.minimum]
    narrow = [f for f in attack.findings if f["low"] != f["high"]]
    above = [f for f in attack.findings if f["low"] == f["high"] >= options.minimum]
    # A narrow interval that reaches the minimum may be that of a cell hidden for the sake of another, which needs two values only.
    close = [f for f in narrow if f["high"] < options.minimum]
    return attack, found, close, [f for f in narrow if f not in close] + above


def tell(folder, options):
    attack, found, close, others = report(folder, options)
    tables = sum(len(d.tables) for d in attack.documents)
    for title, findings in (("found", found), ("narrow", close), ("perhaps", others)):
        for finding in findings:
            value = str(finding["low"]) if finding["low"] == finding["high"] else f"{finding['low']} to {finding['high']}"
            print(f"{title}: {finding['cell']} = {value}")
            for words in finding["by"][:12]:
                print(f"    {words}")
    for text in attack.open:
        print(f"open: {text}")
    for text in dict.fromkeys(attack.remarks):
        print(f"remark: {text}")
    print(f"{len(attack.documents)} documents, {tables} tables, {len(attack.hidden)} withheld cells, {len(attack.relations.rows)} relations: "
          f"{len(found)} found, {len(close)} narrow, {len(attack.open)} open")
    return 1 if found or close or attack.open else 0


def cases(folder, options):
    """One line each, as JSON, for who has planted something in them."""
    bad = 0
    for case in sorted(p for p in Path(folder).iterdir() if p.is_dir()):
        attack, found, close, others = report(case, options)
        bad += bool(found or close)
        print(json.dumps({"case": case.name, "found": found, "narrow": close, "perhaps": others, "open": attack.open}, ensure_ascii=False))
    return 1 if bad else 0


def main():
    parser = argparse.ArgumentParser(prog="attack")
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--minimum", type=int, default=5)
    parser.add_argument("--values-left", type=int, default=3)
    parser.add_argument("--zeros", choices=["shown", "hidden"], default="shown")
    parser.add_argument("--persons", nargs="*")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--belagg", default="target/release/belagg")
    parser.add_argument("--cases")
    options = parser.parse_args()
    if options.self_test:
        import attack_self
        sys.exit(attack_self.run(options))
    if options.cases:
        sys.exit(cases(options.cases, options))
    if not options.folder:
        parser.error("which folder?")
    if not Path(options.folder).is_dir():
        parser.error(f"{options.folder} is no folder")
    sys.exit(tell(options.folder, options))


if __name__ == "__main__":
    main()
