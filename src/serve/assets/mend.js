// Click and mend: what an element of the page comes from, and changes of it that are written back into exactly that place.
import { Numbers } from "/app/numbers.js";
import { Places } from "/app/places.js";

const token = document.querySelector("meta[name=belagg-token]").content;
const part = (id) => document.getElementById(id);

const STYLE = `
  [data-belagg-place] { cursor: pointer; }
  [data-belagg-place]:hover { outline: 2px dashed #2b7fa8; outline-offset: 2px; }
  [data-belagg-place]:focus-visible { outline: 3px solid #2b7fa8; outline-offset: 2px; }
  ::highlight(belagg) { background: #ffe08a; color: #000; }
  ::highlight(belagg-number) { text-decoration: underline 2px wavy #b35a00; }
`;

/** Sends a change; what the server answers. */
const send = (address, body) => fetch(address, { method: "POST", headers: { "X-Belagg-Token": token }, body: JSON.stringify(body) });

export class Mend {
  #places = new Places();
  #view;
  #report;
  #current;
  #stops = [];
  #figures;
  #ranges = [];
  #numbers;

  /** `reveal` brings the panel into sight. */
  constructor(report, view, reveal) {
    this.#report = report;
    this.#view = view;
    this.reveal = reveal;
    this.#numbers = new Numbers(report, (number, binding) => this.#write(number, binding, true), (number, label) => this.#make(number, label));
    part("Mend").addEventListener("click", () => this.#turn(part("Mend").getAttribute("aria-pressed") !== "true"));
    part("Undo").addEventListener("click", () => this.undo());
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  get on() {
    return part("Mend").getAttribute("aria-pressed") === "true";
  }

  /** The page has changed: so have the places. */
  async follow() {
    if (!this.on && !this.#current) return;
    this.#figures = undefined;
    if (await this.#load()) this.#again();
  }

  async #load() {
    const done = await this.#places.load(this.#report, this.#view.hash, this.#view);
    if (done && this.on) this.#mark();
    return done;
  }

  /** A new document stands in the frame. */
  enter(framed) {
    const sheet = new framed.defaultView.CSSStyleSheet();
    sheet.replaceSync(STYLE);
    framed.adoptedStyleSheets = [...framed.adoptedStyleSheets, sheet];
    framed.addEventListener("click", (event) => this.#click(event), true);
    framed.addEventListener("keydown", (event) => this.#key(event));
  }

  async #turn(on) {
    part("Mend").setAttribute("aria-pressed", on);
    if (on) {
      await this.#load();
      this.#stops.find((stop) => stop.getBoundingClientRect().bottom > 0)?.focus();
    } else {
      this.#stops.forEach((stop) => {
        stop.removeAttribute("data-belagg-place");
        stop.removeAttribute("tabindex");
      });
      this.#view.document?.defaultView.CSS.highlights.delete("belagg-number");
    }
  }

  /** Places can be stepped through: one of them is a stop of the tab key, the arrows go on from there. */
  #mark() {
    this.#stops = this.#places.elements.filter((element) => element.checkVisibility());
    const { CSS, Highlight } = this.#view.document.defaultView;
    this.#ranges = this.#places.ranges();
    CSS.highlights.set("belagg-number", new Highlight(...this.#ranges.map(({ range }) => range)));
    const focused = this.#view.document.activeElement;
    const first = this.#stops.includes(focused) ? focused : this.#stops[0];
    for (const stop of this.#stops) {
      stop.setAttribute("data-belagg-place", "");
      if (!stop.matches("a[href], button, summary")) stop.tabIndex = stop === first ? 0 : -1;
    }
  }

  #click(event) {
    if (!this.on) return;
    const element = this.#places.around(event.target);
    if (!element) return;
    event.preventDefault();
    event.stopPropagation();
    this.open(element, this.#numberAt(event));
  }

  /** The number that was clicked on. */
  #numberAt({ clientX, clientY, view }) {
    const page = view.document;
    const caret = page.caretPositionFromPoint?.(clientX, clientY);
    const range = caret ? undefined : page.caretRangeFromPoint?.(clientX, clientY);
    const [node, offset] = caret ? [caret.offsetNode, caret.offset] : [range?.startContainer, range?.startOffset];
    return node && this.#ranges.find(({ range }) => range.isPointInRange(node, offset))?.place;
  }

  #key(event) {
    const typing = event.target.closest?.("textarea, input, select");
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !typing) {
      event.preventDefault();
      return void this.undo();
    }
    if (event.key === "Escape" && !part("Place").hidden) return this.close();
    if (!this.on || event.target.ownerDocument !== this.#view.document) return;
    const at = this.#stops.indexOf(event.target);
    if (at < 0) return;
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (by) this.#stops[at + by]?.focus();
    else if (event.key === "Enter" || event.key === " ") this.open(this.#stops[at]);
    else return;
    event.preventDefault();
  }

  /** Leads from a problem to its place; whether there is one. */
  async lead(place) {
    await this.#load();
    const element = this.#places.find(place);
    if (!element) return false;
    for (let at = element; at; at = at.parentElement) if (at.nodeName === "DETAILS") at.open = true;
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const { CSS, Highlight, Range } = this.#view.document.defaultView;
    const range = new Range();
    range.selectNodeContents(element);
    CSS.highlights.set("belagg", new Highlight(range));
    return true;
  }

  /** Opens what an element comes from; `number` is the one of its numbers that is meant. */
  async open(element, number) {
    const place = this.#places.of(element);
    this.#current = { element, place };
    this.reveal();
    part("Place").hidden = false;
    const [source, title] = [part("PlaceSource"), part("PlaceTitle")];
    const where = place.file ? place : place.defined;
    source.textContent = where ? `${where.file}:${where.line}` : "";
    part("Conflict").hidden = true;
    part("Values").replaceChildren();
    part("Steps").replaceChildren();
    // A bound number is changed where it comes from.
    part("TextForm").hidden = !place.raw || Boolean(place.figure);
    part("Text").value = place.text ?? "";
    title.focus();
    this.#numbers.show(place.raw ? this.#places.numbers(place) : [], number);
    const ask = place.figure ? `figure/${encodeURIComponent(place.figure)}` : place.cell && `cell/${place.cell.map(encodeURIComponent).join("/")}`;
    if (!ask) return;
    const told = await (await fetch(`/about/${encodeURIComponent(this.#report)}/${ask}`)).json();
    if (this.#current?.element === element) this.#tell(told);
  }

  /** How a number came about, and the values that can be changed. */
  #tell({ steps, values, origin }) {
    if (origin) part("PlaceSource").textContent = origin;
    const step = part("Step").content;
    part("Steps").append(...steps.map(({ id, label, value, how, depth, file, line }) => {
      const item = step.cloneNode(true).firstElementChild;
      item.style.marginInlineStart = `${depth}rem`;
      item.querySelector(".id").textContent = id;
      item.querySelector(".label").textContent = value === null ? label : `${label}: ${value}`;
      item.querySelector(".how").textContent = how.join(" ");
      item.querySelector(".place").textContent = `${file}:${line}`;
      return item;
    }));
    const field = part("Value").content;
    part("Values").append(...values.map((value) => {
      const form = field.cloneNode(true).firstElementChild;
      form.querySelector("span").textContent = value.label ?? `${value.file}:${value.line}`;
      const input = form.querySelector("input");
      input.value = value.text;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#write(value, input.value);
      });
      return form;
    }));
  }

  /** The page has followed: what is open goes on from there, with what the author has typed. */
  #again() {
    const { element } = this.#current ?? {};
    const place = element && this.#places.of(element);
    if (!place) return;
    this.#current.place = place;
    this.#numbers.show(place.raw ? this.#places.numbers(place) : []);
  }

  async #write({ file, start, raw }, text, asItIs = false) {
    const answer = await send(`/edit/${encodeURIComponent(this.#report)}`, { file, start, raw, text, as_it_is: asItIs });
    await this.#answered(answer, part("Done").dataset.saved);
  }

  /** Makes a figure of a number and binds it. */
  async #make({ file, start, raw }, label) {
    const answer = await send(`/figure/${encodeURIComponent(this.#report)}`, { file, start, raw, label });
    await this.#answered(answer, part("Done").dataset.saved);
  }

  async undo() {
    await this.#answered(await send("/undo"), part("Done").dataset.undone);
  }

  async #answered(answer, words) {
    part("Conflict").hidden = answer.status !== 409;
    if (answer.ok) {
      const { undo } = await answer.json();
      part("Undo").disabled = undo === 0;
      part("Done").textContent = words;
    } else if (answer.status !== 409) {
      part("Done").textContent = (await answer.text()) || answer.statusText;
    } else {
      await this.#load();
      this.#again();
      part("Theirs").textContent = this.#current?.place.text ?? "";
    }
  }

  /** Writes what is in the field. */
  save() {
    this.#write(this.#current.place, part("Text").value);
  }

  close() {
    part("Place").hidden = true;
    const { element } = this.#current ?? {};
    this.#current = undefined;
    element?.focus();
  }

  /** Figures to choose from, and a binding where the cursor stands. */
  async choose() {
    this.#figures ??= await (await fetch(`/figures/${encodeURIComponent(this.#report)}`)).json();
    const list = part("Figures");
    list.hidden = !list.hidden;
    part("Choose").setAttribute("aria-expanded", !list.hidden);
    if (list.hidden) return;
    part("Wanted").value = "";
    this.filter();
    part("Wanted").focus();
  }

  filter() {
    const wanted = part("Wanted").value.toLowerCase();
    const found = this.#figures.filter(({ id, label }) => `${id} ${label}`.toLowerCase().includes(wanted)).slice(0, 50);
    part("Found").replaceChildren(...found.map(({ id, label, value }) => {
      const item = document.createElement("li");
      const button = item.appendChild(document.createElement("button"));
      button.type = "button";
      button.textContent = `${label}: ${value} `;
      button.append(Object.assign(document.createElement("code"), { textContent: id }));
      button.addEventListener("click", () => this.#insert(id));
      return item;
    }));
  }

  #insert(id) {
    const field = part("Text");
    field.setRangeText(`{{ ${id} }}`, field.selectionStart, field.selectionEnd, "end");
    part("Figures").hidden = true;
    part("Choose").setAttribute("aria-expanded", false);
    field.focus();
  }

  /** Writes what a problem's edit says. */
  async apply({ file, start, raw, text }) {
    await this.#write({ file, start, raw }, text, true);
  }
}
