"""What scripts/attack concludes from what it has read: linear relations between cells, each with the words that it comes from and how sure it is."""

import itertools
import math
import re

from attack_read import TOTAL, plain

# How sure a relation is: what a file prints, sums that a table says or keeps to, the same cell elsewhere, shares, lengths and orders, sentences.
PRINTED, SUM, SAME, SHARE, DRAWN, READ = range(6)

ONES = "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo".split()
TENS = dict(zip("tjugo trettio fyrtio femtio sextio sjuttio åttio nittio hundra".split(), range(20, 101, 10)))
ENGLISH = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
WORDS = {**{w: n for n, w in enumerate(ENGLISH)}, **{w: n for n, w in enumerate(ONES)}, "ett": 1, **TENS}
WORDS |= {f"{tens}{ONES[n]}": TENS[tens] + n for tens in TENS for n in range(1, 10) if tens != "hundra"}
PERSONS = re.compile(r"person|besök|ärende|deltag|brukar|klient|barn|elev|anställd|svarande|individ|akter|people|cases|visitor|participant", re.I)
PARTS = {"hälften": 1 / 2, "en tredjedel": 1 / 3, "två tredjedelar": 2 / 3, "en fjärdedel": 1 / 4, "tre fjärdedelar": 3 / 4, "en femtedel": 1 / 5, "half": 1 / 2,
         "a third": 1 / 3, "two thirds": 2 / 3, "a quarter": 1 / 4, "three quarters": 3 / 4}
BELOW, ABOVE = r"knappt|nästan|inte fullt|barely|nearly|almost|just under", r"drygt|mer än|över|just over|more than"


class Relations:
    def __init__(self, documents):
        self.documents, self.cells, self.index = documents, [], {}
        self.rows = []          # ({cell: coefficient}, low, high, how sure, words)
        for document in documents:
            for table in document.tables:
                for row, column in itertools.product(range(len(table.rows)), range(len(table.columns))):
                    if table.columns[column][3] is None:
                        self.index[id(table), row, column] = len(self.cells)
                        self.cells.append((table, row, column))

    def at(self, table, row, column):
        return self.index.get((id(table), row, column))

    def add(self, terms, low, high, sure, words):
        merged = {}
        for cell, factor in terms:
            merged[cell] = merged.get(cell, 0) + factor
        merged = {cell: factor for cell, factor in merged.items() if factor}
        if merged:
            self.rows.append((merged, low, high, sure, words))

    def value(self, cell):
        table, row, column = self.cells[cell]
        return table.cells[row][column].value()

    def place(self, cell):
        table, row, column = self.cells[cell]
        return f"{table.rows[row][1]}, {table.full(column)} ({table.number or table.id})"

    def counts(self, table):
        return [c for c in range(len(table.columns)) if table.columns[c][3] is None]

    def relate(self):
        for document in self.documents:
            for table in document.tables:
                self.sums(table)
                self.shares(document, table)
                self.drawn(document, table)
                self.ordered(document, table)
            self.linked(document)
        told = {}
        for document in self.documents:
            before = ""
            for where, text in document.texts:
                if before and re.match(r"(Av dem|Av dessa|De andra|Resten|Of them|Of these|The rest)\b", text):
                    told.setdefault(f"{before} {text}", f"{document.name}, {where}")
                before = text
                if where.endswith("evidence") or re.match(r"[^.]*: [^.]*\((kvinnor|\d+ kvinnor)", text):
                    continue
                told.setdefault(text, f"{document.name}, {where}")
        for text, where in told.items():
            for document in self.documents:
                self.sentence(document, where, text)
        self.elsewhere()
        return self

    # Sums

    def holds(self, whole, parts, lines):
        """Whether a sum holds wherever all of it is open: None where it is open nowhere."""
        known = [(w, [p for p in ps]) for w, ps in ((self.value(whole(at)), [self.value(p) for p in parts(at)]) for at in lines)
                 if w is not None and None not in ps]
        if not known:
            return None
        return all(w == sum(ps) for w, ps in known) and (sum(1 for w, _ in known if w) or False)

    def sums(self, table):
        counts, rows = self.counts(table), range(len(table.rows))
        groups = {}
        for c in counts:
            groups.setdefault(table.columns[c][2], []).append(c)
        wholes = [c for c in counts if table.is_total(c)]
        for c in wholes:
            same = [o for o in groups[table.columns[c][2]] if o not in wholes]
            sets = [same] if len(same) > 1 or table.columns[c][2] else [[o for o in counts if o not in wholes]]
            for parts in sets:
                self.sum_of_columns(table, c, parts, rows, False)
        for c, a, b in itertools.permutations(counts, 3) if 3 <= len(counts) <= 9 else ():
            if a < b and c not in wholes:
                self.sum_of_columns(table, c, [a, b], rows, True)
        totals = [r for r in rows if table.row_is_total(r)]
        for r in totals:
            before = [o for o in rows if o not in totals and o < r]
            for parts in ([o for o in rows if o not in totals], before, before[max((t for t in totals if t < r), default=-1) + 1:]):
                if len(parts) > 1 and self.sum_of_rows(table, r, parts, counts):
                    break

    def sum_of_columns(self, table, whole, parts, rows, sought):
        cells = [r for r in rows if all(self.at(table, r, c) is not None for c in [whole, *parts])]
        known = self.holds(lambda r: self.at(table, r, whole), lambda r: [self.at(table, r, c) for c in parts], cells)
        if len(parts) < 2 or (known is not None and not known) or (sought and (known or 0) < 3):
            return
        for r in cells:
            self.add([(self.at(table, r, whole), 1)] + [(self.at(table, r, c), -1) for c in parts], 0, 0, SUM, f"row {table.rows[r][1]} of {table.number or table.id}")

    def sum_of_rows(self, table, whole, parts, counts):
        known = [self.holds(lambda c: self.at(table, whole, c), lambda c: [self.at(table, r, c) for r in parts], [c]) for c in counts]
        if any(k is not None and not k and any(self.value(self.at(table, r, c)) for r in parts) for k, c in zip(known, counts)):
            return False
        for c in counts:
            self.add([(self.at(table, whole, c), 1)] + [(self.at(table, r, c), -1) for r in parts], 0, 0, SUM,
                     f"column {table.full(c)} of {table.number or table.id}")
        return True

    # The same elsewhere

    def tie(self, a, b, why):
        if a is not None and b is not None and a != b:
            self.add([(a, 1), (b, -1)], 0, 0, SAME, why)

    def linked(self, document):
        """Charts of tables, tables with the same totals, rows that are several rows of another table together."""
        for one, other in itertools.permutations(document.tables, 2):
            if one.chart and one.beside != other.id and other.chart:
                continue
            lines = [(r, s) for r, a in enumerate(one.rows) for s, b in enumerate(other.rows)
                     if a[1] == b[1] or (one.row_is_total(r) and other.row_is_total(s))]
            heads = [(c, d) for c in self.counts(one) for d in self.counts(other)
                     if one.full(c) == other.full(d) or (one.is_total(c) and other.is_total(d))]
            if [x for x in lines if [y[0] for y in lines].count(x[0]) > 1]:
                continue
            for set_of in ([p for p in lines if one.row_is_total(p[0])], [p for p in lines if not one.row_is_total(p[0])]):
                pairs = [(self.at(one, r, c), self.at(other, s, d)) for r, s in set_of for c, d in heads]
                known = [(self.value(a), self.value(b)) for a, b in pairs if self.value(a) is not None and self.value(b) is not None]
                if one.beside == other.id or (known and all(a == b for a, b in known) and (len(known) > 1 or known[0][0] > 9)):
                    for a, b in pairs:
                        self.tie(a, b, f"{one.number or one.id} and {other.number or other.id} count the same")
            for r, (_, label, total) in enumerate(one.rows):
                names = re.split(r"\s*(?:,|/|\+|\boch\b|\band\b)\s*", label)
                parts = [next((s for s, b in enumerate(other.rows) if b[1] == n), None) for n in names]
                if len(parts) < 2 or None in parts or total:
                    continue
                sums = [(self.at(one, r, c), [self.at(other, s, d) for s in parts]) for c, d in heads]
                known = [(self.value(a), [self.value(p) for p in ps]) for a, ps in sums]
                if all(w is None or None in ps or w == sum(ps) for w, ps in known):
                    for a, ps in sums:
                        self.add([(a, 1)] + [(p, -1) for p in ps], 0, 0, SAME, f"{label} ({one.number or one.id}) is {' + '.join(names)} ({other.number or other.id})")

    def elsewhere(self):
        """The same table in another version, an extract or a companion."""
        places = {}
        for number, (table, row, column) in enumerate(self.cells):
            places.setdefault((table.id, table.caption, table.rows[row][0], table.columns[column][0]), []).append(number)
        for same in places.values():
            for a, b in zip(same, same[1:]):
                if self.cells[a][0] is not self.cells[b][0] and not (self.value(a) is not None and self.value(b) is not None):
                    self.tie(a, b, f"the same cell in {self.cells[a][0].document} and {self.cells[b][0].document}")

    # Shares, lengths, orders

    def shares(self, document, table):
        counts = self.counts(table)
        bases = []
        whole = next((c for c in counts if table.is_total(c)), None)
        bottom = next((r for r in range(len(table.rows)) if table.row_is_total(r)), None)
        if whole is not None:
            bases.append(("the row", lambda r, c: self.at(table, r, whole)))
            if bottom is not None:
                bases.append(("all", lambda r, c: self.at(table, bottom, whole)))
        else:
            bases.append(("the row", lambda r, c: [self.at(table, r, o) for o in counts if not table.is_total(o)]))
        if bottom is not None:
            bases.append(("the column", lambda r, c: self.at(table, bottom, c)))
        else:
            bases.append(("the column", lambda r, c: [self.at(table, o, c) for o in range(len(table.rows))]))
        of = {c: [c] for c in counts}
        for p in range(len(table.columns)):
            if table.columns[p][3] is not None:
                of.setdefault(p, [c for c in counts if not table.is_total(c)] or counts)
        for shown, told in of.items():
            shares = [(r, *table.cells[r][shown].percents[-1]) for r in range(len(table.rows)) if table.cells[r][shown].percents]
            for c, (base, find) in itertools.product(told, bases):
                fits = 0
                for r, percent, digits, _ in shares:
                    part, over = self.value(self.at(table, r, c)), self.listed(find(r, c))
                    sums = [self.value(o) for o in over]
                    if part is None or None in sums or not sum(sums):
                        continue
                    if abs(100 * part / sum(sums) - percent) > 0.5 * 10 ** -digits + 1e-9:
                        fits = -1
                        break
                    fits += 1
                if fits < 2 and not (fits == 0 and len(shares) and len(told) == 1 and base == "the row"):
                    continue
                for r, percent, digits, where in shares:
                    cell, over = self.at(table, r, c), self.listed(find(r, c))
                    if cell in over and len(over) == 1 or self.value(cell) is not None:
                        continue
                    half = 0.5 * 10 ** -digits
                    for low, high, bound in ((None, 0, percent + half), (0, None, percent - half)):
                        self.add([(cell, 100)] + [(o, -bound) for o in over], low, high, SHARE,
                                 f"{percent:g} % of {base} ({self.place(cell)}; {where})")

    def listed(self, found):
        return found if isinstance(found, list) else [found]

    def drawn(self, document, table):
        root = getattr(table, "svg", None)
        if root is None:
            return
        space = "{http://www.w3.org/2000/svg}"
        counts, marks = self.counts(table), {}
        names = [c for c in range(len(table.columns))]
        for group in root.iter(f"{space}g"):
            if group.get("data-s") is None or group.get("data-c") is None:
                continue
            series, row = int(group.get("data-s")), int(group.get("data-c"))
            boxes = [(float(b.get("width", 0)), float(b.get("height", 0)), b.get("fill", "")) for b in group.iter(f"{space}rect")]
            boxes = [b for b in boxes if max(b[:2]) > 10 or min(b[:2]) > 10]
            if boxes and series < len(names) and row < len(table.rows):
                marks[row, series] = boxes[0]
        bars = {at: m for at, m in marks.items() if not m[2].startswith("url(")}
        hatched = [m for m in marks.values() if m[2].startswith("url(")]
        if len({round(m[0]) for m in hatched}) > 1 and len({round(m[1]) for m in hatched}) > 1:
            bars = marks
        if len(bars) < 3:
            return
        lying = len({round(m[1]) for m in bars.values()}) < len({round(m[0]) for m in bars.values()})
        length = {at: m[0 if lying else 1] for at, m in bars.items()}
        known = [(length[at], self.value(self.at(table, at[0], at[1]))) for at in bars if self.at(table, *at) is not None]
        known = [(l, v) for l, v in known if v]
        if len(known) < 2 or max(v for _, v in known) < 3:
            return
        long, most = max(known, key=lambda k: k[1])
        scale = (long + 1) / most
        if any(abs(l - v * scale) > 4 for l, v in known):
            return
        for at in bars:
            cell = self.at(table, *at)
            if cell is not None and self.value(cell) is None:
                low, high = math.ceil((length[at] - 3) / scale), math.floor((length[at] + 4) / scale)
                if low <= high:
                    self.add([(cell, 1)], low, high, DRAWN, f"length of the bar {length[at]:g} at {scale:.1f} a case ({table.id}.svg)")

    def ordered(self, document, table):
        other = next((t for t in document.tables if t.id == table.beside), None)
        mine = [r for r in range(len(table.rows)) if not table.row_is_total(r)]
        if other is not None:
            there = [r[1] for r in other.rows if r[1] in [table.rows[m][1] for m in mine]]
            if there == [table.rows[m][1] for m in mine]:
                return
        labels = [table.rows[r][1].lower() for r in mine]
        if len(mine) < 4 or labels == sorted(labels) or re.match(r"^\d", labels[0]):
            return
        for c in self.counts(table):
            values = [self.value(self.at(table, r, c)) for r in mine]
            known = [v for v in values if v is not None]
            if len(known) < 3 or len(set(known)) < 3 or (other is None and len(known) < 4):
                continue
            for sign, order in ((1, sorted(known, reverse=True)), (-1, sorted(known))):
                if known != order:
                    continue
                # Rows without a number that stand last, as they stand in the table, are in no order of theirs.
                last = [r for r, v in zip(mine, values) if v is None]
                rank = [t for t in (x[1] for x in (other or table).rows)]
                if last == mine[len(mine) - len(last):] and (other is None or [rank.index(table.rows[r][1]) for r in last] == sorted(rank.index(table.rows[r][1]) for r in last)):
                    continue
                for a, b in zip(mine, mine[1:]):
                    self.add([(self.at(table, a, c), sign), (self.at(table, b, c), -sign)], 0, None, DRAWN, f"{table.number or table.id} stands in the order of {table.full(c)}")

    # Sentences

    def sentence(self, document, where, text):
        low = text.lower()
        for table in document.tables:
            if not any(cell.hidden for row in table.cells for cell in row):
                continue
            rows = [r for r in range(len(table.rows)) if not table.row_is_total(r) and self.speaks(table, r, low)]
            bottom = next((r for r in range(len(table.rows)) if table.row_is_total(r)), None)
            if len(rows) > 1 or (not rows and bottom is None):
                self.enumerated(table, rows, text, where)
                for part in re.split(r"[,;] ", text):
                    one = [r for r in rows if self.speaks(table, r, part.lower())]
                    if len(one) == 1 and not re.search(r"högst|lägst|highest|lowest", part):
                        self.read(table, one[0], part, where, True)
                continue
            self.read(table, rows[0] if rows else bottom, text, where, bool(rows))

    def speaks(self, table, row, low):
        label = table.rows[row][1].lower()
        if table.number != "evidence":
            return re.search(rf"(?<!\w){re.escape(label)}s?(?!\w)", low)
        words = [w for w in re.findall(r"\w+", label) if len(w) > 3]
        names = [w for w in re.findall(r"\w+", table.rows[row][1])[1:] if w[0].isupper()]
        return words and all(w.lower() in low for w in names or words)

    def enumerated(self, table, rows, text, where):
        """`Norr: Kvinnor 2, Män 18; Söder: …`, and `lowest for Norr`."""
        for row in rows:
            label = re.escape(table.rows[row][1])
            part = re.search(rf"{label}: ([^;.]*)", text)
            for column in self.counts(table):
                head = re.escape(table.columns[column][1])
                cell = self.at(table, row, column)
                found = part and re.search(rf"{head} ([\d ]+)", part[1])
                if found:
                    self.add([(cell, 1)], int(found[1].replace(" ", "")), int(found[1].replace(" ", "")), PRINTED, f"“{plain(part[0])}” ({where})")
                for words, sign in ((r"högst för|highest for", 1), (r"lägst för|lowest for", -1)):
                    if re.search(rf"{head}: [^.]*?(?:{words}) {label}(?!\w)", text):
                        for o in rows:
                            if o != row:
                                self.add([(cell, sign), (self.at(table, o, column), -sign)], 0, None, DRAWN, f"“{plain(text)[:120]}” ({where})")

    def read(self, table, row, text, where, named):
        text = re.sub(r"^(?:• )?\d+(?:\.\d+)+ |[ .]{6,}", " ", text)
        tokens = re.findall(r"\d+(?:[ \u00a0]\d{3})*(?:,\d+)?|%|[^\W\d_]+(?:-[^\W\d_]+)*", text)
        numbers = [(at, int(re.sub(r"\D", "", t)) if t[0].isdigit() else WORDS[t.lower()]) for at, t in enumerate(tokens)
                   if (t[0].isdigit() and "," not in t) or t.lower() in WORDS]
        columns = self.counts(table)
        stem = {c: table.columns[c][1].lower()[:max(3, len(table.columns[c][1]) - 3)] for c in columns}
        whole = next((c for c in columns if table.is_total(c)), None)
        said, wholes = [], set()
        for at, number in numbers:
            if at in wholes:
                continue
            after = [t.lower() for t in tokens[at + 1:at + 4]]
            if after[:1] and after[0] in ("procent", "percent", "per", "%", "år", "tabell", "procentenheter", "years"):
                continue
            # "ett skyddat antal" says that a number is withheld, and not one.
            if after and after[0] in ("skyddat", "skyddad"):
                continue
            if at and tokens[at - 1].lower() in ("tabell", "diagram", "table", "chart", "sid", "s", "sidan", "kapitel", "version", "år", "dnr", "rad"):
                continue
            nearest = next((c for word in after for c in columns if c != whole and word.startswith(stem[c])), None)
            if "av" in after[:1] or "of" in after[:1]:
                place = at + 3 if after[1:2] and after[1] in ("de", "the") else at + 2
                over = next((n for a, n in numbers if a == place), None)
                wholes.add(place)
                inside = next((c for c in columns if c != whole and any(t.lower().startswith(stem[c]) for t in tokens)), None)
                if inside is not None and over and whole is not None:
                    said.append((inside, number, over))
                continue
            before = [t.lower() for t in tokens[max(0, at - 2):at]]
            if nearest is not None:
                said.append((nearest, number, None))
            elif whole is not None and (any(PERSONS.match(w) for w in after) or before == ["av", "de"] or before == ["of", "the"]):
                said.append((whole, number, None))
        known = [(self.value(self.at(table, row, c)), n) for c, n, _ in said]
        words = f"“{plain(text)[-160:]}” ({where})"
        matched = any(v == n for v, n in known)
        if not any(v is not None and v != n for v, n in known) and (named or matched):
            for c, number, over in said:
                cell = self.at(table, row, c)
                top = self.at(table, row, whole) if whole is not None else None
                if over and self.value(top) is not None and self.value(top) != over:
                    self.share(cell, top, number / over - 0.05, number / over + 0.05, words)
                    continue
                if self.value(cell) is None:
                    self.add([(cell, 1)], number, number, READ, words)
                if over and self.value(top) is None:
                    self.add([(top, 1)], over, over, READ, words)
        if named and whole is not None:
            self.in_words(table, row, whole, columns, stem, text.lower(), words)

    def share(self, part, whole, low, high, words):
        self.add([(part, 1), (whole, -low)], 0, None, READ, words)
        self.add([(part, 1), (whole, -high)], None, 0, READ, words)

    def in_words(self, table, row, whole, columns, stem, text, words):
        top = self.at(table, row, whole)
        for c in columns:
            if c == whole or stem[c] not in text or self.value(self.at(table, row, c)) is not None:
                continue
            cell = self.at(table, row, c)
            but = re.search(r"(?:alla utom|alla förutom|all but) (\w+)", text)
            if but and (WORDS.get(but[1]) or (but[1].isdigit() and int(but[1]))):
                others = [o for o in columns if o not in (c, whole)]
                if len(others) == 1:
                    number = WORDS.get(but[1]) or int(but[1])
                    first = min((o for o in (c, others[0]) if stem[o] in text), key=lambda o: text.index(stem[o]))
                    self.add([(top, 1), (self.at(table, row, first), -1)], number, number, READ, words)
            percent = re.search(r"(\d+(?:,\d+)?) ?(?:procent|percent|%)", text)
            if percent:
                value, digits = float(percent[1].replace(",", ".")), len(percent[1].partition(",")[2])
                self.share(cell, top, (value - 0.5 * 10 ** -digits) / 100, (value + 0.5 * 10 ** -digits) / 100, words)
            for part, share in PARTS.items():
                found = re.search(rf"(?:({BELOW})|({ABOVE}))?\s*(?<!\w){part}(?!\w)", text)
                if found:
                    self.share(cell, top, share - 0.1 if found[1] else share - 0.03, share - 1e-6 if found[1] else share + 0.1 if found[2] else share + 0.03, words)
