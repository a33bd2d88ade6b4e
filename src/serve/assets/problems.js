// The panel of problems: by severity, the newest first, each with its place.

export class Problems {
  #list;
  #template;
  #none;

  /** `lead` shows the place of a problem on the page, `apply` writes what mends it. */
  constructor(lead, apply) {
    this.lead = lead;
    this.apply = apply;
    this.#list = document.getElementById("List");
    this.#template = document.getElementById("Problem").content;
    this.#none = document.getElementById("None");
  }

  show(problems) {
    const keep = this.#list.contains(document.activeElement) ? [...this.#list.children].findIndex((item) => item.contains(document.activeElement)) : -1;
    this.#list.replaceChildren(...problems.map((problem) => this.#item(problem)));
    this.#list.children[Math.min(keep, problems.length - 1)]?.querySelector("button, a")?.focus();
    this.#none.hidden = problems.length > 0;
  }

  #item({ severity, code, message, place, help, mends }) {
    const item = this.#template.cloneNode(true).firstElementChild;
    const part = (name) => item.querySelector(name);
    item.classList.add(severity);
    const word = part(".severity");
    word.textContent = word.dataset[severity];
    part(".message").textContent = message;
    part(".code").textContent = code;
    part(".place").textContent = place ? `${place.file}:${place.line}:${place.column}` : "";
    part(".text").textContent = place?.text ?? "";
    part(".text").hidden = !place?.text;
    const show = part(".show");
    show.hidden = !place;
    show.addEventListener("click", () => this.lead(place));
    part(".mends").replaceChildren(...(mends ?? []).map((mend) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = part(".mends").dataset.word.replace("{new}", mend.text).replace("{old}", mend.raw);
      button.addEventListener("click", () => this.apply(mend));
      return button;
    }));
    part(".help").append(...help.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    return item;
  }
}
