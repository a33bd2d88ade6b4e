// What a page can do besides being read: charts answer pointer and keyboard, the contents follow the reader, heads of tables stay. Nothing
// is lost without it. All words are the page's: those of a chart stand in its table, the rest in the template "Answers".
"use strict";
{
  const BESIDE = 10;
  const clamp = (value, low, high) => Math.max(low, Math.min(value, high));
  const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];

  /** What is heard of an element: its text without signs that only the eye gets. */
  const heard = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll('[aria-hidden="true"], .note-mark').forEach((part) => part.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  /** The values of a chart, each with its cell in the table, by series and category. */
  class Values {
    hidden = new Set();

    constructor(svg, rows, { columns, panels }) {
      // Where panels are made for the words of a column, the rows of all stand below each other.
      this.group = panels ? +panels + 1 : 0;
      const names = [...new Set(rows.map(({ cells }) => heard(cells[0])))];
      const groups = [...Map.groupBy(rows, ({ cells }) => heard(cells[this.group])).values()];
      const row = (series, category) => (this.group ? groups[series].find(({ cells }) => heard(cells[0]) === names[category]) : rows[category]);
      const own = columns.split(" ");
      const found = new Map();
      const add = (series, category, part) => {
        const cell = row(series, category)?.cells[1 + +own[this.group ? 0 : series]];
        const value = found.get(cell) ?? { series, category, cell, parts: [] };
        value.parts.push(part);
        if (cell) found.set(cell, value);
      };
      for (const { dataset, children } of svg.querySelectorAll("[data-c]")) [...children].forEach((shape) => add(+dataset.s, +dataset.c, shape));
      // The corners of a line are the values from one on.
      for (const { dataset, firstElementChild: line } of svg.querySelectorAll("[data-from]")) {
        [...line.points].forEach((corner, at) => add(+dataset.s, +dataset.from + at, corner));
      }
      this.all = [...found.values()].sort((a, b) => a.series - b.series || a.category - b.category);
      this.series = [...new Set(this.all.map(({ series }) => series))];
    }

    get shown() {
      return this.all.filter(({ series }) => !this.hidden.has(series));
    }

    /** The field of a value's mark, in the units of the picture: of its label only where it has no mark, as a value that is missing. */
    field(value) {
      const rank = ({ localName }) => ["polyline", "text"].indexOf(localName);
      const [first] = [...value.parts].sort((a, b) => rank(a) - rank(b));
      value.field ??= first.getBBox?.() ?? { x: first.x, y: first.y, width: 0, height: 0 };
      return value.field;
    }

    /** The value to which a key leads; none for a key that leads nowhere. */
    step(from, key) {
      const place = (value, axis) => middle(this.field(value))[axis];
      const row = this.shown.filter(({ series }) => series === from.series);
      if (key === "Home") return row[0];
      if (key === "End") return row.at(-1);
      const [axis, by] = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, -1], ArrowDown: [1, 1] }[key] ?? [];
      if (by === undefined) return undefined;
      const across = this.shown.filter(({ category }) => category === from.category).sort((a, b) => place(a, axis) - place(b, axis));
      // Along the categories, or the other series, or all.
      const spread = (axis) => Math.abs(place(row.at(-1), axis) - place(row[0], axis));
      let line = across.length === 1 || spread(axis) > spread(1 - axis) ? row : across;
      if (line.length === 1) line = this.shown;
      return line[clamp(line.indexOf(from) + by, 0, line.length - 1)];
    }

    /** The value next to a place; farther above and below it, as lines are followed. */
    near({ x, y }) {
      let [best, least] = [undefined, 24 ** 2];
      for (const value of this.shown) {
        const { x: left, y: top, width, height } = this.field(value);
        const distance = (x - clamp(x, left, left + width)) ** 2 + ((y - clamp(y, top, top + height)) / 3) ** 2;
        if (distance < least) [best, least] = [value, distance];
      }
      return best;
    }

    /** The names of a value's row and columns, and the value. */
    words({ cell }) {
      const row = cell.parentElement;
      // A cell below one row of headers stands below its own and names none.
      const named = () => cell.headers.split(" ").map((id) => document.getElementById(id)).filter((head) => head && head.scope !== "row");
      const above = () => (cell.headers ? named() : [cell.closest("table").tHead.rows[0].cells[cell.cellIndex]]);
      const columns = this.group ? [row.cells[this.group]] : above();
      return [heard(row.cells[0]), columns.map(heard).join(", "), heard(cell)];
    }
  }

  /** The picture as its file has it, on light ground and in the faces of the page, without what is hidden. */
  async function png(svg) {
    const SCALE = 3;
    const { width, height } = svg.viewBox.baseVal;
    const family = svg.getAttribute("font-family");
    await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 15px ${family}`)));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height].map((size) => (size + 2 * BESIDE) * SCALE);
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#ffffff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.setTransform(SCALE, 0, 0, SCALE, BESIDE * SCALE, BESIDE * SCALE);
    for (const shape of svg.querySelectorAll("rect, circle, polyline, polygon, path, text")) {
      if (shape.closest(".off, .ring")) continue;
      const word = (name) => shape.getAttribute(name);
      const number = (name, other = 0) => Number(word(name) ?? other);
      const [fill, stroke] = ["fill", "stroke"].map((name) => (word(name) === "none" ? null : word(name)));
      brush.fillStyle = fill ?? "";
      if (shape.localName === "text") {
        brush.font = `${word("font-weight") ?? 400} ${word("font-size")}px ${family}`;
        brush.textAlign = word("text-anchor")?.replace("middle", "center") ?? "start";
        brush.fillText(shape.textContent, number("x"), number("y"));
        continue;
      }
      const path = new Path2D(word("d") ?? undefined);
      if (shape.localName === "rect") path.rect(number("x"), number("y"), number("width"), number("height"));
      else if (shape.localName === "circle") path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
      else [...(shape.points ?? [])].forEach(({ x, y }) => path.lineTo(x, y));
      if (shape.localName === "polygon") path.closePath();
      if (fill) brush.fill(path, word("fill-rule") ?? "nonzero");
      if (!stroke) continue;
      brush.strokeStyle = stroke;
      brush.lineWidth = number("stroke-width", 1);
      brush.setLineDash(word("stroke-dasharray")?.split(/[\s,]+/).map(Number) ?? []);
      brush.stroke(path);
    }
    return new Promise((done) => canvas.toBlob(done));
  }

  function answer(figure, template) {
    const box = figure.querySelector(".chart-box");
    const svg = box?.querySelector("svg.chart");
    const rows = figure.querySelector("details table")?.tBodies[0]?.rows;
    const values = svg && rows && new Values(svg, [...rows], figure.dataset);
    if (!values?.all.length) return;
    const part = (name) => template.content.querySelector(name).cloneNode(true);
    const [slider, tip, ring] = [part(".chart-values"), part(".chart-tip"), part(".chart-ring rect")];
    let now;

    const hide = () => {
      now = undefined;
      tip.hidden = true;
      ring.remove();
    };
    const show = (value) => {
      now = value;
      const [row, column, words] = values.words(value);
      slider.value = values.all.indexOf(value);
      slider.setAttribute("aria-valuetext", `${row}, ${column}: ${words}`);
      [row, `${column}: `, words].forEach((text, at) => (tip.children[at].textContent = text));
      tip.hidden = false;
      const { x, y, width, height } = values.field(value);
      const room = width && height ? 2 : 6;
      const sides = [x - room, y - room, width + 2 * room, height + 2 * room];
      ["x", "y", "width", "height"].forEach((name, at) => ring.setAttribute(name, sides[at]));
      svg.append(ring);
      // What lies outside the box is brought in; the words stand above the mark, or below it where the figure ends.
      const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      box.scrollLeft = clamp(box.scrollLeft, (x + width + BESIDE) * scale - box.clientWidth, (x - BESIDE) * scale);
      const [outer, inner] = [figure, svg].map((element) => element.getBoundingClientRect());
      const [left, top] = [inner.left - outer.left + (x + width / 2) * scale, inner.top - outer.top + y * scale];
      const above = top - tip.offsetHeight - BESIDE;
      tip.style.left = `${clamp(left - tip.offsetWidth / 2, 0, figure.clientWidth - tip.offsetWidth)}px`;
      tip.style.top = `${above < 0 ? top + height * scale + BESIDE : above}px`;
    };

    slider.max = values.all.length - 1;
    slider.setAttribute("aria-label", slider.getAttribute("aria-label").replace("{chart}", box.getAttribute("aria-label")));
    // The keyboard scrolls the box by going from value to value.
    box.removeAttribute("tabindex");
    box.append(slider);
    figure.append(tip);
    slider.addEventListener("focus", () => slider.matches(":focus-visible") && show(now ?? values.shown[0]));
    slider.addEventListener("blur", hide);
    slider.addEventListener("input", () => {
      const value = values.all[slider.valueAsNumber];
      show(values.shown.includes(value) ? value : values.shown[0]);
    });
    slider.addEventListener("keydown", (event) => {
      const value = values.step(now ?? values.shown[0], event.key);
      if (!value || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      show(value);
    });
    document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
    document.addEventListener("pointerdown", ({ target }) => figure.contains(target) || hide());
    const point = ({ target, clientX, clientY }) => {
      const place = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
      const value = values.shown.find(({ parts }) => parts.includes(target)) ?? values.near(place);
      if (!value) hide();
      else if (value !== now) show(value);
    };
    svg.addEventListener("pointermove", point);
    svg.addEventListener("pointerdown", point);
    svg.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && hide());

    const named = svg.querySelectorAll("[data-s]:not([data-c], [data-from]):has(text)");
    if (named.length > 1 && figure.dataset.panels === undefined) box.after(legend(svg, values, part, hide));
    const file = figure.querySelector('.downloads a[href$=".svg"]');
    if (!file) return;
    const save = part(".chart-save");
    save.querySelector(".visually-hidden").textContent = `: ${box.getAttribute("aria-label")}`;
    save.firstElementChild.addEventListener("click", async () => {
      const href = URL.createObjectURL(await png(svg));
      Object.assign(document.createElement("a"), { href, download: file.href.split("/").pop().replace(/svg$/, "png") }).click();
      setTimeout(() => URL.revokeObjectURL(href), 60_000);
    });
    file.parentElement.after(save);
  }

  /** A button for each series that the picture names: it takes the series away and brings it back. */
  function legend(svg, values, part, changed) {
    const toggle = (series) => {
      if (!values.hidden.delete(series)) values.hidden.add(series);
      // A picture of nothing answers nothing: after the last one all come back.
      if (values.shown.length === 0) values.hidden.clear();
      changed();
      values.series.forEach((one, at) => {
        const off = values.hidden.has(one);
        keys.children[at].setAttribute("aria-pressed", !off);
        svg.querySelectorAll(`[data-s="${one}"]`).forEach((group) => group.classList.toggle("off", off));
      });
    };
    const keys = part(".chart-keys");
    const buttons = values.series.map((series) => {
      const button = keys.firstElementChild.cloneNode(true);
      const [sign, name] = button.children;
      const shape = svg.querySelector(`[data-s="${series}"]:is([data-key], [data-c]) > :is(rect, circle, polygon)`);
      if (shape) {
        const { x, y, width, height } = shape.getBBox();
        sign.setAttribute("viewBox", [x - 1, y - 1, width + 2, height + 2].join(" "));
        sign.append(shape.cloneNode());
      }
      name.textContent = values.words(values.all.find((value) => value.series === series))[1];
      button.addEventListener("click", () => toggle(series));
      return button;
    });
    keys.replaceChildren(...buttons);
    svg.addEventListener("click", ({ target }) => {
      const key = target.closest("[data-key]");
      if (key) toggle(+key.dataset.s);
    });
    return keys;
  }

  /** Marks in the contents where the reader is, and keeps the mark in sight. */
  function follow(contents) {
    const places = [...contents.querySelectorAll('a[href^="#"]')].map((link) => [link, document.getElementById(link.hash.slice(1))]);
    let current;
    const look = () => {
      const end = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
      const limit = end ? innerHeight : innerHeight / 3;
      const [next] = places.findLast(([link, heading]) => link.checkVisibility() && heading?.getBoundingClientRect().top < limit) ?? [];
      if (next === current) return;
      current?.removeAttribute("aria-current");
      current = next;
      current?.setAttribute("aria-current", "true");
      // Who goes through the contents with keys sees the link that they have come to.
      if (contents.querySelector(":focus-visible")) return;
      const [outer, inner] = [contents, current].map((element) => element?.getBoundingClientRect());
      if (inner && (inner.top < outer.top || inner.bottom > outer.bottom)) contents.scrollTop += inner.top - outer.top - outer.height / 3;
    };
    for (const event of ["scroll", "resize"]) addEventListener(event, () => requestAnimationFrame(look), { passive: true });
    look();
  }

  /** A table that fits needs no box that scrolls, nor a stop at it: its head stays in sight. */
  const watch = new ResizeObserver((entries) => {
    for (const box of new Set(entries.map(({ target }) => target.closest(".table-box")))) {
      if (!box.checkVisibility()) continue;
      const scrolls = box.scrollWidth > box.clientWidth + 1;
      box.classList.toggle("fits", !scrolls);
      box.classList.toggle("scrolls", scrolls);
      if (box.hasAttribute("role")) box.tabIndex = scrolls ? 0 : -1;
    }
  });

  const template = document.getElementById("Answers");
  if (template) document.querySelectorAll("figure").forEach((figure) => answer(figure, template));
  document.querySelectorAll("nav.contents").forEach(follow);
  document.querySelectorAll(".table-box, .table-box > table").forEach((element) => watch.observe(element));
}
