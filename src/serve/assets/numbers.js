// Typed numbers of an open place: the binding that matches, or a figure that is made of the number.
const part = (id) => document.getElementById(id);

export class Numbers {
  #report;

  /** `bind` writes a binding in the place of a number, `make` a figure of it under a label. */
  constructor(report, bind, make) {
    this.#report = report;
    this.bind = bind;
    this.make = make;
  }

  /** Shows the numbers of a place; `chosen` gets the focus. */
  show(numbers, chosen) {
    const list = part("Open");
    const active = list.contains(document.activeElement) ? document.activeElement : undefined;
    // What is being typed stays as long as its number does.
    if (active?.matches("input") && numbers.some((number) => same(number, active.closest("li").number))) return;
    part("Numbers").hidden = numbers.length === 0;
    list.replaceChildren(...numbers.map((number) => this.#item(number)));
    const item = [...list.children].find(({ number }) => chosen && same(number, chosen)) ?? (active && list.firstElementChild);
    if (item) item.querySelector("button:not([hidden])").focus();
    else if (active) part("PlaceTitle").focus();
  }

  #item(number) {
    const item = part("Number").content.cloneNode(true).firstElementChild;
    item.number = number;
    const { raw, binding, label, value, doubt } = number;
    const find = (name) => item.querySelector(name);
    find(".typed").textContent = raw;
    const said = find(".said");
    said.textContent = binding ? said.dataset.matching.replace("{label}", label).replace("{value}", value) : said.dataset.missing;
    find(".doubt").textContent = doubt ?? "";
    find(".doubt").hidden = !doubt;
    const [bind, make, form] = [find(".bind"), find(".new"), find(".figure")];
    bind.hidden = !binding;
    make.hidden = Boolean(binding);
    bind.textContent = bind.textContent.replace("{binding}", binding);
    bind.addEventListener("click", () => this.bind(number, binding));
    make.addEventListener("click", () => this.#offer(number, make, form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.make(number, form.querySelector("input").value);
    });
    return item;
  }

  /** A label for the figure of a number, as the program reads its sentence. */
  async #offer({ file, start }, button, form) {
    const open = form.hidden;
    form.hidden = !open;
    button.setAttribute("aria-expanded", open);
    if (!open) return;
    const [why, value, input] = [form.querySelector(".why"), form.querySelector(".value"), form.querySelector("input")];
    why.textContent = why.dataset.wait;
    value.hidden = true;
    const path = file.split("/").map(encodeURIComponent).join("/");
    const answer = await fetch(`/offer/${encodeURIComponent(this.#report)}/${start}/${path}`);
    const told = answer.ok ? await answer.json() : { why: answer.statusText };
    why.textContent = told.why ?? "";
    value.hidden = told.label === undefined;
    input.value = told.label ?? "";
    if (!value.hidden) input.focus();
  }
}

const same = (one, other) => one.file === other?.file && one.start === other.start && one.raw === other.raw;
