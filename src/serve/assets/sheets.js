// The printed pages, each fetched when it comes near the view. A page that is printed as before keeps its picture.

export class Sheets {
  #list;
  #words;
  #near;

  constructor(list, report) {
    this.#list = list;
    this.#words = list.dataset.sheet;
    this.report = report;
    this.#near = new IntersectionObserver((all) => all.forEach(({ target, isIntersecting }) => {
      target.near = isIntersecting;
      if (isIntersecting) this.#draw(target);
    }), { root: list.parentElement, rootMargin: "50%" });
  }

  show(sheets) {
    const items = this.#list.children;
    while (items.length > sheets.length) {
      this.#near.unobserve(items[items.length - 1]);
      items[items.length - 1].remove();
    }
    sheets.forEach(([hash, width, height], at) => {
      const item = items[at] ?? this.#list.appendChild(this.#item());
      item.style.aspectRatio = `${width} / ${height}`;
      item.firstElementChild.alt = this.#words.replace("{page}", at + 1).replace("{pages}", sheets.length);
      item.hash = hash;
      if (item.near) this.#draw(item);
    });
  }

  #item() {
    const item = document.createElement("li");
    item.append(document.createElement("img"));
    this.#near.observe(item);
    return item;
  }

  /** Puts the new picture in when it can be shown, so that nothing flickers. */
  async #draw(item) {
    const { hash } = item;
    if (item.shown === hash) return;
    const next = new Image();
    next.src = `/sheets/${encodeURIComponent(this.report)}/${hash}`;
    try {
      await next.decode();
    } catch {
      return; // A newer state is on its way.
    }
    if (item.hash !== hash) return;
    const image = item.firstElementChild;
    next.alt = image.alt;
    image.replaceWith(next);
    item.shown = hash;
    performance.mark("sheet", { detail: hash });
  }
}
