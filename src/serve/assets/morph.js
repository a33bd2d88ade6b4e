// A page that stands is made another one by as few changes as possible, so that scroll, focus and what the page's own script has built stay.
//
// Two trees are kept: `source`, as the server sent it, and the live page. What differs between two sources is done to the live page; what the
// page's script has added to it is in neither, and is passed over.

/** What the page's script takes hold of when it begins: new ones of these need a new page. */
const HELD = ".chart-box, .table-box, nav.contents a";

/** Thrown where only a new page will do. */
export class Unmorphable extends Error {}

const isLike = (one, other) =>
  one.nodeName === other.nodeName && (one.nodeType !== Node.ELEMENT_NODE || (one.id === other.id && one.className === other.className));

/** A chart has more on the live page than its source. */
const isChart = (element) => element?.matches("figure") && element.querySelector(".chart-box") !== null;

export class Twin {
  /** The live node of each node of the source. */
  #live = new WeakMap();

  constructor(source, live) {
    this.source = source;
    this.#pair(source.body, live.body);
    this.live = live;
  }

  /** The live node that stands for one of the source. */
  of(node) {
    return this.#live.get(node);
  }

  /** Makes the live page what another source says. */
  follow(next) {
    if (this.live.title !== next.title) this.live.title = next.title;
    for (const [old, now] of zip(this.source.querySelectorAll("head > style"), next.querySelectorAll("head > style"))) {
      if (!old || !now || old.textContent !== now.textContent) throw new Unmorphable();
    }
    this.#element(this.source.body, next.body);
  }

  /** Makes one element of the page what another one is. */
  followPart(old, now) {
    if (old.nodeName !== now?.nodeName || now.nextSibling || isChart(old.closest("figure"))) throw new Unmorphable();
    this.#element(old, now);
  }

  #pair(source, live) {
    this.#live.set(source, live);
    let at = live.firstChild;
    for (const child of source.childNodes) {
      const rest = [];
      for (let node = at; node; node = node.nextSibling) rest.push(node);
      const same = rest.find((node) => node.isEqualNode(child)) ?? rest.find((node) => node.nodeName === child.nodeName && (node.id ?? "") === (child.id ?? ""));
      if (!same) continue;
      this.#pair(child, same);
      at = same.nextSibling;
    }
  }

  #element(old, now) {
    if (old.isEqualNode(now)) return;
    if (isChart(old)) throw new Unmorphable();
    const live = this.#live.get(old);
    if (!live) throw new Unmorphable();
    for (const { name } of [...old.attributes]) {
      if (now.hasAttribute(name)) continue;
      old.removeAttribute(name);
      live.removeAttribute(name);
    }
    for (const { name, value } of now.attributes) {
      if (old.getAttribute(name) === value) continue;
      old.setAttribute(name, value);
      live.setAttribute(name, value);
    }
    this.#children(old, live, now);
  }

  #children(old, live, now) {
    const [before, after] = [[...old.childNodes], [...now.childNodes]];
    // What is the same at both ends stays.
    while (before.length && after.length && before[0].isEqualNode(after[0])) before.shift(), after.shift();
    let behind = null;
    while (before.length && after.length && before.at(-1).isEqualNode(after.at(-1))) {
      behind = before.pop();
      after.pop();
    }
    for (const node of after) {
      const same = before.findIndex((other) => other.isEqualNode(node));
      if (same >= 0) {
        before.splice(0, same).forEach((other) => this.#remove(other));
        before.shift();
        continue;
      }
      // Changed rather than put in: unless what stands here comes again further on.
      const [first] = before;
      if (first && isLike(first, node) && !after.slice(after.indexOf(node) + 1).some((other) => other.isEqualNode(first))) {
        before.shift();
        this.#change(first, node);
      } else {
        this.#insert(old, live, node, first ?? behind);
      }
    }
    before.forEach((other) => this.#remove(other));
  }

  #change(old, now) {
    if (old.nodeType === Node.ELEMENT_NODE) {
      this.#element(old, now);
    } else {
      const live = this.#live.get(old);
      if (!live) throw new Unmorphable();
      old.data = live.data = now.data;
    }
  }

  #insert(old, live, node, before) {
    if (node.nodeType === Node.ELEMENT_NODE && (node.matches(HELD) || node.querySelector(HELD))) throw new Unmorphable();
    const [kept, shown] = [this.source, this.live].map((document) => document.importNode(node, true));
    old.insertBefore(kept, before);
    live.insertBefore(shown, (before && this.#live.get(before)) ?? null);
    this.#pair(kept, shown);
  }

  #remove(node) {
    this.#live.get(node)?.remove();
    node.remove();
  }
}

const zip = (one, other) => Array.from({ length: Math.max(one.length, other.length) }, (_, at) => [one[at], other[at]]);
