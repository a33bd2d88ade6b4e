// Which element of the page was written where. The server sends the page once more with a mark before each line and each bound number; its elements
// stand in the order of those of the page itself.
import { read } from "/app/page.js";

const FIRST = 0xf0000;

export class Places {
  /** What was written in each element of the live page. */
  #of = new WeakMap();
  #all = [];
  /** Typed numbers without a binding, each with where it stands on the live page. */
  #numbers = [];

  /** Reads the places of the page that stands; whether it is still that one. */
  async load(report, hash, view) {
    const marked = await read(`/places/${encodeURIComponent(report)}/${hash}`);
    if (view.hash !== hash || !view.twin) return false;
    const places = JSON.parse(marked.getElementById("BelaggPlaces").textContent);
    this.#of = new WeakMap();
    this.#all = [];
    this.#numbers = [];
    this.#walk(marked.body, view.twin.source.body, places, view.twin);
    return true;
  }

  #walk(marked, source, places, twin) {
    for (const node of marked.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      let before = "";
      for (const sign of node.data) {
        const place = places[sign.codePointAt(0) - FIRST];
        if (!place) before += sign;
        else if (place.kind === "number") this.#numbers.push({ place, before: before.length, element: twin.of(source), text: plain(node.data) });
        else this.#add(twin.of(source), place);
      }
    }
    const [ours, theirs] = [[...marked.children], [...source.children]];
    theirs.forEach((child, at) => ours[at]?.nodeName === child.nodeName && this.#walk(ours[at], child, places, twin));
  }

  #add(element, place) {
    if (!element) return;
    const known = this.#of.get(element);
    if (known) {
      // A cell is a place by its key and by its words, and both are one place. A number without an element of its own belongs to its line.
      if (known.cell || place.cell) Object.assign(known, { ...place, ...known });
      return;
    }
    this.#of.set(element, place);
    this.#all.push(element);
  }

  /** The numbers within a place of a file. */
  numbers({ file, start, end }) {
    return this.#numbers.map(({ place }) => place).filter((number) => number.file === file && start <= number.start && number.end <= end);
  }

  /** Where numbers stand on the page, as ranges of its text. */
  ranges() {
    return this.#numbers.flatMap(({ place, before, element, text }) => {
      const node = element && [...element.childNodes].find((child) => child.nodeType === Node.TEXT_NODE && child.data === text);
      if (!node) return [];
      const range = node.ownerDocument.createRange();
      range.setStart(node, before);
      range.setEnd(node, before + place.raw.length);
      return [{ place, range }];
    });
  }

  /** The elements in the order of the page. */
  get elements() {
    return this.#all;
  }

  of(element) {
    return this.#of.get(element);
  }

  /** The element around one, itself included, that was written somewhere. */
  around(element) {
    let at = element;
    while (at && !this.#of.has(at)) at = at.parentElement;
    return at;
  }

  /** The element that a line of a file became, or what was made of it; else what stands before it in the file. */
  find({ file, line }) {
    const inside = (place) => place?.file === file && place.line <= line && line <= place.end_line;
    const places = this.#all.map((element) => [element, this.#of.get(element)]);
    const size = ([, place]) => place.end_line - place.line;
    const exact = places.filter(([, place]) => inside(place)).sort((a, b) => size(a) - size(b));
    const made = places.filter(([, place]) => inside(place.defined));
    const before = places.filter(([, place]) => place.file === file && place.line <= line).sort(([, a], [, b]) => b.line - a.line);
    return (exact[0] ?? made[0] ?? before[0])?.[0];
  }
}

/** A text without marks. */
const plain = (text) => [...text].filter((sign) => sign.codePointAt(0) < FIRST).join("");
