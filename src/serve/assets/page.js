// The report's page in its frame: the built page itself, changed in place where it can be, else put in the place of the old one when it stands.
import { changedElement } from "/app/changed.js";
import { Twin, Unmorphable } from "/app/morph.js";

/** A page as the server has it now. */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}

/** A page or a piece of one as it is at an address, parsed and not run. */
export function read(address) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onload = () => (request.response ? done(request.response) : failed(new Error(request.statusText)));
    request.onerror = () => failed(new Error("the server has gone"));
    request.send();
  });
}

/** The same of a text. */
async function parsed(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/html;charset=utf-8" }));
  try {
    return await read(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

export class PageView {
  #place;
  #frame;
  #twin;
  /** What the twin was made of last. */
  #text;
  #address;
  /** The page that is asked for, and the one that stands. */
  #shown;
  #stands;

  /** `ready` is told of each document that comes into the frame. */
  constructor(place, ready) {
    this.#place = place;
    this.ready = ready;
  }

  get document() {
    return this.#frame?.contentDocument;
  }

  /** The page that is shown. */
  get hash() {
    return this.#stands;
  }

  get twin() {
    return this.#twin;
  }

  async show(address, hash) {
    if (hash === this.#shown) return;
    this.#shown = hash;
    const text = await fetched(address);
    if (hash !== this.#shown) return;
    if (this.#twin && address === this.#address) {
      // Where all that differs stands in one element, nothing else is parsed.
      const changed = this.#text && changedElement(this.#text, text, this.#twin.source);
      const next = await parsed(changed?.text ?? text);
      if (hash !== this.#shown) return;
      // What is left half-done is not built upon.
      this.#text = undefined;
      try {
        if (changed) this.#twin.followPart(changed.element, next.body.firstChild);
        else this.#twin.follow(next);
        [this.#text, this.#stands] = [text, hash];
        return;
      } catch (error) {
        if (!(error instanceof Unmorphable)) throw error;
      }
    }
    await this.#replace(address, hash);
  }

  /** Loads the page beside the one that stands, and changes them when it is complete. */
  async #replace(address, hash) {
    const frame = document.createElement("iframe");
    frame.title = this.#place.dataset.title;
    frame.className = "coming";
    frame.src = address;
    this.#place.append(frame);
    await new Promise((done) => frame.addEventListener("load", done, { once: true }));
    if (hash !== this.#shown) return frame.remove();
    await frame.contentDocument.fonts.ready;
    const old = this.#frame;
    const place = old && placeOf(old.contentWindow);
    frame.className = "";
    if (place) goTo(frame.contentWindow, place);
    old?.remove();
    if (place?.focused) frame.contentWindow.focus();
    this.#frame = frame;
    this.#address = address;
    const text = await fetched(address);
    this.#twin = new Twin(await parsed(text), frame.contentDocument);
    this.#text = text;
    this.#stands = hash;
    this.ready(frame.contentDocument);
  }
}

/** Where a reader is: by the heading above, so that what is put in before it does not count, and what has the focus. */
function placeOf(view) {
  const marks = [...view.document.querySelectorAll("[id]")].filter((mark) => mark.checkVisibility());
  const above = marks.findLast((mark) => mark.getBoundingClientRect().top <= 1);
  const active = view.document.activeElement;
  return {
    id: above?.id,
    offset: above ? above.getBoundingClientRect().top : -view.scrollY,
    focused: active !== view.document.body && document.activeElement === view.frameElement ? path(active) : undefined,
  };
}

function goTo(view, { id, offset, focused }) {
  const mark = id && view.document.getElementById(id);
  const top = mark ? mark.getBoundingClientRect().top + view.scrollY : 0;
  view.scrollTo({ top: top - offset, behavior: "instant" });
  if (focused) find(view.document, focused)?.focus({ preventScroll: true });
}

/** The way to an element: from the nearest id down. */
function path(element) {
  const steps = [];
  let at = element;
  while (!at.id && at.parentElement) {
    steps.unshift([...at.parentElement.children].indexOf(at));
    at = at.parentElement;
  }
  return { id: at.id, steps };
}

function find(page, { id, steps }) {
  const from = id ? page.getElementById(id) : page.documentElement;
  return steps.reduce((element, at) => element?.children[at], from);
}
